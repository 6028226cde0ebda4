// Commands that open and close windows.

import { type Blocking, encode } from "../../kernel/sys.ts";
import { editFile, expandName, sizeText } from "./_buffer-files.ts";
import type { Ex, ExCommand } from "./_ex-command.ts";
import { loadFile } from "./_files.ts";
import { HELP_TEXT } from "./_help.ts";
import { Failure } from "./_failure.ts";
import { layout } from "./_layout.ts";
import { closeWindow, splitWindow } from "./_window-layout.ts";

export function* help({ vim }: Ex): Blocking<void> {
  const open = vim.windows.find((window) => window.buffer.help);
  if (open) {
    vim.window = open;
    return;
  }
  splitWindow(vim, 20);
  const buffer = vim.newBuffer("/usr/share/vim/vim90/doc/help.txt");
  buffer.help = true;
  buffer.loaded = true;
  const loaded = yield* loadFile(vim.sys, buffer.name);
  const lines = loaded.kind === "file" ? loaded.lines : HELP_TEXT.split("\n").slice(0, -1);
  buffer.load(lines);
  buffer.readOnly = true;
  vim.window.buffer = buffer;
  vim.window.top = 0;
  vim.goTo({ line: 0, col: 0 });
  vim.message(`"help.txt" [readonly] ${sizeText(vim, lines.length, encode(lines.join("\n")).length + 1)}`);
}

export const WINDOW_COMMANDS: readonly ExCommand[] = [
  { name: "close", least: 3, *run({ vim, bang }) {
    if (vim.buffer.modified && !bang && !vim.windows.some((other) => other !== vim.window && other.buffer === vim.buffer)) throw new Failure("E37: No write since last change (add ! to override)");
    closeWindow(vim);
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
  } },
  { name: "help", least: 1, run: help },
  { name: "new", least: 3, *run({ vim, argument }) {
    splitWindow(vim);
    vim.window.buffer = vim.newBuffer("");
    vim.window.buffer.loaded = true;
    vim.window.top = 0;
    vim.goTo({ line: 0, col: 0 });
    if (argument !== "") yield* editFile(vim, expandName(vim, argument), false);
  } },
  { name: "only", least: 2, *run({ vim }) {
    const hidden = vim.windows.find((window) => window !== vim.window && window.buffer.modified && window.buffer !== vim.buffer);
    if (hidden) throw new Failure("E445: Other window contains changes");
    vim.windows = [vim.window];
    vim.window.height = vim.screen.rows - 1;
    layout(vim);
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
  } },
  { name: "sall", least: 2, *run({ vim }) {
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
    throw new Failure("E319: Sorry, the command is not available in this version");
  } },
  { name: "split", least: 2, range: "any", *run({ vim, range, argument }) {
    splitWindow(vim, range.given > 0 ? range.last : undefined);
    if (argument !== "") yield* editFile(vim, expandName(vim, argument), true);
  } },
];
