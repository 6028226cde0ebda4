// A terminal as cells: what a program writes (ECMA-48, the part that xterm and screen share) becomes characters with their attributes at their places.
import { decode } from "../../kernel/sys.ts";
import { charWidth } from "../kit/width.ts";

export interface GridCell {
  /** "" behind a double-width character */
  readonly text: string;
  /** SGR parameters, "" plain */
  readonly style: string;
}

const BLANK: GridCell = { text: " ", style: "" };
const MOST_HISTORY = 2000;
const LONGEST_SEQUENCE = 512;

interface Cursor {
  row: number;
  column: number;
  style: string;
}

export class TerminalGrid {
  rows: number;
  columns: number;
  cells: GridCell[][];
  history: GridCell[][] = [];
  cursor: Cursor = { row: 0, column: 0, style: "" };
  cursorVisible = true;
  applicationCursor = false;
  bracketedPaste = false;
  title = "";
  bell = false;
  #saved: Cursor = { row: 0, column: 0, style: "" };
  #top = 0;
  #bottom: number;
  #wrap = false;
  #main: { cells: GridCell[][]; cursor: Cursor } | undefined;
  #attributes = new Map<string, string>();
  #rest = new Uint8Array(0);
  #sequence = "";
  #graphics = false;

  constructor(rows: number, columns: number) {
    this.rows = rows;
    this.columns = columns;
    this.#bottom = rows - 1;
    this.cells = Array.from({ length: rows }, () => this.#line());
  }

  #line(): GridCell[] {
    return Array.from({ length: this.columns }, () => BLANK);
  }

  resize(rows: number, columns: number): void {
    this.columns = columns;
    const fit = (lines: GridCell[][], cursor: Cursor): GridCell[][] => {
      const kept = lines.map((line) => [...line.slice(0, columns), ...Array.from({ length: Math.max(0, columns - line.length) }, () => BLANK)]);
      while (kept.length > rows) {
        if (cursor.row < kept.length - 1) kept.pop();
        else {
          const first = kept.shift();
          if (first && lines === this.cells && !this.#main) this.history.push(first);
          cursor.row--;
        }
      }
      while (kept.length < rows) kept.push(this.#line());
      cursor.row = Math.max(0, Math.min(rows - 1, cursor.row));
      cursor.column = Math.max(0, Math.min(columns - 1, cursor.column));
      return kept;
    };
    this.cells = fit(this.cells, this.cursor);
    if (this.#main) this.#main.cells = fit(this.#main.cells, this.#main.cursor);
    this.rows = rows;
    this.#top = 0;
    this.#bottom = rows - 1;
  }

  /** What the program wrote; the terminal's answers to questions come back. */
  feed(bytes: Uint8Array): string {
    let all = bytes;
    if (this.#rest.length > 0) {
      all = new Uint8Array(this.#rest.length + bytes.length);
      all.set(this.#rest);
      all.set(bytes, this.#rest.length);
      this.#rest = new Uint8Array(0);
    }
    // a character that is cut waits for its end
    for (let back = 1; back <= 3 && back <= all.length; back++) {
      const byte = all[all.length - back] ?? 0;
      if (byte < 0x80) break;
      if (byte >= 0xc0) {
        if (back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2)) {
          this.#rest = all.slice(all.length - back);
          all = all.subarray(0, all.length - back);
        }
        break;
      }
    }
    let answer = "";
    for (const char of decode(all)) answer += this.#take(char);
    return answer;
  }

  #take(char: string): string {
    if (this.#sequence !== "") {
      this.#sequence += char;
      return this.#sequenceChar();
    }
    switch (char) {
      case "\u001b": this.#sequence = char; return "";
      case "\r": this.cursor.column = 0; this.#wrap = false; return "";
      case "\n": case "\v": case "\f": this.#down(); return "";
      case "\b": this.cursor.column = Math.max(0, this.cursor.column - 1); this.#wrap = false; return "";
      case "\t": this.cursor.column = Math.min(this.columns - 1, (Math.floor(this.cursor.column / 8) + 1) * 8); return "";
      case "\u0007": this.bell = true; return "";
      case "\u000e": this.#graphics = true; return "";
      case "\u000f": this.#graphics = false; return "";
      default:
    }
    if (char < " " || char === "\u007f") return "";
    this.#print(this.#graphics ? (LINES.get(char) ?? char) : char);
    return "";
  }

  #print(char: string): void {
    const width = charWidth(char.codePointAt(0) ?? 0);
    const { cursor } = this;
    if (width <= 0) {
      const line = this.cells[cursor.row];
      const before = line?.[cursor.column - 1];
      if (line && before) line[cursor.column - 1] = { ...before, text: before.text + char };
      return;
    }
    if (this.#wrap || cursor.column + width > this.columns) {
      cursor.column = 0;
      this.#down();
    }
    this.#wrap = false;
    const line = this.cells[cursor.row];
    if (!line) return;
    line[cursor.column] = { text: char, style: cursor.style };
    if (width === 2) line[cursor.column + 1] = { text: "", style: cursor.style };
    if (cursor.column + width >= this.columns) {
      cursor.column = this.columns - 1;
      this.#wrap = true;
    } else cursor.column += width;
  }

  #down(): void {
    this.#wrap = false;
    if (this.cursor.row === this.#bottom) this.#scroll(1);
    else this.cursor.row = Math.min(this.rows - 1, this.cursor.row + 1);
  }

  /** Up for positive counts. */
  #scroll(count: number): void {
    for (let turn = 0; turn < Math.min(Math.abs(count), this.rows); turn++) {
      if (count > 0) {
        const [gone] = this.cells.splice(this.#top, 1);
        this.cells.splice(this.#bottom, 0, this.#line());
        if (this.#top === 0 && !this.#main && gone) {
          this.history.push(gone);
          if (this.history.length > MOST_HISTORY) this.history.shift();
        }
      } else {
        this.cells.splice(this.#bottom, 1);
        this.cells.splice(this.#top, 0, this.#line());
      }
    }
  }

  #sequenceChar(): string {
    const text = this.#sequence;
    const kind = text.charAt(1);
    const last = text.charAt(text.length - 1);
    if (text.length > LONGEST_SEQUENCE) this.#sequence = "";
    if (kind === "[") {
      if (text.length === 2 || !(last >= "@" && last <= "~")) return "";
      this.#sequence = "";
      return this.#csi(text.slice(2, -1), last);
    }
    if (kind === "]" || kind === "k" || kind === "P" || kind === "_" || kind === "^") {
      if (last !== "\u0007" && !text.endsWith("\u001b\\")) return "";
      this.#sequence = "";
      const body = text.slice(2).replace(/(\u0007|\u001b\\)$/, "");
      if (kind === "]" && /^[02];/.test(body)) this.title = body.slice(2);
      return "";
    }
    if (kind === "(" || kind === ")" || kind === "#" || kind === "%") {
      if (text.length < 3) return "";
      this.#sequence = "";
      if (kind === "(") this.#graphics = last === "0";
      return "";
    }
    this.#sequence = "";
    switch (kind) {
      case "7": this.#saved = { ...this.cursor }; break;
      case "8": this.cursor = { ...this.#saved }; break;
      case "D": this.#down(); break;
      case "E": this.cursor.column = 0; this.#down(); break;
      case "M":
        if (this.cursor.row === this.#top) this.#scroll(-1);
        else this.cursor.row = Math.max(0, this.cursor.row - 1);
        break;
      case "c": this.#reset(); break;
      default:
    }
    return "";
  }

  #reset(): void {
    this.cells = Array.from({ length: this.rows }, () => this.#line());
    this.cursor = { row: 0, column: 0, style: "" };
    this.#attributes.clear();
    this.#top = 0;
    this.#bottom = this.rows - 1;
    this.#graphics = false;
    this.cursorVisible = true;
  }

  #csi(parameters: string, final: string): string {
    const { cursor } = this;
    const numbers = parameters.replace(/^[?>!]/, "").split(/[;:]/).map((one) => (one === "" ? 0 : Number(one) || 0));
    const first = numbers[0] ?? 0;
    const count = Math.min(Math.max(1, first), 10_000);
    const line = this.cells[cursor.row] ?? [];
    const blank = { text: " ", style: this.#background() };
    if (parameters.startsWith("?")) {
      if (final === "h" || final === "l") for (const mode of numbers) this.#mode(mode, final === "h");
      return "";
    }
    if (parameters.startsWith(">")) return final === "c" ? "\u001b[>84;0;0c" : "";
    this.#wrap = this.#wrap && final === "m";
    switch (final) {
      case "A": cursor.row = Math.max(cursor.row >= this.#top ? this.#top : 0, cursor.row - count); break;
      case "B": case "e": cursor.row = Math.min(cursor.row <= this.#bottom ? this.#bottom : this.rows - 1, cursor.row + count); break;
      case "C": case "a": cursor.column = Math.min(this.columns - 1, cursor.column + count); break;
      case "D": cursor.column = Math.max(0, cursor.column - count); break;
      case "E": cursor.row = Math.min(this.rows - 1, cursor.row + count); cursor.column = 0; break;
      case "F": cursor.row = Math.max(0, cursor.row - count); cursor.column = 0; break;
      case "G": case "`": cursor.column = Math.min(this.columns, count) - 1; break;
      case "d": cursor.row = Math.min(this.rows, count) - 1; break;
      case "H": case "f":
        cursor.row = Math.min(this.rows, count) - 1;
        cursor.column = Math.min(this.columns, Math.max(1, numbers[1] ?? 1)) - 1;
        break;
      case "J":
        if (first === 0) {
          line.fill(blank, cursor.column);
          for (let row = cursor.row + 1; row < this.rows; row++) this.cells[row]?.fill(blank);
        } else if (first === 1) {
          line.fill(blank, 0, cursor.column + 1);
          for (let row = 0; row < cursor.row; row++) this.cells[row]?.fill(blank);
        } else if (first === 2) for (const one of this.cells) one.fill(blank);
        else if (first === 3) this.history = [];
        break;
      case "K": line.fill(blank, first === 0 ? cursor.column : 0, first === 1 ? cursor.column + 1 : this.columns); break;
      case "L": case "M":
        if (cursor.row < this.#top || cursor.row > this.#bottom) break;
        for (let turn = 0; turn < Math.min(count, this.rows); turn++) {
          this.cells.splice(final === "L" ? this.#bottom : cursor.row, 1);
          this.cells.splice(final === "L" ? cursor.row : this.#bottom, 0, this.#line());
        }
        break;
      case "P": line.splice(cursor.column, count); while (line.length < this.columns) line.push(blank); break;
      case "@": line.splice(cursor.column, 0, ...Array.from({ length: Math.min(count, this.columns) }, () => blank)); line.length = this.columns; break;
      case "X": line.fill(blank, cursor.column, Math.min(this.columns, cursor.column + count)); break;
      case "S": this.#scroll(count); break;
      case "T": this.#scroll(-count); break;
      case "r":
        this.#top = Math.min(this.rows, Math.max(1, first)) - 1;
        this.#bottom = Math.min(this.rows, numbers[1] === undefined || numbers[1] === 0 ? this.rows : numbers[1]) - 1;
        if (this.#top >= this.#bottom) [this.#top, this.#bottom] = [0, this.rows - 1];
        cursor.row = 0;
        cursor.column = 0;
        break;
      case "s": this.#saved = { ...cursor }; break;
      case "u": this.cursor = { ...this.#saved }; break;
      case "m": this.#style(numbers); break;
      case "n": return first === 6 ? `\u001b[${cursor.row + 1};${cursor.column + 1}R` : first === 5 ? "\u001b[0n" : "";
      case "c": return "\u001b[?1;2c";
      default:
    }
    return "";
  }

  #mode(mode: number, on: boolean): void {
    switch (mode) {
      case 1: this.applicationCursor = on; break;
      case 2004: this.bracketedPaste = on; break;
      case 25: this.cursorVisible = on; break;
      case 47: case 1047: case 1049:
        if (on && !this.#main) {
          this.#main = { cells: this.cells, cursor: { ...this.cursor } };
          this.cells = Array.from({ length: this.rows }, () => this.#line());
        } else if (!on && this.#main) {
          this.cells = this.#main.cells;
          this.cursor = this.#main.cursor;
          this.#main = undefined;
        }
        break;
      default:
    }
  }

  #background(): string {
    return this.#attributes.get("background") ?? "";
  }

  #style(numbers: readonly number[]): void {
    const attributes = this.#attributes;
    for (let at = 0; at < numbers.length; at++) {
      const code = numbers[at] ?? 0;
      if (code === 0) attributes.clear();
      else if (code >= 1 && code <= 9) attributes.set(code === 2 ? "1" : String(code), String(code));
      else if (code === 22) attributes.delete("1");
      else if (code >= 23 && code <= 29) attributes.delete(String(code - 20));
      else if (code === 38 || code === 48) {
        const length = numbers[at + 1] === 5 ? 3 : numbers[at + 1] === 2 ? 5 : 1;
        attributes.set(code === 38 ? "foreground" : "background", numbers.slice(at, at + length).join(";"));
        at += length - 1;
      } else if (code === 39) attributes.delete("foreground");
      else if (code === 49) attributes.delete("background");
      else if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) attributes.set("foreground", String(code));
      else if ((code >= 40 && code <= 47) || (code >= 100 && code <= 107)) attributes.set("background", String(code));
    }
    this.cursor.style = [...attributes.values()].join(";");
  }

  /** Text of a row without the blanks at its end. */
  rowText(row: number): string {
    return (this.cells[row] ?? []).map((cell) => cell.text).join("").trimEnd();
  }
}

/** DEC's line drawing characters. */
const LINES: ReadonlyMap<string, string> = new Map([["q", "─"], ["x", "│"], ["l", "┌"], ["k", "┐"], ["m", "└"], ["j", "┘"], ["n", "┼"], ["t", "├"], ["u", "┤"], ["v", "┴"], ["w", "┬"], ["a", "▒"], ["`", "◆"], ["~", "·"]]);
