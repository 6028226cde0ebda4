// History over a session: read from HISTFILE when an interactive shell starts, written back when it ends.
import { type Blocking, SysError } from "../../kernel/sys.ts";
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
