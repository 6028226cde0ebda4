// The state of one interpreter, and how it runs frames. A frame runs in execute.ts without any generator, as plain JavaScript, until it ends, its slice
// is used up, or something it called has to wait; then the rest becomes a generator here, and the kernel's scheduler takes over.

import { SIGNALS, type Sys, SysError, errnoNumber } from "../../../kernel/sys.ts";
import { exceptions, failure, memoryError, osError, PyException, PyRaise } from "../objects/exception.ts";
import { type Eventual, begin, type Namespace, PyModule, type Run, Suspended, type Value } from "../objects/value.ts";
import { DONE, execute, type Outcome, PREEMPTED, RESUME } from "./execute.ts";
import { type Frame, RETURN } from "./frame.ts";
import type { Heap } from "./heap.ts";
import type { Streams } from "./streams.ts";
import { Threads } from "./threads.ts";

/** Instructions that cost one step of the machine, about a microsecond. */
const INSTRUCTIONS_PER_STEP = 12;
const STEPS_AT_ONCE = 50;
/** Nested JavaScript calls of the interpreter: CPython counts them against the recursion limit, too. */
const MAX_NATIVE_DEPTH = 240;

export type SignalHandler = "default" | "ignore" | Value;

/** The program ends: exit status, or by the signal that was sent to itself. */
export class Finished {
  readonly status: number;
  constructor(status: number) {
    this.status = status;
  }
}

export class Vm {
  readonly sys: Sys;
  readonly builtins: Namespace = new Map();
  readonly modules = new Map<string, Value>();
  readonly heap: Heap;
  readonly streams: Streams;
  /** containers whose repr is being made: they may hold themselves */
  readonly showing = new Set<object>();
  readonly signalHandlers = new Map<number, SignalHandler>();
  frame: Frame | undefined;
  fuel = INSTRUCTIONS_PER_STEP * STEPS_AT_ONCE;
  depth = 0;
  nativeDepth = 0;
  recursionLimit = 1000;
  result: Value = null;
  pending: Suspended<unknown> | undefined;
  pendingResume: number = RESUME.push;
  pendingTarget = 0;
  /** off with -B and PYTHONDONTWRITEBYTECODE */
  writesBytecode = true;
  /** `python3 -i`, or the prompt */
  interactive = false;
  /** SystemExit was raised: -i does not bring the prompt */
  exited = false;
  /** atexit.register */
  readonly exitHooks: (() => Run<void>)[] = [];
  /** run when the main program has ended, before those of atexit */
  readonly endHooks: (() => Run<void>)[] = [];
  readonly threads = new Threads(this);
  argv: readonly string[] = [];
  searchPath: readonly string[] = [];
  executable = "/usr/bin/python3";
  #identities = new WeakMap<object, number>();
  #nextAddress = 0x7f3c5a6e0000;

  constructor(sys: Sys, parts: { readonly heap: Heap; readonly streams: Streams }) {
    this.sys = sys;
    this.heap = parts.heap;
    this.streams = parts.streams;
  }

  /** id(): an address that stays the object's. */
  addressOf(value: Value): number {
    if (typeof value === "object" && value !== null) {
      let address = this.#identities.get(value);
      if (address === undefined) {
        address = this.#nextAddress;
        this.#nextAddress += 0x30 + 0x10 * (address % 7);
        this.#identities.set(value, address);
      }
      return address;
    }
    if (typeof value === "number") return 0x955e28 + (((value % 4096) + 4096) % 4096) * 32;
    if (typeof value === "boolean") return value ? 0x8f5f40 : 0x8f5f60;
    let hash = 7;
    for (const c of String(value)) hash = Math.imul(hash, 31) + (c.codePointAt(0) ?? 0);
    return 0x7f3c50000000 + (hash >>> 0) * 16;
  }

  addressText(value: Value): string {
    return `0x${this.addressOf(value).toString(16).padStart(12, "0")}`;
  }

  /** Called when the fuel is used up; true when the process must give way, or its memory be measured. */
  refuel(): boolean {
    // natives spend what they did when they have done it, so it may be much more than there was
    const steps = STEPS_AT_ONCE + Math.ceil(Math.max(0, -this.fuel) / INSTRUCTIONS_PER_STEP);
    this.fuel += INSTRUCTIONS_PER_STEP * steps;
    return this.sys.charge(steps) || this.heap.due;
  }

  /** Pays for work done in JavaScript: `units` items looked at or so. */
  spend(units: number): void {
    this.fuel -= units;
  }

  /** For loops of natives: `if (vm.tired()) yield* vm.rest();` */
  tired(): boolean {
    return --this.fuel <= 0 && this.refuel();
  }

  *rest(): Run<void> {
    if (this.heap.due) yield* this.heap.measure(this);
    yield* this.sys.preempt();
    if (this.threads.onMain) yield* this.deliverSignals();
  }

  /** Runs Python's handlers of the signals that came; SIGINT's own raises KeyboardInterrupt. */
  *deliverSignals(): Run<void> {
    for (const signal of this.sys.takeSignals()) {
      const handler = this.signalHandlers.get(signal) ?? "default";
      if (handler === "ignore") continue;
      if (handler === "default") {
        if (signal === SIGNALS.INT) throw new PyRaise(new PyException(exceptions.KeyboardInterrupt, []));
        continue;
      }
      const called = this.callHandler(handler, signal);
      if (called instanceof Suspended) yield* called.resume();
    }
  }

  /** Set by call.ts: the virtual machine does not know how to call. */
  callHandler: (handler: Value, signal: number) => Eventual<Value> = () => null;

  /** A system call that is begun again after a signal that no handler turned into an exception (PEP 475). */
  *retry<T>(call: () => Run<T>): Run<T> {
    for (;;) {
      try {
        return yield* call();
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
        if (this.threads.onMain) yield* this.deliverSignals();
        else yield* this.sys.preempt();
      }
    }
  }

  /** What was thrown in JavaScript as the Python exception that it stands for. */
  exceptionOf(thrown: unknown): PyException {
    if (thrown instanceof PyRaise) return thrown.exception;
    if (thrown instanceof SysError) return osError(errnoNumber(thrown.errno), thrown.message).exception;
    if (thrown instanceof RangeError) {
      const tooDeep = thrown.message.includes("call stack");
      return (tooDeep ? failure(exceptions.RecursionError, "maximum recursion depth exceeded") : memoryError()).exception;
    }
    throw thrown;
  }

  enter(): void {
    if (++this.nativeDepth > MAX_NATIVE_DEPTH) {
      this.nativeDepth--;
      throw failure(exceptions.RecursionError, "maximum recursion depth exceeded while calling a Python object");
    }
  }

  /** Runs a frame to its end (a generator's to its next yield), from JavaScript; `injected` is raised where it stands. */
  runFrame(frame: Frame, injected?: unknown): Eventual<Value> {
    this.enter();
    if (this.depth >= this.recursionLimit) {
      this.nativeDepth--;
      throw failure(exceptions.RecursionError, "maximum recursion depth exceeded");
    }
    const { depth, nativeDepth } = this;
    this.depth++;
    frame.back = this.frame;
    frame.returns = RETURN.leave;
    let outcome: Outcome;
    try {
      outcome = execute(this, frame, injected);
    } catch (error) {
      this.nativeDepth--;
      throw error;
    }
    if (outcome === DONE) {
      this.nativeDepth--;
      return this.result;
    }
    const waiting = begin(this.#continue(outcome));
    // While it waits the caller goes on as what it was: its own frame and depths, not those that the frame has reached.
    if (waiting instanceof Suspended) {
      this.frame = frame.back;
      this.depth = depth;
      this.nativeDepth = nativeDepth - 1;
    }
    return waiting;
  }

  *#continue(first: Outcome): Run<Value> {
    let outcome = first;
    try {
      for (;;) {
        const frame = this.frame as Frame;
        const depth = this.depth;
        const nativeDepth = this.nativeDepth;
        let thrown: unknown;
        if (outcome === PREEMPTED) {
          try {
            yield* this.rest();
          } catch (error) {
            thrown = error;
          }
        } else {
          const pending = this.pending as Suspended<unknown>;
          const resume = this.pendingResume;
          const target = this.pendingTarget;
          this.pending = undefined;
          try {
            const value = yield* pending.resume();
            resumeFrame(frame, resume, target, value);
          } catch (error) {
            thrown = error;
          }
        }
        this.frame = frame;
        this.depth = depth;
        this.nativeDepth = nativeDepth;
        outcome = execute(this, frame, thrown);
        if (outcome === DONE) return this.result;
      }
    } finally {
      this.nativeDepth--;
    }
  }

  moduleNamespace(name: string): Namespace | undefined {
    const module = this.modules.get(name);
    return module instanceof PyModule ? module.namespace : undefined;
  }
}

/** Does with the value that a call waited for what the instruction would have done. */
function resumeFrame(frame: Frame, resume: number, target: number, value: unknown): void {
  switch (resume) {
    case RESUME.push:
      frame.stack[frame.sp++] = value as Value;
      return;
    case RESUME.discard:
      return;
    case RESUME.jumpIfFalse:
      if (value === false) frame.pc = target;
      return;
    case RESUME.jumpIfTrue:
      if (value === true) frame.pc = target;
      return;
    case RESUME.jumpIfFalseOrPop:
      if (value === false) frame.pc = target;
      else frame.sp--;
      return;
    case RESUME.jumpIfTrueOrPop:
      if (value === true) frame.pc = target;
      else frame.sp--;
      return;
    case RESUME.iterate:
      if (value === undefined) {
        frame.sp--;
        frame.pc = target;
      } else frame.stack[frame.sp++] = value as Value;
      return;
    case RESUME.not:
      frame.stack[frame.sp++] = value !== true;
      return;
    case RESUME.spread:
      for (const one of value as readonly Value[]) frame.stack[frame.sp++] = one;
      return;
    case RESUME.send: {
      const sent = value as { readonly yielded: Value } | { readonly returned: Value };
      if ("yielded" in sent) frame.stack[frame.sp++] = sent.yielded;
      else {
        frame.stack[frame.sp - 1] = sent.returned;
        frame.pc = target;
      }
    }
  }
}
