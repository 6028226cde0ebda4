// After parsing: which names are arrays (mawk decides it once, for the whole program) and which nodes may have to wait.

import type { Expression, Item, Rule, Statement, Variable } from "../kit/awk/syntax-tree.ts";
import { arrayVariable, type AwkProgram, type MawkFunction } from "./_ast.ts";
import { AwkSyntaxError } from "./_lexicon.ts";

interface Parts {
  readonly begin: readonly Statement[];
  readonly rules: readonly Rule[];
  readonly end: readonly Statement[];
  readonly functions: ReadonlyMap<string, MawkFunction>;
  readonly globals: ReadonlyMap<string, number>;
}

interface Call {
  readonly caller: MawkFunction | undefined;
  readonly name: string;
  readonly args: readonly Expression[];
  readonly line: number;
}

export function resolve(parts: Parts): AwkProgram {
  const arrays = new Set<string>(["ENVIRON", "ARGV"]);
  const scalars = new Map<string, number>();
  const calls: Call[] = [];
  const walker = new Walker(arrays, scalars, calls);
  for (const statement of [...parts.begin, ...parts.end]) walker.statement(statement, undefined);
  for (const rule of parts.rules) {
    if (rule.pattern) walker.expression(rule.pattern, undefined);
    if (rule.until) walker.expression(rule.until, undefined);
    if (rule.action) walker.statement(rule.action, undefined);
  }
  for (const one of parts.functions.values()) walker.statement(one.body, one);

  // An argument is an array where the parameter is one, and the other way round, until nothing changes.
  for (let changed = true; changed; ) {
    changed = false;
    for (const call of calls) {
      const callee = parts.functions.get(call.name);
      if (!callee) throw new AwkSyntaxError(`line ${call.line + 1}: function ${call.name} never defined`);
      call.args.forEach((arg, i) => {
        if (arg.kind !== "variable") {
          if (callee.arrays.has(i)) throw new AwkSyntaxError(`line ${call.line}: type error in arg(${i + 1}) in call to ${call.name}`);
          return;
        }
        const isArray = arg.local === undefined ? arrays.has(arg.name) : (call.caller?.arrays.has(arg.local) ?? false);
        if (callee.arrays.has(i) && !isArray) {
          if (arg.local === undefined) {
            if (scalars.has(arg.name)) throw new AwkSyntaxError(`line ${call.line}: type error in arg(${i + 1}) in call to ${call.name}`);
            arrays.add(arg.name);
          } else call.caller?.arrays.add(arg.local);
          changed = true;
        } else if (isArray && !callee.arrays.has(i)) {
          callee.arrays.add(i);
          changed = true;
        }
      });
    }
  }
  for (const [name, line] of scalars) {
    if (arrays.has(name)) throw new AwkSyntaxError(`line ${line}: illegal reference to ${walker.firstUse.get(name) === "array" ? "array" : "variable"} ${name}`);
  }
  markBlocking(parts);
  return { begin: parts.begin, rules: parts.rules, end: parts.end, functions: parts.functions, globals: parts.globals, arrays };
}

/** Finds the uses of names as arrays and as scalars, and the calls. */
class Walker {
  readonly #arrays: Set<string>;
  readonly #scalars: Map<string, number>;
  readonly #calls: Call[];
  readonly firstUse = new Map<string, "array" | "scalar">();

  constructor(arrays: Set<string>, scalars: Map<string, number>, calls: Call[]) {
    this.#arrays = arrays;
    this.#scalars = scalars;
    this.#calls = calls;
  }

  #array(array: Variable | Item, within: MawkFunction | undefined): void {
    const variable = arrayVariable(array);
    if (variable.local !== undefined) within?.arrays.add(variable.local);
    else {
      this.#arrays.add(variable.name);
      if (!this.firstUse.has(variable.name)) this.firstUse.set(variable.name, "array");
    }
  }

  #scalar(variable: Variable): void {
    if (variable.local !== undefined) return;
    if (!this.#scalars.has(variable.name)) this.#scalars.set(variable.name, variable.line);
    if (!this.firstUse.has(variable.name)) this.firstUse.set(variable.name, "scalar");
  }

  expressions(list: readonly Expression[], within: MawkFunction | undefined): void {
    for (const one of list) this.expression(one, within);
  }

  expression(node: Expression, within: MawkFunction | undefined): void {
    switch (node.kind) {
      case "variable":
        this.#scalar(node);
        return;
      case "field":
        this.expression(node.index, within);
        return;
      case "item":
        this.#array(node.array, within);
        this.expressions(node.index, within);
        return;
      case "assign":
        this.expression(node.target, within);
        this.expression(node.value, within);
        return;
      case "step":
        this.expression(node.target, within);
        return;
      case "condition":
        this.expressions([node.test, node.yes, node.no], within);
        return;
      case "logic":
      case "binary":
      case "compare":
      case "concat":
        this.expressions([node.left, node.right], within);
        return;
      case "match":
        this.expressions([node.text, node.pattern], within);
        return;
      case "unary":
        this.expression(node.operand, within);
        return;
      case "in":
        this.#array(node.array, within);
        this.expressions(node.index, within);
        return;
      case "builtin":
        node.args.forEach((arg, i) => {
          if (arg.kind === "variable" && ((node.name === "split" && i === 1) || (node.name === "length" && this.#isArray(arg, within)))) this.#array(arg, within);
          else if (!(node.name === "length" && arg.kind === "variable")) this.expression(arg, within);
        });
        return;
      case "call":
        this.#calls.push({ caller: within, name: node.name, args: node.args, line: node.line });
        // A bare name may be an array: the callee decides.
        for (const arg of node.args) if (arg.kind !== "variable") this.expression(arg, within);
        return;
      case "getline":
        if (node.source) this.expression(node.source, within);
        if (node.target) this.expression(node.target, within);
        return;
      case "group":
        this.expressions(node.items, within);
        return;
    }
  }

  #isArray(variable: Variable, within: MawkFunction | undefined): boolean {
    return variable.local === undefined ? this.#arrays.has(variable.name) : (within?.arrays.has(variable.local) ?? false);
  }

  statement(node: Statement, within: MawkFunction | undefined): void {
    switch (node.kind) {
      case "expression":
        this.expression(node.expression, within);
        return;
      case "print":
      case "printf":
        this.expressions(node.args, within);
        if (node.redirection) this.expression(node.redirection.target, within);
        return;
      case "block":
        for (const one of node.body) this.statement(one, within);
        return;
      case "if":
        this.expression(node.test, within);
        this.statement(node.yes, within);
        if (node.no) this.statement(node.no, within);
        return;
      case "while":
      case "do":
        this.expression(node.test, within);
        this.statement(node.body, within);
        return;
      case "for":
        for (const one of [node.first, node.step]) if (one) this.statement(one, within);
        if (node.test) this.expression(node.test, within);
        this.statement(node.body, within);
        return;
      case "for-in":
        this.#scalar(node.variable);
        this.#array(node.array, within);
        this.statement(node.body, within);
        return;
      case "exit":
        if (node.status) this.expression(node.status, within);
        return;
      case "return":
        if (node.value) this.expression(node.value, within);
        return;
      case "delete":
        this.#array(node.target.kind === "item" ? node.target.array : node.target, within);
        if (node.target.kind === "item") this.expressions(node.target.index, within);
        return;
      default:
        return;
    }
  }
}

const BLOCKING_BUILTINS = new Set(["system", "close", "fflush", "strftime", "mktime"]);

/** Functions that loop, recurse or wait block; then every node that contains such a call does. */
function markBlocking(parts: Parts): void {
  const { functions } = parts;
  const called = new Map<string, Set<string>>();
  for (const one of functions.values()) {
    const names = new Set<string>();
    collectCalls(one.body, names);
    called.set(one.name, names);
  }
  const recursive = (name: string): boolean => {
    const seen = new Set<string>();
    const pending = [...(called.get(name) ?? [])];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (next === name) return true;
      if (seen.has(next)) continue;
      seen.add(next);
      pending.push(...(called.get(next) ?? []));
    }
    return false;
  };
  for (const one of functions.values()) one.blocks = recursive(one.name);
  for (let changed = true; changed; ) {
    changed = false;
    for (const one of functions.values()) {
      if (statementBlocks(one.body, functions) && !one.blocks) {
        one.blocks = true;
        changed = true;
      }
    }
  }
  for (const statement of [...parts.begin, ...parts.end]) statementBlocks(statement, functions);
  for (const rule of parts.rules) {
    if (rule.pattern) expressionBlocks(rule.pattern, functions);
    if (rule.until) expressionBlocks(rule.until, functions);
    if (rule.action) statementBlocks(rule.action, functions);
  }
}

type Functions = ReadonlyMap<string, MawkFunction>;

function anyBlocks(list: readonly (Expression | undefined)[], functions: Functions): boolean {
  let found = false;
  // No short cut: every node gets its mark.
  for (const one of list) if (one && expressionBlocks(one, functions)) found = true;
  return found;
}

function expressionBlocks(node: Expression, functions: Functions): boolean {
  const result = ((): boolean => {
    switch (node.kind) {
      case "field":
        return anyBlocks([node.index], functions);
      case "item":
      case "in":
        return anyBlocks(node.index, functions);
      case "assign":
        return anyBlocks([node.target, node.value], functions);
      case "step":
        return anyBlocks([node.target], functions);
      case "condition":
        return anyBlocks([node.test, node.yes, node.no], functions);
      case "logic":
      case "binary":
      case "compare":
      case "concat":
        return anyBlocks([node.left, node.right], functions);
      case "match":
        return anyBlocks([node.text, node.pattern], functions);
      case "unary":
        return anyBlocks([node.operand], functions);
      case "builtin": {
        const inside = anyBlocks(node.args, functions);
        return inside || BLOCKING_BUILTINS.has(node.name);
      }
      case "call": {
        const inside = anyBlocks(node.args, functions);
        return inside || (functions.get(node.name)?.blocks ?? false);
      }
      case "getline":
        anyBlocks([node.source, node.target], functions);
        return true;
      case "group":
        return anyBlocks(node.items, functions);
      default:
        return false;
    }
  })();
  node.blocks = result;
  return result;
}

function statementBlocks(node: Statement, functions: Functions): boolean {
  const result = ((): boolean => {
    switch (node.kind) {
      case "expression":
        return anyBlocks([node.expression], functions);
      case "print":
      case "printf": {
        const inside = anyBlocks([...node.args, node.redirection?.target], functions);
        return inside || node.redirection !== undefined;
      }
      case "block": {
        let found = false;
        for (const one of node.body) if (statementBlocks(one, functions)) found = true;
        return found;
      }
      case "if": {
        const test = anyBlocks([node.test], functions);
        const yes = statementBlocks(node.yes, functions);
        const no = node.no ? statementBlocks(node.no, functions) : false;
        return test || yes || no;
      }
      case "while":
      case "do":
        anyBlocks([node.test], functions);
        statementBlocks(node.body, functions);
        return true;
      case "for":
        for (const one of [node.first, node.step, node.body]) if (one) statementBlocks(one, functions);
        anyBlocks([node.test], functions);
        return true;
      case "for-in":
        statementBlocks(node.body, functions);
        return true;
      case "exit":
        return anyBlocks([node.status], functions);
      case "return":
        return anyBlocks([node.value], functions);
      case "delete":
        return node.target.kind === "item" && anyBlocks(node.target.index, functions);
      default:
        return false;
    }
  })();
  node.blocks = result;
  return result;
}

function collectCalls(node: unknown, names: Set<string>): void {
  if (Array.isArray(node)) {
    for (const one of node) collectCalls(one, names);
    return;
  }
  if (typeof node !== "object" || node === null) return;
  if ("kind" in node && node.kind === "call" && "name" in node && typeof node.name === "string") names.add(node.name);
  for (const value of Object.values(node)) collectCalls(value, names);
}
