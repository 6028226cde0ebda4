// cgroup2: a directory for each control group, its files from cgroup.ts. One tree for the machine; a mount made in a cgroup namespace shows
// the part below that namespace's root (cgroup_namespaces(7), Documentation/admin-guide/cgroup-v2.rst).

import type { Cgroup } from "./cgroup.ts";
import { SysError } from "./errno.ts";
import type { Kernel } from "./kernel.ts";
import type { Process } from "./process.ts";
import { type DirEntry, S } from "./sys.ts";
import type { Caller } from "./vfs/caller.ts";
import type { FileSystemType, NewNode, OpenContext, Place } from "./vfs/file-system.ts";
import { PseudoFileSystem, type PseudoFacts } from "./vfs/pseudo-file-system.ts";
import { parseMountOptions } from "./vfs/tmpfs.ts";
import type { WaitQueue } from "./wait-queue.ts";
import { SmallMap } from "./small-map.ts";

const FILES = 128;

/** Files that a delegatee does not own (nsdelegate: not writable from inside the namespace whose root it is). */
const DELEGATED = new Set(["cgroup.procs", "cgroup.threads", "cgroup.subtree_control"]);

class CgroupFileSystem extends PseudoFileSystem {
  readonly type = "cgroup2";
  readonly root: number;
  readonly #kernel: Kernel;
  readonly #groups = new Map<number, Cgroup>();
  /** File names by the number that their handles carry. */
  readonly #names: string[] = [];
  readonly #numbers = new SmallMap<string, number>();
  readonly #createdUs = new SmallMap<number, number>();

  constructor(kernel: Kernel, device: number) {
    super(device);
    this.#kernel = kernel;
    this.options = "nsdelegate,memory_recursiveprot";
    this.root = this.handleOf(kernel.cgroups.root);
  }

  handleOf(group: Cgroup): number {
    this.#groups.set(group.inode, group);
    return group.inode * FILES;
  }

  #group(handle: number): Cgroup {
    const group = this.#groups.get(Math.floor(handle / FILES));
    if (group === undefined || group.removed) throw new SysError("ENODEV");
    return group;
  }

  #fileName(handle: number): string | undefined {
    return handle % FILES === 0 ? undefined : this.#names[(handle % FILES) - 1];
  }

  #fileNumber(name: string): number {
    let number = this.#numbers.get(name);
    if (number === undefined) {
      this.#names.push(name);
      number = this.#names.length;
      this.#numbers.set(name, number);
    }
    return number;
  }

  #process(caller: Caller): Process {
    const process = this.#kernel.processes.get(caller.pid);
    if (process === undefined) throw new SysError("ESRCH");
    return process;
  }

  protected describe(handle: number): PseudoFacts {
    const group = this.#groups.get(Math.floor(handle / FILES));
    if (group === undefined) throw new SysError("ESTALE");
    const name = this.#fileName(handle);
    const timeUs = this.#createdUs.get(group.inode) ?? this.#kernel.bootEpochUs;
    const ino = name === undefined ? group.inode : group.inode + (handle % FILES);
    if (name === undefined) return { mode: S.IFDIR | (group.parent === undefined ? 0o555 : 0o755), ino, nlink: 2 + group.children.size, timeUs };
    return { mode: S.IFREG | fileMode(group, name), ino, timeUs };
  }

  lookup(directory: number, name: string): number {
    if (directory % FILES !== 0) return 0;
    const group = this.#groups.get(directory / FILES);
    if (group === undefined || group.removed) return 0;
    const child = group.children.get(name);
    if (child !== undefined) return this.handleOf(child);
    return group.files().includes(name) ? directory + this.#fileNumber(name) : 0;
  }

  parentOf(directory: number): number {
    const parent = this.#groups.get(Math.floor(directory / FILES))?.parent;
    return parent === undefined ? this.root : this.handleOf(parent);
  }

  placeOf(handle: number): Place | undefined {
    const group = this.#groups.get(Math.floor(handle / FILES));
    if (group === undefined || group.removed) return undefined;
    const name = this.#fileName(handle);
    if (name !== undefined) return { parent: handle - (handle % FILES), name };
    return group.parent === undefined ? undefined : { parent: this.handleOf(group.parent), name: group.name };
  }

  override lastPlaceOf(handle: number): Place {
    const group = this.#groups.get(Math.floor(handle / FILES));
    return { parent: group?.parent === undefined ? this.root : this.handleOf(group.parent), name: this.#fileName(handle) ?? group?.name ?? "" };
  }

  rootFor(node: number, reader: Caller): string | undefined {
    const group = this.#groups.get(Math.floor(node / FILES));
    return group?.pathFrom(this.#process(reader).namespaces.cgroup.root);
  }

  entries(directory: number): readonly DirEntry[] {
    const group = this.#group(directory);
    const list: DirEntry[] = group.files().map((name) => ({ name, ino: group.inode + this.#fileNumber(name), type: S.IFREG }));
    for (const child of group.children.values()) list.push({ name: child.name, ino: child.inode, type: S.IFDIR });
    return list;
  }

  readlink(): string {
    throw new SysError("EINVAL");
  }

  protected override checkOpen(handle: number, { caller, flags }: OpenContext): void {
    const group = this.#group(handle);
    const name = this.#fileName(handle);
    if (name === undefined || (flags & 3) === 0) return;
    // nsdelegate: who sits in a namespace does not set the limits of that namespace's own root.
    const space = this.#process(caller).namespaces.cgroup;
    if (group === space.root && group.parent !== undefined && !DELEGATED.has(name) && space !== this.#kernel.initialNamespaces.cgroup) throw new SysError("EPERM");
  }

  protected content(handle: number, reader: Caller): string {
    return this.#group(handle).readFile(this.#process(reader), this.#fileName(handle) ?? "");
  }

  protected override store(handle: number, text: string, writer: Caller): void {
    this.#group(handle).writeFile(this.#process(writer), this.#fileName(handle) ?? "", text);
  }

  protected override changes(handle: number): WaitQueue | undefined {
    return this.#group(handle).changed;
  }

  protected override keepsAttributes(): boolean {
    return true;
  }

  /** mkdir makes a group; other nodes cannot be made. */
  override create(directory: number, name: string, node: NewNode, caller: Caller | undefined): number {
    if ((node.mode & S.IFMT) !== S.IFDIR) return super.create(directory, name, node, caller);
    const child = this.#group(directory).create(name);
    const handle = this.handleOf(child);
    this.#createdUs.set(child.inode, this.#kernel.realtimeUs());
    if (node.uid !== 0 || node.gid !== 0) {
      // The maker owns the new group and its files (kernfs takes fsuid and fsgid).
      this.setAttributes(handle, { uid: node.uid, gid: node.gid });
      for (const file of child.files()) this.setAttributes(handle + this.#fileNumber(file), { uid: node.uid, gid: node.gid });
    }
    return handle;
  }

  override rmdir(directory: number, name: string): void {
    const group = this.#group(directory);
    const child = group.children.get(name);
    group.remove(name);
    if (child === undefined) return;
    const handle = child.inode * FILES;
    for (let file = 0; file < FILES; file++) this.forget(handle + file);
    this.#groups.delete(child.inode);
    this.#createdUs.delete(child.inode);
  }
}

/** Modes of the kernel's cftypes: what can be set is 644, cgroup.kill and memory.reclaim are only written. */
function fileMode(group: Cgroup, name: string): number {
  if (name === "cgroup.kill" || name === "memory.reclaim") return 0o200;
  if (name.endsWith(".pressure")) return 0o644;
  return group.isWritable(name) ? 0o644 : 0o444;
}

/** All mounts of a kernel show one. */
const trees = new WeakMap<Kernel, CgroupFileSystem>();

export function cgroup2Type(kernel: Kernel, nextDevice: () => number): FileSystemType {
  return {
    name: "cgroup2",
    needsDevice: false,
    userMountable: true,
    mount({ caller, data }) {
      for (const [name] of parseMountOptions(data)) if (!["nsdelegate", "memory_recursiveprot", "memory_localevents", "favordynmods"].includes(name)) throw new SysError("EINVAL");
      let tree = trees.get(kernel);
      if (tree === undefined) trees.set(kernel, (tree = new CgroupFileSystem(kernel, nextDevice())));
      const process = kernel.processes.get(caller.pid);
      const base = process?.namespaces.cgroup.root ?? kernel.cgroups.root;
      return { fs: tree, root: tree.handleOf(base) };
    },
    remount() {},
  };
}
