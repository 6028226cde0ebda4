// Commands of git that exist and are not simulated: they say so once, plainly.
import { type GitCommand, wordCommand } from "../base/git-command.ts";

const WHY: readonly (readonly [name: string, why: string])[] = [
  ["am", "carry commits over with fetch, or apply them with patch and commit"], ["apply", "use patch -p1"], ["bundle", "use clone or fetch"], ["fast-export", "use clone"], ["fast-import", "use clone"], ["filter-branch", "use rebase"], ["format-patch", "use git show or git diff"], ["gui", "there is no graphical desktop"], ["instaweb", "there is no web server for it"], ["name-rev", "use git describe"], ["cherry", "use git log A..B"], ["notes", "write it into the message"], ["range-diff", "compare two logs"], ["request-pull", "use git log and git diff"], ["rerere", "resolve the conflict again"],
  ["send-email", "there is no mail"], ["sparse-checkout", "all files are checked out"], ["submodule", "clone the other repository beside this one"], ["subtree", "clone the other repository beside this one"], ["svn", "there is no Subversion"], ["verify-commit", "commits are not signed"], ["verify-tag", "tags are not signed"], ["worktree", "clone the repository once more"], ["maintenance", "use git gc"], ["difftool", "use git diff"], ["mergetool", "edit the files and git add them"],
];

export const notSimulated: readonly GitCommand[] = WHY.map(([name, why]) =>
  wordCommand({
    name, plumbing: true, summary: `not simulated: ${why}`, usage: [`git ${name} [<options>]`], needs: "none", options: [],
    *run(git) {
      git.command = name;
      git.sys.observe({ kind: "unsimulated", command: `git ${name}`, detail: "command" });
      yield* git.err(`git ${name} is not simulated: ${why}\n`);
      return 128;
    },
  }),
);
