// sar: shows the counters that sadc collects, live or from a data file (sar(1), sysstat 12.6.1).
// (More than 400 lines: options, live reports and reports of files are one program.)

import { type Blocking, concatBytes, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { execSearching } from "../kit/exec-path.ts";
import { flag, type Io, optionalText, program, text, unsimulated } from "../kit/program.ts";
import { waitFor } from "../kit/shell-command.ts";
import type { Activity, Columns } from "./_activities.ts";
import { Cells } from "./_cells.ts";
import { type DataFile, decodeDataFile, type FileHeader, RECORD, type Record } from "./_data-file.ts";
import { dailyFile, DIRECTORY, exists, isDirectory, openData, readDiskNames, timeOfDay } from "./_open-data.ts";
import { byProcessor, newSelection, type Selection, takeLetter, takeSelection } from "./_selection.ts";
import { type DiskNames, meanSample, table } from "./_tables.ts";
import { firstLine, readTimes, type Times } from "./_times.ts";
import { digits, takeNumber, usage, VERSION_TEXT } from "./_usage.ts";

const COLLECTOR = "/usr/lib/sysstat/sadc";

interface Wish {
  readonly selection: Selection;
  human: boolean;
  pretty: boolean;
  omitZero: boolean;
  comments: boolean;
  recordedTimes: boolean;
  longNames: boolean;
  decimals: number | undefined;
  /** true: the day's own */
  from: string | true | undefined;
  daysAgo: number | undefined;
  to: string | true | undefined;
  start: number | undefined;
  end: number | undefined;
  spacing: number | undefined;
  interval: number | undefined;
  count: number | undefined;
}

interface Chosen {
  readonly activity: Activity;
  readonly columns: Columns;
}

export default program(
  {
    name: "sar.sysstat", summary: "show what the machine did, now and on other days", synopsis: ["[OPTION]... [INTERVAL [COUNT]]"], operands: "none", showsHelp: true, seeAlso: ["sadc(8)", "sadf(1)", "iostat(1)", "mpstat(1)", "pidstat(1)"],
    description: ["With an interval sar measures; without one it shows the file of the day in /var/log/sysstat, which sysstat-collect.timer fills once collecting is switched on (ENABLED in /etc/default/sysstat)."],
    options: [
      flag(["-A"], "everything"), flag(["-B"], "paging"), flag(["-b"], "transfers of all disks"), flag(["-C"], "the remarks of the file, too"), flag(["-D"], "names of daily files as saYYYYMMDD"), flag(["-d"], "each disk"), optionalText(["-F"], "MOUNT", "file systems"),
      flag(["-H"], "huge pages"), flag(["-h"], "as --human --pretty"), optionalText(["-I"], "SUM|ALL", "interrupts"), text(["-m"], "WORD,...|ALL", "clock of the processors (CPU)"),
      text(["-n"], "WORD,...|ALL", "network: DEV, EDEV, NFS, NFSD, SOCK, IP, EIP, ICMP, EICMP, TCP, ETCP, UDP, SOCK6, IP6, EIP6, ICMP6, EICMP6, UDP6, SOFT"), text(["-P"], "LIST|ALL", "these processors"), flag(["-p"], "as --pretty"), optionalText(["-q"], "WORD,...|ALL", "queue and load (LOAD), pressure (CPU, IO, MEM, PSI)"),
      optionalText(["-r"], "ALL", "memory"), flag(["-S"], "swap space"), flag(["-t"], "times as the file's machine had them"), optionalText(["-u"], "ALL", "use of the processors, the default"), flag(["-V"], "show the version"), flag(["-v"], "tables of the kernel"),
      flag(["-W"], "swapping"), flag(["-w"], "new processes and switches between them"), flag(["-y"], "serial lines"), flag(["-z"], "leave out what did nothing"), text(["-i"], "SECONDS", "records so far apart"), optionalText(["-s"], "HH:MM[:SS]", "from this time, 08:00:00 unless given"),
      optionalText(["-e"], "HH:MM[:SS]", "until this time, 18:00:00 unless given"), optionalText(["-f"], "FILE", "read this file"), optionalText(["-o"], "FILE", "write a file, too"), text(["--dev"], "LIST", "these disks"), text(["--fs"], "LIST", "these file systems"),
      text(["--iface"], "LIST", "these interfaces"), text(["--int"], "LIST", "these interrupts"), text(["--dec"], "0|1|2", "so many decimals"), flag(["--human"], "units that people read easily"), flag(["--pretty"], "names at the end of the line"), flag(["--sadc"], "tell which sadc is used"),
      unsimulated(["-j"], "persistent names of disks", "Disks have their kernel names here.", "KIND"),
    ],
  },
  function* (sys, argv, io: Io) {
    const wish = parse(argv.slice(1));
    if (wish === "version") {
      io.out.put(VERSION_TEXT);
      return 0;
    }
    if (wish === "sadc") {
      io.say(exists(sys, COLLECTOR) ? `Data collector found: ${COLLECTOR}\n` : "Data collector will be sought in PATH\n");
      return 0;
    }
    if (wish === "names") {
      yield* io.stderr("Invalid type of persistent device name\n");
      return 1;
    }
    if (wish === undefined) return yield* usage(io, "sar");
    const times = yield* readTimes(sys);
    const reading = wish.from !== undefined || wish.daysAgo !== undefined;
    if (reading && wish.to !== undefined) {
      yield* io.stderr("-f and -o options are mutually exclusive\n");
      return 1;
    }
    if (!reading && wish.interval === undefined && wish.to === undefined) wish.from = true;
    if (wish.interval === undefined && wish.to !== undefined) {
      yield* usage(io, "sar");
      return 3;
    }
    if (wish.from === undefined && wish.daysAgo === undefined) {
      if (wish.start !== undefined || wish.end !== undefined) {
        yield* io.stderr("Not reading from a system activity file (use -f option)\n");
        return 1;
      }
      if (wish.spacing !== undefined || (wish.interval === 0 && wish.count !== undefined)) return yield* usage(io, "sar");
    }
    if (wish.selection.tables.size === 0) wish.selection.tables.set("A_CPU", new Set([0]));
    const cells = new Cells(sys, wish);
    const names = yield* readDiskNames(sys);
    return wish.from !== undefined || wish.daysAgo !== undefined ? yield* showFile(sys, io, cells, times, wish, names) : yield* measure(sys, io, cells, times, wish, names);
  },
);

function parse(words: readonly string[]): Wish | "version" | "sadc" | "names" | undefined {
  const wish: Wish = {
    selection: newSelection(), human: false, pretty: false, omitZero: false, comments: false, recordedTimes: false, longNames: false, decimals: undefined, from: undefined, daysAgo: undefined, to: undefined, start: undefined, end: undefined,
    spacing: undefined, interval: undefined, count: undefined,
  };
  for (let at = 0; at < words.length; at++) {
    const given = words[at] ?? "";
    const next = words[at + 1];
    const taken = takeSelection(wish.selection, words, at);
    if (taken < 0) return undefined;
    if (taken > 0) {
      at += taken - 1;
      continue;
    }
    const named = next !== undefined && !next.startsWith("-") ? next : undefined;
    if (given === "-f" || given === "-o") {
      // a number behind them is the interval
      const file = named !== undefined && (given === "-f" || digits(named) === undefined) ? named : undefined;
      if (given === "-f") wish.from = file ?? true;
      else wish.to = file ?? true;
      if (file !== undefined) at++;
    } else if (given === "-s" || given === "-e") {
      const time = named?.includes(":") === true ? timeOfDay(named) : given === "-s" ? 8 * 3600 : 18 * 3600;
      if (time === undefined) return undefined;
      if (named?.includes(":") === true) at++;
      if (given === "-s") wish.start = time;
      else wish.end = time;
    } else if (given === "-i") {
      const spacing = digits(next);
      if (spacing === undefined || spacing < 1) return undefined;
      wish.spacing = spacing;
      at++;
    } else if (given === "-j") return next === undefined ? undefined : "names";
    else if (given === "--human") wish.human = true;
    else if (given === "--pretty") wish.pretty = true;
    else if (given === "--sadc") return "sadc";
    else if (/^--dec=[012]$/.test(given)) wish.decimals = Number(given.slice(6));
    else if (/^-\d+$/.test(given)) wish.daysAgo = Number(given.slice(1));
    else if (given.startsWith("-") && !given.startsWith("--") && given.length > 1) {
      for (const letter of given.slice(1)) {
        if (letter === "h") wish.human = wish.pretty = true;
        else if (letter === "p") wish.pretty = true;
        else if (letter === "z") wish.omitZero = true;
        else if (letter === "C") wish.comments = true;
        else if (letter === "D") wish.longNames = true;
        else if (letter === "t") wish.recordedTimes = true;
        else if (letter === "V") return "version";
        else if (!takeLetter(wish.selection, letter)) return undefined;
      }
    } else if (!takeNumber(wish, given)) return undefined;
  }
  return wish;
}

/** The tables to show, in the order of the file. */
function chosenOf(wish: Wish, header: FileHeader): readonly Chosen[] {
  return header.activities.flatMap(({ activity }) => [...(wish.selection.tables.get(activity.name) ?? [])].sort().flatMap((at) => {
    const columns = activity.tables[at];
    return columns === undefined ? [] : [{ activity, columns }];
  }));
}

const label = (io: Io, activity: Activity): string => io.word(activity.name === "A_FS" ? "Summary:" : "Average:");

function shown(cells: Cells, wish: Wish, names: DiskNames, { activity, columns }: Chosen, before: Record | undefined, now: Record, from: string, to: string, headed: boolean): string {
  const sample = now.samples.get(activity.id);
  if (sample === undefined || sample.items.length === 0) return "";
  const interval = Math.max(1, now.uptimeHundredths - (before?.uptimeHundredths ?? 0));
  return table(cells, activity, columns, before?.samples.get(activity.id), sample, interval, wish.selection, names, { ...wish, average: false, headed, from, to });
}

function average(io: Io, cells: Cells, wish: Wish, names: DiskNames, { activity, columns }: Chosen, first: Record, records: readonly Record[], headed: boolean): string {
  const last = records.at(-1);
  const mean = meanSample(activity, records);
  if (last === undefined || mean === undefined || mean.items.length === 0) return "";
  const text = label(io, activity);
  return table(cells, activity, columns, first.samples.get(activity.id), mean, Math.max(1, last.uptimeHundredths - first.uptimeHundredths), wish.selection, names, { ...wish, average: activity.gaugeFrom !== undefined && activity.name !== "A_FS", headed, from: text, to: text });
}

function* measure(sys: Sys, io: Io, cells: Cells, times: Times, wish: Wish, names: DiskNames): Blocking<number> {
  const collected = wish.to === undefined ? [["A_NULL", ...wish.selection.tables.keys()].join(",")] : ["XALL", ...(wish.longNames ? ["-D"] : []), wish.to === true ? "-" : wish.to];
  const rounds = wish.interval === 0 ? ["1", "1"] : [String(wish.interval ?? 1), ...(wish.count === undefined ? [] : [String(wish.count + 1)])];
  const [read, write] = sys.pipe();
  const pid = sys.fork(function* (child) {
    child.dup2(write, 1);
    child.close(read);
    child.close(write);
    const failure = yield* execSearching(child, exists(child, COLLECTOR) ? COLLECTOR : "sadc", ["sadc", ...rounds, "-Z", "-S", ...collected]);
    yield* io.stderr("Cannot find the data collector (sadc)\n");
    yield* io.stderr(`exec: ${failure.message}\n`);
    return 4;
  });
  sys.close(write);
  sys.sigaction(SIGNALS.INT, "catch");
  const status = yield* follow(sys, io, cells, times, wish, names, read);
  sys.close(read);
  yield* waitFor(sys, pid);
  return status;
}

/** Shows records as sadc writes them. */
function* follow(sys: Sys, io: Io, cells: Cells, times: Times, wish: Wish, names: DiskNames, fd: number): Blocking<number> {
  let head: Uint8Array | undefined;
  let rest: Uint8Array = new Uint8Array(0);
  let chosen: readonly Chosen[] = [];
  let first: Record | undefined;
  const records: Record[] = [];
  const height = Math.max(1, (sys.isatty(1) ? sys.getWindowSize(1).rows || 24 : 3600 * 24) - 2);
  let lines = height;
  let repeats = false;
  const stamp = (record: Record): string => times.time(times.civil(record.seconds));
  for (;;) {
    let bytes: Uint8Array;
    try {
      bytes = yield* sys.read(fd, 65_536);
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
      io.out.put("\n");
      break;
    }
    if (bytes.length === 0) break;
    rest = concatBytes([rest, bytes]);
    const whole = head === undefined ? rest : concatBytes([head, rest]);
    const found = decodeDataFile(whole);
    if (found === undefined || typeof found === "number") continue;
    if (head === undefined) {
      head = whole.slice(0, found.headerBytes);
      chosen = chosenOf(wish, found.header);
      if (chosen.length === 0) {
        yield* io.stderr("Requested activities not available\n");
        return 3;
      }
      repeats = chosen.length > 1 || chosen.some(({ activity }) => (byProcessor(activity) ? processorLines(wish, found.header) > 1 : (found.header.activities.find((one) => one.activity === activity)?.count ?? 1) > 1));
      io.out.put(firstLine(found.header.host, times.date(times.civil(found.header.createdSeconds)), Math.max(1, found.header.processors - 1)));
    }
    rest = whole.slice(found.wholeBytes);
    for (const record of found.records) {
      const before = records.at(-1) ?? first;
      if (wish.interval === 0) {
        for (const one of chosen) io.out.put(shown(cells, wish, names, one, undefined, record, stamp(record), stamp(record), true));
        yield* io.out.flush();
        return 0;
      }
      if (before === undefined) {
        first = record;
        continue;
      }
      const headed = repeats || lines >= height;
      if (headed) lines = 0;
      for (const one of chosen) io.out.put(shown(cells, wish, names, one, before, record, stamp(before), stamp(record), headed));
      lines++;
      if (wish.count === undefined && records.length > 0 && chosen.every(({ activity }) => activity.gaugeFrom === undefined)) records.pop();
      records.push(record);
    }
    yield* io.out.flush();
  }
  if (head === undefined) return 3;
  if (first !== undefined && records.length > 0) for (const one of chosen) io.out.put(average(io, cells, wish, names, one, first, records, repeats));
  return 0;
}

function processorLines(wish: Wish, header: FileHeader): number {
  const { processors } = wish.selection;
  return processors === "default" ? 1 : processors === "all" ? header.processors : processors.length;
}

function* showFile(sys: Sys, io: Io, cells: Cells, times: Times, wish: Wish, names: DiskNames): Blocking<number> {
  const path = typeof wish.from !== "string" ? dailyFile(sys, DIRECTORY, times, wish.daysAgo ?? 0, wish.longNames) : isDirectory(sys, wish.from) ? dailyFile(sys, wish.from, times, wish.daysAgo ?? 0, wish.longNames) : wish.from;
  const file = yield* openData(sys, io, path);
  if (typeof file === "number") return file;
  const chosen = chosenOf(wish, file.header);
  if (chosen.length === 0) {
    yield* io.stderr(`Requested activities not available in file ${path}\n`);
    return 1;
  }
  io.out.put(firstLine(file.header.host, times.date(times.civil(file.header.createdSeconds)), Math.max(1, file.header.processors - 1)));
  let at = 0;
  while (at < file.records.length) {
    at = showPart(sys, io, cells, times, wish, names, file, chosen, at);
    yield* io.out.flush();
  }
  return 0;
}

/** The records up to the next start of the machine; where they end. */
function showPart(sys: Sys, io: Io, cells: Cells, times: Times, wish: Wish, names: DiskNames, file: DataFile, chosen: readonly Chosen[], from: number): number {
  const stamp = (record: Record): string => times.time(times.civil(record.seconds));
  const special = (record: Record): void => {
    if (!inTime(times, wish, record)) return;
    if (record.kind === RECORD.restart) io.out.put(`\n${stamp(record).padEnd(11)}${cells.restart(`  LINUX RESTART\t(${Math.max(1, (record.processors ?? 2) - 1)} CPU)\n`)}`);
    else if (wish.comments) io.out.put(`${stamp(record).padEnd(11)}${cells.comment(`  COM ${record.comment ?? ""}\n`)}`);
  };
  let start = from;
  let first: Record | undefined;
  for (; start < file.records.length; start++) {
    const record = file.records[start];
    if (record === undefined) break;
    if (record.kind !== RECORD.stats) special(record);
    else if (!tooEarly(times, wish, record) && !tooLate(times, wish, record, true)) {
      first = record;
      break;
    }
  }
  if (first === undefined) return file.records.length;
  let end = start + 1;
  while (end < file.records.length && file.records[end]?.kind !== RECORD.restart) end++;
  const height = Math.max(1, (sys.isatty(1) ? sys.getWindowSize(1).rows || 24 : 3600 * 24) - 2);
  for (const one of chosen) {
    let before = first;
    let lines = 0;
    let headed = true;
    let left = wish.count ?? Number.POSITIVE_INFINITY;
    const used: Record[] = [];
    for (let at = start + 1; at <= end && left > 0; at++) {
      headed = lines === 0 || lines >= height;
      if (headed) lines = 0;
      const record = at === end ? undefined : file.records[at];
      if (record === undefined) break;
      if (record.kind === RECORD.comment) {
        special(record);
        if (lines > 0 && wish.comments) lines++;
        continue;
      }
      if (!nextSlice(first, before, record, wish.spacing ?? wish.interval ?? 1) || tooEarly(times, wish, record)) continue;
      if (tooLate(times, wish, record, false)) break;
      io.out.put(shown(cells, wish, names, one, before, record, stamp(before), stamp(record), headed));
      lines += byProcessor(one.activity) ? processorLines(wish, file.header) : Math.max(1, record.samples.get(one.activity.id)?.items.length ?? 1);
      before = record;
      used.push(record);
      left--;
    }
    if (used.length > 0) io.out.put(average(io, cells, wish, names, one, first, used, headed));
  }
  const restart = file.records[end];
  if (restart !== undefined) {
    // what a limited count left out: its remarks are told still
    if (wish.count !== undefined) for (const record of file.records.slice(start + 1, end)) if (record.kind === RECORD.comment) special(record);
    special(restart);
    return end + 1;
  }
  return end;
}

function secondOfDay(times: Times, record: Record): number {
  const { hour, minute, second } = times.civil(record.seconds);
  return hour * 3600 + minute * 60 + second;
}

const tooEarly = (times: Times, wish: Wish, record: Record): boolean => wish.start !== undefined && secondOfDay(times, record) < wish.start;
const tooLate = (times: Times, wish: Wish, record: Record, asFirst: boolean): boolean => wish.end !== undefined && (asFirst ? secondOfDay(times, record) >= wish.end : secondOfDay(times, record) > wish.end);
const inTime = (times: Times, wish: Wish, record: Record): boolean => !tooEarly(times, wish, record) && !tooLate(times, wish, record, false);

/** Is the record the one nearest to a multiple of the interval? */
function nextSlice(first: Record, before: Record, record: Record, interval: number): boolean {
  if (interval <= 1) return true;
  const entry = Math.round((record.uptimeHundredths - first.uptimeHundredths) / 100);
  const gap = Math.round((record.uptimeHundredths - before.uptimeHundredths) / 100);
  const low = entry - Math.floor(gap / 2);
  const high = entry + Math.floor(gap / 2) + (gap % 2);
  const below = Math.floor(entry / interval) * interval;
  return [below, below + interval].some((point) => point >= low && point < high);
}
