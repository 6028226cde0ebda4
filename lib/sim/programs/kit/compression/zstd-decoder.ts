// The blocks of zstd (RFC 8878): literals, and sequences of literals and matches.

import { CorruptData } from "./byte-source.ts";
import { BackwardBits, type Distribution, type FseDecoder, fseDecoder, highBit, readDistribution, runDecoder } from "./fse.ts";
import {
  type CodeTable, LITERAL_LENGTH_DISTRIBUTION, LITERAL_LENGTHS, LONGEST_BLOCK, LONGEST_HUFFMAN_CODE, MATCH_LENGTH_DISTRIBUTION, MATCH_LENGTHS,
  MOST_LITERAL_ACCURACY, MOST_MATCH_ACCURACY, MOST_OFFSET_ACCURACY, OFFSET_CODES, OFFSET_DISTRIBUTION,
} from "./zstd-tables.ts";

interface HuffmanDecoder {
  readonly accuracy: number;
  readonly symbols: Uint8Array;
  readonly bits: Uint8Array;
}

/** What one block hands on to the next ones of its frame. */
export class ZstdDecoder {
  readonly #windowSize: number;
  #bytes = new Uint8Array(LONGEST_BLOCK);
  #length = 0;
  /** bytes that were dropped from the front */
  #dropped = 0;
  #huffman: HuffmanDecoder | undefined;
  #literalLengths: FseDecoder | undefined;
  #offsets: FseDecoder | undefined;
  #matchLengths: FseDecoder | undefined;
  readonly #recent: [number, number, number] = [1, 4, 8];

  constructor(windowSize: number) {
    this.#windowSize = windowSize;
  }

  #reserve(count: number): void {
    if (this.#length > 2 * this.#windowSize + LONGEST_BLOCK) {
      this.#bytes.copyWithin(0, this.#length - this.#windowSize, this.#length);
      this.#dropped += this.#length - this.#windowSize;
      this.#length = this.#windowSize;
    }
    if (this.#length + count > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count));
      larger.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = larger;
    }
  }

  raw(bytes: Uint8Array): Uint8Array {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
    return bytes;
  }

  compressed(block: Uint8Array): Uint8Array {
    this.#reserve(LONGEST_BLOCK);
    const start = this.#length;
    const { literals, length } = this.#readLiterals(block);
    this.#readSequences(block.subarray(length), literals, start + LONGEST_BLOCK);
    return this.#bytes.slice(start, this.#length);
  }

  #readLiterals(block: Uint8Array): { readonly literals: Uint8Array; readonly length: number } {
    const [first = 0, second = 0, third = 0, fourth = 0, fifth = 0] = block;
    const type = first & 3;
    const format = (first >> 2) & 3;
    if (type < 2) {
      const headLength = format === 1 ? 2 : format === 3 ? 3 : 1;
      const size = headLength === 1 ? first >> 3 : headLength === 2 ? (first | (second << 8)) >> 4 : (first | (second << 8) | (third << 16)) >> 4;
      if (size > LONGEST_BLOCK) throw new CorruptData();
      const end = headLength + (type === 0 ? size : 1);
      if (end > block.length) throw new CorruptData();
      return { literals: type === 0 ? block.subarray(headLength, end) : new Uint8Array(size).fill(block[headLength] ?? 0), length: end };
    }
    const headLength = format < 2 ? 3 : format === 2 ? 4 : 5;
    const width = format < 2 ? 10 : format === 2 ? 14 : 18;
    const head = (first | (second << 8) | (third << 16)) + (headLength > 3 ? fourth * 2 ** 24 : 0) + (headLength > 4 ? fifth * 2 ** 32 : 0);
    const size = Math.floor(head / 16) % 2 ** width;
    const packed = Math.floor(head / 2 ** (4 + width)) % 2 ** width;
    if (size > LONGEST_BLOCK || headLength + packed > block.length) throw new CorruptData();
    let data = block.subarray(headLength, headLength + packed);
    if (type === 2) {
      const { decoder, length } = readHuffman(data);
      this.#huffman = decoder;
      data = data.subarray(length);
    }
    const huffman = this.#huffman;
    if (!huffman) throw new CorruptData();
    const literals = new Uint8Array(size);
    if (format === 0) decodeHuffman(huffman, data, literals);
    else {
      if (data.length < 6) throw new CorruptData();
      const part = (size + 3) >> 2;
      let at = 6;
      for (let stream = 0; stream < 4; stream++) {
        const length = stream < 3 ? (data[stream * 2] ?? 0) | ((data[stream * 2 + 1] ?? 0) << 8) : data.length - at;
        if (length < 1 || at + length > data.length) throw new CorruptData();
        decodeHuffman(huffman, data.subarray(at, at + length), literals.subarray(Math.min(size, stream * part), stream < 3 ? Math.min(size, (stream + 1) * part) : size));
        at += length;
      }
    }
    return { literals, length: headLength + packed };
  }

  #readSequences(data: Uint8Array, literals: Uint8Array, limit: number): void {
    const [first = 0, second = 0, third = 0] = data;
    if (data.length === 0) throw new CorruptData();
    const headLength = first < 128 ? 1 : first < 255 ? 2 : 3;
    const count = first < 128 ? first : first < 255 ? ((first - 128) << 8) + second : second + (third << 8) + 0x7f00;
    if (count === 0) {
      this.#literals(literals, limit);
      return;
    }
    const modes = data[headLength] ?? 0;
    let at = headLength + 1;
    const table = (mode: number, previous: FseDecoder | undefined, predefined: Distribution, most: number, symbols: number): FseDecoder => {
      if (mode === 0) return fseDecoder(predefined);
      if (mode === 1) {
        const symbol = data[at++] ?? 255;
        if (symbol >= symbols) throw new CorruptData();
        return runDecoder(symbol);
      }
      if (mode === 2) {
        const distribution = readDistribution(data.subarray(at), most, symbols);
        at += distribution.length;
        return fseDecoder(distribution);
      }
      if (!previous) throw new CorruptData();
      return previous;
    };
    const literalLengths = table(modes >> 6, this.#literalLengths, LITERAL_LENGTH_DISTRIBUTION, MOST_LITERAL_ACCURACY, LITERAL_LENGTHS.bases.length);
    const offsets = table((modes >> 4) & 3, this.#offsets, OFFSET_DISTRIBUTION, MOST_OFFSET_ACCURACY, OFFSET_CODES);
    const matchLengths = table((modes >> 2) & 3, this.#matchLengths, MATCH_LENGTH_DISTRIBUTION, MOST_MATCH_ACCURACY, MATCH_LENGTHS.bases.length);
    this.#literalLengths = literalLengths;
    this.#offsets = offsets;
    this.#matchLengths = matchLengths;
    const bits = new BackwardBits(data.subarray(at));
    let literalState = bits.read(literalLengths.accuracy);
    let offsetState = bits.read(offsets.accuracy);
    let matchState = bits.read(matchLengths.accuracy);
    let literalAt = 0;
    for (let sequence = 0; sequence < count; sequence++) {
      const offsetCode = offsets.symbols[offsetState] ?? 0;
      const offsetValue = 2 ** offsetCode + bits.read(offsetCode);
      const matchLength = valueOf(MATCH_LENGTHS, matchLengths.symbols[matchState] ?? 0, bits);
      const literalLength = valueOf(LITERAL_LENGTHS, literalLengths.symbols[literalState] ?? 0, bits);
      if (sequence < count - 1) {
        literalState = (literalLengths.bases[literalState] ?? 0) + bits.read(literalLengths.bits[literalState] ?? 0);
        matchState = (matchLengths.bases[matchState] ?? 0) + bits.read(matchLengths.bits[matchState] ?? 0);
        offsetState = (offsets.bases[offsetState] ?? 0) + bits.read(offsets.bits[offsetState] ?? 0);
      }
      if (bits.left < 0 || literalAt + literalLength > literals.length) throw new CorruptData();
      this.#literals(literals.subarray(literalAt, literalAt + literalLength), limit);
      literalAt += literalLength;
      this.#match(this.#offset(offsetValue, literalLength), matchLength, limit);
    }
    if (bits.left !== 0) throw new CorruptData();
    this.#literals(literals.subarray(literalAt), limit);
  }

  #offset(value: number, literalLength: number): number {
    const recent = this.#recent;
    const which = value <= 3 ? value - 1 + (literalLength === 0 ? 1 : 0) : 4;
    if (which === 0) return recent[0];
    const offset = which === 4 ? value - 3 : which === 3 ? recent[0] - 1 : which === 2 ? recent[2] : recent[1];
    if (which !== 1) recent[2] = recent[1];
    recent[1] = recent[0];
    recent[0] = offset;
    return offset;
  }

  #literals(bytes: Uint8Array, limit: number): void {
    if (this.#length + bytes.length > limit) throw new CorruptData();
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  #match(offset: number, length: number, limit: number): void {
    if (offset < 1 || offset > this.#length || (offset > this.#windowSize && this.#dropped > 0) || this.#length + length > limit) throw new CorruptData();
    const bytes = this.#bytes;
    let at = this.#length;
    for (let i = 0; i < length; i++, at++) bytes[at] = bytes[at - offset] ?? 0;
    this.#length = at;
  }
}

function valueOf(table: CodeTable, code: number, bits: BackwardBits): number {
  return (table.bases[code] ?? 0) + bits.read(table.bits[code] ?? 0);
}

function readHuffman(data: Uint8Array): { readonly decoder: HuffmanDecoder; readonly length: number } {
  const head = data[0] ?? 0;
  const weights: number[] = [];
  let length: number;
  if (head >= 128) {
    const count = head - 127;
    length = 1 + ((count + 1) >> 1);
    if (length > data.length) throw new CorruptData();
    for (let i = 0; i < count; i++) weights.push(((data[1 + (i >> 1)] ?? 0) >> (i & 1 ? 0 : 4)) & 15);
  } else {
    length = 1 + head;
    if (length > data.length || head < 2) throw new CorruptData();
    readWeights(data.subarray(1, length), weights);
  }
  let sum = 0;
  for (const weight of weights) sum += weight > 0 ? 1 << (weight - 1) : 0;
  if (sum === 0) throw new CorruptData();
  const accuracy = highBit(sum) + 1;
  const rest = (1 << accuracy) - sum;
  if (accuracy > LONGEST_HUFFMAN_CODE || (rest & (rest - 1)) !== 0) throw new CorruptData();
  weights.push(highBit(rest) + 1);
  const symbols = new Uint8Array(1 << accuracy);
  const bits = new Uint8Array(1 << accuracy);
  let place = 0;
  for (let weight = 1; weight <= accuracy; weight++) {
    weights.forEach((one, symbol) => {
      if (one !== weight) return;
      const end = place + (1 << (weight - 1));
      symbols.fill(symbol, place, end);
      bits.fill(accuracy + 1 - weight, place, end);
      place = end;
    });
  }
  return { decoder: { accuracy, symbols, bits }, length };
}

/** Two states take turns until the bits are used up. */
function readWeights(data: Uint8Array, weights: number[]): void {
  const distribution = readDistribution(data, 6, 13);
  const decoder = fseDecoder(distribution);
  const bits = new BackwardBits(data.subarray(distribution.length));
  const states = [bits.read(decoder.accuracy), bits.read(decoder.accuracy)];
  for (let turn = 0; ; turn ^= 1) {
    const state = states[turn] ?? 0;
    weights.push(decoder.symbols[state] ?? 0);
    if (weights.length > 254) throw new CorruptData();
    states[turn] = (decoder.bases[state] ?? 0) + bits.read(decoder.bits[state] ?? 0);
    if (bits.left < 0) {
      weights.push(decoder.symbols[states[turn ^ 1] ?? 0] ?? 0);
      return;
    }
  }
}

function decodeHuffman({ accuracy, symbols, bits }: HuffmanDecoder, data: Uint8Array, output: Uint8Array): void {
  const source = new BackwardBits(data);
  for (let i = 0; i < output.length; i++) {
    const state = source.peek(accuracy);
    output[i] = symbols[state] ?? 0;
    source.left -= bits[state] ?? 0;
  }
  if (source.left !== 0) throw new CorruptData();
}
