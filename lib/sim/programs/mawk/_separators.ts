// What FS and RS mean: a blank, one character, nothing, or an expression.

import { compileRegex, type Regex, RegexSyntaxError } from "../kit/regex/compile-regex.ts";
import type { RecordSeparator } from "../kit/record-reader.ts";
import { AwkRuntimeError } from "./_format.ts";

export type FieldSeparator =
  | { readonly kind: "blanks" }
  | { readonly kind: "characters" }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "regex"; readonly regex: Regex };

/** Of one run of a program: what a match costs depends on what was matched before. */
export type RegexCache = Map<string, Regex>;

/** mawk's words for the errors of its own expression compiler. */
export function awkRegexMessage(error: RegexSyntaxError, source: string): string {
  const why = new Map([
    ["Unmatched ( or \\(", "missing ')'"],
    ["Invalid preceding regular expression", "missing operand"],
    ["Unmatched [, [^, [:, [., or [=", "bad class -- [], [^] or ["],
    ["Invalid regular expression", "bad class -- [], [^] or ["],
    ["Invalid character class name", "bad class -- [], [^] or ["],
  ]).get(error.message) ?? error.message;
  return `regular expression compile failed (${why})\n${source}`;
}

/** Throws RegexSyntaxError. */
export function compileAwkRegex(cache: RegexCache, source: string): Regex {
  let regex = cache.get(source);
  if (!regex) {
    regex = compileRegex(source, { syntax: "awk" });
    if (cache.size > 300) cache.clear();
    cache.set(source, regex);
  }
  return regex;
}

export function dynamicRegex(cache: RegexCache, source: string): Regex {
  try {
    return compileAwkRegex(cache, source);
  } catch (error) {
    if (error instanceof RegexSyntaxError) throw new AwkRuntimeError(awkRegexMessage(error, source));
    throw error;
  }
}

export function fieldSeparator(cache: RegexCache, value: string): FieldSeparator {
  if (value === " ") return { kind: "blanks" };
  if (value === "") return { kind: "characters" };
  if (value.length === 1 && value !== "\\") return { kind: "text", text: value };
  const regex = dynamicRegex(cache, value);
  return regex.literal ? { kind: "text", text: regex.literal } : { kind: "regex", regex };
}

export function recordSeparator(cache: RegexCache, value: string): RecordSeparator {
  if (value === "") return { kind: "paragraphs" };
  if (value.length === 1) return { kind: "text", text: value };
  const regex = dynamicRegex(cache, value);
  return regex.literal ? { kind: "text", text: regex.literal } : { kind: "regex", regex };
}

export function splitFields(text: string, separator: FieldSeparator): string[] {
  switch (separator.kind) {
    case "blanks":
      return splitBlanks(text);
    case "characters":
      return text.split("");
    case "text":
      return text === "" ? [] : text.split(separator.text);
    case "regex":
      return text === "" ? [] : splitByRegex(text, separator.regex);
  }
}

function splitBlanks(text: string): string[] {
  const fields: string[] = [];
  const { length } = text;
  let at = 0;
  for (;;) {
    let c = text.charCodeAt(at);
    while (c === 32 || c === 9 || c === 10) c = text.charCodeAt(++at);
    if (at >= length) return fields;
    const start = at;
    while (at < length && !(c === 32 || c === 9 || c === 10)) c = text.charCodeAt(++at);
    fields.push(text.slice(start, at));
  }
}

function splitByRegex(text: string, regex: Regex): string[] {
  const fields: string[] = [];
  let start = 0;
  let from = 0;
  while (from <= text.length) {
    const found = regex.exec(text, from, false, text.length, false);
    if (!found) break;
    const begin = found[0] ?? 0;
    const end = found[1] ?? 0;
    if (end === begin) {
      from = begin + 1;
      continue;
    }
    fields.push(text.slice(start, begin));
    start = end;
    from = end;
  }
  fields.push(text.slice(start));
  return fields;
}
