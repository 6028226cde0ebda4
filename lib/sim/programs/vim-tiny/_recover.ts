// :recover and vim -r: the text of a swap file comes back.

import { type Blocking, SysError } from "../../kernel/sys.ts";
import type { VimBuffer } from "./_buffer.ts";
import { Failure } from "./_failure.ts";
import { loadFile } from "./_files.ts";
import { readKeyAt } from "./_keyboard.ts";
import { type FoundSwap, readSwap, swapNameOf, swapRows } from "./_swap-files.ts";
import { decodeLines } from "./_swap-format.ts";
import type { Vim } from "./_vim.ts";
import type { Sys } from "../../kernel/sys.ts";

const MOST_SWAPS = 16;

/** Reads the text of the buffer's swap file into it. Throws Failure. */
export function* recoverBuffer(vim: Vim, buffer: VimBuffer): Blocking<void> {
  const { sys } = vim;
  let name: string | undefined;
  if (/\.sw[a-p]$/.test(buffer.name) && vim.exists(vim.homePath(buffer.name))) name = vim.homePath(buffer.name);
  else name = yield* chooseSwap(vim, vim.homePath(buffer.name), buffer);
  if (name === undefined) return;
  const swap = yield* readSwap(sys, name);
  if (!swap) throw new Failure(`E305: No swap file found for ${buffer.name}`);
  const { facts } = swap.found;
  if (!facts) throw new Failure(`E307: ${name} does not look like a Vim swap file`);
  const home = sys.environment.get("HOME") ?? "";
  const original = facts.file.replace(/^~[^/]+/, home);
  if (name === vim.homePath(buffer.name)) buffer.name = original;
  vim.print(`Using swap file "${name}"`);
  vim.print(`Original file "${facts.file.replace(/^~[^/]+/, "~")}"`);
  const lines = decodeLines(swap.bytes);
  if (!lines) {
    vim.print(`E309: Unable to read block 1 from ${name}`, vim.look.error);
    vim.print("Maybe no changes were made or Vim did not update the swap file.", vim.look.error);
    throw new Failure("");
  }
  const loaded = yield* loadFile(sys, original);
  if (facts.mtime !== 0 && loaded.kind === "file" && loaded.mtimeUs > swap.found.mtimeUs) vim.print("E308: Warning: Original file may have been changed", vim.look.error);
  const same = loaded.kind === "file" && loaded.lines.join("\n") === lines.join("\n");
  buffer.load(lines);
  buffer.format = facts.dos ? "dos" : "unix";
  buffer.empty = false;
  buffer.modified = !same;
  buffer.changes++;
  if (same) vim.print("Recovery completed. Buffer contents equals file contents.");
  else {
    vim.print("Recovery completed. You should check if everything is OK.");
    vim.print("(You might want to write out this file under another name", "");
    vim.print("and run diff with the original file to check for changes)");
  }
  vim.print(running(sys, facts.pid) ? `Note: process STILL RUNNING: ${facts.pid}` : "You may want to delete the .swp file now.");
  vim.print("");
}

function running(sys: Sys, pid: number): boolean {
  try {
    sys.kill(pid, 0);
    return true;
  } catch (error) {
    if (error instanceof SysError) return error.errno === "EPERM";
    throw error;
  }
}

function* chooseSwap(vim: Vim, path: string, buffer: VimBuffer): Blocking<string | undefined> {
  const found: FoundSwap[] = [];
  for (let number = 0; number < MOST_SWAPS; number++) {
    const name = swapNameOf(path, number);
    if (name === buffer.swapName) continue;
    const swap = yield* readSwap(vim.sys, name);
    if (swap) found.push(swap.found);
  }
  const [first] = found;
  if (!first) throw new Failure(`E305: No swap file found for ${buffer.name}`);
  if (found.length === 1) return first.name;
  vim.print("Swap files found:");
  for (const row of yield* listRows(vim.sys, found, 1, "   In current directory:")) vim.print(row);
  const question = "Enter number of swap file to use (0 to quit): ";
  let digits = "";
  for (;;) {
    vim.message(question + digits);
    const key = yield* readKeyAt(vim, vim.screen.rows - 1, question.length + digits.length);
    if (/^\d$/.test(key)) digits += key;
    else if (key === "\u007f") digits = digits.slice(0, -1);
    else break;
  }
  vim.print("");
  return found[Number(digits) - 1]?.name;
}

function* listRows(sys: Sys, found: readonly FoundSwap[], from: number, heading: string): Blocking<string[]> {
  const rows = [heading];
  if (found.length === 0) rows.push("      -- none --");
  for (const [i, swap] of found.entries()) rows.push(`${from + i}.    ${swap.name.slice(swap.name.lastIndexOf("/") + 1)}`, ...(yield* swapRows(sys, swap)));
  return rows;
}

/** vim -r without a file: what could be recovered, here and in the directories of 'directory'. */
export function* listSwaps(sys: Sys): Blocking<string> {
  const home = sys.environment.get("HOME") ?? "";
  const rows = ["Swap files found:"];
  let number = 1;
  for (const [folder, heading] of [[".", "   In current directory:"], [`${home}/tmp`, "   In directory ~/tmp:"], ["/var/tmp", "   In directory /var/tmp:"], ["/tmp", "   In directory /tmp:"]] as const) {
    const found: FoundSwap[] = [];
    try {
      for (const { name } of sys.readdir(folder).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
        const swap = /\.sw[a-p]$/.test(name) ? yield* readSwap(sys, folder === "." ? name : `${folder}/${name}`) : undefined;
        if (swap) found.push(swap.found);
      }
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    rows.push(...(yield* listRows(sys, found, number, heading)));
    number += found.length;
  }
  return `${rows.join("\n")}\n\n`;
}
