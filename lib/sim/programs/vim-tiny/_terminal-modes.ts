// Into the alternate screen and out of it: start, end, Ctrl-Z, other programs.

import { type Blocking, SIGNALS } from "../../kernel/sys.ts";
import { readRawKey } from "./_keyboard.ts";
import type { Vim } from "./_vim.ts";

export function* enterScreen(vim: Vim): Blocking<void> {
  yield* vim.terminal.enter(["isig", "iexten", "ixon", "icrnl"]);
  const focus = vim.compatible ? "" : "\u001b[?1004h";
  yield* vim.terminal.write(`\u001b[?1049h\u001b[22;0;0t\u001b[>4;2m\u001b[?1h\u001b=\u001b[?2004h${focus}\u001b[1;${vim.screen.rows}r\u001b[?12h\u001b[?12l\u001b[22;2t\u001b[22;1t\u001b[H\u001b[2J`);
  vim.screen.forget();
  vim.isOutside = false;
}

export function* leaveScreen(vim: Vim): Blocking<void> {
  vim.isOutside = true;
  const focus = vim.compatible ? "" : "\u001b[?1004l";
  yield* vim.terminal.write(`${focus}\u001b[?2004l\u001b[>4;m\u001b[23;2t\u001b[23;1t\u001b[${vim.screen.rows};1H\u001b[K\u001b[?2004l\u001b[?1l\u001b>\u001b[?1049l\u001b[23;0;0t\u001b[?25h\u001b[>4;m`);
  yield* vim.terminal.leave();
}

/** Ctrl-Z, :stop */
export function* suspend(vim: Vim): Blocking<void> {
  yield* leaveScreen(vim);
  vim.sys.kill(0, SIGNALS.TSTP);
  if (vim.sys.charge(1)) yield* vim.sys.preempt();
  yield* enterScreen(vim);
  vim.wipeMessage();
  for (const window of vim.windows) window.drawn = undefined;
}

/** Runs with the screen of before the editor; then waits for a key. */
export function* runOutside(vim: Vim, body: () => Blocking<void>): Blocking<void> {
  yield* leaveScreen(vim);
  yield* body();
  yield* vim.terminal.enter(["isig", "iexten", "ixon", "icrnl"]);
  yield* vim.terminal.write("\r\nPress ENTER or type command to continue");
  vim.isOutside = true;
  const key = yield* readRawKey(vim);
  yield* vim.terminal.write("\r\n");
  yield* enterScreen(vim);
  vim.redrawAll();
  vim.wipeMessage();
  if (!["\r", " ", "\n", "\u0003", "\u001b"].includes(key)) vim.queue.unshift(key);
}

/** Runs with the terminal as a command expects it, below what the screen shows; then waits for a key. `typed`: the command line that was given. */
export function* runBelow(vim: Vim, typed: string, body: () => Blocking<void>): Blocking<void> {
  const { rows } = vim.screen;
  vim.screen.fill(rows - 1);
  vim.screen.put(rows - 1, 0, typed.slice(0, vim.screen.columns - 1));
  yield* vim.terminal.write(`${vim.screen.update(rows - 1, Math.min(typed.length, vim.screen.columns - 1))}\r\n`);
  yield* vim.terminal.leave();
  vim.isOutside = true;
  yield* body();
  yield* vim.terminal.enter(["isig", "iexten", "ixon", "icrnl"]);
  yield* vim.terminal.write("\r\nPress ENTER or type command to continue");
  const key = yield* readRawKey(vim);
  vim.isOutside = false;
  vim.screen.forget();
  vim.redrawAll();
  vim.wipeMessage();
  vim.wroteMessage = false;
  if (!["\r", " ", "\n", "\u0003", "\u001b"].includes(key)) vim.queue.unshift(key);
}
