// Commits as a graph: read once, parents, ancestors, merge bases.
import type { Blocking, Sys } from "../../../kernel/sys.ts";
import { Die } from "../base/die.ts";
import type { Git } from "../base/git.ts";
import { type Commit, parseCommit, parseTag } from "../store/commit-object.ts";
import { readText } from "../store/file-bytes.ts";
import type { ObjectId, ObjectType } from "../store/object-id.ts";
import type { ObjectStore } from "../store/object-store.ts";

export class Commits {
  readonly #sys: Sys;
  readonly #objects: ObjectStore;
  readonly #gitDir: string;
  readonly #known = new Map<ObjectId, Commit>();
  #shallow: ReadonlySet<ObjectId> | undefined;

  constructor(sys: Sys, objects: ObjectStore, gitDir: string) {
    this.#sys = sys;
    this.#objects = objects;
    this.#gitDir = gitDir;
  }

  *shallow(): Blocking<ReadonlySet<ObjectId>> {
    this.#shallow ??= new Set(((yield* readText(this.#sys, `${this.#gitDir}/shallow`)) ?? "").split("\n").filter((line) => line !== ""));
    return this.#shallow;
  }

  /** Throws Die when it is no commit. */
  *get(id: ObjectId): Blocking<Commit> {
    const known = this.#known.get(id);
    if (known) return known;
    const object = yield* this.#objects.tryRead(id);
    if (!object) throw new Die(`bad object ${id}`);
    if (object.type !== "commit") throw new Die(`${id} is not a commit object`, 128, [`error: object ${id} is a ${object.type}, not a commit`]);
    let commit = parseCommit(object.body);
    if ((yield* this.shallow()).has(id)) commit = { ...commit, parents: [] };
    this.#known.set(id, commit);
    if (this.#sys.charge(5)) yield* this.#sys.preempt();
    return commit;
  }

  /** The commits themselves and all behind them. */
  *ancestors(starts: Iterable<ObjectId>, stopAt: ReadonlySet<ObjectId> = new Set()): Blocking<Set<ObjectId>> {
    const found = new Set<ObjectId>();
    const pending = [...starts];
    for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
      if (found.has(id) || stopAt.has(id)) continue;
      found.add(id);
      pending.push(...(yield* this.get(id)).parents);
    }
    return found;
  }

  *isAncestor(older: ObjectId, newer: ObjectId): Blocking<boolean> {
    return older === newer || (yield* this.ancestors([newer])).has(older);
  }

  /** The best common ancestors, newest first. */
  *mergeBases(one: ObjectId, ...others: readonly ObjectId[]): Blocking<ObjectId[]> {
    const mine = yield* this.ancestors([one]);
    const theirs = yield* this.ancestors(others);
    const common = [...mine].filter((id) => theirs.has(id));
    return yield* this.independent(common);
  }

  /** Those that none of the others has behind it, newest first. */
  *independent(ids: readonly ObjectId[]): Blocking<ObjectId[]> {
    const behind = new Set<ObjectId>();
    for (const id of ids) {
      if (behind.has(id)) continue;
      const { parents } = yield* this.get(id);
      for (const other of yield* this.ancestors(parents, behind)) behind.add(other);
    }
    const best = [...new Set(ids)].filter((id) => !behind.has(id));
    const dated: (readonly [number, ObjectId])[] = [];
    for (const id of best) dated.push([(yield* this.get(id)).committer.seconds, id]);
    return dated.sort((a, b) => b[0] - a[0]).map(([, id]) => id);
  }

  /** How many commits each side has that the other has not. */
  *aheadBehind(mine: ObjectId, theirs: ObjectId): Blocking<{ readonly ahead: number; readonly behind: number }> {
    const left = yield* this.ancestors([mine]);
    const right = yield* this.ancestors([theirs]);
    return { ahead: [...left].filter((id) => !right.has(id)).length, behind: [...right].filter((id) => !left.has(id)).length };
  }
}

const commitsOf = new WeakMap<ObjectStore, Commits>();

export function commits(git: Git): Commits {
  let known = commitsOf.get(git.objects);
  if (!known) commitsOf.set(git.objects, (known = new Commits(git.sys, git.objects, git.repository.gitDir)));
  return known;
}

/** Through tags, and from a commit to its tree when that is wanted; undefined when it does not lead to such an object. */
export function* peel(git: Git, id: ObjectId, wanted: ObjectType | "any"): Blocking<ObjectId | undefined> {
  for (let depth = 0; depth < 64; depth++) {
    const object = yield* git.objects.tryRead(id);
    if (!object) return undefined;
    if (object.type === wanted || (wanted === "any" && object.type !== "tag")) return id;
    if (object.type === "tag") id = parseTag(object.body).object;
    else if (object.type === "commit" && wanted === "tree") id = parseCommit(object.body).tree;
    else return undefined;
  }
  return undefined;
}
