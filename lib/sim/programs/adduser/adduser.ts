// adduser, addgroup: a user or group as Debian's policy wants it, with questions.
import type { Blocking, Sys } from "../../kernel/sys.ts";
import { flag, gnu, type Io, text, texts } from "../kit/gnu.ts";
import { Databases, shadowLine, todayOf } from "../passwd/_databases.ts";
import { makeHome } from "../passwd/_home.ts";
import { nameExists } from "../kit/presence.ts";
import { ask, runProgram, settings } from "./_settings.ts";

const goodName = /^[a-z][-a-z0-9_]*\$?$/;
const goodSystemName = /^[a-z_][-a-z0-9_]*\$?$/;

const badNameText = (program: string): string => `${program}: Please enter a username matching the regular expression
            configured via the NAME_REGEX configuration variable.  Use the
            \`--allow-bad-names' option to relax this check or reconfigure
            NAME_REGEX in configuration.
`;

export default gnu({
  name: "adduser", manSection: 8,
  path: "/usr/sbin/adduser",
  links: ["/usr/sbin/addgroup"],
  summary: "create a user account or a group",
  synopsis: ["[--home DIR] [--shell SHELL] [--no-create-home] [--uid ID] [--ingroup GROUP | --gid ID] [--disabled-password] [--disabled-login] [--comment TEXT] USER", "--system [OPTION]... USER", "--group [--gid ID] GROUP", "USER GROUP"],
  project: "adduser",
  version: "3.134",
  versionText: "adduser version 3.134\n",
  operands: "users",
  options: {
    home: text(["--home"], "DIR", "the home directory"),
    shell: text(["--shell"], "SHELL", "the login shell"),
    noCreateHome: flag(["--no-create-home"], "do not create the home directory"),
    uid: text(["--uid"], "ID", "the user id"),
    gid: text(["--gid"], "ID", "the group id"),
    firstUid: text(["--firstuid"], "ID", "lowest user id to choose from"),
    lastUid: text(["--lastuid"], "ID", "highest user id to choose from"),
    ingroup: text(["--ingroup"], "GROUP", "the primary group"),
    comment: text(["--comment", "--gecos"], "TEXT", "full name and other data"),
    disabledPassword: flag(["--disabled-password"], "no password is set: logins by key only"),
    disabledLogin: flag(["--disabled-login"], "no password is set: no login"),
    allowBadNames: flag(["--allow-bad-names", "--force-badname"], "relax the check of names"),
    allowAllNames: flag(["--allow-all-names"], "no check of names"),
    addExtraGroups: flag(["--add-extra-groups", "--add_extra_groups"], "add the user to the extra groups of the settings"),
    system: flag(["--system"], "a system account"),
    group: flag(["--group"], "a group; with --system a group of the same name"),
    quiet: flag(["--quiet", "-q"], "errors only"),
    debug: flag(["--debug"], "say more"),
    conf: texts(["--conf"], "FILE", "another file of settings"),
    encryptHome: flag(["--encrypt-home"], "encrypt the home directory"),
  },
  *run({ options, operands, sys, argv0 }, io: Io) {
    const program = argv0.slice(argv0.lastIndexOf("/") + 1);
    const asGroup = program === "addgroup" || (options.group && !options.system);
    const say = (line: string): void => {
      if (!options.quiet) io.say(`${line}\n`);
    };
    if (sys.getcred().euid !== 0) {
      yield* io.stderr(`${program}: Only root may add a user or group to the system.\n`);
      return 1;
    }
    const [name, second, ...extra] = operands;
    if (name === undefined) {
      yield* io.stderr(`${program}: Only one or two names allowed.\n`);
      return 1;
    }
    if (extra.length > 0) {
      yield* io.stderr(`${program}: Only one or two names allowed.\n`);
      return 1;
    }
    const conf = yield* settings(sys, options.conf[0] ?? "/etc/adduser.conf");
    const number = (key: string, otherwise: number): number => Number(conf.get(key) ?? otherwise);
    const databases = yield* Databases.open(sys);
    if (second !== undefined && asGroup) {
      yield* io.stderr(`${program}: ${program} with two arguments is an unspecified operation.\n`);
      return 1;
    }
    if (second !== undefined) return yield* addToGroup(name, second);
    const pattern = options.system ? goodSystemName : goodName;
    if (!options.allowAllNames && !(options.allowBadNames ? /^[A-Za-z_][-A-Za-z0-9_.]*\$?$/ : pattern).test(name)) {
      yield* io.stderr(badNameText(program));
      return 1;
    }
    if (asGroup) return yield* addGroup(name);
    if (options.system) return yield* addSystemUser(name);
    return yield* addUser(name);

    function* addToGroup(user: string, group: string): Blocking<number> {
      if (databases.find("passwd", user) === undefined) {
        yield* io.stderr(`${program}: The user \`${user}' does not exist.\n`);
        return 1;
      }
      if (databases.find("group", group) === undefined) {
        yield* io.stderr(`${program}: The group \`${group}' does not exist.\n`);
        return 1;
      }
      if (databases.members(group).includes(user)) {
        if (!options.quiet) yield* io.stderr(`${program}: The user \`${user}' is already a member of \`${group}'.\n`);
        return 0;
      }
      say(`Adding user \`${user}' to group \`${group}' ...`);
      databases.setMembers(group, [...databases.members(group), user]);
      yield* databases.save();
      say("Done.");
      return 0;
    }

    function* addGroup(group: string): Blocking<number> {
      if (databases.find("group", group) !== undefined) {
        yield* io.stderr(options.system ? `${program}: The group \`${group}' already exists as a system group. Exiting.\n` : `${program}: The group \`${group}' already exists.\n`);
        return options.system ? 0 : 1;
      }
      const gid = options.gid === undefined ? databases.freeId("group", options.system ? 100 : number("FIRST_GID", 1000), options.system ? 999 : number("LAST_GID", 59_999), false) : Number(options.gid);
      if (gid === undefined) {
        yield* io.stderr(`${program}: No GID is available in the range 1000-59999 (FIRST_GID - LAST_GID).\n`);
        return 1;
      }
      if (options.gid !== undefined && databases.findById("group", gid) !== undefined) {
        yield* io.stderr(`${program}: The GID \`${gid}' is already in use.\n`);
        return 1;
      }
      say(`Adding group \`${group}' (GID ${gid}) ...`);
      databases.append("group", [group, "x", String(gid), ""]);
      databases.append("gshadow", [group, "!", "", ""]);
      yield* databases.save();
      say("Done.");
      return 0;
    }

    function* addSystemUser(user: string): Blocking<number> {
      const known = databases.find("passwd", user);
      if (known !== undefined) {
        if (Number(known[2]) < 1000) {
          say(`The system user \`${user}' already exists. Exiting.`);
          return 0;
        }
        yield* io.stderr(`${program}: The user \`${user}' already exists. Exiting.\n`);
        return 1;
      }
      if (options.home !== undefined && options.home !== "/nonexistent" && !nameExists(sys, options.home) && options.noCreateHome) yield* io.stderr(`${program}: Warning: The home dir ${options.home} you specified can't be accessed: No such file or directory\n`);
      const uid = options.uid === undefined ? lowest("passwd", number("FIRST_SYSTEM_UID", 100), number("LAST_SYSTEM_UID", 999)) : Number(options.uid);
      say(`Adding system user \`${user}' (UID ${uid}) ...`);
      let gid = 65_534;
      if (options.group) {
        gid = databases.findById("group", uid) === undefined ? uid : lowest("group", 100, 999);
        say(`Adding new group \`${user}' (GID ${gid}) ...`);
        databases.append("group", [user, "x", String(gid), ""]);
        databases.append("gshadow", [user, "!", "", ""]);
      } else if (options.ingroup !== undefined) gid = Number(databases.find("group", options.ingroup)?.[2] ?? gid);
      const home = options.home ?? "/nonexistent";
      say(`Adding new user \`${user}' (UID ${uid}) with group \`${options.group ? user : (databases.findById("group", gid)?.[0] ?? "nogroup")}' ...`);
      databases.append("passwd", [user, "x", String(uid), String(gid), options.comment ?? "", home, options.shell ?? "/usr/sbin/nologin"]);
      databases.append("shadow", shadowLine({ name: user, password: "!", lastChangeDay: todayOf(sys), minDays: undefined, maxDays: undefined, warnDays: undefined, inactiveDays: undefined, expireDay: undefined }).split(":"));
      yield* databases.save();
      if (home === "/nonexistent") say(`Not creating \`${home}'.`);
      else if (options.noCreateHome) say(`Not creating home directory \`${home}'.`);
      else if (nameExists(sys, home)) say(`The home directory \`${home}' already exists.  Not touching this directory.`);
      else {
        say(`Creating home directory \`${home}' ...`);
        yield* makeHome(sys, home, "/nonexistent-skeleton", uid, gid, 0o755);
      }
      return 0;
    }

    function lowest(kind: "passwd" | "group", low: number, high: number): number {
      for (let id = low; id <= high; id++) if (databases.findById(kind, id) === undefined) return id;
      return high;
    }

    function* addUser(user: string): Blocking<number> {
      if (databases.find("passwd", user) !== undefined) {
        yield* io.stderr(`${program}: The user \`${user}' already exists.\n`);
        return 1;
      }
      if (options.uid !== undefined && databases.findById("passwd", Number(options.uid)) !== undefined) {
        yield* io.stderr(`${program}: The UID ${options.uid} is already in use.\n`);
        return 1;
      }
      const named = options.gid !== undefined ? databases.findById("group", Number(options.gid)) : options.ingroup === undefined ? undefined : databases.find("group", options.ingroup);
      if ((options.gid !== undefined || options.ingroup !== undefined) && named === undefined) {
        yield* io.stderr(`${program}: The group \`${options.ingroup ?? options.gid ?? ""}' does not exist.\n`);
        return 1;
      }
      say(`Adding user \`${user}' ...`);
      const first = Number(options.firstUid ?? number("FIRST_UID", 1000));
      const last = Number(options.lastUid ?? number("LAST_UID", 59_999));
      const ownGroup = options.ingroup === undefined && options.gid === undefined && (conf.get("USERGROUPS") ?? "yes") === "yes";
      let uid: number | undefined = options.uid === undefined ? undefined : Number(options.uid);
      if (uid === undefined) for (let id = first; id <= last; id++) {
        // with a group of its own the number must be free in both files
        if (databases.findById("passwd", id) === undefined && (!ownGroup || databases.findById("group", id) === undefined)) {
          uid = id;
          break;
        }
      }
      if (uid === undefined) {
        yield* io.stderr(`${program}: No UID is available in the range ${first}-${last} (FIRST_UID - LAST_UID).\n`);
        return 1;
      }
      if (databases.findById("passwd", uid) !== undefined) {
        yield* io.stderr(`${program}: The UID ${uid} is already in use.\n`);
        return 1;
      }
      let gid = uid;
      let groupName = user;
      if (ownGroup) {
        if (databases.find("group", user) !== undefined) {
          yield* io.stderr(`${program}: The group \`${user}' already exists.\n`);
          return 1;
        }
        say(`Adding new group \`${user}' (${gid}) ...`);
        databases.append("group", [user, "x", String(gid), ""]);
        databases.append("gshadow", [user, "!", "", ""]);
      } else {
        const row = options.gid !== undefined ? databases.findById("group", Number(options.gid)) : databases.find("group", options.ingroup ?? "users");
        if (row === undefined) {
          yield* io.stderr(`${program}: The group \`${options.ingroup ?? options.gid ?? "users"}' does not exist.\n`);
          return 1;
        }
        gid = Number(row[2]);
        groupName = row[0] ?? groupName;
      }
      say(`Adding new user \`${user}' (${uid}) with group \`${groupName} (${gid})' ...`);
      const home = options.home ?? `${conf.get("DHOME") ?? "/home"}/${user}`;
      databases.append("passwd", [user, "x", String(uid), String(gid), "", home, options.shell ?? conf.get("DSHELL") ?? "/bin/bash"]);
      databases.append("shadow", shadowLine({ name: user, password: options.disabledPassword ? "*" : "!", lastChangeDay: todayOf(sys), minDays: 0, maxDays: 99_999, warnDays: 7, inactiveDays: undefined, expireDay: undefined }).split(":"));
      for (const database of ["subuid", "subgid"] as const) {
        const start = Math.max(100_000, ...databases.rows(database).map((row) => Number(row[1]) + Number(row[2])));
        databases.append(database, [user, String(start), "65536"]);
      }
      yield* databases.save();
      if (options.noCreateHome) say(`Not creating home directory \`${home}'.`);
      else if (nameExists(sys, home)) say(`The home directory \`${home}' already exists.  Not touching this directory.`);
      else {
        say(`Creating home directory \`${home}' ...`);
        const skeleton = conf.get("SKEL") ?? "/etc/skel";
        say(`Copying files from \`${skeleton}' ...`);
        yield* makeHome(sys, home, skeleton, uid, gid, Number.parseInt(conf.get("DIR_MODE") ?? "0700", 8));
      }
      if (!options.disabledPassword && !options.disabledLogin) {
        for (;;) {
          const status = yield* runProgram(sys, io, "/usr/bin/passwd", ["/usr/bin/passwd", user]);
          if (status === 0) break;
          const answer = yield* ask(io, "Try again? [y/N] ");
          if (answer === undefined || !/^y/i.test(answer)) break;
        }
      }
      if (options.comment !== undefined) {
        const after = yield* Databases.open(sys);
        after.setField("passwd", user, 4, options.comment);
        yield* after.save();
      } else {
        for (;;) {
          yield* runProgram(sys, io, "/usr/bin/chfn", ["/usr/bin/chfn", user]);
          const answer = yield* ask(io, "Is the information correct? [Y/n] ");
          if (answer === undefined || !/^n/i.test(answer)) break;
        }
      }
      const groups = (conf.get("EXTRA_GROUPS") ?? "users").split(/\s+/).filter((group) => group !== "");
      if (options.addExtraGroups || (conf.get("ADD_EXTRA_GROUPS") ?? "1") !== "0") yield* extraGroups(sys, user, groups);
      return 0;
    }

    function* extraGroups(own: Sys, user: string, groups: readonly string[]): Blocking<void> {
      say(`Adding new user \`${user}' to supplemental / extra groups \`${groups.join(", ")}' ...`);
      const after = yield* Databases.open(own);
      for (const group of groups) {
        if (after.find("group", group) === undefined) continue;
        say(`Adding user \`${user}' to group \`${group}' ...`);
        after.setMembers(group, [...after.members(group), user]);
      }
      yield* after.save();
    }
  },
});
