// What pgrep, pkill and pidwait select processes by.

import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import { type Io, counted, flag, text } from "../kit/gnu.ts";
import { type ProcessInfo, readProcesses, readSystemTimes, ttyName } from "../kit/processes.ts";
import { type Regex, RegexSyntaxError, compileRegex } from "../kit/regex/compile-regex.ts";

export const MATCH_OPTIONS = {
  full: flag(["-f", "--full"], "the pattern is searched in the whole command line"), group: text(["-g", "--pgroup"], "PGID,...", "processes of these process groups"), realGroup: text(["-G", "--group"], "GID,...", "processes whose real group is one of these"),
  ignoreCase: flag(["-i", "--ignore-case"], "capitals and small letters are the same"), newest: flag(["-n", "--newest"], "of those found, the youngest"), oldest: flag(["-o", "--oldest"], "of those found, the oldest"), older: text(["-O", "--older"], "SECONDS", "running for more seconds than this"),
  parent: text(["-P", "--parent"], "PPID,...", "children of these processes"), session: text(["-s", "--session"], "SID,...", "processes of these sessions"), terminal: text(["-t", "--terminal"], "TTY,...", "processes of these terminals"),
  user: text(["-u", "--euid"], "ID,...", "processes whose effective user is one of these"), realUser: text(["-U", "--uid"], "ID,...", "processes whose real user is one of these"), exact: flag(["-x", "--exact"], "the pattern must fit the whole name"), runStates: text(["-r", "--runstates"], "STATE", "processes in these states: D, R, S, Z..."),
  inverse: flag(["-v", "--inverse"], "processes that do not fit"), ancestors: flag(["-A", "--ignore-ancestors"], "leave out the processes that started this one"), ns: text(["--ns"], "PID", "processes in the namespaces of <pid>"), nslist: text(["--nslist"], "NS,...", "namespaces that --ns compares: ipc, mnt, net, pid, user, uts"),
  pidFile: text(["-F", "--pidfile"], "FILE", "search only among the PIDs in file"), logPidFile: counted(["-L", "--logpidfile"], "fail if nobody holds a lock on the file of -F"), cgroup: text(["--cgroup"], "GRP,...", "processes in these control groups (cgroup v2)"), env: text(["--env"], "NAME[=VAL],...", "processes with this variable in the environment"),
};

export interface MatchValues {
  readonly full: boolean;
  readonly group: string | undefined;
  readonly realGroup: string | undefined;
  readonly ignoreCase: boolean;
  readonly newest: boolean;
  readonly oldest: boolean;
  readonly older: string | undefined;
  readonly parent: string | undefined;
  readonly session: string | undefined;
  readonly terminal: string | undefined;
  readonly user: string | undefined;
  readonly realUser: string | undefined;
  readonly exact: boolean;
  readonly runStates: string | undefined;
  readonly inverse: boolean;
  readonly ancestors: boolean;
  readonly ns: string | undefined;
  readonly nslist: string | undefined;
  readonly pidFile: string | undefined;
  readonly logPidFile: number;
  readonly cgroup: string | undefined;
  readonly env: string | undefined;
}

export const TRY = (argv0: string): string => `Try \`${argv0} --help' for more information.\n`;

function compiled(pattern: string, ignoreCase: boolean, io: Io): Regex {
  try {
    return compileRegex(pattern, { syntax: "ere", ignoreCase });
  } catch (error) {
    if (error instanceof RegexSyntaxError) return io.die(`regex error: ${error.message}`, 2);
    throw error;
  }
}

export function* selectProcesses(sys: Sys, io: Io, options: MatchValues, operands: readonly string[]): Blocking<readonly ProcessInfo[]> {
  const accounts = yield* Accounts.read(sys);
  const tests: ((process: ProcessInfo) => boolean)[] = [];
  const numbers = (list: string | undefined, get: (process: ProcessInfo) => number, self: number, what: string): void => {
    if (list === undefined) return;
    const wrong = list.split(",").find((one) => !/^[-+]?\d+$/.test(one));
    if (wrong !== undefined) io.die(`${what}: ${wrong}`, 2);
    const wanted = list.split(",").map((one) => (one === "0" ? self : Number(one)));
    tests.push((process) => wanted.includes(get(process)));
  };
  const names = (list: string | undefined, get: (process: ProcessInfo) => number, id: (name: string) => number | undefined, what: string): void => {
    if (list === undefined) return;
    const wanted = list.split(",").map((one) => (/^\d+$/.test(one) ? Number(one) : (id(one) ?? io.die(`invalid ${what} name: ${one}`, 2))));
    tests.push((process) => wanted.includes(get(process)));
  };
  numbers(options.parent, (process) => process.ppid, -1, "not a number");
  numbers(options.group, (process) => process.pgrp, sys.getpgid(), "invalid process group");
  numbers(options.session, (process) => process.session, sys.getsid(), "invalid session id");
  names(options.user, (process) => process.uids[1] ?? -1, (name) => accounts.userByName(name)?.uid, "user");
  names(options.realUser, (process) => process.uids[0] ?? -1, (name) => accounts.userByName(name)?.uid, "user");
  names(options.realGroup, (process) => process.gids[0] ?? -1, (name) => accounts.groupByName(name)?.gid, "group");
  if (options.terminal !== undefined) {
    const wanted = options.terminal.split(",").map((one) => one.replace(/^\/dev\//, ""));
    tests.push((process) => wanted.includes(ttyName(process.ttyNumber)));
  }
  if (options.runStates !== undefined) tests.push((process) => (options.runStates ?? "").includes(process.state));
  if (options.older !== undefined) {
    const { uptimeSeconds } = yield* readSystemTimes(sys);
    tests.push((process) => uptimeSeconds - process.startTicks / 100 >= Number(options.older));
  }
  if (options.ns !== undefined) {
    const kinds = (options.nslist ?? "ipc,mnt,net,pid,user,uts").split(",");
    const link = (pid: number | string, kind: string): string => {
      try {
        return sys.readlink(`/proc/${pid}/ns/${kind}`);
      } catch (error) {
        if (error instanceof SysError) return `?${pid}`;
        throw error;
      }
    };
    tests.push((process) => kinds.every((kind) => link(process.pid, kind) === link(options.ns ?? "", kind)));
  }
  if (options.logPidFile > 0 && options.pidFile === undefined) io.usage("-L without -F makes no sense");
  if (options.pidFile !== undefined) {
    const pid = /^\s*(\d+)\b/.exec((yield* readTextFile(sys, options.pidFile)) ?? "")?.[1];
    if (pid === undefined) {
      yield* io.warn("pidfile not valid");
      yield* io.stderr(TRY(io.argv0));
      return yield* sys.exit(1);
    }
    tests.push((process) => process.pid === Number(pid));
  }
  const of = function* (list: string | undefined, file: string, separator: string, fits: (line: string, wanted: string) => boolean): Blocking<void> {
    if (list === undefined) return;
    const found = new Set<number>();
    for (const process of yield* readProcesses(sys)) {
      const lines = ((yield* readTextFile(sys, `/proc/${process.pid}/${file}`)) ?? "").split(separator);
      if (list.split(",").some((wanted) => lines.some((line) => fits(line, wanted)))) found.add(process.pid);
      if (sys.charge(5)) yield* sys.preempt();
    }
    tests.push((process) => found.has(process.pid));
  };
  yield* of(options.env, "environ", "\0", (line, wanted) => line === wanted || (!wanted.includes("=") && line.startsWith(`${wanted}=`)));
  yield* of(options.cgroup, "cgroup", "\n", (line, wanted) => line === `0::${wanted}`);
  if (options.inverse && (options.newest || options.oldest)) io.usage();
  const [pattern, extra] = operands;
  if (extra !== undefined) io.usage("only one pattern can be provided");
  if (pattern === undefined && tests.length === 0) io.usage("no matching criteria specified");
  if (pattern !== undefined) {
    if (!options.full && pattern.length > 15 && !/[|*+?()[\]{}.^$]/.test(pattern)) {
      yield* io.warn("pattern that searches for process name longer than 15 characters will result in zero matches");
      yield* io.stderr(`Try \`${io.argv0} -f' option to match against the complete command line.\n`);
    }
    const regex = compiled(options.exact ? `^(${pattern})$` : pattern, options.ignoreCase, io);
    tests.push((process) => {
      const name = options.full && process.arguments.length > 0 ? process.arguments.join(" ") : process.comm;
      return Boolean(regex.exec(name));
    });
  }
  const all = yield* readProcesses(sys);
  const ancestors = new Set<number>([sys.getpid()]);
  if (options.ancestors) for (let pid = sys.getppid(); pid > 0; pid = all.find((process) => process.pid === pid)?.ppid ?? 0) ancestors.add(pid);
  let found: readonly ProcessInfo[] = all.filter((process) => !ancestors.has(process.pid) && tests.every((test) => test(process)) !== options.inverse);
  if (options.newest) found = found.reduce<readonly ProcessInfo[]>((best, one) => ((best[0]?.startTicks ?? -1) <= one.startTicks ? [one] : best), []);
  else if (options.oldest) found = found.slice(0, 1);
  return found;
}
