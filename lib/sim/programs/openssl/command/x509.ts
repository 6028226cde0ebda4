// openssl x509: certificates shown, and made from requests.
import { type Blocking, decode, SysError } from "../../../kernel/sys.ts";
import { numberOf } from "../../kit/crypto/big-number.ts";
import { integer, itemsOf, readDer } from "../../kit/crypto/der.ts";
import { digestOf } from "../../kit/crypto/named-digest.ts";
import { pem } from "../../kit/crypto/pem.ts";
import { toHex } from "../../kit/digest/hasher.ts";
import { sameBytes } from "../../kit/openpgp/public-key.ts";
import { exists } from "../../kit/presence.ts";
import { type Call, errorLine, OpensslFailure, type Shape } from "../_call.ts";
import { type Certificate, certificateInner, certificateText, epochSeconds, type Extension, isCertificateAuthority, nameDer, nameText, parseCertificate, serialHex, signedDer, subjectHash, timeText } from "../_certificate.ts";
import { parseConfiguration } from "../_configuration.ts";
import { BadExtension, type ExtensionContext, extensionText, sectionExtensions } from "../_extensions.ts";
import { openKeyDer, openOf } from "../../kit/crypto/key-der.ts";
import { loadCertificates, matchesHostName } from "../_chain.ts";
import { loadSecretKey, signatureAlgorithm, signWith } from "../_keys.ts";
import { objectCalled, objectName } from "../_names.ts";
import { digestCalled } from "./dgst.ts";
import { loadRequest, parseSubject, randomSerial, requestHolds } from "./req.ts";

export const x509Shape: Shape = {
  flags: ["text", "noout", "subject", "issuer", "dates", "startdate", "enddate", "fingerprint", "serial", "hash", "subject_hash", "issuer_hash", "pubkey", "modulus", "email", "purpose", "req", "new", "x509toreq", "CAcreateserial", "clrext", "next_serial", "alias", "ocsp_uri"],
  values: ["in", "out", "inform", "outform", "signkey", "key", "CA", "CAkey", "CAserial", "days", "set_serial", "extfile", "extensions", "ext", "checkend", "checkhost", "checkip", "checkemail", "nameopt", "certopt", "passin", "copy_extensions", "subj", "force_pubkey"],
  other: (name) => digestCalled(name) !== undefined,
};

function nameFor(call: Call, name: Uint8Array): string {
  const option = call.get("nameopt") ?? "";
  if (option.includes("RFC2253") || option.includes("rfc2253")) return nameText(name, ",", "=").split(/(?<!\\),/).reverse().join(",");
  if (option.includes("multiline")) return `\n${nameText(name, "\n", "\u0001").split("\n").map((line) => {
    const [short = "", value = ""] = line.split("\u0001");
    return `    ${(objectCalled(short)?.long ?? short).padEnd(26)}= ${value}`;
  }).join("\n")}`;
  return option.includes("compat") ? `/${nameText(name, "/", "=")}` : nameText(name);
}

function purposes(certificate: Certificate): string {
  const authority = isCertificateAuthority(certificate) ?? (certificate.version === 0 && sameBytes(certificate.issuer, certificate.subject));
  const extended = certificate.extensions.find((one) => objectName(one.oid).short === "extendedKeyUsage");
  const allowed = extended === undefined ? undefined : extensionText(extended.oid, extended.value, "");
  const words: readonly (readonly [name: string, needs: string | undefined])[] = [["SSL client", "TLS Web Client"], ["SSL server", "TLS Web Server"], ["Netscape SSL server", "TLS Web Server"], ["S/MIME signing", "E-mail"], ["S/MIME encryption", "E-mail"], ["CRL signing", undefined], ["Any Purpose", undefined], ["OCSP helper", undefined], ["Time Stamp signing", "never"]];
  const yes = (value: boolean): string => (value ? "Yes" : "No");
  return `Certificate purposes:\n${words.map(([name, needs]) => {
    const may = needs === undefined || (needs !== "never" && (allowed === undefined || allowed.includes(needs)));
    return `${name} : ${yes(may)}\n${name} CA : ${yes((authority || name === "Any Purpose" || name === "OCSP helper") && (may || needs === "never"))}\n`;
  }).join("")}`;
}

/** What one option prints. */
function* showOne(call: Call, certificate: Certificate, option: string): Blocking<void> {
  const { subject, issuer, serial, extensions, key } = certificate;
  switch (option) {
    case "subject": call.put(`subject=${nameFor(call, subject)}\n`); break;
    case "issuer": call.put(`issuer=${nameFor(call, issuer)}\n`); break;
    case "serial": call.put(`serial=${serialHex(serial)}\n`); break;
    case "next_serial": call.put(`${(numberOf(serial) + 1n).toString(16).toUpperCase().padStart(2, "0")}\n`); break;
    case "ext": {
      const names = (call.get("ext") ?? "").split(",");
      const found = extensions.filter((one) => names.includes(objectName(one.oid).short));
      for (const { oid, critical, value } of found) call.put(`${objectName(oid).long}: ${critical ? "critical" : ""}\n${extensionText(oid, value, "    ")}`);
      if (found.length === 0) yield* call.note("No extensions matched\n");
      break;
    }
    case "email": {
      const alternative = extensions.find((one) => objectName(one.oid).short === "subjectAltName");
      for (const [, address] of (alternative === undefined ? "" : extensionText(alternative.oid, alternative.value, "")).matchAll(/email:([^,\s]+)/g)) call.put(`${address}\n`);
      break;
    }
    case "hash": case "subject_hash": call.put(`${subjectHash(subject)}\n`); break;
    case "issuer_hash": call.put(`${subjectHash(issuer)}\n`); break;
    case "modulus": call.put(key.kind === "rsa" ? `Modulus=${key.rsa.n.toString(16).toUpperCase()}\n` : "Modulus=No modulus for this public key type\n"); break;
    case "pubkey": call.put(pem("PUBLIC KEY", openKeyDer(key))); break;
    case "text": call.put(certificateText(certificate)); break;
    case "startdate": call.put(`notBefore=${timeText(certificate.notBefore)}\n`); break;
    case "enddate": call.put(`notAfter=${timeText(certificate.notAfter)}\n`); break;
    case "fingerprint": {
      const word = call.others.at(-1);
      call.put(`${word ?? "SHA1"} Fingerprint=${(toHex(digestOf(digestCalled(word ?? "sha1") ?? "sha1", certificate.whole)).toUpperCase().match(/../g) ?? []).join(":")}\n`);
      break;
    }
    case "purpose": call.put(purposes(certificate)); break;
    default:
  }
}

/** In the order of the options; what is given twice counts where it was given last. */
function* show(call: Call, certificate: Certificate): Blocking<number> {
  let status = 0;
  const order = call.order.flatMap((name) => (name === "dates" ? ["startdate", "enddate"] : [name]));
  for (const [index, name] of order.entries()) if (order.lastIndexOf(name) === index) yield* showOne(call, certificate, name);
  const end = call.get("checkend");
  if (end !== undefined) {
    const dies = epochSeconds(certificate.notAfter) <= call.nowSeconds + Number(end);
    call.put(dies ? "Certificate will expire\n" : "Certificate will not expire\n");
    status = dies ? 1 : 0;
  }
  const host = call.get("checkhost");
  if (host !== undefined) {
    call.put(`Hostname ${host} does${matchesHostName(certificate, host) ? "" : " NOT"} match certificate\n`);
  }
  return status;
}

function* serialOf(call: Call, authority: string): Blocking<bigint> {
  const given = call.get("set_serial");
  if (given !== undefined) return BigInt(given);
  const file = call.get("CAserial") ?? `${authority.replace(/\.[^./]*$/, "")}.srl`;
  if (!exists(call.sys, file)) {
    if (!call.has("CAcreateserial")) {
      if (call.has("CAserial")) throw new OpensslFailure(`Can't open "${file}" for reading, No such file or directory\n`);
      return randomSerial(call);
    }
    const serial = randomSerial(call);
    yield* call.write(`${serialHex(readDer(integer(serial)).body)}\n`, false, file);
    return serial;
  }
  const text = decode(yield* call.read(file)).trim();
  if (!/^[0-9A-Fa-f]+$/.test(text)) throw new OpensslFailure(`unable to load number from ${file}\n`);
  const serial = BigInt(`0x${text}`) + 1n;
  yield* call.write(`${serialHex(readDer(integer(serial)).body)}\n`, false, file);
  return serial;
}

/** -req: a certificate for a request, signed by -CA or by its own key. */
function* fromRequest(call: Call): Blocking<Certificate> {
  const request = yield* loadRequest(call, call.get("in"));
  if (!(yield* requestHolds(call, request))) throw new OpensslFailure("Certificate request self-signature did not match the contents\n");
  yield* call.note("Certificate request self-signature ok\n");
  yield* call.note(`subject=${nameText(request.subject)}\n`);
  const authorityFile = call.get("CA");
  const keyFile = call.get("signkey") ?? call.get("key");
  if (authorityFile === undefined && keyFile === undefined) throw new OpensslFailure("We need a private key to sign with, use -key or -CA or -CAkey with private key\n");
  const authority = authorityFile === undefined ? undefined : (yield* loadCertificates(call, authorityFile, "CA certificate"))[0];
  const signer = yield* loadSecretKey(call, authorityFile === undefined ? keyFile : (call.get("CAkey") ?? authorityFile), call.get("passin"));
  if (authority !== undefined && !sameBytes(openKeyDer(openOf(signer)), authority.keyBytes)) throw new OpensslFailure(`CA certificate and CA private key do not match\n${errorLine("05800074", "x509 certificate routines", "X509_check_private_key", "key values mismatch", "../crypto/x509/x509_cmp.c:405")}\n`);
  const serial = authorityFile === undefined ? (call.has("set_serial") ? BigInt(call.get("set_serial") ?? 0) : randomSerial(call)) : yield* serialOf(call, authorityFile);
  const digest = signer.kind === "ed25519" ? "" : (digestCalled(call.others.at(-1) ?? "sha256") ?? "sha256");
  const algorithm = signatureAlgorithm(openOf(signer), digest);
  const extensionFile = call.get("extfile");
  let extensions: Extension[] = [];
  const copies = call.get("copy_extensions");
  if (copies === "copy" || copies === "copyall") extensions = [...request.extensions];
  const subj = call.get("subj");
  const subject = subj === undefined ? request.subject : nameDer(parseSubject(subj, false));
  if (extensionFile !== undefined) {
    let text: string;
    try {
      text = decode(yield* call.read(extensionFile));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      throw new OpensslFailure(`Can't open "${extensionFile}" for reading, ${error.message}\n`);
    }
    const sections = parseConfiguration(text, call.sys.environment);
    const section = call.get("extensions") ?? sections.get("default")?.find(([name]) => name === "extensions")?.[1];
    const identifier = authority?.extensions.find((one) => objectName(one.oid).short === "subjectKeyIdentifier");
    const context: ExtensionContext = {
      subjectKey: request.key, issuerKey: openOf(signer), issuerKeyIdentifier: identifier === undefined ? undefined : itemsOf(identifier.value)[0]?.body.slice(), issuerName: authority?.issuer ?? subject, issuerSerial: authority?.serial, selfSigned: authority === undefined, sections,
    };
    try {
      const made = sectionExtensions((sections.get(section ?? "default") ?? []).filter(([name]) => name !== "extensions"), context);
      extensions = [...extensions.filter((one) => !made.some((other) => other.oid === one.oid)), ...made];
      // what the file does not say about the keys' identifiers is added
      const has = (name: string): boolean => extensions.some((one) => objectName(one.oid).short === name);
      if (!has("subjectKeyIdentifier")) extensions.push(...sectionExtensions([["subjectKeyIdentifier", "hash"]], context));
      if (!has("authorityKeyIdentifier") && authority !== undefined) extensions.push(...sectionExtensions([["authorityKeyIdentifier", "keyid"]], context));
    } catch (error) {
      if (!(error instanceof BadExtension)) throw error;
      throw new OpensslFailure(`Error loading extension section ${section ?? "default"}\n${errorLine("11000079", "X509 V3 routines", "X509V3_EXT_nconf_int", "error in extension", "../crypto/x509/v3_conf.c:48", error.message)}\n`);
    }
  }
  const now = call.nowSeconds;
  const inner = certificateInner({ serial, algorithm, issuer: authority?.subject ?? subject, subject, fromSeconds: now, untilSeconds: now + Number(call.get("days") ?? 30) * 86_400, key: request.key, extensions });
  return parseCertificate(signedDer(inner, algorithm, yield* signWith(call, signer, digest, inner)));
}

export function* x509(call: Call): Blocking<number> {
  const certificate = call.has("req") ? yield* fromRequest(call) : (yield* loadCertificates(call, call.get("in"), "certificate"))[0];
  if (certificate === undefined) return 1;
  const status = yield* show(call, certificate);
  if (!call.has("noout") && !call.has("checkend")) yield* call.write(call.get("outform")?.toUpperCase() === "DER" ? certificate.whole : pem("CERTIFICATE", certificate.whole));
  return status;
}
