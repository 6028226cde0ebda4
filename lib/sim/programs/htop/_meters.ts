// What stands above htop's table: meters in columns, each a bar or a text (htop 3.2: Header.c and Meter.c tell how the widths and bars come about).
import type { Blocking, Sys } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { type ProcessInfo, readMemory, readSystemTimes } from "../kit/processes.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";
import type { Piece } from "./_columns.ts";
import type { Settings } from "./_settings.ts";

export interface CpuTimes {
  readonly user: number;
  readonly nice: number;
  readonly system: number;
  readonly idle: number;
}

/** mode 1: bar, 2: text */
export interface MeterPlace {
  readonly name: string;
  readonly mode: number;
}

export const LAYOUTS: ReadonlyMap<string, { readonly label: string; readonly widths: readonly number[] }> = new Map([
  ["one_100", { label: "1 column  - full width", widths: [100] }], ["two_50_50", { label: "2 columns - 50/50 (default)", widths: [50, 50] }], ["two_33_67", { label: "2 columns - 33/67", widths: [33, 67] }], ["two_67_33", { label: "2 columns - 67/33", widths: [67, 33] }],
  ["three_33_34_33", { label: "3 columns - 33/34/33", widths: [33, 34, 33] }], ["three_25_25_50", { label: "3 columns - 25/25/50", widths: [25, 25, 50] }], ["three_25_50_25", { label: "3 columns - 25/50/25", widths: [25, 50, 25] }], ["three_50_25_25", { label: "3 columns - 50/25/25", widths: [50, 25, 25] }],
  ["three_40_20_40", { label: "3 columns - 40/20/40", widths: [40, 20, 40] }], ["four_25_25_25_25", { label: "4 columns - 25/25/25/25", widths: [25, 25, 25, 25] }],
]);

/** Names in the file, names on the setup screen, and the mode that a new one begins with. */
export const METERS: ReadonlyMap<string, { readonly label: string; readonly mode: number; readonly bar: boolean }> = new Map([
  ["Clock", { label: "Clock", mode: 2, bar: false }], ["Date", { label: "Date", mode: 2, bar: false }], ["DateTime", { label: "Date and Time", mode: 2, bar: false }], ["LoadAverage", { label: "Load average", mode: 2, bar: true }], ["Memory", { label: "Memory", mode: 1, bar: true }], ["Swap", { label: "Swap", mode: 1, bar: true }],
  ["System", { label: "System", mode: 2, bar: false }], ["Tasks", { label: "Task counter", mode: 2, bar: false }], ["Uptime", { label: "Uptime", mode: 2, bar: false }], ["Hostname", { label: "Hostname", mode: 2, bar: false }], ["AllCPUs", { label: "CPUs (1/1)", mode: 1, bar: true }], ["LeftCPUs", { label: "CPUs (1/2)", mode: 1, bar: true }],
  ["RightCPUs", { label: "CPUs (2/2)", mode: 1, bar: true }], ["LeftCPUs2", { label: "CPUs (1&2/4)", mode: 1, bar: true }], ["RightCPUs2", { label: "CPUs (3&4/4)", mode: 1, bar: true }], ["CPU", { label: "CPU average", mode: 1, bar: true }], ["Blank", { label: "Blank", mode: 2, bar: false }],
]);

export function* readCpus(sys: Sys): Blocking<readonly CpuTimes[]> {
  const out: CpuTimes[] = [];
  for (const line of ((yield* readTextFile(sys, "/proc/stat")) ?? "").split("\n")) {
    const match = /^cpu\d+ (.*)$/.exec(line);
    if (!match) continue;
    const [user = 0, nice = 0, system = 0, idle = 0, wait = 0, irq = 0, soft = 0] = (match[1] ?? "").trim().split(/\s+/).map(Number);
    out.push({ user, nice, system: system + irq + soft, idle: idle + wait });
  }
  return out;
}

interface Reading {
  readonly caption: string;
  readonly parts: readonly (readonly [share: number, style: string])[];
  readonly value: string;
  readonly text: readonly Piece[];
}

/** The caption, then "[|||     12.3%]": each part at least a cell, the value at the right end in the colours of what it stands on. */
function bar(width: number, { caption, parts, value }: Reading): readonly Piece[] {
  const room = Math.max(0, width - 5);
  const shown = value.slice(0, room);
  const cells = Array.from({ length: room }, (_, at) => ({ text: at < room - shown.length ? " " : (shown[at - (room - shown.length)] ?? " "), style: "1;30" }));
  let at = 0;
  for (const [share, style] of parts) {
    const until = Math.min(room, at + (share > 0 ? Math.ceil(Math.min(1, share) * room) : 0));
    for (; at < until; at++) {
      const cell = cells[at];
      if (cell) cells[at] = { text: cell.text === " " ? "|" : cell.text, style };
    }
  }
  return [{ text: caption.slice(0, 3).padStart(3), style: "36" }, { text: "[", style: "1" }, ...cells, { text: "]", style: "1" }];
}

/** KiB with a letter: no digits behind the point for K, else as many as make three figures. */
function amount(kib: number): string {
  let value = kib;
  for (const unit of "KMG") {
    if (value < 1024) return `${value.toFixed(unit === "K" ? 0 : value < 10 ? 2 : value < 100 ? 1 : 0)}${unit}`;
    value /= 1024;
  }
  return `${value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)}T`;
}

export interface Facts {
  readonly cpus: readonly CpuTimes[];
  readonly before: readonly CpuTimes[];
  readonly memory: ReadonlyMap<string, number>;
  readonly load: readonly string[];
  readonly uptimeSeconds: number;
  readonly processes: readonly ProcessInfo[];
  readonly host: string;
  readonly system: string;
  readonly now: (format: string) => string;
}

export function* readFacts(sys: Sys, before: readonly CpuTimes[], cpus: readonly CpuTimes[], processes: readonly ProcessInfo[]): Blocking<Facts> {
  const { uptimeSeconds } = yield* readSystemTimes(sys);
  const memory = yield* readMemory(sys);
  const load = ((yield* readTextFile(sys, "/proc/loadavg")) ?? "").split(" ").slice(0, 3);
  const host = ((yield* readTextFile(sys, "/proc/sys/kernel/hostname")) ?? "").trim();
  const release = ((yield* readTextFile(sys, "/proc/sys/kernel/osrelease")) ?? "").trim();
  const distribution = /^PRETTY_NAME="?([^"\n]*)/m.exec((yield* readTextFile(sys, "/etc/os-release")) ?? "")?.[1] ?? "";
  const civil = civilAt(yield* readZone(sys), Math.floor(sys.clockUs("realtime") / 1e6));
  return { cpus, before, memory, load, uptimeSeconds, processes, host, system: `Linux ${release} [x86_64] @ ${distribution}`, now: (format) => strftime(format, civil) };
}

const two = (value: number): string => String(Math.floor(value)).padStart(2, "0");

function cpuReading(caption: string, times: CpuTimes, old: CpuTimes | undefined): Reading {
  const zero = old === undefined;
  const spent = { user: times.user - (old?.user ?? 0), nice: times.nice - (old?.nice ?? 0), system: times.system - (old?.system ?? 0), idle: times.idle - (old?.idle ?? 0) };
  const total = Math.max(1, spent.user + spent.nice + spent.system + spent.idle);
  const share = (ticks: number): number => (zero ? 0 : ticks / total);
  const value = `${(100 * share(total - spent.idle)).toFixed(1)}%`;
  return {
    caption, value, parts: [[share(spent.nice), "1;34"], [share(spent.user), "32"], [share(spent.system), "31"]],
    text: [{ text: `${caption.trim()}:`, style: "36" }, { text: `${(100 * share(spent.user)).toFixed(1).padStart(5)}% `, style: "32" }, { text: "sys:", style: "36" }, { text: `${(100 * share(spent.system)).toFixed(1).padStart(5)}% `, style: "31" }, { text: "low:", style: "36" }, { text: `${(100 * share(spent.nice)).toFixed(1).padStart(5)}% `, style: "1;34" }],
  };
}

function average(times: readonly CpuTimes[]): CpuTimes {
  const sum = { user: 0, nice: 0, system: 0, idle: 0 };
  for (const one of times) {
    sum.user += one.user;
    sum.nice += one.nice;
    sum.system += one.system;
    sum.idle += one.idle;
  }
  return sum;
}

function reading(name: string, facts: Facts, hidesKernelThreads: boolean): Reading {
  const kib = (key: string): number => facts.memory.get(key) ?? 0;
  const words = (label: string, ...pieces: readonly Piece[]): Reading => ({ caption: label.slice(0, 3), parts: [], value: pieces.map((piece) => piece.text).join(""), text: [{ text: label, style: "36" }, ...pieces] });
  switch (name) {
    case "Memory": {
      const total = Math.max(1, kib("MemTotal"));
      const cache = kib("Cached") + kib("SReclaimable");
      const free = kib("MemFree") + cache + kib("Buffers");
      const used = total >= free ? total - free : total - kib("MemFree");
      const cached = Math.max(0, cache - kib("Shmem"));
      return {
        caption: "Mem", value: `${amount(used)}/${amount(total)}`, parts: [[used / total, "32"], [kib("Buffers") / total, "1;34"], [kib("Shmem") / total, "35"], [cached / total, "33"]],
        text: [{ text: "Mem:", style: "36" }, { text: amount(total), style: "1" }, { text: " used:", style: "36" }, { text: amount(used), style: "32" }, { text: " buffers:", style: "36" }, { text: amount(kib("Buffers")), style: "1;34" }, { text: " shared:", style: "36" }, { text: amount(kib("Shmem")), style: "35" }, { text: " cache:", style: "36" }, { text: amount(cached), style: "33" }, { text: " available:", style: "36" }, { text: amount(kib("MemAvailable")), style: "1" }],
      };
    }
    case "Swap": {
      const total = kib("SwapTotal"), used = total - kib("SwapFree");
      return { caption: "Swp", value: `${amount(used)}/${amount(total)}`, parts: [[total === 0 ? 0 : used / total, "31"]], text: [{ text: "Swp:", style: "36" }, { text: amount(total), style: "1" }, { text: " used:", style: "36" }, { text: amount(used), style: "31" }] };
    }
    case "Tasks": {
      const userland = facts.processes.filter((process) => process.arguments.length > 0 || process.state === "Z");
      const kernel = facts.processes.length - userland.length;
      const threads = userland.reduce((sum, process) => sum + process.threads - 1, 0);
      const running = Math.min(facts.cpus.length, facts.processes.filter((process) => process.state === "R").length);
      return words("Tasks: ", { text: String(userland.length), style: "1;36" }, { text: ", ", style: "36" }, { text: String(threads), style: "1;32" }, { text: " thr", style: "36" }, { text: `, ${kernel} kthr`, style: hidesKernelThreads ? "1;30" : "36" }, { text: "; ", style: "36" }, { text: String(running), style: "1;32" }, { text: " running", style: "36" });
    }
    case "LoadAverage": {
      const [one = "0.00", five = "0.00", fifteen = "0.00"] = facts.load;
      return { ...words("Load average: ", { text: `${one} `, style: "1" }, { text: `${five} `, style: "1;36" }, { text: `${fifteen} `, style: "36" }), caption: "Loa", parts: [[Number(one) / Math.max(1, facts.cpus.length), "32"]], value: `${one}/${five}/${fifteen}` };
    }
    case "Uptime": {
      const days = Math.floor(facts.uptimeSeconds / 86_400);
      return words("Uptime: ", { text: `${days > 1 ? `${days} days, ` : days === 1 ? "1 day, " : ""}${two((facts.uptimeSeconds / 3600) % 24)}:${two((facts.uptimeSeconds / 60) % 60)}:${two(facts.uptimeSeconds % 60)}`, style: "1;36" });
    }
    case "Clock": return words("Time: ", { text: facts.now("%H:%M:%S"), style: "1" });
    case "Date": return words("Date: ", { text: facts.now("%F"), style: "1" });
    case "DateTime": return words("Date & Time: ", { text: facts.now("%F %H:%M:%S"), style: "1" });
    case "Hostname": return words("Hostname: ", { text: facts.host, style: "1" });
    case "System": return words("System: ", { text: facts.system, style: "1" });
    default: return words("");
  }
}

/** A meter of processors is as high as it shows some. */
function readingsOf(name: string, facts: Facts, settings: Settings): readonly (readonly Reading[])[] {
  const from = settings.on.has("cpu_count_from_one") ? 1 : 0;
  const one = (at: number): Reading => cpuReading(String(at + from).padStart(3), facts.cpus[at] ?? { user: 0, nice: 0, system: 0, idle: 0 }, facts.before[at]);
  const count = facts.cpus.length, half = Math.ceil(count / 2);
  const numbers = Array.from({ length: count }, (_, at) => at);
  if (name === "CPU") return [[cpuReading("Avg", average(facts.cpus), facts.before.length === 0 ? undefined : average(facts.before))]];
  const part = /^(All|Left|Right)CPUs(2?)$/.exec(name);
  if (!part) return [[reading(name, facts, settings.on.has("hide_kernel_threads"))]];
  const mine = part[1] === "All" ? numbers : part[1] === "Left" ? numbers.slice(0, half) : numbers.slice(half);
  if (part[2] === "") return mine.map((at) => [one(at)]);
  const rows = Math.ceil(mine.length / 2);
  return Array.from({ length: rows }, (_, row) => [mine[row], mine[row + rows]].filter((at) => at !== undefined).map(one));
}

interface HeaderPiece {
  readonly row: number;
  readonly column: number;
  readonly pieces: readonly Piece[];
}

/** The pieces of the header and how many rows it takes, its margin with it. */
export function layOutHeader(settings: Settings, facts: Facts, columns: number): { readonly rows: number; readonly pieces: readonly HeaderPiece[] } {
  const widths = LAYOUTS.get(settings.layout)?.widths ?? [50, 50];
  const margin = settings.on.has("header_margin") ? 2 : 0;
  const width = columns - 2 * margin - (widths.length - 1);
  const pieces: HeaderPiece[] = [];
  let left = margin, lost = 0, highest = 0;
  widths.forEach((percent, at) => {
    let own = (width * percent) / 100;
    lost += own - Math.floor(own);
    if (lost >= 1) {
      own++;
      lost--;
    }
    let row = margin / 2;
    for (const { name, mode } of settings.meters[at] ?? []) {
      for (const side of readingsOf(name, facts, settings)) {
        const each = side.length > 1 ? Math.floor((Math.floor(own) - 1) / 2) : Math.floor(own);
        side.forEach((one, index) => pieces.push({ row, column: left + index * (each + 1), pieces: mode === 1 ? bar(each, one) : one.text }));
        row++;
      }
    }
    highest = Math.max(highest, row - margin / 2);
    left += Math.floor(own) + 1;
  });
  return { rows: highest + margin, pieces };
}
