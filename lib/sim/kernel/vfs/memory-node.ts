// One node of a memory file system, and the frozen layers that sessions and snapshots share.

import { encodedLength } from "../bytes.ts";
import { S } from "../sys.ts";
import { Contents } from "./contents.ts";
import { DirectoryEntries } from "./directory-entries.ts";
import type { NodeFacts } from "./file-system.ts";

export type NodeBody = Contents | DirectoryEntries | string | undefined;

export class MemoryNode implements NodeFacts {
  readonly ino: number;
  mode: number;
  uid: number;
  gid: number;
  nlink: number;
  rdev = 0;
  atimeUs: number;
  mtimeUs: number;
  ctimeUs: number;
  btimeUs: number;
  flags = 0;
  /** The directory of the name that was given last, also after it is gone. */
  parent: number;
  name: string;
  body: NodeBody;
  xattrs: Map<string, Uint8Array> | undefined = undefined;
  /** Directories: what st_size says where it is not counted from the names. */
  directoryBytes = 0;

  constructor(ino: number, mode: number, uid: number, gid: number, nowUs: number, parent: number, name: string, body: NodeBody) {
    this.ino = ino;
    this.mode = mode;
    this.uid = uid;
    this.gid = gid;
    this.nlink = 1;
    this.atimeUs = nowUs;
    this.mtimeUs = nowUs;
    this.ctimeUs = nowUs;
    this.btimeUs = nowUs;
    this.parent = parent;
    this.name = name;
    this.body = body;
  }

  get sizeBytes(): number {
    const body = this.body;
    if (body instanceof Contents) return body.sizeBytes;
    if (body instanceof DirectoryEntries) return this.directoryBytes;
    return typeof body === "string" ? encodedLength(body) : 0;
  }

  get isDirectory(): boolean {
    return (this.mode & S.IFMT) === S.IFDIR;
  }

  /** A node that may change; `this` stays as it is from now on. */
  fork(): MemoryNode {
    const body = this.body;
    const copy = new MemoryNode(this.ino, this.mode, this.uid, this.gid, this.atimeUs, this.parent, this.name, typeof body === "object" ? body.fork() : body);
    copy.nlink = this.nlink;
    copy.rdev = this.rdev;
    copy.mtimeUs = this.mtimeUs;
    copy.ctimeUs = this.ctimeUs;
    copy.btimeUs = this.btimeUs;
    copy.flags = this.flags;
    copy.xattrs = this.xattrs === undefined ? undefined : new Map(this.xattrs);
    copy.directoryBytes = this.directoryBytes;
    return copy;
  }
}

/** Nodes that will never change again. Undefined marks a node that this layer removed. */
export interface FrozenLayer {
  readonly nodes: ReadonlyMap<number, MemoryNode | undefined>;
  readonly lower: FrozenLayer | undefined;
  readonly depth: number;
  readonly nextIno: number;
  readonly usedBlocks: number;
  readonly usedInodes: number;
  /** A tree that disk images may name instead of carrying it. */
  readonly baseName?: string;
}

const DEEPEST = 6;

/** Joins the upper layers when there are many, never the lowest: that is the large one, shared by all. */
export function stackLayer(layer: Omit<FrozenLayer, "depth">): FrozenLayer {
  const depth = layer.lower === undefined ? 0 : layer.lower.depth + 1;
  if (depth <= DEEPEST) return { ...layer, depth };
  const stack: FrozenLayer[] = [];
  let lowest = layer.lower;
  while (lowest?.lower !== undefined) {
    stack.push(lowest);
    lowest = lowest.lower;
  }
  const nodes = new Map<number, MemoryNode | undefined>();
  for (const upper of stack.reverse()) for (const [ino, node] of upper.nodes) nodes.set(ino, node);
  for (const [ino, node] of layer.nodes) nodes.set(ino, node);
  return { ...layer, nodes, lower: lowest, depth: 1 };
}
