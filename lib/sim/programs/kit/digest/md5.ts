// MD5 (RFC 1321).

import { BlockHasher } from "./hasher.ts";

const SINES = Int32Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 0x100000000));

function rotated(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

export class Md5 extends BlockHasher {
  #a = 0x67452301;
  #b = 0xefcdab89 | 0;
  #c = 0x98badcfe | 0;
  #d = 0x10325476;
  readonly #words = new Int32Array(16);

  constructor() {
    super(64, 8, false);
  }

  protected override compress(bytes: Uint8Array, at: number): void {
    const words = this.#words;
    for (let i = 0; i < 16; i++) {
      const o = at + i * 4;
      words[i] = (bytes[o] ?? 0) | ((bytes[o + 1] ?? 0) << 8) | ((bytes[o + 2] ?? 0) << 16) | ((bytes[o + 3] ?? 0) << 24);
    }
    let a = this.#a;
    let b = this.#b;
    let c = this.#c;
    let d = this.#d;
    // a loop for each round, four steps a turn: nothing to look up or to choose (RFC 1321, section 3.4)
    for (let i = 0; i < 16; i += 4) {
      a = (b + rotated((a + ((b & c) | (~b & d)) + (SINES[i] ?? 0) + (words[i] ?? 0)) | 0, 7)) | 0;
      d = (a + rotated((d + ((a & b) | (~a & c)) + (SINES[i + 1] ?? 0) + (words[i + 1] ?? 0)) | 0, 12)) | 0;
      c = (d + rotated((c + ((d & a) | (~d & b)) + (SINES[i + 2] ?? 0) + (words[i + 2] ?? 0)) | 0, 17)) | 0;
      b = (c + rotated((b + ((c & d) | (~c & a)) + (SINES[i + 3] ?? 0) + (words[i + 3] ?? 0)) | 0, 22)) | 0;
    }
    for (let i = 16; i < 32; i += 4) {
      a = (b + rotated((a + ((d & b) | (~d & c)) + (SINES[i] ?? 0) + (words[(5 * i + 1) & 15] ?? 0)) | 0, 5)) | 0;
      d = (a + rotated((d + ((c & a) | (~c & b)) + (SINES[i + 1] ?? 0) + (words[(5 * i + 6) & 15] ?? 0)) | 0, 9)) | 0;
      c = (d + rotated((c + ((b & d) | (~b & a)) + (SINES[i + 2] ?? 0) + (words[(5 * i + 11) & 15] ?? 0)) | 0, 14)) | 0;
      b = (c + rotated((b + ((a & c) | (~a & d)) + (SINES[i + 3] ?? 0) + (words[(5 * i + 16) & 15] ?? 0)) | 0, 20)) | 0;
    }
    for (let i = 32; i < 48; i += 4) {
      a = (b + rotated((a + (b ^ c ^ d) + (SINES[i] ?? 0) + (words[(3 * i + 5) & 15] ?? 0)) | 0, 4)) | 0;
      d = (a + rotated((d + (a ^ b ^ c) + (SINES[i + 1] ?? 0) + (words[(3 * i + 8) & 15] ?? 0)) | 0, 11)) | 0;
      c = (d + rotated((c + (d ^ a ^ b) + (SINES[i + 2] ?? 0) + (words[(3 * i + 11) & 15] ?? 0)) | 0, 16)) | 0;
      b = (c + rotated((b + (c ^ d ^ a) + (SINES[i + 3] ?? 0) + (words[(3 * i + 14) & 15] ?? 0)) | 0, 23)) | 0;
    }
    for (let i = 48; i < 64; i += 4) {
      a = (b + rotated((a + (c ^ (b | ~d)) + (SINES[i] ?? 0) + (words[(7 * i) & 15] ?? 0)) | 0, 6)) | 0;
      d = (a + rotated((d + (b ^ (a | ~c)) + (SINES[i + 1] ?? 0) + (words[(7 * i + 7) & 15] ?? 0)) | 0, 10)) | 0;
      c = (d + rotated((c + (a ^ (d | ~b)) + (SINES[i + 2] ?? 0) + (words[(7 * i + 14) & 15] ?? 0)) | 0, 15)) | 0;
      b = (c + rotated((b + (d ^ (c | ~a)) + (SINES[i + 3] ?? 0) + (words[(7 * i + 21) & 15] ?? 0)) | 0, 21)) | 0;
    }
    this.#a = (this.#a + a) | 0;
    this.#b = (this.#b + b) | 0;
    this.#c = (this.#c + c) | 0;
    this.#d = (this.#d + d) | 0;
  }

  protected override result(): Uint8Array {
    const out = new Uint8Array(16);
    const view = new DataView(out.buffer);
    for (const [i, word] of [this.#a, this.#b, this.#c, this.#d].entries()) view.setInt32(i * 4, word, true);
    return out;
  }
}
