// The line discipline N_TTY (termios(3), drivers/tty/n_tty.c is the reference for its manners): turns typed bytes into lines, echo and
// signals, and written bytes into what the terminal receives. It knows no process: signals and echo leave through `Outlet`.
// Over 400 lines: erasing must know what echo drew, and echo what output did to the column.

import type { Termios } from "../sys.ts";
import { InputQueue } from "./input-queue.ts";
import { DEFAULT_TERMIOS, type Modes, modesOf } from "./termios.ts";

export interface Outlet {
  /** Bytes for the terminal, already processed. */
  echo(bytes: readonly number[]): void;
  signal(kind: "interrupt" | "quit" | "suspend"): void;
  /** Input is there, or output may go on. */
  changed(): void;
}

const CAPACITY = 4096;
const NEWLINE = 10, RETURN = 13, TAB = 9, BACKSPACE = 8, SPACE = 32, BELL = 7, DELETE = 127;
/** Marks an end-of-file character in the input buffer: it ends a read and is not handed over (n_tty's __DISABLED_CHAR with read_flags). */
const END_OF_FILE = -1;

const isContinuation = (byte: number): boolean => (byte & 0xc0) === 0x80;
const isControl = (byte: number): boolean => byte < SPACE || byte === DELETE;

export class LineDiscipline {
  #termios: Termios = DEFAULT_TERMIOS;
  #modes = modesOf(this.#termios);
  readonly #outlet: Outlet;
  /** Finished input: a line's last element is its delimiter, or END_OF_FILE. In raw mode all input. */
  readonly #ready = new InputQueue();
  /** Ends of lines within #ready. */
  #lines = 0;
  /** The line being edited. */
  #line: number[] = [];
  #quoteNext = false;
  #column = 0;
  /** Where the column was when the line being edited began: a tab's width is counted from there. */
  #lineColumn = 0;
  #erasing = false;
  stopped = false;

  constructor(outlet: Outlet) {
    this.#outlet = outlet;
  }

  get termios(): Termios {
    return this.#termios;
  }

  get modes(): Modes {
    return this.#modes;
  }

  setTermios(termios: Termios): void {
    const wasCanonical = this.#modes.icanon;
    this.#termios = termios;
    this.#modes = modesOf(termios);
    if (wasCanonical !== this.#modes.icanon) {
      if (wasCanonical) {
        // what was being edited becomes readable at once, without its delimiter
        const rest = [...this.#pendingBytes(), ...this.#line];
        this.#ready.clear();
        for (const byte of rest) this.#ready.push(byte);
        this.#line = [];
        this.#lines = 0;
      } else {
        const rest = this.#pendingBytes();
        this.#ready.clear();
        this.#lines = 0;
        if (rest.length > 0) {
          // n_tty_set_termios: unread input counts as one line that ends where it ends
          for (const byte of [...rest, END_OF_FILE]) this.#ready.push(byte);
          this.#lines = 1;
        }
      }
      this.#quoteNext = false;
    }
    if (!this.#modes.ixon && this.stopped) this.start();
    this.#outlet.changed();
  }

  /** As another one that nobody typed into. */
  takeOver(from: LineDiscipline): void {
    this.setTermios(from.termios);
    this.#column = from.#column;
    this.#lineColumn = from.#lineColumn;
  }

  #pendingBytes(): number[] {
    return [...this.#ready].filter((byte) => byte !== END_OF_FILE);
  }

  start(): void {
    if (!this.stopped) return;
    this.stopped = false;
    this.#outlet.changed();
  }

  flushInput(): void {
    this.#ready.clear();
    this.#lines = 0;
    this.#line = [];
    this.#quoteNext = false;
    this.#erasing = false;
  }

  // ---- input ----------------------------------------------------------------------------------------------------------------

  /** Bytes from the keyboard. */
  input(bytes: Uint8Array): void {
    for (const byte of bytes) this.#receive(byte);
    this.#outlet.changed();
  }

  #receive(received: number): void {
    const modes = this.#modes;
    let byte = modes.istrip ? received & 0x7f : received;
    if (modes.iuclc && modes.iexten && byte >= 65 && byte <= 90) byte += 32;
    if (this.#quoteNext) {
      this.#quoteNext = false;
      this.#insert(byte, true);
      return;
    }
    if (this.stopped && modes.ixon && modes.ixany && byte !== modes.start && byte !== modes.stop) this.start();
    if (modes.ixon) {
      if (byte === modes.start) {
        this.start();
        return;
      }
      if (byte === modes.stop) {
        this.stopped = true;
        return;
      }
    }
    if (modes.isig) {
      const kind = byte === modes.intr ? "interrupt" : byte === modes.quit ? "quit" : byte === modes.susp ? "suspend" : undefined;
      if (kind) {
        if (!modes.noflsh) this.flushInput();
        if (modes.ixon) this.start();
        if (modes.echo) this.#echoByte(byte);
        this.#outlet.signal(kind);
        return;
      }
    }
    if (byte === RETURN) {
      if (modes.igncr) return;
      if (modes.icrnl) byte = NEWLINE;
    } else if (byte === NEWLINE && modes.inlcr) byte = RETURN;
    if (modes.icanon && this.#edit(byte)) return;
    this.#insert(byte, false);
  }

  /** True when the byte was one of the editing characters of canonical mode. */
  #edit(byte: number): boolean {
    const modes = this.#modes;
    if (byte === modes.erase || byte === modes.kill || (byte === modes.werase && modes.iexten)) {
      this.#erase(byte);
      return true;
    }
    if (byte === modes.lnext && modes.iexten) {
      this.#quoteNext = true;
      this.#finishErasing();
      if (modes.echo && modes.echoctl) this.#echoRaw([0x5e, BACKSPACE]);
      return true;
    }
    if (byte === modes.rprnt && modes.iexten && modes.echo) {
      this.#finishErasing();
      this.#echoByte(byte);
      this.#echoRaw([NEWLINE]);
      for (const one of this.#line) this.#echoByte(one);
      return true;
    }
    if (byte === NEWLINE) {
      if (this.#isFull()) {
        this.#bell();
        return true;
      }
      if (modes.echo || modes.echonl) {
        this.#finishErasing();
        this.#echoRaw([NEWLINE]);
      }
      this.#finishLine(byte);
      return true;
    }
    if (byte === modes.eof) {
      this.#finishLine(END_OF_FILE);
      return true;
    }
    if (byte === modes.eol || (byte === modes.eol2 && modes.iexten)) {
      if (this.#isFull()) {
        this.#bell();
        return true;
      }
      if (modes.echo) {
        this.#startLine();
        this.#finishErasing();
        this.#echoByte(byte);
      }
      this.#finishLine(byte);
      return true;
    }
    return false;
  }

  #isFull(): boolean {
    return this.#ready.length + this.#line.length >= CAPACITY - 1;
  }

  #bell(): void {
    if (this.#modes.imaxbel) this.#outlet.echo([BELL]);
  }

  #startLine(): void {
    if (this.#line.length === 0) this.#lineColumn = this.#column;
  }

  #insert(byte: number, quoted: boolean): void {
    const modes = this.#modes;
    if (this.#isFull()) {
      // a full line in canonical mode still takes a newline (handled by #edit); anything else is dropped
      this.#bell();
      return;
    }
    if (modes.echo) {
      this.#finishErasing();
      this.#startLine();
      if (byte === NEWLINE && !quoted) this.#echoRaw([NEWLINE]);
      else this.#echoByte(byte);
    }
    if (modes.icanon) this.#line.push(byte);
    else this.#ready.push(byte);
  }

  #finishLine(delimiter: number): void {
    for (const byte of this.#line) this.#ready.push(byte);
    this.#ready.push(delimiter);
    this.#line = [];
    this.#lines++;
  }

  // ---- echo -----------------------------------------------------------------------------------------------------------------

  #echoRaw(bytes: readonly number[]): void {
    const processed: number[] = [];
    for (const byte of bytes) this.#process(byte, processed);
    this.#outlet.echo(processed);
  }

  #echoByte(byte: number): void {
    if (this.#modes.echoctl && isControl(byte) && byte !== TAB) this.#echoRaw([0x5e, byte ^ 0x40]);
    else this.#echoRaw([byte]);
  }

  #finishErasing(): void {
    if (!this.#erasing) return;
    this.#erasing = false;
    this.#echoRaw([0x2f]);
  }

  #erase(key: number): void {
    const modes = this.#modes;
    if (this.#line.length === 0) return;
    if (key === modes.kill && key !== modes.erase) {
      if (!modes.echo) {
        this.#line = [];
        return;
      }
      if (!modes.echok || !modes.echoke || !modes.echoe) {
        this.#line = [];
        this.#finishErasing();
        this.#echoByte(key);
        if (modes.echok) this.#echoRaw([NEWLINE]);
        return;
      }
    }
    let seenWord = false;
    while (this.#line.length > 0) {
      let start = this.#line.length - 1;
      if (modes.iutf8) while (start > 0 && isContinuation(this.#line[start] ?? 0)) start--;
      const byte = this.#line[start] ?? 0;
      if (modes.iutf8 && isContinuation(byte)) break;
      if (key === modes.werase && key !== modes.erase) {
        const word = isWordByte(byte);
        if (word) seenWord = true;
        else if (seenWord) break;
      }
      const removed = this.#line.splice(start);
      if (modes.echo) this.#echoErased(removed, key);
      if (key === modes.erase) break;
    }
    if (this.#line.length === 0 && modes.echo) this.#finishErasing();
  }

  #echoErased(removed: readonly number[], key: number): void {
    const modes = this.#modes;
    const byte = removed[0] ?? 0;
    if (modes.echoprt) {
      if (!this.#erasing) {
        this.#erasing = true;
        this.#echoRaw([0x5c]);
      }
      this.#echoByte(byte);
      for (const more of removed.slice(1)) this.#outlet.echo([more]);
      return;
    }
    if (key === modes.erase && !modes.echoe) {
      this.#echoByte(modes.erase);
      return;
    }
    if (byte === TAB) {
      let columns = this.#lineColumn;
      for (const one of this.#line) columns = this.#advanced(columns, one);
      let back = this.#advanced(columns, TAB) - columns;
      const out: number[] = [];
      while (back-- > 0) out.push(BACKSPACE);
      this.#column = Math.max(0, this.#column - out.length);
      this.#outlet.echo(out);
      return;
    }
    // a character of two columns also goes back by one only: the kernel does not know its width (seen on Linux 6.1)
    let width = 1;
    if (isControl(byte)) width = modes.echoctl ? 2 : 0;
    const out: number[] = [];
    for (let i = 0; i < width; i++) out.push(BACKSPACE, SPACE, BACKSPACE);
    this.#column = Math.max(0, this.#column - width);
    if (out.length > 0) this.#outlet.echo(out);
  }

  #advanced(column: number, byte: number): number {
    if (byte === TAB) return (column | 7) + 1;
    if (isControl(byte)) return this.#modes.echoctl ? column + 2 : column;
    return isContinuation(byte) && this.#modes.iutf8 ? column : column + 1;
  }

  // ---- output ---------------------------------------------------------------------------------------------------------------

  /** What the terminal receives when a program writes these bytes. */
  output(bytes: Uint8Array): Uint8Array {
    const modes = this.#modes;
    if (!modes.opost) return bytes.slice();
    let extra = 0;
    const plain = !modes.ocrnl && !modes.onocr && !modes.onlret && !modes.olcuc && !modes.xtabs;
    if (plain) {
      if (modes.onlcr) for (const byte of bytes) if (byte === NEWLINE) extra++;
      const processed = new Uint8Array(bytes.length + extra);
      let at = 0;
      let column = this.#column;
      for (const byte of bytes) {
        if (byte >= SPACE) {
          if (byte !== DELETE && !(modes.iutf8 && isContinuation(byte))) column++;
        } else if (byte === NEWLINE) {
          if (modes.onlcr) {
            processed[at++] = RETURN;
            column = 0;
          }
        } else if (byte === RETURN) column = 0;
        else if (byte === TAB) column = (column | 7) + 1;
        else if (byte === BACKSPACE && column > 0) column--;
        processed[at++] = byte;
      }
      this.#column = column;
      this.#lineColumn = column;
      return processed;
    }
    const processed: number[] = [];
    for (const byte of bytes) this.#process(byte, processed);
    this.#lineColumn = this.#column;
    return Uint8Array.from(processed);
  }

  #process(byte: number, into: number[]): void {
    const modes = this.#modes;
    if (!modes.opost) {
      into.push(byte);
      return;
    }
    switch (byte) {
      case NEWLINE:
        if (modes.onlret) this.#column = 0;
        if (modes.onlcr) {
          this.#column = 0;
          into.push(RETURN);
        }
        into.push(NEWLINE);
        return;
      case RETURN:
        if (modes.onocr && this.#column === 0) return;
        if (modes.ocrnl) {
          if (modes.onlret) this.#column = 0;
          into.push(NEWLINE);
          return;
        }
        this.#column = 0;
        into.push(RETURN);
        return;
      case TAB: {
        const next = (this.#column | 7) + 1;
        if (modes.xtabs) while (this.#column++ < next) into.push(SPACE);
        else into.push(TAB);
        this.#column = next;
        return;
      }
      case BACKSPACE:
        if (this.#column > 0) this.#column--;
        into.push(BACKSPACE);
        return;
      default: {
        const out = modes.olcuc && byte >= 97 && byte <= 122 ? byte - 32 : byte;
        if (!isControl(byte) && !(modes.iutf8 && isContinuation(byte))) this.#column++;
        into.push(out);
      }
    }
  }

  // ---- reading --------------------------------------------------------------------------------------------------------------

  get readableBytes(): number {
    const ready = this.#ready.length;
    if (!this.#modes.icanon) return ready;
    let count = 0;
    for (const byte of this.#ready) if (byte !== END_OF_FILE) count++;
    return count;
  }

  /** Whether a read would return at once (raw mode: MIN bytes are there, MIN taken as 1 when a timer rules). */
  get readable(): boolean {
    if (this.#modes.icanon) return this.#lines > 0;
    const needed = this.#modes.time > 0 ? 1 : Math.max(1, this.#modes.min);
    return this.#ready.length >= needed;
  }

  /** A line (or part of it) in canonical mode, what is there in raw mode; undefined when nothing is ready. Empty: end of file. */
  read(maxBytes: number): Uint8Array | undefined {
    if (!this.#modes.icanon) {
      const count = Math.min(maxBytes, this.#ready.length);
      if (count === 0) return undefined;
      return this.#take(count);
    }
    if (this.#lines === 0) return undefined;
    let count = 0;
    while (count < maxBytes) {
      const byte = this.#ready.at(count);
      if (byte === undefined) break;
      if (byte === END_OF_FILE) {
        const bytes = this.#take(count);
        this.#ready.drop(1);
        this.#endOfLineTaken();
        return bytes;
      }
      count++;
      if (byte === NEWLINE || (byte === this.#modes.eol && byte > 0) || (byte === this.#modes.eol2 && byte > 0)) {
        const bytes = this.#take(count);
        this.#endOfLineTaken();
        return bytes;
      }
    }
    const bytes = this.#take(count);
    // a line that was read exactly up to its end-of-file mark: the mark goes with it (n_tty eats it on the next read otherwise)
    if (count > 0 && this.#ready.at(0) === END_OF_FILE) {
      this.#ready.drop(1);
      this.#endOfLineTaken();
    }
    return bytes;
  }

  #endOfLineTaken(): void {
    this.#lines--;
  }

  #take(count: number): Uint8Array {
    const bytes = new Uint8Array(count);
    for (let i = 0; i < count; i++) bytes[i] = this.#ready.at(i) ?? 0;
    this.#ready.drop(count);
    return bytes;
  }
}

/** Letters, digits and underscore, and every byte of a multi-byte character. */
function isWordByte(byte: number): boolean {
  return (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122) || byte === 0x5f || byte >= 0x80;
}
