// Commands that read, write and leave files.

import { type Blocking, decode, encode, SysError } from "../../kernel/sys.ts";
import { openShellPipe, shellOutput, waitFor } from "../kit/shell-command.ts";
import { editFile, expandName, fileInfo, showBuffer, sizeText, writeBuffer } from "./_buffer-files.ts";
import { toArgument } from "./_ex-buffers.ts";
import type { Ex, ExCommand } from "./_ex-command.ts";
import { shellCommand } from "./_ex-shell.ts";
import { loadFile, splitLines } from "./_files.ts";
import { quit, writeAndQuit } from "./_leaving.ts";
import { beforeChange } from "./_messages.ts";
import { reportLines } from "./_operators.ts";
import { Failure, Leave } from "./_failure.ts";
import { runBelow } from "./_terminal-modes.ts";
import { recoverBuffer } from "./_recover.ts";
import { checkTimes } from "./_changed-outside.ts";
import { releaseSwap, writeSwap } from "./_swap-files.ts";

function* writeCommand(ex: Ex): Blocking<void> {
  const { vim, range, bang, argument } = ex;
  const { buffer } = vim;
  const whole = range.given === 0;
  if (argument.startsWith("!")) {
    const text = (whole ? vim.lines : vim.lines.slice(range.first - 1, range.last)).map((line) => `${line}\n`).join("");
    const command = shellCommand(vim, argument.slice(1));
    yield* runBelow(vim, `:w !${command}`, function* () {
      const pipe = openShellPipe(vim.sys, command, "w");
      try {
        yield* vim.sys.write(pipe.fd, encode(text));
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
      vim.sys.close(pipe.fd);
      const status = yield* waitFor(vim.sys, pipe.pid);
      if (status.kind === "exited" && status.status !== 0) yield* vim.sys.write(1, encode(`\r\nshell returned ${status.status}\r\n`));
    });
    yield* checkTimes(vim);
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
  yield* beforeChange(vim);
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

export const FILE_COMMANDS: readonly ExCommand[] = [
  { name: "cquit", least: 2, *run({ vim }) {
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
    throw new Leave(1);
  } },
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
  { name: "checktime", least: 3, *run({ vim }) {
    yield* checkTimes(vim);
  } },
  { name: "preserve", least: 3, *run({ vim }) {
    if (vim.buffer.swapName === undefined || !(yield* writeSwap(vim, vim.buffer, true))) throw new Failure("E313: Cannot preserve, there is no swap file");
    vim.message("File preserved");
  } },
  { name: "recover", least: 3, *run({ vim, bang, argument }) {
    if (vim.buffer.modified && !bang) throw new Failure("E37: No write since last change (add ! to override)");
    if (argument !== "") vim.buffer.name = expandName(vim, argument);
    yield* recoverBuffer(vim, vim.buffer);
    vim.startOfLine(0);
  } },
  { name: "swapname", least: 2, *run({ vim }) {
    const { swapName } = vim.buffer;
    vim.message(swapName === undefined ? "No swap file" : swapName.startsWith("/") ? swapName : `${vim.sys.getcwd()}/${swapName}`);
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
  } },
  { name: "read", least: 1, range: "zero", run: readCommand },
  { name: "saveas", least: 3, *run({ vim, bang, argument }) {
    const name = expandName(vim, argument);
    if (name === "") throw new Failure("E471: Argument required");
    const old = vim.buffer.name;
    yield* writeBuffer(vim, vim.buffer, name, 0, vim.lines.length, { bang, append: false, whole: true });
    vim.buffer.name = name;
    vim.buffer.modified = false;
    releaseSwap(vim, vim.buffer);
    if (old !== "") vim.window.alternate = vim.newBuffer(old);
  } },
  { name: "update", least: 2, range: "lines", *run(ex) {
    if (ex.vim.buffer.modified) yield* writeCommand(ex);
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
];

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
