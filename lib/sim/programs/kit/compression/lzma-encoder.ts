// Bytes to LZMA2 chunks: matches from chains of hashes, chosen greedily with one step of look-ahead (smaller output would need the real
// xz's price search).

import { FIRST_ALIGNED_SLOT, LONGEST_MATCH, type LengthModel, LzmaModel, MOVE_BITS, PROBABILITY_BITS, SHORTEST_MATCH } from "./lzma-model.ts";
import { MATCH_WINDOW, MatchFinder, PUSH_BYTES } from "./match-finder.ts";

const TOP = 0x1000000;
const LITERAL_CONTEXT_BITS = 3;
const POSITION_BITS = 2;
/** the byte that stands for lc=3, lp=0, pb=2 */
const PROPERTIES = (POSITION_BITS * 5 + 0) * 9 + LITERAL_CONTEXT_BITS;
const CHUNK_PACKED = 60_000;
const CHUNK_PLAIN = (1 << 21) - LONGEST_MATCH - 1;
const PLAIN_CHUNK = 1 << 16;

class RangeEncoder {
  bytes = new Uint8Array(CHUNK_PACKED * 2);
  length = 0;
  #low = 0;
  #range = 0xffffffff;
  #cache = 0;
  #pending = 1;

  reset(): void {
    this.length = 0;
    this.#low = 0;
    this.#range = 0xffffffff;
    this.#cache = 0;
    this.#pending = 1;
  }

  /** What the chunk will take at most when it ends now. */
  get size(): number {
    return this.length + this.#pending + 5;
  }

  bit(probabilities: Uint16Array, index: number, bit: number): void {
    const probability = probabilities[index] ?? 0;
    const bound = (this.#range >>> PROBABILITY_BITS) * probability;
    if (bit === 0) {
      this.#range = bound;
      probabilities[index] = probability + (((1 << PROBABILITY_BITS) - probability) >> MOVE_BITS);
    } else {
      this.#low += bound;
      this.#range -= bound;
      probabilities[index] = probability - (probability >> MOVE_BITS);
    }
    while (this.#range < TOP) {
      this.#range = (this.#range << 8) >>> 0;
      this.#shift();
    }
  }

  tree(probabilities: Uint16Array, offset: number, bits: number, value: number): void {
    let node = 1;
    for (let i = bits - 1; i >= 0; i--) {
      const bit = (value >> i) & 1;
      this.bit(probabilities, offset + node, bit);
      node = (node << 1) | bit;
    }
  }

  reverseTree(probabilities: Uint16Array, offset: number, bits: number, value: number): void {
    let node = 1;
    for (let i = 0; i < bits; i++) {
      const bit = (value >> i) & 1;
      this.bit(probabilities, offset + node, bit);
      node = (node << 1) | bit;
    }
  }

  direct(value: number, bits: number): void {
    for (let i = bits - 1; i >= 0; i--) {
      this.#range >>>= 1;
      if ((value >>> i) & 1) this.#low += this.#range;
      while (this.#range < TOP) {
        this.#range = (this.#range << 8) >>> 0;
        this.#shift();
      }
    }
  }

  flush(): void {
    for (let i = 0; i < 5; i++) this.#shift();
  }

  #shift(): void {
    if (this.#low < 0xff000000 || this.#low > 0xffffffff) {
      const carry = this.#low > 0xffffffff ? 1 : 0;
      let byte = this.#cache;
      do {
        this.bytes[this.length++] = (byte + carry) & 0xff;
        byte = 0xff;
      } while (--this.#pending > 0);
      this.#cache = (this.#low >>> 24) & 0xff;
    }
    this.#pending++;
    this.#low = (this.#low & 0xffffff) * 256;
  }
}

export class Lzma2Encoder {
  readonly #matches: MatchFinder;
  readonly #range = new RangeEncoder();
  #model = new LzmaModel(LITERAL_CONTEXT_BITS, 0, POSITION_BITS);
  /** bytes encoded, and where the chunk began; from the start of the data */
  #at = 0;
  #chunkStart = 0;
  #first = true;
  /** no LZMA chunk since the properties were last to be given */
  #needProperties = true;
  #needStateReset = true;
  #ready: Uint8Array[] = [];

  constructor(level: number) {
    this.#matches = new MatchFinder(level < 3 ? 8 : level < 6 ? 24 : 64, LONGEST_MATCH);
  }

  push(bytes: Uint8Array): Uint8Array[] {
    for (let from = 0; from < bytes.length; from += PUSH_BYTES) {
      this.#matches.push(bytes.subarray(from, from + PUSH_BYTES));
      this.#encode(this.#matches.end - LONGEST_MATCH - 1);
    }
    return this.#take();
  }

  finish(): Uint8Array[] {
    this.#encode(this.#matches.end);
    this.#endChunk();
    this.#ready.push(Uint8Array.of(0));
    return this.#take();
  }

  #take(): Uint8Array[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }

  /** Up to this place, so that every match that is looked for could have its full length. */
  #encode(limit: number): void {
    while (this.#at < limit) {
      if (this.#range.size > CHUNK_PACKED || this.#at - this.#chunkStart > CHUNK_PLAIN) {
        this.#endChunk();
        this.#encode(limit);
        return;
      }
      const at = this.#at;
      const repeat = this.#longestRepeat(at);
      this.#matches.search(at);
      let { length, distance } = this.#matches;
      if (repeat.length >= 2 && (repeat.length + 1 >= length || (repeat.length + 2 >= length && distance >= 512))) {
        this.#repeatMatch(repeat.which, repeat.length);
        continue;
      }
      if (length < 3 || (length === 3 && distance > 4096)) length = 0;
      if (length > 0 && length < 64) {
        // A longer match one byte on is worth a literal.
        this.#matches.search(at + 1);
        if (this.#matches.length > length + 1 || (this.#matches.length === length + 1 && this.#matches.distance >> 7 <= distance)) length = 0;
      }
      if (length === 0) {
        if (repeat.short) this.#shortRepeat();
        else this.#literal();
      } else {
        distance--;
        this.#match(distance, length);
      }
    }
  }

  #longestRepeat(at: number): { which: number; length: number; short: boolean } {
    const { repeat0, repeat1, repeat2, repeat3 } = this.#model;
    const most = Math.min(LONGEST_MATCH, this.#matches.end - at);
    let which = 0;
    let best = 0;
    let short = false;
    [repeat0, repeat1, repeat2, repeat3].forEach((distance, index) => {
      if (distance >= at || distance >= MATCH_WINDOW) return;
      const length = this.#matches.common(at, distance + 1, most);
      if (index === 0 && length > 0) short = true;
      if (length > best) {
        best = length;
        which = index;
      }
    });
    return { which, length: best, short };
  }

  #position(): number {
    return this.#at & this.#model.positionMask;
  }

  #literal(): void {
    const model = this.#model;
    const range = this.#range;
    const byte = this.#matches.byte(this.#at);
    range.bit(model.isMatch, (model.state << 4) + this.#position(), 0);
    const offset = model.literalOffset(this.#at, this.#at > 0 ? this.#matches.byte(this.#at - 1) : 0);
    let symbol = 1;
    let bits = 8;
    if (model.state >= 7) {
      const match = this.#matches.byte(this.#at - model.repeat0 - 1);
      while (bits > 0) {
        bits--;
        const matchBit = (match >> bits) & 1;
        const bit = (byte >> bits) & 1;
        range.bit(model.literals, offset + ((1 + matchBit) << 8) + symbol, bit);
        symbol = (symbol << 1) | bit;
        if (matchBit !== bit) break;
      }
    }
    while (bits > 0) {
      bits--;
      const bit = (byte >> bits) & 1;
      range.bit(model.literals, offset + symbol, bit);
      symbol = (symbol << 1) | bit;
    }
    model.afterLiteral();
    this.#at++;
  }

  #shortRepeat(): void {
    const model = this.#model;
    const range = this.#range;
    range.bit(model.isMatch, (model.state << 4) + this.#position(), 1);
    range.bit(model.isRepeat, model.state, 1);
    range.bit(model.isRepeat0, model.state, 0);
    range.bit(model.isRepeat0Long, (model.state << 4) + this.#position(), 0);
    model.afterShortRepeat();
    this.#at++;
  }

  #repeatMatch(which: number, length: number): void {
    const model = this.#model;
    const range = this.#range;
    const position = this.#position();
    range.bit(model.isMatch, (model.state << 4) + position, 1);
    range.bit(model.isRepeat, model.state, 1);
    range.bit(model.isRepeat0, model.state, which === 0 ? 0 : 1);
    if (which === 0) range.bit(model.isRepeat0Long, (model.state << 4) + position, 1);
    else {
      range.bit(model.isRepeat1, model.state, which === 1 ? 0 : 1);
      if (which > 1) range.bit(model.isRepeat2, model.state, which - 2);
      const distance = which === 1 ? model.repeat1 : which === 2 ? model.repeat2 : model.repeat3;
      if (which === 3) model.repeat3 = model.repeat2;
      if (which > 1) model.repeat2 = model.repeat1;
      model.repeat1 = model.repeat0;
      model.repeat0 = distance;
    }
    this.#length(model.repeatLength, length, position);
    model.afterRepeat();
    this.#at += length;
  }

  #match(distance: number, length: number): void {
    const model = this.#model;
    const range = this.#range;
    const position = this.#position();
    range.bit(model.isMatch, (model.state << 4) + position, 1);
    range.bit(model.isRepeat, model.state, 0);
    this.#length(model.matchLength, length, position);
    const log = 31 - Math.clz32(distance);
    const slot = distance < 4 ? distance : 2 * log + ((distance >> (log - 1)) & 1);
    range.tree(model.slots, Math.min(length - SHORTEST_MATCH, 3) << 6, 6, slot);
    if (slot >= 4) {
      const bits = (slot >> 1) - 1;
      const base = (2 | (slot & 1)) << bits;
      if (slot < FIRST_ALIGNED_SLOT) range.reverseTree(model.special, base - slot, bits, distance - base);
      else {
        range.direct((distance - base) >>> 4, bits - 4);
        range.reverseTree(model.align, 0, 4, (distance - base) & 15);
      }
    }
    model.repeat3 = model.repeat2;
    model.repeat2 = model.repeat1;
    model.repeat1 = model.repeat0;
    model.repeat0 = distance;
    model.afterMatch();
    this.#at += length;
  }

  #length(model: LengthModel, length: number, position: number): void {
    const range = this.#range;
    const rest = length - SHORTEST_MATCH;
    range.bit(model.choice, 0, rest < 8 ? 0 : 1);
    if (rest < 8) {
      range.tree(model.low, position << 3, 3, rest);
      return;
    }
    range.bit(model.choice, 1, rest < 16 ? 0 : 1);
    if (rest < 16) range.tree(model.middle, position << 3, 3, rest - 8);
    else range.tree(model.high, 0, 8, rest - 16);
  }

  #endChunk(): void {
    const plain = this.#at - this.#chunkStart;
    if (plain === 0) return;
    this.#range.flush();
    const packed = this.#range.length;
    if (packed >= plain || packed > 65536) this.#plainChunks();
    else {
      const control = this.#first ? 0xe0 : this.#needProperties ? 0xc0 : this.#needStateReset ? 0xa0 : 0x80;
      const size = plain - 1;
      const head = [control | (size >> 16), (size >> 8) & 0xff, size & 0xff, (packed - 1) >> 8, (packed - 1) & 0xff];
      if (control >= 0xc0) head.push(PROPERTIES);
      this.#ready.push(Uint8Array.from(head), this.#range.bytes.slice(0, packed));
      this.#needProperties = false;
      this.#needStateReset = false;
    }
    this.#first = false;
    this.#chunkStart = this.#at;
    this.#range.reset();
  }

  #plainChunks(): void {
    for (let from = this.#chunkStart; from < this.#at; from += PLAIN_CHUNK) {
      const bytes = this.#matches.slice(from, Math.min(from + PLAIN_CHUNK, this.#at));
      const size = bytes.length - 1;
      this.#ready.push(Uint8Array.of(this.#first ? 1 : 2, size >> 8, size & 0xff), bytes);
      this.#first = false;
    }
    // The decoder has not followed the probabilities.
    this.#model = new LzmaModel(LITERAL_CONTEXT_BITS, 0, POSITION_BITS);
    this.#needStateReset = true;
  }
}
