// A container's streams: what its processes write goes to the log file (json-file driver) and to whoever is attached.

import { type Blocking, decode, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { frame } from "./api/client.ts";
import { rfc3339 } from "./api/human.ts";

export interface LogLine {
  readonly log: string;
  readonly stream: "stdout" | "stderr";
  readonly time: string;
}

/** A connection that gets the streams; `terminal`: raw bytes, else stdcopy frames. */
export interface Attached {
  readonly fd: number;
  readonly terminal: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
}

const MAX_KEPT_LINE = 16 * 1024;

export class ContainerIo {
  readonly attached = new Set<Attached>();
  /** Descriptor of the daemon's that leads to the process's standard input (a pipe's or the terminal's master). */
  stdin: number | undefined;
  /** The terminal's master, for resizes. */
  master: number | undefined;
  readonly #logPath: string | undefined;
  readonly #partial = new Map<"stdout" | "stderr", Uint8Array>();
  readonly #followers = new Set<number>();
  /** write ends of pipes, closed when there is a standard input, and when all is over */
  readonly #awaitingInput = new Set<number>();
  readonly #awaitingEnd = new Set<number>();
  #finished = false;

  constructor(logPath: string | undefined) {
    this.#logPath = logPath;
  }

  /** A pipe's write end that gets one byte for each new piece of log. */
  follow(fd: number): void {
    this.#followers.add(fd);
  }

  unfollow(fd: number): void {
    this.#followers.delete(fd);
  }

  *#sleepIn(sys: Sys, waiters: Set<number>): Blocking<void> {
    const [read, write] = sys.pipe();
    waiters.add(write);
    yield* sys.read(read, 1);
    sys.close(read);
  }

  /** Who attaches before the start waits here; false: it will never be there. */
  *inputIsOpen(sys: Sys): Blocking<boolean> {
    if (this.stdin === undefined && !this.#finished) yield* this.#sleepIn(sys, this.#awaitingInput);
    return this.stdin !== undefined;
  }

  openInput(sys: Sys, fd: number): void {
    this.stdin = fd;
    for (const waiter of this.#awaitingInput) closeQuietly(sys, waiter);
    this.#awaitingInput.clear();
  }

  *untilFinished(sys: Sys): Blocking<void> {
    if (!this.#finished) yield* this.#sleepIn(sys, this.#awaitingEnd);
  }

  /** Runs in a thread of the daemon until the other end closes. */
  *pump(sys: Sys, from: number, stream: "stdout" | "stderr", terminal: boolean): Blocking<void> {
    for (;;) {
      let bytes: Uint8Array;
      try {
        bytes = yield* sys.read(from, 65_536);
      } catch (error) {
        if (error instanceof SysError && error.errno === "EIO") break;
        throw error;
      }
      if (bytes.length === 0) break;
      yield* this.#log(sys, stream, bytes);
      yield* this.broadcast(sys, stream, bytes, terminal);
    }
    const rest = this.#partial.get(stream);
    if (rest && rest.length > 0) yield* this.#append(sys, [{ log: decode(rest), stream, time: rfc3339(sys.clockUs("realtime")) }]);
    this.#partial.delete(stream);
  }

  *broadcast(sys: Sys, stream: "stdout" | "stderr", bytes: Uint8Array, terminal: boolean): Blocking<void> {
    for (const client of [...this.attached]) {
      if (!client[stream]) continue;
      try {
        yield* sys.write(client.fd, terminal || client.terminal ? bytes : frame(stream === "stdout" ? 1 : 2, bytes));
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        this.attached.delete(client);
      }
    }
  }

  *#log(sys: Sys, stream: "stdout" | "stderr", bytes: Uint8Array): Blocking<void> {
    if (this.#logPath === undefined) return;
    const before = this.#partial.get(stream);
    let all = bytes;
    if (before && before.length > 0) {
      all = new Uint8Array(before.length + bytes.length);
      all.set(before);
      all.set(bytes, before.length);
    }
    const lines: LogLine[] = [];
    const time = rfc3339(sys.clockUs("realtime"));
    let start = 0;
    for (;;) {
      const newline = all.indexOf(10, start);
      if (newline < 0 && all.length - start < MAX_KEPT_LINE) break;
      const end = newline < 0 ? start + MAX_KEPT_LINE : newline + 1;
      lines.push({ log: decode(all.subarray(start, end)), stream, time });
      start = end;
    }
    this.#partial.set(stream, all.slice(start));
    if (lines.length > 0) yield* this.#append(sys, lines);
  }

  *#append(sys: Sys, lines: readonly LogLine[]): Blocking<void> {
    if (this.#logPath === undefined) return;
    const fd = yield* sys.open(this.#logPath, O.WRONLY | O.CREAT | O.APPEND | O.CLOEXEC, 0o640);
    yield* sys.write(fd, encode(lines.map((line) => `${JSON.stringify(line)}\n`).join("")));
    sys.close(fd);
    for (const follower of this.#followers) {
      try {
        yield* sys.write(follower, Uint8Array.of(1));
      } catch {
        this.#followers.delete(follower);
      }
    }
  }

  /** The process and its pipes are gone: connections end. */
  finish(sys: Sys): void {
    this.#finished = true;
    for (const client of this.attached) {
      try {
        sys.shutdown(client.fd, "both");
      } catch {
        // it closed first
      }
    }
    this.attached.clear();
    for (const fd of [this.stdin, this.master]) if (fd !== undefined) closeQuietly(sys, fd);
    this.stdin = undefined;
    this.master = undefined;
    for (const follower of this.#followers) closeQuietly(sys, follower);
    this.#followers.clear();
    for (const waiter of [...this.#awaitingInput, ...this.#awaitingEnd]) closeQuietly(sys, waiter);
    this.#awaitingInput.clear();
    this.#awaitingEnd.clear();
  }

  closeStdin(sys: Sys): void {
    if (this.stdin === undefined || this.master !== undefined) return;
    closeQuietly(sys, this.stdin);
    this.stdin = undefined;
  }
}

export function closeQuietly(sys: Sys, fd: number): void {
  try {
    sys.close(fd);
  } catch {
    // closed before
  }
}
