// The tab pages in the first row: how many windows each has, "+" when something is not written, the file's name.

import { upon } from "./_look.ts";
import { windowsOf } from "./_frames.ts";
import { tabRows } from "./_layout.ts";
import type { Vim } from "./_vim.ts";

export function drawTabs(vim: Vim): void {
  if (tabRows(vim) === 0) return;
  const { screen, tabs } = vim;
  const width = Math.max(6, Math.floor((screen.columns - 1 + (tabs.length >> 1)) / tabs.length));
  screen.fill(0, vim.look.style("TabLineFill"));
  let column = 0;
  for (const tab of tabs) {
    if (column >= screen.columns - 4) break;
    const current = tab === vim.tab;
    const style = current ? vim.look.style("TabLineSel") : vim.look.tab;
    const start = column;
    const windows = windowsOf(tab.root);
    const modified = windows.some(({ buffer }) => buffer.modified);
    const count = windows.length > 1 ? String(windows.length) : "";
    column = screen.put(0, column, " ", style);
    if (count !== "" && column + count.length >= screen.columns - 3) break;
    if (count !== "") column = screen.put(0, column, count, upon(style, vim.look.style("Title")));
    if (modified) column = screen.put(0, column, "+", style);
    if (count !== "" || modified) column = screen.put(0, column, " ", style);
    const room = Math.min(start - column + width - 1, screen.columns - column - 1);
    const { buffer } = current ? vim.window : tab.window;
    const name = buffer.name === "" ? "[No Name]" : shorten(buffer.help ? buffer.name.slice(buffer.name.lastIndexOf("/") + 1) : buffer.name);
    if (room > 0) column = screen.put(0, column, name.slice(-room), style);
    column = screen.put(0, column, " ", style);
  }
  if (tabs.length > 1) screen.put(0, screen.columns - 1, "X", vim.look.tab);
}

/** a/long/path/to/f as a/l/p/t/f; a hidden folder keeps its dot. */
function shorten(name: string): string {
  const parts = name.split("/");
  const last = parts.pop() ?? "";
  return [...parts.map((part) => part.slice(0, part.startsWith(".") || part.startsWith("~") ? 2 : 1)), last].join("/");
}
