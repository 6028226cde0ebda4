// git for-each-ref (git-for-each-ref(1)).
import { gitCommand } from "../base/git-command.ts";
import { flag, number, optional, optionalNext, text, texts } from "../base/options.ts";
import { formatRef, sortRefs } from "../history/ref-format.ts";
import { wildmatch } from "../work-tree/wildmatch.ts";
import { filterRefs } from "./branch.ts";

export const forEachRef = gitCommand({
  name: "for-each-ref", plumbing: true, summary: "print facts of each reference", needs: "repository", operands: "none", usage: ["git for-each-ref [<options>] [<pattern>]", "git for-each-ref [--points-at <object>]", "git for-each-ref [--merged [<commit>]] [--no-merged [<commit>]]", "git for-each-ref [--contains [<commit>]] [--no-contains [<commit>]]"],
  options: { count: number("count", "n", "at most that many"), format: text("format", "format", "how each is shown"), sort: texts("sort", "key", "order"), color: optional("color", "when", "use colours"), pointsAt: text("points-at", "object", "only those of that object"), merged: optionalNext("merged", "commit", "only merged ones"), noMerged: optionalNext("no-merged", "commit", "only those that are not"), contains: optionalNext("contains", "commit", "only those that contain it"), noContains: text("no-contains", "commit", "only those that do not"), ignoreCase: flag("ignore-case", "order ignores case") },
  *run(git, { options: given, args }) {
    let list = yield* filterRefs(git, yield* git.refs.list(), given);
    list = list.filter((ref) => args.length === 0 || args.some((pattern) => ref.name === pattern || ref.name.startsWith(pattern.endsWith("/") ? pattern : `${pattern}/`) || wildmatch(pattern, ref.name, { pathname: true })));
    list = yield* sortRefs(git, list, given.sort, given.ignoreCase ?? false);
    for (const ref of given.count === undefined || given.count === 0 ? list : list.slice(0, given.count)) git.put(`${yield* formatRef(git, ref, given.format ?? "%(objectname) %(objecttype)\t%(refname)")}\n`);
    return 0;
  },
});
