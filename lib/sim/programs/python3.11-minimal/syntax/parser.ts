// Statements, and the three ways in: a file, one statement typed at the prompt, an expression for eval(). The grammar of statements in the order of
// the language reference; it is long there, too.

import { expressionName, isTarget } from "./expression-parser.ts";
import { PatternParser } from "./pattern-parser.ts";
import type { Token } from "./tokenizer.ts";
import type { Alias, BinaryOperator, ClassDefinition, Expression, FunctionDefinition, Handler, MatchCase, Statement, Try, WithItem } from "./tree.ts";

const AUGMENTED: ReadonlySet<string> = new Set(["+=", "-=", "*=", "@=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=", "**=", "//="]);

export class Parser extends PatternParser {
  file(): readonly Statement[] {
    return this.parseTwice(() => {
      const statements: Statement[] = [];
      while (this.peek().kind !== "end") {
        if (this.peek().kind === "newline") this.advance();
        else statements.push(...this.#statement());
      }
      return statements;
    });
  }

  /** One statement, or a line of simple ones; the rest of the text must be empty. */
  interactive(): readonly Statement[] {
    return this.parseTwice(() => {
      if (this.peek().kind === "newline" || this.peek().kind === "end") return [];
      const statements = this.#statement();
      while (this.peek().kind === "newline") this.advance();
      if (this.peek().kind !== "end") this.fail();
      return statements;
    });
  }

  evaluated(): Expression {
    return this.parseTwice(() => {
      const node = this.starExpressions();
      while (this.peek().kind === "newline") this.advance();
      if (this.peek().kind !== "end") this.fail();
      return node;
    });
  }

  #statement(): readonly Statement[] {
    const compound = this.nested(() => this.#compound());
    return compound ? [compound] : this.#simpleStatements();
  }

  #compound(): Statement | undefined {
    const token = this.peek();
    if (token.kind === "op" && token.text === "@") return this.#decorated();
    if (token.kind === "name" && token.text === "match") return this.attempt(() => this.#match());
    if (token.kind !== "keyword") return undefined;
    switch (token.text) {
      case "def": return this.#function([]);
      case "if": return this.#if();
      case "class": return this.#class([]);
      case "with": return this.#with(token, false);
      case "for": return this.#for(token, false);
      case "try": return this.#try();
      case "while": return this.#while();
      case "async": {
        this.advance();
        if (this.at("def")) return this.#function([], token);
        if (this.at("with")) return this.#with(token, true);
        if (this.at("for")) return this.#for(token, true);
        return this.fail();
      }
      default: return undefined;
    }
  }

  #simpleStatements(): readonly Statement[] {
    const statements = [this.#simple()];
    while (this.accept(";")) {
      if (this.peek().kind === "newline") break;
      statements.push(this.#simple());
    }
    if (this.peek().kind !== "newline") this.fail();
    this.advance();
    return statements;
  }

  /** After the colon. `what` opened the block on `opener`'s line. */
  #block(what: string, opener: Token): readonly Statement[] {
    if (this.peek().kind !== "newline") return this.#simpleStatements();
    this.advance();
    if (this.peek().kind !== "indent") {
      if (this.diagnosing) this.raise(`expected an indented block after ${what} on line ${opener.line}`, "IndentationError");
      this.fail();
    }
    this.advance();
    const statements: Statement[] = [];
    while (this.peek().kind !== "dedent" && this.peek().kind !== "end") statements.push(...this.#statement());
    if (this.peek().kind === "dedent") this.advance();
    return statements;
  }

  #colon(): void {
    if (this.diagnosing && this.peek().kind === "newline") this.raise("expected ':'");
    this.expect(":");
  }

  #simple(): Statement {
    const start = this.peek();
    if (start.kind === "keyword") {
      switch (start.text) {
        case "return": {
          this.advance();
          const value = this.startsExpression() || this.at("*") ? this.starExpressions() : undefined;
          return { kind: "Return", value, ...this.spanFrom(start) };
        }
        case "import": return this.#import();
        case "from": return this.#importFrom();
        case "raise": {
          this.advance();
          const exception = this.startsExpression() ? this.expression() : undefined;
          const cause = exception && this.accept("from") ? this.expression() : undefined;
          return { kind: "Raise", exception, cause, ...this.spanFrom(start) };
        }
        case "pass":
        case "break":
        case "continue":
          this.advance();
          return { kind: start.text === "pass" ? "Pass" : start.text === "break" ? "Break" : "Continue", ...this.spanFrom(start) };
        case "del": return this.#delete();
        case "assert": {
          this.advance();
          const test = this.expression();
          const message = this.accept(",") ? this.expression() : undefined;
          return { kind: "Assert", test, message, ...this.spanFrom(start) };
        }
        case "global":
        case "nonlocal": {
          this.advance();
          const names = [this.expectName().text];
          while (this.accept(",")) names.push(this.expectName().text);
          return { kind: start.text === "global" ? "Global" : "Nonlocal", names, ...this.spanFrom(start) };
        }
      }
    }
    return this.#assignment(start);
  }

  #value(): Expression {
    return this.at("yield") ? this.yieldExpression() : this.starExpressions();
  }

  #assignment(start: Token): Statement {
    const startIndex = this.index;
    const first = this.#value();
    if (this.at(":") && (first.kind === "Name" || first.kind === "Attribute" || first.kind === "Subscript")) {
      const simple = first.kind === "Name" && start.text !== "(";
      const annotated = this.attempt(() => {
        this.advance();
        const annotation = this.expression();
        const value = this.accept("=") ? this.#value() : undefined;
        return { annotation, value };
      });
      if (annotated) return { kind: "AnnAssign", target: first, ...annotated, simple, ...this.spanFrom(start) };
      this.fail();
    }
    if (this.diagnosing && this.at(":")) this.#invalidAnnotation(first);
    if (this.at("=")) {
      const targets: Expression[] = [];
      let value = first;
      while (this.at("=")) {
        if (!isTarget(value)) this.#invalidAssignment(startIndex, value);
        targets.push(value);
        this.advance();
        value = this.#value();
      }
      if (this.diagnosing && this.peek().kind === "op" && AUGMENTED.has(this.peek().text)) this.fail();
      return { kind: "Assign", targets, value, ...this.spanFrom(start) };
    }
    const operator = this.peek();
    if (operator.kind === "op" && AUGMENTED.has(operator.text)) {
      if (first.kind !== "Name" && first.kind !== "Attribute" && first.kind !== "Subscript") {
        if (!this.diagnosing) this.fail();
        this.advance();
        if (this.attempt(() => this.#value())) this.raiseAt(first, `'${expressionName(first)}' is an illegal expression for augmented assignment`);
        this.fail();
      }
      this.advance();
      const value = this.#value();
      return { kind: "AugAssign", target: first, operator: operator.text.slice(0, -1) as BinaryOperator, value, ...this.spanFrom(start) };
    }
    return { kind: "Expr", value: first, ...this.spanFrom(start) };
  }

  #invalidAnnotation(target: Expression): void {
    const colon = this.index;
    this.advance();
    const follows = this.attempt(() => this.expression());
    this.index = colon;
    if (!follows) return;
    if (target.kind === "List" || target.kind === "Tuple") this.raiseAt(target.kind === "Tuple" && !target.parenthesized ? (target.elements[0] ?? target) : target, `only single target (not ${expressionName(target)}) can be annotated`);
    this.raiseAt(target, "illegal target for annotation");
  }

  #invalidAssignment(startIndex: number, target: Expression): never {
    if (!this.diagnosing) this.fail();
    const here = this.index;
    if (target.kind === "Yield" || target.kind === "YieldFrom") this.raiseAt(target, "assignment to yield expression not possible");
    this.index = startIndex;
    this.attempt(() => {
      do this.starNamedExpression();
      while (this.accept(","));
    });
    this.index = here;
    this.invalidTarget(target, "star");
    this.fail();
  }

  #delete(): Statement {
    const start = this.advance();
    const first = this.index;
    const parsed = this.attempt(() => {
      const targets = [this.primary()];
      while (this.accept(",")) {
        if (this.peek().kind === "newline" || this.at(";")) break;
        targets.push(this.primary());
      }
      if (!targets.every((one) => isTarget(one)) || !(this.peek().kind === "newline" || this.at(";"))) this.fail();
      return targets;
    });
    if (parsed) return { kind: "Delete", targets: parsed, ...this.spanFrom(start) };
    if (this.diagnosing) {
      this.index = first;
      const whole = this.attempt(() => this.starExpressions());
      if (whole) this.invalidTarget(whole, "delete");
    }
    this.fail();
  }

  #dottedName(): string {
    let name = this.expectName().text;
    while (this.accept(".")) name += `.${this.expectName().text}`;
    return name;
  }

  #import(): Statement {
    const start = this.advance();
    const names: Alias[] = [];
    do {
      const at = this.peek();
      const name = this.#dottedName();
      const asName = this.accept("as") ? this.expectName().text : undefined;
      names.push({ name, asName, ...this.spanFrom(at) });
    } while (this.accept(","));
    return { kind: "Import", names, ...this.spanFrom(start) };
  }

  #importFrom(): Statement {
    const start = this.advance();
    let level = 0;
    for (;;) {
      if (this.accept(".")) level++;
      else if (this.accept("...")) level += 3;
      else break;
    }
    const module = level > 0 && this.at("import") ? "" : this.#dottedName();
    this.expect("import");
    const names: Alias[] = [];
    if (this.at("*")) {
      const star = this.advance();
      names.push({ name: "*", asName: undefined, ...star });
    } else {
      const open = this.accept("(");
      for (;;) {
        const at = this.expectName();
        const asName = this.accept("as") ? this.expectName().text : undefined;
        names.push({ name: at.text, asName, ...this.spanFrom(at) });
        if (!this.accept(",")) break;
        if (open && this.at(")")) break;
        if (!open && this.peek().kind === "newline") {
          if (this.diagnosing) this.raise("trailing comma not allowed without surrounding parentheses");
          this.fail();
        }
      }
      if (open) this.expect(")");
    }
    return { kind: "ImportFrom", module, names, level, ...this.spanFrom(start) };
  }

  #decorated(): Statement {
    const decorators: Expression[] = [];
    while (this.accept("@")) {
      decorators.push(this.namedExpression());
      if (this.peek().kind !== "newline") this.fail();
      this.advance();
    }
    if (this.at("class")) return this.#class(decorators);
    if (this.at("def")) return this.#function(decorators);
    if (this.at("async")) {
      const start = this.advance();
      return this.#function(decorators, start);
    }
    return this.fail();
  }

  #function(decorators: readonly Expression[], asyncToken?: Token): FunctionDefinition {
    const start = this.expect("def");
    const name = this.expectName().text;
    this.force("(");
    const parameters = this.parameters(")");
    this.expect(")");
    const returns = this.at("->") ? this.attempt(() => {
      this.advance();
      return this.expression();
    }) : undefined;
    this.force(":");
    const body = this.#block("function definition", start);
    return { kind: "FunctionDef", name, parameters, body, decorators, returns, isAsync: asyncToken !== undefined, ...this.#spanOfBlock(asyncToken ?? start, body) };
  }

  /** A block's span ends with its last statement, not with the line end that closed it. */
  #spanOfBlock(start: Token, ...bodies: readonly (readonly Statement[])[]) {
    const last = bodies.flat().at(-1) ?? start;
    return { line: start.line, column: start.column, endLine: last.endLine, endColumn: last.endColumn };
  }

  #class(decorators: readonly Expression[]): ClassDefinition {
    const start = this.expect("class");
    const name = this.expectName().text;
    let bases: ClassDefinition["bases"] = [];
    let keywords: ClassDefinition["keywords"] = [];
    if (this.at("(")) {
      const open = this.advance();
      const found = this.callArguments(open);
      bases = found.positional;
      keywords = found.keywords;
      this.expect(")");
    }
    this.#colon();
    const body = this.#block("class definition", start);
    return { kind: "ClassDef", name, bases, keywords, body, decorators, ...this.#spanOfBlock(start, body) };
  }

  #if(): Statement {
    const start = this.advance();
    const test = this.namedExpression();
    this.#colon();
    const body = this.#block(`'${start.text}' statement`, start);
    let orElse: readonly Statement[] = [];
    if (this.at("elif")) orElse = [this.#if()];
    else orElse = this.#else();
    return { kind: "If", test, body, orElse, ...this.#spanOfBlock(start, body, orElse) };
  }

  #else(): readonly Statement[] {
    if (!this.at("else")) return [];
    const start = this.advance();
    this.force(":");
    return this.#block("'else' statement", start);
  }

  #while(): Statement {
    const start = this.advance();
    const test = this.namedExpression();
    this.#colon();
    const body = this.#block("'while' statement", start);
    const orElse = this.#else();
    return { kind: "While", test, body, orElse, ...this.#spanOfBlock(start, body, orElse) };
  }

  #for(first: Token, isAsync: boolean): Statement {
    const start = this.expect("for");
    const target = this.targets("for");
    this.expect("in");
    const iterable = this.starExpressions();
    this.#colon();
    const body = this.#block("'for' statement", start);
    const orElse = this.#else();
    return { kind: "For", target, iterable, body, orElse, isAsync, ...this.#spanOfBlock(first, body, orElse) };
  }

  #with(first: Token, isAsync: boolean): Statement {
    const start = this.expect("with");
    const items = (this.at("(") ? this.attempt(() => this.#parenthesizedItems()) : undefined) ?? this.#items(false);
    this.#colon();
    const body = this.#block("'with' statement", start);
    return { kind: "With", items, body, isAsync, ...this.#spanOfBlock(first, body) };
  }

  #parenthesizedItems(): readonly WithItem[] {
    this.expect("(");
    const items = this.#items(true);
    this.expect(")");
    if (!this.at(":")) this.fail();
    return items;
  }

  #items(parenthesized: boolean): readonly WithItem[] {
    const items: WithItem[] = [];
    do {
      if (parenthesized && this.at(")")) break;
      const context = this.expression();
      let target: Expression | undefined;
      if (this.accept("as")) {
        const start = this.index;
        target = this.at("(") || this.at("[") ? this.atom() : this.primary();
        if (!isTarget(target)) {
          this.index = start;
          if (this.diagnosing) {
            const wrong = this.attempt(() => this.expression());
            if (wrong && this.atAny(",", ")", ":")) this.invalidTarget(wrong, "star");
          }
          this.fail();
        }
      }
      items.push({ context, target });
    } while (this.accept(","));
    return items;
  }

  #try(): Statement {
    const start = this.advance();
    this.force(":");
    const body = this.#block("'try' statement", start);
    const handlers: Handler[] = [];
    let isGroup: boolean | undefined;
    while (this.at("except")) {
      const handler = this.#handler();
      if (isGroup !== undefined && isGroup !== handler.isGroup) {
        if (this.diagnosing) this.raise("cannot have both 'except' and 'except*' on the same 'try'");
        this.fail();
      }
      isGroup = handler.isGroup;
      handlers.push(handler.handler);
    }
    const orElse = handlers.length > 0 ? this.#else() : [];
    let finalBody: readonly Statement[] = [];
    if (this.at("finally")) {
      const final = this.advance();
      this.force(":");
      finalBody = this.#block("'finally' statement", final);
    } else if (handlers.length === 0) {
      if (this.diagnosing) this.raise("expected 'except' or 'finally' block");
      this.fail();
    }
    const bare = handlers.findIndex((one) => one.type === undefined);
    const statement: Try = { kind: "Try", body, handlers, orElse, finalBody, isGroup: isGroup === true, ...this.#spanOfBlock(start, body, handlers.flatMap((one) => one.body), orElse, finalBody) };
    if (bare >= 0 && bare < handlers.length - 1) this.raiseAt(handlers[bare] ?? start, "default 'except:' must be last");
    return statement;
  }

  #handler(): { readonly handler: Handler; readonly isGroup: boolean } {
    const start = this.advance();
    const isGroup = this.accept("*");
    let type: Expression | undefined;
    let name: string | undefined;
    if (isGroup && this.diagnosing && (this.at(":") || this.peek().kind === "newline")) this.raise("expected one or more exception types");
    if (!this.at(":") && this.peek().kind !== "newline") {
      type = this.expression();
      if (this.diagnosing && this.at(",")) {
        const last = this.attempt(() => {
          this.advance();
          this.starExpressions();
          if (this.accept("as")) this.expectName();
          return this.expect(":");
        });
        if (last) this.raiseRange(type, this.tokens[this.index - 2] ?? type, "multiple exception types must be parenthesized");
      }
      if (this.accept("as")) name = this.expectName().text;
    }
    this.#colon();
    const body = this.#block(isGroup ? "'except*' statement" : "'except' statement", start);
    return { handler: { type, name, body, ...this.#spanOfBlock(start, body) }, isGroup };
  }

  #match(): Statement {
    const start = this.advance();
    const subject = this.#subject();
    if (this.diagnosing && this.peek().kind === "newline" && this.peek(1).kind === "indent" && this.peek(2).text === "case") this.raise("expected ':'");
    this.expect(":");
    if (this.peek().kind !== "newline") this.fail();
    this.advance();
    if (this.peek().kind !== "indent") {
      if (this.diagnosing) this.raise(`expected an indented block after 'match' statement on line ${start.line}`, "IndentationError");
      this.fail();
    }
    this.advance();
    const cases: MatchCase[] = [];
    if (!this.atSoft("case")) this.fail();
    while (this.atSoft("case")) {
      const opener = this.advance();
      const pattern = this.patterns();
      const guard = this.accept("if") ? this.namedExpression() : undefined;
      this.#colon();
      cases.push({ pattern, guard, body: this.#block("'case' statement", opener) });
    }
    if (this.peek().kind === "dedent") this.advance();
    else if (this.peek().kind !== "end") this.fail();
    return { kind: "Match", subject, cases, ...this.#spanOfBlock(start, ...cases.map((one) => one.body)) };
  }

  #subject(): Expression {
    const start = this.peek();
    const first = this.starNamedExpression();
    if (!this.at(",")) {
      if (first.kind === "Starred") this.fail();
      return first;
    }
    const elements = [first];
    while (this.accept(",")) {
      if (this.at(":")) break;
      elements.push(this.starNamedExpression());
    }
    return { kind: "Tuple", elements, ...this.spanFrom(start) };
  }
}
