// Keys in files and as text, signing and checking with them, for the commands of openssl. What the files hold is kit/crypto/key-der.ts.
import { type Blocking, concatBytes, decode, SysError } from "../../kernel/sys.ts";
import { bitLength, bytesOfNumber } from "../kit/crypto/big-number.ts";
import { ed25519Sign, ed25519Verify } from "../kit/crypto/curve25519.ts";
import { BadDer, integer, integerOf, itemsOf, NULL, oid, readDer, sequence } from "../kit/crypto/der.ts";
import { decryptPkcs8, type OpenKey, parseEc, parseOpenKey, parsePkcs8, parseRsa, type SecretKey, secretKeyOfPem } from "../kit/crypto/key-der.ts";
import { digestOf } from "../kit/crypto/named-digest.ts";
import { ecdsaSign, ecdsaVerify, type NistCurve } from "../kit/crypto/nist-curve.ts";
import { pemBlocks } from "../kit/crypto/pem.ts";
import { rsaSign, rsaSteps, rsaVerify } from "../kit/crypto/rsa.ts";
import { type Call, colonLines, OpensslFailure, storeFailure } from "./_call.ts";

const ED25519 = "1.3.101.112";

/** Any of the forms in a file. Throws OpensslFailure. */
export function* loadSecretKey(call: Call, file: string | undefined, passwordSource: string | undefined): Blocking<SecretKey> {
  const shown = file ?? "<stdin>";
  const failed = new OpensslFailure(`Could not read private key from ${shown}\n`);
  let bytes: Uint8Array;
  try {
    bytes = yield* call.read(file);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new OpensslFailure(storeFailure("private key", shown, error.message));
  }
  try {
    if (bytes[0] === 0x30) {
      const second = itemsOf(readDer(bytes).body)[1];
      return second?.tag === 0x30 ? parsePkcs8(bytes) : second?.tag === 0x04 ? parseEc(bytes, undefined) : parseRsa(bytes);
    }
    for (const block of pemBlocks(decode(bytes))) {
      const known = secretKeyOfPem(block);
      if (known !== undefined) return known;
      if (block.label !== "ENCRYPTED PRIVATE KEY") continue;
      const password = passwordSource === undefined ? yield* call.ask(file === undefined ? "Enter pass phrase:" : `Enter pass phrase for ${file}:`) : yield* call.passwordFrom(passwordSource);
      const plain = yield* decryptPkcs8(call.sys, block.bytes, password);
      if (plain === undefined) throw failed;
      return parsePkcs8(plain);
    }
  } catch (error) {
    if (!(error instanceof BadDer)) throw error;
  }
  throw failed;
}

/** A public key, or that of a private one. Throws OpensslFailure. */
export function* loadOpenKey(call: Call, file: string | undefined): Blocking<OpenKey> {
  const shown = file ?? "<stdin>";
  let bytes: Uint8Array;
  try {
    bytes = yield* call.read(file);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new OpensslFailure(storeFailure("public key", shown, error.message));
  }
  try {
    const body = bytes[0] === 0x30 ? bytes : pemBlocks(decode(bytes)).find(({ label }) => label === "PUBLIC KEY")?.bytes;
    if (body !== undefined) return parseOpenKey(body);
  } catch (error) {
    if (!(error instanceof BadDer)) throw error;
  }
  throw new OpensslFailure(`Could not read public key from ${shown}\n`);
}

const signedBytes = (value: bigint): Uint8Array => {
  const bytes = bytesOfNumber(value);
  return ((bytes[0] ?? 0) & 0x80) === 0 ? bytes : concatBytes([Uint8Array.of(0), bytes]);
};

/** "Public-Key: (2048 bit)" and what follows. */
export function openKeyText(key: OpenKey, indent: string, rsaWords: readonly [string, string] = ["Modulus:", "Exponent:"]): string {
  if (key.kind === "ed25519") return `${indent}ED25519 Public-Key:\n${indent}pub:\n${colonLines(key.point, `${indent}    `)}`;
  if (key.kind === "ec") return `${indent}Public-Key: (${bitLength(key.curve.order)} bit)\n${indent}pub:\n${colonLines(key.point, `${indent}    `)}${curveText(key.curve, indent)}`;
  return `${indent}Public-Key: (${bitLength(key.rsa.n)} bit)\n${indent}${rsaWords[0]}\n${colonLines(signedBytes(key.rsa.n), `${indent}    `)}${indent}${rsaWords[1]} ${key.rsa.e} (0x${key.rsa.e.toString(16)})\n`;
}

function curveText(curve: NistCurve, indent: string): string {
  return `${indent}ASN1 OID: ${curve.name}\n${indent}NIST CURVE: ${curve.nistName}\n`;
}

export function secretKeyText(key: SecretKey): string {
  const block = (bytes: Uint8Array): string => colonLines(bytes, "    ");
  if (key.kind === "ed25519") return `ED25519 Private-Key:\npriv:\n${block(key.seed)}pub:\n${block(key.point)}`;
  if (key.kind === "ec") return `Private-Key: (${bitLength(key.curve.order)} bit)\npriv:\n${block(bytesOfNumber(key.secret, key.curve.bytes))}pub:\n${block(key.point)}${curveText(key.curve, "")}`;
  const { n, e, d, p, q, coefficient } = key.rsa;
  const part = (name: string, value: bigint): string => `${name}:\n${block(signedBytes(value))}`;
  return `Private-Key: (${bitLength(n)} bit, 2 primes)\n${part("modulus", n)}publicExponent: ${e} (0x${e.toString(16)})\n${part("privateExponent", d)}${part("prime1", p)}${part("prime2", q)}${part("exponent1", d % (p - 1n))}${part("exponent2", d % (q - 1n))}${part("coefficient", coefficient)}`;
}

const SIGNATURES = new Map([
  ["rsa md5", "1.2.840.113549.1.1.4"], ["rsa sha1", "1.2.840.113549.1.1.5"], ["rsa sha224", "1.2.840.113549.1.1.14"], ["rsa sha256", "1.2.840.113549.1.1.11"], ["rsa sha384", "1.2.840.113549.1.1.12"], ["rsa sha512", "1.2.840.113549.1.1.13"],
  ["ec sha1", "1.2.840.10045.4.1"], ["ec sha224", "1.2.840.10045.4.3.1"], ["ec sha256", "1.2.840.10045.4.3.2"], ["ec sha384", "1.2.840.10045.4.3.3"], ["ec sha512", "1.2.840.10045.4.3.4"],
]);

/** AlgorithmIdentifier of a signature. */
export function signatureAlgorithm(key: OpenKey, digest: string): Uint8Array {
  if (key.kind === "ed25519") return sequence(oid(ED25519));
  const id = oid(SIGNATURES.get(`${key.kind} ${digest}`) ?? "");
  return key.kind === "rsa" ? sequence(id, NULL) : sequence(id);
}

export function* signWith(call: Call, key: SecretKey, digest: string, message: Uint8Array): Blocking<Uint8Array> {
  if (call.sys.charge(key.kind === "rsa" ? rsaSteps(key.rsa) : 5000)) yield* call.sys.preempt();
  if (key.kind === "ed25519") return ed25519Sign(key.seed, message);
  const hash = digestOf(digest, message);
  if (key.kind === "rsa") return rsaSign(key.rsa, digest, hash) ?? new Uint8Array(0);
  const { r, s } = ecdsaSign(key.curve, key.secret, hash);
  return sequence(integer(r), integer(s));
}

export function* verifyWith(call: Call, key: OpenKey, digest: string, message: Uint8Array, signature: Uint8Array): Blocking<boolean> {
  if (call.sys.charge(5000)) yield* call.sys.preempt();
  if (key.kind === "ed25519") return ed25519Verify(key.point, message, signature);
  const hash = digestOf(digest, message);
  if (key.kind === "rsa") return rsaVerify(key.rsa, digest, hash, signature);
  try {
    const [r, s] = itemsOf(readDer(signature).body).map(integerOf);
    return ecdsaVerify(key.curve, key.point, hash, { r: r ?? 0n, s: s ?? 0n });
  } catch (error) {
    if (error instanceof BadDer) return false;
    throw error;
  }
}

/** The digest of a signature's algorithm; "" for Ed25519. Undefined for an unknown one. */
export function digestOfSignature(dotted: string): string | undefined {
  if (dotted === ED25519) return "";
  return [...SIGNATURES].find(([, id]) => id === dotted)?.[0].split(" ")[1];
}

