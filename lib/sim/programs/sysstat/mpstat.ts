// mpstat: what each processor spent its time on, and its interrupts (mpstat(1), sysstat 12.6.1).

import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { formatFloat } from "../kit/printf-format.ts";
import { flag, type Io, program, text, word } from "../kit/program.ts";
import { Cells } from "./_cells.ts";
import { allProcessors, type CpuField, cpuShare, type CpuTimes, NO_TIMES, parseCpuTimes } from "./_cpu.ts";
import { allInterrupts, type InterruptRow, parseInterrupts } from "./_interrupts.ts";
import { firstLine, inFront, nowSeconds, processorCount, readTimes, uptimeHundredths } from "./_times.ts";
import { takeNumber, usage, VERSION_TEXT } from "./_usage.ts";

const ALL = -1;
type Report = "load" | "node" | "sum" | "each" | "soft";

interface Wish {
  readonly reports: Set<Report>;
  /** ALL, or a processor's number */
  processors: readonly number[];
  processorsGiven: boolean;
  nodes: readonly number[];
  topology: boolean;
  json: boolean;
  decimals: number | undefined;
  interval: number | undefined;
  count: number | undefined;
}

interface Reading {
  readonly at: number;
  readonly hundredths: number;
  /** all of them first */
  readonly times: readonly CpuTimes[];
  readonly interrupts: number;
  readonly each: readonly InterruptRow[];
  readonly soft: readonly InterruptRow[];
}

const COLUMNS: readonly (readonly [head: string, fields: readonly CpuField[], minus: readonly CpuField[]])[] = [
  ["%usr", ["user"], ["guest"]], ["%nice", ["nice"], ["gnice"]], ["%sys", ["system"], []], ["%iowait", ["iowait"], []], ["%irq", ["irq"], []], ["%soft", ["soft"], []], ["%steal", ["steal"], []],
  ["%guest", ["guest"], []], ["%gnice", ["gnice"], []], ["%idle", ["idle"], []],
];
const LOAD_HEAD = COLUMNS.map(([head]) => ` ${head.padStart(7)}`).join("");

export default program(
  {
    name: "mpstat", summary: "what each processor spent its time on", synopsis: ["[OPTION]... [INTERVAL [COUNT]]"], operands: "none", seeAlso: ["iostat(1)", "pidstat(1)", "sar(1)", "vmstat(8)"],
    options: [
      flag(["-A"], "everything, of every processor"), word(["-I"], "KIND", [["SUM"], ["CPU"], ["SCPU"], ["ALL"]], "interrupts: all together, each one, the software ones"), flag(["-n"], "by NUMA node"), text(["-N"], "LIST|ALL", "these NUMA nodes"),
      text(["-P"], "LIST|ALL", "these processors"), flag(["-T"], "core, socket and node of each processor"), flag(["-u"], "use of the processors, the default"), flag(["-V"], "show the version"), word(["-o"], "FORMAT", [["JSON"]], "as JSON"), text(["--dec"], "0|1|2", "so many decimals"),
    ],
  },
  function* (sys, argv, io: Io) {
    const processors = processorCount(sys);
    const wish = parse(argv.slice(1), processors);
    if (wish === "version") {
      io.out.put(VERSION_TEXT);
      return 0;
    }
    if (wish === undefined) return yield* usage(io, "mpstat");
    const cells = new Cells(sys, { human: false, decimals: wish.decimals });
    const times = yield* readTimes(sys);
    const uname = sys.uname();
    const date = times.date(times.civil(nowSeconds(sys)));
    const fixed = (value: number): string => formatFloat(value, { minus: false, plus: false, space: false, zero: false, alternate: false, width: 0, precision: wish.decimals ?? 2, conversion: "f" });
    if (wish.json) io.out.put(`{"sysstat": {\n\t"hosts": [\n\t\t{\n\t\t\t"nodename": "${uname.nodename}",\n\t\t\t"sysname": "${uname.sysname}",\n\t\t\t"release": "${uname.release}",\n\t\t\t"machine": "${uname.machine}",\n\t\t\t"number-of-cpus": ${processors},\n\t\t\t"date": "${date}",\n\t\t\t"statistics": [\n`);
    else io.out.put(firstLine(uname, date, processors));
    const topology = wish.topology ? yield* readTopology(sys, processors) : undefined;
    const stamp = (reading: Reading): string => times.time(times.civil(reading.at));
    const headed = wish.reports.size > 1 || wish.processors.length > 1;
    const boot: Reading = { at: 0, hundredths: 0, times: [], interrupts: 0, each: [], soft: [] };
    if (wish.interval === undefined) {
      const now = yield* read(sys);
      if (wish.json) io.out.put(json(wish, boot, now, stamp(now), fixed));
      else io.out.put(tables(cells, wish, boot, now, stamp(now), stamp(now), topology, true));
    } else {
      const first = yield* read(sys);
      const height = Math.max(1, (sys.isatty(1) ? sys.getWindowSize(1).rows || 24 : 3600 * 24) - 2);
      let before = first;
      let shown = 0;
      sys.sigaction(2, "catch");
      for (; wish.count === undefined || shown < wish.count; shown++) {
        yield* io.out.flush();
        try {
          yield* sys.sleep(wish.interval * 1e6);
        } catch (error) {
          if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
          break;
        }
        const now = yield* read(sys);
        if (wish.json) io.out.put(`${shown > 0 ? ",\n" : ""}${json(wish, before, now, stamp(now), fixed)}`);
        else io.out.put(tables(cells, wish, before, now, stamp(before), stamp(now), topology, headed || shown % height === 0));
        before = now;
      }
      const average = io.word("Average:");
      if (!wish.json && shown > 0) io.out.put(tables(cells, wish, first, before, average, average, topology, headed));
    }
    if (wish.json) io.out.put("\n\t\t\t]\n\t\t}\n\t]\n}}\n");
    return 0;
  },
);

/** "0,2-3" or "all": undefined where a number is not there. */
function list(words: string, most: number): readonly number[] | undefined {
  const found = new Set<number>();
  for (const part of words.split(",")) {
    if (part === "all") found.add(ALL);
    else if (part === "ALL") for (let one = ALL; one < most; one++) found.add(one);
    else {
      const match = /^(\d+)(?:-(\d+))?$/.exec(part);
      const from = Number(match?.[1]);
      const to = Number(match?.[2] ?? match?.[1]);
      if (match === null || from >= most || to < from) return undefined;
      for (let one = from; one <= Math.min(to, most - 1); one++) found.add(one);
    }
  }
  return [...found].sort((a, b) => a - b);
}

function parse(words: readonly string[], processors: number): Wish | "version" | undefined {
  const wish: Wish = { reports: new Set(), processors: [ALL], processorsGiven: false, nodes: [ALL], topology: false, json: false, decimals: undefined, interval: undefined, count: undefined };
  const interrupts = (kind: string | undefined): boolean => {
    const kinds = new Map<string, readonly Report[]>([["SUM", ["sum"]], ["CPU", ["each"]], ["SCPU", ["soft"]], ["ALL", ["sum", "each", "soft"]]]);
    for (const one of (kind ?? "").split(",")) {
      const reports = kinds.get(one);
      if (reports === undefined) return false;
      for (const report of reports) wish.reports.add(report);
    }
    return true;
  };
  for (let at = 0; at < words.length; at++) {
    const given = words[at] ?? "";
    const next = words[at + 1];
    if (given === "-I") {
      if (!interrupts(next)) return undefined;
      at++;
    } else if (given === "-P") {
      const found = next === undefined ? undefined : list(next, processors);
      if (found === undefined) return undefined;
      wish.processors = found;
      wish.processorsGiven = true;
      at++;
    } else if (given === "-N") {
      const found = next === undefined ? undefined : list(next, 1);
      if (found === undefined) return undefined;
      wish.nodes = found;
      wish.reports.add("node");
      at++;
    } else if (given === "-o") {
      if (next !== "JSON") return undefined;
      wish.json = true;
      at++;
    } else if (/^--dec=[012]$/.test(given)) wish.decimals = Number(given.slice(6));
    else if (given.startsWith("-") && given.length > 1 && !given.startsWith("--")) {
      for (const letter of given.slice(1)) {
        if (letter === "A") {
          for (const report of ["load", "node", "sum", "each", "soft"] as const) wish.reports.add(report);
          if (!wish.processorsGiven) wish.processors = list("ALL", processors) ?? [ALL];
          wish.processorsGiven = true;
          wish.nodes = [ALL, 0];
        } else if (letter === "n") wish.reports.add("node");
        else if (letter === "T") wish.topology = true;
        else if (letter === "u") wish.reports.add("load");
        else if (letter === "V") return "version";
        else return undefined;
      }
    } else if (!takeNumber(wish, given)) return undefined;
  }
  if (wish.reports.size === 0) wish.reports.add("load");
  if (wish.interval === 0) wish.interval = undefined;
  return wish;
}

function* read(sys: Sys): Blocking<Reading> {
  const stat = (yield* readTextFile(sys, "/proc/stat")) ?? "";
  return {
    at: nowSeconds(sys), hundredths: yield* uptimeHundredths(sys), times: parseCpuTimes(stat), interrupts: allInterrupts(stat),
    each: parseInterrupts((yield* readTextFile(sys, "/proc/interrupts")) ?? ""), soft: parseInterrupts((yield* readTextFile(sys, "/proc/softirqs")) ?? ""),
  };
}

interface Place {
  readonly core: string;
  readonly socket: string;
  readonly node: string;
}

function* readTopology(sys: Sys, processors: number): Blocking<readonly Place[]> {
  const found: Place[] = [];
  for (let one = 0; one < processors; one++) {
    const directory = `/sys/devices/system/cpu/cpu${one}/topology`;
    found.push({ core: ((yield* readTextFile(sys, `${directory}/core_id`)) ?? "0").trim(), socket: ((yield* readTextFile(sys, `${directory}/physical_package_id`)) ?? "0").trim(), node: "0" });
  }
  return found;
}

const timesOf = (reading: Reading, processor: number): CpuTimes => (processor === ALL ? allProcessors(reading.times) : reading.times[processor + 1] ?? NO_TIMES);
const name = (processor: number): string => (processor === ALL ? "all" : String(processor));
const shares = (before: Reading, now: Reading, processor: number): readonly number[] => COLUMNS.map(([, fields, minus]) => cpuShare(timesOf(before, processor), timesOf(now, processor), fields, minus));
/** The processors of a table of interrupts: all where none was asked for. */
const listed = (wish: Wish, now: Reading): readonly number[] => (wish.processorsGiven ? wish.processors.filter((one) => one !== ALL) : now.times.slice(1).map((_, at) => at));

const perSecond = (before: number, now: number, from: Reading, to: Reading): number => ((now - before) / Math.max(1, to.hundredths - from.hundredths)) * 100;
function sumOf(before: Reading, now: Reading, processor: number): number {
  if (processor === ALL) return perSecond(before.interrupts, now.interrupts, before, now);
  const all = (reading: Reading): number => reading.each.reduce((sum, row) => sum + (row.counts[processor] ?? 0), 0);
  return perSecond(all(before), all(now), before, now);
}
const rateOf = (rows: readonly InterruptRow[], row: InterruptRow, processor: number, before: Reading, now: Reading): number => perSecond(rows.find((one) => one.name === row.name)?.counts[processor] ?? 0, row.counts[processor] ?? 0, before, now);

function tables(cells: Cells, wish: Wish, before: Reading, now: Reading, from: string, to: string, topology: readonly Place[] | undefined, headed: boolean): string {
  let out = "";
  const head = (columns: string): void => {
    if (headed) out += `\n${inFront(from)}${columns}\n`;
  };
  const line = (label: string, values: string): void => {
    out += `${inFront(to)}${cells.item(label)}${values}\n`;
  };
  if (wish.reports.has("load")) {
    head(`  CPU${topology === undefined ? "" : " CORE SOCK NODE"}${LOAD_HEAD}`);
    for (const one of wish.processors) {
      const place = topology?.[one];
      const where = topology === undefined ? "" : place === undefined ? " ".repeat(15) : cells.item(` ${place.core.padStart(4)} ${place.socket.padStart(4)} ${place.node.padStart(4)}`);
      line(` ${name(one).padStart(4)}`, `${where}${shares(before, now, one).map((share) => cells.percent(share, 7, true)).join("")}`);
    }
  }
  if (wish.reports.has("node")) {
    head(` NODE${LOAD_HEAD}`);
    for (const one of wish.nodes) line(` ${name(one).padStart(4)}`, shares(before, now, ALL).map((share) => cells.percent(share, 7, true)).join(""));
  }
  if (wish.reports.has("sum")) {
    head("  CPU    intr/s");
    for (const one of wish.processors) line(` ${name(one).padStart(4)}`, cells.real(sumOf(before, now, one), 9));
  }
  for (const [report, rows, former] of [["each", now.each, before.each], ["soft", now.soft, before.soft]] as const) {
    if (!wish.reports.has(report) || rows.length === 0) continue;
    const width = (row: InterruptRow): number => Math.max(8, row.name.length);
    head(`  CPU${rows.map((row) => ` ${row.name.padStart(width(row))}/s`).join("")}`);
    for (const one of listed(wish, now)) line(` ${name(one).padStart(4)}`, rows.map((row) => cells.real(rateOf(former, row, one, before, now), width(row) + 2)).join(""));
  }
  return out;
}

function json(wish: Wish, before: Reading, now: Reading, stamp: string, fixed: (value: number) => string): string {
  const indent = "\t".repeat(5);
  const block = (title: string, rows: readonly string[]): string => `${indent}"${title}": [\n${rows.map((row) => `${indent}\t${row}`).join(",\n")}\n${indent}]`;
  const load = (key: string, one: number, of: number): string => `{"${key}": "${name(one)}", ${COLUMNS.map(([head], at) => `"${head.slice(1)}": ${fixed(shares(before, now, of)[at] ?? 0)}`).join(", ")}}`;
  const parts = [`${indent}"timestamp": "${stamp}"`];
  if (wish.reports.has("load")) parts.push(block("cpu-load", wish.processors.map((one) => load("cpu", one, one))));
  if (wish.reports.has("node")) parts.push(block("node-load", wish.nodes.map((one) => load("node", one, ALL))));
  if (wish.reports.has("sum")) parts.push(block("sum-interrupts", wish.processors.map((one) => `{"cpu": "${name(one)}", "intr": ${fixed(sumOf(before, now, one))}}`)));
  for (const [report, title, rows, former] of [["each", "individual-interrupts", now.each, before.each], ["soft", "soft-interrupts", now.soft, before.soft]] as const) {
    if (!wish.reports.has(report)) continue;
    parts.push(block(title, listed(wish, now).map((one) => `{"cpu": "${name(one)}", "intr": [\n${rows.map((row) => `${indent}\t\t{"name": "${row.name}", "value": ${fixed(rateOf(former, row, one, before, now))}}`).join(",\n")}\n${indent}\t]}`)));
  }
  return `\t\t\t\t{\n${parts.join(",\n")}\n\t\t\t\t}`;
}
