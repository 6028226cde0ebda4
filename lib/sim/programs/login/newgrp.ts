// newgrp and sg: a shell, or a command, with another primary group (newgrp(1), sg(1) of shadow 4.13). Who is no member must know the group's password.
import { type Blocking, encode, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import type { Command } from "../kit/command.ts";
import { translated } from "../kit/messages/translate.ts";
import { passwordMatches } from "../passwd/_crypt.ts";
import { askPassword } from "./_password-prompt.ts";

function* changeGroup(sys: Sys, argv: readonly string[]): Blocking<number> {
  const name = (argv[0] ?? "newgrp").replace(/^.*\//, "") === "sg" ? "sg" : "newgrp";
  const say = function* (text: string): Blocking<void> {
    yield* sys.write(2, encode(translated(sys, name, text)));
  };
  const words = argv.slice(1);
  const login = words[0] === "-" || words[0] === "-l";
  if (login) words.shift();
  const wanted = words.shift();
  let command: string | undefined;
  if (name === "sg") {
    if (wanted === undefined || wanted.startsWith("-")) {
      yield* say("Usage: sg group [[-c] command]\n");
      return 1;
    }
    if (words[0] === "-c") words.shift();
    command = words[0];
  }
  const accounts = yield* Accounts.read(sys);
  const cred = sys.getcred();
  const user = accounts.userById(cred.ruid);
  if (user === undefined) {
    yield* say(`${name}: Cannot determine your user name.\n`);
    return 1;
  }
  const group = wanted === undefined ? accounts.groupById(user.gid) : (accounts.groupByName(wanted) ?? (/^\d+$/.test(wanted) ? accounts.groupById(Number(wanted)) : undefined));
  if (group === undefined) {
    yield* say(`${name}: group '${wanted ?? ""}' does not exist\n`);
    return 1;
  }
  if (cred.ruid !== 0 && group.gid !== user.gid && !group.members.includes(user.name)) {
    const secret = ((yield* readTextFile(sys, "/etc/gshadow")) ?? "").split("\n").find((line) => line.startsWith(`${group.name}:`))?.split(":")[1] ?? "";
    const answer = yield* askPassword(sys, "Password: ");
    if (answer.kind !== "text") return 1;
    if (!/^\$/.test(secret) || !passwordMatches(answer.text, secret)) {
      yield* say("Invalid password.\n");
      return 1;
    }
  }
  const groups = [...new Set([...cred.groups, group.gid])];
  sys.setgroups(groups);
  sys.setresgid(group.gid, group.gid, group.gid);
  sys.setresuid(cred.ruid, cred.ruid, cred.ruid);
  if (command !== undefined) return yield* sys.exec("/bin/sh", ["sh", "-c", command], sys.environment);
  const shell = user.shell === "" ? "/bin/sh" : user.shell;
  const base = shell.slice(shell.lastIndexOf("/") + 1);
  if (login) {
    try {
      sys.chdir(user.home);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  return yield* sys.exec(shell, [login ? `-${base}` : base], sys.environment);
}

const command: Command = {
  name: "newgrp", mode: 0o4755, links: ["/usr/bin/sg"],
  declaration: { name: "newgrp", summary: "open a shell with another primary group", synopsis: ["[-] [group]"], operands: "groups", options: [], description: ["newgrp starts a shell whose primary group is the given one; sg GROUP -c COMMAND runs one command so. Members need no password; others are asked for that of the group (gpasswd(1))."] },
  program: changeGroup,
};

export default command;
