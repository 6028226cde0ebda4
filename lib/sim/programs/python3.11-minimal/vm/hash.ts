// hash(), and the dicts and sets whose keys have a hash of their own.

import type { PyDict } from "../objects/dictionary.ts";
import { exceptions, failure, typeError } from "../objects/exception.ts";
import { BY_HASH, hashKey, isHashKey, type Key, keyOf, unhashable } from "../objects/key.ts";
import { hashOfFloat, hashOfInt, hashOfText, PySet } from "../objects/set.ts";
import { begin, type Eventual, PyBuiltin, PyBytes, PyFloat, PyTuple, type Run, settle, Suspended, types, typeOf, unwrap, type Value } from "../objects/value.ts";
import { call } from "./call.ts";
import { isEqual } from "./compare.ts";
import type { Vm } from "./vm.ts";

export function hash(vm: Vm, value: Value): Eventual<Value> {
  const plain = unwrap(value);
  const cls = typeOf(value);
  const own = cls.lookup("__hash__");
  if (own === null) unhashable(value);
  if (cls.heap && own !== undefined && !(own instanceof PyBuiltin)) {
    return begin(ownHash(vm, own, value));
  }
  switch (typeof plain) {
    case "number":
    case "bigint":
      return hashOfInt(plain);
    case "boolean":
      return plain ? 1 : 0;
    case "string":
      return hashOfText(plain);
    default:
  }
  if (plain === null) return 0x7ac1;
  if (plain instanceof PyFloat) return hashOfFloat(plain.value);
  if (plain instanceof PyTuple) return begin(tupleHash(vm, plain.items));
  if (plain instanceof PyBytes) return hashOfText(String.fromCharCode(...plain.bytes.subarray(0, 1000)));
  if (plain instanceof PySet) {
    return begin((function* () {
      let sum = 1927868237;
      for (const item of plain.ordered()) sum = (sum ^ Number(BigInt.asIntN(32, BigInt((yield* settle(hash(vm, item))) as number)))) | 0;
      return sum as Value;
    })());
  }
  return Math.floor(vm.addressOf(plain) / 16);
}

function* ownHash(vm: Vm, method: Value, value: Value): Run<Value> {
  const result = unwrap(yield* settle(call(vm, method, [value], undefined)));
  if (typeof result === "boolean") return result ? 1 : 0;
  if (typeof result !== "number" && typeof result !== "bigint") throw typeError("__hash__ method should return an integer");
  // typeobject.c, slot_tp_hash: what fits in a word stays.
  if (BigInt(result) === BigInt.asIntN(64, BigInt(result))) return result === -1 ? -2 : result;
  return hashOfInt(result);
}

/** tupleobject.c: the xxHash-like mix. */
function* tupleHash(vm: Vm, items: readonly Value[]): Run<Value> {
  const P1 = 11400714785074694791n;
  const P2 = 14029467366897019727n;
  const P5 = 2870177450012600261n;
  let acc = P5;
  for (const item of items) {
    const lane = BigInt.asUintN(64, BigInt((yield* settle(hash(vm, item))) as number));
    acc = BigInt.asUintN(64, acc + lane * P2);
    acc = BigInt.asUintN(64, (acc << 31n) | (acc >> 33n));
    acc = BigInt.asUintN(64, acc * P1);
  }
  acc = BigInt.asIntN(64, acc + (BigInt(items.length) ^ (P5 ^ 3527539n)));
  if (acc === -1n) acc = 1546275796n;
  return acc >= -9007199254740991n && acc <= 9007199254740991n ? Number(acc) : acc;
}

interface Table {
  original(key: Key): Value | undefined;
}

/** Under which key the table has the value, or would have it. */
function locate(vm: Vm, table: Table, value: Value): Eventual<Key> {
  const key = keyOf(value);
  return key === BY_HASH ? begin(locateByHash(vm, table, value)) : key;
}

function* locateByHash(vm: Vm, table: Table, value: Value): Run<Key> {
  const code = yield* settle(hash(vm, value));
  for (let nth = 0; ; nth++) {
    const key = hashKey(code, nth);
    const known = table.original(key);
    if (known === undefined || known === value || (yield* settle(isEqual(vm, known, value)))) return key;
  }
}

export function dictGet(vm: Vm, dict: PyDict, key: Value): Eventual<Value | undefined> {
  const at = locate(vm, dict, key);
  if (!(at instanceof Suspended)) return dict.entry(at)?.value;
  return begin((function* () {
    return dict.entry(yield* at.resume())?.value;
  })());
}

export function dictSet(vm: Vm, dict: PyDict, key: Value, value: Value): Eventual<void> {
  const at = locate(vm, dict, key);
  if (!(at instanceof Suspended)) {
    dict.put(at, key, value);
    vm.heap.note(100);
    return;
  }
  return begin((function* () {
    dict.put(yield* at.resume(), key, value);
  })());
}

/** The value that was there, or undefined. */
export function dictRemove(vm: Vm, dict: PyDict, key: Value): Eventual<Value | undefined> {
  return begin((function* () {
    const at = yield* settle(locate(vm, dict, key));
    const value = dict.entry(at)?.value;
    if (value === undefined) return undefined;
    dict.remove(at);
    if (isHashKey(at)) closeGap(at, (from) => dict.entry(from), (from, to) => {
      const entry = dict.entry(from);
      if (!entry) return;
      dict.remove(from);
      dict.put(to, entry.key, entry.value);
    });
    return value;
  })());
}

export function setAdd(vm: Vm, set: PySet, value: Value): Eventual<void> {
  const frozen = value instanceof PySet && value.cls === types.set ? unhashable(value) : value;
  const at = locate(vm, set, frozen);
  if (!(at instanceof Suspended)) {
    set.add(at, value);
    vm.heap.note(60);
    return;
  }
  return begin((function* () {
    set.add(yield* at.resume(), value);
  })());
}

export function setHas(vm: Vm, set: PySet, value: Value): Eventual<boolean> {
  const at = locate(vm, set, value);
  if (!(at instanceof Suspended)) return set.has(at);
  return begin((function* () {
    return set.has(yield* at.resume());
  })());
}

export function setRemove(vm: Vm, set: PySet, value: Value): Eventual<boolean> {
  return begin((function* () {
    const at = yield* settle(locate(vm, set, value));
    if (!set.remove(at)) return false;
    if (isHashKey(at)) closeGap(at, (from) => set.original(from), (from, to) => {
      const item = set.original(from);
      if (item === undefined) return;
      set.remove(from);
      set.add(to, item);
    });
    return true;
  })());
}

/** Values with the same hash are numbered without gaps. */
function closeGap(key: string, has: (key: Key) => unknown, move: (from: Key, to: Key) => void): void {
  const mark = key.lastIndexOf("#");
  const stem = key.slice(0, mark + 1);
  let nth = Number(key.slice(mark + 1));
  while (has(`${stem}${nth + 1}`) !== undefined) {
    move(`${stem}${nth + 1}`, `${stem}${nth}`);
    nth++;
  }
}

export function* setOf(vm: Vm, items: Iterable<Value>, cls = types.set): Run<PySet> {
  const set = new PySet(cls);
  for (const item of items) {
    const added = setAdd(vm, set, item);
    if (added instanceof Suspended) yield* added.resume();
    if (vm.tired()) yield* vm.rest();
  }
  return set;
}

export function changedSize(what: string): never {
  throw failure(exceptions.RuntimeError, `${what} changed size during iteration`);
}
