// From one tree to another: index and work tree follow, and nothing that is not kept elsewhere is lost (git-checkout(1), git-read-tree(1)).
import { type Blocking, S } from "../../../kernel/sys.ts";
import { Quit } from "../base/die.ts";
import type { Git } from "../base/git.ts";
import { type Index, statData } from "../store/index-file.ts";
import type { FileEntry, FileMap } from "../store/tree-files.ts";
import { byName } from "../store/tree-object.ts";
import { Ignore } from "./ignore.ts";
import { WorkFiles } from "./work-files.ts";

export type MoveOperation = "checkout" | "merge" | "reset";

interface Problems {
  readonly local: string[];
  readonly untracked: string[];
  readonly removed: string[];
  readonly directories: string[];
}

const list = (paths: readonly string[]): string => paths.map((path) => `\t${path}\n`).join("");

/** The errors of a move that would lose something, as git words them for that operation. */
export function moveErrors(git: Git, operation: MoveOperation, problems: Problems): Quit | undefined {
  const { local, untracked, removed, directories } = problems;
  if (local.length + untracked.length + removed.length + directories.length === 0) return undefined;
  const advised = git.advised("commitBeforeMerge");
  const lines: string[] = [];
  if (local.length > 0) {
    const then = operation === "checkout" ? "Please commit your changes or stash them before you switch branches.\n" : operation === "merge" ? "Please commit your changes or stash them before you merge.\n" : "Please commit your changes or stash them before you reset.\n";
    lines.push(`error: Your local changes to the following files would be overwritten by ${operation}:\n${list(local)}${advised ? then : ""}`.trimEnd());
  }
  const move = operation === "checkout" ? "Please move or remove them before you switch branches.\n" : operation === "merge" ? "Please move or remove them before you merge.\n" : "Please move or remove them before you reset.\n";
  if (directories.length > 0) lines.push(`error: Updating the following directories would lose untracked files in them:\n${list(directories)}`);
  if (removed.length > 0) lines.push(`error: The following untracked working tree files would be removed by ${operation}:\n${list(removed)}${advised ? move : ""}`.trimEnd());
  if (untracked.length > 0) lines.push(`error: The following untracked working tree files would be overwritten by ${operation}:\n${list(untracked)}${advised ? move : ""}`.trimEnd());
  return new Quit(1, ...lines, "Aborting");
}

const same = (a: FileEntry | undefined, b: FileEntry | undefined): boolean => a?.id === b?.id && a?.mode === b?.mode;

export interface MovePlan {
  readonly writes: readonly (readonly [string, FileEntry])[];
  readonly removals: readonly string[];
}

/** What has to be done; problems are collected, not thrown. */
export function* planMove(git: Git, index: Index, files: WorkFiles, from: FileMap, to: FileMap): Blocking<MovePlan & { readonly problems: Problems }> {
  const ignore = new Ignore(git);
  const writes: (readonly [string, FileEntry])[] = [];
  const removals: string[] = [];
  const problems: Problems = { local: [], untracked: [], removed: [], directories: [] };
  const paths = new Set([...from.keys(), ...to.keys()]);
  for (const path of [...paths].sort(byName)) {
    if (git.sys.charge(1)) yield* git.sys.preempt();
    const [old, next] = [from.get(path), to.get(path)];
    if (same(old, next)) continue;
    const entry = index.get(path);
    if (entry && same(entry, next)) continue;
    if (!entry && !next) continue;
    if (!entry) {
      if (old) {
        problems.local.push(path);
        continue;
      }
      const stat = files.stat(path);
      if (stat && (stat.mode & S.IFMT) === S.IFDIR) {
        const tracked = index.below(path).every((inner) => !to.has(inner)) && index.below(path).length > 0;
        if (!tracked && git.sys.readdir(path).length > 0) problems.directories.push(path);
      } else if (stat && !(yield* ignore.ignores(path, false))) {
        problems.untracked.push(path);
        continue;
      }
      if (next) writes.push([path, next]);
      continue;
    }
    if (!same(entry, old)) {
      problems.local.push(path);
      continue;
    }
    const { state } = yield* files.compare(index, entry);
    if (state === "modified" || state === "type") {
      problems.local.push(path);
      continue;
    }
    if (next) writes.push([path, next]);
    else removals.push(path);
  }
  return { writes, removals, problems };
}

/** Carries a plan out; the index is changed in memory only. */
export function* carryOut(git: Git, index: Index, files: WorkFiles, plan: MovePlan): Blocking<void> {
  for (const path of plan.removals) {
    if (files.stat(path)) files.remove(path);
    else files.pruneFolders(path);
    index.remove(path);
  }
  for (const [path, file] of plan.writes) {
    yield* files.write(path, file);
    index.replace(files.entryFor(path, file.mode, file.id));
    if (git.sys.charge(3)) yield* git.sys.preempt();
  }
}

/** From tree to tree; throws Quit where something would be lost. The index is written. */
export function* moveTree(git: Git, from: FileMap, to: FileMap, operation: MoveOperation): Blocking<void> {
  const index = yield* git.repository.index();
  const files = new WorkFiles(git);
  const plan = yield* planMove(git, index, files, from, to);
  const errors = moveErrors(git, operation, plan.problems);
  if (errors) throw errors;
  yield* carryOut(git, index, files, plan);
  yield* git.repository.writeIndex(index);
}

/** reset --hard, checkout -f: the work tree becomes that tree, local changes are lost. */
export function* forceTree(git: Git, to: FileMap): Blocking<void> {
  const index = yield* git.repository.index();
  const files = new WorkFiles(git);
  for (const path of index.paths) {
    if (to.has(path)) continue;
    const stat = files.stat(path);
    if (stat && (stat.mode & S.IFMT) !== S.IFDIR) files.remove(path);
    index.remove(path);
    if (git.sys.charge(2)) yield* git.sys.preempt();
  }
  for (const [path, file] of to) {
    const entry = index.get(path);
    if (git.sys.charge(1)) yield* git.sys.preempt();
    if (entry && same(entry, file)) {
      const { state, stat } = yield* files.compare(index, entry);
      if (state === "same") {
        if (stat && stat.mtimeUs !== entry.mtimeUs) index.set({ ...entry, ...statData(stat) });
        continue;
      }
    }
    yield* files.write(path, file);
    index.replace(files.entryFor(path, file.mode, file.id));
  }
  yield* git.repository.writeIndex(index);
}
