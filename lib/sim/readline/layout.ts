// Where prompt and line stand on the rows of the terminal: pure, so a change of width is only another call. Rules of readline:
// control characters show as ^X, tabs run to the next stop, a wide character never straddles the margin, a newline starts a row.

import { characterWidth } from "../kernel/sys.ts";
import { nextCharacter } from "./text-motion.ts";

/** Something that is written as a whole. `raw` may hold invisible sequences of the prompt. */
export interface DisplayUnit {
  readonly raw: string;
  readonly width: number;
  readonly reversed: boolean;
}

export interface DisplayView {
  /** The last line of the prompt; invisible parts between U+0001 and U+0002. */
  readonly prompt: string;
  readonly text: string;
  readonly point: number;
  /** The active region, shown in reverse. */
  readonly region: readonly [start: number, end: number] | undefined;
}

export interface DisplayLayout {
  readonly rows: readonly (readonly DisplayUnit[])[];
  readonly cursorRow: number;
  readonly cursorCol: number;
  /** The last row is empty and stands there only because the one before is exactly full. */
  readonly lastRowIsMargin: boolean;
}

/** Printable ASCII as it mostly stands there: a prompt is kept for as long as it is shown. */
const ASCII: readonly DisplayUnit[] = Array.from({ length: 0x7f }, (_, code) => ({ raw: String.fromCharCode(code), width: 1, reversed: false }));
const BLANK: DisplayUnit = { raw: " ", width: 1, reversed: false };

function unitOf(raw: string, width: number, reversed: boolean): DisplayUnit {
  const known = raw.length === 1 && width === 1 && !reversed ? ASCII[raw.charCodeAt(0)] : undefined;
  return known ?? { raw, width, reversed };
}

class Rows {
  readonly rows: DisplayUnit[][];
  col: number;
  readonly cols: number;

  constructor(cols: number, from?: Rows) {
    this.cols = cols;
    this.rows = from === undefined ? [[]] : from.rows.map((row) => [...row]);
    this.col = from?.col ?? 0;
  }

  get row(): number {
    return this.rows.length - 1;
  }

  breakRow(): void {
    this.rows.push([]);
    this.col = 0;
  }

  add(raw: string, width: number, reversed = false): void {
    if (this.col + width > this.cols) {
      while (this.col < this.cols) {
        this.rows.at(-1)?.push(BLANK);
        this.col += 1;
      }
      this.breakRow();
    }
    this.rows.at(-1)?.push(unitOf(raw, width, reversed));
    this.col += width;
    if (this.col >= this.cols) this.breakRow();
  }
}

/** What one character of the line shows as, each string one column except a wide character. */
function visible(character: string, col: number): readonly (readonly [raw: string, width: number])[] {
  const code = character.codePointAt(0) ?? 0;
  if (code === 0x09) return Array.from({ length: 8 - (col % 8) }, () => [" ", 1] as const);
  if (code < 0x20) return [["^", 1], [String.fromCharCode(code + 0x40), 1]];
  if (code === 0x7f) return [["^", 1], ["?", 1]];
  // a byte that is not UTF-8 (decode)
  if (code >= 0xdc80 && code <= 0xdcff) return [...`\\${(code - 0xdc00).toString(8)}`].map((digit) => [digit, 1] as const);
  return [[character, Math.max(characterWidth(code), 1)]];
}

/** Prompts that were shown lately: many sessions show the same, and each shows its own for every key. */
const prompts = new Map<string, Rows>();
const MOST_PROMPTS = 64;

function withPrompt(prompt: string, cols: number): Rows {
  const key = `${cols} ${prompt}`;
  let rows = prompts.get(key);
  if (rows === undefined) {
    rows = new Rows(cols);
    addPrompt(rows, prompt);
    if (prompts.size >= MOST_PROMPTS) prompts.clear();
    prompts.set(key, rows);
  }
  return new Rows(cols, rows);
}

function addPrompt(rows: Rows, prompt: string): void {
  let pending = "";
  let invisible = false;
  for (let index = 0; index < prompt.length; ) {
    if (invisible) {
      // as a whole: an addition for each character would keep each of them for as long as the prompt is shown
      const end = prompt.indexOf("\x02", index);
      pending += prompt.slice(index, end < 0 ? prompt.length : end).replaceAll("\x01", "");
      index = end < 0 ? prompt.length : end + 1;
      invisible = false;
      continue;
    }
    const next = nextCharacter(prompt, index);
    const character = prompt.slice(index, next);
    index = next;
    if (character === "\x01") invisible = true;
    else if (character !== "\x02") {
      rows.add(pending + character, Math.max(characterWidth(character.codePointAt(0) ?? 0), 1));
      pending = "";
    }
  }
  // What ends the prompt (colours off) belongs to no visible character: a unit of its own without width.
  if (pending !== "") rows.rows.at(-1)?.push({ raw: pending, width: 0, reversed: false });
}

export function layout(view: DisplayView, cols: number): DisplayLayout {
  const rows = withPrompt(view.prompt, Math.max(cols, 2));
  let cursorRow = rows.row;
  let cursorCol = rows.col;
  const { text, point, region } = view;
  for (let index = 0; index < text.length; ) {
    const next = nextCharacter(text, index);
    const character = text.slice(index, next);
    const reversed = region !== undefined && index >= region[0] && index < region[1];
    const wide = characterWidth(character.codePointAt(0) ?? 0) === 2 && rows.col + 2 > rows.cols;
    if (index === point) {
      cursorRow = wide ? rows.row + 1 : rows.row;
      cursorCol = wide ? 0 : rows.col;
    }
    if (character === "\n") rows.breakRow();
    else for (const [raw, width] of visible(character, rows.col)) rows.add(raw, width, reversed);
    index = next;
  }
  if (point >= text.length) {
    cursorRow = rows.row;
    cursorCol = rows.col;
  }
  const last = rows.rows.at(-1) ?? [];
  const before = rows.rows.at(-2);
  const lastRowIsMargin = last.length === 0 && before !== undefined && !text.endsWith("\n");
  return { rows: rows.rows, cursorRow, cursorCol, lastRowIsMargin };
}
