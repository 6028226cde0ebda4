// bisect: where in a sorted sequence something belongs, in TypeScript as it is in C in CPython.

import { declareFunctions } from "../objects/declare.ts";
import { valueError } from "../objects/exception.ts";
import { begin, PyList, type Run, settle, type Value } from "../objects/value.ts";
import { call, callMethod } from "../vm/call.ts";
import { isLess } from "../vm/compare.ts";
import { getItem, lengthOf, needIndex } from "../vm/subscript.ts";
import type { Vm } from "../vm/vm.ts";
import { registerModule } from "./registry.ts";

type Side = "left" | "right";

/** The first place whose item is not before `wanted` (left), or is behind it (right). */
function* place(vm: Vm, side: Side, sequence: Value, wanted: Value, lo: Value, hi: Value, key: Value): Run<number> {
  let from = Number(yield* needIndex(vm, lo));
  if (from < 0) throw valueError("lo must be non-negative");
  let to = Number(hi === null ? yield* settle(lengthOf(vm, sequence)) : yield* needIndex(vm, hi));
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    const item = yield* settle(getItem(vm, sequence, middle));
    const rank = key === null ? item : yield* settle(call(vm, key, [item], undefined));
    const before = side === "left" ? yield* settle(isLess(vm, rank, wanted)) : !(yield* settle(isLess(vm, wanted, rank)));
    if (before) from = middle + 1;
    else to = middle;
    vm.spend(2);
  }
  return from;
}

const finder = (side: Side) => (vm: Vm, a: Value, x: Value, lo: Value, hi: Value, key: Value) => begin<Value>(place(vm, side, a, x, lo, hi, key));

const inserter = (side: Side) => (vm: Vm, a: Value, x: Value, lo: Value, hi: Value, key: Value) => begin((function* (): Run<Value> {
  const rank = key === null ? x : yield* settle(call(vm, key, [x], undefined));
  const at = yield* place(vm, side, a, rank, lo, hi, key);
  if (a instanceof PyList && !a.cls.heap) a.items.splice(at, 0, x);
  else yield* settle(callMethod(vm, a, "insert", [at, x]));
  return null;
})());

const functions = declareFunctions({
  "bisect_left(a, x, lo=0, hi=None, *, key=None)": finder("left"),
  "bisect_right(a, x, lo=0, hi=None, *, key=None)": finder("right"),
  "insort_left(a, x, lo=0, hi=None, *, key=None)": inserter("left"),
  "insort_right(a, x, lo=0, hi=None, *, key=None)": inserter("right"),
});

registerModule("bisect", {
  names: () => new Map<string, Value>([...functions, ["bisect", functions.get("bisect_right") ?? null], ["insort", functions.get("insort_right") ?? null]]),
});
