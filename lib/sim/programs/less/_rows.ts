// A line of text as the rows of the screen that show it: control characters made visible, overstrikes as bold and underline, tabs, wrapping,
// search hits in reverse.

import { charWidth } from "../kit/width.ts";

export interface RowOptions {
  readonly columns: number;
  readonly tabStop: number;
  /** -S */
  readonly chop: boolean;
  /** columns scrolled to the right */
  readonly shift: number;
  /** -R: colour sequences pass */
  readonly colours: boolean;
  /** -r: everything passes */
  readonly raw: boolean;
  /** -N: how many columns the number takes */
  readonly numberColumns: number;
}

const STANDOUT = 1;
const BOLD = 2;
const UNDERLINE = 4;

interface Cell {
  readonly text: string;
  readonly width: number;
  /** where in the line (as searched) it stands; -1 for what is not searched */
  readonly at: number;
  style: number;
  /** -R: the sequence in force */
  readonly colour: string;
}

/** The line as searches see it: without overstrikes and colours. */
export function searchText(line: string, colours: boolean): string {
  let text = line;
  if (colours && text.includes("\u001b")) text = text.replace(/\u001b\[[0-9;:]*m/g, "");
  if (text.includes("\b")) text = text.replace(/[^\b]\b(?=[^\b])/g, "");
  return text;
}

export function layOut(line: string, options: RowOptions, hits: readonly (readonly [number, number])[], numberText: string): string[] {
  const cells = cellsOf(line, options);
  for (const [from, to] of hits) for (const cell of cells) if (cell.at >= from && cell.at < to) cell.style |= STANDOUT;
  const rows: string[] = [];
  const columns = options.columns;
  let row: Cell[] = [];
  let width = options.numberColumns;
  const flush = () => {
    rows.push((numberText === "" ? " ".repeat(options.numberColumns) : numberText) + write(row));
    row = [];
    width = options.numberColumns;
  };
  if (options.chop || options.shift > 0) {
    let skipped = 0;
    let cut = false;
    for (const cell of cells) {
      if (skipped < options.shift) {
        skipped += cell.width;
        continue;
      }
      if (width + cell.width > columns) {
        cut = true;
        break;
      }
      row.push(cell);
      width += cell.width;
    }
    if (cut) {
      while (row.length > 0 && width > columns - 1) width -= row.pop()?.width ?? 0;
      row.push({ text: ">", width: 1, at: -1, style: STANDOUT, colour: "" });
    }
    flush();
    return rows;
  }
  for (const cell of cells) {
    if (width + cell.width > columns) flush();
    row.push(cell);
    width += cell.width;
  }
  if (row.length > 0 || rows.length === 0) flush();
  return rows;
}

function cellsOf(line: string, options: RowOptions): Cell[] {
  const cells: Cell[] = [];
  let column = 0;
  let searched = 0;
  let colour = "";
  const push = (text: string, width: number, style: number, at: number) => {
    cells.push({ text, width, at, style, colour });
    column += width;
  };
  for (let i = 0; i < line.length; ) {
    const point = line.codePointAt(i) ?? 0;
    const c = String.fromCodePoint(point);
    if (options.colours && c === "\u001b") {
      const sequence = /^\u001b\[[0-9;:]*m/.exec(line.slice(i, i + 64))?.[0];
      if (sequence) {
        colour = /\[0*m$/.test(sequence) ? "" : colour + sequence;
        i += sequence.length;
        continue;
      }
    }
    if (options.raw && point < 32 && point !== 9) {
      push(c, 0, 0, -1);
      i += 1;
      searched += 1;
      continue;
    }
    // x BS x is bold, _ BS x underlined.
    if (line[i + c.length] === "\b" && i + c.length + 1 < line.length) {
      const next = String.fromCodePoint(line.codePointAt(i + c.length + 1) ?? 0);
      let style = 0;
      let shown = next;
      if (c === next) style = BOLD;
      else if (c === "_") style = UNDERLINE;
      else if (next === "_") {
        style = UNDERLINE;
        shown = c;
      }
      let consumed = c.length + 1 + next.length;
      // Bold and underlined: three strikes.
      while (line[i + consumed] === "\b" && i + consumed + 1 < line.length) {
        const third = String.fromCodePoint(line.codePointAt(i + consumed + 1) ?? 0);
        if (third === shown) style |= BOLD;
        else if (shown === "_") {
          shown = third;
          style |= UNDERLINE;
        } else shown = third;
        consumed += 1 + third.length;
      }
      push(shown, Math.max(0, charWidth(shown.codePointAt(0) ?? 0)), style, searched);
      searched += shown.length;
      i += consumed;
      continue;
    }
    i += c.length;
    if (c === "\t") {
      const width = options.tabStop - (column % options.tabStop);
      for (let n = 0; n < width; n++) push(" ", 1, 0, n === 0 ? searched : -1);
    } else if (point < 32 || point === 127) {
      const shown = point === 127 ? "^?" : point === 27 ? "ESC" : `^${String.fromCharCode(point + 64)}`;
      if (c === "\r" && i === line.length) {
        push("^M", 2, STANDOUT, searched);
      } else for (const one of shown) push(one, 1, STANDOUT, searched);
    } else if (point >= 0xdc80 && point <= 0xdcff) {
      for (const one of `<${(point - 0xdc00).toString(16).toUpperCase()}>`) push(one, 1, STANDOUT, searched);
    } else {
      const width = charWidth(point);
      if (width < 0) for (const one of `<U+${point.toString(16).toUpperCase().padStart(4, "0")}>`) push(one, 1, STANDOUT, searched);
      else push(c, width, 0, searched);
    }
    searched += c.length;
  }
  return cells;
}

const ON: readonly (readonly [number, string, string])[] = [[UNDERLINE, "\u001b[4m", "\u001b[24m"], [BOLD, "\u001b[1m", "\u001b[m"], [STANDOUT, "\u001b[7m", "\u001b[27m"]];

function write(cells: readonly Cell[]): string {
  let text = "";
  let style = 0;
  let colour = "";
  for (const cell of cells) {
    if (cell.colour !== colour) {
      text += `\u001b[m${cell.colour}`;
      colour = cell.colour;
      style = 0;
    }
    if (cell.style !== style) {
      for (const [bit, , off] of ON) if (style & bit && !(cell.style & bit)) text += off;
      for (const [bit, on] of ON) if (cell.style & bit && !(style & bit)) text += on;
      style = cell.style;
    }
    text += cell.text;
  }
  for (const [bit, , off] of ON) if (style & bit) text += off;
  if (colour !== "") text += "\u001b[m";
  return text;
}

export function standout(text: string): string {
  return text === "" ? "" : `\u001b[7m${text}\u001b[27m`;
}
