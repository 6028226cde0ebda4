// Processes: system, exec, `...`, pipes to commands, fork, wait, kill, exit (perlfunc(1), perlipc(1)).

import { SIGNALS, SysError, type WaitStatus } from "../../../kernel/sys.ts";
import { execSearching } from "../../kit/exec-path.ts";
import { latin1 } from "../../kit/latin1.ts";
import { int, num, text } from "../values/convert.ts";
import { type Glob, PerlError, PerlExit, type Run, type Value } from "../values/value.ts";
import { forkVm } from "../vm/fork.ts";
import { Handle } from "../vm/handle.ts";
import type { Vm } from "../vm/vm.ts";
import { define } from "./registry.ts";
import type { Sys } from "../../../kernel/sys.ts";

/** As $? has it (wait(2)). */
function waitWord(status: WaitStatus): number {
  switch (status.kind) {
    case "exited":
      return (status.status & 255) << 8;
    case "signaled":
      return status.signal | (status.coreDumped ? 128 : 0);
    default:
      return 0;
  }
}

export function* reap(vm: Vm, pid: number): Run<number> {
  for (;;) {
    try {
      const waited = yield* vm.sys.waitpid(pid);
      return waited ? waitWord(waited.status) : 0;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (error.errno !== "EINTR") {
        vm.setErrno(error);
        return -1;
      }
      yield* vm.deliverSignals();
    }
  }
}

/** perl gives a command to the shell only when it has something for it (doio.c). */
function wordsOf(command: string): string[] | undefined {
  if (/[$&*(){}[\]'";\\|?<>~`\n]/.test(command) || /^\s*(?:exec|\w+=)/.test(command)) return undefined;
  const words = command.trim().split(/\s+/);
  return words[0] === "" ? [] : words;
}

function* become(vm: Vm, sys: Sys, command: readonly string[]): Run<SysError> {
  const environment = vm.environment();
  const [only] = command;
  if (command.length === 1 && only !== undefined) {
    const words = wordsOf(only);
    if (words) return yield* execSearching(sys, vm.path(words[0] ?? ""), words.map((word) => vm.path(word)), environment, environment.get("PATH"));
    try {
      yield* sys.exec("/bin/sh", ["sh", "-c", vm.path(only)], environment);
    } catch (error) {
      if (error instanceof SysError) return error;
      throw error;
    }
  }
  return yield* execSearching(sys, vm.path(only ?? ""), command.map((word) => vm.path(word)), environment, environment.get("PATH"));
}

/** A child that becomes the command; what keeps it from doing so is told through a pipe, as perl does. */
function* spawn(vm: Vm, command: readonly string[], prepare: (sys: Sys) => void): Run<number | SysError> {
  const [from, to] = vm.sys.pipe();
  vm.sys.setCloexec(to, true);
  vm.sys.setCloexec(from, true);
  const failure: { error?: SysError } = {};
  const pid = vm.sys.fork(function* (sys) {
    sys.close(from);
    prepare(sys);
    for (const signal of [SIGNALS.INT, SIGNALS.QUIT]) if (vm.ignoredBySystem.has(signal)) sys.sigaction(signal, "default");
    const error = yield* become(vm, sys, command);
    failure.error = error;
    yield* sys.write(to, new Uint8Array([1]));
    return 255;
  });
  vm.sys.close(to);
  let told = new Uint8Array(0);
  for (;;) {
    try {
      told = new Uint8Array(yield* vm.sys.read(from, 1));
      break;
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
    }
  }
  vm.sys.close(from);
  if (told.length > 0 && failure.error) {
    yield* reap(vm, pid);
    return failure.error;
  }
  return pid;
}

function* system(vm: Vm, args: Value[]): Run<Value> {
  yield* vm.flushAll();
  const command = args.map(text);
  const kept = [SIGNALS.INT, SIGNALS.QUIT].map((signal) => [signal, vm.sys.sigaction(signal, "ignore")] as const);
  for (const [signal, before] of kept) if (before !== "ignore") vm.ignoredBySystem.add(signal);
  try {
    const pid = yield* spawn(vm, command, () => undefined);
    if (typeof pid !== "number") {
      vm.setErrno(pid);
      vm.childStatus = -1;
      if (vm.warns("exec")) vm.warn(`Can't exec "${command.length === 1 ? (wordsOf(command[0] ?? "") ?? command)[0] ?? "" : command[0]}": ${pid.message}`);
      return -1;
    }
    vm.childStatus = yield* reap(vm, pid);
    return vm.childStatus;
  } finally {
    for (const [signal, before] of kept) vm.sys.sigaction(signal, before);
    vm.ignoredBySystem.clear();
  }
}
define("system", "L", (vm, args) => system(vm, args));
define("exec", "L", function* (vm, args): Run<Value> {
  yield* vm.flushAll();
  const command = args.map(text);
  const error = yield* become(vm, vm.sys, command);
  vm.setErrno(error);
  if (vm.warns("exec")) vm.warn(`Can't exec "${command.length === 1 ? (wordsOf(command[0] ?? "") ?? command)[0] ?? "" : command[0]}": ${error.message}`);
  return "";
});

/** `command`: its output; $? is set. */
export function* captureCommand(vm: Vm, command: string): Run<string | undefined> {
  yield* vm.flushAll();
  const [from, to] = vm.sys.pipe();
  vm.sys.setCloexec(from, true);
  const pid = yield* spawn(vm, [command], (sys) => {
    sys.dup2(to, 1);
    if (to !== 1) sys.close(to);
  });
  vm.sys.close(to);
  if (typeof pid !== "number") {
    vm.sys.close(from);
    vm.setErrno(pid);
    vm.childStatus = -1;
    if (vm.warns("exec")) vm.warn(`Can't exec "${(wordsOf(command) ?? [command])[0] ?? ""}": ${pid.message}`);
    return undefined;
  }
  let out = "";
  for (;;) {
    try {
      const bytes = yield* vm.sys.read(from, 65536);
      if (bytes.length === 0) break;
      out += latin1(bytes);
      if (out.length > 1 << 20) vm.reserve(bytes.length);
      if (out.length > 1 << 28) throw new PerlError("Out of memory!\n", true);
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
    }
  }
  vm.sys.close(from);
  vm.childStatus = yield* reap(vm, pid);
  return out;
}

/** open with -| or |-: the command's other end. "-" forks. */
export function* openCommand(vm: Vm, glob: Glob, mode: "-|" | "|-", command: string[], layer: string): Run<Handle | number> {
  yield* vm.flushAll();
  const [from, to] = vm.sys.pipe();
  const reads = mode === "-|";
  vm.sys.setCloexec(reads ? from : to, true);
  if (command.length === 1 && command[0] === "-") throw new PerlError("Forking open is not simulated");
  const pid = yield* spawn(vm, command, (sys) => {
    if (reads) {
      sys.dup2(to, 1);
      if (to !== 1) sys.close(to);
    } else {
      sys.dup2(from, 0);
      if (from !== 0) sys.close(from);
    }
  });
  vm.sys.close(reads ? to : from);
  if (typeof pid !== "number") {
    vm.sys.close(reads ? from : to);
    if (vm.warns("exec")) vm.warn(`Can't exec "${command.length === 1 ? (wordsOf(command[0] ?? "") ?? command)[0] ?? "" : command[0]}": ${pid.message}`);
    throw pid;
  }
  const io = new Handle(reads ? from : to, glob.name, reads, !reads);
  io.pid = pid;
  if (/utf-?8/i.test(layer)) io.utf8 = true;
  return io;
}

define("fork", "", function* (vm): Run<Value> {
  yield* vm.flushAll();
  try {
    return forkVm(vm);
  } catch (error) {
    vm.setErrno(error);
    return undefined;
  }
});
function* waitFor(vm: Vm, pid: number, flags: number): Run<Value> {
  for (;;) {
    try {
      const waited = yield* vm.sys.waitpid(pid, flags & 1 ? { nohang: true } : {});
      if (!waited) return 0;
      vm.childStatus = waitWord(waited.status);
      return waited.pid;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (error.errno === "EINTR") {
        yield* vm.deliverSignals();
        continue;
      }
      vm.setErrno(error);
      vm.childStatus = -1;
      return -1;
    }
  }
}
define("wait", "", (vm) => waitFor(vm, -1, 0));
define("waitpid", "SS", (vm, [pid, flags]) => waitFor(vm, int(pid), int(flags)));
define("kill", "SL", (vm, [signal, ...pids]) => {
  const name = text(signal);
  const negative = name.startsWith("-");
  const plain = name.replace(/^-/, "").replace(/^SIG/, "");
  const number = /^\d+$/.test(plain) ? Number(plain) : plain === "ZERO" ? 0 : Object.entries(SIGNALS).find(([one]) => one === plain)?.[1];
  if (number === undefined) throw new PerlError(`Unrecognized signal name "${plain}"`);
  let count = 0;
  for (const pid of pids) {
    try {
      vm.sys.kill(negative ? -int(pid) : int(pid), number);
      count++;
    } catch (error) {
      vm.setErrno(error);
    }
  }
  vm.budget = Math.min(vm.budget, 0);
  return count;
});
define("getppid", "", (vm) => vm.sys.getppid());
define("getpgrp", "?S", (vm, [pid]) => vm.sys.getpgid(pid === undefined ? undefined : int(pid)));
define("setpgrp", "?SS", (vm, [pid, group]) => {
  vm.sys.setpgid(int(pid), int(group));
  return 1;
});
define("getpriority", "SS", (vm, [, pid]) => vm.sys.getpriority(int(pid) || undefined));
define("setpriority", "SSS", (vm, [, pid, nice]) => {
  vm.sys.setpriority(int(nice), int(pid) || undefined);
  return 1;
});
define("sleep", "?S", function* (vm, [seconds]): Run<Value> {
  yield* vm.flushTerminal();
  const begun = vm.sys.clockUs("monotonic");
  try {
    if (seconds === undefined) yield* vm.sys.pause();
    else yield* vm.sys.sleep(Math.max(0, int(seconds)) * 1e6);
  } catch (error) {
    if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
    yield* vm.deliverSignals();
  }
  return Math.round((vm.sys.clockUs("monotonic") - begun) / 1e6);
});
define("alarm", "S", (vm, [seconds]) => Math.ceil(vm.sys.alarm(Math.round(num(seconds) * 1e6)) / 1e6));
define("times", "", (vm) => {
  const own = vm.sys.getrusage("self");
  const children = vm.sys.getrusage("children");
  return [own.userUs / 1e6, own.systemUs / 1e6, children.userUs / 1e6, children.systemUs / 1e6];
});
define("exit", "?S", (_vm, [status]) => {
  throw new PerlExit(status === undefined ? 0 : int(status));
});

