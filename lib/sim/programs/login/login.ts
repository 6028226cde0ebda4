// login: asks for a password and starts the user's shell on the terminal (login(1)). agetty gives it the name.
import { type Blocking, type Sys, SysError, decode, encode } from "../../kernel/sys.ts";
import { Accounts, readTextFile, type User } from "../kit/accounts.ts";
import type { Command } from "../kit/command.ts";
import { translated } from "../kit/messages/translate.ts";
import { noteFailedLogin } from "../kit/lastlog.ts";
import { appendWtmp, putUtmp, UT } from "../kit/utmp.ts";
import { TerminalConversation } from "../libpam-modules/_conversation.ts";
import { pamText } from "../libpam-modules/_status.ts";
import { PamTransaction } from "../libpam-modules/_transaction.ts";
import { logAuthentication } from "./_pam.ts";

const retries = 5;
const rootPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
const userPath = "/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games";
const shownEnvironment = ["TERM", "COLORTERM", "LANG"];

function* askName(sys: Sys): Blocking<string | undefined> {
  yield* sys.write(1, encode(translated(sys, "login", `${sys.uname().nodename} login: `)));
  const bytes = yield* sys.read(0, 256);
  return bytes.length === 0 ? undefined : decode(bytes).replace(/\n$/, "").trim();
}

interface Admitted {
  readonly user: User;
  readonly pam: PamTransaction;
}

function* authenticated(sys: Sys, accounts: Accounts, given: string | undefined, forced: boolean): Blocking<Admitted | undefined> {
  let name = given;
  const conversation = new TerminalConversation(sys, "login");
  const pam = new PamTransaction(sys, "login", "", conversation, { tty: sys.ttyname(0), loginName: "LOGIN" });
  for (let attempt = 0; attempt < retries; attempt++) {
    name ??= yield* askName(sys);
    if (name === undefined) return undefined;
    const user = accounts.userByName(name);
    pam.userName = name;
    if (forced && user !== undefined) return { user, pam };
    const status = yield* pam.authenticate();
    if (status === "success" && user !== undefined) {
      let account = yield* pam.accountManagement();
      if (account === "new_authtok_reqd") account = yield* pam.changePassword(true);
      yield* pam.end();
      if (account === "success") return { user, pam };
      yield* sys.write(2, encode(`\n${translated(sys, "login", pamText(account))}\n`));
      yield* logAuthentication(sys, "login", pamText(account), 3);
      return undefined;
    }
    if (conversation.last !== "text") return undefined;
    if (status !== "ignore") yield* noteFailedLogin(sys, user?.name ?? "UNKNOWN", sys.ttyname(0).replace(/^\/dev\//, ""), "");
    yield* logAuthentication(sys, "login", `FAILED LOGIN (${attempt + 1}) on '${sys.ttyname(0)}' FOR '${user?.name ?? "UNKNOWN"}', ${pamText(status)}`);
    yield* sys.write(1, encode(translated(sys, "login", "\nLogin incorrect\n")));
    name = undefined;
  }
  yield* pam.end();
  return undefined;
}

const command: Command = {
  name: "login", path: "/bin/login",
  declaration: {
    name: "login", summary: "open a session for a user on a terminal", synopsis: ["[-p] [-h HOST] [-f NAME] [NAME]"], operands: "users",
    options: [
      { names: ["-p"], argument: undefined, argumentOptional: false, help: "keep the environment", support: "simulated" },
      { names: ["-f"], argument: "NAME", argumentOptional: false, help: "no authentication: the user has done it before", support: "simulated" },
      { names: ["-h"], argument: "HOST", argumentOptional: false, help: "the remote host of this login", support: "simulated" },
    ],
  },
  *program(sys, argv) {
    if (sys.getcred().euid !== 0) {
      yield* sys.write(2, encode(translated(sys, "login", "login: Cannot possibly work without effective root\n")));
      return 1;
    }
    let name: string | undefined;
    let forced = false;
    for (let at = 1; at < argv.length; at++) {
      const word = argv[at] ?? "";
      if (word === "-f") {
        forced = true;
        name = argv[++at];
      } else if (word === "-h") at++;
      else if (!word.startsWith("-")) name = word;
    }
    if (!sys.isatty(0)) return 1;
    const accounts = yield* Accounts.read(sys);
    const admitted = yield* authenticated(sys, accounts, name, forced);
    if (admitted === undefined) return 1;
    const { user, pam } = admitted;
    const device = sys.ttyname(0);
    const line = device.replace(/^\/dev\//, "");
    const record = { pid: sys.getpid(), line, id: line.replace(/^tty/, ""), host: "" };
    try {
      const nowUs = sys.clockUs("realtime");
      yield* putUtmp(sys, { ...record, type: UT.USER_PROCESS, user: user.name, timeUs: nowUs });
      yield* appendWtmp(sys, { ...record, type: UT.USER_PROCESS, user: user.name, timeUs: nowUs });
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    const names = sys.uname();
    const motd = (yield* readTextFile(sys, "/etc/motd")) ?? "";
    yield* sys.write(1, encode(`Linux ${names.nodename} ${names.release} ${names.version} ${names.machine}\n${motd}`));
    const opened = yield* pam.openSession();
    if (opened !== "success") {
      yield* sys.write(2, encode(`\n${translated(sys, "login", pamText(opened))}\n`));
      return 1;
    }
    const environment = new Map<string, string>();
    for (const key of shownEnvironment) {
      const value = sys.environment.get(key);
      if (value !== undefined) environment.set(key, value);
    }
    environment.set("HOME", user.home).set("SHELL", user.shell).set("USER", user.name).set("LOGNAME", user.name).set("PATH", user.uid === 0 ? rootPath : userPath).set("MAIL", `/var/mail/${user.name}`).set("LANG", "C.UTF-8");
    for (const [variable, value] of pam.environment) environment.set(variable, value);
    const shell = user.shell === "" ? "/bin/sh" : user.shell;
    const pid = sys.fork(function* session(child) {
      try {
        child.chown(device, user.uid, 5);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
      child.setgroups([user.gid, ...accounts.groupsOf(user).filter((one) => one !== user.gid)]);
      child.setresgid(user.gid, user.gid, user.gid);
      child.setresuid(user.uid, user.uid, user.uid);
      try {
        child.chdir(user.home);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* child.write(1, encode(translated(sys, "login", "No directory, logging in with HOME=/\n")));
        child.chdir("/");
      }
      return yield* child.exec(shell, [`-${shell.slice(shell.lastIndexOf("/") + 1)}`], environment);
    });
    for (;;) {
      try {
        if ((yield* sys.waitpid(pid)) !== undefined) break;
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
      }
    }
    yield* pam.closeSession();
    try {
      yield* putUtmp(sys, { ...record, type: UT.DEAD_PROCESS, user: "", timeUs: sys.clockUs("realtime") });
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    return 0;
  },
};

export default command;
