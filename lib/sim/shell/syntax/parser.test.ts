// Syntax errors in bash's words, recorded from bash 5.2 with `bash -c`.
import { describe, expect, it } from "vitest";
import { parseAll, parserFor } from "./parse.ts";
import { Parser } from "./parser.ts";
import { IncompleteInput, SyntaxProblem } from "./syntax-error.ts";

function problemOf(text: string): string {
  try {
    parseAll(text);
    return "none";
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
    return `${error.line}: ${error.message}`;
  }
}

describe("syntax errors", () => {
  it.each([
    ["echo )", "1: syntax error near unexpected token `)'"],
    [";", "1: syntax error near unexpected token `;'"],
    ["a && && b", "1: syntax error near unexpected token `&&'"],
    ["fi", "1: syntax error near unexpected token `fi'"],
    ["if true; then\nfi", "2: syntax error near unexpected token `fi'"],
    ["if true; then\necho", "3: syntax error: unexpected end of file"],
    ["while true; do; echo; done", "1: syntax error near unexpected token `;'"],
    ["for i in a b; echo", "1: syntax error near unexpected token `echo'"],
    ["for", "1: syntax error near unexpected token `newline'"],
    ["echo >", "1: syntax error near unexpected token `newline'"],
    ["case x in a) echo;; b", "1: syntax error near unexpected token `newline'"],
    ["echo a=(1)", "1: syntax error near unexpected token `('"],
    ["foo() bar", "1: syntax error near unexpected token `bar'"],
    ["f() { a; } b", "1: syntax error near unexpected token `b'"],
    ['echo "a', "1: unexpected EOF while looking for matching `\"'"],
    ["echo 'a\nb", "1: unexpected EOF while looking for matching `''"],
    ["echo ${a", "1: unexpected EOF while looking for matching `}'"],
    ["echo $(foo\nbar", "3: unexpected EOF while looking for matching `)'"],
    ["echo `a", "1: unexpected EOF while looking for matching ``'"],
    ["((1+", "1: unexpected EOF while looking for matching `)'"],
    ["[[ a b", "1: conditional binary operator expected"],
    ["[[ -f ]]", "1: unexpected argument `]]' to conditional unary operator"],
    ["echo ok", "none"],
    ["echo ${%}", "none"],
  ])("%j", (text, expected) => {
    expect(problemOf(text)).toBe(expected);
  });
});

describe("incremental reading", () => {
  const options = { extglob: false, alias: undefined, posix: false, complete: false, firstLine: 1 };
  it.each(["if true", "echo 'a", "cat <<E\nx", "a &&", "{ a", "f() {", "x=(1", "echo \\", "echo $(a", "case x in", "while a; do", "[["])("%j asks for more", (text) => {
    expect(() => new Parser(`${text}\n`, options).nextCommand()).toThrow(IncompleteInput);
  });
  it.each(["echo a", "cat <<E\nx\nE", "f() { a; }", "a | b", "for i in 1; do a; done", "# comment"])("%j is whole", (text) => {
    expect(new Parser(`${text}\n`, options).nextCommand()).toBeDefined();
  });
});

describe("aliases", () => {
  it("are replaced where a command may stand, once each, and after a blank", () => {
    const aliases = new Map([["ll", "ls -l"], ["ls", "ls -F"], ["e", "echo "], ["x", "X"]]);
    const words = (text: string) => {
      const parser = parserFor(text, { alias: (name) => aliases.get(name) });
      const command = parser.nextCommand()?.items[0]?.command;
      return command?.type === "simple" ? command.words.map((word) => word.text).join(" ") : "";
    };
    expect(["ll", "echo ll", "e x x", "'ll'", "ls"].map(words)).toEqual(["ls -F -l", "echo ll", "echo X x", "'ll'", "ls -F"]);
  });
});
