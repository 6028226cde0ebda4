// One window of newt: a text, something to choose or to fill in, buttons. What whiptail(1) draws, and debconf's dialogs with it.
// (More than 400 lines: one window, whose kinds share their layout and keys.)

import { type Blocking, SIGNALS, type Sys } from "../../kernel/sys.ts";
import { CellScreen } from "./cell-screen.ts";
import { isUtf8 } from "./locale.ts";
import { translated } from "./messages/translate.ts";
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
  /** buttons with a frame of their own */
  readonly fullButtons?: boolean;
  readonly topLeft?: boolean;
}

export interface DialogAnswer {
  readonly button: "ok" | "cancel" | "escape";
  /** what was filled in, or the tag that was chosen */
  readonly value: string;
  readonly chosen: readonly string[];
}

/** newt's palette as Debian has it: root, window, title, buttons, list, entry. */
const STYLE = { root: "1;37;44", window: "30;47", title: "31;47", button: "30;47", active: "37;41", field: "37;44", shadow: "1;37;40", scale: "1;37;44", full: "1;37;41" } as const;

const widthOf = (text: string): number => [...text].reduce((sum, letter) => sum + Math.max(0, charWidth(letter.codePointAt(0) ?? 0)), 0);
const padTo = (text: string, width: number): string => text + " ".repeat(Math.max(0, width - widthOf(text)));

/** Words wrapped at a width; "\n" in the text begins a new line. A word that is longer than a line is cut. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.replaceAll("\t", "        ").split("\n")) {
    let line = "", lineWidth = 0;
    for (const word of paragraph.split(" ")) {
      let rest = word;
      let restWidth = widthOf(rest);
      if (line !== "" && lineWidth + 1 + restWidth > width) {
        lines.push(line);
        line = "";
        lineWidth = 0;
      }
      while (width > 0 && line === "" && restWidth > width) {
        let cut = "";
        for (const letter of rest) {
          if (widthOf(cut + letter) > width) break;
          cut += letter;
        }
        if (cut === "") break;
        lines.push(cut);
        rest = rest.slice(cut.length);
        restWidth = widthOf(rest);
      }
      line = line === "" ? rest : `${line} ${rest}`;
      lineWidth = widthOf(line);
    }
    lines.push(line);
  }
  return lines;
}

const isList = (kind: Dialog["kind"]): boolean => kind === "menu" || kind === "checklist" || kind === "radiolist";

/** Sizes that were not given: whiptail counts the text's lines and its widest, the list's entries, the title. With the frame. */
function guessSize(dialog: Dialog, rows: number, columns: number): { readonly height: number; readonly width: number; readonly listHeight: number } {
  const { kind } = dialog;
  const items = dialog.items ?? [];
  let width = dialog.width ?? 0;
  if (width <= 0) {
    const text = Math.max(0, ...dialog.text.split("\n").map(widthOf)) + 2;
    const widest = isList(kind) ? Math.max(0, ...items.map((item) => (dialog.noTags === true ? 0 : widthOf(item.tag)) + widthOf(item.label))) + (kind === "menu" ? 1 : 7) : 0;
    const twoButtons = isList(kind) || kind === "yesno" || kind === "input" || kind === "password";
    width = Math.min(columns, Math.max(text, widest, widthOf(dialog.title ?? ""), twoButtons ? 15 : 0) + 6);
  }
  const lines = wrapText(dialog.text, width - 4).length;
  const extra = (isList(kind) || kind === "input" || kind === "password" ? 7 : 6) + (dialog.fullButtons === true ? 2 : 0);
  const wanted = dialog.listHeight ?? 0;
  if (dialog.height !== undefined && dialog.height > 0) {
    return { height: dialog.height, width, listHeight: wanted > 0 ? wanted : Math.max(1, Math.min(items.length, dialog.height - lines - extra)) };
  }
  const listHeight = isList(kind) ? Math.max(1, Math.min(items.length, rows - 1 - lines - extra)) : 0;
  return { height: Math.min(rows - 1, lines + extra + listHeight), width, listHeight };
}

class Window {
  readonly #screen: CellScreen;
  readonly #dialog: Dialog;
  readonly #lines: readonly string[];
  readonly #marks: { readonly corner: readonly string[]; readonly side: string; readonly bar: string; readonly up: string; readonly down: string; readonly track: string; readonly thumb: string; readonly ends: readonly [string, string] };
  /** without the frame */
  readonly #height: number;
  readonly #width: number;
  readonly listHeight: number;
  readonly #items: readonly DialogItem[];
  readonly on: boolean[];
  current = 0;
  top = 0;
  text: string;
  /** of the text: where the next letter goes, and the first that is seen */
  cursor: number;
  #firstSeen = 0;
  scroll = 0;
  /** a text that scrolls, the list or the field is 0, then the buttons */
  focus: number;
  readonly buttons: readonly ("ok" | "cancel")[];

  constructor(dialog: Dialog, rows: number, columns: number, utf8: boolean) {
    this.#dialog = dialog;
    this.#screen = new CellScreen(rows, columns);
    this.#items = dialog.items ?? [];
    this.on = this.#items.map((item) => item.on ?? false);
    this.text = dialog.initial ?? "";
    this.cursor = [...this.text].length;
    this.#marks = utf8 ? { corner: ["┌", "┐", "└", "┘"], side: "│", bar: "─", up: "↑", down: "↓", track: "▒", thumb: "▮", ends: ["┤", "├"] } : { corner: ["+", "+", "+", "+"], side: "|", bar: "-", up: "^", down: "v", track: ":", thumb: "#", ends: ["|", "|"] };
    this.buttons = dialog.kind === "info" || dialog.kind === "gauge" ? [] : dialog.kind === "message" || dialog.noCancel === true ? ["ok"] : ["ok", "cancel"];
    const size = guessSize(dialog, rows, columns);
    this.#width = Math.max(4, size.width - 2);
    this.#height = Math.max(2, size.height - 2);
    this.listHeight = size.listHeight;
    this.#lines = wrapText(dialog.text, this.#width - 2);
    this.focus = this.hasField ? 0 : dialog.defaultNo === true && this.buttons.length > 1 ? 2 : 1;
    const at = this.#items.findIndex((item) => item.tag === dialog.defaultItem);
    this.current = Math.max(0, at);
    this.keepVisible();
  }

  /** Something before the buttons takes keys. */
  get hasField(): boolean {
    return this.#items.length > 0 || this.#dialog.kind === "input" || this.#dialog.kind === "password" || this.scrolls;
  }

  get #buttonRows(): number {
    return this.#dialog.fullButtons === true ? 3 : 1;
  }

  /** The row of the text and how many there may be. */
  get #textPlace(): readonly [row: number, rows: number] {
    const { kind } = this.#dialog;
    const most = isList(kind) ? this.#height - 4 - this.#buttonRows - this.listHeight : kind === "gauge" ? this.#height - 3 : this.#height - 3 - this.#buttonRows;
    return [kind === "message" || kind === "yesno" || kind === "info" ? 1 : 0, Math.max(0, Math.min(this.#lines.length, most))];
  }

  get textRows(): number {
    return this.#textPlace[1];
  }

  /** The text moves below the arrows. */
  get scrolls(): boolean {
    return this.#dialog.scrolls === true && this.#lines.length > this.textRows && this.#items.length === 0 && this.#dialog.kind !== "input" && this.#dialog.kind !== "password";
  }

  scrollText(by: number): void {
    this.scroll = Math.max(0, Math.min(this.#lines.length - this.textRows, this.scroll + by));
  }

  keepVisible(): void {
    if (this.current < this.top) this.top = this.current;
    if (this.current >= this.top + this.listHeight) this.top = this.current - this.listHeight + 1;
  }

  edit(key: string): void {
    const letters = [...this.text];
    const at = this.cursor;
    if (key === "\u001b[D" || key === "\u001bOD" || key === "\u0002") this.cursor = Math.max(0, at - 1);
    else if (key === "\u001b[C" || key === "\u001bOC" || key === "\u0006") this.cursor = Math.min(letters.length, at + 1);
    else if (key === "\u001b[H" || key === "\u001b[1~" || key === "\u001bOH" || key === "\u0001") this.cursor = 0;
    else if (key === "\u001b[F" || key === "\u001b[4~" || key === "\u001bOF" || key === "\u0005") this.cursor = letters.length;
    else if (key === "\u007f" || key === "\b") {
      if (at > 0) letters.splice(at - 1, 1);
      this.cursor = Math.max(0, at - 1);
    } else if (key === "\u001b[3~" || key === "\u0004") letters.splice(at, 1);
    else if (key === "\u0015") {
      letters.splice(0, letters.length);
      this.cursor = 0;
    } else if (key === "\u000b") letters.splice(at);
    else if (!key.startsWith("\u001b") && key >= " ") {
      letters.splice(at, 0, key);
      this.cursor = at + 1;
    }
    this.text = letters.join("");
  }

  #label(button: "ok" | "cancel"): string {
    return (button === "ok" ? this.#dialog.okLabel : this.#dialog.cancelLabel) ?? "";
  }

  /** The bytes that show the window. */
  draw(): string {
    const screen = this.#screen;
    const { rows, columns } = screen;
    const { kind, title, backtitle } = this.#dialog;
    for (let row = 0; row < rows; row++) screen.fill(row, STYLE.root);
    if (backtitle !== undefined && backtitle !== "") screen.put(0, 0, backtitle, STYLE.root);
    const width = this.#width, height = this.#height;
    // newt draws a window on a screen of odd height one row higher when it would begin on an odd row
    let upper = Math.max(1, Math.floor((rows - height) / 2));
    if (rows % 2 === 1 && upper % 2 === 1 && upper > 1) upper--;
    let left = Math.max(1, Math.floor((columns - width) / 2));
    if (this.#dialog.topLeft === true) [upper, left] = [1, 1];
    const [nw = "", ne = "", sw = "", se = ""] = this.#marks.corner;
    for (let row = -1; row <= height; row++) {
      const body = row === -1 ? `${nw}${this.#marks.bar.repeat(width)}${ne}` : row === height ? `${sw}${this.#marks.bar.repeat(width)}${se}` : `${this.#marks.side}${" ".repeat(width)}${this.#marks.side}`;
      screen.put(upper + row, left - 1, body, STYLE.window);
      if (row > -1) screen.put(upper + row, left + width + 1, " ", STYLE.shadow);
    }
    screen.put(upper + height + 1, left, " ".repeat(width + 2), STYLE.shadow);
    if (title !== undefined && title !== "") {
      const at = left + Math.floor((width - widthOf(title) - 4) / 2);
      screen.put(upper - 1, at, `${this.#marks.ends[0]} `, STYLE.window);
      screen.put(upper - 1, at + 2, title, STYLE.title);
      screen.put(upper - 1, at + 2 + widthOf(title), ` ${this.#marks.ends[1]}`, STYLE.window);
    }
    const [textRow, textRows] = this.#textPlace;
    this.#lines.slice(this.scroll, this.scroll + textRows).forEach((line, at) => screen.put(upper + textRow + at, left + 1, line, STYLE.window));
    // the text's scroll bar has the window's colours: blanks over the frame
    if (this.#dialog.scrolls === true && !isList(kind)) for (let row = 1; row < height - 1; row++) screen.put(upper + row, left + width, " ", STYLE.window);
    let cursor: readonly [row: number, column: number, visible: boolean] = [upper + textRow, left + 1, false];
    const below = textRow + textRows + 1;
    if (kind === "menu") cursor = this.#drawMenu(upper + below, left) ?? cursor;
    else if (isList(kind)) cursor = this.#drawBoxes(upper + below, left) ?? cursor;
    else if (kind === "input" || kind === "password") cursor = this.#drawField(upper + below, left + 1) ?? cursor;
    else if (kind === "gauge") this.#drawScale(upper + height - 2, left + 2);
    cursor = this.#drawButtons(upper + height - 1 - this.#buttonRows, left) ?? cursor;
    return `${cursor[2] ? "\u001b[?25h" : "\u001b[?25l"}${screen.update(cursor[0], cursor[1])}`;
  }

  /** The thumb stands `where` of `total` down the bar. */
  #drawScrollBar(row: number, column: number, where: number, total: number): void {
    if (this.#items.length <= this.listHeight) return;
    const place = 1 + Math.max(0, Math.min(this.listHeight - 3, Math.floor((where * (this.listHeight - 3)) / Math.max(1, total))));
    for (let at = 0; at < this.listHeight; at++) this.#screen.put(row + at, column, at === 0 ? this.#marks.up : at === this.listHeight - 1 ? this.#marks.down : at === place ? this.#marks.thumb : this.#marks.track, STYLE.window);
  }

  #drawMenu(row: number, left: number): readonly [number, number, boolean] | undefined {
    const { noTags, noItems } = this.#dialog;
    const tagWidth = noTags === true ? 0 : Math.max(0, ...this.#items.map((item) => widthOf(item.tag)));
    const labelWidth = noItems === true ? 0 : Math.max(0, ...this.#items.map((item) => widthOf(item.label)));
    const scrolls = this.#items.length > this.listHeight;
    const width = Math.min(this.#screen.columns, tagWidth + (noTags === true ? 0 : 1) + labelWidth);
    const column = Math.max(0, left + Math.floor((this.#width - width - (scrolls ? 2 : 0)) / 2));
    // an entry without a label keeps the blanks before it
    const wide = width + (labelWidth > 0 ? 0 : noItems === true ? 3 : 2);
    let cursor: readonly [number, number, boolean] | undefined;
    for (let at = 0; at < this.listHeight; at++) {
      const index = this.top + at;
      const item = this.#items[index];
      if (!item) break;
      const here = index === this.current;
      const text = noTags === true ? item.label : noItems === true ? item.tag : `${padTo(item.tag, tagWidth)} ${item.label}`;
      this.#screen.put(row + at, column, padTo(text, wide), here ? (this.focus === 0 ? STYLE.active : STYLE.field) : STYLE.window);
      if (here && this.focus === 0) cursor = [row + at, column, false];
    }
    this.#drawScrollBar(row, column + wide + 2, this.current + 1, this.#items.length);
    return cursor;
  }

  #drawBoxes(row: number, left: number): readonly [number, number, boolean] | undefined {
    const { kind, noTags, noItems } = this.#dialog;
    const tagWidth = noTags === true ? 0 : Math.max(0, ...this.#items.map((item) => widthOf(item.tag)));
    const labelWidth = noItems === true ? 0 : Math.max(0, ...this.#items.map((item) => widthOf(item.label)));
    const width = 4 + tagWidth + (noTags === true ? 0 : 2) + labelWidth;
    const [open, close] = kind === "checklist" ? ["[", "]"] : ["(", ")"];
    let cursor: readonly [number, number, boolean] | undefined;
    for (let at = 0; at < this.listHeight; at++) {
      const index = this.top + at;
      const item = this.#items[index];
      this.#screen.put(row + at, left + 2, " ".repeat(width), STYLE.field);
      if (!item) continue;
      const here = index === this.current && this.focus === 0;
      this.#screen.put(row + at, left + 2, `${open} ${close} ${noTags === true ? "" : `${padTo(item.tag, tagWidth)}  `}${noItems === true ? "" : item.label}`, STYLE.field);
      this.#screen.put(row + at, left + 3, this.on[index] ? "*" : " ", here ? STYLE.active : STYLE.field);
      if (here) cursor = [row + at, left + 6, false];
    }
    this.#drawScrollBar(row, left + this.#width - 4, this.top, this.#items.length - this.listHeight);
    return cursor;
  }

  #drawField(row: number, column: number): readonly [number, number, boolean] | undefined {
    const width = this.#width - 2;
    const letters = [...this.text];
    if (this.cursor < this.#firstSeen) this.#firstSeen = this.cursor;
    else if (this.#firstSeen + width <= this.cursor) this.#firstSeen = this.cursor - width + 1;
    const shown = this.#dialog.kind === "password" ? "*".repeat(letters.length).slice(this.#firstSeen) : letters.slice(this.#firstSeen).join("");
    this.#screen.put(row, column, "_".repeat(width), STYLE.field);
    const end = this.#screen.columns;
    let at = column;
    for (const letter of shown) {
      const wide = Math.max(0, charWidth(letter.codePointAt(0) ?? 0));
      if (at + wide > Math.min(end, column + width)) break;
      at = this.#screen.put(row, at, letter, STYLE.field);
    }
    const before = this.#dialog.kind === "password" ? this.cursor - this.#firstSeen : widthOf(letters.slice(this.#firstSeen, this.cursor).join(""));
    return this.focus === 0 ? [row, column + before, true] : undefined;
  }

  #drawScale(row: number, column: number): void {
    const percent = Math.max(0, Math.min(100, this.#dialog.percent ?? 0));
    const width = this.#width - 4;
    const filled = Math.floor((width * percent) / 100);
    const text = padTo(`${" ".repeat(Math.max(0, Math.floor((width - 4) / 2)))}${String(percent).padStart(3)}%`, width);
    this.#screen.put(row, column, text.slice(0, filled), STYLE.full);
    this.#screen.put(row, column + filled, text.slice(filled), STYLE.scale);
  }

  #drawButtons(row: number, left: number): readonly [number, number, boolean] | undefined {
    const width = this.#width;
    const room = this.#dialog.kind === "yesno" ? 16 : 18;
    const places = this.buttons.length === 1 ? [Math.floor((width - 8) / 2)] : [Math.floor((width - room) / 3), Math.floor((width - room) / 3) * 2 + 9];
    let cursor: readonly [number, number, boolean] | undefined;
    for (const [index, button] of this.buttons.entries()) {
      const label = this.#label(button);
      const column = left + Math.max(0, places[index] ?? 0);
      const active = this.focus === index + 1;
      if (this.#dialog.fullButtons === true) {
        const [nw = "", ne = "", sw = "", se = ""] = this.#marks.corner;
        const inside = widthOf(label) + 2;
        const style = active ? STYLE.active : STYLE.button;
        this.#screen.put(row + 1, column + inside + 2, " ", STYLE.shadow);
        this.#screen.put(row + 2, column + inside + 2, " ", STYLE.shadow);
        this.#screen.put(row + 3, column + 1, " ".repeat(inside + 2), STYLE.shadow);
        this.#screen.put(row, column, `${nw}${this.#marks.bar.repeat(inside)}${ne}`, style);
        this.#screen.put(row + 1, column, `${this.#marks.side} ${label} ${this.#marks.side}`, style);
        this.#screen.put(row + 2, column, `${sw}${this.#marks.bar.repeat(inside)}${se}`, style);
        if (active) cursor = [row + 1, column + 2, false];
      } else {
        this.#screen.put(row, column + 1, `<${label}>`, active ? STYLE.active : STYLE.button);
        if (active) cursor = [row, column + 2, false];
      }
    }
    return cursor;
  }

  /** A letter goes to the next item that begins with it, which comes to the top of what is seen. */
  jump(letter: string): void {
    const count = this.#items.length;
    for (let step = 1; step <= count; step++) {
      const at = (this.current + step) % count;
      const item = this.#items[at];
      const shown = this.#dialog.noTags === true ? item?.label : item?.tag;
      if (shown?.toLowerCase().startsWith(letter.toLowerCase())) {
        this.current = at;
        this.top = Math.max(0, Math.min(at, count - this.listHeight));
        return;
      }
    }
  }
}

const SMCUP = "\u001b[?1049h\u001b[22;0;0t\u001b[?25l\u001b[H\u001b[2J";
/** Back to the screen from before. */
export const LEAVE_DIALOG = "\u001b[?12l\u001b[?25h\u001b[m\u001b[?1049l\u001b[23;0;0t";

/** Shows it and waits for an answer; an info window and a gauge are only drawn. Errors: SysError when there is no terminal. */
/** newt's own labels are in the language of the environment. */
function labelled(sys: Sys, dialog: Dialog): Dialog {
  const yesno = dialog.kind === "yesno";
  const label = (english: string): string => translated(sys, "whiptail", english);
  return { ...dialog, okLabel: dialog.okLabel ?? label(yesno ? "Yes" : "Ok"), cancelLabel: dialog.cancelLabel ?? label(yesno ? "No" : "Cancel") };
}

export function* showDialog(sys: Sys, given: Dialog, out = 1): Blocking<DialogAnswer> {
  const dialog = labelled(sys, given);
  const terminal = yield* RawTerminal.open(sys, out);
  const utf8 = isUtf8(sys.environment);
  let window = new Window(dialog, terminal.size.rows, terminal.size.cols, utf8);
  if (window.buttons.length === 0) {
    yield* terminal.write(`${SMCUP}${window.draw()}`);
    if (dialog.kind === "info") yield* terminal.write(`\u001b[${terminal.size.rows};1H${LEAVE_DIALOG}`);
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
        window.cursor = old.cursor;
        window.focus = old.focus;
        window.on.splice(0, window.on.length, ...old.on);
        window.keepVisible();
        yield* terminal.write("\u001b[2J");
        continue;
      }
      if (event.kind === "signal" || event.kind === "end") return answer("escape");
      const { key } = event;
      const first = window.hasField ? 0 : 1;
      const last = window.buttons.length;
      const inList = items.length > 0 && window.focus === 0;
      const inField = items.length === 0 && (dialog.kind === "input" || dialog.kind === "password") && window.focus === 0;
      const inText = !inList && !inField && window.focus === 0;
      const boxes = inList && dialog.kind !== "menu";
      /** Only Tab goes round. */
      const turn = (by: number): void => {
        window.focus = Math.max(first, Math.min(last, window.focus + by));
      };
      const go = (by: number): void => {
        if (boxes && ((by === 1 && window.current === items.length - 1) || (by === -1 && window.current === 0))) turn(by);
        else window.current = Math.max(0, Math.min(items.length - 1, window.current + by));
        window.keepVisible();
      };
      const page = (by: number): void => {
        window.top = Math.max(0, Math.min(items.length - window.listHeight, window.top + by * window.listHeight));
        window.current = Math.max(0, Math.min(items.length - 1, window.current + by * window.listHeight));
        window.keepVisible();
      };
      if (key === "\u001b") return answer(dialog.noCancel === true ? "cancel" : "escape");
      if (key === "\t") window.focus = window.focus === last ? first : window.focus + 1;
      else if (key === "\u001b[Z") window.focus = window.focus === first ? last : window.focus - 1;
      else if (key === "\u001b[A" || key === "\u001bOA") {
        if (inList) go(-1);
        else if (inText) window.scrollText(-1);
        else turn(-1);
      } else if (key === "\u001b[B" || key === "\u001bOB") {
        if (inList) go(1);
        else if (inText) window.scrollText(1);
        else turn(1);
      } else if (key === "\r" || key === "\n") {
        if (!inText) return answer(window.focus === 0 ? "ok" : (window.buttons[window.focus - 1] ?? "ok"));
      } else if (inField) window.edit(key);
      else if (key === "\u001b[C" || key === "\u001bOC") turn(1);
      else if (key === "\u001b[D" || key === "\u001bOD") turn(-1);
      else if (key === "\u001b[5~" && inList) page(-1);
      else if (key === "\u001b[6~" && inList) page(1);
      else if (key === "\u001b[5~") window.scrollText(-window.textRows);
      else if (key === "\u001b[6~") window.scrollText(window.textRows);
      else if ((key === "\u001b[H" || key === "\u001b[1~" || key === "\u001bOH") && inList) go(-items.length);
      else if ((key === "\u001b[F" || key === "\u001b[4~" || key === "\u001bOF") && inList) go(items.length);
      else if (key === " " && inList && dialog.kind === "checklist") window.on[window.current] = !window.on[window.current];
      else if (key === " " && inList && dialog.kind === "radiolist") window.on.forEach((_, at) => { window.on[at] = at === window.current; });
      else if (key === " " && window.focus > 0) return answer(window.buttons[window.focus - 1] ?? "ok");
      else if (inList && dialog.kind === "menu" && !key.startsWith("\u001b") && key > " ") window.jump(key);
    }
  } finally {
    yield* terminal.write(`\u001b[${terminal.size.rows};1H${LEAVE_DIALOG}`);
    yield* terminal.leave();
    for (const [name, disposition] of before) sys.sigaction(name === "WINCH" ? SIGNALS.WINCH : name === "INT" ? SIGNALS.INT : SIGNALS.TERM, disposition);
  }
}
