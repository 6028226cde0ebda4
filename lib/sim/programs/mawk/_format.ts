// Numbers as text, and printf, as mawk 1.3.4 does them: integers of 32 bits print as such, the rest by CONVFMT or OFMT.

import { formatFloat, formatInteger, padText, type Spec } from "../kit/printf-format.ts";
import { isInt, MAX_INT, toNumber, type Value, withDecimalPoint } from "./_value.ts";

/** A run-time error: the interpreter adds where it was. */
export class AwkRuntimeError extends Error {}

const GENERAL: Omit<Spec, "precision" | "conversion"> = { minus: false, plus: false, space: false, alternate: false, zero: false, width: 0 };
const cache = new Map<number, string>();

export function numberText(value: number, format: string): string {
  if (isInt(value)) return String(value === 0 ? 0 : value);
  if (format === "%.6g") {
    let text = cache.get(value);
    if (text === undefined) {
      text = Number.isNaN(value) ? "-nan" : formatFloat(value, { ...GENERAL, precision: 6, conversion: "g" });
      if (cache.size > 2000) cache.clear();
      cache.set(value, text);
    }
    return withDecimalPoint(text);
  }
  return formatValues(format, [value], () => format);
}

interface Directive {
  readonly literal: string;
  readonly flags: string;
  /** "*" takes an argument */
  readonly width: string;
  readonly precision: string | undefined;
  readonly conversion: string;
}

const parsed = new Map<string, readonly Directive[]>();

function parseFormat(format: string): readonly Directive[] {
  const known = parsed.get(format);
  if (known) return known;
  const directives: Directive[] = [];
  let literal = "";
  for (let i = 0; i < format.length; i++) {
    const c = format[i] ?? "";
    if (c !== "%") {
      literal += c;
      continue;
    }
    if (format[i + 1] === "%") {
      literal += "%";
      i++;
      continue;
    }
    let at = i + 1;
    let flags = "";
    while ("-+ #0'".includes(format[at] ?? "x")) flags += format[at++];
    let width = "";
    if (format[at] === "*") width = format[at++] ?? "";
    else while (/[0-9]/.test(format[at] ?? "")) width += format[at++];
    let precision: string | undefined;
    if (format[at] === ".") {
      at++;
      precision = "";
      if (format[at] === "*") precision = format[at++] ?? "";
      else while (/[0-9]/.test(format[at] ?? "")) precision += format[at++];
    }
    if (format[at] === "l" || format[at] === "h") at++;
    directives.push({ literal, flags, width, precision, conversion: format[at] ?? "" });
    literal = "";
    i = at;
  }
  directives.push({ literal, flags: "", width: "", precision: undefined, conversion: "end" });
  if (parsed.size > 500) parsed.clear();
  parsed.set(format, directives);
  return directives;
}

const clamp = (value: number) => (Number.isNaN(value) ? -MAX_INT - 1 : Math.trunc(Math.max(-MAX_INT, Math.min(MAX_INT, value))));

/** `textOf` turns a value into text by CONVFMT. Throws AwkRuntimeError, having handed what was made so far to `partial`. */
export function formatValues(format: string, args: readonly Value[], textOf: (value: Value) => string, name = "sprintf", partial?: (text: string) => void): string {
  let result = "";
  let next = 0;
  let number = 0;
  const fail = (message: string): never => {
    partial?.(result);
    throw new AwkRuntimeError(message);
  };
  const take = (): Value => {
    if (next >= args.length) fail(`not enough arguments passed to ${name}("${format}")`);
    return args[next++];
  };
  for (const directive of parseFormat(format)) {
    result += directive.literal;
    if (directive.conversion === "end") break;
    number++;
    const starWidth = directive.width === "*" ? clamp(toNumber(take())) : undefined;
    const starPrecision = directive.precision === "*" ? clamp(toNumber(take())) : undefined;
    const width = Math.abs(starWidth ?? Number(directive.width || "0"));
    const precision = directive.precision === undefined || (starPrecision ?? 0) < 0 ? undefined : (starPrecision ?? Number(directive.precision || "0"));
    const { flags } = directive;
    const spec: Spec = {
      minus: flags.includes("-") || (starWidth ?? 0) < 0, plus: flags.includes("+"), space: flags.includes(" "), alternate: flags.includes("#"),
      zero: flags.includes("0"), width, precision, conversion: directive.conversion,
    };
    switch (directive.conversion) {
      case "d":
      case "i":
        result += formatInteger(BigInt(clamp(toNumber(take()))), spec);
        break;
      case "o":
      case "x":
      case "X":
      case "u": {
        const value = toNumber(take());
        result += formatInteger(BigInt(value > 0 ? Math.trunc(Math.min(value, 4294967295)) : 0), spec);
        break;
      }
      case "e":
      case "E":
      case "f":
      case "F":
      case "g":
      case "G":
      case "a":
      case "A":
        result += withDecimalPoint(formatFloat(toNumber(take()), spec));
        break;
      case "c": {
        const value = take();
        const text = typeof value === "number" ? String.fromCharCode(clamp(value) & 0xff) : textOf(value).slice(0, 1);
        result += padText(text === "" && typeof value !== "number" ? "\0" : text, spec);
        break;
      }
      case "s": {
        const text = textOf(take());
        result += padText(precision === undefined ? text : text.slice(0, precision), spec);
        break;
      }
      default:
        fail(`improper conversion(number ${number}) in ${name}("${format}")`);
    }
  }
  return result;
}
