// Where a file system of mke2fs keeps its own blocks, worked out from the super block as ext2fs_initialize, ext2fs_allocate_tables and the making of
// the journal do: copies of the super block and descriptors, bitmaps, inode tables (those of sixteen groups together with flex_bg), the root
// directory, lost+found, the resize inode and the journal. What files take is counted in the super block only; it is shown behind all that.

import type { Superblock } from "./_superblock.ts";

export interface BlockRange {
  readonly first: number;
  readonly last: number;
}

export interface GroupLayout {
  readonly group: number;
  readonly first: number;
  readonly last: number;
  readonly hasCopy: boolean;
  readonly blockBitmap: number;
  readonly inodeBitmap: number;
  readonly inodeTable: BlockRange;
}

/** Blocks in use as ranges in order that do not touch. */
class UsedBlocks {
  readonly ranges: BlockRange[] = [];

  take(first: number, count: number): void {
    if (count <= 0) return;
    let from = first;
    let to = first + count - 1;
    let at = this.ranges.findIndex((one) => one.last + 1 >= from);
    if (at < 0) at = this.ranges.length;
    let many = 0;
    for (let one = this.ranges[at]; one !== undefined && one.first <= to + 1; one = this.ranges[at + ++many]) {
      from = Math.min(from, one.first);
      to = Math.max(to, one.last);
    }
    this.ranges.splice(at, many, { first: from, last: to });
  }

  free(first: number, last: number): BlockRange[] {
    const found: BlockRange[] = [];
    let at = first;
    for (const one of this.ranges) {
      if (one.last < at) continue;
      if (one.first > last) break;
      if (one.first > at) found.push({ first: at, last: one.first - 1 });
      at = one.last + 1;
    }
    if (at <= last) found.push({ first: at, last });
    return found;
  }

  run(first: number, last: number, count: number): number | undefined {
    return this.free(first, last).find((one) => one.last - one.first + 1 >= count)?.first;
  }

  isFree(first: number, count: number): boolean {
    return !this.ranges.some((one) => one.first < first + count && one.last >= first);
  }
}

/** lost+found is made 16 KiB long, of twelve blocks at most. */
export const lostAndFoundBlocks = (blockBytes: number): number => Math.min(12, Math.max(2, 16384 / blockBytes));

export class Layout {
  readonly superblock: Superblock;
  readonly groups: readonly GroupLayout[];
  /** first and count */
  readonly journal: readonly BlockRange[];
  readonly #used = new UsedBlocks();
  /** of the root directory, lost+found and the resize inode */
  readonly firstFiles: number;
  readonly rootBlock: number;

  /** `withFiles`: with the blocks that the super block says are in use besides. */
  constructor(superblock: Superblock, withFiles = true) {
    this.superblock = superblock;
    const { blocks, firstBlock, blocksPerGroup, descriptorBlocks, reservedGdt, inodeTableBlocks } = superblock;
    const used = this.#used;
    const places: { group: number; first: number; last: number; hasCopy: boolean }[] = [];
    for (let group = 0; group < superblock.groups; group++) {
      const first = firstBlock + group * blocksPerGroup;
      const hasCopy = superblock.hasCopy(group);
      places.push({ group, first, last: Math.min(blocks, first + blocksPerGroup) - 1, hasCopy });
      if (hasCopy) used.take(first, 1 + descriptorBlocks + reservedGdt);
    }
    const flex = superblock.has("flex_bg") ? superblock.flexGroups : 1;
    const groups: GroupLayout[] = [];
    for (let home = 0; home < places.length; home += flex) {
      const together = places.slice(home, home + flex);
      const start = together[0]?.first ?? 0;
      const end = together.at(-1)?.last ?? 0;
      const place = (count: number, near: number | undefined, rest: number): number => {
        if (near !== undefined && near + count <= end + 1 && used.isFree(near, count)) return near;
        const wanted = Math.min(rest * count, blocksPerGroup / 4);
        return used.run(start, end, wanted) ?? used.run(start, end, count) ?? used.run(firstBlock, blocks - 1, count) ?? start;
      };
      const many = together.length;
      const column = (count: number): number[] => {
        const found: number[] = [];
        together.forEach((_, index) => {
          const before = found.at(-1);
          const at = place(count, before === undefined ? undefined : before + count, many - index);
          used.take(at, count);
          found.push(at);
        });
        return found;
      };
      const blockBitmaps = flex === 1 ? [] : column(1);
      const inodeBitmaps = flex === 1 ? [] : column(1);
      const tables = flex === 1 ? [] : column(inodeTableBlocks);
      for (const [index, one] of together.entries()) {
        const single = (count: number): number => {
          const at = used.run(one.first, one.last, count) ?? used.run(firstBlock, blocks - 1, count) ?? one.first;
          used.take(at, count);
          return at;
        };
        const blockBitmap = blockBitmaps[index] ?? single(1);
        const inodeBitmap = inodeBitmaps[index] ?? single(1);
        const table = tables[index] ?? single(inodeTableBlocks);
        groups.push({ ...one, blockBitmap, inodeBitmap, inodeTable: { first: table, last: table + inodeTableBlocks - 1 } });
      }
    }
    this.groups = groups;
    this.firstFiles = 1 + lostAndFoundBlocks(superblock.blockBytes) + (superblock.has("resize_inode") ? 1 : 0);
    this.rootBlock = this.#allocate(this.firstFiles, firstBlock)[0]?.first ?? firstBlock;
    this.journal = superblock.has("has_journal") ? this.#allocate(superblock.journalBlocks, superblock.has("extent") ? this.#journalGoal() : firstBlock) : [];
    const files = superblock.usedBlocks - firstBlock - this.#count();
    if (withFiles && files > 0) this.#allocate(files, firstBlock);
  }

  #count(): number {
    return this.#used.ranges.reduce((sum, one) => sum + one.last - one.first + 1, 0);
  }

  #allocate(count: number, goal: number): BlockRange[] {
    const { blocks, firstBlock } = this.superblock;
    const taken: BlockRange[] = [];
    let left = count;
    for (const { first, last } of [...this.#used.free(goal, blocks - 1), ...this.#used.free(firstBlock, goal - 1)]) {
      if (left <= 0) break;
      const many = Math.min(left, last - first + 1);
      taken.push({ first, last: first + many - 1 });
      left -= many;
    }
    for (const { first, last } of taken) this.#used.take(first, last - first + 1);
    return taken;
  }

  /** get_midpoint_journal_block */
  #journalGoal(): number {
    const { superblock, groups } = this;
    const flex = superblock.flexGroups;
    let group = Math.floor(Math.floor((superblock.blocks - superblock.firstBlock) / 2 - superblock.firstBlock) / superblock.blocksPerGroup);
    group = Math.max(0, Math.min(group, groups.length - 1));
    let start = Math.max(0, group - 1);
    if (superblock.has("flex_bg") && group > flex) {
      group -= group % flex;
      while (group < groups.length && this.freeBlocks(group) === 0) group++;
      if (group === groups.length) group = 0;
      start = group;
    }
    const end = Math.min(group + 1, groups.length - 1);
    let best = start;
    for (let one = start + 1; one <= end; one++) if (this.freeBlocks(one) > this.freeBlocks(best)) best = one;
    return groups[best]?.first ?? superblock.firstBlock;
  }

  freeRanges(group: number): readonly BlockRange[] {
    const one = this.groups[group];
    return one === undefined ? [] : this.#used.free(one.first, one.last);
  }

  freeBlocks(group: number): number {
    return this.freeRanges(group).reduce((sum, one) => sum + one.last - one.first + 1, 0);
  }

  isUsed(block: number): boolean {
    return !this.#used.isFree(block, 1);
  }

  groupOf(block: number): number {
    return Math.floor((block - this.superblock.firstBlock) / this.superblock.blocksPerGroup);
  }

  /** Inodes in use: they are given from the first group on. */
  freeInodes(group: number): BlockRange | undefined {
    const { inodesPerGroup, inodes, freeInodes } = this.superblock;
    const used = inodes - freeInodes;
    const first = Math.max(group * inodesPerGroup, Math.min(used, (group + 1) * inodesPerGroup)) + 1;
    const last = (group + 1) * inodesPerGroup;
    return first > last ? undefined : { first, last };
  }

  /** No block of the group besides its own tables and copies is in use; those of other groups count too. */
  onlyOwnBlocks(group: number): boolean {
    const one = this.groups[group];
    if (one === undefined || group === this.groups.length - 1) return false;
    let own = one.hasCopy ? 1 + this.superblock.descriptorBlocks + this.superblock.reservedGdt : 0;
    for (const { first, last } of [{ first: one.blockBitmap, last: one.blockBitmap }, { first: one.inodeBitmap, last: one.inodeBitmap }, one.inodeTable]) own += Math.max(0, Math.min(last, one.last) - Math.max(first, one.first) + 1);
    return one.last - one.first + 1 - this.freeBlocks(group) === own;
  }

  /** The bitmap of a group as it lies on the disk, the end filled with ones. */
  blockBitmapBytes(group: number): Uint8Array {
    const { blocksPerGroup } = this.superblock;
    const bits = new Uint8Array(blocksPerGroup / 8).fill(0xff);
    const start = this.groups[group]?.first ?? 0;
    for (const { first, last } of this.freeRanges(group)) for (let block = first - start; block <= last - start; block++) bits[block >> 3] = (bits[block >> 3] ?? 0) & ~(1 << (block & 7));
    return bits;
  }
}
