// Runs the tree of bc. A generator: loops pay for their steps and read() waits for a line.

import type { Blocking, Sys } from "../../kernel/sys.ts";
import {
  type Decimal, ONE, ZERO, add, compare, digitCount, divide, formatDecimal, fromInteger, isZero, multiply, negate, parseDecimal, power, remainder, squareRoot, subtract, toInteger,
} from "../kit/decimal.ts";
import type { Io } from "../kit/program.ts";
import { Addresses } from "./_addresses.ts";
import { arctangent, bessel, cosine, exponential, logarithm, sine } from "./_math-library.ts";
import type { Definition, Expression, Parameter, Statement } from "./_syntax.ts";

export class RuntimeFailure extends Error {}
export class Halt extends Error {}
class Break extends Error {}
class Continue extends Error {}
class Return extends Error {
  readonly value: Decimal;
  constructor(value: Decimal) {
    super();
    this.value = value;
  }
}

const MAX_DEPTH = 2000;
const MATH = new Map<string, (value: Decimal, scale: number) => Decimal>([["s", sine], ["c", cosine], ["a", arctangent], ["l", logarithm], ["e", exponential]]);

interface Frame {
  readonly name: string;
  readonly addresses: Addresses;
}

export class Interpreter {
  readonly #sys: Sys;
  readonly #io: Io;
  readonly #mathLibrary: boolean;
  readonly #lineLength: number;
  readonly #variables = new Map<string, Decimal>();
  readonly #arrays = new Map<string, Map<number, Decimal>>();
  readonly #functions = new Map<string, Definition>();
  readonly #readLine: () => Blocking<string | undefined>;
  #frame: Frame = { name: "(main)", addresses: new Addresses([]) };
  #depth = 0;
  #scale = 0;
  #ibase = 10;
  #obase = 10;
  #last: Decimal = ZERO;
  #column = 0;
  #seed = 1;

  constructor(sys: Sys, io: Io, options: { readonly mathLibrary: boolean; readonly lineLength: number; readonly readLine: () => Blocking<string | undefined> }) {
    this.#sys = sys;
    this.#io = io;
    this.#mathLibrary = options.mathLibrary;
    this.#lineLength = options.lineLength;
    this.#readLine = options.readLine;
    if (options.mathLibrary) this.#scale = 20;
  }

  /** One line of statements. Errors of the run are told; Halt goes on to the caller. */
  *run(statements: readonly Statement[]): Blocking<void> {
    this.#frame = { name: "(main)", addresses: new Addresses(statements) };
    this.#depth = 0;
    try {
      for (const statement of statements) yield* this.#statement(statement);
    } catch (error) {
      if (error instanceof RuntimeFailure) yield* this.#io.stderr(error.message + "\n");
      else if (!(error instanceof Break || error instanceof Continue || error instanceof Return)) throw error;
    }
  }

  #fail(at: Expression, message: string): never {
    throw new RuntimeFailure(`Runtime error (func=${this.#frame.name}, adr=${this.#frame.addresses.of(at)}): ${message}`);
  }

  *#warn(at: Expression, message: string): Blocking<void> {
    yield* this.#io.stderr(`Runtime warning (func=${this.#frame.name}, adr=${this.#frame.addresses.of(at)}): ${message}\n`);
  }

  /** Long numbers are broken with a backslash. */
  #put(text: string): void {
    const { out } = this.#io;
    for (const char of text) {
      if (char === "\n") this.#column = 0;
      else {
        this.#column++;
        if (this.#lineLength > 0 && this.#column === this.#lineLength - 1) {
          out.put("\\\n");
          this.#column = 1;
        }
      }
      out.put(char);
    }
  }

  #putPlain(text: string): void {
    this.#io.out.put(text);
    const newline = text.lastIndexOf("\n");
    this.#column = newline < 0 ? this.#column + text.length : text.length - newline - 1;
  }

  #print(value: Decimal): void {
    this.#put(formatDecimal(value, this.#obase));
    this.#last = value;
  }

  *#statement(statement: Statement): Blocking<void> {
    if (this.#sys.charge(2)) yield* this.#sys.preempt();
    if (this.#io.out.full) yield* this.#io.out.flush();
    switch (statement.kind) {
      case "expression": {
        const value = yield* this.#value(statement.value);
        if (printed(statement.value, this.#functions)) {
          this.#print(value);
          this.#putPlain("\n");
        }
        break;
      }
      case "string": this.#putPlain(statement.text); break;
      case "print":
        for (const item of statement.items) {
          if (typeof item === "string") this.#putPlain(escaped(item));
          else this.#print(yield* this.#value(item));
        }
        break;
      case "block": for (const inner of statement.body) yield* this.#statement(inner); break;
      case "if":
        if (!isZero(yield* this.#value(statement.test))) yield* this.#statement(statement.then);
        else if (statement.otherwise) yield* this.#statement(statement.otherwise);
        break;
      case "while":
        while (!isZero(yield* this.#value(statement.test))) if (!(yield* this.#body(statement.body))) break;
        break;
      case "for":
        if (statement.start) yield* this.#value(statement.start);
        while (!statement.test || !isZero(yield* this.#value(statement.test))) {
          if (!(yield* this.#body(statement.body))) break;
          if (statement.step) yield* this.#value(statement.step);
        }
        break;
      case "break": throw new Break();
      case "continue": throw new Continue();
      case "return": throw new Return(statement.value ? yield* this.#value(statement.value) : ZERO);
      case "halt": case "quit": throw new Halt();
      case "limits":
        this.#putPlain("BC_BASE_MAX     = 2147483647\nBC_DIM_MAX      = 16777215\nBC_SCALE_MAX    = 2147483647\nBC_STRING_MAX   = 2147483647\nMAX Exponent    = 9223372036854775807\nNumber of vars  = 32767\n");
        break;
      case "warranty": this.#putPlain("\nbc 1.07.1\nThis simulation of GNU bc comes without any warranty.\n"); break;
      case "define": this.#functions.set(statement.definition.name, statement.definition); break;
      default:
    }
  }

  /** False after a break. */
  *#body(statement: Statement): Blocking<boolean> {
    if (this.#sys.charge(2)) yield* this.#sys.preempt();
    try {
      yield* this.#statement(statement);
    } catch (error) {
      if (error instanceof Break) return false;
      if (!(error instanceof Continue)) throw error;
    }
    return true;
  }

  *#value(expression: Expression): Blocking<Decimal> {
    switch (expression.kind) {
      case "number": return parseDecimal(expression.text, this.#ibase);
      case "group": return yield* this.#value(expression.inner);
      case "variable": return this.#variables.get(expression.name) ?? ZERO;
      case "register": return this.#register(expression.name);
      case "element": {
        const index = yield* this.#index(expression);
        return this.#arrays.get(expression.name)?.get(index) ?? ZERO;
      }
      case "array": return ZERO;
      case "unary": {
        const value = yield* this.#value(expression.operand);
        return expression.op === "-" ? negate(value) : isZero(value) ? ONE : ZERO;
      }
      case "binary": return yield* this.#binary(expression);
      case "assign": {
        const index = expression.target.kind === "element" ? yield* this.#index(expression.target) : 0;
        const value = yield* this.#value(expression.value);
        const result = expression.op === "=" ? value : yield* this.#arithmetic(expression, expression.op.charAt(0), this.#read(expression.target, index), value);
        yield* this.#assign(expression, expression.target, index, result);
        return expression.target.kind === "register" ? this.#register(expression.target.name) : result;
      }
      case "step": {
        const index = expression.target.kind === "element" ? yield* this.#index(expression.target) : 0;
        const before = this.#read(expression.target, index);
        const after = expression.op === "++" ? add(before, ONE) : subtract(before, ONE);
        yield* this.#assign(expression, expression.target, index, after);
        return expression.prefix ? after : before;
      }
      case "builtin": return yield* this.#builtin(expression);
      case "call": return yield* this.#call(expression);
    }
  }

  #register(name: string): Decimal {
    if (name === "scale") return fromInteger(this.#scale);
    if (name === "ibase") return fromInteger(this.#ibase);
    return name === "obase" ? fromInteger(this.#obase) : name === "last" ? this.#last : ZERO;
  }

  *#index(expression: Extract<Expression, { kind: "element" }>): Blocking<number> {
    const index = Number(toInteger(yield* this.#value(expression.index)));
    if (index < 0 || index > 16777215) this.#fail(expression, `Array ${expression.name} subscript out of bounds.`);
    return index;
  }

  #read(target: Expression, index: number): Decimal {
    if (target.kind === "variable") return this.#variables.get(target.name) ?? ZERO;
    if (target.kind === "element") return this.#arrays.get(target.name)?.get(index) ?? ZERO;
    return target.kind === "register" ? this.#register(target.name) : ZERO;
  }

  *#assign(at: Expression, target: Expression, index: number, value: Decimal): Blocking<void> {
    if (target.kind === "variable") this.#variables.set(target.name, value);
    else if (target.kind === "element") {
      const array = this.#arrays.get(target.name) ?? new Map<number, Decimal>();
      array.set(index, value);
      this.#arrays.set(target.name, array);
    } else if (target.kind === "register") {
      const number = Number(toInteger(value));
      switch (target.name) {
        case "scale":
          if (number < 0) {
            yield* this.#warn(at, "negative scale, set to 0");
            this.#scale = 0;
          } else this.#scale = Math.min(number, 1_000_000);
          break;
        case "ibase":
          if (number < 2) yield* this.#warn(at, "ibase too small, set to 2");
          else if (number > 36) yield* this.#warn(at, "ibase too large, set to 36");
          this.#ibase = Math.max(2, Math.min(36, number));
          break;
        case "obase":
          if (number < 2) yield* this.#warn(at, "obase too small, set to 2");
          this.#obase = Math.max(2, Math.min(2147483647, number));
          break;
        case "last": this.#last = value; break;
        default:
      }
    }
  }

  *#binary(expression: Extract<Expression, { kind: "binary" }>): Blocking<Decimal> {
    const { op } = expression;
    const left = yield* this.#value(expression.left);
    if (op === "&&") return isZero(left) || isZero(yield* this.#value(expression.right)) ? ZERO : ONE;
    if (op === "||") return !isZero(left) || !isZero(yield* this.#value(expression.right)) ? ONE : ZERO;
    const right = yield* this.#value(expression.right);
    switch (op) {
      case "==": return compare(left, right) === 0 ? ONE : ZERO;
      case "!=": return compare(left, right) !== 0 ? ONE : ZERO;
      case "<": return compare(left, right) < 0 ? ONE : ZERO;
      case "<=": return compare(left, right) <= 0 ? ONE : ZERO;
      case ">": return compare(left, right) > 0 ? ONE : ZERO;
      case ">=": return compare(left, right) >= 0 ? ONE : ZERO;
      default: return yield* this.#arithmetic(expression, op, left, right);
    }
  }

  *#arithmetic(at: Expression, op: string, left: Decimal, right: Decimal): Blocking<Decimal> {
    const size = left.n.toString().length + right.n.toString().length;
    if (this.#sys.charge(1 + (size >> 3))) yield* this.#sys.preempt();
    switch (op) {
      case "+": return add(left, right);
      case "-": return subtract(left, right);
      case "*": return multiply(left, right, this.#scale);
      case "/":
        if (isZero(right)) this.#fail(at, "Divide by zero");
        return divide(left, right, this.#scale);
      case "%":
        if (isZero(right)) this.#fail(at, "Modulo by zero");
        return remainder(left, right, this.#scale);
      default: {
        if (right.scale > 0 && right.n % 10n ** BigInt(right.scale) !== 0n) yield* this.#warn(at, "non-zero scale in exponent");
        const exponent = toInteger(right);
        if (exponent > 2n ** 63n || exponent < -(2n ** 63n)) this.#fail(at, "exponent too large in raise");
        const digits = Number(exponent < 0n ? -exponent : exponent) * Math.max(1, left.n.toString().length);
        if (digits > 2_000_000 && left.n !== 0n && left.n !== 1n && left.n !== -1n) this.#fail(at, "exponent too large in raise");
        if (this.#sys.charge(1 + (digits >> 3))) yield* this.#sys.preempt();
        if (exponent < 0n && isZero(left)) this.#fail(at, "Divide by zero");
        return power(left, exponent, this.#scale);
      }
    }
  }

  *#builtin(expression: Extract<Expression, { kind: "builtin" }>): Blocking<Decimal> {
    if (expression.name === "read") {
      const line = yield* this.#readLine();
      const number = /^\s*(-?)\s*([0-9A-Z]*\.?[0-9A-Z]*)/.exec(line ?? "");
      const value = parseDecimal(number?.[2] || "0", this.#ibase);
      return number?.[1] === "-" ? negate(value) : value;
    }
    if (expression.name === "random") {
      // random(3) of glibc from its first seed would say 1804289383 first; here the world's randomness serves after that.
      if (this.#seed++ === 1) return fromInteger(1804289383);
      const [a = 0, b = 0, c = 0, d = 0] = this.#sys.random(4);
      return fromInteger(((a & 127) << 24) | (b << 16) | (c << 8) | d);
    }
    const value = expression.arg ? yield* this.#value(expression.arg) : ZERO;
    if (expression.name === "length") return fromInteger(digitCount(value));
    if (expression.name === "scale") return fromInteger(value.scale);
    if (value.n < 0n) this.#fail(expression, "Square root of a negative number");
    return squareRoot(value, this.#scale);
  }

  *#call(expression: Extract<Expression, { kind: "call" }>): Blocking<Decimal> {
    const definition = this.#functions.get(expression.name);
    if (!definition) {
      const math = this.#mathLibrary ? MATH.get(expression.name) : undefined;
      const [first, second] = expression.args;
      if (math && first && expression.args.length === 1) {
        if (this.#sys.charge(20 + this.#scale * 2)) yield* this.#sys.preempt();
        return math(yield* this.#value(first), this.#scale);
      }
      if (this.#mathLibrary && expression.name === "j" && first && second && expression.args.length === 2) {
        return bessel(Number(toInteger(yield* this.#value(first))), yield* this.#value(second), this.#scale);
      }
      for (const arg of expression.args) yield* this.#value(arg);
      this.#fail(expression, `Function ${expression.name} not defined.`);
    }
    if (definition.parameters.length !== expression.args.length) this.#fail(expression, `Parameter number mismatch`);
    const values: (Decimal | Map<number, Decimal>)[] = [];
    for (const [index, arg] of expression.args.entries()) {
      if (definition.parameters[index]?.array) {
        if (arg.kind !== "array") this.#fail(expression, "Parameter type mismatch parameter " + (definition.parameters[index]?.name ?? ""));
        const whole = this.#arrays.get(arg.name) ?? new Map<number, Decimal>();
        if (definition.parameters[index]?.byName) this.#arrays.set(arg.name, whole);
        values.push(definition.parameters[index]?.byName ? whole : new Map(whole));
      } else values.push(yield* this.#value(arg));
    }
    if (++this.#depth > MAX_DEPTH) this.#fail(expression, "Stack overflow.");
    const hidden = [...definition.parameters, ...definition.locals];
    const saved = hidden.map(({ name, array }) => (array ? this.#arrays.get(name) : this.#variables.get(name)));
    hidden.forEach((parameter, index) => this.#bind(parameter, values[index] ?? (parameter.array ? new Map() : ZERO)));
    const frame = this.#frame;
    this.#frame = { name: definition.name, addresses: new Addresses(definition.body) };
    let result = ZERO;
    try {
      for (const statement of definition.body) yield* this.#statement(statement);
    } catch (error) {
      if (!(error instanceof Return)) throw error;
      result = error.value;
    }
    this.#frame = frame;
    this.#depth--;
    for (let index = hidden.length - 1; index >= 0; index--) {
      const parameter = hidden[index];
      if (parameter) this.#bind(parameter, saved[index]);
    }
    return result;
  }

  #bind({ name, array }: Parameter, value: Decimal | Map<number, Decimal> | undefined): void {
    if (array) {
      if (value instanceof Map) this.#arrays.set(name, value);
      else this.#arrays.delete(name);
    } else if (value === undefined || value instanceof Map) this.#variables.delete(name);
    else this.#variables.set(name, value);
  }
}

/** Assignments are silent, and so are calls of void functions. */
function printed(expression: Expression, functions: ReadonlyMap<string, Definition>): boolean {
  if (expression.kind === "assign") return false;
  return !(expression.kind === "call" && functions.get(expression.name)?.isVoid);
}

/** Escapes of the print statement. */
function escaped(text: string): string {
  const escapes = new Map([["a", "\x07"], ["b", "\b"], ["f", "\f"], ["n", "\n"], ["q", '"'], ["r", "\r"], ["t", "\t"], ["\\", "\\"]]);
  return text.replace(/\\(.)/gs, (whole, char: string) => escapes.get(char) ?? whole);
}
