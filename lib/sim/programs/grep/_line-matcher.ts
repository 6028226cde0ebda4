// Finds the lines of a text that the patterns select, and the matches inside a line.

import { type MatchOffsets, type Regex, compileAlternatives, type RegexSyntax } from "../kit/regex/compile-regex.ts";

export interface MatcherOptions {
  readonly syntax: RegexSyntax;
  readonly ignoreCase: boolean;
  readonly whole: "word" | "line" | undefined;
  /** lines end in NUL instead of newline (-z) */
  readonly nullData: boolean;
}

export class LineMatcher {
  readonly #regexes: readonly Regex[];
  /** Those that can look at many lines at once; the others get each line as a text of its own. */
  readonly #wholeText: readonly Regex[];
  readonly #perLine: readonly Regex[];
  readonly #delimiter: string;

  constructor(patterns: readonly string[], options: MatcherOptions) {
    this.#delimiter = options.nullData ? "\0" : "\n";
    const separate = options.syntax === "pcre" || options.nullData;
    const how = { syntax: options.syntax, ignoreCase: options.ignoreCase, whole: options.whole, newlineSensitive: options.syntax !== "pcre" && !options.nullData };
    this.#regexes = compileAlternatives(patterns, how);
    this.#wholeText = separate ? [] : this.#regexes.filter((regex) => !regex.backtracks);
    this.#perLine = separate ? this.#regexes : this.#regexes.filter((regex) => regex.backtracks);
  }

  /** The bounds of the first selected line at or after `from` (a line's start); the text's last delimiter lies at `end` or beyond. Throws RegexLimitError. */
  nextLine(text: string, from: number, end: number): readonly [number, number] | undefined {
    let found: readonly [number, number] | undefined;
    for (const regex of this.#wholeText) {
      const at = regex.testEnd(text, from, false, end);
      if (at < 0) continue;
      const start = at === from ? from : Math.max(from, text.lastIndexOf("\n", at - 1) + 1);
      if (!found || start < found[0]) found = [start, lineEnd(text, at, end, "\n")];
    }
    if (this.#perLine.length === 0) return found;
    const limit = found ? found[0] : end + 1;
    for (let start = from; start < limit; ) {
      const stop = lineEnd(text, start, end, this.#delimiter);
      const line = text.slice(start, stop);
      if (this.#perLine.some((regex) => regex.test(line))) return [start, stop];
      start = stop + 1;
    }
    return found;
  }

  /** The leftmost-longest match in a line at or after `from`. */
  matchIn(line: string, from: number): MatchOffsets | undefined {
    let best: MatchOffsets | undefined;
    for (const regex of this.#regexes) {
      const found = regex.exec(line, from, false, line.length, false);
      if (!found) continue;
      if (!best || (found[0] ?? 0) < (best[0] ?? 0) || (found[0] === best[0] && (found[1] ?? 0) > (best[1] ?? 0))) best = found;
    }
    return best;
  }

  takeWork(): number {
    let work = 0;
    for (const regex of this.#regexes) work += regex.takeWork();
    return work;
  }
}

function lineEnd(text: string, from: number, end: number, delimiter: string): number {
  const at = text.indexOf(delimiter, from);
  return at < 0 || at > end ? end : at;
}
