// File systems other than ext4 whose super block is the real one and whose tree lies in a form of ours (tree-image.ts): FAT, XFS, btrfs. Each says where its super
// block has room for a note of 32 bytes about the tree, and where text and data go.
import { concatBytes } from "../bytes.ts";
import { SysError } from "../errno.ts";
import type { Kernel } from "../kernel.ts";
import type { Actor } from "../open-file-description.ts";
import { CAP } from "../vfs/caller.ts";
import type { FileSystemType } from "../vfs/file-system.ts";
import type { Capacity, MemoryFileSystem, MemoryFileSystemOptions } from "../vfs/memory-file-system.ts";
import { makeDevice } from "../vfs/open.ts";
import { type BlockDevice, blockDevicesOf, sourceDevice } from "./block-device.ts";
import { PlacedTree } from "./placed-tree.ts";
import { exportTree, importTree } from "./tree-image.ts";

const TREE_MARK = 0x31544f48;
const NOTE_BYTES = 32;

export interface ImageLayout {
  /** blocks of 4 KiB */
  readonly capacity: Capacity;
  readonly overheadBlocks: number;
  /** taken by the file system's own trees: shown as used */
  readonly ownBlocks: number;
  /** of the note */
  readonly noteOffset: number;
  readonly textOffset: number;
  readonly dataOffset: number;
}

export interface ImageKind<F extends MemoryFileSystem> {
  readonly name: "vfat" | "xfs" | "btrfs";
  /** Undefined: no such file system there. */
  layout(device: BlockDevice): ImageLayout | undefined;
  /** What mountinfo shows. Errors: EINVAL. */
  options(data: string, device: BlockDevice): string;
  make(options: MemoryFileSystemOptions, data: string, tree: boolean): F;
  /** Its free counts in the super block. */
  noteUse(device: BlockDevice, fs: F): void;
  /** the part that is mounted: a subvolume. Errors: EINVAL, ENOENT */
  rootOf?(fs: F, data: string): number;
  request?(fs: F, actor: Actor, request: string, argument: unknown, device: BlockDevice): unknown;
}

function readNote(device: BlockDevice, offset: number): { readonly textBytes: number; readonly totalBytes: number; readonly placed: boolean } | undefined {
  const bytes = device.read(offset, NOTE_BYTES);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < NOTE_BYTES || view.getUint32(0, true) !== TREE_MARK) return undefined;
  return { textBytes: view.getUint32(4, true), totalBytes: Number(view.getBigUint64(8, true)), placed: view.getUint32(16, true) === 1 };
}

function writeNote(device: BlockDevice, offset: number, textBytes: number, totalBytes: number, placed: boolean): void {
  const bytes = new Uint8Array(NOTE_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, TREE_MARK, true);
  view.setUint32(4, textBytes, true);
  view.setBigUint64(8, BigInt(totalBytes), true);
  view.setUint32(16, Number(placed), true);
  device.write(offset, bytes);
}

function writeTree<F extends MemoryFileSystem>(kind: ImageKind<F>, device: BlockDevice, layout: ImageLayout, fs: F, placed: PlacedTree | undefined): void {
  const placedBytes = placed?.write(fs);
  if (placedBytes !== undefined) writeNote(device, layout.noteOffset, placedBytes, placedBytes, true);
  else {
    const { text, data } = exportTree(fs);
    // what does not fit was never promised to fit
    if (layout.textOffset + text.length + data.length <= device.sizeBytes) {
      writeNote(device, layout.noteOffset, text.length, text.length + data.length, false);
      device.write(layout.textOffset, concatBytes([text, data]));
    }
  }
  kind.noteUse(device, fs);
  device.flush?.();
}

function load<F extends MemoryFileSystem>(kernel: Kernel, kind: ImageKind<F>, device: BlockDevice, readOnly: boolean, data: string): F {
  const devices = blockDevicesOf(kernel);
  const layout = kind.layout(device);
  if (layout === undefined) throw new SysError("EINVAL");
  const options = kind.options(data, device);
  const note = readNote(device, layout.noteOffset);
  let lower: ReturnType<typeof importTree>;
  if (note !== undefined) {
    lower = importTree({ text: device.read(layout.textOffset, note.textBytes), data: device.read(layout.textOffset + note.textBytes, note.totalBytes - note.textBytes) }, undefined, (at, length) => device.read(at, length));
    if (lower === undefined) throw new SysError("EINVAL");
  }
  let flushed = 0;
  let frozen = false;
  const fs: F = kind.make({
    type: kind.name, device: makeDevice(device.major, device.minor), host: kernel.vfsHost, options, readOnly, stepsPerMiB: device.stepsPerMiB ?? 0, capacity: layout.capacity, overheadBlocks: layout.overheadBlocks, unseenBlocks: layout.ownBlocks,
    ...(lower === undefined ? {} : { lower }),
    onFlush: () => {
      if (!fs.readOnly && fs.changes !== flushed) writeTree(kind, device, layout, fs, placed);
      flushed = fs.changes;
    },
    onUnmounted: () => {
      try {
        if (!fs.readOnly) writeTree(kind, device, kind.layout(device) ?? layout, fs, placed);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        kernel.log.append(`Buffer I/O error on dev ${device.name}, logical block ${Math.floor(layout.dataOffset / 4096)}, lost async page write`, 3);
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
      if (kind.request === undefined) throw new SysError("ENOTTY");
      return kind.request(fs, actor, request, argument, device);
    },
  }, data, lower !== undefined);
  const placed = device.kind === "dm" ? new PlacedTree(device, layout.textOffset, layout.dataOffset, note?.placed === true ? fs : undefined, note?.textBytes ?? 0) : undefined;
  flushed = fs.changes;
  devices.setMounted(device, fs);
  return fs;
}

/** request_module("fs-NAME"): the module and what it needs. */
const MODULES: Readonly<Record<ImageKind<MemoryFileSystem>["name"], readonly (readonly [name: string, usedBy: string])[]>> = {
  vfat: [["fat", "vfat"], ["vfat", ""], ["nls_cp437", ""], ["nls_ascii", ""]],
  xfs: [["libcrc32c", "xfs"], ["xfs", ""]],
  btrfs: [["zstd_compress", "btrfs"], ["raid6_pq", "btrfs"], ["xor", "btrfs"], ["libcrc32c", "btrfs"], ["btrfs", ""]],
};

function requestModule(kernel: Kernel, kind: ImageKind<MemoryFileSystem>["name"]): void {
  if (kernel.modules.has(kind)) return;
  for (const [name, user] of MODULES[kind]) {
    const present = kernel.modules.get(name);
    if (present === undefined) kernel.modules.set(name, { parameters: "", usedBy: user === "" ? [] : [user], ...(user === "" && { pinned: 1 }) });
    else if (user !== "" && !present.usedBy.includes(user)) kernel.modules.set(name, { ...present, usedBy: [...present.usedBy, user] });
  }
}

export function imageFileSystemType<F extends MemoryFileSystem>(kernel: Kernel, name: string, kind: ImageKind<F>, isOfKind: (fs: unknown) => fs is F): FileSystemType {
  return {
    name, needsDevice: true, userMountable: false,
    mount(request) {
      const device = sourceDevice(kernel, request);
      const present = blockDevicesOf(kernel).mounted(device);
      let fs: F;
      if (present !== undefined) {
        if (!isOfKind(present) || (present.readOnly !== request.readOnly && present.readOnly)) throw new SysError("EBUSY");
        fs = present;
      } else {
        if (blockDevicesOf(kernel).isProtected(device) && !request.readOnly) throw new SysError("EACCES");
        requestModule(kernel, kind.name);
        fs = load(kernel, kind, device, request.readOnly, request.data);
      }
      try {
        const root = kind.rootOf?.(fs, request.data);
        return root === undefined ? { fs } : { fs, root };
      } catch (error) {
        if (present === undefined) blockDevicesOf(kernel).setMounted(device, undefined);
        throw error;
      }
    },
    remount(fs, data, readOnly) {
      if (!isOfKind(fs)) throw new SysError("EINVAL");
      fs.readOnly = readOnly;
      void data;
    },
  };
}
