// dash's arithmetic (arith_yacc.c, arith_yylex.c): 64-bit integers without powers, steps and lists; evaluated while it is read. The value of a
// variable is a number, not an expression.
import { ArithmeticError } from "../expand/arithmetic-parser.ts";
import { BuiltinError } from "../builtins/builtin.ts";
import { ExpansionError } from "../interp/expansion-error.ts";
import type { Shell } from "../interp/shell.ts";
import { assignScalar } from "../interp/assign.ts";
import { readInteger, wholeInteger } from "./number.ts";

const OPERATORS = ["<<=", ">>=", "<<", ">>", "<=", ">=", "==", "!=", "&&", "||", "*=", "/=", "%=", "+=", "-=", "&=", "^=", "|=", "+", "-", "*", "/", "%", "<", ">", "&", "|", "^", "!", "~", "?", ":", "=", "(", ")"];
const ASSIGNMENTS: ReadonlySet<string> = new Set(["=", "*=", "/=", "%=", "+=", "-=", "<<=", ">>=", "&=", "^=", "|="]);
const LEVELS: readonly (readonly string[])[] = [["|"], ["^"], ["&"], ["==", "!="], ["<=", ">=", "<", ">"], ["<<", ">>"], ["+", "-"], ["*", "/", "%"]];
const MAX_DEPTH = 400;

const wrap = (value: bigint): bigint => BigInt.asIntN(64, value);

class Evaluator {
  readonly #shell: Shell;
  readonly #text: string;
  #at = 0;
  #kind: "operator" | "number" | "name" | "end" | "bad" = "end";
  #token = "";
  #value = 0n;
  #depth = 0;

  constructor(shell: Shell, text: string) {
    this.#shell = shell;
    this.#text = text;
    this.#next();
  }

  whole(): bigint {
    const value = this.#assignment(false);
    if (!this.#isKind("end")) this.#fail("expecting EOF");
    return value;
  }

  #fail(problem: string): never {
    throw new ArithmeticError(this.#text, problem, "");
  }

  #isKind(kind: string): boolean {
    return this.#kind === kind;
  }

  #next(): void {
    while (/[ \t\n]/.test(this.#text.charAt(this.#at))) this.#at++;
    const rest = this.#text.slice(this.#at);
    if (rest === "") {
      this.#kind = "end";
      this.#token = "";
      return;
    }
    const name = /^[A-Za-z_][A-Za-z0-9_]*/.exec(rest)?.[0];
    if (name !== undefined) {
      this.#kind = "name";
      this.#token = name;
    } else if (/^[0-9]/.test(rest)) {
      const { value, length } = readInteger(rest, 0);
      this.#kind = "number";
      this.#token = rest.slice(0, length);
      this.#value = value;
    } else {
      const operator = OPERATORS.find((candidate) => rest.startsWith(candidate));
      this.#kind = operator === undefined ? "bad" : "operator";
      this.#token = operator ?? rest.charAt(0);
    }
    this.#at += this.#token.length;
  }

  #is(operator: string): boolean {
    return this.#kind === "operator" && this.#token === operator;
  }

  /** `skip`: its result is not wanted (the other side of &&, ||, ?:), so variables stay unread and unset. */
  #assignment(skip: boolean): bigint {
    if (++this.#depth > MAX_DEPTH) this.#fail("expecting primary");
    try {
      if (this.#kind !== "name") return this.#conditional(skip);
      const name = this.#token;
      const saved = this.#at;
      this.#next();
      const operator = this.#token;
      if (!this.#isKind("operator") || !ASSIGNMENTS.has(operator)) {
        this.#kind = "name";
        this.#token = name;
        this.#at = saved;
        return this.#conditional(skip);
      }
      this.#next();
      const value = this.#assignment(skip);
      if (skip) return value;
      const result = operator === "=" ? value : this.#binary(operator.slice(0, -1), this.#variable(name), value);
      assignScalar(this.#shell, name, String(result));
      return result;
    } finally {
      this.#depth--;
    }
  }

  #conditional(skip: boolean): bigint {
    const test = this.#or(skip);
    if (!this.#is("?")) return test;
    this.#next();
    const yes = this.#assignment(skip || test === 0n);
    if (!this.#is(":")) this.#fail("expecting ':'");
    this.#next();
    const no = this.#conditional(skip || test !== 0n);
    return test === 0n ? no : yes;
  }

  #or(skip: boolean): bigint {
    let left = this.#and(skip);
    while (this.#is("||")) {
      this.#next();
      const right = this.#and(skip || left !== 0n);
      left = left !== 0n || right !== 0n ? 1n : 0n;
    }
    return left;
  }

  #and(skip: boolean): bigint {
    let left = this.#level(0, skip);
    while (this.#is("&&")) {
      this.#next();
      const right = this.#level(0, skip || left === 0n);
      left = left !== 0n && right !== 0n ? 1n : 0n;
    }
    return left;
  }

  #level(level: number, skip: boolean): bigint {
    const operators = LEVELS[level];
    if (operators === undefined) return this.#primary(skip);
    let left = this.#level(level + 1, skip);
    while (this.#kind === "operator" && operators.includes(this.#token)) {
      const operator = this.#token;
      this.#next();
      const right = this.#level(level + 1, skip);
      left = skip ? right : this.#binary(operator, left, right);
    }
    return left;
  }

  #primary(skip: boolean): bigint {
    if (++this.#depth > MAX_DEPTH) this.#fail("expecting primary");
    try {
      if (this.#kind === "number") {
        const value = this.#value;
        this.#next();
        return value;
      }
      if (this.#kind === "name") {
        const name = this.#token;
        this.#next();
        return skip ? 0n : this.#variable(name);
      }
      if (this.#kind !== "operator") this.#fail("expecting primary");
      const operator = this.#token;
      switch (operator) {
        case "(": {
          this.#next();
          const value = this.#assignment(skip);
          if (!this.#is(")")) this.#fail("expecting ')'");
          this.#next();
          return value;
        }
        case "+": case "-": case "!": case "~": {
          this.#next();
          const value = this.#primary(skip);
          return operator === "+" ? value : operator === "-" ? wrap(-value) : operator === "~" ? ~value : value === 0n ? 1n : 0n;
        }
        default:
          return this.#fail("expecting primary");
      }
    } finally {
      this.#depth--;
    }
  }

  #variable(name: string): bigint {
    const text = this.#shell.getVariable(name);
    if (text === undefined) return 0n;
    try {
      return wholeInteger(text, 0);
    } catch (error) {
      if (error instanceof BuiltinError) throw new ExpansionError(error.message, "exit");
      throw error;
    }
  }

  #binary(operator: string, left: bigint, right: bigint): bigint {
    switch (operator) {
      case "*": return wrap(left * right);
      case "/": case "%":
        if (right === 0n) this.#fail("division by zero");
        return wrap(operator === "/" ? left / right : left % right);
      case "+": return wrap(left + right);
      case "-": return wrap(left - right);
      case "<<": return wrap(left << (right & 63n));
      case ">>": return left >> (right & 63n);
      case "<": return left < right ? 1n : 0n;
      case "<=": return left <= right ? 1n : 0n;
      case ">": return left > right ? 1n : 0n;
      case ">=": return left >= right ? 1n : 0n;
      case "==": return left === right ? 1n : 0n;
      case "!=": return left !== right ? 1n : 0n;
      case "&": return left & right;
      case "^": return left ^ right;
      default: return left | right;
    }
  }
}

/** Throws ArithmeticError with dash's problem, or ExpansionError for a variable that holds no number. */
export function evaluateInDash(shell: Shell, text: string): bigint {
  return new Evaluator(shell, text).whole();
}
