// openssl x509: certificates shown, and made from requests. openssl verify: chains.
import { type Blocking, decode, SysError } from "../../../kernel/sys.ts";
import { numberOf } from "../../kit/crypto/big-number.ts";
import { BadDer, integer, itemsOf, readDer } from "../../kit/crypto/der.ts";
import { digestOf } from "../../kit/crypto/named-digest.ts";
import { pem, pemBlocks } from "../../kit/crypto/pem.ts";
import { toHex } from "../../kit/digest/hasher.ts";
import { sameBytes } from "../../kit/openpgp/public-key.ts";
import { exists } from "../../kit/presence.ts";
import { type Call, errorLine, OpensslFailure, type Shape, storeFailure } from "../_call.ts";
import { type Certificate, certificateInner, certificateText, epochSeconds, type Extension, isCertificateAuthority, nameDer, nameText, parseCertificate, serialHex, signedDer, subjectHash, timeText } from "../_certificate.ts";
import { parseConfiguration } from "../_configuration.ts";
import { BadExtension, type ExtensionContext, extensionText, sectionExtensions } from "../_extensions.ts";
import { openKeyDer, openOf } from "../../kit/crypto/key-der.ts";
import { digestOfSignature, loadSecretKey, signatureAlgorithm, signWith, verifyWith } from "../_keys.ts";
import { objectCalled, objectName } from "../_names.ts";
import { digestCalled } from "./dgst.ts";
import { loadRequest, parseSubject, randomSerial, requestHolds } from "./req.ts";

export const x509Shape: Shape = {
  flags: ["text", "noout", "subject", "issuer", "dates", "startdate", "enddate", "fingerprint", "serial", "hash", "subject_hash", "issuer_hash", "pubkey", "modulus", "email", "purpose", "req", "new", "x509toreq", "CAcreateserial", "clrext", "next_serial", "alias", "ocsp_uri"],
  values: ["in", "out", "inform", "outform", "signkey", "key", "CA", "CAkey", "CAserial", "days", "set_serial", "extfile", "extensions", "ext", "checkend", "checkhost", "checkip", "checkemail", "nameopt", "certopt", "passin", "copy_extensions", "subj", "force_pubkey"],
  other: (name) => digestCalled(name) !== undefined,
};

/** All certificates of a file. Throws OpensslFailure. */
function* loadCertificates(call: Call, file: string | undefined, what: string): Blocking<Certificate[]> {
  const shown = file ?? "<stdin>";
  let bytes: Uint8Array;
  try {
    bytes = yield* call.read(file);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new OpensslFailure(`${storeFailure(what, shown, error.message)}Unable to load ${what}\n`);
  }
  try {
    const bodies = bytes[0] === 0x30 ? [bytes] : pemBlocks(decode(bytes)).filter(({ label }) => label === "CERTIFICATE" || label === "TRUSTED CERTIFICATE" || label === "X509 CERTIFICATE").map((block) => block.bytes);
    const list = bodies.map(parseCertificate);
    if (list.length > 0) return list;
  } catch (error) {
    if (!(error instanceof BadDer)) throw error;
  }
  throw new OpensslFailure(`Could not read ${what} from ${shown}\nUnable to load ${what}\n`);
}

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
    const alternative = certificate.extensions.find((one) => objectName(one.oid).short === "subjectAltName");
    const names = alternative === undefined ? [...nameText(certificate.subject).matchAll(/CN = ([^,]+)/g)].map(([, name]) => name ?? "") : [...extensionText(alternative.oid, alternative.value, "").matchAll(/DNS:([^,\s]+)/g)].map(([, name]) => name ?? "");
    const matches = names.some((name) => name.toLowerCase() === host.toLowerCase() || (name.startsWith("*.") && host.toLowerCase().endsWith(name.slice(1).toLowerCase()) && !host.slice(0, -name.length + 1).includes(".")));
    call.put(`Hostname ${host} does${matches ? "" : " NOT"} match certificate\n`);
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

export const verifyShape: Shape = { flags: ["verbose", "show_chain", "x509_strict", "no-CAfile", "no-CApath", "partial_chain", "no_check_time"], values: ["CAfile", "CApath", "untrusted", "trusted", "purpose", "nameopt", "attime", "verify_hostname", "crl_check"] };

/** Certificates that a directory holds under their hashes. */
function* hashed(call: Call, directory: string, subject: Uint8Array): Blocking<Certificate[]> {
  const list: Certificate[] = [];
  for (let number = 0; number < 10; number++) {
    const path = `${directory}/${subjectHash(subject)}.${number}`;
    if (!exists(call.sys, path)) break;
    list.push(...(yield* loadCertificates(call, path, "certificate file")));
  }
  return list;
}

/** Undefined when the chain holds; else the error's number, where, and its words (x509_txt.c). */
function* chainError(call: Call, leaf: Certificate, trusted: readonly Certificate[], untrusted: readonly Certificate[], directory: string | undefined): Blocking<{ readonly code: number; readonly depth: number; readonly text: string; readonly certificate: Certificate; readonly chain: readonly Certificate[] } | undefined> {
  const chain = [leaf];
  const at = Number(call.get("attime") ?? call.nowSeconds);
  for (let depth = 0; depth < 16; depth++) {
    const one = chain[depth] ?? leaf;
    const own = sameBytes(one.issuer, one.subject);
    const candidates = [...trusted, ...(directory === undefined ? [] : yield* hashed(call, directory, one.issuer))];
    const anchor = candidates.find((other) => sameBytes(other.subject, one.issuer) && (!own || sameBytes(other.whole, one.whole)));
    const issuer = anchor ?? (own ? undefined : untrusted.find((other) => sameBytes(other.subject, one.issuer)));
    const failure = (code: number, text: string) => ({ code, depth, text, certificate: one, chain });
    if (issuer === undefined) {
      if (own) return failure(depth === 0 ? 18 : 19, depth === 0 ? "self-signed certificate" : "self-signed certificate in certificate chain");
      return failure(depth === 0 ? 20 : 2, depth === 0 ? "unable to get local issuer certificate" : "unable to get issuer certificate");
    }
    if (!(yield* verifyWith(call, issuer.key, digestOfSignature(one.signatureOid) ?? "", one.inner, one.signature))) return failure(7, "certificate signature failure");
    if (epochSeconds(one.notBefore) > at) return failure(9, "certificate is not yet valid");
    if (epochSeconds(one.notAfter) < at) return failure(10, "certificate has expired");
    if (issuer !== one && !own && isCertificateAuthority(issuer) === false) return { code: 79, depth: depth + 1, text: "invalid CA certificate", certificate: issuer, chain };
    if (anchor !== undefined && (own || sameBytes(anchor.issuer, anchor.subject) || call.has("partial_chain"))) {
      if (!own) {
        chain.push(anchor);
        if (epochSeconds(anchor.notAfter) < at) return { code: 10, depth: depth + 1, text: "certificate has expired", certificate: anchor, chain };
      }
      return undefined;
    }
    chain.push(issuer);
  }
  return { code: 22, depth: 16, text: "certificate chain too long", certificate: leaf, chain };
}

export function* verify(call: Call): Blocking<number> {
  const file = call.get("CAfile");
  const trusted: Certificate[] = [];
  if (file !== undefined) {
    if (!exists(call.sys, file)) throw new OpensslFailure(`Error loading file ${file}\n${errorLine("80000002", "system library", "BIO_new_file", "No such file or directory", "../crypto/bio/bss_file.c:67", `calling fopen(${file}, r)`)}\n${errorLine("10000080", "BIO routines", "BIO_new_file", "no such file", "../crypto/bio/bss_file.c:75")}\n${errorLine("05880002", "x509 certificate routines", "X509_load_cert_crl_file_ex", "system lib", "../crypto/x509/by_file.c:229")}\n`);
    trusted.push(...(yield* loadCertificates(call, file, "certificate file")));
  }
  for (const one of call.all("trusted")) trusted.push(...(yield* loadCertificates(call, one, "certificate file")));
  const untrusted: Certificate[] = [];
  for (const one of call.all("untrusted")) untrusted.push(...(yield* loadCertificates(call, one, "certificate file")));
  const directory = call.get("CApath") ?? (file === undefined && call.all("trusted").length === 0 ? "/usr/lib/ssl/certs" : undefined);
  let status = 0;
  for (const name of call.words.length === 0 ? [undefined] : call.words) {
    const [leaf] = yield* loadCertificates(call, name, "certificate file");
    if (leaf === undefined) continue;
    const shown = name ?? "stdin";
    const error = yield* chainError(call, leaf, trusted, untrusted, directory);
    if (error === undefined) {
      call.put(`${shown}: OK\n`);
      continue;
    }
    status = 2;
    yield* call.note(`${nameText(error.certificate.subject)}\nerror ${error.code} at ${error.depth} depth lookup: ${error.text}\nerror ${shown}: verification failed\n`);
  }
  return status;
}
