// Recursive descent over awk's grammar. A dialect sets what it does otherwise (GrammarRules), says what is wrong in its own words, and decides what a name is.
// (More than 400 lines: one grammar, whose rules call each other.)

import type { Lexer, Token } from "./lexer.ts";
import { type AwkFunction, type Expression, isLvalue, type Item, type Lvalue, type Origin, type Redirection, type Rule, type Statement, type Variable } from "./syntax-tree.ts";

export interface GrammarRules {
  /** what "cmd" | getline takes on its left: one operand, or all that is put together there */
  readonly getlineAfter: "operand" | "concatenation";
  /** what print > takes: all that an expression may be, or what is put together without a comparison */
  readonly redirectsTo: "expression" | "concatenation";
  /** 1 < 2 < 3 */
  readonly chainedComparisons: boolean;
  readonly arraysOfArrays: boolean;
  /** -1 is a number, not a minus and a number */
  readonly signedNumbers: boolean;
  /** a newline may stand behind ? and : */
  readonly newlinesInConditional: boolean;
  /** delete(a) */
  readonly deleteInParentheses: boolean;
}

const ASSIGNMENTS = new Set(["=", "+=", "-=", "*=", "/=", "%=", "^="]);
const COMPARISONS = new Set(["<", "<=", "==", "!=", ">", ">="]);
/** A token that may begin an operand of a concatenation. */
const OPERAND_OPERATORS = new Set(["$", "!", "(", "++", "--", "@"]);
const REDIRECTIONS = new Map<string, Redirection["kind"]>([[">", ">"], [">>", ">>"], ["|", "|"], ["|&", "|&"]]);

const isList = (expression: Expression): boolean => expression.kind === "group" && expression.items.length > 1;

export abstract class Grammar {
  protected readonly lexer: Lexer;
  protected token: Token;
  protected parameters: readonly string[] | undefined;
  /** the blocks around */
  protected depth = 0;
  protected loops = 0;
  /** BEGIN, END..., "rule" or "function" */
  protected context = "rule";
  readonly #rules: GrammarRules;
  /** ">" ends the expression: inside print's list */
  #noGreater = false;
  /** "in" ends the expression: at the head of for (x in a) */
  #noIn = false;

  constructor(lexer: Lexer, rules: GrammarRules) {
    this.lexer = lexer;
    this.#rules = rules;
    this.token = lexer.next(true);
  }

  // ---- what each dialect says and decides

  /** The token has no place here. */
  protected abstract unexpected(): never;
  protected abstract variable(token: Token): Variable;
  /** Whether a name that a parenthesis follows is called. */
  protected abstract isCall(token: Token): boolean;
  protected abstract call(token: Token, args: readonly Expression[]): Expression;
  /** Throws when the function has a parameter of that name, or may have none. `name` is the function's. */
  protected abstract checkParameter(parameter: Token, name: Token, earlier: readonly string[]): void;
  protected abstract checkJump(token: Token): void;
  /** The token is the parenthesis behind the arguments. */
  protected abstract checkArguments(builtin: Token, args: readonly Expression[]): void;
  protected abstract checkPrintf(token: Token, args: readonly Expression[]): void;

  protected checkRegex(_token: Token): void {}
  protected checkDivision(_operator: string, _left: Expression, _right: Expression): void {}

  /** A statement that only the dialect has. */
  protected ownStatement(_keyword: string): Statement | undefined {
    return undefined;
  }

  /** An expression that begins with "@". */
  protected ownOperand(): Expression {
    return this.unexpected();
  }

  /** The first and the last part of a for. */
  protected forPart(): Statement {
    return { kind: "expression", ...this.here(), expression: this.expression() };
  }

  /** For a dialect that writes programs back. */
  protected noteParentheses(_node: Expression): void {}
  protected noteNumber(_node: Expression, _text: string): void {}

  // ---- tokens

  #regexAllowed(token: Token): boolean {
    if (token.kind === "number" || token.kind === "string" || token.kind === "regex" || token.kind === "name" || token.kind === "builtin") return false;
    if (token.kind === "operator") return ![")", "]", "$", "++", "--"].includes(token.text);
    return true;
  }

  protected advance(): Token {
    const token = this.token;
    this.token = this.lexer.next(this.#regexAllowed(token));
    return token;
  }

  protected is(operator: string): boolean {
    return this.token.kind === "operator" && this.token.text === operator;
  }

  protected isKeyword(word: string): boolean {
    return this.token.kind === "keyword" && this.token.text === word;
  }

  protected skipNewlines(): void {
    while (this.token.kind === "newline") this.advance();
  }

  protected skipTerminators(): void {
    while (this.token.kind === "newline" || this.is(";")) this.advance();
  }

  protected expect(operator: string): void {
    if (!this.is(operator)) this.unexpected();
    this.advance();
  }

  protected here(token = this.token): Origin {
    return { line: token.line, file: this.lexer.source.name };
  }

  // ---- rules and functions

  protected rule(): Rule {
    const here = this.here();
    this.context = "rule";
    let pattern: Expression | undefined;
    let until: Expression | undefined;
    if (!this.is("{")) {
      pattern = this.expression();
      if (this.is(",")) {
        this.advance();
        this.skipNewlines();
        until = this.expression();
      }
    }
    return { pattern, until, action: this.is("{") ? this.block() : undefined, ...here };
  }

  /** Behind a function's name. `made` gets the function before its body is read. */
  protected functionRest(name: Token, made: (parameters: readonly string[], body: Statement) => AwkFunction): void {
    this.advance();
    this.expect("(");
    const parameters: string[] = [];
    while (!this.is(")")) {
      if (parameters.length > 0) {
        this.expect(",");
        this.skipNewlines();
      }
      const parameter = this.token;
      if (parameter.kind !== "name") this.unexpected();
      this.checkParameter(parameter, name, parameters);
      parameters.push(parameter.text);
      this.advance();
    }
    this.advance();
    this.skipNewlines();
    const one = made(parameters, { kind: "block", body: [], ...this.here(name) });
    this.parameters = parameters;
    this.context = "function";
    if (!this.is("{")) this.unexpected();
    one.body = this.block();
    this.parameters = undefined;
  }

  // ---- statements

  protected block(): Statement {
    const here = this.here();
    this.depth++;
    this.advance();
    const body = this.statements(() => this.is("}"));
    this.depth--;
    const end = this.token.line;
    this.advance();
    return { kind: "block", body, end, ...here };
  }

  protected statements(ends: () => boolean): Statement[] {
    const body: Statement[] = [];
    this.skipTerminators();
    while (!ends()) {
      if (this.token.kind === "end") this.unexpected();
      body.push(this.#statement());
      this.skipTerminators();
    }
    return body;
  }

  /** A statement with its end (";", newline, or a "}" that follows). */
  #statement(): Statement {
    const here = this.here();
    if (this.is("{")) return this.block();
    if (this.is(";")) return this.#emptyBody();
    const keyword = this.token.kind === "keyword" ? this.token.text : "";
    switch (keyword) {
      case "if": {
        this.advance();
        const test = this.condition();
        const yes = this.#body();
        const no = this.#else() ? this.#body() : undefined;
        return { kind: "if", test, yes, no, ...here };
      }
      case "while": {
        this.advance();
        const test = this.condition();
        return { kind: "while", test, body: this.is(";") ? this.#emptyBody() : this.#loopBody(), ...here };
      }
      case "do": {
        this.advance();
        const body = this.#loopBody();
        this.skipTerminators();
        if (!this.isKeyword("while")) this.unexpected();
        this.advance();
        const test = this.condition();
        this.#terminator();
        return { kind: "do", body, test, ...here };
      }
      case "for":
        return this.#for();
    }
    const own = this.ownStatement(keyword);
    if (own) return own;
    const statement = this.simple();
    this.#terminator();
    return statement;
  }

  #emptyBody(): Statement {
    const body: Statement = { kind: "block", body: [], ...this.here() };
    this.advance();
    return body;
  }

  /** "else" may come behind newlines; the statement before it has taken its own end. */
  #else(): boolean {
    this.skipNewlines();
    if (!this.isKeyword("else")) return false;
    this.advance();
    return true;
  }

  protected condition(): Expression {
    this.expect("(");
    const test = this.#whole(() => this.expression());
    this.expect(")");
    return test;
  }

  /** Inside parentheses ">" and "in" are operators again. */
  #whole<T>(read: () => T): T {
    const saved = [this.#noGreater, this.#noIn] as const;
    this.#noGreater = false;
    this.#noIn = false;
    const made = read();
    [this.#noGreater, this.#noIn] = saved;
    return made;
  }

  #body(): Statement {
    this.skipNewlines();
    return this.#statement();
  }

  #loopBody(): Statement {
    this.loops++;
    const body = this.#body();
    this.loops--;
    return body;
  }

  #terminator(): void {
    if (this.token.kind === "newline" || this.is(";")) this.advance();
    else if (!this.is("}") && this.token.kind !== "end") this.unexpected();
  }

  #for(): Statement {
    const here = this.here();
    this.advance();
    this.expect("(");
    let first: Statement | undefined;
    if (!this.is(";")) {
      if (this.token.kind === "name" && !this.token.adjacent) {
        this.#noIn = true;
        first = this.forPart();
        this.#noIn = false;
        if (this.isKeyword("in") && first.kind === "expression" && first.expression.kind === "variable") {
          this.advance();
          const array = this.arrayName();
          if (this.is(")")) {
            this.advance();
            return { kind: "for-in", variable: first.expression, array, body: this.is(";") ? this.#emptyBody() : this.#loopBody(), ...here };
          }
          first = { kind: "expression", expression: { kind: "in", index: [first.expression], array }, ...here };
        }
      } else first = this.forPart();
    }
    this.expect(";");
    this.skipNewlines();
    const test = this.is(";") ? undefined : this.expression();
    this.expect(";");
    this.skipNewlines();
    const step = this.is(")") ? undefined : this.forPart();
    this.expect(")");
    return { kind: "for", first, test, step, body: this.is(";") ? this.#emptyBody() : this.#loopBody(), ...here };
  }

  protected simple(): Statement {
    const token = this.token;
    const here = this.here();
    const { text } = token;
    switch (token.kind === "keyword" ? text : "") {
      case "break":
      case "continue":
      case "next":
      case "nextfile":
        this.checkJump(token);
        this.advance();
        return { kind: text === "break" || text === "continue" || text === "next" ? text : "nextfile", ...here };
      case "exit":
        this.advance();
        return { kind: "exit", status: this.#atEnd() ? undefined : this.expression(), ...here };
      case "return":
        this.checkJump(token);
        this.advance();
        return { kind: "return", value: this.#atEnd() ? undefined : this.expression(), ...here };
      case "delete": {
        this.advance();
        if (!this.#rules.deleteInParentheses || !this.is("(")) return { kind: "delete", target: this.arrayName(), ...here };
        this.advance();
        const name = this.token;
        if (name.kind !== "name") this.unexpected();
        this.advance();
        this.expect(")");
        return { kind: "delete", target: this.variable(name), ...here };
      }
      case "print":
      case "printf": {
        this.advance();
        const args = this.#printArguments();
        let redirection: Redirection | undefined;
        const kind = this.token.kind === "operator" ? REDIRECTIONS.get(this.token.text) : undefined;
        if (kind) {
          this.advance();
          redirection = { kind, target: this.#redirectionTarget() };
        }
        if (text === "printf") this.checkPrintf(token, args);
        return { kind: text === "print" ? "print" : "printf", args, redirection, ...here };
      }
      case "":
      case "getline":
        return { kind: "expression", expression: this.expression(), ...here };
      default:
        return this.unexpected();
    }
  }

  #redirectionTarget(): Expression {
    if (this.#rules.redirectsTo === "expression") return this.expression();
    const saved = this.#noGreater;
    this.#noGreater = true;
    const target = this.#concatenation(false);
    this.#noGreater = saved;
    return target;
  }

  #atEnd(): boolean {
    return this.is(";") || this.is("}") || this.token.kind === "newline" || this.token.kind === "end";
  }

  #printArguments(): readonly Expression[] {
    if (this.#atEnd() || (this.token.kind === "operator" && REDIRECTIONS.has(this.token.text))) return [];
    const saved = this.#noGreater;
    this.#noGreater = true;
    const args = [this.expression(true)];
    while (this.is(",")) {
      this.advance();
      this.skipNewlines();
      args.push(this.expression());
    }
    this.#noGreater = saved;
    const [first] = args;
    // print (a, b) > "x"
    return args.length === 1 && first?.kind === "group" ? first.items : args;
  }

  /** Up to the closing sign, which is still the token. */
  #items(close: ")" | "]"): Expression[] {
    const items: Expression[] = [];
    this.#whole(() => {
      while (!this.is(close)) {
        if (items.length > 0) {
          if (!this.is(",")) this.expect(close);
          this.advance();
          this.skipNewlines();
        }
        items.push(this.expression());
      }
    });
    return items;
  }

  protected list(close: ")" | "]"): Expression[] {
    const items = this.#items(close);
    this.advance();
    return items;
  }

  /** A name or an element of it: what may be an array. */
  protected arrayName(): Variable | Item {
    const name = this.token;
    if (name.kind !== "name") this.unexpected();
    this.advance();
    return this.#subscripts(this.variable(name));
  }

  #subscripts(variable: Variable): Variable | Item {
    let target: Variable | Item = variable;
    while (this.is("[") && (target === variable || this.#rules.arraysOfArrays)) {
      this.advance();
      if (this.is("]")) this.unexpected();
      target = { kind: "item", array: target, index: this.list("]") };
    }
    return target;
  }

  // ---- expressions, loosest first

  protected expression(groupAllowed = false): Expression {
    return this.#assigned(this.#conditional(groupAllowed));
  }

  /** `a && b = c`: an assignment may stand to the right of any operator. */
  #assigned(target: Expression): Expression {
    if (this.token.kind !== "operator" || !ASSIGNMENTS.has(this.token.text) || !isLvalue(target)) return target;
    const operator = this.advance().text;
    return { kind: "assign", operator, target, value: this.expression() };
  }

  #conditional(groupAllowed: boolean): Expression {
    const test = this.#or(groupAllowed);
    if (!this.is("?")) return test;
    const newlines = this.#rules.newlinesInConditional;
    this.advance();
    if (newlines) this.skipNewlines();
    const yes = this.expression();
    this.expect(":");
    if (newlines) this.skipNewlines();
    return { kind: "condition", test, yes, no: this.expression() };
  }

  #or(groupAllowed: boolean): Expression {
    let left = this.#and(groupAllowed);
    while (this.is("||")) {
      this.advance();
      this.skipNewlines();
      left = { kind: "logic", operator: "||", left, right: this.#assigned(this.#and(false)) };
    }
    return left;
  }

  #and(groupAllowed: boolean): Expression {
    let left = this.#in(groupAllowed);
    while (this.is("&&")) {
      this.advance();
      this.skipNewlines();
      left = { kind: "logic", operator: "&&", left, right: this.#assigned(this.#in(false)) };
    }
    return left;
  }

  #in(groupAllowed: boolean): Expression {
    let left = this.#match(groupAllowed);
    while (this.isKeyword("in") && !this.#noIn) {
      this.advance();
      // What comes behind an array's name cannot be taken by it: "x" in a == 0
      left = this.#matched(this.#compared({ kind: "in", index: left.kind === "group" ? left.items : [left], array: this.arrayName() }));
    }
    if (isList(left) && !groupAllowed) this.unexpected();
    return left;
  }

  #match(groupAllowed: boolean): Expression {
    return this.#matched(this.#comparison(groupAllowed));
  }

  #matched(subject: Expression): Expression {
    let left = subject;
    while (this.is("~") || this.is("!~")) {
      const negated = this.advance().text === "!~";
      left = { kind: "match", negated, text: left, pattern: this.#comparison(false) };
    }
    return left;
  }

  #comparison(groupAllowed: boolean): Expression {
    return this.#compared(this.#concatenation(groupAllowed));
  }

  #compared(first: Expression): Expression {
    let left = first;
    while (this.token.kind === "operator" && COMPARISONS.has(this.token.text) && !(this.#noGreater && this.token.text === ">")) {
      const operator = this.advance().text;
      left = { kind: "compare", operator, left, right: this.#concatenation(false) };
      if (!this.#rules.chainedComparisons) break;
    }
    return left;
  }

  #startsOperand(): boolean {
    const { kind, text } = this.token;
    if (kind === "number" || kind === "string" || kind === "regex" || kind === "name" || kind === "builtin") return true;
    return kind === "operator" && OPERAND_OPERATORS.has(text);
  }

  #concatenation(groupAllowed: boolean): Expression {
    let left = this.#additive(groupAllowed);
    for (;;) {
      if (this.#rules.getlineAfter === "concatenation" && this.#getlineFollows()) left = this.#getlineFrom(left);
      else if (this.#startsOperand() && !isList(left)) left = { kind: "concat", left, right: this.#additive(false) };
      else return left;
    }
  }

  #getlineFollows(): boolean {
    return (this.is("|") || this.is("|&")) && this.lexer.followedByGetline();
  }

  #getlineFrom(source: Expression): Expression {
    const from = this.advance().text === "|&" ? "coprocess" : "command";
    this.advance();
    return { kind: "getline", from, source, target: this.#optionalLvalue() };
  }

  #additive(groupAllowed: boolean): Expression {
    let left = this.#multiplicative(groupAllowed);
    while (this.is("+") || this.is("-")) {
      const operator = this.advance().text;
      left = { kind: "binary", operator, left, right: this.#multiplicative(false) };
    }
    return left;
  }

  #multiplicative(groupAllowed: boolean): Expression {
    let left = this.unary(groupAllowed);
    while (this.is("*") || this.is("/") || this.is("%")) {
      const operator = this.advance().text;
      const right = this.unary(false);
      this.checkDivision(operator, left, right);
      left = { kind: "binary", operator, left, right };
    }
    return left;
  }

  protected unary(groupAllowed: boolean): Expression {
    if (!this.is("!") && !this.is("-") && !this.is("+")) return this.#power(groupAllowed);
    const token = this.advance().text;
    const operator = token === "!" ? "!" : token === "-" ? "-" : "+";
    const operand = this.unary(false);
    if (this.#rules.signedNumbers && operator !== "!" && operand.kind === "number") {
      const signed: Expression = { kind: "number", value: operator === "-" ? 0 - operand.value : operand.value };
      this.noteNumber(signed, `${operator === "-" && signed.value === 0 ? "-" : ""}${signed.value}`);
      return signed;
    }
    return { kind: "unary", operator, operand };
  }

  #power(groupAllowed: boolean): Expression {
    let left = this.#postfix(groupAllowed);
    while (this.#rules.getlineAfter === "operand" && this.#getlineFollows()) left = this.#getlineFrom(left);
    if (!this.is("^")) return left;
    this.advance();
    const right = this.is("-") || this.is("+") || this.is("!") ? this.unary(false) : this.#power(false);
    return { kind: "binary", operator: "^", left, right };
  }

  #optionalLvalue(): Lvalue | undefined {
    if (!this.is("$") && this.token.kind !== "name") return undefined;
    const operand = this.#primary(false);
    return isLvalue(operand) ? operand : this.unexpected();
  }

  #postfix(groupAllowed: boolean): Expression {
    if (this.is("++") || this.is("--")) {
      const by = this.advance().text === "++" ? 1 : -1;
      const target = this.#postfix(false);
      if (!isLvalue(target)) this.unexpected();
      return { kind: "step", prefix: true, by, target };
    }
    const operand = this.#primary(groupAllowed);
    if ((this.is("++") || this.is("--")) && isLvalue(operand)) {
      const by = this.advance().text === "++" ? 1 : -1;
      return { kind: "step", prefix: false, by, target: operand };
    }
    return operand;
  }

  #primary(groupAllowed: boolean): Expression {
    const token = this.token;
    switch (token.kind) {
      case "number": {
        this.advance();
        const number: Expression = { kind: "number", value: token.value };
        this.noteNumber(number, token.text);
        return number;
      }
      case "string":
        this.advance();
        return { kind: "string", value: token.text };
      case "regex":
        this.advance();
        this.checkRegex(token);
        return { kind: "regex", source: token.text };
      case "name":
        return this.#nameOrCall(token);
      case "builtin":
        return this.#builtin(token);
      case "keyword":
        return token.text === "getline" ? this.#getline() : this.unexpected();
      case "operator":
        break;
      default:
        return this.unexpected();
    }
    switch (token.text) {
      case "$":
        this.advance();
        if (this.is("++") || this.is("--")) return { kind: "field", index: this.#postfix(false) };
        if (this.is("-") || this.is("+") || this.is("!")) return { kind: "field", index: this.unary(false) };
        return { kind: "field", index: this.#primary(false) };
      case "(":
        return this.#parenthesised(groupAllowed);
      case "/":
      case "/=":
        this.token = this.lexer.regexAfter(token);
        return this.#primary(groupAllowed);
      case "@":
        return this.ownOperand();
      case "-":
      case "+":
      case "!":
        return this.unary(groupAllowed);
      default:
        return this.unexpected();
    }
  }

  #getline(): Expression {
    this.advance();
    const target = this.#optionalLvalue();
    if (!this.is("<")) return { kind: "getline", from: "main", source: undefined, target };
    this.advance();
    return { kind: "getline", from: "file", source: this.#postfix(false), target };
  }

  #parenthesised(groupAllowed: boolean): Expression {
    this.advance();
    const items = this.#whole(() => {
      const list = [this.expression()];
      while (this.is(",")) {
        this.advance();
        this.skipNewlines();
        list.push(this.expression());
      }
      return list;
    });
    this.expect(")");
    const [first] = items;
    // A name in parentheses is no place to assign to any more.
    if (items.length === 1 && first && !isLvalue(first)) {
      this.noteParentheses(first);
      return first;
    }
    if (items.length > 1 && !groupAllowed && !this.isKeyword("in")) this.unexpected();
    return { kind: "group", items };
  }

  #nameOrCall(token: Token): Expression {
    this.advance();
    if (!this.is("(") || !this.isCall(token)) return this.#subscripts(this.variable(token));
    this.advance();
    return this.call(token, this.list(")"));
  }

  #builtin(token: Token): Expression {
    this.advance();
    const { text: name, line } = token;
    if (!this.is("(")) return name === "length" ? { kind: "builtin", name, args: [], line } : this.unexpected();
    this.advance();
    const args = this.#items(")");
    this.checkArguments(token, args);
    this.advance();
    return { kind: "builtin", name, args, line };
  }
}
