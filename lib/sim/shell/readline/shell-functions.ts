// Functions of the editor that call on the shell: commands bound to keys, the line in an outside editor, expansions.

import { type Blocking, decode, encode, O, SysError } from "../../kernel/sys.ts";
import type { EditorFunction } from "../../readline/editor.ts";
import { historyWords } from "../../readline/history-words.ts";
import { expandHistoryLine, newExpansionMemory } from "./history-expansion.ts";
import { readHistoryFile } from "./history-file.ts";
import type { ShellEditor } from "./shell-editor.ts";

/** The command gets the line in READLINE_LINE and may change it. The prompt is drawn again below what it prints. */
function* shellCommand(editor: ShellEditor, _count: number, command: string): Blocking<void> {
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
function editAndExecute(editorCommand: string): EditorFunction<ShellEditor> {
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

/** Where a word ends with the `$(` in it closed. */
function substitutionEnd(text: string, start: number, wordEnd: number): number {
  let end = wordEnd;
  const open = (): number => {
    const part = text.slice(start, end);
    return part.includes("$(") ? part.split("(").length - part.split(")").length : 0;
  };
  while (end < text.length && open() > 0) end++;
  return end;
}

/** Alt-Ctrl-E: history, aliases and variables of the line replaced by what they stand for. */
function* expandLine(editor: ShellEditor): Blocking<void> {
  let text = historyExpanded(editor) ?? editor.text;
  const words = historyWords(text);
  const first = words[0];
  const alias = first && editor.shell.alias(first.text);
  if (first && alias !== undefined) text = text.slice(0, first.start) + alias + text.slice(first.end);
  let result = "";
  let at = 0;
  for (const word of historyWords(text)) {
    if (word.start < at) continue;
    const end = substitutionEnd(text, word.start, word.end);
    const given = text.slice(word.start, end);
    result += text.slice(at, word.start);
    result += /[$`]/.test(given) && !given.startsWith("'") ? (yield* editor.shell.expandText(`"${given.replace(/^"|"$/g, "")}"`)).join(" ") : given.replace(/^(['"])(.*)\1$/, "$2");
    at = end;
  }
  result += text.slice(at);
  if (result !== editor.text) editor.replaceRange(0, editor.text.length, result);
}

function historyExpanded(editor: ShellEditor): string | undefined {
  const { history } = editor.shell;
  const expansion = expandHistoryLine(editor.text, { entries: history.entries, base: history.base, memory: newExpansionMemory() });
  return expansion.kind === "expanded" ? expansion.text : undefined;
}

function expandHistory(editor: ShellEditor): void {
  const text = historyExpanded(editor);
  if (text === undefined) editor.bell();
  else editor.replaceRange(0, editor.text.length, text);
}

export const shellFunctions: readonly (readonly [string, EditorFunction<ShellEditor>])[] = [
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
];
