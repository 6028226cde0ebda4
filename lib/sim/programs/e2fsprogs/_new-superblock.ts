// The super block of a new file system as ext2fs_initialize works it out.
import { lostAndFoundBlocks } from "./_layout.ts";
import { Superblock, journalSize } from "./_superblock.ts";

interface Wanted {
  readonly blocks: number;
  readonly blockBytes: number;
  readonly ratio: number;
  readonly inodeBytes: number;
  readonly features: ReadonlySet<string>;
  readonly inodes: number | undefined;
  readonly blocksPerGroup: number | undefined;
  readonly flexGroups: number;
  /** blocks; undefined for what the size asks for */
  readonly journalLength: number | undefined;
  readonly errors: number;
  readonly reservedPercent: number;
  /** now, in seconds */
  readonly zeroTime: number;
}

export function newSuperblock({ blocks, blockBytes, ratio, inodeBytes, features, inodes, blocksPerGroup, flexGroups, journalLength, errors, reservedPercent, zeroTime }: Wanted): Superblock {
  const superblock = new Superblock(new Uint8Array(1024));
  superblock.set16(0x38, 0xef53);
  superblock.set32(0x18, Math.log2(blockBytes / 1024));
  superblock.set32(0x1c, Math.log2(blockBytes / 1024));
  superblock.set32(0x14, blockBytes === 1024 ? 1 : 0);
  superblock.set32(0x20, blocksPerGroup ?? blockBytes * 8);
  superblock.set32(0x24, blocksPerGroup ?? blockBytes * 8);
  superblock.set32(0x4c, 1);
  superblock.set32(0x54, 11);
  superblock.set16(0x58, inodeBytes);
  superblock.set16(0x36, 0xffff);
  superblock.set16(0x3a, 1);
  superblock.set16(0x3c, errors);
  superblock.bytes[0xfc] = 1;
  superblock.set16(0x15c, 32);
  superblock.set16(0x15e, 32);
  superblock.set32(0x100, 0xc);
  superblock.set32(0x108, zeroTime);
  superblock.set32(0x40, zeroTime);
  superblock.set32(0x30, zeroTime);
  if (features.has("flex_bg")) superblock.bytes[0x174] = Math.log2(flexGroups);
  if (features.has("64bit")) superblock.set16(0xfe, 64);
  for (const feature of features) superblock.setFeature(feature, true);
  if (blocks < 2048) superblock.setFeature("has_journal", false);
  superblock.blocks = blocks;
  const wantedInodes = inodes ?? Math.floor((blocks * blockBytes) / ratio);
  // s_jnl_blocks: it keeps its length when the file system grows
  if (superblock.has("has_journal")) superblock.set32(0x10c + 16 * 4, (journalLength ?? journalSize(blocks)) * blockBytes);
  setInodes(superblock, wantedInodes);
  if (superblock.has("resize_inode")) setReserved(superblock);
  // a last group with next to no room beside its own tables is left out
  const rest = (superblock.blocks - superblock.firstBlock) % superblock.blocksPerGroup;
  const own = superblock.groupOverhead(superblock.groups - 1);
  if (superblock.groups > 1 && rest > 0 && rest < own + 50) {
    superblock.blocks -= rest;
    setInodes(superblock, wantedInodes);
    if (superblock.has("resize_inode")) setReserved(superblock);
  }
  superblock.set32(0x08, Math.floor((superblock.blocks * reservedPercent) / 100));
  // the root directory, lost+found, and the inode that holds the reserved descriptors
  const first = 1 + lostAndFoundBlocks(blockBytes) + (superblock.has("resize_inode") ? 1 : 0);
  superblock.freeBlocks = superblock.blocks - superblock.firstBlock - superblock.groupsOverhead - superblock.journalBlocks - first;
  superblock.set32(0x10, superblock.inodes - 11);
  // lazy: the tables are not written, but each reserved descriptor block is
  if (superblock.has("extent")) superblock.set32(0x178, ((superblock.reservedGdt + first) * blockBytes) / 1024 + 9);
  return superblock;
}

function setInodes(superblock: Superblock, wanted: number): void {
  const { blockBytes, groups, inodeBytes } = superblock;
  const perBlock = blockBytes / inodeBytes;
  const perGroup = Math.max(8, Math.floor((Math.ceil(Math.ceil(wanted / groups) / perBlock) * perBlock) / 8) * 8);
  superblock.set32(0x28, Math.min(perGroup, blockBytes * 8));
  superblock.set32(0x00, superblock.inodesPerGroup * groups);
}

/** Descriptors for 1024 times the size. */
function setReserved(superblock: Superblock): void {
  const { blockBytes, blocks } = superblock;
  const most = blocks < 0xffffffff / 1024 ? blocks * 1024 : 0xffffffff;
  const groups = Math.ceil((most - superblock.firstBlock) / superblock.blocksPerGroup);
  superblock.set16(0xce, Math.max(0, Math.min(Math.ceil(groups / (blockBytes / superblock.descriptorBytes)) - superblock.descriptorBlocks, blockBytes / 4)));
}
