// mount -t vfat and msdos (Documentation/filesystems/vfat.rst): no owners, no modes but those of the mount's options, no links, names whose case does not matter. The
// boot sector is the real one; the note about the tree stands in a reserved sector.
import { SysError } from "../errno.ts";
import type { Kernel } from "../kernel.ts";
import { S } from "../sys.ts";
import type { AttributeChange, FileSystemType, NewNode, NodeFacts } from "../vfs/file-system.ts";
import { MemoryFileSystem, type MemoryFileSystemOptions } from "../vfs/memory-file-system.ts";
import { parseMountOptions } from "../vfs/tmpfs.ts";
import type { BlockDevice } from "./block-device.ts";
import { type ImageLayout, imageFileSystemType } from "./image-type.ts";

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
/** FAT keeps times of two seconds. */
const TIME_STEP_US = 2_000_000;

class VfatFileSystem extends MemoryFileSystem {
  readonly #uid: number;
  readonly #gid: number;
  readonly #fileMask: number;
  readonly #directoryMask: number;
  readonly #quiet: boolean;

  constructor(options: MemoryFileSystemOptions, data: string) {
    super({ ...options, rootMode: 0o777 });
    const given = new Map(parseMountOptions(data));
    const octal = (name: string): number | undefined => (given.get(name) === undefined ? undefined : Number.parseInt(given.get(name) ?? "0", 8));
    this.#uid = Number(given.get("uid") ?? 0);
    this.#gid = Number(given.get("gid") ?? 0);
    this.#fileMask = octal("fmask") ?? octal("umask") ?? 0o022;
    this.#directoryMask = octal("dmask") ?? octal("umask") ?? 0o022;
    this.#quiet = given.has("quiet");
  }

  #mask(directory: boolean): number {
    return directory ? this.#directoryMask : this.#fileMask;
  }

  override facts(ino: number): NodeFacts {
    const { ino: number, mode, nlink, rdev, sizeBytes, flags, atimeUs, mtimeUs, ctimeUs, btimeUs } = super.facts(ino);
    const directory = (mode & S.IFMT) === S.IFDIR;
    // all that FAT keeps of a mode is whether anybody may write
    const bits = 0o777 & ~this.#mask(directory) & (directory || (mode & 0o222) !== 0 ? 0o777 : 0o555);
    return { ino: number, mode: (mode & S.IFMT) | bits, uid: this.#uid, gid: this.#gid, nlink: directory ? nlink : 1, rdev, sizeBytes, flags, atimeUs, mtimeUs: mtimeUs - (mtimeUs % TIME_STEP_US), ctimeUs, btimeUs };
  }

  override lookup(directory: number, name: string): number {
    const exact = super.lookup(directory, name);
    if (exact !== 0) return exact;
    const folded = name.toLowerCase();
    if ((super.facts(directory).mode & S.IFMT) !== S.IFDIR) return 0;
    return this.entries(directory).find((entry) => entry.name.toLowerCase() === folded)?.ino ?? 0;
  }

  #storedName(directory: number, name: string): string {
    const ino = this.lookup(directory, name);
    return this.entries(directory).find((entry) => entry.ino === ino)?.name ?? name;
  }

  override create(directory: number, name: string, node: NewNode): number {
    const kind = node.mode & S.IFMT;
    if (kind !== S.IFREG && kind !== S.IFDIR) throw new SysError("EPERM");
    if (/["*:<>?|\\]/.test(name) || [...name].length > 255) throw new SysError("EINVAL");
    return super.create(directory, name, { ...node, mode: kind | 0o777 });
  }

  override link(): void {
    throw new SysError("EPERM");
  }

  override unlink(directory: number, name: string): void {
    super.unlink(directory, this.#storedName(directory, name));
  }

  override rmdir(directory: number, name: string): void {
    super.rmdir(directory, this.#storedName(directory, name));
  }

  override rename(fromDirectory: number, fromName: string, toDirectory: number, toName: string, exchange: boolean): void {
    super.rename(fromDirectory, this.#storedName(fromDirectory, fromName), toDirectory, super.lookup(toDirectory, toName) === 0 && this.lookup(toDirectory, toName) !== 0 && this.lookup(toDirectory, toName) !== this.lookup(fromDirectory, fromName) ? this.#storedName(toDirectory, toName) : toName, exchange);
  }

  override setAttributes(ino: number, change: AttributeChange): void {
    const directory = (super.facts(ino).mode & S.IFMT) === S.IFDIR;
    const owner = (change.uid !== undefined && change.uid !== this.#uid) || (change.gid !== undefined && change.gid !== this.#gid);
    // the bits that the mask leaves must be there all together, but for writing (fat_sanitize_mode)
    const allowed = 0o777 & ~this.#mask(directory);
    const bits = change.mode === undefined ? allowed : change.mode & 0o777;
    const wrong = bits !== allowed && (directory || bits !== (allowed & 0o555));
    if ((owner || wrong) && !this.#quiet) throw new SysError("EPERM");
    const { uid: _uid, gid: _gid, mode, ...rest } = change;
    super.setAttributes(ino, mode === undefined || wrong ? rest : { ...rest, mode: (super.facts(ino).mode & S.IFMT) | ((mode & 0o222) === 0 ? 0o555 : 0o777) });
  }

  override setxattr(): void {
    throw new SysError("EOPNOTSUPP");
  }
}

function layout(device: BlockDevice): ImageLayout | undefined {
  const boot = viewOf(device.read(0, 512));
  if (boot.byteLength < 512 || boot.getUint16(510) !== 0x55aa || boot.getUint16(11, true) < 512) return undefined;
  const sectorBytes = boot.getUint16(11, true);
  const clusterSectors = boot.getUint8(13);
  const reserved = boot.getUint16(14, true);
  const fats = boot.getUint8(16);
  const rootEntries = boot.getUint16(17, true);
  const sectors = boot.getUint16(19, true) || boot.getUint32(32, true);
  const fatSectors = boot.getUint16(22, true) || boot.getUint32(36, true);
  if (clusterSectors === 0 || reserved === 0 || fats === 0 || sectors === 0 || sectors * sectorBytes > device.sizeBytes) return undefined;
  const dataSector = reserved + fats * fatSectors + Math.ceil((rootEntries * 32) / sectorBytes);
  const bytes = Math.floor((sectors - dataSector) / clusterSectors) * clusterSectors * sectorBytes;
  const noteSector = rootEntries === 0 ? 12 : reserved > 1 ? 1 : 0;
  const dataOffset = dataSector * sectorBytes;
  return { capacity: { blocks: Math.floor(bytes / 4096), reservedBlocks: 0, inodes: Number.POSITIVE_INFINITY }, overheadBlocks: 0, ownBlocks: 0, noteOffset: noteSector === 0 ? 62 + 448 - 32 : noteSector * sectorBytes + 416, textOffset: dataOffset + 4096, dataOffset: dataOffset + Math.max(65_536, Math.floor(bytes / 16 / 4096) * 4096) };
}

const KNOWN = /^(uid|gid|umask|dmask|fmask|codepage|iocharset|shortname|errors|utf8|quiet|check|time_offset|tz|allow_utime|flush|nonumtail|showexec|sys_immutable|dots|nodots|discard|rodir|uni_xlate|nfs|conv)$/;

export const VFAT_NAMES = ["vfat", "msdos"] as const;

export function vfatType(kernel: Kernel, name: (typeof VFAT_NAMES)[number]): FileSystemType {
  return imageFileSystemType<VfatFileSystem>(kernel, name, {
    name: "vfat", layout,
    options(data) {
      const given = parseMountOptions(data);
      for (const [word, text] of given) if (!KNOWN.test(word) || (/^[ug]id$/.test(word) && !/^\d{1,10}$/.test(text ?? "")) || (/mask$/.test(word) && !/^[0-7]{1,4}$/.test(text ?? ""))) throw new SysError("EINVAL");
      const value = (word: string): string | undefined => given.find(([each]) => each === word)?.[1];
      const mask = (word: string): string => (value(word) ?? value("umask") ?? "0022").padStart(4, "0");
      return [...(Number(value("uid") ?? 0) > 0 ? [`uid=${value("uid")}`] : []), ...(Number(value("gid") ?? 0) > 0 ? [`gid=${value("gid")}`] : []), `fmask=${mask("fmask")}`, `dmask=${mask("dmask")}`, `codepage=${value("codepage") ?? "437"}`, `iocharset=${value("iocharset") ?? "ascii"}`, `shortname=${value("shortname") ?? "mixed"}`, ...(name === "vfat" ? ["utf8"] : []), ...(given.some(([word]) => word === "quiet") ? ["quiet"] : []), `errors=${value("errors") ?? "remount-ro"}`].join(",");
    },
    make: (options, data) => new VfatFileSystem(options, data),
    noteUse(device, fs) {
      const boot = viewOf(device.read(0, 512));
      if (boot.getUint16(17, true) !== 0) return;
      const information = device.read(512, 512).slice();
      const { blocksFree } = fs.statfs();
      viewOf(information).setUint32(488, Math.floor((blocksFree * 4096) / (boot.getUint8(13) * boot.getUint16(11, true))), true);
      device.write(512, information);
    },
  }, (fs) => fs instanceof VfatFileSystem);
}
