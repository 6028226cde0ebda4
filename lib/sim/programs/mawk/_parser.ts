// Recursive descent over mawk's grammar (parse.y), with its words for what is wrong.
// (More than 400 lines: one grammar, whose rules call each other.)

import type { AwkFunction, AwkProgram, Expression, Lvalue, Redirection, Rule, Statement, Variable } from "./_ast.ts";
import { AwkSyntaxError, Lexer, type Token } from "./_lexer.ts";
import { resolve } from "./_resolve.ts";

export function parseAwk(text: string): AwkProgram {
  return new Parser(text).program();
}

const ASSIGNMENTS = new Set(["=", "+=", "-=", "*=", "/=", "%=", "^="]);
const COMPARISONS = new Set(["<", "<=", "==", "!=", ">", ">="]);
/** A token that may begin an operand of a concatenation. */
const OPERAND_OPERATORS = new Set(["$", "!", "(", "-", "+", "++", "--"]);

const PREDEFINED = ["ARGC", "ARGV", "ENVIRON", "FILENAME", "FNR", "FS", "NF", "NR", "OFMT", "CONVFMT", "OFS", "ORS", "RLENGTH", "RS", "RSTART", "SUBSEP"];

class Parser {
  readonly #lexer: Lexer;
  #token: Token;
  readonly #functions = new Map<string, AwkFunction>();
  readonly #globals = new Map<string, number>(PREDEFINED.map((name, slot) => [name, slot]));
  readonly #variables: Variable[] = [];
  #parameters: readonly string[] | undefined;
  #loopDepth = 0;
  #context: "begin" | "end" | "rule" | "function" = "rule";
  /** ">" ends the expression: inside print's list */
  #noGreater = false;

  constructor(text: string) {
    this.#lexer = new Lexer(text);
    this.#token = this.#lexer.next(true);
  }

  program(): AwkProgram {
    const begin: Statement[] = [];
    const end: Statement[] = [];
    const rules: Rule[] = [];
    this.#skipNewlines();
    while (this.#token.kind !== "end") {
      if (this.#isKeyword("function")) this.#function();
      else if (this.#isKeyword("BEGIN") || this.#isKeyword("END")) {
        const which = this.#token.text === "BEGIN" ? "begin" : "end";
        this.#advance();
        if (!this.#is("{")) this.#unexpected();
        this.#context = which;
        (which === "begin" ? begin : end).push(this.#block());
      } else {
        this.#context = "rule";
        let pattern: Expression | undefined;
        let until: Expression | undefined;
        let action: Statement | undefined;
        if (!this.#is("{")) {
          pattern = this.#expression();
          if (this.#is(",")) {
            this.#advance();
            this.#skipNewlines();
            until = this.#expression();
          }
        }
        if (this.#is("{")) action = this.#block();
        rules.push({ pattern, until, action });
      }
      if (this.#is("}")) {
        const { line } = this.#token;
        this.#advance();
        throw new AwkSyntaxError(`line ${line}: extra '}'\n\u0000line ${line}: syntax error at or near ${this.#near()}`);
      }
      if (this.#is(";")) {
        this.#advance();
      }
      this.#skipNewlines();
    }
    return resolve({ begin, rules, end, functions: this.#functions, globals: this.#globals, variables: this.#variables });
  }

  // ---- tokens

  #regexAllowed(token: Token): boolean {
    if (token.kind === "number" || token.kind === "string" || token.kind === "regex" || token.kind === "name" || token.kind === "builtin") return false;
    if (token.kind === "operator") return ![")", "]", "$", "++", "--"].includes(token.text);
    return true;
  }

  #advance(): Token {
    const token = this.#token;
    this.#token = this.#lexer.next(this.#regexAllowed(token));
    return token;
  }

  #is(operator: string): boolean {
    return this.#token.kind === "operator" && this.#token.text === operator;
  }

  #isKeyword(word: string): boolean {
    return this.#token.kind === "keyword" && this.#token.text === word;
  }

  #skipNewlines(): void {
    while (this.#token.kind === "newline") this.#advance();
  }

  #skipTerminators(): void {
    while (this.#token.kind === "newline" || this.#is(";")) this.#advance();
  }

  #near(token = this.#token): string {
    if (token.kind === "end") return "end of line";
    if (token.kind === "newline") return "end of line";
    if (token.kind === "string") return token.text;
    if (token.kind === "regex") return `/${token.text}/`;
    return token.text;
  }

  #unexpected(): never {
    if (this.#token.kind === "end" && this.#depth > 0) throw new AwkSyntaxError(`line ${this.#lexer.line + 1}: missing } near end of file`);
    throw new AwkSyntaxError(`line ${this.#token.line}: syntax error at or near ${this.#near()}`);
  }

  #depth = 0;

  #expect(operator: string): void {
    if (this.#is(operator)) {
      this.#advance();
      return;
    }
    if (operator === ")" && this.#token.kind === "operator" && (this.#is("}") || this.#is("]"))) {
      throw new AwkSyntaxError(`line ${this.#token.line}: missing ) near ${this.#near()}`);
    }
    this.#unexpected();
  }

  #error(message: string, line = this.#token.line): never {
    throw new AwkSyntaxError(`line ${line}: ${message}`);
  }

  // ---- functions and statements

  #function(): void {
    this.#advance();
    const name = this.#token;
    if (name.kind !== "name") this.#unexpected();
    if (this.#functions.get(name.text)) this.#error(`redefinition of ${name.text}`);
    this.#advance();
    this.#expect("(");
    const parameters: string[] = [];
    while (!this.#is(")")) {
      if (parameters.length > 0) {
        this.#expect(",");
        this.#skipNewlines();
      }
      const parameter = this.#token;
      if (parameter.kind !== "name" || parameter.text === name.text) this.#unexpected();
      if (parameters.includes(parameter.text)) this.#error(`${parameter.text} is duplicated in argument list`);
      parameters.push(parameter.text);
      this.#advance();
    }
    this.#advance();
    this.#skipNewlines();
    const placeholder: Statement = { kind: "block", body: [] };
    const made: AwkFunction = { name: name.text, parameters, body: placeholder, arrays: new Set(), blocks: false, line: name.line };
    this.#functions.set(name.text, made);
    this.#parameters = parameters;
    this.#context = "function";
    if (!this.#is("{")) this.#unexpected();
    made.body = this.#block();
    this.#parameters = undefined;
  }

  #block(): Statement {
    this.#depth++;
    this.#advance();
    const body: Statement[] = [];
    this.#skipTerminators();
    while (!this.#is("}")) {
      if (this.#token.kind === "end") this.#unexpected();
      body.push(this.#statement());
      this.#skipTerminators();
    }
    this.#depth--;
    this.#advance();
    return { kind: "block", body };
  }

  /** A statement with its end (";", newline, or a "}" that follows). */
  #statement(): Statement {
    const token = this.#token;
    if (this.#is("{")) return this.#block();
    if (this.#is(";")) {
      this.#advance();
      return { kind: "block", body: [] };
    }
    if (token.kind === "keyword") {
      switch (token.text) {
        case "if": {
          this.#advance();
          const test = this.#condition();
          const yes = this.#body();
          this.#skipToElse();
          let no: Statement | undefined;
          if (this.#isKeyword("else")) {
            this.#advance();
            no = this.#body();
          }
          return { kind: "if", test, yes, no };
        }
        case "while": {
          this.#advance();
          const test = this.#condition();
          if (this.#is(";")) {
            this.#advance();
            return { kind: "while", test, body: { kind: "block", body: [] } };
          }
          return { kind: "while", test, body: this.#loopBody() };
        }
        case "do": {
          this.#advance();
          const body = this.#loopBody();
          this.#skipTerminators();
          if (!this.#isKeyword("while")) this.#unexpected();
          this.#advance();
          const test = this.#condition();
          this.#terminator();
          return { kind: "do", body, test };
        }
        case "for":
          return this.#for();
      }
    }
    const statement = this.#simple();
    this.#terminator();
    return statement;
  }

  /** "else" may come after newlines and one semicolon. */
  #skipToElse(): void {
    while (this.#token.kind === "newline" || this.#is(";")) {
      this.#advance();
    }
  }

  #condition(): Expression {
    this.#expect("(");
    const test = this.#expression();
    if (!this.#is(")")) {
      const line = this.#token.line;
      const first = `line ${line}: syntax error at or near ${this.#near()}`;
      throw new AwkSyntaxError(first);
    }
    this.#advance();
    return test;
  }

  #body(): Statement {
    this.#skipNewlines();
    return this.#statement();
  }

  #loopBody(): Statement {
    this.#loopDepth++;
    const body = this.#body();
    this.#loopDepth--;
    return body;
  }

  #terminator(): void {
    if (this.#is("}")) return;
    if (this.#is(";") || this.#token.kind === "newline") {
      this.#advance();
      return;
    }
    if (this.#token.kind === "end" && this.#depth === 0) return;
    this.#unexpected();
  }

  #for(): Statement {
    this.#advance();
    this.#expect("(");
    if (this.#token.kind === "name" && !this.#token.adjacent) {
      // for (k in a)
      const first = this.#forHeader();
      if (first.kind === "in-header") {
        this.#expect(")");
        return { kind: "for-in", variable: first.variable, array: first.array, body: this.#loopBody() };
      }
      return this.#forRest(first.expression);
    }
    let first: Expression | undefined;
    if (!this.#is(";")) first = this.#expression();
    return this.#forRest(first);
  }

  /** Behind "for (" with a name ahead: either "name in array)" or an expression. */
  #forHeader(): { readonly kind: "in-header"; readonly variable: Variable; readonly array: Variable } | { readonly kind: "expression"; readonly expression: Expression } {
    const expression = this.#expression();
    if (expression.kind === "in" && this.#is(")")) {
      const [variable] = expression.index;
      if (variable?.kind === "variable" && expression.index.length === 1) return { kind: "in-header", variable, array: expression.array };
    }
    return { kind: "expression", expression };
  }

  #forRest(first: Expression | undefined): Statement {
    this.#expect(";");
    this.#skipNewlines();
    const test = this.#is(";") ? undefined : this.#expression();
    this.#expect(";");
    this.#skipNewlines();
    const step = this.#is(")") ? undefined : this.#expression();
    this.#expect(")");
    if (this.#is(";")) {
      this.#advance();
      return { kind: "for", first, test, step, body: { kind: "block", body: [] } };
    }
    return { kind: "for", first, test, step, body: this.#loopBody() };
  }

  #simple(): Statement {
    const token = this.#token;
    if (token.kind !== "keyword") return { kind: "expression", expression: this.#expression() };
    switch (token.text) {
      case "break":
      case "continue":
        this.#advance();
        if (this.#loopDepth === 0) this.#error(`${token.text} statement outside of loop`, token.line);
        return { kind: token.text };
      case "next":
      case "nextfile":
        this.#advance();
        if (this.#context !== "rule") this.#error(`improper use of ${token.text}`, token.line);
        return { kind: token.text };
      case "exit": {
        this.#advance();
        return { kind: "exit", status: this.#atEnd() ? undefined : this.#expression() };
      }
      case "return": {
        this.#advance();
        if (this.#context !== "function") this.#error("return outside function body", token.line);
        return { kind: "return", value: this.#atEnd() ? undefined : this.#expression() };
      }
      case "delete": {
        this.#advance();
        const parenthesised = this.#is("(");
        if (parenthesised) this.#advance();
        const name = this.#token;
        if (name.kind !== "name") this.#unexpected();
        this.#advance();
        const array = this.#variable(name);
        let index: Expression[] | undefined;
        if (this.#is("[")) {
          this.#advance();
          index = this.#list("]");
        }
        if (parenthesised) this.#expect(")");
        return { kind: "delete", array, index };
      }
      case "print":
      case "printf": {
        this.#advance();
        const args = this.#printArguments();
        let redirection: Redirection | undefined;
        if (this.#is(">") || this.#is(">>") || this.#is("|")) {
          const kind = this.#token.text === ">" ? ">" : this.#token.text === "|" ? "|" : ">>";
          this.#advance();
          redirection = { kind, target: this.#expression() };
        }
        if (token.text === "printf" && args.length === 0) this.#error("no arguments in call to printf", token.line);
        return { kind: token.text, args, redirection };
      }
      case "getline":
        return { kind: "expression", expression: this.#expression() };
      default:
        return this.#unexpected();
    }
  }

  #atEnd(): boolean {
    return this.#is(";") || this.#is("}") || this.#token.kind === "newline" || this.#token.kind === "end";
  }

  #printArguments(): Expression[] {
    if (this.#atEnd() || this.#is(">") || this.#is(">>") || this.#is("|")) return [];
    const saved = this.#noGreater;
    this.#noGreater = true;
    const args = [this.#expression(true)];
    while (this.#is(",")) {
      this.#advance();
      this.#skipNewlines();
      args.push(this.#expression());
    }
    this.#noGreater = saved;
    const [first] = args;
    // print (a, b) > "x"
    if (args.length === 1 && first?.kind === "group") return [...first.items];
    return args;
  }

  #list(close: string): Expression[] {
    const items: Expression[] = [];
    const saved = this.#noGreater;
    this.#noGreater = false;
    while (!this.#is(close)) {
      if (items.length > 0) {
        if (close === ")" && !this.#is(",")) this.#expect(close);
        this.#expect(",");
        this.#skipNewlines();
      }
      items.push(this.#expression());
    }
    this.#noGreater = saved;
    this.#advance();
    return items;
  }

  // ---- expressions, loosest first

  #expression(groupAllowed = false): Expression {
    const left = this.#conditional(groupAllowed);
    if (this.#token.kind === "operator" && ASSIGNMENTS.has(this.#token.text) && isLvalue(left)) {
      const operator = this.#advance().text;
      this.#skipNewlines();
      return { kind: "assign", operator, target: left, value: this.#expression() };
    }
    return left;
  }

  #conditional(groupAllowed: boolean): Expression {
    const test = this.#or(groupAllowed);
    if (!this.#is("?")) return test;
    this.#advance();
    this.#skipNewlines();
    const yes = this.#expression();
    this.#skipNewlines();
    this.#expect(":");
    this.#skipNewlines();
    const no = this.#expression();
    return { kind: "condition", test, yes, no };
  }

  #or(groupAllowed: boolean): Expression {
    let left = this.#and(groupAllowed);
    while (this.#is("||")) {
      this.#advance();
      this.#skipNewlines();
      left = { kind: "logic", operator: "||", left, right: this.#and(false) };
    }
    return left;
  }

  #and(groupAllowed: boolean): Expression {
    let left = this.#in(groupAllowed);
    while (this.#is("&&")) {
      this.#advance();
      this.#skipNewlines();
      left = { kind: "logic", operator: "&&", left, right: this.#in(false) };
    }
    return left;
  }

  #in(groupAllowed: boolean): Expression {
    let left = this.#match(groupAllowed);
    while (this.#isKeyword("in")) {
      this.#advance();
      const name = this.#token;
      if (name.kind !== "name") this.#unexpected();
      this.#advance();
      left = { kind: "in", index: left.kind === "group" ? left.items : [left], array: this.#variable(name) };
    }
    if (left.kind === "group" && !groupAllowed) this.#unexpected();
    return left;
  }

  #match(groupAllowed: boolean): Expression {
    let left = this.#comparison(groupAllowed);
    while (this.#is("~") || this.#is("!~")) {
      const negated = this.#advance().text === "!~";
      this.#skipNewlines();
      left = { kind: "match", negated, text: left, pattern: this.#comparison(false) };
    }
    return left;
  }

  #comparison(groupAllowed: boolean): Expression {
    let left = this.#concatenation(groupAllowed);
    while (this.#token.kind === "operator" && COMPARISONS.has(this.#token.text) && !(this.#noGreater && this.#token.text === ">")) {
      const operator = this.#advance().text;
      this.#skipNewlines();
      left = { kind: "compare", operator, left, right: this.#concatenation(false) };
    }
    return left;
  }

  #startsOperand(): boolean {
    const { kind, text } = this.#token;
    if (kind === "number" || kind === "string" || kind === "regex" || kind === "name" || kind === "builtin") return true;
    if (kind === "operator") return OPERAND_OPERATORS.has(text) && text !== "+" && text !== "-";
    return false;
  }

  #concatenation(groupAllowed: boolean): Expression {
    let left = this.#additive(groupAllowed);
    while (this.#startsOperand() && left.kind !== "group") left = { kind: "concat", left, right: this.#additive(false) };
    return left;
  }

  #additive(groupAllowed: boolean): Expression {
    let left = this.#multiplicative(groupAllowed);
    while (this.#is("+") || this.#is("-")) {
      const operator = this.#advance().text;
      this.#skipNewlines();
      left = { kind: "binary", operator, left, right: this.#multiplicative(false) };
    }
    return left;
  }

  #multiplicative(groupAllowed: boolean): Expression {
    let left = this.#unary(groupAllowed);
    while (this.#is("*") || this.#is("/") || this.#is("%")) {
      const operator = this.#advance().text;
      this.#skipNewlines();
      left = { kind: "binary", operator, left, right: this.#unary(false) };
    }
    return left;
  }

  #unary(groupAllowed: boolean): Expression {
    if (this.#is("!") || this.#is("-") || this.#is("+")) {
      const token = this.#advance().text;
      const operator = token === "!" ? "!" : token === "-" ? "-" : "+";
      return { kind: "unary", operator, operand: this.#unary(false) };
    }
    return this.#power(groupAllowed);
  }

  #power(groupAllowed: boolean): Expression {
    const left = this.#piped(groupAllowed);
    if (!this.#is("^")) return left;
    this.#advance();
    this.#skipNewlines();
    const right = this.#is("-") || this.#is("+") || this.#is("!") ? this.#unary(false) : this.#power(false);
    return { kind: "binary", operator: "^", left, right };
  }

  /** "cmd" | getline binds to one operand. */
  #piped(groupAllowed: boolean): Expression {
    let left = this.#postfix(groupAllowed);
    while (this.#is("|")) {
      const bar = this.#token;
      if (this.#peekGetline()) {
        this.#advance();
        this.#advance();
        left = { kind: "getline", from: "command", source: left, target: this.#optionalLvalue() };
      } else {
        this.#token = bar;
        break;
      }
    }
    return left;
  }

  #peekGetline(): boolean {
    return this.#lexer.followedByGetline();
  }

  #optionalLvalue(): Lvalue | undefined {
    if (!this.#is("$") && this.#token.kind !== "name") return undefined;
    const operand = this.#primary(false);
    return isLvalue(operand) ? operand : this.#unexpected();
  }

  #postfix(groupAllowed: boolean): Expression {
    if (this.#is("++") || this.#is("--")) {
      const by = this.#advance().text === "++" ? 1 : -1;
      const target = this.#postfix(false);
      if (!isLvalue(target)) this.#unexpected();
      return { kind: "step", prefix: true, by, target };
    }
    const operand = this.#primary(groupAllowed);
    if ((this.#is("++") || this.#is("--")) && isLvalue(operand)) {
      const by = this.#advance().text === "++" ? 1 : -1;
      return { kind: "step", prefix: false, by, target: operand };
    }
    return operand;
  }

  #primary(groupAllowed: boolean): Expression {
    const token = this.#token;
    switch (token.kind) {
      case "number":
        this.#advance();
        return { kind: "number", value: token.value };
      case "string":
        this.#advance();
        return { kind: "string", value: token.text };
      case "regex":
        this.#advance();
        return { kind: "regex", source: token.text };
      case "name":
        return this.#nameOrCall(token);
      case "builtin":
        return this.#builtin(token);
      case "keyword":
        if (token.text === "getline") {
          this.#advance();
          const target = this.#optionalLvalue();
          if (!this.#is("<")) return { kind: "getline", from: "main", source: undefined, target };
          this.#advance();
          return { kind: "getline", from: "file", source: this.#postfix(false), target };
        }
        return this.#unexpected();
      case "operator":
        break;
      default:
        return this.#unexpected();
    }
    switch (token.text) {
      case "$": {
        this.#advance();
        if (this.#is("++") || this.#is("--")) return { kind: "field", index: this.#postfix(false) };
        if (this.#is("-") || this.#is("+") || this.#is("!")) return { kind: "field", index: this.#unary(false) };
        return { kind: "field", index: this.#primary(false) };
      }
      case "(": {
        this.#advance();
        const savedGreater = this.#noGreater;
        this.#noGreater = false;
        const items = [this.#expression()];
        while (this.#is(",")) {
          this.#advance();
          this.#skipNewlines();
          items.push(this.#expression());
        }
        this.#noGreater = savedGreater;
        this.#expect(")");
        const [first] = items;
        if (items.length === 1 && first) return first;
        if (!groupAllowed && !this.#isKeyword("in")) this.#unexpected();
        return { kind: "group", items };
      }
      case "/":
      case "/=": {
        this.#token = this.#lexer.regexAfter(token);
        return this.#primary(groupAllowed);
      }
      case "-":
      case "+":
      case "!":
        return this.#unary(groupAllowed);
      default:
        return this.#unexpected();
    }
  }

  #nameOrCall(token: Token): Expression {
    this.#advance();
    if (this.#is("(") && (token.adjacent || this.#functions.has(token.text)) && !this.#parameters?.includes(token.text) && !(this.#globals.has(token.text) && !this.#functions.has(token.text))) {
      this.#advance();
      const args = this.#list(")");
      return { kind: "call", name: token.text, args, line: token.line };
    }
    const variable = this.#variable(token);
    if (this.#is("[")) {
      this.#advance();
      const index = this.#list("]");
      return { kind: "item", array: variable, index };
    }
    return variable;
  }

  #variable(token: Token): Variable {
    const local = this.#parameters?.indexOf(token.text) ?? -1;
    let slot = -1;
    if (local < 0) {
      if (this.#functions.has(token.text)) this.#error(`syntax error at or near ${this.#near()}`, token.line);
      slot = this.#globals.get(token.text) ?? this.#globals.size;
      this.#globals.set(token.text, slot);
    }
    const variable: Variable = { kind: "variable", name: token.text, line: token.line, local: local < 0 ? undefined : local, slot };
    this.#variables.push(variable);
    return variable;
  }

  #builtin(token: Token): Expression {
    this.#advance();
    if (!this.#is("(")) {
      if (token.text === "length") return { kind: "builtin", name: token.text, args: [], line: token.line };
      this.#unexpected();
    }
    this.#advance();
    const args = this.#list(")");
    const [least, most] = ARITY.get(token.text) ?? [0, 99];
    if (args.length < least || args.length > most) {
      if (args.length < least || token.text === "length") this.#error(`not enough arguments passed to ${token.text}`, token.line);
      this.#error("syntax error at or near ,", token.line);
    }
    return { kind: "builtin", name: token.text, args, line: token.line };
  }
}

const ARITY = new Map<string, readonly [number, number]>([
  ["length", [0, 1]], ["substr", [2, 3]], ["index", [2, 2]], ["split", [2, 3]], ["sub", [2, 3]], ["gsub", [2, 3]], ["match", [2, 2]], ["sprintf", [1, 999]],
  ["sin", [1, 1]], ["cos", [1, 1]], ["atan2", [2, 2]], ["exp", [1, 1]], ["log", [1, 1]], ["sqrt", [1, 1]], ["int", [1, 1]], ["rand", [0, 0]], ["srand", [0, 1]],
  ["tolower", [1, 1]], ["toupper", [1, 1]], ["system", [1, 1]], ["close", [1, 1]], ["fflush", [0, 1]], ["systime", [0, 0]], ["mktime", [1, 1]], ["strftime", [0, 3]],
]);

function isLvalue(expression: Expression): expression is Lvalue & { blocks?: boolean } {
  return expression.kind === "variable" || expression.kind === "field" || expression.kind === "item";
}
