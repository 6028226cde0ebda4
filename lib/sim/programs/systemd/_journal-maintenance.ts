// What journalctl does to the journal's files instead of showing entries: rotating, flushing, removing, checking, measuring (journalctl(1), COMMANDS).
import { type Blocking, SIGNALS, SIGRTMIN, type Sys, SysError } from "../../kernel/sys.ts";
import { tryReadFile } from "../../daemons/systemd/api/files.ts";
import { decodeEntries, machineId } from "../../daemons/systemd/api/journal.ts";
import { journalDirectories, journalFilesIn, PERSISTENT_ROOT, type Vacuum, vacuumDirectory, VOLATILE_ROOT } from "../../daemons/systemd/api/journal-files.ts";
import { formatTimeSpan } from "../../daemons/systemd/api/time-span.ts";
import type { Io } from "../kit/gnu.ts";
import type { Zone } from "../kit/zones.ts";
import { fullTime } from "./_journal-format.ts";
import { complain, formatBytes } from "./_systemd.ts";

const VARLINK = "/run/systemd/journal/io.systemd.journal";
const JOURNALD_PROCESSES = "/sys/fs/cgroup/system.slice/systemd-journald.service/cgroup.procs";
const WAIT_US = 10_000;
const MOST_WAITS = 2000;

const REQUESTS = { flush: [SIGNALS.USR1, "flushed"], rotate: [SIGNALS.USR2, "rotated"], sync: [SIGRTMIN + 1, "synced"] } as const;

/** Asks journald by a signal and waits until it says that it is done (systemd-journald.service(8), SIGNALS). */
export function* askJournald(io: Io, request: keyof typeof REQUESTS): Blocking<number> {
  const { sys } = io;
  const refuse = function* (reason: string): Blocking<number> {
    yield* complain(io, `Failed to connect to ${VARLINK}: ${reason}`);
    return 1;
  };
  if (sys.getcred().euid !== 0) return yield* refuse("Permission denied");
  const pid = Number(((yield* tryReadFile(sys, JOURNALD_PROCESSES)) ?? "").split("\n")[0]);
  if (!(pid > 0)) return yield* refuse("No such file or directory");
  // nothing to move: it was done at boot
  if (request === "flush" && journalFilesIn(sys, `${VOLATILE_ROOT}/${yield* machineId(sys)}`).length === 0) return 0;
  const [signal, word] = REQUESTS[request];
  const told = `/run/systemd/journal/${word}`;
  const before = yield* tryReadFile(sys, told);
  try {
    sys.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return yield* refuse(error.message);
  }
  for (let waits = 0; waits < MOST_WAITS && (yield* tryReadFile(sys, told)) === before; waits++) yield* sys.sleep(WAIT_US);
  return 0;
}

export function* vacuum(io: Io, wanted: Vacuum): Blocking<number> {
  const { sys } = io;
  const [persistent = "", fleeting = ""] = yield* journalDirectories(sys);
  for (const directory of [persistent, PERSISTENT_ROOT, VOLATILE_ROOT, ...(journalFilesIn(sys, fleeting).length > 0 ? [fleeting] : [])]) {
    const gone = vacuumDirectory(sys, directory, wanted, sys.clockUs("realtime"));
    for (const { path, bytes } of gone) yield* complain(io, `Deleted archived journal ${path} (${formatBytes(bytes)}).`, "info");
    yield* complain(io, `Vacuuming done, freed ${formatBytes(gone.reduce((sum, { bytes }) => sum + bytes, 0))} of archived journals from ${directory}.`, "info");
  }
  return 0;
}

export function diskUsage(sys: Sys, paths: readonly string[]): string {
  return `Archived and active journals take up ${formatBytes(paths.reduce((sum, path) => sum + sys.stat(path).blocks * 512, 0))} in the file system.\n`;
}

/** A line of the file that is no entry is damage. */
export function* verify(io: Io, paths: readonly string[]): Blocking<number> {
  let status = 0;
  for (const path of paths) {
    const text = ((yield* tryReadFile(io.sys, path)) ?? "").replace(/\0+$/, "");
    const at = damagedAt(text);
    if (at === undefined) yield* complain(io, `PASS: ${path}`, "info");
    else {
      status = 1;
      yield* complain(io, `${at.toString(16)}: Invalid object contents: Bad message`, "info");
      yield* complain(io, `File corruption detected at ${path}:${at} (of ${io.sys.stat(path).sizeBytes} bytes, ${Math.floor((at * 100) / Math.max(1, io.sys.stat(path).sizeBytes))}%).`);
      yield* complain(io, `FAIL: ${path} (Bad message)`);
    }
  }
  return status;
}

function damagedAt(text: string): number | undefined {
  let at = 0;
  for (const [index, line] of text.split("\n").entries()) {
    const sound = index === 0 ? line.startsWith("LPKSHHRH") : line === "" || decodeEntries(line).length === 1;
    if (!sound) return at;
    at += line.length + 1;
  }
  return undefined;
}

/** The sizes of the real file's hash tables; objects are counted as it counts them: each value once. */
export function* header(io: Io, paths: readonly string[], zone: Zone): Blocking<number> {
  const { sys } = io;
  const machine = yield* machineId(sys);
  const out: string[] = [];
  for (const path of paths) {
    const entries = decodeEntries((yield* tryReadFile(sys, path)) ?? "");
    const [first, last] = [entries[0], entries.at(-1)];
    if (first === undefined || last === undefined) continue;
    const data = new Set<string>();
    const fields = new Set<string>();
    for (const entry of entries) {
      for (const [name, value] of entry.fields) {
        data.add(`${name}=${value}`);
        fields.add(name);
      }
      if (sys.charge(20)) yield* sys.preempt();
    }
    const archived = /@([0-9a-f]{32})-([0-9a-f]{16})-/.exec(path);
    const head = archived?.[2] === undefined ? 1 + olderEntries(paths, path, yield* counts(sys, paths)) : Number.parseInt(archived[2], 16);
    const tail = head + entries.length - 1;
    const stat = sys.stat(path);
    const id = archived?.[1] ?? first.bootId;
    const arrays = Math.ceil(data.size / 5);
    const filled = (count: number, size: number): string => `${((count * 100) / size).toFixed(1)}%`;
    const time = (us: number): string => `${fullTime(us, zone)} (${us.toString(16)})`;
    out.push([
      `File path: ${path}`, `File ID: ${id}`, `Machine ID: ${machine}`, `Boot ID: ${last.bootId}`, `Sequential number ID: ${id}`, `State: ${archived ? "ARCHIVED" : "ONLINE"}`, "Compatible flags:", "Incompatible flags: COMPRESSED-ZSTD KEYED-HASH COMPACT", "Header size: 264", `Arena size: ${stat.sizeBytes - 264}`,
      "Data hash table size: 233016", "Field hash table size: 333", "Rotate suggested: no", `Head sequential number: ${head} (${head.toString(16)})`, `Tail sequential number: ${tail} (${tail.toString(16)})`, `Head realtime timestamp: ${time(first.realtimeUs)}`, `Tail realtime timestamp: ${time(last.realtimeUs)}`,
      `Tail monotonic timestamp: ${formatTimeSpan(last.monotonicUs, 1000)} (${last.monotonicUs.toString(16)})`, `Objects: ${entries.length + data.size + fields.size + arrays + 2}`, `Entry objects: ${entries.length}`, `Data objects: ${data.size}`, `Data hash table fill: ${filled(data.size, 233_016)}`, `Field objects: ${fields.size}`, `Field hash table fill: ${filled(fields.size, 333)}`, "Tag objects: 0", `Entry array objects: ${arrays}`,
      "Deepest field hash chain: 0", "Deepest data hash chain: 0", `Disk usage: ${formatBytes(stat.blocks * 512)}`, "",
    ].join("\n"));
  }
  io.out.put(out.join("\n"));
  yield* io.out.flush();
  return 0;
}

function* counts(sys: Sys, paths: readonly string[]): Blocking<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  for (const path of paths) found.set(path, decodeEntries((yield* tryReadFile(sys, path)) ?? "").length);
  return found;
}

function olderEntries(paths: readonly string[], path: string, numbers: ReadonlyMap<string, number>): number {
  return paths.slice(0, paths.indexOf(path)).reduce((sum, one) => sum + (numbers.get(one) ?? 0), 0);
}
