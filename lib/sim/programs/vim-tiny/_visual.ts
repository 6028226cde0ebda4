// Visual mode: what is selected, and the keys that work on it.

import type { Blocking } from "../../kernel/sys.ts";
import { readCommandLine } from "./_command-line.ts";
import { executeCommandLine } from "./_ex.ts";
import { readKey } from "./_keyboard.ts";
import { stopEditor } from "./_leaving.ts";
import { beforeChange } from "./_messages.ts";
import { readMotion } from "./_motion-keys.ts";
import { insert } from "./_normal.ts";
import { apply } from "./_operator-keys.ts";
import { including, join, mapRegion, put, type Region, remove } from "./_operators.ts";
import { registerNamed } from "./_registers.ts";
import { halfPage, page, scrollLines, scrollTo } from "./_scrolling.ts";
import { textObject } from "./_text-objects.ts";
import { before, columnOf, nextIndex, previousIndex } from "./_text.ts";
import { move, replacement, type Typed } from "./_typed.ts";
import { Failure } from "./_failure.ts";
import type { Vim } from "./_vim.ts";

export function endVisual(vim: Vim): void {
  const { visual } = vim;
  if (!visual) return;
  vim.lastVisual = { ...visual, end: vim.cursor, buffer: vim.buffer };
  vim.visual = undefined;
  // the mode stood there, seen or not
  if (vim.options.on("showmode") && !vim.hasMessage) vim.wipeMessage();
}

/** The selected text in order. `lines`: whole lines, whatever the mode. */
function selection(vim: Vim, wholeLines: boolean): Region {
  const visual = vim.visual ?? { mode: "v" as const, start: vim.cursor, toEnd: false };
  const cursor = vim.cursor;
  const [start, end] = before(cursor, visual.start) ? [cursor, visual.start] : [visual.start, cursor];
  if (wholeLines || visual.mode === "V") return { kind: "line", start: { line: start.line, col: 0 }, end };
  if (visual.mode === "v") {
    const text = vim.buffer.line(end.line);
    // The line's end itself is selected: the next line is joined.
    if (end.col >= text.length && end.line < vim.buffer.lastLine && text.length > 0) return { kind: "char", start, end: { line: end.line + 1, col: 0 } };
    if (text.length === 0 && end.line > start.line && end.line < vim.buffer.lastLine) return { kind: "char", start, end: { line: end.line + 1, col: 0 } };
    return { kind: "char", start, end: including(vim, end) };
  }
  const how = vim.columns;
  const columns = [visual.start, cursor].map((place) => columnOf(vim.buffer.line(place.line), place.col, how));
  const [top, bottom] = [Math.min(visual.start.line, cursor.line), Math.max(visual.start.line, cursor.line)];
  const left = Math.min(...columns);
  return { kind: "block", start: { line: top, col: vim.buffer.line(top).length === 0 ? 0 : Math.min(visual.start.col, cursor.col) }, end: { line: bottom, col: 0 }, left, right: visual.toEnd ? Number.POSITIVE_INFINITY : Math.max(...columns) };
}

/** i and a in visual mode: the object under the cursor, or one more when something is selected already. */
function extendByObject(vim: Vim, inner: boolean, kind: string, count: number): void {
  const { visual } = vim;
  if (!visual) return;
  const cursor = vim.cursor;
  const selected = cursor.line !== visual.start.line || cursor.col !== visual.start.col;
  const text = vim.line;
  let from = cursor;
  const stepping = kind === "w" || kind === "W" || kind === "s";
  if (selected && stepping) from = nextIndex(text, cursor.col) < text.length ? { line: cursor.line, col: nextIndex(text, cursor.col) } : { line: cursor.line + 1, col: 0 };
  else if (selected && kind === "p") from = { line: cursor.line + 1, col: 0 };
  if (from.line > vim.buffer.lastLine) throw new Failure("");
  let object = textObject(vim.lines, from, inner, kind, count);
  const same = (one: NonNullable<typeof object>) => one.start.line === visual.start.line && one.start.col === visual.start.col && one.end.line === cursor.line && one.end.col === cursor.col + 1;
  // brackets that are selected already: those around them
  if (object && selected && !stepping && kind !== "p" && same(object)) object = textObject(vim.lines, from, inner, kind, count + 1);
  if (!object) throw new Failure("");
  if (!selected || !(stepping || kind === "p")) visual.start = object.start;
  if (object.kind === "line") {
    if (visual.mode === "v") visual.mode = "V";
    vim.goTo({ line: object.end.line, col: 0 });
  } else vim.goTo(object.end.col > 0 ? { line: object.end.line, col: previousIndex(vim.buffer.line(object.end.line), object.end.col) } : object.end);
}

export function* visualCommand(vim: Vim, { key, count, register }: Typed): Blocking<void> {
  const { visual } = vim;
  if (!visual) return;
  const finish = function* (command: string, wholeLines = false, amount = 1): Blocking<void> {
    const region = selection(vim, wholeLines);
    const keys = [...vim.typed];
    const lines = region.end.line - region.start.line + 1;
    const extent = { mode: wholeLines ? ("V" as const) : visual.mode, lines, cols: region.kind === "block" ? region.right - region.left + 1 : region.start.line === region.end.line ? region.end.col - region.start.col : region.end.col };
    endVisual(vim);
    if (command === "y") vim.goTo(region.start);
    yield* apply(vim, command, region, register, amount);
    if (command.startsWith("g") && vim.options.on("showmode")) vim.wipeMessage();
    if (!vim.repeating && command !== "y") vim.lastChange = { keys: command === "c" ? [...vim.typed] : keys, visual: extent };
    else if (vim.repeating) vim.lastChange = vim.lastChange && { ...vim.lastChange, visual: extent };
  };
  switch (key) {
    case "\u001b":
    case "\u0003":
      endVisual(vim);
      vim.clampCursor();
      return;
    case "v":
    case "V":
    case "\u0016":
      if (visual.mode === key) endVisual(vim);
      else visual.mode = key;
      return;
    case "o":
    case "O": {
      const start = visual.start;
      visual.start = vim.cursor;
      vim.goTo(start);
      return;
    }
    case ":":
      vim.lastVisual = { ...visual, end: vim.cursor, buffer: vim.buffer };
      {
        const typed = yield* readCommandLine(vim, ":", "'<,'>");
        endVisual(vim);
        if (typed === undefined) return;
        yield* executeCommandLine(vim, typed);
        vim.lastCommand = typed;
      }
      return;
    case "d":
    case "x":
    case "<Del>":
      yield* finish("d");
      return;
    case "D":
    case "X":
      if (visual.mode === "\u0016" && key === "D") {
        visual.toEnd = true;
        yield* finish("d");
      } else yield* finish("d", true);
      return;
    case "y":
      yield* finish("y");
      return;
    case "Y":
      yield* finish("y", visual.mode !== "\u0016");
      return;
    case "c":
    case "s":
      yield* finish("c");
      return;
    case "C":
    case "S":
    case "R":
      yield* finish("c", true);
      return;
    case ">":
    case "<":
      yield* finish(key, true, count ?? 1);
      return;
    case "=":
      yield* finish("=", true);
      return;
    case "~":
      yield* finish("g~");
      return;
    case "u":
      yield* finish("gu");
      return;
    case "U":
      yield* finish("gU");
      return;
    case "!": {
      const region = selection(vim, true);
      endVisual(vim);
      vim.goTo({ line: region.start.line, col: 0 });
      const typed = yield* readCommandLine(vim, ":", "'<,'>!");
      if (typed !== undefined) yield* executeCommandLine(vim, typed);
      return;
    }
    case "J": {
      const region = selection(vim, true);
      endVisual(vim);
      yield* beforeChange(vim);
      join(vim, region.start.line, Math.max(2, region.end.line - region.start.line + 1), true);
      return;
    }
    case "r": {
      const put = yield* replacement(vim);
      const region = selection(vim, false);
      if (put === undefined) throw new Failure("");
      endVisual(vim);
      yield* beforeChange(vim);
      vim.window.line = region.start.line;
      vim.window.col = region.kind === "line" ? 0 : region.start.col;
      mapRegion(vim, region, (text) => put.repeat([...text].length));
      vim.goTo({ line: region.start.line, col: region.kind === "line" ? 0 : region.start.col });
      return;
    }
    case "p":
    case "P": {
      const value = registerNamed(vim, register);
      if (!value) throw new Failure("");
      const region = selection(vim, false);
      endVisual(vim);
      yield* beforeChange(vim);
      const atEnd = region.kind === "line" ? region.end.line >= vim.buffer.lastLine : region.end.line === region.start.line && region.end.col >= vim.buffer.line(region.end.line).length;
      remove(vim, region, "");
      const taken = vim.registers.get('"');
      vim.registers.set('"', value);
      if (region.kind !== "line" && value.kind === "line") {
        const { line, col } = vim.cursor;
        const text = vim.line;
        const cut = Math.min(text.length, region.start.col);
        vim.replaceLines(line, 1, [text.slice(0, cut), ...value.lines, text.slice(cut)]);
        vim.goTo({ line: line + 1, col: col * 0 });
      } else {
        if (region.kind !== "line") {
          vim.inserting = true;
          vim.goTo(region.start);
          vim.inserting = false;
        }
        put(vim, "", atEnd && region.kind === "line", count ?? 1);
      }
      if (taken) vim.registers.set('"', taken);
      return;
    }
    case "i":
    case "a":
      extendByObject(vim, key === "i", yield* readKey(vim), count ?? 1);
      return;
    case "I":
    case "A": {
      if (visual.mode !== "\u0016") throw new Failure("");
      const region = selection(vim, false);
      if (region.kind !== "block") return;
      endVisual(vim);
      yield* beforeChange(vim);
      const how = vim.columns;
      const column = key === "I" ? region.left : region.right + 1;
      const placeOf = (line: number) => {
        const text = vim.buffer.line(line);
        let at = 0;
        while (at < text.length && columnOf(text, at, how) < column) at = nextIndex(text, at);
        return key === "A" && region.right === Number.POSITIVE_INFINITY ? text.length : at;
      };
      vim.inserting = true;
      vim.goTo({ line: region.start.line, col: placeOf(region.start.line) });
      vim.oneStep++;
      try {
        yield* insert(vim, 1);
      } finally {
        vim.oneStep--;
      }
      const text = vim.lastInserted;
      if (!text.includes("\n") && text !== "") {
        for (let line = region.start.line + 1; line <= region.end.line; line++) {
          const old = vim.buffer.line(line);
          const at = placeOf(line);
          const short = columnOf(old, old.length, how) < column && region.right !== Number.POSITIVE_INFINITY;
          if (key === "I" && short) continue;
          const padding = short ? " ".repeat(column - columnOf(old, old.length, how)) : "";
          vim.setLine(line, old.slice(0, at) + padding + text + old.slice(at));
        }
      }
      vim.goTo({ line: region.start.line, col: region.start.col });
      return;
    }
    case "g": {
      const next = yield* readKey(vim);
      if (next === "J") {
        const region = selection(vim, true);
        endVisual(vim);
        yield* beforeChange(vim);
        join(vim, region.start.line, Math.max(2, region.end.line - region.start.line + 1), false);
        return;
      }
      if (next === "u" || next === "U" || next === "~") {
        yield* finish(`g${next}`);
        return;
      }
      vim.queue.unshift(next);
      vim.typed.pop();
      const motion = yield* readMotion(vim, "g", { count, operator: "" });
      if (!motion) {
        vim.queue.shift();
        throw new Failure("");
      }
      move(vim, motion);
      return;
    }
    case "\u0006":
    case "<PageDown>":
      page(vim, count ?? 1);
      return;
    case "\u0002":
    case "<PageUp>":
      page(vim, -(count ?? 1));
      return;
    case "\u0004":
    case "\u0015":
      halfPage(vim, key === "\u0004", count);
      return;
    case "\u0005":
    case "\u0019":
      scrollLines(vim, (key === "\u0005" ? 1 : -1) * (count ?? 1));
      return;
    case "z":
      yield* scrollTo(vim, count);
      return;
    case "\u001a":
      yield* stopEditor(vim);
      return;
    default: {
      if (key.startsWith("<S-")) {
        yield* visualCommand(vim, { key: `<${key.slice(3)}`, count, register });
        return;
      }
      const motion = yield* readMotion(vim, key, { count, operator: "" });
      if (!motion) throw new Failure("");
      move(vim, motion);
    }
  }
}
