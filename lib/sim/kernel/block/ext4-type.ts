// mount -t ext4 (ext3, ext2) of a block device. The tree is read from the device when it is mounted and written back when its last mount
// goes. Requests on any open file of it: EXT4_IOC_RESIZE_FS with the new number of blocks (resize2fs), FIFREEZE and FITHAW
// (what changed is written; EBUSY, EINVAL), FITRIM → bytes that are free and now given back to a device that can forget them, and those of quota-file-system.ts.

import { concatBytes } from "../bytes.ts";
import { SysError } from "../errno.ts";
import type { Kernel } from "../kernel.ts";
import { S } from "../sys.ts";
import { CAP } from "../vfs/caller.ts";
import type { FileSystemType, MountRequest, StorageHost } from "../vfs/file-system.ts";
import { type Capacity, MemoryFileSystem } from "../vfs/memory-file-system.ts";
import type { FrozenLayer } from "../vfs/memory-node.ts";
import { makeDevice } from "../vfs/open.ts";
import { parseMountOptions } from "../vfs/tmpfs.ts";
import { type BlockDevice, blockDevicesOf, sourceDevice } from "./block-device.ts";
import { Ext4Superblock, SUPERBLOCK_BYTES, SUPERBLOCK_OFFSET } from "./ext4-superblock.ts";
import { QuotaFileSystem } from "../vfs/quota-file-system.ts";
import { PlacedTree } from "./placed-tree.ts";
import { exportTree, importTree } from "./tree-image.ts";

export const TREE_OFFSET = 4096;

const SHOWN = new Set(["usrjquota", "grpjquota", "jqfmt", "prjquota", "errors", "data", "discard", "barrier", "nobarrier", "commit", "noload", "stripe", "delalloc", "nodelalloc", "sync"]);
const SILENT = new Set(["defaults", "acl", "noacl", "user_xattr", "nouser_xattr", "rw", "ro", "loop", "relatime", "noatime", "auto", "noauto", "noquota", "user", "nouser", "suid", "dev", "exec", "async", "_netdev", "nofail", "lazytime", "nolazytime", "inode_readahead_blks", "journal_checksum", "init_itable", "noinit_itable"]);

/** What mountinfo shows of the options. Errors: EINVAL. */
function shownOptions(data: string): string {
  const words: string[] = [];
  for (const [name, value] of parseMountOptions(data)) {
    if (name === "usrquota" || name === "grpquota" || name === "quota") {
      if (!words.includes("quota")) words.push("quota");
      const shown = name === "quota" ? "usrquota" : name;
      if (!words.includes(shown)) words.push(shown);
      continue;
    }
    if (SHOWN.has(name)) words.push(value === undefined ? name : `${name}=${value}`);
    else if (!SILENT.has(name)) throw new SysError("EINVAL");
  }
  return words.join(",");
}

export function capacityOf(superblock: Ext4Superblock): Capacity {
  const scale = superblock.blockBytes / 4096;
  return { blocks: Math.floor(superblock.blocks * scale), reservedBlocks: Math.floor(superblock.reservedBlocks * scale), inodes: superblock.inodes };
}

/** A named tree stands for more bytes than a small disk has; what is written beside it still finds room, as on the real, smaller system. */
export function roomFor(capacity: Capacity, tree: FrozenLayer): Capacity {
  const blocks = Math.max(capacity.blocks, tree.usedBlocks + Math.floor(capacity.blocks / 2));
  return { blocks, reservedBlocks: Math.min(capacity.reservedBlocks, Math.floor(blocks / 20)), inodes: Math.max(capacity.inodes, tree.usedInodes + 8192) };
}

export function readSuperblock(device: BlockDevice): Ext4Superblock {
  const superblock = new Ext4Superblock(device.read(SUPERBLOCK_OFFSET, SUPERBLOCK_BYTES).slice());
  if (!superblock.valid || superblock.blocks * superblock.blockBytes > device.sizeBytes) throw new SysError("EINVAL");
  return superblock;
}

/** What the super block said is free when the file system was mounted, and what its files took then: in its own blocks and inodes. */
interface FreeCounts {
  blocks: number;
  inodes: number;
  readonly usedBlocks: number;
  readonly usedInodes: number;
}

const usedOf = (fs: MemoryFileSystem): { readonly blocks: number; readonly inodes: number } => {
  const { blocks, blocksFree, files, filesFree } = fs.statfs();
  return { blocks: blocks - blocksFree, inodes: files - filesFree };
};

export function writeBack(device: BlockDevice, fs: MemoryFileSystem, nowUs: number, counts: FreeCounts, placed?: PlacedTree, clean = true): void {
  if (device.readOnly || device.sizeBytes === 0) return;
  const superblock = new Ext4Superblock(device.read(SUPERBLOCK_OFFSET, SUPERBLOCK_BYTES).slice());
  const scale = 4096 / superblock.blockBytes;
  const used = usedOf(fs);
  superblock.freeBlocks = Math.max(0, Math.floor(counts.blocks - (used.blocks - counts.usedBlocks) * scale));
  superblock.freeInodes = Math.max(0, counts.inodes - (used.inodes - counts.usedInodes));
  superblock.noteWrite(Math.floor(nowUs / 1_000_000));
  superblock.noteClean(clean);
  const textBytes = placed?.write(fs);
  if (textBytes !== undefined) {
    superblock.tree = { textBytes, totalBytes: textBytes, placed: true };
    device.write(SUPERBLOCK_OFFSET, superblock.bytes);
    device.flush?.();
    return;
  }
  const { text, data } = exportTree(fs);
  const total = text.length + data.length;
  // What does not fit on the device was never promised to fit: inode tables take more than our text.
  if (TREE_OFFSET + total <= device.sizeBytes) {
    superblock.tree = { textBytes: text.length, totalBytes: total };
    device.write(TREE_OFFSET, concatBytes([text, data]));
  }
  device.write(SUPERBLOCK_OFFSET, superblock.bytes);
}

function load(kernel: Kernel, host: StorageHost, name: "ext2" | "ext3" | "ext4", device: BlockDevice, { readOnly, data, target }: MountRequest): MemoryFileSystem {
  const devices = blockDevicesOf(kernel);
  const superblock = readSuperblock(device);
  const { tree } = superblock;
  let lower: ReturnType<typeof importTree>;
  if (tree !== undefined) {
    lower = importTree({ text: device.read(TREE_OFFSET, tree.textBytes), data: device.read(TREE_OFFSET + tree.textBytes, tree.totalBytes - tree.textBytes) }, kernel.options.baseTree, (at, length) => device.read(at, length));
    if (lower === undefined) throw new SysError("EINVAL");
  }
  const fs: MemoryFileSystem = new QuotaFileSystem({
    type: name, device: makeDevice(device.major, device.minor), host, options: shownOptions(data), readOnly, stepsPerMiB: device.stepsPerMiB ?? 0, capacity: lower === undefined ? capacityOf(superblock) : roomFor(capacityOf(superblock), lower), overheadBlocks: Math.floor((superblock.overheadBlocks * superblock.blockBytes) / 4096),
    ...(lower === undefined ? {} : { lower }),
    onFlush: () => {
      if (!fs.readOnly && fs.changes !== flushed) writeBack(device, fs, host.nowUs(), counts, placed, false);
      flushed = fs.changes;
    },
    onUnmounted: () => {
      try {
        if (!fs.readOnly) writeBack(device, fs, host.nowUs(), counts, placed);
      } catch (error) {
        // the device below is full or gone: what was not written is lost
        if (!(error instanceof SysError)) throw error;
        kernel.log.append(`Buffer I/O error on dev ${device.name}, logical block ${Math.ceil(superblock.overheadBlocks)}, lost async page write`, 3);
        kernel.log.append(`EXT4-fs error (device ${device.name}): ext4_put_super: Couldn't clean up the journal`, 2);
      }
      devices.setMounted(device, undefined);
    },
    onRequest: (actor, request, argument) => {
      if (request === "FIFREEZE" || request === "FITHAW") {
        if (!actor.capable(CAP.SYS_ADMIN)) throw new SysError("EPERM");
        if (frozen === (request === "FIFREEZE")) throw new SysError(frozen ? "EBUSY" : "EINVAL");
        frozen = !frozen;
        if (frozen) fs.flush?.();
        return 0;
      }
      if (request === "FITRIM") {
        if (!actor.capable(CAP.SYS_ADMIN)) throw new SysError("EPERM");
        fs.flush?.();
        placed?.discardFree();
        const { blocksFree, blockSizeBytes } = fs.statfs();
        return blocksFree * blockSizeBytes;
      }
      if (request.startsWith("QUOTA_") && fs instanceof QuotaFileSystem) return fs.quotaRequest(actor, request, argument);
      if (request !== "EXT4_IOC_RESIZE_FS" || typeof argument !== "number") throw new SysError("ENOTTY");
      if (!actor.capable(CAP.SYS_RESOURCE)) throw new SysError("EPERM");
      const grown = readSuperblock(device);
      if (argument < grown.blocks || argument * grown.blockBytes > device.sizeBytes) throw new SysError("EINVAL");
      const groups = Math.ceil(argument / grown.blocksPerGroup);
      const room = grown.blocks - grown.overheadBlocks;
      const inodes = grown.inodes;
      grown.reservedBlocks = Math.floor(argument * (grown.reservedBlocks / grown.blocks));
      grown.blocks = argument;
      grown.inodes = groups * grown.inodesPerGroup;
      counts.blocks += grown.blocks - grown.overheadBlocks - room;
      counts.inodes += grown.inodes - inodes;
      const used = usedOf(fs);
      grown.freeBlocks = Math.max(0, Math.floor(counts.blocks - ((used.blocks - counts.usedBlocks) * 4096) / grown.blockBytes));
      grown.freeInodes = Math.max(0, counts.inodes - (used.inodes - counts.usedInodes));
      device.write(SUPERBLOCK_OFFSET, grown.bytes);
      fs.capacity = capacityOf(grown);
      fs.overheadBlocks = Math.floor((grown.overheadBlocks * grown.blockBytes) / 4096);
      return 0;
    },
  });
  const placed = device.kind === "dm" ? new PlacedTree(device, TREE_OFFSET, superblock.overheadBlocks * superblock.blockBytes, tree?.placed === true ? fs : undefined, superblock.tree?.textBytes ?? 0) : undefined;
  let flushed = fs.changes;
  let frozen = false;
  if (lower === undefined) fs.create(fs.root, "lost+found", { mode: S.IFDIR | 0o700, uid: 0, gid: 0 });
  const usedNow = usedOf(fs);
  const counts: FreeCounts = { blocks: superblock.freeBlocks, inodes: superblock.freeInodes, usedBlocks: usedNow.blocks, usedInodes: usedNow.inodes };
  if (!readOnly) {
    if (superblock.needsRecovery) kernel.log.append(`EXT4-fs (${device.name}): recovery complete`, 6);
    superblock.noteClean(false);
    superblock.noteMount(Math.floor(host.nowUs() / 1_000_000), target);
    device.write(SUPERBLOCK_OFFSET, superblock.bytes);
  }
  devices.setMounted(device, fs);
  NOTERS.set(fs, (clean) => {
    if (device.readOnly) return;
    if (clean) writeBack(device, fs, host.nowUs(), counts, placed);
    else {
      const bytes = new Ext4Superblock(device.read(SUPERBLOCK_OFFSET, SUPERBLOCK_BYTES).slice());
      bytes.noteClean(false);
      device.write(SUPERBLOCK_OFFSET, bytes.bytes);
    }
  });
  return fs;
}

/** Notes in the super block whether the file system is clean, as it is mounted anew without or with writing. */
const NOTERS = new WeakMap<MemoryFileSystem, (clean: boolean) => void>();

export function ext4Type(kernel: Kernel, name: "ext2" | "ext3" | "ext4"): FileSystemType {
  return {
    name,
    needsDevice: true,
    userMountable: false,
    mount(request) {
      const device = sourceDevice(kernel, request);
      const devices = blockDevicesOf(kernel);
      const present = devices.mounted(device);
      if (present !== undefined) {
        if (present.readOnly !== request.readOnly && present.readOnly) throw new SysError("EBUSY");
        return { fs: present };
      }
      if (blockDevicesOf(kernel).isProtected(device) && !request.readOnly) throw new SysError("EACCES");
      return { fs: load(kernel, kernel.vfsHost, name, device, request) };
    },
    remount(fs, data, readOnly) {
      if (!(fs instanceof MemoryFileSystem)) throw new SysError("EINVAL");
      if (data !== "") fs.options = shownOptions(data);
      if (readOnly !== fs.readOnly) NOTERS.get(fs)?.(readOnly);
      fs.readOnly = readOnly;
    },
  };
}
