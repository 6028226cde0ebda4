// Killing and yanking.

import type { Editor, EditorFunction } from "../editor.ts";
import { backwardBlankWord, backwardWhile, backwardWord, forwardWhile, forwardWord, isBlank, isWordCharacter } from "../text-motion.ts";

function killWords(editor: Editor, count: number): void {
  const from = editor.point;
  let to = from;
  for (let left = Math.abs(count); left > 0; left -= 1) to = count > 0 ? forwardWord(editor.text, to) : backwardWord(editor.text, to);
  editor.kill(from, to);
  editor.point = Math.min(from, to);
}

function killBackTo(editor: Editor, count: number, step: (text: string, at: number) => number): void {
  if (editor.point === 0) {
    editor.bell();
    return;
  }
  const from = editor.point;
  let to = from;
  for (let left = Math.max(count, 1); left > 0; left -= 1) to = step(editor.text, to);
  editor.kill(from, to);
}

function filenameWord(text: string, at: number): number {
  const separates = (character: string): boolean => isBlank(character) || character === "/";
  return backwardWhile(text, backwardWhile(text, at, separates), (character) => !separates(character));
}

/** vi's Ctrl-W: back over blanks, then over one kind of characters. */
function viWord(text: string, at: number): number {
  at = backwardWhile(text, at, isBlank);
  const before = text.slice(at - 1, at);
  return backwardWhile(text, at, isWordCharacter(before) ? isWordCharacter : (character) => !isBlank(character) && !isWordCharacter(character));
}

function yank(editor: Editor): void {
  const text = editor.killRing.current();
  if (text === undefined) {
    editor.bell();
    return;
  }
  editor.mark = editor.point;
  const start = editor.point;
  editor.insert(text);
  editor.mark = start;
}

function killRegion(editor: Editor, copyOnly: boolean): void {
  const mark = Math.min(editor.mark, editor.text.length);
  if (copyOnly) {
    editor.killRing.kill(editor.text.slice(Math.min(mark, editor.point), Math.max(mark, editor.point)), editor.lastWasKill ? "append" : false);
    editor.thisWasKill = true;
  } else editor.kill(editor.point, mark);
}

function copyWord(direction: 1 | -1): EditorFunction {
  return (editor, count) => {
    const to = count * direction > 0 ? forwardWord(editor.text, editor.point) : backwardWord(editor.text, editor.point);
    editor.killRing.kill(editor.text.slice(Math.min(to, editor.point), Math.max(to, editor.point)), editor.lastWasKill ? (direction > 0 ? "append" : "prepend") : false);
    editor.thisWasKill = true;
  };
}

export const killFunctions: readonly (readonly [string, EditorFunction])[] = [
  ["kill-line", (editor, count) => editor.kill(editor.point, count < 0 ? 0 : editor.text.length)],
  ["backward-kill-line", (editor, count) => editor.kill(editor.point, count < 0 ? editor.text.length : 0)],
  ["unix-line-discard", (editor) => {
    if (editor.point === 0) editor.bell();
    else editor.kill(editor.point, 0);
  }],
  ["kill-whole-line", (editor) => {
    editor.point = 0;
    editor.kill(0, editor.text.length);
  }],
  ["kill-word", (editor, count) => killWords(editor, count)],
  ["backward-kill-word", (editor, count) => killWords(editor, -count)],
  ["shell-kill-word", (editor) => editor.kill(editor.point, forwardWhile(editor.text, forwardWhile(editor.text, editor.point, isBlank), (character) => !isBlank(character)))],
  ["shell-backward-kill-word", (editor, count) => killBackTo(editor, count, backwardBlankWord)],
  ["unix-word-rubout", (editor, count) => killBackTo(editor, count, backwardBlankWord)],
  ["unix-filename-rubout", (editor, count) => killBackTo(editor, count, filenameWord)],
  ["vi-unix-word-rubout", (editor, count) => killBackTo(editor, count, viWord)],
  ["kill-region", (editor) => killRegion(editor, false)],
  ["copy-region-as-kill", (editor) => killRegion(editor, true)],
  ["copy-forward-word", copyWord(1)],
  ["copy-backward-word", copyWord(-1)],
  ["yank", yank],
  ["yank-pop", (editor) => {
    const current = editor.killRing.current();
    if ((editor.lastFunction !== "yank" && editor.lastFunction !== "yank-pop") || current === undefined || !editor.text.slice(0, editor.point).endsWith(current)) {
      editor.bell();
      return;
    }
    editor.delete(editor.point - current.length, editor.point);
    editor.killRing.rotate();
    yank(editor);
  }],
];
