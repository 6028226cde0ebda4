// A str counts code points; JavaScript counts UTF-16 units. Where no surrogate pair occurs the two agree, and that is remembered for long texts.

import { valueError } from "./exception.ts";

const PAIR = /[\ud800-\udbff][\udc00-\udfff]/;
const LONG = 256;

let lastPlain = "";

/** Every character is one UTF-16 unit. */
export function isPlainText(text: string): boolean {
  if (text.length < LONG) return !PAIR.test(text);
  // an equal text that is not the same one is compared character by character: once, not each time
  if (!(text.length === lastPlain.length && text === lastPlain) && PAIR.test(text)) return false;
  lastPlain = text;
  return true;
}

export function codePoints(text: string): readonly string[] {
  return isPlainText(text) ? text.split("") : Array.from(text);
}

export function textLength(text: string): number {
  return isPlainText(text) ? text.length : Array.from(text).length;
}

export function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}

/** Resolved start, stop, step of a slice on a sequence of that length (PySlice_AdjustIndices). */
export interface Bounds {
  readonly start: number;
  readonly stop: number;
  readonly step: number;
  readonly count: number;
}

export function sliceBounds(start: number | undefined, stop: number | undefined, step: number, length: number): Bounds {
  if (step === 0) throw valueError("slice step cannot be zero");
  const clamp = (index: number, low: number, high: number) => {
    const at = index < 0 ? index + length : index;
    return at < low ? low : Math.min(at , high);
  };
  const from = start === undefined ? (step < 0 ? length - 1 : 0) : step < 0 ? clamp(start, -1, length - 1) : clamp(start, 0, length);
  const to = stop === undefined ? (step < 0 ? -1 : length) : step < 0 ? clamp(stop, -1, length - 1) : clamp(stop, 0, length);
  const count = step > 0 ? Math.max(0, Math.ceil((to - from) / step)) : Math.max(0, Math.ceil((from - to) / -step));
  return { start: from, stop: to, step, count };
}

export function sliceText(text: string, bounds: Bounds): string {
  const plain = isPlainText(text);
  if (bounds.step === 1) return plain ? text.slice(bounds.start, bounds.start + bounds.count) : Array.from(text).slice(bounds.start, bounds.start + bounds.count).join("");
  const characters = plain ? text : Array.from(text);
  let result = "";
  for (let i = 0, at = bounds.start; i < bounds.count; i++, at += bounds.step) result += characters[at] ?? "";
  return result;
}

export function sliceItems<T>(items: readonly T[], bounds: Bounds): T[] {
  if (bounds.step === 1) return items.slice(bounds.start, bounds.start + bounds.count);
  const result: T[] = [];
  for (let i = 0, at = bounds.start; i < bounds.count; i++, at += bounds.step) result.push(items[at] as T);
  return result;
}


export function bytesOfLatin1(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
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
