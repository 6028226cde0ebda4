// inotify(7): a descriptor that tells of changes to the files and directories that it watches. File systems in memory tell; pseudo ones have no events, as on Linux.

import { SysError } from "./errno.ts";
import { type Actor, type OpenFileDescription, WOULD_BLOCK, type WouldBlock } from "./open-file-description.ts";
import { INOTIFY, O, POLL } from "./sys.ts";
import type { Path } from "./vfs/path.ts";
import { nodeKey } from "./vfs/path.ts";
import { WaitQueue } from "./wait-queue.ts";

/** struct inotify_event without a name */
const EVENT_BYTES = 16;
/** fs.inotify.max_queued_events */
const MOST_EVENTS = 16_384;

interface Watch {
  readonly number: number;
  mask: number;
  readonly end: () => void;
}

export class Inotify implements OpenFileDescription {
  statusFlags = O.RDONLY;
  references = 1;
  readonly path = undefined;
  readonly label = "anon_inode:inotify";
  readonly waiters = new WaitQueue();
  readonly #watches = new Map<string, Watch>();
  #events: { readonly watch: number; readonly mask: number }[] = [];
  #next = 1;

  /** The number of the watch; the same for a file that is watched already. Errors: EINVAL. */
  add(path: Path, mask: number): number {
    if ((mask & INOTIFY.ALL) === 0) throw new SysError("EINVAL");
    const key = nodeKey(path);
    const known = this.#watches.get(key);
    if (known !== undefined) {
      known.mask = mask;
      return known.number;
    }
    const watch: Watch = { number: this.#next++, mask, end: path.mount.fs.watch?.(path.node, (event) => this.#happened(watch, event)) ?? (() => {}) };
    this.#watches.set(key, watch);
    return watch.number;
  }

  #happened(watch: Watch, event: number): void {
    const mask = watch.mask & event;
    const last = this.#events.at(-1);
    // the same twice in a row is told once
    if (mask === 0 || this.#events.length >= MOST_EVENTS || (last !== undefined && last.watch === watch.number && last.mask === mask)) return;
    this.#events.push({ watch: watch.number, mask });
    this.waiters.wake();
  }

  read(_actor: Actor, maxBytes: number): Uint8Array | WouldBlock {
    if (maxBytes < EVENT_BYTES) throw new SysError("EINVAL");
    if (this.#events.length === 0) return WOULD_BLOCK;
    const told = this.#events.splice(0, Math.floor(maxBytes / EVENT_BYTES));
    const view = new DataView(new ArrayBuffer(told.length * EVENT_BYTES));
    for (const [at, { watch, mask }] of told.entries()) {
      view.setInt32(at * EVENT_BYTES, watch, true);
      view.setUint32(at * EVENT_BYTES + 4, mask, true);
    }
    return new Uint8Array(view.buffer);
  }

  write(): never {
    throw new SysError("EBADF");
  }

  seek(): never {
    throw new SysError("ESPIPE");
  }

  poll(): number {
    return this.#events.length > 0 ? POLL.IN : 0;
  }

  release(): void {
    for (const { end } of this.#watches.values()) end();
    this.#watches.clear();
  }

  ioctl(): never {
    throw new SysError("ENOTTY");
  }
}
