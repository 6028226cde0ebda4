// groupmems: the members of one's own group, or of any for root (groupmems(8) of shadow 4.13).
import { flag, type Io, text } from "../kit/gnu.ts";
import { Accounts } from "../kit/accounts.ts";
import { Databases } from "./_databases.ts";
import { shadowTool } from "./_shadow-tool.ts";

const EXIT = { usage: 1, notPrimary: 5, notMember: 6, memberExists: 7, invalidUser: 8, invalidGroup: 9, groupFile: 10 } as const;

export default shadowTool({
  name: "groupmems", path: "/usr/sbin/groupmems", manSection: 8, summary: "change who belongs to one's own primary group", synopsis: ["[options] [action]"], operands: "none", usageStatus: EXIT.usage, seeAlso: ["gpasswd(1)", "groupadd(8)", "usermod(8)"],
  options: {
    group: text(["-g", "--group"], "groupname", "change this group instead of the user's own (root only)"), root: text(["-R", "--root"], "CHROOT_DIR", "work inside the root directory CHROOT_DIR"),
    add: text(["-a", "--add"], "username", "USER becomes a member"), delete: text(["-d", "--delete"], "username", "USER is a member no longer"), purge: flag(["-p", "--purge"], "the group loses all members"), list: flag(["-l", "--list"], "tell who the members are"),
  },
  exitStatuses: [["6", "the user is no member"], ["7", "that member was there before"], ["8", "nobody has this name"], ["9", "no group has this name"], ["10", "the group files cannot be changed"]],
  *run({ options, operands, sys }, io: Io) {
    const actions = [options.add !== undefined, options.delete !== undefined, options.purge, options.list].filter(Boolean).length;
    if (actions !== 1 || operands.length > 0) return io.usage();
    const { ruid, euid } = sys.getcred();
    if (euid !== 0) io.die("cannot open /etc/gshadow", EXIT.groupFile);
    const databases = yield* Databases.open(sys, options.root ?? "");
    const own = (yield* Accounts.read(sys)).userById(ruid);
    const group = options.group ?? databases.findById("group", own?.gid ?? -1)?.[0] ?? "";
    if (options.group === undefined && own?.name !== group) io.die("your groupname does not match your username", EXIT.notPrimary);
    const user = options.add ?? options.delete;
    if (options.add !== undefined && databases.find("passwd", options.add) === undefined) io.die(`user '${options.add}' does not exist`, EXIT.invalidUser);
    if (databases.find("group", group) === undefined) io.die(`group '${group}' does not exist in /etc/group`, EXIT.invalidGroup);
    const members = databases.members(group);
    if (options.list) {
      if (members.length > 0) io.out.put(`${members.map((member) => `${member} `).join(" ")}\n`);
      return 0;
    }
    if (user === undefined) databases.setMembers(group, []);
    else if (options.add !== undefined) {
      if (members.includes(user)) io.die(`user '${user}' is already a member of '${group}'`, EXIT.memberExists);
      databases.setMembers(group, [...members, user]);
    } else {
      if (!members.includes(user)) io.die(`user '${user}' is not a member of '${group}'`, EXIT.notMember);
      databases.setMembers(group, members.filter((member) => member !== user));
    }
    yield* databases.save();
    return 0;
  },
});
