// Shell arithmetic (bash(1), "ARITHMETIC EVALUATION"): 64-bit integers that wrap. The tree (arithmetic-parser.ts) is evaluated on plain numbers as
// long as they are safe integers, on BigInt beyond.
import { ArithmeticError, expressionOf, type Int, type Node, normalise, type Target } from "./arithmetic-parser.ts";

/** The variables as the evaluator sees them. */
export interface ArithmeticContext {
  /** Value text; undefined when unset (0, or an error under `set -u`, which the context throws). */
  get(name: string): string | undefined;
  getElement(name: string, subscript: string): string | undefined;
  /** The index as a number, where an element is read and then written; undefined when its subscript may stay as it is. */
  settle?(name: string, subscript: string): string | undefined;
  set(name: string, value: string): void;
  setElement(name: string, subscript: string, value: string): void;
}

const MIN = -(2n ** 63n);

/** Throws ArithmeticError; the message lacks the shell's prefix. */
export function evaluate(text: string, context: ArithmeticContext): Int {
  return new Evaluator(context).text(text, 0);
}

class Evaluator {
  readonly #context: ArithmeticContext;
  #depth = 0;
  #text = "";
  #powers = false;

  constructor(context: ArithmeticContext) {
    this.#context = context;
  }

  text(text: string, depth: number): Int {
    if (depth > 1024) throw new ArithmeticError(text, "expression recursion level exceeded", text);
    const outer = this.#text;
    const outerDepth = this.#depth;
    this.#depth = depth;
    this.#text = text;
    const { node, powers } = expressionOf(text);
    const outerPowers = this.#powers;
    this.#powers = powers;
    const value = this.#node(node);
    this.#powers = outerPowers;
    this.#text = outer;
    this.#depth = outerDepth;
    return value;
  }

  #fail(message: string, rest: string): never {
    throw new ArithmeticError(this.#text, message, rest);
  }

  /** The number that a variable's text stands for: mostly digits, else an expression of its own. */
  #value(text: string | undefined): Int {
    if (text === undefined || text === "") return 0;
    if (/^-?[1-9][0-9]{0,14}$|^0$/.test(text)) return Number(text);
    return this.text(text, this.#depth + 1);
  }

  #get(target: Target): Int {
    return this.#value(target.type === "variable" ? this.#context.get(target.name) : this.#context.getElement(target.name, target.subscript));
  }

  /** With its subscript worked out, which what is read and written twice needs only once. */
  #settled(target: Target): Target {
    if (target.type === "variable" || /^[0-9]+$/.test(target.subscript)) return target;
    const subscript = this.#context.settle?.(target.name, target.subscript);
    return subscript === undefined ? target : { ...target, subscript };
  }

  #set(target: Target, value: Int): void {
    const text = String(value);
    if (target.type === "variable") this.#context.set(target.name, text);
    else this.#context.setElement(target.name, target.subscript, text);
  }

  #node(node: Node): Int {
    switch (node.type) {
      case "number":
        return node.value;
      case "variable":
      case "element":
        return this.#get(node);
      case "binary":
        return this.#binary(node.operator, this.#node(node.left), this.#node(node.right), node.rest);
      case "step": {
        const target = this.#settled(node.target);
        const old = this.#get(target);
        const value = this.#binary("+", old, node.by, "");
        this.#set(target, value);
        return node.prefix ? value : old;
      }
      case "assign": {
        let value: Int;
        if (node.operator === "=") value = this.#node(node.value);
        else {
          const target = this.#settled(node.target);
          const left = this.#get(target);
          value = this.#binary(node.operator.slice(0, -1), left, this.#node(node.value), node.rest);
          this.#set(target, value);
          return value;
        }
        this.#set(node.target, value);
        return value;
      }
      case "and":
        if (isTrue(this.#node(node.left))) return isTrue(this.#node(node.right)) ? 1 : 0;
        if (this.#powers) this.#skipped(node.right);
        return 0;
      case "or":
        if (!isTrue(this.#node(node.left))) return isTrue(this.#node(node.right)) ? 1 : 0;
        if (this.#powers) this.#skipped(node.right);
        return 1;
      case "conditional": {
        const test = isTrue(this.#node(node.test));
        if (this.#powers && !test) this.#skipped(node.yes);
        const value = this.#node(test ? node.yes : node.no);
        if (this.#powers && test) this.#skipped(node.no);
        return value;
      }
      case "comma":
        this.#node(node.left);
        return this.#node(node.right);
      case "unary": {
        const value = this.#node(node.operand);
        switch (node.operator) {
          case "!":
            return isTrue(value) ? 0 : 1;
          case "-":
            return typeof value === "number" ? (value === 0 ? 0 : -value) : normalise(-value);
          case "~":
            return normalise(~BigInt(value));
          default:
            return value;
        }
      }
      case "problem":
        this.#node(node.before);
        throw node.error;
      case "empty":
        return 0;
    }
  }

  /** What is not evaluated: its variables are 0, nothing is assigned or divided, but `**` looks at its exponent (expr.c, exppower). */
  #skipped(node: Node): Int {
    switch (node.type) {
      case "number":
        return node.value;
      case "binary": {
        const left = this.#skipped(node.left);
        const right = this.#skipped(node.right);
        return (node.operator === "/" || node.operator === "%") && !isTrue(right) ? left : this.#binary(node.operator, left, right, node.rest);
      }
      case "unary": {
        const value = this.#skipped(node.operand);
        return node.operator === "-" ? normalise(-BigInt(value)) : node.operator === "~" ? normalise(~BigInt(value)) : node.operator === "!" ? (isTrue(value) ? 0 : 1) : value;
      }
      case "and": case "or": case "comma": {
        const left = isTrue(this.#skipped(node.left));
        const right = this.#skipped(node.right);
        return node.type === "comma" ? right : (node.type === "and" ? left && isTrue(right) : left || isTrue(right)) ? 1 : 0;
      }
      case "conditional": {
        const test = isTrue(this.#skipped(node.test));
        const yes = this.#skipped(node.yes);
        const no = this.#skipped(node.no);
        return test ? yes : no;
      }
      case "assign":
        return this.#skipped(node.value);
      case "problem":
        return this.#skipped(node.before);
      default:
        return 0;
    }
  }

  #binary(operator: string, a: Int, b: Int, rest: string): Int {
    if (typeof a === "number" && typeof b === "number") {
      switch (operator) {
        case "+": {
          const sum = a + b;
          if (Number.isSafeInteger(sum)) return sum;
          break;
        }
        case "-": {
          const difference = a - b;
          if (Number.isSafeInteger(difference)) return difference;
          break;
        }
        case "*": {
          const product = a * b;
          if (Number.isSafeInteger(product)) return product === 0 ? 0 : product;
          break;
        }
        case "/":
          if (b === 0) this.#fail("division by 0", rest);
          return Math.trunc(a / b) || 0;
        case "%":
          if (b === 0) this.#fail("division by 0", rest);
          return a % b || 0;
        case "<": return a < b ? 1 : 0;
        case ">": return a > b ? 1 : 0;
        case "<=": return a <= b ? 1 : 0;
        case ">=": return a >= b ? 1 : 0;
        case "==": return a === b ? 1 : 0;
        case "!=": return a !== b ? 1 : 0;
        case "&":
          if (isInt32(a) && isInt32(b)) return a & b;
          break;
        case "|":
          if (isInt32(a) && isInt32(b)) return a | b;
          break;
        case "^":
          if (isInt32(a) && isInt32(b)) return a ^ b;
          break;
        default:
      }
    }
    const x = BigInt(a);
    const y = BigInt(b);
    switch (operator) {
      case "+": return normalise(x + y);
      case "-": return normalise(x - y);
      case "*": return normalise(x * y);
      case "/":
        if (y === 0n) this.#fail("division by 0", rest);
        return x === MIN && y === -1n ? x : normalise(x / y);
      case "%":
        if (y === 0n) this.#fail("division by 0", rest);
        return normalise(x % y);
      case "**": {
        if (y < 0n) this.#fail("exponent less than 0", rest);
        let result = 1n;
        let base = x;
        for (let exponent = y; exponent > 0n; exponent >>= 1n) {
          if (exponent & 1n) result = BigInt.asIntN(64, result * base);
          base = BigInt.asIntN(64, base * base);
        }
        return normalise(result);
      }
      case "<<": return normalise(x << (y & 63n));
      case ">>": return normalise(x >> (y & 63n));
      case "<": return x < y ? 1 : 0;
      case ">": return x > y ? 1 : 0;
      case "<=": return x <= y ? 1 : 0;
      case ">=": return x >= y ? 1 : 0;
      case "==": return x === y ? 1 : 0;
      case "!=": return x !== y ? 1 : 0;
      case "&": return normalise(x & y);
      case "|": return normalise(x | y);
      default: return normalise(x ^ y);
    }
  }
}

function isTrue(value: Int): boolean {
  return value !== 0 && value !== 0n;
}

function isInt32(value: number): boolean {
  return value === (value | 0);
}
