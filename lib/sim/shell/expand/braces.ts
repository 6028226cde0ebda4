// Brace expansion works on the text of a word, before anything else and without knowing of variables (bash(1), "Brace Expansion"; the
// odd cases follow braces.c). Since nothing at run time changes its result, it is kept with the word.
import { Word } from "../syntax/tree.ts";
import { bracesEnd, matchingEnd } from "../syntax/word-parts.ts";

/** So many words a brace expression may make: bash would run out of memory some way beyond. */
const LIMIT = 2_000_000;

/** So many are kept with their word. */
const MOST_KEPT = 256;

/** The words that `word` expands to, or null when it holds no brace expression. Many are made as they are asked for. */
export function braceWords(word: Word): Iterable<Word> | null {
  if (word.braces !== undefined) return word.braces;
  const found = word.text.includes("{") && word.context === "word" && word.assignment?.elements === undefined ? parseBraces(word.text) : undefined;
  if (found === undefined || (found.count === 1 && expansions(found).next().value === word.text)) word.braces = null;
  else if (found.count > MOST_KEPT) return wordsOf(word, found);
  else word.braces = [...wordsOf(word, found)];
  return word.braces;
}

function* wordsOf(word: Word, braces: Braces): Generator<Word> {
  // a backslash that a sequence made quotes what comes next; at the end of a word it is nothing
  const ends = word.text.endsWith("}");
  for (const text of expansions(braces)) yield new Word(ends ? text.replace(/(?<!\\)((?:\\\\)*)\\$/, "$1''") : text);
}

/** Position after what starts at `at`, when that is quoted or a `$` expansion; else `at`. */
function skipOpaque(text: string, at: number): number {
  const c = text.charAt(at);
  if (c === "\\") return Math.min(at + 2, text.length);
  if (c === "'") {
    const end = text.indexOf("'", at + 1);
    return end < 0 ? text.length : end + 1;
  }
  if (c === '"') {
    let i = at + 1;
    while (i < text.length && text.charAt(i) !== '"') {
      const next = text.charAt(i) === "$" ? skipOpaque(text, i) : i;
      i = next > i ? next : text.charAt(i) === "\\" ? i + 2 : i + 1;
    }
    return Math.min(i + 1, text.length);
  }
  if (c === "`") {
    let i = at + 1;
    while (i < text.length && text.charAt(i) !== "`") i += text.charAt(i) === "\\" ? 2 : 1;
    return Math.min(i + 1, text.length);
  }
  if (c === "$" || c === "<" || c === ">") {
    const next = text.charAt(at + 1);
    if (next === "{" && c === "$") {
      const end = bracesEnd(text, at, false);
      return end < 0 ? text.length : end;
    }
    if (next === "(") {
      const end = matchingEnd(text, at + 1, "(", ")");
      return end < 0 ? text.length : end;
    }
  }
  return at;
}

function findOpen(text: string, from: number): number {
  for (let at = from; at < text.length; ) {
    const next = skipOpaque(text, at);
    if (next > at) {
      at = next;
      continue;
    }
    if (text.charAt(at) === "{") {
      const before = at === 0 ? " " : text.charAt(at - 1);
      const after = text.charAt(at + 1);
      if (!(/\s/.test(before) && (after === "" || /[\s}]/.test(after)))) return at;
    }
    at++;
  }
  return -1;
}

/** The closing brace that goes with the `{` before `from`: only one that has a comma or `..` of its own level before it. */
function findClose(text: string, from: number): number {
  let level = 0;
  let separators = 0;
  for (let at = from; at < text.length; ) {
    const next = skipOpaque(text, at);
    if (next > at) {
      at = next;
      continue;
    }
    const c = text.charAt(at);
    if (c === "}" && level === 0 && separators > 0) return at;
    if (c === "{") level++;
    else if (c === "}" && level > 0) level--;
    else if (level === 0 && (c === "," || (c === "." && text.charAt(at + 1) === "." && text.charAt(at + 2) !== "}"))) separators++;
    at++;
  }
  return -1;
}

/** What a text expands to. */
interface Braces {
  readonly text: string;
  /** of its expansions */
  readonly count: number;
  /** undefined: the text itself */
  readonly parts: { readonly preamble: string; readonly middle: readonly Braces[] | Sequence; readonly rest: Braces } | undefined;
}

interface Sequence {
  readonly from: number;
  readonly by: number;
  readonly count: number;
  readonly write: (value: number) => string;
}

const plain = (text: string): Braces => ({ text, count: 1, parts: undefined });

function parseBraces(text: string): Braces {
  let open = findOpen(text, 0);
  let close = -1;
  while (open >= 0) {
    close = findClose(text, open + 1);
    if (close >= 0) break;
    open = findOpen(text, open + 1);
  }
  if (open < 0) return plain(text);
  const inner = text.slice(open + 1, close);
  const after = text.slice(close + 1);
  let middle: readonly Braces[] | Sequence | undefined = hasComma(inner) ? splitCommas(inner).map(parseBraces) : parseSequence(inner);
  if (middle === undefined) {
    if (after === "") return plain(text);
    middle = [plain(`{${inner}}`)];
  }
  const rest = parseBraces(after);
  const count = ("by" in middle ? middle.count : middle.reduce((sum, part) => sum + part.count, 0)) * rest.count;
  return count > LIMIT ? plain(text) : { text, count, parts: { preamble: text.slice(0, open), middle, rest } };
}

function* expansions({ text, parts }: Braces): Generator<string> {
  if (parts === undefined) {
    yield text;
    return;
  }
  const { preamble, middle, rest } = parts;
  for (const item of "by" in middle ? sequenceValues(middle) : eachOf(middle)) {
    if (rest.parts === undefined) yield preamble + item + rest.text;
    else for (const tail of expansions(rest)) yield preamble + item + tail;
  }
}

function* eachOf(all: readonly Braces[]): Generator<string> {
  for (const one of all) yield* expansions(one);
}

function* sequenceValues({ from, by, count, write }: Sequence): Generator<string> {
  for (let i = 0; i < count; i++) yield write(from + i * by);
}

export function expandBraces(text: string): string[] {
  return [...expansions(parseBraces(text))];
}

function hasComma(inner: string): boolean {
  for (let i = 0; i < inner.length; i++) {
    const c = inner.charAt(i);
    if (c === "\\") i++;
    else if (c === ",") return true;
  }
  return false;
}

function splitCommas(inner: string): string[] {
  const parts: string[] = [];
  let level = 0;
  let start = 0;
  for (let at = 0; at < inner.length; ) {
    const next = skipOpaque(inner, at);
    if (next > at) {
      at = next;
      continue;
    }
    const c = inner.charAt(at);
    if (c === "{") level++;
    else if (c === "}" && level > 0) level--;
    else if (c === "," && level === 0) {
      parts.push(inner.slice(start, at));
      start = at + 1;
    }
    at++;
  }
  parts.push(inner.slice(start));
  return parts;
}

const SEQUENCE = /^([-+]?[0-9]+|[A-Za-z])\.\.([-+]?[0-9]+|[A-Za-z])(?:\.\.([-+]?[0-9]+))?$/;

/** {x..y..step} */
function parseSequence(inner: string): Sequence | undefined {
  const match = SEQUENCE.exec(inner);
  if (!match) return undefined;
  const [, left = "", right = "", stepText] = match;
  const numeric = /[0-9]$/.test(left);
  if (numeric !== /[0-9]$/.test(right)) return undefined;
  const [first, last] = numeric ? [BigInt(left), BigInt(right)] : [BigInt(left.charCodeAt(0)), BigInt(right.charCodeAt(0))];
  const given = stepText === undefined ? 1n : BigInt(stepText);
  const step = given === 0n ? 1n : given < 0n ? -given : given;
  if (![first, last, given].every((value) => BigInt.asIntN(64, value) === value) || given === -(2n ** 63n)) return undefined;
  const span = last > first ? last - first : first - last;
  if (span / step > LIMIT) return undefined;
  const by = first <= last ? step : -step;
  const count = Number(span / step) + 1;
  // beyond what a number holds exactly: counted from the first
  if (![first, last, step].every((value) => Number.isSafeInteger(Number(value)))) return { from: 0, by: 1, count, write: (index) => String(first + BigInt(index) * by) };
  const padded = numeric && (/^[-+]?0[0-9]/.test(left) || /^[-+]?0[0-9]/.test(right));
  const width = padded ? Math.max(left.length, right.length) : 0;
  const write = (value: number): string => {
    if (!numeric) return String.fromCharCode(value);
    if (width === 0) return String(value);
    const digits = String(Math.abs(value)).padStart(width - (value < 0 ? 1 : 0), "0");
    return value < 0 ? `-${digits}` : digits;
  };
  return { from: Number(first), by: Number(by), count, write };
}

/** How many elements a sequence in the text would have that is too long to be made here; undefined when there is none. */
export function longSequence(text: string): number | undefined {
  for (const [, from, to, step = "1"] of text.matchAll(/\{([-+]?[0-9]+)\.\.([-+]?[0-9]+)(?:\.\.([-+]?[0-9]+))?\}/g)) {
    const count = Math.floor(Math.abs(Number(to) - Number(from)) / (Math.abs(Number(step)) || 1)) + 1;
    // of more than an int counts bash says nothing (braces.c, mkseq)
    if (count > LIMIT && count <= 0x7fff_fffd) return count;
  }
  return undefined;
}
