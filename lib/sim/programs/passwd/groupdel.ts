// groupdel: removes a group that is nobody's primary one.
import { flag, type Io, text } from "../kit/gnu.ts";
import { Databases, mayChange } from "./_databases.ts";
import { shadowTool } from "./_shadow-tool.ts";

export default shadowTool({
  name: "groupdel", manSection: 8,
  path: "/usr/sbin/groupdel",
  summary: "delete a group",
  synopsis: ["[options] GROUP"],
  operands: "groups",
  options: {
    force: flag(["-f", "--force"], "even when the group is some user's primary one"),
    root: text(["-R", "--root"], "CHROOT_DIR", "work inside the root directory CHROOT_DIR"),
    prefix: text(["-P", "--prefix"], "PREFIX_DIR", "use the files of /etc below PREFIX_DIR"),
  },
  *run({ options, operands, sys }, io: Io) {
    const [name, ...extra] = operands;
    if (name === undefined || extra.length > 0) io.usage();
    const databases = yield* Databases.open(sys, options.prefix ?? options.root ?? "");
    const row = databases.find("group", name);
    if (row === undefined) return io.die(`group '${name}' does not exist`, 6);
    const user = databases.rows("passwd").find((one) => one[3] === row[2]);
    if (user !== undefined && !options.force) return io.die(`cannot remove the primary group of user '${user[0] ?? ""}'`, 8);
    if (!(yield* mayChange(sys, "groupdel", "/etc/group"))) return 10;
    databases.remove("group", name);
    databases.remove("gshadow", name);
    yield* databases.save();
    return 0;
  },
});
