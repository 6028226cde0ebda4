// nano from its start to its end: files are opened, keys become commands.

import { type Blocking, SIGNALS } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { NanoBuffer } from "./_buffer.ts";
import { runCommand } from "./_commands.ts";
import { Leave, type NanoEditor } from "./_editor.ts";
import { openFile } from "./_file-commands.ts";
import { goToPlace } from "./_moving.ts";
import { readHistory } from "./_search-history.ts";

export interface FileRequest {
  readonly name: string;
  readonly line: number | undefined;
  readonly column: number | undefined;
}

export function* runNano(editor: NanoEditor, files: readonly FileRequest[]): Blocking<number> {
  const sys = editor.sys;
  const accounts = yield* Accounts.read(sys);
  editor.userName = accounts.userName(sys.getcred().euid);
  for (const signal of [SIGNALS.WINCH, SIGNALS.TERM, SIGNALS.HUP]) sys.sigaction(signal, "catch");
  if (editor.options.historyLog) yield* readHistory(editor);
  yield* editor.enter();
  try {
    if (files.length === 0) {
      editor.buffers.push(new NanoBuffer("", [""]));
      if (editor.options.helpLines) editor.say("Welcome to nano.  For basic help, type Ctrl+G.");
    }
    for (const file of files) {
      yield* openFile(editor, file.name, true);
      if (file.line !== undefined || file.column !== undefined) goToPlace(editor, file.line, file.column);
    }
    if (files.length > 1) {
      editor.index = 0;
      editor.mention();
    }
    for (;;) yield* runCommand(editor, yield* editor.key());
  } catch (error) {
    if (!(error instanceof Leave)) throw error;
  }
  yield* editor.exit();
  return editor.status.code;
}
