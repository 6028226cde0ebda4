// Before and after a command: the DEBUG and ERR traps, `$?`, `set -e`.
import type { Blocking } from "../../kernel/sys.ts";
import type { Command } from "../syntax/tree.ts";
import { ShellExit } from "./flow.ts";
import type { Outcome } from "./language.ts";
import type { Shell } from "./shell.ts";
import { runTrap } from "./traps.ts";

/** `$?` after a command, and what `set -e` and the ERR trap do about failures. */
export function finished(shell: Shell, status: number, command?: Command): Outcome {
  shell.lastStatus = status;
  if (command !== undefined && shell.inverted === command) return status;
  if (status === 0 || shell.ignoreErrors > 0) return status;
  if (!shell.options.errexit && shell.traps.size === 0) return status;
  return failed(shell, status);
}

function* failed(shell: Shell, status: number): Blocking<number> {
  const trap = shell.traps.get("ERR");
  if (trap && trap.command !== "" && !shell.inErrorTrap) {
    shell.lastStatus = status;
    shell.inErrorTrap = true;
    try {
      yield* runTrap(shell, trap.command, "error trap");
    } finally {
      shell.inErrorTrap = false;
    }
  }
  if (shell.options.errexit) throw new ShellExit(status);
  return status;
}

export function slow(shell: Shell): boolean {
  return shell.options.xtrace || shell.traps.has("DEBUG");
}

/** The DEBUG trap before a command. False: the command is not to run (extdebug). */
export function* runDebugTrap(shell: Shell, node: Command & { readonly line: number }): Blocking<boolean> {
  shell.line = node.line;
  if (shell.traps.size === 0 || shell.inDebugTrap) return true;
  const debug = shell.traps.get("DEBUG");
  if (!debug || debug.command === "") return true;
  if (shell.inTrap === 0) shell.currentNode = node;
  const status = yield* runTrap(shell, debug.command, "debug trap");
  shell.line = node.line;
  // 2 within a function or a sourced file: as `return` (execute_cmd.c)
  if (shell.shopts.extdebug && status === 2 && shell.returnDepth > 0) {
    shell.flow = "return";
    shell.lastStatus = 0;
  }
  return !(shell.shopts.extdebug && status !== 0);
}
