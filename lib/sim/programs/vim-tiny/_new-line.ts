// How a new line begins: the leader of a comment that goes on ('comments', 'formatoptions'), the indent ('autoindent', 'indentexpr').

import { columnOf, indentOf } from "./_text.ts";
import type { Vim } from "./_vim.ts";

/** What stands at the start of the line before the cursor is typed on. */
export interface LineStart {
  readonly indent: string;
  /** of a comment that goes on */
  readonly leader: string;
}

interface Leader {
  readonly flags: string;
  readonly text: string;
}

function leaders(vim: Vim): Leader[] {
  return (vim.options.text("comments").match(/(?:\\.|[^,\\])+/g) ?? []).map((part) => {
    const at = part.indexOf(":");
    return { flags: part.slice(0, at), text: part.slice(at + 1).replace(/\\(.)/g, "$1") };
  });
}

/** The leader of the line that comes after one: "" when it is no comment, or the comment ends with it. */
function leaderAfter(vim: Vim, text: string, above: boolean): string {
  const indent = indentOf(text);
  const rest = text.slice(indent.length);
  const all = leaders(vim);
  for (const [i, { flags, text: leader }] of all.entries()) {
    if (leader === "" || !rest.startsWith(leader) || flags.includes("O")) continue;
    const blank = /^[ \t]*/.exec(rest.slice(leader.length))?.[0] ?? "";
    if (flags.includes("b") && blank === "" && rest.length > leader.length) continue;
    if (flags.includes("e")) return "";
    if (flags.includes("f")) return "";
    if (!flags.includes("s")) return leader + blank;
    const closed = all.slice(i + 1).find((one) => one.flags.includes("e"));
    const middle = all.slice(i + 1).find((one) => one.flags.includes("m"));
    if (above || !middle || middle.text.trim() === "" || (closed && rest.includes(closed.text))) return "";
    return `${" ".repeat(Number(/\d/.exec(flags)?.[0] ?? 0))}${middle.text}${blank === "" ? " " : blank}`;
  }
  return "";
}

/** `from`: the line it is opened from, as far as it stays there; `letter`: r for Enter, o for o and O; `above`: the new one stands before it. */
export function lineStart(vim: Vim, from: string, letter: "r" | "o", above: boolean): LineStart {
  if (vim.options.on("paste")) return { indent: "", leader: "" };
  const leader = vim.options.text("formatoptions").includes(letter) && vim.huge ? leaderAfter(vim, from, above) : "";
  if (leader !== "") return { indent: indentOf(from), leader };
  return { indent: vim.options.on("autoindent") ? indentOf(from) : "", leader: "" };
}

/** What 'indentexpr' gives for a line that is there; undefined without one. */
export function indentByType(vim: Vim, line: number, opened = false): string | undefined {
  if (vim.options.text("indentexpr") === "" || vim.options.on("paste")) return undefined;
  const type = vim.languages?.fileType(vim.options.text("filetype"));
  const tabStop = vim.columns.tabStop;
  const width = type?.indent?.(vim.lines, line, vim.options.number("shiftwidth") || tabStop, tabStop, opened);
  if (width === undefined) return undefined;
  return vim.options.on("expandtab") ? " ".repeat(width) : "\t".repeat(Math.floor(width / tabStop)) + " ".repeat(width % tabStop);
}

/** Indents the line anew when what was typed asks for it (fi, done, else:); how far the cursor moves. */
export function indentAgain(vim: Vim): void {
  const { line, col } = vim.cursor;
  const again = vim.languages?.fileType(vim.options.text("filetype"))?.indentAgain;
  if (!again || vim.options.text("indentexpr") === "" || !again.test(vim.line.slice(0, col)) || col < vim.line.length) return;
  const wanted = indentByType(vim, line);
  const old = indentOf(vim.line);
  if (wanted === undefined || columnOf(wanted, wanted.length, vim.columns) === columnOf(old, old.length, vim.columns)) return;
  vim.setLine(line, wanted + vim.line.slice(old.length));
  vim.goTo({ line, col: col + wanted.length - old.length });
}
