// Cutting, copying and pasting.

import { before, type Point } from "./_buffer.ts";
import { liftSoftMark } from "./_commands.ts";
import type { NanoEditor } from "./_editor.ts";

export function cutTillEnd(editor: NanoEditor): void {
  const buffer = editor.buffer;
  editor.wipe();
  const { cursor, end } = buffer;
  if (cursor.line === end.line && cursor.at === end.at) {
    editor.say("Nothing was cut");
    return;
  }
  editor.cutLines = buffer.textBetween(cursor, end);
  buffer.change("cut", () => void buffer.remove(cursor, end));
}

export function cutText(editor: NanoEditor, append: boolean): void {
  const buffer = editor.buffer;
  editor.wipe();
  const region = buffer.region();
  let from: Point;
  let to: Point;
  if (region) [from, to] = region;
  else {
    const { line, at } = buffer.cursor;
    if (line === buffer.lines.length - 1 && buffer.line === "") {
      editor.say("Nothing was cut");
      return;
    }
    from = { line, at: editor.options.cutFromCursor ? at : 0 };
    if (editor.options.cutFromCursor && at < buffer.line.length) to = { line, at: buffer.line.length };
    else to = line + 1 < buffer.lines.length ? { line: line + 1, at: 0 } : { line, at: buffer.line.length };
  }
  let text = "";
  buffer.change("cut", () => {
    text = buffer.remove(from, to);
  });
  editor.cutLines = append && !region ? editor.cutLines + text : text;
  buffer.mark = undefined;
  buffer.softMark = false;
  editor.keepCut = region ? undefined : "cut";
  editor.follow("center");
}

export function copyText(editor: NanoEditor, append: boolean): void {
  const buffer = editor.buffer;
  editor.wipe();
  const region = buffer.region();
  if (region) {
    editor.cutLines = buffer.textBetween(region[0], region[1]);
    buffer.mark = undefined;
    buffer.softMark = false;
    return;
  }
  const { line } = buffer.cursor;
  if (line === buffer.lines.length - 1 && buffer.line === "") {
    editor.say("Nothing was copied", true);
    return;
  }
  const text = `${buffer.line}\n`;
  editor.cutLines = append ? editor.cutLines + text : text;
  editor.keepCut = "copy";
  buffer.moveTo({ line: line + 1, at: 0 });
  editor.follow();
}

export function pasteText(editor: NanoEditor): void {
  const buffer = editor.buffer;
  editor.wipe();
  if (editor.cutLines === "") {
    editor.say("Cutbuffer is empty", true);
    return;
  }
  liftSoftMark(editor);
  buffer.change("paste", () => buffer.insert(editor.cutLines));
  editor.follow("flow");
}

export function removeTo(editor: NanoEditor, word: Point): void {
  const buffer = editor.buffer;
  const { cursor } = buffer;
  // A word on another line: first up to the line's end, then its break alone.
  let target = word;
  if (word.line < cursor.line) target = cursor.at > 0 ? { line: cursor.line, at: 0 } : buffer.previous();
  else if (word.line > cursor.line) target = cursor.at < buffer.line.length ? { line: cursor.line, at: buffer.line.length } : buffer.next();
  const [from, to] = before(target, buffer.cursor) ? [target, buffer.cursor] : [buffer.cursor, target];
  if (!before(from, to)) return;
  // The break before the last, empty line cannot go.
  if (to.line === buffer.lines.length - 1 && to.at === 0 && buffer.lines[to.line] === "" && from.line === to.line - 1 && from.at === (buffer.lines[from.line] ?? "").length) {
    buffer.moveTo(from);
    editor.follow();
    return;
  }
  buffer.change("cut", () => void buffer.remove(from, to));
  editor.follow();
}
