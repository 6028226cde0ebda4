// Carrying out the tree. `run` gives a status at once where nothing can wait, else a generator: loops over builtins and arithmetic allocate no
// generator per command. Over 400 lines: one function per kind of command.
import { type Blocking, O, SysError, decode, textWidth } from "../../kernel/sys.ts";
import { ArithmeticError, evaluate } from "../expand/arithmetic.ts";
import { evaluateWaiting } from "../expand/evaluate-waiting.ts";
import { NeedsExpansion } from "../expand/subscript.ts";
import { asBytes, countsBytes } from "../expand/locale.ts";
import { matchesText } from "../expand/pattern.ts";
import { expandArithmetic, expandPattern, expandString, expandWords } from "../expand/words.ts";
import { printCommand } from "../syntax/printer.ts";
import {
  type AndOr, type ArithmeticCommand, type ArithmeticForCommand, type CaseCommand, type Command, type ConditionalCommand, type CoprocCommand, type ForCommand,
  type FunctionCommand, type IfCommand, type List, type Pipeline, type SubshellCommand, type WhileCommand, Word,
} from "../syntax/tree.ts";
import { arithmeticContext, assignScalar, isName, setArray, UnboundVariable } from "./assign.ts";
import { BadRegex, evaluateTest, fastTest } from "./conditional.ts";
import { cannotFork, fail, isExpansionFailure } from "./failure.ts";
import { ShellExit } from "./flow.ts";
import { type Started, finishForeground, jobText } from "./foreground.ts";
import { jobState } from "./jobs.ts";
import type { Outcome } from "./language.ts";
import { forkShell } from "./process.ts";
import { SavedDescriptors, applyRedirects, closeQuietly } from "./redirect.ts";
import type { Shell } from "./shell.ts";
import { fastExpression, finished, runDebugTrap, runSimple } from "./simple-command.ts";
import { formatTimes } from "./time-format.ts";
import { attend, handleSignals } from "./traps.ts";
import { trace } from "./xtrace.ts";

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

// ---- lists ------------------------------------------------------------------------------------------------------------------------------------

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

function* ignoringErrors(shell: Shell, pending: Blocking<number>): Blocking<number> {
  shell.ignoreErrors++;
  try {
    return yield* pending;
  } finally {
    shell.ignoreErrors--;
  }
}

/** Where a failure is only an answer: conditions, `!`, the left side of && and ||. */
function* runGuarded(shell: Shell, command: Command): Blocking<number> {
  shell.ignoreErrors++;
  try {
    const outcome = run(shell, command);
    return typeof outcome === "number" ? outcome : yield* outcome;
  } finally {
    shell.ignoreErrors--;
  }
}

/** A condition without a generator where it can be. */
function condition(shell: Shell, list: List): Outcome {
  shell.ignoreErrors++;
  let outcome: Outcome;
  try {
    outcome = runList(shell, list);
  } catch (error) {
    shell.ignoreErrors--;
    throw error;
  }
  shell.ignoreErrors--;
  return typeof outcome === "number" ? outcome : ignoringErrors(shell, outcome);
}

// ---- pipelines ----------------------------------------------------------------------------------------------------------------------------------

function runPipeline(shell: Shell, node: Pipeline): Outcome {
  if (node.timed !== "no") return runTimed(shell, node);
  return runPipelineBody(shell, node);
}

function runPipelineBody(shell: Shell, node: Pipeline): Outcome {
  const only = node.commands[0];
  if (!only) {
    shell.lastStatus = node.negated ? 1 : 0;
    return shell.lastStatus;
  }
  if (node.commands.length === 1) {
    if (!node.negated) return run(shell, only);
    return negated(shell, only);
  }
  return runPipes(shell, node);
}

function* negated(shell: Shell, command: Command): Blocking<number> {
  let status: number;
  // execute_cmd.c: only a `set -e` that holds already is suspended by `!`
  if (shell.options.errexit || (command.type === "simple" && !shell.functions.has(command.words[0]?.text ?? ""))) status = yield* runGuarded(shell, command);
  else {
    const outcome = run(shell, command);
    status = typeof outcome === "number" ? outcome : yield* outcome;
  }
  if (shell.flow !== "none") return status;
  shell.lastStatus = status === 0 ? 1 : 0;
  return shell.lastStatus;
}

function* runTimed(shell: Shell, node: Pipeline): Blocking<number> {
  const start = { real: shell.sys.clockUs("monotonic"), self: shell.sys.getrusage("self"), children: shell.sys.getrusage("children") };
  const outcome = runPipelineBody(shell, node);
  const status = typeof outcome === "number" ? outcome : yield* outcome;
  const self = shell.sys.getrusage("self");
  const children = shell.sys.getrusage("children");
  yield* shell.errorText(formatTimes(shell, node.timed === "posix", {
    realUs: shell.sys.clockUs("monotonic") - start.real,
    userUs: self.userUs + children.userUs - start.self.userUs - start.children.userUs,
    systemUs: self.systemUs + children.systemUs - start.self.systemUs - start.children.systemUs,
  }));
  return status;
}

function* runPipes(shell: Shell, node: Pipeline): Blocking<number> {
  const started: Started[] = [];
  const commands = node.commands;
  const lastHere = shell.shopts.lastpipe && !shell.jobControl;
  let input: number | undefined;
  let pgid = 0;
  if (shell.sys.charge(commands.length)) yield* attend(shell);
  for (let i = 0; i < commands.length; i++) {
    const command = commands[i];
    if (!command) break;
    const last = i === commands.length - 1;
    if (last && lastHere) break;
    const pipe = last ? undefined : shell.sys.pipe();
    const from: number | undefined = input;
    if (command.type === "simple" && shell.traps.size > 0) {
      if (shell.inTrap === 0) shell.currentNode = command;
      yield* runDebugTrap(shell, command);
    }
    try {
      const pid = forkShell(shell, { subshell: true, pgid }, (child) => pipelineChild(child, command, from, pipe));
      if (pgid === 0) pgid = pid;
      started.push({ pid, text: "", node: command });
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* shell.report(cannotFork(shell, error));
      if (pipe) shell.sys.close(pipe[0]);
      if (pipe) shell.sys.close(pipe[1]);
      break;
    }
    if (from !== undefined) shell.sys.close(from);
    if (pipe) {
      shell.sys.close(pipe[1]);
      input = pipe[0];
    } else input = undefined;
  }
  let status: number;
  if (lastHere && input !== undefined) {
    status = yield* runLastHere(shell, commands[commands.length - 1], input);
    const lastStatus = status;
    status = yield* finishForeground(shell, started, pgid);
    const statuses = [...shell.pipeStatus, lastStatus];
    shell.pipeStatus = statuses;
    status = lastStatus;
    if (shell.options.pipefail && lastStatus === 0) status = [...statuses].reverse().find((item) => item !== 0) ?? 0;
  } else {
    if (input !== undefined) shell.sys.close(input);
    status = yield* finishForeground(shell, started, pgid);
  }
  if (node.negated) {
    shell.lastStatus = status === 0 ? 1 : 0;
    return shell.lastStatus;
  }
  // execute_cmd.c: bash runs the trap for a last ( ) where it waits for it, and again for the pipeline.
  if (!lastHere && commands.at(-1)?.type === "subshell") {
    const early = finished(shell, status);
    if (typeof early !== "number") yield* early;
  }
  const result = finished(shell, status);
  return typeof result === "number" ? result : yield* result;
}

function* runLastHere(shell: Shell, command: Command | undefined, input: number): Blocking<number> {
  const saved = new SavedDescriptors();
  saved.save(shell, 0);
  shell.sys.dup2(input, 0);
  shell.sys.close(input);
  try {
    return command ? yield* runGuarded(shell, command) : 0;
  } finally {
    saved.restore(shell);
  }
}

function* pipelineChild(child: Shell, command: Command, input: number | undefined, pipe: readonly [number, number] | undefined): Blocking<number> {
  const sys = child.sys;
  if (input !== undefined && input !== 0) {
    sys.dup2(input, 0);
    sys.close(input);
  }
  if (pipe) {
    closeQuietly(child, pipe[0]);
    if (pipe[1] !== 1) {
      sys.dup2(pipe[1], 1);
      sys.close(pipe[1]);
    }
  }
  return yield* runChild(child, command);
}

/** In a child made for one command: a program may replace it; `( )` needs no second child. */
function* runChild(child: Shell, command: Command): Blocking<number> {
  child.ignoreErrors = 0;
  child.flow = "none";
  if (command.type === "simple") {
    child.tail = command;
    // the parent runs the ERR trap for an element of a pipeline
    if (!child.functions.has(command.words[0]?.text ?? "")) child.traps.delete("ERR");
  }
  if (command.type === "subshell") {
    const saved = new SavedDescriptors();
    if (!(yield* applyRedirects(child, command.redirects, saved))) return 1;
    return yield* runChildList(child, command.body);
  }
  const outcome = run(child, command);
  return typeof outcome === "number" ? outcome : yield* outcome;
}

export function* runChildList(child: Shell, list: List): Blocking<number> {
  child.flow = "none";
  const item = list.items[0];
  if (list.items.length === 1 && item && !item.background && item.command.type === "simple") child.tail = item.command;
  const outcome = runList(child, list);
  return typeof outcome === "number" ? outcome : yield* outcome;
}

// ---- subshells, background, coprocesses --------------------------------------------------------------------------------------------------------------

function* runSubshell(shell: Shell, node: SubshellCommand): Blocking<number> {
  const errors = shell.ignoreErrors;
  shell.line = node.line;
  if (shell.inTrap === 0) shell.currentNode = node;
  let pid: number;
  try {
    pid = forkShell(shell, { subshell: true, pgid: 0 }, function* (child) {
      child.ignoreErrors = errors;
      const saved = new SavedDescriptors();
      try {
        if (!(yield* applyRedirects(child, node.redirects, saved))) return 1;
      } catch (error) {
        if (isExpansionFailure(error)) return yield* fail(child, error);
        throw error;
      }
      return yield* runChildList(child, node.body);
    });
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* shell.report(cannotFork(shell, error));
    return 254;
  }
  const status = yield* finishForeground(shell, [{ pid, text: "", node }], pid);
  const result = finished(shell, status);
  return typeof result === "number" ? result : yield* result;
}

function* runBackground(shell: Shell, command: Command): Blocking<number> {
  if (command.type === "simple" && command.words[0]?.text.startsWith("%") === true && !shell.dash) {
    const outcome = shell.language.invoke(shell, ["bg", ...(yield* expandWords(shell, command.words))], {});
    return typeof outcome === "number" ? outcome : yield* outcome;
  }
  const processes: { pid: number; text: string; status: undefined }[] = [];
  const pipes = command.type === "pipeline" && command.commands.length > 1 && !command.negated && command.timed === "no" ? command.commands : undefined;
  let pgid = 0;
  try {
    if (pipes) {
      let input: number | undefined;
      pipes.forEach((part, index) => {
        const pipe = index === pipes.length - 1 ? undefined : shell.sys.pipe();
        const from = input;
        const pid = forkShell(shell, { subshell: true, pgid, background: true }, function* (child) {
          if (index === 0 && !child.jobControl && from === undefined) yield* nullInput(child, shell);
          return yield* pipelineChild(child, part, from, pipe);
        });
        if (pgid === 0) pgid = pid;
        processes.push({ pid, text: jobText(shell, part), status: undefined });
        if (from !== undefined) shell.sys.close(from);
        if (pipe) {
          shell.sys.close(pipe[1]);
          input = pipe[0];
        }
      });
    } else {
      const pid = forkShell(shell, { subshell: true, pgid: 0, background: true }, function* (child) {
        yield* nullInput(child, shell);
        return yield* runChild(child, command);
      });
      pgid = pid;
      processes.push({ pid, text: jobText(shell, command), status: undefined });
    }
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* shell.report(cannotFork(shell, error));
    shell.lastStatus = 254;
    return 254;
  }
  if (shell.strict) for (const old of [...shell.jobs.all]) if (old.notified && jobState(old) === "done") shell.jobs.remove(old);
  const job = shell.jobs.add(pgid, processes, processes.map((process) => process.text).join(" | "), shell.jobControl, false, shell.getVariable("PWD") ?? "");
  shell.lastBackground = processes[processes.length - 1]?.pid;
  if (shell.interactive && !shell.isChild && !shell.strict) yield* shell.errorText(`[${job.number}] ${shell.lastBackground}\n`);
  shell.lastStatus = 0;
  shell.pipeStatus = [0];
  return 0;
}

/** Without job control a background command does not read the terminal. */
function* nullInput(child: Shell, parent: Shell): Blocking<void> {
  if (parent.jobControl) return;
  try {
    const fd = yield* child.sys.open("/dev/null", O.RDONLY);
    if (fd !== 0) {
      child.sys.dup2(fd, 0);
      child.sys.close(fd);
    }
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

function* runCoproc(shell: Shell, node: CoprocCommand): Blocking<number> {
  const [outRead, outWrite] = shell.sys.pipe();
  const [inRead, inWrite] = shell.sys.pipe();
  const read = shell.sys.dup(outRead, 63);
  const write = shell.sys.dup(inWrite, 60);
  shell.sys.setCloexec(read, true);
  shell.sys.setCloexec(write, true);
  const pid = forkShell(shell, { subshell: true, pgid: 0, background: true }, function* (child) {
    child.sys.dup2(inRead, 0);
    child.sys.dup2(outWrite, 1);
    for (const fd of [outRead, outWrite, inRead, inWrite, read, write]) if (fd > 1) closeQuietly(child, fd);
    return yield* runChild(child, node.body);
  });
  for (const fd of [outRead, outWrite, inRead, inWrite]) shell.sys.close(fd);
  shell.line = node.line;
  const running = shell.coprocs[0];
  if (running) yield* shell.report(`warning: execute_coproc: coproc [${running.pid}:${running.name}] still exists`);
  const text = `coproc ${node.name} ${printCommand(node.body)}`;
  const job = shell.jobs.add(pid, [{ pid, text, status: undefined }], text, shell.jobControl, false, shell.getVariable("PWD") ?? "");
  shell.coprocs.push({ name: node.name, pid, read, write });
  setArray(shell, node.name, [String(read), String(write)]);
  assignScalar(shell, `${node.name}_PID`, String(pid));
  shell.lastBackground = pid;
  if (shell.interactive && !shell.isChild) yield* shell.errorText(`[${job.number}] ${pid}\n`);
  shell.lastStatus = 0;
  return 0;
}

// ---- conditions and loops ----------------------------------------------------------------------------------------------------------------------------

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

/** After a round of a loop: true when the loop ends. */
function leavesLoop(shell: Shell): boolean {
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

function* runWhile(shell: Shell, node: WhileCommand): Blocking<number> {
  let status = 0;
  shell.loopDepth++;
  try {
    for (;;) {
      if (shell.sys.charge(1) || shell.attention) yield* attend(shell);
      const pending = condition(shell, node.condition);
      const test = typeof pending === "number" ? pending : yield* pending;
      if (leavesLoop(shell)) break;
      if ((test === 0) !== (node.type === "while")) break;
      const outcome = runList(shell, node.body);
      status = typeof outcome === "number" ? outcome : yield* outcome;
      if (leavesLoop(shell)) break;
    }
  } finally {
    shell.loopDepth--;
  }
  if (shell.flow === "none") shell.lastStatus = status;
  return status;
}

function* runFor(shell: Shell, node: ForCommand): Blocking<number> {
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
      const outcome = runList(shell, node.body);
      status = typeof outcome === "number" ? outcome : yield* outcome;
      if (leavesLoop(shell)) break;
    }
  } finally {
    shell.loopDepth--;
  }
  if (shell.flow === "none") shell.lastStatus = status;
  return status;
}

function* runArithmeticFor(shell: Shell, node: ArithmeticForCommand): Blocking<number> {
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
      const outcome = runList(shell, node.body);
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

function* runSelect(shell: Shell, node: ForCommand): Blocking<number> {
  shell.line = node.line;
  let values: readonly string[];
  try {
    values = node.words === undefined ? shell.positional : yield* expandWords(shell, node.words);
  } catch (error) {
    if (isExpansionFailure(error)) return yield* fail(shell, error);
    throw error;
  }
  if (shell.options.xtrace) yield* trace(shell, `select ${node.name} in ${node.words === undefined ? '"$@"' : node.words.map((word) => word.text).join(" ")}`);
  if (values.length === 0) return 0;
  let status = 0;
  shell.loopDepth++;
  let show = true;
  try {
    for (;;) {
      if (shell.attention) yield* attend(shell);
      if (show) yield* shell.errorText(selectMenu(values, Number.parseInt(shell.getVariable("COLUMNS") ?? "", 10) || 80));
      yield* shell.errorText((yield* shell.language.expandString(shell, promptWord(shell.getVariable("PS3") ?? "#? "))));
      const line = yield* readSelectLine(shell);
      if (line === undefined) {
        yield* shell.writeText(1, "\n");
        status = 1;
        break;
      }
      assignScalar(shell, "REPLY", line);
      show = line.trim() === "";
      if (show) continue;
      const number = /^\s*[0-9]+\s*$/.test(line) ? Number(line) : 0;
      assignScalar(shell, node.name, values[number - 1] ?? "");
      const outcome = runList(shell, node.body);
      status = typeof outcome === "number" ? outcome : yield* outcome;
      if (leavesLoop(shell)) break;
      show = (shell.getVariable("REPLY") ?? "") === "";
    }
  } finally {
    shell.loopDepth--;
  }
  if (shell.flow === "none") shell.lastStatus = status;
  return status;
}

function promptWord(text: string): Word {
  return new Word(text, [], "heredoc");
}

function* readSelectLine(shell: Shell): Blocking<string | undefined> {
  const bytes: number[] = [];
  for (;;) {
    let chunk: Uint8Array;
    try {
      chunk = yield* shell.sys.read(0, 1);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (error.errno !== "EINTR") return undefined;
      yield* handleSignals(shell);
      continue;
    }
    const byte = chunk[0];
    if (byte === undefined) return bytes.length > 0 ? decodeBytes(bytes) : undefined;
    if (byte === 10) return decodeBytes(bytes);
    bytes.push(byte);
  }
}

function decodeBytes(bytes: readonly number[]): string {
  return decode(Uint8Array.from(bytes));
}

/** Columns that run downwards, as execute_cmd.c: print_select_list lays them out; the first has narrower numbers. */
function selectMenu(values: readonly string[], screenColumns: number): string {
  const digits = String(values.length).length;
  const cell = Math.max(...values.map((value) => textWidth(value))) + digits + 2 + 2;
  let columns = Math.max(1, Math.floor(screenColumns / cell));
  let rows = Math.ceil(values.length / columns);
  columns = Math.ceil(values.length / rows);
  if (rows === 1) {
    rows = columns;
    columns = 1;
  }
  const firstDigits = String(rows).length;
  let out = "";
  for (let row = 0; row < rows; row++) {
    let position = 0;
    for (let index = row; index < values.length; index += rows) {
      const width = position === 0 ? firstDigits : digits;
      const value = values[index] ?? "";
      out += `${String(index + 1).padStart(width)}) ${value}`;
      if (index + rows < values.length) out += blanks(position + width + 2 + textWidth(value), position + cell);
      position += cell;
    }
    out += "\n";
  }
  return out;
}

/** From one column to another with tabs where they reach. */
function blanks(from: number, to: number): string {
  let out = "";
  for (let at = from; at < to; ) {
    if (Math.floor(to / 8) > Math.floor(at / 8)) {
      out += "\t";
      at += 8 - (at % 8);
    } else {
      out += " ";
      at++;
    }
  }
  return out;
}

function* runCase(shell: Shell, node: CaseCommand): Blocking<number> {
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
        const outcome = runList(shell, clause.body);
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

function runArithmetic(shell: Shell, node: ArithmeticCommand): Outcome {
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

function runConditional(shell: Shell, node: ConditionalCommand): Outcome {
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

// ---- functions ----------------------------------------------------------------------------------------------------------------------------------------

function defineFunction(shell: Shell, node: FunctionCommand): Outcome {
  const old = shell.functions.get(node.name);
  shell.line = node.line;
  if (old?.readonly) return refuseFunction(shell, node.name);
  if (shell.options.posix && !isName(node.name)) return invalidFunction(shell, node.name);
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

function* invalidFunction(shell: Shell, name: string): Blocking<number> {
  yield* shell.report(`\`${name}': not a valid identifier`);
  shell.lastStatus = 1;
  if (shell.options.posix) throw new ShellExit(2);
  return 1;
}
