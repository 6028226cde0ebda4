// `raise`, `except` and `with`.

import { exceptions, PyException, PyRaise, typeError } from "../objects/exception.ts";
import { begin, type Eventual, PyClass, PyTuple, type Run, settle, Suspended, typeOf, type Value } from "../objects/value.ts";
import { findAttribute } from "./attribute.ts";
import { call } from "./call.ts";
import { PyTraceback } from "./traceback-object.ts";
import { truth } from "./compare.ts";
import type { Vm } from "./vm.ts";

/** Always ends by throwing. */
export function prepareRaise(vm: Vm, value: Value, cause: Value | undefined): Eventual<void> {
  const exception = instanceOf(vm, value);
  if (exception instanceof Suspended || cause instanceof PyClass) {
    return begin((function* (): Run<void> {
      const raised = checked(yield* settle(exception));
      const from = cause === undefined ? undefined : yield* settle(instanceOf(vm, cause));
      raise(raised, from);
    })());
  }
  raise(checked(exception), cause);
}

function raise(exception: PyException, cause: Value | undefined): never {
  if (cause !== undefined) {
    if (cause !== null && !(cause instanceof PyException)) throw typeError("exception causes must derive from BaseException");
    exception.cause = cause;
    exception.suppressContext = true;
  }
  throw new PyRaise(exception);
}

function instanceOf(vm: Vm, value: Value): Eventual<Value> {
  return value instanceof PyClass && value.isSubclassOf(exceptions.BaseException) ? call(vm, value, [], undefined) : value;
}

function checked(value: Value): PyException {
  if (!(value instanceof PyException)) throw typeError("exceptions must derive from BaseException");
  return value;
}

export function matchesException(exception: PyException, type: Value): boolean {
  if (type instanceof PyTuple) return type.items.some((one) => matchesException(exception, one));
  if (!(type instanceof PyClass) || !type.isSubclassOf(exceptions.BaseException)) throw typeError("catching classes that do not inherit from BaseException is not allowed");
  return exception.cls.isSubclassOf(type);
}

/** The exit method, then what `__enter__` gave. */
export function enterWith(vm: Vm, manager: Value): Eventual<readonly Value[]> {
  return begin((function* (): Run<readonly Value[]> {
    const { name } = typeOf(manager);
    const cls = typeOf(manager);
    if (cls.lookup("__enter__") === undefined) throw typeError(`'${name}' object does not support the context manager protocol`);
    if (cls.lookup("__exit__") === undefined) throw typeError(`'${name}' object does not support the context manager protocol (missed __exit__ method)`);
    const exit = (yield* settle(findAttribute(vm, manager, "__exit__"))) as Value;
    const enter = (yield* settle(findAttribute(vm, manager, "__enter__"))) as Value;
    return [exit, yield* settle(call(vm, enter, [], undefined))];
  })());
}

export function exitWith(vm: Vm, exit: Value): Eventual<void> {
  const done = call(vm, exit, [null, null, null], undefined);
  if (!(done instanceof Suspended)) return;
  return begin((function* (): Run<void> {
    yield* done.resume();
  })());
}

/** Whether the manager swallows the exception. */
export function exitWithException(vm: Vm, exit: Value, exception: PyException): Eventual<Value> {
  return begin((function* (): Run<Value> {
    const result = yield* settle(call(vm, exit, [exception.cls, exception, new PyTraceback(exception)], undefined));
    return yield* settle(truth(vm, result));
  })());
}
