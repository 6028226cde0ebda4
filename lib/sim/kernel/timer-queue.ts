// What happens at a moment of virtual time: a binary heap ordered by (moment, order of arming), so equal moments fire in a fixed order.

/** Who waits for this timer said that until `untilUs` it will find nothing to do; as long as that `holds`. */
export interface IdlePromise {
  readonly untilUs: number;
  readonly holds: () => boolean;
}

export interface Timer {
  readonly atUs: number;
  readonly sequence: number;
  fire: (() => void) | undefined;
  readonly promise?: IdlePromise;
}

export class TimerQueue {
  #heap: Timer[] = [];
  #sequence = 0;
  #cancelled = 0;
  /** How many fired of which something came, as far as was promised. */
  noticed = 0;

  /** Microseconds since boot. */
  arm(atUs: number, fire: () => void, promise?: IdlePromise): Timer {
    const timer: Timer = promise === undefined ? { atUs, sequence: this.#sequence++, fire } : { atUs, sequence: this.#sequence++, fire, promise };
    const heap = this.#heap;
    let index = heap.push(timer) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent];
      if (!above || before(above, timer)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = timer;
    return timer;
  }

  cancel(timer: Timer): void {
    if (!timer.fire) return;
    timer.fire = undefined;
    this.#cancelled++;
    if (this.#cancelled > 64 && this.#cancelled > this.#heap.length / 2) this.#sweep();
  }

  nextUs(): number {
    for (;;) {
      const first = this.#heap[0];
      if (!first) return Infinity;
      if (first.fire) return first.atUs;
      this.#pop();
      this.#cancelled--;
    }
  }

  /** When something comes of a timer. */
  nextNoticeUs(): number {
    let nextUs = Infinity;
    for (const { atUs, fire, promise } of this.#heap) if (fire) nextUs = Math.min(nextUs, promise?.holds() === true ? Math.max(atUs, promise.untilUs) : atUs);
    return nextUs;
  }

  /** Fires everything due at `nowUs`. */
  run(nowUs: number): void {
    while (this.nextUs() <= nowUs) {
      const timer = this.#pop();
      const fire = timer?.fire;
      if (!timer || !fire) continue;
      timer.fire = undefined;
      if (timer.promise === undefined || timer.promise.untilUs <= nowUs || !timer.promise.holds()) this.noticed++;
      fire();
    }
  }

  #sweep(): void {
    const live = this.#heap.filter((timer) => timer.fire).sort((a, b) => (before(a, b) ? -1 : 1));
    this.#heap = live;
    this.#cancelled = 0;
  }

  #pop(): Timer | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (!last || heap.length === 0) return first;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      const left = heap[child];
      if (!left) break;
      const right = heap[child + 1];
      let least = left;
      if (right && before(right, left)) {
        least = right;
        child++;
      }
      if (before(last, least)) break;
      heap[index] = least;
      index = child;
    }
    heap[index] = last;
    return first;
  }
}

function before(a: Timer, b: Timer): boolean {
  return a.atUs < b.atUs || (a.atUs === b.atUs && a.sequence < b.sequence);
}
