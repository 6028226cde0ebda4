// -S of pvs, vgs and lvs (lvmreport(7), "Selection"): comparisons of fields joined with && , || # ! and parentheses.
import { compileRegex } from "../kit/regex/compile-regex.ts";
import { RegexSyntaxError } from "../kit/regex/regex-syntax-error.ts";
import { fail } from "./_error.ts";
import type { Cell } from "./_report.ts";

type Test<R> = (row: R) => boolean;

const OPERATORS = ["=~", "!~", "!=", ">=", "<=", "=", ">", "<"] as const;

/** "50m": sectors; a bare number counts mebibytes. */
function sectorsOf(word: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)([bskmgtpe]?)(?:i?b)?$/i.exec(word);
  if (!match) return undefined;
  const unit = (match[2] ?? "").toLowerCase() || "m";
  return unit === "s" ? Number(match[1]) : (Number(match[1]) * 1024 ** "bkmgtpe".indexOf(unit)) / 512;
}

/** `valueOf`: a function that gives a field's cell, undefined when nobody knows the field. Errors: LvmError. */
export function parseSelection<R>(source: string, valueOf: (name: string) => ((row: R) => Cell) | undefined): Test<R> {
  let at = 0;
  const wrong = (from: number, reason?: string): never => fail(`${reason === undefined ? "" : `${reason}\n`}Selection syntax error at '${source.slice(from)}'.\nUse 'help' for selection to get more help.`);
  const skip = (): void => {
    while (source[at] === " ") at++;
  };
  const taken = (word: string): boolean => {
    skip();
    if (!source.startsWith(word, at)) return false;
    at += word.length;
    return true;
  };
  const value = (): string => {
    skip();
    const quote = source[at];
    if (quote === '"' || quote === "'") {
      const end = source.indexOf(quote, at + 1);
      if (end < 0) return wrong(at);
      const text = source.slice(at + 1, end);
      at = end + 1;
      return text;
    }
    const start = at;
    while (at < source.length && !/[\s,|&#()]/.test(source[at] ?? "")) at++;
    return source.slice(start, at);
  };
  const comparison = (): Test<R> => {
    skip();
    const start = at;
    const name = /^[a-z_]+/.exec(source.slice(at))?.[0] ?? "";
    if (name === "") return wrong(start);
    const read = valueOf(name) ?? wrong(start, `Unrecognised selection field: ${name}`);
    at += name.length;
    skip();
    const operator = OPERATORS.find((one) => source.startsWith(one, at));
    if (operator === undefined) return wrong(start, `Unrecognised comparison operator: ${source.slice(at)}`);
    at += operator.length;
    const wanted = value();
    if (operator === "=~" || operator === "!~") {
      try {
        const regex = compileRegex(wanted, { syntax: "ere" });
        return (row) => {
          const cell = read(row);
          return regex.test(typeof cell === "string" ? cell : String(cell.sectors)) === (operator === "=~");
        };
      } catch (error) {
        if (error instanceof RegexSyntaxError) return wrong(start);
        throw error;
      }
    }
    if (wanted === "" && operator !== "=" && operator !== "!=") return wrong(start, `Failed to parse numeric value for selection field ${name}.`);
    const order = (row: R): number | undefined => {
      const cell = read(row);
      if (typeof cell === "object") {
        const sectors = sectorsOf(wanted);
        return sectors === undefined ? undefined : cell.sectors - sectors;
      }
      const numbers = /^-?[\d.]+$/.test(cell) && /^-?[\d.]+$/.test(wanted);
      return numbers ? Number(cell) - Number(wanted) : cell === wanted ? 0 : cell < wanted ? -1 : 1;
    };
    return (row) => {
      const found = order(row);
      if (found === undefined) return false;
      switch (operator) {
        case "=": return found === 0;
        case "!=": return found !== 0;
        case ">": return found > 0;
        case "<": return found < 0;
        case ">=": return found >= 0;
        case "<=": return found <= 0;
      }
    };
  };
  const single = (depth: number): Test<R> => {
    if (depth > 32) return wrong(at);
    if (taken("(")) {
      const inner = any(depth + 1);
      if (!taken(")")) return wrong(at);
      return inner;
    }
    skip();
    if (source[at] === "!") {
      at++;
      const inner = single(depth + 1);
      return (row) => !inner(row);
    }
    return comparison();
  };
  const every = (depth: number): Test<R> => {
    const tests = [single(depth)];
    while (taken("&&") || taken(",")) tests.push(single(depth));
    return (row) => tests.every((test) => test(row));
  };
  const any = (depth: number): Test<R> => {
    const tests = [every(depth)];
    while (taken("||") || taken("#")) tests.push(every(depth));
    return (row) => tests.some((test) => test(row));
  };
  const test = any(0);
  skip();
  if (at < source.length) return wrong(at);
  return test;
}
