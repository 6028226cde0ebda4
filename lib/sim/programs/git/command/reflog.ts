// git reflog (git-reflog(1)).
import { Die } from "../base/die.ts";
import { type GitCommand, wordCommand } from "../base/git-command.ts";
import { startPager } from "../base/pager.ts";
import { DIFF_OPTIONS } from "../diff/diff-options.ts";
import { LOG_OPTIONS, parseLogWords } from "../history/log-words.ts";
import { LogPrinter } from "../history/log-printer.ts";
import { findRef } from "../history/revision.ts";
import { NULL_ID } from "../store/object-id.ts";
import { reflogWalk } from "./log.ts";

export const reflog: GitCommand = wordCommand({
  name: "reflog", plumbing: true, summary: "show where references were", needs: "repository", options: [...LOG_OPTIONS, ...DIFF_OPTIONS], subcommands: ["show", "expire", "delete", "exists"], operands: "none",
  usage: ["git reflog [show] [<log-options>] [<ref>]", "git reflog expire [--expire=<time>] [--expire-unreachable=<time>] [--all | <refs>...]", "git reflog delete [--rewrite] [--updateref] [--dry-run | -n] [--verbose] <ref>@{<specifier>}...", "git reflog exists <ref>"],
  *run(git, words) {
    const [verb, ...rest] = words;
    if (verb === "exists") return git.refs.hasLog(rest[0] ?? "") ? 0 : 1;
    if (verb === "expire") {
      const names = rest.includes("--all") ? ["HEAD", ...(yield* git.refs.list()).map((ref) => ref.name)] : rest.filter((word) => !word.startsWith("-"));
      const everything = rest.some((word) => word === "--expire=now" || word === "--expire=all" || word === "--expire-unreachable=now");
      for (const word of everything ? names : []) {
        const ref = word === "HEAD" ? "HEAD" : (yield* findRef(git, word))?.name;
        if (ref !== undefined && git.refs.hasLog(ref)) yield* git.refs.writeLog(ref, []);
      }
      return 0;
    }
    if (verb === "delete") {
      for (const word of rest.filter((one) => !one.startsWith("-"))) {
        const match = /^(.*)@\{(\d+)\}$/.exec(word);
        const name = match?.[1] === "" || match?.[1] === "HEAD" ? "HEAD" : (yield* findRef(git, match?.[1] ?? ""))?.name;
        if (!match || name === undefined) throw new Die(`no reflog for '${word}'`);
        const log = yield* git.refs.readLog(name);
        const left = log.filter((_, i) => i !== log.length - 1 - Number(match[2]));
        yield* git.refs.writeLog(name, left.map((entry, i) => ({ ...entry, old: left[i - 1]?.id ?? (i === 0 ? entry.old : NULL_ID) })));
      }
      return 0;
    }
    const options = yield* parseLogWords(git, ["-g", ...(verb === "show" ? rest : words)]);
    options.format ??= { kind: "oneline", format: "", terminator: true };
    options.abbrevCommit ??= true;
    yield* startPager(git);
    return yield* reflogWalk(git, options, new LogPrinter(git, options, false));
  },
});
