// Sets, dictionaries and lists made from the values on the stack: whatever may have to wait for __hash__, __eq__ or an iterator of the program.
import { PyDict } from "../objects/dictionary.ts";
import { PySet } from "../objects/set.ts";
import { begin, type Eventual, type PyList, settle, Suspended, type Value } from "../objects/value.ts";
import { dictSet, setAdd } from "./hash.ts";
import { collect, pushItems } from "./iterate.ts";
import type { Vm } from "./vm.ts";

export function extendLater(vm: Vm, list: PyList, items: Eventual<readonly Value[]>): Eventual<void> {
  return begin((function* () {
    const collected = yield* settle(items);
    vm.heap.reserveItems(vm, list.items.length + collected.length);
    yield* pushItems(vm, list.items, collected);
  })());
}

export function buildSet(vm: Vm, items: readonly Value[]): Eventual<Value> {
  return begin((function* () {
    const set = new PySet();
    for (const item of items) {
      const added = setAdd(vm, set, item);
      if (added instanceof Suspended) yield* added.resume();
    }
    return set as Value;
  })());
}

export function buildDict(vm: Vm, pairs: readonly Value[]): Eventual<Value> {
  const dict = new PyDict();
  vm.heap.note(64 + 50 * pairs.length);
  for (let i = 0; i < pairs.length; i += 2) {
    const stored = dictSet(vm, dict, pairs[i] as Value, pairs[i + 1] as Value);
    if (stored instanceof Suspended) return finishDict(vm, dict, pairs, i + 2, stored);
  }
  return dict;
}

function finishDict(vm: Vm, dict: PyDict, pairs: readonly Value[], from: number, first: Suspended<void>): Eventual<Value> {
  return begin((function* () {
    yield* first.resume();
    for (let i = from; i < pairs.length; i += 2) {
      const stored = dictSet(vm, dict, pairs[i] as Value, pairs[i + 1] as Value);
      if (stored instanceof Suspended) yield* stored.resume();
    }
    return dict as Value;
  })());
}

export function updateSet(vm: Vm, set: PySet, value: Value): Eventual<void> {
  return begin((function* () {
    if (value instanceof PySet) set.reserve(value.size);
    for (const item of yield* settle(collect(vm, value, "Value after * must be an iterable, not "))) {
      const added = setAdd(vm, set, item);
      if (added instanceof Suspended) yield* added.resume();
    }
  })());
}
