// The super block of ext2, ext3 and ext4: 1024 bytes at offset 1024 of a device (Documentation/filesystems/ext4/super.rst). mkfs, tune2fs,
// blkid and file read and write the same bytes by that layout; only what the kernel needs is named here.
//
// The tree itself is not stored in ext4's own tables: it lies behind byte 4096 in a form of ours (tree-image.ts), and its place and length in
// the reserved bytes at 0x300. A device that mkfs has just prepared has none there: an empty file system.

export const SUPERBLOCK_OFFSET = 1024;
export const SUPERBLOCK_BYTES = 1024;
const MAGIC = 0xef53;
const TREE_MARK = 0x31544f48;

export class Ext4Superblock {
  readonly bytes: Uint8Array;
  readonly #view: DataView;

  /** `bytes` are taken over and changed by the setters. */
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get valid(): boolean {
    return this.bytes.length >= SUPERBLOCK_BYTES && this.#view.getUint16(0x38, true) === MAGIC && this.#u32(0x18) <= 6 && this.blocks > 0;
  }

  #u32(at: number): number {
    return this.#view.getUint32(at, true);
  }

  #set32(at: number, value: number): void {
    this.#view.setUint32(at, value >>> 0, true);
  }

  get inodes(): number {
    return this.#u32(0x00);
  }

  get blocks(): number {
    return this.#u32(0x04) + this.#u32(0x150) * 2 ** 32;
  }

  set blocks(count: number) {
    this.#set32(0x04, count % 2 ** 32);
    this.#set32(0x150, Math.floor(count / 2 ** 32));
  }

  set inodes(count: number) {
    this.#set32(0x00, count);
  }

  get reservedBlocks(): number {
    return this.#u32(0x08);
  }

  set reservedBlocks(count: number) {
    this.#set32(0x08, count);
  }

  get freeBlocks(): number {
    return this.#u32(0x0c) + this.#u32(0x158) * 2 ** 32;
  }

  get freeInodes(): number {
    return this.#u32(0x10);
  }

  set freeBlocks(count: number) {
    this.#set32(0x0c, count % 2 ** 32);
    this.#set32(0x158, Math.floor(count / 2 ** 32));
  }

  set freeInodes(count: number) {
    this.#set32(0x10, count);
  }

  get blockBytes(): number {
    return 1024 << this.#u32(0x18);
  }

  get blocksPerGroup(): number {
    return this.#u32(0x20) || this.blockBytes * 8;
  }

  get inodesPerGroup(): number {
    return this.#u32(0x28);
  }

  get inodeBytes(): number {
    return this.#view.getUint16(0x58, true) || 128;
  }

  get hasJournal(): boolean {
    return (this.#u32(0x5c) & 4) !== 0;
  }

  get hasExtents(): boolean {
    return (this.#u32(0x60) & 0x40) !== 0;
  }

  /** Left by a machine that stopped without unmounting: the journal is to be played back. */
  get needsRecovery(): boolean {
    return (this.#u32(0x60) & 4) !== 0;
  }

  /** While it is mounted for writing it is not clean: with a journal by the feature needs_recovery, without one by its state. */
  noteClean(clean: boolean): void {
    if (this.hasJournal) this.#set32(0x60, clean ? this.#u32(0x60) & ~4 : this.#u32(0x60) | 4);
    const state = this.#view.getUint16(0x3a, true);
    if (!this.hasJournal) this.#view.setUint16(0x3a, clean ? state | 1 : state & ~1, true);
  }

  /** Seconds. Also counts the mount. */
  noteMount(nowSeconds: number, directory: string): void {
    this.#set32(0x2c, nowSeconds);
    this.#set32(0x30, nowSeconds);
    this.#view.setUint16(0x34, this.#view.getUint16(0x34, true) + 1, true);
    for (let i = 0; i < 64; i++) this.bytes[0x88 + i] = i < 63 ? directory.charCodeAt(i) || 0 : 0;
  }

  noteWrite(nowSeconds: number): void {
    this.#set32(0x30, nowSeconds);
  }

  /** Blocks that are not for files: inode tables, bitmaps, journal (what statfs leaves out of its total). */
  get overheadBlocks(): number {
    const known = this.#u32(0x248);
    if (known > 0) return known;
    const groups = Math.ceil(this.blocks / this.blocksPerGroup);
    const tables = Math.ceil((this.inodesPerGroup * this.inodeBytes) / this.blockBytes) * groups;
    const journal = this.hasJournal ? this.#journalBlocks() : 0;
    // Copies of the super block and the descriptors stand in groups 0, 1 and powers of 3, 5 and 7 (sparse_super).
    let copies = Math.min(groups, 2);
    for (const base of [3, 5, 7]) for (let group = base; group < groups; group *= base) copies++;
    const descriptors = Math.ceil((groups * 64) / this.blockBytes) + this.#view.getUint16(0xce, true);
    return tables + journal + groups * 2 + copies * (1 + descriptors) + this.#u32(0x14);
  }

  #journalBlocks(): number {
    // The size of the journal's inode is kept behind its block numbers (s_jnl_blocks[16]).
    const bytes = this.#u32(0x10c + 16 * 4);
    if (bytes > 0) return Math.ceil(bytes / this.blockBytes);
    const { blocks } = this;
    return blocks < 2048 ? 0 : blocks < 32768 ? 1024 : blocks < 262144 ? 4096 : blocks < 524288 ? 8192 : blocks < 4194304 ? 16384 : blocks < 8388608 ? 32768 : blocks < 16777216 ? 65536 : blocks < 33554432 ? 131072 : 262144;
  }

  /** Where the tree lies: lengths of its text and of the whole. `placed`: the data lie where the text says. */
  get tree(): { readonly textBytes: number; readonly totalBytes: number; readonly placed: boolean } | undefined {
    if (this.#u32(0x300) !== TREE_MARK) return undefined;
    return { textBytes: this.#u32(0x304), totalBytes: this.#u32(0x308) + this.#u32(0x30c) * 2 ** 32, placed: this.#u32(0x310) === 1 };
  }

  set tree(place: { readonly textBytes: number; readonly totalBytes: number; readonly placed?: boolean }) {
    this.#set32(0x310, Number(place.placed ?? false));
    this.#set32(0x300, TREE_MARK);
    this.#set32(0x304, place.textBytes);
    this.#set32(0x308, place.totalBytes % 2 ** 32);
    this.#set32(0x30c, Math.floor(place.totalBytes / 2 ** 32));
  }
}
