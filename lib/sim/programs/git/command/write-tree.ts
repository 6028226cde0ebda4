// git write-tree (git-write-tree(1)).
import { Die } from "../base/die.ts";
import { gitCommand } from "../base/git-command.ts";
import { flag, text } from "../base/options.ts";
import { writeIndexTree } from "../store/tree-files.ts";

export const writeTree = gitCommand({
  name: "write-tree", plumbing: true, summary: "make a tree object of the index", needs: "repository", operands: "none", usage: ["git write-tree [--missing-ok] [--prefix=<prefix>/]"], options: { missing: flag("missing-ok", "objects may be missing"), prefix: text("prefix", "prefix", "accepted") },
  *run(git) {
    const index = yield* git.repository.index();
    if (index.unmerged.length > 0) throw new Die("git-write-tree: error building trees", 128, index.entries.filter((entry) => entry.stage > 0).map((entry) => `${entry.path}: unmerged (${entry.id})`));
    git.put(`${yield* writeIndexTree(git.sys, git.objects, index)}\n`);
    return 0;
  },
});
