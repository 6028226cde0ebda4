// The filter language of jq: tokens and tree.
// (More than 400 lines: one grammar, its tokens and its tree.)

export type Format = string;

export type Pattern =
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "array"; readonly items: readonly Pattern[] }
  | { readonly kind: "object"; readonly members: readonly { readonly key: Node; readonly variable: string | undefined; readonly pattern: Pattern | undefined }[] };

export interface Definition {
  readonly name: string;
  /** "$x" for a value, "f" for a filter */
  readonly parameters: readonly string[];
  readonly body: Node;
  /** it came from a module, where its names have been looked up */
  readonly isForeign?: boolean;
}

export interface Import {
  readonly path: string;
  /** undefined: its names come in as they are (include) */
  readonly as: string | undefined;
  readonly isData: boolean;
  /** where its metadata say to search */
  readonly search: readonly string[] | undefined;
}

/** A program or a module. */
export interface Unit {
  readonly imports: readonly Import[];
  readonly definitions: readonly Definition[];
  readonly body: Node | undefined;
}

export type Node =
  | { readonly kind: "identity" } | { readonly kind: "recurse" }
  | { readonly kind: "literal"; readonly value: null | boolean | number | string }
  | { readonly kind: "string"; readonly format: Format | undefined; readonly parts: readonly (string | Node)[] }
  | { readonly kind: "format"; readonly name: string }
  | { readonly kind: "index"; readonly target: Node; readonly key: Node }
  | { readonly kind: "slice"; readonly target: Node; readonly from: Node | undefined; readonly to: Node | undefined }
  | { readonly kind: "iterate"; readonly target: Node }
  | { readonly kind: "try"; readonly body: Node; readonly handler: Node | undefined }
  | { readonly kind: "pipe" | "comma" | "alternative" | "and" | "or"; readonly left: Node; readonly right: Node }
  | { readonly kind: "binary"; readonly op: string; readonly left: Node; readonly right: Node }
  | { readonly kind: "assign"; readonly op: string; readonly left: Node; readonly right: Node }
  | { readonly kind: "negate"; readonly operand: Node }
  | { readonly kind: "array"; readonly body: Node | undefined }
  | { readonly kind: "object"; readonly members: readonly { readonly key: Node; readonly value: Node }[] }
  | { readonly kind: "variable"; readonly name: string; readonly at: number }
  | { readonly kind: "location"; readonly line: number }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Node[]; readonly at: number }
  | { readonly kind: "bind"; readonly source: Node; readonly patterns: readonly Pattern[]; readonly body: Node }
  | { readonly kind: "reduce"; readonly source: Node; readonly pattern: Pattern; readonly start: Node; readonly update: Node }
  | { readonly kind: "foreach"; readonly source: Node; readonly pattern: Pattern; readonly start: Node; readonly update: Node; readonly extract: Node | undefined }
  | { readonly kind: "if"; readonly branches: readonly (readonly [test: Node, then: Node])[]; readonly otherwise: Node }
  | { readonly kind: "label"; readonly name: string; readonly body: Node }
  | { readonly kind: "break"; readonly name: string; readonly at: number }
  | { readonly kind: "define"; readonly definition: Definition; readonly body: Node };

export class SyntaxFailure extends Error {
  /** where in the program, for the line that shows it */
  readonly at: number;
  /** a second message, with its own place */
  readonly hint: { readonly message: string; readonly at: number } | undefined;
  constructor(message: string, at: number, hint?: { readonly message: string; readonly at: number }) {
    super(message);
    this.at = at;
    this.hint = hint;
  }
}

/** The words behind "search" in an import's metadata. */
function searched(meta: Node | undefined): readonly string[] | undefined {
  if (meta?.kind !== "object") return undefined;
  const words = (node: Node): string[] => {
    if (node.kind === "string") return [node.parts.filter((part) => typeof part === "string").join("")];
    if (node.kind === "literal" && typeof node.value === "string") return [node.value];
    if (node.kind === "array") return node.body ? words(node.body) : [];
    return node.kind === "comma" ? [...words(node.left), ...words(node.right)] : [];
  };
  const found = meta.members.find(({ key }) => words(key)[0] === "search");
  return found && words(found.value);
}

interface Token {
  readonly kind: "op" | "keyword" | "name" | "field" | "variable" | "number" | "string" | "format" | "end" | "bad";
  readonly text: string;
  readonly at: number;
  readonly value?: number;
  readonly parts?: readonly (string | Node)[];
}

const KEYWORDS = new Set(["def", "if", "then", "elif", "else", "end", "as", "reduce", "foreach", "try", "catch", "label", "import", "include", "and", "or", "not", "__loc__"]);
const OPERATORS = ["?//=", "?//", "|=", "+=", "-=", "*=", "/=", "%=", "//=", "==", "!=", "<=", ">=", "//", "..", "and", "or"];

export class Parser {
  readonly #text: string;
  #at = 0;
  /** where the last token (or the blanks after it) began: an end that is not expected is shown there */
  #lastAt = 0;
  /** open brackets: a closing one without its opening one is no token */
  readonly #open: string[] = [];
  #token: Token | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** A whole program or module. Throws SyntaxFailure. */
  unit(): Unit {
    const first = this.#peek();
    if (first.kind === "name" && first.text === "module") {
      this.#take();
      this.#pipe();
      this.#expect(";");
    }
    const imports: Import[] = [];
    while (this.#isKeyword("import") || this.#isKeyword("include")) imports.push(this.#import());
    const definitions: Definition[] = [];
    while (this.#isKeyword("def")) definitions.push(this.#definition());
    const body = this.#peek().kind === "end" ? undefined : this.#pipe();
    if (this.#peek().kind !== "end") this.#unexpected(", expecting $end");
    return { imports, definitions, body };
  }

  #import(): Import {
    const includes = this.#take().text === "include";
    const word = this.#peek();
    const path = word.kind === "string" && word.parts?.every((part) => typeof part === "string") ? word.parts.join("") : undefined;
    if (path === undefined) this.#unexpected(word.kind === "string" ? "" : ", expecting FORMAT or QQSTRING_START");
    this.#take();
    let name: Token | undefined;
    if (!includes) {
      this.#expectKeyword("as");
      name = this.#peek();
      if (name.kind !== "name" && name.kind !== "variable") this.#unexpected();
      this.#take();
    }
    const meta = this.#is(";") ? undefined : this.#pipe();
    this.#expect(";");
    return { path: path ?? "", as: name?.text, isData: name?.kind === "variable", search: searched(meta) };
  }

  /** Definitions only (the prelude). */
  definitions(): Definition[] {
    const list: Definition[] = [];
    while (this.#peek().kind !== "end") list.push(this.#definition());
    return list;
  }

  #lex(): Token {
    const text = this.#text;
    for (;;) {
      const blank = /^\s+/.exec(text.slice(this.#at, this.#at + 256));
      if (blank) {
        this.#lastAt = this.#at;
        this.#at += blank[0].length;
        continue;
      }
      if (text.charAt(this.#at) === "#") {
        const end = text.indexOf("\n", this.#at);
        this.#at = end < 0 ? text.length : end;
        continue;
      }
      break;
    }
    const at = this.#at;
    if (at >= text.length) return { kind: "end", text: "", at };
    this.#lastAt = at;
    const rest = text.slice(at, at + 512);
    const take = (length: number): void => { this.#at += length; };
    if (rest.startsWith('"')) return this.#string(at);
    const number = /^(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/.exec(rest)?.[0];
    if (number !== undefined) {
      take(number.length);
      return { kind: "number", text: number, at, value: Number(number) };
    }
    const field = /^\.[a-zA-Z_][a-zA-Z0-9_]*/.exec(rest)?.[0];
    if (field !== undefined) {
      take(field.length);
      return { kind: "field", text: field.slice(1), at };
    }
    const variable = /^\$(?:[a-zA-Z_][a-zA-Z0-9_]*::)*[a-zA-Z_][a-zA-Z0-9_]*/.exec(rest)?.[0];
    if (variable !== undefined) {
      take(variable.length);
      return { kind: "variable", text: variable.slice(1), at };
    }
    const format = /^@[a-zA-Z0-9_]+/.exec(rest)?.[0];
    if (format !== undefined) {
      take(format.length);
      return { kind: "format", text: format.slice(1), at };
    }
    const name = /^(?:[a-zA-Z_][a-zA-Z0-9_]*::)*[a-zA-Z_][a-zA-Z0-9_]*/.exec(rest)?.[0];
    if (name !== undefined) {
      take(name.length);
      return { kind: KEYWORDS.has(name) && name !== "not" ? "keyword" : "name", text: name, at };
    }
    const op = OPERATORS.find((one) => rest.startsWith(one)) ?? (/^[.?=;,:|+\-*/%$<>[\]{}()]/.test(rest) ? rest.charAt(0) : undefined);
    if (op !== undefined) {
      take(op.length);
      if ("([{".includes(op)) this.#open.push(op);
      else if (")]}".includes(op) && this.#open.pop() !== (op === ")" ? "(" : op === "]" ? "[" : "{")) return { kind: "bad", text: op, at };
      return { kind: "op", text: op, at };
    }
    take(1);
    return { kind: "bad", text: rest.charAt(0), at };
  }

  /** A string with \( … ) in it. */
  #string(at: number): Token {
    const parts: (string | Node)[] = [];
    let literal = "";
    this.#at = at + 1;
    for (;;) {
      const char = this.#text.charAt(this.#at);
      if (char === "") throw new SyntaxFailure("syntax error, unexpected $end, expecting QQSTRING_TEXT or QQSTRING_INTERP_START or QQSTRING_END (Unix shell quoting issues?)", at + 1);
      this.#at++;
      if (char === '"') break;
      if (char !== "\\") {
        literal += char;
        continue;
      }
      const next = this.#text.charAt(this.#at++);
      const simple = new Map([["n", "\n"], ["t", "\t"], ["r", "\r"], ["b", "\b"], ["f", "\f"], ["\\", "\\"], ["/", "/"], ['"', '"']]).get(next);
      if (simple !== undefined) literal += simple;
      else if (next === "u") {
        const hex = /^[0-9a-fA-F]{4}/.exec(this.#text.slice(this.#at))?.[0];
        if (hex === undefined) throw new SyntaxFailure(`Invalid \\uXXXX escape at line 1, column ${this.#text.indexOf('"', this.#at) - at + 1} (while parsing '${this.#text.slice(at, this.#text.indexOf('"', this.#at) + 1)}')`, at + 1);
        literal += String.fromCharCode(Number.parseInt(hex, 16));
        this.#at += 4;
      } else if (next === "(") {
        if (literal !== "") parts.push(literal);
        literal = "";
        const saved = this.#token;
        this.#token = undefined;
        this.#open.push("(");
        parts.push(this.#pipe());
        this.#expect(")");
        this.#token = saved;
      } else throw new SyntaxFailure(`Invalid escape at line 1, column 4 (while parsing '"\\${next}"')`, at + 1);
    }
    if (literal !== "" || parts.length === 0) parts.push(literal);
    return { kind: "string", text: "", at, parts };
  }

  #peek(): Token {
    this.#token ??= this.#lex();
    return this.#token;
  }

  #take(): Token {
    const token = this.#peek();
    this.#token = undefined;
    return token;
  }

  #is(op: string): boolean {
    const token = this.#peek();
    return token.kind === "op" && token.text === op;
  }

  #isKeyword(word: string): boolean {
    const token = this.#peek();
    return token.kind === "keyword" && token.text === word;
  }

  #accept(op: string): boolean {
    if (!this.#is(op)) return false;
    this.#take();
    return true;
  }

  #acceptKeyword(word: string): boolean {
    if (!this.#isKeyword(word)) return false;
    this.#take();
    return true;
  }

  #unexpected(expecting = ""): never {
    const token = this.#peek();
    const names = new Map([["name", "IDENT"], ["field", "FIELD"], ["number", "LITERAL"], ["string", "QQSTRING_START"], ["format", "FORMAT"], ["bad", "INVALID_CHARACTER"], ["end", "$end"]]);
    const shown = names.get(token.kind) ?? (token.kind === "variable" ? "'$'" : token.text.length === 1 ? `'${token.text}'` : token.text);
    const at = token.kind === "end" ? this.#lastAt : token.at;
    const first = token.kind !== "end" && this.#text.slice(0, token.at).trim() === "" ? ", expecting $end" : "";
    throw new SyntaxFailure(`syntax error, unexpected ${shown}${expecting || first} (Unix shell quoting issues?)`, at);
  }

  #expect(op: string): void {
    if (!this.#accept(op)) this.#unexpected();
  }

  #expectKeyword(word: string): void {
    if (!this.#acceptKeyword(word)) this.#unexpected();
  }

  #definition(): Definition {
    this.#expectKeyword("def");
    const token = this.#take();
    if (token.kind !== "name" && token.kind !== "keyword") {
      this.#token = token;
      this.#unexpected();
    }
    const parameters: string[] = [];
    if (this.#accept("(")) {
      do {
        const parameter = this.#take();
        if (parameter.kind === "variable") parameters.push("$" + parameter.text);
        else if (parameter.kind === "name") parameters.push(parameter.text);
        else {
          this.#token = parameter;
          this.#unexpected();
        }
      } while (this.#accept(";"));
      this.#expect(")");
    }
    this.#expect(":");
    const body = this.#pipe();
    this.#expect(";");
    return { name: token.text, parameters, body };
  }

  #pipe(): Node {
    if (this.#isKeyword("def")) {
      const definition = this.#definition();
      return { kind: "define", definition, body: this.#pipe() };
    }
    const left = this.#comma();
    if (this.#isKeyword("as")) return this.#binding(left);
    if (!this.#accept("|")) return left;
    return { kind: "pipe", left, right: this.#pipe() };
  }

  /** `Term as $x | body`: the term is the last one of what stands before. */
  #binding(source: Node): Node {
    this.#expectKeyword("as");
    const patterns = [this.#pattern()];
    while (this.#accept("?//")) patterns.push(this.#pattern());
    this.#expect("|");
    return { kind: "bind", source, patterns, body: this.#pipe() };
  }

  #comma(): Node {
    let left = this.#operators(0);
    while (this.#accept(",")) left = { kind: "comma", left, right: this.#operators(0) };
    return left;
  }

  /** By rising precedence: // (right), assignments (none), or, and, comparisons (none), + -, * / %. */
  #operators(level: number): Node {
    const token = (): Token => this.#peek();
    const opOf = (): string => (token().kind === "op" ? token().text : token().kind === "keyword" ? token().text : "");
    switch (level) {
      case 0: {
        const left = this.#operators(1);
        if (opOf() !== "//") return left;
        this.#take();
        return { kind: "alternative", left, right: this.#operators(0) };
      }
      case 1: {
        const left = this.#operators(2);
        if (!["=", "|=", "+=", "-=", "*=", "/=", "%=", "//="].includes(opOf())) return left;
        const op = this.#take().text;
        return { kind: "assign", op, left, right: this.#operators(0) };
      }
      case 2: {
        let left = this.#operators(3);
        while (this.#acceptKeyword("or")) left = { kind: "or", left, right: this.#operators(3) };
        return left;
      }
      case 3: {
        let left = this.#operators(4);
        while (this.#acceptKeyword("and")) left = { kind: "and", left, right: this.#operators(4) };
        return left;
      }
      case 4: {
        const left = this.#operators(5);
        const op = opOf();
        if (!["==", "!=", "<", "<=", ">", ">="].includes(op)) return left;
        this.#take();
        return { kind: "binary", op, left, right: this.#operators(5) };
      }
      case 5: {
        let left = this.#operators(6);
        while (opOf() === "+" || opOf() === "-") left = { kind: "binary", op: this.#take().text, left, right: this.#operators(6) };
        return left;
      }
      default: {
        const start = this.#peek().at;
        let left = this.#postfix();
        while (opOf() === "*" || opOf() === "/" || opOf() === "%") {
          const operator = this.#take();
          const right = this.#postfix();
          if (operator.text === "/" && left.kind === "literal" && right.kind === "literal" && right.value === 0 && left.value !== 0 && typeof left.value === "number") throw new SyntaxFailure("Division by zero?", start);
          left = operator.text === "/" && left.kind === "literal" && right.kind === "literal" && left.value === 0 && right.value === 0 ? { kind: "literal", value: Number.NaN } : { kind: "binary", op: operator.text, left, right };
        }
        return left;
      }
    }
  }

  #pattern(): Pattern {
    const token = this.#peek();
    if (token.kind === "variable") {
      this.#take();
      return { kind: "variable", name: token.text };
    }
    if (this.#accept("[")) {
      const items = [this.#pattern()];
      while (this.#accept(",")) items.push(this.#pattern());
      this.#expect("]");
      return { kind: "array", items };
    }
    if (!this.#accept("{")) this.#unexpected(", expecting '$' or '[' or '{'");
    const members: { readonly key: Node; readonly variable: string | undefined; readonly pattern: Pattern | undefined }[] = [];
    do {
      const key = this.#take();
      if (key.kind === "variable") {
        const pattern = this.#accept(":") ? this.#pattern() : undefined;
        members.push({ key: { kind: "literal", value: key.text }, variable: key.text, pattern });
        continue;
      }
      let node: Node;
      if (key.kind === "name" || key.kind === "keyword") node = { kind: "literal", value: key.text };
      else if (key.kind === "string") node = { kind: "string", format: undefined, parts: key.parts ?? [] };
      else if (key.kind === "op" && key.text === "(") {
        node = this.#pipe();
        this.#expect(")");
      } else {
        this.#token = key;
        this.#unexpected();
      }
      this.#expect(":");
      members.push({ key: node, variable: undefined, pattern: this.#pattern() });
    } while (this.#accept(","));
    this.#expect("}");
    return { kind: "object", members };
  }

  #postfix(): Node {
    let node = this.#term();
    for (;;) {
      if (this.#accept("?")) {
        node = { kind: "try", body: node, handler: undefined };
        continue;
      }
      const token = this.#peek();
      if (token.kind === "field") {
        this.#take();
        node = { kind: "index", target: node, key: { kind: "literal", value: token.text } };
        continue;
      }
      if (token.kind === "op" && token.text === ".") {
        this.#take();
        const after = this.#peek();
        if (after.kind === "string") {
          this.#take();
          node = { kind: "index", target: node, key: { kind: "string", format: undefined, parts: after.parts ?? [] } };
          continue;
        }
        this.#unexpected(", expecting FORMAT or QQSTRING_START");
      }
      if (this.#is("[")) {
        node = this.#bracket(node);
        continue;
      }
      if (this.#isKeyword("as")) return this.#binding(node);
      return node;
    }
  }

  #bracket(target: Node): Node {
    this.#expect("[");
    if (this.#accept("]")) return { kind: "iterate", target };
    if (this.#accept(":")) {
      const to = this.#pipe();
      this.#expect("]");
      return { kind: "slice", target, from: undefined, to };
    }
    const key = this.#pipe();
    if (this.#accept(":")) {
      if (this.#accept("]")) return { kind: "slice", target, from: key, to: undefined };
      const to = this.#pipe();
      this.#expect("]");
      return { kind: "slice", target, from: key, to };
    }
    this.#expect("]");
    return { kind: "index", target, key };
  }

  #term(): Node {
    const token = this.#take();
    switch (token.kind) {
      case "number": return { kind: "literal", value: token.value ?? 0 };
      case "string": return { kind: "string", format: undefined, parts: token.parts ?? [] };
      case "format": {
        const after = this.#peek();
        if (after.kind !== "string") return { kind: "format", name: token.text };
        this.#take();
        return { kind: "string", format: token.text, parts: after.parts ?? [] };
      }
      case "field": return { kind: "index", target: { kind: "identity" }, key: { kind: "literal", value: token.text } };
      case "variable":
        if (token.text === "__loc__") return { kind: "location", line: this.#text.slice(0, token.at).split("\n").length };
        return { kind: "variable", name: token.text, at: token.at };
      case "name": return this.#call(token);
      case "keyword": return this.#keyword(token);
      case "op": return this.#operator(token);
      default:
        this.#token = token;
        return this.#unexpected();
    }
  }

  #call(token: Token): Node {
    const args: Node[] = [];
    if (this.#accept("(")) {
      do args.push(this.#pipe()); while (this.#accept(";"));
      this.#expect(")");
    }
    if (args.length === 0) {
      if (token.text === "null") return { kind: "literal", value: null };
      if (token.text === "true" || token.text === "false") return { kind: "literal", value: token.text === "true" };
      if (token.text === "break" && this.#peek().kind === "variable") {
        const name = this.#take();
        return { kind: "break", name: name.text, at: token.at };
      }
    }
    return { kind: "call", name: token.text, args, at: token.at };
  }

  #keyword(token: Token): Node {
    switch (token.text) {
      case "if": {
        const branches: (readonly [Node, Node])[] = [];
        let otherwise: Node = { kind: "identity" };
        let inside = false;
        try {
          do {
            const test = this.#pipe();
            this.#expectKeyword("then");
            inside = true;
            branches.push([test, this.#pipe()]);
          } while (this.#acceptKeyword("elif"));
          this.#expectKeyword("else");
          otherwise = this.#pipe();
          this.#expectKeyword("end");
        } catch (error) {
          if (inside && error instanceof SyntaxFailure && (this.#peek().kind === "end" || this.#isKeyword("end"))) throw new SyntaxFailure(error.message, error.at, { message: "Possibly unterminated 'if' statement", at: token.at });
          throw error;
        }
        return { kind: "if", branches, otherwise };
      }
      case "try": {
        const body = this.#postTerm();
        return { kind: "try", body, handler: this.#acceptKeyword("catch") ? this.#postTerm() : undefined };
      }
      case "reduce": {
        const source = this.#postTerm();
        this.#expectKeyword("as");
        const pattern = this.#pattern();
        this.#expect("(");
        const start = this.#pipe();
        this.#expect(";");
        const update = this.#pipe();
        this.#expect(")");
        return { kind: "reduce", source, pattern, start, update };
      }
      case "foreach": {
        const source = this.#postTerm();
        this.#expectKeyword("as");
        const pattern = this.#pattern();
        this.#expect("(");
        const start = this.#pipe();
        this.#expect(";");
        const update = this.#pipe();
        const extract = this.#accept(";") ? this.#pipe() : undefined;
        this.#expect(")");
        return { kind: "foreach", source, pattern, start, update, extract };
      }
      case "label": {
        const name = this.#take();
        if (name.kind !== "variable") {
          this.#token = name;
          this.#unexpected();
        }
        this.#expect("|");
        return { kind: "label", name: name.text, body: this.#pipe() };
      }
      case "def": {
        this.#token = token;
        const definition = this.#definition();
        return { kind: "define", definition, body: this.#pipe() };
      }
      default:
        this.#token = token;
        return this.#unexpected();
    }
  }

  /** A term with its suffixes, but without `as`. */
  #postTerm(): Node {
    let node = this.#term();
    for (;;) {
      if (this.#accept("?")) node = { kind: "try", body: node, handler: undefined };
      else if (this.#peek().kind === "field") node = { kind: "index", target: node, key: { kind: "literal", value: this.#take().text } };
      else if (this.#is("[")) node = this.#bracket(node);
      else if (this.#is(".")) {
        this.#take();
        const after = this.#take();
        if (after.kind !== "string") {
          this.#token = after;
          this.#unexpected(", expecting FORMAT or QQSTRING_START");
        }
        node = { kind: "index", target: node, key: { kind: "string", format: undefined, parts: after.parts ?? [] } };
      } else return node;
    }
  }

  #operator(token: Token): Node {
    switch (token.text) {
      case ".": {
        const after = this.#peek();
        if (after.kind === "string") {
          this.#take();
          return { kind: "index", target: { kind: "identity" }, key: { kind: "string", format: undefined, parts: after.parts ?? [] } };
        }
        return { kind: "identity" };
      }
      case "..": return { kind: "recurse" };
      case "(": {
        const inner = this.#pipe();
        this.#expect(")");
        return inner;
      }
      case "[": {
        if (this.#accept("]")) return { kind: "array", body: undefined };
        const body = this.#pipe();
        this.#expect("]");
        return { kind: "array", body };
      }
      case "{": return this.#object();
      case "-": return { kind: "negate", operand: this.#postfix() };
      default:
        this.#token = token;
        return this.#unexpected();
    }
  }

  #object(): Node {
    const members: { readonly key: Node; readonly value: Node }[] = [];
    if (this.#accept("}")) return { kind: "object", members };
    do {
      if (this.#is("}")) break;
      const token = this.#take();
      const name = (text: string): Node => ({ kind: "literal", value: text });
      if (token.kind === "variable") {
        members.push({ key: name(token.text), value: token.text === "__loc__" ? { kind: "location", line: 1 } : { kind: "variable", name: token.text, at: token.at } });
        continue;
      }
      let key: Node;
      if (token.kind === "name" || token.kind === "keyword") key = name(token.text);
      else if (token.kind === "number") throw new SyntaxFailure("syntax error, unexpected LITERAL (Unix shell quoting issues?)", token.at, { message: "May need parentheses around object key expression", at: token.at });
      else if (token.kind === "string") key = { kind: "string", format: undefined, parts: token.parts ?? [] };
      else if (token.kind === "format") {
        const after = this.#peek();
        if (after.kind !== "string") this.#unexpected(", expecting QQSTRING_START");
        this.#take();
        key = { kind: "string", format: token.text, parts: after.parts ?? [] };
      } else if (token.kind === "op" && token.text === "(") {
        key = this.#pipe();
        this.#expect(")");
        if (key.kind === "literal" && typeof key.value !== "string") {
          throw new SyntaxFailure(`Cannot use ${key.value === null ? "null" : typeof key.value} (${String(key.value)}) as object key`, token.at + 1);
        }
        this.#expect(":");
        members.push({ key, value: this.#objectValue() });
        continue;
      } else {
        this.#token = token;
        this.#unexpected();
      }
      if (this.#accept(":")) members.push({ key, value: this.#objectValue() });
      else members.push({ key, value: { kind: "index", target: { kind: "identity" }, key } });
    } while (this.#accept(","));
    if (!this.#accept("}")) this.#unexpected(", expecting '}'");
    return { kind: "object", members };
  }

  #objectValue(): Node {
    let node = this.#operatorsWithoutComma();
    while (this.#accept("|")) node = { kind: "pipe", left: node, right: this.#operatorsWithoutComma() };
    return node;
  }

  /** jq takes only terms joined by | here; wider expressions do no harm. */
  #operatorsWithoutComma(): Node {
    return this.#operators(0);
  }
}
