// Simple commands: assignments, expansion, then a function, a builtin or a program (bash(1), SIMPLE COMMAND EXPANSION and COMMAND EXECUTION).
// Over 400 lines: the short way for plain builtins and the long way belong together.
import { type Blocking, SysError } from "../../kernel/sys.ts";
import { type ArrayArgument, type Builtin, BuiltinError } from "../builtins/builtin.ts";
import { builtinNamed } from "../builtins/registry.ts";
import { evaluate } from "../expand/arithmetic.ts";
import { braceWords } from "../expand/braces.ts";
import { evaluateIndex } from "../expand/evaluate-waiting.ts";
import { expandString, expandSubscript, expandWordInto, expandWords, fastString, fastWords } from "../expand/words.ts";
import { assignmentOf } from "../syntax/parser.ts";
import type { ArrayElement, Assignment, Command, SimpleCommand, Word } from "../syntax/tree.ts";
import { partsOf } from "../syntax/word-parts.ts";
import { printFunction } from "../syntax/printer.ts";
import { needsAnsiC, quoteAnsiC, quoteSingle } from "../syntax/quote.ts";
import { type ArrayItem, AssignmentError, arithmeticContext, assignArray, assignElement, assignScalar, checkWritable, isAssociative } from "./assign.ts";
import { cannotFork, dashWords, fail, isExpansionFailure } from "./failure.ts";
import { DiscardCommand, ShellExit } from "./flow.ts";
import { callFunction } from "./function-call.ts";
import { finishForeground } from "./foreground.ts";
import { jobState } from "./jobs.ts";
import type { InvokeOptions, Outcome } from "./language.ts";
import { execApplet, execProgram, forkShell, lookUp, searchPath } from "./process.ts";
import { SavedDescriptors, applyRedirects } from "./redirect.ts";
import { restricted } from "./restricted.ts";
import type { Shell, ShellFunction } from "./shell.ts";
import { closeProcessSubstitutions } from "./substitution.ts";
import { attend, runTrap } from "./traps.ts";
import { ATTRIBUTE } from "./variables.ts";
import { quoteTraced, trace, traceWords } from "./xtrace.ts";

const DECLARATIONS: ReadonlySet<string> = new Set(["declare", "typeset", "local", "export", "readonly"]);

/** `$?` after a command, and what `set -e` and the ERR trap do about failures. */
export function finished(shell: Shell, status: number): Outcome {
  shell.lastStatus = status;
  if (status === 0 || shell.ignoreErrors > 0) return status;
  if (!shell.options.errexit && shell.traps.size === 0) return status;
  return failed(shell, status);
}

function* failed(shell: Shell, status: number): Blocking<number> {
  const trap = shell.traps.get("ERR");
  if (trap && trap.command !== "" && !shell.inErrorTrap) {
    shell.lastStatus = status;
    shell.inErrorTrap = true;
    try {
      yield* runTrap(shell, trap.command, "error trap");
    } finally {
      shell.inErrorTrap = false;
    }
  }
  if (shell.options.errexit) throw new ShellExit(status);
  return status;
}

function slow(shell: Shell): boolean {
  return shell.options.xtrace || shell.traps.has("DEBUG");
}

/** The DEBUG trap before a command. False: the command is not to run (extdebug). */
export function* runDebugTrap(shell: Shell, node: Command & { readonly line: number }): Blocking<boolean> {
  shell.line = node.line;
  if (shell.traps.size === 0 || shell.inDebugTrap) return true;
  const debug = shell.traps.get("DEBUG");
  if (!debug || debug.command === "") return true;
  if (shell.inTrap === 0) shell.currentNode = node;
  const status = yield* runTrap(shell, debug.command, "debug trap");
  shell.line = node.line;
  return !(shell.shopts.extdebug && status !== 0);
}

export function runSimple(shell: Shell, node: SimpleCommand): Outcome {
  if (shell.options.noexec && !shell.interactive) return shell.lastStatus;
  if (shell.options.keyword) return runSimpleSlowly(shell, withKeywords(node));
  shell.line = node.line;
  if (node.redirects.length === 0 && !slow(shell)) {
    if (node.words.length === 0) {
      const done = assignFast(shell, node);
      if (done !== undefined) return done;
    } else if (node.assignments.length === 0) {
      const args = fastWords(shell, node.words);
      const name = args?.[0];
      if (args && name !== undefined && !shell.functions.has(name)) {
        const builtin = builtinNamed(shell, name);
        if (builtin?.run && !builtin.exec) {
          shell.line = node.line;
          if (shell.inTrap === 0) shell.currentNode = node;
          return runBuiltin(shell, builtin, args);
        }
      }
    }
  }
  return runSimpleSlowly(shell, node);
}

const NO_ARRAYS: ReadonlyMap<number, ArrayArgument> = new Map();

/** These take `--help` for an ordinary argument. */
const WITHOUT_HELP: ReadonlySet<string> = new Set(["echo", ":", "true", "false", "test", "["]);

function* describeBuiltin(shell: Shell, builtin: Builtin): Blocking<number> {
  yield* shell.writeText(1, `${builtin.name}: ${builtin.usage}\n${builtin.help.split("\n").map((line) => `    ${shell.translated(line)}\n`).join("")}`);
  return 2;
}

/** The builtin itself; its own complaints become a message and a status. */
function callBuiltin(shell: Shell, builtin: Builtin, args: readonly string[], arrays: ReadonlyMap<number, ArrayArgument>): Outcome {
  if (args[1] === "--help" && !WITHOUT_HELP.has(builtin.name) && !shell.dash) return describeBuiltin(shell, builtin);
  try {
    const outcome = builtin.declare ? builtin.declare(shell, args, arrays) : builtin.run ? builtin.run(shell, args) : 1;
    return typeof outcome === "number" ? outcome : guardBuiltin(shell, builtin, outcome);
  } catch (error) {
    if (error instanceof BuiltinError) return explain(shell, builtin, error);
    if (shell.strict && isExpansionFailure(error)) return explain(shell, builtin, new BuiltinError(dashWords(shell, error), 2));
    throw error;
  }
}

function* guardBuiltin(shell: Shell, builtin: Builtin, outcome: Blocking<number>): Blocking<number> {
  try {
    return yield* outcome;
  } catch (error) {
    if (error instanceof BuiltinError) return yield* explain(shell, builtin, error);
    if (shell.strict && isExpansionFailure(error)) return yield* explain(shell, builtin, new BuiltinError(dashWords(shell, error), 2));
    throw error;
  }
}

function* explain(shell: Shell, builtin: Builtin, error: BuiltinError): Blocking<number> {
  if (error.message !== "") yield* shell.complain(shell.strict ? error.message.replace(/^[-+](.): invalid option$/, "Illegal option -$1") : error.message);
  if (error.showUsage && !shell.dash) yield* shell.errorText(`${builtin.name}: usage: ${builtin.usage}\n`);
  if (builtin.special && shell.strict && error.status !== 0) throw new ShellExit(2, true);
  if (builtin.special && error.status !== 0 && (shell.dash || shell.options.posix) && !shell.interactive) throw new ShellExit(shell.dash ? 2 : error.status);
  return error.status;
}

/** set -k: assignments among the arguments go to the command's environment too. */
function withKeywords(node: SimpleCommand): SimpleCommand {
  const assignments = node.words.slice(1).map(assignmentOf).filter((assignment) => assignment !== undefined);
  return assignments.length === 0 ? node : { ...node, assignments: [...node.assignments, ...assignments], words: node.words.filter((word, index) => index === 0 || assignmentOf(word) === undefined) };
}

/** Calls a builtin that needs nothing else around it. */
function runBuiltin(shell: Shell, builtin: Builtin, args: readonly string[]): Outcome {
  if (shell.sys.charge(1)) shell.attention = true;
  shell.lastArgument = args[args.length - 1] ?? "";
  const outer = shell.builtinName;
  shell.builtinName = args[0] ?? "";
  let outcome: Outcome;
  try {
    outcome = callBuiltin(shell, builtin, args, NO_ARRAYS);
  } catch (error) {
    shell.builtinName = outer;
    if (isExpansionFailure(error)) return fail(shell, error);
    throw error;
  }
  if (typeof outcome === "number") {
    shell.builtinName = outer;
    shell.pipeStatus = outcome === 0 ? ZERO : [outcome];
    // `return` says the function's status; it has not failed itself
    if (shell.flow === "return") return shell.lastStatus;
    return finished(shell, outcome);
  }
  return finishBuiltin(shell, outcome, outer);
}

const ZERO: readonly number[] = [0];

function* finishBuiltin(shell: Shell, outcome: Blocking<number>, outer: string): Blocking<number> {
  let status: number;
  try {
    status = yield* outcome;
  } catch (error) {
    shell.builtinName = outer;
    if (isExpansionFailure(error)) return yield* fail(shell, error);
    throw error;
  }
  shell.builtinName = outer;
  shell.pipeStatus = [status];
  if (shell.attention) yield* attend(shell);
  // A trap may have returned from the function.
  if (shell.flow === "return") return shell.lastStatus;
  const result = finished(shell, status);
  return typeof result === "number" ? result : yield* result;
}

// ---- assignments -----------------------------------------------------------------------------------------------------------------------------

/** x=y, x=$y, x=$((...)) without generators; undefined: take the long way. */
function assignFast(shell: Shell, node: SimpleCommand): Outcome | undefined {
  if (node.assignments.length !== 1) return undefined;
  const assignment = node.assignments[0];
  if (!assignment || assignment.elements !== undefined || assignment.subscript !== undefined || !assignment.value) return undefined;
  const text = fastValue(shell, assignment.value);
  if (text === undefined) return undefined;
  shell.line = node.line;
  if (shell.inTrap === 0) shell.currentNode = node;
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

function* assign(shell: Shell, assignment: Assignment): Blocking<void> {
  const options = assignment.append ? APPEND : undefined;
  if (assignment.elements) {
    checkWritable(shell.variables.find(assignment.name), assignment.name);
    const items = yield* expandElements(shell, assignment.elements, isAssociative(shell, assignment.name));
    if (shell.options.xtrace) yield* trace(shell, `${assignment.name}${assignment.append ? "+" : ""}=(${assignment.elements.map((element) => element.word.text).join(" ")})`);
    if (assignment.subscript) {
      yield* shell.report(`${assignment.name}[${assignment.subscript.text}]: cannot assign list to array member`);
      shell.lastStatus = 1;
      return;
    }
    for (const problem of assignArray(shell, assignment.name, items, options)) yield* shell.report(problem);
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
  } else assignScalar(shell, assignment.name, value, options);
}

// ---- the long way ------------------------------------------------------------------------------------------------------------------------------

function* runSimpleSlowly(shell: Shell, node: SimpleCommand): Blocking<number> {
  shell.line = node.line;
  if (shell.inTrap === 0) shell.currentNode = node;
  if (shell.sys.charge(2)) yield* attend(shell);
  if (!shell.skipDebugTrap && !(yield* runDebugTrap(shell, node))) return shell.lastStatus;
  shell.skipDebugTrap = false;
  const substitutions = shell.processSubstitutions.length;
  shell.substitutionStatus = undefined;
  const tail = shell.tail === node;
  try {
    let status: number;
    try {
      status = node.words.length === 0 ? yield* runBare(shell, node) : yield* runWords(shell, node, tail);
    } catch (error) {
      if (isExpansionFailure(error)) return yield* fail(shell, error);
      throw error;
    }
    if (shell.attention) yield* attend(shell);
    const result = finished(shell, status);
    return typeof result === "number" ? result : yield* result;
  } finally {
    if (shell.processSubstitutions.length > substitutions) closeProcessSubstitutions(shell, substitutions);
  }
}

/** Assignments and redirections without a command. */
function* runBare(shell: Shell, node: SimpleCommand): Blocking<number> {
  const before = shell.lastStatus;
  let failedStatus = 0;
  for (const assignment of node.assignments) {
    shell.lastStatus = before;
    yield* assign(shell, assignment);
    if (assignment.elements && assignment.subscript) failedStatus = 1;
  }
  if (shell.strict && node.assignments.length > 0) yield* traceAll(shell, node.assignments, []);
  if (node.redirects.length > 0) {
    const saved = new SavedDescriptors();
    const ok = yield* applyRedirects(shell, node.redirects, saved);
    saved.restore(shell);
    if (!ok) failedStatus = shell.dash && !shell.ash ? 2 : 1;
  }
  const status = failedStatus || (shell.substitutionStatus ?? 0);
  shell.pipeStatus = [status];
  shell.lastArgument = "";
  return status;
}

function* runWords(shell: Shell, node: SimpleCommand, tail: boolean): Blocking<number> {
  const arrays = new Map<number, ArrayArgument>();
  const args = declarationAt(shell, node.words) < 0 ? yield* expandWords(shell, node.words) : yield* declarationWords(shell, node, arrays);
  if (args.length === 0) return yield* runEmpty(shell, node);
  if (shell.options.xtrace) {
    for (const array of arrays.values()) yield* trace(shell, `${array.name}${array.append ? "+" : ""}=(${array.items.map((item) => `${item.subscript === undefined ? "" : `[${associativeKey(item)}]=`}${quoteSingle(item.value)}`).join(" ")})`);
    if (node.assignments.length === 0) yield* traceWords(shell, args);
    if (!shell.strict && (args[0] === "export" || args[0] === "readonly")) for (const arg of args.slice(1)) if (/^[A-Za-z_][A-Za-z0-9_]*\+?=/.test(arg)) yield* trace(shell, arg);
  }
  const name = args[0] ?? "";
  const resumed = resumes(shell, node, args);
  if (resumed) {
    const outcome = runBuiltin(shell, resumed.builtin, resumed.args);
    return typeof outcome === "number" ? outcome : yield* outcome;
  }
  let definition = shell.functions.get(name);
  const builtin = definition && !shell.options.posix ? undefined : builtinNamed(shell, name);
  // POSIX looks for special builtins first.
  if (builtin?.special && shell.options.posix) definition = undefined;
  if (definition || builtin) {
    if (builtin?.exec) return yield* runExec(shell, node, args, builtin);
    return yield* runInShell(shell, node, args, definition ? { definition } : { builtin: builtin ?? undefined, arrays });
  }
  return yield* runProgram(shell, node, args, tail);
}

/** `%2` stands for `fg %2`; with auto_resume the name of a stopped job does too. */
function resumes(shell: Shell, node: SimpleCommand, args: readonly string[]): { readonly builtin: Builtin; readonly args: readonly string[] } | undefined {
  const word = node.words[0]?.text ?? "";
  const name = args[0] ?? "";
  if (shell.dash || /["'\\]/.test(word)) return undefined;
  const builtin = builtinNamed(shell, "fg");
  if (!builtin) return undefined;
  if (name.startsWith("%")) return { builtin, args: ["fg", ...args] };
  if (!shell.jobControl || args.length > 1 || node.redirects.length > 0 || name === "") return undefined;
  const how = shell.variables.find("auto_resume")?.scalar();
  if (how === undefined) return undefined;
  const job = shell.jobs.all.findLast((one) => jobState(one) === "stopped" && (how === "exact" ? one.text === name : how === "substring" ? one.text.includes(name) : one.text.startsWith(name)));
  return job && { builtin, args: ["fg", `%${job.number}`] };
}

/** Keys are traced as bash hands them on, quoted; indices are not. */
function associativeKey(item: ArrayItem): string {
  return item.source === undefined ? (item.subscript ?? "") : quoteSingle(item.subscript ?? "");
}

/** dash tells assignments and words on one line, once all are expanded. */
function* traceAll(shell: Shell, assignments: readonly Assignment[], args: readonly string[]): Blocking<void> {
  if (shell.options.xtrace) yield* traceWords(shell, [...assignments.map(({ name }) => `${name}=${shell.getVariable(name) ?? ""}`), ...args]);
}

/** The words expanded to nothing: like no command, but the status of a substitution counts. */
function* runEmpty(shell: Shell, node: SimpleCommand): Blocking<number> {
  const saved = new SavedDescriptors();
  const ok = yield* applyRedirects(shell, node.redirects, saved);
  saved.restore(shell);
  if (!ok) return 1;
  const status = shell.substitutionStatus ?? 0;
  for (const assignment of node.assignments) yield* assign(shell, assignment);
  shell.pipeStatus = [status];
  return status;
}

/** 0 when the command is declare, export...; else -1. Behind `command` and `builtin` arguments are split as ever. */
function declarationAt(shell: Shell, words: readonly Word[]): number {
  const text = words[0]?.text ?? "";
  return DECLARATIONS.has(text) && !shell.functions.has(text) ? 0 : -1;
}

/** Assignments among the arguments are not split; array literals are kept aside under their position. */
function* declarationWords(shell: Shell, node: SimpleCommand, arrays: Map<number, ArrayArgument>): Blocking<string[]> {
  const args: string[] = [];
  let associative = false;
  for (const word of node.words) {
    const assignment = assignmentOf(word);
    if (!assignment) {
      yield* expandWordInto(shell, word, args);
      if (/^-[a-zA-Z]*A/.test(word.text)) associative = true;
      continue;
    }
    if (assignment.elements) {
      const items = yield* expandElements(shell, assignment.elements, associative || isAssociative(shell, assignment.name));
      arrays.set(args.length, { name: assignment.name, append: assignment.append, items, elements: assignment.elements });
      args.push(assignment.name);
      continue;
    }
    const subscript = assignment.subscript ? `[${yield* expandString(shell, assignment.subscript)}]` : "";
    args.push(`${assignment.name}${subscript}${assignment.append ? "+" : ""}=${assignment.value ? yield* expandString(shell, assignment.value, "assignment") : ""}`);
  }
  return args;
}

interface InShell {
  readonly definition?: ShellFunction;
  readonly builtin?: Builtin | undefined;
  readonly arrays?: ReadonlyMap<number, ArrayArgument>;
}

/** Functions and builtins: redirections and assignments last as long as the command. */
function* runInShell(shell: Shell, node: SimpleCommand, args: readonly string[], what: InShell): Blocking<number> {
  const saved = node.redirects.length > 0 ? new SavedDescriptors() : undefined;
  const scope = node.assignments.length > 0 && !(what.builtin?.special && shell.dash) ? shell.variables.pushScope("temporary") : undefined;
  const outerName = shell.builtinName;
  // POSIX: they stay, but only once the builtin has run, which sees them before others of the name
  const stays = scope !== undefined && what.builtin?.special === true && shell.options.posix && !shell.dash;
  try {
    if (!shell.dash) {
      for (const assignment of node.assignments) yield* assignTemporary(shell, assignment, scope);
      if (shell.options.xtrace && node.assignments.length > 0) yield* traceWords(shell, args);
    }
    if (saved && !(yield* applyRedirects(shell, node.redirects, saved))) {
      shell.pipeStatus = [1];
      if (shell.dash && !shell.ash && !what.builtin?.special) return 2;
      if (what.builtin?.special && (shell.options.posix || shell.dash) && !shell.interactive) throw new ShellExit(shell.dash ? 2 : 1);
      return 1;
    }
    if (shell.dash) for (const assignment of node.assignments) yield* assignTemporary(shell, assignment, scope);
    if (shell.strict && node.assignments.length > 0) yield* traceAll(shell, node.assignments, args);
    shell.lastArgument = args[args.length - 1] ?? "";
    let status: number;
    if (what.definition) {
      if (!shell.strict) shell.builtinName = "";
      status = yield* callFunction(shell, what.definition, args, scope);
      shell.lastArgument = args[args.length - 1] ?? "";
    } else {
      shell.builtinName = args[0] ?? "";
      const builtin = what.builtin;
      const outcome = builtin ? callBuiltin(shell, builtin, args, what.arrays ?? NO_ARRAYS) : 1;
      status = typeof outcome === "number" ? outcome : yield* outcome;
    }
    shell.pipeStatus = [status];
    return status;
  } finally {
    shell.builtinName = outerName;
    if (scope) {
      const exported = [...scope.variables.keys()];
      shell.variables.popScope(scope);
      if (stays) for (const [name, variable] of scope.variables) assignScalar(shell, name, variable.scalar() ?? "");
      for (const name of exported) if (name === "OPTIND" || name === "PATH") shell.hashed.clear();
    }
    if (saved) saved.restore(shell);
  }
}

function* assignTemporary(shell: Shell, assignment: Assignment, scope: ReturnType<Shell["variables"]["pushScope"]> | undefined): Blocking<void> {
  if (!scope || assignment.subscript) {
    yield* assign(shell, assignment);
    return;
  }
  // An array cannot travel in an environment: its source does.
  let value = assignment.elements ? assignment.text.slice(assignment.text.indexOf("=") + 1) : assignment.value ? yield* expandString(shell, assignment.value, "assignment") : "";
  if (shell.options.xtrace && !shell.strict) yield* trace(shell, `${assignment.name}${assignment.append ? "+" : ""}=${quoteTraced(value)}`);
  const old = shell.variables.find(assignment.name);
  if (old && (old.flags & ATTRIBUTE.READONLY) !== 0) {
    if (shell.strict) throw new AssignmentError(`${assignment.name}: readonly variable`);
    yield* shell.report(`${assignment.name}: readonly variable`);
    return;
  }
  if (assignment.append) value = (old?.scalar() ?? "") + value;
  if (old && (old.flags & ATTRIBUTE.NAMEREF) !== 0) {
    yield* assign(shell, assignment);
    return;
  }
  if (old && (old.flags & ATTRIBUTE.INTEGER) !== 0) value = String(evaluate(value, arithmeticContext(shell)));
  shell.variables.create(assignment.name, scope, ATTRIBUTE.EXPORT, value);
}

/** `exec`: its redirections stay. */
function* runExec(shell: Shell, node: SimpleCommand, args: readonly string[], builtin: Builtin): Blocking<number> {
  const saved = new SavedDescriptors();
  if (!(yield* applyRedirects(shell, node.redirects, saved))) {
    saved.restore(shell);
    shell.pipeStatus = [1];
    if ((shell.options.posix || shell.dash) && !shell.interactive) throw new ShellExit(shell.dash ? 2 : 1);
    return 1;
  }
  if (args.slice(1).some((arg) => arg !== "--")) {
    for (const assignment of node.assignments) {
      yield* assign(shell, assignment);
      shell.setPlain(assignment.name, shell.getVariable(assignment.name) ?? "", ATTRIBUTE.EXPORT);
    }
    const outer = shell.builtinName;
    shell.builtinName = "exec";
    try {
      const outcome = callBuiltin(shell, builtin, args, NO_ARRAYS);
      const status = typeof outcome === "number" ? outcome : yield* outcome;
      saved.restore(shell);
      return status;
    } finally {
      shell.builtinName = outer;
    }
  }
  saved.forget(shell);
  shell.processSubstitutions.length = 0;
  return 0;
}

/** `command`, `builtin`: a command that is expanded already, without functions. */
export function invoke(shell: Shell, args: readonly string[], options: InvokeOptions): Outcome {
  const name = args[0] ?? "";
  const builtin = builtinNamed(shell, name);
  if (builtin) {
    const outer = shell.builtinName;
    shell.builtinName = name;
    const outcome = callBuiltin(shell, builtin, args, NO_ARRAYS);
    if (typeof outcome !== "number") return named(shell, outcome, outer);
    shell.builtinName = outer;
    return outcome;
  }
  return invokeProgram(shell, args, options.path);
}

function* named(shell: Shell, outcome: Blocking<number>, outer: string): Blocking<number> {
  try {
    return yield* outcome;
  } finally {
    shell.builtinName = outer;
  }
}

function* invokeProgram(shell: Shell, args: readonly string[], searchIn: string | undefined): Blocking<number> {
  const name = args[0] ?? "";
  const lookup = name.includes("/") ? undefined : searchIn === undefined ? lookUp(shell, name) : searchPath(shell, name, searchIn);
  const path = lookup?.kind === "missing" ? undefined : (lookup?.path ?? name);
  const pid = forkShell(shell, shell.jobControl ? { pgid: 0 } : {}, (child) => start(child, path, args));
  return yield* finishForeground(shell, [{ pid, text: args.join(" ") }], pid);
}

// ---- programs -----------------------------------------------------------------------------------------------------------------------------------

function* runProgram(shell: Shell, node: SimpleCommand, args: readonly string[], tail: boolean): Blocking<number> {
  shell.lastArgument = args[args.length - 1] ?? "";
  if (shell.interactive && shell.shopts.autocd && args.length === 1 && isDirectory(shell, args[0] ?? "") && builtinNamed(shell, args[0] ?? "") === undefined) {
    const cd = builtinNamed(shell, "cd");
    yield* shell.errorText(`cd -- ${quoteTraced(args[0] ?? "")}\n`);
    if (cd?.run) {
      const outcome = runBuiltin(shell, cd, ["cd", "--", args[0] ?? ""]);
      return typeof outcome === "number" ? outcome : yield* outcome;
    }
  }
  const handler = shell.functions.get("command_not_found_handle");
  const name = args[0] ?? "";
  if (name.includes("/") && restricted(shell)) {
    yield* shell.report(`${name}: restricted: cannot specify \`/' in command names`);
    shell.pipeStatus = [1];
    return 1;
  }
  // The parent looks the name up, so that its table of paths learns.
  const lookup = name.includes("/") ? undefined : lookUp(shell, name);
  const path = lookup?.kind === "missing" ? undefined : (lookup?.path ?? name);
  const program = function* (child: Shell): Blocking<number> {
    if (child.dash && !(yield* applyRedirects(child, node.redirects, undefined))) return 2;
    for (const assignment of node.assignments) {
      if (assignment.elements) assignScalar(child, assignment.name, assignment.text.slice(assignment.text.indexOf("=") + 1));
      else yield* assign(child, assignment);
      const variable = child.variables.find(assignment.name);
      if (variable) child.variables.own(assignment.name, variable).flags |= ATTRIBUTE.EXPORT;
    }
    if (child.strict && node.assignments.length > 0) yield* traceAll(child, node.assignments, args);
    else if (child.options.xtrace && node.assignments.length > 0) yield* traceWords(child, args);
    if (!child.dash && !(yield* applyRedirects(child, node.redirects, undefined))) return 1;
    if (node.assignments.some((assignment) => assignment.name === "PATH") && !name.includes("/")) {
      const again = lookUp(child, name);
      return yield* start(child, again.kind === "missing" ? undefined : again.path, args);
    }
    if (path === undefined && handler) {
      child.jobControl = false;
      return yield* callFunction(child, handler, ["command_not_found_handle", ...args]);
    }
    return yield* start(child, path, args);
  };
  const guarded = function* (child: Shell): Blocking<number> {
    try {
      return yield* program(child);
    } catch (error) {
      if (isExpansionFailure(error)) return yield* fail(child, error);
      throw error;
    }
  };
  if (tail && !shell.traps.has("EXIT") && shell.processSubstitutions.length === 0) {
    shell.tail = undefined;
    return yield* guarded(shell);
  }
  const foreground = shell.jobControl;
  let pid: number;
  try {
    pid = forkShell(shell, foreground ? { pgid: 0 } : {}, guarded);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* shell.report(cannotFork(shell, error));
    return 254;
  }
  return yield* finishForeground(shell, [{ pid, text: "", node }], pid);
}

function isDirectory(shell: Shell, path: string): boolean {
  try {
    return (shell.sys.stat(path).mode & 0o170000) === 0o040000;
  } catch {
    return false;
  }
}

/** In the child: becomes the program. Comes back only with a failure's status. */
function* start(child: Shell, path: string | undefined, args: readonly string[]): Blocking<number> {
  const name = args[0] ?? "";
  const applet = child.ash ? yield* execApplet(child, args, child.environment()) : undefined;
  if (applet !== undefined) return applet;
  if (path === undefined) {
    child.sys.observe({ kind: "command-not-found", command: name });
    yield* child.report(child.dash ? `${name}: not found` : `${needsAnsiC(name) ? quoteAnsiC(name) : name}: command not found`);
    return 127;
  }
  const environment = child.environment();
  for (const [key, definition] of child.functions.entries()) {
    if (definition.exported) environment.set(`BASH_FUNC_${key}%%`, functionText(definition));
  }
  if (!child.strict) environment.set("_", path);
  return yield* execProgram(child, path, args, environment);
}

/** `() {  body }` as an exported function travels in the environment. */
function functionText(definition: ShellFunction): string {
  return printFunction(definition.name, definition.body).slice(definition.name.length + 1).replace(/^\(\) \n\{ \n/, "() { ");
}
