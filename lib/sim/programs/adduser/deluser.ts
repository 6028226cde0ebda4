// deluser, delgroup: removes a user, a group, or a user from a group.
import { S, type Sys, SysError } from "../../kernel/sys.ts";
import { flag, gnu, type Io, text } from "../kit/gnu.ts";
import { Databases } from "../passwd/_databases.ts";
import { processOf } from "../passwd/_home.ts";
import { nameExists } from "../kit/presence.ts";
import { ask, settings } from "./_settings.ts";

export default gnu({
  name: "deluser", manSection: 8,
  path: "/usr/sbin/deluser",
  links: ["/usr/sbin/delgroup"],
  summary: "delete a user account or a group",
  synopsis: ["[--remove-home] [--remove-all-files] [--backup] USER", "--group GROUP", "USER GROUP"],
  project: "adduser",
  version: "3.134",
  versionText: "deluser version 3.134\n",
  operands: "users",
  options: {
    removeHome: flag(["--remove-home"], "delete the home directory and the mailbox as well"),
    removeAll: flag(["--remove-all-files"], "remove all files of the user"),
    backup: flag(["--backup"], "keep the files in an archive"),
    backupTo: text(["--backup-to"], "DIR", "where the archive goes"),
    system: flag(["--system"], "only when it is a system account"),
    group: flag(["--group"], "remove a group"),
    onlyIfEmpty: flag(["--only-if-empty"], "only when the group has no members"),
    quiet: flag(["--quiet", "-q"], "errors only"),
    debug: flag(["--debug"], "say more"),
    conf: text(["--conf"], "FILE", "another file of settings"),
  },
  *run({ options, operands, sys, argv0 }, io: Io) {
    const program = argv0.slice(argv0.lastIndexOf("/") + 1);
    const asGroup = program === "delgroup" || options.group;
    const say = (line: string): void => {
      if (!options.quiet) io.say(`${line}\n`);
    };
    if (sys.getcred().euid !== 0) {
      yield* io.stderr(`${program}: Only root may remove a user or group from the system.\n`);
      return 1;
    }
    const [given, second, ...extra] = operands;
    const name = given ?? (yield* ask(io, asGroup ? "Enter a group name to remove: " : "Enter a user name to remove: "));
    if (name === undefined || name === "" || extra.length > 0) {
      yield* io.stderr(`${program}: Only one or two names allowed.\n`);
      return 1;
    }
    const conf = yield* settings(sys, options.conf ?? "/etc/deluser.conf");
    const databases = yield* Databases.open(sys);
    if (second !== undefined) {
      if (databases.find("passwd", name) === undefined) {
        yield* io.stderr(`${program}: The user \`${name}' does not exist.\n`);
        return 2;
      }
      const group = databases.find("group", second);
      if (group === undefined) {
        yield* io.stderr(`${program}: The group \`${second}' does not exist.\n`);
        return 3;
      }
      if (databases.find("passwd", name)?.[3] === group[2]) {
        yield* io.stderr(`${program}: You may not remove the user from their primary group.\n`);
        return 7;
      }
      if (!databases.members(second).includes(name)) {
        yield* io.stderr(`${program}: The user \`${name}' is not a member of group \`${second}'.\n`);
        return 6;
      }
      say(`Removing user \`${name}' from group \`${second}' ...`);
      databases.setMembers(second, databases.members(second).filter((member) => member !== name));
      yield* databases.save();
      say("Done.");
      return 0;
    }
    if (asGroup) {
      const row = databases.find("group", name);
      if (row === undefined) {
        yield* io.stderr(`${program}: The group \`${name}' does not exist.\n`);
        return 3;
      }
      if (options.onlyIfEmpty && databases.members(name).length > 0) {
        yield* io.stderr(`${program}: The group \`${name}' is not empty!\n`);
        return 5;
      }
      const owner = databases.rows("passwd").find((one) => one[3] === row[2]);
      if (owner !== undefined) {
        say(`Removing group \`${name}' ...`);
        yield* io.stderr(`groupdel: cannot remove the primary group of user '${owner[0] ?? ""}'\n${program}: \`/sbin/groupdel ${name}' returned error code 8. Exiting.\n`);
        return 1;
      }
      say(`Removing group \`${name}' ...`);
      databases.remove("group", name);
      databases.remove("gshadow", name);
      yield* databases.save();
      say("Done.");
      return 0;
    }
    const row = databases.find("passwd", name);
    if (row === undefined) {
      yield* io.stderr(`${program}: The user \`${name}' does not exist.\n`);
      return 2;
    }
    if (name === "root") {
      yield* io.stderr(`WARNING: You are just about to delete the root account (uid 0)\nUsually this is never required as it may render the whole system unusable\nIf you really want this, call deluser with parameter --no-preserve-root\nStopping now without having performed any action\n`);
      return 9;
    }
    if (options.system && Number(row[2]) >= 1000) {
      yield* io.stderr(`${program}: The user \`${name}' is not a system user. Exiting.\n`);
      return 1;
    }
    const removeHome = options.removeHome || options.removeAll || conf.get("REMOVE_HOME") === "1" || conf.get("REMOVE_ALL_FILES") === "1";
    if (removeHome && !nameExists(sys, "/usr/share/perl/5.36/File/Find.pm")) {
      yield* io.stderr(`${program}: In order to use the --remove-home, --remove-all-files, and --backup features, you need to install the \`perl' package. To accomplish that, run apt-get install perl.\n`);
      return 8;
    }
    if (removeHome) {
      say("Looking for files to backup/remove ...");
      const found = [...filesBelow(sys, row[5] ?? ""), `/var/mail/${name}`].filter((path) => nameExists(sys, path));
      if (found.length > 0) say("Removing files ...");
      for (const path of found) {
        if ((sys.lstat(path).mode & S.IFMT) === S.IFDIR) sys.rmdir(path);
        else sys.unlink(path);
      }
    }
    const pid = yield* processOf(sys, Number(row[2]));
    if (nameExists(sys, "/usr/bin/crontab")) {
      say("Removing crontab ...");
      try {
        sys.unlink(`/var/spool/cron/crontabs/${name}`);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
    say(`Removing user \`${name}' ...`);
    if (pid !== undefined) {
      yield* io.stderr(`userdel: user ${name} is currently used by process ${pid}\n${program}: \`/sbin/userdel ${name}' returned error code 8. Exiting.\n`);
      return 8;
    }
    for (const group of databases.groupsOf(name)) databases.setMembers(group, databases.members(group).filter((member) => member !== name));
    for (const database of ["passwd", "shadow", "subuid", "subgid"] as const) databases.remove(database, name);
    const own = databases.find("group", name);
    if (own !== undefined && own[2] === row[3] && databases.members(name).length === 0) {
      databases.remove("group", name);
      databases.remove("gshadow", name);
    }
    yield* databases.save();
    say("Done.");
    return 0;
  },
});

/** The home and all in it, what is inside a folder before the folder; nothing for a home that other things need. */
function filesBelow(sys: Sys, home: string): string[] {
  if (!/^\/[^/]+\/[^/]/.test(home) || !nameExists(sys, home)) return [];
  const found: string[] = [];
  const walk = (path: string): void => {
    if ((sys.lstat(path).mode & S.IFMT) === S.IFDIR) for (const entry of sys.readdir(path)) walk(`${path}/${entry.name}`);
    found.push(path);
  };
  walk(home);
  return found;
}
