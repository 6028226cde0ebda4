// libm under jq's names.

import type { Native } from "./_evaluate.ts";
import { JqError, type Json, described } from "./_value.ts";

const LANCZOS = [0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7];

function gamma(x: number): number {
  if (x < 0.5) return Math.PI / (Math.sin(Math.PI * x) * gamma(1 - x));
  if (Number.isInteger(x) && x < 171) {
    let product = 1;
    for (let i = 2; i < x; i++) product *= i;
    return product;
  }
  const [first = 0, ...rest] = LANCZOS;
  const sum = rest.reduce((total, term, i) => total + term / (x + i), first);
  const t = x + 6.5;
  return Math.sqrt(2 * Math.PI) * t ** (x - 0.5) * Math.exp(-t) * sum;
}

function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - logGamma(1 - x);
  if (Number.isInteger(x) && x < 100) return Math.log(gamma(x));
  const [first = 0, ...rest] = LANCZOS;
  const sum = rest.reduce((total, term, i) => total + term / (x + i), first);
  const t = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

/** The neighbour of x towards y. */
function nextAfter(x: number, y: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  if (x === y) return y;
  if (x === 0) return y > 0 ? Number.MIN_VALUE : -Number.MIN_VALUE;
  const bits = new BigInt64Array(new Float64Array([x]).buffer);
  bits[0] = (bits[0] ?? 0n) + (y > x === x > 0 ? 1n : -1n);
  return new Float64Array(bits.buffer)[0] ?? Number.NaN;
}

function nearestEven(x: number): number {
  const low = Math.floor(x);
  const rest = x - low;
  if (rest !== 0.5) return Math.round(x);
  return low % 2 === 0 ? low : low + 1;
}

function parts(x: number): readonly [fraction: number, exponent: number] {
  if (x === 0 || !Number.isFinite(x)) return [x, 0];
  let exponent = Math.max(-1023, Math.floor(Math.log2(Math.abs(x))) + 1);
  let fraction = x * 2 ** -exponent;
  while (Math.abs(fraction) < 0.5) {
    fraction *= 2;
    exponent--;
  }
  while (Math.abs(fraction) >= 1) {
    fraction /= 2;
    exponent++;
  }
  return [fraction, exponent];
}

/** Abramowitz and Stegun 7.1: the series near 0, the continued fraction further out. */
function errorFunction(x: number): number {
  const magnitude = Math.abs(x);
  if (magnitude > 6) return Math.sign(x);
  if (magnitude < 3) {
    let term = x;
    let sum = x;
    for (let n = 1; n < 200 && Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
      term *= -(x * x) / n;
      sum += term / (2 * n + 1);
    }
    return (2 / Math.sqrt(Math.PI)) * sum;
  }
  let fraction = 0;
  for (let n = 60; n > 0; n--) fraction = n / 2 / (magnitude + fraction);
  return Math.sign(x) * (1 - Math.exp(-x * x) / ((magnitude + fraction) * Math.sqrt(Math.PI)));
}

const ONE: readonly (readonly [string, (x: number) => Json])[] = [
  ["floor", Math.floor], ["ceil", Math.ceil], ["trunc", Math.trunc], ["round", (x) => Math.sign(x) * Math.round(Math.abs(x))], ["rint", nearestEven], ["nearbyint", nearestEven], ["fabs", Math.abs], ["sqrt", Math.sqrt], ["cbrt", Math.cbrt],
  ["exp", Math.exp], ["exp2", (x) => 2 ** x], ["exp10", (x) => Number(`1e${x}`) || 10 ** x], ["pow10", (x) => Number(`1e${x}`) || 10 ** x], ["expm1", Math.expm1], ["log", Math.log], ["log2", Math.log2], ["log10", Math.log10], ["log1p", Math.log1p],
  ["sin", Math.sin], ["cos", Math.cos], ["tan", Math.tan], ["asin", Math.asin], ["acos", Math.acos], ["atan", Math.atan], ["sinh", Math.sinh], ["cosh", Math.cosh], ["tanh", Math.tanh], ["asinh", Math.asinh], ["acosh", Math.acosh], ["atanh", Math.atanh],
  ["gamma", logGamma], ["lgamma", logGamma], ["tgamma", gamma], ["erf", errorFunction], ["erfc", (x) => 1 - errorFunction(x)],
  ["logb", (x) => (x === 0 ? -Infinity : parts(x)[1] - 1)], ["significand", (x) => (x === 0 ? 0 : parts(x)[0] * 2)], ["lgamma_r", (x) => [logGamma(x), x < 0 && Math.floor(x) % 2 !== 0 ? -1 : 1]], ["frexp", (x) => [...parts(x)]], ["modf", (x) => [Number.isFinite(x) ? x - Math.trunc(x) : 0, Math.trunc(x)]],
];

const TWO: readonly (readonly [string, (x: number, y: number) => Json])[] = [
  ["pow", (x, y) => (x === 1 || (x === -1 && !Number.isFinite(y) && !Number.isNaN(y)) ? 1 : x ** y)], ["atan2", Math.atan2], ["fmod", (x, y) => x % y], ["nextafter", nextAfter], ["nexttoward", nextAfter], ["hypot", Math.hypot], ["fmin", (x, y) => (Number.isNaN(x) ? y : Number.isNaN(y) ? x : Math.min(x, y))],
  ["fmax", (x, y) => (Number.isNaN(x) ? y : Number.isNaN(y) ? x : Math.max(x, y))], ["fdim", (x, y) => (x > y ? x - y : 0)], ["copysign", (x, y) => (y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x))],
  ["ldexp", (x, y) => x * 2 ** y], ["scalb", (x, y) => x * 2 ** y], ["scalbln", (x, y) => x * 2 ** y], ["drem", (x, y) => x - y * nearestEven(x / y)], ["remainder", (x, y) => x - y * nearestEven(x / y)],
];

function number(value: Json): number {
  if (typeof value !== "number") throw new JqError(`${described(value)} number required`);
  return value;
}

export const MATHEMATICS: readonly (readonly [string, Native])[] = [
  ...ONE.map(([name, run]) => [`${name}/0`, (_: unknown, value: Json) => run(number(value))] as const),
  ...TWO.map(([name, run]) => [`${name}/2`, (_: unknown, __: Json, [x = null, y = null]: readonly Json[]) => run(number(x), number(y))] as const),
  ["fma/3", (_, __, [x = null, y = null, z = null]) => number(x) * number(y) + number(z)],
  ["infinite/0", () => Infinity],
  ["nan/0", () => Number.NaN],
  // of what is no number they are all false
  ["isinfinite/0", (_, value) => typeof value === "number" && Math.abs(value) === Infinity],
  ["isnan/0", (_, value) => typeof value === "number" && Number.isNaN(value)],
  ["isnormal/0", (_, value) => typeof value === "number" && Number.isFinite(value) && Math.abs(value) >= 2 ** -1022],
];
