// newusers: new users, and changed ones, from lines in the form of /etc/passwd with passwords in clear.
import { SysError } from "../../kernel/sys.ts";
import { flag, type Io, text } from "../kit/gnu.ts";
import { nameExists } from "../kit/presence.ts";
import { cryptPassword } from "./_crypt.ts";
import { Databases, loginDefs, mayChange, newSalt, shadowLine, todayOf } from "./_databases.ts";
import { shadowTool } from "./_shadow-tool.ts";

export default shadowTool({
  name: "newusers",
  path: "/usr/sbin/newusers",
  manSection: 8,
  summary: "create users, or change them, from lines like those of /etc/passwd",
  synopsis: ["[options]"],
  operands: "files",
  options: {
    badName: flag(["-b", "--badname"], "accept any name, even a bad one"),
    system: flag(["-r", "--system"], "create accounts for services, with low numbers"),
    root: text(["-R", "--root"], "CHROOT_DIR", "work inside the root directory CHROOT_DIR"),
  },
  *run({ options, operands, sys }, io: Io) {
    const prefix = options.root ?? "";
    const [file] = operands;
    const input = yield* io.open(file ?? "-");
    if (!(yield* mayChange(sys, io.argv0, "/etc/passwd"))) return 1;
    const databases = yield* Databases.open(sys, prefix);
    const defs = yield* loginDefs(sys);
    const number = (key: string, otherwise: number): number => Number(defs.get(key) ?? otherwise);
    const kind = options.system ? "SYS_" : "";
    const freeId = (database: "passwd" | "group", what: "UID" | "GID"): number | undefined => databases.freeId(database, number(`${kind}${what}_MIN`, options.system ? 101 : 1000), number(`${kind}${what}_MAX`, options.system ? 999 : 60_000), options.system);

    const groupOf = (word: string, user: string, uid: number): number | undefined => {
      const known = /^\d+$/.test(word) ? databases.findById("group", Number(word)) : databases.find("group", word === "" ? user : word);
      if (known !== undefined) return Number(known[2]);
      const gid = /^\d+$/.test(word) ? Number(word) : word === "" && databases.findById("group", uid) === undefined ? uid : freeId("group", "GID");
      if (gid === undefined) return undefined;
      const name = word === "" || /^\d+$/.test(word) ? user : word;
      databases.append("group", [name, "x", String(gid), ""]);
      databases.append("gshadow", [name, "*", "", ""]);
      return gid;
    };

    const passwords: (readonly [name: string, password: string])[] = [];
    let errors = 0;
    let lineNumber = 0;
    for (;;) {
      const lines = yield* input.lines();
      if (lines.length === 0) break;
      for (const line of lines) {
        lineNumber++;
        const complain = function* (what: string) {
          errors++;
          yield* io.warn(`line ${lineNumber}: ${what}`);
        };
        const fields = line.split(":");
        const [name = "", password = "", uidWord = "", gidWord = "", gecos = "", home = "", shell = ""] = fields;
        if (fields.length !== 7) {
          yield* complain("invalid line");
          continue;
        }
        const old = databases.find("passwd", name);
        if (old === undefined) {
          const uid = uidWord === "" ? freeId("passwd", "UID") : /^\d+$/.test(uidWord) ? Number(uidWord) : Number(databases.find("passwd", uidWord)?.[2]);
          if (uid === undefined || Number.isNaN(uid)) {
            yield* complain(uid === undefined ? "can't create user" : `invalid user ID '${uidWord}'`);
            continue;
          }
          const gid = groupOf(gidWord, name, uid);
          if (gid === undefined) {
            yield* complain("can't create group");
            continue;
          }
          databases.append("passwd", [name, "x", String(uid), String(gid), gecos, home, shell]);
          databases.append("shadow", shadowLine({ name, password: "!", lastChangeDay: todayOf(sys), minDays: number("PASS_MIN_DAYS", 0), maxDays: number("PASS_MAX_DAYS", 99_999), warnDays: number("PASS_WARN_AGE", 7), inactiveDays: undefined, expireDay: undefined }).split(":"));
          for (const database of options.system ? [] : (["subuid", "subgid"] as const)) {
            const start = Math.max(number("SUB_UID_MIN", 100_000), ...databases.rows(database).map((row) => Number(row[1]) + Number(row[2])));
            databases.append(database, [name, String(start), String(number("SUB_UID_COUNT", 65_536))]);
          }
        } else for (const [field, value] of [[4, gecos], [5, home], [6, shell]] as const) if (value !== "") databases.setField("passwd", name, field, value);
        passwords.push([name, password]);
        const [, , uid, gid] = databases.find("passwd", name) ?? [];
        if (home !== "" && !nameExists(sys, prefix + home)) {
          try {
            sys.mkdir(prefix + home, 0o777 & ~Number.parseInt(defs.get("UMASK") ?? "022", 8));
            sys.chown(prefix + home, Number(uid), Number(gid));
          } catch (error) {
            if (!(error instanceof SysError)) throw error;
            yield* io.warn(`line ${lineNumber}: mkdir ${home} failed: ${error.message}`);
          }
        }
        if (sys.charge(50)) yield* sys.preempt();
      }
    }
    if (errors > 0) {
      yield* io.warn("error detected, changes ignored");
      return 1;
    }
    for (const [name, password] of passwords) databases.setField("shadow", name, 1, cryptPassword(password, newSalt(sys)));
    yield* databases.save();
    return 0;
  },
});
