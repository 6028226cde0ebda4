// Source text to tokens, one at a time: an error of the text further on must not hide one that comes before it. Messages and columns follow
// CPython 3.11's Parser/tokenizer.c.

import { SyntaxProblem } from "./syntax-problem.ts";

export type TokenKind = "name" | "keyword" | "number" | "string" | "op" | "newline" | "indent" | "dedent" | "end";

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** depth of brackets after the token */
  readonly level: number;
}

export const KEYWORDS: ReadonlySet<string> = new Set([
  "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except", "finally",
  "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
]);

const OPERATORS: ReadonlySet<string> = new Set([
  "(", ")", "[", "]", "{", "}", ":", ",", ";", "+", "-", "*", "/", "|", "&", "<", ">", "=", ".", "%", "~", "^", "@",
  "==", "!=", "<=", ">=", "<<", ">>", "**", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "//", "@=", "->", ":=", "<>", "...", "**=", "//=", ">>=", "<<=",
]);
const CLOSERS = new Map([[")", "("], ["]", "["], ["}", "{"]]);
const IDENTIFIER = /[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}_]*/uy;
const ASCII_NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const AFTER_NUMBER: ReadonlySet<string> = new Set(["and", "else", "for", "if", "in", "is", "not", "or"]);
const MAX_LEVEL = 200;
const MAX_INDENT = 100;

/** Where the text begins within a larger one. */
export interface Origin {
  readonly line: number;
  readonly column: number;
}

interface Bracket {
  readonly character: string;
  readonly line: number;
  readonly column: number;
}

export class Tokenizer {
  readonly lines: readonly string[];
  readonly #text: string;
  #at = 0;
  #line: number;
  #lineStart: number;
  readonly #brackets: Bracket[] = [];
  readonly #indents: { readonly columns: number; readonly alternative: number }[] = [{ columns: 0, alternative: 0 }];
  readonly #pending: Token[] = [];
  #lineBegins = true;
  #lastKind: TokenKind | undefined;
  #ended = false;

  constructor(text: string, origin: Origin = { line: 1, column: 0 }) {
    this.#line = origin.line;
    this.#lineStart = -origin.column;
    const unix = text.includes("\r") ? text.replaceAll("\r\n", "\n").replaceAll("\r", "\n") : text;
    this.#text = unix.startsWith("\ufeff") ? unix.slice(1) : unix;
    this.lines = this.#text.split("\n");
  }

  /** The innermost bracket that is open now. */
  get openBracket(): Bracket | undefined {
    return this.#brackets[this.#brackets.length - 1];
  }

  #fail(message: string, column = this.#at - this.#lineStart - 1, endColumn?: number): never {
    throw new SyntaxProblem("SyntaxError", message, this.#line, Math.max(0, column), this.#line, endColumn);
  }

  #token(kind: TokenKind, text: string, start: number): Token {
    this.#lastKind = kind;
    const column = start - this.#lineStart;
    return { kind, text, line: this.#line, column, endLine: this.#line, endColumn: column + text.length, level: this.#brackets.length };
  }

  next(): Token {
    const waiting = this.#pending.shift();
    if (waiting) {
      this.#lastKind = waiting.kind;
      return waiting;
    }
    for (;;) {
      if (this.#lineBegins && this.#brackets.length === 0) {
        this.#lineBegins = false;
        const token = this.#indentation();
        if (token) return token;
      }
      const text = this.#text;
      let c = text[this.#at] ?? "";
      while (c === " " || c === "\t" || c === "\f") c = text[++this.#at] ?? "";
      if (c === "#") {
        while (this.#at < text.length && text[this.#at] !== "\n") this.#at++;
        c = text[this.#at] ?? "";
      }
      if (c === "") return this.#end();
      if (c === "\n") {
        const token = this.#newline();
        if (token) return token;
        continue;
      }
      if (c === "\\") {
        this.#at++;
        if (this.#text[this.#at] !== "\n") {
          if (this.#at >= this.#text.length) throw new SyntaxProblem("SyntaxError", "unexpected EOF while parsing", this.#line, this.#at - this.#lineStart, undefined, undefined, true);
          this.#at++;
          this.#fail("unexpected character after line continuation character");
        }
        this.#at++;
        this.#line++;
        this.#lineStart = this.#at;
        if (this.#at >= this.#text.length) throw new SyntaxProblem("SyntaxError", "unexpected EOF while parsing", this.#line - 1, this.#at - this.#lineStart, undefined, undefined, true);
        continue;
      }
      return this.#word(c);
    }
  }

  #end(): Token {
    const open = this.openBracket;
    if (open) throw new SyntaxProblem("SyntaxError", `'${open.character}' was never closed`, open.line, open.column, undefined, undefined, true);
    if (this.#ended) return this.#token("end", "", this.#at);
    this.#ended = true;
    if (this.#lastKind !== undefined && this.#lastKind !== "newline" && this.#lastKind !== "dedent") {
      const newline = this.#token("newline", "", this.#at);
      this.#line++;
      this.#lineStart = this.#at;
      this.#dedents();
      return newline;
    }
    this.#dedents();
    return this.next();
  }

  #dedents(): void {
    while (this.#indents.length > 1) {
      this.#indents.pop();
      this.#pending.push(this.#token("dedent", "", this.#at));
    }
    this.#pending.push(this.#token("end", "", this.#at));
  }

  #newline(): Token | undefined {
    const significant = this.#brackets.length === 0 && this.#lastKind !== undefined && this.#lastKind !== "newline" && this.#lastKind !== "dedent" && this.#lastKind !== "indent";
    const token = significant ? this.#token("newline", "\n", this.#at) : undefined;
    this.#at++;
    this.#line++;
    this.#lineStart = this.#at;
    this.#lineBegins = true;
    return token;
  }

  #indentation(): Token | undefined {
    let columns = 0;
    let alternative = 0;
    const text = this.#text;
    for (;;) {
      const c = text[this.#at];
      if (c === " ") {
        columns++;
        alternative++;
      } else if (c === "\t") {
        columns = (Math.floor(columns / 8) + 1) * 8;
        alternative++;
      } else if (c === "\f") {
        columns = 0;
        alternative = 0;
      } else break;
      this.#at++;
    }
    const c = text[this.#at];
    if (c === undefined || c === "#" || c === "\n") return undefined;
    const top = this.#indents[this.#indents.length - 1] ?? { columns: 0, alternative: 0 };
    const tabError = () => this.#indentProblem("TabError", "inconsistent use of tabs and spaces in indentation");
    if (columns === top.columns) {
      if (alternative !== top.alternative) tabError();
      return undefined;
    }
    if (columns > top.columns) {
      if (alternative <= top.alternative) tabError();
      if (this.#indents.length >= MAX_INDENT) this.#indentProblem("IndentationError", "too many levels of indentation");
      this.#indents.push({ columns, alternative });
      return { ...this.#token("indent", "", this.#at), column: this.#at - this.#lineStart };
    }
    const dedents: Token[] = [];
    for (;;) {
      const level = this.#indents[this.#indents.length - 1] ?? { columns: 0, alternative: 0 };
      if (columns >= level.columns) {
        if (columns !== level.columns) this.#indentProblem("IndentationError", "unindent does not match any outer indentation level");
        if (alternative !== level.alternative) tabError();
        break;
      }
      this.#indents.pop();
      dedents.push(this.#token("dedent", "", this.#at));
    }
    const first = dedents.shift();
    this.#pending.push(...dedents);
    return first;
  }

  #indentProblem(kind: "TabError" | "IndentationError", message: string): never {
    throw new SyntaxProblem(kind, message, this.#line, kind === "TabError" ? -1 : (this.lines[this.#line - 1] ?? "").length);
  }

  #word(c: string): Token {
    const text = this.#text;
    const start = this.#at;
    if ((c >= "a" && c <= "z") || (c >= "A" && c <= "Z") || c === "_" || c >= "\u0080") {
      const name = this.#name();
      const quote = text[this.#at];
      if ((quote === '"' || quote === "'") && name.length <= 2 && /^(?:[bB][rR]?|[rR][bBfF]?|[uU]|[fF][rR]?)$/.test(name)) return this.#string(start);
      return this.#token(KEYWORDS.has(name) ? "keyword" : "name", name, start);
    }
    if (c === '"' || c === "'") return this.#string(start);
    if ((c >= "0" && c <= "9") || (c === "." && isDigit(text[this.#at + 1]))) return this.#number(start);
    for (const length of [3, 2, 1]) {
      const operator = text.slice(start, start + length);
      if (operator.length !== length || !OPERATORS.has(operator)) continue;
      this.#at += length;
      if (operator === "(" || operator === "[" || operator === "{") {
        if (this.#brackets.length >= MAX_LEVEL) this.#fail("too many nested parentheses");
        this.#brackets.push({ character: operator, line: this.#line, column: start - this.#lineStart });
      } else if (CLOSERS.has(operator)) this.#close(operator);
      return this.#token("op", operator, start);
    }
    this.#at++;
    if (c < " " || c === "\u007f") this.#fail(`invalid non-printable character U+${hex4(c.charCodeAt(0))}`);
    // "$", "?" and "!" are tokens that no rule wants.
    return this.#token("op", c, start);
  }

  #close(closer: string): void {
    const open = this.#brackets.pop();
    if (!open) this.#fail(`unmatched '${closer}'`);
    else if (open.character !== CLOSERS.get(closer)) {
      const where = open.line === this.#line ? "" : ` on line ${open.line}`;
      this.#fail(`closing parenthesis '${closer}' does not match opening parenthesis '${open.character}'${where}`);
    }
  }

  #name(): string {
    const text = this.#text;
    const start = this.#at;
    ASCII_NAME.lastIndex = start;
    const ascii = ASCII_NAME.exec(text)?.[0] ?? "";
    if ((text[start + ascii.length] ?? "") < "\u0080") {
      this.#at = start + ascii.length;
      return ascii;
    }
    IDENTIFIER.lastIndex = start;
    const name = IDENTIFIER.exec(text)?.[0] ?? "";
    this.#at = start + name.length;
    const next = text.codePointAt(this.#at) ?? 0;
    if (next >= 0x80) {
      const character = String.fromCodePoint(next);
      const column = this.#at - this.#lineStart;
      this.#at += character.length;
      if (/[\p{C}\p{Z}]/u.test(character)) this.#fail(`invalid non-printable character U+${hex4(next)}`, column);
      this.#fail(`invalid character '${character}' (U+${hex4(next)})`, column);
    }
    return name;
  }

  #string(start: number): Token {
    const text = this.#text;
    const quote = text[this.#at] ?? "'";
    const triple = text.startsWith(quote.repeat(3), this.#at);
    const line = this.#line;
    const lineStart = this.#lineStart;
    let at = this.#at + (triple ? 3 : 1);
    const close = triple ? quote.repeat(3) : quote;
    for (;;) {
      const c = text[at];
      if (c === undefined || (c === "\n" && !triple)) {
        const last = c === undefined && text.endsWith("\n") ? this.#line - 1 : this.#line;
        throw new SyntaxProblem("SyntaxError", `unterminated ${triple ? "triple-quoted " : ""}string literal (detected at line ${Math.max(line, triple ? last : this.#line)})`, line, start - lineStart, undefined, undefined, triple);
      }
      if (c === "\\") {
        if (text[at + 1] === "\n") {
          this.#line++;
          this.#lineStart = at + 2;
        }
        at += 2;
        continue;
      }
      if (text.startsWith(close, at)) {
        at += close.length;
        break;
      }
      at++;
      if (c === "\n") {
        this.#line++;
        this.#lineStart = at;
      }
    }
    this.#at = at;
    this.#lastKind = "string";
    return { kind: "string", text: text.slice(start, at), line, column: start - lineStart, endLine: this.#line, endColumn: at - this.#lineStart, level: this.#brackets.length };
  }

  #digits(pattern: RegExp, kind: string): boolean {
    const text = this.#text;
    for (;;) {
      if (!pattern.test(text[this.#at] ?? "")) {
        this.#at++;
        this.#fail(`invalid ${kind} literal`, this.#at - this.#lineStart - 2);
      }
      while (pattern.test(text[this.#at] ?? "")) this.#at++;
      if (text[this.#at] !== "_") return true;
      this.#at++;
    }
  }

  #number(start: number): Token {
    const text = this.#text;
    const second = (text[start + 1] ?? "").toLowerCase();
    const radix = text[start] === "0" ? { x: "hexadecimal", o: "octal", b: "binary" }[second] : undefined;
    if (radix !== undefined) {
      const pattern = second === "x" ? /[0-9a-fA-F]/ : second === "o" ? /[0-7]/ : /[01]/;
      this.#at = start + 2;
      do {
        if (text[this.#at] === "_") this.#at++;
        if (!pattern.test(text[this.#at] ?? "")) this.#badDigit(radix, second);
        while (pattern.test(text[this.#at] ?? "")) this.#at++;
      } while (text[this.#at] === "_");
      if (isDigit(text[this.#at])) this.#badDigit(radix, second);
      this.#endOfNumber(radix);
      return this.#token("number", text.slice(start, this.#at), start);
    }
    let kind = "decimal";
    this.#at = start;
    if (text[start] !== ".") this.#digits(/[0-9]/, "decimal");
    const integerEnd = this.#at;
    let isFloat = false;
    if (text[this.#at] === ".") {
      isFloat = true;
      this.#at++;
      if (isDigit(text[this.#at])) this.#digits(/[0-9]/, "decimal");
    }
    const exponent = text[this.#at];
    if (exponent === "e" || exponent === "E") {
      const sign = text[this.#at + 1];
      const skip = sign === "+" || sign === "-" ? 2 : 1;
      if (isDigit(text[this.#at + skip])) {
        isFloat = true;
        this.#at += skip;
        this.#digits(/[0-9]/, "decimal");
      } else if (skip === 2) {
        this.#at += 2;
        this.#fail("invalid decimal literal", this.#at - this.#lineStart - 2);
      }
    }
    if (text[this.#at] === "j" || text[this.#at] === "J") {
      isFloat = true;
      kind = "imaginary";
      this.#at++;
    }
    const digits = text.slice(start, integerEnd);
    if (!isFloat && digits.length > 1 && digits[0] === "0" && /[1-9]/.test(digits)) {
      const zeros = /^[0_]*/.exec(digits)?.[0].length ?? 1;
      throw new SyntaxProblem("SyntaxError", "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers", this.#line, start - this.#lineStart, this.#line, start - this.#lineStart + zeros);
    }
    this.#endOfNumber(kind);
    return this.#token("number", text.slice(start, this.#at), start);
  }

  #badDigit(radix: string, letter: string): never {
    const c = this.#text[this.#at];
    this.#at++;
    if (isDigit(c) && letter !== "x") this.#fail(`invalid digit '${c}' in ${radix} literal`);
    this.#fail(`invalid ${radix} literal`, this.#at - this.#lineStart - 2);
  }

  #endOfNumber(kind: string): void {
    const text = this.#text;
    const c = text[this.#at] ?? "";
    if (!/[A-Za-z_]/.test(c) && c < "\u0080") return;
    ASCII_NAME.lastIndex = this.#at;
    const word = ASCII_NAME.exec(text)?.[0] ?? "";
    for (const keyword of AFTER_NUMBER) if (word.startsWith(keyword)) return;
    this.#fail(`invalid ${kind} literal`);
  }
}

function isDigit(c: string | undefined): boolean {
  return c !== undefined && c >= "0" && c <= "9";
}

function hex4(code: number): string {
  return code.toString(16).toUpperCase().padStart(4, "0");
}
