// Commands for whole lines: indenting, commenting, justifying.

import { type ChangeName, columnOf } from "./_buffer.ts";
import type { NanoEditor } from "./_editor.ts";

function chosenLines(editor: NanoEditor): readonly [number, number] {
  const region = editor.buffer.region();
  if (!region) return [editor.buffer.cursor.line, editor.buffer.cursor.line];
  const [from, to] = region;
  return [from.line, to.at === 0 && to.line > from.line ? to.line - 1 : to.line];
}

function eachLine(editor: NanoEditor, name: ChangeName, edit: (line: string) => string): void {
  const buffer = editor.buffer;
  const [first, last] = chosenLines(editor);
  const { mark } = buffer;
  buffer.change(name, () => {
    const { cursor } = buffer;
    let cursorAt = cursor.at;
    let markAt = mark?.at ?? 0;
    for (let i = first; i <= last; i++) {
      const old = buffer.lines[i] ?? "";
      const made = edit(old);
      buffer.lines[i] = made;
      const grown = made.length - old.length;
      if (i === cursor.line && cursorAt > 0) cursorAt = Math.max(0, cursorAt + grown);
      if (mark && i === mark.line && markAt > 0) markAt = Math.max(0, markAt + grown);
    }
    buffer.moveTo({ line: cursor.line, at: cursorAt });
    if (mark) buffer.mark = { line: mark.line, at: Math.min(markAt, (buffer.lines[mark.line] ?? "").length) };
  });
}

export function indentLines(editor: NanoEditor, by: 1 | -1): void {
  const unit = editor.options.tabsToSpaces ? "        " : "\t";
  if (by > 0) eachLine(editor, "indent", (line) => (line === "" ? line : unit + line));
  else eachLine(editor, "unindent", (line) => line.replace(/^(\t| {1,8})/, ""));
}

export function commentLines(editor: NanoEditor): void {
  const buffer = editor.buffer;
  const [first, last] = chosenLines(editor);
  const all = buffer.lines.slice(first, last + 1).filter((line) => line !== "").every((line) => line.startsWith("#"));
  eachLine(editor, all ? "uncomment" : "comment", (line) => (all ? line.replace(/^#/, "") : line === "" ? line : `#${line}`));
}

/** Fills the paragraph (or all of them) to the right margin. */
export function justifyText(editor: NanoEditor, everything: boolean): void {
  const buffer = editor.buffer;
  const fill = Math.max(1, editor.screen.columns - 8);
  const blank = (line: number) => (buffer.lines[line] ?? "").trim() === "";
  const filled = (from: number, to: number): string[] => {
    const lead = /^[ \t]*/.exec(buffer.lines[from] ?? "")?.[0] ?? "";
    const words = buffer.lines.slice(from, to + 1).join(" ").trim().split(/\s+/);
    const lines: string[] = [];
    let line = lead;
    for (const word of words) {
      if (line.trim() !== "" && columnOf(line, line.length) + 1 + word.length > fill) {
        lines.push(line);
        line = lead;
      }
      line += line.trim() === "" ? word : ` ${word}`;
    }
    lines.push(line);
    return lines;
  };
  let start = buffer.cursor.line;
  if (everything) start = 0;
  while (start < buffer.lines.length && blank(start)) start++;
  if (start >= buffer.lines.length) {
    buffer.moveTo(buffer.end);
    editor.follow();
    return;
  }
  if (!everything) while (start > 0 && !blank(start - 1)) start--;
  buffer.change("justification", () => {
    let at = start;
    let end = start;
    for (;;) {
      while (at < buffer.lines.length && blank(at)) at++;
      if (at >= buffer.lines.length) break;
      end = at;
      while (end + 1 < buffer.lines.length && !blank(end + 1)) end++;
      const lines = filled(at, end);
      buffer.lines.splice(at, end - at + 1, ...lines);
      at += lines.length;
      end = at;
      if (!everything) break;
    }
    buffer.moveTo({ line: Math.min(end, buffer.lines.length - 1), at: 0 });
  });
  editor.say(everything ? "Justified file" : "Justified paragraph");
  editor.follow("center");
}
