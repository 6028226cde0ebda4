// The grid of characters that a formatted text becomes: one cell is one character of the terminal, with its font.

import { textWidth } from "../width.ts";

export type Font = "R" | "B" | "I" | "BI";

interface Cell {
  readonly char: string;
  readonly font: Font;
}

/** Units of groff's terminals: 240 to the inch, a character is 24 wide and 40 high. */
export const EN = 24;
export const LINE = 40;

/** Whole characters; a half goes down, as groff's rounding on terminals. */
export const inCells = (units: number): number => Math.floor((units + EN / 2 - 1) / EN) * EN;

export class Page {
  /** Where the next line stands, in units. */
  v = 0;
  /** After .ns: space is left out until a line of text. */
  noSpace = false;
  /** A short tag waits for its text on this line; anything but text goes below it. */
  held = false;
  /** The widest line, in units. */
  widest = 0;
  readonly #rows: (Cell | undefined)[][] = [];

  get rowCount(): number {
    return this.#rows.length;
  }

  release(): void {
    if (!this.held) return;
    this.held = false;
    this.v += LINE;
  }

  /** Vertical motion; terminals have whole lines. */
  space(units: number): void {
    if (this.noSpace) return;
    const lines = units < 0 ? -Math.floor((-units + LINE / 2 - 1) / LINE) : Math.floor((units + LINE / 2 - 1) / LINE);
    this.v = Math.max(0, this.v + lines * LINE);
    this.#upTo(Math.floor(this.v / LINE) - 1);
  }

  /** Sets characters at a place without moving on. */
  set(row: number, column: number, char: string, font: Font): void {
    this.#upTo(row);
    const cells = this.#rows[row];
    if (cells === undefined || column < 0) return;
    cells[column] = { char, font };
    if (textWidth(char) === 2) cells[column + 1] = { char: "", font };
    this.widest = Math.max(this.widest, (column + textWidth(char)) * EN);
  }

  advance(): void {
    this.noSpace = false;
    this.held = false;
    this.#upTo(Math.floor(this.v / LINE));
    this.v += LINE;
  }

  /** Another page's rows from here on. */
  append(other: Page): void {
    const from = Math.floor(this.v / LINE);
    other.#rows.forEach((cells, row) => {
      this.#upTo(from + row);
      cells.forEach((cell, column) => {
        if (cell !== undefined && cell.char !== "") this.set(from + row, column, cell.char, cell.font);
      });
    });
    if (other.#rows.length > 0) this.noSpace = false;
    this.v += other.#rows.length * LINE;
  }

  /** The first rows again, further right on another page. */
  copyTo(other: Page, column: number, from = 0): void {
    this.#rows.forEach((cells, row) => cells.forEach((cell, at) => {
      if (cell !== undefined && cell.char !== "") other.set(from + row, column + at, cell.char, cell.font);
    }));
  }

  /** Lines with overstrikes for bold and italic, as grotty -c writes them. */
  lines(): string[] {
    return this.#rows.map((cells) => {
      let line = "";
      let end = cells.length;
      while (end > 0 && (cells[end - 1] === undefined || cells[end - 1]?.char === " ")) end--;
      for (let column = 0; column < end; column++) {
        const cell = cells[column];
        if (cell === undefined) line += " ";
        else if (cell.char === " " || cell.font === "R" || cell.char === "") line += cell.char;
        else line += `${cell.font === "B" ? "" : "_\b"}${cell.char}${cell.font === "I" ? "" : `\b${cell.char}`}`;
      }
      return line;
    });
  }

  #upTo(row: number): void {
    while (this.#rows.length <= row) this.#rows.push([]);
  }
}
