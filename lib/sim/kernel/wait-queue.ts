// Who waits for something to change. The scheduler's tasks register here while blocked; whatever changes calls `wake`.

export interface Waiter {
  wake(): void;
}

export class WaitQueue {
  #waiters: Set<Waiter> | undefined;

  add(waiter: Waiter): void {
    this.#waiters ??= new Set();
    this.#waiters.add(waiter);
  }

  remove(waiter: Waiter): void {
    this.#waiters?.delete(waiter);
  }

  has(waiter: Waiter): boolean {
    return this.#waiters?.has(waiter) ?? false;
  }

  /** All of them look again; each removes itself when satisfied. Insertion order, so deterministic. */
  wake(): void {
    if (!this.#waiters) return;
    for (const waiter of [...this.#waiters]) waiter.wake();
  }
}
