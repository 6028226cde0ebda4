// The grammar between [[ and ]] (parse.y: cond_expr, cond_or, cond_and, cond_term).
import type { Parser } from "./parser.ts";
import type { Token } from "./lexer.ts";
import { IncompleteInput, SyntaxProblem } from "./syntax-error.ts";
import { type Test, Word } from "./tree.ts";

const UNARY = /^-[abcdefghknoprstuvwxzGLNORS]$/;
const BINARY: ReadonlySet<string> = new Set(["=", "==", "!=", "=~", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef"]);

/** `line`: where it begins, which some messages name. */
export function parseConditional(parser: Parser, line: number): Test {
  const test = parseOr(parser);
  const token = parser.peek({});
  if (token.kind === "word" && token.text === "]]") {
    parser.take();
    return test;
  }
  if (token.kind === "end") throw problem(parser, "unexpected EOF while looking for `]]'", token, line);
  throw problem(parser, `syntax error in conditional expression${token.kind === "word" || token.kind === "number" ? "" : `: unexpected token \`${shown(token)}'`}`, token, line);
}

/** Where a term should begin; bash 5.2 has no words for one that is `]]`. */
function unexpected(parser: Parser, token: Token): Error {
  return problem(parser, token.kind === "word" || token.kind === "number" ? "" : `unexpected token \`${token.kind === "end" ? "EOF" : shown(token)}' in conditional command`, token);
}

function shown(token: Token): string {
  return token.kind === "newline" ? "newline" : token.text;
}

/** One line without the quoted source; `$?` stays what it was. */
function problem(parser: Parser, message: string, token: Token, line?: number): Error {
  const { lexer } = parser;
  if (token.kind === "end" && !lexer.options.complete) return new IncompleteInput();
  const last = token.kind === "end" || (token.kind === "newline" && token.start + 1 >= lexer.text.length);
  return new SyntaxProblem(message, line ?? (token.kind === "end" ? lexer.endLine() : lexer.lineAt(token.start)), undefined, token.start, last ? 2 : 0);
}

function skipNewlines(parser: Parser): void {
  while (parser.peek({}).kind === "newline") parser.take();
}

function parseOr(parser: Parser): Test {
  let left = parseAnd(parser);
  for (;;) {
    const token = parser.peek({});
    if (token.kind !== "operator" || token.text !== "||") return left;
    parser.take();
    left = { type: "or", left, right: parseOr(parser) };
  }
}

function parseAnd(parser: Parser): Test {
  const left = parseTerm(parser);
  const token = parser.peek({});
  if (token.kind !== "operator" || token.text !== "&&") return left;
  parser.take();
  return { type: "and", left, right: parseAnd(parser) };
}

function asWord(token: Token): Word | undefined {
  if (token.kind === "word") return token.word;
  if (token.kind === "number") return new Word(token.text);
  return undefined;
}

function parseTerm(parser: Parser): Test {
  skipNewlines(parser);
  const token = parser.peek({});
  if (token.kind === "operator" && token.text === "(") {
    parser.take();
    const line = parser.lexer.lineAt(token.start);
    let test: Test;
    try {
      test = parseOr(parser);
    } catch (error) {
      if (error instanceof SyntaxProblem && error.next === undefined) error.next = { message: "expected `)'", line };
      throw error;
    }
    const close = parser.peek({});
    if (close.kind !== "operator" || close.text !== ")") {
      if (close.kind === "end") throw unexpected(parser, close);
      throw problem(parser, `unexpected token \`${shown(close)}', expected \`)'`, close);
    }
    parser.take();
    skipNewlines(parser);
    return { type: "parenthesis", test };
  }
  if (token.kind === "word" && !token.quoted && token.text === "!") {
    parser.take();
    return { type: "not", test: parseTerm(parser) };
  }
  if (token.kind === "word" && !token.quoted && UNARY.test(token.text)) {
    parser.take();
    const operand = parser.peek({});
    const word = asWord(operand);
    // `-f ]]` with nothing behind is the string "-f".
    if (word && !(operand.text === "]]" && !operand.quoted)) {
      parser.take();
      skipNewlines(parser);
      return { type: "unary", operator: token.text, operand: word };
    }
    if (operand.kind === "word") throw problem(parser, `unexpected argument \`${operand.text}' to conditional unary operator`, operand);
    throw problem(parser, `unexpected argument \`${shown(operand)}' to conditional unary operator`, operand);
  }
  const left = asWord(token);
  if (!left || (token.text === "]]" && !token.quoted)) {
    if (token.kind === "end") throw unexpected(parser, token);
    throw unexpected(parser, token);
  }
  parser.take();
  const operator = parser.peek({});
  if (operator.kind === "word" && !operator.quoted && operator.text === "]]") return { type: "word", word: left };
  if (operator.kind === "operator" && (operator.text === "&&" || operator.text === "||" || operator.text === ")")) return { type: "word", word: left };
  const isAngle = operator.kind === "operator" && (operator.text === "<" || operator.text === ">");
  if (!isAngle && !(operator.kind === "word" && !operator.quoted && BINARY.has(operator.text))) {
    if (operator.kind === "end" && !parser.lexer.options.complete) throw new IncompleteInput();
    if (operator.kind === "operator" || operator.kind === "end" || operator.kind === "newline") throw problem(parser, `unexpected token \`${shown(operator)}', conditional binary operator expected`, operator);
    throw problem(parser, "conditional binary operator expected", operator);
  }
  parser.take();
  const expected = operator.text === "=~" ? { regex: true } : operator.text === "==" || operator.text === "=" || operator.text === "!=" ? { pattern: true } : {};
  let rightToken: Token;
  try {
    rightToken = parser.peek(expected);
  } catch (error) {
    if (error instanceof SyntaxProblem && error.next === undefined) error.next = { message: "unexpected argument to conditional binary operator", line: parser.lexer.endLine() };
    throw error;
  }
  const right = asWord(rightToken);
  if (!right || (rightToken.text === "]]" && !rightToken.quoted)) {
    throw problem(parser, `unexpected argument \`${shown(rightToken)}' to conditional binary operator`, rightToken);
  }
  parser.take();
  skipNewlines(parser);
  return { type: "binary", operator: operator.text, left, right };
}
