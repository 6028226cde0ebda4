// The change of one commit made again on HEAD, or undone: what cherry-pick, revert and rebase have in common.
import type { Blocking } from "../../../kernel/sys.ts";
import type { Git } from "../base/git.ts";
import { abbreviated } from "../diff/diff-output.ts";
import { commits } from "../history/commits.ts";
import { writeCommit } from "../history/make-commit.ts";
import { type Signature, subjectOf } from "../store/commit-object.ts";
import { writeFile } from "../store/file-bytes.ts";
import { EMPTY_TREE, type ObjectId } from "../store/object-id.ts";
import { writeIndexTree } from "../store/tree-files.ts";
import { applyMerge } from "./apply-merge.ts";
import { mergeTrees } from "./merge-trees.ts";

export interface PickRequest {
  readonly id: ObjectId;
  /** undone instead of made again */
  readonly reverse: boolean;
  /** 1-based, for merges */
  readonly mainline?: number | undefined;
  readonly favor?: "ours" | "theirs" | undefined;
}

export interface Picked {
  readonly clean: boolean;
  /** the tree of the index after it; undefined in a conflict */
  readonly tree: ObjectId | undefined;
  readonly conflicts: readonly string[];
}

/** Index and work tree get the change; nothing is committed. Throws Quit where local changes are in the way. */
export function* applyChange(git: Git, request: PickRequest): Blocking<Picked> {
  const store = commits(git);
  const commit = yield* store.get(request.id);
  const parent = commit.parents[(request.mainline ?? 1) - 1];
  const parentTree = parent === undefined ? EMPTY_TREE : (yield* store.get(parent)).tree;
  const label = `${yield* abbreviated(git, request.id)} (${subjectOf(commit.message)})`;
  const index = yield* git.repository.index();
  const head = yield* git.refs.read("HEAD");
  const headTree = head === undefined ? EMPTY_TREE : (yield* store.get(head)).tree;
  const ours = index.unmerged.length === 0 ? yield* writeIndexTree(git.sys, git.objects, index) : headTree;
  const [base, theirs] = request.reverse ? [commit.tree, parentTree] : [parentTree, commit.tree];
  const outcome = yield* mergeTrees(git, { base, ours, theirs, labels: request.reverse ? { base: label, ours: "HEAD", theirs: `parent of ${label}` } : { base: `parent of ${label}`, ours: "HEAD", theirs: label }, ...(request.favor !== undefined && { favor: request.favor }) });
  const clean = yield* applyMerge(git, outcome, ours);
  for (const line of outcome.messages) {
    if (line.startsWith("warning: ")) yield* git.err(`${line}\n`);
    else git.say(`${line}\n`);
  }
  return { clean, tree: clean ? yield* writeIndexTree(git.sys, git.objects, yield* git.repository.index()) : undefined, conflicts: [...outcome.conflicts.keys()] };
}

export function* commitPicked(git: Git, facts: { readonly tree: ObjectId; readonly head: ObjectId; readonly message: string; readonly author: Signature; readonly reflog: string; readonly parents?: readonly ObjectId[] }): Blocking<ObjectId> {
  const id = yield* writeCommit(git, { tree: facts.tree, parents: facts.parents ?? [facts.head], message: facts.message, author: facts.author });
  yield* git.refs.update("HEAD", { id, message: `${facts.reflog}: ${subjectOf(facts.message)}` });
  return id;
}

/** The message that `git commit` finds after the conflict is resolved. */
export function* writeConflictMessage(git: Git, message: string, conflicts: readonly string[]): Blocking<void> {
  yield* writeFile(git.sys, `${git.repository.gitDir}/MERGE_MSG`, `${message.replace(/\n*$/, "\n")}${conflicts.length === 0 ? "" : `\n# Conflicts:\n${conflicts.map((path) => `#\t${path}\n`).join("")}`}`);
}
