// The bytes of a machine's disks: partition tables and super blocks, as fdisk, blkid and dumpe2fs read them. The files of the root file system
// are not among them: they live in the kernel's memory file system, which stands on the first partition that says ext4.
import { type BlockDevices, Disk as BlockDisk } from "../kernel/block/block-device.ts";
import { Ext4Superblock, SUPERBLOCK_BYTES, SUPERBLOCK_OFFSET } from "../kernel/block/ext4-superblock.ts";
import type { Kernel } from "../kernel/kernel.ts";
import { encode } from "../kernel/sys.ts";
import { Contents } from "../kernel/vfs/contents.ts";
import type { Disk, DiskPartition, Hardware } from "./hardware.ts";
import { diskNumbers } from "./kernel-hardware.ts";

const sectorBytes = 512;
const gptEntrySector = 2;
const gptEntries = 128;
const linuxFileSystem = "0fc63daf-8483-4772-8e79-3d69d8477de4";

function put(bytes: Uint8Array, at: number, value: number, width: number): void {
  for (let index = 0; index < width; index++) bytes[at + index] = Math.floor(value / 2 ** (8 * index)) & 0xff;
}

/** "8e1b2c4d-01" names the signature of a DOS table and the partition. */
function masterBootRecord(disk: Disk): Uint8Array {
  const bytes = new Uint8Array(sectorBytes);
  put(bytes, 440, Number.parseInt(disk.partitions[0]?.partitionUuid.slice(0, 8) ?? "0", 16), 4);
  if (disk.tableType === "gpt") {
    bytes.set([0, 0, 2, 0, 0xee, 0xff, 0xff, 0xff], 446);
    put(bytes, 454, 1, 4);
    put(bytes, 458, Math.min(0xffffffff, disk.sizeBytes / sectorBytes - 1), 4);
  } else {
    for (const partition of disk.partitions) {
      const at = 446 + (partition.number - 1) * 16;
      if (partition.number > 4) continue;
      bytes.set([partition.number === 1 ? 0x80 : 0, 0xfe, 0xff, 0xff, Number.parseInt(partition.type, 16) || 0x83, 0xfe, 0xff, 0xff], at);
      put(bytes, at + 8, partition.startSector, 4);
      put(bytes, at + 12, partition.sectors, 4);
    }
  }
  bytes.set([0x55, 0xaa], 510);
  return bytes;
}

/** A GUID as GPT keeps it: the first three groups with their bytes reversed. */
function guid(text: string): Uint8Array {
  const digits = text.replace(/[^0-9a-f]/gi, "").padEnd(32, "0");
  const bytes = Uint8Array.from({ length: 16 }, (_, index) => Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16));
  return Uint8Array.from([3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15].map((index) => bytes[index] ?? 0));
}

function guidTable(disk: Disk): Uint8Array {
  const bytes = new Uint8Array((1 + (gptEntries * 128) / sectorBytes) * sectorBytes);
  const lastSector = disk.sizeBytes / sectorBytes - 1;
  bytes.set(encode("EFI PART"));
  put(bytes, 8, 0x10000, 4);
  put(bytes, 12, 92, 4);
  put(bytes, 24, 1, 8);
  put(bytes, 32, lastSector, 8);
  put(bytes, 40, 34, 8);
  put(bytes, 48, lastSector - 33, 8);
  bytes.set(guid(disk.partitions[0]?.partitionUuid ?? ""), 56);
  put(bytes, 72, gptEntrySector, 8);
  put(bytes, 80, gptEntries, 4);
  put(bytes, 84, 128, 4);
  for (const partition of disk.partitions) {
    const at = sectorBytes + (partition.number - 1) * 128;
    bytes.set(guid(partition.type.length === 36 ? partition.type : linuxFileSystem), at);
    bytes.set(guid(partition.partitionUuid), at + 16);
    put(bytes, at + 32, partition.startSector, 8);
    put(bytes, at + 40, partition.startSector + partition.sectors - 1, 8);
  }
  return bytes;
}

/** mke2fs 1.47 with 4 KiB blocks and its usual features. */
function ext4Superblock(partition: DiskPartition): Uint8Array {
  const bytes = new Uint8Array(SUPERBLOCK_BYTES);
  const superblock = new Ext4Superblock(bytes);
  const blocks = Math.floor((partition.sectors * sectorBytes) / 4096);
  const groups = Math.ceil(blocks / 32768);
  superblock.blocks = blocks;
  superblock.inodes = groups * 8192;
  superblock.reservedBlocks = Math.floor(blocks / 20);
  superblock.freeBlocks = Math.floor(blocks * 0.78);
  superblock.freeInodes = groups * 8192 - 31_000;
  for (const [at, value, width] of [
    [0x14, 0, 4], [0x18, 2, 4], [0x1c, 2, 4], [0x20, 32768, 4], [0x24, 32768, 4], [0x28, 8192, 4], [0x34, 2, 2], [0x36, 0xffff, 2], [0x38, 0xef53, 2], [0x3a, 1, 2], [0x3c, 1, 2], [0x4c, 1, 4], [0x54, 11, 4], [0x58, 256, 2],
    [0x5c, 0x3c, 4], [0x60, 0x2c2, 4], [0x64, 0x46b, 4], [0xce, 1024, 2], [0xfe, 64, 2],
  ] as const) put(bytes, at, value, width);
  const digits = (partition.uuid ?? "").replaceAll("-", "").padEnd(32, "0");
  for (let index = 0; index < 16; index++) bytes[0x68 + index] = Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16);
  bytes.set(encode(partition.label ?? "").subarray(0, 16), 0x78);
  bytes.set(encode("/"), 0x88);
  return bytes;
}

/** Tables and super blocks of a disk as it is described, without files. */
export function contentsOf(disk: Disk): Contents {
  const contents = new Contents();
  contents.truncate(disk.sizeBytes);
  if (disk.tableType !== undefined) contents.write(0, masterBootRecord(disk));
  if (disk.tableType === "gpt") contents.write(sectorBytes, guidTable(disk));
  for (const partition of disk.partitions) {
    if (partition.fileSystem === "ext4") contents.write(partition.startSector * sectorBytes + SUPERBLOCK_OFFSET, ext4Superblock(partition));
    else if (partition.fileSystem === "swap") contents.write(partition.startSector * sectorBytes + 4086, encode("SWAPSPACE2"));
  }
  return contents;
}

const known = new WeakMap<Disk, Contents>();

/** Machines of one kind share the bytes until they write. `held`: bytes that somebody else keeps (a guest's host). */
export function attachDisks(kernel: Kernel, devices: BlockDevices, hardware: Hardware, held?: ReadonlyMap<string, Contents>): void {
  let rootFound = false;
  for (const disk of hardware.disks) {
    let contents = held?.get(disk.name) ?? known.get(disk);
    if (contents === undefined) {
      contents = contentsOf(disk);
      known.set(disk, contents);
    }
    const { major, first } = diskNumbers(disk.name);
    const device = new BlockDisk(disk.name, major, first, held?.get(disk.name) ?? contents.fork(), disk.readOnly, disk.stepsPerMiB);
    devices.add(device);
    const root = disk.partitions.find((partition) => partition.fileSystem === "ext4");
    if (rootFound || root === undefined) continue;
    const partition = devices.partitionsOf(device).find((each) => each.number === root.number);
    if (partition === undefined || `/dev/${partition.name}` !== kernel.options.rootSource) continue;
    devices.setMounted(partition, kernel.options.root);
    rootFound = true;
  }
}
