// Windows come and go.

import { Failure } from "./_failure.ts";
import { layout } from "./_layout.ts";
import type { Vim } from "./_vim.ts";
import { VimWindow } from "./_window.ts";

export function closeWindow(vim: Vim): void {
  const at = vim.windows.indexOf(vim.window);
  const neighbour = vim.windows[at + 1] ?? vim.windows[at - 1];
  if (!neighbour) throw new Failure("E444: Cannot close last window");
  neighbour.height += vim.window.height + 1;
  const closed = vim.window;
  vim.windows = vim.windows.filter((window) => window !== closed);
  vim.window = neighbour;
  if (vim.windows.length === 1) neighbour.height = vim.screen.rows - 1;
  neighbour.top = Math.max(0, Math.min(neighbour.top, neighbour.buffer.lines.length - neighbour.height));
  neighbour.drawn = undefined;
  if (closed.buffer.help) closed.buffer.modified = false;
  layout(vim);
}

export function splitWindow(vim: Vim, height?: number): VimWindow {
  const old = vim.window;
  const rows = vim.windows.length === 1 && vim.options.number("laststatus") !== 2 ? old.height - 1 : old.height;
  if (rows < 3) throw new Failure("E36: Not enough room");
  const created = new VimWindow(old.buffer);
  created.line = old.line;
  created.col = old.col;
  created.wanted = old.wanted;
  created.top = old.top;
  created.alternate = old.alternate;
  created.height = Math.min(rows - 2, height ?? Math.floor((rows + 1) / 2));
  old.height = rows - created.height - 1;
  vim.windows.splice(vim.windows.indexOf(old), 0, created);
  vim.window = created;
  layout(vim);
  return created;
}
