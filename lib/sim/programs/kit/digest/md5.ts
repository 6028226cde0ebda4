// MD5 (RFC 1321).

import { BlockHasher } from "./hasher.ts";

const SHIFTS = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]] as const;
const SINES = Int32Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 0x100000000));

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
    for (let i = 0; i < 64; i++) {
      const round = i >> 4;
      let f: number;
      let g: number;
      if (round === 0) {
        f = (b & c) | (~b & d);
        g = i;
      } else if (round === 1) {
        f = (d & b) | (~d & c);
        g = (5 * i + 1) & 15;
      } else if (round === 2) {
        f = b ^ c ^ d;
        g = (3 * i + 5) & 15;
      } else {
        f = c ^ (b | ~d);
        g = (7 * i) & 15;
      }
      const sum = (a + f + (SINES[i] ?? 0) + (words[g] ?? 0)) | 0;
      const shift = SHIFTS[round]?.[i & 3] ?? 0;
      a = d;
      d = c;
      c = b;
      b = (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0;
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
