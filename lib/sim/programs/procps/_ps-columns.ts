// The columns of ps -o: heading, width, alignment and value, as ps(1) of procps 4.0.2 has them.

import { SysError, type Sys } from "../../kernel/sys.ts";
import type { Accounts } from "../kit/accounts.ts";
import { PAGE_KIB, type ProcessInfo, TICKS_PER_SECOND, ttyName } from "../kit/processes.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import type { Zone } from "../kit/zones.ts";

/** A process, or one of its threads: then `tid` is the thread's number. */
export interface PsProcess extends ProcessInfo {
  readonly tid: number;
}

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
  /** a file of /proc/PID that only some columns read */
  readonly file: (process: PsProcess, name: string) => string;
  /** BSD S: times with those of the children that ended */
  readonly withChildren: boolean;
  readonly numeric: boolean;
  readonly forestPrefix: (process: PsProcess) => string;
  /** c: the name in place of the arguments */
  readonly nameOnly: boolean;
  readonly showEnvironment: boolean;
}

export interface PsColumn {
  readonly heading: string;
  readonly width: number;
  /** pid: to the right, as wide as the greatest process number; signal: as wide as there is room */
  readonly align: "left" | "right" | "unlimited" | "user" | "pid" | "signal" | "literal";
  readonly value: (process: PsProcess, context: PsContext) => string;
  /** for --sort; the value's text otherwise */
  readonly sortKey?: (process: PsProcess, context: PsContext) => number | string;
}

const ticks = (process: PsProcess, context: PsContext): number => process.userTicks + process.systemTicks + (context.withChildren ? process.childrenTicks : 0);
const seconds = (process: PsProcess, context: PsContext): number => Math.floor(ticks(process, context) / TICKS_PER_SECOND);
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

const startSeconds = (process: PsProcess, context: PsContext): number => context.bootSeconds + Math.floor(process.startTicks / TICKS_PER_SECOND);
const elapsedSeconds = (process: PsProcess, context: PsContext): number => Math.max(0, Math.floor(context.uptimeSeconds - process.startTicks / TICKS_PER_SECOND));

/** START of ps u and STIME of ps -f: the time today, else the day, else the year. */
function shortStart(process: PsProcess, context: PsContext): string {
  const start = civilAt(context.zone, startSeconds(process, context));
  const now = civilAt(context.zone, context.nowSeconds);
  if (start.year !== now.year) return strftime(" %Y", start);
  return strftime(start.yearDay === now.yearDay ? "%H:%M" : "%b%d", start);
}

function longStart(process: PsProcess, context: PsContext): string {
  const start = startSeconds(process, context);
  return strftime(context.nowSeconds - start > 86400 ? "  %b %d" : "%H:%M:%S", civilAt(context.zone, start));
}

/** Share of one CPU since its start, in tenths of a percent. */
export function cpuPermille(process: PsProcess, context: PsContext): number {
  const lived = context.uptimeSeconds - process.startTicks / TICKS_PER_SECOND;
  if (lived < 0.01) return 0;
  return Math.floor((ticks(process, context) * 1000) / TICKS_PER_SECOND / lived);
}

function percent(permille: number): string {
  if (permille > 999) return String(Math.floor(permille / 10));
  return `${Math.floor(permille / 10)}.${permille % 10}`;
}

const residentKib = (process: PsProcess): number => process.residentPages * PAGE_KIB;
const isKernelThread = (process: PsProcess): boolean => process.arguments.length === 0;
const escapeText = (text: string): string => text.replace(/[\u0000-\u001f\u007f]/g, "?");
const commText = (process: PsProcess): string => escapeText(process.comm) + (process.state === "Z" ? " <defunct>" : "");

function commandText(process: PsProcess, context: PsContext): string {
  const prefix = context.forestPrefix(process);
  const own = context.nameOnly ? commText(process) : process.arguments.length > 0 ? escapeText(process.arguments.join(" ")) : `[${escapeText(process.comm)}]${process.state === "Z" ? " <defunct>" : ""}`;
  return prefix + own + (context.showEnvironment ? environmentText(process, context) : "");
}

const environmentText = (process: PsProcess, context: PsContext): string => {
  const text = context.environments.get(process.pid) ?? "";
  return text === "" ? "" : ` ${text}`;
};

export function statText(process: PsProcess): string {
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
const hex = (field: string) => (process: PsProcess): string => (process.status.get(field) ?? "").slice(-16).padStart(16, "0");

type Value = PsColumn["value"];
const number = (heading: string, width: number, get: (process: PsProcess, context: PsContext) => number): PsColumn =>
  ({ heading, width, align: "right", value: (process, context) => String(get(process, context)), sortKey: get });
const pidNumber = (heading: string, get: (process: PsProcess, context: PsContext) => number): PsColumn => ({ ...number(heading, 5, get), align: "pid" });
const signals = (heading: string, field: string): PsColumn => ({ ...right(heading, 16, hex(field)), align: "signal" });
const left = (heading: string, width: number, value: Value): PsColumn => ({ heading, width, align: "left", value });
const right = (heading: string, width: number, value: Value): PsColumn => ({ heading, width, align: "right", value });
const account = (heading: string, which: "uids" | "gids", index: number, width = 8): PsColumn => ({
  heading, width, align: "user",
  value: (process, { accounts, numeric }) => {
    const id = process[which][index] ?? 0;
    if (numeric && which === "uids") return String(id);
    return which === "uids" ? accounts.userName(id) : accounts.groupName(id);
  },
});
const id = (heading: string, which: "uids" | "gids", index: number): PsColumn => number(heading, 5, (process) => process[which][index] ?? 0);
const unlimited = (heading: string, width: number, value: Value): PsColumn => ({ heading, width, align: "unlimited", value });
const namespaceColumn = (heading: string, kind: string): PsColumn => right(heading, 10, (process, context) => context.namespaces(process.pid, kind));

const pid = pidNumber("PID", (process) => process.pid);
const euser = account("EUSER", "uids", 1);
const command = unlimited("COMMAND", 27, commandText);
const priority = number("PRI", 3, (process) => process.priority);
const tty = (heading: string): PsColumn => left(heading, 8, (process) => ttyName(process.ttyNumber));
const group = (heading: string, index: number): PsColumn => account(heading, "gids", index);
const rss: PsColumn = number("RSS", 5, residentKib);
const vsz: PsColumn = number("VSZ", 6, (process) => Math.floor(process.virtualBytes / 1024));
const cputime: PsColumn = { ...right("TIME", 8, (process, context) => clockText(seconds(process, context))), sortKey: ticks };
const pcpu: PsColumn = { ...right("%CPU", 4, (process, context) => percent(cpuPermille(process, context))), sortKey: cpuPermille };
const pmem: PsColumn = {
  ...right("%MEM", 4, (process, context) => percent(Math.min(999, Math.floor((residentKib(process) * 1000) / Math.max(1, context.memoryKib))))), sortKey: residentKib,
};
const start = (heading: string): PsColumn => ({ ...right(heading, 5, shortStart), sortKey: (process) => process.startTicks });
const state = left("S", 1, (process) => process.state);
const size = number("SIZE", 5, (process) => Number.parseInt(process.status.get("VmData") ?? "0", 10) + Number.parseInt(process.status.get("VmStk") ?? "0", 10));
const nice: PsColumn = right("NI", 3, (process) => (process.policy === 0 || process.policy === 3 ? String(process.nice) : "-"));
const niceColumn: PsColumn = { ...nice, sortKey: (process) => process.nice };
const policy = left("CLS", 3, (process) => POLICIES[process.policy] ?? "?");
const elapsed: PsColumn = { ...right("ELAPSED", 11, (process, context) => elapsedText(elapsedSeconds(process, context))), sortKey: (process) => -process.startTicks };

const dash = (heading: string, width: number): PsColumn => right(heading, width, () => "-");
const signalLike = (heading: string): PsColumn => right(heading, 16, () => "0".repeat(16));
const textKib = (process: PsProcess): number => Number.parseInt(process.status.get("VmExe") ?? "0", 10);
const dataKib = (process: PsProcess): number => Math.max(0, Math.floor(process.virtualBytes / 1024) - textKib(process));
const io = (heading: string, field: string): PsColumn =>
  number(heading, 5, (process, context) => Number(new RegExp(`^${field}: (\\d+)`, "m").exec(context.file(process, "io"))?.[1] ?? 0));
const smaps = (heading: string, fields: readonly string[]): PsColumn =>
  number(heading, 5, (process, context) => [...context.file(process, "smaps_rollup").matchAll(/^(\w+): +(\d+) kB/gm)].reduce((sum, [, name = "", kib]) => sum + (fields.includes(name) ? Number(kib) : 0), 0));

/** Number and niceness of the scheduler's group of a session. */
function autogroup(process: PsProcess, context: PsContext): readonly [number, number] {
  const found = /autogroup-(\d+) nice (-?\d+)/.exec(context.file(process, "autogroup"));
  return [Number(found?.[1] ?? 0), Number(found?.[2] ?? 0)];
}

function cgroupPath(process: PsProcess, context: PsContext): string {
  return context.cgroups.get(process.pid) ?? "-";
}

function unitOf(process: PsProcess, context: PsContext, ending: RegExp): string {
  const parts = cgroupPath(process, context).replace(/^0::/, "").split("/").filter((part) => ending.test(part));
  return parts.at(-1) ?? "-";
}

export const PS_COLUMNS: ReadonlyMap<string, PsColumn> = new Map<string, PsColumn>([
  ["%cpu", pcpu], ["pcpu", pcpu], ["%mem", pmem], ["pmem", pmem],
  // the columns that procps has to test its own layout
  ["_left", left("LLLLLLLL", 8, () => "tty7")], ["_left2", left("L2L2L2L2", 8, () => "ttySMX0")], ["_right", right("RRRRRRRRRRR", 11, () => " 9-23:59:59")], ["_right2", right("R2R2R2R2R2R", 11, () => " 9-23:59:59")],
  ["_unlimited", unlimited("U", 16, () => "123456789-123456")], ["_unlimited2", unlimited("U2", 16, () => "-")],
  ["args", command], ["command", command], ["cmd", { ...command, heading: "CMD" }],
  ["addr", left("ADDR", 4, () => "-")], ["addr_1", left("ADDR", 1, () => "-")],
  ["blocked", signals("BLOCKED", "SigBlk")], ["sigmask", signals("BLOCKED", "SigBlk")], ["sig_block", signals("BLOCKED", "SigBlk")],
  ["bsdstart", { ...right("START", 6, longStart), sortKey: (process) => process.startTicks }],
  ["bsdtime", { ...right("TIME", 6, (process, context) => `${Math.floor(seconds(process, context) / 60)}:${two(seconds(process, context) % 60)}`), sortKey: seconds }],
  ["c", right("C", 2, (process, context) => String(Math.min(99, Math.floor(cpuPermille(process, context) / 10))))],
  ["caught", signals("CAUGHT", "SigCgt")], ["sigcatch", signals("CAUGHT", "SigCgt")], ["sig_catch", signals("CATCHED", "SigCgt")],
  ["cgname", unlimited("CGNAME", 27, (process, context) => cgroupPath(process, context).replace(/^0::/, ""))], ["cgroup", unlimited("CGROUP", 27, cgroupPath)],
  ["class", policy], ["cls", { ...policy, align: "right" }], ["policy", { ...policy, heading: "POL" }],
  ["comm", left("COMMAND", 15, (process, context) => context.forestPrefix(process) + commText(process))],
  ["ucmd", left("CMD", 15, (process, context) => context.forestPrefix(process) + commText(process))],
  ["ucomm", left("COMMAND", 15, (process, context) => context.forestPrefix(process) + commText(process))],
  ["cputime", cputime], ["time", cputime], ["cputimes", number("TIME", 8, seconds)], ["times", number("TIME", 8, seconds)],
  ["egid", id("EGID", "gids", 1)], ["gid", id("GID", "gids", 1)], ["rgid", id("RGID", "gids", 0)], ["sgid", id("SGID", "gids", 2)], ["svgid", id("SVGID", "gids", 2)], ["fgid", id("FGID", "gids", 3)],
  ["egroup", group("EGROUP", 1)], ["group", group("GROUP", 1)], ["rgroup", group("RGROUP", 0)], ["sgroup", group("SGROUP", 2)], ["fgroup", group("FGROUP", 3)],
  ["etime", elapsed],
  ["etimes", { ...number("ELAPSED", 7, elapsedSeconds) }],
  ["euid", id("EUID", "uids", 1)], ["uid", id("UID", "uids", 1)], ["ruid", id("RUID", "uids", 0)], ["suid", id("SUID", "uids", 2)], ["svuid", id("SVUID", "uids", 2)], ["fuid", id("FUID", "uids", 3)],
  ["euser", euser], ["user", { ...euser, heading: "USER" }], ["uname", { ...euser, heading: "USER" }], ["ruser", account("RUSER", "uids", 0)], ["suser", account("SUSER", "uids", 2)], ["fuser", account("FUSER", "uids", 3)],
  ["uid_hack", { ...euser, heading: "UID" }],
  ["environ", unlimited("ENVIRONMENT", 11, (process, context) => context.environments.get(process.pid) ?? "-")],
  ["exe", unlimited("EXE", 27, (process, context) => context.executable(process.pid))],
  ["f", right("F", 1, flagsText)], ["flag", right("F", 1, flagsText)], ["flags", right("F", 1, flagsText)],
  ["fname", left("COMMAND", 8, (process) => process.comm.slice(0, 8))],
  ["ignored", signals("IGNORED", "SigIgn")], ["sigignore", signals("IGNORED", "SigIgn")], ["sig_ignore", signals("IGNORED", "SigIgn")],
  ["label", left("LABEL", 31, () => "-")], ["context", left("CONTEXT", 31, () => "-")],
  ["lstart", right("STARTED", 24, (process, context) => strftime("%a %b %e %H:%M:%S %Y", civilAt(context.zone, startSeconds(process, context))))],
  ["lwp", pidNumber("LWP", (process) => process.tid)], ["spid", pidNumber("SPID", (process) => process.tid)], ["tid", pidNumber("TID", (process) => process.tid)],
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
  ["pending", signals("PENDING", "ShdPnd")], ["sig", signals("PENDING", "ShdPnd")], ["sig_pend", signals("SIGNAL", "ShdPnd")], ["tsig", signals("PENDING", "SigPnd")],
  ["pgid", pidNumber("PGID", (process) => process.pgrp)], ["pgrp", pidNumber("PGRP", (process) => process.pgrp)],
  ["pid", pid], ["tgid", { ...pid, heading: "TGID" }],
  ["ppid", pidNumber("PPID", (process) => process.ppid)],
  ["psr", number("PSR", 3, (process) => process.processor)], ["sgi_p", right("P", 1, (process) => (process.state === "R" ? String(process.processor) : "*"))],
  ["rss", rss], ["rssize", rss], ["rsz", { ...rss, heading: "RSZ" }],
  ["rtprio", right("RTPRIO", 6, (process) => (process.policy === 0 ? "-" : String(process.realtimePriority)))],
  ["s", state], ["state", state],
  ["sched", number("SCH", 3, (process) => process.policy)],
  ["sess", pidNumber("SESS", (process) => process.session)], ["session", pidNumber("SESS", (process) => process.session)], ["sid", pidNumber("SID", (process) => process.session)],
  ["size", size],
  ["slice", left("SLICE", 31, (process, context) => unitOf(process, context, /\.slice$/))],
  ["unit", left("UNIT", 31, (process, context) => unitOf(process, context, /\.(service|scope|socket|mount)$/))], ["uunit", left("UUNIT", 31, () => "-")], ["ouid", left("OWNER", 5, () => "-")], ["lsession", left("SESSION", 11, (process, context) => /session-(\w+)\.scope/.exec(cgroupPath(process, context))?.[1] ?? "-")],
  ["luid", right("LUID", 5, (process) => process.status.get("LoginUid") ?? "-")],
  ["start", { ...right("STARTED", 8, longStart), sortKey: (process) => process.startTicks }],
  ["start_time", start("START")], ["stime", start("STIME")],
  ["stat", left("STAT", 4, statText)],
  ["supgid", unlimited("SUPGID", 20, (process) => (process.status.get("Groups") ?? "").trim().replaceAll(" ", ",") || "-")],
  ["supgrp", unlimited("SUPGRP", 40, (process, { accounts }) => (process.status.get("Groups") ?? "").trim().split(" ").filter((one) => one !== "").map((one) => accounts.groupName(Number(one))).join(",") || "-")],
  ["sz", number("SZ", 5, (process) => Math.floor(process.virtualBytes / 4096))],
  ["tname", tty("TTY")], ["tt", tty("TT")], ["tty", tty("TT")], ["longtname", tty("TTY")],
  ["tpgid", pidNumber("TPGID", (process) => process.tpgid)],
  ["trs", number("TRS", 4, (process) => Number.parseInt(process.status.get("VmExe") ?? "0", 10))],
  ["drs", number("DRS", 5, (process) => Math.max(0, Math.floor(process.virtualBytes / 1024) - Number.parseInt(process.status.get("VmExe") ?? "0", 10)))],
  ["vsize", vsz], ["vsz", vsz],
  ["wchan", left("WCHAN", 6, (process, context) => context.wchans.get(process.pid) ?? "-")], ["wname", left("WCHAN", 6, (process, context) => context.wchans.get(process.pid) ?? "-")],
  ["ag_id", number("AGID", 5, (process, context) => autogroup(process, context)[0])], ["ag_nice", number("AGNI", 4, (process, context) => autogroup(process, context)[1])],
  ["atime", cputime], ["cp", number("CP", 3, (process, context) => Math.min(999, cpuPermille(process, context)))], ["cpuid", number("CPUID", 5, (process) => process.processor)],
  ["lastcpu", number("C", 3, (process) => process.processor)], ["util", right("C", 2, (process, context) => String(Math.min(99, Math.floor(cpuPermille(process, context) / 10))))],
  ["cuu", right("%CUU", 6, (process, context) => (cpuPermille(process, context) / 10).toFixed(3))],
  ["cuc", right("%CUC", 7, (process, context) => (cpuPermille(process, { ...context, withChildren: true }) / 10).toFixed(3))],
  ["dsiz", number("DSIZ", 4, dataKib)], ["tsiz", number("TSIZ", 4, textKib)], ["trss", number("TRSS", 4, textKib)], ["m_drs", number("DRS", 5, dataKib)], ["m_trs", number("TRS", 5, textKib)],
  ["m_size", number("SIZE", 5, (process) => process.virtualBytes)], ["m_swap", dash("SWAP", 5)], ["m_share", dash("SHRD", 5)], ["vm_lib", dash("LIB", 5)], ["m_lrs", dash("LRS", 5)], ["m_dt", dash("DT", 4)],
  ["esp", signalLike("ESP")], ["eip", signalLike("EIP")], ["stackp", signalLike("STACKP")], ["start_stack", signalLike("STACKP")],
  ["fsuid", id("FSUID", "uids", 3)], ["fsgid", id("FSGID", "gids", 3)], ["fsuser", account("FSUSER", "uids", 3)], ["fsgroup", group("FSGROUP", 3)], ["svuser", account("SVUSER", "uids", 2)], ["svgroup", group("SVGROUP", 2)],
  ["lim", right("LIM", 5, () => "xx")], ["oom", number("OOM", 4, (process, context) => Number(context.file(process, "oom_score")) || 0)],
  ["oomadj", number("OOMADJ", 5, (process, context) => Number(context.file(process, "oom_score_adj")) || 0)], ["pagein", number("PAGEIN", 6, (process) => process.majorFaults)],
  ["pri_api", number("API", 3, (process) => -1 - process.priority)], ["pri_bar", number("BAR", 3, (process) => process.priority + 1)], ["pri_baz", number("BAZ", 3, (process) => process.priority + 100)],
  ["pss", smaps("PSS", ["Pss"])], ["uss", smaps("USS", ["Private_Clean", "Private_Dirty"])],
  ["rbytes", io("RBYTES", "read_bytes")], ["rchars", io("RCHARS", "rchar")], ["rops", io("ROPS", "syscr")], ["wbytes", io("WBYTES", "write_bytes")], ["wcbytes", io("WCBYTES", "cancelled_write_bytes")],
  ["wchars", io("WCHARS", "wchar")], ["wops", io("WOPS", "syscw")],
  ["sgi_rss", left("RSS", 4, (process) => String(residentKib(process)))], ["tty4", left("TTY", 4, (process) => ttyName(process.ttyNumber).replace(/^(?:tty(?=.)|pts\/)/, ""))], ["tty8", tty("TTY")], ["zone", left("ZONE", 31, () => "-")],
  ["jobc", dash("JOBC", 4)], ["cursig", dash("CURSIG", 6)], ["sl", dash("SL", 3)], ["timeout", dash("TMOUT", 5)], ["tmout", dash("TMOUT", 5)], ["alarm", dash("ALARM", 5)], ["cpu", dash("CPU", 3)], ["mwchan", left("MWCHAN", 6, () => "-")],
]);

/** Lines of a thread (m, -m) show "-" in the columns of the process, those of the process in the columns of threads. */
export const OF_PROCESSES: ReadonlySet<string> = new Set(
  "%mem args cgname cgroup cmd comm command drs dsiz exe fname longtname m_drs m_size m_trs nlwp pgid pgrp pid pmem ppid pss rss rssize rsz sess session sgi_rss sid size stackp start_stack sz tgid thcount tname tpgid trs trss tsiz tt tty tty4 tty8 ucmd ucomm uss vsize vsz".split(" "),
);
export const OF_THREADS: ReadonlySet<string> = new Set(
  "blocked caught class cls cpuid eip esp ignored intpri lastcpu lwp ni nice oom oomadj opri policy pri pri_api pri_bar pri_baz pri_foo priority psr rbytes rchars rops s sched sgi_p sig_block sig_catch sig_ignore sigcatch sigignore sigmask spid stat state tid wbytes wcbytes wchan wchars wname wops".split(" "),
);
/** Known by name, and not told by `ps L`. */
export const UNLISTED: ReadonlySet<string> = new Set("addr addr_1 environ jobc cursig sl timeout tmout alarm cpu mwchan m_swap m_share vm_lib m_lrs m_dt".split(" "));

/** 1: forked but didn't exec, 4: used super-user privileges (the low bits of what F shows). */
function flagsText(process: PsProcess): string {
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
