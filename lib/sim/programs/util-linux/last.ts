// last, lastb: logins as /var/log/wtmp and /var/log/btmp record them, the latest first (last(1), util-linux 2.38).
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { parseDate } from "../kit/date-parse.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { UT, type UtmpRecord, WTMP_PATH, readUtmp } from "../kit/utmp.ts";
import { type Zone, readZone } from "../kit/zones.ts";
import { type Io, flag, text, utilLinux } from "../kit/util-linux.ts";

type Ending = { readonly kind: "now" | "gone" | "crash" | "down" | "timechange" } | { readonly kind: "until"; readonly timeUs: number };

interface Entry {
  readonly name: string;
  readonly line: string;
  readonly host: string;
  readonly pid: number;
  readonly fromUs: number;
  readonly ending: Ending;
  readonly boot: boolean;
}

function length(fromUs: number, toUs: number): string {
  const seconds = Math.max(0, Math.floor(toUs / 1e6) - Math.floor(fromUs / 1e6));
  const two = (value: number): string => String(value).padStart(2, "0");
  const days = Math.floor(seconds / 86400);
  const clock = `${two(Math.floor(seconds / 3600) % 24)}:${two(Math.floor(seconds / 60) % 60)}`;
  return days > 0 ? `(${days}+${clock})` : ` (${clock})`;
}

/** Reads the records backwards, as last does: an end is met before its beginning. */
function entries(records: readonly UtmpRecord[], isAlive: (pid: number) => boolean, system: boolean): readonly Entry[] {
  const found: Entry[] = [];
  const ends = new Map<string, { readonly timeUs: number; readonly kind: "logout" | "login" }>();
  let lastBootUs: number | undefined;
  let lastDownUs: number | undefined;
  let why: "now" | "crash" | "down" = "now";
  for (const record of records.toReversed()) {
    const down = record.type === UT.RUN_LVL && record.user === "shutdown";
    if (record.type === UT.BOOT_TIME || record.user === "reboot") {
      found.push({ name: "reboot", line: "system boot", host: record.host, pid: 0, fromUs: record.timeUs, boot: true, ending: lastDownUs !== undefined ? { kind: "until", timeUs: lastDownUs } : lastBootUs !== undefined ? { kind: "crash" } : { kind: "now" } });
      lastBootUs = record.timeUs;
      lastDownUs = undefined;
      why = "crash";
      ends.clear();
      continue;
    }
    if (down) {
      if (system) found.push({ name: "shutdown", line: "system down", host: record.host, pid: 0, fromUs: record.timeUs, boot: false, ending: lastBootUs === undefined ? { kind: "now" } : { kind: "until", timeUs: lastBootUs } });
      lastDownUs = record.timeUs;
      why = "down";
      ends.clear();
      continue;
    }
    if (record.type === UT.RUN_LVL) {
      if (system) found.push({ name: "runlevel", line: `(to lvl ${String.fromCharCode(record.pid & 0xff)})`, host: record.host, pid: 0, fromUs: record.timeUs, boot: false, ending: lastDownUs === undefined ? { kind: "now" } : { kind: "until", timeUs: lastDownUs } });
      continue;
    }
    if (record.type === UT.DEAD_PROCESS) {
      ends.set(record.line, { timeUs: record.timeUs, kind: "logout" });
      continue;
    }
    if (record.type !== UT.USER_PROCESS || record.user === "") continue;
    const end = ends.get(record.line);
    let ending: Ending;
    if (end !== undefined) ending = { kind: "until", timeUs: end.timeUs };
    else if (why === "crash") ending = { kind: "crash" };
    else if (why === "down") ending = lastDownUs === undefined ? { kind: "down" } : { kind: "until", timeUs: lastDownUs };
    else ending = isAlive(record.pid) ? { kind: "now" } : { kind: "gone" };
    found.push({ name: record.user, line: record.line, host: record.host, pid: record.pid, fromUs: record.timeUs, ending, boot: false });
    ends.set(record.line, { timeUs: record.timeUs, kind: "login" });
  }
  return found;
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
    number: text(["-n", "--limit"], "number", "so many lines at most"), nohostname: flag(["-R", "--nohostname"], "without the column of hosts"), since: text(["-s", "--since"], "time", "only what came since then"), until: text(["-t", "--until"], "time", "only what came until then"), present: text(["-p", "--present"], "time", "only who was here at that time"), hostlast: flag(["-a", "--hostlast"], "hosts behind everything else"), dns: flag(["-d", "--dns"], "names of hosts, found by their addresses"),
    file: text(["-f", "--file"], "file", "read file, not /var/log/wtmp"), fulltimes: flag(["-F", "--fulltimes"], "times with seconds and the year"), ip: flag(["-i", "--ip"], "hosts by their addresses"), fullnames: flag(["-w", "--fullnames"], "names are not shortened"), system: flag(["-x", "--system"], "shutdowns and changes of runlevel as well"), format: text(["--time-format"], "format", "how times are shown: notime, short, full or iso"),
  },
  operands: "users",
  rewrite: (args) => args.flatMap((arg) => (/^-\d+$/.test(arg) ? ["-n", arg.slice(1)] : [arg])),
  *run({ options, operands, sys }, io: Io) {
    const path = options.file ?? (io.argv0 === "lastb" ? "/var/log/btmp" : WTMP_PATH);
    const problem = yield* exists(sys, path);
    if (problem !== undefined) io.die(`cannot open ${path}: ${problem.message}`);
    const zone: Zone = yield* readZone(sys);
    const now = sys.clockUs("realtime");
    const time = function* (word: string | undefined): Blocking<number | undefined> {
      if (word === undefined) return undefined;
      yield* io.out.flush();
      const parsed = parseDate(word, zone, { epochSeconds: Math.floor(now / 1e6), nanoseconds: 0 });
      return parsed === undefined ? io.die(`invalid time value "${word}"`) : parsed.epochSeconds * 1e6;
    };
    const since = yield* time(options.since);
    const until = yield* time(options.until);
    const present = yield* time(options.present);
    const format = FORMATS.get(options.fulltimes ? "full" : (options.format ?? "short")) ?? io.die(`unknown time format: ${options.format ?? ""}`);
    const records = yield* readUtmp(sys, path);
    const isAlive = (pid: number): boolean => {
      try {
        sys.stat(`/proc/${pid}`);
        return true;
      } catch (error) {
        if (error instanceof SysError) return false;
        throw error;
      }
    };
    let shown = 0;
    const most = options.number === undefined ? Number.POSITIVE_INFINITY : Number(options.number);
    if (Number.isNaN(most)) io.die(`failed to parse number: '${options.number ?? ""}'`);
    for (const entry of entries(records, isAlive, options.system)) {
      if (shown >= most) break;
      if (operands.length > 0 && !operands.some((word) => word === entry.name || word === entry.line || (/^\d+$/.test(word) && entry.line === `tty${word}`))) continue;
      if ((since !== undefined && entry.fromUs < since) || (until !== undefined && entry.fromUs > until)) continue;
      if (present !== undefined && (entry.fromUs > present || (entry.ending.kind === "until" && entry.ending.timeUs < present))) continue;
      const { ending } = entry;
      const out = ending.kind === "until" ? `- ${strftime(format[2], civilAtUs(zone, ending.timeUs))}` : ending.kind === "now" ? "  still" : ending.kind === "gone" ? "   gone" : ending.kind === "crash" ? "- crash" : "- down ";
      const after = ending.kind === "until" ? length(entry.fromUs, ending.timeUs) : ending.kind === "now" ? (entry.boot || entry.name === "runlevel" ? "running" : "logged in") : ending.kind === "gone" ? "- no logout" : "";
      const name = options.fullnames ? entry.name.padEnd(8) : entry.name.slice(0, 8).padEnd(8);
      const host = options.fullnames ? entry.host.padEnd(16) : entry.host.slice(0, 16).padEnd(16);
      const times = format[1] === 0 ? "" : `${strftime(format[0], civilAtUs(zone, entry.fromUs)).padEnd(format[1])} ${out.padEnd(format[3])} `;
      io.out.put(`${`${name} ${entry.line.slice(0, 12).padEnd(12)} ${options.hostlast || options.nohostname ? "" : `${host} `}${times}${format[1] === 0 ? "" : after}${options.hostlast ? ` ${" ".repeat(Math.max(0, 12 - after.length))}${entry.host}` : ""}`.trimEnd()}\n`);
      shown++;
    }
    const first = records[0];
    io.say(`\n${path.split("/").at(-1) ?? ""} begins ${strftime("%a %b %e %H:%M:%S %Y", civilAtUs(zone, first?.timeUs ?? sys.stat(path).ctimeUs))}\n`);
    return 0;
  },
});
