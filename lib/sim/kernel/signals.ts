// Generation and delivery of signals (signal(7)). A program has no handlers: "catch" queues the signal and interrupts (sys.ts).

import type { Process } from "./process.ts";
import type { ProcessGroup } from "./process-group.ts";
import { SIGNALS } from "./signal-names.ts";
import type { WaitStatus } from "./sys.ts";
import { tellSignal } from "./tracing.ts";

type Action = "terminate" | "core" | "ignore" | "stop" | "continue";

const { HUP, INT, QUIT, ILL, TRAP, ABRT, BUS, FPE, KILL, SEGV, CHLD, CONT, STOP, TSTP, TTIN, TTOU, URG, XCPU, XFSZ, WINCH, SYS } = SIGNALS;
const actions = new Map<number, Action>();
for (const signal of [QUIT, ILL, TRAP, ABRT, BUS, FPE, SEGV, XCPU, XFSZ, SYS]) actions.set(signal, "core");
for (const signal of [CHLD, URG, WINCH]) actions.set(signal, "ignore");
for (const signal of [STOP, TSTP, TTIN, TTOU]) actions.set(signal, "stop");
actions.set(CONT, "continue");

function defaultAction(signal: number): Action {
  return actions.get(signal) ?? "terminate";
}

/** Whether the signal would have no effect at all: then it is dropped when generated. */
function discarded(target: Process, signal: number): boolean {
  if (signal === KILL || signal === STOP) return false;
  if (target.blockedSignals.has(signal)) return false;
  if (target.caughtSignals.has(signal)) return false;
  return target.ignoredSignals.has(signal) || defaultAction(signal) === "ignore";
}

/**
 * Makes `signal` pending for the process and acts on it at once unless it is blocked. `sender` is undefined for the kernel itself.
 * `child` is whom a CHLD is about.
 * PID 1 of a namespace only gets signals that it catches, but its ancestors' KILL and STOP (pid_namespaces(7)).
 */
export function postSignal(target: Process, signal: number, sender?: Process, child?: Process): void {
  if (target.runState === "zombie" || target.fatal || target.kernelThread) return;
  if (target.tracer) tellSignal(target, signal, sender, child);
  if (target.isPidOne() && !target.caughtSignals.has(signal)) {
    const fromAbove = (!sender && target.identity.namespace.level > 0) || (sender !== undefined && !sender.identity.namespace.isWithin(target.identity.namespace));
    if (!(fromAbove && (signal === KILL || signal === STOP))) return;
  }
  if (signal === CONT) {
    forget(target, (pending) => defaultAction(pending) === "stop");
    resume(target);
  } else if (defaultAction(signal) === "stop") forget(target, (pending) => pending === CONT);
  if (discarded(target, signal)) return;
  if (signal !== KILL && signal !== STOP && target.blockedSignals.has(signal)) {
    target.pendingSignals ??= [];
    if (signal >= 32 || !target.pendingSignals.includes(signal)) target.pendingSignals.push(signal);
    return;
  }
  deliver(target, signal);
}

function forget(target: Process, which: (signal: number) => boolean): void {
  if (target.pendingSignals) target.pendingSignals = target.pendingSignals.filter((signal) => !which(signal));
}

function deliver(target: Process, signal: number): void {
  if (signal !== KILL && signal !== STOP) {
    if (target.caughtSignals.has(signal)) {
      target.untakenSignals ??= [];
      if (signal >= 32 || !target.untakenSignals.includes(signal)) target.untakenSignals.push(signal);
      target.interrupted = true;
      target.toBeTold = true;
      target.attention = true;
      target.wake();
      return;
    }
    if (target.ignoredSignals.has(signal)) return;
  }
  switch (defaultAction(signal)) {
    case "ignore":
    case "continue":
      return;
    case "stop":
      if (signal !== STOP && target.group.isOrphaned()) return;
      stop(target, signal);
      return;
    case "core":
      terminate(target, { kind: "signaled", signal, coreDumped: target.limits.get("core").soft > 0 });
      return;
    case "terminate":
      terminate(target, { kind: "signaled", signal, coreDumped: false });
  }
}

/** The process ends like this: at once, or, when it is the one that runs, as soon as it yields. */
export function terminate(target: Process, status: WaitStatus): void {
  if (target.fatal || target.runState === "zombie") return;
  target.fatal = status;
  target.stoppedBy = 0;
  if (target.kernel.scheduler.current === target) target.attention = true;
  else target.kernel.finish(target, status);
}

function stop(target: Process, signal: number): void {
  if (target.stoppedBy !== 0) return;
  target.stoppedBy = signal;
  target.attention = true;
  target.change = { kind: "stopped", signal };
  notifyParent(target);
}

function resume(target: Process): void {
  if (target.stoppedBy === 0) return;
  target.stoppedBy = 0;
  target.change = { kind: "continued" };
  target.kernel.scheduler.release(target);
  notifyParent(target);
}

export function notifyParent(child: Process): void {
  const parent = child.parent;
  if (!parent) return;
  postSignal(parent, CHLD, undefined, child);
  parent.childQueue.wake();
}

export function postToGroup(group: ProcessGroup, signal: number, sender?: Process): void {
  for (const member of [...group.members]) postSignal(member, signal, sender);
}

/** What is pending and no longer blocked takes effect (sigprocmask). */
export function deliverUnblocked(target: Process): void {
  const pending = target.pendingSignals;
  if (!pending) return;
  const ready = pending.filter((signal) => !target.blockedSignals.has(signal));
  target.pendingSignals = pending.filter((signal) => target.blockedSignals.has(signal));
  for (const signal of ready) if (!discarded(target, signal)) deliver(target, signal);
}

/** A group that has just become orphaned while a member is stopped gets HUP, then CONT. */
export function hangUpIfOrphaned(group: ProcessGroup): void {
  if (!group.isOrphaned() || !group.hasStopped()) return;
  postToGroup(group, HUP);
  postToGroup(group, CONT);
}

/** Signals that a terminal sends to its foreground group. */
export const TERMINAL_SIGNALS = { interrupt: INT, quit: QUIT, suspend: TSTP } as const;

/** SIGCONT may be sent to any process of the own session (kill(2)). */
export function resumeAllowed(sender: Process, target: Process): boolean {
  return sender.group.session === target.group.session;
}
