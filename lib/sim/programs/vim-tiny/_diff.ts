// Differences between buffers, side by side (vimdiff; the manual's diff.txt): blocks that differ, rows that are filled up where a window has fewer
// lines, folds over what is the same.

import type { Blocking } from "../../kernel/sys.ts";
import { lineChanges } from "../kit/line-difference.ts";
import type { VimBuffer } from "./_buffer.ts";
import { Failure } from "./_failure.ts";
import { beforeChange } from "./_messages.ts";
import type { Vim } from "./_vim.ts";
import type { VimWindow } from "./_window.ts";

/** Lines around a difference that stay open: 'diffopt' context:6. */
const CONTEXT = 6;

/** A place where the buffers differ: for each of them its first line and how many there are. */
interface Block {
  readonly starts: readonly number[];
  readonly counts: readonly number[];
}

export interface Fold {
  readonly start: number;
  /** the last line in it */
  readonly end: number;
}

/** What a window knows of the differences of its buffer. */
export interface WindowDiff {
  readonly index: number;
  readonly blocks: readonly Block[];
  /** rows before a line (or behind the last one) that others have and this one has not */
  readonly fillers: ReadonlyMap<number, number>;
  readonly folds: readonly Fold[];
  /** folds that were opened, by number */
  readonly opened: Set<number>;
}

/** Blocks of all buffers: the differences of each to the first one, those that touch each other joined. */
export function* diffBlocks(vim: Vim, texts: readonly (readonly string[])[]): Blocking<Block[]> {
  const [first = [], ...others] = texts;
  const numbers = new Map<string, number>();
  const numbered = (text: readonly string[]) => Int32Array.from(text, (line) => {
    const known = numbers.get(line) ?? numbers.size;
    numbers.set(line, known);
    return known;
  });
  const a = numbered(first);
  const changes: { from: number; to: number; other: number; inserted: number }[] = [];
  for (const [i, text] of others.entries()) {
    if (vim.sys.charge(1 + (text.length >> 4))) yield* vim.sys.preempt();
    for (const change of yield* lineChanges(vim.sys, a, numbered(text))) changes.push({ from: change.from, to: change.from + change.deleted, other: i, inserted: change.inserted });
  }
  changes.sort((x, y) => x.from - y.from || x.to - y.to);
  const shifts = others.map(() => 0);
  const blocks: Block[] = [];
  for (let at = 0; at < changes.length; ) {
    const from = changes[at]?.from ?? 0;
    let to = from;
    const grown = others.map(() => 0);
    for (; at < changes.length && (changes[at]?.from ?? 0) <= to; at++) {
      const change = changes[at];
      if (!change) break;
      to = Math.max(to, change.to);
      grown[change.other] = (grown[change.other] ?? 0) + change.inserted - (change.to - change.from);
    }
    blocks.push({ starts: [from, ...shifts.map((shift) => from + shift)], counts: [to - from, ...grown.map((more) => to - from + more)] });
    grown.forEach((more, i) => {
      shifts[i] = (shifts[i] ?? 0) + more;
    });
  }
  return blocks;
}

export function windowDiff(blocks: readonly Block[], index: number, lineCount: number, opened: Set<number>): WindowDiff {
  const fillers = new Map<number, number>();
  const folds: Fold[] = [];
  let same = 0;
  const close = (end: number, first: boolean, last: boolean) => {
    const [from, to] = [first ? same : same + CONTEXT, last ? end - 1 : end - CONTEXT - 1];
    if (to > from) folds.push({ start: from, end: to });
  };
  blocks.forEach((block, i) => {
    const start = block.starts[index] ?? 0;
    const count = block.counts[index] ?? 0;
    const missing = Math.max(...block.counts) - count;
    if (missing > 0) fillers.set(start + count, (fillers.get(start + count) ?? 0) + missing);
    close(start, i === 0, false);
    same = start + count;
  });
  close(lineCount, blocks.length === 0, true);
  return { index, blocks, fillers, folds, opened };
}

/** The closed fold that a line is in. */
export function closedFold(diff: WindowDiff | undefined, line: number): Fold | undefined {
  const at = diff?.folds.findIndex((fold) => line >= fold.start && line <= fold.end) ?? -1;
  return at >= 0 && !diff?.opened.has(at) ? diff?.folds[at] : undefined;
}

export function foldAt(diff: WindowDiff, line: number): number {
  return diff.folds.findIndex((fold) => line >= fold.start && line <= fold.end);
}

/** The line of another buffer that stands beside a line. */
function beside(blocks: readonly Block[], line: number, from: number, to: number): number {
  let shift = 0;
  for (const { starts, counts } of blocks) {
    const start = starts[from] ?? 0;
    if (start > line) break;
    if (line < start + (counts[from] ?? 0)) return (starts[to] ?? 0) + Math.min(line - start, counts[to] ?? 0);
    shift = (starts[to] ?? 0) + (counts[to] ?? 0) - start - (counts[from] ?? 0);
  }
  return line + shift;
}

function diffWindows(vim: Vim): VimWindow[] {
  return vim.windows.filter((window) => window.inDiff);
}

/** Before the screen is drawn: compares anew what was changed, and has the other windows follow this one. */
export function* updateDiff(vim: Vim): Blocking<void> {
  const windows = diffWindows(vim);
  for (const window of vim.windows) if (!window.inDiff) window.diff = undefined;
  const buffers = [...new Set(windows.map((window) => window.buffer))];
  if (buffers.length < 2) {
    for (const window of windows) window.diff = undefined;
    return;
  }
  const state = buffers.map((buffer) => `${buffer.number}:${buffer.changes}:${buffer.lines.length}`).join();
  if (vim.diffState !== state || windows.some((window) => !window.diff)) {
    vim.diffState = state;
    const blocks = yield* diffBlocks(vim, buffers.map((buffer) => (buffer.empty ? [] : buffer.lines)));
    for (const window of windows) window.diff = windowDiff(blocks, buffers.indexOf(window.buffer), window.buffer.lines.length, window.diff?.opened ?? new Set());
  }
  const { window } = vim;
  const { diff } = window;
  if (!diff || !window.inDiff) return;
  window.follow(window.how, vim.options.number("scrolloff"));
  for (const other of windows) {
    if (other === window || !other.diff) continue;
    const limit = other.buffer.lastLine;
    other.line = Math.min(limit, beside(diff.blocks, window.line, diff.index, other.diff.index));
    other.top = Math.min(limit, beside(diff.blocks, window.top, diff.index, other.diff.index));
  }
}

/** How a line is shown: it is only here, or it is different elsewhere. */
export function lineState(diff: WindowDiff, line: number): "added" | "changed" | undefined {
  const block = diff.blocks.find(({ starts, counts }) => line >= (starts[diff.index] ?? 0) && line < (starts[diff.index] ?? 0) + (counts[diff.index] ?? 0));
  if (!block) return undefined;
  return block.counts.some((count, i) => i !== diff.index && line - (block.starts[diff.index] ?? 0) < count) ? "changed" : "added";
}

/** ]c and [c. Throws Failure. */
export function nextDifference(vim: Vim, forward: boolean, times: number): number {
  const { diff } = vim.window;
  if (!diff) throw new Failure("");
  let line = vim.window.line;
  for (let i = 0; i < times; i++) {
    const starts = diff.blocks.map(({ starts }) => Math.min(starts[diff.index] ?? 0, vim.buffer.lastLine));
    const next = forward ? starts.find((start) => start > line) : starts.findLast((start) => start < line);
    if (next === undefined) {
      if (i === 0) throw new Failure("");
      break;
    }
    line = next;
  }
  return line;
}

/** do and dp: the block under the cursor as it is in the other window, or into it. Throws Failure. */
export function* exchangeDifference(vim: Vim, obtain: boolean): Blocking<void> {
  const { window } = vim;
  const { diff } = window;
  if (!diff) throw new Failure("E99: Current buffer is not in diff mode");
  const others = diffWindows(vim).filter((other) => other.buffer !== window.buffer);
  const buffers = new Set(others.map((other) => other.buffer));
  const [other] = others;
  if (!other?.diff) throw new Failure("E100: No other buffer in diff mode");
  if (buffers.size > 1) throw new Failure("E101: More than two buffers in diff mode, don't know which one to use");
  const mine = diff.index;
  const theirs = other.diff.index;
  const block = diff.blocks.find(({ starts, counts }) => {
    const start = starts[mine] ?? 0;
    const count = counts[mine] ?? 0;
    return window.line >= start && (window.line < start + count || (count === 0 && window.line === start));
  });
  if (!block) return;
  const [from, to] = obtain ? [theirs, mine] : [mine, theirs];
  const source = obtain ? other.buffer : window.buffer;
  const target = obtain ? window.buffer : other.buffer;
  const lines = source.lines.slice(block.starts[from] ?? 0, (block.starts[from] ?? 0) + (block.counts[from] ?? 0));
  if (target === vim.buffer) yield* beforeChange(vim);
  replaceIn(vim, target, block.starts[to] ?? 0, block.counts[to] ?? 0, lines);
  if (obtain) vim.goTo({ line: Math.min(window.line, vim.buffer.lastLine), col: window.col });
}

function replaceIn(vim: Vim, buffer: VimBuffer, at: number, count: number, lines: readonly string[]): void {
  buffer.replace(at, count, lines, { line: at, col: 0 }, vim.sys.clockUs("realtime"));
  buffer.closeStep();
}

/** :diffthis */
export function joinDiff(vim: Vim, window: VimWindow): void {
  window.inDiff = true;
  window.diff = undefined;
  window.wrapBefore = window.local.wrap;
  window.local = { ...window.local, wrap: false };
  if (window === vim.window) vim.options.put("wrap", false);
  vim.diffState = "";
}

export function leaveDiff(vim: Vim, window: VimWindow): void {
  if (!window.inDiff) return;
  window.inDiff = false;
  window.diff = undefined;
  window.local = { ...window.local, wrap: window.wrapBefore };
  if (window === vim.window) vim.options.put("wrap", window.wrapBefore);
  vim.diffState = "";
}

/** zo zc za zR zM: the same folds in all windows of the comparison. */
export function* foldKey(vim: Vim, key: string): Blocking<boolean> {
  const { diff } = vim.window;
  if (!diff || !"ocaRMn".includes(key)) return false;
  const at = foldAt(diff, vim.window.line);
  for (const window of diffWindows(vim)) {
    const { diff: own } = window;
    if (!own) continue;
    if (key === "R" || key === "n") own.folds.forEach((_, i) => own.opened.add(i));
    else if (key === "M") own.opened.clear();
    else if (at < 0) throw new Failure("E490: No fold found");
    else if (key === "o" || (key === "a" && !own.opened.has(at))) own.opened.add(at);
    else own.opened.delete(at);
  }
  vim.redrawAll();
  if (vim.sys.charge(1)) yield* vim.sys.preempt();
  return true;
}
