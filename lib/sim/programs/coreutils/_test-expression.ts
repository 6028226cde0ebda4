// The expressions of test(1) and [(1), with POSIX's rules by number of arguments, then the GNU grammar with -a, -o, ! and parentheses.

import { S, type Sys, SysError } from "../../kernel/sys.ts";
import { compareBytes } from "../kit/collate.ts";

/** What is wrong with an expression. */
export class TestError extends Error {}

const BINARY = new Set(["=", "==", "!=", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef"]);
const UNARY = "bcdefghknoprstuwxzGLNOS";

export class TestExpression {
  readonly #sys: Sys;
  readonly #args: readonly string[];
  readonly #quote: (text: string) => string;
  #at = 0;

  constructor(sys: Sys, args: readonly string[], quote: (text: string) => string) {
    this.#sys = sys;
    this.#args = args;
    this.#quote = quote;
  }

  value(): boolean {
    const result = this.#posix(this.#args.length);
    const extra = this.#args[this.#at];
    if (extra !== undefined) throw new TestError(`extra argument ${this.#quote(extra)}`);
    return result;
  }

  #posix(count: number): boolean {
    const [first = "", second = "", third = ""] = this.#args.slice(this.#at);
    switch (count) {
      case 0: return false;
      case 1: return this.#one();
      case 2:
        if (first === "!") {
          this.#at++;
          return !this.#one();
        }
        if (/^-.$/s.test(first)) {
          if (UNARY.includes(first.charAt(1))) return this.#unary();
          throw new TestError(`${this.#quote(first)}: unary operator expected`);
        }
        throw new TestError(`missing argument after ${this.#quote(second)}`);
      case 3:
        if (BINARY.has(second)) return this.#binary();
        if (first === "!") {
          this.#at++;
          return !this.#posix(2);
        }
        if (first === "(" && third === ")") {
          this.#at++;
          const value = this.#one();
          this.#at++;
          return value;
        }
        if (second === "-a" || second === "-o") return this.#or();
        throw new TestError(`${this.#quote(second)}: binary operator expected`);
      case 4:
        if (first === "!") {
          this.#at++;
          return !this.#posix(3);
        }
        if (first === "(" && this.#args[this.#at + 3] === ")") {
          this.#at++;
          const value = this.#posix(2);
          this.#at++;
          return value;
        }
        return this.#or();
      default: return this.#or();
    }
  }

  #next(): string {
    const arg = this.#args[this.#at];
    if (arg === undefined) throw new TestError(`missing argument after ${this.#quote(this.#args.at(-1) ?? "")}`);
    this.#at++;
    return arg;
  }

  #one(): boolean {
    return this.#next() !== "";
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
    let negated = false;
    while (this.#args[this.#at] === "!" ) {
      this.#at++;
      negated = !negated;
      if (this.#args[this.#at] === undefined) this.#next();
    }
    const arg = this.#args[this.#at];
    if (arg === undefined) this.#next();
    const left = this.#args.length - this.#at;
    let value: boolean;
    if (arg === "(") {
      this.#at++;
      if (this.#args[this.#at] === undefined) this.#next();
      let inner = 1;
      while (this.#at + inner < this.#args.length && this.#args[this.#at + inner] !== ")") {
        if (inner === 4) {
          inner = this.#args.length - this.#at;
          break;
        }
        inner++;
      }
      value = inner <= 4 && this.#args[this.#at + inner] === ")" ? this.#posix(inner) : this.#or();
      const closing = this.#args[this.#at];
      if (closing === undefined) throw new TestError(`${this.#quote(")")} expected`);
      if (closing !== ")") throw new TestError(`${this.#quote(")")} expected, found ${closing}`);
      this.#at++;
    } else if (left >= 4 && arg === "-l" && BINARY.has(this.#args[this.#at + 2] ?? "")) value = this.#binary();
    else if (left >= 3 && BINARY.has(this.#args[this.#at + 1] ?? "")) value = this.#binary();
    else if (/^-.$/s.test(arg ?? "")) {
      if (!UNARY.includes((arg ?? "").charAt(1))) throw new TestError(`${this.#quote(arg ?? "")}: unary operator expected`);
      value = this.#unary();
    } else value = this.#one();
    return value !== negated;
  }

  #integer(text: string): bigint {
    const match = /^\s*([-+]?\d+)\s*$/.exec(text);
    if (!match) throw new TestError(`invalid integer ${this.#quote(text)}`);
    return BigInt((match[1] ?? "0").replace(/^\+/, ""));
  }

  #binary(): boolean {
    const leftLength = this.#args[this.#at] === "-l" && BINARY.has(this.#args[this.#at + 2] ?? "");
    if (leftLength) this.#at++;
    const left = this.#next();
    const op = this.#next();
    const rightLength = this.#args[this.#at] === "-l" && this.#args[this.#at + 1] !== undefined;
    if (rightLength) this.#at++;
    const right = this.#next();
    switch (op) {
      case "=": case "==": return left === right;
      case "!=": return left !== right;
      case "<": return compareBytes(left, right) < 0;
      case ">": return compareBytes(left, right) > 0;
      case "-nt": case "-ot": {
        const [a, b] = [this.#stat(left), this.#stat(right)];
        if (op === "-nt") return a !== undefined && (b === undefined || a.mtimeUs > b.mtimeUs);
        return b !== undefined && (a === undefined || a.mtimeUs < b.mtimeUs);
      }
      case "-ef": {
        const [a, b] = [this.#stat(left), this.#stat(right)];
        return a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev;
      }
      default: {
        const a = leftLength ? BigInt(left.length) : this.#integer(left);
        const b = rightLength ? BigInt(right.length) : this.#integer(right);
        return op === "-eq" ? a === b : op === "-ne" ? a !== b : op === "-lt" ? a < b : op === "-le" ? a <= b : op === "-gt" ? a > b : a >= b;
      }
    }
  }

  #stat(path: string) {
    try {
      return this.#sys.stat(path);
    } catch (error) {
      if (error instanceof SysError) return undefined;
      throw error;
    }
  }

  #access(path: string, mode: number): boolean {
    try {
      this.#sys.access(path, mode, true);
      return true;
    } catch (error) {
      if (error instanceof SysError) return false;
      throw error;
    }
  }

  #unary(): boolean {
    const op = this.#next();
    const operand = this.#next();
    const sys = this.#sys;
    const type = (wanted: number): boolean => ((this.#stat(operand)?.mode ?? 0) & S.IFMT) === wanted;
    const bit = (wanted: number): boolean => ((this.#stat(operand)?.mode ?? 0) & wanted) !== 0;
    switch (op.charAt(1)) {
      case "n": return operand !== "";
      case "z": return operand === "";
      case "e": return this.#stat(operand) !== undefined;
      case "f": return type(S.IFREG);
      case "d": return type(S.IFDIR);
      case "b": return type(S.IFBLK);
      case "c": return type(S.IFCHR);
      case "p": return type(S.IFIFO);
      case "S": return type(S.IFSOCK);
      case "L": case "h":
        try {
          return (sys.lstat(operand).mode & S.IFMT) === S.IFLNK;
        } catch (error) {
          if (error instanceof SysError) return false;
          throw error;
        }
      case "u": return bit(S.ISUID);
      case "g": return bit(S.ISGID);
      case "k": return bit(S.ISVTX);
      case "s": return (this.#stat(operand)?.sizeBytes ?? 0) > 0;
      case "r": return this.#access(operand, 4);
      case "w": return this.#access(operand, 2);
      case "x": return this.#access(operand, 1);
      case "O": return this.#stat(operand)?.uid === sys.getcred().euid;
      case "G": return this.#stat(operand)?.gid === sys.getcred().egid;
      case "N": {
        const stat = this.#stat(operand);
        return stat !== undefined && stat.mtimeUs > stat.atimeUs;
      }
      case "t": {
        const fd = this.#integer(operand);
        return fd >= 0n && fd < 65536n && sys.isatty(Number(fd));
      }
      default: return false;
    }
  }
}
