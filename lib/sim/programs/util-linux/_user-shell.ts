// What su and runuser have in common: a shell of another user, with its environment, as a child that is waited for.
import { type Blocking, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { type Accounts, readTextFile, type User } from "../kit/accounts.ts";
import type { Io } from "../kit/util-linux.ts";
import type { PamTransaction } from "../libpam-modules/_transaction.ts";
import { loginDefs } from "../passwd/_databases.ts";

const userPath = "/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games";
const rootPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

export interface UserShellOptions {
  readonly preserve: boolean;
  readonly whitelist: string | undefined;
  readonly group: string | undefined;
  readonly supplementary: readonly string[];
  readonly command: string | undefined;
  readonly sessionCommand: string | undefined;
  readonly fast: boolean;
  readonly shell: string | undefined;
  readonly pty: boolean;
}

function* restrictedShell(sys: Sys, shell: string): Blocking<boolean> {
  const shells = ((yield* readTextFile(sys, "/etc/shells")) ?? "").split("\n");
  return !shells.includes(shell);
}

/** The caller may do it. Returns the exit status of the shell. */
export function* runUserShell(io: Io, accounts: Accounts, user: User, pam: PamTransaction, login: boolean, words: readonly string[], options: UserShellOptions): Blocking<number> {
  const { sys } = io;
  const cred = sys.getcred();
  let shell = user.shell === "" ? "/bin/sh" : user.shell;
  if (options.shell !== undefined || (options.preserve && !login)) {
    const wanted = options.shell ?? sys.environment.get("SHELL") ?? shell;
    if (cred.ruid !== 0 && (yield* restrictedShell(sys, shell))) {
      yield* io.warn(`using restricted shell ${shell}`);
    } else shell = wanted;
  }
  const defs = yield* loginDefs(sys);
  const path = (user.uid === 0 ? defs.get("ENV_SUPATH") : defs.get("ENV_PATH"))?.replace(/^PATH=/, "") ?? (user.uid === 0 ? rootPath : userPath);
  let environment: Map<string, string>;
  if (login) {
    environment = new Map();
    for (const kept of ["TERM", "COLORTERM", "NO_COLOR", ...(options.whitelist ?? "").split(",")]) {
      const value = sys.environment.get(kept);
      if (value !== undefined) environment.set(kept, value);
    }
    environment.set("SHELL", shell).set("HOME", user.home).set("USER", user.name).set("LOGNAME", user.name).set("PATH", path).set("MAIL", `/var/mail/${user.name}`);
  } else {
    environment = new Map(sys.environment);
    if (!options.preserve) {
      environment.set("HOME", user.home).set("SHELL", shell);
      if (user.uid !== 0) environment.set("USER", user.name).set("LOGNAME", user.name);
      if (defs.get("ALWAYS_SET_PATH") === "yes") environment.set("PATH", path);
    }
  }
  if (login || !options.preserve) for (const [name, value] of pam.environment) environment.set(name, value);
  const command = options.command ?? options.sessionCommand;
  const base = shell.slice(shell.lastIndexOf("/") + 1);
  const argv = [login ? `-${base}` : base, ...(options.fast ? ["-f"] : []), ...(command === undefined ? [] : ["-c", command]), ...words];
  const given: number[] = [];
  for (const word of [...(options.group === undefined ? [] : [options.group]), ...options.supplementary]) {
    const group = accounts.groupByName(word);
    if (group === undefined) io.die(`group ${word} does not exist`);
    else given.push(group.gid);
  }
  // the first one that was given is the primary group, and no others come with the user
  const gid = given[0] ?? user.gid;
  const groups = given.length === 0 ? accounts.groupsOf(user) : given;
  yield* io.out.flush();
  const pid = sys.fork(function* child(own): Blocking<number> {
    // a command gets a session of its own, so that it cannot push keys into the caller's terminal
    if (options.command !== undefined && !options.pty) own.setsid();
    own.setgroups(groups);
    own.setresgid(gid, gid, gid);
    own.setresuid(user.uid, user.uid, user.uid);
    if (login) {
      try {
        own.chdir(user.home);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.warn(`warning: cannot change directory to ${user.home}: ${error.message}`);
      }
    }
    try {
      return yield* own.exec(shell, argv, environment);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.warn(`failed to execute ${shell}: ${error.message}`);
      return error.errno === "ENOENT" ? 127 : 126;
    }
  });
  for (const signal of [SIGNALS.INT, SIGNALS.QUIT]) sys.sigaction(signal, "ignore");
  sys.sigaction(SIGNALS.TERM, "catch");
  return yield* waitForShell(sys, io, pid, pam);
}

/** Stops when the shell stops, ends as it ends. */
function* waitForShell(sys: Sys, io: Io, pid: number, pam: PamTransaction): Blocking<number> {
  for (;;) {
    try {
      const waited = yield* sys.waitpid(pid, { untraced: true });
      if (waited === undefined) continue;
      const { status } = waited;
      if (status.kind === "stopped") {
        sys.kill(sys.getpid(), SIGNALS.STOP);
        yield* sys.preempt();
        sys.kill(pid, SIGNALS.CONT);
        continue;
      }
      yield* pam.closeSession();
      yield* pam.end();
      if (status.kind === "exited") return status.status;
      if (status.kind === "signaled") {
        if (status.coreDumped) yield* io.stderr(" (core dumped)\n");
        return 128 + status.signal;
      }
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
      if (sys.takeSignals().includes(SIGNALS.TERM)) {
        yield* io.stderr("\nSession terminated, killing shell...");
        sys.kill(pid, SIGNALS.TERM);
        yield* sys.sleep(2_000_000);
        try {
          sys.kill(pid, SIGNALS.KILL);
        } catch (second) {
          if (!(second instanceof SysError)) throw second;
        }
        yield* io.stderr(" ...killed.\n");
      }
    }
  }
}
