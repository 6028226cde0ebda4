// DER (ITU-T X.690): writing and reading of the types that keys and certificates use.
import { concatBytes, decode, encode } from "../../../kernel/sys.ts";
import { bytesOfNumber, numberOf } from "./big-number.ts";

export interface DerItem {
  /** the whole first byte: class, construction, number */
  readonly tag: number;
  readonly body: Uint8Array;
  /** head and body */
  readonly whole: Uint8Array;
  readonly headBytes: number;
}

/** The bytes are no DER. */
export class BadDer extends Error {}

/** The item at a place. Throws BadDer. */
export function readDer(bytes: Uint8Array, at = 0): DerItem {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined || (tag & 31) === 31) throw new BadDer("no tag");
  let length = first;
  let headBytes = 2;
  if (first >= 0x80) {
    const count = first & 0x7f;
    if (count === 0 || count > 4) throw new BadDer("length");
    headBytes += count;
    length = Number(numberOf(bytes.subarray(at + 2, at + headBytes)));
  }
  const end = at + headBytes + length;
  if (end > bytes.length) throw new BadDer("too short");
  return { tag, headBytes, body: bytes.subarray(at + headBytes, end), whole: bytes.subarray(at, end) };
}

/** The items of a constructed one, or of a stretch of bytes. Throws BadDer. */
export function itemsOf(bytes: Uint8Array): DerItem[] {
  const items: DerItem[] = [];
  for (let at = 0; at < bytes.length; ) {
    const item = readDer(bytes, at);
    items.push(item);
    at += item.whole.length;
  }
  return items;
}

export function der(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const body = concatBytes(parts);
  const { length } = body;
  const size = length < 0x80 ? Uint8Array.of(length) : ((): Uint8Array => {
    const digits = bytesOfNumber(BigInt(length));
    return concatBytes([Uint8Array.of(0x80 | digits.length), digits]);
  })();
  return concatBytes([Uint8Array.of(tag), size, body]);
}

export const sequence = (...parts: readonly Uint8Array[]): Uint8Array => der(0x30, ...parts);
export const setOf = (...parts: readonly Uint8Array[]): Uint8Array => der(0x31, ...parts);
export const octets = (bytes: Uint8Array): Uint8Array => der(0x04, bytes);
export const bits = (bytes: Uint8Array, unused = 0): Uint8Array => der(0x03, Uint8Array.of(unused), bytes);
export const NULL: Uint8Array = der(0x05);
export const boolean = (value: boolean): Uint8Array => der(0x01, Uint8Array.of(value ? 255 : 0));
export const explicit = (number: number, ...parts: readonly Uint8Array[]): Uint8Array => der(0xa0 | number, ...parts);

/** Not negative. */
export function integer(value: bigint | number): Uint8Array {
  const bytes = bytesOfNumber(BigInt(value));
  return der(0x02, bytes.length === 0 || ((bytes[0] ?? 0) & 0x80) !== 0 ? concatBytes([Uint8Array.of(0), bytes]) : bytes);
}

export function integerOf(item: DerItem | undefined): bigint {
  if (item?.tag !== 0x02) throw new BadDer("no integer");
  return numberOf(item.body);
}

export function oid(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  const bytes: number[] = [];
  for (const number of [first * 40 + second, ...rest]) {
    const digits = [number & 127];
    for (let left = Math.floor(number / 128); left > 0; left = Math.floor(left / 128)) digits.unshift((left & 127) | 128);
    bytes.push(...digits);
  }
  return der(0x06, Uint8Array.from(bytes));
}

export function oidOf(item: DerItem | undefined): string {
  if (item?.tag !== 0x06) throw new BadDer("no object identifier");
  const numbers: number[] = [];
  let value = 0;
  for (const byte of item.body) {
    value = value * 128 + (byte & 127);
    if ((byte & 128) !== 0) continue;
    if (numbers.length === 0) numbers.push(Math.min(2, Math.floor(value / 40)), value - 40 * Math.min(2, Math.floor(value / 40)));
    else numbers.push(value);
    value = 0;
  }
  return numbers.join(".");
}

export const utf8String = (text: string): Uint8Array => der(0x0c, encode(text));
export const printableString = (text: string): Uint8Array => der(0x13, encode(text));
export const ia5String = (text: string): Uint8Array => der(0x16, encode(text));

/** Of any of the string types. */
export function textOf(item: DerItem): string {
  if (item.tag === 0x1e) return Array.from({ length: item.body.length >> 1 }, (_, i) => String.fromCharCode(((item.body[2 * i] ?? 0) << 8) | (item.body[2 * i + 1] ?? 0))).join("");
  return decode(item.body);
}

const two = (value: number): string => String(value).padStart(2, "0");

/** UTCTime up to 2049, GeneralizedTime from then on (RFC 5280, section 4.1.2.5). */
export function time(year: number, month: number, day: number, hour: number, minute: number, second: number): Uint8Array {
  const rest = `${two(month)}${two(day)}${two(hour)}${two(minute)}${two(second)}Z`;
  return year < 2050 ? der(0x17, encode(`${two(year % 100)}${rest}`)) : der(0x18, encode(`${year}${rest}`));
}

export interface DerTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

export function timeOf(item: DerItem | undefined): DerTime {
  const text = item === undefined ? "" : decode(item.body);
  const match = item?.tag === 0x17 ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text) : /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (match === null) throw new BadDer("no time");
  const [first = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  return { year: item?.tag === 0x17 ? first + (first < 50 ? 2000 : 1900) : first, month, day, hour, minute, second };
}
