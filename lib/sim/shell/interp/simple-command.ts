// Simple commands: assignments, expansion, then a function, a builtin or a program (bash(1), SIMPLE COMMAND EXPANSION and COMMAND EXECUTION).
import type { Blocking } from "../../kernel/sys.ts";
import type { ArrayArgument, Builtin } from "../builtins/builtin.ts";
import { builtinNamed } from "../builtins/registry.ts";
import { braceWords } from "../expand/braces.ts";
import { expandString, expandWordInto, expandWords, fastWords } from "../expand/words.ts";
import { assignmentOf } from "../syntax/parser.ts";
import { quoteSingle } from "../syntax/quote.ts";
import type { SimpleCommand, Word } from "../syntax/tree.ts";
import { type ArrayItem, assignScalar, isAssociative } from "./assign.ts";
import { assign, assignAllTemporary, assignFast, expandElements, traceAll, traceBehind } from "./assignments.ts";
import { callBuiltin, NO_ARRAYS, runBuiltin } from "./builtin-call.ts";
import { finished, runDebugTrap, slow } from "./command-end.ts";
import { fail, isExpansionFailure } from "./failure.ts";
import { ShellExit } from "./flow.ts";
import { callFunction } from "./function-call.ts";
import { jobState } from "./jobs.ts";
import type { InvokeOptions, Outcome } from "./language.ts";
import { invokeProgram, runProgram } from "./program-call.ts";
import { applyRedirects, SavedDescriptors } from "./redirect.ts";
import type { Shell, ShellFunction } from "./shell.ts";
import { closeProcessSubstitutions } from "./substitution.ts";
import { attend } from "./traps.ts";
import { ATTRIBUTE } from "./variables.ts";
import { quoteTraced, trace, traceWords } from "./xtrace.ts";

const DECLARATIONS: ReadonlySet<string> = new Set(["declare", "typeset", "local", "export", "readonly"]);

export function runSimple(shell: Shell, node: SimpleCommand): Outcome {
  if (shell.options.noexec && !shell.interactive) return shell.lastStatus;
  if (shell.options.keyword) return runSimpleSlowly(shell, withKeywords(node));
  shell.line = node.line;
  // before its words are expanded: they may ask for it
  if (shell.inTrap === 0) shell.currentNode = node;
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
          return runBuiltin(shell, builtin, args);
        }
      }
    }
  }
  return runSimpleSlowly(shell, node);
}

/** set -k: assignments among the arguments go to the command's environment too. */
function withKeywords(node: SimpleCommand): SimpleCommand {
  const assignments = node.words.slice(1).map(assignmentOf).filter((assignment) => assignment !== undefined);
  return assignments.length === 0 ? node : { ...node, assignments: [...node.assignments, ...assignments], words: node.words.filter((word, index) => index === 0 || assignmentOf(word) === undefined) };
}

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
    if (shell.attention) {
      shell.lastStatus = status;
      yield* attend(shell);
    }
    const result = finished(shell, status, node);
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
    if (!shell.strict && (args[0] === "export" || args[0] === "readonly")) for (const arg of args.slice(1)) if (/^[A-Za-z_][A-Za-z0-9_]*\+?=/.test(arg)) yield* trace(shell, `${arg.slice(0, arg.indexOf("=") + 1)}${quoteTraced(arg.slice(arg.indexOf("=") + 1))}`);
  }
  const name = args[0] ?? "";
  // a part of a pipeline is a process of its own, which resumes no jobs (execute_simple_command, already_forked)
  const resumed = tail ? undefined : resumes(shell, node, args);
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
    // what braces make is an ordinary word: its parts are split
    const braces = assignment?.value !== undefined && shell.options.braceexpand && !shell.dash ? braceWords(word) : null;
    if (!assignment || braces) {
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
      if (node.assignments.length > 0) yield* assignAllTemporary(shell, node.assignments, scope);
      if (node.assignments.length > 0) yield* traceBehind(shell, scope, args);
    }
    if (saved && !(yield* applyRedirects(shell, node.redirects, saved))) {
      shell.pipeStatus = [1];
      if (shell.dash && !shell.ash && !what.builtin?.special) return 2;
      if (what.builtin?.special && (shell.options.posix || shell.dash) && !shell.interactive) throw new ShellExit(shell.dash ? 2 : 1);
      return 1;
    }
    if (shell.dash) yield* assignAllTemporary(shell, node.assignments, scope);
    if (shell.strict && node.assignments.length > 0) yield* traceAll(shell, node.assignments, args);
    if (shell.dash) shell.lastArgument = args[args.length - 1] ?? "";
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
      shell.lastArgument = args[args.length - 1] ?? "";
    }
    shell.pipeStatus = [status];
    return status;
  } finally {
    shell.builtinName = outerName;
    if (scope) {
      const exported = [...scope.variables.keys()];
      shell.variables.popScope(scope);
      if (stays) for (const [name, variable] of scope.variables) {
        assignScalar(shell, name, variable.scalar() ?? "");
        const kept = shell.variables.find(name);
        if (kept) shell.variables.own(name, kept).flags |= ATTRIBUTE.EXPORT;
        shell.variables.exportVersion++;
      }
      for (const name of exported) if (name === "OPTIND" || name === "PATH") shell.hashed.clear();
    }
    if (saved) saved.restore(shell);
  }
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
  const found = builtinNamed(shell, name);
  const builtin = found?.special === true && options.asRegular === true ? { ...found, special: false } : found;
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
