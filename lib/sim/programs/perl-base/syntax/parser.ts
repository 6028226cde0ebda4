// Statements (perlsyn(1)) and the words that have a grammar of their own. A `use` or BEGIN that has not been carried out yet is thrown as Pending: whoever
// drives the parser carries it out and parses the statement again, knowing then what it has imported.
// (More than 400 lines: one grammar.)

import { ExpressionParser } from "./expression-parser.ts";
import { type Host, SyntaxProblem } from "./scanner.ts";
import type { Block, Node, Pragmas, Signature, Statement, SubBody, Var } from "./tree.ts";

export type PendingStatement = Extract<Statement, { readonly k: "use" | "phase" }>;

export class Pending {
  readonly key: number;
  readonly statement: PendingStatement;
  constructor(key: number, statement: PendingStatement) {
    this.key = key;
    this.statement = statement;
  }
}

interface Where {
  readonly line: number;
  readonly pragmas: Pragmas;
  readonly pkg: string;
  readonly file: string;
}

interface ParserOptions {
  readonly file: string;
  readonly host: Host;
  readonly pkg: string;
  readonly pragmas: Pragmas;
  readonly line?: number;
}

const BUNDLE = ["say", "state", "fc", "evalbytes", "current_sub", "unicode_strings", "postderef_qq"];
const PRAGMAS = new Set(["strict", "warnings", "utf8", "integer", "feature", "experimental", "bytes", "locale", "diagnostics", "less", "sort", "filetest", "mro", "autodie", "re", "subs", "bigint", "bignum", "open", "encoding", "if", "charnames", "deprecate", "ok", "threads"]);
/** what of them changes nothing that is simulated */
const STATIC_PRAGMAS = new Set(["strict", "warnings", "utf8", "integer", "feature", "experimental", "bytes", "locale", "diagnostics", "less", "sort", "filetest", "mro", "re", "charnames", "deprecate"]);

export class Parser extends ExpressionParser {
  readonly done: Set<number>;
  readonly #options: ParserOptions;
  /** forward declarations and definitions seen while parsing: full names */
  readonly declared = new Map<string, string | undefined>();
  #outer: Parser | undefined;

  constructor(src: string, options: ParserOptions, done = new Set<number>()) {
    super(src, options);
    this.#options = options;
    this.done = done;
  }

  fresh(text: string, line: number): Parser {
    const inner = new Parser(text, { ...this.#options, pkg: this.pkg, pragmas: this.pragmas, line });
    inner.#outer = this;
    inner.isFragment = true;
    return inner;
  }

  protected fail2(message: string): never {
    throw new SyntaxProblem(message, true);
  }

  wholeBlock(): Block {
    const statements: Statement[] = [];
    for (let one = this.statement(); one; one = this.statement()) statements.push(one);
    return { k: "block", statements, line: this.firstLine, endLine: this.line };
  }

  /** The next statement; undefined at the end of the text or of the block. */
  statement(): Statement | undefined {
    for (;;) {
      this.space();
      if (this.c === ";") {
        this.token();
        this.pos++;
        continue;
      }
      if (this.pos >= this.src.length) return undefined;
      if (this.c === "}") {
        if (this.braces === 0) {
          this.token();
          const line = this.line;
          const newline = this.src.indexOf("\n", this.pos);
          const near = this.src.slice(this.tokens[1], newline < 0 ? this.src.length : this.pos + 1);
          this.fail2(`Unmatched right curly bracket at ${this.file} line ${line}, at end of line\nsyntax error at ${this.file} line ${line}, near "${near}"\n`);
        }
        return undefined;
      }
      const end = this.match(/__(?:END|DATA)__\b/gy);
      if (end) {
        const newline = this.src.indexOf("\n", this.pos);
        this.dataStart = newline < 0 ? this.src.length : newline + 1;
        this.pos = this.src.length;
        return undefined;
      }
      return this.#statement();
    }
  }

  #at(line: number): Where {
    return { line, pragmas: this.pragmas, pkg: this.pkg, file: this.file };
  }

  #statement(): Statement {
    const { line } = this;
    const at = this.#at(line);
    const start = this.pos;
    if (this.c === "{" && !this.#looksLikeHash()) {
      const body = this.block();
      return { ...at, k: "bare", label: undefined, body, continued: this.#continued() };
    }
    const labelled = this.match(/([A-Za-z_]\w*)\s*:(?![:=])/gy);
    if (labelled && !/^(?:default|print|q|qq|qw|s|y|tr|m)$/.test(labelled[1] ?? "")) {
      this.pos += labelled[0].length;
      this.space();
      const label = labelled[1] ?? "";
      return this.#compound(this.#at(this.line), label) ?? (this.c === "{" ? { ...at, k: "bare", label, body: this.block(), continued: this.#continued() } : { ...at, k: "nop" });
    }
    const compound = this.#compound(at, undefined);
    if (compound) return compound;
    this.pos = start;
    const expr = this.expression();
    return this.#modifiers(expr, at);
  }

  #continued(): Block | undefined {
    return this.acceptWord("continue") ? this.block() : undefined;
  }

  /** if (…), and so on after an expression; then the end of the statement. */
  #modifiers(first: Node, at: Where): Statement {
    this.space();
    const { line } = this;
    let made: Statement = { ...at, k: "expr", expr: first };
    if (this.acceptWord("if")) made = { ...at, k: "expr", expr: { k: "logic", op: "&&", left: this.expression(), right: first, line } };
    else if (this.acceptWord("unless")) made = { ...at, k: "expr", expr: { k: "logic", op: "||", left: this.expression(), right: first, line } };
    else if (this.atWord("while") || this.atWord("until")) {
      const until = this.atWord("until");
      this.acceptWord(until ? "until" : "while");
      const test = this.expression();
      const body: Block = first.k === "doblock" ? first.body : { k: "block", statements: [made], line: at.line, endLine: at.line };
      made = { ...at, k: "while", label: undefined, test: until ? test : this.#whileTest(test), until, body, continued: undefined, post: first.k === "doblock" };
    } else if (this.acceptWord("foreach") || this.acceptWord("for")) {
      const items = this.expression();
      made = { ...at, k: "foreach", label: undefined, target: undefined, items, body: { k: "block", statements: [made], line: at.line, endLine: at.line }, continued: undefined };
    }
    this.space();
    if (this.c === ";") {
      this.token();
      this.pos++;
    } else if (this.c !== "}" && this.pos < this.src.length) this.#unexpected();
    else if (this.c === "}" && this.braces === 0 && this.pos < this.src.length) return made;
    return made;
  }

  /** Something follows where the statement should end. */
  #unexpected(): never {
    const { line } = this;
    const [, , last] = this.tokens;
    const found = this.match(/[A-Za-z_]\w*|\$\w+|@\w+|"|'|\d+/gy);
    if (found && this.tokens[2] !== this.pos) {
      const what = found[0] === '"' || found[0] === "'" ? "String" : /^\d/.test(found[0]) ? "Number" : /^[$]/.test(found[0]) ? "Scalar" : /^@/.test(found[0]) ? "Array" : "Bareword";
      const before = this.src.slice(last, this.pos);
      if (!/^(?:if|unless|while|until|for|foreach|and|or|my|our|print|return|else|elsif)$/.test(found[0]) && this.lineAt(last) === line) {
        const quoted = what === "String" ? this.#wholeString() : found[0];
        const gap = /\s*$/.exec(before)?.[0] ?? "";
        const near = before.trim() === "" ? quoted : `${before}${quoted}`;
        const hint = what === "Bareword" || before.trim() === "" ? "" : `\t(Missing operator before ${gap}${quoted}?)\n`;
        this.host.warn(`${what} found where operator expected at ${this.file} line ${line}, near "${near.trimStart()}"\n${hint}`);
      }
    }
    this.syntaxError();
  }

  #wholeString(): string {
    return this.match(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/gy)?.[0] ?? this.c;
  }

  protected unexpectedTerm(name: string, before: number, line: number): void {
    const found = this.match(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[$@][\w:]+|\d+/gy);
    if (!found) return;
    const kind = /^["']/.test(found[0]) ? "String" : found[0].startsWith("$") ? "Scalar" : found[0].startsWith("@") ? "Array" : "Number";
    const quoted = found[0];
    this.host.warn(`${kind} found where operator expected at ${this.file} line ${line}, near "${name}${this.src.slice(before, this.pos)}${quoted}"\n\t(Do you need to predeclare ${name}?)\n`);
    this.pos = before;
    this.syntaxError();
  }

  block(): Block {
    this.space();
    if (this.c !== "{") this.syntaxError();
    const { line } = this;
    this.token();
    this.pos++;
    this.braces++;
    const { pkg, pragmas } = this;
    const statements: Statement[] = [];
    for (let one = this.statement(); one; one = this.statement()) statements.push(one);
    const endLine = this.line;
    if (!this.at("}")) this.syntaxError();
    this.token();
    this.pos++;
    this.braces--;
    this.pkg = pkg;
    this.pragmas = pragmas;
    return { k: "block", statements, line, endLine };
  }

  /** After "{": a first word or string with a comma or arrow behind it makes it a hash. */
  #looksLikeHash(): boolean {
    return /^\{\s*(?:\w+|"[^"]*"|'[^']*'|\$\w+)\s*=>/.test(this.src.slice(this.pos, this.pos + 200)) && !/^\{\s*\$\w+\s*=>/.test(this.src.slice(this.pos, this.pos + 100))
      || /^\{\s*%[\w$]+\s*(?:,|\})/.test(this.src.slice(this.pos, this.pos + 100)) || /^\{\s*\}\s*[;}]?\s*$/.test("");
  }

  #compound(at: Where, label: string | undefined): Statement | undefined {
    const found = this.match(/[A-Za-z_]\w*/gy);
    if (!found || /^\s*=>/.test(this.src.slice(this.pos + found[0].length, this.pos + found[0].length + 20))) return undefined;
    const word = found[0];
    switch (word) {
      case "if":
      case "unless":
        return this.#if(at, word);
      case "while":
      case "until": {
        this.acceptWord(word);
        this.expect("(");
        this.parens++;
        this.space();
        const test = this.c === ")" ? undefined : this.expression();
        this.expect(")");
        this.parens--;
        const body = this.block();
        return { ...at, k: "while", label, test: test && word === "while" ? this.#whileTest(test) : test, until: word === "until", body, continued: this.#continued() };
      }
      case "for":
      case "foreach":
        return this.#for(at, label, word);
      case "sub": {
        const name = /^sub\s+([A-Za-z_][\w:']*)/.exec(this.src.slice(this.pos, this.pos + 200));
        if (!name) return undefined;
        this.acceptWord("sub");
        this.space();
        this.token();
        this.pos += (name[1] ?? "").length;
        return this.#namedSub(at, name[1] ?? "", undefined);
      }
      case "package":
        return this.#package(at);
      case "use":
      case "no":
        return this.#use(at, word === "no");
      case "BEGIN":
      case "END":
      case "INIT":
      case "CHECK":
      case "UNITCHECK": {
        const key = this.pos;
        if (!/^\w+\s*\{/.test(this.src.slice(this.pos))) return undefined;
        this.acceptWord(word);
        const sub: SubBody = { name: word, body: this.block(), signature: undefined, line: at.line };
        return this.#pending(key, { ...at, k: "phase", phase: word === "END" ? "END" : "BEGIN", sub });
      }
      case "try": {
        if (!this.pragmas.features.has("try")) return undefined;
        this.acceptWord("try");
        const body = this.block();
        let variable: Var | undefined;
        let handler: Block | undefined;
        if (this.acceptWord("catch")) {
          this.expect("(");
          this.space();
          variable = this.plainVariable();
          this.expect(")");
          handler = this.block();
        }
        return { ...at, k: "try", body, variable, handler, last: this.acceptWord("finally") ? this.block() : undefined };
      }
      case "format":
        return undefined;
      default:
        return undefined;
    }
  }

  #pending(key: number, statement: PendingStatement): Statement {
    if (this.#outer) return statement;
    if (!this.done.has(key)) throw new Pending(key, statement);
    return { ...this.#at(statement.line), k: "nop" };
  }

  #if(at: Where, word: string): Statement {
    this.acceptWord(word);
    const branches: { test: Node; negate: boolean; body: Block; line: number }[] = [];
    const branch = (negate: boolean, line: number) => {
      this.expect("(");
      this.parens++;
      const test = this.expression();
      this.expect(")");
      this.parens--;
      branches.push({ test, negate, body: this.block(), line });
    };
    branch(word === "unless", at.line);
    let otherwise: Block | undefined;
    for (;;) {
      this.space();
      const { line } = this;
      if (this.acceptWord("elsif")) branch(false, line);
      else if (this.acceptWord("else")) {
        this.space();
        if (this.atWord("if")) {
          this.fail2(`elseif should be elsif at ${this.file} line ${this.line}.\nsyntax error at ${this.file} line ${this.line}, near "else if"\n`);
        }
        otherwise = this.block();
        break;
      } else break;
    }
    return { ...at, k: "if", branches, otherwise };
  }

  /** while (<FH>) and while (my $x = <FH>) test for definedness; the former assigns to $_. */
  #whileTest(test: Node): Node {
    const { line } = test;
    const reads = (node: Node): boolean => node.k === "readline" || node.k === "glob" || (node.k === "func" && (node.name === "shift" || node.name === "readdir" || node.name === "each" || node.name === "readline") && node.name !== "shift");
    if (test.k === "list" && test.items.length === 1 && test.items[0]) return this.#whileTest(test.items[0]);
    if ((test.k === "readline" || test.k === "glob") || (test.k === "func" && (test.name === "readdir" || test.name === "readline"))) {
      return { k: "func", name: "defined", args: [{ k: "assign", op: "", left: { k: "var", sigil: "$", name: "_", line }, right: test, line }], line };
    }
    if (test.k === "assign" && test.op === "" && reads(test.right) && (test.left.k === "var" && test.left.sigil === "$" || (test.left.k === "my" && !test.left.paren) || test.left.k === "elem" || test.left.k === "helem")) {
      return { k: "func", name: "defined", args: [test], line };
    }
    return test;
  }

  #for(at: Where, label: string | undefined, word: string): Statement {
    this.acceptWord(word);
    this.space();
    const { line } = this;
    let target: Node | undefined;
    if (this.c === "$") target = this.plainVariable();
    else if (this.atWord("my") || this.atWord("our") || this.atWord("state")) {
      const how = this.atWord("our") ? "our" : "my";
      this.pos += this.atWord("state") ? 5 : how.length;
      this.space();
      if (this.accept("(")) {
        const vars: Var[] = [];
        do {
          this.space();
          vars.push(this.plainVariable());
        } while (this.accept(","));
        this.expect(")");
        target = { k: "my", how, vars, paren: true, line };
      } else target = { k: "my", how, vars: [this.plainVariable()], paren: false, line };
    } else if (this.c !== "(") this.syntaxError();
    this.expect("(");
    this.parens++;
    this.space();
    if (!target) {
      const init = this.at(";") || this.at(")") ? undefined : this.expression();
      this.space();
      if (this.c === ";") {
        this.accept(";");
        this.space();
        const test = this.c === ";" ? undefined : this.#whileTest(this.expression());
        this.expect(";");
        this.space();
        const step = this.at(")") ? undefined : this.expression();
        this.expect(")");
        this.parens--;
        return { ...at, k: "for", label, init, test, step, body: this.block() };
      }
      this.expect(")");
      this.parens--;
      const items: Node = init ?? { k: "list", items: [], line };
      return { ...at, k: "foreach", label, target: undefined, items, body: this.block(), continued: this.#continued() };
    }
    const items: Node = this.c === ")" ? { k: "list", items: [], line } : this.expression();
    this.expect(")");
    this.parens--;
    return { ...at, k: "foreach", label, target, items, body: this.block(), continued: this.#continued() };
  }

  #namedSub(at: Where, name: string, lexical: Var | undefined): Statement {
    const full = name.replaceAll("'", "::").includes("::") ? name.replaceAll("'", "::") : `${this.pkg}::${name}`;
    this.declared.set(full, this.declared.get(full));
    const known = this.#prototypeAhead();
    this.declared.set(full, known);
    if (/^(?:BEGIN|END|AUTOLOAD|DESTROY)$/.test(name)) this.declared.delete(full);
    this.space();
    if (this.c === ";") return { ...at, k: "sub", sub: { name: full, body: { k: "block", statements: [], line: at.line, endLine: at.line }, signature: undefined, line: at.line }, declared: true };
    const sub = this.subBody(full);
    return lexical ? { ...at, k: "sub", sub, declared: false, lexical } : { ...at, k: "sub", sub, declared: false };
  }

  /** (PROTOTYPE) after a name when signatures are off; attributes are skipped. */
  #prototypeAhead(): string | undefined {
    this.space();
    let prototype: string | undefined;
    if (this.c === "(" && !this.pragmas.features.has("signatures")) {
      const found = this.match(/\(([\s$@%&*;\\[\]+_]*)\)/gy);
      if (found) {
        prototype = (found[1] ?? "").replace(/\s/g, "");
        this.pos += found[0].length;
      } else {
        this.fail2(`Illegal character in prototype for ${"anonymous"} sub at ${this.file} line ${this.line}.\n`);
      }
    }
    this.space();
    while (this.c === ":" && /^:\s*\w/.test(this.src.slice(this.pos, this.pos + 10))) {
      const attribute = this.match(/:\s*\w+(?:\([^)]*\))?\s*/gy);
      this.pos += attribute?.[0].length ?? 1;
    }
    return prototype;
  }

  subBody(name: string | undefined): SubBody {
    const { line } = this;
    if (name === undefined && this.c !== "{") {
      this.space();
      if (this.c === "(" || this.c === ":") this.#prototypeAhead();
    }
    this.space();
    const signature = this.c === "(" && this.pragmas.features.has("signatures") ? this.#signature() : undefined;
    this.#prototypeAttributes();
    return { name, body: this.block(), signature, line };
  }

  #prototypeAttributes(): void {
    this.space();
    const attribute = this.match(/(?::\s*\w+(?:\([^)]*\))?\s*)+/gy);
    if (attribute) this.pos += attribute[0].length;
  }

  #signature(): Signature {
    this.expect("(");
    const params: { target: Var | undefined; fallback: Node | undefined; how: "=" | "//=" | "||=" }[] = [];
    let slurpy: Var | undefined;
    for (;;) {
      this.space();
      if (this.accept(")")) break;
      if (this.c === "$" && !/[A-Za-z_]/.test(this.src.charAt(this.pos + 1))) {
        this.pos++;
        params.push({ target: undefined, fallback: this.accept("=") ? { k: "str", value: "", line: this.line } : undefined, how: "=" });
      } else if ((this.c === "@" || this.c === "%") && !/[A-Za-z_]/.test(this.src.charAt(this.pos + 1))) {
        const sigil = this.c;
        this.pos++;
        slurpy = { k: "var", sigil, name: "", line: this.line };
      } else {
        const target = this.plainVariable();
        if (target.sigil !== "$") slurpy = target;
        else {
          this.space();
          const how = this.at("//=") ? "//=" : this.at("||=") ? "||=" : "=";
          params.push({ target, fallback: this.accept(how) ? this.assignment() : undefined, how });
        }
      }
      if (!this.accept(",")) {
        this.expect(")");
        break;
      }
    }
    return { params, slurpy };
  }

  #package(at: Where): Statement {
    this.acceptWord("package");
    this.space();
    const found = this.match(/([A-Za-z_]\w*(?:(?:::|')\w+)*)(?:\s+v?[\d._]+)?/gy);
    if (!found) return this.syntaxError();
    this.token();
    this.pos += found[0].length;
    this.space();
    const name = (found[1] ?? "").replaceAll("'", "::");
    this.declared.set(`package ${name}`, undefined);
    if (this.c === "{") {
      const { pkg } = this;
      this.pkg = name;
      const body = this.block();
      this.pkg = pkg;
      return { ...at, k: "bare", label: undefined, body, continued: undefined };
    }
    this.pkg = name;
    if (!this.accept(";")) this.syntaxError();
    return { ...at, pkg: name, k: "nop" };
  }

  #use(at: Where, no: boolean): Statement {
    const key = this.pos;
    this.acceptWord(no ? "no" : "use");
    this.space();
    const version = this.match(/v?(\d[\d._]*)/gy);
    if (version) {
      this.token();
      this.pos += version[0].length;
      this.space();
      this.accept(";");
      if (!no) this.#useVersion(version[0], at.line);
      return { ...at, k: "nop" };
    }
    const found = this.match(/[A-Za-z_]\w*(?:(?:::|')\w+)*/gy);
    if (!found) return this.syntaxError();
    this.token();
    this.pos += found[0].length;
    const module = found[0].replaceAll("'", "::");
    this.space();
    const wanted = this.match(/v?\d[\d._]*(?=\s*(?:;|qw|["'(}]|\w|$))/gy);
    if (wanted) this.pos += wanted[0].length;
    this.space();
    let items: Node | undefined;
    let empty = false;
    if (this.c !== ";" && this.c !== "}" && this.pos < this.src.length) {
      items = this.expression();
      empty = items.k === "list" && items.items.length === 0;
    }
    this.space();
    if (this.c !== "}" && this.pos < this.src.length && !this.accept(";")) this.syntaxError();
    if (STATIC_PRAGMAS.has(module) || (PRAGMAS.has(module) && module === "open")) {
      this.#pragma(module, no, items, at.line);
      if (module !== "feature" && module !== "experimental") return { ...at, k: "nop" };
      return { ...at, k: "nop" };
    }
    return this.#pending(key, { ...at, k: "use", no, module, version: wanted?.[0], items, empty });
  }

  #useVersion(text: string, line: number): void {
    const parts = text.replace(/^v/, "").split(".");
    const [major, minor] = text.startsWith("v") || parts.length > 2 ? [Number(parts[0]), Number(parts[1] ?? 0)] : [Number(parts[0]), Number((parts[1] ?? "0").padEnd(3, "0").slice(0, 3))];
    if (major > 5 || (major === 5 && minor > 36)) {
      const wanted = text.startsWith("v") || parts.length > 2 ? `v${[...parts, "0", "0"].slice(0, 3).join(".")}` : `v${major}.${minor}.${Number((parts[1] ?? "").padEnd(6, "0").slice(3, 6))}`;
      this.fail2(`Perl ${wanted} required--this is only v5.36.0, stopped at ${this.file} line ${line}.\nBEGIN failed--compilation aborted at ${this.file} line ${line}.\n`);
    }
    const features = new Set(this.pragmas.features);
    if (minor >= 10) for (const name of BUNDLE) features.add(name);
    if (minor >= 35) {
      features.add("signatures");
      features.add("isa");
    }
    const strict = minor >= 11;
    this.pragmas = {
      ...this.pragmas, features, warnings: this.pragmas.warnings || minor >= 35,
      strictVars: this.pragmas.strictVars || strict, strictRefs: this.pragmas.strictRefs || strict, strictSubs: this.pragmas.strictSubs || strict,
    };
  }

  #words(items: Node | undefined): string[] {
    if (!items) return [];
    if (items.k === "str") return [items.value];
    return items.k === "list" ? items.items.flatMap((item) => this.#words(item)) : [];
  }

  #pragma(module: string, no: boolean, items: Node | undefined, line: number): void {
    const words = this.#words(items);
    const all = words.length === 0;
    const { pragmas } = this;
    switch (module) {
      case "strict":
        for (const word of words) if (!/^(?:vars|refs|subs)$/.test(word)) this.fail2(`Unknown 'strict' tag(s) '${word}' at ${this.file} line ${line}.\nBEGIN failed--compilation aborted at ${this.file} line ${line}.\n`);
        this.pragmas = {
          ...pragmas, strictVars: all || words.includes("vars") ? !no : pragmas.strictVars, strictRefs: all || words.includes("refs") ? !no : pragmas.strictRefs,
          strictSubs: all || words.includes("subs") ? !no : pragmas.strictSubs,
        };
        return;
      case "warnings": {
        const fatal = words.includes("FATAL");
        const named = words.filter((word) => word !== "FATAL" && word !== "NONFATAL" && word !== "all");
        if (no) this.pragmas = named.length === 0 ? { ...pragmas, warnings: false } : { ...pragmas, quiet: new Set([...pragmas.quiet, ...named]) };
        else this.pragmas = { ...pragmas, warnings: true, quiet: new Set([...pragmas.quiet].filter((one) => named.length > 0 && !named.includes(one))), fatal: pragmas.fatal || fatal };
        return;
      }
      case "utf8":
        this.pragmas = { ...pragmas, utf8: !no };
        return;
      case "integer":
        this.pragmas = { ...pragmas, integer: !no };
        return;
      case "feature":
      case "experimental": {
        const features = new Set(pragmas.features);
        for (const word of words) {
          if (word.startsWith(":")) for (const one of [...BUNDLE, ...(/^:5\.3[5-9]|:all/.test(word) ? ["signatures", "isa", "try"] : [])]) features.add(one);
          else if (!/^(?:say|state|fc|evalbytes|current_sub|unicode_strings|postderef_qq|postderef|signatures|isa|try|switch|bitwise|refaliasing|declared_refs|unicode_eval|indirect|multidimensional|bareword_filehandles|defer|lexical_subs|extra_paired_delimiters|smartmatch|builtin|for_list|const_attr|regex_sets|re_strict|args_array_with_signatures|alpha_assertions|uniprop_wildcards|vlb|script_run)$/.test(word)) {
            this.fail2(`Feature "${word}" is not supported by Perl 5.36.0 at ${this.file} line ${line}.\nBEGIN failed--compilation aborted at ${this.file} line ${line}.\n`);
          } else if (no) features.delete(word);
          else features.add(word);
        }
        this.pragmas = { ...pragmas, features };
      }
    }
  }

  // ---- words in expressions

  keyword(name: string, line: number): Node | undefined {
    switch (name) {
      case "my":
      case "our":
      case "state":
        if (name === "state" && !this.pragmas.features.has("state")) return undefined;
        return this.#declaration(name, line);
      case "local":
        return { k: "local", target: this.unaryOperand(), line };
      case "sub":
        return { k: "anonsub", sub: this.subBody(undefined), line };
      case "do":
        this.space();
        if (this.c === "{") return { k: "doblock", body: this.block(), line };
        return { k: "func", name: "do", args: [this.unaryOperand()], line };
      case "eval":
        this.space();
        if (this.c === "{") return { k: "evalblock", body: this.block(), line };
        return undefined;
      case "qw":
        return undefined;
      case "return": {
        this.space();
        if (this.#endsStatement()) return { k: "return", value: undefined, line };
        return { k: "return", value: this.comma(), line };
      }
      case "next":
      case "last":
      case "redo": {
        this.space();
        const label = this.match(/(?!(?:if|unless|while|until|for|foreach|and|or|xor)\b)[A-Za-z_]\w*/gy);
        if (label) this.pos += label[0].length;
        return { k: "jump", op: name, label: label?.[0], line };
      }
      case "print":
      case "printf":
        return this.#print(name, line);
      case "say":
        return this.pragmas.features.has("say") ? this.#print(name, line) : undefined;
      case "sort":
        return this.#sort(line);
      case "map":
      case "grep":
        return this.#mapGrep(name, line);
      case "__SUB__":
        return { k: "func", name, args: [], line };
      case "if":
      case "unless":
      case "while":
      case "until":
      case "foreach":
      case "for":
      case "and":
      case "or":
      case "xor":
      case "elsif":
      case "else":
      case "cmp":
      case "eq":
      case "ne":
      case "lt":
      case "gt":
      case "le":
      case "ge":
      case "x":
      case "package":
      case "use":
      case "no":
        this.pos -= name.length;
        return this.syntaxError();
      case "goto": {
        this.space();
        if (this.c === "&") {
          const call = this.unaryOperand();
          return { k: "return", value: call, line };
        }
        return { k: "func", name: "goto", args: [this.unaryOperand()], line };
      }
      default:
        return undefined;
    }
  }

  #endsStatement(): boolean {
    return /^[;})\]:,]?$/.test(this.c) || this.match(/(?:if|unless|while|until|foreach|for|and|or|xor)\b(?!\s*=>)/gy) !== null;
  }

  #declaration(how: "my" | "our" | "state", line: number): Node {
    this.space();
    if (this.atWord("sub")) {
      this.acceptWord("sub");
      this.space();
      const name = this.match(/[A-Za-z_]\w*/gy)?.[0] ?? "";
      this.pos += name.length;
      const full = `${this.pkg}::${name}`;
      this.declared.set(full, undefined);
      return { k: "assign", op: "", left: { k: "var", sigil: "*", name, line }, right: { k: "anonsub", sub: this.subBody(undefined), line }, line };
    }
    const typed = this.match(/[A-Za-z_]\w*(?:::\w+)*\s+(?=\$)/gy);
    if (typed) this.pos += typed[0].length;
    if (this.accept("(")) {
      const vars: (Var | undefined)[] = [];
      for (;;) {
        this.space();
        if (this.accept(")")) break;
        if (this.acceptWord("undef")) vars.push(undefined);
        else vars.push(this.plainVariable());
        if (!this.accept(",")) {
          this.expect(")");
          break;
        }
      }
      return { k: "my", how, vars, paren: true, line };
    }
    const special = this.match(/[$@%](?=[^\w\s{$:])./gy);
    if (special && how !== "our") {
      this.fail2(`Can't use global ${special[0]} in "${how}" at ${this.file} line ${line}, near "${how} ${special[0]}"\n`);
    }
    if (!/^[$@%]$/.test(this.c)) {
      const word = this.match(/\w+/gy);
      if (word) this.fail2(`No such class ${word[0]} at ${this.file} line ${line}, near "${how} ${word[0]}"\n`);
    }
    const variable = this.plainVariable();
    if (variable.name === "_" && how === "my") this.fail2(`Can't use global ${variable.sigil}_ in "my" at ${this.file} line ${line}, near "my ${variable.sigil}_"\n`);
    return { k: "my", how, vars: [variable], paren: false, line };
  }

  #print(op: "print" | "printf" | "say", line: number): Node {
    this.space();
    const paren = this.c === "(";
    if (paren) {
      this.token();
      this.pos++;
      this.parens++;
      this.space();
    }
    let handle: Node | undefined;
    const name = this.match(/(STDIN|STDOUT|STDERR|[A-Za-z_]\w*(?:::\w+)*)(?![\w:])(?=\s+\(|\s*(?:[^\s\w(,;.=+*/<>&|?:)}\]-]|[\w]|;|\)|$|-?[\d$"']|<<))(?!\s*=>)/gy);
    if (this.c === "{") {
      const body = this.block();
      const [only] = body.statements;
      handle = body.statements.length === 1 && only?.k === "expr" ? only.expr : { k: "doblock", body, line };
      if (handle.k === "str" && handle.bare) handle = { k: "var", sigil: "*", name: handle.value, line };
    } else if (name && this.#isHandle(name[1] ?? "")) {
      this.token();
      this.pos += name[0].length;
      handle = { k: "var", sigil: "*", name: name[1] ?? "", line };
    } else {
      const scalar = this.match(/\$(?:::)?[A-Za-z_]\w*(?:::\w+)*(?=[ \t]+(?:["'$@%\w\\]|<<["'A-Z~]|-\d|&\w))(?![ \t]+(?:x|eq|ne|lt|gt|le|ge|cmp|and|or|xor|if|unless|while|until|for|foreach|isa)\b)(?![ \t]+%\s)/gy);
      if (scalar) {
        handle = this.plainVariable();
      }
    }
    this.space();
    let items: Node[];
    if (paren) {
      items = this.at(")") ? [] : this.itemsOf(this.expression());
      this.expect(")");
      this.parens--;
    } else items = this.noOperand() && !(this.c === "/" || this.c === "<" || this.c === "." && /\d/.test(this.src.charAt(this.pos + 1)) || (this.c === "%" || this.c === "*" || this.c === "&") && /[\w$]/.test(this.src.charAt(this.pos + 1))) ? [] : this.endsList() ? [] : this.listOperands();
    return { k: "print", op, handle, items, line };
  }

  #isHandle(name: string): boolean {
    if (/^(?:STDIN|STDOUT|STDERR)$/.test(name)) return true;
    if (this.host.hasHandle(name.includes("::") ? name : `${this.pkg}::${name}`)) return true;
    return /^[A-Z][A-Z0-9_]*$/.test(name) && !this.host.hasSub(`${this.pkg}::${name}`) && !/^__/.test(name);
  }

  #sort(line: number): Node {
    this.space();
    const paren = this.c === "(";
    if (paren) {
      this.token();
      this.pos++;
      this.parens++;
      this.space();
    }
    let compare: Block | Node | undefined;
    if (this.c === "{") {
      compare = this.block();
      this.accept(",");
    } else {
      const variable = this.match(/\$[A-Za-z_]\w*(?=\s+[@$(\w])(?!\s+(?:x|eq|ne|cmp|lt|gt|le|ge|and|or)\b)/gy);
      const name = this.match(/[A-Za-z_]\w*(?:::\w+)*(?=\s+[@$(\w])/gy);
      if (variable) compare = this.plainVariable();
      else if (name && !/^(?:map|grep|sort|reverse|keys|values|split|qw|uniq|readdir|glob|do|my|our|@|splice|localtime|sub|scalar|lc|uc)$/.test(name[0]) && !/^\s*\(/.test(this.src.slice(this.pos + name[0].length)) && (this.host.hasSub(`${this.pkg}::${name[0]}`) || /^\s+@/.test(this.src.slice(this.pos + name[0].length)))) {
        this.pos += name[0].length;
        compare = { k: "str", value: name[0], line };
      }
    }
    this.space();
    const items = paren ? (this.at(")") ? [] : this.itemsOf(this.expression())) : this.endsList() ? [] : this.listOperands();
    if (paren) {
      this.expect(")");
      this.parens--;
    }
    return { k: "sort", compare, items, line };
  }

  #mapGrep(op: "map" | "grep", line: number): Node {
    this.space();
    const paren = this.c === "(";
    if (paren) {
      this.token();
      this.pos++;
      this.parens++;
      this.space();
    }
    let body: Block | Node;
    let items: Node[];
    if (this.c === "{" && this.#blockHere()) {
      body = this.block();
      this.accept(",");
      this.space();
      items = this.endsList() ? [] : paren ? this.itemsOf(this.expression()) : this.listOperands();
    } else {
      const all = paren ? this.itemsOf(this.expression()) : this.listOperands();
      const [first, ...rest] = all;
      if (!first) return this.syntaxError();
      body = first;
      items = rest;
    }
    if (paren) {
      this.expect(")");
      this.parens--;
    }
    return { k: "mapgrep", op, body, items, line };
  }

  /** map {: a hash when a comma follows its closing brace. */
  #blockHere(): boolean {
    const kept = { pos: this.pos, tokens: this.tokens, braces: this.braces };
    this.pos++;
    let comma = false;
    try {
      this.delimited("{");
      comma = /^\s*,/.test(this.src.slice(this.pos, this.pos + 40));
    } catch {
    }
    this.pos = kept.pos;
    return !comma;
  }
}
