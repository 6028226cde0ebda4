// RFC 1951: compression. Matches are found by hash chains with one step of lazy evaluation; each block gets its own codes, or the fixed ones, or
// stays as it is, whichever is shortest.

import { canonicalCodes, codeLengths, reverseBits } from "./huffman.ts";

const WINDOW = 32768;
const WINDOW_MASK = WINDOW - 1;
const HASH_BITS = 15;
const LEAST_MATCH = 3;
const MOST_MATCH = 258;
const BLOCK_SYMBOLS = 16384;

/** level -> how long a chain is followed, and from which length on the next position is not tried */
const EFFORTS: readonly (readonly [chain: number, lazy: number])[] = [[0, 0], [4, 0], [5, 0], [6, 0], [16, 4], [16, 16], [32, 16], [64, 32], [256, 128], [1024, 258]];

const LENGTH_CODES = new Uint8Array(259);
const LENGTH_BASE = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
LENGTH_BASE.forEach((base, code) => {
  const next = LENGTH_BASE[code + 1] ?? 259;
  for (let length = base; length < next; length++) LENGTH_CODES[length] = code;
});
LENGTH_CODES[258] = 28;
const DISTANCE_BASE = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
const DISTANCE_EXTRA = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];
const CODE_LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

function distanceCode(distance: number): number {
  if (distance <= 4) return distance - 1;
  const bits = 31 - Math.clz32(distance - 1);
  return bits * 2 + (((distance - 1) >> (bits - 1)) & 1);
}

const FIXED_LITERALS = new Uint8Array(288).fill(8, 0, 144).fill(9, 144, 256).fill(7, 256, 280).fill(8, 280);
const FIXED_DISTANCES = new Uint8Array(30).fill(5);

class BitWriter {
  #bytes = new Uint8Array(65536);
  #length = 0;
  #bits = 0;
  #count = 0;

  put(value: number, count: number): void {
    this.#bits |= value << this.#count;
    this.#count += count;
    while (this.#count >= 8) {
      this.#byte(this.#bits & 0xff);
      this.#bits >>>= 8;
      this.#count -= 8;
    }
  }

  #byte(value: number): void {
    if (this.#length === this.#bytes.length) {
      const grown = new Uint8Array(this.#length * 2);
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    this.#bytes[this.#length++] = value;
  }

  align(): void {
    if (this.#count > 0) this.#byte(this.#bits & 0xff);
    this.#bits = 0;
    this.#count = 0;
  }

  raw(bytes: Uint8Array): void {
    for (const byte of bytes) this.#byte(byte);
  }

  take(): Uint8Array {
    const done = this.#bytes.slice(0, this.#length);
    this.#length = 0;
    return done;
  }
}

export class Deflater {
  readonly #chain: number;
  readonly #lazy: number;
  readonly #stored: boolean;
  readonly #writer = new BitWriter();
  /** the window and what follows it */
  #data = new Uint8Array(WINDOW * 4);
  #end = 0;
  #at = 0;
  #blockStart = 0;
  readonly #head = new Int32Array(1 << HASH_BITS).fill(-1);
  readonly #previous = new Int32Array(WINDOW).fill(-1);
  /** length << 16 | distance, or a literal with length 0 */
  readonly #symbols = new Int32Array(BLOCK_SYMBOLS);
  #symbolCount = 0;
  #wroteFinal = false;

  constructor(level: number) {
    const [chain, lazy] = EFFORTS[Math.max(0, Math.min(9, level))] ?? [32, 16];
    this.#chain = chain;
    this.#lazy = lazy;
    this.#stored = level === 0;
  }

  /** Takes input (best in pieces of at most 64 KiB) and returns what output is ready. */
  push(bytes: Uint8Array): Uint8Array {
    let from = 0;
    while (from < bytes.length) {
      if (this.#end === this.#data.length) this.#slide();
      const step = Math.min(bytes.length - from, this.#data.length - this.#end);
      this.#data.set(bytes.subarray(from, from + step), this.#end);
      this.#end += step;
      from += step;
      this.#compress(false);
    }
    return this.#writer.take();
  }

  finish(): Uint8Array {
    this.#compress(true);
    if (!this.#wroteFinal) this.#flushBlock(true);
    this.#writer.align();
    return this.#writer.take();
  }

  /** Drops what no match can reach any more; the open block is written first. */
  #slide(): void {
    if (this.#blockStart < this.#at - WINDOW) this.#flushBlock(false);
    const drop = Math.min(this.#at - WINDOW, this.#blockStart);
    if (drop <= 0) {
      this.#flushBlock(false);
      return this.#slide();
    }
    this.#data.copyWithin(0, drop, this.#end);
    this.#end -= drop;
    this.#at -= drop;
    this.#blockStart -= drop;
    for (const table of [this.#head, this.#previous]) {
      for (let i = 0; i < table.length; i++) table[i] = Math.max(-1, (table[i] ?? -1) - drop);
    }
    // The chain table is indexed by position, so it moves with it.
    const shift = drop & WINDOW_MASK;
    if (shift > 0) {
      const copy = this.#previous.slice();
      for (let i = 0; i < WINDOW; i++) this.#previous[(i - shift) & WINDOW_MASK] = copy[i] ?? -1;
    }
  }

  #hash(at: number): number {
    const d = this.#data;
    return (((d[at] ?? 0) << 10) ^ ((d[at + 1] ?? 0) << 5) ^ (d[at + 2] ?? 0)) & ((1 << HASH_BITS) - 1);
  }

  #insert(at: number): void {
    if (at + 2 >= this.#end) return;
    const hash = this.#hash(at);
    this.#previous[at & WINDOW_MASK] = this.#head[hash] ?? -1;
    this.#head[hash] = at;
  }

  /** length << 16 | distance of the longest match, 0 without one. */
  #match(at: number): number {
    if (at + LEAST_MATCH > this.#end) return 0;
    const data = this.#data;
    const most = Math.min(MOST_MATCH, this.#end - at);
    let bestLength = LEAST_MATCH - 1;
    let bestDistance = 0;
    let candidate = this.#head[this.#hash(at)] ?? -1;
    for (let tries = this.#chain; tries > 0 && candidate >= 0 && at - candidate <= WINDOW - MOST_MATCH; tries--) {
      if (candidate < at && data[candidate + bestLength] === data[at + bestLength] && data[candidate] === data[at]) {
        let length = 0;
        while (length < most && data[candidate + length] === data[at + length]) length++;
        if (length > bestLength) {
          bestLength = length;
          bestDistance = at - candidate;
          if (length >= most) break;
        }
      }
      const next = this.#previous[candidate & WINDOW_MASK] ?? -1;
      if (next >= candidate) break;
      candidate = next;
    }
    return bestDistance === 0 ? 0 : (bestLength << 16) | bestDistance;
  }

  #compress(finishing: boolean): void {
    const limit = finishing ? this.#end : this.#end - MOST_MATCH - 1;
    if (this.#stored) {
      while (this.#end - this.#at >= 65535) {
        this.#at += 65535;
        this.#flushBlock(false);
      }
      if (finishing) {
        this.#at = this.#end;
        this.#flushBlock(true);
      }
      return;
    }
    while (this.#at < limit) {
      const found = this.#match(this.#at);
      this.#insert(this.#at);
      let length = found >> 16;
      if (length > 0 && length < this.#lazy && this.#at + 1 < this.#end) {
        // A longer match one further on is worth a literal.
        if (this.#match(this.#at + 1) >> 16 > length) length = 0;
      }
      if (length === 0) {
        this.#symbols[this.#symbolCount++] = this.#data[this.#at] ?? 0;
        this.#at++;
      } else {
        this.#symbols[this.#symbolCount++] = found;
        for (let i = 1; i < length; i++) this.#insert(this.#at + i);
        this.#at += length;
      }
      if (this.#symbolCount === BLOCK_SYMBOLS) this.#flushBlock(false);
    }
  }

  #flushBlock(final: boolean): void {
    const writer = this.#writer;
    const bytes = this.#data.subarray(this.#blockStart, this.#at);
    this.#blockStart = this.#at;
    const symbols = this.#symbols.subarray(0, this.#symbolCount);
    this.#symbolCount = 0;
    if (final) this.#wroteFinal = true;
    if (bytes.length === 0 && !final) return;
    if (this.#stored) {
      this.#storedBlock(bytes, final);
      return;
    }
    const literals = new Uint32Array(286);
    const distances = new Uint32Array(30);
    literals[256] = 1;
    let extraBits = 0;
    for (const symbol of symbols) {
      const length = symbol >> 16;
      if (length === 0) literals[symbol] = (literals[symbol] ?? 0) + 1;
      else {
        const lengthCode = LENGTH_CODES[length] ?? 0;
        const distance = distanceCode(symbol & 0xffff);
        literals[257 + lengthCode] = (literals[257 + lengthCode] ?? 0) + 1;
        distances[distance] = (distances[distance] ?? 0) + 1;
        extraBits += (LENGTH_EXTRA[lengthCode] ?? 0) + (DISTANCE_EXTRA[distance] ?? 0);
      }
    }
    const literalLengths = codeLengths(literals, 15);
    const distanceLengths = codeLengths(distances, 15);
    if (!distanceLengths.some((length) => length > 0)) distanceLengths[0] = 1;
    const header = describeLengths(literalLengths, distanceLengths);
    const cost = (lengths: Uint8Array, counts: Uint32Array) => counts.reduce((sum, count, i) => sum + count * (lengths[i] ?? 0), 0);
    const dynamicBits = 3 + header.bits + cost(literalLengths, literals) + cost(distanceLengths, distances) + extraBits;
    const fixedBits = 3 + cost(FIXED_LITERALS, literals) + cost(FIXED_DISTANCES, distances) + extraBits;
    const storedBits = 3 + 7 + 32 * Math.max(1, Math.ceil(bytes.length / 65535)) + bytes.length * 8;
    if (storedBits < Math.min(dynamicBits, fixedBits)) {
      this.#storedBlock(bytes, final);
      return;
    }
    writer.put(final ? 1 : 0, 1);
    if (fixedBits <= dynamicBits) {
      writer.put(1, 2);
      this.#writeSymbols(symbols, FIXED_LITERALS, FIXED_DISTANCES);
    } else {
      writer.put(2, 2);
      header.write(writer);
      this.#writeSymbols(symbols, literalLengths, distanceLengths);
    }
  }

  #storedBlock(bytes: Uint8Array, final: boolean): void {
    let from = 0;
    do {
      const piece = bytes.subarray(from, from + 65535);
      from += piece.length;
      this.#writer.put(final && from >= bytes.length ? 1 : 0, 1);
      this.#writer.put(0, 2);
      this.#writer.align();
      this.#writer.raw(Uint8Array.of(piece.length & 0xff, piece.length >> 8, ~piece.length & 0xff, (~piece.length >> 8) & 0xff));
      this.#writer.raw(piece);
    } while (from < bytes.length);
  }

  #writeSymbols(symbols: Int32Array, literalLengths: Uint8Array, distanceLengths: Uint8Array): void {
    const writer = this.#writer;
    const literalCodes = reversedCodes(literalLengths);
    const distanceCodes = reversedCodes(distanceLengths);
    for (const symbol of symbols) {
      const length = symbol >> 16;
      if (length === 0) {
        writer.put(literalCodes[symbol] ?? 0, literalLengths[symbol] ?? 0);
        continue;
      }
      const lengthCode = LENGTH_CODES[length] ?? 0;
      writer.put(literalCodes[257 + lengthCode] ?? 0, literalLengths[257 + lengthCode] ?? 0);
      writer.put(length - (LENGTH_BASE[lengthCode] ?? 0), LENGTH_EXTRA[lengthCode] ?? 0);
      const distance = symbol & 0xffff;
      const code = distanceCode(distance);
      writer.put(distanceCodes[code] ?? 0, distanceLengths[code] ?? 0);
      writer.put(distance - (DISTANCE_BASE[code] ?? 0), DISTANCE_EXTRA[code] ?? 0);
    }
    writer.put(literalCodes[256] ?? 0, literalLengths[256] ?? 0);
  }
}

function reversedCodes(lengths: Uint8Array): Uint32Array {
  return canonicalCodes(lengths).map((code, i) => reverseBits(code, lengths[i] ?? 0));
}

/** The code lengths, run-length coded and then coded themselves. */
function describeLengths(literalLengths: Uint8Array, distanceLengths: Uint8Array): { readonly bits: number; write(writer: BitWriter): void } {
  let literalCount = 286;
  while (literalCount > 257 && (literalLengths[literalCount - 1] ?? 0) === 0) literalCount--;
  let distanceCount = 30;
  while (distanceCount > 1 && (distanceLengths[distanceCount - 1] ?? 0) === 0) distanceCount--;
  const all = [...literalLengths.subarray(0, literalCount), ...distanceLengths.subarray(0, distanceCount)];
  const items: [code: number, extra: number, extraBits: number][] = [];
  for (let i = 0; i < all.length; ) {
    const value = all[i] ?? 0;
    let run = 1;
    while (all[i + run] === value) run++;
    i += run;
    if (value === 0) {
      while (run >= 11) {
        const step = Math.min(run, 138);
        items.push([18, step - 11, 7]);
        run -= step;
      }
      if (run >= 3) {
        items.push([17, run - 3, 3]);
        run = 0;
      }
    } else {
      items.push([value, 0, 0]);
      run--;
      while (run >= 3) {
        const step = Math.min(run, 6);
        items.push([16, step - 3, 2]);
        run -= step;
      }
    }
    while (run-- > 0) items.push([value, 0, 0]);
  }
  const counts = new Uint32Array(19);
  for (const [code] of items) counts[code] = (counts[code] ?? 0) + 1;
  const lengths = codeLengths(counts, 7);
  let used = 19;
  while (used > 4 && (lengths[CODE_LENGTH_ORDER[used - 1] ?? 0] ?? 0) === 0) used--;
  const codes = reversedCodes(lengths);
  const bits = 14 + used * 3 + items.reduce((sum, [code, , extraBits]) => sum + (lengths[code] ?? 0) + extraBits, 0);
  return {
    bits,
    write(writer) {
      writer.put(literalCount - 257, 5);
      writer.put(distanceCount - 1, 5);
      writer.put(used - 4, 4);
      for (let i = 0; i < used; i++) writer.put(lengths[CODE_LENGTH_ORDER[i] ?? 0] ?? 0, 3);
      for (const [code, extra, extraBits] of items) {
        writer.put(codes[code] ?? 0, lengths[code] ?? 0);
        writer.put(extra, extraBits);
      }
    },
  };
}
