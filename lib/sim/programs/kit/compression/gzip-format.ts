// RFC 1952: members with a header (name, time), a deflate stream, a sum and a length.

import type { Blocking } from "../../../kernel/sys.ts";
import { type ByteSource, CorruptData } from "./byte-source.ts";
import { crc32 } from "./crc32.ts";
import { Deflater } from "./deflate.ts";
import { inflate } from "./inflate.ts";

export interface GzipHeader {
  /** latin1 */
  readonly name: string | undefined;
  readonly mtimeSeconds: number;
}

export class NotGzip extends Error {}

const FLAG_HEADER_SUM = 2;
const FLAG_EXTRA = 4;
const FLAG_NAME = 8;
const FLAG_COMMENT = 16;

export function gzipHeader(header: GzipHeader, level: number): Uint8Array {
  const name = header.name === undefined ? [] : [...header.name].map((c) => c.charCodeAt(0) & 0xff).concat(0);
  const time = Math.max(0, Math.floor(header.mtimeSeconds)) >>> 0;
  const speed = level === 9 ? 2 : level === 1 ? 4 : 0;
  return Uint8Array.from([0x1f, 0x8b, 8, header.name === undefined ? 0 : FLAG_NAME, time & 0xff, (time >> 8) & 0xff, (time >> 16) & 0xff, time >>> 24, speed, 3, ...name]);
}

/** Compresses what `next` gives (an empty chunk is the end); returns the sizes. */
export function* gzipMember(next: () => Blocking<Uint8Array>, output: (bytes: Uint8Array) => Blocking<void>, header: GzipHeader, level: number): Blocking<{ readonly inBytes: number; readonly outBytes: number; readonly crc: number }> {
  const deflater = new Deflater(level);
  let outBytes = 0;
  const put = function* (bytes: Uint8Array): Blocking<void> {
    outBytes += bytes.length;
    if (bytes.length > 0) yield* output(bytes);
  };
  yield* put(gzipHeader(header, level));
  let sum = 0;
  let length = 0;
  for (;;) {
    const bytes = yield* next();
    if (bytes.length === 0) break;
    sum = crc32(bytes, sum);
    length += bytes.length;
    yield* put(deflater.push(bytes));
  }
  yield* put(deflater.finish());
  yield* put(littleEndian(sum, length));
  return { inBytes: length, outBytes, crc: sum };
}

function littleEndian(...values: readonly number[]): Uint8Array {
  return Uint8Array.from(values.flatMap((value) => [value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24]));
}

/** Throws NotGzip, UnexpectedEnd. */
export function* readGzipHeader(source: ByteSource): Blocking<GzipHeader> {
  if ((yield* source.byte()) !== 0x1f || (yield* source.byte()) !== 0x8b) throw new NotGzip();
  if ((yield* source.byte()) !== 8) throw new NotGzip();
  const flags = yield* source.byte();
  const mtimeSeconds = yield* source.uint32();
  yield* source.bytes(2);
  if (flags & FLAG_EXTRA) {
    const [low = 0, high = 0] = yield* source.bytes(2);
    yield* source.bytes(low | (high << 8));
  }
  const text = function* (): Blocking<string> {
    let result = "";
    for (let byte = yield* source.byte(); byte !== 0; byte = yield* source.byte()) result += String.fromCharCode(byte);
    return result;
  };
  const name = flags & FLAG_NAME ? yield* text() : undefined;
  if (flags & FLAG_COMMENT) yield* text();
  if (flags & FLAG_HEADER_SUM) yield* source.bytes(2);
  return { name, mtimeSeconds };
}

export class CrcError extends CorruptData {
  readonly lengthDiffers: boolean;
  constructor(lengthDiffers: boolean) {
    super();
    this.lengthDiffers = lengthDiffers;
  }
}
export class LengthError extends CorruptData {}

/** The rest of a member behind its header. Throws CorruptData (CrcError, LengthError), UnexpectedEnd. */
export function* gunzipMember(source: ByteSource, output: (bytes: Uint8Array) => Blocking<void>): Blocking<{ readonly outBytes: number; readonly crc: number }> {
  let sum = 0;
  let length = 0;
  yield* inflate(source, function* (bytes) {
    sum = crc32(bytes, sum);
    length += bytes.length;
    yield* output(bytes);
  });
  const crc = yield* source.uint32();
  const size = yield* source.uint32();
  if (crc !== sum) throw new CrcError(size !== length % 4294967296);
  if (size !== length % 4294967296) throw new LengthError();
  return { outBytes: length, crc };
}
