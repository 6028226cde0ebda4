// What the boxes are drawn on: cells with attributes, lines, frames and shadows; `bytes` brings the terminal up to date.

import { CellScreen } from "../kit/cell-screen.ts";
import { charWidth } from "../kit/width.ts";
import type { Attribute } from "./_colours.ts";

interface Cell {
  /** "" behind a character of two columns */
  readonly text: string;
  readonly attribute: Attribute;
}

type Lines = "drawn" | "ascii" | "none";

const ASCII: Readonly<Record<string, string>> = { "┌": "+", "┐": "+", "└": "+", "┘": "+", "├": "+", "┤": "+", "─": "-", "│": "|" };

export const columnsOf = (text: string): number => [...text].reduce((sum, letter) => sum + Math.max(0, charWidth(letter.codePointAt(0) ?? 0)), 0);

function sgr(attribute: Attribute): string {
  const parts: number[] = [];
  if (attribute.bold) parts.push(1);
  if (attribute.underline === true) parts.push(4);
  if (attribute.reverse === true) parts.push(7);
  if (attribute.foreground >= 0) parts.push(30 + attribute.foreground);
  if (attribute.background >= 0) parts.push(40 + attribute.background);
  return parts.join(";");
}

export class Canvas {
  rows: number;
  columns: number;
  lines: Lines = "drawn";
  cursorRow = 0;
  cursorColumn = 0;
  #cells: Cell[][] = [];
  /** what stands behind the next box */
  #behind: Cell[][] | undefined;
  readonly #screen: CellScreen;

  constructor(rows: number, columns: number) {
    this.rows = rows;
    this.columns = columns;
    this.#screen = new CellScreen(rows, columns);
  }

  resize(rows: number, columns: number): void {
    this.rows = rows;
    this.columns = columns;
    this.#behind = undefined;
    this.#screen.resize(rows, columns);
  }

  /** An empty screen, or with what `keep` left on it. */
  clear(attribute: Attribute): void {
    this.#cells = this.#behind?.map((row) => [...row]) ?? Array.from({ length: this.rows }, () => new Array<Cell>(this.columns).fill({ text: " ", attribute }));
  }

  /** The next box stands before what is on the screen now. */
  keep(): void {
    this.#behind = this.#cells.map((row) => [...row]);
  }

  get keeps(): boolean {
    return this.#behind !== undefined;
  }

  forget(): void {
    this.#behind = undefined;
  }

  /** Draws from a column on and returns the column behind; what does not fit is cut. */
  put(row: number, column: number, text: string, attribute: Attribute, limit = this.columns): number {
    const cells = this.#cells[row];
    let at = column;
    for (const letter of text) {
      const width = letter < " " ? 1 : Math.max(0, charWidth(letter.codePointAt(0) ?? 0));
      if (width === 0) {
        const before = cells?.[at - 1];
        if (cells && before && at > column) cells[at - 1] = { ...before, text: before.text + letter };
        continue;
      }
      if (at + width > Math.min(limit, this.columns)) break;
      if (cells && at >= 0) {
        cells[at] = { text: letter < " " ? " " : letter, attribute };
        if (width === 2) cells[at + 1] = { text: "", attribute };
      }
      at += width;
    }
    return at;
  }

  line(text: string): string {
    return this.lines === "drawn" ? text : this.lines === "ascii" ? (ASCII[text] ?? text) : " ";
  }

  fill(row: number, column: number, height: number, width: number, attribute: Attribute): void {
    for (let at = row; at < row + height; at++) this.put(at, column, " ".repeat(Math.max(0, width)), attribute);
  }

  /** A frame: left and top in one attribute, right and bottom in the other. */
  frame(row: number, column: number, height: number, width: number, inside: Attribute, first: Attribute, second: Attribute): void {
    const bar = this.line("─").repeat(Math.max(0, width - 2));
    this.put(row, column, this.line("┌") + bar, first);
    this.put(row, column + width - 1, this.line("┐"), second);
    for (let at = row + 1; at < row + height - 1; at++) {
      this.put(at, column, this.line("│"), first);
      this.put(at, column + 1, " ".repeat(Math.max(0, width - 2)), inside);
      this.put(at, column + width - 1, this.line("│"), second);
    }
    this.put(row + height - 1, column, this.line("└"), first);
    this.put(row + height - 1, column + 1, bar + this.line("┘"), second);
  }

  /** Right of a box and below it the characters stay and lose their colours. */
  shadow(row: number, column: number, height: number, width: number, attribute: Attribute): void {
    const darken = (y: number, x: number): void => {
      const cell = this.#cells[y]?.[x];
      const cells = this.#cells[y];
      if (cell && cells) cells[x] = { text: cell.text, attribute };
    };
    for (let x = column + 2; x < column + 2 + width; x++) darken(row + height, x);
    for (let y = row + 1; y <= row + height; y++) for (const x of [column + width, column + width + 1]) darken(y, x);
  }

  /** The cells change sides: what was ink is paper. */
  reverse(row: number, column: number, width: number): void {
    const cells = this.#cells[row];
    for (let x = column; x < column + width; x++) {
      const cell = cells?.[x];
      if (cells && cell) cells[x] = { text: cell.text, attribute: { ...cell.attribute, reverse: cell.attribute.reverse !== true } };
    }
  }

  moveCursor(row: number, column: number): void {
    this.cursorRow = row;
    this.cursorColumn = column;
  }

  /** Draws everything again at the next `bytes`. */
  repaint(): void {
    this.#screen.forget();
  }

  bytes(): string {
    for (const [row, cells] of this.#cells.entries()) {
      let column = 0;
      while (column < cells.length) {
        const first = cells[column];
        if (!first) break;
        let text = "";
        let at = column;
        for (; at < cells.length; at++) {
          const cell = cells[at];
          if (cell?.attribute !== first.attribute) break;
          text += cell.text;
        }
        this.#screen.put(row, column, text, sgr(first.attribute));
        column = at;
      }
    }
    return this.#screen.update(Math.min(this.rows - 1, Math.max(0, this.cursorRow)), Math.min(this.columns - 1, Math.max(0, this.cursorColumn)));
  }
}
