// Expressions to instructions; one class over every kind of expression, which compile each other. The positions that each instruction carries are CPython's: tracebacks underline them.

import { Ellipsis, PyFloat, PyTuple, typeOf, type Value } from "../objects/value.ts";
import { SyntaxProblem, TooNested } from "../syntax/syntax-problem.ts";
import type { Call, Comparison, Comprehension, ComprehensionClause, DictComprehension, Expression, FormattedValue, Keyword, Lambda, Name, Parameters, Span } from "../syntax/tree.ts";
import { Assembler, Label } from "./assembler.ts";
import { PyCode, type SourceText } from "./code-object.ts";
import { BINARY_OPERATORS, COMPARISONS, OP } from "./opcode.ts";
import { allParameters, type Scope } from "./scope.ts";

const MAX_DEPTH = 1000;
/** Displays that a call can only mean a forgotten comma after. */
const NOT_CALLABLE: ReadonlyMap<string, string> = new Map([["Tuple", "tuple"], ["List", "list"], ["ListComp", "list"], ["Dict", "dict"], ["DictComp", "dict"], ["Set", "set"], ["SetComp", "set"], ["GeneratorExp", "generator"], ["JoinedStr", "str"]]);

/** The type of an index that is plain to see. */
function indexType(node: Expression): string | undefined {
  switch (node.kind) {
    case "Constant": return typeOf(node.value).name;
    case "Tuple": return "tuple";
    case "List":
    case "ListComp": return "list";
    case "Dict":
    case "DictComp": return "dict";
    case "Set":
    case "SetComp": return "set";
    case "GeneratorExp": return "generator";
    case "Lambda": return "function";
    case "JoinedStr": return "str";
    default: return undefined;
  }
}

function isLiteral(value: Value): boolean {
  return !(value === null || typeof value === "boolean" || value === Ellipsis);
}

export type Access = "load" | "store" | "delete";

export class ExpressionCompiler {
  readonly scope: Scope;
  readonly source: SourceText;
  protected readonly out = new Assembler();
  protected readonly variableNames: string[] = [];
  readonly #slots = new Map<string, number>();
  readonly cellNames: string[] = [];
  readonly #cells = new Map<string, number>();
  readonly #ownCells: number;
  readonly qualifiedName: string;
  readonly #outer: ExpressionCompiler | undefined;
  #depth: number;

  constructor(scope: Scope, source: SourceText, outer: ExpressionCompiler | undefined) {
    this.scope = scope;
    this.source = source;
    this.#outer = outer;
    this.#depth = outer ? outer.#depth : 0;
    this.qualifiedName = this.#qualify();
    const own = [...scope.ownership].filter(([, how]) => how === "cell").map(([name]) => name);
    if (scope.needsClassCell) own.push("__class__");
    this.#ownCells = own.length;
    for (const name of [...own, ...[...scope.free].sort()]) this.#cells.set(name, this.cellNames.push(name) - 1);
    for (const name of scope.parameters) this.slot(name);
  }

  #qualify(): string {
    const { parent, name } = this.scope;
    if (!parent || !this.#outer || parent.kind === "module" || parent.ownership.get(name) === "global") return name;
    return `${this.#outer.qualifiedName}${parent.kind === "class" ? "." : ".<locals>."}${name}`;
  }

  protected fail(span: Span, message: string): never {
    throw new SyntaxProblem("SyntaxError", message, span.line, span.column, span.endLine, span.endColumn);
  }

  slot(name: string): number {
    const known = this.#slots.get(name);
    if (known !== undefined) return known;
    const index = this.variableNames.push(name) - 1;
    this.#slots.set(name, index);
    return index;
  }

  protected finish(firstLine: number, more: { parameters?: Parameters; documentation?: string | null; argumentCount?: number } = {}): PyCode {
    const { scope, out } = this;
    const { parameters } = more;
    return new PyCode({
      name: scope.name, qualifiedName: this.qualifiedName, source: this.source, firstLine,
      argumentCount: more.argumentCount ?? (parameters ? parameters.positionalOnly.length + parameters.positional.length : 0),
      positionalOnlyCount: parameters?.positionalOnly.length ?? 0, keywordOnlyCount: parameters?.keywordOnly.length ?? 0,
      hasRest: parameters?.rest !== undefined, hasKeywords: parameters?.keywords !== undefined,
      kind: scope.isAsync ? (scope.isGenerator ? "async-generator" : "coroutine") : scope.isGenerator ? "generator" : "function",
      optimized: scope.isFunction, variableNames: this.variableNames, cellNames: this.cellNames, ownCellCount: this.#ownCells,
      cellParameters: this.cellNames.slice(0, this.#ownCells).map((name) => (scope.parameters.includes(name) ? this.slot(name) : -1)),
      names: out.names, constants: out.constants, ...out.finish(), documentation: more.documentation ?? null,
    });
  }

  protected constant(value: Value): void {
    this.out.emit(OP.LOAD_CONST, this.out.constant(value));
  }

  protected access(plain: string, how: Access): void {
    const name = this.scope.mangle(plain);
    const { out, scope } = this;
    const ownership = scope.ownership.get(name) ?? "implicit";
    const pick = (load: number, store: number, remove: number) => (how === "load" ? load : how === "store" ? store : remove) as 6;
    const cell = this.#cells.get(name);
    if ((ownership === "cell" || ownership === "free") && cell !== undefined) {
      if (scope.kind === "class" && how === "load") {
        out.emit(OP.LOAD_CLASSDEREF, cell);
        return;
      }
      out.emit(pick(OP.LOAD_DEREF, OP.STORE_DEREF, OP.DELETE_DEREF), cell);
    } else if (ownership === "global" || (ownership === "implicit" && scope.isFunction)) {
      out.emit(pick(OP.LOAD_GLOBAL, OP.STORE_GLOBAL, OP.DELETE_GLOBAL), out.name(name));
    } else if (scope.isFunction) {
      out.emit(pick(OP.LOAD_FAST, OP.STORE_FAST, OP.DELETE_FAST), this.slot(name));
    } else out.emit(pick(OP.LOAD_NAME, OP.STORE_NAME, OP.DELETE_NAME), out.name(name));
  }

  expression(node: Expression): void {
    if (++this.#depth > MAX_DEPTH) throw new TooNested("maximum recursion depth exceeded during compilation");
    this.#expression(node);
    this.#depth--;
  }

  #expression(node: Expression): void {
    const { out } = this;
    out.at(node);
    switch (node.kind) {
      case "Name":
        if (node.id === "__debug__") return this.constant(true);
        return this.access(node.id, "load");
      case "Constant": return this.constant(node.value);
      case "JoinedStr": {
        if (node.values.length === 0) return this.constant("");
        for (const value of node.values) this.expression(value);
        out.at(node);
        if (node.values.length !== 1 || node.values[0]?.kind !== "FormattedValue") out.emit(OP.BUILD_STRING, node.values.length);
        return;
      }
      case "FormattedValue": return this.#formatted(node);
      case "Tuple":
      case "List":
      case "Set": return this.#sequence(node.kind, node.elements, node);
      case "Dict": return this.#dictionary(node.keys, node.values, node);
      case "BinOp": {
        const chain = [];
        let left: Expression = node;
        while (left.kind === "BinOp") {
          chain.push(left);
          left = left.left;
        }
        this.expression(left);
        for (const one of chain.reverse()) {
          this.expression(one.right);
          out.at(one);
          this.binary(one.operator, false);
        }
        return;
      }
      case "UnaryOp": {
        const { operand, operator } = node;
        if (operator === "-" && operand.kind === "Constant") {
          const { value } = operand;
          if (typeof value === "number" && value !== 0) return this.constant(-value);
          if (value instanceof PyFloat) return this.constant(new PyFloat(-value.value));
        }
        this.expression(operand);
        out.at(node);
        out.emit(operator === "-" ? OP.UNARY_NEGATIVE : operator === "+" ? OP.UNARY_POSITIVE : operator === "~" ? OP.UNARY_INVERT : OP.UNARY_NOT);
        return;
      }
      case "BoolOp": {
        const end = new Label();
        node.values.forEach((value, i) => {
          this.expression(value);
          if (i < node.values.length - 1) out.emit(node.operator === "and" ? OP.JUMP_IF_FALSE_OR_POP : OP.JUMP_IF_TRUE_OR_POP, end);
        });
        out.place(end);
        return;
      }
      case "Compare": return this.#comparison(node);
      case "Call": return this.#call(node);
      case "Attribute":
        this.expression(node.value);
        out.at(node);
        out.emit(OP.LOAD_ATTR, out.name(this.scope.mangle(node.name)));
        return;
      case "Subscript":
        {
          const { kind } = node.value;
          const displayed = kind === "Set" || kind === "SetComp" ? "set" : kind === "GeneratorExp" ? "generator" : kind === "Lambda" ? "function" : kind === "Constant" && !["str", "bytes", "tuple"].includes(typeOf(node.value.value).name) ? typeOf(node.value.value).name : undefined;
          if (displayed !== undefined) this.warn(node.value, `'${displayed}' object is not subscriptable; perhaps you missed a comma?`);
          const sequence = kind === "List" || kind === "ListComp" ? "list" : kind === "Tuple" ? "tuple" : kind === "JoinedStr" ? "str" : kind === "Constant" && ["str", "bytes", "tuple"].includes(typeOf(node.value.value).name) ? typeOf(node.value.value).name : undefined;
          const given = indexType(node.index);
          if (sequence !== undefined && given !== undefined && given !== "int" && given !== "bool" && given !== "slice") this.warn(node.value, `${sequence} indices must be integers or slices, not ${given}; perhaps you missed a comma?`);
        }
        this.expression(node.value);
        this.expression(node.index);
        out.at(node);
        out.emit(OP.BINARY_SUBSCR);
        return;
      case "Slice":
        for (const part of [node.lower, node.upper]) {
          if (part) this.expression(part);
          else this.constant(null);
        }
        if (node.step) this.expression(node.step);
        out.at(node);
        out.emit(OP.BUILD_SLICE, node.step ? 3 : 2);
        return;
      case "Starred": return this.fail(node, "can't use starred expression here");
      case "IfExp": {
        const orElse = new Label();
        const end = new Label();
        this.condition(node.test, orElse, false);
        this.expression(node.body);
        out.emit(OP.JUMP, end);
        out.place(orElse);
        this.expression(node.orElse);
        out.place(end);
        return;
      }
      case "Lambda": return this.#lambda(node);
      case "ListComp":
      case "SetComp":
      case "GeneratorExp":
      case "DictComp": return this.#comprehension(node);
      case "Await":
        if (!this.scope.isFunction) this.fail(node, "'await' outside function");
        if (!this.scope.isAsync && this.scope.kind !== "comprehension") this.fail(node, "'await' outside async function");
        this.expression(node.value);
        out.at(node);
        out.emit(OP.GET_AWAITABLE);
        return this.delegate();
      case "Yield":
        if (node.value) this.expression(node.value);
        else this.constant(null);
        out.at(node);
        out.emit(OP.YIELD_VALUE);
        return;
      case "YieldFrom":
        if (this.scope.isAsync) this.fail(node, "'yield from' inside async function");
        this.expression(node.value);
        out.at(node);
        out.emit(OP.GET_YIELD_FROM_ITER);
        return this.delegate();
      case "NamedExpr":
        this.expression(node.value);
        out.emit(OP.DUP_TOP);
        out.at(node.target);
        this.access(node.target.id, "store");
    }
  }

  /** Runs the iterator on the stack to its end, yielding what it yields; leaves its result. */
  protected delegate(): void {
    const { out } = this;
    const loop = new Label();
    const end = new Label();
    this.constant(null);
    out.place(loop);
    out.emit(OP.SEND, end);
    out.emit(OP.YIELD_VALUE);
    out.emit(OP.JUMP_BACK, loop);
    out.place(end);
  }

  protected binary(operator: (typeof BINARY_OPERATORS)[number], inPlace: boolean): void {
    const { out } = this;
    if (operator === "+") out.emit(OP.BINARY_ADD, inPlace ? 1 : 0);
    else if (operator === "-") out.emit(OP.BINARY_SUBTRACT, inPlace ? 1 : 0);
    else if (operator === "*") out.emit(OP.BINARY_MULTIPLY, inPlace ? 1 : 0);
    else out.emit(OP.BINARY_OTHER, BINARY_OPERATORS.indexOf(operator) + (inPlace ? 16 : 0));
  }

  #formatted(node: FormattedValue): void {
    this.expression(node.value);
    if (node.spec) this.expression(node.spec);
    this.out.at(node);
    this.out.emit(OP.FORMAT_VALUE, { "": 0, s: 1, r: 2, a: 3 }[node.conversion] + (node.spec ? 4 : 0));
  }

  #sequence(kind: "Tuple" | "List" | "Set", elements: readonly Expression[], node: Span): void {
    const { out } = this;
    if (!elements.some((one) => one.kind === "Starred")) {
      if (kind === "Tuple" && elements.every((one) => one.kind === "Constant")) {
        return this.constant(new PyTuple(elements.map((one) => (one.kind === "Constant" ? one.value : null))));
      }
      // A display of constants is a frozenset that CPython merges into an empty set: the order of the items shows it.
      const merged = kind === "Set" && elements.length > 2 && elements.every((one) => one.kind === "Constant" || (one.kind === "UnaryOp" && one.operand.kind === "Constant"));
      if (merged) out.emit(OP.BUILD_SET, 0);
      for (const element of elements) this.expression(element);
      if (merged) {
        out.emit(OP.BUILD_SET, elements.length);
        out.emit(OP.SET_UPDATE, 1);
        return;
      }
      out.at(node);
      out.emit(kind === "Tuple" ? OP.BUILD_TUPLE : kind === "List" ? OP.BUILD_LIST : OP.BUILD_SET, elements.length);
      return;
    }
    out.emit(kind === "Set" ? OP.BUILD_SET : OP.BUILD_LIST, 0);
    for (const element of elements) {
      if (element.kind === "Starred") {
        this.expression(element.value);
        out.at(element);
        out.emit(kind === "Set" ? OP.SET_UPDATE : OP.LIST_EXTEND, 1);
      } else {
        this.expression(element);
        out.emit(kind === "Set" ? OP.SET_ADD : OP.LIST_APPEND, 1);
      }
    }
    out.at(node);
    if (kind === "Tuple") out.emit(OP.LIST_TO_TUPLE);
  }

  #dictionary(keys: readonly (Expression | undefined)[], values: readonly Expression[], node: Span): void {
    const { out } = this;
    if (keys.every((key) => key !== undefined)) {
      keys.forEach((key, i) => {
        if (key) this.expression(key);
        this.expression(values[i] as Expression);
      });
      out.at(node);
      out.emit(OP.BUILD_MAP, keys.length);
      return;
    }
    out.emit(OP.BUILD_MAP, 0);
    keys.forEach((key, i) => {
      const value = values[i] as Expression;
      if (key) {
        this.expression(key);
        this.expression(value);
        out.at(node);
        out.emit(OP.MAP_ADD, 1);
      } else {
        this.expression(value);
        out.at(node);
        out.emit(OP.DICT_UPDATE, 1);
      }
    });
  }

  protected warn(span: Span, message: string): void {
    this.source.warn?.(span.line, message);
  }

  #compare(operator: Comparison["operators"][number]): void {
    const { out } = this;
    switch (operator) {
      case "is": return out.emit(OP.IS_OP, 0);
      case "is not": return out.emit(OP.IS_OP, 1);
      case "in": return out.emit(OP.CONTAINS_OP, 0);
      case "not in": return out.emit(OP.CONTAINS_OP, 1);
      default: return out.emit(OP.COMPARE, COMPARISONS.indexOf(operator));
    }
  }

  #comparison(node: Comparison): void {
    const { out } = this;
    this.expression(node.left);
    const last = node.operators.length - 1;
    const cleanup = new Label();
    node.operators.forEach((operator, i) => {
      if (operator === "is" || operator === "is not") {
        const sides = [i === 0 ? node.left : node.comparators[i - 1], node.comparators[i]];
        if (sides.some((side) => side?.kind === "Constant" && isLiteral(side.value))) this.warn(node, `"${operator}" with a literal. Did you mean "${operator === "is" ? "==" : "!="}"?`);
      }
      this.expression(node.comparators[i] as Expression);
      out.at(node);
      if (i < last) {
        out.emit(OP.DUP_TOP);
        out.emit(OP.ROT_THREE);
      }
      this.#compare(operator);
      if (i < last) out.emit(OP.JUMP_IF_FALSE_OR_POP, cleanup);
    });
    if (last > 0) {
      const end = new Label();
      out.emit(OP.JUMP, end);
      out.place(cleanup);
      out.emit(OP.ROT_TWO);
      out.emit(OP.POP_TOP);
      out.place(end);
    }
  }

  /** Jumps to `target` when the test's truth is `when`; goes on otherwise. */
  protected condition(node: Expression, target: Label, when: boolean): void {
    const { out } = this;
    if (node.kind === "UnaryOp" && node.operator === "not") return this.condition(node.operand, target, !when);
    if (node.kind === "BoolOp") {
      const stops = node.operator === "or";
      const end = new Label();
      node.values.forEach((value, i) => {
        if (i === node.values.length - 1) this.condition(value, target, when);
        else this.condition(value, stops === when ? target : end, stops);
      });
      out.place(end);
      return;
    }
    this.expression(node);
    out.at(node);
    out.emit(when ? OP.POP_JUMP_IF_TRUE : OP.POP_JUMP_IF_FALSE, target);
  }

  #call(node: Call): void {
    const { out } = this;
    const { callee, positional, keywords } = node;
    this.checkKeywords(keywords);
    const displayed = NOT_CALLABLE.get(callee.kind) ?? (callee.kind === "Constant" ? typeOf(callee.value).name : undefined);
    if (displayed !== undefined) this.warn(callee, `'${displayed}' object is not callable; perhaps you missed a comma?`);
    const plain = !positional.some((one) => one.kind === "Starred") && !keywords.some((one) => one.name === undefined);
    if (callee.kind === "Attribute" && plain && keywords.length === 0) {
      this.expression(callee.value);
      out.at(callee.line === callee.endLine ? callee : { ...callee, line: callee.endLine, column: Math.max(0, callee.endColumn - callee.name.length) });
      out.emit(OP.LOAD_METHOD, out.name(this.scope.mangle(callee.name)));
      for (const argument of positional) this.expression(argument);
      out.at(callee.line === callee.endLine ? node : { line: callee.endLine, column: Math.max(0, callee.endColumn - callee.name.length), endLine: node.endLine, endColumn: node.endColumn });
      out.emit(OP.CALL_METHOD, positional.length);
      return;
    }
    this.expression(callee);
    this.callWith(positional, keywords, node, 0);
  }

  protected checkKeywords(keywords: readonly Keyword[]): void {
    const seen = new Set<string>();
    for (const keyword of keywords) {
      if (keyword.name === undefined) continue;
      if (seen.has(keyword.name)) this.fail(keyword, `keyword argument repeated: ${keyword.name}`);
      seen.add(keyword.name);
    }
  }

  /** Calls what is on the stack, below `already` arguments. */
  protected callWith(positional: readonly Expression[], keywords: readonly Keyword[], node: Span, already: number): void {
    const { out } = this;
    const plain = !positional.some((one) => one.kind === "Starred") && !keywords.some((one) => one.name === undefined);
    if (plain) {
      for (const argument of positional) this.expression(argument);
      for (const keyword of keywords) this.expression(keyword.value);
      out.at(node);
      const count = already + positional.length + keywords.length;
      if (keywords.length === 0) out.emit(OP.CALL, count);
      else {
        this.constant(new PyTuple(keywords.map((one) => one.name ?? "")));
        out.emit(OP.CALL_KEYWORDS, count);
      }
      return;
    }
    out.emit(OP.BUILD_LIST, already);
    for (const argument of positional) {
      if (argument.kind === "Starred") {
        this.expression(argument.value);
        out.at(node);
        out.emit(OP.LIST_EXTEND, positional.length === 1 && already === 0 ? 257 : 1);
      } else {
        this.expression(argument);
        out.emit(OP.LIST_APPEND, 1);
      }
    }
    if (keywords.length > 0) {
      out.emit(OP.BUILD_MAP, 0);
      for (const keyword of keywords) {
        if (keyword.name === undefined) {
          this.expression(keyword.value);
          out.at(node);
          out.emit(OP.DICT_MERGE, 1);
        } else {
          this.constant(keyword.name);
          this.expression(keyword.value);
          out.at(node);
          out.emit(OP.MAP_ADD, 1);
        }
      }
    }
    out.at(node);
    out.emit(OP.CALL_EX, keywords.length > 0 ? 1 : 0);
  }

  /** Pushes what MAKE_FUNCTION takes below the code for defaults and annotations; returns its bits. */
  protected functionParts(parameters: Parameters, returns: Expression | undefined, annotated: boolean): number {
    const { out } = this;
    let flags = 0;
    const defaults = [...parameters.positionalOnly, ...parameters.positional].flatMap((one) => (one.default ? [one.default] : []));
    if (defaults.length > 0) {
      for (const value of defaults) this.expression(value);
      out.emit(OP.BUILD_TUPLE, defaults.length);
      flags |= 1;
    }
    const keywordDefaults = parameters.keywordOnly.filter((one) => one.default);
    if (keywordDefaults.length > 0) {
      for (const one of keywordDefaults) {
        this.constant(this.scope.mangle(one.name));
        if (one.default) this.expression(one.default);
      }
      out.emit(OP.BUILD_MAP, keywordDefaults.length);
      flags |= 2;
    }
    if (!annotated) return flags;
    const annotations = allParameters(parameters).filter((one) => one.annotation);
    if (annotations.length > 0 || returns) {
      for (const one of annotations) {
        this.constant(this.scope.mangle(one.name));
        if (one.annotation) this.expression(one.annotation.kind === "Starred" ? one.annotation.value : one.annotation);
      }
      if (returns) {
        this.constant("return");
        this.expression(returns);
      }
      out.emit(OP.BUILD_MAP, annotations.length + (returns ? 1 : 0));
      flags |= 4;
    }
    return flags;
  }

  protected makeFunction(code: PyCode, inner: ExpressionCompiler, flags: number): void {
    const { out } = this;
    const free = inner.cellNames.slice(code.facts.ownCellCount);
    if (free.length > 0) {
      for (const name of free) {
        const cell = this.#cells.get(name);
        if (cell === undefined) throw new Error(`no cell for ${name}`);
        out.emit(OP.LOAD_CLOSURE, cell);
      }
      out.emit(OP.BUILD_TUPLE, free.length);
    }
    this.constant(code);
    out.emit(OP.MAKE_FUNCTION, flags | (free.length > 0 ? 8 : 0));
  }

  protected cellIndex(name: string): number | undefined {
    return this.#cells.get(name);
  }

  protected childScope(node: object): Scope {
    const scope = this.scope.children.get(node);
    if (!scope) throw new Error("a body without a scope");
    return scope;
  }

  #lambda(node: Lambda): void {
    const flags = this.functionParts(node.parameters, undefined, false);
    const inner = new ExpressionCompiler(this.childScope(node), this.source, this);
    inner.expression(node.body);
    inner.out.at(node.body);
    inner.out.emit(OP.RETURN_VALUE);
    const code = inner.finish(node.line, { parameters: node.parameters });
    this.out.at(node);
    this.makeFunction(code, inner, flags);
  }

  #comprehension(node: Comprehension | DictComprehension): void {
    const { out } = this;
    const inner = new ExpressionCompiler(this.childScope(node), this.source, this);
    inner.out.at(node);
    if (node.kind === "ListComp") inner.out.emit(OP.BUILD_LIST, 0);
    else if (node.kind === "SetComp") inner.out.emit(OP.BUILD_SET, 0);
    else if (node.kind === "DictComp") inner.out.emit(OP.BUILD_MAP, 0);
    inner.#clauses(node, node.clauses, 0);
    inner.out.at(node);
    if (node.kind === "GeneratorExp") inner.constant(null);
    inner.out.emit(OP.RETURN_VALUE);
    const code = inner.finish(node.line, { argumentCount: 1 });
    this.makeFunction(code, inner, 0);
    const [first] = node.clauses;
    if (first) {
      this.expression(first.iterable);
      out.at(first.iterable);
      out.emit(OP.GET_ITER);
    }
    out.at(node);
    out.emit(OP.CALL, 1);
  }

  #clauses(node: Comprehension | DictComprehension, clauses: readonly ComprehensionClause[], index: number): void {
    const { out } = this;
    const clause = clauses[index];
    if (!clause) {
      const depth = clauses.length + 1;
      if (node.kind === "DictComp") {
        this.expression(node.key);
        this.expression(node.value);
        out.at(node);
        out.emit(OP.MAP_ADD, depth);
        return;
      }
      this.expression(node.element);
      out.at(node.element);
      if (node.kind === "GeneratorExp") {
        out.emit(OP.YIELD_VALUE);
        out.emit(OP.POP_TOP);
      } else out.emit(node.kind === "ListComp" ? OP.LIST_APPEND : OP.SET_ADD, depth);
      return;
    }
    if (clause.isAsync) this.fail(node, "asynchronous comprehension outside of an asynchronous function");
    if (index === 0) out.emit(OP.LOAD_FAST, this.slot(".0"));
    else {
      this.expression(clause.iterable);
      out.at(clause.iterable);
      out.emit(OP.GET_ITER);
    }
    const loop = new Label();
    const end = new Label();
    const next = new Label();
    out.place(loop);
    out.at(clause.iterable);
    out.emit(OP.FOR_ITER, end);
    this.store(clause.target);
    for (const condition of clause.conditions) this.condition(condition, next, false);
    this.#clauses(node, clauses, index + 1);
    out.place(next);
    out.emit(OP.JUMP_BACK, loop);
    out.place(end);
  }

  /** Assigns what is on the stack. */
  store(node: Expression): void {
    const { out } = this;
    out.at(node);
    switch (node.kind) {
      case "Name": return this.storeName(node);
      case "Attribute":
        this.expression(node.value);
        out.at(node);
        out.emit(OP.STORE_ATTR, out.name(this.scope.mangle(node.name)));
        return;
      case "Subscript":
        this.expression(node.value);
        this.expression(node.index);
        out.at(node);
        out.emit(OP.STORE_SUBSCR);
        return;
      case "Tuple":
      case "List": {
        const star = node.elements.findIndex((one) => one.kind === "Starred");
        if (star < 0) out.emit(OP.UNPACK_SEQUENCE, node.elements.length);
        else {
          if (node.elements.slice(star + 1).some((one) => one.kind === "Starred")) this.fail(node, "multiple starred expressions in assignment");
          out.emit(OP.UNPACK_EX, star + 256 * (node.elements.length - star - 1));
        }
        for (const element of node.elements) this.store(element.kind === "Starred" ? element.value : element);
        return;
      }
      case "Starred": return this.fail(node, "starred assignment target must be in a list or tuple");
      default: return this.fail(node, "cannot assign here");
    }
  }

  protected storeName(node: Name): void {
    if (node.id === "__debug__") this.fail(node, "cannot assign to __debug__");
    this.access(node.id, "store");
  }
}
