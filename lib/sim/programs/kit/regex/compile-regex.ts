// The regular expressions of the simulated machine. Patterns without back-references and look-around run on a lazy automaton in linear
// time, leftmost-longest as POSIX wants; the rest on a backtracking matcher with a step limit. Texts are JavaScript strings in which an invalid byte
// is a lone surrogate (kernel/sys.ts). The caller charges for `work`.

import { alternate, concat, type Node, literalText, type Parsed, requiredLiteral } from "./ast.ts";
import { type CharSet, foldCase, single } from "./char-set.ts";
import { Backtracker } from "./backtracker.ts";
import { Classes, Dfa } from "./dfa.ts";
import { buildNfa, type Nfa } from "./nfa.ts";
import { parsePcre } from "./pcre-parser.ts";
import { parsePosix, type PosixOptions } from "./posix-parser.ts";

export { RegexLimitError, RegexSyntaxError } from "./regex-syntax-error.ts";

/**
 * awk: mawk, on texts of one character a byte, without intervals. gawk, gawk-posix (--traditional: no GNU operators). bre, ere: regcomp(3) without and with REG_EXTENDED (ed, csplit, expr; bash's =~). sed-bre, sed-ere, grep (-G), egrep (-E), fixed (-F), pcre
 * (-P): as that tool. find-*: the names of find -regextype.
 */
export type RegexSyntax =
  | "bre" | "ere" | "sed-bre" | "sed-ere" | "grep" | "egrep" | "fixed" | "pcre" | "awk" | "gawk" | "gawk-posix" | "expr"
  | "find-emacs" | "find-posix-awk" | "find-posix-basic" | "find-posix-egrep" | "find-posix-extended" | "find-gnu-awk";

export interface RegexOptions {
  readonly syntax: RegexSyntax;
  readonly ignoreCase?: boolean;
  /** REG_NEWLINE: lines are texts of their own */
  readonly newlineSensitive?: boolean;
  /** grep -w, grep -x */
  readonly whole?: "word" | "line" | undefined;
}

const extended = { extended: true, awk: false, bytes: false, gnuEscapes: true, plusQuestion: true, barePlusQuestion: false, intervals: true, doubleStarError: false };
const basic = { extended: false, awk: false, bytes: false, gnuEscapes: true, plusQuestion: true, barePlusQuestion: false, intervals: true, leadingRepeat: "literal", literalBrace: false, closingParenLiteral: false } as const;

const POSIX_SYNTAXES = new Map<RegexSyntax, Omit<PosixOptions, "ignoreCase" | "newlineSensitive" | "lineBound">>([
  ["bre", { ...basic, doubleStarError: true }],
  ["sed-bre", { ...basic, doubleStarError: true }],
  ["expr", { ...basic, doubleStarError: false }],
  ["grep", { ...basic, doubleStarError: false }],
  ["find-posix-basic", { ...basic, doubleStarError: true }],
  ["ere", { ...extended, literalBrace: false, leadingRepeat: "error", closingParenLiteral: true }],
  ["sed-ere", { ...extended, literalBrace: false, leadingRepeat: "error", closingParenLiteral: false }],
  ["find-posix-extended", { ...extended, literalBrace: false, leadingRepeat: "error", closingParenLiteral: true }],
  ["egrep", { ...extended, literalBrace: true, leadingRepeat: "skip", closingParenLiteral: true }],
  ["find-posix-egrep", { ...extended, literalBrace: true, leadingRepeat: "skip", closingParenLiteral: true }],
  ["awk", { ...extended, awk: true, bytes: true, intervals: false, literalBrace: true, leadingRepeat: "error", closingParenLiteral: true }],
  ["gawk", { ...extended, awk: true, gawk: true, literalBrace: true, leadingRepeat: "skip", closingParenLiteral: false }],
  ["gawk-posix", { ...extended, awk: true, literalBrace: true, leadingRepeat: "skip", closingParenLiteral: false }],
  ["find-posix-awk", { ...extended, awk: true, literalBrace: true, leadingRepeat: "literal", closingParenLiteral: true }],
  ["find-gnu-awk", { ...extended, literalBrace: true, leadingRepeat: "skip", closingParenLiteral: true }],
  ["find-emacs", { ...basic, intervals: false, barePlusQuestion: true, doubleStarError: false }],
]);

function parse(pattern: string, options: RegexOptions): Parsed {
  const { syntax, ignoreCase = false, newlineSensitive = false } = options;
  if (syntax === "fixed") return { root: fixedText(pattern, ignoreCase), groupCount: 0, groupNames: new Map(), needsBacktracking: false };
  if (syntax === "pcre") return parsePcre(pattern, { ignoreCase, multiline: newlineSensitive });
  const posix = POSIX_SYNTAXES.get(syntax);
  if (!posix) throw new Error(`no such syntax: ${syntax}`);
  return parsePosix(pattern, { ignoreCase, newlineSensitive, lineBound: newlineSensitive && (syntax === "grep" || syntax === "egrep"), ...posix });
}

function fixedText(text: string, ignoreCase: boolean): Node {
  return concat(Array.from(text, (c) => {
    const set: CharSet = single(c.codePointAt(0) ?? 0);
    return { kind: "set", set: ignoreCase ? foldCase(set) : set };
  }));
}

/** Patterns that loops compile again and again: what of an expression never changes is made once. What it costs is said each time all the same. */
const compiled = new Map<string, Expression>();
const MOST_COMPILED = 200;
const LONGEST_KEPT = 200;

function expressionOf(pattern: string, options: RegexOptions): Expression {
  if (pattern.length > LONGEST_KEPT) return new Expression(parse(pattern, options), options);
  const key = `${options.syntax} ${String(options.ignoreCase)} ${String(options.newlineSensitive)} ${String(options.whole)} ${pattern}`;
  const known = compiled.get(key);
  if (known) return known;
  const made = new Expression(parse(pattern, options), options);
  if (compiled.size >= MOST_COMPILED) compiled.clear();
  compiled.set(key, made);
  return made;
}

export function compileRegex(pattern: string, options: RegexOptions): Regex {
  return new Regex(expressionOf(pattern, options));
}

/** One expression that matches where any of the patterns does (grep -e A -e B). Group numbers are of no use in it. */
export function compileAlternatives(patterns: readonly string[], options: RegexOptions): Regex[] {
  const parsed = patterns.map((pattern) => parse(pattern, options));
  const plain = parsed.filter((one) => !one.needsBacktracking);
  const others = parsed.filter((one) => one.needsBacktracking).map((one) => new Regex(new Expression(one, options)));
  const [first] = plain;
  if (!first) return others;
  const merged = plain.length === 1 ? first : { root: alternate(plain.map((one) => one.root)), groupCount: 0, groupNames: new Map<string, number>(), needsBacktracking: false };
  return [new Regex(new Expression(merged, options)), ...others];
}

/** Flat offsets: [start, end, start of group 1, end of group 1, ...]; -1 for a group that took no part. */
export type MatchOffsets = ArrayLike<number>;

/** What all uses of a pattern share: nothing here changes while texts are matched. */
class Expression {
  readonly root: Node;
  readonly parsed: Parsed;
  readonly perl: boolean;
  readonly literal: string | undefined;
  readonly requiredLiteral: string;
  #forward: Automaton | undefined;
  #backward: Automaton | undefined;

  constructor(parsed: Parsed, options: RegexOptions) {
    const { root } = parsed;
    this.parsed = parsed;
    this.root = options.whole === "line" ? concat([{ kind: "assert", name: "line-start" }, root, { kind: "assert", name: "line-end" }])
      : options.whole === "word" ? concat([{ kind: "assert", name: "no-word-before" }, root, { kind: "assert", name: "no-word-after" }])
      : root;
    this.perl = options.syntax === "pcre";
    this.literal = options.whole ? undefined : literalText(root);
    this.requiredLiteral = this.literal ?? requiredLiteral(root);
  }

  get forward(): Automaton {
    this.#forward ??= new Automaton(this.root, false);
    return this.#forward;
  }

  /** Reads from right to left. Set numbers depend on the order of construction, so it has classes of its own. */
  get backward(): Automaton {
    this.#backward ??= new Automaton(this.root, true);
    return this.#backward;
  }
}

class Automaton {
  readonly nfa: Nfa;
  #classes: Classes | undefined;

  constructor(root: Node, reverse: boolean) {
    this.nfa = buildNfa(root, reverse);
  }

  get classes(): Classes {
    this.#classes ??= new Classes(this.nfa);
    return this.#classes;
  }
}

/** A node of the automaton, made: as many characters looked at. */
const WORK_OF_NODE = 50;

export class Regex {
  readonly groupCount: number;
  readonly groupNames: ReadonlyMap<string, number>;
  /** Text that every match contains; "" when none is known. For callers that look for lines. */
  readonly requiredLiteral: string;
  readonly #expression: Expression;
  readonly #backtracking: boolean;
  readonly #perl: boolean;
  readonly #literal: string | undefined;
  #search: Dfa | undefined;
  #anchored: Dfa | undefined;
  #reverse: Dfa | undefined;
  #backtracker: Backtracker | undefined;
  #startCache: { text: string; end: number; base: number; starts: Uint8Array } | undefined;
  #work = 0;

  constructor(expression: Expression) {
    const { parsed } = expression;
    this.#expression = expression;
    this.groupCount = parsed.groupCount;
    this.groupNames = parsed.groupNames;
    this.#perl = expression.perl;
    this.#backtracking = parsed.needsBacktracking;
    this.#literal = expression.literal;
    this.requiredLiteral = expression.requiredLiteral;
    // Expressions that are too big are refused when compiled, not when first used.
    if (this.#backtracking) this.#matcher();
    else if (this.#literal === undefined) this.#work = WORK_OF_NODE * expression.forward.nfa.kinds.length;
  }

  /** Whether the pattern is that text and nothing else. */
  get literal(): string | undefined {
    return this.#literal;
  }

  /** Whether the matcher is the step-limited one, which may throw RegexLimitError. */
  get backtracks(): boolean {
    return this.#backtracking;
  }

  /** Steps of work since the last call (a character looked at is one step). */
  takeWork(): number {
    let work = this.#work;
    this.#work = 0;
    for (const part of [this.#search, this.#anchored, this.#reverse, this.#backtracker]) {
      if (!part) continue;
      work += part.work;
      part.work = 0;
    }
    return work;
  }

  #matcher(): Backtracker {
    this.#backtracker ??= new Backtracker(this.#expression.root, this.groupCount);
    return this.#backtracker;
  }

  #searcher(): Dfa {
    this.#search ??= new Dfa(this.#expression.forward.nfa, this.#expression.forward.classes, { unanchored: true, reverse: false });
    return this.#search;
  }

  #longest(): Dfa {
    this.#anchored ??= new Dfa(this.#expression.forward.nfa, this.#expression.forward.classes, { unanchored: false, reverse: false });
    return this.#anchored;
  }

  /** Whether the text has a match at or after `from`; the position where the first one to end ends, or -1. Cheaper than exec. */
  testEnd(text: string, from = 0, notLineStart = false, end = text.length): number {
    if (this.#literal !== undefined) {
      const at = text.indexOf(this.#literal, from);
      this.#work += (at < 0 ? end : at) - from;
      return at < 0 || at + this.#literal.length > end ? -1 : at + this.#literal.length;
    }
    if (this.#backtracking) return this.exec(text, from, notLineStart, end)?.[1] ?? -1;
    if (this.requiredLiteral.length > 1 && text.indexOf(this.requiredLiteral, from) < 0) {
      this.#work += end - from;
      return -1;
    }
    return this.#searcher().findFirstEnd(text, from, end, notLineStart);
  }

  test(text: string, from = 0, notLineStart = false): boolean {
    return this.testEnd(text, from, notLineStart) >= 0;
  }

  /**
   * The leftmost match (the longest of those; in Perl's syntax the preferred one) that begins at or after `from`. What stands before `from` is
   * seen by ^ and \b. `notLineStart`: the text's start is no line's start (REG_NOTBOL). `end`: the text ends there. `groups` false: only the bounds are wanted.
   * Throws RegexLimitError.
   */
  exec(text: string, from = 0, notLineStart = false, end = text.length, groups = true): MatchOffsets | undefined {
    if (this.#literal !== undefined) {
      const at = text.indexOf(this.#literal, from);
      this.#work += (at < 0 ? end : at) - from;
      return at < 0 || at + this.#literal.length > end ? undefined : [at, at + this.#literal.length];
    }
    if (this.#backtracking) return this.#execBacktracking(text, from, notLineStart, end);
    const bounds = this.#bounds(text, from, notLineStart, end);
    if (!bounds || this.groupCount === 0 || !groups) return bounds;
    return this.#matcher().groupsWithin(text, bounds[0], bounds[1], end, notLineStart) ?? this.#withoutGroups(bounds);
  }

  #withoutGroups(bounds: readonly [number, number]): MatchOffsets {
    const offsets = new Int32Array(2 * (this.groupCount + 1)).fill(-1);
    offsets[0] = bounds[0];
    offsets[1] = bounds[1];
    return offsets;
  }

  #bounds(text: string, from: number, notLineStart: boolean, end: number): [number, number] | undefined {
    if (this.requiredLiteral.length > 1 && text.indexOf(this.requiredLiteral, from) < 0) {
      this.#work += end - from;
      return undefined;
    }
    const firstEnd = this.#searcher().findFirstEnd(text, from, end, notLineStart);
    if (firstEnd < 0) return undefined;
    const automaton = this.#longest();
    // Trying each start is fast as a rule; when tries that fail cost too much, one pass backwards tells where matches begin.
    let budget = 4 * (firstEnd - from) + 256;
    for (let start = from; start <= firstEnd; start++) {
      const before = automaton.work;
      const to = automaton.longestFrom(text, start, end, notLineStart);
      if (to >= 0) return [start, to];
      budget -= automaton.work - before;
      if (budget < 0) {
        const begin = this.#nextStart(text, start + 1, end, notLineStart);
        return begin < 0 ? undefined : [begin, automaton.longestFrom(text, begin, end, notLineStart)];
      }
      if (text.charCodeAt(start) >= 0xd800 && (text.codePointAt(start) ?? 0) > 0xffff) start++;
    }
    return undefined;
  }

  #nextStart(text: string, from: number, end: number, notLineStart: boolean): number {
    let cache = this.#startCache;
    if (!cache || cache.text !== text || cache.end !== end || cache.base > from) {
      this.#reverse ??= new Dfa(this.#expression.backward.nfa, this.#expression.backward.classes, { unanchored: true, reverse: true });
      const starts = new Uint8Array(end - from + 1);
      this.#reverse.markStarts(text, from, end, notLineStart, starts);
      cache = { text, end, base: from, starts };
      this.#startCache = cache;
    }
    const at = cache.starts.indexOf(1, from - cache.base);
    return at < 0 ? -1 : at + cache.base;
  }

  #execBacktracking(text: string, from: number, notLineStart: boolean, end: number): MatchOffsets | undefined {
    if (this.requiredLiteral.length > 1 && text.indexOf(this.requiredLiteral, from) < 0) {
      this.#work += end - from;
      return undefined;
    }
    return this.#matcher().search(text, from, end, notLineStart, !this.#perl);
  }
}
