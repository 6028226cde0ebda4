/** Thrown by a line that Ctrl-C ended. A shell drops the unfinished command, `$?` becomes 130, and it asks again. */
export class LineInterrupted extends Error {
  constructor() {
    super("line interrupted");
    this.name = "LineInterrupted";
  }
}
