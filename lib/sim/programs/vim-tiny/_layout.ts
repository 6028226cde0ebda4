// The rows and columns of each window: the room there is, status lines, line numbers, the row of tabs.

import { equalize, placeFrames, resizeFrame, setFrameSize, WANTED_WIDTH, windowsOf } from "./_frames.ts";
import type { TabPage, Vim } from "./_vim.ts";
import type { VimWindow } from "./_window.ts";

/** 1 when the tab pages are shown in the first row. */
export function tabRows(vim: Vim): number {
  const show = vim.options.number("showtabline");
  return show === 2 || (show === 1 && vim.tabs.length > 1) ? 1 : 0;
}

/** After windows came or went: status lines, places, columns for text. */
export function layout(vim: Vim): void {
  const { root } = vim.tab;
  const rows = vim.statusLines ? 1 : 0;
  for (const window of windowsOf(root)) {
    if (window.statusRows === rows) continue;
    window.statusRows = rows;
    if (window.frame.height > 0) window.setHeight(window.frame.height - rows);
  }
  const height = vim.screen.rows - 1 - tabRows(vim);
  if (root.height !== height) resizeFrame(root, "column", height);
  if (root.width !== vim.screen.columns) resizeFrame(root, "row", vim.screen.columns);
  placeFrames(root, tabRows(vim), 0);
  setWidths(vim);
}

export function spread(vim: Vim): void {
  layout(vim);
  equalize(vim.tab.root, vim.window, undefined);
  layout(vim);
}

/** The current window's own options are those of :set. */
export function setWidths(vim: Vim): void {
  vim.window.local = { wrap: vim.options.on("wrap"), number: vim.options.on("number"), relativenumber: vim.options.on("relativenumber"), list: vim.options.on("list") };
  for (const window of vim.windows) {
    window.how = { tabStop: vim.columns.tabStop, list: window.local.list };
    const numbers = !window.buffer.help && (window.local.number || window.local.relativenumber) ? numberWidth(vim, window) : 0;
    window.margin = Math.min(numbers + (window.inDiff ? FOLD_COLUMNS : 0), window.columns);
  }
}

/** 'foldcolumn' of windows that are compared. */
export const FOLD_COLUMNS = 2;

/** The small version has no 'numberwidth': 8 columns; the other one 4, or more for many lines. */
function numberWidth(vim: Vim, window: VimWindow): number {
  return Math.max(vim.huge ? 4 : 8, String(window.buffer.lines.length).length + 1);
}

/** Makes a window the one with the cursor. `sized`: it was given its size, and keeps it. */
export function enterWindow(vim: Vim, window: VimWindow, sized = false): void {
  if (window === vim.window) return;
  vim.tab.previous = vim.window;
  takeWindow(vim, window, sized);
}

export function takeWindow(vim: Vim, window: VimWindow, sized = false): void {
  setWidths(vim);
  vim.window = window;
  vim.tab.window = window;
  for (const name of ["wrap", "number", "relativenumber", "list"] as const) vim.options.put(name, window.local[name]);
  if (!sized && window.columns < WANTED_WIDTH && vim.windows.length > 1) setFrameSize(window.frame, "row", WANTED_WIDTH + window.separator);
  layout(vim);
}

export function enterTab(vim: Vim, tab: TabPage): void {
  if (tab === vim.tab) return;
  setWidths(vim);
  vim.tab.window = vim.window;
  vim.lastTab = vim.tab;
  vim.tab = tab;
  takeWindow(vim, tab.window);
  vim.redrawAll();
}
