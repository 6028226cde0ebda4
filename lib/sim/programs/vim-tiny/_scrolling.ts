// Keys that scroll: pages, half pages, lines, and z.

import type { Blocking } from "../../kernel/sys.ts";
import { foldKey } from "./_diff.ts";
import { Failure } from "./_failure.ts";
import { readKey } from "./_keyboard.ts";
import type { Vim } from "./_vim.ts";

export function page(vim: Vim, times: number): void {
  const { window, buffer } = vim;
  const how = vim.columns;
  for (let i = 0; i < Math.abs(times); i++) {
    if (times > 0) {
      if (window.top >= buffer.lastLine) throw new Failure("");
      window.top = Math.min(buffer.lastLine, Math.max(window.top + 1, window.bottom(how) - 2));
      vim.startOfLine(window.top);
    } else {
      if (window.top === 0) throw new Failure("");
      const last = Math.min(buffer.lastLine, window.top + 1);
      let rows = window.rowsOf(last, how);
      let top = last;
      while (top > 0 && rows + window.rowsOf(top - 1, how) <= window.height) rows += window.rowsOf(--top, how);
      window.top = top;
      vim.startOfLine(Math.max(window.top, window.bottom(how) - 1));
    }
  }
}

export function halfPage(vim: Vim, down: boolean, count: number | undefined): void {
  const { window, buffer } = vim;
  if (count !== undefined) window.scroll = Math.min(count, window.height);
  const by = window.scroll || Math.max(1, Math.floor(window.height / 2));
  if (down ? window.line >= buffer.lastLine : window.line === 0) throw new Failure("");
  const most = Math.max(0, buffer.lines.length - window.height);
  window.top = down ? Math.max(window.top, Math.min(window.top + by, most)) : Math.max(0, window.top - by);
  vim.startOfLine(window.line + (down ? by : -by));
}

export function scrollLines(vim: Vim, by: number): void {
  const { window, buffer } = vim;
  const how = vim.columns;
  const before = window.top;
  window.top = Math.max(0, Math.min(buffer.lastLine, window.top + by));
  if (window.top === before) throw new Failure("");
  if (window.line < window.top) vim.goToLine(window.top);
  else {
    const last = Math.max(window.top, window.bottom(how) - 1);
    if (window.line > last) vim.goToLine(last);
  }
}

export function* scrollTo(vim: Vim, count: number | undefined): Blocking<void> {
  const { window } = vim;
  const how = vim.columns;
  const key = yield* readKey(vim);
  if (yield* foldKey(vim, key)) return;
  if (!["t", "\r", "z", ".", "b", "-", "+", "^"].includes(key)) throw new Failure("");
  if (count !== undefined) vim.goToLine(count - 1);
  if (key === "t" || key === "\r" || key === "+") window.top = window.line;
  else if (key === "z" || key === ".") window.center(how, true);
  else {
    let rows = window.rowsOf(window.line, how);
    window.top = window.line;
    while (window.top > 0 && rows + window.rowsOf(window.top - 1, how) <= window.height) rows += window.rowsOf(--window.top, how);
  }
  if (key === "\r" || key === "." || key === "-") vim.startOfLine(window.line);
}
