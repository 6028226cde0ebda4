// git checkout (git-checkout(1)): to another branch, or files from somewhere.
import type { Blocking } from "../../../kernel/sys.ts";
import { nameExists } from "../../kit/presence.ts";
import { Die, Quit } from "../base/die.ts";
import type { Git } from "../base/git.ts";
import { gitCommand } from "../base/git-command.ts";
import { flag, optional, refused, text } from "../base/options.ts";
import { commits, peel } from "../history/commits.ts";
import { findRef, previousBranch, resolve } from "../history/revision.ts";
import { guessRemoteBranch, showLocalChanges, switchTo } from "../history/switch-branch.ts";
import { currentBranch } from "../history/upstream.ts";
import type { ObjectId } from "../store/object-id.ts";
import { checkoutPaths } from "../work-tree/checkout-paths.ts";
import { forceTree } from "../work-tree/move-tree.ts";
import { trackingText } from "../work-tree/status.ts";
import { treeFiles } from "../store/tree-files.ts";

const options = {
  branch: text("b", "branch", "make a branch and go to it"), resetBranch: text("B", "branch", "make or reset a branch and go to it"), reflog: flag("l", "with a reflog"), guess: flag("guess", "a name that only a remote has becomes a branch"), overlay: flag("overlay", "keep files that the source has not"), quiet: flag("q quiet", "say less"), recurse: optional("recurse-submodules", "checkout", "submodules (not here)"), progress: flag("progress", "show progress"), merge: flag("m merge", "carry local changes over by a merge"), conflict: text("conflict", "style", "how conflicts are marked"),
  detach: flag("d detach", "HEAD at the commit itself"), track: optional("t track", "mode", "let the new branch follow its start"), force: flag("f force", "throw local changes away"), orphan: text("orphan", "new-branch", "a new branch without history"), overwriteIgnore: flag("overwrite-ignore", "replace ignored files"), ignoreOther: flag("ignore-other-worktrees", "accepted"), ours: flag("2 ours", "our version of files in conflict"), theirs: flag("3 theirs", "their version of files in conflict"), patch: refused("p patch", "choose hunks", "whole files are restored"), ignoreSkip: flag("ignore-skip-worktree-bits", "accepted"), fromFile: refused("pathspec-from-file", "read names from a file", "name them as arguments", "file"),
};

const usageLines = ["git checkout [<options>] <branch>", "git checkout [<options>] [<branch>] -- <file>..."];

/** What a word names: a branch, another commit, nothing. */
export function* namedTarget(git: Git, word: string): Blocking<{ readonly branch: string | undefined; readonly id: ObjectId; readonly startRef: string | undefined; readonly word: string } | undefined> {
  let name = word;
  if (word === "-" || /^@\{-\d+\}$/.test(word)) {
    const back = word === "-" ? 1 : Number(word.slice(3, -1));
    const before = yield* previousBranch(git, back);
    if (before === undefined) {
      if (word === "-") throw new Quit(1, "error: pathspec '-' did not match any file(s) known to git");
      return undefined;
    }
    name = before;
  }
  const symmetric = /^(.*?)\.\.\.(.*)$/.exec(name);
  const id = symmetric ? undefined : yield* resolve(git, name);
  const commit = id === undefined ? undefined : yield* peel(git, id, "commit");
  if (commit === undefined) return undefined;
  const local = yield* git.refs.read(`refs/heads/${name}`);
  const ref = yield* findRef(git, name);
  return { branch: local === undefined ? undefined : name, id: local ?? commit, startRef: ref?.name, word: name };
}

export const checkout = gitCommand({
  name: "checkout", summary: "go to another branch, or bring files back", usage: usageLines, needs: "work-tree", options,
  *run(git, { options: given, args, dashes }) {
    const creating = [given.branch, given.resetBranch, given.orphan].filter((one) => one !== undefined);
    if (creating.length > 1) throw new Die("options '-b', '-B', and '--orphan' cannot be used together");
    const words = [...args];
    let target: { readonly branch: string | undefined; readonly id: ObjectId; readonly startRef: string | undefined; readonly word: string } | undefined;
    let dwim: { readonly name: string; readonly ref: string } | undefined;
    const explicitPaths = dashes !== undefined;
    const [first] = words;
    const mayBeRevision = first !== undefined && (!explicitPaths || dashes > 0);
    if (explicitPaths && dashes > 1) throw new Die("only one reference expected, 2 given.".replace("2", String(dashes)));
    if (mayBeRevision && first !== undefined) {
      target = yield* namedTarget(git, first);
      const asTree = target === undefined && !first.startsWith("-") ? yield* treeOf(git, first) : undefined;
      if (target === undefined && asTree !== undefined && words.length > 1) return yield* checkoutPaths(git, { paths: words.slice(1), source: asTree, sourceName: first, overlay: given.overlay ?? true, index: true, workTree: true, force: given.force ?? false, side: undefined, quiet: given.quiet ?? false, tell: true });
      if (target) {
        if (!explicitPaths && words.length === 1 && creating.length === 0 && first !== "-" && nameExists(git.sys, git.prefix + first) && !first.startsWith("@{")) throw new Die((`ambiguous argument '${first}': both revision and filename\nUse '--' to separate paths from revisions, like this:\n'git <command> [<revision>...] -- [<file>...]'`));
        words.shift();
      } else if (explicitPaths) throw new Die(`invalid reference: ${first}`);
      else if (words.length === 1 && creating.length === 0 && given.guess !== false && git.config.boolean("checkout.guess", true) && !given.detach) {
        const guess = yield* guessRemoteBranch(git, first);
        if (guess.found !== undefined) {
          if (nameExists(git.sys, git.prefix + first)) throw new Die(`'${first}' could be both a local file and a tracking branch.\nPlease use -- (and optionally --no-guess) to disambiguate`);
          dwim = { name: first, ref: guess.found };
          words.shift();
        } else if (guess.several > 1 && !nameExists(git.sys, git.prefix + first)) {
          yield* git.advice("checkoutAmbiguousRemoteBranchName", `If you meant to check out a remote tracking branch on, e.g. 'origin',\nyou can do so by fully qualifying the name with the --track option:\n\n    git checkout --track origin/<name>\n\nIf you'd like to always have checkouts of an ambiguous <name> prefer\none remote, e.g. the 'origin' remote, consider setting\ncheckout.defaultRemote=origin in your config.`);
          throw new Die(`'${first}' matched multiple (${guess.several}) remote tracking branches`);
        }
      }
    }
    if (words.length > 0) {
      if (creating.length > 0) throw new Die(target ? `'${words[0]}' is not a commit and a branch '${creating[0]}' cannot be created from it` : `'${words[0]}' is not a commit and a branch '${creating[0]}' cannot be created from it`);
      if (given.detach) throw new Die(`git checkout: --detach does not take a path argument '${words[0]}'`);
      return yield* checkoutPaths(git, { paths: words, source: target && (yield* peel(git, target.id, "tree")), sourceName: target?.word, overlay: given.overlay ?? true, index: target !== undefined, workTree: true, force: given.force ?? false, side: given.ours ? 2 : given.theirs ? 3 : undefined, quiet: given.quiet ?? false, tell: !explicitPaths, ...(given.merge && { remerge: true }) });
    }
    if (given.ours || given.theirs) throw new Die(`'${given.ours ? "--ours/--theirs" : "--ours/--theirs"}' cannot be used with switching branches`);
    const common = { force: given.force ?? false, merge: given.merge ?? false, quiet: given.quiet ?? false, explicitDetach: given.detach ?? false };
    const head = yield* git.refs.read("HEAD");
    if (dwim) {
      const id = yield* git.refs.read(dwim.ref);
      return yield* switchTo(git, { ...common, branch: dwim.name, target: id, word: dwim.ref, create: "create", track: true, startRef: dwim.ref });
    }
    if (given.orphan !== undefined) return yield* switchTo(git, { ...common, branch: given.orphan, target: target?.id ?? head, word: given.orphan, create: "orphan", track: undefined, startRef: undefined });
    const created = given.branch ?? given.resetBranch;
    let name = created;
    if (name === undefined && given.track !== undefined && given.track !== false) {
      const short = /^(?:refs\/)?(?:remotes\/)?[^/]+\/(.+)$/.exec(target?.startRef?.startsWith("refs/remotes/") ? target.startRef : "")?.[1];
      if (short === undefined) throw new Die("--track needs a branch name");
      name = target?.startRef?.replace(/^refs\/remotes\/[^/]+\//, "");
    }
    if (name !== undefined) {
      if (!target && head === undefined) {
        // A branch that is not born yet gets another name.
        yield* git.refs.setSymbolic("HEAD", `refs/heads/${name}`);
        if (!common.quiet) yield* git.err(`Switched to a new branch '${name}'\n`);
        return 0;
      }
      const create = given.resetBranch !== undefined ? "reset" : "create";
      return yield* switchTo(git, { ...common, branch: name, target: target?.id ?? head, word: target?.word ?? "HEAD", create, track: given.track === undefined ? undefined : given.track !== false, startRef: target?.startRef });
    }
    if (!target) {
      if (given.detach && head !== undefined) return yield* switchTo(git, { ...common, branch: undefined, target: head, word: head, create: "no", track: undefined, startRef: undefined });
      // Without a word: the same branch; with -f its files come back.
      const current = yield* currentBranch(git);
      if (head === undefined) throw new Die("You are on a branch yet to be born");
      return yield* stayHere(git, common, current, head);
    }
    return yield* switchTo(git, { ...common, branch: given.detach ? undefined : target.branch, target: target.id, word: target.word, create: "no", track: undefined, startRef: target.startRef });
  },
});

function* treeOf(git: Git, word: string): Blocking<ObjectId | undefined> {
  const id = yield* resolve(git, word);
  return id === undefined ? undefined : yield* peel(git, id, "tree");
}

/** `git checkout` alone: says what is changed, and with -f takes it back. */
function* stayHere(git: Git, common: { readonly force: boolean; readonly merge: boolean; readonly quiet: boolean; readonly explicitDetach: boolean }, branch: string | undefined, head: ObjectId): Blocking<number> {
  if (common.force) yield* forceTree(git, yield* treeFiles(git.sys, git.objects, (yield* commits(git).get(head)).tree));
  if (common.quiet) return 0;
  yield* showLocalChanges(git, head);
  if (branch !== undefined) git.say(yield* trackingText(git, branch, git.advised("statusHints")));
  return 0;
}
