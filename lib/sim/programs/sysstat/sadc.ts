// sadc: writes the kernel's counters to a data file, or to standard output for sar (sadc(8), sysstat 12.6.1).

import { type Blocking, O, S, type Sys, SysError } from "../../kernel/sys.ts";
import { flag, type Io, program, reason, text } from "../kit/program.ts";
import { readWhole } from "../kit/read-whole.ts";
import { strftime } from "../kit/time-format.ts";
import { ACTIVITIES, type Group } from "./_activities.ts";
import { collect } from "./_collect.ts";
import { decodeDataFile, encodeHeader, encodeRecord, type FileActivity, RECORD, type Sample } from "./_data-file.ts";
import { nowSeconds, processorCount, readTimes, type Times, uptimeHundredths } from "./_times.ts";
import { digits, usage, VERSION_TEXT } from "./_usage.ts";

/** Where the daily files are. */
const DIRECTORY = "/var/log/sysstat";
const GROUPS: ReadonlyMap<string, readonly Group[]> = new Map([
  ["INT", ["int"]], ["DISK", ["disk"]], ["SNMP", ["snmp"]], ["IPV6", ["ipv6"]], ["POWER", ["power"]], ["XDISK", ["disk", "xdisk"]],
  ["ALL", ["int", "disk", "snmp", "ipv6", "power"]], ["XALL", ["int", "disk", "snmp", "ipv6", "power", "xdisk"]],
]);

interface Wish {
  readonly names: Set<string>;
  partitions: boolean;
  comment: string | undefined;
  longNames: boolean;
  force: boolean;
  lock: boolean;
  /** the records go to standard output beside the file */
  toSar: boolean;
  interval: number | undefined;
  count: number | undefined;
  file: string | undefined;
}

export default program(
  {
    name: "sadc", path: "/usr/lib/sysstat/sadc", manSection: 8, summary: "write the counters of the kernel to a file", synopsis: ["[OPTION]... [INTERVAL [COUNT]] [FILE]"], operands: "files", seeAlso: ["sar(1)", "sadf(1)", "sysstat(5)"],
    description: ["Without a file the records go to standard output, where sar reads them. A directory stands for its file of the day, - for that of /var/log/sysstat. Without an interval a mark of a new start is written."],
    options: [
      text(["-C"], "TEXT", "write a remark instead"), flag(["-D"], "names of daily files as saYYYYMMDD"), flag(["-F"], "make the file anew where it cannot be read"), flag(["-f"], "write out each record at once"), flag(["-L"], "lock the file"),
      text(["-S"], "INT|DISK|...|XALL", "what is collected beside the usual"), flag(["-Z"], "end with the sar that started it"), flag(["-V"], "show the version"),
    ],
  },
  function* (sys, argv, io: Io) {
    const wish = parse(argv.slice(1));
    if (wish === "version") {
      io.out.put(VERSION_TEXT);
      return 0;
    }
    if (wish === undefined) return yield* usage(io, "sadc");
    const times = yield* readTimes(sys);
    const toPipe = wish.file === undefined;
    const opened = toPipe ? undefined : yield* openDataFile(sys, io, wish, times);
    if (typeof opened === "number") return opened;
    const targets = [...(toPipe || wish.toSar ? [1] : []), ...(opened === undefined ? [] : [opened.fd])];
    const available = yield* startFiles(sys, targets.filter((fd) => fd === 1 || opened?.activities === undefined), opened?.activities, wish, times);
    if (available === undefined) {
      yield* io.stderr("Requested activities not available\n");
      return 1;
    }
    sys.sigaction(2, "catch");
    const special = wish.comment !== undefined ? RECORD.comment : wish.interval === undefined && !toPipe ? RECORD.restart : RECORD.stats;
    const rounds = wish.interval === undefined ? 1 : wish.count ?? Number.POSITIVE_INFINITY;
    try {
      for (let round = 0; round < rounds; round++) {
        if (round > 0) yield* sys.sleep((wish.interval ?? 0) * 1e6);
        const seconds = nowSeconds(sys);
        const civil = times.civil(seconds);
        const samples = new Map<number, Sample>();
        if (special === RECORD.stats) for (const { activity, count, columns } of available) samples.set(activity.id, (yield* collect(sys, activity, wish.partitions)) ?? { items: activity.counted ? [] : Array.from({ length: count * columns }, () => ({ numbers: [], texts: [] })), columns });
        const record = encodeRecord({ kind: special, uptimeHundredths: yield* uptimeHundredths(sys), seconds, samples, ...(wish.comment !== undefined && { comment: wish.comment }), processors: processorCount(sys) + 1 }, civil.hour, civil.minute, civil.second, available);
        for (const fd of targets) yield* sys.write(fd, record);
      }
    } catch (error) {
      if (error instanceof SysError && error.errno === "EPIPE") return 0;
      if (error instanceof SysError && error.errno === "EINTR") return 0;
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`Cannot write data to system activity file: ${reason(error)}\n`);
      return 2;
    }
    return 0;
  },
);

function parse(words: readonly string[]): Wish | "version" | undefined {
  const wish: Wish = { names: new Set(ACTIVITIES.filter(({ group }) => group === "default").map(({ name }) => name)), partitions: false, comment: undefined, longNames: false, force: false, lock: false, toSar: false, interval: undefined, count: undefined, file: undefined };
  let plain = 0;
  for (let at = 0; at < words.length; at++) {
    const given = words[at] ?? "";
    const next = words[at + 1];
    if (given === "-S") {
      if (next === undefined) return undefined;
      at++;
      for (const word of next.split(",")) {
        const groups = GROUPS.get(word);
        if (groups !== undefined) for (const { name, group } of ACTIVITIES) {
          if (groups.includes(group)) wish.names.add(name);
        } else if (word === "A_NULL") wish.names.clear();
        else if (word.startsWith("A_")) wish.names.add(word);
        else return undefined;
        if (word === "XDISK" || word === "XALL") wish.partitions = true;
      }
    } else if (given === "-C") {
      if (next === undefined) return undefined;
      wish.comment = next.slice(0, 63);
      at++;
    } else if (given === "-D") wish.longNames = true;
    else if (given === "-F") wish.force = true;
    else if (given === "-L") wish.lock = true;
    else if (given === "-V") return "version";
    else if (given === "-Z") wish.toSar = true;
    else if (given === "-f" || given === "-z") continue;
    else if (given.startsWith("-") && given !== "-") return undefined;
    else {
      const number = digits(given);
      if (number === undefined) {
        if (wish.file !== undefined) return undefined;
        wish.file = given;
      } else if (plain === 0 && number > 0) wish.interval = number;
      else if (plain === 1 && number > 0) wish.count = number;
      else return undefined;
      if (number !== undefined) plain++;
    }
  }
  return wish;
}

interface Opened {
  readonly fd: number;
  /** what the file has; undefined where it is new */
  readonly activities: readonly FileActivity[] | undefined;
}

/** A status instead: it cannot be had. */
function* openDataFile(sys: Sys, io: Io, wish: Wish, times: Times): Blocking<Opened | number> {
  const today = times.civil(nowSeconds(sys));
  const given = wish.file === undefined || wish.file === "-" ? DIRECTORY : wish.file;
  const path = isDirectory(sys, given) ? `${given}/sa${strftime(wish.longNames ? "%Y%m%d" : "%d", today)}` : given;
  try {
    const fd = yield* sys.open(path, O.RDWR | O.CREAT | O.APPEND, 0o644);
    if (wish.lock) yield* sys.flock(fd, "exclusive");
    if (sys.fstat(fd).sizeBytes === 0) return { fd, activities: undefined };
    const found = decodeDataFile(yield* readWhole(sys, fd));
    const sameDay = found !== undefined && typeof found !== "number" && found.header.day === today.day && found.header.month === today.month - 1;
    if (sameDay) return { fd, activities: found.header.activities };
    if (!wish.force && (found === undefined || typeof found === "number")) {
      yield* io.stderr(`Invalid system activity file: ${path}\n`);
      return 3;
    }
    sys.ftruncate(fd, 0);
    return { fd, activities: undefined };
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* io.stderr(`Cannot open ${path}: ${reason(error)}\n`);
    return 2;
  }
}

function isDirectory(sys: Sys, path: string): boolean {
  try {
    return (sys.stat(path).mode & S.IFMT) === S.IFDIR;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

/** Writes the head, with the activities that the file has or else those that the machine has counters of. */
function* startFiles(sys: Sys, targets: readonly number[], present: readonly FileActivity[] | undefined, wish: Wish, times: Times): Blocking<readonly FileActivity[] | undefined> {
  const activities = present ?? (yield* availableActivities(sys, wish));
  if (activities.length === 0) return undefined;
  const createdSeconds = nowSeconds(sys);
  const civil = times.civil(createdSeconds);
  const head = encodeHeader({ createdSeconds, processors: processorCount(sys) + 1, day: civil.day, month: civil.month - 1, year: civil.year, host: sys.uname(), zone: civil.abbreviation, activities });
  for (const fd of targets) yield* sys.write(fd, head);
  return activities;
}

function* availableActivities(sys: Sys, wish: Wish): Blocking<readonly FileActivity[]> {
  const activities: FileActivity[] = [];
  for (const activity of ACTIVITIES) {
    if (!wish.names.has(activity.name)) continue;
    const sample = yield* collect(sys, activity, wish.partitions);
    if (sample !== undefined && sample.items.length > 0) activities.push({ activity, count: sample.items.length / sample.columns, columns: sample.columns });
  }
  return activities;
}
