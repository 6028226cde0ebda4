// History over a session: read from HISTFILE when an interactive shell starts, written back when it ends.
import { type Blocking, O, SysError, encode } from "../../kernel/sys.ts";
import { readFileNow, runNow } from "../expand/run-now.ts";
import { loadHistory, saveHistory } from "../readline/history-file.ts";
import type { Shell } from "./shell.ts";

const DEFAULT_SIZE = "500";

export function* startHistory(shell: Shell): Blocking<void> {
  const home = shell.getVariable("HOME");
  if (shell.getVariable("HISTFILE") === undefined && home !== undefined) shell.setPlain("HISTFILE", `${home}/.bash_history`);
  if (shell.getVariable("HISTSIZE") === undefined) shell.setPlain("HISTSIZE", DEFAULT_SIZE);
  if (shell.getVariable("HISTFILESIZE") === undefined) shell.setPlain("HISTFILESIZE", shell.getVariable("HISTSIZE") ?? DEFAULT_SIZE);
  const file = shell.getVariable("HISTFILE");
  if (file) yield* loadHistory(shell.sys, shell.history, file);
}

export function* saveShellHistory(shell: Shell): Blocking<void> {
  const path = shell.getVariable("HISTFILE");
  if (!path || !shell.options.history) return;
  const limit = Number.parseInt(shell.getVariable("HISTFILESIZE") ?? "", 10);
  try {
    yield* saveHistory(shell.sys, shell.history, {
      path, append: shell.shopts.histappend || shell.history.unsavedCount <= shell.history.entries.length, withTimestamps: shell.getVariable("HISTTIMEFORMAT") !== undefined,
      maxEntries: Number.isNaN(limit) || limit < 0 ? undefined : limit,
    });
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

/** HISTFILESIZE was assigned: the file keeps its last lines. */
export function truncateHistoryFile(shell: Shell): void {
  const path = shell.getVariable("HISTFILE");
  const limit = Number.parseInt(shell.getVariable("HISTFILESIZE") ?? "", 10);
  if (!path || Number.isNaN(limit) || limit < 0) return;
  const lines = (readFileNow(shell.sys, path) ?? "").split("\n");
  if (lines.at(-1) === "") lines.pop();
  if (lines.length <= limit) return;
  try {
    runNow(write(shell, path, lines.slice(lines.length - limit).map((line) => `${line}\n`).join("")));
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

function* write(shell: Shell, path: string, text: string): Blocking<void> {
  const fd = yield* shell.sys.open(path, O.WRONLY | O.TRUNC);
  yield* shell.sys.write(fd, encode(text));
  shell.sys.close(fd);
}
