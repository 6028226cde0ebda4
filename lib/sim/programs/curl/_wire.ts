// One connection as a transfer reads it: heads with the bytes they came in, bodies by length, in chunks or up to the end.

import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { latin1 } from "../kit/latin1.ts";

export class Wire {
  readonly fd: number;
  readonly id: number;
  readonly address: string;
  readonly port: number;
  readonly #sys: Sys;
  #pending: Uint8Array = new Uint8Array(0);
  ended = false;
  /** the other end keeps it open */
  usable = true;

  constructor(sys: Sys, fd: number, id: number, address: string, port: number) {
    this.#sys = sys;
    this.fd = fd;
    this.id = id;
    this.address = address;
    this.port = port;
    sys.setsockopt(fd, "rcvtimeo", 1_000_000);
  }

  get pendingBytes(): number {
    return this.#pending.length;
  }

  /** False at the end. `tick` is called for each second without bytes, and may throw. */
  *more(tick: () => Blocking<void>): Blocking<boolean> {
    if (this.ended) return false;
    for (;;) {
      try {
        const bytes = yield* this.#sys.read(this.fd, 65_536);
        if (bytes.length === 0) {
          this.ended = true;
          return false;
        }
        const joined = new Uint8Array(this.#pending.length + bytes.length);
        joined.set(this.#pending);
        joined.set(bytes, this.#pending.length);
        this.#pending = joined;
        if (this.#sys.charge(2 + (bytes.length >> 9))) yield* this.#sys.preempt();
        return true;
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== "EAGAIN") throw error;
        yield* tick();
      }
    }
  }

  /** One line with its end; undefined when the connection closed before. */
  *line(tick: () => Blocking<void>): Blocking<string | undefined> {
    for (;;) {
      const at = this.#pending.indexOf(10);
      if (at >= 0) return latin1(this.take(at + 1));
      if (!(yield* this.more(tick))) return undefined;
    }
  }

  take(most: number): Uint8Array {
    const part = this.#pending.slice(0, most);
    this.#pending = this.#pending.subarray(part.length);
    return part;
  }

  /** What is here already. */
  peek(): Uint8Array {
    return this.#pending;
  }

  /** At least one byte; none at the end. */
  *some(most: number, tick: () => Blocking<void>): Blocking<Uint8Array> {
    if (this.#pending.length === 0 && !(yield* this.more(tick))) return new Uint8Array(0);
    return this.take(most);
  }
}
