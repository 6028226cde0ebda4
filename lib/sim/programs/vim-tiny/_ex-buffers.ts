// Commands that go to another buffer or file of the argument list.

import type { Blocking } from "../../kernel/sys.ts";
import { bufferNamed, showBuffer, writeBuffer } from "./_buffer-files.ts";
import type { VimBuffer } from "./_buffer.ts";
import type { Ex, ExCommand } from "./_ex-command.ts";
import type { Range } from "./_ex-range.ts";
import { openWindow } from "./_ex-windows.ts";
import { Failure } from "./_failure.ts";
import { listRows } from "./_messages.ts";
import { releaseSwap } from "./_swap-files.ts";
import type { Vim } from "./_vim.ts";
import { allWindows } from "./_window-layout.ts";

function bufferList(vim: Vim): string[] {
  return vim.buffers.filter((buffer) => !buffer.help).map((buffer) => {
    const current = buffer === vim.buffer;
    const active = allWindows(vim).some((window) => window.buffer === buffer);
    const flags = `${current ? "%" : buffer === vim.window.alternate ? "#" : " "}${active ? "a" : buffer.loaded ? "h" : " "}${buffer.readOnly ? "=" : " "}${buffer.modified ? "+" : " "}`;
    const name = `"${buffer.name === "" ? "[No Name]" : buffer.name}"`;
    const line = current ? vim.window.line + 1 : buffer.last.line + 1;
    return `${String(buffer.number).padStart(3)} ${flags} ${name.padEnd(30)} line ${current || buffer.visited ? line : 0}`;
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

export function* toArgument({ vim, bang }: Ex, to: number): Blocking<void> {
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
  if (to === vim.args.length - 1) vim.lastArgumentSeen = true;
  const known = bufferNamed(vim, name);
  yield* showBuffer(vim, known ?? vim.newBuffer(name), true);
  vim.startOfLine(known?.last.line ?? 0);
}

export const BUFFER_COMMANDS: readonly ExCommand[] = [
  { name: "args", least: 2, *run({ vim }) {
    vim.message(vim.args.map((name, i) => (i === vim.argAt ? `[${name}]` : name)).reduce((line, word, i) => (i === 0 ? word : line.padEnd(Math.ceil((line.length + 1) / 8) * 8) + word), ""));
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
  } },
  { name: "argument", least: 4, range: "any", *run(ex) {
    const number = /^\d+$/.test(ex.argument.trim()) ? Number(ex.argument.trim()) : ex.range.given > 0 ? ex.range.last : ex.vim.argAt + 1;
    yield* toArgument(ex, number - 1);
  } },
  { name: "sbuffer", least: 2, range: "any", *run(ex) {
    openWindow(ex.vim, "column", undefined);
    yield* goBuffer(ex, ex.range);
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
    releaseSwap(vim, buffer);
  } },
  { name: "buffers", least: 7, *run({ vim }) {
    yield* listRows(vim, bufferList(vim));
  } },
  { name: "files", least: 5, *run({ vim }) {
    yield* listRows(vim, bufferList(vim));
  } },
  { name: "first", least: 2, *run(ex) {
    yield* toArgument(ex, 0);
  } },
  { name: "last", least: 2, *run(ex) {
    yield* toArgument(ex, ex.vim.args.length - 1);
  } },
  { name: "ls", least: 2, *run({ vim }) {
    yield* listRows(vim, bufferList(vim));
  } },
  { name: "next", least: 1, *run(ex) {
    yield* toArgument(ex, ex.vim.argAt + 1);
  } },
  { name: "previous", least: 4, *run(ex) {
    yield* toArgument(ex, ex.vim.argAt - 1);
  } },
  { name: "Next", least: 1, *run(ex) {
    yield* toArgument(ex, ex.vim.argAt - 1);
  } },
  { name: "rewind", least: 3, *run(ex) {
    yield* toArgument(ex, 0);
  } },
];
