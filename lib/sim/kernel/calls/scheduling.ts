// Scheduling policy, processor affinity and I/O class of processes: sched_setscheduler(2), sched_setaffinity(2), ioprio_set(2). They are kept,
// inherited and shown; the scheduler of this kernel shares its processors by weight only.

import { SysError } from "../errno.ts";
import type { Process } from "../process.ts";
import type { Scheduling } from "../sys.ts";
import { CAP } from "../vfs/caller.ts";
import { processOf } from "./process.ts";

/** Errors: ESRCH. */
export function getScheduling(process: Process, pid: number | undefined): Scheduling {
  return processOf(process, pid).scheduling;
}

/** Errors: ESRCH, EPERM (another user's process, a real-time policy without CAP_SYS_NICE), EINVAL (priority, no processor that there is). */
export function setScheduling(process: Process, change: Partial<Scheduling>, pid: number | undefined): void {
  const target = processOf(process, pid);
  const own = process.credentials.euid;
  const nice = process.capableIn(undefined, CAP.SYS_NICE);
  if (own !== target.credentials.euid && own !== target.credentials.ruid && !nice) throw new SysError("EPERM");
  const next = { ...target.scheduling, ...change };
  const realtime = next.policy === "fifo" || next.policy === "rr";
  if (realtime ? next.priority < 1 || next.priority > 99 : next.priority !== 0 && next.policy !== "deadline") throw new SysError("EINVAL");
  if ((realtime || next.policy === "deadline") && change.policy !== undefined && !nice && target.limits.get("rtprio").soft < next.priority) throw new SysError("EPERM");
  if (change.ioClass === "realtime" && !process.capableIn(undefined, CAP.SYS_ADMIN)) throw new SysError("EPERM");
  if (change.ioLevel !== undefined && (change.ioLevel < 0 || change.ioLevel > 7)) throw new SysError("EINVAL");
  if (change.cpus !== undefined) {
    const there = change.cpus.filter((cpu) => cpu < process.kernel.cpuCount);
    if (there.length === 0) throw new SysError("EINVAL");
    target.scheduling = { ...next, cpus: there.length === process.kernel.cpuCount ? undefined : there };
    return;
  }
  target.scheduling = next;
}
