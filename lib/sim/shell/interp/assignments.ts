// Assignments in front of commands and by themselves. (assign.ts stores the values.)
import type { Blocking } from "../../kernel/sys.ts";
import { evaluate } from "../expand/arithmetic.ts";
import { braceWords } from "../expand/braces.ts";
import { evaluateIndex } from "../expand/evaluate-waiting.ts";
import { keysWritten } from "../expand/subscript.ts";
import { expandString, expandSubscript, expandWordInto, fastString } from "../expand/words.ts";
import type { ArrayElement, Assignment, SimpleCommand, Word } from "../syntax/tree.ts";
import { partsOf } from "../syntax/word-parts.ts";
import { arithmeticContext, type ArrayItem, assignArray, assignElement, assignFields, AssignmentError, assignScalar, checkWritable, isAssociative, namesItself, resolveTarget } from "./assign.ts";
import { ZERO } from "./builtin-call.ts";
import { fail, isExpansionFailure } from "./failure.ts";
import { DiscardCommand, ShellExit } from "./flow.ts";
import type { Outcome } from "./language.ts";
import type { Shell } from "./shell.ts";
import { ATTRIBUTE, type Scope } from "./variables.ts";
import { quoteTraced, trace, traceWords } from "./xtrace.ts";

/** x=y, x=$y, x=$((...)) without generators; undefined: take the long way. */
export function assignFast(shell: Shell, node: SimpleCommand): Outcome | undefined {
  if (node.assignments.length !== 1) return undefined;
  const assignment = node.assignments[0];
  if (!assignment || assignment.elements !== undefined || assignment.subscript !== undefined || !assignment.value) return undefined;
  const text = fastValue(shell, assignment.value);
  if (text === undefined) return undefined;
  const found = shell.variables.find(assignment.name);
  if (found !== undefined && namesItself(shell, assignment.name, found)) return undefined;
  shell.line = node.line;
  if (shell.sys.charge(1)) shell.attention = true;
  try {
    assignScalar(shell, assignment.name, text, assignment.append ? APPEND : undefined);
  } catch (error) {
    if (isExpansionFailure(error)) return fail(shell, error);
    throw error;
  }
  shell.lastArgument = "";
  shell.lastStatus = 0;
  shell.pipeStatus = ZERO;
  return 0;
}

const APPEND = { append: true } as const;

function fastValue(shell: Shell, word: Word): string | undefined {
  if (word.text.includes("~")) return undefined;
  const parts = word.parts ?? partsOf(word);
  if (parts.length === 1) {
    const part = parts[0];
    if (part?.type === "arithmetic") {
      const expression = fastExpression(shell, part.expression);
      if (expression === undefined || shell.options.nounset || shell.strict) return undefined;
      try {
        return String(evaluate(expression, arithmeticContext(shell)));
      } catch (error) {
        if (isExpansionFailure(error)) return undefined;
        throw error;
      }
    }
    if (part?.type === "literal") return part.text;
  }
  return fastString(shell, word);
}

/** The text of an arithmetic expression made of plain text and simple parameters. */
export function fastExpression(shell: Shell, word: Word): string | undefined {
  const parts = word.parts ?? partsOf(word);
  if (parts.length === 0) return "";
  if (keysWritten(shell, word.text).length > 0) return undefined;
  let out = "";
  for (const part of parts) {
    if (part.type === "quoted") out += part.text;
    else if (part.type === "parameter" && part.operator === undefined && part.subscript === undefined && !part.length && !part.indirect && !part.bad && part.prefixNames === undefined && part.name !== "@" && part.name !== "*") {
      const variable = shell.variables.find(part.name);
      const value = variable && (variable.flags & ATTRIBUTE.NAMEREF) === 0 ? variable.scalar() : undefined;
      if (value === undefined) return undefined;
      out += value;
    } else return undefined;
  }
  return out;
}

/** The elements of `x=(...)`, expanded. */
export function* expandElements(shell: Shell, elements: readonly ArrayElement[], associative: boolean): Blocking<ArrayItem[]> {
  const items: ArrayItem[] = [];
  for (const element of elements) {
    if (element.subscript !== undefined) {
      const braces = shell.options.braceexpand && !associative ? braceWords(element.word) : null;
      if (braces) {
        for (const word of braces) items.push({ subscript: undefined, value: yield* expandString(shell, word), append: false });
        continue;
      }
      const subscript = yield* expandSubscript(shell, element.subscript, associative);
      items.push({ subscript, value: yield* expandString(shell, element.value, "assignment"), append: element.append, ...(associative ? { source: element.word.text } : {}) });
    } else if (associative) items.push({ subscript: undefined, value: yield* expandString(shell, element.word), append: false, source: element.word.text });
    else {
      const fields: string[] = [];
      yield* expandWordInto(shell, element.word, fields);
      for (const value of fields) items.push({ subscript: undefined, value, append: false });
    }
  }
  return items;
}

export function* assign(shell: Shell, assignment: Assignment): Blocking<void> {
  const options = assignment.append ? APPEND : undefined;
  if (assignment.elements) {
    checkWritable(shell.variables.find(assignment.name), assignment.name);
    const associative = isAssociative(shell, assignment.name);
    const fields: string[] | undefined = associative || assignment.elements.some((element) => element.subscript !== undefined) ? undefined : [];
    if (fields) for (const element of assignment.elements) yield* expandWordInto(shell, element.word, fields);
    const items = fields ? [] : yield* expandElements(shell, assignment.elements, associative);
    if (shell.options.xtrace) yield* trace(shell, `${assignment.name}${assignment.append ? "+" : ""}=(${assignment.elements.map((element) => element.word.text).join(" ")})`);
    if (assignment.subscript) {
      yield* shell.report(`${assignment.name}[${assignment.subscript.text}]: cannot assign list to array member`);
      shell.lastStatus = 1;
      return;
    }
    if (fields) yield* assignFields(shell, assignment.name, fields, assignment.append);
    else for (const problem of assignArray(shell, assignment.name, items, options)) yield* shell.report(problem);
    return;
  }
  let subscript: string | undefined;
  if (assignment.subscript) {
    const associative = isAssociative(shell, assignment.name);
    subscript = yield* expandSubscript(shell, assignment.subscript, associative);
    if (!associative) subscript = yield* evaluateIndex(shell, subscript);
  }
  const value = assignment.value ? yield* expandString(shell, assignment.value, "assignment") : "";
  if (shell.options.xtrace && !shell.strict) yield* trace(shell, `${assignment.name}${assignment.subscript ? `[${assignment.subscript.text}]` : ""}${assignment.append ? "+" : ""}=${value === "" ? "" : quoteTraced(value)}`);
  if (subscript !== undefined) {
    if (subscript === "") {
      yield* shell.report(`${assignment.name}[${assignment.subscript?.text ?? ""}]: bad array subscript`);
      throw new DiscardCommand(1);
    }
    assignElement(shell, assignment.name, subscript, value, options);
    return;
  }
  const found = shell.variables.find(assignment.name);
  if (found !== undefined && namesItself(shell, assignment.name, found)) {
    yield* shell.report(`warning: ${assignment.name}: circular name reference`);
    assignScalar(shell, assignment.name, value, { ...options, scope: shell.variables.globalScope });
  } else assignScalar(shell, assignment.name, value, options);
}

/** dash tells assignments and words on one line, once all are expanded. */
export function* traceAll(shell: Shell, assignments: readonly Assignment[], args: readonly string[]): Blocking<void> {
  if (shell.options.xtrace) yield* traceWords(shell, [...assignments.map(({ name }) => `${name}=${shell.getVariable(name) ?? ""}`), ...args]);
}

/** Into the environment of one command (variables.c, assign_in_env). */
function* assignTemporary(shell: Shell, assignment: Assignment, scope: Scope | undefined): Blocking<void> {
  if (!scope) {
    yield* assign(shell, assignment);
    return;
  }
  if (assignment.subscript) {
    yield* shell.report(`\`${assignment.name}[${assignment.subscript.text}]': not a valid identifier`);
    return;
  }
  // An array cannot travel in an environment: its source does.
  let value = assignment.elements ? assignment.text.slice(assignment.text.indexOf("=") + 1) : assignment.value ? yield* expandString(shell, assignment.value, "assignment") : "";
  const target = resolveTarget(shell, assignment.name);
  const name = target.subscript === undefined ? target.name : assignment.name;
  const old = shell.variables.find(name);
  if (old && (old.flags & ATTRIBUTE.READONLY) !== 0) {
    if (shell.strict) throw new AssignmentError(`${name}: readonly variable`);
    yield* shell.report(`${name}: readonly variable`);
    if (shell.options.posix && !shell.interactive) throw new ShellExit(1);
    return;
  }
  const written = value;
  if (assignment.append) {
    const before = old?.scalar() ?? "";
    value = old && (old.flags & ATTRIBUTE.INTEGER) !== 0 ? String(evaluate(`(${before || 0})+(${value})`, arithmeticContext(shell))) : before + value;
  }
  shell.variables.create(name, scope, ATTRIBUTE.EXPORT, value);
  if (shell.options.xtrace && !shell.strict) yield* trace(shell, `${assignment.name}${assignment.append ? "+" : ""}=${quoteTraced(written)}`);
}

/** All of one command's: what they assign on the way (`x= y=${x:=v} cmd`) is the shell's too. */
export function* assignAllTemporary(shell: Shell, assignments: readonly Assignment[], scope: Scope | undefined): Blocking<void> {
  if (assignments.length > 1) shell.assigningTo = scope;
  try {
    for (const assignment of assignments) yield* assignTemporary(shell, assignment, scope);
  } finally {
    shell.assigningTo = undefined;
  }
}

/** The command's words, told as by the shell that does not have the temporary environment itself. */
export function* traceBehind(shell: Shell, scope: Scope | undefined, args: readonly string[]): Blocking<void> {
  if (!shell.options.xtrace) return;
  if (scope) shell.variables.popScope(scope);
  try {
    yield* traceWords(shell, args);
  } finally {
    if (scope) shell.variables.scopes.push(scope);
  }
}
