// The format specification mini-language (docs.python.org, "Format String Syntax"): what follows the colon in `{x:>8.2f}`.

import { failure, exceptions, overflowError, valueError } from "./exception.ts";
import { generalWithPoint, magnitude, reprFloat } from "./float-text.ts";
import { floatOfInt, textOfInt } from "./number.ts";
import { codePoints, textLength } from "./text.ts";
import { type Int, type PyComplex, PyFloat, typeOf, type Value } from "./value.ts";

interface Spec {
  readonly fill: string;
  readonly align: "" | "<" | ">" | "=" | "^";
  readonly sign: "" | "+" | "-" | " ";
  readonly alternate: boolean;
  readonly zero: boolean;
  readonly width: number;
  readonly grouping: "" | "," | "_";
  readonly precision: number | undefined;
  readonly type: string;
}

const SPEC = /^(?:([\s\S])?([<>=^]))?([+\- ])?(z)?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([a-zA-Z%])?$/u;

export function parseSpec(text: string, value: Value): Spec {
  const found = SPEC.exec(text);
  if (!found) {
    if (/\.(?!\d)/.test(text)) throw valueError("Format specifier missing precision");
    if (/[,_].*[,_]/.test(text)) throw valueError(/,.*,|_.*_/.test(text) ? `Cannot specify '${/,.*,/.test(text) ? "," : "_"}' with '${/,.*,/.test(text) ? "," : "_"}'.` : "Cannot specify both ',' and '_'.");
    throw valueError(`Invalid format specifier '${text}' for object of type '${typeOf(value).name}'`);
  }
  const [, fill, align, sign, , alternate, zero, width, grouping, precision, type] = found;
  if ((width ?? "").length > 15 || (precision ?? "").length > 9) throw valueError("Too many decimal digits in format string");
  return {
    fill: fill ?? (zero && !align ? "0" : " "), align: (align ?? (zero && typeof value !== "string" ? "=" : "")) as Spec["align"], sign: (sign ?? "") as Spec["sign"], alternate: alternate !== undefined,
    zero: zero !== undefined, width: width === undefined ? 0 : Number(width), grouping: (grouping ?? "") as Spec["grouping"], precision: precision === undefined ? undefined : Number(precision), type: type ?? "",
  };
}

function pad(text: string, spec: Spec, byDefault: "<" | ">"): string {
  const room = spec.width - textLength(text);
  if (room <= 0) return text;
  if (room > 1 << 26) throw failure(exceptions.MemoryError, "");
  const align = spec.align === "" ? byDefault : spec.align;
  if (align === "^") {
    const left = Math.floor(room / 2);
    return spec.fill.repeat(left) + text + spec.fill.repeat(room - left);
  }
  return align === "<" ? text + spec.fill.repeat(room) : spec.fill.repeat(room) + text;
}

function group(digits: string, separator: string, every: number, width: number): string {
  let text = "";
  for (let end = digits.length; end > 0; end -= every) text = digits.slice(Math.max(0, end - every), end) + (text === "" ? "" : separator + text);
  // Zeros that fill the width are grouped, too.
  while (text.length < width) {
    const plain = text.split(separator)[0]?.length ?? 0;
    text = plain === every ? `0${separator}${text}` : `0${text}`;
  }
  return text;
}

/** Sign, prefix and digits, padded: `digits` may hold a fraction. */
function number(negative: boolean, prefix: string, digits: string, spec: Spec, every: number): string {
  const sign = negative ? "-" : spec.sign === "+" ? "+" : spec.sign === " " ? " " : "";
  const head = sign + prefix;
  const split = /^(\d*|[0-9a-fA-F]+)(.*)$/.exec(digits);
  let whole = split?.[1] ?? digits;
  const rest = split?.[2] ?? "";
  if (spec.grouping !== "" && whole !== "") {
    const zeros = spec.fill === "0" && spec.align === "=" ? spec.width - head.length - rest.length : 0;
    whole = group(whole, spec.grouping, every, zeros);
  }
  const body = whole + rest;
  if (spec.align === "=") {
    const room = spec.width - textLength(head + body);
    return head + (room > 0 ? spec.fill.repeat(room) : "") + body;
  }
  return pad(head + body, spec, ">");
}

function unknownCode(type: string, value: Value): never {
  throw valueError(`Unknown format code '${type}' for object of type '${typeOf(value).name}'`);
}

export function formatText(text: string, specText: string): string {
  const spec = parseSpec(specText, text);
  if (spec.type !== "" && spec.type !== "s") unknownCode(spec.type, text);
  if (spec.sign !== "") throw valueError(spec.sign === " " ? "Space not allowed in string format specifier" : "Sign not allowed in string format specifier");
  if (spec.alternate) throw valueError("Alternate form (#) not allowed in string format specifier");
  if (spec.align === "=") throw valueError("'=' alignment not allowed in string format specifier");
  if (spec.grouping !== "") throw valueError(`Cannot specify '${spec.grouping}' with 's'.`);
  const cut = spec.precision === undefined ? text : codePoints(text).slice(0, spec.precision).join("");
  return pad(cut, spec, "<");
}

export function formatInt(value: Int, specText: string, shown: Value = value): string {
  const spec = parseSpec(specText, shown);
  switch (spec.type) {
    case "":
    case "d":
    case "n":
    case "b":
    case "o":
    case "x":
    case "X": {
      if (spec.precision !== undefined) throw valueError("Precision not allowed in integer format specifier");
      if (spec.grouping === "," && /[boxX]/.test(spec.type)) throw valueError(`Cannot specify ',' with '${spec.type}'.`);
      const absolute = value < 0 ? -value : value;
      const radix = spec.type === "b" ? 2 : spec.type === "o" ? 8 : spec.type.toLowerCase() === "x" ? 16 : 10;
      let digits = radix === 10 ? textOfInt(absolute as Int) : absolute.toString(radix);
      if (spec.type === "X") digits = digits.toUpperCase();
      return number(value < 0, spec.alternate && radix !== 10 ? `0${spec.type}` : "", digits, spec, radix === 10 ? 3 : 4);
    }
    case "c": {
      if (spec.precision !== undefined) throw valueError("Precision not allowed in integer format specifier");
      if (value < 0 || value > 0x10ffff) throw overflowError("%c arg not in range(0x110000)");
      return pad(String.fromCodePoint(Number(value)), spec, ">");
    }
    case "e":
    case "E":
    case "f":
    case "F":
    case "g":
    case "G":
    case "%":
      return formatFloat(floatOfInt(value), specText, shown);
    default:
      return unknownCode(spec.type, shown);
  }
}

export function formatFloat(value: number, specText: string, shown: Value = new PyFloat(value)): string {
  const spec = parseSpec(specText, shown);
  const negative = value < 0 || Object.is(value, -0);
  let digits: string;
  switch (spec.type) {
    case "":
      digits = spec.precision === undefined ? reprFloat(Math.abs(value)) : generalWithPoint(value, spec.precision);
      break;
    case "n":
    case "g":
    case "G":
    case "e":
    case "E":
    case "f":
    case "F":
      digits = magnitude(value, spec.type === "n" ? "g" : spec.type, spec.precision ?? 6, spec.alternate);
      break;
    case "%":
      digits = `${magnitude(value * 100, "f", spec.precision ?? 6, spec.alternate)}%`;
      break;
    default:
      return unknownCode(spec.type, shown);
  }
  return number(negative, "", digits, spec, 3);
}

export function formatComplex(value: PyComplex, specText: string): string {
  const real = formatFloat(value.real, specText);
  const imaginary = formatFloat(value.imag, specText);
  return `${real}${imaginary.startsWith("-") ? "" : "+"}${imaginary}j`;
}

