// pam_timestamp_check: whether the user has shown a password lately on this terminal (pam_timestamp_check(8)).
import { SysError } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { flag, type Io, program } from "../kit/program.ts";
import { loginName } from "../kit/utmp.ts";

const directory = "/run/pam_timestamp";
const lifeSeconds = 300;

export default program(
  {
    name: "pam_timestamp_check", path: "/usr/sbin/pam_timestamp_check", manSection: 8, showsHelp: true, summary: "check whether the default timestamp of pam_timestamp is valid", synopsis: ["[-k] [-d] [target_user]"], operands: "users",
    options: [flag(["-k"], "remove the timestamp instead of checking it"), flag(["-d"], "go on checking, and tell what changes")],
    description: ["pam_timestamp keeps a file for each user and terminal where a password was right. This program looks whether the caller has such a file that is younger than five minutes, as the module would."],
    exitStatuses: [["0", "the timestamp is valid, or was removed"], ["2", "the command line makes no sense"], ["3", "the program has not the rights of root"], ["4", "the user is unknown"], ["6", "there is no terminal"], ["7", "there is no valid timestamp"]],
    seeAlso: ["pam_timestamp(8)"],
  },
  function* (sys, argv, io: Io) {
    let remove = false;
    let target: string | undefined;
    for (const word of argv.slice(1)) {
      if (word === "-k") remove = true;
      else if (word.startsWith("-") && word !== "-d") {
        yield* io.stderr(`pam_timestamp_check: invalid option -- '${word.charAt(1)}'\nUsage: pam_timestamp_check [[-k] | [-d]] [target user]\n`);
        return 2;
      } else if (word !== "-d") target = word;
    }
    if (sys.getcred().euid !== 0) {
      yield* io.stderr("pam_timestamp_check must be setuid root\n");
      return 3;
    }
    const accounts = yield* Accounts.read(sys);
    const user = accounts.userName(sys.getcred().ruid);
    if (target !== undefined && accounts.userByName(target) === undefined) {
      yield* io.stderr(`unknown user: ${target}\n`);
      return 4;
    }
    let terminal = "unknown";
    try {
      terminal = sys.ttyname(0).replace(/^\/dev\//, "").replaceAll("/", "_");
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    const path = `${directory}/${(yield* loginName(sys)) ?? user}/${terminal}:${target ?? user}`;
    try {
      const { mtimeUs } = sys.stat(path);
      if (remove) sys.unlink(path);
      else return (sys.clockUs("realtime") - mtimeUs) / 1e6 < lifeSeconds ? 0 : 7;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return remove ? 0 : 7;
    }
    return 0;
  },
);
