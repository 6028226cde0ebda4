// Arithmetic whose variables hide command substitutions (x='a[$(cmd)]'; echo $((x))): the evaluator cannot wait, so it says what it needs, that is
// expanded, and the expression is evaluated once more.
import type { Blocking } from "../../kernel/sys.ts";
import { arithmeticContext } from "../interp/assign.ts";
import type { Shell } from "../interp/shell.ts";
import { Word } from "../syntax/tree.ts";
import type { Int } from "./arithmetic-parser.ts";
import { evaluate } from "./arithmetic.ts";
import { NeedsExpansion } from "./subscript.ts";

/** So many hidden substitutions one expression may hold. */
const ROUNDS = 32;

/** Throws what `evaluate` throws. */
export function* evaluateWaiting(shell: Shell, text: string): Blocking<Int> {
  const outer = shell.expandedSubscripts;
  try {
    for (let round = 0; ; round++) {
      try {
        return evaluate(text, arithmeticContext(shell));
      } catch (error) {
        if (!(error instanceof NeedsExpansion) || round >= ROUNDS) throw error;
        const expanded = yield* shell.language.expandString(shell, new Word(error.subscript));
        shell.expandedSubscripts = new Map(shell.expandedSubscripts).set(error.subscript, expanded);
      }
    }
  } finally {
    shell.expandedSubscripts = outer;
  }
}

/** The number that an index of an indexed array stands for, as text; plain numbers stay as they are. */
export function* evaluateIndex(shell: Shell, text: string): Blocking<string> {
  if (/^-?[0-9]+$/.test(text) || !/[A-Za-z_]/.test(text)) return text;
  return String(yield* evaluateWaiting(shell, text));
}
