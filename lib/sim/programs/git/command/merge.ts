// git merge (git-merge(1)).
import type { Blocking } from "../../../kernel/sys.ts";
import { exists } from "../../kit/presence.ts";
import { Die, Quit } from "../base/die.ts";
import { launchEditor } from "../base/editor.ts";
import type { Git } from "../base/git.ts";
import { gitCommand } from "../base/git-command.ts";
import { DEFAULT_DATES } from "../base/git-date.ts";
import { runHook } from "../base/hooks.ts";
import { cleanMessage, cleanupMode, stripSpace, withSignOff } from "../base/message.ts";
import { flag, optional, refused, text, texts } from "../base/options.ts";
import { diffDefaults } from "../diff/diff-options.ts";
import { DiffPrinter, abbreviated } from "../diff/diff-output.ts";
import { treePairs } from "../diff/pairs.ts";
import { commits, peel } from "../history/commits.ts";
import { writeCommit } from "../history/make-commit.ts";
import { Pretty } from "../history/pretty.ts";
import { findRef, resolve } from "../history/revision.ts";
import { currentBranch, upstreamOf } from "../history/upstream.ts";
import { applyMerge } from "../merge/apply-merge.ts";
import { mergeTrees } from "../merge/merge-trees.ts";
import { virtualBase } from "../merge/virtual-base.ts";
import { readText, writeFile } from "../store/file-bytes.ts";
import type { ObjectId } from "../store/object-id.ts";
import { shortRefName } from "../store/ref-name.ts";
import { treeFiles, writeIndexTree } from "../store/tree-files.ts";
import { forceTree, moveTree } from "../work-tree/move-tree.ts";
import { operationState } from "../work-tree/operation-state.ts";
import { WorkFiles } from "../work-tree/work-files.ts";
import { indexPairs } from "../diff/pairs.ts";
import { clearOperation, commit } from "./commit.ts";

export interface MergeHead {
  readonly id: ObjectId;
  /** as given */
  readonly word: string;
  /** "branch 'x'", for the message */
  readonly described: string;
}

/** "Merge branch 'x' into y" */
export function* mergeMessage(git: Git, heads: readonly MergeHead[]): Blocking<string> {
  const branch = yield* currentBranch(git);
  const parts: string[] = [];
  const byKind = new Map<string, string[]>();
  for (const { described } of heads) {
    const match = /^(branch|remote-tracking branch|tag|commit) ('.*')(?: of (.*))?$/.exec(described);
    const key = match ? `${match[1]}|${match[3] ?? ""}` : described;
    byKind.set(key, [...(byKind.get(key) ?? []), match?.[2] ?? ""]);
  }
  for (const [key, names] of byKind) {
    const [kind = "", of = ""] = key.split("|");
    const plural = names.length > 1 ? (kind === "branch" ? "branches" : kind === "remote-tracking branch" ? "remote-tracking branches" : `${kind}s`) : kind;
    const list = names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : (names[0] ?? "");
    parts.push(`${plural}${list === "" ? "" : ` ${list}`}${of === "" ? "" : ` of ${of}`}`);
  }
  const suppressed = git.config.all("merge.suppressdest").map((entry) => entry.value ?? "");
  const into = branch === undefined ? " into HEAD" : (suppressed.length > 0 ? suppressed.includes(branch) : branch === "master" || branch === "main") ? "" : ` into ${branch}`;
  return `Merge ${parts.join(", ")}${into}\n`;
}

export function* describeHead(git: Git, word: string): Blocking<string> {
  const ref = yield* findRef(git, word);
  if (ref?.name.startsWith("refs/heads/")) return `branch '${word}'`;
  if (ref?.name.startsWith("refs/tags/")) return `tag '${word}'`;
  if (ref?.name.startsWith("refs/remotes/")) return `remote-tracking branch '${word}'`;
  return `commit '${word}'`;
}

/** The diffstat and summary that a merge ends with. */
export function* putMergeStat(git: Git, from: ObjectId, to: ObjectId): Blocking<void> {
  if (!git.config.boolean("merge.stat", true)) return;
  const store = commits(git);
  const printer = new DiffPrinter(git, { ...diffDefaults(git), stat: true, summary: true });
  yield* printer.print(yield* printer.prepare(yield* treePairs(git, (yield* store.get(from)).tree, (yield* store.get(to)).tree)));
}

/** HEAD, index and work tree go forward to a descendant. */
export function* fastForward(git: Git, head: ObjectId, to: ObjectId, reflog: string): Blocking<void> {
  const store = commits(git);
  yield* moveTree(git, yield* treeFiles(git.sys, git.objects, (yield* store.get(head)).tree), yield* treeFiles(git.sys, git.objects, (yield* store.get(to)).tree), "merge");
  yield* git.refs.update("HEAD", { id: to, old: head, message: reflog });
}

const options = {
  noStat: flag("n", "no summary at the end"), stat: flag("stat", "a summary at the end"), summary: flag("summary", "as --stat"), log: optional("log", "n", "subjects of the merged commits in the message"), squash: flag("squash", "the changes without the history"), commit: flag("commit", "commit the result"), edit: flag("e edit", "edit the message"), cleanup: text("cleanup", "mode", "how to clean the message"), ff: flag("ff", "go forward where that is enough"), ffOnly: flag("ff-only", "go forward or not at all"),
  rerere: flag("rerere-autoupdate", "accepted"), verify: flag("verify-signatures", "accepted"), strategy: texts("s strategy", "strategy", "how to merge: ort, recursive, ours"), strategyOption: texts("X strategy-option", "option=value", "ours, theirs"), message: texts("m message", "message", "the message"), file: text("F file", "path", "the message is in a file"), intoName: text("into-name", "name", "the name of the branch in the message"), verbose: flag("v verbose", "say more"), quiet: flag("q quiet", "say less"), abort: flag("abort", "go back to before the merge"), quit: flag("quit", "forget the merge, keep the files"),
  continue: flag("continue", "conclude the merge"), unrelated: flag("allow-unrelated-histories", "also without a common ancestor"), progress: flag("progress", "show progress"), gpg: refused("S gpg-sign", "sign the commit", "commits are not signed"), autostash: flag("autostash", "stash local changes for the time of the merge"), overwriteIgnore: flag("overwrite-ignore", "replace ignored files"), signoff: flag("signoff", "close the message with a Signed-off-by line"), verifyHooks: flag("verify", "run hooks"),
};

export interface MergeSettings {
  readonly ff: "yes" | "no" | "only";
  readonly commit: boolean;
  readonly squash: boolean;
  readonly edit: boolean | undefined;
  readonly message: string | undefined;
  readonly quiet: boolean;
  readonly stat: boolean;
  readonly favor: "ours" | "theirs" | undefined;
  readonly oursStrategy: boolean;
  readonly unrelated: boolean;
  readonly signoff: boolean;
  readonly cleanup: string | undefined;
  readonly verify: boolean;
  /** "merge dev" */
  readonly reflog: string;
}

export const merge = gitCommand({
  name: "merge", summary: "join two or more histories", usage: ["git merge [<options>] [<commit>...]", "git merge --abort", "git merge --continue"], needs: "work-tree", options,
  *run(git, { options: given, args }) {
    const { refs, repository, sys } = git;
    const state = yield* operationState(git);
    const head = yield* refs.read("HEAD");
    if (given.abort) {
      if (!state.merge) throw new Die("There is no merge to abort (MERGE_HEAD missing).");
      return yield* abortMerge(git);
    }
    if (given.quit) {
      for (const name of ["MERGE_HEAD", "MERGE_MSG", "MERGE_MODE"]) if (exists(sys, `${repository.gitDir}/${name}`)) sys.unlink(`${repository.gitDir}/${name}`);
      return 0;
    }
    if (given.continue) {
      if (args.length > 0) throw new Die("--continue expects no arguments", 129);
      if (!state.merge) throw new Die("There is no merge in progress (MERGE_HEAD missing).");
      return yield* commit.run(git, []);
    }
    const index = yield* repository.index();
    if (index.unmerged.length > 0) {
      for (const path of index.unmerged) git.put(`U\t${path}\n`);
      yield* git.error("Merging is not possible because you have unmerged files.");
      yield* git.advice("resolveConflict", "Fix them up in the work tree, and then use 'git add/rm <file>'\nas appropriate to mark resolution and make a commit.");
      throw new Die("Exiting because of an unresolved conflict.");
    }
    if (state.merge) throw new Die(git.advised("resolveConflict") ? "You have not concluded your merge (MERGE_HEAD exists).\nPlease, commit your changes before you merge." : "You have not concluded your merge (MERGE_HEAD exists).");
    if (state.cherryPick !== undefined) throw new Die("You have not concluded your cherry-pick (CHERRY_PICK_HEAD exists).\nPlease, commit your changes before you merge.");
    if (given.squash && given.ff === false) throw new Die("options '--squash' and '--no-ff' cannot be used together");
    let words = args;
    if (words.length === 0) {
      const branch = yield* currentBranch(git);
      if (branch === undefined) throw new Die("No current branch.");
      const upstream = upstreamOf(git, branch);
      if (!upstream) throw new Die("No remote for the current branch.");
      if (upstream.tracking === undefined) throw new Die(`No remote-tracking branch for ${upstream.merge} from ${upstream.remote}`);
      words = [shortRefName(upstream.tracking)];
    }
    const heads: MergeHead[] = [];
    for (const word of words) {
      if (word === "FETCH_HEAD") {
        for (const line of ((yield* git.state("FETCH_HEAD")) ?? "").split("\n")) {
          const [id = "", skip = "", described = ""] = line.split("\t");
          if (id !== "" && skip === "") heads.push({ id, word: id, described: described.replace(/^(branch|tag) ('[^']*') of \.$/, "$1 $2") });
        }
        continue;
      }
      const id = yield* resolve(git, word);
      const target = id === undefined ? undefined : yield* peel(git, id, "commit");
      if (target === undefined) {
        yield* git.err(`merge: ${word} - not something we can merge\n`);
        const similar = (yield* refs.list("refs/remotes/")).map((ref) => shortRefName(ref.name)).filter((name) => name.endsWith(`/${word}`));
        if (similar.length > 0) yield* git.err(`\nDid you mean ${similar.length === 1 ? "this" : "one of these"}?\n${similar.map((name) => `\t${name}\n`).join("")}`);
        return 1;
      }
      heads.push({ id: target, word, described: yield* describeHead(git, word) });
    }
    const configured = git.config.get("merge.ff");
    const ff = given.ffOnly ? "only" : given.ff === false ? "no" : given.ff ? "yes" : configured === "only" ? "only" : configured !== undefined && !git.config.boolean("merge.ff", true) ? "no" : "yes";
    const favor = given.strategyOption.includes("ours") ? "ours" : given.strategyOption.includes("theirs") ? "theirs" : undefined;
    for (const option of given.strategyOption) if (!/^(ours|theirs|patience|no-renames|renames|find-renames.*|diff-algorithm=.*|ignore-.*|renormalize|no-renormalize)$/.test(option)) throw new Die(`unknown strategy option: -X${option}`);
    for (const one of given.strategy) {
      if (!["ort", "recursive", "resolve", "ours", "octopus", "subtree"].includes(one)) throw new Quit(1, `Could not find merge strategy '${one}'.`, "Available strategies are: octopus ours recursive resolve subtree.");
    }
    if (head === undefined) {
      const [first] = heads;
      if (!first) return 0;
      if (given.squash) throw new Die("Squash commit into empty head not supported yet");
      if (ff === "no") throw new Die("Non-fast-forward commit does not make sense into an empty head");
      yield* moveTree(git, new Map(), yield* treeFiles(sys, git.objects, (yield* commits(git).get(first.id)).tree), "merge");
      yield* refs.update("HEAD", { id: first.id, message: "initial pull" });
      return 0;
    }
    return yield* runMerge(git, head, heads, {
      ff, favor, commit: given.commit ?? true, squash: given.squash ?? false, edit: given.edit, quiet: given.quiet ?? false, stat: given.noStat ? false : (given.stat ?? given.summary ?? true), oursStrategy: given.strategy.includes("ours"), unrelated: given.unrelated ?? false, signoff: given.signoff ?? false, cleanup: given.cleanup, verify: given.verifyHooks ?? true,
      message: given.message.length > 0 ? `${given.message.join("\n\n").replace(/\n*$/, "")}\n` : given.file === undefined ? undefined : yield* readText(sys, git.prefix + given.file), reflog: `merge ${words.join(" ")}`,
    });
  },
});

export function* abortMerge(git: Git): Blocking<number> {
  const head = yield* git.refs.read("HEAD");
  if (head === undefined) return 0;
  const index = yield* git.repository.index();
  const files = new WorkFiles(git);
  const to = yield* treeFiles(git.sys, git.objects, (yield* commits(git).get(head)).tree);
  // What the merge touched goes back; other local changes stay.
  const touched = new Set(index.unmerged);
  for (const path of new Set([...index.paths, ...to.keys()])) {
    const [entry, file] = [index.get(path), to.get(path)];
    if (!touched.has(path) && entry?.id === file?.id && entry?.mode === file?.mode) continue;
    if (file) {
      yield* files.write(path, file);
      index.set(files.entryFor(path, file.mode, file.id));
    } else {
      if (files.stat(path)) files.remove(path);
      index.remove(path);
    }
  }
  yield* git.repository.writeIndex(index);
  yield* git.refs.update("HEAD", { id: head, message: "reset: moving to HEAD" });
  yield* clearOperation(git);
  return 0;
}

export function* runMerge(git: Git, head: ObjectId, heads: readonly MergeHead[], settings: MergeSettings): Blocking<number> {
  const { repository, refs, sys } = git;
  const store = commits(git);
  const [first] = heads;
  if (!first) return 0;
  yield* writeFile(sys, `${repository.gitDir}/ORIG_HEAD`, `${head}\n`);
  const remaining: MergeHead[] = [];
  for (const one of heads) if (!(yield* store.isAncestor(one.id, head))) remaining.push(one);
  const say = (line: string) => { if (!settings.quiet) git.say(line); };
  if (remaining.length === 0) {
    say(settings.squash ? "Already up to date. (nothing to squash)\n" : "Already up to date.\n");
    return 0;
  }
  const [only] = remaining;
  if (remaining.length === 1 && only && settings.ff !== "no" && (yield* store.isAncestor(head, only.id))) {
    say(`Updating ${yield* abbreviated(git, head)}..${yield* abbreviated(git, only.id)}\n`);
    const note = settings.squash ? "Fast-forward\nSquash commit -- not updating HEAD\n" : "Fast-forward\n";
    if (settings.squash) {
      yield* moveTree(git, yield* treeFiles(sys, git.objects, (yield* store.get(head)).tree), yield* treeFiles(sys, git.objects, (yield* store.get(only.id)).tree), "merge");
      yield* squashMessage(git, head, remaining);
      say(note);
    } else {
      yield* moveTree(git, yield* treeFiles(sys, git.objects, (yield* store.get(head)).tree), yield* treeFiles(sys, git.objects, (yield* store.get(only.id)).tree), "merge");
      say(note);
      yield* refs.update("HEAD", { id: only.id, old: head, message: `${settings.reflog}: Fast-forward` });
    }
    if (settings.stat && !settings.quiet) yield* putMergeStat(git, head, only.id);
    if (!settings.squash) yield* runHook(git, "post-merge", ["0"]);
    return 0;
  }
  if (settings.ff === "only") {
    if (git.advised("diverging")) yield* git.advice("diverging", "Diverging branches can't be fast-forwarded, you need to either:\n\n\tgit merge --no-ff\n\nor:\n\n\tgit rebase\n\nDisable this message with \"git config advice.diverging false\"");
    throw new Die("Not possible to fast-forward, aborting.");
  }
  const bases = yield* store.mergeBases(head, ...(remaining.length === 1 && only ? [only.id] : remaining.map((one) => one.id)));
  if (bases.length === 0 && !settings.unrelated) throw new Die("refusing to merge unrelated histories");
  const message = settings.message ?? (yield* mergeMessage(git, remaining));
  // A merge needs an index that is as HEAD says.
  const index = yield* repository.index();
  yield* new WorkFiles(git).refresh(index);
  const staged = yield* indexPairs(git, (yield* store.get(head)).tree, index);
  if (staged.length > 0) {
    throw new Quit(2, `error: Your local changes to the following files would be overwritten by merge:\n  ${staged.map((pair) => pair.new?.path ?? pair.old?.path ?? "").join(" ")}`, `Merge with strategy ${remaining.length > 1 ? "octopus" : "ort"} failed.`);
  }
  let clean = true;
  let ours = (yield* store.get(head)).tree;
  const label = "HEAD";
  for (const [n, one] of remaining.entries()) {
    if (settings.oursStrategy) break;
    const base = n === 0 ? yield* virtualBase(git, remaining.length === 1 ? bases : yield* store.mergeBases(head, one.id)) : yield* virtualBase(git, yield* store.mergeBases(head, one.id));
    const outcome = yield* mergeTrees(git, { base: base.tree, ours, theirs: (yield* store.get(one.id)).tree, labels: { base: base.label, ours: label, theirs: one.word }, ...(settings.favor !== undefined && { favor: settings.favor }) });
    if (remaining.length > 1 && outcome.conflicts.size > 0) {
      git.say(`Trying simple merge with ${one.word}\n${outcome.messages.map((line) => `${line}\n`).join("")}`);
      yield* forceTree(git, yield* treeFiles(sys, git.objects, (yield* store.get(head)).tree));
      git.say("Should not be doing an octopus.\n");
      yield* git.err("Merge with strategy octopus failed.\n");
      return 2;
    }
    if (remaining.length > 1) git.say(n === 0 && (yield* store.isAncestor(head, one.id)) ? `Fast-forwarding to: ${one.word}\n` : `Trying simple merge with ${one.word}\n`);
    try {
      clean = yield* applyMerge(git, outcome, ours);
    } catch (error) {
      if (!(error instanceof Quit)) throw error;
      throw new Quit(2, ...error.lines.slice(0, -1), `Merge with strategy ${remaining.length > 1 ? "octopus" : "ort"} failed.`);
    }
    for (const line of outcome.messages) {
      if (line.startsWith("warning: ")) yield* git.err(`${line}\n`);
      else say(`${line}\n`);
    }
    if (!clean) break;
    ours = yield* writeIndexTree(sys, git.objects, yield* repository.index());
  }
  const parents = [head, ...remaining.map((one) => one.id)];
  if (!clean) {
    const conflicted = (yield* repository.index()).unmerged;
    const text = `${settings.squash ? "" : message}`;
    if (!settings.squash) {
      yield* writeFile(sys, `${repository.gitDir}/MERGE_HEAD`, remaining.map((one) => `${one.id}\n`).join(""));
      yield* writeFile(sys, `${repository.gitDir}/MERGE_MODE`, settings.ff === "no" ? "no-ff" : "");
      yield* writeFile(sys, `${repository.gitDir}/MERGE_MSG`, `${text}\n# Conflicts:\n${conflicted.map((path) => `#\t${path}\n`).join("")}`);
    } else {
      yield* squashMessage(git, head, remaining);
      say("Squash commit -- not updating HEAD\n");
    }
    git.say("Automatic merge failed; fix conflicts and then commit the result.\n");
    return 1;
  }
  if (settings.squash) {
    yield* squashMessage(git, head, remaining);
    say("Squash commit -- not updating HEAD\n");
    say("Automatic merge went well; stopped before committing as requested\n");
    return 0;
  }
  let final = settings.signoff ? withSignOff(message, yield* whoText(git)) : message;
  yield* writeFile(sys, `${repository.gitDir}/MERGE_HEAD`, remaining.map((one) => `${one.id}\n`).join(""));
  yield* writeFile(sys, `${repository.gitDir}/MERGE_MODE`, settings.ff === "no" ? "no-ff" : "");
  yield* writeFile(sys, `${repository.gitDir}/MERGE_MSG`, final);
  if (!settings.commit) {
    git.say("Automatic merge went well; stopped before committing as requested\n");
    return 0;
  }
  if (settings.verify) {
    const status = yield* runHook(git, "pre-merge-commit", []);
    if (status !== undefined && status !== 0) {
      yield* git.err("Not committing merge; use 'git commit' to complete the merge.\n");
      return 1;
    }
  }
  const automatic = sys.environment.get("GIT_MERGE_AUTOEDIT");
  const edit = settings.edit ?? (settings.message === undefined && automatic !== "no" && sys.isatty(0) && sys.isatty(1));
  const path = `${repository.gitDir}/MERGE_MSG`;
  if (edit) {
    yield* writeFile(sys, path, `${final}# Please enter a commit message to explain why this merge is necessary,\n# especially if it merges an updated upstream into a topic branch.\n#\n# Lines starting with '#' will be ignored, and an empty message aborts\n# the commit.\n`);
    if (!(yield* launchEditor(git, path))) {
      yield* git.err("Not committing merge; use 'git commit' to complete the merge.\n");
      return 1;
    }
  }
  if (settings.verify) {
    const checked = yield* runHook(git, "commit-msg", [".git/MERGE_MSG"]);
    if (checked !== undefined && checked !== 0) {
      yield* git.err("Not committing merge; use 'git commit' to complete the merge.\n");
      return 1;
    }
  }
  final = cleanMessage((yield* readText(sys, path)) ?? "", cleanupMode(settings.cleanup), edit);
  if (stripSpace(final, false) === "") {
    yield* git.err("error: Empty commit message.\nNot committing merge; use 'git commit' to complete the merge.\n");
    return 1;
  }
  const id = yield* writeCommit(git, { tree: ours, parents, message: final, author: yield* git.ident("author") });
  const strategy = settings.oursStrategy ? "ours" : remaining.length > 1 ? "octopus" : "ort";
  say(`Merge made by the '${strategy}' strategy.\n`);
  yield* refs.update("HEAD", { id, old: head, message: `${settings.reflog}: Merge made by the '${strategy}' strategy.` });
  yield* clearOperation(git);
  if (settings.stat && !settings.quiet) yield* putMergeStat(git, head, id);
  yield* runHook(git, "post-merge", ["0"]);
  return 0;
}

function* whoText(git: Git): Blocking<string> {
  const who = yield* git.ident("committer");
  return `${who.name} <${who.email}>`;
}

function* squashMessage(git: Git, head: ObjectId, heads: readonly MergeHead[]): Blocking<void> {
  const store = commits(git);
  const hidden = yield* store.ancestors([head]);
  let text = "Squashed commit of the following:\n";
  const pretty = new Pretty(git, { format: { kind: "medium", format: "", terminator: false }, dates: DEFAULT_DATES, abbrevCommit: false, abbrev: undefined, decorations: undefined, colored: false, expandTabs: true, showParents: false });
  for (const id of yield* store.ancestors(heads.map((one) => one.id), hidden)) text += `\n${yield* pretty.text(id, [])}`;
  yield* writeFile(git.sys, `${git.repository.gitDir}/SQUASH_MSG`, text);
}
