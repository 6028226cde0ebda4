// Words by which a machine is told from others of its kind (boot id, addresses of its cards, the board's UUID), in what a kept boot left: each machine that plays it
// puts its own in their place. Old and new words are ASCII and of one length.
import { decode, encode } from "./bytes.ts";

export type Renaming = readonly (readonly [from: string, to: string])[];

/** Whether any of the words stands in a string, in bytes, or in anything that holds such. */
export function mentions(value: unknown, words: readonly string[]): boolean {
  if (typeof value === "string") return words.some((word) => value.includes(word));
  if (value instanceof Uint8Array) return value.length > 0 && mentions(latin(value), words);
  if (Array.isArray(value)) return value.some((one) => mentions(one, words));
  if (value instanceof Map) return mentions([...value], words);
  if (typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype) return mentions(Object.values(value), words);
  return false;
}

export function renamedText(text: string, renaming: Renaming): string {
  let result = text;
  for (const [from, to] of renaming) result = result.replaceAll(from, to);
  return result;
}

export function renamedBytes(bytes: Uint8Array, renaming: Renaming): Uint8Array {
  return renaming.length === 0 ? bytes : encode(renamedText(decode(bytes), renaming));
}

/** A copy with the new words. */
export function renamed(value: unknown, renaming: Renaming): unknown {
  if (typeof value === "string") return renamedText(value, renaming);
  if (value instanceof Uint8Array) return renamedBytes(value, renaming);
  if (Array.isArray(value)) return value.map((one) => renamed(one, renaming));
  if (value instanceof Map) return new Map([...value].map(([key, one]) => [key, renamed(one, renaming)]));
  if (typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, renamed(one, renaming)]));
  return value;
}

function latin(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
}
