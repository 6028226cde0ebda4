// Users and groups as /etc/passwd, /etc/group and /etc/shadow list them (passwd(5), group(5), shadow(5)): what getpwnam(3) and
// getgrnam(3) find with "files" in nsswitch.conf. Read once a program, when first asked.

import { type Blocking, O, type Sys, SysError, decode } from "../../kernel/sys.ts";

export interface User {
  readonly name: string;
  readonly password: string;
  readonly uid: number;
  readonly gid: number;
  readonly gecos: string;
  readonly home: string;
  readonly shell: string;
}

export interface Group {
  readonly name: string;
  readonly password: string;
  readonly gid: number;
  readonly members: readonly string[];
}

const ACCOUNTED_FROM_BYTES = 1 << 20;

/** A whole small file as text; undefined when it cannot be read. */
export function* readTextFile(sys: Sys, path: string): Blocking<string | undefined> {
  let fd: number;
  try {
    fd = yield* sys.open(path, O.RDONLY);
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
  try {
    let text = "";
    for (let sizeBytes = 0; ; ) {
      const bytes = yield* sys.read(fd, 65536);
      if (bytes.length === 0) return text;
      text += decode(bytes);
      sizeBytes += bytes.length;
      // beyond any file that is meant to be read (/dev/zero): memory of the process, which ends
      if (sizeBytes > ACCOUNTED_FROM_BYTES) {
        sys.allocate(2 * bytes.length);
        if (sys.charge(bytes.length >> 8)) yield* sys.preempt();
      }
    }
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  } finally {
    sys.close(fd);
  }
}

const idNumber = (text: string | undefined): number => (text !== undefined && /^\d+$/.test(text) ? Number(text) : Number.NaN);

export function parseUsers(text: string): User[] {
  const users: User[] = [];
  for (const line of text.split("\n")) {
    const [name, password = "", uid, gid, gecos = "", home = "", shell = ""] = line.split(":");
    if (name === undefined || name === "" || Number.isNaN(idNumber(uid)) || Number.isNaN(idNumber(gid))) continue;
    users.push({ name, password, uid: idNumber(uid), gid: idNumber(gid), gecos, home, shell });
  }
  return users;
}

export function parseGroups(text: string): Group[] {
  const groups: Group[] = [];
  for (const line of text.split("\n")) {
    const [name, password = "", gid, members = ""] = line.split(":");
    if (name === undefined || name === "" || Number.isNaN(idNumber(gid))) continue;
    groups.push({ name, password, gid: idNumber(gid), members: members.split(",").filter((member) => member !== "") });
  }
  return groups;
}

let last: { readonly users: string; readonly groups: string; readonly accounts: Accounts } | undefined;

export class Accounts {
  readonly users: readonly User[];
  readonly groups: readonly Group[];
  readonly #usersById = new Map<number, User>();
  readonly #usersByName = new Map<string, User>();
  readonly #groupsById = new Map<number, Group>();
  readonly #groupsByName = new Map<string, Group>();

  constructor(users: readonly User[], groups: readonly Group[]) {
    this.users = users;
    this.groups = groups;
    for (const user of users) {
      if (!this.#usersById.has(user.uid)) this.#usersById.set(user.uid, user);
      if (!this.#usersByName.has(user.name)) this.#usersByName.set(user.name, user);
    }
    for (const group of groups) {
      if (!this.#groupsById.has(group.gid)) this.#groupsById.set(group.gid, group);
      if (!this.#groupsByName.has(group.name)) this.#groupsByName.set(group.name, group);
    }
  }

  static *read(sys: Sys): Blocking<Accounts> {
    const users = (yield* readTextFile(sys, "/etc/passwd")) ?? "";
    const groups = (yield* readTextFile(sys, "/etc/group")) ?? "";
    // most programs of most sessions read the same two files
    if (last?.users !== users || last.groups !== groups) last = { users, groups, accounts: new Accounts(parseUsers(users), parseGroups(groups)) };
    return last.accounts;
  }

  userById(uid: number): User | undefined {
    return this.#usersById.get(uid);
  }

  userByName(name: string): User | undefined {
    return this.#usersByName.get(name);
  }

  groupById(gid: number): Group | undefined {
    return this.#groupsById.get(gid);
  }

  groupByName(name: string): Group | undefined {
    return this.#groupsByName.get(name);
  }

  userName(uid: number): string {
    return this.#usersById.get(uid)?.name ?? String(uid);
  }

  groupName(gid: number): string {
    return this.#groupsById.get(gid)?.name ?? String(gid);
  }

  /** getgrouplist(3): the primary group, then those that list the user. */
  groupsOf(user: User): readonly number[] {
    const ids = [user.gid];
    for (const group of this.groups) if (group.members.includes(user.name) && !ids.includes(group.gid)) ids.push(group.gid);
    return ids;
  }
}
