// A terminal that holds the picture of what was written to it, as xterm would show it: for the JSON-lines interface of `npm run sim`
// and for terminals that reconnect. Pure: bytes in, rows out. Sources: xterm's ctlseqs, ECMA-48, console_codes(4).
//
// Over 400 lines: one state machine whose sequences all work on the same few fields; its parser, lines, styles and serialization
// are files of their own.

import { characterWidth } from "../sim/world/character-width.ts";
import { applySgr, type CellStyle, erased, PLAIN } from "./cell-style.ts";
import { type EscapeHandler, EscapeParser } from "./escape-sequences.ts";
import { ScreenLine } from "./screen-line.ts";
import { serializeScreen } from "./screen-serialization.ts";

export interface SavedCursor {
  readonly row: number;
  readonly col: number;
  readonly style: CellStyle;
  readonly originMode: boolean;
  readonly lineDrawing: readonly [boolean, boolean];
  readonly shiftOut: boolean;
  readonly wrapPending: boolean;
}

/** Modes that a program switches and the client's keyboard or picture depends on. */
interface ScreenModes {
  applicationCursorKeys: boolean;
  applicationKeypad: boolean;
  autowrap: boolean;
  bracketedPaste: boolean;
  cursorVisible: boolean;
  focusReporting: boolean;
  insert: boolean;
  newline: boolean;
  origin: boolean;
  /** The mouse modes that are on: 9, 1000, 1002, 1003, 1006... */
  mouse: Set<number>;
}

/** One string for each ASCII character: most of what is ever shown. */
const ASCII = Array.from({ length: 0x80 }, (_, code) => String.fromCharCode(code));
const MAX_COMBINING = 8;
const MOUSE_MODES = new Set([9, 1000, 1002, 1003, 1005, 1006, 1015]);
/** DEC special graphics for the characters from "`" to "~". */
const LINE_DRAWING = "◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·";

function defaultModes(): ScreenModes {
  return {
    applicationCursorKeys: false, applicationKeypad: false, autowrap: true, bracketedPaste: false, cursorVisible: true, focusReporting: false,
    insert: false, newline: false, origin: false, mouse: new Set(),
  };
}

function defaultTabs(cols: number): Set<number> {
  const tabs = new Set<number>();
  for (let col = 8; col < cols; col += 8) tabs.add(col);
  return tabs;
}

function blankLines(rows: number, cols: number): ScreenLine[] {
  return Array.from({ length: rows }, () => new ScreenLine(cols));
}

export class Screen implements EscapeHandler {
  cols: number;
  rowCount: number;
  lines: ScreenLine[];
  /** The main screen's lines while the alternate screen is shown. */
  hiddenLines: ScreenLine[] | undefined;
  scrollback: ScreenLine[] = [];
  row = 0;
  col = 0;
  /** A character stands in the last column and the next one goes to the next row. */
  wrapPending = false;
  style: CellStyle = PLAIN;
  top = 0;
  bottom: number;
  /** undefined: every eighth column */
  #tabs: Set<number> | undefined = undefined;
  modes: ScreenModes = defaultModes();
  /** G0 and G1 hold DEC line drawing instead of ASCII. */
  lineDrawing: [boolean, boolean] = [false, false];
  shiftOut = false;
  title = "";
  /** DECSC's memory of the main and of the alternate screen. */
  saved: [SavedCursor | undefined, SavedCursor | undefined] = [undefined, undefined];
  readonly scrollbackRows: number;
  readonly #parser = new EscapeParser(this);
  #replies = "";
  #lastPrinted: number | undefined;

  constructor(cols: number, rows: number, scrollbackRows = 1000) {
    this.cols = Math.max(cols, 2);
    this.rowCount = Math.max(rows, 1);
    this.scrollbackRows = scrollbackRows;
    this.lines = blankLines(this.rowCount, this.cols);
    this.bottom = this.rowCount - 1;
  }

  write(bytes: Uint8Array): void {
    this.#parser.feed(bytes);
    this.#trimScrollback();
    this.#pack();
  }

  #pack(): void {
    for (const line of this.lines) line.pack();
  }

  /** What the terminal answers to queries (DA, DSR), for the keyboard's side. */
  takeReplies(): string {
    const replies = this.#replies;
    this.#replies = "";
    return replies;
  }

  get alternate(): boolean {
    return this.hiddenLines !== undefined;
  }

  /** Every row, right-trimmed. */
  rows(): string[] {
    return this.lines.map((line) => line.toText());
  }

  /** Row and column from 0; a cursor that waits at the margin stands in the last column. */
  get cursor(): readonly [row: number, col: number] {
    return [this.row, this.col];
  }

  get cursorHidden(): boolean {
    return !this.modes.cursorVisible;
  }

  /** Runs of reversed columns, both ends included. */
  reverseSpans(): (readonly [row: number, first: number, last: number])[] {
    const spans: (readonly [number, number, number])[] = [];
    this.lines.forEach((line, row) => {
      let first = -1;
      for (let col = 0; col <= this.cols; col += 1) {
        const reversed = line.style[col]?.flags.has("reverse") ?? false;
        if (reversed && first < 0) first = col;
        if (!reversed && first >= 0) {
          spans.push([row, first, col - 1]);
          first = -1;
        }
      }
      line.pack();
    });
    return spans;
  }

  /** Escape sequences that rebuild this screen, scrollback included, on a new terminal of the same size. */
  serialize(): string {
    const bytes = serializeScreen(this);
    for (const line of this.hiddenLines ?? []) line.pack();
    for (const line of this.scrollback) line.pack();
    this.#pack();
    return bytes;
  }

  /** As xterm.js does when it becomes narrower, so that nothing is lost: what does not fit goes on in the next row. The cursor's row is left to the shell, which draws it anew. */
  fit(cols: number, rows: number): void {
    if (!this.alternate && cols >= 2 && cols < this.cols) {
      const split = (lines: readonly ScreenLine[], cursorRow: number): readonly (readonly ScreenLine[])[] => lines.map((line, row) => (row === cursorRow || line.usedCols() <= cols ? [line] : line.inRows(cols)));
      this.scrollback = split(this.scrollback, -1).flat();
      const shown = split(this.lines, this.row);
      this.row = shown.slice(0, this.row).flat().length;
      this.lines = shown.flat();
    }
    this.resize(cols, rows);
  }

  /** No reflow: rows are cut or padded; rows leave at the top when the cursor would fall off the bottom. */
  resize(cols: number, rows: number): void {
    cols = Math.max(cols, 2);
    rows = Math.max(rows, 1);
    const excess = Math.max(this.row - (rows - 1), 0);
    const leaving = this.lines.splice(0, excess);
    if (!this.alternate) this.#remember(leaving);
    this.#trimScrollback();
    this.row -= excess;
    for (const lines of this.hiddenLines ? [this.lines, this.hiddenLines] : [this.lines]) {
      lines.length = Math.min(lines.length, rows);
      for (const line of lines) line.resize(cols);
      while (lines.length < rows) lines.push(new ScreenLine(cols));
    }
    for (const line of this.scrollback) line.resize(cols);
    if (this.#tabs !== undefined) {
      for (let col = this.cols; col < cols; col += 1) if (col % 8 === 0) this.#tabs.add(col);
      for (const col of [...this.#tabs]) if (col >= cols) this.#tabs.delete(col);
    }
    this.cols = cols;
    this.rowCount = rows;
    this.top = 0;
    this.bottom = rows - 1;
    this.col = Math.min(this.col, cols - 1);
    this.wrapPending = false;
  }

  // ---- text -----------------------------------------------------------------------------------------------------------------

  print(codePoint: number): void {
    if (this.lineDrawing[this.shiftOut ? 1 : 0] && codePoint >= 0x60 && codePoint <= 0x7e)
      codePoint = LINE_DRAWING.codePointAt(codePoint - 0x60) ?? codePoint;
    const width = codePoint < 0x7f ? 1 : characterWidth(codePoint);
    if (width === 0) {
      if (codePoint >= 0xa0) this.#combine(String.fromCodePoint(codePoint));
      return;
    }
    if (this.modes.autowrap && (this.wrapPending || this.col + width > this.cols)) {
      this.col = 0;
      this.#lineFeed();
    }
    this.wrapPending = false;
    if (this.col + width > this.cols) this.col = this.cols - width;
    const line = this.#line();
    if (this.modes.insert) line.insert(this.col, width, erased(this.style));
    line.put(this.col, ASCII[codePoint] ?? String.fromCodePoint(codePoint), width, this.style);
    this.#lastPrinted = codePoint;
    this.col += width;
    if (this.col >= this.cols) {
      this.col = this.cols - 1;
      this.wrapPending = this.modes.autowrap;
    }
  }

  printAscii(bytes: Uint8Array, start: number, end: number): void {
    if (this.modes.insert || this.lineDrawing[this.shiftOut ? 1 : 0]) {
      for (let at = start; at < end; at += 1) this.print(bytes[at] ?? 0x20);
      return;
    }
    for (let at = start; at < end; ) {
      if (this.wrapPending) {
        this.col = 0;
        this.#lineFeed();
      }
      const count = Math.min(this.cols - this.col, end - at);
      this.#line().putAscii(this.col, bytes, at, at + count, this.style);
      at += count;
      this.col += count;
      if (this.col < this.cols) break;
      this.col = this.cols - 1;
      this.wrapPending = this.modes.autowrap;
      // all the rest goes to the last column, one over the other
      if (!this.modes.autowrap && at < end) at = end - 1;
    }
    this.#lastPrinted = bytes[end - 1];
  }

  #combine(mark: string): void {
    const line = this.#line();
    let col = this.wrapPending ? this.col : this.col - 1;
    if (col > 0 && line.text[col] === "") col -= 1;
    const base = line.text[col];
    if (base !== undefined && base.length < MAX_COMBINING) line.text[col] = base + mark;
  }

  control(code: number): void {
    switch (code) {
      case 0x08:
        if (this.col > 0) this.col -= 1;
        this.wrapPending = false;
        return;
      case 0x09:
        this.#tab(1);
        return;
      case 0x0a:
      case 0x0b:
      case 0x0c:
        if (this.modes.newline) this.col = 0;
        this.#lineFeed();
        return;
      case 0x0d:
        this.col = 0;
        this.wrapPending = false;
        return;
      case 0x0e:
        this.shiftOut = true;
        return;
      case 0x0f:
        this.shiftOut = false;
        return;
    }
  }

  #line(): ScreenLine {
    return this.lines[this.row] ?? new ScreenLine(this.cols);
  }

  #lineFeed(): void {
    this.wrapPending = false;
    if (this.row === this.bottom) this.#scrollUp(1);
    else if (this.row < this.rowCount - 1) this.row += 1;
  }

  #reverseLineFeed(): void {
    this.wrapPending = false;
    if (this.row === this.top) this.#scrollDown(this.top, 1);
    else if (this.row > 0) this.row -= 1;
  }

  get hasDefaultTabs(): boolean {
    return this.#tabs === undefined;
  }

  get tabs(): Set<number> {
    return (this.#tabs ??= defaultTabs(this.cols));
  }

  #isTab(col: number): boolean {
    return this.#tabs === undefined ? col > 0 && col % 8 === 0 : this.#tabs.has(col);
  }

  #tab(count: number): void {
    this.wrapPending = false;
    for (let left = Math.min(count, this.cols); left > 0 && this.col < this.cols - 1; left -= 1) {
      do this.col += 1;
      while (this.col < this.cols - 1 && !this.#isTab(this.col));
    }
  }

  #backTab(count: number): void {
    this.wrapPending = false;
    for (let left = Math.min(count, this.cols); left > 0 && this.col > 0; left -= 1) {
      do this.col -= 1;
      while (this.col > 0 && !this.#isTab(this.col));
    }
  }

  #remember(lines: readonly ScreenLine[]): void {
    for (const line of lines) {
      line.pack();
      this.scrollback.push(line);
    }
    if (this.scrollback.length > 2 * this.scrollbackRows) this.#trimScrollback();
  }

  /** By many lines at a time: one by one each would move all the others. */
  #trimScrollback(): void {
    const excess = this.scrollback.length - this.scrollbackRows;
    if (excess > 0) this.scrollback.splice(0, excess);
  }

  #scrollUp(count: number, from = this.top): void {
    count = Math.min(count, this.bottom - from + 1);
    if (count === 1 && from === 0 && this.bottom === this.rowCount - 1 && !this.alternate) {
      const gone = this.lines.shift();
      if (gone) this.#remember([gone]);
      this.lines.push(new ScreenLine(this.cols, erased(this.style)));
      return;
    }
    const gone = this.lines.splice(from, count);
    if (from === 0 && !this.alternate) this.#remember(gone);
    this.lines.splice(this.bottom - count + 1, 0, ...this.#blank(count));
  }

  #scrollDown(from: number, count: number): void {
    count = Math.min(count, this.bottom - from + 1);
    this.lines.splice(this.bottom - count + 1, count);
    this.lines.splice(from, 0, ...this.#blank(count));
  }

  #blank(count: number): ScreenLine[] {
    const style = erased(this.style);
    return Array.from({ length: count }, () => new ScreenLine(this.cols, style));
  }

  #moveTo(row: number, col: number): void {
    const first = this.modes.origin ? this.top : 0;
    const last = this.modes.origin ? this.bottom : this.rowCount - 1;
    this.row = Math.min(Math.max(row + first, first), last);
    this.col = Math.min(Math.max(col, 0), this.cols - 1);
    this.wrapPending = false;
  }

  #moveRows(delta: number): void {
    const first = this.row >= this.top ? this.top : 0;
    const last = this.row <= this.bottom ? this.bottom : this.rowCount - 1;
    this.row = Math.min(Math.max(this.row + delta, first), last);
    this.wrapPending = false;
  }

  // ---- sequences ------------------------------------------------------------------------------------------------------------

  escape(intermediates: string, final: string): void {
    if (intermediates === "(" || intermediates === ")") {
      this.lineDrawing[intermediates === "(" ? 0 : 1] = final === "0";
      return;
    }
    if (intermediates === "#" && final === "8") {
      this.top = 0;
      this.bottom = this.rowCount - 1;
      for (const line of this.lines) line.text.fill("E");
      this.#moveTo(0, 0);
      return;
    }
    if (intermediates !== "") return;
    switch (final) {
      case "7":
        this.saveCursor();
        return;
      case "8":
        this.restoreCursor();
        return;
      case "=":
      case ">":
        this.modes.applicationKeypad = final === "=";
        return;
      case "D":
        this.#lineFeed();
        return;
      case "E":
        this.col = 0;
        this.#lineFeed();
        return;
      case "H":
        this.tabs.add(this.col);
        return;
      case "M":
        this.#reverseLineFeed();
        return;
      case "c":
        this.#reset();
        return;
    }
  }

  osc(text: string): void {
    const match = /^([02]);(.*)$/.exec(text);
    if (match) this.title = match[2] ?? "";
  }

  csi(prefix: string, parameters: readonly number[], intermediates: string, final: string): void {
    if (intermediates === "!" && final === "p") this.#softReset();
    if (intermediates !== "") return;
    if (prefix === "?") {
      if (final === "h" || final === "l") for (const mode of parameters) this.#setPrivateMode(mode, final === "h");
      else if (final === "J" || final === "K") this.#erase(final, parameters[0] ?? 0);
      else if (final === "n" && parameters[0] === 6) this.#replies += `\x1b[?${this.row + 1};${this.col + 1}R`;
      return;
    }
    if (prefix === ">") {
      // DA2 as xterm.js answers it
      if (final === "c" && (parameters[0] ?? 0) <= 0) this.#replies += "\x1b[>0;276;0c";
      return;
    }
    if (prefix !== "") return;
    /** A count: missing and 0 mean 1. */
    const count = Math.max(parameters[0] ?? 1, 1);
    const line = this.#line();
    switch (final) {
      case "@":
        line.insert(this.col, Math.min(count, this.cols - this.col), erased(this.style));
        this.wrapPending = false;
        return;
      case "A":
        this.#moveRows(-count);
        return;
      case "B":
      case "e":
        this.#moveRows(count);
        return;
      case "C":
      case "a":
        this.col = Math.min(this.col + count, this.cols - 1);
        this.wrapPending = false;
        return;
      case "D":
        this.col = Math.max(this.col - count, 0);
        this.wrapPending = false;
        return;
      case "E":
      case "F":
        this.#moveRows(final === "E" ? count : -count);
        this.col = 0;
        return;
      case "G":
      case "`":
        this.col = Math.min(count, this.cols) - 1;
        this.wrapPending = false;
        return;
      case "H":
      case "f":
        this.#moveTo(count - 1, Math.max(parameters[1] ?? 1, 1) - 1);
        return;
      case "I":
        this.#tab(count);
        return;
      case "J":
      case "K":
        this.#erase(final, parameters[0] ?? 0);
        return;
      case "L":
      case "M":
        if (this.row < this.top || this.row > this.bottom) return;
        if (final === "L") this.#scrollDown(this.row, count);
        else this.#deleteLines(count);
        this.col = 0;
        this.wrapPending = false;
        return;
      case "P":
        line.delete(this.col, Math.min(count, this.cols - this.col), erased(this.style));
        this.wrapPending = false;
        return;
      case "S":
        this.#scrollUp(count);
        return;
      case "T":
        if (parameters.length <= 1) this.#scrollDown(this.top, count);
        return;
      case "X":
        line.erase(this.col, Math.min(this.col + count, this.cols), erased(this.style));
        this.wrapPending = false;
        return;
      case "Z":
        this.#backTab(count);
        return;
      case "b":
        if (this.#lastPrinted !== undefined) for (let i = 0; i < Math.min(count, this.cols * this.rowCount); i += 1) this.print(this.#lastPrinted);
        return;
      case "c":
        if ((parameters[0] ?? 0) <= 0) this.#replies += "\x1b[?1;2c";
        return;
      case "d":
        this.#moveTo(count - 1, this.col);
        return;
      case "g":
        if ((parameters[0] ?? 0) <= 0) this.tabs.delete(this.col);
        else if (parameters[0] === 3) this.tabs.clear();
        return;
      case "h":
      case "l":
        for (const mode of parameters) {
          if (mode === 4) this.modes.insert = final === "h";
          else if (mode === 20) this.modes.newline = final === "h";
        }
        return;
      case "m":
        this.style = applySgr(this.style, parameters);
        return;
      case "n":
        if (parameters[0] === 5) this.#replies += "\x1b[0n";
        else if (parameters[0] === 6) this.#replies += `\x1b[${this.row + 1 - (this.modes.origin ? this.top : 0)};${this.col + 1}R`;
        return;
      case "r": {
        const top = count - 1;
        const bottom = Math.min((parameters[1] ?? -1) <= 0 ? this.rowCount : (parameters[1] ?? 0), this.rowCount) - 1;
        if (top >= bottom) return;
        this.top = top;
        this.bottom = bottom;
        this.#moveTo(0, 0);
        return;
      }
      case "s":
        this.saveCursor();
        return;
      case "u":
        this.restoreCursor();
        return;
    }
  }

  #deleteLines(count: number): void {
    count = Math.min(count, this.bottom - this.row + 1);
    this.lines.splice(this.row, count);
    this.lines.splice(this.bottom - count + 1, 0, ...this.#blank(count));
  }

  #erase(what: "J" | "K", mode: number): void {
    const style = erased(this.style);
    const line = this.#line();
    this.wrapPending = false;
    mode = Math.max(mode, 0);
    if (what === "J" && mode === 3) {
      this.scrollback = [];
      return;
    }
    if (mode > 2) return;
    if (mode === 0) line.erase(this.col, this.cols, style);
    else if (mode === 1) line.erase(0, this.col + 1, style);
    else line.erase(0, this.cols, style);
    if (what === "K") return;
    if (mode !== 1) for (const below of this.lines.slice(this.row + 1)) below.erase(0, this.cols, style);
    if (mode !== 0) for (const above of this.lines.slice(0, this.row)) above.erase(0, this.cols, style);
  }

  #setPrivateMode(mode: number, on: boolean): void {
    switch (mode) {
      case 1:
        this.modes.applicationCursorKeys = on;
        return;
      case 6:
        this.modes.origin = on;
        this.#moveTo(0, 0);
        return;
      case 7:
        this.modes.autowrap = on;
        if (!on) this.wrapPending = false;
        return;
      case 25:
        this.modes.cursorVisible = on;
        return;
      case 47:
      case 1047:
      case 1049:
        this.#setAlternate(on, mode === 1049);
        return;
      case 1004:
        this.modes.focusReporting = on;
        return;
      case 1048:
        if (on) this.saveCursor();
        else this.restoreCursor();
        return;
      case 2004:
        this.modes.bracketedPaste = on;
        return;
    }
    if (!MOUSE_MODES.has(mode)) return;
    if (on) this.modes.mouse.add(mode);
    else this.modes.mouse.delete(mode);
  }

  /** 1049 saves the cursor, clears the other screen and keeps the cursor's position (as xterm does). */
  #setAlternate(on: boolean, withCursor: boolean): void {
    if (on && !this.hiddenLines) {
      if (withCursor) this.saveCursor();
      this.#pack();
      this.hiddenLines = this.lines;
      this.lines = blankLines(this.rowCount, this.cols);
      this.wrapPending = false;
    } else if (!on && this.hiddenLines) {
      this.lines = this.hiddenLines;
      this.hiddenLines = undefined;
      this.wrapPending = false;
      if (withCursor) this.restoreCursor();
    } else if (!on && withCursor) this.restoreCursor();
  }

  saveCursor(): void {
    this.saved[this.alternate ? 1 : 0] = {
      row: this.row, col: this.col, style: this.style, originMode: this.modes.origin, lineDrawing: [...this.lineDrawing], shiftOut: this.shiftOut,
      wrapPending: this.wrapPending,
    };
  }

  restoreCursor(): void {
    const saved = this.saved[this.alternate ? 1 : 0];
    this.row = Math.min(saved?.row ?? 0, this.rowCount - 1);
    this.col = Math.min(saved?.col ?? 0, this.cols - 1);
    this.style = saved?.style ?? PLAIN;
    this.modes.origin = saved?.originMode ?? false;
    this.lineDrawing = saved ? [...saved.lineDrawing] : [false, false];
    this.shiftOut = saved?.shiftOut ?? false;
    this.wrapPending = (saved?.wrapPending ?? false) && this.col === this.cols - 1;
  }

  #softReset(): void {
    this.modes.origin = false;
    this.modes.insert = false;
    this.modes.autowrap = true;
    this.modes.cursorVisible = true;
    this.modes.applicationCursorKeys = false;
    this.modes.applicationKeypad = false;
    this.top = 0;
    this.bottom = this.rowCount - 1;
    this.style = PLAIN;
    this.lineDrawing = [false, false];
    this.shiftOut = false;
    this.saved = [undefined, undefined];
  }

  #reset(): void {
    this.hiddenLines = undefined;
    this.lines = blankLines(this.rowCount, this.cols);
    this.modes = defaultModes();
    this.#tabs = undefined;
    this.title = "";
    this.#softReset();
    this.row = 0;
    this.col = 0;
    this.wrapPending = false;
  }
}
