import { type Io, flag, gnu, reason, text, unsimulated } from "../kit/gnu.ts";
import { latin1OfText, textOfLatin1 } from "../kit/latin1.ts";
import { compileRegex } from "../kit/regex/compile-regex.ts";

interface Occurrence {
  readonly key: string;
  readonly context: string;
  readonly start: number;
  readonly reference: string;
}

const MOST_COLUMNS = 1_000_000;

export default gnu({
  name: "ptx",
  summary: "print the words of files in alphabetical order, each with its context: a permuted index",
  synopsis: ["[OPTION]... [INPUT]...", "-G [OPTION]... [INPUT [OUTPUT]]"],
  options: {
    autoReference: flag(["-A", "--auto-reference"], "refer to lines by file name and line number"),
    traditional: flag(["-G", "--traditional"], "do as ptx of System V does"),
    flagTruncation: text(["-F", "--flag-truncation"], "STRING", "STRING marks places where a line is cut (/)"),
    macroName: text(["-M", "--macro-name"], "STRING", "STRING is the macro of roff or TeX for a line (xx)"),
    roff: flag(["-O"], "a macro call of roff for each line"),
    format: text(["--format"], "roff|tex", "macro calls of roff or TeX"),
    rightReference: flag(["-R", "--right-side-refs"], "references on the right, beyond the width of -w"),
    sentence: text(["-S", "--sentence-regexp"], "REGEXP", "REGEXP that matches the end of a line or a sentence"),
    tex: flag(["-T"], "a macro call of TeX for each line"),
    word: text(["-W", "--word-regexp"], "REGEXP", "REGEXP that matches a keyword"),
    breakFile: unsimulated(["-b", "--break-file"], "FILE holds the characters that end a word", "use -W REGEXP instead", "FILE"),
    ignoreCase: flag(["-f", "--ignore-case"], "sort capital and small letters as the same"),
    gap: text(["-g", "--gap-size"], "NUMBER", "NUMBER of columns left free between the parts of a line"),
    ignoreFile: text(["-i", "--ignore-file"], "FILE", "no entries for the words in FILE"),
    onlyFile: text(["-o", "--only-file"], "FILE", "entries only for the words in FILE"),
    references: flag(["-r", "--references"], "the first word of each line is its reference"),
    typeset: flag(["-t", "--typeset-mode"], "(not implemented by the real program either)"),
    width: text(["-w", "--width"], "NUMBER", "NUMBER of columns in a line without its reference"),
  },
  parsing: { longOrder: "auto-reference break-file flag-truncation ignore-case gap-size ignore-file macro-name only-file references right-side-refs format sentence-regexp traditional typeset-mode width word-regexp help version" },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    const positive = (value: string | undefined, fallback: number, what: string): number => {
      if (value === undefined) return fallback;
      if (!/^\d+$/.test(value) || Number(value) < 1 || Number(value) >= 2 ** 63) io.die(`invalid ${what}: ${io.quote(value)}`);
      // blanks that the real one would write for hours
      if (Number(value) > MOST_COLUMNS) io.die("memory exhausted");
      return Number(value);
    };
    const gap = positive(options.gap, 3, "gap width");
    const width = positive(options.width, 72, "line width");
    const mark = latin1OfText(options.flagTruncation ?? "/");
    const wordRegex = compileRegex(options.word ?? (options.traditional || options.references ? "[^ \t\n]+" : "[[:alpha:]]+"), { syntax: options.word === undefined ? "ere" : "find-emacs", ignoreCase: options.ignoreCase });
    const readWords = function* (name: string | undefined) {
      if (name === undefined) return undefined;
      const input = yield* io.open(name);
      const words = new Set((yield* input.all()).split("\n").filter((word) => word !== "").map((word) => (options.ignoreCase ? word.toUpperCase() : word)));
      io.close(input);
      return words;
    };
    const ignored = yield* readWords(options.ignoreFile);
    const only = yield* readWords(options.onlyFile);
    const occurrences: Occurrence[] = [];
    for (const name of operands.length === 0 ? ["-"] : operands) {
      let whole: string;
      try {
        const input = yield* io.open(name);
        whole = yield* input.all();
        io.close(input);
      } catch (error) {
        io.die(`${io.quoteFile(name)}: ${reason(error)}`);
      }
      let lineNumber = 0;
      const sentences = options.references || options.autoReference || options.traditional ? whole.split("\n") : splitSentences(whole);
      for (const raw of sentences) {
        lineNumber++;
        let context = raw.replace(/\s+/g, " ").trim();
        let reference = options.autoReference ? `${name === "-" ? "" : name}:${lineNumber}:` : "";
        if (options.references) {
          const space = context.indexOf(" ");
          reference = space < 0 ? context : context.slice(0, space);
          context = space < 0 ? "" : context.slice(space + 1).trimStart();
        }
        for (let at = 0; at < context.length; ) {
          const found = wordRegex.exec(textOfLatin1(context), at);
          if (!found) break;
          const [start = 0, end = 0] = [found[0], found[1]];
          if (end === start) {
            at = end + 1;
            continue;
          }
          const word = context.slice(start, end);
          const folded = options.ignoreCase ? word.toUpperCase() : word;
          if (!ignored?.has(folded) && (!only || only.has(folded))) occurrences.push({ key: folded, context, start, reference });
          at = end;
        }
        if (sys.charge(1 + (context.length >> 3))) yield* sys.preempt();
      }
    }
    occurrences.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
    const referenceWidth = options.autoReference || options.references ? Math.max(0, ...occurrences.map((one) => one.reference.length)) : 0;
    const lineWidth = width - (referenceWidth > 0 && !options.rightReference ? referenceWidth + gap : 0);
    const half = Math.floor(lineWidth / 2);
    const roff = options.roff || options.format?.startsWith("r") === true;
    const tex = options.tex || options.format?.startsWith("t") === true;
    for (const one of occurrences) {
      const { before, keyAfter, tail, head } = cutContext(one, half, gap, mark);
      if (roff || tex) {
        const macro = options.macroName ?? "xx";
        const fields = [tail, before, keyAfter, head];
        const reference = referenceWidth > 0 ? [one.reference] : [];
        if (roff) io.out.putLatin1(`.${macro} ${[...fields, ...reference].map((field) => `"${field.replaceAll('"', '""')}"`).join(" ")}\n`);
        else io.out.putLatin1(`\\${macro} ${[...fields, ...reference].map((field) => `{${field.replace(/[$%&#_]/g, "\\$&")}}`).join("")}\n`);
        continue;
      }
      const prefix = options.rightReference || referenceWidth === 0 ? " ".repeat(gap) : one.reference.padEnd(referenceWidth + gap);
      const left = tail === "" ? before.padStart(half - gap) : tail + before.padStart(half - gap - tail.length);
      let line = prefix + left + " ".repeat(gap) + keyAfter;
      if (head !== "") line = line.padEnd(prefix.length + lineWidth - head.length) + head;
      if (options.rightReference && referenceWidth > 0) line = line.padEnd(lineWidth + gap) + one.reference;
      if (sys.charge(1 + (line.length >> 3))) yield* sys.preempt();
      io.out.putLatin1(line.trimEnd() + "\n");
      if (io.out.full) yield* io.out.flush();
    }
  },
});

function splitSentences(whole: string): string[] {
  return whole.split(/(?<=[.?!][\])"'}]*)(?:\n|\t| {2})[ \t\n]*/);
}

/** What fits left and right of the keyword; the rest wraps around into `tail` (left edge) and `head` (right edge). */
function cutContext(one: Occurrence, half: number, gap: number, mark: string): { readonly before: string; readonly keyAfter: string; readonly tail: string; readonly head: string } {
  const { context, start } = one;
  const rightRoom = half - 2 * mark.length;
  const leftRoom = half - gap - 2 * mark.length;
  let end = context.length;
  while (end - start > rightRoom) {
    const space = context.lastIndexOf(" ", end - 1);
    if (space <= start) break;
    end = space;
  }
  let from = 0;
  while (start - from > leftRoom + 1) {
    const space = context.indexOf(" ", from);
    if (space < 0 || space >= start) break;
    from = space + 1;
  }
  const cutRight = end < context.length;
  const cutLeft = from > 0;
  const before = (cutLeft ? mark : "") + context.slice(from, start).trimEnd();
  const keyAfter = context.slice(start, end) + (cutRight ? mark : "");
  let tail = "";
  let head = "";
  if (cutRight) {
    const room = half - gap - before.length - gap;
    const rest = context.slice(end).trimStart();
    tail = rest.length <= room ? rest : wordsThatFit(rest, room - mark.length);
    if (tail !== "" && tail.length < rest.length) tail += mark;
  }
  if (cutLeft) {
    const room = half - keyAfter.length - gap;
    const rest = context.slice(0, from).trimEnd();
    head = rest.length <= room ? rest : lastWordsThatFit(rest, room - mark.length);
    if (head !== "" && head.length < rest.length) head = mark + head;
  }
  return { before, keyAfter, tail, head };
}

function wordsThatFit(text: string, room: number): string {
  let fitted = "";
  for (const word of text.split(" ")) {
    const next = fitted === "" ? word : `${fitted} ${word}`;
    if (next.length > room) break;
    fitted = next;
  }
  return fitted;
}

function lastWordsThatFit(text: string, room: number): string {
  let fitted = "";
  for (const word of text.split(" ").reverse()) {
    const next = fitted === "" ? word : `${word} ${fitted}`;
    if (next.length > room) break;
    fitted = next;
  }
  return fitted;
}
