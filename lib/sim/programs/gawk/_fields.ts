// How a record is cut into fields: FS, FPAT, FIELDWIDTHS; and split() and patsplit(), which keep what stood between.

import type { Regex } from "../kit/regex/compile-regex.ts";

export type Splitter =
  | { readonly kind: "blanks"; /** --posix: a newline is none */ readonly newline: boolean }
  | { readonly kind: "characters" }
  | { readonly kind: "text"; readonly text: string }
  /** `lines`: a newline separates too, as RS="" wants it */
  | { readonly kind: "regex"; readonly regex: Regex; readonly lines: boolean }
  | { readonly kind: "pattern"; readonly regex: Regex }
  | { readonly kind: "widths"; readonly widths: readonly { readonly skip: number; readonly width: number }[] };

export interface Cut {
  readonly fields: readonly string[];
  /** one more than fields, from what stands before the first to what stands behind the last */
  readonly separators: readonly string[];
}

export function cut(text: string, splitter: Splitter): Cut {
  switch (splitter.kind) {
    case "blanks":
      return cutBlanks(text, splitter.newline);
    case "characters": {
      const fields = Array.from(text);
      return { fields, separators: new Array<string>(fields.length + 1).fill("") };
    }
    case "text": {
      if (text === "") return { fields: [], separators: [""] };
      const fields = text.split(splitter.text);
      return { fields, separators: ["", ...new Array<string>(fields.length - 1).fill(splitter.text), ""] };
    }
    case "regex":
      return text === "" ? { fields: [], separators: [""] } : cutByRegex(text, splitter.regex, splitter.lines);
    case "pattern":
      return cutByPattern(text, splitter.regex);
    case "widths":
      return cutByWidths(text, splitter.widths);
  }
}

function cutBlanks(text: string, newline: boolean): Cut {
  const fields: string[] = [];
  const separators: string[] = [];
  const { length } = text;
  let at = 0;
  for (;;) {
    const from = at;
    let c = text.charCodeAt(at);
    while (c === 32 || c === 9 || (c === 10 && newline)) c = text.charCodeAt(++at);
    separators.push(text.slice(from, at));
    if (at >= length) {
      if (separators.length === fields.length) separators.push("");
      return { fields, separators };
    }
    const start = at;
    while (at < length && !(c === 32 || c === 9 || (c === 10 && newline))) c = text.charCodeAt(++at);
    fields.push(text.slice(start, at));
  }
}

function cutByRegex(text: string, regex: Regex, lines: boolean): Cut {
  const fields: string[] = [];
  const separators: string[] = [""];
  let start = 0;
  let from = 0;
  while (from <= text.length) {
    const found = regex.exec(text, from, false, text.length, false);
    const newline = lines ? text.indexOf("\n", from) : -1;
    let begin = found ? (found[0] ?? 0) : -1;
    let end = found ? (found[1] ?? 0) : -1;
    if (newline >= 0 && (begin < 0 || newline < begin)) {
      begin = newline;
      end = newline + 1;
    }
    if (begin < 0) break;
    if (end === begin) {
      from = begin + 1;
      continue;
    }
    fields.push(text.slice(start, begin));
    separators.push(text.slice(begin, end));
    start = end;
    from = end;
  }
  fields.push(text.slice(start));
  separators.push("");
  return { fields, separators };
}

/** FPAT: the fields are what matches; an empty match stands between two separators, once. */
function cutByPattern(text: string, regex: Regex): Cut {
  const fields: string[] = [];
  const separators: string[] = [];
  if (text === "") return { fields, separators: [""] };
  let at = 0;
  let from = 0;
  let lastWasFilled = false;
  while (from <= text.length) {
    const found = regex.exec(text, from, false, text.length, false);
    if (!found) break;
    const begin = found[0] ?? 0;
    const end = found[1] ?? 0;
    if (begin === end && lastWasFilled && begin === at) {
      // Directly behind a field nothing is no field: the separator comes first.
      lastWasFilled = false;
      from = begin + 1;
      if (begin >= text.length) break;
      continue;
    }
    fields.push(text.slice(begin, end));
    separators.push(text.slice(at, begin));
    at = end;
    lastWasFilled = end > begin;
    from = end > begin ? end : end + 1;
  }
  separators.push(text.slice(at));
  return { fields, separators };
}

function cutByWidths(text: string, widths: readonly { readonly skip: number; readonly width: number }[]): Cut {
  const characters = /[\ud800-\udbff]/.test(text) ? Array.from(text) : text;
  const slice = (from: number, to: number): string => (typeof characters === "string" ? characters.slice(from, to) : characters.slice(from, to).join(""));
  const fields: string[] = [];
  const separators: string[] = [];
  let at = 0;
  for (const { skip, width } of widths) {
    if (at + skip >= characters.length) break;
    separators.push(slice(at, at + skip));
    at += skip;
    fields.push(slice(at, at + width));
    at = Math.min(characters.length, at + width);
  }
  separators.push(slice(at, characters.length));
  return { fields, separators };
}

/** "5 2:3 *"; a complaint when it is none. */
export function parseWidths(text: string): readonly { readonly skip: number; readonly width: number }[] | { readonly wrong: number } {
  const widths: { readonly skip: number; readonly width: number }[] = [];
  const words = text.trim() === "" ? [] : text.trim().split(/[ \t]+/);
  for (const [i, word] of words.entries()) {
    const found = /^(?:(\d+):)?(\d+|\*)$/.exec(word);
    if (!found || (found[2] === "*" && i < words.length - 1)) return { wrong: i + 1 };
    const width = found[2] === "*" ? Number.POSITIVE_INFINITY : Number(found[2]);
    if (width === 0) return { wrong: i + 1 };
    widths.push({ skip: Number(found[1] ?? "0"), width });
  }
  return widths;
}
