// Files from the index or from a tree: checkout -- FILE, restore FILE.
import { type Blocking, SysError } from "../../../kernel/sys.ts";
import { Quit } from "../base/die.ts";
import type { Git } from "../base/git.ts";
import { abbreviated } from "../diff/diff-output.ts";
import { linesOfBytes } from "../diff/line-changes.ts";
import { encode } from "../../../kernel/sys.ts";
import { mergeText } from "../merge/merge-file.ts";
import { plainEntry } from "../store/index-file.ts";
import type { ObjectId } from "../store/object-id.ts";
import { treeFiles } from "../store/tree-files.ts";
import { pathspec } from "./pathspec.ts";
import { WorkFiles } from "./work-files.ts";

export interface PathsRequest {
  readonly paths: readonly string[];
  /** a tree; undefined: the index */
  readonly source: ObjectId | undefined;
  readonly sourceName: string | undefined;
  /** Files that the source has not stay. */
  readonly overlay: boolean;
  readonly index: boolean;
  readonly workTree: boolean;
  readonly force: boolean;
  readonly side: 2 | 3 | undefined;
  readonly quiet: boolean;
  /** "Updated 1 path from the index" */
  readonly tell: boolean;
  /** conflicts are made again */
  readonly remerge?: boolean;
}

export function* checkoutPaths(git: Git, request: PathsRequest): Blocking<number> {
  const { repository, sys, objects } = git;
  const wanted = pathspec(git, request.paths);
  yield* repository.lockIndex();
  const index = yield* repository.index();
  const files = new WorkFiles(git);
  const tree = request.source === undefined ? undefined : yield* treeFiles(sys, objects, request.source);
  const known = tree ? [...tree.keys(), ...(request.overlay && request.index ? [] : index.paths)] : index.paths;
  const missing = wanted.unmatched(known);
  if (missing.length > 0) throw new Quit(1, ...missing.map((one) => `error: pathspec '${one}' did not match any file(s) known to git`));
  let updated = 0;
  let remade = 0;
  let failed = false;
  if (tree) {
    for (const [path, file] of tree) {
      if (!wanted.matches(path)) continue;
      if (sys.charge(2)) yield* sys.preempt();
      const entry = index.get(path);
      const fresh = entry && entry.id === file.id && entry.mode === file.mode ? entry : plainEntry(path, file.mode, file.id);
      if (request.workTree) {
        const clean = fresh === entry && (yield* files.isClean(index, entry));
        if (!clean || !files.stat(path)) {
          yield* files.write(path, file);
          updated++;
        }
        if (request.index) index.replace(files.entryFor(path, file.mode, file.id));
      } else if (request.index) index.replace(fresh);
    }
    if (!request.overlay) {
      for (const path of index.paths) {
        if (tree.has(path) || !wanted.matches(path)) continue;
        if (request.workTree && files.stat(path)) {
          files.remove(path);
          updated++;
        }
        if (request.index) index.remove(path);
      }
    }
  } else {
    const problems: string[] = [];
    for (const path of index.paths) {
      if (!wanted.matches(path)) continue;
      const stages = index.stages(path);
      if ((stages[0]?.stage ?? 0) === 0) continue;
      if (request.side !== undefined && !index.get(path, request.side)) problems.push(`error: path '${path}' does not have ${request.side === 2 ? "our" : "their"} version`);
      else if (request.side === undefined && !request.remerge && !request.force) problems.push(`error: path '${path}' is unmerged`);
      else if (request.force && request.side === undefined) yield* git.warning(`path '${path}' is unmerged`);
    }
    if (problems.length > 0) throw new Quit(1, ...problems);
    for (const path of index.paths) {
      if (!wanted.matches(path)) continue;
      if (sys.charge(2)) yield* sys.preempt();
      const stage0 = index.get(path);
      try {
        if (stage0) {
          if (yield* files.isClean(index, stage0)) continue;
          yield* files.write(path, stage0);
          index.set(files.entryFor(path, stage0.mode, stage0.id));
          updated++;
        } else if (request.side !== undefined) {
          const side = index.get(path, request.side);
          if (side) yield* files.write(path, side);
          updated++;
        } else if (request.remerge) {
          const bodies: Uint8Array[] = [];
          for (const n of [1, 2, 3]) {
            const entry = index.get(path, n);
            bodies.push(entry ? (yield* objects.read(entry.id)).body : new Uint8Array(0));
          }
          const [base = new Uint8Array(0), ours = new Uint8Array(0), theirs = new Uint8Array(0)] = bodies;
          const merged = yield* mergeText(sys, linesOfBytes(base), linesOfBytes(ours), linesOfBytes(theirs), { labels: { base: "base", ours: "ours", theirs: "theirs" }, style: git.config.get("merge.conflictstyle") === "diff3" ? "diff3" : "merge" });
          yield* files.writeContent(path, index.get(path, 2)?.mode ?? 0o100644, encode(merged.lines.join("")));
          remade++;
        }
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* git.error(`unable to create file ${path}: ${error.message}`);
        failed = true;
      }
    }
  }
  yield* repository.writeIndex(index);
  if (request.tell && !request.quiet) {
    if (remade > 0) yield* git.err(`Recreated ${remade} merge conflict${remade === 1 ? "" : "s"}\n`);
    const paths = `${updated} path${updated === 1 ? "" : "s"}`;
    if (request.source === undefined) {
      if (updated > 0 || remade === 0) yield* git.err(`Updated ${paths} from the index\n`);
    } else yield* git.err(`Updated ${paths} from ${yield* abbreviated(git, request.source)}\n`);
  }
  return failed ? 1 : 0;
}
