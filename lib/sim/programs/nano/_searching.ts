// Searching and replacing.

import type { Blocking } from "../../kernel/sys.ts";
import { compileRegex, type Regex, RegexLimitError, RegexSyntaxError } from "../kit/regex/compile-regex.ts";
import { before, type Point } from "./_buffer.ts";
import type { NanoEditor } from "./_editor.ts";
import { goToCommand } from "./_moving.ts";
import { askYesNo, promptFor } from "./_prompts.ts";
import { rememberSearch } from "./_search-history.ts";
import { showHelp } from "./_show-help.ts";

function searchPrompt(editor: NanoEditor, lead: string, replacing: boolean): string {
  const options = `${editor.options.caseSensitive ? " [Case Sensitive]" : ""}${editor.options.regexp ? " [Regexp]" : ""}${editor.options.backwards ? " [Backwards]" : ""}`;
  const last = editor.last.text === "" ? "" : ` [${editor.last.text.length > 30 ? `${editor.last.text.slice(0, 27)}...` : editor.last.text}]`;
  const purpose = !replacing ? "" : editor.buffer.mark ? " (to replace) in selection" : " (to replace)";
  return `${lead}${options}${purpose}${last}: `;
}

export function* searchCommand(editor: NanoEditor, backwards: boolean): Blocking<void> {
  editor.options.backwards = backwards;
  const text = yield* askPattern(editor, "search", "Search");
  if (text === undefined) return;
  if (text === "replace") {
    yield* replaceCommand(editor);
    return;
  }
  if (text === "goto") {
    yield* goToCommand(editor);
    return;
  }
  findText(editor, text.pattern);
}

function* askPattern(editor: NanoEditor, menu: "search" | "replace", lead: string): Blocking<{ readonly pattern: string } | "replace" | "goto" | undefined> {
  let typed = "";
  for (;;) {
    const given = yield* promptFor(editor, menu, () => searchPrompt(editor, lead, menu === "replace"), typed, editor.searchHistory, new Set(["M-C", "M-R", "M-B", "^R", "^T", "^G", "^W", "^Q"]));
    if (given.kind === "cancel") {
      editor.say("Cancelled");
      return undefined;
    }
    typed = given.text;
    if (given.kind === "key") {
      if (given.key === "M-C") editor.options.caseSensitive = !editor.options.caseSensitive;
      else if (given.key === "M-R") editor.options.regexp = !editor.options.regexp;
      else if (given.key === "M-B") editor.options.backwards = !editor.options.backwards;
      else if (given.key === "^R") return "replace";
      else if (given.key === "^T") return "goto";
      else if (given.key === "^G") yield* showHelp(editor, "search");
      continue;
    }
    if (typed === "" && editor.last.text === "") {
      editor.say("Cancelled");
      return undefined;
    }
    editor.wipe();
    const pattern = typed === "" ? editor.last.text : typed;
    if (typed !== "") yield* rememberSearch(editor, typed);
    editor.last = { text: pattern };
    return { pattern };
  }
}

function patternOf(editor: NanoEditor, pattern: string): Regex | undefined {
  try {
    return compileRegex(pattern, { syntax: editor.options.regexp ? "ere" : "fixed", ignoreCase: !editor.options.caseSensitive });
  } catch (error) {
    if (!(error instanceof RegexSyntaxError)) throw error;
    editor.say(`Bad regex "${pattern}": ${error.message}`, true);
    return undefined;
  }
}

/** The next match behind (or before) a place, going round; undefined without any. */
function matchFrom(editor: NanoEditor, regex: Regex, from: Point, backwards: boolean): { readonly start: Point; readonly end: Point; readonly wrapped: boolean } | undefined {
  const { lines } = editor.buffer;
  const count = lines.length;
  try {
    for (let step = 0; step <= count; step++) {
      const line = (((from.line + (backwards ? -step : step)) % count) + count) % count;
      const text = lines[line] ?? "";
      const wrapped = backwards ? from.line - step < 0 : from.line + step >= count;
      if (!backwards) {
        const at = step === 0 ? from.at + 1 : 0;
        const found = at <= text.length ? regex.exec(text, at, false, text.length, false) : undefined;
        if (found && (step < count || (found[0] ?? 0) <= from.at)) return { start: { line, at: found[0] ?? 0 }, end: { line, at: found[1] ?? 0 }, wrapped };
        if (step === count) return undefined;
      } else {
        let best: readonly [number, number] | undefined;
        for (let at = 0; at <= text.length; ) {
          const found = regex.exec(text, at, false, text.length, false);
          if (!found) break;
          const [begin = 0, end = 0] = [found[0], found[1]];
          if (step === 0 && begin >= from.at) break;
          if (step === count && begin < from.at) {
            at = begin + 1;
            continue;
          }
          best = [begin, end];
          at = begin + 1;
        }
        if (best) return { start: { line, at: best[0] }, end: { line, at: best[1] }, wrapped };
      }
    }
  } catch (error) {
    if (!(error instanceof RegexLimitError)) throw error;
  }
  return undefined;
}

export function findText(editor: NanoEditor, pattern: string): void {
  const buffer = editor.buffer;
  const regex = patternOf(editor, pattern);
  if (!regex) return;
  const found = matchFrom(editor, regex, buffer.cursor, editor.options.backwards);
  if (!found) {
    editor.say(`"${pattern.length > 50 ? `${pattern.slice(0, 47)}...` : pattern}" not found`, true);
    return;
  }
  if (found.start.line === buffer.cursor.line && found.start.at === buffer.cursor.at) editor.say("This is the only occurrence");
  else if (found.wrapped) editor.say("Search Wrapped");
  else editor.wipe();
  buffer.moveTo(found.start);
  editor.follow("center");
  editor.spotlight = [found.start, found.end];
}

export function* replaceCommand(editor: NanoEditor): Blocking<void> {
  const buffer = editor.buffer;
  const asked = yield* askPattern(editor, "replace", "Search");
  if (asked === undefined || typeof asked === "string") {
    if (asked === "replace") yield* searchCommand(editor, false);
    else if (asked === "goto") yield* goToCommand(editor);
    return;
  }
  const regex = patternOf(editor, asked.pattern);
  if (!regex) return;
  const given = yield* promptFor(editor, "replaceWith", () => "Replace with: ", "", editor.replaceHistory, new Set());
  if (given.kind !== "text") {
    editor.say("Cancelled");
    return;
  }
  if (given.text !== "") editor.replaceHistory.push(given.text);
  editor.wipe();
  const { cursor: start, top, topRow } = buffer;
  const region = buffer.region();
  let from: Point = region ? { line: region[0].line, at: region[0].at - 1 } : { line: start.line, at: start.at - 1 };
  let all = region !== undefined;
  let count = 0;
  let matched = false;
  let wrapped = false;
  let limit = start;
  for (;;) {
    const found = matchFrom(editor, regex, from, false);
    if (!found) break;
    if (region && (found.wrapped || !before(found.start, region[1]))) break;
    if (found.wrapped) wrapped = true;
    if (wrapped && !before(found.start, limit)) break;
    matched = true;
    buffer.moveTo(found.start);
    if (!all) {
      editor.follow("center");
      editor.spotlight = [found.start, found.end];
      const choice = yield* askYesNo(editor, "Replace this instance?", true);
      editor.spotlight = undefined;
      if (choice === undefined) break;
      if (choice === "no") {
        from = found.start;
        continue;
      }
      if (choice === "all") all = true;
    }
    const line = buffer.lines[found.start.line] ?? "";
    const text = editor.options.regexp ? expandReplacement(given.text, regex, line, found.start.at) : given.text;
    buffer.change("replacement", () => {
      buffer.remove(found.start, found.end);
      buffer.insert(text);
    });
    count++;
    if (found.start.line === limit.line && found.start.at < limit.at) limit = { line: limit.line, at: limit.at + text.length - (found.end.at - found.start.at) };
    from = { line: found.start.line, at: found.start.at + Math.max(text.length, found.end.at > found.start.at ? 0 : 1) - 1 };
    if (editor.sys.charge(20)) yield* editor.sys.preempt();
  }
  if (!matched) {
    if (editor.message === undefined) editor.say(`"${asked.pattern}" not found`, true);
    return;
  }
  buffer.moveTo({ line: Math.min(start.line, buffer.lines.length - 1), at: start.at });
  buffer.top = top;
  buffer.topRow = topRow;
  editor.say(`Replaced ${count} occurrence${count === 1 ? "" : "s"}`);
}

function expandReplacement(source: string, regex: Regex, line: string, at: number): string {
  const found = regex.exec(line, at);
  return source.replace(/\\([0-9])/g, (_, digit: string) => {
    const begin = found?.[Number(digit) * 2] ?? -1;
    return begin < 0 ? "" : line.slice(begin, found?.[Number(digit) * 2 + 1]);
  });
}
