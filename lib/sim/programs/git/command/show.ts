// git show (git-show(1)).
import { Die } from "../base/die.ts";
import { type GitCommand, wordCommand } from "../base/git-command.ts";
import { showDate } from "../base/git-date.ts";
import { startPager } from "../base/pager.ts";
import { DIFF_OPTIONS, formatGiven } from "../diff/diff-options.ts";
import { commits } from "../history/commits.ts";
import { LOG_OPTIONS, parseLogWords } from "../history/log-words.ts";
import { LogPrinter } from "../history/log-printer.ts";
import { walk } from "../history/walk.ts";
import { parseTag } from "../store/commit-object.ts";
import { isTreeMode, parseTree } from "../store/tree-object.ts";

export const show: GitCommand = wordCommand({
  name: "show", summary: "show objects of several kinds", usage: ["git show [<options>] [<object>...]"], needs: "repository", options: [...LOG_OPTIONS, ...DIFF_OPTIONS],
  *run(git, words) {
    const options = yield* parseLogWords(git, words);
    if (!formatGiven(options.diff)) {
      options.diff.patch = true;
    }
    options.diff.merges ??= "cc";
    yield* startPager(git);
    const printer = new LogPrinter(git, options);
    const ranges = options.revisions.some((one) => one.excluded);
    const colored = git.colors("diff", options.diff.color);
    const yellow = (text: string) => (colored ? `${git.colorOf("diff", "commit", "yellow")}${text}\x1b[m` : text);
    if (ranges) {
      for (const one of yield* walk(git, options.walk)) yield* printer.commit(one);
      return 0;
    }
    let first = true;
    for (const { id: named, name } of options.revisions) {
      let id = named;
      for (;;) {
        const object = yield* git.objects.tryRead(id);
        if (!object) throw new Die(`bad object ${name}`);
        if (object.type === "blob") {
          git.out.putBytes(object.body);
          break;
        }
        if (object.type === "tree") {
          if (!first) git.put("\n");
          git.put(`${yellow(`tree ${name}`)}\n\n${parseTree(object.body).map((entry) => `${entry.name}${isTreeMode(entry.mode) ? "/" : ""}\n`).join("")}`);
          break;
        }
        if (object.type === "tag") {
          const tag = parseTag(object.body);
          if (!first) git.put("\n");
          git.put(`${yellow(`tag ${tag.tag}`)}\n`);
          if (tag.tagger) git.put(`Tagger: ${tag.tagger.name} <${tag.tagger.email}>\nDate:   ${yield* showDate(git.calendar, tag.tagger, options.dates)}\n`);
          git.put(`\n${tag.message}`);
          first = false;
          id = tag.object;
          const target = yield* git.objects.tryRead(id);
          if (target?.type === "commit") git.put("\n");
          continue;
        }
        yield* printer.commit({ id, parents: (yield* commits(git).get(id)).parents, boundary: false, mark: "", paths: options.walk.paths });
        break;
      }
      first = false;
    }
    return 0;
  },
});
