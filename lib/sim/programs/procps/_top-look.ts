// One look of top at the machine: processes, processors and memory, and what was spent since the look before.
import type { Blocking, Sys } from "../../kernel/sys.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import { type ProcessInfo, readMemory, readProcess, readProcesses, readSystemTimes } from "../kit/processes.ts";

/** What was counted at the last look: ticks of processes, and with those of ended children; of the CPUs. */
export interface Before {
  ticks: ReadonlyMap<number, readonly [own: number, all: number]>;
  cpus: ReadonlyMap<string, readonly number[]>;
}

export interface TopLook {
  readonly accounts: Accounts;
  readonly memory: ReadonlyMap<string, number>;
  readonly processes: readonly ProcessInfo[];
  readonly threads: boolean;
  readonly cpus: ReadonlyMap<string, readonly number[]>;
  readonly uptimeSeconds: number;
  readonly elapsedSeconds: number;
  readonly before: Before;
}

/** Each thread as a task of its own (H). */
function* readThreads(sys: Sys): Blocking<readonly ProcessInfo[]> {
  const found: ProcessInfo[] = [];
  for (const process of yield* readProcesses(sys)) {
    if (process.threads <= 1) {
      found.push(process);
      continue;
    }
    for (const { name } of sys.readdir(`/proc/${process.pid}/task`)) {
      const thread = /^\d+$/.test(name) ? yield* readProcess(sys, Number(name), `/proc/${process.pid}/task/${name}`) : undefined;
      if (thread) found.push(thread);
    }
  }
  return found;
}

export const ownTicks = (process: ProcessInfo): number => process.userTicks + process.systemTicks;
export const allTicks = (process: ProcessInfo): number => ownTicks(process) + process.childrenTicks;

export function* lookAround(sys: Sys, threads: boolean, before: Before, elapsedSeconds: number): Blocking<TopLook> {
  const accounts = yield* Accounts.read(sys);
  const memory = yield* readMemory(sys);
  const processes = threads ? yield* readThreads(sys) : yield* readProcesses(sys);
  const { uptimeSeconds } = yield* readSystemTimes(sys);
  const cpus = new Map<string, readonly number[]>();
  for (const line of ((yield* readTextFile(sys, "/proc/stat")) ?? "").split("\n")) {
    const [name = "", ...values] = line.split(/\s+/);
    if (/^cpu\d*$/.test(name)) cpus.set(name, values.slice(0, 8).map(Number));
  }
  return { accounts, memory, processes, threads, cpus, uptimeSeconds, elapsedSeconds, before };
}

/** What the next look compares with. */
export function countedAt(look: TopLook): Before {
  return { ticks: new Map(look.processes.map((process) => [process.pid, [ownTicks(process), allTicks(process)]])), cpus: look.cpus };
}
