// The text of a box: its line breaks, its \Z colours, and the size that fits it (the rules of dialog 1.3).

import { encode } from "../../kernel/sys.ts";
import { charWidth } from "../kit/width.ts";
import type { Attribute } from "./_colours.ts";

export interface Letter {
  readonly text: string;
  readonly width: number;
  /** what \Z sequences before it changed */
  readonly colour?: number;
  readonly bold?: boolean;
  readonly reverse?: boolean;
  readonly underline?: boolean;
}

interface TextRules {
  readonly colours: boolean;
  readonly crWrap: boolean;
  readonly keepSpaces: boolean;
  readonly noNewlines: boolean;
  readonly trim: boolean;
}

/** Backslash-n becomes a line break, blanks are joined, as the options say. */
export function prepared(text: string, rules: TextRules): string {
  let out = "";
  const expands = !rules.noNewlines && text.includes("\\n");
  const blankBefore = (): boolean => /[ \t]/.test(out.slice(-1));
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at) === "\t" && !rules.keepSpaces ? " " : text.charAt(at);
    if (expands && letter === "\\" && text.charAt(at + 1) === "n") {
      out += "\n";
      let next = ++at + 1;
      while (/[ \t]/.test(text.charAt(next))) next++;
      // a line break behind it says the same
      if (text.charAt(next) === "\n") at = next;
    } else if (letter === "\n") {
      if (rules.crWrap || (!expands && !rules.trim)) out += "\n";
      else if (expands || !blankBefore()) out += " ";
    } else if (letter !== " " || expands || (rules.keepSpaces && !rules.trim) || !blankBefore()) out += letter;
  }
  return out;
}

/** The letters with what the \Z sequences before them say. */
export function lettersOf(text: string, colours: boolean): Letter[] {
  const letters: Letter[] = [];
  let style: Omit<Letter, "text" | "width"> = {};
  const all = [...text];
  for (let at = 0; at < all.length; at++) {
    const letter = all[at] ?? "";
    const code = all[at + 2];
    if (colours && letter === "\\" && all[at + 1] === "Z" && code !== undefined) {
      at += 2;
      if (/[0-7]/.test(code)) style = { ...style, colour: Number(code) };
      else if (code === "b" || code === "B") style = { ...style, bold: code === "b" };
      else if (code === "r" || code === "R") style = { ...style, reverse: code === "r" };
      else if (code === "u" || code === "U") style = { ...style, underline: code === "u" };
      else if (code === "n") style = {};
      continue;
    }
    letters.push({ text: letter, width: letter === "\n" ? 0 : letter === "\t" ? 1 : Math.max(0, charWidth(letter.codePointAt(0) ?? 0)), ...style });
  }
  return letters;
}

export function attributed(letter: Letter, base: Attribute): Attribute {
  if (letter.colour === undefined && letter.bold === undefined && letter.reverse === undefined && letter.underline === undefined) return base;
  return { foreground: letter.colour ?? base.foreground, background: base.background, bold: letter.bold ?? base.bold, reverse: letter.reverse === true, underline: letter.underline === true };
}

const widthOf = (letters: readonly Letter[]): number => letters.reduce((sum, letter) => sum + letter.width, 0);

/** Lines no wider than that; at most so many of them (the rest is lost). */
export function wrapped(letters: readonly Letter[], width: number, limit = Number.POSITIVE_INFINITY): Letter[][] {
  return broken(letters, width, limit).map(({ line }) => line);
}

/** `whole`: the line ends where a word ends, without having to go back to one. */
function broken(letters: readonly Letter[], width: number, limit: number): { readonly line: Letter[]; readonly whole: boolean }[] {
  const lines: { readonly line: Letter[]; readonly whole: boolean }[] = [];
  let at = 0;
  while (at < letters.length && lines.length < limit) {
    if (letters[at]?.text === "\n") {
      // empty lines: each break but the one that ends the line before
      lines.push({ line: [], whole: true });
      at++;
      continue;
    }
    let end = at;
    let used = 0;
    let lastWord = -1;
    while (end < letters.length && letters[end]?.text !== "\n") {
      const letter = letters[end];
      if (!letter || used + letter.width > width) break;
      if (letter.text === " " && end > at && letters[end - 1]?.text !== " ") lastWord = end;
      used += letter.width;
      end++;
    }
    const next = letters[end]?.text;
    let cut = end;
    if (next === undefined || next === "\n" || next === " ") {
      while (cut > at && letters[cut - 1]?.text === " ") cut--;
    } else if (lastWord > at) cut = lastWord;
    if (cut === at && end === at) cut = end = at + 1;
    lines.push({ line: letters.slice(at, cut), whole: next === undefined || next === "\n" || next === " " });
    at = Math.max(cut, at);
    while (letters[at]?.text === " ") at++;
    if (letters[at]?.text === "\n") {
      at++;
      if (at >= letters.length) break;
    }
  }
  return lines;
}

export interface Room {
  /** of the screen, without the shadow's row and columns */
  readonly rows: number;
  readonly columns: number;
  readonly begin?: { readonly row: number; readonly column: number } | undefined;
  readonly aspect: number;
}

export interface Size {
  readonly height: number;
  readonly width: number;
}

function justified(letters: readonly Letter[], rows: number, columns: number): Size {
  const lines = broken(letters, Math.max(1, columns - 2), Math.max(1, rows));
  // dialog counts the bytes of a line that it need not break
  const wide = ({ line, whole }: { readonly line: readonly Letter[]; readonly whole: boolean }): number => (whole ? encode(line.map((letter) => letter.text).join("")).length : widthOf(line));
  return { height: Math.max(1, lines.length), width: Math.max(2, ...lines.map((line) => 2 + wide(line))) };
}

function preformatted(letters: readonly Letter[], room: Room): Size {
  const most = room.columns - 2;
  let columns = most;
  let size = justified(letters, room.rows - 1, columns);
  let ratio = Math.trunc(size.width / size.height);
  if (ratio > room.aspect) {
    columns = Math.trunc(size.width / (ratio / room.aspect) + 4);
    size = justified(letters, room.rows - 1, columns);
    ratio = size.width / size.height;
  }
  while (ratio < room.aspect && columns < most) {
    columns += 4;
    size = justified(letters, room.rows - 1, columns);
    ratio = Math.trunc(size.width / size.height);
  }
  return size;
}

/** The size of a box: what was asked for, or what fits the text. `boxLines` are the rows it needs beside the text. 0: as needed, -1: as large as the screen. */
export function sizeOf(room: Room, title: string, letters: readonly Letter[] | undefined, asked: Size, boxLines: number, minimum: number): Size {
  const titleWidth = [...title].length;
  let { height, width } = asked;
  if (letters === undefined) {
    if (height === 0) height = -1;
    if (width === 0) width = -1;
  }
  const [fullHeight, fullWidth] = [height < 0, width < 0];
  const rows = height > 0 ? height : room.rows - (room.begin?.row ?? 1);
  if (width <= 0) {
    let fitted: Size;
    if (letters !== undefined) {
      const least = Math.max(titleWidth, minimum);
      if (letters.some((letter) => letter.text === "\n")) fitted = preformatted(letters, room);
      else {
        const words = letters.map((letter) => letter.text).join("").split(/\s/).map((word) => encode(word).length);
        fitted = justified(letters, rows, Math.max(least, Math.trunc(Math.sqrt(room.aspect * widthOf(letters))), ...words));
      }
    } else fitted = { height: 1, width: 2 };
    height = fitted.height;
    width = fitted.width;
  }
  if (width < titleWidth) {
    height = justified(letters ?? [], rows, titleWidth).height;
    width = titleWidth;
  }
  if (width < minimum && asked.width === 0) width = minimum;
  if (letters !== undefined) {
    width += 4;
    height += boxLines + 2;
  }
  if (asked.height > 0) height = asked.height;
  if (asked.width > 0) width = asked.width;
  if (fullHeight) height = room.rows - (room.begin?.row ?? 0);
  if (fullWidth) width = room.columns - (room.begin?.column ?? 0);
  if (width > room.columns) {
    height++;
    width = room.columns;
  }
  return { height: Math.min(height, room.rows), width };
}
