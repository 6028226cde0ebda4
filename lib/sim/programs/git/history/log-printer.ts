// Commits one after another with their differences, beside the graph when wanted: the body of log, show, reflog, whatchanged.
import type { Blocking } from "../../../kernel/sys.ts";
import type { Git } from "../base/git.ts";
import { combinedPatch } from "../diff/combined.ts";
import { type DiffOptions, formatGiven } from "../diff/diff-options.ts";
import { DiffPrinter } from "../diff/diff-output.ts";
import type { FilePair } from "../diff/file-pair.ts";
import { treePairs } from "../diff/pairs.ts";
import type { ObjectId } from "../store/object-id.ts";
import { type FileMap, treeFiles } from "../store/tree-files.ts";
import type { Pathspec } from "../work-tree/pathspec.ts";
import { quotePath } from "../work-tree/quote-path.ts";
import { commits } from "./commits.ts";
import { Graph } from "./graph.ts";
import { type LogLine, Pretty, type PrettyFormat } from "./pretty.ts";
import { type LogOptions, decorationsFor } from "./log-words.ts";
import type { WalkedCommit } from "./walk.ts";

const MEDIUM: PrettyFormat = { kind: "medium", format: "", terminator: false };

export class LogPrinter {
  readonly #git: Git;
  readonly #options: LogOptions;
  readonly #diff: DiffOptions;
  readonly #pretty: Pretty;
  readonly #graph: Graph | undefined;
  readonly #always: boolean;
  #shownOne = false;

  /** `always`: show has commits also where they change nothing. */
  constructor(git: Git, options: LogOptions, always = true) {
    this.#git = git;
    this.#options = options;
    this.#diff = options.diff;
    this.#always = always;
    const colored = git.colors("diff", options.diff.color);
    this.#pretty = new Pretty(git, {
      format: options.format ?? MEDIUM, dates: options.dates, abbrevCommit: options.abbrevCommit ?? git.config.boolean("log.abbrevcommit", false), abbrev: options.diff.abbrev, decorations: decorationsFor(git, options), colored, expandTabs: true, showParents: options.showParents,
    });
    if (options.graph) this.#graph = new Graph(colored);
  }

  /** Puts text with the graph's rows before its lines. */
  #putText(text: string, newlineAtEnd: boolean): void {
    const git = this.#git;
    const graph = this.#graph;
    if (!graph) {
      git.put(text + (newlineAtEnd ? "\n" : ""));
      return;
    }
    for (;;) {
      const row = graph.next();
      git.put(row.text);
      if (row.commit) break;
      git.put("\n");
    }
    const lines = text.split("\n");
    const ended = text.endsWith("\n");
    if (ended) lines.pop();
    for (const [i, line] of lines.entries()) {
      if (i > 0) git.put(`\n${graph.next().text}`);
      git.put(line);
    }
    if (ended) git.put("\n");
    if (!graph.finished) {
      if (!ended) git.put("\n");
      let first = true;
      while (!graph.finished) {
        if (!first) git.put("\n");
        git.put(graph.next().text);
        first = false;
      }
      if (ended) git.put("\n");
    }
    if (newlineAtEnd) git.put("\n");
  }

  *#pairs(id: ObjectId, parent: ObjectId | undefined, paths: Pathspec): Blocking<FilePair[]> {
    const store = commits(this.#git);
    const to = (yield* store.get(id)).tree;
    const from = parent === undefined ? undefined : (yield* store.get(parent)).tree;
    return yield* treePairs(this.#git, from, to, paths);
  }

  /** One commit. `parentsShown` are those of the graph; the difference is against the real ones. */
  *commit(walked: WalkedCommit, log?: LogLine): Blocking<boolean> {
    const git = this.#git;
    const { id } = walked;
    this.#graph?.update(id, walked.parents, walked.boundary ? "o" : this.#options.leftRight ? walked.mark : "*");
    const store = commits(git);
    const realParents = this.#options.walk.firstParent ? (yield* store.get(id)).parents.slice(0, 1) : (yield* store.get(id)).parents;
    const paths = this.#options.walk.paths.empty ? this.#options.walk.paths : walked.paths;
    const searching = this.#diff.pickaxe !== undefined || this.#diff.filter !== "";
    const wantsDiff = (formatGiven(this.#diff) && !this.#diff.silent) || searching;
    const printer = new DiffPrinter(git, this.#diff);
    const graph = this.#graph;
    if (graph) printer.linePrefix = () => graph.padding();
    const merge = realParents.length > 1;
    const how = this.#diff.merges ?? (this.#always ? "cc" : "none");
    if (wantsDiff && merge && how === "separate") {
      for (const parent of realParents) {
        const pairs = yield* printer.prepare(yield* this.#pairs(id, parent, paths));
        yield* this.#head(walked, log, pairs.length > 0, ` (from ${yield* this.#pretty.shownId(parent)})`);
        yield* printer.print(pairs);
      }
      return true;
    }
    let pairs: FilePair[] = [];
    let combined = "";
    if (wantsDiff && (!merge || how === "first" || this.#options.walk.firstParent)) pairs = yield* printer.prepare(yield* this.#pairs(id, realParents[0], paths));
    else if (wantsDiff && merge && how !== "none") {
      const others = this.#diff.stat || this.#diff.numstat || this.#diff.shortstat || this.#diff.summary;
      if (others) pairs = yield* printer.prepare(yield* this.#pairs(id, realParents[0], paths));
      combined = yield* this.#combined(id, realParents, paths, printer, how !== "c");
    }
    // A search for changes shows only the commits that have them.
    if (searching && pairs.length === 0 && combined === "") return false;
    const asMerge = wantsDiff && merge && (how === "cc" || how === "c") && !this.#options.walk.firstParent;
    if (!formatGiven(this.#diff)) pairs = [];
    const body = pairs.length > 0 || combined !== "" || asMerge;
    yield* this.#head(walked, log, body, "", asMerge);
    if (pairs.length > 0) {
      if (merge && how !== "first" && !this.#options.walk.firstParent) {
        const quiet = new DiffPrinter(git, { ...this.#diff, patch: false });
        quiet.linePrefix = printer.linePrefix;
        yield* quiet.print(pairs);
        if (combined !== "") git.put(`${printer.linePrefix()}\n`);
      } else yield* printer.print(pairs);
    }
    if (combined !== "") for (const line of combined.split("\n").slice(0, -1)) git.put(`${printer.linePrefix()}${line}\n`);
    yield* git.flushIfFull();
    return true;
  }

  *#head(walked: WalkedCommit, log: LogLine | undefined, body: boolean, from = "", asMerge = false): Blocking<void> {
    const git = this.#git;
    const { format } = this.#pretty.options;
    const terminator = format.terminator;
    if (this.#shownOne && !terminator) git.put(`${this.#graph ? this.#graph.padding() : ""}\n`);
    this.#shownOne = true;
    let text = yield* this.#pretty.text(walked.id, walked.parents, walked.boundary ? (this.#graph ? "" : "-") : this.#options.leftRight && !this.#graph ? walked.mark : "", log);
    if (from !== "") text = text.replace(/^(.*)(\n|$)/, `$1${from}$2`);
    const empty = format.kind === "user" && format.format === "";
    if (format.kind === "user" && !terminator && !body) {
      // Separated, not ended: the last one has no newline.
      this.#putText(text, false);
      return;
    }
    if (!(empty && terminator)) this.#putText(text, !text.endsWith("\n") || format.kind === "user" || format.kind === "oneline" || format.kind === "reference");
    if (!body || (format.kind === "oneline" && !asMerge) || empty) return;
    const both = this.#diff.stat && this.#diff.patch && !asMerge;
    git.put(`${this.#graph ? this.#graph.padding() : ""}${both ? "---" : ""}\n`);
  }

  *#combined(id: ObjectId, parents: readonly ObjectId[], paths: Pathspec, printer: DiffPrinter, dense: boolean): Blocking<string> {
    const git = this.#git;
    const store = commits(git);
    const result = (yield* store.get(id)).tree;
    const trees: ObjectId[] = [];
    for (const parent of parents) trees.push((yield* store.get(parent)).tree);
    const mine = yield* treeFiles(git.sys, git.objects, result);
    const theirs: FileMap[] = [];
    for (const tree of trees) theirs.push(yield* treeFiles(git.sys, git.objects, tree));
    const names = new Set([...mine.keys(), ...theirs.flatMap((files) => [...files.keys()])]);
    let out = "";
    for (const path of [...names].sort()) {
      if (!paths.matches(path)) continue;
      const own = mine.get(path);
      const others = theirs.map((files) => files.get(path));
      if (others.some((other) => other?.id === own?.id && other?.mode === own?.mode)) continue;
      if (this.#diff.nameOnly || this.#diff.nameStatus) {
        out += this.#diff.nameOnly ? `${quotePath(path)}\n` : `${others.map((other) => (!other ? "A" : !own ? "D" : "M")).join("")}\t${quotePath(path)}\n`;
        continue;
      }
      if (this.#diff.patch) out += yield* combinedPatch(git, printer.colors, own && { path, ...own }, others.map((other) => other && { path, ...other }), path, (prefix, name) => quotePath(prefix + name), dense, this.#diff.context);
    }
    return out;
  }

  /** Behind the last one: separated formats end with a newline on a terminal only through the pager. */
  finish(): void {
    const { format } = this.#pretty.options;
    if (this.#shownOne && format.kind === "user" && !format.terminator && !formatGiven(this.#diff)) this.#git.put("");
  }

  get pretty(): Pretty {
    return this.#pretty;
  }
}

