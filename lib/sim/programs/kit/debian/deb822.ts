// Paragraphs of Debian's control files (deb822(5)): status, Packages, control.

import type { Blocking, Sys } from "../../../kernel/sys.ts";

export type Paragraph = ReadonlyMap<string, string>;

/** Continuation lines keep their leading blank and newline. Field names as written. */
export function parseParagraphs(text: string): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let fields = new Map<string, string>();
  let last = "";
  let start = 0;
  while (start <= text.length) {
    let end = text.indexOf("\n", start);
    if (end < 0) end = text.length;
    const line = text.slice(start, end);
    start = end + 1;
    if (line === "") {
      if (fields.size > 0) paragraphs.push(fields);
      fields = new Map();
      continue;
    }
    const first = line.charCodeAt(0);
    if (first === 32 || first === 9) {
      fields.set(last, `${fields.get(last) ?? ""}\n${line}`);
      continue;
    }
    const colon = line.indexOf(":");
    if (colon < 0) continue;
    last = line.slice(0, colon);
    fields.set(last, line.slice(colon + 1).trim());
  }
  if (fields.size > 0) paragraphs.push(fields);
  return paragraphs;
}

/** How much text is read between two chances for others. */
const PIECE_CHARS = 16_384;

/** The paragraphs of a large file, piece by piece. */
export function* paragraphsOf(sys: Sys, text: string): Blocking<Paragraph[]> {
  const paragraphs: Paragraph[] = [];
  for (let at = 0; at < text.length; ) {
    const found = text.indexOf("\n\n", at + PIECE_CHARS);
    const end = found < 0 ? text.length : found + 2;
    for (const paragraph of parseParagraphs(text.slice(at, end))) paragraphs.push(paragraph);
    if (sys.charge((end - at) >> 7)) yield* sys.preempt();
    at = end;
  }
  return paragraphs;
}

export function formatParagraph(paragraph: Iterable<readonly [string, string]>): string {
  let text = "";
  for (const [name, value] of paragraph) text += value.startsWith("\n") ? `${name}:${value}\n` : `${name}: ${value}\n`;
  return text;
}

export interface Relation {
  readonly name: string;
  readonly operator: "<<" | "<=" | "=" | ">=" | ">>" | undefined;
  readonly version: string;
}

/** dpkg and apt ask for the same fields of hundreds of packages again and again. */
const relations = new Map<string, readonly (readonly Relation[])[]>();
const MOST_KEPT = 3000;

/** "a (>= 1) | b, c" → alternatives of each wish. */
export function parseRelations(text: string): readonly (readonly Relation[])[] {
  if (text === "") return [];
  const known = relations.get(text);
  if (known) return known;
  const parsed = parse(text);
  if (relations.size >= MOST_KEPT) relations.clear();
  relations.set(text, parsed);
  return parsed;
}

function parse(text: string): Relation[][] {
  return text.split(",").map((wish) => wish.trim()).filter((wish) => wish !== "").map((wish) => wish.split("|").map((alternative) => {
    const match = /^\s*([^\s(:]+)(?::\w+)?\s*(?:\((<<|<=|=|>=|>>)\s*([^)]+)\))?/.exec(alternative);
    const operator = match?.[2];
    return { name: match?.[1] ?? alternative.trim(), operator: operator === "<<" || operator === "<=" || operator === "=" || operator === ">=" || operator === ">>" ? operator : undefined, version: (match?.[3] ?? "").trim() };
  }));
}
