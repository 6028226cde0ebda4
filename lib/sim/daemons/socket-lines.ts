// Lines that a daemon and its clients write to each other over a stream.
import { type Blocking, decode, type Sys } from "../kernel/sys.ts";

const CHUNK_BYTES = 65_536;

export class SocketLines {
  readonly #sys: Sys;
  readonly #fd: number;
  #buffered = "";

  constructor(sys: Sys, fd: number) {
    this.#sys = sys;
    this.#fd = fd;
  }

  /** Without its newline; undefined at the end. Errors: those of read(2). */
  *next(): Blocking<string | undefined> {
    for (;;) {
      const end = this.#buffered.indexOf("\n");
      if (end >= 0) {
        const line = this.#buffered.slice(0, end);
        this.#buffered = this.#buffered.slice(end + 1);
        return line;
      }
      const bytes = yield* this.#sys.read(this.#fd, CHUNK_BYTES);
      if (bytes.length === 0) return undefined;
      this.#buffered += decode(bytes);
    }
  }
}
