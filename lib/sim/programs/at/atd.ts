// atd: runs what at put into the spool when its time has come; queue b and the capital letters wait until the load is low (atd(8)).

import { type Blocking, encode, O, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import { sendMail } from "../kit/local-mail.ts";
import { type Io, program } from "../kit/program.ts";
import { flag, text } from "../kit/option.ts";
import { FACILITY, PRIORITY, syslog } from "../kit/syslog.ts";
import { type AtJob, JOBS, PID_FILE, readJobs } from "./_spool.ts";

/** between looks at the load, while a batch job waits */
const BATCH_INTERVAL_US = 60_000_000;
const MOST_MAILED_BYTES = 1_000_000;

function* runJob(sys: Sys, job: AtJob): Blocking<number> {
  sys.sigaction(SIGNALS.HUP, "default");
  sys.sigaction(SIGNALS.CHLD, "default");
  const path = `${JOBS}/${job.file}`;
  const running = `${JOBS}/=${job.file.slice(1)}`;
  const script = (yield* readTextFile(sys, path)) ?? "";
  sys.rename(path, running);
  const uid = job.uid;
  const [, mailTo = "root", mailMode = "0"] = /^# mail (\S+) (-?\d)$/m.exec(script) ?? [];
  const accounts = yield* Accounts.read(sys);
  const user = accounts.userById(uid);
  if (user === undefined) {
    sys.unlink(running);
    return 1;
  }
  yield* syslog(sys, { identifier: "atd", facility: FACILITY.authpriv, priority: PRIORITY.info, message: `pam_unix(atd:session): session opened for user ${user.name}(uid=${uid}) by (uid=1)`, withPid: true });
  const [scriptRead, scriptWrite] = sys.pipe();
  const [outRead, outWrite] = sys.pipe();
  const pid = sys.fork(function* (child) {
    child.setsid();
    child.dup2(scriptRead, 0);
    child.dup2(outWrite, 1);
    child.dup2(outWrite, 2);
    for (const fd of child.descriptors()) if (fd > 2) child.close(fd);
    child.setpriority(job.queue >= "c" && job.queue <= "z" ? Math.min(19, (job.queue.charCodeAt(0) - "a".charCodeAt(0)) * 2) : 2);
    try {
      child.setgroups(accounts.groupsOf(user));
      child.setresgid(user.gid, user.gid, user.gid);
      child.setresuid(uid, uid, uid);
      child.chdir("/");
      return yield* child.exec("/bin/sh", ["sh"], new Map([["HOME", user.home], ["LOGNAME", user.name], ["USER", user.name], ["SHELL", "/bin/sh"], ["PATH", "/usr/bin:/bin"]]));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return 1;
    }
  });
  sys.close(scriptRead);
  sys.close(outWrite);
  sys.sigaction(SIGNALS.PIPE, "ignore");
  sys.fork(function* (thread) {
    try {
      yield* thread.write(scriptWrite, encode(script));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    thread.close(scriptWrite);
    return 0;
  }, { thread: true });
  const said: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const bytes = yield* sys.read(outRead, 65_536);
    if (bytes.length === 0) break;
    length += bytes.length;
    if (length <= MOST_MAILED_BYTES) said.push(bytes);
  }
  yield* sys.waitpid(pid);
  try {
    sys.unlink(running);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  if (mailMode !== "-1" && (mailMode === "1" || said.length > 0)) yield* sendMail(sys, { from: user.name, to: mailTo, headers: [`Subject: Output from your job ${String(job.number).padStart(8)}`, `To: ${mailTo}`], body: said });
  yield* syslog(sys, { identifier: "atd", facility: FACILITY.authpriv, priority: PRIORITY.info, message: `pam_unix(atd:session): session closed for user ${user.name}`, withPid: true });
  return 0;
}

function* serve(sys: Sys, loadLimit: number): Blocking<number> {
  for (const signal of [SIGNALS.HUP, SIGNALS.TERM, SIGNALS.CHLD]) sys.sigaction(signal, "catch");
  const fd = yield* sys.open(PID_FILE, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
  yield* sys.write(fd, encode(`${sys.getpid()}\n`));
  sys.close(fd);
  for (;;) {
    const nowUs = sys.clockUs("realtime");
    let nextUs = Number.POSITIVE_INFINITY;
    const load = Number(((yield* readTextFile(sys, "/proc/loadavg")) ?? "0").split(" ")[0]);
    for (const job of yield* readJobs(sys)) {
      if (job.running) continue;
      const dueUs = job.atSeconds * 1e6;
      const batch = job.queue === "b" || /[A-Z]/.test(job.queue);
      if (dueUs > nowUs) nextUs = Math.min(nextUs, dueUs);
      else if (batch && load >= loadLimit) nextUs = Math.min(nextUs, nowUs + BATCH_INTERVAL_US);
      else sys.fork((child) => runJob(child, job));
    }
    try {
      // what was started renames its file first
      if (nextUs === Number.POSITIVE_INFINITY) yield* sys.pause();
      else yield* sys.sleep(nextUs - nowUs);
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
    }
    if (sys.takeSignals().includes(SIGNALS.TERM)) return 0;
    try {
      while ((yield* sys.waitpid(-1, { nohang: true })) !== undefined);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
}

export default program(
  { name: "atd", path: "/usr/sbin/atd", manSection: 8, summary: "daemon that runs the jobs of at and batch when it is time", synopsis: ["[-l load_avg] [-b batch_interval] [-d] [-f] [-n] [-s]"], operands: "none", options: [text(["-l"], "load_avg", "the load below which batch jobs run (1.5)"), text(["-b"], "seconds", "least time between two batch jobs"), flag(["-d"], "say what it does"), flag(["-f"], "stay in the foreground"), flag(["-n"], "do not fork"), flag(["-s"], "look once and end")] },
  function* (sys, argv, io: Io) {
    const wrong = argv.slice(1).find((word, index) => word.startsWith("-") && !/^-(?:[dfns]+|[lb]\d*)$/.test(word) && !/^-[lb]$/.test(argv[index] ?? ""));
    if (wrong !== undefined) {
      yield* io.stderr(`atd: invalid option -- '${wrong.charAt(1)}'\natd: idiotic option - aborted\n`);
      return 1;
    }
    if (sys.getcred().euid !== 0) io.die("Cannot open lockfile /run/atd.pid: Permission denied");
    const limit = argv.includes("-l") ? Number(argv[argv.indexOf("-l") + 1]) : 1.5;
    if (argv.some((word) => /^-[dfn]+$/.test(word))) return yield* serve(sys, limit);
    sys.fork(function* (child) {
      child.setsid();
      return yield* serve(child, limit);
    });
    return 0;
  },
);
