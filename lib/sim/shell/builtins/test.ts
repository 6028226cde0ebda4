// test and [ (bash(1), test expr): by the number of arguments up to four, as POSIX says, else by a small grammar (test.c).
import { parseNumber } from "../expand/arithmetic-parser.ts";
import { BINARY_TESTS, UNARY_TESTS, comesBefore, compareNumbers, fileComparison, unaryTest } from "../interp/conditional.ts";
import type { Shell } from "../interp/shell.ts";
import { type Builtin, BuiltinError } from "./builtin.ts";

class TestReader {
  readonly #shell: Shell;
  readonly #args: readonly string[];
  #at = 0;

  constructor(shell: Shell, args: readonly string[]) {
    this.#shell = shell;
    this.#args = args;
  }

  evaluate(): boolean {
    const args = this.#args;
    switch (args.length) {
      case 0: return false;
      case 1: return args[0] !== "";
      case 2: return this.#two(0);
      case 3: return this.#three(0);
      case 4:
        if (args[0] === "!") return !this.#three(1);
        if (args[0] === "(" && args[3] === ")") return this.#two(1);
        break;
      default:
    }
    const value = this.#or();
    if (this.#at < args.length) throw new BuiltinError((args[this.#at] ?? "").startsWith("-") ? `syntax error: \`${args[this.#at] ?? ""}' unexpected` : "too many arguments", 2);
    return value;
  }

  #two(at: number): boolean {
    const [a = "", b = ""] = this.#args.slice(at, at + 2);
    if (a === "!") return b === "";
    if (/^-.$/.test(a)) {
      if (UNARY_TESTS.has(a)) return this.#unary(a, b);
    }
    throw new BuiltinError(`${a}: unary operator expected`, 2);
  }

  #three(at: number): boolean {
    const [a = "", b = "", c = ""] = this.#args.slice(at, at + 3);
    if (BINARY_TESTS.has(b)) return this.#binary(a, b, c);
    if (b === "-a") return a !== "" && c !== "";
    if (b === "-o") return a !== "" || c !== "";
    if (a === "!") return !this.#two(at + 1);
    if (a === "(" && c === ")") return b !== "";
    throw new BuiltinError(`${b}: binary operator expected`, 2);
  }

  #or(): boolean {
    let value = this.#and();
    while (this.#args[this.#at] === "-o") {
      this.#at++;
      const right = this.#and();
      value = value || right;
    }
    return value;
  }

  #and(): boolean {
    let value = this.#term();
    while (this.#args[this.#at] === "-a") {
      this.#at++;
      const right = this.#term();
      value = value && right;
    }
    return value;
  }

  #term(): boolean {
    const arg = this.#args[this.#at];
    if (arg === undefined) throw new BuiltinError("argument expected", 2);
    if (arg === "!") {
      this.#at++;
      return !this.#term();
    }
    if (arg === "(") {
      this.#at++;
      const value = this.#or();
      // the closing bracket of [ is still there to be found
      if (this.#args[this.#at] === undefined) throw new BuiltinError(this.#shell.builtinName === "[" ? "`)' expected, found ]" : "`)' expected", 2);
      if (this.#args[this.#at] !== ")") throw new BuiltinError(`\`)' expected, found ${this.#args[this.#at]}`, 2);
      this.#at++;
      return value;
    }
    const operator = this.#args[this.#at + 1];
    if (operator !== undefined && this.#at + 2 < this.#args.length && BINARY_TESTS.has(operator)) {
      const right = this.#args[this.#at + 2] ?? "";
      this.#at += 3;
      return this.#binary(arg, operator, right);
    }
    if (UNARY_TESTS.has(arg) && operator !== undefined) {
      this.#at += 2;
      return this.#unary(arg, operator);
    }
    if (UNARY_TESTS.has(arg) && operator === undefined && /^-[a-zA-Z]$/.test(arg)) {
      this.#at++;
      return true;
    }
    this.#at++;
    return arg !== "";
  }

  #unary(operator: string, operand: string): boolean {
    return unaryTest(this.#shell, operator, operand);
  }

  #integer(text: string): number | bigint {
    const trimmed = text.trim();
    if (!/^[-+]?[0-9]+$/.test(trimmed)) throw new BuiltinError(this.#shell.dash ? `Illegal number: ${text}` : `${text}: integer expression expected`, 2);
    const digits = trimmed.replace(/^[-+]?0*(?=[0-9])/, "");
    const value = parseNumber(digits);
    const exact = BigInt(trimmed.replace(/^\+/, ""));
    if (typeof value === "string" || (!this.#shell.dash && BigInt.asIntN(64, exact) !== exact)) throw new BuiltinError(`${text}: integer expression expected`, 2);
    return trimmed.startsWith("-") ? (typeof value === "number" ? -value : -value) : value;
  }

  #binary(left: string, operator: string, right: string): boolean {
    switch (operator) {
      case "=": case "==": return left === right;
      case "!=": return left !== right;
      case "<": return comesBefore(left, right);
      case ">": return comesBefore(right, left);
      case "-nt": case "-ot": case "-ef": return fileComparison(this.#shell, operator, left, right);
      default: return compareNumbers(operator, this.#integer(left), this.#integer(right));
    }
  }
}

export function runTest(shell: Shell, operands: readonly string[]): number {
  return new TestReader(shell, operands).evaluate() ? 0 : 1;
}

const test: Builtin = {
  name: "test", usage: "test [expr]",
  help: "Evaluates an expression about files, strings or numbers and answers by its status. See also [[ in the manual.",
  run: (shell, args) => runTest(shell, args.slice(1)),
};
export default test;

