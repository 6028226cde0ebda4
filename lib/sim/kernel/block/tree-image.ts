// A memory file system as bytes, so that a disk image carries its files wherever it is copied. A text part (JSON: nodes and extents) and the
// data of the files behind it, holes left out. What a named tree holds (the root file system of a distribution) is only named.

import { concatBytes, decode, encode } from "../bytes.ts";
import { S } from "../sys.ts";
import { Contents, type Piece } from "../vfs/contents.ts";
import { DirectoryEntries } from "../vfs/directory-entries.ts";
import type { MemoryFileSystem } from "../vfs/memory-file-system.ts";
import { type FrozenLayer, MemoryNode, stackLayer } from "../vfs/memory-node.ts";

/** ino, mode, uid, gid, nlink, rdev, atime, mtime, ctime, btime, flags, parent, name, directory bytes, xattrs, body */
type NodeRecord = readonly [
  number, number, number, number, number, number, number, number, number, number, number, number, string, number, readonly (readonly [string, string])[],
  BodyRecord,
];
type BodyRecord =
  | readonly ["d", readonly (readonly [string, number])[]]
  | readonly ["l", string]
  | readonly ["f", number, readonly (readonly [start: number, length: number, kind: number, at?: number])[]]
  /** the contents of the same node of the base */
  | readonly ["b"]
  | readonly ["n"];

const KINDS = ["data", "zeros", "unwritten"] as const;

export interface TreeImage {
  readonly text: Uint8Array;
  readonly data: Uint8Array;
}

/** What stands above a named tree is all that an image of it carries. */
interface TreeText {
  readonly base?: string;
  readonly removed?: readonly number[];
  readonly records: readonly NodeRecord[];
}

/** Where the bytes of a file are to lie on the device, for those who keep them in place (placed-tree.ts). */
export type PlaceOf = (ino: number, start: number, length: number) => readonly (readonly [start: number, length: number, at: number])[];

/** With `placeOf` the data stay out of the image. */
export function exportTree(fs: MemoryFileSystem, placeOf?: PlaceOf): TreeImage {
  const { base, nodes } = fs.differences();
  const records: NodeRecord[] = [];
  const removed: number[] = [];
  const data: Uint8Array[] = [];
  for (const [ino, node] of nodes) {
    if (node === undefined) {
      if (base !== undefined) removed.push(ino);
      continue;
    }
    // a file without a name is gone with its last descriptor
    if (node.nlink === 0) continue;
    const { body } = node;
    let record: BodyRecord = ["n"];
    if (body instanceof DirectoryEntries) record = ["d", [...body]];
    else if (typeof body === "string") record = ["l", body];
    else if (body instanceof Contents && isOfBase(body, base?.nodes.get(ino))) record = ["b"];
    else if (body instanceof Contents) {
      const extents: [number, number, number, number?][] = [];
      for (const piece of body.pieces()) {
        if (placeOf !== undefined && piece.data !== "unwritten") {
          for (const [start, length, at] of placeOf(ino, piece.start, piece.length)) extents.push([start, length, piece.data === "zeros" ? 1 : 0, at]);
          continue;
        }
        extents.push([piece.start, piece.length, typeof piece.data === "string" ? KINDS.indexOf(piece.data) : 0]);
        if (typeof piece.data !== "string") data.push(piece.data);
      }
      record = ["f", body.sizeBytes, extents];
    }
    const xattrs = [...(node.xattrs ?? [])].map(([name, value]) => [name, decode(value)] as const);
    records.push([ino, node.mode, node.uid, node.gid, node.nlink, node.rdev, node.atimeUs, node.mtimeUs, node.ctimeUs, node.btimeUs, node.flags, node.parent, node.name, node.directoryBytes, xattrs, record]);
  }
  const tree: TreeText = base?.baseName === undefined ? { records } : { base: base.baseName, removed, records };
  return { text: encode(JSON.stringify(tree)), data: concatBytes([new Uint8Array(0), ...data]) };
}

function blocksOf(node: MemoryNode | undefined): number {
  if (node?.body instanceof Contents) return node.body.allocatedBytes / 4096;
  return node?.body instanceof DirectoryEntries ? Math.ceil(node.directoryBytes / 4096) : 0;
}

/** A file that was only read, renamed or given to another owner. */
function isOfBase(body: Contents, node: MemoryNode | undefined): boolean {
  return node?.body instanceof Contents && body.isCopyOf(node.body);
}

/** Undefined when the bytes are not what `exportTree` made, or name a tree that is not known here. */
export function importTree({ text, data }: TreeImage, baseTree?: (name: string) => FrozenLayer | undefined, readPlaced?: (at: number, length: number) => Uint8Array): FrozenLayer | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(decode(text));
  } catch {
    return undefined;
  }
  if (typeof parsed !== "object" || parsed === null || !("records" in parsed) || !Array.isArray(parsed.records)) return undefined;
  const records: readonly NodeRecord[] = parsed.records;
  let base: FrozenLayer | undefined;
  const nodes = new Map<number, MemoryNode | undefined>();
  if ("base" in parsed && typeof parsed.base === "string") {
    base = baseTree?.(parsed.base);
    if (base === undefined) return undefined;
    if ("removed" in parsed && Array.isArray(parsed.removed)) for (const ino of parsed.removed) if (typeof ino === "number") nodes.set(ino, undefined);
    if (records.length === 0 && nodes.size === 0) return base;
  }
  let nextIno = base?.nextIno ?? 12;
  let blocks = base?.usedBlocks ?? 0;
  let inodes = base?.usedInodes ?? 10;
  for (const ino of nodes.keys()) {
    blocks -= blocksOf(base?.nodes.get(ino));
    if (base?.nodes.has(ino) === true) inodes--;
  }
  let at = 0;
  for (const [ino, mode, uid, gid, nlink, rdev, atimeUs, mtimeUs, ctimeUs, btimeUs, flags, parent, name, directoryBytes, xattrs, record] of records) {
    blocks -= blocksOf(base?.nodes.get(ino));
    if (base?.nodes.has(ino) !== true) inodes++;
    const node = new MemoryNode(ino, mode, uid, gid, atimeUs, parent, name, undefined);
    Object.assign(node, { nlink, rdev, mtimeUs, ctimeUs, btimeUs, flags, directoryBytes });
    if (xattrs.length > 0) node.xattrs = new Map(xattrs.map(([key, value]) => [key, encode(value)]));
    if (record[0] === "d") {
      const entries = new DirectoryEntries();
      for (const [key, child] of record[1]) entries.set(key, child);
      node.body = entries;
    } else if (record[0] === "l") node.body = record[1];
    else if (record[0] === "b") {
      const body = base?.nodes.get(ino)?.body;
      node.body = body instanceof Contents ? body.fork() : new Contents();
    } else if (record[0] === "f") {
      const pieces: Piece[] = [];
      for (const [start, length, kind, place] of record[2]) {
        const word = KINDS[kind];
        if (word === "zeros" || word === "unwritten") pieces.push({ start, length, data: word });
        else if (place !== undefined) pieces.push({ start, length, data: readPlaced?.(place, length).slice() ?? new Uint8Array(length) });
        else {
          pieces.push({ start, length, data: data.slice(at, at + length) });
          at += length;
        }
      }
      node.body = Contents.fromPieces(record[1], pieces);
    } else if ((mode & S.IFMT) === S.IFREG) node.body = new Contents();
    blocks += blocksOf(node);
    nodes.set(ino, node);
    nextIno = Math.max(nextIno, ino + 1);
  }
  return stackLayer({ nodes, lower: base, nextIno, usedBlocks: blocks, usedInodes: inodes });
}
