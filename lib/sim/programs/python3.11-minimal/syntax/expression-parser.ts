// Expressions, as CPython 3.11's grammar has them: one class, one method a rule, each calling those above it. The `invalid…` methods are its rules for better messages.

import { Ellipsis, PyBytes, PyObject, type Value } from "../objects/value.ts";
import { parseFormatted } from "./formatted-string.ts";
import { numberValue, splitLiteral, unescapeBytes, unescapeText } from "./literal.ts";
import { TokenStream } from "./token-stream.ts";
import type { Token } from "./tokenizer.ts";
import type {
  BinaryOperator, ComparisonOperator, ComprehensionClause, Constant, Expression, Keyword, Name, Parameter, Parameters, Span,
} from "./tree.ts";

export type TargetUse = "star" | "for" | "delete";

const BINARY_LEVELS: readonly (readonly BinaryOperator[])[] = [["|"], ["^"], ["&"], ["<<", ">>"], ["+", "-"], ["*", "/", "//", "%", "@"]];

export function expressionName(node: Expression): string {
  switch (node.kind) {
    case "Attribute": return "attribute";
    case "Subscript": return "subscript";
    case "Starred": return "starred";
    case "Name": return "name";
    case "List": return "list";
    case "Tuple": return "tuple";
    case "Set": return "set display";
    case "Dict": return "dict literal";
    case "Lambda": return "lambda";
    case "Call": return "function call";
    case "BoolOp":
    case "BinOp":
    case "UnaryOp": return "expression";
    case "GeneratorExp": return "generator expression";
    case "Yield":
    case "YieldFrom": return "yield expression";
    case "Await": return "await expression";
    case "ListComp": return "list comprehension";
    case "SetComp": return "set comprehension";
    case "DictComp": return "dict comprehension";
    case "JoinedStr":
    case "FormattedValue": return "f-string expression";
    case "Compare": return "comparison";
    case "IfExp": return "conditional expression";
    case "NamedExpr": return "named expression";
    case "Slice": return "slice";
    case "Constant": return node.value === null ? "None" : node.value === true ? "True" : node.value === false ? "False" : node.value === Ellipsis ? "ellipsis" : "literal";
  }
}

export function isTarget(node: Expression): boolean {
  switch (node.kind) {
    case "Name":
    case "Attribute":
    case "Subscript":
      return true;
    case "Starred":
      return node.value.kind !== "Starred" && isTarget(node.value);
    case "Tuple":
    case "List":
      return node.elements.every(isTarget);
    default:
      return false;
  }
}

interface Memo {
  readonly node: Expression | undefined;
  readonly end: number;
}

export class ExpressionParser extends TokenStream {
  readonly #memo = new Map<string, Memo>();

  /** While diagnosing, what was parsed once at a place is not parsed again: the extra rules look at the same text many times. */
  #remembered(rule: string, parse: () => Expression): Expression {
    if (!this.diagnosing) return parse();
    const key = `${rule}${this.index}`;
    const known = this.#memo.get(key);
    if (known) {
      if (!known.node) this.fail();
      this.index = known.end;
      return known.node;
    }
    const node = this.attempt(parse);
    this.#memo.set(key, { node, end: this.index });
    if (!node) this.fail();
    return node;
  }

  /** The parenthesized expression of an f-string's field. */
  inside(): Expression {
    return this.parseTwice(() => {
      const node = this.at("yield") ? this.yieldExpression() : this.starExpressions();
      while (this.peek().kind === "newline") this.advance();
      if (this.peek().kind !== "end") this.fail();
      return node;
    });
  }

  starExpressions(): Expression {
    return this.#list(() => this.starExpression());
  }

  #list(one: () => Expression): Expression {
    const start = this.peek();
    const first = one();
    if (!this.at(",")) return first;
    const elements = [first];
    while (this.accept(",")) {
      const next = this.startsExpression() || this.at("*") ? one() : undefined;
      if (!next) break;
      elements.push(next);
    }
    return { kind: "Tuple", elements, ...this.spanFrom(start) };
  }

  startsExpression(): boolean {
    const token = this.peek();
    switch (token.kind) {
      case "name":
      case "number":
      case "string":
        return true;
      case "keyword":
        return ["None", "True", "False", "not", "lambda", "await"].includes(token.text);
      case "op":
        return ["(", "[", "{", "-", "+", "~", "..."].includes(token.text);
      default:
        return false;
    }
  }

  starExpression(): Expression {
    const start = this.peek();
    if (this.accept("*")) {
      const value = this.bitwiseOr();
      return { kind: "Starred", value, ...this.spanFrom(start) };
    }
    return this.expression();
  }

  starNamedExpression(): Expression {
    const start = this.peek();
    if (this.accept("*")) {
      const value = this.bitwiseOr();
      return { kind: "Starred", value, ...this.spanFrom(start) };
    }
    return this.namedExpression();
  }

  protected name(token: Token): Name {
    return { kind: "Name", id: token.text.normalize("NFKC"), line: token.line, column: token.column, endLine: token.endLine, endColumn: token.endColumn };
  }

  namedExpression(): Expression {
    const start = this.peek();
    if (start.kind === "name" && this.peek(1).text === ":=" && this.peek(1).kind === "op") {
      const target = this.name(this.advance());
      this.advance();
      const value = this.expression();
      return { kind: "NamedExpr", target, value, ...this.spanFrom(start) };
    }
    if (this.diagnosing) this.#invalidNamedExpression();
    const value = this.expression();
    if (this.at(":=")) this.fail();
    return value;
  }

  #invalidNamedExpression(): void {
    const start = this.index;
    const first = this.attempt(() => this.expression());
    if (first && this.accept(":=") && this.attempt(() => this.expression())) this.raiseAt(first, `cannot use assignment expressions with ${expressionName(first)}`);
    this.index = start;
    const token = this.peek();
    if (token.kind === "name" && this.peek(1).text === "=" && this.peek(1).kind === "op") {
      this.index += 2;
      const value = this.attempt(() => this.bitwiseOr());
      if (value && !this.atAny("=", ":=")) this.raiseRange(token, this.previous, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
    }
    this.index = start;
    const target = this.attempt(() => this.bitwiseOr());
    const excluded = target && (target.kind === "List" || target.kind === "Tuple" || target.kind === "GeneratorExp" || (target.kind === "Constant" && (target.value === null || typeof target.value === "boolean")));
    if (target && !excluded && this.accept("=") && this.attempt(() => this.bitwiseOr()) && !this.atAny("=", ":=")) {
      this.raiseAt(target, `cannot assign to ${expressionName(target)} here. Maybe you meant '==' instead of '='?`);
    }
    this.index = start;
  }

  expression(): Expression {
    return this.nested(() => this.#remembered("e", () => {
      if (this.diagnosing) this.#invalidExpression();
      return this.#expression();
    }));
  }

  #expression(): Expression {
    const start = this.peek();
    if (this.at("lambda")) return this.#lambda();
    const body = this.disjunction();
    if (!this.at("if")) return body;
    const afterBody = this.index;
    this.advance();
    const parsed = this.attempt(() => {
      const test = this.disjunction();
      this.expect("else");
      return { test, orElse: this.expression() };
    });
    if (!parsed) {
      this.index = afterBody;
      return body;
    }
    return { kind: "IfExp", test: parsed.test, body, orElse: parsed.orElse, ...this.spanFrom(start) };
  }

  #withoutInvalid(): Expression {
    const diagnosing = this.diagnosing;
    this.diagnosing = false;
    try {
      return this.#expression();
    } finally {
      this.diagnosing = diagnosing;
    }
  }

  #invalidExpression(): void {
    const start = this.index;
    const first = this.peek();
    if (!(first.kind === "name" && this.peek(1).kind === "string") && !this.atSoftKeyword()) {
      const left = this.attempt(() => this.disjunction());
      if (left) {
        const afterLeft = this.index;
        const right = this.startsExpression() ? this.attempt(() => this.#withoutInvalid()) : undefined;
        if (right && !isLegacy(left) && this.previous.level !== 0) this.raiseRange(left, right, "invalid syntax. Perhaps you forgot a comma?");
        this.index = afterLeft;
        if (this.accept("if")) {
          const test = this.attempt(() => this.disjunction());
          if (test && !this.atAny("else", ":")) this.raiseRange(left, test, "expected 'else' after 'if' expression");
        }
      }
    }
    this.index = start;
    if (first.kind === "name" && (first.text === "print" || first.text === "exec")) {
      this.advance();
      if (!this.at("(")) {
        const argument = this.attempt(() => this.starExpressions());
        if (argument) this.raiseRange(first, argument, `Missing parentheses in call to '${first.text}'. Did you mean ${first.text}(...)?`);
      }
    }
    this.index = start;
  }

  disjunction(): Expression {
    return this.#remembered("d", () => this.#boolean("or", () => this.#boolean("and", () => this.#inversion())));
  }

  #boolean(operator: "and" | "or", operand: () => Expression): Expression {
    const start = this.peek();
    const first = operand();
    if (!this.at(operator)) return first;
    const values = [first];
    while (this.accept(operator)) values.push(operand());
    return { kind: "BoolOp", operator, values, ...this.spanFrom(start) };
  }

  #inversion(): Expression {
    const start = this.peek();
    if (this.accept("not")) {
      const operand = this.nested(() => this.#inversion());
      return { kind: "UnaryOp", operator: "not", operand, ...this.spanFrom(start) };
    }
    return this.#comparison();
  }

  #comparisonOperator(): ComparisonOperator | undefined {
    const token = this.peek();
    if (token.kind === "op") {
      if (token.text === "==" || token.text === "!=" || token.text === "<" || token.text === "<=" || token.text === ">" || token.text === ">=") {
        this.advance();
        return token.text;
      }
      return undefined;
    }
    if (token.kind !== "keyword") return undefined;
    if (this.accept("in")) return "in";
    if (this.accept("is")) return this.accept("not") ? "is not" : "is";
    if (token.text === "not" && this.peek(1).text === "in") {
      this.index += 2;
      return "not in";
    }
    return undefined;
  }

  #comparison(): Expression {
    const start = this.peek();
    const left = this.bitwiseOr();
    const operators: ComparisonOperator[] = [];
    const comparators: Expression[] = [];
    for (;;) {
      const operator = this.#comparisonOperator();
      if (!operator) break;
      operators.push(operator);
      comparators.push(this.bitwiseOr());
    }
    return operators.length === 0 ? left : { kind: "Compare", left, operators, comparators, ...this.spanFrom(start) };
  }

  bitwiseOr(): Expression {
    return this.#binary(0);
  }

  #binary(level: number): Expression {
    const operators = BINARY_LEVELS[level];
    if (!operators) return this.#factor();
    const start = this.peek();
    let left = this.#binary(level + 1);
    for (;;) {
      const token = this.peek();
      if (token.kind !== "op" || !(operators as readonly string[]).includes(token.text)) return left;
      this.advance();
      const right = this.#binary(level + 1);
      left = { kind: "BinOp", left, operator: token.text as BinaryOperator, right, ...this.spanFrom(start) };
    }
  }

  #factor(): Expression {
    const start = this.peek();
    if (start.kind === "op" && (start.text === "-" || start.text === "+" || start.text === "~")) {
      this.advance();
      const operand = this.nested(() => this.#factor());
      return { kind: "UnaryOp", operator: start.text, operand, ...this.spanFrom(start) };
    }
    return this.#power();
  }

  #power(): Expression {
    const start = this.peek();
    const left = this.#awaited();
    if (!this.accept("**")) return left;
    const right = this.#factor();
    return { kind: "BinOp", left, operator: "**", right, ...this.spanFrom(start) };
  }

  #awaited(): Expression {
    const start = this.peek();
    if (this.accept("await")) {
      const value = this.primary();
      return { kind: "Await", value, ...this.spanFrom(start) };
    }
    return this.primary();
  }

  primary(): Expression {
    const start = this.peek();
    let node = this.atom();
    for (;;) {
      if (this.accept(".")) {
        const name = this.expectName();
        node = { kind: "Attribute", value: node, name: name.text.normalize("NFKC"), ...this.spanFrom(start) };
      } else if (this.at("(")) {
        const callee = node;
        node = this.nested(() => this.#call(callee, start));
      } else if (this.accept("[")) {
        const value = node;
        const index = this.nested(() => this.#slices());
        this.expect("]");
        node = { kind: "Subscript", value, index, ...this.spanFrom(start) };
      } else return node;
    }
  }

  #slices(): Expression {
    const start = this.peek();
    const first = this.#slice();
    if (!this.at(",")) return first;
    const elements = [first];
    while (this.accept(",")) {
      if (this.at("]")) break;
      elements.push(this.#slice());
    }
    return { kind: "Tuple", elements, ...this.spanFrom(start) };
  }

  #slice(): Expression {
    const start = this.peek();
    if (this.at("*")) return this.starNamedExpression();
    const lower = this.at(":") ? undefined : this.namedExpression();
    if (lower && !this.at(":")) return lower;
    this.expect(":");
    const upper = this.atAny(":", "]", ",") ? undefined : this.expression();
    let step: Expression | undefined;
    if (this.accept(":") && !this.atAny("]", ",")) step = this.expression();
    return { kind: "Slice", lower, upper, step, ...this.spanFrom(start) };
  }

  #call(callee: Expression, start: Span): Expression {
    const open = this.expect("(");
    const { positional, keywords } = this.callArguments(open);
    this.expect(")");
    return { kind: "Call", callee, positional, keywords, ...this.spanFrom(start) };
  }

  /** Up to, not including, the closing parenthesis. `open` is the opening one. */
  protected callArguments(open: Token): { readonly positional: readonly Expression[]; readonly keywords: readonly Keyword[] } {
    const positional: Expression[] = [];
    const keywords: Keyword[] = [];
    let unpacked = false;
    while (!this.at(")")) {
      const start = this.peek();
      if (this.accept("**")) {
        const value = this.expression();
        keywords.push({ name: undefined, value, ...this.spanFrom(start) });
        unpacked = true;
      } else if (start.kind === "name" && this.peek(1).text === "=" && this.peek(1).kind === "op") {
        this.index += 2;
        const value = this.expression();
        keywords.push({ name: start.text.normalize("NFKC"), value, ...this.spanFrom(start) });
        if (this.diagnosing && this.atAny("for", "async")) {
          const equals = this.tokens[this.tokens.indexOf(start as Token) + 1] as Token;
          if (this.would(() => this.clauses())) this.raiseRange(start, equals, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
        }
      } else if (this.accept("*")) {
        if (unpacked && this.diagnosing) {
          this.peek();
          this.raise("iterable argument unpacking follows keyword argument unpacking");
        }
        if (unpacked) this.fail();
        const value = this.expression();
        positional.push({ kind: "Starred", value, ...this.spanFrom(start) });
      } else {
        const value = this.#argument(open, positional.length + keywords.length === 0);
        if (keywords.length > 0 && !(keywords.every((one) => one.name !== undefined) && value.kind === "Starred")) {
          if (!this.diagnosing) this.fail();
          if (!this.at(")")) this.attempt(() => this.advance());
          this.raise(`positional argument follows keyword argument${unpacked ? " unpacking" : ""}`);
        }
        positional.push(value);
      }
      if (!this.accept(",")) break;
    }
    return { positional, keywords };
  }

  #argument(open: Token, isFirst: boolean): Expression {
    const start = this.peek();
    let value: Expression;
    if (start.kind === "name" && this.peek(1).text === ":=" && this.peek(1).kind === "op") value = this.namedExpression();
    else value = this.expression();
    if (this.atAny("for", "async")) {
      const clauses = this.clauses();
      const last = this.previous;
      if (isFirst && this.at(")")) {
        const end = this.peek();
        return { kind: "GeneratorExp", element: value, clauses, line: open.line, column: open.column, endLine: end.endLine, endColumn: end.endColumn };
      }
      if (this.diagnosing) this.raiseRange(value, last, "Generator expression must be parenthesized");
      this.fail();
    }
    if (this.at("=")) {
      if (!this.diagnosing) this.fail();
      const equals = this.peek();
      if (value.kind === "Constant" && (value.value === null || typeof value.value === "boolean")) this.raiseRange(value, equals, `cannot assign to ${expressionName(value)}`);
      this.raiseRange(value, equals, 'expression cannot contain assignment, perhaps you meant "=="?');
    }
    if (this.at(":=")) this.fail();
    return value;
  }

  protected clauses(): readonly ComprehensionClause[] {
    const clauses: ComprehensionClause[] = [];
    while (this.at("for") || (this.at("async") && this.peek(1).text === "for")) {
      const isAsync = this.accept("async");
      this.advance();
      const target = this.targets("for");
      this.expect("in");
      const iterable = this.disjunction();
      const conditions: Expression[] = [];
      while (this.accept("if")) conditions.push(this.disjunction());
      clauses.push({ target, iterable, conditions, isAsync });
    }
    if (clauses.length === 0) this.fail();
    return clauses;
  }

  /** Targets of a for, up to its `in`. */
  protected targets(use: TargetUse): Expression {
    const start = this.index;
    const node = this.#list(() => {
      const first = this.peek();
      if (this.accept("*")) {
        const value = this.primary();
        return { kind: "Starred", value, ...this.spanFrom(first) };
      }
      return this.primary();
    });
    if (isTarget(node)) return node;
    if (this.diagnosing) {
      this.index = start;
      const whole = this.attempt(() => this.starExpressions());
      if (whole) this.invalidTarget(whole, use);
    }
    this.fail();
  }

  /** Raises for the first part that cannot be assigned to or deleted. */
  protected invalidTarget(node: Expression, use: TargetUse): void {
    const found = firstInvalid(node, use);
    if (found) this.raiseAt(found, `cannot ${use === "delete" ? "delete" : "assign to"} ${expressionName(found)}`);
  }

  protected atom(): Expression {
    const token = this.peek();
    const span: Span = { line: token.line, column: token.column, endLine: token.endLine, endColumn: token.endColumn };
    const constant = (value: Value): Constant => ({ kind: "Constant", value, ...span });
    switch (token.kind) {
      case "name":
        return this.name(this.advance());
      case "number": {
        this.advance();
        const value = numberValue(token.text);
        if (value !== null && typeof value === "object" && !(value instanceof PyObject)) this.raiseAt(token, value.problem);
        return constant(value as Value);
      }
      case "string":
        return this.#strings();
      case "keyword":
        if (token.text === "None" || token.text === "True" || token.text === "False") {
          this.advance();
          return constant(token.text === "None" ? null : token.text === "True");
        }
        return this.fail();
      case "op":
        if (token.text === "(") return this.nested(() => this.#parenthesized());
        if (token.text === "[") return this.nested(() => this.#bracketed());
        if (token.text === "{") return this.nested(() => this.#braced());
        if (token.text === "...") {
          this.advance();
          return constant(Ellipsis);
        }
        return this.fail();
      default:
        return this.fail();
    }
  }

  #strings(): Expression {
    const start = this.peek();
    const tokens: Token[] = [];
    while (this.peek().kind === "string") tokens.push(this.advance());
    const span = this.spanFrom(start);
    const literals = tokens.map((token) => splitLiteral(token.text));
    if (literals.some((one) => one.isBytes)) {
      if (!literals.every((one) => one.isBytes)) this.raise("cannot mix bytes and nonbytes literals");
      const parts: number[] = [];
      for (const [i, literal] of literals.entries()) {
        const value = unescapeBytes(literal.body, literal.raw);
        if (!(value instanceof PyBytes)) this.raiseAt(tokens[i] ?? start, value.problem);
        parts.push(...value.bytes);
      }
      return { kind: "Constant", value: new PyBytes(Uint8Array.from(parts)), ...span };
    }
    const values: Expression[] = [];
    let text = "";
    const flush = () => {
      if (text !== "") values.push({ kind: "Constant", value: text, ...span });
      text = "";
    };
    for (const [i, literal] of literals.entries()) {
      const token = tokens[i] ?? start;
      if (literal.isFormatted) {
        for (const part of parseFormatted(literal, token, span, (message) => this.raise(message), parseInside)) {
          if (typeof part === "string") text += part;
          else {
            flush();
            values.push(part);
          }
        }
      } else {
        const value = literal.raw ? literal.body : unescapeText(literal.body);
        if (typeof value !== "string") this.raise(value.problem);
        text += value;
      }
    }
    if (!literals.some((one) => one.isFormatted)) return { kind: "Constant", value: text, ...span };
    flush();
    return { kind: "JoinedStr", values, ...span };
  }

  #parenthesized(): Expression {
    const open = this.advance();
    if (this.accept(")")) return { kind: "Tuple", elements: [], parenthesized: true, ...this.spanFrom(open) };
    if (this.at("yield")) {
      const value = this.yieldExpression();
      this.expect(")");
      return value;
    }
    if (this.diagnosing && this.at("**")) {
      const stars = this.advance();
      if (this.attempt(() => this.expression()) && this.at(")")) this.raiseAt(stars, "cannot use double starred expression here");
      this.fail();
    }
    const first = this.starNamedExpression();
    if (this.atAny("for", "async")) return this.#comprehension("GeneratorExp", first, open, ")");
    if (!this.at(",")) {
      if (first.kind === "Starred") {
        if (this.diagnosing && this.at(")")) this.raiseAt(first, "cannot use starred expression here");
        this.fail();
      }
      this.expect(")");
      return first;
    }
    const elements = this.#elements(first, ")");
    this.expect(")");
    return { kind: "Tuple", elements, parenthesized: true, ...this.spanFrom(open) };
  }

  #elements(first: Expression, close: string): readonly Expression[] {
    const elements = [first];
    while (this.accept(",")) {
      if (this.at(close)) break;
      if (this.diagnosing && close !== ")" && this.atAny("for", "async") && this.would(() => this.clauses())) {
        this.raiseRange(first, this.previous, "did you forget parentheses around the comprehension target?");
      }
      elements.push(this.starNamedExpression());
    }
    if (this.diagnosing && close !== ")" && elements.length > 1 && this.atAny("for", "async") && this.would(() => this.clauses())) {
      this.raiseRange(first, elements[elements.length - 1] ?? first, "did you forget parentheses around the comprehension target?");
    }
    return elements;
  }

  #comprehension(kind: "GeneratorExp" | "ListComp" | "SetComp", element: Expression, open: Token, close: string): Expression {
    const clauses = this.clauses();
    if (element.kind === "Starred") {
      if (this.diagnosing) this.raiseAt(element, "iterable unpacking cannot be used in comprehension");
      this.fail();
    }
    this.expect(close);
    return { kind, element, clauses, ...this.spanFrom(open) };
  }

  #bracketed(): Expression {
    const open = this.advance();
    if (this.accept("]")) return { kind: "List", elements: [], ...this.spanFrom(open) };
    const first = this.starNamedExpression();
    if (this.atAny("for", "async")) return this.#comprehension("ListComp", first, open, "]");
    const elements = this.#elements(first, "]");
    this.expect("]");
    return { kind: "List", elements, ...this.spanFrom(open) };
  }

  #braced(): Expression {
    const open = this.advance();
    if (this.accept("}")) return { kind: "Dict", keys: [], values: [], ...this.spanFrom(open) };
    if (this.at("**")) return this.#dictionary(open, undefined);
    const first = this.starNamedExpression();
    if (this.at(":") && first.kind !== "Starred") return this.#dictionary(open, first);
    if (this.atAny("for", "async")) return this.#comprehension("SetComp", first, open, "}");
    const elements = this.#elements(first, "}");
    this.expect("}");
    return { kind: "Set", elements, ...this.spanFrom(open) };
  }

  #dictionary(open: Token, firstKey: Expression | undefined): Expression {
    const keys: (Expression | undefined)[] = [];
    const values: Expression[] = [];
    let key = firstKey;
    for (;;) {
      if (key === undefined) {
        const stars = this.expect("**");
        values.push(this.bitwiseOr());
        keys.push(undefined);
        if (this.diagnosing && this.atAny("for", "async")) this.raiseAt(stars, "dict unpacking cannot be used in dict comprehension");
      } else {
        const colon = this.expect(":");
        if (this.diagnosing && this.atAny("}", ",")) this.raiseAt(colon, "expression expected after dictionary key and ':'");
        if (this.diagnosing && this.at("*")) {
          const star = this.advance();
          if (this.attempt(() => this.bitwiseOr())) this.raiseRange(star, this.previous, "cannot use a starred expression in a dictionary value");
          this.fail();
        }
        const value = this.expression();
        if (this.atAny("for", "async") && keys.length === 0) {
          const clauses = this.clauses();
          this.expect("}");
          return { kind: "DictComp", key, value, clauses, ...this.spanFrom(open) };
        }
        keys.push(key);
        values.push(value);
      }
      if (!this.accept(",") || this.at("}")) break;
      if (this.at("**")) key = undefined;
      else {
        key = this.expression();
        if (this.diagnosing && !this.at(":")) this.raiseRange({ ...key, column: key.endColumn - 1, line: key.endLine }, key, "':' expected after dictionary key");
      }
    }
    this.expect("}");
    return { kind: "Dict", keys, values, ...this.spanFrom(open) };
  }

  yieldExpression(): Expression {
    const start = this.expect("yield");
    if (this.accept("from")) {
      const value = this.expression();
      return { kind: "YieldFrom", value, ...this.spanFrom(start) };
    }
    const value = this.startsExpression() || this.at("*") ? this.starExpressions() : undefined;
    return { kind: "Yield", value, ...this.spanFrom(start) };
  }

  #lambda(): Expression {
    const start = this.expect("lambda");
    const parameters = this.parameters(":");
    this.expect(":");
    const body = this.expression();
    return { kind: "Lambda", parameters, body, ...this.spanFrom(start) };
  }

  #parameter(annotated: boolean, withDefault: boolean): Parameter {
    const start = this.expectName();
    const annotation = annotated && this.accept(":") ? this.starExpression() : undefined;
    let byDefault: Expression | undefined;
    if (withDefault && this.at("=")) {
      const equals = this.advance();
      if (this.diagnosing && this.atAny(")", ",")) this.raiseAt(equals, "expected default value expression");
      byDefault = this.expression();
    }
    return { name: start.text.normalize("NFKC"), annotation, default: byDefault, ...this.spanFrom(start) };
  }

  /** Up to `close`, which stays. */
  protected parameters(close: ")" | ":"): Parameters {
    const annotated = close === ")";
    let positionalOnly: Parameter[] = [];
    let positional: Parameter[] = [];
    const keywordOnly: Parameter[] = [];
    let rest: Parameter | undefined;
    let keywords: Parameter | undefined;
    let starred = false;
    while (!this.at(close)) {
      const start = this.peek();
      if (this.accept("/")) {
        if (this.diagnosing && positionalOnly.length > 0) this.raiseAt(start, "/ may appear only once");
        if (this.diagnosing && starred) this.raiseAt(start, "/ must be ahead of *");
        if (this.diagnosing && positional.length === 0) this.raiseAt(start, "at least one argument must precede /");
        if (positionalOnly.length > 0 || starred || positional.length === 0) this.fail();
        positionalOnly = positional;
        positional = [];
        if (this.diagnosing && this.at("*")) this.raiseAt(this.peek(), "expected comma between / and *");
      } else if (this.accept("**")) {
        keywords = this.#parameter(annotated, false);
        if (this.diagnosing && this.at("=")) this.raiseAt(this.peek(), "var-keyword argument cannot have default value");
        if (this.accept(",") && !this.at(close)) {
          if (this.diagnosing) this.raiseAt(this.peek(), "arguments cannot follow var-keyword argument");
          this.fail();
        }
        break;
      } else if (this.accept("*")) {
        if (starred) {
          if (this.diagnosing) this.raiseAt(start, "* argument may appear only once");
          this.fail();
        }
        starred = true;
        if (this.peek().kind === "name") {
          rest = this.#parameter(annotated, false);
          if (this.diagnosing && this.at("=")) this.raiseAt(this.peek(), "var-positional argument cannot have default value");
        } else if (!this.at(",") || this.peek(1).text === close || this.peek(1).text === "**") {
          if (this.diagnosing && (this.at(",") || this.at(close))) this.raiseAt(start, "named arguments must follow bare *");
          this.fail();
        }
      } else {
        if (this.diagnosing && this.at("(")) this.#parenthesizedParameters(close);
        const parameter = this.#parameter(annotated, true);
        if (starred) keywordOnly.push(parameter);
        else {
          const before = positional[positional.length - 1] ?? positionalOnly[positionalOnly.length - 1];
          if (before?.default && !parameter.default) {
            if (this.diagnosing) this.raiseAt(parameter, "non-default argument follows default argument");
            this.fail();
          }
          positional.push(parameter);
        }
      }
      if (!this.accept(",")) break;
    }
    return { positionalOnly, positional, rest, keywordOnly, keywords };
  }

  #parenthesizedParameters(close: string): void {
    const start = this.index;
    const open = this.advance();
    while (this.peek().kind === "name") {
      this.advance();
      if (!this.accept(",")) break;
    }
    if (this.at(")") && this.index > start + 1) this.raiseRange(open, this.peek(), close === ")" ? "Function parameters cannot be parenthesized" : "Lambda expression parameters cannot be parenthesized");
    this.index = start;
  }
}

function isLegacy(node: Expression): boolean {
  return node.kind === "Name" && (node.id === "print" || node.id === "exec");
}

function firstInvalid(node: Expression, use: TargetUse): Expression | undefined {
  switch (node.kind) {
    case "List":
    case "Tuple": {
      for (const element of node.elements) {
        const found = firstInvalid(element, use);
        if (found) return found;
      }
      return undefined;
    }
    case "Starred":
      return use === "delete" ? node : firstInvalid(node.value, use);
    case "Compare":
      return use === "for" && node.operators[0] === "in" ? firstInvalid(node.left, use) : use === "for" ? undefined : node;
    case "Name":
    case "Subscript":
    case "Attribute":
      return undefined;
    default:
      return node;
  }
}

function parseInside(text: string, line: number, column: number): Expression {
  return new ExpressionParser(text, { line, column }).inside();
}
