// Numbers of printf: reading them as strtoimax(3) and strtold(3) do, and writing floating point as printf(3) does.

import { type LongDouble, fromBits, fromNumber, isTiny, parseLongDouble, toExponential, toFixed, toHexadecimal } from "./long-double.ts";

export interface ParsedNumber {
  readonly value: bigint;
  /** "": fine; else the text of the complaint: "invalid number", "Numerical result out of range". */
  readonly problem: "" | "invalid number" | "invalid octal number" | "invalid hex number" | "Numerical result out of range";
}

const MAX_SIGNED = 2n ** 63n - 1n;
const MIN_SIGNED = -(2n ** 63n);
const MAX_UNSIGNED = 2n ** 64n - 1n;

export function parseInteger(text: string, unsigned: boolean): ParsedNumber {
  if (text === "") return { value: 0n, problem: "" };
  if (text.startsWith("'") || text.startsWith('"')) {
    const code = text.codePointAt(1);
    const value = code === undefined ? 0 : code >= 0xdc80 && code <= 0xdcff ? code & 0xff : code;
    return { value: BigInt(value), problem: "" };
  }
  const match = /^\s*([-+]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)/.exec(text);
  if (!match) return { value: 0n, problem: "invalid number" };
  const digits = match[2] ?? "0";
  let value = /^0[xX]/.test(digits) ? BigInt(digits) : digits.startsWith("0") ? BigInt(`0o${digits.slice(1) || "0"}`) : BigInt(digits);
  let problem: ParsedNumber["problem"] = "";
  if (match[1] === "-") value = -value;
  if (unsigned) {
    if (value > MAX_UNSIGNED || value < -MAX_UNSIGNED) {
      value = MAX_UNSIGNED;
      problem = "Numerical result out of range";
    }
    value = BigInt.asUintN(64, value);
  } else if (value > MAX_SIGNED) {
    value = MAX_SIGNED;
    problem = "Numerical result out of range";
  } else if (value < MIN_SIGNED) {
    value = MIN_SIGNED;
    problem = "Numerical result out of range";
  }
  if (match[0].length < text.length) problem = /^[-+]?0[0-9]/.test(text.trim()) && /^0[0-7]*$/.test(digits) && /[89]/.test(text.charAt(match[0].length)) ? "invalid octal number" : /^0[xX]/.test(text) ? "invalid hex number" : "invalid number";
  return { value, problem };
}

export interface ParsedFloat {
  /** NaN and infinities as numbers */
  readonly value: LongDouble | number;
  readonly problem: "" | "invalid number" | "Numerical result out of range";
}

export function parseFloating(text: string): ParsedFloat {
  if (text === "") return { value: fromNumber(0), problem: "" };
  if (text.startsWith("'") || text.startsWith('"')) return { value: fromNumber(text.codePointAt(1) ?? 0), problem: "" };
  const special = /^\s*([-+]?)(inf(?:inity)?|nan)$/i.exec(text);
  if (special) return { value: special[2]?.toLowerCase().startsWith("n") ? Number.NaN : special[1] === "-" ? -Infinity : Infinity, problem: "" };
  const hex = /^\s*([-+]?)0[xX](?=\.?[0-9a-fA-F])([0-9a-fA-F]{0,400})(?:\.([0-9a-fA-F]{0,400}))?(?:[pP]([-+]?[0-9]{1,4}))?$/.exec(text);
  if (hex) return { value: fromBits(BigInt(`0x0${hex[2] ?? ""}${hex[3] ?? ""}`), Number(hex[4] ?? 0) - 4 * (hex[3] ?? "").length, hex[1] === "-"), problem: "" };
  const match = /^\s*[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?/.exec(text);
  if (!match) return { value: fromNumber(0), problem: "invalid number" };
  const value = parseLongDouble(match[0]) ?? (match[0].trim().startsWith("-") ? -Infinity : Infinity);
  const outside = typeof value === "number" || isTiny(value) || (value.mantissa === 0n && /[1-9]/.test(match[0].replace(/[eE].*/, "")));
  return { value, problem: match[0].length < text.length ? "invalid number" : outside ? "Numerical result out of range" : "" };
}

export interface FloatFormat {
  readonly letter: string;
  readonly precision: number | undefined;
  readonly alternate: boolean;
}

function exponential(value: LongDouble, precision: number, alternate: boolean): string {
  const { digits, exponent } = toExponential(value, precision);
  const mantissa = precision === 0 ? `${digits}${alternate ? "." : ""}` : `${digits.slice(0, 1)}.${digits.slice(1)}`;
  return `${mantissa}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

/** The absolute value's text; the sign is the caller's. */
export function formatFloat(value: LongDouble | number, format: FloatFormat): string {
  const upper = format.letter === format.letter.toUpperCase();
  const shift = (text: string) => (upper ? text.toUpperCase() : text);
  if (typeof value === "number") return shift(Number.isNaN(value) ? "nan" : "inf");
  switch (format.letter.toLowerCase()) {
    case "f": {
      const precision = format.precision ?? 6;
      return toFixed(value, precision) + (format.alternate && precision === 0 ? "." : "");
    }
    case "e":
      return shift(exponential(value, format.precision ?? 6, format.alternate));
    case "a":
      return shift(toHexadecimal(value, format.precision, format.alternate));
    default: {
      const precision = format.precision === 0 ? 1 : (format.precision ?? 6);
      const { exponent } = toExponential(value, precision - 1);
      let text: string;
      if (exponent < -4 || exponent >= precision) {
        text = exponential(value, precision - 1, format.alternate);
        if (!format.alternate && text.includes(".")) text = text.replace(/\.?0+e/, "e");
      } else {
        text = toFixed(value, precision - 1 - exponent);
        if (!format.alternate && text.includes(".")) text = text.replace(/\.?0+$/, "");
      }
      return shift(text);
    }
  }
}
