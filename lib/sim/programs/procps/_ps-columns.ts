// The columns of ps -o: heading, width, alignment and value, as ps(1) of procps 4.0.2 has them.

import { SysError, type Sys } from "../../kernel/sys.ts";
import type { Accounts } from "../kit/accounts.ts";
import { PAGE_KIB, type ProcessInfo, TICKS_PER_SECOND, ttyName } from "../kit/processes.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import type { Zone } from "../kit/zones.ts";

/** What columns need beside the process. */
export interface PsContext {
  readonly sys: Sys;
  readonly accounts: Accounts;
  readonly zone: Zone;
  readonly nowSeconds: number;
  readonly bootSeconds: number;
  readonly uptimeSeconds: number;
  readonly memoryKib: number;
  readonly cgroups: ReadonlyMap<number, string>;
  readonly environments: ReadonlyMap<number, string>;
  readonly wchans: ReadonlyMap<number, string>;
  readonly namespaces: (pid: number, kind: string) => string;
  readonly executable: (pid: number) => string;
  readonly forestPrefix: (process: ProcessInfo) => string;
  /** c: the name in place of the arguments */
  readonly nameOnly: boolean;
  readonly showEnvironment: boolean;
}

export interface PsColumn {
  readonly heading: string;
  readonly width: number;
  readonly align: "left" | "right" | "unlimited" | "user";
  readonly value: (process: ProcessInfo, context: PsContext) => string;
  /** for --sort; the value's text otherwise */
  readonly sortKey?: (process: ProcessInfo, context: PsContext) => number | string;
}

export const PID_WIDTH = 7;
const seconds = (process: ProcessInfo): number => Math.floor((process.userTicks + process.systemTicks) / TICKS_PER_SECOND);
const two = (value: number): string => String(value).padStart(2, "0");

export function clockText(total: number): string {
  const days = Math.floor(total / 86400);
  const rest = `${two(Math.floor(total / 3600) % 24)}:${two(Math.floor(total / 60) % 60)}:${two(total % 60)}`;
  return days > 0 ? `${two(days)}-${rest}` : rest;
}

function elapsedText(total: number): string {
  const days = Math.floor(total / 86400);
  const hours = Math.floor(total / 3600) % 24;
  const rest = `${two(Math.floor(total / 60) % 60)}:${two(total % 60)}`;
  if (days > 0) return `${days}-${two(hours)}:${rest}`;
  return hours > 0 ? `${two(hours)}:${rest}` : rest;
}

const startSeconds = (process: ProcessInfo, context: PsContext): number => context.bootSeconds + Math.floor(process.startTicks / TICKS_PER_SECOND);
const elapsedSeconds = (process: ProcessInfo, context: PsContext): number => Math.max(0, Math.floor(context.uptimeSeconds - process.startTicks / TICKS_PER_SECOND));

/** START of ps u and STIME of ps -f: the time today, else the day, else the year. */
function shortStart(process: ProcessInfo, context: PsContext): string {
  const start = civilAt(context.zone, startSeconds(process, context));
  const now = civilAt(context.zone, context.nowSeconds);
  if (start.year !== now.year) return strftime(" %Y", start);
  return strftime(start.yearDay === now.yearDay ? "%H:%M" : "%b%d", start);
}

function longStart(process: ProcessInfo, context: PsContext): string {
  const start = startSeconds(process, context);
  return strftime(context.nowSeconds - start > 86400 ? "  %b %d" : "%H:%M:%S", civilAt(context.zone, start));
}

/** Share of one CPU since its start, in tenths of a percent. */
export function cpuPermille(process: ProcessInfo, context: PsContext): number {
  const lived = context.uptimeSeconds - process.startTicks / TICKS_PER_SECOND;
  if (lived < 0.01) return 0;
  return Math.floor(((process.userTicks + process.systemTicks) * 1000) / TICKS_PER_SECOND / lived);
}

function percent(permille: number): string {
  if (permille > 999) return String(Math.floor(permille / 10));
  return `${Math.floor(permille / 10)}.${permille % 10}`;
}

const residentKib = (process: ProcessInfo): number => process.residentPages * PAGE_KIB;
const isKernelThread = (process: ProcessInfo): boolean => process.arguments.length === 0;
const escapeText = (text: string): string => text.replace(/[\u0000-\u001f\u007f]/g, "?");
const commText = (process: ProcessInfo): string => escapeText(process.comm) + (process.state === "Z" ? " <defunct>" : "");

function commandText(process: ProcessInfo, context: PsContext): string {
  const prefix = context.forestPrefix(process);
  const own = context.nameOnly ? commText(process) : process.arguments.length > 0 ? escapeText(process.arguments.join(" ")) : `[${escapeText(process.comm)}]${process.state === "Z" ? " <defunct>" : ""}`;
  return prefix + own + (context.showEnvironment ? environmentText(process, context) : "");
}

const environmentText = (process: ProcessInfo, context: PsContext): string => {
  const text = context.environments.get(process.pid) ?? "";
  return text === "" ? "" : ` ${text}`;
};

export function statText(process: ProcessInfo): string {
  let text = process.state;
  if (process.nice < 0) text += "<";
  else if (process.nice > 0) text += "N";
  if ((process.status.get("VmLck") ?? "0 kB") !== "0 kB") text += "L";
  if (process.session === process.pid) text += "s";
  if (process.threads > 1) text += "l";
  if (process.tpgid === process.pgrp && process.ttyNumber !== 0) text += "+";
  return text;
}

const POLICIES = ["TS", "FF", "RR", "B", "ISO", "IDL", "DLN"];
const hex = (field: string) => (process: ProcessInfo): string => (process.status.get(field) ?? "").slice(-16).padStart(16, "0");

type Value = PsColumn["value"];
const number = (heading: string, width: number, get: (process: ProcessInfo, context: PsContext) => number): PsColumn =>
  ({ heading, width, align: "right", value: (process, context) => String(get(process, context)), sortKey: get });
const left = (heading: string, width: number, value: Value): PsColumn => ({ heading, width, align: "left", value });
const right = (heading: string, width: number, value: Value): PsColumn => ({ heading, width, align: "right", value });
const account = (heading: string, which: "uids" | "gids", index: number, width = 8): PsColumn => ({
  heading, width, align: "user",
  value: (process, { accounts }) => {
    const id = process[which][index] ?? 0;
    return which === "uids" ? accounts.userName(id) : accounts.groupName(id);
  },
});
const id = (heading: string, which: "uids" | "gids", index: number): PsColumn => number(heading, 5, (process) => process[which][index] ?? 0);
const unlimited = (heading: string, width: number, value: Value): PsColumn => ({ heading, width, align: "unlimited", value });
const namespaceColumn = (heading: string, kind: string): PsColumn => right(heading, 10, (process, context) => context.namespaces(process.pid, kind));

const pid = number("PID", PID_WIDTH, (process) => process.pid);
const euser = account("EUSER", "uids", 1);
const command = unlimited("COMMAND", 27, commandText);
const priority = number("PRI", 3, (process) => process.priority);
const tty = (heading: string): PsColumn => left(heading, 8, (process) => ttyName(process.ttyNumber));
const group = (heading: string, index: number): PsColumn => account(heading, "gids", index);
const rss: PsColumn = number("RSS", 5, residentKib);
const vsz: PsColumn = number("VSZ", 6, (process) => Math.floor(process.virtualBytes / 1024));
const cputime: PsColumn = { ...right("TIME", 8, (process) => clockText(seconds(process))), sortKey: (process) => process.userTicks + process.systemTicks };
const pcpu: PsColumn = { ...right("%CPU", 4, (process, context) => percent(cpuPermille(process, context))), sortKey: cpuPermille };
const pmem: PsColumn = {
  ...right("%MEM", 4, (process, context) => percent(Math.min(999, Math.floor((residentKib(process) * 1000) / Math.max(1, context.memoryKib))))), sortKey: residentKib,
};
const start = (heading: string): PsColumn => ({ ...right(heading, 5, shortStart), sortKey: (process) => process.startTicks });
const state = left("S", 1, (process) => process.state);
const size = number("SIZE", 5, (process) => Number.parseInt(process.status.get("VmData") ?? "0", 10) + Number.parseInt(process.status.get("VmStk") ?? "0", 10));
const nice: PsColumn = right("NI", 3, (process) => (process.policy === 0 || process.policy === 3 ? String(process.nice) : "-"));
const niceColumn: PsColumn = { ...nice, sortKey: (process) => process.nice };
const policy = right("CLS", 3, (process) => POLICIES[process.policy] ?? "?");
const elapsed: PsColumn = { ...right("ELAPSED", 11, (process, context) => elapsedText(elapsedSeconds(process, context))), sortKey: (process) => -process.startTicks };

function cgroupPath(process: ProcessInfo, context: PsContext): string {
  return context.cgroups.get(process.pid) ?? "-";
}

function unitOf(process: ProcessInfo, context: PsContext, ending: RegExp): string {
  const parts = cgroupPath(process, context).replace(/^0::/, "").split("/").filter((part) => ending.test(part));
  return parts.at(-1) ?? "-";
}

export const PS_COLUMNS: ReadonlyMap<string, PsColumn> = new Map<string, PsColumn>([
  ["%cpu", pcpu], ["pcpu", pcpu], ["%mem", pmem], ["pmem", pmem],
  ["_left", left("LLLLLLLL", 8, () => "-")],
  ["args", command], ["command", command], ["cmd", { ...command, heading: "CMD" }],
  ["addr", right("ADDR", 4, () => "-")], ["addr_1", left("ADDR", 1, () => "-")],
  ["blocked", right("BLOCKED", 16, hex("SigBlk"))], ["sigmask", right("BLOCKED", 16, hex("SigBlk"))], ["sig_block", right("BLOCKED", 16, hex("SigBlk"))],
  ["bsdstart", { ...right("START", 6, longStart), sortKey: (process) => process.startTicks }],
  ["bsdtime", { ...right("TIME", 6, (process) => `${Math.floor(seconds(process) / 60)}:${two(seconds(process) % 60)}`), sortKey: (process) => seconds(process) }],
  ["c", right("C", 2, (process, context) => String(Math.min(99, Math.floor(cpuPermille(process, context) / 10))))],
  ["caught", right("CAUGHT", 16, hex("SigCgt"))], ["sigcatch", right("CAUGHT", 16, hex("SigCgt"))],
  ["cgname", unlimited("CGNAME", 27, (process, context) => cgroupPath(process, context).replace(/^0::/, ""))], ["cgroup", unlimited("CGROUP", 27, cgroupPath)],
  ["class", policy], ["cls", policy], ["policy", { ...policy, heading: "POL" }],
  ["comm", left("COMMAND", 15, (process, context) => context.forestPrefix(process) + commText(process))],
  ["ucmd", left("CMD", 15, (process, context) => context.forestPrefix(process) + commText(process))],
  ["ucomm", left("COMMAND", 15, (process, context) => context.forestPrefix(process) + commText(process))],
  ["cputime", cputime], ["time", cputime], ["cputimes", number("TIME", 8, seconds)], ["times", number("TIME", 8, seconds)],
  ["egid", id("EGID", "gids", 1)], ["gid", id("GID", "gids", 1)], ["rgid", id("RGID", "gids", 0)], ["sgid", id("SGID", "gids", 2)], ["svgid", id("SVGID", "gids", 2)], ["fgid", id("FGID", "gids", 3)],
  ["egroup", group("EGROUP", 1)], ["group", group("GROUP", 1)], ["rgroup", group("RGROUP", 0)], ["sgroup", group("SGROUP", 2)], ["fgroup", group("FGROUP", 3)],
  ["etime", elapsed], ["elapsed", elapsed],
  ["etimes", { ...number("ELAPSED", 7, elapsedSeconds) }],
  ["euid", id("EUID", "uids", 1)], ["uid", id("UID", "uids", 1)], ["ruid", id("RUID", "uids", 0)], ["suid", id("SUID", "uids", 2)], ["svuid", id("SVUID", "uids", 2)], ["fuid", id("FUID", "uids", 3)],
  ["euser", euser], ["user", { ...euser, heading: "USER" }], ["uname", { ...euser, heading: "USER" }], ["ruser", account("RUSER", "uids", 0)], ["suser", account("SUSER", "uids", 2)], ["fuser", account("FUSER", "uids", 3)],
  ["uid_hack", { ...euser, heading: "UID" }],
  ["environ", unlimited("ENVIRONMENT", 11, (process, context) => context.environments.get(process.pid) ?? "-")],
  ["exe", unlimited("EXE", 27, (process, context) => context.executable(process.pid))],
  ["f", right("F", 1, flagsText)], ["flag", right("F", 1, flagsText)], ["flags", right("F", 1, flagsText)],
  ["fname", left("COMMAND", 8, (process) => process.comm.slice(0, 8))],
  ["ignored", right("IGNORED", 16, hex("SigIgn"))], ["sigignore", right("IGNORED", 16, hex("SigIgn"))],
  ["label", left("LABEL", 25, () => "-")], ["context", left("CONTEXT", 31, () => "-")],
  ["lstart", right("STARTED", 24, (process, context) => strftime("%a %b %e %H:%M:%S %Y", civilAt(context.zone, startSeconds(process, context))))],
  ["lwp", number("LWP", PID_WIDTH, (process) => process.pid)], ["spid", number("SPID", PID_WIDTH, (process) => process.pid)], ["tid", number("TID", PID_WIDTH, (process) => process.pid)],
  ["lxc", left("LXC", 8, () => "-")], ["machine", left("MACHINE", 31, () => "-")], ["seat", left("SEAT", 11, () => "-")],
  ["maj_flt", number("MAJFL", 6, (process) => process.majorFaults)], ["majflt", number("MAJFLT", 6, (process) => process.majorFaults)],
  ["min_flt", number("MINFL", 6, (process) => process.minorFaults)], ["minflt", number("MINFLT", 6, (process) => process.minorFaults)],
  ["cgroupns", namespaceColumn("CGROUPNS", "cgroup")], ["ipcns", namespaceColumn("IPCNS", "ipc")], ["mntns", namespaceColumn("MNTNS", "mnt")], ["netns", namespaceColumn("NETNS", "net")],
  ["pidns", namespaceColumn("PIDNS", "pid")], ["timens", namespaceColumn("TIMENS", "time")], ["userns", namespaceColumn("USERNS", "user")], ["utsns", namespaceColumn("UTSNS", "uts")],
  ["ni", niceColumn], ["nice", niceColumn],
  ["nlwp", number("NLWP", 4, (process) => process.threads)], ["thcount", number("THCNT", 5, (process) => process.threads)],
  ["numa", right("NUMA", 4, () => "0")],
  ["opri", number("PRI", 3, (process) => 60 + process.priority)], ["pri", number("PRI", 3, (process) => 39 - process.priority)], ["priority", priority],
  ["pri_foo", number("FOO", 3, (process) => process.priority - 20)], ["intpri", number("PRI", 3, (process) => 60 + process.priority)],
  ["pending", right("PENDING", 16, hex("SigPnd"))], ["sig", right("PENDING", 16, hex("SigPnd"))],
  ["pgid", number("PGID", PID_WIDTH, (process) => process.pgrp)], ["pgrp", number("PGRP", PID_WIDTH, (process) => process.pgrp)],
  ["pid", pid], ["tgid", { ...pid, heading: "TGID" }],
  ["ppid", number("PPID", PID_WIDTH, (process) => process.ppid)],
  ["psr", number("PSR", 3, (process) => process.processor)], ["sgi_p", right("P", 1, (process) => (process.state === "R" ? String(process.processor) : "*"))],
  ["rss", rss], ["rssize", rss], ["rsz", { ...rss, heading: "RSZ" }],
  ["rtprio", right("RTPRIO", 6, (process) => (process.policy === 0 ? "-" : String(process.realtimePriority)))],
  ["s", state], ["state", state],
  ["sched", number("SCH", 3, (process) => process.policy)],
  ["sess", number("SESS", PID_WIDTH, (process) => process.session)], ["session", number("SESS", PID_WIDTH, (process) => process.session)], ["sid", number("SID", PID_WIDTH, (process) => process.session)],
  ["size", size],
  ["slice", left("SLICE", 31, (process, context) => unitOf(process, context, /\.slice$/))],
  ["unit", left("UNIT", 31, (process, context) => unitOf(process, context, /\.(service|scope|socket|mount)$/))], ["uunit", left("UUNIT", 31, () => "-")], ["ouid", right("OWNER", 5, () => "-")], ["lsession", right("SESSION", 11, (process, context) => /session-(\w+)\.scope/.exec(cgroupPath(process, context))?.[1] ?? "-")],
  ["luid", right("LUID", 5, (process) => process.status.get("LoginUid") ?? "-")],
  ["start", { ...right("STARTED", 8, longStart), sortKey: (process) => process.startTicks }],
  ["start_time", start("START")], ["stime", start("STIME")],
  ["stat", left("STAT", 4, statText)],
  ["supgid", unlimited("SUPGID", 20, (process) => (process.status.get("Groups") ?? "").trim().replaceAll(" ", ",") || "-")],
  ["supgrp", unlimited("SUPGRP", 40, (process, { accounts }) => (process.status.get("Groups") ?? "").trim().split(" ").filter((one) => one !== "").map((one) => accounts.groupName(Number(one))).join(",") || "-")],
  ["sz", number("SZ", 5, (process) => Math.floor(process.virtualBytes / 4096))],
  ["tname", tty("TTY")], ["tt", tty("TT")], ["tty", tty("TT")], ["longtname", tty("TTY")],
  ["tpgid", number("TPGID", PID_WIDTH, (process) => process.tpgid)],
  ["trs", number("TRS", 4, (process) => Number.parseInt(process.status.get("VmExe") ?? "0", 10))],
  ["drs", number("DRS", 5, (process) => Math.max(0, Math.floor(process.virtualBytes / 1024) - Number.parseInt(process.status.get("VmExe") ?? "0", 10)))],
  ["vsize", vsz], ["vsz", vsz],
  ["wchan", left("WCHAN", 6, (process, context) => (context.wchans.get(process.pid) ?? "-").slice(0, 6))], ["wname", left("WCHAN", 6, (process, context) => (context.wchans.get(process.pid) ?? "-").slice(0, 6))],
]);

/** 1: forked but didn't exec, 4: used super-user privileges (the low bits of what F shows). */
function flagsText(process: ProcessInfo): string {
  return ((process.flags >> 6) & 7).toString(8);
}

export { isKernelThread };

/** An account's name longer than its column is cut and marked (ps(1)); numbers stay. */
export function fitName(name: string, width: number): string {
  return name.length > width ? `${name.slice(0, width - 1)}+` : name;
}

export function executablePath(sys: Sys, pid: number): string {
  try {
    return sys.readlink(`/proc/${pid}/exe`);
  } catch (error) {
    if (error instanceof SysError) return "-";
    throw error;
  }
}

export function namespaceInode(sys: Sys, processId: number, kind: string): string {
  try {
    return /\[(\d+)\]/.exec(sys.readlink(`/proc/${processId}/ns/${kind}`))?.[1] ?? "-";
  } catch (error) {
    if (error instanceof SysError) return "-";
    throw error;
  }
}
