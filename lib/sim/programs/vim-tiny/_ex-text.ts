// Commands that show and change lines: :p, :d, :m, :s…

import type { Blocking } from "../../kernel/sys.ts";
import type { Ex, ExCommand } from "./_ex-command.ts";
import { readRange } from "./_ex-range.ts";
import { readKeyAt } from "./_keyboard.ts";
import { beforeChange, listRows } from "./_messages.ts";
import { join, put, remove, reportLines, shift, yank } from "./_operators.ts";
import { registerNamed } from "./_registers.ts";
import { substitute } from "./_substitute.ts";
import { shown } from "./_text.ts";
import { Failure } from "./_failure.ts";
import { undoBySpan, undoList, undoTo } from "./_undo.ts";
import type { Vim } from "./_vim.ts";

function lineText(vim: Vim, line: number, numbered: boolean, list: boolean): string {
  const text = vim.buffer.line(line);
  let column = 0;
  let out = "";
  for (const c of text) {
    const piece = shown(c, column, { tabStop: vim.columns.tabStop, list: list || vim.columns.list });
    out += piece;
    column += piece.length;
  }
  return `${numbered || vim.options.on("number") ? `${String(line + 1).padStart(3)} ` : ""}${out}${list || vim.columns.list ? "$" : ""}`;
}

function* printLines({ vim, range }: Ex, numbered: boolean, list: boolean): Blocking<void> {
  const rows: string[] = [];
  for (let line = range.first - 1; line < range.last; line++) rows.push(lineText(vim, line, numbered, list));
  vim.startOfLine(range.last - 1);
  if (vim.global) vim.global.printed.push(...rows);
  else yield* listRows(vim, rows, true);
}

/** A register and a count behind :d, :y, :put. */
function registerAndCount({ vim, range, argument }: Ex): { readonly register: string; readonly first: number; readonly last: number } {
  const found = /^([A-Za-z"_-]?)\s*(\d*)$/.exec(argument.trim());
  if (!found) throw new Failure(`E488: Trailing characters: ${argument}`);
  const [, register = "", count = ""] = found;
  if (count === "") return { register, first: range.first, last: range.last };
  return { register, first: range.last, last: Math.min(vim.lines.length, range.last + Number(count) - 1) };
}

export function* target(vim: Vim, argument: string): Blocking<number> {
  const range = yield* readRange(vim, argument);
  if (range.given === 0) throw new Failure("E14: Invalid address");
  if (range.last > vim.lines.length || range.last < 0) throw new Failure("E16: Invalid range");
  return range.last;
}

export const TEXT_COMMANDS: readonly ExCommand[] = [
  { name: "append", least: 1, range: "zero", *run({ vim }) {
    yield* typedLines(vim, vim.window.line + 1);
  } },
  { name: "insert", least: 1, range: "lines", *run({ vim }) {
    yield* typedLines(vim, vim.window.line);
  } },
  { name: "change", least: 1, range: "lines", *run({ vim, range }) {
    yield* beforeChange(vim);
    vim.replaceLines(range.first - 1, range.last - range.first + 1, []);
    yield* typedLines(vim, range.first - 1);
  } },
  { name: "copy", least: 2, range: "lines", run: copyLines },
  { name: "delete", least: 1, range: "lines", *run(ex) {
    const { register, first, last } = registerAndCount(ex);
    yield* beforeChange(ex.vim);
    remove(ex.vim, { kind: "line", start: { line: first - 1, col: 0 }, end: { line: last - 1, col: 0 } }, register);
  } },
  { name: "join", least: 1, range: "lines", *run({ vim, range, bang, argument }) {
    yield* beforeChange(vim);
    const count = /^\d+$/.test(argument.trim()) ? Number(argument.trim()) : 0;
    const first = count > 0 ? range.last : range.first;
    join(vim, first - 1, count > 0 ? count : Math.max(2, range.last - first + 1), !bang);
  } },
  { name: "list", least: 1, range: "lines", *run(ex) {
    yield* printLines(ex, false, true);
  } },
  { name: "move", least: 1, range: "lines", *run({ vim, range, argument }) {
    const to = yield* target(vim, argument);
    const { first, last } = range;
    if (to >= first && to < last) throw new Failure("E134: Cannot move a range of lines into itself");
    yield* beforeChange(vim);
    const moved = vim.lines.slice(first - 1, last);
    const at = to > last ? to - moved.length : to;
    if (to !== last && to !== first - 1) {
      const rest = [...vim.lines.slice(0, first - 1), ...vim.lines.slice(last)];
      const whole = [...rest.slice(0, at), ...moved, ...rest.slice(at)];
      const low = Math.min(first - 1, at);
      const high = Math.max(last, at + moved.length);
      vim.replaceLines(low, high - low, whole.slice(low, high));
    }
    vim.startOfLine(at + moved.length - 1);
    if (moved.length > vim.options.number("report")) vim.message(`${moved.length} lines moved`);
  } },
  { name: "number", least: 2, range: "lines", *run(ex) {
    yield* printLines(ex, true, false);
  } },
  { name: "#", least: 1, range: "lines", *run(ex) {
    yield* printLines(ex, true, false);
  } },
  { name: "print", least: 1, range: "lines", *run(ex) {
    yield* printLines(ex, false, false);
  } },
  { name: "put", least: 2, range: "zero", *run(ex) {
    const { vim, range, bang } = ex;
    const { register } = registerAndCount({ ...ex, argument: ex.argument.replace(/\d+$/, "") });
    yield* beforeChange(vim);
    const value = registerNamed(vim, register);
    if (!value) throw new Failure(`E353: Nothing in register ${register === "" ? '"' : register}`);
    const kept = vim.registers.get('"');
    vim.registers.set('"', { lines: value.lines, kind: "line" });
    const at = bang ? range.last - 1 : range.last;
    vim.window.line = Math.max(0, at - 1);
    put(vim, "", at > 0, 1);
    vim.goTo({ line: at + value.lines.length - 1, col: 0 });
    if (kept) vim.registers.set('"', kept);
  } },
  { name: "redo", least: 3, *run({ vim }) {
    vim.queue.push("\u0012");
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
  } },
  { name: "substitute", least: 1, range: "lines", *run({ vim, range, argument }) {
    yield* beforeChange(vim);
    yield* substitute(vim, argument, range.first, range.last);
  } },
  { name: "&", least: 1, range: "lines", *run({ vim, range, argument, bang }) {
    yield* beforeChange(vim);
    yield* substitute(vim, argument.startsWith("&") ? `${vim.lastSubstitute?.flags ?? ""}${argument.slice(1)}` : bang ? `!${argument}` : argument, range.first, range.last, "&");
  } },
  { name: "~", least: 1, range: "lines", *run({ vim, range, argument }) {
    yield* beforeChange(vim);
    yield* substitute(vim, argument, range.first, range.last, "~");
  } },
  { name: "t", least: 1, range: "lines", run: copyLines },
  { name: "undo", least: 1, range: "any", *run({ vim, range, argument }) {
    const text = argument.trim();
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
    if (text === "" && range.given === 0) vim.queue.push("u");
    else if (text !== "" && !/^\d+$/.test(text)) throw new Failure(`E488: Trailing characters: ${text}`);
    else undoTo(vim, text === "" ? range.last : Number(text));
  } },
  { name: "undolist", least: 5, *run({ vim }) {
    const rows = undoList(vim);
    if (rows.length === 0) vim.message("Nothing to undo");
    else yield* listRows(vim, rows, true);
  } },
  { name: "earlier", least: 2, *run({ vim, argument }) {
    undoBySpan(vim, argument, true);
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
  } },
  { name: "later", least: 3, *run({ vim, argument }) {
    undoBySpan(vim, argument, false);
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
  } },
  { name: "yank", least: 1, range: "lines", *run(ex) {
    const { register, first, last } = registerAndCount(ex);
    yank(ex.vim, { kind: "line", start: { line: first - 1, col: 0 }, end: { line: last - 1, col: 0 } }, register);
    if (ex.vim.sys.charge(1)) yield* ex.vim.sys.preempt();
  } },
  { name: "=", least: 1, range: "lines", *run({ vim, range }) {
    vim.message(String(range.given === 0 ? vim.lines.length : range.last));
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
  } },
  { name: ">", least: 1, range: "lines", *run({ vim, range, argument }) {
    yield* beforeChange(vim);
    vim.window.line = range.last - 1;
    shift(vim, range.first - 1, range.last - 1, true, 1 + (/^>*/.exec(argument)?.[0].length ?? 0));
  } },
  { name: "<", least: 1, range: "lines", *run({ vim, range, argument }) {
    yield* beforeChange(vim);
    vim.window.line = range.last - 1;
    shift(vim, range.first - 1, range.last - 1, false, 1 + (/^<*/.exec(argument)?.[0].length ?? 0));
  } },
];

function* copyLines({ vim, range, argument }: Ex): Blocking<void> {
  const to = yield* target(vim, argument);
  yield* beforeChange(vim);
  const copied = vim.lines.slice(range.first - 1, range.last);
  vim.replaceLines(to, 0, copied);
  vim.startOfLine(to + copied.length - 1);
  reportLines(vim, copied.length);
}

/** :a, :i, :c: lines until one that is a dot. */
function* typedLines(vim: Vim, at: number): Blocking<void> {
  yield* beforeChange(vim);
  const lines: string[] = [];
  for (;;) {
    vim.print("");
    let text = "";
    for (;;) {
      vim.screen.fill(vim.screen.rows - 1);
      vim.screen.put(vim.screen.rows - 1, 0, text);
      const key = yield* readKeyAt(vim, vim.screen.rows - 1, text.length);
      if (key === "\r" || key === "\u0003" || key === "\u001b") break;
      if (key === "\u007f" || key === "\b") text = text.slice(0, -1);
      else if (key === "<" || !key.startsWith("<")) text += key;
    }
    if (text === ".") break;
    lines.push(text);
    if (lines.length > 10_000) break;
  }
  vim.replaceLines(at, 0, lines);
  vim.startOfLine(Math.max(0, at + lines.length - 1));
  vim.redrawAll();
}
