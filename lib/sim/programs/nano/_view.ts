// What nano draws: title bar, text, status line, key lists.

import type { CellScreen } from "../kit/cell-screen.ts";
import { textWidth } from "../kit/width.ts";
import { before, columnOf, type NanoBuffer, type Point, shownCharacter, widthOf } from "./_buffer.ts";
import { MENUS, type MenuItem, type MenuName } from "./_menus.ts";

export const REVERSE = "7";
export const ERROR = "1;37;41";
export const SPOTLIGHT = "30;43";

export interface ViewOptions {
  readonly lineNumbers: boolean;
  readonly softWrap: boolean;
  readonly whitespace: boolean;
  readonly helpLines: boolean;
  readonly viewMode: boolean;
  readonly autoIndent: boolean;
  readonly hardWrap: boolean;
  readonly recording: boolean;
  readonly stateFlags: boolean;
}

export interface Message {
  readonly text: string;
  readonly alert: boolean;
}

export class NanoView {
  readonly screen: CellScreen;
  /** A message in the language of the environment. */
  readonly translated: (text: string) => string;

  constructor(screen: CellScreen, translated: (text: string) => string) {
    this.screen = screen;
    this.translated = translated;
  }

  /** The keys that answer yes, no and all. */
  get answers(): { readonly yes: string; readonly no: string; readonly all: string } {
    const first = (word: string): string => this.translated(word).charAt(0);
    return { yes: first("Yes"), no: first("No"), all: first("All") };
  }

  /** "File Name to Write [DOS Format]: " is put together from several texts. */
  #question(text: string): string {
    const whole = this.translated(text);
    if (whole !== text) return whole;
    if (!text.endsWith(": ")) return `${this.translated(text.trimEnd())} `;
    const inner = text.slice(0, -2);
    const known = this.translated(inner);
    if (known !== inner) return `${known}: `;
    const lead = inner.replace(/ [[(].*$/, "");
    return `${this.translated(lead)}${(inner.slice(lead.length).match(/ \[[^\]]*\]| \([^)]*\)(?: in selection)?/g) ?? []).map((part) => this.translated(part)).join("")}: `;
  }

  textRows(options: ViewOptions): number {
    return Math.max(1, this.screen.rows - 2 - (options.helpLines ? 2 : 0));
  }

  statusRow(options: ViewOptions): number {
    return this.screen.rows - 1 - (options.helpLines ? 2 : 0);
  }

  margin(buffer: NanoBuffer, options: ViewOptions): number {
    return options.lineNumbers ? Math.max(2, String(buffer.lines.length).length) + 1 : 0;
  }

  textColumns(buffer: NanoBuffer, options: ViewOptions): number {
    return Math.max(1, this.screen.columns - this.margin(buffer, options));
  }

  title(buffer: NanoBuffer, options: ViewOptions, index: number, count: number): void {
    const { screen } = this;
    const { columns } = screen;
    screen.fill(0, REVERSE);
    const flagged = options.stateFlags && !options.viewMode;
    const left = count > 1 || index > 0 || this.#counted ? `[${index + 1}/${count}]` : "GNU nano 7.2";
    const name = buffer.name === "" ? this.translated("New Buffer") : buffer.name;
    // the word's place is kept while there is none
    const place = this.translated(options.viewMode ? "View" : "Modified");
    const word = options.viewMode || (buffer.modified && !flagged) ? place : "";
    const nameWidth = textWidth(name);
    let nameColumns = nameWidth + (flagged ? 0 : 1);
    let wordColumns = textWidth(place) + 2;
    let leftColumns = textWidth(left) + 3;
    if (leftColumns + nameColumns + wordColumns <= columns) screen.put(0, 2, left, REVERSE);
    else leftColumns = 2;
    let offset = leftColumns + Math.max(0, Math.floor((columns - leftColumns - nameColumns - wordColumns) / 2));
    if (leftColumns + nameColumns + wordColumns > columns) {
      if (word === "" && !flagged) [nameColumns, wordColumns] = [nameWidth, 0];
      else wordColumns -= 2;
      leftColumns = 0;
      offset = wordColumns === 0 ? Math.max(0, Math.floor((columns - nameColumns) / 2)) : 0;
    }
    const room = columns - leftColumns - wordColumns - (nameColumns - nameWidth);
    const end = nameWidth <= room ? screen.put(0, offset, name, REVERSE) : screen.put(0, leftColumns, `...${lastColumns(name, Math.max(1, room - 3))}`, REVERSE);
    if (flagged && buffer.modified) screen.put(0, end, " *", REVERSE);
    if (word !== "") screen.put(0, columns - wordColumns, word, REVERSE);
    else if (flagged && columns > 10) {
      const flags = [options.autoIndent ? "I" : " ", buffer.mark ? "M" : " ", options.hardWrap ? "L" : " ", options.recording ? "R" : " ", options.softWrap ? "S" : " "];
      screen.put(0, columns + 3 - wordColumns, flags.join(""), REVERSE);
    }
  }

  #counted = false;

  /** From now on the title counts the buffers. */
  countBuffers(): void {
    this.#counted = true;
  }

  /** The column at which a long line with the cursor at `column` begins. */
  pageStart(column: number, columns: number): number {
    if (column === 0 || column + 2 < columns) return 0;
    return columns > 8 ? column - 6 - ((column - 6) % (columns - 8)) : column - (columns - 2);
  }

  /** The rows that a line takes when it is wrapped: the columns where they begin. */
  rowStarts(line: string, columns: number): number[] {
    const starts = [0];
    let column = 0;
    for (const c of line) {
      const width = widthOf(c, column);
      const start = starts.at(-1) ?? 0;
      if (column + width > start + columns) starts.push(column);
      column += width;
    }
    // A line that fills its last row has the cursor behind it on the next one.
    if (column > 0 && column - (starts.at(-1) ?? 0) >= columns) starts.push(column);
    return starts;
  }

  text(buffer: NanoBuffer, options: ViewOptions, spotlight: readonly [Point, Point] | undefined): void {
    const rows = this.textRows(options);
    const columns = this.textColumns(buffer, options);
    for (let row = 1; row <= rows; row++) this.screen.fill(row);
    let row = 1;
    let line = buffer.top;
    let skip = options.softWrap ? buffer.topRow : 0;
    while (row <= rows && line < buffer.lines.length) {
      const text = buffer.lines[line] ?? "";
      if (!options.softWrap) {
        const cursorColumn = line === buffer.cursor.line ? columnOf(text, buffer.cursor.at) : 0;
        this.#line(buffer, options, row, line, this.pageStart(cursorColumn, columns), columns, true, spotlight);
        row++;
      } else {
        const starts = this.rowStarts(text, columns);
        for (let i = skip; i < starts.length && row <= rows; i++, row++) this.#line(buffer, options, row, line, starts[i] ?? 0, columns, i === 0, spotlight);
        skip = 0;
      }
      line++;
    }
  }

  #line(buffer: NanoBuffer, options: ViewOptions, row: number, line: number, start: number, columns: number, first: boolean, spotlight: readonly [Point, Point] | undefined): void {
    const { screen } = this;
    const margin = this.margin(buffer, options);
    if (margin > 0) {
      const number = first ? String(line + 1).padStart(margin - 1) : " ".repeat(margin - 1);
      screen.put(row, 0, number, REVERSE);
    }
    const text = buffer.lines[line] ?? "";
    const region = buffer.region();
    const styleAt = (at: number): string => {
      const point = { line, at };
      if (spotlight && !before(point, spotlight[0]) && before(point, spotlight[1])) return SPOTLIGHT;
      return region && !before(point, region[0]) && before(point, region[1]) ? REVERSE : "";
    };
    let column = 0;
    let at = 0;
    let cut = false;
    for (const c of text) {
      const width = widthOf(c, column);
      if (column + width > start) {
        const from = column - start;
        if (from + width > columns) {
          cut = true;
          break;
        }
        const shown = shownCharacter(c, column, options.whitespace);
        if (from >= 0) screen.put(row, margin + from, shown, styleAt(at));
        else screen.put(row, margin, shown.slice(-(width + from)), styleAt(at));
      }
      column += width;
      at += c.length;
    }
    if (options.softWrap) return;
    if (start > 0) screen.put(row, margin, "<", REVERSE);
    if (cut) {
      screen.put(row, margin + columns - 1, ">", REVERSE);
    }
  }

  message(message: Message | undefined, options: ViewOptions): void {
    const row = this.statusRow(options);
    this.screen.fill(row);
    if (!message) return;
    const columns = this.screen.columns;
    const text = this.translated(message.text);
    const start = Math.floor((columns - textWidth(text)) / 2);
    // no room for the brackets: none
    this.screen.put(row, start > 1 ? start - 2 : Math.max(0, start), start > 1 ? `[ ${text} ]` : text, message.alert ? ERROR : REVERSE);
  }

  /** The prompt row; returns the cursor's column. */
  prompt(text: string, answer: string, cursor: number, options: ViewOptions): number {
    const row = this.statusRow(options);
    const columns = this.screen.columns;
    this.screen.fill(row, REVERSE);
    const lead = this.screen.put(row, 0, this.#question(text), REVERSE);
    const column = textWidth(answer.slice(0, cursor));
    const room = Math.max(4, columns - lead - 1);
    const start = column < room ? 0 : column - (column % Math.max(1, room - 4));
    let at = 0;
    let width = 0;
    for (const c of answer) {
      if (width >= start) break;
      width += Math.max(1, textWidth(c));
      at += c.length;
    }
    this.screen.put(row, lead, answer.slice(at), REVERSE);
    return Math.min(columns - 1, lead + column - width);
  }

  keys(menu: MenuName, options: ViewOptions, several: boolean): void {
    if (!options.helpLines) return;
    const { screen } = this;
    const first = screen.rows - 2;
    screen.fill(first);
    screen.fill(first + 1);
    const items: readonly MenuItem[] = MENUS[menu];
    // As many as fit in columns of at least 20 / 2, two rows.
    const most = Math.max(2, Math.floor((screen.columns + 40) / 20) * 2);
    const shown = items.slice(0, most);
    const width = Math.floor(screen.columns / Math.ceil(shown.length / 2));
    if (width === 0) return;
    shown.forEach((item, i) => {
      const row = first + (i % 2);
      const column = Math.floor(i / 2) * width;
      const end = screen.put(row, column, item.key, REVERSE);
      const label = this.translated(menu === "main" && item.key === "^X" && several ? "Close" : item.label);
      const room = (i >= shown.length - 2 ? screen.columns - column : width) - textWidth(item.key) - 1;
      screen.put(row, end + 1, [...label].slice(0, Math.max(0, room)).join(""));
    });
  }

  choices(withAll: boolean, options: ViewOptions): void {
    if (!options.helpLines) return;
    const { screen } = this;
    const first = screen.rows - 2;
    screen.fill(first);
    screen.fill(first + 1);
    const { yes, no, all } = this.answers;
    screen.put(first, 0, ` ${yes}`, REVERSE);
    screen.put(first, 3, this.translated("Yes"));
    screen.put(first + 1, 0, ` ${no}`, REVERSE);
    screen.put(first + 1, 3, this.translated("No"));
    if (withAll) {
      screen.put(first, 16, ` ${all}`, REVERSE);
      screen.put(first, 19, this.translated("All"));
    }
    screen.put(first + 1, 16, "^C", REVERSE);
    screen.put(first + 1, 19, this.translated("Cancel"));
  }

  cursor(buffer: NanoBuffer, options: ViewOptions): readonly [row: number, column: number] {
    const columns = this.textColumns(buffer, options);
    const margin = this.margin(buffer, options);
    const column = columnOf(buffer.line, buffer.cursor.at);
    if (!options.softWrap) return [1 + buffer.cursor.line - buffer.top, margin + column - this.pageStart(column, columns)];
    let row = 1 - buffer.topRow;
    for (let line = buffer.top; line < buffer.cursor.line; line++) row += this.rowStarts(buffer.lines[line] ?? "", columns).length;
    const starts = this.rowStarts(buffer.line, columns);
    const index = starts.findLastIndex((start) => start <= column);
    return [row + index, margin + column - (starts[index] ?? 0)];
  }
}

/** The end of `text` that fits in so many columns. */
function lastColumns(text: string, columns: number): string {
  const characters = [...text];
  while (characters.length > 0 && textWidth(characters.join("")) > columns) characters.shift();
  return characters.join("");
}
