// Normal mode: counts, registers, operators and the commands of single keys. Over 400 lines: one table of keys.

import { type Blocking, encode } from "../../kernel/sys.ts";
import { readCommandLine } from "./_command-line.ts";
import { executeCommandLine, fileInfo, editFile, quit, writeAndQuit, stopEditor } from "./_ex.ts";
import { insertMode } from "./_insert.ts";
import { readMotion, type Motion } from "./_motion-keys.ts";
import { including, join, mapRegion, put, type Region, remove, reportLines, shift, swapCase, yank } from "./_operators.ts";
import { columnOf, indentOf, lastIndex, nextIndex, type Position, before, previousIndex } from "./_text.ts";
import { textObject } from "./_text-objects.ts";
import { Failure, type Vim } from "./_vim.ts";

interface Typed {
  readonly key: string;
  readonly count: number | undefined;
  readonly register: string;
}

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
  if (vim.overlay) yield* vim.waitReturn();
}

/** A count and a register, in any order, then the key. */
function* readTyped(vim: Vim): Blocking<Typed> {
  let digits = "";
  let register = "";
  for (;;) {
    const key = yield* vim.mappedKey(vim.visual ? "v" : "n");
    if (/^[1-9]$/.test(key) || (key === "0" && digits !== "")) digits += key;
    else if (key === "<Del>" && digits !== "") digits = digits.slice(0, -1);
    else if (key === '"') {
      register = yield* vim.key();
      if (!/^[A-Za-z0-9"%:./_-]$/.test(register)) throw new Failure("");
    } else return { key, count: digits === "" ? undefined : Math.min(Number(digits), 99_999_999), register };
  }
}

/** Remembers the command for ".". */
function changed(vim: Vim): void {
  if (vim.repeating) return;
  vim.lastChange = { keys: [...vim.typed], visual: undefined };
}

function* insert(vim: Vim, count: number, more: { readonly replace?: boolean; readonly open?: "below" | "above" } = {}): Blocking<void> {
  yield* insertMode(vim, { count, ...more, once: () => normalCommandKeepingKeys(vim) });
  changed(vim);
}

/** Ctrl-O in insert mode: the keys belong to the insertion. */
function* normalCommandKeepingKeys(vim: Vim): Blocking<void> {
  const kept = vim.typed;
  yield* normalCommand(vim);
  vim.typed = kept;
}

function* plainCommand(vim: Vim, { key, count, register }: Typed): Blocking<void> {
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
      yield* vim.beforeChange();
      yield* insert(vim, times);
      return;
    case "I":
      yield* vim.beforeChange();
      window.col = vim.options.vi("H") && vim.line.trim() === "" ? lastIndex(vim.line) : indentOf(vim.line).length;
      yield* insert(vim, times);
      return;
    case "a":
      yield* vim.beforeChange();
      window.col = nextIndex(vim.line, col);
      yield* insert(vim, times);
      return;
    case "A":
      yield* vim.beforeChange();
      window.col = vim.line.length;
      yield* insert(vim, times);
      return;
    case "o":
    case "O":
      yield* openLine(vim, key === "o", times);
      return;
    case "R":
      yield* vim.beforeChange();
      yield* insert(vim, times, { replace: true });
      return;
    case "s":
      yield* vim.beforeChange();
      yield* changeRegion(vim, { kind: "char", start: { line, col }, end: { line, col: advance(vim.line, col, times) } }, register);
      return;
    case "S":
      yield* vim.beforeChange();
      yield* changeRegion(vim, linesFrom(vim, times), register);
      return;
    case "C":
      yield* vim.beforeChange();
      yield* changeRegion(vim, toLineEnd(vim, times), register);
      return;
    // ---- changing
    case "x":
    case "<Del>":
    case "X":
      if (vim.line === "" || (key === "X" && col === 0)) throw new Failure("");
      yield* vim.beforeChange();
      remove(vim, { kind: "char", start: key === "X" ? { line, col: retreat(vim.line, col, times) } : { line, col }, end: { line, col: key === "X" ? col : advance(vim.line, col, times) } }, register);
      changed(vim);
      return;
    case "D":
      yield* vim.beforeChange();
      remove(vim, toLineEnd(vim, times), register);
      changed(vim);
      return;
    case "Y":
      yank(vim, linesFrom(vim, times), register);
      return;
    case "p":
    case "P":
      yield* vim.beforeChange();
      put(vim, register, key === "p", times);
      changed(vim);
      return;
    case "r": {
      const put = yield* replacement(vim);
      if (put === undefined) throw new Failure("");
      if (advance(vim.line, col, times) - col < times) throw new Failure("");
      yield* vim.beforeChange();
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
      yield* vim.beforeChange();
      const end = advance(vim.line, col, times);
      mapRegion(vim, { kind: "char", start: { line, col }, end: { line, col: end } }, swapCase);
      vim.goTo({ line, col: end });
      changed(vim);
      return;
    }
    case "J":
      yield* vim.beforeChange();
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
      if (!vim.jump(key === "\t" ? times : -times)) throw new Failure("");
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
      const name = yield* vim.key();
      if (name === "'" || name === "`") vim.markJump();
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
      const next = yield* vim.key();
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
        yield* vim.beforeChange();
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

function move(vim: Vim, motion: Motion): void {
  if (motion.jump) vim.markJump();
  if (motion.keepWanted) vim.goToLine(motion.to.line);
  else vim.goTo(motion.to);
  if (motion.wantEnd) {
    vim.window.wanted = Number.POSITIVE_INFINITY;
    if (vim.visual) vim.visual.toEnd = true;
  } else if (vim.visual && !motion.keepWanted) vim.visual.toEnd = false;
}

function advance(text: string, col: number, times: number): number {
  let at = col;
  for (let i = 0; i < times && at < text.length; i++) at = nextIndex(text, at);
  return at;
}

function retreat(text: string, col: number, times: number): number {
  let at = col;
  for (let i = 0; i < times && at > 0; i++) at = previousIndex(text, at);
  return at;
}

function linesFrom(vim: Vim, count: number): Region {
  const { line, col } = vim.cursor;
  if (line + count - 1 > vim.buffer.lastLine && vim.options.vi("-")) throw new Failure("");
  return { kind: "line", start: { line, col }, end: { line: Math.min(vim.buffer.lastLine, line + count - 1), col: 0 } };
}

function toLineEnd(vim: Vim, count: number): Region {
  const { line, col } = vim.cursor;
  const last = Math.min(vim.buffer.lastLine, line + count - 1);
  return { kind: "char", start: { line, col }, end: { line: last, col: vim.buffer.line(last).length } };
}

function* replacement(vim: Vim): Blocking<string | undefined> {
  const key = yield* vim.key();
  if (key === "\u001b" || key === "\u0003" || (key.startsWith("<") && key.length > 1)) return undefined;
  if (key === "\u0016") return yield* vim.key();
  return key === "\r" ? "\n" : key;
}

function* openLine(vim: Vim, below: boolean, times: number): Blocking<void> {
  yield* vim.beforeChange();
  const { line } = vim.cursor;
  const indent = vim.options.on("autoindent") && !vim.options.on("paste") ? indentOf(vim.line) : "";
  vim.replaceLines(below && !vim.buffer.empty ? line + 1 : line, 0, vim.buffer.empty ? ["", indent] : [indent]);
  vim.inserting = true;
  vim.goTo({ line: below ? line + 1 : line, col: indent.length });
  yield* insert(vim, times, { open: below ? "below" : "above" });
}

// ---- operators

function* operator(vim: Vim, key: string, count: number | undefined, register: string): Blocking<void> {
  let digits = "";
  let next = yield* vim.mappedKey("o");
  let forced = "";
  for (;;) {
    if (/^[1-9]$/.test(next) || (next === "0" && digits !== "")) digits += next;
    else if (next === "v" || next === "V" || next === "\u0016") forced = next;
    else break;
    next = yield* vim.key();
  }
  if (next === "\u001b" || next === "\u0003") return;
  const total = count === undefined && digits === "" ? undefined : Math.min((count ?? 1) * (digits === "" ? 1 : Number(digits)), 99_999_999);
  const last = key.at(-1) ?? "";
  let region: Region;
  if (next === last || (key.length === 2 && next === key)) region = linesFrom(vim, total ?? 1);
  else if (key.length === 2 && next === "g") {
    const again = yield* vim.key();
    if (again !== last) throw new Failure("");
    region = linesFrom(vim, total ?? 1);
  } else if (next === "i" || next === "a") {
    const object = textObject(vim.lines, vim.cursor, next === "i", yield* vim.key(), total ?? 1);
    if (!object) throw new Failure("");
    const kind = forced === "V" ? "line" : object.kind;
    region = kind === "line" && object.kind === "char" ? { kind, start: object.start, end: { line: object.end.line, col: 0 } } : { kind, start: object.start, end: object.end };
    if (region.kind === "char" && region.start.line === region.end.line && region.start.col === region.end.col && key !== "c") return;
  } else {
    const start = vim.cursor;
    const motion = yield* readMotion(vim, next, { count: total, operator: key });
    if (!motion) throw new Failure("");
    if (motion.jump) vim.markJump();
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

function* apply(vim: Vim, key: string, region: Region, register: string, amount = 1): Blocking<void> {
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
      yield* vim.beforeChange();
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
      yield* vim.beforeChange();
      yield* changeRegion(vim, region, register);
      return;
    case ">":
    case "<":
      yield* vim.beforeChange();
      shift(vim, start.line, end.line, key === ">", amount);
      changed(vim);
      return;
    case "=":
      yield* vim.beforeChange();
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
      yield* vim.beforeChange();
      mapRegion(vim, region, key === "g~" ? swapCase : (text) => (key === "gu" ? text.toLowerCase() : text.toUpperCase()));
      vim.goTo(start);
      changed(vim);
      if (end.line - start.line + 1 > vim.options.number("report")) vim.message(`${end.line - start.line + 1} lines changed`);
      return;
    default:
      throw new Failure("");
  }
}

/** Deletes and goes on in insert mode; Vi leaves the old text on the screen with a "$" at its end. */
function* changeRegion(vim: Vim, region: Region, register: string): Blocking<void> {
  const { start, end } = region;
  if (region.kind === "line") {
    const indent = vim.options.on("autoindent") ? indentOf(vim.buffer.line(start.line)) : "";
    vim.store(register, { lines: vim.lines.slice(start.line, end.line + 1), kind: "line" }, true, false);
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
  yield* vim.draw();
  const { window } = vim;
  let row = window.row;
  for (let at = window.top; at < line; at++) row += window.rowsOf(at, vim.columns);
  const margin = vim.screen.columns - window.width;
  if (column < window.width) vim.screen.put(row, margin + column, "$");
}

// ---- undo

/** Vi's u takes back its own undo; Vim's goes on into the past. */
function undo(vim: Vim, times: number): void {
  if (vim.options.vi("u")) {
    travel(vim, !vim.buffer.undone, 1);
    vim.buffer.undone = !vim.buffer.undone;
    return;
  }
  travel(vim, true, times);
}

function redo(vim: Vim, times: number): void {
  travel(vim, vim.options.vi("u") ? vim.buffer.undone : false, times);
}

function travel(vim: Vim, back: boolean, times: number): void {
  for (let i = 0; i < times; i++) {
    const done = vim.buffer.travel(back);
    if (!done) {
      vim.message(back ? "Already at oldest change" : "Already at newest change");
      return;
    }
    if (done.step.cursor.line === done.line) vim.goTo({ line: done.line, col: done.step.cursor.col });
    else vim.startOfLine(done.line);
    const ago = Math.max(0, Math.floor((vim.sys.clockUs("realtime") - done.step.timeUs) / 1_000_000));
    const number = back ? done.step.number : vim.buffer.numberAfter;
    const { fewer, lines } = done;
    const what = fewer === -1 ? "1 more line" : fewer < 0 ? `${-fewer} more lines` : fewer === 1 ? "1 line less" : fewer > 1 ? `${fewer} fewer lines` : `${lines} change${lines === 1 ? "" : "s"}`;
    vim.message(`${what}; ${back ? "before" : "after"} #${number}  ${ago < 100 ? `${ago} second${ago === 1 ? "" : "s"} ago` : clock(done.step.timeUs)}`);
  }
}

function clock(timeUs: number): string {
  const seconds = Math.floor(timeUs / 1_000_000) % 86400;
  const two = (n: number) => String(Math.floor(n)).padStart(2, "0");
  return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
}

// ---- repeating

function* repeatChange(vim: Vim, count: number | undefined): Blocking<void> {
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

function* record(vim: Vim): Blocking<void> {
  if (vim.recording) {
    const keys = vim.recording.keys.slice(0, -1);
    vim.registers.set(vim.recording.register.toLowerCase(), { lines: keys.join("").split("\n"), kind: "char" });
    vim.recording = undefined;
    vim.wipeMessage();
    return;
  }
  const register = yield* vim.key();
  if (!/^[0-9A-Za-z"]$/.test(register)) throw new Failure("");
  vim.recording = { register, keys: [] };
}

function* runRegister(vim: Vim, times: number): Blocking<void> {
  let name = yield* vim.key();
  if (name === ":") {
    if (vim.lastCommand === "") throw new Failure("E30: No previous command line");
    for (let i = 0; i < times; i++) yield* executeCommandLine(vim, vim.lastCommand);
    return;
  }
  if (name === "@") name = vim.lastMacro;
  const value = vim.register(name);
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

// ---- scrolling

function page(vim: Vim, times: number): void {
  const { window, buffer } = vim;
  const how = vim.columns;
  for (let i = 0; i < Math.abs(times); i++) {
    if (times > 0) {
      if (window.top >= buffer.lastLine) throw new Failure("");
      window.top = Math.min(buffer.lastLine, Math.max(window.top + 1, window.bottom(how) - 2));
      vim.startOfLine(window.top);
    } else {
      if (window.top === 0) throw new Failure("");
      const last = Math.min(buffer.lastLine, window.top + 1);
      let rows = window.rowsOf(last, how);
      let top = last;
      while (top > 0 && rows + window.rowsOf(top - 1, how) <= window.height) rows += window.rowsOf(--top, how);
      window.top = top;
      vim.startOfLine(Math.max(window.top, window.bottom(how) - 1));
    }
  }
}

function halfPage(vim: Vim, down: boolean, count: number | undefined): void {
  const { window, buffer } = vim;
  if (count !== undefined) window.scroll = Math.min(count, window.height);
  const by = window.scroll || Math.max(1, Math.floor(window.height / 2));
  if (down ? window.line >= buffer.lastLine : window.line === 0) throw new Failure("");
  const most = Math.max(0, buffer.lines.length - window.height);
  window.top = down ? Math.max(window.top, Math.min(window.top + by, most)) : Math.max(0, window.top - by);
  vim.startOfLine(window.line + (down ? by : -by));
}

function scrollLines(vim: Vim, by: number): void {
  const { window, buffer } = vim;
  const how = vim.columns;
  const before = window.top;
  window.top = Math.max(0, Math.min(buffer.lastLine, window.top + by));
  if (window.top === before) throw new Failure("");
  if (window.line < window.top) vim.goToLine(window.top);
  else {
    const last = Math.max(window.top, window.bottom(how) - 1);
    if (window.line > last) vim.goToLine(last);
  }
}

function* scrollTo(vim: Vim, count: number | undefined): Blocking<void> {
  const { window } = vim;
  const how = vim.columns;
  const key = yield* vim.key();
  if (!["t", "\r", "z", ".", "b", "-", "+", "^"].includes(key)) throw new Failure("");
  if (count !== undefined) vim.goToLine(count - 1);
  if (key === "t" || key === "\r" || key === "+") window.top = window.line;
  else if (key === "z" || key === ".") window.center(how, true);
  else {
    let rows = window.rowsOf(window.line, how);
    window.top = window.line;
    while (window.top > 0 && rows + window.rowsOf(window.top - 1, how) <= window.height) rows += window.rowsOf(--window.top, how);
  }
  if (key === "\r" || key === "." || key === "-") vim.startOfLine(window.line);
}

// ---- command line, windows

function* commandLine(vim: Vim, start: string): Blocking<void> {
  const typed = yield* readCommandLine(vim, ":", start);
  if (typed === undefined) return;
  yield* executeCommandLine(vim, typed);
  if (typed.trim() !== "") vim.lastCommand = typed;
}

function* exMode(vim: Vim): Blocking<void> {
  vim.exMode = true;
  vim.message("Entering Ex mode.  Type \"visual\" to go to Normal mode.");
  try {
    while (vim.exMode) {
      vim.print("");
      const typed = yield* readCommandLine(vim, ":");
      if (typed === undefined) continue;
      try {
        yield* executeCommandLine(vim, typed === "" ? "+p" : typed);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        vim.print(error.message);
      }
    }
  } finally {
    vim.exMode = false;
  }
  vim.redrawAll();
  vim.wipeMessage();
}

function* windowCommand(vim: Vim, count: number | undefined): Blocking<void> {
  const key = yield* vim.key();
  const at = vim.windows.indexOf(vim.window);
  const go = (to: number) => {
    const target = vim.windows[Math.max(0, Math.min(to, vim.windows.length - 1))];
    if (target) vim.window = target;
  };
  switch (key) {
    case "w":
    case "\u0017":
      go(count === undefined ? (at + 1) % vim.windows.length : count - 1);
      return;
    case "W":
      go((at - 1 + vim.windows.length) % vim.windows.length);
      return;
    case "j":
    case "<Down>":
      go(at + (count ?? 1));
      return;
    case "k":
    case "<Up>":
      go(at - (count ?? 1));
      return;
    case "t":
      go(0);
      return;
    case "b":
      go(vim.windows.length - 1);
      return;
    case "s":
    case "S":
    case "\u0013":
      yield* executeCommandLine(vim, "split");
      return;
    case "n":
      yield* executeCommandLine(vim, "new");
      return;
    case "c":
      yield* executeCommandLine(vim, "close");
      return;
    case "q":
      yield* executeCommandLine(vim, "quit");
      return;
    case "o":
      yield* executeCommandLine(vim, "only");
      return;
    case "=":
      vim.spread();
      return;
    case "+":
    case "-": {
      const other = vim.windows[at + 1] ?? vim.windows[at - 1];
      if (!other) return;
      const by = Math.min(count ?? 1, key === "+" ? other.height - 1 : vim.window.height - 1) * (key === "+" ? 1 : -1);
      vim.window.height += by;
      other.height -= by;
      vim.layout();
      return;
    }
    default:
      throw new Failure("");
  }
}

function* afterG(vim: Vim, count: number | undefined, register: string): Blocking<void> {
  const next = yield* vim.key();
  const times = count ?? 1;
  switch (next) {
    case "J":
      yield* vim.beforeChange();
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
      yield* vim.beforeChange();
      put(vim, register, next === "p", times, true);
      changed(vim);
      return;
    case "i": {
      yield* vim.beforeChange();
      const mark = vim.buffer.marks.get("^");
      vim.inserting = true;
      if (mark) vim.goTo(mark);
      yield* insert(vim, times);
      return;
    }
    case "I":
      yield* vim.beforeChange();
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
      vim.message(c === "" ? "NUL" : `<${c}>  ${point},  Hex ${point.toString(16).padStart(2, "0")},  Oct ${point.toString(8).padStart(3, "0")}`);
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
function* addNumber(vim: Vim, by: number): Blocking<void> {
  const { line, col } = vim.cursor;
  const text = vim.line;
  for (const found of text.matchAll(/0x[0-9a-fA-F]+|-?\d+/g)) {
    const end = found.index + found[0].length;
    if (end <= col) continue;
    yield* vim.beforeChange();
    const hex = found[0].startsWith("0x");
    const value = BigInt(found[0]) + BigInt(by);
    const put = hex ? `0x${value.toString(16).padStart(found[0].length - 2, "0")}` : String(value);
    vim.setLine(line, text.slice(0, found.index) + put + text.slice(end));
    vim.goTo({ line, col: found.index + put.length - 1 });
    return;
  }
  throw new Failure("");
}

// ---- visual mode

function endVisual(vim: Vim): void {
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

function* visualCommand(vim: Vim, { key, count, register }: Typed): Blocking<void> {
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
      yield* vim.beforeChange();
      join(vim, region.start.line, Math.max(2, region.end.line - region.start.line + 1), true);
      return;
    }
    case "r": {
      const put = yield* replacement(vim);
      const region = selection(vim, false);
      if (put === undefined) throw new Failure("");
      endVisual(vim);
      yield* vim.beforeChange();
      vim.window.line = region.start.line;
      vim.window.col = region.kind === "line" ? 0 : region.start.col;
      mapRegion(vim, region, (text) => put.repeat([...text].length));
      vim.goTo({ line: region.start.line, col: region.kind === "line" ? 0 : region.start.col });
      return;
    }
    case "p":
    case "P": {
      const value = vim.register(register);
      if (!value) throw new Failure("");
      const region = selection(vim, false);
      endVisual(vim);
      yield* vim.beforeChange();
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
      extendByObject(vim, key === "i", yield* vim.key(), count ?? 1);
      return;
    case "I":
    case "A": {
      if (visual.mode !== "\u0016") throw new Failure("");
      const region = selection(vim, false);
      if (region.kind !== "block") return;
      endVisual(vim);
      yield* vim.beforeChange();
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
      const next = yield* vim.key();
      if (next === "J") {
        const region = selection(vim, true);
        endVisual(vim);
        yield* vim.beforeChange();
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
