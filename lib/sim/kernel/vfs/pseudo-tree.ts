// The fixed part of a pseudo file system: which names there are and the functions that fill them. It is made once for all machines; what a
// machine holds comes in as the context `C`.

import { SysError } from "../errno.ts";
import { type DirEntry, S } from "../sys.ts";
import type { Caller } from "./caller.ts";
import type { MagicTarget } from "./file-system.ts";

export interface PseudoNode<C> {
  readonly index: number;
  readonly parent: number;
  readonly name: string;
  /** with type */
  readonly mode: number;
  readonly children: Map<string, number> | undefined;
  readonly behaviour: PseudoBehaviour<C>;
}

export interface PseudoBehaviour<C> {
  readonly read?: (context: C, reader: Caller) => string | Uint8Array;
  readonly write?: (context: C, text: string, writer: Caller) => void;
  readonly link?: (context: C, reader: Caller) => string;
  readonly magic?: (context: C, reader: Caller) => MagicTarget | undefined;
  /** readers need ptrace access to the process (proc(5)) */
  readonly guarded?: boolean;
  /** Not there while this is false. */
  readonly exists?: (context: C) => boolean;
}

export class PseudoTree<C> {
  readonly nodes: PseudoNode<C>[] = [];

  constructor(rootMode = 0o555) {
    this.#add(0, "", S.IFDIR | rootMode, {});
  }

  #add(parent: number, name: string, mode: number, behaviour: PseudoBehaviour<C>): number {
    const index = this.nodes.length;
    this.nodes.push({ index, parent, name, mode, children: (mode & S.IFMT) === S.IFDIR ? new Map() : undefined, behaviour });
    if (index > 0) this.node(parent).children?.set(name, index);
    return index;
  }

  node(index: number): PseudoNode<C> {
    const node = this.nodes[index];
    if (node === undefined) throw new SysError("ESTALE");
    return node;
  }

  /** The index of a directory, made with all above it when it is not there. */
  directory(path: string, mode = 0o555, behaviour: Pick<PseudoBehaviour<C>, "exists"> = {}): number {
    let at = 0;
    const parts = path.split("/").filter((part) => part !== "");
    parts.forEach((part, depth) => {
      const last = depth === parts.length - 1;
      at = this.node(at).children?.get(part) ?? this.#add(at, part, S.IFDIR | (last ? mode : 0o555), last ? behaviour : {});
    });
    return at;
  }

  file(path: string, read: (context: C, reader: Caller) => string | Uint8Array, more: Omit<PseudoBehaviour<C>, "read" | "link" | "magic"> & { readonly mode?: number } = {}): number {
    const { mode = more.write === undefined ? 0o444 : 0o644, ...behaviour } = more;
    return this.#add(this.#parentOf(path), lastOf(path), S.IFREG | mode, { ...behaviour, read });
  }

  link(path: string, link: string | ((context: C, reader: Caller) => string), more: Pick<PseudoBehaviour<C>, "magic" | "guarded" | "exists"> = {}): number {
    return this.#add(this.#parentOf(path), lastOf(path), S.IFLNK | 0o777, { ...more, link: typeof link === "string" ? () => link : link });
  }

  #parentOf(path: string): number {
    const at = path.lastIndexOf("/");
    return at === -1 ? 0 : this.directory(path.slice(0, at));
  }

  /** -1 when absent. */
  lookup(index: number, name: string, context: C): number {
    const found = this.node(index).children?.get(name);
    if (found === undefined) return -1;
    return this.node(found).behaviour.exists?.(context) === false ? -1 : found;
  }

  entries(index: number, context: C, ino: (index: number) => number): DirEntry[] {
    const list: DirEntry[] = [];
    for (const [name, child] of this.node(index).children ?? []) {
      const node = this.node(child);
      if (node.behaviour.exists?.(context) !== false) list.push({ name, ino: ino(child), type: node.mode & S.IFMT });
    }
    return list;
  }

  /** Links of a directory: 2 and one for each directory in it. */
  nlink(index: number): number {
    const { children } = this.node(index);
    if (children === undefined) return 1;
    let count = 2;
    for (const child of children.values()) if ((this.node(child).mode & S.IFMT) === S.IFDIR) count++;
    return count;
  }
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
