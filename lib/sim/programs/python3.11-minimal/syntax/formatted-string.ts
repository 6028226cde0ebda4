// The inside of an f-string (CPython 3.11's Parser/string_parser.c: before 3.12 a field is found by scanning, then parsed by itself).

import { type StringLiteral, unescapeText } from "./literal.ts";
import { SyntaxProblem } from "./syntax-problem.ts";
import type { Token } from "./tokenizer.ts";
import type { Expression, FormattedValue, JoinedString, Span } from "./tree.ts";

type Raise = (message: string) => never;
type Parse = (text: string, line: number, column: number) => Expression;

export function parseFormatted(literal: StringLiteral, token: Token, span: Span, raise: Raise, parse: Parse): readonly (string | Expression)[] {
  return new FormattedParser(literal, token, span, raise, parse).parts(0);
}

class FormattedParser {
  readonly #literal: StringLiteral;
  readonly #text: string;
  readonly #token: Token;
  readonly #span: Span;
  readonly #raise: Raise;
  readonly #parse: Parse;
  #at = 0;

  constructor(literal: StringLiteral, token: Token, span: Span, raise: Raise, parse: Parse) {
    this.#literal = literal;
    this.#text = literal.body;
    this.#token = token;
    this.#span = span;
    this.#raise = raise;
    this.#parse = parse;
  }

  /** The whole body (depth 0), or a format specification up to its "}". */
  parts(depth: number): readonly (string | Expression)[] {
    const parts: (string | Expression)[] = [];
    const text = this.#text;
    let literal = "";
    const flush = () => {
      if (literal === "") return;
      const value = this.#literal.raw ? literal : unescapeText(literal);
      if (typeof value !== "string") this.#raise(value.problem);
      parts.push(value);
      literal = "";
    };
    while (this.#at < text.length) {
      const c = text[this.#at] as string;
      if (c === "\\" && !this.#literal.raw) {
        if (text.startsWith("\\N{", this.#at)) {
          const end = text.indexOf("}", this.#at);
          literal += text.slice(this.#at, end < 0 ? text.length : end + 1);
          this.#at = end < 0 ? text.length : end + 1;
          continue;
        }
        const next = text[this.#at + 1] ?? "";
        literal += next === "{" || next === "}" ? c : c + next;
        this.#at += next === "{" || next === "}" ? 1 : 2;
        continue;
      }
      if (c === "{" || c === "}") {
        if (depth === 0 && text[this.#at + 1] === c) {
          literal += c;
          this.#at += 2;
          continue;
        }
        if (c === "}") {
          if (depth > 0) break;
          this.#raise("f-string: single '}' is not allowed");
        }
        flush();
        parts.push(...this.#field(depth));
        continue;
      }
      literal += c;
      this.#at++;
    }
    flush();
    return parts;
  }

  #field(depth: number): readonly (string | FormattedValue)[] {
    if (depth >= 2) this.#raise("f-string: expressions nested too deeply");
    const text = this.#text;
    const open = this.#at++;
    const start = this.#at;
    this.#skipExpression();
    const source = text.slice(start, this.#at);
    if (this.#at >= text.length) this.#raise("f-string: expecting '}'");
    if (source.trim() === "") this.#raise("f-string: empty expression not allowed");
    const value = this.#parseField(source, open);
    const parts: (string | FormattedValue)[] = [];
    let documented = false;
    if (text[this.#at] === "=") {
      this.#at++;
      while (/\s/.test(text[this.#at] ?? "")) this.#at++;
      documented = true;
      parts.push(text.slice(start, this.#at));
    }
    let conversion: "" | "s" | "r" | "a" = "";
    if (text[this.#at] === "!") {
      const letter = text[this.#at + 1];
      if (letter === undefined) this.#raise("f-string: expecting '}'");
      if (letter !== "s" && letter !== "r" && letter !== "a") this.#raise("f-string: invalid conversion character: expected 's', 'r', or 'a'");
      conversion = letter;
      this.#at += 2;
    }
    let spec: JoinedString | undefined;
    if (text[this.#at] === ":") {
      this.#at++;
      const values = this.parts(depth + 1).map((part): Expression => (typeof part === "string" ? { kind: "Constant", value: part, ...this.#span } : part));
      spec = { kind: "JoinedStr", values, ...this.#span };
    }
    if (text[this.#at] !== "}") this.#raise("f-string: expecting '}'");
    this.#at++;
    if (documented && conversion === "" && !spec) conversion = "r";
    parts.push({ kind: "FormattedValue", value, conversion, spec, ...this.#span });
    return parts;
  }

  /** To the character that ends the field's expression: "=", "!", ":" or "}". */
  #skipExpression(): void {
    const text = this.#text;
    const brackets: string[] = [];
    let quote = "";
    for (; this.#at < text.length; this.#at++) {
      const c = text[this.#at] as string;
      if (c === "\\") this.#raise("f-string expression part cannot include a backslash");
      if (quote !== "") {
        if (text.startsWith(quote, this.#at)) {
          this.#at += quote.length - 1;
          quote = "";
        }
        continue;
      }
      if (c === "'" || c === '"') {
        quote = text.startsWith(c.repeat(3), this.#at) ? c.repeat(3) : c;
        this.#at += quote.length - 1;
        continue;
      }
      if (c === "(" || c === "[" || c === "{") {
        brackets.push(c);
        continue;
      }
      if (c === "#") this.#raise("f-string expression part cannot include '#'");
      if (brackets.length === 0) {
        const next = text[this.#at + 1];
        if ((c === "!" || c === "=" || c === "<" || c === ">") && next === "=") {
          this.#at++;
          continue;
        }
        if (c === "<" || c === ">") continue;
        if (c === "!" || c === ":" || c === "}" || c === "=") return;
      }
      if (c === ")" || c === "]" || c === "}") {
        const open = brackets.pop();
        if (open === undefined) this.#raise(`f-string: unmatched '${c}'`);
        if ({ "(": ")", "[": "]", "{": "}" }[open] !== c) this.#raise(`f-string: closing parenthesis '${c}' does not match opening parenthesis '${open}'`);
      }
    }
    if (quote !== "") this.#raise("f-string: unterminated string");
    const open = brackets.pop();
    if (open !== undefined) this.#raise(`f-string: unmatched '${open}'`);
  }

  #parseField(source: string, open: number): Expression {
    const token = this.#token;
    const before = token.text.slice(0, this.#literal.offset + open);
    const newlines = before.split("\n").length - 1;
    const column = newlines === 0 ? token.column + before.length : before.length - before.lastIndexOf("\n") - 1;
    try {
      return this.#parse(`(${source})`, token.line + newlines, column);
    } catch (error) {
      if (!(error instanceof SyntaxProblem)) throw error;
      const problem = new SyntaxProblem(error.kind, `f-string: ${error.message}`, error.line, Math.max(0, error.column - column), error.endLine, error.endColumn === undefined ? undefined : error.endColumn - column);
      problem.text = `(${source})`;
      throw problem;
    }
  }
}
