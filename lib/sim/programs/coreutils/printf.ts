// printf(1): the format is used again while arguments are left. Text is handled as bytes (latin1), as the real program does.

import { isUtf8 } from "../kit/locale.ts";
import { helpText } from "../kit/help-text.ts";
import { versionText } from "../kit/gnu.ts";
import { latin1, latin1OfText } from "../kit/latin1.ts";
import { type Spec, formatFloat, formatInteger, padText } from "../kit/printf-format.ts";
import { type Io, flag, program } from "../kit/program.ts";
import { encode } from "../../kernel/sys.ts";
import { shellEscape } from "../kit/quote.ts";
import { textOfLatin1 } from "../kit/latin1.ts";
import { SIMPLE_ESCAPES } from "./_escapes.ts";

const spec = {
  name: "printf",
  summary: "format and print data",
  synopsis: ["FORMAT [ARGUMENT]...", "OPTION"],
  description: ["FORMAT is text with the escapes of C and with conversions, which take the arguments in turn: those of printf(3) that end in one of diouxXfFeEgGaAcs, %b for text with escapes in it, %q for text quoted for a shell."],
  options: [flag(["--help"], "show this help"), flag(["--version"], "show the version")],
  seeAlso: ["echo(1)", "printf(3)"],
} as const;

class Stop extends Error {}

export default program(spec, function* (sys, argv, io: Io) {
  const posix = sys.environment.has("POSIXLY_CORRECT");
  let args = argv.slice(1);
  if (args.length === 1 && args[0] === "--help") {
    io.out.put(helpText(spec, io.argv0, io.helpDomain));
    return;
  }
  if (args.length === 1 && args[0] === "--version") {
    io.out.put(versionText("printf", "GNU coreutils", "9.1", io.helpDomain));
    return;
  }
  if (args[0] === "--") args = args.slice(1);
  const [format] = args;
  if (format === undefined) io.usage("missing operand");
  const values = args.slice(1);
  let used = 0;
  const warnings: string[] = [];
  const printer = new Printer(latin1OfText(format), io, warnings, posix, isUtf8(sys.environment));
  const terminal = sys.isatty(1);
  try {
    do {
      const from = used;
      used = printer.round(values, from);
      // what is wrong with an argument is told before the line that it belongs to
      for (const warning of warnings.splice(0)) {
        io.status = 1;
        yield* io.stderrUnflushed(`${io.argv0}: ${warning}\n`);
      }
      if (io.out.full || terminal) yield* io.out.flush();
      if (sys.charge(1 + format.length)) yield* sys.preempt();
      if (used === from) break;
    } while (used < values.length);
  } catch (error) {
    for (const warning of warnings.splice(0)) yield* io.fail(warning);
    if (error instanceof Stop) return;
    throw error;
  }
  if (used === 0 && values.length > 0) yield* io.warn(`warning: ignoring excess arguments, starting with ${io.quote(values[0] ?? "")}`);
});

class Printer {
  readonly #format: string;
  readonly #io: Io;
  readonly #warnings: string[];
  readonly #posix: boolean;
  readonly #utf8: boolean;
  constructor(format: string, io: Io, warnings: string[], posix: boolean, utf8: boolean) {
    this.#format = format;
    this.#io = io;
    this.#warnings = warnings;
    this.#posix = posix;
    this.#utf8 = utf8;
  }

  /** One pass over the format; returns the index of the next argument. */
  round(values: readonly string[], start: number): number {
    const format = this.#format;
    const io: Io = this.#io;
    let next = start;
    for (let i = 0; i < format.length; i++) {
      const char = format.charAt(i);
      if (char === "\\") {
        i += this.#escape(format, i, false) - 1;
        continue;
      }
      if (char !== "%") {
        io.out.putByte(char.charCodeAt(0));
        continue;
      }
      if (format.charAt(i + 1) === "%") {
        io.out.put("%");
        i++;
        continue;
      }
      const rest = format.slice(i);
      const quoted = /^%([bq])/.exec(rest);
      if (quoted) {
        const value = values[next++] ?? "";
        if (quoted[1] === "b") this.#escaped(latin1OfText(value));
        else io.out.put(shellEscape(value, this.#utf8, false));
        i++;
        continue;
      }
      const match = /^%([-+ #0'I]*)(\*|\d*)(?:(\.)(\*|-?\d*))?((?:hh|ll|[hlLjtzq])*)(.?)/s.exec(rest);
      const [whole = "%", flags = "", width = "", dot, precision = "", , conversion = ""] = match ?? [];
      if (conversion === "" || !"diouxXfFeEgGaAcs".includes(conversion) || !allowed(flags, conversion, dot !== undefined)) {
        io.die(`${textOfLatin1(whole)}: invalid conversion specification`);
      }
      let minus = flags.includes("-");
      let columns = width === "" ? 0 : Number(width);
      if (width === "*") {
        columns = Number(this.#integer(values[next++] ?? "0"));
        if (columns < 0) minus = true;
        columns = Math.abs(columns);
      }
      let places: number | undefined;
      if (dot !== undefined) {
        places = precision === "*" ? Number(this.#integer(values[next++] ?? "0")) : precision === "" ? 0 : Number(precision);
        if (places < 0) places = undefined;
      }
      if (columns > 1_000_000 || (places ?? 0) > 1_000_000) io.die("write error: Cannot allocate memory");
      const one: Spec = {
        minus, plus: flags.includes("+"), space: flags.includes(" "), alternate: flags.includes("#"), zero: flags.includes("0") && !minus,
        width: columns, precision: places, conversion,
      };
      const value = values[next];
      next++;
      if (conversion === "s") {
        const text = latin1OfText(value ?? "");
        io.out.putLatin1(padText(places === undefined ? text : text.slice(0, places), one));
      } else if (conversion === "c") io.out.putLatin1(padText(latin1OfText(value ?? "").slice(0, 1) || (value === undefined ? "" : "\0"), one));
      else if ("diouxX".includes(conversion)) io.out.put(formatInteger(value === undefined ? 0n : this.#integer(value, !"di".includes(conversion)), one));
      else io.out.put(formatFloat(value === undefined ? 0 : this.#float(value), one));
      i += whole.length - 1;
    }
    return Math.min(next, Math.max(values.length, start));
  }

  /** Writes one escape; returns how many characters it took. In %b, octal needs no digit limit of its own but a leading 0. */
  #escape(text: string, at: number, inArgument: boolean): number {
    const io: Io = this.#io;
    const rest = text.slice(at, at + 12);
    const next = rest.charAt(1);
    const hex = /^\\x([0-9a-fA-F]{1,2})/.exec(rest);
    if (hex) {
      io.out.putByte(Number.parseInt(hex[1] ?? "0", 16));
      return hex[0].length;
    }
    if (next === "x") io.die("missing hexadecimal number in escape");
    const octal = (inArgument || this.#posix ? /^\\0([0-7]{0,3})/ : /^\\(?!x)([0-7]{1,3})/).exec(rest) ?? /^\\([0-7]{1,3})/.exec(rest);
    if (octal) {
      io.out.putByte(Number.parseInt(octal[1] || "0", 8) & 255);
      return octal[0].length;
    }
    const simple = SIMPLE_ESCAPES.get(next) ?? (next === '"' ? '"' : undefined);
    if (simple !== undefined) {
      io.out.put(simple);
      return 2;
    }
    if (next === "c") throw new Stop();
    const unicode = /^\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})/.exec(rest);
    if (unicode) {
      const code = Number.parseInt((unicode[1] ?? "u0").slice(1), 16);
      if ((code < 0xa0 && code !== 0x24 && code !== 0x40 && code !== 0x60) || (code >= 0xd800 && code <= 0xdfff)) io.die(`invalid universal character name ${unicode[0]}`);
      if (this.#utf8 && code <= 0x10ffff) io.out.putLatin1(latin1(encode(String.fromCodePoint(code))));
      else io.out.put(code < 0x80 ? String.fromCharCode(code) : unicode[0]);
      return unicode[0].length;
    }
    if (next === "u" || next === "U") io.die("missing hexadecimal number in escape");
    io.out.put("\\");
    if (next !== "") io.out.putByte(next.charCodeAt(0));
    return next === "" ? 1 : 2;
  }

  #escaped(text: string): void {
    for (let i = 0; i < text.length; i++) {
      if (text.charAt(i) === "\\") i += this.#escape(text, i, true) - 1;
      else this.#io.out.putByte(text.charCodeAt(i));
    }
  }

  #character(value: string): number | undefined {
    if (!/^["']./s.test(value)) return undefined;
    const char = this.#utf8 ? (value.codePointAt(1) ?? 0) : latin1OfText(value).charCodeAt(1);
    const length = this.#utf8 ? 1 + String.fromCodePoint(char).length : 2;
    if (value.length > length) this.#warnings.push(`warning: ${value.slice(length)}: character(s) following character constant have been ignored`);
    return char;
  }

  #integer(value: string, unsigned = false): bigint {
    const char = this.#character(value);
    if (char !== undefined) return BigInt(char);
    const match = /^\s*([-+]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)?(.*)$/s.exec(value);
    const [, sign = "", digits, rest = ""] = match ?? [];
    if (digits === undefined) {
      if (value !== "") this.#warnings.push(`${this.#io.quote(value)}: expected a numeric value`);
      return 0n;
    }
    if (rest !== "") this.#warnings.push(`${this.#io.quote(value)}: value not completely converted`);
    const magnitude = BigInt(/^0[0-7]+$/.test(digits) ? "0o" + digits.slice(1) : digits);
    let result = sign === "-" ? -magnitude : magnitude;
    const [low, high] = unsigned ? [-(2n ** 64n - 1n), 2n ** 64n - 1n] : [-(2n ** 63n), 2n ** 63n - 1n];
    if (result < low || result > high) {
      this.#warnings.push(`${this.#io.quote(value)}: Numerical result out of range`);
      result = unsigned ? high : result < low ? low : high;
    }
    return result;
  }

  #float(value: string): number {
    const char = this.#character(value);
    if (char !== undefined) return char;
    const match = /^\s*([-+]?)(0[xX](?:[0-9a-fA-F]+\.?[0-9a-fA-F]*|\.[0-9a-fA-F]+)(?:[pP][-+]?\d+)?|\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|inf(?:inity)?|nan)?(.*)$/is.exec(value);
    const [, sign = "", digits, rest = ""] = match ?? [];
    if (digits === undefined) {
      if (value !== "") this.#warnings.push(`${this.#io.quote(value)}: expected a numeric value`);
      return 0;
    }
    if (rest !== "") this.#warnings.push(`${this.#io.quote(value)}: value not completely converted`);
    const magnitude = /^inf/i.test(digits) ? Number.POSITIVE_INFINITY : /^nan/i.test(digits) ? Number.NaN : /^0x/i.test(digits) ? hexadecimalFloat(digits) : Number(digits);
    return sign === "-" ? -magnitude : magnitude;
  }
}

/** 0x1.8p3 */
function hexadecimalFloat(digits: string): number {
  const [, whole = "", fraction = "", exponent = "0"] = /^0x([0-9a-f]*)\.?([0-9a-f]*)(?:p([-+]?\d+))?$/i.exec(digits) ?? [];
  return Number.parseInt(whole + fraction, 16) * 2 ** (Number(exponent) - 4 * fraction.length);
}

/** Flags that make no sense with a conversion are refused. */
function allowed(flags: string, conversion: string, hasPrecision: boolean): boolean {
  if (flags.includes("'") && !"dfFgGiu".includes(conversion)) return false;
  if (flags.includes("#") && !"aAeEfFgGoxX".includes(conversion)) return false;
  if (flags.includes("0") && "cs".includes(conversion)) return false;
  return !(hasPrecision && conversion === "c");
}
