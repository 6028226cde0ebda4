// The text of a file being edited: lines, cursor, mark, undo. Columns are indices into a line (UTF-16); the last line is always empty
// when the file ends in a newline, as nano has it.

import { charWidth } from "../kit/width.ts";

export interface Point {
  readonly line: number;
  readonly at: number;
}

export interface Snapshot {
  readonly lines: readonly string[];
  readonly cursor: Point;
}

/** What one step of undo is called in its messages. */
export type ChangeName = "addition" | "line break" | "deletion" | "line join" | "cut" | "paste" | "replacement" | "insertion" | "indent" | "unindent" | "comment" | "uncomment" | "justification" | "filtering";

interface Step {
  readonly name: ChangeName;
  readonly before: Snapshot;
  after: Snapshot;
}

const MOST_STEPS = 400;

export class NanoBuffer {
  lines: string[];
  cursor: Point = { line: 0, at: 0 };
  /** first line on the screen, and (soft wrap) its first row */
  top = 0;
  topRow = 0;
  mark: Point | undefined;
  /** made by a shifted arrow: any other key lifts it */
  softMark = false;
  /** the column that up and down aim for */
  wanted = 0;
  name: string;
  /** "unix", "dos" or "mac" */
  format: "unix" | "dos" | "mac" = "unix";
  lockName: string | undefined;
  /** of the file as it was read, to notice changes */
  mtimeUs: number | undefined;
  mode: number | undefined;
  readonly #undo: Step[] = [];
  #redo: Step[] = [];
  #saved: readonly string[] | undefined;
  #grouping: { readonly name: ChangeName; readonly step: Step; readonly cursor: Point } | undefined;
  #dirty = false;

  constructor(name: string, lines: string[]) {
    this.name = name;
    this.lines = lines.length > 0 ? lines : [""];
    this.#saved = [...this.lines];
  }

  get modified(): boolean {
    return this.#dirty;
  }

  set modified(value: boolean) {
    this.#dirty = value;
    if (!value) this.#saved = [...this.lines];
  }

  get line(): string {
    return this.lines[this.cursor.line] ?? "";
  }

  snapshot(): Snapshot {
    return { lines: [...this.lines], cursor: this.cursor };
  }

  /** Makes a change that can be undone; `grouped` joins it to the last one of the same name when the cursor did not move in between. */
  change(name: ChangeName, edit: () => void, grouped = false): void {
    const group = this.#grouping;
    if (grouped && group && group.name === name && group.cursor.line === this.cursor.line && group.cursor.at === this.cursor.at) {
      edit();
      this.#keepLastEmpty();
      group.step.after = this.snapshot();
      this.#grouping = { ...group, cursor: this.cursor };
    } else {
      const before = this.snapshot();
      edit();
      this.#keepLastEmpty();
      const step: Step = { name, before, after: this.snapshot() };
      this.#undo.push(step);
      if (this.#undo.length > MOST_STEPS) this.#undo.shift();
      this.#grouping = grouped ? { name, step, cursor: this.cursor } : undefined;
    }
    this.#redo = [];
    this.#dirty = true;
  }

  #keepLastEmpty(): void {
    if (this.lines.at(-1) !== "") this.lines.push("");
  }

  /** Typing that goes on elsewhere is another step. */
  breakGroup(): void {
    this.#grouping = undefined;
  }

  undo(): ChangeName | undefined {
    const step = this.#undo.pop();
    if (!step) return undefined;
    this.#redo.push(step);
    this.#restore(step.before);
    return step.name;
  }

  redo(): ChangeName | undefined {
    const step = this.#redo.pop();
    if (!step) return undefined;
    this.#undo.push(step);
    this.#restore(step.after);
    return step.name;
  }

  #restore(snapshot: Snapshot): void {
    this.lines = [...snapshot.lines];
    this.cursor = snapshot.cursor;
    this.mark = undefined;
    this.#grouping = undefined;
    const saved = this.#saved;
    this.#dirty = !saved || saved.length !== this.lines.length || saved.some((line, i) => line !== this.lines[i]);
    this.keepColumn();
  }

  // ---- columns

  keepColumn(): void {
    this.wanted = columnOf(this.line, this.cursor.at);
  }

  moveTo(point: Point): void {
    const line = Math.max(0, Math.min(point.line, this.lines.length - 1));
    this.cursor = { line, at: Math.max(0, Math.min(point.at, (this.lines[line] ?? "").length)) };
    this.keepColumn();
  }

  moveLine(line: number): void {
    const to = Math.max(0, Math.min(line, this.lines.length - 1));
    this.cursor = { line: to, at: indexOfColumn(this.lines[to] ?? "", this.wanted) };
  }

  // ---- editing

  insert(text: string): void {
    const { line, at } = this.cursor;
    const current = this.line;
    const parts = (current.slice(0, at) + text).split("\n");
    const last = parts.length - 1;
    const end = (parts[last] ?? "").length;
    parts[last] = (parts[last] ?? "") + current.slice(at);
    this.lines.splice(line, 1, ...parts);
    this.cursor = { line: line + last, at: end };
    this.keepColumn();
  }

  textBetween(from: Point, to: Point): string {
    if (from.line === to.line) return (this.lines[from.line] ?? "").slice(from.at, to.at);
    return [(this.lines[from.line] ?? "").slice(from.at), ...this.lines.slice(from.line + 1, to.line), (this.lines[to.line] ?? "").slice(0, to.at)].join("\n");
  }

  remove(from: Point, to: Point): string {
    const text = this.textBetween(from, to);
    const joined = (this.lines[from.line] ?? "").slice(0, from.at) + (this.lines[to.line] ?? "").slice(to.at);
    this.lines.splice(from.line, to.line - from.line + 1, joined);
    this.cursor = from;
    this.keepColumn();
    return text;
  }

  /** The marked region, in order. */
  region(): readonly [Point, Point] | undefined {
    const { mark, cursor } = this;
    if (!mark) return undefined;
    return before(mark, cursor) ? [mark, cursor] : [cursor, mark];
  }

  get end(): Point {
    const line = this.lines.length - 1;
    return { line, at: (this.lines[line] ?? "").length };
  }

  /** Lines as nano counts them: without the empty one at the end. */
  get lineCount(): number {
    return this.lines.length - (this.lines.at(-1) === "" ? 1 : 0);
  }

  /** Characters, newlines included. */
  characters(from: Point = { line: 0, at: 0 }, to: Point = this.end): number {
    let count = 0;
    for (const c of this.textBetween(from, to)) if (c) count++;
    return count;
  }

  // ---- moving by characters and words

  next(point: Point = this.cursor): Point {
    const line = this.lines[point.line] ?? "";
    if (point.at < line.length) {
      let at = point.at + ((line.codePointAt(point.at) ?? 0) > 0xffff ? 2 : 1);
      while (at < line.length && charWidth(line.codePointAt(at) ?? 0) === 0 && (line.codePointAt(at) ?? 0) > 127) at++;
      return { line: point.line, at };
    }
    return point.line + 1 < this.lines.length ? { line: point.line + 1, at: 0 } : point;
  }

  previous(point: Point = this.cursor): Point {
    if (point.at > 0) {
      const line = this.lines[point.line] ?? "";
      let at = point.at;
      do at -= at >= 2 && (line.codePointAt(at - 2) ?? 0) > 0xffff ? 2 : 1;
      while (at > 0 && charWidth(line.codePointAt(at) ?? 0) === 0 && (line.codePointAt(at) ?? 0) > 127);
      return { line: point.line, at };
    }
    return point.line > 0 ? { line: point.line - 1, at: (this.lines[point.line - 1] ?? "").length } : point;
  }

  #isWord(point: Point): boolean {
    const c = (this.lines[point.line] ?? "").slice(point.at, point.at + 2);
    return /^[\p{L}\p{N}\p{M}]/u.test(c);
  }

  /** The beginning of the next word. */
  nextWord(): Point {
    let at = this.cursor;
    let inWord = this.#isWord(at);
    for (;;) {
      const to = this.next(at);
      if (to === at || (to.line === at.line && to.at === at.at)) return at;
      at = to;
      if (!this.#isWord(at)) inWord = false;
      else if (!inWord) return at;
      else if (at.at === 0) return at;
    }
  }

  previousWord(): Point {
    let at = this.cursor;
    let seen = false;
    for (;;) {
      const to = this.previous(at);
      if (to.line === at.line && to.at === at.at) return at;
      if (this.#isWord(to)) {
        seen = true;
        if (to.at === 0) return to;
      } else if (seen) return at;
      if (seen && to.line !== at.line) return at;
      at = to;
    }
  }
}

export function before(a: Point, b: Point): boolean {
  return a.line < b.line || (a.line === b.line && a.at < b.at);
}

export const TAB_SIZE = 8;

/** How a character is shown: control characters as ^X, invalid bytes as a replacement. */
export function shownCharacter(c: string, column: number, whitespace: boolean): string {
  const point = c.codePointAt(0) ?? 0;
  if (c === "\t") {
    const width = TAB_SIZE - (column % TAB_SIZE);
    return whitespace ? `»${" ".repeat(width - 1)}` : " ".repeat(width);
  }
  if (c === " " && whitespace) return "·";
  if (point < 32) return `^${String.fromCharCode(point + 64)}`;
  if (point === 127) return "^?";
  if (point >= 0xdc80 && point <= 0xdcff) return "\ufffd";
  return charWidth(point) < 0 ? "\ufffd" : c;
}

export function widthOf(c: string, column: number): number {
  const point = c.codePointAt(0) ?? 0;
  if (c === "\t") return TAB_SIZE - (column % TAB_SIZE);
  if (point < 32 || point === 127) return 2;
  if (point >= 0xdc80 && point <= 0xdcff) return 1;
  const width = charWidth(point);
  return width < 0 ? 1 : width;
}

/** The column that an index of the line stands at. */
export function columnOf(line: string, at: number): number {
  let column = 0;
  let i = 0;
  for (const c of line) {
    if (i >= at) break;
    column += widthOf(c, column);
    i += c.length;
  }
  return column;
}

/** The index of the character that covers the column, or the line's end. */
export function indexOfColumn(line: string, column: number): number {
  let at = 0;
  let width = 0;
  for (const c of line) {
    const next = width + widthOf(c, width);
    if (next > column) return at;
    width = next;
    at += c.length;
  }
  return at;
}
