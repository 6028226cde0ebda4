// The pager's state while it runs: files, the place in the text, the screen, the keyboard. What the keys do is in _commands.ts.
// Text comes from _text.ts, rows from _rows.ts, prompts from _prompt.ts.
// (Over 400 lines: rows, places and entries all need one another; what commands do is apart.)

import { type Blocking, SIGNALS } from "../../kernel/sys.ts";
import type { Io } from "../kit/io.ts";
import { type Regex, RegexLimitError } from "../kit/regex/compile-regex.ts";
import { charWidth } from "../kit/width.ts";
import { RawTerminal } from "../kit/terminal-keys.ts";
import type { LessOptions } from "./_options.ts";
import { expandPrompt, HELP_PROMPT, LONG_PROMPT, MEDIUM_PROMPT, SHORT_PROMPT } from "./_prompt.ts";
import { layOut, searchText, standout } from "./_rows.ts";
import { LessText } from "./_text.ts";

/** A place in the text: a line and one of its rows. */
export interface Place {
  readonly line: number;
  readonly row: number;
}

interface OpenFile {
  /** "-" is standard input */
  readonly name: string;
  text: LessText | undefined;
  top: Place;
}

export class Quit extends Error {
  readonly status: number;
  constructor(status: number) {
    super();
    this.status = status;
  }
}

const ENTER = "\u001b[?1049h\u001b[22;0;0t\u001b[?1h\u001b=\r";

const ENTER_NO_INIT = "\u001b[?1h\u001b=\r";

const LEAVE = "\r\u001b[K\u001b[?1l\u001b>\u001b[?1049l\u001b[23;0;0t";

const LEAVE_NO_INIT = "\r\u001b[K\u001b[?1l\u001b>";

export class Pager {
  readonly io: Io;
  readonly options: LessOptions;
  readonly files: OpenFile[];
  current = -1;
  terminal: RawTerminal | undefined;
  active = false;
  top: Place = { line: 0, row: 0 };
  /** Rows on the screen below the top that are drawn; the first screen of a short file is not padded. */
  squished = false;
  fresh = true;
  shift = 0;
  half: number | undefined;
  windowRows: number | undefined;
  pattern: { readonly regex: Regex; readonly backwards: boolean; readonly inverted: boolean; readonly pastEnd: boolean } | undefined;
  patternText = "";
  /** it is text, no regular expression */
  patternPlain = false;
  marksOff = false;
  /** &: lines that all of these leave */
  filters: readonly { readonly regex: Regex; readonly inverted: boolean }[] = [];
  /** `bottom`: the line is put into the last row */
  readonly marks = new Map<string, { readonly file: OpenFile; readonly top: Place; readonly bottom?: boolean }>();
  /** -w, -W: the first line that was not on the screen before */
  unread: number | undefined;
  /** -g: the only line with a hit */
  lastHit: number | undefined;
  lastJump: { readonly file: OpenFile; readonly top: Place; readonly bottom?: boolean } | undefined;
  help: { readonly top: Place; readonly file: number } | undefined;
  helpText: LessText | undefined;
  lastShell = "";
  previousFile: OpenFile | undefined;
  pushed: string[] = [];
  endSeen = 0;
  repaintNeeded = false;

  constructor(io: Io, options: LessOptions, names: readonly string[]) {
    this.io = io;
    this.options = options;
    this.files = names.map((name) => ({ name, text: undefined, top: { line: 0, row: 0 } }));
  }

  get file(): OpenFile | undefined {
    return this.files[this.current];
  }

  get text(): LessText {
    const text = this.help ? this.helpText : this.file?.text;
    return text ?? LessText.ofLines(this.io.sys, []);
  }

  *keyboard(): Blocking<RawTerminal> {
    if (!this.terminal) {
      this.terminal = yield* RawTerminal.open(this.io.sys, 1, 200_000);
      this.terminal.chunkBytes = 1;
    }
    return this.terminal;
  }

  *enter(): Blocking<void> {
    yield* this.terminal?.enter() ?? nothing();
    this.io.out.put(this.options.has("X") ? ENTER_NO_INIT : ENTER);
    this.active = true;
  }

  *leave(): Blocking<void> {
    this.io.out.put(this.options.has("X") ? LEAVE_NO_INIT : LEAVE);
    yield* this.io.out.flush();
    this.active = false;
    yield* this.terminal?.leave() ?? nothing();
  }

  /** A key; undefined after something else that happened (resize, stop, interrupt). */
  *key(): Blocking<string | undefined> {
    const pushed = this.pushed.shift();
    if (pushed !== undefined) return pushed;
    yield* this.io.out.flush();
    const event = yield* this.terminal?.next() ?? nothing();
    if (!event || event.kind === "end") throw new Quit(0);
    if (event.kind === "resize") {
      this.repaintNeeded = true;
      return undefined;
    }
    if (event.kind === "signal") {
      if (event.signal === SIGNALS.TSTP) yield* this.#stop();
      else if (event.signal === SIGNALS.INT && this.options.has("K")) throw new Quit(2);
      else this.clearPrompt();
      return undefined;
    }
    return event.key;
  }

  *#stop(): Blocking<void> {
    const { sys } = this.io;
    yield* this.leave();
    sys.sigaction(SIGNALS.TSTP, "default");
    sys.kill(0, SIGNALS.TSTP);
    if (sys.charge(1)) yield* sys.preempt();
    sys.sigaction(SIGNALS.TSTP, "catch");
    yield* this.enter();
    this.repaintNeeded = true;
  }

  rows(): number {
    return Math.max(1, (this.terminal?.size.rows ?? 24) - 1);
  }

  columns(): number {
    return this.terminal?.size.cols ?? 80;
  }

  fitsOneScreen(): boolean {
    let rows = 0;
    for (let line = 0; line < this.text.lines.length; line++) {
      rows += this.rowsOf(line).length;
      if (rows > this.rows()) return false;
    }
    return true;
  }

  rowsOf(line: number): string[] {
    const text = this.text.lines[line] ?? "";
    const numbers = this.options.has("N");
    const status = this.options.has("J") ? `${this.#statusOf(line)} ` : "";
    const number = status + (numbers ? `${standoutNumber(String(line + 1).padStart(7))} ` : "");
    return layOut(text, {
      columns: this.columns(), tabStop: this.options.tabStop, chop: this.options.has("S"), shift: this.shift, colours: this.options.has("R"), raw: this.options.has("r"),
      numberColumns: (numbers ? 8 : 0) + (status === "" ? 0 : 2),
    }, line === this.unread ? [[0, text.length]] : this.#marksOff(line) ? [] : this.#hits(text), number);
  }

  /** Whether a line from there on has a hit of the last pattern. */
  hitsBehind(from: number): boolean {
    return this.text.lines.slice(from).some((line) => this.#hits(line).length > 0);
  }

  /** Columns of the whole line. */
  widthOf(line: number): number {
    const text = this.text.lines[line] ?? "";
    const [row = ""] = layOut(text, { columns: Number.MAX_SAFE_INTEGER, tabStop: this.options.tabStop, chop: false, shift: 0, colours: false, raw: false, numberColumns: 0 }, [], "");
    return [...searchText(row, true)].reduce((sum, c) => sum + Math.max(0, charWidth(c.codePointAt(0) ?? 0)), 0);
  }

  #marksOff(line: number): boolean {
    return this.marksOff || this.options.has("G") || (this.options.has("g") && line !== this.lastHit);
  }

  /** -J: a star where the search hits, the letter of a mark. */
  #statusOf(line: number): string {
    if (this.#hits(this.text.lines[line] ?? "").length > 0) return standout("*");
    for (const [letter, mark] of this.marks) if (mark.file === this.file && mark.top.line === line) return standout(letter);
    return " ";
  }

  #hits(line: string): readonly (readonly [number, number])[] {
    const pattern = this.pattern;
    if (!pattern) return [];
    const text = searchText(line, this.options.has("R"));
    const hits: (readonly [number, number])[] = [];
    try {
      for (let from = 0; from <= text.length; ) {
        const found = pattern.regex.exec(text, from, false, text.length, false);
        if (!found) break;
        const [begin = 0, end = 0] = [found[0], found[1]];
        if (end > begin) hits.push([begin, end]);
        from = end > begin ? end : end + 1;
      }
    } catch (error) {
      if (!(error instanceof RegexLimitError)) throw error;
    }
    return hits;
  }

  /** Whether the line is shown: & and -s leave lines out. */
  visible(line: number): boolean {
    const text = this.text.lines[line];
    if (text === undefined) return false;
    if (this.options.has("s") && text === "" && line > 0 && this.text.lines[line - 1] === "") return false;
    if (this.filters.length === 0) return true;
    try {
      const searched = searchText(text, this.options.has("R"));
      return this.filters.every(({ regex, inverted }) => regex.test(searched) !== inverted);
    } catch (error) {
      if (error instanceof RegexLimitError) return false;
      throw error;
    }
  }

  *nextLine(line: number): Blocking<number | undefined> {
    for (let at = line; ; at++) {
      yield* this.text.need(at + 1);
      if (at >= this.text.lines.length) return undefined;
      if (this.visible(at)) return at;
      if ((at & 255) === 0 && this.io.sys.charge(20)) yield* this.io.sys.preempt();
    }
  }

  previousLine(line: number): number | undefined {
    for (let at = line; at >= 0; at--) if (this.visible(at)) return at;
    return undefined;
  }

  /** The place one row further, if there is one. */
  *forward(place: Place): Blocking<Place | undefined> {
    const rows = this.rowsOf(place.line).length;
    if (place.line < this.text.lines.length && place.row + 1 < rows) return { line: place.line, row: place.row + 1 };
    const next = yield* this.nextLine(place.line + 1);
    return next === undefined ? undefined : { line: next, row: 0 };
  }

  backward(place: Place): Place | undefined {
    if (place.row > 0) return { line: place.line, row: place.row - 1 };
    const previous = this.previousLine(place.line - 1);
    return previous === undefined ? undefined : { line: previous, row: this.rowsOf(previous).length - 1 };
  }

  /** The places of the rows on the screen. */
  *screenPlaces(): Blocking<Place[]> {
    const places: Place[] = [];
    const first = yield* this.nextLine(this.top.line);
    if (first === undefined) return places;
    let place: Place | undefined = first === this.top.line ? this.top : { line: first, row: 0 };
    while (place && places.length < this.rows()) {
      places.push(place);
      place = yield* this.forward(place);
    }
    return places;
  }

  *atEnd(): Blocking<boolean> {
    const places = yield* this.screenPlaces();
    const last = places.at(-1);
    return !last || (yield* this.forward(last)) === undefined;
  }

  /** The first screen of a file goes where the cursor is. */
  *firstScreen(): Blocking<void> {
    this.repaintNeeded = false;
    const places = yield* this.screenPlaces();
    for (const place of places) this.io.out.put(`${this.rowsOf(place.line)[place.row] ?? ""}\n`);
    this.squished = places.length < this.rows();
  }

  *paint(): Blocking<void> {
    this.repaintNeeded = false;
    this.squished = false;
    const places = yield* this.screenPlaces();
    this.io.out.put("\u001b[H\u001b[J");
    for (let i = 0; i < this.rows(); i++) {
      const place = places[i];
      this.io.out.put(place ? `${this.rowsOf(place.line)[place.row] ?? ""}\n` : `${this.tilde}\n`);
    }
  }

  clearPrompt(): void {
    this.io.out.put("\r\u001b[K");
  }

  *unsquish(): Blocking<void> {
    if (this.squished) yield* this.paint();
  }

  *prompt(count: string): Blocking<void> {
    const { out } = this.io;
    this.clearPrompt();
    if (count !== "") {
      out.put(`:${count}`);
      return;
    }
    const atEnd = yield* this.atEnd();
    if (atEnd && !this.help && (this.options.has("E") || (this.options.has("e") && this.endSeen > 1)) && this.current >= this.files.length - 1) throw new Quit(0);
    const prototype = this.help ? HELP_PROMPT
      : this.options.has("M") ? (this.options.longPrototype ?? LONG_PROMPT)
        : this.options.has("m") ? (this.options.mediumPrototype ?? MEDIUM_PROMPT)
          : (this.options.promptPrototype ?? SHORT_PROMPT);
    const text = yield* this.expand(prototype, atEnd);
    this.fresh = false;
    if (this.filters.length > 0) out.put("& ");
    out.put(text === "" ? ":" : standout(text.slice(0, this.columns() - 1)));
  }

  *expand(prototype: string, atEnd: boolean): Blocking<string> {
    const places = yield* this.screenPlaces();
    const text = this.text;
    const shown = places.at(-1)?.line ?? Math.max(0, text.lines.length - 1);
    // what & leaves out behind the last row counts as seen
    const last = atEnd && this.filters.length > 0 ? Math.max(0, text.lines.length - 1) : shown;
    const file = this.file;
    return expandPrompt(prototype, {
      fileName: file && file.name !== "-" ? file.name : undefined, fileIndex: this.current + 1, fileCount: this.files.length,
      nextFile: this.files[this.current + 1]?.name, fresh: this.fresh, atEnd, topLine: this.top.line + 1, bottomLine: last + 1,
      lineCount: text.ended || (file?.name !== "-" && text.sizeBytes !== undefined) ? yield* this.#lineCount() : undefined,
      topByte: this.top.line === 0 ? 0 : (text.ends[this.top.line - 1] ?? 0), bottomByte: text.ends[last] ?? 0, sizeBytes: text.sizeBytes, column: this.shift, columns: this.columns(),
    });
  }

  *#lineCount(): Blocking<number> {
    yield* this.text.all();
    return this.text.lines.length;
  }

  /** A message in the last row, until RETURN (another key is then a command). */
  *message(text: string): Blocking<void> {
    yield* this.unsquish();
    this.clearPrompt();
    this.io.out.put(standout(`${text}  (press RETURN)`));
    yield* this.waitReturn();
    this.clearPrompt();
    if (text.length + 16 > this.columns()) this.repaintNeeded = true;
  }

  *waitReturn(): Blocking<void> {
    const key = yield* this.key();
    if (key !== undefined && key !== "\r" && key !== "\n" && key !== " ") this.pushed.unshift(key);
  }

  get tilde(): string {
    return this.options.has("~") ? "" : "\u001b[1m~\u001b[m";
  }

  bell(): void {
    if (!this.options.has("Q")) this.io.out.put("\u0007");
  }

  remember(): void {
    if (this.file) this.lastJump = { file: this.file, top: this.top };
  }

  /** Shows the beginning of an entry in the last row. */
  ask(prompt: string): void {
    this.clearPrompt();
    this.io.out.put(prompt);
  }

  /**
   * A line typed behind the prompt; undefined when it was given up (erased past its beginning, or interrupted). `first` sees keys while nothing is
   * typed yet and takes those that mean something; `complete` may replace what is typed.
   */
  *entry(prompt: string | (() => string), first?: (key: string) => boolean, complete?: (text: string) => string): Blocking<string | undefined> {
    let text = "";
    for (;;) {
      const lead = typeof prompt === "string" ? prompt : prompt();
      this.clearPrompt();
      this.io.out.put(lead + text);
      const key = yield* this.key();
      if (key === undefined) return undefined;
      if (text === "" && first?.(key)) continue;
      if (key === "\r" || key === "\n" || key === END_OF_COMMANDS) return text;
      if (key === "\u007f" || key === "\b") {
        if (text === "") return undefined;
        text = [...text].slice(0, -1).join("");
      } else if (key === "\u0015") text = "";
      else if (key === "\u0017") text = text.replace(/\S*\s*$/, "");
      else if (key === "\u0003" || key === "\u0007") return undefined;
      else if (key.startsWith("\u001b")) {
        if ((key === "\u001b[A" || key === "\u001bOA") && lead.length === 1) text = this.patternText;
      } else if (key >= " ") text = complete ? complete(text + key) : text + key;
    }
  }
}

/** Stands behind the commands of +cmd: ends one that waits for more, and is nothing else. */
export const END_OF_COMMANDS = "<end>";

function standoutNumber(text: string): string {
  return `\u001b[1m${text}\u001b[m`;
}

export function* nothing(): Blocking<undefined> {
  return undefined;
}
