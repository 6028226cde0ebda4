// git fsck (git-fsck(1)).
import { Die } from "../base/die.ts";
import { gitCommand } from "../base/git-command.ts";
import { flag } from "../base/options.ts";
import { connectedObjects, roots } from "../history/connected.ts";
import { parseCommit, parseTag } from "../store/commit-object.ts";
import { hashObject } from "../store/object-id.ts";
import { parseTree } from "../store/tree-object.ts";

export const fsck = gitCommand({
  name: "fsck", plumbing: true, summary: "check that objects are sound and complete", needs: "repository", operands: "none", usage: ["git fsck [--tags] [--root] [--unreachable] [--cache] [--no-reflogs]", "         [--[no-]full] [--strict] [--verbose] [--lost-found]", "         [--[no-]dangling] [--[no-]progress] [--connectivity-only]", "         [--[no-]name-objects] [<object>...]"],
  options: { verbose: flag("v verbose", "say more"), unreachable: flag("unreachable", "every object that nothing leads to"), dangling: flag("dangling", "those that nothing names (default)"), tags: flag("tags", "tags"), root: flag("root", "first commits"), cache: flag("cache", "accepted"), reflogs: flag("reflogs", "what reflogs name counts as reachable"), full: flag("full", "accepted"), connectivity: flag("connectivity-only", "accepted"), strict: flag("strict", "accepted"), lostFound: flag("lost-found", "accepted"), progress: flag("progress", "show progress"), nameObjects: flag("name-objects", "accepted") },
  *run(git, { options }) {
    let status = 0;
    const ids = yield* git.objects.allIds();
    if (git.sys.isatty(2) && options.progress !== false) yield* git.err("Checking object directories: 100% (256/256), done.\n");
    for (const id of ids) {
      try {
        const object = yield* git.objects.tryRead(id);
        if (object && hashObject(object.type, object.body) !== id) {
          yield* git.error(`${id}: hash-path mismatch, found at: .git/objects/${id.slice(0, 2)}/${id.slice(2)}`);
          status |= 1;
        }
      } catch (error) {
        if (!(error instanceof Die)) throw error;
        for (const line of error.before) yield* git.err(`${line}\n`);
        yield* git.error(`${id}: object corrupt or missing: .git/objects/${id.slice(0, 2)}/${id.slice(2)}`);
        status |= 1;
      }
    }
    if (status !== 0) return status;
    const missing: string[] = [];
    const head = yield* git.refs.read("HEAD");
    if (head === undefined) yield* git.err(`notice: HEAD points to an unborn branch (${((yield* git.refs.symbolicTarget("HEAD")) ?? "").replace(/^refs\/heads\//, "")})\n`);
    const seen = yield* connectedObjects(git, yield* roots(git, options.reflogs !== false), (id, from) => missing.push(from === "" ? `missing ${id}` : `broken link from ${from} to ${id}`));
    for (const line of missing) {
      git.put(`${line}\n`);
      status |= 2;
    }
    if ((yield* git.refs.list()).length === 0 && head === undefined) yield* git.err("notice: No default references\n");
    const lost = ids.filter((id) => !seen.has(id));
    const named = new Set<string>();
    for (const id of lost) {
      const object = yield* git.objects.read(id);
      if (object.type === "commit") for (const one of [parseCommit(object.body).tree, ...parseCommit(object.body).parents]) named.add(one);
      else if (object.type === "tree") for (const entry of parseTree(object.body)) named.add(entry.id);
      else if (object.type === "tag") named.add(parseTag(object.body).object);
    }
    for (const id of lost) {
      const { type } = yield* git.objects.read(id);
      if (options.unreachable) git.say(`unreachable ${type} ${id}\n`);
      else if (options.dangling !== false && !named.has(id)) git.say(`dangling ${type} ${id}\n`);
    }
    return status;
  },
});

