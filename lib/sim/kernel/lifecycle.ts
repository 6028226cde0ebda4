// How processes begin and end: fork, the end of a process, reaping (clone(2), _exit(2), wait(2)).

import { CAP } from "./vfs/caller.ts";
import { SysError } from "./errno.ts";
import { makeNamespaces } from "./namespace-calls.ts";
import { PidIdentity, ProcessGroup, Session } from "./process-group.ts";
import { recordEnd } from "./process-accounting.ts";
import { Process } from "./process.ts";
import { hangUpIfOrphaned, notifyParent, postSignal, terminate } from "./signals.ts";
import { SIGNALS } from "./signal-names.ts";
import { inherit, releaseTracees, tellEnd } from "./tracing.ts";
import type { Blocking, CloneOptions, Sys, WaitStatus } from "./sys.ts";
import { makeSys } from "./process-sys.ts";
import type { PidNamespace } from "./namespace.ts";

export function allocateIdentity(namespace: PidNamespace, pidMax: number): PidIdentity {
  if (namespace.parent === undefined) return new PidIdentity(namespace, [namespace.allocate(pidMax)]);
  const numbers: number[] = [];
  for (let at: PidNamespace | undefined = namespace; at; at = at.parent) numbers[at.level] = at.allocate(pidMax);
  return new PidIdentity(namespace, numbers);
}

function enterNamespaces(process: Process): void {
  const { namespace, numbers } = process.identity;
  for (let at: PidNamespace | undefined = namespace; at; at = at.parent) {
    const pid = numbers[at.level] ?? 0;
    at.enter(pid, process);
    if (pid === 1) at.init = process;
  }
}

/** Errors: EAGAIN (RLIMIT_NPROC, pids.max, the world's limit), ENOMEM (the pid namespace's init has ended), EPERM, EINVAL. */
export function fork(parent: Process, entry: (sys: Sys) => Blocking<number>, options: CloneOptions | undefined): Process {
  const kernel = parent.kernel;
  const limit = parent.limits.get("nproc").soft;
  if (limit !== Infinity && parent.credentials.ruid !== 0 && !parent.capable(CAP.SYS_RESOURCE) && !parent.capable(CAP.SYS_ADMIN) && kernel.countOfUser(parent.credentials.ruid) >= limit) throw new SysError("EAGAIN");
  if (kernel.processes.size >= kernel.worldLimits.processes) throw new SysError("EAGAIN");
  const kinds = options?.newNamespaces;
  const cgroup = options?.cgroup === undefined ? parent.cgroup : kernel.cgroups.find(parent, options.cgroup);
  if (parent.namespaces.pidForChildren.dead) throw new SysError("ENOMEM");
  cgroup.chargeProcess();
  const made = kinds && kinds.length > 0 ? makeNamespaces(parent, kinds) : undefined;
  let namespaces = made?.namespaces ?? parent.namespaces;
  if (namespaces.pid !== namespaces.pidForChildren || namespaces.time !== namespaces.timeForChildren) {
    namespaces = { ...namespaces, pid: namespaces.pidForChildren, time: namespaces.timeForChildren };
  }
  const identity = allocateIdentity(namespaces.pid, kernel.pidMax);
  const child = new Process(kernel, identity, {
    parent: options?.thread === true ? undefined : (parent.threadOf ?? parent), group: parent.group, image: parent.image, environment: parent.environment, credentials: parent.credentials, namespaces,
    descriptors: options?.thread === true ? parent.descriptors : parent.descriptors.copy(), limits: parent.limits, cgroup, root: made?.root ?? parent.root, cwd: made?.cwd ?? parent.cwd,
  }, makeSys, ownGroup);
  child.capabilities = made?.capabilities ?? parent.capabilities;
  child.umask = parent.umask;
  child.nice = parent.nice;
  child.scheduling = parent.scheduling.resetOnFork ? { ...parent.scheduling, policy: "other", priority: 0, resetOnFork: false } : parent.scheduling;
  child.oomScoreAdjustment = parent.oomScoreAdjustment;
  child.noNewPrivileges = parent.noNewPrivileges;
  child.personality = parent.personality;
  child.residentBytes = parent.residentBytes;
  child.imageBytes = parent.imageBytes;
  child.ignoredSignals = parent.ignoredSignals;
  child.caughtSignals = parent.caughtSignals;
  child.blockedSignals = parent.blockedSignals;
  child.entry = entry;
  if (options?.thread === true) {
    child.threadOf = parent.threadOf ?? parent;
    child.threadOf.threads.add(child);
    parent.descriptors.users++;
  }
  if (parent.tracer) inherit(parent, child);
  begin(child);
  return child;
}

export function ownGroup(process: Process): ProcessGroup {
  return new ProcessGroup(process.identity, new Session(process));
}

export function begin(process: Process): void {
  const kernel = process.kernel;
  kernel.processes.set(process.pid, process);
  enterNamespaces(process);
  process.parent?.children.add(process);
  if (!process.threadOf) process.group.members.add(process);
  if (!kernel.groups.has(process.group.id)) kernel.groups.set(process.group.id, process.group);
  process.cgroup.enter(process);
  kernel.countUser(process.credentials.ruid, 1);
  kernel.forks++;
  if (!process.kernelThread) kernel.scheduler.enqueue(process);
}

export function leaveGroup(process: Process): void {
  if (process.threadOf) return;
  const group = process.group;
  group.members.delete(process);
  if (group.members.size === 0) {
    process.kernel.groups.delete(group.id);
    const terminal = group.session.terminal;
    if (terminal?.foreground === group) terminal.foreground = undefined;
  }
}

/** Pages of a program's image stay charged while a child that was forked from it and runs on has them too (kernel: cgroup-v2, "Memory Ownership"). */
function leaveMemory(process: Process): void {
  const { cgroup } = process;
  let left = process.chargedBytes;
  process.chargedBytes = 0;
  for (const child of process.children) {
    const missing = child.imageBytes - child.chargedBytes;
    if (child.runState === "zombie" || child.cgroup !== cgroup || missing <= 0) continue;
    const inherited = Math.min(left, missing);
    child.chargedBytes += inherited;
    left -= inherited;
    break;
  }
  cgroup.uncharge(left);
}

/** The process becomes a zombie (or goes at once when its parent ignores SIGCHLD). */
export function finish(process: Process, status: WaitStatus): void {
  if (process.runState === "zombie") return;
  const kernel = process.kernel;
  if (process.tracer) tellEnd(process, status);
  if (process.traces) releaseTracees(process);
  process.leaveQueues();
  process.main = undefined;
  process.entry = undefined;
  process.replacement = undefined;
  process.untakenSignals = undefined;
  process.pendingSignals = undefined;
  process.attention = false;
  process.stoppedBy = 0;
  process.fatal ??= status;
  process.exitStatus = status;
  process.change = undefined;
  if (process.alarmTimer) kernel.timers.cancel(process.alarmTimer);
  process.runState = "zombie";
  if (--process.descriptors.users === 0) process.descriptors.closeAll();
  endThreads(process);
  const main = process.threadOf;
  main?.threads.delete(process);
  // a signal that ends one thread ends them all
  if (main && status.kind === "signaled") terminate(main, status);
  recordEnd(process, status, waitWord(status));
  leaveMemory(process);
  kernel.allocatedBytes -= process.allocatedBytes;
  process.allocatedBytes = 0;
  process.residentBytes = 0;
  kernel.accounting.ended(process, status);

  const ownNamespace = process.identity.namespace;
  const wasInit = process.isPidOne();
  if (wasInit) {
    ownNamespace.dead = true;
    if (ownNamespace.level === 0) {
      kernel.panic(`Attempted to kill init! exitcode=0x${waitWord(status).toString(16).padStart(8, "0")}`);
    } else {
      for (const other of [...ownNamespace.processes()]) if (other !== process) killInNamespace(other);
    }
  }
  adoptChildren(process);
  const session = process.group.session;
  if (session.leader === process) {
    session.leader = undefined;
    const terminal = session.terminal;
    if (terminal) {
      const foreground = terminal.foreground;
      terminal.disassociate();
      if (foreground) {
        for (const member of [...foreground.members]) {
          postSignal(member, SIGNALS.HUP);
          postSignal(member, SIGNALS.CONT);
        }
      }
    }
  }
  // stopped members of groups that this end orphans
  const parent = process.parent;
  if (parent && parent.group !== process.group && parent.group.session === session) hangUpIfOrphaned(process.group);
  kernel.releaseNamespaces(process);
  if (!parent) {
    reap(process);
    return;
  }
  if (parent.ignoredSignals.has(SIGNALS.CHLD)) {
    reap(process);
    parent.childQueue.wake();
  } else notifyParent(process);
}

/** At the process's end and at its exec. */
export function endThreads(process: Process): void {
  for (const thread of [...process.threads]) killInNamespace(thread);
}

function killInNamespace(process: Process): void {
  if (process.runState === "zombie" || process.fatal) return;
  process.fatal = { kind: "signaled", signal: SIGNALS.KILL, coreDumped: false };
  if (process.kernel.scheduler.current === process) process.attention = true;
  else finish(process, process.fatal);
}

/** wait(2)'s status word. */
function waitWord(status: WaitStatus): number {
  if (status.kind === "exited") return status.status << 8;
  return status.kind === "signaled" ? status.signal | (status.coreDumped ? 0x80 : 0) : 0;
}

function adoptChildren(process: Process): void {
  if (process.children.size === 0) return;
  const heir = findHeir(process);
  for (const child of [...process.children]) {
    process.children.delete(child);
    child.parent = heir;
    if (!heir) {
      if (child.runState === "zombie") reap(child);
      continue;
    }
    heir.children.add(child);
    if (child.runState === "zombie") {
      if (heir.ignoredSignals.has(SIGNALS.CHLD)) reap(child);
      else notifyParent(child);
      continue;
    }
    if (child.parentDeathSignal !== 0) postSignal(child, child.parentDeathSignal, process);
    if (child.group !== process.group && child.group.session === process.group.session) hangUpIfOrphaned(child.group);
  }
}

/** The nearest living ancestor that is a subreaper, else the namespace's init. */
function findHeir(process: Process): Process | undefined {
  if (process.threadOf && process.threadOf.runState !== "zombie") return process.threadOf;
  const namespace = process.identity.namespace;
  for (let at = process.parent; at; at = at.parent) {
    if (at.childSubreaper && at.runState !== "zombie" && at.identity.namespace === namespace) return at;
  }
  for (let at: PidNamespace | undefined = namespace; at; at = at.parent) {
    if (at.init && at.init !== process && at.init.runState !== "zombie") return at.init;
  }
  return undefined;
}

/** The zombie goes: its numbers may be used again. */
export function reap(process: Process): void {
  const kernel = process.kernel;
  const parent = process.parent;
  if (parent) {
    parent.children.delete(process);
    parent.childUserUs += process.userUs + process.childUserUs;
    parent.childSystemUs += process.systemUs + process.childSystemUs;
  }
  kernel.processes.delete(process.pid);
  for (let at: PidNamespace | undefined = process.identity.namespace; at; at = at.parent) at.leave(process.identity.numbers[at.level] ?? 0);
  leaveGroup(process);
  process.cgroup.leave(process);
  kernel.countUser(process.credentials.ruid, -1);
}
