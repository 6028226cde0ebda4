// Arithmetic and the other binary operators, for builtin types and by the special methods of classes. In one file, because each operator is a case
// of the same few switches over the types of its operands.

import type { BINARY_OPERATORS } from "../code/opcode.ts";
import { PyDict } from "../objects/dictionary.ts";
import { exceptions, memoryError, overflowError, PyException, PyRaise, typeError, zeroDivision } from "../objects/exception.ts";
import * as int from "../objects/number.ts";
import { PySet } from "../objects/set.ts";
import {
  begin, type Eventual, type Int, NotImplemented, PyBuiltin, PyBytes, PyClass, PyComplex, PyFloat, PyInstance, PyList, PyObject, PyTuple, type Run, settle, types, typeOf, unwrap, type Value,
} from "../objects/value.ts";
import { PyView } from "../objects/view.ts";
import { formatPercent, formatPercentBytes } from "../objects/percent-format.ts";
import { call } from "./call.ts";
import { dictSet, setAdd, setHas } from "./hash.ts";
import { collect, pushItems } from "./iterate.ts";
import type { Vm } from "./vm.ts";

export type BinaryOperator = (typeof BINARY_OPERATORS)[number];

const NAMES: ReadonlyMap<BinaryOperator, string> = new Map([
  ["+", "add"], ["-", "sub"], ["*", "mul"], ["/", "truediv"], ["//", "floordiv"], ["%", "mod"], ["**", "pow"], ["<<", "lshift"], [">>", "rshift"], ["&", "and"], ["|", "or"],
  ["^", "xor"], ["@", "matmul"],
]);

export function operatorName(operator: BinaryOperator): string {
  return NAMES.get(operator) ?? "";
}

function intOf(value: Value): Int | undefined {
  return typeof value === "number" || typeof value === "bigint" ? value : typeof value === "boolean" ? Number(value) : undefined;
}

function realOf(value: Value): number | undefined {
  if (value instanceof PyFloat) return value.value;
  const whole = intOf(value);
  return whole === undefined ? undefined : int.floatOfInt(whole);
}

function ints(operator: BinaryOperator, a: Int, b: Int): Value | undefined {
  switch (operator) {
    case "+": return int.add(a, b);
    case "-": return int.subtract(a, b);
    case "*": return int.multiply(a, b);
    case "/": return new PyFloat(int.trueDivide(a, b));
    case "//": return int.floorDivide(a, b);
    case "%": return int.modulo(a, b);
    case "**":
      if (b < 0) {
        if (a === 0) throw zeroDivision("0.0 cannot be raised to a negative power");
        return new PyFloat(int.floatOfInt(a) ** int.floatOfInt(b));
      }
      return int.power(a, b);
    case "<<": return int.shiftLeft(a, b);
    case ">>": return int.shiftRight(a, b);
    case "&":
    case "|":
    case "^": return int.bitwise(operator, a, b);
    default: return undefined;
  }
}

function floats(operator: BinaryOperator, a: number, b: number): Value | undefined {
  switch (operator) {
    case "+": return new PyFloat(a + b);
    case "-": return new PyFloat(a - b);
    case "*": return new PyFloat(a * b);
    case "/":
      if (b === 0) throw zeroDivision("float division by zero");
      return new PyFloat(a / b);
    case "//":
      if (b === 0) throw zeroDivision("float floor division by zero");
      return new PyFloat(floorDivideFloat(a, b));
    case "%":
      if (b === 0) throw zeroDivision("float modulo");
      return new PyFloat(moduloFloat(a, b));
    case "**": return powerFloat(a, b);
    default: return undefined;
  }
}

export function moduloFloat(a: number, b: number): number {
  const remainder = a % b;
  if (remainder === 0) return b < 0 ? -0 : 0;
  return remainder < 0 !== b < 0 ? remainder + b : remainder;
}

export function floorDivideFloat(a: number, b: number): number {
  const remainder = a % b;
  let quotient = (a - remainder) / b;
  if (remainder !== 0 && b < 0 !== remainder < 0) quotient -= 1;
  if (quotient === 0) return a / b < 0 || Object.is(a / b, -0) ? -0 : 0;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

function powerFloat(a: number, b: number): Value {
  if (a === 0 && b < 0) throw zeroDivision("0.0 cannot be raised to a negative power");
  if (a < 0 && Number.isFinite(a) && Number.isFinite(b) && !Number.isInteger(b)) return complexPower(new PyComplex(a, 0), new PyComplex(b, 0));
  if (a === 1 || b === 0) return new PyFloat(1);
  if (a === -1 && !Number.isFinite(b) && !Number.isNaN(b)) return new PyFloat(1);
  const result = a ** b;
  if (!Number.isFinite(result) && Number.isFinite(a) && Number.isFinite(b)) throw new PyRaise(new PyException(exceptions.OverflowError, [34, "Numerical result out of range"]));
  return new PyFloat(result);
}

function complexPower(a: PyComplex, b: PyComplex): PyComplex {
  if (a.real === 0 && a.imag === 0) return new PyComplex(b.real === 0 && b.imag === 0 ? 1 : 0, 0);
  const length = Math.hypot(a.real, a.imag);
  const angle = Math.atan2(a.imag, a.real);
  const newLength = length ** b.real * Math.exp(-b.imag * angle);
  const newAngle = b.real * angle + b.imag * Math.log(length);
  return new PyComplex(newLength * Math.cos(newAngle), newLength * Math.sin(newAngle));
}

function complexes(operator: BinaryOperator, a: PyComplex, b: PyComplex): Value | undefined {
  switch (operator) {
    case "+": return new PyComplex(a.real + b.real, a.imag + b.imag);
    case "-": return new PyComplex(a.real - b.real, a.imag - b.imag);
    case "*": return new PyComplex(a.real * b.real - a.imag * b.imag, a.real * b.imag + a.imag * b.real);
    case "/": {
      const divisor = b.real * b.real + b.imag * b.imag;
      if (divisor === 0) throw zeroDivision("complex division by zero");
      return new PyComplex((a.real * b.real + a.imag * b.imag) / divisor, (a.imag * b.real - a.real * b.imag) / divisor);
    }
    case "**": {
      if (b.imag === 0 && Number.isInteger(b.real) && Math.abs(b.real) <= 100) {
        let result = new PyComplex(1, 0);
        for (let i = 0; i < Math.abs(b.real); i++) result = complexes("*", result, a) as PyComplex;
        return b.real < 0 ? complexes("/", new PyComplex(1, 0), result) : result;
      }
      return complexPower(a, b);
    }
    default: return undefined;
  }
}

function complexOf(value: Value): PyComplex | undefined {
  if (value instanceof PyComplex) return value;
  const real = realOf(value);
  return real === undefined ? undefined : new PyComplex(real, 0);
}

/** Undefined when these types do not know that operator. */
function builtinOperation(vm: Vm, operator: BinaryOperator, a: Value, b: Value, inPlace: boolean): Eventual<Value> | undefined {
  const [x, y] = [intOf(a), intOf(b)];
  if (x !== undefined && y !== undefined) {
    if (typeof a === "boolean" && typeof b === "boolean" && (operator === "&" || operator === "|" || operator === "^")) return operator === "&" ? a && b : operator === "|" ? a || b : a !== b;
    if (typeof x === "bigint" || typeof y === "bigint") vm.spend((int.bitLength(x) + int.bitLength(y)) >> 6);
    return ints(operator, x, y);
  }
  if (a instanceof PyFloat || b instanceof PyFloat) {
    const [p, q] = [realOf(a), realOf(b)];
    if (p !== undefined && q !== undefined) return floats(operator, p, q);
  }
  if (a instanceof PyComplex || b instanceof PyComplex) {
    const [p, q] = [complexOf(a), complexOf(b)];
    if (p && q) return complexes(operator, p, q);
  }
  switch (operator) {
    case "+": return concatenate(vm, a, b, inPlace);
    case "*": {
      if (x !== undefined && isSequence(b)) return repeat(vm, b, x, false);
      if (y !== undefined && isSequence(a)) return repeat(vm, a, y, inPlace);
      if (isSequence(a) && !(b instanceof PyInstance)) throw typeError(`can't multiply sequence by non-int of type '${typeOf(b).name}'`);
      if (isSequence(b) && !(a instanceof PyInstance)) throw typeError(`can't multiply sequence by non-int of type '${typeOf(a).name}'`);
      return undefined;
    }
    case "%":
      if (typeof a === "string") return formatPercent(vm, a, b);
      if (a instanceof PyBytes) return formatPercentBytes(vm, a, b);
      return undefined;
    case "|":
    case "&":
    case "-":
    case "^":
      if (setItems(a) && setItems(b)) return begin(setOperation(vm, operator, a as PyObject, b as PyObject, inPlace));
      // The views of a dict take any iterable.
      if (a instanceof PyView && setItems(a) && b instanceof PyObject && (b.cls.lookup("__iter__") !== undefined)) return begin(setOperationWith(vm, operator, a, b));
      if (operator === "|" && a instanceof PyDict && b instanceof PyDict) return begin(mergeDicts(vm, a, b, inPlace));
      if (operator === "|" && isTypeLike(a) && isTypeLike(b)) return unionType(a, b);
      return undefined;
    default: return undefined;
  }
}

function isSequence(value: Value): boolean {
  return typeof value === "string" || value instanceof PyList || value instanceof PyTuple || value instanceof PyBytes;
}

function isTypeLike(value: Value): boolean {
  return value === null || value instanceof PyClass || (value instanceof PyObject && (value.cls === types.union || value.cls === types.genericAlias));
}

function unionType(a: Value, b: Value): Value {
  const members = (one: Value): readonly Value[] => (one instanceof PyTuple && one.cls === types.union ? one.items : [one]);
  return new PyTuple([...new Set([...members(a), ...members(b)])], types.union);
}

function concatenate(vm: Vm, a: Value, b: Value, inPlace: boolean): Eventual<Value> | undefined {
  if (typeof a === "string") {
    if (typeof b === "string") {
      if (a.length + b.length > 1000) {
        vm.heap.reserve(vm, a.length + b.length);
        vm.spend((a.length + b.length) >> 8);
      }
      return a + b;
    }
    if (hasReflected(b, "__radd__")) return undefined;
    throw typeError(`can only concatenate str (not "${typeOf(b).name}") to str`);
  }
  if (a instanceof PyList) {
    if (inPlace) {
      return begin((function* (): Run<Value> {
        const items = yield* settle(collect(vm, b));
        vm.heap.reserveItems(vm, a.items.length + items.length);
        yield* pushItems(vm, a.items, items);
        return a;
      })());
    }
    if (b instanceof PyList) {
      vm.heap.reserveItems(vm, a.items.length + b.items.length);
      vm.spend((a.items.length + b.items.length) >> 4);
      return new PyList(a.items.concat(b.items));
    }
    if (hasReflected(b, "__radd__")) return undefined;
    throw typeError(`can only concatenate list (not "${typeOf(b).name}") to list`);
  }
  if (a instanceof PyTuple) {
    if (b instanceof PyTuple) return new PyTuple([...a.items, ...b.items]);
    if (hasReflected(b, "__radd__")) return undefined;
    throw typeError(`can only concatenate tuple (not "${typeOf(b).name}") to tuple`);
  }
  if (a instanceof PyBytes) {
    if (!(b instanceof PyBytes)) throw typeError(`can't concat ${typeOf(b).name} to ${typeOf(a).name}`);
    const joined = new Uint8Array(a.bytes.length + b.bytes.length);
    vm.heap.reserve(vm, joined.length);
    joined.set(a.bytes);
    joined.set(b.bytes, a.bytes.length);
    if (inPlace && a.cls === types.bytearray) {
      a.bytes = joined;
      return a;
    }
    return new PyBytes(joined, a.cls);
  }
  return undefined;
}

function hasReflected(value: Value, name: string): boolean {
  return value instanceof PyObject && value.cls.heap && value.cls.lookup(name) !== undefined;
}

const MAX_TEXT = 2 ** 29 - 64;

function repeat(vm: Vm, value: Value, count: Int, inPlace: boolean): Eventual<Value> {
  const times = count < 0 ? 0 : Number(count);
  if (typeof value === "string") {
    const length = value.length * times;
    if (length > Number.MAX_SAFE_INTEGER) throw overflowError("cannot fit 'int' into an index-sized integer");
    const known = vm.heap.fills.text(value, times);
    vm.heap.reserve(vm, length, known === undefined ? length : 0);
    vm.spend(length >> 12);
    if (length > MAX_TEXT) throw memoryError();
    return known ?? vm.heap.fills.keepText(value, times, value.repeat(times));
  }
  if (value instanceof PyBytes) {
    const length = value.bytes.length * times;
    const untouched = value.bytes.length < 4096 && value.bytes.every((byte) => byte === 0);
    const fixed = value.cls === types.bytes;
    const known = fixed ? vm.heap.fills.bytes(value.bytes, times) : undefined;
    vm.heap.reserve(vm, length, untouched || known !== undefined ? 0 : length);
    vm.spend(length >> 12);
    if (known !== undefined) return new PyBytes(known, value.cls, untouched);
    const bytes = new Uint8Array(length);
    if (!untouched) for (let i = 0; i < times; i++) bytes.set(value.bytes, i * value.bytes.length);
    return new PyBytes(fixed ? vm.heap.fills.keepBytes(value.bytes, times, bytes) : bytes, value.cls, untouched);
  }
  const items = (value as PyList | PyTuple).items;
  const length = items.length * times;
  if (length > 2 ** 40) throw memoryError();
  vm.heap.reserveItems(vm, length);
  if (length > REPEATED_AT_ONCE) return begin(repeatSlowly(vm, value as PyList | PyTuple, items, length, inPlace));
  vm.spend(length >> 4);
  const result: Value[] = [];
  for (let i = 0; i < times; i++) for (const item of items) result.push(item);
  return repeated(value, result, inPlace);
}

const REPEATED_AT_ONCE = 4096;

function* repeatSlowly(vm: Vm, value: PyList | PyTuple, items: readonly Value[], length: number, inPlace: boolean): Run<Value> {
  const unit: Value[] = [];
  while (unit.length < REPEATED_AT_ONCE && unit.length + items.length <= length) for (const item of items) unit.push(item);
  const result: Value[] = [];
  while (result.length + unit.length <= length) yield* pushItems(vm, result, unit);
  yield* pushItems(vm, result, unit.slice(0, length - result.length));
  return repeated(value, result, inPlace);
}

function repeated(value: Value, result: Value[], inPlace: boolean): Value {
  if (value instanceof PyTuple) return new PyTuple(result);
  if (inPlace) {
    (value as PyList).items = result;
    return value;
  }
  return new PyList(result);
}

function setItems(value: Value): boolean {
  return value instanceof PySet || (value instanceof PyView && value.kind !== "values");
}

function* setOperationWith(vm: Vm, operator: "|" | "&" | "-" | "^", view: PyView, other: Value): Run<Value> {
  const set = new PySet();
  for (const item of yield* settle(collect(vm, other))) yield* settle(setAdd(vm, set, item));
  return yield* setOperation(vm, operator, view, set, false);
}

export function* setOperation(vm: Vm, operator: "|" | "&" | "-" | "^", a: PyObject, b: PyObject, inPlace: boolean): Run<Value> {
  const left = a instanceof PySet ? a.ordered() : yield* settle((a as PyView).list(vm));
  const right = b instanceof PySet ? b.ordered() : yield* settle((b as PyView).list(vm));
  vm.spend(left.length + right.length);
  const result = new PySet(a instanceof PySet && !a.cls.heap ? a.cls : types.set);
  const has = function* (set: PyObject, items: readonly Value[], item: Value): Run<boolean> {
    if (set instanceof PySet) return yield* settle(setHas(vm, set, item));
    const temporary = new PySet();
    for (const one of items) yield* settle(setAdd(vm, temporary, one));
    return yield* settle(setHas(vm, temporary, item));
  };
  if (operator === "|") {
    result.reserve(left.length);
    for (const item of left) yield* settle(setAdd(vm, result, item));
    result.reserve(right.length);
    for (const item of right) yield* settle(setAdd(vm, result, item));
  } else if (operator === "&") {
    const [small, large, items] = left.length > right.length ? [right, a, left] : [left, b, right];
    for (const item of small) if (yield* has(large, items, item)) yield* settle(setAdd(vm, result, item));
  } else {
    for (const item of left) if (!(yield* has(b, right, item))) yield* settle(setAdd(vm, result, item));
    if (operator === "^") for (const item of right) if (!(yield* has(a, left, item))) yield* settle(setAdd(vm, result, item));
  }
  if (!inPlace || !(a instanceof PySet) || a.cls === types.frozenset) return result;
  a.clear();
  for (const item of result.ordered()) yield* settle(setAdd(vm, a, item));
  return a;
}

function* mergeDicts(vm: Vm, a: PyDict, b: PyDict, inPlace: boolean): Run<Value> {
  const result = inPlace ? a : new PyDict();
  if (!inPlace) for (const { key, value } of [...a.values()]) yield* settle(dictSet(vm, result, key, value));
  for (const { key, value } of [...b.values()]) yield* settle(dictSet(vm, result, key, value));
  return result;
}

function ownMethod(cls: PyClass, name: string): Value | undefined {
  if (!cls.heap) return undefined;
  const found = cls.lookup(name);
  return found === undefined || found === null || found instanceof PyBuiltin ? undefined : found;
}

export function binary(vm: Vm, operator: BinaryOperator, a: Value, b: Value, inPlace: boolean): Eventual<Value> {
  const left = typeOf(a);
  const right = typeOf(b);
  if (left.heap || right.heap || left.cls.heap || right.cls.heap) return begin(binaryGeneral(vm, operator, a, b, inPlace, left, right));
  const result = builtinOperation(vm, operator, a, b, inPlace);
  if (result !== undefined) return result;
  throw unsupported(operator, a, b, inPlace);
}

function unsupported(operator: BinaryOperator, a: Value, b: Value, inPlace: boolean) {
  const sign = operator === "**" ? (inPlace ? "**=" : "** or pow()") : inPlace ? `${operator}=` : operator;
  const hint = operator === ">>" && a instanceof PyBuiltin && a.name === "print" ? `. Did you mean "print(<message>, file=<output_stream>)"?` : "";
  return typeError(`unsupported operand type(s) for ${sign}: '${typeOf(a).name}' and '${typeOf(b).name}'${hint}`);
}

function* binaryGeneral(vm: Vm, operator: BinaryOperator, a: Value, b: Value, inPlace: boolean, left: PyClass, right: PyClass): Run<Value> {
  const name = NAMES.get(operator) as string;
  if (inPlace) {
    const method = ownMethod(left, `__i${name}__`);
    if (method !== undefined) {
      const result = yield* settle(call(vm, method, [a, b], undefined));
      if (result !== NotImplemented) return result;
    }
  }
  const forward = ownMethod(left, `__${name}__`);
  const backward = left === right ? undefined : ownMethod(right, `__r${name}__`);
  const backwardFirst = backward !== undefined && right.isSubclassOf(left) && backward !== ownMethod(left, `__r${name}__`);
  if (backwardFirst) {
    const result = yield* settle(call(vm, backward, [b, a], undefined));
    if (result !== NotImplemented) return result;
  }
  if (forward !== undefined) {
    const result = yield* settle(call(vm, forward, [a, b], undefined));
    if (result !== NotImplemented) return result;
  } else if (left.heap) {
    const plain = builtinOperation(vm, operator, unwrap(a), backward === undefined ? unwrap(b) : b, inPlace && unwrap(a) === a);
    if (plain !== undefined) return yield* settle(plain);
  }
  if (backward !== undefined && !backwardFirst) {
    const result = yield* settle(call(vm, backward, [b, a], undefined));
    if (result !== NotImplemented) return result;
  }
  if (forward === undefined || unwrap(a) !== a || !(a instanceof PyInstance)) {
    const text = unwrap(a);
    // What is formatted is shown as what it is, an enum member say.
    const formatted = operator === "%" && (typeof text === "string" || text instanceof PyBytes);
    const plain = builtinOperation(vm, operator, text, formatted ? b : unwrap(b), inPlace && text === a && forward === undefined);
    if (plain !== undefined) return yield* settle(plain);
  }
  if (operator === "|" && isTypeLike(a) && isTypeLike(b)) return unionType(a, b);
  throw unsupported(operator, a, b, inPlace);
}

/** `int.__add__` and the like: NotImplemented where the types do not fit. */
export function builtinMethod(vm: Vm, operator: BinaryOperator, a: Value, b: Value): Eventual<Value> {
  return builtinOperation(vm, operator, unwrap(a), unwrap(b), false) ?? NotImplemented;
}

export function unary(vm: Vm, operator: "-" | "+" | "~", a: Value): Eventual<Value> {
  const cls = typeOf(a);
  const name = operator === "-" ? "__neg__" : operator === "+" ? "__pos__" : "__invert__";
  const method = ownMethod(cls, name);
  if (method !== undefined) return call(vm, method, [a], undefined);
  const value = unwrap(a);
  const whole = intOf(value);
  if (whole !== undefined) return operator === "-" ? int.negate(whole) : operator === "+" ? whole : int.subtract(int.negate(whole), 1);
  if (value instanceof PyFloat && operator !== "~") return operator === "-" ? new PyFloat(-value.value) : value;
  if (value instanceof PyComplex && operator !== "~") return operator === "-" ? new PyComplex(-value.real, -value.imag) : value;
  throw typeError(`bad operand type for unary ${operator}: '${cls.name}'`);
}

