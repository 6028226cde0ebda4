// The ruler: where the cursor is, and how much of the text is above.

import { columnOf, widthOf } from "./_text.ts";
import type { Vim } from "./_vim.ts";
import type { VimWindow } from "./_window.ts";

/** "12,3  45%": in the last row, or in a status line so many columns wide. */
export function rulerText(vim: Vim, window: VimWindow, width: number): string {
  const { how } = window;
  const text = window.buffer.line(window.line);
  const start = columnOf(text, window.col, how);
  const column = (vim.inserting && window === vim.window) || text[window.col] !== "\t" || how.list ? start + 1 : start + widthOf("\t", start, how);
  const index = bytesBefore(text, window.col) + 1;
  const colText = text === "" && !vim.inserting ? "0-1" : index === column ? String(index) : `${index}-${column}`;
  const place = `${window.buffer.empty ? 0 : window.line + 1},${colText}`;
  const above = window.top;
  const below = window.buffer.lines.length - window.bottom(how);
  const part = above === 0 && below <= 0 ? vim.inLanguage("All") : below <= 0 ? vim.inLanguage("Bot") : above === 0 ? vim.inLanguage("Top") : `${Math.floor((above * 100) / (above + below))}%`.padStart(3);
  // the last column of the screen is not written to
  const room = width - rulerColumn(vim, width) - (window.statusRows > 0 ? 0 : 1);
  return place + " ".repeat(Math.max(1, room - place.length - part.length)) + part;
}

/** The ruler has 18 columns, but not more than half of the width. */
export function rulerColumn(vim: Vim, width: number): number {
  return Math.max(width - (vim.options.on("ruler") ? 18 : 0), Math.floor((width + 1) / 2));
}

function bytesBefore(text: string, col: number): number {
  let bytes = 0;
  for (const c of text.slice(0, col)) {
    const point = c.codePointAt(0) ?? 0;
    bytes += point < 0x80 || (point >= 0xdc80 && point <= 0xdcff) ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}
