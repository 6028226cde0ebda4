// Signature packets of version 4 (RFC 4880, sections 5.2.3 and 5.2.4).
import { concatBytes, encode } from "../../../kernel/sys.ts";
import { digestOf } from "../crypto/named-digest.ts";
import { toHex } from "../digest/hasher.ts";
import { BodyReader, BadPacket, mpi, readUint32, uint32 } from "./packet.ts";
import { ALGORITHM, hashName, type PublicKeyPacket, verifies } from "./public-key.ts";

export const SIGNATURE = {
  BINARY: 0x00, TEXT: 0x01, GENERIC: 0x10, PERSONA: 0x11, CASUAL: 0x12, POSITIVE: 0x13, SUBKEY: 0x18, PRIMARY: 0x19, DIRECT: 0x1f,
  REVOKE_KEY: 0x20, REVOKE_SUBKEY: 0x28, REVOKE_USER: 0x30,
} as const;

export const SUBPACKET = {
  CREATED: 2, EXPIRES: 3, EXPORTABLE: 4, TRUST: 5, REVOCABLE: 7, KEY_EXPIRES: 9, CIPHERS: 11, ISSUER: 16, HASHES: 21, COMPRESSIONS: 22, KEYSERVER: 23,
  PRIMARY: 25, POLICY: 26, FLAGS: 27, SIGNER: 28, REASON: 29, FEATURES: 30, EMBEDDED: 32, FINGERPRINT: 33,
} as const;

export interface Subpacket {
  readonly type: number;
  readonly critical: boolean;
  readonly body: Uint8Array;
}

export interface Signature {
  readonly body: Uint8Array;
  readonly type: number;
  readonly algorithm: number;
  readonly hash: number;
  readonly hashed: readonly Subpacket[];
  readonly unhashed: readonly Subpacket[];
  /** first bytes of the digest */
  readonly begin: Uint8Array;
  readonly numbers: readonly bigint[];
  /** from the version to the hashed subpackets: what is digested behind the data */
  readonly head: Uint8Array;
}

function readSubpackets(bytes: Uint8Array): Subpacket[] {
  const reader = new BodyReader(bytes);
  const list: Subpacket[] = [];
  while (reader.left > 0) {
    const lead = reader.byte();
    const length = lead < 192 ? lead : lead === 255 ? reader.uint32() : (lead - 192) * 256 + reader.byte() + 192;
    const [type = 0, ...body] = reader.take(length);
    list.push({ type: type & 127, critical: (type & 128) !== 0, body: Uint8Array.from(body) });
  }
  return list;
}

function writeSubpackets(list: readonly Subpacket[]): Uint8Array {
  return concatBytes(list.flatMap(({ type, critical, body }) => {
    const length = body.length + 1;
    const head = length < 192 ? Uint8Array.of(length) : Uint8Array.of(((length - 192) >> 8) + 192, (length - 192) & 255);
    return [head, Uint8Array.of(type | (critical ? 128 : 0)), body];
  }));
}

/** Throws BadPacket. */
export function parseSignature(body: Uint8Array): Signature {
  const reader = new BodyReader(body);
  if (reader.byte() !== 4) throw new BadPacket("unknown version of a signature");
  const [type, algorithm, hash] = [reader.byte(), reader.byte(), reader.byte()];
  const hashed = readSubpackets(reader.take(reader.uint16()));
  const head = body.slice(0, reader.at);
  const unhashed = readSubpackets(reader.take(reader.uint16()));
  const begin = reader.take(2);
  const numbers: bigint[] = [];
  while (reader.left > 0) numbers.push(reader.mpi());
  return { body, type, algorithm, hash, hashed, unhashed, begin, numbers, head };
}

/** The digest over `data`, the head and its length. */
function digest(hash: number, data: readonly Uint8Array[], head: Uint8Array): Uint8Array {
  return digestOf(hashName(hash) ?? "sha256", ...data, head, Uint8Array.of(4, 255), uint32(head.length));
}

export function checks(signature: Signature, data: readonly Uint8Array[], key: PublicKeyPacket): boolean {
  if (hashName(signature.hash) === undefined) return false;
  const made = digest(signature.hash, data, signature.head);
  if (made[0] !== signature.begin[0] || made[1] !== signature.begin[1]) return false;
  return verifies(key, signature.hash, made, signature.numbers);
}

interface SignatureFacts {
  readonly type: number;
  readonly hash: number;
  readonly hashed: readonly Subpacket[];
}

/** A packet's body; `sign` makes the numbers from the digest. The issuer's subpackets are added. */
export function makeSignature(key: PublicKeyPacket, facts: SignatureFacts, createdSeconds: number, data: readonly Uint8Array[], sign: (hash: number, digest: Uint8Array) => readonly bigint[]): Uint8Array {
  const hashed = writeSubpackets([
    { type: SUBPACKET.FINGERPRINT, critical: false, body: concatBytes([Uint8Array.of(4), key.fingerprint]) },
    { type: SUBPACKET.CREATED, critical: false, body: uint32(createdSeconds) },
    ...facts.hashed,
  ]);
  const head = concatBytes([Uint8Array.of(4, facts.type, key.algorithm, facts.hash, hashed.length >> 8, hashed.length & 255), hashed]);
  const unhashed = writeSubpackets([{ type: SUBPACKET.ISSUER, critical: false, body: key.fingerprint.slice(-8) }]);
  const made = digest(facts.hash, data, head);
  return concatBytes([head, Uint8Array.of(unhashed.length >> 8, unhashed.length & 255), unhashed, made.subarray(0, 2), ...sign(facts.hash, made).map(mpi)]);
}

export function subpacket(type: number, ...bytes: readonly number[]): Subpacket {
  return { type, critical: false, body: Uint8Array.from(bytes) };
}

export function textSubpacket(type: number, text: string): Subpacket {
  return { type, critical: false, body: encode(text) };
}

/** The hashed one first: the other kind anybody could have added. */
export function found(signature: Signature, type: number): Uint8Array | undefined {
  return (signature.hashed.find((one) => one.type === type) ?? signature.unhashed.find((one) => one.type === type && (type === SUBPACKET.ISSUER || type === SUBPACKET.FINGERPRINT || type === SUBPACKET.EMBEDDED)))?.body;
}

export function createdSeconds(signature: Signature): number {
  return readUint32(found(signature, SUBPACKET.CREATED) ?? new Uint8Array(4));
}

/** Sixteen hexadecimal digits. */
export function issuerId(signature: Signature): string {
  const id = found(signature, SUBPACKET.ISSUER) ?? found(signature, SUBPACKET.FINGERPRINT)?.slice(-8) ?? new Uint8Array(8);
  return toHex(id).toUpperCase();
}

/** Forty hexadecimal digits, or the key id where no fingerprint is given. */
export function issuerText(signature: Signature): string {
  const body = found(signature, SUBPACKET.FINGERPRINT);
  return body === undefined ? issuerId(signature) : toHex(body.slice(1)).toUpperCase();
}

/** What a signature over a key begins with (section 5.2.4). */
export function keyData(key: PublicKeyPacket): Uint8Array {
  return concatBytes([Uint8Array.of(0x99, key.body.length >> 8, key.body.length & 255), key.body]);
}

export function userData(userId: Uint8Array): Uint8Array {
  return concatBytes([Uint8Array.of(0xb4), uint32(userId.length), userId]);
}

/** What data are signed with by default: GnuPG takes the shortest that fits a curve, SHA-512 for RSA. */
export function preferredHash(key: PublicKeyPacket): number {
  if (key.algorithm === ALGORITHM.EDDSA || (key.algorithm === ALGORITHM.ECDSA && key.curve?.nist === "P-256")) return 8;
  return key.curve?.nist === "P-384" ? 9 : 10;
}
