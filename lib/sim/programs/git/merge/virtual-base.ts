// The tree that two commits are merged over: of their common ancestor, of several merged into one, or the empty one.
import type { Blocking } from "../../../kernel/sys.ts";
import type { Git } from "../base/git.ts";
import { abbreviated } from "../diff/diff-output.ts";
import { commits } from "../history/commits.ts";
import { EMPTY_TREE, type ObjectId } from "../store/object-id.ts";
import { type FileEntry, writeTrees } from "../store/tree-files.ts";
import { mergeTrees } from "./merge-trees.ts";

export function* virtualBase(git: Git, bases: readonly ObjectId[]): Blocking<{ readonly tree: ObjectId; readonly label: string }> {
  const store = commits(git);
  const [first, ...others] = bases;
  if (first === undefined) return { tree: EMPTY_TREE, label: "empty tree" };
  let tree = (yield* store.get(first)).tree;
  for (const other of others) {
    const inner = yield* virtualBase(git, yield* store.mergeBases(first, other));
    const merged = yield* mergeTrees(git, { base: inner.tree, ours: tree, theirs: (yield* store.get(other)).tree, labels: { base: "merged common ancestors", ours: "Temporary merge branch 1", theirs: "Temporary merge branch 2" } });
    const files = new Map<string, FileEntry>(merged.files);
    for (const [path, { work }] of merged.conflicts) if (work) files.set(path, work);
    tree = yield* writeTrees(git.sys, git.objects, files);
  }
  return { tree, label: others.length > 0 ? "merged common ancestors" : yield* abbreviated(git, first) };
}
