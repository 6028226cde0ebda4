// The swap file of a buffer: made when it is loaded, asked about when there is one already.

import { type Blocking, SysError } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import type { VimBuffer } from "./_buffer.ts";
import { makeSwap, readSwap, removeFile, swapNameOf } from "./_files.ts";
import { Failure, Leave } from "./_failure.ts";
import { readKeyAt } from "./_keyboard.ts";
import { STYLE } from "./_style.ts";
import type { Vim } from "./_vim.ts";

/** The swap file of the buffer; asks when somebody edits the file already. */
export function* swap(vim: Vim, buffer: VimBuffer, path: string): Blocking<void> {
  if (buffer.swapName !== undefined || vim.options.number("updatecount") === 0 || !vim.options.on("swapfile")) return;
  const { sys } = vim;
  const name = swapNameOf(path);
  const owner = yield* readSwap(sys, name);
  if (owner && owner.pid !== sys.getpid()) {
    const choice = yield* attention(vim, buffer, name, owner);
    if (choice === "o") {
      buffer.readOnly = true;
      return;
    }
    if (choice === "d") removeFile(sys, name);
    else if (choice !== "e" && choice !== "r") {
      vim.swapRefused = true;
      throw choice === "a" ? new Leave(1) : new Failure("");
    } else return;
  }
  if (vim.readOnlyMode) return;
  const accounts = yield* Accounts.read(sys);
  buffer.swapName = yield* makeSwap(sys, name, path.startsWith("/") ? path : `${sys.getcwd()}/${path}`, accounts.userName(sys.getcred().euid));
}

function* attention(vim: Vim, buffer: VimBuffer, swapName: string, owner: { readonly user: string; readonly host: string; readonly file: string; readonly pid: number; readonly modified: boolean }): Blocking<string> {
  let running = true;
  try {
    vim.sys.kill(owner.pid, 0);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    running = error.errno === "EPERM";
  }
  const rows = [
    "E325: ATTENTION", `Found a swap file by the name "${swapName}"`,
    `          owned by: ${owner.user}`, `         file name: ${owner.file}`, `          modified: ${owner.modified ? "YES" : "no"}`,
    `         user name: ${owner.user}   host name: ${owner.host}`, `        process ID: ${owner.pid}${running ? " (STILL RUNNING)" : ""}`,
    `While opening file "${buffer.name}"`, "",
    "(1) Another program may be editing the same file. Then quit, or take care",
    "    not to end with two different versions of it.",
    "(2) An edit session for this file crashed. Then use \":recover\", and delete",
    `    the swap file "${swapName}"`, "    to see this message no more.", "",
  ];
  for (const [i, row] of rows.entries()) vim.print(row, i === 0 ? STYLE.error : "");
  vim.print(`Swap file "${swapName}" already exists!`, STYLE.question);
  const question = running ? "[O]pen Read-Only, (E)dit anyway, (R)ecover, (Q)uit, (A)bort: " : "[O]pen Read-Only, (E)dit anyway, (R)ecover, (D)elete it, (Q)uit, (A)bort: ";
  vim.print(question, STYLE.question);
  for (;;) {
    const key = (yield* readKeyAt(vim, vim.screen.rows - 1, question.length)).toLowerCase();
    const choice = key === "\r" || key === "\u001b" ? "o" : key === "\u0003" ? "q" : key;
    if ("oerqa".includes(choice) || (choice === "d" && !running)) {
      vim.redrawAll();
      vim.wipeMessage();
      return choice;
    }
  }
}

export function releaseSwaps(vim: Vim): void {
  for (const buffer of vim.buffers) {
    removeFile(vim.sys, buffer.swapName);
    buffer.swapName = undefined;
  }
}
