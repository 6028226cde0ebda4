// Unary and binary operators on values (perlop(1)): fast for numbers and strings, with warnings, overloading and `use integer` beside the fast path.
// (More than 400 lines: one table of operators.)

import type { Node } from "../syntax/tree.ts";
import { operatorName } from "../syntax/expression-parser.ts";
import { add, compareNumbers, incremented, int, integer, looksLikeNumber, modulo, multiply, numeric, parseNumber, power, subtract, text, word } from "../values/convert.ts";
import { NO, PerlArray, PerlError, PerlHash, Referent, type Run, type Scalar, type Value } from "../values/value.ts";
import { isaPackage } from "../vm/method.ts";
import { isOverloaded, numberOf, overloadedBinary, overloadedUnary, pushResult, stringOf, truthOf } from "../vm/overload.ts";
import type { NameOf, Vm } from "../vm/vm.ts";
import { type Compiler, type Context, L, S, V } from "./compiler.ts";
import { compile } from "./expressions.ts";
import { nameOf, wantsList } from "./variables.ts";
import { warnUninitialized } from "./warn.ts";

type Number_ = number | bigint;
const truth = (value: boolean): Value => (value ? 1 : NO);

const NUMERIC = new Map<string, (a: Number_, b: Number_) => Value>([
  ["+", add], ["-", subtract], ["*", multiply], ["**", power],
  ["/", (a, b) => {
    if (Number(b) === 0) throw new PerlError("Illegal division by zero");
    if (typeof a === "bigint" || typeof b === "bigint") {
      const [x, y] = [BigInt(typeof a === "bigint" ? a : Number.isInteger(a) ? a : 0), BigInt(typeof b === "bigint" ? b : Number.isInteger(b) ? b : 1)];
      if (x !== 0n && x % y === 0n && (typeof a === "bigint" || Number.isInteger(a)) && (typeof b === "bigint" || Number.isInteger(b))) return integer(x / y);
    }
    return Number(a) / Number(b);
  }],
  ["%", (a, b) => {
    const result = modulo(a, b);
    if (result === undefined) throw new PerlError("Illegal modulus zero");
    return result;
  }],
  ["==", (a, b) => truth(compareNumbers(a, b) === 0)], ["!=", (a, b) => truth(compareNumbers(a, b) !== 0)], ["<", (a, b) => truth(a < b)], [">", (a, b) => truth(a > b)], ["<=", (a, b) => truth(a <= b)], [">=", (a, b) => truth(a >= b)],
  ["<=>", (a, b) => compareNumbers(a, b)],
]);

const INTEGER = new Map<string, (a: bigint, b: bigint) => bigint>([
  ["+", (a, b) => a + b], ["-", (a, b) => a - b], ["*", (a, b) => a * b],
  ["/", (a, b) => {
    if (b === 0n) throw new PerlError("Illegal division by zero");
    return a / b;
  }],
  ["%", (a, b) => {
    if (b === 0n) throw new PerlError("Illegal modulus zero");
    return a % b;
  }],
]);

const STRING = new Map<string, (a: string, b: string) => Value>([
  ["eq", (a, b) => truth(a === b)], ["ne", (a, b) => truth(a !== b)], ["lt", (a, b) => truth(a < b)], ["gt", (a, b) => truth(a > b)], ["le", (a, b) => truth(a <= b)], ["ge", (a, b) => truth(a >= b)],
  ["cmp", (a, b) => (a < b ? -1 : a > b ? 1 : 0)],
]);

/** For "isn't numeric" and "uninitialized": the operand as a number. */
export function operand(vm: Vm, value: Value, name: NameOf | undefined, operation: string): Number_ {
  if (typeof value === "number" || typeof value === "bigint") return value;
  if (typeof value === "string") {
    if (!looksLikeNumber(value)) {
      // a variable keeps the number that it was taken for: it is told once
      const key = name && `${name(vm)}\0${value}`;
      if (key === undefined || !vm.numified.has(key)) vm.checkNumeric(value, operation);
      if (key !== undefined && vm.warns("numeric")) vm.numified.add(key);
    }
    return parseNumber(value);
  }
  if (value === undefined) {
    warnUninitialized(vm, name, operation);
    return 0;
  }
  return numeric(value);
}

/** The operator on two values; a generator when an object's sub does it. */
export function binaryValue(vm: Vm, op: string, a: Value, b: Value, names: readonly [NameOf | undefined, NameOf | undefined], assignment = false): Value | Run<Value> {
  if (a instanceof Referent || b instanceof Referent) {
    const overloaded = overloadedBinary(vm, op, a, b, assignment);
    if (overloaded) return overloaded;
    if (isOverloaded(vm, a) || isOverloaded(vm, b)) return converted(vm, op, a, b, names);
  }
  return plainBinary(vm, op, a, b, names, assignment);
}

function* converted(vm: Vm, op: string, a: Value, b: Value, names: readonly [NameOf | undefined, NameOf | undefined]): Run<Value> {
  const one = function* (value: Value): Run<Value> {
    if (!isOverloaded(vm, value)) return value;
    const made = NUMERIC.has(op) ? numberOf(vm, value) : stringOf(vm, value);
    return typeof made === "object" ? yield* made : made;
  };
  return plainBinary(vm, op, yield* one(a), yield* one(b), names, false);
}

function plainBinary(vm: Vm, op: string, a: Value, b: Value, names: readonly [NameOf | undefined, NameOf | undefined], assignment: boolean): Value {
  const operation = operatorName(op);
  const stringly = STRING.get(op);
  if (stringly) {
    if (a === undefined) warnUninitialized(vm, names[0], operation);
    if (b === undefined) warnUninitialized(vm, names[1], operation);
    return stringly(text(a), text(b));
  }
  switch (op) {
    case ".": {
      if (a === undefined && !assignment) warnUninitialized(vm, names[0], operation);
      if (b === undefined) warnUninitialized(vm, names[1], operation);
      return joined(vm, text(a), text(b));
    }
    case "x": {
      if (a === undefined) warnUninitialized(vm, names[0], operation);
      return repeated(vm, text(a), int(operand(vm, b, names[1], operation)));
    }
    case "&":
    case "|":
    case "^":
      if (typeof a === "string" && typeof b === "string") return bitwiseText(op, a, b);
      {
        if (a === undefined && !(assignment && op !== "&")) warnUninitialized(vm, names[0], operation);
        if (b === undefined) warnUninitialized(vm, names[1], operation);
        if (typeof a === "string") vm.checkNumeric(a, operation);
        if (typeof b === "string") vm.checkNumeric(b, operation);
        const [x, y] = [word(a), word(b)];
        return integer(op === "&" ? x & y : op === "|" ? x | y : x ^ y);
      }
    case "<<":
    case ">>": {
      const count = int(operand(vm, b, names[1], operation));
      const value = word(operand(vm, a, names[0], operation));
      const left = op === "<<" ? count : -count;
      if (left >= 64 || left <= -64) return 0;
      return integer(left >= 0 ? BigInt.asUintN(64, value << BigInt(left)) : value >> BigInt(-left));
    }
    case "xor":
      return truth(vm.truth(a) !== vm.truth(b));
    case "isa":
      return truth(a instanceof Referent && a.blessed !== undefined && isaPackage(vm, a.blessed, text(b)));
    case "~~":
      return truth(b instanceof PerlArray ? b.items.some((item) => text(item?.v) === text(a)) : b instanceof PerlHash ? b.map.has(text(a)) : looksLikeNumber(a) && looksLikeNumber(b) ? compareNumbers(numeric(a), numeric(b)) === 0 : text(a) === text(b));
  }
  const numericly = NUMERIC.get(op);
  if (!numericly) throw new PerlError(`Unknown operator ${op}`);
  const quietLeft = assignment && (op === "+" || op === "-") && a === undefined;
  // the right operand is looked at first (pp_hot.c: useleft)
  const y = operand(vm, b, names[1], operation);
  const x = quietLeft ? 0 : operand(vm, a, names[0], operation);
  if (vm.at.pragmas.integer) {
    const exact = INTEGER.get(op);
    if (exact) return integer(BigInt.asIntN(64, exact(BigInt(int(x)), BigInt(int(y)))));
  }
  return numericly(x, y);
}

export function joined(vm: Vm, a: string, b: string): string {
  const length = a.length + b.length;
  if (length > 64) {
    // a concatenation shares what it is made of
    vm.made += 1 + (b.length >> 5);
    if (length > 1 << 28) throw new PerlError("Out of memory in perl:util:safesysrealloc");
  }
  return a + b;
}

function repeated(vm: Vm, unit: string, count: number): string {
  if (count < 0 && vm.warns("numeric")) vm.warn("Negative repeat count does nothing");
  if (count <= 0 || unit === "") return "";
  if (unit.length * count > 1 << 28) throw new PerlError("Out of memory in perl:repeat:pp_repeat");
  vm.reserve(unit.length * count, "perl:repeat:pp_repeat");
  vm.made += (unit.length * count) >> 5;
  vm.spend((unit.length * count) >> 8);
  return unit.repeat(count);
}

function bitwiseText(op: string, a: string, b: string): string {
  const length = op === "&" ? Math.min(a.length, b.length) : Math.max(a.length, b.length);
  let out = "";
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i) || 0;
    const y = b.charCodeAt(i) || 0;
    out += String.fromCharCode(op === "&" ? x & y : op === "|" ? x | y : x ^ y);
  }
  return out;
}

export function pushBinary(vm: Vm, op: string, a: Value, b: Value, names: readonly [NameOf | undefined, NameOf | undefined]): void | Run<void> {
  const result = binaryValue(vm, op, a, b, names);
  if (isRun(result)) return pushResult(vm, result);
  vm.stack.push(result);
}

export function isRun<T>(value: T | Run<T>): value is Run<T> {
  return typeof value === "object" && value !== null && Symbol.iterator in value;
}

export function compileBinary(c: Compiler, node: Extract<Node, { k: "binary" }>, context: Context): void {
  const { op } = node;
  if (op === "x" && node.left.k === "list" && context !== S && context !== V) {
    c.emit((vm) => vm.mark());
    compile(c, node.left, L);
    compile(c, node.right, S);
    c.emit((vm) => {
      const count = int(vm.pop());
      const list = vm.taken();
      if (!wantsList(vm, context)) {
        vm.push(repeated(vm, text(list[list.length - 1]), count));
        return;
      }
      vm.reserve(list.length * Math.max(0, count) * 24);
      vm.spend((list.length * Math.max(0, count)) >> 3);
      for (let i = 0; i < count; i++) vm.pushAll(list);
    });
    return;
  }
  compile(c, node.left, S);
  compile(c, node.right, S);
  const names = [nameOf(c, node.left), nameOf(c, node.right)] as const;
  const slow = (vm: Vm, a: Value, b: Value) => pushBinary(vm, op, a, b, names);
  const integers = c.pragmas.integer;
  const LIMIT = 1e15;
  switch (integers ? "" : op) {
    case "%":
      c.emit((vm) => {
        const b = vm.stack.pop();
        const a = vm.stack.pop();
        if (typeof a === "number" && typeof b === "number" && a >= 0 && b > 0 && a < LIMIT && b < LIMIT && Number.isInteger(a) && Number.isInteger(b)) {
          vm.stack.push(a % b);
          return undefined;
        }
        return slow(vm, a, b);
      });
      break;
    case "+":
      c.emit((vm) => {
        const b = vm.stack.pop();
        const a = vm.stack.pop();
        if (typeof a === "number" && typeof b === "number") {
          const sum = a + b;
          if (sum < LIMIT && sum > -LIMIT) {
            vm.stack.push(sum);
            return undefined;
          }
        }
        return slow(vm, a, b);
      });
      break;
    case "-":
      c.emit((vm) => {
        const b = vm.stack.pop();
        const a = vm.stack.pop();
        if (typeof a === "number" && typeof b === "number") {
          const sum = a - b;
          if (sum < LIMIT && sum > -LIMIT) {
            vm.stack.push(sum);
            return undefined;
          }
        }
        return slow(vm, a, b);
      });
      break;
    case "*":
      c.emit((vm) => {
        const b = vm.stack.pop();
        const a = vm.stack.pop();
        if (typeof a === "number" && typeof b === "number") {
          const product = a * b;
          if (product < LIMIT && product > -LIMIT) {
            vm.stack.push(product);
            return undefined;
          }
        }
        return slow(vm, a, b);
      });
      break;
    case "<":
      c.emit((vm) => {
        const b = vm.stack.pop();
        const a = vm.stack.pop();
        if (typeof a === "number" && typeof b === "number") {
          vm.stack.push(a < b ? 1 : NO);
          return undefined;
        }
        return slow(vm, a, b);
      });
      break;
    case "==":
      c.emit((vm) => {
        const b = vm.stack.pop();
        const a = vm.stack.pop();
        if (typeof a === "number" && typeof b === "number") {
          vm.stack.push(a === b ? 1 : NO);
          return undefined;
        }
        return slow(vm, a, b);
      });
      break;
    case ".":
      c.emit((vm) => {
        const b = vm.stack.pop();
        const a = vm.stack.pop();
        if (typeof a === "string" && typeof b === "string") {
          vm.stack.push(joined(vm, a, b));
          return undefined;
        }
        return slow(vm, a, b);
      });
      break;
    case "eq":
      c.emit((vm) => {
        const b = vm.stack.pop();
        const a = vm.stack.pop();
        if (typeof a === "string" && typeof b === "string") {
          vm.stack.push(a === b ? 1 : NO);
          return undefined;
        }
        return slow(vm, a, b);
      });
      break;
    default:
      c.emit((vm) => {
        const b = vm.stack.pop();
        const a = vm.stack.pop();
        return slow(vm, a, b);
      });
  }
  if (context === V) c.emit((vm) => void vm.stack.pop());
}

export function compileUnary(c: Compiler, node: Extract<Node, { k: "unary" }>, context: Context): void {
  const { op } = node;
  compile(c, node.operand, S);
  const name = nameOf(c, node.operand);
  if (op === "!") {
    c.emit((vm) => {
      const value = vm.stack.pop();
      if (typeof value !== "object") {
        vm.stack.push(vm.truth(value) ? NO : 1);
        return undefined;
      }
      const made = truthOf(vm, value);
      if (typeof made === "boolean") {
        vm.stack.push(made ? NO : 1);
        return undefined;
      }
      return pushNot(vm, made);
    });
  } else {
    c.emit((vm) => {
      const value = vm.stack.pop();
      if (value instanceof Referent) {
        const made = overloadedUnary(vm, op, value);
        if (made) return pushResult(vm, made);
      }
      vm.stack.push(op === "neg" ? negate(vm, value, name) : complemented(vm, value, name));
      return undefined;
    });
  }
  if (context === V) c.emit((vm) => void vm.stack.pop());
}

function* pushNot(vm: Vm, made: Run<boolean>): Run<void> {
  vm.stack.push((yield* made) ? NO : 1);
}

/** - on a string that is no number puts a sign before it (perlop). */
function negate(vm: Vm, value: Value, name: NameOf | undefined): Value {
  if (typeof value === "number") return value === 0 ? 0 : -value;
  if (typeof value === "string" && value !== "" && !looksLikeNumber(value)) {
    if (/^[A-Za-z_]/.test(value)) return `-${value}`;
    if (/^-/.test(value) && !/^-\d/.test(value)) return `+${value.slice(1)}`;
    if (/^\+/.test(value) && !/^\+\d/.test(value)) return `-${value.slice(1)}`;
  }
  const number = operand(vm, value, name, "negation (-)");
  return typeof number === "bigint" ? integer(-number) : number === 0 ? 0 : -number;
}

function complemented(vm: Vm, value: Value, name: NameOf | undefined): Value {
  if (typeof value === "string" && !looksLikeNumber(value)) return Array.from(value, (c) => String.fromCharCode(255 - (c.charCodeAt(0) & 255))).join("");
  const bits = BigInt.asUintN(64, ~word(operand(vm, value, name, "1's complement (~)")));
  return vm.at.pragmas.integer ? integer(BigInt.asIntN(64, bits)) : integer(bits);
}

export function step(vm: Vm, scalar: Scalar, op: "++" | "--", prefix: boolean): void | Run<void> {
  const value = scalar.v;
  if (value instanceof Referent && isOverloaded(vm, value)) return overloadedStep(vm, scalar, value, op, prefix);
  if (op === "++") {
    if (typeof value === "string" && value !== "" && !/^[a-zA-Z]*[0-9]*$/.test(value) && !looksLikeNumber(value)) vm.checkNumeric(value, prefix ? "preincrement (++)" : "postincrement (++)");
    scalar.v = typeof value === "number" && value < 1e15 - 1 ? value + 1 : incremented(value);
  } else {
    if (typeof value === "string") vm.checkNumeric(value, prefix ? "predecrement (--)" : "postdecrement (--)");
    scalar.v = typeof value === "number" && value > -1e15 + 1 ? value - 1 : subtract(numeric(value), 1);
  }
  vm.stack.push(prefix ? scalar.v : value === undefined ? (op === "++" ? 0 : undefined) : value);
}

function* overloadedStep(vm: Vm, scalar: Scalar, value: Value, op: "++" | "--", prefix: boolean): Run<void> {
  const own = overloadedUnary(vm, op, value);
  if (own) {
    yield* own;
    vm.stack.push(value);
    return;
  }
  const made = binaryValue(vm, op === "++" ? "+" : "-", value, 1, [undefined, undefined]);
  scalar.v = isRun(made) ? yield* made : made;
  vm.stack.push(prefix ? scalar.v : value);
}

/** A list of strings and values made one text. */
export function compileInterpolation(c: Compiler, node: Extract<Node, { k: "interp" }>, context: Context): void {
  const names = node.parts.map((part) => nameOf(c, part));
  for (const part of node.parts) compile(c, part, S);
  const count = node.parts.length;
  c.emit((vm) => {
    const base = vm.stack.length - count;
    let out = "";
    for (let i = 0; i < count; i++) {
      const value = vm.stack[base + i];
      if (typeof value === "string") out += value;
      else if (value === undefined) warnUninitialized(vm, names[i], count === 1 ? "string" : "concatenation (.) or string");
      else if (value instanceof Referent && isOverloaded(vm, value)) return interpolateObjects(vm, count);
      else out += text(value);
    }
    vm.stack.length = base;
    vm.stack.push(out);
    if (out.length > 64) joined(vm, "", out);
    return undefined;
  });
  if (context === V) c.emit((vm) => void vm.stack.pop());
}

function* interpolateObjects(vm: Vm, count: number): Run<void> {
  const parts = vm.stack.splice(vm.stack.length - count, count);
  let made: Value = "";
  for (const [i, part] of parts.entries()) {
    // concatenation may be overloaded too; otherwise the object's text
    const overloaded = i === 0 && count === 1 ? undefined : overloadedBinary(vm, ".", i === 0 ? part : made, i === 0 ? parts[1] : part, false);
    if (i === 0) made = part;
    else if (overloaded) made = yield* overloaded;
    else {
      const [a, b]: (string | Run<string>)[] = [stringOf(vm, made), stringOf(vm, part)];
      made = (typeof a === "string" ? a : a ? yield* a : "") + (typeof b === "string" ? b : b ? yield* b : "");
    }
  }
  const whole = stringOf(vm, made);
  vm.stack.push(count === 1 ? (typeof whole === "string" ? whole : yield* whole) : made);
}

