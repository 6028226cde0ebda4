// The container of xz: streams of blocks of LZMA2 data, an index of their sizes, and sums over everything (xz-file-format.txt).

import type { Blocking } from "../../../kernel/sys.ts";
import { Sha256 } from "../digest/sha256.ts";
import { type ByteSource, CorruptData } from "./byte-source.ts";
import { Crc64 } from "./crc64.ts";
import { crc32 } from "./crc32.ts";
import { expandLzma2 } from "./lzma-decoder.ts";
import { Lzma2Encoder } from "./lzma-encoder.ts";

export class NotXz extends CorruptData {}
/** What the file asks for is not simulated: filters besides LZMA2. */
export class UnsupportedXz extends CorruptData {}

export type XzCheck = "none" | "crc32" | "crc64" | "sha256";

const CHECK_IDS: ReadonlyMap<XzCheck, number> = new Map([["none", 0], ["crc32", 1], ["crc64", 4], ["sha256", 10]]);
const CHECK_SIZES = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64];
const HEADER = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0];
const LZMA2 = 0x21;
/** the dictionary sizes of the levels 0 to 9, as the real xz says them */
const DICTIONARY_CODES = [12, 16, 18, 20, 20, 22, 22, 24, 26, 28];

interface Summer {
  update(bytes: Uint8Array): void;
  digest(): Uint8Array;
}

class Crc32Summer {
  #sum = 0;

  update(bytes: Uint8Array): void {
    this.#sum = crc32(bytes, this.#sum);
  }

  digest(): Uint8Array {
    return uint32(this.#sum);
  }
}

function summer(id: number): Summer | undefined {
  if (id === 1) return new Crc32Summer();
  if (id === 4) return new Crc64();
  if (id === 10) return new Sha256();
  return undefined;
}

const uint32 = (value: number): Uint8Array => Uint8Array.of(value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24);

/** The lowest seven bits first, the top bit of a byte says that more follow. */
function variable(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
  return bytes;
}

function withSum(bytes: readonly number[]): Uint8Array {
  const padded = Uint8Array.from([...bytes, ...new Array<number>((4 - (bytes.length % 4)) % 4).fill(0)]);
  return Uint8Array.from([...padded, ...uint32(crc32(padded, 0))]);
}

export interface XzRecord {
  readonly unpaddedBytes: number;
  readonly plainBytes: number;
}

export interface XzStream {
  readonly check: XzCheck | "other";
  readonly blocks: readonly XzRecord[];
  readonly packedBytes: number;
  /** zeros behind the stream */
  paddingBytes: number;
}

/** Compresses what `next` gives into one stream of one block (none for nothing). */
export function* packXz(next: () => Blocking<Uint8Array>, output: (bytes: Uint8Array) => Blocking<void>, level: number, check: XzCheck): Blocking<{ readonly inBytes: number; readonly outBytes: number }> {
  let outBytes = 0;
  let inBytes = 0;
  const put = function* (bytes: Uint8Array): Blocking<void> {
    outBytes += bytes.length;
    if (bytes.length > 0) yield* output(bytes);
  };
  const id = CHECK_IDS.get(check) ?? 0;
  const flags = Uint8Array.of(0, id);
  yield* put(Uint8Array.from([...HEADER, ...flags, ...uint32(crc32(flags, 0))]));
  let bytes = yield* next();
  const records: number[] = [];
  if (bytes.length > 0) {
    const sum = summer(id);
    const encoder = new Lzma2Encoder(level);
    const start = outBytes;
    yield* put(withSum([2, 0, LZMA2, 1, DICTIONARY_CODES[level] ?? 22, 0, 0, 0]));
    for (; bytes.length > 0; bytes = yield* next()) {
      inBytes += bytes.length;
      sum?.update(bytes);
      for (const part of encoder.push(bytes)) yield* put(part);
    }
    for (const part of encoder.finish()) yield* put(part);
    const padding = (4 - (outBytes % 4)) % 4;
    const unpadded = outBytes - start + (CHECK_SIZES[id] ?? 0);
    yield* put(new Uint8Array(padding));
    if (sum) yield* put(sum.digest());
    records.push(...variable(unpadded), ...variable(inBytes));
  }
  const index = withSum([0, ...variable(records.length > 0 ? 1 : 0), ...records]);
  yield* put(index);
  const footer = Uint8Array.from([...uint32(index.length / 4 - 1), ...flags]);
  yield* put(Uint8Array.from([...uint32(crc32(footer, 0)), ...footer, 0x59, 0x5a]));
  return { inBytes, outBytes };
}

function* readVariable(source: ByteSource): Blocking<number> {
  let value = 0;
  for (let scale = 1, count = 0; count < 9; count++, scale *= 128) {
    const byte = yield* source.byte();
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return value;
  }
  throw new CorruptData();
}

const equal = (a: ArrayLike<number>, b: ArrayLike<number>): boolean => {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return a.length === b.length;
};

/** Expands one stream; `following`: another one came before. Throws NotXz (when it does not begin as one), CorruptData, UnexpectedEnd. */
export function* unpackXz(source: ByteSource, output: (bytes: Uint8Array) => Blocking<void>, following = false): Blocking<XzStream> {
  const streamStart = source.position;
  const magic = following ? yield* source.bytes(12) : new Uint8Array(12);
  if (!following) {
    for (let i = 0; i < HEADER.length; i++) if ((magic[i] = yield* source.byte()) !== HEADER[i]) throw new NotXz();
    magic.set(yield* source.bytes(6), 6);
  }
  if (!equal(magic.subarray(0, 6), HEADER)) throw new NotXz();
  const flags = magic.subarray(6, 8);
  if (!equal(magic.subarray(8), uint32(crc32(flags, 0)))) throw new CorruptData();
  const [zero = 1, id = 0] = flags;
  if (zero !== 0 || id > 15) throw new UnsupportedXz();
  const blocks: XzRecord[] = [];
  for (;;) {
    const size = yield* source.byte();
    if (size === 0) break;
    blocks.push(yield* unpackBlock(source, size, id, output));
  }
  const indexStart = source.position - 1;
  const count = yield* readVariable(source);
  if (count !== blocks.length) throw new CorruptData();
  const indexBytes = [0, ...variable(count)];
  for (const block of blocks) {
    const unpadded = yield* readVariable(source);
    const plain = yield* readVariable(source);
    if (unpadded !== block.unpaddedBytes || plain !== block.plainBytes) throw new CorruptData();
    indexBytes.push(...variable(unpadded), ...variable(plain));
  }
  const index = withSum(indexBytes);
  if (!equal(yield* source.bytes(index.length - indexBytes.length), index.subarray(indexBytes.length))) throw new CorruptData();
  const sum = yield* source.uint32();
  const footer = yield* source.bytes(6);
  const end = yield* source.bytes(2);
  if (end[0] !== 0x59 || end[1] !== 0x5a || sum !== crc32(footer, 0) || !equal(footer.subarray(4), flags)) throw new CorruptData();
  if (!equal(footer.subarray(0, 4), uint32((source.position - 12 - indexStart) / 4 - 1))) throw new CorruptData();
  const check = [...CHECK_IDS].find(([, value]) => value === id)?.[0] ?? "other";
  return { check, blocks, packedBytes: source.position - streamStart, paddingBytes: 0 };
}

function* unpackBlock(source: ByteSource, size: number, checkId: number, output: (bytes: Uint8Array) => Blocking<void>): Blocking<XzRecord> {
  const start = source.position - 1;
  const header = Uint8Array.from([size, ...(yield* source.bytes(size * 4 - 1))]);
  if ((yield* source.uint32()) !== crc32(header, 0)) throw new CorruptData();
  const flags = header[1] ?? 0;
  let at = 2;
  const number = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = header[at++];
      if (byte === undefined) throw new CorruptData();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  };
  const packedSize = flags & 0x40 ? number() : undefined;
  const plainSize = flags & 0x80 ? number() : undefined;
  if ((flags & 3) !== 0 || number() !== LZMA2 || number() !== 1) throw new UnsupportedXz();
  const code = header[at] ?? 0;
  if (code > 40) throw new UnsupportedXz();
  const dictionarySize = code === 40 ? 0xffffffff : (2 | (code & 1)) * 2 ** ((code >> 1) + 11);
  const dataStart = source.position;
  const sum = summer(checkId);
  let plainBytes = 0;
  yield* expandLzma2(source, dictionarySize, function* (bytes) {
    sum?.update(bytes);
    plainBytes += bytes.length;
    yield* output(bytes);
  });
  const packed = source.position - dataStart;
  if ((packedSize ?? packed) !== packed || (plainSize ?? plainBytes) !== plainBytes) throw new CorruptData();
  for (let padding = (4 - (packed % 4)) % 4; padding > 0; padding--) if ((yield* source.byte()) !== 0) throw new CorruptData();
  const check = yield* source.bytes(CHECK_SIZES[checkId] ?? 0);
  if (sum && !equal(sum.digest(), check)) throw new CorruptData();
  return { unpaddedBytes: dataStart - start + packed + check.length, plainBytes };
}
