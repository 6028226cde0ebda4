// Commands for tab pages.

import type { Blocking } from "../../kernel/sys.ts";
import { leaveBuffer } from "./_buffer-files.ts";
import type { Ex, ExCommand } from "./_ex-command.ts";
import { fillWindow } from "./_ex-windows.ts";
import { Failure } from "./_failure.ts";
import { windowsOf } from "./_frames.ts";
import { enterTab } from "./_layout.ts";
import { listRows } from "./_messages.ts";
import type { TabPage, Vim } from "./_vim.ts";
import { closeTab, openTab } from "./_window-layout.ts";
import { VimWindow } from "./_window.ts";

/** gt, gT: so many pages on, around the ends. */
export function stepTab(vim: Vim, by: number): void {
  const count = vim.tabs.length;
  const next = vim.tabs[(((vim.tabs.indexOf(vim.tab) + by) % count) + count) % count];
  if (next) enterTab(vim, next);
}

/** To the page with that number; with none there, a bell. */
export function goTab(vim: Vim, number: number): void {
  const tab = vim.tabs[number - 1];
  if (!tab) throw new Failure("");
  enterTab(vim, tab);
}

function numberOf({ range, argument }: Ex): number | undefined {
  const text = argument.trim();
  if (text !== "") {
    if (!/^[+-]?\d+$/.test(text)) throw new Failure(`E475: Invalid argument: ${text}`);
    return Number(text);
  }
  return range.given > 0 ? range.last : undefined;
}

function* newTab(ex: Ex): Blocking<void> {
  const { vim, range } = ex;
  const at = range.given > 0 ? Math.min(range.last, vim.tabs.length) : vim.tabs.indexOf(vim.tab) + 1;
  openTab(vim, VimWindow.beside(vim.window), at);
  yield* fillWindow(ex, true);
}

function* close(ex: Ex): Blocking<void> {
  const { vim } = ex;
  const number = numberOf(ex);
  const tab = number === undefined ? vim.tab : vim.tabs[number - 1];
  if (!tab) throw new Failure(`E475: Invalid argument: ${ex.argument.trim()}`);
  if (vim.tabs.length === 1) throw new Failure("E784: Cannot close last tab page");
  closePage(vim, tab, ex.bang);
  if (vim.sys.charge(1)) yield* vim.sys.preempt();
}

function closePage(vim: Vim, tab: TabPage, force: boolean): void {
  const windows = windowsOf(tab.root);
  const hidden = vim.options.on("hidden");
  for (const { buffer } of windows) {
    const elsewhere = vim.tabs.some((other) => other !== tab && windowsOf(other.root).some((window) => window.buffer === buffer));
    if (buffer.modified && !force && !hidden && !elsewhere) throw new Failure("E37: No write since last change (add ! to override)");
  }
  closeTab(vim, tab);
  for (const window of windows) leaveBuffer(vim, window, hidden || window.buffer.modified);
}

function* onlyTab({ vim, bang }: Ex): Blocking<void> {
  if (vim.tabs.length === 1) {
    vim.message("Already only one tab page");
    return;
  }
  for (const tab of vim.tabs.filter((one) => one !== vim.tab)) closePage(vim, tab, bang);
  if (vim.sys.charge(1)) yield* vim.sys.preempt();
}

function* move(ex: Ex): Blocking<void> {
  const { vim } = ex;
  const at = vim.tabs.indexOf(vim.tab);
  const text = ex.argument.trim();
  const number = numberOf(ex);
  const to = number === undefined ? vim.tabs.length : /^[+-]/.test(text) ? at + 1 + number - (number < 0 ? 1 : 0) : number;
  vim.tabs.splice(at, 1);
  vim.tabs.splice(Math.max(0, Math.min(vim.tabs.length, to > at ? to - 1 : to)), 0, vim.tab);
  vim.redrawAll();
  if (vim.sys.charge(1)) yield* vim.sys.preempt();
}

function* listTabs({ vim }: Ex): Blocking<void> {
  const rows = vim.tabs.flatMap((tab, i) => [
    `Tab page ${i + 1}`,
    ...windowsOf(tab.root).map((window) => `${window === vim.window ? ">" : " "} ${window.buffer.modified ? "+" : " "} ${window.buffer.name === "" ? "[No Name]" : window.buffer.name}`),
  ]);
  yield* listRows(vim, rows);
}

function go(to: (ex: Ex, number: number | undefined) => void): ExCommand["run"] {
  return function* (ex) {
    to(ex, numberOf(ex));
    if (ex.vim.sys.charge(1)) yield* ex.vim.sys.preempt();
  };
}

const next = go(({ vim }, number) => (number === undefined ? stepTab(vim, 1) : goTab(vim, number)));
const previous = go(({ vim }, number) => stepTab(vim, -(number ?? 1)));

export const TAB_COMMANDS: readonly ExCommand[] = [
  { name: "tabclose", least: 4, range: "any", run: close },
  { name: "tabedit", least: 4, range: "any", run: newTab },
  { name: "tabfirst", least: 6, run: go(({ vim }) => goTab(vim, 1)) },
  { name: "tablast", least: 4, run: go(({ vim }) => goTab(vim, vim.tabs.length)) },
  { name: "tabmove", least: 4, range: "any", run: move },
  { name: "tabnew", least: 6, range: "any", run: newTab },
  { name: "tabnext", least: 4, range: "any", run: next },
  { name: "tabonly", least: 4, run: onlyTab },
  { name: "tabprevious", least: 4, range: "any", run: previous },
  { name: "tabNext", least: 4, range: "any", run: previous },
  { name: "tabrewind", least: 4, run: go(({ vim }) => goTab(vim, 1)) },
  { name: "tabs", least: 4, run: listTabs },
];
