// The binary operators.

import { JqError, type Json, compare, described, equal, isArray, isObject } from "./_value.ts";

const MAX_TEXT = 64 * 1024 * 1024;

function cannot(a: Json, b: Json, what: string): JqError {
  return new JqError(`${described(a)} and ${described(b)} cannot be ${what}`);
}

function merge(a: ReadonlyMap<string, Json>, b: ReadonlyMap<string, Json>): Json {
  const made = new Map(a);
  for (const [key, value] of b) {
    const own = made.get(key);
    made.set(key, own !== undefined && isObject(own) && isObject(value) ? merge(own, value) : value);
  }
  return made;
}

function add(a: Json, b: Json): Json {
  if (a === null) return b;
  if (b === null) return a;
  if (typeof a === "number" && typeof b === "number") return a + b;
  if (typeof a === "string" && typeof b === "string") {
    if (a.length + b.length > MAX_TEXT) throw new JqError("String too long");
    return a + b;
  }
  if (isArray(a) && isArray(b)) return [...a, ...b];
  if (isObject(a) && isObject(b)) return new Map([...a, ...b]);
  throw cannot(a, b, "added");
}

function multiply(a: Json, b: Json): Json {
  if (typeof a === "number" && typeof b === "number") return a * b;
  const text = typeof a === "string" ? a : typeof b === "string" ? b : undefined;
  const times = typeof a === "number" ? a : typeof b === "number" ? b : undefined;
  if (text !== undefined && times !== undefined) {
    if (!(times > 0)) return null;
    if (text.length * times > MAX_TEXT) throw new JqError("Repeat string result too long");
    return text.repeat(Math.max(1, Math.floor(times)));
  }
  if (isObject(a) && isObject(b)) return merge(a, b);
  throw cannot(a, b, "multiplied");
}

export function splitText(text: string, separator: string): string[] {
  if (text === "") return [];
  return separator === "" ? Array.from(text) : text.split(separator);
}

function divide(a: Json, b: Json): Json {
  if (typeof a === "number" && typeof b === "number") {
    if (b === 0) throw cannot(a, b, "divided because the divisor is zero");
    return a / b;
  }
  if (typeof a === "string" && typeof b === "string") return splitText(a, b);
  throw cannot(a, b, "divided");
}

function remainder(a: Json, b: Json): Json {
  if (typeof a !== "number" || typeof b !== "number") throw cannot(a, b, "divided (remainder)");
  const divisor = Math.trunc(b);
  if (divisor === 0) throw cannot(a, b, "divided (remainder) because the divisor is zero");
  // jq 1.6 takes the divisor's magnitude, so the sign is the dividend's.
  const left = Math.trunc(a) % Math.abs(divisor);
  return left === 0 ? 0 : left;
}

export function binary(op: string, a: Json, b: Json): Json {
  switch (op) {
    case "+": return add(a, b);
    case "-":
      if (typeof a === "number" && typeof b === "number") return a - b;
      if (isArray(a) && isArray(b)) return a.filter((item) => !b.some((other) => equal(item, other)));
      throw cannot(a, b, "subtracted");
    case "*": return multiply(a, b);
    case "/": return divide(a, b);
    case "%": return remainder(a, b);
    case "==": return equal(a, b);
    case "!=": return !equal(a, b);
    case "<": return compare(a, b) < 0;
    case "<=": return compare(a, b) <= 0;
    case ">": return compare(a, b) > 0;
    default: return compare(a, b) >= 0;
  }
}
