// RIPEMD-160 (Dobbertin, Bosselaers, Preneel, 1996): two lines of eighty steps, joined.
import { BlockHasher } from "./hasher.ts";

const ORDER: readonly number[] = [7, 4, 13, 1, 10, 6, 15, 3, 12, 0, 9, 5, 2, 14, 11, 8];
const first = Array.from({ length: 16 }, (_, i) => i);
const permuted = (order: readonly number[]): number[] => order.map((i) => ORDER[i] ?? 0);

function rounds(start: readonly number[]): number[] {
  const all = [start];
  for (let i = 1; i < 5; i++) all.push(permuted(all[i - 1] ?? []));
  return all.flat();
}

const LEFT = rounds(first);
const RIGHT = rounds(first.map((i) => (9 * i + 5) % 16));
const SHIFTS = [
  [11, 14, 15, 12, 5, 8, 7, 9, 11, 13, 14, 15, 6, 7, 9, 8], [12, 13, 11, 15, 6, 9, 9, 7, 12, 15, 11, 13, 7, 8, 7, 7],
  [13, 15, 14, 11, 7, 7, 6, 8, 13, 14, 13, 12, 5, 5, 6, 9], [14, 11, 12, 14, 8, 6, 5, 5, 15, 12, 15, 14, 9, 9, 8, 6],
  [15, 12, 13, 13, 9, 5, 8, 6, 14, 11, 12, 11, 8, 6, 5, 5],
] as const;
const LEFT_ADDED = [0, 0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xa953fd4e] as const;
const RIGHT_ADDED = [0x50a28be6, 0x5c4dd124, 0x6d703ef3, 0x7a6d76e9, 0] as const;

function mixed(round: number, x: number, y: number, z: number): number {
  if (round === 0) return x ^ y ^ z;
  if (round === 1) return (x & y) | (~x & z);
  if (round === 2) return (x | ~y) ^ z;
  if (round === 3) return (x & z) | (y & ~z);
  return x ^ (y | ~z);
}

export class Rmd160 extends BlockHasher {
  readonly #state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);

  constructor() {
    super(64, 8, false);
  }

  protected override compress(bytes: Uint8Array, at: number): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset + at, 64);
    const line = (order: readonly number[], added: readonly number[], backwards: boolean): readonly number[] => {
      let [a = 0, b = 0, c = 0, d = 0, e = 0] = this.#state;
      for (let i = 0; i < 80; i++) {
        const round = i >> 4;
        const word = order[i] ?? 0;
        const shift = SHIFTS[round]?.[word] ?? 0;
        const sum = (a + mixed(backwards ? 4 - round : round, b, c, d) + view.getInt32(word * 4, true) + (added[round] ?? 0)) | 0;
        const turned = (((sum << shift) | (sum >>> (32 - shift))) + e) | 0;
        [a, e, d, c, b] = [e, d, (c << 10) | (c >>> 22), b, turned];
      }
      return [a, b, c, d, e];
    };
    const [la = 0, lb = 0, lc = 0, ld = 0, le = 0] = line(LEFT, LEFT_ADDED, false);
    const [ra = 0, rb = 0, rc = 0, rd = 0, re = 0] = line(RIGHT, RIGHT_ADDED, true);
    const [a = 0, b = 0, c = 0, d = 0, e = 0] = this.#state;
    this.#state.set([b + lc + rd, c + ld + re, d + le + ra, e + la + rb, a + lb + rc]);
  }

  protected override result(): Uint8Array {
    const out = new Uint8Array(20);
    const view = new DataView(out.buffer);
    for (const [i, word] of this.#state.entries()) view.setInt32(i * 4, word, true);
    return out;
  }
}
