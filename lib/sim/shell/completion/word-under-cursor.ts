// Which word is being completed, how it is quoted, and which command it belongs to: readline's word breaks and bash's rules for the
// command position (bashline.c's behaviour as bash(1) "Programmable Completion" and readline(3) describe it).

/** COMP_WORDBREAKS of an interactive bash. */
export const WORD_BREAKS = " \t\n\"'@><=;|&(:";
const BLANKS = " \t\n";
/** What begins a new command when unquoted. */
const SEPARATORS = ";|&({`\n";
const LEADING_WORDS = new Set(["if", "then", "else", "elif", "while", "until", "do", "time", "!", "{", "coproc"]);
const ASSIGNMENT = /^[A-Za-z_][A-Za-z0-9_]*(\[[^\]]*\])?\+?=/;

export type Quote = "" | "'" | '"';

export interface WordUnderCursor {
  /** Start of the text that a completion replaces: behind an opening quote that is still open. */
  readonly start: number;
  /** The quote that is open at the cursor. */
  readonly quote: Quote;
  /** As typed, from start to the cursor. */
  readonly raw: string;
  /** Without quotes and backslashes. */
  readonly text: string;
}

interface QuoteScan {
  /** True for characters that are quoted, quotes included. */
  readonly quoted: readonly boolean[];
  readonly open: Quote;
  readonly openAt: number;
}

function scanQuotes(line: string, end: number): QuoteScan {
  const quoted: boolean[] = [];
  let open: Quote = "";
  let openAt = -1;
  for (let i = 0; i < end; i += 1) {
    const character = line[i] ?? "";
    if (open === "'") {
      quoted[i] = true;
      if (character === "'") open = "";
    } else if (character === "\\") {
      quoted[i] = true;
      quoted[i + 1] = true;
      i += 1;
    } else if (open === '"') {
      quoted[i] = true;
      if (character === '"') open = "";
    } else if (character === "'" || character === '"') {
      quoted[i] = true;
      open = character;
      openAt = i;
    } else quoted[i] = false;
  }
  return { quoted, open, openAt };
}

export function dequote(raw: string, quote: Quote = ""): string {
  let text = "";
  let open: Quote = quote;
  for (let i = 0; i < raw.length; i += 1) {
    const character = raw[i] ?? "";
    if (open === "'") {
      if (character === "'") open = "";
      else text += character;
    } else if (character === "\\") {
      const next = raw[i + 1] ?? "";
      if (open === '"' && !'$`"\\\n'.includes(next)) text += "\\";
      text += next;
      i += 1;
    } else if (open === '"') {
      if (character === '"') open = "";
      else text += character;
    } else if (character === "'" || character === '"') open = character;
    else text += character;
  }
  return text;
}

export function wordUnderCursor(line: string, point: number, breaks = WORD_BREAKS): WordUnderCursor {
  const { quoted, open, openAt } = scanQuotes(line, point);
  if (open !== "") {
    const raw = line.slice(openAt + 1, point);
    return { start: openAt + 1, quote: open, raw, text: dequote(raw, open) };
  }
  let start = point;
  while (start > 0 && (quoted[start - 1] || !breaks.includes(line[start - 1] ?? ""))) start -= 1;
  const raw = line.slice(start, point);
  return { start, quote: "", raw, text: dequote(raw) };
}

export interface CommandLine {
  /** The words of the simple command as typed, the last one up to the cursor (it may be empty). */
  readonly words: readonly string[];
  /** The last word is where a command's name stands. */
  readonly inCommandPosition: boolean;
  /** The command up to the cursor. */
  readonly text: string;
  /** The whole command, cursor position in it: COMP_LINE, COMP_POINT. */
  readonly start: number;
  /** The last word follows an unquoted `<` or `>`. */
  readonly redirection: boolean;
}

/** The simple command around the cursor, words split at blanks only. */
export function commandLine(line: string, point: number): CommandLine {
  const { quoted } = scanQuotes(line, point);
  let start = 0;
  for (let i = 0; i < point; i += 1) {
    if (quoted[i]) continue;
    const character = line[i] ?? "";
    const before = line[i - 1] ?? "";
    if (!SEPARATORS.includes(character)) continue;
    if (character === "{" && (before === "$" || (i > 0 && !BLANKS.includes(before)))) continue;
    if (character === "&" && (before === ">" || before === "<" || line[i + 1] === ">")) continue;
    if (character === "|" && before === ">") continue;
    if (character === "(" && before === "=") continue;
    start = i + 1;
  }
  const words: string[] = [];
  let word: string | undefined;
  let wordStart = start;
  let redirection = false;
  let skipNext = false;
  const finish = (): void => {
    if (word === undefined) return;
    if (skipNext) skipNext = false;
    else words.push(word);
    word = undefined;
  };
  for (let i = start; i < point; i += 1) {
    const character = line[i] ?? "";
    if (!quoted[i] && BLANKS.includes(character)) {
      finish();
      if (words.length > 0 && commandWordsOnly(words)) words.length = 0;
      continue;
    }
    if (!quoted[i] && (character === "<" || character === ">")) {
      if (word !== undefined && /^\d+$/.test(word)) word = undefined;
      finish();
      skipNext = true;
      continue;
    }
    if (word === undefined) wordStart = i;
    word = (word ?? "") + character;
  }
  redirection = skipNext;
  if (redirection) words.push(word ?? "");
  else words.push(word ?? "");
  while (words.length > 1 && ASSIGNMENT.test(words[0] ?? "")) words.shift();
  if (words.length === 1) start = wordStart;
  else start = Math.max(line.indexOf(words[0] ?? "", start), start);
  return { words, inCommandPosition: words.length === 1 && !redirection && !ASSIGNMENT.test(words[0] ?? ""), text: line.slice(start, point), start, redirection };
}

function commandWordsOnly(words: readonly string[]): boolean {
  return words.every((word) => LEADING_WORDS.has(word));
}

/** COMP_WORDS: words split at blanks and at the break characters, runs of which are words of their own; and the index of the cursor's. */
export function completionWords(line: string, point: number, breaks = WORD_BREAKS): { words: string[]; index: number } {
  const { quoted } = scanQuotes(line, line.length);
  const words: string[] = [];
  let index = -1;
  let i = 0;
  const isBreak = (at: number): boolean => !quoted[at] && breaks.includes(line[at] ?? "") && !BLANKS.includes(line[at] ?? "");
  while (i < line.length) {
    if (!quoted[i] && BLANKS.includes(line[i] ?? "")) {
      if (i >= point && index < 0) {
        index = words.length;
        words.push("");
      }
      i += 1;
      continue;
    }
    const start = i;
    if (isBreak(i)) while (i < line.length && isBreak(i)) i += 1;
    else while (i < line.length && (quoted[i] || (!breaks.includes(line[i] ?? "") && !BLANKS.includes(line[i] ?? "")))) i += 1;
    if (index < 0 && point > start && point <= i) index = words.length;
    else if (index < 0 && point === start) {
      index = words.length;
      words.push("");
    }
    words.push(line.slice(start, i));
  }
  if (index < 0) {
    index = words.length;
    words.push("");
  }
  return { words, index };
}
