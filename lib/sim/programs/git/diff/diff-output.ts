// A list of file pairs as git diff shows it: raw, names, stat, patch (git-diff(1), "GENERATING PATCH TEXT WITH -P").
// (More than 400 lines: every format prints the same pairs with one set of colours and names.)
import type { Blocking } from "../../../kernel/sys.ts";
import { type Regex, compileRegex } from "../../kit/regex/compile-regex.ts";
import { textWidth } from "../../kit/width.ts";
import type { Change } from "../../kit/line-difference.ts";
import type { Git } from "../base/git.ts";
import { NULL_ID, type ObjectId, hashObject } from "../store/object-id.ts";
import { modeText } from "../store/tree-object.ts";
import { Attributes, isBinary } from "../work-tree/attributes.ts";
import { quotePath } from "../work-tree/quote-path.ts";
import type { DiffOptions } from "./diff-options.ts";
import { type FilePair, type FileSide, contentOf, pathOf, reversed } from "./file-pair.ts";
import { type Hunk, functionLine, hunkLines, hunksOf, rangeText } from "./hunks.ts";
import { lineChanges, linesOfBytes } from "./line-changes.ts";
import { deflateZlib } from "../store/zlib.ts";
import { withRenames } from "./renames.ts";

export interface DiffColors {
  readonly meta: string;
  readonly frag: string;
  readonly func: string;
  readonly old: string;
  readonly new: string;
  readonly context: string;
  readonly whitespace: string;
  readonly reset: string;
}

const NO_COLORS: DiffColors = { meta: "", frag: "", func: "", old: "", new: "", context: "", whitespace: "", reset: "" };

export function diffColors(git: Git, on: boolean): DiffColors {
  if (!on) return NO_COLORS;
  const slot = (name: string, otherwise: string) => git.colorOf("diff", name, otherwise);
  return { meta: slot("meta", "bold"), frag: slot("frag", "cyan"), func: slot("func", ""), old: slot("old", "red"), new: slot("new", "green"), context: slot("context", ""), whitespace: slot("whitespace", "normal red"), reset: "\x1b[m" };
}

interface Compared {
  readonly binary: boolean;
  readonly a: readonly string[];
  readonly b: readonly string[];
  readonly changes: readonly Change[];
  readonly oldBytes: Uint8Array;
  readonly newBytes: Uint8Array;
}

export class DiffPrinter {
  readonly #git: Git;
  readonly #options: DiffOptions;
  readonly #colors: DiffColors;
  readonly #attributes: Attributes;
  readonly #compared = new Map<FilePair, Compared>();
  readonly #quoteHigh: boolean;
  /** before every line: the graph of git log */
  linePrefix: () => string = () => "";
  /** where the text goes: standard output, unless it is caught */
  put: (text: string) => void;

  constructor(git: Git, options: DiffOptions) {
    this.#git = git;
    this.put = (text) => git.put(text);
    this.#options = options;
    this.#colors = diffColors(git, git.colors("diff", options.color));
    this.#attributes = new Attributes(git);
    this.#quoteHigh = git.config.boolean("core.quotepath", true);
  }

  get colors(): DiffColors {
    return this.#colors;
  }

  #line(text: string): void {
    this.put(`${this.linePrefix()}${text}\n`);
  }

  name(path: string): string {
    return quotePath(path, this.#quoteHigh);
  }

  #quoted(prefix: string, path: string): string {
    const quoted = quotePath(path, this.#quoteHigh);
    return quoted.startsWith('"') && quoted !== path ? `"${prefix}${quoted.slice(1)}` : prefix + path;
  }

  /** Renames found, filters applied, sides swapped: what is to be shown. */
  *prepare(pairs: readonly FilePair[], otherSources: readonly FileSide[] = []): Blocking<FilePair[]> {
    const options = this.#options;
    let list: FilePair[] = options.reverse ? pairs.map(reversed) : [...pairs];
    if (options.relative !== undefined && options.relative !== "") {
      const base = options.relative.endsWith("/") ? options.relative : `${options.relative}/`;
      const cut = (side: FileSide | undefined) => side && { ...side, path: side.path.slice(base.length) };
      list = list.filter((pair) => pathOf(pair).startsWith(base)).map((pair) => ({ ...pair, old: cut(pair.old), new: cut(pair.new) }));
    }
    if (options.renames !== "no") list = yield* withRenames(this.#git, list, { minimum: options.minimumScore, copies: options.renames === "copies", ...(options.harderCopies && { sources: otherSources }) });
    if (options.pickaxe) {
      const kept: FilePair[] = [];
      for (const pair of list) if (yield* this.#picked(pair, options.pickaxe)) kept.push(pair);
      list = kept;
    }
    if (options.filter !== "") {
      const wanted = new Set([...options.filter].filter((letter) => letter >= "A" && letter <= "Z"));
      const unwanted = new Set([...options.filter].filter((letter) => letter >= "a").map((letter) => letter.toUpperCase()));
      list = list.filter((pair) => (wanted.size === 0 || wanted.has(pair.status)) && !unwanted.has(pair.status));
    }
    if (this.#ignoresSomething) {
      const kept: FilePair[] = [];
      for (const pair of list) {
        if (pair.status !== "M" || pair.old?.mode !== pair.new?.mode) kept.push(pair);
        else {
          const compared = yield* this.#compare(pair);
          if (compared.binary || compared.changes.length > 0) kept.push(pair);
        }
      }
      list = kept;
    }
    return list;
  }

  get #ignoresSomething(): boolean {
    const { rules } = this.#options;
    return Boolean(rules.ignoreAllSpace || rules.ignoreSpaceChange || rules.ignoreSpaceAtEol || rules.ignoreBlankLines) && !this.#options.raw && !this.#options.nameOnly && !this.#options.nameStatus;
  }

  *#picked(pair: FilePair, pick: NonNullable<DiffOptions["pickaxe"]>): Blocking<boolean> {
    const compared = yield* this.#compare(pair);
    if (pick.kind === "G") {
      const regex = compileRegex(pick.text, { syntax: "ere" });
      return compared.changes.some((change) => compared.a.slice(change.from, change.from + change.deleted).some((line) => regex.test(line.replace(/\n$/, ""))) || compared.b.slice(change.to, change.to + change.inserted).some((line) => regex.test(line.replace(/\n$/, ""))));
    }
    const regex: Regex | undefined = this.#options.pickaxeRegex ? compileRegex(pick.text, { syntax: "ere" }) : undefined;
    const count = (lines: readonly string[]) => {
      if (regex) return lines.filter((line) => regex.test(line)).length;
      return lines.join("").split(pick.text).length;
    };
    return count(compared.a) !== count(compared.b);
  }

  *#compare(pair: FilePair): Blocking<Compared> {
    const known = this.#compared.get(pair);
    if (known) return known;
    const { sys } = this.#git;
    const [oldBytes, newBytes] = [yield* contentOf(this.#git, pair.old), yield* contentOf(this.#git, pair.new)];
    const said = this.#options.text ? false : this.#git.maybeRepository ? yield* this.#attributes.isBinary(pathOf(pair)) : undefined;
    const binary = said ?? (isBinary(oldBytes) || isBinary(newBytes));
    const [a, b] = binary && !this.#options.pickaxe ? [[], []] : [linesOfBytes(oldBytes), linesOfBytes(newBytes)];
    if (sys.charge(5 + ((oldBytes.length + newBytes.length) >> 5))) yield* sys.preempt();
    const same = pair.old?.id !== undefined && pair.old.id === pair.new?.id;
    const compared: Compared = { binary, a, b, oldBytes, newBytes, changes: binary || same ? [] : yield* lineChanges(sys, a, b, this.#options.rules) };
    this.#compared.set(pair, compared);
    return compared;
  }

  /** Everything that was asked for; between two formats stands an empty line. */
  *print(pairs: readonly FilePair[]): Blocking<void> {
    const options = this.#options;
    let separated = false;
    if (options.raw) yield* this.#raw(pairs);
    for (const pair of options.nameStatus || options.nameOnly ? pairs : []) this.#names(pair);
    if (options.raw || options.nameStatus || options.nameOnly) separated = pairs.length > 0;
    if (options.numstat) yield* this.#numstat(pairs);
    if (options.stat) yield* this.#stat(pairs);
    if (options.shortstat) yield* this.#shortstat(pairs);
    if (options.numstat || options.stat || options.shortstat) separated = pairs.length > 0;
    if (options.summary) {
      this.summary(pairs);
      separated = pairs.length > 0;
    }
    if (options.patch) {
      if (separated && pairs.length > 0) this.#line("");
      for (const pair of pairs) {
        yield* this.patch(pair);
        yield* this.#git.flushIfFull();
      }
    }
  }

  *#shownId(side: FileSide | undefined, full = false): Blocking<string> {
    const least = full ? 40 : (this.#options.abbrev ?? (yield* defaultAbbrev(this.#git)));
    if (!side) return NULL_ID.slice(0, least);
    const id = side.id ?? (side.content ? hashObject("blob", side.content) : NULL_ID);
    return id === NULL_ID || !this.#git.maybeRepository || !(yield* this.#git.objects.has(id)) ? id.slice(0, least) : yield* this.#git.objects.abbreviate(id, least);
  }

  *#raw(pairs: readonly FilePair[]): Blocking<void> {
    for (const pair of pairs) {
      const status = pair.status + (pair.status === "R" || pair.status === "C" ? String(pair.score).padStart(3, "0") : "");
      const shown = function* (printer: DiffPrinter, side: FileSide | undefined): Blocking<string> {
        const full = printer.#options.fullIndex;
        // The work tree's own contents have no id there.
        return side && side.id === undefined ? NULL_ID.slice(0, full ? 40 : (printer.#options.abbrev ?? (yield* defaultAbbrev(printer.#git)))) : yield* printer.#shownId(side, full);
      };
      this.#line(`:${modeText(pair.old?.mode ?? 0)} ${modeText(pair.new?.mode ?? 0)} ${yield* shown(this, pair.old)} ${yield* shown(this, pair.new)} ${status}\t${this.#statusNames(pair)}`);
    }
  }

  #statusNames(pair: FilePair): string {
    return pair.status === "R" || pair.status === "C" ? `${this.name(pair.old?.path ?? "")}\t${this.name(pair.new?.path ?? "")}` : this.name(pathOf(pair));
  }

  #names(pair: FilePair): void {
    if (this.#options.nul) {
      this.put(`${this.#options.nameStatus ? `${pair.status}\0` : ""}${pathOf(pair)}\0`);
      return;
    }
    if (this.#options.nameOnly && !this.#options.nameStatus) this.#line(this.name(pathOf(pair)));
    else this.#line(`${pair.status}${pair.status === "R" || pair.status === "C" ? String(pair.score).padStart(3, "0") : ""}\t${this.#statusNames(pair)}`);
  }

  *#counts(pair: FilePair): Blocking<{ readonly added: number; readonly deleted: number; readonly binary: boolean; readonly compared: Compared }> {
    const compared = yield* this.#compare(pair);
    let added = 0;
    let deleted = 0;
    for (const change of compared.changes) {
      added += change.inserted;
      deleted += change.deleted;
    }
    return { added, deleted, binary: compared.binary, compared };
  }

  *#numstat(pairs: readonly FilePair[]): Blocking<void> {
    for (const pair of pairs) {
      const { added, deleted, binary } = yield* this.#counts(pair);
      const names = pair.status === "R" || pair.status === "C" ? renameName(pair.old?.path ?? "", pair.new?.path ?? "") : this.name(pathOf(pair));
      this.#line(`${binary ? "-\t-" : `${added}\t${deleted}`}\t${names}`);
    }
  }

  *#stat(pairs: readonly FilePair[]): Blocking<void> {
    const rows: { name: string; added: number; deleted: number; kind: "text" | "binary" | "unmerged"; note: string }[] = [];
    for (const pair of pairs) {
      const { added, deleted, binary, compared } = yield* this.#counts(pair);
      const name = pair.status === "R" || pair.status === "C" ? renameName(pair.old?.path ?? "", pair.new?.path ?? "") : this.name(pathOf(pair));
      const same = pair.old?.id !== undefined && pair.old.id === pair.new?.id;
      if (pair.status === "U") rows.push({ name, added: 0, deleted: 0, kind: "unmerged", note: "Unmerged" });
      else if (binary) rows.push({ name, added: same ? 0 : compared.newBytes.length, deleted: same ? 0 : compared.oldBytes.length, kind: "binary", note: same || (compared.oldBytes.length === 0 && compared.newBytes.length === 0) ? "Bin" : `Bin ${this.#colors.old}${compared.oldBytes.length}${this.#colors.reset} -> ${this.#colors.new}${compared.newBytes.length}${this.#colors.reset} bytes` });
      else rows.push({ name, added, deleted, kind: "text", note: "" });
    }
    if (rows.length === 0) return;
    const width = this.#options.statWidth ?? this.#git.columns - textWidth(this.linePrefix().replace(/\x1b\[[0-9;]*m/g, ""));
    const most = Math.max(0, ...rows.map((row) => (row.kind === "text" ? row.added + row.deleted : 0)));
    const binWidth = Math.max(0, ...rows.map((row) => (row.kind === "binary" && row.note !== "Bin" ? 14 + String(row.added).length + String(row.deleted).length : row.kind === "unmerged" ? 8 : row.kind === "binary" ? 3 : 0)));
    const numberWidth = Math.max(String(most).length, rows.some((row) => row.kind === "binary") ? 3 : 0);
    const total = Math.max(width, 16 + 6 + numberWidth);
    let nameWidth = Math.max(...rows.map((row) => textWidth(row.name)));
    let graphWidth = most + 4 > binWidth ? most : binWidth - 4;
    if (nameWidth + numberWidth + 6 + graphWidth > total) {
      if (graphWidth > Math.floor((total * 3) / 8) - numberWidth - 6) graphWidth = Math.max(6, Math.floor((total * 3) / 8) - numberWidth - 6);
      if (nameWidth > total - numberWidth - 6 - graphWidth) nameWidth = total - numberWidth - 6 - graphWidth;
      else graphWidth = total - numberWidth - 6 - nameWidth;
    }
    const scaled = (count: number) => (count === 0 ? 0 : 1 + Math.floor((count * (graphWidth - 1)) / most));
    for (const row of rows) {
      let name = row.name;
      if (textWidth(name) > nameWidth) {
        name = name.slice(name.length - (nameWidth - 3));
        const slash = name.indexOf("/");
        if (slash >= 0) name = name.slice(slash);
        name = `...${name}`;
      }
      const head = ` ${name}${" ".repeat(Math.max(0, nameWidth - textWidth(name)))} | `;
      if (row.kind !== "text") {
        this.#line(`${head}${row.kind === "binary" ? row.note.replace(/^Bin/, "Bin".padStart(numberWidth)) : row.note}`);
        continue;
      }
      let { added, deleted } = row;
      if (graphWidth <= most) {
        let sum = scaled(added + deleted);
        if (sum < 2 && added > 0 && deleted > 0) sum = 2;
        if (added < deleted) {
          added = scaled(added);
          deleted = sum - added;
        } else {
          deleted = scaled(deleted);
          added = sum - deleted;
        }
      }
      const { new: plus, old: minus, reset } = this.#colors;
      const bars = `${added > 0 ? plus + "+".repeat(added) + reset : ""}${deleted > 0 ? minus + "-".repeat(deleted) + reset : ""}`;
      this.#line(`${head}${String(row.added + row.deleted).padStart(numberWidth)}${row.added + row.deleted > 0 ? " " : ""}${bars}`);
    }
    this.#line(statSum(rows.length - rows.filter((row) => row.kind === "unmerged").length, rows.reduce((sum, row) => sum + (row.kind === "text" ? row.added : 0), 0), rows.reduce((sum, row) => sum + (row.kind === "text" ? row.deleted : 0), 0)));
  }

  *#shortstat(pairs: readonly FilePair[]): Blocking<void> {
    let added = 0;
    let deleted = 0;
    for (const pair of pairs) {
      const counts = yield* this.#counts(pair);
      added += counts.added;
      deleted += counts.deleted;
    }
    if (pairs.length > 0) this.#line(statSum(pairs.length, added, deleted));
  }

  summary(pairs: readonly FilePair[]): void {
    for (const pair of pairs) {
      const { old, new: next } = pair;
      if (pair.status === "D" && old) this.#line(` delete mode ${modeText(old.mode)} ${this.name(old.path)}`);
      else if (pair.status === "A" && next) this.#line(` create mode ${modeText(next.mode)} ${this.name(next.path)}`);
      else if (pair.status === "R" || pair.status === "C") {
        this.#line(` ${pair.status === "R" ? "rename" : "copy"} ${renameName(old?.path ?? "", next?.path ?? "")} (${pair.score}%)`);
        if (old && next && old.mode !== next.mode) this.#line(` mode change ${modeText(old.mode)} => ${modeText(next.mode)}`);
      } else if (old && next && old.mode !== next.mode) this.#line(` mode change ${modeText(old.mode)} => ${modeText(next.mode)} ${this.name(next.path)}`);
    }
  }

  #meta(text: string): void {
    const { meta, reset } = this.#colors;
    this.#line(`${meta}${text}${reset}`);
  }

  *patch(pair: FilePair): Blocking<void> {
    const options = this.#options;
    const { old, new: next } = pair;
    const path = pathOf(pair);
    if (pair.status === "U") {
      this.#line(`* Unmerged path ${this.name(path)}`);
      return;
    }
    if (pair.status === "T" && old && next) {
      // Another kind of file: one goes, one comes.
      yield* this.patch({ status: "D", old, new: undefined, score: 0 });
      yield* this.patch({ status: "A", old: undefined, new: next, score: 0 });
      return;
    }
    const compared = yield* this.#compare(pair);
    const [oldName, newName] = [this.#quoted(options.oldPrefix, old?.path ?? path), this.#quoted(options.newPrefix, next?.path ?? path)];
    const modeChanged = old && next && old.mode !== next.mode;
    const sameContent = old && next && (old.id !== undefined && old.id === next.id ? true : equalBytes(compared.oldBytes, compared.newBytes));
    if (sameContent && !modeChanged && pair.status === "M") return;
    if (!compared.binary && compared.changes.length === 0 && !sameContent && pair.status === "M" && !modeChanged) return;
    this.#meta(`diff --git ${oldName} ${newName}`);
    if (!old && next) this.#meta(`new file mode ${modeText(next.mode)}`);
    if (!next && old) this.#meta(`deleted file mode ${modeText(old.mode)}`);
    if (modeChanged) {
      this.#meta(`old mode ${modeText(old.mode)}`);
      this.#meta(`new mode ${modeText(next.mode)}`);
    }
    if (pair.status === "R" || pair.status === "C") {
      const word = pair.status === "R" ? "rename" : "copy";
      this.#meta(`similarity index ${pair.score}%`);
      this.#meta(`${word} from ${this.name(old?.path ?? "")}`);
      this.#meta(`${word} to ${this.name(next?.path ?? "")}`);
    }
    if (sameContent) return;
    const full = options.fullIndex || (compared.binary && options.binary);
    this.#meta(`index ${yield* this.#shownId(old, full)}..${yield* this.#shownId(next, full)}${old && next && !modeChanged ? ` ${modeText(next.mode)}` : ""}`);
    if (compared.binary) {
      if (options.binary) yield* this.#binaryPatch(compared);
      else this.#line(`Binary files ${old ? oldName : "/dev/null"} and ${next ? newName : "/dev/null"} differ`);
      return;
    }
    if (compared.changes.length === 0) return;
    if (!next && options.irreversibleDelete) return;
    const tab = (name: string) => (name.includes(" ") && !name.startsWith('"') ? `${name}\t` : name);
    this.#meta(`--- ${old ? tab(oldName) : "/dev/null"}`);
    this.#meta(`+++ ${next ? tab(newName) : "/dev/null"}`);
    yield* this.hunks(compared.a, compared.b, compared.changes);
  }

  *hunks(a: readonly string[], b: readonly string[], changes: readonly Change[]): Blocking<void> {
    const { sys } = this.#git;
    const options = this.#options;
    const hunks = hunksOf(changes, a.length, b.length, options.context, options.between);
    for (const hunk of options.functionContext ? wholeFunctions(hunks, a, b) : hunks) {
      const { frag, func, reset } = this.#colors;
      const title = functionLine(a, hunk.oldStart);
      this.#line(`${frag}@@ -${rangeText(hunk.oldStart, hunk.oldCount)} +${rangeText(hunk.newStart, hunk.newCount)} @@${reset}${title === "" ? "" : ` ${func}${title}${func === "" ? "" : reset}`}`);
      for (const [op, text] of hunkLines(hunk, a, b)) {
        this.#hunkLine(op, text);
        if (sys.charge(1)) yield* sys.preempt();
      }
      yield* this.#git.flushIfFull();
    }
  }

  #hunkLine(op: " " | "-" | "+", text: string): void {
    const { old: minus, new: plus, context, whitespace, reset } = this.#colors;
    const ends = text.endsWith("\n");
    const body = ends ? text.slice(0, -1) : text;
    if (reset === "") this.#line(op + body);
    else if (op === "+") {
      const trailing = /[ \t\r]+$/.exec(body)?.[0] ?? "";
      const early = /^ +\t/.exec(body.slice(0, body.length - trailing.length))?.[0] ?? "";
      const middle = body.slice(early.length, body.length - trailing.length);
      this.#line(`${plus}+${reset}${early === "" ? "" : `${whitespace}${early.slice(0, -1)}${reset}\t`}${middle === "" ? "" : `${plus}${middle}${reset}`}${trailing === "" ? "" : `${whitespace}${trailing}${reset}`}`);
    } else if (op === "-") this.#line(`${minus}-${body}${reset}`);
    else this.#line(context === "" ? ` ${body}` : `${context} ${body}${reset}`);
    if (!ends) this.#line(`${context}\\ No newline at end of file${context === "" && reset !== "" ? "" : ""}${context === "" ? "" : reset}`);
  }

  *#binaryPatch(compared: Compared): Blocking<void> {
    this.#line("GIT binary patch");
    for (const bytes of [compared.newBytes, compared.oldBytes]) {
      this.#line(`literal ${bytes.length}`);
      const packed = yield* deflateZlib(this.#git.sys, bytes, 6);
      for (let at = 0; at < packed.length; at += 52) {
        const piece = packed.subarray(at, at + 52);
        const length = piece.length <= 26 ? String.fromCharCode(64 + piece.length) : String.fromCharCode(96 + piece.length - 26);
        this.#line(length + base85(piece));
      }
      this.#line("");
    }
  }

  /** White space errors in added lines (--check). True when there are some. */
  *check(pairs: readonly FilePair[]): Blocking<boolean> {
    let found = false;
    for (const pair of pairs) {
      const compared = yield* this.#compare(pair);
      if (compared.binary) continue;
      for (const change of compared.changes) {
        for (let i = change.to; i < change.to + change.inserted; i++) {
          const line = (compared.b[i] ?? "").replace(/\n$/, "");
          const problems = [...(/[ \t\r]+$/.test(line) ? ["trailing whitespace"] : []), ...(/^\t* +\t/.test(line) ? ["space before tab in indent"] : [])];
          if (/^[<=>|]{7}(?: |$)/.test(line)) problems.splice(0, problems.length, "leftover conflict marker");
          if (problems.length === 0) continue;
          found = true;
          this.#line(`${this.name(pathOf(pair))}:${i + 1}: ${problems.join(", ")}${problems[0] === "leftover conflict marker" ? "" : "."}`);
          if (problems[0] !== "leftover conflict marker") this.#hunkLine("+", `${line}\n`);
        }
      }
      const last = compared.changes.at(-1);
      if (last && last.inserted > 0 && last.to + last.inserted === compared.b.length && (compared.b.at(-1) ?? "").trim() === "") {
        let from = compared.b.length;
        while (from > last.to && (compared.b[from - 1] ?? "").trim() === "") from--;
        this.#line(`${this.name(pathOf(pair))}:${from + 1}: new blank line at EOF.`);
        found = true;
      }
    }
    return found;
  }
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

function wholeFunctions(hunks: readonly Hunk[], a: readonly string[], b: readonly string[]): Hunk[] {
  const begins = (line: string | undefined) => line !== undefined && /^[A-Za-z_$]/.test(line);
  const grown: Hunk[] = [];
  for (const hunk of hunks) {
    let up = 0;
    while (hunk.oldStart - up > 0 && !begins(a[hunk.oldStart - up])) up++;
    let down = 0;
    while (hunk.oldStart + hunk.oldCount + down < a.length && !begins(a[hunk.oldStart + hunk.oldCount + down])) down++;
    const last = grown.at(-1);
    const next: Hunk = { oldStart: hunk.oldStart - up, oldCount: hunk.oldCount + up + down, newStart: hunk.newStart - up, newCount: Math.min(hunk.newCount + up + down, b.length), changes: hunk.changes };
    if (last && last.oldStart + last.oldCount >= next.oldStart) {
      grown[grown.length - 1] = { oldStart: last.oldStart, newStart: last.newStart, oldCount: next.oldStart + next.oldCount - last.oldStart, newCount: next.newStart + next.newCount - last.newStart, changes: [...last.changes, ...next.changes] };
    } else grown.push(next);
  }
  return grown;
}

const BASE85 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~";

function base85(bytes: Uint8Array): string {
  let out = "";
  for (let at = 0; at < bytes.length; at += 4) {
    let value = 0;
    for (let i = 0; i < 4; i++) value = value * 256 + (bytes[at + i] ?? 0);
    let five = "";
    for (let i = 0; i < 5; i++) {
      five = (BASE85[value % 85] ?? "") + five;
      value = Math.floor(value / 85);
    }
    out += five;
  }
  return out;
}

export function statSum(files: number, added: number, deleted: number): string {
  const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? "" : "s"}`;
  let out = ` ${plural(files, "file")} changed`;
  if (added > 0 || deleted === 0) out += `, ${plural(added, "insertion")}(+)`;
  if (deleted > 0 || added === 0) out += `, ${plural(deleted, "deletion")}(-)`;
  return out;
}

/** "a/{b => c}/d" */
export function renameName(from: string, to: string): string {
  if (quotePath(from) !== from || quotePath(to) !== to) return `${quotePath(from)} => ${quotePath(to)}`;
  let prefix = 0;
  for (let i = 0; i < Math.min(from.length, to.length) && from[i] === to[i]; i++) if (from[i] === "/") prefix = i + 1;
  let suffix = 0;
  // the slash at the end of the common beginning may be the one of the common end
  const least = prefix > 0 ? prefix - 1 : prefix;
  for (let i = 1; from.length - i >= least && to.length - i >= least && from[from.length - i] === to[to.length - i]; i++) if (from[from.length - i] === "/") suffix = i;
  const middle = (name: string) => name.slice(prefix, Math.max(prefix, name.length - suffix));
  if (prefix === 0 && suffix === 0) return `${from} => ${to}`;
  return `${from.slice(0, prefix)}{${middle(from)} => ${middle(to)}}${from.slice(from.length - suffix)}`;
}

/** core.abbrev, or as many digits as the number of objects asks for. */
export function* defaultAbbrev(git: Git): Blocking<number> {
  const set = git.config.get("core.abbrev");
  if (set !== undefined && set !== "auto") return set === "no" || set === "off" || set === "false" ? 40 : Math.max(4, Math.min(40, Number(set) || 7));
  return 7;
}

export function* abbreviated(git: Git, id: ObjectId): Blocking<string> {
  return yield* git.objects.abbreviate(id, yield* defaultAbbrev(git));
}

