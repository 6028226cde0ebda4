// Swap files: what was changed is in them until it is written, for when the editor, the terminal or the machine goes down (recover.txt of Vim).

import { type Blocking, O, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";
import type { VimBuffer } from "./_buffer.ts";
import { Failure, Leave } from "./_failure.ts";
import { removeFile } from "./_files.ts";
import { readKeyAt } from "./_keyboard.ts";
import { pauseAfter } from "./_messages.ts";
import { decodeFacts, encodeSwap, type SwapFacts } from "./_swap-format.ts";
import type { Vim } from "./_vim.ts";

/** .name.swp, then .swo, .swn… */
export function swapNameOf(path: string, number = 0): string {
  const slash = path.lastIndexOf("/") + 1;
  return `${path.slice(0, slash)}.${path.slice(slash)}.sw${String.fromCharCode("p".charCodeAt(0) - number)}`;
}

const MOST_SWAPS = 16;
const BLOCK_0 = 4096;

export interface FoundSwap {
  readonly name: string;
  readonly facts: SwapFacts | undefined;
  readonly owner: string;
  readonly mtimeUs: number;
}

export function* readSwap(sys: Sys, name: string): Blocking<{ readonly bytes: Uint8Array; readonly found: FoundSwap } | undefined> {
  try {
    const { mtimeUs, uid, sizeBytes } = sys.stat(name);
    const owner = (yield* Accounts.read(sys)).userName(uid);
    const fd = yield* sys.open(name, O.RDONLY | O.CLOEXEC);
    const bytes = new Uint8Array(sizeBytes);
    let at = 0;
    while (at < sizeBytes) {
      const part = yield* sys.read(fd, 65536);
      if (part.length === 0) break;
      bytes.set(part.subarray(0, sizeBytes - at), at);
      at += part.length;
      if (sys.charge(1 + (part.length >> 8))) yield* sys.preempt();
    }
    sys.close(fd);
    return { bytes, found: { name, facts: decodeFacts(bytes), owner, mtimeUs } };
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}

/** Makes the buffer's swap file, beside those of others; says so, and asks where the program can, when somebody edits the file already. */
export function* openSwap(vim: Vim, buffer: VimBuffer, path: string): Blocking<void> {
  if (buffer.swapName !== undefined || vim.options.number("updatecount") === 0 || !vim.options.on("swapfile") || vim.readOnlyMode) return;
  const { sys } = vim;
  for (let number = 0; number < MOST_SWAPS; number++) {
    const name = swapNameOf(path, number);
    const other = yield* readSwap(sys, name);
    if (!other) {
      yield* createSwap(vim, buffer, name, path);
      return;
    }
    if (number > 0 || vim.recovering) continue;
    if (!other.found.facts || other.found.facts.pid === sys.getpid()) continue;
    const choice = yield* attention(vim, buffer, path, other.found);
    if (choice === "o") buffer.readOnly = true;
    else if (choice === "d") {
      removeFile(sys, name);
      number--;
    } else if (choice === "r") buffer.recover = true;
    else if (choice === "q" || choice === "a") {
      vim.swapRefused = true;
      throw choice === "a" ? new Leave(1) : new Failure("");
    }
  }
  throw new Failure("E326: Too many swap files found");
}

function* createSwap(vim: Vim, buffer: VimBuffer, name: string, path: string): Blocking<void> {
  try {
    const fd = yield* vim.sys.open(name, O.WRONLY | O.CREAT | O.EXCL | O.CLOEXEC, 0o600);
    vim.sys.close(fd);
  } catch (error) {
    if (error instanceof SysError) return;
    throw error;
  }
  buffer.swapName = name;
  buffer.swapPath = path.startsWith("/") ? path : `${vim.sys.getcwd()}/${path}`;
  yield* writeSwap(vim, buffer, false);
}

/** Brings the swap file up to date. `text`: with the lines, else only whose it is. */
export function* writeSwap(vim: Vim, buffer: VimBuffer, text: boolean): Blocking<boolean> {
  const { sys } = vim;
  const name = buffer.swapName;
  if (name === undefined) return false;
  const user = (yield* Accounts.read(sys)).userName(sys.getcred().euid);
  const home = sys.environment.get("HOME");
  const path = buffer.swapPath;
  const file = home !== undefined && home !== "/" && path.startsWith(`${home}/`) ? `~${user}${path.slice(home.length)}` : path;
  let inode = 0;
  try {
    inode = sys.stat(path).ino;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  const facts: SwapFacts = { user, host: sys.uname().nodename, file, pid: sys.getpid(), inode, mtime: Math.floor((buffer.mtimeUs ?? 0) / 1_000_000), modified: buffer.modified, dos: buffer.format === "dos" };
  const bytes = encodeSwap(facts, text ? buffer.lines : []);
  try {
    const length = text || sys.stat(name).sizeBytes === 0 ? bytes.length : BLOCK_0;
    const fd = yield* sys.open(name, O.WRONLY | O.CLOEXEC);
    for (let at = 0; at < length; at += 65536) {
      yield* sys.pwrite(fd, bytes.subarray(at, Math.min(length, at + 65536)), at);
      if (sys.charge(64)) yield* sys.preempt();
    }
    if (text) sys.ftruncate(fd, bytes.length);
    sys.close(fd);
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
  if (text) buffer.swapped = buffer.changes;
  buffer.swapModified = buffer.modified;
  return true;
}

/** Whether there are changes is in the swap files at once, the changes themselves are not. */
export function* flagSwaps(vim: Vim): Blocking<void> {
  for (const buffer of vim.buffers) if (buffer.swapName !== undefined && buffer.modified !== buffer.swapModified) yield* writeSwap(vim, buffer, false);
}

/** What was changed since the last time goes to the swap files: 'updatetime' after a key, every 'updatecount' keys, :preserve. */
export function* writeSwaps(vim: Vim): Blocking<void> {
  for (const buffer of vim.buffers) if (buffer.swapName !== undefined && buffer.modified && buffer.swapped !== buffer.changes) yield* writeSwap(vim, buffer, true);
}

export function swapsBehind(vim: Vim): boolean {
  return vim.buffers.some((buffer) => buffer.swapName !== undefined && buffer.modified && buffer.swapped !== buffer.changes);
}

function isRunning(sys: Sys, pid: number): boolean {
  try {
    sys.kill(pid, 0);
    return true;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return error.errno === "EPERM";
  }
}

function* date(sys: Sys, timeUs: number): Blocking<string> {
  return strftime("%a %b %e %H:%M:%S %Y", civilAt(yield* readZone(sys), Math.floor(timeUs / 1_000_000))).replace(/^(\w+ \w+) {2}/, "$1 0");
}

/** What a swap file says of itself, in the words of :help ATTENTION and vim -r. */
export function* swapRows(sys: Sys, { facts, owner, mtimeUs }: FoundSwap): Blocking<string[]> {
  const rows = [`          owned by: ${owner}   dated: ${yield* date(sys, mtimeUs)}`];
  if (!facts) return [...rows, "         [cannot be read]"];
  rows.push(`         file name: ${facts.file === "" ? "[No Name]" : facts.file}`, `          modified: ${facts.modified ? "YES" : "no"}`, `         user name: ${facts.user}   host name: ${facts.host}`);
  rows.push(`        process ID: ${facts.pid}${isRunning(sys, facts.pid) ? " (STILL RUNNING)" : ""}`);
  return rows;
}

function* attention(vim: Vim, buffer: VimBuffer, path: string, found: FoundSwap): Blocking<string> {
  const { sys } = vim;
  const { name } = found;
  const rows = ["E325: ATTENTION", `Found a swap file by the name "${name}"`, ...(yield* swapRows(sys, found)), `While opening file "${buffer.name}"`];
  try {
    rows.push(`             dated: ${yield* date(sys, sys.stat(path).mtimeUs)}`);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    rows.push("      CANNOT BE FOUND");
  }
  rows.push(
    "",
    "(1) Somebody else may have this file open, perhaps you in another terminal.",
    "    Two who write the same file lose what one of them did: leave it now,",
    "    or go on and know what you do.",
    "(2) An edit session for this file crashed.",
    `    Then ":recover" or "vim -r ${buffer.name}" brings back what was`,
    "    changed and not written (see \":help recovery\").",
    `    Once that is done, remove the swap file "${name}"`,
    "    and this is not said again.",
  );
  for (const [i, row] of rows.entries()) vim.print(row, i === 0 ? vim.look.error : "");
  if (!vim.huge) {
    // the small version cannot ask: it goes on, with a swap file of another name
    if (!vim.compatible) {
      vim.print("");
      vim.print("");
      yield* pauseAfter(vim, 0);
      vim.screen.scrollDown(1);
    } else vim.print("");
    return "e";
  }
  vim.print("");
  vim.print(`Swap file "${name}" already exists!`, vim.look.question);
  const running = found.facts !== undefined && isRunning(sys, found.facts.pid);
  const question = `[O]pen Read-Only, (E)dit anyway, (R)ecover, ${running ? "" : "(D)elete it, "}(Q)uit, (A)bort: `;
  vim.print(question, vim.look.question);
  for (;;) {
    const key = (yield* readKeyAt(vim, vim.screen.rows - 1, question.length)).toLowerCase();
    const choice = key === "\r" ? "o" : key === "\u001b" || key === "\u0003" ? "q" : key;
    if ("oerqa".includes(choice) || (choice === "d" && !running)) {
      vim.redrawAll();
      vim.wipeMessage();
      return choice;
    }
  }
}

export function releaseSwaps(vim: Vim): void {
  for (const buffer of vim.buffers) releaseSwap(vim, buffer);
}

export function releaseSwap(vim: Vim, buffer: VimBuffer): void {
  removeFile(vim.sys, buffer.swapName);
  buffer.swapName = undefined;
}
