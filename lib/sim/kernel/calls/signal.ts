// kill(2), sigaction(2), sigprocmask(2), pause(2), alarm(2).

import { attend, sleepOn, WAIT } from "../blocking.ts";
import { SysError } from "../errno.ts";
import type { Process } from "../process.ts";
import { findGroup } from "../process-group.ts";
import { deliverUnblocked, postSignal, resumeAllowed } from "../signals.ts";
import { SIGNALS } from "../signal-names.ts";
import type { Blocking, SignalDisposition } from "../sys.ts";
import { CAP } from "../vfs/caller.ts";

/** kill_ok_by_cred. */
function maySignal(sender: Process, target: Process, signal: number): boolean {
  const from = sender.credentials, to = target.credentials;
  if (from.euid === to.suid || from.euid === to.ruid || from.ruid === to.suid || from.ruid === to.ruid) return true;
  if (sender.capableIn(target.namespaces.user, CAP.KILL)) return true;
  return signal === SIGNALS.CONT && resumeAllowed(sender, target);
}

/** Errors: EINVAL, ESRCH, EPERM. */
export function kill(process: Process, pid: number, signal: number): void {
  if (!Number.isInteger(signal) || signal < 0 || signal > 64) throw new SysError("EINVAL");
  if (pid > 0) {
    const target = process.namespaces.pid.find(pid);
    if (!target) throw new SysError("ESRCH");
    if (!maySignal(process, target, signal)) throw new SysError("EPERM");
    if (signal !== 0) postSignal(target, signal, process);
    return;
  }
  const targets: Process[] = [];
  if (pid === -1) {
    for (const target of process.namespaces.pid.processes()) if (target !== process && target.pidIn(process.namespaces.pid) !== 1 && !target.kernelThread) targets.push(target);
  } else {
    const group = pid === 0 ? process.group : findGroup(process, -pid);
    if (group) targets.push(...group.members);
  }
  if (targets.length === 0) throw new SysError("ESRCH");
  let allowed = 0;
  for (const target of targets) {
    if (!maySignal(process, target, signal)) continue;
    allowed++;
    if (signal !== 0) postSignal(target, signal, process);
  }
  if (allowed === 0) throw new SysError("EPERM");
}

/** Errors: EINVAL (KILL, STOP, no signal). */
export function sigaction(process: Process, signal: number, disposition: SignalDisposition): SignalDisposition {
  const before: SignalDisposition = process.caughtSignals.has(signal) ? "catch" : process.ignoredSignals.has(signal) ? "ignore" : "default";
  if (!Number.isInteger(signal) || signal < 1 || signal > 64) throw new SysError("EINVAL");
  if (before === disposition) return before;
  if (signal === SIGNALS.KILL || signal === SIGNALS.STOP) throw new SysError("EINVAL");
  process.caughtSignals = changed(process.caughtSignals, signal, disposition === "catch");
  process.ignoredSignals = changed(process.ignoredSignals, signal, disposition === "ignore");
  if (disposition !== "catch" && process.untakenSignals) process.untakenSignals = process.untakenSignals.filter((one) => one !== signal);
  if (disposition === "ignore" && process.pendingSignals) process.pendingSignals = process.pendingSignals.filter((one) => one !== signal);
  return before;
}

/** The sets are shared by forks: never changed in place. */
function changed(set: ReadonlySet<number>, signal: number, on: boolean): ReadonlySet<number> {
  if (set.has(signal) === on) return set;
  const copy = new Set(set);
  if (on) copy.add(signal);
  else copy.delete(signal);
  return copy;
}

export function sigprocmask(process: Process, blocked: ReadonlySet<number>): ReadonlySet<number> {
  const before = process.blockedSignals;
  process.blockedSignals = blocked;
  deliverUnblocked(process);
  return before;
}

const NONE: readonly number[] = [];

export function takeSignals(process: Process): readonly number[] {
  const taken = process.untakenSignals;
  if (!taken || taken.length === 0) return NONE;
  process.untakenSignals = undefined;
  process.interrupted = false;
  process.toBeTold = false;
  return taken;
}

export function* pause(process: Process): Blocking<void> {
  if (process.attention) yield* attend(process);
  while (!process.untakenSignals?.length) {
    try {
      yield* sleepOn(process, undefined, undefined, "do_sys_pause");
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  process.interrupted = false;
}

export function alarm(process: Process, delayUs: number): number {
  const timers = process.kernel.timers;
  const before = process.alarmTimer;
  const leftUs = before?.fire ? Math.max(0, before.atUs - process.kernel.nowUs) : 0;
  if (before) timers.cancel(before);
  process.alarmTimer = undefined;
  if (delayUs > 0) {
    process.alarmTimer = timers.arm(process.kernel.nowUs + delayUs, () => {
      process.alarmTimer = undefined;
      postSignal(process, SIGNALS.ALRM);
    });
  }
  return leftUs;
}

/** Gives the processor to others when the slice is used up, and lets a stop or kill take hold. */
export function* preempt(process: Process): Blocking<void> {
  process.attention = false;
  process.toBeTold = false;
  yield WAIT;
}
