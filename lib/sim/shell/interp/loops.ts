// while, until, for and for ((;;)).
import type { Blocking } from "../../kernel/sys.ts";
import { evaluate } from "../expand/arithmetic.ts";
import { expandArithmetic, expandWords } from "../expand/words.ts";
import type { ArithmeticForCommand, ForCommand, WhileCommand, Word } from "../syntax/tree.ts";
import { arithmeticContext, assignScalar, isName, UnboundVariable } from "./assign.ts";
import { fail, isExpansionFailure } from "./failure.ts";
import { ShellExit } from "./flow.ts";
import { condition } from "./guarded.ts";
import type { Shell } from "./shell.ts";
import { runDebugTrap } from "./command-end.ts";
import { attend } from "./traps.ts";
import { trace } from "./xtrace.ts";

/** After a round of a loop: true when the loop ends. */
export function leavesLoop(shell: Shell): boolean {
  if (shell.flow === "none") return false;
  if (shell.flow === "return") return true;
  if (shell.flowCount > 1 && shell.loopDepth > 1) {
    shell.flowCount--;
    return true;
  }
  const ends = shell.flow === "break";
  shell.flow = "none";
  return ends;
}

export function* runWhile(shell: Shell, node: WhileCommand): Blocking<number> {
  let status = 0;
  shell.loopDepth++;
  try {
    for (;;) {
      if (shell.sys.charge(1) || shell.attention) yield* attend(shell);
      const pending = condition(shell, node.condition);
      const test = typeof pending === "number" ? pending : yield* pending;
      if (leavesLoop(shell)) break;
      if ((test === 0) !== (node.type === "while")) break;
      const outcome = shell.language.run(shell, node.body);
      status = typeof outcome === "number" ? outcome : yield* outcome;
      if (leavesLoop(shell)) break;
    }
  } finally {
    shell.loopDepth--;
  }
  if (shell.flow === "none") shell.lastStatus = status;
  return status;
}

export function* runFor(shell: Shell, node: ForCommand): Blocking<number> {
  shell.line = node.line;
  if (!isName(node.name)) {
    yield* shell.report(`\`${node.name}': not a valid identifier`);
    if (shell.options.posix && !shell.interactive) throw new ShellExit(2);
    shell.lastStatus = 1;
    return 1;
  }
  let values: readonly string[];
  try {
    values = node.words === undefined ? shell.positional : yield* expandWords(shell, node.words);
  } catch (error) {
    if (isExpansionFailure(error)) return yield* fail(shell, error);
    throw error;
  }
  let status = 0;
  shell.loopDepth++;
  try {
    for (const value of values) {
      if (shell.sys.charge(1) || shell.attention) yield* attend(shell);
      yield* runDebugTrap(shell, node);
      if (shell.options.xtrace && !shell.strict) yield* trace(shell, `for ${node.name} in ${node.words === undefined ? '"$@"' : node.words.map((word) => word.text).join(" ")}`);
      try {
        const variable = shell.variables.find(node.name);
        if (variable && (variable.flags & 64) !== 0) shell.variables.own(node.name, variable).value = value;
        else assignScalar(shell, node.name, value);
      } catch (error) {
        if (!isExpansionFailure(error)) throw error;
        if (shell.strict) return yield* fail(shell, error);
        yield* shell.report(error.message);
        shell.lastStatus = 1;
        return 1;
      }
      const outcome = shell.language.run(shell, node.body);
      status = typeof outcome === "number" ? outcome : yield* outcome;
      if (leavesLoop(shell)) break;
    }
  } finally {
    shell.loopDepth--;
  }
  if (shell.flow === "none") shell.lastStatus = status;
  return status;
}

export function* runArithmeticFor(shell: Shell, node: ArithmeticForCommand): Blocking<number> {
  shell.line = node.line;
  let status = 0;
  shell.loopDepth++;
  const context = arithmeticContext(shell);
  const fixed = (word: Word): string | undefined => (/[$`"'\\]/.test(word.text) ? undefined : word.text);
  const test = fixed(node.test);
  const step = fixed(node.step);
  const trivialTest = node.test.text.trim() === "";
  const trivialStep = node.step.text.trim() === "";
  try {
    if (node.initial.text.trim() !== "" && (yield* forExpression(shell, node.initial, node.line)) === undefined) return failedFor(shell);
    for (;;) {
      if (shell.sys.charge(1) || shell.attention) yield* attend(shell);
      if (!trivialTest) {
        let value: number | bigint | undefined;
        if (test !== undefined && !shell.options.xtrace && !shell.traps.has("DEBUG")) {
          try {
            value = evaluate(test, context);
          } catch (error) {
            if (!isExpansionFailure(error)) throw error;
            value = yield* arithmeticFailure(shell, error);
          }
        } else value = yield* forExpression(shell, node.test, node.line);
        if (value === undefined) return failedFor(shell);
        if (value === 0 || value === 0n) break;
      }
      const outcome = shell.language.run(shell, node.body);
      status = typeof outcome === "number" ? outcome : yield* outcome;
      if (leavesLoop(shell)) break;
      if (!trivialStep) {
        if (step !== undefined && !shell.options.xtrace && !shell.traps.has("DEBUG")) {
          try {
            evaluate(step, context);
          } catch (error) {
            if (!isExpansionFailure(error)) throw error;
            yield* arithmeticFailure(shell, error);
            return failedFor(shell);
          }
        } else if ((yield* forExpression(shell, node.step, node.line)) === undefined) return failedFor(shell);
      }
    }
  } finally {
    shell.loopDepth--;
  }
  if (shell.flow === "none") shell.lastStatus = status;
  return status;
}

function failedFor(shell: Shell): number {
  shell.lastStatus = 1;
  return 1;
}

function* arithmeticFailure(shell: Shell, error: Error): Blocking<undefined> {
  if (error instanceof UnboundVariable) return yield* fail(shell, error);
  yield* shell.report(`((: ${error.message}`);
  return undefined;
}

function* forExpression(shell: Shell, word: Word, line: number): Blocking<number | bigint | undefined> {
  yield* runDebugTrap(shell, { type: "arithmetic", line, expression: word, redirects: [] });
  try {
    const text = yield* expandArithmetic(shell, word);
    if (shell.options.xtrace) yield* trace(shell, `(( ${text} ))`);
    return evaluate(text, arithmeticContext(shell));
  } catch (error) {
    if (!isExpansionFailure(error)) throw error;
    return yield* arithmeticFailure(shell, error);
  }
}
