// The fields that top can show: their columns and the words of its field screen (top(1), FIELDS / Columns).

export interface TopField {
  readonly name: string;
  readonly width: number;
  readonly left?: boolean;
  readonly meaning: string;
  /** takes a share of the columns that are left */
  readonly wide?: boolean;
}

/** In the order of the field screen. */
export const TOP_FIELDS: readonly TopField[] = [
  { name: "PID", width: 7, meaning: "Process Id" }, { name: "USER", width: 8, left: true, meaning: "Effective User Name" }, { name: "PR", width: 3, meaning: "Priority" },
  { name: "NI", width: 3, meaning: "Nice Value" }, { name: "VIRT", width: 7, meaning: "Virtual Image (KiB)" }, { name: "RES", width: 6, meaning: "Resident Size (KiB)" },
  { name: "SHR", width: 6, meaning: "Shared Memory (KiB)" }, { name: "S", width: 1, meaning: "Process Status" }, { name: "%CPU", width: 5, meaning: "CPU Usage" },
  { name: "%MEM", width: 5, meaning: "Memory Usage (RES)" }, { name: "TIME+", width: 9, meaning: "CPU Time, hundredths" }, { name: "COMMAND", width: 0, left: true, meaning: "Command Name/Line", wide: true },
  { name: "PPID", width: 7, meaning: "Parent Process pid" }, { name: "UID", width: 5, meaning: "Effective User Id" }, { name: "RUID", width: 5, meaning: "Real User Id" },
  { name: "RUSER", width: 8, left: true, meaning: "Real User Name" }, { name: "SUID", width: 5, meaning: "Saved User Id" }, { name: "SUSER", width: 8, left: true, meaning: "Saved User Name" },
  { name: "GID", width: 5, meaning: "Group Id" }, { name: "GROUP", width: 8, left: true, meaning: "Group Name" }, { name: "PGRP", width: 7, meaning: "Process Group Id" },
  { name: "TTY", width: 8, left: true, meaning: "Controlling Tty" }, { name: "TPGID", width: 7, meaning: "Tty Process Grp Id" }, { name: "SID", width: 7, meaning: "Session Id" },
  { name: "nTH", width: 3, meaning: "Number of Threads" }, { name: "P", width: 2, meaning: "Last Used Cpu (SMP)" }, { name: "TIME", width: 6, meaning: "CPU Time" },
  { name: "SWAP", width: 6, meaning: "Swapped Size (KiB)" }, { name: "CODE", width: 6, meaning: "Code Size (KiB)" }, { name: "DATA", width: 7, meaning: "Data+Stack (KiB)" },
  { name: "nMaj", width: 4, meaning: "Major Page Faults" }, { name: "nMin", width: 4, meaning: "Minor Page Faults" }, { name: "nDRT", width: 4, meaning: "Dirty Pages Count" },
  { name: "WCHAN", width: 10, left: true, meaning: "Sleeping in Function" }, { name: "Flags", width: 8, left: true, meaning: "Task Flags <sched.h>" }, { name: "CGROUPS", width: 0, left: true, meaning: "Control Groups", wide: true },
  { name: "SUPGIDS", width: 0, left: true, meaning: "Supp Groups IDs", wide: true }, { name: "SUPGRPS", width: 0, left: true, meaning: "Supp Groups Names", wide: true }, { name: "TGID", width: 7, meaning: "Thread Group Id" },
  { name: "OOMa", width: 5, meaning: "OOMEM Adjustment" }, { name: "OOMs", width: 4, meaning: "OOMEM Score current" }, { name: "ENVIRON", width: 0, left: true, meaning: "Environment vars", wide: true },
  { name: "vMj", width: 3, meaning: "Major Faults delta" }, { name: "vMn", width: 3, meaning: "Minor Faults delta" }, { name: "USED", width: 6, meaning: "Res+Swap Size (KiB)" },
  { name: "nsIPC", width: 10, meaning: "IPC namespace Inode" }, { name: "nsMNT", width: 10, meaning: "MNT namespace Inode" }, { name: "nsNET", width: 10, meaning: "NET namespace Inode" },
  { name: "nsPID", width: 10, meaning: "PID namespace Inode" }, { name: "nsUSER", width: 10, meaning: "USER namespace Inode" }, { name: "nsUTS", width: 10, meaning: "UTS namespace Inode" },
  { name: "LXC", width: 8, left: true, meaning: "LXC container name" }, { name: "RSan", width: 6, meaning: "RES Anonymous (KiB)" }, { name: "RSfd", width: 6, meaning: "RES File-based (KiB)" },
  { name: "RSlk", width: 6, meaning: "RES Locked (KiB)" }, { name: "RSsh", width: 6, meaning: "RES Shared (KiB)" }, { name: "CGNAME", width: 0, left: true, meaning: "Control Group name", wide: true },
  { name: "NU", width: 2, meaning: "Last Used NUMA node" }, { name: "LOGID", width: 5, meaning: "Login User Id" }, { name: "EXE", width: 0, left: true, meaning: "Executable Path", wide: true },
  { name: "RSS", width: 6, meaning: "Res Mem (smaps), KiB" }, { name: "PSS", width: 6, meaning: "Proportion RSS,  KiB" }, { name: "PSan", width: 6, meaning: "Proportion Anon, KiB" },
  { name: "PSfd", width: 6, meaning: "Proportion File, KiB" }, { name: "PSsh", width: 6, meaning: "Proportion Shrd, KiB" }, { name: "USS", width: 6, meaning: "Unique RSS, KiB" },
  { name: "ioR", width: 7, meaning: "I/O Bytes Read" }, { name: "ioRop", width: 5, meaning: "I/O Read Operations" }, { name: "ioW", width: 7, meaning: "I/O Bytes Written" },
  { name: "ioWop", width: 5, meaning: "I/O Write Operations" }, { name: "AGID", width: 5, meaning: "Autogroup Identifier" }, { name: "AGNI", width: 4, meaning: "Autogroup Nice Value" },
  { name: "STARTED", width: 7, meaning: "Start Time from boot" }, { name: "ELAPSED", width: 7, meaning: "Elapsed Running Time" }, { name: "%CUU", width: 6, meaning: "CPU Utilization" },
  { name: "%CUC", width: 7, meaning: "Utilization + child" }, { name: "nsCGROUP", width: 10, meaning: "CGRP namespace Inode" }, { name: "nsTIME", width: 10, meaning: "TIME namespace Inode" },
];

const BY_NAME = new Map(TOP_FIELDS.map((field) => [field.name, field]));

/** The first twelve are shown at first. */
export const SHOWN_AT_FIRST: readonly string[] = TOP_FIELDS.slice(0, 12).map((field) => field.name);

export interface LaidField {
  readonly field: TopField;
  readonly start: number;
  readonly width: number;
}

/** The fields of fixed width that X widens (top(1), X). */
const WIDENED: ReadonlySet<string> = new Set(["GID", "GROUP", "LOGID", "LXC", "RUID", "RUSER", "SUID", "SUSER", "TTY", "UID", "USER", "WCHAN", "nsCGROUP", "nsIPC", "nsMNT", "nsNET", "nsPID", "nsTIME", "nsUSER", "nsUTS"]);

/** The fields that find room in that many columns, each with where it begins; wide ones share what is left, the last column stays free. */
export function layOutFields(names: readonly string[], columns: number, wider = 0): readonly LaidField[] {
  const fitting: TopField[] = [];
  let used = 0;
  for (const name of names) {
    const known = BY_NAME.get(name);
    if (!known) continue;
    const field = wider > 0 && WIDENED.has(name) ? { ...known, width: known.width + wider } : known;
    const least = field.wide ? Math.max(8, name.length + 1) : field.width + 1;
    if (used + least > columns) break;
    used += least;
    fitting.push(field);
  }
  const wide = fitting.filter((field) => field.wide).length;
  const left = columns - 1 - fitting.reduce((sum, field) => sum + (field.wide ? 1 : field.width + 1), 0) + 1;
  let start = 0, share = left, sharing = wide;
  return fitting.map((field) => {
    const width = field.wide ? Math.max(field.name.length, Math.floor(share / sharing)) : field.width;
    if (field.wide) {
      share -= width;
      sharing--;
    }
    const laid = { field, start, width };
    start += width + 1;
    return laid;
  });
}

/** How numbers and words stand in their columns (J, j). */
interface Alignment {
  readonly numbersLeft: boolean;
  readonly wordsRight: boolean;
}

/** What does not fit ends in "+". The last column keeps no blanks behind it. */
export function cellText({ field, width }: LaidField, text: string, { numbersLeft, wordsRight }: Alignment, last: boolean): string {
  const cut = text.length > width && (field.left ?? false) ? `${text.slice(0, width - 1)}+` : text;
  const left = field.name === "S" || (field.left ? !wordsRight : numbersLeft);
  return left ? (last && field.wide ? cut : cut.padEnd(width)) : cut.padStart(width);
}

export function headingOf(laid: readonly LaidField[], word: (english: string) => string, alignment: Alignment): string {
  const text = laid.map((one, at) => cellText(one, word(one.field.name), alignment, at === laid.length - 1)).join(" ");
  return laid.some(({ field }) => field.wide) ? text : `${text} `;
}
