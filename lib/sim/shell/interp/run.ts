// Carrying out the tree. `run` gives a status at once where nothing can wait, else a generator: loops over builtins and arithmetic allocate no
// generator per command.
import type { Blocking } from "../../kernel/sys.ts";
import type { AndOr, Command, FunctionCommand, IfCommand, List, Pipeline } from "../syntax/tree.ts";
import { isName } from "./assign.ts";
import { runArithmetic, runCase, runConditional } from "./case-and-tests.ts";
import { runBackground, runCoproc, runSubshell } from "./children.ts";
import { fail, isExpansionFailure } from "./failure.ts";
import { ShellExit } from "./flow.ts";
import { condition, ignoringErrors, runGuarded } from "./guarded.ts";
import type { Outcome } from "./language.ts";
import { runArithmeticFor, runFor, runWhile } from "./loops.ts";
import { runPipeline } from "./pipelines.ts";
import { applyRedirects, SavedDescriptors } from "./redirect.ts";
import { runSelect } from "./select-command.ts";
import type { Shell } from "./shell.ts";
import { finished } from "./command-end.ts";
import { runSimple } from "./simple-command.ts";
import { attend } from "./traps.ts";

export function run(shell: Shell, command: Command): Outcome {
  if (command.type === "simple") return runSimple(shell, command);
  if (command.type === "list") return runList(shell, command);
  if (command.type === "and-or") return runAndOr(shell, command);
  if (command.type === "pipeline") return runPipeline(shell, command);
  if (command.redirects.length > 0 && command.type !== "subshell") return withRedirects(shell, command);
  return runCompound(shell, command);
}

type Compound = Exclude<Command, { type: "simple" } | List | AndOr | Pipeline>;

function runCompound(shell: Shell, command: Compound): Outcome {
  switch (command.type) {
    case "group": return runList(shell, command.body);
    case "subshell": return runSubshell(shell, command);
    case "if": return runIf(shell, command);
    case "while": case "until": return runWhile(shell, command);
    case "for": return runFor(shell, command);
    case "select": return runSelect(shell, command);
    case "arithmetic-for": return runArithmeticFor(shell, command);
    case "case": return runCase(shell, command);
    case "arithmetic": return runArithmetic(shell, command);
    case "conditional": return runConditional(shell, command);
    case "function": return defineFunction(shell, command);
    case "coproc": return runCoproc(shell, command);
  }
}

function* withRedirects(shell: Shell, command: Compound): Blocking<number> {
  const saved = new SavedDescriptors();
  shell.line = command.line;
  try {
    let ok: boolean;
    try {
      ok = yield* applyRedirects(shell, command.redirects, saved);
    } catch (error) {
      if (isExpansionFailure(error)) return yield* fail(shell, error);
      throw error;
    }
    if (!ok) {
      shell.pipeStatus = [1];
      const result = finished(shell, shell.dash && !shell.ash ? 2 : 1);
      return typeof result === "number" ? result : yield* result;
    }
    const outcome = runCompound(shell, command);
    return typeof outcome === "number" ? outcome : yield* outcome;
  } finally {
    saved.restore(shell);
  }
}

function runList(shell: Shell, list: List): Outcome {
  const items = list.items;
  let status = 0;
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    if (!item) break;
    const outcome = item.background ? runBackground(shell, item.command) : run(shell, item.command);
    if (typeof outcome !== "number") return runListFrom(shell, list, i + 1, outcome);
    status = outcome;
    if (shell.flow !== "none") return status;
    if (shell.attention && i + 1 < items.length) return runListFrom(shell, list, i + 1, undefined);
  }
  return status;
}

function* runListFrom(shell: Shell, list: List, from: number, pending: Blocking<number> | undefined): Blocking<number> {
  let status = pending ? yield* pending : shell.lastStatus;
  const items = list.items;
  for (let i = from; i < items.length; i++) {
    if (shell.flow !== "none") return status;
    if (shell.attention) yield* attend(shell);
    const item = items[i];
    if (!item) break;
    const outcome = item.background ? runBackground(shell, item.command) : run(shell, item.command);
    status = typeof outcome === "number" ? outcome : yield* outcome;
  }
  return status;
}

function runAndOr(shell: Shell, node: AndOr): Outcome {
  // Only the last command of the chain counts for set -e.
  shell.ignoreErrors++;
  let outcome: Outcome;
  try {
    outcome = run(shell, node.first);
  } catch (error) {
    shell.ignoreErrors--;
    throw error;
  }
  shell.ignoreErrors--;
  if (typeof outcome !== "number") {
    return runAndOrFrom(shell, node, 0, outcome, true);
  }
  let status = outcome;
  for (let i = 0; i < node.rest.length; i++) {
    if (shell.flow !== "none") return status;
    const part = node.rest[i];
    if (!part || (part.operator === "&&") !== (status === 0)) continue;
    const last = i === node.rest.length - 1;
    if (!last) shell.ignoreErrors++;
    let next: Outcome;
    try {
      next = run(shell, part.command);
    } finally {
      if (!last) shell.ignoreErrors--;
    }
    if (typeof next !== "number") return runAndOrFrom(shell, node, i + 1, next, !last);
    status = next;
  }
  return status;
}

function* runAndOrFrom(shell: Shell, node: AndOr, from: number, pending: Blocking<number>, guarded: boolean): Blocking<number> {
  let status: number;
  if (guarded) status = yield* ignoringErrors(shell, pending);
  else status = yield* pending;
  for (let i = from; i < node.rest.length; i++) {
    if (shell.flow !== "none") return status;
    const part = node.rest[i];
    if (!part || (part.operator === "&&") !== (status === 0)) continue;
    if (shell.attention) yield* attend(shell);
    if (i === node.rest.length - 1) {
      const outcome = run(shell, part.command);
      status = typeof outcome === "number" ? outcome : yield* outcome;
    } else status = yield* runGuarded(shell, part.command);
  }
  return status;
}

function runIf(shell: Shell, node: IfCommand): Outcome {
  const test = condition(shell, node.condition);
  if (typeof test !== "number") return runIfFrom(shell, node, test);
  if (shell.flow !== "none") return test;
  if (test === 0) return runList(shell, node.then);
  if (node.else) return runList(shell, node.else);
  shell.lastStatus = 0;
  return 0;
}

function* runIfFrom(shell: Shell, node: IfCommand, pending: Blocking<number>): Blocking<number> {
  const status = yield* pending;
  if (shell.flow !== "none") return status;
  if (shell.attention) yield* attend(shell);
  const branch = status === 0 ? node.then : node.else;
  if (!branch) {
    shell.lastStatus = 0;
    return 0;
  }
  const outcome = runList(shell, branch);
  return typeof outcome === "number" ? outcome : yield* outcome;
}

function defineFunction(shell: Shell, node: FunctionCommand): Outcome {
  const old = shell.functions.get(node.name);
  shell.line = node.line;
  if (old?.readonly) return refuseFunction(shell, node.name);
  if (shell.options.posix && !isName(node.name)) return invalidFunction(shell, node.name);
  if (shell.options.posix && !shell.dash && shell.language.isSpecial(node.name)) return specialFunction(shell, node.name);
  if (/[$`"'\\<>&;|()]/.test(node.name)) return invalidFunction(shell, node.name);
  shell.functions.set(node.name, {
    name: node.name, body: node.body, source: shell.frames[0]?.source ?? (shell.commandString !== undefined ? "environment" : "main"), line: node.line,
    exported: old?.exported ?? false, readonly: false, traced: false,
  });
  shell.lastStatus = 0;
  return 0;
}

function* refuseFunction(shell: Shell, name: string): Blocking<number> {
  yield* shell.report(`${name}: readonly function`);
  shell.lastStatus = 1;
  return 1;
}

function* specialFunction(shell: Shell, name: string): Blocking<number> {
  yield* shell.report(`\`${name}': is a special builtin`);
  shell.lastStatus = 2;
  if (!shell.interactive) throw new ShellExit(2);
  return 2;
}

function* invalidFunction(shell: Shell, name: string): Blocking<number> {
  yield* shell.report(`\`${name}': not a valid identifier`);
  shell.lastStatus = 1;
  if (shell.options.posix) throw new ShellExit(2);
  return 1;
}
