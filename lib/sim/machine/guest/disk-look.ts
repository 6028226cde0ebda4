// A look at the files on a disk image, whether a guest runs on it or not: as the image file holds them now.
import { Disk as BlockDisk } from "../../kernel/block/block-device.ts";
import { type Blocking, decode, S, SysError } from "../../kernel/sys.ts";
import { Contents } from "../../kernel/vfs/contents.ts";
import { DirectoryEntries } from "../../kernel/vfs/directory-entries.ts";
import type { FrozenLayer, MemoryNode } from "../../kernel/vfs/memory-node.ts";
import { chainData, type DiskImage, ImageError } from "../../programs/kit/disk-image/disk-image.ts";
import type { ImageFile } from "../../programs/kit/disk-image/image-file.ts";
import { backingPath } from "../../programs/kit/disk-image/open-image.ts";
import { Qcow2Image } from "../../programs/kit/disk-image/qcow2.ts";
import { openRaw } from "../../programs/kit/disk-image/raw.ts";
import type { FileView } from "../view.ts";
import { rootTreeOf } from "./root-tree.ts";

/** A file of the host, for reading. */
interface ReadableFile {
  readonly sizeBytes: number;
  readonly changedUs: number;
  read(at: number, length: number): Uint8Array;
}

export type FindFile = (path: string) => ReadableFile | undefined;

const rootIno = 2;
const mostLinks = 40;
const longestChain = 10;
const textLimitBytes = 65_536;

function readOnlyFile(path: string, file: ReadableFile): ImageFile {
  const refuse = (): never => {
    throw new SysError("EROFS");
  };
  return {
    path, sizeBytes: () => file.sizeBytes, allocatedBytes: () => file.sizeBytes,
    *read(at, length) {
      const whole = new Uint8Array(length);
      whole.set(file.read(at, length));
      return whole;
    },
    *write() { refuse(); },
    truncate: refuse, allocate: refuse, discard: refuse,
    nextData: (at) => (at < file.sizeBytes ? at : undefined), nextHole: () => file.sizeBytes,
  };
}

function finish<T>(work: Blocking<T>): T {
  for (;;) {
    const turn = work.next();
    if (turn.done === true) return turn.value;
  }
}

function* openChain(find: FindFile, path: string, depth = 0): Blocking<DiskImage | undefined> {
  const file = find(path);
  if (file === undefined || depth > longestChain) return undefined;
  const own = readOnlyFile(path, file);
  const head = file.read(0, 4);
  const image: DiskImage = decode(head.subarray(0, 3)) === "QFI" ? yield* Qcow2Image.open(own) : openRaw(own);
  if (image.backingFile !== undefined) image.backing = yield* openChain(find, backingPath(path, image.backingFile), depth + 1);
  return image;
}

/** Undefined when there is no such image, or no system on it. */
function treeIn(find: FindFile, path: string): FrozenLayer | undefined {
  try {
    const contents = finish((function* load(): Blocking<Contents | undefined> {
      const image = yield* openChain(find, path);
      if (image === undefined) return undefined;
      const pieces: { start: number; length: number; data: Uint8Array }[] = [];
      for (const piece of yield* chainData(image)) {
        const length = Math.min(piece.length, image.virtualBytes - piece.start);
        pieces.push({ start: piece.start, length, data: yield* image.read(piece.start, length) });
      }
      return Contents.fromPieces(image.virtualBytes, pieces);
    })());
    return contents === undefined ? undefined : rootTreeOf(new BlockDisk("vda", 254, 0, contents))?.tree;
  } catch (error) {
    if (error instanceof ImageError || error instanceof SysError) return undefined;
    throw error;
  }
}

function nodeOf(tree: FrozenLayer, ino: number): MemoryNode | undefined {
  for (let layer: FrozenLayer | undefined = tree; layer !== undefined; layer = layer.lower) if (layer.nodes.has(ino)) return layer.nodes.get(ino);
  return undefined;
}

function walk(tree: FrozenLayer, path: string, follow: boolean): MemoryNode | undefined {
  let parts = path.split("/").filter((part) => part !== "" && part !== ".");
  const trail: MemoryNode[] = [];
  let at = nodeOf(tree, rootIno);
  for (let links = 0; at !== undefined && parts.length > 0;) {
    const [part = "", ...rest] = parts;
    parts = rest;
    if (part === "..") {
      at = trail.pop() ?? nodeOf(tree, rootIno);
      continue;
    }
    const { body }: MemoryNode = at;
    if (!(body instanceof DirectoryEntries)) return undefined;
    const ino = body.get(part);
    const next: MemoryNode | undefined = ino === undefined ? undefined : nodeOf(tree, ino);
    if (next !== undefined && typeof next.body === "string" && (parts.length > 0 || follow)) {
      if (++links > mostLinks) return undefined;
      parts = [...next.body.split("/").filter((one) => one !== "" && one !== "."), ...parts];
      if (next.body.startsWith("/")) {
        trail.length = 0;
        at = nodeOf(tree, rootIno);
      }
      continue;
    }
    trail.push(at);
    at = next;
  }
  return at;
}

const kinds: ReadonlyMap<number, FileView["kind"]> = new Map([[S.IFDIR, "directory"], [S.IFLNK, "symlink"], [S.IFIFO, "fifo"], [S.IFSOCK, "socket"], [S.IFCHR, "device"], [S.IFBLK, "device"]]);

function viewOf(tree: FrozenLayer, path: string, follow: boolean): FileView | undefined {
  const node = walk(tree, path, follow);
  if (node === undefined) return undefined;
  const { body } = node;
  return {
    path, kind: kinds.get(node.mode & S.IFMT) ?? "file", mode: node.mode & 0o7777, owner: String(node.uid), group: String(node.gid), sizeBytes: node.sizeBytes, target: typeof body === "string" ? body : undefined,
    get text() {
      return body instanceof Contents ? decode(body.read(0, Math.min(body.sizeBytes, textLimitBytes))) : "";
    },
    get entries() {
      return body instanceof DirectoryEntries ? [...body].map(([name]) => name).sort() : [];
    },
  };
}

/** Trees stay as they are as long as their image does. */
export class DiskLook {
  readonly #trees = new Map<string, { readonly stamp: string; readonly tree: FrozenLayer | undefined }>();

  file(find: FindFile, image: string, path: string, follow: boolean): FileView | undefined {
    const file = find(image);
    if (file === undefined) return undefined;
    const stamp = `${file.changedUs} ${file.sizeBytes}`;
    let known = this.#trees.get(image);
    if (known?.stamp !== stamp) {
      known = { stamp, tree: treeIn(find, image) };
      this.#trees.set(image, known);
    }
    return known.tree === undefined ? undefined : viewOf(known.tree, path, follow);
  }
}
