// The root file system on a disk's bytes: what a guest boots from, and what a look into the disk of a stopped one shows.
import { type Disk as BlockDisk, Partition } from "../../kernel/block/block-device.ts";
import { readSuperblock, TREE_OFFSET } from "../../kernel/block/ext4-type.ts";
import { readPartitionTable } from "../../kernel/block/partition-table.ts";
import { importTree } from "../../kernel/block/tree-image.ts";
import { SysError } from "../../kernel/sys.ts";
import type { FrozenLayer } from "../../kernel/vfs/memory-node.ts";
import { treeNamed } from "../rootfs/root-image.ts";
import "./guest-roots.ts";

/** The first partition with a tree that we know how to start. */
export function rootTreeOf(block: BlockDisk): { readonly partition: Partition; readonly tree: FrozenLayer } | undefined {
  for (const entry of readPartitionTable(block)) {
    const partition = new Partition(block, entry.number, entry.startSector, entry.sectors, 254, entry.number);
    try {
      const place = readSuperblock(partition).tree;
      if (place === undefined) continue;
      const tree = importTree({ text: partition.read(TREE_OFFSET, place.textBytes), data: partition.read(TREE_OFFSET + place.textBytes, place.totalBytes - place.textBytes) }, treeNamed);
      if (tree !== undefined) return { partition, tree };
    } catch (error) {
      // bytes that somebody wrote over
      if (!(error instanceof SysError || error instanceof RangeError || error instanceof TypeError)) throw error;
    }
  }
  return undefined;
}
