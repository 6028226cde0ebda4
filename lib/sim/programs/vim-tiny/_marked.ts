// What is marked in the text besides its own colours: matches of the last search ('hlsearch'), brackets that belong together.

import { RegexLimitError } from "../kit/regex/compile-regex.ts";
import { Failure } from "./_failure.ts";
import { groupAt, runsOf } from "./_file-types.ts";
import { compilePattern } from "./_find.ts";
import { nextIndex, type Position, previousIndex } from "./_text.ts";
import type { Vim } from "./_vim.ts";
import type { VimWindow } from "./_window.ts";

const PAIRS = new Map([["(", ")"], ["[", "]"], ["{", "}"]]);
const CLOSING = new Map([...PAIRS].map(([open, close]) => [close, open]));

/** The style of what is marked in a line, by index. */
export function marksOf(vim: Vim, window: VimWindow, line: number, text: string): (at: number) => string {
  const found = matchesOf(vim, line, text, window);
  const brackets = window === vim.window ? vim.brackets.filter((place) => place.line === line).map((place) => place.col) : [];
  if (found.length === 0 && brackets.length === 0) return () => "";
  const search = vim.look.style("Search");
  const bracket = vim.look.style("MatchParen");
  return (at) => (found.some(([from, to]) => at >= from && at < to) ? search : brackets.includes(at) ? bracket : "");
}

function matchesOf(vim: Vim, line: number, text: string, window: VimWindow): (readonly [number, number])[] {
  if (!vim.huge || !vim.options.on("hlsearch") || vim.matchesHidden || !vim.search || vim.search.pattern === "") return [];
  const found: (readonly [number, number])[] = [];
  try {
    const pattern = compilePattern(vim, vim.search.pattern);
    const whole = pattern.multiline ? window.buffer.lines.slice(line, line + 20).join("\n") : text;
    for (let at = 0; at <= text.length && found.length < 500;) {
      const match = pattern.exec(whole, at);
      vim.colourCost += 1 + (pattern.regex.takeWork() >> 4);
      const from = match?.[0];
      if (!match || from === undefined || from > text.length) break;
      const to = Math.max(match[1] ?? from, nextIndex(text, from));
      found.push([from, to]);
      at = Math.max(to, from + 1);
    }
  } catch (error) {
    if (!(error instanceof Failure) && !(error instanceof RegexLimitError)) throw error;
  }
  return found;
}

/** The bracket under the cursor, or before it while text is inserted, and its other half among the lines that are seen. One in a text or comment belongs to one outside of it neither way round. */
export function findBrackets(vim: Vim): void {
  vim.brackets = [];
  const { window, buffer } = vim;
  if (!vim.huge || vim.typingLine || vim.windows.every((one) => one.buffer.help)) return;
  const { line } = window;
  let { col } = window;
  const text = vim.line;
  const isBracket = (at: number) => PAIRS.has(text[at] ?? "") || CLOSING.has(text[at] ?? "");
  if (vim.inserting && !isBracket(col) && col > 0) col = previousIndex(text, col);
  const c = text[col] ?? "";
  if (!isBracket(col)) return;
  const step = PAIRS.has(c) ? 1 : -1;
  const other = PAIRS.get(c) ?? CLOSING.get(c) ?? "";
  const quoted = (place: Position) => /String|Character|Comment|Special/.test(groupAt(runsOf(vim, buffer, place.line), place.col));
  const within = quoted({ line, col });
  let depth = 0;
  const last = Math.min(buffer.lastLine, window.top + window.height);
  for (let at = line; at >= window.top && at <= last; at += step) {
    const row = buffer.line(at);
    vim.colourCost += row.length >> 5;
    for (let i = at === line ? col : step === 1 ? 0 : row.length - 1; i >= 0 && i < row.length; i += step) {
      if (row[i] !== c && row[i] !== other) continue;
      if (!within && quoted({ line: at, col: i })) continue;
      depth += row[i] === c ? 1 : -1;
      if (depth === 0) {
        vim.brackets = [{ line, col }, { line: at, col: i }];
        return;
      }
    }
  }
}
