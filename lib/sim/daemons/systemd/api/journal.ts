// The journal: how its file is laid out, how entries reach journald, how they are read back (systemd.journal-fields(7)).
import { type Blocking, decode, encode, type Sys, SysError } from "../../../kernel/sys.ts";
import { readFile, tryReadFile } from "./files.ts";

export const JOURNAL_SOCKET = "/run/systemd/journal/socket";
export const STDOUT_SOCKET = "/run/systemd/journal/stdout";
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

/** One line of the file: times and boot under short keys, the fields as they are. */
export function encodeEntry(entry: JournalEntry): string {
  return `${JSON.stringify([entry.realtimeUs, entry.monotonicUs, entry.bootId, Object.fromEntries(entry.fields)])}\n`;
}

export function decodeEntries(text: string): JournalEntry[] {
  const entries: JournalEntry[] = [];
  for (const line of text.split("\n")) {
    if (!line.startsWith("[")) continue;
    let value: readonly [number, number, string, Record<string, string>];
    try {
      value = JSON.parse(line);
    } catch {
      // a damaged entry is passed over
      continue;
    }
    entries.push({ realtimeUs: value[0], monotonicUs: value[1], bootId: value[2], fields: new Map(Object.entries(value[3])) });
  }
  return entries;
}

export function* machineId(sys: Sys): Blocking<string> {
  return ((yield* tryReadFile(sys, "/etc/machine-id")) ?? "").trim();
}

export function* bootId(sys: Sys): Blocking<string> {
  return ((yield* tryReadFile(sys, "/proc/sys/kernel/random/boot_id")) ?? "").trim().replaceAll("-", "");
}

export function* journalPath(sys: Sys): Blocking<string> {
  return `/var/log/journal/${yield* machineId(sys)}/system.journal`;
}

/** Everything that the caller may read, oldest first. Undefined when it may not read the file at all. */
export function* readJournal(sys: Sys): Blocking<JournalEntry[] | undefined> {
  try {
    return decodeEntries(yield* readFile(sys, yield* journalPath(sys)));
  } catch (error) {
    if (error instanceof SysError) return error.errno === "ENOENT" ? [] : undefined;
    throw error;
  }
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
