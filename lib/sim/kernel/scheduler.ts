// Runs processes in turns. A slice is a fixed number of steps, cut only by the next timer and never by what `step` was asked for: so where
// one process stops and the next begins depends on nothing outside the machine, and a replay interleaves as the original did.

import type { Kernel } from "./kernel.ts";
import type { Process } from "./process.ts";
import { SysError } from "./errno.ts";
import { SIGNALS } from "./signal-names.ts";
import { postSignal } from "./signals.ts";
import type { Blocking, Sys, Wait, WaitStatus } from "./sys.ts";

export interface StepResult {
  /** idle: nothing can run before `nextWakeUs`; time: `untilUs` reached; steps: `maxSteps` used up */
  readonly reason: "idle" | "time" | "steps";
  /** Infinity when only an input can wake the machine */
  readonly nextWakeUs: number;
}

const SLICE_STEPS = 2000;
const LONGEST_WAIT_INSIDE_US = 1_000_000;
/** What a switch costs: also guarantees that time rises with every turn. */
const SWITCH_STEPS = 1;

/** kernel/sched/core.c, sched_prio_to_weight. */
const NICE_WEIGHTS = [
  88761, 71755, 56483, 46273, 36291, 29154, 23254, 18705, 14949, 11916, 9548, 7620, 6100, 4904, 3906, 3121, 2501, 1991, 1586, 1277,
  1024, 820, 655, 526, 423, 335, 272, 215, 172, 137, 110, 87, 70, 56, 45, 36, 29, 23, 18, 15,
];

export class Scheduler {
  readonly #kernel: Kernel;
  /** `charge` counts this down: the hot path of the whole simulation. */
  left = 0;
  current: Process | undefined;
  #queue: (Process | undefined)[] = [];
  #head = 0;
  #slice = 0;
  #parallel = 1;
  #sliceStartUs = 0;
  contextSwitches = 0;
  busyUs = 0;
  /** What guests did in a timer: it counts for the budget of whoever steps the host. */
  guestSteps = 0;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  /** Since boot; rises while a slice runs. */
  nowUs(baseUs: number): number {
    return this.current ? this.#sliceStartUs + Math.floor((this.#slice - this.left) / this.#parallel) : baseUs;
  }

  /** Of the running slice, for a process that asks for its own time. */
  sliceUsedUs(process: Process): number {
    return process === this.current ? this.#slice - this.left : 0;
  }

  enqueue(process: Process): void {
    if (process.queued || process.held) return;
    if (process.cgroup.throttled()) return;
    process.queued = true;
    this.#queue.push(process);
  }

  /** It may have become free to run: continued, thawed, no longer throttled. */
  release(process: Process): void {
    if (process.runState === "ready" && process !== this.current) this.enqueue(process);
  }

  get runnable(): number {
    return this.#queue.length - this.#head + (this.current ? 1 : 0);
  }

  #next(): Process | undefined {
    while (this.#head < this.#queue.length) {
      const process = this.#queue[this.#head];
      this.#queue[this.#head++] = undefined;
      if (this.#head > 256 && this.#head * 2 > this.#queue.length) {
        this.#queue.splice(0, this.#head);
        this.#head = 0;
      }
      if (!process) continue;
      process.queued = false;
      if (process.runState === "ready" && !process.held) return process;
    }
    this.#queue.length = 0;
    this.#head = 0;
    return undefined;
  }

  /** `stop` is asked before each slice: what an outsider waits for has happened, and the clock shall not go on. */
  step(untilUs: number, maxSteps: number, stop?: () => boolean): StepResult {
    const kernel = this.#kernel;
    const timers = kernel.timers;
    let spent = 0;
    for (;;) {
      const nowUs = kernel.nowUs;
      if (kernel.stopped) return { reason: "idle", nextWakeUs: Infinity };
      // not before what is due now has happened: an input that comes then comes behind it, as in a replay
      if (timers.nextUs() > nowUs && stop?.() === true) return { reason: "steps", nextWakeUs: nowUs };
      if (timers.nextUs() <= nowUs) {
        try {
          timers.run(nowUs);
        } catch (error) {
          kernel.oops(error);
        }
        spent += this.guestSteps;
        this.guestSteps = 0;
        if (spent >= maxSteps) return { reason: "steps", nextWakeUs: nowUs };
        // a frame may have left: `stop` is asked before the clock goes on
        continue;
      }
      if (this.#head >= this.#queue.length) {
        const nextUs = timers.nextUs();
        if (nextUs <= untilUs && nextUs !== Infinity) {
          kernel.advanceTo(nextUs);
          continue;
        }
        if (untilUs !== Infinity) kernel.advanceTo(untilUs);
        return { reason: "idle", nextWakeUs: nextUs };
      }
      if (nowUs >= untilUs) return { reason: "time", nextWakeUs: nowUs };
      if (spent >= maxSteps) return { reason: "steps", nextWakeUs: nowUs };
      const process = this.#next();
      if (process) spent += this.#run(process, timers.nextUs() - nowUs);
    }
  }

  /**
   * The running process waits inside a call for what others do on its behalf: they run until `done`, or until none of them can and no timer of the next
   * second wakes one.
   */
  runOthers(done: () => boolean): void {
    const kernel = this.#kernel;
    const process = this.current;
    if (process === undefined) return;
    const [slice, parallel, left] = [this.#slice, this.#parallel, this.left];
    const usedUs = Math.floor((slice - left) / parallel);
    this.current = undefined;
    kernel.advanceTo(this.#sliceStartUs + usedUs);
    const limitUs = kernel.nowUs + LONGEST_WAIT_INSIDE_US;
    while (!done() && !kernel.stopped) {
      const dueUs = kernel.timers.nextUs();
      if (dueUs <= kernel.nowUs) kernel.timers.run(kernel.nowUs);
      else if (this.#head < this.#queue.length) {
        const next = this.#next();
        if (next !== undefined) this.guestSteps += this.#run(next, dueUs - kernel.nowUs);
      } else if (dueUs <= limitUs) kernel.advanceTo(dueUs);
      else break;
    }
    [this.#slice, this.#parallel, this.left] = [slice, parallel, left];
    this.#sliceStartUs = kernel.nowUs - usedUs;
    this.current = process;
  }

  #run(process: Process, untilTimerUs: number): number {
    const kernel = this.#kernel;
    const parallel = Math.min(kernel.cpuCount, this.#queue.length - this.#head + 1) * (kernel.options.stepsPerUs ?? 1) * kernel.share;
    let slice = SLICE_STEPS;
    if (process.nice !== 0) slice = Math.max(20, Math.min(20000, Math.floor((slice * (NICE_WEIGHTS[process.nice + 20] ?? 1024)) / 1024)));
    slice = process.cgroup.sliceFor(slice);
    if (untilTimerUs * parallel < slice) slice = Math.max(1, Math.ceil(untilTimerUs * parallel));
    this.#slice = slice;
    this.#parallel = parallel;
    this.#sliceStartUs = kernel.nowUs;
    this.left = slice;
    this.current = process;
    process.runState = "running";
    this.contextSwitches++;
    let ended: WaitStatus | undefined;
    if (process.fatal) ended = process.fatal;
    else {
      try {
        const main = (process.main ??= start(process));
        const turn = main.next();
        if (turn.done) ended = { kind: "exited", status: turn.value & 0xff };
      } catch (error) {
        ended = process.fatal ?? kernel.fault(process, error);
      }
    }
    this.left -= SWITCH_STEPS;
    const used = slice - this.left;
    const elapsedUs = Math.max(1, Math.floor(used / parallel));
    process.userUs += used;
    this.busyUs += used;
    this.current = undefined;
    kernel.advanceTo(this.#sliceStartUs + elapsedUs);
    process.cgroup.consume(used);
    this.#checkCpuLimit(process, used);
    ended = process.fatal ?? ended;
    if (ended) {
      kernel.finish(process, ended);
      return used;
    }
    if (process.replacement) {
      process.main = undefined;
      process.entry = process.replacement;
      process.replacement = undefined;
    }
    // fallAsleep may have changed it during next()
    if ((process.runState as string) === "running") {
      process.runState = "ready";
      process.involuntarySwitches++;
      this.enqueue(process);
    } else process.voluntarySwitches++;
    return used;
  }

  /** RLIMIT_CPU: XCPU each second past the soft limit, KILL at the hard one. */
  #checkCpuLimit(process: Process, used: number): void {
    const limit = process.limits.get("cpu");
    if (limit.soft === Infinity) return;
    const seconds = Math.floor(process.userUs / 1e6);
    if (seconds >= limit.hard) postSignal(process, SIGNALS.KILL);
    else if (seconds >= limit.soft && Math.floor((process.userUs - used) / 1e6) < seconds) postSignal(process, SIGNALS.XCPU);
  }
}

function start(process: Process): Generator<Wait, number, void> {
  const { dormant } = process;
  if (dormant) {
    process.dormant = undefined;
    return dormant.enter(process);
  }
  const entry: ((sys: Sys) => Blocking<number>) | undefined = process.entry;
  process.entry = undefined;
  if (!entry) throw new SysError("ENOSYS");
  return entry(process.sys);
}
