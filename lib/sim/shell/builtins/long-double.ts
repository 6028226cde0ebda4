// x87 extended precision for printf: bash reads floating-point arguments as `long double` (64 bits of mantissa) and prints them with printf(3),
// which rounds the exact binary value half to even.

/** value = mantissa * 2^exponent, mantissa below 2^64; negative apart. */
export interface LongDouble {
  readonly negative: boolean;
  readonly mantissa: bigint;
  readonly exponent: number;
}

const BITS = 64;
/** Of the last bit of the smallest number, and of what is too great. */
const LEAST_EXPONENT = -16_445;
const MOST_EXPONENT = 16_384;

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
  if (exponent < LEAST_EXPONENT) {
    exponent = LEAST_EXPONENT;
    mantissa = scaled(exponent);
  }
  if (exponent + BITS > MOST_EXPONENT) return undefined;
  return { negative, mantissa, exponent };
}

/** Below the smallest number that has all its 64 bits. */
export function isTiny(value: LongDouble): boolean {
  return value.mantissa !== 0n && bitLength(value.mantissa) + value.exponent < LEAST_EXPONENT + BITS;
}

/** mantissa * 2^exponent, rounded to 64 bits. */
export function fromBits(mantissa: bigint, exponent: number, negative: boolean): LongDouble {
  const excess = bitLength(mantissa) - BITS;
  return excess <= 0 ? { negative, mantissa, exponent } : { negative, mantissa: roundedQuotient(mantissa, 1n << BigInt(excess)), exponent: exponent + excess };
}

/** %a without sign, as glibc writes the 64 bits: four of them before the point. */
export function toHexadecimal(value: LongDouble, precision: number | undefined, alternate: boolean): string {
  let bits = value.mantissa;
  let exponent = value.exponent;
  if (bits !== 0n) {
    const shift = Math.min(BITS - bitLength(bits), exponent - LEAST_EXPONENT);
    bits <<= BigInt(Math.max(0, shift));
    exponent -= Math.max(0, shift);
  } else exponent = 4 - BITS;
  const digits = BITS / 4 - 1;
  if (precision !== undefined && precision < digits) {
    const unit = 1n << BigInt(4 * (digits - precision));
    bits = roundedQuotient(bits, unit) * unit;
    if (bitLength(bits) > BITS) {
      bits >>= 4n;
      exponent += 4;
    }
  }
  const text = bits.toString(16).padStart(digits + 1, "0");
  const fraction = precision === undefined ? text.slice(1).replace(/0+$/, "") : text.slice(1, precision + 1).padEnd(precision, "0");
  const power = exponent + BITS - 4;
  return `0x${text.charAt(0)}${fraction !== "" || alternate ? "." : ""}${fraction}p${power < 0 ? "-" : "+"}${Math.abs(power)}`;
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
