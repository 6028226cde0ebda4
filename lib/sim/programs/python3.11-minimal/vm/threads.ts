// Threads of one interpreter: each is a computation of its own, and they take turns, as they do under CPython's lock. A turn ends where the program would
// have waited or where its slice is used up. A thread that waits for a lock, a moment or a descriptor is parked; only when all are parked does the
// process itself wait, for whatever comes first.

import { type PollRequest, SysError, type Wait } from "../../../kernel/sys.ts";
import type { Run } from "../objects/value.ts";
import type { Frame } from "./frame.ts";
import type { Vm } from "./vm.ts";

export interface Parking {
  /** by the monotonic clock */
  readonly untilUs?: number | undefined;
  readonly descriptors?: readonly PollRequest[];
  readonly over?: () => boolean;
}

class Thread {
  readonly run: Run<unknown>;
  readonly identity: number;
  parked: Parking | undefined;
  frame: Frame | undefined;
  depth = 0;
  nativeDepth = 0;
  constructor(run: Run<unknown>, identity: number) {
    this.run = run;
    this.identity = identity;
  }
}

const FIRST_IDENTITY = 140_117_310_904_128;
const STACK_BYTES = 8_392_704;

export class Threads {
  readonly #vm: Vm;
  #all: Thread[] = [];
  #current: Thread | undefined;
  #started = 0;

  constructor(vm: Vm) {
    this.#vm = vm;
  }

  /** Others may run while this one waits. */
  get several(): boolean {
    return this.#all.length > 1;
  }

  /** Signals are the main thread's business. */
  get onMain(): boolean {
    return this.#current === undefined || this.#current === this.#all[0];
  }

  get identity(): number {
    return this.#current?.identity ?? FIRST_IDENTITY;
  }

  /** where the others stand */
  waitingFrames(): readonly (Frame | undefined)[] {
    return this.#all.filter((one) => one !== this.#current).map((one) => one.frame);
  }

  start(run: Run<unknown>): number {
    const thread = new Thread(run, FIRST_IDENTITY - STACK_BYTES * ++this.#started);
    this.#all.push(thread);
    return thread.identity;
  }

  /** Waits until one of the conditions holds; false when it was the time. */
  *park(parking: Parking): Run<boolean> {
    const current = this.#current;
    if (current) current.parked = parking;
    yield* this.#vm.sys.preempt();
    if (this.onMain) yield* this.#vm.deliverSignals();
    return parking.untilUs === undefined || this.#vm.sys.clockUs("monotonic") < parking.untilUs;
  }

  /** Before a call that would hold up all threads until the descriptor has something. */
  *ready(fd: number, events: number): Run<void> {
    while (this.several && (yield* this.#vm.sys.poll([{ fd, events }], 0)).length === 0) yield* this.park({ descriptors: [{ fd, events }] });
  }

  /** Runs the main thread to its end, the others beside it. */
  *drive<T>(main: Run<T>): Run<T> {
    const first = new Thread(main, FIRST_IDENTITY);
    this.#all = [first];
    for (let turn = 0; ; turn++) {
      const thread = this.several || first.parked ? yield* this.#next(turn) : first;
      const { yielded, result } = this.#step(thread);
      if (yielded === undefined) {
        if (thread === first) return result as T;
        this.#all = this.#all.filter((one) => one !== thread);
      } else if (thread.parked === undefined) yield yielded;
    }
  }

  #step(thread: Thread): { readonly yielded?: Wait; readonly result?: unknown } {
    const vm = this.#vm;
    this.#current = thread;
    [vm.frame, vm.depth, vm.nativeDepth] = [thread.frame, thread.depth, thread.nativeDepth];
    const step = thread.run.next();
    [thread.frame, thread.depth, thread.nativeDepth] = [vm.frame, vm.depth, vm.nativeDepth];
    return step.done ? { result: step.value } : { yielded: step.value };
  }

  /** The next one that can go on, in turn. */
  *#next(turn: number): Run<Thread> {
    for (;;) {
      const ready = yield* this.#readyDescriptors(0);
      for (let i = 0; i < this.#all.length; i++) {
        const thread = this.#all[(turn + i) % this.#all.length];
        if (thread && this.#canRun(thread, ready)) {
          thread.parked = undefined;
          return thread;
        }
      }
      const deadlines = this.#all.map((one) => one.parked?.untilUs ?? Number.POSITIVE_INFINITY);
      const leftUs = Math.min(...deadlines) - this.#vm.sys.clockUs("monotonic");
      try {
        yield* this.#readyDescriptors(Number.isFinite(leftUs) ? Math.max(0, leftUs) : null);
      } catch (error) {
        const [main] = this.#all;
        if (!(error instanceof SysError) || error.errno !== "EINTR" || !main) throw error;
        main.parked = undefined;
        return main;
      }
    }
  }

  *#readyDescriptors(timeoutUs: number | null): Run<ReadonlySet<number>> {
    const requests = this.#all.flatMap((one) => one.parked?.descriptors ?? []);
    if (requests.length === 0 && timeoutUs === 0) return new Set();
    return new Set((yield* this.#vm.sys.poll(requests, timeoutUs)).map((one) => one.fd));
  }

  #canRun(thread: Thread, ready: ReadonlySet<number>): boolean {
    const { parked } = thread;
    if (parked === undefined) return true;
    if (parked.over?.() === true || parked.descriptors?.some((one) => ready.has(one.fd)) === true) return true;
    return parked.untilUs !== undefined && this.#vm.sys.clockUs("monotonic") >= parked.untilUs;
  }
}
