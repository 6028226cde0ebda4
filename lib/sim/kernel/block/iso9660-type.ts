// mount -t iso9660 of a block device: ECMA-119 with the names, modes and owners of Rock Ridge (IEEE P1282: NM, PX) where they are. Read-only. The tree
// is read when it is mounted.

import { decode } from "../bytes.ts";
import { SysError } from "../errno.ts";
import type { Kernel } from "../kernel.ts";
import { S } from "../sys.ts";
import type { FileSystemType } from "../vfs/file-system.ts";
import { MemoryFileSystem } from "../vfs/memory-file-system.ts";
import { makeDevice } from "../vfs/open.ts";
import { type BlockDevice, blockDevicesOf, sourceDevice } from "./block-device.ts";

const SECTOR = 2048;
const MOST_DEPTH = 16;
const MOST_BYTES = 64 * 1024 * 1024;

const le32 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16)) + (bytes[at + 3] ?? 0) * 0x1000000;

interface Extension {
  readonly name: string | undefined;
  readonly mode: number | undefined;
}

function extensionOf(area: Uint8Array): Extension {
  let name: string | undefined;
  let mode: number | undefined;
  for (let at = 0; at + 4 <= area.length; ) {
    const length = area[at + 2] ?? 0;
    if (length < 4 || at + length > area.length) break;
    const signature = decode(area.subarray(at, at + 2));
    if (signature === "NM") name = (name ?? "") + decode(area.subarray(at + 5, at + length));
    else if (signature === "PX") mode = le32(area, at + 4);
    at += length;
  }
  return { name, mode };
}

function fill(fs: MemoryFileSystem, directory: number, device: BlockDevice, extent: number, sizeBytes: number, depth: number): void {
  if (depth > MOST_DEPTH || sizeBytes > MOST_BYTES) throw new SysError("EINVAL");
  const records = device.read(extent * SECTOR, sizeBytes);
  for (let at = 0; at < records.length; ) {
    const length = records[at] ?? 0;
    if (length === 0) {
      at = (Math.floor(at / SECTOR) + 1) * SECTOR;
      continue;
    }
    const nameLength = records[at + 32] ?? 0;
    const isDirectory = ((records[at + 25] ?? 0) & 2) !== 0;
    const own = records.subarray(at + 33, at + 33 + nameLength);
    const special = nameLength === 1 && (own[0] ?? 0) <= 1;
    const { name, mode } = extensionOf(records.subarray(at + 33 + nameLength + (nameLength % 2 === 0 ? 1 : 0), at + length));
    const [start, size] = [le32(records, at + 2), le32(records, at + 10)];
    at += length;
    if (special) continue;
    const shown = name ?? decode(own).replace(/;\d+$/, "").replace(/\.$/, "").toLowerCase();
    if (shown === "" || shown.includes("/") || size > MOST_BYTES) continue;
    const node = fs.create(directory, shown, { mode: mode ?? (isDirectory ? S.IFDIR | 0o555 : S.IFREG | 0o444), uid: 0, gid: 0 });
    if (isDirectory) fill(fs, node, device, start, size, depth + 1);
    else if (size > 0) fs.write(node, 0, device.read(start * SECTOR, size).slice());
  }
}

export function iso9660Type(kernel: Kernel): FileSystemType {
  return {
    name: "iso9660",
    needsDevice: true,
    userMountable: false,
    mount(request) {
      const device = sourceDevice(kernel, request);
      const devices = blockDevicesOf(kernel);
      const present = devices.mounted(device);
      if (present !== undefined) return { fs: present };
      const volume = device.read(16 * SECTOR, SECTOR);
      if (volume[0] !== 1 || decode(volume.subarray(1, 6)) !== "CD001") throw new SysError("EINVAL");
      const fs: MemoryFileSystem = new MemoryFileSystem({
        type: "iso9660", device: makeDevice(device.major, device.minor), host: kernel.vfsHost, options: "nojoliet,check=s,map=n,blocksize=2048", readOnly: false,
        capacity: { blocks: Math.max(1, Math.ceil(device.sizeBytes / 4096)) + 1024, reservedBlocks: 0, inodes: 65_536 },
        onUnmounted: () => devices.setMounted(device, undefined),
      });
      fill(fs, fs.root, device, le32(volume, 158), le32(volume, 166), 0);
      fs.readOnly = true;
      devices.setMounted(device, fs);
      return { fs };
    },
    remount(_fs, _data, readOnly) {
      if (!readOnly) throw new SysError("EROFS");
    },
  };
}
