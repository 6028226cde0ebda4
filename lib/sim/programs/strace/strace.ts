// strace: the system calls of a program. Calls of the simulated machine that a real program makes differently (memory, locales, the C library's own) are
// not there: see the description.
import { type Blocking, O, type Sys, SysError, type TraceEvent, encode, signalName } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { canonicalPath } from "../kit/canonical-path.ts";
import { type Io, counted, flag, gnu, optionalText, text, texts, unsimulated } from "../kit/gnu.ts";
import { parseSignal } from "../kit/signal-number.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";
import { Library } from "./_library.ts";
import { InvalidCall, callSet } from "./_names.ts";
import { Printer, isSort, summary, summaryColumns } from "./_printer.ts";
import type { Style } from "./_values.ts";

/** Along PATH, as strace looks itself: the error of the file that it cannot have. */
function findProgram(sys: Sys, name: string): string | undefined {
  const candidates = name.includes("/") ? [name] : (sys.environment.get("PATH") ?? "").split(":").map((folder) => `${folder === "" ? "." : folder}/${name}`);
  for (const candidate of candidates) {
    try {
      const facts = sys.stat(candidate);
      if ((facts.mode & 0o170000) === 0o100000 && (facts.mode & 0o111) !== 0) return candidate;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  return undefined;
}

function resolvedPath(sys: Sys, path: string): string {
  try {
    return canonicalPath(sys, path, "missing");
  } catch (error) {
    if (error instanceof SysError) return path;
    throw error;
  }
}

/** Where each process's descriptors lead, kept from what is told, as it may be closed when a line is written. */
class Descriptors {
  readonly #sys: Sys;
  readonly #tables = new Map<number, Map<number, string>>();

  constructor(sys: Sys) {
    this.#sys = sys;
  }

  table(pid: number): Map<number, string> {
    let table = this.#tables.get(pid);
    if (table === undefined) {
      table = new Map();
      this.#tables.set(pid, table);
      try {
        for (const { name } of this.#sys.readdir(`/proc/${pid}/fd`)) this.#look(pid, Number(name), table);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
    return table;
  }

  #look(pid: number, fd: number, table: Map<number, string>): string | undefined {
    try {
      const path = this.#sys.readlink(fd === -100 ? `/proc/${pid}/cwd` : `/proc/${pid}/fd/${fd}`);
      table.set(fd, path);
      return path;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return undefined;
    }
  }

  path(pid: number, fd: number): string | undefined {
    const table = this.table(pid);
    if (fd === -100) return this.#look(pid, fd, table) ?? table.get(fd);
    return table.get(fd) ?? this.#look(pid, fd, table);
  }

  /** After the line of the event was written: what closes is forgotten then. */
  note(event: TraceEvent, opened: readonly unknown[]): void {
    if (event.kind !== "call" && event.kind !== "leave") return;
    const table = this.table(event.pid);
    const [first, second] = event.kind === "call" ? event.arguments : opened;
    if (event.errno !== undefined) return;
    if (event.call === "close" && typeof first === "number") table.delete(first);
    else if (event.call === "dup2" && typeof first === "number" && typeof second === "number") table.set(second, table.get(first) ?? "");
    else if (event.call === "fork" && typeof event.result === "number") this.#tables.set(event.result, new Map(table));
  }

  /** Before the line: what an open leads to. */
  noteOpen(pid: number, fd: number, path: string): void {
    const cwd = this.path(pid, -100) ?? "/";
    this.table(pid).set(fd, resolvedPath(this.#sys, path.startsWith("/") ? path : `${cwd === "/" ? "" : cwd}/${path}`));
  }
}

export default gnu({
  name: "strace", versionText: "strace -- version 6.1\n", tryLine: () => "Try 'strace -h' for more information.\n", summary: "show the system calls that a program makes, and its signals",
  synopsis: ["[-ACdffhikqqrtttTvVwxxyyzZ] [-I N] [-b execve] [-e EXPR]... [-a COLUMN] [-o FILE] [-s STRSIZE] [-P PATH]... [-p PID]... { -p PID | [-E VAR=VAL]... [-u USERNAME] PROG [ARGS] }"],
  description: [
    "strace runs a program, or attaches to a running one, and prints each call that it makes of the kernel, with its arguments and its result, and each signal that it gets.",
    "On this machine programs are simulated: their calls are those that the simulation makes, with those of ld.so and of the C library around them (brk, mmap, mprotect, what setlocale opens) as glibc 2.36 makes them. Addresses are made up. What a program asks of files, processes, signals, sockets, mounts and namespaces is what it really does here.",
    "A process of the host's container runtime, a daemon or a shell can be looked at with -p.",
  ],
  options: {
    env: texts(["-E", "--env"], "VAR=VAL", "environment of the command: VAR=VAL sets, VAR alone deletes"), attach: texts(["-p", "--attach"], "PID", "trace the process with that id, may be repeated"), user: text(["-u", "--user"], "USERNAME", "run the command as USERNAME"),
    detachOn: unsimulated(["-b", "--detach-on"], "detach on the execve system call", "tracing goes on after execve"), daemonize: unsimulated(["-D", "--daemonize"], "run the tracer as a grandchild", "strace stays the parent of the command"),
    follow: counted(["-f", "--follow-forks"], "follow forks; -ff also writes each process into a file of its own with -o"), separate: flag(["--output-separately"], "with -f and -o, each process into FILE.PID"), interruptible: text(["-I", "--interruptible"], "INTERRUPTIBLE", "when signals can interrupt the tracer (taken, no effect here)"),
    expr: texts(["-e"], "EXPR", "trace=, signal=, status=, quiet=, abbrev=: what is shown"), trace: texts(["--trace"], "SET", "trace only these system calls"), signals: texts(["--signal"], "SET", "print only these signals"), status: texts(["--status"], "SET", "print only calls that ended so: successful, failed, unfinished"),
    tracePath: texts(["-P", "--trace-path"], "PATH", "trace only calls that name PATH"), successful: flag(["-z", "--successful-only"], "print only calls without an error"), failed: flag(["-Z", "--failed-only"], "print only calls with an error"),
    column: text(["-a", "--columns"], "COLUMN", "where results begin, default 40"), append: flag(["-A", "--output-append-mode"], "append to the file of -o"), output: text(["-o", "--output"], "FILE", "FILE receives the trace, not standard error"),
    quiet: counted(["-q"], "no messages about attaching; -qq: nor about ends"), quietSet: optionalText(["--quiet", "--silent"], "SET", "leave messages out: attach, exit, all"), relative: flag(["-r", "--relative-timestamps"], "seconds since the call before"), length: text(["-s", "--string-limit"], "STRSIZE", "how much of strings is shown, default 32"),
    time: counted(["-t"], "print the time of day; -tt with microseconds, -ttt since the epoch"), timestamps: optionalText(["--absolute-timestamps", "--timestamps"], "FORMAT", "print the time of day"), duration: flag(["-T", "--syscall-times"], "print the time spent in each call"),
    whole: flag(["-v", "--no-abbrev"], "print structures whole"), hex: counted(["-x"], "print strings that are no text in hexadecimal; -xx: all strings"), strings: text(["--strings-in-hex"], "WHAT", "print strings in hexadecimal: non-ascii or all"), paths: counted(["-y", "--decode-fds"], "print where descriptors lead"),
    secontext: unsimulated(["--secontext"], "print SELinux contexts", "there is no SELinux on this machine"), count: flag(["-c", "--summary-only"], "count time, calls and errors of each call and print a table at the end"), both: flag(["-C", "--summary"], "as -c, and the usual output too"),
    overhead: text(["-O", "--summary-syscall-overhead"], "OVERHEAD", "set the overhead for a call (taken, no effect here)"), sortBy: text(["-S", "--summary-sort-by"], "SORTBY", "sort the table by time, calls, errors, name or nothing"), wall: flag(["-w", "--summary-wall-clock"], "count wall clock time (always so here)"), columns: text(["-U", "--summary-columns"], "COLUMNS", "columns of the table: time, total-time, avg-time, calls, errors, name"),
    stack: unsimulated(["-k", "--stack-traces"], "print stack traces", "simulated programs have no machine code"), instruction: unsimulated(["-i", "--instruction-pointer"], "print the instruction pointer", "simulated programs have no machine code"), number: unsimulated(["-n", "--syscall-number"], "print the call's number", "calls have no numbers here"), seccomp: flag(["--seccomp-bpf"], "follow only traced calls (taken, no effect here)"),
    debug: flag(["-d", "--debug"], "debug output of strace itself (none here)"), helpShort: flag(["-h"], "print help"), versionShort: flag(["-V"], "print version"), tips: flag(["--tips"], "show a tip (none here)"),
  },
  rewrite: (args) => {
    const end = args.findIndex((arg, index) => !arg.startsWith("-") && !/^-[EpubIePaosOSUX]$/.test(args[index - 1] ?? ""));
    return args.map((arg, index) => (end >= 0 && index >= end ? arg : arg === "-h" ? "--help" : arg === "-V" ? "--version" : arg));
  },
  parsing: { stopAtOperand: true }, operands: "commands",
  *run({ options, operands, given, sys }, io: Io) {
    const wrong = function* (words: string): Blocking<number> {
      yield* io.warn(words);
      yield* io.stderr("Try 'strace -h' for more information.\n");
      return 1;
    };
    const qualifiers = [...options.trace.map((one) => `trace=${one}`), ...options.signals.map((one) => `signal=${one}`), ...options.status.map((one) => `status=${one}`), ...options.expr];
    let shows: (name: string) => boolean = () => true;
    let showsSignal: (signal: number) => boolean = () => true;
    let outcomes: ReadonlySet<string> | undefined;
    let quiet = options.quiet + (options.quietSet === undefined ? 0 : options.quietSet === true || /exit|all/.test(options.quietSet) ? 2 : 1);
    for (const one of qualifiers) {
      const equals = one.indexOf("=");
      const key = equals < 0 ? "trace" : one.slice(0, equals);
      const value = equals < 0 ? one : one.slice(equals + 1);
      switch (key) {
        case "trace": case "t":
          try {
            shows = callSet(value);
          } catch (error) {
            if (error instanceof InvalidCall) io.die(`invalid system call '${error.message}'`);
            throw error;
          }
          break;
        case "signal": case "signals": case "s": {
          const negated = value.startsWith("!");
          const set = new Set<number>();
          const all = value.replace("!", "") === "all";
          for (const word of value.replace("!", "").split(",")) if (word !== "all" && word !== "none") set.add(parseSignal(word) ?? io.die(`invalid signal '${word}'`));
          showsSignal = (signal) => (all || set.has(signal)) !== negated;
          break;
        }
        case "status": {
          const all = new Set(["successful", "failed", "unfinished", "unavailable", "detached"]);
          const named = new Set(value.replace("!", "").split(","));
          for (const word of named) if (!all.has(word) && word !== "all" && word !== "none") io.die(`invalid status '${word}'`);
          const chosen = named.has("all") ? all : named;
          outcomes = value.startsWith("!") ? new Set([...all].filter((word) => !chosen.has(word))) : chosen;
          break;
        }
        case "quiet": case "q": case "silent": case "silence":
          quiet = Math.max(quiet, /exit|all/.test(value) ? 2 : /attach/.test(value) ? 1 : 0);
          break;
        case "abbrev": case "a": case "verbose": case "v": case "raw": case "x": case "read": case "reads": case "r": case "write": case "writes": case "w": case "decode-fds": case "decode-fd": case "kvm":
          break;
        case "inject": case "fault":
          sys.observe({ kind: "unsimulated", command: "strace", detail: `-e ${key}` });
          return io.die(`option '-e ${key}' is not simulated here: calls cannot be tampered with`);
        default: io.die(`invalid -e argument '${one}'`);
      }
    }
    if (options.successful && options.failed) yield* io.warn("Only the last of -z/--successful-only/-Z/--failed-only options will take effect. See status qualifier for more complex filters.");
    const failedLast = options.failed && (!options.successful || given.findLast((one) => one.option === "failed" || one.option === "successful")?.option === "failed");
    if (options.successful && !failedLast) outcomes = new Set(["successful"]);
    if (failedLast) outcomes = new Set(["failed"]);
    const column = Number(options.column ?? 40);
    if (!Number.isInteger(column) || column < 0) return yield* wrong(`invalid -a argument: '${options.column}'`);
    const longest = Number(options.length ?? 32);
    if (!Number.isInteger(longest) || longest < 0) return yield* wrong(`invalid -s argument: '${options.length}'`);
    if (options.sortBy !== undefined && !isSort(options.sortBy)) return yield* wrong(`invalid sortby: '${options.sortBy}'`);
    if (options.interruptible !== undefined && !/^([1-4]|anywhere|waiting|never|never_tstp)$/.test(options.interruptible)) return yield* wrong(`invalid -I argument: '${options.interruptible}'`);
    if (options.overhead !== undefined && !/^\d+(\.\d+)?(s|ms|us|ns)?$/.test(options.overhead)) return yield* wrong(`invalid -O argument: '${options.overhead}'`);
    const columns = options.columns === undefined ? undefined : summaryColumns(options.columns);
    if (typeof columns === "string") return yield* wrong(`unknown column name: '${columns}'`);
    const [name] = operands;
    if (name === undefined && options.attach.length === 0) {
      yield* io.warn("must have PROG [ARGS] or -p PID");
      io.usage();
    }
    // strace(1), -q: so too when the trace of a command goes to a file
    if (name !== undefined && options.output !== undefined) quiet = Math.max(quiet, 1);
    const separate = options.output !== undefined && options.follow > 0 && (options.follow > 1 || options.separate);
    const flags = O.WRONLY | O.CREAT | O.CLOEXEC | (options.append ? O.APPEND : O.TRUNC);
    const outputs = new Map<number, number>();
    let target = 2;
    if (options.output?.startsWith("|") || options.output?.startsWith("!")) io.die("piping the trace into a command is not simulated here: write it to a file");
    if (options.output !== undefined && !separate) {
      try {
        target = yield* sys.open(options.output, flags, 0o666);
      } catch (error) {
        if (error instanceof SysError) io.die(`Can't fopen '${options.output}': ${error.message}`);
        throw error;
      }
    }
    let program: string | undefined;
    if (name !== undefined) {
      program = findProgram(sys, name);
      if (program === undefined) io.die(`Can't stat '${name}': No such file or directory`);
    }
    let account: { uid: number; gid: number } | undefined;
    if (options.user !== undefined) {
      if (sys.getcred().euid !== 0) io.die("You must be root to use the -u option");
      account = (yield* Accounts.read(sys)).userByName(options.user);
      if (!account) io.die(`Cannot find user '${options.user}'`);
    }
    const zone = yield* readZone(sys);
    const descriptors = new Descriptors(sys);
    const library = new Library(sys);
    const style = (pid: number): Style => ({ pid, program: library.name(pid), vforks: library.vforks(pid), thread: library.thread(pid), longest, hex: options.hex > 1 || options.strings === "all" ? 2 : options.hex === 1 || options.strings !== undefined ? 1 : 0, whole: options.whole, path: (fd) => (options.paths > 0 ? descriptors.path(pid, fd) : undefined) });
    let pending = "";
    const files = new Map<number, string>();
    let printedPath = true;
    const printer = new Printer({
      column, shows: (call) => printedPath && shows(call), showsSignal, showsOutcome: (outcome) => outcomes === undefined || outcomes.has(outcome), time: options.relative ? "-r" : options.time > 2 ? "-ttt" : options.time === 2 ? "-tt" : options.time === 1 || options.timestamps !== undefined ? "-t" : "",
      duration: options.duration, toFile: options.output !== undefined, follow: options.follow > 0, separate, quiet, summaryOnly: options.count, style, clock: (atUs) => strftime("%H:%M:%S", civilAtUs(zone, atUs)),
    }, (pid, words) => {
      if (separate) files.set(pid, (files.get(pid) ?? "") + words);
      else pending += words;
    });
    const flush = function* (): Blocking<void> {
      if (pending !== "") yield* sys.write(target, encode(pending));
      pending = "";
      for (const [pid, words] of files) {
        let fd = outputs.get(pid);
        if (fd === undefined) outputs.set(pid, (fd = yield* sys.open(`${options.output}.${pid}`, flags, 0o666)));
        yield* sys.write(fd, encode(words));
      }
      files.clear();
    };
    const follow = options.follow > 0;
    const paths = new Set<string>();
    for (const path of options.tracePath) {
      const resolved = resolvedPath(sys, path);
      paths.add(path);
      if (resolved === path) continue;
      paths.add(resolved);
      yield* io.warn(`Requested path "${path}" resolved into "${resolved}"`);
    }
    let started: number | undefined;
    for (const signal of [1, 2, 3, 13, 15]) sys.sigaction(signal, signal === 13 ? "default" : "catch");
    const attached: number[] = [];
    for (const word of options.attach.flatMap((one) => one.split(/[\s,]+/).filter((part) => part !== ""))) {
      const pid = Number(word);
      if (!Number.isInteger(pid) || pid <= 0) io.die(`Invalid process id: '${word}'`);
      try {
        descriptors.table(pid);
        sys.trace(pid, follow);
        attached.push(pid);
        printer.start(pid);
        if (quiet < 1) yield* io.stderr(`strace: Process ${pid} attached\n`);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.stderr(`strace: attach: ptrace(PTRACE_SEIZE, ${pid}): ${error.message}\n`);
      }
    }
    if (program === undefined && attached.length === 0) return 1;
    if (program !== undefined) {
      const environment = new Map(sys.environment);
      for (const one of options.env) {
        const equals = one.indexOf("=");
        if (equals < 0) environment.delete(one);
        else environment.set(one.slice(0, equals), one.slice(equals + 1));
      }
      const path = program;
      started = sys.fork(function* (child) {
        for (const signal of [1, 2, 3, 15]) child.sigaction(signal, "default");
        if (target !== 2) child.close(target);
        if (account) {
          child.setgroups([account.gid]);
          child.setgid(account.gid);
          child.setuid(account.uid);
        }
        try {
          return yield* child.exec(path, operands, environment);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          yield* child.write(2, encode(`${io.argv0}: exec: ${error.message}\n`));
          return 1;
        }
      });
      try {
        sys.trace(started, follow);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        io.die(`ptrace(PTRACE_SEIZE, ${started}): ${error.message}`);
      }
      printer.start(started);
      descriptors.table(started);
      if (target !== 2) descriptors.table(started).delete(target);
    }
    const open = new Map<number, readonly unknown[]>();
    /** the preparation of the started process is strace's own work */
    const begun = new Set<number>();
    let status = 0;
    for (;;) {
      let events: readonly TraceEvent[];
      try {
        events = yield* sys.traceEvents();
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
        const [signal] = sys.takeSignals();
        // a signal from the terminal reaches the program too: it decides
        if (started !== undefined) continue;
        for (const pid of attached) {
          try {
            sys.untrace(pid);
            printer.detached(pid);
            yield* flush();
            if (quiet < 1) yield* io.stderr(`strace: Process ${pid} detached\n`);
          } catch (second) {
            if (!(second instanceof SysError)) throw second;
          }
        }
        status = 128 + (signal ?? 2);
        break;
      }
      if (events.length === 0) break;
      for (const told of events) {
        if (sys.charge(5)) yield* sys.preempt();
        if (told.pid === started && !begun.has(told.pid)) {
          if (told.kind !== "ended" && !(told.kind === "enter" && told.call === "exec")) continue;
          begun.add(told.pid);
        }
        for (const event of library.around(told)) {
        if (event.kind === "enter") open.set(event.pid, event.arguments);
        const args = event.kind === "call" ? event.arguments : (open.get(event.pid) ?? []);
        if ((event.kind === "call" || event.kind === "leave") && event.call === "open" && event.errno === undefined && typeof event.result === "number") descriptors.noteOpen(event.pid, event.result, String(args[0]));
        if (options.tracePath.length > 0) printedPath = namesPath(event, args, paths, (fd) => descriptors.path(event.pid, fd));
        if (event.kind === "attached" && event.pid !== started && !attached.includes(event.pid) && quiet < 1) {
          if (target === 2) {
            yield* flush();
            yield* io.stderr(`strace: Process ${event.pid} attached\n`);
          } else yield* io.stderr(`strace: Process ${event.pid} attached\n`);
        }
        printer.print(event);
        descriptors.note(event, args);
        if (event.kind === "leave") open.delete(event.pid);
        if (event.kind === "ended" && event.pid === started) status = event.status.kind === "exited" ? event.status.status : event.status.kind === "signaled" ? 128 + event.status.signal : 0;
        }
      }
      yield* flush();
    }
    if (options.count || options.both) yield* sys.write(target, encode(summary(printer.counts, options.sortBy ?? "time", columns)));
    if (started !== undefined) yield* sys.waitpid(started);
    if (status > 128 && started !== undefined && signalName(status - 128) !== undefined) {
      sys.sigaction(status - 128 === 9 ? 15 : status - 128, "default");
      sys.kill(sys.getpid(), status - 128);
      yield* sys.preempt();
    }
    return status;
  },
});

function namesPath(event: TraceEvent, args: readonly unknown[], paths: ReadonlySet<string>, path: (fd: number) => string | undefined): boolean {
  if (event.kind !== "call" && event.kind !== "leave" && event.kind !== "enter") return true;
  return args.some((one, index) => (typeof one === "string" && paths.has(one)) || (index === 0 && typeof one === "number" && paths.has(path(one) ?? "")));
}

