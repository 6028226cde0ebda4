// git describe (git-describe(1)).
import { Die } from "../base/die.ts";
import { gitCommand } from "../base/git-command.ts";
import { flag, number, optional, texts } from "../base/options.ts";
import { commits, peel } from "../history/commits.ts";
import { commitOrDie } from "../history/revision.ts";
import { workPairs, indexPairs } from "../diff/pairs.ts";
import { WorkFiles } from "../work-tree/work-files.ts";
import { wildmatch } from "../work-tree/wildmatch.ts";

export const describe = gitCommand({
  name: "describe", plumbing: true, summary: "name a commit by the nearest tag", needs: "repository", operands: "none", usage: ["git describe [--all] [--tags] [--contains] [--abbrev=<n>] [<commit-ish>...]", "git describe [--all] [--tags] [--contains] [--abbrev=<n>] --dirty[=<mark>]"],
  options: { contains: flag("contains", "the tag that comes after"), all: flag("all", "any reference"), tags: flag("tags", "light tags too"), long: flag("long", "always the long form"), firstParent: flag("first-parent", "first parents only"), abbrev: number("abbrev", "n", "digits of the id"), exact: flag("exact-match", "only a tag of that very commit"), candidates: number("candidates", "n", "accepted"), match: texts("match", "pattern", "only such tags"), exclude: texts("exclude", "pattern", "not such tags"), always: flag("always", "the id when nothing else fits"), dirty: optional("dirty", "mark", "a mark when the work tree is changed"), debug: flag("debug", "accepted") },
  *run(git, { options: given, args }) {
    const store = commits(git);
    if (given.contains) return yield* git.unsimulated("--contains", "use git tag --contains");
    const words = args.length > 0 ? args : ["HEAD"];
    const named = new Map<string, { readonly name: string; readonly rank: number }>();
    let light = 0;
    for (const ref of yield* git.refs.list()) {
      const tag = ref.name.startsWith("refs/tags/");
      if (!tag && !given.all) continue;
      const short = tag && !given.all ? ref.name.slice(10) : ref.name.slice(5);
      if (given.match.length > 0 && !given.match.some((pattern) => wildmatch(pattern, ref.name.replace(/^refs\/(tags|heads|remotes)\//, "")))) continue;
      if (given.exclude.some((pattern) => wildmatch(pattern, ref.name.replace(/^refs\/(tags|heads|remotes)\//, "")))) continue;
      const annotated = tag && (yield* git.objects.read(ref.id)).type === "tag";
      const commit = yield* peel(git, ref.id, "commit");
      if (commit === undefined) continue;
      const rank = annotated ? 2 : tag ? 1 : 0;
      if (rank < 2 && !given.tags && !given.all) {
        light++;
        continue;
      }
      const known = named.get(commit);
      if (!known || rank > known.rank) named.set(commit, { name: short, rank });
    }
    for (const word of words) {
      const id = yield* commitOrDie(git, word, `Not a valid object name ${word}`);
      let suffix = "";
      if (given.dirty !== undefined && given.dirty !== false && args.length === 0) {
        const index = yield* git.repository.index();
        const changed = (yield* workPairs(index, new WorkFiles(git))).length > 0 || (yield* indexPairs(git, (yield* store.get(id)).tree, index)).length > 0;
        if (changed) suffix = given.dirty === true ? "-dirty" : given.dirty;
      }
      const exact = named.get(id);
      const short = yield* git.objects.abbreviate(id, given.abbrev === undefined || given.abbrev === 0 ? 7 : given.abbrev);
      if (exact && !given.long) {
        git.put(`${exact.name}${suffix}\n`);
        continue;
      }
      if (!exact && given.exact) throw new Die(`no tag exactly matches '${id}'`);
      // Nearest first, by how many commits lie between.
      let best: { readonly name: string; readonly depth: number } | undefined;
      const all = yield* store.ancestors([id]);
      for (const [commit, { name }] of named) {
        if (!all.has(commit)) continue;
        const behind = yield* store.ancestors([commit]);
        const depth = [...all].filter((one) => !behind.has(one)).length;
        if (!best || depth < best.depth) best = { name, depth };
      }
      if (!best) {
        if (given.always) {
          git.put(`${short}${suffix}\n`);
          continue;
        }
        if (named.size === 0 && light === 0) throw new Die("No names found, cannot describe anything.");
        throw new Die(light > 0 && named.size === 0 ? `No annotated tags can describe '${id}'.\nHowever, there were unannotated tags: try --tags.` : `No tags can describe '${id}'.\nTry --always, or create some tags.`);
      }
      git.put(given.abbrev === 0 ? `${best.name}${suffix}\n` : `${best.name}-${best.depth}-g${short}${suffix}\n`);
    }
    return 0;
  },
});
