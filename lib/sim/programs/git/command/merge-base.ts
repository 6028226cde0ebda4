// git merge-base (git-merge-base(1)).
import { Die } from "../base/die.ts";
import { gitCommand } from "../base/git-command.ts";
import { flag } from "../base/options.ts";
import { commits } from "../history/commits.ts";
import { commitOrDie } from "../history/revision.ts";

export const mergeBase = gitCommand({
  name: "merge-base", plumbing: true, summary: "find the best common ancestors", needs: "repository", operands: "none", usage: ["git merge-base [-a | --all] <commit> <commit>...", "git merge-base [-a | --all] --octopus <commit>...", "git merge-base --is-ancestor <commit> <commit>", "git merge-base --independent <commit>..."],
  options: { all: flag("a all", "all of them"), octopus: flag("octopus", "of all together"), independent: flag("independent", "those that none of the others has behind it"), isAncestor: flag("is-ancestor", "only the status"), forkPoint: flag("fork-point", "accepted") },
  *run(git, { options, args }) {
    const ids: string[] = [];
    for (const word of args) ids.push(yield* commitOrDie(git, word, `Not a valid object name ${word}`));
    const [first, second, ...rest] = ids;
    const store = commits(git);
    if (options.independent) {
      for (const id of yield* store.independent(ids)) git.put(`${id}\n`);
      return 0;
    }
    if (first === undefined || second === undefined) throw new Die("usage: git merge-base [-a | --all] <commit> <commit>...", 129);
    if (options.isAncestor) return (yield* store.isAncestor(first, second)) ? 0 : 1;
    const bases = yield* store.mergeBases(first, second, ...rest);
    for (const id of options.all ? bases : bases.slice(0, 1)) git.put(`${id}\n`);
    return bases.length > 0 ? 0 : 1;
  },
});
