// mount -t btrfs, of one device. The super block is the real one (btrfs on-disk format, at 64 KiB); subvolumes are directories that a table knows: it is kept in an
// extended attribute of the top directory that nobody sees. Requests on any open file: BTRFS_IOC_SUBVOL_CREATE {directory, name}, BTRFS_IOC_SNAP_CREATE
// {directory, name, source, readOnly}, BTRFS_IOC_SNAP_DESTROY {directory, name}, BTRFS_IOC_SUBVOLUMES → BtrfsSubvolume[] with their paths, BTRFS_IOC_SUBVOL_SETFLAGS {root, readOnly},
// BTRFS_IOC_DEFAULT_SUBVOL with an id → id, BTRFS_IOC_RESIZE with bytes, BTRFS_IOC_SPACE_INFO → BtrfsSpace. Directories and roots are inode numbers.
import { decode, encode } from "../bytes.ts";
import { SysError } from "../errno.ts";
import type { Kernel } from "../kernel.ts";
import type { Actor } from "../open-file-description.ts";
import { S } from "../sys.ts";
import { CAP } from "../vfs/caller.ts";
import type { AllocateMode, AttributeChange, FileSystemType, NewNode } from "../vfs/file-system.ts";
import { MemoryFileSystem, type MemoryFileSystemOptions } from "../vfs/memory-file-system.ts";
import { parseMountOptions } from "../vfs/tmpfs.ts";
import type { Contents } from "../vfs/contents.ts";
import type { BlockDevice } from "./block-device.ts";
import { crc32c } from "../crc32c.ts";
import { type ImageLayout, imageFileSystemType } from "./image-type.ts";

const SUPERBLOCK_OFFSET = 65_536;
const SUPERBLOCK_BYTES = 4096;
const NOTE_OFFSET = SUPERBLOCK_OFFSET + SUPERBLOCK_BYTES;
const TEXT_OFFSET = 1 << 20;
const TABLE = "btrfs.subvolumes";
const TOP_ID = 5;
const FIRST_ID = 256;
const MIB = 1 << 20;

export interface BtrfsSubvolume {
  readonly id: number;
  /** inode of its directory */
  readonly root: number;
  readonly parentId: number;
  readonly uuid: string;
  readonly parentUuid: string;
  generation: number;
  readonly createdUs: number;
  readOnly: boolean;
}

interface Table {
  readonly subvolumes: BtrfsSubvolume[];
  nextId: number;
  defaultId: number;
  generation: number;
}

interface BtrfsSpace {
  readonly dataTotal: number;
  readonly dataUsed: number;
  readonly metadataTotal: number;
  readonly metadataUsed: number;
  readonly systemTotal: number;
  readonly systemUsed: number;
  readonly deviceSize: number;
  readonly generation: number;
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function uuid(random: Uint8Array): string {
  const hex = [...random].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

class BtrfsFileSystem extends MemoryFileSystem {
  readonly #table: Table;
  readonly #random: () => Uint8Array;
  readonly #nowUs: () => number;
  sizeBytes: number;

  constructor(options: MemoryFileSystemOptions, random: () => Uint8Array, sizeBytes: number) {
    super(options);
    this.#random = random;
    this.#nowUs = () => options.host.nowUs();
    this.sizeBytes = sizeBytes;
    const stored = super.getxattr(this.root, TABLE);
    this.#table = stored === undefined ? { subvolumes: [], nextId: FIRST_ID, defaultId: TOP_ID, generation: 7 } : (JSON.parse(decode(stored)) as Table);
  }

  #save(): void {
    this.#table.generation++;
    super.setxattr(this.root, TABLE, encode(JSON.stringify(this.#table)));
  }

  get subvolumes(): readonly BtrfsSubvolume[] {
    return this.#table.subvolumes;
  }

  get defaultId(): number {
    return this.#table.defaultId;
  }

  /** The subvolume in which a node is; undefined: the top. */
  subvolumeOf(ino: number): BtrfsSubvolume | undefined {
    for (let at = ino; at !== this.root; at = super.lastPlaceOf(at).parent) {
      const found = this.#table.subvolumes.find((one) => one.root === at);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** From the top, without a slash before it. */
  pathOf(ino: number): string {
    const path: string[] = [];
    for (let at = ino; at !== this.root; ) {
      const place = super.lastPlaceOf(at);
      path.unshift(place.name);
      at = place.parent;
    }
    return path.join("/");
  }

  #mayChange(ino: number): void {
    if (this.#table.subvolumes.length > 0 && this.subvolumeOf(ino)?.readOnly === true) throw new SysError("EROFS");
  }

  override create(directory: number, name: string, node: NewNode): number {
    this.#mayChange(directory);
    return super.create(directory, name, node);
  }

  override link(ino: number, directory: number, name: string): void {
    this.#mayChange(directory);
    if (this.subvolumeOf(ino) !== this.subvolumeOf(directory)) throw new SysError("EXDEV");
    super.link(ino, directory, name);
  }

  override unlink(directory: number, name: string): void {
    this.#mayChange(directory);
    super.unlink(directory, name);
  }

  override rmdir(directory: number, name: string): void {
    this.#mayChange(directory);
    const ino = super.lookup(directory, name);
    super.rmdir(directory, name);
    const at = this.#table.subvolumes.findIndex((one) => one.root === ino);
    if (at < 0) return;
    this.#table.subvolumes.splice(at, 1);
    this.#save();
  }

  override rename(fromDirectory: number, fromName: string, toDirectory: number, toName: string, exchange: boolean): void {
    this.#mayChange(fromDirectory);
    this.#mayChange(toDirectory);
    const moved = super.lookup(fromDirectory, fromName);
    if (!this.#table.subvolumes.some((one) => one.root === moved) && this.subvolumeOf(fromDirectory) !== this.subvolumeOf(toDirectory)) throw new SysError("EXDEV");
    super.rename(fromDirectory, fromName, toDirectory, toName, exchange);
  }

  override setAttributes(ino: number, change: AttributeChange): void {
    if (change.mode !== undefined || change.uid !== undefined || change.gid !== undefined || change.mtimeUs !== undefined) this.#mayChange(ino);
    super.setAttributes(ino, change);
  }

  override write(ino: number, position: number, bytes: Uint8Array): number {
    this.#mayChange(ino);
    return super.write(ino, position, bytes);
  }

  override truncate(ino: number, sizeBytes: number): void {
    this.#mayChange(ino);
    super.truncate(ino, sizeBytes);
  }

  override allocate(ino: number, offset: number, lengthBytes: number, mode: AllocateMode): void {
    this.#mayChange(ino);
    super.allocate(ino, offset, lengthBytes, mode);
  }

  override setxattr(ino: number, name: string, value: Uint8Array | undefined): void {
    this.#mayChange(ino);
    super.setxattr(ino, name, value);
  }

  override listxattr(ino: number): readonly string[] {
    return super.listxattr(ino).filter((name) => name !== TABLE);
  }

  #add(root: number, directory: number, parentUuid: string, readOnly: boolean): number {
    const id = this.#table.nextId++;
    this.#table.subvolumes.push({ id, root, parentId: this.subvolumeOf(directory)?.id ?? TOP_ID, uuid: uuid(this.#random()), parentUuid, generation: this.#table.generation, createdUs: this.#nowUs(), readOnly });
    this.#save();
    return id;
  }

  createSubvolume(directory: number, name: string, uid: number, gid: number): number {
    if (super.lookup(directory, name) !== 0) throw new SysError("EEXIST");
    return this.#add(this.create(directory, name, { mode: S.IFDIR | 0o755, uid, gid }), directory, "", false);
  }

  snapshotSubvolume(directory: number, name: string, source: number, readOnly: boolean): number {
    const from = this.#table.subvolumes.find((one) => one.root === source);
    if (from === undefined && source !== this.root) throw new SysError("EINVAL");
    if (super.lookup(directory, name) !== 0) throw new SysError("EEXIST");
    this.#mayChange(directory);
    const facts = super.facts(source);
    const root = super.create(directory, name, { mode: facts.mode, uid: facts.uid, gid: facts.gid });
    this.#copy(source, root, new Map());
    return this.#add(root, directory, from?.uuid ?? "", readOnly);
  }

  /** Inner subvolumes are left out, as btrfs does: an empty directory stands in their place. */
  #copy(from: number, to: number, links: Map<number, number>): void {
    for (const entry of super.entries(from)) {
      if (entry.ino === to) continue;
      const known = links.get(entry.ino);
      if (known !== undefined) {
        super.link(known, to, entry.name);
        continue;
      }
      const facts = super.facts(entry.ino);
      const kind = facts.mode & S.IFMT;
      const ino = super.create(to, entry.name, { mode: facts.mode, uid: facts.uid, gid: facts.gid, rdev: facts.rdev, ...(kind === S.IFLNK && { target: super.readlink(entry.ino) }) });
      if (kind === S.IFREG) {
        const contents: Contents = super.contentsOf(entry.ino);
        super.setContents(ino, contents);
        if (facts.nlink > 1) links.set(entry.ino, ino);
      } else if (kind === S.IFDIR && !this.#table.subvolumes.some((one) => one.root === entry.ino)) this.#copy(entry.ino, ino, links);
      for (const name of super.listxattr(entry.ino)) super.setxattr(ino, name, super.getxattr(entry.ino, name));
      super.setAttributes(ino, { atimeUs: facts.atimeUs, mtimeUs: facts.mtimeUs });
    }
  }

  destroySubvolume(directory: number, name: string): void {
    const root = super.lookup(directory, name);
    const at = this.#table.subvolumes.findIndex((one) => one.root === root);
    if (root === 0) throw new SysError("ENOENT");
    const found = this.#table.subvolumes[at];
    if (found === undefined) throw new SysError("EINVAL");
    if (found.id === this.#table.defaultId) throw new SysError("EPERM");
    if (this.#table.subvolumes.some((one) => one.parentId === found.id)) throw new SysError("ENOTEMPTY");
    this.#table.subvolumes.splice(at, 1);
    this.#empty(root);
    super.rmdir(directory, name);
    this.#save();
  }

  #empty(directory: number): void {
    for (const entry of super.entries(directory)) {
      if (entry.type === S.IFDIR) {
        this.#empty(entry.ino);
        super.rmdir(directory, entry.name);
      } else super.unlink(directory, entry.name);
    }
  }

  setReadOnly(root: number, readOnly: boolean): void {
    const found = this.#table.subvolumes.find((one) => one.root === root);
    if (found === undefined) throw new SysError("EINVAL");
    found.readOnly = readOnly;
    this.#save();
  }

  setDefault(id: number): void {
    if (id !== TOP_ID && !this.#table.subvolumes.some((one) => one.id === id)) throw new SysError("ENOENT");
    this.#table.defaultId = id;
    this.#save();
  }

  /** Chunks are taken as they are needed: a tenth of the device each, a GiB at most. */
  space(): BtrfsSpace {
    const { blocks, blocksFree, files, filesFree } = this.statfs();
    const dataUsed = Math.max(0, (blocks - blocksFree) * 4096 - OWN_BLOCKS * 4096);
    const nodes = files === 0 ? 0 : files - filesFree;
    const chunk = Math.min(1024 * MIB, Math.max(8 * MIB, Math.floor(this.sizeBytes / 10 / MIB) * MIB));
    let dataTotal = 8 * MIB;
    while (dataTotal < dataUsed) dataTotal += chunk;
    return { dataTotal, dataUsed, metadataTotal: metadataBytes(this.sizeBytes), metadataUsed: 128 * 1024 + Math.ceil(nodes / 40) * 16_384, systemTotal: 8 * MIB, systemUsed: 16_384, deviceSize: this.sizeBytes, generation: this.#table.generation };
  }
}

/** Taken at the beginning (df shows 3.6 MiB on an empty one). */
const OWN_BLOCKS = 928;

/** mkfs.btrfs: a twentieth of the device in steps of 32 MiB from 1 GiB on, 256 MiB at most. */
function metadataBytes(sizeBytes: number): number {
  if (sizeBytes < 1024 * MIB) return 32 * MIB;
  return Math.min(256 * MIB, Math.floor((sizeBytes / 20) / 65_536) * 65_536);
}

function superblock(device: BlockDevice): Uint8Array | undefined {
  const bytes = device.read(SUPERBLOCK_OFFSET, SUPERBLOCK_BYTES).slice();
  return bytes.length === SUPERBLOCK_BYTES && decode(bytes.subarray(64, 72)) === "_BHRfS_M" ? bytes : undefined;
}

function store(device: BlockDevice, bytes: Uint8Array): void {
  viewOf(bytes).setUint32(0, crc32c(bytes.subarray(32)), true);
  device.write(SUPERBLOCK_OFFSET, bytes);
}

function layout(device: BlockDevice): ImageLayout | undefined {
  const bytes = superblock(device);
  if (bytes === undefined) return undefined;
  const total = Number(viewOf(bytes).getBigUint64(0x70, true));
  if (total > device.sizeBytes) return undefined;
  const blocks = Math.floor(total / 4096);
  return { capacity: { blocks, reservedBlocks: Math.floor((metadataBytes(total) * 2 + 16 * MIB) / 4096 / 2), inodes: Number.POSITIVE_INFINITY }, overheadBlocks: 0, ownBlocks: OWN_BLOCKS, noteOffset: NOTE_OFFSET, textOffset: TEXT_OFFSET, dataOffset: 16 * MIB };
}

const field = (argument: unknown, name: string): unknown => (typeof argument === "object" && argument !== null ? Reflect.get(argument, name) : undefined);

function numberField(argument: unknown, name: string): number {
  const value = field(argument, name);
  if (typeof value !== "number") throw new SysError("EINVAL");
  return value;
}

function nameField(argument: unknown): string {
  const value = field(argument, "name");
  if (typeof value !== "string" || value === "" || value === "." || value === ".." || value.includes("/") || value.length > 255) throw new SysError("EINVAL");
  return value;
}

function request(fs: BtrfsFileSystem, actor: Actor, name: string, argument: unknown, device: BlockDevice): unknown {
  if (name === "BTRFS_IOC_SUBVOLUMES") return fs.subvolumes.map((one) => ({ ...one, path: fs.pathOf(one.root) }));
  if (name === "BTRFS_IOC_SPACE_INFO") return fs.space();
  if (name === "BTRFS_IOC_DEFAULT_SUBVOL" && argument === undefined) return fs.defaultId;
  if (fs.readOnly) throw new SysError("EROFS");
  if (name === "BTRFS_IOC_SUBVOL_CREATE") return fs.createSubvolume(numberField(argument, "directory"), nameField(argument), numberField(argument, "uid"), numberField(argument, "gid"));
  if (name === "BTRFS_IOC_SNAP_CREATE") return fs.snapshotSubvolume(numberField(argument, "directory"), nameField(argument), numberField(argument, "source"), field(argument, "readOnly") === true);
  if (!actor.capable(CAP.SYS_ADMIN)) throw new SysError("EPERM");
  if (name === "BTRFS_IOC_SNAP_DESTROY") return fs.destroySubvolume(numberField(argument, "directory"), nameField(argument));
  if (name === "BTRFS_IOC_SUBVOL_SETFLAGS") return fs.setReadOnly(numberField(argument, "root"), field(argument, "readOnly") === true);
  if (name === "BTRFS_IOC_DEFAULT_SUBVOL" && typeof argument === "number") {
    fs.setDefault(argument);
    return argument;
  }
  if (name === "BTRFS_IOC_RESIZE" && typeof argument === "number") {
    const { blocks, blocksFree } = fs.statfs();
    if (argument > device.sizeBytes) throw new SysError("EFBIG");
    if (argument < 256 * MIB) throw new SysError("EINVAL");
    if (argument < (blocks - blocksFree) * 4096) throw new SysError("ENOSPC");
    const bytes = superblock(device);
    if (bytes === undefined) throw new SysError("EIO");
    viewOf(bytes).setBigUint64(0x70, BigInt(argument), true);
    viewOf(bytes).setBigUint64(0xc9 + 8, BigInt(argument), true);
    store(device, bytes);
    fs.sizeBytes = argument;
    fs.capacity = layout(device)?.capacity ?? fs.capacity;
    return 0;
  }
  throw new SysError("ENOTTY");
}

const KNOWN = /^(subvol|subvolid|compress|compress-force|noatime|autodefrag|noautodefrag|space_cache|nospace_cache|ssd|nossd|ssd_spread|discard|nodiscard|degraded|datacow|nodatacow|datasum|nodatasum|commit|max_inline|device|thread_pool|user_subvol_rm_allowed|skip_balance|clear_cache|flushoncommit|noflushoncommit|acl|noacl|barrier|nobarrier|treelog|notreelog)$/;

export function btrfsType(kernel: Kernel): FileSystemType {
  const root = (fs: BtrfsFileSystem, data: string): { readonly id: number; readonly ino: number } => {
    const given = new Map(parseMountOptions(data));
    const path = given.get("subvol");
    let id = Number(given.get("subvolid") ?? fs.defaultId);
    if (path !== undefined) {
      let ino = fs.root;
      for (const part of path.split("/").filter((word) => word !== "")) ino = ino === 0 ? 0 : fs.lookup(ino, part);
      if (ino === 0) throw new SysError("ENOENT");
      if (ino !== fs.root && !fs.subvolumes.some((one) => one.root === ino)) throw new SysError("EINVAL");
      id = fs.subvolumes.find((one) => one.root === ino)?.id ?? TOP_ID;
    }
    const found = fs.subvolumes.find((one) => one.id === id);
    if (found === undefined && id !== TOP_ID && id !== 0) throw new SysError("ENOENT");
    return { id: found?.id ?? TOP_ID, ino: found?.root ?? fs.root };
  };
  return imageFileSystemType<BtrfsFileSystem>(kernel, "btrfs", {
    name: "btrfs", layout, request,
    options(data, device) {
      const given = parseMountOptions(data);
      for (const [name] of given) if (!KNOWN.test(name)) throw new SysError("EINVAL");
      const compress = given.find(([name]) => name === "compress" || name === "compress-force");
      return [...(compress ? [`${compress[0]}=${compress[1] ?? "zlib:3"}`] : []), ...(device.kind === "loop" ? ["ssd"] : []), ...(given.some(([name]) => name === "discard") ? ["discard"] : []), "space_cache=v2"].join(",");
    },
    make: (options, _data, _tree) => {
      const sizeBytes = (options.capacity?.blocks ?? 0) * 4096;
      return new BtrfsFileSystem(options, () => kernel.vfsHost.random(16), sizeBytes);
    },
    noteUse(device, fs) {
      const bytes = superblock(device);
      if (bytes === undefined) return;
      const space = fs.space();
      viewOf(bytes).setBigUint64(0x78, BigInt(space.dataUsed + space.metadataUsed + space.systemUsed), true);
      viewOf(bytes).setBigUint64(0x48, BigInt(space.generation), true);
      store(device, bytes);
    },
    rootOf(fs, data) {
      const { id, ino } = root(fs, data);
      if (fs.options.includes("subvolid=")) return ino;
      fs.options = `${fs.options},subvolid=${id},subvol=/${fs.pathOf(ino)}`;
      return ino;
    },
  }, (fs) => fs instanceof BtrfsFileSystem);
}
