// A window on a buffer: cursor, scrolling, and what was drawn of it.

import type { VimBuffer } from "./_buffer.ts";
import { closedFold, type WindowDiff } from "./_diff.ts";
import type { Frame } from "./_frames.ts";
import { type Columns, columnOf, lineWidth, type Position } from "./_text.ts";

/** The lines on the screen when it was last drawn: [line, rows] each. */
interface Drawn {
  readonly buffer: VimBuffer;
  /** row, column, height and columns of then */
  readonly place: string;
  readonly top: number;
  readonly rows: readonly (readonly [line: number, rows: number])[];
}

export interface WindowOptions {
  wrap: boolean;
  number: boolean;
  relativenumber: boolean;
  list: boolean;
}

/** Where in the window the cursor stands is kept in parts of this when the window changes its height. */
const WHOLE = 16384;

export class VimWindow {
  buffer: VimBuffer;
  line = 0;
  col = 0;
  /** the column that up and down aim for; Infinity after $ */
  wanted = 0;
  top = 0;
  leftColumn = 0;
  /** its place among the windows */
  frame: Frame;
  /** first row and column on the screen, rows and columns without status line and separator */
  row = 0;
  column = 0;
  height = 0;
  columns = 0;
  /** columns of line numbers */
  margin = 0;
  /** 1 with a status line below, with a line of bars at the right */
  statusRows = 0;
  separator = 0;
  /** options that each window has for itself */
  local: WindowOptions = { wrap: true, number: false, relativenumber: false, list: false };
  how: Columns = { tabStop: 8, list: false };
  /** part of a comparison; what it shows of it */
  inDiff = false;
  diff: WindowDiff | undefined;
  wrapBefore = true;
  /** 'scroll': lines for Ctrl-D and Ctrl-U, 0 for half the window */
  scroll = 0;
  drawn: Drawn | undefined;
  alternate: VimBuffer | undefined;
  /** '' goes back here */
  previousMark: Position = { line: 0, col: 0 };
  /** where Ctrl-O goes back to, and where in the list it is */
  jumps: readonly Position[] = [];
  jumpAt = 0;

  #fraction = 0;
  #fractionRow = -1;

  constructor(buffer: VimBuffer) {
    this.buffer = buffer;
    this.frame = { parent: undefined, content: this, width: 0, height: 0 };
  }

  get wrap(): boolean {
    return this.local.wrap;
  }

  /** What a split begins with: the same text at the same place. */
  static beside(old: VimWindow): VimWindow {
    const created = new VimWindow(old.buffer);
    created.line = old.line;
    created.col = old.col;
    created.wanted = old.wanted;
    created.top = old.top;
    created.leftColumn = old.leftColumn;
    created.alternate = old.alternate;
    created.previousMark = old.previousMark;
    created.jumps = old.jumps;
    created.jumpAt = old.jumpAt;
    created.local = { ...old.local };
    created.how = old.how;
    created.margin = old.margin;
    old.#fraction = Math.floor((old.cursorRow * WHOLE + WHOLE / 2) / Math.max(1, old.height));
    created.#fraction = old.#fraction;
    created.#fractionRow = old.#fractionRow;
    return created;
  }

  get place(): string {
    return [this.row, this.column, this.height, this.columns].join();
  }

  /** The cursor's row in the window. */
  get cursorRow(): number {
    let row = 0;
    for (let line = this.top; line < this.line; line++) row += this.rowsOf(line, this.how);
    return row + this.#rowInLine();
  }

  #rowInLine(): number {
    return this.wrap ? Math.floor(columnOf(this.buffer.line(this.line), this.col, this.how) / Math.max(1, this.width)) : 0;
  }

  /** Columns for text: without line numbers. */
  get width(): number {
    return Math.max(1, this.columns - this.margin);
  }

  /** The line with the cursor stays where it is in the window, in proportion. */
  setHeight(height: number): void {
    if (height === this.height) return;
    const before = this.height;
    const row = this.cursorRow;
    if (before > 0 && row !== this.#fractionRow) this.#fraction = Math.floor((row * WHOLE + WHOLE / 2) / before);
    this.height = height;
    if (height > 0 && (height < this.buffer.lines.length || this.top > 0)) this.#scrollToFraction();
    if (before > 0) this.#fractionRow = this.cursorRow;
  }

  #scrollToFraction(): void {
    const inLine = this.#rowInLine();
    let above = Math.floor((this.#fraction * this.height - 1) / WHOLE) - inLine;
    const rows = this.rowsOf(this.line, this.how);
    if (above > this.height - rows) above = this.height - rows;
    let line = this.line;
    if (above > 0) {
      while (above > 0 && line > 0) {
        line--;
        above -= this.rowsOf(line, this.how);
      }
      // a line that would be cut at the top is left out
      if (above < 0) line++;
    }
    this.top = line;
  }

  get cursor(): Position {
    return { line: this.line, col: this.col };
  }

  rowsOf(line: number, how: Columns): number {
    const fold = closedFold(this.diff, line);
    if (fold && fold.start !== line) return 0;
    const fillers = this.fillersBefore(line);
    if (fold) return fillers + 1;
    if (!this.wrap || line >= this.buffer.lines.length) return fillers + 1;
    const width = lineWidth(this.buffer.line(line), how) + (how.list ? 1 : 0);
    return fillers + Math.max(1, Math.ceil(width / this.width));
  }

  /** Rows above a line that stand for lines which others have. */
  fillersBefore(line: number): number {
    return this.diff?.fillers.get(line) ?? 0;
  }

  /** The line behind the last one that is wholly on the screen. */
  bottom(how: Columns): number {
    let rows = 0;
    let line = this.top;
    while (line < this.buffer.lines.length) {
      rows += this.rowsOf(line, how);
      if (rows > this.height) break;
      line++;
    }
    return line;
  }

  /** Scrolls so that the cursor is on the screen, as little as Vim does. */
  follow(how: Columns, scrollOff: number): void {
    const last = this.buffer.lines.length - 1;
    this.top = Math.max(0, Math.min(this.top, last));
    const off = Math.min(scrollOff, Math.floor((this.height - 1) / 2));
    const above = this.line - off;
    if (this.top > 0 && above < this.top) {
      const half = Math.max(2, Math.floor(this.height / 2) - 1);
      if (this.top - above >= half) this.center(how);
      else this.top = Math.max(0, above);
    } else {
      const below = Math.min(last, this.line + off);
      const bottom = this.bottom(how);
      if (below >= bottom) {
        if (below - bottom + 1 <= this.height + 1) this.#showAtBottom(below, how);
        else this.center(how);
      }
    }
    if (this.wrap) {
      this.leftColumn = 0;
      return;
    }
    const column = columnOf(this.buffer.line(this.line), this.col, how);
    if (column < this.leftColumn || column >= this.leftColumn + this.width) this.leftColumn = Math.max(0, column - Math.floor(this.width / 2));
    if (column < this.width && this.leftColumn > 0 && column < this.leftColumn) this.leftColumn = 0;
  }

  #showAtBottom(line: number, how: Columns): void {
    let rows = this.rowsOf(line, how);
    let top = line;
    while (top > 0) {
      rows += this.rowsOf(top - 1, how);
      if (rows > this.height) break;
      top--;
    }
    this.top = Math.max(this.top, top);
  }

  center(how: Columns, atEnd = false): void {
    let used = this.rowsOf(this.line, how);
    let above = 0;
    let below = 0;
    let top = this.line;
    let bottom = this.line;
    while (top > 0) {
      if (above < below) {
        const rows = this.rowsOf(top - 1, how);
        used += rows;
        if (used > this.height) break;
        above += rows;
        top--;
      } else if (bottom < this.buffer.lines.length - 1) {
        bottom++;
        const rows = this.rowsOf(bottom, how);
        used += rows;
        if (used > this.height) break;
        below += rows;
      } else {
        below++;
        if (atEnd) used++;
      }
    }
    this.top = top;
  }

  /** Whether showing the window anew moves lines on the screen, which wipes the message below it (win_do_lines of Vim's screen.c). */
  movesLines(how: Columns): boolean {
    const { drawn, buffer } = this;
    if (!drawn || drawn.buffer !== buffer || drawn.place !== this.place) return false;
    const change = buffer.change;
    if (this.top !== drawn.top) {
      const firstChanged = change?.first ?? Number.MAX_SAFE_INTEGER;
      if (this.top > drawn.top) return drawn.rows.some(([line]) => line === this.top) && firstChanged >= this.top;
      if (drawn.top - this.top >= this.height - 2) return false;
      let rows = 0;
      for (let line = this.top; line < drawn.top; line++) rows += this.rowsOf(line, how);
      return rows < this.height - 2;
    }
    if (!change) return false;
    let row = 0;
    let oldRows = 0;
    let found = false;
    for (const [line, rows] of drawn.rows) {
      if (line >= change.endBefore) {
        found = true;
        break;
      }
      if (line < change.first) row += rows;
      else oldRows += rows;
    }
    if (!found) return false;
    let newRows = 0;
    for (let line = Math.max(change.first, this.top); line < change.endNow; line++) {
      newRows += this.rowsOf(line, how);
      if (newRows > this.height - row - 2) return false;
    }
    const extra = newRows - oldRows;
    // Lines that come in above all others leave the message alone (seen with :$t0).
    if (extra === 0 || (oldRows === 0 && row === 0)) return false;
    return row + Math.abs(extra) < this.height - 2;
  }
}
