// Conditions of RainerScript: `$msg contains "x" and not ($syslogseverity <= 3)` (rsyslog.conf(5), "Expression-based filters").
import { compileRegex } from "../kit/regex/compile-regex.ts";
import type { Zone } from "../kit/zones.ts";
import { propertyOf, type SyslogMessage } from "./_message.ts";

type Value = string | number;
export type Expression = (message: SyslogMessage, zone: Zone) => Value;

/** `at`: where the parser stands; `token`: what it did not expect there. */
export class ScriptError extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

const OPERATORS = ["==", "!=", "<>", "<=", ">=", "<", ">"] as const;
const WORD_OPERATORS = new Set(["contains", "contains_i", "startswith", "startswith_i", "endswith"]);

const truth = (value: Value): boolean => (typeof value === "number" ? value !== 0 : value !== "" && value !== "0");
const numeric = (value: Value): number => (typeof value === "number" ? value : /^-?\d+$/.test(value) ? Number(value) : Number.NaN);

function compare(left: Value, operator: string, right: Value): boolean {
  const [a, b] = [String(left), String(right)];
  switch (operator) {
    case "contains": return a.includes(b);
    case "contains_i": return a.toLowerCase().includes(b.toLowerCase());
    case "startswith": return a.startsWith(b);
    case "startswith_i": return a.toLowerCase().startsWith(b.toLowerCase());
    case "endswith": return a.endsWith(b);
    default: {
      const [x, y] = [numeric(left), numeric(right)];
      const order = Number.isNaN(x) || Number.isNaN(y) ? (a < b ? -1 : a > b ? 1 : 0) : x - y;
      return operator === "==" ? order === 0 : operator === "!=" || operator === "<>" ? order !== 0 : operator === "<" ? order < 0 : operator === "<=" ? order <= 0 : operator === ">" ? order > 0 : order >= 0;
    }
  }
}

/** A name in front of a parenthesis is called with values. */
function call(name: string, given: readonly Expression[], at: number): Expression {
  const value = (index: number, message: SyslogMessage, zone: Zone): Value => given[index]?.(message, zone) ?? "";
  switch (name) {
    case "tolower": return (message, zone) => String(value(0, message, zone)).toLowerCase();
    case "toupper": return (message, zone) => String(value(0, message, zone)).toUpperCase();
    case "strlen": return (message, zone) => String(value(0, message, zone)).length;
    case "cstr": return (message, zone) => String(value(0, message, zone));
    case "cnum": return (message, zone) => numeric(value(0, message, zone)) || 0;
    case "re_match": case "re_match_i": return (message, zone) => (compileRegex(String(value(1, message, zone)), { syntax: "ere", ignoreCase: name.endsWith("_i") }).exec(String(value(0, message, zone))) === undefined ? 0 : 1);
    case "field": return (message, zone) => {
      const separator = value(1, message, zone);
      return String(value(0, message, zone)).split(typeof separator === "number" ? String.fromCharCode(separator) : separator)[Number(value(2, message, zone)) - 1] ?? "***FIELD NOT FOUND***";
    };
    case "getenv": return () => "";
    default: throw new ScriptError(`function name '${name}' is not known`, at);
  }
}

/** Reads one from `text` at `from`; `end` is behind it. Throws ScriptError. */
export function parseExpression(text: string, from: number): { readonly expression: Expression; readonly end: number } {
  let at = from;
  const skip = (): void => {
    for (;;) {
      const gap = /^(?:\s+|#[^\n]*|\/\*[^]*?\*\/)/.exec(text.slice(at, at + 2000));
      if (gap === null) return;
      at += gap[0].length;
    }
  };
  const word = (): string => {
    skip();
    return /^[A-Za-z_]\w*/.exec(text.slice(at, at + 100))?.[0] ?? "";
  };
  const take = (token: string): boolean => {
    skip();
    if (!text.startsWith(token, at)) return false;
    at += token.length;
    return true;
  };
  const unexpected = (): ScriptError => new ScriptError(`syntax error on token '${word() || text.charAt(at)}'`, at);

  function string(): string {
    const quote = text.charAt(at);
    let out = "";
    for (at++; at < text.length && text.charAt(at) !== quote; at++) {
      if (text.charAt(at) === "\\") at++;
      out += text.charAt(at);
    }
    at++;
    return out;
  }

  function primary(): Expression {
    skip();
    const letter = text.charAt(at);
    if (letter === "(") {
      at++;
      const inner = either();
      if (!take(")")) throw unexpected();
      return inner;
    }
    if (letter === '"' || letter === "'") {
      const value = string();
      return () => value;
    }
    const number = /^-?(?:0x[0-9a-f]+|\d+)/i.exec(text.slice(at, at + 30));
    if (number) {
      at += number[0].length;
      const value = Number(number[0]);
      return () => value;
    }
    const variable = /^\$([!./]?[A-Za-z$][\w.!$-]*)/.exec(text.slice(at, at + 200));
    if (variable) {
      const name = (variable[1] ?? "").toLowerCase();
      at += variable[0].length;
      const sample = /^[!./]/.test(name);
      return sample ? () => "" : (message, zone) => {
        const value = propertyOf(message, name, zone);
        return value ?? "";
      };
    }
    const name = word();
    if (name !== "" && /^\s*\(/.test(text.slice(at + name.length))) {
      const start = at;
      at += name.length;
      take("(");
      const given: Expression[] = [];
      if (!take(")")) {
        do given.push(either());
        while (take(","));
        if (!take(")")) throw unexpected();
      }
      return call(name.toLowerCase(), given, start);
    }
    // a word that means nothing here: what comes behind it is what cannot stand there
    at += name.length;
    throw unexpected();
  }

  function joined(): Expression {
    let left = primary();
    while (take("&")) {
      const [a, b] = [left, primary()];
      left = (message, zone) => `${a(message, zone)}${b(message, zone)}`;
    }
    return left;
  }

  function comparison(): Expression {
    const left = joined();
    skip();
    const named = word();
    const operator = WORD_OPERATORS.has(named) ? named : OPERATORS.find((one) => text.startsWith(one, at));
    if (operator === undefined) return left;
    at += operator.length;
    skip();
    if (text.charAt(at) !== "[") {
      const right = joined();
      return (message, zone) => (compare(left(message, zone), operator, right(message, zone)) ? 1 : 0);
    }
    at++;
    const choices: string[] = [];
    do {
      skip();
      choices.push(string());
    } while (take(","));
    if (!take("]")) throw unexpected();
    // != is true when none is the same
    return (message, zone) => {
      const value = left(message, zone);
      return (operator === "!=" || operator === "<>" ? choices.every((one) => compare(value, operator, one)) : choices.some((one) => compare(value, operator, one))) ? 1 : 0;
    };
  }

  function negation(): Expression {
    if (word() === "not") {
      at += 3;
      const inner = negation();
      return (message, zone) => (truth(inner(message, zone)) ? 0 : 1);
    }
    return comparison();
  }

  function both(): Expression {
    let left = negation();
    while (word() === "and") {
      at += 3;
      const [a, b] = [left, negation()];
      left = (message, zone) => (truth(a(message, zone)) && truth(b(message, zone)) ? 1 : 0);
    }
    return left;
  }

  function either(): Expression {
    let left = both();
    while (word() === "or") {
      at += 2;
      const [a, b] = [left, both()];
      left = (message, zone) => (truth(a(message, zone)) || truth(b(message, zone)) ? 1 : 0);
    }
    return left;
  }

  const expression = either();
  return { expression, end: at };
}

export const holds = (expression: Expression, message: SyslogMessage, zone: Zone): boolean => truth(expression(message, zone));
