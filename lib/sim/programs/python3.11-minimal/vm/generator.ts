// Generators and coroutines: resuming, throwing into, closing, delegating.

import { exceptions, PyException, PyRaise, runtimeError, stopIteration, typeError, valueError } from "../objects/exception.ts";
import { begin, type Eventual, PyClass, type Run, settle, Suspended, types, typeOf, type Value } from "../objects/value.ts";
import { findAttribute } from "./attribute.ts";
import { call, callMethod } from "./call.ts";
import { PyGenerator } from "./frame.ts";
import { isStopIteration, iterate, next } from "./iterate.ts";
import type { Vm } from "./vm.ts";

function kindOf(generator: PyGenerator): string {
  return generator.cls === types.generator ? "generator" : "coroutine";
}

/** Runs to the next yield or the end: see `state` after. Exceptions pass. */
export function resumeGenerator(vm: Vm, generator: PyGenerator, sent: Value): Eventual<Value> {
  const { frame } = generator;
  switch (generator.state) {
    case "running":
      throw valueError(`${kindOf(generator)} already executing`);
    case "finished":
      return null;
    case "created":
      if (sent !== null) throw typeError(`can't send non-None value to a just-started ${kindOf(generator)}`);
      break;
    case "suspended":
      frame.stack[frame.sp++] = sent;
  }
  generator.state = "running";
  return vm.runFrame(frame);
}

/** generator.send(). */
export function* sendTo(vm: Vm, generator: PyGenerator, sent: Value): Run<Value> {
  if (generator.state === "finished") {
    if (generator.cls === types.coroutine) throw runtimeError("cannot reuse already awaited coroutine");
    throw stopIteration(undefined);
  }
  const value = yield* settle(resumeGenerator(vm, generator, sent));
  if (ended(generator)) throw stopIteration(value);
  return value;
}

function ended(generator: PyGenerator): boolean {
  return generator.state === "finished";
}

/** generator.throw(). */
export function* throwInto(vm: Vm, generator: PyGenerator, given: Value): Run<Value> {
  let exception = given;
  if (exception instanceof PyClass) exception = yield* settle(call(vm, exception, [], undefined));
  if (!(exception instanceof PyException)) throw typeError("exceptions must be classes or instances deriving from BaseException, not " + typeOf(given).name);
  const raised = new PyRaise(exception);
  if (generator.state === "finished") throw raised;
  if (generator.state === "created") {
    generator.state = "finished";
    throw raised;
  }
  if (generator.state === "running") throw valueError("generator already executing");
  const inner = delegate(generator);
  if (inner !== undefined) {
    const method = yield* settle(findAttribute(vm, inner, "throw"));
    if (method !== undefined && exception.cls !== exceptions.GeneratorExit) {
      try {
        return yield* settle(call(vm, method, [exception], undefined));
      } catch (error) {
        if (!isStopIteration(error)) return yield* raiseInside(vm, generator, error);
        // The inner one has ended: its value is that of the `yield from`.
        const { frame } = generator;
        frame.stack[frame.sp - 1] = error.exception.args.items[0] ?? null;
        frame.pc = frame.code.operands[frame.pc - 2] ?? frame.pc;
        generator.state = "running";
        const value = yield* settle(vm.runFrame(frame));
        if (ended(generator)) throw stopIteration(value);
        return value;
      }
    }
    if (exception.cls === exceptions.GeneratorExit && inner instanceof PyGenerator) yield* closeGenerator(vm, inner);
  }
  return yield* raiseInside(vm, generator, raised);
}

function* raiseInside(vm: Vm, generator: PyGenerator, error: unknown): Run<Value> {
  generator.state = "running";
  const value = yield* settle(vm.runFrame(generator.frame, error));
  if (ended(generator)) throw stopIteration(value);
  return value;
}

const SEND = 72;

/** What a generator that stands in `yield from` delegates to. */
function delegate(generator: PyGenerator): Value | undefined {
  const { frame } = generator;
  return frame.code.operations[frame.pc - 2] === SEND ? frame.stack[frame.sp - 1] : undefined;
}

/** generator.close(). */
export function* closeGenerator(vm: Vm, generator: PyGenerator): Run<void> {
  if (generator.state === "created") generator.state = "finished";
  if (generator.state === "finished") return;
  try {
    yield* throwInto(vm, generator, new PyException(exceptions.GeneratorExit, []));
  } catch (error) {
    if (error instanceof PyRaise && (error.exception.cls.isSubclassOf(exceptions.GeneratorExit) || error.exception.cls.isSubclassOf(exceptions.StopIteration))) return;
    throw error;
  }
  throw runtimeError(`${kindOf(generator)} ignored GeneratorExit`);
}

export function yieldFromIterator(vm: Vm, value: Value): Eventual<Value> {
  return value instanceof PyGenerator ? value : iterate(vm, value);
}

/** What `await` waits on. */
export function awaitable(vm: Vm, value: Value): Eventual<Value> {
  if (value instanceof PyGenerator) return value;
  const method = typeOf(value).lookup("__await__");
  if (method === undefined) throw typeError(`object ${typeOf(value).name} can't be used in 'await' expression`);
  return callMethod(vm, value, "__await__");
}

export function delegateNext(vm: Vm, iterator: Value, sent: Value): Eventual<{ readonly yielded: Value } | { readonly returned: Value }> {
  return begin((function* (): Run<{ readonly yielded: Value } | { readonly returned: Value }> {
    try {
      if (iterator instanceof PyGenerator) {
        const value = yield* settle(resumeGenerator(vm, iterator, sent));
        return ended(iterator) ? { returned: value } : { yielded: value };
      }
      if (sent !== null) return { yielded: yield* settle(callMethod(vm, iterator, "send", [sent])) };
      const method = typeOf(iterator).lookup("__next__");
      if (method === undefined || !typeOf(iterator).heap) {
        const value = next(vm, iterator);
        const item = value instanceof Suspended ? yield* value.resume() : value;
        return item === undefined ? { returned: null } : { yielded: item };
      }
      return { yielded: yield* settle(call(vm, method, [iterator], undefined)) };
    } catch (error) {
      if (isStopIteration(error)) return { returned: error.exception.args.items[0] ?? null };
      throw error;
    }
  })());
}
