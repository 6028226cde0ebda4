// Moving through the history and taking words out of it.

import type { Blocking } from "../../kernel/sys.ts";
import type { Editor, EditorFunction } from "../editor.ts";
import { historyWords } from "../history-words.ts";

function move(editor: Editor, delta: number): void {
  if (delta === 0) return;
  const bottom = editor.host.history.entries.length;
  const wanted = editor.historyIndex + delta;
  const index = Math.min(Math.max(wanted, 0), bottom);
  if (index === editor.historyIndex) editor.bell();
  else {
    const { point } = editor;
    editor.goToHistory(index);
    if (editor.settings.on("history-preserve-point")) editor.point = Math.min(point, editor.text.length);
    if (index !== wanted) editor.bell();
  }
}

/** The argument `n` of an entry: negative counts from its end, undefined is its last. */
function argumentOf(text: string, n: number | undefined): string | undefined {
  const words = historyWords(text);
  if (n === undefined) return words.at(-1)?.text;
  return n < 0 ? words.at(n)?.text : words[n]?.text;
}

function yankNth(editor: Editor, count: number, n: number | undefined): void {
  const entry = editor.host.history.entries[editor.historyIndex - 1] ?? (editor.historyIndex > 0 ? editor.host.history.entries.at(-1) : undefined);
  const text = entry && argumentOf(entry.text, n ?? (editor.explicitArgument ? count : 1));
  if (text === undefined) {
    editor.bell();
    return;
  }
  editor.undo.begin();
  if (editor.mode === "vi-command") {
    editor.point = Math.min(editor.point + 1, editor.text.length);
    editor.insert(" ");
  }
  editor.insert(text);
  editor.undo.end();
}

/** Alt-. : the last argument of the previous command; again: of the one before. */
function yankLast(editor: Editor, count: number): void {
  const again = editor.lastFunction === editor.thisFunction && editor.yankState !== undefined;
  const state = again ? editor.yankState : undefined;
  const entries = editor.host.history.entries;
  let direction = state?.direction ?? 1;
  const argument = state ? state.argument : editor.explicitArgument ? count : Number.NaN;
  if (state && editor.explicitArgument && count < 0) direction = -direction;
  const index = (state ? state.historyIndex : editor.historyIndex) - direction;
  const entry = entries[index];
  if (!entry) {
    // what the last one gave is taken back first (kill.c: rl_yank_last_arg)
    if (state && state.length > 0) {
      editor.delete(state.start, state.start + state.length);
      editor.yankState = { ...state, historyIndex: index, length: 0 };
    }
    editor.bell();
    return;
  }
  editor.undo.begin();
  if (state) editor.delete(state.start, state.start + state.length);
  const text = argumentOf(entry.text, Number.isNaN(argument) ? undefined : argument) ?? "";
  const start = editor.point;
  editor.insert(text);
  editor.undo.end();
  editor.yankState = { historyIndex: index, argument, start, length: text.length, direction };
}

function* operateAndGetNext(editor: Editor, count: number): Blocking<void> {
  const { history } = editor.host;
  const index = editor.explicitArgument ? count - history.base : editor.historyIndex + 1;
  editor.nextEntryNumber = index + history.base;
  editor.done = true;
}

export const historyFunctions: readonly (readonly [string, EditorFunction])[] = [
  ["previous-history", (editor, count) => move(editor, -count)],
  ["next-history", (editor, count) => move(editor, count)],
  ["beginning-of-history", (editor) => move(editor, -editor.historyIndex)],
  ["end-of-history", (editor) => move(editor, editor.host.history.entries.length - editor.historyIndex)],
  ["fetch-history", (editor, count) => move(editor, editor.explicitArgument ? count - editor.host.history.base - editor.historyIndex : -editor.historyIndex)],
  ["vi-fetch-history", (editor, count) => move(editor, editor.explicitArgument ? count - editor.host.history.base - editor.historyIndex : -editor.historyIndex)],
  ["operate-and-get-next", operateAndGetNext],
  ["yank-nth-arg", (editor, count) => yankNth(editor, count, undefined)],
  ["vi-yank-arg", (editor, count) => yankNth(editor, count, editor.explicitArgument ? count : -1)],
  ["insert-last-argument", yankLast],
  ["yank-last-arg", yankLast],
];
