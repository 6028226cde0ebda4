// The child that becomes a service's process: its session, descriptors, limits, directory, credentials, environment (systemd.exec(5)).
import { type Blocking, encode, O, type ResourceLimitKind, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { tryReadFile } from "./api/files.ts";
import { STDOUT_SOCKET } from "./api/journal.ts";
import { NOTIFY_SOCKET } from "./api/protocol.ts";
import { splitCommandLine } from "./api/unit-text.ts";
import { type ExecCommand, expandVariables, parseEnvironmentFile } from "./command.ts";
import { directoryVariables, dynamicAccount, enterSandbox, isDynamic, limitCapabilities, needsAmbient, raiseAmbient, refusesPrivileges, SandboxError } from "./sandbox.ts";
import type { ServiceUnit } from "./service.ts";

/** What PID 1 catches. */
export const CAUGHT_SIGNALS: readonly number[] = [SIGNALS.CHLD, SIGNALS.TERM, SIGNALS.INT, SIGNALS.HUP, SIGNALS.USR1, SIGNALS.USR2, SIGNALS.WINCH, SIGNALS.PWR];
const HELD_BACK: ReadonlySet<number> = new Set(CAUGHT_SIGNALS);
const NONE: ReadonlySet<number> = new Set();

/** The kernel's default of fs.nr_open (proc(5)). */
const NR_OPEN = 1_048_576;

const EXIT = { CHDIR: 200, EXEC: 203, STDIN: 208, STDOUT: 209, CHROOT: 210, GROUP: 216, USER: 217 } as const;

const limits: readonly (readonly [setting: string, kind: ResourceLimitKind])[] = [
  ["LimitCPU", "cpu"], ["LimitFSIZE", "fsize"], ["LimitDATA", "data"], ["LimitSTACK", "stack"], ["LimitCORE", "core"], ["LimitNOFILE", "nofile"], ["LimitAS", "as"], ["LimitNPROC", "nproc"], ["LimitMEMLOCK", "memlock"],
];

function* serviceEnvironment(unit: ServiceUnit): Blocking<Map<string, string>> {
  const { supervisor } = unit;
  const environment = new Map([["LANG", "C.UTF-8"], ["PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"], ...supervisor.environment]);
  environment.set("INVOCATION_ID", unit.invocationId);
  const user = unit.setting("User");
  if (user !== undefined) {
    const account = yield* supervisor.account(user);
    if (account !== undefined) environment.set("USER", account.name).set("LOGNAME", account.name).set("HOME", account.home).set("SHELL", account.shell);
  }
  if (isDynamic(unit)) {
    const { name } = dynamicAccount(unit);
    environment.set("USER", name).set("LOGNAME", name).set("HOME", "/").set("SHELL", "/usr/sbin/nologin");
  }
  for (const [name, value] of directoryVariables(unit)) environment.set(name, value);
  for (const line of unit.text.all("Service", "Environment")) {
    for (const word of splitCommandLine(supervisor.expand(line, unit.name)) ?? []) {
      const equals = word.indexOf("=");
      if (equals > 0) environment.set(word.slice(0, equals), word.slice(equals + 1));
    }
  }
  for (const path of unit.text.all("Service", "EnvironmentFile")) {
    const optional = path.startsWith("-");
    const text = yield* tryReadFile(supervisor.sys, supervisor.expand(optional ? path.slice(1) : path, unit.name));
    if (text !== undefined) for (const [name, value] of parseEnvironmentFile(text)) environment.set(name, value);
  }
  for (const name of unit.text.words("Service", "UnsetEnvironment")) environment.delete(name);
  return environment;
}

/** SD_LISTEN_FDS_START, and where the descriptors wait while the others are closed. */
const FIRST_PASSED = 3;
const PASSED_FROM = 200;

/** The pid, or undefined when it could not be forked (or an EnvironmentFile= that must exist does not). */
export function* forkCommand(unit: ServiceUnit, command: ExecCommand): Blocking<number | undefined> {
  const { supervisor } = unit;
  const environment = yield* serviceEnvironment(unit);
  for (const path of unit.text.all("Service", "EnvironmentFile")) {
    if (path.startsWith("-")) continue;
    if ((yield* tryReadFile(supervisor.sys, supervisor.expand(path, unit.name))) === undefined) {
      yield* supervisor.log(unit.name, 3, `${unit.name}: Failed to load environment files: No such file or directory`);
      yield* supervisor.log(unit.name, 3, `${unit.name}: Failed to run 'start' task: No such file or directory`);
      return undefined;
    }
  }
  if (unit.serviceType === "notify" || unit.setting("NotifyAccess") !== undefined) environment.set("NOTIFY_SOCKET", NOTIFY_SOCKET);
  if (unit.mainPid > 0) environment.set("MAINPID", String(unit.mainPid));
  const argv = command.noVariables ? command.argv : expandVariables(command.argv, environment);
  const userName = command.fullPrivileges ? undefined : unit.setting("User");
  const known = userName === undefined ? undefined : yield* supervisor.account(userName);
  const dynamic = !command.fullPrivileges && known === undefined && isDynamic(unit) ? dynamicAccount(unit) : undefined;
  const account = dynamic === undefined ? known : { ...dynamic, gid: dynamic.uid, home: "/", groups: [] };
  const more: number[] = [];
  for (const name of unit.text.words("Service", "SupplementaryGroups")) {
    const id = yield* supervisor.groupId(name);
    if (id !== undefined) more.push(id);
  }
  const groupName = unit.setting("Group");
  const gid = groupName === undefined || command.fullPrivileges ? undefined : yield* supervisor.groupId(groupName);
  const identifier = unit.setting("SyslogIdentifier") ?? command.path.slice(command.path.lastIndexOf("/") + 1);
  const listeners = supervisor.listenersOf(unit.name);
  // a connection is the unit's until the fork only
  const inherited = supervisor.streamOf(unit.name);
  const cgroup = unit.cgroup.made ? unit.cgroup.path : undefined;
  // A signal for the child that comes before it has dispositions of its own waits, else it would be lost with PID 1's (safe_fork of systemd).
  const mask = supervisor.sys.sigprocmask(HELD_BACK);
  try {
    return supervisor.sys.fork(function* service(sys) {
      for (const signal of CAUGHT_SIGNALS) sys.sigaction(signal, "default");
      sys.sigprocmask(NONE);
      sys.setsid();
      sys.setTitle(`(${identifier.slice(0, 13)})`);
      const status = yield* connectStreams(sys, unit, identifier, inherited);
      if (status !== 0) return status;
      const passed = listeners.map((fd) => sys.dup(fd, PASSED_FROM));
      for (const fd of sys.descriptors()) if (fd > 2 && !passed.includes(fd) && !supervisor.inherits(unit.name, fd)) sys.close(fd);
      for (const [place, fd] of passed.entries()) {
        sys.dup2(fd, FIRST_PASSED + place);
        sys.close(fd);
      }
      if (passed.length > 0) environment.set("LISTEN_PID", String(sys.getpid())).set("LISTEN_FDS", String(passed.length));
      for (const [setting, kind] of limits) {
        const value = unit.setting(setting);
        if (value === undefined) continue;
        const [soft = "", hard = soft] = value.split(":");
        // setrlimit(2) refuses more than fs.nr_open descriptors: infinity means that many
        const number = (text: string): number => (text === "infinity" ? (kind === "nofile" ? NR_OPEN : Number.POSITIVE_INFINITY) : Number.parseInt(text, 10) * 1024 ** ("KMGT".indexOf(text.slice(-1)) + 1));
        sys.setrlimit(kind, { soft: number(soft), hard: number(hard) });
      }
      const nice = unit.setting("Nice");
      if (nice !== undefined) sys.setpriority(Number(nice));
      yield* unit.setOomScore(sys.getpid());
      const umask = unit.setting("UMask");
      sys.umask(umask === undefined ? 0o022 : Number.parseInt(umask, 8));
      try {
        if (!command.fullPrivileges) yield* enterSandbox(sys, unit);
      } catch (error) {
        if (!(error instanceof SandboxError)) throw error;
        yield* complain(sys, `${unit.name}: ${error.message}`);
        yield* complain(sys, `${unit.name}: Failed at step ${error.status === 226 ? "NAMESPACE" : "NETWORK"} spawning ${command.path}: ${error.cause.message}`);
        return error.status;
      }
      const rootDirectory = unit.setting("RootDirectory");
      try {
        if (rootDirectory !== undefined) sys.chroot(rootDirectory);
      } catch (error) {
        return yield* childFailed(sys, error, `Failed to set up root directory ${rootDirectory}`, EXIT.CHROOT, unit, command);
      }
      if (userName !== undefined && account === undefined) {
        yield* complain(sys, `${unit.name}: Failed to determine user credentials: No such process`);
        return EXIT.USER;
      }
      if (!command.fullPrivileges) limitCapabilities(sys, unit);
      if (account !== undefined) {
        const group = gid ?? account.gid;
        sys.setgroups([group, ...[...new Set([...account.groups, ...more])].filter((one) => one !== group).toSorted((one, other) => one - other)]);
        sys.setresgid(group, group, group);
        if (needsAmbient(unit)) sys.prctl("keep-capabilities", 1);
        sys.setresuid(account.uid, account.uid, account.uid);
        raiseAmbient(sys, unit);
      } else {
        if (more.length > 0) sys.setgroups([...new Set([gid ?? 0, ...more])]);
        if (gid !== undefined) sys.setresgid(gid, gid, gid);
      }
      if (!command.fullPrivileges && refusesPrivileges(unit)) sys.prctl("no-new-privileges", 1);
      const directory = unit.setting("WorkingDirectory");
      const target = directory === undefined ? "/" : directory.replace(/^-/, "") === "~" ? (account?.home ?? "/root") : directory.replace(/^-/, "");
      try {
        sys.chdir(target);
      } catch (error) {
        if (!(directory?.startsWith("-") === true)) return yield* childFailed(sys, error, "Changing to the requested working directory failed", EXIT.CHDIR, unit, command);
      }
      environment.set("SYSTEMD_EXEC_PID", String(sys.getpid()));
      try {
        return yield* sys.exec(command.path, argv, environment);
      } catch (error) {
        return yield* childFailed(sys, error, `Failed to execute ${command.path}`, EXIT.EXEC, unit, command, `Failed to locate executable ${command.path}`);
      }
    }, cgroup === undefined ? {} : { cgroup });
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* supervisor.log(unit.name, 4, `${unit.name}: Failed to fork: ${error.message}`);
    return undefined;
  } finally {
    supervisor.sys.sigprocmask(mask);
  }
}

function* complain(sys: Sys, message: string): Blocking<void> {
  const fd = sys.socket("unix", "dgram");
  try {
    yield* sys.sendto(fd, encode(JSON.stringify({ PRIORITY: "3", SYSLOG_IDENTIFIER: "systemd", MESSAGE: message, UNIT: message.slice(0, message.indexOf(":")) })), { family: "unix", path: "/run/systemd/journal/socket" });
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  sys.close(fd);
}

function* childFailed(sys: Sys, error: unknown, what: string, status: number, unit: ServiceUnit, command: ExecCommand, missing = what): Blocking<number> {
  if (!(error instanceof SysError)) throw error;
  yield* complain(sys, `${unit.name}: ${error.errno === "ENOENT" ? missing : what}: ${error.message}`);
  yield* complain(sys, `${unit.name}: Failed at step ${stepName(status)} spawning ${command.path}: ${error.message}`);
  return status;
}

function stepName(status: number): string {
  return status === EXIT.EXEC ? "EXEC" : status === EXIT.CHDIR ? "CHDIR" : status === EXIT.CHROOT ? "CHROOT" : status === EXIT.USER ? "USER" : "STDIN";
}

/** Descriptors 0, 1 and 2. */
function* connectStreams(sys: Sys, unit: ServiceUnit, identifier: string, inherited: readonly [number, number, number] | undefined): Blocking<number> {
  const inputKind = unit.setting("StandardInput") ?? "null";
  const open = function* (path: string, flags: number, at: number): Blocking<void> {
    const fd = yield* sys.open(path, flags, 0o644);
    if (fd !== at) {
      sys.dup2(fd, at);
      sys.close(fd);
    }
  };
  try {
    if (inputKind.startsWith("tty")) {
      const path = unit.setting("TTYPath") ?? "/dev/console";
      yield* open(path, O.RDWR, 0);
      sys.dup2(0, 1);
      sys.dup2(0, 2);
      return 0;
    }
    if (inherited !== undefined) {
      inherited.forEach((fd, at) => sys.dup2(fd, at));
      return 0;
    }
    yield* open(inputKind.startsWith("file:") ? inputKind.slice(5) : "/dev/null", inputKind.startsWith("file:") ? O.RDONLY : O.RDWR, 0);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    sys.close(0);
  }
  const output = unit.setting("StandardOutput") ?? "journal";
  const errorOutput = unit.setting("StandardError") ?? "inherit";
  for (const [at, kind] of [[1, output], [2, errorOutput]] as const) {
    try {
      if (at === 2 && (kind === "inherit" || kind === output)) sys.dup2(1, 2);
      else if (kind === "null") yield* open("/dev/null", O.WRONLY, at);
      else if (kind.startsWith("file:")) yield* open(kind.slice(5), O.WRONLY | O.CREAT, at);
      else if (kind.startsWith("append:")) yield* open(kind.slice(7), O.WRONLY | O.CREAT | O.APPEND, at);
      else if (kind.startsWith("truncate:")) yield* open(kind.slice(9), O.WRONLY | O.CREAT | O.TRUNC, at);
      else if (kind.startsWith("tty")) yield* open(unit.setting("TTYPath") ?? "/dev/console", O.WRONLY, at);
      else yield* connectJournal(sys, unit.name, identifier, at);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (kind.includes(":")) {
        yield* complain(sys, `${unit.name}: Failed to set up standard output: ${error.message}`);
        yield* complain(sys, `${unit.name}: Failed at step STDOUT spawning ${identifier}: ${error.message}`);
        return EXIT.STDOUT;
      }
      yield* open("/dev/null", O.WRONLY, at);
    }
  }
  return 0;
}

/** A stream to journald: a line that says who writes, then what is written (sd_journal_stream_fd). */
export function* connectJournal(sys: Sys, unitName: string, identifier: string, at: number): Blocking<void> {
  const fd = sys.socket("unix", "stream");
  try {
    yield* sys.connect(fd, { family: "unix", path: STDOUT_SOCKET });
    yield* sys.write(fd, encode(`${identifier}\n${unitName}\n6\n1\n0\n0\n0\n`));
  } catch (error) {
    sys.close(fd);
    throw error;
  }
  if (fd !== at) {
    sys.dup2(fd, at);
    sys.close(fd);
  }
}

