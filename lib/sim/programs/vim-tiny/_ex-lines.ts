// Commands of the command line that work on whole lines: :sort, :retab, :left, :center, :right.

import type { Blocking } from "../../kernel/sys.ts";
import type { Ex, ExCommand } from "./_ex-command.ts";
import { compilePattern } from "./_find.ts";
import { beforeChange } from "./_messages.ts";
import { blanks } from "./_operators.ts";
import { columnOf, indentOf } from "./_text.ts";
import { Failure } from "./_failure.ts";

/** The lines that the command means: all of them when none are given and `all`. */
function linesOf({ vim, range }: Ex, all: boolean): readonly [first: number, last: number] {
  if (range.given === 0 && all) return [1, vim.lines.length];
  return [range.first, range.last];
}

function* sort(ex: Ex): Blocking<void> {
  const { vim, bang, argument } = ex;
  const [first, last] = linesOf(ex, true);
  const pattern = /\/((?:[^\\/]|\\.)*)\/?/.exec(argument)?.[1];
  const flags = argument.replace(/\/.*\/?/, "");
  if (/[^nfxobiur\s]/.test(flags)) throw new Failure("E474: Invalid argument");
  const matcher = pattern === undefined || pattern === "" ? undefined : compilePattern(vim, pattern);
  const keyed = vim.lines.slice(first - 1, last).map((text, index) => {
    const match = matcher?.exec(text, 0);
    const rest = match ? (flags.includes("r") ? text.slice(match[0] ?? 0, match[1] ?? 0) : text.slice(match[1] ?? 0)) : text;
    const key = flags.includes("i") ? rest.toLowerCase() : rest;
    const number = Number(/-?\d+/.exec(rest)?.[0] ?? Number.NaN);
    return { text, key, number, index };
  });
  if (vim.sys.charge(keyed.length)) yield* vim.sys.preempt();
  const numeric = flags.includes("n");
  const order = (a: (typeof keyed)[number], b: (typeof keyed)[number]): number => {
    if (!numeric) return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
    if (Number.isNaN(a.number) || Number.isNaN(b.number)) return Number(!Number.isNaN(a.number)) - Number(!Number.isNaN(b.number));
    return a.number - b.number;
  };
  keyed.sort((a, b) => (bang ? order(b, a) : order(a, b)) || a.index - b.index);
  const kept = flags.includes("u") ? keyed.filter((item, i) => i === 0 || order(item, keyed[i - 1] ?? item) !== 0) : keyed;
  yield* beforeChange(vim);
  vim.replaceLines(first - 1, last - first + 1, kept.map((item) => item.text));
  vim.startOfLine(first - 1);
  const fewer = keyed.length - kept.length;
  if (fewer > vim.options.number("report")) vim.message(`${fewer} fewer lines`);
}

function* retab(ex: Ex): Blocking<void> {
  const { vim, bang, argument } = ex;
  const [first, last] = linesOf(ex, true);
  const stop = Number(argument.trim()) || vim.columns.tabStop;
  const changed = vim.lines.slice(first - 1, last).map((text) => {
    let out = "";
    let column = 0;
    for (const part of text.match(/[ \t]+|[^ \t]+/g) ?? []) {
      if (/[^ \t]/.test(part) || (!part.includes("\t") && !bang)) {
        out += part;
        column = columnOf(out, out.length, { ...vim.columns, tabStop: stop });
        continue;
      }
      let end = column;
      for (const c of part) end += c === "\t" ? vim.columns.tabStop - (end % vim.columns.tabStop) : 1;
      if (vim.options.on("expandtab")) out += " ".repeat(end - column);
      else {
        const tabs = Math.floor(end / stop) - Math.floor(column / stop);
        out += "\t".repeat(tabs) + " ".repeat(tabs > 0 ? end % stop : end - column);
      }
      column = end;
    }
    return out;
  });
  yield* beforeChange(vim);
  if (argument.trim() !== "") vim.options.put("tabstop", stop);
  if (changed.some((text, i) => text !== vim.lines[first - 1 + i])) vim.replaceLines(first - 1, changed.length, changed);
}

function* align(ex: Ex, where: "left" | "center" | "right"): Blocking<void> {
  const { vim, range, argument } = ex;
  const given = Number(argument.trim());
  if (Number.isNaN(given)) throw new Failure("E474: Invalid argument");
  const width = where === "left" ? given : given || vim.options.number("textwidth") || 80;
  const lines = vim.lines.slice(range.first - 1, range.last).map((text) => {
    const bare = (where === "left" ? text : text.trimEnd()).slice(indentOf(text).length);
    if (bare === "") return "";
    const room = Math.max(0, width - columnOf(bare, bare.length, vim.columns));
    return blanks(vim, where === "left" ? width : where === "right" ? room : Math.floor(room / 2)) + bare;
  });
  yield* beforeChange(vim);
  vim.replaceLines(range.first - 1, lines.length, lines);
  vim.startOfLine(range.last - 1);
}

export const LINE_COMMANDS: readonly ExCommand[] = [
  { name: "sort", least: 3, range: "lines", run: sort },
  { name: "retab", least: 3, range: "lines", run: retab },
  { name: "left", least: 2, range: "lines", run: (ex) => align(ex, "left") },
  { name: "center", least: 2, range: "lines", run: (ex) => align(ex, "center") },
  { name: "right", least: 2, range: "lines", run: (ex) => align(ex, "right") },
];
