// One window of newt: a text, something to choose or to fill in, buttons. What whiptail(1) draws, and debconf's dialogs with it.

import { type Blocking, SIGNALS, type Sys } from "../../kernel/sys.ts";
import { CellScreen } from "./cell-screen.ts";
import { isUtf8 } from "./locale.ts";
import { RawTerminal } from "./terminal-keys.ts";
import { charWidth } from "./width.ts";

export interface DialogItem {
  readonly tag: string;
  readonly label: string;
  readonly on?: boolean;
}

export interface Dialog {
  readonly kind: "message" | "yesno" | "menu" | "checklist" | "radiolist" | "input" | "password" | "info" | "gauge";
  readonly title?: string | undefined;
  /** stands in the upper left corner of the screen */
  readonly backtitle?: string | undefined;
  readonly text: string;
  /** with the frame; 0: as large as needed */
  readonly height?: number;
  readonly width?: number;
  readonly items?: readonly DialogItem[];
  /** rows of the list; 0: as many as there is room for */
  readonly listHeight?: number;
  readonly initial?: string;
  readonly defaultItem?: string | undefined;
  readonly defaultNo?: boolean;
  readonly okLabel?: string;
  readonly cancelLabel?: string;
  readonly noCancel?: boolean;
  /** only labels in the list */
  readonly noTags?: boolean;
  readonly noItems?: boolean;
  readonly percent?: number;
  readonly scrolls?: boolean;
}

export interface DialogAnswer {
  readonly button: "ok" | "cancel" | "escape";
  /** what was filled in, or the tag that was chosen */
  readonly value: string;
  readonly chosen: readonly string[];
}

/** newt's own colours: window black on light gray, the button that is ready light on red. */
const STYLE = { root: "37;44", window: "30;47", title: "31;47", button: "37;41", list: "30;47", current: "37;44", entry: "37;44", shadow: "37;40" } as const;

const widthOf = (text: string): number => [...text].reduce((sum, letter) => sum + Math.max(0, charWidth(letter.codePointAt(0) ?? 0)), 0);

/** Words wrapped at a width; "\n" in the text begins a new line. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split("\n")) {
    let line = "";
    for (const word of paragraph.split(" ")) {
      if (line !== "" && widthOf(line) + 1 + widthOf(word) > width) {
        lines.push(line);
        line = word;
      } else line = line === "" ? word : `${line} ${word}`;
    }
    lines.push(line);
  }
  return lines;
}

class Window {
  readonly #screen: CellScreen;
  readonly #dialog: Dialog;
  readonly #lines: readonly string[];
  readonly #marks: { readonly corner: readonly string[]; readonly side: string; readonly bar: string; readonly up: string; readonly down: string; readonly track: string; readonly thumb: string; readonly ends: readonly [string, string] };
  readonly height: number;
  readonly width: number;
  readonly listHeight: number;
  readonly #items: readonly DialogItem[];
  readonly on: boolean[];
  current = 0;
  top = 0;
  text: string;
  scroll = 0;
  /** 0 the list or the field, then the buttons */
  focus: number;
  readonly buttons: readonly ("ok" | "cancel")[];

  constructor(dialog: Dialog, rows: number, columns: number, utf8: boolean) {
    this.#dialog = dialog;
    this.#screen = new CellScreen(rows, columns);
    this.#items = dialog.items ?? [];
    this.on = this.#items.map((item) => item.on ?? false);
    this.text = dialog.initial ?? "";
    this.#marks = utf8 ? { corner: ["┌", "┐", "└", "┘"], side: "│", bar: "─", up: "↑", down: "↓", track: "▒", thumb: "▮", ends: ["┤", "├"] } : { corner: ["+", "+", "+", "+"], side: "|", bar: "-", up: "^", down: "v", track: ":", thumb: "#", ends: ["|", "|"] };
    this.buttons = dialog.kind === "info" || dialog.kind === "gauge" ? [] : dialog.kind === "message" || dialog.noCancel === true ? ["ok"] : ["ok", "cancel"];
    const labels = this.#items.map((item) => this.#row(item, 0, false));
    const widest = Math.max(20, ...dialog.text.split("\n").map(widthOf), ...labels.map((label) => widthOf(label) + 4), widthOf(dialog.title ?? "") + 6);
    this.width = Math.max(10, Math.min(columns - 2, dialog.width && dialog.width > 0 ? dialog.width : Math.min(widest + 4, columns - 8)));
    this.#lines = wrapText(dialog.text, this.width - 4);
    const extra = (this.#items.length > 0 ? 1 : 0) + (dialog.kind === "input" || dialog.kind === "password" ? 2 : 0) + (dialog.kind === "gauge" ? 2 : 0) + (this.buttons.length > 0 ? 3 : 1);
    const most = rows - 4 - this.#lines.length - extra - 2;
    const wanted = dialog.listHeight && dialog.listHeight > 0 ? dialog.listHeight : this.#items.length;
    const given = dialog.height && dialog.height > 0 ? dialog.height - 2 - extra - Math.min(this.#lines.length, dialog.height) - 0 : most;
    this.listHeight = this.#items.length === 0 ? 0 : Math.max(1, Math.min(wanted, this.#items.length, Math.max(given, 1), Math.max(most, 1)));
    this.height = Math.max(4, Math.min(rows - 1, dialog.height && dialog.height > 0 ? dialog.height : this.#lines.length + extra + this.listHeight + 3));
    this.focus = this.#first();
    const at = this.#items.findIndex((item) => item.tag === dialog.defaultItem);
    const selected = dialog.kind === "radiolist" ? this.on.indexOf(true) : -1;
    this.current = at >= 0 ? at : Math.max(0, selected);
    this.keepVisible();
  }

  get hasField(): boolean {
    return this.#items.length > 0 || this.#dialog.kind === "input" || this.#dialog.kind === "password";
  }

  #first(): number {
    if (this.hasField) return 0;
    return this.#dialog.defaultNo === true && this.buttons.length > 1 ? 2 : 1;
  }

  get textRows(): number {
    const extra = this.height - 2 - (this.buttons.length > 0 ? 3 : 1) - (this.#items.length > 0 ? this.listHeight + 1 : 0) - (this.#dialog.kind === "input" || this.#dialog.kind === "password" ? 2 : 0) - (this.#dialog.kind === "gauge" ? 2 : 0);
    return Math.max(1, extra);
  }

  get longText(): boolean {
    return this.#lines.length > this.textRows;
  }

  scrollText(by: number): void {
    this.scroll = Math.max(0, Math.min(this.#lines.length - this.textRows, this.scroll + by));
  }

  keepVisible(): void {
    if (this.current < this.top) this.top = this.current;
    if (this.current >= this.top + this.listHeight) this.top = this.current - this.listHeight + 1;
  }

  #row(item: DialogItem, at: number, marked: boolean): string {
    const tagWidth = Math.max(0, ...this.#items.map((one) => widthOf(one.tag)));
    const body = this.#dialog.noTags === true ? item.label : this.#dialog.noItems === true || item.label === "" ? item.tag : `${item.tag}${" ".repeat(tagWidth - widthOf(item.tag) + 1)}${item.label}`;
    const mark = this.#dialog.kind === "checklist" ? `[${marked && this.on[at] ? "*" : " "}] ` : this.#dialog.kind === "radiolist" ? `(${marked && this.on[at] ? "*" : " "}) ` : "";
    return `${mark}${body}`;
  }

  #label(button: "ok" | "cancel"): string {
    const yesno = this.#dialog.kind === "yesno";
    return button === "ok" ? (this.#dialog.okLabel ?? (yesno ? "Yes" : "Ok")) : (this.#dialog.cancelLabel ?? (yesno ? "No" : "Cancel"));
  }

  /** The bytes that show the window. */
  draw(): string {
    const screen = this.#screen;
    const { rows, columns } = screen;
    const { kind, title, backtitle } = this.#dialog;
    for (let row = 0; row < rows; row++) screen.fill(row, STYLE.root);
    if (backtitle !== undefined && backtitle !== "") screen.put(0, 0, ` ${backtitle}`.slice(1), STYLE.root);
    const left = Math.max(0, Math.floor((columns - this.width) / 2));
    const upper = Math.max(1, Math.floor((rows - this.height) / 2));
    const [nw = "", ne = "", sw = "", se = ""] = this.#marks.corner;
    const inside = this.width - 2;
    for (let row = 0; row < this.height; row++) {
      const body = row === 0 ? `${nw}${this.#marks.bar.repeat(inside)}${ne}` : row === this.height - 1 ? `${sw}${this.#marks.bar.repeat(inside)}${se}` : `${this.#marks.side}${" ".repeat(inside)}${this.#marks.side}`;
      screen.put(upper + row, left, body, STYLE.window);
      if (row > 0) screen.put(upper + row, left + this.width, " ", STYLE.shadow);
    }
    screen.put(upper + this.height, left + 1, " ".repeat(this.width), STYLE.shadow);
    if (title !== undefined && title !== "") {
      const at = left + Math.floor((this.width - widthOf(title) - 4) / 2);
      screen.put(upper, at, `${this.#marks.ends[0]} `, STYLE.window);
      screen.put(upper, at + 2, title, STYLE.title);
      screen.put(upper, at + 2 + widthOf(title), ` ${this.#marks.ends[1]}`, STYLE.window);
    }
    let cursor: readonly [number, number] = [upper + this.height - 2, left + 2];
    let row = upper + 1;
    for (const line of this.#lines.slice(this.scroll, this.scroll + this.textRows)) screen.put(row++, left + 2, line, STYLE.window);
    if (this.longText) {
      const thumb = Math.round((this.scroll / Math.max(1, this.#lines.length - this.textRows)) * (this.textRows - 1));
      for (let at = 0; at < this.textRows; at++) screen.put(upper + 1 + at, left + this.width - 2, at === thumb ? this.#marks.thumb : this.#marks.track, STYLE.window);
    }
    row = upper + 1 + Math.min(this.textRows, this.#lines.length);
    if (this.#items.length > 0) {
      row++;
      const labels = this.#items.map((item, at) => this.#row(item, at, true));
      const listWidth = Math.min(inside - 4, Math.max(...labels.map(widthOf)));
      const listLeft = left + 1 + Math.max(1, Math.floor((inside - listWidth) / 2));
      for (let at = 0; at < this.listHeight; at++) {
        const index = this.top + at;
        const label = labels[index] ?? "";
        const here = index === this.current;
        screen.put(row + at, listLeft, `${label.slice(0, listWidth)}${" ".repeat(Math.max(0, listWidth - widthOf(label)))}`, here && this.focus === 0 ? STYLE.current : STYLE.list);
        if (here && this.focus === 0) cursor = [row + at, kind === "menu" ? listLeft : listLeft + 1];
        if (this.#items.length > this.listHeight) {
          const place = this.listHeight <= 2 ? 0 : Math.round((this.current / (this.#items.length - 1)) * (this.listHeight - 3)) + 1;
          screen.put(row + at, listLeft + listWidth + 1, at === 0 ? this.#marks.up : at === this.listHeight - 1 ? this.#marks.down : at === place ? this.#marks.thumb : this.#marks.track, STYLE.window);
        }
      }
      row += this.listHeight;
    }
    if (kind === "input" || kind === "password") {
      row++;
      const fieldWidth = inside - 2;
      const shown = kind === "password" ? "*".repeat([...this.text].length) : this.text;
      const visible = shown.length >= fieldWidth ? shown.slice(shown.length - fieldWidth + 1) : shown;
      screen.put(row, left + 2, `${visible}${"_".repeat(Math.max(0, fieldWidth - widthOf(visible)))}`, STYLE.entry);
      if (this.focus === 0) cursor = [row, left + 2 + widthOf(visible)];
    }
    if (kind === "gauge") {
      row++;
      const percent = Math.max(0, Math.min(100, this.#dialog.percent ?? 0));
      const gaugeWidth = inside - 2;
      const filled = Math.floor((gaugeWidth * percent) / 100);
      const text = `${" ".repeat(Math.floor(gaugeWidth / 2) - 2)}${percent}%`.padEnd(gaugeWidth);
      screen.put(row, left + 2, text.slice(0, filled), "37;41");
      screen.put(row, left + 2 + filled, text.slice(filled), "37;44");
    }
    const buttonRow = upper + this.height - 3;
    const labels = this.buttons.map((button) => `<${this.#label(button)}>`);
    const total = labels.reduce((sum, label) => sum + widthOf(label), 0);
    const gap = Math.floor((inside - total) / (labels.length + 1));
    let at = left + 1 + gap;
    for (const [index, label] of labels.entries()) {
      const active = this.focus === index + 1;
      screen.put(buttonRow, at, label, active ? STYLE.button : STYLE.window);
      if (active) cursor = [buttonRow, at + 1];
      at += widthOf(label) + gap;
    }
    return screen.update(...cursor);
  }

  /** A letter goes to the next item that begins with it. */
  jump(letter: string): void {
    const count = this.#items.length;
    for (let step = 1; step <= count; step++) {
      const at = (this.current + step) % count;
      const item = this.#items[at];
      const shown = this.#dialog.noTags === true ? item?.label : item?.tag;
      if (shown?.toLowerCase().startsWith(letter.toLowerCase())) {
        this.current = at;
        this.keepVisible();
        return;
      }
    }
  }
}

const SMCUP = "\u001b[?1049h\u001b[H\u001b[2J";
const RMCUP = "\u001b[?1049l";

/** Shows it and waits for an answer; an info window and a gauge are only drawn. Errors: SysError when there is no terminal. */
export function* showDialog(sys: Sys, dialog: Dialog, out = 1): Blocking<DialogAnswer> {
  const terminal = yield* RawTerminal.open(sys, out);
  const utf8 = isUtf8(sys.environment);
  let window = new Window(dialog, terminal.size.rows, terminal.size.cols, utf8);
  if (window.buttons.length === 0) {
    yield* terminal.write(`${SMCUP}${window.draw()}`);
    if (dialog.kind === "info") yield* terminal.write(`\u001b[${terminal.size.rows};1H\n${RMCUP}`);
    return { button: "ok", value: "", chosen: [] };
  }
  const before = new Map(["WINCH", "INT", "TERM"].map((name) => [name, sys.sigaction(name === "WINCH" ? SIGNALS.WINCH : name === "INT" ? SIGNALS.INT : SIGNALS.TERM, "catch")] as const));
  yield* terminal.enter([]);
  yield* terminal.write(SMCUP);
  const items = dialog.items ?? [];
  const answer = (button: DialogAnswer["button"]): DialogAnswer => ({
    button, value: dialog.kind === "input" || dialog.kind === "password" ? window.text : dialog.kind === "radiolist" ? (items[window.on.indexOf(true)]?.tag ?? "") : (items[window.current]?.tag ?? ""),
    chosen: items.filter((_, at) => window.on[at]).map((item) => item.tag),
  });
  try {
    for (;;) {
      yield* terminal.write(window.draw());
      const event = yield* terminal.next();
      if (event === undefined) continue;
      if (event.kind === "resize") {
        const old = window;
        window = new Window(dialog, terminal.size.rows, terminal.size.cols, utf8);
        window.current = old.current;
        window.text = old.text;
        window.focus = old.focus;
        window.on.splice(0, window.on.length, ...old.on);
        window.keepVisible();
        yield* terminal.write("\u001b[2J");
        continue;
      }
      if (event.kind === "signal" || event.kind === "end") return answer("escape");
      const { key } = event;
      const count = window.buttons.length + (window.hasField ? 1 : 0);
      const firstFocus = window.hasField ? 0 : 1;
      const turn = (by: number): void => {
        window.focus = firstFocus + ((window.focus - firstFocus + by + count) % count);
      };
      const inList = items.length > 0 && window.focus === 0;
      const inField = items.length === 0 && window.hasField && window.focus === 0;
      const go = (by: number): void => {
        window.current = Math.max(0, Math.min(items.length - 1, window.current + by));
        window.keepVisible();
      };
      switch (key) {
        case "\u001b":
          return answer("escape");
        case "\t":
        case "\u001b[C":
        case "\u001bOC":
          if (!inField || key === "\t") turn(1);
          break;
        case "\u001b[Z":
        case "\u001b[D":
        case "\u001bOD":
          if (!inField || key === "\u001b[Z") turn(-1);
          break;
        case "\u001b[A":
        case "\u001bOA":
          if (inList) go(-1);
          else if (window.longText && !inField) window.scrollText(-1);
          else turn(-1);
          break;
        case "\u001b[B":
        case "\u001bOB":
          if (inList) go(1);
          else if (window.longText && !inField) window.scrollText(1);
          else turn(1);
          break;
        case "\u001b[5~":
          if (inList) go(-window.listHeight);
          else window.scrollText(-window.textRows);
          break;
        case "\u001b[6~":
          if (inList) go(window.listHeight);
          else window.scrollText(window.textRows);
          break;
        case "\u001b[H":
        case "\u001b[1~":
          if (inList) go(-items.length);
          break;
        case "\u001b[F":
        case "\u001b[4~":
          if (inList) go(items.length);
          break;
        case "\r":
        case "\n":
          return answer(window.focus === 0 ? "ok" : (window.buttons[window.focus - 1] ?? "ok"));
        case " ":
          if (inList && dialog.kind === "checklist") window.on[window.current] = !window.on[window.current];
          else if (inList && dialog.kind === "radiolist") window.on.forEach((_, at) => { window.on[at] = at === window.current; });
          else if (inField) window.text += " ";
          else if (window.focus > 0) return answer(window.buttons[window.focus - 1] ?? "ok");
          break;
        case "\u007f":
        case "\b":
          if (inField) window.text = [...window.text].slice(0, -1).join("");
          break;
        case "\u0015":
          if (inField) window.text = "";
          break;
        default:
          if (inField && !key.startsWith("\u001b") && key >= " ") window.text += key;
          else if (inList && !key.startsWith("\u001b")) window.jump(key);
          break;
      }
    }
  } finally {
    yield* terminal.write(`\u001b[${terminal.size.rows};1H\n${RMCUP}`);
    yield* terminal.leave();
    for (const [name, disposition] of before) sys.sigaction(name === "WINCH" ? SIGNALS.WINCH : name === "INT" ? SIGNALS.INT : SIGNALS.TERM, disposition);
  }
}
