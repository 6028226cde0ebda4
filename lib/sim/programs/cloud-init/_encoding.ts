// Contents as user data carries them: base64, gzip.
import { type Blocking, concatBytes } from "../../kernel/sys.ts";
import { ByteSource, CorruptData, UnexpectedEnd } from "../kit/compression/byte-source.ts";
import { gunzipMember, NotGzip, readGzipHeader } from "../kit/compression/gzip-format.ts";

const base64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** What is no digit is passed over, as Python does. */
export function fromBase64(text: string): Uint8Array {
  const bytes: number[] = [];
  let buffer = 0;
  let held = 0;
  for (const digit of text) {
    const value = base64Digits.indexOf(digit);
    if (value < 0) continue;
    buffer = ((buffer << 6) | value) & 0xffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes.push((buffer >> held) & 255);
  }
  return Uint8Array.from(bytes);
}

/** Undefined when it is no gzip. */
export function* gunzipped(bytes: Uint8Array): Blocking<Uint8Array | undefined> {
  let given = false;
  const source = new ByteSource(function* next() {
    if (given) return new Uint8Array(0);
    given = true;
    return bytes;
  });
  const parts: Uint8Array[] = [];
  try {
    yield* readGzipHeader(source);
    yield* gunzipMember(source, function* keep(part) {
      parts.push(part.slice());
    });
  } catch (error) {
    if (error instanceof NotGzip || error instanceof CorruptData || error instanceof UnexpectedEnd) return undefined;
    throw error;
  }
  return concatBytes([new Uint8Array(0), ...parts]);
}
