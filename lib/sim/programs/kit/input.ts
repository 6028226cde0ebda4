// Buffered reading by chunks and by lines. Lines are latin1 strings (kit/latin1.ts), in batches: one generator step a chunk, not a line.

import type { Blocking, Sys } from "../../kernel/sys.ts";
import { HeldMemory } from "./held-memory.ts";
import { latin1 } from "./latin1.ts";
import type { Output } from "./output.ts";

const CHUNK_BYTES = 65536;

export class Input {
  readonly fd: number;
  readonly #sys: Sys;
  readonly #flushFirst: Output | undefined;
  #rest = "";
  #queue: readonly string[] = [];
  #queueAt = 0;
  #ended = false;
  #interactive: boolean | undefined;
  /** The last line handed out had no delimiter after it. */
  unterminated = false;

  /** `flushFirst` is flushed before a read when it, or the input, is a terminal. */
  constructor(sys: Sys, fd: number, flushFirst?: Output) {
    this.#sys = sys;
    this.fd = fd;
    this.#flushFirst = flushFirst;
  }

  /** Empty at the end. Not to be mixed with lines(). */
  *chunk(maxBytes = CHUNK_BYTES): Blocking<Uint8Array> {
    const sys = this.#sys;
    if (this.#flushFirst !== undefined && this.#flushFirst.pendingBytes > 0) {
      this.#interactive ??= sys.isatty(this.#flushFirst.fd) || sys.isatty(this.fd);
      if (this.#interactive) yield* this.#flushFirst.flush();
    }
    const bytes = yield* sys.read(this.fd, maxBytes);
    if (sys.charge(1 + (bytes.length >> 8))) yield* sys.preempt();
    return bytes;
  }

  /** The next complete lines without their delimiter; an empty batch is the end. */
  *lines(delimiter = "\n"): Blocking<readonly string[]> {
    if (this.#queueAt < this.#queue.length) {
      const left = this.#queue.slice(this.#queueAt);
      this.#queue = [];
      this.#queueAt = 0;
      return left;
    }
    const pieces: string[] = [];
    const held = new HeldMemory(this.#sys);
    while (!this.#ended) {
      const bytes = yield* this.chunk();
      if (bytes.length === 0) {
        this.#ended = true;
        break;
      }
      const text = latin1(bytes);
      const last = text.lastIndexOf(delimiter);
      if (last < 0) {
        // /dev/zero gives the same over and over: it is held once
        const again = pieces.at(-1) === text;
        pieces.push(again ? (pieces.at(-1) ?? text) : text);
        held.hold(text.length, again ? 0 : text.length);
        continue;
      }
      held.release();
      const whole = this.#rest + pieces.join("") + text.slice(0, last);
      this.#rest = text.slice(last + 1);
      return whole.split(delimiter);
    }
    const tail = this.#rest + pieces.join("");
    held.release();
    this.#rest = "";
    if (tail === "") return [];
    this.unterminated = true;
    return [tail];
  }

  *line(delimiter = "\n"): Blocking<string | undefined> {
    if (this.#queueAt >= this.#queue.length) {
      this.#queue = yield* this.lines(delimiter);
      this.#queueAt = 0;
    }
    return this.#queue[this.#queueAt++];
  }

  /** Everything that is left, as one latin1 string: memory of the process from now on. */
  *all(): Blocking<string> {
    const held = new HeldMemory(this.#sys);
    let text = "";
    for (;;) {
      const bytes = yield* this.chunk();
      if (bytes.length === 0) return text;
      held.hold(bytes.length);
      text += latin1(bytes);
    }
  }
}
