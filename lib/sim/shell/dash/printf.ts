// printf of dash (bltin/printf.c).
import type { Blocking } from "../../kernel/sys.ts";
import type { Shell } from "../interp/shell.ts";
import { type Builtin, BuiltinError } from "../builtins/builtin.ts";
import { formatFloat, parseFloating } from "../builtins/printf-number.ts";
import { firstByte, firstBytes, padBytes, padNumber } from "../builtins/printf.ts";
import { unescapeFormat, unescapeText } from "./escapes.ts";
import { readInteger } from "./number.ts";
import { dashOptions } from "./options.ts";

const MAX_WIDTH = 1_000_000;

class DashFormatter {
  readonly #args: readonly string[];
  #at = 0;
  out = "";
  stopped = false;
  readonly complaints: string[] = [];

  constructor(args: readonly string[]) {
    this.#args = args;
  }

  get used(): number {
    return this.#at;
  }

  get left(): boolean {
    return this.#at < this.#args.length;
  }

  #next(): string {
    return this.#args[this.#at++] ?? "";
  }

  #check(text: string, length: number, outOfRange: boolean): void {
    if (length < text.length) this.complaints.push(`${text}: ${length === 0 ? "expected numeric value" : "not completely converted"}`);
    else if (outOfRange) this.complaints.push(`${text}: Numerical result out of range`);
  }

  #integer(unsigned: boolean): bigint {
    const text = this.#next();
    if (/^['"]/.test(text)) return BigInt(firstByte(text.slice(1)).charCodeAt(0) & 255 || 0);
    let { value, length, outOfRange } = readInteger(text, 0);
    if (unsigned && outOfRange) {
      const whole = BigInt(/^\s*[-+]?0[xX]/.test(text) ? text.trim().replace(/^[-+]/, "").slice(0, 40) : (/[0-9]+/.exec(text)?.[0] ?? "0"));
      outOfRange = whole >= 2n ** 64n;
      value = outOfRange ? 2n ** 64n - 1n : whole;
    }
    this.#check(text, length, outOfRange);
    return unsigned ? BigInt.asUintN(64, value) : value;
  }

  /** Once through the format. Throws BuiltinError for a bad directive. */
  pass(format: string): void {
    for (let at = 0; at < format.length; ) {
      const plain = /^(?:[^%\\]|\\[0-7]{1,3}|\\[^0-7]|\\$|%%)+/.exec(format.slice(at))?.[0];
      if (plain !== undefined) {
        this.out += unescapeFormat(plain.replaceAll("%%", "%"));
        at += plain.length;
        continue;
      }
      const match = /^%([-+ #0]*)(\*|[0-9]*)(?:\.(\*|[0-9]*))?/.exec(format.slice(at));
      const head = match?.[0] ?? "%";
      const letter = format.charAt(at + head.length);
      at += head.length + 1;
      this.#directive(head, match?.[1] ?? "", match?.[2] ?? "", match?.[3], letter);
      if (this.stopped) return;
    }
  }

  #directive(head: string, flags: string, widthText: string, precisionText: string | undefined, letter: string): void {
    let left = flags.includes("-");
    let width = widthText === "*" ? Number(this.#integer(false)) : Number(widthText);
    if (width < 0) {
      left = true;
      width = -width;
    }
    let precision = precisionText === undefined ? undefined : precisionText === "*" ? Number(this.#integer(false)) : Number(precisionText);
    if (precision !== undefined && precision < 0) precision = undefined;
    width = Math.min(width, MAX_WIDTH);
    if (precision !== undefined) precision = Math.min(precision, MAX_WIDTH);
    const text = (value: string) => padBytes(precision === undefined ? value : firstBytes(value, precision), width, left);
    switch (letter) {
      case "":
        throw new BuiltinError("missing format character", 2);
      case "b": {
        const result = unescapeText(this.#next());
        this.out += text(result.text);
        this.stopped = result.stopped;
        return;
      }
      case "c": {
        const value = this.#next();
        this.out += padBytes(value === "" ? "\0" : firstByte(value), width, left);
        return;
      }
      case "s":
        this.out += text(this.#next());
        return;
      case "d": case "i": case "o": case "u": case "x": case "X": {
        const signed = letter === "d" || letter === "i";
        const value = this.#integer(!signed);
        const magnitude = value < 0n ? -value : value;
        let digits = magnitude === 0n && precision === 0 ? "" : magnitude.toString(letter === "o" ? 8 : letter === "x" || letter === "X" ? 16 : 10);
        if (letter === "X") digits = digits.toUpperCase();
        digits = digits.padStart(precision ?? 0, "0");
        let prefix = signed ? (value < 0n ? "-" : flags.includes("+") ? "+" : flags.includes(" ") ? " " : "") : "";
        if (flags.includes("#")) {
          if (letter === "o" && !digits.startsWith("0")) digits = `0${digits}`;
          if ((letter === "x" || letter === "X") && magnitude !== 0n) prefix = `0${letter}`;
        }
        this.out += padNumber(prefix, digits, left, width, flags.includes("0") && precision === undefined);
        return;
      }
      case "a": case "A": case "e": case "E": case "f": case "F": case "g": case "G":
        this.#float(letter, flags, precision, width, left);
        return;
      default:
        throw new BuiltinError(`${head}${letter}: invalid directive`, 2);
    }
  }

  #float(letter: string, flags: string, precision: number | undefined, width: number, left: boolean): void {
    const given = this.#next();
    const quoted = /^['"]/.test(given);
    const number = /^\s*[-+]?(?:inf(?:inity)?|nan|0[xX][0-9a-fA-F]+(?:\.[0-9a-fA-F]*)?(?:[pP][-+]?[0-9]+)?|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)/i.exec(given)?.[0] ?? "";
    if (!quoted) this.#check(given, number.length, false);
    const { value } = parseFloating(quoted ? String(firstByte(given.slice(1)).charCodeAt(0) & 255 || 0) : number);
    const negative = typeof value === "number" ? value < 0 : value.negative;
    const prefix = negative ? "-" : flags.includes("+") ? "+" : flags.includes(" ") ? " " : "";
    const shown = typeof value !== "number" && letter.toLowerCase() === "a" ? hexDouble(Number(value.mantissa) * 2 ** value.exponent, letter, precision) : formatFloat(value, { letter, precision, alternate: flags.includes("#") });
    this.out += padNumber(prefix, shown, left, width, flags.includes("0") && typeof value !== "number");
  }
}

/** %a of a double: one bit before the point. */
function hexDouble(value: number, letter: string, precision: number | undefined): string {
  let exponent = value === 0 ? 0 : Math.floor(Math.log2(value));
  let scaled = value === 0 ? 0 : value / 2 ** exponent;
  if (scaled >= 2) {
    scaled /= 2;
    exponent++;
  }
  const digits = precision ?? 13;
  let units = BigInt(Math.floor(scaled * 2 ** 52));
  if (digits < 13) {
    const drop = BigInt(4 * (13 - digits));
    const half = 1n << (drop - 1n);
    const rest = units & ((1n << drop) - 1n);
    units >>= drop;
    if (rest > half || (rest === half && (units & 1n) === 1n)) units++;
  }
  const shift = BigInt(4 * Math.min(digits, 13));
  let fraction = Math.min(digits, 13) === 0 ? "" : (units & ((1n << shift) - 1n)).toString(16).padStart(Math.min(digits, 13), "0");
  fraction = precision === undefined ? fraction.replace(/0+$/, "") : fraction.padEnd(precision, "0");
  const text = `0x${(units >> shift).toString(16)}${fraction === "" ? "" : `.${fraction}`}p${exponent < 0 ? "-" : "+"}${Math.abs(exponent)}`;
  return letter === "A" ? text.toUpperCase() : text;
}

function* run(shell: Shell, args: readonly string[]): Blocking<number> {
  const [format, ...rest] = dashOptions(args, "").rest;
  if (format === undefined) throw new BuiltinError("usage: printf format [arg ...]", 2);
  const formatter = new DashFormatter(rest);
  let failure: BuiltinError | undefined;
  try {
    do {
      const before = formatter.used;
      if (shell.sys.charge(1 + (formatter.out.length >> 12))) shell.attention = true;
      formatter.pass(format);
      if (formatter.used === before) break;
    } while (formatter.left && !formatter.stopped);
  } catch (error) {
    if (!(error instanceof BuiltinError)) throw error;
    failure = error;
  }
  for (const complaint of formatter.complaints) yield* shell.complain(complaint);
  const written = yield* shell.writeText(1, formatter.out);
  if (failure) throw failure;
  return formatter.complaints.length > 0 || !written ? 1 : 0;
}

export const dashPrintf: Builtin = { name: "printf", usage: "", help: "", run };
