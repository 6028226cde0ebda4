// Packets of OpenPGP (RFC 4880, section 4): tag and body; the formats of length, old and new, and bodies in parts.
import { concatBytes } from "../../../kernel/sys.ts";
import { bitLength, bytesOfNumber, numberOf } from "../crypto/big-number.ts";

export const TAG = {
  ENCRYPTED_KEY: 1, SIGNATURE: 2, PASSWORD_KEY: 3, ONE_PASS: 4, SECRET_KEY: 5, PUBLIC_KEY: 6, SECRET_SUBKEY: 7, COMPRESSED: 8, MARKER: 10,
  LITERAL: 11, TRUST: 12, USER_ID: 13, PUBLIC_SUBKEY: 14, ATTRIBUTE: 17, PROTECTED_DATA: 18,
} as const;

export interface Packet {
  readonly tag: number;
  readonly body: Uint8Array;
  /** where it begins, how long its head is, its first byte: what --list-packets shows */
  readonly at: number;
  readonly headBytes: number;
  /** of a head without a length, or in parts */
  readonly unbounded: "partial" | "indeterminate" | undefined;
}

/** The data are no packets. */
export class BadPacket extends Error {}

/** Throws BadPacket. */
export function parsePackets(bytes: Uint8Array): Packet[] {
  const packets: Packet[] = [];
  let at = 0;
  const byte = (): number => {
    const value = bytes[at++];
    if (value === undefined) throw new BadPacket("unexpected end");
    return value;
  };
  const number = (length: number): number => {
    let value = 0;
    for (let i = 0; i < length; i++) value = value * 256 + byte();
    return value;
  };
  const take = (length: number): Uint8Array => {
    if (at + length > bytes.length) throw new BadPacket("unexpected end");
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const start = at;
    const first = byte();
    if ((first & 0x80) === 0) throw new BadPacket("invalid packet");
    if ((first & 0x40) === 0) {
      const kind = first & 3;
      const length = kind === 3 ? bytes.length - at : number(1 << kind);
      const headBytes = at - start;
      packets.push({ tag: (first >> 2) & 15, body: take(length), at: start, headBytes, unbounded: kind === 3 ? "indeterminate" : undefined });
      continue;
    }
    const parts: Uint8Array[] = [];
    let headBytes = 0;
    let partial = false;
    for (;;) {
      const lead = byte();
      const more = lead >= 224 && lead < 255;
      const length = lead < 192 ? lead : more ? 1 << (lead & 31) : lead === 255 ? number(4) : (lead - 192) * 256 + byte() + 192;
      if (headBytes === 0) headBytes = at - start;
      parts.push(take(length));
      if (!more) break;
      partial = true;
    }
    packets.push({ tag: first & 63, body: concatBytes(parts), at: start, headBytes, unbounded: partial ? "partial" : undefined });
  }
  return packets;
}

/** With an old head where the tag allows, as GnuPG writes. */
export function packet(tag: number, body: Uint8Array): Uint8Array {
  const { length } = body;
  if (tag > 15) {
    const size = length < 192 ? Uint8Array.of(length)
      : length < 8384 ? Uint8Array.of(((length - 192) >> 8) + 192, (length - 192) & 255)
        : Uint8Array.of(255, length >>> 24, (length >> 16) & 255, (length >> 8) & 255, length & 255);
    return concatBytes([Uint8Array.of(0xc0 | tag), size, body]);
  }
  const kind = length < 256 ? 0 : length < 65_536 ? 1 : 2;
  return concatBytes([Uint8Array.of(0x80 | (tag << 2) | kind), bytesOfNumber(BigInt(length), 1 << kind), body]);
}

/** Without a length: to the end of what holds it (compressed data). */
export function openEndedPacket(tag: number, body: Uint8Array): Uint8Array {
  return concatBytes([Uint8Array.of(0x80 | (tag << 2) | 3), body]);
}

/** Section 3.2. */
export function mpi(value: bigint): Uint8Array {
  const bits = bitLength(value);
  return concatBytes([Uint8Array.of(bits >> 8, bits & 255), bytesOfNumber(value)]);
}

export function uint32(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);
}

export function readUint32(bytes: Uint8Array, at = 0): number {
  return (((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)) >>> 0;
}

/** Reads a body from its beginning. Its methods throw BadPacket past the end. */
export class BodyReader {
  readonly bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  byte(): number {
    return this.take(1)[0] ?? 0;
  }

  uint16(): number {
    const [high = 0, low = 0] = this.take(2);
    return high * 256 + low;
  }

  uint32(): number {
    return readUint32(this.take(4));
  }

  take(length: number): Uint8Array {
    if (this.left < length) throw new BadPacket("unexpected end");
    this.at += length;
    return this.bytes.slice(this.at - length, this.at);
  }

  rest(): Uint8Array {
    return this.take(this.left);
  }

  mpi(): bigint {
    return numberOf(this.take(Math.ceil(this.uint16() / 8)));
  }
}
