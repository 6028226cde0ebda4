// _regex: what re (python/re.ts) asks of the machine's own engine. Offsets count code points.

import { compileRegex, type MatchOffsets, type Regex, RegexLimitError, RegexSyntaxError } from "../../kit/regex/compile-regex.ts";
import { declareFunctions } from "../objects/declare.ts";
import { runtimeError, valueError } from "../objects/exception.ts";
import { isPlainText } from "../objects/text.ts";
import { PyDict } from "../objects/dictionary.ts";
import { PyTuple, type Value } from "../objects/value.ts";
import { registerModule } from "./registry.ts";

const compiled = new Map<string, Regex>();

/** flags: i, m, s, x; \Z of Python is \z of Perl. */
function regexOf(pattern: string, flags: string, whole: boolean): Regex {
  const key = `${whole ? "f" : ""}${flags}/${pattern}`;
  let regex = compiled.get(key);
  if (regex) return regex;
  let body = pattern.replace(/\\([\s\S])/g, (all, letter: string) => (letter === "Z" ? "\\z" : all));
  const inline = /[sx]/.test(flags) ? `(?${flags.replace(/[^sx]/g, "")})` : "";
  if (whole) body = `(?:${body}${flags.includes("x") ? "\n" : ""})\\z`;
  try {
    regex = compileRegex(inline + body, { syntax: "pcre", ignoreCase: flags.includes("i"), newlineSensitive: flags.includes("m") });
  } catch (error) {
    if (error instanceof RegexSyntaxError || error instanceof RegexLimitError) throw valueError(error.message);
    throw error;
  }
  if (compiled.size > 500) compiled.clear();
  compiled.set(key, regex);
  return regex;
}

/** Code points before each UTF-16 unit. */
function places(text: string): readonly number[] {
  const list: number[] = [];
  let count = 0;
  for (let i = 0; i <= text.length; i++) {
    list[i] = count;
    const code = text.charCodeAt(i);
    if (!(code >= 0xd800 && code <= 0xdbff && /[\udc00-\udfff]/.test(text.charAt(i + 1)))) count++;
  }
  return list;
}

const functions = declareFunctions({
  "facts(pattern, flags, /)": (_vm, pattern: string, flags: string) => {
    const regex = regexOf(pattern, flags, false);
    const names = new PyDict();
    for (const [name, number] of regex.groupNames) names.setText(name, number);
    return new PyTuple([regex.groupCount, names]);
  },
  "search(pattern, flags, text, start, end, mode, /)": (vm, pattern: string, flags: string, text: string, start: number, end: number, mode: string): Value => {
    const regex = regexOf(pattern, flags, mode === "full");
    const plain = isPlainText(text);
    const map = plain ? undefined : places(text);
    const unit = (point: number): number => (map ? Math.max(0, map.indexOf(point)) : point);
    const from = unit(start);
    const to = map ? (map.includes(end) ? map.indexOf(end) : text.length) : end;
    let offsets: MatchOffsets | undefined;
    try {
      offsets = regex.exec(to < text.length ? text.slice(0, to) : text, from);
    } catch (error) {
      if (error instanceof RegexLimitError) throw runtimeError("the pattern needs too many steps on this text");
      throw error;
    }
    vm.spend(1 + (regex.takeWork() >> 3));
    if (!offsets || (mode !== "search" && offsets[0] !== from)) return null;
    return new PyTuple(Array.from(offsets, (at) => (at < 0 || !map ? at : (map[at] ?? 0))));
  },
});

registerModule("_regex", { names: () => new Map<string, Value>(functions) });
