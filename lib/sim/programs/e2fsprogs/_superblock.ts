// The super block of ext2, ext3 and ext4 as the tools of e2fsprogs read and write it: 1024 bytes at offset 1024 (ext4 documentation, super.rst), and what
// follows from it: groups, overhead, the journal's size.

import { type Blocking, O, S, type Sys, SysError, decode, encode } from "../../kernel/sys.ts";
import { uuidText } from "../kit/uuid-text.ts";
import { superblockChecksum } from "./_checksums.ts";

const OFFSET = 1024;
const BYTES = 1024;

const COMPATIBLE: readonly (readonly [bit: number, name: string])[] = [[0x4, "has_journal"], [0x8, "ext_attr"], [0x10, "resize_inode"], [0x20, "dir_index"], [0x200, "sparse_super2"], [0x400, "fast_commit"], [0x800, "stable_inodes"]];
const INCOMPATIBLE: readonly (readonly [bit: number, name: string])[] = [[0x2, "filetype"], [0x4, "needs_recovery"], [0x10, "meta_bg"], [0x40, "extent"], [0x80, "64bit"], [0x100, "mmp"], [0x200, "flex_bg"], [0x400, "ea_inode"], [0x2000, "metadata_csum_seed"], [0x4000, "large_dir"], [0x8000, "inline_data"], [0x10000, "encrypt"], [0x20000, "casefold"]];
const READ_ONLY: readonly (readonly [bit: number, name: string])[] = [[0x1, "sparse_super"], [0x2, "large_file"], [0x8, "huge_file"], [0x10, "uninit_bg"], [0x20, "dir_nlink"], [0x40, "extra_isize"], [0x100, "quota"], [0x200, "bigalloc"], [0x400, "metadata_csum"], [0x1000, "read-only"], [0x2000, "project"], [0x8000, "verity"], [0x10000, "orphan_file"]];

/** Place and bit of a feature's name. */
export function featureBit(name: string): { readonly at: number; readonly bit: number } | undefined {
  for (const [at, list] of [[0x5c, COMPATIBLE], [0x60, INCOMPATIBLE], [0x64, READ_ONLY]] as const) {
    const found = list.find(([, one]) => one === name || (name === "extents" && one === "extent"));
    if (found !== undefined) return { at, bit: found[0] };
  }
  return undefined;
}

export class Superblock {
  readonly bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  u32(at: number): number {
    return this.#view.getUint32(at, true);
  }

  u16(at: number): number {
    return this.#view.getUint16(at, true);
  }

  set32(at: number, value: number): void {
    this.#view.setUint32(at, value >>> 0, true);
  }

  set16(at: number, value: number): void {
    this.#view.setUint16(at, value, true);
  }

  get valid(): boolean {
    return this.bytes.length >= BYTES && this.u16(0x38) === 0xef53 && this.u32(0x18) <= 6 && this.blocks > 0;
  }

  get blocks(): number {
    return this.u32(0x04) + this.u32(0x150) * 2 ** 32;
  }

  set blocks(count: number) {
    this.set32(0x04, count % 2 ** 32);
    this.set32(0x150, Math.floor(count / 2 ** 32));
  }

  get freeBlocks(): number {
    return this.u32(0x0c) + this.u32(0x158) * 2 ** 32;
  }

  set freeBlocks(count: number) {
    this.set32(0x0c, count % 2 ** 32);
    this.set32(0x158, Math.floor(count / 2 ** 32));
  }

  get inodes(): number { return this.u32(0x00); }
  get freeInodes(): number { return this.u32(0x10); }
  get blockBytes(): number { return 1024 << this.u32(0x18); }
  get firstBlock(): number { return this.u32(0x14); }
  get blocksPerGroup(): number { return this.u32(0x20) || this.blockBytes * 8; }
  get inodesPerGroup(): number { return this.u32(0x28); }
  get inodeBytes(): number { return this.u16(0x58) || 128; }
  get groups(): number { return Math.ceil((this.blocks - this.firstBlock) / this.blocksPerGroup); }
  get inodeTableBlocks(): number { return Math.ceil((this.inodesPerGroup * this.inodeBytes) / this.blockBytes); }
  get reservedGdt(): number { return this.u16(0xce); }
  get descriptorBytes(): number { return this.has("64bit") ? this.u16(0xfe) || 64 : 32; }
  get descriptorBlocks(): number { return Math.ceil((this.groups * this.descriptorBytes) / this.blockBytes); }

  has(feature: string): boolean {
    const place = featureBit(feature);
    return place !== undefined && (this.u32(place.at) & place.bit) !== 0;
  }

  setFeature(feature: string, on: boolean): void {
    const place = featureBit(feature);
    if (place !== undefined) this.set32(place.at, on ? this.u32(place.at) | place.bit : this.u32(place.at) & ~place.bit);
  }

  get features(): readonly string[] {
    return [[0x5c, COMPATIBLE], [0x60, INCOMPATIBLE], [0x64, READ_ONLY]].flatMap(([at, list]) => (Array.isArray(list) && typeof at === "number" ? list.filter(([bit]) => (this.u32(at) & bit) !== 0).map(([, name]) => name) : []));
  }

  get uuid(): string {
    return uuidText(this.bytes.subarray(0x68, 0x78));
  }

  set uuid(text: string) {
    const digits = text.replaceAll("-", "").padEnd(32, "0");
    for (let index = 0; index < 16; index++) this.bytes[0x68 + index] = Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16);
  }

  get label(): string {
    return this.#text(0x78, 16);
  }

  set label(text: string) {
    this.bytes.fill(0, 0x78, 0x88);
    this.bytes.set(encode(text).subarray(0, 16), 0x78);
  }

  get lastMounted(): string {
    return this.#text(0x88, 64);
  }

  /** s_mount_opts: handed to the kernel at each mount. */
  get mountOptions(): string {
    return this.#text(0x200, 64);
  }

  set mountOptions(text: string) {
    this.bytes.fill(0, 0x200, 0x240);
    this.bytes.set(encode(text).subarray(0, 63), 0x200);
  }

  #text(at: number, length: number): string {
    const part = this.bytes.subarray(at, at + length);
    const end = part.indexOf(0);
    return decode(end < 0 ? part : part.subarray(0, end));
  }

  /** Copies of the super block: all groups, or 0, 1 and powers of 3, 5 and 7. */
  hasCopy(group: number): boolean {
    if (group <= 1 || !this.has("sparse_super")) return true;
    return [3, 5, 7].some((base) => {
      let power = base;
      while (power < group) power *= base;
      return power === group;
    });
  }

  groupOverhead(group: number): number {
    return 2 + this.inodeTableBlocks + (this.hasCopy(group) ? 1 + this.descriptorBlocks + this.reservedGdt : 0);
  }

  get groupsOverhead(): number {
    let sum = 0;
    for (let group = 0; group < this.groups; group++) sum += this.groupOverhead(group);
    return sum;
  }

  /** The journal itself, as s_jnl_blocks notes its length. */
  get journalLength(): number {
    if (!this.has("has_journal")) return 0;
    const bytes = this.u32(0x10c + 16 * 4);
    return bytes > 0 ? Math.ceil(bytes / this.blockBytes) : journalSize(this.blocks);
  }

  /** With the blocks that only point to it when it has no extents. */
  get journalBlocks(): number {
    const length = this.journalLength;
    if (length <= 12 || this.has("extent")) return length;
    const pointers = this.blockBytes / 4;
    const indirect = Math.ceil(Math.max(0, length - 12) / pointers);
    return length + indirect + (length > 12 + pointers ? 1 : 0);
  }

  /** What e2fsck -c, mke2fs -c and the like found; kept in reserved bytes, eight of them. */
  get badBlocks(): readonly number[] {
    return Array.from({ length: Math.min(8, this.u32(0x318)) }, (_, index) => this.u32(0x31c + index * 4));
  }

  set badBlocks(blocks: readonly number[]) {
    const kept = blocks.slice(0, 8);
    this.set32(0x318, kept.length);
    kept.forEach((block, index) => this.set32(0x31c + index * 4, block));
  }

  get usedBlocks(): number { return this.blocks - this.freeBlocks; }
  get flexGroups(): number { return 1 << (this.bytes[0x174] ?? 0 ? (this.bytes[0x174] ?? 0) : 4); }

  /** The lazy filling of inode tables with zeros is done (at the first mount, or what is below forgets). Kept in reserved bytes. */
  get tablesZeroed(): boolean { return (this.u32(0x314) & 1) !== 0 || this.u32(0x2c) !== 0; }

  /** What the kernel takes off the size that df shows. */
  get overhead(): number {
    return this.firstBlock + this.groupsOverhead + this.journalLength;
  }
}

/** ext2fs_default_journal_size */
export function journalSize(blocks: number): number {
  return blocks < 2048 ? 0 : blocks < 32768 ? 1024 : blocks < 262144 ? 4096 : blocks < 524288 ? 8192 : blocks < 4194304 ? 16384 : blocks < 8388608 ? 32768 : blocks < 16777216 ? 65536 : blocks < 33554432 ? 131072 : 262144;
}

export class BadMagic extends Error {
  /** what dumpe2fs, which ends with the number of the error, returns */
  readonly status: number;

  constructor(message = "Bad magic number in super-block", status = 19) {
    super(message);
    this.status = status;
  }
}

export interface OpenFileSystem {
  readonly fd: number;
  readonly path: string;
  readonly isDevice: boolean;
  readonly sizeBytes: number;
  readonly superblock: Superblock;
}

export const SHORT_READ = "Attempt to read block from filesystem resulted in short read";

/** Throws SysError, BadMagic. `exclusive`: refuse a device in use (EBUSY). `copyBlock`: a copy of the super block, with blocks of so many bytes. */
export function* openFileSystem(sys: Sys, path: string, writable: boolean, exclusive = false, copyBlock?: number, blockBytes?: number): Blocking<OpenFileSystem> {
  const fd = yield* sys.open(path, (writable ? O.RDWR : O.RDONLY) | (exclusive && isBlock(sys, path) ? O.EXCL : 0));
  try {
    const isDevice = (sys.fstat(fd).mode & S.IFMT) === S.IFBLK;
    const sizeBytes = isDevice ? Number(sys.ioctl(fd, "BLKGETSIZE64")) : sys.fstat(fd).sizeBytes;
    let superblock: Superblock | undefined;
    if (copyBlock === undefined) superblock = new Superblock((yield* sys.pread(fd, BYTES, OFFSET)).slice());
    // without its size a copy is looked for with each size a block can have
    else for (const size of blockBytes === undefined ? [1024, 2048, 4096] : [blockBytes]) {
      const found = new Superblock((yield* sys.pread(fd, BYTES, copyBlock * size)).slice());
      if (superblock?.valid !== true) superblock = found;
    }
    if (superblock === undefined || superblock.bytes.length < BYTES) throw new BadMagic(SHORT_READ, 36);
    // of the sizes that are tried 65536 is the last
    if (!superblock.valid) throw copyBlock !== undefined && copyBlock * 65536 + BYTES > sizeBytes ? new BadMagic(SHORT_READ, 36) : new BadMagic();
    if (copyBlock !== undefined) superblock.set16(0x5a, 0);
    return { fd, path, isDevice, sizeBytes, superblock };
  } catch (error) {
    sys.close(fd);
    throw error;
  }
}

/** Where the kernel keeps the files begins here, and their length stands at 0x308 of the super block (kernel/block/ext4-type.ts). */
const TREE_OFFSET = 4096;

/** `copies`: in the other groups too, where the files of the image leave them their place. */
export function* saveSuperblock(sys: Sys, { fd, superblock }: Pick<OpenFileSystem, "fd" | "superblock">, copies = false): Blocking<void> {
  if (superblock.has("metadata_csum")) superblock.set32(0x3fc, superblockChecksum(superblock.bytes));
  yield* sys.pwrite(fd, superblock.bytes, OFFSET);
  if (!copies) return;
  const treeEnd = TREE_OFFSET + superblock.u32(0x308) + superblock.u32(0x30c) * 2 ** 32;
  for (let group = 1; group < superblock.groups; group++) {
    const at = (superblock.firstBlock + group * superblock.blocksPerGroup) * superblock.blockBytes;
    if (!superblock.hasCopy(group) || at < treeEnd) continue;
    const copy = new Superblock(superblock.bytes.slice());
    copy.set16(0x5a, group);
    if (superblock.has("metadata_csum")) copy.set32(0x3fc, superblockChecksum(copy.bytes));
    yield* sys.pwrite(fd, copy.bytes, at);
  }
}

export function isBlock(sys: Sys, path: string): boolean {
  try {
    return (sys.stat(path).mode & S.IFMT) === S.IFBLK;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

export const VERSION = "1.47.0 (5-Feb-2023)";
