// The processes that the mounted /proc shows (proc(5)): what ps, pgrep, pstree, top and busybox read. Nothing here asks the kernel in another way, so
// that a PID namespace, hidepid or a missing /proc tell the truth.

import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "./accounts.ts";

export const TICKS_PER_SECOND = 100;
export const PAGE_KIB = 4;

export interface ProcessInfo {
  readonly pid: number;
  readonly comm: string;
  /** R, S, D, Z, T, I… */
  readonly state: string;
  readonly ppid: number;
  readonly pgrp: number;
  readonly session: number;
  /** major << 8 | minor, 0 = none (stat field 7, as the kernel packs it) */
  readonly ttyNumber: number;
  readonly tpgid: number;
  readonly flags: number;
  readonly minorFaults: number;
  readonly majorFaults: number;
  readonly userTicks: number;
  readonly systemTicks: number;
  /** of children that ended and were waited for */
  readonly childrenTicks: number;
  readonly priority: number;
  readonly nice: number;
  readonly threads: number;
  /** since boot */
  readonly startTicks: number;
  readonly virtualBytes: number;
  readonly residentPages: number;
  readonly processor: number;
  readonly policy: number;
  readonly realtimePriority: number;
  /** fields of /proc/PID/status by their names */
  readonly status: ReadonlyMap<string, string>;
  /** real, effective, saved, file system */
  readonly uids: readonly number[];
  readonly gids: readonly number[];
  /** empty for kernel threads and zombies */
  readonly arguments: readonly string[];
}

/** What /proc/PID/stat alone tells. */
export type ProcessStat = Omit<ProcessInfo, "status" | "uids" | "gids" | "arguments">;

export function parseProcessStat(text: string): ProcessStat | undefined {
  const open = text.indexOf("(");
  const close = text.lastIndexOf(")");
  if (open < 0 || close < 0) return undefined;
  const rest = text.slice(close + 2).trim().split(" ");
  // field(n): numbered from 1 as in proc(5)
  const field = (n: number): number => Number(rest[n - 3] ?? 0);
  return {
    pid: Number(text.slice(0, open)), comm: text.slice(open + 1, close), state: rest[0] ?? "?", ppid: field(4), pgrp: field(5), session: field(6),
    ttyNumber: field(7), tpgid: field(8), flags: field(9), minorFaults: field(10), majorFaults: field(12), userTicks: field(14), systemTicks: field(15), childrenTicks: field(16) + field(17),
    priority: field(18), nice: field(19), threads: field(20), startTicks: field(22), virtualBytes: field(23), residentPages: field(24),
    processor: field(39), realtimePriority: field(40), policy: field(41),
  };
}

const numbers = (text: string | undefined): readonly number[] => (text ?? "").split(/\s+/).filter((one) => one !== "").map(Number);

export function parseStatusFields(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const line of text.split("\n")) {
    const colon = line.indexOf(":");
    if (colon > 0) fields.set(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  return fields;
}

/** Undefined when there is no such process (any more). */
export function* readProcessStat(sys: Sys, pid: number): Blocking<ProcessStat | undefined> {
  const text = yield* readTextFile(sys, `/proc/${pid}/stat`);
  return text === undefined ? undefined : parseProcessStat(text);
}

/** Undefined when there is no such process (any more), or it is not wanted. `directory` is /proc/PID or /proc/PID/task/TID. */
export function* readProcess(sys: Sys, pid: number, directory = `/proc/${pid}`, wanted?: (stat: ProcessStat) => boolean): Blocking<ProcessInfo | undefined> {
  const stat = yield* readTextFile(sys, `${directory}/stat`);
  const facts = stat === undefined ? undefined : parseProcessStat(stat);
  if (facts === undefined || wanted?.(facts) === false) return undefined;
  const status = parseStatusFields((yield* readTextFile(sys, `${directory}/status`)) ?? "");
  const commandLine = (yield* readTextFile(sys, `${directory}/cmdline`)) ?? "";
  const words = commandLine === "" ? [] : commandLine.replace(/\0$/, "").split("\0");
  if (sys.charge(20)) yield* sys.preempt();
  return { status, uids: numbers(status.get("Uid")), gids: numbers(status.get("Gid")), arguments: words, ...facts };
}

/** In ascending order. Throws SysError when /proc cannot be read. */
export function listPids(sys: Sys): readonly number[] {
  return sys.readdir("/proc").filter((entry) => /^\d+$/.test(entry.name)).map((entry) => Number(entry.name)).sort((a, b) => a - b);
}

/** Those whose `stat` is `wanted`, all without it. */
export function* readProcesses(sys: Sys, wanted?: (stat: ProcessStat) => boolean): Blocking<readonly ProcessInfo[]> {
  const found: ProcessInfo[] = [];
  for (const pid of listPids(sys)) {
    const process = yield* readProcess(sys, pid, `/proc/${pid}`, wanted);
    if (process) found.push(process);
  }
  return found;
}

/** /proc mounted? Programs of procps say so themselves when it is not. */
export function procMounted(sys: Sys): boolean {
  try {
    sys.stat("/proc/self/stat");
    return true;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

/** "pts/0", "tty1", "?" from the number in stat. */
export function ttyName(ttyNumber: number): string {
  const major = (ttyNumber >> 8) & 0xfff;
  const minor = (ttyNumber & 0xff) | ((ttyNumber >> 12) & 0xfff00);
  if (ttyNumber === 0) return "?";
  if (major >= 136 && major <= 143) return `pts/${(major - 136) * 256 + minor}`;
  if (major === 4) return minor < 64 ? `tty${minor}` : `ttyS${minor - 64}`;
  if (major === 5 && minor === 1) return "console";
  if (major === 229) return `hvc${minor}`;
  return "?";
}

export interface SystemTimes {
  readonly uptimeSeconds: number;
  readonly bootEpochSeconds: number;
}

export function* readSystemTimes(sys: Sys): Blocking<SystemTimes> {
  const uptime = Number(((yield* readTextFile(sys, "/proc/uptime")) ?? "0").split(" ")[0]);
  const boot = /^btime (\d+)/m.exec((yield* readTextFile(sys, "/proc/stat")) ?? "")?.[1];
  return { uptimeSeconds: uptime, bootEpochSeconds: boot === undefined ? Math.floor(sys.clockUs("realtime") / 1e6 - uptime) : Number(boot) };
}

/** /proc/meminfo in KiB. */
export function* readMemory(sys: Sys): Blocking<ReadonlyMap<string, number>> {
  const values = new Map<string, number>();
  for (const line of ((yield* readTextFile(sys, "/proc/meminfo")) ?? "").split("\n")) {
    const match = /^([^:]+):\s+(\d+)/.exec(line);
    if (match) values.set(match[1] ?? "", Number(match[2]));
  }
  return values;
}
