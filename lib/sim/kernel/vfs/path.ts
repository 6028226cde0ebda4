// A place in the tree of mounts: what Linux calls a struct path. Handles are numbers that a file system gives to its nodes (they are
// not inode numbers: `facts(node).ino` is).

import type { Mount } from "./mount.ts";

export interface Path {
  readonly mount: Mount;
  readonly node: number;
  /** The directory it was found in, and the name; 0 and "" for the root of a file system. */
  readonly parent: number;
  readonly name: string;
}

export function samePath(a: Path, b: Path): boolean {
  return a.mount === b.mount && a.node === b.node;
}

export function rootOf(mount: Mount): Path {
  return { mount, node: mount.root, parent: 0, name: "" };
}

/** Identifies the file whatever name it has: "dev:ino". Sockets and FIFOs are found by it. */
export function nodeKey(path: Path): string {
  return `${path.mount.fs.device}:${path.mount.fs.facts(path.node).ino}`;
}

/**
 * The name of `path` as a process with that root sees it. " (deleted)" follows when it has no name any more, "(unreachable)" stands before
 * it when it lies outside the root (d_path, getcwd(2)).
 */
export function pathName(root: Path, path: Path): string {
  let { mount, node, parent, name } = path;
  let text = "";
  let deleted = false;
  for (let steps = 0; steps < 4096; steps++) {
    if (mount === root.mount && node === root.node) break;
    if (node === mount.root) {
      const point = mount.mountPoint;
      if (point === undefined) {
        // The root of the namespace lies above the caller's root, or the mount is part of no tree.
        text = `${mount.detached ? "" : "(unreachable)"}${text === "" ? "/" : text}`;
        break;
      }
      ({ mount, node, parent, name } = point);
      continue;
    }
    const { fs } = mount;
    if (parent === 0 || fs.lookup(parent, name, undefined) !== node) {
      const place = fs.placeOf(node);
      if (place === undefined) {
        deleted = true;
        if (parent === 0) ({ parent, name } = fs.lastPlaceOf(node));
      } else ({ parent, name } = place);
    }
    text = `/${name}${text}`;
    node = parent;
    parent = 0;
    name = "";
  }
  return (text === "" ? "/" : text) + (deleted ? " (deleted)" : "");
}
