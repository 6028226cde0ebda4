// groupadd: a new group.
import { flag, type Io, text, texts } from "../kit/gnu.ts";
import { Databases, loginDefs, mayChange } from "./_databases.ts";
import { parseId, shadowTool, validName } from "./_shadow-tool.ts";

export default shadowTool({
  name: "groupadd", manSection: 8,
  path: "/usr/sbin/groupadd",
  summary: "add a group to /etc/group",
  synopsis: ["[options] GROUP"],
  operands: "none",
  options: {
    force: flag(["-f", "--force"], "a group that is there is no error; with -g, a GID in use is replaced by a free one"),
    gid: text(["-g", "--gid"], "GID", "the number of the group"),
    key: texts(["-K", "--key"], "KEY=VALUE", "another value for a setting of /etc/login.defs"),
    nonUnique: flag(["-o", "--non-unique"], "with -g, accept a GID that another group has"),
    password: text(["-p", "--password"], "PASSWORD", "the hash of the group's password"),
    system: flag(["-r", "--system"], "a group for a service, with a low number"),
    root: text(["-R", "--root"], "CHROOT_DIR", "work inside the root directory CHROOT_DIR"),
    prefix: text(["-P", "--prefix"], "PREFIX_DIR", "use the files of /etc below PREFIX_DIR"),
    users: text(["-U", "--users"], "USERS", "members of the group, separated by commas"),
  },
  *run({ options, operands, given, sys }, io: Io) {
    for (const { option, argument = "" } of given) {
      if (option === "gid" && parseId(argument) === undefined) io.die(`invalid group ID '${argument}'`, 3);
      if (option === "key" && !argument.includes("=")) io.die("-K requires KEY=VALUE", 3);
    }
    const [name, ...extra] = operands;
    if (name === undefined || extra.length > 0 || (options.nonUnique && options.gid === undefined)) io.usage();
    if (!validName(name)) io.die(`'${name}' is not a valid group name`, 3);
    const databases = yield* Databases.open(sys, options.prefix ?? options.root ?? "");
    if (databases.find("group", name) !== undefined) {
      if (options.force) return 0;
      io.die(`group '${name}' already exists`, 9);
    }
    const defs = yield* loginDefs(sys);
    const number = (key: string, otherwise: number): number => Number(defs.get(key) ?? otherwise);
    let gid: number | undefined = options.gid === undefined ? undefined : Number(options.gid);
    if (gid !== undefined && databases.findById("group", gid) !== undefined && !options.nonUnique) {
      if (!options.force) io.die(`GID '${gid}' already exists`, 4);
      gid = undefined;
    }
    if (!(yield* mayChange(sys, "groupadd", "/etc/group"))) return 10;
    for (const member of (options.users ?? "").split(",")) {
      if (member === "" || databases.find("passwd", member) !== undefined) continue;
      yield* io.stderr(`Invalid member username ${member}\n`);
      return 2;
    }
    gid ??= options.system ? databases.freeId("group", number("SYS_GID_MIN", 101), number("SYS_GID_MAX", 999), true) : databases.freeId("group", number("GID_MIN", 1000), number("GID_MAX", 60_000), false);
    if (gid === undefined) return io.die("Can't get unique GID (no more available GIDs)", 4);
    databases.append("group", [name, "x", String(gid), options.users ?? ""]);
    databases.append("gshadow", [name, options.password ?? "!", "", options.users ?? ""]);
    yield* databases.save();
    return 0;
  },
});
