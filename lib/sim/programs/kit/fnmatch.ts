// fnmatch(3): shell patterns for find, grep, tar, locate. The pattern becomes a POSIX expression that runs on the linear automaton.

import { compileRegex, RegexSyntaxError } from "./regex/compile-regex.ts";

export interface FnmatchOptions {
  /** FNM_PATHNAME: wildcards do not match "/" */
  readonly pathname?: boolean;
  /** FNM_PERIOD: a leading "." must be matched explicitly */
  readonly period?: boolean;
  /** FNM_CASEFOLD */
  readonly ignoreCase?: boolean;
  /** FNM_LEADING_DIR: what follows a match after "/" does not count */
  readonly leadingDirectory?: boolean;
}

const ANY = "(.|[\udc80-\udcff])";

export function compileFnmatch(pattern: string, options: FnmatchOptions = {}): (text: string) => boolean {
  const { pathname = false, period = false, ignoreCase = false, leadingDirectory = false } = options;
  if (!/[*?[\\]/.test(pattern) && !ignoreCase) {
    return leadingDirectory ? (text) => text === pattern || text.startsWith(`${pattern}/`) : (text) => text === pattern;
  }
  // "*.conf": what configuration files include, at every boot
  if (/^\*[^*?[\\]*$/.test(pattern) && !ignoreCase && !leadingDirectory) {
    const suffix = pattern.slice(1);
    return (text) => text.endsWith(suffix) && !(period && text.startsWith(".")) && !(pathname && text.slice(0, text.length - suffix.length).includes("/"));
  }
  const any = pathname ? "([^/]|[\udc80-\udcff])" : ANY;
  let source = "^";
  for (let i = 0; i < pattern.length; i++) {
    const c = String.fromCodePoint(pattern.codePointAt(i) ?? 0);
    if (c.length === 2) i++;
    if (c === "*") source += `${any}*`;
    else if (c === "?") source += any;
    else if (c === "[") {
      const bracket = readBracket(pattern, i);
      if (bracket && !(pathname && bracket.source.includes("/"))) {
        source += bracket.source;
        i = bracket.end;
      } else source += "\\[";
    } else if (c === "\\" && i + 1 < pattern.length) {
      const escaped = String.fromCodePoint(pattern.codePointAt(i + 1) ?? 0);
      i += escaped.length;
      source += literal(escaped);
    } else source += literal(c);
  }
  source += leadingDirectory ? "(/|$)" : "$";
  try {
    const regex = compileRegex(source, { syntax: "ere", ignoreCase });
    const wild = period && /^[*?[]/.test(pattern);
    return (text) => !(wild && text.startsWith(".")) && regex.test(text);
  } catch (error) {
    if (error instanceof RegexSyntaxError) return (text) => text === pattern;
    throw error;
  }
}

function literal(c: string): string {
  return /[\\^$.|?*+()[\]{}]/.test(c) ? `\\${c}` : c;
}

/** The bracket that begins at `start` as one of a POSIX expression (which has no backslash escapes inside), and its last index. */
function readBracket(pattern: string, start: number): { readonly source: string; readonly end: number } | undefined {
  let i = start + 1;
  const negated = pattern[i] === "!" || pattern[i] === "^";
  if (negated) i++;
  let first = "";
  let inner = "";
  let last = "";
  let caret = "";
  for (let n = 0; i < pattern.length; n++, i++) {
    let c = pattern[i] ?? "";
    if (c === "]" && n > 0) {
      if (first + inner + caret + last === "") return undefined;
      const body = first + inner + caret + last;
      if (!negated && body === "^") return { source: "\\^", end: i };
      return { source: `[${negated ? "^" : ""}${body}]`, end: i };
    }
    if (c === "[" && /[:=.]/.test(pattern[i + 1] ?? "")) {
      const end = pattern.indexOf(`${pattern[i + 1]}]`, i + 2);
      if (end > 0) {
        inner += pattern.slice(i, end + 2);
        i = end + 1;
        continue;
      }
    }
    if (c === "\\" && i + 1 < pattern.length) c = pattern[++i] ?? "";
    else if (c === "-" && pattern[i + 1] !== "]" && n > 0) {
      inner += c;
      continue;
    }
    if (c === "]") first = "]";
    else if (c === "-") last = "-";
    else if (c === "^") caret = "^";
    else inner += c;
  }
  return undefined;
}
