// Which entries journalctl shows: its options and matches as conditions, and the kernel's messages as entries.
import { type Blocking, O, type Sys, SysError } from "../../kernel/sys.ts";
import { type JournalEntry, priorityNumber } from "../../daemons/systemd/api/journal.ts";
import { matchesPattern } from "../../daemons/systemd/api/unit-name.ts";
import { parseKernelRecord } from "../kit/kernel-ring-record.ts";
import { ofUnit } from "./_journal-format.ts";

export interface Filter {
  readonly units: readonly string[];
  readonly identifiers: readonly string[];
  readonly priorities: ReadonlySet<number> | undefined;
  readonly facilities: ReadonlySet<number> | undefined;
  readonly kernelOnly: boolean;
  readonly boot: string | undefined;
  readonly sinceUs: number | undefined;
  readonly untilUs: number | undefined;
  readonly grep: ((text: string) => boolean) | undefined;
  /** alternatives of conjunctions; fields of one name are alternatives among themselves */
  readonly matches: readonly ReadonlyMap<string, ReadonlySet<string>>[];
  /** undefined: all of it may be seen */
  readonly visible: ((entry: JournalEntry) => boolean) | undefined;
}

export function passes(entry: JournalEntry, filter: Filter): boolean {
  const { fields } = entry;
  if (filter.visible !== undefined && !filter.visible(entry)) return false;
  if (filter.boot !== undefined && entry.bootId !== filter.boot) return false;
  if (filter.sinceUs !== undefined && entry.realtimeUs < filter.sinceUs) return false;
  if (filter.untilUs !== undefined && entry.realtimeUs > filter.untilUs) return false;
  if (filter.kernelOnly && fields.get("_TRANSPORT") !== "kernel") return false;
  if (filter.priorities !== undefined && !filter.priorities.has(Number(fields.get("PRIORITY") ?? 6))) return false;
  if (filter.facilities !== undefined && !filter.facilities.has(Number(fields.get("SYSLOG_FACILITY") ?? -1))) return false;
  if (filter.identifiers.length > 0 && !filter.identifiers.includes(fields.get("SYSLOG_IDENTIFIER") ?? "")) return false;
  if (filter.units.length > 0 && !filter.units.some((unit) => (/[*?[]/.test(unit) ? matchesPattern(unit, fields.get("_SYSTEMD_UNIT") ?? fields.get("UNIT") ?? "") : ofUnit(entry, unit)))) return false;
  if (filter.grep !== undefined && !filter.grep(fields.get("MESSAGE") ?? "")) return false;
  if (filter.matches.length > 0 && !filter.matches.some((all) => [...all].every(([name, values]) => values.has(fields.get(name) ?? "\0")))) return false;
  return true;
}

/** The kernel's ring of this boot: kept by the kernel, so journald need not copy it. */
export function* kernelEntries(sys: Sys, boot: string, kept: readonly JournalEntry[]): Blocking<JournalEntry[]> {
  const entries: JournalEntry[] = [];
  const ours = kept.filter((entry) => entry.bootId === boot);
  let next = 0;
  const [first] = ours;
  // the clock may have been set since: what stood in the journal by then tells how it went
  let bootUs = first === undefined ? sys.clockUs("realtime") - sys.clockUs("monotonic") : first.realtimeUs - first.monotonicUs;
  let fd: number;
  try {
    fd = yield* sys.open("/dev/kmsg", O.RDONLY | O.NONBLOCK);
  } catch (error) {
    if (error instanceof SysError) return entries;
    throw error;
  }
  const hostname = sys.uname().nodename;
  try {
    for (;;) {
      const bytes = yield* sys.read(fd, 8192);
      if (bytes.length === 0) break;
      const record = parseKernelRecord(bytes);
      if (record === undefined) continue;
      const { priority, timeUs, text } = record;
      for (let entry = ours[next]; entry !== undefined && entry.monotonicUs <= timeUs; entry = ours[++next]) bootUs = entry.realtimeUs - entry.monotonicUs;
      if (next >= ours.length) bootUs = sys.clockUs("realtime") - sys.clockUs("monotonic");
      // what programs wrote to /dev/kmsg names them: "systemd[1]: text"
      const program = priority >> 3 === 0 ? null : /^([^\s[\]:]+)\[(\d+)\]: (.*)$/.exec(text);
      const named = priority >> 3 === 0 ? null : /^([^\s[\]:]+):\s(.*)$/.exec(text);
      if (priority >> 3 !== 0 && program === null) {
        // a line of somebody who says no number (dev_kmsg_record of journald)
        entries.push({ realtimeUs: bootUs + timeUs, monotonicUs: timeUs, bootId: boot, fields: new Map([["PRIORITY", String(priority & 7)], ["SYSLOG_FACILITY", String(priority >> 3)], ...(named === null ? [] : [["SYSLOG_IDENTIFIER", named[1] ?? ""] as const]), ["_TRANSPORT", "kernel"], ["MESSAGE", named?.[2] ?? text], ["_HOSTNAME", hostname], ["_BOOT_ID", boot]]) });
        continue;
      }
      entries.push({
        realtimeUs: bootUs + timeUs, monotonicUs: timeUs, bootId: boot,
        fields: new Map([
          ["PRIORITY", String(priority & 7)], ["SYSLOG_FACILITY", String(priority >> 3)], ["SYSLOG_IDENTIFIER", program?.[1] ?? "kernel"], ["_TRANSPORT", program === null ? "kernel" : "journal"], ["MESSAGE", program?.[3] ?? text], ["_HOSTNAME", hostname], ["_BOOT_ID", boot],
          ...(program === null ? [] : [["SYSLOG_PID", program[2] ?? ""], ["_PID", program[2] ?? ""], ["_COMM", program[1] ?? ""], ...(program[2] === "1" ? [["_SYSTEMD_UNIT", "init.scope"] as const] : [])] as [string, string][]),
        ]),
      });
    }
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  sys.close(fd);
  return entries;
}

/** "err": it and all more urgent; "warning..err": the range. */
export function parsePriorities(text: string): ReadonlySet<number> | undefined {
  const [first = "", last] = text.split("..");
  const from = last === undefined ? 0 : priorityNumber(first);
  const to = priorityNumber(last ?? first);
  if (from === undefined || to === undefined) return undefined;
  const low = Math.min(from, to);
  const high = Math.max(from, to);
  return new Set(Array.from({ length: high - low + 1 }, (_, index) => low + index));
}

/** Names of fields as journald takes them (journal_field_valid). */
const FIELD_NAME = /^[A-Z_][A-Z0-9_]{0,63}$/;

/** Or what is wrong with one of the words. */
export function parseMatches(words: readonly string[]): readonly ReadonlyMap<string, ReadonlySet<string>>[] | string {
  const all: Map<string, Set<string>>[] = [];
  let current = new Map<string, Set<string>>();
  for (const word of words) {
    if (word === "+") {
      if (current.size === 0) return '"+" can only be used between terms';
      all.push(current);
      current = new Map();
      continue;
    }
    const assignment = word.startsWith("/") ? `_EXE=${word}` : word;
    const equals = assignment.indexOf("=");
    if (equals <= 0 || !FIELD_NAME.test(assignment.slice(0, equals))) return `Failed to add match '${word}': Invalid argument`;
    const name = assignment.slice(0, equals);
    const values = current.get(name);
    if (values === undefined) current.set(name, new Set([assignment.slice(equals + 1)]));
    else values.add(assignment.slice(equals + 1));
  }
  if (current.size > 0) all.push(current);
  else if (all.length > 0) return '"+" can only be used between terms';
  return all;
}
