// One row of a screen: a text and a style for each column. A wide character fills its first column; the second holds "".
// A row at rest is packed into one string and its runs of styles: screens and their scrollback are most of what an idle session holds.

import { type CellStyle, PLAIN } from "./cell-style.ts";

/** A run of columns that look the same. */
interface StyleRun {
  readonly style: CellStyle;
  readonly end: number;
}

interface PackedLine {
  readonly cols: number;
  /** a character for each column up to the last that is not blank; columns where one cell is not one UTF-16 unit: the cells */
  readonly text: string | readonly string[];
  /** undefined: all plain */
  readonly runs: readonly StyleRun[] | undefined;
}

const blanks = new Map<number, PackedLine>();

function blankLine(cols: number): PackedLine {
  let line = blanks.get(cols);
  if (line === undefined) {
    line = { cols, text: "", runs: undefined };
    blanks.set(cols, line);
  }
  return line;
}

/** Blanks only: other white space is text. */
function withoutTrailingBlanks(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0x20) end -= 1;
  return text.slice(0, end);
}

/** `runs` with the columns from `start` to before `end` in `style`; undefined when all is plain. */
function withRun(runs: readonly StyleRun[], start: number, end: number, style: CellStyle): readonly StyleRun[] | undefined {
  const result: StyleRun[] = [];
  const push = (run: StyleRun) => {
    const last = result.at(-1);
    if (run.end <= (last?.end ?? 0)) return;
    if (last?.style === run.style) result[result.length - 1] = run;
    else result.push(run);
  };
  let placed = false;
  for (const run of runs) {
    push({ style: run.style, end: Math.min(run.end, start) });
    if (!placed && run.end > start) {
      push({ style, end });
      placed = true;
    }
    push(run);
  }
  return result.length === 1 && result[0]?.style === PLAIN ? undefined : result;
}

export class ScreenLine {
  #packed: PackedLine | undefined;
  #text: string[] | undefined;
  #style: CellStyle[] | undefined;

  constructor(cols: number, style: CellStyle = PLAIN) {
    this.#packed = style === PLAIN ? blankLine(cols) : { cols, text: "", runs: [{ style, end: cols }] };
  }

  /** Only until the next `pack`. */
  get text(): string[] {
    return this.#text ?? this.#open().text;
  }

  /** Only until the next `pack`. */
  get style(): CellStyle[] {
    return this.#style ?? this.#open().style;
  }

  #open(): { text: string[]; style: CellStyle[] } {
    const packed = this.#packed ?? blankLine(0);
    const text = typeof packed.text === "string" ? packed.text.split("") : [...packed.text];
    while (text.length < packed.cols) text.push(" ");
    const style: CellStyle[] = [];
    for (const run of packed.runs ?? [{ style: PLAIN, end: packed.cols }]) while (style.length < run.end) style.push(run.style);
    this.#text = text;
    this.#style = style;
    this.#packed = undefined;
    return { text, style };
  }

  pack(): void {
    const text = this.#text;
    const style = this.#style;
    if (text === undefined || style === undefined) return;
    const cols = text.length;
    const runs: StyleRun[] = [];
    for (let start = 0; start < cols; ) {
      const from = style[start] ?? PLAIN;
      let end = start + 1;
      while (end < cols && style[end] === from) end += 1;
      runs.push({ style: from, end });
      start = end;
    }
    const plain = runs.length === 1 && runs[0]?.style === PLAIN;
    let used = cols;
    while (used > 0 && text[used - 1] === " ") used -= 1;
    const trimmed = text.every((cell) => cell.length === 1) ? text.slice(0, used).join("") : text.slice(0, used);
    this.#packed = plain && trimmed === "" ? blankLine(cols) : { cols, text: trimmed, runs: plain ? undefined : runs };
    this.#text = undefined;
    this.#style = undefined;
  }

  get cols(): number {
    return this.#packed?.cols ?? this.text.length;
  }

  isWide(col: number): boolean {
    return this.text[col] !== "" && this.text[col + 1] === "";
  }

  put(col: number, text: string, width: number, style: CellStyle): void {
    const cells = this.text;
    const styles = this.style;
    if (cells[col] === "" || cells[col + 1] === "") this.#breakWide(col);
    if (width === 2) this.#breakWide(col + 1);
    cells[col] = text;
    styles[col] = style;
    if (width === 2) {
      cells[col + 1] = "";
      styles[col + 1] = style;
    }
  }

  /** Printable ASCII, one column each; there is room for it. A row at rest stays so: text that only scrolls by costs little. */
  putAscii(col: number, bytes: Uint8Array, start: number, end: number, style: CellStyle): void {
    const packed = this.#packed;
    if (packed === undefined || typeof packed.text !== "string") {
      for (let at = start; at < end; at += 1) this.put(col + at - start, String.fromCharCode(bytes[at] ?? 0x20), 1, style);
      return;
    }
    const before = packed.text;
    const text = String.fromCharCode(...bytes.subarray(start, end));
    let after = before.length <= col ? before.padEnd(col) + text : before.slice(0, col) + text + before.slice(col + end - start);
    if (after.endsWith(" ")) after = withoutTrailingBlanks(after);
    const runs = packed.runs === undefined && style === PLAIN ? undefined : withRun(packed.runs ?? [{ style: PLAIN, end: packed.cols }], col, col + end - start, style);
    this.#packed = { cols: packed.cols, text: after, runs };
  }

  /** Blanks for the columns from `start` to before `end`. */
  erase(start: number, end: number, style: CellStyle): void {
    if (start >= end) return;
    if (start === 0 && end === this.cols) {
      this.#packed = style === PLAIN ? blankLine(end) : { cols: end, text: "", runs: [{ style, end }] };
      this.#text = undefined;
      this.#style = undefined;
      return;
    }
    this.#breakWide(start);
    if (end < this.cols) this.#breakWide(end);
    this.text.fill(" ", start, end);
    this.style.fill(style, start, end);
  }

  insert(col: number, count: number, style: CellStyle): void {
    const cols = this.cols;
    this.#breakWide(col);
    this.text.splice(col, 0, ...new Array<string>(count).fill(" "));
    this.style.splice(col, 0, ...new Array<CellStyle>(count).fill(style));
    this.#cut(cols);
  }

  delete(col: number, count: number, style: CellStyle): void {
    this.#breakWide(col);
    if (col + count < this.cols) this.#breakWide(col + count);
    const taken = this.text.splice(col, count).length;
    this.style.splice(col, count);
    for (let i = 0; i < taken; i += 1) {
      this.text.push(" ");
      this.style.push(style);
    }
  }

  resize(cols: number): void {
    if (cols === this.cols) return;
    if (cols < this.cols) this.#cut(cols);
    while (this.cols < cols) {
      this.text.push(" ");
      this.style.push(PLAIN);
    }
    this.pack();
  }

  /** It in rows of that many columns; no wide character is parted. */
  inRows(cols: number): readonly ScreenLine[] {
    const used = this.usedCols();
    const rows: ScreenLine[] = [];
    for (let start = 0; start < used; ) {
      let end = Math.min(start + cols, used);
      if (end < used && this.text[end] === "") end -= 1;
      const row = new ScreenLine(cols);
      for (let col = start; col < end; col += 1) {
        row.text[col - start] = this.text[col] ?? " ";
        row.style[col - start] = this.style[col] ?? PLAIN;
      }
      row.pack();
      rows.push(row);
      start = end;
    }
    return rows;
  }

  /** Columns up to the last one that is not a plain blank. */
  usedCols(): number {
    const packed = this.#packed;
    if (packed !== undefined && packed.runs === undefined && typeof packed.text === "string") return packed.text.length;
    let end = this.cols;
    while (end > 0 && this.text[end - 1] === " " && this.style[end - 1] === PLAIN) end -= 1;
    return end;
  }

  /** Right-trimmed. */
  toText(): string {
    const text = this.#packed?.text ?? this.text;
    return (typeof text === "string" ? text : text.join("")).trimEnd();
  }

  #cut(cols: number): void {
    if (this.text[cols] === "") this.text[cols - 1] = " ";
    this.text.length = cols;
    this.style.length = cols;
  }

  /** Half of a wide character is about to be overwritten at `col`: the other half becomes a blank. */
  #breakWide(col: number): void {
    const cells = this.text;
    if (cells[col] === "") {
      cells[col] = " ";
      if (col > 0) cells[col - 1] = " ";
    } else if (cells[col + 1] === "") {
      cells[col] = " ";
      cells[col + 1] = " ";
    }
  }
}
