import { type Blocking, SIGRTMAX, SysError, signalName } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { readProcesses } from "../kit/processes.ts";
import { type Io, flag, program, text } from "../kit/program.ts";
import { type Regex, RegexSyntaxError, compileRegex } from "../kit/regex/compile-regex.ts";
import { parseSignal } from "../kit/signal-number.ts";

/** Seconds of a unit of -o and -y. */
const AGE: ReadonlyMap<string, number> = new Map([["s", 1], ["m", 60], ["h", 3600], ["d", 86400], ["w", 604800], ["M", 2.6298e6], ["y", 3.15576e7]]);
const USAGE = "Usage: killall [OPTION]... [--] NAME...\n       killall -l, --list\n       killall -V, --version\n\n  -e,--exact          a long name must be the same to the end\n  -I,--ignore-case    capitals equal small letters\n  -g,--process-group  signal the whole process group\n  -y,--younger-than   only processes started within TIME\n  -o,--older-than     only processes started before TIME\n  -i,--interactive    ask before each signal\n  -l,--list           the names of the signals\n  -q,--quiet          say nothing when nothing was found\n  -r,--regexp         NAME is an extended regular expression\n  -s,--signal SIGNAL  another signal than TERM\n  -u,--user USER      only processes of USER\n  -v,--verbose        say which processes got the signal\n  -V,--version        show the version\n  -w,--wait           come back when the processes are gone\n  -n,--ns PID         only processes in the namespaces of PID\n\n";

function compiled(pattern: string, ignoreCase: boolean, io: Io): Regex {
  try {
    return compileRegex(pattern, { syntax: "ere", ignoreCase });
  } catch (error) {
    if (error instanceof RegexSyntaxError) return io.die(`Bad regular expression: ${pattern}`);
    throw error;
  }
}

function* unknownSignal(io: Io, name: string): Blocking<number> {
  yield* io.stderr(`${name}: unknown signal; killall -l lists signals.\n`);
  return 1;
}

export default program(
  { name: "killall", summary: "kill processes by name", synopsis: ["[OPTION]... [--] NAME..."], options: [flag(["-e"], "a long name must be the same to the end"), flag(["-I"], "ignore case"), flag(["-g"], "process group"), flag(["-l"], "list signals"), flag(["-q"], "no complaints"), flag(["-r"], "regular expression"), text(["-s"], "SIGNAL", "signal"), text(["-u"], "USER", "only of this user"), flag(["-v"], "report"), flag(["-w"], "wait")] },
  function* (sys, argv, io: Io) {
    const names: string[] = [];
    let signal = 15;
    let quiet = false;
    let verbose = false;
    let wait = false;
    let regexp = false;
    let ignoreCase = false;
    let group = false;
    let user: string | undefined;
    let older: number | undefined;
    let younger: number | undefined;
    const args = argv.slice(1);
    for (let at = 0; at < args.length; at++) {
      const arg = args[at] ?? "";
      if (arg === "--") {
        names.push(...args.slice(at + 1));
        break;
      }
      if (!arg.startsWith("-")) names.push(arg);
      else if (arg === "-l" || arg === "--list") {
        const list = Array.from({ length: Math.min(31, SIGRTMAX) }, (_, index) => signalName(index + 1)?.replace(/^SIG/, "") ?? "");
        let line = "";
        for (const name of list) {
          const shown = name === "IO" ? "POLL" : name;
          if (line.length + shown.length + 1 > 80) {
            io.out.put(`${line}\n`);
            line = "";
          }
          line += `${line === "" ? "" : " "}${shown}`;
        }
        io.out.put(`${line}\n`);
        return 0;
      } else if (arg === "-V" || arg === "--version") {
        yield* io.stderr("killall (PSmisc) 23.6\n");
        return 0;
      } else if (arg === "-s" || arg === "--signal") {
        const name = args[++at] ?? "";
        const number = parseSignal(name);
        if (number === undefined) return yield* unknownSignal(io, name);
        signal = number;
      }
      else if (arg === "-u" || arg === "--user") user = args[++at];
      else if (/^-[oyn]$/.test(arg) || /^--(older-than|younger-than|ns)$/.test(arg)) {
        const word = args[++at] ?? "";
        if (arg === "-n" || arg === "--ns") continue;
        const unit = AGE.get(word.replace(/^[\d.]+/, ""));
        if (unit === undefined || !/^\d+(\.\d+)?[smhdwMy]$/.test(word)) {
          yield* io.stderr(`Invalid time format\n${USAGE}`);
          return 1;
        }
        const limit = Number.parseFloat(word) * unit;
        if (arg === "-o" || arg === "--older-than") older = limit;
        else younger = limit;
      } else if (arg === "-Z" || arg === "--context") at++;
      else if (parseSignal(arg.slice(1)) !== undefined && !/^-[eIgiqrvw]$/.test(arg)) signal = parseSignal(arg.slice(1)) ?? 15;
      else if (/^-[eIgiqrvwy]+$/.test(arg) || arg.startsWith("--")) {
        const has = (letter: string, long: string): boolean => (arg.startsWith("--") ? arg === `--${long}` : arg.includes(letter));
        quiet ||= has("q", "quiet");
        verbose ||= has("v", "verbose");
        wait ||= has("w", "wait");
        regexp ||= has("r", "regexp");
        ignoreCase ||= has("I", "ignore-case");
        group ||= has("g", "process-group");
      } else return yield* unknownSignal(io, arg.slice(1));
    }
    if (names.length === 0 && user === undefined) {
      yield* io.stderr(USAGE);
      return 1;
    }
    const uid = user === undefined ? undefined : (yield* Accounts.read(sys)).userByName(user)?.uid;
    if (user !== undefined && uid === undefined) {
      yield* io.stderr(`Cannot find user ${user}\n`);
      return 1;
    }
    let status = 0;
    const killed: number[] = [];
    const processes = yield* readProcesses(sys);
    for (const name of names.length > 0 ? names : [""]) {
      const regex = regexp ? compiled(name, ignoreCase, io) : undefined;
      let found = 0;
      for (const process of processes) {
        if (process.pid === sys.getpid() || (uid !== undefined && process.uids[1] !== uid)) continue;
        const age = sys.clockUs("monotonic") / 1e6 - process.startTicks / 100;
        if ((older !== undefined && age < older) || (younger !== undefined && age > younger)) continue;
        const comm = process.comm;
        const fold = (one: string): string => (ignoreCase ? one.toLowerCase() : one);
        const same = names.length === 0 || (regex ? Boolean(regex.exec(comm)) : name.includes("/") ? executable(sys, process.pid) === name : fold(comm) === fold(name.slice(0, 15)));
        if (!same) continue;
        try {
          sys.kill(group ? -process.pgrp : process.pid, signal);
          found++;
          killed.push(process.pid);
          if (verbose) yield* io.stderr(`Killed ${comm}(${process.pid}) with signal ${signal}\n`);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          yield* io.stderr(`${comm}(${process.pid}): ${error.message}\n`);
        }
      }
      if (found === 0) {
        status = 1;
        if (!quiet) yield* io.stderr(`${name}: no process found\n`);
      }
    }
    while (wait && killed.some((pid) => alive(sys, pid))) yield* sys.sleep(100_000);
    return status;
  },
);

function executable(sys: Io["sys"], pid: number): string {
  try {
    return sys.readlink(`/proc/${pid}/exe`);
  } catch (error) {
    if (error instanceof SysError) return "";
    throw error;
  }
}

function alive(sys: Io["sys"], pid: number): boolean {
  try {
    sys.stat(`/proc/${pid}`);
    return true;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}
