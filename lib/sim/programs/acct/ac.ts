// ac: how long people were logged in (ac(1), GNU Accounting Utilities 6.6.4).

import { SysError } from "../../kernel/sys.ts";
import { flag, type Io, program, reason, text } from "../kit/program.ts";
import { withHelp } from "../kit/program.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import { readUtmp, UT, WTMP_PATH } from "../kit/utmp.ts";
import { readZone } from "../kit/zones.ts";
import { VERSION } from "./_records.ts";

const USAGE = "[OPTION] ...";
const LETTERS: ReadonlyMap<string, string> = new Map([["d", "--daily-totals"], ["p", "--individual-totals"], ["a", "--all-days"], ["y", "--print-year"], ["z", "--print-zeros"], ["V", "--version"]]);
const FLAGS = new Set(["--daily-totals", "--individual-totals", "--all-days", "--print-year", "--print-zeros", "--reboots", "--supplants", "--timewarps", "--compatibility", "--complain", "--debug", "--version"]);

export default withHelp(program(
  {
    name: "ac", summary: "how long people were logged in, in hours", synopsis: ["[OPTION]... [USER]..."], operands: "users", seeAlso: ["last(1)", "sa(8)", "utmp(5)"],
    options: [
      flag(["-d", "--daily-totals"], "a sum for each day"), flag(["-p", "--individual-totals"], "a sum for each person"), text(["-f", "--file"], "FILE", "read this file"), flag(["--complain"], "tell what is odd in the file"), flag(["--reboots"], "count the time until a restart, too"),
      flag(["--supplants"], "count the time until somebody else came to the terminal"), flag(["--timewarps"], "count the time until the clock was set"), flag(["--compatibility"], "all three of them"), flag(["-a", "--all-days"], "days without logins, too"), flag(["-y", "--print-year"], "dates with the year"),
      flag(["-z", "--print-zeros"], "sums of nothing, too"), text(["--tw-leniency"], "NUM", "seconds that the clock may go back"), text(["--tw-suspicious"], "NUM", "seconds that are too many"), flag(["--debug"], "tell more"), flag(["-V", "--version"], "show the version"), flag(["-h", "--help"], "show this help"),
    ],
  },
  function* (sys, argv, io: Io) {
    const given = new Set<string>();
    const people = new Set<string>();
    let file = WTMP_PATH;
    for (let at = 1; at < argv.length; at++) {
      const word = argv[at] ?? "";
      if (word === "-f" || word === "--file") file = argv[++at] ?? "";
      else if (word.startsWith("--file=")) file = word.slice(7);
      else if (word === "--tw-leniency" || word === "--tw-suspicious") at++;
      else if (word.startsWith("--") ? FLAGS.has(word) : word.startsWith("-") && [...word.slice(1)].every((letter) => LETTERS.has(letter))) for (const one of word.startsWith("--") ? [word] : [...word.slice(1)].map((letter) => LETTERS.get(letter) ?? "")) given.add(one);
      else if (word.startsWith("-")) {
        yield* io.stderr(`${io.argv0}: ${word.startsWith("--") ? `unrecognized option '${word}'` : `invalid option -- '${[...word.slice(1)].find((letter) => !LETTERS.has(letter)) ?? ""}'`}\n\nUsage: ${io.argv0} ${USAGE}\n`);
        return 1;
      } else people.add(word);
    }
    if (given.has("--version")) {
      io.out.put(`${io.argv0}: ${VERSION}\n`);
      return 0;
    }
    try {
      sys.stat(file);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`couldn't open file '${file}': ${reason(error)}\n`);
    }
    const zone = yield* readZone(sys);
    const nowSeconds = Math.floor(sys.clockUs("realtime") / 1e6);
    /** day (from 1970, local) to person to seconds */
    const days = new Map<number, Map<string, number>>();
    const dayOf = (seconds: number): number => Math.floor((seconds + civilAt(zone, seconds).offsetSeconds) / 86_400);
    const midnight = (day: number): number => day * 86_400 - civilAt(zone, day * 86_400).offsetSeconds;
    const add = (user: string, from: number, to: number): void => {
      for (let start = from; start < to;) {
        const day = dayOf(start);
        const end = Math.min(to, midnight(day + 1));
        const sums = days.get(day) ?? new Map<string, number>();
        sums.set(user, (sums.get(user) ?? 0) + end - start);
        days.set(day, sums);
        start = end;
      }
    };
    const open = new Map<string, { readonly user: string; readonly since: number }>();
    const counts = (kind: string): boolean => given.has(kind) || given.has("--compatibility");
    const close = (line: string, at: number, counted: boolean): void => {
      const session = open.get(line);
      open.delete(line);
      if (session !== undefined && counted && (people.size === 0 || people.has(session.user))) add(session.user, session.since, at);
    };
    for (const record of yield* readUtmp(sys, file)) {
      const at = Math.floor(record.timeUs / 1e6);
      if (record.type === UT.BOOT_TIME) for (const line of [...open.keys()]) close(line, at, counts("--reboots"));
      else if (record.type === UT.RUN_LVL && record.user === "shutdown") for (const line of [...open.keys()]) close(line, at, true);
      else if (record.type === UT.USER_PROCESS) {
        close(record.line, at, counts("--supplants"));
        open.set(record.line, { user: record.user, since: at });
      } else if (record.type === UT.DEAD_PROCESS) close(record.line, at, true);
    }
    for (const line of [...open.keys()]) close(line, nowSeconds, true);
    const hours = (seconds: number): string => (seconds / 3600).toFixed(2);
    const table = (sums: ReadonlyMap<string, number>): void => {
      if (given.has("--individual-totals")) for (const [user, seconds] of sums) if (seconds > 0 || given.has("--print-zeros")) io.out.put(`\t${user.padEnd(32)} ${hours(seconds).padStart(8)}\n`);
    };
    const total = (sums: ReadonlyMap<string, number>): string => `\ttotal ${hours([...sums.values()].reduce((sum, seconds) => sum + seconds, 0)).padStart(11)}\n`;
    if (given.has("--daily-totals")) {
      const found = [...days.keys()].sort((a, b) => a - b);
      const first = found[0] ?? 0;
      const all = given.has("--all-days") && found.length > 0 ? Array.from({ length: dayOf(nowSeconds) - first + 1 }, (_, at) => first + at) : found;
      for (const day of all) {
        const sums = days.get(day) ?? new Map<string, number>();
        table(sums);
        io.out.put(`${day === dayOf(nowSeconds) ? "Today" : strftime(given.has("--print-year") ? "%b %e %Y" : "%b %e", civilAt(zone, midnight(day)))}${total(sums)}`);
      }
      return 0;
    }
    const sums = new Map<string, number>();
    for (const day of days.values()) for (const [user, seconds] of day) sums.set(user, (sums.get(user) ?? 0) + seconds);
    table(sums);
    io.out.put(total(sums));
    return 0;
  },
));
