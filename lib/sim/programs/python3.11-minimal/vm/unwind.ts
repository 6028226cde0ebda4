// Exceptions on their way out through the frames.
import { exceptions, type PyException, PyRaise, runtimeError } from "../objects/exception.ts";
import { types } from "../objects/value.ts";
import { type Frame, RETURN } from "./frame.ts";
import type { Vm } from "./vm.ts";

/** A handled exception raised again: its traceback has this frame already. */
export class Again extends PyRaise {}

/** The exception that is being handled where this frame runs. */
export function handledException(frame: Frame | undefined): PyException | null {
  for (let at = frame; at; at = at.back) if (at.handled) return at.handled;
  return null;
}

/**
 * Finds who handles what was thrown, from `frame` outwards, and readies that frame to go on there. Throws it on when the frames that this run
 * entered do not handle it.
 */
export function unwind(vm: Vm, start: Frame, thrown: unknown): Frame {
  let exception = vm.exceptionOf(thrown);
  let again = thrown instanceof Again;
  if (!again && !(thrown instanceof PyRaise && thrown.settled)) {
    const handled = handledException(start);
    if (handled && handled !== exception) setContext(exception, handled);
  }
  let frame = start;
  for (;;) {
    if (!again) exception.traceback.push({ code: frame.code, at: Math.max(0, frame.pc - 1), globals: frame.globals });
    again = false;
    const block = frame.blocks?.pop();
    if (block) {
      frame.handled = block.handled;
      frame.sp = block.level;
      frame.stack[frame.sp++] = exception;
      frame.pc = block.handler;
      return frame;
    }
    vm.depth--;
    const { generator } = frame;
    if (generator) {
      generator.state = "finished";
      if (exception.cls.isSubclassOf(exceptions.StopIteration)) {
        const replaced = runtimeError(`${generator.cls === types.generator ? "generator" : "coroutine"} raised StopIteration`).exception;
        replaced.cause = exception;
        replaced.context = exception;
        replaced.suppressContext = true;
        replaced.traceback.push({ code: frame.code, at: Math.max(0, frame.pc - 1), globals: frame.globals });
        exception = replaced;
      }
    }
    const { back } = frame;
    if (frame.returns === RETURN.leave) {
      vm.frame = back;
      const raised = new PyRaise(exception);
      raised.settled = true;
      throw raised;
    }
    frame = back as Frame;
  }
}

function setContext(exception: PyException, handled: PyException): void {
  // A chain that leads back is cut, as _PyErr_SetObject does.
  for (let at: PyException | null = handled; at; at = at.context) {
    if (at.context === exception) {
      at.context = null;
      break;
    }
  }
  exception.context = handled;
}
