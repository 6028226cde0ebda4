// RSA (RFC 8017): keys, and the paddings of PKCS #1 version 1.5.
import { type Blocking, concatBytes } from "../../../kernel/sys.ts";
import type { RandomPace } from "../pace.ts";
import { bitLength, bytesOfNumber, inverse, mod, numberOf, power } from "./big-number.ts";
import { randomPrime } from "./prime.ts";

export interface RsaPublicKey {
  readonly n: bigint;
  readonly e: bigint;
}

export interface RsaPrivateKey extends RsaPublicKey {
  readonly d: bigint;
  readonly p: bigint;
  readonly q: bigint;
  /** 1/q mod p, where p > q */
  readonly coefficient: bigint;
}

const PUBLIC_EXPONENT = 65_537n;

/** From the factors; undefined when they do not fit the exponent. */
export function rsaKeyOf(one: bigint, other: bigint, e: bigint): RsaPrivateKey | undefined {
  const [p, q] = one > other ? [one, other] : [other, one];
  const d = inverse(e, (p - 1n) * (q - 1n));
  const coefficient = inverse(q, p);
  return d === undefined || coefficient === undefined ? undefined : { n: p * q, e, d, p, q, coefficient };
}

/** `tried` sees the candidates of both factors and, with "prime", the end of each search. */
export function* generateRsa(sys: RandomPace, bits: number, e = PUBLIC_EXPONENT, tried?: (what: "candidate" | "passed" | "prime") => Blocking<void>): Blocking<RsaPrivateKey> {
  const each = tried === undefined ? undefined : (passed: boolean) => tried(passed ? "passed" : "candidate");
  for (;;) {
    const one = yield* randomPrime(sys, Math.ceil(bits / 2), each);
    if (tried !== undefined) yield* tried("prime");
    const other = yield* randomPrime(sys, Math.floor(bits / 2), each);
    if (tried !== undefined) yield* tried("prime");
    const key = one === other ? undefined : rsaKeyOf(one, other, e);
    if (key !== undefined && bitLength(key.n) === bits) return key;
  }
}

function rsaBytes({ n }: RsaPublicKey): number {
  return Math.ceil(bitLength(n) / 8);
}

/** What an operation with the private key costs. */
export function rsaSteps({ n }: RsaPublicKey): number {
  return Math.round((bitLength(n) / 2048) ** 3 * 6000);
}

function rsaPublic(key: RsaPublicKey, value: bigint): bigint {
  return power(value, key.e, key.n);
}

/** By the Chinese remainder theorem. */
function rsaPrivate({ p, q, d, coefficient }: RsaPrivateKey, value: bigint): bigint {
  const one = power(value, d % (p - 1n), p);
  const other = power(value, d % (q - 1n), q);
  return other + q * mod((one - other) * coefficient, p);
}

const DIGEST_INFO = new Map([
  ["md5", "3020300c06082a864886f70d020505000410"],
  ["sha1", "3021300906052b0e03021a05000414"],
  ["sha224", "302d300d06096086480165030402040500041c"],
  ["sha256", "3031300d060960864801650304020105000420"],
  ["sha384", "3041300d060960864801650304020205000430"],
  ["sha512", "3051300d060960864801650304020305000440"],
]);

/** EMSA-PKCS1-v1_5 (section 9.2); undefined for a digest without a name of its own. */
function encoded(digestName: string, digest: Uint8Array, length: number): Uint8Array | undefined {
  const info = DIGEST_INFO.get(digestName);
  if (info === undefined) return undefined;
  const body = concatBytes([bytesOfNumber(BigInt(`0x${info}`)), digest]);
  if (length < body.length + 11) return undefined;
  return concatBytes([Uint8Array.of(0, 1), new Uint8Array(length - body.length - 3).fill(255), Uint8Array.of(0), body]);
}

export function rsaSign(key: RsaPrivateKey, digestName: string, digest: Uint8Array): Uint8Array | undefined {
  const length = rsaBytes(key);
  const message = encoded(digestName, digest, length);
  return message === undefined ? undefined : bytesOfNumber(rsaPrivate(key, numberOf(message)), length);
}

export function rsaVerify(key: RsaPublicKey, digestName: string, digest: Uint8Array, signature: Uint8Array): boolean {
  const length = rsaBytes(key);
  const message = encoded(digestName, digest, length);
  const value = numberOf(signature);
  return message !== undefined && value < key.n && rsaPublic(key, value) === numberOf(message);
}

/** RSAES-PKCS1-v1_5 (section 7.2). The message is at most eleven bytes shorter than the modulus. */
export function rsaEncrypt(key: RsaPublicKey, message: Uint8Array, random: (length: number) => Uint8Array): Uint8Array {
  const length = rsaBytes(key);
  const padding = random(length - message.length - 3).map((byte) => (byte === 0 ? 1 : byte));
  return bytesOfNumber(rsaPublic(key, numberOf(concatBytes([Uint8Array.of(0, 2), padding, Uint8Array.of(0), message]))), length);
}

/** Undefined when it was not made for this key. */
export function rsaDecrypt(key: RsaPrivateKey, encrypted: Uint8Array): Uint8Array | undefined {
  const value = numberOf(encrypted);
  if (value >= key.n) return undefined;
  const message = bytesOfNumber(rsaPrivate(key, value), rsaBytes(key));
  const end = message.indexOf(0, 2);
  return message[0] === 0 && message[1] === 2 && end >= 10 ? message.slice(end + 1) : undefined;
}
