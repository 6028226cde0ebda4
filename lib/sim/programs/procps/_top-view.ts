// What top shows: the summary and the table, by its settings.
import type { Blocking, Sys } from "../../kernel/sys.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import { decimalPoint } from "../kit/locale.ts";
import { messageLanguage } from "../kit/messages/translate.ts";
import { type ProcessInfo, readMemory, readProcess, readProcesses, readSystemTimes, ttyName } from "../kit/processes.ts";
import { cellText, layOutFields, TOP_FIELDS } from "./_top-fields.ts";
import { MORE_FIELDS, moreCells } from "./_top-more-fields.ts";
import { uptimeLine } from "./_uptime-line.ts";

/** How a part of the summary is shown: numbers, a bar of strokes, a solid bar, not at all (t, m). */
export type SummaryMode = 0 | 1 | 2 | 3;

export interface TopView {
  /** the fields that are shown, in order */
  fields: readonly string[];
  sort: string;
  ascending: boolean;
  fullCommand: boolean;
  idle: boolean;
  forest: boolean;
  load: boolean;
  states: SummaryMode;
  memory: SummaryMode;
  eachCpu: boolean;
  /** powers of 1024 above KiB: of the summary (E), of the table (e) */
  summaryScale: number;
  taskScale: number;
  /** a processor is 100 % (Irix), or all together are */
  irix: boolean;
  /** times with those of ended children (S) */
  cumulative: boolean;
  numbersLeft: boolean;
  wordsRight: boolean;
  /** threads one by one (H) */
  threads: boolean;
  /** zeros are shown (0) */
  zeros: boolean;
  /** the first field that is shown (arrows) */
  firstField: number;
  users: string | undefined;
  pids: readonly number[];
  filters: readonly { readonly field: string; readonly operator: "=" | "<" | ">"; readonly value: string; readonly not: boolean }[];
  most: number;
}

/** What was counted at the last look: ticks of processes and of the CPUs. */
export interface Before {
  readonly ticks: Map<number, number>;
  cpus: Map<string, readonly number[]>;
}

export interface TopScreen {
  readonly summary: readonly string[];
  readonly rows: readonly { readonly pid: number; readonly running: boolean; readonly text: string }[];
}

/** KiB in a unit, or in the next one in which the number has room. */
function sizeText(kib: number, width: number, scale: number): string {
  let value = kib;
  for (let at = 0; at < 5; at++) {
    const text = at === 0 ? String(Math.round(value)) : `${value.toFixed(1)}${"kmgtp".charAt(at)}`;
    if (at >= scale && text.length <= width) return text;
    value /= 1024;
  }
  return "+".repeat(width);
}

/** TIME+ and TIME: minutes, hours or days, as they have room (procps scales them). */
function timeText(ticks: number, width: number, hundredths: boolean): string {
  const seconds = Math.floor(ticks / 100), minutes = Math.floor(seconds / 60), hours = Math.floor(minutes / 60), days = Math.floor(hours / 24);
  const two = (value: number): string => String(value).padStart(2, "0");
  const forms = [...(hundredths ? [`${minutes}:${two(seconds % 60)}.${two(ticks % 100)}`] : []), `${minutes}:${two(seconds % 60)}`, `${hours},${two(minutes % 60)}`, `${hours}h`, `${days}d`];
  return forms.find((form) => form.length <= width) ?? "+".repeat(width);
}

const SOLID = "\u0001";

/** A bar of 53 columns; a solid one is marked for whoever draws it. */
function bar(percent: number, mode: SummaryMode): string {
  const filled = Math.max(0, Math.min(53, Math.round((percent * 53) / 100)));
  const stroke = mode === 1 ? "|".repeat(filled) : `${SOLID}${" ".repeat(filled)}${SOLID}`;
  return `[${stroke}${" ".repeat(53 - filled)}]`;
}

function cpuBar(label: string, now: readonly number[], before: readonly number[] | undefined, mode: SummaryMode): string {
  const spent = now.map((value, i) => Math.max(0, value - (before?.[i] ?? 0)));
  const total = Math.max(1, spent.reduce((sum, value) => sum + value, 0));
  const user = (((spent[0] ?? 0) + (spent[1] ?? 0)) * 100) / total;
  const system = ((total - (spent[0] ?? 0) - (spent[1] ?? 0) - (spent[3] ?? 0) - (spent[4] ?? 0)) * 100) / total;
  return `${label} ${user.toFixed(1).padStart(5)}/${system.toFixed(1).padEnd(5)}${String(Math.round(user + system)).padStart(4)}${bar(user + system, mode)} `;
}

function memoryBar(label: string, percent: number, total: string, mode: SummaryMode): string {
  return `${label}${`${percent.toFixed(1).padStart(5)}/${total.trim()}`.padEnd(15)}${bar(percent, mode)} `;
}

function cpuLine(label: string, now: readonly number[], before: readonly number[] | undefined): string {
  const spent = now.map((value, i) => Math.max(0, value - (before?.[i] ?? 0)));
  const total = Math.max(1, spent.reduce((sum, value) => sum + value, 0));
  const share = (at: number) => (((spent[at] ?? 0) * 100) / total).toFixed(1).padStart(5);
  return `${label}${share(0)} us,${share(2)} sy,${share(1)} ni,${share(3)} id,${share(4)} wa,${share(5)} hi,${share(6)} si,${share(7)} st `;
}

/** What is in KiB among the rarer fields. */
const SIZES: readonly string[] = ["SWAP", "CODE", "DATA", "USED", "RSan", "RSfd", "RSlk", "RSsh", "RSS", "PSS", "PSan", "PSfd", "PSsh", "USS"];
const BY_NAME_WIDTH = new Map(TOP_FIELDS.map((field) => [field.name, field.width]));

const LOCAL_FIELDS: ReadonlySet<string> = new Set(["VIRT", "RES", "SHR", "%CPU", "%MEM"]);

/** The summary's words as procps 4.0's catalogue has them. */
const FRENCH_WORDS: readonly (readonly [english: string, french: string])[] = [
  ["Tasks:", "Tâches:"], [" running", " en cours"], [" sleeping", " en veille"], [" stopped", " arrêté"], [" us,", " ut,"], ["Swap:", "Éch :"], [" free,", " libr,"], [" used,", " util,"], [" used.", " util."], [" buff/cache", " tamp/cache"], [" avail Mem", " dispo Mem"],
];

function inFrench(line: string): string {
  return FRENCH_WORDS.reduce((text, [english, french]) => text.replace(english, french), line);
}

/** Each thread as a task of its own (H). */
function* readThreads(sys: Sys): Blocking<readonly ProcessInfo[]> {
  const found: ProcessInfo[] = [];
  for (const process of yield* readProcesses(sys)) {
    if (process.threads <= 1) {
      found.push(process);
      continue;
    }
    for (const { name } of sys.readdir(`/proc/${process.pid}/task`)) {
      const thread = /^\d+$/.test(name) ? yield* readProcess(sys, Number(name), `/proc/${process.pid}/task/${name}`) : undefined;
      if (thread) found.push(thread);
    }
  }
  return found;
}

export function* topScreen(sys: Sys, view: TopView, before: Before, elapsedSeconds: number, columns: number): Blocking<TopScreen> {
  const accounts = yield* Accounts.read(sys);
  const memory = yield* readMemory(sys);
  const get = (key: string): number => memory.get(key) ?? 0;
  const processes = view.threads ? yield* readThreads(sys) : yield* readProcesses(sys);
  const { uptimeSeconds } = yield* readSystemTimes(sys);
  const cpus = new Map<string, readonly number[]>();
  for (const line of ((yield* readTextFile(sys, "/proc/stat")) ?? "").split("\n")) {
    const [name = "", ...values] = line.split(/\s+/);
    if (/^cpu\d*$/.test(name)) cpus.set(name, values.slice(0, 8).map(Number));
  }
  const count = (letters: string): number => processes.filter((process) => letters.includes(process.state)).length;
  const french = messageLanguage(sys) === "fr";
  const unit = `${"KMGTPE".charAt(view.summaryScale)}iB`;
  const mib = (kib: number): string => (view.summaryScale === 0 ? String(kib) : (kib / 1024 ** view.summaryScale).toFixed(1)).padStart(8);
  const summary: string[] = [];
  if (view.load) summary.push(`top -${yield* uptimeLine(sys)}`);
  if (view.states < 3) {
    summary.push(`${view.threads ? "Threads:" : "Tasks:"} ${String(processes.length).padStart(3)} total, ${String(count("R")).padStart(3)} running, ${String(count("SDI")).padStart(3)} sleeping, ${String(count("T")).padStart(3)} stopped, ${String(count("Z")).padStart(3)} zombie`);
    for (const [name, values] of cpus) {
      if ((name === "cpu") === view.eachCpu) continue;
      const label = name === "cpu" ? "%Cpu(s):" : `${`%Cpu${name.slice(3)}`.padEnd(7)}:`;
      summary.push(view.states === 0 ? cpuLine(label, values, before.cpus.get(name)) : cpuBar(label, values, before.cpus.get(name), view.states));
    }
  }
  if (view.memory === 1 || view.memory === 2) {
    const share = (part: number, whole: number): number => (whole === 0 ? 0 : (part * 100) / whole);
    summary.push(
      memoryBar(`${unit} Mem :`, share(get("MemTotal") - get("MemAvailable"), get("MemTotal")), mib(get("MemTotal")), view.memory),
      memoryBar(`${unit} Swap:`, share(get("SwapTotal") - get("SwapFree"), get("SwapTotal")), mib(get("SwapTotal")), view.memory),
    );
  } else if (view.memory === 0) {
    summary.push(
      `${unit} Mem : ${mib(get("MemTotal"))} total, ${mib(get("MemFree"))} free, ${mib(get("MemTotal") - get("MemAvailable"))} used, ${mib(get("Buffers") + get("Cached") + get("SReclaimable"))} buff/cache     `,
      `${unit} Swap: ${mib(get("SwapTotal"))} total, ${mib(get("SwapFree"))} free, ${mib(get("SwapTotal") - get("SwapFree"))} used. ${mib(get("MemAvailable"))} avail Mem `,
    );
  }
  const ticks = (process: ProcessInfo): number => process.userTicks + process.systemTicks + (view.cumulative ? process.childrenTicks : 0);
  const usage = (process: ProcessInfo): number => {
    const old = before.ticks.get(process.pid);
    const span = old === undefined ? Math.max(0.01, uptimeSeconds - process.startTicks / 100) : Math.max(0.01, elapsedSeconds);
    return (ticks(process) - (old ?? 0)) / span;
  };
  const names = view.fields.slice(view.firstField);
  const more = new Map<number, ReadonlyMap<string, string>>();
  if (view.fields.some((name) => MORE_FIELDS.has(name))) for (const process of processes) more.set(process.pid, yield* moreCells(sys, process, view.fields, uptimeSeconds));
  const entries = processes.map((process) => {
    const user = accounts.userName(process.uids[1] ?? 0);
    const shared = Number.parseInt(process.status.get("RssFile") ?? "0", 10);
    const time = ticks(process);
    const cpu = usage(process) / (view.irix ? 1 : Math.max(1, cpus.size - 1));
    const share = (process.residentPages * 400) / Math.max(1, get("MemTotal"));
    const name = process.arguments.length === 0 ? (view.fullCommand ? `[${process.comm}]` : process.comm) : view.fullCommand ? process.arguments.join(" ") : process.comm;
    const cells = new Map<string, string>([
      ["PID", String(process.pid)], ["USER", user], ["PR", process.priority < -99 ? "rt" : String(process.priority)], ["NI", String(process.nice)], ["VIRT", sizeText(Math.floor(process.virtualBytes / 1024), 7, view.taskScale)], ["RES", sizeText(process.residentPages * 4, 6, view.taskScale)], ["SHR", sizeText(shared, 6, view.taskScale)],
      ["S", process.state], ["%CPU", cpu.toFixed(1)], ["%MEM", share.toFixed(1)], ["TIME+", timeText(time, 9, true)], ["COMMAND", name],
      ["PPID", String(process.ppid)], ["UID", String(process.uids[1] ?? 0)], ["RUID", String(process.uids[0] ?? 0)], ["RUSER", accounts.userName(process.uids[0] ?? 0)], ["SUID", String(process.uids[2] ?? 0)], ["GID", String(process.gids[1] ?? 0)],
      ["PGRP", String(process.pgrp)], ["TPGID", String(process.tpgid)], ["SID", String(process.session)], ["nTH", String(process.threads)], ["P", String(process.processor)], ["TIME", timeText(time, 6, false)],
      ["nMaj", String(process.majorFaults)], ["nMin", String(process.minorFaults)], ["Flags", process.flags.toString(16).padStart(8, ".").replace(/^0+/, (zeros) => ".".repeat(zeros.length))],
      ["SUSER", accounts.userName(process.uids[2] ?? 0)], ["GROUP", accounts.groupName(process.gids[1] ?? 0)], ["TTY", ttyName(process.ttyNumber)], ["TGID", String(process.pid)], ["ELAPSED", timeText(Math.round((uptimeSeconds - process.startTicks / 100) * 100), 7, false)], ["STARTED", timeText(process.startTicks, 7, false)],
      ...(more.get(process.pid) ?? []),
    ]);
    for (const name of SIZES) {
      const kib = cells.get(name);
      if (kib !== undefined) cells.set(name, sizeText(Number(kib), BY_NAME_WIDTH.get(name) ?? 6, view.taskScale));
    }
    if (!view.zeros) for (const [name, text] of cells) if (/^0(\.0[kmgtp]?|:00(\.00)?)?$/.test(text)) cells.set(name, "");
    const keys = new Map<string, number | string>([
      ["PID", process.pid], ["USER", user], ["PR", process.priority], ["NI", process.nice], ["VIRT", process.virtualBytes], ["RES", process.residentPages], ["SHR", shared], ["S", process.state], ["%CPU", cpu], ["%MEM", process.residentPages], ["TIME+", time], ["COMMAND", name],
    ]);
    return { process, cells, keys, cpu };
  });
  const wanted = ({ process, cells, keys, cpu }: (typeof entries)[number]): boolean => (view.users === undefined || cells.get("USER") === view.users) && (view.pids.length === 0 || view.pids.includes(process.pid)) && (view.idle || cpu > 0 || process.state === "R")
    && view.filters.every(({ field, operator, value, not }) => {
      const key = keys.get(field);
      const text = cells.get(field) ?? "";
      const fits = operator === "=" ? text.toLowerCase().includes(value.toLowerCase()) : typeof key === "number" && !Number.isNaN(Number(value)) ? (operator === "<" ? Number.parseFloat(text) < Number(value) : Number.parseFloat(text) > Number(value)) : operator === "<" ? text < value : text > value;
      return fits !== not;
    });
  // a forest stands on all tasks, also where only some are shown
  let shown = [...(view.forest ? entries : entries.filter(wanted))].sort((a, b) => {
    const x = sortKey(a, view.sort);
    const y = sortKey(b, view.sort);
    const order = typeof x === "number" && typeof y === "number" ? x - y : String(x) < String(y) ? -1 : String(x) > String(y) ? 1 : 0;
    return (view.ascending ? order : -order) || a.process.pid - b.process.pid;
  });
  const laid = layOutFields(names, columns);
  const depths = new Map<number, number>();
  if (view.forest) {
    const byParent = new Map<number, (typeof shown)[number][]>();
    const known = new Set(shown.map(({ process }) => process.pid));
    for (const entry of shown) {
      const parent = known.has(entry.process.ppid) ? entry.process.ppid : 0;
      const list = byParent.get(parent);
      if (list) list.push(entry);
      else byParent.set(parent, [entry]);
    }
    const order: (typeof shown)[number][] = [];
    const stack = [...(byParent.get(0) ?? [])].reverse().map((entry) => ({ entry, depth: 0 }));
    for (let next = stack.pop(); next; next = stack.pop()) {
      order.push(next.entry);
      depths.set(next.entry.process.pid, next.depth);
      for (const child of [...(byParent.get(next.entry.process.pid) ?? [])].reverse()) stack.push({ entry: child, depth: next.depth + 1 });
      if (sys.charge(1)) yield* sys.preempt();
    }
    shown = order.filter(wanted);
  }
  before.ticks.clear();
  const local = decimalPoint(sys) === "," ? (text: string) => text.replaceAll(/(\d)\.(?=\d)/g, "$1,") : (text: string) => text;
  for (const process of processes) before.ticks.set(process.pid, ticks(process));
  before.cpus = cpus;
  const rows = shown.slice(0, view.most > 0 ? view.most : undefined).map(({ process, cells }) => {
    const depth = depths.get(process.pid) ?? 0;
    const command = `${depth > 0 ? `${"    ".repeat(depth - 1)} \`- ` : ""}${cells.get("COMMAND") ?? ""}`;
    const text = laid.map((one, at) => cellText(one, one.field.name === "COMMAND" ? command : LOCAL_FIELDS.has(one.field.name) ? local(cells.get(one.field.name) ?? "") : (cells.get(one.field.name) ?? ""), view, at === laid.length - 1)).join(" ");
    return { pid: process.pid, running: process.state === "R", text };
  });
  return { summary: summary.map((line, at) => (at === 0 && view.load ? line : local(french ? inFrench(line) : line))), rows };
}

/** Numbers are compared as such; a field without a key of its own by its text. */
function sortKey(entry: { readonly keys: ReadonlyMap<string, number | string>; readonly cells: ReadonlyMap<string, string> }, field: string): number | string {
  const key = entry.keys.get(field);
  if (key !== undefined) return key;
  const text = entry.cells.get(field) ?? "";
  return /^\d+$/.test(text) ? Number(text) : text;
}
