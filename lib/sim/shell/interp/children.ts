// What runs in a process of its own: elements of pipelines, ( ), commands in the background, coprocesses.
import { type Blocking, O, SysError } from "../../kernel/sys.ts";
import { expandWords } from "../expand/words.ts";
import { printCommand } from "../syntax/printer.ts";
import type { Command, CoprocCommand, List, SubshellCommand } from "../syntax/tree.ts";
import { assignScalar, isName, setArray } from "./assign.ts";
import { cannotFork, fail, isExpansionFailure } from "./failure.ts";
import { finishForeground, jobText } from "./foreground.ts";
import { jobState } from "./jobs.ts";
import { forkShell } from "./process.ts";
import { applyRedirects, closeQuietly, SavedDescriptors } from "./redirect.ts";
import type { Shell } from "./shell.ts";
import { finished } from "./command-end.ts";

export function* pipelineChild(child: Shell, command: Command, input: number | undefined, pipe: readonly [number, number] | undefined): Blocking<number> {
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
  const outcome = child.language.run(child, command);
  return typeof outcome === "number" ? outcome : yield* outcome;
}

export function* runChildList(child: Shell, list: List): Blocking<number> {
  child.flow = "none";
  const item = list.items[0];
  if (list.items.length === 1 && item && !item.background && item.command.type === "simple") child.tail = item.command;
  const outcome = child.language.run(child, list);
  return typeof outcome === "number" ? outcome : yield* outcome;
}

export function* runSubshell(shell: Shell, node: SubshellCommand): Blocking<number> {
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
  const result = finished(shell, status, node);
  return typeof result === "number" ? result : yield* result;
}

export function* runBackground(shell: Shell, given: Command): Blocking<number> {
  // in the background `!` inverts nothing (execute_cmd.c: the child's status is the command's); jobs show it before compound commands
  const inverted = !shell.dash && given.type === "pipeline" && given.negated && given.timed === "no" ? given : undefined;
  const only = inverted?.commands.length === 1 ? inverted.commands[0] : undefined;
  const command = only ?? given;
  const text = only === undefined || only.type === "simple" ? jobText(shell, command) : `! ${jobText(shell, command)}`;
  if (command.type === "simple" && command.words[0]?.text.startsWith("%") === true && !shell.dash) {
    const outcome = shell.language.invoke(shell, ["bg", ...(yield* expandWords(shell, command.words))], {});
    return typeof outcome === "number" ? outcome : yield* outcome;
  }
  const processes: { pid: number; text: string; status: undefined }[] = [];
  const pipes = command.type === "pipeline" && command.commands.length > 1 && (inverted !== undefined || !command.negated) && command.timed === "no" ? command.commands : undefined;
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
      const compound = command.type === "simple" || command.type === "pipeline" ? {} : { compound: command.type === "subshell" ? "subshell" : "group" } as const;
      const pid = forkShell(shell, { subshell: true, pgid: 0, background: true, ...compound }, function* (child) {
        yield* nullInput(child, shell);
        return yield* runChild(child, command);
      });
      pgid = pid;
      processes.push({ pid, text, status: undefined });
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

export function* runCoproc(shell: Shell, node: CoprocCommand): Blocking<number> {
  if (!isName(node.name)) {
    yield* shell.report(`\`${node.name}': not a valid identifier`);
    shell.lastStatus = 1;
    return 1;
  }
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
