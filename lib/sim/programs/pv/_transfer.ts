// Copies its files to standard output at no more than a rate, and shows how far it is on standard error. Follows loop.c and transfer.c of pv 1.6.20.

import { type Blocking, encode, O, POLL, S, type Stat, type Sys, SysError } from "../../kernel/sys.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import type { Zone } from "../kit/zones.ts";
import { progressLine } from "./_display.ts";

export interface Settings {
  readonly format: string;
  readonly numeric: boolean;
  readonly numericBytes: boolean;
  readonly numericTime: boolean;
  readonly quiet: boolean;
  readonly waits: boolean;
  readonly delayUs: number;
  readonly size: number;
  readonly stopAtSize: boolean;
  readonly lines: boolean;
  readonly nullLines: boolean;
  readonly intervalUs: number;
  readonly width: number;
  readonly widthGiven: boolean;
  readonly name: string | undefined;
  readonly force: boolean;
  /** bytes (or lines) a second; 0: as fast as can be */
  readonly rateLimit: number;
  readonly bufferBytes: number;
  readonly skipErrors: number;
}

/** Bits of the exit status. */
export const FAILED = { open: 2, same: 4, next: 8, transfer: 16, signal: 32, options: 64 } as const;

const RATE_SLICE_US = 100_000;
const KEPT_BYTES = 256;

/** A progress line that follows what it is told. Used for what is copied, and for what another process copies. */
export class Monitor {
  readonly #sys: Sys;
  readonly #settings: Settings;
  readonly #zone: Zone;
  readonly #startUs: number;
  #previousUs = 0;
  #previousTotal = 0;
  #carried = 0;
  #rate = 0;
  #percentage = 0;
  #shownLength = 0;
  visible = false;

  constructor(sys: Sys, settings: Settings, zone: Zone) {
    this.#sys = sys;
    this.#settings = settings;
    this.#zone = zone;
    this.#startUs = sys.clockUs("monotonic");
  }

  get elapsedUs(): number {
    return this.#sys.clockUs("monotonic") - this.#startUs;
  }

  #localTime(afterSeconds: number): string {
    const nowUs = this.#sys.clockUs("realtime");
    return strftime(afterSeconds > 21_600 ? "%Y-%m-%d %H:%M:%S" : "%H:%M:%S", civilAtUs(this.#zone, nowUs + afterSeconds * 1e6));
  }

  /** What a look at this moment shows, with "\r" behind it or, of numbers, "\n". */
  text(total: number, size: number, final: boolean, buffered: number, lastWritten: Uint8Array, format = this.#settings.format): string {
    const { numeric, lines } = this.#settings;
    const elapsedUs = this.elapsedUs;
    const average = total / Math.max(elapsedUs / 1e6, 0.000_001);
    const sinceUs = elapsedUs - this.#previousUs;
    const grown = total - this.#previousTotal;
    this.#previousTotal = total;
    if (final) this.#rate = average;
    else if (sinceUs <= 10_000) this.#carried += grown;
    else {
      this.#rate = ((grown + this.#carried) * 1e6) / sinceUs;
      this.#previousUs = elapsedUs;
      this.#carried = 0;
    }
    if (size > 0) this.#percentage = Math.floor((total * 100) / size);
    else if (grown > 0) this.#percentage = this.#percentage + 2 > 199 ? 0 : this.#percentage + 2;
    if (numeric) {
      const time = this.#settings.numericTime ? `${(elapsedUs / 1e6).toFixed(4)} ` : "";
      return `${time}${this.#settings.numericBytes || lines ? total : this.#percentage > 100 ? 200 - this.#percentage : this.#percentage}\n`;
    }
    const width = this.#settings.widthGiven ? this.#settings.width : this.#terminalWidth();
    const line = progressLine(format, width, {
      total, size, elapsedUs, rate: this.#rate, average, percentage: Math.min(this.#percentage, 100_000), final, buffered, lastWritten, name: this.#settings.name, lines, localTime: (after) => this.#localTime(after),
    });
    const padded = line.padEnd(Math.min(this.#shownLength, width));
    this.#shownLength = padded.length;
    return `${padded}\r`;
  }

  #terminalWidth(): number {
    try {
      return this.#sys.getWindowSize(2).cols || 80;
    } catch {
      return 80;
    }
  }
}

/** Whether standard error is looked at: a terminal whose foreground we are in. */
export function mayShow(sys: Sys, { force, numeric, quiet }: Settings): boolean {
  if (quiet) return false;
  if (force || numeric) return true;
  return sys.isatty(2) && sys.tcgetpgrp(2) === sys.getpgid();
}

export function* tell(sys: Sys, text: string): Blocking<void> {
  try {
    yield* sys.write(2, encode(text));
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

/** A device tells its length by its end. */
export function* lengthOf(sys: Sys, fd: number, { mode, sizeBytes }: Stat): Blocking<number> {
  if ((mode & S.IFMT) === S.IFREG) return sizeBytes;
  if ((mode & S.IFMT) !== S.IFBLK) return 0;
  const here = sys.lseek(fd, 0, "current");
  const end = sys.lseek(fd, 0, "end");
  sys.lseek(fd, here, "set");
  return end;
}

export class Transfer {
  readonly #sys: Sys;
  readonly #settings: Settings;
  readonly #name: (text: string) => string;
  readonly #monitor: Monitor;
  #size: number;
  #total = 0;
  #last: Uint8Array = new Uint8Array(0);
  #buffer: Uint8Array[] = [];
  #buffered = 0;
  #capacity = 0;
  #dueUs: number;
  #allowance = 0;
  #refillUs: number;
  #outClosed = false;
  #interrupted = false;
  status = 0;

  constructor(sys: Sys, settings: Settings, size: number, zone: Zone, name: (text: string) => string) {
    this.#sys = sys;
    this.#settings = settings;
    this.#size = size;
    this.#monitor = new Monitor(sys, settings, zone);
    this.#name = name;
    const now = sys.clockUs("monotonic");
    this.#dueUs = now + Math.max(settings.intervalUs, settings.delayUs);
    this.#refillUs = now;
  }

  *#fail(bit: number, text: string): Blocking<void> {
    this.status |= bit;
    yield* tell(this.#sys, `${this.#monitor.visible ? "\n" : ""}${this.#name(text)}\n`);
  }

  #look(final: boolean): string {
    return this.#monitor.text(this.#total, this.#size, final, this.#capacity === 0 ? 0 : Math.floor((this.#buffered * 100) / this.#capacity), this.#last);
  }

  *#show(): Blocking<void> {
    const now = this.#sys.clockUs("monotonic");
    if (now < this.#dueUs) return;
    this.#dueUs += this.#settings.intervalUs;
    if (this.#dueUs < now) this.#dueUs = now + this.#settings.intervalUs;
    if (!mayShow(this.#sys, this.#settings) || (this.#settings.waits && this.#total === 0)) return;
    const text = this.#look(false);
    this.#monitor.visible = true;
    yield* tell(this.#sys, text);
  }

  #counted(bytes: Uint8Array): number {
    if (!this.#settings.lines) return bytes.length;
    const separator = this.#settings.nullLines ? 0 : 10;
    let count = 0;
    for (const byte of bytes) if (byte === separator) count++;
    return count;
  }

  /** How much of `bytes` may go now. */
  #allowed(bytes: Uint8Array): number {
    let most = bytes.length;
    if (this.#settings.stopAtSize && this.#size > 0 && !this.#settings.lines) most = Math.min(most, this.#size - this.#total);
    if (this.#settings.rateLimit > 0) most = Math.min(most, Math.floor(this.#allowance));
    return Math.max(0, most);
  }

  get #stopped(): boolean {
    return this.#settings.stopAtSize && this.#size > 0 && this.#total >= this.#size;
  }

  *#send(): Blocking<void> {
    const first = this.#buffer[0];
    if (first === undefined) return;
    const length = this.#allowed(first);
    if (length === 0) return;
    const flags = this.#sys.getStatusFlags(1);
    try {
      this.#sys.setStatusFlags(1, flags | O.NONBLOCK);
      const written = yield* this.#sys.write(1, first.subarray(0, length));
      const gone = first.subarray(0, written);
      this.#total += this.#counted(gone);
      this.#allowance -= this.#settings.lines ? this.#counted(gone) : written;
      this.#buffered -= written;
      if (written === first.length) this.#buffer.shift();
      else this.#buffer[0] = first.subarray(written);
      const joined = new Uint8Array(Math.min(KEPT_BYTES, this.#last.length + gone.length));
      const fromGone = Math.min(gone.length, joined.length);
      joined.set(this.#last.subarray(this.#last.length - (joined.length - fromGone)));
      joined.set(gone.subarray(gone.length - fromGone), joined.length - fromGone);
      this.#last = joined;
      if (this.#sys.charge(1 + (written >> 8))) yield* this.#sys.preempt();
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (error.errno === "EAGAIN" || error.errno === "EINTR") return;
      this.#outClosed = true;
      if (error.errno !== "EPIPE") yield* this.#fail(FAILED.transfer, `write failed: ${error.message}`);
    } finally {
      this.#sys.setStatusFlags(1, flags);
    }
  }

  #refill(): void {
    const { rateLimit } = this.#settings;
    if (rateLimit === 0) return;
    const now = this.#sys.clockUs("monotonic");
    while (now >= this.#refillUs) {
      this.#allowance = Math.min(this.#allowance + (rateLimit * RATE_SLICE_US) / 1e6, rateLimit);
      this.#refillUs += RATE_SLICE_US;
    }
  }

  /** One file to its end. */
  *copy(fd: number, shown: string, stat: Stat): Blocking<void> {
    const sys = this.#sys;
    this.#capacity = this.#settings.bufferBytes > 0 ? this.#settings.bufferBytes : stat.blockSizeBytes > 0 ? Math.min(stat.blockSizeBytes * 32, 524_288) : 409_600;
    let ended = false;
    let told = false;
    while (!(ended && this.#buffered === 0) && !this.#outClosed && !this.#stopped && !this.#interrupted) {
      this.#refill();
      const limited = this.#settings.rateLimit > 0 && this.#allowance < 1;
      const wanted = [...(ended || this.#buffered >= this.#capacity ? [] : [{ fd, events: POLL.IN }]), ...(this.#buffered === 0 || limited ? [] : [{ fd: 1, events: POLL.OUT }])];
      const waitUs = Math.max(0, Math.min(this.#dueUs, limited ? this.#refillUs : Number.POSITIVE_INFINITY) - sys.clockUs("monotonic"));
      try {
        const ready = yield* sys.poll(wanted, waitUs);
        if (ready.some((one) => one.fd === fd && one.fd !== 1)) {
          const bytes = yield* sys.read(fd, this.#capacity - this.#buffered);
          if (bytes.length === 0) ended = true;
          else {
            this.#buffer.push(bytes);
            this.#buffered += bytes.length;
          }
        }
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        if (error.errno === "EINTR") this.#interrupted = sys.takeSignals().length > 0;
        else if (error.errno === "EIO" && this.#settings.skipErrors > 0) {
          if (!told || this.#settings.skipErrors < 2) yield* this.#fail(FAILED.transfer, `${shown}: warning: read errors detected: ${error.message}`);
          told = true;
          sys.lseek(fd, 512, "current");
          this.#buffer.push(new Uint8Array(512));
          this.#buffered += 512;
        } else {
          yield* this.#fail(FAILED.transfer, `${shown}: read failed: ${error.message}`);
          ended = true;
        }
      }
      yield* this.#send();
      yield* this.#show();
    }
  }

  get over(): boolean {
    return this.#outClosed || this.#stopped || this.#interrupted;
  }

  /** The last look. */
  *end(): Blocking<number> {
    const { quiet, waits, delayUs } = this.#settings;
    const late = !this.#monitor.visible && (this.#monitor.elapsedUs < delayUs || (waits && this.#total === 0));
    if (!quiet && !late && mayShow(this.#sys, this.#settings)) {
      const text = this.#look(true);
      yield* tell(this.#sys, this.#settings.numeric ? text : `${text}\n`);
    }
    return this.status | (this.#interrupted ? FAILED.signal : 0);
  }
}

