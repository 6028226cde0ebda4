// Patterns in the text: matches of a line, the next match.

import type { Blocking } from "../../kernel/sys.ts";
import { RegexLimitError, RegexSyntaxError } from "../kit/regex/compile-regex.ts";
import { Failure } from "./_failure.ts";
import { PatternError, VimPattern } from "./_pattern.ts";
import { nextIndex, type Position } from "./_text.ts";
import type { Vim } from "./_vim.ts";

/** Throws Failure with Vim's words. */
export function compilePattern(vim: Vim, source: string): VimPattern {
  try {
    return new VimPattern(source, {
      ignoreCase: vim.options.on("ignorecase"), smartCase: vim.options.on("smartcase"), magic: vim.options.on("magic"), lastSubstitute: vim.lastSubstitute?.put ?? "",
    });
  } catch (error) {
    if (error instanceof PatternError) throw new Failure(error.message);
    if (error instanceof RegexSyntaxError) throw new Failure(`E383: Invalid search string: ${source}`);
    throw error;
  }
}

/** All matches of a line. Throws Failure when the pattern takes too long. */
export function* matchesIn(vim: Vim, pattern: VimPattern, line: number): Blocking<{ readonly from: number; readonly to: number }[]> {
  const text = pattern.multiline ? vim.lines.slice(line, line + 20).join("\n") : vim.buffer.line(line);
  const own = vim.buffer.line(line).length;
  const found: { from: number; to: number }[] = [];
  let at = 0;
  try {
    for (;;) {
      const match = pattern.exec(text, at);
      if (vim.sys.charge(1 + (pattern.regex.takeWork() >> 4))) yield* vim.sys.preempt();
      if (!match) break;
      const from = match[0] ?? 0;
      const to = match[1] ?? from;
      if (from > own) break;
      found.push({ from, to });
      if (from >= text.length) break;
      at = vim.options.vi("c") && to > from ? to : nextIndex(text, from);
      if (at <= from) at = from + 1;
    }
  } catch (error) {
    if (error instanceof RegexLimitError) throw new Failure("E363: Pattern uses more memory than 'maxmempattern'");
    throw error;
  }
  return found;
}

/** The next match from a place; says when it went over the end. Throws Failure. */
export function* findNext(vim: Vim, source: string, from: Position, forward: boolean, count: number, quiet = false): Blocking<{ readonly place: Position; readonly end: number }> {
  const pattern = compilePattern(vim, source);
  let place = from;
  let end = from.col;
  for (let left = Math.max(1, count); left > 0; left--) {
    const found = yield* findOnce(vim, pattern, place, forward);
    if (!found) {
      if (vim.options.on("wrapscan")) throw new Failure(`E486: Pattern not found: ${source}`);
      throw new Failure(forward ? `E385: Search hit BOTTOM without match for: ${source}` : `E384: Search hit TOP without match for: ${source}`);
    }
    if (found.wrapped && !quiet) {
      vim.message(forward ? "search hit BOTTOM, continuing at TOP" : "search hit TOP, continuing at BOTTOM", vim.look.warning);
      vim.wrapped = true;
    }
    place = found.place;
    end = found.end;
  }
  return { place, end };
}

export function* findOnce(vim: Vim, pattern: VimPattern, from: Position, forward: boolean): Blocking<{ readonly place: Position; readonly end: number; readonly wrapped: boolean } | undefined> {
  const count = vim.lines.length;
  const wrap = vim.options.on("wrapscan");
  for (let i = 0; i <= count; i++) {
    const raw = forward ? from.line + i : from.line - i;
    if ((raw < 0 || raw >= count) && !wrap) return undefined;
    const line = ((raw % count) + count) % count;
    const matches = yield* matchesIn(vim, pattern, line);
    const own = vim.buffer.line(line);
    const usable = matches.filter((m) => m.from < own.length || own.length === 0);
    const found = forward
      ? usable.find((m) => (i === 0 ? m.from > from.col : i === count ? m.from <= from.col : true))
      : usable.findLast((m) => (i === 0 ? m.from < from.col : i === count ? m.from >= from.col : true));
    if (found) {
      const wrapped = raw < 0 || raw >= count || i === count;
      return { place: { line, col: found.from }, end: found.to, wrapped };
    }
  }
  return undefined;
}
