// printf (printf.def): the format is used again as long as arguments are left.
import { type Blocking, decode, encode } from "../../kernel/sys.ts";
import { strftime } from "../expand/strftime.ts";
import { AssignmentError, assignScalar, assignTarget, isName, parseTarget } from "../interp/assign.ts";
import type { Shell } from "../interp/shell.ts";
import { unescape } from "../syntax/ansi-c.ts";
import { needsAnsiC, quoteAnsiC, quoteBackslash } from "../syntax/quote.ts";
import { type Builtin, BuiltinError, parseOptions, refuse, usageError } from "./builtin.ts";
import { formatFloat, parseFloating, parseInteger } from "./printf-number.ts";

const DIRECTIVE = /^%([-+ #0']*)(\*|[0-9]+)?(?:\.(\*|-?[0-9]*))?(?:hh|h|ll|l|j|z|t|L)?(\([^)]*\))?([a-gikm-su-yA-KM-Z%])/;

const MOST_WIDTH = 2_147_483_647;

class Formatter {
  readonly #shell: Shell;
  readonly #args: readonly string[];
  #at = 0;
  out = "";
  status = 0;
  stopped = false;
  /** Complaints, in order, and how much there was when each came up. */
  readonly messages: { readonly text: string; readonly at: number }[] = [];

  constructor(shell: Shell, args: readonly string[]) {
    this.#shell = shell;
    this.#args = args;
  }

  get left(): boolean {
    return this.#at < this.#args.length;
  }

  get used(): number {
    return this.#at;
  }

  #next(): string | undefined {
    return this.#args[this.#at++];
  }

  #complain(message: string): void {
    this.messages.push({ text: message, at: this.out.length });
    this.status = 1;
  }

  #integer(text: string, unsigned: boolean): bigint {
    const parsed = parseInteger(text, unsigned);
    const before = this.status;
    if (parsed.problem !== "") this.#complain(parsed.problem === "Numerical result out of range" ? `warning: ${text}: ${parsed.problem}` : `${text}: ${parsed.problem}`);
    if (parsed.problem === "Numerical result out of range") this.status = before;
    return parsed.value;
  }

  /** Once through the format. Throws BuiltinError for a bad directive. */
  pass(format: string): void {
    let at = 0;
    while (at < format.length) {
      const c = format.charAt(at);
      if (c === "\\") {
        const given = format.slice(at, at + 12);
        if (/^\\x(?![0-9a-fA-F])/.test(given)) this.messages.push({ text: "missing hex digit for \\x", at: this.out.length });
        else if (/^\\[uU](?![0-9a-fA-F])/.test(given)) this.messages.push({ text: `missing unicode digit for ${given.slice(0, 2)}`, at: this.out.length });
        const escape = /^\\(?:x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{1,4}|U[0-9a-fA-F]{1,8}|[0-7]{1,3}|[^%])/.exec(given)?.[0] ?? "\\";
        this.out += escape === "\\c" ? "\\c" : escape === '\\"' ? '"' : escape === "\\'" ? "'" : escape === "\\?" ? "?" : escape.length === 1 ? "\\" : unescape(escape, "ansi-c").text || (/^\\0+$/.test(escape) || /^\\x0+$/.test(escape) || escape === "\\400" ? "\0" : "");
        at += escape.length;
        continue;
      }
      if (c !== "%") {
        let end = at + 1;
        while (end < format.length && format.charAt(end) !== "%" && format.charAt(end) !== "\\") end++;
        this.out += format.slice(at, end);
        at = end;
        continue;
      }
      const badTime = /^%[-+ #0']*[0-9*]*(?:\.[0-9*]*)?\((?:[^()]|\([^)]*\))*(?:\)(?!T)([\s\S]?)|$)/.exec(format.slice(at));
      if (badTime) {
        this.messages.push({ text: `warning: \`${badTime[1] || "\0"}': invalid time format specification`, at: this.out.length });
        this.out += "%";
        at++;
        continue;
      }
      const match = DIRECTIVE.exec(format.slice(at));
      if (!match) {
        const bad = /^%[-+ #0']*[0-9*]*(?:\.[0-9*]*)?[hljztL]*/.exec(format.slice(at))?.[0] ?? "%";
        const letter = format.charAt(at + bad.length);
        if (letter === "") throw new BuiltinError(`\`${format.slice(at).replace(/^(%[^%]*)$/, "$1")}': missing format character`, 1);
        throw new BuiltinError(`\`${letter}': invalid format character`, 1);
      }
      at += match[0].length;
      this.#directive(match);
      if (this.stopped) return;
    }
  }

  #directive(match: RegExpExecArray): void {
    const [, flagText = "", widthText, precisionText, time, letter = ""] = match;
    if (match[0] === "%%") {
      this.out += "%";
      return;
    }
    if (letter === "%") throw new BuiltinError("`%': invalid format character", 1);
    let left = flagText.includes("-");
    let width = 0;
    if (widthText === "*") {
      width = Number(this.#integer(this.#next() ?? "", false));
      if (width < 0) {
        left = true;
        width = -width;
      }
    } else if (widthText !== undefined) width = Number(widthText);
    let precision: number | undefined;
    if (precisionText === "*") {
      const value = Number(this.#integer(this.#next() ?? "", false));
      precision = value < 0 ? undefined : value;
    } else if (precisionText !== undefined) precision = precisionText.startsWith("-") ? undefined : Number(precisionText || "0");
    // printf(3) writes nothing then (EOVERFLOW)
    const overflows = width > MOST_WIDTH || (precision ?? 0) > MOST_WIDTH;
    if (overflows && letter !== "b" && letter !== "q" && letter !== "Q") {
      this.#next();
      return;
    }
    width = Math.min(width, 1_000_000);
    if (precision !== undefined) precision = Math.min(precision, 1_000_000);
    const pad = (text: string) => padBytes(text, width, left);
    if (time !== undefined) {
      if (letter !== "T") throw new BuiltinError(`\`${letter}': invalid time format specification`.replace("invalid time format specification", "invalid format character"), 1);
      const text = this.#next();
      let us: number;
      if (text === undefined || text === "-1") us = this.#shell.sys.clockUs("realtime");
      else if (text === "-2") us = this.#shell.sys.clockUs("realtime") - this.#shell.sys.clockUs("monotonic") + this.#shell.startedUs;
      else us = Number(this.#integer(text, false)) * 1_000_000;
      // the buffer has 128 bytes: what does not fit is nothing
      const whole = strftime(this.#shell, time.slice(1, -1) || "%X", us);
      const shown = encode(whole).length < 128 ? whole : "";
      this.out += pad(precision === undefined ? shown : firstBytes(shown, precision));
      return;
    }
    switch (letter) {
      case "s": {
        const text = this.#next() ?? "";
        this.out += pad(precision === undefined ? text : firstBytes(text, precision));
        return;
      }
      case "b": {
        const argument = this.#next() ?? "";
        for (const [escape, letter = ""] of argument.matchAll(/\\(?:\\|([xuU])(?![0-9a-fA-F]))/g)) {
          if (letter !== "") this.messages.push({ text: `missing ${letter === "x" ? "hex" : "unicode"} digit for ${escape}`, at: this.out.length });
        }
        const result = unescape(argument, "printf-b");
        const text = result.text.replace(/\\(["'?])/g, "$1");
        this.out += pad(precision === undefined ? text : firstBytes(text, precision));
        if (result.stopped) this.stopped = true;
        return;
      }
      case "c": {
        const text = this.#next() ?? "";
        // one byte, as C's %c: of a wide character only its first
        this.out += pad(text === "" ? "\0" : firstByte(text));
        return;
      }
      case "q": case "Q": {
        let text = this.#next() ?? "";
        if (letter === "Q" && precision !== undefined) text = firstBytes(text, precision);
        let shown = text === "" ? "''" : needsAnsiC(text) ? quoteAnsiC(text) : quoteBackslash(text);
        if (letter === "q" && precision !== undefined) shown = firstBytes(shown, precision);
        this.out += pad(shown);
        return;
      }
      case "n": {
        const name = this.#next();
        if (name === undefined || name === "") return;
        if (!isName(name)) throw new BuiltinError(`\`${name}': not a valid identifier`, 1);
        assignScalar(this.#shell, name, String(encode(this.out).length));
        return;
      }
      case "d": case "i": case "o": case "u": case "x": case "X":
        this.out += this.#integerText(letter, flagText, left, width, precision);
        return;
      case "e": case "E": case "f": case "F": case "g": case "G": case "a": case "A":
        this.out += this.#floatText(letter, flagText, left, width, precision);
        return;
      default:
        throw new BuiltinError(`\`${letter}': invalid format character`, 1);
    }
  }

  #integerText(letter: string, flags: string, left: boolean, width: number, precision: number | undefined): string {
    const signed = letter === "d" || letter === "i";
    const value = this.#integer(this.#next() ?? "", !signed);
    const negative = value < 0n;
    const magnitude = negative ? -value : value;
    let digits = letter === "o" ? magnitude.toString(8) : letter === "x" || letter === "X" ? magnitude.toString(16) : magnitude.toString();
    if (letter === "X") digits = digits.toUpperCase();
    if (precision === 0 && magnitude === 0n) digits = "";
    if (precision !== undefined) digits = digits.padStart(precision, "0");
    if (flags.includes("'") && (signed || letter === "u") && this.#shell.decimalPoint === ",") digits = digits.replace(/\B(?=(?:\d{3})+$)/g, "\u202f");
    let prefix = signed ? (negative ? "-" : flags.includes("+") ? "+" : flags.includes(" ") ? " " : "") : "";
    if (flags.includes("#")) {
      if (letter === "o" && !digits.startsWith("0")) digits = `0${digits}`;
      if ((letter === "x" || letter === "X") && magnitude !== 0n) prefix = letter === "x" ? "0x" : "0X";
    }
    return padNumber(prefix, digits, left, width, flags.includes("0") && precision === undefined);
  }

  #floatText(letter: string, flags: string, left: boolean, width: number, precision: number | undefined): string {
    const text = this.#next() ?? "";
    const point = this.#shell.decimalPoint;
    // strtold(3) knows only the locale's point
    const parsed = parseFloating(point === "." ? text : text.replace(/[.,]/g, (c) => (c === point ? "." : "\u0001")));
    if (parsed.problem === "Numerical result out of range") this.messages.push({ text: `warning: ${text}: ${parsed.problem}`, at: this.out.length });
    else if (parsed.problem !== "") this.#complain(`${text}: ${parsed.problem}`);
    const { value } = parsed;
    const negative = typeof value === "number" ? value < 0 || (Number.isNaN(value) && /^\s*-/.test(text)) : value.negative;
    let prefix = negative ? "-" : flags.includes("+") ? "+" : flags.includes(" ") ? " " : "";
    let digits = formatFloat(value, { letter, precision, alternate: flags.includes("#") });
    if (/^0x/i.test(digits)) {
      prefix += digits.slice(0, 2);
      digits = digits.slice(2);
    }
    const grouped = flags.includes("'") && point === "," && /[fFgG]/.test(letter) && !digits.includes("e") ? digits.replace(/^\d+/, (whole) => whole.replace(/\B(?=(?:\d{3})+$)/g, "\u202f")) : digits;
    return padNumber(prefix, grouped.replace(".", point), left, width, flags.includes("0") && typeof value !== "number");
  }
}

/** printf(3) counts bytes. */
export function padBytes(text: string, width: number, left: boolean): string {
  const missing = width - encode(text).length;
  if (missing <= 0) return text;
  return left ? text + " ".repeat(missing) : " ".repeat(missing) + text;
}

export function padNumber(prefix: string, digits: string, left: boolean, width: number, zeros: boolean): string {
  const missing = width - prefix.length - digits.length;
  if (missing <= 0) return prefix + digits;
  if (left) return prefix + digits + " ".repeat(missing);
  return zeros ? prefix + "0".repeat(missing) + digits : " ".repeat(missing) + prefix + digits;
}

export function firstBytes(text: string, count: number): string {
  const bytes = encode(text);
  return bytes.length <= count ? text : decode(bytes.subarray(0, count));
}

export function firstByte(text: string): string {
  const unit = text.charCodeAt(0);
  if (unit < 0x80 || (unit >= 0xdc80 && unit <= 0xdcff)) return text.charAt(0);
  const code = text.codePointAt(0) ?? 0;
  const lead = code < 0x800 ? 0xc0 | (code >> 6) : code < 0x10000 ? 0xe0 | (code >> 12) : 0xf0 | (code >> 18);
  return String.fromCharCode(0xdc00 + lead);
}

function* run(shell: Shell, args: readonly string[]): Blocking<number> {
  const parsed = parseOptions(args, "v:");
  const variable = parsed.value("v");
  const target = variable === undefined ? undefined : parseTarget(variable);
  if (variable !== undefined && !target) throw new BuiltinError(`\`${variable}': not a valid identifier`, 2);
  const [format, ...rest] = parsed.rest;
  if (format === undefined) throw usageError();
  const formatter = new Formatter(shell, rest);
  let failure: BuiltinError | undefined;
  let paidLength = 0;
  try {
    do {
      const before = formatter.used;
      if (shell.sys.charge(1 + ((formatter.out.length - paidLength) >> 8))) {
        yield* shell.sys.preempt();
        shell.attention = true;
      }
      paidLength = formatter.out.length;
      formatter.pass(format);
      if (formatter.used === before) break;
    } while (formatter.left && !formatter.stopped);
  } catch (error) {
    if (!(error instanceof BuiltinError)) throw error;
    failure = error;
  }
  if (target) {
    for (const message of formatter.messages) yield* shell.complain(message.text);
    try {
      const end = formatter.out.indexOf("\0");
      assignTarget(shell, variable ?? "", end < 0 ? formatter.out : formatter.out.slice(0, end));
    } catch (error) {
      if (error instanceof AssignmentError) return yield* refuse(shell, error.message);
      throw error;
    }
    return failure ? yield* refuse(shell, failure.message) : formatter.status;
  }
  // stdout is line-buffered (shell.c, set_shell_name_and_buffering): whole lines are out before a complaint, the rest comes at the end
  const { out } = formatter;
  let written = 0;
  let ok = true;
  const writeLines = function* (end: number): Blocking<void> {
    const lines = out.lastIndexOf("\n", end - 1) + 1;
    if (lines <= written) return;
    ok = (yield* shell.writeText(1, out.slice(written, lines))) && ok;
    written = lines;
  };
  for (const message of formatter.messages) {
    yield* writeLines(message.at);
    yield* shell.complain(message.text);
  }
  if (failure) {
    yield* writeLines(out.length);
    yield* shell.complain(failure.message);
  }
  if (written < out.length || out === "") ok = (yield* shell.writeText(1, out.slice(written))) && ok;
  if (failure) return failure.status;
  return ok ? formatter.status : 1;
}

const printf: Builtin = {
  name: "printf", usage: "printf [-v var] format [arguments]",
  help: "Prints its arguments as FORMAT says, which is used again while arguments are left. Beside the directives of C: %b carries out escapes,\n%q quotes for the shell, %(FORMAT)T prints a time. -v stores the text in a variable.",
  run,
};
export default printf;
