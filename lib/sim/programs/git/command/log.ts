// git log (git-log(1)); `whatchanged` is a form of it.
import type { Blocking } from "../../../kernel/sys.ts";
import { Die } from "../base/die.ts";
import type { Git } from "../base/git.ts";
import { type GitCommand, wordCommand } from "../base/git-command.ts";
import { showDate } from "../base/git-date.ts";
import { startPager } from "../base/pager.ts";
import { DIFF_OPTIONS, formatGiven } from "../diff/diff-options.ts";
import { commits, peel } from "../history/commits.ts";
import { LOG_OPTIONS, type LogOptions, parseLogWords } from "../history/log-words.ts";
import { LogPrinter } from "../history/log-printer.ts";
import { prettyFormat } from "../history/pretty.ts";
import { findRef } from "../history/revision.ts";
import { walk } from "../history/walk.ts";
import { NULL_ID } from "../store/object-id.ts";
import { changes } from "../history/walk.ts";

export function* showLog(git: Git, options: LogOptions): Blocking<number> {
  const set = git.config.get("format.pretty");
  if (options.format === undefined && set !== undefined) options.format = prettyFormat(git, set);
  if (options.format?.kind === "oneline" && options.diff.abbrev !== undefined) options.abbrevCommit = true;
  if (!options.walk.paths.empty && options.walk.paths.items.length === 1 && git.config.boolean("log.follow", false)) options.walk.follow = true;
  yield* startPager(git);
  const printer = new LogPrinter(git, options, options.diff.merges !== undefined);
  if (options.reflog) return yield* reflogWalk(git, options, printer);
  if (options.diff.merges === undefined && options.walk.firstParent && formatGiven(options.diff)) options.diff.merges = "first";
  // Where commits are searched by what they change, the count is of those that are shown.
  const searching = options.diff.pickaxe !== undefined || options.diff.filter !== "";
  const most = options.walk.maxCount;
  if (searching) options.walk.maxCount = undefined;
  let left = most ?? Number.POSITIVE_INFINITY;
  for (const one of yield* walk(git, options.walk)) {
    if (left <= 0) break;
    if (yield* printer.commit(one)) left--;
    else if (!searching) left--;
  }
  printer.finish();
  return 0;
}

export function* reflogWalk(git: Git, options: LogOptions, printer: LogPrinter): Blocking<number> {
  const names = options.revisions.length === 0 ? ["HEAD"] : options.revisions.map((one) => one.name);
  let shown = 0;
  for (const word of names) {
    const at = /^(.*?)@\{(.*)\}$/.exec(word);
    const given = at ? (at[1] === "" ? ((yield* git.refs.symbolicTarget("HEAD"))?.replace(/^refs\/heads\//, "") ?? "HEAD") : (at[1] ?? "")) : word;
    const full = given === "HEAD" || given === "@" ? "HEAD" : (yield* findRef(git, given))?.name;
    if (full === undefined) throw new Die(`ambiguous argument '${word}': unknown revision or path not in the working tree.`);
    const entries = (yield* git.refs.readLog(full)).reverse();
    const first = /^\d+$/.test(at?.[2] ?? "") ? Number(at?.[2]) : 0;
    const dated = at !== null && !/^\d+$/.test(at[2] ?? "");
    for (const [n, entry] of entries.entries()) {
      if (n < first || entry.id === NULL_ID) continue;
      const commit = yield* peel(git, entry.id, "commit");
      if (commit === undefined) continue;
      if (options.walk.maxCount !== undefined && shown >= options.walk.maxCount) return 0;
      if (options.walk.since !== undefined && entry.who.seconds < options.walk.since) continue;
      if (!options.walk.paths.empty) {
        const read = yield* commits(git).get(commit);
        const parent = read.parents[0];
        if (!(yield* changes(git, parent === undefined ? undefined : (yield* commits(git).get(parent)).tree, read.tree, options.walk.paths))) continue;
      }
      shown++;
      const selector = `${given}@{${dated || options.dates.kind !== "default" ? yield* showDate(git.calendar, entry.who, options.dates) : n}}`;
      yield* printer.commit({ id: commit, parents: (yield* commits(git).get(commit)).parents, boundary: false, mark: "", paths: options.walk.paths }, { selector, who: entry.who, message: entry.message });
    }
  }
  return 0;
}

const usage = ["git log [<options>] [<revision-range>] [[--] <path>...]", "git show [<options>] <object>..."];

export const log: GitCommand = wordCommand({
  name: "log", summary: "show the commits", usage, needs: "repository", options: [...LOG_OPTIONS, ...DIFF_OPTIONS],
  *run(git, words) {
    return yield* showLog(git, yield* parseLogWords(git, words));
  },
});

export const whatchanged: GitCommand = wordCommand({
  name: "whatchanged", plumbing: true, summary: "show the commits with what each changed", usage: ["git whatchanged [<options>] [<revision-range>] [[--] <path>...]"], needs: "repository", options: [...LOG_OPTIONS, ...DIFF_OPTIONS],
  *run(git, words) {
    const options = yield* parseLogWords(git, words);
    if (!formatGiven(options.diff)) options.diff.raw = true;
    options.walk.maxParents = 1;
    return yield* showLog(git, options);
  },
});
