// The search history on disk.

import { type Blocking, SysError } from "../../kernel/sys.ts";
import type { NanoEditor } from "./_editor.ts";
import { load, store } from "./_files.ts";

export function* rememberSearch(editor: NanoEditor, text: string): Blocking<void> {
  const old = editor.searchHistory.indexOf(text);
  if (old >= 0) editor.searchHistory.splice(old, 1);
  editor.searchHistory.push(text);
  if (editor.options.historyLog) yield* writeHistory(editor);
}

function historyFile(editor: NanoEditor): string | undefined {
  const environment = editor.sys.environment;
  const home = environment.get("HOME");
  if (home === undefined) return undefined;
  return `${environment.get("XDG_DATA_HOME") ?? `${home}/.local/share`}/nano/search_history`;
}

export function* readHistory(editor: NanoEditor): Blocking<void> {
  const file = historyFile(editor);
  if (file === undefined) return;
  const directory = file.slice(0, file.lastIndexOf("/"));
  try {
    for (let slash = directory.indexOf("/", 1); ; slash = directory.indexOf("/", slash + 1)) {
      const part = slash < 0 ? directory : directory.slice(0, slash);
      try {
        editor.sys.mkdir(part, 0o700);
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== "EEXIST") throw error;
      }
      if (slash < 0) break;
    }
    const loaded = yield* load(editor.sys, file);
    if (!("lines" in loaded)) return;
    const text = loaded.lines.join("\n");
    const [search = "", replace = "", execute = ""] = text.split("\n\n");
    editor.searchHistory.push(...search.split("\n").filter((line) => line !== ""));
    editor.replaceHistory.push(...replace.split("\n").filter((line) => line !== ""));
    editor.executeHistory.push(...execute.split("\n").filter((line) => line !== ""));
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

function* writeHistory(editor: NanoEditor): Blocking<void> {
  const file = historyFile(editor);
  if (file === undefined) return;
  const block = (lines: readonly string[]) => `${lines.slice(-100).map((line) => `${line}\n`).join("")}\n`;
  try {
    yield* store(editor.sys, file, block(editor.searchHistory) + block(editor.replaceHistory) + block(editor.executeHistory), "write");
    editor.sys.chmod(file, 0o600);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}
