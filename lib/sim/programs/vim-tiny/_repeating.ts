// What runs keys again: dot, macros, :normal.

import type { Blocking } from "../../kernel/sys.ts";
import { executeCommandLine } from "./_ex.ts";
import { readKey } from "./_keyboard.ts";
import { normalCommand, plainCommand } from "./_normal.ts";
import { registerNamed } from "./_registers.ts";
import { readTyped } from "./_typed.ts";
import { Failure } from "./_failure.ts";
import type { Vim } from "./_vim.ts";
import { endVisual, visualCommand } from "./_visual.ts";

export function* repeatChange(vim: Vim, count: number | undefined): Blocking<void> {
  const last = vim.lastChange;
  if (!last) throw new Failure("");
  let keys = [...last.keys];
  if (count !== undefined) {
    while (/^\d$/.test(keys[0] ?? "")) keys = keys.slice(1);
    keys = [...String(count), ...keys];
  }
  // Register "1 goes on to "2, "3 … when repeated.
  if (keys[0] === '"' && /^[1-8]$/.test(keys[1] ?? "")) {
    keys[1] = String(Number(keys[1]) + 1);
    vim.lastChange = { ...last, keys };
  }
  yield* replay(vim, keys, function* () {
    vim.repeating = true;
    try {
      if (last.visual) {
        const { line, col } = vim.cursor;
        vim.visual = { mode: last.visual.mode, start: { line, col }, toEnd: false };
        const end = Math.min(vim.buffer.lastLine, line + last.visual.lines - 1);
        vim.goTo({ line: end, col: last.visual.lines === 1 || last.visual.mode === "\u0016" ? col + last.visual.cols - 1 : last.visual.cols - 1 });
        yield* visualCommand(vim, yield* readTyped(vim));
      } else yield* plainCommand(vim, yield* readTyped(vim));
    } finally {
      vim.repeating = false;
    }
  });
}

/** Runs with these keys as if they were typed; what they do not use is dropped. */
function* replay(vim: Vim, keys: readonly string[], body: () => Blocking<void>): Blocking<void> {
  const outer = vim.queue;
  vim.queue = [...keys];
  try {
    yield* body();
  } finally {
    vim.queue = outer;
  }
}

export function* record(vim: Vim): Blocking<void> {
  if (vim.recording) {
    const keys = vim.recording.keys.slice(0, -1);
    vim.registers.set(vim.recording.register.toLowerCase(), { lines: keys.join("").split("\n"), kind: "char" });
    vim.recording = undefined;
    vim.wipeMessage();
    return;
  }
  const register = yield* readKey(vim);
  if (!/^[0-9A-Za-z"]$/.test(register)) throw new Failure("");
  vim.recording = { register, keys: [] };
}

export function* runRegister(vim: Vim, times: number): Blocking<void> {
  let name = yield* readKey(vim);
  if (name === ":") {
    if (vim.lastCommand === "") throw new Failure("E30: No previous command line");
    for (let i = 0; i < times; i++) yield* executeCommandLine(vim, vim.lastCommand);
    return;
  }
  if (name === "@") name = vim.lastMacro;
  const value = registerNamed(vim, name);
  if (!value) throw new Failure(name === "" ? "E748: No previously used register" : "");
  vim.lastMacro = name;
  const keys = splitKeys(value.lines.join("\n") + (value.kind === "line" ? "\n" : "")).map((key) => (key === "\n" ? "\r" : key));
  for (let i = 0; i < times; i++) {
    vim.queue.push(...keys);
    if (vim.queue.length > 100_000) throw new Failure("");
    if (vim.sys.charge(1 + keys.length)) yield* vim.sys.preempt();
  }
}

function splitKeys(text: string): string[] {
  return text.match(/<(?:[CS]-)?[A-Z][a-zA-Z0-9]+>|[\s\S]/gu) ?? [];
}

/** The keys of :normal, as if they were typed; what they leave unfinished is given up. */
export function* runNormal(vim: Vim, keys: string): Blocking<void> {
  const outer = vim.queue;
  vim.queue = splitKeys(keys);
  vim.normalDepth++;
  try {
    while (vim.queue.length > 0 && !vim.queueFailed) {
      yield* normalCommand(vim);
      if (vim.sys.charge(4)) yield* vim.sys.preempt();
    }
    if (vim.visual) endVisual(vim);
  } finally {
    vim.normalDepth--;
    vim.queueFailed = false;
    vim.queue = outer;
  }
}
