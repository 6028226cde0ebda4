// Commands that open, close and size windows, and :help.

import { type Blocking, encode } from "../../kernel/sys.ts";
import { editFile, expandName, leaveBuffer, sizeText } from "./_buffer-files.ts";
import type { Ex, ExCommand } from "./_ex-command.ts";
import { exchangeDifference, joinDiff, leaveDiff } from "./_diff.ts";
import { Failure } from "./_failure.ts";
import { loadFile } from "./_files.ts";
import { type Direction, setFrameSize } from "./_frames.ts";
import { HELP_TEXT, HUGE_HELP_TEXT } from "./_help.ts";
import { enterWindow, takeWindow } from "./_layout.ts";
import { closeCurrent } from "./_leaving.ts";
import { layout } from "./_layout.ts";
import type { Vim } from "./_vim.ts";
import { keepOneWindow, openTab, splitWindow } from "./_window-layout.ts";
import { VimWindow } from "./_window.ts";

/** A window beside this one; :vertical, :botright and :tab before the command say where. */
export function openWindow(vim: Vim, direction: Direction, size: number | undefined): void {
  const { tab, vertical, place } = vim.modifiers;
  vim.modifiers = {};
  if (tab) openTab(vim, VimWindow.beside(vim.window), vim.tabs.indexOf(vim.tab) + 1);
  else splitWindow(vim, { direction: vertical ? "row" : direction, size, place });
}

/** "+12 file", "+/text file": a command for when the file is there. */
export function cutPlus(argument: string): { readonly command: string | undefined; readonly file: string } {
  const found = /^\+((?:\\.|\S)*)\s*(.*)$/.exec(argument);
  return found ? { command: found[1] === "" ? "$" : (found[1] ?? "").replaceAll("\\ ", " "), file: found[2] ?? "" } : { command: undefined, file: argument };
}

/** The new window's file: the one named, else what the old one shows, or nothing. */
export function* fillWindow(ex: Ex, empty: boolean): Blocking<void> {
  const { vim, argument } = ex;
  const { command, file } = cutPlus(argument);
  if (empty && file === "") {
    vim.window.alternate = vim.buffer;
    vim.window.buffer = vim.newBuffer("");
    vim.window.buffer.loaded = true;
    vim.window.buffer.load([]);
    vim.window.top = 0;
    vim.goTo({ line: 0, col: 0 });
  } else if (file !== "") yield* editFile(vim, expandName(vim, file), false, true);
  if (command !== undefined) yield* ex.execute(command);
}

function sizeOf({ range }: Ex): number | undefined {
  return range.given > 0 ? range.last : undefined;
}

function split(direction: Direction, empty: boolean, readOnly = false): ExCommand["run"] {
  return function* (ex) {
    const known = ex.vim.buffers.some((buffer) => buffer.loaded && buffer.name === ex.argument.trim());
    openWindow(ex.vim, direction, sizeOf(ex));
    yield* fillWindow(ex, empty);
    if (readOnly && !known) ex.vim.buffer.readOnly = true;
  };
}

function* help(ex: Ex): Blocking<void> {
  const { vim, argument } = ex;
  const open = vim.windows.find((window) => window.buffer.help);
  if (argument.trim() !== "") {
    throw new Failure(`E149: Sorry, no help for ${argument.trim()}`);
  }
  if (open) {
    enterWindow(vim, open);
    return;
  }
  const path = "/usr/share/vim/vim90/doc/help.txt";
  splitWindow(vim, { direction: "column", place: vim.windows.length > 1 ? "first" : undefined });
  if (vim.window.height < 20) setFrameSize(vim.window.frame, "column", 20 + vim.window.statusRows);
  layout(vim);
  const buffer = vim.newBuffer(path);
  buffer.help = true;
  buffer.loaded = true;
  const loaded = yield* loadFile(vim.sys, path);
  const lines = vim.huge ? HUGE_HELP_TEXT.split("\n").slice(0, -1) : loaded.kind === "file" ? loaded.lines : HELP_TEXT.split("\n").slice(0, -1);
  buffer.load(lines);
  buffer.readOnly = true;
  vim.window.alternate = vim.buffer;
  vim.window.buffer = buffer;
  vim.window.top = 0;
  vim.goTo({ line: 0, col: 0 });
  vim.message(`"help.txt" [readonly] ${sizeText(vim, lines.length, encode(lines.join("\n")).length + 1)}`);
}

function* only({ vim, bang }: Ex): Blocking<void> {
  const others = vim.windows.filter((window) => window !== vim.window);
  if (others.length === 0) {
    vim.message("Already only one window");
    return;
  }
  const changed = others.find(({ buffer }) => buffer.modified && buffer !== vim.buffer);
  if (changed && !bang && !vim.options.on("hidden")) throw new Failure("E445: Other window contains changes");
  keepOneWindow(vim);
  for (const window of others) leaveBuffer(vim, window, vim.options.on("hidden") || window.buffer.modified);
  if (vim.sys.charge(1)) yield* vim.sys.preempt();
}

function* resize({ vim, range, argument }: Ex): Blocking<void> {
  const { vertical } = vim.modifiers;
  vim.modifiers = {};
  const text = argument.trim();
  const { window } = vim;
  const now = vertical ? window.columns : window.height;
  const given = text === "" ? (range.given > 0 ? range.last : 9999) : Number(text);
  const size = /^[+-]/.test(text) ? now + given : given;
  resizeWindow(vim, vertical ? "row" : "column", size);
  if (vim.sys.charge(1)) yield* vim.sys.preempt();
}

export function resizeWindow(vim: Vim, direction: Direction, size: number): void {
  const { window } = vim;
  setFrameSize(window.frame, direction, Math.max(1, size) + (direction === "row" ? window.separator : window.statusRows));
  layout(vim);
}

/** A window for each buffer, or each file of the argument list. */
function forEach(what: "buffers" | "arguments"): ExCommand["run"] {
  return function* ({ vim }) {
    const vertical = vim.modifiers.vertical === true;
    vim.modifiers = {};
    const names = what === "buffers" ? vim.buffers.filter((buffer) => !buffer.help).map((buffer) => buffer.name) : vim.args;
    yield* openAll(vim, names, vertical ? "row" : "column");
  };
}

/** A window for each file, of equal size; the cursor is in the first one. */
export function* openAll(vim: Vim, names: readonly string[], direction: Direction): Blocking<void> {
  keepOneWindow(vim);
  for (let left = names.length - 1; left > 0; left--) {
    const now = direction === "row" ? vim.window.columns : vim.window.height - (left === names.length - 1 && vim.window.statusRows === 0 ? 1 : 0);
    try {
      splitWindow(vim, { direction, size: now - Math.floor((now - left) / (left + 1)) - 1, place: "before" });
    } catch (error) {
      if (error instanceof Failure) break;
      throw error;
    }
  }
  const { windows } = vim;
  for (const [i, window] of windows.entries()) {
    takeWindow(vim, window, true);
    const name = names[i];
    if (name !== undefined && vim.buffer.name !== name) yield* editFile(vim, name, false, true);
  }
  const [first] = windows;
  if (first) takeWindow(vim, first, true);
}

/** Commands of comparisons: only the large version has them. */
function diffCommand(run: (ex: Ex) => Blocking<void>): ExCommand["run"] {
  return function* (ex) {
    if (!ex.vim.huge) throw new Failure("E319: Sorry, the command is not available in this version");
    yield* run(ex);
    if (ex.vim.sys.charge(1)) yield* ex.vim.sys.preempt();
  };
}

function* diffSplit(ex: Ex): Blocking<void> {
  const { vim, argument } = ex;
  if (argument.trim() === "") throw new Failure("E471: Argument required");
  const before = vim.window;
  openWindow(vim, "column", undefined);
  yield* editFile(vim, expandName(vim, argument), false, true);
  joinDiff(vim, before);
  joinDiff(vim, vim.window);
}

export const WINDOW_COMMANDS: readonly ExCommand[] = [
  { name: "all", least: 2, run: forEach("arguments") },
  { name: "ball", least: 2, run: forEach("buffers") },
  { name: "close", least: 3, *run({ vim, bang }) {
    closeCurrent(vim, bang);
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
  } },
  { name: "diffget", least: 5, run: diffCommand(({ vim }) => exchangeDifference(vim, true)) },
  { name: "diffoff", least: 5, run: diffCommand(function* ({ vim, bang }) {
    for (const window of bang ? vim.windows : [vim.window]) leaveDiff(vim, window);
  }) },
  { name: "diffput", least: 6, run: diffCommand(({ vim }) => exchangeDifference(vim, false)) },
  { name: "diffsplit", least: 5, run: diffCommand(diffSplit) },
  { name: "diffthis", least: 5, run: diffCommand(function* ({ vim }) {
    joinDiff(vim, vim.window);
  }) },
  { name: "diffupdate", least: 3, run: diffCommand(function* ({ vim }) {
    vim.diffState = "";
  }) },
  { name: "help", least: 1, run: help },
  { name: "hide", least: 3, *run({ vim, bang }) {
    closeCurrent(vim, bang, true);
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
  } },
  { name: "new", least: 3, range: "any", run: split("column", true) },
  { name: "only", least: 2, run: only },
  { name: "resize", least: 3, range: "any", run: resize },
  { name: "sall", least: 3, run: forEach("arguments") },
  { name: "sball", least: 3, run: forEach("buffers") },
  { name: "split", least: 2, range: "any", run: split("column", false) },
  { name: "sview", least: 2, range: "any", run: split("column", false, true) },
  { name: "vnew", least: 3, range: "any", run: split("row", true) },
  { name: "vsplit", least: 2, range: "any", run: split("row", false) },
];
