// git check-ignore (git-check-ignore(1)).
import { S } from "../../../kernel/sys.ts";
import { Input } from "../../kit/input.ts";
import { Die } from "../base/die.ts";
import { gitCommand } from "../base/git-command.ts";
import { flag } from "../base/options.ts";
import { Ignore } from "../work-tree/ignore.ts";
import { normalPath } from "../work-tree/pathspec.ts";
import { quotePath } from "../work-tree/quote-path.ts";
import { WorkFiles } from "../work-tree/work-files.ts";

export const checkIgnore = gitCommand({
  name: "check-ignore", plumbing: true, summary: "which files are ignored, and why", needs: "work-tree", usage: ["git check-ignore [<options>] <pathname>...", "git check-ignore [<options>] --stdin"],
  options: { quiet: flag("q quiet", "only the status"), verbose: flag("v verbose", "the rule too"), stdin: flag("stdin", "read names from standard input"), nul: flag("z", "NUL between names"), nonMatching: flag("n non-matching", "with -v: the others too"), noIndex: flag("no-index", "tracked files too") },
  *run(git, { options: given, args }) {
    if (!given.stdin && args.length === 0) throw new Die("no path specified");
    const names = [...args];
    if (given.stdin) {
      const input = new Input(git.sys, 0, git.out);
      for (let line = yield* input.line(); line !== undefined; line = yield* input.line()) names.push(line);
    }
    const index = yield* git.repository.index();
    const ignore = new Ignore(git);
    const files = new WorkFiles(git);
    let found = false;
    for (const name of names) {
      const path = normalPath(git, name);
      const stat = path === "" ? undefined : files.stat(path);
      const directory = name.endsWith("/") || (stat !== undefined && (stat.mode & S.IFMT) === S.IFDIR);
      const tracked = !given.noIndex && index.has(path);
      const rule = tracked || path === "" ? undefined : yield* ignore.rule(path, directory);
      const matches = rule !== undefined && (!rule.negated || given.verbose === true);
      if (matches) found = true;
      if (given.quiet) continue;
      if (given.verbose) {
        if (rule) git.put(`${quotePath(rule.source)}:${rule.line}:${rule.text}\t${quotePath(name)}\n`);
        else if (given.nonMatching) git.put(`::\t${quotePath(name)}\n`);
      } else if (matches) git.put(`${quotePath(name)}\n`);
    }
    return found ? 0 : 1;
  },
});
