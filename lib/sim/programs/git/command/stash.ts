// git stash (git-stash(1)): a stash is a commit of the work tree with the index's commit as its second parent.
import type { Blocking } from "../../../kernel/sys.ts";
import { Die, Quit } from "../base/die.ts";
import type { Git } from "../base/git.ts";
import { type GitCommand, wordCommand } from "../base/git-command.ts";
import { flag, type GitOptions, parseOptions, text, UsageError } from "../base/options.ts";
import { startPager } from "../base/pager.ts";
import { diffDefaults, formatGiven, takeDiffOption } from "../diff/diff-options.ts";
import { DiffPrinter, abbreviated } from "../diff/diff-output.ts";
import { indexPairs, treePairs, workPairs } from "../diff/pairs.ts";
import { commits } from "../history/commits.ts";
import { parseLogWords } from "../history/log-words.ts";
import { LogPrinter } from "../history/log-printer.ts";
import { writeCommit } from "../history/make-commit.ts";
import { resolve } from "../history/revision.ts";
import { currentBranch } from "../history/upstream.ts";
import { applyMerge } from "../merge/apply-merge.ts";
import { mergeTrees } from "../merge/merge-trees.ts";
import { subjectOf } from "../store/commit-object.ts";
import { Index, plainEntry } from "../store/index-file.ts";
import { NULL_ID, type ObjectId } from "../store/object-id.ts";
import { treeFiles, writeIndexTree, writeTrees } from "../store/tree-files.ts";
import { forceTree } from "../work-tree/move-tree.ts";
import { type Pathspec, pathspec } from "../work-tree/pathspec.ts";
import { LongStatus, readStatus } from "../work-tree/status.ts";
import { findUntracked } from "../work-tree/untracked.ts";
import { WorkFiles } from "../work-tree/work-files.ts";
import { reflogWalk } from "./log.ts";
import { switchTo } from "../history/switch-branch.ts";
import { prettyFormat } from "../history/pretty.ts";

const REF = "refs/stash";

interface PushSettings {
  readonly message: string | undefined;
  readonly keepIndex: boolean;
  readonly untracked: "no" | "yes" | "all";
  readonly quiet: boolean;
  readonly staged: boolean;
  readonly paths: Pathspec | undefined;
}

/** The commit of a stash; undefined without anything to keep. */
function* makeStash(git: Git, settings: PushSettings): Blocking<{ readonly id: ObjectId; readonly message: string; readonly untracked: readonly string[]; readonly index: ObjectId; readonly work: ObjectId } | undefined> {
  const { sys, objects, repository } = git;
  const head = yield* git.refs.read("HEAD");
  if (head === undefined) throw new Quit(1, "You do not have the initial commit yet");
  const index = yield* repository.index();
  const files = new WorkFiles(git);
  yield* files.refresh(index);
  if (index.unmerged.length > 0) throw new Quit(1, ...index.unmerged.map((path) => `error: ${path}: needs merge`), "error: could not write index");
  const tree = (yield* commits(git).get(head)).tree;
  const staged = yield* indexPairs(git, tree, index, settings.paths);
  const changed = settings.staged ? [] : yield* workPairs(index, files, settings.paths);
  const untracked = settings.untracked === "no" ? [] : yield* untrackedFiles(git, index, settings);
  if (staged.length === 0 && changed.length === 0 && untracked.length === 0) return undefined;
  const branch = yield* currentBranch(git);
  const where = `${branch ?? "(no branch)"}: ${yield* abbreviated(git, head)} ${subjectOf((yield* commits(git).get(head)).message)}`;
  const message = settings.message === undefined ? `WIP on ${where}` : `On ${branch ?? "(no branch)"}: ${settings.message}`;
  const indexTree = yield* writeIndexTree(sys, objects, index);
  const who = { author: yield* git.ident("author"), committer: yield* git.ident("committer") };
  const indexCommit = yield* writeCommit(git, { tree: indexTree, parents: [head], message: `index on ${where}\n`, ...who });
  let untrackedCommit: ObjectId | undefined;
  if (untracked.length > 0) {
    const list: (readonly [string, { readonly mode: number; readonly id: ObjectId }])[] = [];
    for (const path of untracked) {
      const stat = files.stat(path);
      if (stat) list.push([path, { mode: files.modeOf(stat), id: yield* objects.write("blob", yield* files.blobOf(path, stat)) }]);
    }
    untrackedCommit = yield* writeCommit(git, { tree: yield* writeTrees(sys, objects, list), parents: [], message: `untracked files on ${where}\n`, ...who });
  }
  const work = new Map(settings.paths ? yield* treeFiles(sys, objects, tree) : index.entries.map((entry) => [entry.path, { mode: entry.mode, id: entry.id }] as const));
  if (settings.paths) for (const pair of staged) {
    const path = pair.new?.path ?? pair.old?.path ?? "";
    if (pair.new?.id !== undefined) work.set(path, { mode: pair.new.mode, id: pair.new.id });
    else work.delete(path);
  }
  for (const pair of changed) {
    const path = pair.new?.path ?? pair.old?.path ?? "";
    if (pair.new?.content) work.set(path, { mode: pair.new.mode, id: yield* objects.write("blob", pair.new.content) });
    else work.delete(path);
  }
  const workTree = yield* writeTrees(sys, objects, work);
  const id = yield* writeCommit(git, { tree: workTree, parents: [head, indexCommit, ...(untrackedCommit === undefined ? [] : [untrackedCommit])], message, ...who });
  return { id, message, untracked, index: indexTree, work: workTree };
}

function* untrackedFiles(git: Git, index: Index, settings: PushSettings): Blocking<readonly string[]> {
  const found = yield* findUntracked(git, index, { mode: "all", ...(settings.paths && { paths: settings.paths }) });
  const list = [...found.untracked];
  if (settings.untracked === "all") for (const path of found.ignored) list.push(...(yield* filesBelow(git, path)));
  return list.filter((path) => !path.endsWith("/"));
}

function* filesBelow(git: Git, path: string): Blocking<string[]> {
  if (!path.endsWith("/")) return [path];
  const out: string[] = [];
  for (const entry of git.sys.readdir(path)) {
    if (git.sys.charge(1)) yield* git.sys.preempt();
    out.push(...(yield* filesBelow(git, `${path}${entry.name}${entry.type === 0o040000 ? "/" : ""}`)));
  }
  return out;
}

function* pushStash(git: Git, settings: PushSettings): Blocking<number> {
  yield* git.repository.lockIndex();
  if (settings.paths) {
    const index = yield* git.repository.index();
    const known = settings.untracked === "no" ? index.paths : [...index.paths, ...(yield* findUntracked(git, index, { mode: "all" })).untracked];
    const missing = settings.paths.unmatched(known);
    if (missing.length > 0) throw new Quit(1, ...missing.map((one) => `error: pathspec ':(prefix:${git.prefix.length})${git.prefix}${one}' did not match any file(s) known to git`), "Did you forget to 'git add'?");
  }
  const made = yield* makeStash(git, settings);
  if (!made) {
    if (!settings.quiet) git.say("No local changes to save\n");
    return 0;
  }
  yield* storeStash(git, made.id, made.message);
  if (!settings.quiet) git.say(`Saved working directory and index state ${made.message}\n`);
  const head = (yield* git.refs.read("HEAD")) ?? "";
  const tree = yield* treeFiles(git.sys, git.objects, (yield* commits(git).get(head)).tree);
  const files = new WorkFiles(git);
  for (const path of made.untracked) files.remove(path);
  const index = yield* git.repository.index();
  if (settings.staged) {
    const staged = new Map(yield* treeFiles(git.sys, git.objects, made.index));
    for (const path of new Set([...staged.keys(), ...tree.keys()])) {
      const [a, b] = [staged.get(path), tree.get(path)];
      if (a?.id === b?.id && a?.mode === b?.mode) continue;
      if (b) {
        yield* files.write(path, b);
        index.replace(files.entryFor(path, b.mode, b.id));
      } else {
        files.remove(path);
        index.remove(path);
      }
    }
    yield* git.repository.writeIndex(index);
  } else if (settings.paths) {
    for (const path of new Set([...index.paths, ...tree.keys()])) {
      if (!settings.paths.matches(path)) continue;
      const file = tree.get(path);
      if (file) {
        const entry = index.get(path);
        if (!entry || entry.id !== file.id || !(yield* files.isClean(index, entry))) yield* files.write(path, file);
        index.replace(files.entryFor(path, file.mode, file.id));
      } else {
        if (files.stat(path)) files.remove(path);
        index.remove(path);
      }
    }
    yield* git.repository.writeIndex(index);
  } else yield* forceTree(git, tree);
  if (settings.keepIndex) yield* forceTree(git, yield* treeFiles(git.sys, git.objects, made.index));
  return 0;
}

function* storeStash(git: Git, id: ObjectId, message: string): Blocking<void> {
  yield* git.refs.update(REF, { id, message, forceLog: true });
}

interface Chosen {
  readonly id: ObjectId;
  readonly n: number | undefined;
  readonly name: string;
}

/** "stash@{1}", "1", nothing. Throws Quit. */
function* choose(git: Git, args: readonly string[]): Blocking<Chosen> {
  if (args.length > 1) throw new Quit(1, `Too many revisions specified:${args.map((one) => ` '${one}'`).join("")}`);
  const [word] = args;
  if (word === undefined) {
    const id = yield* git.refs.read(REF);
    if (id === undefined) throw new Quit(1, "No stash entries found.");
    return { id, n: 0, name: `${REF}@{0}` };
  }
  const name = /^\d+$/.test(word) ? `${REF}@{${word}}` : word;
  const n = /^(?:refs\/)?stash@\{(\d+)\}$/.exec(name)?.[1];
  const log = yield* git.refs.readLog(REF);
  if (n !== undefined) {
    const entry = log[log.length - 1 - Number(n)];
    if (!entry) throw new Quit(1, log.length === 0 ? `error: ${word.startsWith("stash") ? word : name} is not a valid reference` : `error: ${word.startsWith("stash") || word.startsWith("refs") ? word : `${REF}@{${word}}`} is not a valid reference`);
    return { id: entry.id, n: Number(n), name };
  }
  const id = yield* resolve(git, name);
  if (id === undefined) throw new Quit(1, `error: ${word} is not a valid reference`);
  const parents = (yield* commits(git).get(id)).parents.length;
  if (parents < 2) throw new Quit(1, `'${word}' is not a stash-like commit`);
  return { id, n: word === "stash" || word === REF ? 0 : undefined, name };
}

function* applyStash(git: Git, chosen: Chosen, withIndex: boolean, quiet: boolean): Blocking<boolean> {
  const { sys, objects, repository } = git;
  const store = commits(git);
  const stash = yield* store.get(chosen.id);
  const [base = "", indexCommit = "", untrackedCommit] = stash.parents;
  const index = yield* repository.index();
  const files = new WorkFiles(git);
  yield* files.refresh(index);
  if (index.unmerged.length > 0) throw new Quit(1, ...index.unmerged.map((path) => `error: ${path}: needs merge`), "error: could not write index");
  const ours = yield* writeIndexTree(sys, objects, index);
  let staged: ObjectId | undefined;
  if (withIndex) {
    const wanted = (yield* store.get(indexCommit)).tree;
    const baseTree = (yield* store.get(base)).tree;
    if (wanted !== baseTree && wanted !== ours) {
      const head = yield* git.refs.read("HEAD");
      const merged = yield* mergeTrees(git, { base: baseTree, ours: head === undefined ? ours : (yield* store.get(head)).tree, theirs: wanted, labels: { base: "", ours: "", theirs: "" } });
      if (merged.conflicts.size > 0) throw new Quit(1, "conflicts in index. Try without --index.");
      staged = yield* writeTrees(sys, objects, merged.files);
    }
  }
  if (untrackedCommit !== undefined) {
    const there: string[] = [];
    for (const [path, file] of yield* treeFiles(sys, objects, (yield* store.get(untrackedCommit)).tree)) {
      if (files.stat(path)) there.push(path);
      else yield* files.write(path, file);
    }
    if (there.length > 0) throw new Quit(1, ...there.map((path) => `${path} already exists, no checkout`), "error: could not restore untracked files from stash");
  }
  const outcome = yield* mergeTrees(git, { base: (yield* store.get(base)).tree, ours, theirs: stash.tree, labels: { base: "Stash base", ours: "Updated upstream", theirs: "Stashed changes" } });
  const before = new Map(yield* treeFiles(sys, objects, ours));
  let clean: boolean;
  try {
    clean = yield* applyMerge(git, outcome, ours);
  } catch (error) {
    if (!(error instanceof Quit)) throw error;
    throw new Quit(1, ...error.lines);
  }
  for (const line of outcome.messages) git.say(`${line}\n`);
  const after = yield* repository.index();
  if (clean) {
    // Changes of the work tree, not of the index; new files stay added.
    const target = staged === undefined ? before : yield* treeFiles(sys, objects, staged);
    const next = new Index();
    for (const entry of after.entries) {
      const known = target.get(entry.path);
      if (!known) {
        if (!before.has(entry.path)) next.set(entry);
      } else next.set(known.id === entry.id && known.mode === entry.mode ? entry : plainEntry(entry.path, known.mode, known.id));
    }
    for (const [path, file] of target) if (!next.has(path)) next.set(plainEntry(path, file.mode, file.id));
    yield* repository.writeIndex(next);
  } else {
    if (withIndex) yield* git.err("Index was not unstashed.\n");
  }
  if (!quiet) {
    const found = yield* readStatus(git, yield* repository.index(), { untracked: "normal", ignored: false });
    git.put(yield* new LongStatus(git, found, { colors: git.colors("status") }).text());
  }
  return clean;
}

function* dropStash(git: Git, chosen: Chosen, quiet: boolean): Blocking<number> {
  if (chosen.n === undefined) throw new Quit(1, `error: '${chosen.name}' is not a stash reference`);
  const log = yield* git.refs.readLog(REF);
  const at = log.length - 1 - chosen.n;
  const left = log.filter((_, i) => i !== at);
  const last = left.at(-1);
  if (last === undefined) yield* git.refs.update(REF, { id: undefined, message: "" });
  else {
    const relinked = left.map((entry, i) => ({ ...entry, old: left[i - 1]?.id ?? NULL_ID }));
    yield* git.refs.update(REF, { id: last.id, message: "" });
    yield* git.refs.writeLog(REF, relinked);
  }
  if (!quiet) git.say(`Dropped ${chosen.name} (${chosen.id})\n`);
  return 0;
}

const NOTHING = { usage: ["git stash"], options: {} };

function options<const O extends GitOptions>(declared: O, words: readonly string[]) {
  try {
    return parseOptions({ usage: NOTHING.usage, options: declared }, words, (option, why) => { throw new Quit(128, `git stash: ${option} is not simulated: ${why}`); });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new Quit(129, error.message, "usage: git stash [push] [<options>] [--] [<pathspec>...]");
  }
}

const PUSH = {
  keepIndex: flag("k keep-index", "keep what is staged"), staged: flag("S staged", "only what is staged"), patch: flag("p patch", "choose hunks"), quiet: flag("q quiet", "say less"), untracked: flag("u include-untracked", "untracked files too"), all: flag("a all", "ignored files too"), message: text("m message", "message", "a name"),
};

function* push(git: Git, words: readonly string[], saving: boolean): Blocking<number> {
  const { options: given, args } = options(PUSH, words);
  if (given.patch) yield* git.unsimulated("-p", "name the files");
  return yield* pushStash(git, {
    message: given.message ?? (saving && args.length > 0 ? args.join(" ") : undefined), keepIndex: given.keepIndex ?? false, untracked: given.all ? "all" : given.untracked ? "yes" : "no", quiet: given.quiet ?? false, staged: given.staged ?? false, paths: saving || args.length === 0 ? undefined : pathspec(git, args),
  });
}

function* show(git: Git, words: readonly string[]): Blocking<number> {
  const diff = diffDefaults(git);
  const args: string[] = [];
  let untracked = git.config.boolean("stash.showincludeuntracked", false);
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? "";
    if (word === "-u" || word === "--include-untracked") untracked = true;
    else if (word.startsWith("-")) {
      const taken = takeDiffOption(git, diff, words, i);
      if (taken === 0) throw new Quit(129, `error: unknown option: ${word}`);
      i += taken - 1;
    } else args.push(word);
  }
  const chosen = yield* choose(git, args);
  if (!formatGiven(diff)) {
    if (git.config.boolean("stash.showstat", true)) diff.stat = true;
    if (git.config.boolean("stash.showpatch", false)) diff.patch = true;
  }
  const stash = yield* commits(git).get(chosen.id);
  const [base = "", , extra] = stash.parents;
  const pairs = yield* treePairs(git, (yield* commits(git).get(base)).tree, stash.tree);
  if (untracked && extra !== undefined) pairs.push(...(yield* treePairs(git, undefined, (yield* commits(git).get(extra)).tree)));
  yield* startPager(git);
  const printer = new DiffPrinter(git, diff);
  yield* printer.print(yield* printer.prepare(pairs));
  return 0;
}

export const stash: GitCommand = wordCommand({
  name: "stash", summary: "put local changes aside", needs: "work-tree", options: [], subcommands: ["push", "list", "show", "pop", "apply", "drop", "branch", "clear", "create", "store"],
  usage: ["git stash list [<log-options>]", "git stash show [-u | --include-untracked | --only-untracked] [<diff-options>] [<stash>]", "git stash drop [-q | --quiet] [<stash>]", "git stash pop [--index] [-q | --quiet] [<stash>]", "git stash apply [--index] [-q | --quiet] [<stash>]", "git stash branch <branchname> [<stash>]", "git stash [push [-p | --patch] [-S | --staged] [-k | --[no-]keep-index] [-q | --quiet]", "          [-u | --include-untracked] [-a | --all] [(-m | --message) <message>]", "          [--pathspec-from-file=<file> [--pathspec-file-nul]]", "          [--] [<pathspec>...]]", "git stash save [-p | --patch] [-S | --staged] [-k | --[no-]keep-index] [-q | --quiet]", "          [-u | --include-untracked] [-a | --all] [<message>]", "git stash clear", "git stash create [<message>]", "git stash store [(-m | --message) <message>] [-q | --quiet] <commit>"],
  *run(git, words) {
    const [verb, ...rest] = words;
    switch (verb) {
      case undefined: return yield* push(git, [], false);
      case "push": return yield* push(git, rest, false);
      case "save": return yield* push(git, rest, true);
      case "list": {
        if ((yield* git.refs.read(REF)) === undefined) return 0;
        const log = yield* parseLogWords(git, ["-g", REF.slice(5), ...rest, "--"]);
        log.format ??= prettyFormat(git, "tformat:%gd: %gs");
        yield* startPager(git);
        return yield* reflogWalk(git, log, new LogPrinter(git, log, false));
      }
      case "show": return yield* show(git, rest);
      case "apply": case "pop": {
        const { options: given, args } = options({ index: flag("index", "restore the index too"), quiet: flag("q quiet", "say less") }, rest);
        yield* git.repository.lockIndex();
        const chosen = yield* choose(git, args);
        if (verb === "pop" && chosen.n === undefined) throw new Quit(1, `'${chosen.name}' is not a stash reference`);
        const clean = yield* applyStash(git, chosen, given.index ?? false, given.quiet ?? false);
        if (!clean) {
          if (verb === "pop") git.say("The stash entry is kept in case you need it again.\n");
          return 1;
        }
        return verb === "pop" ? yield* dropStash(git, chosen, given.quiet ?? false) : 0;
      }
      case "drop": {
        const { options: given, args } = options({ quiet: flag("q quiet", "say less") }, rest);
        return yield* dropStash(git, yield* choose(git, args), given.quiet ?? false);
      }
      case "clear": {
        if (rest.length > 0) throw new Quit(1, "error: git stash clear with arguments is unimplemented");
        if ((yield* git.refs.read(REF)) !== undefined) yield* git.refs.update(REF, { id: undefined, message: "" });
        return 0;
      }
      case "create": {
        const made = yield* makeStash(git, { message: rest.length > 0 ? rest.join(" ") : undefined, keepIndex: false, untracked: "no", quiet: true, staged: false, paths: undefined });
        if (made) git.put(`${made.id}\n`);
        return 0;
      }
      case "store": {
        const { options: given, args } = options({ quiet: flag("q quiet", "say less"), message: text("m message", "message", "a name") }, rest);
        const id = yield* resolve(git, args[0] ?? "");
        if (id === undefined) throw new Quit(1, `Cannot update ${REF} with ${args[0] ?? ""}`);
        yield* storeStash(git, id, given.message ?? "Created via \"git stash store\".");
        return 0;
      }
      case "branch": {
        const [name, ...args] = rest;
        if (name === undefined) throw new Quit(1, "No branch name specified");
        const chosen = yield* choose(git, args);
        const base = (yield* commits(git).get(chosen.id)).parents[0] ?? "";
        const status = yield* switchTo(git, { branch: name, target: base, word: base, create: "create", force: false, merge: false, quiet: false, track: false, startRef: undefined, explicitDetach: false });
        if (status !== 0) return status;
        if (!(yield* applyStash(git, chosen, true, false))) return 1;
        return chosen.n === undefined ? 0 : yield* dropStash(git, chosen, false);
      }
      default:
    }
    if (verb.startsWith("-")) return yield* push(git, words, false);
    throw new Die(`subcommand wasn't specified; 'push' can't be assumed due to unexpected token '${verb}'`);
  },
});

