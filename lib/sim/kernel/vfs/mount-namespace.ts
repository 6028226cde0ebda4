// A tree of mounts that a group of processes sees: attaching, detaching, copying it, and how changes spread between shared mounts
// (mount_namespaces(7), kernel: filesystems/sharedsubtree).

import type { FileSystem } from "./file-system.ts";
import { DEFAULT_ATTRIBUTES, isWithin, Mount, type MountAttributes, PeerGroup } from "./mount.ts";
import { SmallMap } from "../small-map.ts";
import { type Path, rootOf } from "./path.ts";

/** Numbers that all mount namespaces of one kernel draw from. */
export class MountNumbers {
  #nextMount = 21;
  #nextGroup = 1;

  mountId(): number {
    return this.#nextMount++;
  }

  group(): PeerGroup {
    return new PeerGroup(this.#nextGroup++);
  }
}

export class MountNamespace {
  readonly kind = "mnt";
  /** The number that ls -l /proc/PID/ns shows; the kernel sets it. */
  inode = 0;
  /** The user namespace that owns it. */
  readonly owner: unknown;
  readonly numbers: MountNumbers;
  rootMount: Mount;
  /** In the order of mountinfo. */
  readonly mounts = new Set<Mount>();
  /** Filled by `clone`: where the mounts of the original went. */
  readonly #copies: Map<Mount, Mount> | undefined;

  private constructor(owner: unknown, numbers: MountNumbers, rootMount: Mount, copies: Map<Mount, Mount> | undefined) {
    this.owner = owner;
    this.numbers = numbers;
    this.rootMount = rootMount;
    this.#copies = copies;
    for (const mount of rootMount.tree()) this.#adopt(mount);
  }

  /** The first one of a kernel, with its root file system. */
  static initial(fs: FileSystem, owner: unknown, root: { readonly source: string; readonly attributes?: MountAttributes; readonly shared?: boolean }): MountNamespace {
    const numbers = new MountNumbers();
    const mount = new Mount(numbers.mountId(), fs, fs.root, root.source, root.attributes ?? DEFAULT_ATTRIBUTES);
    if (root.shared === true) mount.setPeers(numbers.group());
    return new MountNamespace(owner, numbers, mount, undefined);
  }

  /** CLONE_NEWNS. For another user namespace the copy is locked and only follows (mount_namespaces(7), "less privileged"). */
  clone(owner: unknown): MountNamespace {
    const lessPrivileged = owner !== this.owner;
    const copies = new Map<Mount, Mount>();
    const root = this.copyTree(this.rootMount, this.rootMount.root, true, copies);
    for (const [original, copy] of copies) {
      if (lessPrivileged) {
        copy.locked = original !== this.rootMount;
        if (copy.peers !== undefined) {
          const group = copy.peers;
          copy.setPeers(undefined);
          copy.setMaster(group);
        }
      }
    }
    return new MountNamespace(owner, this.numbers, root, copies);
  }

  /** A place of the namespace that this one was cloned from, here. */
  translate(path: Path): Path {
    const mount = this.#copies?.get(path.mount);
    return mount === undefined ? path : { ...path, mount };
  }

  root(): Path {
    return topOf(rootOf(this.rootMount));
  }

  /** The last process of the namespace is gone: what only it had mounted ends. */
  dispose(): void {
    for (const mount of [...this.rootMount.tree()].reverse()) drop(mount);
  }

  #adopt(mount: Mount): void {
    mount.namespace = this;
    if (mount.detached && mount.fs.unmounted !== undefined) attachments.set(mount.fs, (attachments.get(mount.fs) ?? 0) + 1);
    mount.detached = false;
    this.mounts.add(mount);
  }

  /** A mount that is not attached yet. */
  newMount(fs: FileSystem, root: number, source: string, attributes: MountAttributes): Mount {
    return new Mount(this.numbers.mountId(), fs, root, source, attributes);
  }

  /** A copy of `mount` that shows `root`, with the mounts below when recursive (those that are unbindable left out unless `all`). */
  copyTree(mount: Mount, root: number, recursive: boolean, copies: Map<Mount, Mount> = new Map(), all = true): Mount {
    const copy = new Mount(this.numbers.mountId(), mount.fs, root, mount.source, mount.attributes);
    if (mount.peers !== undefined) copy.setPeers(mount.peers);
    if (mount.master !== undefined) copy.setMaster(mount.master);
    copy.unbindable = mount.unbindable;
    copies.set(mount, copy);
    if (recursive && mount.children !== undefined) {
      for (const [node, child] of mount.children) {
        if ((child.unbindable && !all) || child.mountPoint === undefined || !isWithin(mount.fs, root, child.mountPoint)) continue;
        const childCopy = this.copyTree(child, child.root, true, copies, all);
        childCopy.locked = child.locked;
        hang(childCopy, copy, { ...child.mountPoint, mount: copy, node });
      }
    }
    return copy;
  }

  /** Attaches a tree and spreads it to the peers and followers of the mount below. */
  attach(tree: Mount, at: Path): void {
    const point = topOf(at);
    const shared = point.mount.peers !== undefined;
    const receivers = shared ? receiversOf(point) : NOBODY;
    if (shared) for (const mount of tree.all()) if (mount.peers === undefined) mount.setPeers(this.numbers.group());
    hang(tree, point.mount, point);
    this.#adoptTree(tree);
    for (const { mount, follows } of receivers) {
      const copy = this.copyTree(tree, tree.root, true);
      if (follows) {
        for (const child of copy.tree()) {
          const group = child.peers;
          child.setPeers(undefined);
          if (group !== undefined) child.setMaster(group);
          if (mount.peers !== undefined) child.setPeers(this.numbers.group());
        }
      }
      hang(copy, mount, topOf({ ...point, mount }));
      if (mount.namespace !== undefined) mount.namespace.#adoptTree(copy);
    }
  }

  #adoptTree(tree: Mount): void {
    for (const mount of tree.all()) this.#adopt(mount);
  }

  /** What is mounted in its place at the peers and followers of the mount below. */
  twinsOf({ mountPoint: point, fs, root }: Mount): readonly Mount[] {
    if (point === undefined || point.mount.peers === undefined) return [];
    return receiversOf(point).flatMap((receiver) => receiver.mount.children?.get(point.node) ?? []).filter((twin) => twin.fs === fs && twin.root === root);
  }

  /** Takes a tree out, and what stands for it at the peers and followers. The tree itself stays whole (lazy umount: open files go on). */
  detach(mount: Mount): void {
    for (const twin of this.twinsOf(mount)) if (twin.children === undefined || twin.children.size === 0) drop(twin);
    for (const gone of [...mount.tree()].reverse()) drop(gone);
  }

  /** Takes the tree out without ending it, to attach it elsewhere. */
  unhang(mount: Mount): void {
    mount.parent?.children?.delete(mount.mountPoint?.node ?? 0);
    mount.parent = undefined;
    mount.mountPoint = undefined;
    for (const gone of mount.tree()) {
      gone.namespace?.mounts.delete(gone);
      gone.namespace = undefined;
    }
  }

  /** pivot_root: `mount` becomes the root, the former root hangs at `putOld`. */
  pivot(mount: Mount, putOld: Path): void {
    const old = this.rootMount;
    const order = [...this.mounts];
    this.unhang(mount);
    this.unhang(old);
    this.mounts.clear();
    this.rootMount = mount;
    hang(old, putOld.mount, putOld);
    for (const each of order) this.#adopt(each);
  }

  setPropagation(mount: Mount, kind: "private" | "shared" | "slave" | "unbindable", recursive: boolean): void {
    for (const each of recursive ? mount.tree() : [mount]) {
      if (kind === "shared") {
        if (each.peers === undefined) each.setPeers(this.numbers.group());
      } else if (kind === "slave") {
        const group = each.peers;
        if (group !== undefined) {
          each.setPeers(undefined);
          // The last member of a group follows nobody.
          if (group.members.length > 0) each.setMaster(group);
        }
      } else {
        each.setPeers(undefined);
        each.setMaster(undefined);
      }
      each.unbindable = kind === "unbindable";
    }
  }
}

/** How many mounts of a file system there are, where it wants to know when the last one goes. */
const attachments = new WeakMap<FileSystem, number>();

function hang(child: Mount, parent: Mount, point: Path): void {
  child.parent = parent;
  child.mountPoint = point;
  parent.children ??= new SmallMap();
  parent.children.set(point.node, child);
}

function drop(mount: Mount): void {
  mount.parent?.children?.delete(mount.mountPoint?.node ?? 0);
  mount.namespace?.mounts.delete(mount);
  mount.namespace = undefined;
  mount.parent = undefined;
  mount.mountPoint = undefined;
  if (!mount.detached && mount.fs.unmounted !== undefined) {
    const left = (attachments.get(mount.fs) ?? 1) - 1;
    attachments.set(mount.fs, left);
    if (left === 0) mount.fs.unmounted();
  }
  mount.detached = true;
  mount.setPeers(undefined);
  mount.setMaster(undefined);
}

/** What is visible at a place: the root of the last mount on it. */
export function topOf(path: Path): Path {
  let top = path;
  for (let mount = top.mount.children?.get(top.node); mount !== undefined; mount = top.mount.children?.get(top.node)) top = rootOf(mount);
  return top;
}

interface Receiver {
  readonly mount: Mount;
  readonly follows: boolean;
}

const NOBODY: readonly Receiver[] = [];

/** Other mounts where a change at `point` shows too. */
function receiversOf(point: Path): readonly Receiver[] {
  const { peers } = point.mount;
  if (peers === undefined || (peers.members.length === 1 && peers.slaves.length === 0)) return NOBODY;
  const found = new Map<Mount, boolean>();
  const visit = (group: PeerGroup, follows: boolean): void => {
    for (const member of group.members) if (member !== point.mount && !found.has(member)) found.set(member, follows);
    for (const slave of group.slaves) {
      if (found.has(slave) || slave === point.mount) continue;
      found.set(slave, true);
      if (slave.peers !== undefined) visit(slave.peers, true);
    }
  };
  visit(peers, false);
  return [...found].filter(([mount]) => !mount.detached && isWithin(mount.fs, mount.root, point)).map(([mount, follows]) => ({ mount, follows }));
}
