// SHA-256 and SHA-224 (FIPS 180-4).

import { BlockHasher } from "./hasher.ts";
import { primeRootFractions } from "./prime-roots.ts";

const K = Int32Array.from(primeRootFractions(64, 3), (fraction) => Number(fraction >> 32n) | 0);
const START_256 = Int32Array.from(primeRootFractions(8, 2), (fraction) => Number(fraction >> 32n) | 0);
const START_224 = Int32Array.of(0xc1059ed8, 0x367cd507, 0x3070dd17, 0xf70e5939, 0xffc00b31, 0x68581511, 0x64f98fa7, 0xbefa4fa4);

export class Sha256 extends BlockHasher {
  readonly #state: Int32Array;
  readonly #length: number;
  readonly #words = new Int32Array(64);

  constructor(bits: 256 | 224 = 256) {
    super(64, 8, true);
    this.#state = (bits === 256 ? START_256 : START_224).slice();
    this.#length = bits / 8;
  }

  protected override compress(bytes: Uint8Array, at: number): void {
    const w = this.#words;
    for (let i = 0; i < 16; i++) {
      const o = at + i * 4;
      w[i] = ((bytes[o] ?? 0) << 24) | ((bytes[o + 1] ?? 0) << 16) | ((bytes[o + 2] ?? 0) << 8) | (bytes[o + 3] ?? 0);
    }
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15] ?? 0;
      const y = w[i - 2] ?? 0;
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      w[i] = ((w[i - 16] ?? 0) + s0 + (w[i - 7] ?? 0) + s1) | 0;
    }
    const state = this.#state;
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
    for (let i = 0; i < 64; i++) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (K[i] ?? 0) + (w[i] ?? 0)) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    state[0] = (state[0] ?? 0) + a;
    state[1] = (state[1] ?? 0) + b;
    state[2] = (state[2] ?? 0) + c;
    state[3] = (state[3] ?? 0) + d;
    state[4] = (state[4] ?? 0) + e;
    state[5] = (state[5] ?? 0) + f;
    state[6] = (state[6] ?? 0) + g;
    state[7] = (state[7] ?? 0) + h;
  }

  protected override result(): Uint8Array {
    const out = new Uint8Array(32);
    const view = new DataView(out.buffer);
    for (const [i, word] of this.#state.entries()) view.setInt32(i * 4, word);
    return out.slice(0, this.#length);
  }
}
