// The characters of a program and what stands between its words: spaces, comments, pod, the bodies of here-documents.

import { PerlError } from "../values/value.ts";
import type { Pragmas } from "./tree.ts";

/** What the parser asks of the interpreter. */
export interface Host {
  hasSub(fullName: string): boolean;
  /** the prototype, when the sub was declared with one (only "" and "&..." change how it parses) */
  prototypeOf(fullName: string): string | undefined;
  hasPackage(name: string): boolean;
  hasHandle(name: string): boolean;
  warn(message: string): void;
}

/** A message that ends the compilation; it is printed with the "aborted" line. */
export class SyntaxProblem extends PerlError {
}

export const NO_PRAGMAS: Pragmas = {
  strictVars: false, strictRefs: false, strictSubs: false, warnings: false, quiet: new Set(), integer: false, utf8: false, features: new Set(), fatal: false,
};

export const OPENERS = new Map([["(", ")"], ["[", "]"], ["{", "}"], ["<", ">"]]);

export abstract class Scanner {
  readonly src: string;
  readonly file: string;
  readonly host: Host;
  pos = 0;
  pkg: string;
  pragmas: Pragmas;
  /** Line of the first character. */
  readonly firstLine: number;
  protected readonly heredocs = new Map<number, number>();
  protected lastHeredocEnd = -1;
  protected lastHeredocLine = -1;
  #lineStarts: number[] | undefined;
  /** `# line N "FILE"` and the newlines that here-documents swallow need none of it: lines are counted in the source. */
  tokens: [number, number, number] = [0, 0, 0];
  dataStart: number | undefined;

  constructor(src: string, options: { readonly file: string; readonly host: Host; readonly pkg: string; readonly pragmas: Pragmas; readonly line?: number }) {
    this.src = src;
    this.file = options.file;
    this.host = options.host;
    this.pkg = options.pkg;
    this.pragmas = options.pragmas;
    this.firstLine = options.line ?? 1;
  }

  lineAt(position: number): number {
    if (!this.#lineStarts) {
      this.#lineStarts = [0];
      for (let at = this.src.indexOf("\n"); at >= 0; at = this.src.indexOf("\n", at + 1)) this.#lineStarts.push(at + 1);
    }
    const starts = this.#lineStarts;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= position) low = middle;
      else high = middle - 1;
    }
    return this.firstLine + low;
  }

  get line(): number {
    return this.lineAt(Math.min(this.pos, Math.max(this.src.length - 1, 0)));
  }

  /** The character at the position; "" at the end. */
  get c(): string {
    return this.src.charAt(this.pos);
  }

  at(text: string): boolean {
    return this.src.startsWith(text, this.pos);
  }

  /** A word at the position, whole. */
  atWord(word: string): boolean {
    return this.at(word) && !/[\w]/.test(this.src.charAt(this.pos + word.length));
  }

  match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.pos;
    return pattern.exec(this.src);
  }

  space(): void {
    const { src } = this;
    for (;;) {
      const c = src.charCodeAt(this.pos);
      if (c === 10) {
        const skip = this.heredocs.get(this.pos);
        this.pos = skip ?? this.pos + 1;
        if (src.charAt(this.pos) === "=" && /[A-Za-z]/.test(src.charAt(this.pos + 1))) this.#pod();
      } else if (c === 32 || c === 9 || c === 13 || c === 12) this.pos++;
      else if (c === 35) {
        const end = src.indexOf("\n", this.pos);
        this.pos = end < 0 ? src.length : end;
      } else if (c === 61 && this.pos === 0 && /[A-Za-z]/.test(src.charAt(1))) this.#pod();
      else return;
    }
  }

  #pod(): void {
    const end = this.match(/^=cut\b.*$/gm);
    if (!end) this.pos = this.src.length;
    else {
      const newline = this.src.indexOf("\n", end.index);
      this.pos = newline < 0 ? this.src.length : newline + 1;
      if (this.src.charAt(this.pos) === "=" && /[A-Za-z]/.test(this.src.charAt(this.pos + 1))) this.#pod();
    }
  }

  /** Notes that a token begins here, for "near". */
  token(): void {
    const [, previous, last] = this.tokens;
    if (last !== this.pos) this.tokens = [previous, last, this.pos];
  }

  accept(text: string): boolean {
    this.space();
    if (!this.at(text)) return false;
    this.token();
    this.pos += text.length;
    return true;
  }

  acceptWord(word: string): boolean {
    this.space();
    if (!this.atWord(word)) return false;
    this.token();
    this.pos += word.length;
    return true;
  }

  expect(text: string): void {
    if (!this.accept(text)) this.syntaxError();
  }

  fail(message: string, line = this.line): never {
    throw new SyntaxProblem(`${message} at ${this.file} line ${line}.\n`, true);
  }

  /** What the real parser quotes: from the token before the one that does not fit up to its end. */
  syntaxError(): never {
    this.space();
    if (this.pos >= this.src.length) {
      const [, , last] = this.tokens;
      const from = this.src.slice(last).trimEnd() === "" ? "" : this.src.slice(last);
      const line = this.lineAt(Math.max(this.src.length - 1, 0));
      if (this.isFragment && this.braces + this.brackets > 0) throw new SyntaxProblem(`Missing right curly or square bracket at ${this.file} line ${line}, within string\nsyntax error at ${this.file} line ${line}, at EOF\n`, true);
      if (from === "" || this.braces > 0 || this.brackets > 0) {
        if (this.brackets > 0) throw new SyntaxProblem(`syntax error at ${this.file} line ${line}, at EOF\nMissing right curly or square bracket at ${this.file} line ${line}, at end of line\n`, true);
        throw new SyntaxProblem(this.braces > 0 ? `Missing right curly or square bracket at ${this.file} line ${line}, at end of line\nsyntax error at ${this.file} line ${line}, at EOF\n` : `syntax error at ${this.file} line ${line}, at EOF\n`, true);
      }
      throw new SyntaxProblem(`syntax error at ${this.file} line ${line}, at EOF\n`, true);
    }
    const line = this.line;
    this.token();
    const [, last, current] = this.tokens;
    const found = this.match(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[$@%&]?[\w:]+|=>|->|\+\+|--|\*\*|=~|!~|==|!=|<=|>=|&&|\|\||\.\.|::|[\s\S]/gy);
    const tokenEnd = current + (found?.[0].length ?? 1);
    const newline = this.src.indexOf("\n", tokenEnd);
    const lineEnd = newline < 0 ? this.src.length : newline + 1;
    const start = this.src.slice(last, current).includes("\n") && this.src.slice(last, current).trim().length > 180 ? current : last;
    const near = this.nearExtends(tokenEnd) ? this.src.slice(start, lineEnd) : this.src.slice(start, tokenEnd);
    throw new SyntaxProblem(`syntax error at ${this.file} line ${line}, near "${near.trimStart()}"\n`, true);
  }

  /** a string's or pattern's text */
  isFragment = false;
  /** open blocks; subscripts and anonymous arrays and hashes; parentheses */
  braces = 0;
  brackets = 0;
  parens = 0;

  /** After a word or a closing bracket the real lexer has looked ahead to the end of the line. */
  protected nearExtends(tokenEnd: number): boolean {
    const word = /\w+$/.exec(this.src.slice(Math.max(0, tokenEnd - 20), tokenEnd))?.[0] ?? "";
    return /[\w$@}]/.test(this.src.charAt(tokenEnd - 1)) && !/^(?:else|elsif|if|unless|while|until|for|foreach|and|or|xor|not|print|my|our)$/.test(word);
  }
}
