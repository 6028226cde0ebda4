// The editor's state while it runs: buffers, the screen, the keyboard, the status bar. What the keys do is in _commands.ts.

import { type Blocking, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { CellScreen } from "../kit/cell-screen.ts";
import type { Io } from "../kit/io.ts";
import type { RawTerminal } from "../kit/terminal-keys.ts";
import { columnOf, NanoBuffer, type Point } from "./_buffer.ts";
import { removeLock, store, textOf } from "./_files.ts";
import type { NanoOptions } from "./_options.ts";
import { type Message, NanoView, type ViewOptions } from "./_view.ts";

const ENTER = "\u001b[?2004h\u001b[?1049h\u001b[22;0;0t\u001b[1;ROWSr\u001b(B\u001b[m\u001b[4l\u001b[?7h\u001b[39;49m\u001b[?1h\u001b=";

const BLANK_AFTER_KEYS = 20;

export class Leave extends Error {}

interface SearchSetting {
  readonly text: string;
}

export class NanoEditor {
  readonly sys: Sys;
  readonly options: NanoOptions;
  readonly terminal: RawTerminal;
  readonly screen: CellScreen;
  readonly view: NanoView;
  buffers: NanoBuffer[] = [];
  index = 0;
  message: Message | undefined;
  #countdown = 0;
  cutLines = "";
  /** the last key was a cut (or copy), so that the next one adds to it */
  keepCut: "cut" | "copy" | undefined;
  spotlight: readonly [Point, Point] | undefined;
  readonly searchHistory: string[] = [];
  readonly replaceHistory: string[] = [];
  readonly executeHistory: string[] = [];
  last: SearchSetting = { text: "" };
  macro: string[] = [];
  pending: string[] = [];
  pasting = false;
  readonly status: { code: number } = { code: 0 };
  userName = "";

  constructor(io: Io, options: NanoOptions, terminal: RawTerminal) {
    this.sys = io.sys;
    this.options = options;
    this.terminal = terminal;
    this.screen = new CellScreen(terminal.size.rows, terminal.size.cols);
    const { messages } = io;
    this.view = new NanoView(this.screen, (text) => messages?.text(text) ?? text);
  }

  get buffer(): NanoBuffer {
    return this.buffers[this.index] ?? new NanoBuffer("", [""]);
  }

  get viewOptions(): ViewOptions {
    return { ...this.options, helpLines: this.options.helpLines && this.screen.rows > 4 };
  }

  *enter(): Blocking<void> {
    yield* this.terminal.enter(["isig", "iexten", "ixon", "icrnl"]);
    yield* this.terminal.write(ENTER.replace("ROWS", String(this.screen.rows)));
    this.screen.forget();
    yield* this.terminal.write("\u001b[H\u001b[2J");
  }

  *exit(): Blocking<void> {
    yield* this.terminal.write(`\u001b[?25h\u001b[${this.screen.rows};1H\u001b[?1049l\u001b[23;0;0t\r\u001b[?1l\u001b>\u001b[?2004l`);
    yield* this.terminal.leave();
  }

  *suspend(): Blocking<void> {
    const sys = this.sys;
    yield* this.exit();
    yield* this.terminal.write("\n\nUse \"fg\" to return to nano.\n");
    sys.kill(0, SIGNALS.STOP);
    if (sys.charge(1)) yield* sys.preempt();
    this.wipe();
    yield* this.enter();
  }

  *draw(hideCursor = false): Blocking<void> {
    const buffer = this.buffer;
    const options = this.viewOptions;
    if (this.options.constantPosition && this.#countdown === 0) this.message = { text: this.position(), alert: false };
    this.view.title(buffer, options, this.index, this.buffers.length);
    this.view.text(buffer, options, this.spotlight);
    this.view.message(this.message, options);
    this.view.keys("main", options, this.buffers.length > 1);
    const [row, column] = this.view.cursor(buffer, options);
    yield* this.show(row, column, hideCursor || this.spotlight !== undefined);
  }

  *show(row: number, column: number, hidden = false): Blocking<void> {
    const bytes = this.screen.update(row, Math.min(column, this.screen.columns - 1));
    yield* this.terminal.write(`\u001b[?25l${bytes}${hidden ? "" : "\u001b[?25h"}`);
  }

  say(text: string, alert = false): void {
    this.message = { text, alert };
    this.#countdown = this.options.quickBlank ? 1 : BLANK_AFTER_KEYS;
  }

  wipe(): void {
    this.message = undefined;
    this.#countdown = 0;
  }

  /** Brings the cursor onto the screen: one line more, or in the middle after a jump; "middle" does so wherever it is. */
  follow(how: "flow" | "center" | "middle" = "flow"): void {
    const buffer = this.buffer;
    const rows = this.view.textRows(this.viewOptions);
    if (this.options.softWrap) {
      this.#followWrapped(how === "middle" ? "center" : how, rows);
      return;
    }
    buffer.topRow = 0;
    const line = buffer.cursor.line;
    if (how !== "middle" && line >= buffer.top && line < buffer.top + rows) return;
    if (how !== "flow") buffer.top = Math.max(0, line - Math.floor(rows / 2));
    else buffer.top = line < buffer.top ? line : line - rows + 1;
  }

  #followWrapped(how: "flow" | "center", rows: number): void {
    const buffer = this.buffer;
    const columns = this.view.textColumns(buffer, this.viewOptions);
    const starts = this.view.rowStarts(buffer.line, columns);
    const row = Math.max(0, starts.findLastIndex((start) => start <= columnOf(buffer.line, buffer.cursor.at)));
    const above = buffer.cursor.line < buffer.top || (buffer.cursor.line === buffer.top && row < buffer.topRow);
    if (above && how === "flow") {
      buffer.top = buffer.cursor.line;
      buffer.topRow = row;
      return;
    }
    const [screenRow] = this.view.cursor(buffer, this.viewOptions);
    if (!above && screenRow >= 1 && screenRow <= rows) return;
    // So many rows above the cursor stay on the screen.
    let left = how === "center" ? Math.floor(rows / 2) : rows - 1;
    let line = buffer.cursor.line;
    let at = row;
    while (left > 0 && (line > 0 || at > 0)) {
      if (at > 0) at--;
      else {
        line--;
        at = this.view.rowStarts(buffer.lines[line] ?? "", columns).length - 1;
      }
      left--;
    }
    buffer.top = line;
    buffer.topRow = at;
  }

  *rawKey(): Blocking<string> {
    for (;;) {
      const pending = this.pending.shift();
      if (pending !== undefined) return pending;
      const event = yield* this.terminal.next();
      if (!event) continue;
      if (event.kind === "end") throw new Leave();
      if (event.kind === "key") {
        if (this.options.recording) this.macro.push(event.key);
        return event.key;
      }
      if (event.kind === "resize") {
        this.screen.resize(this.terminal.size.rows, this.terminal.size.cols);
        yield* this.terminal.write(`\u001b[1;${this.screen.rows}r\u001b[H\u001b[2J`);
        if (this.buffers.length > 0) this.follow();
        return "resize";
      }
      if (event.signal === SIGNALS.TERM || event.signal === SIGNALS.HUP) {
        yield* this.#emergency();
        throw new Leave();
      }
    }
  }

  *key(): Blocking<string> {
    if (!this.terminal.pending && this.pending.length === 0) yield* this.draw();
    const key = yield* this.rawKey();
    this.spotlight = undefined;
    if (this.options.constantPosition || (this.#countdown > 0 && --this.#countdown === 0)) this.wipe();
    return key;
  }

  *#emergency(): Blocking<void> {
    for (const buffer of this.buffers) {
      if (!buffer.modified) continue;
      try {
        yield* store(this.sys, `${buffer.name === "" ? "nano" : buffer.name}.save`, textOf(buffer), "write");
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
      removeLock(this.sys, buffer.lockName);
    }
  }

  mention(): void {
    const buffer = this.buffer;
    const count = buffer.lineCount;
    this.say(`${buffer.name === "" ? "New Buffer" : buffer.name} -- ${count} line${count === 1 ? "" : "s"}`);
  }

  toggle(option: "lineNumbers" | "whitespace" | "softWrap" | "autoIndent" | "cutFromCursor" | "hardWrap" | "smartHome" | "tabsToSpaces", text: string): void {
    this.options[option] = !this.options[option];
    this.say(`${text} ${this.options[option] ? "enabled" : "disabled"}`);
  }

  switchBuffer(by: number): void {
    if (this.buffers.length < 2) {
      this.say("No more open file buffers", true);
      return;
    }
    this.index = (this.index + by + this.buffers.length) % this.buffers.length;
    this.mention();
  }

  position(): string {
    const buffer = this.buffer;
    const total = buffer.lines.length;
    const line = buffer.cursor.line + 1;
    const column = columnOf(buffer.line, buffer.cursor.at) + 1;
    const columns = columnOf(buffer.line, buffer.line.length) + 1;
    const all = buffer.characters();
    const sum = buffer.characters({ line: 0, at: 0 }, buffer.cursor);
    const percent = (part: number, whole: number) => (whole === 0 ? 0 : Math.floor((100 * part) / whole));
    const lineDigits = Math.max(2, String(total).length);
    const allDigits = String(all).length;
    return `line ${String(line).padStart(lineDigits)}/${total} (${String(percent(line, total)).padStart(2)}%), col ${String(column).padStart(2)}/${String(columns).padStart(2)} (${String(percent(column, columns)).padStart(3)}%), char ${String(sum).padStart(allDigits)}/${all} (${String(percent(sum, all)).padStart(2)}%)`;
  }
}
