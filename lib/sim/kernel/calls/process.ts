// Process groups, sessions, titles, priorities, limits, usage (man section 2).

import { SysError } from "../errno.ts";
import { leaveGroup } from "../lifecycle.ts";
import { findGroup, ProcessGroup, Session } from "../process-group.ts";
import { outOfMemory } from "../oom-killer.ts";
import type { Process } from "../process.ts";
import type { ResourceLimit, ResourceLimitKind, ResourceUsage } from "../sys.ts";
import { CAP } from "../vfs/caller.ts";
import { decode, encode } from "../bytes.ts";

/** The process that the caller means by a pid; 0 or undefined is itself. Errors: ESRCH. */
export function processOf(process: Process, pid: number | undefined): Process {
  if (pid === undefined || pid === 0) return process;
  const found = process.namespaces.pid.find(pid);
  if (!found) throw new SysError("ESRCH");
  return found;
}

export function getppid(process: Process): number {
  return process.parent?.pidIn(process.namespaces.pid) ?? 0;
}

/** Errors: EINVAL, EPERM, ESRCH, EACCES is not simulated (exec of the child is not remembered). */
export function setpgid(process: Process, pid: number, pgid: number): void {
  if (pgid < 0) throw new SysError("EINVAL");
  const target = processOf(process, pid);
  if (target !== process && target.parent !== process) throw new SysError("ESRCH");
  if (target.runState === "zombie") throw new SysError("ESRCH");
  if (target.group.session !== process.group.session || target.group.session.leader === target) throw new SysError("EPERM");
  const ownNumber = target.pidIn(process.namespaces.pid);
  const wanted = pgid === 0 ? ownNumber : pgid;
  if (target.group.identity.in(process.namespaces.pid) === wanted) return;
  const existing = findGroup(process, wanted);
  let group = existing?.session === target.group.session ? existing : undefined;
  if (!group) {
    if (wanted !== ownNumber) throw new SysError("EPERM");
    group = new ProcessGroup(target.identity, target.group.session);
  }
  joinGroup(target, group);
}

function joinGroup(process: Process, group: ProcessGroup): void {
  leaveGroup(process);
  process.group = group;
  group.members.add(process);
  process.kernel.groups.set(group.id, group);
}

/** Errors: EPERM when it leads a group already. */
export function setsid(process: Process): number {
  if (process.kernel.groups.has(process.pid)) throw new SysError("EPERM");
  joinGroup(process, new ProcessGroup(process.identity, new Session(process)));
  return process.pidIn(process.namespaces.pid);
}

export function getsid(process: Process, pid: number | undefined): number {
  return processOf(process, pid).group.session.identity.in(process.namespaces.pid);
}

export function setTitle(process: Process, comm: string, commandLine: readonly string[] | undefined): void {
  const bytes = encode(comm);
  process.image = { ...process.image, comm: bytes.length > 15 ? decode(bytes.subarray(0, 15)) : comm, commandLine: commandLine ?? process.image.commandLine };
}

/** Errors: ESRCH, EPERM (another's process), EACCES (raising above what RLIMIT_NICE allows). */
export function setpriority(process: Process, nice: number, pid: number | undefined): void {
  const target = processOf(process, pid);
  const { euid } = process.credentials;
  const privileged = process.capableIn(target.namespaces.user, CAP.SYS_NICE);
  if (target.credentials.ruid !== euid && target.credentials.euid !== euid && !privileged) throw new SysError("EPERM");
  const wanted = Math.max(-20, Math.min(19, Math.trunc(nice)));
  if (wanted < target.nice && !privileged && 20 - wanted > target.limits.get("nice").soft) throw new SysError("EACCES");
  target.nice = wanted;
}

/** Errors: EINVAL, EPERM, ESRCH. */
export function setrlimit(process: Process, kind: ResourceLimitKind, limit: ResourceLimit, pid: number | undefined): void {
  const target = processOf(process, pid);
  if (limit.soft > limit.hard || Number.isNaN(limit.soft) || limit.soft < 0) throw new SysError("EINVAL");
  const before = target.limits.get(kind);
  const privileged = process.capableIn(target.namespaces.user, CAP.SYS_RESOURCE);
  if (limit.hard > before.hard && !privileged) throw new SysError("EPERM");
  if (kind === "nofile" && limit.hard > 1048576) throw new SysError("EPERM");
  if (target !== process && target.credentials.ruid !== process.credentials.ruid && !privileged) throw new SysError("EPERM");
  target.limits = target.limits.with(kind, limit);
}

export function getrusage(process: Process, who: "self" | "children"): ResourceUsage {
  if (who === "children") return { userUs: process.childUserUs, systemUs: process.childSystemUs, maxResidentBytes: process.peakResidentBytes };
  return { userUs: process.userUs, systemUs: process.systemUs, maxResidentBytes: Math.max(process.peakResidentBytes, process.residentBytes) };
}

/** Errors: ENOMEM (RLIMIT_AS, RLIMIT_DATA, the machine's memory). Over a cgroup's memory.max somebody is killed. */
export function allocate(process: Process, deltaBytes: number, ownBytes: number): void {
  if (ownBytes < 0) forgetAllocated(process, Math.min(-ownBytes, process.allocatedBytes));
  if (deltaBytes < 0) {
    const given = Math.min(-deltaBytes, process.chargedBytes);
    process.residentBytes = Math.max(0, process.residentBytes + deltaBytes);
    process.chargedBytes -= given;
    process.cgroup.uncharge(given);
    return;
  }
  if (process.residentBytes + deltaBytes > Math.min(process.limits.get("as").soft, process.limits.get("data").soft)) throw new SysError("ENOMEM");
  const kernel = process.kernel;
  if (deltaBytes > kernel.memoryBytes) throw new SysError("ENOMEM");
  process.residentBytes += deltaBytes;
  process.chargedBytes += deltaBytes;
  // the memory of a guest is no object of ours: the machine's own size bounds it, not the world's limit
  if (ownBytes > 0 && !runsGuest(process)) {
    process.allocatedBytes += ownBytes;
    kernel.allocatedBytes += ownBytes;
  }
  if (process.residentBytes > process.peakResidentBytes) process.peakResidentBytes = process.residentBytes;
  process.cgroup.charge(process, deltaBytes);
  if (kernel.cgroups.root.memoryBytes > kernel.memoryBytes * 0.95 || kernel.allocatedBytes > kernel.worldLimits.memoryBytes) outOfMemory(process);
  // killed for it: what was asked for is not there, and nothing that follows is seen
  if (process.fatal) throw new SysError("ENOMEM");
}

function runsGuest(process: Process): boolean {
  for (const guest of process.kernel.guests.running) if (guest.look.owner === process) return true;
  return false;
}

function forgetAllocated(process: Process, bytes: number): void {
  process.allocatedBytes -= bytes;
  process.kernel.allocatedBytes -= bytes;
}
