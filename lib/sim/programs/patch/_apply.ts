// Finds where a hunk belongs and puts it in, with GNU patch's search: first where it says, then farther and farther away, then with
// less context.

import type { Blocking, Sys } from "../../kernel/sys.ts";
import type { Hunk, HunkLine } from "./_parse.ts";

export interface Applied {
  readonly kind: "applied";
  /** 1-based, in the result */
  readonly at: number;
  readonly offset: number;
  readonly fuzz: number;
}

export interface Failed {
  readonly kind: "failed";
  readonly at: number;
}

export function reverseHunk(hunk: Hunk): Hunk {
  const lines: HunkLine[] = [];
  // Deletions come before insertions in each run.
  let run: HunkLine[] = [];
  const flush = () => {
    lines.push(...run.filter((line) => line.op === "-"), ...run.filter((line) => line.op === "+"));
    run = [];
  };
  for (const line of hunk.lines) {
    if (line.op === " ") {
      flush();
      lines.push(line);
    } else run.push({ ...line, op: line.op === "-" ? "+" : "-" });
  }
  flush();
  return { ...hunk, oldStart: hunk.newStart, newStart: hunk.oldStart, lines };
}

export class Target {
  /** the input's lines; the last one may lack its newline */
  readonly #input: readonly string[];
  #incomplete: boolean;
  readonly #ignoreSpace: boolean;
  readonly #output: string[] = [];
  /** input lines that were copied */
  #frozen = 0;
  #inOffset = 0;
  #outOffset = 0;
  readonly #sys: Sys;

  /** the name of -D */
  readonly #ifdef: string | undefined;

  constructor(sys: Sys, text: string, ignoreSpace: boolean, ifdef: string | undefined) {
    this.#ifdef = ifdef;
    this.#sys = sys;
    this.#incomplete = text !== "" && !text.endsWith("\n");
    this.#input = text === "" ? [] : (this.#incomplete ? text : text.slice(0, -1)).split("\n");
    this.#ignoreSpace = ignoreSpace;
  }

  /** Where the hunk would go; 0 = nowhere. */
  *locate(hunk: Hunk, fuzz: number): Blocking<number> {
    const pattern = hunk.lines.filter((line) => line.op !== "+");
    const { prefix, suffix } = contextOf(hunk);
    const context = Math.max(prefix, suffix);
    let prefixFuzz = fuzz + prefix - context;
    let suffixFuzz = fuzz + suffix - context;
    const guess = hunk.oldStart + this.#inOffset;
    if (pattern.length === 0) return guess >= this.#frozen + 1 && guess <= this.#input.length + 1 ? guess : 0;
    const last = this.#input.length - (pattern.length - Math.max(0, suffixFuzz)) + 1;
    if (prefixFuzz < 0 && hunk.oldStart <= 1) {
      // Less context before than behind: it belongs to the file's start.
      if (suffixFuzz < 0 && this.#input.length !== pattern.length) return 0;
      return this.#frozen === 0 && this.#matches(pattern, 1, 0, Math.max(0, suffixFuzz)) ? 1 : 0;
    }
    prefixFuzz = Math.max(0, prefixFuzz);
    if (suffixFuzz < 0) {
      const at = this.#input.length - pattern.length + 1;
      return at > this.#frozen && this.#matches(pattern, at, prefixFuzz, 0) ? at : 0;
    }
    suffixFuzz = Math.max(0, suffixFuzz);
    const first = this.#frozen + 1;
    const farthest = Math.max(last - guess, guess - first);
    for (let offset = 0; offset <= farthest; offset++) {
      if ((offset & 63) === 63 && this.#sys.charge(8)) yield* this.#sys.preempt();
      const down = guess + offset;
      if (down >= first && down <= last && this.#matches(pattern, down, prefixFuzz, suffixFuzz)) return down;
      const up = guess - offset;
      if (offset > 0 && up >= first && up <= last && this.#matches(pattern, up, prefixFuzz, suffixFuzz)) return up;
    }
    return 0;
  }

  /** Whether the hunk only fails because the line ends are of another system. */
  *differsInLineEnds(hunk: Hunk, fuzz: number): Blocking<boolean> {
    this.#looseEnds = true;
    const where = yield* this.locate(hunk, fuzz);
    this.#looseEnds = false;
    return where > 0;
  }

  #looseEnds = false;

  #matches(pattern: readonly HunkLine[], at: number, prefixFuzz: number, suffixFuzz: number): boolean {
    for (let i = prefixFuzz; i < pattern.length - suffixFuzz; i++) {
      const line = pattern[i];
      const index = at - 1 + i;
      const present = this.#input[index];
      if (!line || present === undefined) return false;
      if (present !== line.text && !(this.#looseEnds && present.replace(/\r$/, "") === line.text.replace(/\r$/, "")) && !(this.#ignoreSpace && squeezed(present) === squeezed(line.text))) return false;
      const lacksNewline = this.#incomplete && index === this.#input.length - 1;
      if (lacksNewline !== line.noNewline && !this.#ignoreSpace) return false;
    }
    return true;
  }

  apply(hunk: Hunk, where: number, fuzz: number): Applied {
    const offset = where - hunk.oldStart;
    const report: Applied = { kind: "applied", at: where + this.#outOffset, offset, fuzz };
    this.#inOffset = offset;
    const { prefix, suffix } = contextOf(hunk);
    const context = Math.max(prefix, suffix);
    const skipFirst = Math.max(0, fuzz + prefix - context);
    const skipLast = Math.max(0, fuzz + suffix - context);
    this.#copyUntil(where - 1);
    const oldTotal = hunk.lines.filter((line) => line.op !== "+").length;
    let old = 0;
    let state: "outside" | "ifndef" | "ifdef" | "else" = "outside";
    const enter = (op: "-" | "+"): void => {
      if (this.#ifdef === undefined || (state !== "outside" && state === (op === "-" ? "ifndef" : "ifdef")) || state === "else") return;
      this.#output.push(state === "outside" ? `#${op === "-" ? "ifndef" : "ifdef"} ${this.#ifdef}` : "#else");
      state = state !== "outside" ? "else" : op === "-" ? "ifndef" : "ifdef";
    };
    const leave = (): void => {
      if (state !== "outside") this.#output.push("#endif");
      state = "outside";
    };
    for (const line of hunk.lines) {
      if (line.op === " ") leave();
      else enter(line.op);
      if (line.op === "-" && this.#ifdef !== undefined) this.#output.push(this.#input[where - 1 + old] ?? line.text);
      if (line.op === " ") {
        // Context stays as the file has it.
        this.#output.push(this.#input[where - 1 + old] ?? line.text);
        if (old >= skipFirst && old < oldTotal - skipLast) { /* matched */ }
        old++;
      } else if (line.op === "-") old++;
      else {
        this.#output.push(line.text);
        this.#outOffset++;
      }
      if (line.op === "-") this.#outOffset--;
    }
    leave();
    this.#frozen = where - 1 + old;
    const lastOld = hunk.lines.findLast((line) => line.op !== "+");
    const lastNew = hunk.lines.findLast((line) => line.op !== "-");
    if (this.#frozen >= this.#input.length) {
      if (lastNew?.noNewline) this.#incomplete = true;
      else if (lastOld?.noNewline || lastNew?.op === "+") this.#incomplete = false;
    }
    return report;
  }

  failed(hunk: Hunk): Failed {
    return { kind: "failed", at: hunk.oldStart + this.#outOffset };
  }

  #copyUntil(line: number): void {
    while (this.#frozen < line) this.#output.push(this.#input[this.#frozen++] ?? "");
  }

  finish(): string {
    this.#copyUntil(this.#input.length);
    if (this.#output.length === 0) return "";
    return this.#output.join("\n") + (this.#incomplete ? "" : "\n");
  }
}

function squeezed(line: string): string {
  return line.replace(/[ \t]+/g, " ").replace(/ $/, "");
}

export function contextOf(hunk: Hunk): { readonly prefix: number; readonly suffix: number } {
  let prefix = 0;
  while (hunk.lines[prefix]?.op === " ") prefix++;
  let suffix = 0;
  while (suffix < hunk.lines.length - prefix && hunk.lines[hunk.lines.length - 1 - suffix]?.op === " ") suffix++;
  return { prefix, suffix };
}

/** An ed script of diff -e: a, c, d by line numbers, and "s/.//" for a line that is one dot. */
export function applyEd(text: string, script: readonly string[]): string {
  const lines = text === "" ? [] : text.replace(/\n$/, "").split("\n");
  let current = 0;
  for (let i = 0; i < script.length; i++) {
    const found = /^(?:(\d+)(?:,(\d+))?)?([acds])/.exec(script[i] ?? "");
    if (!found) continue;
    const first = found[1] === undefined ? current : Number(found[1]);
    const last = found[2] === undefined ? first : Number(found[2]);
    const letter = found[3];
    if (letter === "s") {
      lines[current - 1] = (lines[current - 1] ?? "").slice(1);
      continue;
    }
    const added: string[] = [];
    if (letter !== "d") for (i++; i < script.length && script[i] !== "."; i++) added.push(script[i] ?? "");
    if (letter === "a") lines.splice(first, 0, ...added);
    else lines.splice(first - 1, last - first + 1, ...added);
    current = (letter === "a" ? first : first - 1) + added.length;
  }
  return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
}
