// What the operators and built-in functions do with values: used by the compiled closures and by the interpreter.

import { type Part, substitute as replaceMatches } from "../kit/awk/substitute.ts";
import type { Regex } from "../kit/regex/compile-regex.ts";
import { AwkRuntimeError } from "./_format.ts";
import type { Runtime } from "./_runtime.ts";
import { dynamicRegex, fieldSeparator, splitFields } from "./_separators.ts";
import type { AwkArray } from "./_array.ts";
import { InputText, MAX_INT, toNumber, type Value } from "./_value.ts";

export function regexOf(runtime: Runtime, value: Value): Regex {
  return dynamicRegex(runtime.regexes, runtime.text(value));
}

export function matches(runtime: Runtime, regex: Regex, text: string): boolean {
  const found = regex.test(text);
  runtime.work += regex.takeWork();
  return found;
}

const toInt = (value: number) => (Number.isNaN(value) ? 0 : Math.trunc(Math.max(-MAX_INT, Math.min(MAX_INT, value))));

/** As mawk 1.3.4-20200120: a start below 1 lengthens the result by as much. */
export function substring(text: string, start: number, length: number | undefined): string {
  if (Number.isNaN(start) || Number.isNaN(length)) return "";
  const begin = toInt(start);
  if (length === undefined) return begin > 1 ? text.slice(begin - 1) : text;
  const count = toInt(length) - Math.min(begin, 0);
  if (count <= 0) return "";
  return text.substr(Math.max(begin, 1) - 1, count);
}

export function split(runtime: Runtime, text: string, array: AwkArray, separator: Value | Regex | undefined): number {
  const how = separator === undefined ? runtime.fieldSeparator
    : typeof separator === "object" && !(separator instanceof InputText) ? (separator.literal ? { kind: "text", text: separator.literal } as const : { kind: "regex", regex: separator } as const)
      : fieldSeparator(runtime.regexes, runtime.text(separator));
  const pieces = splitFields(text, how);
  array.clear();
  pieces.forEach((piece, i) => array.set(String(i + 1), new InputText(piece), true));
  runtime.work += text.length;
  return pieces.length;
}

/** sub and gsub: the new text and how many were replaced. */
export function substitute(runtime: Runtime, regex: Regex, replacement: string, text: string, global: boolean): { readonly text: string; readonly count: number } {
  const result = replaceMatches(regex, replacementParts(replacement), text, global ? "all" : 1);
  runtime.work += regex.takeWork();
  return result;
}

const WHOLE = { group: 0 } as const;

function replacementParts(replacement: string): readonly Part[] {
  if (!replacement.includes("&") && !replacement.includes("\\")) return [replacement];
  const parts: Part[] = [];
  let literal = "";
  for (let i = 0; i < replacement.length; i++) {
    const c = replacement[i];
    if (c === "\\" && (replacement[i + 1] === "&" || replacement[i + 1] === "\\")) literal += replacement[++i];
    else if (c === "&") {
      parts.push(literal, WHOLE);
      literal = "";
    } else literal += c;
  }
  parts.push(literal);
  return parts;
}

export function matchFunction(runtime: Runtime, text: string, regex: Regex): number {
  const found = regex.exec(text, 0, false, text.length, false);
  runtime.work += regex.takeWork();
  const start = found ? (found[0] ?? 0) + 1 : 0;
  runtime.setGlobal("RSTART", start);
  runtime.setGlobal("RLENGTH", found ? (found[1] ?? 0) - (found[0] ?? 0) : -1);
  return start;
}

const upper = (text: string) => text.replace(/[a-z]+/g, (part) => part.toUpperCase());
const lower = (text: string) => text.replace(/[A-Z]+/g, (part) => part.toLowerCase());

/** Built-in functions of plain values. */
export function callBuiltin(runtime: Runtime, name: string, args: readonly Value[]): Value {
  const [first, second, third] = args;
  switch (name) {
    case "length":
      return args.length === 0 ? runtime.recordText().length : runtime.text(first).length;
    case "substr":
      return substring(runtime.text(first), toNumber(second), args.length > 2 ? toNumber(third) : undefined);
    case "index":
      return runtime.text(first).indexOf(runtime.text(second)) + 1;
    case "sprintf":
      return runtime.format(runtime.text(first), args.slice(1));
    case "sin":
      return Math.sin(toNumber(first));
    case "cos":
      return Math.cos(toNumber(first));
    case "atan2":
      return Math.atan2(toNumber(first), toNumber(second));
    case "exp":
      return Math.exp(toNumber(first));
    case "log":
      return Math.log(toNumber(first));
    case "sqrt":
      return Math.sqrt(toNumber(first));
    case "int":
      return Math.trunc(toNumber(first));
    case "rand":
      return runtime.random();
    case "srand":
      return runtime.seedRandom(first);
    case "tolower":
      return lower(runtime.text(first));
    case "toupper":
      return upper(runtime.text(first));
    case "systime":
      return Math.floor(runtime.io.sys.clockUs("realtime") / 1e6);
    default:
      throw new AwkRuntimeError(`function ${name} is not simulated`);
  }
}
