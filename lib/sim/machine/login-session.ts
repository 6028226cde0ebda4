// How a person at a terminal of the world comes in: as over SSH, a child of sshd that runs the user's shell on a pseudo-terminal.
import type { Kernel } from "../kernel/kernel.ts";
import type { Process } from "../kernel/process.ts";
import { appendWtmp, putUtmp, UT, type UtmpRecord } from "../programs/kit/utmp.ts";
import { type Blocking, decode, encode, O, type Sys, SysError } from "../kernel/sys.ts";

export interface LoginRequest {
  readonly user: string;
  /** below /dev */
  readonly terminal: string;
  /** undefined: the user's login shell */
  readonly argv?: readonly string[];
  /** beside PATH, HOME, USER, LOGNAME, SHELL, MAIL... */
  readonly environment?: ReadonlyMap<string, string>;
  readonly directory?: string;
  /** with the environment that sshd gives, whatever `argv` is */
  readonly login?: boolean;
}

interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
  readonly shell: string;
  readonly groups: readonly number[];
}

/** "" where it cannot be opened: a machine whose /etc/passwd is gone has no users. */
function* readText(sys: Sys, path: string): Blocking<string> {
  let fd: number;
  try {
    fd = yield* sys.open(path, O.RDONLY | O.CLOEXEC);
  } catch (error) {
    if (error instanceof SysError) return "";
    throw error;
  }
  let text = "";
  for (;;) {
    const bytes = yield* sys.read(fd, 65_536);
    if (bytes.length === 0) break;
    text += decode(bytes);
  }
  sys.close(fd);
  return text;
}

export function* accountOf(sys: Sys, name: string): Blocking<Account | undefined> {
  const passwd = yield* readText(sys, "/etc/passwd");
  const start = passwd.startsWith(`${name}:`) ? 0 : passwd.indexOf(`\n${name}:`) + 1;
  if (start === 0 && !passwd.startsWith(`${name}:`)) return undefined;
  const end = passwd.indexOf("\n", start);
  // a copy: parts of the file's text would keep all of it for as long as the session lasts
  const line = decode(encode(passwd.slice(start, end < 0 ? passwd.length : end)));
  const [, , uid = "", gid = "", , home = "/", shell = "/bin/sh"] = line.split(":");
  const groups = [Number(gid)];
  for (const entry of (yield* readText(sys, "/etc/group")).split("\n")) {
    if (!entry.includes(name)) continue;
    const [, , id = "", members = ""] = entry.split(":");
    if (members.split(",").includes(name)) groups.push(Number(id));
  }
  return { name, uid: Number(uid), gid: Number(gid), home, shell, groups: groups.slice() };
}

/** Who comes in over the network is a child of sshd, as long as it runs. */
export function sshListener(kernel: Kernel): Process | undefined {
  return [...kernel.initialNamespaces.pid.processes()].find((process) => process.comm === "sshd" && process.commandLine[0]?.includes("[listener]") === true && process.runState !== "zombie");
}

/** What sshd's children belong to. */
const sessionGroup = "/sys/fs/cgroup/system.slice/ssh.service";

export function* joinSessionGroup(sys: Sys): Blocking<void> {
  try {
    const fd = yield* sys.open(`${sessionGroup}/cgroup.procs`, O.WRONLY);
    yield* sys.write(fd, encode(String(sys.getpid())));
    sys.close(fd);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

export const rootPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
export const userPath = "/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games";

/** Where terminals of the world connect from: the host side of QEMU's user network. */
const clientAddress = "10.0.2.2";
const clientBytes = new Uint8Array([10, 0, 2, 2]);

function* noteSession(sys: Sys, record: UtmpRecord): Blocking<void> {
  try {
    yield* putUtmp(sys, record);
    yield* appendWtmp(sys, record);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

/** sshd's children of one connection: the monitor, which stays root, and the shell. Ends with the shell. */
export function loginSession(request: LoginRequest): (sys: Sys) => Blocking<number> {
  return function* session(sys) {
    const account = yield* accountOf(sys, request.user);
    if (account === undefined) return 1;
    yield* joinSessionGroup(sys);
    sys.setTitle("sshd", [`sshd: ${request.user}@${request.terminal}`]);
    const environment = new Map([
      ["USER", account.name], ["LOGNAME", account.name], ["HOME", account.home], ["PATH", account.uid === 0 ? rootPath : userPath], ["SHELL", account.shell],
    ]);
    if (request.argv === undefined || request.login === true) {
      environment.set("MOTD_SHOWN", "pam").set("LANG", "C.UTF-8").set("SSH_CLIENT", `${clientAddress} 51514 22`).set("SSH_CONNECTION", `${clientAddress} 51514 10.0.2.15 22`).set("SSH_TTY", `/dev/${request.terminal}`).set("TERM", "xterm-256color");
    }
    for (const [name, value] of request.environment ?? []) environment.set(name, value);
    const record = { pid: sys.getpid(), line: request.terminal, id: request.terminal.slice(-4), host: clientAddress };
    yield* noteSession(sys, { ...record, type: UT.USER_PROCESS, user: account.name, timeUs: sys.clockUs("realtime"), address: clientBytes });
    const shellPid = sys.fork(function* shell(child) {
      child.setsid();
      for (const fd of child.descriptors()) child.close(fd);
      yield* child.open(`/dev/${request.terminal}`, O.RDWR);
      child.dup(0);
      child.dup(0);
      child.chown(`/dev/${request.terminal}`, account.uid, 5);
      child.setgroups(account.groups);
      child.setresgid(account.gid, account.gid, account.gid);
      child.setresuid(account.uid, account.uid, account.uid);
      try {
        child.chdir(request.directory ?? account.home);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        child.chdir("/");
      }
      const argv = request.argv ?? [`-${account.shell.slice(account.shell.lastIndexOf("/") + 1)}`];
      const program = request.argv === undefined ? account.shell : (request.argv[0] ?? account.shell);
      if (program.includes("/")) return yield* child.exec(program, argv, environment);
      for (const directory of (environment.get("PATH") ?? "").split(":")) {
        const path = `${directory}/${program}`;
        try {
          child.access(path, 1);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          continue;
        }
        return yield* child.exec(path, argv, environment);
      }
      return 127;
    });
    for (;;) {
      const waited = yield* sys.waitpid(shellPid);
      if (waited === undefined) continue;
      yield* noteSession(sys, { ...record, type: UT.DEAD_PROCESS, user: "", host: "", timeUs: sys.clockUs("realtime") });
      return waited.status.kind === "exited" ? waited.status.status : 128 + (waited.status.kind === "signaled" ? waited.status.signal : 0);
    }
  };
}
