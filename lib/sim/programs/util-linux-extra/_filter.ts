// The expressions of lsfd -Q: comparisons of columns with numbers and texts, joined by and, or, not.

import { compileRegex } from "../kit/regex/compile-regex.ts";

export class FilterError extends Error {}

export type Cells = (column: string) => string;
type Test = (cells: Cells) => boolean;
type Value = { readonly kind: "column"; readonly name: string } | { readonly kind: "number"; readonly value: number } | { readonly kind: "text"; readonly value: string };

const TOKEN = /\s*(?:(==|!=|<=|>=|=~|!~|<|>|&&|\|\||!|\(|\))|'([^']*)'|"([^"]*)"|(\d+)|([A-Za-z_][A-Za-z0-9_:./-]*))/y;

interface Token {
  readonly text: string;
  readonly kind: "sign" | "text" | "number" | "word";
}

function tokens(expression: string): Token[] {
  const found: Token[] = [];
  TOKEN.lastIndex = 0;
  while (expression.slice(TOKEN.lastIndex).trim() !== "") {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(expression);
    if (match === null) throw new FilterError(`unexpected character ${expression.slice(from).trim().charAt(0)}`);
    const [, sign, single, double, number, word] = match;
    if (sign !== undefined) found.push({ text: sign, kind: "sign" });
    else if (number !== undefined) found.push({ text: number, kind: "number" });
    else if (word !== undefined) found.push({ text: word, kind: "word" });
    else found.push({ text: single ?? double ?? "", kind: "text" });
  }
  return found;
}

/** `columns`: those that may be named. Throws FilterError. */
export function parseFilter(expression: string, columns: ReadonlySet<string>): Test {
  const list = tokens(expression);
  let at = 0;
  const peek = (): Token | undefined => list[at];
  const isWord = (token: Token | undefined, ...words: readonly string[]): boolean => token !== undefined && token.kind !== "text" && words.includes(token.text.toLowerCase());
  const value = (): Value => {
    const token = list[at++];
    if (token === undefined) throw new FilterError("empty filter expression");
    if (token.kind === "number") return { kind: "number", value: Number(token.text) };
    if (token.kind === "text") return { kind: "text", value: token.text };
    if (token.kind === "sign") throw new FilterError(`unexpected token ${token.text}`);
    if (!columns.has(token.text.toUpperCase())) throw new FilterError(`no such column: ${token.text}`);
    return { kind: "column", name: token.text.toUpperCase() };
  };
  const read = (one: Value, cells: Cells): string => (one.kind === "column" ? cells(one.name) : String(one.value));
  const truth = (word: string): boolean => word !== "" && word !== "0" && word !== "false";
  const primary = (): Test => {
    if (isWord(peek(), "!", "not")) {
      at++;
      const inner = primary();
      return (cells) => !inner(cells);
    }
    if (isWord(peek(), "(")) {
      at++;
      const inner = either();
      if (!isWord(list[at++], ")")) throw new FilterError("unbalanced parenthesis");
      return inner;
    }
    const left = value();
    const sign = peek();
    const operator = ({ eq: "==", ne: "!=", lt: "<", le: "<=", gt: ">", ge: ">=" } as Readonly<Record<string, string>>)[sign?.kind === "word" ? sign.text.toLowerCase() : ""] ?? (sign?.kind === "sign" ? sign.text : "");
    if (!["==", "!=", "<", "<=", ">", ">=", "=~", "!~"].includes(operator)) return (cells) => truth(read(left, cells));
    at++;
    const right = value();
    if (operator === "=~" || operator === "!~") {
      const regex = compileRegex(right.kind === "text" ? right.value : "", { syntax: "ere" });
      return (cells) => regex.test(read(left, cells)) === (operator === "=~");
    }
    return (cells) => {
      const [a, b] = [read(left, cells), read(right, cells)];
      const numeric = left.kind === "number" || right.kind === "number";
      if (numeric && (!/^-?\d+$/.test(a) || !/^-?\d+$/.test(b))) return operator === "!=";
      const order = numeric ? Number(a) - Number(b) : a < b ? -1 : a > b ? 1 : 0;
      return operator === "==" ? order === 0 : operator === "!=" ? order !== 0 : operator === "<" ? order < 0 : operator === "<=" ? order <= 0 : operator === ">" ? order > 0 : order >= 0;
    };
  };
  const both = (): Test => {
    let test = primary();
    while (isWord(peek(), "&&", "and")) {
      at++;
      const [left, right] = [test, primary()];
      test = (cells) => left(cells) && right(cells);
    }
    return test;
  };
  const either = (): Test => {
    let test = both();
    while (isWord(peek(), "||", "or")) {
      at++;
      const [left, right] = [test, both()];
      test = (cells) => left(cells) || right(cells);
    }
    return test;
  };
  const whole = either();
  if (at < list.length) throw new FilterError(`unexpected token ${list[at]?.text ?? ""}`);
  return whole;
}
