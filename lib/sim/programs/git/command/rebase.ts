// git rebase (git-rebase(1)): the commits of a branch made again on another base, also by an edited list (-i).
// (More than 400 lines would be too many; the pick itself is in merge/pick-commit.ts.)
import type { Blocking } from "../../../kernel/sys.ts";
import { exists } from "../../kit/presence.ts";
import { runChild, runShellLine } from "../base/child-process.ts";
import { Die, Quit } from "../base/die.ts";
import { editorOf, launchEditor } from "../base/editor.ts";
import type { Git } from "../base/git.ts";
import { gitCommand } from "../base/git-command.ts";
import { runHook } from "../base/hooks.ts";
import { cleanMessage, stripSpace } from "../base/message.ts";
import { flag, optional, refused, text, texts } from "../base/options.ts";
import { diffDefaults } from "../diff/diff-options.ts";
import { DiffPrinter, abbreviated } from "../diff/diff-output.ts";
import { indexPairs, treePairs, workPairs } from "../diff/pairs.ts";
import { commits, peel } from "../history/commits.ts";
import { commitOrDie, previousBranch, resolve } from "../history/revision.ts";
import { walk, walkDefaults } from "../history/walk.ts";
import { currentBranch, upstreamOf } from "../history/upstream.ts";
import { applyChange, commitPicked, writeConflictMessage } from "../merge/pick-commit.ts";
import { subjectOf } from "../store/commit-object.ts";
import { makeDirectories, readText, writeFile } from "../store/file-bytes.ts";
import { NULL_ID, type ObjectId } from "../store/object-id.ts";
import { treeFiles, writeIndexTree } from "../store/tree-files.ts";
import { shortRefName } from "../store/ref-name.ts";
import { forceTree, moveTree } from "../work-tree/move-tree.ts";
import { WorkFiles } from "../work-tree/work-files.ts";
import { clearOperation } from "./commit.ts";
import { stash } from "./stash.ts";

const folderOf = (git: Git): string => `${git.repository.gitDir}/rebase-merge`;

function* read(git: Git, name: string): Blocking<string> {
  return ((yield* readText(git.sys, `${folderOf(git)}/${name}`)) ?? "").trim();
}

function* write(git: Git, name: string, content: string): Blocking<void> {
  yield* writeFile(git.sys, `${folderOf(git)}/${name}`, content);
}

function dropFolder(git: Git): void {
  const folder = folderOf(git);
  if (!exists(git.sys, folder)) return;
  for (const entry of git.sys.readdir(folder)) git.sys.unlink(`${folder}/${entry.name}`);
  git.sys.rmdir(folder);
}

/** The change of a commit as text that does not depend on where it stands. */
function* patchId(git: Git, id: ObjectId): Blocking<string> {
  const store = commits(git);
  const commit = yield* store.get(id);
  const parent = commit.parents[0];
  const printer = new DiffPrinter(git, { ...diffDefaults(git), patch: true, color: "never", renames: "no", context: 3 });
  let out = "";
  printer.put = (piece) => { out += piece; };
  yield* printer.print(yield* treePairs(git, parent === undefined ? undefined : (yield* store.get(parent)).tree, commit.tree));
  return out.replace(/^index .*$|^@@ .*$/gm, "").replace(/[ \t]/g, "");
}

interface Step {
  readonly verb: string;
  readonly id: ObjectId | undefined;
  readonly text: string;
}

const SHORT: ReadonlyMap<string, string> = new Map([["p", "pick"], ["r", "reword"], ["e", "edit"], ["s", "squash"], ["f", "fixup"], ["x", "exec"], ["b", "break"], ["d", "drop"], ["noop", "noop"]]);

function* parseTodo(git: Git, content: string): Blocking<Step[]> {
  const steps: Step[] = [];
  for (const line of content.split("\n")) {
    if (line.trim() === "" || line.startsWith("#")) continue;
    const [, raw = "", rest = ""] = /^\s*(\S+)\s*(.*)$/.exec(line) ?? [];
    const verb = SHORT.get(raw) ?? raw;
    if (verb === "exec" || verb === "break" || verb === "noop") {
      steps.push({ verb, id: undefined, text: rest });
      continue;
    }
    if (!["pick", "reword", "edit", "squash", "fixup", "drop"].includes(verb)) throw new Quit(1, `error: invalid command '${raw}'`, `error: invalid line ${steps.length + 1}: ${line}`, "You can fix this with 'git rebase --edit-todo' and then run 'git rebase --continue'.", "Or you can abort the rebase with 'git rebase --abort'.");
    const word = rest.replace(/^-[Cc]\s+/, "").split(/\s+/)[0] ?? "";
    const id = yield* resolve(git, word);
    if (id === undefined) throw new Quit(1, `error: could not parse '${word}'`, `error: invalid line ${steps.length + 1}: ${line}`, "You can fix this with 'git rebase --edit-todo' and then run 'git rebase --continue'.", "Or you can abort the rebase with 'git rebase --abort'.");
    steps.push({ verb, id, text: rest });
  }
  return steps;
}

function* stepLine(git: Git, step: Step): Blocking<string> {
  if (step.id === undefined) return `${step.verb}${step.text === "" ? "" : ` ${step.text}`}\n`;
  return `${step.verb} ${step.id} ${subjectOf((yield* commits(git).get(step.id)).message)}\n`;
}

function* saveTodo(git: Git, steps: readonly Step[]): Blocking<void> {
  let out = "";
  for (const step of steps) out += yield* stepLine(git, step);
  yield* write(git, "git-rebase-todo", out);
}

function* finish(git: Git): Blocking<number> {
  const head = (yield* git.refs.read("HEAD")) ?? "";
  const branch = yield* read(git, "head-name");
  const onto = yield* read(git, "onto");
  const quiet = exists(git.sys, `${folderOf(git)}/quiet`);
  if (branch.startsWith("refs/heads/")) {
    yield* git.refs.update(branch, { id: head, message: `rebase (finish): ${branch} onto ${onto}` });
    yield* git.refs.setSymbolic("HEAD", branch, { old: head, id: head, text: `rebase (finish): returning to ${branch}` });
  }
  const rewritten = (yield* readText(git.sys, `${folderOf(git)}/rewritten-list`)) ?? "";
  const autostash = yield* read(git, "autostash");
  dropFolder(git);
  yield* clearOperation(git);
  if (rewritten !== "") yield* runHook(git, "post-rewrite", ["rebase"], { stdin: rewritten });
  if (autostash !== "") yield* restoreStash(git, autostash);
  if (!quiet) {
    yield* clearLine(git);
    yield* git.err(branch.startsWith("refs/heads/") ? `Successfully rebased and updated ${branch}.\n` : "Successfully rebased and updated detached HEAD.\n");
  }
  return 0;
}

function* clearLine(git: Git): Blocking<void> {
  yield* git.err(git.sys.environment.get("TERM") === "dumb" || !git.sys.environment.has("TERM") ? `\r${" ".repeat(git.columns)}\r` : "\r\x1b[K");
}

function* restoreStash(git: Git, id: string): Blocking<void> {
  const status = yield* stash.run(git, ["apply", "-q", id]);
  yield* git.err(status === 0 ? "Applied autostash.\n" : "Applying autostash resulted in conflicts.\nYour changes are safe in the stash.\nYou can run \"git stash pop\" or \"git stash drop\" at any time.\n");
}

const CONFLICT_HINTS = `hint: Resolve all conflicts manually, mark them as resolved with
hint: "git add/rm <conflicted_files>", then run "git rebase --continue".
hint: You can instead skip this commit: run "git rebase --skip".
hint: To abort and get back to the state before "git rebase", run "git rebase --abort".
`;

function* remember(git: Git, old: ObjectId, next: ObjectId): Blocking<void> {
  yield* write(git, "rewritten-list", `${(yield* readText(git.sys, `${folderOf(git)}/rewritten-list`)) ?? ""}${old} ${next}\n`);
}

/** Carries out what is left of the list. */
function* advance(git: Git): Blocking<number> {
  const store = commits(git);
  const quiet = exists(git.sys, `${folderOf(git)}/quiet`);
  for (;;) {
    const steps = yield* parseTodo(git, (yield* readText(git.sys, `${folderOf(git)}/git-rebase-todo`)) ?? "");
    const [step, ...rest] = steps;
    if (!step) return yield* finish(git);
    const done = Number(yield* read(git, "msgnum")) + 1;
    const end = Number(yield* read(git, "end"));
    yield* write(git, "done", `${(yield* readText(git.sys, `${folderOf(git)}/done`)) ?? ""}${yield* stepLine(git, step)}`);
    yield* write(git, "msgnum", `${done}\n`);
    yield* saveTodo(git, rest);
    if (step.verb === "drop" || step.verb === "noop") continue;
    if (!quiet && step.verb !== "break") yield* git.err(`Rebasing (${done}/${end})\r`);
    if (step.verb === "break") {
      const head = (yield* git.refs.read("HEAD")) ?? "";
      yield* git.err(`Stopped at ${yield* abbreviated(git, head)}... ${subjectOf((yield* store.get(head)).message)}\n`);
      return 0;
    }
    if (step.verb === "exec") {
      yield* git.err(`Executing: ${step.text}\n`);
      const status = yield* runShellLine(git.sys, step.text, []);
      git.repository.forgetIndex();
      if (status !== 0) {
        yield* git.warning(`execution failed: ${step.text}\nYou can fix the problem, and then run\n\n  git rebase --continue\n\n`);
        return 1;
      }
      continue;
    }
    const id = step.id ?? "";
    const commit = yield* store.get(id);
    const head = (yield* git.refs.read("HEAD")) ?? "";
    const folding = step.verb === "squash" || step.verb === "fixup";
    if (!folding && commit.parents[0] === head) {
      // Nothing changed below it: it stays as it is.
      yield* moveTree(git, yield* treeFiles(git.sys, git.objects, (yield* store.get(head)).tree), yield* treeFiles(git.sys, git.objects, commit.tree), "checkout");
      yield* git.refs.update("HEAD", { id, message: `rebase: fast-forward` });
    } else {
      let picked: { readonly clean: boolean; readonly tree: ObjectId | undefined; readonly conflicts: readonly string[] };
      try {
        picked = yield* applyChange(git, { id, reverse: false });
      } catch (error) {
        if (!(error instanceof Quit)) throw error;
        yield* saveTodo(git, steps);
        yield* write(git, "msgnum", `${done - 1}\n`);
        throw new Quit(1, ...error.lines);
      }
      if (!picked.clean || picked.tree === undefined) {
        const short = yield* abbreviated(git, id);
        yield* writeConflictMessage(git, folding ? (yield* foldedMessage(git, head, commit.message, step.verb)) : commit.message, picked.conflicts);
        yield* write(git, "message", commit.message);
        yield* write(git, "stopped-sha", `${id}\n`);
        if (folding) yield* write(git, "amend-fold", step.verb);
        yield* writeFile(git.sys, `${git.repository.gitDir}/REBASE_HEAD`, `${id}\n`);
        yield* git.error(`could not apply ${short}... ${subjectOf(commit.message)}`);
        if (git.advised("mergeConflict")) yield* git.err(CONFLICT_HINTS);
        yield* git.err(`Could not apply ${short}... ${subjectOf(commit.message)}\n`);
        return 1;
      }
      if (folding) {
        const target = yield* store.get(head);
        let message = yield* foldedMessage(git, head, commit.message, step.verb);
        const next = rest.find((one) => one.verb !== "exec")?.verb;
        const lastFold = next !== "squash" && next !== "fixup";
        if (step.verb === "squash" && lastFold) message = yield* edited(git, message);
        else if (lastFold) message = cleanMessage(message, "default", true);
        const made = yield* commitPicked(git, { tree: picked.tree, head, parents: target.parents, message, author: target.author, reflog: `rebase (${step.verb})` });
        yield* remember(git, id, made);
        continue;
      }
      const empty = picked.tree === (yield* store.get(head)).tree;
      const wasEmpty = commit.parents[0] !== undefined && (yield* store.get(commit.parents[0])).tree === commit.tree;
      if (empty && !wasEmpty) {
        yield* git.err(`dropping ${id} ${subjectOf(commit.message)} -- patch contents already upstream\n`);
        continue;
      }
      const made = yield* commitPicked(git, { tree: picked.tree, head, message: commit.message, author: commit.author, reflog: `rebase (${step.verb})` });
      yield* remember(git, id, made);
    }
    const now = (yield* git.refs.read("HEAD")) ?? "";
    if (step.verb === "reword") {
      const written = yield* store.get(now);
      const message = yield* edited(git, written.message);
      if (message !== written.message) yield* commitPicked(git, { tree: written.tree, head: now, parents: written.parents, message, author: written.author, reflog: "rebase (reword)" });
    }
    if (step.verb === "edit") {
      yield* write(git, "amend", `${now}\n`);
      yield* write(git, "stopped-sha", `${id}\n`);
      yield* git.err(`Stopped at ${yield* abbreviated(git, id)}...  ${subjectOf(commit.message)}\nYou can amend the commit now, with\n\n  git commit --amend \n\nOnce you are satisfied with your changes, run\n\n  git rebase --continue\n`);
      return 0;
    }
  }
}

function* foldedMessage(git: Git, head: ObjectId, message: string, verb: string): Blocking<string> {
  const before = (yield* commits(git).get(head)).message;
  if (verb === "fixup") return before;
  return `# This is a combination of 2 commits.\n# This is the 1st commit message:\n\n${before}\n# This is the commit message #2:\n\n${message}`;
}

function* edited(git: Git, message: string): Blocking<string> {
  const path = `${git.repository.gitDir}/COMMIT_EDITMSG`;
  yield* writeFile(git.sys, path, `${message}\n# Please enter the commit message for your changes. Lines starting\n# with '#' will be ignored, and an empty message aborts the commit.\n`);
  if (!(yield* launchEditor(git, path))) throw new Quit(1);
  const text = cleanMessage((yield* readText(git.sys, path)) ?? "", "default", true);
  if (stripSpace(text, false) === "") throw new Quit(1, "Aborting commit due to empty commit message.");
  return text;
}

function* resume(git: Git, how: "continue" | "skip" | "abort" | "quit" | "edit-todo" | "show"): Blocking<number> {
  const { sys } = git;
  if (!exists(sys, folderOf(git))) throw new Die("No rebase in progress?");
  const autostash = yield* read(git, "autostash");
  if (how === "quit") {
    dropFolder(git);
    return 0;
  }
  if (how === "abort") {
    const target = yield* read(git, "orig-head");
    const branch = yield* read(git, "head-name");
    yield* forceTree(git, yield* treeFiles(sys, git.objects, (yield* commits(git).get(target)).tree));
    const now = (yield* git.refs.read("HEAD")) ?? NULL_ID;
    if (branch.startsWith("refs/heads/")) yield* git.refs.setSymbolic("HEAD", branch, { old: now, id: target, text: `rebase (abort): returning to ${branch}` });
    else yield* git.refs.detach(target, now, `rebase (abort): returning to ${target}`);
    dropFolder(git);
    yield* clearOperation(git);
    if (autostash !== "") yield* restoreStash(git, autostash);
    return 0;
  }
  if (how === "edit-todo") {
    yield* editTodo(git);
    return 0;
  }
  if (how === "show") {
    const id = (yield* git.state("REBASE_HEAD"))?.trim();
    if (id !== undefined) return yield* runChild(sys, ["/usr/bin/git", "show", id, "--"]);
    return 0;
  }
  const stopped = yield* read(git, "stopped-sha");
  const amending = yield* read(git, "amend");
  const fold = yield* read(git, "amend-fold");
  const index = yield* git.repository.index();
  const head = (yield* git.refs.read("HEAD")) ?? "";
  if (how === "skip") yield* forceTree(git, yield* treeFiles(sys, git.objects, (yield* commits(git).get(head)).tree));
  else {
    const files = new WorkFiles(git);
    yield* files.refresh(index);
    if (index.unmerged.length > 0) {
      for (const path of index.unmerged) git.put(`${path}: needs merge\n`);
      git.say(`You must edit all merge conflicts and then\nmark them as resolved using git add\n`);
      return 1;
    }
    if ((yield* workPairs(index, files)).length > 0) throw new Quit(1, "error: cannot rebase: You have unstaged changes.", "error: Please commit or stash them.");
    const tree = yield* writeIndexTree(sys, git.objects, index);
    const changed = tree !== (yield* commits(git).get(head)).tree;
    if (amending !== "" && changed) {
      if (head !== amending) throw new Die("\nYou have uncommitted changes in your working tree. Please, commit them\nfirst and then run 'git rebase --continue' again.".trim());
      const commit = yield* commits(git).get(head);
      yield* commitPicked(git, { tree, head, parents: commit.parents, message: commit.message, author: commit.author, reflog: "rebase (continue)" });
    } else if (amending === "" && stopped !== "" && changed) {
      const commit = yield* commits(git).get(stopped);
      const path = `${git.repository.gitDir}/COMMIT_EDITMSG`;
      yield* writeFile(sys, path, (yield* git.state("MERGE_MSG")) ?? commit.message);
      if (!(yield* launchEditor(git, path))) return 1;
      const message = cleanMessage((yield* readText(sys, path)) ?? "", "default", true);
      const target = yield* commits(git).get(head);
      const made = yield* commitPicked(git, { tree, head, ...(fold !== "" && { parents: target.parents }), message, author: fold !== "" ? target.author : commit.author, reflog: "rebase (continue)" });
      git.say(`[detached HEAD ${yield* abbreviated(git, made)}] ${subjectOf(message)}\n`);
      const who = yield* commits(git).get(made);
      if (who.author.name !== who.committer.name || who.author.email !== who.committer.email) git.put(` Author: ${who.author.name} <${who.author.email}>\n`);
      const printer = new DiffPrinter(git, { ...diffDefaults(git), shortstat: true, summary: true });
      yield* printer.print(yield* treePairs(git, (yield* commits(git).get(who.parents[0] ?? head)).tree, who.tree));
      yield* remember(git, stopped, made);
    }
  }
  for (const name of ["stopped-sha", "amend", "amend-fold", "message"]) if (exists(sys, `${folderOf(git)}/${name}`)) sys.unlink(`${folderOf(git)}/${name}`);
  for (const name of ["REBASE_HEAD", "MERGE_MSG", "CHERRY_PICK_HEAD"]) if (exists(sys, `${git.repository.gitDir}/${name}`)) sys.unlink(`${git.repository.gitDir}/${name}`);
  return yield* advance(git);
}

function* editTodo(git: Git): Blocking<boolean> {
  const sequence = git.sys.environment.get("GIT_SEQUENCE_EDITOR") ?? git.config.get("sequence.editor") ?? editorOf(git);
  yield* git.out.flush();
  return sequence === ":" || (yield* runChild(git.sys, [sequence, `${folderOf(git)}/git-rebase-todo`], {}, true)) === 0;
}

const TODO_HELP = `# Commands:
# p, pick <commit> = take the commit
# r, reword <commit> = take it, but edit its message
# e, edit <commit> = take it, but stop to amend it
# s, squash <commit> = take it, but melt it into the commit before
# f, fixup <commit> = as squash, but without its message
# x, exec <command> = run a command of the shell
# b, break = stop here (go on with 'git rebase --continue')
# d, drop <commit> = leave it out
#
# Lines may change places; they are carried out from top to bottom.
# A commit whose line is removed IS LOST.
# When every line is removed, the rebase is aborted.
#
`;

export const rebase = gitCommand({
  name: "rebase", summary: "make commits again on top of another one", needs: "work-tree", operands: "none",
  usage: ["git rebase [-i] [options] [--exec <cmd>] [--onto <newbase> | --keep-base] [<upstream> [<branch>]]", "git rebase [-i] [options] [--exec <cmd>] [--onto <newbase>] --root [<branch>]", "git rebase --continue | --abort | --skip | --edit-todo"],
  options: {
    onto: text("onto", "revision", "the new base"), keepBase: flag("keep-base", "the old base again"), noVerify: flag("no-verify", "do not run pre-rebase"), quiet: flag("q quiet", "say less"), verbose: flag("v verbose", "say more"), noStat: flag("n no-stat", "no summary"), stat: flag("stat", "a summary of what changed upstream"), signoff: flag("signoff", "close the message with a Signed-off-by line"), committerDate: flag("committer-date-is-author-date", "accepted"), resetAuthorDate: flag("reset-author-date", "accepted"), ignoreWhitespace: flag("ignore-whitespace", "accepted"), forceRebase: flag("f force-rebase no-ff", "also where nothing need be done"), continue: flag("continue", "go on after a conflict is resolved"), skip: flag("skip", "leave this commit out"), abort: flag("abort", "go back to before it"), quit: flag("quit", "forget it, keep HEAD where it is"), editTodo: flag("edit-todo", "edit what is left to do"), showPatch: flag("show-current-patch", "show the commit that could not be applied"), apply: flag("apply", "accepted"), merge: flag("m merge", "accepted"), interactive: flag("i interactive", "open the list of commits in the editor first"),
    rebaseMerges: refused("r rebase-merges", "keep merges", "merges are left out"), forkPoint: flag("fork-point", "accepted"), strategy: text("s strategy", "strategy", "how to merge"), strategyOption: texts("X strategy-option", "option", "accepted"), exec: texts("x exec", "exec", "run a command after each commit"), root: flag("root", "every commit up to the first"), autosquash: flag("autosquash", "move fixup! and squash! commits where they belong"), updateRefs: refused("update-refs", "move branches on the way too", "move them by hand"), reapply: flag("reapply-cherry-picks", "also what is there already"), empty: text("empty", "mode", "commits that become empty: drop, keep"), keepEmpty: flag("k keep-empty", "accepted"), autostash: flag("autostash", "stash local changes for the time of it"), gpg: optional("S gpg-sign", "key-id", "commits are not signed"),
  },
  *run(git, { options: given, args }) {
    const { refs, sys, repository } = git;
    const how = given.continue ? "continue" : given.skip ? "skip" : given.abort ? "abort" : given.quit ? "quit" : given.editTodo ? "edit-todo" : given.showPatch ? "show" : undefined;
    if (how) return yield* resume(git, how);
    if (exists(sys, folderOf(git))) throw new Die(`It seems that there is already a rebase-merge directory, and\nI wonder if you are in the middle of another rebase.  If that is the\ncase, please try\n\tgit rebase (--continue | --abort | --skip)\nIf that is not the case, please\n\trm -fr "${repository.place.workTree === undefined ? "" : ".git/"}rebase-merge"\nand run me again.  I am stopping in case you still have something\nvaluable there.\n`);
    const store = commits(git);
    let current = yield* currentBranch(git);
    const words = [...args];
    let upstreamWord = given.root ? undefined : words.shift();
    if (upstreamWord === undefined && !given.root) {
      const upstream = current === undefined ? undefined : upstreamOf(git, current);
      if (!upstream) {
        yield* git.out.flush();
        throw new Quit(1, current === undefined ? `You are not currently on a branch.\nPlease specify which branch you want to rebase against.\nSee git-rebase(1) for details.\n\n    git rebase '<branch>'\n` : `There is no tracking information for the current branch.\nPlease specify which branch you want to rebase against.\nSee git-rebase(1) for details.\n\n    git rebase '<branch>'\n\nIf you wish to set tracking information for this branch you can do so with:\n\n    git branch --set-upstream-to=<remote>/<branch> ${current}\n`);
      }
      upstreamWord = shortRefName(upstream.tracking ?? upstream.merge);
    }
    if (upstreamWord === "-") upstreamWord = (yield* previousBranch(git, 1)) ?? "-";
    const upstreamId = upstreamWord === undefined ? undefined : yield* resolve(git, upstreamWord);
    const upstream = upstreamId === undefined ? undefined : yield* peel(git, upstreamId, "commit");
    if (upstreamWord !== undefined && upstream === undefined) throw new Die(`invalid upstream '${upstreamWord}'`);
    const ontoWord = given.onto ?? upstreamWord;
    let onto = ontoWord === undefined ? undefined : yield* commitOrDie(git, ontoWord, `Does not point to a valid commit '${ontoWord}'`);
    // Nothing may be lost on the way.
    const index = yield* repository.index();
    const files = new WorkFiles(git);
    yield* files.refresh(index);
    let head = yield* refs.read("HEAD");
    let autostash: string | undefined;
    const dirty = (yield* workPairs(index, files)).length > 0;
    const staged = head !== undefined && (yield* indexPairs(git, (yield* store.get(head)).tree, index)).length > 0;
    if (dirty || staged) {
      if (!(given.autostash ?? git.config.boolean("rebase.autostash", false))) {
        throw new Quit(1, ...(dirty ? ["error: cannot rebase: You have unstaged changes."] : []), ...(staged ? [dirty ? "error: additionally, your index contains uncommitted changes." : "error: cannot rebase: Your index contains uncommitted changes."] : []), "error: Please commit or stash them.");
      }
      yield* stash.run(git, ["push", "-q", "-m", "autostash"]);
      autostash = yield* refs.read("refs/stash");
      yield* stash.run(git, ["drop", "-q"]);
      git.say(`Created autostash: ${yield* abbreviated(git, autostash ?? NULL_ID)}\n`);
    }
    const [branchWord] = words;
    if (branchWord !== undefined) {
      const ref = yield* refs.read(`refs/heads/${branchWord}`);
      const id = ref ?? (yield* commitOrDie(git, branchWord, `no such branch/commit '${branchWord}'`));
      if (head !== id) {
        yield* moveTree(git, yield* treeFiles(sys, git.objects, head === undefined ? undefined : (yield* store.get(head)).tree), yield* treeFiles(sys, git.objects, (yield* store.get(id)).tree), "checkout");
      }
      if (ref !== undefined && branchWord !== current) yield* refs.setSymbolic("HEAD", `refs/heads/${branchWord}`, { old: head ?? NULL_ID, id, text: `rebase (start): checkout ${branchWord}` });
      else if (ref === undefined) yield* refs.detach(id, head ?? NULL_ID, `rebase (start): checkout ${branchWord}`);
      head = id;
      current = ref === undefined ? undefined : branchWord;
    }
    if (head === undefined) throw new Die("Could not resolve HEAD to a revision");
    const base = upstream === undefined ? undefined : (yield* store.mergeBases(head, upstream))[0];
    if (given.keepBase) onto = base;
    const linear = function* (): Blocking<boolean> {
      if (onto === undefined || base !== onto) return false;
      for (let id = head ?? ""; id !== base; ) {
        const { parents } = yield* store.get(id);
        if (parents.length !== 1 || parents[0] === undefined) return false;
        [id] = parents as [string];
      }
      return true;
    };
    const interactive = given.interactive ?? false;
    const listing = interactive || given.exec.length > 0 || given.autosquash === true;
    if (!listing && !given.forceRebase && !given.root && (yield* linear())) {
      if (!given.quiet) git.say(current === undefined ? "HEAD is up to date.\n" : `Current branch ${current} is up to date.\n`);
      if (autostash !== undefined) yield* restoreStash(git, autostash);
      return 0;
    }
    if (!given.noVerify) {
      const status = yield* runHook(git, "pre-rebase", [upstreamWord ?? "--root", ...(branchWord === undefined ? [] : [branchWord])]);
      if (status !== undefined && status !== 0) throw new Die("The pre-rebase hook refused to rebase.");
    }
    const found = yield* walk(git, { ...walkDefaults(), starts: [head], excluded: upstream === undefined ? [] : [upstream], maxParents: 1, reverse: true, order: "topo" });
    let list = found.map((one) => one.id);
    if (upstream !== undefined && !given.reapply && !given.keepBase && base !== undefined && base !== upstream) {
      const theirs = new Set<string>();
      for (const one of yield* walk(git, { ...walkDefaults(), starts: [upstream], excluded: [head], maxParents: 1 })) theirs.add(yield* patchId(git, one.id));
      const kept: ObjectId[] = [];
      for (const id of list) {
        if (theirs.size > 0 && theirs.has(yield* patchId(git, id))) {
          yield* git.warning(`skipped previously applied commit ${yield* abbreviated(git, id)}`);
          if (!kept.includes("skipped")) kept.push("skipped");
        } else kept.push(id);
      }
      if (kept.includes("skipped")) yield* git.advice("skippedCherryPicks", "use --reapply-cherry-picks to include skipped commits\nDisable this message with \"git config advice.skippedCherryPicks false\"");
      list = kept.filter((id) => id !== "skipped");
    }
    let steps: Step[] = list.map((id) => ({ verb: "pick", id, text: "" }));
    if (given.autosquash ?? (interactive && git.config.boolean("rebase.autosquash", false))) steps = yield* squashed(git, steps);
    if (given.exec.length > 0) steps = steps.flatMap((step, i) => (steps[i + 1]?.verb === "fixup" || steps[i + 1]?.verb === "squash" ? [step] : [step, ...given.exec.map((one): Step => ({ verb: "exec", id: undefined, text: one }))]));
    makeDirectories(sys, folderOf(git));
    const full = current === undefined ? "detached HEAD" : `refs/heads/${current}`;
    yield* write(git, "head-name", `${full}\n`);
    yield* write(git, "orig-head", `${head}\n`);
    yield* write(git, "interactive", "");
    if (given.quiet) yield* write(git, "quiet", "");
    if (autostash !== undefined) yield* write(git, "autostash", `${autostash}\n`);
    if (interactive) {
      let out = "";
      for (const step of steps.length === 0 ? [{ verb: "noop", id: undefined, text: "" }] : steps) {
        const line = yield* stepLine(git, step);
        out += step.id === undefined ? line : line.replace(step.id, yield* abbreviated(git, step.id));
      }
      const name = onto === undefined ? "" : yield* abbreviated(git, onto);
      yield* write(git, "git-rebase-todo", `${out}\n# Rebase ${base === undefined ? "" : `${yield* abbreviated(git, upstream ?? base)}..`}${yield* abbreviated(git, head)} onto ${name} (${steps.length} command${steps.length === 1 ? "" : "s"})\n#\n${TODO_HELP}`);
      if (!(yield* editTodo(git))) {
        dropFolder(git);
        throw new Quit(1, "error: There was a problem with the editor.");
      }
      steps = yield* parseTodo(git, (yield* readText(sys, `${folderOf(git)}/git-rebase-todo`)) ?? "");
      if (steps.length === 0) {
        dropFolder(git);
        if (autostash !== undefined) yield* restoreStash(git, autostash);
        throw new Quit(1, "error: nothing to do");
      }
    }
    if (onto === undefined) {
      // --root without --onto: the first commit is made anew.
      const first = steps[0]?.id ?? "";
      onto = first;
      steps = steps.slice(1);
    }
    yield* write(git, "onto", `${onto}\n`);
    yield* write(git, "end", `${steps.filter((step) => step.verb !== "noop").length}\n`);
    yield* write(git, "msgnum", "0\n");
    yield* saveTodo(git, steps);
    yield* writeFile(sys, `${repository.gitDir}/ORIG_HEAD`, `${head}\n`);
    // Commits at the beginning that stand where they shall need not be made again.
    let start = onto;
    let skipped = 0;
    for (const step of given.forceRebase ? [] : steps) {
      if (step.verb !== "pick" || step.id === undefined || (yield* store.get(step.id)).parents[0] !== start) break;
      start = step.id;
      skipped++;
    }
    if (skipped > 0) {
      yield* saveTodo(git, steps.slice(skipped));
      let done = "";
      for (const step of steps.slice(0, skipped)) done += yield* stepLine(git, step);
      yield* write(git, "done", done);
      yield* write(git, "msgnum", `${skipped}\n`);
    }
    try {
      yield* moveTree(git, yield* treeFiles(sys, git.objects, (yield* store.get(head)).tree), yield* treeFiles(sys, git.objects, (yield* store.get(start)).tree), "checkout");
    } catch (error) {
      dropFolder(git);
      if (error instanceof Quit) throw new Quit(1, ...error.lines, "error: could not detach HEAD");
      throw error;
    }
    const startName = given.onto ?? ontoWord ?? onto;
    yield* refs.detach(start, head, `rebase (start): checkout ${startName}`);
    return yield* advance(git);
  },
});

/** fixup! and squash! commits go behind those they name. */
function* squashed(git: Git, steps: readonly Step[]): Blocking<Step[]> {
  const out: Step[] = [];
  const subject = function* (step: Step): Blocking<string> {
    return step.id === undefined ? "" : subjectOf((yield* commits(git).get(step.id)).message);
  };
  for (const step of steps) {
    const own = yield* subject(step);
    const match = /^(fixup|squash)! (.*)$/.exec(own);
    if (!match) {
      out.push(step);
      continue;
    }
    const wanted = (match[2] ?? "").replace(/^(?:fixup|squash)! /, "");
    let at = -1;
    for (const [i, other] of out.entries()) if ((yield* subject(other)).startsWith(wanted) || (other.id ?? "").startsWith(wanted)) at = i;
    if (at < 0) {
      out.push(step);
      continue;
    }
    while (out[at + 1]?.verb === "fixup" || out[at + 1]?.verb === "squash") at++;
    out.splice(at + 1, 0, { ...step, verb: match[1] ?? "fixup" });
  }
  return out;
}
