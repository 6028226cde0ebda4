// The lines of all input files as one stream (or file by file with -s and -i), with a look ahead that is made only when "$" asks.

import { type Blocking, S, SysError } from "../../kernel/sys.ts";
import type { Io } from "../kit/io.ts";
import type { Input } from "../kit/input.ts";
import { TextLines } from "../kit/text-lines.ts";

export interface FileEvents {
  /** A file was opened; false leaves it out. */
  opened(name: string, fd: number): Blocking<boolean>;
  closed(name: string): Blocking<void>;
}

export class SedInput {
  readonly #io: Io;
  readonly #names: readonly string[];
  readonly #separate: boolean;
  readonly #delimiter: string;
  readonly #events: FileEvents;
  #nextFile = 0;
  #input: Input | undefined;
  #lines: TextLines | undefined;
  #batch: readonly string[] = [];
  #at = 0;
  fileName = "-";
  lineNumber = 0;
  /** The line just read ended in its delimiter. */
  terminated = true;
  /** 2 when a file could not be read. */
  status = 0;
  #needsReset = false;

  constructor(io: Io, names: readonly string[], separate: boolean, delimiter: string, events: FileEvents) {
    this.#io = io;
    this.#names = names;
    this.#separate = separate;
    this.#delimiter = delimiter;
    this.#events = events;
  }

  *#open(): Blocking<boolean> {
    const io = this.#io;
    while (this.#nextFile < this.#names.length) {
      const name = this.#names[this.#nextFile++] ?? "";
      try {
        const input = yield* io.open(name);
        if (!(yield* this.#events.opened(name, input.fd))) {
          io.close(input);
          continue;
        }
        if ((io.sys.fstat(input.fd).mode & S.IFMT) === S.IFDIR) {
          io.die(`read error on ${name === "-" ? "stdin" : name}: Is a directory`, 4);
        }
        this.#input = input;
        this.fileName = name;
        this.#lines = new TextLines(input, this.#delimiter);
        if (this.#needsReset && this.#separate) this.lineNumber = 0;
        this.#needsReset = true;
        return true;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.warn(`can't read ${name}: ${error.message}`);
        this.status = 2;
      }
    }
    return false;
  }

  *#close(): Blocking<void> {
    const input = this.#input;
    if (!input) return;
    this.#input = undefined;
    this.#lines = undefined;
    this.#io.close(input);
    yield* this.#events.closed(this.fileName);
  }

  /** Makes sure that a line lies ready in the current batch; with `stay` only of the file that is open. */
  *#fill(stay: boolean): Blocking<boolean> {
    while (this.#at >= this.#batch.length) {
      if (this.#lines) {
        this.#batch = yield* this.#lines.batch();
        this.#at = 0;
        if (this.#batch.length > 0) return true;
        if (stay) return false;
        yield* this.#close();
      }
      if (!(yield* this.#open())) return false;
    }
    return true;
  }

  *line(): Blocking<string | undefined> {
    if (!(yield* this.#fill(false))) return undefined;
    this.lineNumber++;
    const line = this.#batch[this.#at++] ?? "";
    this.terminated = !(this.#lines?.unterminated && this.#at >= this.#batch.length);
    return line;
  }

  /** Whether the line just read is the last one ("$"). */
  *isLast(): Blocking<boolean> {
    if (this.#at < this.#batch.length) return false;
    return !(yield* this.#fill(this.#separate && this.#lines !== undefined));
  }

  /** Whether nothing at all follows, in any file. */
  *isEnd(): Blocking<boolean> {
    if (this.#at < this.#batch.length) return false;
    if (!this.#separate) return !(yield* this.#fill(false));
    if (yield* this.#fill(true)) return false;
    return this.#nextFile >= this.#names.length;
  }

  *finish(): Blocking<void> {
    yield* this.#close();
  }
}
