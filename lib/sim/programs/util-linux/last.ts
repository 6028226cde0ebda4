// last, lastb: logins as /var/log/wtmp and /var/log/btmp record them, the latest first (last(1), util-linux 2.38).
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { parseDate } from "../kit/date-parse.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { UT, type UtmpRecord, WTMP_PATH, readUtmp, addressOf } from "../kit/utmp.ts";
import { type Zone, readZone } from "../kit/zones.ts";
import { type Io, flag, text, texts, utilLinux } from "../kit/util-linux.ts";

type Why = "crash" | "down" | "now" | "phantom" | "normal" | "timechange";

interface Entry {
  readonly record: UtmpRecord;
  readonly line: string;
  /** seconds; undefined is now */
  readonly untilSeconds: number | undefined;
  readonly why: Why;
}

const secondsOf = (record: UtmpRecord): number => Math.floor(record.timeUs / 1e6);

/** SHUTDOWN_TIME of last.c: the records of init with that name */
function typeOf(record: UtmpRecord): number | "shutdown" {
  if (record.line.startsWith("~")) return record.user.startsWith("shutdown") ? "shutdown" : record.user.startsWith("reboot") ? UT.BOOT_TIME : record.user.startsWith("runlevel") ? UT.RUN_LVL : record.type;
  if (record.user === "") return UT.DEAD_PROCESS;
  return record.type === UT.DEAD_PROCESS || record.user === "LOGIN" ? record.type : record.type === UT.OLD_TIME || record.type === UT.NEW_TIME ? record.type : UT.USER_PROCESS;
}

/** Reads the records backwards, as last does: an end is met before its beginning. */
function entries(records: readonly UtmpRecord[], isAlive: (pid: number) => boolean, extended: boolean): readonly Entry[] {
  const found: Entry[] = [];
  const ends = new Map<string, number>();
  let lastBoot: number | undefined;
  let lastDown: number | undefined;
  let lastRunLevel: number | undefined;
  let whyDown: Why = "now";
  for (const record of records.toReversed()) {
    const seconds = secondsOf(record);
    let type = typeOf(record);
    let down = false;
    if (type === "shutdown") {
      if (extended) found.push({ record, line: "system down", untilSeconds: lastBoot, why: "normal" });
      lastDown = lastRunLevel = seconds;
      down = true;
    } else if (type === UT.OLD_TIME || type === UT.NEW_TIME) {
      if (extended) found.push({ record, line: type === UT.NEW_TIME ? "new time" : "old time", untilSeconds: lastDown, why: "timechange" });
    } else if (type === UT.BOOT_TIME) {
      found.push({ record, line: "system boot", untilSeconds: lastDown, why: "normal" });
      down = true;
    } else if (type === UT.RUN_LVL) {
      const level = String.fromCharCode(record.pid & 0xff);
      if (extended) found.push({ record, line: `(to lvl ${level})`, untilSeconds: lastRunLevel, why: "normal" });
      if (level === "0" || level === "6") {
        lastDown = seconds;
        down = true;
        type = "shutdown";
      }
      lastRunLevel = seconds;
    } else if (type === UT.USER_PROCESS || type === UT.DEAD_PROCESS) {
      if (type === UT.USER_PROCESS) {
        const end = ends.get(record.line);
        if (end !== undefined) found.push({ record, line: record.line, untilSeconds: end, why: "normal" });
        else if (lastBoot === undefined) found.push({ record, line: record.line, untilSeconds: undefined, why: isAlive(record.pid) ? "now" : "phantom" });
        else found.push({ record, line: record.line, untilSeconds: lastBoot, why: whyDown });
      }
      if (record.line !== "") ends.set(record.line, seconds);
    }
    if (down) {
      lastBoot = seconds;
      whyDown = type === "shutdown" ? "down" : "crash";
      ends.clear();
    }
  }
  return found;
}

const two = (value: number): string => String(Math.abs(value)).padStart(2, "0");

/** When it ended and how long it took, in the words of list() of last.c. */
function endOf({ record, untilSeconds, why }: Entry, kind: string, shown: (seconds: number) => string): readonly [end: string, length: string] {
  const wide = kind === "full" || kind === "iso";
  const seconds = (untilSeconds ?? 0) - secondsOf(record);
  const [days, hours, minutes] = [Math.trunc(seconds / 86_400), Math.trunc(seconds / 3600) % 24, Math.trunc(seconds / 60) % 60];
  const length = days !== 0 ? `(${days}+${two(hours)}:${two(minutes)})` : hours !== 0 || seconds >= 0 ? ` (${hours < 0 ? "-" : ""}${two(hours)}:${two(minutes)})` : ` (-00:${two(minutes)})`;
  switch (why) {
    case "crash": return ["- crash", length];
    case "down": return ["- down ", length];
    case "timechange": return ["", ""];
    case "now": return wide ? ["  still logged in", ""] : ["  still", "logged in"];
    case "phantom": return wide ? ["  gone - no logout", ""] : kind === "short" ? ["   gone", "- no logout"] : ["", "no logout"];
    case "normal": return untilSeconds === undefined ? (wide ? ["  still running", ""] : ["  still", "running"]) : [`- ${shown(untilSeconds)}`, length];
  }
}

function* exists(sys: Sys, path: string): Blocking<SysError | undefined> {
  try {
    const fd = yield* sys.open(path, 0);
    sys.close(fd);
    return undefined;
  } catch (error) {
    if (error instanceof SysError) return error;
    throw error;
  }
}

const FORMATS: ReadonlyMap<string, readonly [from: string, width: number, to: string, toWidth: number]> = new Map([["short", ["%a %b %e %H:%M", 16, "%H:%M", 7]], ["full", ["%a %b %e %H:%M:%S %Y", 24, "%a %b %e %H:%M:%S %Y", 26]], ["iso", ["%Y-%m-%dT%H:%M:%S%:z", 25, "%Y-%m-%dT%H:%M:%S%:z", 27]], ["notime", ["", 0, "", 0]]]);

export default utilLinux({
  name: "last", links: ["/usr/bin/lastb"], summary: "list the last logins of users", synopsis: ["[options] [<username>...] [<tty>...]"],
  options: {
    number: text(["-n", "--limit"], "number", "so many lines at most"), nohostname: flag(["-R", "--nohostname"], "without the column of hosts"), since: text(["-s", "--since"], "time", "only what came since then"), until: text(["-t", "--until"], "time", "only what came until then"), present: text(["-p", "--present"], "time", "only those who were here at that time"), hostlast: flag(["-a", "--hostlast"], "hosts behind everything else"), dns: flag(["-d", "--dns"], "names of hosts, found by their addresses"),
    file: texts(["-f", "--file"], "file", "read file, not /var/log/wtmp"), fulltimes: flag(["-F", "--fulltimes"], "times with seconds and the year"), ip: flag(["-i", "--ip"], "hosts by their addresses"), fullnames: flag(["-w", "--fullnames"], "names are not shortened"), system: flag(["-x", "--system"], "shutdowns and changes of runlevel as well"), format: text(["--time-format"], "format", "how times are shown: notime, short, full or iso"),
  },
  operands: "users",
  rewrite: (args) => args.flatMap((arg) => (/^-\d+$/.test(arg) ? ["-n", arg.slice(1)] : [arg])),
  *run({ options, operands, sys }, io: Io) {
    const bad = io.argv0 === "lastb";
    const kind = options.fulltimes ? "full" : (options.format ?? "short");
    const format = FORMATS.get(kind) ?? io.die(`unknown time format: ${kind}`);
    const zone: Zone = yield* readZone(sys);
    const now = sys.clockUs("realtime");
    const time = (word: string | undefined): number | undefined => {
      if (word === undefined) return undefined;
      const parsed = parseDate(word, zone, { epochSeconds: Math.floor(now / 1e6), nanoseconds: 0 });
      return parsed === undefined ? io.die(`invalid time value "${word}"`) : parsed.epochSeconds;
    };
    const since = time(options.since);
    const until = time(options.until);
    const present = time(options.present);
    const most = options.number === undefined || Number(options.number) === 0 ? Number.POSITIVE_INFINITY : Number(options.number);
    if (options.number !== undefined && !/^\d+$/.test(options.number)) io.die(`failed to parse number: '${options.number}'`);
    const isAlive = (pid: number): boolean => {
      try {
        sys.stat(`/proc/${pid}`);
        return true;
      } catch (error) {
        if (error instanceof SysError) return false;
        throw error;
      }
    };
    const shownTime = (seconds: number, pattern: string): string => strftime(pattern, civilAtUs(zone, seconds * 1e6));
    for (const path of options.file.length > 0 ? options.file : [bad ? "/var/log/btmp" : WTMP_PATH]) {
      const problem = yield* exists(sys, path);
      if (problem !== undefined) io.die(`cannot open ${path}: ${problem.message}`);
      const records = yield* readUtmp(sys, path);
      const wanted = records.filter((record) => (since === undefined || secondsOf(record) >= since) && (until === undefined || secondsOf(record) <= until));
      const listed = bad ? wanted.toReversed().map((record): Entry => ({ record, line: record.line, untilSeconds: secondsOf(record), why: "normal" })) : entries(wanted, isAlive, options.system);
      let shown = 0;
      for (const entry of listed) {
        if (shown >= most) break;
        const { record, line } = entry;
        if (operands.length > 0 && !operands.some((word) => word === record.user || word === line || (/^\d+$/.test(word) && line === `tty${word}`))) continue;
        if (present !== undefined && (secondsOf(record) > present || (entry.untilSeconds !== undefined && entry.untilSeconds < present))) continue;
        const [from, fromWidth, to, toWidth] = format;
        const [end, length] = endOf(entry, kind, (seconds) => shownTime(seconds, to));
        const name = (options.fullnames ? record.user : record.user.slice(0, 8)).padEnd(8);
        const address = options.ip || options.dns ? addressOf(record) : record.host;
        const host = (options.fullnames ? address : address.slice(0, 16)).padEnd(16);
        const times = `${shownTime(secondsOf(record), from).slice(0, fromWidth).padEnd(fromWidth)} ${end.slice(0, toWidth).padEnd(toWidth)}`;
        const row = options.nohostname ? `${name} ${line.slice(0, 12).padEnd(12)} ${times} ${length}` : options.hostlast ? `${name} ${line.slice(0, 12).padEnd(12)} ${times} ${length.slice(0, 12).padEnd(12)} ${address}` : `${name} ${line.slice(0, 12).padEnd(12)} ${host} ${times} ${length}`;
        io.out.put(`${row.trimEnd()}\n`);
        shown++;
      }
      const [first] = records;
      if (kind !== "notime") io.say(`\n${path.split("/").at(-1) ?? ""} begins ${strftime(kind === "iso" ? format[0] : "%a %b %e %H:%M:%S %Y", civilAtUs(zone, first?.timeUs ?? sys.stat(path).ctimeUs))}\n`);
    }
    return 0;
  },
});
