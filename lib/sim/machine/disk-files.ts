// Files on a disk that no kernel has mounted: what firmware, a boot loader and a hypervisor read.
import { Contents } from "../kernel/vfs/contents.ts";
import { DirectoryEntries } from "../kernel/vfs/directory-entries.ts";
import type { FrozenLayer, MemoryNode } from "../kernel/vfs/memory-node.ts";

const rootIno = 2;
const mostLinks = 20;

/** A root file system by its inodes. */
export type DiskFiles = (ino: number) => MemoryNode | undefined;

export const filesOfLayer = (layer: FrozenLayer): DiskFiles => (ino) => {
  for (let at: FrozenLayer | undefined = layer; at !== undefined; at = at.lower) if (at.nodes.has(ino)) return at.nodes.get(ino);
  return undefined;
};

/** Symbolic links are followed. */
export function findNode(files: DiskFiles, path: string, links = 0): MemoryNode | undefined {
  let node = files(rootIno);
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  for (const [place, part] of parts.entries()) {
    node = node?.body instanceof DirectoryEntries ? files(part === ".." ? node.parent : node.body.get(part)) : undefined;
    if (typeof node?.body !== "string") continue;
    if (links >= mostLinks) return undefined;
    const before = node.body.startsWith("/") ? "" : parts.slice(0, place).join("/");
    return findNode(files, `${before}/${node.body}/${parts.slice(place + 1).join("/")}`, links + 1);
  }
  return node;
}

export function contentsAt(files: DiskFiles, path: string): Contents | undefined {
  const body = findNode(files, path)?.body;
  return body instanceof Contents ? body : undefined;
}

export function namesIn(files: DiskFiles, path: string): readonly string[] {
  const body = findNode(files, path)?.body;
  return body instanceof DirectoryEntries ? [...body].map(([name]) => name) : [];
}
