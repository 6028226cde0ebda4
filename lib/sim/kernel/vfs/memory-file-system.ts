// The file system of disks (ext4) and of tmpfs: nodes in memory above a frozen layer that others share. Only what differs is kept here;
// `snapshot` freezes it in O(1) and goes on above it.
// (More than 400 lines: it is the one class that keeps the invariants of nlink, blocks and layers together.)

import { SysError } from "../errno.ts";
import type { Actor } from "../open-file-description.ts";
import { type DirEntry, INOTIFY, S, type StatFs } from "../sys.ts";
import type { Renaming } from "../kept-identity.ts";
import { BLOCK_BYTES, Contents } from "./contents.ts";
import { DirectoryEntries } from "./directory-entries.ts";
import type { AllocateMode, AttributeChange, FileSystem, NewNode, NodeFacts, Place, StorageHost } from "./file-system.ts";
import { type FrozenLayer, MemoryNode, stackLayer } from "./memory-node.ts";
import { SmallMap } from "../small-map.ts";

/** Infinity where there is no limit. */
export interface Capacity {
  readonly blocks: number;
  /** kept for root: free but not available (ext4's 5 %) */
  readonly reservedBlocks: number;
  readonly inodes: number;
}

export interface MemoryFileSystemOptions {
  readonly type: "ext4" | "ext2" | "ext3" | "tmpfs" | "devtmpfs" | "ramfs" | "xfs" | "btrfs" | "vfat" | "iso9660" | "squashfs" | "hugetlbfs" | "mqueue";
  readonly device: number;
  readonly host: StorageHost;
  readonly options?: string;
  readonly readOnly?: boolean;
  readonly userMountable?: boolean;
  readonly capacity?: Capacity;
  /** of the file system itself (inode tables, journal): not part of what statfs calls its blocks */
  readonly overheadBlocks?: number;
  readonly stepsPerMiB?: number;
  /** taken by files that the frozen base stands for without having them */
  readonly unseenBlocks?: number;
  readonly lower?: FrozenLayer;
  /** The nodes of the frozen layer have this time, whatever it says: machines that boot at different times share it. */
  readonly lowerUs?: number;
  /** what changed goes to its device */
  readonly onFlush?: () => void;
  /** its last mount is gone */
  readonly onUnmounted?: () => void;
  /** an ioctl on an open file of it */
  readonly onRequest?: (actor: Actor, request: string, argument: unknown) => unknown;
  /** of the root directory when there is no lower layer */
  readonly rootMode?: number;
  readonly rootUid?: number;
  readonly rootGid?: number;
}

/** Of a frozen layer that a boot left: its times from `sinceUs` on are those of that boot, and `byUs` later here. */
export interface PlayedLayer {
  readonly sinceUs: number;
  readonly byUs: number;
  /** the machine's own words for those of that boot */
  readonly renaming: Renaming;
  /** contents that name such times or words, as they are here */
  readonly rewritten: ReadonlyMap<number, (contents: Contents, byUs: number, renaming: Renaming) => Contents>;
}

const ROOT_INO = 2;
const FIRST_INO = 11;
/** of file systems that nobody has changed yet */
const NO_NODES: ReadonlyMap<number, MemoryNode | undefined> = new Map();
const UNLIMITED: Capacity = { blocks: Number.POSITIVE_INFINITY, reservedBlocks: 0, inodes: Number.POSITIVE_INFINITY };
/** JavaScript memory that a changed node takes beside its contents, for the world's limit. */
const NODE_BYTES = 400;

export class MemoryFileSystem implements FileSystem {
  readonly type: MemoryFileSystemOptions["type"];
  readonly device: number;
  readonly root: number;
  readonly userMountable: boolean;
  readOnly: boolean;
  options: string;
  capacity: Capacity;
  readonly #host: StorageHost;
  readonly #countsDirectories: boolean;
  overheadBlocks: number;
  stepsPerMiB: number;
  readonly flush: (() => void) | undefined;
  readonly unmounted: (() => void) | undefined;
  readonly ioctl: ((actor: Actor, request: string, argument: unknown) => unknown) | undefined;
  #lower: FrozenLayer | undefined;
  readonly #lowerUs: number | undefined;
  #own: Map<number, MemoryNode | undefined> | undefined = undefined;
  #nextIno: number;
  #usedBlocks: number;
  #usedInodes: number;
  readonly #holds = new SmallMap<number, number>();
  /** Grows with every change but times of reading: who writes the tree elsewhere sees by it whether there is something to write. */
  changes = 0;
  #played: PlayedLayer | undefined = undefined;
  /** who watches which node (inotify(7)) */
  #watchers: Map<number, ((event: number) => void)[]> | undefined = undefined;
  /** nodes of the lower layers with what was rewritten of them */
  #rewritten: Map<number, MemoryNode> | undefined = undefined;

  constructor(options: MemoryFileSystemOptions) {
    this.type = options.type;
    this.device = options.device;
    this.readOnly = options.readOnly ?? false;
    this.options = options.options ?? "";
    this.userMountable = options.userMountable ?? false;
    this.capacity = options.capacity ?? UNLIMITED;
    this.#host = options.host;
    this.overheadBlocks = options.overheadBlocks ?? 0;
    this.stepsPerMiB = options.stepsPerMiB ?? 0;
    this.flush = options.onFlush;
    this.unmounted = options.onUnmounted;
    this.ioctl = options.onRequest;
    this.#countsDirectories = options.type !== "tmpfs" && options.type !== "devtmpfs" && options.type !== "ramfs" && options.type !== "mqueue" && options.type !== "hugetlbfs";
    this.root = this.#countsDirectories ? ROOT_INO : 1;
    this.#lower = options.lower;
    this.#lowerUs = options.lowerUs;
    this.#nextIno = options.lower?.nextIno ?? (this.#countsDirectories ? FIRST_INO : 2);
    this.#usedBlocks = (options.lower?.usedBlocks ?? 0) + (options.unseenBlocks ?? 0);
    this.#usedInodes = options.lower?.usedInodes ?? (this.#countsDirectories ? 10 : 0);
    if (options.lower === undefined) {
      const mode = S.IFDIR | (options.rootMode ?? 0o755);
      const root = new MemoryNode(this.root, mode, options.rootUid ?? 0, options.rootGid ?? 0, this.#host.nowUs(), this.root, "", new DirectoryEntries());
      root.nlink = 2;
      this.#keep(this.root, root);
      this.#usedInodes++;
      this.#sizeDirectory(root, 0);
    }
  }

  // ---- layers -----------------------------------------------------------------------------------------------------------------

  /** What it holds now, for ever. The file system goes on above it. */
  snapshot(): FrozenLayer {
    const { changes } = this;
    for (const ino of [...this.#accessed.keys()]) this.#writable(ino);
    this.changes = changes;
    if (this.#changed.size === 0 && this.#lower !== undefined) return this.#lower;
    const layer = stackLayer({ nodes: this.#changed, lower: this.#lower, nextIno: this.#nextIno, usedBlocks: this.#usedBlocks, usedInodes: this.#usedInodes });
    this.#lower = layer;
    this.#own = undefined;
    return layer;
  }

  /** Back to a snapshot. Open files of what is gone read as empty. */
  revert(layer: FrozenLayer): void {
    this.changes++;
    this.#lower = layer;
    this.#own = undefined;
    this.#accessed.clear();
    this.#nextIno = layer.nextIno;
    this.#usedBlocks = layer.usedBlocks;
    this.#usedInodes = layer.usedInodes;
  }

  /** What another file system of this kind held when a boot was over becomes the lower layer of this one, with its times moved. */
  playBack(layer: FrozenLayer, played: PlayedLayer): void {
    this.revert(layer);
    this.#played = played;
    this.#rewritten = undefined;
  }

  #shifted(us: number): number {
    const played = this.#played;
    return played !== undefined && us >= played.sinceUs ? us + played.byUs : us;
  }

  /** A lower node as it is here; times apart. */
  #asPlayed(node: MemoryNode): MemoryNode {
    const rewrite = this.#played?.rewritten.get(node.ino);
    if (rewrite === undefined || !(node.body instanceof Contents)) return node;
    const known = this.#rewritten?.get(node.ino);
    if (known !== undefined) return known;
    const copy = node.fork();
    copy.body = rewrite(node.body, this.#played?.byUs ?? 0, this.#played?.renaming ?? []);
    this.#rewritten ??= new Map();
    this.#rewritten.set(node.ino, copy);
    return copy;
  }

  /** A lower node as it is here, with its times. */
  #asOfNow(node: MemoryNode): MemoryNode {
    const copy = this.#asPlayed(node).fork();
    // it was made for a copy of the whole tree: nobody here reads it, perhaps
    this.#rewritten?.delete(node.ino);
    copy.atimeUs = this.#shifted(copy.atimeUs);
    copy.mtimeUs = this.#shifted(copy.mtimeUs);
    copy.ctimeUs = this.#shifted(copy.ctimeUs);
    copy.btimeUs = this.#shifted(copy.btimeUs);
    return copy;
  }

  /** The named tree below, if there is one, and what differs from it. */
  differences(): { readonly base: FrozenLayer | undefined; readonly nodes: ReadonlyMap<number, MemoryNode | undefined> } {
    const stack: ReadonlyMap<number, MemoryNode | undefined>[] = [this.#changed];
    let layer = this.#lower;
    while (layer !== undefined && layer.baseName === undefined) {
      stack.push(layer.nodes);
      layer = layer.lower;
    }
    const nodes = new Map<number, MemoryNode | undefined>();
    for (const part of stack.reverse()) for (const [ino, node] of part) nodes.set(ino, node === undefined || this.#played === undefined || part === this.#changed ? node : this.#asOfNow(node));
    return { base: layer, nodes };
  }

  /** Nodes that differ from the frozen layer. */
  get changedNodes(): number {
    return this.#changed.size;
  }

  /** Above the layers. */
  get #changed(): ReadonlyMap<number, MemoryNode | undefined> {
    return this.#own ?? NO_NODES;
  }

  #keep(ino: number, node: MemoryNode | undefined): void {
    (this.#own ??= new Map()).set(ino, node);
  }

  #find(ino: number): MemoryNode | undefined {
    const changed = this.#changed.get(ino);
    if (changed !== undefined) return changed;
    if (this.#lower === undefined || (this.#changed.size > 0 && this.#changed.has(ino))) return undefined;
    let layer: FrozenLayer | undefined = this.#lower;
    while (layer !== undefined) {
      const node = layer.nodes.get(ino);
      if (node !== undefined) return this.#lowerUs !== undefined && node.ctimeUs === 0 ? bornAt(node, this.#lowerUs) : this.#played === undefined ? node : this.#asPlayed(node);
      if (layer.lower !== undefined && layer.nodes.has(ino)) return undefined;
      layer = layer.lower;
    }
    return undefined;
  }

  #get(ino: number): MemoryNode {
    const node = this.#find(ino);
    if (node === undefined) throw new SysError("ESTALE");
    return node;
  }

  /** Files that were read and not changed: a time for each is smaller than a node. */
  readonly #accessed = new SmallMap<number, number>();

  noteAccess(ino: number, nowUs: number): void {
    const changed = this.#changed.get(ino);
    if (changed !== undefined) changed.atimeUs = nowUs;
    else this.#accessed.set(ino, nowUs);
  }

  accessTimeUs(ino: number): number | undefined {
    return this.#accessed.get(ino);
  }

  #writable(ino: number): MemoryNode {
    this.changes++;
    const changed = this.#changed.get(ino);
    if (changed !== undefined) return changed;
    this.#host.chargeStorage(NODE_BYTES);
    const copy = this.#get(ino).fork();
    if (this.#played !== undefined) {
      copy.atimeUs = this.#shifted(copy.atimeUs);
      copy.mtimeUs = this.#shifted(copy.mtimeUs);
      copy.ctimeUs = this.#shifted(copy.ctimeUs);
      copy.btimeUs = this.#shifted(copy.btimeUs);
      this.#rewritten?.delete(ino);
    }
    const accessedUs = this.#accessed.get(ino);
    if (accessedUs !== undefined) {
      copy.atimeUs = accessedUs;
      this.#accessed.delete(ino);
    }
    this.#keep(ino, copy);
    return copy;
  }

  // ---- reading the tree ---------------------------------------------------------------------------------------------------------

  facts(ino: number): NodeFacts {
    const node = this.#get(ino);
    const played = this.#played;
    if (played === undefined || (node.atimeUs < played.sinceUs && node.ctimeUs < played.sinceUs) || this.#changed.has(ino)) return node;
    return {
      ino, mode: node.mode, uid: node.uid, gid: node.gid, nlink: node.nlink, rdev: node.rdev, sizeBytes: node.sizeBytes, flags: node.flags,
      atimeUs: this.#shifted(node.atimeUs), mtimeUs: this.#shifted(node.mtimeUs), ctimeUs: this.#shifted(node.ctimeUs), btimeUs: this.#shifted(node.btimeUs),
    };
  }

  allocatedBytes(ino: number): number {
    const node = this.#get(ino);
    if (node.body instanceof Contents) return node.body.allocatedBytes;
    if (node.body instanceof DirectoryEntries) return this.#countsDirectories ? node.directoryBytes : 0;
    return typeof node.body === "string" && this.#countsDirectories && node.sizeBytes >= 60 ? BLOCK_BYTES : 0;
  }

  lookup(directory: number, name: string): number {
    const node = this.#find(directory);
    return node?.body instanceof DirectoryEntries ? node.body.get(name) : 0;
  }

  parentOf(directory: number): number {
    return this.#get(directory).parent;
  }

  placeOf(ino: number): Place | undefined {
    const node = this.#find(ino);
    if (node === undefined || node.nlink === 0 || ino === this.root) return undefined;
    if (this.lookup(node.parent, node.name) === ino) return node;
    return undefined;
  }

  lastPlaceOf(ino: number): Place {
    return this.#find(ino) ?? { parent: this.root, name: "" };
  }

  /** ext4 gives names in the order of their hashes (ext4 htree), tmpfs the newest first (simple_dir_operations). */
  entries(directory: number): readonly DirEntry[] {
    const list: (DirEntry & { readonly order: number })[] = [];
    let order = 0;
    for (const [name, ino] of this.#entries(directory)) {
      list.push({ name, ino, type: this.#get(ino).mode & S.IFMT, order: this.#countsDirectories ? nameHash(name) : order-- });
    }
    return list.sort((a, b) => a.order - b.order || (a.name < b.name ? -1 : 1));
  }

  #entries(directory: number): DirectoryEntries {
    const { body } = this.#get(directory);
    if (!(body instanceof DirectoryEntries)) throw new SysError("ENOTDIR");
    return body;
  }

  readlink(ino: number): string {
    const { body } = this.#get(ino);
    if (typeof body !== "string") throw new SysError("EINVAL");
    return body;
  }

  // ---- changing the tree ----------------------------------------------------------------------------------------------------------

  #directory(ino: number): MemoryNode & { body: DirectoryEntries } {
    const node = this.#writable(ino);
    if (!hasEntries(node)) throw new SysError("ENOTDIR");
    return node;
  }

  create(directory: number, name: string, init: NewNode): number {
    if (this.#usedInodes + 1 > this.capacity.inodes) throw new SysError("ENOSPC");
    const type = init.mode & S.IFMT;
    const blocks = type === S.IFDIR && this.#countsDirectories ? 1 : 0;
    if (blocks > 0) this.#takeBlocks(blocks);
    this.#host.chargeStorage(NODE_BYTES);
    const parent = this.#directory(directory);
    if (parent.nlink === 0) throw new SysError("ENOENT");
    const now = this.#host.nowUs();
    const body = type === S.IFREG ? new Contents() : type === S.IFDIR ? new DirectoryEntries() : type === S.IFLNK ? (init.target ?? "") : undefined;
    const node = new MemoryNode(this.#nextIno++, init.mode, init.uid, init.gid, now, directory, name, body);
    node.rdev = init.rdev ?? 0;
    if (type === S.IFDIR) {
      node.nlink = 2;
      parent.nlink++;
      node.directoryBytes = this.#countsDirectories ? BLOCK_BYTES : 40;
    }
    this.#keep(node.ino, node);
    this.#usedInodes++;
    parent.body.set(name, node.ino);
    this.#touch(parent, now);
    return node.ino;
  }

  link(ino: number, directory: number, name: string): void {
    const node = this.#writable(ino);
    if (node.nlink >= 65000) throw new SysError("EMLINK");
    const parent = this.#directory(directory);
    const now = this.#host.nowUs();
    node.nlink++;
    node.ctimeUs = now;
    node.parent = directory;
    node.name = name;
    parent.body.set(name, ino);
    this.#touch(parent, now);
  }

  unlink(directory: number, name: string): void {
    const parent = this.#directory(directory);
    const ino = parent.body.get(name);
    if (ino === 0) throw new SysError("ENOENT");
    const now = this.#host.nowUs();
    parent.body.delete(name);
    this.#touch(parent, now);
    this.#dropLink(ino, now);
  }

  rmdir(directory: number, name: string): void {
    const parent = this.#directory(directory);
    const ino = parent.body.get(name);
    if (ino === 0) throw new SysError("ENOENT");
    if (this.#entries(ino).size > 0) throw new SysError("ENOTEMPTY");
    const now = this.#host.nowUs();
    parent.body.delete(name);
    parent.nlink--;
    this.#touch(parent, now);
    this.#dropDirectory(ino, now);
  }

  rename(fromDirectory: number, fromName: string, toDirectory: number, toName: string, exchange: boolean): void {
    const from = this.#directory(fromDirectory);
    const to = this.#directory(toDirectory);
    const moved = from.body.get(fromName);
    const replaced = to.body.get(toName);
    if (moved === 0 || (exchange && replaced === 0)) throw new SysError("ENOENT");
    const now = this.#host.nowUs();
    if (replaced !== 0 && !exchange) {
      if (this.#get(replaced).isDirectory) {
        if (this.#entries(replaced).size > 0) throw new SysError("ENOTEMPTY");
        to.nlink--;
        this.#dropDirectory(replaced, now);
      } else this.#dropLink(replaced, now);
    }
    to.body.set(toName, moved);
    if (exchange) from.body.set(fromName, replaced);
    else from.body.delete(fromName);
    this.#moved(moved, from, to, toName, now);
    if (exchange) this.#moved(replaced, to, from, fromName, now);
    this.#touch(from, now);
    if (to !== from) this.#touch(to, now);
  }

  #moved(ino: number, from: MemoryNode, to: MemoryNode, name: string, now: number): void {
    const node = this.#writable(ino);
    node.parent = to.ino;
    node.name = name;
    node.ctimeUs = now;
    if (node.isDirectory && from !== to) {
      from.nlink--;
      to.nlink++;
    }
  }

  #dropLink(ino: number, now: number): void {
    const node = this.#writable(ino);
    node.nlink--;
    node.ctimeUs = now;
    if (node.nlink === 0 && !this.#holds.has(ino)) this.#forget(node);
  }

  #dropDirectory(ino: number, now: number): void {
    const node = this.#writable(ino);
    node.nlink = 0;
    node.ctimeUs = now;
    if (!this.#holds.has(ino)) this.#forget(node);
  }

  /** For whoever counts what each owner has: a node is gone for good. */
  protected forgotten(_uid: number, _gid: number, _bytes: number): void {}

  #forget(node: MemoryNode): void {
    this.changes++;
    if (this.#watchers !== undefined) this.#tell(node.ino, INOTIFY.DELETE_SELF);
    this.forgotten(node.uid, node.gid, this.allocatedBytes(node.ino));
    const { ino } = node;
    const size = node.body instanceof Contents ? node.body.ownedBytes : 0;
    this.#usedBlocks -= this.allocatedBytes(ino) / BLOCK_BYTES;
    this.#usedInodes--;
    if (this.#lower !== undefined && ino < this.#lower.nextIno) this.#keep(ino, undefined);
    else this.#own?.delete(ino);
    this.#host.chargeStorage(-NODE_BYTES - size);
  }

  watch(ino: number, happened: (event: number) => void): () => void {
    this.#watchers ??= new Map();
    const watchers = this.#watchers;
    watchers.set(ino, [...(watchers.get(ino) ?? []), happened]);
    return () => {
      const left = (watchers.get(ino) ?? []).filter((one) => one !== happened);
      if (left.length > 0) watchers.set(ino, left);
      else watchers.delete(ino);
      if (watchers.size === 0) this.#watchers = undefined;
    };
  }

  #tell(ino: number, event: number): void {
    for (const happened of this.#watchers?.get(ino) ?? []) happened(event);
  }

  closedForWriting(ino: number): void {
    if (this.#watchers !== undefined) this.#tell(ino, INOTIFY.CLOSE_WRITE);
  }

  hold(ino: number): void {
    this.#holds.set(ino, (this.#holds.get(ino) ?? 0) + 1);
  }

  release(ino: number): void {
    const count = (this.#holds.get(ino) ?? 0) - 1;
    if (count > 0) {
      this.#holds.set(ino, count);
      return;
    }
    this.#holds.delete(ino);
    const node = this.#find(ino);
    if (node !== undefined && node.nlink === 0) this.#forget(node);
  }

  #touch(directory: MemoryNode & { body: DirectoryEntries }, now: number): void {
    directory.mtimeUs = now;
    directory.ctimeUs = now;
    this.#sizeDirectory(directory, directory.body.size);
    if (this.#watchers !== undefined) this.#tell(directory.ino, INOTIFY.NAMES);
  }

  /**
   * tmpfs counts 20 bytes a name with "." and ".."; ext4 has whole blocks of which a name takes 8 bytes and itself, and never gives one
   * back. The average name stands for all, so that a change costs the same in a large directory.
   */
  #sizeDirectory(directory: MemoryNode, count: number): void {
    if (!this.#countsDirectories) directory.directoryBytes = (count + 2) * 20;
    else {
      const blocks = Math.max(1, Math.ceil((count * 28) / BLOCK_BYTES));
      if (blocks * BLOCK_BYTES > directory.directoryBytes) {
        this.#usedBlocks += blocks - directory.directoryBytes / BLOCK_BYTES;
        directory.directoryBytes = blocks * BLOCK_BYTES;
      }
    }
  }

  setAttributes(ino: number, change: AttributeChange): void {
    const node = this.#writable(ino);
    if (this.#watchers !== undefined) this.#tell(ino, INOTIFY.ATTRIB);
    if (change.mode !== undefined) node.mode = change.mode;
    if (change.uid !== undefined) node.uid = change.uid;
    if (change.gid !== undefined) node.gid = change.gid;
    if (change.atimeUs !== undefined) node.atimeUs = change.atimeUs;
    if (change.mtimeUs !== undefined) node.mtimeUs = change.mtimeUs;
    if (change.flags !== undefined) node.flags = change.flags;
    // Reading a file (atime alone) is no change of status.
    if (change.mode !== undefined || change.uid !== undefined || change.gid !== undefined || change.mtimeUs !== undefined || change.flags !== undefined) {
      node.ctimeUs = this.#host.nowUs();
    }
  }

  // ---- contents -----------------------------------------------------------------------------------------------------------------

  #contents(ino: number): Contents {
    const { body } = this.#get(ino);
    if (!(body instanceof Contents)) throw new SysError("EINVAL");
    return body;
  }

  read(ino: number, position: number, maxBytes: number): Uint8Array {
    return this.#contents(ino).read(position, maxBytes);
  }

  sharedHead(ino: number, maxBytes: number): Uint8Array | undefined {
    return this.#contents(ino).sharedHead(maxBytes);
  }

  write(ino: number, position: number, bytes: Uint8Array): number {
    const node = this.#writable(ino);
    const { body } = node;
    if (!(body instanceof Contents)) throw new SysError("EINVAL");
    let taken = bytes;
    const free = this.capacity.blocks - this.overheadBlocks - this.#usedBlocks;
    let blocks = body.newBlocks(position, bytes.length);
    if (blocks > free) {
      taken = bytes.subarray(0, fitting(body, position, bytes.length, free));
      if (taken.length === 0) throw new SysError("ENOSPC");
      blocks = body.newBlocks(position, taken.length);
    }
    this.#host.chargeStorage(taken.length);
    const before = body.ownedBytes;
    body.write(position, taken);
    if (this.#watchers !== undefined) this.#tell(ino, INOTIFY.MODIFY);
    this.#usedBlocks += blocks;
    this.#host.chargeStorage(body.ownedBytes - before - taken.length);
    const now = this.#host.nowUs();
    node.mtimeUs = now;
    node.ctimeUs = now;
    return taken.length;
  }

  truncate(ino: number, sizeBytes: number): void {
    const node = this.#writable(ino);
    if (!(node.body instanceof Contents)) throw new SysError("EINVAL");
    this.#change(node, node.body, (contents) => contents.truncate(sizeBytes));
  }

  allocate(ino: number, offset: number, lengthBytes: number, mode: AllocateMode): void {
    const node = this.#writable(ino);
    const { body } = node;
    if (!(body instanceof Contents)) throw new SysError("ENODEV");
    if (mode === "allocate" || mode === "keep-size" || mode === "zero-range") {
      const free = this.capacity.blocks - this.overheadBlocks - this.#usedBlocks;
      if (body.newBlocks(offset, lengthBytes) > free) throw new SysError("ENOSPC");
    }
    this.#change(node, body, (contents) => contents.allocate(offset, lengthBytes, mode));
  }

  #change(node: MemoryNode, contents: Contents, change: (contents: Contents) => void): void {
    const blocks = contents.allocatedBytes;
    const owned = contents.ownedBytes;
    change(contents);
    if (this.#watchers !== undefined) this.#tell(node.ino, INOTIFY.MODIFY);
    this.#usedBlocks += (contents.allocatedBytes - blocks) / BLOCK_BYTES;
    const kept = contents.ownedBytes - owned;
    if (kept !== 0) this.#host.chargeStorage(kept);
    const now = this.#host.nowUs();
    node.mtimeUs = now;
    node.ctimeUs = now;
  }

  seek(ino: number, offset: number, kind: "data" | "hole"): number {
    const found = this.#contents(ino).seek(offset, kind);
    if (found === undefined) throw new SysError("ENXIO");
    return found;
  }

  /** The contents of `ino` become those of `from` (a copy that shares its bytes): reflinks, disk images. */
  setContents(ino: number, from: Contents): void {
    const node = this.#writable(ino);
    if (!(node.body instanceof Contents)) throw new SysError("EINVAL");
    const blocks = (from.allocatedBytes - node.body.allocatedBytes) / BLOCK_BYTES;
    if (blocks > this.capacity.blocks - this.overheadBlocks - this.#usedBlocks) throw new SysError("ENOSPC");
    node.body = from.share();
    this.#usedBlocks += blocks;
    const now = this.#host.nowUs();
    node.mtimeUs = now;
    node.ctimeUs = now;
  }

  /** For images: not to be changed. */
  nodeOf(ino: number): MemoryNode {
    return this.#get(ino);
  }

  /** To fork or to read; not to be written. */
  contentsOf(ino: number): Contents {
    return this.#contents(ino);
  }

  #takeBlocks(blocks: number): void {
    if (blocks > this.capacity.blocks - this.overheadBlocks - this.#usedBlocks) throw new SysError("ENOSPC");
    this.#usedBlocks += blocks;
  }

  // ---- extended attributes, numbers ---------------------------------------------------------------------------------------------

  getxattr(ino: number, name: string): Uint8Array | undefined {
    return this.#get(ino).xattrs?.get(name);
  }

  setxattr(ino: number, name: string, value: Uint8Array | undefined): void {
    const node = this.#writable(ino);
    if (value === undefined) node.xattrs?.delete(name);
    else {
      node.xattrs ??= new Map();
      node.xattrs.set(name, value.slice());
    }
    node.ctimeUs = this.#host.nowUs();
  }

  listxattr(ino: number): readonly string[] {
    return [...(this.#get(ino).xattrs?.keys() ?? [])];
  }

  statfs(): StatFs {
    const limited = Number.isFinite(this.capacity.blocks);
    const blocks = limited ? this.capacity.blocks - this.overheadBlocks : 0;
    const free = limited ? Math.max(0, blocks - this.#usedBlocks) : 0;
    const files = Number.isFinite(this.capacity.inodes) ? this.capacity.inodes : 0;
    return {
      type: this.type, blockSizeBytes: BLOCK_BYTES, blocks, blocksFree: free, blocksAvailable: Math.max(0, free - (limited ? this.capacity.reservedBlocks : 0)),
      files, filesFree: files === 0 ? 0 : files - this.#usedInodes,
    };
  }
}

/** To read only: it has the frozen body. */
function bornAt(node: MemoryNode, nowUs: number): MemoryNode {
  const copy = new MemoryNode(node.ino, node.mode, node.uid, node.gid, nowUs, node.parent, node.name, node.body);
  copy.nlink = node.nlink;
  copy.rdev = node.rdev;
  copy.flags = node.flags;
  copy.xattrs = node.xattrs;
  copy.directoryBytes = node.directoryBytes;
  return copy;
}

function hasEntries(node: MemoryNode): node is MemoryNode & { body: DirectoryEntries } {
  return node.body instanceof DirectoryEntries;
}

/** The most bytes from `position` on that need no more than `free` new blocks. */
function fitting(contents: Contents, position: number, length: number, free: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (contents.newBlocks(position, middle) <= free) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** FNV-1a from a start of our own, mixed: any order that is fixed and looks unsorted will do. */
function nameHash(name: string): number {
  let hash = 0x811c9dd3;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return (hash ^ (hash >>> 15)) >>> 0;
}
