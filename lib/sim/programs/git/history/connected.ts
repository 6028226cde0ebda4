// Which objects something still leads to: references, their logs, the index, what operations remember.
import type { Blocking } from "../../../kernel/sys.ts";
import type { Git } from "../base/git.ts";
import { parseCommit, parseTag } from "../store/commit-object.ts";
import { NULL_ID, type ObjectId } from "../store/object-id.ts";
import { SUBMODULE_MODE, parseTree } from "../store/tree-object.ts";

/** Everything reachable from the starts; what is missing is told. */
export function* connectedObjects(git: Git, starts: Iterable<ObjectId>, missing: (id: ObjectId, from: ObjectId) => void = () => {}): Blocking<Set<ObjectId>> {
  const seen = new Set<ObjectId>();
  const pending: (readonly [ObjectId, ObjectId])[] = [...starts].map((id) => [id, ""] as const);
  for (let next = pending.pop(); next; next = pending.pop()) {
    const [id, from] = next;
    if (seen.has(id) || id === NULL_ID) continue;
    seen.add(id);
    if (git.sys.charge(3)) yield* git.sys.preempt();
    const object = yield* git.objects.tryRead(id);
    if (!object) {
      seen.delete(id);
      missing(id, from);
      continue;
    }
    if (object.type === "commit") {
      const commit = parseCommit(object.body);
      pending.push([commit.tree, id], ...commit.parents.map((parent) => [parent, id] as const));
    } else if (object.type === "tree") pending.push(...parseTree(object.body).filter((entry) => entry.mode !== SUBMODULE_MODE).map((entry) => [entry.id, id] as const));
    else if (object.type === "tag") pending.push([parseTag(object.body).object, id]);
  }
  return seen;
}

/** `logs`: also what references led to before. */
export function* roots(git: Git, logs: boolean): Blocking<ObjectId[]> {
  const out: ObjectId[] = [];
  const names = ["HEAD"];
  for (const ref of yield* git.refs.list()) {
    out.push(ref.id);
    names.push(ref.name);
  }
  const head = yield* git.refs.read("HEAD");
  if (head !== undefined) out.push(head);
  for (const name of logs ? names : []) for (const entry of yield* git.refs.readLog(name)) out.push(entry.old, entry.id);
  for (const entry of (yield* git.repository.index()).entries) if (entry.mode !== SUBMODULE_MODE) out.push(entry.id);
  for (const name of ["ORIG_HEAD", "MERGE_HEAD", "CHERRY_PICK_HEAD", "FETCH_HEAD"]) for (const line of ((yield* git.state(name)) ?? "").split("\n")) if (/^[0-9a-f]{40}/.test(line) && (yield* git.objects.has(line.slice(0, 40)))) out.push(line.slice(0, 40));
  return out.filter((id) => id !== NULL_ID);
}
