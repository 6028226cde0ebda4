// The fields that top can show: their columns and the words of its field screen (top(1), FIELDS / Columns).

export interface TopField {
  readonly name: string;
  readonly width: number;
  readonly left?: boolean;
  readonly meaning: string;
}

export const TOP_FIELDS: readonly TopField[] = [
  { name: "PID", width: 7, meaning: "Process Id" }, { name: "USER", width: 8, left: true, meaning: "Effective User Name" }, { name: "PR", width: 3, meaning: "Priority" }, { name: "NI", width: 3, meaning: "Nice Value" },
  { name: "VIRT", width: 7, meaning: "Virtual Image (KiB)" }, { name: "RES", width: 6, meaning: "Resident Size (KiB)" }, { name: "SHR", width: 6, meaning: "Shared Memory (KiB)" }, { name: "S", width: 1, meaning: "Process Status" },
  { name: "%CPU", width: 5, meaning: "CPU Usage" }, { name: "%MEM", width: 5, meaning: "Memory Usage (RES)" }, { name: "TIME+", width: 9, meaning: "CPU Time, hundredths" }, { name: "COMMAND", width: 0, left: true, meaning: "Command Name/Line" },
  { name: "PPID", width: 7, meaning: "Parent Process pid" }, { name: "UID", width: 5, meaning: "Effective User Id" }, { name: "RUID", width: 5, meaning: "Real User Id" }, { name: "RUSER", width: 8, left: true, meaning: "Real User Name" },
  { name: "SUID", width: 5, meaning: "Saved User Id" }, { name: "GID", width: 5, meaning: "Group Id" }, { name: "PGRP", width: 7, meaning: "Process Group Id" }, { name: "TPGID", width: 7, meaning: "Tty Process Grp Id" },
  { name: "SID", width: 7, meaning: "Session Id" }, { name: "nTH", width: 3, meaning: "Number of Threads" }, { name: "P", width: 2, meaning: "Last Used Cpu (SMP)" }, { name: "TIME", width: 6, meaning: "CPU Time" },
  { name: "nMaj", width: 4, meaning: "Major Page Faults" }, { name: "nMin", width: 4, meaning: "Minor Page Faults" }, { name: "Flags", width: 8, meaning: "Task Flags <sched.h>" },
];

const BY_NAME = new Map(TOP_FIELDS.map((field) => [field.name, field]));

/** The first twelve are shown at first. */
export const SHOWN_AT_FIRST: readonly string[] = TOP_FIELDS.slice(0, 12).map((field) => field.name);

/** The fields that find room in that many columns, each with where it begins; COMMAND takes what is left. */
export function layOutFields(names: readonly string[], columns: number): readonly { readonly field: TopField; readonly start: number; readonly width: number }[] {
  const out: { field: TopField; start: number; width: number }[] = [];
  let used = 0;
  const fixed = names.reduce((sum, name) => sum + (name === "COMMAND" ? 0 : (BY_NAME.get(name)?.width ?? 0) + 1), 0);
  for (const name of names) {
    const field = BY_NAME.get(name);
    if (!field) continue;
    const width = name === "COMMAND" ? Math.max(7, columns - 1 - fixed) : field.width;
    if (used + (name === "COMMAND" ? 8 : width + 1) > columns) break;
    out.push({ field, start: used, width });
    used += width + 1;
  }
  return out;
}

export function cellText({ field, width }: { readonly field: TopField; readonly width: number }, text: string): string {
  if (field.name === "COMMAND") return text;
  const cut = field.left && text.length > width ? `${text.slice(0, width - 1)}+` : text;
  return field.left ? cut.padEnd(width) : cut.padStart(width);
}

export function headingOf(names: readonly string[], columns: number, word: (english: string) => string): string {
  const laid = layOutFields(names, columns);
  const text = laid.map((one) => cellText(one, word(one.field.name))).join(" ");
  return laid.some(({ field }) => field.name === "COMMAND") ? text : `${text} `;
}
