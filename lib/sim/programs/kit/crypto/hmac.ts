// HMAC (RFC 2104) and PBKDF2 (RFC 8018, section 5.2).
import { type Blocking, concatBytes } from "../../../kernel/sys.ts";
import type { Pace } from "../pace.ts";
import { digestOf } from "./named-digest.ts";

function blockBytes(name: string): number {
  return name === "sha384" || name === "sha512" || name === "blake2b512" ? 128 : 64;
}

export function hmac(name: string, key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = blockBytes(name);
  const padded = new Uint8Array(length);
  padded.set(key.length > length ? digestOf(name, key) : key);
  const inner = digestOf(name, padded.map((byte) => byte ^ 0x36), ...parts);
  return digestOf(name, padded.map((byte) => byte ^ 0x5c), inner);
}

export function* pbkdf2(sys: Pace, name: string, password: Uint8Array, salt: Uint8Array, iterations: number, length: number): Blocking<Uint8Array> {
  const blocks: Uint8Array[] = [];
  for (let count = 1, made = 0; made < length; count++) {
    let turn = hmac(name, password, salt, Uint8Array.of(count >>> 24, count >>> 16, count >>> 8, count));
    const block = turn.slice();
    for (let i = 1; i < iterations; i++) {
      turn = hmac(name, password, turn);
      for (let at = 0; at < block.length; at++) block[at] = (block[at] ?? 0) ^ (turn[at] ?? 0);
      if (sys.charge(5)) yield* sys.preempt();
    }
    blocks.push(block);
    made += block.length;
  }
  return concatBytes(blocks).slice(0, length);
}
