// Numbers of printf: reading them as strtoimax(3) and strtold(3) do, and writing floating point as printf(3) does.

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
  if (match[0].length < text.length) problem = /^[-+]?0[0-9]/.test(text.trim()) && /^0[0-7]*$/.test(digits) && /[89]/.test(text.charAt(match[0].length)) ? "invalid octal number" : "invalid number";
  return { value, problem };
}

export function parseFloating(text: string): { readonly value: number; readonly problem: "" | "invalid number" } {
  if (text === "") return { value: 0, problem: "" };
  if (text.startsWith("'") || text.startsWith('"')) return { value: text.codePointAt(1) ?? 0, problem: "" };
  const special = /^\s*([-+]?)(inf(?:inity)?|nan)$/i.exec(text);
  if (special) return { value: special[2]?.toLowerCase().startsWith("n") ? Number.NaN : special[1] === "-" ? -Infinity : Infinity, problem: "" };
  const hex = /^\s*([-+]?)0[xX]([0-9a-fA-F]+)(?:\.([0-9a-fA-F]*))?(?:[pP]([-+]?[0-9]+))?$/.exec(text);
  if (hex) {
    const whole = Number.parseInt((hex[2] ?? "") + (hex[3] ?? ""), 16) / 16 ** (hex[3] ?? "").length;
    return { value: (hex[1] === "-" ? -1 : 1) * whole * 2 ** Number(hex[4] ?? 0), problem: "" };
  }
  const match = /^\s*[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?/.exec(text);
  if (!match) return { value: 0, problem: "invalid number" };
  return { value: Number(match[0]), problem: match[0].length < text.length ? "invalid number" : "" };
}

export interface FloatFormat {
  readonly letter: string;
  readonly precision: number | undefined;
  readonly alternate: boolean;
}

function exponential(value: number, precision: number, alternate: boolean): string {
  const [mantissa = "0", exponent = "+0"] = value.toExponential(Math.min(100, precision)).split("e");
  const digits = exponent.replace(/^[-+]/, "").padStart(2, "0");
  return `${mantissa}${alternate && precision === 0 ? "." : ""}e${exponent.startsWith("-") ? "-" : "+"}${digits}`;
}

/** The absolute value's text; the sign is the caller's. */
export function formatFloat(value: number, format: FloatFormat): string {
  const upper = format.letter === format.letter.toUpperCase();
  const shift = (text: string) => (upper ? text.toUpperCase() : text);
  if (Number.isNaN(value)) return shift("nan");
  if (!Number.isFinite(value)) return shift("inf");
  const magnitude = Math.abs(value);
  switch (format.letter.toLowerCase()) {
    case "f": {
      const precision = format.precision ?? 6;
      return fixed(magnitude, precision) + (format.alternate && precision === 0 ? "." : "");
    }
    case "e":
      return shift(exponential(magnitude, format.precision ?? 6, format.alternate));
    case "a":
      return shift(hexFloat(magnitude, format.precision));
    default: {
      const precision = format.precision === 0 ? 1 : (format.precision ?? 6);
      if (magnitude === 0) return format.alternate ? `0.${"0".repeat(precision - 1)}` : "0";
      const exponent = Number(magnitude.toExponential(Math.min(100, precision - 1)).split("e")[1] ?? 0);
      let text: string;
      if (exponent < -4 || exponent >= precision) {
        text = exponential(magnitude, precision - 1, format.alternate);
        if (!format.alternate) text = text.replace(/\.?0+e/, "e");
      } else {
        text = fixed(magnitude, precision - 1 - exponent);
        if (!format.alternate && text.includes(".")) text = text.replace(/\.?0+$/, "");
      }
      return shift(text);
    }
  }
}

function fixed(value: number, precision: number): string {
  if (value >= 1e21) return `${BigInt(value)}${precision > 0 ? `.${"0".repeat(precision)}` : ""}`;
  return precision <= 100 ? value.toFixed(precision) : value.toFixed(100) + "0".repeat(precision - 100);
}

function hexFloat(value: number, precision: number | undefined): string {
  if (value === 0) return `0x0${precision ? `.${"0".repeat(precision)}` : ""}p+0`;
  let exponent = Math.floor(Math.log2(value));
  let mantissa = value / 2 ** exponent;
  // long double: four bits before the point
  mantissa *= 8;
  exponent -= 3;
  const whole = Math.floor(mantissa);
  let fraction = (mantissa - whole).toString(16).slice(2);
  if (precision !== undefined) fraction = fraction.padEnd(precision, "0").slice(0, precision);
  return `0x${whole.toString(16)}${fraction === "" ? "" : `.${fraction}`}p${exponent < 0 ? "-" : "+"}${Math.abs(exponent)}`;
}
