// cron: looks at the tables of jobs once a minute and runs what is due (cron(8)). A job's output is mailed; without a mail system it is dropped, and the log says so.
import { type Blocking, encode, type IdleWord, O, SIGNALS, type Sys, type Stat, SysError } from "../../kernel/sys.ts";
import { Accounts, readTextFile, type User } from "../kit/accounts.ts";
import type { Command } from "../kit/command.ts";
import { sendMail } from "../kit/local-mail.ts";
import { FACILITY, PRIORITY, syslog } from "../kit/syslog.ts";
import { civilAt } from "../kit/time-format.ts";
import { readZone, type Zone } from "../kit/zones.ts";
import { CRONTABS, isDue, type Job, type Minute, parseTable } from "./_table.ts";

const rebootFlag = "/run/crond.reboot";
const minuteUs = 60_000_000;
const MOST_MAILED_BYTES = 1_000_000;
/** cron catches up on minutes that it missed, but not on more than these; then the clock was set. */
const catchUpMinutes = 5;
const LOOKED_AHEAD_MINUTES = 240;

interface Table {
  readonly path: string;
  readonly modifiedUs: number;
  readonly inode: number;
  /** The owner of a table in the spool; undefined: the lines name the user. */
  readonly user: string | undefined;
  readonly jobs: readonly Job[];
}

class Cron {
  readonly #sys: Sys;
  #tables = new Map<string, Table>();
  #started = false;
  /** something was logged since the last look began */
  #said = false;

  constructor(sys: Sys) {
    this.#sys = sys;
  }

  *#log(message: string): Blocking<void> {
    this.#said = true;
    yield* syslog(this.#sys, { identifier: "cron", facility: FACILITY.cron, priority: PRIORITY.info, message, withPid: true });
  }

  #list(directory: string): readonly string[] {
    try {
      return this.#sys.readdir(directory).map((entry) => entry.name).sort();
    } catch (error) {
      if (error instanceof SysError) return [];
      throw error;
    }
  }

  *reload(): Blocking<void> {
    this.#said = false;
    const paths: [path: string, user: string | undefined][] = [["/etc/crontab", undefined]];
    // names with a dot are left to package managers (cron(8), DEBIAN SPECIFIC)
    for (const name of this.#list("/etc/cron.d")) if (/^[A-Za-z0-9_-]+$/.test(name)) paths.push([`/etc/cron.d/${name}`, undefined]);
    for (const name of this.#list(CRONTABS)) if (!name.startsWith(".") && !name.startsWith("tmp.")) paths.push([`${CRONTABS}/${name}`, name]);
    const tables = new Map<string, Table>();
    let accounts: Accounts | undefined;
    for (const [path, user] of paths) {
      let facts: Stat;
      try {
        facts = this.#sys.stat(path);
      } catch (error) {
        if (error instanceof SysError) continue;
        throw error;
      }
      const known = this.#tables.get(path);
      if (known !== undefined && known.modifiedUs === facts.mtimeUs && known.inode === facts.ino) {
        tables.set(path, known);
        continue;
      }
      if (this.#started && (known !== undefined || user !== undefined)) yield* this.#log(user === undefined ? `(*system*) RELOAD (${path})` : `(${user}) RELOAD (crontabs/${user})`);
      if (user === undefined && (facts.uid !== 0 || (facts.mode & 0o022) !== 0)) {
        yield* this.#log(facts.uid !== 0 ? `(*system*) WRONG FILE OWNER (${path})` : `(*system*) INSECURE MODE (group/other writable) (${path})`);
        continue;
      }
      accounts ??= yield* Accounts.read(this.#sys);
      const users = accounts;
      if (user !== undefined && users.userByName(user) === undefined) {
        yield* this.#log(`(${user}) ORPHAN (no passwd entry)`);
        continue;
      }
      const parsed = parseTable((yield* readTextFile(this.#sys, path)) ?? "", user === undefined, (name) => users.userByName(name) !== undefined);
      for (const error of parsed.errors) yield* this.#log(`Error: ${error.message}; while reading ${path}`);
      tables.set(path, { path, modifiedUs: facts.mtimeUs, inode: facts.ino, user, jobs: parsed.errors.length > 0 && user === undefined ? [] : parsed.jobs });
    }
    this.#tables = tables;
    this.#started = true;
  }

  /** What a look depends on. */
  get files(): readonly string[] {
    return ["/etc/localtime", "/etc/passwd", "/etc/cron.d", CRONTABS, "/etc/crontab", ...this.#tables.keys()];
  }

  /** The first minute from `from` on in which a look finds something to do, if the tables stay as they are, or the one after the next hours. */
  *nextDue(zone: Zone, from: number): Blocking<number> {
    if (this.#said) return from;
    const jobs = [...this.#tables.values()].flatMap((table) => table.jobs.filter((job) => job.when !== "reboot"));
    const end = from + LOOKED_AHEAD_MINUTES;
    let minute = from;
    while (minute < end) {
      const at = minuteAt(zone, minute);
      if (jobs.some((job) => job.when !== "reboot" && isDue(job.when, at))) break;
      if (this.#sys.charge(jobs.length / 8)) yield* this.#sys.preempt();
      minute++;
    }
    return minute;
  }

  /** `minuteStartUs`: a table that is younger than the minute that is caught up on has no part in it. */
  *run(due: (job: Job) => boolean, minuteStartUs = Number.POSITIVE_INFINITY): Blocking<void> {
    let accounts: Accounts | undefined;
    for (const table of this.#tables.values()) {
      if (table.modifiedUs > minuteStartUs) continue;
      for (const job of table.jobs) {
        if (!due(job)) continue;
        accounts ??= yield* Accounts.read(this.#sys);
        const user = accounts.userByName(table.user ?? job.user ?? "root");
        if (user === undefined) continue;
        const groups = accounts.groupsOf(user);
        this.#sys.fork((child) => runJob(child, job, user, groups));
      }
    }
  }
}

function* runJob(sys: Sys, job: Job, user: User, groups: readonly number[]): Blocking<number> {
  sys.sigaction(SIGNALS.CHLD, "default");
  sys.setTitle("cron", ["/usr/sbin/CRON", "-f"]);
  const log = (own: Sys, facility: number, message: string): Blocking<void> => syslog(own, { identifier: "CRON", comm: "cron", facility, priority: PRIORITY.info, message, withPid: true });
  yield* log(sys, FACILITY.authpriv, `pam_unix(cron:session): session opened for user ${user.name}(uid=${user.uid}) by (uid=0)`);
  const [outputEnd, jobEnd] = sys.pipe();
  const [inputEnd, feedEnd] = sys.pipe();
  const pid = sys.fork(function* (child) {
    yield* log(child, FACILITY.cron, `(${user.name}) CMD (${job.command})`);
    child.setsid();
    child.dup2(inputEnd, 0);
    child.dup2(jobEnd, 1);
    child.dup2(jobEnd, 2);
    for (const fd of [inputEnd, feedEnd, outputEnd, jobEnd]) child.close(fd);
    const environment = new Map([["HOME", user.home], ["LOGNAME", user.name], ["PATH", "/usr/bin:/bin"], ["LANG", "C.UTF-8"], ["SHELL", "/bin/sh"], ...job.environment]);
    try {
      child.setgroups(groups);
      child.setgid(user.gid);
      child.setuid(user.uid);
      child.chdir(environment.get("HOME") ?? "/");
      const shell = environment.get("SHELL") ?? "/bin/sh";
      return yield* child.exec(shell, [shell, "-c", job.command], environment);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return 1;
    }
  });
  sys.close(jobEnd);
  sys.close(inputEnd);
  sys.sigaction(SIGNALS.PIPE, "ignore");
  try {
    if (job.input !== "") yield* sys.write(feedEnd, encode(job.input));
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  sys.close(feedEnd);
  const said: Uint8Array[] = [];
  for (let length = 0; ; ) {
    const bytes = yield* sys.read(outputEnd, 65536);
    if (bytes.length === 0) break;
    length += bytes.length;
    if (length <= MOST_MAILED_BYTES || said.length === 0) said.push(bytes);
  }
  yield* sys.waitpid(pid);
  const mailTo = job.environment.get("MAILTO") ?? user.name;
  if (said.length > 0 && mailTo !== "") {
    const shown = [...job.environment].map(([name, value]) => `X-Cron-Env: <${name}=${value}>`);
    const headers = [`From: root (Cron Daemon)`, `To: ${mailTo}`, `Subject: Cron <${user.name}@${sys.uname().nodename}> ${job.command}`, "MIME-Version: 1.0", "Content-Type: text/plain; charset=UTF-8", "Content-Transfer-Encoding: 8bit", ...shown, `X-Cron-Env: <HOME=${user.home}>`, `X-Cron-Env: <LOGNAME=${user.name}>`];
    if (!(yield* sendMail(sys, { from: user.name, to: mailTo, headers, body: said }))) yield* log(sys, FACILITY.cron, "(CRON) info (No MTA installed, discarding output)");
  }
  yield* log(sys, FACILITY.authpriv, `pam_unix(cron:session): session closed for user ${user.name}`);
  return 0;
}

/** Until the realtime clock's next minute, reaping jobs meanwhile. `word`: no job is due before that minute, unless these files change. */
function* nextMinute(sys: Sys, word?: { readonly nothingBefore: number; readonly unlessChanged: readonly string[] }): Blocking<number> {
  const end = Math.floor(sys.clockUs("realtime") / minuteUs) + 1;
  for (;;) {
    const leftUs = end * minuteUs - sys.clockUs("realtime");
    if (leftUs <= 0 || leftUs > minuteUs) return Math.floor(sys.clockUs("realtime") / minuteUs);
    yield* pauseFor(sys, leftUs, word && { nothingForUs: word.nothingBefore * minuteUs - sys.clockUs("realtime"), unlessChanged: word.unlessChanged });
  }
}

function* pauseFor(sys: Sys, durationUs: number, word?: IdleWord): Blocking<void> {
  try {
    yield* sys.sleep(durationUs, word);
  } catch (error) {
    if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
    sys.takeSignals();
    try {
      while ((yield* sys.waitpid(-1, { nohang: true })) !== undefined);
    } catch (none) {
      if (!(none instanceof SysError)) throw none;
    }
  }
}

const command: Command = {
  name: "cron",
  path: "/usr/sbin/cron",
  declaration: { name: "cron", summary: "daemon that runs commands at their appointed times", synopsis: ["[-f] [-l] [-L loglevel]"], operands: "none", options: [], manSection: 8 },
  *program(sys, argv) {
    if (sys.getcred().euid !== 0) {
      yield* sys.write(2, encode("cron: can't open or create /var/run/crond.pid: Permission denied\n"));
      return 1;
    }
    if (!argv.includes("-f")) {
      sys.fork(function* (child) {
        child.setsid();
        return yield* daemon(child);
      });
      return 0;
    }
    return yield* daemon(sys);
  },
};

function* daemon(sys: Sys): Blocking<number> {
  sys.sigaction(SIGNALS.CHLD, "catch");
  sys.sigaction(SIGNALS.HUP, "catch");
  yield* syslog(sys, { identifier: "cron", facility: FACILITY.cron, priority: PRIORITY.info, message: "(CRON) INFO (pidfile fd = 3)", withPid: true });
  const pidFile = yield* sys.open("/run/crond.pid", O.WRONLY | O.CREAT | O.TRUNC, 0o644);
  yield* sys.write(pidFile, encode(`${sys.getpid()}\n`));
  let atBoot = false;
  try {
    sys.stat(rebootFlag);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    atBoot = true;
    sys.close(yield* sys.open(rebootFlag, O.WRONLY | O.CREAT, 0o644));
  }
  yield* syslog(sys, { identifier: "cron", facility: FACILITY.cron, priority: PRIORITY.info, message: atBoot ? "(CRON) INFO (Running @reboot jobs)" : "(CRON) INFO (Skipping @reboot jobs -- not system startup)", withPid: true });
  const cron = new Cron(sys);
  if (atBoot) {
    yield* pauseFor(sys, 1_000_000);
    yield* cron.reload();
    yield* cron.run((job) => job.when === "reboot");
  }
  let last = Math.floor(sys.clockUs("realtime") / minuteUs);
  let word: { readonly nothingBefore: number; readonly unlessChanged: readonly string[] } | undefined;
  for (;;) {
    const now = yield* nextMinute(sys, word);
    yield* cron.reload();
    const zone = yield* readZone(sys);
    const first = now - last > catchUpMinutes || now < last ? now : last + 1;
    for (let minute = first; minute <= now; minute++) {
      const at = minuteAt(zone, minute);
      yield* cron.run((job) => job.when !== "reboot" && isDue(job.when, at), minute === now ? undefined : minute * minuteUs);
    }
    last = now;
    word = { nothingBefore: yield* cron.nextDue(zone, now + 1), unlessChanged: cron.files };
  }
}

function minuteAt(zone: Zone, minute: number): Minute {
  const civil = civilAt(zone, minute * 60);
  return { minute: civil.minute, hour: civil.hour, dayOfMonth: civil.day, month: civil.month, dayOfWeek: civil.weekday };
}

export default command;
