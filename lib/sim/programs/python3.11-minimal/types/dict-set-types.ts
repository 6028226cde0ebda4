// dict with its views, set and frozenset.

import { PyDict } from "../objects/dictionary.ts";
import { declareAttributes, declareClassMethods, declareMethods } from "../objects/declare.ts";
import { keyError, typeError, valueError } from "../objects/exception.ts";
import { PySet } from "../objects/set.ts";
import { begin, PyBuiltin, type PyClass, PyIterator, PyTuple, type Run, settle, Suspended, types, type Value } from "../objects/value.ts";
import { PyView } from "../objects/view.ts";
import { call } from "../vm/call.ts";
import { contains } from "../vm/compare.ts";
import { dictGet, dictRemove, dictSet, hash, setAdd, setHas, setOf, setRemove } from "../vm/hash.ts";
import { collect, dictIterator, iterate, next } from "../vm/iterate.ts";
import { mappingItems } from "../vm/mapping.ts";
import { builtinRepr } from "../vm/text-form.ts";
import { setOperation } from "../vm/operator.ts";
import { findAttribute } from "../vm/attribute.ts";
import type { Vm } from "../vm/vm.ts";
import { declareOperators } from "./operators.ts";
import { initialiser } from "./sequence-types.ts";
import { done } from "./object-type.ts";

/** What dict(), dict.update() and Counter take: a mapping or pairs, and keywords. */
export function* fillDict(vm: Vm, dict: PyDict, source: Value | undefined, keywords: ReadonlyMap<string, Value> | undefined): Run<void> {
  if (source !== undefined) {
    if (source instanceof PyDict || (yield* settle(findAttribute(vm, source, "keys"))) !== undefined) {
      for (const [key, value] of yield* mappingItems(vm, source, "")) yield* settle(dictSet(vm, dict, key, value));
    } else {
      const iterator = yield* settle(iterate(vm, source));
      for (let i = 0; ; i++) {
        const item = yield* settle(next(vm, iterator));
        if (item === undefined) break;
        if (typeof item === "number" || item === null || typeof item === "boolean") throw typeError(`cannot convert dictionary update sequence element #${i} to a sequence`);
        const pair = yield* settle(collect(vm, item));
        if (pair.length !== 2) throw valueError(`dictionary update sequence element #${i} has length ${pair.length}; 2 is required`);
        yield* settle(dictSet(vm, dict, pair[0] as Value, pair[1] as Value));
        if (vm.tired()) yield* vm.rest();
      }
    }
  }
  if (keywords) for (const [key, value] of keywords) dict.setText(key, value);
}

types.dict.construct = (vm, cls, args, keywords) => begin((function* (): Run<Value> {
  if (args.length > 1) throw typeError(`dict expected at most 1 argument, got ${args.length}`);
  const dict = new PyDict(cls);
  yield* fillDict(vm, dict, args[0], keywords);
  return dict;
})());
initialiser(types.dict, function* (vm, self, args, keywords) {
  yield* fillDict(vm, self as PyDict, args[0], keywords);
});

declareMethods(types.dict, {
  "get(self, key, default=None, /)": (vm, self: PyDict, key: Value, byDefault: Value) => {
    const found = dictGet(vm, self, key);
    if (!(found instanceof Suspended)) return found === undefined ? byDefault : found;
    return begin((function* (): Run<Value> {
      const value = yield* found.resume();
      return value === undefined ? byDefault : value;
    })());
  },
  "setdefault(self, key, default=None, /)": (vm, self: PyDict, key: Value, byDefault: Value) => begin((function* (): Run<Value> {
    const found = yield* settle(dictGet(vm, self, key));
    if (found !== undefined) return found;
    yield* settle(dictSet(vm, self, key, byDefault));
    return byDefault;
  })()),
  "pop(self, key, default=..., /)": (vm, self: PyDict, key: Value, byDefault: Value | undefined) => begin((function* (): Run<Value> {
    const removed = yield* settle(dictRemove(vm, self, key));
    const found = removed === undefined ? byDefault : removed;
    if (found === undefined) throw keyError(key);
    return found;
  })()),
  "popitem(self, /)": (vm, self: PyDict) => begin((function* (): Run<Value> {
    const last = [...self.values()].pop();
    if (!last) throw keyError("popitem(): dictionary is empty");
    yield* settle(dictRemove(vm, self, last.key));
    return new PyTuple([last.key, last.value]);
  })()),
  "keys(self, /)": (_vm, self: PyDict) => new PyView(self, "keys"),
  "values(self, /)": (_vm, self: PyDict) => new PyView(self, "values"),
  "items(self, /)": (_vm, self: PyDict) => new PyView(self, "items"),
  "clear(self, /)": (_vm, self: PyDict) => {
    self.clear();
    return null;
  },
  "copy(self, /)": (vm, self: PyDict) => begin((function* (): Run<Value> {
    const copy = new PyDict();
    for (const { key, value } of self.values()) yield* settle(dictSet(vm, copy, key, value));
    return copy;
  })()),
  "__len__(self, /)": (_vm, self: PyDict) => self.size,
  "__getitem__(self, key, /)": (vm, self: PyDict, key: Value) => begin((function* (): Run<Value> {
    const found = yield* settle(dictGet(vm, self, key));
    if (found !== undefined) return found;
    const missing = self.cls.lookup("__missing__");
    if (missing === undefined) throw keyError(key);
    return yield* settle(call(vm, missing, [self, key], undefined));
  })()),
  "__setitem__(self, key, value, /)": (vm, self: PyDict, key: Value, value: Value) => done(dictSet(vm, self, key, value)),
  "__delitem__(self, key, /)": (vm, self: PyDict, key: Value) => begin((function* (): Run<Value> {
    if ((yield* settle(dictRemove(vm, self, key))) === undefined) throw keyError(key);
    return null;
  })()),
  "__contains__(self, key, /)": (vm, self: PyDict, key: Value) => begin((function* (): Run<Value> {
    return (yield* settle(dictGet(vm, self, key))) !== undefined;
  })()),
  "__iter__(self, /)": (_vm, self: PyDict) => dictIterator(self, "keys"),
  "__reversed__(self, /)": (_vm, self: PyDict) => reversedView(new PyView(self, "keys")),
  "__repr__(self, /)": (vm, self: PyDict) => builtinRepr(vm, self),
});
types.dict.members.set("__hash__", null);
types.dict.members.set("update", new PyBuiltin(types.methodDescriptor, "update", (vm, args, keywords) => begin((function* (): Run<Value> {
  const [self, source, ...more] = args;
  if (more.length > 0) throw typeError(`update expected at most 1 argument, got ${args.length - 1}`);
  yield* fillDict(vm, self as PyDict, source, keywords);
  return null;
})()), "dict.update", undefined, types.dict));
declareClassMethods(types.dict, {
  "fromkeys(cls, iterable, value=None, /)": (vm, cls: PyClass, iterable: Value, value: Value) => begin((function* (): Run<Value> {
    const dict = cls === types.dict ? new PyDict() : ((yield* settle(call(vm, cls, [], undefined))) as PyDict);
    for (const key of yield* settle(collect(vm, iterable))) yield* settle(dictSet(vm, dict, key, value));
    return dict;
  })()),
});
declareOperators(types.dict, ["|"]);

function reversedView(view: PyView): Value {
  const entries = [...view.dict.values()].reverse();
  let at = 0;
  return new PyIterator(types.reversed, () => {
    const entry = entries[at++];
    if (!entry) return undefined;
    return view.kind === "keys" ? entry.key : view.kind === "values" ? entry.value : new PyTuple([entry.key, entry.value]);
  });
}

for (const cls of [types.dictKeys, types.dictValues, types.dictItems]) {
  declareMethods(cls, {
    "__len__(self, /)": (_vm, self: PyView) => self.dict.size,
    "__iter__(self, /)": (_vm, self: PyView) => dictIterator(self.dict, self.kind),
    "__reversed__(self, /)": (_vm, self: PyView) => reversedView(self),
  });
  if (cls === types.dictValues) continue;
  declareMethods(cls, {
    "isdisjoint(self, other, /)": (vm, self: PyView, other: Value) => begin((function* (): Run<Value> {
      for (const item of yield* settle(collect(vm, other))) if (yield* settle(contains(vm, self, item))) return false;
      return true;
    })()),
  });
  cls.members.set("__hash__", null);
}
declareAttributes(types.dictKeys, { mapping: (_vm, self: PyView) => self.dict });

// ---- sets ---------------------------------------------------------------------------------------------------------------------------------

for (const cls of [types.set, types.frozenset]) {
  cls.construct = (vm, made, args) => begin((function* (): Run<Value> {
    if (args.length > 1) throw typeError(`${cls.name} expected at most 1 argument, got ${args.length}`);
    const [source] = args;
    if (source instanceof PySet && made === types.frozenset && source.cls === made) return source;
    return yield* setOf(vm, source === undefined ? [] : yield* settle(collect(vm, source)), made);
  })());
  const operands = function* (vm: Vm, value: Value): Run<PySet> {
    return value instanceof PySet ? value : yield* setOf(vm, yield* settle(collect(vm, value)));
  };
  const combine = (operator: "|" | "&" | "-" | "^", inPlace: boolean) => new PyBuiltin(types.methodDescriptor, "", (vm, args) => begin((function* (): Run<Value> {
    const self = args[0] as PySet;
    let result: Value = inPlace ? self : copyOf(self);
    for (const other of args.slice(1)) result = yield* setOperation(vm, operator, result as PySet, yield* operands(vm, other), inPlace);
    return inPlace ? null : result;
  })()), "", undefined, cls);
  for (const [name, operator, inPlace] of [["union", "|", false], ["intersection", "&", false], ["difference", "-", false], ["symmetric_difference", "^", false], ["update", "|", true], ["intersection_update", "&", true], ["difference_update", "-", true], ["symmetric_difference_update", "^", true]] as const) {
    if (inPlace && cls === types.frozenset) continue;
    const method = combine(operator, inPlace);
    cls.members.set(name, new PyBuiltin(types.methodDescriptor, name, method.native, `${cls.name}.${name}`, undefined, cls));
  }
  declareMethods(cls, {
    "copy(self, /)": (_vm, self: PySet) => copyOf(self),
    "issubset(self, other, /)": (vm, self: PySet, other: Value) => begin((function* (): Run<Value> {
      const large = yield* operands(vm, other);
      for (const item of self.ordered()) if (!(yield* settle(setHas(vm, large, item)))) return false;
      return true;
    })()),
    "issuperset(self, other, /)": (vm, self: PySet, other: Value) => begin((function* (): Run<Value> {
      for (const item of yield* settle(collect(vm, other))) if (!(yield* settle(setHas(vm, self, item)))) return false;
      return true;
    })()),
    "isdisjoint(self, other, /)": (vm, self: PySet, other: Value) => begin((function* (): Run<Value> {
      for (const item of yield* settle(collect(vm, other))) if (yield* settle(setHas(vm, self, item))) return false;
      return true;
    })()),
    "__len__(self, /)": (_vm, self: PySet) => self.size,
    "__contains__(self, item, /)": (vm, self: PySet, item: Value) => setHas(vm, self, item),
    "__iter__(self, /)": (vm, self: PySet) => iterate(vm, self.cls.heap ? copyOf(self) : self),
    "__repr__(self, /)": (vm, self: PySet) => builtinRepr(vm, self),
  });
  declareOperators(cls, ["|", "&", "-", "^"]);
}
types.set.members.set("__hash__", null);
declareMethods(types.frozenset, { "__hash__(self, /)": (vm, self: Value) => hash(vm, self) });
initialiser(types.set, function* (vm, self, args) {
  if (args.length > 0) for (const item of yield* settle(collect(vm, args[0] as Value))) yield* settle(setAdd(vm, self as PySet, item));
});
declareMethods(types.set, {
  "add(self, item, /)": (vm, self: PySet, item: Value) => done(setAdd(vm, self, item)),
  "discard(self, item, /)": (vm, self: PySet, item: Value) => begin((function* (): Run<Value> {
    yield* settle(setRemove(vm, self, item));
    return null;
  })()),
  "remove(self, item, /)": (vm, self: PySet, item: Value) => begin((function* (): Run<Value> {
    if (!(yield* settle(setRemove(vm, self, item)))) throw keyError(item);
    return null;
  })()),
  "pop(self, /)": (vm, self: PySet) => begin((function* (): Run<Value> {
    const first = self.ordered()[0];
    if (first === undefined) throw keyError("pop from an empty set");
    yield* settle(setRemove(vm, self, first));
    return first;
  })()),
  "clear(self, /)": (_vm, self: PySet) => {
    self.clear();
    return null;
  },
});

function copyOf(self: PySet): PySet {
  const copy = new PySet(self.cls.heap ? self.cls.layout : self.cls);
  copy.reserve(self.size);
  for (const [key, value] of self.keyed()) copy.add(key, value);
  return copy;
}
