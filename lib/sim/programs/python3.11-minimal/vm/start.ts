// Makes an interpreter ready to run: types, builtins, the modules that are there from the beginning.

import "../types/object-type.ts";
import "../types/str-type.ts";
import "../types/number-types.ts";
import "../types/sequence-types.ts";
import "../types/dict-set-types.ts";
import "../types/bytes-type.ts";
import "../types/exception-type.ts";
import "../types/iterator-types.ts";
import "../types/file-type.ts";
import "../modules/all.ts";
import { SIGNALS, type Sys } from "../../../kernel/sys.ts";
import { builtinNames } from "../modules/builtins.ts";
import { type Namespace, PyModule, type Run, type Value } from "../objects/value.ts";
import { call } from "./call.ts";
import { Heap } from "./heap.ts";
import { load } from "./import.ts";
import { Streams } from "./streams.ts";
import { Vm } from "./vm.ts";

export interface StartOptions {
  readonly argv: readonly string[];
  readonly searchPath: readonly string[];
  readonly executable: string;
  readonly unbuffered: boolean;
  readonly interactive: boolean;
  readonly writesBytecode: boolean;
}

export function* startVm(sys: Sys, options: StartOptions): Run<Vm> {
  const vm = new Vm(sys, { heap: new Heap(sys), streams: new Streams(sys, options.unbuffered) });
  vm.argv = options.argv;
  vm.searchPath = options.searchPath;
  vm.executable = options.executable;
  vm.interactive = options.interactive;
  vm.writesBytecode = options.writesBytecode;
  vm.callHandler = (handler, signal) => call(vm, handler, [signal, null], undefined);
  for (const [name, value] of builtinNames()) vm.builtins.set(name, value);
  vm.modules.set("builtins", new PyModule("builtins", vm.builtins));
  yield* load(vm, "sys");
  if (sys.sigaction(SIGNALS.INT, "catch") === "ignore") {
    sys.sigaction(SIGNALS.INT, "ignore");
    vm.signalHandlers.set(SIGNALS.INT, "ignore");
  }
  sys.sigaction(SIGNALS.PIPE, "ignore");
  return vm;
}

/** `__main__`. */
export function mainModule(vm: Vm, more: ReadonlyMap<string, Value> = new Map()): Namespace {
  const namespace: Namespace = new Map<string, Value>([["__name__", "__main__"], ["__doc__", null], ["__package__", null], ["__loader__", null], ["__spec__", null], ["__annotations__", null], ["__builtins__", vm.modules.get("builtins") ?? null], ...more]);
  namespace.delete("__annotations__");
  vm.modules.set("__main__", new PyModule("__main__", namespace));
  return namespace;
}
