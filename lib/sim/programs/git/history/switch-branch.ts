// Going to another branch or commit: what checkout and switch share.
import type { Blocking } from "../../../kernel/sys.ts";
import { exists } from "../../kit/presence.ts";
import { Die, Quit } from "../base/die.ts";
import type { Git } from "../base/git.ts";
import { runHook } from "../base/hooks.ts";
import { abbreviated } from "../diff/diff-output.ts";
import { pathOf } from "../diff/file-pair.ts";
import { indexPairs, workPairs } from "../diff/pairs.ts";
import { setUpstream, followsByItself } from "../command/branch.ts";
import { mergeTrees } from "../merge/merge-trees.ts";
import { applyMerge } from "../merge/apply-merge.ts";
import { writeIndexTree, treeFiles } from "../store/tree-files.ts";
import { addTracked } from "../command/commit.ts";
import { EMPTY_TREE, NULL_ID, type ObjectId } from "../store/object-id.ts";
import { isValidBranchName } from "../store/ref-name.ts";
import { subjectOf } from "../store/commit-object.ts";
import { forceTree, moveTree } from "../work-tree/move-tree.ts";
import { operationState } from "../work-tree/operation-state.ts";
import { trackingText } from "../work-tree/status.ts";
import { WorkFiles } from "../work-tree/work-files.ts";
import { commits } from "./commits.ts";
import { currentBranch } from "./upstream.ts";

export interface SwitchRequest {
  /** the branch to be on; undefined: HEAD is detached */
  readonly branch: string | undefined;
  readonly target: ObjectId | undefined;
  /** the word that named it, for messages and the log */
  readonly word: string;
  readonly create: "no" | "create" | "reset" | "orphan";
  readonly force: boolean;
  readonly merge: boolean;
  readonly quiet: boolean;
  /** undefined: as the configuration says; the full name of the start when it is a reference */
  readonly track: boolean | undefined;
  readonly startRef: string | undefined;
  readonly explicitDetach: boolean;
}

export function* switchTo(git: Git, request: SwitchRequest): Blocking<number> {
  const { refs, repository, sys } = git;
  const before = yield* refs.read("HEAD");
  const beforeBranch = yield* currentBranch(git);
  const { branch, word } = request;
  if (request.create !== "no" && branch !== undefined) {
    if (!isValidBranchName(branch)) throw new Die(`'${branch}' is not a valid branch name`);
    const known = yield* refs.read(`refs/heads/${branch}`);
    if (known !== undefined && request.create !== "reset") throw new Die(`a branch named '${branch}' already exists`);
    const clash = yield* refs.conflictWith(`refs/heads/${branch}`);
    if (clash !== undefined && known === undefined) throw new Die(`cannot lock ref 'refs/heads/${branch}': '${clash}' exists; cannot create 'refs/heads/${branch}'`);
  }
  const index = yield* repository.index();
  const state = yield* operationState(git);
  if (!request.force && index.unmerged.length > 0 && !(request.create !== "no" && request.target === before)) {
    for (const path of index.unmerged) git.put(`${path}: needs merge\n`);
    throw new Quit(1, "error: you need to resolve your current index first");
  }
  const store = commits(git);
  const unborn = before === undefined;
  // Only a new name for what is here: nothing is looked at.
  const nothingToDo = request.create === "create" && request.target === before && !request.force;
  if (!nothingToDo && request.create !== "orphan" && request.target !== undefined) {
    const to = yield* treeFiles(sys, git.objects, (yield* store.get(request.target)).tree);
    if (request.force) yield* forceTree(git, to);
    else {
      const from = yield* treeFiles(sys, git.objects, before === undefined ? EMPTY_TREE : (yield* store.get(before)).tree);
      yield* new WorkFiles(git).refresh(index);
      try {
        yield* moveTree(git, from, to, "checkout");
      } catch (error) {
        if (!(error instanceof Quit) || !request.merge) throw error;
        yield* mergeLocal(git, before, request.target, word);
      }
    }
  } else if (request.create === "orphan" && request.target !== undefined && request.target !== before) {
    yield* moveTree(git, yield* treeFiles(sys, git.objects, before === undefined ? EMPTY_TREE : (yield* store.get(before)).tree), yield* treeFiles(sys, git.objects, (yield* store.get(request.target)).tree), "checkout");
  }
  if (!request.quiet && !request.force && request.target !== undefined && request.create !== "orphan" && !nothingToDo) yield* showLocalChanges(git, request.target);
  else if (!request.quiet && request.target !== undefined && nothingToDo) yield* showLocalChanges(git, request.target);

  // HEAD.
  const oldName = beforeBranch ?? before ?? "(invalid)";
  if (request.create === "orphan") {
    yield* refs.setSymbolic("HEAD", `refs/heads/${branch}`);
    if (!request.quiet) yield* git.err(`Switched to a new branch '${branch}'\n`);
    return 0;
  }
  if (branch !== undefined) {
    const full = `refs/heads/${branch}`;
    if (request.create !== "no" && request.target !== undefined) {
      const known = yield* refs.read(full);
      yield* refs.update(full, { id: request.target, message: known === undefined ? `branch: Created from ${word}` : `branch: Reset to ${word}` });
      const follows = request.track ?? followsByItself(git, request.startRef);
      if (follows && request.startRef !== undefined && /^refs\/(heads|remotes)\//.test(request.startRef)) yield* setUpstream(git, branch, request.startRef, request.quiet);
      else if (request.track) throw new Die("cannot set up tracking information; starting point is not a branch");
    }
    if (before !== undefined && beforeBranch === undefined && request.target !== undefined) yield* leavingDetached(git, before, request.target, request.quiet);
    yield* refs.setSymbolic("HEAD", full, request.target === undefined ? undefined : { old: before ?? NULL_ID, id: request.target, text: `checkout: moving from ${oldName} to ${branch}` });
    if (!request.quiet) {
      if (beforeBranch === branch && request.create === "no") yield* git.err(`Already on '${branch}'\n`);
      else if (request.create === "reset" && beforeBranch === branch) yield* git.err(`Reset branch '${branch}'\n`);
      else if (request.create !== "no") yield* git.err(request.create === "reset" && request.word !== "" && (yield* wasThere(git, branch)) ? `Switched to and reset branch '${branch}'\n` : `Switched to a new branch '${branch}'\n`);
      else yield* git.err(`Switched to branch '${branch}'\n`);
    }
    if (!request.quiet && (request.create === "no" || (request.create === "reset" && beforeBranch === branch))) git.say(yield* trackingText(git, branch, git.advised("statusHints")));
  } else if (request.target !== undefined) {
    if (before !== undefined && beforeBranch === undefined) yield* leavingDetached(git, before, request.target, request.quiet);
    yield* refs.detach(request.target, before ?? NULL_ID, `checkout: moving from ${oldName} to ${word}`);
    if (!request.quiet) {
      if (beforeBranch !== undefined && !request.explicitDetach && git.advised("detachedHead")) yield* git.err(detachedAdvice(word));
      yield* git.err(`${git.inLanguage("HEAD is now at")} ${yield* abbreviated(git, request.target)} ${subjectOf((yield* store.get(request.target)).message)}\n`);
    }
  }
  for (const name of state.rebase || state.merge || !unborn ? ["MERGE_HEAD", "MERGE_MSG", "MERGE_MODE", "SQUASH_MSG", "CHERRY_PICK_HEAD", "REVERT_HEAD"] : []) {
    if (nothingToDo && name !== "SQUASH_MSG") continue;
    const path = `${repository.gitDir}/${name}`;
    if (exists(sys, path)) sys.unlink(path);
  }
  yield* runHook(git, "post-checkout", [before ?? NULL_ID, request.target ?? NULL_ID, "1"]);
  return 0;
}

function* wasThere(git: Git, branch: string): Blocking<boolean> {
  return (yield* git.refs.readLog(`refs/heads/${branch}`)).length > 1;
}

/** --merge: local changes are carried over by a three-way merge. */
function* mergeLocal(git: Git, before: ObjectId | undefined, target: ObjectId, word: string): Blocking<void> {
  const { repository, sys, objects } = git;
  const store = commits(git);
  const index = yield* repository.index();
  yield* addTracked(git, index);
  const work = yield* writeIndexTree(sys, objects, index);
  const base = before === undefined ? EMPTY_TREE : (yield* store.get(before)).tree;
  const to = (yield* store.get(target)).tree;
  yield* forceTree(git, yield* treeFiles(sys, objects, to));
  const merged = yield* mergeTrees(git, { base, ours: to, theirs: work, labels: { base: "ancestor", ours: word, theirs: "local" } });
  yield* applyMerge(git, merged, to);
  // Only conflicts stay in the index: the rest are changes of the work tree.
  const after = yield* repository.index();
  const wanted = yield* treeFiles(sys, objects, to);
  for (const path of after.paths) {
    if ((after.stages(path)[0]?.stage ?? 0) > 0) continue;
    const file = wanted.get(path);
    if (!file) after.remove(path);
    else if (after.get(path)?.id !== file.id) after.set({ ...new WorkFiles(git).entryFor(path, file.mode, file.id), mtimeUs: 0 });
  }
  yield* repository.writeIndex(after);
}

/** "M	file" for what stays changed. */
export function* showLocalChanges(git: Git, target: ObjectId): Blocking<void> {
  const index = yield* git.repository.index();
  const tree = (yield* commits(git).get(target)).tree;
  const rows = new Map<string, string>();
  for (const pair of yield* indexPairs(git, tree, index)) rows.set(pathOf(pair), pair.status);
  for (const pair of yield* workPairs(index, new WorkFiles(git))) {
    const known = rows.get(pathOf(pair));
    rows.set(pathOf(pair), known === "A" ? (pair.status === "D" ? "D" : "A") : pair.status);
  }
  for (const [path, status] of [...rows].sort(([a], [b]) => (a < b ? -1 : 1))) git.put(`${status}\t${path}\n`);
}

function* leavingDetached(git: Git, before: ObjectId, target: ObjectId, quiet: boolean): Blocking<void> {
  if (quiet || before === target) return;
  const store = commits(git);
  const tips = (yield* git.refs.list()).map((ref) => ref.id);
  const known: ObjectId[] = [target];
  for (const id of tips) if ((yield* git.objects.tryRead(id))?.type === "commit") known.push(id);
  const reachable = yield* store.ancestors(known);
  if (reachable.has(before)) {
    yield* git.err(`Previous HEAD position was ${yield* abbreviated(git, before)} ${subjectOf((yield* store.get(before)).message)}\n`);
    return;
  }
  const lost: ObjectId[] = [];
  for (const id of yield* store.ancestors([before], reachable)) lost.push(id);
  const count = lost.length;
  let lines = "";
  for (const id of lost.slice(0, 4)) lines += `  ${yield* abbreviated(git, id)} ${subjectOf((yield* store.get(id)).message)}\n`;
  if (count > 4) lines += ` ... and ${count - 4} more.\n`;
  yield* git.err(`Warning: you are leaving ${count} commit${count === 1 ? "" : "s"} behind, not connected to\nany of your branches:\n\n${lines}\n`);
  if (git.advised("detachedHead")) yield* git.err(`If you want to keep ${count === 1 ? "it" : "them"} by creating a new branch, this may be a good time\nto do so with:\n\n git branch <new-branch-name> ${yield* abbreviated(git, before)}\n\n`);
}

export const detachedAdvice = (word: string): string => `Note: switching to '${word}'.

You are in 'detached HEAD' state. You can look around, make experimental
changes and commit them, and you can discard any commits you make in this
state without impacting any branches by switching back to a branch.

If you want to create a new branch to retain commits you create, you may
do so (now or later) by using -c with the switch command. Example:

  git switch -c <new-branch-name>

Or undo this operation with:

  git switch -

Turn off this advice by setting config variable advice.detachedHead to false

`;

/** The one remote that has such a branch, for `git switch NAME`: its remote-tracking reference. Several are an error of their own. */
export function* guessRemoteBranch(git: Git, name: string): Blocking<{ readonly found: string | undefined; readonly several: number }> {
  const hits: string[] = [];
  for (const remote of git.config.subsections("remote")) if ((yield* git.refs.read(`refs/remotes/${remote}/${name}`)) !== undefined) hits.push(`refs/remotes/${remote}/${name}`);
  const preferred = git.config.get("checkout.defaultremote");
  const chosen = hits.length > 1 && preferred !== undefined ? hits.find((hit) => hit === `refs/remotes/${preferred}/${name}`) : hits.length === 1 ? hits[0] : undefined;
  return { found: chosen, several: hits.length };
}

