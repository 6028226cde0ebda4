// The columns of htop's table: their titles, what stands in them, what they sort by (htop(1), COLUMNS).
import { PAGE_KIB, type ProcessInfo, TICKS_PER_SECOND, ttyName } from "../kit/processes.ts";

export interface Piece {
  readonly text: string;
  readonly style: string;
}

/** A process with what was counted between two looks. */
export interface Row {
  readonly process: ProcessInfo;
  /** of one processor */
  readonly cpuPercent: number;
  /** undefined when /proc/PID/io may not be read */
  readonly readRate: number | undefined;
  readonly writeRate: number | undefined;
  readonly io: string;
  readonly user: string;
  readonly own: boolean;
  readonly memoryKib: number;
  readonly uptimeSeconds: number;
  /** branches of the tree before the command */
  branch: string;
}

export interface Column {
  readonly name: string;
  readonly meaning: string;
  readonly title: string;
  readonly down: boolean;
  readonly key: (row: Row) => number | string;
  readonly cell: (row: Row) => readonly Piece[];
}

const SHADOW = "1;30";
const plain = (text: string): readonly Piece[] => [{ text, style: "" }];

/** A size in KiB, five columns and a blank; thousands and more in another colour. */
function sizeCell(kib: number): readonly Piece[] {
  if (kib < 1000) return plain(`${String(kib).padStart(5)} `);
  if (kib < 100_000) return [{ text: String(Math.floor(kib / 1000)).padStart(2), style: "36" }, { text: `${String(kib % 1000).padStart(3, "0")} `, style: "" }];
  const mib = Math.floor(kib / 1024);
  if (mib < 1000) return [{ text: `${String(mib).padStart(4)}M `, style: "36" }];
  if (mib < 10_000) return [{ text: String(Math.floor(mib / 1000)), style: "32" }, { text: `${String(mib % 1000).padStart(3, "0")}M `, style: "36" }];
  return [{ text: `${(mib / 1024).toFixed(1).padStart(4)}G `, style: "32" }];
}

function rateCell(bytes: number | undefined): readonly Piece[] {
  if (bytes === undefined) return [{ text: "        N/A ", style: SHADOW }];
  let value = bytes;
  for (const unit of ["B", "K", "M"]) {
    if (value < 1024) return [{ text: `${value.toFixed(2).padStart(7)} ${unit}/s `, style: bytes < 0.005 ? SHADOW : "" }];
    value /= 1024;
  }
  return [{ text: `${value.toFixed(2).padStart(7)} G/s `, style: "32" }];
}

function percentCell(percent: number, width: number): readonly Piece[] {
  const text = percent >= 99.95 && width < 5 ? String(Math.round(percent)).padStart(width) : percent.toFixed(1).padStart(width);
  return [{ text: `${text} `, style: percent < 0.05 ? SHADOW : percent >= 99.9 ? "36" : "" }];
}

function timeText(hundredths: number): string {
  const minutes = Math.floor(hundredths / 6000);
  if (minutes < 60) return `${String(minutes).padStart(2)}:${String(Math.floor(hundredths / 100) % 60).padStart(2, "0")}.${String(hundredths % 100).padStart(2, "0")} `;
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? `${String(hours).padStart(2)}h${String(minutes % 60).padStart(2, "0")}:${String(Math.floor(hundredths / 100) % 60).padStart(2, "0")} ` : `${String(Math.floor(hours / 24)).padStart(4)}d${String(hours % 24).padStart(2, "0")}h `;
}

function timeCell(hundredths: number): readonly Piece[] {
  const text = timeText(hundredths);
  return hundredths >= 360_000 ? [{ text: text.slice(0, 3), style: "32" }, { text: text.slice(3), style: "" }] : plain(text);
}

const ticks = (process: ProcessInfo): number => process.userTicks + process.systemTicks;
const sharedKib = (process: ProcessInfo): number => Number(/^(\d+)/.exec(process.status.get("RssFile") ?? "0")?.[1] ?? 0);
const rightCell = (value: number, width: number): readonly Piece[] => plain(`${String(value).padStart(width)} `);
export const commandOf = (process: ProcessInfo): string => process.arguments.join(" ") || process.comm;

function rateOf(row: Row): number | undefined {
  return row.readRate === undefined || row.writeRate === undefined ? undefined : row.readRate + row.writeRate;
}

export const COLUMNS: readonly Column[] = [
  { name: "PID", meaning: "number of the process or thread", title: "    PID ", down: false, key: ({ process }) => process.pid, cell: ({ process }) => rightCell(process.pid, 7) },
  { name: "Command", meaning: "the command line", title: "Command ", down: false, key: ({ process }) => commandOf(process), cell: ({ process, branch }) => [{ text: branch, style: "36" }, { text: commandOf(process), style: "" }] },
  { name: "STATE", meaning: "R runs, S sleeps, D waits for a disk, T is stopped, Z has ended, I is idle", title: "S ", down: false, key: ({ process }) => process.state, cell: ({ process }) => [{ text: `${process.state} `, style: process.state === "R" ? "32" : process.state === "D" || process.state === "Z" ? "1;31" : SHADOW }] },
  { name: "PPID", meaning: "the parent", title: "   PPID ", down: false, key: ({ process }) => process.ppid, cell: ({ process }) => rightCell(process.ppid, 7) },
  { name: "PGRP", meaning: "the process group", title: "   PGRP ", down: false, key: ({ process }) => process.pgrp, cell: ({ process }) => rightCell(process.pgrp, 7) },
  { name: "SESSION", meaning: "the session", title: "    SID ", down: false, key: ({ process }) => process.session, cell: ({ process }) => rightCell(process.session, 7) },
  { name: "TTY", meaning: "the controlling terminal", title: "TTY      ", down: false, key: ({ process }) => ttyName(process.ttyNumber), cell: ({ process }) => [{ text: (process.ttyNumber === 0 ? "(none)" : ttyName(process.ttyNumber)).padEnd(9), style: process.ttyNumber === 0 ? SHADOW : "" }] },
  { name: "TPGID", meaning: "the group in front on its terminal", title: "  TPGID ", down: false, key: ({ process }) => process.tpgid, cell: ({ process }) => rightCell(process.tpgid, 7) },
  { name: "MINFLT", meaning: "page faults without a disk", title: "     MINFLT ", down: true, key: ({ process }) => process.minorFaults, cell: ({ process }) => rightCell(process.minorFaults, 11) },
  { name: "MAJFLT", meaning: "page faults that read a disk", title: "     MAJFLT ", down: true, key: ({ process }) => process.majorFaults, cell: ({ process }) => rightCell(process.majorFaults, 11) },
  { name: "UTIME", meaning: "time in the program", title: " UTIME+  ", down: true, key: ({ process }) => process.userTicks, cell: ({ process }) => timeCell((process.userTicks * 100) / TICKS_PER_SECOND) },
  { name: "STIME", meaning: "time in the kernel", title: " STIME+  ", down: true, key: ({ process }) => process.systemTicks, cell: ({ process }) => timeCell((process.systemTicks * 100) / TICKS_PER_SECOND) },
  { name: "PRIORITY", meaning: "the kernel's priority", title: "PRI ", down: false, key: ({ process }) => process.priority, cell: ({ process }) => plain(process.priority <= -100 ? " RT " : `${String(process.priority).padStart(3)} `) },
  { name: "NICE", meaning: "the nice value", title: " NI ", down: false, key: ({ process }) => process.nice, cell: ({ process }) => [{ text: `${String(process.nice).padStart(3)} `, style: process.nice < 0 ? "31" : process.nice > 0 ? "32" : SHADOW }] },
  { name: "STARTTIME", meaning: "since when it runs", title: "START ", down: true, key: ({ process }) => process.startTicks, cell: (row) => plain(`${elapsedText(row).slice(0, 5).padStart(5)} `) },
  { name: "PROCESSOR", meaning: "the processor it ran on", title: "CPU ", down: false, key: ({ process }) => process.processor, cell: ({ process }) => rightCell(process.processor, 3) },
  { name: "M_VIRT", meaning: "all of its address space", title: " VIRT ", down: true, key: ({ process }) => process.virtualBytes, cell: ({ process }) => sizeCell(Math.floor(process.virtualBytes / 1024)) },
  { name: "M_RESIDENT", meaning: "what of it is in memory", title: "  RES ", down: true, key: ({ process }) => process.residentPages, cell: ({ process }) => sizeCell(process.residentPages * PAGE_KIB) },
  { name: "M_SHARE", meaning: "what of that others share", title: "  SHR ", down: true, key: ({ process }) => sharedKib(process), cell: ({ process }) => sizeCell(sharedKib(process)) },
  { name: "ST_UID", meaning: "number of its user", title: "  UID ", down: false, key: ({ process }) => process.uids[1] ?? 0, cell: ({ process }) => rightCell(process.uids[1] ?? 0, 5) },
  { name: "PERCENT_CPU", meaning: "share of one processor since the last look", title: " CPU% ", down: true, key: ({ cpuPercent }) => cpuPercent, cell: ({ cpuPercent }) => percentCell(cpuPercent, 5) },
  { name: "PERCENT_MEM", meaning: "share of the memory", title: "MEM% ", down: true, key: ({ process }) => process.residentPages, cell: ({ process, memoryKib }) => percentCell((100 * process.residentPages * PAGE_KIB) / memoryKib, 4) },
  { name: "USER", meaning: "its user", title: "USER       ", down: false, key: ({ user }) => user, cell: ({ user, own }) => [{ text: `${user.slice(0, 10).padEnd(10)} `, style: own ? "" : SHADOW }] },
  { name: "TIME", meaning: "time of processors that it used", title: "  TIME+  ", down: true, key: ({ process }) => ticks(process), cell: ({ process }) => timeCell((ticks(process) * 100) / TICKS_PER_SECOND) },
  { name: "NLWP", meaning: "number of threads", title: "NLWP ", down: true, key: ({ process }) => process.threads, cell: ({ process }) => [{ text: `${String(process.threads).padStart(4)} `, style: process.threads === 1 ? SHADOW : "" }] },
  { name: "TGID", meaning: "number of the thread group", title: "   TGID ", down: false, key: ({ process }) => process.pid, cell: ({ process }) => rightCell(process.pid, 7) },
  { name: "ELAPSED", meaning: "how long it has run", title: "ELAPSED  ", down: true, key: (row) => elapsedSeconds(row), cell: (row) => timeCell(Math.round(elapsedSeconds(row) * 100)) },
  { name: "IO_PRIORITY", meaning: "priority at the disk", title: "IO ", down: false, key: ({ io }) => io, cell: ({ io }) => plain(`${io} `) },
  { name: "IO_READ_RATE", meaning: "bytes read in a second", title: " DISK READ  ", down: true, key: ({ readRate }) => readRate ?? -1, cell: ({ readRate }) => rateCell(readRate) },
  { name: "IO_WRITE_RATE", meaning: "bytes written in a second", title: " DISK WRITE ", down: true, key: ({ writeRate }) => writeRate ?? -1, cell: ({ writeRate }) => rateCell(writeRate) },
  { name: "IO_RATE", meaning: "bytes read and written in a second", title: "   DISK R/W ", down: true, key: (row) => rateOf(row) ?? -1, cell: (row) => rateCell(rateOf(row)) },
  { name: "PERCENT_SWAP_DELAY", meaning: "share of time waited for swap", title: "SWPD% ", down: true, key: () => 0, cell: () => percentCell(0, 5) },
  { name: "PERCENT_IO_DELAY", meaning: "share of time waited for disks", title: " IOD% ", down: true, key: () => 0, cell: () => percentCell(0, 5) },
];

const elapsedSeconds = ({ process, uptimeSeconds }: Row): number => Math.max(0, uptimeSeconds - process.startTicks / TICKS_PER_SECOND);
const elapsedText = (row: Row): string => timeText(Math.round(elapsedSeconds(row) * 100)).trim();

const BY_NAME = new Map(COLUMNS.map((column) => [column.name, column]));
export const columnNamed = (name: string): Column | undefined => BY_NAME.get(name);
