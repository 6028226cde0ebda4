// A line that is filled in: of an input box, a form, a file name.

import { charWidth } from "../kit/width.ts";
import type { Attribute } from "./_colours.ts";
import type { Session } from "./_session.ts";

const widthOf = (letters: readonly string[]): number => letters.reduce((sum, letter) => sum + Math.max(0, charWidth(letter.codePointAt(0) ?? 0)), 0);

export class Line {
  letters: string[];
  cursor: number;
  readonly limit: number;

  constructor(text: string, limit = 2048) {
    this.letters = [...text];
    this.cursor = this.letters.length;
    this.limit = limit;
  }

  get text(): string {
    return this.letters.join("");
  }

  /** Changes the text. False: the key is none for a line. */
  edit(key: string): boolean {
    switch (key) {
      case "LEFT": this.cursor = Math.max(0, this.cursor - 1); return true;
      case "RIGHT": this.cursor = Math.min(this.letters.length, this.cursor + 1); return true;
      case "HOME": this.cursor = 0; return true;
      case "END": this.cursor = this.letters.length; return true;
      case "BACKSPACE":
        if (this.cursor > 0) this.letters.splice(--this.cursor, 1);
        return true;
      case "DELETE":
        if (this.letters.length > 0) {
          this.cursor = Math.min(this.cursor, this.letters.length - 1);
          this.letters.splice(this.cursor, 1);
        }
        return true;
      case "\u0015":
        this.letters = [];
        this.cursor = 0;
        return true;
      default: break;
    }
    if ([...key].length !== 1 || key < " ") return false;
    if (this.letters.length < this.limit) this.letters.splice(this.cursor++, 0, key);
    return true;
  }

  /** Draws it in so many columns and puts the cursor there. `hidden`: nothing is seen; `stars`: a star for each letter. */
  draw(session: Session, row: number, column: number, width: number, attribute: Attribute, look: { readonly hidden?: boolean; readonly stars?: boolean; readonly first?: number } = {}): void {
    const { canvas } = session;
    const shown = look.stars === true ? this.letters.map(() => "*") : this.letters;
    let from = 0;
    while (from < this.cursor && (widthOf(shown.slice(from, this.cursor)) >= width || (this.cursor < shown.length && widthOf(shown.slice(from, this.cursor + 1)) >= width))) from++;
    if (look.hidden === true && look.stars !== true) {
      canvas.moveCursor(row, column);
      return;
    }
    canvas.put(row, column, " ".repeat(Math.max(0, width)), attribute);
    canvas.put(row, column, shown.slice(from).join(""), attribute, column + width);
    canvas.moveCursor(row, column + widthOf(shown.slice(from, this.cursor)));
  }
}
