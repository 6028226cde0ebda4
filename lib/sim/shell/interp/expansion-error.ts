// An expansion that fails. The message is printed where the command runs (its redirections still hold), then the command line is dropped or
// the shell ends.

export class ExpansionError extends Error {
  /** exit: ends a shell that is not interactive (`set -u`, `${x?}`); line: the line is lost, and `set -e` does not see it */
  readonly effect: "discard" | "exit" | "line";
  constructor(message: string, effect: "discard" | "exit" | "line") {
    super(message);
    this.name = "ExpansionError";
    this.effect = effect;
  }
}
