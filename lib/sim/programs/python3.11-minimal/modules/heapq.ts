// heapq: a binary heap in a list, in TypeScript as it is in C in CPython; nlargest, nsmallest and merge stand in python/heapq.ts. The order of
// comparisons decides how equal items lie in the list: a hole sinks to a leaf along the smaller children, then the item rises from there
// (Knuth, The Art of Computer Programming 3, 5.2.3 exercise 18).

import { declareFunctions } from "../objects/declare.ts";
import { indexError, typeError } from "../objects/exception.ts";
import { begin, PyList, type Run, settle, typeOf, type Value } from "../objects/value.ts";
import { isLess } from "../vm/compare.ts";
import type { Vm } from "../vm/vm.ts";
import { registerModule } from "./registry.ts";
import { source } from "./python/heapq.ts";

function itemsOf(name: string, heap: Value): Value[] {
  if (!(heap instanceof PyList)) throw typeError(name === "heapify" ? `heapify() argument must be list, not ${typeOf(heap).name}` : `${name}() argument ${name === "heappop" ? "" : "1 "}must be list, not ${typeOf(heap).name}`);
  return heap.items;
}

const less = (vm: Vm, a: Value | undefined, b: Value | undefined): Run<boolean> => settle(isLess(vm, a ?? null, b ?? null));

/** Lets the item at `at` rise towards `top` past larger ones. */
function* rise(vm: Vm, items: Value[], top: number, at: number): Run<void> {
  const item = items[at] as Value;
  while (at > top) {
    const parent = (at - 1) >> 1;
    if (!(yield* less(vm, item, items[parent]))) break;
    items[at] = items[parent] as Value;
    at = parent;
  }
  items[at] = item;
}

function* sink(vm: Vm, items: Value[], top: number): Run<void> {
  const item = items[top] as Value;
  let hole = top;
  for (let child = 2 * hole + 1; child < items.length; child = 2 * hole + 1) {
    if (child + 1 < items.length && !(yield* less(vm, items[child], items[child + 1]))) child++;
    items[hole] = items[child] as Value;
    hole = child;
    vm.spend(2);
  }
  items[hole] = item;
  yield* rise(vm, items, top, hole);
}

function* replaceFirst(vm: Vm, items: Value[], item: Value): Run<Value> {
  const first = items[0] as Value;
  items[0] = item;
  yield* sink(vm, items, 0);
  return first;
}

const functions = declareFunctions({
  "heappush(heap, item, /)": (vm, heap: Value, item: Value) => begin((function* (): Run<Value> {
    const items = itemsOf("heappush", heap);
    items.push(item);
    yield* rise(vm, items, 0, items.length - 1);
    return null;
  })()),
  "heappop(heap, /)": (vm, heap: Value) => begin((function* (): Run<Value> {
    const items = itemsOf("heappop", heap);
    const last = items.pop();
    if (last === undefined) throw indexError("index out of range");
    return items.length === 0 ? last : yield* replaceFirst(vm, items, last);
  })()),
  "heapreplace(heap, item, /)": (vm, heap: Value, item: Value) => begin((function* (): Run<Value> {
    const items = itemsOf("heapreplace", heap);
    if (items.length === 0) throw indexError("index out of range");
    return yield* replaceFirst(vm, items, item);
  })()),
  "heappushpop(heap, item, /)": (vm, heap: Value, item: Value) => begin((function* (): Run<Value> {
    const items = itemsOf("heappushpop", heap);
    return items.length > 0 && (yield* less(vm, items[0], item)) ? yield* replaceFirst(vm, items, item) : item;
  })()),
  "heapify(heap, /)": (vm, heap: Value) => begin((function* (): Run<Value> {
    const items = itemsOf("heapify", heap);
    for (let top = (items.length >> 1) - 1; top >= 0; top--) {
      yield* sink(vm, items, top);
      if (vm.tired()) yield* vm.rest();
    }
    return null;
  })()),
});

registerModule("heapq", { source, names: () => new Map(functions) });
