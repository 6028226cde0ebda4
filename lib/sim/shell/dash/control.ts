// break, continue, return, exit, shift and exec of dash (eval.c, main.c, options.c): their numbers are digits alone.
import type { Outcome } from "../interp/language.ts";
import { type Flow, ShellExit } from "../interp/flow.ts";
import { execProgram, searchPath } from "../interp/process.ts";
import type { Shell } from "../interp/shell.ts";
import { type Builtin, BuiltinError } from "../builtins/builtin.ts";
import { wholeNumber, illegal } from "./number.ts";

function leaveLoops(shell: Shell, args: readonly string[], flow: Flow): Outcome {
  const count = args[1] === undefined ? 1 : wholeNumber(args[1]);
  if (count === 0) throw illegal(args[1] ?? "");
  if (shell.loopDepth === 0) return 0;
  shell.flow = flow;
  shell.flowCount = Math.min(count, shell.loopDepth);
  return 0;
}

export const dashBreak: Builtin = { name: "break", usage: "", help: "", special: true, run: (shell, args) => leaveLoops(shell, args, "break") };
export const dashContinue: Builtin = { name: "continue", usage: "", help: "", special: true, run: (shell, args) => leaveLoops(shell, args, "continue") };

export const dashReturn: Builtin = {
  name: "return", usage: "", help: "", special: true,
  run(shell, args) {
    const status = args[1] === undefined ? shell.lastStatus : wholeNumber(args[1]);
    shell.flow = "return";
    shell.lastStatus = status;
    return status;
  },
};

export const dashExit: Builtin = {
  name: "exit", usage: "", help: "", special: true,
  *run(shell, args) {
    if (shell.interactive && !shell.isChild && !shell.exitWarned && shell.jobs.all.some((job) => job.processes.some((process) => process.status?.kind === "stopped"))) {
      yield* shell.errorText("You have stopped jobs.\n");
      shell.exitWarned = true;
      shell.exitWarnedAt = shell.commandNumber;
      return 0;
    }
    throw new ShellExit((args[1] === undefined ? shell.lastStatus : wholeNumber(args[1])) & 255);
  },
};

export const dashShift: Builtin = {
  name: "shift", usage: "", help: "", special: true,
  run(shell, args) {
    const count = args[1] === undefined ? 1 : wholeNumber(args[1]);
    if (count > shell.positional.length) throw new BuiltinError("can't shift that many", 2);
    shell.positional = shell.positional.slice(count);
    return 0;
  },
};

/** Takes no options: "--" is a program's name. */
export const dashExec: Builtin = {
  name: "exec", usage: "", help: "", special: true, exec: true,
  *run(shell, args) {
    const [name, ...rest] = args.slice(1);
    if (name === undefined) return 0;
    const found = name.includes("/") ? ({ kind: "found", path: name } as const) : searchPath(shell, name);
    let status = 127;
    if (found.kind === "missing") yield* shell.complain(`${name}: not found`);
    else status = yield* execProgram(shell, found.path, [name, ...rest], shell.environment());
    throw new ShellExit(status, true);
  },
};
