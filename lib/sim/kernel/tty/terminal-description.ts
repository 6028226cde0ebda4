// Open file descriptions of a terminal: the programs' side and a pseudo-terminal's master.

import { SysError } from "../errno.ts";
import { type Actor, type OpenFileDescription, WOULD_BLOCK, type WouldBlock } from "../open-file-description.ts";
import { O, POLL } from "../sys.ts";
import type { Path } from "../vfs/path.ts";
import type { WaitQueue } from "../wait-queue.ts";
import type { Terminal } from "./terminal.ts";
import { virtualConsoles } from "./virtual-consoles.ts";

export class TerminalDescription implements OpenFileDescription {
  readonly terminal: Terminal;
  statusFlags: number;
  readonly path: Path | undefined;
  readonly label: string | undefined;
  references = 1;

  constructor(terminal: Terminal, statusFlags: number, path: Path | undefined) {
    this.terminal = terminal;
    this.statusFlags = statusFlags & (O.ACCMODE | O.APPEND | O.NONBLOCK);
    this.path = path;
    this.label = path ? undefined : `/dev/${terminal.name}`;
    terminal.slaveOpened();
  }

  get waiters(): WaitQueue {
    return this.terminal.waiters;
  }

  read(actor: Actor, maxBytes: number): Uint8Array | WouldBlock {
    return this.terminal.read(this.terminal.kernel.processes.get(actor.pid), maxBytes);
  }

  readTimeoutUs(): number | undefined {
    return this.terminal.readTimeoutUs();
  }

  /** VTIME ran out: what is there, be it nothing. */
  readExpired(_actor: Actor, maxBytes: number): Uint8Array {
    return this.terminal.discipline.read(maxBytes) ?? new Uint8Array(0);
  }

  write(actor: Actor, bytes: Uint8Array): number | WouldBlock {
    if (bytes.length === 0) return 0;
    return this.terminal.write(this.terminal.kernel.processes.get(actor.pid), bytes);
  }

  seek(): number {
    throw new SysError("ESPIPE");
  }

  poll(): number {
    const terminal = this.terminal;
    if (terminal.hungUp) return POLL.IN | POLL.OUT | POLL.HUP | POLL.ERR;
    return (terminal.discipline.readable ? POLL.IN : 0) | (terminal.writable ? POLL.OUT : 0);
  }

  release(): void {
    this.terminal.slaveClosed();
  }

  ioctl(actor: Actor, request: string, argument?: unknown): unknown {
    if (request === "FIONREAD") return this.terminal.discipline.readableBytes;
    if (this.terminal.major === 4 && this.terminal.minor < 64) return virtualConsoles(this.terminal.kernel).ioctl(actor, this.terminal.minor, request, argument);
    throw new SysError("ENOTTY");
  }
}

export class MasterDescription implements OpenFileDescription {
  readonly terminal: Terminal;
  statusFlags: number;
  readonly path: Path | undefined;
  readonly label = "/dev/ptmx";
  references = 1;

  constructor(terminal: Terminal, statusFlags: number, path: Path | undefined) {
    this.terminal = terminal;
    this.statusFlags = statusFlags & (O.ACCMODE | O.NONBLOCK);
    this.path = path;
  }

  get waiters(): WaitQueue {
    return this.terminal.masterWaiters;
  }

  /** EIO once the last program has closed the other side. */
  read(_actor: Actor, maxBytes: number): Uint8Array | WouldBlock {
    const bytes = this.terminal.takeOutput(maxBytes);
    if (bytes.length > 0) return bytes;
    if (this.#abandoned()) throw new SysError("EIO");
    return WOULD_BLOCK;
  }

  #abandoned(): boolean {
    return this.terminal.everOpened && this.terminal.slaveOpens === 0;
  }

  write(_actor: Actor, bytes: Uint8Array): number | WouldBlock {
    this.terminal.input(bytes);
    return bytes.length;
  }

  seek(): number {
    throw new SysError("ESPIPE");
  }

  poll(): number {
    return (this.terminal.outputBytes > 0 ? POLL.IN : 0) | POLL.OUT | (this.#abandoned() ? POLL.HUP : 0);
  }

  release(): void {
    this.terminal.hangup();
  }

  ioctl(_actor: Actor, request: string): unknown {
    if (request === "FIONREAD") return this.terminal.outputBytes;
    if (request === "TIOCGPTN") return this.terminal.minor;
    throw new SysError("ENOTTY");
  }
}
