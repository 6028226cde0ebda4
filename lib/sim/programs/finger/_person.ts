// What finger knows of somebody: the account, where they are logged in, when they were last, their mail (bsd-finger 0.17).

import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts, type User } from "../kit/accounts.ts";
import { lastLogin } from "../kit/lastlog.ts";
import { readUtmp, UT } from "../kit/utmp.ts";

export interface Session {
  readonly line: string;
  readonly host: string;
  readonly atSeconds: number;
  readonly idleSeconds: number;
  readonly writable: boolean;
}

export interface Person {
  readonly user: User;
  readonly realName: string;
  readonly office: string;
  readonly officePhone: string;
  readonly homePhone: string;
  readonly sessions: readonly Session[];
  /** of somebody who is not logged in */
  readonly last: { readonly seconds: number; readonly line: string; readonly host: string } | undefined;
}

/** A terminal of utmp that is no device: the name of its file. */
export class NoTerminal extends Error {}

/** "&" in the name field stands for the login name with a capital (finger(1)). */
function realNameOf(user: User): string {
  return (user.gecos.split(",")[0] ?? "").replaceAll("&", user.name.charAt(0).toUpperCase() + user.name.slice(1));
}

function* personOf(sys: Sys, user: User, sessions: readonly Session[]): Blocking<Person> {
  const [, office = "", officePhone = "", homePhone = ""] = user.gecos.split(",");
  return { user, realName: realNameOf(user), office, officePhone, homePhone, sessions, last: sessions.length > 0 ? undefined : yield* lastLogin(sys, user.uid) };
}

/** Throws NoTerminal. */
function* sessionsByUser(sys: Sys): Blocking<Map<string, Session[]>> {
  const nowUs = sys.clockUs("realtime");
  const found = new Map<string, Session[]>();
  for (const record of yield* readUtmp(sys)) {
    if (record.type !== UT.USER_PROCESS) continue;
    const path = `/dev/${record.line}`;
    let status: { readonly atimeUs: number; readonly mode: number };
    try {
      status = sys.stat(path);
    } catch (error) {
      if (error instanceof SysError) throw new NoTerminal(`/dev//${record.line}: ${error.message}`);
      throw error;
    }
    const session: Session = { line: record.line, host: record.host, atSeconds: Math.floor(record.timeUs / 1e6), idleSeconds: Math.max(0, Math.floor((nowUs - status.atimeUs) / 1e6)), writable: (status.mode & 0o020) !== 0 };
    found.set(record.user, [...(found.get(record.user) ?? []), session]);
  }
  return found;
}

/** Who is logged in, in the order of their sessions. */
export function* loggedIn(sys: Sys): Blocking<Person[]> {
  const accounts = yield* Accounts.read(sys);
  const people: Person[] = [];
  for (const [name, sessions] of yield* sessionsByUser(sys)) {
    const user = accounts.users.find((one) => one.name === name);
    if (user) people.push(yield* personOf(sys, user, sessions));
  }
  return people;
}

/** The people whom the words name, and the words that name nobody. `namesOnly`: real names do not count. */
export function* named(sys: Sys, words: readonly string[], namesOnly: boolean): Blocking<{ readonly people: readonly Person[]; readonly unknown: readonly string[] }> {
  const { users } = yield* Accounts.read(sys);
  const sessions = yield* sessionsByUser(sys);
  const people: Person[] = [];
  const unknown: string[] = [];
  const add = function* (user: User): Blocking<void> {
    if (!people.some((one) => one.user === user)) people.push(yield* personOf(sys, user, sessions.get(user.name) ?? []));
  };
  for (const word of words) {
    const exact = users.find((one) => one.name === word);
    const found = exact ? [exact] : namesOnly ? [] : users.filter((one) => fits(one, word));
    if (found.length === 0) unknown.push(word);
    for (const user of found) yield* add(user);
  }
  return { people, unknown };
}

/** One word of the real name, that is not the login name written otherwise. */
function fits(user: User, word: string): boolean {
  const wanted = word.toLowerCase();
  return wanted !== user.name.toLowerCase() && realNameOf(user).split(/[ \t]+/).some((part) => part.toLowerCase() === wanted);
}

/** ~/.nofinger: who asks from another host hears that there is nobody of that name. */
export function hides(sys: Sys, user: User): boolean {
  try {
    sys.stat(`${user.home}/.nofinger`);
    return true;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}
