// --transform: sed's s command on member names.

import { compileRegex, type Regex, RegexSyntaxError } from "../kit/regex/compile-regex.ts";
import { Fatal, UsageError } from "./_arguments.ts";

export interface Transform {
  readonly regex: Regex;
  readonly replacement: readonly (string | number | { readonly change: string })[];
  readonly global: boolean;
  readonly number: number;
  /** which names it changes */
  readonly names: boolean;
  readonly symlinks: boolean;
  readonly hardlinks: boolean;
}

export function compileTransform(expression: string): Transform[] {
  const result: Transform[] = [];
  let at = 0;
  while (at < expression.length) {
    if (expression[at] === ";") {
      at++;
      continue;
    }
    if (expression.startsWith("flags=", at)) {
      const end = expression.indexOf(";", at);
      at = end < 0 ? expression.length : end;
      continue;
    }
    if (expression[at] !== "s") throw new UsageError("Invalid transform expression", 2);
    const start = at;
    const delimiter = expression[at + 1] ?? "";
    const part = (from: number): number => {
      for (let i = from; i < expression.length; i++) {
        if (expression[i] === "\\") i++;
        else if (expression[i] === delimiter) return i;
      }
      throw new UsageError("Invalid transform expression", 2);
    };
    const middle = part(at + 2);
    const end = part(middle + 1);
    const flags = /^[gixrRsShH0-9]*/.exec(expression.slice(end + 1))?.[0] ?? "";
    at = end + 1 + flags.length;
    const source = expression.slice(start + 2, middle).replaceAll(`\\${delimiter}`, delimiter);
    try {
      const regex = compileRegex(source, { syntax: flags.includes("x") ? "sed-ere" : "sed-bre", ignoreCase: flags.includes("i") });
      result.push({
        regex, replacement: parseReplacement(expression.slice(middle + 1, end).replaceAll(`\\${delimiter}`, delimiter)), global: flags.includes("g"), number: Number(/\d+/.exec(flags)?.[0] ?? "1"),
        names: !flags.includes("R"), symlinks: !flags.includes("S"), hardlinks: !flags.includes("H"),
      });
    } catch (error) {
      if (error instanceof RegexSyntaxError) throw new Fatal(`Invalid transform expression: ${error.message}`);
      throw error;
    }
  }
  return result;
}

function parseReplacement(source: string): (string | number | { readonly change: string })[] {
  const parts: (string | number | { readonly change: string })[] = [];
  let literal = "";
  const flush = () => {
    if (literal !== "") parts.push(literal);
    literal = "";
  };
  for (let i = 0; i < source.length; i++) {
    const c = source[i] ?? "";
    const next = source[i + 1] ?? "";
    if (c === "&") {
      flush();
      parts.push(0);
    } else if (c === "\\" && /[0-9]/.test(next)) {
      flush();
      parts.push(Number(next));
      i++;
    } else if (c === "\\" && /[LUluE]/.test(next)) {
      flush();
      parts.push({ change: next });
      i++;
    } else if (c === "\\" && next !== "") {
      literal += next === "n" ? "\n" : next === "t" ? "\t" : next;
      i++;
    } else literal += c;
  }
  flush();
  return parts;
}

export function transformName(name: string, transforms: readonly Transform[], kind: "names" | "symlinks" | "hardlinks"): string {
  let text = name;
  for (const transform of transforms) {
    if (!transform[kind]) continue;
    let result = "";
    let from = 0;
    let count = 0;
    while (from <= text.length) {
      const found = transform.regex.exec(text, from);
      if (!found) break;
      const [begin = 0, end = 0] = [found[0], found[1]];
      result += text.slice(from, begin);
      count++;
      if (count >= transform.number) {
        let mode = "";
        for (const part of transform.replacement) {
          if (typeof part === "object") {
            mode = part.change;
            continue;
          }
          const piece = typeof part === "string" ? part : text.slice(Math.max(0, found[part * 2] ?? 0), Math.max(0, found[part * 2 + 1] ?? 0));
          result += mode === "U" ? piece.toUpperCase() : mode === "L" ? piece.toLowerCase() : mode === "u" ? piece.slice(0, 1).toUpperCase() + piece.slice(1) : mode === "l" ? piece.slice(0, 1).toLowerCase() + piece.slice(1) : piece;
          if (mode === "u" || mode === "l") mode = "";
        }
      } else result += text.slice(begin, end);
      from = end;
      if (count >= transform.number && !transform.global) break;
      if (begin === end) {
        result += text.slice(from, from + 1);
        from++;
      }
    }
    text = result + text.slice(from);
  }
  return text;
}
