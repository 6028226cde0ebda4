// Statements to instructions: the way from a source text to a code object. One class, because every kind of statement shares the state of the
// function being compiled.

import type { ExpressionCompiler } from "./compile-expression.ts";
import { Label } from "./assembler.ts";
import type { PyCode, SourceText } from "./code-object.ts";
import { PatternCompiler } from "./compile-pattern.ts";
import { OP } from "./opcode.ts";
import { analyseModule } from "./scope.ts";
import type { Parser } from "../syntax/parser.ts";
import type { AnnotatedAssign, ClassDefinition, Expression, For, FunctionDefinition, If, Match, Span, Statement, Try, While, With } from "../syntax/tree.ts";

export type CompileMode = "exec" | "single" | "eval";

/** What must be undone when a statement jumps out of a construct. */
type Construct =
  | { readonly kind: "loop"; readonly next: Label; readonly end: Label; readonly hasIterator: boolean }
  | { readonly kind: "try" }
  | { readonly kind: "handler" }
  | { readonly kind: "handler-name"; readonly name: string }
  | { readonly kind: "finally-try"; readonly body: readonly Statement[] }
  | { readonly kind: "finally-handler" }
  | { readonly kind: "with"; readonly span: Span };

export function compileModule(parser: Parser, source: SourceText, mode: CompileMode): PyCode {
  if (mode === "eval") {
    const node = parser.evaluated();
    return new StatementCompiler(analyseModule(node), source, undefined).evaluated(node);
  }
  const body = mode === "single" ? parser.interactive() : parser.file();
  return new StatementCompiler(analyseModule(body), source, undefined).module(body, mode === "single");
}

function documentationOf(body: readonly Statement[]): string | null {
  const [first] = body;
  return first?.kind === "Expr" && first.value.kind === "Constant" && typeof first.value.value === "string" ? first.value.value : null;
}

class StatementCompiler extends PatternCompiler {
  readonly #constructs: Construct[] = [];
  #interactive = false;

  evaluated(node: Expression): PyCode {
    this.expression(node);
    this.out.emit(OP.RETURN_VALUE);
    return this.finish(1);
  }

  module(body: readonly Statement[], interactive: boolean): PyCode {
    this.#interactive = interactive;
    if (this.scope.hasAnnotations) this.out.emit(OP.SETUP_ANNOTATIONS);
    const documentation = documentationOf(body);
    if (!interactive && documentation !== null) {
      this.constant(documentation);
      this.access("__doc__", "store");
    }
    this.#body(body);
    this.constant(null);
    this.out.emit(OP.RETURN_VALUE);
    return this.finish(1);
  }

  #body(statements: readonly Statement[]): void {
    for (const statement of statements) this.#statement(statement);
  }

  #statement(node: Statement): void {
    const { out } = this;
    out.at(node);
    switch (node.kind) {
      case "Expr":
        if (this.#interactive && this.scope.kind === "module") {
          this.expression(node.value);
          out.emit(OP.PRINT_EXPR);
          return;
        }
        if (node.value.kind === "Constant") return;
        this.expression(node.value);
        out.at(node);
        out.emit(OP.POP_TOP);
        return;
      case "Assign": {
        this.expression(node.value);
        node.targets.forEach((target, i) => {
          if (i < node.targets.length - 1) out.emit(OP.DUP_TOP);
          this.store(target);
        });
        return;
      }
      case "AugAssign": return this.#augmented(node);
      case "AnnAssign": return this.#annotated(node);
      case "Return": return this.#return(node);
      case "Delete":
        for (const target of node.targets) this.#delete(target);
        return;
      case "Pass": return;
      case "Break":
      case "Continue": return this.#leaveLoop(node.kind, node);
      case "If": return this.#if(node);
      case "While": return this.#while(node);
      case "For": return this.#for(node);
      case "With": return this.#with(node, 0);
      case "FunctionDef": return this.#function(node);
      case "ClassDef": return this.#class(node);
      case "Raise":
        if (node.exception) this.expression(node.exception);
        if (node.cause) this.expression(node.cause);
        out.at(node);
        out.emit(OP.RAISE, node.cause ? 2 : node.exception ? 1 : 0);
        return;
      case "Try": return this.#try(node);
      case "Assert": {
        const end = new Label();
        if (node.test.kind === "Tuple" && node.test.elements.length > 0) this.warn(node, "assertion is always true, perhaps remove parentheses?");
        this.condition(node.test, end, true);
        out.at(node.test);
        out.emit(OP.LOAD_ASSERTION_ERROR);
        if (node.message) {
          this.expression(node.message);
          out.at(node.test);
          out.emit(OP.CALL, 1);
        }
        out.emit(OP.RAISE, 1);
        out.place(end);
        return;
      }
      case "Import":
        for (const alias of node.names) {
          this.constant(0);
          this.constant(null);
          out.emit(OP.IMPORT_NAME, out.name(alias.name));
          if (alias.asName !== undefined) {
            if (alias.name.includes(".")) out.emit(OP.IMPORT_SUBMODULE, out.name(alias.name));
            this.access(alias.asName, "store");
          } else this.access(alias.name.split(".")[0] ?? alias.name, "store");
        }
        return;
      case "ImportFrom": {
        if (node.module === "__future__") {
          for (const alias of node.names) if (alias.name === "braces") this.fail(startOf(node), "not a chance");
          if (node.names.every((one) => FUTURES.has(one.name))) return;
          this.fail(startOf(node), `future feature ${node.names.find((one) => !FUTURES.has(one.name))?.name} is not defined`);
        }
        this.constant(node.level);
        for (const alias of node.names) this.constant(alias.name);
        out.emit(OP.BUILD_TUPLE, node.names.length);
        out.emit(OP.IMPORT_NAME, out.name(node.module));
        if (node.names[0]?.name === "*") {
          out.emit(OP.IMPORT_STAR);
          return;
        }
        for (const alias of node.names) {
          out.emit(OP.IMPORT_FROM, out.name(alias.name));
          this.access(alias.asName ?? alias.name, "store");
        }
        out.emit(OP.POP_TOP);
        return;
      }
      case "Global":
      case "Nonlocal": return;
      case "Match": return this.#match(node);
    }
  }

  #augmented(node: Statement & { readonly kind: "AugAssign" }): void {
    const { out } = this;
    const { target } = node;
    switch (target.kind) {
      case "Name":
        this.expression(target);
        this.expression(node.value);
        out.at(node);
        this.binary(node.operator, true);
        out.at(target);
        return this.storeName(target);
      case "Attribute": {
        const name = out.name(this.scope.mangle(target.name));
        this.expression(target.value);
        out.emit(OP.DUP_TOP);
        out.at(target);
        out.emit(OP.LOAD_ATTR, name);
        this.expression(node.value);
        out.at(node);
        this.binary(node.operator, true);
        out.at(target);
        out.emit(OP.ROT_TWO);
        out.emit(OP.STORE_ATTR, name);
        return;
      }
      case "Subscript":
        this.expression(target.value);
        this.expression(target.index);
        out.at(target);
        out.emit(OP.DUP_TOP_TWO);
        out.emit(OP.BINARY_SUBSCR);
        this.expression(node.value);
        out.at(node);
        this.binary(node.operator, true);
        out.at(target);
        out.emit(OP.ROT_THREE);
        out.emit(OP.STORE_SUBSCR);
        return;
      default:
        this.fail(target, "illegal expression for augmented assignment");
    }
  }

  #annotated(node: AnnotatedAssign): void {
    const { out } = this;
    if (node.value) {
      this.expression(node.value);
      this.store(node.target);
    } else if (node.target.kind !== "Name") {
      this.expression(node.target.kind === "Attribute" || node.target.kind === "Subscript" ? node.target.value : node.target);
      out.emit(OP.POP_TOP);
    }
    if (!node.simple || node.target.kind !== "Name" || this.scope.isFunction) return;
    this.expression(node.annotation);
    this.access("__annotations__", "load");
    this.constant(this.scope.mangle(node.target.id));
    out.emit(OP.STORE_SUBSCR);
  }

  #delete(node: Expression): void {
    const { out } = this;
    out.at(node);
    switch (node.kind) {
      case "Name": return this.access(node.id, "delete");
      case "Attribute":
        this.expression(node.value);
        out.at(node);
        out.emit(OP.DELETE_ATTR, out.name(this.scope.mangle(node.name)));
        return;
      case "Subscript":
        this.expression(node.value);
        this.expression(node.index);
        out.at(node);
        out.emit(OP.DELETE_SUBSCR);
        return;
      case "Tuple":
      case "List":
        for (const element of node.elements) this.#delete(element);
        return;
      default:
        this.fail(node, "cannot delete");
    }
  }

  /** Undoes a construct when leaving it by a jump; `keeps` says that a value lies on top of the stack. */
  #unwind(construct: Construct, keeps: boolean): void {
    const { out } = this;
    const under = (pop: () => void) => {
      if (keeps) out.emit(OP.ROT_TWO);
      pop();
    };
    switch (construct.kind) {
      case "loop":
        if (construct.hasIterator) under(() => out.emit(OP.POP_TOP));
        return;
      case "try":
        return out.emit(OP.POP_BLOCK);
      case "handler":
        return under(() => out.emit(OP.POP_EXC));
      case "handler-name":
        out.emit(OP.POP_BLOCK);
        return this.#forget(construct.name);
      case "finally-try":
        out.emit(OP.POP_BLOCK);
        return this.#without(construct, () => this.#body(construct.body));
      case "finally-handler":
        under(() => out.emit(OP.POP_TOP));
        return under(() => out.emit(OP.POP_EXC));
      case "with":
        out.emit(OP.POP_BLOCK);
        out.at(construct.span);
        return under(() => out.emit(OP.WITH_EXIT));
    }
  }

  /** Compiles something as if standing outside that construct. */
  #without(construct: Construct, run: () => void): void {
    const index = this.#constructs.indexOf(construct);
    const removed = this.#constructs.splice(index);
    run();
    this.#constructs.push(...removed);
  }

  #within(construct: Construct, run: () => void): void {
    this.#constructs.push(construct);
    run();
    this.#constructs.pop();
  }

  #forget(name: string): void {
    this.constant(null);
    this.access(name, "store");
    this.access(name, "delete");
  }

  #return(node: Statement & { readonly kind: "Return" }): void {
    if (!this.scope.isFunction) this.fail(node, "'return' outside function");
    const { out } = this;
    if (node.value) {
      if (this.scope.isAsync && this.scope.isGenerator) this.fail(node, "'return' with value in async generator");
      this.expression(node.value);
    } else this.constant(null);
    for (const construct of [...this.#constructs].reverse()) this.#unwind(construct, true);
    out.at(node);
    out.emit(OP.RETURN_VALUE);
  }

  #leaveLoop(kind: "Break" | "Continue", node: Span): void {
    const { out } = this;
    for (const construct of [...this.#constructs].reverse()) {
      if (construct.kind === "loop") {
        if (kind === "Break") {
          this.#unwind(construct, false);
          out.emit(OP.JUMP, construct.end);
        } else out.emit(OP.JUMP_BACK, construct.next);
        return;
      }
      this.#unwind(construct, false);
    }
    this.fail(node, kind === "Break" ? "'break' outside loop" : "'continue' not properly in loop");
  }

  #if(node: If): void {
    const { out } = this;
    const orElse = new Label();
    this.condition(node.test, orElse, false);
    this.#body(node.body);
    if (node.orElse.length === 0) return out.place(orElse);
    const end = new Label();
    out.emit(OP.JUMP, end);
    out.place(orElse);
    this.#body(node.orElse);
    out.place(end);
  }

  #while(node: While): void {
    const { out } = this;
    const loop = new Label();
    const orElse = new Label();
    const end = new Label();
    out.place(loop);
    this.condition(node.test, orElse, false);
    this.#within({ kind: "loop", next: loop, end, hasIterator: false }, () => this.#body(node.body));
    out.emit(OP.JUMP_BACK, loop);
    out.place(orElse);
    this.#body(node.orElse);
    out.place(end);
  }

  #for(node: For): void {
    const { out } = this;
    if (node.isAsync) this.fail(node, this.scope.isAsync ? "'async for' is not simulated" : "'async for' outside async function");
    const loop = new Label();
    const orElse = new Label();
    const end = new Label();
    this.expression(node.iterable);
    out.at(node);
    out.emit(OP.GET_ITER);
    out.place(loop);
    out.emit(OP.FOR_ITER, orElse);
    this.store(node.target);
    this.#within({ kind: "loop", next: loop, end, hasIterator: true }, () => this.#body(node.body));
    out.emit(OP.JUMP_BACK, loop);
    out.place(orElse);
    this.#body(node.orElse);
    out.place(end);
  }

  #with(node: With, index: number): void {
    const { out } = this;
    const item = node.items[index];
    if (!item) return this.#body(node.body);
    if (node.isAsync) this.fail(node, this.scope.isAsync ? "'async with' is not simulated" : "'async with' outside async function");
    const handler = new Label();
    const swallow = new Label();
    const end = new Label();
    this.expression(item.context);
    out.at(item.context);
    out.emit(OP.BEFORE_WITH);
    out.emit(OP.SETUP_WITH, handler);
    this.#within({ kind: "with", span: node }, () => {
      if (item.target) this.store(item.target);
      else out.emit(OP.POP_TOP);
      this.#with(node, index + 1);
    });
    out.at(node);
    out.emit(OP.POP_BLOCK);
    out.emit(OP.WITH_EXIT);
    out.emit(OP.JUMP, end);
    out.place(handler);
    out.emit(OP.PUSH_EXC);
    out.emit(OP.WITH_EXCEPT_START);
    out.emit(OP.POP_JUMP_IF_TRUE, swallow);
    out.emit(OP.RERAISE);
    out.place(swallow);
    out.emit(OP.POP_TOP);
    out.emit(OP.POP_EXC);
    out.emit(OP.POP_TOP);
    out.place(end);
  }

  #try(node: Try): void {
    if (node.isGroup) this.fail(node, "'except*' is not simulated");
    const { out } = this;
    if (node.finalBody.length === 0) return this.#tryExcept(node);
    const handler = new Label();
    const end = new Label();
    out.emit(OP.SETUP_EXCEPT, handler);
    this.#within({ kind: "finally-try", body: node.finalBody }, () => (node.handlers.length > 0 ? this.#tryExcept(node) : this.#body(node.body)));
    out.emit(OP.POP_BLOCK);
    this.#body(node.finalBody);
    out.emit(OP.JUMP, end);
    out.place(handler);
    out.emit(OP.PUSH_EXC);
    this.#within({ kind: "finally-handler" }, () => this.#body(node.finalBody));
    out.emit(OP.RERAISE);
    out.place(end);
  }

  #tryExcept(node: Try): void {
    const { out } = this;
    const start = new Label();
    const end = new Label();
    out.emit(OP.SETUP_EXCEPT, start);
    this.#within({ kind: "try" }, () => this.#body(node.body));
    out.emit(OP.POP_BLOCK);
    this.#body(node.orElse);
    out.emit(OP.JUMP, end);
    out.place(start);
    out.emit(OP.PUSH_EXC);
    for (const handler of node.handlers) {
      const next = new Label();
      out.at(handler);
      if (handler.type) {
        this.expression(handler.type);
        out.at(handler.type);
        out.emit(OP.CHECK_EXC_MATCH);
        out.emit(OP.POP_JUMP_IF_FALSE, next);
      }
      const { name } = handler;
      this.#within({ kind: "handler" }, () => {
        if (name === undefined) {
          out.emit(OP.POP_TOP);
          this.#body(handler.body);
          return;
        }
        const cleanup = new Label();
        const done = new Label();
        this.access(name, "store");
        out.emit(OP.SETUP_EXCEPT, cleanup);
        this.#within({ kind: "handler-name", name }, () => this.#body(handler.body));
        out.emit(OP.POP_BLOCK);
        this.#forget(name);
        out.emit(OP.JUMP, done);
        out.place(cleanup);
        this.#forget(name);
        out.emit(OP.RERAISE);
        out.place(done);
      });
      out.emit(OP.POP_EXC);
      out.emit(OP.JUMP, end);
      out.place(next);
    }
    out.emit(OP.RERAISE);
    out.place(end);
  }

  #function(node: FunctionDefinition): void {
    const { out } = this;
    for (const decorator of node.decorators) this.expression(decorator);
    const flags = this.functionParts(node.parameters, node.returns, true);
    const inner = new StatementCompiler(this.childScope(node), this.source, this);
    const code = inner.functionBody(node);
    out.at(node.decorators.length > 0 ? node : node);
    this.makeFunction(code, inner, flags);
    for (const decorator of [...node.decorators].reverse()) {
      out.at(decorator);
      out.emit(OP.CALL, 1);
    }
    out.at(node);
    this.access(node.name, "store");
  }

  functionBody(node: FunctionDefinition): PyCode {
    const { out } = this;
    this.#body(node.body);
    out.at(node.body[node.body.length - 1] ?? node);
    this.constant(null);
    out.emit(OP.RETURN_VALUE);
    return this.finish(node.decorators[0]?.line ?? node.line, { parameters: node.parameters, documentation: documentationOf(node.body) });
  }

  #class(node: ClassDefinition): void {
    const { out } = this;
    for (const decorator of node.decorators) this.expression(decorator);
    out.at(node);
    out.emit(OP.LOAD_BUILD_CLASS);
    const inner = new StatementCompiler(this.childScope(node), this.source, this);
    const code = inner.classBody(node);
    out.at(node);
    this.makeFunction(code, inner, 0);
    this.constant(node.name);
    this.checkKeywords(node.keywords);
    if (node.bases.some((one) => one.kind === "Starred") || node.keywords.some((one) => one.name === undefined)) this.callWith(node.bases, node.keywords, node, 2);
    else this.callWith(node.bases, node.keywords, node, 2);
    for (const decorator of [...node.decorators].reverse()) {
      out.at(decorator);
      out.emit(OP.CALL, 1);
    }
    out.at(node);
    this.access(node.name, "store");
  }

  classBody(node: ClassDefinition): PyCode {
    const { out } = this;
    out.at(node);
    out.emit(OP.LOAD_GLOBAL, out.name("__name__"));
    out.emit(OP.STORE_NAME, out.name("__module__"));
    this.constant(this.qualifiedName);
    out.emit(OP.STORE_NAME, out.name("__qualname__"));
    if (this.scope.hasAnnotations) out.emit(OP.SETUP_ANNOTATIONS);
    const documentation = documentationOf(node.body);
    if (documentation !== null) {
      this.constant(documentation);
      out.emit(OP.STORE_NAME, out.name("__doc__"));
    }
    this.#body(node.body);
    const cell = this.scope.needsClassCell ? this.cellIndex("__class__") : undefined;
    if (cell !== undefined) out.emit(OP.LOAD_CLOSURE, cell);
    else this.constant(null);
    out.emit(OP.RETURN_VALUE);
    return this.finish(node.decorators[0]?.line ?? node.line);
  }

  #match(node: Match): void {
    const { out } = this;
    const end = new Label();
    this.expression(node.subject);
    node.cases.forEach((one, i) => {
      if (one.pattern.kind === "capture" && !one.pattern.pattern && !one.guard && i < node.cases.length - 1) {
        this.fail(one.pattern, one.pattern.name === undefined ? "wildcard makes remaining patterns unreachable" : `name capture '${one.pattern.name}' makes remaining patterns unreachable`);
      }
      const next = new Label();
      out.at(one.pattern);
      out.emit(OP.DUP_TOP);
      this.pattern(one.pattern, next);
      if (one.guard) this.condition(one.guard, next, false);
      out.emit(OP.POP_TOP);
      this.#body(one.body);
      out.emit(OP.JUMP, end);
      out.place(next);
    });
    out.emit(OP.POP_TOP);
    out.place(end);
  }
}

/** One character's place. */
function startOf(node: Span): Span {
  return { line: node.line, column: node.column, endLine: node.line, endColumn: node.column };
}

const FUTURES: ReadonlySet<string> = new Set(["nested_scopes", "generators", "division", "absolute_import", "with_statement", "print_function", "unicode_literals", "barry_as_FLUFL", "generator_stop", "annotations"]);

export type { ExpressionCompiler };
