// Subscripts inside arithmetic (`a[$i]` in a variable's value, `let 'a[$k]=1'`) are expanded while the evaluator runs, without a chance to
// wait: command substitutions there are not carried out.
import { Word } from "../syntax/tree.ts";
import type { Shell } from "../interp/shell.ts";
import { runNow } from "./run-now.ts";

export function expandSubscriptNow(shell: Shell, subscript: string, associative: boolean): string {
  if (!/[$`\\'"]/.test(subscript)) return subscript;
  void associative;
  return runNow(shell.language.expandString(shell, new Word(subscript)));
}
