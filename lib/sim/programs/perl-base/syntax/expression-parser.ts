// Expressions: operators by precedence (perlop(1)) down to the terms. (More than 400 lines: one grammar.)

import { isBuiltin, LISTARY, NEEDS_HANDLE_WORD, NULLARY, TAKES_TOPIC, UNARY } from "./builtin-names.ts";
import { Quoting } from "./quoting.ts";
import type { Block, Node, Sigil, SubBody, Var } from "./tree.ts";

const ASSIGNMENTS = /(?:\*\*|\+|-|\.|\*|\/|%|x|&&|\|\||\/\/|&|\||\^|<<|>>)?=(?![=~])/gy;
/** operator → [precedence, associates to the right or not at all] of the binary ones between ?: and ** */
const BINARY = new Map<string, number>([
  ["||", 5], ["//", 5], ["&&", 6], ["|", 7], ["^", 7], ["&", 8], ["==", 9], ["!=", 9], ["<=>", 9], ["eq", 9], ["ne", 9], ["cmp", 9], ["~~", 9],
  ["<", 10], [">", 10], ["<=", 10], [">=", 10], ["lt", 10], ["gt", 10], ["le", 10], ["ge", 10], ["isa", 10.5], ["<<", 12], [">>", 12], ["+", 13], ["-", 13], [".", 13],
  ["*", 14], ["/", 14], ["%", 14], ["x", 14], ["=~", 15], ["!~", 15],
]);
const NAMED_UNARY_LEVEL = 11;
const OPERATOR = /<=>|\*\*|\|\||&&|\/\/|\.\.\.?|==|!=|=~|!~|~~|<=|>=|<<|>>|[-+*/%.<>&|^?]|(?:lt|gt|le|ge|eq|ne|cmp|isa)(?![\w])(?!\s*=>)|x(?=\d)|x(?!\w)(?!\s*=>)/gy;
const IDENTIFIER = /(?:::)?[A-Za-z_]\w*(?:(?:::|')(?=[A-Za-z_])\w+)*(?:::)?/gy;
const SPECIAL_VARIABLE = /\^[A-Z]|[!@&`'+\-0/\\,;.$<>()[\]|"~=%:?^]/gy;

export abstract class ExpressionParser extends Quoting {
  abstract block(): Block;
  abstract subBody(name: string | undefined): SubBody;

  /** With and, or, not. */
  expression(): Node {
    let left = this.#lowAnd();
    for (;;) {
      const line = this.line;
      if (this.acceptWord("or")) left = { k: "logic", op: "||", left, right: this.#lowAnd(), line };
      else if (this.acceptWord("xor")) left = { k: "binary", op: "xor", left, right: this.#lowAnd(), line };
      else return left;
    }
  }

  #lowAnd(): Node {
    let left = this.#lowNot();
    for (;;) {
      const line = this.line;
      if (!this.acceptWord("and")) return left;
      left = { k: "logic", op: "&&", left, right: this.#lowNot(), line };
    }
  }

  #lowNot(): Node {
    this.space();
    const line = this.line;
    if (this.atWord("not") && !this.#fatCommaAfter(3)) {
      this.acceptWord("not");
      return { k: "unary", op: "!", operand: this.#lowNot(), line };
    }
    return this.comma();
  }

  #fatCommaAfter(length: number): boolean {
    return /^\s*=>/.test(this.src.slice(this.pos + length, this.pos + length + 40));
  }

  /** A list without parentheses is a list node when it has commas. */
  comma(): Node {
    this.space();
    const line = this.line;
    const first = this.assignment();
    this.space();
    if (this.c !== "," && !this.at("=>")) return first;
    const items = [first];
    while (this.accept(",") || this.accept("=>")) {
      this.space();
      if (this.#endsList()) continue;
      items.push(this.assignment());
    }
    return { k: "list", items, line };
  }

  #endsList(): boolean {
    const c = this.c;
    if (c === "" || c === ")" || c === "]" || c === "}" || c === ";" || c === ":" || c === ",") return true;
    return this.match(/(?:or|and|if|unless|while|until|foreach|for|xor)\b(?!\s*=>)/gy) !== null;
  }

  assignment(): Node {
    const left = this.#ternary();
    this.space();
    const found = this.match(ASSIGNMENTS);
    if (!found || (found[0] === "x=" && this.src.charAt(this.pos + 2) === ">")) return left;
    if (found[0] === "=" && this.at("=>")) return left;
    const line = this.line;
    this.token();
    this.pos += found[0].length;
    const right = this.assignment();
    const op = found[0].slice(0, -1);
    this.#checkTarget(left, op, line);
    return { k: "assign", op, left, right, line };
  }

  #checkTarget(left: Node, op: string, line: number): void {
    if (left.k === "num" || left.k === "str" || left.k === "interp") {
      const what = "constant item";
      const newline = this.src.indexOf("\n", this.pos);
      const near = this.src.slice(this.tokens[2], Math.min(newline < 0 ? this.src.length : newline + 1, this.pos + 1));
      this.fail2(`Can't modify ${what} in ${op === "" ? "scalar assignment" : operatorName(op)} at ${this.file} line ${line}, near "${near}"\n`);
    }
  }

  protected abstract fail2(message: string): never;

  #ternary(): Node {
    const test = this.#range();
    this.space();
    if (this.c !== "?") return test;
    const line = this.line;
    this.accept("?");
    const yes = this.assignment();
    this.expect(":");
    const no = this.assignment();
    return { k: "ternary", test, yes, no, line };
  }

  #range(): Node {
    const left = this.binary(5);
    this.space();
    if (!this.at("..")) return left;
    const line = this.line;
    const three = this.at("...");
    this.token();
    this.pos += three ? 3 : 2;
    return { k: "range", left, right: this.binary(5), three, line };
  }

  binary(least: number): Node {
    let left = this.#unary();
    for (;;) {
      this.space();
      const found = this.match(OPERATOR);
      if (!found) return left;
      const op = found[0];
      const level = BINARY.get(op);
      if (level === undefined || level < least) return left;
      const after = this.src.charAt(this.pos + op.length);
      if (after === "=" && op !== "<=" && op !== ">=" && op !== "==" && op !== "!=" && /^(?:\|\||&&|\/\/|<<|>>|[-+*/%.&|^x])$/.test(op) && !this.src.startsWith("==", this.pos + op.length) && !this.src.startsWith("=~", this.pos + op.length)) return left;
      const line = this.line;
      this.token();
      this.pos += op.length;
      if (op === "=~" || op === "!~") {
        left = this.#bind(left, this.#unary(), op === "!~", line);
        continue;
      }
      const right = this.binary(level + (op === "isa" ? 0 : 0.25));
      left = op === "||" || op === "&&" || op === "//" ? { k: "logic", op, left, right, line } : { k: "binary", op, left, right, line };
    }
  }

  #bind(target: Node, right: Node, negate: boolean, line: number): Node {
    switch (right.k) {
      case "match":
        return { ...right, target, negate };
      case "subst":
      case "trans": {
        const bound: Node = { ...right, target };
        return negate ? { k: "unary", op: "!", operand: bound, line } : bound;
      }
      default:
        return { k: "match", target, pattern: right, flags: "", negate, line };
    }
  }

  #unary(): Node {
    this.space();
    const { line, c } = this;
    const next = this.src.charAt(this.pos + 1);
    if (c === "!" && next !== "~") {
      this.accept("!");
      return { k: "unary", op: "!", operand: this.#unary(), line };
    }
    if (c === "~" && next !== "~") {
      this.accept("~");
      return { k: "unary", op: "~", operand: this.#unary(), line };
    }
    if (c === "\\") {
      this.accept("\\");
      return { k: "ref", operand: this.#unary(), line };
    }
    if (c === "+" && next === "+" || c === "-" && next === "-") {
      const op = c === "+" ? "++" : "--";
      this.accept(op);
      return { k: "step", op, prefix: true, operand: this.#unary(), line };
    }
    if (c === "+") {
      this.accept("+");
      return this.#unary();
    }
    if (c === "-") {
      const test = this.#filetest();
      if (test) return test;
      this.accept("-");
      this.space();
      const bare = this.match(/[A-Za-z_]\w*/gy);
      if (bare && (!isBuiltin(bare[0]) || this.#fatCommaAfter(bare[0].length)) && !this.host.hasSub(`${this.pkg}::${bare[0]}`) && this.src.charAt(this.pos + bare[0].length) !== "(" && this.src.charAt(this.pos + bare[0].length) !== ":") {
        this.pos += bare[0].length;
        return { k: "str", value: `-${bare[0]}`, line, bare: true };
      }
      const operand = this.#power(this.#unary());
      return operand.k === "num" ? { k: "num", value: negated(operand.value), line } : { k: "unary", op: "neg", operand, line };
    }
    return this.#power(this.#step());
  }

  /** ** binds tighter than unary minus on its left, and its right side may have a sign. */
  #power(left: Node): Node {
    this.space();
    if (!this.at("**") || this.at("**=")) return left;
    const line = this.line;
    this.accept("**");
    return { k: "binary", op: "**", left, right: this.#unary(), line };
  }

  #step(): Node {
    const operand = this.#postfix();
    const line = this.line;
    this.space();
    if (this.at("++")) {
      this.accept("++");
      return { k: "step", op: "++", prefix: false, operand, line };
    }
    if (this.at("--")) {
      this.accept("--");
      return { k: "step", op: "--", prefix: false, operand, line };
    }
    return operand;
  }

  #filetest(): Node | undefined {
    const found = this.match(/-([erwxoRWXOzsfdlpSbctugkTBAMC])(?![\w])(?!\s*=>)/gy);
    if (!found) return undefined;
    const { line } = this;
    const start = this.pos;
    this.token();
    this.pos += 2;
    this.space();
    const op = found[1] ?? "e";
    if (this.c === "," || (this.c === "=" && this.at("=>"))) {
      this.pos = start;
      return undefined;
    }
    if (this.#noOperand()) return { k: "filetest", op, operand: undefined, line };
    const handle = this.match(/(?:STDIN|STDOUT|STDERR|_|[A-Z][A-Z0-9_]*)(?![\w(:]|\s*=>)/gy);
    if (handle && !this.host.hasSub(`${this.pkg}::${handle[0]}`)) {
      this.pos += handle[0].length;
      return { k: "filetest", op, operand: { k: "var", sigil: "*", name: handle[0], line }, line };
    }
    return { k: "filetest", op, operand: this.#unary(), line };
  }

  /** Whether what follows cannot begin a term, so that a unary word stands alone. */
  #noOperand(): boolean {
    this.space();
    const { c } = this;
    if (c === "" || /[)\]};,:?=.*|^/>]/.test(c)) return !(c === "." && /\d/.test(this.src.charAt(this.pos + 1)));
    if (c === "<") return !/^<(?:[$\w]*>|<["'~A-Z])/.test(this.src.slice(this.pos, this.pos + 40));
    if (c === "&") return this.at("&&") || !/[\w$:{]/.test(this.src.charAt(this.pos + 1));
    if (c === "%") return !/[\w$:{+^]/.test(this.src.charAt(this.pos + 1));
    if (c === "!") return this.at("!=") || this.at("!~");
    if (c === "-") return this.at("-=") || this.at("->");
    if (c === "+") return this.at("+=");
    return this.match(/(?:or|and|xor|if|unless|while|until|foreach|for|x|eq|ne|lt|gt|le|ge|cmp|isa)\b(?!\s*=>)/gy) !== null;
  }

  #postfix(): Node {
    let node = this.#primary();
    for (;;) {
      const { line } = this;
      const start = this.pos;
      this.space();
      if (this.at("->")) {
        this.accept("->");
        this.space();
        node = this.#arrow(node, line);
        continue;
      }
      const subscripted = node.k === "elem" || node.k === "helem" || (node.k === "callref" && !node.shares);
      if (subscripted && this.c === "[") node = { k: "elem", array: { k: "deref", sigil: "@", ref: node, line }, index: this.#index(), line };
      else if (subscripted && this.c === "{") node = { k: "helem", hash: { k: "deref", sigil: "%", ref: node, line }, key: this.hashKey(), line };
      else if (subscripted && this.c === "(") node = { k: "callref", code: node, args: this.#parenArguments(), line };
      else if (node.k === "list" && this.c === "[" && this.parenthesized.has(node)) node = { k: "listslice", from: node, list: this.#index(), line };
      else {
        this.pos = start;
        return node;
      }
    }
  }

  protected readonly parenthesized = new WeakSet<Node>();

  #arrow(node: Node, line: number): Node {
    const { c } = this;
    if (c === "[") return { k: "elem", array: { k: "deref", sigil: "@", ref: node, line }, index: this.#index(), line };
    if (c === "{") return { k: "helem", hash: { k: "deref", sigil: "%", ref: node, line }, key: this.hashKey(), line };
    if (c === "(") return { k: "callref", code: node, args: this.#parenArguments(), line };
    if (c === "@") {
      this.pos++;
      if (this.accept("*")) return { k: "deref", sigil: "@", ref: node, line };
      if (this.c === "[") return { k: "slice", array: { k: "deref", sigil: "@", ref: node, line }, list: this.#index(), line };
      return { k: "hslice", hash: { k: "deref", sigil: "%", ref: node, line }, list: this.#braced(), line };
    }
    if (c === "%") {
      this.pos++;
      if (this.accept("*")) return { k: "deref", sigil: "%", ref: node, line };
      if (this.c === "[") return { k: "ivslice", array: { k: "deref", sigil: "@", ref: node, line }, list: this.#index(), line };
      return { k: "kvslice", hash: { k: "deref", sigil: "%", ref: node, line }, list: this.#braced(), line };
    }
    if (this.at("$#*")) {
      this.pos += 3;
      return { k: "lastindex", array: { k: "deref", sigil: "@", ref: node, line }, line };
    }
    if (this.at("$*")) {
      this.pos += 2;
      return { k: "deref", sigil: "$", ref: node, line };
    }
    if (this.at("&*")) {
      this.pos += 2;
      return { k: "callref", code: node, args: [], shares: true, line };
    }
    const name = c === "$" ? this.#variable() : undefined;
    const word = name ? undefined : this.match(IDENTIFIER);
    if (!name && !word) return this.syntaxError();
    if (word) {
      this.token();
      this.pos += word[0].length;
    }
    const before = this.pos;
    this.space();
    const args = this.c === "(" ? this.#parenArguments() : [];
    if (this.src.charAt(this.pos - 1) !== ")") this.pos = before;
    return { k: "method", object: node, name: name ?? word?.[0] ?? "", args, line };
  }

  #index(): Node {
    this.expect("[");
    this.brackets++;
    this.space();
    const inner: Node = this.c === "]" ? { k: "list", items: [], line: this.line } : this.expression();
    this.expect("]");
    this.brackets--;
    return inner;
  }

  #braced(): Node {
    this.expect("{");
    this.brackets++;
    this.space();
    const bare = this.match(/-?[A-Za-z_]\w*(?=\s*\})/gy);
    let inner: Node;
    if (bare) {
      inner = { k: "str", value: bare[0], line: this.line };
      this.pos += bare[0].length;
    } else inner = this.expression();
    this.expect("}");
    this.brackets--;
    return inner;
  }

  hashKey(): Node {
    return this.#braced();
  }

  #parenArguments(): Node[] {
    this.expect("(");
    this.parens++;
    this.space();
    if (this.accept(")")) {
      this.parens--;
      return [];
    }
    const inner = this.expression();
    this.expect(")");
    this.parens--;
    return inner.k === "list" && !this.parenthesized.has(inner) ? [...inner.items] : [inner];
  }

  #primary(): Node {
    this.space();
    const { c, line } = this;
    this.token();
    switch (c) {
      case "$":
      case "@":
        return this.#variable();
      case "%":
        if (/[\w$:{+!^-]/.test(this.src.charAt(this.pos + 1))) return this.#variable();
        return this.syntaxError();
      case "&":
        return this.#ampersand();
      case "*":
        if (/[\w:{$]/.test(this.src.charAt(this.pos + 1))) return this.#glob();
        return this.syntaxError();
      case "(": {
        this.pos++;
        this.parens++;
        this.space();
        if (this.c === ")") {
          this.pos++;
          this.parens--;
          const empty: Node = { k: "list", items: [], line };
          this.parenthesized.add(empty);
          return empty;
        }
        const inner = this.expression();
        this.expect(")");
        this.parens--;
        const list: Node = inner.k === "list" && !this.parenthesized.has(inner) ? inner : { k: "list", items: [inner], line };
        this.parenthesized.add(list);
        return list;
      }
      case "[": {
        this.pos++;
        this.brackets++;
        this.space();
        const items = this.c === "]" ? [] : this.#items(this.expression());
        this.expect("]");
        this.brackets--;
        return { k: "anonarray", items, line };
      }
      case "{": {
        this.pos++;
        this.brackets++;
        this.space();
        const items = this.c === "}" ? [] : this.#items(this.expression());
        this.expect("}");
        this.brackets--;
        return { k: "anonhash", items, line };
      }
      case '"':
        this.pos++;
        return this.interpolate(this.delimited('"'), line, false);
      case "'":
        this.pos++;
        return { k: "str", value: this.single(this.delimited("'"), "'"), line };
      case "`":
        this.pos++;
        return { k: "backtick", command: this.interpolate(this.delimited("`"), line, false), line };
      case "/":
        this.pos++;
        return this.matchOperator("/");
      case "<":
        return this.#angle();
      case "":
      case ")":
      case "]":
      case "}":
      case ";":
        return this.syntaxError();
      case "-":
        return this.#unary();
    }
    if (/[\d.]/.test(c)) {
      const number = this.#number();
      if (number) return number;
      if (this.at("...")) {
        this.pos += 3;
        return { k: "yada", line };
      }
      return this.syntaxError();
    }
    const found = this.match(IDENTIFIER);
    if (!found) {
      if (c.charCodeAt(0) > 127 || c.charCodeAt(0) < 32) this.#unrecognized();
      return this.syntaxError();
    }
    return this.word(found[0]);
  }

  #unrecognized(): never {
    const code = this.c.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0");
    const lineStart = this.src.lastIndexOf("\n", this.pos - 1) + 1;
    const before = this.src.slice(lineStart, this.pos);
    this.fail(`Unrecognized character \\x${code}; marked by <-- HERE after ${before}<-- HERE near column ${before.length + 1}`);
  }

  #items(node: Node): Node[] {
    return node.k === "list" && !this.parenthesized.has(node) ? [...node.items] : [node];
  }

  #number(): Node | undefined {
    const { line } = this;
    const found = this.match(/0[xX]([0-9a-fA-F_]+)|0[bB]([01_]+)|0[oO]?([0-7_]+)(?![\d.])|v(\d+(?:\.\d+)*)|((?:\d[\d_]*)?\.(?!\.)[\d_]*(?:[eE][+-]?\d+)?|\d[\d_]*(?:[eE][+-]?\d+)?)/gy);
    if (!found || found[0] === ".") return undefined;
    let text = found[0];
    if (text.endsWith(".") && (this.src.charAt(this.pos + text.length) === "." || /[A-Za-z_"'$]/.test(this.src.charAt(this.pos + text.length)))) text = text.slice(0, -1);
    this.pos += text.length;
    const [, hex, binary, octal] = found;
    const whole = hex !== undefined ? `0x${hex}` : binary !== undefined ? `0b${binary}` : octal !== undefined && text !== "0" ? `0o${octal}` : undefined;
    if (/^0\d/.test(text) && octal === undefined && !text.includes(".")) this.fail(`Illegal octal digit '${/[89]/.exec(text)?.[0] ?? "8"}'`);
    return { k: "num", value: numberOf(whole ?? text), line };
  }

  /** <FH>, <$fh>, <>, <STDIN>, <*.c>, <<HERE */
  #angle(): Node {
    const { line } = this;
    if (this.match(/<<~?(?:["'\\A-Za-z_])/gy)) return this.heredoc();
    const double = this.match(/<<>>/gy);
    if (double) {
      this.pos += 4;
      return { k: "readline", handle: undefined, line };
    }
    const found = this.match(/<(\$?[\w:]*)>/gy);
    if (found) {
      this.pos += found[0].length;
      const name = found[1] ?? "";
      if (name === "") return { k: "readline", handle: undefined, line };
      if (name.startsWith("$")) return { k: "readline", handle: { k: "var", sigil: "$", name: name.slice(1), line }, line };
      if (name === "ARGV") return { k: "readline", handle: undefined, line };
      return { k: "readline", handle: { k: "var", sigil: "*", name, line }, name, line };
    }
    const glob = this.match(/<([^<>\n=]+)>/gy);
    if (!glob) return this.syntaxError();
    this.pos += glob[0].length;
    return { k: "glob", pattern: this.interpolate(glob[1] ?? "", line, false), line };
  }

  matchOperator(open: string): Node {
    const { line } = this;
    const body = this.unescapeDelimiter(this.#pattern(open), open);
    const flags = this.flags("msixpodualngc");
    return { k: "match", target: undefined, pattern: open === "'" ? { k: "str", value: body, line } : this.interpolate(body, line, true), flags, negate: false, line };
  }

  #pattern(open: string): string {
    const line = this.lineAt(this.pos - 1);
    try {
      return this.delimited(open);
    } catch {
      return this.fail("Search pattern not terminated", line);
    }
  }

  flags(allowed: string): string {
    const found = this.match(/[A-Za-z]*/gy)?.[0] ?? "";
    let flags = "";
    for (const c of found) {
      if (!allowed.includes(c)) {
        if (/^(?:x|and|or|if|unless|eq|ne|cmp|lt|gt|le|ge|foreach|for|while|until)$/.test(found.slice(flags.length))) break;
        this.fail2(`Unknown regexp modifier "/${c}" at ${this.file} line ${this.line}, near "=~ "\n`);
      }
      flags += c;
    }
    this.pos += flags.length;
    return flags;
  }

  /** s///, after the s */
  substitution(): Node {
    const { line } = this;
    const open = this.opener();
    const raw = this.#part(open, "Substitution pattern not terminated", line);
    const bracketed = /[([{<]/.test(open);
    const second = bracketed ? this.opener() : open;
    const replacementLine = this.line;
    const replacement = this.#part(second, "Substitution replacement not terminated", line);
    const flags = this.flags("msixpodualngcer");
    const pattern: Node = open === "'" ? { k: "str", value: raw, line } : this.interpolate(this.unescapeDelimiter(raw, open), line, true);
    let node: Node;
    const evals = flags.split("e").length - 1;
    if (evals > 0) {
      const inner = this.fresh(replacement, replacementLine) as ExpressionParser;
      const body = inner.wholeBlock();
      node = { k: "doblock", body, line };
      if (evals > 1) node = { k: "func", name: "eval", args: [node], line };
    } else node = second === "'" ? { k: "str", value: replacement, line } : this.interpolate(this.unescapeDelimiter(replacement, second), replacementLine, false);
    return { k: "subst", target: undefined, pattern, flags, replacement: node, line };
  }

  #part(open: string, message: string, line: number): string {
    try {
      return this.delimited(open);
    } catch {
      return this.fail(message, line);
    }
  }

  abstract wholeBlock(): Block;

  transliterate(): Node {
    const { line } = this;
    const open = this.opener();
    const from = this.#part(open, "Transliteration pattern not terminated", line);
    const second = /[([{<]/.test(open) ? this.opener() : open;
    const to = this.#part(second, "Transliteration replacement not terminated", line);
    const flags = this.flags("cdsr");
    return { k: "trans", target: undefined, from: this.transliteration(from, open === "'"), to: this.transliteration(to, open === "'"), flags, line };
  }

  // ---- variables

  /** At a $, @ or %: the variable with a first subscript that belongs to its sigil. */
  #variable(): Node {
    const { line } = this;
    const sigil = this.c as Sigil;
    if (sigil === "$" && this.at("$#")) {
      const next = this.src.charAt(this.pos + 2);
      if (next === "{" || next === "$") {
        this.pos += 2;
        const array = next === "{" ? this.#derefBlock("@", line) : ({ k: "deref", sigil: "@", ref: this.#nested(), line } as const);
        return { k: "lastindex", array, line };
      }
      const name = this.match(/\$#((?:::)?[A-Za-z_]\w*(?:::\w+)*|[+-])/gy);
      if (name) {
        this.pos += name[0].length;
        return { k: "lastindex", array: { k: "var", sigil: "@", name: name[1] ?? "", line }, line };
      }
    }
    this.pos++;
    const base = this.#base(sigil, line);
    return this.#subscript(sigil, base, line);
  }

  /** What follows the sigil: a name or something to dereference, as a node of that sigil. */
  #base(sigil: Sigil, line: number): Node {
    if (this.c === "$" && /[\w{$:]/.test(this.src.charAt(this.pos + 1))) return { k: "deref", sigil, ref: this.#nested(), line };
    if (this.c === "{") return this.#derefBlock(sigil, line);
    const digits = this.match(/\d+/gy);
    if (digits) {
      this.pos += digits[0].length;
      return { k: "var", sigil, name: digits[0], line };
    }
    const found = this.match(IDENTIFIER) ?? this.match(/::/gy);
    if (found) {
      this.pos += found[0].length;
      return { k: "var", sigil, name: found[0].replaceAll("'", "::"), line };
    }
    const special = sigil === "$" || sigil === "@" || sigil === "%" ? this.match(SPECIAL_VARIABLE) : null;
    if (special && (sigil === "$" || /^[-+!_^]/.test(special[0]))) {
      this.pos += special[0].length;
      return { k: "var", sigil, name: special[0], line };
    }
    return this.syntaxError();
  }

  /** $$name: the inner variable without subscripts. */
  #nested(): Node {
    const { line } = this;
    this.pos++;
    return this.#base("$", line);
  }

  #derefBlock(sigil: Sigil, line: number): Node {
    const simple = this.match(/\{\s*(\^\w+|(?:::)?[A-Za-z_]\w*(?:::\w+)*|\d+|[!@&/\\,;.])\s*\}/gy);
    if (simple && !(isBuiltin(simple[1] ?? "") && /^(?:shift|pop)$/.test(simple[1] ?? ""))) {
      this.pos += simple[0].length;
      return { k: "var", sigil, name: simple[1] ?? "", line };
    }
    const body = this.block();
    const [only] = body.statements;
    const ref: Node = body.statements.length === 1 && only?.k === "expr" ? only.expr : { k: "doblock", body, line };
    return { k: "deref", sigil, ref, line };
  }

  #subscript(sigil: Sigil, base: Node, line: number): Node {
    const start = this.pos;
    if (!this.inString) this.space();
    const { c } = this;
    if (c === "[" && (!this.inString || this.subscriptHere(base))) {
      if (sigil === "$") return { k: "elem", array: withSigil(base, "@"), index: this.#index(), line };
      if (sigil === "@") return { k: "slice", array: withSigil(base, "@"), list: this.#index(), line };
      if (sigil === "%" && !this.inString) return { k: "ivslice", array: withSigil(base, "@"), list: this.#index(), line };
    }
    if (c === "{" && (!this.inString || this.subscriptHere(base))) {
      if (sigil === "$") return { k: "helem", hash: withSigil(base, "%"), key: this.hashKey(), line };
      if (sigil === "@") return { k: "hslice", hash: withSigil(base, "%"), list: this.#braced(), line };
      if (sigil === "%" && !this.inString && this.pos === start) return { k: "kvslice", hash: withSigil(base, "%"), list: this.#braced(), line };
    }
    this.pos = start;
    return base;
  }

  protected inString = false;
  protected inPattern = false;

  /** In a string or pattern: whether the bracket at the position is a subscript. */
  protected subscriptHere(_base: Node): boolean {
    if (!this.inPattern) return this.c !== "[" || !/^\[\s*\]|^\[[^\]]*$/.test(this.src.slice(this.pos, this.pos + 200));
    if (this.c === "{") return !/^\{\d*,?\d*\}/.test(this.src.slice(this.pos, this.pos + 30));
    return /^\[(?:-?\d+|\$\w+|\$#?\w+[-+]\d+)\]/.test(this.src.slice(this.pos, this.pos + 60));
  }

  protected interpolatedVariable(inPattern: boolean): Node | undefined {
    const { src, pos, line } = this;
    const sigil = src.charAt(pos);
    const next = src.charAt(pos + 1);
    if (sigil === "@" && !/[A-Za-z_{$:]/.test(next) && !(/[-+]/.test(next) && !inPattern)) return undefined;
    if (sigil === "@" && next === ":" && src.charAt(pos + 2) !== ":") return undefined;
    if (sigil === "$") {
      if (/[\s)|]/.test(next) || next === "") return undefined;
      if (inPattern && (next === "(" || next === "<" || next === ">" || next === "%" || next === "-" || next === "]" || next === "'" || next === '"' || next === "`" || next === "\\" || next === "?" || next === "=" || next === "*")) return undefined;
      if (!inPattern && /[(<>%='"`?~]/.test(next)) return this.#special(next, line);
      if (!inPattern && next === "*") return undefined;
      if (next === "^" && !/[A-Z]/.test(src.charAt(pos + 2))) return inPattern ? undefined : this.#special(next, line);
      if (next === "#" && !/[\w{$]/.test(src.charAt(pos + 2))) return undefined;
      if (next === "$" && !/[\w{$:]/.test(src.charAt(pos + 2))) return this.#special("$", line);
    }
    this.inString = true;
    this.inPattern = inPattern;
    let node = this.#variable();
    for (;;) {
      const subscripted = node.k === "elem" || node.k === "helem";
      const arrow = this.at("->[") || this.at("->{");
      if (arrow && (node.k === "var" || node.k === "deref" || subscripted) && (!("sigil" in node) || node.sigil === "$")) {
        this.pos += 2;
        if (inPattern && !this.subscriptHere(node)) {
          this.pos -= 2;
          return node;
        }
        node = this.#stringSubscript(node, line);
      } else if (this.at("->@*")) {
        this.pos += 4;
        node = { k: "deref", sigil: "@", ref: node, line };
      } else if (subscripted && (this.c === "[" || this.c === "{") && this.subscriptHere(node)) node = this.#stringSubscript(node, line);
      else return node;
    }
  }

  #special(name: string, line: number): Node {
    this.pos += 2;
    return { k: "var", sigil: "$", name, line };
  }

  #stringSubscript(node: Node, line: number): Node {
    const kept = [this.inString, this.inPattern] as const;
    this.inString = false;
    const made: Node = this.c === "["
      ? { k: "elem", array: { k: "deref", sigil: "@", ref: node, line }, index: this.#index(), line }
      : { k: "helem", hash: { k: "deref", sigil: "%", ref: node, line }, key: this.hashKey(), line };
    [this.inString, this.inPattern] = kept;
    return made;
  }

  #ampersand(): Node {
    const { line } = this;
    this.pos++;
    if (this.c === "$" || this.c === "{") {
      const code = this.c === "$" ? this.#nested() : this.#refOf(this.#derefBlock("&", line));
      this.space();
      return this.at("(") ? { k: "callref", code, args: this.#parenArguments(), line } : { k: "callref", code, args: [], shares: true, line };
    }
    const found = this.match(IDENTIFIER);
    if (!found) return this.syntaxError();
    this.pos += found[0].length;
    const before = this.pos;
    this.space();
    if (this.c === "(") return { k: "call", name: found[0], args: this.#parenArguments(), amp: true, paren: true, line };
    this.pos = before;
    return { k: "call", name: found[0], args: [], amp: true, shares: true, paren: false, line };
  }

  #refOf(node: Node): Node {
    return node.k === "deref" ? node.ref : node.k === "var" ? { k: "str", value: node.name, line: node.line } : node;
  }

  #glob(): Node {
    const { line } = this;
    this.pos++;
    if (this.c === "{") return { k: "deref", sigil: "*", ref: this.#refOf(this.#derefBlock("*", line)), line };
    if (this.c === "$") return { k: "deref", sigil: "*", ref: this.#nested(), line };
    const found = this.match(IDENTIFIER);
    if (!found) return this.syntaxError();
    this.pos += found[0].length;
    return { k: "var", sigil: "*", name: found[0], line };
  }

  // ---- words

  word(name: string): Node {
    const { line } = this;
    const length = name.length;
    if (name.includes("'") && /^(?:q|qq|qw|qr|m|s|y|tr|qx)'/.test(name)) return this.word(name.slice(0, name.indexOf("'")));
    if (this.#fatCommaAfter(length) && !name.includes("::")) {
      this.pos += length;
      return { k: "str", value: name, line };
    }
    const quote = /^(?:q|qq|qw|qr|m|s|y|tr|qx)$/.test(name) ? /^(\s*)(\S)/.exec(this.src.slice(this.pos + length, this.pos + length + 80)) : null;
    if (quote && quote[2] !== "," && quote[2] !== ";" && quote[2] !== ")" && !(quote[2] === "=" && (quote[1] !== "" || /^=[>\s]/.test(this.src.slice(this.pos + length)))) && !((quote[1] ?? "") !== "" && quote[2] === "#") && !((quote[1] ?? "") !== "" && name === "y" && quote[2] === "-")) {
      this.pos += length;
      return this.#quoteLike(name, line);
    }
    this.pos += length;
    const special = this.keyword(name, line);
    if (special) return special;
    const full = name.includes("::") ? name : `${this.pkg}::${name}`;
    if (name.startsWith("CORE::")) return this.word2(name.replace(/^CORE::(?:GLOBAL::)?/, ""), line);
    if (!this.host.hasSub(full)) {
      if (NULLARY.has(name)) return this.#nullary(name, line);
      if (UNARY.has(name)) return this.#unaryWord(name, line);
      if (LISTARY.has(name)) return this.#listWord(name, line);
    } else if (isBuiltin(name) && !this.overrides.has(full)) return this.word2(name, line);
    return this.#userWord(name, full, line);
  }

  /** subs that were imported over a builtin word */
  protected readonly overrides = new Set<string>();

  word2(name: string, line: number): Node {
    if (NULLARY.has(name)) return this.#nullary(name, line);
    if (UNARY.has(name)) return this.#unaryWord(name, line);
    if (LISTARY.has(name)) return this.#listWord(name, line);
    return this.keyword(name, line) ?? this.syntaxError();
  }

  #quoteLike(name: string, line: number): Node {
    switch (name) {
      case "q": {
        const open = this.opener();
        return { k: "str", value: this.single(this.delimited(open), open), line };
      }
      case "qq": {
        const open = this.opener();
        return this.interpolate(this.unescapeDelimiter(this.delimited(open), open), line, false);
      }
      case "qx": {
        const open = this.opener();
        const body = this.delimited(open);
        return { k: "backtick", command: open === "'" ? { k: "str", value: body, line } : this.interpolate(body, line, false), line };
      }
      case "qw": {
        const open = this.opener();
        const words = this.single(this.delimited(open), open).trim().split(/\s+/).filter((word) => word !== "");
        const list: Node = { k: "list", items: words.map((value) => ({ k: "str", value, line })), line };
        this.parenthesized.add(list);
        return list;
      }
      case "qr": {
        const open = this.opener();
        const body = this.unescapeDelimiter(this.#pattern(open), open);
        return { k: "qr", pattern: open === "'" ? { k: "str", value: body, line } : this.interpolate(body, line, true), flags: this.flags("msixpodualn"), line };
      }
      case "m":
        return this.matchOperator(this.opener());
      case "s":
        return this.substitution();
      default:
        return this.transliterate();
    }
  }

  /** my, sub, do, eval, sort, map, print...: words with a grammar of their own. */
  abstract keyword(name: string, line: number): Node | undefined;

  #nullary(name: string, line: number): Node {
    const before = this.pos;
    if (!this.accept("(") || !this.accept(")")) this.pos = before;
    switch (name) {
      case "__FILE__":
        return { k: "str", value: this.file, line };
      case "__LINE__":
        return { k: "num", value: line, line };
      case "__PACKAGE__":
        return { k: "str", value: this.pkg, line };
      case "wantarray":
        return { k: "wantarray", line };
      default:
        return { k: "func", name, args: [], line };
    }
  }

  #unaryWord(name: string, line: number): Node {
    this.space();
    if (this.c === "(") {
      const args = this.#handleArguments(name, this.#parenArguments());
      return this.#topic(name, args, line, true);
    }
    if (this.#noOperand()) return this.#topic(name, [], line);
    return this.#topic(name, this.#handleArguments(name, [this.binary(NAMED_UNARY_LEVEL)]), line);
  }

  #topic(name: string, args: readonly Node[], line: number, paren = false): Node {
    if (args.length > 0 || !TAKES_TOPIC.has(name)) return { k: "func", name, args, line, paren };
    return { k: "func", name, args: [{ k: "var", sigil: "$", name: "_", line }], line, paren };
  }

  #listWord(name: string, line: number): Node {
    this.space();
    if (this.c === "(") return this.#topicList(name, this.#handleArguments(name, this.#parenArguments()), line);
    if (this.#noOperand() && !(name === "split" && this.c === "/") && !(this.c === "*" && /\w/.test(this.src.charAt(this.pos + 1)))) return this.#topicList(name, [], line);
    return this.#topicList(name, this.#handleArguments(name, this.listOperands()), line);
  }

  #topicList(name: string, args: readonly Node[], line: number): Node {
    if (name === "glob") return { k: "glob", pattern: args[0] ?? { k: "var", sigil: "$", name: "_", line }, line };
    return this.#topic(name, args, line);
  }

  /** The arguments of a list operator without parentheses. */
  listOperands(): Node[] {
    const node = this.comma();
    return this.#items(node);
  }

  /** Bare words as handles: open(FH, ...), close FH. */
  #handleArguments(name: string, args: Node[]): Node[] {
    if (!NEEDS_HANDLE_WORD.has(name)) return args;
    return args.map((arg, i) => (i <= (name === "pipe" || name === "accept" || name === "socketpair" ? 1 : 0) && arg.k === "str" && arg.bare && /^\w+(?:::\w+)*$/.test(arg.value) ? { k: "var", sigil: "*", name: arg.value, line: arg.line } : arg));
  }

  #userWord(name: string, full: string, line: number): Node {
    const before = this.pos;
    this.space();
    if (this.c === "(" && !name.endsWith("::")) return { k: "call", name, args: this.#parenArguments(), amp: false, paren: true, line };
    if (this.at("->") || name.endsWith("::")) {
      if (!this.host.hasSub(full) || this.host.hasPackage(name)) return { k: "str", value: name.replace(/::$/, ""), line };
      return { k: "call", name, args: [], amp: false, paren: false, line };
    }
    if (this.at("=>")) return { k: "str", value: name, line };
    if (this.host.hasSub(full)) {
      const prototype = this.host.prototypeOf(full);
      if (prototype === "") {
        this.pos = before;
        return { k: "call", name, args: [], amp: false, paren: false, line };
      }
      if (prototype?.startsWith("&") && this.c === "{") {
        const body = this.subBody(undefined);
        this.accept(",");
        this.space();
        const rest = this.#endsList() ? [] : this.listOperands();
        return { k: "call", name, args: [{ k: "anonsub", sub: body, line }, ...rest], amp: false, paren: false, line };
      }
      if (this.#noOperand() && !(this.c === "/" || this.c === "<")) return { k: "call", name, args: [], amp: false, paren: false, line };
      if (prototype === "$" || prototype === "_" || prototype === ";$") return { k: "call", name, args: [this.binary(NAMED_UNARY_LEVEL)], amp: false, paren: false, line };
      return { k: "call", name, args: this.listOperands(), amp: false, paren: false, line };
    }
    // new Foo(args): an indirect object
    const class_ = this.match(/([A-Z]\w*(?:::\w+)*)(?=\s*[(;,)])/gy);
    if (class_ && (name === "new" || this.host.hasPackage(class_[1] ?? "")) && !isBuiltin(name)) {
      this.pos += class_[0].length;
      this.space();
      const args = this.c === "(" ? this.#parenArguments() : [];
      return { k: "method", object: { k: "str", value: class_[1] ?? "", line }, name, args, line };
    }
    if (/^["'$@\d]/.test(this.c) && !this.host.hasPackage(name)) this.unexpectedTerm(name, before, line);
    this.pos = before;
    return { k: "str", value: name, line, bare: true };
  }

  /** `foo "x"` where foo is no sub: the real parser's two messages. */
  protected abstract unexpectedTerm(name: string, before: number, line: number): void;

  protected noOperand(): boolean {
    return this.#noOperand();
  }
  protected parenArguments(): Node[] {
    return this.#parenArguments();
  }
  protected itemsOf(node: Node): Node[] {
    return this.#items(node);
  }
  protected endsList(): boolean {
    return this.#endsList();
  }
  protected plainVariable(): Var {
    const { line } = this;
    const found = this.match(/([$@%])\s*([A-Za-z_]\w*(?:::\w+)*)/gy);
    if (!found) return this.syntaxError();
    this.token();
    this.pos += found[0].length;
    return { k: "var", sigil: (found[1] ?? "$") as Sigil, name: found[2] ?? "", line };
  }
  protected simpleScalar(): Node {
    this.space();
    return this.#variable();
  }
  protected unaryOperand(): Node {
    return this.#unary();
  }
}

function withSigil(node: Node, sigil: Sigil): Node {
  return node.k === "var" || node.k === "deref" ? { ...node, sigil } : node;
}

function negated(value: number | bigint): number | bigint {
  return typeof value === "bigint" ? -value : value === 0 ? 0 : -value;
}

const OPERATOR_NAMES = new Map([
  ["+", "addition (+)"], ["-", "subtraction (-)"], ["*", "multiplication (*)"], ["/", "division (/)"], ["%", "modulus (%)"], ["**", "exponentiation (**)"], [".", "concatenation (.) or string"], ["x", "repeat (x)"],
  ["==", "numeric eq (==)"], ["!=", "numeric ne (!=)"], ["<", "numeric lt (<)"], [">", "numeric gt (>)"], ["<=", "numeric le (<=)"], [">=", "numeric ge (>=)"], ["<=>", "numeric comparison (<=>)"],
  ["eq", "string eq"], ["ne", "string ne"], ["lt", "string lt"], ["gt", "string gt"], ["le", "string le"], ["ge", "string ge"], ["cmp", "string comparison (cmp)"],
  ["&", "bitwise and (&)"], ["|", "bitwise or (|)"], ["^", "bitwise xor (^)"], ["<<", "left bitshift (<<)"], [">>", "right bitshift (>>)"], ["&&", "logical and assignment (&&=)"], ["||", "logical or assignment (||=)"], ["//", "defined or assignment (//=)"],
  ["neg", "negation (-)"], ["~", "1's complement (~)"], ["++", "preincrement (++)"], ["--", "predecrement (--)"],
]);

/** As diagnostics call it. */
export function operatorName(op: string): string {
  return OPERATOR_NAMES.get(op) ?? op;
}

function numberOf(source: string): number | bigint {
  const text = source.replaceAll("_", "");
  if (/^0[xbo]/.test(text)) {
    const value = BigInt(text);
    return value < 1000000000000000n ? Number(value) : value <= 18446744073709551615n ? value : Number(value);
  }
  if (/^\d+$/.test(text)) {
    const value = BigInt(text);
    return value < 1000000000000000n ? Number(value) : value <= 18446744073709551615n ? value : Number(value);
  }
  return Number(text);
}
