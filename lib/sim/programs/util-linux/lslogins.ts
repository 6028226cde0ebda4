// lslogins: accounts with their locks, processes and last logins (lslogins(1)).
import { Accounts, readTextFile } from "../kit/accounts.ts";
import { listPids } from "../kit/processes.ts";
import { Table } from "../kit/table.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { UT, WTMP_PATH, readUtmp } from "../kit/utmp.ts";
import { type Io, flag, text, utilLinux, unknownColumn } from "../kit/util-linux.ts";
import { readZone } from "../kit/zones.ts";

const COLUMNS: ReadonlyMap<string, { readonly right?: boolean; readonly title: string }> = new Map([
  ["UID", { right: true, title: "UID" }], ["USER", { title: "Username" }], ["PROC", { right: true, title: "Running processes" }], ["PWD-LOCK", { right: true, title: "Password is locked" }], ["PWD-DENY", { right: true, title: "Login by password disabled" }], ["LAST-LOGIN", { right: true, title: "Last login" }], ["GECOS", { title: "Gecos field" }],
  ["HOMEDIR", { title: "Home directory" }], ["SHELL", { title: "Shell" }], ["NOLOGIN", { right: true, title: "No login" }], ["GID", { right: true, title: "Primary GID" }], ["GROUP", { title: "Primary group" }], ["SUPP-GROUPS", { title: "Supplementary groups" }], ["SUPP-GIDS", { title: "Supplementary group IDs" }], ["PWD-EMPTY", { right: true, title: "Password not required" }], ["PWD-METHOD", { title: "Password encryption method" }], ["PWD-CHANGE", { right: true, title: "Password changed" }],
]);

export default utilLinux({
  name: "lslogins", summary: "list the users of the system and how they log in", synopsis: ["[options] [<username>]"],
  options: {
    accExpiration: flag(["-a", "--acc-expiration"], "when passwords run out"), colonSeparate: flag(["-c", "--colon-separate"], "fields with colons between, as in /etc/passwd"), export: flag(["-e", "--export"], "lines of NAME=value, to be read by programs"), failed: flag(["-f", "--failed"], "each user's last login that failed"), supplementary: flag(["-G", "--supp-groups"], "groups as well"), groups: text(["-g", "--groups"], "groups", "only members of <groups>"), last: flag(["-L", "--last"], "each user's last session: when and from where"), logins: text(["-l", "--logins"], "logins", "only <logins>"), newline: flag(["-n", "--newline"], "a line for every value"), noheadings: flag(["--noheadings"], "no heading line"), notruncate: flag(["--notruncate"], "long texts in full"), output: text(["-o", "--output"], "list", "the columns that are shown"), pwd: flag(["-p", "--pwd"], "what concerns passwords"), raw: flag(["-r", "--raw"], "write columns without padding"), systemAccs: flag(["-s", "--system-accs"], "accounts of the system itself"), userAccs: flag(["-u", "--user-accs"], "accounts of people"), z: flag(["-z", "--print0"], "NUL between users"),
  },
  operands: "users",
  *run({ options, operands, sys }, io: Io) {
    const accounts = yield* Accounts.read(sys);
    const shadow = new Map(((yield* readTextFile(sys, "/etc/shadow")) ?? "").split("\n").map((line) => line.split(":")).filter((fields) => fields[0] !== "").map((fields) => [fields[0] ?? "", fields] as const));
    const zone = yield* readZone(sys);
    const logins = new Map<string, { readonly timeUs: number; readonly line: string; readonly host: string }>();
    for (const record of yield* readUtmp(sys, WTMP_PATH)) if (record.type === UT.USER_PROCESS) logins.set(record.user, record);
    const processes = new Map<number, number>();
    for (const pid of listPids(sys)) {
      const uid = Number(/^Uid:\t(\d+)/m.exec((yield* readTextFile(sys, `/proc/${pid}/status`)) ?? "")?.[1] ?? -1);
      processes.set(uid, (processes.get(uid) ?? 0) + 1);
      if (sys.charge(10)) yield* sys.preempt();
    }
    const now = sys.clockUs("realtime");
    const facts = (name: string): ReadonlyMap<string, string> => {
      const user = accounts.userByName(name);
      if (user === undefined) return new Map();
      const password = shadow.get(name)?.[1];
      const hash = (password ?? "").replace(/^!+/, "");
      const login = logins.get(name);
      const age = login === undefined ? 0 : (now - login.timeUs) / 1e6;
      const changed = Number(shadow.get(name)?.[2] ?? Number.NaN);
      const gids = accounts.groupsOf(user).slice(1);
      return new Map([
        ["UID", String(user.uid)], ["USER", user.name], ["PROC", String(processes.get(user.uid) ?? 0)], ["PWD-LOCK", password === undefined ? "" : password.startsWith("!") && hash.length > 1 ? "1" : "0"], ["PWD-DENY", password === undefined ? "" : hash.length <= 1 && password !== "" ? "1" : "0"], ["PWD-EMPTY", password === undefined ? "" : password === "" ? "1" : "0"],
        ["LAST-LOGIN", login === undefined ? "" : strftime(age < 86400 ? "%H:%M" : age < 31_536_000 ? "%b%d/%H:%M" : "%Y-%b%d", civilAtUs(zone, login.timeUs))], ["GECOS", user.gecos.split(",")[0] ?? ""], ["HOMEDIR", user.home], ["SHELL", user.shell], ["NOLOGIN", /nologin$|false$/.test(user.shell) ? "1" : "0"], ["GID", String(user.gid)], ["GROUP", accounts.groupName(user.gid)],
        ["SUPP-GROUPS", gids.map((gid) => accounts.groupName(gid)).join(",")], ["SUPP-GIDS", gids.join(",")], ["PWD-METHOD", hash.startsWith("$6$") ? "SHA-512" : hash.startsWith("$y$") ? "yescrypt" : hash.startsWith("$5$") ? "SHA-256" : hash.startsWith("$1$") ? "MD5" : ""], ["PWD-CHANGE", Number.isNaN(changed) || changed === 0 ? "" : strftime("%Y-%b%d", civilAtUs(zone, changed * 86400 * 1e6))],
      ]);
    };
    const [one] = operands;
    if (one !== undefined && options.output === undefined) {
      const user = /^\d+$/.test(one) ? accounts.userById(Number(one)) : accounts.userByName(one);
      if (user === undefined) io.die(`cannot found '${one}'`);
      const cells = facts(user.name);
      const names = ["USER", "UID", "GECOS", "HOMEDIR", "SHELL", "NOLOGIN", "PWD-LOCK", "PWD-EMPTY", "PWD-DENY", "PWD-METHOD", "GROUP", "GID", "SUPP-GROUPS", "SUPP-GIDS", "LAST-LOGIN", "PWD-CHANGE", "PROC"];
      const rows = names.map((name) => [`${COLUMNS.get(name)?.title ?? name}:`, ["NOLOGIN", "PWD-LOCK", "PWD-EMPTY", "PWD-DENY"].includes(name) ? (cells.get(name) === "1" ? "yes" : "no") : (cells.get(name) ?? "")] as const).filter(([, value]) => value !== "");
      const width = Math.max(...rows.map(([title]) => title.length));
      for (const [title, value] of rows) io.out.put(`${title.padEnd(width)}  ${value}\n`);
      return 0;
    }
    const columns = options.output !== undefined ? options.output.toUpperCase().split(",") : options.supplementary ? ["UID", "USER", "GID", "GROUP", "SUPP-GIDS", "SUPP-GROUPS"] : options.pwd ? ["UID", "USER", "PWD-EMPTY", "PWD-LOCK", "PWD-DENY", "NOLOGIN", "PWD-METHOD"] : ["UID", "USER", "PROC", "PWD-LOCK", "PWD-DENY", "LAST-LOGIN", "GECOS"];
    const unknown = unknownColumn(options.output ?? "UID", (name) => COLUMNS.has(name));
    if (unknown !== undefined) io.die(`unknown column: ${unknown}`);
    const wanted = new Set([...operands, ...(options.logins ?? "").split(",").filter((word) => word !== "")]);
    const ofGroups = (options.groups ?? "").split(",").filter((word) => word !== "");
    const table = new Table(columns.map((name) => ({ name, ...(COLUMNS.get(name)?.right && { right: true }) })));
    for (const user of accounts.users.toSorted((a, b) => a.uid - b.uid)) {
      if (wanted.size > 0 && !wanted.has(user.name)) continue;
      if (ofGroups.length > 0 && !accounts.groupsOf(user).some((gid) => ofGroups.includes(accounts.groupName(gid)))) continue;
      const ordinary = user.uid >= 1000 && user.uid <= 60000;
      if ((options.userAccs && !options.systemAccs && !ordinary && user.uid !== 0) || (options.systemAccs && !options.userAccs && (ordinary || user.uid === 65534))) continue;
      const cells = facts(user.name);
      table.row(columns.map((name) => cells.get(name) ?? ""));
    }
    if (options.colonSeparate) {
      io.out.put(`${options.noheadings ? "" : `${columns.join(":")}\n`}${table.rows.map((row) => `${row.cells.join(":")}\n`).join("")}`);
      return 0;
    }
    io.out.put(table.text({ mode: options.raw ? "raw" : options.export ? "pairs" : "table", headings: !options.noheadings, utf8: io.utf8 }));
    return 0;
  },
});
