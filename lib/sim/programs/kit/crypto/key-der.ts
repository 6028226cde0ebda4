// Keys as DER (SubjectPublicKeyInfo of RFC 5280; PKCS #8 of RFC 5958 and its encrypted form of RFC 8018; PKCS #1 of RFC 8017; SEC 1): what the files
// of OpenSSL hold and OpenSSH reads and writes too.
import { type Blocking, concatBytes, encode } from "../../../kernel/sys.ts";
import type { Pace, RandomPace } from "../pace.ts";
import { aesDecrypt, aesEncrypt } from "./aes.ts";
import { bytesOfNumber, numberOf } from "./big-number.ts";
import { ed25519PublicKey } from "./curve25519.ts";
import { BadDer, bits, explicit, integer, integerOf, itemsOf, NULL, octets, oid, oidOf, readDer, sequence } from "./der.ts";
import { pbkdf2 } from "./hmac.ts";
import { NIST_CURVES, type NistCurve, nistPublicKey } from "./nist-curve.ts";
import { pem } from "./pem.ts";
import { rsaKeyOf, type RsaPrivateKey, type RsaPublicKey } from "./rsa.ts";

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

function curveOfOid(dotted: string): NistCurve | undefined {
  return NIST_CURVES.find(({ name }) => CURVE_OIDS.get(name) === dotted);
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

/** RSAPublicKey of PKCS #1. Throws BadDer. */
export function parseRsaOpenKey(bytes: Uint8Array): OpenKey {
  const [n, e] = itemsOf(readDer(bytes).body);
  return { kind: "rsa", rsa: { n: integerOf(n), e: integerOf(e) } };
}

/** SubjectPublicKeyInfo. Throws BadDer. */
export function parseOpenKey(bytes: Uint8Array): OpenKey {
  const [algorithm, key] = itemsOf(readDer(bytes).body);
  const [name, parameter] = itemsOf(algorithm?.body ?? bytes);
  const body = key?.body.slice(1) ?? new Uint8Array(0);
  const id = oidOf(name);
  if (id === OIDS.rsa) return parseRsaOpenKey(body);
  if (id === OIDS.ed25519) return { kind: "ed25519", point: body };
  const curve = id === OIDS.ec ? curveOfOid(oidOf(parameter)) : undefined;
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

/** The older forms of RSA and EC keys: label and body. Undefined for a kind that has none. */
export function traditionalDer(key: SecretKey): { readonly label: string; readonly body: Uint8Array } | undefined {
  if (key.kind === "rsa") return { label: "RSA PRIVATE KEY", body: rsaDer(key.rsa) };
  return key.kind === "ec" ? { label: "EC PRIVATE KEY", body: ecDer(key, true) } : undefined;
}

export function traditionalPem(key: SecretKey): string {
  const older = traditionalDer(key);
  return older === undefined ? pem("PRIVATE KEY", secretKeyDer(key)) : pem(older.label, older.body);
}

/** Throws BadDer. */
export function parseRsa(bytes: Uint8Array): SecretKey {
  const [, , e = 0n, , p = 0n, q = 0n] = itemsOf(readDer(bytes).body).slice(0, 6).map(integerOf);
  const rsa = p > 1n && q > 1n ? rsaKeyOf(p, q, e) : undefined;
  if (rsa === undefined) throw new BadDer("no RSA key");
  return { kind: "rsa", rsa };
}

/** Throws BadDer. */
export function parseEc(bytes: Uint8Array, given: NistCurve | undefined): SecretKey {
  const [, secret, ...more] = itemsOf(readDer(bytes).body);
  const named = more.find(({ tag }) => tag === 0xa0);
  const curve = given ?? (named === undefined ? undefined : curveOfOid(oidOf(readDer(named.body))));
  if (curve === undefined || secret === undefined) throw new BadDer("no key of a curve");
  const value = numberOf(secret.body);
  return { kind: "ec", curve, secret: value, point: nistPublicKey(curve, value) };
}

/** Throws BadDer. */
export function parsePkcs8(bytes: Uint8Array): SecretKey {
  const [, algorithm, key] = itemsOf(readDer(bytes).body);
  const [name, parameter] = itemsOf(algorithm?.body ?? bytes);
  const body = key?.body ?? new Uint8Array(0);
  const id = oidOf(name);
  if (id === OIDS.rsa) return parseRsa(body);
  if (id === OIDS.ec) return parseEc(body, curveOfOid(oidOf(parameter)));
  if (id !== OIDS.ed25519) throw new BadDer("unknown key");
  const seed = readDer(body).body.slice();
  return { kind: "ed25519", seed, point: ed25519PublicKey(seed) };
}

/** A private key in a block of PEM that is not encrypted; undefined for any other block. Throws BadDer. */
export function secretKeyOfPem({ label, bytes }: { readonly label: string; readonly bytes: Uint8Array }): SecretKey | undefined {
  if (label === "PRIVATE KEY") return parsePkcs8(bytes);
  if (label === "RSA PRIVATE KEY") return parseRsa(bytes);
  return label === "EC PRIVATE KEY" ? parseEc(bytes, undefined) : undefined;
}

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

const AES_CBC = new Map([["AES-128-CBC", { oid: "2.16.840.1.101.3.4.1.2", keyBytes: 16 }], ["AES-192-CBC", { oid: "2.16.840.1.101.3.4.1.22", keyBytes: 24 }], ["AES-256-CBC", { oid: "2.16.840.1.101.3.4.1.42", keyBytes: 32 }]]);
const PRFS = new Map([["1.2.840.113549.2.7", "sha1"], ["1.2.840.113549.2.9", "sha256"], ["1.2.840.113549.2.11", "sha512"]]);
const PBES2 = "1.2.840.113549.1.5.13";
const PBKDF2 = "1.2.840.113549.1.5.12";
const ROUNDS = 2048;

/** The key bytes of a cipher's name in capitals; undefined for what is no AES in CBC mode. */
export function cbcKeyBytes(cipher: string): number | undefined {
  return AES_CBC.get(cipher)?.keyBytes;
}

/** AlgorithmIdentifier of PBES2 and what it protects, as OpenSSL 3.0 writes: PBKDF2, 2048 rounds of SHA-256. */
export function* pbes2Encrypt(sys: RandomPace, plain: Uint8Array, password: string, cipher: string, saltBytes = 8): Blocking<{ readonly algorithm: Uint8Array; readonly encrypted: Uint8Array }> {
  const { oid: cipherOid, keyBytes } = AES_CBC.get(cipher.toUpperCase()) ?? { oid: "2.16.840.1.101.3.4.1.42", keyBytes: 32 };
  const salt = sys.random(saltBytes);
  const initial = sys.random(16);
  const key = yield* pbkdf2(sys, "sha256", encode(password), salt, ROUNDS, keyBytes);
  const algorithm = sequence(oid(PBES2), sequence(
    sequence(oid(PBKDF2), sequence(octets(salt), integer(ROUNDS), sequence(oid("1.2.840.113549.2.9"), NULL))),
    sequence(oid(cipherOid), octets(initial)),
  ));
  return { algorithm, encrypted: aesEncrypt("cbc", key, initial, padded(plain)) };
}

/** Undefined for a wrong password. `algorithm` is the body of the AlgorithmIdentifier. Throws BadDer for a protection other than PBES2 with AES. */
export function* pbes2Decrypt(sys: Pace, algorithm: Uint8Array, data: Uint8Array, password: string): Blocking<Uint8Array | undefined> {
  const [name, parameters] = itemsOf(algorithm);
  if (oidOf(name) !== PBES2) throw new BadDer("unknown protection");
  const [derivation, cipher] = itemsOf(parameters?.body ?? algorithm);
  const [, derived] = itemsOf(derivation?.body ?? algorithm);
  const [salt, rounds, ...more] = itemsOf(derived?.body ?? algorithm);
  const prf = more.find(({ tag }) => tag === 0x30);
  const hash = prf === undefined ? "sha1" : PRFS.get(oidOf(itemsOf(prf.body)[0]));
  const [cipherName, initial] = itemsOf(cipher?.body ?? algorithm);
  const id = oidOf(cipherName);
  const keyBytes = [...AES_CBC.values()].find((one) => one.oid === id)?.keyBytes;
  if (keyBytes === undefined || hash === undefined || salt === undefined || initial === undefined) throw new BadDer("unknown protection");
  const key = yield* pbkdf2(sys, hash, encode(password), salt.body, Number(integerOf(rounds)), keyBytes);
  return unpadded(aesDecrypt("cbc", key, initial.body, data));
}

/** A key as "ENCRYPTED PRIVATE KEY". */
export function* encryptedPkcs8(sys: RandomPace, key: SecretKey, password: string, cipher: string): Blocking<string> {
  const { algorithm, encrypted } = yield* pbes2Encrypt(sys, secretKeyDer(key), password, cipher);
  return pem("ENCRYPTED PRIVATE KEY", sequence(algorithm, octets(encrypted)));
}

/** Undefined for a wrong password. Throws BadDer. */
export function* decryptPkcs8(sys: Pace, bytes: Uint8Array, password: string): Blocking<Uint8Array | undefined> {
  const [scheme, data] = itemsOf(readDer(bytes).body);
  if (scheme === undefined || data === undefined) throw new BadDer("no protected key");
  return yield* pbes2Decrypt(sys, scheme.body, data.body, password);
}
