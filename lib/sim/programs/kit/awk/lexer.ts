// Tokens of an awk program. What a dialect has of its own (words, operators, numbers, what it says of a text without an end) is its lexicon.

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

export interface Source {
  /** as messages name it: "cmd. line" or a file */
  readonly name: string;
  readonly text: string;
}

/** A place of a source, and what stands there. */
export interface Spot {
  readonly line: number;
  readonly column: number;
  readonly rest: string;
}

export interface Comment {
  readonly text: string;
  readonly line: number;
  /** nothing stands before it in its line */
  readonly alone: boolean;
}

export interface Lexicon {
  readonly keywords: ReadonlySet<string>;
  readonly isBuiltin: (name: string) => boolean;
  /** the longer before their beginnings; "**" stands for "^" */
  readonly operators: readonly string[];
  readonly name: RegExp;
  /** 0x11 and 011 are hexadecimal and octal */
  readonly otherBases: boolean;
  /** the value of a string constant, from what stands between its quotes */
  readonly stringValue: (raw: string, line: number) => string;
  readonly refuse: (what: "string" | "regex" | "character", spot: Spot) => never;
}

const DECIMAL = /^(?:\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)/;
const SAME_AS = new Map([["**", "^"], ["**=", "^="], ["func", "function"]]);

export class Lexer {
  readonly source: Source;
  readonly comments: Comment[] = [];
  readonly #lexicon: Lexicon;
  #at = 0;
  #line = 1;

  constructor(source: Source, lexicon: Lexicon) {
    this.source = source;
    this.#lexicon = lexicon;
  }

  get line(): number {
    return this.#line;
  }

  get column(): number {
    return this.#at - (this.source.text.lastIndexOf("\n", this.#at - 1) + 1);
  }

  next(regexAllowed: boolean): Token {
    const { text } = this.source;
    for (;;) {
      const c = text[this.#at];
      if (c === " " || c === "\t" || c === "\r" || c === "\f" || c === "\v") this.#at++;
      else if (c === "\\" && (text[this.#at + 1] === "\n" || text.startsWith("\r\n", this.#at + 1))) {
        this.#at += text[this.#at + 1] === "\n" ? 2 : 3;
        this.#line++;
      } else if (c === "#") {
        const found = text.indexOf("\n", this.#at);
        const end = found < 0 ? text.length : found;
        this.comments.push({ text: text.slice(this.#at, end), line: this.#line, alone: text.slice(this.#at - this.column, this.#at).trim() === "" });
        this.#at = end;
      } else break;
    }
    const c = text[this.#at];
    const { column } = this;
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
    const { name: namePattern, keywords, isBuiltin, operators } = this.#lexicon;
    const name = namePattern.exec(rest)?.[0];
    if (name) {
      this.#at += name.length;
      if (keywords.has(name)) return this.#token("keyword", SAME_AS.get(name) ?? name, column);
      return this.#token(isBuiltin(name) ? "builtin" : "name", name, column);
    }
    for (const operator of operators) {
      if (!text.startsWith(operator, this.#at)) continue;
      this.#at += operator.length;
      return this.#token("operator", SAME_AS.get(operator) ?? operator, column);
    }
    return this.#lexicon.refuse("character", { line: this.#line, column, rest });
  }

  #number(rest: string): { readonly value: number; readonly length: number } | undefined {
    if (this.#lexicon.otherBases) {
      const hexadecimal = /^0[xX][0-9a-fA-F]+/.exec(rest)?.[0];
      if (hexadecimal) return { value: Number.parseInt(hexadecimal, 16), length: hexadecimal.length };
      const octal = /^0[0-7]+(?![0-9.eE])/.exec(rest)?.[0];
      if (octal) return { value: Number.parseInt(octal, 8), length: octal.length };
    }
    const decimal = DECIMAL.exec(rest)?.[0];
    return decimal ? { value: Number(decimal), length: decimal.length } : undefined;
  }

  /** A "/" or "/=" that was read as an operator turns out to begin a regular expression. */
  regexAfter(token: Token): Token {
    this.#at -= token.text.length;
    return this.#regex(token.column);
  }

  /** Whether `getline` comes next: "|" is then no redirection. */
  followedByGetline(): boolean {
    return /^[ \t]*getline(?![A-Za-z_0-9])/.test(this.source.text.slice(this.#at, this.#at + 100));
  }

  #token(kind: TokenKind, text: string, column: number): Token {
    return { kind, text, value: 0, line: this.#line, column, adjacent: this.source.text[this.#at] === "(" };
  }

  #string(column: number): Token {
    const { text } = this.source;
    const start = this.#at++;
    const line = this.#line;
    let raw = "";
    for (;;) {
      const c = text[this.#at];
      if (c === undefined || c === "\n") return this.#lexicon.refuse("string", { line, column, rest: text.slice(start) });
      if (c === '"') {
        this.#at++;
        return { kind: "string", text: this.#lexicon.stringValue(raw, this.#line), value: 0, line, column, adjacent: false };
      }
      if (c === "\\") {
        const next = text[this.#at + 1];
        if (next === "\n") {
          this.#at += 2;
          this.#line++;
          continue;
        }
        if (next !== undefined) {
          raw += c + next;
          this.#at += 2;
          continue;
        }
      }
      raw += c;
      this.#at++;
    }
  }

  #regex(column: number): Token {
    const { text } = this.source;
    const start = this.#at++;
    const line = this.#line;
    let value = "";
    let inBracket = false;
    for (;;) {
      const c = text[this.#at];
      if (c === undefined || c === "\n") return this.#lexicon.refuse("regex", { line, column, rest: text.slice(start) });
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
