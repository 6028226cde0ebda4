// Functions that end the line, take arguments, change modes, record macros, clear the screen.

import type { Blocking } from "../../kernel/sys.ts";
import type { Editor, EditorFunction } from "../editor.ts";
import { END_OF_INPUT } from "../editor-terminal.ts";

/** Digits after Alt or a minus; the prompt shows the argument meanwhile. */
function* digitArgument(editor: Editor, _count: number, key: string): Blocking<void> {
  let next = key;
  let digits = editor.explicitArgument && /\d/.test(key) && editor.lastFunction !== "" ? String(editor.argument) : "";
  if (!editor.explicitArgument) editor.argument = 1;
  editor.explicitArgument = true;
  for (;;) {
    if (next === "-" && digits === "" && editor.argumentSign > 0) editor.argumentSign = -1;
    else if (next >= "0" && next <= "9" && next.length === 1) {
      digits = (digits + next).slice(-7);
      editor.argument = Number(digits);
    } else break;
    editor.message = `(arg: ${editor.argumentSign < 0 ? "-" : ""}${digits === "" ? "1" : editor.argument}) `;
    yield* editor.refresh();
    next = yield* editor.readKey();
  }
  editor.lastFunction = "digit-argument";
  editor.message = undefined;
  if (next === END_OF_INPUT) editor.done = true;
  else yield* editor.dispatch(next);
}

function setMode(name: "emacs" | "vi"): EditorFunction {
  return (editor) => {
    editor.host.setOption(name, true);
    editor.settings.set("editing-mode", name);
    editor.settings.set("keymap", name === "vi" ? "vi-insert" : "emacs");
    editor.mode = name === "vi" ? "vi-insert" : "emacs";
  };
}

function clear(scrollback: boolean): EditorFunction {
  return function* (editor) {
    editor.keepMark = true;
    if (editor.explicitArgument) editor.display.clear(editor.terminal.cols);
    else editor.display.clearScreen(editor.terminal.cols, scrollback);
    yield* editor.refresh();
  };
}

export const sessionFunctions: readonly (readonly [string, EditorFunction])[] = [
  ["accept-line", (editor) => { editor.done = true; }],
  ["abort", (editor) => editor.bell()],
  ["digit-argument", digitArgument],
  ["universal-argument", function* (editor) {
    editor.argument *= 4;
    editor.explicitArgument = true;
    editor.message = `(arg: ${editor.argument}) `;
    yield* editor.refresh();
    const next = yield* editor.readKey();
    editor.message = undefined;
    if (/^[\d-]$/.test(next)) {
      editor.explicitArgument = false;
      yield* digitArgument(editor, 1, next);
    } else yield* editor.dispatch(next);
  }],
  ["vi-arg-digit", digitArgument],
  ["start-kbd-macro", (editor) => { editor.macroRecording = ""; }],
  ["end-kbd-macro", (editor) => {
    if (editor.macroRecording === undefined) editor.bell();
    else editor.macro = editor.macroRecording.slice(0, Math.max(editor.macroRecording.length - editor.keySequence.length, 0));
    editor.macroRecording = undefined;
  }],
  ["call-last-kbd-macro", (editor, count) => {
    if (editor.macroRecording !== undefined) editor.bell();
    else editor.pushBack(editor.macro.repeat(Math.min(Math.max(count, 1), 1000)));
  }],
  ["print-last-kbd-macro", (editor) => editor.bell()],
  ["clear-screen", clear(false)],
  ["clear-display", clear(true)],
  ["redraw-current-line", (editor) => editor.display.clear(editor.terminal.cols)],
  ["re-read-init-file", (editor) => editor.bell()],
  ["emacs-editing-mode", setMode("emacs")],
  ["vi-editing-mode", setMode("vi")],
  ["skip-csi-sequence", function* (editor) {
    for (;;) {
      const key = yield* editor.readKey();
      if (key === END_OF_INPUT || (key >= "@" && key <= "~")) return;
    }
  }],
];
