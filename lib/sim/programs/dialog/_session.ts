// The terminal that the boxes share, the options of the box that is shown, and the keys that come.

import { type Blocking, SIGNALS, type Sys, encode } from "../../kernel/sys.ts";
import type { RawTerminal, TerminalEvent } from "../kit/terminal-keys.ts";
import { Canvas, columnsOf } from "./_canvas.ts";
import type { Attribute, ColourName, Settings } from "./_colours.ts";
import { type Letter, type Room, type Size, attributed, lettersOf, prepared, sizeOf, wrapped } from "./_text.ts";

/** The statuses of boxes; `status` of dialog.ts maps them to those of the process. */
export const OK = 0, CANCEL = 1, HELP = 2, EXTRA = 3, ITEM_HELP = 4, ERROR = -1, ESC = 255, TIMEOUT = 5;

/** The common options before a box. */
export class Options {
  readonly flags = new Set<string>();
  readonly values = new Map<string, string>();
  begin: { readonly row: number; readonly column: number } | undefined;
  has(name: string): boolean {
    return this.flags.has(name);
  }
  text(name: string): string | undefined {
    return this.values.get(name);
  }
  number(name: string): number {
    return Number(this.values.get(name) ?? "0");
  }
}

export interface Button {
  readonly label: string;
  readonly status: number;
}

export interface Place extends Size {
  readonly row: number;
  readonly column: number;
}

/** A part of the screen that the mouse can press. */
interface Region extends Place {
  readonly key: string;
  /** the row within the region follows the key's name */
  readonly byLine: boolean;
}

/** dialog ends with a message. */
export class Failure extends Error {}

/** Names of keys: those of the keyboard are in capitals, letters are themselves. */
const KEYS = new Map([
  ["\u001b[A", "UP"], ["\u001bOA", "UP"], ["\u001b[B", "DOWN"], ["\u001bOB", "DOWN"], ["\u001b[C", "RIGHT"], ["\u001bOC", "RIGHT"], ["\u001b[D", "LEFT"], ["\u001bOD", "LEFT"], ["\u001b[H", "HOME"], ["\u001bOH", "HOME"], ["\u001b[1~", "HOME"], ["\u001b[F", "END"], ["\u001bOF", "END"], ["\u001b[4~", "END"],
  ["\u001b[5~", "PAGEUP"], ["\u001b[6~", "PAGEDOWN"], ["\u001b[3~", "DELETE"], ["\u007f", "BACKSPACE"], ["\b", "BACKSPACE"], ["\t", "TAB"], ["\u001b[Z", "BACKTAB"], ["\r", "ENTER"], ["\n", "ENTER"], ["\u001bOM", "ENTER"], ["\u001b", "ESC"], ["\u001bOP", "HELP"], ["\u001b[11~", "HELP"], ["\u000e", "NEXT"], ["\u0010", "PREVIOUS"],
]);

/** The codes of curses for the keys, which --last-key prints. */
const CODES = new Map([["UP", 259], ["DOWN", 258], ["LEFT", 260], ["RIGHT", 261], ["HOME", 262], ["END", 360], ["PAGEUP", 339], ["PAGEDOWN", 338], ["DELETE", 330], ["BACKSPACE", 263], ["TAB", 9], ["BACKTAB", 353], ["ENTER", 10], ["ESC", 27], ["HELP", 265], ["NEXT", 14], ["PREVIOUS", 16]]);

export class Session {
  readonly sys: Sys;
  readonly terminal: RawTerminal;
  readonly canvas: Canvas;
  readonly settings: Settings;
  options = new Options();
  /** the answer of the box */
  answer = "";
  /** how many boxes answered until now */
  answers = 0;
  lastKey = 0;
  sizes = "";
  readonly word: (english: string) => string;
  readonly inputFd: number;
  /** shows the file of --hfile */
  helpBox: (() => Blocking<void>) | undefined;
  #regions: Region[] = [];
  #cursorHidden = false;

  constructor(sys: Sys, terminal: RawTerminal, settings: Settings, inputFd: number, word: (english: string) => string) {
    this.sys = sys;
    this.terminal = terminal;
    this.settings = settings;
    this.inputFd = inputFd;
    this.word = word;
    this.canvas = new Canvas(terminal.size.rows, terminal.size.cols);
  }

  colour(name: ColourName): Attribute {
    const colour = this.settings.colours.get(name) ?? { foreground: -1, background: -1, bold: false };
    if (this.settings.useColours) return colour;
    return { foreground: -1, background: -1, bold: /^(button_active|tag_key_selected|form_active_text|itemhelp)$/.test(name), reverse: !/^(screen|shadow|button|item_selected|tag_key|itemhelp|form_item_readonly|form_active_text)/.test(name) };
  }

  get room(): Room {
    return { rows: this.canvas.rows - (this.settings.useShadow ? 1 : 0), columns: this.canvas.columns - (this.settings.useShadow ? 2 : 0), begin: this.options.begin, aspect: this.settings.aspect === 0 ? 9 : this.settings.aspect };
  }

  get title(): string {
    return this.options.text("title") ?? "";
  }

  letters(text: string): Letter[] {
    const { options } = this;
    return lettersOf(prepared(text, { colours: options.has("colors"), crWrap: options.has("cr-wrap"), keepSpaces: options.has("no-collapse"), noNewlines: options.has("no-nl-expand"), trim: options.has("trim") }).replaceAll("\t", options.has("tab-correct") ? " " : "\t"), options.has("colors"));
  }

  size(letters: readonly Letter[] | undefined, asked: Size, boxLines: number, minimum: number): Size {
    return sizeOf(this.room, this.title, letters, asked, boxLines, minimum);
  }

  /** Where a box of that size stands. */
  place(size: Size): Place {
    const { rows, columns, begin } = this.room;
    if (this.options.has("print-size")) this.sizes = `Size: ${size.height}, ${size.width}\n`;
    const [height, width] = [Math.min(size.height, this.canvas.rows), Math.min(size.width, this.canvas.columns)];
    if (this.options.has("size-err") && (size.width > this.canvas.columns || size.height > this.canvas.rows)) throw new Failure(`Window too big. (height, width) = (${size.height}, ${size.width}). Max allowed (${this.canvas.rows}, ${this.canvas.columns}).`);
    return { height, width, row: begin ? begin.row : Math.max(0, Math.trunc((rows - height) / 2)), column: begin ? begin.column : Math.max(0, Math.trunc((columns - width) / 2)) };
  }

  /** The screen, the box with its title and shadow, and the text in it. Returns the last row of the text, counted in the box. */
  box(place: Place, letters: readonly Letter[] = [], buttons = true): number {
    const { canvas } = this;
    this.#regions = [];
    canvas.clear(this.colour("screen"));
    this.backtitle();
    const { row, column, height, width } = place;
    canvas.frame(row, column, height, width, this.colour("dialog"), this.colour("border"), this.colour("border2"));
    if (this.settings.useShadow) canvas.shadow(row, column, height, width, this.colour("shadow"));
    if (buttons) {
      canvas.put(row + height - 3, column, canvas.line("├") + canvas.line("─").repeat(width - 2), this.colour("border"));
      canvas.put(row + height - 3, column + width - 1, canvas.line("┤"), this.colour("border2"));
    }
    if (this.title !== "") {
      const letters = lettersOf(this.title, this.options.has("colors"));
      let at = column + Math.max(0, Math.trunc((width - letters.reduce((sum, letter) => sum + letter.width, 0)) / 2) - 1);
      for (const letter of letters) at = canvas.put(row, at, letter.text, attributed(letter, this.colour("title")), column + width);
    }
    return this.text(place, letters, height - 2);
  }

  /** The letters in a box, at most so many rows of them. Returns the last row. */
  text(place: Place, letters: readonly Letter[], rows: number, skip = 0): number {
    const lines = wrapped(letters, Math.max(1, place.width - 4)).slice(skip, skip + Math.max(0, rows));
    for (const [index, line] of lines.entries()) {
      let at = place.column + 2;
      for (const letter of line) at = letter.text === "\t" ? place.column + 8 * (Math.floor((at - place.column) / 8) + 1) : this.canvas.put(place.row + 1 + index, at, letter.text, attributed(letter, this.colour("dialog")), place.column + place.width - 1);
    }
    return Math.max(1, lines.length);
  }

  backtitle(): void {
    const text = this.options.text("backtitle");
    if (text === undefined) return;
    const { canvas } = this;
    const screen = this.colour("screen");
    let at = 1;
    for (const letter of lettersOf(text, this.options.has("colors"))) at = canvas.put(0, at, letter.text, attributed(letter, screen), canvas.columns - 1);
    canvas.put(1, 1, canvas.line("─").repeat(canvas.columns - 2), screen);
  }

  /** The help line in the lower border of a box (--hline). `arrows`: there is a list or a text with arrows in that border. */
  hint(place: Place, arrows: boolean): void {
    const text = this.options.text("hline") ?? "";
    if (text === "") return;
    const letters = lettersOf(text, this.options.has("colors"));
    const limit = letters.reduce((sum, letter) => sum + letter.width, 0) + 2;
    const available = place.width - (arrows ? 7 : 0) - 2;
    if (limit >= available) return;
    const base = this.colour("dialog");
    const row = place.row + place.height - 1;
    let at = this.canvas.put(row, place.column + (arrows ? 4 : 0) + Math.trunc((available - limit) / 2), "[", base);
    for (const letter of letters) at = this.canvas.put(row, at, letter.text, attributed(letter, base));
    this.canvas.put(row, at, "]", base);
  }

  /** The help of an entry in the last row of the screen (--item-help). */
  itemHelp(text: string): void {
    if (!this.options.has("item-help")) return;
    const row = this.canvas.rows - 1;
    const base = this.colour("itemhelp");
    this.canvas.put(row, 0, " ".repeat(this.canvas.columns), base);
    this.canvas.put(row, 1, text, base);
  }

  /** Arrows in the frame of a list or of a text, and how far it is. `bar`: also a bar at the side. */
  position(first: number, shown: number, last: number, total: number, left: number, right: number, top: number, bottom: number, upper: Attribute, lower: Attribute, sides: { readonly down?: boolean; readonly percent?: boolean } = {}): void {
    const { canvas } = this;
    const up = first !== 0;
    const down = sides.down ?? last < total;
    if (up || down || sides.percent === true || this.settings.useScrollbar) {
      const percent = total === 0 ? 100 : Math.max(0, Math.min(100, Math.trunc((last * 100) / total)));
      const text = `${percent}%`;
      canvas.put(bottom, right - 7, text, this.colour("position_indicator"));
      canvas.put(bottom, right - 7 + text.length, canvas.line("─").repeat(Math.max(0, 4 - text.length)), this.colour("border"));
    }
    if (this.settings.useScrollbar) this.#bar(Math.max(0, shown), last, total, right, top, bottom);
    this.arrows(up, down, left + 5, top, bottom, upper, lower);
  }

  #bar(shown: number, last: number, total: number, column: number, top: number, bottom: number): void {
    const { canvas } = this;
    const high = bottom - top - 1;
    if (total <= 0 || high <= 0) return;
    const scaled = (count: number): number => Math.trunc((high * count) / (total + 1));
    const barHigh = Math.max(1, scaled(last + 1 - shown));
    if (barHigh >= high) return;
    let barLast = Math.trunc(0.5 + (high * last) / total);
    let barTop = scaled(shown);
    if (barTop >= barLast && barTop > 0) barTop = barLast - 1;
    if (barLast - barTop > barHigh && barHigh > 1) barTop++;
    barLast = Math.min(barLast, high);
    for (let at = 0; at < high; at++) canvas.put(top + 1 + at, column, canvas.line("│"), { ...this.colour("dialog"), reverse: true });
    for (let at = barTop; at < barLast; at++) canvas.put(top + 1 + at, column, "▮", { ...this.colour("position_indicator"), reverse: true });
  }

  arrows(up: boolean, down: boolean, column: number, top: number, bottom: number, upper: Attribute, lower: Attribute): void {
    const { canvas } = this;
    if (up) canvas.put(top, column, "↑(-)", { ...this.colour("uarrow"), background: upper.background });
    if (down) canvas.put(bottom, column, "↓(+)", { ...this.colour("darrow"), background: lower.background });
    this.region("PAGEUP", { row: top, column: column - 1, height: 1, width: 6 });
    this.region("PAGEDOWN", { row: bottom, column: column - 1, height: 1, width: 6 });
  }

  region(key: string, place: Place, byLine = false): void {
    this.#regions.unshift({ ...place, key, byLine });
  }

  /** Puts the answer together: with what separates it from what is there. */
  add(text: string): void {
    this.answer += text;
  }

  get separator(): string {
    return this.options.text("output-separator") ?? this.options.text("separator") ?? (this.options.has("separate-output") ? "\n" : " ");
  }

  /** The text as it stands in an answer: with quotes where it needs them. */
  quoted(text: string): string {
    const mark = this.options.has("single-quoted") ? "'" : '"';
    const needs = text === "" || text.includes(mark) || /[ \t]/.test(text) || text.includes("\\");
    return needs ? `${mark}${[...text].map((letter) => (letter === mark || letter === "\\" ? `\\${letter}` : letter)).join("")}${mark}` : text;
  }

  hideCursor(): void {
    this.#cursorHidden = true;
  }

  *show(): Blocking<void> {
    yield* this.terminal.write(`${this.#cursorHidden ? "\u001b[?25l" : ""}${this.canvas.bytes()}`);
    if (this.#cursorHidden) this.#wasHidden = true;
  }

  #wasHidden = false;

  *showCursor(): Blocking<void> {
    if (this.#wasHidden) yield* this.terminal.write("\u001b[?12l\u001b[?25h");
    this.#wasHidden = false;
    this.#cursorHidden = false;
  }

  *beep(): Blocking<void> {
    yield* this.terminal.write("\u0007");
  }

  /** The next key by its name; "RESIZE" after the screen has another size. Undefined: the time is over. */
  *key(timeoutUs?: number): Blocking<string | undefined> {
    const limit = timeoutUs ?? (this.options.number("timeout") > 0 ? this.options.number("timeout") * 1_000_000 : null);
    for (;;) {
      const event: TerminalEvent | undefined = yield* this.terminal.next(limit);
      if (event === undefined) return undefined;
      if (event.kind === "resize") {
        this.canvas.resize(this.terminal.size.rows, this.terminal.size.cols);
        return "RESIZE";
      }
      if (event.kind === "signal") {
        if (event.signal === SIGNALS.INT || event.signal === SIGNALS.TERM || event.signal === SIGNALS.HUP) throw new Interrupted(event.signal);
        continue;
      }
      if (event.kind === "end") return "END-OF-INPUT";
      const { key } = event;
      if (key === "\u000c") {
        this.canvas.repaint();
        yield* this.show();
        continue;
      }
      const mouse = /^\u001b\[<(\d+);(\d+);(\d+)([Mm])$/.exec(key);
      if (mouse) {
        const [, button, x, y, press] = mouse;
        if (button !== "0" || press !== "M" || this.options.has("no-mouse")) continue;
        const [row, column] = [Number(y) - 1, Number(x) - 1];
        const hit = this.#regions.find((region) => row >= region.row && row < region.row + region.height && column >= region.column && column < region.column + region.width);
        if (hit) return hit.byLine ? `${hit.key}${row - hit.row}` : hit.key;
        continue;
      }
      const name = KEYS.get(key);
      if (name === "HELP" && this.helpBox !== undefined && this.options.text("hfile") !== undefined) {
        const show = this.helpBox;
        this.helpBox = undefined;
        yield* show();
        this.helpBox = show;
        return "RESIZE";
      }
      this.lastKey = name === undefined ? (key.codePointAt(0) ?? 0) : (CODES.get(name) ?? 0);
      return name ?? key;
    }
  }

  /** The last key after an answer (--last-key). */
  addLastKey(before = true): void {
    if (!this.options.has("last-key")) return;
    this.answer += `${before && this.answer !== "" ? this.separator : ""}${this.lastKey}${this.separator}`;
  }

  *write(fd: number, text: string): Blocking<void> {
    if (text !== "") yield* this.sys.write(fd, encode(text));
  }

}

/** A signal that ends dialog. */
export class Interrupted extends Error {
  readonly signal: number;
  constructor(signal: number) {
    super("interrupted");
    this.signal = signal;
  }
}

export { columnsOf };
