// Where two texts differ, as git says it: Myers's comparison, after lines that are noise were left out, then runs of changes are slid to where
// their indentation reads best (git-diff(1), --indent-heuristic).
import { type Blocking, type Sys, decode } from "../../../kernel/sys.ts";
import { type Change, numberLines, unpairedLines } from "../../kit/line-difference.ts";

/** Lines with their newlines; the last one may lack it. */
export function linesOf(text: string): string[] {
  const lines = text.split("\n");
  const last = lines.pop() ?? "";
  const whole = lines.map((line) => `${line}\n`);
  if (last !== "") whole.push(last);
  return whole;
}

export const linesOfBytes = (bytes: Uint8Array): string[] => linesOf(decode(bytes));

export interface LineRules {
  /** -w */
  readonly ignoreAllSpace?: boolean;
  /** -b */
  readonly ignoreSpaceChange?: boolean;
  readonly ignoreSpaceAtEol?: boolean;
  readonly ignoreBlankLines?: boolean;
  readonly indentHeuristic?: boolean;
}

function keyOf(line: string, rules: LineRules): string {
  if (rules.ignoreAllSpace) return line.replace(/\s+/g, "");
  if (rules.ignoreSpaceChange) return line.replace(/\s+$/, "").replace(/\s+/g, " ");
  if (rules.ignoreSpaceAtEol) return line.replace(/\s+$/, "");
  return line;
}

export function* lineChanges(sys: Sys, a: readonly string[], b: readonly string[], rules: LineRules = {}): Blocking<Change[]> {
  const plain = !rules.ignoreAllSpace && !rules.ignoreSpaceChange && !rules.ignoreSpaceAtEol;
  const [keysA, keysB] = plain ? [a, b] : [a.map((line) => keyOf(line, rules)), b.map((line) => keyOf(line, rules))];
  const [numbersA, numbersB] = yield* numberLines(sys, keysA, keysB);
  const [keptA, keptB] = [significant(numbersA, numbersB), significant(numbersB, numbersA)];
  const [unpairedA, unpairedB] = yield* unpairedLines(sys, keptA.map((i) => numbersA[i] ?? 0), keptB.map((i) => numbersB[i] ?? 0));
  const changedA = spread(numbersA.length, keptA, unpairedA);
  const changedB = spread(numbersB.length, keptB, unpairedB);
  slideAll(changedA, changedB, numbersA, a, rules.indentHeuristic ?? true);
  slideAll(changedB, changedA, numbersB, b, rules.indentHeuristic ?? true);
  const changes: Change[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length; i++, j++) {
    if (!changedA[i] && !changedB[j]) continue;
    const [from, to] = [i, j];
    while (changedA[i]) i++;
    while (changedB[j]) j++;
    changes.push({ from, deleted: i - from, to, inserted: j - to });
  }
  if (!rules.ignoreBlankLines) return changes;
  const blank = (lines: readonly string[], from: number, count: number) => lines.slice(from, from + count).every((line) => line.trim() === "");
  return changes.filter((change) => !(blank(a, change.from, change.deleted) && blank(b, change.to, change.inserted)));
}

function spread(length: number, kept: Int32Array, unpaired: Uint8Array): Uint8Array {
  const changed = new Uint8Array(length).fill(1);
  for (const [i, at] of kept.entries()) changed[at] = unpaired[i] ?? 0;
  return changed;
}

/**
 * Places of the lines that take part in the comparison: not those without a partner, and not those with very many when they stand among such
 * ones. What both texts begin and end with always takes part.
 */
function significant(mine: Int32Array, other: Int32Array): Int32Array {
  let start = 0;
  while (start < mine.length && start < other.length && mine[start] === other[start]) start++;
  let [end, otherEnd] = [mine.length, other.length];
  while (end > start && otherEnd > start && mine[end - 1] === other[otherEnd - 1]) {
    end--;
    otherEnd--;
  }
  const counts = new Map<number, number>();
  for (const number of other) counts.set(number, (counts.get(number) ?? 0) + 1);
  let many = 1;
  for (let rest = mine.length; rest > 0; rest >>= 2) many <<= 1;
  many = Math.min(many, 1024);
  /** 0: no partner, 1: some, 2: very many */
  const kinds = Uint8Array.from(mine, (number) => {
    const count = counts.get(number) ?? 0;
    return count === 0 ? 0 : count >= many ? 2 : 1;
  });
  const amongUnpaired = (at: number): boolean => {
    let alone = 0;
    let common = 0;
    for (const step of [-1, 1]) {
      let aloneHere = 0;
      for (let i = at + step, n = 0; i >= start && i < end && n < 100; i += step, n++) {
        if (kinds[i] === 0) aloneHere++;
        else if (kinds[i] === 2) common++;
        else break;
      }
      if (aloneHere === 0) return false;
      alone += aloneHere;
    }
    return common * 4 < common + alone;
  };
  const kept: number[] = [];
  for (let i = 0; i < mine.length; i++) if (i < start || i >= end || kinds[i] === 1 || (kinds[i] === 2 && !amongUnpaired(i))) kept.push(i);
  return Int32Array.from(kept);
}

/** A run of changed lines, perhaps empty, between two unchanged ones. */
class Run {
  start = 0;
  end = 0;
  readonly #changed: Uint8Array;

  constructor(changed: Uint8Array) {
    this.#changed = changed;
    while (changed[this.end]) this.end++;
  }

  get empty(): boolean {
    return this.start === this.end;
  }

  next(): boolean {
    if (this.end >= this.#changed.length) return false;
    this.start = this.end + 1;
    this.end = this.start;
    while (this.#changed[this.end]) this.end++;
    return true;
  }

  previous(): boolean {
    if (this.start === 0) return false;
    this.end = this.start - 1;
    this.start = this.end;
    while (this.start > 0 && this.#changed[this.start - 1]) this.start--;
    return true;
  }

  slideUp(numbers: Int32Array): boolean {
    if (this.start === 0 || numbers[this.start - 1] !== numbers[this.end - 1]) return false;
    this.#changed[--this.start] = 1;
    this.#changed[--this.end] = 0;
    while (this.start > 0 && this.#changed[this.start - 1]) this.start--;
    return true;
  }

  slideDown(numbers: Int32Array): boolean {
    if (this.end >= this.#changed.length || numbers[this.start] !== numbers[this.end]) return false;
    this.#changed[this.start++] = 0;
    this.#changed[this.end++] = 1;
    while (this.#changed[this.end]) this.end++;
    return true;
  }
}

const MOST_SLIDING = 100;

function slideAll(changed: Uint8Array, otherChanged: Uint8Array, numbers: Int32Array, lines: readonly string[], byIndent: boolean): void {
  const run = new Run(changed);
  const other = new Run(otherChanged);
  do {
    if (run.empty) continue;
    let length: number;
    let earliestEnd: number;
    let meetsAt: number;
    do {
      length = run.end - run.start;
      meetsAt = -1;
      while (run.slideUp(numbers)) other.previous();
      earliestEnd = run.end;
      if (!other.empty) meetsAt = run.end;
      while (run.slideDown(numbers)) {
        other.next();
        if (!other.empty) meetsAt = run.end;
      }
    } while (length !== run.end - run.start);
    if (run.end === earliestEnd) continue;
    if (meetsAt >= 0) {
      while (other.empty) {
        run.slideUp(numbers);
        other.previous();
      }
    } else if (byIndent) {
      const best = bestEnd(lines, run, length, earliestEnd);
      while (run.end > best) {
        run.slideUp(numbers);
        other.previous();
      }
    }
  } while (run.next() && (other.next() || true));
}

interface Score {
  indent: number;
  penalty: number;
}

function bestEnd(lines: readonly string[], run: Run, length: number, earliestEnd: number): number {
  let best = -1;
  let bestScore: Score = { indent: 0, penalty: 0 };
  for (let end = Math.max(earliestEnd, run.end - length - 1, run.end - MOST_SLIDING); end <= run.end; end++) {
    const score: Score = { indent: 0, penalty: 0 };
    addSplit(lines, end, score);
    addSplit(lines, end - length, score);
    if (best < 0 || 60 * Math.sign(score.indent - bestScore.indent) + score.penalty - bestScore.penalty <= 0) {
      best = end;
      bestScore = score;
    }
  }
  return best;
}

const MOST_INDENT = 200;
const MOST_BLANKS = 20;

/** Columns of white space; -1 for a blank line. */
function indentOf(line: string): number {
  let columns = 0;
  for (const char of line) {
    if (char === " ") columns++;
    else if (char === "\t") columns += 8 - (columns % 8);
    else if (!/[\n\r\v\f]/.test(char)) return columns;
    if (columns >= MOST_INDENT) return MOST_INDENT;
  }
  return -1;
}

/** How good a place before line `at` is to split: the smaller the better. The weights are those that git measured. */
function addSplit(lines: readonly string[], at: number, score: Score): void {
  const neighbour = (from: number, step: number) => {
    let blanks = 0;
    for (let i = from; i >= 0 && i < lines.length; i += step) {
      const indent = indentOf(lines[i] ?? "");
      if (indent >= 0) return { indent, blanks };
      if (++blanks === MOST_BLANKS) return { indent: 0, blanks };
    }
    return { indent: -1, blanks };
  };
  const atEnd = at >= lines.length;
  const own = atEnd ? -1 : indentOf(lines[at] ?? "");
  const before = neighbour(at - 1, -1);
  const after = neighbour(at + 1, 1);
  if (before.indent < 0 && before.blanks === 0) score.penalty += 1;
  if (atEnd) score.penalty += 21;
  const blanksAfter = own < 0 ? 1 + after.blanks : 0;
  const blanks = before.blanks + blanksAfter;
  score.penalty += -30 * blanks + 6 * blanksAfter;
  const indent = own >= 0 ? own : after.indent;
  score.indent += indent;
  if (indent < 0 || before.indent < 0 || indent === before.indent) return;
  if (indent > before.indent) score.penalty += blanks > 0 ? 10 : -4;
  else if (after.indent >= 0 && after.indent > indent) score.penalty += blanks > 0 ? 17 : 24;
  else score.penalty += blanks > 0 ? 17 : 23;
}
