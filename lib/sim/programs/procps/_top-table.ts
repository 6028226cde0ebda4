// The tasks of one of top's windows: cells, filters, order and forest.
import type { Blocking, Sys } from "../../kernel/sys.ts";
import { decimalPoint } from "../kit/locale.ts";
import { type ProcessInfo, ttyName } from "../kit/processes.ts";
import { cellText, type LaidField, layOutFields, TOP_FIELDS } from "./_top-fields.ts";
import { allTicks, ownTicks, type TopLook } from "./_top-look.ts";
import { MORE_FIELDS, moreCells } from "./_top-more-fields.ts";
import { shownFields, type TopShared, type TopWindow } from "./_top-windows.ts";

export interface TopRow {
  readonly pid: number;
  readonly running: boolean;
  readonly text: string;
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

/** TIME+ and TIME: minutes, hours, days or weeks, as they have room or are wished (procps scales them). */
function timeText(ticks: number, width: number, hundredths: boolean, scale: number): string {
  const seconds = Math.floor(ticks / 100), minutes = Math.floor(seconds / 60), hours = Math.floor(minutes / 60), days = Math.floor(hours / 24), weeks = Math.floor(days / 7);
  const two = (value: number): string => String(value).padStart(2, "0");
  const forms = [`${minutes}:${two(seconds % 60)}.${two(ticks % 100)}`, `${minutes}:${two(seconds % 60)}`, `${hours},${two(minutes % 60)}`, `${days}d+${hours % 24}h`, `${days}d`, `${weeks}w+${days % 7}d`, `${weeks}w`];
  return forms.find((form, at) => at >= scale && (hundredths || at > 0) && form.length <= width) ?? "+".repeat(width);
}

/** What is in KiB among the rarer fields. */
const SIZES: readonly string[] = ["SWAP", "CODE", "DATA", "USED", "RSan", "RSfd", "RSlk", "RSsh", "RSS", "PSS", "PSan", "PSfd", "PSsh", "USS"];
const WIDTH_BY_NAME = new Map(TOP_FIELDS.map((field) => [field.name, field.width]));
const LOCAL_FIELDS: ReadonlySet<string> = new Set(["VIRT", "RES", "SHR", "%CPU", "%MEM"]);

interface Entry {
  readonly process: ProcessInfo;
  readonly cells: Map<string, string>;
  readonly keys: ReadonlyMap<string, number | string>;
  readonly cpu: number;
}

function* entryOf(sys: Sys, process: ProcessInfo, look: TopLook, shared: TopShared, window: TopWindow): Blocking<Entry> {
  const { accounts, uptimeSeconds } = look;
  const [uid = 0, effective = 0, saved = 0] = process.uids;
  const user = accounts.userName(effective);
  const shown = Number.parseInt(process.status.get("RssFile") ?? "0", 10);
  const time = window.cumulative ? allTicks(process) : ownTicks(process);
  const old = look.before.ticks.get(process.pid)?.[window.cumulative ? 1 : 0];
  const span = Math.max(0.01, old === undefined ? uptimeSeconds - process.startTicks / 100 : look.elapsedSeconds);
  const cpu = (time - (old ?? 0)) / span / (shared.irix ? 1 : Math.max(1, look.cpus.size - 1));
  const share = (process.residentPages * 400) / Math.max(1, look.memory.get("MemTotal") ?? 0);
  const name = process.arguments.length === 0 ? (window.fullCommand ? `[${process.comm}]` : process.comm) : window.fullCommand ? process.arguments.join(" ") : process.comm;
  const since = uptimeSeconds - process.startTicks / 100;
  const cells = new Map<string, string>([
    ["PID", String(process.pid)], ["USER", user], ["PR", process.priority < -99 ? "rt" : String(process.priority)], ["NI", String(process.nice)], ["VIRT", sizeText(Math.floor(process.virtualBytes / 1024), 7, shared.taskScale)], ["RES", sizeText(process.residentPages * 4, 6, shared.taskScale)], ["SHR", sizeText(shown, 6, shared.taskScale)],
    ["S", process.state], ["%CPU", cpu.toFixed(1)], ["%MEM", share.toFixed(1)], ["TIME+", timeText(time, 9, true, shared.timeScale)], ["COMMAND", name],
    ["PPID", String(process.ppid)], ["UID", String(effective)], ["RUID", String(uid)], ["RUSER", accounts.userName(uid)], ["SUID", String(saved)], ["GID", String(process.gids[1] ?? 0)],
    ["PGRP", String(process.pgrp)], ["TPGID", String(process.tpgid)], ["SID", String(process.session)], ["nTH", String(process.threads)], ["P", String(process.processor)], ["TIME", timeText(time, 6, false, shared.timeScale)],
    ["nMaj", String(process.majorFaults)], ["nMin", String(process.minorFaults)], ["Flags", process.flags.toString(16).padStart(8, ".").replace(/^0+/, (zeros) => ".".repeat(zeros.length))],
    ["SUSER", accounts.userName(saved)], ["GROUP", accounts.groupName(process.gids[1] ?? 0)], ["TTY", ttyName(process.ttyNumber)], ["TGID", String(process.pid)], ["ELAPSED", timeText(Math.round(since * 100), 7, false, 0)], ["STARTED", timeText(process.startTicks, 7, false, 0)],
  ]);
  if (window.order.some((field) => window.shown.has(field) && MORE_FIELDS.has(field))) {
    for (const [field, text] of yield* moreCells(sys, process, shownFields(window), uptimeSeconds)) cells.set(field, text);
  }
  for (const field of SIZES) {
    const kib = cells.get(field);
    if (kib !== undefined) cells.set(field, sizeText(Number(kib), WIDTH_BY_NAME.get(field) ?? 6, shared.taskScale));
  }
  if (!shared.zeros) for (const [field, text] of cells) if (/^0(\.0[kmgtp]?|:00(\.00)?)?$/.test(text)) cells.set(field, "");
  const keys = new Map<string, number | string>([
    ["PID", process.pid], ["USER", user], ["PR", process.priority], ["NI", process.nice], ["VIRT", process.virtualBytes], ["RES", process.residentPages], ["SHR", shown], ["S", process.state], ["%CPU", cpu], ["%MEM", process.residentPages], ["TIME+", time], ["COMMAND", name],
  ]);
  return { process, cells, keys, cpu };
}

function isWanted({ process, cells, keys, cpu }: Entry, shared: TopShared, window: TopWindow): boolean {
  if (shared.pids.length > 0 && !shared.pids.includes(process.pid)) return false;
  if (!window.idle && cpu <= 0 && process.state !== "R") return false;
  const { users } = window;
  if (users && (users.any ? process.uids : [process.uids[1] ?? 0]).includes(users.uid) === users.not) return false;
  return window.filters.every(({ field, operator, value, not, exact }) => {
    const key = keys.get(field);
    const text = cells.get(field) ?? "";
    const contains = exact ? text.includes(value) : text.toLowerCase().includes(value.toLowerCase());
    const fits = operator === "=" ? contains : typeof key === "number" && !Number.isNaN(Number(value)) ? (operator === "<" ? Number.parseFloat(text) < Number(value) : Number.parseFloat(text) > Number(value)) : operator === "<" ? text < value : text > value;
    return fits !== not;
  });
}

/** Numbers are compared as such; a field without a key of its own by its text. */
function sortKey(entry: Entry, field: string): number | string {
  const key = entry.keys.get(field);
  if (key !== undefined) return key;
  const text = entry.cells.get(field) ?? "";
  return /^\d+$/.test(text) ? Number(text) : text;
}

interface Placed {
  readonly entry: Entry;
  readonly depth: number;
  /** the path down to it is open, and it is below the one in focus */
  readonly visible: boolean;
}

/** A forest stands on all tasks, also where only some are shown. */
function* forestOf(sys: Sys, entries: readonly Entry[], window: TopWindow): Blocking<readonly Placed[]> {
  const byParent = new Map<number, Entry[]>();
  const known = new Set(entries.map(({ process }) => process.pid));
  for (const entry of entries) {
    const parent = known.has(entry.process.ppid) ? entry.process.ppid : 0;
    const list = byParent.get(parent);
    if (list) list.push(entry);
    else byParent.set(parent, [entry]);
  }
  const placed: Placed[] = [];
  const open = window.focus === undefined || !known.has(window.focus);
  const stack = [...(byParent.get(0) ?? [])].reverse().map((entry) => ({ entry, depth: 0, hidden: false, focused: open }));
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { pid } = next.entry.process;
    const focused = next.focused || pid === window.focus;
    placed.push({ entry: next.entry, depth: next.depth, visible: !next.hidden && focused });
    const hidden = next.hidden || window.folded.has(pid);
    for (const child of [...(byParent.get(pid) ?? [])].reverse()) stack.push({ entry: child, depth: next.depth + 1, hidden, focused });
    if (sys.charge(1)) yield* sys.preempt();
  }
  return placed;
}

function branch(depth: number, pid: number, window: TopWindow, hasChildren: boolean): string {
  if (depth === 0) return "";
  const mark = window.focus === pid ? "|" : window.folded.has(pid) && hasChildren ? "+" : " ";
  return `${"    ".repeat(depth - 1)}${mark}\`- `;
}

/** The fields of a window that find room, with the columns that X gives them. */
export function laidFields(shared: TopShared, window: TopWindow, columns: number): readonly LaidField[] {
  return layOutFields(shownFields(window).slice(window.firstField), columns, Math.max(0, shared.wider));
}

export function* tasksOf(sys: Sys, look: TopLook, shared: TopShared, window: TopWindow, columns: number): Blocking<readonly TopRow[]> {
  const entries: Entry[] = [];
  for (const process of look.processes) entries.push(yield* entryOf(sys, process, look, shared, window));
  const sorted = entries.sort((a, b) => {
    const x = sortKey(a, window.sort), y = sortKey(b, window.sort);
    const order = typeof x === "number" && typeof y === "number" ? x - y : String(x) < String(y) ? -1 : String(x) > String(y) ? 1 : 0;
    return (window.ascending ? order : -order) || a.process.pid - b.process.pid;
  });
  const placed: readonly Placed[] = window.forest ? yield* forestOf(sys, sorted, window) : sorted.map((entry) => ({ entry, depth: 0, visible: true }));
  const parents = new Set(look.processes.map(({ ppid }) => ppid));
  const laid = laidFields(shared, window, columns);
  const local = decimalPoint(sys) === "," ? (text: string) => text.replaceAll(/(\d)\.(?=\d)/g, "$1,") : (text: string) => text;
  const shown = placed.filter(({ entry, visible }) => visible && isWanted(entry, shared, window));
  return shown.map(({ entry: { process, cells }, depth }) => {
    const command = `${branch(depth, process.pid, window, parents.has(process.pid))}${cells.get("COMMAND") ?? ""}`;
    const text = laid.map((one, at) => cellText(one, one.field.name === "COMMAND" ? command : LOCAL_FIELDS.has(one.field.name) ? local(cells.get(one.field.name) ?? "") : (cells.get(one.field.name) ?? ""), window, at === laid.length - 1)).join(" ");
    return { pid: process.pid, running: process.state === "R", text };
  });
}
