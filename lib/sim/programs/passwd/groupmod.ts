// groupmod: changes a group's name or number.
import { flag, type Io, text } from "../kit/gnu.ts";
import { Databases, mayChange } from "./_databases.ts";
import { parseId, shadowTool, validName } from "./_shadow-tool.ts";

export default shadowTool({
  name: "groupmod", manSection: 8,
  path: "/usr/sbin/groupmod",
  summary: "change the name, number or members of a group",
  synopsis: ["[options] GROUP"],
  operands: "groups",
  options: {
    append: flag(["-a", "--append"], "with -U, members that are there remain"),
    gid: text(["-g", "--gid"], "GID", "another number for the group"),
    newName: text(["-n", "--new-name"], "NEW_GROUP", "another name for the group"),
    nonUnique: flag(["-o", "--non-unique"], "with -g, accept a number that another group has"),
    password: text(["-p", "--password"], "PASSWORD", "another hash of the group's password"),
    root: text(["-R", "--root"], "CHROOT_DIR", "work inside the root directory CHROOT_DIR"),
    prefix: text(["-P", "--prefix"], "PREFIX_DIR", "use the files of /etc below PREFIX_DIR"),
    users: text(["-U", "--users"], "USERS", "members of the group, separated by commas"),
  },
  *run({ options, operands, sys }, io: Io) {
    if (options.gid !== undefined && parseId(options.gid) === undefined) return io.die(`invalid group ID '${options.gid}'`, 3);
    const [name, ...extra] = operands;
    if (name === undefined || extra.length > 0 || (options.nonUnique && options.gid === undefined)) io.usage();
    const databases = yield* Databases.open(sys, options.prefix ?? options.root ?? "");
    const row = databases.find("group", name);
    if (row === undefined) return io.die(`group '${name}' does not exist`, 6);
    const changed = [...row];
    if (options.gid !== undefined) {
      if (options.gid !== row[2] && databases.findById("group", Number(options.gid)) !== undefined && !options.nonUnique) return io.die(`GID '${options.gid}' already exists`, 4);
      changed[2] = options.gid;
      for (const user of databases.rows("passwd").filter((one) => one[3] === row[2])) databases.setField("passwd", user[0] ?? "", 3, options.gid);
    }
    if (options.newName !== undefined) {
      if (!validName(options.newName)) return io.die(`invalid group name '${options.newName}'`, 3);
      if (databases.find("group", options.newName) !== undefined) return io.die(`group '${options.newName}' already exists`, 9);
      changed[0] = options.newName;
    }
    if (!(yield* mayChange(sys, "groupmod", "/etc/group"))) return 10;
    if (options.users !== undefined) changed[3] = options.append ? [...databases.members(name), ...options.users.split(",")].join(",") : options.users;
    databases.replace("group", name, changed);
    const shadow = databases.find("gshadow", name);
    if (shadow !== undefined) databases.replace("gshadow", name, [changed[0] ?? name, options.password ?? shadow[1] ?? "!", shadow[2] ?? "", changed[3] ?? ""]);
    yield* databases.save();
    return 0;
  },
});
