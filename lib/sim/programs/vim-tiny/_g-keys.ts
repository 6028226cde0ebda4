// g and the keys behind it, and the numbers of Ctrl-A.

import { type Blocking, encode } from "../../kernel/sys.ts";
import { editFile } from "./_buffer-files.ts";
import { exMode } from "./_command-mode.ts";
import { readKey } from "./_keyboard.ts";
import { beforeChange } from "./_messages.ts";
import { readMotion } from "./_motion-keys.ts";
import { insert } from "./_normal.ts";
import { operator } from "./_operator-keys.ts";
import { join, put } from "./_operators.ts";
import { nextIndex } from "./_text.ts";
import { changed, move } from "./_typed.ts";
import { goTab, stepTab } from "./_ex-tabs.ts";
import { Failure } from "./_failure.ts";
import { enterTab } from "./_layout.ts";
import { undoByTime } from "./_undo.ts";
import type { Vim } from "./_vim.ts";

export function* afterG(vim: Vim, count: number | undefined, register: string): Blocking<void> {
  const next = yield* readKey(vim);
  const times = count ?? 1;
  switch (next) {
    case "t":
      if (count === undefined) stepTab(vim, 1);
      else goTab(vim, count);
      return;
    case "-":
    case "+":
      undoByTime(vim, next === "-" ? -times : times);
      return;
    case "T":
      stepTab(vim, -times);
      return;
    case "\t":
      if (!vim.lastTab) throw new Failure("");
      enterTab(vim, vim.lastTab);
      return;
    case "J":
      yield* beforeChange(vim);
      join(vim, vim.window.line, Math.max(2, times), false);
      changed(vim);
      return;
    case "u":
    case "U":
    case "~":
      yield* operator(vim, `g${next}`, count, register);
      return;
    case "v": {
      const last = vim.lastVisual;
      if (last?.buffer !== vim.buffer) throw new Failure("");
      vim.visual = { mode: last.mode, start: last.start, toEnd: last.toEnd };
      vim.goTo(last.end);
      return;
    }
    case "p":
    case "P":
      yield* beforeChange(vim);
      put(vim, register, next === "p", times, true);
      changed(vim);
      return;
    case "i": {
      yield* beforeChange(vim);
      const mark = vim.buffer.marks.get("^");
      vim.inserting = true;
      if (mark) vim.goTo(mark);
      yield* insert(vim, times);
      return;
    }
    case "I":
      yield* beforeChange(vim);
      vim.window.col = 0;
      yield* insert(vim, times);
      return;
    case "f":
    case "F": {
      const name = /[^\s"'<>()[\]]*$/.exec(vim.line.slice(0, vim.window.col))?.[0] ?? "";
      const rest = /^[^\s"'<>()[\]]*/.exec(vim.line.slice(vim.window.col))?.[0] ?? "";
      if (name + rest === "") throw new Failure("E446: No file name under cursor");
      yield* editFile(vim, name + rest, false);
      return;
    }
    case "Q":
      yield* exMode(vim);
      return;
    case "\u0007":
      countText(vim);
      return;
    case "a": {
      const c = vim.line.slice(vim.window.col, nextIndex(vim.line, vim.window.col));
      const point = c.codePointAt(0) ?? 0;
      vim.message(c === "" ? "NUL" : `<${c}>  ${point},  Hex ${point.toString(16).padStart(2, "0")},  Octal ${point.toString(8).padStart(3, "0")}`);
      return;
    }
    default: {
      vim.queue.unshift(next);
      vim.typed.pop();
      const motion = yield* readMotion(vim, "g", { count, operator: "" });
      if (!motion) {
        vim.queue.shift();
        throw new Failure("");
      }
      move(vim, motion);
    }
  }
}

function countText(vim: Vim): void {
  const { line, col } = vim.cursor;
  const whole = vim.lines.join("\n");
  const words = (text: string) => text.split(/\s+/).filter((word) => word !== "").length;
  const till = [...vim.lines.slice(0, line), vim.line.slice(0, col + 1)].join("\n");
  vim.message(`Col ${col + 1} of ${vim.line.length}; Line ${line + 1} of ${vim.lines.length}; Word ${words(till)} of ${words(whole)}; Byte ${encode(till).length} of ${encode(whole).length + 1}`);
}

/** Ctrl-A, Ctrl-X: the number at or behind the cursor. */
export function* addNumber(vim: Vim, by: number): Blocking<void> {
  const { line, col } = vim.cursor;
  const text = vim.line;
  for (const found of text.matchAll(/0x[0-9a-fA-F]+|-?\d+/g)) {
    const end = found.index + found[0].length;
    if (end <= col) continue;
    yield* beforeChange(vim);
    const hex = found[0].startsWith("0x");
    const value = BigInt(found[0]) + BigInt(by);
    const put = hex ? `0x${value.toString(16).padStart(found[0].length - 2, "0")}` : String(value);
    vim.setLine(line, text.slice(0, found.index) + put + text.slice(end));
    vim.goTo({ line, col: found.index + put.length - 1 });
    return;
  }
  throw new Failure("");
}
