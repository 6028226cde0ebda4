// BLAKE2b without key (RFC 7693), digests of 1 to 64 bytes; 64-bit words as pairs (low, high) of 32-bit halves.

import type { Hasher } from "./hasher.ts";
import { primeRootFractions } from "./prime-roots.ts";

const IV = Uint32Array.from(primeRootFractions(8, 2).flatMap((word) => [Number(word & 0xffffffffn), Number(word >> 32n)]));

const SIGMA = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
  [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4], [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
  [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13], [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
  [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11], [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
  [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5], [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
] as const;

export class Blake2b implements Hasher {
  readonly #h = IV.slice();
  readonly #v = new Uint32Array(32);
  readonly #m = new Uint32Array(32);
  readonly #block = new Uint8Array(128);
  readonly #length: number;
  #used = 0;
  #totalBytes = 0;

  constructor(digestBytes = 64) {
    this.#length = digestBytes;
    this.#h[0] = (this.#h[0] ?? 0) ^ 0x01010000 ^ digestBytes;
  }

  update(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      if (this.#used === 128) {
        this.#totalBytes += 128;
        this.#compress(false);
        this.#used = 0;
      }
      const take = Math.min(128 - this.#used, bytes.length - at);
      this.#block.set(bytes.subarray(at, at + take), this.#used);
      this.#used += take;
      at += take;
    }
  }

  digest(): Uint8Array {
    this.#totalBytes += this.#used;
    this.#block.fill(0, this.#used);
    this.#compress(true);
    const out = new Uint8Array(64);
    const view = new DataView(out.buffer);
    for (const [i, word] of this.#h.entries()) view.setUint32(i * 4, word, true);
    return out.slice(0, this.#length);
  }

  #mix(a: number, b: number, c: number, d: number, x: number, y: number): void {
    const v = this.#v;
    this.#add(a, b);
    this.#addWord(a, x);
    this.#rotate(d, a, 32);
    this.#add(c, d);
    this.#rotate(b, c, 24);
    this.#add(a, b);
    this.#addWord(a, y);
    this.#rotate(d, a, 16);
    this.#add(c, d);
    let low = (v[b] ?? 0) ^ (v[c] ?? 0);
    let high = (v[b + 1] ?? 0) ^ (v[c + 1] ?? 0);
    [low, high] = [(low << 1) | (high >>> 31), (high << 1) | (low >>> 31)];
    v[b] = low;
    v[b + 1] = high;
  }

  #add(a: number, b: number): void {
    const v = this.#v;
    const low = (v[a] ?? 0) + (v[b] ?? 0);
    v[a + 1] = (v[a + 1] ?? 0) + (v[b + 1] ?? 0) + (low >= 0x100000000 ? 1 : 0);
    v[a] = low;
  }

  #addWord(a: number, word: number): void {
    const v = this.#v;
    const low = (v[a] ?? 0) + (this.#m[word] ?? 0);
    v[a + 1] = (v[a + 1] ?? 0) + (this.#m[word + 1] ?? 0) + (low >= 0x100000000 ? 1 : 0);
    v[a] = low;
  }

  /** d = (d xor a) rotated right */
  #rotate(d: number, a: number, bits: number): void {
    const v = this.#v;
    const low = (v[d] ?? 0) ^ (v[a] ?? 0);
    const high = (v[d + 1] ?? 0) ^ (v[a + 1] ?? 0);
    if (bits === 32) {
      v[d] = high;
      v[d + 1] = low;
    } else {
      v[d] = (low >>> bits) | (high << (32 - bits));
      v[d + 1] = (high >>> bits) | (low << (32 - bits));
    }
  }

  #compress(last: boolean): void {
    const v = this.#v;
    v.set(this.#h);
    v.set(IV, 16);
    v[24] = (v[24] ?? 0) ^ (this.#totalBytes >>> 0);
    v[25] = (v[25] ?? 0) ^ Math.floor(this.#totalBytes / 0x100000000);
    if (last) {
      v[28] = ~(v[28] ?? 0);
      v[29] = ~(v[29] ?? 0);
    }
    const view = new DataView(this.#block.buffer);
    for (let i = 0; i < 32; i++) this.#m[i] = view.getUint32(i * 4, true);
    for (let round = 0; round < 12; round++) {
      const s = SIGMA[round % 10] ?? SIGMA[0];
      this.#mix(0, 8, 16, 24, s[0] * 2, s[1] * 2);
      this.#mix(2, 10, 18, 26, s[2] * 2, s[3] * 2);
      this.#mix(4, 12, 20, 28, s[4] * 2, s[5] * 2);
      this.#mix(6, 14, 22, 30, s[6] * 2, s[7] * 2);
      this.#mix(0, 10, 20, 30, s[8] * 2, s[9] * 2);
      this.#mix(2, 12, 22, 24, s[10] * 2, s[11] * 2);
      this.#mix(4, 14, 16, 26, s[12] * 2, s[13] * 2);
      this.#mix(6, 8, 18, 28, s[14] * 2, s[15] * 2);
    }
    for (let i = 0; i < 16; i++) this.#h[i] = (this.#h[i] ?? 0) ^ (v[i] ?? 0) ^ (v[i + 16] ?? 0);
  }
}
