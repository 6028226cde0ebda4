// enumerate, zip, map, filter, reversed: iterators made by calling a type.

import { typeError, valueError } from "../objects/exception.ts";
import { add } from "../objects/number.ts";
import { begin, type Eventual, type Int, PyIterator, PyList, PyObject, PyRange, PyTuple, type Run, settle, Suspended, types, typeOf, type Value } from "../objects/value.ts";
import { codePoints } from "../objects/text.ts";
import { call } from "../vm/call.ts";
import { truth } from "../vm/compare.ts";
import { iterate, next } from "../vm/iterate.ts";
import { getItem, lengthOf, needIndex } from "../vm/subscript.ts";
import type { Vm } from "../vm/vm.ts";
import { reversedItems, reversedRange } from "./sequence-types.ts";

const make = (cls: PyIterator["cls"], holds: Value, step: (vm: Vm) => Eventual<Value | undefined>): PyIterator => {
  const iterator = new PyIterator(cls, step);
  iterator.holds = holds;
  return iterator;
};

types.enumerate.construct = (vm, cls, args, keywords) => begin((function* (): Run<Value> {
  const source = args[0] ?? keywords?.get("iterable");
  if (source === undefined) throw typeError("enumerate() missing required argument 'iterable'");
  const start = args[1] ?? keywords?.get("start");
  let count: Int = start === undefined ? 0 : yield* needIndex(vm, start);
  const iterator = yield* settle(iterate(vm, source));
  return make(cls, iterator, (at) => {
    const item = next(at, iterator);
    if (item instanceof Suspended) {
      return begin((function* (): Run<Value | undefined> {
        const one = yield* item.resume();
        if (one === undefined) return undefined;
        const index = count;
        count = add(count, 1);
        return new PyTuple([index, one]);
      })());
    }
    if (item === undefined) return undefined;
    const index = count;
    count = add(count, 1);
    return new PyTuple([index, item]);
  });
})());

types.zip.construct = (vm, cls, args, keywords) => begin((function* (): Run<Value> {
  const strict = keywords?.get("strict") === true;
  const iterators: Value[] = [];
  for (const one of args) iterators.push(yield* settle(iterate(vm, one)));
  return make(cls, new PyList(iterators), (at) => begin((function* (): Run<Value | undefined> {
    if (iterators.length === 0) return undefined;
    const items: Value[] = [];
    for (const [i, iterator] of iterators.entries()) {
      const item = yield* settle(next(at, iterator));
      if (item !== undefined) {
        if (strict && i > 0 && items.length < i) throw valueError(`zip() argument ${i + 1} is longer than argument${i === 1 ? " 1" : `s 1-${i}`}`);
        items.push(item);
        continue;
      }
      if (!strict) return undefined;
      if (i > 0) throw valueError(`zip() argument ${i + 1} is shorter than argument${i === 1 ? " 1" : `s 1-${i}`}`);
      for (const [j, other] of iterators.slice(1).entries()) {
        if ((yield* settle(next(at, other))) !== undefined) throw valueError(`zip() argument ${j + 2} is longer than argument${j === 0 ? " 1" : `s 1-${j + 1}`}`);
      }
      return undefined;
    }
    return new PyTuple(items);
  })()));
})());

types.map.construct = (vm, cls, args) => begin((function* (): Run<Value> {
  const [fn, ...sources] = args;
  if (fn === undefined || sources.length === 0) throw typeError("map() must have at least two arguments.");
  const iterators: Value[] = [];
  for (const one of sources) iterators.push(yield* settle(iterate(vm, one)));
  const [only] = iterators;
  return make(cls, new PyList([fn, ...iterators]), (at) => {
    if (iterators.length === 1 && only !== undefined) {
      const item = next(at, only);
      if (!(item instanceof Suspended)) return item === undefined ? undefined : call(at, fn, [item], undefined);
      return begin((function* (): Run<Value | undefined> {
        const one = yield* item.resume();
        return one === undefined ? undefined : yield* settle(call(at, fn, [one], undefined));
      })());
    }
    return begin((function* (): Run<Value | undefined> {
      const items: Value[] = [];
      for (const iterator of iterators) {
        const item = yield* settle(next(at, iterator));
        if (item === undefined) return undefined;
        items.push(item);
      }
      return yield* settle(call(at, fn, items, undefined));
    })());
  });
})());

types.filter.construct = (vm, cls, args) => begin((function* (): Run<Value> {
  const [fn, source] = args;
  if (fn === undefined || source === undefined || args.length > 2) throw typeError(`filter expected 2 arguments, got ${args.length}`);
  const iterator = yield* settle(iterate(vm, source));
  return make(cls, new PyList([fn, iterator]), (at) => begin((function* (): Run<Value | undefined> {
    for (;;) {
      const item = yield* settle(next(at, iterator));
      if (item === undefined) return undefined;
      const kept = fn === null || fn === types.bool ? item : yield* settle(call(at, fn, [item], undefined));
      if (yield* settle(truth(at, kept))) return item;
      if (at.tired()) yield* at.rest();
    }
  })()));
})());

types.reversed.construct = (vm, cls, args) => begin((function* (): Run<Value> {
  const [source] = args;
  if (source === undefined || args.length > 1) throw typeError(`reversed expected 1 argument, got ${args.length}`);
  if (typeof source === "string") return reversedItems(new PyList([...codePoints(source)]));
  if (source instanceof PyRange) return yield* settle(iterate(vm, reversedRange(source)));
  const own = typeof source === "object" && source !== null ? source.cls.lookup("__reversed__") : undefined;
  if (own !== undefined && own !== null) return yield* settle(call(vm, own, [source], undefined));
  if (source instanceof PyList || source instanceof PyTuple) return reversedItems(source);
  if (!(source instanceof PyObject) || source.cls.lookup("__getitem__") === undefined || source.cls.lookup("__len__") === undefined || own === null) throw typeError(`'${typeOf(source).name}' object is not reversible`);
  let at = Number(yield* settle(lengthOf(vm, source))) - 1;
  return make(cls, source, (machine) => (at < 0 ? undefined : getItem(machine, source, at--)));
})());

