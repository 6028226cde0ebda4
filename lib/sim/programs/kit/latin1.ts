// Bytes as strings of one character a byte (U+0000..U+00FF). JavaScript keeps such strings compact, compares them in byte order (the
// collation of C.UTF-8 and C) and searches them fast, so the text tools work on them and turn them into bytes only to write.

import { decode, encode } from "../../kernel/sys.ts";

const CHUNK = 8192;

export function latin1(bytes: Uint8Array): string {
  if (bytes.length <= CHUNK) return Reflect.apply(String.fromCharCode, null, bytes);
  let text = "";
  for (let start = 0; start < bytes.length; start += CHUNK) {
    text += Reflect.apply(String.fromCharCode, null, bytes.subarray(start, start + CHUNK));
  }
  return text;
}

export function bytesOfLatin1(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

export function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}

/** The bytes of an ordinary string (an argument, a file name) as a latin1 string. */
export function latin1OfText(text: string): string {
  return isAscii(text) ? text : latin1(encode(text));
}

/** The ordinary string whose bytes these are. */
export function textOfLatin1(text: string): string {
  return isAscii(text) ? text : decode(bytesOfLatin1(text));
}
