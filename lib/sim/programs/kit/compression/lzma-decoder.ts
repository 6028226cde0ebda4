// LZMA2: chunks of plain or LZMA data over one dictionary.

import type { Blocking } from "../../../kernel/sys.ts";
import { type ByteSource, CorruptData } from "./byte-source.ts";
import { FIRST_ALIGNED_SLOT, type LengthModel, LzmaModel, MOVE_BITS, PROBABILITY_BITS, SHORTEST_MATCH } from "./lzma-model.ts";

const TOP = 0x1000000;

class RangeDecoder {
  readonly #bytes: Uint8Array;
  #at = 5;
  #range = 0xffffffff;
  #code: number;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    const [first = 1, a = 0, b = 0, c = 0, d = 0] = bytes;
    if (first !== 0) throw new CorruptData();
    this.#code = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  }

  bit(probabilities: Uint16Array, index: number): 0 | 1 {
    if (this.#range < TOP) this.#normalise();
    const probability = probabilities[index] ?? 0;
    const bound = (this.#range >>> PROBABILITY_BITS) * probability;
    if (this.#code < bound) {
      this.#range = bound;
      probabilities[index] = probability + (((1 << PROBABILITY_BITS) - probability) >> MOVE_BITS);
      return 0;
    }
    this.#range -= bound;
    this.#code -= bound;
    probabilities[index] = probability - (probability >> MOVE_BITS);
    return 1;
  }

  #normalise(): void {
    if (this.#at > this.#bytes.length) throw new CorruptData();
    this.#range = (this.#range << 8) >>> 0;
    this.#code = ((this.#code << 8) | (this.#bytes[this.#at++] ?? 0)) >>> 0;
  }

  tree(probabilities: Uint16Array, offset: number, bits: number): number {
    let node = 1;
    for (let i = 0; i < bits; i++) node = (node << 1) | this.bit(probabilities, offset + node);
    return node - (1 << bits);
  }

  reverseTree(probabilities: Uint16Array, offset: number, bits: number): number {
    let node = 1;
    let value = 0;
    for (let i = 0; i < bits; i++) {
      const bit = this.bit(probabilities, offset + node);
      node = (node << 1) | bit;
      value |= bit << i;
    }
    return value;
  }

  direct(bits: number): number {
    let value = 0;
    for (let i = 0; i < bits; i++) {
      if (this.#range < TOP) this.#normalise();
      this.#range >>>= 1;
      const bit = this.#code >= this.#range ? 1 : 0;
      if (bit) this.#code -= this.#range;
      value = (value << 1) | bit;
    }
    return value >>> 0;
  }
}

/** The last bytes written, as many as matches may reach back to. */
class Dictionary {
  readonly #size: number;
  #bytes = new Uint8Array(65536);
  length = 0;
  /** bytes since the dictionary was reset, for the position-dependent probabilities */
  position = 0;
  #valid = 0;

  constructor(size: number) {
    this.#size = size;
  }

  reset(): void {
    this.#valid = 0;
    this.position = 0;
  }

  /** Makes room for so many bytes more; offsets into `bytes` of before no longer hold. */
  reserve(count: number): void {
    if (this.length > 2 * this.#size) {
      this.#bytes.copyWithin(0, this.length - this.#size, this.length);
      this.length = this.#size;
    }
    if (this.length + count > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.length + count));
      larger.set(this.#bytes.subarray(0, this.length));
      this.#bytes = larger;
    }
  }

  put(byte: number): void {
    this.#bytes[this.length++] = byte;
    this.position++;
    this.#valid++;
  }

  append(bytes: Uint8Array): void {
    this.#bytes.set(bytes, this.length);
    this.length += bytes.length;
    this.position += bytes.length;
    this.#valid += bytes.length;
  }

  /** The byte `distance` + 1 back. */
  back(distance: number): number {
    return distance < this.#valid ? (this.#bytes[this.length - distance - 1] ?? 0) : 0;
  }

  copy(distance: number, count: number): void {
    if (distance >= this.#valid || distance >= this.#size) throw new CorruptData();
    const bytes = this.#bytes;
    let at = this.length;
    for (let i = 0; i < count; i++, at++) bytes[at] = bytes[at - distance - 1] ?? 0;
    this.length = at;
    this.position += count;
    this.#valid += count;
  }

  slice(count: number): Uint8Array {
    return this.#bytes.slice(this.length - count, this.length);
  }
}

/** Expands LZMA2 data up to their end mark. Throws CorruptData, UnexpectedEnd. */
export function* expandLzma2(source: ByteSource, dictionarySize: number, output: (bytes: Uint8Array) => Blocking<void>): Blocking<void> {
  const dictionary = new Dictionary(dictionarySize);
  let model: LzmaModel | undefined;
  let properties: readonly [number, number, number] | undefined;
  for (let first = true; ; first = false) {
    const control = yield* source.byte();
    if (control === 0) return;
    if (control > 2 && control < 0x80) throw new CorruptData();
    if (control === 1 || control >= 0xe0) dictionary.reset();
    else if (first) throw new CorruptData();
    const [high = 0, low = 0] = yield* source.bytes(2);
    if (control <= 2) {
      const bytes = yield* source.bytes(high * 256 + low + 1);
      dictionary.reserve(bytes.length);
      dictionary.append(bytes);
      yield* output(bytes);
      continue;
    }
    const plainSize = (control & 0x1f) * 65536 + high * 256 + low + 1;
    const [sizeHigh = 0, sizeLow = 0] = yield* source.bytes(2);
    const packedSize = sizeHigh * 256 + sizeLow + 1;
    if (control >= 0xc0) {
      const byte = yield* source.byte();
      if (byte >= 225) throw new CorruptData();
      properties = [byte % 9, Math.floor(byte / 9) % 5, Math.floor(byte / 45)];
      if (properties[0] + properties[1] > 4) throw new CorruptData();
    }
    if (!properties || (!model && control < 0xa0)) throw new CorruptData();
    if (control >= 0xa0 || !model) model = new LzmaModel(...properties);
    const packed = yield* source.bytes(packedSize);
    if (packedSize < 5) throw new CorruptData();
    dictionary.reserve(plainSize + 300);
    expandChunk(new RangeDecoder(packed), model, dictionary, plainSize);
    yield* output(dictionary.slice(plainSize));
  }
}

function expandChunk(range: RangeDecoder, model: LzmaModel, dictionary: Dictionary, size: number): void {
  const end = dictionary.length + size;
  while (dictionary.length < end) {
    const position = dictionary.position & model.positionMask;
    if (!range.bit(model.isMatch, (model.state << 4) + position)) {
      literal(range, model, dictionary);
      continue;
    }
    let length: number;
    if (!range.bit(model.isRepeat, model.state)) {
      model.repeat3 = model.repeat2;
      model.repeat2 = model.repeat1;
      model.repeat1 = model.repeat0;
      length = matchLength(range, model.matchLength, position);
      model.repeat0 = matchDistance(range, model, length);
      model.afterMatch();
    } else {
      if (!range.bit(model.isRepeat0, model.state)) {
        if (!range.bit(model.isRepeat0Long, (model.state << 4) + position)) {
          model.afterShortRepeat();
          dictionary.copy(model.repeat0, 1);
          continue;
        }
      } else {
        let distance: number;
        if (!range.bit(model.isRepeat1, model.state)) distance = model.repeat1;
        else {
          if (!range.bit(model.isRepeat2, model.state)) distance = model.repeat2;
          else {
            distance = model.repeat3;
            model.repeat3 = model.repeat2;
          }
          model.repeat2 = model.repeat1;
        }
        model.repeat1 = model.repeat0;
        model.repeat0 = distance;
      }
      length = matchLength(range, model.repeatLength, position);
      model.afterRepeat();
    }
    // A match does not go over the end of a chunk.
    if (length > end - dictionary.length) throw new CorruptData();
    dictionary.copy(model.repeat0, length);
  }
}

function literal(range: RangeDecoder, model: LzmaModel, dictionary: Dictionary): void {
  const offset = model.literalOffset(dictionary.position, dictionary.back(0));
  let symbol = 1;
  if (model.state >= 7) {
    let match = dictionary.back(model.repeat0);
    do {
      const matchBit = (match >> 7) & 1;
      match <<= 1;
      const bit = range.bit(model.literals, offset + ((1 + matchBit) << 8) + symbol);
      symbol = (symbol << 1) | bit;
      if (matchBit !== bit) break;
    } while (symbol < 0x100);
  }
  while (symbol < 0x100) symbol = (symbol << 1) | range.bit(model.literals, offset + symbol);
  dictionary.put(symbol & 0xff);
  model.afterLiteral();
}

function matchLength(range: RangeDecoder, model: LengthModel, position: number): number {
  if (!range.bit(model.choice, 0)) return SHORTEST_MATCH + range.tree(model.low, position << 3, 3);
  if (!range.bit(model.choice, 1)) return SHORTEST_MATCH + 8 + range.tree(model.middle, position << 3, 3);
  return SHORTEST_MATCH + 16 + range.tree(model.high, 0, 8);
}

function matchDistance(range: RangeDecoder, model: LzmaModel, length: number): number {
  const slot = range.tree(model.slots, Math.min(length - SHORTEST_MATCH, 3) << 6, 6);
  if (slot < 4) return slot;
  const bits = (slot >> 1) - 1;
  const base = ((2 | (slot & 1)) << bits) >>> 0;
  if (slot < FIRST_ALIGNED_SLOT) return base + range.reverseTree(model.special, base - slot, bits);
  return base + range.direct(bits - 4) * 16 + range.reverseTree(model.align, 0, 4);
}
