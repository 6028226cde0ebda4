// bcrypt_pbkdf(3) of OpenBSD: the key of a passphrase, by the expensive key schedule of Blowfish (Provos and Mazières, "A Future-Adaptable Password
// Scheme", USENIX 1999) under SHA-512. OpenSSH protects private keys with it (PROTOCOL.key).
import { type Blocking, concatBytes, encode } from "../../../kernel/sys.ts";
import type { Pace } from "../pace.ts";
import { digestOf } from "./named-digest.ts";

const P_WORDS = 18;
const WORDS = P_WORDS + 4 * 256;

/** Blowfish starts from the digits of pi: floor(2^bits / n) + alternating terms of arctan 1/n, by Machin's formula. */
function piWords(): Uint32Array {
  const bits = BigInt(WORDS * 32 + 64);
  const arctangentOfInverse = (n: bigint): bigint => {
    let term = (1n << bits) / n;
    let sum = term;
    for (let k = 3n, minus = true; term !== 0n; k += 2n, minus = !minus) {
      term /= n * n;
      sum += minus ? -(term / k) : term / k;
    }
    return sum;
  };
  const pi = (16n * arctangentOfInverse(5n) - 4n * arctangentOfInverse(239n)) >> 64n;
  const digits = pi.toString(16).slice(1);
  return Uint32Array.from({ length: WORDS }, (_, index) => Number.parseInt(digits.slice(index * 8, index * 8 + 8), 16));
}

let initial: Uint32Array | undefined;

/** The words of 64 bytes, most significant byte first. */
function wordsOf(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint32Array.from({ length: bytes.length >> 2 }, (_, index) => view.getUint32(index * 4));
}

/** P-array, then the four S-boxes; both halves of a block stand in `block`. */
class Blowfish {
  readonly #state: Uint32Array;
  readonly #block = new Uint32Array(2);

  constructor() {
    initial ??= piWords();
    this.#state = initial.slice();
  }

  encipher(block: Uint32Array, at: number): void {
    const state = this.#state;
    let left = (block[at] ?? 0) ^ (state[0] ?? 0);
    let right = block[at + 1] ?? 0;
    for (let i = 1; i <= 16; i += 2) {
      right ^= ((((state[18 + (left >>> 24)] ?? 0) + (state[274 + ((left >>> 16) & 255)] ?? 0)) ^ (state[530 + ((left >>> 8) & 255)] ?? 0)) + (state[786 + (left & 255)] ?? 0)) ^ (state[i] ?? 0);
      left ^= ((((state[18 + (right >>> 24)] ?? 0) + (state[274 + ((right >>> 16) & 255)] ?? 0)) ^ (state[530 + ((right >>> 8) & 255)] ?? 0)) + (state[786 + (right & 255)] ?? 0)) ^ (state[i + 1] ?? 0);
    }
    block[at] = right ^ (state[17] ?? 0);
    block[at + 1] = left;
  }

  /** Both have sixteen words; without `salt` it is the plain key schedule. */
  expand(key: Uint32Array, salt?: Uint32Array): void {
    const state = this.#state;
    const block = this.#block;
    block.fill(0);
    for (let i = 0; i < P_WORDS; i++) state[i] = (state[i] ?? 0) ^ (key[i & 15] ?? 0);
    for (let i = 0; i < WORDS; i += 2) {
      if (salt !== undefined) {
        block[0] = (block[0] ?? 0) ^ (salt[i & 15] ?? 0);
        block[1] = (block[1] ?? 0) ^ (salt[(i + 1) & 15] ?? 0);
      }
      this.encipher(block, 0);
      state[i] = block[0] ?? 0;
      state[i + 1] = block[1] ?? 0;
    }
  }
}

/** Virtual steps of 521 encryptions. */
const EXPANSION_STEPS = 60;

function* bcryptHash(sys: Pace, password: Uint32Array, salt: Uint32Array): Blocking<Uint8Array> {
  const cipher = new Blowfish();
  cipher.expand(password, salt);
  for (let i = 0; i < 64; i++) {
    cipher.expand(salt);
    cipher.expand(password);
    if (sys.charge(2 * EXPANSION_STEPS)) yield* sys.preempt();
  }
  const words = wordsOf(encode("OxychromaticBlowfishSwatDynamite"));
  for (let i = 0; i < 64; i++) for (let at = 0; at < words.length; at += 2) cipher.encipher(words, at);
  const out = new Uint8Array(32);
  const view = new DataView(out.buffer);
  for (const [index, word] of words.entries()) view.setUint32(index * 4, word, true);
  return out;
}

export function* bcryptPbkdf(sys: Pace, password: Uint8Array, salt: Uint8Array, rounds: number, length: number): Blocking<Uint8Array> {
  const key = new Uint8Array(length);
  const stride = Math.ceil(length / 32);
  const hashedPassword = wordsOf(digestOf("sha512", password));
  for (let count = 1; count <= stride; count++) {
    let turn = yield* bcryptHash(sys, hashedPassword, wordsOf(digestOf("sha512", concatBytes([salt, Uint8Array.of(count >>> 24, count >>> 16, count >>> 8, count)]))));
    const sum = turn.slice();
    for (let round = 1; round < rounds; round++) {
      turn = yield* bcryptHash(sys, hashedPassword, wordsOf(digestOf("sha512", turn)));
      for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) ^ (turn[i] ?? 0);
    }
    // the bytes of each block are spread over the whole key
    for (let i = 0; i < sum.length && i * stride + count - 1 < length; i++) key[i * stride + count - 1] = sum[i] ?? 0;
  }
  return key;
}
