// The functions of bc -l: sine, cosine, arctangent, natural logarithm, exponential and Bessel functions, computed with spare digits and cut.

import { type Decimal, ONE, ZERO, add, compare, divide, fromInteger, isZero, multiply, negate, power, rescale, squareRoot, subtract, toInteger } from "../kit/decimal.ts";

const TWO = fromInteger(2);

/** Both computed at a scale so large that the products need no more. */
const times = (a: Decimal, b: Decimal, scale: number): Decimal => rescale({ n: a.n * b.n, scale: a.scale + b.scale }, scale);

/** Rounded near the end of its digits, so that what is 1 does not come out as .999…, then cut. */
function settle(value: Decimal, scale: number): Decimal {
  const spare = Math.max(scale, value.scale - 5);
  if (spare >= value.scale) return rescale(value, scale);
  const half = 5n * 10n ** BigInt(value.scale - spare - 1);
  return rescale(rescale({ n: value.n + (value.n < 0n ? -half : half), scale: value.scale }, spare), scale);
}

function series(first: Decimal, next: (term: Decimal, index: number) => Decimal): Decimal {
  let sum = first;
  let term = first;
  for (let index = 1; !isZero(term) && index < 100_000; index++) {
    term = next(term, index);
    sum = add(sum, term);
  }
  return sum;
}

export function exponential(value: Decimal, scale: number): Decimal {
  const whole = Number(toInteger(value));
  // e^x has about 0.44 x digits before the point.
  const work = Math.max(scale, 0) + 10 + Math.ceil(Math.abs(whole) * 0.45);
  if (value.n < 0n) {
    const positive = exponential(negate(value), scale + 10);
    return isZero(positive) ? ZERO : divide(ONE, positive, scale);
  }
  // Halve until small, then square back.
  let x = rescale(value, work + 10);
  let halvings = 0;
  while (compare(x, ONE) > 0) {
    x = divide(x, TWO, work + 10);
    halvings++;
  }
  let result = series(rescale(ONE, work + 10), (term, index) => divide(times(term, x, work + 10), fromInteger(index), work + 10));
  for (; halvings > 0; halvings--) result = times(result, result, work + 10);
  return settle(result, scale);
}

export function logarithm(value: Decimal, scale: number): Decimal {
  if (value.n <= 0n) return rescale({ n: 1n - 10n ** BigInt(Math.max(1, scale)), scale: 0 }, scale);
  const work = scale + 10;
  let x = rescale(value, work + 10);
  let factor = TWO;
  // Square roots until near 1: log x = 2^k log x^(1/2^k).
  while (compare(x, { n: 2n, scale: 0 }) >= 0 || compare(x, { n: 5n, scale: 1 }) <= 0) {
    x = squareRoot(rescale(x, work + 10), work + 10);
    factor = multiply(factor, TWO, 0);
  }
  const ratio = divide(subtract(x, ONE), add(x, ONE), work + 10);
  const square = times(ratio, ratio, work + 10);
  let sum = ratio;
  let term = ratio;
  for (let index = 3; !isZero(term); index += 2) {
    term = times(term, square, work + 10);
    sum = add(sum, divide(term, fromInteger(index), work + 10));
  }
  return settle(times(sum, factor, work), scale);
}

function pi(scale: number): Decimal {
  return rescale(multiply(arctangent(ONE, scale + 5), fromInteger(4), scale + 5), scale);
}

export function sine(value: Decimal, scale: number): Decimal {
  const digits = Math.max(0, toInteger(value).toString().length);
  const work = Math.ceil(1.1 * scale) + digits + 10;
  const half = pi(work + 5);
  const turn = add(half, half);
  // Into [-pi, pi], then one series.
  let x = rescale(value, work);
  const turns = divide(x, turn, 0);
  x = subtract(x, times(turn, turns, work));
  if (compare(x, half) > 0) x = subtract(x, turn);
  if (compare(x, negate(half)) < 0) x = add(x, turn);
  x = rescale(x, work);
  const square = times(x, x, work);
  const result = series(x, (term, index) => negate(divide(times(term, square, work), fromInteger(2 * index * (2 * index + 1)), work)));
  return settle(result, scale);
}

export function cosine(value: Decimal, scale: number): Decimal {
  const work = Math.ceil(scale * 1.2) + 10;
  const quarter = divide(pi(work), TWO, work);
  return settle(sine(add(value, quarter), work - 5), scale);
}

export function arctangent(value: Decimal, scale: number): Decimal {
  if (value.n < 0n) return negate(arctangent(negate(value), scale));
  const work = scale + 10;
  let x = rescale(value, work);
  let result = ZERO;
  if (compare(x, ONE) > 0) {
    // atan x = pi/2 - atan 1/x
    const quarter = multiply(arctangent(ONE, work), TWO, work);
    return settle(subtract(quarter, arctangent(divide(ONE, x, work + 5), work)), scale);
  }
  let doublings = 0;
  while (compare(x, { n: 1n, scale: 1 }) > 0 && doublings < 20) {
    // atan x = 2 atan (x / (1 + sqrt(1 + x^2)))
    x = divide(x, add(ONE, squareRoot(add(ONE, times(x, x, work)), work)), work);
    doublings++;
  }
  const square = times(x, x, work);
  let term = x;
  result = x;
  for (let index = 3; !isZero(term); index += 2) {
    term = negate(times(term, square, work));
    result = add(result, divide(term, fromInteger(index), work));
  }
  return settle(times(result, power(TWO, BigInt(doublings), 0), work), scale);
}

export function bessel(order: number, value: Decimal, scale: number): Decimal {
  const n = Math.abs(order);
  const work = Math.ceil(1.5 * scale) + 10;
  const half = divide(value, TWO, work);
  let first: Decimal = rescale(ONE, work);
  for (let i = 1; i <= n; i++) first = divide(times(first, half, work), fromInteger(i), work);
  const square = times(half, half, work);
  const result = series(first, (term, index) => negate(divide(times(term, square, work), fromInteger(index * (index + n)), work)));
  return settle(order < 0 && n % 2 === 1 ? negate(result) : result, scale);
}
