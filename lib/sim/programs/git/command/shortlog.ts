// git shortlog (git-shortlog(1)).
import { type GitCommand, wordCommand } from "../base/git-command.ts";
import { Quit } from "../base/die.ts";
import { startPager } from "../base/pager.ts";
import { commits } from "../history/commits.ts";
import { LOG_OPTIONS, parseLogWords } from "../history/log-words.ts";
import { walk } from "../history/walk.ts";
import { subjectOf } from "../store/commit-object.ts";
import { byName } from "../store/tree-object.ts";

export const shortlog: GitCommand = wordCommand({
  name: "shortlog", plumbing: true, summary: "commits by author", needs: "repository", options: LOG_OPTIONS, operands: "none", usage: ["git shortlog [<options>] [<revision-range>] [[--] <path>...]", "git log --pretty=short | git shortlog [<options>]"],
  *run(git, words) {
    let summary = false;
    let numbered = false;
    let email = false;
    let committer = false;
    const options = yield* parseLogWords(git, words, {
      own(list, at) {
        const word = list[at] ?? "";
        if (/^-[snec]+$/.test(word)) {
          summary ||= word.includes("s");
          numbered ||= word.includes("n");
          email ||= word.includes("e");
          committer ||= word.includes("c");
          return 1;
        }
        if (word === "--summary") summary = true;
        else if (word === "--numbered") numbered = true;
        else if (word === "--email") email = true;
        else if (word === "--committer") committer = true;
        else return 0;
        return 1;
      },
      unknown: (word) => { throw new Quit(129, `error: unrecognized argument: ${word}`); },
    });
    yield* startPager(git);
    const people = new Map<string, string[]>();
    for (const one of yield* walk(git, options.walk)) {
      const commit = yield* commits(git).get(one.id);
      const who = committer ? commit.committer : commit.author;
      const name = email ? `${who.name} <${who.email}>` : who.name;
      people.set(name, [subjectOf(commit.message).replace(/^\[PATCH[^\]]*\] */, ""), ...(people.get(name) ?? [])]);
    }
    const list = [...people].sort(([a], [b]) => byName(a, b));
    if (numbered) list.sort(([, a], [, b]) => b.length - a.length);
    for (const [name, subjects] of list) git.put(summary ? `${String(subjects.length).padStart(6)}\t${name}\n` : `${name} (${subjects.length}):\n${subjects.map((subject) => `      ${subject}\n`).join("")}\n`);
    return 0;
  },
});
