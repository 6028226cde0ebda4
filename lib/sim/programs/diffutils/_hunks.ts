// The output formats of diff: normal, context, unified, ed, RCS, ifdef, side by side.

import type { Change } from "../kit/line-difference.ts";
import { expandTabs, type FileLines } from "./_lines.ts";

export interface Colours {
  readonly header: string;
  readonly line: string;
  readonly added: string;
  readonly deleted: string;
  readonly reset: string;
}

export const NO_COLOURS: Colours = { header: "", line: "", added: "", deleted: "", reset: "" };

export interface FormatOptions {
  readonly context: number;
  readonly colours: Colours;
  readonly expandTabs: boolean;
  readonly tabSize: number;
  readonly initialTab: boolean;
  readonly suppressBlankEmpty: boolean;
  /** Whether the line is one that -p or -F shows in hunk headers. */
  readonly isFunction: ((line: string) => boolean) | undefined;
  /** Hunks that do not count (-B, -I). */
  readonly ignorable: (change: Change) => boolean;
  readonly width: number;
  readonly leftColumn: boolean;
  readonly suppressCommon: boolean;
}

const NO_NEWLINE = "\\ No newline at end of file\n";

export class HunkPrinter {
  readonly #a: FileLines;
  readonly #b: FileLines;
  readonly #options: FormatOptions;

  constructor(a: FileLines, b: FileLines, options: FormatOptions) {
    this.#a = a;
    this.#b = b;
    this.#options = options;
  }

  #line(file: FileLines, index: number, prefix: string, colour: string): string {
    const { colours, expandTabs: expands, tabSize, initialTab } = this.#options;
    const raw = file.lines[index] ?? "";
    const text = expands ? expandTabs(raw, tabSize) : raw;
    let lead = prefix;
    if (initialTab) lead = `${prefix.length > 1 ? (prefix[0] ?? "") : prefix.trimEnd()}\t`;
    else if (text === "" && this.#options.suppressBlankEmpty && prefix.trim() === "") lead = "";
    const shown = colour === "" ? lead + text : `${colour}${lead}${text}${colours.reset}`;
    const missing = file.incomplete && index === file.lines.length - 1;
    return `${shown}\n${missing ? NO_NEWLINE : ""}`;
  }

  // ---- normal

  normal(changes: readonly Change[]): string {
    const { colours } = this.#options;
    let text = "";
    for (const change of changes) {
      if (this.#options.ignorable(change)) continue;
      const { from, deleted, to, inserted } = change;
      const letter = deleted === 0 ? "a" : inserted === 0 ? "d" : "c";
      text += `${colours.line}${range(from, deleted)}${letter}${range(to, inserted)}${colours.line && colours.reset}\n`;
      for (let i = 0; i < deleted; i++) text += this.#line(this.#a, from + i, "< ", colours.deleted);
      if (letter === "c") text += "---\n";
      for (let i = 0; i < inserted; i++) text += this.#line(this.#b, to + i, "> ", colours.added);
    }
    return text;
  }

  // ---- ed and RCS

  ed(changes: readonly Change[]): string {
    let text = "";
    for (const change of changes.toReversed()) {
      if (this.#options.ignorable(change)) continue;
      const { from, deleted, to, inserted } = change;
      const letter = deleted === 0 ? "a" : inserted === 0 ? "d" : "c";
      text += `${range(from, deleted)}${letter}\n`;
      if (inserted === 0) continue;
      let inText = true;
      for (let i = 0; i < inserted; i++) {
        const line = this.#b.lines[to + i] ?? "";
        if (!inText) text += "a\n";
        inText = true;
        text += `${line === "." ? ".." : line}\n`;
        if (line === ".") {
          // A line that is one dot would end the text: it is written as two and mended.
          text += ".\ns/.//\n";
          inText = false;
        }
      }
      if (inText) text += ".\n";
    }
    return text;
  }

  /** -f: as an ed script that goes forward, which ed cannot read. */
  forwardEd(changes: readonly Change[]): string {
    let text = "";
    for (const change of changes) {
      if (this.#options.ignorable(change)) continue;
      const { from, deleted, to, inserted } = change;
      text += `${deleted === 0 ? "a" : inserted === 0 ? "d" : "c"}${range(from, deleted).replace(",", " ")}\n`;
      if (inserted === 0) continue;
      text += `${this.#b.lines.slice(to, to + inserted).join("\n")}\n.\n`;
    }
    return text;
  }

  rcs(changes: readonly Change[]): string {
    let text = "";
    for (const change of changes) {
      if (this.#options.ignorable(change)) continue;
      const { from, deleted, to, inserted } = change;
      if (deleted > 0) text += `d${from + 1} ${deleted}\n`;
      if (inserted > 0) {
        text += `a${from + deleted} ${inserted}\n`;
        for (let i = 0; i < inserted; i++) {
          const missing = this.#b.incomplete && to + i === this.#b.lines.length - 1;
          text += `${this.#b.lines[to + i] ?? ""}${missing ? "" : "\n"}`;
        }
      }
    }
    return text;
  }

  // ---- context and unified

  /** Changes whose contexts touch go together. */
  #groups(changes: readonly Change[]): Change[][] {
    const { context, ignorable } = this.#options;
    const groups: Change[][] = [];
    let last: Change | undefined;
    for (const change of changes) {
      const threshold = ignorable(change) ? context : 2 * context + 1;
      const current = groups.at(-1);
      if (current && last && change.from - (last.from + last.deleted) < threshold) current.push(change);
      else groups.push([change]);
      last = change;
    }
    return groups.filter((group) => !group.every(ignorable));
  }

  unified(changes: readonly Change[]): string {
    const { context, colours } = this.#options;
    let text = "";
    for (const group of this.#groups(changes)) {
      const first = group[0];
      const last = group.at(-1);
      if (!first || !last) continue;
      const startA = Math.max(0, first.from - context);
      const startB = Math.max(0, first.to - context);
      const endA = Math.min(this.#a.lines.length, last.from + last.deleted + context);
      const endB = Math.min(this.#b.lines.length, last.to + last.inserted + context);
      text += `${colours.line}@@ -${unifiedRange(startA, endA)} +${unifiedRange(startB, endB)} @@${colours.line && colours.reset}${this.#functionName(startA)}\n`;
      let at = startA;
      for (const change of group) {
        for (; at < change.from; at++) text += this.#line(this.#a, at, " ", "");
        for (let i = 0; i < change.deleted; i++) text += this.#line(this.#a, change.from + i, "-", colours.deleted);
        for (let i = 0; i < change.inserted; i++) text += this.#line(this.#b, change.to + i, "+", colours.added);
        at = change.from + change.deleted;
      }
      for (; at < endA; at++) text += this.#line(this.#a, at, " ", "");
    }
    return text;
  }

  #functionName(before: number): string {
    const { isFunction } = this.#options;
    if (!isFunction) return "";
    for (let i = before - 1; i >= 0; i--) {
      const line = this.#a.lines[i] ?? "";
      if (isFunction(line)) return ` ${line.trimStart().slice(0, 40).trimEnd()}`;
    }
    return "";
  }

  context(changes: readonly Change[]): string {
    const { context, colours } = this.#options;
    let text = "";
    for (const group of this.#groups(changes)) {
      const first = group[0];
      const last = group.at(-1);
      if (!first || !last) continue;
      const startA = Math.max(0, first.from - context);
      const startB = Math.max(0, first.to - context);
      const endA = Math.min(this.#a.lines.length, last.from + last.deleted + context);
      const endB = Math.min(this.#b.lines.length, last.to + last.inserted + context);
      text += `***************${this.#functionName(startA)}\n${colours.line}*** ${contextRange(startA, endA)} ****${colours.line && colours.reset}\n`;
      if (group.some((change) => change.deleted > 0)) {
        let at = startA;
        for (const change of group) {
          for (; at < change.from; at++) text += this.#line(this.#a, at, "  ", colours.deleted);
          for (; at < change.from + change.deleted; at++) text += this.#line(this.#a, at, change.inserted > 0 ? "! " : "- ", colours.deleted);
        }
        for (; at < endA; at++) text += this.#line(this.#a, at, "  ", colours.deleted);
      }
      text += `${colours.line}--- ${contextRange(startB, endB)} ----${colours.line && colours.reset}\n`;
      if (group.some((change) => change.inserted > 0)) {
        let at = startB;
        for (const change of group) {
          for (; at < change.to; at++) text += this.#line(this.#b, at, "  ", colours.added);
          for (; at < change.to + change.inserted; at++) text += this.#line(this.#b, at, change.deleted > 0 ? "! " : "+ ", colours.added);
        }
        for (; at < endB; at++) text += this.#line(this.#b, at, "  ", colours.added);
      }
    }
    return text;
  }

  // ---- ifdef

  ifdef(changes: readonly Change[], name: string): string {
    const raw = (file: FileLines, index: number) => `${file.lines[index] ?? ""}\n`;
    let text = "";
    let at = 0;
    for (const { from, deleted, to, inserted } of changes) {
      for (; at < from; at++) text += raw(this.#a, at);
      text += `#${deleted > 0 ? "ifndef" : "ifdef"} ${name}\n`;
      for (let i = 0; i < deleted; i++) text += raw(this.#a, from + i);
      if (deleted > 0 && inserted > 0) text += `#else /* ${name} */\n`;
      for (let i = 0; i < inserted; i++) text += raw(this.#b, to + i);
      text += `#endif /* ${deleted > 0 && inserted === 0 ? "! " : ""}${name} */\n`;
      at = from + deleted;
    }
    for (; at < this.#a.lines.length; at++) text += raw(this.#a, at);
    return text;
  }

  // ---- side by side

  sideBySide(changes: readonly Change[]): string {
    const { suppressCommon, ignorable } = this.#options;
    let text = "";
    let [i, j] = [0, 0];
    for (const change of changes) {
      if (ignorable(change)) continue;
      if (!suppressCommon) text += this.commonRows(i, change.from, j, change.to);
      text += this.changeRows(change);
      i = change.from + change.deleted;
      j = change.to + change.inserted;
    }
    return suppressCommon ? text : text + this.commonRows(i, this.#a.lines.length, j, this.#b.lines.length);
  }

  /** Common lines in two columns; changes that do not count stand among them, so both sides may be of different length. */
  commonRows(fromA: number, untilA: number, fromB: number, untilB: number): string {
    const { leftColumn } = this.#options;
    let text = "";
    let [i, j] = [fromA, fromB];
    if (!leftColumn) while (i < untilA && j < untilB) text += this.#pair(i++, " ", j++);
    if (!leftColumn) for (; j < untilB; j++) text += this.#pair(undefined, ")", j);
    for (; i < untilA; i++) text += this.#pair(i, "(", undefined);
    return text;
  }

  /** One change in two columns. */
  changeRows({ from, deleted, to, inserted }: Change): string {
    const { colours } = this.#options;
    const coloured = (colour: string, rows: string) => (colour === "" || rows === "" ? rows : `${colour}${rows}${colours.reset}`);
    const both = Math.min(deleted, inserted);
    let text = "";
    for (let k = 0; k < both; k++) text += this.#pair(from + k, "|", to + k);
    let [added, removed] = ["", ""];
    for (let k = both; k < inserted; k++) added += this.#pair(undefined, ">", to + k);
    for (let k = both; k < deleted; k++) removed += this.#pair(from + k, "<", undefined);
    return text + coloured(colours.added, added) + coloured(colours.deleted, removed);
  }

  #pair(left: number | undefined, mark: string, right: number | undefined): string {
    const { width, tabSize, expandTabs: expands } = this.#options;
    const gutter = 3;
    const unit = expands ? 1 : tabSize;
    const unaligned = (width >> 1) + ((unit + gutter) >> 1) + (width & (unit + gutter) & 1);
    const offset = unaligned - (unaligned % unit);
    const half = Math.max(0, Math.min(offset - gutter, width - offset));
    const column = half > 0 ? offset : width;
    const missing = (file: FileLines, index: number) => file.incomplete && index === file.lines.length - 1;
    const leftMissing = left !== undefined && missing(this.#a, left);
    const rightMissing = right !== undefined && missing(this.#b, right);
    let text = "";
    let at = 0;
    const advance = (to: number) => {
      if (!expands) {
        for (let tab = at + tabSize - (at % tabSize); tab <= to; tab += tabSize) {
          text += "\t";
          at = tab;
        }
      }
      if (to > at) text += " ".repeat(to - at);
      at = Math.max(at, to);
    };
    const put = (line: string) => {
      const cut = cutToWidth(line, half, tabSize, expands);
      text += cut.text;
      at += cut.width;
    };
    if (left !== undefined) put(this.#a.lines[left] ?? "");
    if (mark !== " ") {
      advance((half + column - 1) >> 1);
      text += mark === "|" && leftMissing !== rightMissing ? (leftMissing ? "\\" : "/") : mark;
      at++;
    }
    if (right !== undefined && (this.#b.lines[right] ?? "") !== "") {
      advance(column);
      put(this.#b.lines[right] ?? "");
    }
    const ends = (left !== undefined && !leftMissing) || (right !== undefined && !rightMissing);
    return ends ? `${text}\n` : text;
  }
}

function cutToWidth(line: string, width: number, tabSize: number, expands: boolean): { readonly text: string; readonly width: number } {
  let text = "";
  let at = 0;
  for (const c of line) {
    if (c === "\t") {
      const to = at + tabSize - (at % tabSize);
      if (to > width) break;
      text += expands ? " ".repeat(to - at) : "\t";
      at = to;
      continue;
    }
    // A byte that goes on a UTF-8 character takes no column.
    const code = c.charCodeAt(0);
    const columns = code >= 0x80 && code < 0xc0 ? 0 : 1;
    if (at + columns > width) break;
    text += c;
    at += columns;
  }
  return { text, width: at };
}

function range(from: number, count: number): string {
  return count === 0 ? String(from) : count === 1 ? String(from + 1) : `${from + 1},${from + count}`;
}

function unifiedRange(start: number, end: number): string {
  const count = end - start;
  return count === 1 ? String(end) : `${count === 0 ? start : start + 1},${count}`;
}

function contextRange(start: number, end: number): string {
  const count = end - start;
  return count <= 1 ? String(end) : `${start + 1},${end}`;
}
