// Expressions and statements that never wait, as closures. Each expression has three: its value, its text, its number, so that `print $1` makes no
// value objects and `$3 * 2` no strings.
// (More than 400 lines: a case for each kind of node.)

import { Completion } from "../kit/awk/completion.ts";
import { arithmetic, holds } from "../kit/awk/operators.ts";
import type { AwkArray } from "./_array.ts";
import type { Expression, Item, Lvalue, Statement, Variable } from "../kit/awk/syntax-tree.ts";
import { arrayVariable } from "./_ast.ts";
import { callBuiltin, matches, matchFunction, regexOf, split, substitute } from "./_operations.ts";
import { itemKey, type Runtime } from "./_runtime.ts";
import { compileAwkRegex } from "./_separators.ts";
import type { Regex } from "../kit/regex/compile-regex.ts";
import { numberOfText, toBoolean, toNumber, type Value } from "./_value.ts";

export interface Code {
  v(): Value;
  s(): string;
  n(): number;
}

const MAX_DEPTH = 1500;

export class TooDeepError extends Error {}

export class Compiler {
  readonly #runtime: Runtime;
  readonly #expressions = new Map<Expression, Code>();
  readonly #statements = new Map<Statement, () => number>();
  readonly #constantRegexes = new Map<Expression, Regex>();

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
  }

  // ---- variables

  array(node: Variable | Item): AwkArray {
    const variable = arrayVariable(node);
    const { localArrays, globalArrays } = this.#runtime;
    const table = variable.local === undefined ? globalArrays : localArrays;
    const slot = variable.local ?? variable.slot;
    let array = table[slot];
    if (!array) {
      array = this.#runtime.newArray();
      table[slot] = array;
    }
    return array;
  }

  /** What assigns to the target; its index expressions are evaluated by the call. */
  setter(target: Lvalue): (value: Value) => void {
    const runtime = this.#runtime;
    switch (target.kind) {
      case "variable": {
        const { name, slot, local } = target;
        if (local !== undefined) return (value) => { runtime.locals[local] = value; };
        if (SPECIAL.has(name)) return (value) => runtime.setGlobal(name, value);
        return (value) => { runtime.globals[slot] = value; };
      }
      case "field": {
        const index = this.expression(target.index);
        return (value) => runtime.setField(index.n(), value);
      }
      case "item": {
        const key = this.#key(target.index);
        return (value) => {
          const { key: text, byNumber } = key();
          this.array(target.array).set(text, value, byNumber);
        };
      }
    }
  }

  #key(index: readonly Expression[]): () => { readonly key: string; readonly byNumber: boolean } {
    const runtime = this.#runtime;
    const codes = index.map((one) => this.expression(one));
    const [only] = codes;
    if (codes.length === 1 && only) return () => itemKey(runtime, only.v());
    return () => ({ key: runtime.key(codes.map((code) => code.v())), byNumber: false });
  }

  // ---- expressions

  expression(node: Expression): Code {
    let code = this.#expressions.get(node);
    if (!code) {
      code = this.#compile(node);
      this.#expressions.set(node, code);
    }
    return code;
  }

  condition(node: Expression): () => boolean {
    switch (node.kind) {
      case "compare":
      case "match":
      case "in":
      case "logic":
      case "regex": {
        const code = this.expression(node);
        return () => code.n() !== 0;
      }
      case "unary":
        if (node.operator === "!") {
          const inner = this.condition(node.operand);
          return () => !inner();
        }
        break;
      default:
        break;
    }
    const code = this.expression(node);
    if (node.kind === "string") {
      const result = node.value !== "";
      return () => result;
    }
    return () => toBoolean(code.v());
  }

  #fromValue(v: () => Value): Code {
    const runtime = this.#runtime;
    return { v, s: () => runtime.text(v()), n: () => toNumber(v()) };
  }

  #fromNumber(n: () => number): Code {
    const runtime = this.#runtime;
    return { v: n, n, s: () => runtime.text(n()) };
  }

  #fromText(s: () => string): Code {
    return { v: s, s, n: () => numberOfText(s()) };
  }

  #compile(node: Expression): Code {
    const runtime = this.#runtime;
    switch (node.kind) {
      case "number": {
        const { value } = node;
        return this.#fromNumber(() => value);
      }
      case "string": {
        const { value } = node;
        return this.#fromText(() => value);
      }
      case "regex": {
        const regex = this.#constantRegex(node);
        return this.#fromNumber(() => (matches(runtime, regex, runtime.recordText()) ? 1 : 0));
      }
      case "variable":
        return this.#variable(node);
      case "field": {
        if (node.index.kind === "number") {
          const index = node.index.value;
          return { v: () => runtime.field(index), s: () => runtime.fieldText(index), n: () => numberOfText(runtime.fieldText(index)) };
        }
        const index = this.expression(node.index);
        return { v: () => runtime.field(index.n()), s: () => runtime.fieldText(index.n()), n: () => numberOfText(runtime.fieldText(index.n())) };
      }
      case "item": {
        const key = this.#key(node.index);
        return this.#fromValue(() => {
          const { key: text, byNumber } = key();
          return this.array(node.array).get(text, byNumber);
        });
      }
      case "assign":
        return this.#assign(node);
      case "step":
        return this.#step(node);
      case "condition": {
        const test = this.condition(node.test);
        const yes = this.expression(node.yes);
        const no = this.expression(node.no);
        return { v: () => (test() ? yes : no).v(), s: () => (test() ? yes : no).s(), n: () => (test() ? yes : no).n() };
      }
      case "logic": {
        const left = this.condition(node.left);
        const right = this.condition(node.right);
        return node.operator === "&&" ? this.#fromNumber(() => (left() && right() ? 1 : 0)) : this.#fromNumber(() => (left() || right() ? 1 : 0));
      }
      case "binary": {
        const left = this.expression(node.left);
        const right = this.expression(node.right);
        switch (node.operator) {
          case "+":
            return this.#fromNumber(() => left.n() + right.n());
          case "-":
            return this.#fromNumber(() => left.n() - right.n());
          case "*":
            return this.#fromNumber(() => left.n() * right.n());
          case "/":
            return this.#fromNumber(() => left.n() / right.n());
          case "%":
            return this.#fromNumber(() => left.n() % right.n());
          default:
            return this.#fromNumber(() => left.n() ** right.n());
        }
      }
      case "compare": {
        const left = this.expression(node.left);
        const right = this.expression(node.right);
        const { operator } = node;
        return this.#fromNumber(() => (holds(operator, runtime.compare(left.v(), right.v())) ? 1 : 0));
      }
      case "match": {
        const text = this.expression(node.text);
        const regex = this.#regex(node.pattern);
        const { negated } = node;
        return this.#fromNumber(() => {
          const subject = text.s();
          return matches(runtime, regex(), subject) !== negated ? 1 : 0;
        });
      }
      case "concat": {
        const left = this.expression(node.left);
        const right = this.expression(node.right);
        return this.#fromText(() => runtime.joined(left.s() + right.s()));
      }
      case "unary": {
        if (node.operator === "!") {
          const test = this.condition(node.operand);
          return this.#fromNumber(() => (test() ? 0 : 1));
        }
        const operand = this.expression(node.operand);
        return node.operator === "-" ? this.#fromNumber(() => -operand.n()) : this.#fromNumber(() => operand.n());
      }
      case "in": {
        const key = this.#key(node.index);
        return this.#fromNumber(() => {
          const { key: text, byNumber } = key();
          return this.array(node.array).has(text, byNumber) ? 1 : 0;
        });
      }
      case "builtin":
        return this.#builtin(node);
      case "call":
        return this.#fromValue(this.#call(node));
      case "group": {
        const [first] = node.items;
        if (!first) throw new Error("an empty group");
        return this.expression(first);
      }
      default:
        throw new Error(`${node.kind} is no plain expression of mawk's`);
    }
  }

  #constantRegex(node: Extract<Expression, { kind: "regex" }>): Regex {
    let regex = this.#constantRegexes.get(node);
    if (!regex) {
      regex = compileAwkRegex(this.#runtime.regexes, node.source);
      this.#constantRegexes.set(node, regex);
    }
    return regex;
  }

  #regex(node: Expression): () => Regex {
    if (node.kind === "regex") {
      const regex = this.#constantRegex(node);
      return () => regex;
    }
    const code = this.expression(node);
    return () => regexOf(this.#runtime, code.s());
  }

  #variable(node: Variable): Code {
    const runtime = this.#runtime;
    const { local, slot, name } = node;
    if (local !== undefined) return this.#fromValue(() => runtime.locals[local]);
    if (name === "NF") return this.#fromNumber(() => runtime.nf);
    if (name === "NR") return this.#fromNumber(() => runtime.nr);
    if (name === "FNR") return this.#fromNumber(() => runtime.fnr);
    const { globals } = runtime;
    return this.#fromValue(() => globals[slot]);
  }

  #assign(node: Extract<Expression, { kind: "assign" }>): Code {
    const set = this.setter(node.target);
    const value = this.expression(node.value);
    if (node.operator === "=") {
      return this.#fromValue(() => {
        const result = value.v();
        set(result);
        return result;
      });
    }
    const target = this.expression(node.target);
    const { operator } = node;
    return this.#fromNumber(() => {
      const right = value.n();
      const result = arithmetic(operator, target.n(), right);
      set(result);
      return result;
    });
  }

  #step(node: Extract<Expression, { kind: "step" }>): Code {
    const { by, prefix, target } = node;
    if (target.kind === "item") {
      const key = this.#key(target.index);
      return this.#fromNumber(() => {
        const { key: text, byNumber } = key();
        const array = this.array(target.array);
        const old = toNumber(array.get(text, byNumber));
        array.set(text, old + by, byNumber);
        return prefix ? old + by : old;
      });
    }
    const read = this.expression(target);
    const set = this.setter(target);
    return this.#fromNumber(() => {
      const old = read.n();
      set(old + by);
      return prefix ? old + by : old;
    });
  }

  #builtin(node: Extract<Expression, { kind: "builtin" }>): Code {
    const runtime = this.#runtime;
    const [first, second, third] = node.args;
    switch (node.name) {
      case "length":
        if (!first) return this.#fromNumber(() => runtime.recordText().length);
        if (first.kind === "variable") {
          const code = this.expression(first);
          return this.#fromNumber(() => (this.isArray(first) ? this.array(first).size : code.s().length));
        }
        break;
      case "split": {
        if (!first || second?.kind !== "variable") break;
        const text = this.expression(first);
        const separator = third ? (third.kind === "regex" ? this.#constantRegex(third) : this.expression(third)) : undefined;
        return this.#fromNumber(() => {
          const subject = text.s();
          const by = separator === undefined ? undefined : "v" in separator ? separator.v() ?? "" : separator;
          return split(runtime, subject, this.array(second), by);
        });
      }
      case "sub":
      case "gsub": {
        if (!first || !second) break;
        const regex = this.#regex(first);
        const replacement = this.expression(second);
        const target: Expression = third ?? { kind: "field", index: { kind: "number", value: 0 } };
        const read = this.expression(target);
        const set = target.kind === "variable" || target.kind === "field" || target.kind === "item" ? this.setter(target) : undefined;
        const global = node.name === "gsub";
        return this.#fromNumber(() => {
          const matcher = regex();
          const by = replacement.s();
          const { text, count } = substitute(runtime, matcher, by, read.s(), global);
          if (count > 0) set?.(text);
          return count;
        });
      }
      case "match": {
        if (!first || !second) break;
        const text = this.expression(first);
        const regex = this.#regex(second);
        return this.#fromNumber(() => matchFunction(runtime, text.s(), regex()));
      }
    }
    const args = node.args.map((arg) => this.expression(arg));
    const { name } = node;
    if (name === "substr" || name === "sprintf" || name === "tolower" || name === "toupper") return this.#fromText(() => runtime.text(callBuiltin(runtime, name, args.map((arg) => arg.v()))));
    return this.#fromValue(() => callBuiltin(runtime, name, args.map((arg) => arg.v())));
  }

  /** Whether the name is an array (decided by _resolve.ts; a parameter by what it holds). */
  isArray(variable: Variable): boolean {
    return variable.local === undefined ? this.#runtime.program.arrays.has(variable.name) : this.#runtime.localArrays[variable.local] !== undefined;
  }

  #call(node: Extract<Expression, { kind: "call" }>): () => Value {
    const runtime = this.#runtime;
    const callee = runtime.program.functions.get(node.name);
    if (!callee) throw new Error("resolved before");
    const args = node.args.map((arg, i) => (callee.arrays.has(i) && arg.kind === "variable" ? arg : this.expression(arg)));
    let body: (() => number) | undefined;
    return () => {
      body ??= this.statement(callee.body);
      const locals: Value[] = [];
      const localArrays: (AwkArray | undefined)[] = [];
      args.forEach((arg, i) => {
        if ("kind" in arg) localArrays[i] = this.array(arg);
        else locals[i] = arg.v();
      });
      if (++runtime.depth > MAX_DEPTH) throw new TooDeepError();
      const [savedLocals, savedArrays] = [runtime.locals, runtime.localArrays];
      runtime.locals = locals;
      runtime.localArrays = localArrays;
      runtime.returned = undefined;
      runtime.work += 64;
      body();
      runtime.depth--;
      runtime.locals = savedLocals;
      runtime.localArrays = savedArrays;
      const result = runtime.returned;
      runtime.returned = undefined;
      return result;
    };
  }

  // ---- statements

  statement(node: Statement): () => number {
    let code = this.#statements.get(node);
    if (!code) {
      code = this.#compileStatement(node);
      this.#statements.set(node, code);
    }
    return code;
  }

  #compileStatement(node: Statement): () => number {
    const runtime = this.#runtime;
    const { NORMAL } = Completion;
    switch (node.kind) {
      case "expression": {
        const code = this.expression(node.expression);
        return () => {
          code.v();
          return NORMAL;
        };
      }
      case "print": {
        const { out } = runtime.io;
        if (node.args.length === 0) {
          return () => {
            out.putLatin1(runtime.recordText() + runtime.ors);
            return NORMAL;
          };
        }
        const args = node.args.map((arg) => this.shown(arg));
        const [only] = args;
        if (args.length === 1 && only) {
          return () => {
            out.putLatin1(only() + runtime.ors);
            return NORMAL;
          };
        }
        return () => {
          let line = "";
          for (let i = 0; i < args.length; i++) line += (i > 0 ? runtime.ofs : "") + (args[i]?.() ?? "");
          out.putLatin1(line + runtime.ors);
          return NORMAL;
        };
      }
      case "printf": {
        const { out } = runtime.io;
        const [format, ...args] = node.args.map((arg) => this.expression(arg));
        return () => {
          const values = args.map((arg) => arg.v());
          out.putLatin1(runtime.format(format?.s() ?? "", values, "printf"));
          return NORMAL;
        };
      }
      case "block": {
        const body = node.body.map((one) => this.statement(one));
        const [only] = body;
        if (body.length === 1 && only) return only;
        return () => {
          for (let i = 0; i < body.length; i++) {
            const completion = body[i]?.() ?? NORMAL;
            if (completion !== NORMAL) return completion;
          }
          return NORMAL;
        };
      }
      case "if": {
        const test = this.condition(node.test);
        const yes = this.statement(node.yes);
        const no = node.no ? this.statement(node.no) : undefined;
        return () => (test() ? yes() : no ? no() : NORMAL);
      }
      case "break":
        return () => Completion.BREAK;
      case "continue":
        return () => Completion.CONTINUE;
      case "next":
        return () => Completion.NEXT;
      case "nextfile":
        return () => Completion.NEXTFILE;
      case "exit": {
        const status = node.status ? this.expression(node.status) : undefined;
        return () => {
          if (status) runtime.exitStatus = status.n();
          return Completion.EXIT;
        };
      }
      case "return": {
        const value = node.value ? this.expression(node.value) : undefined;
        return () => {
          runtime.returned = value?.v();
          return Completion.RETURN;
        };
      }
      case "delete": {
        const { target } = node;
        if (target.kind === "variable") {
          return () => {
            this.array(target).clear();
            return NORMAL;
          };
        }
        const key = this.#key(target.index);
        return () => {
          const { key: text, byNumber } = key();
          this.array(target.array).delete(text, byNumber);
          return NORMAL;
        };
      }
      default:
        throw new Error("a loop waits");
    }
  }

  /** As print shows it. */
  shown(node: Expression): () => string {
    const runtime = this.#runtime;
    const code = this.expression(node);
    if (node.kind === "string" || node.kind === "concat" || node.kind === "field") return () => code.s();
    return () => runtime.shown(code.v());
  }
}

const SPECIAL = new Set(["NF", "NR", "FNR", "FS", "RS", "OFS", "ORS", "SUBSEP", "CONVFMT", "OFMT"]);
