// The lines that an Ex command is for: "%", "1,5", ".,$", "'a,+3", "/pattern/".

import type { Blocking } from "../../kernel/sys.ts";
import { findNext } from "./_find.ts";
import { splitSearch } from "./_motion-keys.ts";
import { Failure } from "./_failure.ts";
import type { Vim } from "./_vim.ts";

export interface Range {
  readonly first: number;
  readonly last: number;
  /** how many addresses were given */
  readonly given: number;
  readonly rest: string;
}

/** Line numbers from 1; 0 is before the first line. Throws Failure. */
export function* readRange(vim: Vim, text: string): Blocking<Range> {
  let rest = text.replace(/^[ \t:]+/, "");
  if (rest.startsWith("%")) return { first: 1, last: vim.lines.length, given: 2, rest: rest.slice(1).replace(/^[ \t]+/, "") };
  const numbers: number[] = [];
  const keptLine = vim.window.line;
  let given = 0;
  try {
    for (;;) {
      const address = yield* readAddress(vim, rest);
      rest = address.rest.replace(/^[ \t]+/, "");
      const separator = rest[0];
      const here = vim.window.line + 1;
      if (address.line !== undefined) {
        numbers.push(address.line);
        given++;
      } else if (separator === "," || separator === ";" || numbers.length > 0) {
        if (separator === "," || separator === ";" || given > 0) {
          numbers.push(here);
          given++;
        }
      }
      if (separator !== "," && separator !== ";") break;
      if (separator === ";") vim.window.line = Math.max(0, Math.min(vim.buffer.lastLine, (numbers.at(-1) ?? here) - 1));
      rest = rest.slice(1).replace(/^[ \t]+/, "");
    }
  } finally {
    vim.window.line = keptLine;
  }
  const last = numbers.at(-1) ?? vim.window.line + 1;
  const first = numbers.length > 1 ? (numbers.at(-2) ?? last) : last;
  return { first, last, given: Math.min(2, given), rest };
}

function* readAddress(vim: Vim, text: string): Blocking<{ readonly line: number | undefined; readonly rest: string }> {
  let rest = text;
  let line: number | undefined;
  const number = /^\d+/.exec(rest);
  if (number) {
    line = Number(number[0]);
    rest = rest.slice(number[0].length);
  } else if (rest.startsWith(".")) {
    line = vim.window.line + 1;
    rest = rest.slice(1);
  } else if (rest.startsWith("$")) {
    line = vim.lines.length;
    rest = rest.slice(1);
  } else if (rest.startsWith("'")) {
    const name = rest[1] ?? "";
    line = markLine(vim, name) + 1;
    rest = rest.slice(2);
  } else if (/^[/?]/.test(rest)) {
    const delimiter = rest[0] ?? "/";
    const split = splitSearch(rest.slice(1), delimiter);
    const pattern = split.pattern === "" ? (vim.search?.pattern ?? "") : split.pattern;
    if (pattern === "") throw new Failure("E35: No previous regular expression");
    const forward = delimiter === "/";
    vim.search = { pattern, forward, offset: "" };
    const found = yield* findNext(vim, pattern, { line: vim.window.line, col: forward ? vim.line.length : 0 }, forward, 1, true);
    line = found.place.line + 1;
    rest = split.rest;
  } else if (/^\\[/?&]/.test(rest)) {
    const pattern = vim.search?.pattern;
    if (pattern === undefined) throw new Failure("E35: No previous regular expression");
    const found = yield* findNext(vim, pattern, { line: vim.window.line, col: vim.line.length }, true, 1, true);
    line = found.place.line + 1;
    rest = rest.slice(2);
  }
  for (;;) {
    const offset = /^[ \t]*([+-])[ \t]*(\d*)/.exec(rest) ?? (line !== undefined ? /^[ \t]+()(\d+)/.exec(rest) : null);
    if (!offset) break;
    const by = offset[2] === "" || offset[2] === undefined ? 1 : Number(offset[2]);
    line = (line ?? vim.window.line + 1) + (offset[1] === "-" ? -by : by);
    rest = rest.slice(offset[0].length);
  }
  return { line, rest };
}

function markLine(vim: Vim, name: string): number {
  const last = vim.lastVisual?.buffer === vim.buffer ? vim.lastVisual : undefined;
  if ((name === "<" || name === ">") && last) return name === "<" ? Math.min(last.start.line, last.end.line) : Math.max(last.start.line, last.end.line);
  const mark = name === "'" ? vim.window.previousMark : vim.buffer.marks.get(name);
  if (!mark) throw new Failure("E20: Mark not set");
  return mark.line;
}
