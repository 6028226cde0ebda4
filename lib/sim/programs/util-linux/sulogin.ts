// sulogin(8): the shell of a machine that did not come up: root's password, or Control-D to go on with the boot.
import { type Blocking, decode, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { flag, type Io, text, utilLinux } from "../kit/util-linux.ts";
import { authenticate, hasNoPassword, shadowEntry } from "../login/_pam.ts";

/** A line without echo; undefined at the end of input (Control-D) and after the time. */
function* ask(sys: Sys, prompt: string, seconds: number): Blocking<string | undefined> {
  yield* sys.write(1, encode(prompt));
  const before = sys.isatty(0) ? sys.tcgetattr(0) : undefined;
  if (before !== undefined) {
    const flags = new Set(before.flags);
    flags.delete("echo");
    yield* sys.tcsetattr(0, { ...before, flags });
  }
  try {
    if (seconds > 0 && (yield* sys.poll([{ fd: 0, events: 1 }], seconds * 1_000_000)).length === 0) {
      yield* sys.write(2, encode("Timed out\n\n"));
      return undefined;
    }
    const bytes = yield* sys.read(0, 512);
    return bytes.length === 0 ? undefined : decode(bytes).replace(/\n$/, "");
  } finally {
    if (before !== undefined) {
      yield* sys.tcsetattr(0, before);
      yield* sys.write(1, encode("\n"));
    }
  }
}

export default utilLinux({
  name: "sulogin", path: "/sbin/sulogin", manSection: 8, summary: "single-user login", synopsis: ["[options] [tty device]"], operands: "files",
  options: { login: flag(["-p", "--login-shell"], "begin as at a login"), timeout: text(["-t", "--timeout"], "seconds", "give up so many seconds after the question; without it never"), force: flag(["-e", "--force"], "open a shell without a password when root's cannot be looked up") },
  description: ["systemd starts it in rescue.target and emergency.target. Where root's password is locked no one gets in, unless --force is given."],
  seeAlso: ["systemctl(1)"],
  *run({ options, operands, sys }, io: Io) {
    if (sys.getcred().euid !== 0) io.die("only superuser can run this program");
    if (options.timeout !== undefined && !/^\d+$/.test(options.timeout)) io.die(`invalid timeout argument: '${options.timeout}'`);
    const [device] = operands;
    if (device !== undefined) {
      try {
        const fd = yield* sys.open(device.startsWith("/") ? device : `/dev/${device}`, O.RDWR);
        for (const target of [0, 1, 2]) sys.dup2(fd, target);
      } catch (error) {
        if (error instanceof SysError) io.die(`cannot open console: ${error.message}`);
        throw error;
      }
    }
    const root = (yield* Accounts.read(sys)).userByName("root");
    if (root === undefined) io.die("cannot open password database");
    const locked = /^[!*]/.test((yield* shadowEntry(sys, "root"))?.password ?? "");
    if (locked && !options.force) {
      yield* io.stderr("\nCannot open access to console, the root account is locked.\nSee sulogin(8) man page for more details.\n\n");
      yield* ask(sys, "Press Enter to continue.\n", Number(options.timeout ?? 0));
      return 1;
    }
    const free = locked || (yield* hasNoPassword(sys, "root"));
    for (;;) {
      const answer = yield* ask(sys, `${free ? "Press Enter for maintenance" : "Give root password for maintenance"}\n(or press Control-D to continue): `, Number(options.timeout ?? 0));
      if (answer === undefined) return 0;
      if (free || (yield* authenticate(sys, "root", answer))) break;
      yield* io.stderr("Login incorrect\n\n");
    }
    const shell = sys.environment.get("SUSHELL") ?? sys.environment.get("sushell") ?? (root.shell === "" ? "/bin/sh" : root.shell);
    try {
      sys.chdir(root.home);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.warn(`${root.home}: change directory failed: ${error.message}\nLogging in with home = "/".`);
      sys.chdir("/");
    }
    const name = shell.slice(shell.lastIndexOf("/") + 1);
    const environment = new Map([...sys.environment, ["HOME", root.home], ["USER", "root"], ["LOGNAME", "root"], ["SHELL", shell], ["SHLVL", "0"], ["PATH", sys.environment.get("PATH") ?? "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]]);
    for (const path of new Set([shell, "/bin/sh"])) {
      try {
        return yield* sys.exec(path, [options.login ? `-${name}` : name], environment);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.warn(`failed to execute ${path}: ${error.message}`);
      }
    }
    return 1;
  },
});
