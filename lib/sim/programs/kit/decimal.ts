// Numbers of any length with decimals, as bc(1) and dc(1) reckon: a value is n / 10^scale; results are cut, never rounded.

export interface Decimal {
  readonly n: bigint;
  readonly scale: number;
}

export const ZERO: Decimal = { n: 0n, scale: 0 };
export const ONE: Decimal = { n: 1n, scale: 0 };

const powers: bigint[] = [1n];

export function tenTo(exponent: number): bigint {
  if (exponent > 2000) return 10n ** BigInt(exponent);
  for (let i = powers.length; i <= exponent; i++) powers.push((powers[i - 1] ?? 1n) * 10n);
  return powers[exponent] ?? 1n;
}

export const fromInteger = (value: number | bigint): Decimal => ({ n: BigInt(value), scale: 0 });

/** More decimals, or fewer by cutting. */
export function rescale(value: Decimal, scale: number): Decimal {
  if (scale === value.scale) return value;
  if (scale > value.scale) return { n: value.n * tenTo(scale - value.scale), scale };
  return { n: value.n / tenTo(value.scale - scale), scale };
}

export function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { n: rescale(a, scale).n + rescale(b, scale).n, scale };
}

export function negate(a: Decimal): Decimal {
  return { n: -a.n, scale: a.scale };
}

export function subtract(a: Decimal, b: Decimal): Decimal {
  return add(a, negate(b));
}

export function compare(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale);
  const [x, y] = [rescale(a, scale).n, rescale(b, scale).n];
  return x < y ? -1 : x > y ? 1 : 0;
}

export const isZero = (a: Decimal): boolean => a.n === 0n;

export function multiply(a: Decimal, b: Decimal, scale: number): Decimal {
  const full = a.scale + b.scale;
  return rescale({ n: a.n * b.n, scale: full }, Math.min(full, Math.max(scale, a.scale, b.scale)));
}

/** `b` must not be zero. */
export function divide(a: Decimal, b: Decimal, scale: number): Decimal {
  return { n: (a.n * tenTo(scale + b.scale)) / (b.n * tenTo(a.scale)), scale };
}

export function remainder(a: Decimal, b: Decimal, scale: number): Decimal {
  const quotient = divide(a, b, scale);
  const resultScale = Math.max(a.scale, b.scale + scale);
  return rescale(subtract(a, { n: quotient.n * b.n, scale: quotient.scale + b.scale }), resultScale);
}

/** `exponent` is whole and of bearable size. */
export function power(base: Decimal, exponent: bigint, scale: number): Decimal {
  if (exponent === 0n) return ONE;
  const times = exponent < 0n ? -exponent : exponent;
  const full: Decimal = { n: base.n ** times, scale: base.scale * Number(times) };
  if (exponent < 0n) return divide(ONE, full, scale);
  return rescale(full, Math.min(full.scale, Math.max(scale, base.scale)));
}

/** `value` must not be negative. */
export function squareRoot(value: Decimal, scale: number): Decimal {
  const resultScale = Math.max(scale, value.scale);
  const target = value.n * tenTo(2 * resultScale - value.scale);
  if (target === 0n) return { n: 0n, scale: resultScale };
  let guess = 1n << BigInt((target.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (guess + target / guess) >> 1n;
    if (next >= guess) return { n: guess, scale: resultScale };
    guess = next;
  }
}

export function toInteger(value: Decimal): bigint {
  return value.n / tenTo(value.scale);
}

/** Significant digits, as bc's length() counts them. */
export function digitCount(value: Decimal): number {
  const digits = (value.n < 0n ? -value.n : value.n).toString();
  if (value.n === 0n) return Math.max(1, value.scale);
  return Math.max(digits.length, value.scale);
}

/** Digits in a base up to 36, with capital letters: a digit too large counts as the largest, except alone. */
export function parseDecimal(text: string, base: number): Decimal {
  const [whole = "", fraction = ""] = text.split(".");
  const digit = (char: string, alone: boolean): bigint => {
    const value = Number.parseInt(char, 36);
    return BigInt(alone ? value : Math.min(value, base - 1));
  };
  if (base === 10 && !/[A-Z]/.test(text)) return { n: BigInt((whole + fraction) || "0"), scale: fraction.length };
  const alone = whole.length + fraction.length === 1;
  let n = 0n;
  for (const char of whole) n = n * BigInt(base) + digit(char, alone);
  if (fraction === "") return { n, scale: 0 };
  let numerator = 0n;
  let denominator = 1n;
  for (const char of fraction) {
    numerator = numerator * BigInt(base) + digit(char, alone);
    denominator *= BigInt(base);
  }
  const scale = fraction.length;
  return { n: n * tenTo(scale) + (numerator * tenTo(scale)) / denominator, scale };
}

/** In base 10 without a leading zero (".5"), in others digit by digit; bases above 16 write each digit as a decimal number. */
export function formatDecimal(value: Decimal, base: number): string {
  const negative = value.n < 0n;
  const magnitude = negative ? -value.n : value.n;
  if (magnitude === 0n) return "0";
  if (base === 10) {
    const digits = magnitude.toString().padStart(value.scale + 1, "0");
    const whole = value.scale === 0 ? digits : digits.slice(0, -value.scale);
    const fraction = value.scale === 0 ? "" : "." + digits.slice(-value.scale);
    return (negative ? "-" : "") + (whole === "0" && fraction !== "" ? "" : whole) + fraction;
  }
  const unit = tenTo(value.scale);
  const radix = BigInt(base);
  let whole = magnitude / unit;
  const digits: number[] = [];
  while (whole > 0n) {
    digits.unshift(Number(whole % radix));
    whole /= radix;
  }
  const fraction: number[] = [];
  if (value.scale > 0) {
    // As many places as the base needs to tell 10^-scale apart.
    let rest = magnitude % unit;
    let reached = 1n;
    while (reached < unit) {
      rest *= radix;
      fraction.push(Number(rest / unit));
      rest %= unit;
      reached *= radix;
    }
  }
  const sign = negative ? "-" : "";
  if (base <= 16) {
    const letter = (digit: number): string => "0123456789ABCDEF".charAt(digit);
    return sign + digits.map(letter).join("") + (fraction.length > 0 ? "." + fraction.map(letter).join("") : "");
  }
  const width = String(base - 1).length;
  const group = (digit: number): string => String(digit).padStart(width, "0");
  return sign + digits.map((digit) => " " + group(digit)).join("") + (fraction.length > 0 ? "." + fraction.map((digit, index) => (index === 0 ? "" : " ") + group(digit)).join("") : "");
}
