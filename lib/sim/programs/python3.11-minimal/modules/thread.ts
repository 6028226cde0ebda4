// _thread: what threading (python/threading.ts) is made of. See vm/threads.ts for how threads take turns.

import { declareFunctions, declareMethods } from "../objects/declare.ts";
import { failure, exceptions, runtimeError, typeError } from "../objects/exception.ts";
import { begin, newType, PyObject, type Run, settle, type Value } from "../objects/value.ts";
import { call } from "../vm/call.ts";
import { mappingItems } from "../vm/mapping.ts";
import { collect } from "../vm/iterate.ts";
import { toFloat } from "../types/number-types.ts";
import type { Vm } from "../vm/vm.ts";
import { registerModule } from "./registry.ts";

class PyLock extends PyObject {
  locked = false;
}

const lockType = newType("lock", "_thread", (_vm, cls) => new PyLock(cls));

/** True when it was got. */
function* acquire(vm: Vm, self: PyLock, blocking: Value, timeout: Value): Run<boolean> {
  const seconds = timeout === null ? -1 : yield* toFloat(vm, timeout, (name) => `'${name}' object cannot be interpreted as an integer or float`);
  const waits = blocking !== false && blocking !== 0;
  if (!waits && seconds !== -1) throw failure(exceptions.ValueError, "can't specify a timeout for a non-blocking call");
  if (seconds < 0 && seconds !== -1) throw failure(exceptions.ValueError, "timeout value must be a non-negative number");
  const untilUs = seconds < 0 ? undefined : vm.sys.clockUs("monotonic") + seconds * 1e6;
  while (self.locked) {
    if (!waits || (untilUs !== undefined && vm.sys.clockUs("monotonic") >= untilUs)) return false;
    yield* vm.threads.park({ untilUs, over: () => !self.locked });
  }
  self.locked = true;
  return true;
}

function release(self: PyLock): null {
  if (!self.locked) throw runtimeError("release unlocked lock");
  self.locked = false;
  return null;
}

declareMethods(lockType, {
  "acquire(self, blocking=True, timeout=None)": (vm, self: PyLock, blocking: Value, timeout: Value) => begin<Value>(acquire(vm, self, blocking, timeout)),
  "release(self)": (_vm, self: PyLock) => release(self),
  "locked(self)": (_vm, self: PyLock) => self.locked,
  "__enter__(self)": (vm, self: PyLock) => begin<Value>(acquire(vm, self, true, null)),
  "__exit__(self, *rest)": (_vm, self: PyLock) => release(self),
  "__repr__(self)": (vm, self: PyLock) => `<${self.locked ? "locked" : "unlocked"} _thread.lock object at ${vm.addressText(self)}>`,
});

const functions = declareFunctions({
  "allocate_lock()": () => new PyLock(lockType),
  "get_ident()": (vm) => vm.threads.identity,
  "get_native_id()": (vm) => vm.sys.getpid(),
  "start_new_thread(function, args, kwargs=None, /)": (vm, target: Value, args: Value, kwargs: Value) => begin((function* (): Run<Value> {
    const words = yield* settle(collect(vm, args));
    const named = new Map<string, Value>();
    if (kwargs !== null) {
      for (const [key, value] of yield* mappingItems(vm, kwargs, "optional 3rd arg must be a dictionary")) {
        if (typeof key !== "string") throw typeError("keywords must be strings");
        named.set(key, value);
      }
    }
    return vm.threads.start((function* (): Run<unknown> {
      return yield* settle(call(vm, target, words, named));
    })());
  })()),
  /** called once the main program has ended, before what is registered with atexit */
  "_at_end(function, /)": (vm, target: Value) => {
    vm.endHooks.push(function* () {
      yield* settle(call(vm, target, [], undefined));
    });
    return null;
  },
});

registerModule("_thread", { names: () => new Map<string, Value>([...functions, ["LockType", lockType], ["error", exceptions.RuntimeError], ["TIMEOUT_MAX", 9223372036]]) });
