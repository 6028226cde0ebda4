// gawk's built-in functions of plain values: what does not wait and needs no array or place to assign to.

import { type Part, substitute as replaceMatches } from "../kit/awk/substitute.ts";
import { GawkFatalError } from "./_format.ts";
import type { Runtime } from "./_runtime.ts";
import type { Regex } from "../kit/regex/compile-regex.ts";
import { InputText, numberOfAnyBase, toBoolean, toNumber, Truth, TypedRegex, type Value } from "./_value.ts";

const ASTRAL = /[\ud800-\udbff]/;

export function lengthOf(text: string): number {
  return ASTRAL.test(text) ? Array.from(text).length : text.length;
}

/** How many characters lie before the offset. */
export function charactersBefore(text: string, offset: number): number {
  return ASTRAL.test(text) ? Array.from(text.slice(0, offset)).length : offset;
}

function substring(text: string, start: number, length: number | undefined): string {
  if (Number.isNaN(start) || (length !== undefined && (Number.isNaN(length) || length < 1))) return "";
  const characters = ASTRAL.test(text) ? Array.from(text) : text;
  const begin = Math.max(1, Math.trunc(start));
  const end = length === undefined ? characters.length : Math.min(characters.length, begin - 1 + Math.trunc(length));
  if (begin > characters.length) return "";
  return typeof characters === "string" ? characters.slice(begin - 1, end) : characters.slice(begin - 1, end).join("");
}

const asciiUpper = (text: string): string => text.replace(/[a-z]+/g, (part) => part.toUpperCase());
const asciiLower = (text: string): string => text.replace(/[A-Z]+/g, (part) => part.toLowerCase());
/** A character becomes one character: towupper(3) makes no "SS" of "ß". */
const eachUpper = (text: string): string => Array.from(text, (c) => (Array.from(c.toUpperCase()).length === 1 ? c.toUpperCase() : c)).join("");
const eachLower = (text: string): string => Array.from(text, (c) => (Array.from(c.toLowerCase()).length === 1 ? c.toLowerCase() : c)).join("");

function bits(runtime: Runtime, name: string, args: readonly Value[], fold: (a: bigint, b: bigint) => bigint): number {
  return Number(args.map((value, i) => wholeBits(runtime, name, value, i + 1)).reduce(fold));
}

function wholeBits(runtime: Runtime, name: string, value: Value, at: number): bigint {
  const number = toNumber(value);
  if (number < 0) throw new GawkFatalError(`${name}: argument ${at} negative value ${runtime.text(number)} is not allowed`);
  return BigInt(Number.isFinite(number) ? Math.trunc(number) : 0);
}

/** and(), shifts and compl() keep what a double can hold (the lower 53 bits). */
const fitting = (value: bigint): number => Number(BigInt.asUintN(53, value));

function shift(runtime: Runtime, name: string, [value, by]: readonly Value[]): number {
  for (const one of [value, by]) if (toNumber(one) < 0) throw new GawkFatalError(`${name}(${runtime.format("%f", [toNumber(value)])}, ${runtime.format("%f", [toNumber(by)])}): negative values are not allowed`);
  const number = BigInt(Math.trunc(toNumber(value)));
  const count = BigInt(Math.trunc(toNumber(by)));
  return name === "lshift" ? fitting(number << count) : Number(number >> count);
}

export function callBuiltin(runtime: Runtime, name: string, args: readonly Value[]): Value {
  const [first, second, third] = args;
  switch (name) {
    case "length":
      return lengthOf(args.length === 0 ? runtime.recordText() : runtime.text(first));
    case "substr":
      return substring(runtime.text(first), toNumber(second), args.length > 2 ? toNumber(third) : undefined);
    case "index": {
      const text = runtime.text(first);
      const wanted = runtime.text(second);
      if (wanted === "") return 1;
      const at = runtime.ignoreCase ? text.toLowerCase().indexOf(wanted.toLowerCase()) : text.indexOf(wanted);
      return at < 0 ? 0 : charactersBefore(text, at) + 1;
    }
    case "sprintf":
      return runtime.format(runtime.text(first), args.slice(1));
    case "sin":
      return Math.sin(toNumber(first));
    case "cos":
      return Math.cos(toNumber(first));
    case "atan2":
      return Math.atan2(toNumber(first), toNumber(second));
    case "exp": {
      const result = Math.exp(toNumber(first));
      if (result === Number.POSITIVE_INFINITY) runtime.warn(`exp: argument ${runtime.text(toNumber(first))} is out of range`);
      return result;
    }
    case "log":
      if (toNumber(first) < 0) runtime.warn(`log: received negative argument ${runtime.text(toNumber(first))}`);
      return Math.log(toNumber(first));
    case "sqrt":
      if (toNumber(first) < 0) runtime.warn(`sqrt: received negative argument ${runtime.text(toNumber(first))}`);
      return Math.sqrt(toNumber(first));
    case "int":
      return Math.trunc(toNumber(first));
    case "rand":
      return runtime.random();
    case "srand":
      return runtime.setSeed(args.length > 0 ? toNumber(first) : Math.floor(runtime.io.sys.clockUs("realtime") / 1e6));
    case "tolower":
      return runtime.dialect.bytes ? asciiLower(runtime.text(first)) : eachLower(runtime.text(first));
    case "toupper":
      return runtime.dialect.bytes ? asciiUpper(runtime.text(first)) : eachUpper(runtime.text(first));
    case "systime":
      return Math.floor(runtime.io.sys.clockUs("realtime") / 1e6);
    case "strtonum":
      return typeof first === "number" ? first : first instanceof InputText && first.number !== undefined ? first.number : numberOfAnyBase(runtime.text(first));
    case "and":
      return bits(runtime, name, args, (a, b) => a & b);
    case "or":
      return bits(runtime, name, args, (a, b) => a | b);
    case "xor":
      return bits(runtime, name, args, (a, b) => a ^ b);
    case "compl": {
      if (toNumber(first) < 0) throw new GawkFatalError(`compl(${runtime.format("%f", [toNumber(first)])}): negative value is not allowed`);
      return fitting(~BigInt(Math.trunc(toNumber(first))));
    }
    case "lshift":
    case "rshift":
      return shift(runtime, name, args);
    case "mkbool":
      return new Truth(toBoolean(first) ? 1 : 0);
    case "bindtextdomain":
      return runtime.text(first);
    case "dcgettext":
      return runtime.text(first);
    case "dcngettext":
      return runtime.text(toNumber(third) === 1 ? first : second);
    default:
      throw new GawkFatalError(`function \`${name}' not defined`);
  }
}

/** The text of a pattern: a typed regex's own, any other value's text. */
export function patternSource(runtime: Runtime, value: Value): string {
  return value instanceof TypedRegex ? value.source : runtime.text(value);
}

/** What sub() and gsub() put in: "&" is the match, "\&" an ampersand, "\\&" a backslash and the match. */
function replacementParts(text: string, posix: boolean): readonly Part[] {
  if (!text.includes("&") && !text.includes("\\")) return [text];
  const parts: Part[] = [];
  let literal = "";
  const matched = (): void => {
    parts.push(literal, { group: 0 });
    literal = "";
  };
  for (let i = 0; i < text.length; i++) {
    if (text[i] === "&") matched();
    else if (text[i] !== "\\") literal += text[i];
    else if (posix) literal += text[i + 1] === "&" || text[i + 1] === "\\" ? text[++i] : "\\";
    else if (text.startsWith("\\\\\\&", i)) {
      literal += "\\&";
      i += 3;
    } else if (text.startsWith("\\\\\\\\", i)) {
      literal += "\\\\";
      i += 3;
    } else if (text.startsWith("\\\\&", i)) {
      literal += "\\";
      matched();
      i += 2;
    } else if (text[i + 1] === "&") {
      literal += "&";
      i++;
    } else literal += "\\";
  }
  parts.push(literal);
  return parts;
}

/** gensub(): "\0" or "&" is the match, "\3" a group, "\q" a q. */
function gensubParts(text: string): readonly Part[] {
  const parts: Part[] = [];
  let literal = "";
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? "";
    const next = text[i + 1] ?? "";
    if (c === "&" || (c === "\\" && next >= "0" && next <= "9" && next !== "")) {
      parts.push(literal, { group: c === "&" ? 0 : Number(next) });
      literal = "";
      if (c === "\\") i++;
    } else if (c === "\\" && next !== "") {
      literal += next;
      i++;
    } else literal += c;
  }
  parts.push(literal);
  return parts;
}

/** `which`: "all", or the number of the match that is replaced. */
export function substitute(runtime: Runtime, regex: Regex, replacement: string, text: string, which: number | "all", general: boolean): { readonly text: string; readonly count: number } {
  const result = replaceMatches(regex, general ? gensubParts(replacement) : replacementParts(replacement, runtime.dialect.posix), text, which);
  runtime.work += regex.takeWork();
  if (result.count > 0) runtime.joined(result.text);
  return result;
}
