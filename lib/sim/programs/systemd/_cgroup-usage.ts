// What control groups use, from the files of cgroup2 (the kernel's cgroup-v2.rst), as systemd-cgtop counts it: the root's figures come from /proc.
import { type Blocking, S, type Sys, SysError } from "../../kernel/sys.ts";
import { tryReadFile } from "../../daemons/systemd/api/files.ts";

const ROOT = "/sys/fs/cgroup";
const TICK_US = 10_000;

export type Counting = "tasks" | "user-processes" | "all-processes";

/** A figure that nothing tells is undefined. */
export interface GroupUsage {
  /** "/" or "/system.slice/cron.service" */
  readonly path: string;
  readonly tasks: number | undefined;
  readonly cpuUs: number | undefined;
  /** of the time since the last look; 1 is one processor */
  readonly cpuFraction: number | undefined;
  readonly memoryBytes: number | undefined;
  readonly readBytesPerSecond: number | undefined;
  readonly writtenBytesPerSecond: number | undefined;
}

interface Look {
  readonly atUs: number;
  readonly cpuUs: number | undefined;
  readonly io: { readonly read: number; readonly written: number } | undefined;
}

function childrenOf(sys: Sys, directory: string): readonly string[] {
  try {
    return sys.readdir(directory).filter((entry) => entry.type === S.IFDIR).map((entry) => entry.name).sort();
  } catch (error) {
    if (error instanceof SysError) return [];
    throw error;
  }
}

const positive = (value: number): number | undefined => (value > 0 ? value : undefined);
const field = (text: string | undefined, name: RegExp): number | undefined => {
  const found = text === undefined ? undefined : name.exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
};

/** Keeps the last look at each group for the rates of the next. */
export class CgroupUsage {
  readonly #sys: Sys;
  readonly #base: string;
  readonly #depth: number;
  #looks = new Map<string, Look>();
  counting: Counting = "tasks";
  /** Processes of the groups below count for a group too. */
  recursive = true;

  /** `base`: "" for the root. */
  constructor(sys: Sys, base: string, depth: number) {
    this.#sys = sys;
    this.#base = base;
    this.#depth = depth;
  }

  *look(): Blocking<readonly GroupUsage[]> {
    const looks = new Map<string, Look>();
    const groups: GroupUsage[] = [];
    yield* this.#visit(this.#base, 0, groups, looks);
    this.#looks = looks;
    return groups.filter(({ tasks, cpuFraction, memoryBytes, readBytesPerSecond }) => tasks !== undefined || cpuFraction !== undefined || memoryBytes !== undefined || readBytesPerSecond !== undefined);
  }

  /** How many processes are in the group and those below. */
  *#visit(path: string, depth: number, groups: GroupUsage[], looks: Map<string, Look>): Blocking<number> {
    const sys = this.#sys;
    const directory = `${ROOT}${path}`;
    const own = yield* this.#processes(directory);
    const place = groups.length;
    let below = 0;
    const children = depth < this.#depth ? childrenOf(sys, directory) : [];
    for (const child of children) below += yield* this.#visit(`${path}/${child}`, depth + 1, groups, looks);
    const processes = own + (this.recursive ? below : 0);
    const root = path === "";
    const atUs = sys.clockUs("monotonic");
    const cpuUs = root ? yield* this.#machineCpuUs() : field(yield* tryReadFile(sys, `${directory}/cpu.stat`), /^usage_usec (\d+)/m);
    const tasks = this.counting !== "tasks" ? processes : root ? field(yield* tryReadFile(sys, "/proc/loadavg"), /\/(\d+) /) : Number((yield* tryReadFile(sys, `${directory}/pids.current`)) ?? 0);
    const memoryBytes = root ? yield* this.#machineMemoryBytes() : Number((yield* tryReadFile(sys, `${directory}/memory.current`)) ?? 0);
    const io = root ? undefined : transferred(yield* tryReadFile(sys, `${directory}/io.stat`));
    looks.set(path, { atUs, cpuUs, io });
    const before = this.#looks.get(path);
    const passedUs = before === undefined ? 0 : atUs - before.atUs;
    const rate = (now: number | undefined, then: number | undefined): number | undefined => (passedUs <= 0 || now === undefined || then === undefined ? undefined : Math.max(0, now - then) / passedUs);
    const read = rate(io?.read, before?.io?.read);
    const written = rate(io?.written, before?.io?.written);
    const moves = (read ?? 0) > 0 || (written ?? 0) > 0;
    groups.splice(place, 0, {
      path: path === "" ? "/" : path, tasks: positive(tasks ?? 0), cpuUs, cpuFraction: rate(cpuUs, before?.cpuUs), memoryBytes: positive(memoryBytes),
      readBytesPerSecond: moves ? Math.floor((read ?? 0) * 1e6) : undefined, writtenBytesPerSecond: moves ? Math.floor((written ?? 0) * 1e6) : undefined,
    });
    if (sys.charge(20)) yield* sys.preempt();
    return own + below;
  }

  *#processes(directory: string): Blocking<number> {
    if (this.counting === "tasks") return 0;
    const pids = ((yield* tryReadFile(this.#sys, `${directory}/cgroup.procs`)) ?? "").split("\n").filter((line) => line !== "");
    if (this.counting === "all-processes") return pids.length;
    let count = 0;
    for (const pid of pids) if (((yield* tryReadFile(this.#sys, `/proc/${pid}/cmdline`)) ?? "") !== "") count++;
    return count;
  }

  *#machineCpuUs(): Blocking<number | undefined> {
    const words = /^cpu +(.*)/.exec((yield* tryReadFile(this.#sys, "/proc/stat")) ?? "")?.[1]?.split(" ").map(Number);
    // user, nice, system, irq, softirq, steal: all but idle and iowait; guests are in user
    return words === undefined ? undefined : [0, 1, 2, 5, 6, 7].reduce((sum, at) => sum + (words[at] ?? 0), 0) * TICK_US;
  }

  *#machineMemoryBytes(): Blocking<number> {
    const text = yield* tryReadFile(this.#sys, "/proc/meminfo");
    return ((field(text, /^MemTotal: +(\d+)/m) ?? 0) - (field(text, /^MemAvailable: +(\d+)/m) ?? 0)) * 1024;
  }
}

function transferred(text: string | undefined): { readonly read: number; readonly written: number } | undefined {
  if (text === undefined) return undefined;
  let read = 0, written = 0;
  for (const line of text.split("\n")) {
    read += Number(/ rbytes=(\d+)/.exec(line)?.[1] ?? 0);
    written += Number(/ wbytes=(\d+)/.exec(line)?.[1] ?? 0);
  }
  return { read, written };
}
