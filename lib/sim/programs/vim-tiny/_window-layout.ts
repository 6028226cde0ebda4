// Windows and tab pages come and go.

import { Failure } from "./_failure.ts";
import { type Direction, directionOf, equalize, firstWindow, type Frame, framesOf, heirOf, insertBeside, LEAST, least, removeFrame, resizeFrame, sizeOf, windowsOf } from "./_frames.ts";
import { enterTab, enterWindow, layout, takeWindow } from "./_layout.ts";
import type { TabPage, Vim } from "./_vim.ts";
import { VimWindow } from "./_window.ts";

interface Split {
  /** a row of windows: one beside the other */
  readonly direction: Direction;
  readonly size?: number | undefined;
  /** beside the window; "first" and "last": beside all others */
  readonly place?: "before" | "after" | "first" | "last" | undefined;
}

/** The window is cut in two; the cursor goes to the new one, which shows the same. */
export function splitWindow(vim: Vim, { direction, size: asked, place }: Split): VimWindow {
  const old = vim.window;
  const { root } = vim.tab;
  const needsStatus = direction === "column" && old.statusRows === 0;
  if (needsStatus && old.height <= LEAST) throw new Failure("E36: Not enough room");
  if (needsStatus) {
    old.statusRows = 1;
    old.setHeight(old.height - 1);
  }
  const edge = place === "first" || place === "last";
  const equal = vim.options.on("equalalways");
  const { need, available } = roomFor(old.frame, root, direction, edge, equal);
  if (available < need + LEAST + 1) {
    layout(vim);
    throw new Failure("E36: Not enough room");
  }
  const before = direction === "row" ? old.columns : old.height;
  const size = Math.max(LEAST, Math.min(asked ?? Math.floor(before / 2), available - need - 1));
  const created = VimWindow.beside(old);
  const rest = before - size - 1;
  const siblings = old.frame.parent ? framesOf(old.frame.parent) : [];
  const others = siblings.filter((frame) => frame !== old.frame && directionOf(frame) === undefined).map(firstWindow);
  const even = rest < LEAST || edge || (equal && asked === undefined && others.some((other) => {
    const now = direction === "row" ? other.columns : other.height;
    return now > size || now > rest;
  }));
  created.statusRows = old.statusRows;
  const after = place === "after" || place === "last" || (place === undefined && vim.options.on(direction === "row" ? "splitright" : "splitbelow"));
  if (edge) {
    const ends = directionOf(root) === direction ? framesOf(root) : [root];
    insertBeside((after ? ends.at(-1) : ends[0]) ?? root, created.frame, direction, after);
    if (direction === "row") resizeFrame(created.frame, "column", root.height);
  } else {
    insertBeside(old.frame, created.frame, direction, after);
    if (direction === "row") {
      resizeFrame(created.frame, "column", old.frame.height);
      const width = old.frame.width;
      const separator = after ? old.separator : 1;
      resizeFrame(created.frame, "row", size + separator);
      resizeFrame(old.frame, "row", width - size - separator);
    } else {
      const { height } = old.frame;
      resizeFrame(created.frame, "row", old.frame.width);
      resizeFrame(created.frame, "column", size + 1);
      resizeFrame(old.frame, "column", height - size - 1);
    }
  }
  if (even) equalize(root, created, direction);
  enterWindow(vim, created, asked !== undefined);
  return created;
}

/** Rows or columns that the windows there need, and those there are. */
function roomFor(frame: Frame, root: Frame, direction: Direction, edge: boolean, equal: boolean): { readonly need: number; readonly available: number } {
  if (edge) return { need: least(root, direction, undefined), available: sizeOf(root, direction) };
  let need = least(frame, direction, undefined);
  if (!equal) return { need, available: sizeOf(frame, direction) };
  for (let at = frame; at.parent; at = at.parent) {
    if (directionOf(at.parent) !== direction) continue;
    for (const other of framesOf(at.parent)) if (other !== at) need += least(other, direction, undefined);
  }
  return { need, available: sizeOf(root, direction) };
}

export function closeWindow(vim: Vim, window = vim.window): void {
  const { root } = vim.tab;
  const { parent } = window.frame;
  if (!parent) {
    if (vim.tabs.length === 1) throw new Failure("E444: Cannot close last window");
    closeTab(vim, vim.tab);
    return;
  }
  const heir = heirOf(window.frame, vim.options.on(directionOf(parent) === "row" ? "splitright" : "splitbelow"));
  if (!heir) throw new Failure("E444: Cannot close last window");
  // from :help the cursor goes back to where it was asked for
  const asked = window.buffer.help && vim.tab.previous !== window ? vim.tab.previous : undefined;
  const next = window === vim.window ? asked ?? firstWindow(heir) : vim.window;
  const direction = removeFrame(window.frame, heir);
  if (next !== vim.window) takeWindow(vim, next);
  if (vim.tab.previous === window) vim.tab.previous = undefined;
  layout(vim);
  if (vim.options.on("equalalways")) equalize(root, next, direction);
  layout(vim);
  vim.redrawAll();
}

/** :only */
export function keepOneWindow(vim: Vim, keep = vim.window): void {
  const { root } = vim.tab;
  root.content = keep;
  keep.frame = root;
  keep.separator = 0;
  vim.tab.previous = undefined;
  layout(vim);
  resizeFrame(root, "row", root.width);
  resizeFrame(root, "column", root.height);
  layout(vim);
  vim.redrawAll();
}

/** A tab page with one window. `at`: its place among the others. */
export function openTab(vim: Vim, window: VimWindow, at: number): TabPage {
  const tab: TabPage = { root: window.frame, window, previous: undefined };
  vim.tabs.splice(at, 0, tab);
  layout(vim);
  enterTab(vim, tab);
  return tab;
}

export function closeTab(vim: Vim, tab: TabPage): void {
  const at = vim.tabs.indexOf(tab);
  if (vim.tabs.length === 1) throw new Failure("E784: Cannot close last tab page");
  vim.tabs.splice(at, 1);
  const next = vim.tabs[Math.min(at, vim.tabs.length - 1)];
  if (tab === vim.tab && next) enterTab(vim, next);
  if (vim.lastTab === tab) vim.lastTab = undefined;
  layout(vim);
  vim.redrawAll();
}

/** Every window, those of the other tab pages too. */
export function allWindows(vim: Vim): VimWindow[] {
  return vim.tabs.flatMap((tab) => windowsOf(tab.root));
}
