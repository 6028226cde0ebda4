// Bytes to zstd's blocks: greedy matches with one step of look-ahead, literals in a prefix code of their own, codes of sequences in the
// predefined distributions or one made for the block.

import { distributionOf, FseEncoder, ForwardBits, highBit, writeDistribution } from "./fse.ts";
import { codeLengths } from "./huffman.ts";
import { MatchFinder, PUSH_BYTES } from "./match-finder.ts";
import {
  codeOf, type CodeTable, LITERAL_LENGTHS, LONGEST_BLOCK, LONGEST_HUFFMAN_CODE, MATCH_LENGTHS, LITERAL_LENGTH_DISTRIBUTION, MATCH_LENGTH_DISTRIBUTION,
  OFFSET_DISTRIBUTION,
} from "./zstd-tables.ts";
import type { Distribution } from "./fse.ts";

const LONGEST_MATCH = 65_000;
const SHORTEST_USEFUL = 4;

interface Sequence {
  readonly literalLength: number;
  readonly matchLength: number;
  /** as it is coded: 1 to 3 are the recent ones */
  readonly offsetValue: number;
}

export class ZstdEncoder {
  readonly #matches: MatchFinder;
  #at = 0;
  #recent: readonly [number, number, number] = [1, 4, 8];
  #ready: Uint8Array[] = [];

  constructor(level: number) {
    this.#matches = new MatchFinder(level <= 1 ? 2 : level < 5 ? 8 : level < 12 ? 24 : 64, LONGEST_MATCH);
  }

  /** Whole blocks, none of them the last one. */
  push(bytes: Uint8Array): Uint8Array[] {
    for (let from = 0; from < bytes.length; from += PUSH_BYTES) {
      this.#matches.push(bytes.subarray(from, from + PUSH_BYTES));
      while (this.#matches.end - this.#at > LONGEST_BLOCK) this.#block(LONGEST_BLOCK, false);
    }
    return this.#take();
  }

  finish(): Uint8Array[] {
    this.#block(this.#matches.end - this.#at, true);
    return this.#take();
  }

  #take(): Uint8Array[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }

  #block(size: number, last: boolean): void {
    const start = this.#at;
    const plain = this.#matches.slice(start, start + size);
    this.#at += size;
    const head = (type: number, length: number) => Uint8Array.of(((length << 3) | (type << 1) | (last ? 1 : 0)) & 0xff, (length >> 5) & 0xff, length >> 13);
    if (size > 1 && plain.every((byte) => byte === plain[0])) {
      this.#ready.push(head(1, size), plain.slice(0, 1));
      return;
    }
    const before = this.#recent;
    const { sequences, literals } = this.#sequences(start, plain);
    const packed = size > 12 ? [packLiterals(literals), ...packSequences(sequences)] : [];
    const length = packed.reduce((sum, part) => sum + part.length, 0);
    if (packed.length === 0 || length >= size) {
      this.#recent = before;
      this.#ready.push(head(0, size), plain);
    } else this.#ready.push(head(2, length), ...packed);
  }

  #sequences(start: number, plain: Uint8Array): { readonly sequences: Sequence[]; readonly literals: Uint8Array } {
    const matches = this.#matches;
    const end = start + plain.length;
    const sequences: Sequence[] = [];
    const literals = new Uint8Array(plain.length);
    let literalCount = 0;
    let pending = 0;
    for (let at = start; at < end; ) {
      const repeated = at > start && this.#recent[0] <= at ? matches.common(at, this.#recent[0], Math.min(LONGEST_MATCH, end - at)) : 0;
      matches.search(at, end);
      let { length, distance } = matches;
      if (repeated >= SHORTEST_USEFUL && repeated + 2 >= length) {
        length = repeated;
        distance = this.#recent[0];
      }
      if (length < SHORTEST_USEFUL || (length === SHORTEST_USEFUL && distance > 65536)) length = 0;
      if (length > 0 && length < 48) {
        matches.search(at + 1, end);
        if (matches.length > length + 1) length = 0;
      }
      if (length === 0) {
        literals[literalCount++] = plain[at - start] ?? 0;
        pending++;
        at++;
        continue;
      }
      sequences.push({ literalLength: pending, matchLength: length, offsetValue: this.#offsetValue(distance, pending) });
      pending = 0;
      at += length;
    }
    return { sequences, literals: literals.subarray(0, literalCount) };
  }

  #offsetValue(distance: number, literalLength: number): number {
    const [first, second, third] = this.#recent;
    const shift = literalLength === 0 ? 1 : 0;
    if (distance === first && shift === 0) return 1;
    if (distance === second) {
      this.#recent = [second, first, third];
      return 2 - shift;
    }
    this.#recent = [distance, first, second];
    return distance === third ? 3 - shift : distance + 3;
  }
}

function packLiterals(literals: Uint8Array): Uint8Array {
  const size = literals.length;
  const plainHead = (type: number): number[] => {
    if (size < 32) return [type | (size << 3)];
    if (size < 4096) return [(type | 4 | (size << 4)) & 0xff, size >> 4];
    return [(type | 12 | (size << 4)) & 0xff, (size >> 4) & 0xff, size >> 12];
  };
  if (size > 0 && literals.every((byte) => byte === literals[0])) return Uint8Array.from([...plainHead(1), literals[0] ?? 0]);
  const packed = size >= 64 ? huffmanLiterals(literals) : undefined;
  if (packed && packed.length < size) return packed;
  const head = plainHead(0);
  const whole = new Uint8Array(head.length + size);
  whole.set(head);
  whole.set(literals, head.length);
  return whole;
}

/** Undefined when the code cannot be written down. */
function huffmanLiterals(literals: Uint8Array): Uint8Array | undefined {
  const size = literals.length;
  const frequencies = new Uint32Array(256);
  for (const byte of literals) frequencies[byte] = (frequencies[byte] ?? 0) + 1;
  const lengths = codeLengths(frequencies, LONGEST_HUFFMAN_CODE);
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  const weights = Array.from(lengths, (length) => (length === 0 ? 0 : longest + 1 - length));
  while (weights[weights.length - 1] === 0) weights.pop();
  const description = packWeights(weights.slice(0, -1));
  if (!description) return undefined;
  // The longest codes come first, from 0 on; codes of one length in the order of their symbols.
  const codes = new Uint16Array(256);
  let place = 0;
  for (let weight = 1; weight <= longest; weight++) {
    weights.forEach((one, symbol) => {
      if (one !== weight) return;
      codes[symbol] = place >> (weight - 1);
      place += 1 << (weight - 1);
    });
  }
  const stream = (bytes: Uint8Array): Uint8Array => {
    const bits = new ForwardBits();
    for (let i = bytes.length - 1; i >= 0; i--) {
      const byte = bytes[i] ?? 0;
      bits.add(codes[byte] ?? 0, lengths[byte] ?? 0);
    }
    return bits.end();
  };
  const parts: Uint8Array[] = [description];
  const single = size < 256;
  if (single) parts.push(stream(literals));
  else {
    const part = (size + 3) >> 2;
    const streams = [0, 1, 2, 3].map((i) => stream(literals.subarray(i * part, i < 3 ? (i + 1) * part : size)));
    parts.push(Uint8Array.from(streams.slice(0, 3).flatMap((one) => [one.length & 0xff, one.length >> 8])), ...streams);
  }
  const packed = parts.reduce((sum, part) => sum + part.length, 0);
  const most = Math.max(size, packed);
  const width = most < 1024 ? 10 : most < 16384 ? 14 : 18;
  if (single && width !== 10) return undefined;
  const format = single ? 0 : width === 10 ? 1 : width === 14 ? 2 : 3;
  let head = 2 + format * 4 + size * 16 + packed * 2 ** (4 + width);
  const bytes: number[] = [];
  for (let left = (4 + 2 * width) >> 3; left > 0; left--) {
    bytes.push(head % 256);
    head = Math.floor(head / 256);
  }
  return concatenate([Uint8Array.from(bytes), ...parts]);
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function packWeights(weights: readonly number[]): Uint8Array | undefined {
  const direct = weights.length <= 128 ? Uint8Array.from([127 + weights.length, ...Array.from({ length: (weights.length + 1) >> 1 }, (_, i) => ((weights[2 * i] ?? 0) << 4) | (weights[2 * i + 1] ?? 0))]) : undefined;
  const frequencies: number[] = [];
  for (const weight of weights) {
    while (frequencies.length <= weight) frequencies.push(0);
    frequencies[weight] = (frequencies[weight] ?? 0) + 1;
  }
  if (weights.length < 4 || frequencies.filter((count) => count > 0).length < 2) return direct;
  const distribution = distributionOf(frequencies, 6);
  const bits = new ForwardBits();
  const encoders = [new FseEncoder(distribution), new FseEncoder(distribution)];
  // The decoder's first weight comes from the first state; the last two are the states that remain.
  for (let i = weights.length - 1; i >= 0; i--) {
    const encoder = encoders[i & 1];
    if (i >= weights.length - 2) encoder?.begin(weights[i] ?? 0);
    else encoder?.encode(bits, weights[i] ?? 0);
  }
  encoders[1]?.end(bits);
  encoders[0]?.end(bits);
  const packed = concatenate([writeDistribution(distribution), bits.end()]);
  if (packed.length >= 128) return direct;
  if (direct && direct.length <= packed.length + 1) return direct;
  return Uint8Array.from([packed.length, ...packed]);
}

interface Coded {
  readonly mode: number;
  readonly description: Uint8Array;
  readonly encoder: FseEncoder;
}

function chooseCode(codes: readonly number[], predefined: Distribution, accuracy: number): Coded {
  const frequencies: number[] = [];
  for (const code of codes) {
    while (frequencies.length <= code) frequencies.push(0);
    frequencies[code] = (frequencies[code] ?? 0) + 1;
  }
  const known = frequencies.length <= predefined.counts.length;
  if (known && codes.length < 64) return { mode: 0, description: new Uint8Array(0), encoder: new FseEncoder(predefined) };
  if (frequencies.filter((count) => count > 0).length === 1) return { mode: 1, description: Uint8Array.of(codes[0] ?? 0), encoder: new FseEncoder({ accuracy: 0, counts: [] }) };
  const own = distributionOf(frequencies, Math.min(accuracy, Math.max(6, highBit(codes.length) - 2)));
  return { mode: 2, description: writeDistribution(own), encoder: new FseEncoder(own) };
}

function packSequences(sequences: readonly Sequence[]): Uint8Array[] {
  const count = sequences.length;
  if (count === 0) return [Uint8Array.of(0)];
  const head = count < 128 ? [count] : count < 0x7f00 ? [(count >> 8) + 128, count & 0xff] : [255, (count - 0x7f00) & 0xff, (count - 0x7f00) >> 8];
  const literalCodes = sequences.map((sequence) => codeOf(LITERAL_LENGTHS, sequence.literalLength));
  const offsetCodes = sequences.map((sequence) => highBit(sequence.offsetValue));
  const matchCodes = sequences.map((sequence) => codeOf(MATCH_LENGTHS, sequence.matchLength));
  const literals = chooseCode(literalCodes, LITERAL_LENGTH_DISTRIBUTION, 9);
  const offsets = chooseCode(offsetCodes, OFFSET_DISTRIBUTION, 8);
  const matches = chooseCode(matchCodes, MATCH_LENGTH_DISTRIBUTION, 9);
  const bits = new ForwardBits();
  const extra = (table: CodeTable, code: number, value: number) => bits.add(value - (table.bases[code] ?? 0), table.bits[code] ?? 0);
  for (let i = count - 1; i >= 0; i--) {
    const sequence = sequences[i];
    if (!sequence) break;
    const literalCode = literalCodes[i] ?? 0;
    const offsetCode = offsetCodes[i] ?? 0;
    const matchCode = matchCodes[i] ?? 0;
    for (const [{ mode, encoder }, code] of [[offsets, offsetCode], [matches, matchCode], [literals, literalCode]] as const) {
      if (mode === 1) continue;
      if (i === count - 1) encoder.begin(code);
      else encoder.encode(bits, code);
    }
    extra(LITERAL_LENGTHS, literalCode, sequence.literalLength);
    extra(MATCH_LENGTHS, matchCode, sequence.matchLength);
    bits.add(sequence.offsetValue - 2 ** offsetCode, offsetCode);
  }
  for (const { mode, encoder } of [matches, offsets, literals]) if (mode !== 1) encoder.end(bits);
  return [Uint8Array.from([...head, (literals.mode << 6) | (offsets.mode << 4) | (matches.mode << 2)]), literals.description, offsets.description, matches.description, bits.end()];
}
