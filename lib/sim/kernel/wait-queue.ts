// Who waits for something to change. The scheduler's tasks register here while blocked; whatever changes calls `wake`.

import { SmallSet } from "./small-set.ts";

export interface Waiter {
  wake(): void;
}

export class WaitQueue {
  readonly #waiters = new SmallSet<Waiter>();

  add(waiter: Waiter): void {
    this.#waiters.add(waiter);
  }

  remove(waiter: Waiter): void {
    this.#waiters.delete(waiter);
  }

  has(waiter: Waiter): boolean {
    return this.#waiters.has(waiter);
  }

  /** All of them look again; each removes itself when satisfied. Insertion order, so deterministic. */
  wake(): void {
    if (this.#waiters.size === 0) return;
    for (const waiter of [...this.#waiters]) waiter.wake();
  }
}
