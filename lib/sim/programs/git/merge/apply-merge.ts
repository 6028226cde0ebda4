// The outcome of a merge in index and work tree: local changes are kept or the merge is refused.
import type { Blocking } from "../../../kernel/sys.ts";
import type { Git } from "../base/git.ts";
import { plainEntry } from "../store/index-file.ts";
import type { ObjectId } from "../store/object-id.ts";
import { type FileEntry, treeFiles } from "../store/tree-files.ts";
import { carryOut, moveErrors, planMove } from "../work-tree/move-tree.ts";
import { WorkFiles } from "../work-tree/work-files.ts";
import type { MergeOutcome } from "./merge-trees.ts";

/** `ours`: the tree that index and work tree are at. True without conflicts. Throws Quit where local changes are in the way. */
export function* applyMerge(git: Git, outcome: MergeOutcome, ours: ObjectId, operation: "merge" | "checkout" = "merge"): Blocking<boolean> {
  const { repository } = git;
  const index = yield* repository.index();
  const files = new WorkFiles(git);
  const from = yield* treeFiles(git.sys, git.objects, ours);
  const to = new Map<string, FileEntry>(outcome.files);
  for (const [path, { work }] of outcome.conflicts) if (work) to.set(path, work);
  const plan = yield* planMove(git, index, files, from, to);
  const errors = moveErrors(git, operation, plan.problems);
  if (errors) throw errors;
  yield* carryOut(git, index, files, plan);
  for (const [path, { stages }] of outcome.conflicts) {
    index.remove(path);
    for (const [n, stage] of stages.entries()) if (stage) index.set(plainEntry(path, stage.mode, stage.id, n + 1));
  }
  yield* repository.writeIndex(index);
  return outcome.conflicts.size === 0;
}
