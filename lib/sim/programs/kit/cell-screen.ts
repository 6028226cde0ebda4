// The screen of a full-screen program as cells: the program draws what should stand there, `update` gives the bytes that make the terminal so.

import { charWidth } from "./width.ts";

interface Cell {
  /** "" behind a double-width character */
  readonly text: string;
  /** SGR parameters: "" plain, "7" reverse, "1;37;41"… */
  readonly style: string;
}

const BLANK: Cell = { text: " ", style: "" };

export class CellScreen {
  rows: number;
  columns: number;
  #cells: Cell[][];
  #shown: (string | undefined)[];

  constructor(rows: number, columns: number) {
    this.rows = rows;
    this.columns = columns;
    this.#cells = Array.from({ length: rows }, () => new Array<Cell>(columns).fill(BLANK));
    this.#shown = new Array<string | undefined>(rows).fill(undefined);
  }

  resize(rows: number, columns: number): void {
    this.rows = rows;
    this.columns = columns;
    this.#cells = Array.from({ length: rows }, () => new Array<Cell>(columns).fill(BLANK));
    this.forget();
  }

  /** The terminal may show anything: everything is drawn again. */
  forget(): void {
    this.#shown = new Array<string | undefined>(this.rows).fill(undefined);
  }

  /** The rows go up; empty ones come in at the bottom. */
  scrollUp(count: number): void {
    for (let i = 0; i < count; i++) {
      this.#cells.shift();
      this.#cells.push(new Array<Cell>(this.columns).fill(BLANK));
    }
  }

  /** The rows go down; empty ones come in at the top. */
  scrollDown(count: number): void {
    for (let i = 0; i < count; i++) {
      this.#cells.pop();
      this.#cells.unshift(new Array<Cell>(this.columns).fill(BLANK));
    }
  }

  fill(row: number, style = "", text = " "): void {
    const cells = this.#cells[row];
    if (cells) cells.fill({ text, style });
  }

  /** Draws from a column on and returns the column behind; what does not fit is cut. */
  put(row: number, column: number, text: string, style = ""): number {
    const cells = this.#cells[row];
    let at = column;
    if (!cells) return at;
    for (const c of text) {
      const width = Math.max(0, charWidth(c.codePointAt(0) ?? 0));
      if (width === 0) {
        const before = cells[at - 1];
        if (before && at > column) cells[at - 1] = { ...before, text: before.text + c };
        continue;
      }
      if (at + width > this.columns) break;
      cells[at] = { text: c, style };
      if (width === 2) cells[at + 1] = { text: "", style };
      at += width;
    }
    return at;
  }

  /** The bytes that bring the terminal up to date; the cursor ends at the place given. */
  update(cursorRow: number, cursorColumn: number): string {
    let bytes = "";
    for (let row = 0; row < this.rows; row++) {
      const drawn = this.#draw(this.#cells[row] ?? []);
      if (drawn === this.#shown[row]) continue;
      this.#shown[row] = drawn;
      bytes += `\u001b[${row + 1};1H${drawn}`;
    }
    return `${bytes}\u001b[${cursorRow + 1};${cursorColumn + 1}H`;
  }

  #draw(cells: readonly Cell[]): string {
    let last = cells.length;
    while (last > 0 && cells[last - 1]?.text === " " && cells[last - 1]?.style === "") last--;
    let text = "";
    let style = "";
    for (let i = 0; i < last; i++) {
      const cell = cells[i] ?? BLANK;
      if (cell.style !== style && cell.text !== "") {
        text += cell.style === "" ? "\u001b[m" : `\u001b[0;${cell.style}m`;
        style = cell.style;
      }
      text += cell.text;
    }
    if (style !== "") text += "\u001b[m";
    return last < cells.length ? `${text}\u001b[K` : text;
  }
}
