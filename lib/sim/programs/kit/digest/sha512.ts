// SHA-512 and SHA-384 (FIPS 180-4); 64-bit words as pairs of 32-bit halves.

import { BlockHasher } from "./hasher.ts";
import { primeRootFractions } from "./prime-roots.ts";

const halves = (words: readonly bigint[]): Int32Array => Int32Array.from(words.flatMap((word) => [Number(word >> 32n), Number(word & 0xffffffffn)]));

const K = halves(primeRootFractions(80, 3));
const START_512 = halves(primeRootFractions(8, 2));
const START_384 = halves(primeRootFractions(16, 2).slice(8));

export class Sha512 extends BlockHasher {
  readonly #state: Int32Array;
  readonly #length: number;
  readonly #words = new Int32Array(160);

  constructor(bits: 512 | 384 = 512) {
    super(128, 16, true);
    this.#state = (bits === 512 ? START_512 : START_384).slice();
    this.#length = bits / 8;
  }

  protected override compress(bytes: Uint8Array, at: number): void {
    const w = this.#words;
    for (let i = 0; i < 32; i++) {
      const o = at + i * 4;
      w[i] = ((bytes[o] ?? 0) << 24) | ((bytes[o + 1] ?? 0) << 16) | ((bytes[o + 2] ?? 0) << 8) | (bytes[o + 3] ?? 0);
    }
    for (let i = 32; i < 160; i += 2) {
      const xh = w[i - 30] ?? 0;
      const xl = w[i - 29] ?? 0;
      const yh = w[i - 4] ?? 0;
      const yl = w[i - 3] ?? 0;
      const s0h = ((xh >>> 1) | (xl << 31)) ^ ((xh >>> 8) | (xl << 24)) ^ (xh >>> 7);
      const s0l = ((xl >>> 1) | (xh << 31)) ^ ((xl >>> 8) | (xh << 24)) ^ ((xl >>> 7) | (xh << 25));
      const s1h = ((yh >>> 19) | (yl << 13)) ^ ((yl >>> 29) | (yh << 3)) ^ (yh >>> 6);
      const s1l = ((yl >>> 19) | (yh << 13)) ^ ((yh >>> 29) | (yl << 3)) ^ ((yl >>> 6) | (yh << 26));
      const low = (s0l >>> 0) + (s1l >>> 0) + ((w[i - 13] ?? 0) >>> 0) + ((w[i - 31] ?? 0) >>> 0);
      w[i + 1] = low | 0;
      w[i] = (s0h + s1h + (w[i - 14] ?? 0) + (w[i - 32] ?? 0) + Math.floor(low / 0x100000000)) | 0;
    }
    const state = this.#state;
    let [ah = 0, al = 0, bh = 0, bl = 0, ch = 0, cl = 0, dh = 0, dl = 0, eh = 0, el = 0, fh = 0, fl = 0, gh = 0, gl = 0, hh = 0, hl = 0] = state;
    for (let i = 0; i < 160; i += 2) {
      const s1h = ((eh >>> 14) | (el << 18)) ^ ((eh >>> 18) | (el << 14)) ^ ((el >>> 9) | (eh << 23));
      const s1l = ((el >>> 14) | (eh << 18)) ^ ((el >>> 18) | (eh << 14)) ^ ((eh >>> 9) | (el << 23));
      const chh = (eh & fh) ^ (~eh & gh);
      const chl = (el & fl) ^ (~el & gl);
      const t1low = (hl >>> 0) + (s1l >>> 0) + (chl >>> 0) + ((K[i + 1] ?? 0) >>> 0) + ((w[i + 1] ?? 0) >>> 0);
      const t1h = (hh + s1h + chh + (K[i] ?? 0) + (w[i] ?? 0) + Math.floor(t1low / 0x100000000)) | 0;
      const t1l = t1low | 0;
      const s0h = ((ah >>> 28) | (al << 4)) ^ ((al >>> 2) | (ah << 30)) ^ ((al >>> 7) | (ah << 25));
      const s0l = ((al >>> 28) | (ah << 4)) ^ ((ah >>> 2) | (al << 30)) ^ ((ah >>> 7) | (al << 25));
      const t2low = (s0l >>> 0) + (((al & bl) ^ (al & cl) ^ (bl & cl)) >>> 0);
      const t2h = (s0h + ((ah & bh) ^ (ah & ch) ^ (bh & ch)) + Math.floor(t2low / 0x100000000)) | 0;
      hh = gh;
      hl = gl;
      gh = fh;
      gl = fl;
      fh = eh;
      fl = el;
      const elow = (dl >>> 0) + (t1l >>> 0);
      eh = (dh + t1h + Math.floor(elow / 0x100000000)) | 0;
      el = elow | 0;
      dh = ch;
      dl = cl;
      ch = bh;
      cl = bl;
      bh = ah;
      bl = al;
      const alow = (t1l >>> 0) + (t2low % 0x100000000);
      ah = (t1h + t2h + Math.floor(alow / 0x100000000)) | 0;
      al = alow | 0;
    }
    const values = [ah, al, bh, bl, ch, cl, dh, dl, eh, el, fh, fl, gh, gl, hh, hl];
    for (let i = 0; i < 16; i += 2) {
      const low = ((state[i + 1] ?? 0) >>> 0) + ((values[i + 1] ?? 0) >>> 0);
      state[i + 1] = low | 0;
      state[i] = ((state[i] ?? 0) + (values[i] ?? 0) + Math.floor(low / 0x100000000)) | 0;
    }
  }

  protected override result(): Uint8Array {
    const out = new Uint8Array(64);
    const view = new DataView(out.buffer);
    for (const [i, word] of this.#state.entries()) view.setInt32(i * 4, word);
    return out.slice(0, this.#length);
  }
}
