// RFC 1950 around the kit's deflate and inflate.
import type { Blocking, Sys } from "../../../kernel/sys.ts";
import { concatBytes } from "../../../kernel/sys.ts";
import { ByteSource } from "../../kit/compression/byte-source.ts";
import { Deflater } from "../../kit/compression/deflate.ts";
import { inflate } from "../../kit/compression/inflate.ts";

const PIECE_BYTES = 65536;
/** A source copies what it is given. */
const FED_BYTES = 4096;

function adler32(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (let i = 0; i < bytes.length; ) {
    const end = Math.min(i + 3800, bytes.length);
    for (; i < end; i++) {
      a += bytes[i] ?? 0;
      b += a;
    }
    a %= 65521;
    b %= 65521;
  }
  return ((b << 16) | a) >>> 0;
}

/** Level 1 is what loose objects get (core.looseCompression), 6 what packs get. */
export function* deflateZlib(sys: Sys, bytes: Uint8Array, level: 1 | 6): Blocking<Uint8Array> {
  // its window and tables are made anew for each object
  if (sys.charge(300)) yield* sys.preempt();
  const deflater = new Deflater(level);
  const parts: Uint8Array[] = [Uint8Array.of(0x78, level === 1 ? 0x01 : 0x9c)];
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    const piece = bytes.subarray(at, at + PIECE_BYTES);
    parts.push(deflater.push(piece));
    if (sys.charge(1 + (piece.length >> 5))) yield* sys.preempt();
  }
  parts.push(deflater.finish());
  const sum = adler32(bytes);
  parts.push(Uint8Array.of(sum >>> 24, (sum >>> 16) & 255, (sum >>> 8) & 255, sum & 255));
  return concatBytes(parts);
}

/** The stream that begins at `from`, and where it ends. Throws CorruptData, UnexpectedEnd. */
export function* inflateZlib(sys: Sys, bytes: Uint8Array, from = 0): Blocking<{ readonly body: Uint8Array; readonly end: number }> {
  let next = from + 2;
  const source = new ByteSource(function* () {
    const piece = bytes.subarray(next, next + FED_BYTES);
    next += piece.length;
    return piece;
  });
  const parts: Uint8Array[] = [];
  yield* inflate(source, function* (piece) {
    parts.push(piece.slice());
    if (sys.charge(1 + (piece.length >> 7))) yield* sys.preempt();
  });
  return { body: concatBytes(parts), end: from + 2 + source.position + 4 };
}
