import { type Io, gnu } from "../kit/gnu.ts";
import { Accounts } from "../kit/accounts.ts";

export default gnu({
  name: "groups",
  summary: "print the groups of a user",
  synopsis: ["[OPTION]... [USERNAME]..."],
  description: ["Without a USERNAME, the groups of this process: they date from the login, and /etc/group may have changed since."],
  options: {},
  operands: "users",
  seeAlso: ["id(1)", "group(5)"],
  *run({ operands, sys }, io: Io) {
    const accounts = yield* Accounts.read(sys);
    const shown = function* (ids: readonly number[]) {
      const names: string[] = [];
      for (const gid of ids) {
        const group = accounts.groupById(gid);
        if (!group) yield* io.fail(`cannot find name for group ID ${gid}`);
        names.push(group?.name ?? String(gid));
      }
      return names.join(" ");
    };
    if (operands.length === 0) {
      const { egid, rgid, groups } = sys.getcred();
      io.out.put((yield* shown([...new Set([rgid, egid, ...groups])])) + "\n");
      return;
    }
    for (const name of operands) {
      const user = accounts.userByName(name);
      if (!user) {
        yield* io.fail(`${io.quote(name)}: no such user`);
        continue;
      }
      io.out.put(`${name} : ${yield* shown(accounts.groupsOf(user))}\n`);
    }
  },
});
