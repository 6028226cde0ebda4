// tmux's copy mode (tmux(1), WINDOWS AND PANES): a cursor that walks over what stands on a pane and what has left it, a selection, a search.
import type { GridCell, TerminalGrid } from "./_terminal-grid.ts";

interface Point {
  /** counted from the oldest line */
  readonly line: number;
  readonly column: number;
}

/** What a key leads to outside of the mode. */
type CopyStep =
  | { readonly kind: "stay" }
  | { readonly kind: "leave" }
  | { readonly kind: "copy"; readonly text: string; readonly leave: boolean }
  | { readonly kind: "ask"; readonly label: string; readonly done: (text: string) => void };

const STAY: CopyStep = { kind: "stay" };
const LEAVE: CopyStep = { kind: "leave" };

export class CopyMode {
  readonly #grid: TerminalGrid;
  readonly #place: TerminalGrid;
  /** keys as in vi */
  readonly #vi: boolean;
  /** lines scrolled back */
  back = 0;
  row: number;
  column: number;
  #anchor: Point | undefined;
  #whole = false;
  #wanted = "";
  /** how many were found is shown until something is selected */
  #marked = false;
  #forwards = true;

  /** With `over`, the grid is a text that is shown in the place of that one, from its beginning. */
  constructor(grid: TerminalGrid, vi: boolean, over?: TerminalGrid) {
    this.#grid = grid;
    this.#vi = vi;
    this.#place = over ?? grid;
    this.back = over ? grid.history.length : 0;
    this.row = over ? 0 : grid.cursor.row;
    this.column = over ? 0 : Math.min(grid.columns - 1, grid.cursor.column);
  }

  /** What stands at the upper right. */
  get mark(): string {
    const { history, rows } = this.#grid;
    let found = 0;
    if (this.#marked) for (let line = 0; line < history.length + rows; line++) found += this.#textOf(line).split(this.#wanted).length - 1;
    return `${!this.#marked ? "" : found === 0 ? "(no results) " : `(${found} results) `}[${this.back}/${history.length}]`;
  }

  /** Is it this pane's? */
  of(grid: TerminalGrid): boolean {
    return grid === this.#place;
  }

  /** The rows that are seen. */
  get lines(): readonly (readonly GridCell[])[] {
    const { history, cells, rows } = this.#grid;
    return [...history, ...cells].slice(history.length - this.back, history.length - this.back + rows);
  }

  get #line(): number {
    return this.#grid.history.length - this.back + this.row;
  }

  #textOf(line: number): string {
    const { history, cells } = this.#grid;
    return (history[line] ?? cells[line - history.length] ?? []).map((cell) => cell.text).join("");
  }

  #lengthOf(line: number): number {
    return this.#textOf(line).trimEnd().length;
  }

  scroll(by: number): void {
    this.back = Math.max(0, Math.min(this.#grid.history.length, this.back + by));
  }

  #up(): void {
    const atEnd = this.column >= this.#lengthOf(this.#line);
    if (this.row > 0) this.row--;
    else this.scroll(1);
    this.#keepInside(atEnd);
  }

  #down(): void {
    const atEnd = this.column >= this.#lengthOf(this.#line);
    if (this.row < this.#grid.rows - 1) this.row++;
    else this.scroll(-1);
    this.#keepInside(atEnd);
  }

  /** The cursor does not stand behind the end of a line; where it stood at the end it stays there. */
  #keepInside(atEnd = false): void {
    const end = this.#lengthOf(this.#line);
    this.column = atEnd ? end : Math.min(this.column, end);
  }

  #goTo(line: number, column: number): void {
    const { history, rows } = this.#grid;
    const first = history.length - this.back;
    if (line < first || line >= first + rows) {
      this.back = Math.max(0, Math.min(history.length, history.length - line + Math.floor(rows / 4)));
    }
    this.row = Math.max(0, Math.min(rows - 1, line - (history.length - this.back)));
    this.column = column;
  }

  #search(forwards: boolean): void {
    if (this.#wanted === "") return;
    const total = this.#grid.history.length + this.#grid.rows;
    for (let step = 0; step <= total; step++) {
      const line = (((this.#line + (forwards ? step : -step)) % total) + total) % total;
      const text = this.#textOf(line);
      const at = step === 0 ? (forwards ? text.indexOf(this.#wanted, this.column + 1) : this.column === 0 ? -1 : text.lastIndexOf(this.#wanted, this.column - 1)) : forwards ? text.indexOf(this.#wanted) : text.lastIndexOf(this.#wanted);
      if (at < 0) continue;
      this.#goTo(line, at);
      return;
    }
  }

  #askSearch(forwards: boolean): CopyStep {
    return {
      kind: "ask", label: forwards ? "(search down) " : "(search up) ",
      done: (text) => {
        this.#wanted = text;
        this.#marked = text !== "";
        this.#forwards = forwards;
        this.#search(forwards);
      },
    };
  }

  #select(whole: boolean): CopyStep {
    this.#anchor = { line: this.#line, column: this.column };
    this.#whole = whole;
    this.#marked = false;
    if (whole) this.#lineEnd();
    return STAY;
  }

  #ends(): readonly [Point, Point] | undefined {
    const anchor = this.#anchor;
    if (!anchor) return undefined;
    const here = { line: this.#line, column: this.column };
    const [from, to] = anchor.line < here.line || (anchor.line === here.line && anchor.column <= here.column) ? [anchor, here] : [here, anchor];
    return this.#whole ? [{ line: from.line, column: 0 }, { line: to.line, column: this.#grid.columns - 1 }] : [from, to];
  }

  /** Is the cell of a row that is seen selected? In emacs' manner the cell below the cursor is not. */
  selected(row: number, column: number): boolean {
    const ends = this.#ends();
    if (!ends) return false;
    const [from, to] = ends;
    const line = this.#grid.history.length - this.back + row;
    const last = this.#vi || this.#whole ? to.column : to.column - 1;
    return line >= from.line && line <= to.line && (line > from.line || column >= from.column) && (line < to.line || column <= last);
  }

  #copy(leave: boolean): CopyStep {
    const ends = this.#ends();
    if (!ends) return leave ? LEAVE : STAY;
    const [from, to] = ends;
    const lines: string[] = [];
    for (let line = from.line; line <= to.line; line++) {
      const text = this.#textOf(line).trimEnd();
      lines.push(text.slice(line === from.line ? from.column : 0, line === to.line ? to.column + (this.#vi || this.#whole ? 1 : 0) : undefined));
    }
    this.#anchor = undefined;
    return { kind: "copy", text: lines.join("\n") + (this.#whole ? "\n" : ""), leave };
  }

  #word(forwards: boolean): void {
    const text = this.#textOf(this.#line);
    const isWord = (at: number): boolean => /[\p{L}\p{N}_]/u.test(text.charAt(at));
    let at = this.column;
    if (forwards) {
      while (at < text.length && isWord(at)) at++;
      while (at < text.length && !isWord(at)) at++;
      if (at >= text.trimEnd().length) {
        this.#down();
        this.column = 0;
        return;
      }
    } else {
      at--;
      while (at > 0 && !isWord(at)) at--;
      while (at > 0 && isWord(at - 1)) at--;
    }
    this.column = Math.max(0, at);
  }

  key(key: string): CopyStep {
    const page = Math.max(1, this.#grid.rows - 2);
    switch (key) {
      case "\u001b[A": case "\u001bOA": this.#up(); return STAY;
      case "\u001b[B": case "\u001bOB": this.#down(); return STAY;
      case "\u001b[C": case "\u001bOC": this.#right(); return STAY;
      case "\u001b[D": case "\u001bOD": this.#left(); return STAY;
      case "\u001b[5~": case "\u001bv": this.scroll(page); this.#keepInside(); return STAY;
      case "\u001b[6~": this.scroll(-page); this.#keepInside(); return STAY;
      case "\u001b[H": case "\u001b[1~": case "\u001bOH": this.column = 0; return STAY;
      case "\u001b[F": case "\u001b[4~": case "\u001bOF": this.#lineEnd(); return STAY;
      case "\u001b[1;5A": this.scroll(1); return STAY;
      case "\u001b[1;5B": this.scroll(-1); return STAY;
      case "\u0003": case "q": return LEAVE;
      case "n": case "N":
        this.#marked = this.#wanted !== "";
        this.#search((key === "n") === this.#forwards);
        return STAY;
      default: return this.#vi ? this.#viKey(key, page) : this.#emacsKey(key, page);
    }
  }

  #right(): void {
    if (this.column < this.#lengthOf(this.#line)) this.column++;
    else if (!this.#vi) {
      this.#down();
      this.column = 0;
    }
  }

  #left(): void {
    if (this.column > 0) this.column--;
    else if (this.row > 0 || this.back < this.#grid.history.length) {
      this.#up();
      this.column = this.#lengthOf(this.#line);
    }
  }

  #lineEnd(): void {
    this.column = this.#lengthOf(this.#line);
  }

  #top(): void {
    this.scroll(this.#grid.history.length);
    this.row = 0;
    this.column = 0;
  }

  #bottom(): void {
    this.scroll(-this.#grid.history.length);
    this.row = this.#grid.rows - 1;
    this.#lineEnd();
  }

  #emacsKey(key: string, page: number): CopyStep {
    switch (key) {
      case "\u001b": return LEAVE;
      case "\u0000": return this.#select(false);
      case "\u0007": this.#anchor = undefined; return STAY;
      case "\u001bw": case "\u0017": return this.#copy(true);
      case "\u0010": this.#up(); return STAY;
      case "\u000e": this.#down(); return STAY;
      case "\u0006": this.#right(); return STAY;
      case "\u0002": this.#left(); return STAY;
      case "\u0001": this.column = 0; return STAY;
      case "\u0005": this.#lineEnd(); return STAY;
      case "\u0016": case " ": this.scroll(-page); return STAY;
      case "\u001bf": this.#word(true); return STAY;
      case "\u001bb": this.#word(false); return STAY;
      case "\u001b<": this.#top(); return STAY;
      case "\u001b>": this.#bottom(); return STAY;
      case "\u0013": return this.#askSearch(true);
      case "\u0012": return this.#askSearch(false);
      default: return STAY;
    }
  }

  #viKey(key: string, page: number): CopyStep {
    switch (key) {
      case "\u001b": this.#anchor = undefined; return STAY;
      case " ": return this.#select(false);
      case "V": return this.#select(true);
      case "\r": case "\n": return this.#copy(true);
      case "k": this.#up(); return STAY;
      case "j": this.#down(); return STAY;
      case "l": this.#right(); return STAY;
      case "h": this.#left(); return STAY;
      case "0": case "^": this.column = 0; return STAY;
      case "$": this.#lineEnd(); return STAY;
      case "w": this.#word(true); return STAY;
      case "b": this.#word(false); return STAY;
      case "g": this.#top(); return STAY;
      case "G": this.#bottom(); return STAY;
      case "H": this.row = 0; return STAY;
      case "L": this.row = this.#grid.rows - 1; return STAY;
      case "M": this.row = Math.floor((this.#grid.rows - 1) / 2); return STAY;
      case "\u0002": this.scroll(page); return STAY;
      case "\u0006": this.scroll(-page); return STAY;
      case "\u0015": this.scroll(Math.floor(this.#grid.rows / 2)); return STAY;
      case "\u0004": this.scroll(-Math.floor(this.#grid.rows / 2)); return STAY;
      case "/": return this.#askSearch(true);
      case "?": return this.#askSearch(false);
      default: return STAY;
    }
  }
}
