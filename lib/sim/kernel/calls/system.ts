// Time, host names, reboot, prctl, modules.

import { attend, sleepOn } from "../blocking.ts";
import { encodedLength } from "../bytes.ts";
import { SysError } from "../errno.ts";
import type { Process } from "../process.ts";
import type { Blocking, Clock, ClockDiscipline, IdleWord, RebootCommand, Sys, Utsname } from "../sys.ts";
import type { IdlePromise } from "../timer-queue.ts";
import { setSysctlValue, sysctlValue } from "../sysctls.ts";
import { CAP } from "../vfs/caller.ts";
import { resolve } from "../vfs/resolve.ts";

export function clockUs(process: Process, clock: Clock): number {
  const { kernel } = process;
  switch (clock) {
    case "realtime": return kernel.realtimeUs();
    case "rtc": return kernel.rtcUs();
    case "monotonic": return kernel.nowUs + process.namespaces.time.monotonicOffsetUs;
    case "boottime": return kernel.nowUs + process.namespaces.time.boottimeOffsetUs;
    case "process-cpu": return process.userUs + process.systemUs + kernel.scheduler.sliceUsedUs(process);
  }
}

export function setClockUs(process: Process, us: number, clock: "realtime" | "rtc" = "realtime"): void {
  if (!process.capableIn(undefined, CAP.SYS_TIME)) throw new SysError("EPERM");
  if (clock === "rtc") process.kernel.setRtcUs(us);
  else process.kernel.setRealtimeUs(us);
}

/** adjtimex(2). Errors: EPERM. */
export function adjtimex(process: Process, change: (Partial<ClockDiscipline> & { readonly shiftUs?: number }) | undefined): ClockDiscipline {
  const { kernel } = process;
  if (change === undefined) return kernel.clockDiscipline;
  if (!process.capableIn(undefined, CAP.SYS_TIME)) throw new SysError("EPERM");
  const { shiftUs, ...fields } = change;
  const next = { ...kernel.clockDiscipline, ...fields };
  if (shiftUs !== undefined && shiftUs !== 0) kernel.setRealtimeUs(kernel.realtimeUs() + shiftUs);
  kernel.clockDiscipline = next;
  return next;
}

/** syslog(2): the first number of kernel.printk is the console's level. */
export function klogctl(process: Process, action: Parameters<Sys["klogctl"]>[0]): number {
  const { kernel } = process;
  if (!process.capableIn(undefined, CAP.SYSLOG)) throw new SysError("EPERM");
  if (action === "first") return kernel.log.cleared;
  if (action === "clear") {
    kernel.log.clear();
    return 0;
  }
  const [current = 4, usual = 4, minimum = 1, boot = 7] = (sysctlValue(kernel, "kernel.printk") ?? "4 4 1 7").split(/\s+/).map(Number);
  const saved = kernel.log.savedConsoleLevel;
  if (typeof action === "number" && (action < 1 || action > 8)) throw new SysError("EINVAL");
  if (action === "console-off") kernel.log.savedConsoleLevel ??= current;
  else kernel.log.savedConsoleLevel = undefined;
  const level = typeof action === "number" ? Math.max(minimum, action) : action === "console-off" ? minimum : (saved ?? current);
  setSysctlValue(kernel, "kernel.printk", `${level}\t${usual}\t${minimum}\t${boot}`);
  return 0;
}

export function* sleep(process: Process, durationUs: number, word?: IdleWord): Blocking<void> {
  if (process.attention) yield* attend(process);
  const deadlineUs = process.kernel.nowUs + Math.max(0, durationUs);
  const promise = word === undefined ? undefined : promiseOf(process, word);
  do yield* sleepOn(process, undefined, deadlineUs, "hrtimer_nanosleep", promise);
  while (process.kernel.nowUs < deadlineUs);
}

function promiseOf(process: Process, { nothingForUs, unlessChanged }: IdleWord): IdlePromise {
  const { kernel } = process;
  const stamp = () => `${kernel.realtimeUs() - kernel.nowUs} ${unlessChanged.map((name) => stampOf(process, name)).join(" ")}`;
  const given = stamp();
  return { untilUs: kernel.nowUs + nothingForUs, holds: () => stamp() === given };
}

function stampOf(process: Process, name: string): string {
  try {
    const { mount, node } = resolve(process, name);
    const { ino, mtimeUs, ctimeUs } = mount.fs.facts(node);
    return `${ino} ${mtimeUs} ${ctimeUs}`;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return error.errno;
  }
}

export function uname(process: Process): Utsname {
  const { kernel } = process;
  const { hostname, domainname } = process.namespaces.uts;
  const { personality } = process;
  return { sysname: "Linux", nodename: hostname, release: (personality & UNAME26) === 0 ? kernel.release : asRelease26(kernel.release), version: kernel.version, machine: (personality & PER_MASK) === PER_LINUX32 ? "i686" : "x86_64", domainname };
}

// include/uapi/linux/personality.h
const PER_LINUX32 = 0x0008;
const PER_MASK = 0x00ff;
const UNAME26 = 0x0020000;

/** override_release() of kernel/sys.c: 6.1.0-56-amd64 is 2.6.61-56-amd64. */
function asRelease26(release: string): string {
  const match = /^\d+\.(\d+)(?:\.\d+)?(.*)$/.exec(release);
  return match === null ? release : `2.6.${Number(match[1]) + 60}${match[2] ?? ""}`;
}

export function personality(process: Process, persona: number | undefined): number {
  const before = process.personality;
  if (persona !== undefined) process.personality = persona;
  return before;
}

/** Errors: EPERM, EINVAL (over 64 bytes). */
export function sethostname(process: Process, name: string, which: "hostname" | "domainname"): void {
  if (!process.capableIn(process.namespaces.uts.owner, CAP.SYS_ADMIN)) throw new SysError("EPERM");
  if (encodedLength(name) > 64) throw new SysError("EINVAL");
  process.namespaces.uts[which] = name;
}

/** In a pid namespace its init is ended instead (reboot(2)). Errors: EPERM. */
export function reboot(process: Process, command: RebootCommand): void {
  const { pid } = process.namespaces;
  if (!process.capableIn(pid.owner, CAP.SYS_BOOT)) throw new SysError("EPERM");
  if (pid.level === 0) process.kernel.reboot(command);
  else if (pid.init) process.kernel.finish(pid.init, { kind: "signaled", signal: command === "reboot" ? 1 : 2, coreDumped: false });
}

export function prctl(process: Process, option: Parameters<Sys["prctl"]>[0], value: number): void {
  switch (option) {
    case "child-subreaper":
      process.childSubreaper = value !== 0;
      return;
    case "parent-death-signal":
      if (value < 0 || value > 64) throw new SysError("EINVAL");
      process.parentDeathSignal = value;
      return;
    case "no-new-privileges":
      if (value !== 1) throw new SysError("EINVAL");
      process.noNewPrivileges = true;
      return;
    case "keep-capabilities":
      process.keepCapabilities = value !== 0;
  }
}

/** Errors: EPERM, EEXIST, ENOENT (a symbol is missing), EOPNOTSUPP (the hardware cannot). Whether there is such a module is modprobe's affair: it reads its file. Entries are replaced, never changed: machines share them. */
export function initModule(process: Process, name: string, parameters: string, needs: readonly string[]): void {
  if (!process.capableIn(undefined, CAP.SYS_MODULE)) throw new SysError("EPERM");
  const { modules } = process.kernel;
  if (modules.has(name)) throw new SysError("EEXIST");
  const needed = needs.filter((need) => process.kernel.modules.has(need));
  if (needed.length < needs.length) throw new SysError("ENOENT");
  const driver = process.kernel.moduleDrivers.get(name);
  if (driver?.supported === false) throw new SysError("EOPNOTSUPP");
  for (const need of needed) {
    const other = modules.get(need);
    if (other !== undefined) modules.set(need, { ...other, usedBy: [name, ...other.usedBy] });
  }
  modules.set(name, { parameters, usedBy: [] });
  for (const node of driver?.nodes ?? []) process.kernel.deviceNodes.add(node);
}

/** Errors: EPERM, ENOENT, EAGAIN (in use, also by guests under KVM). */
export function deleteModule(process: Process, name: string): void {
  if (!process.capableIn(undefined, CAP.SYS_MODULE)) throw new SysError("EPERM");
  const module = process.kernel.modules.get(name);
  if (!module) throw new SysError("ENOENT");
  if (module.usedBy.length > 0 || (module.pinned ?? 0) > 0 || process.kernel.guests.holds(name) > 0) throw new SysError("EAGAIN");
  const { modules } = process.kernel;
  modules.delete(name);
  for (const node of process.kernel.moduleDrivers.get(name)?.nodes ?? []) process.kernel.deviceNodes.remove(node.name);
  for (const [other, facts] of modules) if (facts.usedBy.includes(name)) modules.set(other, { ...facts, usedBy: facts.usedBy.filter((user) => user !== name) });
}
