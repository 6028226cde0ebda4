// A mount: a tree of a file system attached somewhere in the tree of a mount namespace (mount_namespaces(7)).

import type { FileSystem } from "./file-system.ts";
import type { MountNamespace } from "./mount-namespace.ts";
import type { SmallMap } from "../small-map.ts";
import type { Path } from "./path.ts";

export interface MountAttributes {
  readonly readOnly: boolean;
  readonly nosuid: boolean;
  readonly nodev: boolean;
  readonly noexec: boolean;
  readonly atime: "relatime" | "noatime" | "strictatime";
  readonly nodiratime?: boolean;
  readonly nosymfollow?: boolean;
}

export const DEFAULT_ATTRIBUTES: MountAttributes = { readOnly: false, nosuid: false, nodev: false, noexec: false, atime: "relatime" };

const NONE: readonly Mount[] = [];

/** Mounts that see each other's changes ("shared:N" in mountinfo), and those that only follow them ("master:N"). */
export class PeerGroup {
  readonly id: number;
  /** Mostly one, and mostly nobody follows: arrays, because every session has a group for each of its mounts. */
  members: readonly Mount[] = NONE;
  slaves: readonly Mount[] = NONE;

  constructor(id: number) {
    this.id = id;
  }
}

export class Mount {
  readonly id: number;
  readonly fs: FileSystem;
  /** The node of `fs` that shows at the mount point: not the file system's root after a bind mount. */
  readonly root: number;
  readonly source: string;
  attributes: MountAttributes;
  namespace: MountNamespace | undefined = undefined;
  parent: Mount | undefined = undefined;
  mountPoint: Path | undefined = undefined;
  /** Mounts attached to nodes of this one, by node. */
  children: SmallMap<number, Mount> | undefined = undefined;
  peers: PeerGroup | undefined = undefined;
  master: PeerGroup | undefined = undefined;
  unbindable = false;
  /** Came from a more privileged namespace: cannot be unmounted alone, nor its restrictions lifted. */
  locked = false;
  /** Lazily unmounted or never attached: no part of any namespace. */
  detached = true;

  constructor(id: number, fs: FileSystem, root: number, source: string, attributes: MountAttributes) {
    this.id = id;
    this.fs = fs;
    this.root = root;
    this.source = source;
    this.attributes = attributes;
  }

  get readOnly(): boolean {
    return this.attributes.readOnly || this.fs.readOnly;
  }

  /** This mount and all below it, parents first. */
  *tree(): Generator<Mount> {
    yield this;
    if (this.children !== undefined) for (const child of this.children.values()) yield* child.tree();
  }

  /** As `tree`, at less cost for the many that nothing is mounted on. */
  all(): Iterable<Mount> {
    return this.children === undefined ? [this] : this.tree();
  }

  setPeers(group: PeerGroup | undefined): void {
    if (this.peers !== undefined) this.peers.members = this.peers.members.filter((each) => each !== this);
    this.peers = group;
    if (group !== undefined) group.members = group.members.length === 0 ? [this] : group.members.concat(this);
  }

  setMaster(group: PeerGroup | undefined): void {
    if (this.master !== undefined) this.master.slaves = this.master.slaves.filter((each) => each !== this);
    this.master = group;
    if (group !== undefined) group.slaves = group.slaves.length === 0 ? [this] : group.slaves.concat(this);
  }
}

/** Whether `node` of `fs` is `ancestor` or lies below it; only directories are looked up from, files by their `parent`. */
export function isWithin(fs: FileSystem, ancestor: number, path: { readonly node: number; readonly parent: number }): boolean {
  let { node } = path;
  if (node === ancestor) return true;
  if (path.parent !== 0) node = path.parent;
  for (let depth = 0; depth < 4096; depth++) {
    if (node === ancestor) return true;
    if (node === fs.root) return false;
    node = fs.parentOf(node);
  }
  return false;
}
