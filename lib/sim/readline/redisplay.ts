// Keeps the terminal equal to the wanted layout by writing only what differs. It knows what it wrote and where the cursor stands,
// relative to the first row of the prompt's last line; it never asks the terminal.

import { type DisplayLayout, type DisplayUnit, type DisplayView, layout } from "./layout.ts";

const REVERSE = "\x1b[7m";
const REVERSE_OFF = "\x1b[27m";

function same(a: DisplayUnit | undefined, b: DisplayUnit | undefined): boolean {
  return a !== undefined && b !== undefined && a.raw === b.raw && a.width === b.width && a.reversed === b.reversed;
}

function widthOf(units: readonly DisplayUnit[], end = units.length): number {
  let width = 0;
  for (let i = 0; i < end; i += 1) width += units[i]?.width ?? 0;
  return width;
}

export class Redisplay {
  #shown: readonly (readonly DisplayUnit[])[] = [[]];
  #row = 0;
  #col = 0;
  /** The cursor waits at the margin of #row. */
  #wrapPending = false;
  #cols: number;
  #out = "";

  constructor(cols: number) {
    this.#cols = cols;
  }

  /** What has to be written to the terminal. */
  take(): string {
    const out = this.#out;
    this.#out = "";
    return out;
  }

  /** The cursor is at the start of an empty row: nothing of ours is on the screen. */
  startOnNewRow(cols: number): void {
    this.#shown = [[]];
    this.#row = 0;
    this.#col = 0;
    this.#wrapPending = false;
    this.#cols = cols;
  }

  write(text: string): void {
    this.#out += text;
  }

  show(view: DisplayView): void {
    const wanted = layout(view, this.#cols);
    this.#update(wanted.rows);
    this.#placeCursor(wanted);
  }

  #update(rows: readonly (readonly DisplayUnit[])[]): void {
    const old = this.#shown;
    for (let row = 0; row < Math.max(rows.length, old.length); row += 1) {
      const wanted = rows[row] ?? [];
      const present = old[row] ?? [];
      let first = 0;
      while (first < wanted.length && same(wanted[first], present[first])) first += 1;
      // Trailing invisible parts of the prompt have no column of their own: begin before them.
      while (first > 0 && wanted[first - 1]?.width === 0) first -= 1;
      const oldWidth = widthOf(present);
      const newWidth = widthOf(wanted);
      if (first >= wanted.length && oldWidth === newWidth) continue;
      if (first < wanted.length || oldWidth > newWidth) {
        this.#moveTo(row, widthOf(wanted, first));
        this.#writeUnits(wanted, first);
        if (oldWidth > newWidth && !this.#wrapPending) this.#out += "\x1b[K";
      }
    }
    this.#shown = rows;
  }

  #writeUnits(units: readonly DisplayUnit[], first: number): void {
    let reversed = false;
    for (let i = first; i < units.length; i += 1) {
      const unit = units[i];
      if (!unit) continue;
      if (unit.reversed !== reversed) this.#out += unit.reversed ? REVERSE : REVERSE_OFF;
      reversed = unit.reversed;
      this.#out += unit.raw;
      this.#col += unit.width;
    }
    if (reversed) this.#out += REVERSE_OFF;
    if (this.#col >= this.#cols) {
      this.#col = this.#cols - 1;
      this.#wrapPending = true;
    }
  }

  #placeCursor(wanted: DisplayLayout): void {
    const lastRow = wanted.rows.length - 1;
    if (wanted.lastRowIsMargin && wanted.cursorRow !== lastRow && this.#shown.length > lastRow) {
      // The empty row after a full one exists only once the cursor has been there; counting it does no harm below us.
      this.#shown = wanted.rows.slice(0, lastRow);
    }
    this.#moveTo(wanted.cursorRow, wanted.cursorCol);
  }

  #moveTo(row: number, col: number): void {
    if (this.#wrapPending) {
      this.#wrapPending = false;
      if (row === this.#row + 1 && col === 0) {
        // Writing on wraps by itself when a character follows; a bare cursor needs the row to exist. Both hold after CR LF.
        this.#out += "\r\n";
        this.#row = row;
        this.#col = 0;
        return;
      }
      this.#out += "\r";
      this.#col = 0;
    }
    if (row < this.#row) this.#out += row === this.#row - 1 ? "\x1b[A" : `\x1b[${this.#row - row}A`;
    else if (row > this.#row) {
      this.#out += `\r${"\n".repeat(row - this.#row)}`;
      this.#col = 0;
    }
    this.#row = row;
    const delta = col - this.#col;
    if (delta > 0) this.#out += delta === 1 ? "\x1b[C" : `\x1b[${delta}C`;
    else if (col === 0 && delta < 0) this.#out += "\r";
    else if (delta < -4) this.#out += `\x1b[${-delta}D`;
    else this.#out += "\b".repeat(-delta);
    this.#col = col;
  }

  /** Enter: to the row below all of it. */
  finish(): void {
    const lastRow = this.#shown.length - 1;
    const last = this.#shown[lastRow] ?? [];
    if (lastRow > 0 && last.length === 0) {
      this.#moveTo(lastRow - 1, this.#row === lastRow - 1 && this.#wrapPending ? this.#cols - 1 : 0);
      this.#out += "\r\n";
    } else {
      if (this.#row !== lastRow) this.#moveTo(lastRow, 0);
      if (widthOf(last) > 0 || this.#col > 0) this.#out += "\r\n";
    }
    this.startOnNewRow(this.#cols);
  }

  /** Ctrl-C: the sign stands over the text at the cursor, which then goes to the last row. */
  interrupt(sign: string): void {
    this.#out += sign + "\r\n".repeat(Math.max(this.#shown.length - 1 - this.#row, 0));
  }

  /** To column 0 of the row below all of it, leaving everything there (lists of completions). */
  below(): void {
    const lastRow = this.#shown.length - 1;
    if (this.#row !== lastRow) this.#moveTo(lastRow, 0);
    this.#out += "\r\n";
    this.startOnNewRow(this.#cols);
  }

  /** Wipes everything of ours and stands at its first row's start, for the new width (SIGWINCH, redraw-current-line). */
  clear(cols: number): void {
    if (this.#row > 0) this.#out += `\x1b[${this.#row}A`;
    this.#out += "\r\x1b[J";
    this.startOnNewRow(cols);
  }

  clearScreen(cols: number, scrollback: boolean): void {
    this.#out += scrollback ? "\x1b[H\x1b[2J\x1b[3J" : "\x1b[H\x1b[2J";
    this.startOnNewRow(cols);
  }
}
