// Ctrl-W and the keys behind it.

import type { Blocking } from "../../kernel/sys.ts";
import { cursorPlace } from "./_drawing.ts";
import { executeCommandLine } from "./_ex.ts";
import { goTab, stepTab } from "./_ex-tabs.ts";
import { resizeWindow } from "./_ex-windows.ts";
import { Failure } from "./_failure.ts";
import { type Direction, directionOf, firstWindow, framesOf, neighbour, reorder, setFrameSize } from "./_frames.ts";
import { readKey } from "./_keyboard.ts";
import { enterTab, enterWindow, layout, spread } from "./_layout.ts";
import type { Vim } from "./_vim.ts";
import { closeWindow, openTab, splitWindow } from "./_window-layout.ts";
import { VimWindow } from "./_window.ts";

export function* windowCommand(vim: Vim, count: number | undefined): Blocking<void> {
  let digits = "";
  let key = yield* readKey(vim);
  while (/^[1-9]$/.test(key) || (key === "0" && digits !== "")) {
    digits += key;
    key = yield* readKey(vim);
  }
  yield* windowKey(vim, digits === "" ? count : Number(digits), key);
}

function toward(vim: Vim, direction: Direction, by: 1 | -1, steps: number): void {
  const [row, column] = cursorPlace(vim);
  enterWindow(vim, neighbour(vim.window, direction, by, steps, { row, column }));
}

/** The window goes to an edge of the screen and takes all its length. */
function toEdge(vim: Vim, direction: Direction, place: "first" | "last"): void {
  if (vim.windows.length === 1) throw new Failure("");
  const { window } = vim;
  const moved = VimWindow.beside(window);
  closeWindow(vim);
  splitWindow(vim, { direction, place });
  const created = vim.window;
  created.buffer = moved.buffer;
  created.alternate = moved.alternate;
  created.line = moved.line;
  created.col = moved.col;
  created.wanted = moved.wanted;
  created.top = moved.top;
}

/** Changes places with a window of the same row or column; the cursor goes to that one. */
function exchange(vim: Vim, count: number | undefined): void {
  const { frame } = vim.window;
  const frames = [...(frame.parent ? framesOf(frame.parent) : [])];
  const at = frames.indexOf(frame);
  const to = count === undefined ? (at + 1 < frames.length ? at + 1 : at - 1) : count - 1;
  const other = frames[to];
  if (!frame.parent || !other || other === frame || directionOf(other) !== undefined) throw new Failure("");
  frames[at] = other;
  frames[to] = frame;
  reorder(frame.parent, frames);
  enterWindow(vim, firstWindow(other));
  layout(vim);
  vim.redrawAll();
}

function rotate(vim: Vim, up: boolean): void {
  const { frame } = vim.window;
  const frames = [...(frame.parent ? framesOf(frame.parent) : [])];
  if (!frame.parent || frames.length < 2) throw new Failure("");
  if (frames.some((one) => directionOf(one) !== undefined)) throw new Failure("E443: Cannot rotate when another window is split");
  if (up) frames.push(...frames.splice(0, 1));
  else frames.unshift(...frames.splice(-1));
  reorder(frame.parent, frames);
  layout(vim);
  vim.redrawAll();
}

function* windowKey(vim: Vim, count: number | undefined, key: string): Blocking<void> {
  const { windows, window } = vim;
  const at = windows.indexOf(window);
  const times = count ?? 1;
  const go = (to: number) => {
    const target = windows[Math.max(0, Math.min(to, windows.length - 1))];
    if (target) enterWindow(vim, target);
  };
  const sized = count === undefined ? "" : String(count);
  switch (key) {
    case "w":
    case "\u0017":
      if (windows.length === 1 && times !== 1) throw new Failure("");
      go(count === undefined ? (at + 1) % windows.length : count - 1);
      return;
    case "W":
      if (windows.length === 1 && times !== 1) throw new Failure("");
      go(count === undefined ? (at - 1 + windows.length) % windows.length : count - 1);
      return;
    case "j":
    case "\n":
    case "<Down>":
      toward(vim, "column", 1, times);
      return;
    case "k":
    case "\u000b":
    case "<Up>":
      toward(vim, "column", -1, times);
      return;
    case "l":
    case "\u000c":
    case "<Right>":
      toward(vim, "row", 1, times);
      return;
    case "h":
    case "\b":
    case "<Left>":
      toward(vim, "row", -1, times);
      return;
    case "t":
    case "\u0014":
      go(0);
      return;
    case "b":
    case "\u0002":
      go(windows.length - 1);
      return;
    case "p":
    case "\u0010":
      if (!vim.tab.previous || !windows.includes(vim.tab.previous)) throw new Failure("");
      enterWindow(vim, vim.tab.previous);
      return;
    case "s":
    case "S":
    case "\u0013":
      yield* executeCommandLine(vim, `${sized}split`);
      return;
    case "v":
    case "\u0016":
      yield* executeCommandLine(vim, `${sized}vsplit`);
      return;
    case "n":
    case "\u000e":
      yield* executeCommandLine(vim, `${sized}new`);
      return;
    case "^":
    case "\u001e":
      yield* executeCommandLine(vim, "split #");
      return;
    case "c":
      yield* executeCommandLine(vim, "close");
      return;
    case "q":
    case "\u0011":
      yield* executeCommandLine(vim, "quit");
      return;
    case "o":
    case "\u000f":
      yield* executeCommandLine(vim, "only");
      return;
    case "=":
      spread(vim);
      return;
    case "+":
      resizeWindow(vim, "column", window.height + times);
      return;
    case "-":
      resizeWindow(vim, "column", window.height - times);
      return;
    case "_":
    case "\u001f":
      resizeWindow(vim, "column", count ?? 9999);
      return;
    case ">":
      resizeWindow(vim, "row", window.columns + times);
      return;
    case "<":
      resizeWindow(vim, "row", window.columns - times);
      return;
    case "|":
      setFrameSize(window.frame, "row", (count ?? 9999) + window.separator);
      layout(vim);
      return;
    case "x":
    case "\u0018":
      exchange(vim, count);
      return;
    case "r":
    case "\u0012":
      rotate(vim, false);
      return;
    case "R":
      rotate(vim, true);
      return;
    case "K":
      toEdge(vim, "column", "first");
      return;
    case "J":
      toEdge(vim, "column", "last");
      return;
    case "H":
      toEdge(vim, "row", "first");
      return;
    case "L":
      toEdge(vim, "row", "last");
      return;
    case "T": {
      if (windows.length === 1) {
        vim.message("Already only one window");
        return;
      }
      const moved = VimWindow.beside(window);
      const at = vim.tabs.indexOf(vim.tab) + 1;
      closeWindow(vim);
      openTab(vim, moved, at);
      return;
    }
    case "f":
    case "\u0006":
      yield* executeCommandLine(vim, "split");
      vim.queue.unshift("g", "f");
      return;
    case "g": {
      const next = yield* readKey(vim);
      if (next === "t") count === undefined ? stepTab(vim, 1) : goTab(vim, count);
      else if (next === "T") stepTab(vim, -times);
      else if (next === "\t" && vim.lastTab) enterTab(vim, vim.lastTab);
      else throw new Failure("");
      return;
    }
    case "\u0003":
    case "\u001b":
      return;
    default:
      throw new Failure("");
  }
}
