// git restore (git-restore(1)).
import { Die } from "../base/die.ts";
import { gitCommand } from "../base/git-command.ts";
import { flag, optional, refused, text } from "../base/options.ts";
import { peel } from "../history/commits.ts";
import { resolve } from "../history/revision.ts";
import { checkoutPaths } from "../work-tree/checkout-paths.ts";

export const restore = gitCommand({
  name: "restore", summary: "bring files back to a former state", usage: ["git restore [<options>] [--source=<branch>] <file>..."], needs: "work-tree",
  options: {
    source: text("s source", "tree-ish", "where the files come from"), staged: flag("S staged", "restore the index"), worktree: flag("W worktree", "restore the work tree (default)"), ignoreUnmerged: flag("ignore-unmerged", "pass over files in conflict"), overlay: flag("overlay", "keep files that the source has not"), quiet: flag("q quiet", "say less"), recurse: optional("recurse-submodules", "checkout", "submodules (not here)"), progress: flag("progress", "show progress"), merge: flag("m merge", "make conflicts again"), conflict: text("conflict", "style", "how conflicts are marked"), ours: flag("2 ours", "our version of files in conflict"), theirs: flag("3 theirs", "their version of files in conflict"), patch: refused("p patch", "choose hunks", "whole files are restored"), ignoreSkip: flag("ignore-skip-worktree-bits", "accepted"), fromFile: refused("pathspec-from-file", "read names from a file", "name them as arguments", "file"),
  },
  *run(git, { options: given, args }) {
    const index = given.staged ?? false;
    const workTree = given.worktree ?? !index;
    if (args.length === 0) throw new Die("you must specify path(s) to restore");
    const name = given.source ?? (index ? "HEAD" : undefined);
    let source: string | undefined;
    if (name !== undefined) {
      const id = yield* resolve(git, name);
      source = id === undefined ? undefined : yield* peel(git, id, "tree");
      if (source === undefined) {
        if (given.source === undefined && (yield* git.refs.read("HEAD")) === undefined) throw new Die("could not resolve HEAD");
        throw new Die(`could not resolve ${name}`);
      }
    }
    return yield* checkoutPaths(git, { paths: args, source, sourceName: name, overlay: given.overlay ?? false, index, workTree, force: given.ignoreUnmerged ?? false, side: given.ours ? 2 : given.theirs ? 3 : undefined, quiet: given.quiet ?? false, tell: false, ...(given.merge && { remerge: true }) });
  },
});

