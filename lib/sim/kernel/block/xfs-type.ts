// mount -t xfs. The super block is the real one (XFS Algorithms & Data Structures, "Superblocks"); free counts and, after xfs_growfs, the number of blocks are kept
// in it. Request: XFS_IOC_FSGROWFSDATA with the new number of blocks.
import { SysError } from "../errno.ts";
import type { Kernel } from "../kernel.ts";
import { CAP } from "../vfs/caller.ts";
import type { FileSystemType } from "../vfs/file-system.ts";
import { MemoryFileSystem } from "../vfs/memory-file-system.ts";
import { parseMountOptions } from "../vfs/tmpfs.ts";
import type { BlockDevice } from "./block-device.ts";
import { crc32c } from "../crc32c.ts";
import { type ImageLayout, imageFileSystemType } from "./image-type.ts";

const SECTOR_BYTES = 512;
/** A sector behind the heads of the first allocation group. */
const NOTE_OFFSET = 4 * SECTOR_BYTES;
const TEXT_OFFSET = 64 * 1024;
const SHOWN = new Set(["noquota", "usrquota", "uquota", "grpquota", "gquota", "prjquota", "pquota", "discard", "nodiscard", "inode32", "inode64", "wsync", "swalloc", "nouuid", "norecovery"]);

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

class XfsFileSystem extends MemoryFileSystem {}

function superblock(device: BlockDevice): DataView | undefined {
  const view = viewOf(device.read(0, SECTOR_BYTES).slice());
  return view.byteLength === SECTOR_BYTES && view.getUint32(0) === 0x58465342 && view.getUint32(4) === 4096 ? view : undefined;
}

function store(device: BlockDevice, view: DataView): void {
  view.setUint32(0xe0, 0);
  view.setUint32(0xe0, crc32c(new Uint8Array(view.buffer)), true);
  device.write(0, new Uint8Array(view.buffer));
}

/** What the allocation groups keep back for their trees (reflink, finobt) is shown as used: about 33 MiB and 0.7 % (measured with mkfs.xfs 6.1). */
function ownBlocks(blocks: number): number {
  return Math.floor(8448 + blocks * 0.007) - 8;
}

function layout(device: BlockDevice): ImageLayout | undefined {
  const view = superblock(device);
  if (view === undefined) return undefined;
  const blocks = Number(view.getBigUint64(8));
  const logBlocks = view.getUint32(0x60);
  if (blocks * 4096 > device.sizeBytes) return undefined;
  return { capacity: { blocks, reservedBlocks: 0, inodes: Math.floor((blocks * 8 * view.getUint8(0x7f)) / 100) }, overheadBlocks: logBlocks, ownBlocks: ownBlocks(blocks), noteOffset: NOTE_OFFSET, textOffset: TEXT_OFFSET, dataOffset: 32 * 2 ** 20 };
}

export function xfsType(kernel: Kernel): FileSystemType {
  return imageFileSystemType<XfsFileSystem>(kernel, "xfs", {
    name: "xfs", layout,
    options(data) {
      const given = parseMountOptions(data).map(([name]) => name);
      for (const name of given) if (!SHOWN.has(name) && !/^(logbufs|logbsize|allocsize|sunit|swidth|attr2|noattr2|largeio|nolargeio|ikeep|noikeep|filestreams|uqnoenforce|gqnoenforce|pqnoenforce)$/.test(name)) throw new SysError("EINVAL");
      const quotas = [given.some((name) => /^u(sr)?quota$/.test(name)) && "usrquota", given.some((name) => /^g(rp)?quota$/.test(name)) && "grpquota", given.some((name) => /^p(rj)?quota$/.test(name)) && "prjquota"].filter((word) => word !== false);
      return ["attr2", given.includes("inode32") ? "inode32" : "inode64", ...(given.includes("discard") ? ["discard"] : []), "logbufs=8", "logbsize=32k", ...(quotas.length > 0 ? quotas : ["noquota"])].join(",");
    },
    make: (options) => new XfsFileSystem(options),
    noteUse(device, fs) {
      const view = superblock(device);
      if (view === undefined) return;
      const { blocksFree } = fs.statfs();
      view.setBigUint64(0x90, BigInt(blocksFree + ownBlocks(Number(view.getBigUint64(8)))));
      const { files, filesFree } = fs.statfs();
      const inodes = Math.max(64, Math.ceil((files - filesFree) / 64) * 64);
      view.setBigUint64(0x80, BigInt(inodes));
      view.setBigUint64(0x88, BigInt(inodes - Math.min(inodes, Math.max(3, files - filesFree - 8))));
      store(device, view);
    },
    request(fs, actor, request, argument, device) {
      if (request !== "XFS_IOC_FSGROWFSDATA" || typeof argument !== "number") throw new SysError("ENOTTY");
      if (!actor.capable(CAP.SYS_ADMIN)) throw new SysError("EPERM");
      const view = superblock(device);
      if (view === undefined) throw new SysError("EIO");
      const old = Number(view.getBigUint64(8));
      if (argument < old || argument * 4096 > device.sizeBytes) throw new SysError("EINVAL");
      const groupBlocks = view.getUint32(0x54);
      view.setBigUint64(8, BigInt(argument));
      view.setUint32(0x58, Math.ceil(argument / groupBlocks));
      view.setBigUint64(0x90, view.getBigUint64(0x90) + BigInt(argument - old));
      store(device, view);
      fs.capacity = layout(device)?.capacity ?? fs.capacity;
      return 0;
    },
  }, (fs) => fs instanceof XfsFileSystem);
}
