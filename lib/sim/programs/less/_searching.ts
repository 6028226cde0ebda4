// Searching, and the lines that & leaves.

import type { Blocking } from "../../kernel/sys.ts";
import { compileRegex, type Regex, RegexLimitError, RegexSyntaxError } from "../kit/regex/compile-regex.ts";
import type { Pager } from "./_pager.ts";
import { searchText } from "./_rows.ts";
import { jumpTo } from "./_scrolling.ts";

export function* searchCommand(pager: Pager, key: "/" | "?", count: number): Blocking<void> {
  const entry = yield* pager.entry(key);
  if (entry === undefined) return;
  let source = entry;
  let inverted = false;
  while (source !== "" && "\u000e!\u000b\u0006*@\u0005\u0012".includes(source[0] ?? "x")) {
    if (source[0] === "!" || source[0] === "\u000e") inverted = true;
    source = source.slice(1);
  }
  const backwards = key === "?";
  if (source === "") {
    if (!pager.pattern) {
      yield* pager.message("No previous search pattern");
      return;
    }
    pager.pattern = { ...pager.pattern, backwards };
  } else {
    const regex = yield* compilePattern(pager, source);
    if (!regex) return;
    pager.pattern = { regex, backwards, inverted };
    pager.patternText = source;
  }
  pager.marksOff = false;
  yield* searchFor(pager, backwards, count, entry === "");
}

export function* compilePattern(pager: Pager, source: string): Blocking<Regex | undefined> {
  try {
    const ignoreCase = pager.options.has("I") || (pager.options.has("i") && source.toLowerCase() === source);
    return compileRegex(source, { syntax: "ere", ignoreCase });
  } catch (error) {
    if (!(error instanceof RegexSyntaxError)) throw error;
    yield* pager.message("Invalid pattern");
    return undefined;
  }
}

/** Includes the screen when it is a new search; goes on behind the top line when it is repeated. */
export function* searchFor(pager: Pager, backwards: boolean, count: number, repeated: boolean): Blocking<void> {
  const pattern = pager.pattern;
  if (!pattern) return;
  const places = yield* pager.screenPlaces();
  let line = repeated ? pager.top.line + (backwards ? -1 : 1) : backwards ? (places.at(-1)?.line ?? pager.top.line) : pager.top.line;
  if (pager.options.has("a") && !repeated) line = backwards ? pager.top.line - 1 : (places.at(-1)?.line ?? pager.top.line) + 1;
  let left = count;
  for (;;) {
    if (!backwards) yield* pager.text.need(line + 1);
    const text = pager.text.lines[line];
    if (text === undefined) break;
    let found = false;
    try {
      found = pager.visible(line) && pattern.regex.test(searchText(text, pager.options.has("R"))) !== pattern.inverted;
    } catch (error) {
      if (!(error instanceof RegexLimitError)) throw error;
    }
    if (pager.io.sys.charge(1 + (pattern.regex.takeWork() >> 8))) yield* pager.io.sys.preempt();
    if (found && --left === 0) {
      yield* jumpTo(pager, line);
      return;
    }
    line += backwards ? -1 : 1;
  }
  yield* pager.paint();
  yield* pager.message("Pattern not found");
}

export function* filterCommand(pager: Pager): Blocking<void> {
  const entry = yield* pager.entry("&/");
  if (entry === undefined) return;
  let source = entry;
  let inverted = false;
  while (source.startsWith("!") || source.startsWith("\u000e")) {
    inverted = true;
    source = source.slice(1);
  }
  if (source === "") {
    pager.filter = undefined;
  } else {
    const regex = yield* compilePattern(pager, source);
    if (!regex) return;
    pager.filter = { regex, inverted };
    const first = yield* pager.nextLine(pager.top.line);
    pager.top = { line: first ?? pager.text.lines.length, row: 0 };
  }
  yield* pager.paint();
}
