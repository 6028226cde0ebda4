// Extensions of certificates, from the words of configuration files (x509v3_config(5)) and back into words.
import { concatBytes } from "../../kernel/sys.ts";
import { BadDer, bits, boolean, der, ia5String, integer, integerOf, itemsOf, octets, oid, oidOf, readDer, sequence, textOf } from "../kit/crypto/der.ts";
import { toHex } from "../kit/digest/hasher.ts";
import { type Extension, keyIdentifier, nameText } from "./_certificate.ts";
import type { Section } from "./_configuration.ts";
import type { OpenKey } from "../kit/crypto/key-der.ts";
import { objectCalled, objectName } from "./_names.ts";

const USAGES: readonly (readonly [name: string, shown: string])[] = [
  ["digitalSignature", "Digital Signature"], ["nonRepudiation", "Non Repudiation"], ["keyEncipherment", "Key Encipherment"], ["dataEncipherment", "Data Encipherment"], ["keyAgreement", "Key Agreement"],
  ["keyCertSign", "Certificate Sign"], ["cRLSign", "CRL Sign"], ["encipherOnly", "Encipher Only"], ["decipherOnly", "Decipher Only"],
];

/** A value that no extension has. */
export class BadExtension extends Error {}

export interface ExtensionContext {
  readonly subjectKey: OpenKey;
  /** key and issuer of the certificate that signs */
  readonly issuerKey: OpenKey | undefined;
  readonly issuerKeyIdentifier: Uint8Array | undefined;
  readonly issuerName: Uint8Array;
  readonly issuerSerial: Uint8Array | undefined;
  readonly selfSigned: boolean;
  readonly sections: ReadonlyMap<string, Section>;
}

function addressBytes(text: string): Uint8Array | undefined {
  const four = text.split(".");
  if (four.length === 4 && four.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return Uint8Array.from(four, Number);
  if (!/^[0-9a-fA-F:]+$/.test(text)) return undefined;
  const [left = "", right] = text.split("::");
  const words = (part: string): number[] => part.split(":").filter((word) => word !== "").map((word) => Number.parseInt(word, 16));
  const [a, b] = [words(left), right === undefined ? [] : words(right)];
  const all = right === undefined ? a : [...a, ...new Array<number>(Math.max(0, 8 - a.length - b.length)).fill(0), ...b];
  return all.length === 8 ? Uint8Array.from(all.flatMap((word) => [word >> 8, word & 255])) : undefined;
}

function generalName(kind: string, value: string): Uint8Array {
  const word = kind.replace(/\.\d+$/, "").trim();
  if (word === "DNS") return der(0x82, ia5String(value).slice(2));
  if (word === "email") return der(0x81, ia5String(value).slice(2));
  if (word === "URI") return der(0x86, Uint8Array.from(value, (c) => c.charCodeAt(0)));
  if (word === "RID") return der(0x88, oid(value).slice(2));
  const address = word === "IP" ? addressBytes(value) : undefined;
  if (address === undefined) throw new BadExtension(word === "IP" ? `bad ip address` : "unsupported option");
  return der(0x87, address);
}

function generalNames(value: string, sections: ReadonlyMap<string, Section>): Uint8Array {
  const names: Uint8Array[] = [];
  for (const part of value.split(",")) {
    const trimmed = part.trim();
    if (trimmed.startsWith("@")) {
      const section = sections.get(trimmed.slice(1));
      if (section === undefined) throw new BadExtension("section not found");
      for (const [kind, one] of section) names.push(generalName(kind, one));
      continue;
    }
    const colon = trimmed.indexOf(":");
    if (colon < 0) throw new BadExtension("missing value");
    names.push(generalName(trimmed.slice(0, colon), trimmed.slice(colon + 1).trim()));
  }
  return sequence(...names);
}

function usageBits(words: readonly string[]): Uint8Array {
  const set = words.map((word) => USAGES.findIndex(([name]) => name === word));
  if (set.includes(-1)) throw new BadExtension("unknown bit string argument");
  const highest = Math.max(...set);
  const bytes = new Uint8Array((highest >> 3) + 1);
  for (const bit of set) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
  return bits(bytes, 7 - (highest & 7));
}

/** NAME = VALUE of a section; undefined where it leaves nothing (subjectKeyIdentifier=none). Throws BadExtension. */
export function makeExtension(name: string, given: string, context: ExtensionContext): Extension | undefined {
  const known = objectCalled(name);
  if (known === undefined) throw new BadExtension("unknown extension name");
  const words = given.split(",").map((word) => word.trim()).filter((word) => word !== "");
  const critical = words[0] === "critical";
  const rest = critical ? words.slice(1) : words;
  const value = critical ? given.slice(given.indexOf(",") + 1).trim() : given.trim();
  const made = (bytes: Uint8Array): Extension => ({ oid: known.oid, critical, value: bytes });
  switch (known.short) {
    case "basicConstraints": {
      const settings = new Map(rest.map((word) => {
        const [key = "", one = ""] = word.split(":");
        return [key.trim().toLowerCase(), one.trim()] as const;
      }));
      const authority = /^(true|yes|y)$/i.test(settings.get("ca") ?? "");
      const depth = settings.get("pathlen");
      return made(sequence(...(authority ? [boolean(true)] : []), ...(depth === undefined ? [] : [integer(Number(depth))])));
    }
    case "keyUsage": return made(usageBits(rest));
    case "extendedKeyUsage": return made(sequence(...rest.map((word) => {
      const purpose = objectCalled(word);
      if (purpose === undefined) throw new BadExtension("invalid object identifier");
      return oid(purpose.oid);
    })));
    case "subjectAltName": case "issuerAltName": return made(generalNames(value, context.sections));
    case "subjectKeyIdentifier": return value === "none" ? undefined : made(octets(value === "hash" ? keyIdentifier(context.subjectKey) : Uint8Array.from(value.match(/[0-9A-Fa-f]{2}/g) ?? [], (pair) => Number.parseInt(pair, 16))));
    case "authorityKeyIdentifier": {
      if (value === "none") return undefined;
      const identifier = context.issuerKeyIdentifier ?? (context.selfSigned && context.issuerKey !== undefined ? keyIdentifier(context.issuerKey) : undefined);
      const always = rest.some((word) => word === "issuer:always");
      const parts: Uint8Array[] = [];
      if (identifier !== undefined && rest.some((word) => word.startsWith("keyid"))) parts.push(der(0x80, identifier));
      if ((always || parts.length === 0) && rest.some((word) => word.startsWith("issuer")) && context.issuerSerial !== undefined) parts.push(der(0xa1, der(0xa4, context.issuerName)), der(0x82, context.issuerSerial));
      return parts.length === 0 ? undefined : made(sequence(...parts));
    }
    case "nsComment": return made(ia5String(value.replace(/^"(.*)"$/, "$1")));
    case "crlDistributionPoints": return made(sequence(...rest.map((word) => sequence(der(0xa0, der(0xa0, generalName(...split(word))))))));
    case "authorityInfoAccess": return made(sequence(...rest.map((word) => {
      const [method = "", place = ""] = word.split(";");
      return sequence(oid(method === "OCSP" ? "1.3.6.1.5.5.7.48.1" : "1.3.6.1.5.5.7.48.2"), generalName(...split(place)));
    })));
    default: throw new BadExtension("extension setting not supported");
  }
}

function split(word: string): [string, string] {
  const colon = word.indexOf(":");
  return [word.slice(0, Math.max(0, colon)), word.slice(colon + 1)];
}

/** Those of a section, in its order. */
export function sectionExtensions(section: Section, context: ExtensionContext): Extension[] {
  return section.flatMap(([name, value]) => makeExtension(name, value, context) ?? []);
}

const colons = (bytes: Uint8Array): string => (toHex(bytes).toUpperCase().match(/../g) ?? []).join(":");

function generalNameText(tag: number, body: Uint8Array): string {
  const text = String.fromCharCode(...body);
  if (tag === 0x82) return `DNS:${text}`;
  if (tag === 0x81) return `email:${text}`;
  if (tag === 0x86) return `URI:${text}`;
  if (tag === 0xa4) return `DirName:${nameText(body)}`;
  if (tag !== 0x87) return "othername:<unsupported>";
  if (body.length === 4) return `IP Address:${[...body].join(".")}`;
  return `IP Address:${Array.from({ length: 8 }, (_, i) => ((((body[2 * i] ?? 0) << 8) | (body[2 * i + 1] ?? 0)).toString(16).toUpperCase())).join(":")}`;
}

/** Lines below the extension's name. */
export function extensionText(dotted: string, value: Uint8Array, indent: string): string {
  try {
    const lines = describe(objectName(dotted).short, value);
    return lines.map((line) => `${indent}${line}\n`).join("");
  } catch (error) {
    if (!(error instanceof BadDer)) throw error;
    return `${indent}<Parsing error>\n`;
  }
}

function describe(name: string, value: Uint8Array): readonly string[] {
  const item = readDer(value);
  switch (name) {
    case "basicConstraints": {
      const parts = itemsOf(item.body);
      const authority = parts[0]?.tag === 1 && parts[0].body[0] === 255;
      const depth = parts.find(({ tag }) => tag === 2);
      return [`CA:${authority ? "TRUE" : "FALSE"}${depth === undefined ? "" : `, pathlen:${integerOf(depth)}`}`];
    }
    case "keyUsage": {
      const [, ...bytes] = item.body;
      return [USAGES.filter((_, bit) => ((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0).map(([, shown]) => shown).join(", ")];
    }
    case "extendedKeyUsage": return [itemsOf(item.body).map((one) => objectName(oidOf(one)).long).join(", ")];
    case "subjectAltName": case "issuerAltName": return [itemsOf(item.body).map(({ tag, body }) => generalNameText(tag, body)).join(", ")];
    case "subjectKeyIdentifier": return [colons(item.body)];
    case "authorityKeyIdentifier": {
      const parts = itemsOf(item.body);
      const identifier = parts.find(({ tag }) => tag === 0x80);
      const issuer = parts.find(({ tag }) => tag === 0xa1);
      const serial = parts.find(({ tag }) => tag === 0x82);
      // with an issuer beside it the identifier is named
      return [
        ...(identifier === undefined ? [] : [`${issuer === undefined ? "" : "keyid:"}${colons(identifier.body)}`]),
        ...(issuer === undefined ? [] : itemsOf(issuer.body).map(({ tag, body }) => (tag === 0xa4 ? `DirName:/${nameText(body, "/", "=")}` : generalNameText(tag, body)))),
        ...(serial === undefined ? [] : [`serial:${colons(serial.body)}`]),
      ];
    }
    case "nsComment": return [textOf(item)];
    case "crlDistributionPoints": return itemsOf(item.body).flatMap((point) => ["Full Name:", ...itemsOf(point.body).flatMap((one) => itemsOf(one.body)).flatMap((one) => itemsOf(one.body)).map(({ tag, body }) => `  ${generalNameText(tag, body)}`)]);
    case "authorityInfoAccess": return itemsOf(item.body).map((one) => {
      const [method, place] = itemsOf(one.body);
      return `${oidOf(method) === "1.3.6.1.5.5.7.48.1" ? "OCSP" : "CA Issuers"} - ${place === undefined ? "" : generalNameText(place.tag, place.body)}`;
    });
    default: return [colons(concatBytes([value]))];
  }
}
