// A terminal in raw mode, for full-screen programs: its settings, its size, and what the keyboard sends cut into keys.

import { type Blocking, O, SIGNALS, type Sys, SysError, type Termios, type WindowSize, encode } from "../../kernel/sys.ts";

/** A key: the bytes it sent, as text ("a", "é", "\u0003", "\u001b[A", "\u001bx"). */
export type Key = string;

/** Something else than a key came. */
export type TerminalEvent = { readonly kind: "key"; readonly key: Key } | { readonly kind: "resize" } | { readonly kind: "signal"; readonly signal: number } | { readonly kind: "end" };

export class RawTerminal {
  readonly #sys: Sys;
  /** for reading keys */
  readonly fd: number;
  readonly #out: number;
  readonly #saved: Termios;
  #buffer = new Uint8Array(0);
  /** how long an ESC waits for what may follow it */
  escapeDelayUs: number;
  size: WindowSize;
  /** how much is read at once: 1 for a program that leaves to the next one what is typed ahead */
  chunkBytes = 4096;

  constructor(sys: Sys, fd: number, out: number, escapeDelayUs: number) {
    this.#sys = sys;
    this.fd = fd;
    this.#out = out;
    this.#saved = sys.tcgetattr(fd);
    this.escapeDelayUs = escapeDelayUs;
    this.size = usable(sys.getWindowSize(fd));
  }

  /** The controlling terminal, for a program whose standard input is something else. Throws SysError. */
  static *open(sys: Sys, out: number, escapeDelayUs = 500_000): Blocking<RawTerminal> {
    const fd = sys.isatty(0) ? 0 : yield* sys.open("/dev/tty", O.RDONLY | O.CLOEXEC);
    return new RawTerminal(sys, fd, out, escapeDelayUs);
  }

  /** No line editing and no echo; the flags in `without` are cleared too (isig, ixon, icrnl, opost...). */
  *enter(without: readonly string[] = []): Blocking<void> {
    const flags = new Set(this.#saved.flags);
    for (const flag of ["icanon", "echo", ...without]) flags.delete(flag);
    yield* this.#sys.tcsetattr(this.fd, { ...this.#saved, flags, min: 1, time: 0 });
  }

  *leave(): Blocking<void> {
    yield* this.#sys.tcsetattr(this.fd, this.#saved);
  }

  *write(text: string): Blocking<void> {
    const bytes = encode(text);
    for (;;) {
      try {
        yield* this.#sys.write(this.#out, bytes);
        return;
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
      }
    }
  }

  get pending(): boolean {
    return this.#buffer.length > 0;
  }

  /** What was read and is no key yet is dropped. */
  forgetTyped(): void {
    this.#buffer = new Uint8Array(0);
  }

  /** Waits for a key or for a caught signal. With a time-out undefined means that it passed. */
  *next(timeoutUs: number | null = null): Blocking<TerminalEvent | undefined> {
    for (;;) {
      const event = this.#signal();
      if (event) return event;
      const key = yield* this.#cut();
      if (key !== undefined) return { kind: "key", key };
      try {
        if (timeoutUs !== null) {
          const ready = yield* this.#sys.poll([{ fd: this.fd, events: 1 }], timeoutUs);
          if (ready.length === 0) return undefined;
        }
        const bytes = yield* this.#sys.read(this.fd, this.chunkBytes);
        if (bytes.length === 0) return { kind: "end" };
        this.#append(bytes);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        if (error.errno === "EIO") return { kind: "end" };
        if (error.errno !== "EINTR") throw error;
      }
    }
  }

  #signal(): TerminalEvent | undefined {
    let found: TerminalEvent | undefined;
    for (const signal of this.#sys.takeSignals()) {
      if (signal === SIGNALS.WINCH) {
        this.size = usable(this.#sys.getWindowSize(this.fd));
        found ??= { kind: "resize" };
      } else found = { kind: "signal", signal };
    }
    return found;
  }

  #append(bytes: Uint8Array): void {
    const joined = new Uint8Array(this.#buffer.length + bytes.length);
    joined.set(this.#buffer);
    joined.set(bytes, this.#buffer.length);
    this.#buffer = joined;
  }

  #take(length: number): string {
    const bytes = this.#buffer.slice(0, length);
    this.#buffer = this.#buffer.slice(length);
    let text = "";
    for (const byte of bytes) text += String.fromCharCode(byte);
    return text;
  }

  /** The next whole key of what was read; an ESC alone waits for what may follow it. */
  *#cut(): Blocking<Key | undefined> {
    const first = this.#buffer[0];
    if (first === undefined) return undefined;
    if (first === 0x1b) {
      while (!this.#escapeComplete()) {
        let ready: readonly unknown[] = [];
        try {
          ready = yield* this.#sys.poll([{ fd: this.fd, events: 1 }], this.escapeDelayUs);
          if (ready.length === 0) break;
          const bytes = yield* this.#sys.read(this.fd, 4096);
          if (bytes.length === 0) break;
          this.#append(bytes);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          break;
        }
      }
      return this.#take(this.#escapeLength());
    }
    const length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
    if (length === 1) return this.#take(1);
    if (this.#buffer.length < length) return undefined;
    return decodeUtf8(this.#buffer, length, () => this.#take(length));
  }

  #escapeComplete(): boolean {
    const second = this.#buffer[1];
    if (second === undefined) return false;
    if (second === 0x5b) {
      for (let i = 2; i < this.#buffer.length; i++) {
        const byte = this.#buffer[i] ?? 0;
        if (byte >= 0x40 && byte <= 0x7e) return true;
      }
      return false;
    }
    return second === 0x4f ? this.#buffer.length > 2 : true;
  }

  #escapeLength(): number {
    const second = this.#buffer[1];
    if (second === undefined) return 1;
    if (second === 0x5b) {
      for (let i = 2; i < this.#buffer.length; i++) {
        const byte = this.#buffer[i] ?? 0;
        if (byte >= 0x40 && byte <= 0x7e) return i + 1;
      }
      return this.#buffer.length;
    }
    return second === 0x4f ? Math.min(3, this.#buffer.length) : 2;
  }
}

function usable(size: WindowSize): WindowSize {
  return size.rows > 0 && size.cols > 0 ? size : { rows: 24, cols: 80 };
}

function decodeUtf8(bytes: Uint8Array, length: number, take: () => string): string {
  let point = (bytes[0] ?? 0) & (0xff >> (length + 1));
  for (let i = 1; i < length; i++) point = (point << 6) | ((bytes[i] ?? 0) & 0x3f);
  take();
  return String.fromCodePoint(Math.min(point, 0x10ffff));
}
