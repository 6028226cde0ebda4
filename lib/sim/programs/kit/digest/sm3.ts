// SM3 (GB/T 32905-2016).

import { BlockHasher } from "./hasher.ts";

const rotate = (x: number, bits: number): number => (bits === 0 ? x : (x << bits) | (x >>> (32 - bits)));
const p1 = (x: number): number => x ^ rotate(x, 15) ^ rotate(x, 23);

export class Sm3 extends BlockHasher {
  readonly #state = Int32Array.of(0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e);
  readonly #words = new Int32Array(68);

  constructor() {
    super(64, 8, true);
  }

  protected override compress(bytes: Uint8Array, at: number): void {
    const w = this.#words;
    for (let i = 0; i < 16; i++) {
      const o = at + i * 4;
      w[i] = ((bytes[o] ?? 0) << 24) | ((bytes[o + 1] ?? 0) << 16) | ((bytes[o + 2] ?? 0) << 8) | (bytes[o + 3] ?? 0);
    }
    for (let i = 16; i < 68; i++) w[i] = p1((w[i - 16] ?? 0) ^ (w[i - 9] ?? 0) ^ rotate(w[i - 3] ?? 0, 15)) ^ rotate(w[i - 13] ?? 0, 7) ^ (w[i - 6] ?? 0);
    const state = this.#state;
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
    for (let i = 0; i < 64; i++) {
      const t = i < 16 ? 0x79cc4519 : 0x7a879d8a;
      const ss1 = rotate((rotate(a, 12) + e + rotate(t, i % 32)) | 0, 7);
      const ss2 = ss1 ^ rotate(a, 12);
      const ff = i < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
      const gg = i < 16 ? e ^ f ^ g : (e & f) | (~e & g);
      const tt1 = (ff + d + ss2 + ((w[i] ?? 0) ^ (w[i + 4] ?? 0))) | 0;
      const tt2 = (gg + h + ss1 + (w[i] ?? 0)) | 0;
      d = c;
      c = rotate(b, 9);
      b = a;
      a = tt1;
      h = g;
      g = rotate(f, 19);
      f = e;
      e = tt2 ^ rotate(tt2, 9) ^ rotate(tt2, 17);
    }
    for (const [i, value] of [a, b, c, d, e, f, g, h].entries()) state[i] = (state[i] ?? 0) ^ value;
  }

  protected override result(): Uint8Array {
    const out = new Uint8Array(32);
    const view = new DataView(out.buffer);
    for (const [i, word] of this.#state.entries()) view.setInt32(i * 4, word);
    return out;
  }
}
