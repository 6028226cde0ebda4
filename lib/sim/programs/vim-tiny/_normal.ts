// Normal mode: what each key does.

import type { Blocking } from "../../kernel/sys.ts";
import { fileInfo } from "./_buffer-files.ts";
import { commandLine, exMode } from "./_command-mode.ts";
import { executeCommandLine } from "./_ex.ts";
import { addNumber, afterG } from "./_g-keys.ts";
import { insertMode } from "./_insert.ts";
import { goJump, markJump } from "./_jumps.ts";
import { readKey } from "./_keyboard.ts";
import { quit, stopEditor, writeAndQuit } from "./_leaving.ts";
import { indentByType, lineStart } from "./_new-line.ts";
import { beforeChange, waitReturn } from "./_messages.ts";
import { readMotion } from "./_motion-keys.ts";
import { changeRegion, linesFrom, operator, toLineEnd } from "./_operator-keys.ts";
import { join, mapRegion, put, remove, swapCase, yank } from "./_operators.ts";
import { record, repeatChange, runRegister } from "./_repeating.ts";
import { halfPage, page, scrollLines, scrollTo } from "./_scrolling.ts";
import { indentOf, lastIndex, nextIndex } from "./_text.ts";
import { advance, changed, move, readTyped, replacement, retreat, type Typed } from "./_typed.ts";
import { redo, undo } from "./_undo.ts";
import { goTab, stepTab } from "./_ex-tabs.ts";
import { Failure } from "./_failure.ts";
import type { Vim } from "./_vim.ts";
import { visualCommand } from "./_visual.ts";
import { windowCommand } from "./_window-keys.ts";

/** One command of normal or visual mode. */
export function* normalCommand(vim: Vim): Blocking<void> {
  vim.typed = [];
  vim.closeStep();
  vim.wrapped = false;
  const pendingVisual = vim.visual;
  try {
    const typed = yield* readTyped(vim);
    if (pendingVisual && vim.visual) yield* visualCommand(vim, typed);
    else yield* plainCommand(vim, typed);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    vim.queue = [];
    if (vim.normalDepth > 0) vim.queueFailed = true;
    if (error.message === "") vim.bell();
    else vim.error(error.message);
  }
  if (!vim.visual) vim.clampCursor();
  if (vim.overlay) yield* waitReturn(vim);
}

export function* insert(vim: Vim, count: number, more: { readonly replace?: boolean; readonly open?: "below" | "above" } = {}): Blocking<void> {
  yield* insertMode(vim, { count, ...more, once: () => normalCommandKeepingKeys(vim) });
  changed(vim);
}

/** Ctrl-O in insert mode: the keys belong to the insertion. */
function* normalCommandKeepingKeys(vim: Vim): Blocking<void> {
  const kept = vim.typed;
  yield* normalCommand(vim);
  vim.typed = kept;
}

export function* plainCommand(vim: Vim, { key, count, register }: Typed): Blocking<void> {
  const { window } = vim;
  const times = count ?? 1;
  const { line, col } = vim.cursor;
  switch (key) {
    case "\u001b":
      if (count === undefined && !vim.compatible && register === "") vim.bell();
      return;
    case "\u0003":
      vim.message(vim.buffers.some((buffer) => buffer.modified) ? "Type  :qa!  and press <Enter> to abandon all changes and exit Vim" : "Type  :qa  and press <Enter> to exit Vim");
      return;
    case ":":
      yield* commandLine(vim, count === undefined ? "" : count === 1 ? "." : `.,.+${count - 1}`);
      return;
    case "Q":
      yield* exMode(vim);
      return;
    // ---- inserting
    case "i":
    case "<Insert>":
      yield* beforeChange(vim, "INSERT");
      yield* insert(vim, times);
      return;
    case "I":
      yield* beforeChange(vim, "INSERT");
      window.col = vim.options.vi("H") && vim.line.trim() === "" ? lastIndex(vim.line) : indentOf(vim.line).length;
      yield* insert(vim, times);
      return;
    case "a":
      yield* beforeChange(vim, "INSERT");
      window.col = nextIndex(vim.line, col);
      yield* insert(vim, times);
      return;
    case "A":
      yield* beforeChange(vim, "INSERT");
      window.col = vim.line.length;
      yield* insert(vim, times);
      return;
    case "o":
    case "O":
      yield* openLine(vim, key === "o", times);
      return;
    case "R":
      yield* beforeChange(vim);
      yield* insert(vim, times, { replace: true });
      return;
    case "s":
      yield* beforeChange(vim);
      yield* changeRegion(vim, { kind: "char", start: { line, col }, end: { line, col: advance(vim.line, col, times) } }, register);
      return;
    case "S":
      yield* beforeChange(vim);
      yield* changeRegion(vim, linesFrom(vim, times), register);
      return;
    case "C":
      yield* beforeChange(vim);
      yield* changeRegion(vim, toLineEnd(vim, times), register);
      return;
    // ---- changing
    case "x":
    case "<Del>":
    case "X":
      if (vim.line === "" || (key === "X" && col === 0)) throw new Failure("");
      yield* beforeChange(vim);
      remove(vim, { kind: "char", start: key === "X" ? { line, col: retreat(vim.line, col, times) } : { line, col }, end: { line, col: key === "X" ? col : advance(vim.line, col, times) } }, register);
      changed(vim);
      return;
    case "D":
      yield* beforeChange(vim);
      remove(vim, toLineEnd(vim, times), register);
      changed(vim);
      return;
    case "Y":
      yank(vim, linesFrom(vim, times), register);
      return;
    case "p":
    case "P":
      yield* beforeChange(vim);
      put(vim, register, key === "p", times);
      changed(vim);
      return;
    case "r": {
      const put = yield* replacement(vim);
      if (put === undefined) throw new Failure("");
      if (advance(vim.line, col, times) - col < times) throw new Failure("");
      yield* beforeChange(vim);
      const text = vim.line;
      const end = advance(text, col, times);
      if (put === "\n") {
        vim.replaceLines(line, 1, [text.slice(0, col), text.slice(end)]);
        vim.goTo({ line: line + 1, col: 0 });
      } else {
        vim.setLine(line, text.slice(0, col) + put.repeat(times) + text.slice(end));
        vim.goTo({ line, col: col + put.length * (times - 1) });
      }
      changed(vim);
      return;
    }
    case "~": {
      if (vim.line === "") throw new Failure("");
      yield* beforeChange(vim);
      const end = advance(vim.line, col, times);
      mapRegion(vim, { kind: "char", start: { line, col }, end: { line, col: end } }, swapCase);
      vim.goTo({ line, col: end });
      changed(vim);
      return;
    }
    case "J":
      yield* beforeChange(vim);
      join(vim, line, Math.max(2, times), true);
      changed(vim);
      return;
    case "&":
      yield* executeCommandLine(vim, "s");
      changed(vim);
      return;
    case "u":
    case "<Undo>":
      undo(vim, times);
      return;
    case "\u0012":
      redo(vim, times);
      return;
    case "U":
      throw new Failure("");
    case ".":
      yield* repeatChange(vim, count);
      return;
    case "\u0001":
    case "\u0018":
      yield* addNumber(vim, key === "\u0001" ? times : -times);
      changed(vim);
      return;
    // ---- operators
    case "d":
    case "c":
    case "y":
    case ">":
    case "<":
    case "!":
    case "=":
      yield* operator(vim, key, count, register);
      return;
    // ---- seeing
    case "v":
    case "V":
    case "\u0016":
      vim.visual = { mode: key, start: { line, col }, toEnd: false };
      return;
    case "\u0006":
    case "<PageDown>":
    case "<S-Down>":
      page(vim, times);
      return;
    case "\u0002":
    case "<PageUp>":
    case "<S-Up>":
      page(vim, -times);
      return;
    case "\u0004":
    case "\u0015":
      halfPage(vim, key === "\u0004", count);
      return;
    case "\u0005":
    case "\u0019":
      scrollLines(vim, key === "\u0005" ? times : -times);
      return;
    case "z":
      yield* scrollTo(vim, count);
      return;
    case "\u000f":
    case "\t":
      if (!goJump(vim, key === "\t" ? times : -times)) throw new Failure("");
      return;
    case "\u000c":
      vim.redrawAll();
      vim.wipeMessage();
      vim.screen.forget();
      return;
    case "\u0007":
      fileInfo(vim, count !== undefined);
      return;
    // ---- the rest
    case "m": {
      const name = yield* readKey(vim);
      if (name === "'" || name === "`") markJump(vim);
      else if (/^[A-Za-z[\]]$/.test(name)) vim.buffer.marks.set(name, vim.cursor);
      else throw new Failure("");
      return;
    }
    case "q":
      yield* record(vim);
      return;
    case "@":
      yield* runRegister(vim, times);
      return;
    case "Z": {
      const next = yield* readKey(vim);
      if (next === "Z") yield* writeAndQuit(vim, "x", false, undefined);
      else if (next === "Q") quit(vim, true, false);
      else throw new Failure("");
      return;
    }
    case "\u001a":
      yield* stopEditor(vim);
      return;
    case "\u001e":
      yield* executeCommandLine(vim, "e #");
      return;
    case "\u0017":
      yield* windowCommand(vim, count);
      return;
    case "<C-PageDown>":
      if (count === undefined) stepTab(vim, 1);
      else goTab(vim, count);
      return;
    case "<C-PageUp>":
      stepTab(vim, -times);
      return;
    case "<F1>":
      yield* executeCommandLine(vim, "help");
      return;
    case "g":
      yield* afterG(vim, count, register);
      return;
    case "K":
      throw new Failure("");
    default: {
      if (key.startsWith("<Paste>")) {
        yield* beforeChange(vim);
        if (vim.line !== "") window.col = Math.min(vim.line.length, col);
        vim.queue.unshift(key, "\u001b");
        yield* insert(vim, 1);
        return;
      }
      const motion = yield* readMotion(vim, key, { count, operator: "" });
      if (!motion) throw new Failure("");
      move(vim, motion);
    }
  }
}

function* openLine(vim: Vim, below: boolean, times: number): Blocking<void> {
  yield* beforeChange(vim);
  const { line } = vim.cursor;
  const start = lineStart(vim, vim.line, "o", !below);
  let indent = start.indent + start.leader;
  const at = below && !vim.buffer.empty ? line + 1 : line;
  vim.replaceLines(at, 0, vim.buffer.empty ? ["", indent] : [indent]);
  const byType = start.leader === "" && !vim.buffer.empty ? indentByType(vim, at, true) : undefined;
  if (byType !== undefined && byType !== indent) {
    indent = byType;
    vim.setLine(at, indent);
  }
  vim.inserting = true;
  vim.goTo({ line: below ? line + 1 : line, col: indent.length });
  yield* insert(vim, times, { open: below ? "below" : "above" });
}
