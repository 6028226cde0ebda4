// The keys that move the cursor, alone or behind an operator.
// (More than 400 lines: a table of motions, a few lines each.)

import type { Blocking } from "../../kernel/sys.ts";
import { readCommandLine } from "./_command-line.ts";
import { findNext } from "./_find.ts";
import { readKey } from "./_keyboard.ts";
import { enclosingBracket, findInLine, matchingBracket, nextWord, paragraph, previousWord, previousWordEnd, sentence, wordEnd } from "./_motions.ts";
import { classOf, firstNonBlank, indexOfColumn, lastIndex, nextIndex, type Position, previousIndex } from "./_text.ts";
import { closedFold, nextDifference } from "./_diff.ts";
import { Failure } from "./_failure.ts";
import type { Vim } from "./_vim.ts";

export interface Motion {
  readonly to: Position;
  readonly kind: "char" | "line";
  readonly inclusive: boolean;
  /** up and down keep the column that they aim for; $ aims for the end */
  readonly keepWanted?: boolean;
  readonly wantEnd?: boolean;
  /** '' comes back from here */
  readonly jump?: boolean;
  /** w behind an operator does not go over the end of the last line */
  readonly word?: boolean;
}

export interface MotionRequest {
  readonly count: number | undefined;
  /** the operator that waits for the motion: "d", "c" … or "" */
  readonly operator: string;
}

const chars = (to: Position, inclusive = false): Motion => ({ to, kind: "char", inclusive });
const lines = (to: Position, keepWanted = false): Motion => ({ to, kind: "line", inclusive: true, keepWanted });
const jump = (motion: Motion): Motion => ({ ...motion, jump: true });

/** Undefined: the key is no motion. Throws Failure when it cannot be done. */
export function* readMotion(vim: Vim, key: string, request: MotionRequest): Blocking<Motion | undefined> {
  const { count } = request;
  const times = count ?? 1;
  const { line, col } = vim.cursor;
  const text = vim.line;
  switch (key) {
    case "h":
    case "\b":
    case "\u007f":
    case "<Left>":
      return left(vim, times, key === "h" || key === "<Left>");
    case "l":
    case " ":
    case "<Right>":
      return right(vim, times, key === " ", request.operator);
    case "j":
    case "\u000e":
    case "\n":
    case "<Down>":
      return vertical(vim, times, request.operator);
    case "k":
    case "\u0010":
    case "<Up>":
      return vertical(vim, -times, request.operator);
    case "+":
    case "\r":
      return toStart(vim, step(vim, times));
    case "-":
      return toStart(vim, step(vim, -times));
    case "_":
      return toStart(vim, step(vim, times - 1));
    case "0":
    case "<Home>":
      return chars({ line, col: 0 });
    case "^":
      return chars({ line, col: firstNonBlank(text) });
    case "$":
    case "<End>": {
      const at = step(vim, times - 1);
      return { to: { line: at, col: lastIndex(vim.buffer.line(at)) }, kind: "char", inclusive: true, wantEnd: true };
    }
    case "|":
      return chars({ line, col: Math.min(lastIndex(text), indexOfColumn(text, times - 1, vim.columns)) });
    case "G":
    case "<C-End>":
      return jump(toStart(vim, count === undefined ? vim.buffer.lastLine : Math.min(count - 1, vim.buffer.lastLine)));
    case "<C-Home>":
      return jump(toStart(vim, 0));
    case "w":
    case "W":
    case "<S-Right>":
    case "<C-Right>":
      return words(vim, times, key === "W" || key === "<C-Right>", request);
    case "b":
    case "B":
    case "<S-Left>":
    case "<C-Left>":
      return repeat(vim, times, (from) => previousWord(vim.lines, from, key === "B" || key === "<C-Left>"), false);
    case "e":
    case "E":
      return repeat(vim, times, (from) => wordEnd(vim.lines, from, key === "E"), true);
    case "(":
    case ")":
      return jump(repeat(vim, times, (from) => sentence(vim.lines, from, key === ")"), false));
    case "{":
    case "}":
      return jump(repeat(vim, times, (from) => paragraph(vim.lines, from, key === "}"), false));
    case "%": {
      if (count !== undefined) {
        if (count > 100) throw new Failure("");
        return jump(toStart(vim, Math.max(0, Math.ceil((count * vim.lines.length) / 100) - 1)));
      }
      const to = matchingBracket(vim.lines, { line, col });
      if (!to) throw new Failure("");
      return jump(chars(to, true));
    }
    case "f":
    case "F":
    case "t":
    case "T": {
      const character = yield* plainKey(vim);
      vim.lastFind = { kind: key, character };
      return find(vim, key, character, times, false);
    }
    case ";":
    case ",": {
      const last = vim.lastFind;
      if (!last) throw new Failure("");
      const kind = key === ";" ? last.kind : opposite(last.kind);
      return find(vim, kind, last.character, times, !vim.options.vi(";"));
    }
    case "/":
    case "?":
      return yield* typedSearch(vim, key, times);
    case "n":
    case "N":
      return yield* repeatSearch(vim, key === "n", times);
    case "*":
    case "#":
      return yield* wordSearch(vim, key === "*", true, times);
    case "H":
    case "M":
    case "L":
      return jump(onScreen(vim, key, times, request.operator));
    case "'":
    case "`":
      return yield* toMark(vim, key);
    case "g":
      return yield* afterG(vim, request);
    case "[":
    case "]": {
      const bracket = yield* readKey(vim);
      if (bracket === "c" && vim.window.diff) return { kind: "line", to: { line: nextDifference(vim, key === "]", times), col: 0 }, inclusive: false, jump: true };
      if (!(key === "[" ? "({" : ")}").includes(bracket)) throw new Failure("");
      return jump(repeat(vim, times, (from) => enclosingBracket(vim.lines, from, bracket), false));
    }
    default:
      return undefined;
  }
}

function* plainKey(vim: Vim): Blocking<string> {
  const key = yield* readKey(vim);
  if (key === "\u001b" || key === "\u0003" || (key.startsWith("<") && key.length > 1)) throw new Failure("");
  return key === "\u0016" ? yield* readKey(vim) : key;
}

function left(vim: Vim, times: number, stay: boolean): Motion {
  let { line, col } = vim.cursor;
  if (col === 0 && (stay || line === 0)) throw new Failure("");
  for (let i = 0; i < times; i++) {
    if (col > 0) col = previousIndex(vim.buffer.line(line), col);
    else if (!stay && line > 0) {
      line--;
      col = lastIndex(vim.buffer.line(line));
    } else break;
  }
  return chars({ line, col });
}

function right(vim: Vim, times: number, wrap: boolean, operator: string): Motion {
  let { line, col } = vim.cursor;
  const most = (at: number) => (operator !== "" || vim.visual ? vim.buffer.line(at).length : lastIndex(vim.buffer.line(at)));
  if (col >= most(line) && !(wrap && line < vim.buffer.lastLine) && operator === "") throw new Failure("");
  for (let i = 0; i < times; i++) {
    if (col < most(line)) col = nextIndex(vim.buffer.line(line), col);
    else if (wrap && line < vim.buffer.lastLine) {
      line++;
      col = 0;
    } else break;
  }
  return chars({ line, col });
}

/** A line further on. Vi refuses to go too far, Vim goes to the end. */
function step(vim: Vim, by: number): number {
  const { line } = vim.cursor;
  const to = line + by;
  const last = vim.buffer.lastLine;
  if ((to < 0 || to > last) && (vim.options.vi("-") || line === (by < 0 ? 0 : last))) throw new Failure("");
  return Math.max(0, Math.min(to, last));
}

function vertical(vim: Vim, by: number, operator: string): Motion {
  const to = vim.window.diff ? stepOverFolds(vim, by) : step(vim, by);
  if (operator !== "") return lines({ line: to, col: vim.window.col }, true);
  return lines({ line: to, col: 0 }, true);
}

/** A closed fold is one line. */
function stepOverFolds(vim: Vim, by: number): number {
  const { diff } = vim.window;
  let { line } = vim.window;
  for (let i = 0; i < Math.abs(by); i++) {
    const fold = closedFold(diff, line);
    const next = by > 0 ? (fold?.end ?? line) + 1 : (fold?.start ?? line) - 1;
    if (next < 0 || next > vim.buffer.lastLine) {
      if (i === 0) throw new Failure("");
      break;
    }
    line = closedFold(diff, next)?.start ?? next;
  }
  return line;
}

function toStart(vim: Vim, line: number): Motion {
  return lines({ line, col: firstNonBlank(vim.buffer.line(line)) });
}

function repeat(vim: Vim, times: number, move: (from: Position) => Position | undefined, inclusive: boolean): Motion {
  let place = vim.cursor;
  for (let i = 0; i < times; i++) {
    const next = move(place);
    if (!next) {
      if (i === 0 || !inclusive) {
        if (i === 0 && !inclusive) throw new Failure("");
        if (i === 0) {
          const last = vim.buffer.lastLine;
          const end = { line: last, col: lastIndex(vim.buffer.line(last)) };
          if (end.line === place.line && end.col === place.col) throw new Failure("");
          return chars(end, true);
        }
      }
      break;
    }
    if (next.line === place.line && next.col === place.col) break;
    place = next;
  }
  return chars(place, inclusive);
}

function words(vim: Vim, times: number, big: boolean, request: MotionRequest): Motion {
  const from = vim.cursor;
  const c = vim.line.slice(from.col, from.col + 2);
  if (request.operator === "c" && vim.line !== "") {
    // cw on a word is ce; on a blank, Vi changes that blank only.
    if (classOf(c, big) !== 0) {
      let place: Position | undefined = from;
      for (let i = 0; i < times && place; i++) place = wordEnd(vim.lines, place, big, i === 0);
      return chars(place ?? { line: vim.buffer.lastLine, col: lastIndex(vim.buffer.line(vim.buffer.lastLine)) }, true);
    }
    if (times === 1 && vim.options.vi("w")) return chars(from, true);
  }
  let place = from;
  for (let i = 0; i < times; i++) {
    const next = nextWord(vim.lines, place, big);
    if (!next) {
      const last = vim.buffer.lastLine;
      if (request.operator !== "") return { ...chars({ line: last, col: vim.buffer.line(last).length }), word: true };
      const end = { line: last, col: lastIndex(vim.buffer.line(last)) };
      if (place.line === end.line && place.col === end.col && i === 0) throw new Failure("");
      return chars(end);
    }
    place = next;
  }
  if (request.operator !== "" && place.line > from.line && place.col <= firstNonBlank(vim.buffer.line(place.line))) {
    let line = place.line - 1;
    while (line > from.line && vim.buffer.line(line).trim() === "") line--;
    if (line >= from.line) return { ...chars({ line, col: vim.buffer.line(line).length }), word: true };
  }
  return chars(place);
}

function opposite(kind: "f" | "F" | "t" | "T"): "f" | "F" | "t" | "T" {
  return kind === "f" ? "F" : kind === "F" ? "f" : kind === "t" ? "T" : "t";
}

function find(vim: Vim, kind: "f" | "F" | "t" | "T", character: string, times: number, beyond: boolean): Motion {
  const { line, col } = vim.cursor;
  const to = findInLine(vim.line, col, character, kind, times, beyond);
  if (to === undefined) throw new Failure("");
  return chars({ line, col: to }, kind === "f" || kind === "t");
}

/** The pattern and the offset behind it; what follows a ";" is another search. */
export function splitSearch(typed: string, delimiter: string): { readonly pattern: string; readonly rest: string } {
  let inBrackets = false;
  for (let i = 0; i < typed.length; i++) {
    const c = typed[i];
    if (c === "\\") i++;
    else if (c === "[" && /^\[\^?\]?[^\]]*\]/.test(typed.slice(i))) inBrackets = true;
    else if (c === "]") inBrackets = false;
    else if (c === delimiter && !inBrackets) return { pattern: typed.slice(0, i), rest: typed.slice(i + 1) };
  }
  return { pattern: typed, rest: "" };
}

function* typedSearch(vim: Vim, key: "/" | "?", times: number): Blocking<Motion> {
  const typed = yield* readCommandLine(vim, key);
  if (typed === undefined) throw new Failure("");
  let { pattern, rest } = splitSearch(typed, key);
  if (pattern === "") {
    if (!vim.search) throw new Failure("E35: No previous regular expression");
    pattern = vim.search.pattern;
    if (typed === "") rest = vim.search.offset;
  }
  if (key === "?") pattern = pattern.replaceAll("\\?", "?");
  vim.search = { pattern, forward: key === "/", offset: rest };
  return yield* searched(vim, key === "/", times);
}

function* repeatSearch(vim: Vim, same: boolean, times: number): Blocking<Motion> {
  if (!vim.search) throw new Failure("E35: No previous regular expression");
  const forward = same ? vim.search.forward : !vim.search.forward;
  vim.message(`${forward ? "/" : "?"}${vim.search.pattern}${vim.search.offset === "" ? "" : `${forward ? "/" : "?"}${vim.search.offset}`}`);
  return yield* searched(vim, forward, times);
}

function* searched(vim: Vim, forward: boolean, times: number): Blocking<Motion> {
  const { pattern = "", offset = "" } = vim.search ?? {};
  const offsetLines = /^([+-]?\d+|[+-])$/.exec(offset);
  const offsetChars = /^([esb])([+-]?\d*)$/.exec(offset);
  let from = vim.cursor;
  if (offsetLines && forward) from = { line: from.line, col: vim.line.length };
  if (offsetChars?.[1] === "e" && forward) from = { line: from.line, col: from.col };
  let found = yield* findNext(vim, pattern, from, forward, times);
  if (offsetChars?.[1] === "e" && forward && found.place.line === from.line && previousIndex(vim.buffer.line(found.place.line), found.end) === from.col) found = yield* findNext(vim, pattern, found.place, forward, 1);
  if (offsetLines) {
    const by = offset === "+" ? 1 : offset === "-" ? -1 : Number(offset);
    const line = Math.max(0, Math.min(vim.buffer.lastLine, found.place.line + by));
    return jump(toStart(vim, line));
  }
  if (offsetChars) {
    const by = offsetChars[2] === "" || offsetChars[2] === undefined ? 0 : /^[+-]$/.test(offsetChars[2]) ? Number(`${offsetChars[2]}1`) : Number(offsetChars[2]);
    const base = offsetChars[1] === "e" ? previousIndex(vim.buffer.line(found.place.line), found.end) : found.place.col;
    return jump(chars({ line: found.place.line, col: Math.max(0, base + by) }, offsetChars[1] === "e"));
  }
  return jump(chars(found.place));
}

function* wordSearch(vim: Vim, forward: boolean, whole: boolean, times: number): Blocking<Motion> {
  const text = vim.line;
  let col = vim.window.col;
  while (col < text.length && !/\w/.test(text[col] ?? "")) col++;
  if (col >= text.length) {
    const word = /\S+/.exec(text.slice(vim.window.col))?.[0];
    if (word === undefined) throw new Failure("E348: No string under cursor");
    vim.search = { pattern: word.replace(/[\\/.*$^~[\]]/g, "\\$&"), forward, offset: "" };
  } else {
    const start = text.slice(0, col).search(/\w*$/);
    const word = /^\w+/.exec(text.slice(start))?.[0] ?? "";
    vim.search = { pattern: whole ? `\\<${word}\\>` : word, forward, offset: "" };
    if (!forward || start < vim.window.col) vim.window.col = start;
  }
  vim.message(`${forward ? "/" : "?"}${vim.search.pattern}`);
  return yield* searched(vim, forward, times);
}

function onScreen(vim: Vim, key: "H" | "M" | "L", times: number, operator: string): Motion {
  const { window } = vim;
  const how = vim.columns;
  const bottom = Math.max(window.top + 1, window.bottom(how)) - 1;
  let line = key === "H" ? Math.min(window.top + times - 1, bottom) : Math.max(window.top, bottom - times + 1);
  if (key === "M") {
    let used = 0;
    for (let at = window.top; at <= bottom; at++) used += window.rowsOf(at, how);
    const half = Math.floor((Math.min(window.height, used) - 1) / 2);
    line = window.top;
    for (let rows = window.rowsOf(line, how); rows <= half && line < bottom; rows += window.rowsOf(line, how)) line++;
  }
  return operator === "" ? toStart(vim, line) : lines({ line, col: 0 });
}

function* toMark(vim: Vim, key: string): Blocking<Motion> {
  const name = yield* readKey(vim);
  let mark = name === "'" || name === "`" ? vim.window.previousMark : vim.buffer.marks.get(name);
  if (name === "<" || name === ">") {
    const last = vim.lastVisual?.buffer === vim.buffer ? vim.lastVisual : undefined;
    if (last) mark = (last.start.line < last.end.line || (last.start.line === last.end.line && last.start.col <= last.end.col)) === (name === "<") ? last.start : last.end;
  }
  if (!mark || mark.line > vim.buffer.lastLine) {
    if (!/^[A-Za-z'`<>[\].^]$/.test(name)) throw new Failure("E78: Unknown mark");
    throw new Failure("E20: Mark not set");
  }
  return jump(key === "'" ? toStart(vim, mark.line) : chars({ line: mark.line, col: Math.min(mark.col, lastIndex(vim.buffer.line(mark.line))) }));
}

function* afterG(vim: Vim, request: MotionRequest): Blocking<Motion | undefined> {
  const key = yield* readKey(vim);
  const times = request.count ?? 1;
  const { line } = vim.cursor;
  switch (key) {
    case "g":
      return jump(toStart(vim, Math.min(vim.buffer.lastLine, times - 1)));
    case "e":
    case "E":
      return { ...repeat(vim, times, (from) => previousWordEnd(vim.lines, from, key === "E"), false), inclusive: true };
    case "_":
      return chars({ line, col: Math.max(0, vim.line.trimEnd().length - 1) }, true);
    case "j":
    case "<Down>":
      return vertical(vim, times, request.operator);
    case "k":
    case "<Up>":
      return vertical(vim, -times, request.operator);
    case "0":
    case "<Home>":
      return chars({ line, col: 0 });
    case "^":
      return chars({ line, col: firstNonBlank(vim.line) });
    case "$":
    case "<End>":
      return { to: { line, col: lastIndex(vim.line) }, kind: "char", inclusive: true, wantEnd: true };
    case "m":
      return chars({ line, col: Math.min(lastIndex(vim.line), Math.floor(vim.window.width / 2)) });
    case "*":
    case "#":
      return yield* wordSearch(vim, key === "*", false, times);
    case "o":
      return jump(chars({ line, col: Math.max(0, times - 1) }));
    default:
      // Not a motion: the normal command sees the key again.
      vim.queue.unshift(key);
      vim.typed.pop();
      return undefined;
  }
}
