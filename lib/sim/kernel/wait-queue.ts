// Who waits for something to change. The scheduler's tasks register here while blocked; whatever changes calls `wake`.

import { SmallSet } from "./small-set.ts";

export interface Waiter {
  wake(): void;
}

export class WaitQueue extends SmallSet<Waiter> {
  remove(waiter: Waiter): void {
    this.delete(waiter);
  }

  /** All of them look again; each removes itself when satisfied. Insertion order, so deterministic. */
  wake(): void {
    if (this.size === 0) return;
    for (const waiter of [...this]) waiter.wake();
  }
}
