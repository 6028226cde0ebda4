// Files and commands that a program reads and writes, by name, until it closes them.

import { type Blocking, O, S, type Sys, SysError } from "../../kernel/sys.ts";
import { Input } from "../kit/input.ts";
import { Output } from "../kit/output.ts";
import { textOfLatin1 } from "../kit/latin1.ts";
import { openShellPipe, waitFor } from "../kit/shell-command.ts";
import { statusNumber } from "../kit/awk/status.ts";
import type { Redirection } from "../kit/awk/syntax-tree.ts";
import { RecordReader, type RecordSeparator } from "../kit/record-reader.ts";

/** Ends the program with a message of awk's, status 2. */
export class AwkFatalError extends Error {}

interface OutputStream {
  readonly out: Output;
  /** of a command */
  readonly pid: number | undefined;
}

interface InputStream {
  readonly reader: RecordReader;
  readonly fd: number;
  readonly pid: number | undefined;
}

export class Streams {
  readonly #sys: Sys;
  readonly #standard: Output;
  readonly #outputs = new Map<string, OutputStream>();
  readonly #inputs = new Map<string, InputStream>();
  readonly #separator: () => RecordSeparator;

  constructor(sys: Sys, standard: Output, separator: () => RecordSeparator) {
    this.#sys = sys;
    this.#standard = standard;
    this.#separator = separator;
  }

  *output(kind: Redirection["kind"], name: string): Blocking<Output> {
    const known = this.#outputs.get(name);
    if (known) return known.out;
    let stream: OutputStream;
    if (kind === "|") {
      yield* this.flushAll();
      const pipe = openShellPipe(this.#sys, textOfLatin1(name), "w", "/bin/sh");
      stream = { out: new Output(this.#sys, pipe.fd), pid: pipe.pid };
    } else if (name === "/dev/stdout" || name === "-") stream = { out: this.#standard, pid: undefined };
    else if (name === "/dev/stderr") stream = { out: new Output(this.#sys, 2), pid: undefined };
    else {
      try {
        const fd = yield* this.#sys.open(textOfLatin1(name), O.WRONLY | O.CREAT | O.CLOEXEC | (kind === ">" ? O.TRUNC : O.APPEND));
        stream = { out: new Output(this.#sys, fd), pid: undefined };
      } catch (error) {
        if (error instanceof SysError) throw new AwkFatalError(`cannot open "${textOfLatin1(name)}" for output (${error.message})`);
        throw error;
      }
    }
    this.#outputs.set(name, stream);
    return stream.out;
  }

  /** Standard error is written at once, a terminal at each line's end. */
  *wrote(out: Output): Blocking<void> {
    if (out.fd === 2 || out.full) yield* out.flush();
  }

  /** Undefined when it cannot be opened. */
  *input(from: "file" | "command" | "coprocess", name: string): Blocking<RecordReader | undefined> {
    const known = this.#inputs.get(name);
    if (known) return known.reader;
    let stream: InputStream;
    if (from === "command") {
      yield* this.flushAll();
      const pipe = openShellPipe(this.#sys, textOfLatin1(name), "r", "/bin/sh");
      stream = { reader: new RecordReader(new Input(this.#sys, pipe.fd, this.#standard), this.#separator), fd: pipe.fd, pid: pipe.pid };
    } else {
      try {
        const fd = name === "-" || name === "/dev/stdin" ? 0 : yield* this.#sys.open(textOfLatin1(name), O.RDONLY | O.CLOEXEC);
        if ((this.#sys.fstat(fd).mode & S.IFMT) === S.IFDIR) throw new AwkFatalError("read error (Is a directory)");
        stream = { reader: new RecordReader(new Input(this.#sys, fd, this.#standard), this.#separator), fd, pid: undefined };
      } catch (error) {
        if (error instanceof SysError) return undefined;
        throw error;
      }
    }
    this.#inputs.set(name, stream);
    return stream.reader;
  }

  /** What close() returns. */
  *close(name: string): Blocking<number> {
    let result = -1;
    const output = this.#outputs.get(name);
    if (output) {
      this.#outputs.delete(name);
      yield* output.out.flush();
      result = yield* this.#finishOutput(output);
    }
    const input = this.#inputs.get(name);
    if (input) {
      this.#inputs.delete(name);
      if (input.fd !== 0) this.#sys.close(input.fd);
      result = input.pid === undefined ? 0 : statusNumber(yield* waitFor(this.#sys, input.pid));
    }
    return result;
  }

  *#finishOutput(stream: OutputStream): Blocking<number> {
    if (stream.out.fd > 2) this.#sys.close(stream.out.fd);
    return stream.pid === undefined ? 0 : statusNumber(yield* waitFor(this.#sys, stream.pid));
  }

  *flush(name: string): Blocking<number> {
    const output = this.#outputs.get(name);
    if (!output) return -1;
    yield* output.out.flush();
    return 0;
  }

  *flushAll(): Blocking<void> {
    yield* this.#standard.flush();
    for (const { out } of this.#outputs.values()) yield* out.flush();
  }

  *closeAll(): Blocking<void> {
    // Standard output is written last, when the commands have ended; a terminal has seen it already.
    if (this.#sys.isatty(this.#standard.fd)) yield* this.#standard.flush();
    for (const stream of this.#outputs.values()) if (stream.out !== this.#standard) yield* stream.out.flush();
    for (const stream of this.#outputs.values()) if (stream.out !== this.#standard) yield* this.#finishOutput(stream);
    for (const stream of this.#inputs.values()) {
      if (stream.fd !== 0) this.#sys.close(stream.fd);
      if (stream.pid !== undefined) yield* waitFor(this.#sys, stream.pid);
    }
  }
}
