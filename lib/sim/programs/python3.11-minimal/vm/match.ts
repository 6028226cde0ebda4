// The instructions of `match` (PEP 634).

import { PyDict } from "../objects/dictionary.ts";
import { typeError } from "../objects/exception.ts";
import { begin, type Eventual, PyClass, PyTuple, type Run, settle, types, typeOf, type Value } from "../objects/value.ts";
import { findAttribute } from "./attribute.ts";
import { dictGet, dictRemove, dictSet } from "./hash.ts";
import type { Vm } from "./vm.ts";

/** A single positional pattern matches these as a whole. */
const SELF_MATCHING: ReadonlySet<PyClass> = new Set([types.bool, types.bytearray, types.bytes, types.dict, types.float, types.frozenset, types.int, types.list, types.set, types.str, types.tuple]);

export function matchKeys(vm: Vm, subject: PyDict, keys: PyTuple): Eventual<Value> {
  return begin((function* (): Run<Value> {
    const values: Value[] = [];
    for (const key of keys.items) {
      const value = yield* settle(dictGet(vm, subject, key));
      if (value === undefined) return null;
      values.push(value);
    }
    return new PyTuple(values);
  })());
}

export function matchRest(vm: Vm, subject: PyDict, keys: PyTuple): Eventual<Value> {
  return begin((function* (): Run<Value> {
    const rest = new PyDict();
    for (const { key, value } of [...subject.values()]) yield* settle(dictSet(vm, rest, key, value));
    for (const key of keys.items) yield* settle(dictRemove(vm, rest, key));
    return rest;
  })());
}

export function matchClass(vm: Vm, subject: Value, cls: Value, count: number, names: PyTuple): Eventual<Value> {
  return begin((function* (): Run<Value> {
    if (!(cls instanceof PyClass)) throw typeError("called match pattern must be a class");
    if (!typeOf(subject).isSubclassOf(cls)) return null;
    const attributes: string[] = [];
    const values: Value[] = [];
    if (count > 0) {
      const declared = cls.lookup("__match_args__");
      if (declared === undefined && cls.mro.some((one) => SELF_MATCHING.has(one))) {
        if (count > 1) throw typeError(`${cls.name}() accepts 1 positional sub-pattern (${count} given)`);
        values.push(subject);
      } else {
        const allowed = declared instanceof PyTuple ? declared.items : [];
        if (declared !== undefined && !(declared instanceof PyTuple)) throw typeError(`${cls.name}.__match_args__ must be a tuple (got ${typeOf(declared).name})`);
        if (count > allowed.length) throw typeError(`${cls.name}() accepts ${allowed.length} positional sub-pattern${allowed.length === 1 ? "" : "s"} (${count} given)`);
        attributes.push(...allowed.slice(0, count).map(String));
      }
    }
    for (const name of [...attributes, ...names.items.map(String)]) {
      const value = yield* settle(findAttribute(vm, subject, name));
      if (value === undefined) return null;
      values.push(value);
    }
    return new PyTuple(values);
  })());
}
