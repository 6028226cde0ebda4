// Who owns each name (CPython's symtable.c): which are local, global, free or shared with inner functions. One walk over every kind of node, so one
// file.

import { SyntaxProblem } from "../syntax/syntax-problem.ts";
import type { Comprehension, ComprehensionClause, DictComprehension, Expression, Lambda, Parameters, Pattern, Span, Statement } from "../syntax/tree.ts";

export type Ownership = "local" | "cell" | "free" | "global" | "implicit";
export type ScopeKind = "module" | "class" | "function" | "comprehension";

export class Scope {
  readonly kind: ScopeKind;
  readonly name: string;
  readonly parent: Scope | undefined;
  readonly bound = new Set<string>();
  readonly used = new Set<string>();
  readonly globals = new Map<string, Span>();
  readonly nonlocals = new Map<string, Span>();
  readonly parameters: string[] = [];
  readonly children = new Map<object, Scope>();
  /** from outside, for itself or for a scope within */
  readonly free = new Set<string>();
  readonly ownership = new Map<string, Ownership>();
  /** for private names: the innermost class */
  readonly className: string | undefined;
  isGenerator = false;
  isAsync = false;
  hasAnnotations = false;
  /** a method here needs the class: super() or __class__ */
  needsClassCell = false;

  constructor(kind: ScopeKind, name: string, parent: Scope | undefined, className: string | undefined) {
    this.kind = kind;
    this.name = name;
    this.parent = parent;
    this.className = className;
  }

  get isFunction(): boolean {
    return this.kind === "function" || this.kind === "comprehension";
  }

  /** `__x` inside class C is `_C__x`. */
  mangle(name: string): string {
    if (this.className === undefined || !name.startsWith("__") || name.endsWith("__") || name.includes(".")) return name;
    const bare = this.className.replace(/^_+/, "");
    return bare === "" ? name : `_${bare}${name}`;
  }
}

function fail(span: Span, message: string): never {
  throw new SyntaxProblem("SyntaxError", message, span.line, span.column, span.endLine, span.endColumn);
}

export function analyseModule(body: readonly Statement[] | Expression): Scope {
  const module = new Scope("module", "<module>", undefined, undefined);
  const analyser = new Analyser(module);
  if ("kind" in body) analyser.expression(body);
  else analyser.statements(body);
  resolve(module);
  return module;
}

class Analyser {
  #scope: Scope;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  #bind(name: string): void {
    this.#scope.bound.add(this.#scope.mangle(name));
  }

  #use(name: string): void {
    this.#scope.used.add(this.#scope.mangle(name));
    if (name === "super" && this.#scope.isFunction) this.#scope.used.add("__class__");
  }

  #inside(key: object, scope: Scope, run: () => void): void {
    const outer = this.#scope;
    outer.children.set(key, scope);
    this.#scope = scope;
    run();
    this.#scope = outer;
  }

  statements(body: readonly Statement[]): void {
    for (const statement of body) this.#statement(statement);
  }

  #statement(node: Statement): void {
    switch (node.kind) {
      case "Expr": return this.expression(node.value);
      case "Assign":
        this.expression(node.value);
        for (const target of node.targets) this.#target(target);
        return;
      case "AugAssign":
        this.expression(node.target);
        this.expression(node.value);
        this.#target(node.target);
        return;
      case "AnnAssign":
        if (node.target.kind === "Name") {
          const name = this.#scope.mangle(node.target.id);
          if (node.simple && (this.#scope.globals.has(name) || this.#scope.nonlocals.has(name))) fail(node, `annotated name '${node.target.id}' can't be ${this.#scope.globals.has(name) ? "global" : "nonlocal"}`);
        }
        this.#target(node.target);
        this.#scope.hasAnnotations = true;
        if (!this.#scope.isFunction) this.expression(node.annotation);
        if (node.value) this.expression(node.value);
        return;
      case "Return":
        if (node.value) this.expression(node.value);
        return;
      case "Delete":
        for (const target of node.targets) this.#target(target);
        return;
      case "If":
      case "While":
        this.expression(node.test);
        this.statements(node.body);
        this.statements(node.orElse);
        return;
      case "For":
        this.#target(node.target);
        this.expression(node.iterable);
        this.statements(node.body);
        this.statements(node.orElse);
        return;
      case "With":
        for (const item of node.items) {
          this.expression(item.context);
          if (item.target) this.#target(item.target);
        }
        this.statements(node.body);
        return;
      case "FunctionDef": {
        for (const decorator of node.decorators) this.expression(decorator);
        this.#defaults(node.parameters, true);
        if (node.returns) this.expression(node.returns);
        this.#bind(node.name);
        const scope = new Scope("function", node.name, this.#scope, this.#scope.className);
        scope.isAsync = node.isAsync;
        this.#inside(node, scope, () => {
          this.#parameters(node.parameters);
          this.statements(node.body);
        });
        return;
      }
      case "ClassDef": {
        for (const decorator of node.decorators) this.expression(decorator);
        for (const base of node.bases) this.expression(base);
        for (const keyword of node.keywords) this.expression(keyword.value);
        this.#bind(node.name);
        const scope = new Scope("class", node.name, this.#scope, node.name);
        this.#inside(node, scope, () => {
          this.#scope.bound.add("__module__").add("__qualname__");
          this.statements(node.body);
        });
        return;
      }
      case "Raise":
        if (node.exception) this.expression(node.exception);
        if (node.cause) this.expression(node.cause);
        return;
      case "Try":
        this.statements(node.body);
        for (const handler of node.handlers) {
          if (handler.type) this.expression(handler.type);
          if (handler.name !== undefined) this.#bind(handler.name);
          this.statements(handler.body);
        }
        this.statements(node.orElse);
        this.statements(node.finalBody);
        return;
      case "Assert":
        this.expression(node.test);
        if (node.message) this.expression(node.message);
        return;
      case "Import":
        for (const alias of node.names) this.#bind(alias.asName ?? alias.name.split(".")[0] ?? alias.name);
        return;
      case "ImportFrom":
        for (const alias of node.names) {
          if (alias.name !== "*") this.#bind(alias.asName ?? alias.name);
          else if (this.#scope.kind !== "module") fail(alias, "import * only allowed at module level");
        }
        return;
      case "Global":
      case "Nonlocal":
        return this.#declare(node.kind === "Global" ? "global" : "nonlocal", node.names, node);
      case "Match":
        this.expression(node.subject);
        for (const one of node.cases) {
          this.#pattern(one.pattern);
          if (one.guard) this.expression(one.guard);
          this.statements(one.body);
        }
        return;
      default:
    }
  }

  #declare(kind: "global" | "nonlocal", names: readonly string[], span: Span): void {
    const scope = this.#scope;
    for (const plain of names) {
      const name = scope.mangle(plain);
      if (scope.parameters.includes(name)) fail(span, `name '${plain}' is parameter and ${kind}`);
      if (scope.bound.has(name) && !scope.globals.has(name) && !scope.nonlocals.has(name)) fail(span, `name '${plain}' is assigned to before ${kind} declaration`);
      if (scope.used.has(name)) fail(span, `name '${plain}' is used prior to ${kind} declaration`);
      if (kind === "nonlocal" && scope.kind === "module") fail(span, "nonlocal declaration not allowed at module level");
      (kind === "global" ? scope.globals : scope.nonlocals).set(name, span);
    }
  }

  #defaults(parameters: Parameters, annotations: boolean): void {
    for (const parameter of allParameters(parameters)) {
      if (parameter.default) this.expression(parameter.default);
      if (annotations && parameter.annotation) this.expression(parameter.annotation);
    }
  }

  #parameters(parameters: Parameters): void {
    for (const parameter of allParameters(parameters)) {
      const name = this.#scope.mangle(parameter.name);
      if (this.#scope.parameters.includes(name)) fail(parameter, `duplicate argument '${parameter.name}' in function definition`);
      this.#scope.parameters.push(name);
      this.#scope.bound.add(name);
    }
  }

  #target(node: Expression): void {
    switch (node.kind) {
      case "Name": return this.#bind(node.id);
      case "Tuple":
      case "List":
        for (const element of node.elements) this.#target(element);
        return;
      case "Starred": return this.#target(node.value);
      default: return this.expression(node);
    }
  }

  #pattern(node: Pattern): void {
    switch (node.kind) {
      case "value": return this.expression(node.value);
      case "sequence":
        for (const item of node.items) this.#pattern(item);
        return;
      case "star":
        if (node.name !== undefined) this.#bind(node.name);
        return;
      case "mapping":
        for (const key of node.keys) this.expression(key);
        for (const value of node.values) this.#pattern(value);
        if (node.rest !== undefined) this.#bind(node.rest);
        return;
      case "class":
        this.expression(node.cls);
        for (const one of [...node.positional, ...node.values]) this.#pattern(one);
        return;
      case "capture":
        if (node.pattern) this.#pattern(node.pattern);
        if (node.name !== undefined) this.#bind(node.name);
        return;
      case "or":
        for (const one of node.alternatives) this.#pattern(one);
        return;
      case "singleton":
    }
  }

  #all(nodes: readonly (Expression | undefined)[]): void {
    for (const node of nodes) if (node) this.expression(node);
  }

  expression(node: Expression): void {
    switch (node.kind) {
      case "Name": return this.#use(node.id);
      case "Constant": return;
      case "FormattedValue": return this.#all([node.value, node.spec]);
      case "JoinedStr": return this.#all(node.values);
      case "Tuple":
      case "List":
      case "Set": return this.#all(node.elements);
      case "Dict": return this.#all([...node.keys, ...node.values]);
      case "BinOp": {
        // Long chains lean to the left: walked without recursion.
        let left: Expression = node;
        while (left.kind === "BinOp") {
          this.expression(left.right);
          left = left.left;
        }
        return this.expression(left);
      }
      case "UnaryOp": return this.expression(node.operand);
      case "BoolOp": return this.#all(node.values);
      case "Compare": return this.#all([node.left, ...node.comparators]);
      case "Call": return this.#all([node.callee, ...node.positional, ...node.keywords.map((one) => one.value)]);
      case "Attribute":
      case "Starred": return this.expression(node.value);
      case "Await":
        return this.expression(node.value);
      case "Subscript": return this.#all([node.value, node.index]);
      case "Slice": return this.#all([node.lower, node.upper, node.step]);
      case "IfExp": return this.#all([node.test, node.body, node.orElse]);
      case "Lambda": return this.#lambda(node);
      case "ListComp":
      case "SetComp":
      case "GeneratorExp":
      case "DictComp": return this.#comprehension(node);
      case "Yield":
      case "YieldFrom":
        if (this.#scope.kind === "comprehension") fail(node, `'yield' inside ${comprehensionName(this.#scope.name)}`);
        if (!this.#scope.isFunction) fail(node, "'yield' outside function");
        this.#scope.isGenerator = true;
        if (node.value) this.expression(node.value);
        return;
      case "NamedExpr": {
        this.expression(node.value);
        let scope = this.#scope;
        while (scope.kind === "comprehension" && scope.parent) {
          if (scope.parameters.includes(node.target.id) || scope.bound.has(node.target.id)) fail(node, `assignment expression cannot rebind comprehension iteration variable '${node.target.id}'`);
          scope.nonlocals.set(scope.mangle(node.target.id), node);
          scope = scope.parent;
        }
        if (scope !== this.#scope && scope.kind === "class") fail(node, "assignment expression within a comprehension cannot be used in a class body");
        scope.bound.add(scope.mangle(node.target.id));
      }
    }
  }

  #lambda(node: Lambda): void {
    this.#defaults(node.parameters, false);
    const scope = new Scope("function", "<lambda>", this.#scope, this.#scope.className);
    this.#inside(node, scope, () => {
      this.#parameters(node.parameters);
      this.expression(node.body);
    });
  }

  #comprehension(node: Comprehension | DictComprehension): void {
    const [first, ...others] = node.clauses;
    if (!first) return;
    this.expression(first.iterable);
    const scope = new Scope("comprehension", { ListComp: "<listcomp>", SetComp: "<setcomp>", DictComp: "<dictcomp>", GeneratorExp: "<genexpr>" }[node.kind], this.#scope, this.#scope.className);
    scope.isGenerator = node.kind === "GeneratorExp";
    this.#inside(node, scope, () => {
      scope.parameters.push(".0");
      scope.bound.add(".0");
      const clause = (one: ComprehensionClause, withIterable: boolean) => {
        if (withIterable) this.expression(one.iterable);
        this.#target(one.target);
        this.#all(one.conditions);
      };
      clause(first, false);
      for (const one of others) clause(one, true);
      if (node.kind === "DictComp") this.#all([node.key, node.value]);
      else this.expression(node.element);
    });
  }
}

function comprehensionName(name: string): string {
  return { "<listcomp>": "list comprehension", "<setcomp>": "set comprehension", "<dictcomp>": "dict comprehension", "<genexpr>": "generator expression" }[name] ?? name;
}

export function allParameters(parameters: Parameters) {
  return [
    ...parameters.positionalOnly, ...parameters.positional, ...(parameters.rest ? [parameters.rest] : []), ...parameters.keywordOnly,
    ...(parameters.keywords ? [parameters.keywords] : []),
  ];
}

/** The nearest enclosing function that binds `name`; what lies between gets it as a free variable. */
function capture(scope: Scope, name: string): boolean {
  for (let outer = scope.parent; outer; outer = outer.parent) {
    if (outer.kind === "module") return false;
    if (outer.kind === "class") {
      if (name !== "__class__") continue;
      outer.needsClassCell = true;
      markFree(scope, outer, name);
      return true;
    }
    if (outer.globals.has(name)) return false;
    if (outer.bound.has(name) && !outer.nonlocals.has(name)) {
      outer.ownership.set(name, "cell");
      markFree(scope, outer, name);
      return true;
    }
  }
  return false;
}

function markFree(from: Scope, until: Scope, name: string): void {
  for (let scope: Scope | undefined = from; scope && scope !== until; scope = scope.parent) {
    scope.free.add(name);
    // A class body that binds the name itself only hands the outer one through.
    if (!(scope.kind === "class" && scope.bound.has(name))) scope.ownership.set(name, "free");
  }
}

function resolve(scope: Scope): void {
  for (const name of [...scope.bound, ...scope.used, ...scope.globals.keys(), ...scope.nonlocals.keys()]) {
    if (scope.globals.has(name)) {
      scope.ownership.set(name, "global");
      continue;
    }
    const nonlocal = scope.nonlocals.get(name);
    if (nonlocal) {
      if (scope.globals.has(name)) fail(nonlocal, `name '${name}' is nonlocal and global`);
      if (!capture(scope, name)) {
        if (scope.kind !== "comprehension") fail(nonlocal, `no binding for nonlocal '${name}' found`);
        scope.ownership.set(name, "global");
      }
      continue;
    }
    if (scope.bound.has(name)) {
      if (!scope.ownership.has(name) || scope.ownership.get(name) === "implicit") scope.ownership.set(name, "local");
      continue;
    }
    if (!capture(scope, name)) scope.ownership.set(name, "implicit");
  }
  for (const child of scope.children.values()) resolve(child);
}
