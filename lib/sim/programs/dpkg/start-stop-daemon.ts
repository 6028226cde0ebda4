// start-stop-daemon of dpkg 1.21.22: starts and stops programs for init scripts, finding what runs by pid file, executable, name, user or parent (start-stop-daemon(8)).
import { type Blocking, O, type Sys, SysError, encode } from "../../kernel/sys.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import { flag, gnu, type Io, text } from "../kit/gnu.ts";
import { listPids, readProcess } from "../kit/processes.ts";
import { parseSignal } from "../kit/signal-number.ts";

const SLEEP_US = 20_000;

interface Retry {
  readonly signal?: number;
  readonly seconds?: number;
  readonly forever?: true;
}

/** TIMEOUT, or SIGNAL/TIMEOUT/…; undefined when it is neither. */
function parseSchedule(words: string, signal: number): readonly Retry[] | undefined {
  if (/^\d+$/.test(words)) return [{ signal }, { seconds: Number(words) }, { signal: 9 }, { seconds: Number(words) }];
  const items: Retry[] = [];
  for (const item of words.split("/")) {
    if (/^\d+$/.test(item)) items.push({ seconds: Number(item) });
    else if (item === "forever") items.push({ forever: true });
    else {
      const number = parseSignal(item.replace(/^-/, ""));
      if (number === undefined) return undefined;
      items.push({ signal: number });
    }
  }
  return items.length < 2 && items[0]?.forever === undefined ? undefined : items;
}

export default gnu({
  name: "start-stop-daemon",
  path: "/sbin/start-stop-daemon",
  manSection: 8,
  summary: "start a daemon, stop it, or send it a signal",
  synopsis: ["[OPTION]... COMMAND"],
  project: "Debian",
  version: "1.21.22",
  versionText: "start-stop-daemon 1.21.22 for Debian\n\nWritten by Marek Michalkiewicz, public domain.\n",
  usageStatus: 3,
  failureStatus: 2,
  parsing: { stopAtOperand: true },
  options: {
    start: flag(["-S", "--start"], "start a program; its arguments follow --"),
    stop: flag(["-K", "--stop"], "stop a program"),
    status: flag(["-T", "--status"], "tell with the exit status whether it runs"),
    help: flag(["-H"], "show this help"),
    pid: text(["--pid"], "PID", "the process to look at"),
    parent: text(["--ppid"], "PID", "its parent"),
    pidFile: text(["-p", "--pidfile"], "FILE", "the file that holds its number"),
    exec: text(["-x", "--exec"], "EXECUTABLE", "program to start, or whose processes count"),
    processName: text(["-n", "--name"], "NAME", "name of the process"),
    user: text(["-u", "--user"], "USER", "owner of the process"),
    group: text(["-g", "--group"], "GROUP", "run it as this group"),
    chuid: text(["-c", "--chuid"], "USER[:GROUP]", "run it as this user"),
    signal: text(["-s", "--signal"], "SIGNAL", "signal to send (TERM)"),
    startas: text(["-a", "--startas"], "PATH", "program to start, if it is another than --exec"),
    chroot: text(["-r", "--chroot"], "DIRECTORY", "change the root before starting"),
    chdir: text(["-d", "--chdir"], "DIRECTORY", "change to it before starting (/)"),
    nice: text(["-N", "--nicelevel"], "NUMBER", "add it to the nice level"),
    procsched: text(["-P", "--procsched"], "POLICY[:PRIORITY]", "scheduler: other, fifo, rr"),
    iosched: text(["-I", "--iosched"], "CLASS[:PRIORITY]", "real-time, best-effort, idle"),
    umask: text(["-k", "--umask"], "MASK", "umask of the program"),
    background: flag(["-b", "--background"], "detach a program that does not do it itself"),
    noClose: flag(["-C", "--no-close"], "keep the descriptors of a detached program"),
    output: text(["-O", "--output"], "FILE", "standard output and error of a detached program"),
    makePidFile: flag(["-m", "--make-pidfile"], "write the pid file"),
    removePidFile: flag(["--remove-pidfile"], "remove the pid file after stopping"),
    retry: text(["-R", "--retry"], "SCHEDULE", "wait until it has ended: seconds, or SIGNAL/SECONDS/..."),
    test: flag(["-t", "--test"], "only say what would be done"),
    okIfNothing: flag(["-o", "--oknodo"], "nothing to do counts as a success"),
    quiet: flag(["-q", "--quiet"], "say less"),
    verbose: flag(["-v", "--verbose"], "say more"),
  },
  exitStatuses: [["0", "done"], ["1", "nothing done (0 with --oknodo)"], ["2", "with --retry: it does not end"], ["3", "trouble"]],
  *run({ options, operands, sys, argv0 }, io: Io) {
    if ([options.start, options.stop, options.status].filter(Boolean).length > 1) io.usage("only one command can be specified");
    if (options.help) return yield* sys.exec("/sbin/start-stop-daemon", [argv0, "--help"], sys.environment);
    if (!options.start && !options.stop && !options.status) io.usage("need one of --start or --stop or --status");
    const signal = options.signal === undefined ? 15 : parseSignal(options.signal);
    if (signal === undefined) return io.usage("signal value must be numeric or name of signal (KILL, INT, ...)");
    const schedule = options.retry === undefined ? undefined : parseSchedule(options.retry, signal);
    if (options.retry !== undefined && schedule === undefined) io.usage("invalid schedule item (must be [-]<signal-name>, -<signal-number>, <timeout> or 'forever'");
    if ([options.exec, options.pid, options.parent, options.pidFile, options.user, options.processName].every((one) => one === undefined)) io.usage("need at least one of --exec, --pid, --ppid, --pidfile, --user or --name");
    const startas = options.startas ?? options.exec;
    if (options.start && startas === undefined) return io.usage("--start needs --exec or --startas");
    const directory = options.chdir ?? "/";
    const executable = options.exec === undefined || options.exec.startsWith("/") ? options.exec : `${directory}/${options.exec}`;
    let wantedFile: { readonly device: number; readonly inode: number } | undefined;
    if (executable !== undefined) {
      try {
        const { dev, ino } = sys.stat(executable);
        wantedFile = { device: dev, inode: ino };
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        io.die(`unable to stat ${executable} (${error.message})`);
      }
    }
    const accounts = yield* Accounts.read(sys);
    const uid = options.user === undefined ? undefined : (/^\d+$/.test(options.user) ? Number(options.user) : accounts.userByName(options.user)?.uid);
    if (options.user !== undefined && uid === undefined) io.die(`user '${options.user}' not found`);
    const filePid = function* (): Blocking<number | undefined> {
      const found = /^\s*(\d+)/.exec((yield* readTextFile(sys, options.pidFile ?? "")) ?? "");
      return found === null ? undefined : Number(found[1]);
    };
    const found = function* (): Blocking<readonly number[]> {
      const pids = options.pid !== undefined ? [Number(options.pid)] : options.pidFile !== undefined ? [yield* filePid()].flatMap((pid) => (pid === undefined ? [] : [pid])) : listPids(sys);
      const matching: number[] = [];
      for (const pid of pids) {
        if (pid === sys.getpid()) continue;
        if (sys.charge(20)) yield* sys.preempt();
        const one = yield* readProcess(sys, pid);
        if (one === undefined || (one.state === "Z" && options.pidFile === undefined)) continue;
        if (options.parent !== undefined && one.ppid !== Number(options.parent)) continue;
        if (uid !== undefined && one.uids[0] !== uid) continue;
        if (options.processName !== undefined && one.comm !== options.processName.slice(0, 15)) continue;
        if (wantedFile !== undefined) {
          try {
            const stat = sys.stat(`/proc/${pid}/exe`);
            if (stat.dev !== wantedFile.device || stat.ino !== wantedFile.inode) continue;
          } catch (error) {
            if (!(error instanceof SysError)) throw error;
            continue;
          }
        }
        matching.push(pid);
      }
      return matching;
    };
    const running = yield* found();
    const nothing = options.okIfNothing ? 0 : 1;

    if (options.status) {
      if (running.length > 0) return 0;
      return options.pidFile !== undefined && (yield* readTextFile(sys, options.pidFile)) !== undefined ? 1 : 3;
    }
    if (options.stop) {
      const what = options.processName ?? (options.pidFile !== undefined ? `process in pidfile '${options.pidFile}'` : options.pid !== undefined ? `process with pid ${options.pid}` : options.exec ?? (options.parent !== undefined ? `process(es) with parent pid ${options.parent}` : `process(es) owned by '${options.user ?? ""}'`));
      const title = options.exec !== undefined ? options.exec : what.charAt(0).toLowerCase() === what.charAt(0) ? what : what;
      const send = function* (number: number): Blocking<readonly number[]> {
        const sent: number[] = [];
        for (const pid of yield* found()) {
          if (options.test) {
            if (!options.quiet) io.out.put(`Would send signal ${number} to ${pid}.\n`);
            sent.push(pid);
            continue;
          }
          try {
            sys.kill(pid, number);
            sent.push(pid);
          } catch (error) {
            if (!(error instanceof SysError)) throw error;
            yield* io.warn(`warning: failed to kill ${pid}: ${error.message}`);
          }
        }
        return sent;
      };
      if (running.length === 0) {
        if (!options.quiet) io.out.put(`No ${title} found running; none killed.\n`);
        return nothing;
      }
      const stopped = new Set<number>();
      let left = true;
      if (schedule === undefined || options.test) {
        for (const pid of yield* send(signal)) stopped.add(pid);
        left = false;
      } else {
        const start = schedule.findIndex((item) => item.forever);
        for (let at = 0, rounds = 0; at < schedule.length && left && rounds < 1000; at++, rounds++) {
          const item = schedule[at];
          if (item?.signal !== undefined) for (const pid of yield* send(item.signal)) stopped.add(pid);
          const untilUs = sys.clockUs("monotonic") + (item?.seconds ?? 0) * 1e6;
          for (;;) {
            left = (yield* found()).length > 0;
            if (!left || item?.seconds === undefined || sys.clockUs("monotonic") >= untilUs) break;
            yield* sys.sleep(SLEEP_US);
          }
          if (at === schedule.length - 1 && start >= 0) at = start;
        }
      }
      if (options.removePidFile && options.pidFile !== undefined && !left && !options.test) {
        try {
          sys.unlink(options.pidFile);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
        }
      }
      if (left) {
        if (!options.quiet) io.out.put(`Program ${title}, ${stopped.size} process(es), refused to die.\n`);
        return 2;
      }
      if (options.verbose && stopped.size > 0) io.out.put(`Stopped ${title} (pid${[...stopped].map((pid) => ` ${pid}`).join("")}).\n`);
      return stopped.size > 0 ? 0 : nothing;
    }

    if (running.length > 0) {
      if (!options.quiet) io.out.put(`${options.exec ?? options.processName ?? startas ?? ""} already running.\n`);
      return nothing;
    }
    const [userWord = "", groupWord = options.group] = (options.chuid ?? "").split(/[:.]/);
    const user = userWord === "" ? undefined : /^\d+$/.test(userWord) ? accounts.userById(Number(userWord)) : accounts.userByName(userWord);
    if (userWord !== "" && user === undefined) io.die(`user '${userWord}' not found`);
    const group = groupWord === undefined ? undefined : /^\d+$/.test(groupWord) ? Number(groupWord) : accounts.groupByName(groupWord)?.gid;
    if (groupWord !== undefined && group === undefined) io.die(`group '${groupWord}' not found`);
    const path = startas ?? "";
    if (options.test) {
      if (!options.quiet) io.out.put(`Would start ${path} ${operands.map((word) => `${word} `).join("")}${user === undefined ? "" : ` (as user ${userWord}[${user.uid}]${`, and group ${group === undefined ? "" : groupWord ?? ""}[${group ?? user.gid}]`})`}.\n`);
      return 0;
    }
    if (options.verbose) yield* io.out.print(`Starting ${path}...\n`);
    const become = function* (child: Sys): Blocking<never> {
      if (options.nice !== undefined) child.setpriority(child.getpriority() + Number(options.nice));
      if (options.iosched !== undefined) {
        const [name, level] = options.iosched.split(":");
        child.setScheduling({ ioClass: name === "real-time" ? "realtime" : name === "idle" ? "idle" : "best-effort", ioLevel: Number(level ?? 4) });
      }
      if (options.procsched !== undefined) {
        const [name, level] = options.procsched.split(":");
        child.setScheduling({ policy: name === "fifo" ? "fifo" : name === "rr" ? "rr" : "other", priority: Number(level ?? 0) });
      }
      if (options.umask !== undefined) child.umask(Number.parseInt(options.umask, 8));
      if (options.chroot !== undefined) child.chroot(options.chroot);
      child.chdir(directory);
      if (options.makePidFile && options.pidFile !== undefined) {
        const fd = yield* child.open(options.pidFile, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
        yield* child.write(fd, encode(`${child.getpid()}\n`));
        child.close(fd);
      }
      if (user !== undefined || group !== undefined) {
        const gid = group ?? user?.gid ?? 0;
        if (user !== undefined) child.setgroups(accounts.groupsOf(user));
        child.setresgid(gid, gid, gid);
        if (user !== undefined) child.setresuid(user.uid, user.uid, user.uid);
      }
      if (options.background && !options.noClose) {
        const nowhere = yield* child.open("/dev/null", O.RDWR);
        const output = options.output === undefined ? nowhere : yield* child.open(options.output, O.WRONLY | O.CREAT | O.APPEND, 0o644);
        child.dup2(nowhere, 0);
        child.dup2(output, 1);
        child.dup2(output, 2);
        for (const fd of child.descriptors()) if (fd > 2) child.close(fd);
      }
      return yield* child.exec(path, [path, ...operands], child.environment);
    };
    if (options.background) {
      if (options.verbose) yield* io.out.print("Detaching to start ");
      sys.fork(function* (child) {
        child.setsid();
        try {
          return yield* become(child);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          return 2;
        }
      });
      return 0;
    }
    try {
      return yield* become(sys);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return io.die(`unable to start ${path} (${error.message})`);
    }
  },
});
