// Numbers from strings and strings from numbers, as Perl makes them (perlnumber(1), perldata(1)).

import { Code, Dual, Glob, GlobValue, PerlArray, PerlHash, PerlRegex, Referent, Scalar, type Value } from "./value.ts";

/** From here on whole numbers print as 1e+15 when they are floating-point. */
const FLOAT_TEXT_FROM = 1e15;
export const MAX_UV = 18446744073709551615n;
export const MIN_IV = -9223372036854775808n;

/** A whole number in the form that the values have. */
export function integer(value: bigint): number | bigint {
  if (value > -1000000000000000n && value < 1000000000000000n) return Number(value);
  return value <= MAX_UV && value >= MIN_IV ? value : Number(value);
}

/** Like C's %.*g with a precision of 15. */
export function numberText(value: number): string {
  if (Number.isInteger(value) && value < FLOAT_TEXT_FROM && value > -FLOAT_TEXT_FROM) return String(value === 0 ? 0 : value);
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "Inf" : "-Inf";
  return generalText(value, 15);
}

export function generalText(value: number, precision: number): string {
  const [mantissa = "", exponentText = "0"] = value.toExponential(precision - 1).split("e");
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= precision) {
    const digits = mantissa.includes(".") ? mantissa.replace(/\.?0+$/, "") : mantissa;
    return `${digits}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
  }
  const fixed = value.toPrecision(precision);
  if (fixed.includes("e")) return String(value);
  return fixed.includes(".") ? fixed.replace(/\.?0+$/, "") : fixed;
}

const addresses = new WeakMap<object, number>();
let nextAddress = 0x55d0c8a41000;

/** A place in memory that stays the referent's: only shown, never used. */
export function addressOf(referent: object): number {
  let address = addresses.get(referent);
  if (address === undefined) {
    nextAddress += 0x18 + 0x18 * (nextAddress % 5);
    address = nextAddress;
    addresses.set(referent, address);
  }
  return address;
}

/** What ref and reftype call the kind. */
export function kindOf(referent: Referent): string {
  if (referent instanceof PerlArray) return "ARRAY";
  if (referent instanceof PerlHash) return "HASH";
  if (referent instanceof Code) return "CODE";
  if (referent instanceof PerlRegex) return "REGEXP";
  if (referent instanceof Glob) return "GLOB";
  if (referent instanceof Scalar) {
    const inner = referent.v;
    return inner instanceof Referent ? "REF" : inner instanceof GlobValue ? "GLOB" : "SCALAR";
  }
  return "SCALAR";
}

export function plainReferenceText(value: Referent): string {
  const text = `${kindOf(value) === "REGEXP" ? "Regexp" : kindOf(value)}(0x${addressOf(value).toString(16)})`;
  return value.blessed === undefined ? text : `${value.blessed}=${text.replace(/^Regexp/, "SCALAR")}`;
}

/** Without overloading: the operators look for that before. */
export function text(value: Value): string {
  switch (typeof value) {
    case "string":
      return value;
    case "number":
      return numberText(value);
    case "undefined":
      return "";
    case "bigint":
      return String(value);
    default:
      if (value instanceof PerlRegex && value.blessed === "Regexp") return value.pattern.text;
      if (value instanceof Dual) return value.s;
      if (value instanceof GlobValue) return `*${value.glob.fullName}`;
      return plainReferenceText(value);
  }
}

const NUMBER = /^[\t\n\v\f\r ]*([+-]?)(?:(\d+)(\.\d*)?|(\.\d+))(?:[eE][+-]?\d+)?/;
const WORD_NUMBER = /^[\t\n\v\f\r ]*([+-]?)(inf(?:inity)?|nan)/i;

export function looksLikeNumber(value: Value): boolean {
  if (value === undefined) return false;
  if (typeof value === "number" || typeof value === "bigint" || value instanceof Dual) return true;
  if (typeof value !== "string") return false;
  const found = NUMBER.exec(value) ?? WORD_NUMBER.exec(value);
  return found !== null && /^[\t\n\v\f\r ]*$/.test(value.slice(found[0].length));
}

export function parseNumber(string: string): number | bigint {
  const found = NUMBER.exec(string);
  if (!found) {
    const word = WORD_NUMBER.exec(string);
    if (!word) return 0;
    const value = (word[2] ?? "").toLowerCase() === "nan" ? Number.NaN : Number.POSITIVE_INFINITY;
    return word[1] === "-" ? -value : value;
  }
  const matched = found[0].trim();
  if (/^[+-]?\d+$/.test(matched)) {
    if (matched.length < 16) return Number(matched);
    const whole = BigInt(matched.replace(/^\+/, ""));
    return whole <= MAX_UV && whole >= MIN_IV ? integer(whole) : Number(matched);
  }
  return Number(matched);
}

/** Number with whole ones beyond 1e15 exact. */
export function numeric(value: Value): number | bigint {
  switch (typeof value) {
    case "number":
    case "bigint":
      return value;
    case "string":
      return parseNumber(value);
    case "undefined":
      return 0;
    default:
      return value instanceof Dual ? value.n : value instanceof GlobValue ? 0 : addressOf(value);
  }
}

export function num(value: Value): number {
  return typeof value === "number" ? value : Number(numeric(value));
}

/** Truncated as an IV; out of range saturates. */
export function int(value: Value): number {
  const number = typeof value === "number" ? value : Number(numeric(value));
  return Number.isNaN(number) ? 0 : Math.trunc(number);
}

/** As an unsigned 64-bit word, for the bit operators: negative ones wrap. */
export function word(value: Value): bigint {
  const number = numeric(value);
  if (typeof number === "bigint") return BigInt.asUintN(64, number);
  if (Number.isNaN(number)) return 0n;
  if (number >= 2 ** 64) return MAX_UV;
  if (number <= -(2 ** 63)) return 9223372036854775808n;
  return BigInt.asUintN(64, BigInt(Math.trunc(number)));
}

export function truthy(value: Value): boolean {
  switch (typeof value) {
    case "string":
      return value !== "" && value !== "0";
    case "number":
      return value !== 0;
    case "undefined":
      return false;
    case "bigint":
      return value !== 0n;
    default:
      return value instanceof Dual ? value.s !== "" && value.s !== "0" : true;
  }
}

/** ++ on a string that matches /^[a-zA-Z]*[0-9]*$/ and is not empty (perlop). */
export function incremented(value: Value): Value {
  if (value === undefined) return 1;
  if (typeof value === "string" && value !== "" && !/^[+-]?\d/.test(value) && /^[a-zA-Z]*[0-9]*$/.test(value)) {
    const letters = Array.from(value);
    for (let i = letters.length - 1; i >= 0; i--) {
      const c = letters[i] ?? "";
      if (c === "z" || c === "Z" || c === "9") {
        letters[i] = c === "z" ? "a" : c === "Z" ? "A" : "0";
        if (i === 0) letters.unshift(c === "9" ? "1" : letters[i] ?? "");
        continue;
      }
      letters[i] = String.fromCharCode(c.charCodeAt(0) + 1);
      break;
    }
    return letters.join("");
  }
  return add(numeric(value), 1);
}

export function add(a: number | bigint, b: number | bigint): number | bigint {
  if (typeof a === "number" && typeof b === "number") {
    const sum = a + b;
    if ((sum < FLOAT_TEXT_FROM && sum > -FLOAT_TEXT_FROM) || !isWhole(a) || !isWhole(b)) return sum;
  }
  return whole(a, b, (x, y) => x + y, (x, y) => x + y);
}

export function subtract(a: number | bigint, b: number | bigint): number | bigint {
  if (typeof a === "number" && typeof b === "number") {
    const sum = a - b;
    if ((sum < FLOAT_TEXT_FROM && sum > -FLOAT_TEXT_FROM) || !isWhole(a) || !isWhole(b)) return sum;
  }
  return whole(a, b, (x, y) => x - y, (x, y) => x - y);
}

export function multiply(a: number | bigint, b: number | bigint): number | bigint {
  if (typeof a === "number" && typeof b === "number") {
    const product = a * b;
    if ((product < FLOAT_TEXT_FROM && product > -FLOAT_TEXT_FROM) || !isWhole(a) || !isWhole(b)) return product;
  }
  return whole(a, b, (x, y) => x * y, (x, y) => x * y);
}

/** Whether arithmetic takes it as an IV or UV. */
function isWhole(value: number | bigint): boolean {
  return typeof value === "bigint" || (Number.isInteger(value) && value <= 9007199254740992 && value >= -9007199254740992);
}

function whole(a: number | bigint, b: number | bigint, exact: (x: bigint, y: bigint) => bigint, float: (x: number, y: number) => number): number | bigint {
  if (!isWhole(a) || !isWhole(b)) return float(Number(a), Number(b));
  const result = exact(BigInt(a), BigInt(b));
  return result <= MAX_UV && result >= MIN_IV ? integer(result) : float(Number(a), Number(b));
}

/** As pp_pow does it: exact while the bits of the base times the exponent fit a word, except for powers of two; those are floating-point. */
export function power(a: number | bigint, b: number | bigint): number | bigint {
  const x = Number(a);
  const y = Number(b);
  if (x === 1) return 1;
  const result = x ** y;
  if (!isWhole(a) || !isWhole(b) || b < 0) return result;
  const base = a < 0 ? -BigInt(a) : BigInt(a);
  if ((base & (base - 1n)) !== 0n && base.toString(2).length * y <= 64) {
    const exact = BigInt(a) ** BigInt(b);
    return exact >= MIN_IV ? integer(exact) : Number(exact);
  }
  return Math.abs(result) < 2 ** 53 ? integer(BigInt(result)) : result;
}

export function compareNumbers(a: number | bigint, b: number | bigint): number | undefined {
  return a < b ? -1 : a > b ? 1 : a <= b ? 0 : undefined;
}

/** The result has the right operand's sign; both are taken as whole numbers. Undefined for a zero divisor. */
export function modulo(a: number | bigint, b: number | bigint): number | bigint | undefined {
  if (typeof a === "number" && typeof b === "number" && Math.abs(a) < FLOAT_TEXT_FROM && Math.abs(b) < FLOAT_TEXT_FROM) {
    const divisor = Math.trunc(b);
    if (divisor === 0) return undefined;
    const rest = Math.trunc(a) % divisor;
    return rest === 0 ? 0 : rest < 0 !== divisor < 0 ? rest + divisor : rest;
  }
  const toWhole = (value: number | bigint) => (typeof value === "bigint" ? value : Number.isFinite(value) ? BigInt(Math.trunc(value)) : MAX_UV);
  const divisor = toWhole(b);
  if (divisor === 0n) return undefined;
  if (typeof b === "number" && !Number.isFinite(b)) return a;
  const rest = toWhole(a) % divisor;
  return integer(rest !== 0n && rest < 0n !== divisor < 0n ? rest + divisor : rest);
}
