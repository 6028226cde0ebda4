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

  /** Both are repeated as far as they are needed; without `salt` it is the plain key schedule. */
  expand(key: Uint32Array, salt?: Uint32Array): void {
    const state = this.#state;
    const block = this.#block;
    block.fill(0);
    for (let i = 0; i < P_WORDS; i++) state[i] = (state[i] ?? 0) ^ (key[i % key.length] ?? 0);
    for (let i = 0; i < WORDS; i += 2) {
      if (salt !== undefined) {
        block[0] = (block[0] ?? 0) ^ (salt[i % salt.length] ?? 0);
        block[1] = (block[1] ?? 0) ^ (salt[(i + 1) % salt.length] ?? 0);
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

const BCRYPT_ALPHABET = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** Base64 with crypt's letters, most significant bits first. */
function bcryptText(bytes: Uint8Array): string {
  let text = "";
  let [held, bits] = [0, 0];
  for (const byte of bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 6; bits -= 6) text += BCRYPT_ALPHABET.charAt((held >> (bits - 6)) & 63);
    held &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + BCRYPT_ALPHABET.charAt((held << (6 - bits)) & 63);
}

function bcryptBytes(text: string, length: number): Uint8Array {
  const bytes: number[] = [];
  let [held, bits] = [0, 0];
  for (const letter of text) {
    held = ((held << 6) | Math.max(0, BCRYPT_ALPHABET.indexOf(letter))) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 255);
    }
  }
  return Uint8Array.from(bytes.slice(0, length));
}

/** The setting of a new password: 16 bytes of salt. */
export const bcryptSetting = (cost: number, salt: Uint8Array): string => `$2y$${String(cost).padStart(2, "0")}$${bcryptText(salt)}`;

/** crypt(3) with bcrypt: `setting` is "$2y$05$" and 22 letters, or a whole password. */
export function* bcryptCrypt(sys: Pace, password: string, setting: string): Blocking<string> {
  const [, head = "", cost = "5", saltText = ""] = /^(\$2[aby]\$(\d\d)\$)([./A-Za-z0-9]{22})/.exec(setting) ?? [];
  const given = concatBytes([encode(password).subarray(0, 72), Uint8Array.of(0)]);
  const key = wordsOf(Uint8Array.from({ length: P_WORDS * 4 }, (_, at) => given[at % given.length] ?? 0));
  const salt = wordsOf(bcryptBytes(saltText, 16));
  const cipher = new Blowfish();
  cipher.expand(key, salt);
  for (let left = 2 ** Number(cost); left > 0; left--) {
    cipher.expand(key);
    cipher.expand(salt);
    if (sys.charge(2 * EXPANSION_STEPS)) yield* sys.preempt();
  }
  const words = wordsOf(encode("OrpheanBeholderScryDoubt"));
  for (let turn = 0; turn < 64; turn++) for (let at = 0; at < words.length; at += 2) cipher.encipher(words, at);
  const out = new Uint8Array(24);
  const view = new DataView(out.buffer);
  for (const [index, word] of words.entries()) view.setUint32(index * 4, word);
  return `${head}${saltText}${bcryptText(out.subarray(0, 23))}`;
}
