// A file as diff compares it: lines (latin1) without newlines, and the key by which each is compared.

import type { Blocking, Sys } from "../../kernel/sys.ts";

export interface FileLines {
  readonly lines: readonly string[];
  /** the last line ends in no newline */
  readonly incomplete: boolean;
}

/** Text that is cut between two chances for others. */
const PIECE_BYTES = 65_536;

export function* cutLines(sys: Sys, text: string): Blocking<FileLines> {
  const lines: string[] = [];
  for (let at = 0; at < text.length; ) {
    const found = text.indexOf("\n", at + PIECE_BYTES);
    const end = found < 0 ? text.length : found + 1;
    const piece = text.slice(at, end);
    for (const line of (piece.endsWith("\n") ? piece.slice(0, -1) : piece).split("\n")) lines.push(line);
    at = end;
    if (sys.charge(piece.length >> 7)) yield* sys.preempt();
  }
  return { lines, incomplete: text !== "" && !text.endsWith("\n") };
}

export interface Equivalence {
  readonly ignoreCase: boolean;
  readonly tabExpansion: boolean;
  readonly trailingSpace: boolean;
  readonly spaceChange: boolean;
  readonly allSpace: boolean;
  readonly tabSize: number;
}

/** What must be equal for two lines to count as equal. */
export function lineKeys(file: FileLines, how: Equivalence): string[] {
  const last = file.lines.length - 1;
  const ignoresEnd = how.trailingSpace || how.spaceChange || how.allSpace;
  return file.lines.map((line, i) => {
    let key = line;
    if (how.allSpace) key = key.replace(/[ \t\n\v\f\r]+/g, "");
    else if (how.spaceChange) key = key.replace(/[ \t\n\v\f\r]+/g, " ").replace(/ $/, "");
    else {
      if (how.trailingSpace) key = key.replace(/[ \t\n\v\f\r]+$/, "");
      if (how.tabExpansion) key = expandTabs(key, how.tabSize);
    }
    if (how.ignoreCase) key = key.toLowerCase();
    return i === last && file.incomplete && !ignoresEnd ? `${key}\n` : key;
  });
}

export function expandTabs(line: string, tabSize: number): string {
  if (!line.includes("\t")) return line;
  let result = "";
  for (const c of line) result += c === "\t" ? " ".repeat(tabSize - (result.length % tabSize)) : c;
  return result;
}
