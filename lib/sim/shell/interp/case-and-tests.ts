// case, (( )) and [[ ]].
import type { Blocking } from "../../kernel/sys.ts";
import { ArithmeticError } from "../expand/arithmetic-parser.ts";
import { evaluate } from "../expand/arithmetic.ts";
import { evaluateWaiting } from "../expand/evaluate-waiting.ts";
import { asBytes, countsBytes } from "../expand/locale.ts";
import { matchesText } from "../expand/pattern.ts";
import { NeedsExpansion } from "../expand/subscript.ts";
import { expandArithmetic, expandPattern, expandString } from "../expand/words.ts";
import type { ArithmeticCommand, CaseCommand, ConditionalCommand } from "../syntax/tree.ts";
import { arithmeticContext, UnboundVariable } from "./assign.ts";
import { BadRegex, evaluateTest, fastTest } from "./conditional.ts";
import { fail, isExpansionFailure } from "./failure.ts";
import type { Outcome } from "./language.ts";
import type { Shell } from "./shell.ts";
import { fastExpression } from "./assignments.ts";
import { finished, runDebugTrap } from "./command-end.ts";
import { trace } from "./xtrace.ts";

export function* runCase(shell: Shell, node: CaseCommand): Blocking<number> {
  yield* runDebugTrap(shell, node);
  try {
    const text = yield* expandString(shell, node.word);
    if (shell.options.xtrace && !shell.strict) yield* trace(shell, `case ${node.word.text} in`);
    let status = 0;
    let fallThrough = false;
    for (const clause of node.clauses) {
      let hit = fallThrough;
      if (!hit) {
        for (const word of clause.patterns) {
          const pattern = yield* expandPattern(shell, word);
          if (shell.sys.charge(1 + (text.length >> 5))) shell.attention = true;
          if (matchesText(pattern, text, { extglob: shell.shopts.extglob, ignoreCase: shell.shopts.nocasematch }, countsBytes(shell, text) ? asBytes : undefined)) {
            hit = true;
            break;
          }
        }
      }
      fallThrough = false;
      if (!hit) continue;
      status = 0;
      if (clause.body) {
        const outcome = shell.language.run(shell, clause.body);
        status = typeof outcome === "number" ? outcome : yield* outcome;
      } else shell.lastStatus = 0;
      if (shell.flow !== "none") return status;
      if (clause.terminator === ";;") return status;
      fallThrough = clause.terminator === ";&";
    }
    shell.lastStatus = status;
    return status;
  } catch (error) {
    if (isExpansionFailure(error)) return yield* fail(shell, error);
    throw error;
  }
}

export function runArithmetic(shell: Shell, node: ArithmeticCommand): Outcome {
  shell.line = node.line;
  if (shell.inTrap === 0) shell.currentNode = node;
  if (shell.sys.charge(1)) shell.attention = true;
  if (!shell.options.xtrace && !shell.traps.has("DEBUG")) {
    const text = fastExpression(shell, node.expression);
    if (text !== undefined) {
      try {
        const value = evaluate(text, arithmeticContext(shell));
        const status = value === 0 || value === 0n ? 1 : 0;
        shell.pipeStatus = [status];
        return finished(shell, status);
      } catch (error) {
        if (error instanceof NeedsExpansion) return runArithmeticSlowly(shell, node);
        if (isExpansionFailure(error)) return failedArithmetic(shell, error);
        throw error;
      }
    }
  }
  return runArithmeticSlowly(shell, node);
}

function* failedArithmetic(shell: Shell, error: Error): Blocking<number> {
  if (error instanceof ArithmeticError) yield* shell.report(`((: ${error.message}`);
  else if (error instanceof UnboundVariable) return yield* fail(shell, error);
  else yield* shell.report(error.message);
  shell.pipeStatus = [1];
  const result = finished(shell, 1);
  return typeof result === "number" ? result : yield* result;
}

function* runArithmeticSlowly(shell: Shell, node: ArithmeticCommand): Blocking<number> {
  yield* runDebugTrap(shell, node);
  let text: string;
  try {
    text = yield* expandArithmetic(shell, node.expression);
  } catch (error) {
    if (isExpansionFailure(error)) return yield* fail(shell, error);
    throw error;
  }
  if (shell.options.xtrace) yield* trace(shell, `(( ${text} ))`);
  try {
    const value = yield* evaluateWaiting(shell, text);
    const status = value === 0 || value === 0n ? 1 : 0;
    shell.pipeStatus = [status];
    const result = finished(shell, status);
    return typeof result === "number" ? result : yield* result;
  } catch (error) {
    if (isExpansionFailure(error)) return yield* failedArithmetic(shell, error);
    throw error;
  }
}

export function runConditional(shell: Shell, node: ConditionalCommand): Outcome {
  shell.line = node.line;
  if (shell.inTrap === 0) shell.currentNode = node;
  if (shell.sys.charge(1)) shell.attention = true;
  if (!shell.options.xtrace && !shell.traps.has("DEBUG")) {
    const value = fastTest(shell, node.test);
    if (value !== undefined) {
      shell.pipeStatus = [value ? 0 : 1];
      return finished(shell, value ? 0 : 1);
    }
  }
  return runConditionalSlowly(shell, node);
}

function* runConditionalSlowly(shell: Shell, node: ConditionalCommand): Blocking<number> {
  yield* runDebugTrap(shell, node);
  let status: number;
  try {
    status = (yield* evaluateTest(shell, node.test)) ? 0 : 1;
  } catch (error) {
    if (error instanceof BadRegex) status = 2;
    else if (error instanceof ArithmeticError) {
      yield* shell.report(`[[: ${error.message}`);
      status = 1;
    } else if (isExpansionFailure(error)) return yield* fail(shell, error);
    else throw error;
  }
  shell.pipeStatus = [status];
  const result = finished(shell, status);
  return typeof result === "number" ? result : yield* result;
}
