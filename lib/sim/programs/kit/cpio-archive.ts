// cpio archives in the form that initramfs images have: "newc" (Documentation/driver-api/early-userspace/buffer-format.rst).
import { decode, encode, S } from "../../kernel/sys.ts";

export interface CpioEntry {
  /** without a slash in front; "." is the root */
  readonly name: string;
  /** with its type */
  readonly mode: number;
  readonly mtimeSeconds: number;
  readonly nlink: number;
  readonly bytes: Uint8Array;
}

const HEADER_BYTES = 110;
const MAGIC = "070701";
const TRAILER = "TRAILER!!!";

const aligned = (bytes: number): number => bytes + ((4 - (bytes % 4)) % 4);

/** What an entry takes in an archive. */
export function entryBytes(name: string, contentBytes: number): number {
  return aligned(HEADER_BYTES + encode(name).length + 1) + aligned(contentBytes);
}

/** `sizeBytes`: when the contents go on with zeros, which are not given. */
export function encodeEntry(entry: CpioEntry, number: number, sizeBytes = entry.bytes.length): Uint8Array {
  const name = encode(entry.name);
  const whole = new Uint8Array(entryBytes(entry.name, entry.bytes.length));
  const fields = [number, entry.mode, 0, 0, entry.nlink, entry.mtimeSeconds, sizeBytes, 8, 1, 0, 0, name.length + 1, 0];
  whole.set(encode(MAGIC + fields.map((value) => value.toString(16).toUpperCase().padStart(8, "0")).join("")));
  whole.set(name, HEADER_BYTES);
  whole.set(entry.bytes, aligned(HEADER_BYTES + name.length + 1));
  return whole;
}

export function encodeTrailer(): Uint8Array {
  return encodeEntry({ name: TRAILER, mode: 0, mtimeSeconds: 0, nlink: 1, bytes: new Uint8Array(0) }, 0);
}

/** Undefined when the bytes are no such archive; what is cut off at the end is left out. Contents are views of `bytes`. */
export function parseArchive(bytes: Uint8Array): readonly CpioEntry[] | undefined {
  const entries: CpioEntry[] = [];
  let at = 0;
  while (at + HEADER_BYTES <= bytes.length) {
    const header = decode(bytes.subarray(at, at + HEADER_BYTES));
    if (!/^07070[12][0-9A-Fa-f]{104}$/.test(header)) return entries.length === 0 ? undefined : entries;
    const field = (index: number): number => Number.parseInt(header.slice(6 + index * 8, 14 + index * 8), 16);
    const nameBytes = field(11);
    const contentAt = at + aligned(HEADER_BYTES + nameBytes);
    const name = decode(bytes.subarray(at + HEADER_BYTES, at + HEADER_BYTES + nameBytes - 1));
    if (name === TRAILER) return entries;
    entries.push({ name, mode: field(1), nlink: field(4), mtimeSeconds: field(5), bytes: bytes.subarray(contentAt, contentAt + field(6)) });
    at = contentAt + aligned(field(6));
  }
  return entries.length === 0 ? undefined : entries;
}

export function isDirectory(entry: CpioEntry): boolean {
  return (entry.mode & S.IFMT) === S.IFDIR;
}
