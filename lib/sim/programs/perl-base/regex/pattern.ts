// Compiled patterns and what a match leaves behind.

import { literalText, requiredLiteral } from "../../kit/regex/ast.ts";
import { Backtracker } from "../../kit/regex/backtracker.ts";
import { RegexLimitError, RegexSyntaxError } from "../../kit/regex/compile-regex.ts";
import { wordSet, type CharSet } from "../../kit/regex/char-set.ts";
import { PerlError } from "../values/value.ts";
import { parsePattern, type ParsedPattern, PatternProblem } from "./perl-parser.ts";

const WORD: CharSet = [48, 57, 65, 90, 95, 95, 97, 122];

export interface MatchState {
  readonly text: string;
  readonly offsets: ArrayLike<number>;
  readonly pattern: PerlPattern;
}

interface Compiled {
  readonly parsed: ParsedPattern;
  readonly matcher: Backtracker;
  readonly literal: string | undefined;
  readonly required: string;
}

export class PerlPattern {
  readonly source: string;
  readonly flags: string;
  readonly text: string;
  #bytes: Compiled | undefined;
  #wide: Compiled | undefined;
  #lastText = "";
  #lastIsWide = false;
  work = 0;

  /** Throws PerlError (without a place) for a malformed one. */
  constructor(source: string, flags: string) {
    this.source = source;
    this.flags = flags;
    const kept = ["m", "s", "i", "x", "n"].filter((flag) => flags.includes(flag)).map((flag) => (flag === "x" && flags.includes("xx") ? "xx" : flag)).join("");
    this.text = `(?^${/[^\0-\xff]/.test(source) || flags.includes("u") ? "u" : ""}${flags.includes("a") ? "a" : ""}${kept}:${source}${flags.includes("x") && /#[^\n]*$/.test(source) ? "\n" : ""})`;
    this.#bytes = this.#compile(false);
  }

  #compile(unicode: boolean): Compiled {
    try {
      const parsed = parsePattern(this.source, this.flags, unicode && !this.flags.includes("a"));
      const matcher = new Backtracker(parsed.root, parsed.groupCount, unicode ? wordSet() : WORD);
      return { parsed, matcher, literal: literalText(parsed.root), required: requiredLiteral(parsed.root) };
    } catch (error) {
      if (error instanceof PatternProblem) throw new PerlError(error.message);
      if (error instanceof RegexSyntaxError) throw new PerlError(`${error.message} in regex m/${this.source}/`);
      throw error;
    }
  }

  get groupCount(): number {
    return this.#bytes?.parsed.groupCount ?? 0;
  }
  get names(): ReadonlyMap<string, readonly number[]> {
    return this.#bytes?.parsed.names ?? new Map();
  }
  get atPosition(): boolean {
    return this.#bytes?.parsed.atPosition ?? false;
  }

  #for(text: string): Compiled {
    if (text !== this.#lastText) {
      this.#lastText = text;
      this.#lastIsWide = /[^\0-\xff]/.test(text);
    }
    if (this.#lastIsWide || this.flags.includes("u")) return (this.#wide ??= this.#compile(true));
    return this.#bytes as Compiled;
  }

  /** The first match at or after `from` (at it, for \G); undefined when there is none. */
  exec(text: string, from: number): ArrayLike<number> | undefined {
    const { matcher, literal, required, parsed } = this.#for(text);
    if (literal !== undefined && !parsed.atPosition) {
      const at = text.indexOf(literal, from);
      this.work += 1 + (((at < 0 ? text.length : at) - from) >> 5);
      return at < 0 ? undefined : [at, at + literal.length];
    }
    if (required.length > 1 && text.indexOf(required, from) < 0) {
      this.work += (text.length - from) >> 5;
      return undefined;
    }
    try {
      if (parsed.atPosition) {
        const found = matcher.search(text, from, text.length, false, false);
        return found && found[0] === from ? found.slice() : undefined;
      }
      return matcher.search(text, from, text.length, false, false)?.slice();
    } catch (error) {
      if (error instanceof RegexLimitError) throw new PerlError("Regular expression takes too many steps");
      throw error;
    } finally {
      this.work += matcher.work;
      matcher.work = 0;
    }
  }
}

const MOST_KEPT = 500;
const kept = new Map<string, PerlPattern>();

/** Patterns do not change: who asks for the same one again gets it. */
export function patternOf(source: string, flags: string): PerlPattern {
  const wanted = flags.replace(/[gceorpdl]/g, "");
  const key = `${wanted}/${source}`;
  let found = kept.get(key);
  if (!found) {
    found = new PerlPattern(source, wanted);
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(key, found);
  }
  return found;
}

export function group(match: MatchState | undefined, index: number): string | undefined {
  if (!match) return undefined;
  const start = match.offsets[index * 2];
  const end = match.offsets[index * 2 + 1];
  return start === undefined || end === undefined || start < 0 || end < start ? undefined : match.text.slice(start, end);
}
