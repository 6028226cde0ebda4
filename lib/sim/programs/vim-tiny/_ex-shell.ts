// Commands that run other programs: :!, filters, :shell, :stop.

import { type Blocking, decode, encode } from "../../kernel/sys.ts";
import { runShell, shellOutput, waitFor } from "../kit/shell-command.ts";
import type { Ex, ExCommand } from "./_ex-command.ts";
import { splitLines } from "./_files.ts";
import { stopEditor } from "./_leaving.ts";
import { beforeChange } from "./_messages.ts";
import { reportLines } from "./_operators.ts";
import { runOutside } from "./_terminal-modes.ts";
import { checkTimes } from "./_changed-outside.ts";
import type { Vim } from "./_vim.ts";

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
  yield* beforeChange(vim);
  const { lines } = splitLines(decode(bytes));
  vim.replaceLines(first, count, lines);
  vim.startOfLine(Math.min(first, vim.buffer.lastLine));
  const difference = lines.length - count;
  if (count > vim.options.number("report") && difference === 0) vim.message(`${count} lines filtered`);
  else reportLines(vim, difference);
}

export function shellCommand(vim: Vim, text: string): string {
  const expanded = text.replace(/\\!|!/g, (found) => (found === "!" ? vim.lastShell : "!"));
  const command = expanded.replace(/\\([%#])|%|#/g, (found, quoted: string | undefined) => quoted ?? (found === "%" ? vim.buffer.name : (vim.window.alternate?.name ?? "#")));
  vim.lastShell = command;
  return command;
}

function* shellOutside(vim: Vim, command: string): Blocking<void> {
  yield* runOutside(vim, function* () {
    yield* vim.sys.write(1, encode("\r\n"));
    if (vim.buffer.modified && vim.options.on("warn")) yield* vim.sys.write(1, encode("[No write since last change]\r\n"));
    const status = yield* runShell(vim.sys, command);
    if (status.kind === "exited" && status.status !== 0) yield* vim.sys.write(1, encode(`\r\nshell returned ${status.status}\r\n`));
  });
  yield* checkTimes(vim);
}

export const SHELL_COMMANDS: readonly ExCommand[] = [
  { name: "shell", least: 2, *run({ vim }) {
    yield* shellOutside(vim, vim.sys.environment.get("SHELL") ?? "/bin/sh");
  } },
  { name: "stop", least: 2, *run({ vim }) {
    yield* stopEditor(vim);
  } },
  { name: "suspend", least: 3, *run({ vim }) {
    yield* stopEditor(vim);
  } },
  { name: "!", least: 1, range: "lines", *run(ex) {
    const command = shellCommand(ex.vim, ex.argument);
    if (ex.range.given > 0) yield* filter(ex, command);
    else yield* shellOutside(ex.vim, command);
  } },
];
