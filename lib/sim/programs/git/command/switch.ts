// git switch (git-switch(1)).
import { nameExists } from "../../kit/presence.ts";
import { Die, Quit } from "../base/die.ts";
import { gitCommand } from "../base/git-command.ts";
import { flag, optional, text } from "../base/options.ts";
import { guessRemoteBranch, switchTo } from "../history/switch-branch.ts";
import { EMPTY_TREE } from "../store/object-id.ts";
import { isValidBranchName } from "../store/ref-name.ts";
import { commits } from "../history/commits.ts";
import { treeFiles } from "../store/tree-files.ts";
import { moveTree } from "../work-tree/move-tree.ts";
import { operationState } from "../work-tree/operation-state.ts";
import { namedTarget } from "./checkout.ts";

const options = {
  create: text("c create", "branch", "make a branch and go to it"), forceCreate: text("C force-create", "branch", "make or reset a branch and go to it"), guess: flag("guess", "a name that only a remote has becomes a branch"), discard: flag("discard-changes", "throw local changes away"), quiet: flag("q quiet", "say less"), recurse: optional("recurse-submodules", "checkout", "submodules (not here)"), progress: flag("progress", "show progress"), merge: flag("m merge", "carry local changes over by a merge"), conflict: text("conflict", "style", "how conflicts are marked"),
  detach: flag("d detach", "HEAD at the commit itself"), track: optional("t track", "mode", "let the new branch follow its start"), force: flag("f force", "throw local changes away"), orphan: text("orphan", "new-branch", "a new branch without history"), overwriteIgnore: flag("overwrite-ignore", "replace ignored files"), ignoreOther: flag("ignore-other-worktrees", "accepted"),
};

export const switchCommand = gitCommand({
  name: "switch", summary: "go to another branch", usage: ["git switch [<options>] [<branch>]"], needs: "work-tree", options,
  *run(git, { options: given, args }) {
    const common = { force: given.force ?? given.discard ?? false, merge: given.merge ?? false, quiet: given.quiet ?? false, explicitDetach: given.detach ?? false };
    const creating = [given.create, given.forceCreate, given.orphan].filter((one) => one !== undefined);
    if (creating.length > 1) throw new Die("options '-c', '-C', and '--orphan' cannot be used together");
    if (args.length > 1) throw new Die(`only one reference expected, ${args.length} given.`);
    const state = yield* operationState(git);
    const refuse = (doing: string, how: string): never => { throw new Die(`cannot switch branch while ${doing}\nConsider "git ${how} --quit" or "git worktree add".`); };
    if (!(creating.length > 0 && args.length === 0)) {
      if (state.merge) refuse("merging", "merge");
      if (state.rebase) refuse("rebasing", "rebase");
      if (state.cherryPick !== undefined) refuse("cherry-picking", "cherry-pick");
      if (state.revert !== undefined) refuse("reverting", "revert");
      if (state.bisectFrom !== undefined && creating.length === 0) yield* git.warning("you are switching branch while bisecting");
    }
    const head = yield* git.refs.read("HEAD");
    const [word] = args;
    if (given.orphan !== undefined) {
      if (word !== undefined) throw new Die(`'--orphan' cannot take <start-point>`);
      if (!isValidBranchName(given.orphan)) throw new Die(`'${given.orphan}' is not a valid branch name`);
      if ((yield* git.refs.read(`refs/heads/${given.orphan}`)) !== undefined) throw new Die(`a branch named '${given.orphan}' already exists`);
      yield* moveTree(git, yield* treeFiles(git.sys, git.objects, head === undefined ? EMPTY_TREE : (yield* commits(git).get(head)).tree), new Map(), "checkout");
      yield* git.refs.setSymbolic("HEAD", `refs/heads/${given.orphan}`);
      if (!common.quiet) yield* git.err(`Switched to a new branch '${given.orphan}'\n`);
      return 0;
    }
    const target = word === undefined ? undefined : yield* namedTarget(git, word);
    const name = given.create ?? given.forceCreate;
    if (name !== undefined) {
      if (word !== undefined && !target) throw new Die(`invalid reference: ${word}`);
      if (!target && head === undefined) {
        if (!isValidBranchName(name)) throw new Die(`'${name}' is not a valid branch name`);
        yield* git.refs.setSymbolic("HEAD", `refs/heads/${name}`);
        if (!common.quiet) yield* git.err(`Switched to a new branch '${name}'\n`);
        return 0;
      }
      return yield* switchTo(git, { ...common, branch: name, target: target?.id ?? head, word: target?.word ?? "HEAD", create: given.forceCreate === undefined ? "create" : "reset", track: given.track === undefined ? undefined : given.track !== false, startRef: target?.startRef });
    }
    if (word === undefined) {
      if (given.detach && head !== undefined) return yield* switchTo(git, { ...common, branch: undefined, target: head, word: head, create: "no", track: undefined, startRef: undefined });
      throw new Die("missing branch or commit argument");
    }
    if (!target) {
      const guess = given.guess === false || given.detach ? { found: undefined, several: 0 } : yield* guessRemoteBranch(git, word);
      if (guess.found !== undefined) {
        const id = yield* git.refs.read(guess.found);
        return yield* switchTo(git, { ...common, branch: word, target: id, word: guess.found, create: "create", track: true, startRef: guess.found });
      }
      if (guess.several > 1) throw new Die(`'${word}' matched multiple (${guess.several}) remote tracking branches`);
      if (nameExists(git.sys, git.prefix + word) && !word.includes("/")) throw new Die(`invalid reference: ${word}`);
      throw new Die(`invalid reference: ${word}`);
    }
    if (given.track !== undefined && given.track !== false && target.startRef?.startsWith("refs/remotes/")) {
      return yield* switchTo(git, { ...common, branch: target.startRef.replace(/^refs\/remotes\/[^/]+\//, ""), target: target.id, word: target.word, create: "create", track: true, startRef: target.startRef });
    }
    if (target.branch === undefined && !given.detach) {
      const kind = target.startRef?.startsWith("refs/tags/") ? "tag" : target.startRef?.startsWith("refs/remotes/") ? "remote branch" : "commit";
      throw new Quit(128, `fatal: a branch is expected, got ${kind} '${word}'`, ...(git.advised("suggestDetachingHead") ? ["hint: If you want to detach HEAD at the commit, try again with the --detach option."] : []));
    }
    return yield* switchTo(git, { ...common, branch: given.detach ? undefined : target.branch, target: target.id, word: target.word, create: "no", track: undefined, startRef: target.startRef });
  },
});
