// test and [ of dash (bltin/test.c): three and four arguments as POSIX says, the rest by a grammar that looks one word ahead.
import { fileComparison, unaryTest } from "../interp/conditional.ts";
import type { Shell } from "../interp/shell.ts";
import { type Builtin, BuiltinError } from "../builtins/builtin.ts";
import { wholeInteger } from "./number.ts";

type Kind = "unary" | "binary" | "not" | "and-or" | "parenthesis";

const KINDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ...["-r", "-w", "-x", "-e", "-f", "-d", "-c", "-b", "-p", "-u", "-g", "-k", "-s", "-t", "-z", "-n", "-h", "-O", "-G", "-L", "-S"].map((name): [string, Kind] => [name, "unary"]),
  ...["=", "!=", "<", ">", "-eq", "-ne", "-ge", "-gt", "-le", "-lt", "-nt", "-ot", "-ef"].map((name): [string, Kind] => [name, "binary"]),
  ["!", "not"], ["-a", "and-or"], ["-o", "and-or"], ["(", "parenthesis"], [")", "parenthesis"],
]);

class DashTest {
  readonly #shell: Shell;
  #words: readonly string[];
  #at = 0;
  /** The operator that the word looked at last is; undefined for an operand or the end. */
  #operator: string | undefined;

  constructor(shell: Shell, words: readonly string[]) {
    this.#shell = shell;
    this.#words = words;
  }

  holds(): boolean {
    let wanted = true;
    let binary = false;
    while (this.#words.length > 0) {
      const words = this.#words;
      if (words.length === 3 && KINDS.get(words[1] ?? "") === "binary") {
        binary = true;
        break;
      }
      if (words.length !== 3 && words.length !== 4) break;
      if (words[0] === "(" && words.at(-1) === ")") {
        this.#words = words.slice(1, -1);
        break;
      }
      if (words[0] !== "!") break;
      wanted = false;
      this.#words = words.slice(1);
    }
    if (this.#words.length === 0) return !wanted;
    const value = this.#or(binary ? "operand" : this.#look(0));
    if (this.#words[this.#at + 1] !== undefined) throw new BuiltinError(`${this.#words[this.#at]}: unexpected operator`, 2);
    return value === wanted;
  }

  /** What stands at a word: an operator's text, "operand" or "end". */
  #look(at: number): string {
    const word = this.#words[at];
    this.#operator = undefined;
    if (word === undefined) return "end";
    const kind = KINDS.get(word);
    if (kind === undefined || (kind === "unary" && this.#isOperand(at)) || (word === "(" && this.#words[at + 1] === undefined)) return "operand";
    this.#operator = word;
    return word;
  }

  /** -f alone, or -f before a binary operator, is a text. */
  #isOperand(at: number): boolean {
    const next = this.#words[at + 1];
    if (next === undefined) return true;
    return this.#words[at + 2] !== undefined && KINDS.get(next) === "binary";
  }

  #or(first: string): boolean {
    let value = false;
    for (let token = first; ; token = this.#look((this.#at += 2))) {
      if (this.#and(token)) value = true;
      if (this.#look(this.#at + 1) !== "-o") return value;
    }
  }

  #and(first: string): boolean {
    let value = true;
    for (let token = first; ; token = this.#look((this.#at += 2))) {
      if (!this.#not(token)) value = false;
      if (this.#look(this.#at + 1) !== "-a") return value;
    }
  }

  #not(token: string): boolean {
    if (token !== "!") return this.#primary(token);
    const next = this.#look(this.#at + 1);
    if (next !== "end") this.#at++;
    return !this.#not(next);
  }

  #primary(token: string): boolean {
    if (token === "end") return false;
    if (token === "(") {
      const next = this.#look(++this.#at);
      if (next === ")") return false;
      const value = this.#or(next);
      if (this.#look(++this.#at) !== ")") throw new BuiltinError("closing paren expected", 2);
      return value;
    }
    if (this.#operator !== undefined && KINDS.get(this.#operator) === "unary") return this.#unary(this.#operator);
    this.#look(this.#at + 1);
    if (this.#operator !== undefined && KINDS.get(this.#operator) === "binary") return this.#binary(this.#operator);
    return this.#words[this.#at] !== "";
  }

  #unary(operator: string): boolean {
    const operand = this.#words[++this.#at];
    if (operand === undefined) throw new BuiltinError(`${operator}: argument expected`, 2);
    if (operator === "-t") wholeInteger(operand, 10);
    return unaryTest(this.#shell, operator, operand);
  }

  #binary(operator: string): boolean {
    const left = this.#words[this.#at] ?? "";
    this.#at += 2;
    const right = this.#words[this.#at];
    if (right === undefined) throw new BuiltinError(`${operator}: argument expected`, 2);
    const compared = () => {
      const a = wholeInteger(left, 10);
      const b = wholeInteger(right, 10);
      return a < b ? -1 : a > b ? 1 : 0;
    };
    switch (operator) {
      case "=": return left === right;
      case "!=": return left !== right;
      case "<": return left < right;
      case ">": return left > right;
      case "-eq": return compared() === 0;
      case "-ne": return compared() !== 0;
      case "-ge": return compared() >= 0;
      case "-gt": return compared() > 0;
      case "-le": return compared() <= 0;
      case "-lt": return compared() < 0;
      // a file that is not there is neither newer nor older
      default: return this.#exists(left) && this.#exists(right) && fileComparison(this.#shell, operator, left, right);
    }
  }

  #exists(path: string): boolean {
    return unaryTest(this.#shell, "-e", path);
  }
}

function run(shell: Shell, args: readonly string[]): number {
  let words = args.slice(1);
  if (args[0] === "[") {
    if (words.at(-1) !== "]") throw new BuiltinError("missing ]", 2);
    words = words.slice(0, -1);
  }
  return new DashTest(shell, words).holds() ? 0 : 1;
}

export const dashTest: Builtin = { name: "test", usage: "", help: "", run };
export const dashBracket: Builtin = { name: "[", usage: "", help: "", run };
