// How control leaves a command early. `break`, `continue` and `return` are marks on the shell that loops and functions look at (cheap);
// what unwinds further is thrown.

/** The shell, or the subshell, ends. */
export class ShellExit extends Error {
  readonly status: number;
  /** dash: an error ended it (EXERROR), which an interactive shell and `command` survive. */
  readonly isError: boolean;
  constructor(status: number, isError = false) {
    super("shell exit");
    this.name = "ShellExit";
    this.status = status;
    this.isError = isError;
  }
}

/** The rest of the command line is dropped (jump_to_top_level(DISCARD)): bad substitutions, arithmetic errors, assignments to read-only variables. */
export class DiscardCommand extends Error {
  readonly status: number;
  constructor(status = 1) {
    super("discard command");
    this.name = "DiscardCommand";
    this.status = status;
  }
}

/** SIGINT in an interactive shell: back to the prompt. */
export class Interrupted extends Error {
  /** PIPESTATUS of what was interrupted. */
  readonly statuses: readonly number[];
  constructor(statuses: readonly number[] = [130]) {
    super("interrupted");
    this.name = "Interrupted";
    this.statuses = statuses;
  }
}

export type Flow = "none" | "break" | "continue" | "return";
