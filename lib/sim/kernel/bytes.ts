// Text and bytes. UTF-8 where it is valid; a byte that is not becomes the lone surrogate U+DC00 + byte (U+DC80..U+DCFF), and comes
// back as that byte: `encode(decode(bytes))` is `bytes`, for any bytes (Python's "surrogateescape", PEP 383).
//
// A multibyte character cut in two and decoded in two calls gives escapes instead of the character; the bytes still come back right
// when the strings are joined and encoded. Who looks at the text of a stream uses StreamDecoder.

const CHUNK = 8192;

/** Several views glued together. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const [first] = parts;
  if (first !== undefined && parts.length === 1) return first;
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Bytes that `text` takes when encoded. */
export function encodedLength(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    if (unit < 0x800) length += 1;
    else if (unit >= 0xd800 && unit < 0xdc00 && isLow(text.charCodeAt(i + 1))) {
      length += 2;
      i++;
    } else if (unit < 0xdc80 || unit > 0xdcff) length += 2;
  }
  return length;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

/** What the process that the simulation runs in can do faster than this language; each gives exactly what is done here without it. */
export interface NativeText {
  /** undefined: some byte is no UTF-8 (or stands for U+FFFD) */
  decode(bytes: Uint8Array): string | undefined;
  /** undefined: some surrogate stands alone */
  encode(text: string): Uint8Array | undefined;
}

let native: NativeText | undefined;
/** Shorter ones are not worth a call out of the language (measured: from 64 bytes and 128 characters it is faster). */
const NATIVE_BYTES = 64;
const NATIVE_CHARACTERS = 128;

export function useNativeText(text: NativeText | undefined): void {
  native = text;
}

export function encode(text: string): Uint8Array {
  const count = text.length;
  if (native !== undefined && count >= NATIVE_CHARACTERS) {
    const bytes = native.encode(text);
    if (bytes !== undefined) return bytes;
  }
  let bytes = new Uint8Array(count);
  let i = 0;
  for (; i < count; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x80) break;
    bytes[i] = unit;
  }
  if (i === count) return bytes;
  const head = bytes;
  bytes = new Uint8Array(encodedLength(text));
  bytes.set(head.subarray(0, i));
  let at = i;
  for (; i < count; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) bytes[at++] = unit;
    else if (unit < 0x800) {
      bytes[at++] = 0xc0 | (unit >> 6);
      bytes[at++] = 0x80 | (unit & 63);
    } else if (unit >= 0xd800 && unit < 0xdc00 && isLow(text.charCodeAt(i + 1))) {
      const point = 0x10000 + ((unit - 0xd800) << 10) + (text.charCodeAt(++i) - 0xdc00);
      bytes[at++] = 0xf0 | (point >> 18);
      bytes[at++] = 0x80 | ((point >> 12) & 63);
      bytes[at++] = 0x80 | ((point >> 6) & 63);
      bytes[at++] = 0x80 | (point & 63);
    } else if (unit >= 0xdc80 && unit <= 0xdcff) bytes[at++] = unit & 0xff;
    else {
      // Any other lone surrogate has no bytes of its own: the replacement character.
      const point = unit >= 0xd800 && unit <= 0xdfff ? 0xfffd : unit;
      bytes[at++] = 0xe0 | (point >> 12);
      bytes[at++] = 0x80 | ((point >> 6) & 63);
      bytes[at++] = 0x80 | (point & 63);
    }
  }
  return bytes;
}

export function decode(bytes: Uint8Array): string {
  const length = bytes.length;
  if (native !== undefined && length >= NATIVE_BYTES) {
    const text = native.decode(bytes);
    if (text !== undefined) return text;
  }
  if (length <= CHUNK) return isAscii(bytes, 0, length) ? fromUnits(bytes) : decodeRange(bytes, 0, length);
  let text = "";
  for (let start = 0; start < length; ) {
    let end = Math.min(start + CHUNK, length);
    if (isAscii(bytes, start, end)) text += fromUnits(bytes.subarray(start, end));
    else {
      if (end < length) end -= incompleteTail(bytes, start, end);
      text += decodeRange(bytes, start, end);
    }
    start = end;
  }
  return text;
}

const PER_CALL = 16;

/** Sixteen to a call: a call with all of them costs twice as much and as much memory again. */
function fromUnits(units: Uint8Array | Uint16Array): string {
  const { length } = units;
  if (length > 8 * PER_CALL && units instanceof Uint16Array) return Reflect.apply(String.fromCharCode, undefined, units);
  let text = "";
  let i = 0;
  const unit = (at: number): number => units[at] ?? 0;
  for (; i + PER_CALL <= length; i += PER_CALL) {
    text += String.fromCharCode(
      unit(i), unit(i + 1), unit(i + 2), unit(i + 3), unit(i + 4), unit(i + 5), unit(i + 6), unit(i + 7),
      unit(i + 8), unit(i + 9), unit(i + 10), unit(i + 11), unit(i + 12), unit(i + 13), unit(i + 14), unit(i + 15),
    );
  }
  for (; i < length; i++) text += String.fromCharCode(unit(i));
  return text;
}

function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  let seen = 0;
  for (let i = start; i < end; i++) seen |= bytes[i] ?? 0;
  return seen < 0x80;
}

const units = new Uint16Array(CHUNK + 8);

/** At most CHUNK bytes. */
function decodeRange(bytes: Uint8Array, start: number, end: number): string {
  let count = 0;
  for (let i = start; i < end; ) {
    const byte = bytes[i] ?? 0;
    if (byte < 0x80) {
      units[count++] = byte;
      i++;
      continue;
    }
    const length = sequenceLength(bytes, i, end);
    if (length === 2) units[count++] = ((byte & 0x1f) << 6) | continuation(bytes, i + 1);
    else if (length === 3) units[count++] = ((byte & 0x0f) << 12) | (continuation(bytes, i + 1) << 6) | continuation(bytes, i + 2);
    else if (length === 4) {
      const point = ((byte & 7) << 18) | (continuation(bytes, i + 1) << 12) | (continuation(bytes, i + 2) << 6) | continuation(bytes, i + 3);
      units[count++] = 0xd800 + ((point - 0x10000) >> 10);
      units[count++] = 0xdc00 + ((point - 0x10000) & 0x3ff);
    } else units[count++] = 0xdc00 + byte;
    i += length || 1;
  }
  return fromUnits(units.subarray(0, count));
}

function continuation(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) & 63;
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}

/** 2..4 when a valid sequence starts at `at` and ends before `end`, else 0 (overlong forms and surrogates are not valid: RFC 3629). */
function sequenceLength(bytes: Uint8Array, at: number, end: number): number {
  const first = bytes[at] ?? 0;
  const second = bytes[at + 1] ?? 0;
  if (first < 0xc2 || first > 0xf4) return 0;
  if (first < 0xe0) return at + 2 <= end && isContinuation(second) ? 2 : 0;
  if (first < 0xf0) {
    if (at + 3 > end || !isContinuation(second) || !isContinuation(bytes[at + 2])) return 0;
    if ((first === 0xe0 && second < 0xa0) || (first === 0xed && second > 0x9f)) return 0;
    return 3;
  }
  if (at + 4 > end || !isContinuation(second) || !isContinuation(bytes[at + 2]) || !isContinuation(bytes[at + 3])) return 0;
  if ((first === 0xf0 && second < 0x90) || (first === 0xf4 && second > 0x8f)) return 0;
  return 4;
}

/** How many of the last bytes may be the beginning of a character that goes on after `end`: 0..3. */
function incompleteTail(bytes: Uint8Array, start: number, end: number): number {
  for (let back = 1; back <= 3 && end - back >= start; back++) {
    const byte = bytes[end - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const needed = byte >= 0xf0 && byte <= 0xf4 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 1;
    return byte >= 0x80 && byte <= 0xf4 && needed > back ? back : 0;
  }
  return 0;
}

/** Decodes a stream that arrives in pieces: a character cut in two comes out whole with the piece that completes it. */
export class StreamDecoder {
  #rest: Uint8Array | undefined;

  push(bytes: Uint8Array): string {
    const whole = this.#rest === undefined ? bytes : concatBytes([this.#rest, bytes]);
    const tail = incompleteTail(whole, 0, whole.length);
    this.#rest = tail === 0 ? undefined : whole.slice(whole.length - tail);
    return decode(tail === 0 ? whole : whole.subarray(0, whole.length - tail));
  }

  /** What is left, when the stream has ended inside a character. */
  end(): string {
    const rest = this.#rest;
    this.#rest = undefined;
    return rest === undefined ? "" : decode(rest);
  }
}
