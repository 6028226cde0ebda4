// sprintf (perlfunc(1)).

import { formatFloat, formatInteger, type Spec } from "../../kit/printf-format.ts";
import { int, looksLikeNumber, numeric, text, word } from "../values/convert.ts";
import { PerlError, type Value } from "../values/value.ts";
import type { NameOf, Vm } from "../vm/vm.ts";
import { warnUninitialized } from "../code/warn.ts";

const DIRECTIVE = /%(?:(\d+)\$)?([-+ 0#]*)(\*?v)?(\*(?:\d+\$)?|\d+)?(?:\.(\*(?:\d+\$)?|\d*))?(?:hh|h|ll|l|q|L|V|z|t|j)?([a-zA-Z%])/y;

/** `values`: the format and what it formats. */
export function formatText(vm: Vm, values: readonly Value[], operation: string, names: readonly (NameOf | undefined)[]): string {
  const format = text(values[0]);
  if (values[0] === undefined && values.length > 0) warnUninitialized(vm, names[0], operation);
  let next = 1;
  let out = "";
  let missing = false;
  let explicit = false;
  const take = (): Value => {
    if (next >= values.length) {
      missing = true;
      next++;
      return undefined;
    }
    return values[next++];
  };
  for (let i = 0; i < format.length;) {
    const percent = format.indexOf("%", i);
    if (percent < 0) {
      out += format.slice(i);
      break;
    }
    out += format.slice(i, percent);
    DIRECTIVE.lastIndex = percent;
    const found = DIRECTIVE.exec(format);
    if (!found || !"%csduoxXeEfFgGbBiDUOpaA".includes(found[6] ?? "")) {
      const bad = found?.[0] ?? format.slice(percent, percent + 2);
      if (vm.warns("printf")) vm.warn(bad.length < 2 ? `Invalid conversion "%" in ${operation}: end of string`.replace(/"%" in (\w+): end of string/, 'in $1: end of string') : `Invalid conversion "${bad}" in ${operation}`);
      out += bad;
      i = percent + bad.length;
      continue;
    }
    i = percent + found[0].length;
    const [, position, flags = "", vector, widthText, precisionText] = found;
    const letter = found[6] ?? "";
    let minus = flags.includes("-");
    let width = 0;
    if (widthText?.startsWith("*")) {
      width = int(take());
      if (width < 0) {
        minus = true;
        width = -width;
      }
    } else if (widthText !== undefined) width = Number(widthText);
    let precision: number | undefined;
    if (precisionText?.startsWith("*")) {
      const value = int(take());
      precision = value < 0 ? undefined : value;
    } else if (precisionText !== undefined) precision = Number(precisionText || 0);
    if (width > 1 << 24 || (precision ?? 0) > 1 << 24) throw new PerlError(`Integer overflow in format string for ${operation}`);
    if (letter === "%") {
      out += minus ? "%".padEnd(width) : "%".padStart(width, flags.includes("0") ? "0" : " ");
      continue;
    }
    if (position !== undefined) explicit = true;
    const index = next;
    const value = position === undefined ? take() : values[Number(position)];
    const spec: Spec = { minus, plus: flags.includes("+"), space: flags.includes(" "), alternate: flags.includes("#"), zero: flags.includes("0") && !minus, width, precision, conversion: letter };
    if (missing) {
      if (vm.warns("missing")) vm.warn(`Missing argument in ${operation}`);
      missing = false;
      out += vector === undefined ? one(vm, letter === "s" || letter === "c" ? "" : 0, spec, operation) : "";
      continue;
    }
    if (value === undefined) warnUninitialized(vm, names[index], operation);
    if (vector !== undefined) {
      const inner = { ...spec, width: 0 };
 const version = /^v\d+(?:\.\d+)+$/.exec(text(value))?.[0];
      out += version !== undefined ? pad(version.slice(1), spec) : pad(Array.from(text(value), (c) => one(vm, c.codePointAt(0) ?? 0, inner, operation)).join("."), spec);
      continue;
    }
    out += one(vm, value ?? (letter === "s" ? "" : 0), spec, operation);
  }
  if (next < values.length && !explicit && vm.warns("redundant")) vm.warn(`Redundant argument in ${operation}`);
  return out;
}

function pad(made: string, spec: Spec): string {
  const fill = spec.zero ? "0" : " ";
  return spec.minus ? made.padEnd(spec.width) : made.padStart(spec.width, fill);
}

function one(vm: Vm, value: Value, spec: Spec, operation: string): string {
  const letter = spec.conversion;
  switch (letter) {
    case "c":
      return pad(String.fromCodePoint(Math.max(0, Math.min(int(value), 0x10ffff))), spec);
    case "s": {
      const made = text(value);
      return pad(spec.precision === undefined ? made : made.slice(0, spec.precision), spec);
    }
    case "d":
    case "i":
    case "D": {
      if (typeof value === "string" && !looksLikeNumber(value)) vm.checkNumeric(value, operation);
      const number = numeric(value);
      if (typeof number === "number" && !Number.isFinite(number)) {
        if (Number.isNaN(number)) return pad("NaN", { ...spec, zero: false });
        return pad(number > 0 ? (spec.plus ? "+Inf" : "Inf") : "-Inf", { ...spec, zero: false });
      }
      const whole = typeof number === "bigint" ? number : clamp(number);
      return formatInteger(whole, { ...spec, conversion: "d" });
    }
    case "u":
    case "U":
      return formatInteger(word(value), { ...spec, conversion: "u" });
    case "o":
    case "O":
    case "x":
    case "X":
      if (typeof value === "string" && !looksLikeNumber(value)) vm.checkNumeric(value, operation);
      return formatInteger(word(value), { ...spec, conversion: letter === "O" ? "o" : letter });
    case "b":
    case "B": {
      let digits = word(value).toString(2);
      if (spec.precision !== undefined) digits = spec.precision === 0 && digits === "0" ? "" : digits.padStart(spec.precision, "0");
      const prefix = spec.alternate && word(value) !== 0n ? `0${letter}` : "";
      if (spec.zero && spec.precision === undefined) digits = digits.padStart(spec.width - prefix.length, "0");
      return pad(prefix + digits, { ...spec, zero: false });
    }
    case "e":
    case "E":
    case "f":
    case "F":
    case "g":
    case "G":
    case "a":
    case "A": {
      if (typeof value === "string" && !looksLikeNumber(value)) vm.checkNumeric(value, operation);
      const number = Number(numeric(value));
      if (!Number.isFinite(number)) {
        const made = Number.isNaN(number) ? "NaN" : number > 0 ? (spec.plus ? "+Inf" : "Inf") : "-Inf";
        return pad(made, { ...spec, zero: false });
      }
      return formatFloat(number, spec);
    }
    case "p":
      return pad(BigInt(Number(numeric(value))).toString(16), spec);
    default:
      return "";
  }
}

function clamp(number: number): bigint {
  const whole = BigInt(Math.trunc(number));
  return whole > 9223372036854775807n ? (whole > 18446744073709551615n ? -1n : 9223372036854775807n) : whole < -9223372036854775808n ? -9223372036854775808n : whole;
}

