// The frames of zstd (RFC 8878): a header, blocks, the low half of XXH64 of the content.

import type { Blocking } from "../../../kernel/sys.ts";
import { type ByteSource, CorruptData } from "./byte-source.ts";
import { Xxh64 } from "./xxh64.ts";
import { ZstdDecoder } from "./zstd-decoder.ts";
import { ZstdEncoder } from "./zstd-encoder.ts";
import { LONGEST_BLOCK } from "./zstd-tables.ts";

export class NotZstd extends CorruptData {}
export class ZstdSumError extends CorruptData {}

const MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a50;
const WINDOW_LOG = 21;
/** more than this the real program refuses without --long */
const LARGEST_WINDOW = 2 ** 27;

export class WindowTooLarge extends CorruptData {}

export interface ZstdFrame {
  readonly windowBytes: number;
  /** as the header says it */
  readonly contentBytes: number | undefined;
  /** hexadecimal; undefined without one */
  readonly sum: string | undefined;
  readonly dictionaryId: number;
  readonly skipped: boolean;
}

const littleEndian = (value: number, count: number): number[] => Array.from({ length: count }, (_, i) => Math.floor(value / 2 ** (8 * i)) % 256);

/** Compresses what `next` gives into one frame; `size`: how much there will be, when that is known. */
export function* packZstd(next: () => Blocking<Uint8Array>, output: (bytes: Uint8Array) => Blocking<void>, level: number, size: number | undefined, withSum: boolean): Blocking<{ readonly inBytes: number; readonly outBytes: number }> {
  let outBytes = 0;
  const put = function* (bytes: Uint8Array): Blocking<void> {
    outBytes += bytes.length;
    yield* output(bytes);
  };
  const sumFlag = withSum ? 4 : 0;
  const windowByte = (WINDOW_LOG - 10) << 3;
  const head = littleEndian(MAGIC, 4);
  if (size === undefined) head.push(sumFlag, windowByte);
  else {
    const single = size <= 2 ** WINDOW_LOG;
    const width = size < 256 && single ? 0 : size < 65536 + 256 && size >= 256 ? 1 : size < 2 ** 32 ? 2 : 3;
    head.push((width << 6) | (single ? 0x20 : 0) | sumFlag);
    if (!single) head.push(windowByte);
    head.push(...littleEndian(width === 1 ? size - 256 : size, width === 0 ? 1 : 2 ** width));
  }
  yield* put(Uint8Array.from(head));
  const encoder = new ZstdEncoder(level);
  const sum = new Xxh64();
  let inBytes = 0;
  for (let bytes = yield* next(); bytes.length > 0; bytes = yield* next()) {
    inBytes += bytes.length;
    sum.update(bytes);
    for (const part of encoder.push(bytes)) yield* put(part);
  }
  for (const part of encoder.finish()) yield* put(part);
  if (withSum) yield* put(Uint8Array.from(littleEndian(sum.low(), 4)));
  return { inBytes, outBytes };
}

/** Expands one frame. Throws NotZstd (when it does not begin as one), CorruptData (ZstdSumError), UnexpectedEnd. */
export function* unpackZstd(source: ByteSource, output: (bytes: Uint8Array) => Blocking<void>): Blocking<ZstdFrame> {
  const magic = yield* source.uint32();
  if ((magic & 0xfffffff0) === SKIPPABLE_MAGIC) {
    for (let left = yield* source.uint32(); left > 0; ) left -= (yield* source.bytes(Math.min(left, 65536))).length;
    return { windowBytes: 0, contentBytes: 0, sum: undefined, dictionaryId: 0, skipped: true };
  }
  if (magic !== MAGIC) throw new NotZstd();
  const { windowBytes, contentBytes, hasSum, dictionaryId } = yield* readHeader(source);
  const decoder = new ZstdDecoder(windowBytes);
  const sum = new Xxh64();
  let total = 0;
  for (let last = false; !last; ) {
    const [low = 0, middle = 0, high = 0] = yield* source.bytes(3);
    const head = low | (middle << 8) | (high << 16);
    last = (head & 1) === 1;
    const type = (head >> 1) & 3;
    const size = head >> 3;
    if (size > LONGEST_BLOCK && type !== 1) throw new CorruptData();
    let bytes: Uint8Array;
    if (type === 0) bytes = decoder.raw(yield* source.bytes(size));
    else if (type === 1) bytes = decoder.raw(new Uint8Array(Math.min(size, LONGEST_BLOCK)).fill(yield* source.byte()));
    else if (type === 2) bytes = decoder.compressed(yield* source.bytes(size));
    else throw new CorruptData();
    total += bytes.length;
    sum.update(bytes);
    if (bytes.length > 0) yield* output(bytes);
  }
  if (contentBytes !== undefined && contentBytes !== total) throw new CorruptData();
  let shown: string | undefined;
  if (hasSum) {
    const expected = yield* source.uint32();
    if (expected !== sum.low()) throw new ZstdSumError();
    shown = expected.toString(16).padStart(8, "0");
  }
  return { windowBytes, contentBytes, sum: shown, dictionaryId, skipped: false };
}

function* readHeader(source: ByteSource): Blocking<{ readonly windowBytes: number; readonly contentBytes: number | undefined; readonly hasSum: boolean; readonly dictionaryId: number }> {
  const descriptor = yield* source.byte();
  const single = (descriptor & 0x20) !== 0;
  if (descriptor & 8) throw new CorruptData();
  let windowBytes = 0;
  if (!single) {
    const byte = yield* source.byte();
    const base = 2 ** (10 + (byte >> 3));
    windowBytes = base + (base / 8) * (byte & 7);
  }
  const number = function* (count: number): Blocking<number> {
    let value = 0;
    for (const [i, byte] of (yield* source.bytes(count)).entries()) value += byte * 2 ** (8 * i);
    return value;
  };
  const dictionaryId = yield* number([0, 1, 2, 4][descriptor & 3] ?? 0);
  const width = descriptor >> 6;
  let contentBytes: number | undefined;
  if (width > 0 || single) contentBytes = (yield* number(2 ** width)) + (width === 1 ? 256 : 0);
  if (single) windowBytes = contentBytes ?? 0;
  if (windowBytes > LARGEST_WINDOW) throw new WindowTooLarge();
  return { windowBytes, contentBytes, hasSum: (descriptor & 4) !== 0, dictionaryId };
}
