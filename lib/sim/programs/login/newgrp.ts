// newgrp: a shell with another primary group.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import type { Command } from "../kit/command.ts";
import { encode } from "../../kernel/sys.ts";

function* newgrp(sys: Sys, argv: readonly string[]): Blocking<number> {
  const say = function* (text: string): Blocking<void> {
    yield* sys.write(2, encode(text));
  };
  const login = argv[1] === "-" || argv[1] === "-l";
  const name = login ? argv[2] : argv[1];
  const accounts = yield* Accounts.read(sys);
  const cred = sys.getcred();
  const user = accounts.userById(cred.ruid);
  if (user === undefined) {
    yield* say("newgrp: Cannot determine your user name.\n");
    return 1;
  }
  const group = name === undefined ? accounts.groupById(user.gid) : (accounts.groupByName(name) ?? (/^\d+$/.test(name) ? accounts.groupById(Number(name)) : undefined));
  if (group === undefined) {
    yield* say(`newgrp: group '${name ?? ""}' does not exist\n`);
    return 1;
  }
  if (cred.ruid !== 0 && group.gid !== user.gid && !group.members.includes(user.name)) {
    yield* say("Invalid password.\n");
    return 1;
  }
  const groups = [...new Set([...cred.groups, group.gid])];
  sys.setgroups(groups);
  sys.setresgid(group.gid, group.gid, group.gid);
  sys.setresuid(cred.ruid, cred.ruid, cred.ruid);
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
  name: "newgrp", mode: 0o4755,
  declaration: { name: "newgrp", summary: "log in to a new group", synopsis: ["[-] [group]"], operands: "groups", options: [] },
  program: newgrp,
};

export default command;
