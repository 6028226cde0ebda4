// The file system that debugfs looks into. The kernel keeps the tree of a device in a form of its own, so it is mounted in a mount namespace that nobody
// else sees (for images through a loop device, which needs root); of a device that is mounted already the mounted tree is shown. Which blocks a file has is
// laid out here as mke2fs -d would: one file behind the other, in the order of their inodes.
import { type Blocking, S, type Stat, type Sys, SysError } from "../../kernel/sys.ts";
import { attachLoop } from "../kit/loop-device.ts";
import { readMounts } from "../kit/mounts.ts";
import { joinPath } from "../kit/paths.ts";
import { type Damage, mergedDamage, readDamage, writeDamage } from "./_damage.ts";
import { Layout } from "./_layout.ts";
import { type OpenFileSystem, openFileSystem, saveSuperblock, Superblock } from "./_superblock.ts";

/** Covered in the own namespace only. */
const MOUNT_POINT = "/sys/kernel/debug";
const ROOT_INODE = 2;
const LOST_AND_FOUND_INODE = 11;
const SUPERBLOCK_AT = 1024;
/** s_mtime, s_mnt_count, s_state, s_feature_incompat, s_last_mounted: place and length */
const MOUNT_NOTES = [[0x2c, 4], [0x34, 2], [0x3a, 2], [0x60, 4], [0x88, 64]] as const;

export interface Entry {
  readonly name: string;
  readonly inode: number;
  readonly stat: Stat;
}

export class DebugTree {
  readonly #sys: Sys;
  readonly fs: OpenFileSystem;
  readonly device: string;
  readonly writable: boolean;
  /** where the root of the file system is reached */
  readonly root: string;
  readonly #rootInode: number;
  /** set while it is mounted by us */
  readonly #loop: number | undefined;
  readonly #own: boolean;
  #layout: ReadonlyMap<number, { readonly first: number; readonly count: number }> | undefined;
  /** done to the super block when it is closed, after the kernel has written its own */
  readonly edits: ((superblock: Superblock) => void)[] = [];
  #damage: Damage | undefined;

  private constructor(sys: Sys, fs: OpenFileSystem, how: { readonly device: string; readonly writable: boolean; readonly root: string; readonly loop: number | undefined; readonly own: boolean }) {
    this.#sys = sys;
    this.fs = fs;
    this.device = how.device;
    this.writable = how.writable;
    this.root = how.root;
    this.#loop = how.loop;
    this.#own = how.own;
    this.#rootInode = sys.stat(how.root).ino;
  }

  /** Throws SysError, BadMagic. */
  static *open(sys: Sys, device: string, writable: boolean): Blocking<DebugTree> {
    const fs = yield* openFileSystem(sys, device, writable);
    const mounted = (yield* readMounts(sys)).find(({ source, root }) => source === device && root === "/");
    if (mounted !== undefined) return new DebugTree(sys, fs, { device, writable, root: mounted.target, loop: undefined, own: false });
    let loop: number | undefined;
    let source = device;
    try {
      if (!fs.isDevice) {
        const attached = yield* attachLoop(sys, { file: device, readOnly: !writable, autoclear: true });
        loop = attached.fd;
        source = attached.device;
      }
      sys.unshare(["mnt"]);
      sys.mount("none", "/", "", { propagation: "private", recursive: true });
      sys.mount(source, MOUNT_POINT, fs.superblock.has("extent") ? "ext4" : fs.superblock.has("has_journal") ? "ext3" : "ext2", { readOnly: !writable });
    } catch (error) {
      sys.close(fs.fd);
      if (loop !== undefined) sys.close(loop);
      throw error;
    }
    return new DebugTree(sys, fs, { device, writable, root: MOUNT_POINT, loop, own: true });
  }

  *close(): Blocking<void> {
    if (this.#own) {
      this.#sys.umount(MOUNT_POINT);
      if (this.writable) yield* this.#forgetMount();
    }
    if (this.edits.length > 0) {
      const superblock = new Superblock((yield* this.#sys.pread(this.fs.fd, 1024, SUPERBLOCK_AT)).slice());
      for (const edit of this.edits) edit(superblock);
      yield* saveSuperblock(this.#sys, { fd: this.fs.fd, superblock });
    }
    if (this.#damage !== undefined) yield* writeDamage(this.#sys, this.fs.fd, this.#damage);
    if (this.#loop !== undefined) this.#sys.close(this.#loop);
    this.#sys.close(this.fs.fd);
  }

  /** debugfs mounts nothing: what the mount noted in the super block is as it was. */
  *#forgetMount(): Blocking<void> {
    const before = this.fs.superblock.bytes;
    const superblock = new Superblock((yield* this.#sys.pread(this.fs.fd, before.length, SUPERBLOCK_AT)).slice());
    for (const [at, length] of MOUNT_NOTES) superblock.bytes.set(before.subarray(at, at + length), at);
    yield* saveSuperblock(this.#sys, { fd: this.fs.fd, superblock });
  }

  unlink(path: string): void {
    this.#sys.unlink(this.host(path));
  }

  rename(from: string, to: string): void {
    this.#sys.rename(this.host(from), this.host(to));
  }

  /** What e2fsck is to find, noted when it is closed. */
  *spoil(more: Partial<Damage>): Blocking<void> {
    this.#damage = mergedDamage(this.#damage ?? (yield* readDamage(this.#sys, this.fs.fd)), more);
  }

  inodeOf(stat: Stat): number {
    return stat.ino === this.#rootInode ? ROOT_INODE : stat.ino;
  }

  /** A path of the file system as this process reaches it. */
  host(path: string): string {
    return path === "/" ? this.root : joinPath(this.root, path.slice(1));
  }

  stat(path: string): Stat {
    return this.#sys.lstat(this.host(path));
  }

  /** With "." and "..", as the directory holds them. */
  entries(path: string): readonly Entry[] {
    const above = path.replace(/\/[^/]*$/, "") || "/";
    const self = this.stat(path);
    const parent = this.stat(above);
    const found: Entry[] = [{ name: ".", inode: this.inodeOf(self), stat: self }, { name: "..", inode: this.inodeOf(parent), stat: parent }];
    for (const { name } of this.#sys.readdir(this.host(path))) {
      if (name === "." || name === "..") continue;
      const stat = this.stat(joinPath(path, name));
      // another file system that is mounted here is none of this one's
      if (stat.dev === self.dev) found.push({ name, inode: this.inodeOf(stat), stat });
    }
    // a new directory holds its names in the order in which they came
    return [...found.slice(0, 2), ...found.slice(2).sort((a, b) => a.inode - b.inode)];
  }

  /** Every name and its file, directories before what is in them. */
  *walk(visit: (path: string, stat: Stat) => boolean, path = "/"): Blocking<boolean> {
    for (const { name, stat } of this.entries(path)) {
      if (name === "." || name === "..") continue;
      if (this.#sys.charge(10)) yield* this.#sys.preempt();
      const below = joinPath(path, name);
      if (visit(below, stat)) return true;
      if ((stat.mode & S.IFMT) === S.IFDIR && (yield* this.walk(visit, below))) return true;
    }
    return false;
  }

  /** Undefined when no name has that inode. */
  *pathOf(inode: number): Blocking<string | undefined> {
    if (inode === ROOT_INODE) return "/";
    let found: string | undefined;
    yield* this.walk((path, stat) => {
      if (this.inodeOf(stat) === inode) found = path;
      return found !== undefined;
    });
    return found;
  }

  *layout(): Blocking<ReadonlyMap<number, { readonly first: number; readonly count: number }>> {
    if (this.#layout !== undefined) return this.#layout;
    const { superblock } = this.fs;
    const sizes = new Map<number, number>([[ROOT_INODE, superblock.blockBytes]]);
    yield* this.walk((_, stat) => {
      sizes.set(stat.ino, this.blocksOf(stat) * superblock.blockBytes);
      return false;
    });
    const layout = new Map<number, { first: number; count: number }>();
    const own = new Layout(superblock, false);
    const rooms = own.groups.flatMap(({ group }) => own.freeRanges(group)).map(({ first, last }) => ({ first, last }));
    for (const [inode, bytes] of [...sizes].sort(([a], [b]) => a - b)) {
      const count = Math.ceil(bytes / superblock.blockBytes);
      if (count === 0) continue;
      // these two were laid down with the file system
      if (inode === ROOT_INODE || inode === LOST_AND_FOUND_INODE) {
        layout.set(inode, { first: own.rootBlock + (inode === ROOT_INODE ? 0 : 1), count });
        continue;
      }
      // as a whole where it has room, as the allocator of the kernel tries to
      const room = rooms.find((one) => one.last - one.first + 1 >= count) ?? rooms.find((one) => one.last >= one.first);
      if (room === undefined) break;
      layout.set(inode, { first: room.first, count });
      room.first += count;
    }
    this.#layout = layout;
    return layout;
  }

  blocksOf(stat: Stat): number {
    const type = stat.mode & S.IFMT;
    if (type === S.IFDIR) return Math.max(1, Math.ceil(stat.sizeBytes / 4096));
    if (type === S.IFLNK) return stat.sizeBytes < 60 ? 0 : 1;
    return type === S.IFREG ? Math.ceil(Math.min(stat.sizeBytes, stat.blocks * 512) / this.fs.superblock.blockBytes) : 0;
  }

  /** The tree was changed: where blocks lie is worked out again. */
  changed(): void {
    this.#layout = undefined;
  }
}

/** Undefined where it is not there. */
export function lookAt(tree: DebugTree, path: string): Stat | undefined {
  try {
    return tree.stat(path);
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}
