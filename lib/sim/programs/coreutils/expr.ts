import type { Sys } from "../../kernel/sys.ts";
import { compareBytes } from "../kit/collate.ts";
import { helpText } from "../kit/help-text.ts";
import { versionText } from "../kit/gnu.ts";
import { type Io, flag, program } from "../kit/program.ts";
import { RegexSyntaxError, compileRegex } from "../kit/regex/compile-regex.ts";

const spec = {
  name: "expr",
  summary: "evaluate expressions",
  synopsis: ["EXPRESSION", "OPTION"],
  description: [
    "Operators, the weakest first: ARG1 | ARG2; ARG1 & ARG2; < <= = != >= > between two ARGs; + and -; *, / and %; STRING : REGEXP, which is anchored at the start.",
    "Functions: match STRING REGEXP (as with a colon), substr STRING POS LENGTH, index STRING CHARS, length STRING. After a +, a TOKEN such as match is an ordinary string; ( ) group.",
  ],
  options: [flag(["--help"], "show this help"), flag(["--version"], "show the version")],
  exitStatuses: [["0", "EXPRESSION gives something other than an empty string or 0"], ["1", "EXPRESSION gives an empty string or 0"], ["2", "EXPRESSION has a syntax error"], ["3", "something else failed"]],
  usageStatus: 2,
  failureStatus: 3,
} as const;

type Value = bigint | string;

export default program(spec, function* (sys, argv, io: Io) {
  let args = argv.slice(1);
  if (args.length === 1 && args[0] === "--help") {
    io.out.put(helpText(spec, io.argv0, io.helpDomain));
    return 0;
  }
  if (args.length === 1 && args[0] === "--version") {
    io.out.put(versionText("expr", "GNU coreutils", "9.1", io.helpDomain));
    return 0;
  }
  if (args[0] === "--") args = args.slice(1);
  if (args.length === 0) io.usage("missing operand");
  const parser = new Parser(sys, args, io);
  const value = parser.whole();
  if (sys.charge(args.length)) yield* sys.preempt();
  io.out.put(String(value) + "\n");
  return isNull(value) ? 1 : 0;
});

function isNull(value: Value): boolean {
  if (typeof value === "bigint") return value === 0n;
  return value === "" || /^-?0+$/.test(value);
}

class Parser {
  readonly #sys: Sys;
  readonly #args: readonly string[];
  readonly #io: Io;
  #at = 0;

  constructor(sys: Sys, args: readonly string[], io: Io) {
    this.#sys = sys;
    this.#args = args;
    this.#io = io;
  }

  whole(): Value {
    const value = this.#or(true);
    const extra = this.#args[this.#at];
    if (extra !== undefined) this.#io.die(`syntax error: unexpected argument ${this.#io.quote(extra)}`, 2);
    return value;
  }

  #accept(...words: readonly string[]): string | undefined {
    const arg = this.#args[this.#at];
    if (arg === undefined || !words.includes(arg)) return undefined;
    this.#at++;
    return arg;
  }

  #or(evaluate: boolean): Value {
    let left = this.#and(evaluate);
    while (this.#accept("|") !== undefined) {
      const right = this.#and(evaluate && isNull(left));
      if (isNull(left)) left = isNull(right) ? 0n : right;
    }
    return left;
  }

  #and(evaluate: boolean): Value {
    let left = this.#comparison(evaluate);
    while (this.#accept("&") !== undefined) {
      const right = this.#comparison(evaluate && !isNull(left));
      if (isNull(left) || isNull(right)) left = 0n;
    }
    return left;
  }

  #comparison(evaluate: boolean): Value {
    let left = this.#sum(evaluate);
    for (;;) {
      const op = this.#accept("<", "<=", "=", "==", "!=", ">=", ">");
      if (op === undefined) return left;
      const right = this.#sum(evaluate);
      if (!evaluate) continue;
      const [a, b] = [integer(left), integer(right)];
      const order = a !== undefined && b !== undefined ? (a < b ? -1 : a > b ? 1 : 0) : compareBytes(String(left), String(right));
      const holds = op === "<" ? order < 0 : op === "<=" ? order <= 0 : op === "=" || op === "==" ? order === 0 : op === "!=" ? order !== 0 : op === ">=" ? order >= 0 : order > 0;
      left = holds ? 1n : 0n;
    }
  }

  #number(value: Value): bigint {
    const number = integer(value);
    if (number === undefined) this.#io.die("non-integer argument", 2);
    return number ?? 0n;
  }

  #sum(evaluate: boolean): Value {
    let left = this.#product(evaluate);
    for (;;) {
      const op = this.#accept("+", "-");
      if (op === undefined) return left;
      const right = this.#product(evaluate);
      if (evaluate) left = op === "+" ? this.#number(left) + this.#number(right) : this.#number(left) - this.#number(right);
    }
  }

  #product(evaluate: boolean): Value {
    let left = this.#match(evaluate);
    for (;;) {
      const op = this.#accept("*", "/", "%");
      if (op === undefined) return left;
      const right = this.#match(evaluate);
      if (!evaluate) continue;
      const [a, b] = [this.#number(left), this.#number(right)];
      if (op !== "*" && b === 0n) this.#io.die("division by zero", 2);
      left = op === "*" ? a * b : op === "/" ? a / b : a % b;
    }
  }

  #match(evaluate: boolean): Value {
    let left = this.#keyword(evaluate);
    while (this.#accept(":") !== undefined) {
      const right = this.#keyword(evaluate);
      if (evaluate) left = this.#regex(String(left), String(right));
    }
    return left;
  }

  #regex(text: string, pattern: string): Value {
    try {
      const regex = compileRegex("^" + (pattern.startsWith("^") ? pattern.slice(1) : pattern), { syntax: "expr" });
      const found = regex.exec(text, 0);
      this.#sys.charge(regex.takeWork() >> 6);
      if (regex.groupCount > 0) return found && (found[2] ?? -1) >= 0 ? text.slice(found[2], found[3]) : "";
      return found ? BigInt([...text.slice(0, found[1])].length) : 0n;
    } catch (error) {
      if (error instanceof RegexSyntaxError) this.#io.die(error.message, 2);
      throw error;
    }
  }

  #keyword(evaluate: boolean): Value {
    const io: Io = this.#io;
    if (this.#accept("+") !== undefined) {
      const token = this.#args[this.#at];
      if (token === undefined) io.die(`syntax error: missing argument after ${io.quote("+")}`, 2);
      this.#at++;
      return token;
    }
    if (this.#accept("length") !== undefined) return BigInt([...String(this.#keyword(evaluate))].length);
    if (this.#accept("match") !== undefined) {
      const text = this.#keyword(evaluate);
      const pattern = this.#keyword(evaluate);
      return evaluate ? this.#regex(String(text), String(pattern)) : "";
    }
    if (this.#accept("index") !== undefined) {
      const text = [...String(this.#keyword(evaluate))];
      const chars = [...String(this.#keyword(evaluate))];
      return BigInt(text.findIndex((char) => chars.includes(char)) + 1);
    }
    if (this.#accept("substr") !== undefined) {
      const text = [...String(this.#keyword(evaluate))];
      const position = integer(this.#keyword(evaluate));
      const length = integer(this.#keyword(evaluate));
      if (position === undefined || length === undefined || position < 1n || length < 1n) return "";
      return text.slice(Number(position) - 1, Number(position) - 1 + Number(length)).join("");
    }
    return this.#primary(evaluate);
  }

  #primary(evaluate: boolean): Value {
    const io: Io = this.#io;
    const arg = this.#args[this.#at];
    if (arg === undefined) io.die(`syntax error: missing argument after ${io.quote(this.#args[this.#at - 1] ?? "")}`, 2);
    this.#at++;
    if (arg === "(") {
      const value = this.#or(evaluate);
      const closing = this.#args[this.#at];
      if (closing === undefined) io.die(`syntax error: expecting ')' after ${io.quote(this.#args[this.#at - 1] ?? "")}`, 2);
      if (closing !== ")") io.die(`syntax error: expecting ')' instead of ${io.quote(closing)}`, 2);
      this.#at++;
      return value;
    }
    if (arg === ")") io.die("syntax error: unexpected ')'", 2);
    return arg;
  }
}

function integer(value: Value): bigint | undefined {
  if (typeof value === "bigint") return value;
  return /^-?\d+$/.test(value) ? BigInt(value) : undefined;
}
