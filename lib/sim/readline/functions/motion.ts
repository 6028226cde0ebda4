// Moving in the line: characters, words, ends, character search, screen.

import type { Editor, EditorFunction } from "../editor.ts";
import { backwardWord, forwardWord, isBlank, nextCharacter, previousCharacter, forwardWhile, backwardWhile } from "../text-motion.ts";

function words(editor: Editor, count: number): void {
  for (let left = Math.abs(count); left > 0; left -= 1) editor.point = count > 0 ? forwardWord(editor.text, editor.point) : backwardWord(editor.text, editor.point);
}

function blankWord(text: string, point: number, forward: boolean): number {
  const notBlank = (character: string): boolean => !isBlank(character);
  return forward ? forwardWhile(text, forwardWhile(text, point, isBlank), notBlank) : backwardWhile(text, backwardWhile(text, point, isBlank), notBlank);
}

/** To the count-th occurrence of a character, before the cursor when negative. */
function searchCharacter(editor: Editor, character: string, count: number): boolean {
  let point = editor.point;
  for (let left = Math.abs(count); left > 0; left -= 1) {
    const found = count > 0 ? editor.text.indexOf(character, nextCharacter(editor.text, point)) : point === 0 ? -1 : editor.text.lastIndexOf(character, previousCharacter(editor.text, point));
    if (found < 0) return false;
    point = found;
  }
  editor.point = point;
  return true;
}

function characterSearch(direction: 1 | -1): EditorFunction {
  return function* (editor, count) {
    const character = yield* editor.readKey();
    if (!searchCharacter(editor, character, count * direction)) editor.bell();
  };
}

export const motionFunctions: readonly (readonly [string, EditorFunction])[] = [
  ["forward-char", (editor, count) => editor.moveBy(viCount(editor, count))],
  ["backward-char", (editor, count) => editor.moveBy(-count)],
  ["forward-byte", (editor, count) => editor.moveBy(count)],
  ["backward-byte", (editor, count) => editor.moveBy(-count)],
  ["forward-word", (editor, count) => words(editor, count)],
  ["backward-word", (editor, count) => words(editor, -count)],
  ["shell-forward-word", (editor, count) => { for (let i = 0; i < count; i += 1) editor.point = blankWord(editor.text, editor.point, true); }],
  ["shell-backward-word", (editor, count) => { for (let i = 0; i < count; i += 1) editor.point = blankWord(editor.text, editor.point, false); }],
  ["beginning-of-line", (editor) => { editor.point = 0; }],
  ["end-of-line", (editor) => { editor.point = editor.text.length; }],
  ["previous-screen-line", (editor, count) => editor.moveBy(-count * editor.terminal.cols)],
  ["next-screen-line", (editor, count) => editor.moveBy(count * editor.terminal.cols)],
  ["character-search", characterSearch(1)],
  ["character-search-backward", characterSearch(-1)],
  ["set-mark", (editor, count) => { editor.mark = editor.explicitArgument ? Math.min(count, editor.text.length) : editor.point; }],
  ["exchange-point-and-mark", (editor) => {
    if (editor.mark > editor.text.length) {
      editor.bell();
      return;
    }
    [editor.point, editor.mark] = [editor.mark, editor.point];
    editor.markActive = true;
    editor.keepMark = true;
  }],
];

/** vi's command mode does not go behind the last character. */
function viCount(editor: Editor, count: number): number {
  if (editor.mode !== "vi-command" || count < 0) return count;
  let room = 0;
  for (let at = nextCharacter(editor.text, editor.point); at < editor.text.length && room < count; at = nextCharacter(editor.text, at)) room += 1;
  if (room === 0) editor.bell();
  return Math.min(count, room);
}
