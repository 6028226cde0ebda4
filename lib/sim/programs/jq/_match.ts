// match, test and their kin: Oniguruma's Perl syntax, on the machine's own engine. Offsets count code points.

import { compileRegex, type MatchOffsets, type Regex, RegexLimitError, RegexSyntaxError } from "../kit/regex/compile-regex.ts";
import { JqError, type Json, described } from "./_value.ts";

const compiled = new Map<string, Regex>();

function regexOf(pattern: string, ignoreCase: boolean, extended: boolean, dotAll: boolean): Regex {
  const key = `${ignoreCase}${extended}${dotAll}${pattern}`;
  let regex = compiled.get(key);
  if (!regex) {
    if (compiled.size > 200) compiled.clear();
    regex = compileRegex(`${extended || dotAll ? `(?${extended ? "x" : ""}${dotAll ? "s" : ""})` : ""}${pattern}`, { syntax: "pcre", ignoreCase, newlineSensitive: true });
    compiled.set(key, regex);
  }
  return regex;
}

export function matches(value: Json, pattern: Json, flagText: Json, test: boolean): Json {
  if (typeof value !== "string") throw new JqError(`${described(value)} cannot be matched, as it is not a string`);
  if (typeof pattern !== "string") throw new JqError(`${described(pattern)} cannot be matched, as it is not a string`);
  if (flagText !== null && typeof flagText !== "string") throw new JqError(`${described(flagText)} is not a string`);
  const flags = flagText ?? "";
  if (/[^gixsnlp]/.test(flags)) throw new JqError(`${flags} is not a valid modifier string`);
  const global = flags.includes("g");
  let regex: Regex;
  try {
    regex = regexOf(pattern, flags.includes("i"), flags.includes("x"), flags.includes("s") || flags.includes("p"));
  } catch (error) {
    if (error instanceof RegexSyntaxError || error instanceof RegexLimitError) throw new JqError(`Regex failure: ${message(pattern, error)}`);
    throw error;
  }
  const found: Json[] = [];
  const astral = /[\ud800-\udfff]/.test(value);
  const places = astral ? codePointPlaces(value) : undefined;
  const place = (at: number): number => places?.[at] ?? at;
  for (let from = 0; from <= value.length;) {
    let offsets: MatchOffsets | undefined;
    try {
      offsets = regex.exec(value, from);
    } catch (error) {
      if (error instanceof RegexLimitError) throw new JqError("Regex failure: match-stack limit over");
      throw error;
    }
    if (!offsets) break;
    if (test) return true;
    const [start = 0, end = 0] = [offsets[0], offsets[1]];
    // jq 1.6 stops at the end of the text instead of matching nothing there.
    if (global && start === value.length && start > 0 && end === start) break;
    found.push(matchObject(value, offsets, regex, place, start, end));
    if (!global) break;
    from = end > start ? end : start + 1;
  }
  return test ? false : found;
}

function codePointPlaces(text: string): number[] {
  const places: number[] = [];
  let count = 0;
  for (let i = 0; i <= text.length; i++) {
    places[i] = count;
    const code = text.charCodeAt(i);
    if (!(code >= 0xd800 && code <= 0xdbff)) count++;
  }
  return places;
}

function matchObject(text: string, offsets: MatchOffsets, regex: Regex, place: (at: number) => number, start: number, end: number): Json {
  const names: (string | undefined)[] = [];
  for (const [name, number] of regex.groupNames) names[number] = name;
  const captures: Json[] = [];
  for (let group = 1; group <= regex.groupCount; group++) {
    const [from = -1, to = -1] = [offsets[2 * group], offsets[2 * group + 1]];
    const name = names[group];
    captures.push(new Map<string, Json>([
      ["offset", from < 0 ? -1 : place(from)], ["length", from < 0 ? 0 : place(to) - place(from)], ["string", from < 0 ? null : text.slice(from, to)], ["name", name ?? null],
    ]));
  }
  return new Map<string, Json>([["offset", place(start)], ["length", place(end) - place(start)], ["string", text.slice(start, end)], ["captures", captures]]);
}

/** Oniguruma's words for what is wrong. */
function message(pattern: string, error: Error): string {
  if (/\\$/.test(pattern)) return "end pattern at escape";
  const depth = pattern.replace(/\\./g, "").replace(/\[[^\]]*\]/g, "");
  const open = depth.split("(").length - depth.split(")").length;
  if (/\[[^\]]*$/.test(pattern.replace(/\\./g, ""))) return "premature end of char-class";
  if (open > 0) return "end pattern with unmatched parenthesis";
  if (open < 0) return "unmatched close parenthesis";
  if (/^[*+?]|\([*+?]|\|[*+?]/.test(pattern)) return "target of repeat operator is not specified";
  if (/range out of order/.test(error.message)) return "empty range in char class";
  return error.message;
}
