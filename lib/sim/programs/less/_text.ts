// The lines of what is shown, read as far as they are needed.

import { type Blocking, decode, type Sys, SysError } from "../../kernel/sys.ts";

export class LessText {
  readonly #sys: Sys;
  /** undefined when the file was read to its end and closed */
  #fd: number | undefined;
  readonly lines: string[] = [];
  /** byte offset behind each line */
  readonly ends: number[] = [];
  #rest: Uint8Array[] = [];
  #restBytes = 0;
  #bytes = 0;
  /** known from the start for a file, at the end for a pipe */
  sizeBytes: number | undefined;
  ended = false;

  constructor(sys: Sys, fd: number | undefined, sizeBytes: number | undefined) {
    this.#sys = sys;
    this.#fd = fd;
    this.sizeBytes = sizeBytes;
    if (fd === undefined) this.ended = true;
  }

  static ofLines(sys: Sys, lines: readonly string[]): LessText {
    const text = new LessText(sys, undefined, undefined);
    let at = 0;
    for (const line of lines) {
      at += line.length + 1;
      text.lines.push(line);
      text.ends.push(at);
    }
    text.sizeBytes = at;
    return text;
  }

  /** Reads until there are `count` lines or the end. Throws SysError EINTR. */
  *need(count: number): Blocking<void> {
    while (this.lines.length < count && !this.ended) yield* this.#more();
  }

  *all(): Blocking<void> {
    while (!this.ended) yield* this.#more();
  }

  *#more(): Blocking<void> {
    const fd = this.#fd;
    if (fd === undefined) {
      this.ended = true;
      return;
    }
    const bytes = yield* this.#sys.read(fd, 65536);
    if (this.#sys.charge(1 + (bytes.length >> 7))) yield* this.#sys.preempt();
    if (bytes.length === 0) {
      this.#flushRest();
      this.ended = true;
      this.sizeBytes = this.#bytes;
      return;
    }
    const last = bytes.lastIndexOf(10);
    if (last < 0) {
      this.#rest.push(bytes);
      this.#restBytes += bytes.length;
      return;
    }
    const body = this.#joined(bytes.subarray(0, last));
    this.#rest = last + 1 < bytes.length ? [bytes.slice(last + 1)] : [];
    this.#restBytes = bytes.length - last - 1;
    this.#addLines(body);
  }

  #joined(tail: Uint8Array): Uint8Array {
    if (this.#rest.length === 0) return tail;
    const whole = new Uint8Array(this.#restBytes + tail.length);
    let at = 0;
    for (const part of [...this.#rest, tail]) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }

  #addLines(body: Uint8Array): void {
    let start = 0;
    for (const line of decode(body).split("\n")) {
      const newline = body.indexOf(10, start);
      const end = newline < 0 ? body.length : newline;
      this.#bytes += end - start + 1;
      start = end + 1;
      this.lines.push(line);
      this.ends.push(this.#bytes);
    }
  }

  #flushRest(): void {
    if (this.#restBytes === 0) return;
    const body = this.#joined(new Uint8Array(0));
    this.#rest = [];
    this.#restBytes = 0;
    this.lines.push(decode(body));
    this.#bytes += body.length;
    this.ends.push(this.#bytes);
  }

  /** F: whether more has come since the end was met; a file may have grown. */
  *grow(): Blocking<boolean> {
    const fd = this.#fd;
    if (fd === undefined) return false;
    const before = this.#bytes + this.#restBytes;
    try {
      this.ended = false;
      const bytes = yield* this.#sys.read(fd, 65536);
      if (bytes.length === 0) {
        this.ended = true;
        return false;
      }
      const last = bytes.lastIndexOf(10);
      if (last < 0) {
        this.#rest.push(bytes);
        this.#restBytes += bytes.length;
      } else {
        const body = this.#joined(bytes.subarray(0, last));
        this.#rest = last + 1 < bytes.length ? [bytes.slice(last + 1)] : [];
        this.#restBytes = bytes.length - last - 1;
        this.#addLines(body);
      }
      this.sizeBytes = this.#bytes + this.#restBytes;
    } catch (error) {
      this.ended = true;
      throw error;
    }
    this.ended = true;
    return this.#bytes + this.#restBytes > before;
  }

  close(): void {
    if (this.#fd !== undefined && this.#fd > 2) {
      try {
        this.#sys.close(this.#fd);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
    this.#fd = undefined;
  }
}
