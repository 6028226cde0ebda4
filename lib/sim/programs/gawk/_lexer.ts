// Tokens of gawk programs. A program is one or more sources (-f, -e, @include), each read to its end.

import type { Dialect, Words } from "./_dialect.ts";

export type TokenKind = "number" | "string" | "regex" | "name" | "builtin" | "keyword" | "operator" | "newline" | "end";

export interface Token {
  readonly kind: TokenKind;
  /** as written; for strings and regexes the value */
  readonly text: string;
  readonly value: number;
  readonly line: number;
  /** where it begins in its line */
  readonly column: number;
  /** a parenthesis follows at once */
  readonly adjacent: boolean;
}

/** What is wrong with the program: whole lines without the program's name. */
export class GawkSyntaxError extends Error {}

export interface Source {
  /** as messages name it: "cmd. line" or a file */
  readonly name: string;
  readonly text: string;
}

const OPERATORS = ["**=", "||", "&&", "==", "!=", "<=", ">=", "++", "--", "+=", "-=", "*=", "/=", "%=", "^=", "**", "!~", ">>", "|&",
  "{", "}", "(", ")", "[", "]", ";", ",", "+", "-", "*", "/", "%", "^", "!", "<", ">", "|", "?", ":", "~", "$", "=", "@"];

export class Lexer {
  readonly #source: Source;
  readonly #words: Words;
  readonly #dialect: Dialect;
  readonly #warnings: string[];
  #at = 0;
  #line = 1;

  constructor(source: Source, words: Words, dialect: Dialect, warnings: string[]) {
    this.#source = source;
    this.#words = words;
    this.#dialect = dialect;
    this.#warnings = warnings;
  }

  get name(): string {
    return this.#source.name;
  }

  /** The message with the line as it stands in the source and a mark below it. */
  complain(message: string, line: number, column: number, shownLine = line): never {
    const text = this.#source.text.split("\n")[line - 1] ?? "";
    const head = `${this.#source.name}:${shownLine}: `;
    throw new GawkSyntaxError(`${head}${text}\n${head}${text.slice(0, column).replace(/[^\t]/g, " ")}^ ${message}`);
  }

  /** Where the source ends: the last character before it. */
  get lastColumn(): number {
    return this.#at - this.#lineStart;
  }

  get line(): number {
    return this.#line;
  }

  get #lineStart(): number {
    return this.#source.text.lastIndexOf("\n", this.#at - 1) + 1;
  }

  next(regexAllowed: boolean): Token {
    const { text } = this.#source;
    for (;;) {
      const c = text[this.#at];
      if (c === " " || c === "\t" || c === "\r" || c === "\f" || c === "\v") this.#at++;
      else if (c === "\\" && (text[this.#at + 1] === "\n" || text.startsWith("\r\n", this.#at + 1))) {
        this.#at += text[this.#at + 1] === "\n" ? 2 : 3;
        this.#line++;
      } else if (c === "#") {
        const end = text.indexOf("\n", this.#at);
        this.#at = end < 0 ? text.length : end;
      } else break;
    }
    const c = text[this.#at];
    const column = this.#at - this.#lineStart;
    if (c === undefined) return this.#token("end", "", column);
    if (c === "\n") {
      this.#at++;
      const token = this.#token("newline", "\n", column);
      this.#line++;
      return token;
    }
    if (c === '"') return this.#string(column);
    if (c === "/" && regexAllowed) return this.#regex(column);
    const rest = text.slice(this.#at, this.#at + 400);
    const number = this.#number(rest);
    if (number) {
      this.#at += number.length;
      return { kind: "number", text: rest.slice(0, number.length), value: number.value, line: this.#line, column, adjacent: false };
    }
    const name = (this.#dialect.posix || this.#dialect.traditional ? /^[A-Za-z_][A-Za-z_0-9]*/ : /^[A-Za-z_][A-Za-z_0-9]*(?:::[A-Za-z_][A-Za-z_0-9]*)?/).exec(rest)?.[0];
    if (name) {
      this.#at += name.length;
      if (this.#words.keywords.has(name)) return this.#token("keyword", name === "func" ? "function" : name, column);
      if (this.#words.arity(name)) return this.#token("builtin", name, column);
      return { kind: "name", text: name, value: 0, line: this.#line, column, adjacent: text[this.#at] === "(" };
    }
    for (const operator of OPERATORS) {
      if (text.startsWith(operator, this.#at) && !(this.#dialect.posix && operator.startsWith("**"))) {
        this.#at += operator.length;
        return this.#token("operator", operator === "**" ? "^" : operator === "**=" ? "^=" : operator, column);
      }
    }
    this.complain(`invalid char '${c}' in expression`, this.#line, column);
  }

  #number(rest: string): { readonly value: number; readonly length: number } | undefined {
    if (!this.#dialect.posix && !this.#dialect.traditional) {
      const hexadecimal = /^0[xX][0-9a-fA-F]+/.exec(rest)?.[0];
      if (hexadecimal) return { value: Number.parseInt(hexadecimal, 16), length: hexadecimal.length };
      const octal = /^0[0-7]+(?![0-9.eE])/.exec(rest)?.[0];
      if (octal) return { value: Number.parseInt(octal, 8), length: octal.length };
    }
    const decimal = /^(?:\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)/.exec(rest)?.[0];
    return decimal ? { value: Number(decimal), length: decimal.length } : undefined;
  }

  /** A "/" or "/=" that was read as an operator turns out to begin a regular expression. */
  regexAfter(token: Token): Token {
    this.#at -= token.text.length;
    return this.#regex(token.column);
  }

  /** Whether `getline` comes next: "|" is then no redirection. */
  followedByGetline(): boolean {
    return /^[ \t]*getline(?![A-Za-z_0-9])/.test(this.#source.text.slice(this.#at, this.#at + 100));
  }

  #token(kind: TokenKind, text: string, column: number): Token {
    return { kind, text, value: 0, line: this.#line, column, adjacent: this.#source.text[this.#at] === "(" };
  }

  #string(column: number): Token {
    this.#at++;
    const { text } = this.#source;
    const line = this.#line;
    let value = "";
    for (;;) {
      const c = text[this.#at];
      if (c === undefined || c === "\n") this.complain("unterminated string", line, column);
      if (c === '"') {
        this.#at++;
        return { kind: "string", text: this.escapes(value), value: 0, line, column, adjacent: false };
      }
      if (c === "\\") {
        const next = text[this.#at + 1];
        if (next === "\n") {
          this.#at += 2;
          this.#line++;
          continue;
        }
        if (next !== undefined) {
          value += c + next;
          this.#at += 2;
          continue;
        }
      }
      value += c;
      this.#at++;
    }
  }

  /** C escapes of a string constant; a letter that has none stands for itself, with a warning. */
  escapes(text: string): string {
    return stringEscapes(text, this.#dialect.bytes, (c) => this.#warnings.push(`${this.#source.name}:${this.#line}: warning: escape sequence \`\\${c}' treated as plain \`${c}'`));
  }

  #regex(column: number): Token {
    this.#at++;
    const { text } = this.#source;
    const line = this.#line;
    let value = "";
    let inBracket = false;
    for (;;) {
      const c = text[this.#at];
      if (c === undefined || c === "\n") this.complain("unterminated regexp", line, column);
      this.#at++;
      if (c === "\\") {
        const next = text[this.#at];
        if (next === "/") value += "/";
        else if (next === "\n") this.#line++;
        else value += c + (next ?? "");
        this.#at++;
        continue;
      }
      if (inBracket) {
        if (c === "[" && /[:.=]/.test(text[this.#at] ?? "")) {
          const end = text.indexOf(`${text[this.#at]}]`, this.#at + 1);
          const newline = text.indexOf("\n", this.#at);
          if (end > 0 && (newline < 0 || end < newline)) {
            value += text.slice(this.#at - 1, end + 2);
            this.#at = end + 2;
            continue;
          }
        }
        if (c === "]") inBracket = false;
      } else if (c === "[") {
        inBracket = true;
        value += c;
        if (text[this.#at] === "^") value += text[this.#at++] ?? "";
        if (text[this.#at] === "]") value += text[this.#at++] ?? "";
        continue;
      } else if (c === "/") {
        return { kind: "regex", text: value, value: 0, line, column, adjacent: false };
      }
      value += c;
    }
  }
}

const ESCAPES = new Map([["n", "\n"], ["t", "\t"], ["r", "\r"], ["f", "\f"], ["v", "\v"], ["a", "\u0007"], ["b", "\b"], ['"', '"'], ["\\", "\\"]]);

export function stringEscapes(text: string, bytes: boolean, plain: (c: string) => void): string {
  if (!text.includes("\\")) return text;
  let result = "";
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? "";
    if (c !== "\\" || i + 1 >= text.length) {
      result += c;
      continue;
    }
    const next = text[++i] ?? "";
    const simple = ESCAPES.get(next);
    if (simple !== undefined) {
      result += simple;
      continue;
    }
    const octal = /^[0-7]{1,3}/.exec(text.slice(i, i + 3))?.[0];
    const hexadecimal = next === "x" ? /^[0-9a-fA-F]{1,2}/.exec(text.slice(i + 1, i + 3))?.[0] : undefined;
    if (octal || hexadecimal) {
      const code = octal ? Number.parseInt(octal, 8) & 0xff : Number.parseInt(hexadecimal ?? "0", 16);
      // A byte above 127 of a multibyte locale is a lone surrogate until its neighbours make a character of it.
      result += code > 127 && !bytes ? String.fromCharCode(0xdc00 + code) : String.fromCharCode(code);
      i += octal ? octal.length - 1 : (hexadecimal?.length ?? 0);
    } else {
      plain(next);
      result += next;
    }
  }
  return result;
}
