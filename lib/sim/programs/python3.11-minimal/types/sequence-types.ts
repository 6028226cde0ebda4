// list, tuple, range, slice.

import { declareAttributes, declareMethods } from "../objects/declare.ts";
import { indexError, memoryError, typeError, valueError } from "../objects/exception.ts";
import * as int from "../objects/number.ts";
import { begin, type Eventual, type Int, PyBuiltin, type PyClass, PyIterator, PyList, PyRange, PySlice, PyTuple, type Run, settle, Suspended, types, unwrap, type Value } from "../objects/value.ts";
import { call } from "../vm/call.ts";
import { contains, isEqual, isLess } from "../vm/compare.ts";
import { hash } from "../vm/hash.ts";
import { MOST_ITEMS } from "../vm/heap.ts";
import { collect, iterate, pushItems } from "../vm/iterate.ts";
import { asIndex, boundsOf, deleteItem, getItem, lengthOf, needIndex, setItem } from "../vm/subscript.ts";
import { builtinRepr, repr, reprText } from "../vm/text-form.ts";
import type { Vm } from "../vm/vm.ts";
import { done } from "./object-type.ts";
import { declareOperators } from "./operators.ts";

types.list.construct = (vm, cls, args, keywords) => begin((function* (): Run<Value> {
  if (args.length > 1) throw typeError(`list expected at most 1 argument, got ${args.length}`);
  if (keywords && keywords.size > 0) throw typeError("list() takes no keyword arguments");
  const items = args.length === 0 ? [] : [...(yield* settle(collect(vm, args[0] as Value)))];
  vm.heap.reserve(vm, 8 * items.length);
  return new PyList(items, cls);
})());
types.tuple.construct = (vm, cls, args) => begin((function* (): Run<Value> {
  if (args.length > 1) throw typeError(`tuple expected at most 1 argument, got ${args.length}`);
  const [given] = args;
  if (given instanceof PyTuple && given.cls === types.tuple && cls === types.tuple) return given;
  return new PyTuple(given === undefined ? [] : [...(yield* settle(collect(vm, given)))], cls);
})());

/** Stable merge sort that may wait in comparisons; a plain sort where all items are of one simple type. */
export function* sortItems(vm: Vm, items: Value[], key: Value, reverse: boolean): Run<Value[]> {
  const keys: Value[] = [];
  if (key !== null) {
    for (const item of items) {
      const made = call(vm, key, [item], undefined);
      keys.push(made instanceof Suspended ? yield* made.resume() : made);
      if (vm.tired()) yield* vm.rest();
    }
  }
  const by = key === null ? items : keys;
  vm.spend(items.length * Math.ceil(Math.log2(items.length + 1)));
  let order = Array.from(items, (_, i) => i);
  if (reverse) order.reverse();
  if (by.every((one) => typeof one === "number")) {
    const numbers = by as number[];
    order.sort((a, b) => (numbers[a] as number) - (numbers[b] as number));
  } else if (by.every((one) => typeof one === "string" && !/[\ud800-\udfff]/.test(one))) {
    const texts = by as string[];
    order.sort((a, b) => ((texts[a] as string) < (texts[b] as string) ? -1 : (texts[a] as string) > (texts[b] as string) ? 1 : 0));
  } else order = yield* mergeSort(vm, order, by);
  if (reverse) order.reverse();
  return order.map((i) => items[i] as Value);
}

function* mergeSort(vm: Vm, order: number[], by: readonly Value[]): Run<number[]> {
  // Binary insertion for short runs, as timsort does: its comparisons are those that learners count.
  if (order.length <= 32) {
    const sorted: number[] = [];
    for (const one of order) {
      let low = 0;
      let high = sorted.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        const less = isLess(vm, by[one] as Value, by[sorted[middle] as number] as Value);
        if (less instanceof Suspended ? yield* less.resume() : less) high = middle;
        else low = middle + 1;
      }
      sorted.splice(low, 0, one);
    }
    return sorted;
  }
  const half = order.length >> 1;
  const left = yield* mergeSort(vm, order.slice(0, half), by);
  const right = yield* mergeSort(vm, order.slice(half), by);
  const merged: number[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length && j < right.length) {
    const less = isLess(vm, by[right[j] as number] as Value, by[left[i] as number] as Value);
    if (less instanceof Suspended ? yield* less.resume() : less) merged.push(right[j++] as number);
    else merged.push(left[i++] as number);
    if (vm.tired()) yield* vm.rest();
  }
  while (i < left.length) merged.push(left[i++] as number);
  while (j < right.length) merged.push(right[j++] as number);
  return merged;
}

function* indexOf(vm: Vm, items: readonly Value[], item: Value, start: Value, stop: Value): Run<number> {
  const clamp = (value: Int | undefined, byDefault: number) => {
    if (value === undefined) return byDefault;
    const at = Number(value) < 0 ? Number(value) + items.length : Number(value);
    return Math.max(0, at);
  };
  const from = clamp(start === null ? undefined : yield* settle(asIndex(vm, start)), 0);
  const to = Math.min(items.length, clamp(stop === null ? undefined : yield* settle(asIndex(vm, stop)), items.length));
  for (let i = from; i < to; i++) {
    const equal = isEqual(vm, items[i] as Value, item);
    if (equal instanceof Suspended ? yield* equal.resume() : equal) return i;
    if (vm.tired()) yield* vm.rest();
  }
  return -1;
}

function* countOf(vm: Vm, items: readonly Value[], item: Value): Run<Value> {
  let count = 0;
  for (const one of items) {
    const equal = isEqual(vm, one, item);
    if (equal instanceof Suspended ? yield* equal.resume() : equal) count++;
  }
  vm.spend(items.length);
  return count;
}

declareMethods(types.list, {
  "append(self, object, /)": (vm, self: PyList, item: Value) => {
    if (self.items.length >= MOST_ITEMS) throw memoryError();
    self.items.push(item);
    vm.heap.note(16);
    return null;
  },
  "extend(self, iterable, /)": (vm, self: PyList, iterable: Value) => begin((function* (): Run<Value> {
    const items = yield* settle(collect(vm, iterable));
    vm.heap.reserveItems(vm, self.items.length + items.length);
    yield* pushItems(vm, self.items, items);
    return null;
  })()),
  "insert(self, index, object, /)": (vm, self: PyList, index: Value, item: Value) => begin((function* (): Run<Value> {
    const at = Number(yield* needIndex(vm, index));
    self.items.splice(at < 0 ? Math.max(0, at + self.items.length) : at, 0, item);
    vm.spend(self.items.length >> 4);
    vm.heap.note(16);
    return null;
  })()),
  "remove(self, value, /)": (vm, self: PyList, value: Value) => begin((function* (): Run<Value> {
    const at = yield* indexOf(vm, self.items, value, null, null);
    if (at < 0) throw valueError("list.remove(x): x not in list");
    self.items.splice(at, 1);
    return null;
  })()),
  "pop(self, index=-1, /)": (vm, self: PyList, index: Value) => {
    if (index === -1) {
      const last = self.items.pop();
      if (last === undefined) throw indexError("pop from empty list");
      return last;
    }
    return begin((function* (): Run<Value> {
      const given = Number(yield* needIndex(vm, index));
      if (self.items.length === 0) throw indexError("pop from empty list");
      const at = given < 0 ? given + self.items.length : given;
      const found = self.items[at];
      if (found === undefined) throw indexError("pop index out of range");
      self.items.splice(at, 1);
      vm.spend(self.items.length >> 4);
      return found;
    })());
  },
  "clear(self, /)": (_vm, self: PyList) => {
    self.items = [];
    return null;
  },
  "copy(self, /)": (_vm, self: PyList) => new PyList([...self.items]),
  "reverse(self, /)": (vm, self: PyList) => {
    vm.spend(self.items.length >> 3);
    self.items.reverse();
    return null;
  },
  "sort(self, *, key=None, reverse=False)": (vm, self: PyList, key: Value, reverse: Value) => begin((function* (): Run<Value> {
    const items = self.items;
    self.items = [];
    try {
      self.items = yield* sortItems(vm, items, key, reverse === true || reverse === 1);
    } catch (error) {
      self.items = items;
      throw error;
    }
    return null;
  })()),
  "index(self, value, start=None, stop=None, /)": (vm, self: PyList, value: Value, start: Value, stop: Value) => begin((function* (): Run<Value> {
    const at = yield* indexOf(vm, self.items, value, start, stop);
    if (at < 0) throw valueError(`${yield* settle(shown(vm, value))} is not in list`);
    return at;
  })()),
  "count(self, value, /)": (vm, self: PyList, value: Value) => begin(countOf(vm, self.items, value)),
  "__len__(self, /)": (_vm, self: PyList) => self.items.length,
  "__getitem__(self, index, /)": (vm, self: PyList, index: Value) => getItem(vm, self.cls === types.list ? self : asPlain(self), index),
  "__setitem__(self, index, value, /)": (vm, self: PyList, index: Value, value: Value) => done(setItem(vm, self.cls === types.list ? self : asPlain(self), index, value)),
  "__delitem__(self, index, /)": (vm, self: PyList, index: Value) => begin((function* (): Run<Value> {
    const plain = asPlain(self);
    yield* settle(deleteItem(vm, plain, index));
    self.items = plain.items;
    return null;
  })()),
  "__contains__(self, item, /)": (vm, self: PyList, item: Value) => contains(vm, asPlain(self), item),
  "__iter__(self, /)": (vm, self: PyList) => iterate(vm, asPlain(self)),
  "__reversed__(self, /)": (_vm, self: PyList) => reversedItems(self),
  "__repr__(self, /)": (vm, self: PyList) => builtinRepr(vm, self),
  "__iadd__(self, other, /)": (vm, self: PyList, other: Value) => begin((function* (): Run<Value> {
    const items = yield* settle(collect(vm, other));
    vm.heap.reserveItems(vm, self.items.length + items.length);
    yield* pushItems(vm, self.items, items);
    return self;
  })()),
});
types.list.members.set("__hash__", null);
declareOperators(types.list, ["+", "*"]);
initialiser(types.list, function* (vm, self, args) {
  (self as PyList).items = args.length === 0 ? [] : [...(yield* settle(collect(vm, args[0] as Value)))];
});

/** `super().__init__(...)` of a subclass of a mutable container. */
export function initialiser(cls: PyClass, fill: (vm: Vm, self: Value, args: readonly Value[], keywords: ReadonlyMap<string, Value> | undefined) => Run<void>): void {
  cls.members.set("__init__", new PyBuiltin(types.wrapper, "__init__", (vm, args, keywords) => begin((function* (): Run<Value> {
    yield* fill(vm, args[0] as Value, args.slice(1), keywords);
    return null;
  })()), `${cls.name}.__init__`, undefined, cls));
}

/** The same items without the subclass's own methods. */
function asPlain(self: PyList): PyList {
  if (self.cls === types.list) return self;
  const plain = new PyList([]);
  plain.items = self.items;
  return plain;
}

function shown(vm: Vm, value: Value): Eventual<string> {
  return typeof value === "string" ? reprText(value) : repr(vm, value);
}

export function reversedItems(source: PyList | PyTuple): Value {
  let at = source.items.length - 1;
  const iterator = new PyIterator(source instanceof PyList ? types.listReverseIterator : types.reversed, () => (at >= 0 ? source.items[at--] : undefined));
  iterator.holds = source;
  return iterator;
}

const plainTuple = (self: PyTuple): PyTuple => (self.cls === types.tuple ? self : new PyTuple(self.items));

declareMethods(types.tuple, {
  "index(self, value, start=None, stop=None, /)": (vm, self: PyTuple, value: Value, start: Value, stop: Value) => begin((function* (): Run<Value> {
    const at = yield* indexOf(vm, self.items, value, start, stop);
    if (at < 0) throw valueError("tuple.index(x): x not in tuple");
    return at;
  })()),
  "count(self, value, /)": (vm, self: PyTuple, value: Value) => begin(countOf(vm, self.items, value)),
  "__len__(self, /)": (_vm, self: PyTuple) => self.items.length,
  "__getitem__(self, index, /)": (vm, self: PyTuple, index: Value) => getItem(vm, plainTuple(self), index),
  "__contains__(self, item, /)": (vm, self: PyTuple, item: Value) => contains(vm, plainTuple(self), item),
  "__iter__(self, /)": (vm, self: PyTuple) => iterate(vm, plainTuple(self)),
  "__repr__(self, /)": (vm, self: PyTuple) => builtinRepr(vm, self),
  "__hash__(self, /)": (vm, self: PyTuple) => hash(vm, plainTuple(self)),
});
declareOperators(types.tuple, ["+", "*"]);

types.range.construct = (vm, _cls, args) => {
  const [first, second = 0, third = 1] = args;
  if (typeof first === "number" && typeof second === "number" && typeof third === "number" && args.length <= 3) return args.length === 1 ? makeRange(0, first, 1) : makeRange(first, second, third);
  return begin(newRange(vm, args));
};

function* newRange(vm: Vm, args: readonly Value[]): Run<Value> {
  if (args.length === 0) throw typeError("range expected at least 1 argument, got 0");
  if (args.length > 3) throw typeError(`range expected at most 3 arguments, got ${args.length}`);
  const numbers: Int[] = [];
  for (const one of args) numbers.push(typeof one === "number" ? one : yield* needIndex(vm, one));
  return args.length === 1 ? makeRange(0, numbers[0] ?? 0, 1) : makeRange(numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 1);
}

export function makeRange(start: Int, stop: Int, step: Int): PyRange {
  if (step === 0) throw valueError("range() arg 3 must not be zero");
  const span = step > 0 ? int.subtract(stop, start) : int.subtract(start, stop);
  const size = step > 0 ? step : int.negate(step);
  return new PyRange(start, stop, step, span <= 0 ? 0 : int.floorDivide(int.add(span, int.subtract(size, 1)), size));
}

declareMethods(types.range, {
  "index(self, value, /)": (vm, self: PyRange, value: Value) => begin((function* (): Run<Value> {
    if (!(yield* settle(contains(vm, self, value)))) throw valueError(`${yield* settle(shown(vm, value))} is not in range`);
    return int.floorDivide(int.subtract(unwrap(value) as Int, self.start), self.step);
  })()),
  "count(self, value, /)": (vm, self: PyRange, value: Value) => begin((function* (): Run<Value> {
    return (yield* settle(contains(vm, self, value))) ? 1 : 0;
  })()),
  "__len__(self, /)": (vm, self: PyRange) => lengthOf(vm, self),
  "__getitem__(self, index, /)": (vm, self: PyRange, index: Value) => getItem(vm, self, index),
  "__iter__(self, /)": (vm, self: PyRange) => iterate(vm, self),
  "__reversed__(self, /)": (vm, self: PyRange) => iterate(vm, reversedRange(self)),
  "__contains__(self, item, /)": (vm, self: PyRange, item: Value) => contains(vm, self, item),
});
declareAttributes(types.range, { start: (_vm, self: PyRange) => self.start, stop: (_vm, self: PyRange) => self.stop, step: (_vm, self: PyRange) => self.step });
declareOperators(types.range, []);

export function reversedRange(range: PyRange): PyRange {
  const last = int.add(range.start, int.multiply(int.subtract(range.length, 1), range.step));
  return new PyRange(last, int.subtract(range.start, range.step), int.negate(range.step), range.length);
}

types.slice.construct = (_vm, _cls, args) => {
  if (args.length === 0) throw typeError("slice expected at least 1 argument, got 0");
  return args.length === 1 ? new PySlice(null, args[0] as Value, null) : new PySlice(args[0] as Value, args[1] as Value, args[2] ?? null);
};
declareMethods(types.slice, {
  "indices(self, length, /)": (vm, self: PySlice, length: Value) => begin((function* (): Run<Value> {
    const bounds = yield* boundsOf(vm, self, Number(yield* needIndex(vm, length)));
    return new PyTuple([bounds.start, bounds.stop, bounds.step]);
  })()),
});
declareAttributes(types.slice, { start: (_vm, self: PySlice) => self.start, stop: (_vm, self: PySlice) => self.stop, step: (_vm, self: PySlice) => self.step });
types.slice.members.set("__hash__", null);

