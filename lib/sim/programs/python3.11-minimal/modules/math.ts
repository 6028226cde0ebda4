// math.

import { declareFunctions } from "../objects/declare.ts";
import { overflowError, typeError, valueError } from "../objects/exception.ts";
import * as int from "../objects/number.ts";
import { begin, type Int, PyFloat, PyTuple, type Run, settle, typeOf, unwrap, type Value } from "../objects/value.ts";
import { callSpecial } from "../vm/call.ts";
import { collect } from "../vm/iterate.ts";
import { binary } from "../vm/operator.ts";
import { needIndex } from "../vm/subscript.ts";
import type { Vm } from "../vm/vm.ts";
import { toFloat, truncated } from "../types/number-types.ts";
import { registerModule } from "./registry.ts";

const real = (vm: Vm, value: Value): Run<number> => toFloat(vm, value, (name) => `must be real number, not ${name}`);

/** A function of one real: outside its domain a ValueError, too large a result an OverflowError. */
function unary(compute: (x: number) => number) {
  return (vm: Vm, x: Value) => begin((function* (): Run<Value> {
    const given = yield* real(vm, x);
    const result = compute(given);
    if (Number.isNaN(result) && !Number.isNaN(given)) throw valueError("math domain error");
    if (!Number.isFinite(result) && Number.isFinite(given)) throw overflowError("math range error");
    return new PyFloat(result);
  })());
}

function logarithm(base: number) {
  return function* (vm: Vm, x: Value): Run<number> {
    const plain = unwrap(x);
    if (typeof plain === "bigint" && plain > 0n) {
      const bits = int.bitLength(plain);
      const shift = bits - 60;
      const log2 = Math.log2(Number(plain >> BigInt(shift))) + shift;
      return base === 2 ? log2 : base === 10 ? log2 * Math.LOG10E * Math.LN2 : log2 * Math.LN2;
    }
    const value = yield* real(vm, x);
    if (value <= 0) throw valueError("math domain error");
    return base === 2 ? Math.log2(value) : base === 10 ? Math.log10(value) : Math.log(value);
  };
}
const natural = logarithm(Math.E);

function rounding(name: "__floor__" | "__ceil__" | "__trunc__", round: (x: number) => number) {
  return (vm: Vm, x: Value) => begin((function* (): Run<Value> {
    const plain = unwrap(x);
    if (typeof plain === "number" || typeof plain === "bigint") return plain;
    if (typeof plain === "boolean") return plain ? 1 : 0;
    if (plain instanceof PyFloat) return truncated(round(plain.value));
    const own = typeof x === "object" && x !== null ? callSpecial(vm, x, name) : undefined;
    if (own !== undefined) return yield* settle(own);
    if (name === "__trunc__") throw typeError(`type ${typeOf(x).name} doesn't define __trunc__ method`);
    return truncated(round(yield* real(vm, x)));
  })());
}

function greatestDivisor(a: Int, b: Int): Int {
  let [x, y] = [a < 0 ? int.negate(a) : a, b < 0 ? int.negate(b) : b];
  while (y !== 0) [x, y] = [y, int.modulo(x, y)];
  return x;
}

function factorial(n: number, vm: Vm): Int {
  let product = 1n;
  let plain = 1;
  for (let i = 2; i <= n; i++) {
    if (i <= 18) plain *= i;
    else {
      if (product === 1n) product = BigInt(plain);
      product *= BigInt(i);
    }
    vm.spend(1 + (i >> 3));
  }
  return product === 1n ? plain : int.normalInt(product);
}

function* natural2(vm: Vm, value: Value, name: string): Run<Int> {
  const index = yield* needIndex(vm, value);
  if (index < 0) throw valueError(name);
  return index;
}

/** Lanczos; the last digits may differ from glibc's. */
function gamma(x: number): number {
  if (Number.isInteger(x)) {
    if (x <= 0) return Number.NaN;
    let product = 1;
    for (let i = 2; i < x && Number.isFinite(product); i++) product *= i;
    return product;
  }
  if (x < 0.5) return Math.PI / (Math.sin(Math.PI * x) * gamma(1 - x));
  const coefficients = [0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7];
  const t = x - 1 + 7.5;
  let sum = coefficients[0] ?? 0;
  for (let i = 1; i < 9; i++) sum += (coefficients[i] ?? 0) / (x - 1 + i);
  return Math.sqrt(2 * Math.PI) * t ** (x - 0.5) * Math.exp(-t) * sum;
}

function errorFunction(x: number): number {
  const absolute = Math.abs(x);
  let result: number;
  if (absolute < 2.5) {
    let term = absolute;
    let sum = absolute;
    for (let n = 1; n < 80; n++) {
      term *= (-absolute * absolute) / n;
      sum += term / (2 * n + 1);
    }
    result = (2 / Math.sqrt(Math.PI)) * sum;
  } else if (absolute > 6) result = 1;
  else {
    let fraction = 0;
    for (let k = 60; k > 0; k--) fraction = k / 2 / (absolute + fraction);
    result = 1 - Math.exp(-absolute * absolute) / (Math.sqrt(Math.PI) * (absolute + fraction));
  }
  return x < 0 ? -result : result;
}

/** Exact sum by partial sums without loss (Shewchuk). */
function exactSum(values: readonly number[]): number {
  const partials: number[] = [];
  for (const value of values) {
    let x = value;
    let kept = 0;
    for (const partial of partials) {
      let y = partial;
      if (Math.abs(x) < Math.abs(y)) [x, y] = [y, x];
      const high = x + y;
      const low = y - (high - x);
      if (low !== 0) partials[kept++] = low;
      x = high;
    }
    partials.length = kept;
    partials.push(x);
  }
  return partials.reduceRight((sum, one) => sum + one, 0);
}

const functions = declareFunctions({
  "sqrt(x, /)": unary((x) => (x < 0 ? Number.NaN : Math.sqrt(x))),
  "cbrt(x, /)": unary(Math.cbrt),
  "exp(x, /)": unary(Math.exp),
  "exp2(x, /)": unary((x) => 2 ** x),
  "expm1(x, /)": unary(Math.expm1),
  "sin(x, /)": unary(Math.sin), "cos(x, /)": unary(Math.cos), "tan(x, /)": unary(Math.tan),
  "asin(x, /)": unary(Math.asin), "acos(x, /)": unary(Math.acos), "atan(x, /)": unary(Math.atan),
  "sinh(x, /)": unary(Math.sinh), "cosh(x, /)": unary(Math.cosh), "tanh(x, /)": unary(Math.tanh),
  "asinh(x, /)": unary(Math.asinh), "acosh(x, /)": unary(Math.acosh), "atanh(x, /)": unary(Math.atanh),
  "log1p(x, /)": unary(Math.log1p),
  "degrees(x, /)": unary((x) => x * (180 / Math.PI)),
  "radians(x, /)": unary((x) => x * (Math.PI / 180)),
  "fabs(x, /)": unary(Math.abs),
  "gamma(x, /)": unary(gamma),
  "lgamma(x, /)": unary((x) => Math.log(Math.abs(gamma(x)))),
  "erf(x, /)": unary(errorFunction),
  "erfc(x, /)": unary((x) => 1 - errorFunction(x)),
  "floor(x, /)": rounding("__floor__", Math.floor),
  "ceil(x, /)": rounding("__ceil__", Math.ceil),
  "trunc(x, /)": rounding("__trunc__", Math.trunc),
  "log(x, base=None, /)": (vm, x: Value, base: Value) => begin((function* (): Run<Value> {
    const value = yield* natural(vm, x);
    if (base === null) return new PyFloat(value);
    const divisor = yield* natural(vm, base);
    if (divisor === 0) throw valueError("float division by zero");
    return new PyFloat(value / divisor);
  })()),
  "log2(x, /)": (vm, x: Value) => begin((function* (): Run<Value> {
    return new PyFloat(yield* logarithm(2)(vm, x));
  })()),
  "log10(x, /)": (vm, x: Value) => begin((function* (): Run<Value> {
    return new PyFloat(yield* logarithm(10)(vm, x));
  })()),
  "pow(x, y, /)": (vm, x: Value, y: Value) => begin((function* (): Run<Value> {
    const [a, b] = [yield* real(vm, x), yield* real(vm, y)];
    if (a === 1 || b === 0) return new PyFloat(1);
    const result = a ** b;
    if ((Number.isNaN(result) && !Number.isNaN(a) && !Number.isNaN(b)) || (a === 0 && b < 0)) throw valueError("math domain error");
    if (!Number.isFinite(result) && Number.isFinite(a) && Number.isFinite(b)) throw overflowError("math range error");
    return new PyFloat(result);
  })()),
  "atan2(y, x, /)": (vm, y: Value, x: Value) => begin((function* (): Run<Value> {
    return new PyFloat(Math.atan2(yield* real(vm, y), yield* real(vm, x)));
  })()),
  "fmod(x, y, /)": (vm, x: Value, y: Value) => begin((function* (): Run<Value> {
    const result = (yield* real(vm, x)) % (yield* real(vm, y));
    if (Number.isNaN(result)) throw valueError("math domain error");
    return new PyFloat(result);
  })()),
  "remainder(x, y, /)": (vm, x: Value, y: Value) => begin((function* (): Run<Value> {
    const [a, b] = [yield* real(vm, x), yield* real(vm, y)];
    if (b === 0) throw valueError("math domain error");
    const quotient = a / b;
    const floor = Math.floor(quotient);
    const nearest = quotient - floor === 0.5 ? (floor % 2 === 0 ? floor : floor + 1) : Math.round(quotient);
    return new PyFloat(a - nearest * b);
  })()),
  "copysign(x, y, /)": (vm, x: Value, y: Value) => begin((function* (): Run<Value> {
    const [a, b] = [Math.abs(yield* real(vm, x)), yield* real(vm, y)];
    return new PyFloat(b < 0 || Object.is(b, -0) ? -a : a);
  })()),
  "isnan(x, /)": (vm, x: Value) => begin((function* (): Run<Value> {
    return Number.isNaN(yield* real(vm, x));
  })()),
  "isinf(x, /)": (vm, x: Value) => begin((function* (): Run<Value> {
    const value = yield* real(vm, x);
    return !Number.isFinite(value) && !Number.isNaN(value);
  })()),
  "isfinite(x, /)": (vm, x: Value) => begin((function* (): Run<Value> {
    return Number.isFinite(yield* real(vm, x));
  })()),
  "isclose(a, b, *, rel_tol=None, abs_tol=None)": (vm, a: Value, b: Value, relative: Value, absolute: Value) => begin((function* (): Run<Value> {
    const [x, y] = [yield* real(vm, a), yield* real(vm, b)];
    if (x === y) return true;
    if (!Number.isFinite(x) || !Number.isFinite(y)) return false;
    const byRatio = relative === null ? 1e-9 : yield* real(vm, relative);
    return Math.abs(x - y) <= Math.max(byRatio * Math.max(Math.abs(x), Math.abs(y)), absolute === null ? 0 : yield* real(vm, absolute));
  })()),
  "factorial(x, /)": (vm, x: Value) => begin((function* (): Run<Value> {
    if (unwrap(x) instanceof PyFloat) throw typeError("'float' object cannot be interpreted as an integer");
    const n = yield* natural2(vm, x, "factorial() not defined for negative values");
    if (n > 50_000) throw overflowError("factorial() argument should not exceed 9223372036854775807");
    return factorial(Number(n), vm);
  })()),
  "isqrt(n, /)": (vm, n: Value) => begin((function* (): Run<Value> {
    return int.integerRoot(yield* natural2(vm, n, "isqrt() argument must be nonnegative"));
  })()),
  "comb(n, k, /)": (vm, n: Value, k: Value) => begin((function* (): Run<Value> {
    const [a, b] = [yield* natural2(vm, n, "n must be a non-negative integer"), yield* natural2(vm, k, "k must be a non-negative integer")];
    if (b > a) return 0;
    const smaller = Math.min(Number(b), Number(int.subtract(a, b)));
    let result: Int = 1;
    for (let i = 1; i <= smaller; i++) {
      result = int.floorDivide(int.multiply(result, int.subtract(a, smaller - i)), i);
      if (vm.tired()) yield* vm.rest();
    }
    return result;
  })()),
  "perm(n, k=None, /)": (vm, n: Value, k: Value) => begin((function* (): Run<Value> {
    const a = yield* natural2(vm, n, "n must be a non-negative integer");
    const b = k === null ? a : yield* natural2(vm, k, "k must be a non-negative integer");
    if (b > a) return 0;
    let result: Int = 1;
    for (let i = 0; i < b; i++) result = int.multiply(result, int.subtract(a, i));
    return result;
  })()),
  "modf(x, /)": (vm, x: Value) => begin((function* (): Run<Value> {
    const value = yield* real(vm, x);
    return new PyTuple([new PyFloat(Number.isFinite(value) ? value % 1 : 0), new PyFloat(Math.trunc(value))]);
  })()),
  "frexp(x, /)": (vm, x: Value) => begin((function* (): Run<Value> {
    const value = yield* real(vm, x);
    if (value === 0 || !Number.isFinite(value)) return new PyTuple([new PyFloat(value), 0]);
    let exponent = Math.max(-1023, Math.floor(Math.log2(Math.abs(value))) + 1);
    let mantissa = value * 2 ** -exponent;
    while (Math.abs(mantissa) < 0.5) {
      mantissa *= 2;
      exponent--;
    }
    while (Math.abs(mantissa) >= 1) {
      mantissa /= 2;
      exponent++;
    }
    return new PyTuple([new PyFloat(mantissa), exponent]);
  })()),
  "ldexp(x, i, /)": (vm, x: Value, i: Value) => begin((function* (): Run<Value> {
    return new PyFloat((yield* real(vm, x)) * 2 ** Number(yield* needIndex(vm, i)));
  })()),
  "fsum(seq, /)": (vm, seq: Value) => begin((function* (): Run<Value> {
    const values: number[] = [];
    for (const one of yield* settle(collect(vm, seq))) values.push(yield* real(vm, one));
    return new PyFloat(exactSum(values));
  })()),
  "prod(iterable, /, *, start=1)": (vm, iterable: Value, start: Value) => begin((function* (): Run<Value> {
    let product = start;
    for (const one of yield* settle(collect(vm, iterable))) product = yield* settle(binary(vm, "*", product, one, false));
    return product;
  })()),
  "dist(p, q, /)": (vm, p: Value, q: Value) => begin((function* (): Run<Value> {
    const [a, b] = [yield* settle(collect(vm, p)), yield* settle(collect(vm, q))];
    if (a.length !== b.length) throw valueError("both points must have the same number of dimensions");
    const differences: number[] = [];
    for (const [i, one] of a.entries()) differences.push((yield* real(vm, one)) - (yield* real(vm, b[i] as Value)));
    return new PyFloat(Math.hypot(...differences));
  })()),
  "hypot(*coordinates)": (vm, coordinates: PyTuple) => begin((function* (): Run<Value> {
    const values: number[] = [];
    for (const one of coordinates.items) values.push(yield* real(vm, one));
    return new PyFloat(Math.hypot(...values));
  })()),
  "gcd(*integers)": (vm, integers: PyTuple) => begin((function* (): Run<Value> {
    let result: Int = 0;
    for (const one of integers.items) result = greatestDivisor(result, yield* needIndex(vm, one));
    return result;
  })()),
  "lcm(*integers)": (vm, integers: PyTuple) => begin((function* (): Run<Value> {
    let result: Int = 1;
    for (const one of integers.items) {
      const value = yield* needIndex(vm, one);
      if (value === 0) return 0;
      const product = int.multiply(result, value);
      result = int.floorDivide(product < 0 ? int.negate(product) : product, greatestDivisor(result, value));
    }
    return result;
  })()),
});

registerModule("math", { names: () => new Map<string, Value>([...functions, ["pi", new PyFloat(Math.PI)], ["e", new PyFloat(Math.E)], ["tau", new PyFloat(2 * Math.PI)], ["inf", new PyFloat(Number.POSITIVE_INFINITY)], ["nan", new PyFloat(Number.NaN)]]) });

