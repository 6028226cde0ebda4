// Locks of flock(2): owned by open file descriptions, gone with them.

import type { OpenFileDescription } from "./open-file-description.ts";
import { WaitQueue } from "./wait-queue.ts";
import { SmallMap } from "./small-map.ts";

interface Lock {
  exclusive: OpenFileDescription | undefined;
  readonly shared: Set<OpenFileDescription>;
  readonly waiters: WaitQueue;
}

export class FlockTable {
  readonly #locks = new SmallMap<string, Lock>();
  readonly #keys = new SmallMap<OpenFileDescription, string>();

  /** True when the lock was taken, else what to wait for. */
  take(key: string, file: OpenFileDescription, kind: "shared" | "exclusive"): true | WaitQueue {
    let lock = this.#locks.get(key);
    if (!lock) {
      lock = { exclusive: undefined, shared: new Set(), waiters: new WaitQueue() };
      this.#locks.set(key, lock);
    }
    if (lock.exclusive && lock.exclusive !== file) return lock.waiters;
    if (kind === "exclusive" && [...lock.shared].some((other) => other !== file)) return lock.waiters;
    lock.shared.delete(file);
    lock.exclusive = undefined;
    if (kind === "exclusive") lock.exclusive = file;
    else {
      lock.shared.add(file);
      lock.waiters.wake();
    }
    this.#keys.set(file, key);
    return true;
  }

  /** What is held, in the order of its taking. */
  list(): readonly { readonly key: string; readonly file: OpenFileDescription; readonly exclusive: boolean }[] {
    return [...this.#keys].map(([file, key]) => ({ key, file, exclusive: this.#locks.get(key)?.exclusive === file }));
  }

  release(file: OpenFileDescription): void {
    const key = this.#keys.get(file);
    if (key === undefined) return;
    this.#keys.delete(file);
    const lock = this.#locks.get(key);
    if (!lock) return;
    if (lock.exclusive === file) lock.exclusive = undefined;
    lock.shared.delete(file);
    lock.waiters.wake();
    if (!lock.exclusive && lock.shared.size === 0) this.#locks.delete(key);
  }
}
