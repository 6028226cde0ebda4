// Keys that move the cursor, and ^C's and M-D's words about where it is.

import type { Blocking } from "../../kernel/sys.ts";
import { columnOf, indexOfColumn } from "./_buffer.ts";
import type { NanoEditor } from "./_editor.ts";
import { promptFor } from "./_prompts.ts";
import { searchCommand } from "./_searching.ts";
import { showHelp } from "./_show-help.ts";

export function moveCursor(editor: NanoEditor, key: string): void {
  const buffer = editor.buffer;
  const rows = editor.view.textRows(editor.viewOptions);
  const { line, at } = buffer.cursor;
  switch (key) {
    case "Left":
    case "^B":
      buffer.moveTo(buffer.previous());
      break;
    case "Right":
    case "^F":
      buffer.moveTo(buffer.next());
      break;
    case "Up":
    case "^P":
      moveVertically(editor, -1);
      break;
    case "Down":
    case "^N":
      moveVertically(editor, 1);
      break;
    case "Home":
    case "^A": {
      const indent = /^\s*/.exec(buffer.line)?.[0].length ?? 0;
      buffer.moveTo({ line, at: editor.options.smartHome && at !== indent ? indent : editor.options.softWrap ? rowEdge(editor, false) : 0 });
      break;
    }
    case "End":
    case "^E":
      buffer.moveTo({ line, at: editor.options.softWrap ? rowEdge(editor, true) : buffer.line.length });
      break;
    case "C-Left":
    case "M-Space":
      buffer.moveTo(buffer.previousWord());
      break;
    case "C-Right":
    case "^@":
      buffer.moveTo(buffer.nextWord());
      break;
    case "C-Home":
    case "M-\\":
    case "M-|":
      buffer.moveTo({ line: 0, at: 0 });
      break;
    case "C-End":
    case "M-/":
    case "M-?":
      buffer.moveTo(buffer.end);
      break;
    case "C-Up":
    case "M-7":
      toBlock(editor, -1);
      break;
    case "C-Down":
    case "M-8":
      toBlock(editor, 1);
      break;
    case "M-(":
    case "M-9":
      toParagraph(editor, -1);
      break;
    case "M-)":
    case "M-0":
      toParagraph(editor, 1);
      break;
    case "PageDown":
    case "^V": {
      const step = Math.max(1, rows - 2);
      if (line + step >= buffer.lines.length) {
        buffer.moveTo(buffer.end);
        break;
      }
      buffer.top += step;
      buffer.moveLine(line + step);
      break;
    }
    case "PageUp":
    case "^Y": {
      const step = Math.max(1, rows - 2);
      if (line - step < 0) {
        buffer.moveTo({ line: 0, at: 0 });
        break;
      }
      buffer.top = Math.max(0, buffer.top - step);
      buffer.moveLine(line - step);
      break;
    }
    case "M-Up":
    case "M--":
    case "M-_":
      if (buffer.top > 0) {
        buffer.top--;
        if (line > buffer.top + rows - 1) buffer.moveLine(buffer.top + rows - 1);
      }
      break;
    case "M-Down":
    case "M-+":
    case "M-=":
      if (buffer.top + 1 < buffer.lines.length) {
        buffer.top++;
        if (line < buffer.top) buffer.moveLine(buffer.top);
      }
      break;
  }
  editor.follow();
}

function moveVertically(editor: NanoEditor, by: 1 | -1): void {
  const buffer = editor.buffer;
  if (!editor.options.softWrap) {
    if (buffer.cursor.line + by >= 0 && buffer.cursor.line + by < buffer.lines.length) buffer.moveLine(buffer.cursor.line + by);
    return;
  }
  const columns = editor.view.textColumns(buffer, editor.viewOptions);
  const starts = editor.view.rowStarts(buffer.line, columns);
  const column = columnOf(buffer.line, buffer.cursor.at);
  const row = starts.findLastIndex((start) => start <= column);
  const wanted = buffer.wanted % columns;
  const inRow = (line: number, index: number) => {
    const text = buffer.lines[line] ?? "";
    const rowStarts = editor.view.rowStarts(text, columns);
    const start = rowStarts[index] ?? 0;
    const next = rowStarts[index + 1];
    let at = indexOfColumn(text, start + wanted);
    if (next !== undefined && columnOf(text, at) >= next) at = indexOfColumn(text, next - 1);
    buffer.cursor = { line, at };
  };
  if (row + by >= 0 && row + by < starts.length) inRow(buffer.cursor.line, row + by);
  else if (by < 0 && buffer.cursor.line > 0) {
    const line = buffer.cursor.line - 1;
    inRow(line, editor.view.rowStarts(buffer.lines[line] ?? "", columns).length - 1);
  } else if (by > 0 && buffer.cursor.line + 1 < buffer.lines.length) inRow(buffer.cursor.line + 1, 0);
}

/** Soft wrap: the beginning or the end of the row; there already, of the line. */
function rowEdge(editor: NanoEditor, end: boolean): number {
  const buffer = editor.buffer;
  const columns = editor.view.textColumns(buffer, editor.viewOptions);
  const starts = editor.view.rowStarts(buffer.line, columns);
  const column = columnOf(buffer.line, buffer.cursor.at);
  const row = starts.findLastIndex((start) => start <= column);
  if (!end) {
    const at = indexOfColumn(buffer.line, starts[row] ?? 0);
    return at === buffer.cursor.at ? 0 : starts.length > 1 && row === starts.length - 1 && at === buffer.line.length ? 0 : at;
  }
  const next = starts[row + 1];
  if (next === undefined) return buffer.line.length;
  const at = indexOfColumn(buffer.line, next - 1);
  return at === buffer.cursor.at ? buffer.line.length : at;
}

/** To the beginning of the block of text before, or of the one behind. */
function toBlock(editor: NanoEditor, by: 1 | -1): void {
  const buffer = editor.buffer;
  const blank = (line: number) => (buffer.lines[line] ?? "").trim() === "";
  let line = buffer.cursor.line;
  if (by > 0) {
    while (line < buffer.lines.length - 1 && !blank(line)) line++;
    while (line < buffer.lines.length - 1 && blank(line)) line++;
  } else {
    if (line > 0) line--;
    while (line > 0 && blank(line)) line--;
    while (line > 0 && !blank(line - 1)) line--;
  }
  buffer.moveTo({ line, at: 0 });
}

function toParagraph(editor: NanoEditor, by: 1 | -1): void {
  toBlock(editor, by);
}

export function toBracket(editor: NanoEditor): void {
  const buffer = editor.buffer;
  const pairs = "(<[{)>]}";
  const here = pairs.indexOf(buffer.line[buffer.cursor.at] ?? " ");
  if (here < 0) {
    editor.say("Not a bracket", true);
    return;
  }
  const open = here < 4;
  const own = pairs[here];
  const other = pairs[(here + 4) % 8];
  let depth = 0;
  let at = buffer.cursor;
  for (;;) {
    const c = (buffer.lines[at.line] ?? "")[at.at];
    if (c === own) depth++;
    else if (c === other && --depth === 0) {
      buffer.moveTo(at);
      editor.follow("center");
      return;
    }
    const to = open ? buffer.next(at) : buffer.previous(at);
    if (to.line === at.line && to.at === at.at) break;
    at = to;
  }
  editor.say("No matching bracket", true);
}

export function countWords(editor: NanoEditor): void {
  const buffer = editor.buffer;
  const region = buffer.region();
  const text = region ? buffer.textBetween(region[0], region[1]) : buffer.textBetween({ line: 0, at: 0 }, buffer.end);
  const lines = region ? region[1].line - region[0].line + (region[1].at > 0 || region[0].line === region[1].line ? 1 : 0) : buffer.lineCount;
  const words = text.split(/[^\p{L}\p{N}\p{M}\p{P}\p{S}]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  const characters = [...text].length;
  const s = (count: number, word: string) => `${count} ${word}${count === 1 ? "" : "s"}`;
  editor.say(`${region ? "In Selection:  " : ""}${s(lines, "line")},  ${s(words, "word")},  ${s(characters, "character")}`);
}

export function goToPlace(editor: NanoEditor, line: number | undefined, column: number | undefined): void {
  const buffer = editor.buffer;
  const wanted = line ?? buffer.cursor.line + 1;
  const to = wanted < 0 ? Math.max(0, buffer.lines.length + wanted) : Math.max(0, Math.min(wanted, buffer.lines.length) - 1);
  if (column === undefined) {
    const keep = buffer.wanted;
    buffer.moveLine(to);
    buffer.wanted = keep;
  } else {
    const text = buffer.lines[to] ?? "";
    const at = column < 0 ? Math.max(0, columnOf(text, text.length) + 1 + column) : column - 1;
    buffer.moveTo({ line: to, at: indexOfColumn(text, at) });
  }
  // A jump puts the line in the middle, unless the last lines fit anyway.
  const rows = editor.view.textRows(editor.viewOptions);
  buffer.top = Math.max(0, buffer.cursor.line - Math.floor(rows / 2));
  buffer.topRow = 0;
  if (editor.options.softWrap) editor.follow("center");
}

export function* goToCommand(editor: NanoEditor): Blocking<void> {
  const given = yield* promptFor(editor, "gotoLine", () => "Enter line number, column number: ", "", undefined, new Set(["^Y", "^V", "^W", "^O", "^T", "^G"]));
  if (given.kind === "cancel") {
    editor.say("Cancelled");
    return;
  }
  editor.wipe();
  if (given.kind === "key") {
    if (given.key === "^Y") moveCursor(editor, "M-\\");
    else if (given.key === "^V") moveCursor(editor, "M-/");
    else if (given.key === "^W") moveCursor(editor, "M-(");
    else if (given.key === "^O") moveCursor(editor, "M-)");
    else if (given.key === "^T") yield* searchCommand(editor, false);
    else yield* showHelp(editor, "gotoLine");
    return;
  }
  const found = /^\s*([+-]?\d+)?\s*(?:[,.;: ]\s*([+-]?\d+))?\s*$/.exec(given.text);
  if (given.text.trim() === "") {
    editor.say("Cancelled");
    return;
  }
  if (!found || (found[1] === undefined && found[2] === undefined)) {
    editor.say("Invalid line or column number", true);
    return;
  }
  goToPlace(editor, found[1] === undefined ? undefined : Number(found[1]), found[2] === undefined ? undefined : Number(found[2]));
}

export const MOVES = new Set([
  "Left", "Right", "Up", "Down", "Home", "End", "PageUp", "PageDown", "^B", "^F", "^P", "^N", "^A", "^E", "^V", "^Y", "^@", "M-Space", "C-Left", "C-Right", "C-Home", "C-End", "C-Up", "C-Down",
  "M-\\", "M-|", "M-/", "M-?", "M-7", "M-8", "M-(", "M-)", "M-9", "M-0", "M-Up", "M-Down", "M--", "M-_", "M-+", "M-=",
]);
