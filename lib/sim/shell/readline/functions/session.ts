// Functions that end the line, change modes or call on the shell: Enter, macros, Ctrl-L, editor, expansions.

import { type Blocking, decode, encode, O, SysError } from "../../../kernel/sys.ts";
import type { Editor, EditorFunction } from "../editor.ts";
import { END_OF_INPUT } from "../editor-terminal.ts";
import { expandHistoryLine, newExpansionMemory } from "../history-expansion.ts";
import { readHistoryFile } from "../history-file.ts";
import { historyWords } from "../history-words.ts";

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
    editor.shell.setOption(name, true);
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

/** The command gets the line in READLINE_LINE and may change it. The prompt is drawn again below what it prints. */
function* shellCommand(editor: Editor, _count: number, command: string): Blocking<void> {
  const { shell } = editor;
  editor.display.clear(editor.terminal.cols);
  yield* editor.flush();
  shell.setVariable("READLINE_LINE", editor.text);
  shell.setVariable("READLINE_POINT", String(encode(editor.text.slice(0, editor.point)).length));
  shell.setVariable("READLINE_MARK", String(encode(editor.text.slice(0, editor.mark)).length));
  if (editor.explicitArgument) shell.setVariable("READLINE_ARGUMENT", String(editor.argument * editor.argumentSign));
  yield* editor.terminal.release();
  yield* shell.runText(command);
  yield* editor.terminal.acquire();
  const text = shell.getVariable("READLINE_LINE") ?? "";
  const pointBytes = Number.parseInt(shell.getVariable("READLINE_POINT") ?? "0", 10) || 0;
  if (text !== editor.text) editor.replaceRange(0, editor.text.length, text);
  editor.point = decode(encode(text).subarray(0, Math.max(pointBytes, 0))).length;
  for (const name of ["READLINE_LINE", "READLINE_POINT", "READLINE_MARK", "READLINE_ARGUMENT"]) shell.unsetVariable(name);
  editor.display.startOnNewRow(editor.terminal.cols);
}

const FILE_NAME_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/** Ctrl-X Ctrl-E: the line in an editor, then executed. The result is handed over as the line itself. */
function editAndExecute(editorCommand: string): EditorFunction {
  return function* (editor) {
    const { shell } = editor;
    const { sys } = shell;
    const name = [...sys.random(6)].map((byte) => FILE_NAME_LETTERS[byte % FILE_NAME_LETTERS.length]).join("");
    const path = `${shell.getVariable("TMPDIR") ?? "/tmp"}/bash-fc.${name}`;
    const line = editor.text;
    try {
      const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.EXCL, 0o600);
      yield* sys.write(fd, encode(`${line}\n`));
      sys.close(fd);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      editor.bell();
      return;
    }
    editor.display.finish();
    yield* editor.flush();
    if (line !== "") shell.history.remember(line);
    yield* editor.terminal.release();
    const status = yield* shell.runText(`${editorCommand} '${path}'`);
    yield* editor.terminal.acquire();
    let text = "";
    if (status === 0) text = (yield* readHistoryFile(sys, path)).replace(/\n+$/, "");
    sys.unlink(path);
    editor.editedCommand(text);
  };
}

/** Alt-Ctrl-E: history, aliases and variables of the line replaced by what they stand for. */
function* expandLine(editor: Editor): Blocking<void> {
  let text = historyExpanded(editor) ?? editor.text;
  const words = historyWords(text);
  const first = words[0];
  const alias = first && editor.shell.alias(first.text);
  if (first && alias !== undefined) text = text.slice(0, first.start) + alias + text.slice(first.end);
  let result = "";
  let at = 0;
  for (const word of historyWords(text)) {
    result += text.slice(at, word.start);
    result += /[$`]/.test(word.text) && !word.text.startsWith("'") ? (yield* editor.shell.expandText(`"${word.text.replace(/^"|"$/g, "")}"`)).join(" ") : word.text.replace(/^(['"])(.*)\1$/, "$2");
    at = word.end;
  }
  result += text.slice(at);
  if (result !== editor.text) editor.replaceRange(0, editor.text.length, result);
}

function historyExpanded(editor: Editor): string | undefined {
  const { history } = editor.shell;
  const expansion = expandHistoryLine(editor.text, { entries: history.entries, base: history.base, memory: newExpansionMemory() });
  return expansion.kind === "expanded" ? expansion.text : undefined;
}

function expandHistory(editor: Editor): void {
  const text = historyExpanded(editor);
  if (text === undefined) editor.bell();
  else editor.replaceRange(0, editor.text.length, text);
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
  ["shell-command", shellCommand],
  ["edit-and-execute-command", editAndExecute('eval "${VISUAL:-${EDITOR:-emacs}}"')],
  ["vi-edit-and-execute-command", editAndExecute('eval "${VISUAL:-${EDITOR:-vi}}"')],
  ["shell-expand-line", expandLine],
  ["history-expand-line", expandHistory],
  ["history-and-alias-expand-line", expandLine],
  ["alias-expand-line", expandLine],
  ["magic-space", (editor) => {
    const text = historyExpanded(editor);
    if (text !== undefined) editor.replaceRange(0, editor.text.length, text);
    editor.insert(" ");
  }],
  ["display-shell-version", function* (editor) {
    editor.display.below();
    editor.display.write(`GNU bash, version ${editor.shell.getVariable("BASH_VERSION") ?? ""} (x86_64-pc-linux-gnu)\r\n`);
    yield* editor.refresh();
  }],
  ["skip-csi-sequence", function* (editor) {
    for (;;) {
      const key = yield* editor.readKey();
      if (key === END_OF_INPUT || (key >= "@" && key <= "~")) return;
    }
  }],
];
