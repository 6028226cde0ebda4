// Ex commands: their names, and what they do. Over 400 lines: a table of commands.

import { type Blocking, decode, encode, SysError } from "../../kernel/sys.ts";
import { openShellPipe, runShell, shellOutput, waitFor } from "../kit/shell-command.ts";
import { Accounts } from "../kit/accounts.ts";
import type { VimBuffer } from "./_buffer.ts";
import { readRange, type Range } from "./_ex-range.ts";
import { isReadOnly, loadFile, makeSwap, readSwap, removeFile, splitLines, storeFile, swapNameOf } from "./_files.ts";
import { HELP_TEXT } from "./_help.ts";
import { join, put, remove, reportLines, shift, yank } from "./_operators.ts";
import { OptionError } from "./_options.ts";
import { LINE_COMMANDS } from "./_ex-lines.ts";
import { MAPPING_COMMANDS } from "./_ex-mappings.ts";
import { runNormal } from "./_normal.ts";
import { globalCommand, substitute } from "./_substitute.ts";
import { columnOf, shown } from "./_text.ts";
import { Failure, Leave, STYLE, type Vim } from "./_vim.ts";
import { VimWindow } from "./_window.ts";

export interface Ex {
  readonly vim: Vim;
  readonly range: Range;
  readonly bang: boolean;
  readonly argument: string;
}

export interface ExCommand {
  readonly name: string;
  /** how many letters suffice */
  readonly least: number;
  /** whether lines may be given; "zero": line 0 is one */
  readonly range?: "lines" | "zero" | "any";
  readonly run: (ex: Ex) => Blocking<void>;
}

/** Runs one line of commands; errors become messages. */
export function* executeCommandLine(vim: Vim, line: string): Blocking<void> {
  try {
    yield* execute(vim, line);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (error.message === "") vim.bell();
    else vim.error(error.message);
  }
}

/** Commands of a file (~/.vimrc): errors are told with their line. */
export function* sourceFile(vim: Vim, path: string): Blocking<boolean> {
  const loaded = yield* loadFile(vim.sys, path);
  if (loaded.kind !== "file") return false;
  for (const line of loaded.lines) {
    const text = line.trim();
    if (text === "" || text.startsWith('"')) continue;
    yield* executeCommandLine(vim, text);
  }
  return true;
}

function* execute(vim: Vim, line: string): Blocking<void> {
  let rest = line;
  while (rest.trim() !== "" || rest === line) {
    const text = rest.replace(/^[ \t:|]+/, "");
    if (text === "" || text.startsWith('"')) return;
    const { first, next } = splitBar(text);
    yield* one(vim, first);
    if (next === undefined) return;
    rest = next;
  }
}

/** A "|" ends the command, except of those that take it as theirs. */
function splitBar(text: string): { readonly first: string; readonly next: string | undefined } {
  const name = /^[^a-zA-Z!&<>@=#]*([a-zA-Z]*|!)/.exec(text)?.[1] ?? "";
  if (name === "!" || /^(g|gl|glo|glob|globa|global|v|vglobal|norm|normal|help|h)$/.test(name) || /^r(ead)?\s*!|^w(rite)?\s+!/.test(text.replace(/^[^a-zA-Z]*/, ""))) return { first: text, next: undefined };
  for (let i = 0; i < text.length; i++) {
    if (text[i] === "\\" || text[i] === "\u0016") i++;
    else if (text[i] === "|") return { first: text.slice(0, i), next: text.slice(i + 1) };
  }
  return { first: text, next: undefined };
}

function* one(vim: Vim, text: string): Blocking<void> {
  const range = yield* readRange(vim, text);
  const { rest } = range;
  if (rest === "") {
    if (range.given === 0) return;
    const line = yield* checkRange(vim, range, "zero");
    vim.markJump();
    vim.startOfLine(Math.max(0, line.last - 1));
    return;
  }
  const found = /^(?:[a-zA-Z]+|[!&<>=@#*~])/.exec(rest);
  if (!found) throw new Failure(`E492: Not an editor command: ${text.trim()}`);
  let name = found[0];
  // k and s take their argument without a blank.
  if (/^k[a-zA-Z]$/.test(name)) name = "k";
  else if (/^s[cegiInpr]+$/.test(name) && !ALL_COMMANDS.some((command) => command.name.startsWith(name) && name.length >= command.least)) name = "s";
  let after = rest.slice(name.length);
  if (/^(d|del|delete|j|join|y|yank)[lp]$/.test(name)) name = name.slice(0, -1);
  const command = ALL_COMMANDS.find((one) => one.name.startsWith(name) && name.length >= one.least);
  if (!command) {
    if (UNAVAILABLE.some((word) => word.startsWith(name) && name.length >= 2)) throw new Failure("E319: Sorry, the command is not available in this version");
    // Letters that go on with digits or names ("d5", "t0", "m$") were all taken by the pattern above; anything else is unknown.
    throw new Failure(`E492: Not an editor command: ${text.trim()}`);
  }
  let bang = false;
  if (name !== "!" && after.startsWith("!")) {
    bang = true;
    after = after.slice(1);
  }
  const checked = yield* checkRange(vim, range, command.range);
  const keepsBlanks = command.name === "substitute" || command.name === "&" || command.name === "normal";
  yield* command.run({ vim, range: checked, bang, argument: keepsBlanks ? after : after.replace(/^[ \t]+/, "") });
}

function* checkRange(vim: Vim, range: Range, kind: ExCommand["range"]): Blocking<Range> {
  if (range.given === 0) return range;
  if (kind === undefined) throw new Failure("E481: No range allowed");
  if (kind === "any") return range;
  let { first, last } = range;
  if (first > last) {
    const question = "Backwards range given, OK to swap (y/n)?";
    vim.message(question, STYLE.question);
    const key = yield* vim.keyAt(vim.screen.rows - 1, question.length);
    if (key !== "y") {
      if (!key.startsWith("<") && key >= " ") vim.message(question + key);
      throw new Failure("");
    }
    [first, last] = [last, first];
  }
  if (last > vim.lines.length || first < 0) throw new Failure("E16: Invalid range");
  if (first === 0 && kind !== "zero") {
    first = 1;
    if (last === 0) last = 1;
  }
  return { ...range, first, last };
}

// ---- files

/** "f.txt" 3 lines, 14 bytes; Vim: 3L, 14B. */
function sizeText(vim: Vim, lines: number, bytes: number): string {
  return vim.compatible ? `${lines} line${lines === 1 ? "" : "s"}, ${bytes} byte${bytes === 1 ? "" : "s"}` : `${lines}L, ${bytes}B`;
}

function note(vim: Vim, long: string, short: string): string {
  return vim.compatible ? long : short;
}

/** Reads the buffer's file into it; the message says what was found. */
export function* loadBuffer(vim: Vim, buffer: VimBuffer, quiet = false): Blocking<void> {
  const { sys } = vim;
  const path = vim.homePath(buffer.name);
  buffer.loaded = true;
  buffer.isNew = false;
  const say = (text: string) => {
    if (!quiet) vim.message(`"${buffer.name}" ${text}`);
  };
  if (buffer.name === "") {
    buffer.load([]);
    return;
  }
  const loaded = yield* loadFile(sys, path);
  buffer.readOnly = vim.readOnlyMode;
  switch (loaded.kind) {
    case "file": {
      buffer.load(loaded.lines);
      buffer.empty = false;
      if (loaded.lines.length === 0) buffer.lines = [""];
      buffer.noEndOfLine = loaded.noEndOfLine;
      buffer.format = loaded.format;
      buffer.mtimeUs = loaded.mtimeUs;
      buffer.readOnly ||= isReadOnly(sys, path);
      const flags = `${buffer.readOnly ? "[readonly] " : ""}${loaded.noEndOfLine ? note(vim, "[Incomplete last line] ", "[noeol] ") : ""}${loaded.format === "dos" ? note(vim, "[dos format] ", "[dos] ") : ""}`;
      yield* swap(vim, buffer, path);
      say(`${flags}${sizeText(vim, loaded.lines.length, loaded.bytes)}`);
      return;
    }
    case "new":
      buffer.load([]);
      buffer.isNew = true;
      yield* swap(vim, buffer, path);
      say(note(vim, "[New File]", "[New]"));
      return;
    case "no-directory":
      buffer.load([]);
      buffer.isNew = true;
      say("[New DIRECTORY]");
      return;
    case "denied":
      buffer.load([]);
      buffer.notEdited = true;
      say("[Permission Denied]");
      return;
    case "directory":
      buffer.load([]);
      if (!quiet) vim.message(`"${buffer.name}" is a directory`);
      return;
    case "not-a-file":
      buffer.load([]);
      say("is not a file");
      return;
    case "too-big":
      buffer.load([]);
      say("[READ ERRORS]");
  }
}

/** The swap file of the buffer; asks when somebody edits the file already. */
function* swap(vim: Vim, buffer: VimBuffer, path: string): Blocking<void> {
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
    const key = (yield* vim.keyAt(vim.screen.rows - 1, question.length)).toLowerCase();
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

/** % and # in arguments. */
function expandName(vim: Vim, text: string): string {
  const name = text.replace(/\\([%#\\ ])|%|#/g, (found, quoted: string | undefined) => {
    if (quoted !== undefined) return quoted;
    if (found === "%") {
      if (vim.buffer.name === "") throw new Failure('E499: Empty file name for \'%\' or \'#\', only works with ":p:h"');
      return vim.buffer.name;
    }
    const alternate = vim.window.alternate;
    if (!alternate) throw new Failure("E194: No alternate file name to substitute for '#'");
    return alternate.name;
  });
  return name.trim();
}

function bufferNamed(vim: Vim, name: string): VimBuffer | undefined {
  return vim.buffers.find((buffer) => buffer.name === name && !buffer.help);
}

/** Shows a buffer in the window, reading its file when it is not in memory. */
function* showBuffer(vim: Vim, buffer: VimBuffer, reload: boolean, quiet = false): Blocking<void> {
  const { window } = vim;
  const old = window.buffer;
  if (old !== buffer) {
    old.last = window.cursor;
    const elsewhere = vim.windows.some((other) => other !== window && other.buffer === old);
    if (!elsewhere && !vim.options.on("hidden")) {
      old.loaded = false;
      removeFile(vim.sys, old.swapName);
      old.swapName = undefined;
    }
    old.visited = true;
    window.alternate = old;
    window.buffer = buffer;
    window.top = 0;
    window.line = 0;
    window.col = 0;
  }
  if (reload || !buffer.loaded) yield* loadBuffer(vim, buffer, quiet);
  else vim.message(`"${buffer.name}" ${buffer.modified ? "[Modified] " : ""}line ${buffer.last.line + 1} of ${buffer.lines.length}`);
  vim.layout();
}

export function* editFile(vim: Vim, name: string, force: boolean): Blocking<void> {
  const { buffer } = vim;
  if (buffer.modified && !force && !vim.options.on("hidden")) {
    if (vim.options.on("autowrite")) yield* writeBuffer(vim, buffer, buffer.name, 0, buffer.lines.length, { bang: false, append: false, whole: true });
    else throw new Failure(unsaved(vim));
  }
  if (name === "" || name === buffer.name) {
    const line = vim.window.line;
    buffer.modified = false;
    yield* loadBuffer(vim, buffer);
    vim.startOfLine(vim.options.vi("g") || force ? 0 : line);
    return;
  }
  const known = bufferNamed(vim, name);
  if (known) {
    if (force) buffer.modified = false;
    const place = known.last;
    yield* showBuffer(vim, known, !known.loaded);
    vim.goTo(place);
    return;
  }
  // An unnamed empty buffer becomes the new one.
  const target = buffer.name === "" && !buffer.modified && buffer.lines.length === 1 && buffer.lines[0] === "" ? buffer : vim.newBuffer(name);
  if (force) buffer.modified = false;
  if (target === buffer) {
    buffer.name = name;
    yield* loadBuffer(vim, buffer);
    vim.startOfLine(0);
    return;
  }
  yield* showBuffer(vim, target, true);
  vim.startOfLine(0);
}

function unsaved(vim: Vim): string {
  const others = vim.buffers.filter((buffer) => buffer.modified && buffer !== vim.buffer);
  return vim.buffer.modified || others.length === 0 ? "E37: No write since last change (add ! to override)" : `E162: No write since last change for buffer "${others[0]?.name === "" ? "[No Name]" : (others[0]?.name ?? "")}"`;
}

interface WriteRequest {
  readonly bang: boolean;
  readonly append: boolean;
  readonly whole: boolean;
}

/** Writes lines [first, last) to a file. Throws Failure. */
function* writeBuffer(vim: Vim, buffer: VimBuffer, name: string, first: number, last: number, request: WriteRequest): Blocking<void> {
  const { sys } = vim;
  if (name === "") throw new Failure("E32: No file name");
  const own = name === buffer.name;
  const path = vim.homePath(name);
  const exists = vim.exists(path);
  if (!request.bang) {
    if (own && buffer.readOnly) throw new Failure("E45: 'readonly' option is set (add ! to override)");
    if (own && !request.whole) throw new Failure("E140: Use ! to write partial buffer");
    if (!own && exists && !request.append) throw new Failure("E13: File exists (add ! to override)");
    if (own && buffer.isNew && exists) throw new Failure("E13: File exists (add ! to override)");
    if (exists && isReadOnly(sys, path)) throw new Failure(vim.options.vi("W") ? `E504: "${name}" is read-only (cannot override: "W" in 'cpoptions')` : `E505: "${name}" is read-only (add ! to override)`);
  }
  try {
    if (exists && (sys.stat(path).mode & 0o170000) === 0o040000) throw new Failure(`E502: "${name}" is a directory`);
    if (own && exists && buffer.mtimeUs !== undefined && sys.stat(path).mtimeUs !== buffer.mtimeUs && !request.bang) {
      const question = "Do you really want to write to it (y/n)?";
      vim.print("WARNING: The file has been changed since reading it!!!", STYLE.error);
      vim.print(question, STYLE.question);
      const key = yield* vim.keyAt(vim.screen.rows - 1, question.length);
      vim.redrawAll();
      if (key !== "y") throw new Failure("");
    }
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  if (request.append && !exists && !request.bang && vim.options.vi("A")) throw new Failure(`E212: Can't open file for writing`);
  const end = buffer.format === "dos" ? "\r\n" : "\n";
  const lines = buffer.empty ? [] : buffer.lines.slice(first, last);
  const text = lines.length === 0 ? "" : lines.join(end) + (buffer.noEndOfLine && last === buffer.lines.length && own && !vim.compatible ? "" : end);
  let bytes: number;
  try {
    bytes = yield* storeFile(sys, path, text, { append: request.append, force: request.bang && !vim.options.vi("W") });
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    vim.message(`"${name}"`);
    if (error.errno === "ENOSPC" || error.errno === "EDQUOT") throw new Failure(`"${name}" E514: Write error (file system full?)`);
    throw new Failure(`"${name}" E212: Can't open file for writing`);
  }
  const fresh = !exists ? `${note(vim, "[New File]", "[New]")} ` : "";
  const noeol = text !== "" && !text.endsWith("\n") ? note(vim, "[Incomplete last line] ", "[noeol] ") : "";
  vim.message(`"${name}" ${fresh}${noeol}${buffer.format === "dos" ? note(vim, "[dos format] ", "[dos] ") : ""}${sizeText(vim, lines.length, bytes)} ${request.append ? "appended" : "written"}`);
  if (request.whole && !request.append && (own || vim.options.vi("+"))) {
    buffer.modified = false;
    if (own) {
      buffer.isNew = false;
      buffer.readOnly = false;
      if (vim.options.vi("Z") || vim.readOnlyMode) buffer.readOnly = isReadOnly(sys, path) || vim.readOnlyMode;
    }
  }
  try {
    if (own) buffer.mtimeUs = sys.stat(path).mtimeUs;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

/** :f, Ctrl-G */
export function fileInfo(vim: Vim, full: boolean): void {
  const { buffer, window } = vim;
  const name = buffer.name === "" ? "[No Name]" : full && !buffer.name.startsWith("/") ? `${vim.sys.getcwd()}/${buffer.name}` : buffer.name;
  const flags = `${buffer.modified ? note(vim, "[Modified]", "[Modified]") : ""}${buffer.isNew ? note(vim, "[New file]", "[New]") : ""}${buffer.readOnly ? "[readonly]" : ""}`;
  const count = buffer.lineCount;
  const place = count === 0 ? "--No lines in buffer--"
    : vim.options.on("ruler") ? `${count} line${count === 1 ? "" : "s"} --${Math.floor(((window.line + 1) * 100) / count)}%--`
    : `line ${window.line + 1} of ${count} --${Math.floor(((window.line + 1) * 100) / count)}%-- col ${columnText(vim)}`;
  const args = vim.args.length > 1 ? ` (${note(vim, "file ", "")}${vim.argAt + 1} of ${vim.args.length})` : "";
  vim.message(`"${name}"${flags === "" ? "" : ` ${flags}`} ${place}${args}`);
}

function columnText(vim: Vim): string {
  const column = columnOf(vim.line, vim.window.col, vim.columns) + 1;
  const index = encode(vim.line.slice(0, vim.window.col)).length + 1;
  return vim.line === "" ? "0-1" : index === column ? String(index) : `${index}-${column}`;
}

// ---- leaving

/** :q */
export function quit(vim: Vim, force: boolean, all: boolean): void {
  if (vim.windows.length > 1 && !all) {
    const shared = vim.windows.some((other) => other !== vim.window && other.buffer === vim.buffer);
    if (vim.buffer.modified && !force && !shared && !vim.options.on("hidden")) throw new Failure("E37: No write since last change (add ! to override)");
    closeWindow(vim);
    return;
  }
  if (!force) {
    if (all ? vim.buffers.some((buffer) => buffer.modified) : vim.buffer.modified) throw new Failure(unsaved(vim));
    const hidden = vim.buffers.find((buffer) => buffer.modified);
    if (hidden) throw new Failure(unsaved(vim));
    const more = vim.args.length - vim.argAt - 1;
    if (!all && more > 0 && !vim.quitAsked) {
      vim.quitAsked = true;
      throw new Failure(`E173: ${more} more file${more === 1 ? "" : "s"} to edit`);
    }
  }
  throw new Leave(vim.exitStatus);
}

/** ZZ, :x, :wq */
export function* writeAndQuit(vim: Vim, kind: "x" | "wq", bang: boolean, name: string | undefined): Blocking<void> {
  const { buffer } = vim;
  if (kind === "wq" || buffer.modified || name !== undefined) {
    yield* writeBuffer(vim, buffer, name ?? buffer.name, 0, buffer.lines.length, { bang, append: false, whole: true });
    if (name !== undefined && buffer.name === "") {
      buffer.name = name;
      buffer.modified = false;
    }
  }
  quit(vim, bang, false);
}

export function* stopEditor(vim: Vim): Blocking<void> {
  yield* vim.suspend();
}

function closeWindow(vim: Vim): void {
  const at = vim.windows.indexOf(vim.window);
  const neighbour = vim.windows[at + 1] ?? vim.windows[at - 1];
  if (!neighbour) throw new Failure("E444: Cannot close last window");
  neighbour.height += vim.window.height + 1;
  const closed = vim.window;
  vim.windows = vim.windows.filter((window) => window !== closed);
  vim.window = neighbour;
  if (vim.windows.length === 1) neighbour.height = vim.screen.rows - 1;
  neighbour.top = Math.max(0, Math.min(neighbour.top, neighbour.buffer.lines.length - neighbour.height));
  neighbour.drawn = undefined;
  if (closed.buffer.help) closed.buffer.modified = false;
  vim.layout();
}

function splitWindow(vim: Vim, height?: number): VimWindow {
  const old = vim.window;
  const rows = vim.windows.length === 1 && vim.options.number("laststatus") !== 2 ? old.height - 1 : old.height;
  if (rows < 3) throw new Failure("E36: Not enough room");
  const created = new VimWindow(old.buffer);
  created.line = old.line;
  created.col = old.col;
  created.wanted = old.wanted;
  created.top = old.top;
  created.alternate = old.alternate;
  created.height = Math.min(rows - 2, height ?? Math.floor((rows + 1) / 2));
  old.height = rows - created.height - 1;
  vim.windows.splice(vim.windows.indexOf(old), 0, created);
  vim.window = created;
  vim.layout();
  return created;
}

// ---- lines

function lineText(vim: Vim, line: number, numbered: boolean, list: boolean): string {
  const text = vim.buffer.line(line);
  let column = 0;
  let out = "";
  for (const c of text) {
    const piece = shown(c, column, { tabStop: vim.columns.tabStop, list: list || vim.columns.list });
    out += piece;
    column += piece.length;
  }
  return `${numbered || vim.options.on("number") ? `${String(line + 1).padStart(3)} ` : ""}${out}${list || vim.columns.list ? "$" : ""}`;
}

function* printLines({ vim, range }: Ex, numbered: boolean, list: boolean): Blocking<void> {
  const rows: string[] = [];
  for (let line = range.first - 1; line < range.last; line++) rows.push(lineText(vim, line, numbered, list));
  vim.startOfLine(range.last - 1);
  if (vim.global) vim.global.printed.push(...rows);
  else yield* vim.list(rows, true);
}

/** A register and a count behind :d, :y, :put. */
function registerAndCount({ vim, range, argument }: Ex): { readonly register: string; readonly first: number; readonly last: number } {
  const found = /^([A-Za-z"_-]?)\s*(\d*)$/.exec(argument.trim());
  if (!found) throw new Failure(`E488: Trailing characters: ${argument}`);
  const [, register = "", count = ""] = found;
  if (count === "") return { register, first: range.first, last: range.last };
  return { register, first: range.last, last: Math.min(vim.lines.length, range.last + Number(count) - 1) };
}

function* target(vim: Vim, argument: string): Blocking<number> {
  const range = yield* readRange(vim, argument);
  if (range.given === 0) throw new Failure("E14: Invalid address");
  if (range.last > vim.lines.length || range.last < 0) throw new Failure("E16: Invalid range");
  return range.last;
}

function* filter({ vim, range }: Ex, command: string): Blocking<void> {
  const { sys } = vim;
  const first = range.first - 1;
  const count = range.last - first;
  const input = encode(vim.lines.slice(first, first + count).map((line) => `${line}\n`).join(""));
  const [read, write] = sys.pipe();
  sys.setCloexec(write, true);
  const feeder = sys.fork(function* (child) {
    child.close(read);
    for (let at = 0; at < input.length; at += 4096) yield* child.write(write, input.subarray(at, at + 4096));
    return 0;
  });
  sys.close(write);
  const saved = sys.dup(0, 10);
  sys.setCloexec(saved, true);
  sys.dup2(read, 0);
  sys.close(read);
  const { bytes } = yield* shellOutput(sys, `{ ${command}\n} 2>&1`);
  sys.dup2(saved, 0);
  sys.close(saved);
  yield* waitFor(sys, feeder);
  yield* vim.beforeChange();
  const { lines } = splitLines(decode(bytes));
  vim.replaceLines(first, count, lines);
  vim.startOfLine(Math.min(first, vim.buffer.lastLine));
  const difference = lines.length - count;
  if (count > vim.options.number("report") && difference === 0) vim.message(`${count} lines filtered`);
  else reportLines(vim, difference);
}

function shellCommand(vim: Vim, text: string): string {
  const expanded = text.replace(/\\!|!/g, (found) => (found === "!" ? vim.lastShell : "!"));
  const command = expanded.replace(/\\([%#])|%|#/g, (found, quoted: string | undefined) => quoted ?? (found === "%" ? vim.buffer.name : (vim.window.alternate?.name ?? "#")));
  vim.lastShell = command;
  return command;
}

function* shellOutside(vim: Vim, command: string): Blocking<void> {
  yield* vim.outside(function* () {
    yield* vim.sys.write(1, encode("\r\n"));
    if (vim.buffer.modified && vim.options.on("warn")) yield* vim.sys.write(1, encode("[No write since last change]\r\n"));
    const status = yield* runShell(vim.sys, command);
    if (status.kind === "exited" && status.status !== 0) yield* vim.sys.write(1, encode(`\r\nshell returned ${status.status}\r\n`));
  });
}

// ---- options, buffers, registers

function* setOptions({ vim, argument }: Ex): Blocking<void> {
  const words = argument.match(/(?:\\.|\S)+/g) ?? [];
  if (words.length === 0 || (words.length === 1 && words[0] === "all")) {
    const rows = words.length === 0 ? vim.options.changed(vim.compatible) : vim.options.all();
    yield* vim.list(["--- Options ---", ...columnsOf(rows, vim.screen.columns)]);
    return;
  }
  const answers: string[] = [];
  for (const word of words) {
    if (word === "all&") {
      vim.options.setCompatible(vim.compatible);
      vim.redrawAll();
      continue;
    }
    try {
      const before = { readonly: vim.buffer.readOnly };
      vim.options.put("readonly", before.readonly);
      vim.options.put("modified", vim.buffer.modified);
      vim.options.put("fileformat", vim.buffer.format);
      vim.options.put("scroll", vim.window.scroll || Math.floor(vim.window.height / 2));
      const { name, shown } = vim.options.assign(word);
      if (shown !== undefined) answers.push(shown);
      vim.buffer.readOnly = vim.options.on("readonly");
      vim.buffer.modified = vim.options.on("modified");
      if (name === "fileformat") {
        const format = vim.options.text("fileformat");
        if (format !== "unix" && format !== "dos") throw new OptionError(`E474: Invalid argument: ${word}`);
        if (format !== vim.buffer.format) vim.buffer.modified = true;
        vim.buffer.format = format;
      }
      if (name === "laststatus") vim.layout();
      if (name === "scroll" && word.includes("=")) vim.window.scroll = vim.options.number("scroll");
    } catch (error) {
      if (!(error instanceof OptionError)) throw error;
      throw new Failure(error.message);
    }
  }
  vim.setWidths();
  if (answers.length > 0) yield* vim.list(answers, true);
}

function columnsOf(words: readonly string[], width: number): string[] {
  const short = words.filter((word) => word.length < 19);
  const long = words.filter((word) => word.length >= 19);
  const columns = Math.max(1, Math.floor((width + 3) / 20));
  const rows = Math.ceil(short.length / columns);
  const out: string[] = [];
  for (let row = 0; row < rows; row++) {
    let text = "";
    for (let i = row; i < short.length; i += rows) text = text.padEnd(20 * Math.floor(i / rows)) + (short[i] ?? "");
    out.push(text);
  }
  return [...out, ...long];
}

function bufferList(vim: Vim): string[] {
  return vim.buffers.filter((buffer) => !buffer.help).map((buffer) => {
    const current = buffer === vim.buffer;
    const active = vim.windows.some((window) => window.buffer === buffer);
    const flags = `${current ? "%" : buffer === vim.window.alternate ? "#" : " "}${active ? "a" : buffer.loaded ? "h" : " "}${buffer.readOnly ? "=" : " "}${buffer.modified ? "+" : " "}`;
    const name = `"${buffer.name === "" ? "[No Name]" : buffer.name}"`;
    const line = current ? vim.window.line + 1 : buffer.last.line + 1;
    return `${String(buffer.number).padStart(3)} ${flags} ${name.padEnd(30)} line ${current || active || buffer.visited ? line : 0}`;
  });
}

function* goBuffer({ vim, bang, argument }: Ex, range: Range): Blocking<void> {
  const word = argument.trim();
  const number = word === "" ? (range.given > 0 ? range.last : vim.buffer.number) : /^\d+$/.test(word) ? Number(word) : undefined;
  let buffer = number !== undefined ? vim.buffers.find((one) => one.number === number) : word === "#" ? vim.window.alternate : bufferNamed(vim, word);
  if (!buffer && number === undefined) {
    const like = vim.buffers.filter((one) => one.name.includes(word));
    if (like.length > 1) throw new Failure(`E93: More than one match for ${word}`);
    [buffer] = like;
  }
  if (!buffer) throw new Failure(number !== undefined ? `E86: Buffer ${number} does not exist` : `E94: No matching buffer for ${word}`);
  yield* switchTo(vim, buffer, bang);
}

function* switchTo(vim: Vim, buffer: VimBuffer, bang: boolean): Blocking<void> {
  if (buffer === vim.buffer) return;
  if (vim.buffer.modified && !bang && !vim.options.on("hidden")) throw new Failure("E37: No write since last change (add ! to override)");
  const place = buffer.last;
  yield* showBuffer(vim, buffer, !buffer.loaded);
  vim.goTo(place);
}

function* stepBuffer({ vim, bang }: Ex, by: number): Blocking<void> {
  const listed = vim.buffers.filter((buffer) => !buffer.help);
  const at = listed.indexOf(vim.buffer);
  const next = listed[(at + by + listed.length) % listed.length];
  if (next) yield* switchTo(vim, next, bang);
}

function* toArgument({ vim, bang }: Ex, to: number): Blocking<void> {
  if (vim.args.length <= 1) throw new Failure("E163: There is only one file to edit");
  if (to >= vim.args.length) throw new Failure("E165: Cannot go beyond last file");
  if (to < 0) throw new Failure("E164: Cannot go before first file");
  if (vim.buffer.modified && !bang && !vim.options.on("hidden")) {
    if (!vim.options.on("autowrite")) throw new Failure("E37: No write since last change (add ! to override)");
    yield* writeBuffer(vim, vim.buffer, vim.buffer.name, 0, vim.buffer.lines.length, { bang: false, append: false, whole: true });
  }
  vim.buffer.modified = false;
  const name = vim.args[to] ?? "";
  vim.argAt = to;
  const known = bufferNamed(vim, name);
  yield* showBuffer(vim, known ?? vim.newBuffer(name), true);
  vim.startOfLine(known?.last.line ?? 0);
}

function* help({ vim }: Ex): Blocking<void> {
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

function* writeCommand(ex: Ex): Blocking<void> {
  const { vim, range, bang, argument } = ex;
  const { buffer } = vim;
  const whole = range.given === 0;
  if (argument.startsWith("!")) {
    const text = (whole ? vim.lines : vim.lines.slice(range.first - 1, range.last)).map((line) => `${line}\n`).join("");
    const command = shellCommand(vim, argument.slice(1));
    yield* vim.outside(function* () {
      yield* vim.sys.write(1, encode("\r\n"));
      const pipe = openShellPipe(vim.sys, command, "w");
      try {
        yield* vim.sys.write(pipe.fd, encode(text));
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
      vim.sys.close(pipe.fd);
      yield* waitFor(vim.sys, pipe.pid);
    });
    return;
  }
  const append = argument.startsWith(">>");
  const typed = expandName(vim, append ? argument.slice(2) : argument);
  const name = typed === "" ? buffer.name : typed;
  yield* writeBuffer(vim, buffer, name, whole ? 0 : range.first - 1, whole ? vim.lines.length : range.last, { bang, append, whole });
  if (typed !== "" && buffer.name === "" && whole) {
    buffer.name = typed;
    buffer.modified = false;
    buffer.isNew = false;
  }
}

function* readCommand(ex: Ex): Blocking<void> {
  const { vim, range, argument } = ex;
  yield* vim.beforeChange();
  let lines: string[];
  if (argument.startsWith("!")) {
    const { bytes } = yield* shellOutput(vim.sys, `{ ${shellCommand(vim, argument.slice(1))}\n} 2>&1`);
    lines = splitLines(decode(bytes)).lines;
    vim.wipeMessage();
  } else {
    const typed = expandName(vim, argument);
    const name = typed === "" ? vim.buffer.name : typed;
    if (name === "") throw new Failure("E32: No file name");
    const loaded = yield* loadFile(vim.sys, vim.homePath(name));
    if (range.given > 0 && range.last === 0 && loaded.kind === "file") vim.message(`"${name}" ${sizeText(vim, loaded.lines.length, loaded.bytes)}`);
    if (loaded.kind !== "file") throw new Failure(loaded.kind === "directory" ? `"${name}" is a directory` : `E484: Can't open file ${name}`);
    lines = loaded.lines;
  }
  const at = range.given === 0 ? vim.window.line + 1 : range.last;
  if (lines.length === 0) return;
  vim.replaceLines(vim.buffer.empty ? 0 : at, 0, lines);
  vim.startOfLine(argument.startsWith("!") ? at + lines.length - 1 : at);
  if (argument.startsWith("!")) reportLines(vim, lines.length);
}

const UNAVAILABLE = [
  "autocmd", "augroup", "caddexpr", "call", "cclose", "colorscheme", "copen", "cnext", "diffthis", "digraphs", "echo", "echomsg", "else", "endif", "execute", "filetype", "fold", "for", "function", "grep", "highlight", "if", "let", "make", "menu", "mksession", "nohlsearch", "python3", "redir", "scriptnames", "sign", "spellgood", "syntax", "tselect", "unlet", "vimgrep", "while",
];

const COMMANDS: readonly ExCommand[] = [
  { name: "normal", least: 4, range: "lines", *run({ vim, range, argument }) {
    const keys = argument.trimStart();
    if (keys === "") throw new Failure("E471: Argument required");
    if (vim.normalDepth >= 20) throw new Failure("E192: Recursive use of :normal too deep");
    if (range.given === 0) yield* runNormal(vim, keys);
    for (let line = range.first - 1; range.given > 0 && line < range.last && line <= vim.buffer.lastLine; line++) {
      vim.goTo({ line, col: 0 });
      yield* runNormal(vim, keys);
    }
  } },
  { name: "delmarks", least: 4, *run({ vim, bang, argument }) {
    if (bang) for (const name of [...vim.buffer.marks.keys()]) if (/^[a-z]$/.test(name)) vim.buffer.marks.delete(name);
    if (!bang && argument.trim() === "") throw new Failure("E471: Argument required");
    for (const part of argument.match(/[A-Za-z0-9]-[A-Za-z0-9]|\S/g) ?? []) {
      for (const name of [...vim.buffer.marks.keys()]) if (part.length === 3 ? name >= part.charAt(0) && name <= part.charAt(2) : name === part) vim.buffer.marks.delete(name);
    }
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
  } },
  { name: "jumps", least: 2, *run({ vim }) {
    const { jumps, jumpAt } = vim.window;
    const rows = jumps.map((place, i) => `${i === jumpAt ? ">" : " "}${String(Math.abs(i - jumpAt)).padStart(3)} ${String(place.line + 1).padStart(5)} ${String(place.col).padStart(4)} ${vim.buffer.line(place.line).trimStart()}`);
    yield* vim.list([" jump line  col file/text", ...rows, ...(jumpAt >= jumps.length ? [">"] : [])]);
  } },
  { name: "startinsert", least: 4, *run({ vim, bang }) {
    vim.queue.push(bang ? "A" : "i");
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
  } },
  ...LINE_COMMANDS,
  { name: "append", least: 1, range: "zero", *run({ vim }) {
    yield* typedLines(vim, vim.window.line + 1);
  } },
  { name: "insert", least: 1, range: "lines", *run({ vim }) {
    yield* typedLines(vim, vim.window.line);
  } },
  { name: "args", least: 2, *run({ vim }) {
    vim.message(vim.args.map((name, i) => (i === vim.argAt ? `[${name}]` : name)).reduce((line, word, i) => (i === 0 ? word : line.padEnd(Math.ceil((line.length + 1) / 8) * 8) + word), ""));
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
  } },
  { name: "buffer", least: 1, range: "any", *run(ex) {
    yield* goBuffer(ex, ex.range);
  } },
  { name: "bnext", least: 2, *run(ex) {
    yield* stepBuffer(ex, 1);
  } },
  { name: "bprevious", least: 2, *run(ex) {
    yield* stepBuffer(ex, -1);
  } },
  { name: "bNext", least: 2, *run(ex) {
    yield* stepBuffer(ex, -1);
  } },
  { name: "bdelete", least: 2, range: "any", *run({ vim, bang, argument }) {
    const number = /^\d+$/.test(argument.trim()) ? Number(argument.trim()) : vim.buffer.number;
    const buffer = vim.buffers.find((one) => one.number === number);
    if (!buffer) throw new Failure("E516: No buffers were deleted");
    if (buffer.modified && !bang) throw new Failure(`E89: No write since last change for buffer ${buffer.number} (add ! to override)`);
    if (buffer === vim.buffer) {
      const other = vim.buffers.find((one) => one !== buffer);
      yield* showBuffer(vim, other ?? vim.newBuffer(""), true);
    }
    vim.buffers.splice(vim.buffers.indexOf(buffer), 1);
    removeFile(vim.sys, buffer.swapName);
  } },
  { name: "buffers", least: 7, *run({ vim }) {
    yield* vim.list(bufferList(vim));
  } },
  { name: "cd", least: 2, *run({ vim, argument }) {
    try {
      vim.sys.chdir(vim.homePath(argument.trim() === "" ? "~" : argument.trim()));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      throw new Failure("E344: Can't find directory \"" + argument.trim() + "\" in cdpath");
    }
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
  } },
  { name: "change", least: 1, range: "lines", *run({ vim, range }) {
    yield* vim.beforeChange();
    vim.replaceLines(range.first - 1, range.last - range.first + 1, []);
    yield* typedLines(vim, range.first - 1);
  } },
  { name: "close", least: 3, *run({ vim, bang }) {
    if (vim.buffer.modified && !bang && !vim.windows.some((other) => other !== vim.window && other.buffer === vim.buffer)) throw new Failure("E37: No write since last change (add ! to override)");
    closeWindow(vim);
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
  } },
  { name: "copy", least: 2, range: "lines", run: copyLines },
  { name: "cquit", least: 2, *run({ vim }) {
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
    throw new Leave(1);
  } },
  { name: "delete", least: 1, range: "lines", *run(ex) {
    const { register, first, last } = registerAndCount(ex);
    yield* ex.vim.beforeChange();
    remove(ex.vim, { kind: "line", start: { line: first - 1, col: 0 }, end: { line: last - 1, col: 0 } }, register);
  } },
  { name: "display", least: 2, run: showRegisters },
  { name: "edit", least: 1, *run({ vim, bang, argument }) {
    const line = /^\+(\d+)\s+/.exec(argument);
    yield* editFile(vim, expandName(vim, line ? argument.slice(line[0].length) : argument), bang);
    if (line) vim.startOfLine(Number(line[1]) - 1);
  } },
  { name: "enew", least: 3, *run({ vim, bang }) {
    if (vim.buffer.modified && !bang) throw new Failure("E37: No write since last change (add ! to override)");
    yield* showBuffer(vim, vim.newBuffer(""), true);
  } },
  { name: "ex", least: 2, *run({ vim, bang, argument }) {
    yield* editFile(vim, expandName(vim, argument), bang);
  } },
  { name: "exit", least: 3, range: "lines", run: exitCommand },
  { name: "file", least: 1, *run({ vim, argument }) {
    if (argument !== "") {
      vim.buffer.name = expandName(vim, argument);
      vim.buffer.notEdited = true;
    }
    fileInfo(vim, false);
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
  } },
  { name: "files", least: 5, *run({ vim }) {
    yield* vim.list(bufferList(vim));
  } },
  { name: "first", least: 2, *run(ex) {
    yield* toArgument(ex, 0);
  } },
  { name: "global", least: 1, range: "lines", *run(ex) {
    const [first, last] = ex.range.given === 0 ? [1, ex.vim.lines.length] : [ex.range.first, ex.range.last];
    yield* globalCommand(ex.vim, ex.argument, first, last, ex.bang, (command) => executeInGlobal(ex.vim, command));
  } },
  { name: "help", least: 1, run: help },
  { name: "history", least: 3, *run({ vim }) {
    const rows = vim.history[":"].map((text, i) => `${i + 1 === vim.history[":"].length ? ">" : " "}${String(i + 1).padStart(6)}  ${text}`);
    yield* vim.list(["      #  cmd history", ...rows]);
  } },
  { name: "join", least: 1, range: "lines", *run({ vim, range, bang, argument }) {
    yield* vim.beforeChange();
    const count = /^\d+$/.test(argument.trim()) ? Number(argument.trim()) : 0;
    const first = count > 0 ? range.last : range.first;
    join(vim, first - 1, count > 0 ? count : Math.max(2, range.last - first + 1), !bang);
  } },
  { name: "k", least: 1, range: "lines", *run({ vim, range, argument }) {
    vim.buffer.marks.set(argument.trim().slice(0, 1), { line: range.last - 1, col: 0 });
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
  } },
  { name: "last", least: 2, *run(ex) {
    yield* toArgument(ex, ex.vim.args.length - 1);
  } },
  { name: "list", least: 1, range: "lines", *run(ex) {
    yield* printLines(ex, false, true);
  } },
  { name: "ls", least: 2, *run({ vim }) {
    yield* vim.list(bufferList(vim));
  } },
  { name: "move", least: 1, range: "lines", *run({ vim, range, argument }) {
    const to = yield* target(vim, argument);
    const { first, last } = range;
    if (to >= first && to < last) throw new Failure("E134: Cannot move a range of lines into itself");
    yield* vim.beforeChange();
    const moved = vim.lines.slice(first - 1, last);
    const at = to > last ? to - moved.length : to;
    if (to !== last && to !== first - 1) {
      const rest = [...vim.lines.slice(0, first - 1), ...vim.lines.slice(last)];
      const whole = [...rest.slice(0, at), ...moved, ...rest.slice(at)];
      const low = Math.min(first - 1, at);
      const high = Math.max(last, at + moved.length);
      vim.replaceLines(low, high - low, whole.slice(low, high));
    }
    vim.startOfLine(at + moved.length - 1);
    if (moved.length > vim.options.number("report")) vim.message(`${moved.length} lines moved`);
  } },
  { name: "mark", least: 2, range: "lines", *run({ vim, range, argument }) {
    if (!/^[A-Za-z]$/.test(argument.trim())) throw new Failure("E191: Argument must be a letter or forward/backward quote");
    vim.buffer.marks.set(argument.trim(), { line: range.last - 1, col: 0 });
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
  } },
  { name: "marks", least: 5, *run({ vim }) {
    const rows = [...vim.buffer.marks].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, mark]) => ` ${name} ${String(mark.line + 1).padStart(6)} ${String(mark.col).padStart(4)} ${vim.buffer.line(mark.line).trimStart()}`);
    yield* vim.list(["mark line  col file/text", ...rows]);
  } },
  { name: "new", least: 3, *run({ vim, argument }) {
    splitWindow(vim);
    vim.window.buffer = vim.newBuffer("");
    vim.window.buffer.loaded = true;
    vim.window.top = 0;
    vim.goTo({ line: 0, col: 0 });
    if (argument !== "") yield* editFile(vim, expandName(vim, argument), false);
  } },
  { name: "next", least: 1, *run(ex) {
    yield* toArgument(ex, ex.vim.argAt + 1);
  } },
  { name: "number", least: 2, range: "lines", *run(ex) {
    yield* printLines(ex, true, false);
  } },
  { name: "#", least: 1, range: "lines", *run(ex) {
    yield* printLines(ex, true, false);
  } },
  { name: "only", least: 2, *run({ vim }) {
    const hidden = vim.windows.find((window) => window !== vim.window && window.buffer.modified && window.buffer !== vim.buffer);
    if (hidden) throw new Failure("E445: Other window contains changes");
    vim.windows = [vim.window];
    vim.window.height = vim.screen.rows - 1;
    vim.layout();
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
  } },
  { name: "print", least: 1, range: "lines", *run(ex) {
    yield* printLines(ex, false, false);
  } },
  { name: "previous", least: 4, *run(ex) {
    yield* toArgument(ex, ex.vim.argAt - 1);
  } },
  { name: "Next", least: 1, *run(ex) {
    yield* toArgument(ex, ex.vim.argAt - 1);
  } },
  { name: "put", least: 2, range: "zero", *run(ex) {
    const { vim, range, bang } = ex;
    const { register } = registerAndCount({ ...ex, argument: ex.argument.replace(/\d+$/, "") });
    yield* vim.beforeChange();
    const value = vim.register(register);
    if (!value) throw new Failure(`E353: Nothing in register ${register === "" ? '"' : register}`);
    const kept = vim.registers.get('"');
    vim.registers.set('"', { lines: value.lines, kind: "line" });
    const at = bang ? range.last - 1 : range.last;
    vim.window.line = Math.max(0, at - 1);
    put(vim, "", at > 0, 1);
    vim.goTo({ line: at + value.lines.length - 1, col: 0 });
    if (kept) vim.registers.set('"', kept);
  } },
  { name: "pwd", least: 2, *run({ vim }) {
    vim.message(vim.sys.getcwd());
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
  } },
  { name: "quit", least: 1, *run({ vim, bang }) {
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
    quit(vim, bang, false);
  } },
  { name: "qall", least: 2, *run({ vim, bang }) {
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
    quit(vim, bang, true);
  } },
  { name: "quitall", least: 5, *run({ vim, bang }) {
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
    quit(vim, bang, true);
  } },
  { name: "read", least: 1, range: "zero", run: readCommand },
  { name: "redo", least: 3, *run({ vim }) {
    vim.queue.push("\u0012");
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
  } },
  { name: "registers", least: 3, run: showRegisters },
  { name: "rewind", least: 3, *run(ex) {
    yield* toArgument(ex, 0);
  } },
  { name: "sall", least: 2, *run({ vim }) {
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
    throw new Failure("E319: Sorry, the command is not available in this version");
  } },
  { name: "saveas", least: 3, *run({ vim, bang, argument }) {
    const name = expandName(vim, argument);
    if (name === "") throw new Failure("E471: Argument required");
    const old = vim.buffer.name;
    yield* writeBuffer(vim, vim.buffer, name, 0, vim.lines.length, { bang, append: false, whole: true });
    vim.buffer.name = name;
    vim.buffer.modified = false;
    removeFile(vim.sys, vim.buffer.swapName);
    vim.buffer.swapName = undefined;
    if (old !== "") vim.window.alternate = vim.newBuffer(old);
  } },
  { name: "set", least: 2, run: setOptions },
  { name: "setlocal", least: 4, run: setOptions },
  { name: "shell", least: 2, *run({ vim }) {
    yield* shellOutside(vim, vim.sys.environment.get("SHELL") ?? "/bin/sh");
  } },
  { name: "source", least: 2, *run({ vim, argument }) {
    if (!(yield* sourceFile(vim, vim.homePath(expandName(vim, argument))))) throw new Failure(`E484: Can't open file ${argument}`);
  } },
  { name: "split", least: 2, range: "any", *run({ vim, range, argument }) {
    splitWindow(vim, range.given > 0 ? range.last : undefined);
    if (argument !== "") yield* editFile(vim, expandName(vim, argument), true);
  } },
  { name: "stop", least: 2, *run({ vim }) {
    yield* stopEditor(vim);
  } },
  { name: "suspend", least: 3, *run({ vim }) {
    yield* stopEditor(vim);
  } },
  { name: "substitute", least: 1, range: "lines", *run({ vim, range, argument }) {
    yield* vim.beforeChange();
    yield* substitute(vim, argument, range.first, range.last);
  } },
  { name: "&", least: 1, range: "lines", *run({ vim, range, argument, bang }) {
    yield* vim.beforeChange();
    yield* substitute(vim, argument.startsWith("&") ? `${vim.lastSubstitute?.flags ?? ""}${argument.slice(1)}` : bang ? `!${argument}` : argument, range.first, range.last, "&");
  } },
  { name: "~", least: 1, range: "lines", *run({ vim, range, argument }) {
    yield* vim.beforeChange();
    yield* substitute(vim, argument, range.first, range.last, "~");
  } },
  { name: "t", least: 1, range: "lines", run: copyLines },
  { name: "undo", least: 1, *run({ vim }) {
    vim.queue.push("u");
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
  } },
  { name: "update", least: 2, range: "lines", *run(ex) {
    if (ex.vim.buffer.modified) yield* writeCommand(ex);
  } },
  { name: "version", least: 2, *run({ vim }) {
    yield* vim.list(["VIM - Vi IMproved 9.0 (2022 Jun 28)", "Included patches: 1-1378, 1499", "Tiny version without GUI.", "Simulated: same keys and messages as the real program, own code."]);
  } },
  { name: "vglobal", least: 1, range: "lines", *run(ex) {
    const [first, last] = ex.range.given === 0 ? [1, ex.vim.lines.length] : [ex.range.first, ex.range.last];
    yield* globalCommand(ex.vim, ex.argument, first, last, true, (command) => executeInGlobal(ex.vim, command));
  } },
  { name: "visual", least: 2, *run({ vim, bang, argument }) {
    vim.exMode = false;
    if (argument !== "") yield* editFile(vim, expandName(vim, argument), bang);
  } },
  { name: "view", least: 3, *run({ vim, bang, argument }) {
    yield* editFile(vim, expandName(vim, argument), bang);
    vim.buffer.readOnly = true;
  } },
  { name: "write", least: 1, range: "lines", run: writeCommand },
  { name: "wall", least: 2, *run({ vim, bang }) {
    for (const buffer of vim.buffers) if (buffer.modified) yield* writeBuffer(vim, buffer, buffer.name, 0, buffer.lines.length, { bang, append: false, whole: true });
  } },
  { name: "wnext", least: 2, *run(ex) {
    yield* writeCommand({ ...ex, argument: "" });
    yield* toArgument(ex, ex.vim.argAt + 1);
  } },
  { name: "wq", least: 2, range: "lines", run: exitCommandAlways },
  { name: "wqall", least: 3, run: writeAllAndQuit },
  { name: "xall", least: 2, run: writeAllAndQuit },
  { name: "xit", least: 1, range: "lines", run: exitCommand },
  { name: "yank", least: 1, range: "lines", *run(ex) {
    const { register, first, last } = registerAndCount(ex);
    yank(ex.vim, { kind: "line", start: { line: first - 1, col: 0 }, end: { line: last - 1, col: 0 } }, register);
    if (ex.vim.sys.charge(1)) yield* ex.vim.sys.preempt();
  } },
  { name: "=", least: 1, range: "lines", *run({ vim, range }) {
    vim.message(String(range.given === 0 ? vim.lines.length : range.last));
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
  } },
  { name: ">", least: 1, range: "lines", *run({ vim, range, argument }) {
    yield* vim.beforeChange();
    shift(vim, range.first - 1, range.last - 1, true, 1 + (/^>*/.exec(argument)?.[0].length ?? 0));
  } },
  { name: "<", least: 1, range: "lines", *run({ vim, range, argument }) {
    yield* vim.beforeChange();
    shift(vim, range.first - 1, range.last - 1, false, 1 + (/^<*/.exec(argument)?.[0].length ?? 0));
  } },
  { name: "!", least: 1, range: "lines", *run(ex) {
    const command = shellCommand(ex.vim, ex.argument);
    if (ex.range.given > 0) yield* filter(ex, command);
    else yield* shellOutside(ex.vim, command);
  } },
  { name: "@", least: 1, range: "lines", *run({ vim, argument }) {
    const value = argument === ":" || argument === "@" || argument === "" ? { lines: [vim.lastCommand] } : vim.register(argument);
    for (const line of value?.lines ?? []) yield* execute(vim, line);
  } },
];

const ALL_COMMANDS: readonly ExCommand[] = [...COMMANDS, ...MAPPING_COMMANDS];

function* executeInGlobal(vim: Vim, command: string): Blocking<void> {
  try {
    yield* execute(vim, command);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
  }
}

function* copyLines({ vim, range, argument }: Ex): Blocking<void> {
  const to = yield* target(vim, argument);
  yield* vim.beforeChange();
  const copied = vim.lines.slice(range.first - 1, range.last);
  vim.replaceLines(to, 0, copied);
  vim.startOfLine(to + copied.length - 1);
  reportLines(vim, copied.length);
}

function* exitCommand(ex: Ex): Blocking<void> {
  const name = expandName(ex.vim, ex.argument);
  yield* writeAndQuit(ex.vim, "x", ex.bang, name === "" ? undefined : name);
}

function* exitCommandAlways(ex: Ex): Blocking<void> {
  const name = expandName(ex.vim, ex.argument);
  yield* writeAndQuit(ex.vim, "wq", ex.bang, name === "" ? undefined : name);
}

function* writeAllAndQuit({ vim, bang }: Ex): Blocking<void> {
  for (const buffer of vim.buffers) if (buffer.modified) yield* writeBuffer(vim, buffer, buffer.name, 0, buffer.lines.length, { bang, append: false, whole: true });
  quit(vim, bang, true);
}

const REGISTER_NAMES = ['"', ..."0123456789abcdefghijklmnopqrstuvwxyz-.:%/"];

function* showRegisters({ vim, argument }: Ex): Blocking<void> {
  const wanted = argument.replace(/\s/g, "");
  const rows: string[] = [];
  for (const name of REGISTER_NAMES) {
    const value = name === ":" && vim.lastCommand === "" ? undefined : name === "." && vim.lastInserted === "" ? undefined : vim.register(name);
    if (!value || (wanted !== "" && !wanted.includes(name)) || (name === "%" && vim.buffer.name === "")) continue;
    const text = value.lines.map((line) => [...line].map((c) => shown(c, 0, { tabStop: 8, list: true })).join("")).join("^J") + (value.kind === "line" ? "^J" : "");
    rows.push(`  ${value.kind === "line" ? "l" : value.kind === "block" ? "b" : "c"}  "${name}   ${text.slice(0, vim.screen.columns - 11)}`);
  }
  yield* vim.list(["Type Name Content", ...rows]);
}

/** :a, :i, :c: lines until one that is a dot. */
function* typedLines(vim: Vim, at: number): Blocking<void> {
  yield* vim.beforeChange();
  const lines: string[] = [];
  for (;;) {
    vim.print("");
    let text = "";
    for (;;) {
      vim.screen.fill(vim.screen.rows - 1);
      vim.screen.put(vim.screen.rows - 1, 0, text);
      const key = yield* vim.keyAt(vim.screen.rows - 1, text.length);
      if (key === "\r" || key === "\u0003" || key === "\u001b") break;
      if (key === "\u007f" || key === "\b") text = text.slice(0, -1);
      else if (key === "<" || !key.startsWith("<")) text += key;
    }
    if (text === ".") break;
    lines.push(text);
    if (lines.length > 10_000) break;
  }
  vim.replaceLines(at, 0, lines);
  vim.startOfLine(Math.max(0, at + lines.length - 1));
  vim.redrawAll();
}
