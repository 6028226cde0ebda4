// :s, :&, :g, :v

import type { Blocking } from "../../kernel/sys.ts";
import { type MatchOffsets, RegexLimitError } from "../kit/regex/compile-regex.ts";
import { compilePattern, matchesIn } from "./_find.ts";
import { readKeyAt } from "./_keyboard.ts";
import { listRows } from "./_messages.ts";
import type { VimPattern } from "./_pattern.ts";
import { nextIndex } from "./_text.ts";
import { Failure } from "./_failure.ts";
import type { Vim } from "./_vim.ts";

/** A piece between delimiters; a backslash keeps the delimiter from ending it. */
export function cutDelimited(text: string, delimiter: string): { readonly piece: string; readonly rest: string | undefined } {
  let piece = "";
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? "";
    if (c === "\\" && i + 1 < text.length) {
      const next = text[++i] ?? "";
      piece += next === delimiter && delimiter !== "&" ? next : c + next;
    } else if (c === delimiter) return { piece, rest: text.slice(i + 1) };
    else piece += c;
  }
  return { piece, rest: undefined };
}

/** `argument`: what stands behind s. Lines from 1. */
export function* substitute(vim: Vim, argument: string, first: number, last: number, again: "s" | "&" | "~" = "s"): Blocking<void> {
  let put: string;
  let pattern: string;
  let tail: string;
  const delimiter = argument[0] ?? "";
  if (again === "s" && delimiter !== "" && !/^[\w\s"|&~]/.test(delimiter)) {
    const one = cutDelimited(argument.slice(1), delimiter);
    const two = one.rest === undefined ? { piece: "", rest: undefined } : cutDelimited(one.rest, delimiter);
    if (one.piece === "") {
      if (!vim.search) throw new Failure("E35: No previous regular expression");
      pattern = vim.search.pattern;
    } else pattern = one.piece;
    put = two.piece === "~" && vim.lastSubstitute ? vim.lastSubstitute.put : two.piece;
    tail = two.rest ?? "";
  } else {
    if (!vim.lastSubstitute) throw new Failure("E33: No previous substitute regular expression");
    pattern = again === "~" ? (vim.search?.pattern ?? vim.lastSubstitute.pattern) : vim.lastSubstitute.pattern;
    put = vim.lastSubstitute.put;
    tail = argument;
  }
  const found = /^(&?)([cegiInp#lr&]*)[ \t]*(\d*)[ \t]*(.*)$/.exec(tail.trim());
  if (!found || (found[4] ?? "") !== "") throw new Failure(`E488: Trailing characters: ${tail.trim()}`);
  let flags = found[2] ?? "";
  if (found[1] === "&" && vim.lastSubstitute) flags += vim.lastSubstitute.flags;
  let from = first;
  let to = last;
  if (found[3]) {
    from = last;
    to = Math.min(vim.lines.length, last + Number(found[3]) - 1);
  }
  vim.lastSubstitute = { pattern, put, flags };
  vim.search = { pattern, forward: true, offset: "" };
  const compiled = compilePattern(vim, `${flags.includes("i") ? "\\c" : flags.includes("I") ? "\\C" : ""}${pattern}`);
  yield* new Substitution(vim, compiled, put, flags).run(from - 1, to - 1, pattern);
}

class Substitution {
  readonly #vim: Vim;
  readonly #pattern: VimPattern;
  readonly #put: string;
  readonly #flags: string;
  #all = false;
  #stop = false;
  #count = 0;
  #lines = 0;
  #lastLine = -1;

  constructor(vim: Vim, pattern: VimPattern, put: string, flags: string) {
    this.#vim = vim;
    this.#pattern = pattern;
    this.#put = put;
    this.#flags = flags;
  }

  *run(first: number, last: number, source: string): Blocking<void> {
    const vim = this.#vim;
    const countOnly = this.#flags.includes("n");
    let matched = false;
    let end = last;
    for (let line = first; line <= end && !this.#stop; line++) {
      const before = vim.lines.length;
      const did = yield* this.#line(line, countOnly);
      matched ||= did;
      const grown = vim.lines.length - before;
      end += grown;
      if (grown > 0) line += grown;
      else if (grown < 0) line--;
      if (vim.sys.charge(2)) yield* vim.sys.preempt();
    }
    const { spotlight } = vim;
    vim.spotlight = undefined;
    if (!matched) {
      if (!this.#flags.includes("e") && !vim.global) throw new Failure(`E486: Pattern not found: ${source}`);
      return;
    }
    if (vim.global) {
      vim.global.substitutions += this.#count;
      vim.global.lines += this.#lines;
      if (this.#lastLine >= 0) vim.startOfLine(this.#lastLine);
      return;
    }
    if (countOnly) {
      vim.message(`${this.#count} match${this.#count === 1 ? "" : "es"} on ${this.#lines} line${this.#lines === 1 ? "" : "s"}`);
      return;
    }
    if (this.#count > 0) {
      // when it asked, the cursor stays where it asked last and the question goes
      if (spotlight && this.#flags.includes("c")) {
        vim.goTo({ line: spotlight.line, col: spotlight.from });
        vim.message("");
      } else vim.startOfLine(this.#lastLine);
      if (/[pl#]/.test(this.#flags)) vim.message(vim.line);
      else reportSubstitutions(vim, this.#count, this.#lines);
    }
  }

  /** Whether the pattern was found there. */
  *#line(line: number, countOnly: boolean): Blocking<boolean> {
    const vim = this.#vim;
    const all = this.#flags.includes("g");
    let text = vim.buffer.line(line);
    let joined = 1;
    if (this.#pattern.multiline) {
      joined = Math.min(20, vim.lines.length - line);
      text = vim.lines.slice(line, line + joined).join("\n") + (line + joined >= vim.lines.length ? "\n" : "");
    }
    const own = vim.buffer.line(line).length;
    let at = 0;
    let result = "";
    let copied = 0;
    let matched = false;
    let replaced = 0;
    for (;;) {
      const match = this.#exec(text, at);
      if (vim.sys.charge(1 + (this.#pattern.regex.takeWork() >> 4))) yield* vim.sys.preempt();
      if (!match) break;
      const from = match[0] ?? 0;
      const to = match[1] ?? from;
      if (from > own || (from === own && to === from && from < text.length && this.#pattern.multiline)) break;
      matched = true;
      let accept = true;
      if (countOnly) {
        this.#count++;
        accept = false;
      } else if (this.#flags.includes("c") && !this.#all) {
        accept = yield* this.#ask(line, result, copied, text, from, to);
        if (this.#stop && !accept) break;
      }
      if (accept) {
        result += text.slice(copied, from) + this.#replacement(text, match);
        copied = to;
        replaced++;
      }
      if (!all || this.#stop) break;
      at = to > from ? to : nextIndex(text, to);
      if (to === from && from >= text.length) break;
      if (at > own) break;
    }
    if (countOnly && matched) this.#lines++;
    if (replaced === 0) return matched;
    this.#count += replaced;
    this.#lines++;
    vim.goTo({ line, col: 0 });
    const whole = (result + text.slice(copied)).replace(/\n$/, (end) => (this.#pattern.multiline && line + joined >= vim.lines.length ? "" : end));
    // A carriage return in the replacement is a new line.
    const lines = whole.split(/[\r\n]/).map((one) => one.replaceAll("\0", "\n").replaceAll("\u0001\r", "\r"));
    if (joined > 1) {
      // Only the lines that changed are put back.
      const old = vim.lines.slice(line, line + joined);
      let same = 0;
      while (same < old.length - 1 && same < lines.length - 1 && old[old.length - 1 - same] === lines[lines.length - 1 - same]) same++;
      vim.replaceLines(line, joined - same, lines.slice(0, lines.length - same));
    } else vim.replaceLines(line, 1, lines);
    this.#lastLine = line + (joined > 1 ? 0 : lines.length - 1);
    return true;
  }

  #exec(text: string, at: number): MatchOffsets | undefined {
    try {
      return this.#pattern.exec(text, at);
    } catch (error) {
      if (error instanceof RegexLimitError) throw new Failure("E363: Pattern uses more memory than 'maxmempattern'");
      throw error;
    }
  }

  *#ask(line: number, done: string, copied: number, text: string, from: number, to: number): Blocking<boolean> {
    const vim = this.#vim;
    const own = vim.buffer.line(line);
    const shown = done + text.slice(copied);
    if (shown !== own && !this.#pattern.multiline) vim.replaceLines(line, 1, [shown]);
    const shift = done.length - copied;
    vim.goTo({ line, col: from + shift });
    vim.spotlight = { line, from: from + shift, to: to + shift };
    for (;;) {
      vim.message(`replace with ${this.#put} (y/n/a/q/l/^E/^Y)?`, vim.look.question);
      const key = yield* readKeyAt(vim, vim.screen.rows - 1, `replace with ${this.#put} (y/n/a/q/l/^E/^Y)?`.length);
      if (key === "a") this.#all = true;
      if (key === "l" || key === "q" || key === "\u001b" || key === "\u0003") this.#stop = true;
      if (key === "y" || key === "a" || key === "l") return true;
      if (key === "n" || key === "q" || key === "\u001b" || key === "\u0003") {
        if (this.#stop) vim.wipeMessage();
        return false;
      }
    }
  }

  /** & \0 \1 … \n \r \t \u \U \l \L \e */
  #replacement(text: string, match: MatchOffsets): string {
    const group = (n: number) => ((match[2 * n] ?? -1) < 0 ? "" : text.slice(match[2 * n] ?? 0, match[2 * n + 1] ?? 0));
    const { options } = this.#vim;
    let result = "";
    let once: "u" | "l" | undefined;
    let always: "U" | "L" | undefined;
    const add = (piece: string) => {
      for (const c of piece) {
        if (once !== undefined) {
          result += once === "u" ? c.toUpperCase() : c.toLowerCase();
          once = undefined;
        } else result += always === "U" ? c.toUpperCase() : always === "L" ? c.toLowerCase() : c;
      }
    };
    const put = this.#put;
    const magic = options.on("magic");
    for (let i = 0; i < put.length; i++) {
      const c = put[i] ?? "";
      if (c === "&" && magic) add(group(0));
      else if (c === "~" && magic) add("~");
      else if (c !== "\\") add(c);
      else {
        const next = put[++i] ?? "\\";
        if (/\d/.test(next)) add(group(Number(next)));
        else if (next === "u" || next === "l") once = next;
        else if (next === "U" || next === "L") always = next;
        else if (next === "e" || next === "E") {
          once = undefined;
          always = undefined;
        } else if (next === "n") result += "\0";
        else if (next === "r") result += "\r";
        else if (next === "t") result += "\t";
        else if (next === "&" && !magic) add(group(0));
        else if (next === "\r") result += "\u0001\r";
        else add(next);
      }
    }
    return result;
  }
}

function reportSubstitutions(vim: Vim, count: number, lines: number): void {
  if (count > vim.options.number("report")) {
    vim.message(`${count} substitution${count === 1 ? "" : "s"} on ${lines} line${lines === 1 ? "" : "s"}`);
  }
}

/** :g, :v. `run` carries out the command with the cursor on the line. */
export function* globalCommand(vim: Vim, argument: string, first: number, last: number, invert: boolean, run: (command: string) => Blocking<void>): Blocking<void> {
  if (vim.global) throw new Failure("E147: Cannot do :global recursive with a range");
  const delimiter = argument[0] ?? "";
  if (delimiter === "" || /[\w\s"|]/.test(delimiter)) throw new Failure("E148: Regular expression missing from global");
  const { piece, rest } = cutDelimited(argument.slice(1), delimiter);
  const source = piece === "" ? (vim.search?.pattern ?? "") : piece;
  if (source === "") throw new Failure("E35: No previous regular expression");
  vim.search = { pattern: source, forward: true, offset: "" };
  const pattern = compilePattern(vim, source);
  const command = rest === undefined || rest === "" ? "p" : rest;
  const marked: { line: number }[] = [];
  for (let line = first - 1; line < last; line++) {
    const found = (yield* matchesIn(vim, pattern, line)).length > 0;
    if (found !== invert) marked.push({ line });
  }
  if (marked.length === 0) {
    // outside a Vim9 script these are no errors
    vim.message(invert ? `Pattern found in every line: ${source}` : `Pattern not found: ${source}`);
    return;
  }
  const before = vim.lines.length;
  const state = { substitutions: 0, lines: 0, printed: [] as string[] };
  vim.global = state;
  const silent = vim.silent;
  try {
    // Marks follow their lines while the commands insert and delete.
    vim.buffer.follow(marked);
    for (const mark of marked) {
      if (mark.line < 0) continue;
      vim.goTo({ line: mark.line, col: 0 });
      vim.silent = true;
      try {
        yield* run(command);
      } finally {
        vim.silent = silent;
      }
      if (vim.sys.charge(2)) yield* vim.sys.preempt();
    }
  } finally {
    vim.buffer.follow(undefined);
    vim.global = undefined;
  }
  if (state.printed.length > 0) yield* listRows(vim, state.printed);
  else if (state.substitutions > 0) reportSubstitutions(vim, state.substitutions, state.lines);
  else {
    const difference = vim.lines.length - before;
    const count = Math.abs(difference);
    if (count > vim.options.number("report")) vim.message(`${count} ${difference > 0 ? "more" : "fewer"} lines`);
  }
  vim.clampCursor();
}
