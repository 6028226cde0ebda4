// Numbers formatted as C's printf formats them (flags, width, precision), for printf(1), seq, awk and the like. Integers are bigint.

export interface Spec {
  readonly minus: boolean;
  readonly plus: boolean;
  readonly space: boolean;
  readonly alternate: boolean;
  readonly zero: boolean;
  /** ' : groups of thousands; the C locale has none */
  readonly width: number;
  /** undefined: none given */
  readonly precision: number | undefined;
  readonly conversion: string;
}

export function padText(text: string, spec: Pick<Spec, "minus" | "width">): string {
  return spec.minus ? text.padEnd(spec.width) : text.padStart(spec.width);
}

function signed(digits: string, negative: boolean, prefix: string, spec: Spec, zeroFill: boolean): string {
  const sign = negative ? "-" : spec.plus ? "+" : spec.space ? " " : "";
  const fill = spec.width - sign.length - prefix.length - digits.length;
  if (fill <= 0) return sign + prefix + digits;
  if (spec.minus) return sign + prefix + digits + " ".repeat(fill);
  if (zeroFill) return sign + prefix + "0".repeat(fill) + digits;
  return " ".repeat(fill) + sign + prefix + digits;
}

/** d i u o x X; the value of unsigned conversions is taken modulo 2^64. */
export function formatInteger(value: bigint, spec: Spec): string {
  const unsigned = "uoxX".includes(spec.conversion);
  const number = unsigned ? BigInt.asUintN(64, value) : value;
  const negative = number < 0n;
  const magnitude = negative ? -number : number;
  let digits = magnitude.toString(spec.conversion === "o" ? 8 : spec.conversion.toLowerCase() === "x" ? 16 : 10);
  if (spec.conversion === "X") digits = digits.toUpperCase();
  if (spec.precision === 0 && magnitude === 0n) digits = "";
  if (spec.precision !== undefined) digits = digits.padStart(spec.precision, "0");
  let prefix = "";
  if (spec.alternate && spec.conversion === "o" && !digits.startsWith("0")) digits = "0" + digits;
  if (spec.alternate && spec.conversion.toLowerCase() === "x" && magnitude !== 0n) prefix = "0" + spec.conversion;
  const plain = unsigned ? { ...spec, plus: false, space: false } : spec;
  return signed(digits, negative, prefix, plain, spec.zero && spec.precision === undefined);
}

/** e E f F g G a A. */
export function formatFloat(value: number, spec: Spec): string {
  const negative = value < 0 || Object.is(value, -0);
  const magnitude = Math.abs(value);
  const upper = spec.conversion !== spec.conversion.toLowerCase();
  let digits: string;
  if (!Number.isFinite(magnitude)) {
    digits = Number.isNaN(magnitude) ? "nan" : "inf";
    return signed(upper ? digits.toUpperCase() : digits, negative && !Number.isNaN(magnitude), "", spec, false);
  }
  let prefix = "";
  const kind = spec.conversion.toLowerCase();
  if (kind === "f") digits = fixed(magnitude, spec.precision ?? 6, spec.alternate);
  else if (kind === "e") digits = exponential(magnitude, spec.precision ?? 6, spec.alternate);
  else if (kind === "g") digits = general(magnitude, spec.precision ?? 6, spec.alternate);
  else {
    prefix = "0x";
    digits = hexadecimal(magnitude, spec.precision);
  }
  if (upper) {
    digits = digits.toUpperCase();
    prefix = prefix.toUpperCase();
  }
  return signed(digits, negative, prefix, spec, spec.zero);
}

/** The exact decimal value of a double times 10^places, rounded half to even, as an integer text. */
export function exactDecimal(value: number, places: number): string {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  const high = bits.getUint32(0);
  const exponentBits = (high >>> 20) & 0x7ff;
  let mantissa = (BigInt(high & 0xfffff) << 32n) | BigInt(bits.getUint32(4));
  let exponent = exponentBits - 1075;
  if (exponentBits === 0) exponent = -1074;
  else mantissa |= 1n << 52n;
  let numerator = mantissa;
  let denominator = 1n;
  if (places >= 0) numerator *= 10n ** BigInt(places);
  else denominator *= 10n ** BigInt(-places);
  if (exponent >= 0) numerator <<= BigInt(exponent);
  else denominator <<= BigInt(-exponent);
  let quotient = numerator / denominator;
  const twice = (numerator % denominator) * 2n;
  if (twice > denominator || (twice === denominator && quotient % 2n === 1n)) quotient++;
  return quotient.toString();
}

function fixed(value: number, precision: number, alternate: boolean): string {
  if (precision <= 20 && value < 1e15) {
    // toFixed rounds exactly for these sizes, except ties, which doubles of few digits do have.
    const digits = exactDecimal(value, precision).padStart(precision + 1, "0");
    const whole = precision === 0 ? digits : digits.slice(0, -precision);
    return precision === 0 ? whole + (alternate ? "." : "") : `${whole}.${digits.slice(-precision)}`;
  }
  const digits = exactDecimal(value, precision).padStart(precision + 1, "0");
  return precision === 0 ? digits + (alternate ? "." : "") : `${digits.slice(0, -precision)}.${digits.slice(-precision)}`;
}

function scientific(value: number, precision: number): { readonly digits: string; readonly exponent: number } {
  if (value === 0) return { digits: "0".repeat(precision + 1), exponent: 0 };
  let exponent = Math.floor(Math.log10(value));
  for (;;) {
    const digits = exactDecimal(value, precision - exponent);
    if (digits.length > precision + 1) {
      exponent++;
      continue;
    }
    if (digits.length < precision + 1) {
      exponent--;
      continue;
    }
    return { digits, exponent };
  }
}

function exponentText(exponent: number): string {
  return (exponent < 0 ? "e-" : "e+") + String(Math.abs(exponent)).padStart(2, "0");
}

function exponential(value: number, precision: number, alternate: boolean): string {
  const { digits, exponent } = scientific(value, precision);
  const fraction = digits.slice(1);
  return digits.charAt(0) + (fraction !== "" || alternate ? "." : "") + fraction + exponentText(exponent);
}

function general(value: number, wanted: number, alternate: boolean): string {
  const precision = wanted === 0 ? 1 : wanted;
  const { exponent } = scientific(value, precision - 1);
  const trim = (text: string): string => (alternate || !text.includes(".") ? text : text.replace(/\.?0+$/, ""));
  if (exponent < -4 || exponent >= precision) {
    const shown = exponential(value, precision - 1, alternate);
    const at = shown.indexOf("e");
    return trim(shown.slice(0, at)) + shown.slice(at);
  }
  return trim(fixed(value, precision - 1 - exponent, alternate));
}

/** %a as glibc prints a long double of the same value: the leading digit holds four bits. */
function hexadecimal(value: number, precision: number | undefined): string {
  if (value === 0) return "0" + (precision ? "." + "0".repeat(precision) : "") + "p+0";
  let exponent = Math.floor(Math.log2(value));
  if (2 ** exponent > value) exponent--;
  if (2 ** (exponent + 1) <= value) exponent++;
  let bits = BigInt(Math.round((value / 2 ** exponent) * 2 ** 52)) << 11n;
  exponent -= 3;
  let text = bits.toString(16).padStart(16, "0");
  if (precision === undefined) text = text.replace(/0+$/, "");
  else if (precision < 15) {
    const shift = BigInt((15 - precision) * 4);
    const half = 1n << (shift - 1n);
    const rest = bits & ((1n << shift) - 1n);
    bits >>= shift;
    if (rest > half || (rest === half && bits % 2n === 1n)) bits++;
    text = bits.toString(16);
    if (text.length > precision + 1) {
      text = "1" + "0".repeat(precision);
      exponent += 4;
    }
  } else text = text.padEnd(precision + 1, "0");
  const fraction = text.slice(1);
  return text.charAt(0) + (fraction !== "" ? "." + fraction : "") + "p" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
}
