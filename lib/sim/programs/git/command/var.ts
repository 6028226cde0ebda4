// git var (git-var(1)).
import { Die } from "../base/die.ts";
import { gitCommand } from "../base/git-command.ts";
import { editorOf } from "../base/editor.ts";
import { flag } from "../base/options.ts";
import { pagerOf } from "../base/pager.ts";
import { signatureText } from "../store/commit-object.ts";

export const gitVar = gitCommand({
  name: "var", plumbing: true, summary: "print a variable of git", needs: "any", operands: "none", usage: ["git var (-l | <variable>)"], options: { list: flag("l", "all of them") },
  *run(git, { options, args }) {
    const names = options.list ? ["GIT_COMMITTER_IDENT", "GIT_AUTHOR_IDENT", "GIT_EDITOR", "GIT_PAGER"] : args;
    if (options.list) for (const entry of git.config.entries) git.put(`${entry.key}=${entry.value ?? ""}\n`);
    if (names.length !== 1 && !options.list) throw new Die("usage: git var (-l | <variable>)", 129);
    for (const name of names) {
      const value = name === "GIT_AUTHOR_IDENT" ? signatureText(yield* git.ident("author", !options.list)) : name === "GIT_COMMITTER_IDENT" ? signatureText(yield* git.ident("committer", !options.list)) : name === "GIT_EDITOR" ? editorOf(git) : name === "GIT_PAGER" ? pagerOf(git) : name === "GIT_DEFAULT_BRANCH" ? (git.config.get("init.defaultbranch") ?? "master") : undefined;
      if (value === undefined) throw new Die("usage: git var (-l | <variable>)", 129);
      git.put(`${options.list ? `${name}=` : ""}${value}\n`);
    }
    return 0;
  },
});
