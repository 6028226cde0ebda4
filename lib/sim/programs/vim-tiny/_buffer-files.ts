// Buffers and their files: loading, showing in the window, writing, and what is said of it.

import { type Blocking, encode, SysError } from "../../kernel/sys.ts";
import type { VimBuffer } from "./_buffer.ts";
import { isReadOnly, loadFile, storeFile } from "./_files.ts";
import { readKeyAt } from "./_keyboard.ts";
import { detectFileType } from "./_file-types.ts";
import { layout } from "./_layout.ts";
import { recoverBuffer } from "./_recover.ts";
import { openSwap, releaseSwap } from "./_swap-files.ts";
import { columnOf } from "./_text.ts";
import { Failure } from "./_failure.ts";
import type { Vim } from "./_vim.ts";
import { allWindows } from "./_window-layout.ts";
import type { VimWindow } from "./_window.ts";

/** "f.txt" 3 lines, 14 bytes; Vim: 3L, 14B. */
export function sizeText(vim: Vim, lines: number, bytes: number): string {
  return vim.compatible ? `${lines} line${lines === 1 ? "" : "s"}, ${bytes} byte${bytes === 1 ? "" : "s"}` : `${lines}L, ${bytes}B`;
}

function note(vim: Vim, long: string, short: string): string {
  return vim.compatible ? long : short;
}

/** Reads the buffer's file into it; the message says what was found. */
export function* loadBuffer(vim: Vim, buffer: VimBuffer, quiet = false): Blocking<void> {
  yield* readBuffer(vim, buffer, quiet);
  detectFileType(vim, buffer);
}

function* readBuffer(vim: Vim, buffer: VimBuffer, quiet: boolean): Blocking<void> {
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
      buffer.seenUs = undefined;
      buffer.readOnly ||= isReadOnly(sys, path);
      yield* openSwap(vim, buffer, path);
      const flags = `${buffer.readOnly ? "[readonly] " : ""}${loaded.noEndOfLine ? note(vim, "[Incomplete last line] ", "[noeol] ") : ""}${loaded.format === "dos" ? note(vim, "[dos format] ", "[dos] ") : ""}`;
      if (buffer.recover) {
        buffer.recover = false;
        yield* recoverBuffer(vim, buffer);
        return;
      }
      say(`${flags}${sizeText(vim, loaded.lines.length, loaded.bytes)}`);
      return;
    }
    case "new":
      buffer.load([]);
      buffer.isNew = true;
      yield* openSwap(vim, buffer, path);
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

/** % and # in arguments. */
export function expandName(vim: Vim, text: string): string {
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

export function bufferNamed(vim: Vim, name: string): VimBuffer | undefined {
  return vim.buffers.find((buffer) => buffer.name === name && !buffer.help);
}

/** A buffer that no window shows any more is given up, unless it is to stay hidden. */
export function leaveBuffer(vim: Vim, window: VimWindow, hidden: boolean): void {
  const { buffer } = window;
  if (hidden || allWindows(vim).some((other) => other !== window && other.buffer === buffer)) return;
  buffer.loaded = false;
  buffer.modified = false;
  releaseSwap(vim, buffer);
}

/** Shows a buffer in the window, reading its file when it is not in memory. */
export function* showBuffer(vim: Vim, buffer: VimBuffer, reload: boolean, split = false): Blocking<void> {
  const { window } = vim;
  const old = window.buffer;
  const { loaded } = buffer;
  if (old !== buffer) {
    if (!split) {
      old.last = window.cursor;
      old.visited = true;
    }
    leaveBuffer(vim, window, vim.options.on("hidden"));
    window.alternate = old;
    window.buffer = buffer;
    window.top = 0;
    window.line = 0;
    window.col = 0;
  }
  const { last } = buffer;
  // another text covers what a command before has listed
  if (vim.overlay) vim.redrawAll();
  if (reload || !buffer.loaded) yield* loadBuffer(vim, buffer);
  layout(vim);
  vim.goTo(last);
  if (!reload && buffer === vim.buffer && loaded) fileInfo(vim, false);
}

/** :e. `split`: the window was just made for it, what it shows stays elsewhere. */
export function* editFile(vim: Vim, name: string, force: boolean, split = false): Blocking<void> {
  const { buffer } = vim;
  const shared = split || allWindows(vim).some((other) => other !== vim.window && other.buffer === buffer);
  if (buffer.modified && !force && !shared && !vim.options.on("hidden")) {
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
    if (force && !shared) buffer.modified = false;
    const place = known.last;
    yield* showBuffer(vim, known, !known.loaded, split);
    vim.goTo(place);
    return;
  }
  // An unnamed empty buffer becomes the new one.
  const target = !shared && buffer.name === "" && !buffer.modified && buffer.lines.length === 1 && buffer.lines[0] === "" ? buffer : vim.newBuffer(name);
  if (force && !shared) buffer.modified = false;
  if (target === buffer) {
    buffer.name = name;
    yield* loadBuffer(vim, buffer);
    vim.startOfLine(0);
    return;
  }
  yield* showBuffer(vim, target, true, split);
  vim.startOfLine(0);
}

export function unsaved(vim: Vim): string {
  const others = vim.buffers.filter((buffer) => buffer.modified && buffer !== vim.buffer);
  return vim.buffer.modified || others.length === 0 ? "E37: No write since last change (add ! to override)" : `E162: No write since last change for buffer "${others[0]?.name === "" ? "[No Name]" : (others[0]?.name ?? "")}"`;
}

interface WriteRequest {
  readonly bang: boolean;
  readonly append: boolean;
  readonly whole: boolean;
}

/** Writes lines [first, last) to a file. Throws Failure. */
export function* writeBuffer(vim: Vim, buffer: VimBuffer, name: string, first: number, last: number, request: WriteRequest): Blocking<void> {
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
      vim.print("WARNING: The file has been changed since reading it!!!", vim.look.error);
      vim.print(question, vim.look.question);
      const key = yield* readKeyAt(vim, vim.screen.rows - 1, question.length);
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
    buffer.noteWritten();
    if (own) {
      buffer.isNew = false;
      buffer.readOnly = false;
      if (vim.options.vi("Z") || vim.readOnlyMode) buffer.readOnly = isReadOnly(sys, path) || vim.readOnlyMode;
    }
  }
  try {
    if (own) {
      buffer.mtimeUs = sys.stat(path).mtimeUs;
      buffer.seenUs = undefined;
    }
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
