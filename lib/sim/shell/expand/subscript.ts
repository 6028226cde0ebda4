// Subscripts that come to light while the evaluator runs (`a[$i]` in a variable's value, `let 'a[$k]=1'`), without a chance to wait.
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
