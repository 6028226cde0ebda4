// git cherry-pick and git revert (git-cherry-pick(1), git-revert(1)): commits made again on HEAD, or undone.
import { type Blocking, SysError } from "../../../kernel/sys.ts";
import { exists } from "../../kit/presence.ts";
import { Die, Quit } from "../base/die.ts";
import { launchEditor } from "../base/editor.ts";
import type { Git } from "../base/git.ts";
import { type GitCommand, gitCommand } from "../base/git-command.ts";
import { cleanMessage, withSignOff } from "../base/message.ts";
import { flag, number, refused, text, texts } from "../base/options.ts";
import { abbreviated } from "../diff/diff-output.ts";
import { commits } from "../history/commits.ts";
import { parseLogWords } from "../history/log-words.ts";
import { putCommitSummary } from "../history/make-commit.ts";
import { walk } from "../history/walk.ts";
import { type Picked, applyChange, commitPicked, writeConflictMessage } from "../merge/pick-commit.ts";
import { subjectOf } from "../store/commit-object.ts";
import { makeDirectories, readText, writeFile } from "../store/file-bytes.ts";
import type { ObjectId } from "../store/object-id.ts";
import { indexPairs } from "../diff/pairs.ts";
import { treeFiles } from "../store/tree-files.ts";
import { forceTree } from "../work-tree/move-tree.ts";
import { LongStatus, readStatus } from "../work-tree/status.ts";
import { WorkFiles } from "../work-tree/work-files.ts";
import { clearOperation, commit as commitCommand } from "./commit.ts";
import { abortMerge } from "./merge.ts";

type Kind = "cherry-pick" | "revert";

interface Settings {
  readonly noCommit: boolean;
  readonly edit: boolean | undefined;
  readonly record: boolean;
  readonly signoff: boolean;
  readonly mainline: number | undefined;
  readonly favor: "ours" | "theirs" | undefined;
  readonly allowEmpty: boolean;
  readonly keepRedundant: boolean;
  readonly ff: boolean;
}

const sequencer = (git: Git): string => `${git.repository.gitDir}/sequencer`;
const headFile = (kind: Kind): string => (kind === "revert" ? "REVERT_HEAD" : "CHERRY_PICK_HEAD");

function dropSequencer(git: Git): void {
  const folder = sequencer(git);
  if (!exists(git.sys, folder)) return;
  for (const entry of git.sys.readdir(folder)) git.sys.unlink(`${folder}/${entry.name}`);
  git.sys.rmdir(folder);
}

function* saveTodo(git: Git, kind: Kind, head: ObjectId, rest: readonly ObjectId[]): Blocking<void> {
  const folder = sequencer(git);
  makeDirectories(git.sys, folder);
  const lines: string[] = [];
  for (const id of rest) lines.push(`${kind === "revert" ? "revert" : "pick"} ${yield* abbreviated(git, id)} ${subjectOf((yield* commits(git).get(id)).message)}\n`);
  if (!exists(git.sys, `${folder}/head`)) yield* writeFile(git.sys, `${folder}/head`, `${head}\n`);
  yield* writeFile(git.sys, `${folder}/todo`, lines.join(""));
  yield* writeFile(git.sys, `${folder}/abort-safety`, `${yield* git.refs.read("HEAD")}\n`);
}

export function revertMessage(subject: string, id: ObjectId, merge: string): string {
  return `Revert "${subject}"\n\nThis reverts commit ${id}${merge}.\n`;
}

/** Picks the commits one after another. */
function* pickAll(git: Git, kind: Kind, list: readonly ObjectId[], settings: Settings, several: boolean): Blocking<number> {
  const store = commits(git);
  const start = (yield* git.refs.read("HEAD")) ?? "";
  for (const [n, id] of list.entries()) {
    const commit = yield* store.get(id);
    const subject = subjectOf(commit.message);
    const head = yield* git.refs.read("HEAD");
    const short = yield* abbreviated(git, id);
    if (commit.parents.length > 1 && settings.mainline === undefined) {
      throw new Die(`${kind} failed`, 128, [`error: commit ${id} is a merge but no -m option was given.`]);
    }
    if (settings.mainline !== undefined && commit.parents.length < 2 && settings.mainline > 1) throw new Die(`${kind} failed`, 128, [`error: commit ${id} does not have parent ${settings.mainline}`]);
    if (settings.mainline !== undefined && commit.parents.length < 2) throw new Die(`${kind} failed`, 128, [`error: mainline was specified but commit ${id} is not a merge.`]);
    let message = commit.message;
    if (kind === "revert") message = revertMessage(subject, id, commit.parents.length > 1 ? `, reversing\nchanges made to ${commit.parents[(settings.mainline ?? 1) - 1]}` : "");
    else if (settings.record) message = `${message.replace(/\n*$/, "\n")}${/\n\n(?:[A-Za-z0-9-]+: .*\n|\(cherry picked from commit [0-9a-f]+\)\n)+$/.test(message.replace(/\n*$/, "\n")) ? "" : "\n"}(cherry picked from commit ${id})\n`;
    if (settings.signoff) {
      const who = yield* git.ident("committer");
      message = withSignOff(message, `${who.name} <${who.email}>`);
    }
    if (!settings.noCommit) {
      const index = yield* git.repository.index();
      yield* new WorkFiles(git).refresh(index);
      const dirty = head === undefined ? [] : yield* indexPairs(git, (yield* store.get(head)).tree, index);
      if (dirty.length > 0) {
        throw new Die(`${kind} failed`, 128, index.unmerged.length > 0 ? [`error: ${kind === "revert" ? "Reverting" : "Cherry-picking"} is not possible because you have unmerged files.`, "hint: Fix them up in the work tree, and then use 'git add/rm <file>'", "hint: as appropriate to mark resolution and make a commit."] : [`error: your local changes would be overwritten by ${kind}.`, "hint: commit your changes or stash them to proceed."]);
      }
    }
    if (kind === "cherry-pick" && settings.ff && commit.parents[0] === head) {
      yield* forceForward(git, id);
      continue;
    }
    let picked: Picked;
    try {
      picked = yield* applyChange(git, { id, reverse: kind === "revert", mainline: settings.mainline, favor: settings.favor });
    } catch (error) {
      if (!(error instanceof Quit)) throw error;
      throw new Die(`${kind} failed`, 128, [...error.lines]);
    }
    if (!picked.clean || picked.tree === undefined) {
      yield* writeConflictMessage(git, message, picked.conflicts);
      if (!settings.noCommit || kind === "cherry-pick") yield* writeFile(git.sys, `${git.repository.gitDir}/${headFile(kind)}`, `${id}\n`);
      yield* git.error(`could not ${kind === "revert" ? "revert" : "apply"} ${short}... ${subject}`);
      if (git.advised("mergeConflict")) yield* git.err(`hint: After resolving the conflicts, mark them with\nhint: "git add/rm <pathspec>", then run\nhint: "git ${kind} --continue".\nhint: You can instead skip this commit with "git ${kind} --skip".\nhint: To abort and get back to the state before "git ${kind}",\nhint: run "git ${kind} --abort".\n`);
      if (several) yield* saveTodo(git, kind, start, list.slice(n));
      return 1;
    }
    if (settings.noCommit) {
      if (kind === "revert") yield* writeFile(git.sys, `${git.repository.gitDir}/MERGE_MSG`, message);
      continue;
    }
    const headTree = head === undefined ? undefined : (yield* store.get(head)).tree;
    if (picked.tree === headTree && !settings.keepRedundant) {
      const wasEmpty = commit.parents[0] !== undefined && (yield* store.get(commit.parents[0])).tree === commit.tree;
      if (!(wasEmpty && settings.allowEmpty)) {
        yield* writeFile(git.sys, `${git.repository.gitDir}/MERGE_MSG`, message);
        yield* writeFile(git.sys, `${git.repository.gitDir}/${headFile(kind)}`, `${id}\n`);
        if (several) yield* saveTodo(git, kind, start, list.slice(n));
        const found = yield* readStatus(git, yield* git.repository.index(), { untracked: "normal", ignored: false });
        git.put(yield* new LongStatus(git, found, { colors: git.colors("status") }).text());
        if (kind === "cherry-pick") yield* git.err(`The previous cherry-pick is now empty, possibly due to conflict resolution.\nIf you wish to commit it anyway, use:\n\n    git commit --allow-empty\n\n${several ? "and then use:\n\n    git cherry-pick --continue\n\nto resume cherry-picking the remaining commits.\nIf you wish to skip this commit, use:\n\n    git cherry-pick --skip\n\n" : "Otherwise, please use 'git cherry-pick --skip'\n"}`);
        return 1;
      }
    }
    const edit = settings.edit ?? (kind === "revert" && git.sys.isatty(0) && git.sys.isatty(1));
    if (edit) {
      const path = `${git.repository.gitDir}/COMMIT_EDITMSG`;
      const found = yield* readStatus(git, yield* git.repository.index(), { untracked: "normal", ignored: false });
      yield* writeFile(git.sys, path, `${message}\n# Please enter the commit message for your changes. Lines starting\n# with '#' will be ignored, and an empty message aborts the commit.\n#\n${yield* new LongStatus(git, found, { comment: "#", template: true, hints: false, fromTop: true }).text()}`);
      if (!(yield* launchEditor(git, path))) return 1;
      message = cleanMessage((yield* readText(git.sys, path)) ?? "", "default", true);
      if (message === "") {
        yield* git.err("Aborting commit due to empty commit message.\n");
        return 1;
      }
    }
    const made = yield* commitPicked(git, { tree: picked.tree, head: head ?? "", message, author: kind === "revert" ? yield* git.ident("author") : commit.author, reflog: kind, ...(head === undefined && { parents: [] }) });
    yield* clearOperation(git);
    yield* putCommitSummary(git, made, { dateShown: true });
  }
  dropSequencer(git);
  return 0;
}

function* forceForward(git: Git, id: ObjectId): Blocking<void> {
  const commit = yield* commits(git).get(id);
  yield* forceTree(git, yield* treeFiles(git.sys, git.objects, commit.tree));
  yield* git.refs.update("HEAD", { id, message: "cherry-pick: fast-forward" });
}

function* resume(git: Git, kind: Kind, how: "continue" | "skip" | "abort" | "quit"): Blocking<number> {
  const { sys, repository } = git;
  const current = (yield* git.state(headFile(kind)))?.trim();
  const folder = sequencer(git);
  const running = exists(sys, `${folder}/todo`);
  if (how === "quit") {
    dropSequencer(git);
    yield* clearOperation(git);
    return 0;
  }
  if (current === undefined && !running) {
    throw new Die(`${kind} failed`, 128, [how === "skip" ? `error: no ${kind} in progress` : "error: no cherry-pick or revert in progress"]);
  }
  const todo: ObjectId[] = [];
  for (const line of ((yield* readText(sys, `${folder}/todo`)) ?? "").split("\n")) {
    const short = /^(?:pick|revert) ([0-9a-f]+)/.exec(line)?.[1];
    const found = short === undefined ? [] : yield* git.objects.matching(short);
    if (found[0] !== undefined) todo.push(found[0]);
  }
  if (how === "abort") {
    if (!running) {
      yield* abortMerge(git);
      return 0;
    }
    const target = ((yield* readText(sys, `${folder}/head`)) ?? "").trim();
    yield* forceTree(git, yield* treeFiles(sys, git.objects, (yield* commits(git).get(target)).tree));
    yield* git.refs.update("HEAD", { id: target, message: `reset: moving to ${target}` });
    yield* clearOperation(git);
    dropSequencer(git);
    return 0;
  }
  if (how === "skip") yield* abortMerge(git);
  else if (current !== undefined) {
    const index = yield* repository.index();
    if (index.unmerged.length > 0) {
      for (const path of index.unmerged) git.put(`U\t${path}\n`);
      yield* git.error("Committing is not possible because you have unmerged files.");
      yield* git.advice("resolveConflict", "Fix them up in the work tree, and then use 'git add/rm <file>'\nas appropriate to mark resolution and make a commit.");
      throw new Die("Exiting because of an unresolved conflict.");
    }
    const status = yield* commitCommand.run(git, sys.isatty(0) && sys.isatty(1) ? [] : ["--no-edit", "--cleanup=strip"]);
    if (status !== 0) return status;
  }
  const rest = current === undefined && how === "continue" ? todo : todo.slice(1);
  const status = yield* pickAll(git, kind, rest, DEFAULTS, running);
  if (status === 0) dropSequencer(git);
  return status;
}

const DEFAULTS: Settings = { noCommit: false, edit: undefined, record: false, signoff: false, mainline: undefined, favor: undefined, allowEmpty: false, keepRedundant: false, ff: false };

function make(kind: Kind, summary: string): GitCommand {
  return gitCommand({
    name: kind, summary, needs: "work-tree", usage: [`git ${kind} [--edit] [-n] [-m <parent-number>] [-s] ${kind === "revert" ? "" : "[-x] [--ff] "}<commit>...`, `git ${kind} (--continue | --skip | --abort | --quit)`], operands: "none",
    options: {
      quit: flag("quit", "forget it, keep the files"), continue: flag("continue", "go on after a conflict is resolved"), abort: flag("abort", "go back to before it"), skip: flag("skip", "leave this commit out"), cleanup: text("cleanup", "mode", "how to clean the message"), noCommit: flag("n no-commit", "change the files, commit nothing"), edit: flag("e edit", "edit the message"), signoff: flag("s signoff", "close the message with a Signed-off-by line"), mainline: number("m mainline", "parent-number", "which parent of a merge counts"), rerere: flag("rerere-autoupdate", "accepted"), strategy: text("strategy", "strategy", "how to merge"), strategyOption: texts("X strategy-option", "option", "ours, theirs"), gpg: refused("S gpg-sign", "sign the commit", "commits are not signed"),
      record: flag("x", "name the picked commit in the message"), ff: flag("ff", "go forward where that is enough"), allowEmpty: flag("allow-empty", "empty commits too"), allowEmptyMessage: flag("allow-empty-message", "commits without a message too"), keepRedundant: flag("keep-redundant-commits", "commits that become empty too"), reference: flag("reference", "accepted"),
    },
    *run(git, { options: given, args }) {
      const how = (["continue", "skip", "abort", "quit"] as const).find((one) => given[one]);
      if (how) return yield* resume(git, kind, how);
      if (args.length === 0) throw new Quit(129, `usage: git ${kind} [<options>] <commit>...`, "");
      if ((yield* git.state("CHERRY_PICK_HEAD")) !== undefined || (yield* git.state("REVERT_HEAD")) !== undefined || exists(git.sys, `${sequencer(git)}/todo`)) {
        const which = (yield* git.state("REVERT_HEAD")) !== undefined ? "revert" : "cherry-pick";
        const index = yield* git.repository.index();
        if (index.unmerged.length > 0 && !exists(git.sys, `${sequencer(git)}/todo`)) throw new Die(`${kind} failed`, 128, [`error: ${kind === "revert" ? "Reverting" : "Cherry-picking"} is not possible because you have unmerged files.`, "hint: Fix them up in the work tree, and then use 'git add/rm <file>'", "hint: as appropriate to mark resolution and make a commit."]);
        if (exists(git.sys, `${sequencer(git)}/todo`)) throw new Die(`${kind} failed`, 128, [`error: ${which} is already in progress`, `hint: try "git ${which} (--continue | --skip | --abort | --quit)"`]);
      }
      const options = yield* parseLogWords(git, [...args, "--"]);
      const ranges = options.revisions.some((one) => one.excluded);
      const list = ranges ? (yield* walk(git, { ...options.walk, ...(kind === "cherry-pick" && { reverse: true }), order: "topo" })).map((one) => one.id) : options.walk.starts;
      if (list.length === 0) throw new Die(`${kind} failed`, 128, ["error: empty commit set passed"]);
      const favor = given.strategyOption.includes("ours") ? "ours" : given.strategyOption.includes("theirs") ? "theirs" : undefined;
      try {
        return yield* pickAll(git, kind, list, { noCommit: given.noCommit ?? false, edit: given.edit, record: given.record ?? false, signoff: given.signoff ?? false, mainline: given.mainline, favor, allowEmpty: given.allowEmpty ?? false, keepRedundant: given.keepRedundant ?? false, ff: given.ff ?? false }, list.length > 1);
      } catch (error) {
        if (error instanceof SysError) throw new Die(`${kind} failed`, 128, [`error: ${error.message}`]);
        throw error;
      }
    },
  });
}

export const cherryPick: GitCommand = make("cherry-pick", "make the changes of existing commits again");
export const revert: GitCommand = make("revert", "undo existing commits by new ones");
