// overlayfs (Documentation/filesystems/overlayfs.rst): one tree seen through several. Changes go to the upper layer: a file is copied up when
// it is first written, a removed name of a lower layer becomes a whiteout (character device 0:0), a directory that hides what is below is
// opaque (trusted.overlay.opaque). Directories of a lower layer cannot be renamed (EXDEV): redirect_dir is off, as on Debian.
// (Over 400 lines: copy-up, whiteouts and renames share one invariant, that `#find` of the layers gives what the nodes say.)

import { decode, encode } from "../bytes.ts";
import { SysError } from "../errno.ts";
import type { OpenFileDescription } from "../open-file-description.ts";
import { type DirEntry, O, S, type StatFs } from "../sys.ts";
import type { Caller } from "./caller.ts";
import type { AllocateMode, AttributeChange, FileSystem, NewNode, NodeFacts, OpenContext, Place } from "./file-system.ts";
import { MemoryFileSystem } from "./memory-file-system.ts";
import { RegularFile } from "./regular-file.ts";

/** A directory of some file system that is a layer, or a node in one. */
export interface LayerNode {
  readonly fs: FileSystem;
  readonly node: number;
}

interface OverlayNode {
  readonly handle: number;
  parent: number;
  name: string;
  /** in the upper layer's file system, 0 when not there */
  upper: number;
  /** a directory: what is merged, top first; else at most the one file */
  lowers: readonly LayerNode[];
  readonly isDirectory: boolean;
  /** st_ino before it was copied up */
  originIno: number;
  children: Map<string, number> | undefined;
  holds: number;
  deleted: boolean;
}

const ROOT = 1;

export class OverlayFileSystem implements FileSystem {
  readonly type = "overlay";
  readonly device: number;
  readonly root = ROOT;
  readonly readOnly: boolean;
  readonly options: string;
  readonly userMountable = true;
  readonly #upper: FileSystem | undefined;
  readonly #statfs: FileSystem;
  readonly #nodes = new Map<number, OverlayNode>();
  /** Hard links in the upper layer are one node, whichever name it was found by. */
  readonly #linked = new Map<number, OverlayNode>();
  readonly #opaqueName: string;
  readonly #internalPrefix: string;
  #nextHandle = ROOT;

  constructor(device: number, upper: LayerNode | undefined, lowers: readonly LayerNode[], options: string, userXattr: boolean) {
    this.device = device;
    this.options = options;
    this.readOnly = upper === undefined;
    this.#upper = upper?.fs;
    const top = upper ?? lowers[0];
    if (top === undefined) throw new SysError("EINVAL");
    this.#statfs = top.fs;
    this.#internalPrefix = userXattr ? "user.overlay." : "trusted.overlay.";
    this.#opaqueName = `${this.#internalPrefix}opaque`;
    this.#add(ROOT, "", upper?.node ?? 0, lowers, true);
  }

  #add(parent: number, name: string, upper: number, lowers: readonly LayerNode[], isDirectory: boolean): OverlayNode {
    const real = upper !== 0 && this.#upper !== undefined ? { fs: this.#upper, node: upper } : lowers[0];
    const node: OverlayNode = {
      handle: this.#nextHandle++, parent, name, upper, lowers, isDirectory, originIno: real === undefined ? 0 : real.fs.facts(real.node).ino, children: undefined, holds: 0, deleted: false,
    };
    this.#nodes.set(node.handle, node);
    return node;
  }

  #get(handle: number): OverlayNode {
    const node = this.#nodes.get(handle);
    if (node === undefined) throw new SysError("ESTALE");
    return node;
  }

  #real(node: OverlayNode): LayerNode {
    if (node.upper !== 0 && this.#upper !== undefined) return { fs: this.#upper, node: node.upper };
    const [lower] = node.lowers;
    if (lower === undefined) throw new SysError("ESTALE");
    return lower;
  }

  #upperFs(): FileSystem {
    if (this.#upper === undefined) throw new SysError("EROFS");
    return this.#upper;
  }

  // ---- looking through the layers ---------------------------------------------------------------------------------------------

  #isOpaque({ fs, node }: LayerNode): boolean {
    const value = fs.getxattr(node, this.#opaqueName);
    return value !== undefined && decode(value) === "y";
  }

  lookup(directory: number, name: string): number {
    const parent = this.#nodes.get(directory);
    if (parent === undefined || !parent.isDirectory || parent.deleted) return 0;
    const known = parent.children?.get(name);
    if (known !== undefined) return known;
    const found = this.#find(parent, name);
    if (found === undefined) return 0;
    const node = (found.isDirectory ? undefined : this.#linked.get(found.upper)) ?? this.#add(directory, name, found.upper, found.lowers, found.isDirectory);
    if (!found.isDirectory && found.upper !== 0 && this.#upperFs().facts(found.upper).nlink > 1) this.#linked.set(found.upper, node);
    return this.#adopt(parent, name, node);
  }

  #find(parent: OverlayNode, name: string): { readonly upper: number; readonly lowers: readonly LayerNode[]; readonly isDirectory: boolean } | undefined {
    let upper = 0;
    if (this.#upper !== undefined && parent.upper !== 0) {
      upper = this.#upper.lookup(parent.upper, name, undefined);
      if (upper !== 0) {
        if (isWhiteout(this.#upper, upper)) return undefined;
        if (!isDirectory(this.#upper, upper)) return { upper, lowers: [], isDirectory: false };
        if (this.#isOpaque({ fs: this.#upper, node: upper })) return { upper, lowers: [], isDirectory: true };
      }
    }
    const lowers: LayerNode[] = [];
    for (const { fs, node } of parent.lowers) {
      const found = fs.lookup(node, name, undefined);
      if (found === 0) continue;
      if (isWhiteout(fs, found)) break;
      if (!isDirectory(fs, found)) {
        if (upper === 0 && lowers.length === 0) return { upper: 0, lowers: [{ fs, node: found }], isDirectory: false };
        break;
      }
      lowers.push({ fs, node: found });
      if (this.#isOpaque({ fs, node: found })) break;
    }
    return upper === 0 && lowers.length === 0 ? undefined : { upper, lowers, isDirectory: true };
  }

  /** Whether a name would show through if the upper layer had none. */
  #shows(parent: OverlayNode, name: string): boolean {
    for (const { fs, node } of parent.lowers) {
      const found = fs.lookup(node, name, undefined);
      if (found !== 0) return !isWhiteout(fs, found);
    }
    return false;
  }

  facts(handle: number): NodeFacts {
    const node = this.#get(handle);
    const { fs, node: real } = this.#real(node);
    const facts = fs.facts(real);
    const merged = node.isDirectory && node.lowers.length + Math.sign(node.upper) > 1;
    if (!merged && facts.ino === node.originIno) return facts;
    return {
      ino: node.originIno, mode: facts.mode, uid: facts.uid, gid: facts.gid, nlink: merged && facts.nlink > 0 ? 1 : facts.nlink, rdev: facts.rdev, sizeBytes: facts.sizeBytes, flags: facts.flags,
      atimeUs: facts.atimeUs, mtimeUs: facts.mtimeUs, ctimeUs: facts.ctimeUs, btimeUs: facts.btimeUs,
    };
  }

  allocatedBytes(handle: number): number {
    const { fs, node } = this.#real(this.#get(handle));
    return fs.allocatedBytes(node);
  }

  parentOf(handle: number): number {
    return this.#get(handle).parent;
  }

  placeOf(handle: number): Place | undefined {
    const node = this.#nodes.get(handle);
    if (node === undefined || node.deleted || handle === ROOT || this.lookup(node.parent, node.name) !== handle) return undefined;
    return { parent: node.parent, name: node.name };
  }

  lastPlaceOf(handle: number): Place {
    const node = this.#nodes.get(handle);
    return { parent: node?.parent ?? ROOT, name: node?.name ?? "" };
  }

  entries(directory: number, caller: Caller | undefined): readonly DirEntry[] {
    const node = this.#get(directory);
    const seen = new Set<string>();
    const list: DirEntry[] = [];
    const take = (layer: LayerNode): void => {
      for (const entry of layer.fs.entries(layer.node, caller)) {
        if (seen.has(entry.name)) continue;
        seen.add(entry.name);
        if (entry.type === S.IFCHR && isWhiteout(layer.fs, layer.fs.lookup(layer.node, entry.name, undefined))) continue;
        list.push(entry);
      }
    };
    if (node.deleted) return list;
    if (this.#upper !== undefined && node.upper !== 0) take({ fs: this.#upper, node: node.upper });
    for (const lower of node.lowers) take(lower);
    return list;
  }

  readlink(handle: number, caller: Caller | undefined): string {
    const { fs, node } = this.#real(this.#get(handle));
    return fs.readlink(node, caller);
  }

  // ---- copying up -----------------------------------------------------------------------------------------------------------------

  /** The node in the upper layer, made there with all that leads to it when it is not yet. */
  #copyUp(node: OverlayNode): number {
    if (node.upper !== 0) return node.upper;
    const upperFs = this.#upperFs();
    const [lower] = node.lowers;
    if (lower === undefined) throw new SysError("ESTALE");
    const parent = this.#get(node.parent);
    const directory = this.#copyUp(parent);
    const facts = lower.fs.facts(lower.node);
    const type = facts.mode & S.IFMT;
    // A file whose name is gone but which is still open: copied aside, under no name.
    if (node.deleted) throw new SysError("ESTALE");
    const before = upperFs.facts(directory);
    const parentTimes = { atimeUs: before.atimeUs, mtimeUs: before.mtimeUs };
    const target = type === S.IFLNK ? { target: lower.fs.readlink(lower.node, undefined) } : {};
    const copy = upperFs.create(directory, node.name, { mode: facts.mode, uid: facts.uid, gid: facts.gid, rdev: facts.rdev, ...target }, undefined);
    try {
      if (type === S.IFREG) copyContents(lower, { fs: upperFs, node: copy });
    } catch (error) {
      upperFs.unlink(directory, node.name);
      throw error;
    }
    for (const name of lower.fs.listxattr(lower.node)) {
      if (!name.startsWith(this.#internalPrefix)) upperFs.setxattr(copy, name, lower.fs.getxattr(lower.node, name));
    }
    upperFs.setAttributes(copy, { atimeUs: facts.atimeUs, mtimeUs: facts.mtimeUs });
    upperFs.setAttributes(directory, parentTimes);
    for (let held = 0; held < node.holds; held++) {
      upperFs.hold(copy);
      lower.fs.release(lower.node);
    }
    node.upper = copy;
    if (!node.isDirectory) node.lowers = [];
    return copy;
  }

  #whiteout(directory: number, name: string): void {
    this.#upperFs().create(directory, name, { mode: S.IFCHR, uid: 0, gid: 0, rdev: 0 }, undefined);
  }

  /** Takes a whiteout away where a new name is to stand. True when there was one. */
  #clearWhiteout(directory: number, name: string): boolean {
    const upperFs = this.#upperFs();
    const node = upperFs.lookup(directory, name, undefined);
    if (node === 0 || !isWhiteout(upperFs, node)) return false;
    upperFs.unlink(directory, name);
    return true;
  }

  #setOpaque(directory: number): void {
    this.#upperFs().setxattr(directory, this.#opaqueName, encode("y"));
  }

  // ---- changing -------------------------------------------------------------------------------------------------------------------

  create(directory: number, name: string, init: NewNode, caller: Caller | undefined): number {
    const parent = this.#get(directory);
    if (parent.deleted) throw new SysError("ENOENT");
    const upperDirectory = this.#copyUp(parent);
    const upperFs = this.#upperFs();
    this.#clearWhiteout(upperDirectory, name);
    const created = upperFs.create(upperDirectory, name, init, caller);
    const madeDirectory = (init.mode & S.IFMT) === S.IFDIR;
    if (madeDirectory && parent.lowers.some(({ fs, node }) => fs.lookup(node, name, undefined) !== 0)) this.#setOpaque(created);
    return this.#adopt(parent, name, this.#add(directory, name, created, [], madeDirectory));
  }

  #adopt(parent: OverlayNode, name: string, node: OverlayNode): number {
    parent.children ??= new Map();
    parent.children.set(name, node.handle);
    return node.handle;
  }

  link(handle: number, directory: number, name: string): void {
    const node = this.#get(handle);
    const parent = this.#get(directory);
    const copy = this.#copyUp(node);
    const upperDirectory = this.#copyUp(parent);
    this.#clearWhiteout(upperDirectory, name);
    this.#upperFs().link(copy, upperDirectory, name);
    this.#linked.set(copy, node);
    node.parent = directory;
    node.name = name;
    this.#adopt(parent, name, node);
  }

  unlink(directory: number, name: string): void {
    this.#remove(directory, name);
  }

  rmdir(directory: number, name: string): void {
    const node = this.#get(this.lookup(directory, name));
    if (this.#merged(node).length > 0) throw new SysError("ENOTEMPTY");
    this.#remove(directory, name);
  }

  #merged(node: OverlayNode): readonly DirEntry[] {
    return this.entries(node.handle, undefined);
  }

  #remove(directory: number, name: string): void {
    const parent = this.#get(directory);
    const node = this.#get(this.lookup(directory, name));
    const upperDirectory = this.#copyUp(parent);
    const last = this.#hasOneName(node);
    if (node.upper !== 0) this.#removeUpper(upperDirectory, name, node);
    if (this.#shows(parent, name)) this.#whiteout(upperDirectory, name);
    parent.children?.delete(name);
    this.#drop(node, last);
  }

  #removeUpper(upperDirectory: number, name: string, node: OverlayNode): void {
    const upperFs = this.#upperFs();
    if (!node.isDirectory) {
      upperFs.unlink(upperDirectory, name);
      return;
    }
    // What is left in it are whiteouts.
    for (const entry of upperFs.entries(node.upper, undefined)) upperFs.unlink(node.upper, entry.name);
    upperFs.rmdir(upperDirectory, name);
  }

  /** Whether the file ends with the next name that goes; asked while the name is still there. */
  #hasOneName(node: OverlayNode): boolean {
    return node.isDirectory || node.upper === 0 || this.#upperFs().facts(node.upper).nlink <= 1;
  }

  #drop(node: OverlayNode, last: boolean): void {
    if (!last) return;
    this.#linked.delete(node.upper);
    node.deleted = true;
    if (node.holds === 0) this.#nodes.delete(node.handle);
  }

  rename(fromDirectory: number, fromName: string, toDirectory: number, toName: string, exchange: boolean): void {
    const from = this.#get(fromDirectory);
    const to = this.#get(toDirectory);
    const moved = this.#get(this.lookup(fromDirectory, fromName));
    const replacedHandle = this.lookup(toDirectory, toName);
    const replaced = replacedHandle === 0 ? undefined : this.#get(replacedHandle);
    if (moved.isDirectory && moved.lowers.length > 0) throw new SysError("EXDEV");
    if (exchange && replaced?.isDirectory === true && replaced.lowers.length > 0) throw new SysError("EXDEV");
    if (!exchange && replaced?.isDirectory === true && this.#merged(replaced).length > 0) throw new SysError("ENOTEMPTY");
    const upperFs = this.#upperFs();
    const fromUpper = this.#copyUp(from);
    const toUpper = this.#copyUp(to);
    this.#copyUp(moved);
    const oldShows = this.#shows(from, fromName);
    const newShows = this.#shows(to, toName);
    if (exchange) {
      if (replaced === undefined) throw new SysError("ENOENT");
      this.#copyUp(replaced);
      upperFs.rename(fromUpper, fromName, toUpper, toName, true);
      if (moved.isDirectory && newShows) this.#setOpaque(moved.upper);
      if (replaced.isDirectory && oldShows) this.#setOpaque(replaced.upper);
      this.#place(moved, to, toName);
      this.#place(replaced, from, fromName);
      return;
    }
    const last = replaced === undefined || this.#hasOneName(replaced);
    if (replaced !== undefined && replaced.upper !== 0 && replaced.isDirectory) this.#removeUpper(toUpper, toName, replaced);
    this.#clearWhiteout(toUpper, toName);
    upperFs.rename(fromUpper, fromName, toUpper, toName, false);
    if (moved.isDirectory && newShows) this.#setOpaque(moved.upper);
    if (oldShows) this.#whiteout(fromUpper, fromName);
    from.children?.delete(fromName);
    if (replaced !== undefined) this.#drop(replaced, last);
    this.#place(moved, to, toName);
  }

  #place(node: OverlayNode, parent: OverlayNode, name: string): void {
    node.parent = parent.handle;
    node.name = name;
    this.#adopt(parent, name, node);
  }

  setAttributes(handle: number, change: AttributeChange): void {
    const node = this.#get(handle);
    // Reading does not copy up: the access time of a lower file stays.
    if (node.upper === 0 && Object.keys(change).every((key) => key === "atimeUs")) return;
    this.#upperFs().setAttributes(this.#copyUp(node), change);
  }

  // ---- contents -------------------------------------------------------------------------------------------------------------------

  /** Opening for writing copies up, even when nothing is written. */
  open(handle: number, context: OpenContext): OpenFileDescription {
    if ((context.flags & O.ACCMODE) !== O.RDONLY) this.#copyUp(this.#get(handle));
    return new RegularFile(context.path, context.flags, context.host);
  }

  read(handle: number, position: number, maxBytes: number): Uint8Array {
    const { fs, node } = this.#real(this.#get(handle));
    return fs.read(node, position, maxBytes);
  }

  sharedHead(handle: number, maxBytes: number): Uint8Array | undefined {
    const { fs, node } = this.#real(this.#get(handle));
    return fs.sharedHead?.(node, maxBytes);
  }

  write(handle: number, position: number, bytes: Uint8Array): number {
    return this.#upperFs().write(this.#copyUp(this.#get(handle)), position, bytes);
  }

  truncate(handle: number, sizeBytes: number): void {
    this.#upperFs().truncate(this.#copyUp(this.#get(handle)), sizeBytes);
  }

  allocate(handle: number, offset: number, lengthBytes: number, mode: AllocateMode): void {
    this.#upperFs().allocate(this.#copyUp(this.#get(handle)), offset, lengthBytes, mode);
  }

  seek(handle: number, offset: number, kind: "data" | "hole"): number {
    const { fs, node } = this.#real(this.#get(handle));
    return fs.seek(node, offset, kind);
  }

  getxattr(handle: number, name: string): Uint8Array | undefined {
    if (name.startsWith(this.#internalPrefix)) return undefined;
    const { fs, node } = this.#real(this.#get(handle));
    return fs.getxattr(node, name);
  }

  setxattr(handle: number, name: string, value: Uint8Array | undefined): void {
    if (name.startsWith(this.#internalPrefix)) throw new SysError("EOPNOTSUPP");
    this.#upperFs().setxattr(this.#copyUp(this.#get(handle)), name, value);
  }

  listxattr(handle: number): readonly string[] {
    const { fs, node } = this.#real(this.#get(handle));
    return fs.listxattr(node).filter((name) => !name.startsWith(this.#internalPrefix));
  }

  hold(handle: number): void {
    const node = this.#get(handle);
    node.holds++;
    const real = this.#real(node);
    real.fs.hold(real.node);
  }

  release(handle: number): void {
    const node = this.#nodes.get(handle);
    if (node === undefined) return;
    node.holds--;
    const real = this.#real(node);
    real.fs.release(real.node);
    if (node.deleted && node.holds === 0) this.#nodes.delete(handle);
  }

  statfs(): StatFs {
    return { ...this.#statfs.statfs(), type: "overlay" };
  }
}

function isDirectory(fs: FileSystem, node: number): boolean {
  return (fs.facts(node).mode & S.IFMT) === S.IFDIR;
}

function isWhiteout(fs: FileSystem, node: number): boolean {
  const facts = fs.facts(node);
  return (facts.mode & S.IFMT) === S.IFCHR && facts.rdev === 0;
}

/** Between memory file systems the copy shares its bytes with the original. */
function copyContents(from: LayerNode, to: LayerNode): void {
  if (from.fs instanceof MemoryFileSystem && to.fs instanceof MemoryFileSystem) {
    to.fs.setContents(to.node, from.fs.contentsOf(from.node));
    return;
  }
  const size = from.fs.facts(from.node).sizeBytes;
  for (let at = 0; at < size; ) {
    const bytes = from.fs.read(from.node, at, 1 << 20);
    if (bytes.length === 0) break;
    at += to.fs.write(to.node, at, bytes);
  }
}
