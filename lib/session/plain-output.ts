// What a command wrote, as lines to read and copy: escape sequences are carried out, not shown (a progress bar leaves its last state),
// lines that the terminal wrapped are whole again. The alternate screen of an editor or pager leaves nothing.

import { characterWidth } from "../sim/world/character-width.ts";
import { type EscapeHandler, EscapeParser } from "./escape-sequences.ts";

const MOST_LINES = 1_000;
const MOST_CHARS = 20_000;
/** What waits to be looked at; a program that prints faster than anybody reads loses the beginning. */
const MOST_WAITING_BYTES = 65_536;
const ESC = 0x1b;
const MOST_COMBINING_CHARS = 16;

interface Line {
  /** one a column; the second half of a wide character holds "" */
  readonly cells: string[];
  /** goes on in the next line only because the terminal is that narrow */
  wrapped: boolean;
}

export class PlainOutput implements EscapeHandler {
  #cols: number;
  #rows: number;
  readonly #lines: Line[] = [{ cells: [], wrapped: false }];
  #row = 0;
  #col = 0;
  #hidden = false;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  readonly #parser = new EscapeParser(this);
  /** It drew on the alternate screen. */
  fullScreen = false;
  /** The first lines were let go. */
  truncated = false;

  constructor(cols: number, rows: number) {
    this.#cols = Math.max(cols, 2);
    this.#rows = Math.max(rows, 1);
  }

  resize(cols: number, rows: number): void {
    this.#cols = Math.max(cols, 2);
    this.#rows = Math.max(rows, 1);
  }

  /** Only kept: reading it is put off until somebody asks, so that output costs nothing. The bytes must not change afterwards. */
  write(bytes: Uint8Array): void {
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    while (this.#waitingBytes > MOST_WAITING_BYTES && this.#waiting.length > 1) {
      const oldest = this.#waiting.shift();
      if (!oldest) break;
      this.#waitingBytes -= oldest.length;
      // What switches modes (the alternate screen) must not be missed.
      if (this.#hidden || oldest.includes(ESC)) this.#parser.feed(oldest);
      else if (!this.truncated || this.#lines.length > 1) {
        this.#clear();
        this.truncated = true;
      }
    }
  }

  text(): string {
    for (const bytes of this.#waiting.splice(0)) this.#parser.feed(bytes);
    this.#waitingBytes = 0;
    let text = "";
    for (const { cells, wrapped } of this.#lines) text += wrapped ? cells.join("") : `${cells.join("").trimEnd()}\n`;
    text = text.trimEnd();
    if (text.length <= MOST_CHARS) return text;
    this.truncated = true;
    return text.slice(text.indexOf("\n", text.length - MOST_CHARS) + 1);
  }

  #line(): Line {
    while (this.#row >= this.#lines.length) this.#lines.push({ cells: [], wrapped: false });
    return this.#lines[this.#row] ?? { cells: [], wrapped: false };
  }

  /** The first row that the screen shows. */
  get #top(): number {
    return Math.max(0, this.#lines.length - this.#rows);
  }

  #nextLine(): void {
    this.#row++;
    this.#line();
    if (this.#lines.length <= MOST_LINES) return;
    this.#lines.shift();
    this.#row--;
    this.truncated = true;
  }

  printAscii(bytes: Uint8Array, start: number, end: number): void {
    for (let at = start; at < end; at += 1) this.print(bytes[at] ?? 0x20);
  }

  print(codePoint: number): void {
    if (this.#hidden) return;
    const width = characterWidth(codePoint);
    const text = String.fromCodePoint(codePoint);
    if (width === 0) {
      const { cells } = this.#line();
      const at = cells[this.#col - 1] === "" ? this.#col - 2 : this.#col - 1;
      const before = cells[at];
      if (before !== undefined && before.length < MOST_COMBINING_CHARS) cells[at] = before + text;
      return;
    }
    if (this.#col + width > this.#cols) {
      this.#line().wrapped = true;
      this.#nextLine();
      this.#col = 0;
    }
    const { cells } = this.#line();
    while (cells.length < this.#col) cells.push(" ");
    // Half of a wide character that is overwritten leaves a blank.
    if (cells[this.#col] === "") cells[this.#col - 1] = " ";
    cells[this.#col] = text;
    if (cells[this.#col + width] === "") cells[this.#col + width] = " ";
    if (width === 2) cells[this.#col + 1] = "";
    this.#col += width;
  }

  control(code: number): void {
    if (this.#hidden) return;
    if (code === 0x0d) this.#col = 0;
    else if (code === 0x08) this.#col = Math.max(0, Math.min(this.#col, this.#cols - 1) - 1);
    else if (code === 0x09) this.#col = Math.min(this.#cols - 1, (Math.floor(this.#col / 8) + 1) * 8);
    else if (code >= 0x0a && code <= 0x0c) {
      this.#line().wrapped = false;
      this.#nextLine();
    }
  }

  escape(intermediates: string, final: string): void {
    if (intermediates === "" && final === "c") this.#clear();
  }

  osc(): void {}

  csi(prefix: string, parameters: readonly number[], _intermediates: string, final: string): void {
    if (prefix === "?") {
      if ((final === "h" || final === "l") && parameters.some((mode) => mode === 47 || mode === 1047 || mode === 1049)) {
        this.#hidden = final === "h";
        this.fullScreen = true;
      }
      return;
    }
    if (prefix !== "" || this.#hidden) return;
    const count = Math.max(1, parameters[0] ?? 1);
    const { cells } = this.#line();
    switch (final) {
      case "A":
        this.#row = Math.max(this.#top, this.#row - count);
        break;
      case "B":
        this.#row = Math.min(this.#lines.length - 1, this.#row + count);
        break;
      case "C":
        this.#col = Math.min(this.#cols - 1, this.#col + count);
        break;
      case "D":
        this.#col = Math.max(0, this.#col - count);
        break;
      case "G":
        this.#col = Math.min(this.#cols, count) - 1;
        break;
      case "H":
      case "f":
        this.#row = Math.min(this.#top + this.#rows, this.#top + count) - 1;
        this.#col = Math.min(this.#cols, Math.max(1, parameters[1] ?? 1)) - 1;
        break;
      case "K":
        if ((parameters[0] ?? 0) <= 0) cells.length = Math.min(cells.length, this.#col);
        else for (let col = 0; col < (parameters[0] === 2 ? cells.length : Math.min(this.#col + 1, cells.length)); col++) cells[col] = " ";
        break;
      case "J":
        if ((parameters[0] ?? 0) <= 0) {
          cells.length = Math.min(cells.length, this.#col);
          this.#lines.length = Math.min(this.#lines.length, this.#row + 1);
        } else this.#clear();
        break;
      case "P":
        cells.splice(this.#col, count);
        break;
      case "X":
        for (let col = this.#col; col < Math.min(this.#col + count, cells.length); col++) cells[col] = " ";
        break;
      case "@":
        if (this.#col < cells.length) cells.splice(this.#col, 0, ...new Array<string>(Math.min(count, this.#cols)).fill(" "));
        cells.length = Math.min(cells.length, this.#cols);
        break;
      default:
        break;
    }
  }

  #clear(): void {
    this.#lines.splice(0, this.#lines.length, { cells: [], wrapped: false });
    this.#row = 0;
    this.#col = 0;
  }
}
