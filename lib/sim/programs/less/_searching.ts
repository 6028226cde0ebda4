// Searching, and the lines that & leaves.

import type { Blocking } from "../../kernel/sys.ts";
import { compileRegex, type Regex, RegexLimitError, RegexSyntaxError } from "../kit/regex/compile-regex.ts";
import { openFile } from "./_open-file.ts";
import type { Pager } from "./_pager.ts";
import { searchText } from "./_rows.ts";
import { jumpTo } from "./_scrolling.ts";

/** Modifiers typed before the pattern. */
interface Modifiers {
  inverted: boolean;
  pastEnd: boolean;
  firstFile: boolean;
  keepPosition: boolean;
  plain: boolean;
}

function toggle(modifiers: Modifiers, key: string, filtering: boolean): boolean {
  switch (key) {
    case "\u000e":
    case "!":
      modifiers.inverted = !modifiers.inverted;
      return true;
    case "\u0012":
      modifiers.plain = !modifiers.plain;
      return true;
    default:
  }
  if (filtering) return false;
  switch (key) {
    case "\u0005":
    case "*":
      modifiers.pastEnd = !modifiers.pastEnd;
      modifiers.firstFile = false;
      return true;
    case "\u0006":
    case "@":
      modifiers.firstFile = !modifiers.firstFile;
      modifiers.pastEnd = false;
      return true;
    case "\u000b":
      modifiers.keepPosition = !modifiers.keepPosition;
      return true;
    default:
      return false;
  }
}

function lead({ inverted, firstFile, pastEnd, keepPosition, plain }: Modifiers): string {
  return `${inverted ? "Non-match " : ""}${firstFile ? "First-file " : ""}${pastEnd ? "EOF-ignore " : ""}${keepPosition ? "Keep-pos " : ""}${plain ? "Regex-off " : ""}`;
}

const unmodified = (): Modifiers => ({ inverted: false, pastEnd: false, firstFile: false, keepPosition: false, plain: false });

export function* searchCommand(pager: Pager, key: "/" | "?", count: number): Blocking<void> {
  const modifiers = unmodified();
  const source = yield* pager.entry(() => lead(modifiers) + key, (typed) => toggle(modifiers, typed, false));
  if (source === undefined) return;
  const backwards = key === "?";
  if (source === "") {
    if (!pager.pattern) {
      yield* pager.message("No previous search pattern");
      return;
    }
    pager.pattern = { ...pager.pattern, backwards };
  } else {
    const regex = yield* compilePattern(pager, source, modifiers.plain);
    if (!regex) return;
    pager.pattern = { regex, backwards, inverted: modifiers.inverted, pastEnd: modifiers.pastEnd };
    pager.patternText = source;
    pager.patternPlain = modifiers.plain;
  }
  pager.marksOff = false;
  if (modifiers.keepPosition) yield* pager.paint();
  else yield* searchFiles(pager, backwards, count, source === "", modifiers.firstFile);
}

/** In this file, and with ^E in those behind it; with ^F from the first one on. Without a hit this file stays. */
export function* searchFiles(pager: Pager, backwards: boolean, count: number, repeated: boolean, firstFile = false): Blocking<void> {
  const { current, top } = pager;
  if (firstFile) {
    if (current !== 0 || pager.files.length > 1) yield* openFile(pager, backwards ? pager.files.length - 1 : 0);
    pager.top = { line: 0, row: 0 };
    pager.fresh = true;
  }
  let again = repeated;
  for (;;) {
    if ((yield* pager.screenPlaces()).length === 0 && pager.filters.length > 0) {
      yield* pager.message("Nothing to search");
      return;
    }
    if (yield* searchFor(pager, backwards, count, again)) return;
    const next = pager.current + (backwards ? -1 : 1);
    if (!pager.pattern?.pastEnd || next < 0 || next >= pager.files.length || (yield* openFile(pager, next)) !== undefined) break;
    if (backwards) yield* pager.text.all();
    pager.top = { line: backwards ? Math.max(0, pager.text.lines.length - 1) : 0, row: 0 };
    again = false;
  }
  if (pager.current !== current) {
    yield* openFile(pager, current);
    pager.top = top;
  }
  yield* pager.paint();
  yield* pager.message("Pattern not found");
}

export function* compilePattern(pager: Pager, pattern: string, plain = false): Blocking<Regex | undefined> {
  const source = plain ? pattern.replace(/[.[\]{}()*+?^$|\\]/g, "\\$&") : pattern;
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
function* searchFor(pager: Pager, backwards: boolean, count: number, repeated: boolean): Blocking<boolean> {
  const pattern = pager.pattern;
  if (!pattern) return false;
  const places = yield* pager.screenPlaces();
  const onward = repeated || pager.options.has("A");
  let line = onward ? pager.top.line + (backwards ? -1 : 1) : backwards ? (places.at(-1)?.line ?? pager.top.line) : pager.top.line;
  if (pager.options.has("a")) line = backwards ? pager.top.line - 1 : (places.at(-1)?.line ?? pager.top.line) + 1;
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
      pager.lastHit = line;
      yield* jumpTo(pager, line);
      return true;
    }
    line += backwards ? -1 : 1;
  }
  return false;
}

export function* filterCommand(pager: Pager): Blocking<void> {
  const modifiers = unmodified();
  const source = yield* pager.entry(() => `${lead(modifiers)}&/`, (typed) => toggle(modifiers, typed, true));
  if (source === undefined) return;
  if (source === "") pager.filters = [];
  else {
    const regex = yield* compilePattern(pager, source, modifiers.plain);
    if (!regex) return;
    pager.filters = [...pager.filters, { regex, inverted: modifiers.inverted }];
    const first = yield* pager.nextLine(pager.top.line);
    pager.top = { line: first ?? pager.text.lines.length, row: 0 };
  }
  yield* pager.paint();
}
