// su: a shell or command as another user (su(1) of util-linux). Set-user-ID root; asks for the target's password unless root calls it.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts, type User } from "../kit/accounts.ts";
import { translated } from "../kit/messages/translate.ts";
import { flag, type Io, text, utilLinux } from "../kit/util-linux.ts";
import { TerminalConversation } from "../libpam-modules/_conversation.ts";
import { pamText } from "../libpam-modules/_status.ts";
import { PamTransaction } from "../libpam-modules/_transaction.ts";
import { logAuthentication } from "../login/_pam.ts";
import { runUserShell } from "./_user-shell.ts";

/** Undefined: the caller may not. */
function* mayBecome(sys: Sys, io: Io, target: User, caller: string, login: boolean): Blocking<PamTransaction | undefined> {
  const terminal = terminalName(sys);
  const conversation = new TerminalConversation(sys, "su");
  const pam = new PamTransaction(sys, login ? "su-l" : "su", target.name, conversation, { tty: terminal === "none" ? "" : `/dev/${terminal}`, remoteUser: caller, loginName: caller });
  let status = yield* pam.authenticate();
  if (conversation.last === "interrupted") {
    yield* io.stderr("");
    return undefined;
  }
  if (status !== "success") yield* logAuthentication(sys, "su", `FAILED SU (to ${target.name}) ${caller} on ${terminal}`);
  else {
    status = yield* pam.accountManagement();
    if (status === "new_authtok_reqd") status = yield* pam.changePassword(true);
  }
  if (status !== "success") {
    yield* pam.end();
    yield* io.warn(pamText(status));
    return undefined;
  }
  yield* logAuthentication(sys, "su", `(to ${target.name}) ${caller} on ${terminal}`);
  const opened = yield* pam.openSession();
  if (opened !== "success") {
    yield* io.warn(`cannot open session: ${translated(sys, "su", pamText(opened))}`);
    return undefined;
  }
  return pam;
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
  summary: "become <user> in a new shell, or for one command",
  synopsis: ["[options] [-] [<user> [<argument>...]]"],
  operands: "users",
  parsing: { stopAtOperand: false },
  options: {
    preserve: flag(["-m", "-p", "--preserve-environment"], "leave the environment as it is"),
    whitelist: text(["-w", "--whitelist-environment"], "list", "with -l, keep these variables"),
    group: text(["-g", "--group"], "group", "the primary group to have"),
    supplementary: text(["-G", "--supp-group"], "group", "a further group to have"),
    login: flag(["-", "-l", "--login"], "begin as at a login, in the home directory"),
    command: text(["-c", "--command"], "command", "let the shell run this command"),
    sessionCommand: text(["--session-command"], "command", "as -c, without a session of its own"),
    fast: flag(["-f", "--fast"], "give the shell its -f (csh, tcsh)"),
    shell: text(["-s", "--shell"], "shell", "<shell> instead of the user's own, if /etc/shells names it"),
    pty: flag(["-P", "--pty"], "the command gets its own pseudo-terminal"),
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
    if (cred.ruid !== 0 && (options.group !== undefined || options.supplementary !== undefined)) io.die("only root can specify alternative groups");
    const caller = accounts.userName(cred.ruid);
    if (cred.euid !== 0) io.die("must be suid to work properly");
    const pam = yield* mayBecome(sys, io, user, caller, login);
    if (pam === undefined) return 1;
    return yield* runUserShell(io, accounts, user, pam, login, words, { ...options, supplementary: options.supplementary === undefined ? [] : [options.supplementary] });
  },
});
