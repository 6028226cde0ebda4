// The ring that dmesg reads (syslog(2), /dev/kmsg).

import { WaitQueue } from "./wait-queue.ts";

export interface KernelLogEntry {
  readonly sequence: number;
  readonly timeUs: number;
  /** 0 emergency .. 7 debug */
  readonly level: number;
  /** 0 kern, 1 user, 3 daemon... */
  readonly facility: number;
  readonly text: string;
}

const CAPACITY = 2000;

export class KernelLog {
  #entries: KernelLogEntry[] = [];
  /** what the boot left: shared by all machines of that kind */
  #preloaded: readonly KernelLogEntry[] = [];
  #sequence = 0;
  #cleared = 0;
  /** the console's level before SYSLOG_ACTION_CONSOLE_OFF */
  savedConsoleLevel: number | undefined;
  readonly #nowUs: () => number;
  /** Woken by each new line. */
  readonly waiters = new WaitQueue();

  constructor(nowUs: () => number) {
    this.#nowUs = nowUs;
  }

  append(text: string, level = 6, facility = 0, timeUs = this.#nowUs()): void {
    this.#entries.push({ sequence: this.#sequence++, timeUs, level, facility, text });
    if (this.#entries.length > CAPACITY) {
      this.#entries.splice(0, CAPACITY / 4);
      this.#preloaded = [];
    }
    this.waiters.wake();
  }

  preload(entries: readonly KernelLogEntry[]): void {
    this.#preloaded = entries.every((entry, at) => entry.sequence === at) ? entries : entries.map((entry, at) => ({ ...entry, sequence: at }));
    this.#sequence = entries.length;
  }

  lines(): readonly KernelLogEntry[] {
    return this.#preloaded.length === 0 ? this.#entries : [...this.#preloaded, ...this.#entries];
  }

  /** The sequence number of the oldest line that is left. */
  get first(): number {
    return this.#preloaded[0]?.sequence ?? this.#entries[0]?.sequence ?? this.#sequence;
  }

  /** The sequence number that the next line will have. */
  get end(): number {
    return this.#sequence;
  }

  entry(sequence: number): KernelLogEntry | undefined {
    const place = sequence - this.first;
    return place < this.#preloaded.length ? this.#preloaded[place] : this.#entries[place - this.#preloaded.length];
  }

  /** SYSLOG_ACTION_CLEAR: the lines stay, those who ask for the uncleared ones begin behind them. */
  clear(): void {
    this.#cleared = this.#sequence;
  }

  /** The sequence number of the first line that nobody cleared (SEEK_DATA of /dev/kmsg). */
  get cleared(): number {
    return this.#cleared;
  }
}
