// Disks that a guest can boot from, as bytes: boot sector, one partition with ext4, and a root file system that is only named (ADR 0004).
import { Ext4Superblock, SUPERBLOCK_BYTES, SUPERBLOCK_OFFSET } from "../../kernel/block/ext4-superblock.ts";
import { TREE_OFFSET } from "../../kernel/block/ext4-type.ts";
import { encode } from "../../kernel/sys.ts";
import type { Contents } from "../../kernel/vfs/contents.ts";
import { contentsOf } from "../disk-contents.ts";
import { guestRootUuid } from "../guest/guest-roots.ts";

const sectorBytes = 512;
const firstSector = 2048;

export function guestDisk(rootName: string, sizeBytes: number): Contents {
  const contents = contentsOf({
    name: "vda", sizeBytes, model: "", serial: "", tableType: "dos", readOnly: false,
    partitions: [{ number: 1, startSector: firstSector, sectors: sizeBytes / sectorBytes - firstSector, type: "83", fileSystem: "ext4", uuid: guestRootUuid, label: undefined, partitionUuid: "1d5f0c2a-01" }],
  });
  const at = firstSector * sectorBytes;
  const superblock = new Ext4Superblock(contents.read(at + SUPERBLOCK_OFFSET, SUPERBLOCK_BYTES).slice());
  const text = encode(JSON.stringify({ base: rootName, removed: [], records: [] }));
  superblock.tree = { textBytes: text.length, totalBytes: text.length };
  contents.write(at + SUPERBLOCK_OFFSET, superblock.bytes);
  contents.write(at + TREE_OFFSET, text);
  return contents;
}
