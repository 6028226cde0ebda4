// The rows and columns of each window.

import type { Vim } from "./_vim.ts";
import type { VimWindow } from "./_window.ts";

/** Gives every window its rows. */
export function layout(vim: Vim): void {
  const rows = vim.screen.rows - 1;
  const status = vim.windows.length > 1 || vim.options.number("laststatus") === 2;
  const last = vim.windows.at(-1);
  let used = 0;
  for (const window of vim.windows) used += window === last ? 0 : window.height + 1;
  if (last) last.height = Math.max(1, rows - used - (status ? 1 : 0));
  let row = 0;
  for (const window of vim.windows) {
    window.row = row;
    row += window.height + 1;
  }
  setWidths(vim);
}

/** After a resize: windows share the rows evenly. */
export function spread(vim: Vim): void {
  const status = vim.windows.length > 1 || vim.options.number("laststatus") === 2;
  const rows = vim.screen.rows - 1 - (status ? vim.windows.length : 0);
  const each = Math.floor(rows / vim.windows.length);
  const rest = rows - each * vim.windows.length;
  vim.windows.forEach((window, i) => {
    window.height = Math.max(1, each + (i < rest ? 1 : 0));
  });
  layout(vim);
}

export function setWidths(vim: Vim): void {
  for (const window of vim.windows) {
    window.wrap = vim.options.on("wrap");
    const numbered = !window.buffer.help && (vim.options.on("number") || vim.options.on("relativenumber"));
    window.width = Math.max(1, vim.screen.columns - (numbered ? numberWidth(window) : 0));
  }
}

export function numberWidth(window: VimWindow): number {
  return Math.max(8, String(window.buffer.lines.length).length + 1);
}
