// usermod: changes an account.
import { SysError } from "../../kernel/sys.ts";
import { flag, type Io, text } from "../kit/gnu.ts";
import { Databases, mayChange } from "./_databases.ts";
import { copyTree, processOf, removeTree } from "./_home.ts";
import { nameExists } from "../kit/presence.ts";
import { isShellPath, misused, parseDay, parseId, parseLong, shadowTool, spoilsField, validName } from "./_shadow-tool.ts";

export default shadowTool({
  name: "usermod", manSection: 8,
  path: "/usr/sbin/usermod",
  summary: "change an existing user: groups, home, shell, lock",
  synopsis: ["[options] LOGIN"],
  operands: "users",
  options: {
    append: flag(["-a", "--append"], "with -G, the user stays in groups not named"),
    badName: flag(["-b", "--badname"], "accept any name, even a bad one"),
    comment: text(["-c", "--comment"], "COMMENT", "another full name (GECOS)"),
    home: text(["-d", "--home"], "HOME_DIR", "another path of the home directory"),
    expire: text(["-e", "--expiredate"], "EXPIRE_DATE", "the day from which the account is closed; -1: never"),
    inactive: text(["-f", "--inactive"], "INACTIVE", "days after expiry during which the password can still be changed"),
    gid: text(["-g", "--gid"], "GROUP", "another primary group"),
    groups: text(["-G", "--groups"], "GROUPS", "exactly these further groups, separated by commas"),
    login: text(["-l", "--login"], "NEW_LOGIN", "another login name"),
    lock: flag(["-L", "--lock"], "make the password useless"),
    moveHome: flag(["-m", "--move-home"], "with -d, the files move along"),
    nonUnique: flag(["-o", "--non-unique"], "with -u, accept a UID that another user has"),
    password: text(["-p", "--password"], "PASSWORD", "another hash of the password"),
    removeGroups: flag(["-r", "--remove"], "with -G, the user leaves exactly these groups"),
    root: text(["-R", "--root"], "CHROOT_DIR", "work inside the root directory CHROOT_DIR"),
    prefix: text(["-P", "--prefix"], "PREFIX_DIR", "use the files of /etc below PREFIX_DIR"),
    shell: text(["-s", "--shell"], "SHELL", "program that a login starts"),
    uid: text(["-u", "--uid"], "UID", "another number of the user"),
    unlock: flag(["-U", "--unlock"], "make a locked password valid again"),
    addSubuids: text(["-v", "--add-subuids"], "FIRST-LAST", "give UIDs FIRST to LAST for user namespaces"),
    delSubuids: text(["-V", "--del-subuids"], "FIRST-LAST", "take the UIDs FIRST to LAST away"),
    addSubgids: text(["-w", "--add-subgids"], "FIRST-LAST", "give GIDs FIRST to LAST for user namespaces"),
    delSubgids: text(["-W", "--del-subgids"], "FIRST-LAST", "take the GIDs FIRST to LAST away"),
    selinux: text(["-Z", "--selinux-user"], "SEUSER", "the user becomes SEUSER for SELinux"),
  },
  *run({ options, operands, given, sys }, io: Io) {
    const databases = yield* Databases.open(sys, options.prefix ?? options.root ?? "");
    const groupNamed = (word: string): readonly string[] | undefined => (parseId(word) === undefined ? undefined : databases.findById("group", Number(word))) ?? databases.find("group", word);
    // in the order in which they were typed: the first that is wrong is told
    for (const { option, argument = "" } of given) {
      switch (option) {
        case "comment":
          if (spoilsField(argument)) io.die(`invalid field '${argument}'`, 3);
          break;
        case "home":
          if (spoilsField(argument)) io.die(`invalid field '${argument}'`, 3);
          if (!argument.startsWith("/")) io.die("homedir must be an absolute path", 3);
          break;
        case "expire":
          if (parseDay(argument) === undefined) io.die(`invalid date '${argument}'`, 3);
          break;
        case "inactive":
          if ((parseLong(argument) ?? -2) < -1) io.die(`invalid numeric argument '${argument}'`, 3);
          break;
        case "gid":
          if (groupNamed(argument) === undefined) io.die(`group '${argument}' does not exist`, 6);
          break;
        case "groups": {
          const missing = argument.split(",").filter((word) => word !== "" && groupNamed(word) === undefined);
          for (const word of missing) yield* io.warn(`group '${word}' does not exist`);
          if (missing.length > 0) return 6;
          break;
        }
        case "login":
          if (!validName(argument) && !options.badName) io.die(`invalid user name '${argument}': use --badname to ignore`, 3);
          break;
        case "shell":
          if (!isShellPath(argument)) io.die(`invalid shell '${argument}'`, 3);
          if (argument.startsWith("/") && !nameExists(sys, argument)) yield* io.warn(`Warning: missing or non-executable shell '${argument}'`);
          break;
        case "uid":
          if (parseId(argument) === undefined) io.die(`invalid user ID '${argument}'`, 3);
          break;
        case "addSubuids": case "delSubuids": case "addSubgids": case "delSubgids": {
          const [, first, last] = /^(\d+)-(\d+)$/.exec(argument) ?? [];
          if (first === undefined || Number(first) > Number(last)) io.die(`invalid subordinate ${option.endsWith("uids") ? "uid" : "gid"} range '${argument}'`, 3);
          break;
        }
        case "selinux":
          io.die("-Z requires SELinux enabled kernel", 3);
      }
    }
    const [name, ...extra] = operands;
    if (name === undefined || extra.length > 0) io.usage();
    const row = databases.find("passwd", name);
    if (row === undefined) return io.die(`user '${name}' does not exist`, 6);
    if (given.length === 0) return yield* misused(io, "no options");
    if (options.append && options.groups === undefined) return yield* misused(io, "-a flag is only allowed with the -G flag");
    if (options.removeGroups && options.groups === undefined) return yield* misused(io, "-r flag is only allowed with the -G flag");
    if (options.append && options.removeGroups) return yield* misused(io, "options -a and -r conflict");
    if ((options.lock ? 1 : 0) + (options.unlock ? 1 : 0) + (options.password === undefined ? 0 : 1) > 1) return yield* misused(io, "the -L, -p, and -U flags are exclusive");
    if (options.nonUnique && options.uid === undefined) return yield* misused(io, "-o flag is only allowed with the -u flag");
    if (options.moveHome && options.home === undefined) return yield* misused(io, "-m flag is only allowed with the -d flag");
    if (options.login !== undefined && databases.find("passwd", options.login) !== undefined) return io.die(`user '${options.login}' already exists`, 9);
    if (options.uid !== undefined && databases.findById("passwd", Number(options.uid)) !== undefined && !options.nonUnique) return io.die(`UID '${options.uid}' already exists`, 4);
    if (!(yield* mayChange(sys, "usermod", "/etc/passwd"))) return 1;
    if (options.login !== undefined || options.uid !== undefined || options.home !== undefined) {
      const pid = yield* processOf(sys, Number(row[2]));
      if (pid !== undefined) return io.die(`user ${name} is currently used by process ${pid}`, 8);
    }
    const changed = [...row];
    if (options.comment !== undefined) changed[4] = options.comment;
    if (options.shell !== undefined) changed[6] = options.shell;
    if (options.uid !== undefined) changed[2] = options.uid;
    if (options.gid !== undefined) changed[3] = groupNamed(options.gid)?.[2] ?? changed[3] ?? "";
    const oldHome = row[5] ?? "";
    if (options.home !== undefined) changed[5] = options.home;
    const newName = options.login ?? name;
    if (options.login !== undefined) changed[0] = options.login;
    const day = options.expire === undefined ? undefined : parseDay(options.expire);
    const wanted: string[] = [];
    for (const word of (options.groups ?? "").split(",").filter((one) => one !== "")) wanted.push(groupNamed(word)?.[0] ?? word);
    databases.replace("passwd", name, changed);
    const shadow = databases.find("shadow", name);
    if (shadow !== undefined) {
      const fields = [...shadow];
      const password = fields[1] ?? "";
      if (options.lock) fields[1] = password.startsWith("!") ? password : `!${password}`;
      if (options.unlock) {
        if (password === "!" || password === "!!") {
          return io.die("unlocking the user's password would result in a passwordless account.\nYou should set a password with usermod -p to unlock this user's password.", 1);
        }
        fields[1] = password.replace(/^!/, "");
      }
      if (options.password !== undefined) fields[1] = options.password;
      if (day !== undefined) fields[7] = day === "none" ? "" : String(day);
      if (options.inactive !== undefined) fields[6] = options.inactive === "-1" ? "" : options.inactive;
      fields[0] = newName;
      databases.replace("shadow", name, fields);
    }
    if (options.groups !== undefined) {
      for (const group of databases.rows("group").map((one) => one[0] ?? "")) {
        const members = databases.members(group);
        const isMember = members.includes(name);
        if (options.removeGroups) {
          if (isMember && wanted.includes(group)) databases.setMembers(group, members.filter((one) => one !== name));
        } else if (wanted.includes(group)) {
          if (!isMember) databases.setMembers(group, [...members, name]);
        } else if (isMember && !options.append) databases.setMembers(group, members.filter((one) => one !== name));
      }
    }
    if (newName !== name) for (const group of databases.groupsOf(name)) databases.setMembers(group, databases.members(group).map((one) => (one === name ? newName : one)));
    for (const [database, range, add] of [["subuid", options.addSubuids, true], ["subgid", options.addSubgids, true], ["subuid", options.delSubuids, false], ["subgid", options.delSubgids, false]] as const) {
      if (range === undefined) continue;
      const [first = 0, last = 0] = range.split("-").map(Number);
      const count = last - first + 1;
      if (add) databases.append(database, [newName, String(first), String(count)]);
      else databases.remove(database, newName);
    }
    if (options.password !== undefined && /[:\n]/.test(options.password)) return io.die("failure while writing changes to /etc/shadow", 1);
    yield* databases.save();
    if (options.moveHome && options.home !== undefined && options.home !== oldHome && !nameExists(sys, oldHome)) yield* io.warn(`The previous home directory (${oldHome}) does not exist or is inaccessible. Move cannot be completed.`);
    if (options.moveHome && options.home !== undefined && options.home !== oldHome && nameExists(sys, oldHome)) {
      try {
        sys.rename(oldHome, options.home);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        sys.mkdir(options.home, 0o755);
        yield* copyTree(sys, oldHome, options.home, Number(changed[2]), Number(changed[3]));
        yield* removeTree(sys, oldHome);
      }
    }
    if (options.uid !== undefined && nameExists(sys, changed[5] ?? "")) yield* chownTree(changed[5] ?? "", Number(row[2]), Number(options.uid));
    return 0;

    function* chownTree(path: string, from: number, to: number): Generator<never, void> {
      if (sys.lstat(path).uid === from) sys.chown(path, to, -1, false);
      if ((sys.lstat(path).mode & 0o170000) === 0o040000) for (const entry of sys.readdir(path)) yield* chownTree(`${path}/${entry.name}`, from, to);
    }
  },
});
