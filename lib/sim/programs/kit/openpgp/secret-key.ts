// The private parts of keys: the numbers, what is done with them, and their form in transferable secret keys (RFC 4880, section 5.5.3).
import { type Blocking, concatBytes, encode } from "../../../kernel/sys.ts";
import type { Pace, RandomPace } from "../pace.ts";
import { aesDecrypt, aesEncrypt, aesUnwrap } from "../crypto/aes.ts";
import { bytesOfNumber, numberOf } from "../crypto/big-number.ts";
import { ed25519Sign, x25519 } from "../crypto/curve25519.ts";
import { digestOf, hasherNamed } from "../crypto/named-digest.ts";
import { curveNamed, ecdsaSign, nistShared } from "../crypto/nist-curve.ts";
import { rsaDecrypt, rsaKeyOf, type RsaPrivateKey, rsaSign } from "../crypto/rsa.ts";
import { BodyReader, mpi } from "./packet.ts";
import { ALGORITHM, hashName, type PublicKeyPacket } from "./public-key.ts";

/** RSA: d, p, q, u = 1/p mod q. Curves: one number. */
export type SecretNumbers = readonly bigint[];

function rsaOf(key: PublicKeyPacket, [, p = 1n, q = 1n]: SecretNumbers): RsaPrivateKey | undefined {
  return rsaKeyOf(p, q, key.numbers[1] ?? 65_537n);
}

/** The numbers of a signature; undefined for an algorithm that does not sign here. */
export function signDigest(key: PublicKeyPacket, secret: SecretNumbers, hash: number, digest: Uint8Array): readonly bigint[] | undefined {
  const [first = 0n] = secret;
  if (key.algorithm <= 3) {
    const rsa = rsaOf(key, secret);
    const signature = rsa === undefined ? undefined : rsaSign(rsa, hashName(hash) ?? "", digest);
    return signature === undefined ? undefined : [numberOf(signature)];
  }
  if (key.algorithm === ALGORITHM.EDDSA) {
    const signature = ed25519Sign(bytesOfNumber(first, 32), digest);
    return [numberOf(signature.subarray(0, 32)), numberOf(signature.subarray(32))];
  }
  const curve = key.curve?.nist === undefined ? undefined : curveNamed(key.curve.nist);
  if (key.algorithm !== ALGORITHM.ECDSA || curve === undefined) return undefined;
  const { r, s } = ecdsaSign(curve, first, digest);
  return [r, s];
}

const WRAP_BYTES = new Map([[7, 16], [8, 24], [9, 32]]);

/** RFC 6637, section 7. */
export function ecdhWrappingKey(key: PublicKeyPacket, shared: Uint8Array): Uint8Array {
  const [hash, cipher] = key.kdf ?? [8, 7];
  const oid = key.curve?.oid ?? new Uint8Array(0);
  const parameter = concatBytes([
    Uint8Array.of(oid.length), oid, Uint8Array.of(ALGORITHM.ECDH, 3, 1, hash, cipher), encode("Anonymous Sender    "), key.fingerprint,
  ]);
  return digestOf(hashName(hash) ?? "sha256", Uint8Array.of(0, 0, 0, 1), shared, parameter).slice(0, WRAP_BYTES.get(cipher) ?? 16);
}

/** The session key's bytes with their algorithm in front and their sum behind; undefined when they are not for this key. */
export function decryptSessionKey(key: PublicKeyPacket, secret: SecretNumbers, body: BodyReader): Uint8Array | undefined {
  if (key.algorithm <= 3) {
    const rsa = rsaOf(key, secret);
    return rsa === undefined ? undefined : rsaDecrypt(rsa, bytesOfNumber(body.mpi()));
  }
  if (key.algorithm !== ALGORITHM.ECDH) return undefined;
  const point = bytesOfNumber(body.mpi());
  const wrapped = body.take(body.byte());
  const nist = key.curve?.nist === undefined ? undefined : curveNamed(key.curve.nist);
  const [number = 0n] = secret;
  const shared = nist === undefined ? x25519(bytesOfNumber(number, 32).reverse(), point.subarray(1)) : nistShared(nist, number, point);
  const padded = shared === undefined ? undefined : aesUnwrap(ecdhWrappingKey(key, shared), wrapped);
  return padded?.slice(0, padded.length - (padded.at(-1) ?? 0));
}

/** Iterated and salted (section 3.7.1.3); `count` in bytes, 0 for plain salted. */
export function* passphraseKey(sys: Pace, passphrase: string, salt: Uint8Array, count: number, hash: number, length: number): Blocking<Uint8Array> {
  const parts: Uint8Array[] = [];
  const name = hashName(hash) ?? "sha1";
  const once = concatBytes([salt, encode(passphrase)]);
  // the same again and again: fed in larger pieces
  const piece = concatBytes(Array.from({ length: Math.max(1, Math.floor(65_536 / once.length)) }, () => once));
  for (let zeros = 0, made = 0; made < length; zeros++) {
    const hasher = hasherNamed(name);
    if (hasher === undefined) break;
    hasher.update(new Uint8Array(zeros));
    let left = Math.max(count, once.length);
    while (left > 0) {
      hasher.update(left >= piece.length ? piece : piece.subarray(0, left));
      left -= Math.min(left, piece.length);
      if (sys.charge(200)) yield* sys.preempt();
    }
    const digest = hasher.digest();
    parts.push(digest);
    made += digest.length;
  }
  return concatBytes(parts).slice(0, length);
}

export const decodedCount = (code: number): number => (16 + (code & 15)) << ((code >> 4) + 6);

/** What new protections are made with: near what GnuPG measures on a small machine. */
export const COUNT_CODE = 0x90;

const KEY_BYTES = new Map([[7, 16], [8, 24], [9, 32]]);

type SecretPart =
  | { readonly kind: "numbers"; readonly numbers: SecretNumbers }
  | { readonly kind: "wrong-passphrase" }
  | { readonly kind: "locked" }
  | { readonly kind: "unusable" };

const countOf = (key: PublicKeyPacket): number => (key.algorithm <= 3 ? 4 : 1);

/** Of a secret key packet, behind its public part. */
export function* readSecretPart(sys: Pace, key: PublicKeyPacket, part: Uint8Array, passphrase: string | undefined): Blocking<SecretPart> {
  const reader = new BodyReader(part);
  const usage = reader.byte();
  if (usage === 0) {
    const numbers: bigint[] = [];
    for (let i = 0; i < countOf(key); i++) numbers.push(reader.mpi());
    return { kind: "numbers", numbers };
  }
  if (usage !== 254 && usage !== 255) return { kind: "unusable" };
  const cipher = reader.byte();
  const mode = reader.byte();
  const hash = reader.byte();
  const keyBytes = KEY_BYTES.get(cipher);
  if (keyBytes === undefined || (mode !== 1 && mode !== 3)) return { kind: "unusable" };
  const salt = reader.take(8);
  const count = mode === 3 ? decodedCount(reader.byte()) : 0;
  if (passphrase === undefined) return { kind: "locked" };
  const initial = reader.take(16);
  const plain = aesDecrypt("cfb", yield* passphraseKey(sys, passphrase, salt, count, hash, keyBytes), initial, reader.rest());
  const body = plain.slice(0, plain.length - 20);
  const sum = digestOf("sha1", body);
  if (usage === 254 && !sum.every((byte, i) => byte === plain[body.length + i])) return { kind: "wrong-passphrase" };
  const inner = new BodyReader(body);
  const numbers: bigint[] = [];
  for (let i = 0; i < countOf(key); i++) numbers.push(inner.mpi());
  return { kind: "numbers", numbers };
}

/** With AES-128 and a SHA-1 sum, as GnuPG exports; in the clear without a passphrase. */
export function* writeSecretPart(sys: RandomPace, numbers: SecretNumbers, passphrase: string): Blocking<Uint8Array> {
  const body = concatBytes(numbers.map(mpi));
  if (passphrase === "") {
    const sum = body.reduce((total, byte) => (total + byte) & 0xffff, 0);
    return concatBytes([Uint8Array.of(0), body, Uint8Array.of(sum >> 8, sum & 255)]);
  }
  const salt = sys.random(8);
  const initial = sys.random(16);
  const key = yield* passphraseKey(sys, passphrase, salt, decodedCount(COUNT_CODE), 2, 16);
  return concatBytes([Uint8Array.of(254, 7, 3, 2), salt, Uint8Array.of(COUNT_CODE), initial, aesEncrypt("cfb", key, initial, concatBytes([body, digestOf("sha1", body)]))]);
}
