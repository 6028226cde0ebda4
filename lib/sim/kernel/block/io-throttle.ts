// Limits of a disk (QEMU's throttle groups, docs/throttle.txt): who reads or writes more waits. Small pieces are thought to come from the page cache.
import type { IoLimits } from "../sys-guest.ts";

const SMALLEST_BYTES = 4096;
const LARGEST_REQUEST_BYTES = 1024 * 1024;

export class IoThrottle {
  readonly #limits: IoLimits;
  #freeUs = { read: 0, write: 0, both: 0 };

  constructor(limits: IoLimits) {
    this.#limits = limits;
  }

  /** When the piece is through. */
  doneUs(kind: "read" | "write", bytes: number, nowUs: number): number {
    if (bytes < SMALLEST_BYTES) return nowUs;
    const requests = Math.ceil(bytes / LARGEST_REQUEST_BYTES);
    const limits = this.#limits;
    const needUs = (rate: number | undefined, per: number | undefined): number => Math.max(rate === undefined ? 0 : (bytes / rate) * 1e6, per === undefined ? 0 : (requests / per) * 1e6);
    const own = kind === "read" ? needUs(limits.readBytesPerSecond, limits.readRequestsPerSecond) : needUs(limits.writeBytesPerSecond, limits.writeRequestsPerSecond);
    const shared = needUs(limits.bytesPerSecond, limits.requestsPerSecond);
    this.#freeUs[kind] = Math.max(this.#freeUs[kind], nowUs) + own;
    this.#freeUs.both = Math.max(this.#freeUs.both, nowUs) + shared;
    return Math.ceil(Math.max(this.#freeUs[kind], this.#freeUs.both));
  }
}
