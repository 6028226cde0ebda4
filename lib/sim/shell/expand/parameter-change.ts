// What #, %, /, ^ and , make of a value.
import type { Blocking } from "../../kernel/sys.ts";
import { ExpansionError } from "../interp/expansion-error.ts";
import type { Shell } from "../interp/shell.ts";
import { type ParameterPart, Word } from "../syntax/tree.ts";
import { asBytes, countsBytes } from "./locale.ts";
import { compilePattern, type Pattern } from "./pattern.ts";

/** Matching that takes longer than that is given up: the rest stays as it is. */
const MOST_WORK = 4_000_000;

/** A text that long cannot be held. */
const MAX_LENGTH = 1 << 24;

/** Longer texts are worked on while others run. */
const SHORT_TEXT = 256;
const CHARACTERS_A_TURN = 4096;
const WORK_A_TURN = 16_384;

/** A short text at once. */
export type TextChange = (text: string) => string | Blocking<string>;

/** What #, %, /, ^ and , do to one string. */
export function* textChange(shell: Shell, part: ParameterPart): Blocking<TextChange> {
  const operator = part.operator ?? "#";
  const operand = part.operand ?? new Word("");
  const pattern0 = yield* shell.language.expandPattern(shell, operand);
  const source = countsBytes(shell, pattern0) ? asBytes(pattern0) : pattern0;
  const options = { extglob: shell.shopts.extglob, ignoreCase: false };
  switch (operator) {
    case "#": case "##": {
      const pattern = compilePattern(source, options);
      return (text) => {
        charge(shell, text);
        const ends = pattern.endsAt(text, 0);
        return ends ? text.slice(operator === "##" ? ends.longest : ends.shortest) : text;
      };
    }
    case "%": case "%%": {
      const pattern = compilePattern(source, options);
      return (text) => {
        charge(shell, text);
        if (text.length > SHORT_TEXT && pattern.literal === undefined) return changeSuffix(shell, pattern, text, operator === "%%", () => "");
        const start = pattern.suffixStart(text, operator === "%%");
        return start === undefined ? text : text.slice(0, start);
      };
    }
    case "/": case "//": case "/#": case "/%": {
      // as outside double quotes wherever it stands: its own quotes are quotes (subst.c, pat_subst)
      let replacement: (match: string) => string;
      if (part.operand2 === undefined || part.operand2.text === "") replacement = () => "";
      else if (!shell.shopts.patsub_replacement) {
        const text = yield* shell.language.expandString(shell, part.operand2);
        replacement = () => text;
      } else {
        const escaped = yield* shell.language.expandEscaped(shell, part.operand2, (text) => text.replace(/[\\&]/g, "\\$&"));
        replacement = replacer(escaped);
      }
      // subst.c's umatchlen ends [^]…] at its first bracket, so a pattern of fixed length with one is looked for in texts that are too long for it.
      if (/(?:^|[^\\])\[[!^]\]/.test(source) && !/(?:^|[^\\])(?:\*|[?*+@!]\()/.test(source)) return (text) => text;
      // its first look is for `*PATTERN*`, where a backslash at the end quotes the star (subst.c, match_upattern)
      if (/(?:^|[^\\])(?:\\\\)*\\$/.test(source) && (operator !== "/%" || source === "\\")) return (text) => text;
      const pattern = compilePattern(source, { ...options, ignoreCase: shell.shopts.nocasematch });
      if (operator === "/#") {
        return (text) => {
          const ends = source === "" ? { longest: 0 } : pattern.endsAt(text, 0);
          return ends ? replacement(text.slice(0, ends.longest)) + text.slice(ends.longest) : text;
        };
      }
      if (operator === "/%") {
        return (text) => {
          if (text.length > SHORT_TEXT && source !== "" && pattern.literal === undefined) return changeSuffix(shell, pattern, text, true, replacement);
          const start = source === "" ? text.length : pattern.suffixStart(text, true);
          return start === undefined ? text : text.slice(0, start) + replacement(text.slice(start));
        };
      }
      if (source === "") return (text) => text;
      const once = operator === "/";
      return (text) => {
        const work = replace(shell, pattern, text, source, replacement, once);
        for (;;) {
          const turn = work.next();
          if (turn.done) return turn.value;
          if (text.length > SHORT_TEXT) return inTurns(shell, work);
        }
      };
    }
    default: {
      const pattern = source === "" ? undefined : compilePattern(source, options);
      const all = operator.length === 2;
      const kind = operator.charAt(0);
      return (text) => {
        charge(shell, text);
        const change = (c: string): string => {
          if (pattern && !pattern.matches(c)) return c;
          if (kind === "^") return c.toUpperCase();
          if (kind === ",") return c.toLowerCase();
          return c === c.toUpperCase() ? c.toLowerCase() : c.toUpperCase();
        };
        if (!all) {
          const first = text === "" ? "" : String.fromCodePoint(text.codePointAt(0) ?? 0);
          return change(first) + text.slice(first.length);
        }
        if (text.length > CHARACTERS_A_TURN) return eachCharacter(shell, text, change);
        return [...text].map(change).join("");
      };
    }
  }
}

function* eachCharacter(shell: Shell, text: string, change: (c: string) => string): Blocking<string> {
  let out = "";
  let count = 0;
  for (const c of text) {
    out += change(c);
    // paid for already
    if (++count % CHARACTERS_A_TURN === 0 && shell.sys.charge(0)) yield* preempt(shell);
  }
  return out;
}

function* changeSuffix(shell: Shell, pattern: Pattern, text: string, longest: boolean, replacement: (match: string) => string): Blocking<string> {
  let from: number | undefined;
  for (;;) {
    // the pattern may be another shell's, too: what that one left is not this one's
    pattern.takeWork();
    const start = pattern.searchSuffix(text, longest, WORK_A_TURN, from);
    if (start === undefined) return text;
    if (start !== "later") return text.slice(0, start) + replacement(text.slice(start));
    from = pattern.tried;
    if (shell.sys.charge(1 + (pattern.takeWork() >> 5))) yield* preempt(shell);
  }
}

/** `text` with what matches replaced; gives way after each match and each place where there is none. */
function* replace(shell: Shell, pattern: Pattern, text: string, source: string, replacement: (match: string) => string, once: boolean): Generator<void, string> {
  let out = "";
  let at = 0;
  let work = 0;
  const literal = pattern.literal;
  pattern.takeWork();
  while (at <= text.length) {
    if (out.length > MAX_LENGTH) throw new ExpansionError(`xrealloc: cannot allocate ${out.length} bytes`, "exit");
    if (work > MOST_WORK) break;
    if (literal !== undefined) {
      const hit = text.indexOf(literal, at);
      if (hit < 0) break;
      out += text.slice(at, hit) + replacement(literal);
      at = hit + literal.length;
      charge(shell, "x");
      if (once) break;
      if (shell.attention) yield;
      continue;
    }
    charge(shell, "x");
    const ends = pattern.endsAt(text, at);
    const taken = pattern.takeWork();
    work += taken;
    if (taken > 64 && shell.sys.charge(taken >> 5)) shell.attention = true;
    if (shell.attention) {
      yield;
      pattern.takeWork();
    }
    if (!ends || ends.longest === at) {
      // an empty match stands before each character; in an empty text `//` finds only a star (subst.c: pat_subst)
      if (text === "") return ends && (once || source === "*") ? replacement("") : text;
      if (at === text.length) break;
      if (ends) out += replacement("");
      if (ends && once) break;
      const width = text.codePointAt(at) !== undefined && (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
      out += text.slice(at, at + width);
      at += width;
      continue;
    }
    out += replacement(text.slice(at, ends.longest));
    at = ends.longest;
    if (once) break;
  }
  return out + text.slice(Math.min(at, text.length));
}

function* inTurns(shell: Shell, work: Generator<void, string>): Blocking<string> {
  for (;;) {
    yield* shell.sys.preempt();
    shell.attention = false;
    const turn = work.next();
    if (!turn.done) continue;
    // a caught signal that came meanwhile is looked at after the command
    shell.attention = true;
    return turn.value;
  }
}

function* preempt(shell: Shell): Blocking<void> {
  yield* shell.sys.preempt();
  shell.attention = true;
}

export function charge(shell: Shell, text: string): void {
  if (shell.sys.charge(1 + (text.length >> 5))) shell.attention = true;
}

/** `&` stands for the match, `\&` for itself. */
function replacer(escaped: string): (match: string) => string {
  if (!/[&\\]/.test(escaped)) return () => escaped;
  const pieces: (string | null)[] = [];
  let current = "";
  for (let i = 0; i < escaped.length; i++) {
    const c = escaped.charAt(i);
    if (c === "\\" && (escaped.charAt(i + 1) === "&" || escaped.charAt(i + 1) === "\\")) current += escaped.charAt(++i);
    else if (c === "&") {
      pieces.push(current, null);
      current = "";
    } else current += c;
  }
  pieces.push(current);
  return (match) => pieces.map((piece) => piece ?? match).join("");
}
