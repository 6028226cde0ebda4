// fmt(1): paragraphs are filled by the least cost over all line breaks, as the GNU program does (its costs are named below).

import type { Blocking } from "../../kernel/sys.ts";
import { UsageError } from "../kit/io.ts";
import { type Io, flag, gnu, reason, text } from "../kit/gnu.ts";
import { latin1OfText } from "../kit/latin1.ts";
import { rewriteOptions } from "./_old-numbers.ts";

interface Word {
  readonly text: string;
  readonly space: number;
  readonly opens: boolean;
  period: boolean;
  readonly punctuation: boolean;
  final: boolean;
}

export default gnu({
  name: "fmt",
  summary: "fill and break lines of text to a width (formatter)",
  synopsis: ["[-WIDTH] [OPTION]... [FILE]..."],
  options: {
    crown: flag(["-c", "--crown-margin"], "a paragraph keeps the indents of its first and second line"),
    prefix: text(["-p", "--prefix"], "STRING", "work only on lines that begin with STRING, and put it back in front of the result"),
    splitOnly: flag(["-s", "--split-only"], "break long lines, but do not join short ones"),
    tagged: flag(["-t", "--tagged-paragraph"], "as -c, but a first line indented like the second is a paragraph of its own"),
    uniform: flag(["-u", "--uniform-spacing"], "even spaces: one after a word, two after a sentence"),
    width: text(["-w", "--width"], "WIDTH", "WIDTH of the longest line, in columns (75)"),
    goal: text(["-g", "--goal"], "WIDTH", "WIDTH to aim at (93% of -w)"),
  },
  operands: "files",
  rewrite: (args) => {
    const rest = /^-\d/.test(args[0] ?? "") ? args.slice(1) : args;
    rewriteOptions(rest, "pwg", ["--prefix", "--width", "--goal"], (arg) => {
      const digit = /^-[cstu]*(\d)/.exec(arg)?.[1];
      if (digit !== undefined) throw new UsageError(`invalid option -- ${digit}; -WIDTH is recognized only when it is the first\noption; use -w N instead`);
      return arg;
    });
    return rest === args ? args : [`--width=${(args[0] ?? "").slice(1)}`, ...rest];
  },
  *run({ options, operands }, io: Io) {
    const number = (value: string, most: number): number => {
      if (!/^\d+$/.test(value)) io.die(`invalid width: ${io.quote(value)}`);
      if (Number(value) > most) io.die(`invalid width: ${io.quote(value)}: Numerical result out of range`);
      return Number(value);
    };
    let width = options.width === undefined ? 75 : number(options.width, 2500);
    let goal: number;
    if (options.goal !== undefined) {
      goal = number(options.goal, options.width === undefined ? 75 : width);
      if (options.width === undefined) width = goal + 10;
    } else goal = Math.floor((width * (2 * (100 - 7) + 1)) / 200);
    const prefix = latin1OfText(options.prefix ?? "");
    const leading = /^ */.exec(prefix)?.[0].length ?? 0;
    const formatter = new Formatter({ ...options, width, goal, prefix: prefix.trim(), prefixIndent: leading, prefixFull: prefix.slice(leading).length, prefixGiven: options.prefix !== undefined && prefix !== "" }, io);
    for (const name of operands.length === 0 ? ["-"] : operands) {
      try {
        const input = yield* io.open(name);
        const whole = yield* input.all();
        io.close(input);
        const lines = whole.split("\n");
        if (lines.at(-1) === "") lines.pop();
        yield* formatter.file(lines);
      } catch (error) {
        const why = reason(error);
        yield* io.fail(why === "Is a directory" ? "read error" : `cannot open ${io.quoteName(name)} for reading: ${why}`);
      }
    }
  },
});

interface Settings {
  readonly crown: boolean;
  readonly tagged: boolean;
  readonly splitOnly: boolean;
  readonly uniform: boolean;
  readonly width: number;
  readonly goal: number;
  readonly prefix: string;
  readonly prefixIndent: number;
  readonly prefixFull: number;
  readonly prefixGiven: boolean;
}

const square = (value: number): number => value * value;
const LINE_COST = square(70);
const WIDOW_COST = (length: number): number => square(200) / (length + 2);
const ORPHAN_COST = (length: number): number => square(150) / (length + 2);
const SENTENCE_BONUS = square(50);
const NOBREAK_COST = square(600);
const PAREN_BONUS = square(40);
const PUNCTUATION_BONUS = square(40);

interface Line {
  readonly indent: number;
  readonly words: readonly { readonly text: string; readonly space: number }[];
  /** not to be formatted */
  readonly verbatim: string | undefined;
}

/** Blanks before the first word hold a tab. */
const TAB_INDENT = /^[ \t]*\t/;

class Formatter {
  readonly #settings: Settings;
  readonly #io: Io;
  constructor(settings: Settings, io: Io) {
    this.#settings = settings;
    this.#io = io;
  }

  /** a tab was seen: blanks are written with tabs from then on */
  #tabs = false;

  #parse(line: string): Line {
    const { prefix, prefixIndent } = this.#settings;
    const expanded = expandTabs(line);
    const indent = /^ */.exec(expanded)?.[0].length ?? 0;
    let body = expanded.slice(indent);
    let base = indent;
    // a prefix of blanks alone: lines that are indented less stay as they are
    if (prefix === "" && this.#settings.prefixGiven && indent < prefixIndent) return { indent, words: [], verbatim: line };
    if (prefix !== "") {
      if (indent < prefixIndent || !body.startsWith(prefix)) return { indent, words: [], verbatim: line };
      body = body.slice(prefix.length);
      const gap = /^ */.exec(body)?.[0].length ?? 0;
      base = gap;
      body = body.slice(gap);
      if (body === "") return { indent, words: [], verbatim: line.trimEnd() };
    }
    if (body.trim() === "") return { indent, words: [], verbatim: "" };
    const words = Array.from(body.matchAll(/([^ \t\n\v\f\r]+)([ \t\n\v\f\r]*)/g), (match) => ({ text: match[1] ?? "", space: (match[2] ?? "").length }));
    return { indent: prefix === "" ? base : base, words, verbatim: undefined };
  }

  *file(lines: readonly string[]): Blocking<void> {
    const { crown, tagged, splitOnly } = this.#settings;
    const parsed: Line[] = [];
    for (const [number, line] of lines.entries()) {
      parsed.push(this.#parse(line));
      if ((number & 255) === 0 && this.#io.sys.charge(256)) yield* this.#io.sys.preempt();
    }
    // what was read when a paragraph is written: its lines, and the blanks that the next one begins with
    let seen = 0;
    const noteTabs = (next: number): void => {
      for (; seen < next; seen++) this.#tabs ||= lines[seen]?.includes("\t") === true;
      this.#tabs ||= TAB_INDENT.test(lines[next] ?? "");
    };
    for (let i = 0; i < parsed.length; ) {
      const first = parsed[i];
      if (first === undefined) break;
      if (first.verbatim !== undefined) {
        this.#io.out.putLatin1(first.verbatim + "\n");
        i++;
        continue;
      }
      const paragraph = [first];
      let otherIndent = first.indent;
      i++;
      const second = parsed[i];
      if (!splitOnly && second?.verbatim === undefined && second !== undefined) {
        if (crown) {
          otherIndent = second.indent;
          while (parsed[i]?.verbatim === undefined && parsed[i]?.indent === otherIndent) paragraph.push(parsed[i++] ?? first);
        } else if (tagged) {
          if (second.indent !== first.indent) {
            otherIndent = second.indent;
            while (parsed[i]?.verbatim === undefined && parsed[i]?.indent === otherIndent) paragraph.push(parsed[i++] ?? first);
          }
        } else {
          while (parsed[i]?.verbatim === undefined && parsed[i]?.indent === first.indent) paragraph.push(parsed[i++] ?? first);
        }
      }
      if (tagged && paragraph.length === 1) otherIndent = first.indent === 0 ? 3 : 0;
      if (crown && paragraph.length === 1) otherIndent = first.indent;
      noteTabs(i);
      yield* this.#format(paragraph, first.indent, otherIndent);
      if (this.#io.out.full) yield* this.#io.out.flush();
    }
  }

  *#format(paragraph: readonly Line[], firstIndent: number, otherIndent: number): Blocking<void> {
    const { sys } = this.#io;
    const { uniform, width, goal, prefix, prefixIndent } = this.#settings;
    const words: Word[] = [];
    for (const line of paragraph) {
      if (sys.charge(1 + (line.words.length >> 1))) yield* sys.preempt();
      for (const [index, { text, space }] of line.words.entries()) {
        const last = text.replace(/["')\]]+$/, "");
        const period = /[.?!]$/.test(last);
        const atEnd = index === line.words.length - 1;
        const final = period && (atEnd || space > 1);
        words.push({
          text, opens: /^["'([`]/.test(text), period, punctuation: /[^A-Za-z0-9\s]$/.test(text) && /[!-/:-@[-`{-~]$/.test(text), final,
          space: atEnd ? (final ? 2 : 1) : uniform ? (final ? 2 : 1) : space,
        });
      }
    }
    const count = words.length;
    if (count === 0) return;
    const lastWord = words[count - 1];
    if (lastWord) {
      lastWord.final = true;
      lastWord.period = true;
    }
    const prefixWidth = prefix === "" ? 0 : prefixIndent + prefix.length;
    const [firstWidth, otherWidth] = [firstIndent + prefixWidth, otherIndent + prefixWidth];
    const cost = new Array<number>(count + 1).fill(0);
    const lineLength = new Array<number>(count + 1).fill(0);
    const next = new Array<number>(count + 1).fill(count);
    const baseCost = (at: number): number => {
      let total = LINE_COST;
      if (at > 0) {
        const before = words[at - 1];
        if (before?.period) total += before.final ? -SENTENCE_BONUS : NOBREAK_COST;
        else if (before?.punctuation) total -= PUNCTUATION_BONUS;
        else if (at > 1 && words[at - 2]?.final) total += WIDOW_COST(before?.text.length ?? 0);
      }
      const word = words[at];
      if (word?.opens) total -= PAREN_BONUS;
      else if (word?.final) total += ORPHAN_COST(word.text.length);
      return total;
    };
    const lineCost = (after: number, length: number): number => {
      if (after === count) return 0;
      let total = square((goal - length) * 10);
      if (next[after] !== count) total += square(((lineLength[after] ?? 0) - length) * 10) / 2;
      return total;
    };
    for (let start = count - 1; start >= 0; start--) {
      if ((start & 255) === 0 && sys.charge(128)) yield* sys.preempt();
      let best = Number.POSITIVE_INFINITY;
      let length = start === 0 ? firstWidth : otherWidth;
      let at = start;
      length += words[at]?.text.length ?? 0;
      for (;;) {
        at++;
        const total = lineCost(at, length) + (cost[at] ?? 0);
        if (total < best) {
          best = total;
          next[start] = at;
          lineLength[start] = length;
        }
        if (at === count) break;
        length += (words[at - 1]?.space ?? 1) + (words[at]?.text.length ?? 0);
        if (length >= width) break;
      }
      cost[start] = best + baseCost(start);
    }
    for (let at = 0; at < count; at = next[at] ?? count) {
      const end = next[at] ?? count;
      if (sys.charge(2)) yield* sys.preempt();
      let out = prefix === "" ? " ".repeat(at === 0 ? firstIndent : otherIndent) : " ".repeat(prefixIndent) + prefix + " ".repeat(at === 0 ? firstIndent : otherIndent);
      for (let i = at; i < end; i++) out += (words[i]?.text ?? "") + (i < end - 1 ? " ".repeat(words[i]?.space ?? 1) : "");
      this.#io.out.putLatin1((this.#tabs ? withTabs(out) : out) + "\n");
    }
  }
}

/** Runs of blanks that reach past a tab stop, with tabs. */
function withTabs(line: string): string {
  let out = "";
  let column = 0;
  for (const [part] of line.matchAll(/ +|[^ ]+/g)) {
    if (!part.startsWith(" ")) {
      out += part;
      column += part.length;
      continue;
    }
    const target = column + part.length;
    const stop = target - (target % 8);
    if (column + 1 < stop) {
      while (column < stop) {
        out += "\t";
        column += 8 - (column % 8);
      }
    }
    out += " ".repeat(target - column);
    column = target;
  }
  return out;
}

function expandTabs(line: string): string {
  if (!line.includes("\t")) return line;
  let out = "";
  for (const char of line) out += char === "\t" ? " ".repeat(8 - (out.length % 8)) : char;
  return out;
}
