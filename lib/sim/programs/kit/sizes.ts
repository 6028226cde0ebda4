// Sizes as GNU programs read and write them: "10K", "1,5M" (gnulib's xstrtol and human.c), block sizes of ls, du and df.

const SUFFIXES = "KMGTPEZY";

export interface ScaledNumber {
  readonly value: bigint;
  /** What xstrtol would say. */
  readonly problem: "none" | "invalid" | "suffix" | "overflow";
}

const MAX = 2n ** 64n - 1n;

/**
 * An unsigned number with a suffix: "b" 512, "kB" 1000, "K" and "KiB" 1024… `suffixes` lists the letters allowed (xstrtoumax's valid_suffixes;
 * "0" allows the B and iB endings). A suffix without digits counts 1 when allowed.
 */
export function parseScaled(text: string, suffixes: string, max = MAX): ScaledNumber {
  const match = /^\s*\+?(\d*)(.*)$/s.exec(text);
  const digits = match?.[1] ?? "";
  const suffix = match?.[2] ?? "";
  if (digits === "" && (suffix === "" || !suffixes.includes(suffix.charAt(0)))) return { value: 0n, problem: "invalid" };
  let value = digits === "" ? 1n : BigInt(digits);
  let overflow = value > max;
  if (suffix !== "") {
    const factor = suffixFactor(suffix, suffixes);
    if (factor === undefined) return { value, problem: "suffix" };
    value *= factor;
    overflow ||= value > max;
  }
  return overflow ? { value: max, problem: "overflow" } : { value, problem: "none" };
}

export function suffixFactor(suffix: string, allowed: string): bigint | undefined {
  const letter = suffix.charAt(0);
  if (!allowed.includes(letter)) return undefined;
  const ending = suffix.slice(1);
  if (letter === "b" && ending === "") return 512n;
  if (letter === "B" && ending === "") return 1024n;
  if (letter === "c" && ending === "") return 1n;
  if (letter === "w" && ending === "") return 2n;
  const power = SUFFIXES.indexOf(letter === "k" || letter === "m" || letter === "g" || letter === "t" ? letter.toUpperCase() : letter) + 1;
  if (power === 0) return undefined;
  if (ending === "") return 1024n ** BigInt(power);
  if (!allowed.includes("0")) return undefined;
  if (ending === "iB") return 1024n ** BigInt(power);
  if (ending === "B" || ending === "D") return 1000n ** BigInt(power);
  return undefined;
}

/** How to write sizes: fixed units of `unitBytes`, or the best unit (`base`). */
export interface SizeStyle {
  readonly base: 1000 | 1024 | undefined;
  readonly unitBytes: number;
  /** "K", "kB"… after each number with a fixed unit (`du -BK`). */
  readonly suffix: string;
}

export const HUMAN: SizeStyle = { base: 1024, unitBytes: 1, suffix: "" };
export const SI: SizeStyle = { base: 1000, unitBytes: 1, suffix: "" };
export const unit = (unitBytes: number): SizeStyle => ({ base: undefined, unitBytes, suffix: "" });

/** The argument of --block-size (or $BLOCK_SIZE): undefined when wrong; the problem in words of xstrtol otherwise. */
export function parseBlockSize(spec: string): SizeStyle | ScaledNumber["problem"] {
  const text = spec.startsWith("'") ? spec.slice(1) : spec;
  if (text === "human-readable") return HUMAN;
  if (text === "si") return SI;
  const { value, problem } = parseScaled(text, "eEgGkKmMpPtTyYzZ0");
  if (problem !== "none") return problem;
  if (value === 0n) return "invalid";
  const suffix = /^\d/.test(text) ? "" : shownSuffix(text);
  return { base: undefined, unitBytes: Number(value), suffix };
}

function shownSuffix(text: string): string {
  const letter = text.charAt(0).toUpperCase();
  const ending = text.slice(1);
  if (ending === "B") return (letter === "K" ? "k" : letter) + "B";
  return letter + (ending === "iB" ? "iB" : "");
}

export type Rounding = "ceiling" | "nearest" | "floor";

/** A byte count in that style: "1.5K", "12M", "4" (gnulib human_readable). */
export function formatSize(bytes: number, style: SizeStyle, rounding: Rounding = "ceiling"): string {
  if (style.base === undefined) return roundDiv(bytes, style.unitBytes, rounding) + style.suffix;
  const { base } = style;
  if (bytes < base) return String(bytes);
  let power = 0;
  let scale = 1;
  while (bytes / scale >= base && power < SUFFIXES.length) {
    scale *= base;
    power++;
  }
  const round = rounding === "ceiling" ? Math.ceil : rounding === "floor" ? Math.floor : Math.round;
  let shown: string;
  const tenths = round((bytes * 10) / scale);
  if (tenths < 100) shown = (tenths / 10).toFixed(1);
  else {
    let whole = round(bytes / scale);
    if (whole >= base && power < SUFFIXES.length) {
      power++;
      whole = 1;
      shown = "1.0";
    } else shown = String(whole);
  }
  const letter = SUFFIXES.charAt(power - 1);
  return shown + (base === 1000 && letter === "K" ? "k" : letter);
}

function roundDiv(bytes: number, unitBytes: number, rounding: Rounding): string {
  const exact = bytes / unitBytes;
  const whole = rounding === "ceiling" ? Math.ceil(exact) : rounding === "floor" ? Math.floor(exact) : Math.round(exact);
  return whole >= 1e21 ? BigInt(whole).toString() : String(whole);
}
