// The header of a GUID partition table as bytes and as values (UEFI specification, 5.3.2).
import { decode, encode } from "../../kernel/sys.ts";
import { crc32 } from "../kit/compression/crc32.ts";
import { guidBytes, SECTOR_BYTES } from "../kit/disk-label.ts";
import { guidText } from "../kit/uuid-text.ts";

export const ENTRY_BYTES = 128;
const HEADER_BYTES = 92;

export interface Header {
  signed: boolean;
  revision: number;
  current: number;
  backup: number;
  first: number;
  last: number;
  id: string;
  entriesAt: number;
  count: number;
  entryBytes: number;
  entriesCrc: number;
}

const u32 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24)) >>> 0;
const u64 = (bytes: Uint8Array, at: number): number => u32(bytes, at) + u32(bytes, at + 4) * 2 ** 32;
function put(bytes: Uint8Array, at: number, value: number, width: number): void {
  for (let index = 0; index < width; index++) bytes[at + index] = Math.floor(value / 2 ** (8 * index)) & 0xff;
}

export function parseHeader(bytes: Uint8Array): { readonly header: Header; readonly ok: boolean } {
  const size = Math.min(SECTOR_BYTES, u32(bytes, 12));
  const copy = bytes.slice(0, size);
  copy.fill(0, 16, 20);
  const signed = decode(bytes.subarray(0, 8)) === "EFI PART";
  return {
    header: { signed, revision: u32(bytes, 8), current: u64(bytes, 24), backup: u64(bytes, 32), first: u64(bytes, 40), last: u64(bytes, 48), id: guidText(bytes.subarray(56, 72)).toUpperCase(), entriesAt: u64(bytes, 72), count: u32(bytes, 80), entryBytes: u32(bytes, 84), entriesCrc: u32(bytes, 88) },
    ok: signed && size >= HEADER_BYTES && crc32(copy) === u32(bytes, 16),
  };
}

export function headerBytes(header: Header): Uint8Array {
  const bytes = new Uint8Array(SECTOR_BYTES);
  bytes.set(encode("EFI PART"));
  put(bytes, 8, header.revision, 4);
  put(bytes, 12, HEADER_BYTES, 4);
  put(bytes, 24, header.current, 8);
  put(bytes, 32, header.backup, 8);
  put(bytes, 40, header.first, 8);
  put(bytes, 48, header.last, 8);
  bytes.set(guidBytes(header.id), 56);
  put(bytes, 72, header.entriesAt, 8);
  put(bytes, 80, header.count, 4);
  put(bytes, 84, header.entryBytes, 4);
  put(bytes, 88, header.entriesCrc, 4);
  put(bytes, 16, crc32(bytes.subarray(0, HEADER_BYTES)), 4);
  return bytes;
}
