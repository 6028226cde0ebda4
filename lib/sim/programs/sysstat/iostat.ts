// iostat: how busy processors and disks are, since the start and for each interval (iostat(1), sysstat 12.6.1).
// (More than 400 lines: one program with four layouts of one table.)

import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { formatFloat } from "../kit/printf-format.ts";
import { flag, type Io, optionalText, program, text, unsimulated, word } from "../kit/program.ts";
import { strftime } from "../kit/time-format.ts";
import { Cells, type Unit } from "./_cells.ts";
import { type CpuField, cpuShare, type CpuTimes, NO_TIMES, parseCpuTimes } from "./_cpu.ts";
import { type Disk, type DiskField, isWholeDisk, ofDisk, parseDisks, perSecond, requests } from "./_disks.ts";
import { firstLine, nowSeconds, processorCount, readTimes, type Times, uptimeHundredths } from "./_times.ts";
import { digits, usage, VERSION_TEXT } from "./_usage.ts";

interface Wish {
  cpu: boolean;
  disk: boolean;
  extended: boolean;
  short: boolean;
  human: boolean;
  /** the disk's name at the end of the line */
  pretty: boolean;
  unit: "sectors" | "k" | "M";
  times: boolean;
  skipFirst: boolean;
  omitZero: boolean;
  compact: boolean;
  json: boolean;
  mapped: boolean;
  decimals: number | undefined;
  /** -p: partitions of these disks, of all of them (ALL, or no name at all) */
  partitionsOf: string[];
  allPartitions: boolean;
  /** -p ALL: devices that were never used, too */
  unused: boolean;
  named: string[];
  group: string | undefined;
  groupOnly: boolean;
  interval: number | undefined;
  count: number | undefined;
  groups: { name: string; members: string[] }[];
}

interface Reading {
  readonly cpu: CpuTimes;
  readonly disks: readonly Disk[];
  readonly hundredths: number;
}

interface Row {
  readonly name: string;
  readonly before: Disk | undefined;
  readonly now: Disk;
  readonly group: boolean;
}

const OPTIONS = [
  flag(["-c"], "processors only"), flag(["-d"], "disks only"), flag(["-h"], "as --human --pretty"), flag(["-k"], "in kilobytes"), flag(["-m"], "in megabytes"), flag(["-N"], "the names of the device mapper"),
  flag(["-s"], "short lines of eighty columns"), flag(["-t"], "the time above each report"), flag(["-V"], "show the version"), flag(["-x"], "more about each disk"), flag(["-y"], "leave out the report since the start"), flag(["-z"], "leave out disks without traffic"),
  optionalText(["-p"], "DEVICE,...|ALL", "partitions of these disks, too"), text(["-g"], "GROUP", "add up the disks that follow"), flag(["-H"], "with -g: only the sums"), word(["-o"], "FORMAT", [["JSON"]], "as JSON"),
  flag(["--compact"], "more about each disk in one list"), text(["--dec"], "0|1|2", "so many decimals"), flag(["--human"], "units that people read easily"), flag(["--pretty"], "names at the end of the line"),
  unsimulated(["-f"], "show one directory of counters", "Counters are read from /proc/diskstats.", "DIRECTORY"), unsimulated(["-j"], "persistent names of disks", "Disks have their kernel names here.", "KIND"),
];

export default program(
  {
    name: "iostat", summary: "how busy processors and disks are", synopsis: ["[OPTION]... [INTERVAL [COUNT]] [DEVICE...]"], options: OPTIONS, operands: "none",
    description: ["The first report is of the time since the machine started, each later one of the interval before it."], seeAlso: ["mpstat(1)", "pidstat(1)", "sar(1)", "vmstat(8)"],
  },
  function* (sys, argv, io: Io) {
    const wish = yield* parse(sys, argv.slice(1), io);
    if (typeof wish === "number") return wish;
    const cells = new Cells(sys, wish);
    const times = yield* readTimes(sys);
    const uname = sys.uname();
    const processors = processorCount(sys);
    const started = times.civil(nowSeconds(sys));
    if (wish.json) {
      io.out.put(`{"sysstat": {\n\t"hosts": [\n\t\t{\n\t\t\t"nodename": "${uname.nodename}",\n\t\t\t"sysname": "${uname.sysname}",\n\t\t\t"release": "${uname.release}",\n\t\t\t"machine": "${uname.machine}",\n\t\t\t"number-of-cpus": ${processors},\n\t\t\t"date": "${times.date(started)}",\n\t\t\t"statistics": [\n`);
    } else io.out.put(`${firstLine(uname, times.date(started), processors)}\n`);
    let before: Reading | undefined;
    const rounds = wish.interval === undefined ? 1 : wish.count ?? Number.POSITIVE_INFINITY;
    let skip = wish.skipFirst && wish.interval !== undefined;
    for (let round = 0; round < rounds;) {
      const now = yield* read(sys);
      if (!skip) {
        if (wish.json && round > 0) io.out.put(",\n");
        yield* report(sys, io, cells, times, wish, before, now);
        round++;
      }
      skip = false;
      before = now;
      yield* io.out.flush();
      if (round < rounds) {
        if (round === 0) io.out.put("\n");
        sys.sigaction(2, "catch");
        try {
          yield* sys.sleep((wish.interval ?? 0) * 1e6);
        } catch (error) {
          if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
          if (!wish.json) io.out.put("\n");
          break;
        }
      }
    }
    if (wish.json) io.out.put("\n\t\t\t]\n\t\t}\n\t]\n}}\n");
    return 0;
  },
);

function* read(sys: Sys): Blocking<Reading> {
  return {
    cpu: parseCpuTimes((yield* readTextFile(sys, "/proc/stat")) ?? "")[0] ?? NO_TIMES,
    disks: parseDisks((yield* readTextFile(sys, "/proc/diskstats")) ?? ""), hundredths: yield* uptimeHundredths(sys),
  };
}

/** A status instead: what was typed is wrong, or has been answered. */
function* parse(sys: Sys, words: readonly string[], io: Io): Generator<import("../../kernel/sys.ts").Wait, Wish | number> {
  const wish: Wish = {
    cpu: false, disk: false, extended: false, short: false, human: false, pretty: false, unit: sys.environment.has("POSIXLY_CORRECT") ? "sectors" : "k", times: false, skipFirst: false, omitZero: false, compact: false, json: false, mapped: false,
    decimals: undefined, partitionsOf: [], allPartitions: false, unused: false, named: [], group: undefined, groupOnly: false, interval: undefined, count: undefined, groups: [],
  };
  for (let at = 0; at < words.length; at++) {
    const given = words[at] ?? "";
    const next = words[at + 1];
    if (given === "-p") {
      if (next !== undefined && !next.startsWith("-") && digits(next) === undefined) {
        at++;
        for (const name of next.split(",")) {
          if (name === "ALL") wish.allPartitions = wish.unused = true;
          else wish.partitionsOf.push(name.replace(/^\/dev\//, ""));
        }
      } else wish.allPartitions = true;
      wish.disk ||= false;
    } else if (given === "-g") {
      if (next === undefined || next.startsWith("-")) return yield* usage(io, "iostat");
      wish.groups.push({ name: next, members: [] });
      at++;
    } else if (given === "-o") {
      if (next !== "JSON") return yield* usage(io, "iostat");
      wish.json = true;
      at++;
    } else if (given === "-j" || given === "-f" || given === "+f") {
      if (next === undefined) return yield* usage(io, "iostat");
      if (given === "-j") {
        yield* io.stderr("Invalid type of persistent device name\n");
        return 1;
      }
      yield* io.stderr(`iostat: ${given}: Counters are read from /proc/diskstats.\n`);
      return 1;
    } else if (given === "--human") wish.human = true;
    else if (given === "--pretty") wish.pretty = true;
    else if (given === "--compact") wish.compact = true;
    else if (/^--dec=[012]$/.test(given)) wish.decimals = Number(given.slice(6));
    else if (given.startsWith("-") && given.length > 1) {
      for (const letter of given.slice(1)) {
        if (letter === "c") wish.cpu = true;
        else if (letter === "d") wish.disk = true;
        else if (letter === "h") wish.human = wish.pretty = true;
        else if (letter === "k") wish.unit = "k";
        else if (letter === "m") wish.unit = "M";
        else if (letter === "N") wish.mapped = true;
        else if (letter === "s") wish.short = true;
        else if (letter === "t") wish.times = true;
        else if (letter === "x") wish.extended = true;
        else if (letter === "y") wish.skipFirst = true;
        else if (letter === "z") wish.omitZero = true;
        else if (letter === "H") wish.groupOnly = true;
        else if (letter === "V") {
          io.out.put(VERSION_TEXT);
          return 0;
        } else return yield* usage(io, "iostat");
      }
    } else {
      const number = digits(given);
      if (number === undefined) {
        const name = given.replace(/^\/dev\//, "");
        if (name === "ALL") wish.unused = true;
        else wish.named.push(name);
        wish.groups.at(-1)?.members.push(name);
      } else if (wish.interval === undefined) wish.interval = number;
      else if (wish.count === undefined && number > 0) wish.count = number;
      else return yield* usage(io, "iostat");
    }
  }
  if (wish.groupOnly && wish.groups.length === 0) return yield* usage(io, "iostat");
  if (wish.interval === 0) wish.interval = undefined;
  if (!wish.cpu && !wish.disk) wish.cpu = wish.disk = true;
  if (wish.json) wish.pretty = wish.human = false;
  return wish;
}

function* report(sys: Sys, io: Io, cells: Cells, times: Times, wish: Wish, before: Reading | undefined, now: Reading): Blocking<void> {
  const interval = Math.max(1, now.hundredths - (before?.hundredths ?? 0));
  const civil = times.civil(nowSeconds(sys));
  const stamp = times.iso ? strftime("%Y-%m-%dT%H:%M:%S%z", civil) : `${times.date(civil)} ${times.time(civil)}`;
  const shares = CPU_COLUMNS.map(([, , fields]) => cpuShare(before?.cpu ?? NO_TIMES, now.cpu, fields));
  const rows = wish.disk ? chosen(sys, wish, before?.disks ?? [], now.disks).filter((row) => !wish.omitZero || requests(row.before) !== requests(row.now)) : [];
  const names = wish.mapped ? yield* mappedNames(sys) : new Map<string, string>();
  if (wish.json) {
    const parts: string[] = [];
    if (wish.times) parts.push(`\t\t\t\t\t"timestamp": "${stamp}"`);
    if (wish.cpu) parts.push(`\t\t\t\t\t"avg-cpu":  {${CPU_COLUMNS.map(([, key], at) => `"${key}": ${fixed(shares[at] ?? 0, wish.decimals)}`).join(", ")}}`);
    if (wish.disk) parts.push(`\t\t\t\t\t"disk": [\n${rows.map((row) => `\t\t\t\t\t\t${diskJson(wish, row, names, interval)}`).join(",\n")}\n\t\t\t\t\t]`);
    io.out.put(`\t\t\t\t{\n${parts.join(",\n")}\n\t\t\t\t}`);
    return;
  }
  if (wish.times) io.out.put(`${stamp}\n`);
  if (wish.cpu) {
    io.out.put("avg-cpu:  %user   %nice %system %iowait  %steal   %idle\n");
    io.out.put(`       ${shares.map((share) => cells.percent(share, 7, true)).join("")}\n\n`);
  }
  if (!wish.disk) {
    io.out.put(wish.cpu ? "\n" : "");
    return;
  }
  for (const group of layouts(wish)) {
    const heads = group.map(({ head, width }) => ` ${head.padStart(width)}`).join("");
    io.out.put(wish.pretty ? `${heads} Device\n` : `Device       ${heads}\n`);
    for (const row of rows) {
      const name = `${row.group ? " " : ""}${names.get(row.now.name) ?? row.name}`;
      const values = group.map((column) => column.cell(cells, row, interval, wish)).join("");
      if (wish.pretty) io.out.put(`${values}${cells.item(` ${name}`)}\n`);
      else io.out.put(name.length > 13 ? `${cells.item(name)}\n             ${values}\n` : `${cells.item(name.padEnd(13))}${values}\n`);
    }
    io.out.put("\n");
  }
  io.out.put("\n");
}

const CPU_COLUMNS: readonly (readonly [head: string, key: string, fields: readonly CpuField[]])[] = [
  ["%user", "user", ["user"]], ["%nice", "nice", ["nice"]], ["%system", "system", ["system", "irq", "soft"]], ["%iowait", "iowait", ["iowait"]], ["%steal", "steal", ["steal"]], ["%idle", "idle", ["idle"]],
];

function* mappedNames(sys: Sys): Blocking<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const { name } of sys.readdir("/sys/block")) {
    if (!name.startsWith("dm-")) continue;
    const mapped = (yield* readTextFile(sys, `/sys/block/${name}/dm/name`))?.trim();
    if (mapped !== undefined && mapped !== "") found.set(name, mapped);
  }
  return found;
}

/** The lines of a report: what was named, or every disk that has been used; sums of groups behind their members. */
function chosen(sys: Sys, wish: Wish, before: readonly Disk[], now: readonly Disk[]): readonly Row[] {
  const former = new Map(before.map((disk) => [disk.name, disk]));
  const whole = (disk: Disk): boolean => isWholeDisk(sys, disk.name);
  const listed = wish.named.length > 0 || wish.partitionsOf.length > 0;
  const wanted = (disk: Disk): boolean => {
    if (wish.named.includes(disk.name) || wish.partitionsOf.includes(disk.name)) return true;
    if (wish.partitionsOf.some((name) => disk.name.startsWith(name) && /^p?\d+$/.test(disk.name.slice(name.length)) && !whole(disk))) return true;
    if (listed) return false;
    if (!whole(disk) && !wish.allPartitions) return false;
    return wish.unused || requests(disk) > 0;
  };
  const row = (disk: Disk): Row => ({ name: disk.name, before: former.get(disk.name), now: disk, group: false });
  if (wish.groups.length === 0) return now.filter(wanted).map(row);
  const rows: Row[] = [];
  for (const { name, members } of wish.groups) {
    const inside = now.filter((disk) => (members.length === 0 || members.includes("ALL") ? whole(disk) && requests(disk) > 0 : members.includes(disk.name))).map(row);
    if (!wish.groupOnly) rows.push(...inside);
    const sum = (disks: readonly (Disk | undefined)[]): Disk => ({ major: 0, minor: 0, name, fields: Array.from({ length: 17 }, (_, field) => disks.reduce((total, disk) => total + (disk?.fields[field] ?? 0), 0)) });
    rows.push({ name, before: sum(inside.map((one) => one.before)), now: sum(inside.map((one) => one.now)), group: true });
  }
  return rows;
}

interface Column {
  readonly head: string;
  /** JSON's name of it */
  readonly key: string;
  readonly width: number;
  cell(cells: Cells, row: Row, interval: number, wish: Wish): string;
  value(row: Row, interval: number, wish: Wish): number;
  readonly whole?: true;
}

const change = (row: Row, field: DiskField): number => ofDisk(row.now, field) - ofDisk(row.before, field);
const rate = (row: Row, fields: readonly DiskField[], interval: number): number => fields.reduce((sum, field) => sum + perSecond(ofDisk(row.before, field), ofDisk(row.now, field), interval), 0);
const unitOf = (wish: Wish): number => (wish.unit === "sectors" ? 1 : wish.unit === "k" ? 2 : 2048);
const unitName = (wish: Wish): string => (wish.unit === "sectors" ? "sec" : wish.unit === "k" ? "kB" : "MB");
const cellUnit = (wish: Wish): Unit => (wish.unit === "sectors" ? "sector" : wish.unit);
const fixed = (value: number, decimals: number | undefined): string => formatFloat(value, { minus: false, plus: false, space: false, zero: false, alternate: false, width: 0, precision: decimals ?? 2, conversion: "f" });
const blocks = (wish: Wish): string => (wish.unit === "sectors" ? "Blk" : unitName(wish));

const plain = (head: string, key: string, width: number, value: (row: Row, interval: number, wish: Wish) => number): Column => ({ head, key, width, value, cell: (cells, row, interval, wish) => cells.real(value(row, interval, wish), width) });
const amount = (head: string, width: number, fields: readonly DiskField[], wish: Wish): Column => {
  const value = (row: Row, interval: number): number => rate(row, fields, interval) / unitOf(wish);
  return { head, key: head, width, value, cell: (cells, row, interval) => cells.real(value(row, interval), width, 2, cellUnit(wish)) };
};
const total = (head: string, fields: readonly DiskField[], wish: Wish): Column => {
  const value = (row: Row): number => Math.trunc(fields.reduce((sum, field) => sum + change(row, field), 0) / unitOf(wish));
  return { head, key: head, width: 10, value, whole: true, cell: (cells, row) => cells.count(value(row), 10, cellUnit(wish)) };
};
const share = (head: string, key: string, width: number, warns: boolean, value: (row: Row, interval: number) => number): Column => ({ head, key, width, value, cell: (cells, row, interval) => cells.percent(value(row, interval), width, warns) });
const ratio = (above: number, below: number): number => (below === 0 ? 0 : above / below);
const size = (head: string, key: string, fields: readonly DiskField[], count: (row: Row) => number): Column => {
  const value = (row: Row): number => ratio(fields.reduce((sum, field) => sum + change(row, field), 0), count(row)) / 2;
  return { head, key, width: 8, value, cell: (cells, row, _interval, wish) => cells.real(value(row), 8, 2, wish.human ? "k" : undefined) };
};
const perSecondOf = (head: string, width: number, fields: readonly DiskField[]): Column => plain(head, head, width, (row, interval) => rate(row, fields, interval));
const wait = (head: string, ms: DiskField, count: DiskField): Column => plain(head, head, 7, (row) => ratio(change(row, ms), change(row, count)));
const merged = (head: string, key: string, done: DiskField, joined: DiskField): Column => share(head, key, 6, true, (row) => ratio(change(row, joined), change(row, done) + change(row, joined)) * 100);
const queue: Column = plain("aqu-sz", "aqu-sz", 7, (row, interval) => rate(row, ["queueMs"], interval) / 1000);
const busy: Column = share("%util", "util", 6, true, (row, interval) => rate(row, ["busyMs"], interval) / 10);
const allRequests: readonly DiskField[] = ["reads", "writes", "discards"];
const requestsPerSecond: Column = plain("tps", "tps", 8, (row, interval) => rate(row, allRequests, interval));

interface Kind {
  readonly letter: string;
  readonly done: DiskField;
  readonly joined: DiskField;
  readonly sectors: DiskField;
  readonly ms: DiskField;
}

const KINDS: readonly Kind[] = [
  { letter: "r", done: "reads", joined: "readsMerged", sectors: "sectorsRead", ms: "readMs" }, { letter: "w", done: "writes", joined: "writesMerged", sectors: "sectorsWritten", ms: "writeMs" },
  { letter: "d", done: "discards", joined: "discardsMerged", sectors: "sectorsDiscarded", ms: "discardMs" },
];

/** The tables of a report, each a list of columns: one, but four with -x and the names at the end. */
function layouts(wish: Wish): readonly (readonly Column[])[] {
  const unit = unitName(wish);
  if (wish.extended && wish.short) {
    const sectors: readonly DiskField[] = ["sectorsRead", "sectorsWritten", "sectorsDiscarded"];
    return [[
      requestsPerSecond, amount(`${unit}/s`, 9, sectors, wish), perSecondOf("rqm/s", 7, ["readsMerged", "writesMerged", "discardsMerged"]),
      plain("await", "await", 7, (row) => ratio(change(row, "readMs") + change(row, "writeMs") + change(row, "discardMs"), allRequests.reduce((sum, field) => sum + change(row, field), 0))),
      { ...size("areq-sz", "areq-sz", sectors, (row) => allRequests.reduce((sum, field) => sum + change(row, field), 0)), width: 8 }, queue, busy,
    ]];
  }
  if (wish.extended) {
    const kinds = KINDS.map(({ letter, done, joined, sectors, ms }) => [
      perSecondOf(`${letter}/s`, 7, [done]), amount(`${letter}${unit}/s`, 9, [sectors], wish), perSecondOf(`${letter}rqm/s`, 8, [joined]), merged(`%${letter}rqm`, `${letter}rqm`, done, joined),
      wait(`${letter}_await`, ms, done), size(`${letter}areq-sz`, `${letter}areq-sz`, [sectors], (row) => change(row, done)),
    ]);
    const rest = [perSecondOf("f/s", 7, ["flushes"]), wait("f_await", "flushMs", "flushes"), queue, busy];
    return wish.pretty ? [...kinds, rest] : [[...kinds.flat(), ...rest]];
  }
  const block = blocks(wish);
  if (wish.short) return [[requestsPerSecond, amount(`${block}_read/s`, 12, ["sectorsRead"], wish), amount(`${block}_w+d/s`, 12, ["sectorsWritten", "sectorsDiscarded"], wish), total(`${block}_read`, ["sectorsRead"], wish), total(`${block}_w+d`, ["sectorsWritten", "sectorsDiscarded"], wish)]];
  return [[
    requestsPerSecond, amount(`${block}_read/s`, 12, ["sectorsRead"], wish), amount(`${block}_wrtn/s`, 12, ["sectorsWritten"], wish), amount(`${block}_dscd/s`, 12, ["sectorsDiscarded"], wish),
    total(`${block}_read`, ["sectorsRead"], wish), total(`${block}_wrtn`, ["sectorsWritten"], wish), total(`${block}_dscd`, ["sectorsDiscarded"], wish),
  ]];
}

/** In JSON the extended columns are grouped by what they say, not by the kind of request. */
const JSON_ORDER = ["r/s", "w/s", "d/s", "f/s", "r#/s", "w#/s", "d#/s", "rrqm/s", "wrqm/s", "drqm/s", "rrqm", "wrqm", "drqm", "r_await", "w_await", "d_await", "f_await", "rareq-sz", "wareq-sz", "dareq-sz", "aqu-sz", "util"];

function diskJson(wish: Wish, row: Row, names: ReadonlyMap<string, string>, interval: number): string {
  const columns = layouts({ ...wish, pretty: false, short: wish.short && wish.extended }).flat();
  const place = ({ key }: Column): number => JSON_ORDER.indexOf(key.replace(/(kB|MB|sec)\/s$/, "#/s"));
  const ordered = wish.extended && !wish.short ? [...columns].sort((a, b) => place(a) - place(b)) : columns;
  const values = ordered.map((column) => {
    const value = column.value(row, interval, wish);
    return `"${column.key}": ${column.whole === true ? String(value) : fixed(value, wish.decimals)}`;
  });
  return `{"disk_device": "${names.get(row.now.name) ?? row.name}", ${values.join(", ")}}`;
}
