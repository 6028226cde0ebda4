// What ends a command, and what ends the program.

/** Thrown to leave the program. */
export class Leave extends Error {
  readonly status: number;
  /** the signal that ends it: what is not written stays in the swap files */
  readonly signal: string | undefined;
  constructor(status: number, signal?: string) {
    super();
    this.status = status;
    this.signal = signal;
  }
}

/** Thrown when a command cannot be done: it ends, what was typed ahead by a mapping or register is dropped. `text`: the message, "" only a bell. */
export class Failure extends Error {}
