// Files, commands and coprocesses that a program reads and writes, by name, until it closes them.

import { type Blocking, O, S, type Sys, SysError } from "../../kernel/sys.ts";
import { Input } from "../kit/input.ts";
import { Output } from "../kit/output.ts";
import { openShellPipe, waitFor } from "../kit/shell-command.ts";
import { statusNumber } from "../kit/awk/status.ts";
import { openInternet } from "./_internet.ts";
import { GawkFatalError } from "./_format.ts";
import { RecordReader, type RecordSeparator } from "../kit/record-reader.ts";

interface Stream {
  readonly kind: ">" | ">>" | "|" | "|&" | "<" | "|<";
  readonly out: Output | undefined;
  readonly reader: RecordReader | undefined;
  readonly readFd: number;
  /** of a command */
  readonly pid: number | undefined;
  writeOpen: boolean;
}

export class Streams {
  readonly #sys: Sys;
  readonly #standard: Output;
  readonly #error: Output;
  readonly #outputs = new Map<string, Stream>();
  readonly #inputs = new Map<string, Stream>();
  readonly #separator: () => RecordSeparator;
  /** A text of the program as the system's strings are. */
  readonly #native: (text: string) => string;
  readonly #stdin: Input;
  /** What commands get: ENVIRON as it is then. */
  readonly #environment: () => ReadonlyMap<string, string>;

  constructor(sys: Sys, standard: Output, stdin: Input, separator: () => RecordSeparator, native: (text: string) => string, environment: () => ReadonlyMap<string, string>) {
    this.#sys = sys;
    this.#standard = standard;
    this.#stdin = stdin;
    this.#error = new Output(sys, 2);
    this.#separator = separator;
    this.#native = native;
    this.#environment = environment;
  }

  /** The descriptor that a name of gawk's stands for. */
  #special(name: string): number | undefined {
    if (name === "/dev/stdin" || name === "-") return 0;
    if (name === "/dev/stdout") return 1;
    if (name === "/dev/stderr") return 2;
    const found = /^\/dev\/fd\/(\d{1,4})$/.exec(name);
    return found ? Number(found[1]) : undefined;
  }

  /** Throws SysError when it cannot be opened. */
  *output(kind: ">" | ">>" | "|" | "|&", name: string): Blocking<Output> {
    const known = this.#outputs.get(name);
    if (known?.out && known.writeOpen) return known.out;
    if (kind === "|&") {
      const stream = yield* this.#coprocess(name);
      if (!stream.out) throw new GawkFatalError(`can't open two way pipe \`${name}' for input/output`);
      return stream.out;
    }
    let stream: Stream;
    const plain = { kind, reader: undefined, readFd: -1, writeOpen: true } as const;
    const fd = this.#special(name);
    if (kind === "|") {
      yield* this.flushAll();
      const pipe = openShellPipe(this.#sys, this.#native(name), "w", "sh", this.#environment());
      stream = { ...plain, out: new Output(this.#sys, pipe.fd), pid: pipe.pid };
    } else if (fd === 2) stream = { ...plain, out: this.#error, pid: undefined };
    else if (fd === 1 || name === "-") stream = { ...plain, out: this.#standard, pid: undefined };
    else {
      const opened = fd ?? (yield* this.#sys.open(this.#native(name), O.WRONLY | O.CREAT | O.CLOEXEC | (kind === ">" ? O.TRUNC : O.APPEND)));
      stream = { ...plain, out: new Output(this.#sys, opened), pid: undefined };
    }
    this.#outputs.set(name, stream);
    return stream.out ?? this.#standard;
  }

  /** Standard error and coprocesses are written at once. */
  *wrote(out: Output, kind: string): Blocking<void> {
    if (out.fd === 2 || out.full || kind === "|&") yield* out.flush();
  }

  *#coprocess(name: string): Blocking<Stream> {
    const known = this.#inputs.get(name) ?? this.#outputs.get(name);
    if (known) return known;
    yield* this.flushAll();
    const sys = this.#sys;
    const network = yield* openInternet(sys, name);
    let stream: Stream;
    if (network !== undefined) {
      stream = { kind: "|&", out: new Output(sys, network), reader: new RecordReader(new Input(sys, network, this.#standard), this.#separator), readFd: network, pid: undefined, writeOpen: true };
    } else {
      const [childReads, weWrite] = sys.pipe();
      const [weRead, childWrites] = sys.pipe();
      sys.setCloexec(weWrite, true);
      sys.setCloexec(weRead, true);
      const command = this.#native(name);
      const environment = this.#environment();
      const pid = sys.fork(function* (child) {
        child.close(weWrite);
        child.close(weRead);
        child.dup2(childReads, 0);
        child.dup2(childWrites, 1);
        child.close(childReads);
        child.close(childWrites);
        try {
          yield* child.exec("/bin/sh", ["sh", "-c", command], environment);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
        }
        return 127;
      });
      sys.close(childReads);
      sys.close(childWrites);
      stream = { kind: "|&", out: new Output(sys, weWrite), reader: new RecordReader(new Input(sys, weRead, this.#standard), this.#separator), readFd: weRead, pid, writeOpen: true };
    }
    this.#outputs.set(name, stream);
    this.#inputs.set(name, stream);
    return stream;
  }

  /** Throws SysError when it cannot be opened. */
  *input(from: "file" | "command" | "coprocess", name: string): Blocking<RecordReader> {
    const known = this.#inputs.get(name);
    if (known?.reader) {
      if (known.out && known.kind === "|&" && known.writeOpen) yield* known.out.flush();
      return known.reader;
    }
    if (from === "coprocess") {
      const stream = yield* this.#coprocess(name);
      if (!stream.reader) throw new SysError("EINVAL");
      return stream.reader;
    }
    let stream: Stream;
    if (from === "command") {
      yield* this.flushAll();
      const pipe = openShellPipe(this.#sys, this.#native(name), "r", "sh", this.#environment());
      stream = { kind: "|<", out: undefined, reader: new RecordReader(new Input(this.#sys, pipe.fd, this.#standard), this.#separator), readFd: pipe.fd, pid: pipe.pid, writeOpen: false };
    } else {
      const fd = this.#special(name) ?? (yield* this.#sys.open(this.#native(name), O.RDONLY | O.CLOEXEC));
      if ((this.#sys.fstat(fd).mode & S.IFMT) === S.IFDIR) {
        this.#sys.close(fd);
        throw new SysError("EISDIR");
      }
      stream = { kind: "<", out: undefined, reader: new RecordReader(fd === 0 ? this.#stdin : new Input(this.#sys, fd, this.#standard), this.#separator), readFd: fd, pid: undefined, writeOpen: false };
    }
    this.#inputs.set(name, stream);
    return stream.reader ?? new RecordReader(this.#stdin, this.#separator);
  }

  /** What close() returns; `how` "to" ends only what is written to a coprocess. Undefined: nothing of that name is open. */
  *close(name: string, how: string | undefined): Blocking<number | undefined> {
    const output = this.#outputs.get(name);
    const input = this.#inputs.get(name);
    const stream = output ?? input;
    if (!stream) return undefined;
    if (stream.kind === "|&" && how !== undefined) {
      if (how.startsWith("t")) yield* this.#endWriting(stream);
      return 0;
    }
    let result = 0;
    if (output) {
      this.#outputs.delete(name);
      result = yield* this.#finish(output);
    }
    if (input && input !== output) {
      this.#inputs.delete(name);
      result = yield* this.#finish(input);
    } else if (input) this.#inputs.delete(name);
    return result;
  }

  *#endWriting(stream: Stream): Blocking<void> {
    if (!stream.out || !stream.writeOpen) return;
    yield* stream.out.flush();
    stream.writeOpen = false;
    if (stream.out.fd > 2 && stream.out.fd !== stream.readFd) this.#sys.close(stream.out.fd);
  }

  *#finish(stream: Stream): Blocking<number> {
    yield* this.#endWriting(stream);
    if (stream.readFd > 2) this.#sys.close(stream.readFd);
    return stream.pid === undefined ? 0 : statusNumber(yield* waitFor(this.#sys, stream.pid));
  }

  *flush(name: string): Blocking<number> {
    const output = this.#outputs.get(name);
    if (!output?.out) return -1;
    yield* output.out.flush();
    return 0;
  }

  *flushAll(): Blocking<void> {
    yield* this.#standard.flush();
    for (const { out, writeOpen } of this.#outputs.values()) if (out && writeOpen) yield* out.flush();
  }

  *closeAll(): Blocking<void> {
    yield* this.flushAll();
    for (const stream of new Set([...this.#outputs.values(), ...this.#inputs.values()])) yield* this.#finish(stream);
  }
}
