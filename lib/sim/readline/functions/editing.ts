// Inserting, deleting, changing: the functions that work on the text around the cursor.

import type { Blocking } from "../../kernel/sys.ts";
import type { Editor, EditorFunction } from "../editor.ts";
import { END_OF_INPUT } from "../editor-terminal.ts";
import { backwardWhile, backwardWord, forwardWhile, forwardWord, nextCharacter, previousCharacter } from "../text-motion.ts";

function insertTyped(editor: Editor, count: number, text: string): void {
  if (count <= 0) return;
  if (editor.overwrite || editor.viState.replacing) {
    editor.undo.begin();
    for (let left = Math.min(count, 1_000_000); left > 0; left -= 1) {
      if (editor.point < editor.text.length) editor.delete(editor.point, nextCharacter(editor.text, editor.point));
      editor.insert(text);
    }
    editor.undo.end();
  } else editor.insert(count === 1 ? text : text.repeat(Math.min(count, 1_000_000)), count === 1);
}

/** A typed character and those typed ahead of the display, as long as they insert themselves too. */
function* selfInsert(editor: Editor, count: number, key: string): Blocking<void> {
  insertTyped(editor, count, key);
  while (!editor.hasQueuedKeys && editor.options.count === undefined && editor.terminal.pending()) {
    const next = yield* editor.readKey();
    const binding = editor.keymap.get(next);
    const inserts = next !== END_OF_INPUT && next !== editor.options.delimiter && (binding ? binding.kind === "function" && binding.name === "self-insert" : (next.codePointAt(0) ?? 0) >= 0x80);
    if (!inserts) {
      editor.pushBack(next);
      return;
    }
    insertTyped(editor, 1, next);
  }
}

function rubout(editor: Editor, count: number): void {
  if (count < 0) {
    deleteForward(editor, -count);
    return;
  }
  if (editor.point === 0) {
    editor.bell();
    return;
  }
  let to = editor.point;
  for (let left = count; left > 0 && to > 0; left -= 1) to = previousCharacter(editor.text, to);
  if (editor.explicitArgument) editor.kill(editor.point, to);
  else editor.delete(to, editor.point);
}

function deleteForward(editor: Editor, count: number): void {
  if (count < 0) {
    rubout(editor, -count);
    return;
  }
  if (editor.point >= editor.text.length) {
    editor.bell();
    return;
  }
  let to = editor.point;
  for (let left = count; left > 0 && to < editor.text.length; left -= 1) to = nextCharacter(editor.text, to);
  if (editor.explicitArgument) editor.kill(editor.point, to);
  else editor.delete(editor.point, to);
}

function transposeCharacters(editor: Editor, count: number): void {
  const { text } = editor;
  if (count === 0) return;
  const first = nextCharacter(text, 0);
  if (editor.point === 0 || first >= text.length) {
    editor.bell();
    return;
  }
  editor.undo.begin();
  let { point } = editor;
  if (point === text.length) {
    point = previousCharacter(text, point);
    count = 1;
  }
  const start = previousCharacter(text, point);
  const moved = editor.delete(start, point);
  editor.point = start;
  let to = start;
  for (let left = count; left > 0; left -= 1) to = nextCharacter(editor.text, to);
  editor.point = to;
  editor.insert(moved);
  editor.undo.end();
}

function transposeWords(editor: Editor, count: number): void {
  if (count === 0) return;
  const { text } = editor;
  const secondEnd = forwardWord(text, editor.point);
  const secondStart = backwardWord(text, secondEnd);
  const firstStart = backwardWord(text, secondStart);
  const firstEnd = forwardWord(text, firstStart);
  if (firstStart === secondStart || secondStart < firstEnd) {
    editor.bell();
    return;
  }
  const swapped = text.slice(secondStart, secondEnd) + text.slice(firstEnd, secondStart) + text.slice(firstStart, firstEnd);
  editor.replaceRange(firstStart, secondEnd, swapped);
}

function changeCase(change: (word: string) => string): EditorFunction {
  return (editor, count) => {
    const from = editor.point;
    let to = from;
    for (let left = Math.abs(count); left > 0; left -= 1) to = count > 0 ? forwardWord(editor.text, to) : backwardWord(editor.text, to);
    const start = Math.min(from, to);
    const end = Math.max(from, to);
    const old = editor.text.slice(start, end);
    const changed = change(old);
    if (changed !== old) editor.replaceRange(start, end, changed);
    editor.point = count > 0 ? start + changed.length : from;
  };
}

function capitalize(text: string): string {
  let inWord = false;
  let result = "";
  for (const character of text) {
    const letter = /[\p{L}\p{N}]/u.test(character);
    result += letter ? (inWord ? character.toLowerCase() : character.toUpperCase()) : character;
    inWord = letter;
  }
  return result;
}

function deleteSpace(editor: Editor): void {
  const blank = (character: string): boolean => character === " " || character === "\t";
  const start = backwardWhile(editor.text, editor.point, blank);
  const end = forwardWhile(editor.text, start, blank);
  if (start !== end) {
    editor.delete(start, end);
    editor.point = start;
  }
}

/** Up to ESC [ 201 ~. Carriage returns become newlines; nothing is run. */
export function* readPaste(editor: Editor): Blocking<string> {
  let text = "";
  for (;;) {
    const key = yield* editor.readKey();
    if (key === END_OF_INPUT) return text;
    text += key === "\r" ? "\n" : key;
    if (text.endsWith("\x1b[201~")) return text.slice(0, -6);
  }
}

function* paste(editor: Editor): Blocking<void> {
  const text = yield* readPaste(editor);
  const start = editor.point;
  if (editor.overwrite) editor.delete(start, Math.min(start + text.length, editor.text.length));
  editor.insert(text);
  if (text === "") return;
  editor.mark = start;
  editor.markActive = true;
  editor.keepMark = true;
}

function undo(editor: Editor, count: number): void {
  if (editor.mode === "emacs") editor.undo.endAll();
  for (let left = Math.max(count, 1); left > 0; left -= 1) {
    const step = editor.undo.undo(editor.text, editor.point);
    if (!step) {
      editor.bell();
      return;
    }
    editor.text = step.text;
    editor.point = step.point;
  }
}

function revert(editor: Editor): void {
  editor.undo.endAll();
  if (editor.undo.isEmpty) {
    editor.bell();
    return;
  }
  for (let step = editor.undo.undo(editor.text, editor.point); step; step = editor.undo.undo(editor.text, editor.point)) {
    editor.text = step.text;
    editor.point = step.point;
  }
  editor.point = editor.text.length;
  if (editor.historyIndex < editor.host.history.entries.length) editor.host.history.keepEdit(editor.historyIndex, editor.text, undefined);
}

/** Comments the line out and runs it: it stays in the history. With an argument, takes the comment away. */
function* insertComment(editor: Editor): Blocking<void> {
  const sign = editor.settings.text("comment-begin");
  editor.undo.begin();
  if (editor.explicitArgument && editor.text.startsWith(sign)) editor.delete(0, sign.length);
  else {
    editor.point = 0;
    editor.insert(sign);
  }
  editor.undo.end();
  yield* editor.refresh();
  editor.done = true;
}

function* tildeExpand(editor: Editor): Blocking<void> {
  const { text } = editor;
  let start = backwardWhile(text, editor.point, (character) => !/\s/.test(character));
  if (text[start] !== "~") start = editor.point;
  if (text[start] !== "~") return;
  const end = forwardWhile(text, start, (character) => !/[\s/]/.test(character));
  const expanded = editor.host.expandTilde(text.slice(start, end));
  if (expanded !== undefined) {
    const point = editor.point;
    editor.replaceRange(start, end, expanded);
    editor.point = Math.max(editor.point, point - (end - start) + expanded.length);
  }
}

function* quotedInsert(editor: Editor, count: number): Blocking<void> {
  const key = yield* editor.readKey();
  if (key !== END_OF_INPUT && count > 0) {
    if (editor.overwrite) insertTyped(editor, count, key);
    else editor.insert(key.repeat(count), count === 1);
  }
}

export const editingFunctions: readonly (readonly [string, EditorFunction])[] = [
  ["self-insert", selfInsert],
  ["tab-insert", (editor, count) => editor.insert("\t".repeat(Math.max(count, 0)))],
  ["quoted-insert", quotedInsert],
  ["overwrite-mode", (editor, count) => { editor.overwrite = editor.explicitArgument ? count > 0 : !editor.overwrite; }],
  ["delete-char", deleteForward],
  ["backward-delete-char", rubout],
  ["forward-backward-delete-char", (editor, count) => (editor.point >= editor.text.length ? rubout(editor, count) : deleteForward(editor, count))],
  ["transpose-chars", transposeCharacters],
  ["transpose-words", transposeWords],
  ["shell-transpose-words", transposeWords],
  ["upcase-word", changeCase((word) => word.toUpperCase())],
  ["downcase-word", changeCase((word) => word.toLowerCase())],
  ["capitalize-word", changeCase(capitalize)],
  ["delete-horizontal-space", deleteSpace],
  ["bracketed-paste-begin", paste],
  ["undo", undo],
  ["vi-undo", undo],
  ["revert-line", revert],
  ["insert-comment", insertComment],
  ["tilde-expand", tildeExpand],
  ["vi-tilde-expand", tildeExpand],
];
