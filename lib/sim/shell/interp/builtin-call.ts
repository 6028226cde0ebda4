// Calling builtins: --help, what their errors mean, what they do to `$?`.
import type { Blocking } from "../../kernel/sys.ts";
import { type ArrayArgument, type Builtin, BuiltinError } from "../builtins/builtin.ts";
import { finished } from "./command-end.ts";
import { dashWords, fail, isExpansionFailure } from "./failure.ts";
import { ShellExit } from "./flow.ts";
import type { Outcome } from "./language.ts";
import type { Shell } from "./shell.ts";
import { attend } from "./traps.ts";

export const NO_ARRAYS: ReadonlyMap<number, ArrayArgument> = new Map();

/** These take `--help` for an ordinary argument. */
const WITHOUT_HELP: ReadonlySet<string> = new Set(["echo", ":", "true", "false", "test", "["]);

function* describeBuiltin(shell: Shell, builtin: Builtin): Blocking<number> {
  yield* shell.writeText(1, `${builtin.name}: ${builtin.usage}\n${builtin.help.split("\n").map((line) => `    ${shell.translated(line)}\n`).join("")}`);
  return 2;
}

/** The builtin itself; its own complaints become a message and a status. */
export function callBuiltin(shell: Shell, builtin: Builtin, args: readonly string[], arrays: ReadonlyMap<number, ArrayArgument>): Outcome {
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
  if (error.message !== "") yield* shell.complain(shell.strict ? error.message.replace(/^[-+](.): invalid option$/, "Illegal option -$1").replace(/^[-+](.): option requires an argument$/, "No arg for -$1 option") : error.message);
  if (error.showUsage && !shell.dash) yield* shell.errorText(`${builtin.name}: usage: ${builtin.usage}\n`);
  if (builtin.special && shell.strict && error.status !== 0) throw new ShellExit(2, true);
  if (builtin.special && error.status !== 0 && (shell.dash || shell.options.posix) && !shell.interactive) throw new ShellExit(shell.dash ? 2 : error.status);
  return error.status;
}

/** Calls a builtin that needs nothing else around it. */
export function runBuiltin(shell: Shell, builtin: Builtin, args: readonly string[]): Outcome {
  if (shell.sys.charge(1)) shell.attention = true;
  // bash sets $_ when the builtin is done (execute_cmd.c: bind_lastarg)
  const last = args[args.length - 1] ?? "";
  if (shell.dash) shell.lastArgument = last;
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
    shell.lastArgument = last;
    // `return` says the function's status; it has not failed itself
    if (shell.flow === "return") return shell.lastStatus;
    return finished(shell, outcome);
  }
  return finishBuiltin(shell, outcome, outer, last);
}

export const ZERO: readonly number[] = [0];

function* finishBuiltin(shell: Shell, outcome: Blocking<number>, outer: string, last: string): Blocking<number> {
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
  shell.lastArgument = last;
  if (shell.attention) yield* attend(shell);
  // A trap may have returned from the function.
  if (shell.flow === "return") return shell.lastStatus;
  const result = finished(shell, status);
  return typeof result === "number" ? result : yield* result;
}
