// Recursive descent over gawk's grammar (awkgram.y), with its words for what is wrong.
// (More than 400 lines: one grammar, whose rules call each other.)

import type { Expression, GawkFunction, GawkProgram, Item, Lvalue, Redirection, Rule, Statement, SwitchCase, Variable } from "./_ast.ts";
import { type Dialect, EXTENSION_FUNCTIONS, SPECIAL_VARIABLES, Words } from "./_dialect.ts";
import { compileRegex, RegexSyntaxError } from "../kit/regex/compile-regex.ts";
import { GawkSyntaxError, Lexer, type Source, type Token } from "./_lexer.ts";

/** `includes`: what stands behind the names of @include. Throws GawkSyntaxError. */
export function parseGawk(sources: readonly Source[], includes: ReadonlyMap<string, Source>, dialect: Dialect, warnings: string[], loaded: readonly string[]): GawkProgram {
  const program = new Program(includes, dialect, warnings, loaded);
  for (const source of sources) new Parser(source, program).parse();
  return program.whole();
}

const ASSIGNMENTS = new Set(["=", "+=", "-=", "*=", "/=", "%=", "^="]);
const COMPARISONS = new Set(["<", "<=", "==", "!=", ">", ">="]);
/** A token that may begin an operand of a concatenation. */
const OPERAND_OPERATORS = new Set(["$", "!", "(", "++", "--", "@"]);

/** What all sources of a program add to. */
class Program {
  readonly includes: ReadonlyMap<string, Source>;
  readonly dialect: Dialect;
  readonly words: Words;
  readonly warnings: string[];
  readonly included = new Set<string>();
  readonly begin: Statement[] = [];
  readonly beginFile: Statement[] = [];
  readonly rules: Rule[] = [];
  readonly endFile: Statement[] = [];
  readonly end: Statement[] = [];
  readonly functions = new Map<string, GawkFunction>();
  readonly extensions = new Set<string>();
  readonly globals = new Set<string>();
  readonly calls: { readonly name: string; readonly where: string; readonly count: number }[] = [];

  constructor(includes: ReadonlyMap<string, Source>, dialect: Dialect, warnings: string[], loaded: readonly string[]) {
    this.includes = includes;
    this.dialect = dialect;
    this.words = new Words(dialect);
    this.warnings = warnings;
    for (const name of loaded) this.extensions.add(name);
  }

  whole(): GawkProgram {
    const known = new Set([...this.extensions].flatMap((name) => EXTENSION_FUNCTIONS.get(name) ?? []));
    for (const { name, where, count } of this.calls) {
      const callee = this.functions.get(name);
      if (callee && count > callee.parameters.length) this.warnings.push(`${where}: warning: function \`${name}' called with more arguments than declared`);
      if (callee || known.has(name)) continue;
      throw new GawkSyntaxError(this.globals.has(name) ? `${where}: error: attempt to use non-function \`${name}' in function call` : `${where}: fatal: function \`${name}' not defined`);
    }
    const { begin, beginFile, rules, endFile, end, functions, extensions, globals } = this;
    return { begin, beginFile, rules, endFile, end, functions, extensions, globals };
  }
}

class Parser {
  readonly #program: Program;
  readonly #lexer: Lexer;
  #token: Token;
  #namespace = "awk";
  #parameters: readonly string[] | undefined;
  #loops = 0;
  #switches = 0;
  #context = "rule";
  /** ">" ends the expression: inside print's list */
  #noGreater = false;
  /** "in" ends the expression: at the head of for (x in a) */
  #noIn = false;

  constructor(source: Source, program: Program) {
    this.#program = program;
    this.#lexer = new Lexer(source, program.words, program.dialect, program.warnings);
    this.#token = this.#lexer.next(true);
  }

  parse(): void {
    this.#skipTerminators();
    while (this.#token.kind !== "end") {
      this.#element();
      this.#skipNewlines();
      if (!this.#is(";")) continue;
      this.#advance();
      this.#skipNewlines();
      if (this.#is(";")) throw new GawkSyntaxError(`${this.#where()}: each rule must have a pattern or an action part`);
    }
  }

  #element(): void {
    const program = this.#program;
    if (this.#isKeyword("function")) {
      this.#function();
      return;
    }
    if (this.#is("@") && !program.dialect.posix && !program.dialect.traditional) {
      if (this.#directive()) return;
    }
    const blocks = this.#isKeyword("BEGIN") ? program.begin : this.#isKeyword("END") ? program.end : this.#isKeyword("BEGINFILE") ? program.beginFile : this.#isKeyword("ENDFILE") ? program.endFile : undefined;
    if (blocks) {
      this.#context = this.#token.text;
      this.#advance();
      if (!this.#is("{")) {
        if (this.#token.kind === "newline" || this.#token.kind === "end") throw new GawkSyntaxError(`${this.#where()}: ${this.#context} blocks must have an action part`);
        this.#unexpected();
      }
      blocks.push(this.#block());
      return;
    }
    this.#context = "rule";
    let pattern: Expression | undefined;
    let until: Expression | undefined;
    if (!this.#is("{")) {
      pattern = this.#expression();
      if (this.#is(",")) {
        this.#advance();
        this.#skipNewlines();
        until = this.#expression();
      }
    }
    const action = this.#is("{") ? this.#block() : undefined;
    if (!action && this.#token.kind !== "newline" && this.#token.kind !== "end" && !this.#is(";")) this.#unexpected();
    program.rules.push({ pattern, until, action });
  }

  /** @include, @load, @namespace; false when it is something else. */
  #directive(): boolean {
    const program = this.#program;
    this.#advance();
    const word = this.#token;
    if (word.kind !== "name" || !["include", "load", "namespace"].includes(word.text)) this.#unexpected();
    this.#advance();
    const name = this.#token;
    if (name.kind !== "string") this.#unexpected();
    this.#advance();
    if (word.text === "namespace") this.#namespace = name.text;
    else if (word.text === "load") {
      if (!EXTENSION_FUNCTIONS.has(name.text)) throw new GawkSyntaxError(`${this.#where(word)}: error: cannot open shared library \`${name.text}' for reading: No such file or directory`);
      program.extensions.add(name.text);
    } else {
      const source = program.includes.get(name.text);
      if (!source) throw new GawkSyntaxError(`${this.#where(word)}: error: cannot open source file \`${name.text}' for reading: No such file or directory`);
      if (program.included.has(source.name)) program.warnings.push(`${this.#where(word)}: warning: already included source file \`${name.text}'`);
      else {
        program.included.add(source.name);
        new Parser(source, program).parse();
      }
    }
    return true;
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

  #where(token = this.#token): string {
    return `${this.#lexer.name}:${token.line}`;
  }

  #unexpected(): never {
    const { kind, line, column } = this.#token;
    if (kind === "end") this.#lexer.complain("unexpected newline or end of string", this.#lexer.line, this.#lexer.lastColumn);
    // By then the line has been counted.
    if (kind === "newline") this.#lexer.complain("unexpected newline or end of string", line, column, line + 1);
    this.#lexer.complain("syntax error", line, column);
  }

  #expect(operator: string): void {
    if (!this.#is(operator)) this.#unexpected();
    this.#advance();
  }

  #error(message: string, token = this.#token): never {
    throw new GawkSyntaxError(`${this.#where(token)}: error: ${message}`);
  }

  // ---- names

  /** The name with its namespace, unless it is awk's. */
  #qualified(name: string): string {
    if (name.startsWith("awk::")) return name.slice(5);
    if (name.includes("::") || this.#namespace === "awk" || SPECIAL_VARIABLES.has(name) || /^[A-Z]+$/.test(name)) return name;
    return `${this.#namespace}::${name}`;
  }

  #variable(token: Token): Variable {
    const local = this.#parameters?.indexOf(token.text) ?? -1;
    if (local >= 0) return { kind: "variable", name: token.text, local };
    const name = this.#qualified(token.text);
    if (this.#program.functions.has(name)) this.#error(`function \`${name}' called with space between name and \`('\nor used as a variable or an array`.split("\n")[0] ?? "", token);
    this.#program.globals.add(name);
    return { kind: "variable", name, local: undefined };
  }

  /** A name or an element of it: what may be an array. */
  #arrayName(): Variable | Item {
    const name = this.#token;
    if (name.kind !== "name") this.#unexpected();
    this.#advance();
    return this.#subscripts(this.#variable(name));
  }

  #subscripts(variable: Variable): Variable | Item {
    let target: Variable | Item = variable;
    while (this.#is("[")) {
      this.#advance();
      if (this.#is("]")) this.#unexpected();
      target = { kind: "item", array: target, index: this.#list("]") };
    }
    return target;
  }

  // ---- functions and statements

  #function(): void {
    this.#advance();
    const token = this.#token;
    if (token.kind === "builtin") this.#lexer.complain(`\`${token.text}' is a built-in function, it cannot be redefined`, token.line, token.column);
    if (token.kind !== "name") this.#unexpected();
    const name = this.#qualified(token.text);
    if (this.#program.functions.has(name) || this.#program.globals.has(name)) this.#error(`function name \`${name}' previously defined`, token);
    this.#advance();
    this.#expect("(");
    const parameters: string[] = [];
    this.#skipNewlines();
    while (!this.#is(")")) {
      if (parameters.length > 0) {
        this.#expect(",");
        this.#skipNewlines();
      }
      const parameter = this.#token;
      if (parameter.kind !== "name") this.#unexpected();
      if (parameter.text === token.text) this.#error(`function \`${name}': cannot use function name as parameter name`, parameter);
      if (SPECIAL_VARIABLES.has(parameter.text)) this.#error(`function \`${name}': cannot use special variable \`${parameter.text}' as a function parameter`, parameter);
      const twin = parameters.indexOf(parameter.text);
      if (twin >= 0) this.#error(`function \`${name}': parameter #${parameters.length + 1}, \`${parameter.text}', duplicates parameter #${twin + 1}`, parameter);
      parameters.push(parameter.text);
      this.#advance();
    }
    this.#advance();
    this.#skipNewlines();
    const empty: Statement = { kind: "block", body: [], line: token.line, file: this.#lexer.name };
    this.#program.functions.set(name, { name, parameters, body: empty });
    this.#parameters = parameters;
    this.#context = "function";
    if (!this.#is("{")) this.#unexpected();
    this.#program.functions.set(name, { name, parameters, body: this.#block() });
    this.#parameters = undefined;
  }

  #here(token = this.#token): { readonly line: number; readonly file: string } {
    return { line: token.line, file: this.#lexer.name };
  }

  #block(): Statement {
    const here = this.#here();
    this.#advance();
    const body = this.#statements(() => this.#is("}"));
    this.#advance();
    return { kind: "block", body, ...here };
  }

  #statements(ends: () => boolean): Statement[] {
    const body: Statement[] = [];
    this.#skipTerminators();
    while (!ends()) {
      if (this.#token.kind === "end") this.#unexpected();
      body.push(this.#statement());
      this.#skipTerminators();
    }
    return body;
  }

  #empty(): Statement {
    return { kind: "block", body: [], ...this.#here() };
  }

  /** A statement with its end (";", newline, or a "}" that follows). */
  #statement(): Statement {
    const here = this.#here();
    if (this.#is("{")) return this.#block();
    if (this.#is(";")) {
      this.#advance();
      return { kind: "block", body: [], ...here };
    }
    switch (this.#token.kind === "keyword" ? this.#token.text : "") {
      case "if": {
        this.#advance();
        const test = this.#condition();
        const yes = this.#body();
        const no = this.#else() ? this.#body() : undefined;
        return { kind: "if", test, yes, no, ...here };
      }
      case "while": {
        this.#advance();
        const test = this.#condition();
        if (this.#is(";")) {
          this.#advance();
          return { kind: "while", test, body: this.#empty(), ...here };
        }
        return { kind: "while", test, body: this.#loopBody(), ...here };
      }
      case "do": {
        this.#advance();
        const body = this.#loopBody();
        this.#skipTerminators();
        if (!this.#isKeyword("while")) this.#unexpected();
        this.#advance();
        const test = this.#condition();
        this.#terminator();
        return { kind: "do", body, test, ...here };
      }
      case "for":
        return this.#for();
      case "switch":
        return this.#switch();
    }
    const statement = this.#simple();
    this.#terminator();
    return statement;
  }

  /** "else" may come after newlines and semicolons: they end the statement before when none comes. */
  #else(): boolean {
    while (this.#token.kind === "newline" || this.#is(";")) this.#advance();
    if (!this.#isKeyword("else")) return false;
    this.#advance();
    return true;
  }

  #condition(): Expression {
    this.#expect("(");
    const test = this.#whole(() => this.#expression());
    this.#expect(")");
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
    this.#skipNewlines();
    return this.#statement();
  }

  #loopBody(): Statement {
    this.#loops++;
    const body = this.#body();
    this.#loops--;
    return body;
  }

  #terminator(): void {
    if (this.#token.kind === "newline" || this.#is(";")) this.#advance();
    else if (!this.#is("}") && this.#token.kind !== "end") this.#unexpected();
  }

  #for(): Statement {
    const here = this.#here();
    this.#advance();
    this.#expect("(");
    let first: Statement | undefined;
    if (!this.#is(";")) {
      if (this.#token.kind === "name") {
        this.#noIn = true;
        first = this.#simple();
        this.#noIn = false;
        if (this.#isKeyword("in") && first.kind === "expression" && first.expression.kind === "variable") {
          this.#advance();
          const array = this.#arrayName();
          if (this.#is(")")) {
            this.#advance();
            return { kind: "for-in", variable: first.expression, array, body: this.#is(";") ? this.#emptyBody() : this.#loopBody(), ...here };
          }
          first = { kind: "expression", expression: { kind: "in", index: [first.expression], array }, ...here };
        }
      } else first = this.#simple();
    }
    this.#expect(";");
    this.#skipNewlines();
    const test = this.#is(";") ? undefined : this.#expression();
    this.#expect(";");
    this.#skipNewlines();
    const step = this.#is(")") ? undefined : this.#simple();
    this.#expect(")");
    return { kind: "for", first, test, step, body: this.#is(";") ? this.#emptyBody() : this.#loopBody(), ...here };
  }

  #emptyBody(): Statement {
    const body = this.#empty();
    this.#advance();
    return body;
  }

  #switch(): Statement {
    const here = this.#here();
    this.#advance();
    const subject = this.#condition();
    this.#skipNewlines();
    this.#expect("{");
    this.#switches++;
    this.#skipNewlines();
    const cases: SwitchCase[] = [];
    while (!this.#is("}")) {
      let value: Expression | undefined;
      if (this.#isKeyword("case")) {
        this.#advance();
        value = this.#unary(false);
      } else if (this.#isKeyword("default")) {
        if (cases.some((one) => one.value === undefined)) this.#error("duplicate `default' detected in switch body");
        this.#advance();
      } else this.#unexpected();
      this.#expect(":");
      cases.push({ value, body: this.#statements(() => this.#is("}") || this.#isKeyword("case") || this.#isKeyword("default")) });
    }
    this.#switches--;
    this.#advance();
    return { kind: "switch", subject, cases, ...here };
  }

  #simple(): Statement {
    const token = this.#token;
    const here = this.#here();
    if (token.kind !== "keyword") return { kind: "expression", expression: this.#expression(), ...here };
    const { text } = token;
    switch (text) {
      case "break":
      case "continue":
        this.#advance();
        if (this.#loops === 0 && (text === "continue" || this.#switches === 0)) {
          const line = `${this.#where(token)}: error: ${text === "break" ? "`break' is not allowed outside a loop or switch" : "`continue' is not allowed outside a loop"}`;
          // It is seen twice: by the grammar and when the loops are put together.
          throw new GawkSyntaxError(`${line}\n${line}`);
        }
        return { kind: text, ...here };
      case "next":
      case "nextfile":
        this.#advance();
        if (this.#context !== "rule" && this.#context !== "function" && !(text === "nextfile" && this.#context === "BEGINFILE")) this.#error(`\`${text}' used in ${this.#context} action`, token);
        return { kind: text, ...here };
      case "exit":
        this.#advance();
        return { kind: "exit", status: this.#atEnd() ? undefined : this.#expression(), ...here };
      case "return":
        if (this.#context !== "function") this.#lexer.complain("`return' used outside function context", token.line, token.column);
        this.#advance();
        return { kind: "return", value: this.#atEnd() ? undefined : this.#expression(), ...here };
      case "delete": {
        this.#advance();
        const parenthesised = this.#is("(");
        if (parenthesised) this.#advance();
        const target = this.#arrayName();
        if (parenthesised) this.#expect(")");
        return { kind: "delete", target, ...here };
      }
      case "print":
      case "printf": {
        this.#advance();
        const args = this.#printArguments();
        let redirection: Redirection | undefined;
        if (this.#is(">") || this.#is(">>") || this.#is("|") || this.#is("|&")) {
          const kind = this.#advance().text;
          const saved = this.#noGreater;
          this.#noGreater = true;
          redirection = { kind: kind === ">" ? ">" : kind === ">>" ? ">>" : kind === "|" ? "|" : "|&", target: this.#concatenation(false) };
          this.#noGreater = saved;
        }
        if (text === "printf" && args.length === 0) throw new GawkSyntaxError(`${this.#where(token)}: fatal: printf: no arguments`);
        return { kind: text, args, redirection, ...here };
      }
      case "getline":
        return { kind: "expression", expression: this.#expression(), ...here };
      default:
        return this.#unexpected();
    }
  }

  #atEnd(): boolean {
    return this.#is(";") || this.#is("}") || this.#token.kind === "newline" || this.#token.kind === "end";
  }

  #printArguments(): Expression[] {
    if (this.#atEnd() || this.#is(">") || this.#is(">>") || this.#is("|") || this.#is("|&")) return [];
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
    this.#whole(() => {
      this.#skipNewlines();
      while (!this.#is(close)) {
        if (items.length > 0) {
          this.#expect(",");
          this.#skipNewlines();
        }
        items.push(this.#expression());
        this.#skipNewlines();
      }
    });
    this.#advance();
    return items;
  }

  // ---- expressions, loosest first

  #expression(groupAllowed = false): Expression {
    const left = this.#conditional(groupAllowed);
    if (this.#token.kind === "operator" && ASSIGNMENTS.has(this.#token.text) && isLvalue(left)) {
      const operator = this.#advance().text;
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
    return { kind: "condition", test, yes, no: this.#expression() };
  }

  #or(groupAllowed: boolean): Expression {
    let left = this.#and(groupAllowed);
    while (this.#is("||")) {
      this.#advance();
      this.#skipNewlines();
      left = { kind: "logic", operator: "||", left, right: this.#assigned(this.#and(false)) };
    }
    return left;
  }

  #and(groupAllowed: boolean): Expression {
    let left = this.#in(groupAllowed);
    while (this.#is("&&")) {
      this.#advance();
      this.#skipNewlines();
      left = { kind: "logic", operator: "&&", left, right: this.#assigned(this.#in(false)) };
    }
    return left;
  }

  /** `a && b = c`: an assignment may stand to the right of any operator. */
  #assigned(target: Expression): Expression {
    if (this.#token.kind !== "operator" || !ASSIGNMENTS.has(this.#token.text) || !isLvalue(target)) return target;
    const operator = this.#advance().text;
    return { kind: "assign", operator, target, value: this.#expression() };
  }

  #in(groupAllowed: boolean): Expression {
    let left = this.#match(groupAllowed);
    while (this.#isKeyword("in") && !this.#noIn) {
      this.#advance();
      left = { kind: "in", index: left.kind === "group" ? left.items : [left], array: this.#arrayName() };
    }
    if (left.kind === "group" && !groupAllowed) this.#unexpected();
    return left;
  }

  #match(groupAllowed: boolean): Expression {
    let left = this.#comparison(groupAllowed);
    while (this.#is("~") || this.#is("!~")) {
      const negated = this.#advance().text === "!~";
      left = { kind: "match", negated, text: left, pattern: this.#comparison(false) };
    }
    return left;
  }

  #comparison(groupAllowed: boolean): Expression {
    const left = this.#concatenation(groupAllowed);
    if (this.#token.kind !== "operator" || !COMPARISONS.has(this.#token.text) || (this.#noGreater && this.#token.text === ">")) return left;
    const operator = this.#advance().text;
    return { kind: "compare", operator, left, right: this.#concatenation(false) };
  }

  #startsOperand(): boolean {
    const { kind, text } = this.#token;
    if (kind === "number" || kind === "string" || kind === "regex" || kind === "name" || kind === "builtin") return true;
    return kind === "operator" && OPERAND_OPERATORS.has(text);
  }

  /** Concatenation, and the pipes into getline, which stand at the same height. */
  #concatenation(groupAllowed: boolean): Expression {
    let left = this.#additive(groupAllowed);
    for (;;) {
      if ((this.#is("|") || this.#is("|&")) && this.#lexer.followedByGetline()) {
        const from = this.#advance().text === "|&" ? "coprocess" : "command";
        this.#advance();
        left = { kind: "getline", from, source: left, target: this.#optionalLvalue() };
      } else if (this.#startsOperand() && left.kind !== "group") left = { kind: "concat", left, right: this.#additive(false) };
      else return left;
    }
  }

  #additive(groupAllowed: boolean): Expression {
    let left = this.#multiplicative(groupAllowed);
    while (this.#is("+") || this.#is("-")) {
      const operator = this.#advance().text;
      left = { kind: "binary", operator, left, right: this.#multiplicative(false) };
    }
    return left;
  }

  #multiplicative(groupAllowed: boolean): Expression {
    let left = this.#unary(groupAllowed);
    while (this.#is("*") || this.#is("/") || this.#is("%")) {
      const operator = this.#advance().text;
      const right = this.#unary(false);
      if (left.kind === "number" && right.kind === "number" && right.value === 0 && operator !== "*") this.#error(`division by zero attempted${operator === "%" ? " in `%'" : ""}`);
      left = { kind: "binary", operator, left, right };
    }
    return left;
  }

  #unary(groupAllowed: boolean): Expression {
    if (!this.#is("!") && !this.#is("-") && !this.#is("+")) return this.#power(groupAllowed);
    const token = this.#advance().text;
    const operator = token === "!" ? "!" : token === "-" ? "-" : "+";
    // ! /x/ ~ y and !x ~ y differ for real awks; gawk binds "!" to one operand
    const operand = this.#unary(false);
    if (operator !== "!" && operand.kind === "number") return { kind: "number", value: operator === "-" ? 0 - operand.value : operand.value };
    return { kind: "unary", operator, operand };
  }

  #power(groupAllowed: boolean): Expression {
    const left = this.#postfix(groupAllowed);
    if (!this.#is("^")) return left;
    this.#advance();
    const right = this.#is("-") || this.#is("+") || this.#is("!") ? this.#unary(false) : this.#power(false);
    return { kind: "binary", operator: "^", left, right };
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
        this.#checkRegex(token);
        return { kind: "regex", source: token.text };
      case "name":
        return this.#nameOrCall(token);
      case "builtin":
        return this.#builtin(token);
      case "keyword":
        if (token.text !== "getline") return this.#unexpected();
        {
          this.#advance();
          const target = this.#optionalLvalue();
          if (!this.#is("<")) return { kind: "getline", from: "main", source: undefined, target };
          this.#advance();
          return { kind: "getline", from: "file", source: this.#postfix(false), target };
        }
      case "operator":
        break;
      default:
        return this.#unexpected();
    }
    switch (token.text) {
      case "$":
        this.#advance();
        if (this.#is("++") || this.#is("--")) return { kind: "field", index: this.#postfix(false) };
        if (this.#is("-") || this.#is("+") || this.#is("!")) return { kind: "field", index: this.#unary(false) };
        return { kind: "field", index: this.#primary(false) };
      case "(": {
        this.#advance();
        const items = this.#whole(() => {
          const list = [this.#expression()];
          while (this.#is(",")) {
            this.#advance();
            this.#skipNewlines();
            list.push(this.#expression());
          }
          return list;
        });
        this.#expect(")");
        const [first] = items;
        // A name in parentheses is no place to assign to any more.
        if (items.length === 1 && first) return isLvalue(first) ? { kind: "group", items } : first;
        if (!groupAllowed && !this.#isKeyword("in")) this.#unexpected();
        return { kind: "group", items };
      }
      case "/":
      case "/=":
        this.#token = this.#lexer.regexAfter(token);
        return this.#primary(groupAllowed);
      case "@":
        return this.#at();
      case "-":
      case "+":
      case "!":
        return this.#unary(groupAllowed);
      default:
        return this.#unexpected();
    }
  }

  /** Constant expressions are compiled before the program starts. */
  #checkRegex(token: Token): void {
    const { posix, traditional } = this.#program.dialect;
    try {
      compileRegex(token.text, { syntax: posix || traditional ? "gawk-posix" : "gawk" });
    } catch (error) {
      if (error instanceof RegexSyntaxError) this.#error(`${error.message}: /${token.text}/`, token);
      throw error;
    }
  }

  /** @/regex/ or @name(...) */
  #at(): Expression {
    this.#advance();
    const token = this.#token;
    if (token.kind === "regex") {
      this.#advance();
      this.#checkRegex(token);
      return { kind: "typed-regex", source: token.text };
    }
    if (token.kind !== "name" || !token.adjacent) this.#unexpected();
    this.#advance();
    const callee = this.#variable(token);
    this.#advance();
    return { kind: "indirect", callee, args: this.#list(")"), line: token.line };
  }

  #nameOrCall(token: Token): Expression {
    this.#advance();
    const isParameter = this.#parameters?.includes(token.text) ?? false;
    if (this.#is("(") && !isParameter && (token.adjacent || this.#program.functions.has(this.#qualified(token.text)))) {
      this.#advance();
      const name = this.#qualified(token.text);
      const args = this.#list(")");
      this.#program.calls.push({ name, where: this.#where(token), count: args.length });
      return { kind: "call", name, args, line: token.line };
    }
    if (isParameter && this.#is("(") && token.adjacent) this.#unexpected();
    return this.#subscripts(this.#variable(token));
  }

  #builtin(token: Token): Expression {
    this.#advance();
    const { text: name, line } = token;
    if (!this.#is("(")) {
      if (name === "length") return { kind: "builtin", name, args: [], line };
      this.#unexpected();
    }
    this.#advance();
    const args: Expression[] = [];
    this.#whole(() => {
      while (!this.#is(")")) {
        if (args.length > 0) {
          this.#expect(",");
          this.#skipNewlines();
        }
        args.push(this.#expression());
        this.#skipNewlines();
      }
    });
    const [least, most] = this.#program.words.arity(name) ?? [0, 99];
    if (args.length < least || args.length > most) this.#lexer.complain(`${args.length} is invalid as number of arguments for ${name}`, this.#token.line, this.#token.column);
    this.#advance();
    return { kind: "builtin", name, args, line };
  }
}

function isLvalue(expression: Expression): expression is Lvalue {
  return expression.kind === "variable" || expression.kind === "field" || expression.kind === "item";
}
