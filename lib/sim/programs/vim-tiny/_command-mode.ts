// : and Q.

import type { Blocking } from "../../kernel/sys.ts";
import { readCommandLine } from "./_command-line.ts";
import { executeCommandLine } from "./_ex.ts";
import { Failure } from "./_failure.ts";
import type { Vim } from "./_vim.ts";

export function* commandLine(vim: Vim, start: string): Blocking<void> {
  const typed = yield* readCommandLine(vim, ":", start);
  if (typed === undefined) return;
  yield* executeCommandLine(vim, typed);
  if (typed.trim() !== "") vim.lastCommand = typed;
}

export function* exMode(vim: Vim): Blocking<void> {
  vim.exMode = true;
  vim.message("Entering Ex mode.  Type \"visual\" to go to Normal mode.");
  try {
    while (vim.exMode) {
      vim.print("");
      const typed = yield* readCommandLine(vim, ":");
      if (typed === undefined) continue;
      try {
        yield* executeCommandLine(vim, typed === "" ? "+p" : typed);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        vim.print(error.message);
      }
    }
  } finally {
    vim.exMode = false;
  }
  vim.redrawAll();
  vim.wipeMessage();
}
