// Which processes run files that are not on the disk any more, and whose they are; and whether a newer kernel waits (needrestart(1)).

import { type Blocking, O, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { listPids } from "../kit/processes.ts";
import { compareVersions } from "../kit/version-order.ts";

/** Never named: they end by themselves, or are no services. */
const IGNORED = [/^\/usr\/bin\/sudo(\.dpkg-new)?$/, /^\/sbin\/(dhclient|dhcpcd5|pump|udhcpc)(\.dpkg-new)?$/, /^\/usr\/bin\/apt-get(\.dpkg-new)?$/];

export interface Outdated {
  readonly services: ReadonlySet<string>;
  /** user id to session to "name" and pids */
  readonly sessions: ReadonlyMap<number, ReadonlyMap<string, ReadonlyMap<string, readonly number[]>>>;
  /** of the caller, where it is not root: names and pids */
  readonly own: ReadonlyMap<string, readonly number[]>;
}

const executableOf = (sys: Sys, pid: number): string | undefined => {
  try {
    const target = sys.readlink(`/proc/${pid}/exe`);
    return target === "" ? undefined : target;
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
};

/** A mapped program or library whose file is gone, or another one by now. */
function* runsOldFiles(sys: Sys, pid: number, executable: string): Blocking<boolean> {
  if (executable.endsWith(" (deleted)")) return true;
  let maps: string;
  try {
    maps = (yield* readTextFile(sys, `/proc/${pid}/maps`)) ?? "";
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
  for (const line of maps.split("\n")) {
    const match = /^\S+ (\S+) \S+ \S+ (\d+)\s+(\/.*)$/.exec(line);
    if (match === null || !(match[1] ?? "").includes("x") || match[2] === "0") continue;
    const path = match[3] ?? "";
    if (path.endsWith(" (deleted)")) return true;
    try {
      if (sys.stat(`/proc/${pid}/root${path}`).ino !== Number(match[2])) return true;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  return false;
}

const parentOf = (status: string): number => Number(/^PPid:\s*(\d+)/m.exec(status)?.[1] ?? 0);
const nameOf = (status: string): string => /^Name:\s*(.*)$/m.exec(status)?.[1] ?? "";

export function* findOutdated(sys: Sys): Blocking<Outdated> {
  const me = sys.getcred().ruid;
  const services = new Set<string>();
  const sessions = new Map<number, Map<string, Map<string, number[]>>>();
  const own = new Map<string, number[]>();
  const candidates = new Set<number>();
  const skipped = new Set([sys.getpid(), sys.getppid()]);
  const statusOf = function* (pid: number): Blocking<string> {
    return (yield* readTextFile(sys, `/proc/${pid}/status`)) ?? "";
  };
  for (const pid of listPids(sys)) {
    const executable = executableOf(sys, pid);
    if (skipped.has(pid) || executable === undefined) continue;
    if (IGNORED.some((pattern) => pattern.test(executable.replace(/ \(deleted\)$/, ""))) || !(yield* runsOldFiles(sys, pid, executable))) continue;
    const status = yield* statusOf(pid);
    if (me !== 0) {
      if (Number(/^Uid:\s*(\d+)/m.exec(status)?.[1] ?? -1) === me) own.set(nameOf(status), [...(own.get(nameOf(status)) ?? []), pid]);
      continue;
    }
    const parent = parentOf(status);
    candidates.add(parent > 1 ? parent : pid);
    if (sys.charge(50)) yield* sys.preempt();
  }
  for (const pid of [...candidates].sort((a, b) => a - b)) {
    const executable = executableOf(sys, pid)?.replace(/ \(deleted\)$/, "");
    if (skipped.has(pid) || executable === undefined || IGNORED.some((pattern) => pattern.test(executable))) continue;
    if (pid === 1 && /^(\/usr)?\/lib\/systemd\/systemd/.test(executable)) {
      services.add("systemd-manager");
      continue;
    }
    const group = ((yield* readTextFile(sys, `/proc/${pid}/cgroup`)) ?? "").trim().split(":").slice(2).join(":");
    const session = /\/user-(\d+)\.slice\/(?:session-(\d+)\.scope|user@\d+\.service)/.exec(group);
    const service = /\/([^/]+\.service)$/.exec(group);
    if (session !== null) {
      const ofUser = sessions.get(Number(session[1])) ?? new Map<string, Map<string, number[]>>();
      const place = session[2] === undefined ? "user manager service" : `session #${session[2]}`;
      const names = ofUser.get(place) ?? new Map<string, number[]>();
      const name = nameOf(yield* statusOf(pid));
      names.set(name, [...(names.get(name) ?? []), pid]);
      ofUser.set(place, names);
      sessions.set(Number(session[1]), ofUser);
    } else if (service !== null) services.add(service[1] ?? "");
  }
  return { services, sessions, own };
}

/** 0 unknown, 1 up to date, 2 the same version built anew, 3 another version. */
export interface KernelState {
  readonly running: string;
  readonly expected: string | undefined;
  readonly state: 0 | 1 | 2 | 3;
}

export function* checkKernel(sys: Sys): Blocking<KernelState> {
  const { release, version } = sys.uname();
  const found = new Map<string, boolean>();
  for (const { name } of sys.readdir("/boot")) {
    if (!name.startsWith("vmlinu")) continue;
    const text = (yield* headerVersion(sys, `/boot/${name}`)) ?? name.replace(/^[^-]*-/, "");
    const own = text.split(/\s/)[0] ?? "";
    if (/^\d+\.\d+/.test(own)) found.set(own, text.includes(release) && text.includes(version));
  }
  const expected = [...found.keys()].sort((a, b) => compareVersions(b, a))[0];
  if (expected === undefined) return { running: release, expected, state: 0 };
  return { running: release, expected, state: expected !== release ? 3 : found.get(release) === true ? 1 : 2 };
}

/** The version in the head of a bzImage (Documentation/x86/boot.rst: kernel_version at 0x20e). */
function* headerVersion(sys: Sys, path: string): Blocking<string | undefined> {
  try {
    const fd = yield* sys.open(path, O.RDONLY);
    const head = yield* sys.pread(fd, 2, 0x20e);
    const place = 0x200 + (head[0] ?? 0) + (head[1] ?? 0) * 256;
    const bytes = yield* sys.pread(fd, 128, place);
    sys.close(fd);
    const text = String.fromCharCode(...bytes.subarray(0, Math.max(0, bytes.indexOf(0))));
    return /^\d+\.\d+/.test(text) ? text : undefined;
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}
