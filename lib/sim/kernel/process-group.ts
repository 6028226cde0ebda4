// Process groups and sessions (setpgid(2), setsid(2), credentials(7)), and a process id as each pid namespace counts it.

import type { PidNamespace } from "./namespace.ts";
import type { Process } from "./process.ts";
import { SmallSet } from "./small-set.ts";
import type { Terminal } from "./tty/terminal.ts";

/** What Linux calls struct pid: it outlives the process while a group or session carries its number. */
export class PidIdentity {
  readonly namespace: PidNamespace;
  /** by level of nesting; [0] is the number in the initial namespace */
  readonly numbers: readonly number[];

  constructor(namespace: PidNamespace, numbers: readonly number[]) {
    this.namespace = namespace;
    this.numbers = numbers;
  }

  /** 0 when not visible there. */
  in(namespace: PidNamespace): number {
    if (namespace.level === 0) return this.numbers[0] ?? 0;
    return this.namespace.isWithin(namespace) ? (this.numbers[namespace.level] ?? 0) : 0;
  }
}

export class Session {
  readonly identity: PidIdentity;
  leader: Process | undefined;
  terminal: Terminal | undefined;

  constructor(leader: Process) {
    this.identity = leader.identity;
    this.leader = leader;
  }

  get id(): number {
    return this.identity.numbers[0] ?? 0;
  }
}

export class ProcessGroup {
  readonly identity: PidIdentity;
  readonly session: Session;
  readonly members = new SmallSet<Process>();

  constructor(identity: PidIdentity, session: Session) {
    this.identity = identity;
    this.session = session;
  }

  get id(): number {
    return this.identity.numbers[0] ?? 0;
  }

  /** No member has a parent in another group of the same session (POSIX: orphaned process group). */
  isOrphaned(without?: Process): boolean {
    for (const member of this.members) {
      if (member === without || member.runState === "zombie") continue;
      const parent = member.parent;
      if (parent && parent !== without && parent.group !== this && parent.group.session === this.session && parent.runState !== "zombie" && !parent.isPidOne()) return false;
    }
    return true;
  }

  hasStopped(): boolean {
    for (const member of this.members) if (member.stoppedBy !== 0) return true;
    return false;
  }
}

/** The group that a process means by a number. */
export function findGroup(process: Process, pgid: number): ProcessGroup | undefined {
  const { groups } = process.kernel;
  const { pid } = process.namespaces;
  if (pid.level === 0) return groups.get(pgid);
  for (const group of groups.values()) if (group.identity.in(pid) === pgid) return group;
  return undefined;
}
