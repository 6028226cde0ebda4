// Text objects: iw, a(, ip and the like (the manual's motion.txt, "Text object selection"). Pure functions on lines.

import { classOf, nextIndex, type Position, previousIndex } from "./_text.ts";

type Lines = readonly string[];

export interface TextObject {
  readonly kind: "char" | "line";
  readonly start: Position;
  /** behind the last character; for lines the last line */
  readonly end: Position;
}

/** Undefined: there is no such object here. `kind`: the key behind i or a. */
export function textObject(lines: Lines, from: Position, inner: boolean, kind: string, count: number): TextObject | undefined {
  switch (kind) {
    case "w":
    case "W":
      return word(lines, from, inner, kind === "W", count);
    case "s":
      return sentences(lines, from, inner, count);
    case "p":
      return paragraphs(lines, from, inner, count);
    case "(":
    case ")":
    case "b":
      return brackets(lines, from, inner, "(", ")", count);
    case "{":
    case "}":
    case "B":
      return brackets(lines, from, inner, "{", "}", count);
    case "[":
    case "]":
      return brackets(lines, from, inner, "[", "]", count);
    case "<":
    case ">":
      return brackets(lines, from, inner, "<", ">", count);
    case '"':
    case "'":
    case "`":
      return quotes(lines[from.line] ?? "", from, inner, kind);
    case "t":
      return tags(lines, from, inner, count);
    default:
      return undefined;
  }
}

function classAt(line: string, col: number, big: boolean): number {
  return col < line.length ? classOf(line.slice(col, col + 2), big) : 0;
}

/** The end of the run of one class that covers `col`. */
function runEnd(line: string, col: number, big: boolean): number {
  const kind = classAt(line, col, big);
  let at = col;
  while (at < line.length && classAt(line, at, big) === kind) at = nextIndex(line, at);
  return at;
}

function runStart(line: string, col: number, big: boolean): number {
  const kind = classAt(line, col, big);
  let at = col;
  while (at > 0 && classAt(line, previousIndex(line, at), big) === kind) at = previousIndex(line, at);
  return at;
}

function word(lines: Lines, from: Position, inner: boolean, big: boolean, count: number): TextObject | undefined {
  const line = lines[from.line] ?? "";
  if (line === "") return { kind: "char", start: from, end: from };
  let start = runStart(line, from.col, big);
  let end = from.col;
  let blanksBehind = false;
  for (let i = 0; i < count; i++) {
    if (end >= line.length && i > 0) return undefined;
    if (inner) {
      end = runEnd(line, end, big);
      continue;
    }
    const blank = classAt(line, end, big) === 0;
    end = runEnd(line, end, big);
    if (end < line.length && (blank || classAt(line, end, big) === 0)) {
      end = runEnd(line, end, big);
      blanksBehind = true;
    } else blanksBehind = blank;
  }
  // nothing blank behind: what stands before goes too, but no indent
  if (!inner && !blanksBehind && start > 0 && classAt(line, previousIndex(line, start), big) === 0) {
    const blanks = runStart(line, previousIndex(line, start), big);
    if (blanks > 0) start = blanks;
  }
  return { kind: "char", start: { line: from.line, col: start }, end: { line: from.line, col: end } };
}

function isBlank(lines: Lines, line: number): boolean {
  return (lines[line] ?? "").trim() === "";
}

function paragraphs(lines: Lines, from: Position, inner: boolean, count: number): TextObject | undefined {
  let start = from.line;
  const blank = isBlank(lines, start);
  while (start > 0 && isBlank(lines, start - 1) === blank) start--;
  let end = from.line;
  const through = (at: number): number => {
    let last = at;
    while (last + 1 < lines.length && isBlank(lines, last + 1) === isBlank(lines, at)) last++;
    return last;
  };
  end = through(end);
  for (let i = 1; i < count * (inner ? 1 : 2); i++) {
    if (end + 1 >= lines.length) {
      if (inner || blank || i < 2 * count - 1) return undefined;
      // the last paragraph: the blank lines before it
      while (start > 0 && isBlank(lines, start - 1)) start--;
      break;
    }
    end = through(end + 1);
  }
  return { kind: "line", start: { line: start, col: 0 }, end: { line: end, col: 0 } };
}

function sentences(lines: Lines, from: Position, inner: boolean, count: number): TextObject | undefined {
  // a sentence never goes over an empty line: its paragraph is the text that is looked at
  let first = from.line;
  let last = from.line;
  if (isBlank(lines, from.line)) return paragraphs(lines, from, inner, count);
  while (first > 0 && !isBlank(lines, first - 1)) first--;
  while (last + 1 < lines.length && !isBlank(lines, last + 1)) last++;
  const text = lines.slice(first, last + 1).join("\n");
  const offset = lines.slice(first, from.line).reduce((sum, line) => sum + line.length + 1, 0) + from.col;
  const starts = [0];
  for (const match of text.matchAll(/[.!?][)\]"']*[ \t\n]+(?=\S)/g)) starts.push(match.index + match[0].length);
  starts.push(text.length);
  let at = starts.findLastIndex((start, i) => start <= offset && i < starts.length - 1);
  if (at < 0) at = 0;
  const start = starts[at] ?? 0;
  const behind = starts[Math.min(at + count, starts.length - 1)] ?? text.length;
  let end = behind;
  let begin = start;
  const trimmed = start + text.slice(start, behind).trimEnd().length;
  if (inner) {
    if (offset >= trimmed && trimmed < behind) begin = trimmed;
    else end = trimmed;
  } else if (trimmed === behind) while (begin > 0 && /\s/.test(text.charAt(begin - 1))) begin--;
  const place = (index: number): Position => {
    let line = first;
    let left = index;
    while (left > (lines[line] ?? "").length && line < last) left -= (lines[line++] ?? "").length + 1;
    return { line, col: left };
  };
  return { kind: "char", start: place(begin), end: place(end) };
}

/** The place of the bracket that encloses `from`, `count` levels out. */
function enclosing(lines: Lines, from: Position, open: string, close: string, count: number): { readonly start: Position; readonly end: Position } | undefined {
  let depth = count;
  let { line, col } = from;
  if ((lines[line] ?? "").charAt(col) === open) depth--;
  else col--;
  let nested = 0;
  let start: Position | undefined = depth === 0 ? { line, col } : undefined;
  if (!start && (lines[line] ?? "").charAt(col) === open && col === from.col) col--;
  while (!start) {
    const text = lines[line] ?? "";
    for (; col >= 0; col--) {
      const c = text.charAt(col);
      if (c === close) nested++;
      else if (c === open && nested-- === 0) {
        nested = 0;
        if (--depth === 0) {
          start = { line, col };
          break;
        }
      }
    }
    if (start) break;
    if (--line < 0) return undefined;
    col = (lines[line] ?? "").length - 1;
  }
  nested = 0;
  ({ line, col } = start);
  for (; line < lines.length; line++, col = 0) {
    const text = lines[line] ?? "";
    for (; col < text.length; col++) {
      const c = text.charAt(col);
      if (c === open) nested++;
      else if (c === close && --nested === 0) return { start, end: { line, col } };
    }
  }
  return undefined;
}

function brackets(lines: Lines, from: Position, inner: boolean, open: string, close: string, count: number): TextObject | undefined {
  const found = enclosing(lines, from, open, close, count);
  if (!found) return undefined;
  const { start, end } = found;
  if (!inner) return { kind: "char", start, end: { line: end.line, col: end.col + 1 } };
  const behind = start.col + 1 >= (lines[start.line] ?? "").length && end.line > start.line;
  const before = end.line > start.line && (lines[end.line] ?? "").slice(0, end.col).trim() === "";
  if (behind && before) {
    // the brackets stand on lines of their own: the lines between them
    if (end.line - start.line < 2) return undefined;
    return { kind: "line", start: { line: start.line + 1, col: 0 }, end: { line: end.line - 1, col: 0 } };
  }
  const from2 = behind ? { line: start.line + 1, col: 0 } : { line: start.line, col: start.col + 1 };
  return { kind: "char", start: from2, end: before ? { line: end.line - 1, col: (lines[end.line - 1] ?? "").length } : end };
}

function quotes(line: string, from: Position, inner: boolean, quote: string): TextObject | undefined {
  const next = (at: number): number => {
    for (let i = at; i < line.length; i++) {
      if (line.charAt(i) === "\\") i++;
      else if (line.charAt(i) === quote) return i;
    }
    return -1;
  };
  let open = next(0);
  while (open >= 0) {
    const close = next(open + 1);
    if (close < 0) return undefined;
    if (close >= from.col) {
      let start = inner ? open + 1 : open;
      let end = inner ? close : close + 1;
      if (!inner) {
        const before = end;
        while (end < line.length && /[ \t]/.test(line.charAt(end))) end++;
        if (end === before) while (start > 0 && /[ \t]/.test(line.charAt(start - 1))) start--;
      }
      return { kind: "char", start: { line: from.line, col: start }, end: { line: from.line, col: end } };
    }
    open = next(close + 1);
  }
  return undefined;
}

function tags(lines: Lines, from: Position, inner: boolean, count: number): TextObject | undefined {
  const text = lines.join("\n");
  const offset = lines.slice(0, from.line).reduce((sum, line) => sum + line.length + 1, 0) + from.col;
  const open: { readonly name: string; readonly start: number; readonly end: number }[] = [];
  const around: { readonly start: number; readonly from: number; readonly to: number; readonly end: number }[] = [];
  for (const match of text.matchAll(/<(\/?)([A-Za-z][^\s>/]*)(?:[^>]*[^>/])?>/g)) {
    const end = match.index + match[0].length;
    if (match[1] === "") {
      open.push({ name: match[2] ?? "", start: match.index, end });
      continue;
    }
    const at = open.findLastIndex((tag) => tag.name === match[2]);
    const tag = open[at];
    if (!tag) continue;
    open.length = at;
    if (tag.start <= offset && offset < end) around.push({ start: tag.start, from: tag.end, to: match.index, end });
  }
  const found = around[count - 1];
  if (!found) return undefined;
  const place = (index: number): Position => {
    let line = 0;
    let left = index;
    while (left > (lines[line] ?? "").length) left -= (lines[line++] ?? "").length + 1;
    return { line, col: left };
  };
  return { kind: "char", start: place(inner ? found.from : found.start), end: place(inner ? found.to : found.end) };
}
