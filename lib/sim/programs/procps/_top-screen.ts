// What top draws while it runs, and how it asks and tells: the row between the summary and the tasks is for questions and messages.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { CellScreen } from "../kit/cell-screen.ts";
import { translated } from "../kit/messages/translate.ts";
import type { RawTerminal } from "../kit/terminal-keys.ts";
import { headingOf } from "./_top-fields.ts";
import type { TopLook } from "./_top-look.ts";
import { SOLID, summaryOf } from "./_top-summary.ts";
import { laidFields, tasksOf, type TopRow } from "./_top-table.ts";
import { currentWindow, shownFields, type TopShared, type TopWindow } from "./_top-windows.ts";

const MESSAGE_US = 1_250_000;

/** What stands at the bottom about the first task (^G, ^K, ^N, ^P, ^U). */
interface BottomText {
  readonly title: string;
  readonly text: string;
}

export class TopScreen {
  readonly sys: Sys;
  readonly terminal: RawTerminal;
  readonly cells: CellScreen;
  readonly shared: TopShared;
  /** the tasks of each window at the last look */
  readonly rows: (readonly TopRow[])[] = [[], [], [], []];
  bottom: BottomText | undefined;
  processors = 1;
  #summary: readonly string[] = [];

  constructor(sys: Sys, terminal: RawTerminal, shared: TopShared) {
    this.sys = sys;
    this.terminal = terminal;
    this.cells = new CellScreen(terminal.size.rows, terminal.size.cols);
    this.shared = shared;
  }

  get window(): TopWindow {
    return currentWindow(this.shared);
  }

  /** The current window's tasks. */
  get tasks(): readonly TopRow[] {
    return this.rows[this.shared.current] ?? [];
  }

  get messageRow(): number {
    return this.#summary.length;
  }

  get #tableColumns(): number {
    return this.cells.columns - (this.shared.several ? 1 : 0);
  }

  *enter(): Blocking<void> {
    yield* this.terminal.enter();
    yield* this.terminal.write("\u001b[?1h\u001b=\u001b[?25l\u001b[H\u001b[2J");
    this.cells.forget();
  }

  *leave(): Blocking<void> {
    yield* this.terminal.write(`\u001b[?1l\u001b>\u001b[${this.cells.rows + 1};1H\r\n\u001b[?12l\u001b[?25h\u001b[K`);
    yield* this.terminal.leave();
  }

  /** Which windows show their tasks. */
  #visible(): readonly number[] {
    if (!this.shared.several) return [this.shared.current];
    return [0, 1, 2, 3].filter((index) => this.shared.windows[index]?.tasks ?? false);
  }

  *see(look: TopLook): Blocking<void> {
    this.processors = look.cpus.size - 1;
    const title = this.shared.several ? `${this.shared.current + 1}:${this.window.name}` : "top";
    this.#summary = yield* summaryOf(this.sys, look, this.shared, this.window, this.cells.columns, title);
    for (const [index, window] of this.shared.windows.entries()) {
      this.rows[index] = this.#visible().includes(index) || index === this.shared.current ? yield* tasksOf(this.sys, look, this.shared, window, this.#tableColumns) : [];
    }
  }

  /** SGR of a part of a window: its colour, and what stands out. */
  style(window: TopWindow, part: "summary" | "messages" | "heads" | "tasks", mark: "" | "1" | "7" = ""): string {
    const marked = mark === "1" && this.shared.noBold ? "" : mark;
    return [marked, window.colour ? `3${window.colours[part]}` : ""].filter((one) => one !== "").join(";");
  }

  *draw(): Blocking<void> {
    const screen = this.cells;
    for (let row = 0; row < screen.rows; row++) screen.fill(row);
    this.#summary.forEach((line, row) => this.#putSummary(row, line, row === 0 && this.window.load));
    const first = this.#summary.length + 1;
    const bottomRows = this.#bottomRows(screen.rows - first - 1);
    let row = first;
    const visible = this.#visible();
    for (const [place, index] of visible.entries()) {
      const window = this.shared.windows[index];
      if (!window) continue;
      const left = screen.rows - bottomRows.length - row;
      if (left <= 0) break;
      const share = !this.shared.several ? left : window.most > 0 ? window.most + 1 : Math.floor(left / (visible.length - place));
      row += this.#drawWindow(window, index, row, Math.min(left, share));
    }
    bottomRows.forEach((text, i) => screen.put(screen.rows - bottomRows.length + i, 0, i === 0 ? text.padEnd(screen.columns) : text, i === 0 ? "7" : ""));
    const { window } = this;
    if (window.coordinates) screen.put(this.messageRow, 0, `  scroll coordinates: y = ${window.first + 1}/${this.tasks.length} (tasks), x = ${window.firstField + 1}/${shownFields(window).length} (fields)`);
    yield* this.terminal.write(`\u001b[?25l${screen.update(screen.rows - 1, 0)}`);
  }

  /** A title and the text in rows, as far as they have room. */
  #bottomRows(room: number): readonly string[] {
    if (!this.bottom) return [];
    const { columns } = this.cells;
    const { title, text } = this.bottom;
    const rows = [title];
    for (let at = 0; at < text.length; at += columns) rows.push(text.slice(at, at + columns));
    return rows.slice(0, Math.max(1, room));
  }

  /** Draws the heading and the tasks in that many rows and returns how many it took. */
  #drawWindow(window: TopWindow, index: number, top: number, room: number): number {
    const screen = this.cells;
    const { several } = this.shared;
    const left = several ? 1 : 0;
    const laid = laidFields(this.shared, window, this.#tableColumns);
    const names = `${several ? String(index + 1) : ""}${headingOf(laid, (name) => translated(this.sys, "top", name), window)}`;
    const whole = laid.some(({ field }) => field.wide);
    screen.put(top, 0, whole ? names.padEnd(screen.columns - 1) : names, this.style(window, "heads", "7"));
    const tasks = this.rows[index] ?? [];
    window.first = Math.max(0, Math.min(window.first, tasks.length - 1));
    const most = several || window.most === 0 ? room - 1 : Math.min(room - 1, window.most);
    const shown = tasks.slice(window.first, window.first + Math.max(0, most));
    const mark = window.bold ? "1" : "7";
    const sorting = window.showSort ? laid.find(({ field }) => field.name === window.sort) : undefined;
    for (const [i, { text, running }] of shown.entries()) {
      const row = top + 1 + i;
      screen.put(row, left, text, this.style(window, "tasks", window.showRunning && running ? mark : ""));
      if (window.wanted !== "") {
        for (let at = text.indexOf(window.wanted); at >= 0; at = text.indexOf(window.wanted, at + window.wanted.length)) screen.put(row, left + at, window.wanted, this.style(window, "tasks", "7"));
      }
      if (!sorting) continue;
      const end = sorting.field.name === "COMMAND" ? undefined : sorting.start + sorting.width + 1;
      screen.put(row, left + sorting.start, text.padEnd(end ?? 0).slice(sorting.start, end), this.style(window, "tasks", mark));
    }
    return 1 + shown.length;
  }

  /** Numbers stand out, bars are solid; the first line is plain, but for the window's name. */
  #putSummary(row: number, line: string, plain: boolean): void {
    const style = this.style(this.window, "summary");
    const strong = this.style(this.window, "summary", "1");
    if (plain) {
      const name = this.shared.several && this.window.tasks ? line.slice(0, line.indexOf(" - ")) : "";
      this.cells.put(row, this.cells.put(row, 0, name, this.style(this.window, "summary", "7")), line.slice(name.length), style);
      return;
    }
    let at = 0;
    for (const [index, part] of line.split(SOLID).entries()) {
      if (index % 2 === 1) at = this.cells.put(row, at, part, "7");
      else for (const piece of part.match(/ *[0-9.]+ (?=[a-z])|[^ ]+|./g) ?? []) at = this.cells.put(row, at, piece, /^ *[0-9.]+ $/.test(piece) ? strong : style);
    }
  }

  /** Says something for a while; keys wait until it is gone. */
  *say(words: string): Blocking<void> {
    const row = this.messageRow;
    this.cells.fill(row);
    this.cells.put(row, 0, ` ${words} `, this.style(this.window, "messages", "7"));
    yield* this.terminal.write(`\u001b[?25l${this.cells.update(row, words.length + 2)}`);
    const untilUs = this.sys.clockUs("monotonic") + MESSAGE_US;
    for (let leftUs = MESSAGE_US; leftUs > 0; leftUs = untilUs - this.sys.clockUs("monotonic")) {
      try {
        yield* this.sys.sleep(leftUs);
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
        break;
      }
    }
  }

  /** A line typed behind a question; undefined when it was given up with Escape. */
  *ask(question: string, row = this.messageRow): Blocking<string | undefined> {
    let typed = "";
    for (;;) {
      this.cells.fill(row);
      this.cells.put(row, 0, question, this.style(this.window, "messages", "1"));
      this.cells.put(row, question.length + 1, typed);
      yield* this.terminal.write(`${this.cells.update(row, Math.min(this.cells.columns - 1, question.length + 1 + typed.length))}\u001b[?25h`);
      const event = yield* this.terminal.next();
      if (!event) continue;
      if (event.kind !== "key") return undefined;
      const { key } = event;
      if (key === "\r" || key === "\n") return typed.trim();
      if (key === "\u001b" || key === "\u0003") return undefined;
      if (key === "\u007f" || key === "\b") typed = typed.slice(0, -1);
      else if (key === "\u0015") typed = "";
      else if (key >= " " && !key.startsWith("\u001b")) typed += key;
    }
  }

  *askInteger(question: string, usual: number): Blocking<number | undefined> {
    const typed = yield* this.ask(question);
    if (typed === undefined) return undefined;
    if (typed === "") return usual;
    if (/^-?\d+$/.test(typed)) return Number(typed);
    yield* this.say("Unacceptable integer");
    return undefined;
  }
}
