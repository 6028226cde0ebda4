// One row of a screen: a text and a style for each column. A wide character fills its first column; the second holds "".

import { type CellStyle, PLAIN } from "./cell-style.ts";

export class ScreenLine {
  readonly text: string[];
  readonly style: CellStyle[];

  constructor(cols: number, style: CellStyle = PLAIN) {
    this.text = new Array<string>(cols).fill(" ");
    this.style = new Array<CellStyle>(cols).fill(style);
  }

  get cols(): number {
    return this.text.length;
  }

  isWide(col: number): boolean {
    return this.text[col] !== "" && this.text[col + 1] === "";
  }

  put(col: number, text: string, width: number, style: CellStyle): void {
    if (this.text[col] === "" || this.text[col + 1] === "") this.#breakWide(col);
    if (width === 2) this.#breakWide(col + 1);
    this.text[col] = text;
    this.style[col] = style;
    if (width === 2) {
      this.text[col + 1] = "";
      this.style[col + 1] = style;
    }
  }

  /** Blanks for the columns from `start` to before `end`. */
  erase(start: number, end: number, style: CellStyle): void {
    if (start >= end) return;
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
    if (cols < this.cols) this.#cut(cols);
    while (this.cols < cols) {
      this.text.push(" ");
      this.style.push(PLAIN);
    }
  }

  /** Columns up to the last one that is not a plain blank. */
  usedCols(): number {
    let end = this.cols;
    while (end > 0 && this.text[end - 1] === " " && this.style[end - 1] === PLAIN) end -= 1;
    return end;
  }

  /** Right-trimmed. */
  toText(): string {
    return this.text.join("").trimEnd();
  }

  #cut(cols: number): void {
    if (this.text[cols] === "") this.text[cols - 1] = " ";
    this.text.length = cols;
    this.style.length = cols;
  }

  /** Half of a wide character is about to be overwritten at `col`: the other half becomes a blank. */
  #breakWide(col: number): void {
    if (this.text[col] === "") {
      this.text[col] = " ";
      if (col > 0) this.text[col - 1] = " ";
    } else if (this.text[col + 1] === "") {
      this.text[col] = " ";
      this.text[col + 1] = " ";
    }
  }
}
