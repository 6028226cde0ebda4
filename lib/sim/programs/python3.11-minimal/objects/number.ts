// Arithmetic of int: numbers while safe, bigint beyond.

import { exceptions, failure, memoryError, overflowError, valueError, zeroDivision } from "./exception.ts";
import type { Int } from "./value.ts";

/** Larger results are refused: the real program would need minutes and gigabytes. */
const MAX_BITS = 1 << 24;

export function normalInt(value: bigint): Int {
  return value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value;
}

/** An integral float as int. */
export function intOfFloat(value: number): Int {
  return Number.isSafeInteger(value) ? value + 0 : normalInt(BigInt(value));
}

export function bitLength(value: Int): number {
  if (typeof value === "number") return value === 0 ? 0 : Math.floor(Math.log2(Math.abs(value))) + 1 - (2 ** Math.floor(Math.log2(Math.abs(value))) > Math.abs(value) ? 1 : 0);
  const hex = (value < 0n ? -value : value).toString(16);
  return (hex.length - 1) * 4 + (32 - Math.clz32(Number.parseInt(hex[0] ?? "0", 16)));
}

function checkSize(bits: number): void {
  if (bits > MAX_BITS) throw memoryError();
}

export function add(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return normalInt(BigInt(a) + BigInt(b));
}

export function subtract(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    const difference = a - b;
    if (Number.isSafeInteger(difference)) return difference;
  }
  return normalInt(BigInt(a) - BigInt(b));
}

export function multiply(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    const product = a * b;
    if (Number.isSafeInteger(product)) return product + 0;
  } else checkSize(bitLength(a) + bitLength(b));
  return normalInt(BigInt(a) * BigInt(b));
}

export function negate(a: Int): Int {
  return typeof a === "number" ? 0 - a : normalInt(-a);
}

export function floorDivide(a: Int, b: Int): Int {
  if (b === 0) throw zeroDivision("integer division or modulo by zero");
  if (typeof a === "number" && typeof b === "number") return exactFloor(a, b);
  const [x, y] = [BigInt(a), BigInt(b)];
  const quotient = x / y;
  return normalInt(x % y !== 0n && x < 0n !== y < 0n ? quotient - 1n : quotient);
}

function exactFloor(a: number, b: number): number {
  const remainder = a % b;
  const quotient = (a - remainder) / b;
  return (remainder !== 0 && remainder < 0 !== b < 0 ? quotient - 1 : quotient) + 0;
}

export function modulo(a: Int, b: Int): Int {
  if (b === 0) throw zeroDivision("integer modulo by zero");
  if (typeof a === "number" && typeof b === "number") {
    const remainder = a % b;
    return (remainder !== 0 && remainder < 0 !== b < 0 ? remainder + b : remainder) + 0;
  }
  const [x, y] = [BigInt(a), BigInt(b)];
  const remainder = x % y;
  return normalInt(remainder !== 0n && remainder < 0n !== y < 0n ? remainder + y : remainder);
}

/** Correctly rounded quotient of two ints as a double. */
export function trueDivide(a: Int, b: Int): number {
  if (b === 0) throw zeroDivision("division by zero");
  if (typeof a === "number" && typeof b === "number") return a / b;
  const negative = a < 0 !== b < 0;
  let x = BigInt(a < 0 ? -a : a);
  let y = BigInt(b < 0 ? -b : b);
  if (x === 0n) return 0;
  // 66 significant bits of the quotient with a sticky bit: rounding them to 53 is exact.
  const shift = 66 - (bitLength(x) - bitLength(y));
  if (shift > 0) x <<= BigInt(shift);
  else y <<= BigInt(-shift);
  let quotient = x / y;
  if (x % y !== 0n) quotient |= 1n;
  const value = Number(quotient) * 2 ** -Math.max(-1000, Math.min(1000, shift));
  const result = shift > 1000 ? value * 2 ** -(shift - 1000) : shift < -1000 ? value * 2 ** -(shift + 1000) : value;
  if (!Number.isFinite(result)) throw overflowError("integer division result too large for a float");
  return negative ? -result : result;
}

export function power(base: Int, exponent: Int): Int {
  if (typeof base === "number" && typeof exponent === "number") {
    const quick = base ** exponent;
    if (Number.isSafeInteger(quick)) return quick;
  }
  if (base === 0 || base === 1) return exponent === 0 ? 1 : base;
  if (base === -1) return modulo(exponent, 2) === 0 ? 1 : -1;
  checkSize(bitLength(base) * Number(exponent));
  return normalInt(BigInt(base) ** BigInt(exponent));
}

export function powerModulo(base: Int, exponent: Int, modulus: Int): Int {
  if (modulus === 0) throw valueError("pow() 3rd argument cannot be 0");
  let e = BigInt(exponent);
  const m = BigInt(modulus);
  let b = BigInt(modulo(base, modulus));
  if (e < 0n) {
    b = inverse(b, m < 0n ? -m : m);
    e = -e;
  }
  let result = 1n;
  while (e > 0n) {
    if (e & 1n) result = (result * b) % m;
    b = (b * b) % m;
    e >>= 1n;
  }
  return modulo(normalInt(result), modulus);
}

function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [value, modulus, 1n, 0n];
  while (b !== 0n) {
    const quotient = a / b;
    [a, b] = [b, a - quotient * b];
    [x, y] = [y, x - quotient * y];
  }
  if (a !== 1n && a !== -1n) throw valueError("base is not invertible for the given modulus");
  return ((x * a) % modulus + modulus) % modulus;
}

export function shiftLeft(a: Int, count: Int): Int {
  if (count < 0) throw valueError("negative shift count");
  if (a === 0) return 0;
  checkSize(bitLength(a) + Number(count));
  return normalInt(BigInt(a) << BigInt(count));
}

export function shiftRight(a: Int, count: Int): Int {
  if (count < 0) throw valueError("negative shift count");
  if (typeof a === "number" && typeof count === "number" && a >= 0 && count < 31 && a <= 0x7fffffff) return a >> count;
  if (count > MAX_BITS) return a < 0 ? -1 : 0;
  return normalInt(BigInt(a) >> BigInt(count));
}

export function bitwise(operator: "&" | "|" | "^", a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number" && (a | 0) === a && (b | 0) === b) return operator === "&" ? a & b : operator === "|" ? a | b : a ^ b;
  const [x, y] = [BigInt(a), BigInt(b)];
  return normalInt(operator === "&" ? x & y : operator === "|" ? x | y : x ^ y);
}

/** The nearest double. */
export function floatOfInt(value: Int): number {
  if (typeof value === "number") return value;
  const result = Number(value);
  if (!Number.isFinite(result)) throw overflowError("int too large to convert to float");
  return result;
}

export const MAX_TEXT_DIGITS = 4300;

export function textOfInt(value: Int): string {
  if (typeof value === "number") return String(value);
  if (bitLength(value) > MAX_TEXT_DIGITS * 3.33) {
    const digits = Math.ceil(bitLength(value) * 0.30103);
    if (digits > MAX_TEXT_DIGITS) throw failure(exceptions.ValueError, `Exceeds the limit (${MAX_TEXT_DIGITS} digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit`);
  }
  return value.toString();
}

/** Integer square root, rounded down. */
export function integerRoot(value: Int): Int {
  if (typeof value === "number") return Math.floor(Math.sqrt(value));
  let x = BigInt(Math.floor(Math.sqrt(Number(value)))) || 1n << BigInt(Math.ceil(bitLength(value) / 2));
  for (;;) {
    const y = (x + value / x) >> 1n;
    if (y === x || y === x + 1n || y === x - 1n) {
      let best = y < x ? y : x;
      while ((best + 1n) * (best + 1n) <= value) best++;
      while (best * best > value) best--;
      return normalInt(best);
    }
    x = y;
  }
}
