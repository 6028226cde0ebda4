// What pidstat reads of a process or thread (proc(5)).

import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { parseStatusFields } from "../kit/processes.ts";

export interface Task {
  readonly pid: number;
  /** of a thread: its number, else 0 */
  readonly tid: number;
  readonly uid: number;
  readonly command: string;
  readonly line: string;
  /** ticks */
  readonly user: number;
  readonly system: number;
  readonly guest: number;
  readonly childUser: number;
  readonly childSystem: number;
  readonly childGuest: number;
  /** nanoseconds of waiting for a processor */
  readonly waited: number;
  readonly processor: number;
  readonly minorFaults: number;
  readonly majorFaults: number;
  readonly childMinorFaults: number;
  readonly childMajorFaults: number;
  readonly virtualKib: number;
  readonly residentKib: number;
  readonly stackKib: number;
  readonly stackUsedKib: number;
  readonly bytesRead: number;
  readonly bytesWritten: number;
  readonly bytesCancelled: number;
  readonly ioDelay: number;
  readonly switches: number;
  readonly preemptions: number;
  readonly threads: number;
  readonly descriptors: number;
  readonly priority: number;
  readonly policy: number;
}

/** `deep`: also what takes more files to read. */
export function* readTask(sys: Sys, pid: number, tid: number, deep: { readonly stack: boolean; readonly descriptors: boolean }): Blocking<Task | undefined> {
  const directory = tid === 0 ? `/proc/${pid}` : `/proc/${pid}/task/${tid}`;
  const stat = yield* readTextFile(sys, `${directory}/stat`);
  if (stat === undefined) return undefined;
  const open = stat.indexOf("(");
  const close = stat.lastIndexOf(")");
  const rest = stat.slice(close + 2).trim().split(" ");
  const field = (n: number): number => Number(rest[n - 3] ?? 0);
  const status = parseStatusFields((yield* readTextFile(sys, `${directory}/status`)) ?? "");
  const io = parseStatusFields((yield* readAllowed(sys, `${directory}/io`)) ?? "");
  const waited = Number(((yield* readTextFile(sys, `${directory}/schedstat`)) ?? "").split(" ")[1] ?? 0);
  const line = ((yield* readTextFile(sys, `${directory}/cmdline`)) ?? "").replaceAll("\0", " ").trim();
  const stack = deep.stack ? yield* stackOf(sys, directory) : [0, 0];
  return {
    pid, tid, uid: Number(status.get("Uid")?.split(/\s+/)[0] ?? 0), command: stat.slice(open + 1, close), line: line === "" ? stat.slice(open + 1, close) : line, user: field(14), system: field(15), guest: field(43),
    childUser: field(16), childSystem: field(17), childGuest: field(44), waited, processor: field(39), minorFaults: field(10), majorFaults: field(12), childMinorFaults: field(11), childMajorFaults: field(13),
    virtualKib: Math.floor(field(23) / 1024), residentKib: field(24) * 4, stackKib: stack[0] ?? 0, stackUsedKib: stack[1] ?? 0, bytesRead: Number(io.get("read_bytes") ?? 0), bytesWritten: Number(io.get("write_bytes") ?? 0),
    bytesCancelled: Number(io.get("cancelled_write_bytes") ?? 0), ioDelay: field(42), switches: Number(status.get("voluntary_ctxt_switches") ?? 0), preemptions: Number(status.get("nonvoluntary_ctxt_switches") ?? 0), threads: field(20),
    descriptors: deep.descriptors ? count(sys, `${directory}/fd`) : 0, priority: field(40), policy: field(41),
  };
}

/** /proc/PID/io is its owner's (EACCES). */
function* readAllowed(sys: Sys, path: string): Blocking<string | undefined> {
  try {
    return yield* readTextFile(sys, path);
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}

/** Size and used part of the stack, of /proc/PID/smaps. */
function* stackOf(sys: Sys, directory: string): Blocking<readonly number[]> {
  const lines = ((yield* readAllowed(sys, `${directory}/smaps`)) ?? "").split("\n");
  const start = lines.findIndex((line) => line.endsWith("[stack]"));
  if (start < 0) return [0, 0];
  const value = (name: string): number => Number(/(\d+) kB/.exec(lines.slice(start + 1).find((line) => line.startsWith(`${name}:`)) ?? "")?.[1] ?? 0);
  return [value("Size"), value("Referenced")];
}

function count(sys: Sys, directory: string): number {
  try {
    return sys.readdir(directory).length;
  } catch (error) {
    if (error instanceof SysError) return 0;
    throw error;
  }
}

export function threadsOf(sys: Sys, pid: number): readonly number[] {
  try {
    return sys.readdir(`/proc/${pid}/task`).map(({ name }) => Number(name)).sort((a, b) => a - b);
  } catch (error) {
    if (error instanceof SysError) return [];
    throw error;
  }
}
