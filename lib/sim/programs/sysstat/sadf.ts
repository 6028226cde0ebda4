// sadf: the contents of data files for other programs: lines of fields, a table for a database, JSON (sadf(1), sysstat 12.6.1).

import type { Blocking } from "../../kernel/sys.ts";
import { formatFloat } from "../kit/printf-format.ts";
import { flag, type Io, program, text, unsimulated } from "../kit/program.ts";
import { strftime } from "../kit/time-format.ts";
import type { Activity, Columns, Value } from "./_activities.ts";
import { type DataFile, type FileHeader, RECORD, type Record } from "./_data-file.ts";
import { dailyFile, DIRECTORY, isDirectory, openData, readDiskNames, timeOfDay } from "./_open-data.ts";
import { newSelection, type Selection, showsProcessor, takeLetter, takeSelection } from "./_selection.ts";
import { type DiskNames, interruptLines, type Line, linesOf } from "./_tables.ts";
import { firstLine, readTimes, type Times } from "./_times.ts";
import { digits, usage, VERSION_TEXT } from "./_usage.ts";

type Format = "lines" | "database" | "json" | "header" | "convert";
type Clock = "utc" | "local" | "recorded" | "epoch";

interface Wish {
  readonly selection: Selection;
  format: Format;
  clock: Clock;
  horizontal: boolean;
  comments: boolean;
  path: string | undefined;
  daysAgo: number | undefined;
  start: number | undefined;
  end: number | undefined;
  count: number | undefined;
}

interface Chosen {
  readonly activity: Activity;
  readonly columns: Columns;
}

const WHY = "Data go out as lines, for a database, and as JSON (-p, -d, -j).";

export default program(
  {
    name: "sadf", summary: "hand the data of sar to other programs", synopsis: ["[OPTION]... [INTERVAL [COUNT]] [FILE | -DAYS] [-- SAR_OPTION...]"], operands: "files", seeAlso: ["sar(1)", "sadc(8)"],
    options: [
      flag(["-C"], "the remarks of the file, too"), flag(["-c"], "bring a file to the format of this version"), flag(["-d"], "lines of fields behind semicolons, for a database"), flag(["-H"], "what the file is and holds"), flag(["-h"], "with -d: all of a record in one line"), flag(["-j"], "as JSON"),
      flag(["-p"], "a line for each value, the default"), flag(["-T"], "local times"), flag(["-t"], "times as the file's machine had them"), flag(["-U"], "seconds since 1970"), flag(["-V"], "show the version"), text(["-P"], "LIST|ALL", "these processors"), text(["-O"], "LIST", "settings of the output"),
      text(["-s"], "HH:MM[:SS]", "from this time"), text(["-e"], "HH:MM[:SS]", "until this time"), text(["--dev"], "LIST", "these disks"), text(["--fs"], "LIST", "these file systems"), text(["--iface"], "LIST", "these interfaces"), text(["--int"], "LIST", "these interrupts"),
      unsimulated(["-g"], "as a drawing", WHY), unsimulated(["-l"], "as an archive of PCP", WHY), unsimulated(["-r"], "the counters themselves", WHY), unsimulated(["-x"], "as XML", WHY),
    ],
  },
  function* (sys, argv, io: Io) {
    const wish = parse(argv.slice(1));
    if (wish === "version") {
      io.out.put(VERSION_TEXT);
      return 0;
    }
    if (wish === undefined) return yield* usage(io, "sadf");
    if (typeof wish === "string") {
      yield* io.stderr(`sadf: -${wish}: ${WHY}\n`);
      sys.observe({ kind: "unsimulated", command: "sadf", detail: `-${wish}` });
      return 1;
    }
    if (wish.selection.tables.size === 0) wish.selection.tables.set("A_CPU", new Set([0]));
    const times = yield* readTimes(sys);
    const path = wish.path === undefined ? dailyFile(sys, DIRECTORY, times, wish.daysAgo ?? 0) : isDirectory(sys, wish.path) ? dailyFile(sys, wish.path, times, wish.daysAgo ?? 0) : wish.path;
    const file = yield* openData(sys, io, path);
    if (typeof file === "number") return file;
    if (wish.format === "convert") {
      yield* io.stderr("\nFile format already up-to-date\n");
      return 0;
    }
    if (wish.format === "header") {
      header(io, times, path, file.header);
      return 0;
    }
    const chosen = file.header.activities.flatMap(({ activity }) => [...(wish.selection.tables.get(activity.name) ?? [])].sort().flatMap((at): readonly Chosen[] => {
      const columns = activity.tables[at];
      return columns === undefined ? [] : [{ activity, columns }];
    }));
    if (chosen.length === 0) {
      yield* io.stderr(`Requested activities not available in file ${path}\n`);
      return 1;
    }
    const show: Show = { io, times, wish, host: file.header.host.nodename, names: yield* readDiskNames(sys), chosen };
    if (wish.format === "json") json(show, file);
    else yield* parts(show, file);
    return 0;
  },
);

function parse(words: readonly string[]): Wish | "version" | "g" | "l" | "r" | "x" | undefined {
  const wish: Wish = { selection: newSelection(), format: "lines", clock: "utc", horizontal: false, comments: false, path: undefined, daysAgo: undefined, start: undefined, end: undefined, count: undefined };
  const formats: ReadonlyMap<string, Format> = new Map([["d", "database"], ["p", "lines"], ["j", "json"], ["H", "header"], ["c", "convert"]]);
  const clocks: ReadonlyMap<string, Clock> = new Map([["T", "local"], ["t", "recorded"], ["U", "epoch"]]);
  let numbers = 0;
  let sarOptions = false;
  for (let at = 0; at < words.length; at++) {
    const given = words[at] ?? "";
    const next = words[at + 1];
    if (given === "--" && !sarOptions) {
      sarOptions = true;
      continue;
    }
    if (sarOptions || given === "-P" || /^--(?:dev|fs|iface|int)=/.test(given)) {
      const taken = takeSelection(wish.selection, words, at);
      if (taken < 0) return undefined;
      if (taken > 0) at += taken - 1;
      else if (digits(given) !== undefined) {
        if (numbers++ === 1) wish.count = digits(given);
      } else if (!given.startsWith("-") || given.startsWith("--") || ![...given.slice(1)].every((letter) => "hpzCt".includes(letter) || takeLetter(wish.selection, letter))) return undefined;
      continue;
    }
    if (given === "-s" || given === "-e") {
      const time = timeOfDay(next ?? "") ?? (next?.includes(":") === true ? undefined : given === "-s" ? 8 * 3600 : 18 * 3600);
      if (time === undefined) return undefined;
      if (next?.includes(":") === true) at++;
      if (given === "-s") wish.start = time;
      else wish.end = time;
    } else if (given === "-O") {
      if (next === undefined) return undefined;
      at++;
    } else if (/^-\d+$/.test(given)) wish.daysAgo = Number(given.slice(1));
    else if (given.startsWith("-") && !given.startsWith("--") && given.length > 1) {
      for (const letter of given.slice(1)) {
        const format = formats.get(letter);
        const clock = clocks.get(letter);
        if (letter === "V") return "version";
        if (letter === "g" || letter === "l" || letter === "r" || letter === "x") return letter;
        if (format !== undefined) wish.format = format;
        else if (clock !== undefined) wish.clock = clock;
        else if (letter === "h") wish.horizontal = true;
        else if (letter === "C") wish.comments = true;
        else return undefined;
      }
    } else if (digits(given) !== undefined) {
      if (numbers++ === 1) wish.count = digits(given);
    } else if (wish.path === undefined && !given.startsWith("-")) wish.path = given;
    else return undefined;
  }
  return wish;
}

const FIXED = { minus: false, plus: false, space: false, zero: false, alternate: false, width: 0, precision: 2, conversion: "f" } as const;
const written = (value: Value): string => (value.kind === "count" ? String(Math.trunc(value.value)) : formatFloat(value.value, FIXED));

interface Show {
  readonly io: Io;
  readonly times: Times;
  readonly wish: Wish;
  readonly host: string;
  readonly names: DiskNames;
  readonly chosen: readonly Chosen[];
}

function stamp({ times, wish }: Show, record: Record): string {
  if (wish.clock === "epoch") return String(record.seconds);
  const civil = times.civil(record.seconds, wish.clock === "utc");
  return strftime(wish.clock === "utc" ? "%Y-%m-%d %H:%M:%S UTC" : "%Y-%m-%d %H:%M:%S", civil);
}

function lines({ wish, names }: Show, { activity, columns }: Chosen, before: Record, now: Record): readonly Line[] {
  const sample = now.samples.get(activity.id);
  if (sample === undefined) return [];
  const interval = Math.max(1, now.uptimeHundredths - before.uptimeHundredths);
  const former = before.samples.get(activity.id);
  return activity.name === "A_IRQ" ? interruptLines(former, sample, interval, wish.selection).lines : linesOf(activity, columns, former, sample, interval, wish.selection, names);
}

const seconds = (before: Record, now: Record): number => Math.round((now.uptimeHundredths - before.uptimeHundredths) / 100);

function outside({ times, wish }: Show, record: Record): boolean {
  const { hour, minute, second } = times.civil(record.seconds, wish.clock === "utc");
  const now = hour * 3600 + minute * 60 + second;
  return (wish.start !== undefined && now < wish.start) || (wish.end !== undefined && now > wish.end);
}

function special(show: Show, record: Record): void {
  const { io, wish, host } = show;
  if (outside(show, record) || (record.kind === RECORD.comment && !wish.comments)) return;
  const between = wish.format === "database" ? ";" : "\t";
  const what = record.kind === RECORD.restart ? `LINUX-RESTART\t(${Math.max(1, (record.processors ?? 2) - 1)} CPU)` : `COM ${record.comment ?? ""}`;
  io.out.put(`${[host, "-1", stamp(show, record), what].join(between)}\n`);
}

/** Between two starts of the machine all of an activity, then the next one; with -h all of a record. */
function* parts(show: Show, { records }: DataFile): Blocking<void> {
  const { io, wish, chosen } = show;
  let at = 0;
  while (at < records.length) {
    while (at < records.length && records[at]?.kind !== RECORD.stats) {
      const record = records[at++];
      if (record !== undefined) special(show, record);
    }
    let end = at;
    while (end < records.length && records[end]?.kind !== RECORD.restart) end++;
    const inside = records.slice(at, end);
    const groups = wish.format === "database" && wish.horizontal ? [chosen] : chosen.map((one) => [one]);
    for (const [place, group] of groups.entries()) {
      if (wish.format === "database" && inside.length > 0) io.out.put(`# hostname;interval;timestamp;${group.map((one) => `${heads(one)}${group.length > 1 && one.activity.item !== undefined ? "[...]" : ""}`).join(";")}\n`);
      let before: Record | undefined;
      let left = wish.count ?? Number.POSITIVE_INFINITY;
      for (const record of inside) {
        if (record.kind === RECORD.comment) {
          if (place === 0) special(show, record);
          continue;
        }
        if (left > 0 && before !== undefined && !outside(show, record)) {
          left--;
          values(show, group, before, record);
        }
        if (before !== undefined || !outside(show, record)) before = record;
        if (io.out.full) yield* io.out.flush();
      }
    }
    at = end;
  }
}

const heads = ({ activity, columns }: Chosen): string => `${activity.item === undefined ? "" : `${activity.item[0]};`}${activity.name === "A_IRQ" ? "CPU*" : columns.heads.join(";")}`;

function values(show: Show, group: readonly Chosen[], before: Record, now: Record): void {
  const { io, wish, host } = show;
  const start = [host, String(seconds(before, now)), stamp(show, now)];
  if (wish.format === "database") {
    const rows = group.map((one) => lines(show, one, before, now).map((line) => [...(one.activity.item === undefined ? [] : [one.activity.item[0] === "CPU" ? (line.label === "all" ? "-1" : line.label) : line.label]), ...line.values.map(written)].join(";")));
    if (wish.horizontal) io.out.put(`${[...start, ...rows.flat()].join(";")}\n`);
    else for (const row of rows.flat()) io.out.put(`${[...start, row].join(";")}\n`);
    return;
  }
  for (const one of group) for (const line of lines(show, one, before, now)) {
    const item = one.activity.item === undefined ? "-" : one.activity.item[0] === "CPU" && line.label !== "all" ? `cpu${line.label}` : line.label;
    for (const [column, value] of line.values.entries()) io.out.put(`${[...start, item, one.columns.heads[column] ?? "", written(value)].join("\t")}\n`);
  }
}

function header(io: Io, times: Times, path: string, { host, createdSeconds, processors, zone, activities, year, month, day }: FileHeader): void {
  const two = (value: number): string => String(value).padStart(2, "0");
  io.out.put(`System activity data file: ${path} (0x2175)\nFile created by sar/sadc from sysstat version 12.6.1\nGenuine sa datafile: yes (0)\n`);
  io.out.put(`${io.word("Host: ")}${firstLine(host, times.date(times.civil(createdSeconds)), Math.max(1, processors - 1))}`);
  io.out.put(`File date: ${year}-${two(month + 1)}-${two(day)}\n${io.word("File time: ")}${strftime("%H:%M:%S UTC", times.civil(createdSeconds, true))} (${createdSeconds})\nTimezone: ${zone}\n`);
  io.out.put("File composition: (1,1,12),(0,0,9),(2,0,1)\nSize of a long int: 8\nHZ = 100\n");
  io.out.put(`Number of activities in file: ${activities.length}\nExtra structures available: N\n${io.word("List of activities:\n")}`);
  for (const { activity, count, columns } of activities) {
    const types = ["Q", "L", "I"].map((type) => activity.types.filter((one) => one === type).length);
    io.out.put(`${two(activity.id)}: [${activity.magic.toString(16)}] ${activity.name.padEnd(20)} ${activity.counted ? "Y" : "N"}:${String(count).padStart(4)}${columns > 1 ? `x${columns}` : ""}\t(${types.join(",")})\n`);
  }
}

type Json = { readonly name: string; readonly text?: string; readonly rows?: readonly string[]; readonly inside?: readonly Json[] };

function json(show: Show, { header: head, records }: DataFile): void {
  const { io, times } = show;
  const utc = times.civil(head.createdSeconds, true);
  const tabs = (count: number): string => "\t".repeat(count);
  const day = (record: Record): string => {
    const civil = times.civil(record.seconds, show.wish.clock === "utc");
    return `"date": "${strftime("%Y-%m-%d", civil)}", "time": "${strftime("%H:%M:%S", civil)}"${show.wish.clock === "utc" ? ', "utc": 1' : ""}`;
  };
  io.out.put(`{"sysstat": {\n\t"hosts": [\n\t\t{\n${[["nodename", head.host.nodename], ["sysname", head.host.sysname], ["release", head.host.release], ["machine", head.host.machine]].map(([key, value]) => `\t\t\t"${key}": "${value}",\n`).join("")}`);
  io.out.put(`\t\t\t"number-of-cpus": ${Math.max(1, head.processors - 1)},\n\t\t\t"file-date": "${strftime("%Y-%m-%d", utc)}",\n\t\t\t"file-utc-time": "${strftime("%H:%M:%S", utc)}",\n\t\t\t"timezone": "${head.zone}",\n`);
  const statistics: string[] = [];
  let before: Record | undefined;
  for (const record of records) {
    if (record.kind === RECORD.restart) before = undefined;
    if (record.kind !== RECORD.stats) continue;
    if (before === undefined && outside(show, record)) continue;
    if (before !== undefined && !outside(show, record)) {
      const parts = [`${tabs(5)}"timestamp": {${day(record)}, "interval": ${seconds(before, record)}}`, ...objects(show, before, record).map((one) => jsonText(one, 5))];
      statistics.push(`${tabs(4)}{\n${parts.join(",\n")}\n${tabs(4)}}`);
    }
    before = record;
  }
  io.out.put(`\t\t\t"statistics": [\n${statistics.join(",\n")}\n\t\t\t]`);
  const restarts = records.filter((record) => record.kind === RECORD.restart);
  io.out.put(`,\n\t\t\t"restarts": [${restarts.map((record) => `\n${tabs(4)}{\n${tabs(5)}"boot": {${day(record)}, "cpu_count": ${Math.max(1, (record.processors ?? 2) - 1)}}\n${tabs(4)}}`).join(",")}\n\t\t\t]`);
  const comments = show.wish.comments ? records.filter((record) => record.kind === RECORD.comment) : [];
  if (comments.length > 0) io.out.put(`,\n\t\t\t"comments": [\n${comments.map((record) => `${tabs(4)}{\n${tabs(5)}"comment": {${day(record)}, "com": "${record.comment ?? ""}"}\n${tabs(4)}}`).join(",\n")}\n\t\t\t]`);
  io.out.put("\n\t\t}\n\t]\n}}\n");
}

/** What a record says, as objects; those with the same first name share one ("network"). */
function objects(show: Show, before: Record, now: Record): readonly Json[] {
  const found: { name: string; text?: string; rows?: readonly string[]; inside?: Json[] }[] = [];
  for (const one of show.chosen) {
    const rows = lines(show, one, before, now).map((line) => {
      const item = one.activity.item === undefined ? [] : [`"${one.activity.item[1]}": ${one.activity.name === "A_SERIAL" ? line.label : `"${line.label}"`}`];
      const columns = one.activity.name === "A_IRQ" ? { ...one.columns, keys: line.values.map((_, column) => (column === 0 && showsProcessor(show.wish.selection, -1) ? "all" : `CPU${column - (showsProcessor(show.wish.selection, -1) ? 1 : 0)}`)) } : one.columns;
      return [...item, ...(one.activity.name === "A_DISK" ? fields({ ...columns, keys: DISK_KEYS }, { ...line, values: withSectors(line.values) }) : fields(columns, line))].join(", ");
    });
    const [outer = "", inner] = one.columns.jsonName.split(".");
    const own: Json = { name: inner ?? outer, ...(one.activity.item === undefined ? { text: rows[0] ?? "" } : { rows }) };
    const present = found.find(({ name }) => name === outer);
    if (inner !== undefined) {
      if (present?.inside !== undefined) present.inside.push(own);
      else found.push({ name: outer, inside: [own] });
    } else if (present?.text !== undefined) present.text += `, ${own.text ?? ""}`;
    else found.push({ name: own.name, ...(own.text !== undefined && { text: own.text }), ...(own.rows !== undefined && { rows: own.rows }) });
  }
  return found;
}

const DISK_KEYS = ["tps", "rd_sec", "wr_sec", "dc_sec", "rkB", "wkB", "dkB", "avgrq-sz", "areq-sz", "avgqu-sz", "aqu-sz", "await", "util-percent"];

/** A disk's amounts in sectors, too, and the former names of its queue. */
function withSectors(values: readonly Value[]): readonly Value[] {
  const twice = (at: number): Value => ({ kind: "real", value: (values[at]?.value ?? 0) * 2 });
  return [...values.slice(0, 1), twice(1), twice(2), twice(3), ...values.slice(1, 4), twice(4), ...values.slice(4, 6), ...values.slice(5)];
}

/** Keys as "io-reads.rtps" share an object. */
function fields(columns: Columns, line: Line): readonly string[] {
  const groups = new Map<string, string[]>();
  for (const [column, value] of line.values.entries()) {
    const [outer = "", inner] = (columns.keys[column] ?? "").split(".");
    if (inner === undefined) groups.set(outer, [written(value)]);
    else groups.set(outer, [...(groups.get(outer) ?? []), `"${inner}": ${written(value)}`]);
  }
  return [...groups].map(([name, inside]) => `"${name}": ${inside[0]?.startsWith('"') === true ? `{${inside.join(", ")}}` : inside.join("")}`);
}

function jsonText({ name, text: content, rows, inside }: Json, depth: number): string {
  const tabs = "\t".repeat(depth);
  if (content !== undefined) return `${tabs}"${name}": {${content}}`;
  if (rows !== undefined) return `${tabs}"${name}": [\n${rows.map((row) => `${tabs}\t{${row}}`).join(",\n")}\n${tabs}]`;
  return `${tabs}"${name}": {\n${(inside ?? []).map((one) => jsonText(one, depth + 1)).join(",\n")}\n${tabs}}`;
}
