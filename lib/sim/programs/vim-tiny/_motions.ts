// Where the cursor goes: words, sentences, paragraphs, brackets, characters of the line. Pure functions on lines.

import { classOf, firstNonBlank, lastIndex, nextIndex, type Position, previousIndex } from "./_text.ts";

type Lines = readonly string[];

function at(lines: Lines, place: Position, big: boolean): number {
  const line = lines[place.line] ?? "";
  return classOf(line.slice(place.col, place.col + 2), big);
}

/** One character on, over line ends; an empty line is a place of its own. Undefined at the end. */
function forward(lines: Lines, place: Position): Position | undefined {
  const line = lines[place.line] ?? "";
  const next = nextIndex(line, place.col);
  if (next < line.length) return { line: place.line, col: next };
  return place.line + 1 < lines.length ? { line: place.line + 1, col: 0 } : undefined;
}

function backward(lines: Lines, place: Position): Position | undefined {
  if (place.col > 0) return { line: place.line, col: previousIndex(lines[place.line] ?? "", place.col) };
  return place.line > 0 ? { line: place.line - 1, col: lastIndex(lines[place.line - 1] ?? "") } : undefined;
}

function isEmpty(lines: Lines, line: number): boolean {
  return (lines[line] ?? "") === "";
}

/** w, W: the beginning of the next word. `lineEnd`: behind an operator the last word ends with its line. Undefined: there is none. */
export function nextWord(lines: Lines, from: Position, big: boolean): Position | undefined {
  let place = from;
  const start = at(lines, place, big);
  if (start !== 0) {
    for (;;) {
      const next = forward(lines, place);
      if (!next) return undefined;
      const crossed = next.line !== place.line;
      place = next;
      if (crossed || at(lines, place, big) !== start) break;
    }
  } else {
    const next = forward(lines, place);
    if (!next) return undefined;
    place = next;
  }
  while (at(lines, place, big) === 0) {
    if (isEmpty(lines, place.line) && place.line !== from.line) return place;
    const next = forward(lines, place);
    if (!next) return undefined;
    place = next;
  }
  return place;
}

/** e, E: the end of the word, of the next one when already there. `stay`: for cw, the end of this one may be here. */
export function wordEnd(lines: Lines, from: Position, big: boolean, stay = false): Position | undefined {
  let place = from;
  if (!stay) {
    const next = forward(lines, place);
    if (!next) return undefined;
    place = next;
  }
  while (at(lines, place, big) === 0) {
    const next = forward(lines, place);
    if (!next) return undefined;
    place = next;
  }
  const kind = at(lines, place, big);
  for (;;) {
    const next = forward(lines, place);
    if (!next || next.line !== place.line || at(lines, next, big) !== kind) return place;
    place = next;
  }
}

export function previousWord(lines: Lines, from: Position, big: boolean): Position | undefined {
  let place = backward(lines, from);
  if (!place) return undefined;
  while (at(lines, place, big) === 0) {
    if (isEmpty(lines, place.line)) return place;
    const next = backward(lines, place);
    if (!next) return place;
    place = next;
  }
  const kind = at(lines, place, big);
  for (;;) {
    const next = backward(lines, place);
    if (!next || next.line !== place.line || at(lines, next, big) !== kind) return place;
    place = next;
  }
}

/** ge, gE */
export function previousWordEnd(lines: Lines, from: Position, big: boolean): Position | undefined {
  let place = from;
  const kind = at(lines, place, big);
  for (;;) {
    const next = backward(lines, place);
    if (!next) return undefined;
    const crossed = next.line !== place.line;
    const now = at(lines, next, big);
    place = next;
    if (isEmpty(lines, place.line) && crossed) return place;
    if (now !== 0 && (crossed || now !== kind)) return place;
    if (now === 0) break;
  }
  while (at(lines, place, big) === 0) {
    if (isEmpty(lines, place.line)) return place;
    const next = backward(lines, place);
    if (!next) return undefined;
    place = next;
  }
  return place;
}

/** }, {: the next empty line. */
export function paragraph(lines: Lines, from: Position, forwards: boolean): Position | undefined {
  const step = forwards ? 1 : -1;
  let line = from.line;
  while (line >= 0 && line < lines.length && isEmpty(lines, line)) line += step;
  while (line >= 0 && line < lines.length && !isEmpty(lines, line)) line += step;
  if (line < 0) return from.line === 0 && from.col === 0 ? undefined : { line: 0, col: 0 };
  if (line >= lines.length) {
    const last = lines.length - 1;
    const col = lastIndex(lines[last] ?? "");
    return from.line === last && from.col === col ? undefined : { line: last, col };
  }
  return { line, col: 0 };
}

/** ), (: sentences end in . ! ? and blanks, or at an empty line. */
export function sentence(lines: Lines, from: Position, forwards: boolean): Position | undefined {
  const starts = (line: number): number[] => {
    const text = lines[line] ?? "";
    const found: number[] = [];
    if (text === "" || line === 0 || isEmpty(lines, line - 1) || /[.!?][)\]"']*\s*$/.test(lines[line - 1] ?? "")) found.push(text === "" ? 0 : firstNonBlank(text));
    for (const match of text.matchAll(/[.!?][)\]"']*[ \t]+(?=\S)/g)) found.push(match.index + match[0].length);
    return found;
  };
  if (forwards) {
    for (let line = from.line; line < lines.length; line++) {
      const next = starts(line).find((col) => line > from.line || col > from.col);
      if (next !== undefined) return { line, col: next };
    }
    const last = lines.length - 1;
    return { line: last, col: lastIndex(lines[last] ?? "") };
  }
  for (let line = from.line; line >= 0; line--) {
    const next = starts(line).findLast((col) => line < from.line || col < from.col);
    if (next !== undefined) return { line, col: next };
  }
  return { line: 0, col: 0 };
}

const PAIRS = new Map([["(", ")"], ["[", "]"], ["{", "}"]]);
const CLOSING = new Map([[")", "("], ["]", "["], ["}", "{"]]);

/** %: from the first bracket at or behind the cursor to the one that belongs to it. */
export function matchingBracket(lines: Lines, from: Position): Position | undefined {
  const line = lines[from.line] ?? "";
  let col = from.col;
  while (col < line.length && !PAIRS.has(line[col] ?? "") && !CLOSING.has(line[col] ?? "")) col++;
  const c = line[col];
  if (c === undefined) return undefined;
  const closing = PAIRS.get(c);
  return closing !== undefined ? search(lines, { line: from.line, col }, c, closing, 1) : search(lines, { line: from.line, col }, c, CLOSING.get(c) ?? "", -1);
}

function search(lines: Lines, from: Position, same: string, other: string, step: 1 | -1): Position | undefined {
  let depth = 0;
  let { line, col } = from;
  for (;;) {
    const text = lines[line] ?? "";
    for (; col >= 0 && col < text.length; col += step) {
      if (text[col] === same) depth++;
      else if (text[col] === other && --depth === 0) return { line, col };
    }
    line += step;
    if (line < 0 || line >= lines.length) return undefined;
    col = step === 1 ? 0 : (lines[line] ?? "").length - 1;
  }
}

/** [(, [{, ]), ]}: the bracket around the cursor that nothing closes in between. */
export function enclosingBracket(lines: Lines, from: Position, bracket: string): Position | undefined {
  const opening = PAIRS.get(bracket);
  const step = opening === undefined ? 1 : -1;
  const other = opening ?? CLOSING.get(bracket) ?? "";
  let depth = 0;
  let line = from.line;
  let col = from.col + step;
  for (;;) {
    const text = lines[line] ?? "";
    for (; col >= 0 && col < text.length; col += step) {
      if (text[col] === other) depth++;
      else if (text[col] === bracket && depth-- === 0) return { line, col };
    }
    line += step;
    if (line < 0 || line >= lines.length) return undefined;
    col = step === 1 ? 0 : (lines[line] ?? "").length - 1;
  }
}

/** f, F, t, T: the count-th such character of the line. `beyond`: repeated t starts behind its neighbour. */
export function findInLine(line: string, from: number, wanted: string, kind: "f" | "F" | "t" | "T", count: number, beyond = false): number | undefined {
  const back = kind === "F" || kind === "T";
  let col = from;
  if (beyond && count === 1 && (kind === "t" || kind === "T")) {
    const next = back ? previousIndex(line, col) : nextIndex(line, col);
    if (line.startsWith(wanted, next)) col = next;
  }
  for (let left = count; left > 0; left--) {
    if (back) {
      if (col === 0) return undefined;
      col = line.lastIndexOf(wanted, col - 1);
    } else col = line.indexOf(wanted, nextIndex(line, col));
    if (col < 0) return undefined;
  }
  if (kind === "t") return previousIndex(line, col);
  return kind === "T" ? nextIndex(line, col) : col;
}
