// anacron 2.3: runs the jobs of /etc/anacrontab whose last day (/var/spool/anacron/JOB) is too long ago, each after its delay (anacron(8)).
import { type Blocking, civilFromDays, encode, O, SIGNALS, type Sys, SysError, type WaitStatus } from "../../kernel/sys.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";
import { sendMail } from "../kit/local-mail.ts";
import { flag, text } from "../kit/option.ts";
import { exists } from "../kit/presence.ts";
import { type Io, program } from "../kit/program.ts";
import { FACILITY, PRIORITY, syslog } from "../kit/syslog.ts";
import { offsetAt, readZone } from "../kit/zones.ts";
import { type AnacronJob, parseAnacrontab, periodDays, stampDay } from "./_anacrontab.ts";

const SENDMAIL = "/usr/sbin/sendmail";
const MOST_MAILED_BYTES = 1_000_000;

const usage = `Usage:  anacron [-s] [-f] [-n] [-d] [-q] [-t anacrontab] [-S spooldir] [job] ...
        anacron [-S spooldir] -u [job] ...
        anacron [-V|-h]
        anacron -T [-t anacrontab]

 -s  One job after another
 -f  Every job now, due or not
 -n  Do not wait before a job; -s too
 -d  Stay in the foreground
 -q  With -d, nothing on standard error
 -u  Only note the jobs as done today
 -t  Another table of jobs
 -V  Show the version
 -h  Show this help
 -T  Only read the table and report errors
 -S  Another directory for the dates

The manual page tells more.

`;

class Abort extends Error {}

interface Settings {
  readonly force: boolean;
  readonly serial: boolean;
  readonly now: boolean;
  readonly update: boolean;
  readonly test: boolean;
  readonly table: string;
  readonly spool: string;
  readonly wanted: readonly string[];
  /** what goes to standard error too */
  readonly explains: boolean;
  readonly complains: boolean;
}

class Run {
  readonly sys: Sys;
  readonly #settings: Settings;
  #today = 0;
  #jobsRun = 0;

  constructor(sys: Sys, settings: Settings) {
    this.sys = sys;
    this.#settings = settings;
  }

  *#tell(message: string, level: number): Blocking<void> {
    yield* syslog(this.sys, { identifier: "anacron", facility: FACILITY.cron, priority: level, message, withPid: true });
    if (level === PRIORITY.err ? this.#settings.complains : this.#settings.explains) yield* this.sys.write(2, encode(`${level === PRIORITY.err ? "anacron: " : ""}${message}\n`));
  }

  explain(message: string): Blocking<void> {
    return this.#tell(message, PRIORITY.notice);
  }

  complain(message: string): Blocking<void> {
    return this.#tell(message, PRIORITY.err);
  }

  #date(dashes: string): string {
    const { year, month, day } = civilFromDays(this.#today);
    return [String(year).padStart(4, "0"), String(month).padStart(2, "0"), String(day).padStart(2, "0")].join(dashes);
  }

  *main(): Blocking<number> {
    const { sys } = this;
    const settings = this.#settings;
    const seconds = Math.floor(sys.clockUs("realtime") / 1e6);
    this.#today = Math.floor((seconds + offsetAt(yield* readZone(sys), seconds).offsetSeconds) / 86_400);
    const read = function* (): Blocking<string> {
      try {
        const fd = yield* sys.open(settings.table, O.RDONLY);
        sys.close(fd);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        throw new Abort(`Error opening ${settings.table}: ${error.message}`);
      }
      return (yield* readTextFile(sys, settings.table)) ?? "";
    };
    if (settings.test) {
      const { complaints } = parseAnacrontab(yield* read(), settings.table);
      for (const complaint of complaints) yield* this.complain(complaint);
      return complaints.length > 0 ? 1 : 0;
    }
    try {
      sys.chdir(settings.spool);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.complain(`Can't chdir to ${settings.spool}: ${error.message}`);
      return 1;
    }
    if (!settings.update) yield* this.explain(`Anacron 2.3 started on ${this.#date("-")}`);
    const { jobs, complaints } = parseAnacrontab(yield* read(), settings.table);
    for (const complaint of complaints) yield* this.complain(complaint);
    const patterns = settings.wanted.length === 0 ? undefined : settings.wanted.map((pattern) => compileFnmatch(pattern));
    const chosen = jobs.filter((job) => patterns === undefined || patterns.some((matches) => matches(job.name))).sort((a, b) => a.delayMinutes - b.delayMinutes);
    const due: (readonly [job: AnacronJob, stamp: number])[] = [];
    for (const job of chosen) {
      const fd = yield* this.#openStamp(job.name);
      if (settings.update) {
        yield* this.#writeStamp(fd);
        yield* this.explain(`Updated timestamp for job \`${job.name}' to ${this.#date("-")}`);
        sys.close(fd);
        continue;
      }
      if (yield* this.#isDue(job, fd)) due.push([job, fd]);
      else sys.close(fd);
    }
    if (settings.update) return 0;
    yield* this.#launch(due);
    yield* this.explain(`Normal exit (${this.#jobsRun} job${this.#jobsRun === 1 ? "" : "s"} run)`);
    return 0;
  }

  *#openStamp(name: string): Blocking<number> {
    try {
      return yield* this.sys.open(name, O.RDWR | O.CREAT | O.CLOEXEC, 0o600);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      throw new Abort(`Can't open timestamp file for job ${name}: ${error.message}`);
    }
  }

  *#writeStamp(fd: number): Blocking<void> {
    this.sys.lseek(fd, 0, "set");
    yield* this.sys.write(fd, encode(`${this.#date("")}\n`));
    this.sys.ftruncate(fd, 9);
  }

  *#isDue(job: AnacronJob, fd: number): Blocking<boolean> {
    if (!this.#settings.force) {
      const last = stampDay(yield* readTextFile(this.sys, job.name));
      const gone = last === undefined ? undefined : this.#today - last;
      if (gone !== undefined && gone >= 0 && gone < periodDays(job.period, this.#today)) return false;
    }
    try {
      yield* this.sys.flock(fd, "exclusive", true);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.explain(`Job \`${job.name}' locked by another anacron - skipping`);
      return false;
    }
    const delay = this.#settings.now ? 0 : job.delayMinutes;
    yield* this.explain(delay > 0 ? `Will run job \`${job.name}' in ${delay} min.` : `Will run job \`${job.name}'`);
    return true;
  }

  /** Each when its delay since the start is over; one after the other with -s. SIGUSR1 starts no more. */
  *#launch(due: readonly (readonly [AnacronJob, number])[]): Blocking<void> {
    const { sys } = this;
    const { serial, now } = this.#settings;
    if (due.length > 0 && serial) yield* this.explain("Jobs will be executed sequentially");
    sys.sigaction(SIGNALS.USR1, "catch");
    const startUs = sys.clockUs("monotonic");
    const children: number[] = [];
    let stopped = false;
    for (const [job, fd] of due) {
      const untilUs = startUs + (now ? 0 : job.delayMinutes * 60e6);
      while (!stopped) {
        const leftUs = untilUs - sys.clockUs("monotonic");
        if (leftUs <= 0) break;
        try {
          yield* sys.sleep(leftUs);
        } catch (error) {
          if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
        }
        stopped = sys.takeSignals().includes(SIGNALS.USR1);
      }
      stopped ||= sys.takeSignals().includes(SIGNALS.USR1);
      if (stopped) {
        yield* this.explain("Received SIGUSR1");
        break;
      }
      this.#jobsRun++;
      if (serial) yield* this.#runJob(sys, job, fd);
      else children.push(sys.fork(function* (this: Run, thread: Sys) {
        yield* this.#runJob(thread, job, fd);
        return 0;
      }.bind(this)));
    }
    for (const pid of children) {
      for (let waiting = true; waiting;) {
        try {
          yield* sys.waitpid(pid);
          waiting = false;
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          waiting = error.errno === "EINTR";
        }
      }
    }
    if (stopped) {
      yield* this.explain("Exited");
      yield* sys.exit(0);
    }
  }

  *#runJob(sys: Sys, job: AnacronJob, stamp: number): Blocking<void> {
    const [readEnd, writeEnd] = sys.pipe();
    const environment = new Map([...sys.environment, ...job.environment]);
    yield* this.explain(`Job \`${job.name}' started`);
    const pid = sys.fork(function* (child) {
      const nothing = yield* child.open("/dev/null", O.RDONLY);
      child.dup2(nothing, 0);
      child.dup2(writeEnd, 1);
      child.dup2(writeEnd, 2);
      for (const fd of child.descriptors()) if (fd > 2) child.close(fd);
      child.sigaction(SIGNALS.USR1, "default");
      child.chdir("/");
      try {
        return yield* child.exec("/bin/sh", ["/bin/sh", "-c", job.command], environment);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        return 1;
      }
    });
    sys.close(writeEnd);
    const said: Uint8Array[] = [];
    let length = 0;
    for (;;) {
      let bytes: Uint8Array;
      try {
        bytes = yield* sys.read(readEnd, 65_536);
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
        continue;
      }
      if (bytes.length === 0) break;
      length += bytes.length;
      if (length <= MOST_MAILED_BYTES) said.push(bytes);
    }
    sys.close(readEnd);
    let status: WaitStatus | undefined;
    while (status === undefined) {
      try {
        status = (yield* sys.waitpid(pid))?.status;
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
      }
    }
    const mail = said.length > 0 ? " (mailing output)" : "";
    if (status.kind === "signaled") yield* this.complain(`Job \`${job.name}' terminated due to signal ${status.signal}${mail}`);
    else if (status.kind === "exited" && status.status !== 0) yield* this.explain(`Job \`${job.name}' terminated (exit status: ${status.status})${mail}`);
    else yield* this.explain(`Job \`${job.name}' terminated${mail}`);
    yield* this.#writeStamp(stamp);
    sys.close(stamp);
    if (said.length === 0) return;
    if (!exists(sys, SENDMAIL)) {
      yield* this.complain(`Can't find sendmail at ${SENDMAIL}, not mailing output`);
      return;
    }
    const user = (yield* Accounts.read(sys)).userById(sys.getcred().ruid)?.name ?? "root";
    const to = environment.get("MAILTO") || user;
    yield* sendMail(sys, { from: user, to, headers: [`From: Anacron <${user}>`, `To: ${to}`, `Content-Type: text/plain; charset="${/utf-?8/i.test(environment.get("LC_ALL") ?? environment.get("LANG") ?? "") ? "UTF-8" : "ANSI_X3.4-1968"}"`, `Subject: Anacron job '${job.name}' on ${sys.uname().nodename}`], body: said });
  }
}

export default program(
  {
    name: "anacron", path: "/usr/sbin/anacron", manSection: 8, summary: "run commands periodically on machines that are not always on", synopsis: ["[-s] [-f] [-n] [-d] [-q] [-t anacrontab] [-S spooldir] [job]...", "[-S spooldir] -u [job]...", "-T [-t anacrontab]", "[-V|-h]"], operands: "none",
    options: [flag(["-s"], "one job after the other"), flag(["-f"], "all jobs, due or not"), flag(["-n"], "without delays, one after the other"), flag(["-d"], "stay in the foreground and tell what happens"), flag(["-q"], "with -d: tell nothing"), flag(["-u"], "only set the days of the last runs to today"), text(["-t"], "anacrontab", "another table than /etc/anacrontab"), flag(["-T"], "check the table"), text(["-S"], "spooldir", "another directory than /var/spool/anacron"), flag(["-V"], "show the version"), flag(["-h"], "show the usage")],
    description: ["Each line of /etc/anacrontab gives a period in days (or @monthly, @yearly), a delay in minutes, a name and a command. A job whose last day, kept in /var/spool/anacron/NAME, is further away than its period runs after its delay.", "Jobs are patterns of names. What a job says is mailed to root, or to MAILTO of the table. SIGUSR1 ends it when the running jobs have ended."],
    seeAlso: ["cron(8)", "crontab(5)"],
  },
  function* (sys, argv, io: Io) {
    const given = new Set<string>();
    const values = new Map<string, string>();
    const wanted: string[] = [];
    const args = argv.slice(1);
    for (let at = 0; at < args.length; at++) {
      const word = args[at] ?? "";
      if (word === "--" || !word.startsWith("-") || word === "-") {
        wanted.push(...args.slice(word === "--" ? at + 1 : at));
        break;
      }
      for (let letter = 1; letter < word.length; letter++) {
        const option = word.charAt(letter);
        if (option === "t" || option === "S") {
          const value = word.slice(letter + 1) || args[++at];
          if (value !== undefined) {
            values.set(option, value);
            break;
          }
        }
        if (!"sfundqVhT".includes(option)) {
          yield* io.stderr(`anacron: invalid option: ${option}\ntype: \`anacron -h' for more information\n`);
          return 1;
        }
        given.add(option);
      }
    }
    if (given.has("V")) {
      io.out.put("Anacron 2.3\nCopyright (C) 1998  Itai Tzur <itzur@actcom.co.il>\nCopyright (C) 1999  Sean 'Shaleh' Perry <shaleh@debian.org>\nCopyright (C) 2004  Pascal Hakim <pasc@redellipse.net>\n\nMail comments, suggestions and bug reports to <pasc@redellipse.net>.\n\n");
      return 0;
    }
    if (given.has("h")) {
      io.out.put(usage);
      return 0;
    }
    const foreground = given.has("d") || given.has("u") || given.has("T");
    const settings: Settings = {
      force: given.has("f"), serial: given.has("s") || given.has("n"), now: given.has("n"), update: given.has("u"), test: given.has("T"),
      table: values.get("t") ?? "/etc/anacrontab", spool: values.get("S") ?? "/var/spool/anacron", wanted,
      explains: given.has("d") && !given.has("q"), complains: foreground && !given.has("q"),
    };
    const whole = function* (own: Sys): Blocking<number> {
      const run = new Run(own, settings);
      try {
        return yield* run.main();
      } catch (error) {
        if (!(error instanceof Abort)) throw error;
        yield* run.complain(error.message);
        yield* run.complain("Aborted");
        return 1;
      }
    };
    if (foreground) return yield* whole(sys);
    sys.fork(function* (child) {
      child.setsid();
      const nothing = yield* child.open("/dev/null", O.RDWR);
      for (const fd of [0, 1, 2]) child.dup2(nothing, fd);
      return yield* whole(child);
    });
    return 0;
  },
);
