// operator: the operators as functions, in TypeScript as they are in C in CPython; itemgetter and its like stand in python/operator.ts.

import { COMPARISONS } from "../code/opcode.ts";
import { declareFunctions, type Implementation } from "../objects/declare.ts";
import { typeError, valueError } from "../objects/exception.ts";
import { add } from "../objects/number.ts";
import { begin, type Int, PyObject, type Run, settle, typeOf, type Value } from "../objects/value.ts";
import { callSpecial } from "../vm/call.ts";
import { compare, contains, isEqual, isIdentical, truth } from "../vm/compare.ts";
import { iterate, next } from "../vm/iterate.ts";
import { binary, type BinaryOperator, operatorName, unary } from "../vm/operator.ts";
import { deleteItem, getItem, lengthOf, needIndex, setItem } from "../vm/subscript.ts";
import type { Vm } from "../vm/vm.ts";
import { absolute } from "../types/number-types.ts";
import { done } from "../types/object-type.ts";
import { registerModule } from "./registry.ts";
import { source } from "./python/operator.ts";

const BINARY: readonly BinaryOperator[] = ["+", "-", "*", "/", "//", "%", "**", "<<", ">>", "&", "|", "^", "@"];
const COMPARISON_NAMES: ReadonlyMap<string, string> = new Map([["<", "lt"], ["<=", "le"], ["==", "eq"], ["!=", "ne"], [">", "gt"], [">=", "ge"]]);

function arithmetic(): Record<string, Implementation> {
  const made: Record<string, Implementation> = {};
  for (const operator of BINARY) {
    const name = operatorName(operator);
    made[`${name === "and" || name === "or" ? `${name}_` : name}(a, b, /)`] = (vm: Vm, a: Value, b: Value) => binary(vm, operator, a, b, false);
    made[`i${name}(a, b, /)`] = (vm: Vm, a: Value, b: Value) => binary(vm, operator, a, b, true);
  }
  for (const operator of COMPARISONS) {
    const name = COMPARISON_NAMES.get(operator);
    if (name !== undefined) made[`${name}(a, b, /)`] = (vm: Vm, a: Value, b: Value) => compare(vm, operator, a, b);
  }
  return made;
}

const isSequence = (value: Value): boolean => typeof value === "string" || (value instanceof PyObject && value.cls.lookup("__getitem__") !== undefined && value.cls.lookup("keys") === undefined);

function concatenation(inPlace: boolean): Implementation {
  return (vm: Vm, a: Value, b: Value) => {
    if (!isSequence(a)) throw typeError(`'${typeOf(a).name}' object can't be concatenated`);
    return binary(vm, "+", a, b, inPlace);
  };
}

function* occurrences(vm: Vm, container: Value, wanted: Value): Run<{ readonly count: Int; readonly first: Int | undefined }> {
  const iterator = yield* settle(iterate(vm, container));
  let count: Int = 0;
  let first: Int | undefined;
  for (let at = 0; ; at++) {
    const item = yield* settle(next(vm, iterator));
    if (item === undefined) return { count, first };
    if (isIdentical(item, wanted) || (yield* settle(isEqual(vm, item, wanted)))) {
      count = add(count, 1);
      first ??= at;
    }
    if (vm.tired()) yield* vm.rest();
  }
}

const functions = declareFunctions({
  ...arithmetic(),
  "concat(a, b, /)": concatenation(false),
  "iconcat(a, b, /)": concatenation(true),
  "neg(a, /)": (vm, a: Value) => unary(vm, "-", a),
  "pos(a, /)": (vm, a: Value) => unary(vm, "+", a),
  "inv(a, /)": (vm, a: Value) => unary(vm, "~", a),
  "invert(a, /)": (vm, a: Value) => unary(vm, "~", a),
  "abs(a, /)": (vm, a: Value) => absolute(vm, a),
  "truth(a, /)": (vm, a: Value) => truth(vm, a),
  "not_(a, /)": (vm, a: Value) => begin((function* (): Run<Value> {
    return !(yield* settle(truth(vm, a)));
  })()),
  "is_(a, b, /)": (_vm, a: Value, b: Value) => isIdentical(a, b),
  "is_not(a, b, /)": (_vm, a: Value, b: Value) => !isIdentical(a, b),
  "contains(a, b, /)": (vm, a: Value, b: Value) => contains(vm, a, b),
  "countOf(a, b, /)": (vm, a: Value, b: Value) => begin((function* (): Run<Value> {
    return (yield* occurrences(vm, a, b)).count;
  })()),
  "indexOf(a, b, /)": (vm, a: Value, b: Value) => begin((function* (): Run<Value> {
    const { first } = yield* occurrences(vm, a, b);
    if (first === undefined) throw valueError("sequence.index(x): x not in sequence");
    return first;
  })()),
  "getitem(a, b, /)": (vm, a: Value, b: Value) => getItem(vm, a, b),
  "setitem(a, b, c, /)": (vm, a: Value, b: Value, c: Value) => done(setItem(vm, a, b, c)),
  "delitem(a, b, /)": (vm, a: Value, b: Value) => done(deleteItem(vm, a, b)),
  "index(a, /)": (vm, a: Value) => begin(needIndex(vm, a)),
  "length_hint(obj, default=0, /)": (vm, object: Value, byDefault: Value) => begin((function* (): Run<Value> {
    if (typeof object === "string" || typeOf(object).lookup("__len__") !== undefined) return yield* settle(lengthOf(vm, object));
    const hint = callSpecial(vm, object, "__length_hint__");
    return hint === undefined ? byDefault : yield* settle(hint);
  })()),
});

registerModule("operator", { source, names: () => new Map(functions) });
