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
  /** `*a[]`: the caller's array itself */
  readonly byName: boolean;
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
      const op = /^(?:[-+*/%^]=|==|!=|<=|>=|&&|\|\||\+\+|--|[-+*/%^<>=!(){}[\],;&])/.exec(rest)?.[0];
      if (op !== undefined) {
        this.#at += op.length;
        return { kind: "op", text: op, line: this.line };
      }
      this.#at++;
      // a line is read as bytes: each of those that follow each other is told
      const bytes = [rest.charCodeAt(0)];
      while (bytes[0] !== undefined && bytes[0] > 0x7e && rest.charCodeAt(bytes.length) > 0x7e) bytes.push(rest.charCodeAt(bytes.length));
      this.#at += bytes.length - 1;
      throw new SyntaxFailure(Array.from(bytes, (byte) => `illegal character: ${byte < 0x20 || byte > 0x7e ? `\\${byte.toString(8).padStart(3, "0")}` : String.fromCharCode(byte)}`).join("\n"), this.line);
    }
  }
}

export class Parser {
  readonly #lexer: Lexer;
  #token: Token | undefined;
  #loops = 0;
  #inFunction = false;
  #inArguments = false;
  /** What POSIX does not know in the line that was read: bc -s and -w tell it. */
  notes: { readonly line: number; readonly message: string }[] = [];

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

  #note(message: string, line: number = this.#peek().line): void {
    this.notes.push({ line, message });
  }

  #noteComparison(value: Expression, message: string): void {
    if (compares(value)) this.#note(message);
  }

  #noteName(name: string): void {
    if (name.length > 1) this.#note(`multiple letter name - ${name}`);
  }

  /** The statements of one line; undefined at the end. Throws Incomplete, SyntaxFailure. */
  line(): readonly Statement[] | undefined {
    this.#token = undefined;
    this.notes = [];
    this.#loops = 0;
    this.#inFunction = false;
    this.#inArguments = false;
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

  /** Newlines where POSIX allows none. */
  #skipNewlines(): void {
    if (this.#peek().kind !== "newline") return;
    while (this.#peek().kind === "newline") this.#take();
    this.#note("newline not allowed");
  }

  #definition(): Definition {
    this.#expect("define");
    const voidLine = this.#peek().line;
    const isVoid = this.#accept("void");
    if (isVoid) this.#note("void functions", voidLine);
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
    this.#noteName(token.text);
    if (new Set(parameters.map((one) => `${one.name}${one.array ? "[]" : ""}`)).size < parameters.length) this.#fail("duplicate parameter names");
    this.#skipNewlines();
    this.#expect("{");
    if (this.#peek().kind !== "newline") this.#note("End of line required");
    this.#inFunction = true;
    const locals: Parameter[] = [];
    const body: Statement[] = [];
    for (;;) {
      const next = this.#peek();
      if (next.kind === "newline" || this.#is(";")) this.#take();
      else if (this.#accept("auto")) {
        do locals.push(this.#parameter()); while (this.#accept(","));
        const known = new Set(parameters.map(({ name, array }) => `${name}${array ? "[]" : ""}`));
        for (const { name, array } of locals) {
          if (!known.has(`${name}${array ? "[]" : ""}`)) known.add(`${name}${array ? "[]" : ""}`);
          else this.#fail(parameters.some((one) => one.name === name && one.array === array) ? "variable in both parameter and auto lists" : "duplicate auto variable names");
        }
      } else break;
    }
    body.push(...this.#blockRest());
    if (parameters.some(({ byName }) => byName)) this.#note("Variable array parameter", this.#lexer.line);
    this.#inFunction = false;
    return { name: token.text, parameters, locals, body, isVoid };
  }

  #parameter(): Parameter {
    const byName = this.#accept("*");
    const token = this.#take();
    if (token.kind !== "name") {
      this.#token = token;
      this.#fail();
    }
    this.#noteName(token.text);
    if (this.#accept("[")) {
      this.#expect("]");
      if (byName) this.#note("Call by variable arrays");
      return { name: token.text, array: true, byName };
    }
    if (byName) this.#fail();
    return { name: token.text, array: false, byName };
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
    if (token.kind !== "keyword") return this.#expressionStatement();
    switch (token.text) {
      case "if": {
        this.#take();
        this.#expect("(");
        const test = this.#expression();
        this.#expect(")");
        this.#skipNewlines();
        const then = this.#statement();
        const elseLine = this.#peek().line;
        if (!this.#accept("else")) return { kind: "if", test, then, otherwise: undefined };
        this.#note("else clause in if statement", elseLine);
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
        const start = this.#forPart(";", "Comparison in first for expression");
        const test = this.#forPart(";", undefined);
        const step = this.#forPart(")", "Comparison in third for expression");
        this.#skipNewlines();
        return { kind: "for", start, test, step, body: this.#loopBody() };
      }
      case "break": case "continue":
        this.#take();
        if (token.text === "continue") this.#note("Continue statement", token.line);
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
        if (value !== undefined) {
          if (value.kind !== "group") this.#note("return expression requires parenthesis");
          this.#noteComparison(value, "comparison in return expression");
        }
        if (!this.#inFunction) {
          this.#peek();
          this.#fail("Return outside of a function.");
        }
        return { kind: "return", value };
      }
      case "print": {
        this.#take();
        this.#note("print statement", token.line);
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
      default: return this.#expressionStatement();
    }
  }

  #expressionStatement(): Statement {
    const value = this.#expression();
    this.#noteComparison(value, "comparison in expression");
    return { kind: "expression", value };
  }

  #forPart(end: string, comparison: string | undefined): Expression | undefined {
    if (this.#is(end)) {
      this.#note("Missing expression in for statement");
      this.#take();
      return undefined;
    }
    const part = this.#expression();
    if (comparison !== undefined) this.#noteComparison(part, comparison);
    this.#expect(end);
    return part;
  }

  #loopBody(): Statement {
    this.#loops++;
    const body = this.#statement();
    this.#loops--;
    return body;
  }

  #expression(): Expression {
    let left = this.#and();
    for (;;) {
      const { line } = this.#peek();
      if (!this.#accept("||")) return left;
      this.#note("|| operator", line);
      left = { kind: "binary", op: "||", left, right: this.#and() };
    }
  }

  #and(): Expression {
    let left = this.#not();
    for (;;) {
      const { line } = this.#peek();
      if (!this.#accept("&&")) return left;
      this.#note("&& operator", line);
      left = { kind: "binary", op: "&&", left, right: this.#not() };
    }
  }

  #not(): Expression {
    if (this.#accept("!")) {
      const operand = this.#not();
      this.#note("! operator");
      return { kind: "unary", op: "!", operand };
    }
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
        this.#noteName(token.text);
        if (this.#is("]")) {
          this.#take();
          // a whole array stands as an argument, nowhere else
          if (!this.#inArguments) this.#fail();
          return { kind: "array", name: token.text };
        }
        const inArguments = this.#inArguments;
        this.#inArguments = false;
        const index = this.#expression();
        this.#inArguments = inArguments;
        this.#noteComparison(index, "comparison in subscript");
        this.#expect("]");
        return { kind: "element", name: token.text, index };
      }
      if (this.#accept("(")) {
        const args: Expression[] = [];
        const inArguments = this.#inArguments;
        this.#inArguments = true;
        while (!this.#is(")")) {
          if (args.length > 0) this.#expect(",");
          const arg = this.#expression();
          this.#noteComparison(arg, "comparison in argument");
          args.push(arg);
        }
        this.#inArguments = inArguments;
        this.notes.push(...(token.text.length > 1 ? [{ line: this.#peek().line, message: `multiple letter name - ${token.text}` }] : []));
        this.#expect(")");
        return { kind: "call", name: token.text, args };
      }
      this.#noteName(token.text);
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
        this.#note(`${text} function`);
        this.#expect(")");
        return { kind: "builtin", name: text, arg: undefined };
      }
      if (text === "scale" || text === "ibase" || text === "obase" || text === "last" || text === "history") {
        this.#take();
        if (text === "last") this.#note("Last variable", token.line);
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

/** A comparison whose value is computed with: POSIX knows them in if, while and for only. */
function compares(value: Expression): boolean {
  switch (value.kind) {
    case "binary": return ["==", "!=", "<", "<=", ">", ">="].includes(value.op) || compares(value.left) || compares(value.right);
    case "unary": return compares(value.operand);
    case "group": return compares(value.inner);
    default: return false;
  }
}

function isTarget(expression: Expression): boolean {
  return expression.kind === "variable" || expression.kind === "element" || expression.kind === "register";
}
