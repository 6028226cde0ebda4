// userdel: removes a user, with -r the home directory and mail too.
import { SysError } from "../../kernel/sys.ts";
import { flag, type Io, text } from "../kit/gnu.ts";
import { Databases, mayChange } from "./_databases.ts";
import { processOf, removeTree } from "./_home.ts";
import { nameExists } from "../kit/presence.ts";
import { shadowTool } from "./_shadow-tool.ts";

export default shadowTool({
  name: "userdel", manSection: 8,
  path: "/usr/sbin/userdel",
  summary: "delete a user, and with -r the files at home",
  synopsis: ["[options] LOGIN"],
  operands: "users",
  options: {
    force: flag(["-f", "--force"], "even when the user is logged in or the home directory is shared"),
    remove: flag(["-r", "--remove"], "delete the home directory and the mailbox as well"),
    root: text(["-R", "--root"], "CHROOT_DIR", "work inside the root directory CHROOT_DIR"),
    prefix: text(["-P", "--prefix"], "PREFIX_DIR", "use the files of /etc below PREFIX_DIR"),
    extrausers: flag(["--extrausers"], "the accounts of /var/lib/extrausers"),
    selinux: flag(["-Z", "--selinux-user"], "drop what SELinux knows of the user"),
  },
  *run({ options, operands, sys }, io: Io) {
    if (options.selinux) io.die("-Z requires SELinux enabled kernel", 3);
    const [name, ...extra] = operands;
    if (name === undefined || extra.length > 0) io.usage();
    const databases = yield* Databases.open(sys, options.prefix ?? options.root ?? "");
    const row = databases.find("passwd", name);
    if (row === undefined) return io.die(`user '${name}' does not exist`, 6);
    if (!(yield* mayChange(sys, "userdel", "/etc/passwd"))) return 1;
    const pid = yield* processOf(sys, Number(row[2]));
    if (pid !== undefined && !options.force) return io.die(`user ${name} is currently used by process ${pid}`, 8);
    const home = row[5] ?? "";
    for (const group of databases.groupsOf(name)) databases.setMembers(group, databases.members(group).filter((member) => member !== name));
    databases.remove("passwd", name);
    databases.remove("shadow", name);
    databases.remove("subuid", name);
    databases.remove("subgid", name);
    const own = databases.find("group", name);
    if (own !== undefined && Number(own[2]) === Number(row[3])) {
      if (databases.rows("passwd").some((one) => one[3] === own[2])) yield* io.warn(`group ${name} not removed because it is the primary group of another user.`);
      else if (databases.members(name).length > 0) yield* io.warn(`group ${name} not removed because it has other members.`);
      else {
        databases.remove("group", name);
        databases.remove("gshadow", name);
      }
    }
    yield* databases.save();
    let status = 0;
    if (options.remove) {
      const spool = `/var/mail/${name}`;
      if (nameExists(sys, spool)) sys.unlink(spool);
      else yield* io.warn(`${name} mail spool (${spool}) not found`);
      if (!nameExists(sys, home)) {
        yield* io.warn(`${name} home directory (${home}) not found`);
      } else {
        try {
          if (sys.stat(home).uid !== Number(row[2]) && !options.force) {
            yield* io.warn(`${home} not owned by ${name}, not removing`);
            status = 12;
          } else yield* removeTree(sys, home);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          yield* io.warn(`error removing directory ${home}`);
          status = 12;
        }
      }
    }
    return status;
  },
});
