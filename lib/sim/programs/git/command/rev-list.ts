// git rev-list (git-rev-list(1)).
import { Quit } from "../base/die.ts";
import { type GitCommand, wordCommand } from "../base/git-command.ts";
import { LOG_OPTIONS, parseLogWords } from "../history/log-words.ts";
import { Pretty } from "../history/pretty.ts";
import { Graph } from "../history/graph.ts";
import { walk } from "../history/walk.ts";
import { neededObjects } from "../transport/reachable.ts";

export const revList: GitCommand = wordCommand({
  name: "rev-list", plumbing: true, summary: "list commits, newest first", usage: ["git rev-list [<options>] <commit>... [--] [<path>...]"], needs: "repository", options: LOG_OPTIONS, operands: "none",
  *run(git, words) {
    const options = yield* parseLogWords(git, words, { withoutHead: true, unknown: () => { throw new Quit(129, "usage: git rev-list [<options>] <commit>... [--] [<path>...]", ""); } });
    if (!options.hasRevisions) throw new Quit(129, "usage: git rev-list [<options>] <commit>... [--] [<path>...]", "");
    const found = yield* walk(git, options.walk);
    if (options.count) {
      git.put(options.leftRight ? `${found.filter((one) => one.mark === "<").length}\t${found.filter((one) => one.mark === ">").length}\n` : `${found.length}\n`);
      return 0;
    }
    if (options.objects) {
      for (const id of yield* neededObjects(git, options.walk.starts, options.walk.excluded)) git.put(`${id}\n`);
      return 0;
    }
    const pretty = options.format && new Pretty(git, { format: options.format, dates: options.dates, abbrevCommit: options.abbrevCommit ?? false, abbrev: options.diff.abbrev, decorations: undefined, colored: false, expandTabs: true, showParents: options.showParents });
    const graph = options.graph ? new Graph(false) : undefined;
    for (const one of found) {
      const id = options.abbrevCommit ? yield* git.objects.abbreviate(one.id) : one.id;
      const parents = options.showParents ? one.parents.map((parent) => ` ${parent}`).join("") : "";
      const mark = one.boundary ? "-" : options.leftRight ? one.mark : "";
      const text = pretty ? (pretty.options.format.kind === "oneline" ? `${yield* pretty.text(one.id, one.parents, mark)}\n` : `commit ${mark}${id}${parents}\n${pretty.options.format.kind === "user" ? `${yield* pretty.text(one.id, one.parents)}\n` : `${(yield* pretty.text(one.id, one.parents)).replace(/^.*\n/, "")}\n`}`) : `${mark}${id}${parents}\n`;
      if (graph) {
        graph.update(one.id, one.parents);
        for (;;) {
          const row = graph.next();
          git.put(row.text);
          if (row.commit) break;
          git.put("\n");
        }
        git.put(text);
        while (!graph.finished) git.put(`${graph.next().text}\n`);
      } else git.put(text);
      yield* git.flushIfFull();
    }
    return 0;
  },
});
