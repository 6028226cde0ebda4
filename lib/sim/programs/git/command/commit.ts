// git commit (git-commit(1)).
// (More than 400 lines: one command with its template, its hooks and its many sources of a message.)
import { type Blocking, SysError, decode } from "../../../kernel/sys.ts";
import { exists } from "../../kit/presence.ts";
import { Die } from "../base/die.ts";
import { launchEditor } from "../base/editor.ts";
import type { Git } from "../base/git.ts";
import { gitCommand } from "../base/git-command.ts";
import { DEFAULT_DATES, showDate } from "../base/git-date.ts";
import { runHook } from "../base/hooks.ts";
import { SCISSORS, type Cleanup, cleanMessage, cleanupMode, stripSpace, withSignOff } from "../base/message.ts";
import { flag, optional, refused, text, texts } from "../base/options.ts";
import { diffDefaults } from "../diff/diff-options.ts";
import { DiffPrinter } from "../diff/diff-output.ts";
import { indexPairs } from "../diff/pairs.ts";
import { commits } from "../history/commits.ts";
import { putCommitSummary, writeCommit } from "../history/make-commit.ts";
import { commitOrDie } from "../history/revision.ts";
import { type Signature, subjectOf } from "../store/commit-object.ts";
import { readAll, readText, writeFile } from "../store/file-bytes.ts";
import { Index, serialiseIndex } from "../store/index-file.ts";
import { NULL_ID, type ObjectId } from "../store/object-id.ts";
import { treeFiles, writeIndexTree } from "../store/tree-files.ts";
import { operationState } from "../work-tree/operation-state.ts";
import { type Pathspec, pathspec } from "../work-tree/pathspec.ts";
import { LongStatus, readStatus } from "../work-tree/status.ts";
import { WorkFiles } from "../work-tree/work-files.ts";
import { addFile } from "./add.ts";
import { shortStatus } from "./status.ts";

const options = {
  quiet: flag("q quiet", "say nothing after success"), verbose: flag("v verbose", "show the difference in the template"), file: text("F file", "file", "the message is in a file"), author: text("author", "author", "another author"), date: text("date", "date", "another author date"), message: texts("m message", "message", "the message"),
  reedit: text("c reedit-message", "commit", "take and edit a commit's message"), reuse: text("C reuse-message", "commit", "take a commit's message"), fixup: text("fixup", "commit", "a fixup of a commit, for rebase --autosquash"), squash: text("squash", "commit", "a squash of a commit, for rebase --autosquash"), resetAuthor: flag("reset-author", "you are the author now"), signoff: flag("s signoff", "close the message with a Signed-off-by line"),
  template: text("t template", "file", "begin with the message of a file"), edit: flag("e edit", "edit the message"), cleanup: text("cleanup", "mode", "how to clean the message"), status: flag("status", "the state in the template"), gpg: refused("S gpg-sign", "sign the commit", "commits are not signed"), all: flag("a all", "put changed and deleted files into it"), include: flag("i include", "put named files into the index as well"), interactive: refused("interactive", "choose in a menu", "use git add"),
  patch: refused("p patch", "choose hunks", "whole files are added"), only: flag("o only", "only the named files"), noVerify: flag("n no-verify", "do not run pre-commit and commit-msg"), dryRun: flag("dry-run", "only show what would be committed"), short: flag("short", "with --dry-run: short form"), branch: flag("branch", "with --short: the branch"), porcelain: flag("porcelain", "with --dry-run: for scripts"), long: flag("long", "with --dry-run: long form"), amend: flag("amend", "replace the last commit"),
  noPostRewrite: flag("no-post-rewrite", "do not run post-rewrite"), untracked: optional("u untracked-files", "mode", "untracked files: all, normal, no"), allowEmpty: flag("allow-empty", "also without a change"), allowEmptyMessage: flag("allow-empty-message", "also without a message"), trailer: texts("trailer", "trailer", "add a trailer"),
};

/** "A U Thor <mail>" as --author takes it, or the author of the last commit that matches. */
function* authorOf(git: Git, given: string, { seconds, zone }: { readonly seconds: number; readonly zone: string }): Blocking<Signature> {
  const date = { seconds, zone };
  const match = /^([^<]*?)\s*<([^>]*)>\s*$/.exec(given);
  if (match) return { name: match[1] ?? "", email: match[2] ?? "", ...date };
  const head = yield* git.refs.read("HEAD");
  const store = commits(git);
  for (const id of head === undefined ? [] : yield* store.ancestors([head])) {
    const { author } = yield* store.get(id);
    if (`${author.name} <${author.email}>`.toLowerCase().includes(given.toLowerCase())) return { ...author, ...date };
  }
  throw new Die(`--author '${given}' is not 'Name <email>' and matches no existing author`);
}

/** Changed and deleted files of the index's own go into it. */
export function* addTracked(git: Git, index: Index, paths?: Pathspec): Blocking<void> {
  const files = new WorkFiles(git);
  for (const path of index.paths) {
    if (paths && !paths.matches(path)) continue;
    const entry = index.stages(path)[0];
    if (!entry) continue;
    if (entry.stage === 0 && !entry.intentToAdd && (yield* files.isClean(index, entry))) continue;
    const stat = files.stat(path);
    if (!stat || ((stat.mode & 0o170000) === 0o040000 && entry.mode !== 0o160000)) index.remove(path);
    else yield* addFile(git, index, files, path);
  }
}

/** What a commit in a conflict says; throws Quit. */
export function* refuseUnmerged(git: Git, index: Index, doing: string): Blocking<void> {
  if (index.unmerged.length === 0) return;
  for (const path of index.unmerged) git.put(`U\t${path}\n`);
  yield* git.error(`${doing} is not possible because you have unmerged files.`);
  yield* git.advice("resolveConflict", "Fix them up in the work tree, and then use 'git add/rm <file>'\nas appropriate to mark resolution and make a commit.");
  throw new Die(doing === "Committing" ? "Exiting because of an unresolved conflict." : "Exiting because of an unresolved conflict.");
}

export const commit = gitCommand({
  name: "commit", summary: "record changes in the repository", needs: "work-tree", options,
  usage: ["git commit [-a | --interactive | --patch] [-s] [-v] [-u<mode>] [--amend]", "           [--dry-run] [(-c | -C | --squash) <commit> | --fixup [(amend|reword):]<commit>)]", "           [-F <file> | -m <msg>] [--reset-author] [--allow-empty]", "           [--allow-empty-message] [--no-verify] [-e] [--author=<author>]", "           [--date=<date>] [--cleanup=<mode>] [--[no-]status]", "           [-i | -o] [--pathspec-from-file=<file> [--pathspec-file-nul]]", "           [(--trailer <token>[(=|:)<value>])...] [-S[<keyid>]]", "           [--] [<pathspec>...]"],
  *run(git, { options: given, args }) {
    const { repository, refs, sys } = git;
    const state = yield* operationState(git);
    const head = yield* refs.read("HEAD");
    if (given.all && args.length > 0) throw new Die(`paths '${args[0]} ...' with -a does not make sense`);
    const sources = [given.message.length > 0, given.file !== undefined, given.reuse !== undefined || given.reedit !== undefined];
    if (sources.filter(Boolean).length > 1) {
      const names = [...(given.message.length > 0 ? ["-m"] : []), ...(given.file !== undefined ? ["-F"] : []), ...(given.reuse !== undefined ? ["-C"] : []), ...(given.reedit !== undefined ? ["-c"] : [])];
      throw new Die(given.message.length > 0 && names.length === 2 ? `options '${names[0]}' and '${names[1]}' cannot be used together` : `options '${names[0]}' and '${names[1]}' cannot be used together`);
    }
    if (given.amend) {
      if (head === undefined) throw new Die("You have nothing to amend.");
      if (state.merge) throw new Die("You are in the middle of a merge -- cannot amend.");
      if (state.cherryPick !== undefined && !state.rebase) throw new Die("You are in the middle of a cherry-pick -- cannot amend.");
    }
    if (args.length > 0 && state.merge && !given.include) throw new Die("cannot do a partial commit during a merge.");
    if (args.length > 0 && state.cherryPick !== undefined && !given.include) throw new Die("cannot do a partial commit during a cherry-pick.");
    const cleanup = cleanupMode(given.cleanup ?? git.config.get("commit.cleanup"));
    const index = yield* repository.index();
    if (!given.dryRun) yield* repository.lockIndex();
    // Every conflict must be resolved first; with -a the work tree's files are the resolution.
    const paths = args.length > 0 ? pathspec(git, args) : undefined;
    let whole: Index | undefined;
    if (given.all) yield* addTracked(git, index);
    else if (paths) {
      const missing = paths.unmatched([...index.paths, ...(head === undefined ? [] : (yield* treeFiles(sys, git.objects, (yield* commits(git).get(head)).tree)).keys())]);
      if (missing.length > 0) {
        for (const one of missing) yield* git.error(`pathspec '${one}' did not match any file(s) known to git`);
        return 1;
      }
      if (!given.include) {
        // A partial commit: HEAD's tree with those files; the rest of the index stays for later.
        whole = index;
        const partial = new Index();
        if (head !== undefined) for (const [path, file] of yield* treeFiles(sys, git.objects, (yield* commits(git).get(head)).tree)) partial.set(index.get(path)?.id === file.id && index.get(path)?.mode === file.mode ? (index.get(path) ?? new WorkFiles(git).entryFor(path, file.mode, file.id)) : { ...new WorkFiles(git).entryFor(path, file.mode, file.id), mtimeUs: 0 });
        for (const path of index.paths) if (paths.matches(path) && !partial.has(path)) for (const entry of index.stages(path)) partial.set(entry);
        yield* addTracked(git, partial, paths);
        yield* addTracked(git, index, paths);
        repository.useIndex(partial);
      } else yield* addTracked(git, index, paths);
    } else if (!given.amend || !given.only) yield* new WorkFiles(git).refresh(index);
    if (paths === undefined || given.include) yield* refuseUnmerged(git, index, "Committing");
    const current = yield* repository.index();
    current.mtimeUs = 0;
    if (!given.dryRun && !whole) yield* repository.writeIndex(current);
    const restore = function* (): Blocking<void> {
      if (whole) repository.useIndex(whole);
    };

    if (!given.noVerify && !given.dryRun) {
      const environment = new Map<string, string | undefined>(given.message.length > 0 || given.file !== undefined || given.edit === false ? [["GIT_EDITOR", ":"]] : []);
      if (whole) yield* writePartial(git, current);
      const status = yield* runHook(git, "pre-commit", [], { environment: new Map([...environment, ["GIT_INDEX_FILE", whole ? `${repository.gitDir}/next-index` : `${repository.gitDir}/index`]]) });
      if (status !== undefined && status !== 0) return 1;
      if (status === 0 && !whole) repository.forgetIndex();
    }
    const ready = whole ? current : yield* repository.index();
    const files = yield* writeIndexTree(sys, git.objects, ready);
    const parentTree = head === undefined ? undefined : (yield* commits(git).get(head)).tree;
    const amended = given.amend && head !== undefined ? yield* commits(git).get(head) : undefined;
    const firstOfAmended = amended?.parents[0];
    const against = amended ? (firstOfAmended === undefined ? NULL_ID : firstOfAmended) : undefined;

    // The author.
    const reused = given.reuse ?? given.reedit;
    const source = reused === undefined ? undefined : yield* commits(git).get(yield* commitOrDie(git, reused, `could not lookup commit ${reused}`));
    if (given.resetAuthor && !source && !amended) throw new Die("--reset-author can be used only with -C, -c or --amend.");
    const picked = state.cherryPick !== undefined && !given.amend ? yield* commits(git).get(state.cherryPick) : undefined;
    const kept = given.resetAuthor ? undefined : (source?.author ?? amended?.author ?? picked?.author);
    let author = kept ?? (given.author === undefined ? yield* git.ident("author") : { ...(yield* git.ident("author", false)) });
    if (given.date !== undefined) {
      const date = yield* git.calendar.parse(given.date);
      if (!date) throw new Die(`invalid date format: ${given.date}`);
      author = { ...author, ...date };
    }
    if (given.author !== undefined) author = yield* authorOf(git, given.author, author);
    const committer = yield* git.ident("committer");

    const mode = given.untracked === true ? "all" : given.untracked === false ? "no" : (given.untracked ?? git.config.get("status.showuntrackedfiles") ?? "normal");
    const untracked = mode === "all" || mode === "no" ? mode : "normal";
    const statusNow = () => readStatus(git, ready, { untracked, ignored: false, ...(against !== undefined && { against }) });
    const changedAgainst = amended ? (firstOfAmended === undefined ? undefined : (yield* commits(git).get(firstOfAmended)).tree) : parentTree;
    const nothing = head === undefined ? ready.entries.filter((entry) => !entry.intentToAdd).length === 0 : changedAgainst === files;
    if (given.dryRun || given.short || given.porcelain || given.long) {
      const found = yield* statusNow();
      if (given.short || given.porcelain) yield* shortStatus(git, found, { branch: given.branch ?? false, nul: false, colors: given.short === true && git.colors("status"), fromTop: given.porcelain ?? false });
      else git.put(yield* new LongStatus(git, found, { colors: git.colors("status"), committing: true, ...(given.amend && { amend: true }) }).text());
      yield* restore();
      return nothing && !state.merge ? 1 : 0;
    }
    if (nothing && !given.allowEmpty && !state.merge && !(given.amend && (amended?.parents.length ?? 0) !== 1 && amended !== undefined)) {
      const found = yield* statusNow();
      git.put(yield* new LongStatus(git, found, { colors: git.colors("status"), committing: true, ...(given.amend && { amend: true }) }).text());
      if (given.amend) yield* git.err(`You asked to amend the most recent commit, but doing so would make
it empty. You can repeat your command with --allow-empty, or you can
remove the commit entirely with "git reset HEAD^".
`);
      else if (state.cherryPick !== undefined) yield* git.err(`The previous cherry-pick is now empty, possibly due to conflict resolution.
If you wish to commit it anyway, use:

    git commit --allow-empty

${state.sequencer ? "and then use:\n\n    git cherry-pick --continue\n\nto resume cherry-picking the remaining commits.\nIf you wish to skip this commit, use:\n\n    git cherry-pick --skip\n\n" : "Otherwise, please use 'git cherry-pick --skip'\n"}`);
      yield* restore();
      return 1;
    }

    // The message.
    let message = "";
    let edit = given.edit;
    let templateText: string | undefined;
    let hookSource: readonly string[] = [];
    if (given.message.length > 0) {
      message = given.message.map((one) => one.replace(/\n*$/, "\n")).join("\n");
      edit ??= false;
      hookSource = ["message"];
    } else if (given.file !== undefined) {
      try {
        message = given.file === "-" ? decode(yield* readAll(sys, 0)) : ((yield* readText(sys, given.file.startsWith("/") ? given.file : git.prefix + given.file)) ?? noFile(given.file));
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        throw new Die(`could not read log file '${given.file}': ${error.message}`);
      }
      edit ??= false;
      hookSource = ["message"];
    } else if (source) {
      message = source.message;
      edit ??= given.reedit !== undefined;
      hookSource = ["commit", reused ?? ""];
    } else if (given.fixup !== undefined) {
      const target = yield* commits(git).get(yield* commitOrDie(git, given.fixup, `could not lookup commit ${given.fixup}`));
      message = `fixup! ${subjectOf(target.message)}\n`;
      edit ??= false;
      hookSource = ["message"];
    } else if (state.merge && !given.amend) {
      message = (yield* git.state("MERGE_MSG")) ?? "";
      hookSource = ["merge"];
    } else if (exists(sys, `${repository.gitDir}/MERGE_MSG`) && !given.amend) {
      message = (yield* git.state("MERGE_MSG")) ?? "";
      hookSource = ["merge"];
    } else if (exists(sys, `${repository.gitDir}/SQUASH_MSG`) && !given.amend) {
      message = (yield* git.state("SQUASH_MSG")) ?? "";
      hookSource = ["squash"];
    } else if (amended) {
      message = amended.message;
      hookSource = ["commit", "HEAD"];
    } else {
      const template = given.template ?? git.config.path("commit.template");
      if (template !== undefined) {
        templateText = yield* readText(sys, template.startsWith("/") ? template : git.prefix + template);
        if (templateText === undefined) throw new Die(`could not read '${template}': No such file or directory`);
        message = templateText;
        hookSource = ["template"];
      }
    }
    if (given.squash !== undefined) {
      const target = yield* commits(git).get(yield* commitOrDie(git, given.squash, `could not lookup commit ${given.squash}`));
      message = `squash! ${subjectOf(target.message)}\n\n${message}`;
    }
    edit ??= true;
    if (given.signoff) message = withSignOff(message, `${committer.name} <${committer.email}>`);
    for (const trailer of given.trailer) message = `${message.replace(/\n+$/, "")}\n${/\n\n(?:[A-Za-z0-9-]+: .*\n?)+$/.test(message) ? "" : "\n"}${trailer.replace(/^([^:=]+)[:=]\s*/, "$1: ")}\n`;
    const verbose = given.verbose ?? git.config.boolean("commit.verbose", false);
    const path = `${repository.gitDir}/COMMIT_EDITMSG`;
    const firstText = edit ? stripSpace(message, false) : message;
    let content = firstText;
    if (edit) content += yield* template(git, { cleanup, status: given.status ?? git.config.boolean("commit.status", true), author, committer, amended: amended !== undefined, dateShown: amended !== undefined || given.date !== undefined || source !== undefined, merge: state.merge && !given.amend, picked: picked !== undefined, verbose, long: yield* new LongStatus(git, yield* statusNow(), { comment: "#", template: true, hints: false, fromTop: true, ...(given.amend && { amend: true }) }).text(), ready, parent: changedAgainst });
    yield* writeFile(sys, path, content);
    const editorEnvironment = new Map<string, string | undefined>([["GIT_INDEX_FILE", whole ? `${repository.gitDir}/next-index` : `${repository.gitDir}/index`]]);
    if (!edit) editorEnvironment.set("GIT_EDITOR", ":");
    const prepared = yield* runHook(git, "prepare-commit-msg", [".git/COMMIT_EDITMSG", ...hookSource], { environment: editorEnvironment });
    if (prepared !== undefined && prepared !== 0) return 1;
    if (edit && !(yield* launchEditor(git, path, editorEnvironment))) {
      yield* git.err("Please supply the message using either -m or -F option.\n");
      return 1;
    }
    if (!given.noVerify) {
      const checked = yield* runHook(git, "commit-msg", [".git/COMMIT_EDITMSG"], { environment: editorEnvironment });
      if (checked !== undefined && checked !== 0) return 1;
    }
    const final = cleanMessage((yield* readText(sys, path)) ?? "", cleanup, edit);
    if (templateText !== undefined && edit && final === cleanMessage(templateText, cleanup, true) && !given.allowEmptyMessage) {
      yield* git.err("Aborting commit; you did not edit the message.\n");
      yield* restore();
      return 1;
    }
    if (stripSpace(final.replace(/^Signed-off-by: .*$/gm, ""), false) === "" && !given.allowEmptyMessage) {
      yield* git.err("Aborting commit due to empty commit message.\n");
      yield* restore();
      return 1;
    }

    const mergeHeads = state.merge && !given.amend ? ((yield* git.state("MERGE_HEAD")) ?? "").split("\n").filter((line) => line !== "") : [];
    const parents: ObjectId[] = amended ? [...amended.parents] : head === undefined ? [] : [head, ...mergeHeads];
    const id = yield* writeCommit(git, { tree: files, parents, message: final, author, committer });
    const action = sys.environment.get("GIT_REFLOG_ACTION") ?? (head === undefined ? "commit (initial)" : given.amend ? "commit (amend)" : state.merge ? "commit (merge)" : picked ? "commit (cherry-pick)" : "commit");
    yield* refs.update("HEAD", { id, old: head ?? NULL_ID, message: `${action}: ${subjectOf(final)}` });
    yield* clearOperation(git);
    if (whole) {
      repository.useIndex(whole);
      yield* repository.writeIndex(whole);
      if (exists(sys, `${repository.gitDir}/next-index`)) sys.unlink(`${repository.gitDir}/next-index`);
    }
    yield* runHook(git, "post-commit", []);
    if (amended && head !== undefined) yield* runHook(git, "post-rewrite", ["amend"], { stdin: `${head} ${id}\n` });
    if (!given.quiet) yield* putCommitSummary(git, id, { dateShown: (kept !== undefined) || given.date !== undefined });
    return 0;
  },
});

function noFile(name: string): never {
  throw new Die(`could not read log file '${name}': No such file or directory`);
}

function* writePartial(git: Git, index: Index): Blocking<void> {
  yield* writeFile(git.sys, `${git.repository.gitDir}/next-index`, serialiseIndex(index));
}

/** What a commit concludes is forgotten. */
export function* clearOperation(git: Git): Blocking<void> {
  for (const name of ["MERGE_HEAD", "MERGE_MSG", "MERGE_MODE", "SQUASH_MSG", "CHERRY_PICK_HEAD", "REVERT_HEAD", "AUTO_MERGE"]) {
    const path = `${git.repository.gitDir}/${name}`;
    if (exists(git.sys, path)) git.sys.unlink(path);
  }
}

interface TemplateFacts {
  readonly cleanup: Cleanup;
  readonly status: boolean;
  readonly author: Signature;
  readonly committer: Signature;
  readonly amended: boolean;
  readonly dateShown: boolean;
  readonly merge: boolean;
  readonly picked: boolean;
  readonly verbose: boolean;
  readonly long: string;
  readonly ready: Index;
  readonly parent: ObjectId | undefined;
}

/** The comments below the message in the editor. */
function* template(git: Git, facts: TemplateFacts): Blocking<string> {
  if (!facts.status && !facts.verbose) return "";
  const comment = (text: string) => text.split("\n").slice(0, -1).map((line) => (line === "" ? "#\n" : line.startsWith("\t") ? `#${line}\n` : `# ${line}\n`)).join("");
  let out = "";
  if (facts.status) {
    if (facts.merge) out += comment("\nIt looks like you may be committing a merge.\nIf this is not correct, please run\n\tgit update-ref -d MERGE_HEAD\nand try again.\n\n").replace(/#\n$/, "");
    else if (facts.picked) out += comment("\nIt looks like you may be committing a cherry-pick.\nIf this is not correct, please run\n\tgit update-ref -d CHERRY_PICK_HEAD\nand try again.\n\n").replace(/#\n$/, "");
    out += "\n";
    if (facts.cleanup === "strip" || facts.cleanup === "default") out += comment("Please enter the commit message for your changes. Lines starting\nwith '#' will be ignored, and an empty message aborts the commit.\n");
    else if (facts.cleanup !== "scissors") out += comment("Please enter the commit message for your changes. Lines starting\nwith '#' will be kept; you may remove them yourself if you want to.\nAn empty message aborts the commit.\n");
    const idents: string[] = [];
    if (facts.author.name !== facts.committer.name || facts.author.email !== facts.committer.email) idents.push(`Author:    ${facts.author.name} <${facts.author.email}>`);
    if (facts.dateShown) idents.push(`Date:      ${yield* showDate(git.calendar, facts.author, DEFAULT_DATES)}`);
    if (!(yield* git.identIsExplicit("committer"))) idents.push(`Committer: ${facts.committer.name} <${facts.committer.email}>`);
    if (idents.length > 0) out += comment(`\n${idents.map((line) => `${line}\n`).join("")}`);
    out += `#\n${facts.long}`;
  }
  if (facts.verbose) {
    out += `${SCISSORS}# Do not modify or remove the line above.\n# Everything below it will be ignored.\n`;
    const printer = new DiffPrinter(git, { ...diffDefaults(git), patch: true, color: "never" });
    printer.put = (text) => { out += text; };
    yield* printer.print(yield* printer.prepare(yield* indexPairs(git, facts.parent, facts.ready)));
  }
  return out;
}
