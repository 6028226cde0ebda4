// The language of bc: tokens, and a tree for each line. Precedences are GNU's: assignment binds tighter than comparison, ! looser than it.
// (More than 400 lines: one grammar, whose rules call each other.)

export type Expression =
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "element"; readonly name: string; readonly index: Expression }
  | { readonly kind: "register"; readonly name: "scale" | "ibase" | "obase" | "last" | "history" }
  | { readonly kind: "array"; readonly name: string }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: "builtin"; readonly name: "length" | "sqrt" | "scale" | "read" | "random"; readonly arg: Expression | undefined }
  | { readonly kind: "binary"; readonly op: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "unary"; readonly op: "-" | "!"; readonly operand: Expression }
  | { readonly kind: "assign"; readonly op: string; readonly target: Expression; readonly value: Expression }
  | { readonly kind: "step"; readonly op: "++" | "--"; readonly prefix: boolean; readonly target: Expression }
  | { readonly kind: "group"; readonly inner: Expression };

export type Statement =
  | { readonly kind: "expression"; readonly value: Expression }
  | { readonly kind: "string"; readonly text: string }
  | { readonly kind: "print"; readonly items: readonly (string | Expression)[] }
  | { readonly kind: "block"; readonly body: readonly Statement[] }
  | { readonly kind: "if"; readonly test: Expression; readonly then: Statement; readonly otherwise: Statement | undefined }
  | { readonly kind: "while"; readonly test: Expression; readonly body: Statement }
  | { readonly kind: "for"; readonly start: Expression | undefined; readonly test: Expression | undefined; readonly step: Expression | undefined; readonly body: Statement }
  | { readonly kind: "break" } | { readonly kind: "continue" } | { readonly kind: "halt" } | { readonly kind: "quit" } | { readonly kind: "limits" } | { readonly kind: "warranty" } | { readonly kind: "empty" }
  | { readonly kind: "return"; readonly value: Expression | undefined }
  | { readonly kind: "define"; readonly definition: Definition };

export interface Parameter {
  readonly name: string;
  readonly array: boolean;
}

export interface Definition {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly locals: readonly Parameter[];
  readonly body: readonly Statement[];
  readonly isVoid: boolean;
}

export interface Token {
  readonly kind: "number" | "name" | "string" | "op" | "newline" | "end" | "keyword";
  readonly text: string;
  /** the line that the lexer stands on after it */
  readonly line: number;
}

const KEYWORDS = new Set(["define", "break", "quit", "length", "return", "for", "if", "while", "sqrt", "scale", "ibase", "obase", "auto", "else", "read", "random", "halt", "last", "print", "continue", "limits", "warranty", "history", "void"]);

export class SyntaxFailure extends Error {
  readonly line: number;
  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

/** More text is needed to finish what was begun. */
export class Incomplete extends Error {}

/** Turns text into tokens as it comes; a string or a comment may go over lines. */
export class Lexer {
  #text = "";
  #at = 0;
  line = 1;
  /** No more text will come. */
  ended = false;

  feed(text: string): void {
    this.#text = this.#text.slice(this.#at) + text;
    this.#at = 0;
  }

  /** Drops what is left of the current line. */
  skipLine(): void {
    const end = this.#text.indexOf("\n", this.#at);
    if (end < 0) this.#at = this.#text.length;
    else {
      this.#at = end + 1;
      this.line++;
    }
  }

  mark(): readonly [number, number] {
    return [this.#at, this.line];
  }

  restore([at, line]: readonly [number, number]): void {
    this.#at = at;
    this.line = line;
  }

  next(): Token {
    for (;;) {
      const rest = this.#text.slice(this.#at, this.#at + 4096);
      if (rest === "") {
        if (!this.ended) throw new Incomplete();
        return { kind: "end", text: "", line: this.line };
      }
      const blank = /^(?:[ \t]|\\\n)+/.exec(rest);
      if (blank) {
        this.#at += blank[0].length;
        this.line += blank[0].split("\n").length - 1;
        continue;
      }
      if (rest.startsWith("#")) {
        const end = this.#text.indexOf("\n", this.#at);
        if (end < 0 && !this.ended) throw new Incomplete();
        this.#at = end < 0 ? this.#text.length : end;
        continue;
      }
      if (rest.startsWith("/*")) {
        const end = this.#text.indexOf("*/", this.#at + 2);
        if (end < 0) {
          if (!this.ended) throw new Incomplete();
          this.#at = this.#text.length;
          throw new SyntaxFailure("EOF encountered in a comment.", this.line);
        }
        this.line += this.#text.slice(this.#at, end).split("\n").length - 1;
        this.#at = end + 2;
        continue;
      }
      if (rest.startsWith("\n")) {
        this.#at++;
        this.line++;
        return { kind: "newline", text: "\n", line: this.line };
      }
      if (rest.startsWith('"')) {
        const end = this.#text.indexOf('"', this.#at + 1);
        if (end < 0) {
          if (!this.ended) throw new Incomplete();
          this.#at++;
          return { kind: "op", text: '"', line: this.line };
        }
        const text = this.#text.slice(this.#at + 1, end);
        this.#at = end + 1;
        this.line += text.split("\n").length - 1;
        return { kind: "string", text, line: this.line };
      }
      const number = /^(?:[0-9A-Z]+(?:\\\n)?)*\.?(?:[0-9A-Z]+(?:\\\n)?)*/.exec(rest)?.[0] ?? "";
      if (number !== "") {
        this.#at += number.length;
        this.line += number.split("\n").length - 1;
        const text = number.replaceAll("\\\n", "");
        return text === "." ? { kind: "keyword", text: "last", line: this.line } : { kind: "number", text, line: this.line };
      }
      const name = /^[a-z][a-z0-9_]*/.exec(rest)?.[0];
      if (name !== undefined) {
        this.#at += name.length;
        return { kind: KEYWORDS.has(name) ? "keyword" : "name", text: name, line: this.line };
      }
      const op = /^(?:[-+*/%^]=|==|!=|<=|>=|&&|\|\||\+\+|--|[-+*/%^<>=!(){}[\],;])/.exec(rest)?.[0];
      if (op !== undefined) {
        this.#at += op.length;
        return { kind: "op", text: op, line: this.line };
      }
      this.#at++;
      throw new SyntaxFailure(`illegal character: ${rest.charAt(0) < " " ? "\\" + rest.charCodeAt(0).toString(8).padStart(3, "0") : rest.charAt(0)}`, this.line);
    }
  }
}

export class Parser {
  readonly #lexer: Lexer;
  #token: Token | undefined;
  #loops = 0;
  #inFunction = false;

  constructor(lexer: Lexer) {
    this.#lexer = lexer;
  }

  #peek(): Token {
    this.#token ??= this.#lexer.next();
    return this.#token;
  }

  #take(): Token {
    const token = this.#peek();
    this.#token = undefined;
    return token;
  }

  #is(text: string): boolean {
    const token = this.#peek();
    return (token.kind === "op" || token.kind === "keyword") && token.text === text;
  }

  #accept(text: string): boolean {
    if (!this.#is(text)) return false;
    this.#take();
    return true;
  }

  #fail(message = "syntax error"): never {
    const token = this.#token ?? { kind: "op", text: "", line: this.#lexer.line };
    // What stands on the line after a wrong token is dropped with it; a newline is its own end.
    if (token.kind === "op" && token.text === '"') throw new SyntaxFailure('illegal character: "', token.line);
    throw new SyntaxFailure(message, token.line);
  }

  #expect(text: string): void {
    if (!this.#accept(text)) this.#fail();
  }

  /** True when the failed line's newline has been read already. */
  get atLineEnd(): boolean {
    return this.#token?.kind === "newline" || this.#token?.kind === "end";
  }

  /** The statements of one line; undefined at the end. Throws Incomplete, SyntaxFailure. */
  line(): readonly Statement[] | undefined {
    this.#token = undefined;
    this.#loops = 0;
    this.#inFunction = false;
    const statements: Statement[] = [];
    for (;;) {
      const token = this.#peek();
      if (token.kind === "end") {
        // A last line without its newline is no statement.
        if (statements.length > 0) this.#fail();
        return undefined;
      }
      if (token.kind === "newline") {
        this.#take();
        return statements;
      }
      if (this.#accept(";")) continue;
      if (this.#is("define")) statements.push({ kind: "define", definition: this.#definition() });
      else statements.push(this.#statement());
      const after = this.#peek();
      if (after.kind === "newline" || after.kind === "end" || this.#is(";")) continue;
      this.#fail();
    }
  }

  #skipNewlines(): void {
    while (this.#peek().kind === "newline") this.#take();
  }

  #definition(): Definition {
    this.#expect("define");
    const isVoid = this.#accept("void");
    const token = this.#take();
    if (token.kind !== "name") {
      this.#token = token;
      this.#fail();
    }
    this.#expect("(");
    const parameters: Parameter[] = [];
    while (!this.#is(")")) {
      if (parameters.length > 0) this.#expect(",");
      parameters.push(this.#parameter());
    }
    this.#expect(")");
    if (new Set(parameters.map((one) => `${one.name}${one.array ? "[]" : ""}`)).size < parameters.length) this.#fail("duplicate parameter names");
    this.#skipNewlines();
    this.#expect("{");
    this.#inFunction = true;
    const locals: Parameter[] = [];
    const body: Statement[] = [];
    for (;;) {
      const next = this.#peek();
      if (next.kind === "newline" || this.#is(";")) this.#take();
      else if (this.#accept("auto")) {
        do locals.push(this.#parameter()); while (this.#accept(","));
      } else break;
    }
    body.push(...this.#blockRest());
    this.#inFunction = false;
    return { name: token.text, parameters, locals, body, isVoid };
  }

  #parameter(): Parameter {
    this.#accept("*");
    const token = this.#take();
    if (token.kind !== "name") {
      this.#token = token;
      this.#fail();
    }
    if (this.#accept("[")) {
      this.#expect("]");
      return { name: token.text, array: true };
    }
    return { name: token.text, array: false };
  }

  /** After "{": to the closing brace. */
  #blockRest(): Statement[] {
    const body: Statement[] = [];
    for (;;) {
      const token = this.#peek();
      if (token.kind === "end") this.#fail();
      if (token.kind === "newline" || this.#is(";")) {
        this.#take();
        continue;
      }
      if (this.#accept("}")) return body;
      body.push(this.#statement());
      const after = this.#peek();
      if (after.kind !== "newline" && !this.#is(";") && !this.#is("}")) this.#fail();
    }
  }

  #statement(): Statement {
    const token = this.#peek();
    if (token.kind === "string") {
      this.#take();
      return { kind: "string", text: token.text };
    }
    if (this.#accept("{")) return { kind: "block", body: this.#blockRest() };
    if (token.kind !== "keyword") return { kind: "expression", value: this.#expression() };
    switch (token.text) {
      case "if": {
        this.#take();
        this.#expect("(");
        const test = this.#expression();
        this.#expect(")");
        this.#skipNewlines();
        const then = this.#statement();
        if (!this.#accept("else")) return { kind: "if", test, then, otherwise: undefined };
        this.#skipNewlines();
        return { kind: "if", test, then, otherwise: this.#statement() };
      }
      case "while": {
        this.#take();
        this.#expect("(");
        const test = this.#expression();
        this.#expect(")");
        this.#skipNewlines();
        return { kind: "while", test, body: this.#loopBody() };
      }
      case "for": {
        this.#take();
        this.#expect("(");
        const start = this.#is(";") ? undefined : this.#expression();
        this.#expect(";");
        const test = this.#is(";") ? undefined : this.#expression();
        this.#expect(";");
        const step = this.#is(")") ? undefined : this.#expression();
        this.#expect(")");
        this.#skipNewlines();
        return { kind: "for", start, test, step, body: this.#loopBody() };
      }
      case "break": case "continue":
        this.#take();
        if (this.#loops === 0) this.#fail(token.text === "break" ? "Break outside a for/while" : "Continue outside a for");
        return { kind: token.text };
      case "halt": case "quit": case "limits": case "warranty":
        this.#take();
        return { kind: token.text };
      case "return": {
        this.#take();
        const next = this.#peek();
        const bare = next.kind === "newline" || next.kind === "end" || this.#is(";") || this.#is("}");
        const value = bare ? undefined : this.#expression();
        if (!this.#inFunction) {
          this.#peek();
          this.#fail("Return outside of a function.");
        }
        return { kind: "return", value };
      }
      case "print": {
        this.#take();
        const items: (string | Expression)[] = [];
        do {
          const item = this.#peek();
          if (item.kind === "string") {
            this.#take();
            items.push(item.text);
          } else items.push(this.#expression());
        } while (this.#accept(","));
        return { kind: "print", items };
      }
      default: return { kind: "expression", value: this.#expression() };
    }
  }

  #loopBody(): Statement {
    this.#loops++;
    const body = this.#statement();
    this.#loops--;
    return body;
  }

  #expression(): Expression {
    let left = this.#and();
    while (this.#accept("||")) left = { kind: "binary", op: "||", left, right: this.#and() };
    return left;
  }

  #and(): Expression {
    let left = this.#not();
    while (this.#accept("&&")) left = { kind: "binary", op: "&&", left, right: this.#not() };
    return left;
  }

  #not(): Expression {
    if (this.#accept("!")) return { kind: "unary", op: "!", operand: this.#not() };
    return this.#relation();
  }

  #relation(): Expression {
    let left = this.#sum();
    for (;;) {
      const op = this.#peek().text;
      if (this.#peek().kind !== "op" || !["==", "!=", "<", "<=", ">", ">="].includes(op)) return left;
      this.#take();
      left = { kind: "binary", op, left, right: this.#sum() };
    }
  }

  #sum(): Expression {
    let left = this.#product();
    for (;;) {
      const op = this.#peek().text;
      if (this.#peek().kind !== "op" || (op !== "+" && op !== "-")) return left;
      this.#take();
      left = { kind: "binary", op, left, right: this.#product() };
    }
  }

  #product(): Expression {
    let left = this.#power();
    for (;;) {
      const op = this.#peek().text;
      if (this.#peek().kind !== "op" || !["*", "/", "%"].includes(op)) return left;
      this.#take();
      left = { kind: "binary", op, left, right: this.#power() };
    }
  }

  #power(): Expression {
    const base = this.#unary();
    if (!this.#accept("^")) return base;
    return { kind: "binary", op: "^", left: base, right: this.#power() };
  }

  #unary(): Expression {
    if (this.#accept("-")) return { kind: "unary", op: "-", operand: this.#unary() };
    const token = this.#peek();
    if (token.kind === "op" && (token.text === "++" || token.text === "--")) {
      this.#take();
      return { kind: "step", op: token.text, prefix: true, target: this.#target(this.#primary()) };
    }
    const primary = this.#primary();
    const after = this.#peek();
    if (after.kind !== "op") return primary;
    if (after.text === "++" || after.text === "--") {
      if (!isTarget(primary)) return primary;
      this.#take();
      return { kind: "step", op: after.text, prefix: false, target: primary };
    }
    if (["=", "+=", "-=", "*=", "/=", "%=", "^="].includes(after.text)) {
      if (!isTarget(primary)) this.#fail();
      this.#take();
      return { kind: "assign", op: after.text, target: primary, value: this.#assigned() };
    }
    return primary;
  }

  /** The right side of an assignment reaches over sums, not over comparisons. */
  #assigned(): Expression {
    return this.#sum();
  }

  #target(expression: Expression): Expression {
    if (!isTarget(expression)) this.#fail();
    return expression;
  }

  #primary(): Expression {
    const token = this.#peek();
    if (token.kind === "number") {
      this.#take();
      return { kind: "number", text: token.text };
    }
    if (this.#accept("(")) {
      const inner = this.#expression();
      this.#expect(")");
      return { kind: "group", inner };
    }
    if (token.kind === "name") {
      this.#take();
      if (this.#accept("[")) {
        if (this.#accept("]")) return { kind: "array", name: token.text };
        const index = this.#expression();
        this.#expect("]");
        return { kind: "element", name: token.text, index };
      }
      if (this.#accept("(")) {
        const args: Expression[] = [];
        while (!this.#is(")")) {
          if (args.length > 0) this.#expect(",");
          args.push(this.#expression());
        }
        this.#expect(")");
        return { kind: "call", name: token.text, args };
      }
      return { kind: "variable", name: token.text };
    }
    if (token.kind === "keyword") {
      const { text } = token;
      if (text === "length" || text === "sqrt") {
        this.#take();
        this.#expect("(");
        const arg = this.#expression();
        this.#expect(")");
        return { kind: "builtin", name: text, arg };
      }
      if (text === "read" || text === "random") {
        this.#take();
        this.#expect("(");
        this.#expect(")");
        return { kind: "builtin", name: text, arg: undefined };
      }
      if (text === "scale" || text === "ibase" || text === "obase" || text === "last" || text === "history") {
        this.#take();
        if (text === "scale" && this.#accept("(")) {
          const arg = this.#expression();
          this.#expect(")");
          return { kind: "builtin", name: "scale", arg };
        }
        return { kind: "register", name: text };
      }
    }
    return this.#fail();
  }
}

function isTarget(expression: Expression): boolean {
  return expression.kind === "variable" || expression.kind === "element" || expression.kind === "register";
}
