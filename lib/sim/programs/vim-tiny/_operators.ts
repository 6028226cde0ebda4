// What d, y, c, >, <, ~, !, J and p do to text. A region is in order; a "char" region ends before `end`, a "line" region holds the lines of both ends.

import { registerNamed, storeText } from "./_registers.ts";
import { indentOf, columnOf, indexOfColumn, nextIndex, type Position } from "./_text.ts";
import { Failure } from "./_failure.ts";
import type { Register, Vim } from "./_vim.ts";

export type Region =
  | { readonly kind: "char" | "line"; readonly start: Position; readonly end: Position }
  | { readonly kind: "block"; readonly start: Position; readonly end: Position; readonly left: number; readonly right: number };

/** The piece of a line that a block covers: indices. */
function slice(vim: Vim, region: Region & { kind: "block" }, line: number): [from: number, to: number] {
  const text = vim.buffer.line(line);
  const how = vim.columns;
  const from = indexOfColumn(text, region.left, how);
  if (region.right === Number.POSITIVE_INFINITY) return [from, text.length];
  const last = indexOfColumn(text, region.right, how);
  return [from, Math.max(from, last < text.length ? nextIndex(text, last) : text.length)];
}

function textOf(vim: Vim, region: Region): Register {
  const { start, end } = region;
  if (region.kind === "line") return { lines: vim.lines.slice(start.line, end.line + 1), kind: "line" };
  if (region.kind === "block") {
    const lines: string[] = [];
    for (let line = start.line; line <= end.line; line++) {
      const [from, to] = slice(vim, region, line);
      lines.push(vim.buffer.line(line).slice(from, to));
    }
    return { lines, kind: "block" };
  }
  if (start.line === end.line) return { lines: [vim.buffer.line(start.line).slice(start.col, end.col)], kind: "char" };
  return { lines: [vim.buffer.line(start.line).slice(start.col), ...vim.lines.slice(start.line + 1, end.line), vim.buffer.line(end.line).slice(0, end.col)], kind: "char" };
}

export function yank(vim: Vim, region: Region, register: string): void {
  const value = textOf(vim, region);
  storeText(vim, register, value, false, false);
  const { start, end } = region;
  vim.buffer.marks.set("[", start);
  vim.buffer.marks.set("]", end);
  const lines = end.line - start.line + 1;
  if (region.kind === "block") {
    if (lines > vim.options.number("report")) vim.message(`block of ${lines} lines yanked`);
  } else if (lines > vim.options.number("report") && (region.kind === "line" || lines > 1)) vim.message(`${lines} lines yanked`);
}

/** "3 fewer lines", "3 more lines", when there are enough of them. */
export function reportLines(vim: Vim, difference: number): void {
  if (vim.silent) return;
  const count = Math.abs(difference);
  if (count <= vim.options.number("report")) return;
  vim.message(`${count} ${difference > 0 ? "more" : "fewer"} line${count === 1 ? "" : "s"}`);
}

/** Deletes; the text goes to the register unless that is undefined. */
export function remove(vim: Vim, region: Region, register: string | undefined): void {
  const { start, end } = region;
  if (register !== undefined) storeText(vim, register, textOf(vim, region), true, region.kind !== "line" && start.line === end.line);
  if (region.kind === "line") {
    const count = end.line - start.line + 1;
    vim.replaceLines(start.line, count, []);
    if (vim.buffer.empty) {
      vim.goTo({ line: 0, col: 0 });
      vim.message("--No lines in buffer--");
    } else {
      vim.startOfLine(Math.min(start.line, vim.buffer.lastLine));
      reportLines(vim, -count);
    }
  } else if (region.kind === "block") {
    const put: string[] = [];
    for (let line = start.line; line <= end.line; line++) {
      const text = vim.buffer.line(line);
      const [from, to] = slice(vim, region, line);
      put.push(text.slice(0, from) + text.slice(to));
    }
    vim.replaceLines(start.line, put.length, put);
    vim.goTo({ line: start.line, col: indexOfColumn(vim.buffer.line(start.line), region.left, vim.columns) });
  } else {
    const joined = vim.buffer.line(start.line).slice(0, start.col) + vim.buffer.line(end.line).slice(end.col);
    vim.replaceLines(start.line, end.line - start.line + 1, [joined]);
    vim.goTo(start);
    reportLines(vim, start.line - end.line);
  }
  vim.buffer.marks.set("[", start);
  vim.buffer.marks.set("]", start);
}

/** Characters that one put may add; Vim allows 2 GiB. */
const LONGEST_PUT = 400_000;

/** p, P. `after` puts behind the cursor. */
export function put(vim: Vim, register: string, after: boolean, count: number, cursorBehind = false): void {
  const value = registerNamed(vim, register);
  if (!value || (value.lines.length === 1 && value.lines[0] === "" && value.kind === "char" && value !== vim.registers.get('"'))) {
    throw new Failure(`E353: Nothing in register ${register === "" ? '"' : register}`);
  }
  if (count * value.lines.reduce((sum, one) => sum + one.length + 1, 0) > LONGEST_PUT) throw new Failure("E1240: Resulting text too long");
  const { line, col } = vim.cursor;
  if (value.kind === "line") {
    const lines = Array.from({ length: count }, () => value.lines).flat();
    const at = vim.buffer.empty ? 0 : after ? line + 1 : line;
    vim.replaceLines(at, 0, lines);
    vim.buffer.marks.set("[", { line: at, col: 0 });
    vim.buffer.marks.set("]", { line: at + lines.length - 1, col: 0 });
    if (cursorBehind) vim.goTo({ line: at + lines.length, col: 0 });
    else vim.startOfLine(at);
    reportLines(vim, lines.length);
    return;
  }
  const text = vim.line;
  const at = after && text.length > 0 ? nextIndex(text, col) : col;
  if (value.kind === "block") {
    putBlock(vim, value.lines, at, count);
    return;
  }
  if (value.lines.length === 1) {
    const piece = (value.lines[0] ?? "").repeat(count);
    vim.setLine(line, text.slice(0, at) + piece + text.slice(at));
    vim.goTo({ line, col: Math.max(0, at + piece.length - (cursorBehind ? 0 : 1)) });
    return;
  }
  let pieces: string[] = [];
  for (let i = 0; i < count; i++) pieces = pieces.length === 0 ? [...value.lines] : [...pieces.slice(0, -1), (pieces.at(-1) ?? "") + (value.lines[0] ?? ""), ...value.lines.slice(1)];
  const lines = [text.slice(0, at) + (pieces[0] ?? ""), ...pieces.slice(1, -1), (pieces.at(-1) ?? "") + text.slice(at)];
  vim.replaceLines(line, vim.buffer.empty ? 0 : 1, lines);
  vim.goTo(cursorBehind ? { line: line + lines.length - 1, col: (pieces.at(-1) ?? "").length } : { line, col: at });
  reportLines(vim, lines.length - 1);
}

function putBlock(vim: Vim, pieces: readonly string[], at: number, count: number): void {
  const { line } = vim.cursor;
  const how = vim.columns;
  const column = columnOf(vim.line, at, how);
  const width = Math.max(...pieces.map((piece) => piece.length)) * count;
  const lines: string[] = [];
  for (let i = 0; i < pieces.length; i++) {
    const text = vim.buffer.line(line + i);
    const from = indexOfColumn(text, column, how);
    const padding = " ".repeat(Math.max(0, column - columnOf(text, text.length, how)));
    const piece = (pieces[i] ?? "").repeat(count);
    const behind = text.slice(from);
    lines.push(text.slice(0, from) + padding + (behind === "" ? piece : piece.padEnd(width)) + behind);
  }
  vim.replaceLines(line, Math.min(pieces.length, vim.lines.length - line), lines);
  vim.goTo({ line, col: at });
}

/** >, < */
export function shift(vim: Vim, first: number, last: number, right: boolean, amount: number): void {
  const step = (vim.options.number("shiftwidth") || vim.columns.tabStop) * amount;
  const put: string[] = [];
  for (let line = first; line <= last; line++) {
    const text = vim.buffer.line(line);
    const indent = indentOf(text);
    const width = columnOf(indent, indent.length, vim.columns);
    put.push(text === "" ? "" : blanks(vim, Math.max(0, width + (right ? step : -step))) + text.slice(indent.length));
  }
  vim.replaceLines(first, put.length, put);
  vim.startOfLine(first);
  if (put.length > vim.options.number("report")) {
    vim.message(`${put.length} line${put.length === 1 ? "" : "s"} ${right ? ">" : "<"}ed ${amount} time${amount === 1 ? "" : "s"}`);
  }
}

/** So many columns of indent. */
export function blanks(vim: Vim, width: number): string {
  const stop = vim.columns.tabStop;
  return vim.options.on("expandtab") ? " ".repeat(width) : "\t".repeat(Math.floor(width / stop)) + " ".repeat(width % stop);
}

/** Changes the characters of a region: ~, gu, gU, r in visual mode. */
export function mapRegion(vim: Vim, region: Region, change: (text: string) => string): void {
  const { start, end } = region;
  const put: string[] = [];
  for (let line = start.line; line <= end.line; line++) {
    const text = vim.buffer.line(line);
    const [from, to] = region.kind === "line" ? [0, text.length] : region.kind === "block" ? slice(vim, region, line)
      : [line === start.line ? start.col : 0, line === end.line ? end.col : text.length];
    put.push(text.slice(0, from) + change(text.slice(from, to)) + text.slice(to));
  }
  vim.replaceLines(start.line, put.length, put);
}

export function swapCase(text: string): string {
  return [...text].map((c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase())).join("");
}

/** J, :join. `spaces` false: gJ. */
export function join(vim: Vim, first: number, count: number, spaces: boolean): void {
  const last = Math.min(first + count - 1, vim.buffer.lastLine);
  if (last <= first) throw new Failure("");
  let text = vim.buffer.line(first);
  let at = 0;
  for (let line = first + 1; line <= last; line++) {
    let next = vim.buffer.line(line);
    at = text.length;
    if (spaces) {
      next = next.replace(/^[ \t]+/, "");
      const blank = /[ \t]$/.test(text);
      if (next !== "" && !next.startsWith(")")) {
        if (text !== "" && !blank) {
          const double = vim.options.on("joinspaces") && (vim.options.vi("j") ? /\.$/ : /[.!?]$/).test(text);
          text += double ? "  " : " ";
        } else if (blank) at = Math.max(0, text.length - 1);
      } else at = Math.max(0, at - (next === "" ? 1 : 0));
    }
    text += next;
  }
  vim.replaceLines(first, last - first + 1, [text]);
  vim.goTo({ line: first, col: at });
  reportLines(vim, first - last);
}

/** The end of a region that includes the character under it. */
export function including(vim: Vim, place: Position): Position {
  const text = vim.buffer.line(place.line);
  return { line: place.line, col: nextIndex(text, place.col) };
}
