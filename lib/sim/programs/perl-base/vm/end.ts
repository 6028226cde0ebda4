// How a program ends: END blocks, buffers, the exit status (perlfunc(1), die).

import { SysError } from "../../../kernel/sys.ts";
import { text } from "../values/convert.ts";
import { PerlDie, PerlExit, type Run } from "../values/value.ts";
import { stringOf } from "./overload.ts";
import type { Vm } from "./vm.ts";

/** Runs to the end; the result is the exit status. */
export function* endProcess(vm: Vm, running: Run<void>): Run<number> {
  let status = yield* outcome(vm, running);
  vm.childStatus = status;
  while (vm.ends.length > 0) {
    const code = vm.ends.pop();
    if (!code) continue;
    vm.resetStacks();
    const ended = yield* outcome(vm, (function* () {
      yield* vm.call(code, [], undefined);
    })());
    if (ended !== 0) vm.childStatus = ended;
    status = vm.childStatus > 255 ? vm.childStatus >> 8 : vm.childStatus;
  }
  yield* vm.showWarnings();
  for (const handle of [...vm.handles]) {
    try {
      yield* handle.flush(vm.sys);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (handle.fd === 1) {
        vm.setErrno(error);
        yield* vm.writeError(`Unable to flush stdout: ${error.message}\n`);
        return error.errno === "EPIPE" ? status : 28;
      }
    }
  }
  return status & 255;
}

/** The status that a run ends with; what die said goes to standard error. */
function* outcome(vm: Vm, running: Run<void>): Run<number> {
  try {
    yield* running;
    return 0;
  } catch (thrown) {
    if (thrown instanceof PerlExit) {
      yield* vm.showWarnings();
      if (thrown.note !== "") yield* vm.writeError(thrown.note);
      return thrown.status & 0xffff;
    }
    const die = thrown instanceof PerlDie ? thrown : yield* vm.dieOf(thrown);
    yield* vm.showWarnings();
    const made = stringOf(vm, die.value);
    let message: string;
    try {
      message = typeof made === "string" ? made : yield* made;
    } catch {
      message = text(die.value);
    }
    if (vm.errno.value === 0 || message !== "") yield* vm.writeError(message);
    const errno = vm.errno.value & 255;
    const child = (vm.childStatus >> 8) & 255;
    return errno !== 0 ? errno : child !== 0 ? child : 255;
  }
}
