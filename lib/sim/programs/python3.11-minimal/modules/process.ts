// _process, signal: children, signals and what subprocess (python/subprocess.ts) needs of the kernel.

import { decode, encode, errnoNumber, POLL, SIGNALS, strsignal, type Sys, SysError } from "../../../kernel/sys.ts";
import { declareFunctions } from "../objects/declare.ts";
import { osError, typeError, valueError } from "../objects/exception.ts";
import { joinBytes } from "../objects/text.ts";
import { begin, PyBytes, PyFloat, PyTuple, type Run, settle, unwrap, type Value } from "../objects/value.ts";
import { collect } from "../vm/iterate.ts";
import { mappingItems } from "../vm/mapping.ts";
import type { Vm } from "../vm/vm.ts";
import { registerModule } from "./registry.ts";
import { source } from "./python/signal.ts";

const FAILED = 255;

function word(value: Value): string {
  if (typeof value === "string") return value;
  if (value instanceof PyBytes) return decode(value.bytes);
  throw typeError("expected str, bytes or os.PathLike object");
}

/** In the child, after fork: descriptors, directory, session, then the program along its candidates. */
function* becomeProgram(sys: Sys, report: number, candidates: readonly string[], argv: readonly string[], environment: ReadonlyMap<string, string>, directory: string | undefined, streams: readonly number[], newSession: boolean) {
  let stage = "chdir";
  try {
    // The descriptors are moved out of each other's way first.
    const moved = streams.map((fd, target) => (fd >= 0 && fd < 3 && fd !== target ? sys.dup(fd) : fd));
    for (const [target, fd] of moved.entries()) {
      if (fd < 0) continue;
      if (fd === target) sys.setCloexec(fd, false);
      else sys.dup2(fd, target);
    }
    if (newSession) sys.setsid();
    if (directory !== undefined) sys.chdir(directory);
    stage = "exec";
    let last: SysError | undefined;
    for (const path of candidates) {
      try {
        return yield* sys.exec(path, argv, environment);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        if (last === undefined || (error.errno !== "ENOENT" && error.errno !== "ENOTDIR")) last = error;
      }
    }
    throw last ?? new SysError("ENOENT");
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* sys.write(report, encode(`${stage}:${errnoNumber(error.errno)}:${error.message}`));
    return FAILED;
  }
}

/**
 * Writes to one pipe and reads from two until all have ended or the time is over, whichever of them is ready: neither side waits for the other in vain.
 * Closes the first when all is written. Gives: whether it was in time, what was written (-1: all), what was read.
 */
function* exchange(vm: Vm, input: number, output: number, errors: number, data: Uint8Array, timeoutUs: number): Run<Value> {
  const deadlineUs = timeoutUs < 0 ? undefined : vm.sys.clockUs("monotonic") + timeoutUs;
  const read: Uint8Array[][] = [[], []];
  const open = new Set([output, errors].filter((fd) => fd >= 0));
  let sent = 0;
  let feeding = input >= 0;
  const result = (inTime: boolean) => new PyTuple([inTime, feeding ? sent : -1, ...read.map((parts) => new PyBytes(joinBytes(parts)))]);
  const endInput = () => {
    feeding = false;
    vm.sys.close(input);
  };
  if (feeding && data.length === 0) endInput();
  while (feeding || open.size > 0) {
    const leftUs = deadlineUs === undefined ? null : deadlineUs - vm.sys.clockUs("monotonic");
    if (leftUs !== null && leftUs <= 0) return result(false);
    const wanted = [...(feeding ? [{ fd: input, events: POLL.OUT }] : []), ...[...open].map((fd) => ({ fd, events: POLL.IN }))];
    if (vm.threads.several) yield* vm.threads.park({ descriptors: wanted, untilUs: deadlineUs });
    const ready = yield* vm.retry(() => vm.sys.poll(wanted, vm.threads.several ? 0 : leftUs));
    for (const { fd } of ready) {
      if (fd === input && feeding) {
        try {
          // No more than a pipe takes without making its writer wait (pipe(7), PIPE_BUF).
          sent += yield* vm.retry(() => vm.sys.write(input, data.subarray(sent, sent + 4096)));
          if (sent >= data.length) endInput();
        } catch (error) {
          if (!(error instanceof SysError) || error.errno !== "EPIPE") throw error;
          endInput();
        }
      } else {
        const bytes = yield* vm.retry(() => vm.sys.read(fd, 65536));
        if (bytes.length === 0) open.delete(fd);
        else read[fd === output ? 0 : 1]?.push(bytes);
      }
    }
  }
  return result(true);
}

const processFunctions = declareFunctions({
  "spawn(candidates, argv, cwd, env, fd0, fd1, fd2, new_session, /)": (vm, candidates: Value, argv: Value, cwd: Value, env: Value, fd0: number, fd1: number, fd2: number, newSession: Value) => begin((function* (): Run<Value> {
    const paths = (yield* settle(collect(vm, candidates))).map(word);
    const words = (yield* settle(collect(vm, argv))).map(word);
    const environment = new Map<string, string>();
    for (const [key, value] of yield* mappingItems(vm, env, "environment can only contain strings")) environment.set(word(key), word(value));
    const directory = cwd === null ? undefined : word(cwd);
    yield* vm.streams.closeLost(vm);
    const [from, to] = vm.sys.pipe();
    vm.sys.setCloexec(from, true);
    vm.sys.setCloexec(to, true);
    const pid = vm.sys.fork((child) => becomeProgram(child, to, paths, words, environment, directory, [fd0, fd1, fd2], newSession === true));
    vm.sys.close(to);
    let report = "";
    for (;;) {
      const bytes = yield* vm.retry(() => vm.sys.read(from, 512));
      if (bytes.length === 0) break;
      report += decode(bytes);
    }
    vm.sys.close(from);
    if (report === "") return pid;
    yield* vm.retry(() => vm.sys.waitpid(pid));
    const [stage = "", number = "2", message = ""] = report.split(":");
    throw osError(Number(number), message, stage === "chdir" ? cwd : (words[0] ?? ""));
  })()),
  "exchange(input, output, errors, data, timeout, /)": (vm, input: number, output: number, errors: number, data: Value, timeout: Value) => begin((function* (): Run<Value> {
    return yield* exchange(vm, input, output, errors, data instanceof PyBytes ? data.bytes : new Uint8Array(0), timeout instanceof PyFloat ? timeout.value * 1e6 : -1);
  })()),
});

registerModule("_process", { names: () => new Map<string, Value>(processFunctions) });

function signalNumber(value: Value): number {
  const number = Number(unwrap(value));
  if (!Number.isInteger(number) || number < 1 || number > 64) throw valueError("signal number out of range");
  return number;
}

const signalFunctions = declareFunctions({
  "_signal(number, handler, /)": (vm, value: Value, handler: Value) => {
    const number = signalNumber(value);
    const before = vm.signalHandlers.get(number) ?? (number === SIGNALS.INT ? "int" : "default");
    if (number === SIGNALS.KILL || number === SIGNALS.STOP) throw osError(22, "Invalid argument");
    if (handler === 0) {
      vm.signalHandlers.delete(number);
      vm.sys.sigaction(number, "default");
    } else if (handler === 1) {
      vm.signalHandlers.set(number, "ignore");
      vm.sys.sigaction(number, "ignore");
    } else if (handler === 2) {
      vm.signalHandlers.delete(number);
      vm.sys.sigaction(number, "catch");
    } else {
      vm.signalHandlers.set(number, handler);
      vm.sys.sigaction(number, "catch");
    }
    return before === "default" ? 0 : before === "ignore" ? 1 : before === "int" ? 2 : (before as Value);
  },
  "_getsignal(number, /)": (vm, value: Value) => {
    const known = vm.signalHandlers.get(signalNumber(value));
    return known === undefined ? (Number(value) === SIGNALS.INT ? 2 : 0) : known === "ignore" ? 1 : known === "default" ? 0 : (known as Value);
  },
  "alarm(seconds, /)": (vm, seconds: number) => Math.ceil(vm.sys.alarm(Number(seconds) * 1e6) / 1e6),
  "pause()": (vm) => begin((function* (): Run<Value> {
    yield* vm.retry(() => vm.sys.pause());
    yield* vm.rest();
    return null;
  })()),
  "raise_signal(number, /)": (vm, value: Value) => begin((function* (): Run<Value> {
    vm.sys.kill(vm.sys.getpid(), signalNumber(value));
    yield* vm.rest();
    return null;
  })()),
  "strsignal(number, /)": (_vm, value: Value) => strsignal(signalNumber(value)),
});

registerModule("signal", {
  source,
  names: () => new Map<string, Value>([...signalFunctions, ["_numbers", new PyTuple(Object.entries(SIGNALS).map(([name, number]) => new PyTuple([`SIG${name}`, number])))]]),
});

