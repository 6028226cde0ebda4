// Keys of OpenSSL: PKCS #8 and its encrypted form, PKCS #1, SEC 1, SubjectPublicKeyInfo; their text; signing and checking with them.
import { type Blocking, concatBytes, decode, SysError } from "../../kernel/sys.ts";
import { aesDecrypt, aesEncrypt } from "../kit/crypto/aes.ts";
import { bitLength, bytesOfNumber, numberOf } from "../kit/crypto/big-number.ts";
import { ed25519PublicKey, ed25519Sign, ed25519Verify } from "../kit/crypto/curve25519.ts";
import { BadDer, bits, explicit, integer, integerOf, itemsOf, NULL, octets, oid, oidOf, readDer, sequence } from "../kit/crypto/der.ts";
import { pbkdf2 } from "../kit/crypto/hmac.ts";
import { digestOf } from "../kit/crypto/named-digest.ts";
import { curveNamed, ecdsaSign, ecdsaVerify, type NistCurve, nistPublicKey } from "../kit/crypto/nist-curve.ts";
import { pem, pemBlocks } from "../kit/crypto/pem.ts";
import { rsaKeyOf, type RsaPrivateKey, type RsaPublicKey, rsaSign, rsaSteps, rsaVerify } from "../kit/crypto/rsa.ts";
import { type Call, colonLines, OpensslFailure, storeFailure } from "./_call.ts";
import { objectName } from "./_names.ts";

export type OpenKey =
  | { readonly kind: "rsa"; readonly rsa: RsaPublicKey }
  | { readonly kind: "ec"; readonly curve: NistCurve; readonly point: Uint8Array }
  | { readonly kind: "ed25519"; readonly point: Uint8Array };

export type SecretKey =
  | { readonly kind: "rsa"; readonly rsa: RsaPrivateKey }
  | { readonly kind: "ec"; readonly curve: NistCurve; readonly point: Uint8Array; readonly secret: bigint }
  | { readonly kind: "ed25519"; readonly point: Uint8Array; readonly seed: Uint8Array };

const OIDS = { rsa: "1.2.840.113549.1.1.1", ec: "1.2.840.10045.2.1", ed25519: "1.3.101.112" } as const;
const CURVE_OIDS = new Map([["prime256v1", "1.2.840.10045.3.1.7"], ["secp384r1", "1.3.132.0.34"], ["secp521r1", "1.3.132.0.35"]]);

export function curveOid({ name }: NistCurve): Uint8Array {
  return oid(CURVE_OIDS.get(name) ?? "");
}

function algorithmOf(key: OpenKey): Uint8Array {
  if (key.kind === "rsa") return sequence(oid(OIDS.rsa), NULL);
  return key.kind === "ec" ? sequence(oid(OIDS.ec), curveOid(key.curve)) : sequence(oid(OIDS.ed25519));
}

export function openOf(key: SecretKey): OpenKey {
  return key.kind === "rsa" ? { kind: "rsa", rsa: { n: key.rsa.n, e: key.rsa.e } } : key;
}

/** The key itself, as a key identifier is made from. */
export function openBits(key: OpenKey): Uint8Array {
  return key.kind === "rsa" ? sequence(integer(key.rsa.n), integer(key.rsa.e)) : key.point;
}

export function openKeyDer(key: OpenKey): Uint8Array {
  return sequence(algorithmOf(key), bits(openBits(key)));
}

/** SubjectPublicKeyInfo. Throws BadDer. */
export function parseOpenKey(bytes: Uint8Array): OpenKey {
  const [algorithm, key] = itemsOf(readDer(bytes).body);
  const [name, parameter] = itemsOf(algorithm?.body ?? bytes);
  const body = key?.body.slice(1) ?? new Uint8Array(0);
  const id = oidOf(name);
  if (id === OIDS.rsa) {
    const [n, e] = itemsOf(readDer(body).body);
    return { kind: "rsa", rsa: { n: integerOf(n), e: integerOf(e) } };
  }
  if (id === OIDS.ed25519) return { kind: "ed25519", point: body };
  const curve = id === OIDS.ec ? curveNamed(objectName(oidOf(parameter)).short) : undefined;
  if (curve === undefined) throw new BadDer("unknown key");
  return { kind: "ec", curve, point: body };
}

function rsaDer({ n, e, d, p, q, coefficient }: RsaPrivateKey): Uint8Array {
  return sequence(integer(0), ...[n, e, d, p, q, d % (p - 1n), d % (q - 1n), coefficient].map(integer));
}

function ecDer({ curve, secret, point }: Extract<SecretKey, { kind: "ec" }>, withCurve: boolean): Uint8Array {
  return sequence(integer(1), octets(bytesOfNumber(secret, curve.bytes)), ...(withCurve ? [explicit(0, curveOid(curve))] : []), explicit(1, bits(point)));
}

export function secretKeyDer(key: SecretKey): Uint8Array {
  const body = key.kind === "rsa" ? rsaDer(key.rsa) : key.kind === "ec" ? ecDer(key, false) : octets(key.seed);
  return sequence(integer(0), algorithmOf(openOf(key)), octets(body));
}

/** The older forms: "RSA PRIVATE KEY", "EC PRIVATE KEY". */
export function traditionalPem(key: SecretKey): string {
  if (key.kind === "rsa") return pem("RSA PRIVATE KEY", rsaDer(key.rsa));
  return key.kind === "ec" ? pem("EC PRIVATE KEY", ecDer(key, true)) : pem("PRIVATE KEY", secretKeyDer(key));
}

function parseRsa(bytes: Uint8Array): SecretKey {
  const numbers = itemsOf(readDer(bytes).body).slice(0, 6).map(integerOf);
  const [, , e = 0n, , p = 0n, q = 0n] = numbers;
  const rsa = p > 1n && q > 1n ? rsaKeyOf(p, q, e) : undefined;
  if (rsa === undefined) throw new BadDer("no RSA key");
  return { kind: "rsa", rsa };
}

function parseEc(bytes: Uint8Array, given: NistCurve | undefined): SecretKey {
  const [, secret, ...more] = itemsOf(readDer(bytes).body);
  const named = more.find(({ tag }) => tag === 0xa0);
  const curve = given ?? (named === undefined ? undefined : curveNamed(objectName(oidOf(readDer(named.body))).short));
  if (curve === undefined || secret === undefined) throw new BadDer("no key of a curve");
  const value = numberOf(secret.body);
  return { kind: "ec", curve, secret: value, point: nistPublicKey(curve, value) };
}

function parsePkcs8(bytes: Uint8Array): SecretKey {
  const [, algorithm, key] = itemsOf(readDer(bytes).body);
  const [name, parameter] = itemsOf(algorithm?.body ?? bytes);
  const body = key?.body ?? new Uint8Array(0);
  const id = oidOf(name);
  if (id === OIDS.rsa) return parseRsa(body);
  if (id === OIDS.ec) return parseEc(body, curveNamed(objectName(oidOf(parameter)).short));
  if (id !== OIDS.ed25519) throw new BadDer("unknown key");
  const seed = readDer(body).body.slice();
  return { kind: "ed25519", seed, point: ed25519PublicKey(seed) };
}

const KEY_BYTES = new Map([["AES-128-CBC", 16], ["AES-192-CBC", 24], ["AES-256-CBC", 32]]);

export function padded(bytes: Uint8Array): Uint8Array {
  const count = 16 - (bytes.length % 16);
  return concatBytes([bytes, new Uint8Array(count).fill(count)]);
}

/** Undefined where the padding is none: the key was another. */
export function unpadded(bytes: Uint8Array): Uint8Array | undefined {
  const count = bytes.at(-1) ?? 0;
  if (bytes.length === 0 || count < 1 || count > 16 || !bytes.subarray(-count).every((byte) => byte === count)) return undefined;
  return bytes.slice(0, bytes.length - count);
}

/** PBES2 with PBKDF2 (RFC 8018), as OpenSSL 3.0 writes: 2048 rounds of SHA-256. */
export function* encryptedPem(call: Call, key: SecretKey, password: string, cipher: string): Blocking<string> {
  const { sys } = call;
  const salt = sys.random(8);
  const initial = sys.random(16);
  const name = cipher.toUpperCase();
  const derived = yield* pbkdf2(sys, "sha256", Uint8Array.from(password, (c) => c.charCodeAt(0)), salt, 2048, KEY_BYTES.get(name) ?? 32);
  const encrypted = aesEncrypt("cbc", derived, initial, padded(secretKeyDer(key)));
  const oids = new Map([["AES-128-CBC", "2.16.840.1.101.3.4.1.2"], ["AES-192-CBC", "2.16.840.1.101.3.4.1.22"], ["AES-256-CBC", "2.16.840.1.101.3.4.1.42"]]);
  const scheme = sequence(oid("1.2.840.113549.1.5.13"), sequence(
    sequence(oid("1.2.840.113549.1.5.12"), sequence(octets(salt), integer(2048), sequence(oid("1.2.840.113549.2.9"), NULL))),
    sequence(oid(oids.get(name) ?? ""), octets(initial)),
  ));
  return pem("ENCRYPTED PRIVATE KEY", sequence(scheme, octets(encrypted)));
}

function* decryptPkcs8(call: Call, bytes: Uint8Array, password: string): Blocking<Uint8Array | undefined> {
  const [scheme, data] = itemsOf(readDer(bytes).body);
  const [, parameters] = itemsOf(scheme?.body ?? bytes);
  const [derivation, cipher] = itemsOf(parameters?.body ?? bytes);
  const [, derived] = itemsOf(derivation?.body ?? bytes);
  const [salt, rounds, ...more] = itemsOf(derived?.body ?? bytes);
  const prf = more.find(({ tag }) => tag === 0x30);
  const hash = prf === undefined ? "sha1" : objectName(oidOf(itemsOf(prf.body)[0])).short.replace("hmacWithSHA", "sha");
  const [cipherName, initial] = itemsOf(cipher?.body ?? bytes);
  const length = KEY_BYTES.get(objectName(oidOf(cipherName)).short);
  if (length === undefined || salt === undefined || initial === undefined || data === undefined) throw new BadDer("unknown protection");
  const key = yield* pbkdf2(call.sys, hash, Uint8Array.from(password, (c) => c.charCodeAt(0)), salt.body, Number(integerOf(rounds)), length);
  return unpadded(aesDecrypt("cbc", key, initial.body, data.body));
}

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
    for (const { label, bytes: body } of pemBlocks(decode(bytes))) {
      if (label === "PRIVATE KEY") return parsePkcs8(body);
      if (label === "RSA PRIVATE KEY") return parseRsa(body);
      if (label === "EC PRIVATE KEY") return parseEc(body, undefined);
      if (label !== "ENCRYPTED PRIVATE KEY") continue;
      const password = passwordSource === undefined ? yield* call.ask(file === undefined ? "Enter pass phrase:" : `Enter pass phrase for ${file}:`) : yield* call.passwordFrom(passwordSource);
      const plain = yield* decryptPkcs8(call, body, password);
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
  if (key.kind === "ed25519") return sequence(oid(OIDS.ed25519));
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
  if (dotted === OIDS.ed25519) return "";
  return [...SIGNATURES].find(([, id]) => id === dotted)?.[0].split(" ")[1];
}

