// X.509 certificates and PKCS #10 requests (RFC 5280, RFC 2986): made, read, printed.
import { civilFromSeconds, concatBytes, daysFromCivil } from "../../kernel/sys.ts";

import { BadDer, bits, boolean, type DerItem, type DerTime, explicit, ia5String, integer, integerOf, itemsOf, octets, oid, oidOf, printableString, readDer, sequence, setOf, textOf, time, timeOf, utf8String } from "../kit/crypto/der.ts";
import { digestOf } from "../kit/crypto/named-digest.ts";
import { toHex } from "../kit/digest/hasher.ts";
import { colonLines } from "./_call.ts";
import { extensionText } from "./_extensions.ts";
import { openBits, type OpenKey, openKeyDer, parseOpenKey } from "../kit/crypto/key-der.ts";
import { openKeyText } from "./_keys.ts";
import { objectName } from "./_names.ts";

/** One attribute of a distinguished name. */
export interface NamePart {
  readonly oid: string;
  readonly text: string;
}

export interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Uint8Array;
}

export interface Certificate {
  readonly whole: Uint8Array;
  /** what is signed */
  readonly inner: Uint8Array;
  readonly version: number;
  readonly serial: Uint8Array;
  readonly signatureOid: string;
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  readonly notBefore: DerTime;
  readonly notAfter: DerTime;
  readonly key: OpenKey;
  readonly keyBytes: Uint8Array;
  readonly extensions: readonly Extension[];
  readonly signature: Uint8Array;
}

export interface CertificateRequest {
  readonly inner: Uint8Array;
  readonly subject: Uint8Array;
  readonly key: OpenKey;
  readonly attributes: readonly { readonly oid: string; readonly values: readonly DerItem[] }[];
  readonly extensions: readonly Extension[];
  readonly signatureOid: string;
  readonly signature: Uint8Array;
}

export function nameDer(parts: readonly NamePart[]): Uint8Array {
  return sequence(...parts.map(({ oid: id, text }) => {
    const { short } = objectName(id);
    const value = short === "C" || short === "serialNumber" ? printableString(text) : short === "emailAddress" || short === "DC" ? ia5String(text) : utf8String(text);
    return setOf(sequence(oid(id), value));
  }));
}

export function nameParts(name: Uint8Array): NamePart[] {
  return itemsOf(readDer(name).body).flatMap((set) => itemsOf(set.body).map((pair) => {
    const [id, value] = itemsOf(pair.body);
    return { oid: oidOf(id), text: value === undefined ? "" : textOf(value) };
  }));
}

/** "C = FR, O = Acme, CN = web.lan"; what is not ASCII byte by byte. */
export function nameText(name: Uint8Array, separator = ", ", equals = " = "): string {
  const shown = (text: string): string => [...text].map((c) => ((c.codePointAt(0) ?? 0) < 127 && c >= " " ? (c === "," || c === "+" || c === "\"" || c === "\\" || c === "<" || c === ">" || c === ";" ? `\\${c}` : c) : [...new Uint8Array(utf8String(c)).slice(2)].map((byte) => `\\${byte.toString(16).toUpperCase().padStart(2, "0")}`).join(""))).join("");
  return nameParts(name).map(({ oid: id, text }) => `${objectName(id).short}${equals}${shown(text)}`).join(separator);
}

export function extensionsDer(extensions: readonly Extension[]): Uint8Array {
  return sequence(...extensions.map(({ oid: id, critical, value }) => sequence(oid(id), ...(critical ? [boolean(true)] : []), octets(value))));
}

function parseExtensions(item: DerItem): Extension[] {
  return itemsOf(item.body).map((one) => {
    const [id, second, third] = itemsOf(one.body);
    const value = third ?? second;
    return { oid: oidOf(id), critical: third !== undefined && second?.body[0] === 255, value: value?.body.slice() ?? new Uint8Array(0) };
  });
}

/** Throws BadDer. */
export function parseCertificate(bytes: Uint8Array): Certificate {
  const outer = readDer(bytes);
  const [inner, algorithm, signature] = itemsOf(outer.body);
  if (inner === undefined || algorithm === undefined || signature === undefined) throw new BadDer("no certificate");
  const parts = itemsOf(inner.body);
  const versioned = parts[0]?.tag === 0xa0 ? parts.shift() : undefined;
  const [serial, , issuer, validity, subject, key, ...more] = parts;
  if (serial === undefined || issuer === undefined || validity === undefined || subject === undefined || key === undefined) throw new BadDer("no certificate");
  const [from, until] = itemsOf(validity.body);
  const extensions = more.find(({ tag }) => tag === 0xa3);
  return {
    whole: outer.whole.slice(), inner: inner.whole.slice(), version: versioned === undefined ? 0 : Number(integerOf(readDer(versioned.body))), serial: serial.body.slice(), signatureOid: oidOf(itemsOf(algorithm.body)[0]),
    issuer: issuer.whole.slice(), subject: subject.whole.slice(), notBefore: timeOf(from), notAfter: timeOf(until), key: parseOpenKey(key.whole), keyBytes: key.whole.slice(),
    extensions: extensions === undefined ? [] : parseExtensions(readDer(extensions.body)), signature: signature.body.slice(1),
  };
}

export function parseRequest(bytes: Uint8Array): CertificateRequest {
  const [inner, algorithm, signature] = itemsOf(readDer(bytes).body);
  const [, subject, key, attributes] = itemsOf(inner?.body ?? bytes);
  if (inner === undefined || algorithm === undefined || signature === undefined || subject === undefined || key === undefined) throw new BadDer("no request");
  const list = attributes === undefined ? [] : itemsOf(attributes.body).map((one) => {
    const [id, values] = itemsOf(one.body);
    return { oid: oidOf(id), values: values === undefined ? [] : itemsOf(values.body) };
  });
  const wanted = list.find((one) => one.oid === "1.2.840.113549.1.9.14")?.values[0];
  return { inner: inner.whole.slice(), subject: subject.whole.slice(), key: parseOpenKey(key.whole), attributes: list, extensions: wanted === undefined ? [] : parseExtensions(wanted), signatureOid: oidOf(itemsOf(algorithm.body)[0]), signature: signature.body.slice(1) };
}

/** SHA-1 of the key: the usual key identifier. */
export function keyIdentifier(key: OpenKey): Uint8Array {
  return digestOf("sha1", openBits(key));
}

export function timeDer(seconds: number): Uint8Array {
  const { year, month, day, hour, minute, second } = civilFromSeconds(seconds);
  return time(year, month, day, hour, minute, second);
}

interface CertificatePlan {
  readonly serial: bigint;
  readonly algorithm: Uint8Array;
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  readonly fromSeconds: number;
  readonly untilSeconds: number;
  readonly key: OpenKey;
  readonly extensions: readonly Extension[];
}

/** What is signed. Without extensions it is of version 1. */
export function certificateInner(plan: CertificatePlan): Uint8Array {
  const extended = plan.extensions.length > 0;
  return sequence(
    ...(extended ? [explicit(0, integer(2))] : []), integer(plan.serial), plan.algorithm, plan.issuer, sequence(timeDer(plan.fromSeconds), timeDer(plan.untilSeconds)), plan.subject, openKeyDer(plan.key),
    ...(extended ? [explicit(3, extensionsDer(plan.extensions))] : []),
  );
}

export function signedDer(inner: Uint8Array, algorithm: Uint8Array, signature: Uint8Array): Uint8Array {
  return sequence(inner, algorithm, bits(signature));
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** "Nov 22 12:26:13 2026 GMT" */
export function timeText({ year, month, day, hour, minute, second }: DerTime): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${MONTHS[month - 1]} ${String(day).padStart(2)} ${two(hour)}:${two(minute)}:${two(second)} ${year} GMT`;
}

export function epochSeconds({ year, month, day, hour, minute, second }: DerTime): number {
  return daysFromCivil(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
}

function serialText(serial: Uint8Array): string {
  if (serial.length <= 8) {
    const value = BigInt(`0x${toHex(serial) || "0"}`);
    return ` ${value} (0x${value.toString(16)})\n`;
  }
  return `\n            ${[...serial].map((byte) => byte.toString(16).padStart(2, "0")).join(":")}\n`;
}

function extensionsText(extensions: readonly Extension[], indent: string): string {
  return extensions.map(({ oid: id, critical, value }) => `${indent}${objectName(id).long}: ${critical ? "critical" : ""}\n${extensionText(id, value, `${indent}    `)}`).join("");
}

const keyWords = { rsa: "rsaEncryption", ec: "id-ecPublicKey", ed25519: "ED25519" } as const;

function signatureText(dotted: string, signature: Uint8Array): string {
  return `    Signature Algorithm: ${objectName(dotted).long}\n    Signature Value:\n${colonLines(signature, "        ", 18)}`;
}

/** `equals` between a name's kind and value: openssl ca writes none of its spaces. */
export function certificateText(certificate: Certificate, equals = " = "): string {
  const { version, serial, signatureOid, issuer, subject, notBefore, notAfter, key, extensions, signature } = certificate;
  return `Certificate:\n    Data:\n        Version: ${version + 1} (0x${version.toString(16)})\n        Serial Number:${serialText(serial)}        Signature Algorithm: ${objectName(signatureOid).long}\n        Issuer: ${nameText(issuer, ", ", equals)}\n        Validity\n            Not Before: ${timeText(notBefore)}\n            Not After : ${timeText(notAfter)}\n        Subject: ${nameText(subject, ", ", equals)}\n        Subject Public Key Info:\n            Public Key Algorithm: ${keyWords[key.kind]}\n${openKeyText(key, "                ")}${extensions.length === 0 ? "" : `        X509v3 extensions:\n${extensionsText(extensions, "            ")}`}${signatureText(signatureOid, signature)}`;
}

export function requestText(request: CertificateRequest): string {
  const { subject, key, attributes, extensions, signatureOid, signature } = request;
  const plain = attributes.filter((one) => one.oid !== "1.2.840.113549.1.9.14");
  const list = attributes.length === 0 ? "            (none)\n            Requested Extensions:\n" : `${plain.map((one) => `            ${objectName(one.oid).long.padEnd(25)}:${one.values.map(textOf).join("")}\n`).join("")}${extensions.length === 0 ? "" : `            Requested Extensions:\n${extensionsText(extensions, "                ")}`}`;
  return `Certificate Request:\n    Data:\n        Version: 1 (0x0)\n        Subject: ${nameText(subject)}\n        Subject Public Key Info:\n            Public Key Algorithm: ${keyWords[key.kind]}\n${openKeyText(key, "                ")}        Attributes:\n${list}${signatureText(signatureOid, signature)}`;
}

/** X509_NAME_hash: SHA-1 over the name in its canonical form (crypto/x509/x_name.c), the first four bytes backwards. */
export function subjectHash(name: Uint8Array): string {
  const canonical = itemsOf(readDer(name).body).map((set) => setOf(...itemsOf(set.body).map((pair) => {
    const [id, value] = itemsOf(pair.body);
    if (id === undefined || value === undefined) return pair.whole;
    const text = textOf(value).trim().replace(/\s+/g, " ").replace(/[A-Z]/g, (c) => c.toLowerCase());
    return sequence(id.whole, [0x0c, 0x13, 0x16, 0x14, 0x1e, 0x1c, 0x1a].includes(value.tag) ? utf8String(text) : value.whole);
  })));
  const [a = 0, b = 0, c = 0, d = 0] = digestOf("sha1", concatBytes(canonical));
  return [d, c, b, a].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const serialHex = (serial: Uint8Array): string => toHex(serial.length > 1 && serial[0] === 0 ? serial.subarray(1) : serial).toUpperCase();
export const isCertificateAuthority = (certificate: Certificate): boolean | undefined => {
  const constraint = certificate.extensions.find((one) => one.oid === "2.5.29.19");
  if (constraint === undefined) return undefined;
  return itemsOf(readDer(constraint.value).body)[0]?.body[0] === 255;
};
