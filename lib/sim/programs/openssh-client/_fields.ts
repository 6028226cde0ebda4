// The data types of SSH (RFC 4251, section 5): what keys, certificates, signatures and their files are made of.
import { concatBytes, decode, encode } from "../../kernel/sys.ts";
import { bytesOfNumber, numberOf } from "../kit/crypto/big-number.ts";

export function field(bytes: Uint8Array | string): Uint8Array {
  const body = typeof bytes === "string" ? encode(bytes) : bytes;
  return concatBytes([uint32(body.length), body]);
}

export function uint32(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
}

export function uint64(value: bigint): Uint8Array {
  return bytesOfNumber(value, 8);
}

/** A number that is not negative as an mpint: with a leading zero byte where the highest bit is set. */
export function mpint(value: bigint): Uint8Array {
  const bytes = bytesOfNumber(value);
  return field((bytes[0] ?? 0) >= 128 ? concatBytes([Uint8Array.of(0), bytes]) : bytes);
}

/** Reads fields one after the other; undefined past the end. */
export class FieldReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  #take(length: number): Uint8Array | undefined {
    if (this.#at + length > this.#bytes.length) return undefined;
    this.#at += length;
    return this.#bytes.slice(this.#at - length, this.#at);
  }

  number(): number | undefined {
    const bytes = this.#take(4);
    return bytes === undefined ? undefined : Number(numberOf(bytes));
  }

  long(): bigint | undefined {
    const bytes = this.#take(8);
    return bytes === undefined ? undefined : numberOf(bytes);
  }

  bytes(): Uint8Array | undefined {
    const start = this.#at;
    const length = this.number();
    const bytes = length === undefined ? undefined : this.#take(length);
    if (bytes === undefined) this.#at = start;
    return bytes;
  }

  text(): string | undefined {
    const bytes = this.bytes();
    return bytes === undefined ? undefined : decode(bytes);
  }

  integer(): bigint | undefined {
    const bytes = this.bytes();
    return bytes === undefined ? undefined : numberOf(bytes);
  }

  get position(): number {
    return this.#at;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }
}
