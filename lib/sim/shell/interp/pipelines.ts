// Pipelines, `!` and `time`.
import { type Blocking, SysError } from "../../kernel/sys.ts";
import type { Command, Pipeline } from "../syntax/tree.ts";
import { pipelineChild } from "./children.ts";
import { cannotFork } from "./failure.ts";
import { finishForeground, type Started } from "./foreground.ts";
import { runGuarded } from "./guarded.ts";
import type { Outcome } from "./language.ts";
import { forkShell, lookUp } from "./process.ts";
import { SavedDescriptors } from "./redirect.ts";
import type { Shell } from "./shell.ts";
import { finished, runDebugTrap } from "./command-end.ts";
import { badTimeFormat, formatTimes } from "./time-format.ts";
import { attend } from "./traps.ts";

export function runPipeline(shell: Shell, node: Pipeline): Outcome {
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
    if (!node.negated) return shell.language.run(shell, only);
    return negated(shell, only);
  }
  return runPipes(shell, node);
}

function* negated(shell: Shell, command: Command): Blocking<number> {
  let status: number;
  // execute_cmd.c: only a `set -e` that holds already is suspended by `!`
  if (shell.options.errexit || (command.type === "simple" && !shell.functions.has(command.words[0]?.text ?? ""))) status = yield* runGuarded(shell, command);
  else {
    shell.inverted = command;
    const outcome = shell.language.run(shell, command);
    status = typeof outcome === "number" ? outcome : yield* outcome;
    shell.inverted = undefined;
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
  const bad = node.timed === "posix" ? undefined : badTimeFormat(shell.getVariable("TIMEFORMAT") ?? "");
  if (bad !== undefined) yield* shell.report(`TIMEFORMAT: \`${bad}': invalid format character`);
  yield* shell.errorText(formatTimes(shell, node.timed === "posix" ? "time -p" : shell.options.posix && node.commands.length === 0 ? "alone" : "time", {
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
    // dash's own table learns the names of programs before it forks (eval.c: prehash)
    if (shell.strict && command.type === "simple") prehash(shell, command.words[0]?.text ?? "");
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

function prehash(shell: Shell, name: string): void {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !shell.functions.has(name) && !shell.language.isBuiltin(shell, name)) lookUp(shell, name);
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
