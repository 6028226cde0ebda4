// Merging mappings: `{**a}`, `f(**a)`, dict.update().

import { PyDict } from "../objects/dictionary.ts";
import { typeError } from "../objects/exception.ts";
import { begin, type Eventual, type Run, settle, Suspended, typeOf, type Value } from "../objects/value.ts";
import { findAttribute } from "./attribute.ts";
import { call } from "./call.ts";
import { dictSet } from "./hash.ts";
import { collect } from "./iterate.ts";
import { getItem } from "./subscript.ts";
import { nameOfCallable } from "./text-form.ts";
import type { Vm } from "./vm.ts";

/** `{**value}`. */
export function extendMapping(vm: Vm, dict: PyDict, value: Value): Eventual<void> {
  return begin((function* (): Run<void> {
    for (const [key, item] of yield* mappingItems(vm, value, `'${typeOf(value).name}' object is not a mapping`)) yield* settle(dictSet(vm, dict, key, item));
  })());
}

export function* mappingItems(vm: Vm, value: Value, complaint: string): Run<readonly (readonly [Value, Value])[]> {
  if (value instanceof PyDict) return Array.from(value.values(), (entry) => [entry.key, entry.value] as const);
  const keys = yield* settle(findAttribute(vm, value, "keys"));
  if (keys === undefined) throw typeError(complaint);
  const pairs: (readonly [Value, Value])[] = [];
  for (const key of yield* settle(collect(vm, yield* settle(call(vm, keys, [], undefined))))) pairs.push([key, yield* settle(getItem(vm, value, key))]);
  return pairs;
}

/** `f(**value)`: `dict` holds the keywords so far. */
export function mergeKeywords(vm: Vm, dict: PyDict, value: Value, callee: Value): Eventual<void> {
  return begin((function* (): Run<void> {
    const name = nameOfCallable(callee);
    for (const [key, item] of yield* mappingItems(vm, value, `${name} argument after ** must be a mapping, not ${typeOf(value).name}`)) {
      if (typeof key !== "string") throw typeError("keywords must be strings");
      if (dict.getText(key) !== undefined) throw typeError(`${name} got multiple values for keyword argument '${key}'`);
      const stored = dictSet(vm, dict, key, item);
      if (stored instanceof Suspended) yield* stored.resume();
    }
  })());
}
