// Subscripts that come to light while the evaluator runs (`a[$i]` in a variable's value, `let 'a[$k]=1'`), without a chance to wait.
import { isAssociative } from "../interp/assign.ts";
import type { Shell } from "../interp/shell.ts";
import { Word } from "../syntax/tree.ts";
import { runNow } from "./run-now.ts";

/** The subscript holds a command substitution: expand it, then evaluate again (evaluate-waiting.ts). */
export class NeedsExpansion extends Error {
  readonly subscript: string;
  constructor(subscript: string) {
    super("needs expansion");
    this.name = "NeedsExpansion";
    this.subscript = subscript;
  }
}

export function expandSubscriptNow(shell: Shell, subscript: string, associative: boolean): string {
  if (!/[$`\\'"]/.test(subscript)) return subscript;
  const known = shell.expandedSubscripts.get(subscript);
  if (known !== undefined) return known;
  if (/\$\(|`/.test(subscript)) throw new NeedsExpansion(subscript);
  return runNow(shell.language.expandString(shell, associative ? new Word(subscript) : new Word(subscript, [], "double")));
}

export interface KeySpan {
  /** Of the text between the brackets. */
  readonly start: number;
  readonly end: number;
}

/** The keys of associative arrays in an arithmetic expression as it is written; those that hold nothing to expand are left out. */
export function keysWritten(shell: Shell, text: string): readonly KeySpan[] {
  if (!text.includes("[") || !/[$`]/.test(text)) return NONE;
  const spans: KeySpan[] = [];
  const names = /[A-Za-z_][A-Za-z0-9_]*\[/g;
  for (let match = names.exec(text); match; match = names.exec(text)) {
    if (!isAssociative(shell, match[0].slice(0, -1))) continue;
    const start = names.lastIndex;
    const end = closingBracket(text, start);
    if (end < 0) break;
    if (end > start && /[$`]/.test(text.slice(start, end))) spans.push({ start, end });
    names.lastIndex = end;
  }
  return spans;
}

const NONE: readonly KeySpan[] = [];

function closingBracket(text: string, start: number): number {
  const open: string[] = [];
  for (let at = start; at < text.length; at++) {
    const c = text.charAt(at);
    if (c === "\\") at++;
    else if (c === "'" && open.length === 0) {
      const close = text.indexOf("'", at + 1);
      if (close > 0) at = close;
    } else if (c === "(" || c === "{" || c === "[") open.push(c === "(" ? ")" : c === "{" ? "}" : "]");
    else if (c === "]" && open.length === 0) return at;
    else if (c === open[open.length - 1]) open.pop();
  }
  return -1;
}

/** A key that was expanded, such that the evaluator reads it back as it is (subst.c, expand_array_subscript). */
export function shieldedKey(key: string): string {
  return key.replace(/[[\]$`~\\'"]/g, "\\$&");
}
