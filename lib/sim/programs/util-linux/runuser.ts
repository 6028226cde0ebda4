// runuser: su for root, without a password; with -u a command as it is, without a shell (runuser(1)).
import { SysError } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { execSearching } from "../kit/exec-path.ts";
import { type Io, flag, text, texts, utilLinux } from "../kit/util-linux.ts";
import { TerminalConversation } from "../libpam-modules/_conversation.ts";
import { pamText } from "../libpam-modules/_status.ts";
import { PamTransaction } from "../libpam-modules/_transaction.ts";
import { runUserShell } from "./_user-shell.ts";

export default utilLinux({
  name: "runuser", path: "/sbin/runuser", summary: "run a command as another user and group", synopsis: ["[options] -u <user> [[--] <command>]", "[options] [-] [<user> [<argument>...]]"], operands: "users", parsing: { stopAtOperand: true },
  options: {
    user: text(["-u", "--user"], "user", "username"), preserve: flag(["-m", "-p", "--preserve-environment"], "leave the environment as it is"), whitelist: text(["-w", "--whitelist-environment"], "list", "with -l, keep these variables"), group: text(["-g", "--group"], "group", "the primary group to have"), supplementary: texts(["-G", "--supp-group"], "group", "a further group to have"), login: flag(["-", "-l", "--login"], "begin as at a login, in the home directory"),
    command: text(["-c", "--command"], "command", "let the shell run this command"), sessionCommand: text(["--session-command"], "command", "as -c, without a session of its own"), fast: flag(["-f", "--fast"], "give the shell its -f (csh, tcsh)"), shell: text(["-s", "--shell"], "shell", "<shell> instead of the user's own, if /etc/shells names it"), pty: flag(["-P", "--pty"], "the command gets its own pseudo-terminal"),
  },
  *run({ options, operands, sys, given }, io: Io) {
    const accounts = yield* Accounts.read(sys);
    if (sys.getcred().ruid !== 0) io.die("may not be used by non-root users");
    if (options.user !== undefined) {
      const own = given.find((one) => one.option !== "user" && one.option !== "group" && one.option !== "supplementary" && one.option !== "whitelist" && one.option !== "pty");
      if (own !== undefined) io.die("options --{shell,fast,command,session-command,login} and --user are mutually exclusive");
      const [command] = operands;
      if (command === undefined) {
        yield* io.stderr(`${io.argv0}: no command was specified\n`);
        return 1;
      }
      const user = accounts.userByName(options.user) ?? io.die(`user ${options.user} does not exist or the user entry does not contain all the required fields`);
      const numbers = [options.group, ...options.supplementary].filter((one) => one !== undefined).map((name) => accounts.groupByName(name)?.gid ?? io.die(`group ${name} does not exist`));
      const gid = options.group === undefined ? user.gid : (numbers[0] ?? user.gid);
      sys.setgroups([...accounts.groupsOf(user), ...numbers]);
      sys.setresgid(gid, gid, gid);
      sys.setresuid(user.uid, user.uid, user.uid);
      const failed = yield* execSearching(sys, command, operands);
      yield* io.warn(`failed to execute ${command}: ${failed.message}`);
      return failed.errno === "ENOENT" ? 127 : 126;
    }
    let words = [...operands];
    let login = options.login;
    if (words[0] === "-") {
      login = true;
      words = words.slice(1);
    }
    const name = words.shift() ?? "root";
    // options may stand behind the user's name
    let { command, shell } = options;
    for (let at = 0; at < words.length; ) {
      if ((words[at] === "-c" || words[at] === "-s") && words[at + 1] !== undefined) {
        if (words[at] === "-c") command = words[at + 1];
        else shell = words[at + 1];
        words.splice(at, 2);
      } else if (words[at] === "-l") {
        login = true;
        words.splice(at, 1);
      } else at++;
    }
    const user = accounts.userByName(name);
    if (user === undefined) io.die(`user ${name} does not exist or the user entry does not contain all the required fields`);
    const caller = accounts.userName(sys.getcred().ruid);
    const pam = new PamTransaction(sys, login ? "runuser-l" : "runuser", user.name, new TerminalConversation(sys, "runuser"), { loginName: caller, remoteUser: caller });
    const opened = yield* pam.openSession();
    if (opened !== "success") io.die(`cannot open session: ${pamText(opened)}`);
    try {
      return yield* runUserShell(io, accounts, user, pam, login, words, { ...options, command, shell });
    } catch (error) {
      if (error instanceof SysError) io.die(error.message);
      throw error;
    }
  },
});
