// Characters of a line as Vim shows them: columns, tabs, control characters. Positions are indices into the line (UTF-16), from 0.

import { charWidth } from "../kit/width.ts";

export interface Position {
  readonly line: number;
  readonly col: number;
}

/** How text is spread over columns: 'tabstop' and 'list'. */
export interface Columns {
  readonly tabStop: number;
  readonly list: boolean;
}

export function before(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.col < b.col);
}

export function nextIndex(line: string, col: number): number {
  if (col >= line.length) return line.length;
  let at = col + ((line.codePointAt(col) ?? 0) > 0xffff ? 2 : 1);
  while (at < line.length && isCombining(line.codePointAt(at) ?? 0)) at += (line.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return at;
}

export function previousIndex(line: string, col: number): number {
  let at = Math.min(col, line.length);
  do {
    if (at <= 0) return 0;
    at -= at >= 2 && (line.codePointAt(at - 2) ?? 0) > 0xffff ? 2 : 1;
  } while (at > 0 && isCombining(line.codePointAt(at) ?? 0));
  return at;
}

function isCombining(point: number): boolean {
  return point > 0x2ff && charWidth(point) === 0;
}

/** The index of the last character; 0 in an empty line. */
export function lastIndex(line: string): number {
  return previousIndex(line, line.length);
}

/** How a character appears: ^I, ^A, ~@, <80>; a tab as blanks. */
export function shown(c: string, column: number, how: Columns): string {
  const point = c.codePointAt(0) ?? 0;
  if (point === 9 && !how.list) return " ".repeat(how.tabStop - (column % how.tabStop));
  if (point < 32) return `^${String.fromCharCode(point + 64)}`;
  if (point === 127) return "^?";
  if (point >= 0xdc80 && point <= 0xdcff) return `<${(point - 0xdc00).toString(16)}>`;
  if (point < 0xa0 && point > 127) return `~${String.fromCharCode(point - 64)}`;
  return charWidth(point) < 0 ? `<${point.toString(16).padStart(4, "0")}>` : c;
}

export function widthOf(c: string, column: number, how: Columns): number {
  const point = c.codePointAt(0) ?? 0;
  if (point >= 32 && point < 127) return 1;
  if (point === 9 && !how.list) return how.tabStop - (column % how.tabStop);
  const text = shown(c, column, how);
  return text === c ? Math.max(1, charWidth(point)) : text.length;
}

/** The column where the character at an index begins. */
export function columnOf(line: string, col: number, how: Columns): number {
  let column = 0;
  for (let at = 0; at < col && at < line.length; at = nextIndex(line, at)) column += widthOf(line.slice(at, at + 2), column, how);
  return column;
}

/** The index of the character that covers a column, or the line's end. */
export function indexOfColumn(line: string, wanted: number, how: Columns): number {
  let column = 0;
  let at = 0;
  while (at < line.length) {
    column += widthOf(line.slice(at, at + 2), column, how);
    if (column > wanted) return at;
    at = nextIndex(line, at);
  }
  return line.length;
}

export function lineWidth(line: string, how: Columns): number {
  return columnOf(line, line.length, how);
}

/** 0 blank, 1 punctuation, 2 word, 3 and up other scripts that are words of their own. */
export function classOf(c: string, big: boolean): number {
  if (c === "" || /^[ \t\0]/.test(c)) return 0;
  if (big) return 1;
  const point = c.codePointAt(0) ?? 0;
  if (point < 128) return /^\w/.test(c) ? 2 : 1;
  if (/^[\p{L}\p{N}\p{M}]/u.test(c)) return point >= 0x3040 && point <= 0x9fff ? 3 : 2;
  return 1;
}

export function firstNonBlank(line: string): number {
  const at = line.search(/[^ \t]/);
  return at < 0 ? lastIndex(line) : at;
}

export function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? "";
}
