// What ends a command, and what ends the program.

/** Thrown to leave the program. */
export class Leave extends Error {
  readonly status: number;
  constructor(status: number) {
    super();
    this.status = status;
  }
}

/** Thrown when a command cannot be done: it ends, what was typed ahead by a mapping or register is dropped. `text`: the message, "" only a bell. */
export class Failure extends Error {}
