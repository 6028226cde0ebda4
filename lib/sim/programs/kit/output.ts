// Buffered writing, as stdio does it for real programs. `put*` never blocks; a loop that produces much says
// `if (out.full) yield* out.flush()`. The dialects flush at exit, before messages on standard error and before reads from a terminal.

import { type Blocking, type Sys, SysError, encode } from "../../kernel/sys.ts";

const SOFT_LIMIT_BYTES = 32768;
const TERMINAL_LIMIT_BYTES = 2048;
/** A program that never flushes is out of memory here. */
const MOST_PENDING_BYTES = 64 * 1024 * 1024;

/** A write that failed: the dialect reports it as the family of the program words it. */
export class WriteError extends Error {
  readonly fd: number;
  readonly reason: SysError;
  constructor(fd: number, reason: SysError) {
    super(reason.message);
    this.fd = fd;
    this.reason = reason;
  }
}

export class Output {
  readonly fd: number;
  readonly #sys: Sys;
  #buffer = new Uint8Array(512);
  #length = 0;
  #limitBytes = 0;

  constructor(sys: Sys, fd: number) {
    this.#sys = sys;
    this.fd = fd;
  }

  get full(): boolean {
    if (this.#length < TERMINAL_LIMIT_BYTES) return false;
    if (this.#limitBytes === 0) this.#limitBytes = this.#sys.isatty(this.fd) ? TERMINAL_LIMIT_BYTES : SOFT_LIMIT_BYTES;
    return this.#length >= this.#limitBytes;
  }

  get pendingBytes(): number {
    return this.#length;
  }

  #reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#buffer.length) return;
    if (needed > MOST_PENDING_BYTES) throw new WriteError(this.fd, new SysError("ENOMEM"));
    const grown = new Uint8Array(Math.max(needed, this.#buffer.length * 2));
    grown.set(this.#buffer.subarray(0, this.#length));
    this.#buffer = grown;
  }

  put(text: string): void {
    this.#reserve(text.length);
    const buffer = this.#buffer;
    let at = this.#length;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code > 127) {
        this.#length = at;
        this.putBytes(encode(text.slice(i)));
        return;
      }
      buffer[at++] = code;
    }
    this.#length = at;
  }

  putLatin1(text: string): void {
    this.#reserve(text.length);
    const buffer = this.#buffer;
    let at = this.#length;
    for (let i = 0; i < text.length; i++) buffer[at++] = text.charCodeAt(i);
    this.#length = at;
  }

  putBytes(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  putByte(byte: number): void {
    if (this.#length === this.#buffer.length) this.#reserve(1);
    this.#buffer[this.#length++] = byte;
  }

  /** Throws WriteError. */
  *flush(): Blocking<void> {
    if (this.#length === 0) return;
    const bytes = this.#buffer.slice(0, this.#length);
    this.#length = 0;
    yield* this.#writeAll(bytes);
  }

  *#writeAll(bytes: Uint8Array): Blocking<void> {
    let done = 0;
    while (done < bytes.length) {
      try {
        const rest = done === 0 ? bytes : bytes.subarray(done);
        const written = yield* this.#sys.write(this.fd, rest);
        done += written;
        if (this.#sys.charge(1 + (written >> 8))) yield* this.#sys.preempt();
      } catch (error) {
        if (error instanceof SysError) {
          if (error.errno === "EINTR") continue;
          throw new WriteError(this.fd, error);
        }
        throw error;
      }
    }
  }

  *print(text: string): Blocking<void> {
    this.put(text);
    if (this.full) yield* this.flush();
  }

  *printLatin1(text: string): Blocking<void> {
    this.putLatin1(text);
    if (this.full) yield* this.flush();
  }

  /** Large blocks go out without a copy. */
  *printBytes(bytes: Uint8Array): Blocking<void> {
    if (this.#length === 0 && bytes.length >= 4096) {
      yield* this.#writeAll(bytes);
      return;
    }
    this.putBytes(bytes);
    if (this.full) yield* this.flush();
  }
}
