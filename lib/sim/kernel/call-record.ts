// What a program asked of the kernel and was answered, kept so that it can be brought to the same point again without doing anything a second time: its
// generator runs through the answers (as rr(1) replays a process), and goes on for real with the call that it was waiting in. All daemons of a booted machine
// are kept like this until something wakes them; the answers are shared by every machine that booted the same way.
import { WAIT } from "./blocking.ts";
import { SysError } from "./errno.ts";
import { mentions, renamed, type Renaming } from "./kept-identity.ts";
import type { Process } from "./process.ts";
import type { Blocking, Clock, Program, Stat, Sys } from "./sys.ts";

interface Answer {
  readonly call: string;
  readonly value: unknown;
  readonly error: SysError | undefined;
  readonly blocking: boolean;
}

export interface CallRecord {
  /** undefined: not started by exec(2) */
  readonly program: Program | undefined;
  readonly argv: readonly string[];
  readonly answers: Answer[];
  /** which of its calls of `charge` said that the slice was over */
  readonly overdrawn: Set<number>;
  charges: number;
  /** microseconds since boot at which the call began that it waits in */
  pendingSinceUs: number;
  /** that call would have reached the network: it was not made */
  parked: boolean;
  /** it is not brought back by its answers: this goes on from where it said so */
  goOn: ((sys: Sys) => Blocking<number>) | undefined;
  /** places of answers with words that each machine has its own of */
  identified: ReadonlySet<number>;
}

/** Realtimes from `sinceUs` on are those of the recorded boot: they are `byUs` later for the machine that plays it back. */
export interface TimeShift {
  readonly sinceUs: number;
  readonly byUs: number;
  readonly renaming: Renaming;
}

const NONE: ReadonlySet<number> = new Set();

/** Once it is complete: where it has any of these words. */
export function identify(record: CallRecord, words: readonly string[]): void {
  const found = new Set<number>();
  for (const [at, { value }] of record.answers.entries()) if (mentions(value, words)) found.add(at);
  record.identified = found.size === 0 ? NONE : found;
}

function newRecord(program: Program | undefined, argv: readonly string[]): CallRecord {
  return { program, argv, answers: [], overdrawn: new Set(), charges: 0, pendingSinceUs: 0, parked: false, goOn: undefined, identified: NONE };
}

/** Calls that change nothing that a program could see in their answer. */
const SILENT: ReadonlySet<string> = new Set(["preempt", "observe", "allocate"]);

function isGenerator(value: unknown): value is Blocking<unknown> {
  return typeof value === "object" && value !== null && Symbol.iterator in value && "next" in value && "throw" in value;
}

/** Buffers are the kernel's own: what is kept must not change. */
function kept(value: unknown): unknown {
  if (value instanceof Uint8Array) return value.slice();
  if (typeof value === "object" && value !== null && "bytes" in value && value.bytes instanceof Uint8Array) return { ...value, bytes: value.bytes.slice() };
  return value;
}

function asSysError(error: unknown): SysError {
  if (error instanceof SysError) return error;
  throw error;
}

export class CallRecorder {
  readonly #records = new WeakMap<Process, CallRecord>();
  readonly #parksSenders: boolean;
  readonly #keepsHere: boolean;
  #keptOne = false;

  /**
   * `parksSenders`: who would send to the network waits before it instead; played back, that is where it goes on at once. `keepsHere`: programs that say how they go
   * on (Sys.keepHere) are kept there.
   */
  constructor(parksSenders = false, keepsHere = false) {
    this.#parksSenders = parksSenders;
    this.#keepsHere = keepsHere;
  }

  /** A program has said how it goes on. */
  get keptOne(): boolean {
    return this.#keptOne;
  }

  recordOf(process: Process): CallRecord | undefined {
    return this.#records.get(process);
  }

  /** exec(2) took effect: from here on it is another program. */
  replaced(process: Process, program: Program, argv: readonly string[]): void {
    this.#records.set(process, newRecord(program, argv));
  }

  /** A Sys that keeps the answers of another. */
  wrap(process: Process, sys: Sys): Sys {
    this.#records.set(process, newRecord(undefined, []));
    const record = (): CallRecord => this.#records.get(process) ?? newRecord(undefined, []);
    const parksSenders = this.#parksSenders;
    const keepHere = (own: CallRecord, goOn: unknown): boolean => this.#keepHere(own, goOn);
    return new Proxy(sys, {
      get(target, name) {
        const method: unknown = Reflect.get(target, name, target);
        if (typeof method !== "function" || typeof name !== "string" || SILENT.has(name)) return typeof method === "function" ? method.bind(target) : method;
        return (...given: unknown[]): unknown => {
          // a child that runs its parent's code may call by the parent's Sys: it will not run when the parent is played back
          if (process.kernel.scheduler.current !== process) return Reflect.apply(method, target, given);
          const own = record();
          if (name === "charge") {
            const over: unknown = Reflect.apply(method, target, given);
            if (over === true) own.overdrawn.add(own.charges);
            own.charges++;
            return over;
          }
          if (name === "keepHere") return keepHere(own, given[0]);
          if (name === "sendto" && parksSenders && isRemote(given[2])) return park(own, process, target);
          let value: unknown;
          try {
            value = Reflect.apply(method, target, given);
          } catch (error) {
            own.answers.push({ call: name, value: undefined, error: asSysError(error), blocking: false });
            throw error;
          }
          if (isGenerator(value)) return recordBlocking(own, process, name, value);
          own.answers.push({ call: name, value: kept(value), error: undefined, blocking: false });
          return value;
        };
      },
    });
  }

  #keepHere(record: CallRecord, goOn: unknown): boolean {
    if (!this.#keepsHere || !isGoOn(goOn)) return false;
    record.goOn = goOn;
    this.#keptOne = true;
    return true;
  }
}

function isGoOn(value: unknown): value is (sys: Sys) => Blocking<number> {
  return typeof value === "function";
}

function isRemote(address: unknown): boolean {
  return typeof address === "object" && address !== null && "family" in address && (address.family === "inet" || address.family === "inet6");
}

function* park(record: CallRecord, process: Process, sys: Sys): Blocking<unknown> {
  record.pendingSinceUs = process.kernel.nowUs;
  record.parked = true;
  for (;;) yield* sys.pause();
}

function* recordBlocking(record: CallRecord, process: Process, call: string, body: Blocking<unknown>): Blocking<unknown> {
  record.pendingSinceUs = process.kernel.nowUs;
  try {
    const value = yield* body;
    record.answers.push({ call, value: kept(value), error: undefined, blocking: true });
    return value;
  } catch (error) {
    record.answers.push({ call, value: undefined, error: asSysError(error), blocking: true });
    throw error;
  }
}

function* answered(answer: Answer, value: unknown): Blocking<unknown> {
  if (answer.error !== undefined) throw new SysError(answer.error.errno);
  return value;
}

function* nothing(): Blocking<void> {}

/** A sleeping program that exists only as its record. */
export class DormantProgram {
  readonly #record: CallRecord;
  readonly #shift: TimeShift;
  readonly #program: Program;
  /** it was brought back only to be looked at: it goes on sleeping */
  #hold = false;

  /** `program`: of a process that no exec(2) started. */
  constructor(record: CallRecord, shift: TimeShift, program?: (sys: Sys) => Blocking<number>) {
    this.#record = record;
    this.#shift = shift;
    const started = record.program ?? program;
    if (started === undefined) throw new Error("a process that was forked and not started by exec cannot be brought back");
    this.#program = started;
  }

  /** What the scheduler runs when something wakes the process. */
  enter(process: Process): Blocking<number> {
    if (!this.#hold) process.leaveQueues();
    return this.#program(this.#resumed(process, process.sys), this.#record.argv);
  }

  /** Runs through the record now and leaves the process asleep: for whoever looks at the machine from outside. */
  lookInto(process: Process): void {
    if (process.main !== undefined || process.dormant !== this) return;
    this.#hold = true;
    process.dormant = undefined;
    process.main = this.enter(process);
    process.main.next();
  }

  #realtime(us: number): number {
    return us >= this.#shift.sinceUs ? us + this.#shift.byUs : us;
  }

  #shifted(call: string, given: readonly unknown[], at: number, answered: unknown): unknown {
    const value = this.#record.identified.has(at) ? renamed(answered, this.#shift.renaming) : answered;
    if (call === "clockUs") {
      const clock: Clock | unknown = given[0];
      return clock === "realtime" && typeof value === "number" ? value + this.#shift.byUs : value;
    }
    if ((call === "stat" || call === "lstat" || call === "fstat") && isStat(value)) {
      return { ...value, atimeUs: this.#realtime(value.atimeUs), mtimeUs: this.#realtime(value.mtimeUs), ctimeUs: this.#realtime(value.ctimeUs), btimeUs: this.#realtime(value.btimeUs) };
    }
    return value;
  }

  #resumed(process: Process, sys: Sys): Sys {
    const record = this.#record;
    const { answers } = record;
    let index = 0;
    let charges = 0;
    let live = false;
    const answer = (name: string, given: readonly unknown[]): unknown => {
      const next = answers[index];
      if (next?.call !== name) throw new Error(`the record has ${next?.call ?? "no call"} where ${process.comm} calls ${name}`);
      const value = this.#shifted(name, given, index, next.value);
      index++;
      if (next.blocking) return answered(next, value);
      if (next.error !== undefined) throw new SysError(next.error.errno);
      return value;
    };
    /** The call that it was waiting in; a time that it named runs since the record. */
    const pending = (name: string, given: readonly unknown[]): readonly unknown[] => {
      live = true;
      const place = name === "sleep" ? 0 : name === "poll" ? 1 : -1;
      const span = given[place];
      if (typeof span !== "number") return given;
      const leftUs = Math.max(0, record.pendingSinceUs + span - process.kernel.nowUs);
      return given.map((argument, at) => (at === place ? leftUs : argument));
    };
    const held = function* (call: () => unknown): Blocking<unknown> {
      yield WAIT;
      process.leaveQueues();
      const value = call();
      return isGenerator(value) ? yield* value : value;
    };
    const hold = (): boolean => {
      const was = this.#hold;
      this.#hold = false;
      return was;
    };
    return new Proxy(sys, {
      get(target, name) {
        const method: unknown = Reflect.get(target, name, target);
        if (typeof method !== "function" || typeof name !== "string") return method;
        if (live) return method.bind(target);
        return (...given: unknown[]): unknown => {
          if (live) return Reflect.apply(method, target, given);
          if (name === "charge") {
            // what it did since its last answer was paid for already
            if (charges < record.charges) return record.overdrawn.has(charges++);
            return Reflect.apply(method, target, given);
          }
          if (name === "preempt") return nothing();
          if (SILENT.has(name)) return undefined;
          if (index < answers.length) return answer(name, given);
          const own = pending(name, given);
          const call = (): unknown => Reflect.apply(method, target, own);
          return hold() ? held(call) : call();
        };
      },
    });
  }
}

function isStat(value: unknown): value is Stat {
  return typeof value === "object" && value !== null && "mtimeUs" in value;
}
