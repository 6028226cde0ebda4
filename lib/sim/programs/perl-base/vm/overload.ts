// `use overload`: what an operator does for an object (overload(3perl)).

import { addressOf, kindOf, numeric, text, truthy } from "../values/convert.ts";
import { Code, PerlArray, PerlError, PerlHash, Plain, Referent, type Run, type Value } from "../values/value.ts";
import { linearIsa } from "./method.ts";
import type { Vm } from "./vm.ts";

/** The sub for the operator, or undefined; a fallback conversion is looked for by the callers. */
export function overloadOf(vm: Vm, value: Value, operator: string): Code | undefined {
  if (!(value instanceof Referent) || value.blessed === undefined || vm.overloads.size === 0) return undefined;
  for (const pkg of linearIsa(vm, value.blessed)) {
    const found = vm.overloads.get(pkg)?.get(operator);
    if (found instanceof Code) return found;
    if (typeof found === "string") return vm.globs.get(found)?.code;
  }
  return undefined;
}

export function isOverloaded(vm: Vm, value: Value): boolean {
  return value instanceof Referent && value.blessed !== undefined && vm.overloads.size > 0 && linearIsa(vm, value.blessed).some((pkg) => vm.overloads.has(pkg));
}

function* convert(vm: Vm, value: Value, names: readonly string[]): Run<Value> {
  for (const name of names) {
    const code = overloadOf(vm, value, name);
    if (!code) continue;
    const result = yield* vm.callScalar(code, [new Plain(value), new Plain(undefined), new Plain("")]);
    return result === value || !isOverloaded(vm, result) ? result : yield* convert(vm, result, names);
  }
  return undefined;
}

function* textRun(vm: Vm, value: Value): Run<string> {
  const made = yield* convert(vm, value, ['""', "0+", "bool"]);
  return made === value && value instanceof Referent ? `${value.blessed}=${kindOf(value)}(0x${addressOf(value).toString(16)})` : text(made);
}

/** The value's text; a generator when an object's own sub makes it. */
export function stringOf(vm: Vm, value: Value): string | Run<string> {
  if (typeof value === "string") return value;
  if (isOverloaded(vm, value) && ['""', "0+", "bool"].some((name) => overloadOf(vm, value, name))) return textRun(vm, value);
  return text(value);
}

function* numberRun(vm: Vm, value: Value): Run<number | bigint> {
  return numeric(yield* convert(vm, value, ["0+", '""', "bool"]));
}

export function numberOf(vm: Vm, value: Value): number | bigint | Run<number | bigint> {
  if (typeof value === "number") return value;
  if (isOverloaded(vm, value) && ["0+", '""', "bool"].some((name) => overloadOf(vm, value, name))) return numberRun(vm, value);
  return numeric(value);
}

function* truthRun(vm: Vm, value: Value): Run<boolean> {
  return truthy(yield* convert(vm, value, ["bool", '""', "0+"]));
}

export function truthOf(vm: Vm, value: Value): boolean | Run<boolean> {
  if (value instanceof Referent && isOverloaded(vm, value) && ["bool", '""', "0+"].some((name) => overloadOf(vm, value, name))) return truthRun(vm, value);
  return truthy(value);
}

export function* pushResult(vm: Vm, made: Run<Value>): Run<void> {
  vm.stack.push(yield* made);
}

/** Replaces overloaded values by their texts, for builtins that know nothing of objects. */
export function* textsOf(vm: Vm, values: Value[]): Run<void> {
  for (let i = 0; i < values.length; i++) {
    const made = stringOf(vm, values[i]);
    if (typeof made !== "string") values[i] = yield* made;
  }
}

export function* derefOverloaded(vm: Vm, value: Value, operator: string, what: string): Run<void> {
  const code = overloadOf(vm, value, operator);
  const result = code && (yield* vm.callScalar(code, [new Plain(value), new Plain(undefined), new Plain("")]));
  if (operator === "@{}" ? result instanceof PerlArray : operator === "%{}" ? result instanceof PerlHash : result instanceof Code) vm.push(result);
  else throw new PerlError(`Overloaded dereference did not return ${what} reference`);
}

/** Where an operator has no sub of its own, another stands in for it. */
const STAND_INS = new Map<string, readonly [string, (result: number) => boolean]>([
  ["==", ["<=>", (n) => n === 0]], ["!=", ["<=>", (n) => n !== 0]], ["<", ["<=>", (n) => n < 0]], [">", ["<=>", (n) => n > 0]], ["<=", ["<=>", (n) => n <= 0]], [">=", ["<=>", (n) => n >= 0]],
  ["eq", ["cmp", (n) => n === 0]], ["ne", ["cmp", (n) => n !== 0]], ["lt", ["cmp", (n) => n < 0]], ["gt", ["cmp", (n) => n > 0]], ["le", ["cmp", (n) => n <= 0]], ["ge", ["cmp", (n) => n >= 0]],
]);

/** The operator's sub applied to the two; undefined when neither has one (conversions are the caller's). */
export function overloadedBinary(vm: Vm, operator: string, a: Value, b: Value, assignment: boolean): Run<Value> | undefined {
  if (vm.overloads.size === 0 || !(isOverloaded(vm, a) || isOverloaded(vm, b))) return undefined;
  const attempt = (name: string): readonly [Code, Value, Value, boolean] | undefined => {
    const left = overloadOf(vm, a, name);
    if (left) return [left, a, b, false];
    const right = overloadOf(vm, b, name);
    return right && [right, b, a, true];
  };
  const direct = (assignment ? attempt(`${operator}=`) : undefined) ?? attempt(operator);
  if (direct) {
    const [code, self, other, swapped] = direct;
    return vm.callScalar(code, [new Plain(self), new Plain(other), new Plain(swapped ? 1 : "")]);
  }
  const standIn = STAND_INS.get(operator);
  const found = standIn && attempt(standIn[0]);
  if (standIn && found) {
    const [code, self, other, swapped] = found;
    return (function* () {
      const order = numeric(yield* vm.callScalar(code, [new Plain(self), new Plain(other), new Plain(swapped ? 1 : "")]));
      return standIn[1](Number(order)) ? 1 : "";
    })();
  }
  return undefined;
}

export function overloadedUnary(vm: Vm, operator: string, value: Value): Run<Value> | undefined {
  const code = overloadOf(vm, value, operator);
  if (code) return vm.callScalar(code, [new Plain(value), new Plain(undefined), new Plain("")]);
  if (operator === "neg") {
    const minus = overloadOf(vm, value, "-");
    if (minus) return vm.callScalar(minus, [new Plain(value), new Plain(0), new Plain(1)]);
  }
  return undefined;
}
