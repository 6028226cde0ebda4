// git pull (git-pull(1)): fetch, then merge or rebase.
import type { Blocking } from "../../../kernel/sys.ts";
import { Die, Quit } from "../base/die.ts";
import type { Git } from "../base/git.ts";
import { gitCommand } from "../base/git-command.ts";
import { flag, optional, text, texts } from "../base/options.ts";
import { commits } from "../history/commits.ts";
import { currentBranch, upstreamOf } from "../history/upstream.ts";
import { NULL_ID } from "../store/object-id.ts";
import { treeFiles } from "../store/tree-files.ts";
import { moveTree } from "../work-tree/move-tree.ts";
import { operationState } from "../work-tree/operation-state.ts";
import { indexPairs, workPairs } from "../diff/pairs.ts";
import { WorkFiles } from "../work-tree/work-files.ts";
import { shortRefName } from "../store/ref-name.ts";
import { defaultRemote, fetch } from "./fetch.ts";
import { merge } from "./merge.ts";
import { rebase } from "./rebase.ts";

const DIVERGENT = `You have divergent branches and need to specify how to reconcile them.
You can do so by running one of the following commands sometime before
your next pull:

  git config pull.rebase false  # merge
  git config pull.rebase true   # rebase
  git config pull.ff only       # fast-forward only

You can replace "git config" with "git config --global" to set a default
preference for all repositories. You can also pass --rebase, --no-rebase,
or --ff-only on the command line to override the configured default per
invocation.
`;

export const pull = gitCommand({
  name: "pull", summary: "fetch from another repository or branch and integrate it", usage: ["git pull [<options>] [<repository> [<refspec>...]]"], needs: "work-tree",
  options: {
    verbose: flag("v verbose", "say more"), quiet: flag("q quiet", "say less"), progress: flag("progress", "show progress"), recurse: optional("recurse-submodules", "on-demand", "submodules (not here)"), rebase: optional("r rebase", "mode", "rebase instead of merging"), noStat: flag("n", "no summary at the end"), stat: flag("stat", "a summary at the end"), squash: flag("squash", "the changes without the history"), commit: flag("commit", "commit the result"), edit: flag("e edit", "edit the message"), ff: flag("ff", "go forward where that is enough"), ffOnly: flag("ff-only", "go forward or not at all"), strategy: texts("s strategy", "strategy", "how to merge"), strategyOption: texts("X strategy-option", "option=value", "ours, theirs"), autostash: flag("autostash", "stash local changes for the time of it"), unrelated: flag("allow-unrelated-histories", "also without a common ancestor"), all: flag("all", "fetch from all remotes"), append: flag("a append", "add to FETCH_HEAD"), force: flag("f force", "also what does not go forward"), tags: flag("t tags", "all tags"), prune: flag("p prune", "forget branches that are gone"), depth: text("depth", "depth", "only the last commits"), upstream: flag("set-upstream", "let the branch follow what is pulled"), dryRun: flag("dry-run", "only show what would be fetched"), log: optional("log", "n", "accepted"), signoff: flag("signoff", "close the message with a Signed-off-by line"), cleanup: text("cleanup", "mode", "how to clean the message"),
  },
  *run(git, { options: given, args }) {
    const { refs, repository } = git;
    const index = yield* repository.index();
    if (index.unmerged.length > 0) {
      for (const path of index.unmerged) git.put(`U\t${path}\n`);
      yield* git.error("Pulling is not possible because you have unmerged files.");
      yield* git.advice("resolveConflict", "Fix them up in the work tree, and then use 'git add/rm <file>'\nas appropriate to mark resolution and make a commit.");
      throw new Die("Exiting because of an unresolved conflict.");
    }
    const state = yield* operationState(git);
    if (state.merge) throw new Die("Exiting because of unfinished merge.", 128, ["error: You have not concluded your merge (MERGE_HEAD exists).", "hint: Please, commit your changes before merging."]);
    const branch = yield* currentBranch(git);
    const setting = given.rebase === undefined ? (branch === undefined ? undefined : git.config.get(`branch.${branch}.rebase`)) ?? git.config.get("pull.rebase") : given.rebase === true ? "true" : given.rebase === false ? "false" : given.rebase;
    const rebasing = setting !== undefined && setting !== "false" && setting !== "no" && setting !== "0" && setting !== "off";
    const ffConfig = git.config.get("pull.ff");
    const ffOnly = given.ffOnly ?? (given.ff === undefined && ffConfig === "only" && given.rebase === undefined);
    const noFf = given.ff === false || (given.ff === undefined && !ffOnly && ffConfig !== undefined && ffConfig !== "only" && !git.config.boolean("pull.ff", true));
    const before = yield* refs.read("HEAD");
    if (rebasing && before !== undefined && !(given.autostash ?? git.config.boolean("rebase.autostash", false))) {
      const files = new WorkFiles(git);
      yield* files.refresh(index);
      const dirty = (yield* workPairs(index, files)).length > 0;
      const staged = (yield* indexPairs(git, (yield* commits(git).get(before)).tree, index)).length > 0;
      if (dirty || staged) throw new Quit(128, ...(dirty ? ["error: cannot pull with rebase: You have unstaged changes."] : []), ...(staged ? [dirty ? "error: additionally, your index contains uncommitted changes." : "error: cannot pull with rebase: Your index contains uncommitted changes."] : []), "error: please commit or stash them.");
    }
    const status = yield* fetch.run(git, [...(given.quiet ? ["-q"] : []), ...(given.verbose ? ["-v"] : []), ...(given.all ? ["--all"] : []), ...(given.force ? ["-f"] : []), ...(given.tags ? ["--tags"] : []), ...(given.prune ? ["--prune"] : []), ...(given.depth === undefined ? [] : ["--depth", given.depth]), ...(given.dryRun ? ["--dry-run"] : []), ...args]);
    if (status !== 0 || given.dryRun) return status;
    const heads = ((yield* git.state("FETCH_HEAD")) ?? "").split("\n").filter((line) => line !== "" && !line.includes("\tnot-for-merge\t")).map((line) => line.slice(0, 40));
    const [target] = heads;
    if (target === undefined) return yield* nothingToMerge(git, args, rebasing ? "rebase against" : "merge with", branch);
    if (heads.length > 1 && rebasing) throw new Die("Cannot rebase onto multiple branches.");
    if (before === undefined) {
      yield* moveTree(git, new Map(), yield* treeFiles(git.sys, git.objects, (yield* commits(git).get(target)).tree), "merge");
      yield* refs.update("HEAD", { id: target, old: NULL_ID, message: "initial pull" });
      return 0;
    }
    const store = commits(git);
    const forward = heads.length === 1 && (yield* store.isAncestor(before, target));
    const done = heads.length === 1 && (yield* store.isAncestor(target, before));
    if (ffOnly && !forward && !done) {
      yield* git.advice("diverging", "Diverging branches can't be fast-forwarded, you need to either:\n\n\tgit merge --no-ff\n\nor:\n\n\tgit rebase\n\nDisable this message with \"git config advice.diverging false\"");
      throw new Die("Not possible to fast-forward, aborting.");
    }
    if (setting === undefined && !forward && !done && !noFf && given.ff === undefined && !ffOnly && ffConfig === undefined && given.squash === undefined) {
      yield* git.err(DIVERGENT.split("\n").slice(0, -1).map((line) => `hint: ${line}\n`).join(""));
      throw new Die("Need to specify how to reconcile divergent branches.");
    }
    if (rebasing && !done) {
      if (forward) return yield* merge.run(git, ["--ff-only", ...(given.quiet ? ["-q"] : []), "FETCH_HEAD"]);
      return yield* rebase.run(git, [...(given.quiet ? ["-q"] : []), ...(given.autostash ? ["--autostash"] : []), "--onto", target, target]);
    }
    if (rebasing && done) {
      if (!given.quiet) git.say(branch === undefined ? "HEAD is up to date.\n" : `Current branch ${branch} is up to date.\n`);
      return 0;
    }
    return yield* merge.run(git, [...(given.quiet ? ["-q"] : []), ...(given.noStat || given.stat === false ? ["-n"] : []), ...(given.squash ? ["--squash"] : []), ...(given.commit === false ? ["--no-commit"] : []), ...(given.edit === true ? ["--edit"] : given.edit === false ? ["--no-edit"] : []), ...(noFf ? ["--no-ff"] : []), ...(ffOnly ? ["--ff-only"] : []), ...given.strategy.flatMap((one) => ["-s", one]), ...given.strategyOption.flatMap((one) => ["-X", one]), ...(given.unrelated ? ["--allow-unrelated-histories"] : []), "FETCH_HEAD"]);
  },
});

function* nothingToMerge(git: Git, args: readonly string[], doing: string, branch: string | undefined): Blocking<number> {
  const [verb] = doing.split(" ");
  if (args.length > 1) {
    yield* git.err(`There are no candidates for ${verb === "rebase" ? "rebasing against" : "merging"} among the refs that you just fetched.\nGenerally this means that you provided a wildcard refspec which had no\nmatches on the remote end.\n`);
    return 1;
  }
  if (args.length === 1 && branch !== undefined) {
    yield* git.err(`You asked to pull from the remote '${args[0]}', but did not specify\na branch. Because this is not the default configured remote\nfor your current branch, you must specify a branch on the command line.\n`);
    return 1;
  }
  if (branch === undefined) {
    yield* git.err(`You are not currently on a branch.\nPlease specify which branch you want to ${doing}.\nSee git-pull(1) for details.\n\n    git pull <remote> <branch>\n\n`);
    return 1;
  }
  const upstream = upstreamOf(git, branch);
  if (upstream) {
    yield* git.err(`Your configuration specifies to ${doing} the ref '${upstream.merge}'\nfrom the remote, but no such ref was fetched.\n`);
    return 1;
  }
  const remotes = git.config.subsections("remote").filter((name) => git.config.has(`remote.${name}.url`));
  const remote = remotes.length === 1 ? (remotes[0] ?? "<remote>") : remotes.length > 1 ? yield* defaultRemote(git) : "<remote>";
  yield* git.err(`There is no tracking information for the current branch.\nPlease specify which branch you want to ${doing}.\nSee git-pull(1) for details.\n\n    git pull <remote> <branch>\n\nIf you wish to set tracking information for this branch you can do so with:\n\n    git branch --set-upstream-to=${remotes.length === 1 ? remote : "<remote>"}/<branch> ${shortRefName(branch)}\n\n`);
  return 1;
}
