// git reset (git-reset(1)).
import { type Blocking, SysError } from "../../../kernel/sys.ts";
import { nameExists } from "../../kit/presence.ts";
import { Die } from "../base/die.ts";
import type { Git } from "../base/git.ts";
import { gitCommand } from "../base/git-command.ts";
import { flag, optional, refused } from "../base/options.ts";
import { abbreviated } from "../diff/diff-output.ts";
import { pathOf } from "../diff/file-pair.ts";
import { workPairs } from "../diff/pairs.ts";
import { commits, peel } from "../history/commits.ts";
import { resolve, verifyFilename } from "../history/revision.ts";
import { subjectOf } from "../store/commit-object.ts";
import { plainEntry } from "../store/index-file.ts";
import { EMPTY_TREE, NULL_ID } from "../store/object-id.ts";
import { type FileMap, treeFiles } from "../store/tree-files.ts";
import { writeFile } from "../store/file-bytes.ts";
import { forceTree, moveErrors, planMove, carryOut } from "../work-tree/move-tree.ts";
import { operationState } from "../work-tree/operation-state.ts";
import { Pathspec, pathspec } from "../work-tree/pathspec.ts";
import { WorkFiles } from "../work-tree/work-files.ts";
import { clearOperation } from "./commit.ts";

/** The index as a tree has it, where paths match. */
export function* resetIndex(git: Git, to: FileMap, paths: Pathspec, intent = false): Blocking<void> {
  const index = yield* git.repository.index();
  for (const path of index.paths) {
    if (!paths.matches(path)) continue;
    const file = to.get(path);
    const entry = index.get(path);
    if (file && entry && entry.id === file.id && entry.mode === file.mode) continue;
    if (file) index.set(plainEntry(path, file.mode, file.id));
    else if (!intent) index.remove(path);
    else if (entry) index.set({ ...plainEntry(path, entry.mode, "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"), intentToAdd: true });
  }
  for (const [path, file] of to) if (paths.matches(path) && !index.has(path)) index.replace(plainEntry(path, file.mode, file.id));
  yield* new WorkFiles(git).refresh(index);
  yield* git.repository.writeIndex(index);
}

export const reset = gitCommand({
  name: "reset", summary: "set HEAD to another state", needs: "repository", usage: ["git reset [--mixed | --soft | --hard | --merge | --keep] [-q] [<commit>]", "git reset [-q] [<tree-ish>] [--] <pathspec>...", "git reset [-q] [--pathspec-from-file [--pathspec-file-nul]] [<tree-ish>]", "git reset --patch [<tree-ish>] [--] [<pathspec>...]"],
  options: { quiet: flag("q quiet", "say less"), refresh: flag("refresh", "renew what is known of files"), mixed: flag("mixed", "HEAD and the index (default)"), soft: flag("soft", "only HEAD"), hard: flag("hard", "HEAD, index and work tree: local changes are lost"), merge: flag("merge", "HEAD, index and work tree, local changes stay"), keep: flag("keep", "HEAD, and files without local changes"), recurse: optional("recurse-submodules", "reset", "submodules (not here)"), patch: refused("p patch", "choose hunks", "whole files are reset"), intent: flag("N intent-to-add", "note that removed files will be added"), fromFile: refused("pathspec-from-file", "read names from a file", "name them as arguments", "file") },
  *run(git, { options: given, args, dashes }) {
    const { refs, repository, sys } = git;
    const modes = (["mixed", "soft", "hard", "merge", "keep"] as const).filter((one) => given[one]);
    const mode = modes.at(-1) ?? "mixed";
    let words = [...args];
    let revision = "HEAD";
    if (words.length > 0 && dashes !== 0) {
      const [first = ""] = words;
      const id = yield* resolve(git, first);
      if (id !== undefined && (dashes === 1 || dashes === undefined)) {
        if (dashes === undefined && nameExists(sys, git.prefix + first) && first !== "HEAD") throw new Die(`ambiguous argument '${first}': both revision and filename\nUse '--' to separate paths from revisions, like this:\n'git <command> [<revision>...] -- [<file>...]'`);
        revision = first;
        words = words.slice(1);
      } else if (dashes !== undefined) throw new Die(`bad revision '${first}'`);
      else for (const [n, word] of words.entries()) verifyFilename(git, word, n === 0);
    }
    const head = yield* refs.read("HEAD");
    const unborn = revision === "HEAD" && head === undefined;
    const id = unborn ? undefined : yield* resolve(git, revision);
    if (words.length > 0) {
      const tree = unborn ? EMPTY_TREE : id === undefined ? undefined : yield* peel(git, id, "tree");
      if (tree === undefined) throw new Die(`Could not parse object '${revision}'.`);
      if (modes.length > 0 && mode !== "mixed") throw new Die(`Cannot do ${mode} reset with paths.`);
      if (given.mixed) yield* git.warning("--mixed with paths is deprecated; use 'git reset -- <paths>' instead.");
      yield* repository.lockIndex();
      yield* resetIndex(git, yield* treeFiles(sys, git.objects, tree), pathspec(git, words), given.intent ?? false);
      if (!given.quiet) yield* unstagedAfter(git);
      return 0;
    }
    const target = unborn ? undefined : id === undefined ? undefined : yield* peel(git, id, "commit");
    if (!unborn && target === undefined) throw new Die(`Could not parse object '${revision}'.`);
    if (mode !== "soft" && repository.place.workTree === undefined) {
      if (mode === "mixed") throw new Die("mixed reset is not allowed in a bare repository");
      throw new Die("this operation must be run in a work tree");
    }
    const state = yield* operationState(git);
    if (mode === "soft" && (state.merge || (yield* repository.index()).unmerged.length > 0)) throw new Die("Cannot do a soft reset in the middle of a merge.");
    if (mode === "keep" && (state.merge || (yield* repository.index()).unmerged.length > 0)) throw new Die("Cannot do a keep reset in the middle of a merge.");
    if (mode !== "soft") yield* repository.lockIndex();
    const to = yield* treeFiles(sys, git.objects, target === undefined ? EMPTY_TREE : (yield* commits(git).get(target)).tree);
    if (mode === "hard") yield* forceTree(git, to);
    else if (mode === "merge" || mode === "keep") {
      const index = yield* repository.index();
      const files = new WorkFiles(git);
      const from = yield* treeFiles(sys, git.objects, head === undefined ? EMPTY_TREE : (yield* commits(git).get(head)).tree);
      if (mode === "merge") for (const path of index.unmerged) {
        const file = from.get(path);
        if (file) yield* files.write(path, file);
        else if (files.stat(path)) files.remove(path);
        if (file) index.set(files.entryFor(path, file.mode, file.id));
        else index.remove(path);
      }
      if (mode === "merge") for (const path of index.paths) {
        const entry = index.get(path);
        const file = from.get(path);
        if (!entry || (file?.id === entry.id && file.mode === entry.mode) || !(yield* files.isClean(index, entry))) continue;
        if (file) {
          yield* files.write(path, file);
          index.set(files.entryFor(path, file.mode, file.id));
        } else {
          files.remove(path);
          index.remove(path);
        }
      }
      const plan = yield* planMove(git, index, files, from, to);
      const errors = moveErrors(git, "merge", plan.problems);
      if (errors) {
        for (const path of plan.problems.local) yield* git.error(`Entry '${path}' not uptodate. Cannot merge.`);
        throw new Die(`Could not reset index file to revision '${revision}'.`);
      }
      yield* carryOut(git, index, files, plan);
      yield* repository.writeIndex(index);
    } else if (mode === "mixed") yield* resetIndex(git, to, new Pathspec([]), given.intent ?? false);
    if (target !== undefined) {
      if (head !== undefined) yield* writeFile(sys, `${repository.gitDir}/ORIG_HEAD`, `${head}\n`);
      yield* refs.update("HEAD", { id: target, message: `${sys.environment.get("GIT_REFLOG_ACTION") ?? "reset: moving to"} ${revision}`.replace(/^(?!reset: )(.*) (\S+)$/, "$1: updating HEAD"), old: head ?? NULL_ID });
    }
    if (mode === "hard" && target !== undefined && !given.quiet) git.say(`HEAD is now at ${yield* abbreviated(git, target)} ${subjectOf((yield* commits(git).get(target)).message)}\n`);
    if (mode === "mixed" && !given.quiet) yield* unstagedAfter(git);
    if (mode !== "soft" || !state.merge) yield* forgetOperation(git);
    return 0;
  },
});

/** A reset ends a merge or a pick, but keeps a list of picks going. */
export function* forgetOperation(git: Git): Blocking<void> {
  try {
    yield* clearOperation(git);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

function* unstagedAfter(git: Git): Blocking<void> {
  if (git.repository.place.workTree === undefined || git.config.get("reset.quiet") === "true") return;
  const pairs = yield* workPairs(yield* git.repository.index(), new WorkFiles(git));
  if (pairs.length > 0) git.say(`Unstaged changes after reset:\n${pairs.map((pair) => `${pair.status}\t${pathOf(pair)}\n`).join("")}`);
}
