// The format of bzip2: blocks of up to 900 kB, each run-length coded, sorted (Burrows-Wheeler), moved to front and prefix coded with two
// to six tables. Bits come most significant first.
// (More than 400 lines: one format, its encoder and its decoder over the same tables.)

import type { Blocking } from "../../../kernel/sys.ts";
import { type ByteSource, CorruptData } from "./byte-source.ts";
import { type Pay, sortRotations } from "./burrows-wheeler.ts";
import { canonicalCodes, codeLengths } from "./huffman.ts";

export class NotBzip2 extends CorruptData {}
export class BlockSumError extends CorruptData {}

const GROUP_SYMBOLS = 50;
const LONGEST_CODE = 20;
/** Between two payments. */
const PIECE_BYTES = 32768;
const BLOCK_MAGIC = [0x314159, 0x265359] as const;
const END_MAGIC = [0x177245, 0x385090] as const;

// CRC-32 with the most significant bit first.
const SUMS = new Uint32Array(256);
for (let i = 0; i < 256; i++) {
  let value = i << 24;
  for (let bit = 0; bit < 8; bit++) value = value & 0x80000000 ? (value << 1) ^ 0x04c11db7 : value << 1;
  SUMS[i] = value;
}

const joinSums = (total: number, block: number): number => ((((total << 1) | (total >>> 31)) >>> 0) ^ block) >>> 0;

class BitWriter {
  #bytes = new Uint8Array(65536);
  #length = 0;
  #buffer = 0;
  #bits = 0;

  put(value: number, count: number): void {
    if (count > 16) {
      this.put(value >>> 16, count - 16);
      this.put(value & 0xffff, 16);
      return;
    }
    this.#buffer = ((this.#buffer << count) | (value & ((1 << count) - 1))) & 0xffffff;
    this.#bits += count;
    while (this.#bits >= 8) {
      this.#bits -= 8;
      if (this.#length === this.#bytes.length) {
        const larger = new Uint8Array(this.#length * 2);
        larger.set(this.#bytes);
        this.#bytes = larger;
      }
      this.#bytes[this.#length++] = this.#buffer >> this.#bits;
    }
  }

  pad(): void {
    if (this.#bits > 0) this.put(0, 8 - this.#bits);
  }

  take(): Uint8Array {
    const done = this.#bytes.slice(0, this.#length);
    this.#length = 0;
    return done;
  }
}

export class Bzip2Compressor {
  readonly #out = new BitWriter();
  readonly #block: Uint8Array;
  #length = 0;
  #sum = 0xffffffff;
  #total = 0;
  #last = -1;
  #run = 0;

  readonly #pay: Pay;

  /** level: 1-9, the size of a block in 100 kB */
  constructor(level: number, pay: Pay) {
    this.#pay = pay;
    this.#block = new Uint8Array(level * 100_000 - 19);
    for (const letter of `BZh${level}`) this.#out.put(letter.charCodeAt(0), 8);
  }

  /** What is ready after these bytes. */
  *push(bytes: Uint8Array): Blocking<Uint8Array> {
    for (const byte of bytes) {
      if (byte === this.#last && this.#run < 255) {
        this.#run++;
        continue;
      }
      this.#flushRun();
      if (this.#isFull) yield* this.#writeBlock();
      this.#last = byte;
      this.#run = 1;
    }
    return this.#out.take();
  }

  *finish(): Blocking<Uint8Array> {
    this.#flushRun();
    yield* this.#writeBlock();
    for (const magic of END_MAGIC) this.#out.put(magic, 24);
    this.#out.put(this.#total, 32);
    this.#out.pad();
    return this.#out.take();
  }

  #flushRun(): void {
    if (this.#run === 0) return;
    const byte = this.#last;
    let sum = this.#sum;
    for (let i = 0; i < this.#run; i++) sum = (sum << 8) ^ (SUMS[(sum >>> 24) ^ byte] ?? 0);
    this.#sum = sum;
    for (let i = 0; i < Math.min(this.#run, 4); i++) this.#block[this.#length++] = byte;
    if (this.#run >= 4) this.#block[this.#length++] = this.#run - 4;
    this.#run = 0;
  }

  get #isFull(): boolean {
    return this.#length + 5 >= this.#block.length;
  }

  *#writeBlock(): Blocking<void> {
    const length = this.#length;
    if (length === 0) return;
    const out = this.#out;
    const block = this.#block.subarray(0, length);
    const sum = ~this.#sum >>> 0;
    this.#total = joinSums(this.#total, sum);
    for (const magic of BLOCK_MAGIC) out.put(magic, 24);
    out.put(sum, 32);
    out.put(0, 1);
    const { last, origin } = yield* sortRotations(block, this.#pay);
    out.put(origin, 24);
    const inUse = new Uint8Array(256);
    for (const byte of block) inUse[byte] = 1;
    writeUsedBytes(out, inUse);
    yield* writeSymbols(out, yield* moveToFront(last, inUse, this.#pay), this.#pay);
    this.#length = 0;
    this.#sum = 0xffffffff;
  }
}

function writeUsedBytes(out: BitWriter, inUse: Uint8Array): void {
  let groups = 0;
  for (let group = 0; group < 16; group++) if (inUse.subarray(group * 16, group * 16 + 16).includes(1)) groups |= 0x8000 >> group;
  out.put(groups, 16);
  for (let group = 0; group < 16; group++) {
    if (!(groups & (0x8000 >> group))) continue;
    let bits = 0;
    for (let i = 0; i < 16; i++) bits |= (inUse[group * 16 + i] ?? 0) << (15 - i);
    out.put(bits, 16);
  }
}

interface Symbols {
  readonly symbols: Uint16Array;
  readonly alphabet: number;
}

/** Symbols 0 and 1 are the digits of the lengths of runs of zeros, the last one is the end. */
function* moveToFront(bytes: Uint8Array, inUse: Uint8Array, pay: Pay): Blocking<Symbols> {
  const order: number[] = [];
  for (let byte = 0; byte < 256; byte++) if (inUse[byte]) order.push(byte);
  const end = order.length + 1;
  const symbols = new Uint16Array(bytes.length + 1);
  let count = 0;
  let zeros = 0;
  const flushZeros = () => {
    while (zeros > 0) {
      zeros--;
      symbols[count++] = zeros & 1;
      zeros >>= 1;
    }
  };
  for (let from = 0; from < bytes.length; from += PIECE_BYTES) {
    const piece = bytes.subarray(from, from + PIECE_BYTES);
    for (const byte of piece) {
      if (order[0] === byte) {
        zeros++;
        continue;
      }
      flushZeros();
      const at = order.indexOf(byte);
      for (let i = at; i > 0; i--) order[i] = order[i - 1] ?? 0;
      order[0] = byte;
      symbols[count++] = at + 1;
    }
    yield* pay(piece.length >> 5);
  }
  flushZeros();
  symbols[count++] = end;
  return { symbols: symbols.subarray(0, count), alphabet: end + 1 };
}

function* writeSymbols(out: BitWriter, { symbols, alphabet }: Symbols, pay: Pay): Blocking<void> {
  const tables = symbols.length < 200 ? 2 : symbols.length < 600 ? 3 : symbols.length < 1200 ? 4 : symbols.length < 2400 ? 5 : 6;
  const { lengths, selectors } = yield* chooseTables(symbols, alphabet, tables, pay);
  out.put(tables, 3);
  out.put(selectors.length, 15);
  const order = Array.from({ length: tables }, (_, i) => i);
  for (const selector of selectors) {
    const at = order.indexOf(selector);
    for (let i = 0; i < at; i++) out.put(1, 1);
    out.put(0, 1);
    order.splice(at, 1);
    order.unshift(selector);
  }
  for (const table of lengths) {
    let current = table[0] ?? 0;
    out.put(current, 5);
    for (const length of table) {
      for (; current < length; current++) out.put(2, 2);
      for (; current > length; current--) out.put(3, 2);
      out.put(0, 1);
    }
  }
  const codes = lengths.map(canonicalCodes);
  for (let group = 0; group < selectors.length; group++) {
    const selector = selectors[group] ?? 0;
    const code = codes[selector];
    const length = lengths[selector];
    for (const symbol of symbols.subarray(group * GROUP_SYMBOLS, (group + 1) * GROUP_SYMBOLS)) out.put(code?.[symbol] ?? 0, length?.[symbol] ?? 0);
    if ((group & 255) === 255) yield* pay(800);
  }
}

/** Starts with tables for ranges of the alphabet of equal weight; then each group of 50 symbols chooses its best table, four times. */
function* chooseTables(symbols: Uint16Array, alphabet: number, tables: number, pay: Pay): Blocking<{ readonly lengths: readonly Uint8Array[]; readonly selectors: readonly number[] }> {
  const frequencies = new Uint32Array(alphabet);
  for (const symbol of symbols) frequencies[symbol] = (frequencies[symbol] ?? 0) + 1;
  let lengths: Uint8Array[] = [];
  let left = symbols.length;
  let from = 0;
  for (let part = tables; part > 0; part--) {
    const target = Math.floor(left / part);
    let sum = 0;
    let to = from - 1;
    while (sum < target && to < alphabet - 1) sum += frequencies[++to] ?? 0;
    const first = from;
    const last = to;
    lengths.push(Uint8Array.from({ length: alphabet }, (_, symbol) => (symbol >= first && symbol <= last ? 0 : 15)));
    from = to + 1;
    left -= sum;
  }
  const groups = Math.ceil(symbols.length / GROUP_SYMBOLS);
  const selectors = new Array<number>(groups).fill(0);
  for (let round = 0; round < 4; round++) {
    const counts = lengths.map(() => new Uint32Array(alphabet).fill(0));
    for (let group = 0; group < groups; group++) {
      const part = symbols.subarray(group * GROUP_SYMBOLS, (group + 1) * GROUP_SYMBOLS);
      let best = 0;
      let bestCost = Number.POSITIVE_INFINITY;
      for (const [index, table] of lengths.entries()) {
        const cost = costOf(part, table);
        if (cost < bestCost) {
          best = index;
          bestCost = cost;
        }
      }
      if ((group & 255) === 255) yield* pay(800);
      selectors[group] = best;
      const count = counts[best];
      if (count) for (const symbol of part) count[symbol] = (count[symbol] ?? 0) + 1;
    }
    // Every symbol needs a code in every table.
    lengths = counts.map((count) => codeLengths(count.map((n) => Math.max(1, n * 256)), 17));
  }
  return { lengths, selectors };
}

function costOf(symbols: Uint16Array, lengths: Uint8Array): number {
  let cost = 0;
  for (let i = 0; i < symbols.length; i++) cost += lengths[symbols[i] ?? 0] ?? 0;
  return cost;
}

class BitReader {
  readonly #source: ByteSource;
  #buffer = 0;
  #bits = 0;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  *bits(count: number): Blocking<number> {
    if (count > 16) {
      const high = yield* this.bits(count - 16);
      return (high * 65536 + (yield* this.bits(16))) >>> 0;
    }
    while (this.#bits < count) {
      const source = this.#source;
      const byte = source.at < source.chunk.length ? (source.chunk[source.at++] ?? 0) : yield* source.byte();
      this.#buffer = ((this.#buffer << 8) | byte) & 0xffffff;
      this.#bits += 8;
    }
    this.#bits -= count;
    return (this.#buffer >> this.#bits) & ((1 << count) - 1);
  }

  /** One bit, when there is one without waiting; else -1. */
  quickBit(): number {
    if (this.#bits === 0) {
      const source = this.#source;
      if (source.at >= source.chunk.length) return -1;
      this.#buffer = source.chunk[source.at++] ?? 0;
      this.#bits = 8;
    }
    return (this.#buffer >> --this.#bits) & 1;
  }

  /** A stream ends on a whole byte. */
  align(): void {
    this.#bits -= this.#bits % 8;
  }
}

/** Expands one stream. Throws NotBzip2 (before anything is written), CorruptData (BlockSumError), UnexpectedEnd. */
export function* bunzip2Stream(source: ByteSource, output: (bytes: Uint8Array) => Blocking<void>): Blocking<void> {
  const bits = new BitReader(source);
  for (const letter of "BZh") if ((yield* bits.bits(8)) !== letter.charCodeAt(0)) throw new NotBzip2();
  const level = (yield* bits.bits(8)) - 0x30;
  if (level < 1 || level > 9) throw new NotBzip2();
  const slots = new Uint32Array(level * 100_000);
  let total = 0;
  for (;;) {
    const first = yield* bits.bits(24);
    const second = yield* bits.bits(24);
    if (first === END_MAGIC[0] && second === END_MAGIC[1]) {
      if ((yield* bits.bits(32)) !== total) throw new BlockSumError();
      bits.align();
      return;
    }
    if (first !== BLOCK_MAGIC[0] || second !== BLOCK_MAGIC[1]) throw new CorruptData();
    const expected = yield* bits.bits(32);
    const sum = yield* expandBlock(bits, slots, output);
    if (sum !== expected) throw new BlockSumError();
    total = joinSums(total, sum);
  }
}

function* expandBlock(bits: BitReader, slots: Uint32Array, output: (bytes: Uint8Array) => Blocking<void>): Blocking<number> {
  if (yield* bits.bits(1)) throw new CorruptData(); // "randomised" blocks: only bzip2 0.9.0 and older made them
  const origin = yield* bits.bits(24);
  const order: number[] = [];
  const groups = yield* bits.bits(16);
  for (let group = 0; group < 16; group++) {
    if (!(groups & (0x8000 >> group))) continue;
    const used = yield* bits.bits(16);
    for (let i = 0; i < 16; i++) if (used & (0x8000 >> i)) order.push(group * 16 + i);
  }
  if (order.length === 0) throw new CorruptData();
  const length = yield* readSymbols(bits, order, slots);
  if (origin >= length) throw new CorruptData();
  // The byte before each one in sorted order, and with the counts the way back.
  const starts = new Uint32Array(257);
  for (let i = 0; i < length; i++) {
    const byte = slots[i] ?? 0;
    starts[byte + 1] = (starts[byte + 1] ?? 0) + 1;
  }
  for (let byte = 0; byte < 256; byte++) starts[byte + 1] = (starts[byte + 1] ?? 0) + (starts[byte] ?? 0);
  for (let i = 0; i < length; i++) {
    const byte = (slots[i] ?? 0) & 0xff;
    const place = starts[byte] ?? 0;
    starts[byte] = place + 1;
    slots[place] = (slots[place] ?? 0) | (i << 8);
  }
  return yield* undoRuns(slots, length, (slots[origin] ?? 0) >>> 8, output);
}

function* undoRuns(slots: Uint32Array, length: number, start: number, output: (bytes: Uint8Array) => Blocking<void>): Blocking<number> {
  let sum = 0xffffffff;
  let buffer = new Uint8Array(65536);
  let filled = 0;
  let at = start;
  let last = -1;
  let run = 0;
  for (let i = 0; i < length; i++) {
    const slot = slots[at] ?? 0;
    const byte = slot & 0xff;
    at = slot >>> 8;
    let count = 1;
    let value = byte;
    if (run === 4) {
      count = byte;
      value = last;
      run = 0;
      last = -1;
    } else {
      run = byte === last ? run + 1 : 1;
      last = byte;
    }
    if (filled + count > buffer.length) {
      yield* output(buffer.subarray(0, filled));
      buffer = new Uint8Array(65536);
      filled = 0;
    }
    for (; count > 0; count--) {
      buffer[filled++] = value;
      sum = (sum << 8) ^ (SUMS[(sum >>> 24) ^ value] ?? 0);
    }
  }
  if (filled > 0) yield* output(buffer.subarray(0, filled));
  return ~sum >>> 0;
}

interface Decoder {
  /** per length: what the codes of that length and shorter ones lie below, and how to find the symbol */
  readonly limits: Int32Array;
  readonly bases: Int32Array;
  readonly symbols: Uint16Array;
  readonly shortest: number;
}

function decoderOf(lengths: Uint8Array): Decoder {
  const counts = new Int32Array(LONGEST_CODE + 2);
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1;
  const symbols = new Uint16Array(lengths.length);
  const limits = new Int32Array(LONGEST_CODE + 2).fill(-1);
  const bases = new Int32Array(LONGEST_CODE + 2);
  let code = 0;
  let index = 0;
  let shortest = 0;
  for (let length = 1; length <= LONGEST_CODE; length++) {
    bases[length] = index - code;
    for (let symbol = 0; symbol < lengths.length; symbol++) if (lengths[symbol] === length) symbols[index++] = symbol;
    const count = counts[length] ?? 0;
    if (count > 0 && shortest === 0) shortest = length;
    code += count;
    limits[length] = count > 0 ? code - 1 : -1;
    code <<= 1;
  }
  return { limits, bases, symbols, shortest };
}

function* readSymbols(bits: BitReader, order: number[], slots: Uint32Array): Blocking<number> {
  const alphabet = order.length + 2;
  const tables = yield* bits.bits(3);
  const selectorCount = yield* bits.bits(15);
  if (tables < 2 || tables > 6 || selectorCount === 0) throw new CorruptData();
  const tableOrder = Array.from({ length: tables }, (_, i) => i);
  const selectors = new Uint8Array(selectorCount);
  for (let i = 0; i < selectorCount; i++) {
    let at = 0;
    while (yield* bits.bits(1)) if (++at >= tables) throw new CorruptData();
    const [table = 0] = tableOrder.splice(at, 1);
    tableOrder.unshift(table);
    selectors[i] = table;
  }
  const decoders: Decoder[] = [];
  for (let table = 0; table < tables; table++) {
    const lengths = new Uint8Array(alphabet);
    let current = yield* bits.bits(5);
    for (let symbol = 0; symbol < alphabet; symbol++) {
      while (yield* bits.bits(1)) current += (yield* bits.bits(1)) ? -1 : 1;
      if (current < 1 || current > LONGEST_CODE) throw new CorruptData();
      lengths[symbol] = current;
    }
    decoders.push(decoderOf(lengths));
  }
  const end = alphabet - 1;
  let length = 0;
  let run = 0;
  let weight = 1;
  for (let count = 0; ; count++) {
    const decoder = decoders[selectors[Math.floor(count / GROUP_SYMBOLS)] ?? 255];
    if (!decoder) throw new CorruptData();
    let code = 0;
    let codeLength = 0;
    do {
      const bit = bits.quickBit();
      code = (code << 1) | (bit < 0 ? yield* bits.bits(1) : bit);
      codeLength++;
      if (codeLength > LONGEST_CODE) throw new CorruptData();
    } while (codeLength < decoder.shortest || code > (decoder.limits[codeLength] ?? -1));
    const symbol = decoder.symbols[code + (decoder.bases[codeLength] ?? 0)] ?? 0;
    if (symbol < 2) {
      run += weight << symbol;
      weight <<= 1;
      if (run > slots.length) throw new CorruptData();
      continue;
    }
    if (run > 0) {
      if (length + run > slots.length) throw new CorruptData();
      slots.fill(order[0] ?? 0, length, length + run);
      length += run;
      run = 0;
      weight = 1;
    }
    if (symbol === end) return length;
    if (length >= slots.length) throw new CorruptData();
    const byte = order[symbol - 1] ?? 0;
    for (let i = symbol - 1; i > 0; i--) order[i] = order[i - 1] ?? 0;
    order[0] = byte;
    slots[length++] = byte;
  }
}
