// The editor's terminal on a real tty: readline's raw mode (canonical input and echo off, signals and flow control left on), one byte
// a read so that what is typed ahead stays in the tty for the next program, signals told apart after EINTR.

import { type Blocking, decode, encode, type SignalDisposition, SysError, type Sys, type Termios } from "../kernel/sys.ts";
import { type EditorTerminal, END_OF_INPUT } from "./editor-terminal.ts";
import { LineInterrupted } from "./line-interrupted.ts";

/** Who reads the line: what it does about signals. */
export interface TerminalOwner {
  readonly sys: Sys;
  /** To be called after EINTR. True when SIGINT arrived: give up the line. */
  handleSignals(): Blocking<boolean>;
  /** The terminal has another size. */
  checkWindowSize(): void;
  /** Tells of children that ended, at once; undefined when nobody wants to know yet. */
  childNotice(): (() => Blocking<void>) | undefined;
}

const SIGCHLD = 17;
const INPUT = 0;
const OUTPUT = 2;

const rawModes = new WeakMap<Termios, Termios>();

function rawMode(from: Termios): Termios {
  const known = rawModes.get(from);
  if (known !== undefined) return known;
  const flags = new Set(from.flags);
  for (const name of ["icanon", "echo", "icrnl", "inlcr"]) flags.delete(name);
  const cc = new Map(from.cc);
  cc.set("lnext", 0);
  const raw = { ...from, flags, cc, min: 1, time: 0 };
  rawModes.set(from, raw);
  return raw;
}

export class TtyTerminal implements EditorTerminal {
  readonly #owner: TerminalOwner;
  readonly #sys: Sys;
  readonly #bracketedPaste: () => boolean;
  #saved: Termios | undefined;
  /** set -b: what SIGCHLD did before the line was asked for. */
  #childSignal: SignalDisposition | undefined;
  #childNotice: (() => Blocking<void>) | undefined;
  #pasteOn = false;
  cols = 80;
  rows = 24;
  /** Told that the size changed; redraws. */
  onResize: (() => Blocking<void>) | undefined;

  constructor(owner: TerminalOwner, bracketedPaste: () => boolean) {
    this.#owner = owner;
    this.#sys = owner.sys;
    this.#bracketedPaste = bracketedPaste;
  }

  readSize(): void {
    if (!this.#sys.isatty(INPUT)) return;
    const size = this.#sys.getWindowSize(INPUT);
    this.cols = size.cols > 0 ? size.cols : 80;
    this.rows = size.rows > 0 ? size.rows : 24;
  }

  *acquire(): Blocking<void> {
    // `bash -i` reading from a file or a pipe: the same editor, nothing to set
    if (!this.#sys.isatty(INPUT)) return;
    this.readSize();
    this.#saved = this.#sys.tcgetattr(INPUT);
    yield* this.#retry(() => this.#sys.tcsetattr(INPUT, rawMode(this.#saved ?? this.#sys.tcgetattr(INPUT))));
    this.#childNotice = this.#owner.childNotice();
    if (this.#childNotice) this.#childSignal = this.#sys.sigaction(SIGCHLD, "catch");
    this.#pasteOn = this.#bracketedPaste();
    if (this.#pasteOn) yield* this.write("\x1b[?2004h");
  }

  *release(): Blocking<void> {
    if (!this.#saved) return;
    if (this.#childSignal !== undefined) this.#sys.sigaction(SIGCHLD, this.#childSignal);
    this.#childSignal = undefined;
    try {
      if (this.#pasteOn) yield* this.write("\x1b[?2004l\r");
      yield* this.#retry(() => this.#sys.tcsetattr(INPUT, this.#saved ?? this.#sys.tcgetattr(INPUT)));
    } catch (error) {
      // the terminal is gone: there is nothing to restore
      if (!(error instanceof SysError)) throw error;
    } finally {
      this.#saved = undefined;
    }
  }

  /** stty -echo: readline shows nothing but the prompt either. */
  get echoing(): boolean {
    return this.#saved?.flags.has("echo") ?? true;
  }

  get pasteOn(): boolean {
    return this.#pasteOn;
  }

  *write(text: string): Blocking<void> {
    // the line discipline adds the carriage return
    let bytes = encode(text.replaceAll("\r\n", "\n"));
    while (bytes.length > 0) {
      const rest = bytes;
      let written: number;
      try {
        written = yield* this.#retry(() => this.#sys.write(OUTPUT, rest));
      } catch (error) {
        // standard error is closed or its terminal gone: readline types blindly on
        if (error instanceof SysError) return;
        throw error;
      }
      bytes = bytes.subarray(written);
    }
  }

  pending(): boolean {
    return this.#sys.bytesReadable(INPUT) > 0;
  }

  nowUs(): number {
    return this.#sys.clockUs("monotonic");
  }

  *readKey(timeoutUs: number | null): Blocking<string | undefined> {
    const first = yield* this.#readByte(timeoutUs);
    if (first === undefined) return undefined;
    if (first < 0) return END_OF_INPUT;
    if (first < 0xc2) return decode(Uint8Array.of(first));
    const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    const bytes = [first];
    while (bytes.length < length) {
      const next = yield* this.#readByte(null);
      if (next === undefined || next < 0) break;
      bytes.push(next);
      if ((next & 0xc0) !== 0x80) break;
    }
    return decode(Uint8Array.from(bytes));
  }

  /** -1 at the end of the input. */
  *#readByte(timeoutUs: number | null): Blocking<number | undefined> {
    const sys = this.#sys;
    for (;;) {
      try {
        if (timeoutUs !== null) {
          const ready = yield* sys.poll([{ fd: INPUT, events: 1 }], timeoutUs);
          if (ready.length === 0) return undefined;
        }
        const bytes = yield* sys.read(INPUT, 1);
        return bytes[0] ?? -1;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        if (error.errno === "EIO") return -1;
        if (error.errno !== "EINTR" && error.errno !== "EAGAIN") return -1;
        yield* this.#signalled();
      }
    }
  }

  *#signalled(): Blocking<void> {
    if (yield* this.#owner.handleSignals()) throw new LineInterrupted();
    if (this.#childNotice) yield* this.#childNotice();
    const { cols, rows } = this;
    this.readSize();
    if (cols === this.cols && rows === this.rows) return;
    this.#owner.checkWindowSize();
    if (this.onResize) yield* this.onResize();
  }

  *#retry<T>(call: () => Blocking<T>): Blocking<T> {
    for (;;) {
      try {
        return yield* call();
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
        if (yield* this.#owner.handleSignals()) throw new LineInterrupted();
      }
    }
  }
}
