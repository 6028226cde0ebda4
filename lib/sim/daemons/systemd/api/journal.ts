// The journal: how its file is laid out, how entries reach journald, how they are read back (systemd.journal-fields(7)).
import { type Blocking, decode, encode, type Sys, SysError } from "../../../kernel/sys.ts";
import { readFile, tryReadFile } from "./files.ts";

export const JOURNAL_SOCKET = "/run/systemd/journal/socket";
export const STDOUT_SOCKET = "/run/systemd/journal/stdout";
/** where a syslog daemon listens for what the journal passes on */
export const SYSLOG_SOCKET = "/run/systemd/journal/syslog";
export const DEV_LOG = "/run/systemd/journal/dev-log";
/** The real file's magic number; then one JSON object a line. */
export const JOURNAL_MAGIC = "LPKSHHRH\n";

/** Fields by their names, MESSAGE, PRIORITY, _PID...; realtime and monotonic time beside them. */
export interface JournalEntry {
  readonly realtimeUs: number;
  readonly monotonicUs: number;
  readonly bootId: string;
  readonly fields: ReadonlyMap<string, string>;
}

/** Fields that every entry has, and what PID 1 says of itself: kept by their places, as the real file keeps each field once. */
const SHORT_NAMES: readonly string[] = [
  "PRIORITY", "SYSLOG_FACILITY", "SYSLOG_IDENTIFIER", "UNIT", "MESSAGE", "_TRANSPORT", "_PID", "_UID", "_GID", "_COMM", "_EXE", "_CMDLINE", "_SYSTEMD_CGROUP", "_SYSTEMD_UNIT", "_HOSTNAME", "_MACHINE_ID", "_BOOT_ID",
];
const SHORT_PLACES: ReadonlyMap<string, number> = new Map(SHORT_NAMES.map((name, place) => [name, place]));
const MANAGER_FIELDS: ReadonlyMap<string, string> = new Map([
  ["_PID", "1"], ["_UID", "0"], ["_GID", "0"], ["_COMM", "systemd"], ["_EXE", "/usr/lib/systemd/systemd"], ["_CMDLINE", "/sbin/init"], ["_SYSTEMD_CGROUP", "/init.scope"], ["_SYSTEMD_UNIT", "init.scope"],
]);

/** One line of the file: times, boot, and the fields in their order, names and values by turns. A number stands for a name of SHORT_NAMES; null for the value that is expected there. */
export function encodeEntry(entry: JournalEntry): string {
  const list: (string | number | null)[] = [];
  const fromManager = entry.fields.get("_PID") === "1" && entry.fields.get("_EXE") === MANAGER_FIELDS.get("_EXE");
  for (const [name, value] of entry.fields) {
    const expected = name === "_BOOT_ID" ? entry.bootId : fromManager && name !== "_PID" && name !== "_EXE" ? MANAGER_FIELDS.get(name) : undefined;
    list.push(SHORT_PLACES.get(name) ?? name, expected === value ? null : value);
  }
  return `${JSON.stringify([entry.realtimeUs, entry.monotonicUs, entry.bootId, list])}\n`;
}

function decodeFields(list: readonly (string | number | null)[], bootId: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (let at = 0; at + 1 < list.length; at += 2) {
    const key = list[at];
    const name = typeof key === "number" ? (SHORT_NAMES[key] ?? "") : (key ?? "");
    const value = list[at + 1];
    fields.set(name, typeof value === "string" ? value : name === "_BOOT_ID" ? bootId : (MANAGER_FIELDS.get(name) ?? ""));
  }
  return fields;
}

export function decodeEntries(text: string): JournalEntry[] {
  const entries: JournalEntry[] = [];
  for (const line of text.split("\n")) {
    if (!line.startsWith("[")) continue;
    let value: readonly [number, number, string, readonly (string | number | null)[]];
    try {
      value = JSON.parse(line);
    } catch {
      // a damaged entry is passed over
      continue;
    }
    entries.push({ realtimeUs: value[0], monotonicUs: value[1], bootId: value[2], fields: decodeFields(value[3], value[2]) });
  }
  return entries;
}

/** The file with the times from `sinceUs` on moved: for a boot that is played back at another time. As long as before. */
export function moveJournalTimes(bytes: Uint8Array, sinceUs: number, byUs: number): Uint8Array {
  const lines = decode(bytes).split("\n").map((line) => {
    const realtime = /^\[(\d{16}),/.exec(line)?.[1];
    return realtime === undefined || Number(realtime) < sinceUs ? line : `[${Number(realtime) + byUs}${line.slice(17)}`;
  });
  return encode(lines.join("\n"));
}

export function* machineId(sys: Sys): Blocking<string> {
  return ((yield* tryReadFile(sys, "/etc/machine-id")) ?? "").trim();
}

export function* bootId(sys: Sys): Blocking<string> {
  return ((yield* tryReadFile(sys, "/proc/sys/kernel/random/boot_id")) ?? "").trim().replaceAll("-", "");
}

/** Everything that the caller may read of these files, the earlier ones first. Undefined when it may read none of those that are there. */
export function* readJournal(sys: Sys, paths: readonly string[]): Blocking<JournalEntry[] | undefined> {
  const entries: JournalEntry[] = [];
  let opened = 0;
  let denied = 0;
  for (const path of paths) {
    try {
      for (const entry of decodeEntries(yield* readFile(sys, path))) entries.push(entry);
      opened++;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (error.errno !== "ENOENT") denied++;
    }
  }
  return opened === 0 && denied > 0 ? undefined : entries;
}

/** A datagram for journald's native socket. Values with newlines are fine: fields are JSON here. */
export function* sendToJournal(sys: Sys, fd: number, fields: Readonly<Record<string, string>>): Blocking<void> {
  try {
    yield* sys.sendto(fd, encode(JSON.stringify(fields)), { family: "unix", path: JOURNAL_SOCKET });
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

export function parseDatagram(bytes: Uint8Array): Record<string, string> | undefined {
  const text = decode(bytes);
  if (!text.startsWith("{")) return undefined;
  try {
    const fields: Record<string, string> = JSON.parse(text);
    return fields;
  } catch {
    return undefined;
  }
}

const PRIORITIES = ["emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"] as const;

export const FACILITIES = ["kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "authpriv", "ftp", "ntp", "security", "console", "solaris-cron", "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7"] as const;

export function priorityNumber(word: string): number | undefined {
  if (/^[0-7]$/.test(word)) return Number(word);
  const aliases = new Map([["panic", 0], ["error", 3], ["warn", 4]]);
  const index = PRIORITIES.findIndex((name) => name === word);
  return index >= 0 ? index : aliases.get(word);
}
