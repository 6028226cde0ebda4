// Which objects somebody needs who wants some commits and has others.
import type { Blocking } from "../../../kernel/sys.ts";
import type { Git } from "../base/git.ts";
import { commits } from "../history/commits.ts";
import { parseTag } from "../store/commit-object.ts";
import type { ObjectId } from "../store/object-id.ts";
import { SUBMODULE_MODE, isTreeMode, parseTree } from "../store/tree-object.ts";

/** Commits and tags first, then trees and blobs as they are met. `edges`: commits whose parents are not looked at (shallow). */
export function* neededObjects(git: Git, wants: readonly ObjectId[], haves: readonly ObjectId[], edges: ReadonlySet<ObjectId> = new Set()): Blocking<ObjectId[]> {
  const store = commits(git);
  const { objects, sys } = git;
  const hidden = new Set<ObjectId>();
  const known: ObjectId[] = [];
  for (const id of haves) if ((yield* objects.tryRead(id))?.type === "commit") known.push(id);
  for (const id of yield* store.ancestors(known)) hidden.add(id);
  const out = new Set<ObjectId>();
  const roots: ObjectId[] = [];
  const extra: ObjectId[] = [];
  const pending: ObjectId[] = [];
  for (let id of wants) {
    for (;;) {
      const object = yield* objects.read(id);
      if (object.type === "commit") pending.push(id);
      else if (object.type !== "tag") extra.push(id);
      if (object.type !== "tag") break;
      out.add(id);
      id = parseTag(object.body).object;
    }
  }
  const seen = new Set<ObjectId>();
  const list: ObjectId[] = [];
  while (pending.length > 0) {
    const id = pending.shift() ?? "";
    if (seen.has(id) || hidden.has(id)) continue;
    seen.add(id);
    list.push(id);
    const commit = yield* store.get(id);
    roots.push(commit.tree);
    if (!edges.has(id)) pending.push(...commit.parents);
    if (sys.charge(2)) yield* sys.preempt();
  }
  for (const id of list) out.add(id);
  // Trees at the edge of what is there: their contents are there too.
  const present = new Set<ObjectId>();
  const edge = new Set<ObjectId>();
  for (const id of list) for (const parent of (yield* store.get(id)).parents) if (hidden.has(parent)) edge.add(parent);
  const mark = function* (tree: ObjectId): Blocking<void> {
    if (present.has(tree)) return;
    present.add(tree);
    for (const entry of parseTree((yield* objects.read(tree)).body)) {
      if (isTreeMode(entry.mode)) yield* mark(entry.id);
      else present.add(entry.id);
      if (sys.charge(1)) yield* sys.preempt();
    }
  };
  for (const id of edge) yield* mark((yield* store.get(id)).tree);
  const take = function* (tree: ObjectId): Blocking<void> {
    if (out.has(tree) || present.has(tree)) return;
    out.add(tree);
    for (const entry of parseTree((yield* objects.read(tree)).body)) {
      if (isTreeMode(entry.mode)) yield* take(entry.id);
      else if (entry.mode !== SUBMODULE_MODE && !present.has(entry.id)) out.add(entry.id);
      if (sys.charge(1)) yield* sys.preempt();
    }
  };
  for (const tree of roots) yield* take(tree);
  for (const id of extra) {
    if ((yield* objects.read(id)).type === "tree") yield* take(id);
    else out.add(id);
  }
  return [...out];
}
