// mount -t iso9660 of a block device: ECMA-119 with the names, modes, owners, links and times of Rock Ridge (IEEE P1282) where they are, else the names of
// Joliet, else those of ISO 9660 in small letters. Read-only. The tree is read when it is mounted. (isofs of Linux 6.1: norock and nojoliet choose.)

import { decode } from "../bytes.ts";
import { daysFromCivil } from "../civil-date.ts";
import { SysError } from "../errno.ts";
import type { Kernel } from "../kernel.ts";
import { S } from "../sys.ts";
import type { AttributeChange, FileSystemType } from "../vfs/file-system.ts";
import { MemoryFileSystem } from "../vfs/memory-file-system.ts";
import { makeDevice } from "../vfs/open.ts";
import { type BlockDevice, blockDevicesOf, sourceDevice } from "./block-device.ts";

const SECTOR = 2048;
const MOST_DEPTH = 32;
const MOST_AREAS = 64;
const MOST_BYTES = 64 * 1024 * 1024;

const le32 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16)) + (bytes[at + 3] ?? 0) * 0x1000000;

/** Seven bytes of ECMA-119 9.1.5. */
function timeUs(bytes: Uint8Array, at: number): number {
  const byte = (index: number): number => bytes[at + index] ?? 0;
  const zone = byte(6) > 127 ? byte(6) - 256 : byte(6);
  return ((daysFromCivil(1900 + byte(0), Math.max(1, byte(1)), Math.max(1, byte(2))) * 24 + byte(3)) * 3600 + byte(4) * 60 + byte(5) - zone * 900) * 1e6;
}

interface Extension {
  name?: string;
  mode?: number;
  uid?: number;
  gid?: number;
  device?: number;
  target?: string;
  mtimeUs?: number;
  atimeUs?: number;
  announced?: boolean;
}

function extensionOf(device: BlockDevice, first: Uint8Array): Extension {
  const found: Extension = {};
  let area = first;
  let component = "";
  for (let areas = 0; areas < MOST_AREAS; areas++) {
    let next: Uint8Array | undefined;
    for (let at = 0; at + 4 <= area.length; ) {
      const length = area[at + 2] ?? 0;
      if (length < 4 || at + length > area.length) break;
      const signature = decode(area.subarray(at, at + 2));
      if (signature === "NM") found.name = (found.name ?? "") + decode(area.subarray(at + 5, at + length));
      else if (signature === "SP") found.announced = true;
      else if (signature === "PX") [found.mode, found.uid, found.gid] = [le32(area, at + 4), le32(area, at + 20), le32(area, at + 28)];
      else if (signature === "PN") found.device = makeDevice(le32(area, at + 4), le32(area, at + 12));
      else if (signature === "CE") next = device.read(le32(area, at + 4) * SECTOR + le32(area, at + 12), Math.min(SECTOR, le32(area, at + 20))).slice();
      else if (signature === "TF") {
        // creation, modification, access… each where its bit says
        const flags = area[at + 4] ?? 0;
        let place = at + 5;
        for (const [bit, field] of [[1, undefined], [2, "mtimeUs"], [4, "atimeUs"]] as const) {
          if ((flags & bit) === 0 || (flags & 0x80) !== 0) continue;
          if (field !== undefined) found[field] = timeUs(area, place);
          place += 7;
        }
      } else if (signature === "SL") {
        found.target ??= "";
        for (let part = at + 5; part + 2 <= at + length; part += 2 + (area[part + 1] ?? 0)) {
          const kind = area[part] ?? 0;
          component += (kind & 2) !== 0 ? "." : (kind & 4) !== 0 ? ".." : (kind & 8) !== 0 ? "/" : decode(area.subarray(part + 2, part + 2 + (area[part + 1] ?? 0)));
          if ((kind & 1) !== 0) continue;
          found.target += (found.target === "" || found.target.endsWith("/") ? "" : "/") + component;
          component = "";
        }
      }
      at += length;
    }
    if (next === undefined) break;
    area = next;
  }
  return found;
}

type Names = "rock" | "joliet" | "plain";

const plainName = (own: Uint8Array): string => decode(own).replace(/;\d+$/, "").replace(/\.$/, "").toLowerCase();
const wideName = (own: Uint8Array): string => String.fromCharCode(...Array.from({ length: own.length >> 1 }, (_, index) => (own[index * 2] ?? 0) * 256 + (own[index * 2 + 1] ?? 0))).replace(/;\d+$/, "");

function fill(fs: MemoryFileSystem, directory: number, device: BlockDevice, extent: number, sizeBytes: number, names: Names, depth: number): void {
  if (depth > MOST_DEPTH || sizeBytes > MOST_BYTES) throw new SysError("EINVAL");
  const records = device.read(extent * SECTOR, sizeBytes);
  let of: AttributeChange = {};
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
    const extension = names === "rock" ? extensionOf(device, records.slice(at + 33 + nameLength + (nameLength % 2 === 0 ? 1 : 0), at + length)) : {};
    const [start, size, recorded] = [le32(records, at + 2), le32(records, at + 10), timeUs(records, at + 18)];
    at += length;
    const { mode = isDirectory ? S.IFDIR | 0o555 : S.IFREG | 0o444, uid = 0, gid = 0, mtimeUs = recorded, atimeUs = recorded } = extension;
    if (special) {
      if (own[0] === 0) of = { mode, uid, gid, mtimeUs, atimeUs };
      continue;
    }
    const shown = extension.name ?? (names === "joliet" ? wideName(own) : plainName(own));
    if (shown === "" || shown.includes("/") || size > MOST_BYTES) continue;
    const node = fs.create(directory, shown, { mode, uid, gid, ...(extension.device !== undefined && { rdev: extension.device }), ...(extension.target !== undefined && { target: extension.target }) });
    if (isDirectory) fill(fs, node, device, start, size, names, depth + 1);
    else if (size > 0 && (mode & S.IFMT) === S.IFREG) fs.write(node, 0, device.read(start * SECTOR, size).slice());
    if (!isDirectory) fs.setAttributes(node, { mtimeUs, atimeUs });
  }
  // what was made in it changed its time
  fs.setAttributes(directory, of);
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
      const volume = device.read(16 * SECTOR, SECTOR).slice();
      if (volume[0] !== 1 || decode(volume.subarray(1, 6)) !== "CD001") throw new SysError("EINVAL");
      const wanted = request.data.split(",");
      let joliet: Uint8Array | undefined;
      for (let sector = 17; sector < 32; sector++) {
        const descriptor = device.read(sector * SECTOR, SECTOR);
        if (descriptor[0] === 255 || decode(descriptor.subarray(1, 6)) !== "CD001") break;
        if (descriptor[0] === 2 && decode(descriptor.subarray(88, 90)) === "%/") joliet = descriptor.slice();
      }
      const rootRecord = device.read(le32(volume, 158) * SECTOR, SECTOR);
      const hasRock = extensionOf(device, rootRecord.slice(34, rootRecord[0] ?? 34)).announced === true;
      const names: Names = hasRock && !wanted.includes("norock") ? "rock" : joliet !== undefined && !wanted.includes("nojoliet") ? "joliet" : "plain";
      const fs: MemoryFileSystem = new MemoryFileSystem({
        type: "iso9660", device: makeDevice(device.major, device.minor), host: kernel.vfsHost, readOnly: false,
        options: names === "joliet" ? "norock,check=r,map=n,blocksize=2048" : `${wanted.includes("norock") ? "norock" : "nojoliet"},check=s,map=n,blocksize=2048`,
        capacity: { blocks: Math.max(1, Math.ceil(device.sizeBytes / 4096)) + 1024, reservedBlocks: 0, inodes: 65_536 },
        onUnmounted: () => devices.setMounted(device, undefined),
      });
      const root = names === "joliet" ? (joliet ?? volume) : volume;
      fill(fs, fs.root, device, le32(root, 158), le32(root, 166), names, 0);
      fs.readOnly = true;
      devices.setMounted(device, fs);
      return { fs };
    },
    remount(_fs, _data, readOnly) {
      if (!readOnly) throw new SysError("EROFS");
    },
  };
}
