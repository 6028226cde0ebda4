// Walking history: which commits, in which order (git-rev-list(1)).
import type { Blocking } from "../../../kernel/sys.ts";
import { type Regex, compileRegex } from "../../kit/regex/compile-regex.ts";
import type { Git } from "../base/git.ts";
import { DEFAULT_RENAME_SCORE, withRenames } from "../diff/renames.ts";
import { treePairs } from "../diff/pairs.ts";
import { signatureText } from "../store/commit-object.ts";
import type { ObjectId } from "../store/object-id.ts";
import { treeChanges } from "../store/tree-files.ts";
import { Pathspec } from "../work-tree/pathspec.ts";
import { commits } from "./commits.ts";

export interface WalkOptions {
  starts: ObjectId[];
  excluded: ObjectId[];
  /** for A...B: the left side, to tell sides apart */
  leftOf: ObjectId[];
  order: "default" | "date" | "author-date" | "topo";
  reverse: boolean;
  maxCount: number | undefined;
  skip: number;
  since: number | undefined;
  until: number | undefined;
  minParents: number;
  maxParents: number | undefined;
  firstParent: boolean;
  authors: string[];
  committers: string[];
  greps: string[];
  allMatch: boolean;
  invertGrep: boolean;
  ignoreCase: boolean;
  syntax: "bre" | "ere" | "fixed" | "pcre";
  paths: Pathspec;
  follow: boolean;
  fullHistory: boolean;
  /** parents are shown: history is rewritten to the commits that are shown */
  parents: boolean;
  boundary: boolean;
  noWalk: boolean;
  cherryPick: boolean;
  ancestryPath: boolean;
}

export function walkDefaults(): WalkOptions {
  return {
    starts: [], excluded: [], leftOf: [], order: "default", reverse: false, maxCount: undefined, skip: 0, since: undefined, until: undefined, minParents: 0, maxParents: undefined, firstParent: false, authors: [], committers: [], greps: [], allMatch: false, invertGrep: false, ignoreCase: false, syntax: "bre",
    paths: new Pathspec([]), follow: false, fullHistory: false, parents: false, boundary: false, noWalk: false, cherryPick: false, ancestryPath: false,
  };
}

export interface WalkedCommit {
  readonly id: ObjectId;
  /** as shown: rewritten where paths leave commits out */
  readonly parents: readonly ObjectId[];
  readonly boundary: boolean;
  /** A...B: "<" or ">"; "^" for a boundary */
  readonly mark: string;
  /** with --follow: what the file is called there */
  readonly paths: Pathspec;
}

/** A list that is kept by date, newest first; equal dates in the order of arrival. */
class DateQueue {
  readonly #items: { readonly id: ObjectId; readonly date: number }[] = [];

  put(id: ObjectId, date: number): void {
    let low = 0;
    let high = this.#items.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#items[middle]?.date ?? 0) >= date) low = middle + 1;
      else high = middle;
    }
    this.#items.splice(low, 0, { id, date });
  }

  take(): ObjectId | undefined {
    return this.#items.shift()?.id;
  }
}

export function* walk(git: Git, options: WalkOptions): Blocking<WalkedCommit[]> {
  const { sys } = git;
  const store = commits(git);
  const hidden = yield* store.ancestors(options.excluded);
  const parentsOf = function* (id: ObjectId): Blocking<readonly ObjectId[]> {
    const { parents } = yield* store.get(id);
    return options.firstParent ? parents.slice(0, 1) : parents;
  };
  const dateOf = function* (id: ObjectId): Blocking<number> {
    const commit = yield* store.get(id);
    return options.order === "author-date" ? commit.author.seconds : commit.committer.seconds;
  };
  // What is reached, newest first; with paths, each commit's parents as far as they matter.
  const queue = new DateQueue();
  const seen = new Set<ObjectId>();
  const starts = [...new Set(options.starts)];
  if (options.noWalk) {
    const out: WalkedCommit[] = [];
    for (const id of starts) if (!hidden.has(id)) out.push({ id, parents: yield* parentsOf(id), boundary: false, mark: ">", paths: options.paths });
    return out;
  }
  for (const id of starts) {
    if (hidden.has(id) || seen.has(id)) continue;
    seen.add(id);
    queue.put(id, (yield* store.get(id)).committer.seconds);
  }
  const reached: ObjectId[] = [];
  const simplified = new Map<ObjectId, { readonly parents: readonly ObjectId[]; readonly same: boolean }>();
  const names = new Map<ObjectId, Pathspec>();
  const filtering = !options.paths.empty;
  let followed = options.paths;
  for (let id = queue.take(); id !== undefined; id = queue.take()) {
    const commit = yield* store.get(id);
    if (sys.charge(3)) yield* sys.preempt();
    if (options.since !== undefined && commit.committer.seconds < options.since) continue;
    reached.push(id);
    let parents = yield* parentsOf(id);
    if (filtering) {
      const paths = options.follow ? followed : options.paths;
      names.set(id, paths);
      const differs: boolean[] = [];
      for (const parent of parents) differs.push(yield* changes(git, (yield* store.get(parent)).tree, commit.tree, paths));
      const root = parents.length === 0 && (yield* changes(git, undefined, commit.tree, paths));
      const sameAt = differs.indexOf(false);
      const same = parents.length === 0 ? !root : options.fullHistory ? differs.every((one) => !one) : sameAt >= 0;
      if (!options.fullHistory && sameAt >= 0) parents = [parents[sameAt] ?? ""];
      simplified.set(id, { parents, same });
      if (options.follow && !same && parents.length === 1) followed = yield* formerName(git, (yield* store.get(parents[0] ?? "")).tree, commit.tree, followed);
    }
    for (const parent of parents) {
      if (hidden.has(parent) || seen.has(parent)) continue;
      seen.add(parent);
      queue.put(parent, (yield* store.get(parent)).committer.seconds);
    }
  }
  const inWalk = new Set(reached);
  let order: ObjectId[] = reached;
  if (options.order !== "default") order = yield* topological(reached, function* (id) { return (simplified.get(id)?.parents ?? (yield* parentsOf(id))).filter((parent) => inWalk.has(parent)); }, options.order === "topo" ? undefined : dateOf);
  const left = options.leftOf.length === 0 ? new Set<ObjectId>() : yield* store.ancestors(options.leftOf);
  const matches = matcher(options);
  const shownIds = new Set<ObjectId>();
  const shown: ObjectId[] = [];
  for (const id of order) {
    const commit = yield* store.get(id);
    const simple = simplified.get(id);
    if (simple?.same && !(options.parents && simple.parents.length > 1)) continue;
    if (options.until !== undefined && commit.committer.seconds > options.until) continue;
    if (commit.parents.length < options.minParents || (options.maxParents !== undefined && commit.parents.length > options.maxParents)) continue;
    if (!matches(`author ${signatureText(commit.author)}`, `committer ${signatureText(commit.committer)}`, commit.message)) continue;
    if (sys.charge(1)) yield* sys.preempt();
    shown.push(id);
    shownIds.add(id);
  }
  let list = shown;
  if (options.ancestryPath && options.excluded.length > 0) {
    const kept: ObjectId[] = [];
    for (const id of list) {
      for (const base of options.excluded) if (yield* store.isAncestor(base, id)) {
        kept.push(id);
        break;
      }
    }
    list = kept;
  }
  list = list.slice(options.skip, options.maxCount === undefined ? undefined : options.skip + options.maxCount);
  if (options.reverse) list = [...list].reverse();
  const rewritten = new Map<ObjectId, ObjectId | undefined>();
  const nearest = function* (start: ObjectId): Blocking<ObjectId | undefined> {
    const path: ObjectId[] = [];
    let id: ObjectId | undefined = start;
    while (id !== undefined && inWalk.has(id) && !shownIds.has(id)) {
      if (rewritten.has(id)) {
        id = rewritten.get(id);
        break;
      }
      path.push(id);
      const simple: { readonly parents: readonly ObjectId[] } | undefined = simplified.get(id);
      id = (simple?.parents ?? (yield* parentsOf(id)))[0];
    }
    const found = id !== undefined && (shownIds.has(id) || !filtering) ? id : undefined;
    for (const one of path) rewritten.set(one, found);
    return found;
  };
  const out: WalkedCommit[] = [];
  for (const id of list) {
    let parents = simplified.get(id)?.parents ?? (yield* parentsOf(id));
    if (options.parents && (filtering || options.order !== "default")) {
      const kept: ObjectId[] = [];
      for (const parent of parents) {
        const next = filtering ? yield* nearest(parent) : parent;
        if (next !== undefined && !kept.includes(next)) kept.push(next);
      }
      parents = kept;
    }
    out.push({ id, parents, boundary: false, mark: options.leftOf.length === 0 ? ">" : left.has(id) ? "<" : ">", paths: names.get(id) ?? options.paths });
  }
  if (options.boundary) {
    const edge = new Set<ObjectId>();
    for (const { parents } of out) for (const parent of parents) if (!shownIds.has(parent)) edge.add(parent);
    for (const id of edge) out.push({ id, parents: yield* parentsOf(id), boundary: true, mark: "-", paths: options.paths });
  }
  return out;
}

export function* changes(git: Git, from: ObjectId | undefined, to: ObjectId, paths: Pathspec): Blocking<boolean> {
  const found = yield* treeChanges(git.sys, git.objects, from, to, (path, directory) => (directory ? paths.mayMatchBelow(path) : paths.matches(path)));
  return found.length > 0;
}

/** Where a followed file came from, when this commit gave it its name. */
function* formerName(git: Git, from: ObjectId, to: ObjectId, paths: Pathspec): Blocking<Pathspec> {
  const pairs = yield* treePairs(git, from, to);
  if (!pairs.some((pair) => pair.status === "A" && paths.matches(pair.new?.path ?? ""))) return paths;
  const renamed = (yield* withRenames(git, pairs, { minimum: DEFAULT_RENAME_SCORE, copies: false })).find((pair) => pair.status === "R" && paths.matches(pair.new?.path ?? ""));
  const old = renamed?.old?.path;
  return old === undefined ? paths : new Pathspec([{ original: old, path: old, directoryOnly: false, excludes: false, wild: false, glob: false, ignoreCase: false }]);
}

/** Children before parents; branches are not mixed, or only by date. */
function* topological(list: readonly ObjectId[], parentsOf: (id: ObjectId) => Blocking<readonly ObjectId[]>, dateOf: ((id: ObjectId) => Blocking<number>) | undefined): Blocking<ObjectId[]> {
  const children = new Map<ObjectId, number>(list.map((id) => [id, 0]));
  for (const id of list) for (const parent of yield* parentsOf(id)) children.set(parent, (children.get(parent) ?? 0) + 1);
  const tips = list.filter((id) => children.get(id) === 0);
  const out: ObjectId[] = [];
  const dated = dateOf ? new DateQueue() : undefined;
  const stack = [...tips].reverse();
  for (const id of dated && dateOf ? tips : []) dated?.put(id, dateOf ? yield* dateOf(id) : 0);
  for (;;) {
    const id = dated ? dated.take() : stack.pop();
    if (id === undefined) return out;
    out.push(id);
    for (const parent of yield* parentsOf(id)) {
      const left = (children.get(parent) ?? 0) - 1;
      children.set(parent, left);
      if (left !== 0) continue;
      if (dated && dateOf) dated.put(parent, yield* dateOf(parent));
      else stack.push(parent);
    }
  }
}

function matcher(options: WalkOptions): (author: string, committer: string, message: string) => boolean {
  const compile = (pattern: string): Regex => compileRegex(pattern, { syntax: options.syntax, ignoreCase: options.ignoreCase, newlineSensitive: true });
  const [authors, committers, greps] = [options.authors.map(compile), options.committers.map(compile), options.greps.map(compile)];
  if (authors.length + committers.length + greps.length === 0) return () => true;
  const person = (text: string) => text.replace(/ \d+ [-+]\d{4}$/, "").replace(/^\w+ /, "");
  return (author, committer, message) => {
    if (authors.length > 0 && !authors.some((regex) => regex.test(person(author)))) return false;
    if (committers.length > 0 && !committers.some((regex) => regex.test(person(committer)))) return false;
    if (greps.length === 0) return true;
    const found = options.allMatch ? greps.every((regex) => regex.test(message)) : greps.some((regex) => regex.test(message));
    return found !== options.invertGrep;
  };
}
