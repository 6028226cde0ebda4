// Names of objects (gitrevisions(7)).
import type { Blocking } from "../../../kernel/sys.ts";
import { compileRegex } from "../../kit/regex/compile-regex.ts";
import { nameExists } from "../../kit/presence.ts";
import { Die } from "../base/die.ts";
import type { Git } from "../base/git.ts";
import { parseCommit, parseTag, subjectOf } from "../store/commit-object.ts";
import { type ObjectId, type ObjectType, isFullId, isObjectType } from "../store/object-id.ts";
import { refCandidates } from "../store/ref-name.ts";
import { entryAtPath } from "../store/tree-files.ts";
import { normalPath } from "../work-tree/pathspec.ts";
import { commits, peel } from "./commits.ts";
import { showDate, dateMode } from "../base/git-date.ts";
import { currentBranch, upstreamOf } from "./upstream.ts";

/** The full name of a reference, and its id. Warns when several have that short name. */
export function* findRef(git: Git, name: string): Blocking<{ readonly name: string; readonly id: ObjectId } | undefined> {
  let first: { readonly name: string; readonly id: ObjectId } | undefined;
  for (const candidate of refCandidates(name)) {
    if (candidate === name && !/^(?:refs\/|[A-Z_]*HEAD$|[A-Z_]+$)/.test(name)) continue;
    const id = yield* git.refs.read(candidate);
    if (id === undefined) continue;
    if (first && candidate !== first.name) {
      if (git.config.boolean("core.warnambiguousrefs", true)) yield* git.warning(`refname '${name}' is ambiguous.`);
      break;
    }
    first = { name: candidate, id };
  }
  return first;
}

/** The object of an expression; undefined when it names none. Throws Die for those that say why. */
export function* resolve(git: Git, text: string): Blocking<ObjectId | undefined> {
  const found = yield* resolveWithPath(git, text);
  return found?.id;
}

export interface Resolved {
  readonly id: ObjectId;
  /** of REV:PATH */
  readonly mode?: number;
  readonly path?: string;
}

export function* resolveWithPath(git: Git, text: string, quiet = false): Blocking<Resolved | undefined> {
  if (text.startsWith(":/")) return yield* bySubject(git, text.slice(2));
  if (text.startsWith(":")) {
    const staged = /^:(?:([0-3]):)?(.*)$/s.exec(text);
    const stage = Number(staged?.[1] ?? 0);
    const raw = staged?.[2] ?? "";
    const path = raw.startsWith("./") || raw.startsWith("../") ? normalPath(git, raw) : raw;
    const index = yield* git.repository.index();
    const entry = index.get(path, stage);
    if (entry) return { id: entry.id, mode: entry.mode, path };
    if (!quiet) yield* missingInIndex(git, index.has(path), nameExists(git.sys, path), path, stage);
    return undefined;
  }
  const colon = topColon(text);
  if (colon > 0) {
    const revision = text.slice(0, colon);
    const raw = text.slice(colon + 1);
    const path = raw.startsWith("./") || raw.startsWith("../") || raw === "." ? normalPath(git, raw) : raw;
    const id = yield* resolve(git, revision);
    if (id === undefined) {
      if (quiet) return undefined;
      throw new Die(`invalid object name '${revision}'.`);
    }
    const tree = yield* peel(git, id, "tree");
    const entry = tree === undefined ? undefined : yield* entryAtPath(git.objects, tree, path);
    if (entry) return { id: entry.id, mode: entry.mode, path };
    if (quiet) return undefined;
    const full = git.prefix + path;
    if (git.prefix !== "" && tree !== undefined && (yield* entryAtPath(git.objects, tree, full))) throw new Die(`path '${full}' exists, but not '${path}'\nhint: Did you mean '${revision}:${full}' aka '${revision}:./${path}'?`);
    if (nameExists(git.sys, path)) throw new Die(`path '${path}' exists on disk, but not in '${revision}'`);
    throw new Die(`path '${path}' does not exist in '${revision}'`);
  }
  const id = yield* simple(git, text, quiet);
  return id === undefined ? undefined : { id };
}

function* missingInIndex(git: Git, conflicted: boolean, onDisk: boolean, path: string, stage: number): Blocking<never> {
  if (conflicted) throw new Die(`path '${path}' is in the index, but not at stage ${stage}\nhint: Did you mean ':${(yield* git.repository.index()).stages(path)[0]?.stage ?? 0}:${path}'?`);
  if (onDisk) throw new Die(`path '${path}' exists on disk, but not in the index`);
  throw new Die(`path '${path}' does not exist (neither on disk nor in the index)`);
}

/** The colon of REV:PATH: not one inside of {}. */
function topColon(text: string): number {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === "{") depth++;
    else if (text[i] === "}") depth--;
    else if (text[i] === ":" && depth === 0) return i;
  }
  return -1;
}

function* bySubject(git: Git, pattern: string, from?: ObjectId): Blocking<Resolved | undefined> {
  const starts = from === undefined ? (yield* git.refs.list()).map((ref) => ref.id) : [from];
  const head = from === undefined ? yield* git.refs.read("HEAD") : undefined;
  if (head !== undefined) starts.push(head);
  const regex = compileRegex(pattern, { syntax: "ere", newlineSensitive: true });
  const all: (readonly [number, ObjectId])[] = [];
  const store = commits(git);
  const tips: ObjectId[] = [];
  for (const id of starts) {
    const commit = yield* peel(git, id, "commit");
    if (commit !== undefined) tips.push(commit);
  }
  for (const id of yield* store.ancestors(tips)) all.push([(yield* store.get(id)).committer.seconds, id]);
  for (const [, id] of all.sort((a, b) => b[0] - a[0])) if (regex.test((yield* store.get(id)).message)) return { id };
  return undefined;
}

const SUFFIX = /(?:\^\{[^}]*\}|\^\d*|~\d*)$/;

function* simple(git: Git, text: string, quiet: boolean): Blocking<ObjectId | undefined> {
  const suffix = SUFFIX.exec(text)?.[0];
  if (suffix !== undefined && suffix.length < text.length) {
    const base = yield* simple(git, text.slice(0, -suffix.length), quiet);
    return base === undefined ? undefined : yield* applySuffix(git, base, suffix);
  }
  if (isFullId(text)) return text;
  if (text === "@") return yield* git.refs.read("HEAD");
  const at = /^(.*)@\{([^}]*)\}$/.exec(text);
  if (at) return yield* reflogOrUpstream(git, at[1] ?? "", at[2] ?? "", quiet);
  const ref = yield* findRef(git, text);
  if (ref) return ref.id;
  const described = /-g([0-9a-f]{4,40})$/.exec(text)?.[1];
  const hex = described ?? (/^[0-9a-f]{4,39}$/i.test(text) ? text.toLowerCase() : undefined);
  if (hex === undefined) return undefined;
  const found = yield* git.objects.matching(hex);
  if (found.length <= 1) return found[0];
  const committish: ObjectId[] = [];
  for (const id of found) if ((yield* peel(git, id, "commit")) !== undefined) committish.push(id);
  if (committish.length === 1) return committish[0];
  if (quiet) return undefined;
  yield* git.error(`short object ID ${hex} is ambiguous`);
  const lines: string[] = [];
  const order: readonly ObjectType[] = ["tag", "commit", "tree", "blob"];
  const candidates: { readonly type: ObjectType; readonly id: ObjectId; readonly line: string }[] = [];
  for (const id of found) {
    const object = yield* git.objects.read(id);
    const short = yield* git.objects.abbreviate(id);
    let extra = "";
    if (object.type === "commit") {
      const commit = parseCommit(object.body);
      extra = ` ${yield* showDate(git.calendar, commit.author, dateMode("short"))} - ${subjectOf(commit.message)}`;
    } else if (object.type === "tag") extra = ` - ${parseTag(object.body).tag}`;
    candidates.push({ type: object.type, id, line: `  ${short} ${object.type}${extra}` });
  }
  candidates.sort((a, b) => order.indexOf(a.type) - order.indexOf(b.type) || (a.id < b.id ? -1 : 1));
  lines.push(...candidates.map((one) => one.line));
  yield* git.err(["The candidates are:", ...lines].map((line) => `hint: ${line}\n`).join(""));
  return undefined;
}

function* applySuffix(git: Git, base: ObjectId, suffix: string): Blocking<ObjectId | undefined> {
  if (suffix.startsWith("^{")) {
    const what = suffix.slice(2, -1);
    if (what === "") return yield* peel(git, base, "any");
    if (what === "object") return (yield* git.objects.has(base)) ? base : undefined;
    if (what.startsWith("/")) return (yield* bySubject(git, what.slice(1), base))?.id;
    return isObjectType(what) ? yield* peel(git, base, what) : undefined;
  }
  let id = yield* peel(git, base, "commit");
  const count = suffix.length === 1 ? 1 : Number(suffix.slice(1));
  if (id === undefined) return undefined;
  if (suffix.startsWith("^")) return count === 0 ? id : (yield* commits(git).get(id)).parents[count - 1];
  for (let n = count; n > 0 && id !== undefined; n--) id = (yield* commits(git).get(id)).parents[0];
  return id;
}

/** The branch that was left N switches ago, as HEAD's log tells: a short name, or an id. */
export function* previousBranch(git: Git, n: number): Blocking<string | undefined> {
  let left = n;
  for (const entry of (yield* git.refs.readLog("HEAD")).reverse()) {
    const from = /^checkout: moving from (\S+) to /.exec(entry.message)?.[1];
    if (from !== undefined && --left === 0) return from;
  }
  return undefined;
}

function* reflogOrUpstream(git: Git, name: string, what: string, quiet: boolean): Blocking<ObjectId | undefined> {
  const back = /^-(\d+)$/.exec(what)?.[1];
  if (back !== undefined && name === "") {
    const branch = yield* previousBranch(git, Number(back));
    return branch === undefined ? undefined : yield* simple(git, branch, quiet);
  }
  if (/^(?:u|upstream|push)$/i.test(what)) {
    const current = yield* currentBranch(git);
    const branch = name === "" || name === "@" || name === "HEAD" ? current : name;
    if (branch === undefined) throw new Die("HEAD does not point to a branch");
    if (name !== "" && name !== "@" && name !== "HEAD" && (yield* git.refs.read(`refs/heads/${branch}`)) === undefined) throw new Die(`no such branch: '${branch}'`);
    const upstream = upstreamOf(git, branch);
    if (!upstream) throw new Die(`no upstream configured for branch '${branch}'`);
    if (upstream.tracking === undefined) throw new Die(`upstream branch '${upstream.merge}' not stored as a remote-tracking branch`);
    return yield* git.refs.read(upstream.tracking);
  }
  const full = name === "" ? ((yield* git.refs.symbolicTarget("HEAD")) ?? "HEAD") : name === "@" ? "HEAD" : (yield* findRef(git, name))?.name;
  if (full === undefined) return undefined;
  const log = yield* git.refs.readLog(full);
  if (/^\d{1,8}$/.test(what)) {
    const n = Number(what);
    if (n === 0) return yield* git.refs.read(full);
    const entry = log[log.length - n];
    if (entry) return entry.old === "0".repeat(40) ? undefined : entry.old;
    if (quiet || log.length === 0) return undefined;
    throw new Die(`log for '${name === "" ? full.replace(/^refs\/heads\//, "") : name}' only has ${log.length} entries`);
  }
  const seconds = yield* git.calendar.approximate(what);
  const last = log.findLast((entry) => entry.who.seconds <= seconds);
  if (last) return last.id;
  const [first] = log;
  if (!first) return undefined;
  yield* git.warning(`log for '${name === "" ? full.replace(/^refs\/heads\//, "") : name}' only goes back to ${yield* showDate(git.calendar, first.who, dateMode("rfc"))}`);
  return first.old === "0".repeat(40) ? first.id : first.old;
}

export const AMBIGUOUS = (word: string): string => `ambiguous argument '${word}': unknown revision or path not in the working tree.\nUse '--' to separate paths from revisions, like this:\n'git <command> [<revision>...] -- [<file>...]'`;

/** A commit. Throws Die in the words of most commands. */
export function* commitOrDie(git: Git, text: string, message?: string): Blocking<ObjectId> {
  const id = yield* resolve(git, text);
  const commit = id === undefined ? undefined : yield* peel(git, id, "commit");
  if (commit === undefined) throw new Die(message ?? `bad revision '${text}'`);
  return commit;
}

/** Whether the word is a file of the work tree or a pattern, for `git log WORD`. Throws Die where it is neither. */
export function verifyFilename(git: Git, word: string, mayBeRevision: boolean): void {
  if (word.startsWith(":/") || word.startsWith(":(") || /[*?[]/.test(word)) return;
  if (word.startsWith("-")) throw new Die(`option '${word}' must come before non-option arguments`);
  if (nameExists(git.sys, git.prefix + word) || word.startsWith("/")) return;
  if (mayBeRevision) throw new Die(AMBIGUOUS(word));
  throw new Die(`${word}: no such path in the working tree.\nUse 'git <command> -- <path>...' to specify paths that do not exist locally.`);
}

/** A word that is both. Throws Die. */
export function verifyNotFilename(git: Git, word: string): void {
  if (word.startsWith("-") || !nameExists(git.sys, git.prefix + word)) return;
  throw new Die(`ambiguous argument '${word}': both revision and filename\nUse '--' to separate paths from revisions, like this:\n'git <command> [<revision>...] -- [<file>...]'`);
}

