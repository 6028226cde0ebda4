// Vim while it runs: buffers, windows, registers, the screen, keys and messages. What the keys do is in _normal.ts, _insert.ts, _visual.ts
// and _ex.ts, which all work on this. Over 400 lines: one state that all of them share.

import { type Blocking, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { CellScreen } from "../kit/cell-screen.ts";
import type { RawTerminal } from "../kit/terminal-keys.ts";
import { VimBuffer } from "./_buffer.ts";
import { BRACKET_KEYS } from "./_keys.ts";
import { introRows } from "./_intro.ts";
import { type Mapping, VimMappings, type MapMode } from "./_mappings.ts";
import { VimOptions } from "./_options.ts";
import { PatternError, VimPattern } from "./_pattern.ts";
import { type Columns, columnOf, indexOfColumn, lastIndex, nextIndex, type Position, widthOf } from "./_text.ts";
import { drawWindow } from "./_view.ts";
import { VimWindow } from "./_window.ts";
import { RegexLimitError, RegexSyntaxError } from "../kit/regex/compile-regex.ts";

export interface Register {
  readonly lines: readonly string[];
  readonly kind: "char" | "line" | "block";
}

export interface Visual {
  mode: "v" | "V" | "\u0016";
  start: Position;
  toEnd: boolean;
}

/** Thrown to leave the program. */
export class Leave extends Error {
  readonly status: number;
  constructor(status: number) {
    super();
    this.status = status;
  }
}

/** Thrown when a command cannot be done: it ends, what was typed ahead by a mapping or register is dropped. `text`: the message, "" only a bell. */
export class Failure extends Error {}

export const STYLE = { error: "37;41", warning: "31", question: "32", mode: "1", number: "33", blank: "1;34", reverse: "7", status: "1;7", directory: "36" } as const;

export class Vim {
  readonly sys: Sys;
  readonly terminal: RawTerminal;
  readonly screen: CellScreen;
  readonly options: VimOptions;
  readonly buffers: VimBuffer[] = [];
  windows: VimWindow[] = [];
  window: VimWindow;
  readonly registers = new Map<string, Register>();
  /** the files of the command line */
  args: string[] = [];
  argAt = 0;
  visual: Visual | undefined;
  lastVisual: (Visual & { readonly end: Position; readonly buffer: VimBuffer }) | undefined;
  search: { pattern: string; forward: boolean; offset: string } | undefined;
  lastSubstitute: { pattern: string; put: string; flags: string } | undefined;
  lastFind: { kind: "f" | "F" | "t" | "T"; character: string } | undefined;
  lastCommand = "";
  lastShell = "";
  lastMacro = "";
  lastInserted = "";
  readonly history = { ":": [] as string[], "/": [] as string[] };
  /** the mode shown at the bottom with 'showmode' */
  mode = "";
  /** in insert mode of Vi: text from the cursor to this column is still on the screen */
  dollar = -1;
  /** typed by "." or "@": comes before the keyboard */
  queue: string[] = [];
  /** keys of the command that is being typed, for "." and q */
  typed: string[] = [];
  lastChange: { keys: readonly string[]; visual: { readonly mode: Visual["mode"]; readonly lines: number; readonly cols: number } | undefined } | undefined;
  repeating = false;
  recording: { readonly register: string; keys: string[] } | undefined;
  exMode = false;
  /** :normal within :normal */
  normalDepth = 0;
  /** what is being done is one step of undo, whatever it is made of */
  oneStep = 0;
  /** one of its commands failed: the rest is not run */
  queueFailed = false;
  readonly mappings = new VimMappings();
  intro = false;
  inserting = false;
  silent = false;
  /** view, -R */
  readOnlyMode = false;
  /** :q was refused because of more files; the next one goes */
  quitAsked = false;
  swapRefused = false;
  exitStatus = 0;
  /** while :g runs: what its commands did and printed */
  global: { substitutions: number; lines: number; printed: string[] } | undefined;
  /** a match that is shown in reverse while :s///c asks */
  spotlight: { readonly line: number; readonly from: number; readonly to: number } | undefined;
  #wroteMessage = false;
  #overlay = false;
  #ruler: string | undefined;
  #modeShown = false;
  #cursorOverride: { readonly row: number; readonly column: number; readonly hidden: boolean } | undefined;
  #bell = false;
  #outside = false;
  #bufferNumbers = 0;

  constructor(sys: Sys, terminal: RawTerminal, compatible: boolean) {
    this.sys = sys;
    this.terminal = terminal;
    this.screen = new CellScreen(terminal.size.rows, terminal.size.cols);
    this.options = new VimOptions(compatible);
    this.window = new VimWindow(this.newBuffer(""));
    this.windows = [this.window];
    this.layout();
  }

  get buffer(): VimBuffer {
    return this.window.buffer;
  }

  get columns(): Columns {
    return { tabStop: this.options.number("tabstop") || 8, list: this.options.on("list") };
  }

  get lines(): readonly string[] {
    return this.buffer.lines;
  }

  get line(): string {
    return this.buffer.line(this.window.line);
  }

  get cursor(): Position {
    return this.window.cursor;
  }

  get compatible(): boolean {
    return this.options.on("compatible");
  }

  newBuffer(name: string): VimBuffer {
    const buffer = new VimBuffer(++this.#bufferNumbers, name);
    this.buffers.push(buffer);
    return buffer;
  }

  // ---- start and end

  *enterScreen(): Blocking<void> {
    yield* this.terminal.enter(["isig", "iexten", "ixon", "icrnl"]);
    const focus = this.compatible ? "" : "\u001b[?1004h";
    yield* this.terminal.write(`\u001b[?1049h\u001b[22;0;0t\u001b[>4;2m\u001b[?1h\u001b=\u001b[?2004h${focus}\u001b[1;${this.screen.rows}r\u001b[?12h\u001b[?12l\u001b[22;2t\u001b[22;1t\u001b[H\u001b[2J`);
    this.screen.forget();
    this.#outside = false;
  }

  *leaveScreen(): Blocking<void> {
    this.#outside = true;
    const focus = this.compatible ? "" : "\u001b[?1004l";
    yield* this.terminal.write(`${focus}\u001b[?2004l\u001b[>4;m\u001b[23;2t\u001b[23;1t\u001b[${this.screen.rows};1H\u001b[K\u001b[?2004l\u001b[?1l\u001b>\u001b[?1049l\u001b[23;0;0t\u001b[?25h\u001b[>4;m`);
    yield* this.terminal.leave();
  }

  /** Ctrl-Z, :stop */
  *suspend(): Blocking<void> {
    yield* this.leaveScreen();
    this.sys.kill(0, SIGNALS.TSTP);
    if (this.sys.charge(1)) yield* this.sys.preempt();
    yield* this.enterScreen();
    this.wipeMessage();
    for (const window of this.windows) window.drawn = undefined;
  }

  // ---- the screen

  /** Gives every window its rows. */
  layout(): void {
    const rows = this.screen.rows - 1;
    const status = this.windows.length > 1 || this.options.number("laststatus") === 2;
    const last = this.windows.at(-1);
    let used = 0;
    for (const window of this.windows) used += window === last ? 0 : window.height + 1;
    if (last) last.height = Math.max(1, rows - used - (status ? 1 : 0));
    let row = 0;
    for (const window of this.windows) {
      window.row = row;
      row += window.height + 1;
    }
    this.setWidths();
  }

  /** After a resize: windows share the rows evenly. */
  spread(): void {
    const status = this.windows.length > 1 || this.options.number("laststatus") === 2;
    const rows = this.screen.rows - 1 - (status ? this.windows.length : 0);
    const each = Math.floor(rows / this.windows.length);
    const rest = rows - each * this.windows.length;
    this.windows.forEach((window, i) => {
      window.height = Math.max(1, each + (i < rest ? 1 : 0));
    });
    this.layout();
  }

  setWidths(): void {
    for (const window of this.windows) {
      window.wrap = this.options.on("wrap");
      const numbered = !window.buffer.help && (this.options.on("number") || this.options.on("relativenumber"));
      window.width = Math.max(1, this.screen.columns - (numbered ? this.numberWidth(window) : 0));
    }
  }

  numberWidth(window: VimWindow): number {
    return Math.max(8, String(window.buffer.lines.length).length + 1);
  }

  get statusLines(): boolean {
    return this.windows.length > 1 || this.options.number("laststatus") === 2;
  }

  /** What stood on the screen is gone, or is to be gone: draw all. */
  redrawAll(): void {
    this.#overlay = false;
    this.#ruler = undefined;
    for (const window of this.windows) window.drawn = undefined;
  }

  *draw(): Blocking<void> {
    if (this.#outside || this.silent) return;
    this.setWidths();
    if (!this.#overlay && !this.exMode) {
      const how = this.columns;
      let moved = false;
      for (const window of this.windows) {
        window.line = Math.min(window.line, window.buffer.lastLine);
        window.follow(how, this.options.number("scrolloff"));
        moved ||= window.movesLines(how);
      }
      // lines with numbers are drawn anew, the screen's own rows do not move
      if (moved && !this.#wroteMessage && !this.options.on("number") && !this.options.on("relativenumber")) this.wipeMessage();
      for (const window of this.windows) drawWindow(this, window);
      this.#drawIntro();
      for (const buffer of this.buffers) buffer.change = undefined;
      this.#drawMode();
      this.#drawRuler();
      this.#drawTyped();
    }
    this.#wroteMessage = false;
    const [row, column] = this.#cursorOverride ? [this.#cursorOverride.row, this.#cursorOverride.column] : this.#place();
    const hidden = this.#cursorOverride?.hidden === true;
    const bell = this.#bell && !this.options.on("visualbell") ? "\u0007" : "";
    this.#bell = false;
    yield* this.terminal.write(`${bell}\u001b[?25l${this.screen.update(row, Math.min(column, this.screen.columns - 1))}${hidden ? "" : "\u001b[?25h"}`);
  }

  #drawIntro(): void {
    const { buffer, windows, screen } = this;
    if (!this.intro || windows.length > 1) return;
    if (buffer.name !== "" || buffer.modified || buffer.lines.length > 1 || this.line !== "" || this.buffers.length > 1) {
      this.intro = false;
      this.redrawAll();
      for (const window of windows) drawWindow(this, window);
      return;
    }
    // one start in two asks for sponsors
    for (const { row, column, text } of introRows(screen.rows - 1, screen.columns, this.compatible, Math.floor(this.sys.clockUs("realtime") / 1_000_000) % 2 === 0)) screen.put(row, column, text);
  }

  #place(): [number, number] {
    const { window } = this;
    const how = this.columns;
    let row = window.row;
    for (let line = window.top; line < window.line; line++) row += window.rowsOf(line, how);
    const text = this.line;
    let column = columnOf(text, window.col, how);
    // On a tab the cursor stands at its end, except while text is inserted.
    if (!this.inserting && !how.list && text[window.col] === "\t" && !(this.visual && window.col === this.visual.start.col && window.line === this.visual.start.line)) column += widthOf("\t", column, how) - 1;
    column -= window.leftColumn;
    const margin = this.screen.columns - window.width;
    if (window.wrap) {
      row += Math.floor(column / window.width);
      column %= window.width;
    }
    return [Math.min(row, this.screen.rows - 1), margin + column];
  }

  #drawMode(): void {
    const visual = this.visual ? (this.visual.mode === "v" ? "VISUAL" : this.visual.mode === "V" ? "VISUAL LINE" : "VISUAL BLOCK") : "";
    const inner = this.mode !== "" ? this.mode : visual;
    const shown = this.options.on("showmode") ? inner : "";
    const recording = this.recording ? "recording" + (this.compatible ? "" : ` @${this.recording.register}`) : "";
    if (shown === "" && (recording === "" || this.#wroteMessage)) {
      if (this.#modeShown) {
        this.#modeShown = false;
        if (!this.#wroteMessage) this.wipeMessage();
      }
      return;
    }
    if (this.#modeShown && this.#wroteMessage) return;
    const last = this.screen.rows - 1;
    this.screen.fill(last);
    this.screen.put(last, 0, `${shown === "" ? "" : `-- ${shown} --`}${recording}`, STYLE.mode);
    this.#modeShown = true;
    this.#ruler = undefined;
  }

  #drawRuler(): void {
    if (!this.options.on("ruler") || this.statusLines) return;
    const text = this.rulerText(this.window, this.screen.columns);
    if (text === this.#ruler) return;
    this.#ruler = text;
    const start = rulerColumn(this.screen.columns);
    this.screen.put(this.screen.rows - 1, start, text.padEnd(this.screen.columns - start));
  }

  /** 'showcmd': the keys of a command that is not complete. */
  #drawTyped(): void {
    if (!this.options.on("showcmd")) return;
    const ruler = this.options.on("ruler") && !this.statusLines;
    const start = this.screen.columns - (ruler ? 28 : 11);
    const keys = this.inserting ? [] : this.typed;
    this.screen.put(this.screen.rows - 1, start, keys.map((key) => (key.length === 1 && key < " " ? `^${String.fromCharCode(key.charCodeAt(0) + 64)}` : key)).join("").slice(-10).padEnd(10));
  }

  rulerText(window: VimWindow, width: number): string {
    const how = this.columns;
    const text = window.buffer.line(window.line);
    const empty = window.buffer.empty;
    const start = columnOf(text, window.col, how);
    const column = this.inserting || text[window.col] !== "\t" || how.list ? start + 1 : start + widthOf("\t", start, how);
    const index = bytesBefore(text, window.col) + 1;
    const colText = text === "" ? "0-1" : index === column ? String(index) : `${index}-${column}`;
    const place = `${empty ? 0 : window.line + 1},${colText}`;
    const bottom = window.bottom(how);
    const above = window.top;
    const below = window.buffer.lines.length - bottom;
    const part = above === 0 && below <= 0 ? "All" : below <= 0 ? "Bot" : above === 0 ? "Top" : `${Math.floor((above * 100) / (above + below))}%`.padStart(3);
    const room = Math.max(width - rulerColumn(width) - (this.statusLines ? 0 : 1), 1);
    return place + " ".repeat(Math.max(1, room - place.length - part.length + (this.statusLines ? 0 : 0))) + part;
  }

  // ---- messages

  wipeMessage(): void {
    this.screen.fill(this.screen.rows - 1);
    this.#ruler = undefined;
    this.#modeShown = false;
  }

  get hasMessage(): boolean {
    return this.#wroteMessage;
  }

  /** A message in the last row; one that does not fit is cut in the middle. */
  message(text: string, style = ""): void {
    if (this.silent) return;
    const last = this.screen.rows - 1;
    this.screen.fill(last);
    const width = this.screen.columns - 1;
    const shown = text.length > width ? `${text.slice(0, Math.floor(width / 2) - 2)}...${text.slice(text.length - (width - Math.floor(width / 2) - 1))}` : text;
    this.screen.put(last, 0, shown, style);
    this.#ruler = undefined;
    this.#modeShown = false;
    this.#wroteMessage = true;
  }

  /** A warning that stays alone in its row. */
  *warn(text: string): Blocking<void> {
    this.message(text, STYLE.warning);
    this.#ruler = this.rulerText(this.window, this.screen.columns);
    yield* this.#pause(text.length);
    this.#wroteMessage = true;
  }

  *#pause(column: number): Blocking<void> {
    if (this.silent) return;
    this.#cursorOverride = { row: this.screen.rows - 1, column, hidden: true };
    yield* this.draw();
    this.#cursorOverride = undefined;
    yield* this.sys.sleep(1_000_000);
  }

  /** An error: behind what the same command said already. */
  error(text: string): void {
    this.#bell = true;
    this.queue = [];
    if (this.#wroteMessage && !this.#overlayOnly()) this.print(text, STYLE.error);
    else this.message(text, STYLE.error);
  }

  #overlayOnly(): boolean {
    return this.#overlay && !this.#wroteMessage;
  }

  bell(): void {
    this.#bell = true;
  }

  /** A row below what stands there: the screen goes up. */
  print(text: string, style = ""): void {
    if (this.silent) return;
    this.screen.scrollUp(1);
    this.screen.put(this.screen.rows - 1, 0, text, style);
    this.#overlay = true;
    this.#wroteMessage = true;
    this.#ruler = undefined;
    this.#modeShown = false;
  }

  /** Several rows below the command; a page at a time. */
  *list(rows: readonly string[], overwrite = false): Blocking<void> {
    let first = overwrite;
    let onPage = 0;
    for (const text of rows) {
      const parts = cutRows(text, this.screen.columns);
      for (const part of parts) {
        if (first) this.message(part);
        else this.print(part);
        first = false;
        if (++onPage >= this.screen.rows - 1 && rows.length > onPage) {
          this.print("-- More --", STYLE.mode);
          const key = yield* this.keyAt(this.screen.rows - 1, 10);
          this.screen.fill(this.screen.rows - 1);
          if (key === "q" || key === "\u001b" || key === "\u0003") return;
          onPage = key === "\r" || key === "j" || key === "<Down>" ? onPage - 1 : 0;
          first = true;
        }
      }
      if (this.sys.charge(1)) yield* this.sys.preempt();
    }
  }

  /** After a command: when it wrote more than one row, waits for a key before the text is drawn again. */
  *waitReturn(): Blocking<void> {
    if (!this.#overlay || this.exMode) return;
    this.print("Press ENTER or type command to continue", STYLE.question);
    const key = yield* this.keyAt(this.screen.rows - 1, 39);
    if (key === ":") {
      this.#wroteMessage = false;
      this.screen.fill(this.screen.rows - 1);
      this.queue.unshift(":");
      return;
    }
    this.redrawAll();
    this.wipeMessage();
    this.#wroteMessage = false;
    if (!["\r", " ", "\n", "\u0003", "\u001b"].includes(key)) this.queue.unshift(key);
  }

  get overlay(): boolean {
    return this.#overlay;
  }

  /** Runs with the screen of before the editor; then waits for a key. */
  *outside(body: () => Blocking<void>): Blocking<void> {
    yield* this.leaveScreen();
    yield* body();
    yield* this.terminal.enter(["isig", "iexten", "ixon", "icrnl"]);
    yield* this.terminal.write("\r\nPress ENTER or type command to continue");
    this.#outside = true;
    const key = yield* this.rawKey();
    yield* this.terminal.write("\r\n");
    yield* this.enterScreen();
    this.redrawAll();
    this.wipeMessage();
    if (!["\r", " ", "\n", "\u0003", "\u001b"].includes(key)) this.queue.unshift(key);
  }

  // ---- keys

  /** A key, with the cursor in the text. Recorded for "." and macros. */
  *key(): Blocking<string> {
    const queued = this.queue.shift();
    // what :normal leaves unfinished ends as with Escape
    const key = queued ?? (this.normalDepth > 0 ? "\u001b" : yield* this.#keyboard());
    this.typed.push(key);
    if (queued === undefined && this.recording) this.recording.keys.push(key);
    return key;
  }

  /** so many keys of the queue came from a mapping that is not mapped again */
  #plain = 0;

  /** What `let mapleader` would set; the tiny version has no :let. */
  get leader(): string {
    return "\\";
  }

  /** A key where mappings of that mode hold. */
  *mappedKey(mode: MapMode): Blocking<string> {
    for (let round = 0; ; round++) {
      if (this.mappings.list.length === 0 || this.#plain > 0) {
        this.#plain = Math.max(0, this.#plain - 1);
        return yield* this.key();
      }
      if (round > 1000) throw new Failure("E223: Recursive mapping");
      const keys: string[] = [];
      let mapping: Mapping | undefined;
      for (;;) {
        if (keys.length > 0 && this.queue.length === 0 && !this.typedAhead) {
          this.#mappingTimeoutUs = this.options.number("timeoutlen") * 1000;
          yield* this.draw();
        }
        const key = yield* this.key();
        this.#mappingTimeoutUs = undefined;
        if (key === "") {
          this.typed.pop();
          break;
        }
        keys.push(key);
        const found = this.mappings.find(mode, keys);
        if (found === "more") continue;
        mapping = found;
        break;
      }
      const [first = "", ...rest] = keys;
      if (mapping === undefined) {
        this.queue.unshift(...rest);
        if (rest.length > 0) this.typed.splice(-rest.length);
        this.#plain = rest.length;
        return first;
      }
      this.typed.splice(-keys.length);
      this.queue.unshift(...mapping.to);
      if (!mapping.remap) this.#plain = mapping.to.length;
    }
  }

  #mappingTimeoutUs: number | undefined;

  /** A key while the cursor stands elsewhere. */
  *keyAt(row: number, column: number): Blocking<string> {
    this.#cursorOverride = { row, column, hidden: false };
    try {
      return yield* this.key();
    } finally {
      this.#cursorOverride = undefined;
    }
  }

  *#keyboard(): Blocking<string> {
    if (!this.terminal.pending && this.#split.length === 0) yield* this.draw();
    return yield* this.rawKey();
  }

  #split: string[] = [];

  /** From the keyboard itself; arrows and other named keys as <Up>. */
  *rawKey(): Blocking<string> {
    for (;;) {
      const split = this.#split.shift();
      if (split !== undefined) return split;
      const escapes = this.options.on("esckeys") || !this.inserting;
      this.terminal.escapeDelayUs = escapes ? this.options.number("timeoutlen") * 1000 : 0;
      const event = yield* this.terminal.next(this.#mappingTimeoutUs);
      if (!event) {
        if (this.#mappingTimeoutUs === undefined) continue;
        return "";
      }
      if (event.kind === "end") throw new Leave(1);
      if (event.kind === "resize") {
        this.screen.resize(this.terminal.size.rows, this.terminal.size.cols);
        this.spread();
        this.redrawAll();
        if (!this.#outside) {
          yield* this.terminal.write(`\u001b[1;${this.screen.rows}r\u001b[H\u001b[2J`);
          yield* this.draw();
        }
        continue;
      }
      if (event.kind === "signal") {
        if (event.signal === SIGNALS.TERM || event.signal === SIGNALS.HUP) throw new Leave(1);
        continue;
      }
      const { key } = event;
      if (!key.startsWith("\u001b") || key === "\u001b") return key === "\n" ? "\u000a" : key;
      if (key === "\u001b[200~") {
        yield* this.#pasted();
        continue;
      }
      const name = escapes ? BRACKET_KEYS.get(key) : undefined;
      if (name !== undefined) return name;
      // Answers of the terminal and focus events are no keys.
      if (/^\u001b\[[?>][\d;]*c$/.test(key) || key === "\u001b[I" || key === "\u001b[O" || key === "\u001b[201~") continue;
      this.#split.push(..."\u001b", ...key.slice(1));
    }
  }

  /** A block that the terminal marks as pasted: inserted as it is. */
  *#pasted(): Blocking<void> {
    let text = "";
    for (;;) {
      const event = yield* this.terminal.next();
      if (!event) continue;
      if (event.kind === "end") throw new Leave(1);
      if (event.kind !== "key") continue;
      if (event.key === "\u001b[201~") break;
      text += event.key;
    }
    this.#split.push(`<Paste>${text.replaceAll("\r\n", "\n").replaceAll("\r", "\n")}`);
  }

  get typedAhead(): boolean {
    return this.queue.length > 0 || this.#split.length > 0 || this.terminal.pending;
  }

  // ---- the cursor

  /** Puts the cursor somewhere that exists; normal mode does not stand behind the last character. */
  goTo(place: Position, keepWanted = false): void {
    const { window, buffer } = this;
    window.line = Math.max(0, Math.min(place.line, buffer.lastLine));
    const text = this.line;
    const most = this.inserting || this.visual ? text.length : lastIndex(text);
    window.col = Math.max(0, Math.min(place.col, most));
    if (!keepWanted) window.wanted = columnOf(text, window.col, this.columns);
  }

  /** To another line, in the wanted column. */
  goToLine(line: number): void {
    const { window, buffer } = this;
    window.line = Math.max(0, Math.min(line, buffer.lastLine));
    const text = this.line;
    const most = this.inserting ? text.length : this.visual && this.visual.toEnd ? text.length : lastIndex(text);
    window.col = window.wanted === Number.POSITIVE_INFINITY ? lastIndex(text) : Math.min(indexOfColumn(text, window.wanted, this.columns), most);
  }

  startOfLine(line: number): void {
    const at = Math.max(0, Math.min(line, this.buffer.lastLine));
    const text = this.buffer.line(at);
    const blank = text.search(/[^ \t]/);
    this.goTo({ line: at, col: blank < 0 ? lastIndex(text) : blank });
  }

  clampCursor(): void {
    this.goTo(this.cursor, true);
  }

  /** '' goes back here, and so does Ctrl-O. */
  markJump(): void {
    const { window } = this;
    window.previousMark = this.cursor;
    window.jumps = [...window.jumps.filter((place) => place.line !== window.line), this.cursor].slice(-100);
    window.jumpAt = window.jumps.length;
  }

  /** So many entries of the jump list on or back. False: there are not so many. */
  jump(by: number): boolean {
    const { window } = this;
    let at = window.jumpAt;
    if (at === window.jumps.length && by < 0) {
      // where we are now is the way back
      this.markJump();
      at = window.jumps.length - 1;
    }
    const place = window.jumps[at + by];
    if (!place) return false;
    window.jumpAt = at + by;
    this.goTo(place);
    return true;
  }

  // ---- text

  /** Asks (W10) before the first change of a file that cannot be written. */
  *beforeChange(): Blocking<void> {
    const { buffer } = this;
    if (!buffer.readOnly || buffer.warned || this.repeating) return;
    buffer.warned = true;
    this.inserting = false;
    yield* this.warn("W10: Warning: Changing a readonly file");
  }

  replaceLines(at: number, count: number, put: readonly string[]): void {
    this.buffer.replace(at, count, put, this.cursor, this.sys.clockUs("realtime"));
    this.buffer.marks.set(".", { line: Math.min(at, this.buffer.lastLine), col: this.window.col });
  }

  setLine(at: number, text: string): void {
    this.replaceLines(at, this.buffer.empty ? 0 : 1, [text]);
  }

  /** What comes now is another step of undo, unless a macro, a mapping or :normal does it. */
  closeStep(): void {
    if (this.oneStep === 0 && this.normalDepth === 0 && this.queue.length === 0) this.buffer.closeStep();
  }

  // ---- registers

  register(name: string): Register | undefined {
    switch (name) {
      case "%":
        return { lines: [this.buffer.name], kind: "char" };
      case ":":
        return { lines: [this.lastCommand], kind: "char" };
      case "/":
        return this.search && { lines: [this.search.pattern], kind: "char" };
      case ".":
        return { lines: this.lastInserted.split("\n"), kind: "char" };
      case "":
      case '"':
        return this.registers.get('"');
      default:
        return this.registers.get(name.toLowerCase());
    }
  }

  /** Stores deleted or yanked text: in the register named, else "0 or "1 and its followers, or "- for less than a line. */
  store(name: string, value: Register, deleted: boolean, small: boolean): void {
    if (name === "_") return;
    if (/^[A-Za-z]$/.test(name)) {
      const lower = name.toLowerCase();
      const old = name === lower ? undefined : this.registers.get(lower);
      const joined: Register = !old ? value
        : old.kind === "line" || value.kind === "line" ? { lines: [...old.lines, ...value.lines], kind: "line" }
        : { lines: [...old.lines.slice(0, -1), (old.lines.at(-1) ?? "") + (value.lines[0] ?? ""), ...value.lines.slice(1)], kind: "char" };
      this.registers.set(lower, joined);
      this.registers.set('"', joined);
      return;
    }
    if (!deleted) this.registers.set("0", value);
    else if (small && name === "") this.registers.set("-", value);
    else {
      for (let i = 9; i > 1; i--) {
        const before = this.registers.get(String(i - 1));
        if (before) this.registers.set(String(i), before);
      }
      this.registers.set("1", value);
    }
    this.registers.set('"', value);
  }

  // ---- searching

  /** Throws Failure with Vim's words. */
  pattern(source: string): VimPattern {
    try {
      return new VimPattern(source, {
        ignoreCase: this.options.on("ignorecase"), smartCase: this.options.on("smartcase"), magic: this.options.on("magic"), lastSubstitute: this.lastSubstitute?.put ?? "",
      });
    } catch (error) {
      if (error instanceof PatternError) throw new Failure(error.message);
      if (error instanceof RegexSyntaxError) throw new Failure(`E383: Invalid search string: ${source}`);
      throw error;
    }
  }

  /** All matches of a line. Throws Failure when the pattern takes too long. */
  *matches(pattern: VimPattern, line: number): Blocking<{ readonly from: number; readonly to: number }[]> {
    const text = pattern.multiline ? this.lines.slice(line, line + 20).join("\n") : this.buffer.line(line);
    const own = this.buffer.line(line).length;
    const found: { from: number; to: number }[] = [];
    let at = 0;
    try {
      for (;;) {
        const match = pattern.exec(text, at);
        if (this.sys.charge(1 + (pattern.regex.takeWork() >> 4))) yield* this.sys.preempt();
        if (!match) break;
        const from = match[0] ?? 0;
        const to = match[1] ?? from;
        if (from > own) break;
        found.push({ from, to });
        if (from >= text.length) break;
        at = this.options.vi("c") && to > from ? to : nextIndex(text, from);
        if (at <= from) at = from + 1;
      }
    } catch (error) {
      if (error instanceof RegexLimitError) throw new Failure("E363: Pattern uses more memory than 'maxmempattern'");
      throw error;
    }
    return found;
  }

  /** The next match from a place; says when it went over the end. Throws Failure. */
  *findNext(source: string, from: Position, forward: boolean, count: number, quiet = false): Blocking<{ readonly place: Position; readonly end: number }> {
    const pattern = this.pattern(source);
    let place = from;
    let end = from.col;
    for (let left = Math.max(1, count); left > 0; left--) {
      const found = yield* this.#findOnce(pattern, place, forward);
      if (!found) {
        if (this.options.on("wrapscan")) throw new Failure(`E486: Pattern not found: ${source}`);
        throw new Failure(forward ? `E385: Search hit BOTTOM without match for: ${source}` : `E384: Search hit TOP without match for: ${source}`);
      }
      if (found.wrapped && !quiet) {
        this.message(forward ? "search hit BOTTOM, continuing at TOP" : "search hit TOP, continuing at BOTTOM", STYLE.warning);
        this.wrapped = true;
      }
      place = found.place;
      end = found.end;
    }
    return { place, end };
  }

  /** the last search said that it went over the end */
  wrapped = false;

  *#findOnce(pattern: VimPattern, from: Position, forward: boolean): Blocking<{ readonly place: Position; readonly end: number; readonly wrapped: boolean } | undefined> {
    const count = this.lines.length;
    const wrap = this.options.on("wrapscan");
    for (let i = 0; i <= count; i++) {
      const raw = forward ? from.line + i : from.line - i;
      if ((raw < 0 || raw >= count) && !wrap) return undefined;
      const line = ((raw % count) + count) % count;
      const matches = yield* this.matches(pattern, line);
      const own = this.buffer.line(line);
      const usable = matches.filter((m) => m.from < own.length || own.length === 0);
      const found = forward
        ? usable.find((m) => (i === 0 ? m.from > from.col : i === count ? m.from <= from.col : true))
        : usable.findLast((m) => (i === 0 ? m.from < from.col : i === count ? m.from >= from.col : true));
      if (found) {
        const wrapped = raw < 0 || raw >= count || i === count;
        return { place: { line, col: found.from }, end: found.to, wrapped };
      }
    }
    return undefined;
  }

  // ---- environment

  homePath(name: string): string {
    const home = this.sys.environment.get("HOME") ?? "";
    return name === "~" ? home : name.startsWith("~/") ? home + name.slice(1) : name;
  }

  exists(path: string): boolean {
    try {
      this.sys.stat(path);
      return true;
    } catch (error) {
      if (error instanceof SysError) return false;
      throw error;
    }
  }
}

function rulerColumn(columns: number): number {
  return Math.max(columns - 18, Math.floor((columns + 1) / 2));
}

function bytesBefore(text: string, col: number): number {
  let bytes = 0;
  for (const c of text.slice(0, col)) {
    const point = c.codePointAt(0) ?? 0;
    bytes += point < 0x80 || (point >= 0xdc80 && point <= 0xdcff) ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}

function cutRows(text: string, columns: number): string[] {
  const rows: string[] = [];
  for (let at = 0; at === 0 || at < text.length; at += columns) rows.push(text.slice(at, at + columns));
  return rows;
}
