// `x[i]`: indexes, slices, keys, and len().

import { PyDict } from "../objects/dictionary.ts";
import { indexError, keyError, overflowError, typeError, valueError } from "../objects/exception.ts";
import { add, multiply } from "../objects/number.ts";
import { PySet } from "../objects/set.ts";
import { type Bounds, codePoints, isPlainText, sliceBounds, sliceItems, sliceText, textLength } from "../objects/text.ts";
import {
  begin, type Eventual, type Int, PyBuiltin, PyBytes, PyClass, PyInstance, PyList, PyObject, PyRange, PySlice, PyTuple, PyWrapped, type Run, settle, Suspended, types, typeOf, unwrap, type Value,
} from "../objects/value.ts";
import { PyView } from "../objects/view.ts";
import { call } from "./call.ts";
import { dictGet, dictRemove, dictSet } from "./hash.ts";
import { collect } from "./iterate.ts";
import type { Vm } from "./vm.ts";

/** An int, or what `__index__` makes one; undefined otherwise. */
export function asIndex(vm: Vm, value: Value): Eventual<Int | undefined> {
  if (typeof value === "number" || typeof value === "bigint") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (!(value instanceof PyInstance)) return undefined;
  if (typeof value.base === "number" || typeof value.base === "bigint") return value.base;
  const method = value.cls.lookup("__index__");
  if (method === undefined) return undefined;
  return begin((function* (): Run<Int | undefined> {
    const result = unwrap(yield* settle(call(vm, method, [value], undefined)));
    if (typeof result === "number" || typeof result === "bigint") return result;
    throw typeError(`__index__ returned non-int (type ${typeOf(result).name})`);
  })());
}

export function* needIndex(vm: Vm, value: Value): Run<Int> {
  const index = yield* settle(asIndex(vm, value));
  if (index === undefined) throw typeError(`'${typeOf(value).name}' object cannot be interpreted as an integer`);
  return index;
}

function smallIndex(index: Int): number {
  if (typeof index === "number") return index;
  throw indexError("cannot fit 'int' into an index-sized integer");
}

export function* boundsOf(vm: Vm, slice: PySlice, length: number): Run<Bounds> {
  const part = function* (value: Value): Run<number | undefined> {
    if (value === null) return undefined;
    const index = yield* settle(asIndex(vm, value));
    if (index === undefined) throw typeError("slice indices must be integers or None or have an __index__ method");
    return typeof index === "number" ? index : index < 0n ? -Number.MAX_SAFE_INTEGER : Number.MAX_SAFE_INTEGER;
  };
  const step = (yield* part(slice.step)) ?? 1;
  return sliceBounds(yield* part(slice.start), yield* part(slice.stop), step, length);
}

function isBuiltin(member: Value | undefined): boolean {
  return member === undefined || member instanceof PyBuiltin;
}

export function getItem(vm: Vm, container: Value, index: Value): Eventual<Value> {
  if (typeof container === "string") return textItem(vm, container, index);
  if (!(container instanceof PyObject)) throw notSubscriptable(container);
  const { cls } = container;
  if (cls.heap) {
    const method = cls.lookup("__getitem__");
    if (!isBuiltin(method)) return call(vm, method as Value, [container, index], undefined);
    if (container instanceof PyInstance && container.base !== undefined) return getItem(vm, container.base, index);
  }
  if (container instanceof PyDict) {
    const found = dictGet(vm, container, index);
    if (found instanceof Suspended) {
      return begin((function* (): Run<Value> {
        const value = yield* found.resume();
        return value === undefined ? yield* settle(missingKey(vm, container, index)) : value;
      })());
    }
    return found === undefined ? missingKey(vm, container, index) : found;
  }
  if (container instanceof PyList || container instanceof PyTuple) return sequenceItem(vm, container, index);
  if (container instanceof PyBytes) return bytesItem(vm, container, index);
  if (container instanceof PyRange) return rangeItem(vm, container, index);
  if (container instanceof PyClass) {
    const method = container.lookup("__class_getitem__") ?? container.cls.lookup("__getitem__");
    if (method !== undefined) return call(vm, method instanceof PyWrapped ? method.callee : method, [container, index], undefined);
    if (GENERIC.has(container)) return new PyTuple([container, index], types.genericAlias);
    throw typeError(`type '${container.name}' is not subscriptable`);
  }
  const method = cls.lookup("__getitem__");
  if (method !== undefined && method !== null) return call(vm, method, [container, index], undefined);
  throw notSubscriptable(container);
}

const GENERIC: ReadonlySet<PyClass> = new Set([types.list, types.dict, types.tuple, types.set, types.frozenset, types.type]);

function notSubscriptable(value: Value) {
  return typeError(`'${typeOf(value).name}' object is not subscriptable`);
}

function missingKey(vm: Vm, dict: PyDict, key: Value): Eventual<Value> {
  const method = dict.cls.heap || dict.cls.lookup("__missing__") !== undefined ? dict.cls.lookup("__missing__") : undefined;
  if (method !== undefined) return call(vm, method, [dict, key], undefined);
  throw keyError(key);
}

function textItem(vm: Vm, text: string, index: Value): Eventual<Value> {
  if (typeof index === "number") {
    const plain = isPlainText(text);
    const characters = plain ? text : codePoints(text);
    const found = characters[index < 0 ? index + characters.length : index];
    if (found === undefined) throw indexError("string index out of range");
    return found;
  }
  return begin((function* (): Run<Value> {
    if (index instanceof PySlice) return sliceText(text, yield* boundsOf(vm, index, textLength(text)));
    const at = yield* settle(asIndex(vm, index));
    if (at === undefined) throw typeError(`string indices must be integers, not '${typeOf(index).name}'`);
    return yield* settle(textItem(vm, text, smallIndex(at)));
  })());
}

function sequenceItem(vm: Vm, container: PyList | PyTuple, index: Value): Eventual<Value> {
  const { items } = container;
  const kind = container instanceof PyList ? "list" : "tuple";
  if (typeof index === "number") {
    const found = items[index < 0 ? index + items.length : index];
    if (found === undefined) throw indexError(`${kind} index out of range`);
    return found;
  }
  return begin((function* (): Run<Value> {
    if (index instanceof PySlice) {
      const bounds = yield* boundsOf(vm, index, items.length);
      vm.heap.note(8 * bounds.count);
      vm.spend(bounds.count >> 3);
      const part = sliceItems(items, bounds);
      return container instanceof PyList ? new PyList(part) : new PyTuple(part);
    }
    const at = yield* settle(asIndex(vm, index));
    if (at === undefined) throw typeError(`${kind} indices must be integers or slices, not ${typeOf(index).name}`);
    return yield* settle(sequenceItem(vm, container, smallIndex(at)));
  })());
}

function bytesItem(vm: Vm, container: PyBytes, index: Value): Eventual<Value> {
  return begin((function* (): Run<Value> {
    const { bytes } = container;
    if (index instanceof PySlice) {
      const bounds = yield* boundsOf(vm, index, bytes.length);
      if (bounds.step === 1) return new PyBytes(bytes.slice(bounds.start, bounds.start + bounds.count), container.cls);
      return new PyBytes(Uint8Array.from(sliceItems(Array.from(bytes), bounds)), container.cls);
    }
    const at = yield* settle(asIndex(vm, index));
    if (at === undefined) throw typeError(`${container.cls.name === "bytes" ? "byte" : "bytearray"} indices must be integers or slices, not ${typeOf(index).name}`);
    const position = smallIndex(at);
    const found = bytes[position < 0 ? position + bytes.length : position];
    if (found === undefined) throw indexError(container.cls.name === "bytes" ? "index out of range" : "bytearray index out of range");
    return found;
  })());
}

function rangeItem(vm: Vm, range: PyRange, index: Value): Eventual<Value> {
  return begin((function* (): Run<Value> {
    if (index instanceof PySlice) {
      const bounds = yield* boundsOf(vm, index, Number(range.length));
      const start = add(range.start, multiply(bounds.start, range.step));
      const stop = add(range.start, multiply(bounds.stop, range.step));
      return new PyRange(start, stop, multiply(range.step, bounds.step), bounds.count);
    }
    const at = yield* settle(asIndex(vm, index));
    if (at === undefined) throw typeError(`range indices must be integers or slices, not ${typeOf(index).name}`);
    const position = at < 0 ? add(at, range.length) : at;
    if (position < 0 || position >= range.length) throw indexError("range object index out of range");
    return add(range.start, multiply(position, range.step));
  })());
}

export function setItem(vm: Vm, container: Value, index: Value, value: Value): Eventual<void> {
  const cls = typeOf(container);
  if (cls.heap) {
    const method = cls.lookup("__setitem__");
    if (!isBuiltin(method)) return ignoring(call(vm, method as Value, [container, index, value], undefined));
  }
  if (container instanceof PyDict) return dictSet(vm, container, index, value);
  if (container instanceof PyList) return begin(setListItem(vm, container, index, value));
  if (container instanceof PyBytes && container.cls !== types.bytes) return begin(setByte(vm, container, index, value));
  const method = typeof container === "object" && container !== null ? cls.lookup("__setitem__") : undefined;
  if (method !== undefined) return ignoring(call(vm, method, [container, index, value], undefined));
  throw typeError(`'${cls.name}' object does not support item assignment`);
}

function ignoring(result: Eventual<Value>): Eventual<void> {
  if (!(result instanceof Suspended)) return;
  return begin((function* (): Run<void> {
    yield* result.resume();
  })());
}

function* setListItem(vm: Vm, list: PyList, index: Value, value: Value): Run<void> {
  const { items } = list;
  if (index instanceof PySlice) {
    const bounds = yield* boundsOf(vm, index, items.length);
    const replacement = [...(yield* settle(collect(vm, value, undefined)))];
    if (bounds.step === 1) {
      const tail = items.slice(Math.max(bounds.start, bounds.stop));
      items.length = bounds.start;
      for (const item of replacement) items.push(item);
      for (const item of tail) items.push(item);
      return;
    }
    if (replacement.length !== bounds.count) throw valueError(`attempt to assign sequence of size ${replacement.length} to extended slice of size ${bounds.count}`);
    replacement.forEach((item, i) => {
      items[bounds.start + i * bounds.step] = item;
    });
    return;
  }
  const at = yield* settle(asIndex(vm, index));
  if (at === undefined) throw typeError(`list indices must be integers or slices, not ${typeOf(index).name}`);
  const position = smallIndex(at) < 0 ? smallIndex(at) + items.length : smallIndex(at);
  if (position < 0 || position >= items.length) throw indexError("list assignment index out of range");
  items[position] = value;
}

function* setByte(vm: Vm, target: PyBytes, index: Value, value: Value): Run<void> {
  const { bytes } = target;
  if (index instanceof PySlice) {
    const bounds = yield* boundsOf(vm, index, bytes.length);
    const replacement = value instanceof PyBytes ? value.bytes : Uint8Array.from((yield* settle(collect(vm, value))).map(Number));
    const joined = [...bytes.subarray(0, bounds.start), ...replacement, ...bytes.subarray(Math.max(bounds.start, bounds.stop))];
    target.bytes = Uint8Array.from(joined);
    return;
  }
  const at = smallIndex(yield* needIndex(vm, index));
  const byte = yield* needIndex(vm, value);
  if (byte < 0 || byte > 255) throw valueError("byte must be in range(0, 256)");
  const position = at < 0 ? at + bytes.length : at;
  if (position < 0 || position >= bytes.length) throw indexError("bytearray index out of range");
  bytes[position] = Number(byte);
  target.untouched = undefined;
}

export function deleteItem(vm: Vm, container: Value, index: Value): Eventual<void> {
  const cls = typeOf(container);
  if (cls.heap) {
    const method = cls.lookup("__delitem__");
    if (!isBuiltin(method)) return ignoring(call(vm, method as Value, [container, index], undefined));
  }
  if (container instanceof PyDict) {
    return begin((function* (): Run<void> {
      if ((yield* settle(dictRemove(vm, container, index))) === undefined) throw keyError(index);
    })());
  }
  if (container instanceof PyList) return begin(deleteListItem(vm, container, index));
  const method = typeof container === "object" && container !== null ? cls.lookup("__delitem__") : undefined;
  if (method !== undefined) return ignoring(call(vm, method, [container, index], undefined));
  throw typeError(`'${cls.name}' object doesn't support item deletion`);
}

function* deleteListItem(vm: Vm, list: PyList, index: Value): Run<void> {
  const { items } = list;
  if (index instanceof PySlice) {
    const bounds = yield* boundsOf(vm, index, items.length);
    const gone = new Set<number>();
    for (let i = 0; i < bounds.count; i++) gone.add(bounds.start + i * bounds.step);
    list.items = items.filter((_, i) => !gone.has(i));
    return;
  }
  const at = yield* settle(asIndex(vm, index));
  if (at === undefined) throw typeError(`list indices must be integers or slices, not ${typeOf(index).name}`);
  const position = smallIndex(at) < 0 ? smallIndex(at) + items.length : smallIndex(at);
  if (position < 0 || position >= items.length) throw indexError("list assignment index out of range");
  items.splice(position, 1);
}

/** len(); undefined when the object has none. */
export function lengthOf(vm: Vm, value: Value): Eventual<Value> {
  if (typeof value === "string") return textLength(value);
  const cls = typeOf(value);
  if (cls.heap) {
    const method = cls.lookup("__len__");
    if (method !== undefined && !isBuiltin(method)) {
      return begin((function* (): Run<Value> {
        const length = yield* needIndex(vm, yield* settle(call(vm, method, [value], undefined)));
        if (length < 0) throw valueError("__len__() should return >= 0");
        return length;
      })());
    }
    if (value instanceof PyInstance && value.base !== undefined) return lengthOf(vm, value.base);
  }
  if (value instanceof PyList || value instanceof PyTuple) return value.items.length;
  if (value instanceof PyDict || value instanceof PySet) return value.size;
  if (value instanceof PyBytes) return value.bytes.length;
  if (value instanceof PyRange) {
    if (typeof value.length === "bigint") throw overflowError("Python int too large to convert to C ssize_t");
    return value.length;
  }
  if (value instanceof PyView) return value.dict.size;
  const method = typeof value === "object" && value !== null ? cls.lookup("__len__") : undefined;
  if (method !== undefined) return call(vm, method, [value], undefined);
  throw typeError(`object of type '${cls.name}' has no len()`);
}
