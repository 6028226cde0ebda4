// gpasswd: members, administrators and the password of a group.
import { flag, type Io, text } from "../kit/gnu.ts";
import { Accounts } from "../kit/accounts.ts";
import { translated } from "../kit/messages/translate.ts";
import { askPassword } from "../login/_password-prompt.ts";
import { cryptPassword } from "./_crypt.ts";
import { Databases, newSalt } from "./_databases.ts";
import { shadowTool } from "./_shadow-tool.ts";

export default shadowTool({
  name: "gpasswd",
  path: "/usr/bin/gpasswd",
  mode: 0o4755,
  summary: "change a group's members, administrators and password",
  synopsis: ["[option] GROUP"],
  operands: "groups",
  options: {
    add: text(["-a", "--add"], "USER", "USER becomes a member of GROUP"),
    delete: text(["-d", "--delete"], "USER", "USER is a member of GROUP no longer"),
    root: text(["-Q", "--root"], "CHROOT_DIR", "work inside the root directory CHROOT_DIR"),
    removePassword: flag(["-r", "--remove-password"], "GROUP has no password any longer"),
    restrict: flag(["-R", "--restrict"], "only members may use newgrp, password or not"),
    members: text(["-M", "--members"], "USER,...", "exactly these members"),
    administrators: text(["-A", "--administrators"], "ADMIN,...", "exactly these administrators"),
  },
  *run({ options, operands, sys }, io: Io) {
    const [name, ...extra] = operands;
    if (name === undefined || extra.length > 0) io.usage();
    const databases = yield* Databases.open(sys);
    const accounts = yield* Accounts.read(sys);
    const row = databases.find("group", name);
    if (row === undefined) return io.die(`group '${name}' does not exist in /etc/group`, 3);
    const shadow = databases.find("gshadow", name) ?? [name, "!", "", row[3] ?? ""];
    const members = databases.members(name);
    const exists = (user: string): boolean => databases.find("passwd", user) !== undefined;
    const named = options.add ?? [...(options.administrators ?? "").split(","), ...(options.members ?? "").split(",")].find((user) => user !== "" && !exists(user));
    if (named !== undefined && !exists(named)) return io.die(`user '${named}' does not exist`, 3);
    const caller = accounts.userName(sys.getcred().ruid);
    if (sys.getcred().ruid !== 0 && !(shadow[2] ?? "").split(",").includes(caller)) return io.die("Permission denied.", 1);
    if (options.add !== undefined) {
      io.say(`Adding user ${options.add} to group ${name}\n`);
      if (!members.includes(options.add)) databases.setMembers(name, [...members, options.add]);
    } else if (options.delete !== undefined) {
      if (!exists(options.delete)) return io.die(`user '${options.delete}' does not exist`, 3);
      io.say(`Removing user ${options.delete} from group ${name}\n`);
      if (!members.includes(options.delete)) return io.die(`user '${options.delete}' is not a member of '${name}'`, 3);
      databases.setMembers(name, members.filter((member) => member !== options.delete));
    } else if (options.members !== undefined || options.administrators !== undefined) {
      if (options.members !== undefined) databases.setMembers(name, options.members.split(",").filter((one) => one !== ""));
      if (options.administrators !== undefined) databases.setField("gshadow", name, 2, options.administrators);
    } else if (options.removePassword || options.restrict) databases.setField("gshadow", name, 1, options.restrict ? "!" : "");
    else {
      io.say(`Changing the password for group ${name}\n`);
      yield* io.out.flush();
      for (let attempt = 0; ; attempt++) {
        const first = yield* askPassword(sys, translated(sys, "gpasswd", "New Password: "));
        const second = yield* askPassword(sys, translated(sys, "gpasswd", "Re-enter new password: "));
        if (first.kind !== "text" || second.kind !== "text") return 1;
        if (first.text === second.text) {
          databases.setField("gshadow", name, 1, cryptPassword(first.text, newSalt(sys)));
          break;
        }
        if (attempt === 2) return io.die("Try again later", 1);
        io.say("They don't match; try again\n");
        yield* io.out.flush();
      }
    }
    yield* databases.save();
    return 0;
  },
});
