// Truth, identity, equality, order and `in`.

import type { COMPARISONS } from "../code/opcode.ts";
import { PyDict } from "../objects/dictionary.ts";
import { PyException, typeError } from "../objects/exception.ts";

import { PySet } from "../objects/set.ts";
import {
  begin, type Eventual, NotImplemented, PyBuiltin, PyBytes, type PyClass, PyComplex, PyFloat, PyInstance, PyList, PyMethod, PyObject, PyRange, PySlice, PyTuple, type Run, settle, Suspended, typeOf, unwrap, type Value,
} from "../objects/value.ts";
import { call } from "./call.ts";
import { dictGet, setHas } from "./hash.ts";
import { iterate, next } from "./iterate.ts";
import type { Vm } from "./vm.ts";
import { PyView } from "../objects/view.ts";

type Comparison = (typeof COMPARISONS)[number];

const METHODS: ReadonlyMap<Comparison, string> = new Map([["<", "__lt__"], ["<=", "__le__"], ["==", "__eq__"], ["!=", "__ne__"], [">", "__gt__"], [">=", "__ge__"]]);
const REFLECTED: ReadonlyMap<Comparison, Comparison> = new Map([["<", ">"], ["<=", ">="], ["==", "=="], ["!=", "!="], [">", "<"], [">=", "<="]]);

export function isIdentical(a: Value, b: Value): boolean {
  if (a === b) return true;
  // Two floats that one constant made are one object; a fresh one is not.
  return a instanceof PyTuple && b instanceof PyTuple && a.items.length === 0 && b.items.length === 0;
}

export function truth(vm: Vm, value: Value): Eventual<boolean> {
  switch (typeof value) {
    case "boolean":
      return value;
    case "number":
      return value !== 0;
    case "bigint":
      return true;
    case "string":
      return value !== "";
    default:
  }
  if (value === null) return false;
  const { cls } = value;
  if (cls.heap) {
    const method = cls.lookup("__bool__");
    if (method !== undefined && !isBuiltinMember(method)) return begin(askTruth(vm, method, value));
    const length = cls.lookup("__len__");
    if (length !== undefined && !isBuiltinMember(length)) return begin(askLength(vm, length, value));
    if (value instanceof PyInstance && value.base !== undefined) return truth(vm, value.base);
  }
  if (value instanceof PyFloat) return value.value !== 0;
  if (value instanceof PyList || value instanceof PyTuple) return value.items.length > 0;
  if (value instanceof PyDict || value instanceof PySet) return value.size > 0;
  if (value instanceof PyBytes) return value.bytes.length > 0;
  if (value instanceof PyRange) return value.length !== 0;
  if (value instanceof PyComplex) return value.real !== 0 || value.imag !== 0;
  if (value instanceof PyView) return value.dict.size > 0;
  if (value === NotImplemented) return true;
  return true;
}

function isBuiltinMember(member: Value): boolean {
  return member instanceof PyBuiltin;
}

function* askTruth(vm: Vm, method: Value, value: Value): Run<boolean> {
  const result = yield* settle(call(vm, method, [value], undefined));
  if (typeof result !== "boolean") throw typeError(`__bool__ should return bool, returned ${typeOf(result).name}`);
  return result;
}

function* askLength(vm: Vm, method: Value, value: Value): Run<boolean> {
  const result = unwrap(yield* settle(call(vm, method, [value], undefined)));
  if (typeof result !== "number" && typeof result !== "bigint" && typeof result !== "boolean") throw typeError(`'${typeOf(result).name}' object cannot be interpreted as an integer`);
  return Boolean(result);
}

function decide(operator: Comparison, order: number): boolean {
  switch (operator) {
    case "<": return order < 0;
    case "<=": return order <= 0;
    case "==": return order === 0;
    case "!=": return order !== 0;
    case ">": return order > 0;
    case ">=": return order >= 0;
  }
}

/** A number for comparison: int as it is, bool as int, float as a JavaScript number marked by being wrapped no more. */
function numeric(value: Value): number | bigint | undefined {
  switch (typeof value) {
    case "number":
    case "bigint":
      return value;
    case "boolean":
      return value ? 1 : 0;
    default:
      return value instanceof PyFloat ? value.value : undefined;
  }
}

/** Text in order of code points; UTF-16 order differs where surrogates meet the upper end of the basic plane. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    const highX = x >= 0xd800 && x < 0xdc00;
    const highY = y >= 0xd800 && y < 0xdc00;
    return highX === highY ? x - y : highX ? 1 : -1;
  }
  return a.length - b.length;
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = (a[i] as number) - (b[i] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Builtin values only; undefined when these types do not compare so. */
export function compareBuiltin(vm: Vm, operator: Comparison, a: Value, b: Value): Eventual<boolean> | undefined {
  const x = numeric(a);
  if (x !== undefined) {
    const y = numeric(b);
    if (y !== undefined) return operator === "<" ? x < y : operator === "<=" ? x <= y : operator === ">" ? x > y : operator === ">=" ? x >= y : operator === "==" ? looselyEqual(x, y) : !looselyEqual(x, y);
    if (b instanceof PyComplex && (operator === "==" || operator === "!=")) return (b.imag === 0 && looselyEqual(x, b.real)) === (operator === "==");
    return undefined;
  }
  if (typeof a === "string") return typeof b === "string" ? decide(operator, compareText(a, b)) : undefined;
  if (a === null || b === null || typeof a !== "object") return undefined;
  if (a instanceof PyTuple && b instanceof PyTuple) return begin(compareItems(vm, operator, a.items, b.items));
  if (a instanceof PyList && b instanceof PyList) return begin(compareItems(vm, operator, a.items, b.items));
  if (a instanceof PyBytes && b instanceof PyBytes) return decide(operator, compareBytes(a.bytes, b.bytes));
  if (isSetLike(a) && (b instanceof PySet || b instanceof PyView)) return begin(compareSets(vm, operator, a, b));
  if (operator !== "==" && operator !== "!=") return undefined;
  const equal = equalObjects(vm, a, b);
  if (equal === undefined) return undefined;
  if (typeof equal === "boolean") return equal === (operator === "==");
  return begin((function* () {
    return (yield* settle(equal)) === (operator === "==");
  })());
}

function looselyEqual(x: number | bigint, y: number | bigint): boolean {
  // biome-ignore lint/suspicious/noDoubleEquals: an int beyond the safe range is a bigint, a float a number; == compares their exact values.
  return x == y;
}

function isSetLike(value: PyObject): value is PySet | PyView {
  return value instanceof PySet || (value instanceof PyView && value.kind !== "values");
}

function equalObjects(vm: Vm, a: PyObject, b: Value): Eventual<boolean> | undefined {
  if (!(b instanceof PyObject)) {
    const y = a instanceof PyComplex ? numeric(b) : undefined;
    return a instanceof PyComplex && y !== undefined ? a.imag === 0 && looselyEqual(a.real, y) : undefined;
  }
  if (a instanceof PyDict && b instanceof PyDict) return begin(equalDicts(vm, a, b));
  if (a instanceof PyRange && b instanceof PyRange) return a.length === b.length && (a.length === 0 || (a.start === b.start && (a.length === 1 || a.step === b.step)));
  if (a instanceof PyComplex) return b instanceof PyComplex ? a.real === b.real && a.imag === b.imag : b instanceof PyFloat ? a.imag === 0 && a.real === b.value : undefined;
  if (a instanceof PyMethod && b instanceof PyMethod) return a.callee === b.callee && a.self === b.self;
  if (a instanceof PySlice && b instanceof PySlice) return begin(compareItems(vm, "==", [a.start, a.stop, a.step], [b.start, b.stop, b.step]));
  return undefined;
}

function* compareItems(vm: Vm, operator: Comparison, a: readonly Value[], b: readonly Value[]): Run<boolean> {
  if (a.length !== b.length && (operator === "==" || operator === "!=")) return operator === "!=";
  const length = Math.min(a.length, b.length);
  vm.spend(length);
  for (let i = 0; i < length; i++) {
    const [x, y] = [a[i] as Value, b[i] as Value];
    if (x === y) continue;
    const equal = isEqual(vm, x, y);
    if (equal instanceof Suspended ? yield* equal.resume() : equal) continue;
    if (operator === "==" || operator === "!=") return operator === "!=";
    return (yield* settle(truth(vm, yield* settle(compare(vm, operator, x, y)))));
  }
  return decide(operator, a.length - b.length);
}

function* equalDicts(vm: Vm, a: PyDict, b: PyDict): Run<boolean> {
  if (a.size !== b.size) return false;
  for (const entry of [...a.values()]) {
    const other = yield* settle(dictGet(vm, b, entry.key));
    if (other === undefined) return false;
    if (other !== entry.value && !(yield* settle(isEqual(vm, entry.value, other)))) return false;
  }
  return true;
}

function* compareSets(vm: Vm, operator: Comparison, a: PySet | PyView, b: PySet | PyView): Run<boolean> {
  const sizeOf = (one: PySet | PyView) => (one instanceof PySet ? one.size : one.dict.size);
  const within = function* (small: PySet | PyView, large: PySet | PyView): Run<boolean> {
    for (const item of small instanceof PySet ? small.ordered() : yield* settle(small.list(vm))) {
      if (!(yield* settle(contains(vm, large, item)))) return false;
    }
    return true;
  };
  const [x, y] = [sizeOf(a), sizeOf(b)];
  switch (operator) {
    case "==": return x === y && (yield* within(a, b));
    case "!=": return !(x === y && (yield* within(a, b)));
    case "<": return x < y && (yield* within(a, b));
    case "<=": return x <= y && (yield* within(a, b));
    case ">": return x > y && (yield* within(b, a));
    case ">=": return x >= y && (yield* within(b, a));
  }
}

/** The method of a class written in Python, if it says something about that comparison. */
function ownMethod(cls: PyClass, name: string): Value | undefined {
  if (!cls.heap) return undefined;
  const found = cls.lookup(name);
  return found === undefined || isBuiltinMember(found) ? undefined : found;
}

export function compare(vm: Vm, operator: Comparison, a: Value, b: Value): Eventual<Value> {
  const left = typeOf(a);
  const right = typeOf(b);
  if (left.heap || right.heap) return begin(compareGeneral(vm, operator, a, b, left, right));
  const result = compareBuiltin(vm, operator, a, b);
  if (result !== undefined) return result;
  const reverse = compareBuiltin(vm, REFLECTED.get(operator) as Comparison, b, a);
  if (reverse !== undefined) return reverse;
  return withoutAnswer(operator, a, b);
}

function withoutAnswer(operator: Comparison, a: Value, b: Value): boolean {
  if (operator === "==") return a === b;
  if (operator === "!=") return a !== b;
  throw typeError(`'${operator}' not supported between instances of '${typeOf(a).name}' and '${typeOf(b).name}'`);
}

function* compareGeneral(vm: Vm, operator: Comparison, a: Value, b: Value, left: PyClass, right: PyClass): Run<Value> {
  const reflected = REFLECTED.get(operator) as Comparison;
  const leftMethod = METHODS.get(operator) as string;
  const rightMethod = METHODS.get(reflected) as string;
  const ask = function* (cls: PyClass, name: string, self: Value, other: Value): Run<Value> {
    let method = ownMethod(cls, name);
    if (method === undefined && name === "__ne__") {
      method = ownMethod(cls, "__eq__");
      if (method === undefined) return NotImplemented;
      const equal = yield* settle(call(vm, method, [self, other], undefined));
      return equal === NotImplemented ? equal : !(yield* settle(truth(vm, equal)));
    }
    return method === undefined ? NotImplemented : yield* settle(call(vm, method, [self, other], undefined));
  };
  const rightFirst = right !== left && right.isSubclassOf(left) && ownMethod(right, rightMethod) !== undefined;
  if (rightFirst) {
    const result = yield* ask(right, rightMethod, b, a);
    if (result !== NotImplemented) return result;
  }
  const first = yield* ask(left, leftMethod, a, b);
  if (first !== NotImplemented) return first;
  if (!rightFirst) {
    const second = yield* ask(right, rightMethod, b, a);
    if (second !== NotImplemented) return second;
  }
  const [x, y] = [unwrap(a), unwrap(b)];
  if (x !== a || y !== b || !(a instanceof PyInstance) || !(b instanceof PyInstance)) {
    const eq = ownMethod(left, "__eq__") === undefined && ownMethod(right, "__eq__") === undefined;
    if (eq || (operator !== "==" && operator !== "!=")) {
      const plain = compareBuiltin(vm, operator, x, y);
      if (plain !== undefined) return yield* settle(plain);
    }
  }
  return withoutAnswer(operator, a, b);
}

export function isEqual(vm: Vm, a: Value, b: Value): Eventual<boolean> {
  if (a === b) return true;
  if ((typeof a === "number" || typeof a === "string") && typeof a === typeof b) return false;
  const result = compare(vm, "==", a, b);
  if (typeof result === "boolean") return result;
  return begin((function* () {
    return yield* settle(truth(vm, yield* settle(result)));
  })());
}

export function isLess(vm: Vm, a: Value, b: Value): Eventual<boolean> {
  if (typeof a === "number" && typeof b === "number") return a < b;
  if (typeof a === "string" && typeof b === "string") return compareText(a, b) < 0;
  const result = compare(vm, "<", a, b);
  if (typeof result === "boolean") return result;
  return begin((function* () {
    return yield* settle(truth(vm, yield* settle(result)));
  })());
}

export function contains(vm: Vm, container: Value, item: Value): Eventual<boolean> {
  if (typeof container === "string") {
    const text = unwrap(item);
    if (typeof text !== "string") throw typeError(`'in <string>' requires string as left operand, not ${typeOf(item).name}`);
    vm.spend(container.length >> 4);
    return container.includes(text);
  }
  const cls = typeOf(container);
  const own = ownMethod(cls, "__contains__");
  if (own !== undefined) {
    return begin((function* () {
      return yield* settle(truth(vm, yield* settle(call(vm, own, [container, item], undefined))));
    })());
  }
  if (container instanceof PyDict) {
    const found = dictGet(vm, container, item);
    return found instanceof Suspended ? begin((function* () {
      return (yield* found.resume()) !== undefined;
    })()) : found !== undefined;
  }
  if (container instanceof PySet) return setHas(vm, container, item);
  if (container instanceof PyList || container instanceof PyTuple) return searchItems(vm, container.items, item);
  if (container instanceof PyRange && (typeof item === "number" || typeof item === "bigint" || typeof item === "boolean")) return inRange(container, typeof item === "boolean" ? Number(item) : item);
  if (container instanceof PyBytes) {
    if (typeof item === "number") {
      if (item < 0 || item > 255) throw typeError("byte must be in range(0, 256)");
      return container.bytes.includes(item);
    }
    if (item instanceof PyBytes) return indexOfBytes(container.bytes, item.bytes, 0) >= 0;
    throw typeError(`a bytes-like object is required, not '${typeOf(item).name}'`);
  }
  if (container instanceof PyView && container.kind === "keys") return contains(vm, container.dict, item);
  if (container instanceof PyInstance && container.base !== undefined) return contains(vm, container.base, item);
  return begin(searchIterable(vm, container, item));
}

export function indexOfBytes(bytes: Uint8Array, wanted: Uint8Array, from: number, to = bytes.length): number {
  outer: for (let i = from; i + wanted.length <= to; i++) {
    for (let j = 0; j < wanted.length; j++) if (bytes[i + j] !== wanted[j]) continue outer;
    return i;
  }
  return -1;
}

function inRange(range: PyRange, item: number | bigint): boolean {
  const [start, stop, step, x] = [BigInt(range.start), BigInt(range.stop), BigInt(range.step), BigInt(item)];
  return (step > 0n ? x >= start && x < stop : x <= start && x > stop) && (x - start) % step === 0n;
}

function searchItems(vm: Vm, items: readonly Value[], item: Value): Eventual<boolean> {
  vm.spend(items.length >> 2);
  if (items.includes(item)) return true;
  if ((typeof item === "string" || item === null) && items.every((one) => typeof one !== "object" || one === null)) return false;
  return begin((function* () {
    for (let i = 0; i < items.length; i++) {
      const equal = isEqual(vm, items[i] as Value, item);
      if (equal === true || (equal !== false && (yield* settle(equal)))) return true;
      if (vm.tired()) yield* vm.rest();
    }
    return false;
  })());
}

function* searchIterable(vm: Vm, container: Value, item: Value): Run<boolean> {
  let iterator: Value;
  try {
    iterator = yield* settle(iterate(vm, container));
  } catch (error) {
    if (error !== null && typeof error === "object" && "exception" in error && error.exception instanceof PyException && error.exception.args.items[0] === `'${typeOf(container).name}' object is not iterable`) {
      throw typeError(`argument of type '${typeOf(container).name}' is not iterable`);
    }
    throw error;
  }
  for (;;) {
    const one = yield* settle(next(vm, iterator));
    if (one === undefined) return false;
    if (one === item || (yield* settle(isEqual(vm, one, item)))) return true;
    if (vm.tired()) yield* vm.rest();
  }
}


