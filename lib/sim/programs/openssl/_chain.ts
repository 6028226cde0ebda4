// Chains of certificates up to one that is trusted (openssl-verification-options(1)), and the files that they come from.
import { type Blocking, decode, SysError } from "../../kernel/sys.ts";
import { BadDer } from "../kit/crypto/der.ts";
import { pemBlocks } from "../kit/crypto/pem.ts";
import { sameBytes } from "../kit/openpgp/public-key.ts";
import { exists } from "../kit/presence.ts";
import { type Call, errorLine, OpensslFailure, storeFailure } from "./_call.ts";
import { type Certificate, epochSeconds, isCertificateAuthority, nameText, parseCertificate, serialHex, subjectHash } from "./_certificate.ts";
import { extensionText } from "./_extensions.ts";
import { digestOfSignature, verifyWith } from "./_keys.ts";
import { objectName } from "./_names.ts";
import { parseRevocationList, type RevocationList } from "./_revocation.ts";

/** All certificates of a file. Throws OpensslFailure. */
export function* loadCertificates(call: Call, file: string | undefined, what: string): Blocking<Certificate[]> {
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

export interface ChainError {
  readonly code: number;
  readonly depth: number;
  /** as x509_txt.c has it */
  readonly text: string;
  readonly certificate: Certificate;
}

export interface ChainPool {
  readonly trusted: readonly Certificate[];
  readonly untrusted: readonly Certificate[];
  /** read where -crl_check wants them */
  readonly lists: readonly RevocationList[];
  /** with certificates under their hashes */
  readonly directory: string | undefined;
}

export interface CheckedChain {
  /** from the leaf on, as far as it was found */
  readonly chain: readonly Certificate[];
  readonly error: ChainError | undefined;
}

/** The names of a host that a certificate is for: those of subjectAltName, else the common name. */
export function matchesHostName(certificate: Certificate, host: string): boolean {
  const alternative = certificate.extensions.find((one) => objectName(one.oid).short === "subjectAltName");
  const names = alternative === undefined ? [...nameText(certificate.subject).matchAll(/CN = ([^,]+)/g)].map(([, name]) => name ?? "") : [...extensionText(alternative.oid, alternative.value, "").matchAll(/DNS:([^,\s]+)/g)].map(([, name]) => name ?? "");
  return names.some((name) => name.toLowerCase() === host.toLowerCase() || (name.startsWith("*.") && host.toLowerCase().endsWith(name.slice(1).toLowerCase()) && !host.slice(0, -name.length + 1).includes(".")));
}

/** -CAfile, -trusted, -untrusted, -CApath and -CRLfile, or the system's authorities where none is named. Throws OpensslFailure. */
export function* chainPool(call: Call): Blocking<ChainPool> {
  const file = call.get("CAfile");
  const trusted: Certificate[] = [];
  const lists: RevocationList[] = [];
  if (file !== undefined) {
    if (!exists(call.sys, file)) throw new OpensslFailure(`Error loading file ${file}\n${errorLine("80000002", "system library", "BIO_new_file", "No such file or directory", "../crypto/bio/bss_file.c:67", `calling fopen(${file}, r)`)}\n${errorLine("10000080", "BIO routines", "BIO_new_file", "no such file", "../crypto/bio/bss_file.c:75")}\n${errorLine("05880002", "x509 certificate routines", "X509_load_cert_crl_file_ex", "system lib", "../crypto/x509/by_file.c:229")}\n`);
    trusted.push(...(yield* loadCertificates(call, file, "certificate file")));
  }
  for (const one of call.all("trusted")) trusted.push(...(yield* loadCertificates(call, one, "certificate file")));
  const untrusted: Certificate[] = [];
  for (const one of call.all("untrusted")) untrusted.push(...(yield* loadCertificates(call, one, "certificate file")));
  for (const name of [...(file === undefined ? [] : [file]), ...call.all("CRLfile")]) lists.push(...listsOf(yield* call.read(name)));
  return { trusted, untrusted, lists, directory: call.get("CApath") ?? (file === undefined && call.all("trusted").length === 0 ? "/usr/lib/ssl/certs" : undefined) };
}

function listsOf(bytes: Uint8Array): RevocationList[] {
  try {
    return pemBlocks(decode(bytes)).filter(({ label }) => label === "X509 CRL").map((block) => parseRevocationList(block.bytes));
  } catch (error) {
    if (error instanceof BadDer) return [];
    throw error;
  }
}

/** What a list of its issuer says about a certificate. */
function* revocationError(call: Call, one: Certificate, issuer: Certificate, depth: number, lists: readonly RevocationList[], at: number): Blocking<ChainError | undefined> {
  const failure = (code: number, text: string): ChainError => ({ code, depth, text, certificate: one });
  const list = lists.find((other) => sameBytes(other.issuer, one.issuer));
  if (list === undefined) return failure(3, "unable to get certificate CRL");
  if (!(yield* verifyWith(call, issuer.key, digestOfSignature(list.signatureOid) ?? "", list.inner, list.signature))) return failure(8, "CRL signature failure");
  if (epochSeconds(list.lastUpdate) > at) return failure(11, "CRL is not yet valid");
  if (list.nextUpdate !== undefined && epochSeconds(list.nextUpdate) < at) return failure(12, "CRL has expired");
  return list.revoked.some(({ serial }) => serialHex(serial) === serialHex(one.serial)) ? failure(23, "certificate revoked") : undefined;
}

export function* checkChain(call: Call, leaf: Certificate, { trusted, untrusted, lists, directory }: ChainPool): Blocking<CheckedChain> {
  const chain = [leaf];
  const at = Number(call.get("attime") ?? call.nowSeconds);
  const timed = !call.has("no_check_time");
  for (let depth = 0; depth < 16; depth++) {
    const one = chain[depth] ?? leaf;
    const own = sameBytes(one.issuer, one.subject);
    const candidates = [...trusted, ...(directory === undefined ? [] : yield* hashed(call, directory, one.issuer))];
    const anchor = candidates.find((other) => sameBytes(other.subject, one.issuer) && (!own || sameBytes(other.whole, one.whole)));
    const issuer = anchor ?? (own ? undefined : untrusted.find((other) => sameBytes(other.subject, one.issuer)));
    const failure = (code: number, text: string): CheckedChain => ({ chain, error: { code, depth, text, certificate: one } });
    if (issuer === undefined) {
      if (own) return failure(depth === 0 ? 18 : 19, depth === 0 ? "self-signed certificate" : "self-signed certificate in certificate chain");
      return failure(depth === 0 ? 20 : 2, depth === 0 ? "unable to get local issuer certificate" : "unable to get issuer certificate");
    }
    if (!(yield* verifyWith(call, issuer.key, digestOfSignature(one.signatureOid) ?? "", one.inner, one.signature))) return failure(7, "certificate signature failure");
    if (timed && epochSeconds(one.notBefore) > at) return failure(9, "certificate is not yet valid");
    if (timed && epochSeconds(one.notAfter) < at) return failure(10, "certificate has expired");
    if (issuer !== one && !own && isCertificateAuthority(issuer) === false) return { chain, error: { code: 79, depth: depth + 1, text: "invalid CA certificate", certificate: issuer } };
    if (call.has("crl_check_all") ? !own : call.has("crl_check") && depth === 0) {
      const error = yield* revocationError(call, one, issuer, depth, lists, at);
      if (error !== undefined) return { chain, error };
    }
    if (anchor !== undefined && (own || sameBytes(anchor.issuer, anchor.subject) || call.has("partial_chain"))) {
      if (!own) {
        chain.push(anchor);
        if (timed && epochSeconds(anchor.notAfter) < at) return { chain, error: { code: 10, depth: depth + 1, text: "certificate has expired", certificate: anchor } };
      }
      const host = call.get("verify_hostname");
      return { chain, error: host === undefined || matchesHostName(leaf, host) ? undefined : { code: 62, depth: 0, text: "hostname mismatch", certificate: leaf } };
    }
    chain.push(issuer);
  }
  return { chain, error: { code: 22, depth: 16, text: "certificate chain too long", certificate: leaf } };
}
