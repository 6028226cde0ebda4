// x87 extended precision for printf: bash reads floating-point arguments as `long double` (64 bits of mantissa) and prints them with printf(3),
// which rounds the exact binary value half to even.

/** value = mantissa * 2^exponent, mantissa below 2^64; negative apart. */
export interface LongDouble {
  readonly negative: boolean;
  readonly mantissa: bigint;
  readonly exponent: number;
}

const BITS = 64;

/** Numbers beyond this many digits of exponent are zero or infinite anyway; keeps hostile input cheap. */
const EXPONENT_LIMIT = 5000;

function bitLength(value: bigint): number {
  return value === 0n ? 0 : value.toString(2).length;
}

function roundedQuotient(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  const twice = (numerator % denominator) * 2n;
  return twice > denominator || (twice === denominator && (quotient & 1n) === 1n) ? quotient + 1n : quotient;
}

/** Decimal text: digits, point, exponent. Undefined when it overflows. */
export function parseLongDouble(text: string): LongDouble | undefined {
  const match = /^([-+]?)([0-9]*)\.?([0-9]*)(?:[eE]([-+]?[0-9]+))?$/.exec(text.trim());
  const negative = match?.[1] === "-";
  const digits = ((match?.[2] ?? "") + (match?.[3] ?? "")).replace(/^0+/, "");
  if (!match || digits === "") return { negative, mantissa: 0n, exponent: 0 };
  const ten = Number(match[4] ?? 0) - (match[3] ?? "").length;
  if (ten + digits.length > EXPONENT_LIMIT) return undefined;
  if (ten + digits.length < -EXPONENT_LIMIT) return { negative, mantissa: 0n, exponent: 0 };
  let numerator = BigInt(digits);
  let denominator = 1n;
  if (ten >= 0) numerator *= 10n ** BigInt(ten);
  else denominator = 10n ** BigInt(-ten);
  let exponent = bitLength(numerator) - bitLength(denominator) - BITS;
  const scaled = (shift: number) => (shift >= 0 ? roundedQuotient(numerator, denominator << BigInt(shift)) : roundedQuotient(numerator << BigInt(-shift), denominator));
  let mantissa = scaled(exponent);
  if (bitLength(mantissa) > BITS) mantissa = scaled(++exponent);
  return { negative, mantissa, exponent };
}

export function fromNumber(value: number): LongDouble {
  const negative = value < 0 || Object.is(value, -0);
  let magnitude = Math.abs(value);
  let exponent = 0;
  while (!Number.isInteger(magnitude)) {
    magnitude *= 2;
    exponent--;
  }
  return { negative, mantissa: BigInt(magnitude), exponent };
}

/** The value times 10^digits, rounded half to even. */
function scaledInteger(value: LongDouble, digits: number): bigint {
  let numerator = value.mantissa;
  let denominator = 1n;
  if (value.exponent >= 0) numerator <<= BigInt(value.exponent);
  else denominator <<= BigInt(-value.exponent);
  if (digits >= 0) numerator *= 10n ** BigInt(digits);
  else denominator *= 10n ** BigInt(-digits);
  return roundedQuotient(numerator, denominator);
}

/** %f without sign. */
export function toFixed(value: LongDouble, precision: number): string {
  const digits = scaledInteger(value, precision).toString().padStart(precision + 1, "0");
  return precision === 0 ? digits : `${digits.slice(0, -precision)}.${digits.slice(-precision)}`;
}

/** Digits d.ddd and the decimal exponent for %e. */
export function toExponential(value: LongDouble, precision: number): { readonly digits: string; readonly exponent: number } {
  if (value.mantissa === 0n) return { digits: "0".repeat(precision + 1), exponent: 0 };
  let exponent = Math.floor((bitLength(value.mantissa) - 1 + value.exponent) * Math.LOG10E * Math.LN2);
  let digits = scaledInteger(value, precision - exponent).toString();
  // The estimate may be one off, and rounding may carry.
  while (digits.length > precision + 1) digits = scaledInteger(value, precision - ++exponent).toString();
  while (digits.length < precision + 1) digits = scaledInteger(value, precision - --exponent).toString();
  return { digits, exponent };
}
