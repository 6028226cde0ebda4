// What mkfs.btrfs and btrfs share: the super block (btrfs on-disk format) and how sizes are written.
import { type Blocking, crc32c, decode, encode, type Sys } from "../../kernel/sys.ts";
import { uuidBytes } from "../kit/block-target.ts";
import { uuidText } from "../kit/uuid-text.ts";

export const VERSION = "6.2";
const OFFSET = 65_536;
const BYTES = 4096;
const DEVICE_ITEM = 0xc9;
const LABEL = 0x12b;
const MIB = 2 ** 20;

/** "144.00KiB" */
export function prettySize(bytes: number): string {
  let power = 0;
  while (power < 6 && bytes >= 1024 ** (power + 1)) power++;
  return `${(bytes / 1024 ** power).toFixed(2)}${["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"][power]}`;
}

export function metadataBytes(sizeBytes: number): number {
  return sizeBytes < 1024 * MIB ? 32 * MIB : Math.min(256 * MIB, Math.floor(sizeBytes / 20 / 65_536) * 65_536);
}

export interface BtrfsFacts {
  readonly uuid: string;
  readonly deviceUuid: string;
  readonly label: string;
  readonly totalBytes: number;
  readonly usedBytes: number;
  readonly allocatedBytes: number;
  readonly generation: number;
}

export function superblockBytes(facts: Pick<BtrfsFacts, "uuid" | "deviceUuid" | "label" | "totalBytes">): Uint8Array {
  const bytes = new Uint8Array(BYTES);
  const view = new DataView(bytes.buffer);
  const u64 = (at: number, value: number): void => view.setBigUint64(at, BigInt(value), true);
  bytes.set(uuidBytes(facts.uuid), 0x20);
  u64(0x30, OFFSET);
  u64(0x38, 1);
  bytes.set(encode("_BHRfS_M"), 0x40);
  u64(0x48, 6);
  u64(0x50, 30_588_928);
  u64(0x58, 22_036_480);
  u64(0x70, facts.totalBytes);
  u64(0x78, 147_456);
  u64(0x80, 6);
  u64(0x88, 1);
  view.setUint32(0x90, 4096, true);
  view.setUint32(0x94, 16_384, true);
  view.setUint32(0x98, 16_384, true);
  view.setUint32(0x9c, 4096, true);
  view.setUint32(0xa0, 129, true);
  u64(0xa4, 6);
  u64(0xb4, 0x3);
  u64(0xbc, 0x341);
  u64(DEVICE_ITEM, 1);
  u64(DEVICE_ITEM + 8, facts.totalBytes);
  u64(DEVICE_ITEM + 16, 8 * MIB + 2 * metadataBytes(facts.totalBytes) + 16 * MIB);
  view.setUint32(DEVICE_ITEM + 24, 4096, true);
  view.setUint32(DEVICE_ITEM + 28, 4096, true);
  view.setUint32(DEVICE_ITEM + 32, 4096, true);
  bytes.set(uuidBytes(facts.deviceUuid), DEVICE_ITEM + 66);
  bytes.set(uuidBytes(facts.uuid), DEVICE_ITEM + 82);
  bytes.set(encode(facts.label).subarray(0, 255), LABEL);
  return summed(bytes);
}

function summed(bytes: Uint8Array): Uint8Array {
  new DataView(bytes.buffer, bytes.byteOffset).setUint32(0, crc32c(bytes.subarray(0x20)), true);
  return bytes;
}

export function* readSuperblock(sys: Sys, fd: number): Blocking<{ readonly bytes: Uint8Array; readonly facts: BtrfsFacts } | undefined> {
  const bytes = (yield* sys.pread(fd, BYTES, OFFSET)).slice();
  if (bytes.length < BYTES || decode(bytes.subarray(0x40, 0x48)) !== "_BHRfS_M") return undefined;
  const view = new DataView(bytes.buffer);
  const u64 = (at: number): number => Number(view.getBigUint64(at, true));
  const label = decode(bytes.subarray(LABEL, LABEL + 256));
  return { bytes, facts: { uuid: uuidText(bytes.subarray(0x20, 0x30)), deviceUuid: uuidText(bytes.subarray(DEVICE_ITEM + 66, DEVICE_ITEM + 82)), label: label.slice(0, Math.max(0, label.indexOf("\0"))), totalBytes: u64(0x70), usedBytes: u64(0x78), allocatedBytes: u64(DEVICE_ITEM + 16), generation: u64(0x48) } };
}

export function* writeLabel(sys: Sys, fd: number, bytes: Uint8Array, label: string): Blocking<void> {
  bytes.fill(0, LABEL, LABEL + 256);
  bytes.set(encode(label).subarray(0, 255), LABEL);
  yield* sys.pwrite(fd, summed(bytes), OFFSET);
}

export function* writeNew(sys: Sys, fd: number, bytes: Uint8Array): Blocking<void> {
  // what lies there of others: signatures and our note about a tree
  yield* sys.pwrite(fd, new Uint8Array(OFFSET + 2 * BYTES), 0);
  yield* sys.pwrite(fd, bytes, OFFSET);
}
