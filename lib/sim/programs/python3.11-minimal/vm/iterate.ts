// Iteration: iter(), next(), unpacking, and collecting all items of an iterable.

import { PyDict } from "../objects/dictionary.ts";
import { exceptions, memoryError, PyRaise, typeError, valueError } from "../objects/exception.ts";
import { add, multiply } from "../objects/number.ts";
import { PySet } from "../objects/set.ts";
import { codePoints, isPlainText } from "../objects/text.ts";
import {
  begin, type Eventual, type PyClass, PyBytes, PyInstance, PyIterator, PyList, PyListIterator, PyObject, PyRange, PyRangeIterator, PyTuple, type Run, settle, Suspended, types, typeOf, type Value,
} from "../objects/value.ts";
import { PyView } from "../objects/view.ts";
import { call } from "./call.ts";
import { PyGenerator } from "./frame.ts";
import { resumeGenerator } from "./generator.ts";
import { changedSize } from "./hash.ts";
import { MOST_ITEMS } from "./heap.ts";
import type { Vm } from "./vm.ts";

export function notIterable(value: Value): PyRaise {
  return typeError(`'${typeOf(value).name}' object is not iterable`);
}

export function iterate(vm: Vm, value: Value): Eventual<Value> {
  if (typeof value === "string") return textIterator(value);
  if (!(value instanceof PyObject)) throw notIterable(value);
  const { cls } = value;
  if (cls.heap) {
    const method = cls.lookup("__iter__");
    if (method === null) throw notIterable(value);
    if (method !== undefined && !isBuiltinIter(method, cls)) {
      const made = call(vm, method, [value], undefined);
      return made instanceof Suspended ? begin(checkedIterator(made)) : checkIterator(made);
    }
    if (value instanceof PyInstance && value.base !== undefined) return iterate(vm, value.base);
  }
  if (value instanceof PyList) return new PyListIterator(types.listIterator, value);
  if (value instanceof PyTuple) return new PyListIterator(types.tupleIterator, value);
  if (value instanceof PyGenerator || value instanceof PyIterator || value instanceof PyListIterator || value instanceof PyRangeIterator) return value;
  if (value instanceof PyRange) return rangeIterator(value);
  if (value instanceof PyDict) return dictIterator(value, "keys");
  if (value instanceof PyView) return dictIterator(value.dict, value.kind);
  if (value instanceof PySet) return setIterator(value);
  if (value instanceof PyBytes) return new PyListIterator(types.bytesIterator, { items: Array.from(value.bytes) });
  const method = cls.lookup("__iter__");
  if (method !== undefined && method !== null) return call(vm, method, [value], undefined);
  if (cls.lookup("__getitem__") !== undefined) return sequenceIterator(value);
  throw notIterable(value);
}

function isBuiltinIter(method: Value, cls: PyClass): boolean {
  return cls.layout !== types.object && method === cls.layout.lookup("__iter__");
}

function checkIterator(value: Value): Value {
  if (value instanceof PyObject && (value instanceof PyGenerator || value instanceof PyIterator || value instanceof PyListIterator || value instanceof PyRangeIterator || value.cls.lookup("__next__") !== undefined)) return value;
  throw typeError(`iter() returned non-iterator of type '${typeOf(value).name}'`);
}

function* checkedIterator(made: Suspended<Value>): Run<Value> {
  return checkIterator(yield* made.resume());
}

function textIterator(text: string): PyListIterator {
  // A string is indexable like a list of its characters.
  const items: ArrayLike<string> = isPlainText(text) ? text : codePoints(text);
  return new PyListIterator(types.strIterator, { items: items as readonly string[] });
}

function rangeIterator(range: PyRange): Value {
  if (typeof range.start === "number" && typeof range.length === "number" && typeof range.step === "number" && Number.isSafeInteger(range.start + range.length * range.step)) {
    return new PyRangeIterator(range.start, range.step, range.length);
  }
  let at = 0;
  return new PyIterator(types.rangeIterator, () => (at < range.length ? add(range.start, multiply(at++, range.step)) : undefined));
}

export function dictIterator(dict: PyDict, kind: "keys" | "values" | "items"): PyIterator {
  const entries = dict.values();
  const { size } = dict;
  let ended = false;
  const cls = kind === "keys" ? types.dictKeyIterator : kind === "values" ? types.dictValueIterator : types.dictItemIterator;
  const iterator = new PyIterator(cls, () => {
    if (ended) return undefined;
    if (dict.size !== size) {
      ended = true;
      changedSize("dictionary");
    }
    const turn = entries.next();
    if (turn.done) {
      ended = true;
      return undefined;
    }
    return kind === "keys" ? turn.value.key : kind === "values" ? turn.value.value : new PyTuple([turn.value.key, turn.value.value]);
  });
  iterator.holds = dict;
  return iterator;
}

function setIterator(set: PySet): PyIterator {
  const items = set.ordered();
  const { size } = set;
  let at = 0;
  const iterator = new PyIterator(types.setIterator, () => {
    if (at > size) return undefined;
    if (set.size !== size) changedSize("Set");
    return items[at++];
  });
  iterator.holds = set;
  return iterator;
}

function sequenceIterator(value: PyObject): PyIterator {
  let at = 0;
  const method = value.cls.lookup("__getitem__") as Value;
  const iterator = new PyIterator(types.sequenceIterator, (vm) => begin((function* (): Run<Value | undefined> {
    if (at < 0) return undefined;
    try {
      return yield* settle(call(vm, method, [value, at++], undefined));
    } catch (error) {
      if (!(error instanceof PyRaise) || !(error.exception.cls.isSubclassOf(exceptions.IndexError) || error.exception.cls.isSubclassOf(exceptions.StopIteration))) throw error;
      at = -1;
      return undefined;
    }
  })()));
  iterator.holds = value;
  return iterator;
}

export function isStopIteration(error: unknown): error is PyRaise {
  return error instanceof PyRaise && error.exception.cls.isSubclassOf(exceptions.StopIteration);
}

/** The next item, or undefined at the end. */
export function next(vm: Vm, iterator: Value): Eventual<Value | undefined> {
  if (iterator instanceof PyIterator) return iterator.next(vm);
  if (iterator instanceof PyListIterator) {
    const item = iterator.source.items[iterator.at];
    if (item === undefined) iterator.at = Number.MAX_SAFE_INTEGER;
    else iterator.at++;
    return item;
  }
  if (iterator instanceof PyRangeIterator) {
    if (iterator.left <= 0) return undefined;
    iterator.left--;
    const { at } = iterator;
    iterator.at += iterator.step;
    return at;
  }
  if (iterator instanceof PyGenerator) return nextOfGenerator(vm, iterator);
  const method = typeOf(iterator).lookup("__next__");
  if (method === undefined) throw typeError(`'${typeOf(iterator).name}' object is not an iterator`);
  try {
    const item = call(vm, method, [iterator], undefined);
    return item instanceof Suspended ? begin(untilStop(item)) : item;
  } catch (error) {
    if (isStopIteration(error)) return undefined;
    throw error;
  }
}

function* untilStop(item: Suspended<Value>): Run<Value | undefined> {
  try {
    return yield* item.resume();
  } catch (error) {
    if (isStopIteration(error)) return undefined;
    throw error;
  }
}

function nextOfGenerator(vm: Vm, generator: PyGenerator): Eventual<Value | undefined> {
  if (generator.state === "finished") return undefined;
  const value = resumeGenerator(vm, generator, null);
  if (!(value instanceof Suspended)) return generatorEnded(generator) ? undefined : value;
  return begin((function* (): Run<Value | undefined> {
    const item = yield* value.resume();
    return generatorEnded(generator) ? undefined : item;
  })());
}

/** The state changes while the generator runs: a function, so that the compiler does not think it knows. */
function generatorEnded(generator: PyGenerator): boolean {
  return generator.state === "finished";
}

/** All items. `complaint` replaces "'x' object is not iterable" up to the type's name. */
export function collect(vm: Vm, value: Value, complaint?: string): Eventual<readonly Value[]> {
  if (value instanceof PyObject && !value.cls.heap) {
    if (value instanceof PyList || value instanceof PyTuple) {
      vm.spend(value.items.length >> 3);
      return value.items;
    }
    if (value instanceof PyDict) return Array.from(value.values(), (entry) => entry.key);
    if (value instanceof PyView) return value.list(vm);
    if (value instanceof PySet) return value.ordered();
    if (value instanceof PyBytes) return Array.from(value.bytes);
  } else if (typeof value === "string") {
    vm.spend(value.length >> 3);
    return codePoints(value);
  }
  return begin(collectSlowly(vm, value, complaint));
}

function* collectSlowly(vm: Vm, value: Value, complaint?: string): Run<readonly Value[]> {
  let iterator: Value;
  if (complaint !== undefined && typeOf(value).lookup("__iter__") === undefined && typeOf(value).lookup("__getitem__") === undefined && !(value instanceof PyIterator) && !(value instanceof PyGenerator)) {
    throw typeError(`${complaint}${typeOf(value).name}`);
  }
  iterator = yield* settle(iterate(vm, value));
  const items: Value[] = [];
  for (;;) {
    const item = next(vm, iterator);
    const one = item instanceof Suspended ? yield* item.resume() : item;
    if (one === undefined) return items;
    items.push(one);
    if (items.length > MOST_ITEMS) throw memoryError();
    vm.heap.note(40);
    if (vm.tired()) yield* vm.rest();
  }
}

const PUSHED_AT_ONCE = 1024;

/** Those that `items` has now go behind those of `list`, which may be the same. */
export function* pushItems(vm: Vm, list: Value[], items: readonly Value[]): Run<void> {
  const count = items.length;
  for (let from = 0; from < count; from += PUSHED_AT_ONCE) {
    const to = Math.min(count, from + PUSHED_AT_ONCE);
    for (let i = from; i < to; i++) list.push(items[i] as Value);
    vm.spend((to - from) >> 2);
    if (to < count && vm.tired()) yield* vm.rest();
  }
}

/** `count` items in reverse, for pushing on the stack. */
export function unpack(vm: Vm, value: Value, count: number): Eventual<readonly Value[]> {
  return begin((function* (): Run<readonly Value[]> {
    const length = value instanceof PyObject && !value.cls.heap && (value instanceof PyTuple || value instanceof PyList) ? value.items.length : undefined;
    if (length !== undefined && length < count) throw valueError(`not enough values to unpack (expected ${count}, got ${length})`);
    const iterator = yield* settle(unpackable(vm, value));
    const items: Value[] = [];
    for (let i = 0; i < count; i++) {
      const item = yield* settle(next(vm, iterator));
      if (item === undefined) throw valueError(`not enough values to unpack (expected ${count}, got ${i})`);
      items.push(item);
    }
    if ((yield* settle(next(vm, iterator))) !== undefined) throw valueError(`too many values to unpack (expected ${count})`);
    return items.reverse();
  })());
}

function unpackable(vm: Vm, value: Value): Eventual<Value> {
  try {
    return iterate(vm, value);
  } catch (error) {
    if (error instanceof PyRaise && error.exception.args.items[0] === `'${typeOf(value).name}' object is not iterable`) throw typeError(`cannot unpack non-iterable ${typeOf(value).name} object`);
    throw error;
  }
}

export function unpackStar(vm: Vm, value: Value, before: number, after: number): Eventual<readonly Value[]> {
  return begin((function* (): Run<readonly Value[]> {
    const items = [...(yield* settle(collect(vm, value, "cannot unpack non-iterable ")))];
    if (items.length < before + after) throw valueError(`not enough values to unpack (expected at least ${before + after}, got ${items.length})`);
    const tail = items.splice(items.length - after, after);
    const head = items.splice(0, before);
    return [...head, new PyList(items), ...tail].reverse();
  })());
}
