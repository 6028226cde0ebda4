// What the parsers share: tokens with look-ahead and backtracking, and the ways to fail. CPython parses twice: the second time, after a failure,
// with the rules that only serve to find a better message (`diagnosing`); this parser does the same, so that messages come in the same order.

import { SyntaxProblem, type SyntaxProblemKind, TooNested } from "./syntax-problem.ts";
import { KEYWORDS, type Origin, type Token, Tokenizer } from "./tokenizer.ts";
import type { Span } from "./tree.ts";

/** The grammar's plain "no": the caller tries something else, or the text is "invalid syntax". */
export class ParseFail extends Error {}

const FAIL = new ParseFail("");
const MAX_DEPTH = 600;
const SOFT_KEYWORDS: ReadonlySet<string> = new Set(["match", "case", "_"]);

export class TokenStream {
  readonly tokenizer: Tokenizer;
  protected readonly tokens: Token[] = [];
  protected index = 0;
  protected diagnosing = false;
  #depth = 0;

  constructor(text: string, origin?: Origin) {
    this.tokenizer = new Tokenizer(text, origin);
  }

  protected peek(ahead = 0): Token {
    while (this.tokens.length <= this.index + ahead) this.tokens.push(this.tokenizer.next());
    return this.tokens[this.index + ahead] as Token;
  }

  protected get previous(): Token {
    return this.tokens[this.index - 1] as Token;
  }

  /** The last token that was looked at: where CPython puts errors without a place of their own. */
  protected get furthest(): Token {
    return this.tokens[this.tokens.length - 1] as Token;
  }

  protected advance(): Token {
    const token = this.peek();
    this.index++;
    return token;
  }

  /** Whether the next token is that operator or keyword. */
  protected at(text: string): boolean {
    const token = this.peek();
    return token.text === text && (token.kind === "op" || token.kind === "keyword");
  }

  protected atAny(...texts: readonly string[]): boolean {
    return texts.some((text) => this.at(text));
  }

  protected atSoft(text: string): boolean {
    const token = this.peek();
    return token.text === text && token.kind === "name";
  }

  protected atSoftKeyword(): boolean {
    const token = this.peek();
    return token.kind === "name" && SOFT_KEYWORDS.has(token.text);
  }

  protected accept(text: string): boolean {
    if (!this.at(text)) return false;
    this.index++;
    return true;
  }

  protected expect(text: string): Token {
    if (!this.at(text)) this.fail();
    return this.advance();
  }

  /** A token that nothing else could stand for: its absence is reported at once. */
  protected force(text: string): Token {
    if (!this.at(text)) this.raiseAt(this.peek(), `expected '${text}'`);
    return this.advance();
  }

  protected expectName(): Token {
    if (this.peek().kind !== "name") this.fail();
    return this.advance();
  }

  protected fail(): never {
    throw FAIL;
  }

  /** Undefined, and nothing consumed, when `rule` fails. */
  protected attempt<T>(rule: () => T): T | undefined {
    const start = this.index;
    try {
      return rule();
    } catch (error) {
      if (!(error instanceof ParseFail)) throw error;
      this.index = start;
      return undefined;
    }
  }

  /** Whether `rule` would succeed here. */
  protected would(rule: () => unknown): boolean {
    const start = this.index;
    const found = this.attempt(rule) !== undefined;
    this.index = start;
    return found;
  }

  protected nested<T>(rule: () => T): T {
    if (++this.#depth > MAX_DEPTH) throw new TooNested("too many nested expressions");
    try {
      return rule();
    } finally {
      this.#depth--;
    }
  }

  protected spanFrom(start: Span): Span {
    const end = this.previous;
    return { line: start.line, column: start.column, endLine: end.endLine, endColumn: end.endColumn };
  }

  protected raiseRange(from: Span, to: Span, message: string): never {
    throw new SyntaxProblem("SyntaxError", message, from.line, from.column, to.endLine, to.endColumn);
  }

  protected raiseAt(span: Span, message: string): never {
    this.raiseRange(span, span, message);
  }

  protected raise(message: string, kind: SyntaxProblemKind = "SyntaxError"): never {
    const token = this.furthest;
    const atIndent = token.kind === "indent" || token.kind === "dedent";
    if (token.kind === "end" || (atIndent && token.line > this.tokenizer.lines.length - 1)) {
      // At the end of the text the place is the last line.
      const { lines } = this.tokenizer;
      const last = lines.length > 1 && lines[lines.length - 1] === "" ? lines.length - 1 : lines.length;
      throw new SyntaxProblem(kind, message, last, 0, undefined, undefined, true);
    }
    throw new SyntaxProblem(kind, message, token.line, atIndent ? token.column - 1 : token.column, token.endLine, atIndent || kind === "IndentationError" ? undefined : token.endColumn, false);
  }

  /**
   * Runs the grammar: first plainly, then for a better message. Errors of the tokenizer further on in the text win over "invalid syntax", and an
   * open bracket from an earlier line over any error (_PyPegen_set_syntax_error of pegen_errors.c).
   */
  protected parseTwice<T>(grammar: () => T): T {
    try {
      return grammar();
    } catch (error) {
      if (!(error instanceof ParseFail)) throw error;
    }
    const last = this.furthest;
    this.index = 0;
    this.diagnosing = true;
    let problem: SyntaxProblem;
    try {
      grammar();
      problem = generic(last);
    } catch (error) {
      if (error instanceof SyntaxProblem) problem = error;
      else if (error instanceof ParseFail) problem = generic(last);
      else throw error;
    }
    if (problem.kind === "IndentationError" && (last.kind === "indent" || last.kind === "dedent")) throw problem;
    const reached = this.furthest;
    try {
      while (this.furthest.kind !== "end") this.tokens.push(this.tokenizer.next());
    } catch (error) {
      if (!(error instanceof SyntaxProblem)) throw error;
      const open = this.tokenizer.openBracket;
      if (error.incomplete) {
        if (open && reached.line > open.line) throw error;
        throw problem;
      }
      if (open && reached.line > open.line) throw new SyntaxProblem("SyntaxError", `'${open.character}' was never closed`, open.line, open.column);
      throw error;
    }
    throw problem;
  }

  protected isKeyword(token: Token): boolean {
    return KEYWORDS.has(token.text);
  }
}

function generic(last: Token): SyntaxProblem {
  if (last.kind === "indent") return new SyntaxProblem("IndentationError", "unexpected indent", last.line, last.column - 1);
  if (last.kind === "dedent") return new SyntaxProblem("IndentationError", "unexpected unindent", last.line, last.column - 1);
  return new SyntaxProblem("SyntaxError", "invalid syntax", last.line, last.column, last.endLine, last.endColumn, last.kind === "end");
}
