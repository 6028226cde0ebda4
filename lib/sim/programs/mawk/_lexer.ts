// Tokens of awk programs. Texts are latin1.

export type TokenKind = "number" | "string" | "regex" | "name" | "call" | "builtin" | "keyword" | "operator" | "newline" | "end";

export interface Token {
  readonly kind: TokenKind;
  /** as written; for strings and regexes the value */
  readonly text: string;
  readonly value: number;
  readonly line: number;
  /** "call": the parenthesis follows at once */
  readonly adjacent: boolean;
}

export class AwkSyntaxError extends Error {}

const KEYWORDS = new Set(["BEGIN", "END", "function", "func", "if", "else", "while", "for", "do", "break", "continue", "next", "nextfile", "exit", "return", "delete", "in", "getline", "print", "printf"]);
export const BUILTINS = new Set(["length", "substr", "index", "split", "sub", "gsub", "match", "sprintf", "sin", "cos", "atan2", "exp", "log", "sqrt", "int", "rand", "srand", "tolower", "toupper", "system", "close", "fflush", "systime", "mktime", "strftime"]);

const OPERATORS = ["||", "&&", "==", "!=", "<=", ">=", "++", "--", "+=", "-=", "*=", "/=", "%=", "^=", "!~", ">>",
  "{", "}", "(", ")", "[", "]", ";", ",", "+", "-", "*", "/", "%", "^", "!", "<", ">", "|", "?", ":", "~", "$", "="];

export class Lexer {
  readonly #text: string;
  #at = 0;
  #line = 1;

  constructor(text: string) {
    this.#text = text;
  }

  get line(): number {
    return this.#line;
  }

  next(regexAllowed: boolean): Token {
    const text = this.#text;
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
    if (c === undefined) return this.#token("end", "");
    if (c === "\n") {
      this.#at++;
      const token = this.#token("newline", "\n");
      this.#line++;
      return token;
    }
    if (c === '"') return this.#string();
    if (c === "/" && regexAllowed) return this.#regex();
    const rest = text.slice(this.#at, this.#at + 400);
    const number = /^(?:\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)/.exec(rest)?.[0];
    if (number) {
      this.#at += number.length;
      return { kind: "number", text: number, value: Number(number), line: this.#line, adjacent: false };
    }
    const name = /^[A-Za-z_][A-Za-z_0-9]*/.exec(rest)?.[0];
    if (name) {
      this.#at += name.length;
      if (KEYWORDS.has(name)) return this.#token("keyword", name === "func" ? "function" : name);
      if (BUILTINS.has(name)) return this.#token("builtin", name);
      return { kind: "name", text: name, value: 0, line: this.#line, adjacent: text[this.#at] === "(" };
    }
    for (const operator of OPERATORS) {
      if (text.startsWith(operator, this.#at)) {
        this.#at += operator.length;
        return this.#token("operator", operator);
      }
    }
    throw new AwkSyntaxError(`${this.#line}: unexpected character '${c >= " " && c <= "~" ? c : `\\0${c.charCodeAt(0).toString(8)}`}'`);
  }

  /** A "/" or "/=" that was read as an operator turns out to begin a regular expression. */
  regexAfter(token: Token): Token {
    this.#at -= token.text.length;
    return this.#regex();
  }

  /** Whether `getline` comes next: "|" is then no redirection. */
  followedByGetline(): boolean {
    return /^[ \t]*getline(?![A-Za-z_0-9])/.test(this.#text.slice(this.#at, this.#at + 100));
  }

  #token(kind: TokenKind, text: string): Token {
    return { kind, text, value: 0, line: this.#line, adjacent: false };
  }

  #string(): Token {
    const start = this.#at++;
    const line = this.#line;
    let value = "";
    for (;;) {
      const c = this.#text[this.#at];
      if (c === undefined || c === "\n") throw new AwkSyntaxError(`line ${line}: runaway string constant ${runaway(this.#text.slice(start))} ...`);
      if (c === '"') {
        this.#at++;
        return { kind: "string", text: stringEscapes(value), value: 0, line, adjacent: false };
      }
      if (c === "\\") {
        const next = this.#text[this.#at + 1];
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

  #regex(): Token {
    const start = this.#at++;
    const line = this.#line;
    let value = "";
    let inBracket = false;
    for (;;) {
      const c = this.#text[this.#at];
      if (c === undefined || c === "\n") throw new AwkSyntaxError(`line ${line}: runaway regular expression ${runaway(this.#text.slice(start))} ...`);
      this.#at++;
      if (c === "\\") {
        const next = this.#text[this.#at];
        if (next === "/") value += "/";
        else if (next === "\n") this.#line++;
        else value += c + (next ?? "");
        this.#at++;
        continue;
      }
      if (inBracket) {
        if (c === "[" && /[:.=]/.test(this.#text[this.#at] ?? "")) {
          const end = this.#text.indexOf(`${this.#text[this.#at]}]`, this.#at + 1);
          const newline = this.#text.indexOf("\n", this.#at);
          if (end > 0 && (newline < 0 || end < newline)) {
            value += this.#text.slice(this.#at - 1, end + 2);
            this.#at = end + 2;
            continue;
          }
        }
        if (c === "]") inBracket = false;
      } else if (c === "[") {
        inBracket = true;
        value += c;
        if (this.#text[this.#at] === "^") value += this.#text[this.#at++] ?? "";
        if (this.#text[this.#at] === "]") value += this.#text[this.#at++] ?? "";
        continue;
      } else if (c === "/") {
        return { kind: "regex", text: value, value: 0, line, adjacent: false };
      }
      value += c;
    }
  }
}

function runaway(text: string): string {
  return text.slice(0, 11).split("\n")[0] ?? "";
}

const ESCAPES = new Map([["n", "\n"], ["t", "\t"], ["r", "\r"], ["f", "\f"], ["v", "\v"], ["a", "\u0007"], ["b", "\b"], ['"', '"'], ["\\", "\\"]]);

/** C escapes in a string constant or in -v; what is none keeps its backslash. */
export function stringEscapes(text: string): string {
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
    if (octal) {
      result += String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
      i += octal.length - 1;
    } else if (hexadecimal) {
      result += String.fromCharCode(Number.parseInt(hexadecimal, 16));
      i += hexadecimal.length;
    } else result += c + next;
  }
  return result;
}
