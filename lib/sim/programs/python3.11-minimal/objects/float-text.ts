// Floats as text. repr is the shortest text that reads back; the other forms round the exact binary value half to even, as C's printf does.


import type { PyComplex } from "./value.ts";

/** Digits and decimal exponent of the shortest text: 0.001 is "1", -3. */
function shortest(value: number): { readonly digits: string; readonly exponent: number } {
  const [mantissa = "0", exponent = "0"] = value.toExponential().split("e");
  return { digits: mantissa.replace(".", ""), exponent: Number(exponent) };
}

export function exponentText(exponent: number): string {
  return `e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

export function reprFloat(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  const sign = value < 0 ? "-" : "";
  const { digits, exponent } = shortest(Math.abs(value));
  if (exponent < -4 || exponent >= 16) return `${sign}${digits[0]}${digits.length > 1 ? `.${digits.slice(1)}` : ""}${exponentText(exponent)}`;
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  if (digits.length <= exponent + 1) return `${sign}${digits.padEnd(exponent + 1, "0")}.0`;
  return `${sign}${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}

export function reprComplex(value: PyComplex): string {
  const part = (one: number) => reprFloat(one).replace(/\.0$/, "");
  if (value.real === 0 && !Object.is(value.real, -0)) return `${part(value.imag)}j`;
  const imaginary = part(value.imag);
  return `(${part(value.real)}${/^[-]/.test(imaginary) ? "" : "+"}${imaginary}j)`;
}

const words = new DataView(new ArrayBuffer(8));

/** value = mantissa * 2 ** exponent, exactly. */
function parts(value: number): { readonly mantissa: bigint; readonly exponent: number } {
  words.setFloat64(0, value);
  const bits = words.getBigUint64(0);
  const raw = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  return raw === 0 ? { mantissa: fraction, exponent: -1074 } : { mantissa: fraction | (1n << 52n), exponent: raw - 1075 };
}

function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  const twice = 2n * (numerator % denominator);
  return twice > denominator || (twice === denominator && quotient % 2n === 1n) ? quotient + 1n : quotient;
}

/** A finite value that is not negative, with that many digits after the point. */
export function fixed(value: number, precision: number): string {
  const { mantissa, exponent } = parts(value);
  const scale = 10n ** BigInt(precision);
  const scaled = exponent >= 0 ? (mantissa << BigInt(exponent)) * scale : divideHalfEven(mantissa * scale, 1n << BigInt(-exponent));
  const digits = scaled.toString().padStart(precision + 1, "0");
  return precision === 0 ? digits : `${digits.slice(0, -precision)}.${digits.slice(-precision)}`;
}

/** `precision + 1` significant digits and the decimal exponent. */
export function scientific(value: number, precision: number): { readonly digits: string; readonly exponent: number } {
  if (value === 0) return { digits: "0".repeat(precision + 1), exponent: 0 };
  const { mantissa, exponent } = parts(value);
  let power = Math.floor(Math.log10(value));
  for (;;) {
    const shift = precision - power;
    const numerator = (exponent >= 0 ? mantissa << BigInt(exponent) : mantissa) * (shift > 0 ? 10n ** BigInt(shift) : 1n);
    const denominator = (exponent < 0 ? 1n << BigInt(-exponent) : 1n) * (shift < 0 ? 10n ** BigInt(-shift) : 1n);
    const digits = divideHalfEven(numerator, denominator).toString();
    if (digits.length === precision + 1) return { digits, exponent: power };
    if (digits.length > precision + 1) power++;
    else power--;
  }
}

function exponential(value: number, precision: number, alternate: boolean): string {
  const { digits, exponent } = scientific(value, precision);
  return `${digits[0]}${precision > 0 ? `.${digits.slice(1)}` : alternate ? "." : ""}${exponentText(exponent)}`;
}

function general(value: number, precision: number, alternate: boolean, lowest: number): string {
  const significant = Math.max(1, precision);
  const { digits, exponent } = scientific(value, significant - 1);
  const trim = (text: string) => (alternate || !text.includes(".") ? text : text.replace(/0+$/, "").replace(/\.$/, ""));
  if (exponent < -4 || exponent >= significant + lowest) {
    return `${trim(`${digits[0]}${digits.length > 1 ? `.${digits.slice(1)}` : alternate ? "." : ""}`)}${exponentText(exponent)}`;
  }
  if (exponent < 0) return trim(`0.${"0".repeat(-exponent - 1)}${digits}`);
  const whole = digits.slice(0, exponent + 1);
  const rest = digits.slice(exponent + 1);
  return trim(rest === "" ? (alternate ? `${whole}.` : whole) : `${whole}.${rest}`);
}

/** The text of |value| for a format type of printf: e, f, g and their capitals. */
export function magnitude(value: number, type: string, precision: number, alternate: boolean): string {
  const absolute = Math.abs(value);
  if (!Number.isFinite(absolute)) {
    const text = Number.isNaN(value) ? "nan" : "inf";
    return type === type.toUpperCase() && type !== "%" ? text.toUpperCase() : text;
  }
  switch (type) {
    case "e": return exponential(absolute, precision, alternate);
    case "E": return exponential(absolute, precision, alternate).toUpperCase();
    case "f":
    case "F": return fixed(absolute, precision) + (precision === 0 && alternate ? "." : "");
    case "G": return general(absolute, precision, alternate, 0).toUpperCase();
    default: return general(absolute, precision, alternate, 0);
  }
}

/** format(x, ".6") without a type: as g, but always with a point, and one digit later. */
export function generalWithPoint(value: number, precision: number): string {
  const absolute = Math.abs(value);
  if (!Number.isFinite(absolute)) return Number.isNaN(value) ? "nan" : "inf";
  const text = general(absolute, precision, false, -1 + 0);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

