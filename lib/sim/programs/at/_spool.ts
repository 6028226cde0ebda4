// The spool of at: a script a job, named QUEUE, number and minute in hexadecimal (atd(8)).

import { type Blocking, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";

export const JOBS = "/var/spool/cron/atjobs";
export const PID_FILE = "/run/atd.pid";

export interface AtJob {
  readonly file: string;
  readonly number: number;
  readonly queue: string;
  readonly atSeconds: number;
  readonly uid: number;
  /** it runs */
  readonly running: boolean;
}

/** In the order of their names, as the directory is read. */
export function* readJobs(sys: Sys): Blocking<readonly AtJob[]> {
  const jobs: AtJob[] = [];
  let names: readonly string[] = [];
  try {
    names = sys.readdir(JOBS).map((entry) => entry.name).sort();
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  for (const name of names) {
    const match = /^([=a-zA-Z])([0-9a-f]{5})([0-9a-f]{8})$/.exec(name);
    if (match === null) continue;
    const text = (yield* readTextFile(sys, `${JOBS}/${name}`)) ?? "";
    const stamp = /^# at (\d+) ([a-zA-Z])$/m.exec(text);
    jobs.push({ file: name, number: Number.parseInt(match[2] ?? "0", 16), queue: match[1] === "=" ? (stamp?.[2] ?? "a") : (match[1] ?? "a"), atSeconds: Number.parseInt(match[3] ?? "0", 16) * 60, uid: sys.stat(`${JOBS}/${name}`).uid, running: match[1] === "=" });
    if (sys.charge(5)) yield* sys.preempt();
  }
  return jobs;
}

export function* nextNumber(sys: Sys): Blocking<number> {
  const number = ((Number.parseInt((yield* readTextFile(sys, `${JOBS}/.SEQ`)) ?? "0", 16) || 0) + 1) % 0xfffff;
  const fd = yield* sys.open(`${JOBS}/.SEQ`, O.WRONLY | O.CREAT | O.TRUNC, 0o600);
  yield* sys.write(fd, encode(`${number.toString(16).padStart(5, "0")}\n`));
  sys.close(fd);
  return number;
}

export const jobFile = (queue: string, number: number, atSeconds: number): string => `${queue}${number.toString(16).padStart(5, "0")}${Math.floor(atSeconds / 60).toString(16).padStart(8, "0")}`;

/** at.allow, else at.deny, else root alone (at(1)). */
export function* mayUseAt(sys: Sys, uid: number): Blocking<boolean> {
  if (uid === 0) return true;
  const name = (yield* Accounts.read(sys)).userById(uid)?.name ?? "";
  const listed = (text: string): boolean => text.split("\n").some((line) => line.trim() === name);
  const allowed = yield* readTextFile(sys, "/etc/at.allow");
  if (allowed !== undefined) return listed(allowed);
  const denied = yield* readTextFile(sys, "/etc/at.deny");
  return denied !== undefined && !listed(denied);
}
