// Operators: d, c, y, > and the others, with what they work on.

import type { Blocking } from "../../kernel/sys.ts";
import { commandLine } from "./_command-mode.ts";
import { drawScreen } from "./_drawing.ts";
import { markJump } from "./_jumps.ts";
import { readKey, readMappedKey } from "./_keyboard.ts";
import { beforeChange } from "./_messages.ts";
import { type Motion, readMotion } from "./_motion-keys.ts";
import { insert } from "./_normal.ts";
import { including, mapRegion, type Region, remove, reportLines, shift, swapCase, yank } from "./_operators.ts";
import { storeText } from "./_registers.ts";
import { textObject } from "./_text-objects.ts";
import { before, columnOf, indentOf, type Position, previousIndex } from "./_text.ts";
import { changed } from "./_typed.ts";
import { exchangeDifference } from "./_diff.ts";
import { Failure } from "./_failure.ts";
import type { Vim } from "./_vim.ts";

export function linesFrom(vim: Vim, count: number): Region {
  const { line, col } = vim.cursor;
  // a count on the last line fails (edit.c, cursor_down)
  if (count > 1 && (line === vim.buffer.lastLine || (line + count - 1 > vim.buffer.lastLine && vim.options.vi("-")))) throw new Failure("");
  return { kind: "line", start: { line, col }, end: { line: Math.min(vim.buffer.lastLine, line + count - 1), col: 0 } };
}

export function toLineEnd(vim: Vim, count: number): Region {
  const { line, col } = vim.cursor;
  const last = Math.min(vim.buffer.lastLine, line + count - 1);
  return { kind: "char", start: { line, col }, end: { line: last, col: vim.buffer.line(last).length } };
}

export function* operator(vim: Vim, key: string, count: number | undefined, register: string): Blocking<void> {
  let digits = "";
  let next = yield* readMappedKey(vim, "o");
  let forced = "";
  for (;;) {
    if (/^[1-9]$/.test(next) || (next === "0" && digits !== "")) digits += next;
    else if (next === "v" || next === "V" || next === "\u0016") forced = next;
    else break;
    next = yield* readKey(vim);
  }
  if (next === "\u001b" || next === "\u0003") return;
  if (key === "d" && (next === "o" || next === "p") && vim.huge) {
    yield* exchangeDifference(vim, next === "o");
    return;
  }
  const total = count === undefined && digits === "" ? undefined : Math.min((count ?? 1) * (digits === "" ? 1 : Number(digits)), 99_999_999);
  const last = key.at(-1) ?? "";
  let region: Region;
  if (next === last || (key.length === 2 && next === key)) region = linesFrom(vim, total ?? 1);
  else if (key.length === 2 && next === "g") {
    const again = yield* readKey(vim);
    if (again !== last) throw new Failure("");
    region = linesFrom(vim, total ?? 1);
  } else if (next === "i" || next === "a") {
    const object = textObject(vim.lines, vim.cursor, next === "i", yield* readKey(vim), total ?? 1);
    if (!object) throw new Failure("");
    const kind = forced === "V" ? "line" : object.kind;
    region = kind === "line" && object.kind === "char" ? { kind, start: object.start, end: { line: object.end.line, col: 0 } } : { kind, start: object.start, end: object.end };
    if (region.kind === "char" && region.start.line === region.end.line && region.start.col === region.end.col && key !== "c") return;
  } else {
    const start = vim.cursor;
    const motion = yield* readMotion(vim, next, { count: total, operator: key });
    if (!motion) throw new Failure("");
    if (motion.jump) markJump(vim);
    region = regionOf(vim, start, motion, forced);
  }
  yield* apply(vim, key, region, register);
}

/** What lies between the cursor and where the motion goes (the manual's motion.txt: exclusive motions, "o_v"). */
function regionOf(vim: Vim, from: Position, motion: Motion, forced: string): Region {
  const [start, last] = before(motion.to, from) ? [motion.to, from] : [from, motion.to];
  const kind = forced === "V" ? "line" : forced === "v" ? "char" : motion.kind;
  if (kind === "line") return { kind: "line", start: { line: start.line, col: from.col }, end: last };
  const inclusive = forced === "v" && motion.kind === "char" ? !motion.inclusive : motion.inclusive;
  if (inclusive) return { kind: "char", start, end: including(vim, last) };
  if (!motion.word && last.line > start.line && last.col === 0) {
    // An exclusive motion to a line's start ends with the line above; from a line's start it takes whole lines.
    if (start.col <= indentOf(vim.buffer.line(start.line)).length && forced === "") return { kind: "line", start, end: { line: last.line - 1, col: 0 } };
    return { kind: "char", start, end: { line: last.line - 1, col: vim.buffer.line(last.line - 1).length } };
  }
  return { kind: "char", start, end: last };
}

export function* apply(vim: Vim, key: string, region: Region, register: string, amount = 1): Blocking<void> {
  const { start, end } = region;
  // undo comes back to where the text began
  if (key !== "y" && key !== "!" && (vim.cursor.line !== start.line || region.kind !== "line")) {
    vim.window.line = start.line;
    if (region.kind !== "line") vim.window.col = start.col;
  }
  switch (key) {
    case "y":
      yank(vim, region, register);
      vim.goTo(start);
      return;
    case "d":
      yield* beforeChange(vim);
      if (region.kind === "char" && start.line === end.line && start.col === end.col) {
        if (vim.options.vi("E")) throw new Failure("");
        return;
      }
      // A delete of several lines that leaves nothing at both ends takes the lines.
      if (region.kind === "char" && end.line > start.line && vim.buffer.line(start.line).slice(0, start.col).trim() === "" && vim.buffer.line(end.line).slice(end.col).trim() === "" && !vim.visual) {
        remove(vim, { kind: "line", start, end }, register);
      } else remove(vim, region, register);
      changed(vim);
      return;
    case "c":
      yield* beforeChange(vim);
      yield* changeRegion(vim, region, register);
      return;
    case ">":
    case "<":
      yield* beforeChange(vim);
      shift(vim, start.line, end.line, key === ">", amount);
      changed(vim);
      return;
    case "=":
      yield* beforeChange(vim);
      vim.startOfLine(start.line);
      return;
    case "!":
      vim.goTo({ line: start.line, col: 0 });
      yield* commandLine(vim, start.line === end.line ? ".!" : `.,.+${end.line - start.line}!`);
      changed(vim);
      return;
    case "g~":
    case "gu":
    case "gU":
      yield* beforeChange(vim);
      mapRegion(vim, region, key === "g~" ? swapCase : (text) => (key === "gu" ? text.toLowerCase() : text.toUpperCase()));
      vim.goTo(region.kind === "line" ? { line: start.line, col: 0 } : start);
      changed(vim);
      if (end.line - start.line + 1 > vim.options.number("report")) vim.message(`${end.line - start.line + 1} lines changed`);
      return;
    default:
      throw new Failure("");
  }
}

/** Deletes and goes on in insert mode; Vi leaves the old text on the screen with a "$" at its end. */
export function* changeRegion(vim: Vim, region: Region, register: string): Blocking<void> {
  const { start, end } = region;
  if (region.kind === "line") {
    const indent = vim.options.on("autoindent") ? indentOf(vim.buffer.line(start.line)) : "";
    storeText(vim, register, { lines: vim.lines.slice(start.line, end.line + 1), kind: "line" }, true, false);
    vim.replaceLines(start.line, end.line - start.line + 1, [indent]);
    vim.inserting = true;
    vim.goTo({ line: start.line, col: indent.length });
    reportLines(vim, start.line - end.line);
  } else if (region.kind === "block") {
    remove(vim, region, register);
    const column = vim.window.col;
    const last = end.line;
    vim.oneStep++;
    try {
      yield* insert(vim, 1);
    } finally {
      vim.oneStep--;
    }
    const text = vim.lastInserted;
    if (!text.includes("\n")) {
      for (let line = start.line + 1; line <= last; line++) {
        const old = vim.buffer.line(line);
        if (old.length >= column) vim.setLine(line, old.slice(0, column) + text + old.slice(column));
      }
    }
    vim.goTo({ line: start.line, col: column + Math.max(0, text.length - 1) });
    return;
  } else {
    if (vim.options.vi("$") && start.line === end.line && end.col > start.col) {
      const last = columnOf(vim.line, previousIndex(vim.line, end.col), vim.columns);
      yield* showDollar(vim, start.line, last);
      vim.dollar = last + 1;
    }
    const silent = vim.silent;
    remove(vim, region, register);
    vim.silent = silent;
    vim.inserting = true;
    vim.goTo(start);
  }
  yield* insert(vim, 1);
}

function* showDollar(vim: Vim, line: number, column: number): Blocking<void> {
  if (vim.typedAhead) return;
  yield* drawScreen(vim);
  const { window } = vim;
  let row = window.row;
  for (let at = window.top; at < line; at++) row += window.rowsOf(at, vim.columns);
  if (column < window.width) vim.screen.put(row, window.column + window.margin + column, "$");
}
