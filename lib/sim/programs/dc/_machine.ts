// The stack machine of dc(1): one letter is one operation. Macros are strings that are pushed on a list of texts to run.
// (More than 400 lines: one machine, a case for each command.)

import { type Blocking, type Sys, SIGNALS } from "../../kernel/sys.ts";
import { execSearching } from "../kit/exec-path.ts";
import {
  type Decimal, ONE, add, compare, digitCount, divide, formatDecimal, fromInteger, isZero, multiply, parseDecimal, power, remainder, squareRoot, subtract, toInteger,
} from "../kit/decimal.ts";
import { bytesOfLatin1 } from "../kit/latin1.ts";
import type { Io } from "../kit/gnu.ts";

type Value = Decimal | string;

interface Register {
  readonly stack: Value[];
  readonly arrays: (Map<number, Value> | undefined)[];
}

/** A text that is being run. */
interface Level {
  readonly text: string;
  at: number;
}

export class Quit extends Error {}

const isNumber = (value: Value | undefined): value is Decimal => typeof value === "object";

export class Machine {
  readonly #sys: Sys;
  readonly #io: Io;
  readonly #stack: Value[] = [];
  readonly #registers = new Map<string, Register>();
  #levels: Level[] = [];
  #scale = 0;
  #ibase = 10;
  #obase = 10;

  constructor(sys: Sys, io: Io) {
    this.#sys = sys;
    this.#io = io;
  }

  *#complain(message: string): Blocking<void> {
    yield* this.#io.warn(message);
  }

  #register(name: string): Register {
    const known = this.#registers.get(name);
    if (known) return known;
    const made: Register = { stack: [], arrays: [] };
    this.#registers.set(name, made);
    return made;
  }

  /** Runs a text as it stands in a file or on the command line. Throws Quit. */
  *run(text: string): Blocking<void> {
    this.#levels = [{ text, at: 0 }];
    while (this.#levels.length > 0) {
      const level = this.#levels.at(-1);
      if (!level) return;
      if (level.at >= level.text.length) {
        this.#levels.pop();
        continue;
      }
      if (this.#sys.charge(1)) yield* this.#sys.preempt();
      if (this.#io.out.full) yield* this.#io.out.flush();
      yield* this.#step(level);
    }
  }

  *#pop(): Blocking<Value | undefined> {
    const value = this.#stack.pop();
    if (value === undefined) yield* this.#complain("stack empty");
    return value;
  }

  /** Two numbers, or nothing: then the stack is as it was. */
  *#two(): Blocking<readonly [Decimal, Decimal] | undefined> {
    if (this.#stack.length < 2) {
      yield* this.#complain("stack empty");
      return undefined;
    }
    const [left, right] = this.#stack.slice(-2);
    if (!isNumber(left) || !isNumber(right)) {
      yield* this.#complain("non-numeric value");
      return undefined;
    }
    this.#stack.length -= 2;
    return [left, right];
  }

  *#binary(op: string): Blocking<void> {
    const pair = yield* this.#two();
    if (!pair) return;
    const [left, right] = pair;
    const restore = function* (this: Machine, message: string): Blocking<void> {
      this.#stack.push(left, right);
      yield* this.#complain(message);
    }.bind(this);
    switch (op) {
      case "+": this.#stack.push(add(left, right)); break;
      case "-": this.#stack.push(subtract(left, right)); break;
      case "*": this.#stack.push(multiply(left, right, this.#scale)); break;
      case "/": case "%": case "~":
        if (isZero(right)) return yield* restore(op === "/" ? "divide by zero" : "remainder by zero");
        if (op !== "%") this.#stack.push(divide(left, right, this.#scale));
        if (op !== "/") this.#stack.push(remainder(left, right, this.#scale));
        break;
      case "^": {
        const exponent = toInteger(right);
        const digits = Number(exponent < 0n ? -exponent : exponent) * left.n.toString().length;
        if (digits > 2_000_000 && left.n !== 0n && left.n !== 1n && left.n !== -1n) return yield* restore("exponent too large in raise");
        if (exponent < 0n && isZero(left)) return yield* restore("divide by zero");
        this.#stack.push(power(left, exponent, this.#scale));
        break;
      }
      default:
    }
  }

  #shown(value: Value): string {
    if (typeof value === "string") return value;
    const text = formatDecimal(value, this.#obase);
    // Long numbers are broken as dc breaks them: 69 characters, then a backslash.
    if (text.length <= 70) return text;
    const lines: string[] = [];
    for (let at = 0; at < text.length; at += 69) lines.push(text.slice(at, at + 69));
    return lines.join("\\\n");
  }

  #truth(op: string, top: Decimal, second: Decimal): boolean {
    const order = compare(top, second);
    switch (op) {
      case "=": return order === 0;
      case "!=": return order !== 0;
      case "<": return order < 0;
      case "!<": return order >= 0;
      case ">": return order > 0;
      default: return order <= 0;
    }
  }

  #enter(text: string): void {
    // A macro called at the very end of another one takes its place.
    const current = this.#levels.at(-1);
    if (current && current.at >= current.text.length && this.#levels.length > 1) this.#levels.pop();
    this.#levels.push({ text, at: 0 });
  }

  #leave(levels: number): void {
    if (levels >= this.#levels.length) throw new Quit();
    this.#levels.length -= levels;
  }

  *#step(level: Level): Blocking<void> {
    const { text } = level;
    const io: Io = this.#io;
    const letter = text.charAt(level.at++);
    const register = (): string => text.charAt(level.at++);
    if ("slSL:;<>=".includes(letter) && level.at >= text.length) return yield* this.#complain("unexpected EOS");
    switch (letter) {
      case " ": case "\t": case "\n": case "\f": case "\v": case "\r": return;
      case "#": {
        const end = text.indexOf("\n", level.at);
        level.at = end < 0 ? text.length : end + 1;
        return;
      }
      case "[": {
        let depth = 1;
        const start = level.at;
        while (level.at < text.length && depth > 0) {
          const char = text.charAt(level.at++);
          if (char === "[") depth++;
          else if (char === "]") depth--;
        }
        this.#stack.push(text.slice(start, depth === 0 ? level.at - 1 : level.at));
        return;
      }
      case "+": case "-": case "*": case "/": case "%": case "~": case "^": return yield* this.#binary(letter);
      case "|": return yield* this.#modularPower();
      case "v": {
        const value = yield* this.#number();
        if (!value) return;
        if (value.n < 0n) {
          this.#stack.push(value);
          return yield* this.#complain("square root of negative number");
        }
        this.#stack.push(squareRoot(value, this.#scale));
        return;
      }
      case "p": {
        const top = this.#stack.at(-1);
        if (top === undefined) return yield* this.#complain("stack empty");
        io.out.putLatin1(this.#shown(top) + "\n");
        return;
      }
      case "n": {
        const value = yield* this.#pop();
        if (value !== undefined) io.out.putLatin1(this.#shown(value));
        return;
      }
      case "P": {
        const value = yield* this.#pop();
        if (value === undefined) return;
        if (typeof value === "string") io.out.putLatin1(value);
        else {
          let whole = toInteger(value);
          if (whole < 0n) whole = -whole;
          let bytes = "";
          for (; whole > 0n; whole /= 256n) bytes = String.fromCharCode(Number(whole % 256n)) + bytes;
          io.out.putBytes(bytesOfLatin1(bytes));
        }
        return;
      }
      case "f": for (let i = this.#stack.length - 1; i >= 0; i--) io.out.putLatin1(this.#shown(this.#stack[i] ?? "") + "\n"); return;
      case "c": this.#stack.length = 0; return;
      case "d": {
        const top = this.#stack.at(-1);
        if (top === undefined) return yield* this.#complain("stack empty");
        this.#stack.push(top);
        return;
      }
      case "r": {
        if (this.#stack.length < 2) return yield* this.#complain("stack empty");
        const [a, b] = this.#stack.splice(-2);
        if (a !== undefined && b !== undefined) this.#stack.push(b, a);
        return;
      }
      case "R": {
        const value = yield* this.#number();
        if (!value) return;
        const count = Number(toInteger(value));
        const size = Math.abs(count);
        if (size < 2) return;
        if (size > this.#stack.length) return yield* this.#complain("stack empty");
        const part = this.#stack.splice(-size);
        if (count > 0) part.push(part.shift() ?? ONE);
        else part.unshift(part.pop() ?? ONE);
        this.#stack.push(...part);
        return;
      }
      case "s": {
        const name = register();
        const value = yield* this.#pop();
        if (value === undefined) return;
        const { stack } = this.#register(name);
        stack.pop();
        stack.push(value);
        return;
      }
      case "l": {
        const name = register();
        this.#stack.push(this.#register(name).stack.at(-1) ?? fromInteger(0));
        return;
      }
      case "S": {
        const name = register();
        const value = yield* this.#pop();
        if (value !== undefined) this.#register(name).stack.push(value);
        return;
      }
      case "L": {
        const name = register();
        const value = this.#register(name).stack.pop();
        if (value === undefined) return yield* this.#complain(`stack register '${name}' (0${name.charCodeAt(0).toString(8)}) is empty`);
        this.#stack.push(value);
        return;
      }
      case ":": {
        const name = register();
        const index = yield* this.#number();
        if (!index) return;
        const value = yield* this.#pop();
        if (value === undefined) return;
        if (index.n < 0n) return yield* this.#complain("array index must be a nonnegative integer");
        const { arrays } = this.#register(name);
        const array = arrays.at(-1) ?? new Map<number, Value>();
        if (arrays.length === 0) arrays.push(array);
        array.set(Number(toInteger(index)), value);
        return;
      }
      case ";": {
        const name = register();
        const index = yield* this.#number();
        if (!index) return;
        if (index.n < 0n) return yield* this.#complain("array index must be a nonnegative integer");
        this.#stack.push(this.#register(name).arrays.at(-1)?.get(Number(toInteger(index))) ?? fromInteger(0));
        return;
      }
      case "i": case "o": case "k": return yield* this.#setting(letter);
      case "I": this.#stack.push(fromInteger(this.#ibase)); return;
      case "O": this.#stack.push(fromInteger(this.#obase)); return;
      case "K": this.#stack.push(fromInteger(this.#scale)); return;
      case "a": {
        const value = yield* this.#pop();
        if (value === undefined) return;
        this.#stack.push(typeof value === "string" ? value.charAt(0) : String.fromCharCode(Number(((toInteger(value) % 256n) + 256n) % 256n)));
        return;
      }
      case "x": {
        const value = yield* this.#pop();
        if (value === undefined) return;
        if (typeof value === "string") this.#enter(value);
        else this.#stack.push(value);
        return;
      }
      case "<": case ">": case "=": return yield* this.#conditional(letter, register());
      case "!": {
        const next = text.charAt(level.at);
        if (next === "<" || next === ">" || next === "=") {
          level.at++;
          return yield* this.#conditional("!" + next, register());
        }
        const end = text.indexOf("\n", level.at);
        const command = text.slice(level.at, end < 0 ? text.length : end);
        level.at = end < 0 ? text.length : end + 1;
        return yield* this.#shell(command);
      }
      case "?": {
        yield* io.out.flush();
        const line = yield* io.stdin.line();
        if (line !== undefined) this.#enter(line);
        return;
      }
      case "q": return this.#leave(2);
      case "Q": {
        const value = yield* this.#number();
        if (!value) return;
        const count = Number(toInteger(value));
        if (count < 1) return yield* this.#complain("Q command requires a number >= 1");
        // Q never ends dc itself.
        this.#levels.length = Math.max(1, this.#levels.length - count);
        return;
      }
      case "Z": {
        const value = yield* this.#pop();
        if (value !== undefined) this.#stack.push(fromInteger(typeof value === "string" ? value.length : isZero(value) ? 1 : digitCount(value)));
        return;
      }
      case "X": {
        const value = yield* this.#pop();
        if (value !== undefined) this.#stack.push(fromInteger(typeof value === "string" ? 0 : value.scale));
        return;
      }
      case "z": this.#stack.push(fromInteger(this.#stack.length)); return;
      default:
    }
    const number = /^_?[0-9A-F]*\.?[0-9A-F]*/.exec(text.slice(level.at - 1))?.[0] ?? "";
    if (/[0-9A-F.]/.test(letter) || (letter === "_" && number.length >= 1)) {
      level.at += number.length - 1;
      const value = parseDecimal(number.replace("_", ""), this.#ibase);
      this.#stack.push(number.startsWith("_") ? { n: -value.n, scale: value.scale } : value);
      return;
    }
    // The name goes to standard error, the rest to standard output: so does the real program.
    yield* io.stderr(`${io.argv0}: `);
    io.out.putLatin1(`'${letter}' (0${letter.charCodeAt(0).toString(8)}) unimplemented\n`);
  }

  *#number(): Blocking<Decimal | undefined> {
    const value = yield* this.#pop();
    if (value === undefined || typeof value !== "string") return value;
    this.#stack.push(value);
    yield* this.#complain("non-numeric value");
    return undefined;
  }

  *#setting(letter: string): Blocking<void> {
    const value = yield* this.#pop();
    if (value === undefined) return;
    const number = typeof value === "string" ? Number.NaN : Number(toInteger(value));
    if (letter === "k") {
      if (!(number >= 0)) yield* this.#complain("scale must be a nonnegative integer");
      else this.#scale = Math.min(number, 1_000_000);
    } else if (letter === "i") {
      if (!(number >= 2 && number <= 16)) yield* this.#complain("input base must be a number between 2 and 16 (inclusive)");
      else this.#ibase = number;
    } else if (!(number >= 2)) yield* this.#complain("output base must be a number greater than 1");
    else this.#obase = number;
  }

  *#modularPower(): Blocking<void> {
    if (this.#stack.length < 3) return yield* this.#complain("stack empty");
    const [base, exponent, modulus] = this.#stack.slice(-3);
    if (!isNumber(base) || !isNumber(exponent) || !isNumber(modulus)) return yield* this.#complain("non-numeric value");
    const [b, e, m] = [toInteger(base), toInteger(exponent), toInteger(modulus)];
    if (m === 0n) return yield* this.#complain("remainder by zero");
    if (e < 0n) return yield* this.#complain("negative exponent");
    this.#stack.length -= 3;
    let result = 1n;
    let square = b % m;
    for (let rest = e; rest > 0n; rest >>= 1n) {
      if (rest & 1n) result = (result * square) % m;
      square = (square * square) % m;
    }
    this.#stack.push({ n: result % m, scale: 0 });
  }

  *#conditional(op: string, name: string): Blocking<void> {
    const pair = yield* this.#two();
    if (!pair) return;
    const [second, top] = pair;
    if (!this.#truth(op, top, second)) return;
    const macro = this.#register(name).stack.at(-1);
    if (typeof macro === "string") this.#enter(macro);
    else if (macro !== undefined) this.#stack.push(macro);
  }

  *#shell(command: string): Blocking<void> {
    yield* this.#io.out.flush();
    const pid = this.#sys.fork(function* (child) {
      child.sigaction(SIGNALS.INT, "default");
      yield* execSearching(child, "/bin/sh", ["sh", "-c", command]);
      return 127;
    });
    yield* this.#sys.waitpid(pid);
  }
}
