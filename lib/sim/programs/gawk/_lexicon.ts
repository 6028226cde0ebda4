// gawk's words, operators and escapes, and its way to show where a source is wrong.

import { expandEscapes } from "../kit/awk/escapes.ts";
import { Lexer, type Lexicon, type Source } from "../kit/awk/lexer.ts";
import type { Dialect, Words } from "./_dialect.ts";

/** What is wrong with the program: whole lines without the program's name. */
export class GawkSyntaxError extends Error {
  /** a last line that the name does not stand before */
  readonly continued: string;
  constructor(message: string, continued = "") {
    super(message);
    this.continued = continued;
  }
}

const OPERATORS = ["**=", "||", "&&", "==", "!=", "<=", ">=", "++", "--", "+=", "-=", "*=", "/=", "%=", "^=", "**", "!~", ">>", "|&",
  "{", "}", "(", ")", "[", "]", ";", ",", "+", "-", "*", "/", "%", "^", "!", "<", ">", "|", "?", ":", "~", "$", "=", "@"];

/** The message with the line as it stands in the source and a mark below it. */
export function complain(source: Source, message: string, line: number, column: number, shownLine = line): never {
  const text = source.text.split("\n")[line - 1] ?? "";
  const head = `${source.name}:${shownLine}: `;
  throw new GawkSyntaxError(`${head}${text}\n${head}${text.slice(0, column).replace(/[^\t]/g, " ")}^ ${message}`);
}

/** C escapes; a letter that has none stands for itself, and `plain` is told. */
export function stringEscapes(text: string, bytes: boolean, plain: (c: string) => void): string {
  return expandEscapes(text, {
    unknown: (c) => {
      plain(c);
      return c;
    },
    // A byte above 127 of a multibyte locale is a lone surrogate until its neighbours make a character of it.
    byte: (code) => String.fromCharCode(code > 127 && !bytes ? 0xdc00 + code : code),
  });
}

export function lexerOf(source: Source, words: Words, dialect: Dialect, warnings: string[]): Lexer {
  const old = dialect.posix || dialect.traditional;
  const lexicon: Lexicon = {
    keywords: words.keywords, isBuiltin: (name) => words.arity(name) !== undefined, otherBases: !old,
    operators: dialect.posix ? OPERATORS.filter((one) => !one.startsWith("**")) : OPERATORS,
    name: old ? /^[A-Za-z_][A-Za-z_0-9]*/ : /^[A-Za-z_][A-Za-z_0-9]*(?:::[A-Za-z_][A-Za-z_0-9]*)?/,
    stringValue: (raw, line) => stringEscapes(raw, dialect.bytes, (c) => warnings.push(`${source.name}:${line}: warning: escape sequence \`\\${c}' treated as plain \`${c}'`)),
    refuse: (what, { line, column, rest }) => {
      if (what === "character") return complain(source, `invalid char '${rest[0] ?? ""}' in expression`, line, column);
      // The mark of an expression stands behind its first sign.
      return what === "string" ? complain(source, "unterminated string", line, column) : complain(source, "unterminated regexp", line, column + 1);
    },
  };
  return new Lexer(source, lexicon);
}
