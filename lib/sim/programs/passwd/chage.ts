// chage: how long a password and an account are good.
import { type Blocking, civilFromDays } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { flag, type Io, text } from "../kit/gnu.ts";
import { shadowEntry } from "../login/_pam.ts";
import { timeLocale } from "../kit/time-format.ts";
import { Databases } from "./_databases.ts";
import { misused, parseDay, parseLong, shadowTool } from "./_shadow-tool.ts";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export default shadowTool({
  name: "chage",
  path: "/usr/bin/chage",
  mode: 0o2755,
  group: "shadow",
  summary: "show or change when a user's password expires",
  synopsis: ["[options] LOGIN"],
  operands: "users",
  options: {
    lastDay: text(["-d", "--lastday"], "LAST_DAY", "the day on which the password was changed last"),
    expire: text(["-E", "--expiredate"], "EXPIRE_DATE", "the day from which the account is closed; -1: never"),
    iso: flag(["-i", "--iso8601"], "dates as 2026-11-22"),
    inactive: text(["-I", "--inactive"], "INACTIVE", "days after expiry during which the password can still be changed"),
    list: flag(["-l", "--list"], "only list the dates and limits"),
    minDays: text(["-m", "--mindays"], "MIN_DAYS", "days that a password must be kept"),
    maxDays: text(["-M", "--maxdays"], "MAX_DAYS", "days after which a password must be changed"),
    root: text(["-R", "--root"], "CHROOT_DIR", "work inside the root directory CHROOT_DIR"),
    warnDays: text(["-W", "--warndays"], "WARN_DAYS", "how many days before the password expires the user is warned"),
  },
  *run({ options, operands, given, sys }, io: Io) {
    for (const { option, argument = "" } of given) {
      if ((option === "lastDay" || option === "expire") && parseDay(argument) === undefined) return yield* misused(io, `invalid date '${argument}'`);
      if ((option === "minDays" || option === "maxDays" || option === "warnDays" || option === "inactive") && (parseLong(argument) ?? -2) < -1) return yield* misused(io, `invalid numeric argument '${argument}'`);
    }
    const [name, ...extra] = operands;
    if (name === undefined || extra.length > 0) io.usage();
    if (options.list && given.some(({ option }) => option !== "list" && option !== "iso" && option !== "root")) return yield* misused(io, 'do not include "l" with other flags');
    const accounts = yield* Accounts.read(sys);
    const cred = sys.getcred();
    if (cred.ruid !== 0 && !options.list) return io.die("Permission denied.", 1);
    if (accounts.userByName(name) === undefined) return io.die(`user '${name}' does not exist in /etc/passwd`, 1);
    if (cred.ruid !== 0 && accounts.userById(cred.ruid)?.name !== name) return io.die("Permission denied.", 1);
    const shortMonths = timeLocale(sys)?.shortMonths ?? months;
    const day = (value: number | undefined, never = "never"): string => {
      if (value === undefined || value < 0) return never;
      const date = civilFromDays(value);
      return options.iso ? `${date.year}-${String(date.month).padStart(2, "0")}-${String(date.day).padStart(2, "0")}` : `${shortMonths[date.month - 1] ?? ""} ${String(date.day).padStart(2, "0")}, ${date.year}`;
    };
    const entry = yield* shadowEntry(sys, name);
    if (options.list) {
      if (entry === undefined) return io.die("can't open shadow password file", 1);
      const { lastChangeDay: last, maxDays: max, inactiveDays: inactive, expireDay: expire } = entry;
      const unlimited = max === undefined || max >= 10_000;
      const forced = last === 0;
      io.say(`Last password change\t\t\t\t\t: ${forced ? "password must be changed" : day(last)}\n`);
      io.say(`Password expires\t\t\t\t\t: ${forced ? "password must be changed" : last === undefined || unlimited ? "never" : day(last + max)}\n`);
      io.say(`Password inactive\t\t\t\t\t: ${forced ? "password must be changed" : last === undefined || unlimited || inactive === undefined || inactive < 0 ? "never" : day(last + max + inactive)}\n`);
      io.say(`Account expires\t\t\t\t\t\t: ${day(expire)}\n`);
      io.say(`Minimum number of days between password change\t\t: ${entry.minDays ?? -1}\n`);
      io.say(`Maximum number of days between password change\t\t: ${max ?? -1}\n`);
      io.say(`Number of days of warning before password expires\t: ${entry.warnDays ?? -1}\n`);
      return 0;
    }
    const databases = yield* Databases.open(sys, options.root ?? "");
    const fields = [...(databases.find("shadow", name) ?? [])];
    if (fields.length === 0) return io.die(`user '${name}' does not exist in /etc/shadow`, 1);
    if (given.length === 0) {
      io.say(`Changing the aging information for ${name}\nEnter the new value, or press ENTER for the default\n\n`);
      const questions: readonly (readonly [string, number, "number" | "date"])[] = [["Minimum Password Age", 3, "number"], ["Maximum Password Age", 4, "number"], ["Last Password Change (YYYY-MM-DD)", 2, "date"], ["Password Expiration Warning", 5, "number"], ["Password Inactive", 6, "number"], ["Account Expiration Date (YYYY-MM-DD)", 7, "date"]];
      for (const [question, field, kind] of questions) {
        const old = fields[field] ?? "";
        const shown = kind === "date" ? (old === "" ? "-1" : isoDay(Number(old))) : old === "" ? "-1" : old;
        const value = yield* ask(`\t${question} [${shown}]: `);
        if (value === undefined) return 1;
        if (value === "") continue;
        const parsed = kind === "date" ? parseDay(value) : Number(value);
        if (parsed === undefined || Number.isNaN(parsed)) return io.die("error changing fields", 1);
        fields[field] = parsed === "none" || parsed === -1 ? "" : String(parsed);
      }
    }
    for (const [value, field] of [[options.lastDay, 2], [options.expire, 7]] as const) {
      if (value === undefined) continue;
      const parsed = parseDay(value);
      fields[field] = parsed === "none" || parsed === undefined ? "" : String(parsed);
    }
    for (const [value, field] of [[options.minDays, 3], [options.maxDays, 4], [options.warnDays, 5], [options.inactive, 6]] as const) {
      if (value === undefined) continue;
      fields[field] = value === "-1" ? "" : value;
    }
    databases.replace("shadow", name, fields);
    yield* databases.save();
    return 0;

    function isoDay(days: number): string {
      const date = civilFromDays(days);
      return `${date.year}-${String(date.month).padStart(2, "0")}-${String(date.day).padStart(2, "0")}`;
    }

    function* ask(prompt: string): Blocking<string | undefined> {
      io.out.put(prompt);
      yield* io.out.flush();
      const lines = yield* io.stdin.line();
      return lines?.replace(/\n$/, "");
    }
  },
});
