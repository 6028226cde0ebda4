// The checksums of the metadata_csum feature (Documentation/filesystems/ext4/checksums.rst): CRC-32C without the last inversion, begun with that of the UUID.

import { crc32c } from "../../kernel/sys.ts";
import type { Layout } from "./_layout.ts";
import type { Superblock } from "./_superblock.ts";

function crc(...parts: readonly Uint8Array[]): number {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return (crc32c(bytes) ^ 0xffffffff) >>> 0;
}

/** Of the super block as it stands, for the place at its end. */
export const superblockChecksum = (bytes: Uint8Array): number => crc(bytes.subarray(0, 0x3fc));

const FLAGS: readonly (readonly [bit: number, name: string])[] = [[1, "INODE_UNINIT"], [2, "BLOCK_UNINIT"], [4, "ITABLE_ZEROED"]];

export interface GroupSums {
  readonly flags: readonly string[];
  readonly descriptor: number;
  readonly blockBitmap: number;
  readonly inodeBitmap: number;
}

export function groupSums(superblock: Superblock, layout: Layout, group: number, directories: number): GroupSums {
  const seed = superblock.bytes.subarray(0x68, 0x78);
  const place = layout.groups[group];
  const { inodesPerGroup } = superblock;
  const free = layout.freeInodes(group);
  const freeInodes = free === undefined ? 0 : free.last - free.first + 1;
  const flags = (freeInodes === inodesPerGroup ? 1 : 0) | (layout.onlyOwnBlocks(group) ? 2 : 0) | (superblock.tablesZeroed ? 4 : 0);
  const inodeBits = new Uint8Array(inodesPerGroup / 8);
  for (let inode = 0; inode < inodesPerGroup - freeInodes; inode++) inodeBits[inode >> 3] = (inodeBits[inode >> 3] ?? 0) | (1 << (inode & 7));
  const blockBitmap = (flags & 2) !== 0 ? 0 : crc(seed, layout.blockBitmapBytes(group));
  const inodeBitmap = (flags & 1) !== 0 ? 0 : crc(seed, inodeBits);
  const bytes = new Uint8Array(superblock.descriptorBytes);
  const view = new DataView(bytes.buffer);
  const numbers = new Uint8Array(4);
  new DataView(numbers.buffer).setUint32(0, group, true);
  const freeBlocks = layout.freeBlocks(group);
  view.setUint32(0, place?.blockBitmap ?? 0, true);
  view.setUint32(4, place?.inodeBitmap ?? 0, true);
  view.setUint32(8, place?.inodeTable.first ?? 0, true);
  view.setUint16(12, freeBlocks & 0xffff, true);
  view.setUint16(14, freeInodes & 0xffff, true);
  view.setUint16(16, directories, true);
  view.setUint16(18, flags, true);
  view.setUint16(24, blockBitmap & 0xffff, true);
  view.setUint16(26, inodeBitmap & 0xffff, true);
  view.setUint16(28, freeInodes & 0xffff, true);
  if (bytes.length >= 64) {
    view.setUint16(44, freeBlocks >>> 16, true);
    view.setUint16(56, blockBitmap >>> 16, true);
    view.setUint16(58, inodeBitmap >>> 16, true);
  }
  return { flags: FLAGS.filter(([bit]) => (flags & bit) !== 0).map(([, name]) => name), descriptor: crc(seed, numbers, bytes) & 0xffff, blockBitmap, inodeBitmap };
}
