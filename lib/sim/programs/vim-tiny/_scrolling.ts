// Keys that scroll: pages, half pages, lines, and z.

import type { Blocking } from "../../kernel/sys.ts";
import { foldKey } from "./_diff.ts";
import { Failure } from "./_failure.ts";
import { readKey } from "./_keyboard.ts";
import type { Vim } from "./_vim.ts";

export function page(vim: Vim, times: number): void {
  const { window, buffer } = vim;
  const how = vim.columns;
  // keys that came at once: the cursor may have left what was drawn last
  window.follow(how, vim.options.number("scrolloff"));
  for (let i = 0; i < Math.abs(times); i++) {
    if (times > 0) {
      if (window.top >= buffer.lastLine) throw new Failure("");
      const below = window.bottom(how);
      window.top = below > buffer.lastLine ? buffer.lastLine : Math.max(window.top + 1, below - overlap(vim, below, -1));
      vim.startOfLine(window.top);
    } else {
      if (window.top === 0) throw new Failure("");
      const last = window.top - 1 + overlap(vim, window.top - 1, 1);
      let rows = window.rowsOf(last, how);
      let top = last;
      while (top > 0 && rows + window.rowsOf(top - 1, how) <= window.height) rows += window.rowsOf(--top, how);
      window.top = top;
      vim.startOfLine(last);
    }
  }
}

/** How many lines two pages share, counted from `line` on: two, fewer where lines are high or the text ends. */
function overlap({ window, buffer, columns }: Vim, line: number, step: 1 | -1): number {
  const room = window.height - 2;
  const rows = (distance: number): number => {
    const at = line + distance * step;
    return at < 0 || at > buffer.lastLine ? Number.POSITIVE_INFINITY : window.rowsOf(at, columns);
  };
  const [first, second, third, fourth] = [rows(0), rows(1), rows(2), rows(3)];
  if (first > room || first + second > room || second + third > room) return 0;
  return second + third + fourth > room || first + second + third > room ? 1 : 2;
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
