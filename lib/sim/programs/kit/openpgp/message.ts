// Encrypted messages: session keys for keys and passwords, data with their sum, compression, the literal text (RFC 4880, sections 5.1, 5.3,
// 5.6, 5.9, 5.13).
import { type Blocking, concatBytes, encode, type Sys } from "../../../kernel/sys.ts";
import { ByteSource, CorruptData, UnexpectedEnd } from "../compression/byte-source.ts";
import { bunzip2Stream } from "../compression/bzip2-format.ts";
import { Deflater } from "../compression/deflate.ts";
import { inflate } from "../compression/inflate.ts";
import { aesDecrypt, aesEncrypt, aesWrap } from "../crypto/aes.ts";
import { bytesOfNumber, numberOf } from "../crypto/big-number.ts";
import { x25519 } from "../crypto/curve25519.ts";
import { digestOf } from "../crypto/named-digest.ts";
import { curveNamed, nistPublicKey, nistSecret, nistShared } from "../crypto/nist-curve.ts";
import { rsaEncrypt } from "../crypto/rsa.ts";
import { BadPacket, mpi, openEndedPacket, packet, TAG, uint32 } from "./packet.ts";
import { ALGORITHM, type PublicKeyPacket, pointBytes, sameBytes } from "./public-key.ts";
import { COUNT_CODE, decodedCount, ecdhWrappingKey, passphraseKey } from "./secret-key.ts";

const CIPHER_NAMES = new Map([[7, "AES"], [8, "AES192"], [9, "AES256"]]);
const CIPHER_BYTES = new Map([[7, 16], [8, 24], [9, 32]]);

export function cipherName(cipher: number): string | undefined {
  return CIPHER_NAMES.get(cipher);
}

export function cipherCalled(name: string): number | undefined {
  const word = name.toUpperCase().replace("AES128", "AES");
  return [...CIPHER_NAMES].find(([, one]) => one === word)?.[0];
}

export function sessionKey(sys: Sys, cipher: number): Uint8Array {
  return sys.random(CIPHER_BYTES.get(cipher) ?? 16);
}

/** A packet for one recipient. */
export function encryptedKeyPacket(sys: Sys, key: PublicKeyPacket, cipher: number, session: Uint8Array): Uint8Array {
  const sum = session.reduce((total, byte) => (total + byte) & 0xffff, 0);
  const message = concatBytes([Uint8Array.of(cipher), session, Uint8Array.of(sum >> 8, sum & 255)]);
  const head = concatBytes([Uint8Array.of(3), key.fingerprint.slice(-8), Uint8Array.of(key.algorithm)]);
  if (key.algorithm !== ALGORITHM.ECDH) {
    const encrypted = rsaEncrypt({ n: key.numbers[0] ?? 1n, e: key.numbers[1] ?? 3n }, message, (length) => sys.random(length));
    return packet(TAG.ENCRYPTED_KEY, concatBytes([head, mpi(numberOf(encrypted))]));
  }
  const nist = key.curve?.nist === undefined ? undefined : curveNamed(key.curve.nist);
  let point: Uint8Array;
  let shared: Uint8Array;
  if (nist === undefined) {
    const once = sys.random(32);
    point = concatBytes([Uint8Array.of(0x40), x25519(once)]);
    shared = x25519(once, pointBytes(key));
  } else {
    const once = nistSecret(nist, (length) => sys.random(length));
    point = nistPublicKey(nist, once);
    shared = nistShared(nist, once, bytesOfNumber(key.numbers[0] ?? 0n)) ?? new Uint8Array(nist.bytes);
  }
  // padded to forty bytes, so that the cipher is not told by the length
  const padding = 40 - message.length;
  const wrapped = aesWrap(ecdhWrappingKey(key, shared), concatBytes([message, new Uint8Array(padding).fill(padding)]));
  return packet(TAG.ENCRYPTED_KEY, concatBytes([head, mpi(numberOf(point)), Uint8Array.of(wrapped.length), wrapped]));
}

/** The session key comes from the passphrase itself. */
export function* passwordPacket(sys: Sys, passphrase: string, cipher: number): Blocking<{ readonly bytes: Uint8Array; readonly session: Uint8Array }> {
  const salt = sys.random(8);
  const session = yield* passphraseKey(sys, passphrase, salt, decodedCount(COUNT_CODE), 2, CIPHER_BYTES.get(cipher) ?? 16);
  return { session, bytes: packet(TAG.PASSWORD_KEY, concatBytes([Uint8Array.of(4, cipher, 3, 2), salt, Uint8Array.of(COUNT_CODE)])) };
}

/** Of such a packet; undefined for a form that is not known here. */
export function* sessionOfPassword(sys: Sys, body: Uint8Array, passphrase: string): Blocking<{ readonly cipher: number; readonly session: Uint8Array } | undefined> {
  const [version, cipher = 0, mode, hash = 2] = body;
  const length = CIPHER_BYTES.get(cipher);
  if (version !== 4 || length === undefined || (mode !== 1 && mode !== 3)) return undefined;
  const count = mode === 3 ? decodedCount(body[12] ?? 0) : 0;
  const key = yield* passphraseKey(sys, passphrase, body.slice(4, 12), count, hash, length);
  const encrypted = body.slice(mode === 3 ? 13 : 12);
  if (encrypted.length === 0) return { cipher, session: key };
  const plain = aesDecrypt("cfb", key, new Uint8Array(16), encrypted);
  return { cipher: plain[0] ?? 0, session: plain.slice(1) };
}

/** Random bytes, the text and its sum, in CFB. */
export function protectedPacket(sys: Sys, session: Uint8Array, plain: Uint8Array): Uint8Array {
  const prefix = sys.random(16);
  const body = concatBytes([prefix, prefix.slice(14), plain, Uint8Array.of(0xd3, 0x14)]);
  const whole = concatBytes([body, digestOf("sha1", body)]);
  return packet(TAG.PROTECTED_DATA, concatBytes([Uint8Array.of(1), aesEncrypt("cfb", session, new Uint8Array(16), whole)]));
}

/** "bad-key": the session key is another; "bad-sum": somebody changed the data. */
export function openProtected(cipher: number, session: Uint8Array, body: Uint8Array): Uint8Array | "bad-key" | "bad-sum" {
  if (body[0] !== 1 || CIPHER_BYTES.get(cipher) !== session.length) return "bad-key";
  const plain = aesDecrypt("cfb", session, new Uint8Array(16), body.subarray(1));
  if (plain.length < 40 || plain[14] !== plain[16] || plain[15] !== plain[17]) return "bad-key";
  const end = plain.length - 20;
  if (plain[end - 2] !== 0xd3 || plain[end - 1] !== 0x14 || !sameBytes(digestOf("sha1", plain.subarray(0, end)), plain.subarray(end))) return "bad-sum";
  return plain.slice(18, end - 2);
}

function adler32(bytes: Uint8Array): number {
  let [a, b] = [1, 0];
  for (const byte of bytes) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return ((b << 16) | a) >>> 0;
}

/** 0 none, 1 ZIP, 2 ZLIB. */
export function* compressedPacket(sys: Sys, algorithm: number, bytes: Uint8Array): Blocking<Uint8Array> {
  if (algorithm === 0) return bytes;
  const deflater = new Deflater(6);
  const parts: Uint8Array[] = [Uint8Array.of(algorithm)];
  if (algorithm === 2) parts.push(Uint8Array.of(0x78, 0x9c));
  for (let at = 0; at < bytes.length; at += 65_536) {
    parts.push(deflater.push(bytes.subarray(at, at + 65_536)));
    if (sys.charge(2000)) yield* sys.preempt();
  }
  parts.push(deflater.finish());
  if (algorithm === 2) parts.push(uint32(adler32(bytes)));
  return openEndedPacket(TAG.COMPRESSED, concatBytes(parts));
}

/** Throws BadPacket. */
export function* decompressed(sys: Sys, body: Uint8Array): Blocking<Uint8Array> {
  const algorithm = body[0] ?? 0;
  if (algorithm === 0) return body.slice(1);
  let next = algorithm === 2 ? 3 : 1;
  const source = new ByteSource(function* () {
    const piece = body.subarray(next, next + 4096);
    next += piece.length;
    return piece;
  });
  const parts: Uint8Array[] = [];
  const keep = function* (piece: Uint8Array): Blocking<void> {
    parts.push(piece.slice());
    if (sys.charge(1 + (piece.length >> 7))) yield* sys.preempt();
  };
  try {
    if (algorithm === 3) yield* bunzip2Stream(source, keep);
    else if (algorithm === 1 || algorithm === 2) yield* inflate(source, keep);
    else throw new BadPacket("unknown compression");
  } catch (error) {
    if (error instanceof CorruptData || error instanceof UnexpectedEnd) throw new BadPacket("corrupt compression");
    throw error;
  }
  return concatBytes(parts);
}

export function literalPacket(bytes: Uint8Array, name: string, seconds: number): Uint8Array {
  const encoded = encode(name).slice(0, 255);
  return packet(TAG.LITERAL, concatBytes([encode("b"), Uint8Array.of(encoded.length), encoded, uint32(seconds), bytes]));
}

export interface Literal {
  readonly mode: string;
  readonly name: Uint8Array;
  readonly seconds: number;
  readonly bytes: Uint8Array;
}

export function parseLiteral(body: Uint8Array): Literal {
  const length = body[1] ?? 0;
  const at = 2 + length;
  if (at + 4 > body.length) throw new BadPacket("unexpected end");
  return { mode: String.fromCharCode(body[0] ?? 98), name: body.slice(2, at), seconds: numberAt(body, at), bytes: body.slice(at + 4) };
}

const numberAt = (body: Uint8Array, at: number): number => Number(numberOf(body.subarray(at, at + 4)));
