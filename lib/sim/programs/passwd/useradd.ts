// useradd: a new user, low level: no questions, no home directory unless asked.
import { type Blocking, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { flag, type Io, text, texts } from "../kit/gnu.ts";
import { Databases, loginDefs, mayChange, shadowLine, todayOf } from "./_databases.ts";
import { makeHome } from "./_home.ts";
import { nameExists } from "../kit/presence.ts";
import { isShellPath, misused, parseDay, parseId, parseLong, shadowTool, spoilsField, validName } from "./_shadow-tool.ts";

const KEYS: readonly (readonly [key: string, otherwise: string])[] = [["GROUP", "100"], ["HOME", "/home"], ["INACTIVE", "-1"], ["EXPIRE", ""], ["SHELL", "/bin/sh"], ["SKEL", "/etc/skel"], ["CREATE_MAIL_SPOOL", "no"], ["LOG_INIT", "yes"]];

/** Lines that are there keep their place; the others come at the end. The file before is kept with a dash. */
function* writeDefaults(sys: Sys, values: ReadonlyMap<string, string>): Blocking<void> {
  const path = "/etc/default/useradd";
  const text = (yield* readTextFile(sys, path)) ?? "";
  const written = new Set<string>();
  const lines = text.replace(/\n$/, "").split("\n").map((line) => {
    const key = /^([A-Z_]+)=/.exec(line)?.[1];
    const known = KEYS.find(([one]) => one === key);
    if (known === undefined) return line;
    written.add(known[0]);
    return `${known[0]}=${values.get(known[0]) ?? known[1]}`;
  });
  for (const [key, otherwise] of KEYS) if (!written.has(key)) lines.push(`${key}=${values.get(key) ?? otherwise}`);
  const fd = yield* sys.open(`${path}+`, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
  yield* sys.write(fd, encode(`${lines.join("\n")}\n`));
  sys.close(fd);
  if (nameExists(sys, path)) sys.rename(path, `${path}-`);
  sys.rename(`${path}+`, path);
}

export default shadowTool({
  name: "useradd", manSection: 8,
  path: "/usr/sbin/useradd",
  summary: "create a user, or change what new users get",
  synopsis: ["[options] LOGIN", "-D", "-D [options]"],
  operands: "none",
  options: {
    badName: flag(["--badname"], "accept any name, even a bad one"),
    baseDir: text(["-b", "--base-dir"], "BASE_DIR", "where the home directory is made (/home)"),
    btrfs: flag(["--btrfs-subvolume-home"], "the home directory is a subvolume of Btrfs"),
    comment: text(["-c", "--comment"], "COMMENT", "full name or other words about the user"),
    home: text(["-d", "--home-dir"], "HOME_DIR", "path of the home directory"),
    defaults: flag(["-D", "--defaults"], "show the defaults, or set them by the other options"),
    expire: text(["-e", "--expiredate"], "EXPIRE_DATE", "the day from which the account is closed"),
    inactive: text(["-f", "--inactive"], "INACTIVE", "days during which an expired password can still be changed"),
    gid: text(["-g", "--gid"], "GROUP", "the primary group, by name or number"),
    groups: text(["-G", "--groups"], "GROUPS", "further groups, separated by commas"),
    skel: text(["-k", "--skel"], "SKEL_DIR", "first files of the home come from here, not from /etc/skel"),
    key: texts(["-K", "--key"], "KEY=VALUE", "another value for a setting of /etc/login.defs"),
    noLogInit: flag(["-l", "--no-log-init"], "no entries in lastlog and faillog"),
    createHome: flag(["-m", "--create-home"], "make the home directory"),
    noCreateHome: flag(["-M", "--no-create-home"], "do not make the home directory"),
    noUserGroup: flag(["-N", "--no-user-group"], "the user gets no group of its own"),
    nonUnique: flag(["-o", "--non-unique"], "with -u, accept a UID that another user has"),
    password: text(["-p", "--password"], "PASSWORD", "the hash of the password"),
    system: flag(["-r", "--system"], "an account for a service, with a low number"),
    root: text(["-R", "--root"], "CHROOT_DIR", "work inside the root directory CHROOT_DIR"),
    prefix: text(["-P", "--prefix"], "PREFIX_DIR", "use the files of /etc below PREFIX_DIR"),
    shell: text(["-s", "--shell"], "SHELL", "the shell that a login starts"),
    uid: text(["-u", "--uid"], "UID", "the number of the user"),
    userGroup: flag(["-U", "--user-group"], "the user gets a group of its own, of the same name"),
    selinux: text(["-Z", "--selinux-user"], "SEUSER", "the user is SEUSER for SELinux"),
  },
  *run({ options, operands, given, sys }, io: Io) {
    const databases = yield* Databases.open(sys, options.prefix ?? options.root ?? "");
    const groupOf = (word: string): readonly string[] => (parseId(word) === undefined ? undefined : databases.findById("group", Number(word))) ?? databases.find("group", word) ?? io.die(`group '${word}' does not exist`, 6);
    // in the order in which they were typed: the first that is wrong is told
    for (const [index, { option, argument = "" }] of given.entries()) {
      switch (option) {
        case "baseDir":
          if (!argument.startsWith("/") || spoilsField(argument)) io.die(`invalid base directory '${argument}'`, 3);
          break;
        case "comment":
          if (spoilsField(argument)) io.die(`invalid comment '${argument}'`, 3);
          break;
        case "home":
          if (!argument.startsWith("/") || spoilsField(argument)) io.die(`invalid home directory '${argument}'`, 3);
          break;
        case "defaults":
          if (index > 0) io.usage();
          break;
        case "expire":
          if (parseDay(argument) === undefined) io.die(`invalid date '${argument}'`, 3);
          break;
        case "inactive":
          if ((parseLong(argument) ?? -2) < -1) io.die(`invalid numeric argument '${argument}'`, 3);
          break;
        case "gid":
          groupOf(argument);
          break;
        case "groups": {
          // the file of groups is locked before it is asked
          if (!(yield* mayChange(sys, "useradd", "/etc/group"))) return 10;
          const missing = argument.split(",").filter((word) => word !== "" && (parseId(word) === undefined ? undefined : databases.findById("group", Number(word))) === undefined && databases.find("group", word) === undefined);
          for (const word of missing) yield* io.warn(`group '${word}' does not exist`);
          if (missing.length > 0) return 6;
          break;
        }
        case "key":
          if (!argument.includes("=")) io.die("-K requires KEY=VALUE", 3);
          break;
        case "password":
          if (spoilsField(argument)) io.die(`invalid field '${argument}'`, 3);
          break;
        case "shell":
          if (!isShellPath(argument)) io.die(`invalid shell '${argument}'`, 3);
          if (argument.startsWith("/") && !nameExists(sys, argument)) yield* io.warn(`Warning: missing or non-executable shell '${argument}'`);
          break;
        case "uid":
          if (parseId(argument) === undefined) io.die(`invalid user ID '${argument}'`, 3);
          break;
        case "selinux":
          io.die("-Z requires SELinux enabled kernel", 3);
      }
    }
    if (options.nonUnique && options.uid === undefined) return yield* misused(io, "-o flag is only allowed with the -u flag");
    if (options.skel !== undefined && !options.createHome) return yield* misused(io, "-k flag is only allowed with the -m flag");
    if (options.userGroup && options.gid !== undefined) return yield* misused(io, "options -U and -g conflict");
    if (options.userGroup && options.noUserGroup) return yield* misused(io, "options -U and -N conflict");
    if (options.createHome && options.noCreateHome) return yield* misused(io, "options -m and -M conflict");
    const defaults = new Map<string, string>();
    for (const line of ((yield* readTextFile(sys, "/etc/default/useradd")) ?? "").split("\n")) {
      const match = /^([A-Z_]+)=(.*)$/.exec(line);
      if (match !== null) defaults.set(match[1] ?? "", match[2] ?? "");
    }
    const shellDefault = defaults.get("SHELL") ?? "/bin/sh";
    if (options.defaults) {
      if (operands.length > 0 || options.uid !== undefined || options.groups !== undefined || options.home !== undefined || options.comment !== undefined || options.createHome) io.usage();
      if (options.shell === undefined && options.baseDir === undefined && options.gid === undefined && options.expire === undefined && options.inactive === undefined) {
        io.out.put(`GROUP=${defaults.get("GROUP") ?? "100"}\nHOME=${defaults.get("HOME") ?? "/home"}\nINACTIVE=${defaults.get("INACTIVE") ?? "-1"}\nEXPIRE=${defaults.get("EXPIRE") ?? ""}\nSHELL=${shellDefault}\nSKEL=${defaults.get("SKEL") ?? "/etc/skel"}\nCREATE_MAIL_SPOOL=${defaults.get("CREATE_MAIL_SPOOL") ?? "no"}\nLOG_INIT=${defaults.get("LOG_INIT") ?? "yes"}\n`);
        return 0;
      }
      if (!(yield* mayChange(sys, "useradd", "/etc/passwd"))) return 1;
      if (options.gid !== undefined) defaults.set("GROUP", groupOf(options.gid)[2] ?? "");
      for (const [key, value] of [["SHELL", options.shell], ["HOME", options.baseDir], ["EXPIRE", options.expire], ["INACTIVE", options.inactive]] as const) if (value !== undefined) defaults.set(key, value);
      yield* writeDefaults(sys, defaults);
      return 0;
    }
    const [name, ...extra] = operands;
    if (name === undefined || extra.length > 0) io.usage();
    if (!validName(name) && !options.badName) io.die(`invalid user name '${name}': use --badname to ignore`, 3);
    if (!(yield* mayChange(sys, "useradd", "/etc/passwd"))) return 1;
    const defs = new Map(yield* loginDefs(sys));
    for (const assignment of options.key) {
      const equals = assignment.indexOf("=");
      if (equals > 0) defs.set(assignment.slice(0, equals), assignment.slice(equals + 1));
    }
    const number = (key: string, otherwise: number): number => {
      const value = defs.get(key);
      return value === undefined ? otherwise : Number(value);
    };
    if (databases.find("passwd", name) !== undefined) io.die(`user '${name}' already exists`, 9);
    let uid: number | undefined;
    if (options.uid !== undefined) {
      uid = Number(options.uid);
      if (databases.findById("passwd", uid) !== undefined && !options.nonUnique) io.die(`UID ${uid} is not unique`, 4);
    } else {
      uid = options.system ? databases.freeId("passwd", number("SYS_UID_MIN", 101), number("SYS_UID_MAX", 999), true) : databases.freeId("passwd", number("UID_MIN", 1000), number("UID_MAX", 60_000), false);
    }
    if (uid === undefined) return io.die("Can't get unique UID (no more available UIDs)", 4);
    const ownGroup = options.gid === undefined && !options.noUserGroup && (options.userGroup || defs.get("USERGROUPS_ENAB") === "yes");
    let gid: number;
    if (options.gid !== undefined) gid = Number(groupOf(options.gid)[2]);
    else if (ownGroup) {
      if (databases.find("group", name) !== undefined) io.die(`group ${name} exists - if you want to add this user to that group, use -g.`, 9);
      const wanted = databases.findById("group", uid) === undefined ? uid : databases.freeId("group", options.system ? number("SYS_GID_MIN", 101) : number("GID_MIN", 1000), options.system ? number("SYS_GID_MAX", 999) : number("GID_MAX", 60_000), options.system);
      if (wanted === undefined) return io.die("Can't get unique GID (no more available GIDs)", 4);
      gid = wanted;
    } else gid = Number(defaults.get("GROUP") ?? 100);
    const supplementary: string[] = [];
    for (const word of (options.groups ?? "").split(",").filter((one) => one !== "")) supplementary.push(groupOf(word)[0] ?? word);
    const day = options.expire === undefined ? undefined : parseDay(options.expire);
    const expireDay = day === "none" ? undefined : day;
    const home = options.home ?? `${options.baseDir ?? defaults.get("HOME") ?? "/home"}/${name}`;
    const shell = options.shell ?? shellDefault;
    databases.append("passwd", [name, "x", String(uid), String(gid), options.comment ?? "", home, shell]);
    databases.append("shadow", shadowLine({
      name, password: options.password ?? "!", lastChangeDay: todayOf(sys), minDays: options.system ? undefined : number("PASS_MIN_DAYS", 0), maxDays: options.system ? undefined : number("PASS_MAX_DAYS", 99_999),
      warnDays: options.system ? undefined : number("PASS_WARN_AGE", 7), inactiveDays: options.inactive === undefined || options.inactive === "-1" ? undefined : Number(options.inactive), expireDay,
    }).split(":"));
    if (ownGroup) {
      databases.append("group", [name, "x", String(gid), ""]);
      databases.append("gshadow", [name, "!", "", ""]);
    }
    for (const group of supplementary) databases.setMembers(group, [...databases.members(group), name]);
    if (!options.system) {
      for (const database of ["subuid", "subgid"] as const) {
        const start = Math.max(number("SUB_UID_MIN", 100_000), ...databases.rows(database).map((row) => Number(row[1]) + Number(row[2])));
        databases.append(database, [name, String(start), String(number("SUB_UID_COUNT", 65_536))]);
      }
    }
    yield* databases.save();
    if (options.createHome && !options.noCreateHome) {
      if (nameExists(sys, home)) {
        yield* io.warn("warning: the home directory " + home + " already exists.");
        yield* io.stderr("useradd: Not copying any file from skel directory into it.\n");
      } else {
        try {
          yield* makeHome(sys, home, options.skel ?? defaults.get("SKEL") ?? "/etc/skel", uid, gid, 0o777 & ~Number.parseInt(defs.get("HOME_MODE") === undefined ? (defs.get("UMASK") ?? "022") : (0o777 & ~Number.parseInt(defs.get("HOME_MODE") ?? "755", 8)).toString(8), 8));
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          io.die(`cannot create directory ${home}`, 12);
        }
      }
    }
    return 0;
  },
});
