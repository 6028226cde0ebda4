// namespaces(7): what each kind holds. Inode numbers of the first ones are those of Linux (include/linux/proc_ns.h).

import type { Cgroup } from "./cgroup.ts";
import { IpcObjects } from "./ipc.ts";
import { SysError } from "./errno.ts";
import type { NetNamespace } from "./net/net-namespace.ts";
import type { Process } from "./process.ts";
import type { NamespaceKind } from "./sys.ts";
import type { MountNamespace } from "./vfs/mount-namespace.ts";
import { CAP } from "./vfs/caller.ts";

export const INITIAL_INODE = {
  time: 4026531834, cgroup: 4026531835, pid: 4026531836, user: 4026531837, uts: 4026531838, ipc: 4026531839, net: 4026531840, mnt: 4026531841,
} as const satisfies Record<NamespaceKind, number>;
/** Where numbers of namespaces made later start on a freshly booted machine. */
export const FIRST_DYNAMIC_INODE = 4026532160;

export interface Namespace {
  readonly kind: NamespaceKind;
  readonly inode: number;
}

export interface IdRange {
  readonly inside: number;
  readonly outside: number;
  readonly count: number;
}

export const OVERFLOW_ID = 65534;
const UNMAPPED = 0xffffffff;

export class UserNamespace implements Namespace {
  readonly kind = "user";
  readonly inode: number;
  readonly parent: UserNamespace | undefined;
  readonly level: number;
  readonly ownerUid: number;
  readonly ownerGid: number;
  /** outside ids are those of the parent namespace, as uid_map was written */
  uidMap: readonly IdRange[];
  gidMap: readonly IdRange[];
  setgroups: "allow" | "deny" = "allow";

  constructor(inode: number, parent: UserNamespace | undefined, ownerUid: number, ownerGid: number) {
    this.inode = inode;
    this.parent = parent;
    this.level = parent ? parent.level + 1 : 0;
    this.ownerUid = ownerUid;
    this.ownerGid = ownerGid;
    const all = parent ? [] : [{ inside: 0, outside: 0, count: UNMAPPED }];
    this.uidMap = all;
    this.gidMap = all;
  }

  /** The kernel's id for an id of this namespace; undefined when unmapped. */
  toKernel(kind: "uid" | "gid", id: number): number | undefined {
    if (!this.parent) return id;
    for (const range of kind === "uid" ? this.uidMap : this.gidMap) {
      if (id >= range.inside && id < range.inside + range.count) return this.parent.toKernel(kind, range.outside + id - range.inside);
    }
    return undefined;
  }

  fromKernel(kind: "uid" | "gid", id: number): number | undefined {
    if (!this.parent) return id;
    const above = this.parent.fromKernel(kind, id);
    if (above === undefined) return undefined;
    for (const range of kind === "uid" ? this.uidMap : this.gidMap) {
      if (above >= range.outside && above < range.outside + range.count) return range.inside + above - range.outside;
    }
    return undefined;
  }

  isWithin(ancestor: UserNamespace): boolean {
    for (let at: UserNamespace | undefined = this; at; at = at.parent) if (at === ancestor) return true;
    return false;
  }

  /** A write to /proc/PID/uid_map or gid_map (user_namespaces(7)). Errors: EPERM, EINVAL. */
  setMap(writer: Process, kind: "uid" | "gid", text: string): void {
    if ((kind === "uid" ? this.uidMap : this.gidMap).length > 0) throw new SysError("EPERM");
    const parent = this.parent;
    if (!parent) throw new SysError("EPERM");
    const ranges: IdRange[] = [];
    for (const line of text.split("\n")) {
      const words = line.trim().split(/[ \t]+/);
      if (words.length === 1 && words[0] === "") continue;
      const [inside, outside, count] = words.map((word) => (/^\d{1,10}$/.test(word) ? Number(word) : Number.NaN));
      if (words.length !== 3 || inside === undefined || outside === undefined || count === undefined) throw new SysError("EINVAL");
      if (Number.isNaN(inside + outside + count) || count === 0 || inside + count > UNMAPPED + 1 || outside + count > UNMAPPED + 1) throw new SysError("EINVAL");
      for (const other of ranges) {
        if (inside < other.inside + other.count && other.inside < inside + count) throw new SysError("EINVAL");
        if (outside < other.outside + other.count && other.outside < outside + count) throw new SysError("EINVAL");
      }
      ranges.push({ inside, outside, count });
    }
    if (ranges.length === 0 || ranges.length > 340) throw new SysError("EINVAL");
    const needed = kind === "uid" ? CAP.SETUID : CAP.SETGID;
    const privileged = writer.capableIn(parent, needed) && writer.namespaces.user.isWithin(parent);
    if (!privileged || !writer.capableIn(this, needed)) {
      const own = kind === "uid" ? writer.credentials.euid : writer.credentials.egid;
      const only = ranges[0];
      const single = ranges.length === 1 && only?.count === 1 && parent.toKernel(kind, only.outside) === own;
      const allowed = single && writer.credentials.euid === this.ownerUid && (kind === "uid" || this.setgroups === "deny");
      if (!allowed) throw new SysError("EPERM");
    }
    for (const range of ranges) if (parent.toKernel(kind, range.outside) === undefined) throw new SysError("EPERM");
    if (kind === "uid") this.uidMap = ranges;
    else this.gidMap = ranges;
  }
}

export class PidNamespace implements Namespace {
  readonly kind = "pid";
  readonly inode: number;
  readonly parent: PidNamespace | undefined;
  readonly level: number;
  readonly owner: UserNamespace;
  /** pid 1 here; undefined before the first fork and after its end */
  init: Process | undefined;
  /** init has ended: nothing can be forked here any more (ENOMEM) */
  dead = false;
  readonly #byPid = new Map<number, Process>();
  #lastPid = 0;

  constructor(inode: number, parent: PidNamespace | undefined, owner: UserNamespace) {
    this.inode = inode;
    this.parent = parent;
    this.level = parent ? parent.level + 1 : 0;
    this.owner = owner;
  }

  /** pids rise and wrap round at pid_max, as Linux gives them; after the wrap they start at 300 (RESERVED_PIDS). */
  allocate(pidMax: number): number {
    let pid = this.#lastPid;
    do {
      pid = pid + 1 >= pidMax ? 300 : pid + 1;
    } while (this.#byPid.has(pid));
    this.#lastPid = pid;
    return pid;
  }

  get lastPid(): number {
    return this.#lastPid;
  }

  set lastPid(pid: number) {
    this.#lastPid = pid;
  }

  enter(pid: number, process: Process): void {
    this.#byPid.set(pid, process);
  }

  leave(pid: number): void {
    this.#byPid.delete(pid);
  }

  find(pid: number): Process | undefined {
    return this.#byPid.get(pid);
  }

  /** Without threads. */
  *processes(): Generator<Process, void, void> {
    for (const process of this.#byPid.values()) if (!process.threadOf) yield process;
  }

  get count(): number {
    return this.#byPid.size;
  }

  isWithin(ancestor: PidNamespace): boolean {
    for (let at: PidNamespace | undefined = this; at; at = at.parent) if (at === ancestor) return true;
    return false;
  }
}

export class UtsNamespace implements Namespace {
  readonly kind = "uts";
  readonly inode: number;
  readonly owner: UserNamespace;
  hostname: string;
  domainname: string;

  constructor(inode: number, owner: UserNamespace, hostname: string, domainname: string) {
    this.inode = inode;
    this.owner = owner;
    this.hostname = hostname;
    this.domainname = domainname;
  }
}

export class IpcNamespace implements Namespace {
  readonly kind = "ipc";
  readonly inode: number;
  readonly owner: UserNamespace;
  /** message queues, semaphore sets and shared memory segments of System V */
  readonly objects = new IpcObjects();

  constructor(inode: number, owner: UserNamespace) {
    this.inode = inode;
    this.owner = owner;
  }
}

export class CgroupNamespace implements Namespace {
  readonly kind = "cgroup";
  readonly inode: number;
  readonly owner: UserNamespace;
  readonly root: Cgroup;

  constructor(inode: number, owner: UserNamespace, root: Cgroup) {
    this.inode = inode;
    this.owner = owner;
    this.root = root;
  }
}

export class TimeNamespace implements Namespace {
  readonly kind = "time";
  readonly inode: number;
  readonly owner: UserNamespace;
  monotonicOffsetUs = 0;
  boottimeOffsetUs = 0;

  constructor(inode: number, owner: UserNamespace) {
    this.inode = inode;
    this.owner = owner;
  }
}

/** Immutable and shared between processes (as nsproxy is). */
export interface Namespaces {
  readonly mnt: MountNamespace;
  readonly pid: PidNamespace;
  /** where children go: differs from `pid` after unshare(CLONE_NEWPID) or setns */
  readonly pidForChildren: PidNamespace;
  readonly net: NetNamespace;
  readonly uts: UtsNamespace;
  readonly ipc: IpcNamespace;
  readonly user: UserNamespace;
  readonly cgroup: CgroupNamespace;
  readonly time: TimeNamespace;
  readonly timeForChildren: TimeNamespace;
}
