// A terminal: the line discipline, its controlling session, its size, and what is on the other side: a master (openpt) or the world
// outside (kernel.openTerminal: a browser, a test, a serial line).

import { SysError } from "../errno.ts";
import type { Kernel } from "../kernel.ts";
import { WOULD_BLOCK, type WouldBlock } from "../open-file-description.ts";
import { ByteQueue } from "../pipe.ts";
import type { Process } from "../process.ts";
import type { ProcessGroup, Session } from "../process-group.ts";
import { SIGNALS } from "../signal-names.ts";
import { postSignal, postToGroup, TERMINAL_SIGNALS } from "../signals.ts";
import type { WindowSize } from "../sys.ts";
import { WaitQueue } from "../wait-queue.ts";
import { LineDiscipline } from "./line-discipline.ts";

/** What a master leaves unread before writers wait. */
const MASTER_CAPACITY = 16384;
/**
 * An outside terminal takes bytes at this rate of virtual time, after a burst: so a program that floods it is slowed down the same way
 * in every replay, however fast the person's connection is.
 */
const OUTSIDE_BYTES_PER_US = 4;
const OUTSIDE_BURST = 262144;

export class Terminal {
  readonly kernel: Kernel;
  /** below /dev: "pts/0", "tty1" */
  readonly name: string;
  readonly major: number;
  readonly minor: number;
  readonly discipline: LineDiscipline;
  /** of the side where programs are */
  readonly waiters = new WaitQueue();
  readonly masterWaiters = new WaitQueue();
  session: Session | undefined;
  foreground: ProcessGroup | undefined;
  size: WindowSize;
  uid = 0;
  gid = 5;
  mode = 0o620;
  createdUs: number;
  lastInputUs: number;
  hungUp = false;
  slaveOpens = 0;
  /** A master that nobody joined yet waits; one that was left reads EIO. */
  everOpened = false;
  /** A master or the world outside holds the other side. */
  masterOpen = true;
  readonly #output = new ByteQueue();
  /** echo that came while output was stopped */
  #heldEcho: number[] = [];
  /** set for terminals of the world outside */
  #outside: { level: number; atUs: number; timerArmed: boolean; onOutput: ((bytes: Uint8Array) => void) | undefined } | undefined;
  onGone: (() => void) | undefined;

  constructor(kernel: Kernel, name: string, major: number, minor: number, size: WindowSize) {
    this.kernel = kernel;
    this.name = name;
    this.major = major;
    this.minor = minor;
    this.size = size;
    this.createdUs = kernel.realtimeUs();
    this.lastInputUs = this.createdUs;
    this.discipline = new LineDiscipline({
      echo: (bytes) => this.#echo(bytes),
      signal: (kind) => {
        if (this.foreground) postToGroup(this.foreground, TERMINAL_SIGNALS[kind]);
      },
      changed: () => {
        this.#flushEcho();
        this.waiters.wake();
      },
    });
  }

  attachOutside(onOutput: ((bytes: Uint8Array) => void) | undefined): void {
    this.#outside = { level: 0, atUs: this.kernel.nowUs, timerArmed: false, onOutput };
  }

  /** Unix98: majors 136 to 143 (Documentation/admin-guide/devices.txt). */
  get isPseudo(): boolean {
    return this.major >= 136 && this.major < 144;
  }

  get isOutside(): boolean {
    return this.#outside !== undefined;
  }

  // ---- from the other side

  input(bytes: Uint8Array): void {
    if (this.hungUp) return;
    this.lastInputUs = this.kernel.realtimeUs();
    this.discipline.input(bytes);
  }

  resize(size: WindowSize): void {
    if (size.rows === this.size.rows && size.cols === this.size.cols) return;
    this.size = size;
    if (this.foreground) postToGroup(this.foreground, SIGNALS.WINCH);
  }

  /** The other side went away: the session leader gets HUP, reads end, writes fail (EIO). */
  hangup(): void {
    if (this.hungUp) return;
    this.hungUp = true;
    this.masterOpen = false;
    const session = this.session;
    const foreground = this.foreground;
    this.disassociate();
    const leader = session?.leader;
    if (leader) {
      postSignal(leader, SIGNALS.HUP);
      postSignal(leader, SIGNALS.CONT);
    }
    if (foreground) {
      for (const member of [...foreground.members]) {
        if (member === leader) continue;
        postSignal(member, SIGNALS.HUP);
        postSignal(member, SIGNALS.CONT);
      }
    }
    this.waiters.wake();
    if (this.slaveOpens === 0) this.onGone?.();
  }

  /** What programs wrote and the other side has not fetched. */
  takeOutput(maxBytes: number): Uint8Array {
    const bytes = this.#output.shift(maxBytes);
    if (bytes.length > 0 && !this.#outside) this.waiters.wake();
    return bytes;
  }

  get outputBytes(): number {
    return this.#output.length;
  }

  // ---- to the other side

  #emit(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    const outside = this.#outside;
    if (outside) {
      outside.level += bytes.length;
      if (outside.onOutput) {
        outside.onOutput(bytes);
        return;
      }
    }
    this.#output.pushOwned(bytes);
    this.masterWaiters.wake();
  }

  #echo(bytes: readonly number[]): void {
    if (this.discipline.stopped) {
      if (this.#heldEcho.length < 4096) this.#heldEcho.push(...bytes);
    } else this.#emit(Uint8Array.from(bytes));
  }

  #flushEcho(): void {
    if (this.discipline.stopped || this.#heldEcho.length === 0) return;
    const held = this.#heldEcho;
    this.#heldEcho = [];
    this.#emit(Uint8Array.from(held));
  }

  #room(): number {
    const outside = this.#outside;
    if (!outside) return MASTER_CAPACITY - this.#output.length;
    const nowUs = this.kernel.nowUs;
    outside.level = Math.max(0, outside.level - (nowUs - outside.atUs) * OUTSIDE_BYTES_PER_US);
    outside.atUs = nowUs;
    const room = OUTSIDE_BURST - outside.level;
    if (room <= 0 && !outside.timerArmed) {
      outside.timerArmed = true;
      this.kernel.timers.arm(nowUs + Math.ceil((4096 - room) / OUTSIDE_BYTES_PER_US), () => {
        outside.timerArmed = false;
        this.waiters.wake();
      });
    }
    return room;
  }

  /** Whether a write would be taken. */
  get writable(): boolean {
    return this.hungUp || (!this.discipline.stopped && this.#room() > 0);
  }

  // ---- job control

  /** The process is in a background group of the session that this terminal controls. */
  isBackground(process: Process): boolean {
    return this.session !== undefined && process.group.session === this.session && this.foreground !== undefined && process.group !== this.foreground;
  }

  /**
   * What tcsetattr, tcsetpgrp and (with tostop) write do for a background group: SIGTTOU to the group, and the call starts again. False when
   * the call may go on. Errors: EIO for an orphaned group.
   */
  refusesBackground(process: Process): boolean {
    if (!this.isBackground(process)) return false;
    if (process.ignoredSignals.has(SIGNALS.TTOU) || process.blockedSignals.has(SIGNALS.TTOU)) return false;
    if (process.group.isOrphaned()) throw new SysError("EIO");
    postToGroup(process.group, SIGNALS.TTOU, process);
    return true;
  }

  setControllingSession(session: Session, foreground: ProcessGroup): void {
    this.session = session;
    this.foreground = foreground;
    session.terminal = this;
  }

  /** What programs set on the same line of another machine, whose realtime is `byUs` later here. */
  takeOver(from: Terminal, byUs: number): void {
    this.createdUs = from.createdUs + byUs;
    this.lastInputUs = from.lastInputUs + byUs;
    this.uid = from.uid;
    this.gid = from.gid;
    this.mode = from.mode;
    this.everOpened = from.everOpened;
    this.discipline.takeOver(from.discipline);
  }

  disassociate(): void {
    if (this.session) this.session.terminal = undefined;
    this.session = undefined;
    this.foreground = undefined;
  }

  // ---- the programs' side

  read(process: Process | undefined, maxBytes: number): Uint8Array | WouldBlock {
    if (this.hungUp) return new Uint8Array(0);
    if (process && this.isBackground(process)) {
      if (process.ignoredSignals.has(SIGNALS.TTIN) || process.blockedSignals.has(SIGNALS.TTIN) || process.group.isOrphaned()) throw new SysError("EIO");
      postToGroup(process.group, SIGNALS.TTIN, process);
      return WOULD_BLOCK;
    }
    const { modes } = this.discipline;
    if (modes.icanon || this.discipline.readable || maxBytes <= this.discipline.readableBytes) return this.discipline.read(maxBytes) ?? WOULD_BLOCK;
    if (modes.min === 0 && modes.time === 0) return this.discipline.read(maxBytes) ?? new Uint8Array(0);
    return WOULD_BLOCK;
  }

  /** How long a read in raw mode may still wait (VTIME); undefined: for ever. */
  readTimeoutUs(): number | undefined {
    const { modes } = this.discipline;
    if (modes.icanon || modes.time === 0) return undefined;
    return modes.min === 0 || this.discipline.readableBytes > 0 ? modes.time * 100_000 : undefined;
  }

  write(process: Process | undefined, bytes: Uint8Array): number | WouldBlock {
    if (this.hungUp || !this.masterOpen) throw new SysError("EIO");
    if (process && this.discipline.modes.tostop && this.refusesBackground(process)) return WOULD_BLOCK;
    if (this.discipline.stopped) return WOULD_BLOCK;
    const room = this.#room();
    if (room <= 0) return WOULD_BLOCK;
    const count = Math.min(room, bytes.length);
    this.#emit(this.discipline.output(count === bytes.length ? bytes : bytes.subarray(0, count)));
    return count;
  }

  slaveOpened(): void {
    this.slaveOpens++;
    this.everOpened = true;
  }

  slaveClosed(): void {
    this.slaveOpens--;
    if (this.slaveOpens > 0) return;
    this.masterWaiters.wake();
    if (!this.masterOpen) this.onGone?.();
  }
}
