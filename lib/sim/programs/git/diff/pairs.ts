// The lists of changed files: between trees, the index and the work tree.
import type { Blocking } from "../../../kernel/sys.ts";
import type { Git } from "../base/git.ts";
import type { Index } from "../store/index-file.ts";
import type { ObjectId } from "../store/object-id.ts";
import { type FileMap, treeChanges, treeFiles } from "../store/tree-files.ts";
import { byName } from "../store/tree-object.ts";
import { Pathspec } from "../work-tree/pathspec.ts";
import type { WorkFiles } from "../work-tree/work-files.ts";
import { type FilePair, type FileSide, makePair } from "./file-pair.ts";

const EVERYTHING = new Pathspec([]);

export function* treePairs(git: Git, from: ObjectId | undefined, to: ObjectId | undefined, paths: Pathspec = EVERYTHING): Blocking<FilePair[]> {
  const wanted = (path: string, directory: boolean) => (directory ? paths.mayMatchBelow(path) : paths.matches(path));
  const changes = yield* treeChanges(git.sys, git.objects, from, to, wanted);
  return changes.map(({ path, old, new: next }) => makePair(old && { path, ...old }, next && { path, ...next }));
}

/** What a commit of the index would change. Paths in conflict come as "U". */
export function* indexPairs(git: Git, tree: ObjectId | undefined, index: Index, paths: Pathspec = EVERYTHING, known?: FileMap): Blocking<FilePair[]> {
  const head = known ?? (yield* treeFiles(git.sys, git.objects, tree));
  const pairs: FilePair[] = [];
  for (const path of new Set([...head.keys(), ...index.paths])) {
    if (!paths.matches(path)) continue;
    if (git.sys.charge(1)) yield* git.sys.preempt();
    const old = head.get(path);
    const stages = index.stages(path);
    const entry = stages.find((one) => one.stage === 0 && !one.intentToAdd);
    if (stages.length > 0 && (stages[0]?.stage ?? 0) > 0) pairs.push({ status: "U", old: old && { path, ...old }, new: { path, mode: stages[0]?.mode ?? 0, id: undefined }, score: 0 });
    else if (old?.id !== entry?.id || old?.mode !== entry?.mode) pairs.push(makePair(old && { path, ...old }, entry && { path, mode: entry.mode, id: entry.id }));
  }
  return pairs.sort((a, b) => byName(a.old?.path ?? a.new?.path ?? "", b.old?.path ?? b.new?.path ?? ""));
}

/** A file of the work tree with its contents; undefined when it is not there. */
export function* workSide(files: WorkFiles, path: string, mode?: number): Blocking<FileSide | undefined> {
  const stat = files.stat(path);
  if (!stat || (stat.mode & 0o170000) === 0o040000) return undefined;
  return { path, mode: mode ?? files.modeOf(stat), id: undefined, content: yield* files.blobOf(path, stat) };
}

/** What `git add` would change. Conflicts come as "U", followed by what differs from our side. */
export function* workPairs(index: Index, files: WorkFiles, paths: Pathspec = EVERYTHING): Blocking<FilePair[]> {
  const pairs: FilePair[] = [];
  for (const path of index.paths) {
    if (!paths.matches(path)) continue;
    const stages = index.stages(path);
    const entry = stages[0];
    if (!entry) continue;
    if (entry.stage > 0) {
      pairs.push({ status: "U", old: { path, mode: entry.mode, id: undefined }, new: { path, mode: entry.mode, id: undefined }, score: 0 });
      continue;
    }
    const { state, mode } = yield* files.compare(index, entry);
    if (state === "same") continue;
    const old = entry.intentToAdd ? undefined : { path, mode: entry.mode, id: entry.id };
    if (state === "deleted") pairs.push(makePair({ path, mode: entry.mode, id: entry.id }, undefined));
    else pairs.push(makePair(old, yield* workSide(files, path, mode)));
  }
  return pairs;
}

/** A tree against the files that the index knows. */
export function* treeWorkPairs(git: Git, tree: ObjectId, index: Index, files: WorkFiles, paths: Pathspec = EVERYTHING): Blocking<FilePair[]> {
  const head = yield* treeFiles(git.sys, git.objects, tree);
  const pairs: FilePair[] = [];
  for (const path of [...new Set([...head.keys(), ...index.paths])].sort(byName)) {
    if (!paths.matches(path)) continue;
    const old = head.get(path);
    const entry = index.stages(path)[0];
    if (!entry) {
      if (old) pairs.push(makePair({ path, ...old }, undefined));
      continue;
    }
    if (entry.stage > 0) pairs.push({ status: "U", old: { path, mode: entry.mode, id: undefined }, new: { path, mode: entry.mode, id: undefined }, score: 0 });
    const same = entry.stage === 0 && (yield* files.isClean(index, entry));
    if (same && old?.id === entry.id && old.mode === entry.mode) continue;
    const next = same ? { path, mode: entry.mode, id: entry.id } : yield* workSide(files, path);
    if (old || next) pairs.push(makePair(old && { path, ...old }, next));
  }
  return pairs;
}
