// su: a shell or command as another user (su(1) of util-linux). Set-user-ID root; asks for the target's password unless root calls it.
import { type Blocking, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts, readTextFile, type User } from "../kit/accounts.ts";
import { flag, type Io, text, utilLinux } from "../kit/util-linux.ts";
import { accountState, authenticate, hasNoPassword, logAuthentication } from "../login/_pam.ts";
import { askPassword } from "../login/_password-prompt.ts";
import { loginDefs } from "../passwd/_databases.ts";

const userPath = "/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games";
const rootPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

function* restrictedShell(sys: Sys, shell: string): Blocking<boolean> {
  const shells = ((yield* readTextFile(sys, "/etc/shells")) ?? "").split("\n");
  return !shells.includes(shell);
}

function* mayBecome(sys: Sys, io: Io, target: User, caller: string): Blocking<boolean> {
  const root = sys.getcred().ruid === 0;
  if (!root && !(yield* hasNoPassword(sys, target.name))) {
    const answer = yield* askPassword(sys, "Password: ");
    if (answer.kind === "interrupted") {
      yield* io.stderr("");
      return false;
    }
    const good = answer.kind === "text" && (yield* authenticate(sys, target.name, answer.text));
    if (!good) {
      yield* logAuthentication(sys, "su", `FAILED SU (to ${target.name}) ${caller} on ${terminalName(sys)}`);
      yield* io.warn("Authentication failure");
      return false;
    }
  }
  const state = yield* accountState(sys, target.name);
  if (state === "expired") {
    yield* io.stderr("Your account has expired; please contact your system administrator.\n");
    // pam_acct_mgmt refuses root too
    yield* io.warn("Authentication failure");
    return false;
  }
  yield* logAuthentication(sys, "su", `(to ${target.name}) ${caller} on ${terminalName(sys)}`);
  yield* logAuthentication(sys, "su", `pam_unix(su:session): session opened for user ${target.name}(uid=${target.uid}) by ${caller}(uid=${sys.getcred().ruid})`, 6);
  return true;
}

function terminalName(sys: Sys): string {
  try {
    return sys.ttyname(0).replace(/^\/dev\//, "");
  } catch (error) {
    if (error instanceof SysError) return "none";
    throw error;
  }
}

export default utilLinux({
  name: "su",
  path: "/bin/su",
  mode: 0o4755,
  summary: "change the effective user ID and group ID to that of <user>",
  synopsis: ["[options] [-] [<user> [<argument>...]]"],
  operands: "users",
  parsing: { stopAtOperand: false },
  options: {
    preserve: flag(["-m", "-p", "--preserve-environment"], "do not reset environment variables"),
    whitelist: text(["-w", "--whitelist-environment"], "list", "don't reset specified variables"),
    group: text(["-g", "--group"], "group", "specify the primary group"),
    supplementary: text(["-G", "--supp-group"], "group", "specify a supplemental group"),
    login: flag(["-", "-l", "--login"], "make the shell a login shell"),
    command: text(["-c", "--command"], "command", "pass a single command to the shell with -c"),
    sessionCommand: text(["--session-command"], "command", "pass a single command to the shell with -c and do not create a new session"),
    fast: flag(["-f", "--fast"], "pass -f to the shell (for csh or tcsh)"),
    shell: text(["-s", "--shell"], "shell", "run <shell> if /etc/shells allows it"),
    pty: flag(["-P", "--pty"], "create a new pseudo-terminal"),
  },
  *run({ options, operands, sys }, io: Io) {
    const accounts = yield* Accounts.read(sys);
    const cred = sys.getcred();
    let words = [...operands];
    let login = options.login;
    if (words[0] === "-") {
      login = true;
      words = words.slice(1);
    }
    const name = words.shift() ?? "root";
    const target = accounts.userByName(name);
    if (target === undefined) io.die(`user ${name} does not exist or the user entry does not contain all the required fields`);
    const user = target;
    const caller = accounts.userName(cred.ruid);
    if (cred.euid !== 0) io.die("must be suid to work properly");
    if (!(yield* mayBecome(sys, io, user, caller))) return 1;
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
      const locale = /^LANG=(.*)$/m.exec((yield* readTextFile(sys, "/etc/default/locale")) ?? "")?.[1];
      if (locale !== undefined) environment.set("LANG", locale.replace(/^"(.*)"$/, "$1"));
    } else {
      environment = new Map(sys.environment);
      if (!options.preserve) {
        environment.set("HOME", user.home).set("SHELL", shell);
        if (user.uid !== 0) environment.set("USER", user.name).set("LOGNAME", user.name);
        if (defs.get("ALWAYS_SET_PATH") === "yes") environment.set("PATH", path);
      }
    }
    const command = options.command ?? options.sessionCommand;
    const base = shell.slice(shell.lastIndexOf("/") + 1);
    const argv = [login ? `-${base}` : base, ...(options.fast ? ["-f"] : []), ...(command === undefined ? [] : ["-c", command]), ...words];
    let gid = user.gid;
    const groups = [...accounts.groupsOf(user)];
    if (options.group !== undefined || options.supplementary !== undefined) {
      if (cred.ruid !== 0) io.die("only root can specify alternative groups");
      for (const word of [options.group, options.supplementary]) {
        if (word === undefined) continue;
        const group = accounts.groupByName(word);
        if (group === undefined) io.die(`group ${word} does not exist`);
        else if (word === options.group) gid = group.gid;
        else groups.push(group.gid);
      }
    }
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
    return yield* waitForShell(sys, io, pid, user.name);
  },
});

/** Stops when the shell stops, ends as it ends. */
function* waitForShell(sys: Sys, io: Io, pid: number, name: string): Blocking<number> {
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
      yield* logAuthentication(sys, "su", `pam_unix(su:session): session closed for user ${name}`, 6);
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
