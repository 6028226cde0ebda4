// The archive as blocks: opening (through a filter process where one is asked for), reading members, writing them.

import { type Blocking, encode, O, S, type Sys, SysError } from "../../kernel/sys.ts";
import { execSearching } from "../kit/exec-path.ts";
import { latin1 } from "../kit/latin1.ts";
import { Output } from "../kit/output.ts";
import { waitFor } from "../kit/shell-command.ts";
import type { Io } from "../kit/io.ts";
import { Fatal } from "./_arguments.ts";
import { BLOCK, labelMember, type Member, type Overrides, readHeader, readPaxRecords, RECORD } from "./_header.ts";

/** The child process that compresses or expands. */
interface Filter {
  readonly pid: number;
}

const MAGIC: readonly (readonly [readonly number[], string, string])[] = [
  [[0x1f, 0x8b], "gzip", "-z"], [[0x42, 0x5a, 0x68], "bzip2", "-j"], [[0xfd, 0x37, 0x7a, 0x58, 0x5a], "xz", "-J"], [[0x28, 0xb5, 0x2f, 0xfd], "zstd", "--zstd"], [[0x1f, 0x9d], "compress", "-Z"],
];

/** argv of a filter: a known name, or a shell command of -I. */
function startFilter(sys: Sys, program: string, expand: boolean, prepare: (child: Sys) => Blocking<void>): Filter {
  const words = program.split(/\s+/);
  const pid = sys.fork(function* (child) {
    try {
      yield* prepare(child);
    } catch (error) {
      if (!(error instanceof ChildFailure)) throw error;
      yield* child.write(2, encode(`tar (child): ${error.message}\ntar (child): Error is not recoverable: exiting now\n`));
      return 2;
    }
    const error = yield* execSearching(child, words[0] ?? "", expand ? [...words, "-d"] : words);
    // The real one goes through the shell, whose message this is.
    yield* child.write(2, encode(`/bin/sh: 1: ${words[0]}: ${error.errno === "ENOENT" ? "not found" : error.message}\n`));
    return error.errno === "ENOENT" ? 127 : 126;
  });
  return { pid };
}

class ChildFailure extends Error {}

function move(child: Sys, from: number, to: number): void {
  if (from === to) return;
  child.dup2(from, to);
  child.close(from);
}

function* finishFilter(io: Io, filter: Filter | undefined): Blocking<void> {
  if (!filter) return;
  const status = yield* waitFor(io.sys, filter.pid);
  if (status.kind === "exited" && status.status === 0) return;
  if (status.kind === "signaled" && status.signal === 13) return;
  if (status.kind === "exited") {
    yield* io.warn(`Child returned status ${status.status}`);
    throw new Fatal("");
  }
  if (status.kind === "signaled") {
    yield* io.warn(`Child died with signal ${status.signal}`);
    throw new Fatal("");
  }
}

export class ArchiveReader {
  readonly #io: Io;
  readonly #fd: number;
  readonly #filter: Filter | undefined;
  #chunk = new Uint8Array(0);
  #at = 0;
  #before = 0;
  #ended = false;
  readonly #global: Overrides = {};
  /** where the member's header (with what belongs to it) began */
  memberStart = 0;
  /** Told of every record that is read. */
  onRecord: (() => Blocking<void>) | undefined;
  #records = 0;
  /** Where zero blocks ended the archive. */
  endedAt: number | undefined;

  *#tellRecords(): Blocking<void> {
    for (; this.onRecord !== undefined && this.#records * RECORD < this.position; this.#records++) yield* this.onRecord();
  }

  /** Data that nobody needs are sought over: only the record where they end is read. */
  *#soughtTo(sizeBytes: number): Blocking<void> {
    const last = Math.floor((this.position + sizeBytes) / RECORD);
    if (this.#filter === undefined && last > this.#records) this.#records = last;
    yield* this.#tellRecords();
  }

  constructor(io: Io, fd: number, filter: Filter | undefined, first: Uint8Array) {
    this.#io = io;
    this.#fd = fd;
    this.#filter = filter;
    this.#chunk = new Uint8Array(first);
  }

  /** Opens for reading; looks at the first bytes when no filter was named. Throws Fatal. */
  static *open(io: Io, archive: string, program: string | undefined): Blocking<ArchiveReader> {
    const { sys } = io;
    if (archive === "-" && program === undefined && sys.isatty(0)) {
      yield* io.warn("Refusing to read archive contents from terminal (missing -f option?)");
      throw new Fatal("");
    }
    if (program !== undefined) {
      const [read, write] = sys.pipe();
      const filter = startFilter(sys, program, true, function* (child) {
        child.close(read);
        if (archive !== "-") {
          let fd: number;
          try {
            fd = yield* child.open(archive, O.RDONLY);
          } catch (error) {
            if (error instanceof SysError) throw new ChildFailure(`${archive}: Cannot open: ${error.message}`);
            throw error;
          }
          move(child, fd, 0);
        }
        move(child, write, 1);
      });
      sys.close(write);
      return new ArchiveReader(io, read, filter, new Uint8Array(0));
    }
    let fd = 0;
    if (archive !== "-") {
      try {
        fd = yield* sys.open(archive, O.RDONLY | O.CLOEXEC);
        if ((sys.fstat(fd).mode & S.IFMT) === S.IFDIR) {
          yield* io.warn(`${archive}: Cannot read: Is a directory`);
          yield* io.warn("At beginning of tape, quitting now");
          throw new Fatal("");
        }
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        throw new Fatal(`${archive}: Cannot open: ${error.message}`);
      }
    }
    const first = yield* sys.read(fd, RECORD);
    const magic = MAGIC.find(([bytes]) => bytes.every((byte, i) => first[i] === byte));
    if (!magic) return new ArchiveReader(io, fd, undefined, first);
    if (archive === "-" || (sys.fstat(fd).mode & S.IFMT) !== S.IFREG) throw new Fatal(`Archive is compressed. Use ${magic[2]} option`);
    sys.close(fd);
    return yield* ArchiveReader.open(io, archive, magic[1]);
  }

  get position(): number {
    return this.#before + this.#at;
  }

  *#fill(): Blocking<boolean> {
    const { sys } = this.#io;
    while (this.#at >= this.#chunk.length) {
      if (this.#ended) return false;
      this.#before += this.#chunk.length;
      const bytes = yield* sys.read(this.#fd, 65536);
      if (sys.charge(1 + (bytes.length >> 8))) yield* sys.preempt();
      this.#chunk = new Uint8Array(bytes);
      this.#at = 0;
      if (bytes.length === 0) this.#ended = true;
    }
    return true;
  }

  /** A block; shorter at the end of the file. */
  *#block(): Blocking<Uint8Array> {
    if (this.#chunk.length - this.#at >= BLOCK) {
      this.#at += BLOCK;
      return this.#chunk.subarray(this.#at - BLOCK, this.#at);
    }
    const whole = new Uint8Array(BLOCK);
    let done = 0;
    while (done < BLOCK && (yield* this.#fill())) {
      const step = Math.min(BLOCK - done, this.#chunk.length - this.#at);
      whole.set(this.#chunk.subarray(this.#at, this.#at + step), done);
      this.#at += step;
      done += step;
    }
    return done === BLOCK ? whole : whole.subarray(0, done);
  }

  /** Data of a member with its padding, piece by piece. Throws Fatal at an early end. */
  *data(sizeBytes: number, use: ((bytes: Uint8Array) => Blocking<void>) | undefined): Blocking<void> {
    let left = sizeBytes;
    if (this.onRecord !== undefined && use === undefined) yield* this.#soughtTo(sizeBytes);
    while (left > 0) {
      if (!(yield* this.#fill())) {
        yield* this.#io.warn("Unexpected EOF in archive");
        throw new Fatal("");
      }
      const step = Math.min(left, this.#chunk.length - this.#at);
      const piece = this.#chunk.subarray(this.#at, this.#at + step);
      this.#at += step;
      left -= step;
      yield* this.#tellRecords();
      if (use) yield* use(piece);
    }
    let padding = (BLOCK - (sizeBytes % BLOCK)) % BLOCK;
    while (padding > 0 && (yield* this.#fill())) {
      const step = Math.min(padding, this.#chunk.length - this.#at);
      this.#at += step;
      padding -= step;
    }
  }

  *#text(sizeBytes: number): Blocking<string> {
    let text = "";
    yield* this.data(sizeBytes, function* (bytes) {
      text += latin1(bytes);
    });
    return text;
  }

  /** The next member; its data are to be read or skipped by `data`. Undefined at the archive's end. */
  *next(ignoreZeros: boolean): Blocking<Member | undefined> {
    const overrides: Overrides = { ...this.#global };
    let zeros = 0;
    let complained = false;
    let extended = false;
    for (;;) {
      if (!extended) this.memberStart = this.position;
      const block = yield* this.#block();
      yield* this.#tellRecords();
      if (block.length < BLOCK) {
        if (this.position < BLOCK && zeros === 0 && !complained && !(this.#filter && block.length === 0)) {
          yield* this.#io.fail("This does not look like a tar archive");
        } else if (zeros === 1) yield* this.#io.warn(`A lone zero block at ${this.memberStart / BLOCK}`);
        return undefined;
      }
      const header = readHeader(block, overrides);
      switch (header.kind) {
        case "zero":
          zeros++;
          if (zeros >= 2 && !ignoreZeros) {
            this.endedAt = this.memberStart - BLOCK;
            return undefined;
          }
          continue;
        case "invalid":
          if (!complained) {
            yield* this.#io.fail(this.memberStart === 0 ? "This does not look like a tar archive" : "Skipping to next header");
            if (this.memberStart === 0) yield* this.#io.warn("Skipping to next header");
            complained = true;
          }
          continue;
        case "long-name":
          overrides.name = (yield* this.#text(header.sizeBytes)).replace(/\0.*$/s, "");
          extended = true;
          continue;
        case "long-link":
          overrides.linkName = (yield* this.#text(header.sizeBytes)).replace(/\0.*$/s, "");
          extended = true;
          continue;
        case "pax":
          readPaxRecords(yield* this.#text(header.sizeBytes), overrides);
          extended = true;
          continue;
        case "pax-global":
        {
          const records = yield* this.#text(header.sizeBytes);
          readPaxRecords(records, this.#global);
          const label = /^\d+ GNU\.volume\.label=(.*)$/m.exec(records)?.[1];
          if (label !== undefined) return labelMember(label, header.mtimeUs);
          continue;
        }
        case "member":
          return header.member;
      }
    }
  }

  *close(): Blocking<void> {
    // The filter may have more to say: it is read to its end.
    if (this.#filter) {
      while (yield* this.#fill()) this.#at = this.#chunk.length;
    }
    if (this.#fd !== 0) this.#io.sys.close(this.#fd);
    yield* finishFilter(this.#io, this.#filter);
  }
}

export class ArchiveWriter {
  readonly #io: Io;
  readonly #filter: Filter | undefined;
  readonly #out: Output;
  readonly #recordBytes: number;
  /** of the archive itself, so that it is not put into itself */
  readonly identity: { readonly dev: number; readonly ino: number } | undefined;
  written = 0;
  onRecord: ((written: number) => Blocking<void>) | undefined;
  #records = 0;

  constructor(io: Io, fd: number, filter: Filter | undefined, identity: { readonly dev: number; readonly ino: number } | undefined, recordBytes: number) {
    this.#io = io;
    this.#filter = filter;
    this.#out = fd === 1 ? io.out : new Output(io.sys, fd);
    this.identity = identity;
    this.#recordBytes = recordBytes;
  }

  /** Throws Fatal. */
  static *open(io: Io, archive: string, program: string | undefined, recordBytes = RECORD): Blocking<ArchiveWriter> {
    const { sys } = io;
    if (archive === "-" && sys.isatty(1)) {
      yield* io.warn("Refusing to write archive contents to terminal (missing -f option?)");
      throw new Fatal("");
    }
    const target = function* (on: Sys): Blocking<number> {
      try {
        return archive === "-" ? 1 : yield* on.open(archive, O.WRONLY | O.CREAT | O.TRUNC);
      } catch (error) {
        if (error instanceof SysError) throw new ChildFailure(`${archive}: Cannot open: ${error.message}`);
        throw error;
      }
    };
    if (program !== undefined) {
      const [read, write] = sys.pipe();
      const filter = startFilter(sys, program, false, function* (child) {
        child.close(write);
        const fd = yield* target(child);
        move(child, fd, 1);
        move(child, read, 0);
      });
      sys.close(read);
      return new ArchiveWriter(io, write, filter, undefined, recordBytes);
    }
    let fd: number;
    try {
      fd = yield* target(sys);
    } catch (error) {
      if (error instanceof ChildFailure) throw new Fatal(error.message);
      throw error;
    }
    const facts = sys.fstat(fd);
    return new ArchiveWriter(io, fd, undefined, (facts.mode & S.IFMT) === S.IFREG ? facts : undefined, recordBytes);
  }

  /** Goes on behind the last member of an existing archive. */
  static *append(io: Io, archive: string, position: number): Blocking<ArchiveWriter> {
    const { sys } = io;
    const fd = yield* sys.open(archive, O.RDWR | O.CREAT);
    sys.ftruncate(fd, position);
    sys.lseek(fd, position, "set");
    const writer = new ArchiveWriter(io, fd, undefined, sys.fstat(fd), RECORD);
    writer.written = position;
    return writer;
  }

  *write(bytes: Uint8Array): Blocking<void> {
    this.written += bytes.length;
    for (; this.onRecord !== undefined && (this.#records + 1) * this.#recordBytes <= this.written; this.#records++) yield* this.onRecord(this.#records * this.#recordBytes);
    yield* this.#out.printBytes(bytes);
  }

  *pad(): Blocking<void> {
    const rest = this.written % BLOCK;
    if (rest > 0) yield* this.write(new Uint8Array(BLOCK - rest));
  }

  /** Two zero blocks, and zeros up to a whole record. */
  *finish(): Blocking<void> {
    const end = Math.ceil((this.written + 2 * BLOCK) / this.#recordBytes) * this.#recordBytes;
    yield* this.write(new Uint8Array(end - this.written));
    yield* this.#out.flush();
    if (this.#out.fd !== 1) this.#io.sys.close(this.#out.fd);
    yield* finishFilter(this.#io, this.#filter);
  }
}

