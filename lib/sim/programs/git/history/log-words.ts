// The words of git log, show, rev-list: revisions, limits, formats, paths (git-rev-list(1), git-log(1)).
import type { Blocking } from "../../../kernel/sys.ts";
import type { OptionDeclaration } from "../../kit/command.ts";
import { Die } from "../base/die.ts";
import { type DateMode, DEFAULT_DATES, dateMode } from "../base/git-date.ts";
import type { Git } from "../base/git.ts";
import { type DiffOptions, diffDefaults, takeDiffOption } from "../diff/diff-options.ts";
import { pathspec } from "../work-tree/pathspec.ts";
import { wildmatch } from "../work-tree/wildmatch.ts";
import { commits, peel } from "./commits.ts";
import { Decorations, type PrettyFormat, prettyFormat } from "./pretty.ts";
import { AMBIGUOUS, type Resolved, resolveWithPath, verifyFilename, verifyNotFilename } from "./revision.ts";
import { type WalkOptions, walkDefaults } from "./walk.ts";
import { currentBranch } from "./upstream.ts";

/** A revision as it was named. */
export interface NamedRevision extends Resolved {
  readonly name: string;
  readonly excluded: boolean;
}

export interface LogOptions {
  readonly walk: WalkOptions;
  readonly diff: DiffOptions;
  format: PrettyFormat | undefined;
  dates: DateMode;
  abbrevCommit: boolean | undefined;
  decorate: "no" | "short" | "full" | "auto";
  graph: boolean;
  reflog: boolean;
  leftRight: boolean;
  showParents: boolean;
  showChildren: boolean;
  count: boolean;
  objects: boolean;
  /** revisions in their order, also those that are no commits */
  readonly revisions: NamedRevision[];
  readonly pathWords: string[];
  /** a revision, --all or the like was given */
  hasRevisions: boolean;
  readonly lineRanges: string[];
  showSignature: boolean;
  source: boolean;
  stdin: boolean;
  follow: boolean;
  notes: boolean;
  /** what is left for the command itself */
  readonly rest: string[];
}

export interface LogWordRules {
  /** Words of the command's own: how many it takes, 0 when it is none of them. */
  readonly own?: (words: readonly string[], at: number) => number;
  /** A wrong word: rev-list and others end by their usage. */
  readonly unknown?: (word: string) => never;
  readonly withoutHead?: boolean;
}

/** Throws Die, Quit. */
export function* parseLogWords(git: Git, words: readonly string[], rules: LogWordRules = {}): Blocking<LogOptions> {
  const walk = walkDefaults();
  const diff = diffDefaults(git);
  const options: LogOptions = {
    walk, diff, format: undefined, dates: DEFAULT_DATES, abbrevCommit: undefined, decorate: "auto", graph: false, reflog: false, leftRight: false, showParents: false, showChildren: false, count: false, objects: false, revisions: [], pathWords: [], hasRevisions: false, lineRanges: [], showSignature: false, source: false, stdin: false, follow: false, notes: true, rest: [],
  };
  const setDates = git.config.get("log.date");
  if (setDates !== undefined) options.dates = dateMode(setDates);
  const dashes = words.indexOf("--");
  const before = dashes < 0 ? words : words.slice(0, dashes);
  if (dashes >= 0) options.pathWords.push(...words.slice(dashes + 1));
  let negated = false;
  for (let i = 0; i < before.length; i++) {
    const word = before[i] ?? "";
    if (word.startsWith("-") && word !== "-") {
      const own = rules.own?.(before, i) ?? 0;
      if (own > 0) {
        i += own - 1;
        continue;
      }
      if (word === "--not") {
        negated = !negated;
        continue;
      }
      const taken = (yield* takeLogOption(git, options, before, i, negated)) || takeDiffOption(git, diff, before, i);
      if (taken === 0) {
        if (rules.unknown) rules.unknown(word);
        throw new Die(`unrecognized argument: ${word}`);
      }
      i += taken - 1;
      continue;
    }
    if (yield* addRevision(git, options, word, negated, dashes >= 0)) {
      options.hasRevisions = true;
      if (dashes < 0) verifyNotFilename(git, word);
      continue;
    }
    if (dashes >= 0) throw new Die(`bad revision '${word}'`);
    for (const [n, path] of before.slice(i).entries()) {
      verifyFilename(git, path, n === 0);
      options.pathWords.push(path);
    }
    break;
  }
  if (options.pathWords.length > 0) walk.paths = pathspec(git, options.pathWords);
  if (options.follow) {
    if (walk.paths.items.length !== 1) throw new Die("--follow requires exactly one pathspec");
    walk.follow = true;
  }
  if (!options.hasRevisions && !rules.withoutHead) {
    const head = yield* git.refs.read("HEAD");
    if (head === undefined) {
      const branch = yield* currentBranch(git);
      throw new Die(branch === undefined ? "bad default revision 'HEAD'" : `your current branch '${branch}' does not have any commits yet`);
    }
    const commit = yield* peel(git, head, "commit");
    if (commit === undefined) throw new Die("bad default revision 'HEAD'");
    walk.starts.push(commit);
    options.revisions.push({ id: head, name: "HEAD", excluded: false });
  }
  if (options.graph) {
    if (walk.order === "default") walk.order = "topo";
    walk.parents = true;
    if (walk.reverse) throw new Die("options '--reverse' and '--graph' cannot be used together");
    if (walk.noWalk) throw new Die("options '--no-walk' and '--graph' cannot be used together");
  }
  if (options.showParents) walk.parents = true;
  return options;
}

function* addStart(git: Git, options: LogOptions, found: Resolved, name: string, excluded: boolean): Blocking<void> {
  const { walk } = options;
  options.revisions.push({ ...found, name, excluded });
  const commit = yield* peel(git, found.id, "commit");
  if (commit === undefined) return;
  (excluded ? walk.excluded : walk.starts).push(commit);
}

/** False when it is no revision. */
function* addRevision(git: Git, options: LogOptions, word: string, negated: boolean, certain: boolean): Blocking<boolean> {
  const { walk } = options;
  const range = /^(.*?)(\.\.\.?)(.*)$/s.exec(word);
  if (range && !word.startsWith(":")) {
    const [, a = "", dots = "", b = ""] = range;
    if (a === "" && b === "" && dots === "..") return false;
    const [left, right] = [yield* resolveWithPath(git, a || "HEAD", true), yield* resolveWithPath(git, b || "HEAD", true)];
    if (left && right) {
      const [from, to] = [yield* peel(git, left.id, "commit"), yield* peel(git, right.id, "commit")];
      if (from === undefined || to === undefined) {
        if (dots === "..") {
          options.revisions.push({ ...left, name: a, excluded: true }, { ...right, name: b, excluded: false });
          return true;
        }
        throw new Die(`Invalid symmetric difference expression ${word}`);
      }
      if (dots === "..") {
        yield* addStart(git, options, left, a || "HEAD", !negated);
        yield* addStart(git, options, right, b || "HEAD", negated);
      } else {
        for (const base of yield* commits(git).mergeBases(from, to)) yield* addStart(git, options, { id: base }, base, true);
        walk.leftOf.push(from);
        yield* addStart(git, options, left, a || "HEAD", false);
        yield* addStart(git, options, right, b || "HEAD", false);
      }
      return true;
    }
    if (!certain && (left || right)) throw new Die(AMBIGUOUS(word));
  }
  const parents = /^(.+)\^(@|!|-(\d*))$/.exec(word);
  if (parents) {
    const found = yield* resolveWithPath(git, parents[1] ?? "", true);
    const commit = found && (yield* peel(git, found.id, "commit"));
    if (!found || commit === undefined) return false;
    const behind = (yield* commits(git).get(commit)).parents;
    if (parents[2] === "@") for (const id of behind) yield* addStart(git, options, { id }, id, negated);
    else {
      const excluded = parents[2] === "!" ? behind : behind.slice(Number(parents[3] || 1) - 1, Number(parents[3] || 1));
      yield* addStart(git, options, found, parents[1] ?? "", negated);
      for (const id of excluded) yield* addStart(git, options, { id }, id, !negated);
    }
    return true;
  }
  const excluded = word.startsWith("^");
  const name = excluded ? word.slice(1) : word;
  const found = yield* resolveWithPath(git, name, !/^(?:[^:]*@\{|:\/)/.test(name) && !name.includes(":"));
  if (!found) return false;
  if (!(yield* git.objects.has(found.id))) throw new Die(`bad object ${word}`);
  yield* addStart(git, options, found, name, excluded !== negated);
  return true;
}

function* takeLogOption(git: Git, options: LogOptions, words: readonly string[], at: number, negated: boolean): Blocking<number> {
  const word = words[at] ?? "";
  const equals = word.startsWith("--") ? word.indexOf("=") : -1;
  const name = equals < 0 ? word : word.slice(0, equals);
  const value = equals < 0 ? undefined : word.slice(equals + 1);
  const { walk } = options;
  const short = /^-(?:n\s*)?(\d+)$/.exec(word);
  if (short) {
    walk.maxCount = Number(short[1]);
    return 1;
  }
  const needed = (): string => {
    const next = value ?? words[at + 1];
    if (next === undefined) throw new Die(`Option '${name}' requires a value`);
    return next;
  };
  const used = value === undefined ? 2 : 1;
  const count = (text: string): number => {
    if (!/^-?\d+$/.test(text)) throw new Die(`'${text}': not an integer`);
    return Number(text);
  };
  const refs = function* (prefix: string): Blocking<void> {
    options.hasRevisions = true;
    const pattern = value === undefined ? undefined : /[*?[]/.test(value) ? value : `${value.replace(/\/$/, "")}/*`;
    for (const { name: ref, id } of yield* git.refs.list(prefix)) {
      if (pattern !== undefined && !wildmatch(prefix === "refs/" && !pattern.startsWith("refs/") ? `refs/${pattern}` : prefix === "refs/" ? pattern : prefix + pattern, ref)) continue;
      yield* addStart(git, options, { id }, ref, negated);
    }
  };
  switch (name) {
    case "-n": case "--max-count": { const n = count(needed()); walk.maxCount = n < 0 ? undefined : n; return used; }
    case "--skip": walk.skip = count(needed()); return used;
    case "--since": case "--after": case "--since-as-filter": walk.since = yield* git.calendar.approximate(needed()); return used;
    case "--until": case "--before": walk.until = yield* git.calendar.approximate(needed()); return used;
    case "--author": walk.authors.push(needed()); return used;
    case "--committer": walk.committers.push(needed()); return used;
    case "--grep": walk.greps.push(needed()); return used;
    case "--all-match": walk.allMatch = true; return 1;
    case "--invert-grep": walk.invertGrep = true; return 1;
    case "-i": case "--regexp-ignore-case": walk.ignoreCase = true; return 1;
    case "-E": case "--extended-regexp": walk.syntax = "ere"; return 1;
    case "-F": case "--fixed-strings": walk.syntax = "fixed"; return 1;
    case "-P": case "--perl-regexp": walk.syntax = "pcre"; return 1;
    case "--basic-regexp": walk.syntax = "bre"; return 1;
    case "--merges": walk.minParents = 2; return 1;
    case "--no-merges": walk.maxParents = 1; return 1;
    case "--min-parents": walk.minParents = count(needed()); return used;
    case "--max-parents": { const n = count(needed()); walk.maxParents = n < 0 ? undefined : n; return used; }
    case "--no-min-parents": walk.minParents = 0; return 1;
    case "--no-max-parents": walk.maxParents = undefined; return 1;
    case "--first-parent": walk.firstParent = true; return 1;
    case "--reverse": walk.reverse = !walk.reverse; return 1;
    case "--topo-order": walk.order = "topo"; return 1;
    case "--date-order": walk.order = "date"; return 1;
    case "--author-date-order": walk.order = "author-date"; return 1;
    case "--full-history": case "--sparse": walk.fullHistory = true; return 1;
    case "--dense": case "--simplify-merges": case "--remove-empty": case "--do-walk": case "--no-notes": case "--show-notes": case "--notes": case "--use-mailmap": case "--no-use-mailmap": case "--mailmap": case "--no-mailmap": case "--no-show-signature": case "--log-size": case "--no-graph": case "--end-of-options": case "--encoding": case "--clear-decorations": case "--ignore-missing": return 1;
    case "--simplify-by-decoration": return yield* git.unsimulated(name, "use --decorate");
    case "--show-signature": return yield* git.unsimulated(name, "commits are not signed");
    case "--cherry-pick": case "--cherry-mark": case "--cherry": return yield* git.unsimulated(name, "use git cherry");
    case "-L": return yield* git.unsimulated(name, "use git blame, or git log -- FILE");
    case "--boundary": walk.boundary = true; return 1;
    case "--ancestry-path": walk.ancestryPath = true; return 1;
    case "--no-walk": walk.noWalk = true; return 1;
    case "--follow": options.follow = true; return 1;
    case "--no-follow": options.follow = false; return 1;
    case "-g": case "--walk-reflogs": options.reflog = true; return 1;
    case "--all": yield* refs("refs/"); {
      const head = yield* git.refs.read("HEAD");
      if (head !== undefined) yield* addStart(git, options, { id: head }, "HEAD", negated);
    } return 1;
    case "--branches": yield* refs("refs/heads/"); return 1;
    case "--tags": yield* refs("refs/tags/"); return 1;
    case "--remotes": yield* refs("refs/remotes/"); return 1;
    case "--glob": yield* refs("refs/"); return 1;
    case "--oneline": options.format = { kind: "oneline", format: "", terminator: true }; options.abbrevCommit ??= true; return 1;
    case "--pretty": case "--format": {
      if (name === "--format" && value === undefined) throw new Die(`unrecognized argument: ${word}`);
      options.format = prettyFormat(git, value ?? "");
      return 1;
    }
    case "--abbrev-commit": options.abbrevCommit = true; return 1;
    case "--no-abbrev-commit": options.abbrevCommit = false; return 1;
    case "--decorate": {
      const how = value ?? "short";
      if (!["short", "full", "auto", "no"].includes(how)) throw new Die(`invalid --decorate option: ${how}`);
      options.decorate = how as LogOptions["decorate"];
      return 1;
    }
    case "--no-decorate": options.decorate = "no"; return 1;
    case "--decorate-refs": case "--decorate-refs-exclude": return used;
    case "--graph": options.graph = true; return 1;
    case "--date": options.dates = dateMode(needed()); return used;
    case "--relative-date": options.dates = dateMode("relative"); return 1;
    case "--left-right": options.leftRight = true; return 1;
    case "--left-only": case "--right-only": return yield* git.unsimulated(name, "use A..B");
    case "--parents": options.showParents = true; return 1;
    case "--children": options.showChildren = true; return 1;
    case "--source": options.source = true; return 1;
    case "--count": options.count = true; return 1;
    case "--objects": options.objects = true; return 1;
    case "--stdin": options.stdin = true; return 1;
    case "--expand-tabs": case "--no-expand-tabs": return 1;
    default: return 0;
  }
}

export function decorationsFor(git: Git, options: LogOptions): Decorations | undefined {
  const set = git.config.get("log.decorate");
  const how = options.decorate !== "auto" ? options.decorate : set === undefined || set === "auto" ? (git.sys.isatty(1) || git.pagerInUse ? "short" : "no") : set === "full" ? "full" : set === "short" ? "short" : git.config.boolean("log.decorate", false) ? "short" : "no";
  return how === "no" ? undefined : new Decorations(git, how === "full");
}


/** For help, completion and the support table. */
export const LOG_OPTIONS: readonly OptionDeclaration[] = ([
  [["-n", "--max-count"], "at most that many commits", "<n>"], [["--skip"], "leave out the first ones", "<n>"], [["--since", "--after"], "commits after that date", "<date>"], [["--until", "--before"], "commits before that date", "<date>"], [["--author"], "by authors that match", "<pattern>"], [["--committer"], "by committers that match", "<pattern>"], [["--grep"], "messages that match", "<pattern>"], [["--all-match"], "every --grep must match"], [["--invert-grep"], "messages that do not match"],
  [["-i", "--regexp-ignore-case"], "ignore case in patterns"], [["-E", "--extended-regexp"], "extended patterns"], [["-F", "--fixed-strings"], "patterns are texts"], [["--merges"], "only merges"], [["--no-merges"], "no merges"], [["--first-parent"], "follow first parents only"], [["--all"], "from all references"], [["--branches"], "from all branches", "<pattern>"], [["--tags"], "from all tags", "<pattern>"], [["--remotes"], "from all remote-tracking branches", "<pattern>"], [["--reverse"], "oldest first"], [["--topo-order"], "lines of descent together"], [["--date-order"], "by date, parents last"],
  [["--graph"], "draw the history"], [["--oneline"], "one line a commit"], [["--pretty", "--format"], "oneline, short, medium, full, fuller, reference, raw, format:…", "<format>"], [["--abbrev-commit"], "short ids"], [["--decorate"], "names of references: short, full, auto, no", "<how>"], [["--no-decorate"], "no names of references"], [["--date"], "relative, short, iso, rfc, raw, unix, human, format:…", "<format>"], [["--follow"], "follow a file through renames"], [["-g", "--walk-reflogs"], "along the reflog"], [["--left-right"], "mark the sides of A...B"], [["--boundary"], "show the edge too"], [["--parents"], "parents' ids"], [["--ancestry-path"], "only what descends from the excluded ones"],
] satisfies readonly (readonly [readonly string[], string, string?])[]).map(([names, help, argument]) => ({ names, help, argument, argumentOptional: argument === "<pattern>" || argument === "<how>", support: "simulated" }));
