// A guest's state as bytes: what it was made of and every device event since, so that a file of them is a saved machine wherever it is copied. The layout is ours; it begins
// with "QEVM" as QEMU's migration stream does, then its whole length as 32 bits, the highest first. A checksum keeps spoilt files out.
import { decode, encode, SysError } from "../sys.ts";
import type { GuestInput, GuestPlan } from "./guest-machine.ts";

export interface SavedGuest {
  readonly plan: GuestPlan;
  readonly inputs: readonly (readonly [atUs: number, input: GuestInput])[];
  readonly atUs: number;
}

const magic = encode("QEVM");
const headBytes = 16;
/** No session lasts longer. */
const longestUs = 400 * 86_400 * 1_000_000;
const mostInputs = 200_000;

const place = "@bytes";

function checksum(bytes: Uint8Array, from: number): number {
  let hash = 0x811c_9dc5;
  for (let at = from; at < bytes.length; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x0100_0193);
  return hash >>> 0;
}

function set32(bytes: Uint8Array, at: number, value: number): void {
  for (let index = 0; index < 4; index++) bytes[at + index] = (value >>> (24 - 8 * index)) & 255;
}

function u32(bytes: Uint8Array, at: number): number {
  return (((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)) >>> 0;
}

export function encodeGuest(saved: SavedGuest): Uint8Array {
  const parts: Uint8Array[] = [];
  let length = 0;
  const text = encode(JSON.stringify(saved, (_key, value: unknown) => {
    if (!(value instanceof Uint8Array)) return value;
    parts.push(value);
    const at = length;
    length += value.length;
    return { [place]: [at, value.length] };
  }));
  const whole = new Uint8Array(headBytes + text.length + length);
  whole.set(magic);
  set32(whole, 4, whole.length);
  set32(whole, 8, text.length);
  whole.set(text, headBytes);
  let at = headBytes + text.length;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  set32(whole, 12, checksum(whole, headBytes));
  return whole;
}

/** What stands behind it (a file's padding) is not looked at. Errors: EINVAL. */
export function decodeGuest(given: Uint8Array): SavedGuest {
  if (!magic.every((byte, index) => given[index] === byte)) throw new SysError("EINVAL");
  const wholeBytes = u32(given, 4);
  const textBytes = u32(given, 8);
  const bytes = given.subarray(0, wholeBytes);
  if (bytes.length < wholeBytes || wholeBytes < headBytes + textBytes || checksum(bytes, headBytes) !== u32(given, 12)) throw new SysError("EINVAL");
  const blobs = headBytes + textBytes;
  let saved: SavedGuest;
  try {
    saved = JSON.parse(decode(bytes.subarray(headBytes, blobs)), (_key, value: unknown) => {
      if (typeof value !== "object" || value === null || !(place in value)) return value;
      const [at, length] = Array.isArray(value[place]) ? value[place].map(Number) : [];
      return bytes.slice(blobs + (at ?? 0), blobs + (at ?? 0) + (length ?? 0));
    });
  } catch {
    throw new SysError("EINVAL");
  }
  if (!(saved.atUs >= 0 && saved.atUs < longestUs) || !Array.isArray(saved.inputs) || saved.inputs.length > mostInputs) throw new SysError("EINVAL");
  let last = 0;
  for (const [atUs] of saved.inputs) {
    if (!(atUs >= last && atUs <= saved.atUs)) throw new SysError("EINVAL");
    last = atUs;
  }
  return saved;
}
