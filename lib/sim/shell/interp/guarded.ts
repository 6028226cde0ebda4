// Where a failure is only an answer: `set -e` and the ERR trap look away.
import type { Blocking } from "../../kernel/sys.ts";
import type { Command, List } from "../syntax/tree.ts";
import type { Outcome } from "./language.ts";
import type { Shell } from "./shell.ts";

export function* ignoringErrors(shell: Shell, pending: Blocking<number>): Blocking<number> {
  shell.ignoreErrors++;
  try {
    return yield* pending;
  } finally {
    shell.ignoreErrors--;
  }
}

/** Where a failure is only an answer: conditions, `!`, the left side of && and ||. */
export function* runGuarded(shell: Shell, command: Command): Blocking<number> {
  shell.ignoreErrors++;
  try {
    const outcome = shell.language.run(shell, command);
    return typeof outcome === "number" ? outcome : yield* outcome;
  } finally {
    shell.ignoreErrors--;
  }
}

/** A condition without a generator where it can be. */
export function condition(shell: Shell, list: List): Outcome {
  shell.ignoreErrors++;
  let outcome: Outcome;
  try {
    outcome = shell.language.run(shell, list);
  } catch (error) {
    shell.ignoreErrors--;
    throw error;
  }
  shell.ignoreErrors--;
  return typeof outcome === "number" ? outcome : ignoringErrors(shell, outcome);
}
