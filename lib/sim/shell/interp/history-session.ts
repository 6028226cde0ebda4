// History over a session: read from HISTFILE when an interactive shell starts, written back when it ends.
import { type Blocking, O, SysError, encode } from "../../kernel/sys.ts";
import { readFileNow, runNow } from "../expand/run-now.ts";
import { lastHistoryLines, loadHistory, saveHistory } from "../readline/history-file.ts";
import type { Shell } from "./shell.ts";

const DEFAULT_SIZE = "500";

export function* startHistory(shell: Shell): Blocking<void> {
  const home = shell.getVariable("HOME");
  if (shell.getVariable("HISTFILE") === undefined && home !== undefined) shell.setPlain("HISTFILE", `${home}/.bash_history`);
  if (shell.getVariable("HISTSIZE") === undefined) shell.setPlain("HISTSIZE", DEFAULT_SIZE);
  if (shell.getVariable("HISTFILESIZE") === undefined) shell.setPlain("HISTFILESIZE", shell.getVariable("HISTSIZE") ?? DEFAULT_SIZE);
  const file = shell.getVariable("HISTFILE");
  if (file) yield* loadHistory(shell.sys, shell.history, file, shell.getVariable("HISTTIMEFORMAT") !== undefined);
}

export function* saveShellHistory(shell: Shell): Blocking<void> {
  const path = shell.getVariable("HISTFILE");
  if (!path || !shell.options.history) return;
  const limit = Number.parseInt(shell.getVariable("HISTFILESIZE") ?? "", 10);
  try {
    yield* saveHistory(shell.sys, shell.history, {
      path, append: shell.shopts.histappend || shell.history.unsavedCount <= shell.history.entries.length, withTimestamps: shell.getVariable("HISTTIMEFORMAT") !== undefined,
      maxLines: Number.isNaN(limit) || limit < 0 ? undefined : limit,
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
  const text = readFileNow(shell.sys, path) ?? "";
  const kept = lastHistoryLines(text, limit);
  if (kept === text) return;
  try {
    runNow(write(shell, path, kept));
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

function* write(shell: Shell, path: string, text: string): Blocking<void> {
  const fd = yield* shell.sys.open(path, O.WRONLY | O.TRUNC);
  yield* shell.sys.write(fd, encode(text));
  shell.sys.close(fd);
}
