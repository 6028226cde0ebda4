// Base64 of a text (RFC 4648), for Authorization headers and config.json.

import { decode, encode } from "../../../kernel/sys.ts";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** What is not of the alphabet is skipped. */
export function fromBase64(text: string): string {
  const bytes: number[] = [];
  let bits = 0;
  let count = 0;
  for (const letter of text) {
    const value = alphabet.indexOf(letter);
    if (value < 0) continue;
    bits = ((bits << 6) | value) & 0xffff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes.push((bits >> count) & 255);
    }
  }
  return decode(Uint8Array.from(bytes));
}

export function base64(text: string): string {
  const bytes = encode(text);
  let result = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const left = bytes.length - at;
    result += `${alphabet.charAt(group >> 18)}${alphabet.charAt((group >> 12) & 63)}${left > 1 ? alphabet.charAt((group >> 6) & 63) : "="}${left > 2 ? alphabet.charAt(group & 63) : "="}`;
  }
  return result;
}
