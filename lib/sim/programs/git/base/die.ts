// How a git command ends early.

/** "fatal: TEXT"; `before` are whole lines that precede it. */
export class Die extends Error {
  readonly status: number;
  readonly before: readonly string[];
  constructor(text: string, status = 128, before: readonly string[] = []) {
    super(text);
    this.status = status;
    this.before = before;
  }
}

/** Ends with that status; lines, when given, go to standard error as they are. */
export class Quit extends Error {
  readonly status: number;
  readonly lines: readonly string[];
  constructor(status: number, ...lines: readonly string[]) {
    super("");
    this.status = status;
    this.lines = lines;
  }
}
