// Prefix codes: lengths from frequencies (limited), canonical codes, and a table to decode them.

/** Code lengths for the frequencies, none longer than `limit`; symbols that do not occur get 0. */
export function codeLengths(frequencies: ArrayLike<number>, limit: number): Uint8Array {
  const lengths = new Uint8Array(frequencies.length);
  const used: number[] = [];
  for (let i = 0; i < frequencies.length; i++) if ((frequencies[i] ?? 0) > 0) used.push(i);
  if (used.length === 0) return lengths;
  if (used.length === 1) {
    lengths[used[0] ?? 0] = 1;
    return lengths;
  }
  used.sort((a, b) => (frequencies[a] ?? 0) - (frequencies[b] ?? 0) || a - b);
  // Two queues: the leaves by frequency, and the inner nodes, which come in order by themselves.
  const weights = used.map((symbol) => frequencies[symbol] ?? 0);
  const parents: number[] = new Array<number>(2 * used.length - 1).fill(-1);
  const count = used.length;
  let leaf = 0;
  let inner = count;
  const take = (): number => {
    const useLeaf = leaf < count && (inner >= weights.length || (weights[leaf] ?? 0) <= (weights[inner] ?? 0));
    return useLeaf ? leaf++ : inner++;
  };
  while (weights.length < 2 * count - 1) {
    const a = take();
    const b = take();
    parents[a] = weights.length;
    parents[b] = weights.length;
    weights.push((weights[a] ?? 0) + (weights[b] ?? 0));
  }
  const depths = new Array<number>(2 * count - 1).fill(0);
  for (let i = 2 * count - 3; i >= 0; i--) depths[i] = (depths[parents[i] ?? 0] ?? 0) + 1;
  const perLength = new Array<number>(limit + 1).fill(0);
  for (let i = 0; i < count; i++) perLength[Math.min(depths[i] ?? 0, limit)] = (perLength[Math.min(depths[i] ?? 0, limit)] ?? 0) + 1;
  // Too long codes were cut: others are made longer until the code fits again (Kraft).
  let total = 0;
  for (let length = 1; length <= limit; length++) total += (perLength[length] ?? 0) * 2 ** (limit - length);
  while (total > 2 ** limit) {
    let length = limit - 1;
    while ((perLength[length] ?? 0) === 0) length--;
    perLength[length] = (perLength[length] ?? 0) - 1;
    perLength[length + 1] = (perLength[length + 1] ?? 0) + 2;
    perLength[limit] = (perLength[limit] ?? 0) - 1;
    total--;
  }
  let at = 0;
  for (let length = limit; length >= 1; length--) {
    for (let n = perLength[length] ?? 0; n > 0; n--) lengths[used[at++] ?? 0] = length;
  }
  return lengths;
}

/** The canonical codes of the lengths, most significant bit first. */
export function canonicalCodes(lengths: ArrayLike<number>): Uint32Array {
  const perLength = new Uint32Array(33);
  for (let i = 0; i < lengths.length; i++) {
    const length = lengths[i] ?? 0;
    if (length > 0) perLength[length] = (perLength[length] ?? 0) + 1;
  }
  const next = new Uint32Array(34);
  for (let length = 1; length <= 32; length++) next[length + 1] = ((next[length] ?? 0) + (perLength[length] ?? 0)) * 2;
  const codes = new Uint32Array(lengths.length);
  for (let i = 0; i < lengths.length; i++) {
    const length = lengths[i] ?? 0;
    if (length > 0) {
      codes[i] = next[length] ?? 0;
      next[length] = (next[length] ?? 0) + 1;
    }
  }
  return codes;
}

export function reverseBits(code: number, length: number): number {
  let reversed = 0;
  for (let i = 0; i < length; i++) reversed |= ((code >> i) & 1) << (length - 1 - i);
  return reversed;
}

const QUICK_BITS = 10;

/** Decodes codes whose first bit is the least significant one of the stream (deflate). */
export class DecodeTable {
  /** symbol << 4 | length for codes of up to 10 bits; 0 = a longer one */
  readonly quick = new Uint16Array(1 << QUICK_BITS);
  readonly #longer = new Map<number, number>();
  readonly longest: number;

  constructor(lengths: ArrayLike<number>) {
    const codes = canonicalCodes(lengths);
    let longest = 0;
    for (let symbol = 0; symbol < lengths.length; symbol++) {
      const length = lengths[symbol] ?? 0;
      if (length === 0) continue;
      longest = Math.max(longest, length);
      const reversed = reverseBits(codes[symbol] ?? 0, length);
      if (length <= QUICK_BITS) {
        for (let i = reversed; i < 1 << QUICK_BITS; i += 1 << length) this.quick[i] = (symbol << 4) | length;
      } else this.#longer.set((length << 16) | reversed, symbol);
    }
    this.longest = longest;
  }

  /** symbol << 4 | length; undefined when the bits are no code (yet). */
  lookUp(bits: number, available: number): number | undefined {
    const quick = this.quick[bits & ((1 << QUICK_BITS) - 1)] ?? 0;
    if (quick !== 0) return (quick & 15) <= available ? quick : undefined;
    for (let length = QUICK_BITS + 1; length <= this.longest && length <= available; length++) {
      const symbol = this.#longer.get((length << 16) | (bits & ((1 << length) - 1)));
      if (symbol !== undefined) return (symbol << 4) | length;
    }
    return undefined;
  }
}
