// RFC 1951: decompression of a deflate stream.

import type { Blocking } from "../../../kernel/sys.ts";
import { type ByteSource, CorruptData, UnexpectedEnd } from "./byte-source.ts";
import { DecodeTable } from "./huffman.ts";

const LENGTH_BASE = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_BASE = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
const DISTANCE_EXTRA = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];
const CODE_LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

const WINDOW = 32768;
const BUFFER = 65536;

let fixedTables: readonly [DecodeTable, DecodeTable] | undefined;

function fixed(): readonly [DecodeTable, DecodeTable] {
  if (!fixedTables) {
    const literals = new Uint8Array(288).fill(8, 0, 144).fill(9, 144, 256).fill(7, 256, 280).fill(8, 280);
    fixedTables = [new DecodeTable(literals), new DecodeTable(new Uint8Array(30).fill(5))];
  }
  return fixedTables;
}

interface Place {
  bits: number;
  count: number;
  at: number;
  end: number;
}

/**
 * As many symbols as the chunk and the buffer have room for, without generators. True at the end of the block; false where the next symbol needs more care:
 * the chunk ends, the buffer is full, a code is long or wrong.
 */
function usual(place: Place, chunk: Uint8Array, buffer: Uint8Array, literals: DecodeTable, distances: DecodeTable): boolean {
  const { quick } = literals;
  const quickDistances = distances.quick;
  const lastAt = chunk.length - 8;
  const lastEnd = BUFFER - 512;
  let { bits, count, at, end } = place;
  let ended = false;
  while (at < lastAt && end < lastEnd) {
    while (count <= 16) {
      bits |= (chunk[at++] ?? 0) << count;
      count += 8;
    }
    const found = quick[bits & 1023] ?? 0;
    if (found === 0) break;
    const one = found >> 4;
    if (one < 256) {
      bits >>>= found & 15;
      count -= found & 15;
      buffer[end++] = one;
      continue;
    }
    if (one === 256) {
      bits >>>= found & 15;
      count -= found & 15;
      ended = true;
      break;
    }
    // What came before stays as it was until the whole pair of length and distance is known to be good.
    let [nextBits, nextCount, nextAt] = [bits >>> (found & 15), count - (found & 15), at];
    const lengthExtra = LENGTH_EXTRA[one - 257] ?? 0;
    const length = (LENGTH_BASE[one - 257] ?? 0) + (nextBits & ((1 << lengthExtra) - 1));
    nextBits >>>= lengthExtra;
    nextCount -= lengthExtra;
    while (nextCount <= 16) {
      nextBits |= (chunk[nextAt++] ?? 0) << nextCount;
      nextCount += 8;
    }
    const foundDistance = quickDistances[nextBits & 1023] ?? 0;
    if (foundDistance === 0) break;
    nextBits >>>= foundDistance & 15;
    nextCount -= foundDistance & 15;
    const which = foundDistance >> 4;
    const distanceExtra = DISTANCE_EXTRA[which] ?? 0;
    while (nextCount < distanceExtra) {
      nextBits |= (chunk[nextAt++] ?? 0) << nextCount;
      nextCount += 8;
    }
    const distance = (DISTANCE_BASE[which] ?? 0) + (nextBits & ((1 << distanceExtra) - 1));
    if (distance > end || distance === 0 || length === 0) break;
    bits = nextBits >>> distanceExtra;
    count = nextCount - distanceExtra;
    at = nextAt;
    for (const to = end + length; end < to; end++) buffer[end] = buffer[end - distance] ?? 0;
  }
  place.bits = bits;
  place.count = count;
  place.at = at;
  place.end = end;
  return ended;
}

/** Reads one deflate stream; `output` gets pieces of the result, which it must use at once. Throws CorruptData, UnexpectedEnd. */
export function* inflate(source: ByteSource, output: (bytes: Uint8Array) => Blocking<void>): Blocking<void> {
  const buffer = new Uint8Array(BUFFER);
  let end = 0;
  let flushed = 0;
  let bits = 0;
  let count = 0;

  const need = function* (wanted: number): Blocking<void> {
    while (count < wanted) {
      bits |= (yield* source.byte()) << count;
      count += 8;
    }
  };
  const take = function* (wanted: number): Blocking<number> {
    if (count < wanted) yield* need(wanted);
    const value = bits & ((1 << wanted) - 1);
    bits >>>= wanted;
    count -= wanted;
    return value;
  };
  const flush = function* (): Blocking<void> {
    if (end > flushed) yield* output(buffer.subarray(flushed, end));
    if (end > WINDOW) {
      buffer.copyWithin(0, end - WINDOW, end);
      end = WINDOW;
    }
    flushed = end;
  };
  const symbol = function* (table: DecodeTable): Blocking<number> {
    for (;;) {
      const found = table.lookUp(bits, count);
      if (found !== undefined) {
        bits >>>= found & 15;
        count -= found & 15;
        return found >> 4;
      }
      if (count >= 15) throw new CorruptData();
      try {
        yield* need(count + 1);
      } catch (error) {
        throw error instanceof UnexpectedEnd ? error : new CorruptData();
      }
    }
  };

  const blocks = function* (): Blocking<void> {
    for (let last = false; !last; ) {
      last = (yield* take(1)) === 1;
      const type = yield* take(2);
      if (type === 0) {
        // the rest of this byte is nothing; whole bytes that were read too far go back
        source.at -= count >> 3;
        bits = 0;
        count = 0;
        const [a = 0, b = 0, c = 0, d = 0] = yield* source.bytes(4);
        let length = a | (b << 8);
        if (length !== (~(c | (d << 8)) & 0xffff)) throw new CorruptData();
        while (length > 0) {
          if (!(yield* source.fill())) throw new UnexpectedEnd();
          const step = Math.min(length, source.chunk.length - source.at, BUFFER - end);
          buffer.set(source.chunk.subarray(source.at, source.at + step), end);
          source.at += step;
          end += step;
          length -= step;
          if (end >= BUFFER - 512) yield* flush();
        }
        continue;
      }
      if (type === 3) throw new CorruptData();
      let tables: readonly [DecodeTable, DecodeTable];
      if (type === 1) tables = fixed();
      else {
        const literalCount = (yield* take(5)) + 257;
        const distanceCount = (yield* take(5)) + 1;
        const codeCount = (yield* take(4)) + 4;
        const codeLengths = new Uint8Array(19);
        for (let i = 0; i < codeCount; i++) codeLengths[CODE_LENGTH_ORDER[i] ?? 0] = yield* take(3);
        const codes = new DecodeTable(codeLengths);
        const lengths = new Uint8Array(literalCount + distanceCount);
        for (let i = 0; i < lengths.length; ) {
          const one = yield* symbol(codes);
          if (one < 16) lengths[i++] = one;
          else {
            const value = one === 16 ? (lengths[i - 1] ?? 0) : 0;
            const repeat = one === 16 ? 3 + (yield* take(2)) : one === 17 ? 3 + (yield* take(3)) : 11 + (yield* take(7));
            if (i + repeat > lengths.length || (one === 16 && i === 0)) throw new CorruptData();
            lengths.fill(value, i, i + repeat);
            i += repeat;
          }
        }
        tables = [new DecodeTable(lengths.subarray(0, literalCount)), new DecodeTable(lengths.subarray(literalCount))];
      }
      const [literals, distances] = tables;
      for (;;) {
        const place: Place = { bits, count, at: source.at, end };
        const ended = usual(place, source.chunk, buffer, literals, distances);
        ({ bits, count, end } = place);
        source.at = place.at;
        if (end >= BUFFER - 512) yield* flush();
        if (ended) break;
        const one = yield* symbol(literals);
        if (one < 256) {
          buffer[end++] = one;
          continue;
        }
        if (one === 256) break;
        const lengthBase = LENGTH_BASE[one - 257];
        if (lengthBase === undefined) throw new CorruptData();
        const extra = LENGTH_EXTRA[one - 257] ?? 0;
        const length = lengthBase + (extra > 0 ? yield* take(extra) : 0);
        const which = yield* symbol(distances);
        const distanceBase = DISTANCE_BASE[which];
        if (distanceBase === undefined) throw new CorruptData();
        const distanceExtra = DISTANCE_EXTRA[which] ?? 0;
        const distance = distanceBase + (distanceExtra > 0 ? yield* take(distanceExtra) : 0);
        if (distance > end) throw new CorruptData();
        for (let i = 0; i < length; i++, end++) buffer[end] = buffer[end - distance] ?? 0;
        if (end >= BUFFER - 512) yield* flush();
      }
    }
  };
  try {
    yield* blocks();
  } catch (error) {
    // What was decoded before an error is good.
    yield* flush();
    throw error;
  }
  yield* flush();
  // Whole bytes that were read too far go back.
  source.at -= count >> 3;
}
