// Trees as lists of files: read, compared, and built from the index.
import type { Blocking, Sys } from "../../../kernel/sys.ts";
import type { Index } from "./index-file.ts";
import { EMPTY_TREE, type ObjectId } from "./object-id.ts";
import type { ObjectStore } from "./object-store.ts";
import { type TreeEntry, TREE_MODE, byName, isTreeMode, parseTree, serialiseTree } from "./tree-object.ts";

export interface FileEntry {
  readonly mode: number;
  readonly id: ObjectId;
}

export type FileMap = ReadonlyMap<string, FileEntry>;

/** path → file, for everything below the tree, in the index's order within each directory. */
export function* treeFiles(sys: Sys, objects: ObjectStore, tree: ObjectId | undefined, prefix = "", into = new Map<string, FileEntry>()): Blocking<Map<string, FileEntry>> {
  if (tree === undefined || tree === EMPTY_TREE) return into;
  const { body } = yield* objects.read(tree);
  for (const entry of parseTree(body)) {
    if (isTreeMode(entry.mode)) yield* treeFiles(sys, objects, entry.id, `${prefix}${entry.name}/`, into);
    else into.set(prefix + entry.name, { mode: entry.mode, id: entry.id });
    if (sys.charge(2)) yield* sys.preempt();
  }
  return into;
}

export function* treeEntries(objects: ObjectStore, tree: ObjectId | undefined): Blocking<readonly TreeEntry[]> {
  return tree === undefined || tree === EMPTY_TREE ? [] : parseTree((yield* objects.read(tree)).body);
}

/** What stands at a path of a tree; the tree itself for "". */
export function* entryAtPath(objects: ObjectStore, tree: ObjectId, path: string): Blocking<FileEntry | undefined> {
  let entry: FileEntry = { mode: TREE_MODE, id: tree };
  for (const part of path.split("/").filter((one) => one !== "")) {
    if (!isTreeMode(entry.mode)) return undefined;
    const found = (yield* treeEntries(objects, entry.id)).find((one) => one.name === part);
    if (!found) return undefined;
    entry = found;
  }
  return entry;
}

export interface TreeChange {
  readonly path: string;
  readonly old: FileEntry | undefined;
  readonly new: FileEntry | undefined;
}

/** Files that differ between two trees, by path; equal subtrees are not read. `trees`: directories are told too (diff-tree -t). */
export function* treeChanges(sys: Sys, objects: ObjectStore, from: ObjectId | undefined, to: ObjectId | undefined, wanted: (path: string, directory: boolean) => boolean = () => true, prefix = "", recursive = true): Blocking<TreeChange[]> {
  if (from === to) return [];
  const changes: TreeChange[] = [];
  const before = new Map((yield* treeEntries(objects, from)).map((entry) => [entry.name, entry]));
  const after = new Map((yield* treeEntries(objects, to)).map((entry) => [entry.name, entry]));
  for (const name of [...new Set([...before.keys(), ...after.keys()])].sort(byName)) {
    if (sys.charge(1)) yield* sys.preempt();
    const [a, b] = [before.get(name), after.get(name)];
    if (a && b && a.id === b.id && a.mode === b.mode) continue;
    const path = prefix + name;
    const subtrees = [a && isTreeMode(a.mode) ? a.id : undefined, b && isTreeMode(b.mode) ? b.id : undefined] as const;
    const files = [a && !isTreeMode(a.mode) ? a : undefined, b && !isTreeMode(b.mode) ? b : undefined] as const;
    if ((files[0] || files[1]) && wanted(path, false)) changes.push({ path, old: files[0], new: files[1] });
    if (subtrees[0] === undefined && subtrees[1] === undefined) continue;
    if (!recursive) {
      if (wanted(path, true)) changes.push({ path, old: files[0] ? undefined : a, new: files[1] ? undefined : b });
    } else if (wanted(path, true)) changes.push(...(yield* treeChanges(sys, objects, subtrees[0], subtrees[1], wanted, `${path}/`)));
  }
  return prefix === "" ? changes.sort((x, y) => byName(x.path, y.path)) : changes;
}

/** Writes the trees of the index's entries of stage 0. `dry` computes nothing else than what is there. */
export function* writeTrees(sys: Sys, objects: ObjectStore, files: Iterable<readonly [string, FileEntry]>): Blocking<ObjectId> {
  interface Folder {
    readonly files: TreeEntry[];
    readonly folders: Map<string, Folder>;
  }
  const top: Folder = { files: [], folders: new Map() };
  for (const [path, entry] of files) {
    let folder = top;
    const parts = path.split("/");
    const name = parts.pop() ?? "";
    for (const part of parts) {
      let next = folder.folders.get(part);
      if (!next) folder.folders.set(part, (next = { files: [], folders: new Map() }));
      folder = next;
    }
    folder.files.push({ mode: entry.mode, id: entry.id, name });
    if (sys.charge(1)) yield* sys.preempt();
  }
  const write = function* (folder: Folder): Blocking<ObjectId> {
    const entries = [...folder.files];
    for (const [name, inner] of folder.folders) entries.push({ mode: TREE_MODE, name, id: yield* write(inner) });
    return yield* objects.write("tree", serialiseTree(entries));
  };
  return yield* write(top);
}

export function* writeIndexTree(sys: Sys, objects: ObjectStore, index: Index): Blocking<ObjectId> {
  return yield* writeTrees(sys, objects, index.entries.filter((entry) => entry.stage === 0 && !entry.intentToAdd).map((entry) => [entry.path, entry] as const));
}
