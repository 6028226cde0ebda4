// ptrace(2), as far as strace(1) needs it: what a process asks of the kernel is told to its tracer. A traced process's Sys gets methods of its own
// that tell and then do, so a process that nobody traces pays nothing. A tracee stops before a call that can block until its tracer has read what
// was told before, so that the two write to one terminal in the order of a real machine.

import { sleepOn, WAIT } from "./blocking.ts";
import { CAP } from "./vfs/caller.ts";
import { SysError } from "./errno.ts";
import type { Process } from "./process.ts";
import { encode, O } from "./sys.ts";
import type { Blocking, TraceEvent, WaitStatus } from "./sys.ts";
import { resolve } from "./vfs/resolve.ts";
import { stat } from "./calls/name.ts";
import { WaitQueue } from "./wait-queue.ts";

/** Methods of Sys that enter no kernel on a real machine, or that are how programs of the simulation give way. */
const UNSEEN: ReadonlySet<string> = new Set(["constructor", "environment", "charge", "preempt", "observe", "allocate", "takeSignals", "clockUs", "descriptors", "fdPath", "traceEvents"]);

/** What a stop costs both sides, in steps. */
const STOP_STEPS = 15;

type Told = TraceEvent extends infer E ? (E extends TraceEvent ? Omit<E, "pid" | "atUs"> : never) : never;

export class Tracer {
  readonly owner: Process;
  readonly tracees = new Map<Process, { readonly follow: boolean; signals: Told[] }>();
  events: TraceEvent[] = [];
  /** its owner has read all and waits for more */
  idle = false;
  readonly news = new WaitQueue();
  readonly passed = new WaitQueue();
  #newcomers: Process[] = [];

  constructor(owner: Process) {
    this.owner = owner;
  }

  tell(process: Process, event: Told): void {
    const kernel = process.kernel;
    this.idle = false;
    this.events.push({ ...event, pid: process.pidIn(this.owner.namespaces.pid), atUs: kernel.realtimeUs() });
    this.news.wake();
  }

  /** Signals take hold when a call returns: they are told after it. */
  tellSignals(process: Process): void {
    const tracee = this.tracees.get(process);
    if (!tracee || tracee.signals.length === 0) return;
    const signals = tracee.signals;
    tracee.signals = [];
    for (const one of signals) this.tell(process, one);
  }

  attach(process: Process, follow: boolean): void {
    this.tracees.set(process, { follow, signals: [] });
    process.tracer = this;
    instrument(process);
    this.#newcomers.push(process);
  }

  /** After the call that made them. */
  tellNewcomers(): void {
    const newcomers = this.#newcomers;
    this.#newcomers = [];
    for (const one of newcomers) this.tell(one, { kind: "attached", channel: one.runState === "sleeping" ? one.channel : "" });
  }

  release(process: Process): void {
    this.tracees.delete(process);
    process.tracer = undefined;
    for (const name of Object.keys(process.sys)) Reflect.deleteProperty(process.sys, name);
    this.passed.wake();
  }
}

/** Errors: ESRCH, EPERM (it is the caller, traced by another, or not the caller's to trace). */
export function trace(owner: Process, pid: number, follow: boolean): void {
  const target = owner.namespaces.pid.find(pid);
  if (!target || target.runState === "zombie") throw new SysError("ESRCH");
  const from = owner.credentials, to = target.credentials;
  const same = from.ruid === to.ruid && from.ruid === to.euid && from.ruid === to.suid && from.rgid === to.rgid && from.rgid === to.egid;
  if (target === owner || target.tracer || target.kernelThread || !(same || owner.capableIn(target.namespaces.user, CAP.SYS_PTRACE))) throw new SysError("EPERM");
  owner.traces ??= new Tracer(owner);
  owner.traces.attach(target, follow);
  owner.traces.tellNewcomers();
}

export function untrace(owner: Process, pid: number): void {
  const target = owner.namespaces.pid.find(pid);
  if (!target || target.tracer === undefined || target.tracer !== owner.traces) throw new SysError("ESRCH");
  owner.traces.release(target);
}

/** At the tracer's end. */
export function releaseTracees(owner: Process): void {
  for (const one of [...(owner.traces?.tracees.keys() ?? [])]) owner.traces?.release(one);
}

export function* traceEvents(owner: Process): Blocking<readonly TraceEvent[]> {
  const tracer = owner.traces;
  for (;;) {
    if (!tracer) return [];
    if (tracer.events.length > 0) {
      const events = tracer.events;
      tracer.events = [];
      return events;
    }
    if (tracer.tracees.size === 0) return [];
    tracer.idle = true;
    tracer.passed.wake();
    yield* sleepOn(owner, tracer.news, undefined, "do_wait");
  }
}

/** A child of a traced process. */
export function inherit(parent: Process, child: Process): void {
  const tracer = parent.tracer;
  if (tracer?.tracees.get(parent)?.follow) tracer.attach(child, true);
}

export function tellSignal(target: Process, signal: number, sender: Process | undefined, child: Process | undefined): void {
  const tracer = target.tracer;
  const tracee = tracer?.tracees.get(target);
  if (!tracer || !tracee) return;
  const space = tracer.owner.namespaces.pid;
  tracee.signals.push({
    kind: "signal", signal,
    ...(sender && { sender: { pid: sender.pidIn(space), uid: sender.credentials.ruid } }),
    ...(child && { child: { pid: child.pidIn(space), uid: child.credentials.ruid, status: child.exitStatus ?? child.change ?? { kind: "continued" } } }),
  });
}

export function tellEnd(process: Process, status: WaitStatus): void {
  const tracer = process.tracer;
  if (!tracer) return;
  tracer.tellSignals(process);
  tracer.tell(process, { kind: "ended", status });
  tracer.release(process);
}

/** execve(2) succeeded; then ld.so finds the libraries (ld.so(8)). */
export function tellExec(process: Process, libraries: readonly string[]): void {
  const tracer = process.tracer;
  if (!tracer) return;
  tracer.tell(process, { kind: "leave", call: "exec", result: 0 });
  if (libraries.length === 0) return;
  const done = (call: string, args: readonly unknown[], result: unknown): void => tracer.tell(process, { kind: "call", call, arguments: args, result });
  tracer.tell(process, { kind: "call", call: "access", arguments: ["/etc/ld.so.preload", 4], errno: "ENOENT" });
  let fd = 3;
  const open = new Set(process.descriptors.entries().map(([number]) => number));
  while (open.has(fd)) fd++;
  for (const path of ["/etc/ld.so.cache", ...libraries]) {
    try {
      const found = resolve(process, path);
      const facts = stat(process, path, true);
      done("open", [path, O.RDONLY | O.CLOEXEC], fd);
      if (path !== "/etc/ld.so.cache") {
        const head = found.mount.fs.read(found.node, 0, 832);
        done("read", [fd, 832], head.length > 0 ? head : encode("\x7fELF"));
      }
      done("fstat", [fd], facts);
      done("close", [fd], undefined);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      tracer.tell(process, { kind: "call", call: "open", arguments: [path, O.RDONLY | O.CLOEXEC], errno: error.errno });
    }
  }
}

function instrument(process: Process): void {
  const sys = process.sys;
  const prototype: unknown = Object.getPrototypeOf(sys);
  if (typeof prototype !== "object" || prototype === null) return;
  for (const name of Object.getOwnPropertyNames(prototype)) {
    if (UNSEEN.has(name)) continue;
    const original: unknown = Reflect.get(prototype, name);
    if (typeof original !== "function") continue;
    Object.defineProperty(sys, name, { configurable: true, enumerable: true, value: (...args: unknown[]) => told(process, name, original, args) });
  }
}

function told(process: Process, call: string, original: Parameters<typeof Reflect.apply>[0], args: readonly unknown[]): unknown {
  const tracer = process.tracer;
  process.kernel.scheduler.left -= STOP_STEPS;
  try {
    const result: unknown = Reflect.apply(original, process.sys, args);
    if (!tracer) return result;
    if (isBlocking(result)) return stopping(process, tracer, call, args, result);
    tracer.tellSignals(process);
    tracer.tell(process, { kind: "call", call, arguments: args, result });
    tracer.tellNewcomers();
    return result;
  } catch (error) {
    if (tracer && error instanceof SysError) tracer.tell(process, { kind: "call", call, arguments: args, errno: error.errno });
    throw error;
  }
}

function isBlocking(value: unknown): value is Blocking<unknown> {
  return typeof value === "object" && value !== null && Symbol.iterator in value && "next" in value && typeof value.next === "function" && "throw" in value;
}

function* stopping(process: Process, tracer: Tracer, call: string, args: readonly unknown[], inner: Blocking<unknown>): Blocking<unknown> {
  tracer.tellSignals(process);
  tracer.tell(process, { kind: "enter", call, arguments: args });
  while (process.tracer === tracer && !tracer.idle && !process.fatal) {
    process.fallAsleep(tracer.passed, undefined, "ptrace_stop");
    yield WAIT;
    process.leaveQueues();
  }
  try {
    const result = yield* inner;
    if (process.tracer === tracer) tracer.tell(process, { kind: "leave", call, result });
    return result;
  } catch (error) {
    if (process.tracer === tracer && error instanceof SysError) tracer.tell(process, { kind: "leave", call, errno: error.errno });
    throw error;
  } finally {
    tracer.tellSignals(process);
  }
}
