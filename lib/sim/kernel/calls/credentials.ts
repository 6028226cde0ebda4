// setuid(2) and its kin, capset(2). Ids that programs name are those of their user namespace; the process keeps the kernel's.

import { afterSetuid } from "../capability.ts";
import { SysError } from "../errno.ts";
import type { Process } from "../process.ts";
import type { Capabilities, Credentials } from "../sys.ts";
import { CAP } from "../vfs/caller.ts";
import { processOf } from "./process.ts";

export function getcred(process: Process): Credentials {
  const { ruid, euid, suid, rgid, egid, sgid, groups } = process.credentials;
  if (process.namespaces.user.level === 0) return process.credentials;
  const uid = (id: number): number => process.shownUid(id);
  const gid = (id: number): number => process.shownGid(id);
  return { ruid: uid(ruid), euid: uid(euid), suid: uid(suid), rgid: gid(rgid), egid: gid(egid), sgid: gid(sgid), groups: groups.map(gid) };
}

function kernelId(process: Process, kind: "uid" | "gid", id: number): number {
  const found = Number.isInteger(id) && id >= 0 && id < 0xffffffff ? process.namespaces.user.toKernel(kind, id) : undefined;
  if (found === undefined) throw new SysError("EINVAL");
  return found;
}

function become(process: Process, next: Credentials): void {
  const before = process.credentials;
  process.credentials = next;
  if (next.ruid !== before.ruid) {
    process.kernel.countUser(before.ruid, -1);
    process.kernel.countUser(next.ruid, 1);
  }
  const root = process.namespaces.user.toKernel("uid", 0);
  const isRoot = (id: number): boolean => id === root;
  process.capabilities = afterSetuid(process.capabilities, !process.keepCapabilities && [before.ruid, before.euid, before.suid].some(isRoot), [next.ruid, next.euid, next.suid].some(isRoot), isRoot(before.euid), isRoot(next.euid));
  if (next.euid !== before.euid || next.egid !== before.egid) process.parentDeathSignal = 0;
}

/** Errors: EINVAL, EPERM. */
export function setuid(process: Process, id: number): void {
  const uid = kernelId(process, "uid", id);
  const before = process.credentials;
  if (process.capable(CAP.SETUID)) become(process, { ...before, ruid: uid, euid: uid, suid: uid });
  else if (uid === before.ruid || uid === before.suid) become(process, { ...before, euid: uid });
  else throw new SysError("EPERM");
}

export function setgid(process: Process, id: number): void {
  const gid = kernelId(process, "gid", id);
  const before = process.credentials;
  if (process.capable(CAP.SETGID)) become(process, { ...before, rgid: gid, egid: gid, sgid: gid });
  else if (gid === before.rgid || gid === before.sgid) become(process, { ...before, egid: gid });
  else throw new SysError("EPERM");
}

export function setresuid(process: Process, real: number, effective: number, saved: number): void {
  const before = process.credentials;
  const [ruid, euid, suid] = [[real, before.ruid], [effective, before.euid], [saved, before.suid]].map(([wanted = -1, kept = 0]) => (wanted === -1 ? kept : kernelId(process, "uid", wanted)));
  if (ruid === undefined || euid === undefined || suid === undefined) return;
  if (!process.capable(CAP.SETUID)) for (const id of [ruid, euid, suid]) if (id !== before.ruid && id !== before.euid && id !== before.suid) throw new SysError("EPERM");
  become(process, { ...before, ruid, euid, suid });
}

export function setresgid(process: Process, real: number, effective: number, saved: number): void {
  const before = process.credentials;
  const [rgid, egid, sgid] = [[real, before.rgid], [effective, before.egid], [saved, before.sgid]].map(([wanted = -1, kept = 0]) => (wanted === -1 ? kept : kernelId(process, "gid", wanted)));
  if (rgid === undefined || egid === undefined || sgid === undefined) return;
  if (!process.capable(CAP.SETGID)) for (const id of [rgid, egid, sgid]) if (id !== before.rgid && id !== before.egid && id !== before.sgid) throw new SysError("EPERM");
  become(process, { ...before, rgid, egid, sgid });
}

/** Errors: EPERM (also where setgroups is denied for the user namespace), EINVAL. */
export function setgroups(process: Process, groups: readonly number[]): void {
  const user = process.namespaces.user;
  if (!process.capable(CAP.SETGID) || user.setgroups === "deny" || (user.level > 0 && user.gidMap.length === 0)) throw new SysError("EPERM");
  if (groups.length > 65536) throw new SysError("EINVAL");
  become(process, { ...process.credentials, groups: groups.map((id) => kernelId(process, "gid", id)) });
}

export function capget(process: Process, pid: number | undefined): Capabilities {
  return processOf(process, pid).capabilities;
}

/** Errors: EPERM. */
export function capset(process: Process, sets: Omit<Capabilities, "bounding">): void {
  const before = process.capabilities;
  const within = (part: bigint, whole: bigint): boolean => (part & ~whole) === 0n;
  if (!within(sets.permitted, before.permitted) || !within(sets.effective, sets.permitted)) throw new SysError("EPERM");
  if (!within(sets.inheritable, before.inheritable | (process.capable(CAP.SETPCAP) ? before.bounding : before.permitted))) throw new SysError("EPERM");
  if (!within(sets.ambient, sets.permitted & sets.inheritable)) throw new SysError("EPERM");
  process.capabilities = { ...sets, bounding: before.bounding };
}

/** Errors: EPERM, EINVAL. */
export function capDropBounding(process: Process, capability: number): void {
  if (!process.capable(CAP.SETPCAP)) throw new SysError("EPERM");
  if (!Number.isInteger(capability) || capability < 0 || capability > 40) throw new SysError("EINVAL");
  process.capabilities = { ...process.capabilities, bounding: process.capabilities.bounding & ~(1n << BigInt(capability)) };
}
