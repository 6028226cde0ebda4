// The control group of a service or scope: /sys/fs/cgroup/SLICE/UNIT and the limits that the unit's file sets there (systemd.resource-control(5)).
import { type Blocking, S, type Sys, SysError } from "../../kernel/sys.ts";
import { makeDirectories, tryReadFile, tryWriteFile } from "./api/files.ts";
import type { UnitText } from "./api/unit-text.ts";

export const CGROUP_ROOT = "/sys/fs/cgroup";

/** "64M" -> bytes; "infinity" -> "max"; a percentage of the machine's memory. */
export function parseBytes(text: string, memoryBytes: number): string | undefined {
  if (text === "infinity") return "max";
  const percent = /^(\d+(?:\.\d+)?)%$/.exec(text);
  if (percent !== null) return String(Math.floor((Number(percent[1]) / 100) * memoryBytes));
  const match = /^(\d+(?:\.\d+)?)\s*([KMGTPE]?)(?:i?B)?$/.exec(text);
  if (match === null) return undefined;
  return String(Math.floor(Number(match[1]) * 1024 ** " KMGTPE".indexOf(match[2] === "" ? " " : (match[2] ?? " "))));
}

/** 15 % of what the kernel allows: DefaultTasksMax=. */
const defaultTasksMax = 2916;

export class CgroupFiles {
  readonly #sys: Sys;
  readonly #text: () => UnitText;
  readonly #section: () => string;
  readonly #path: () => string;
  made = false;

  constructor(sys: Sys, text: () => UnitText, section: () => string, path: () => string) {
    this.#sys = sys;
    this.#text = text;
    this.#section = section;
    this.#path = path;
  }

  /** As the kernel shows it: "/system.slice/ssh.service". */
  get path(): string {
    return this.#path();
  }

  #file(name: string): string {
    return `${CGROUP_ROOT}${this.path}/${name}`;
  }

  *make(): Blocking<void> {
    try {
      const parts = this.path.split("/").filter((part) => part !== "");
      let at = CGROUP_ROOT;
      for (const part of parts) {
        yield* tryWriteFile(this.#sys, `${at}/cgroup.subtree_control`, this.#controllers());
        at += `/${part}`;
        makeDirectories(this.#sys, at);
      }
      this.made = true;
      yield* this.apply();
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }

  /** Memory and tasks are accounted for every unit, the rest where a setting needs it. */
  #controllers(): string {
    const text = this.#text();
    const section = this.#section();
    const cpu = text.last(section, "CPUQuota") !== undefined || text.last(section, "CPUWeight") !== undefined;
    return cpu ? "+memory +pids +cpu" : "+memory +pids";
  }

  /** The limits that the unit sets, as the kernel's files want them. */
  *apply(): Blocking<void> {
    const text = this.#text();
    const section = this.#section();
    const memoryBytes = 2560 * 1024 * 1024;
    const write = (file: string, value: string): Blocking<boolean> => tryWriteFile(this.#sys, this.#file(file), value);
    for (const [key, file] of [["MemoryMin", "memory.min"], ["MemoryLow", "memory.low"], ["MemoryHigh", "memory.high"], ["MemoryMax", "memory.max"], ["MemorySwapMax", "memory.swap.max"]] as const) {
      const value = text.last(section, key);
      const bytes = value === undefined ? undefined : parseBytes(value, memoryBytes);
      if (bytes !== undefined) yield* write(file, bytes);
    }
    const tasks = text.last(section, "TasksMax");
    yield* write("pids.max", tasks === undefined ? String(defaultTasksMax) : tasks === "infinity" ? "max" : tasks.endsWith("%") ? String(Math.floor((Number.parseFloat(tasks) / 100) * 19_443)) : tasks);
    const quota = text.last(section, "CPUQuota");
    if (quota !== undefined || text.last(section, "CPUWeight") !== undefined) {
      let at = CGROUP_ROOT;
      for (const part of this.path.split("/").slice(1)) {
        yield* tryWriteFile(this.#sys, `${at}/cgroup.subtree_control`, "+cpu");
        at += `/${part}`;
      }
    }
    if (quota !== undefined && quota.endsWith("%")) yield* write("cpu.max", `${Math.round(Number.parseFloat(quota) * 1000)} 100000`);
    const weight = text.last(section, "CPUWeight");
    if (weight !== undefined) yield* write("cpu.weight", weight);
  }

  *processes(): Blocking<readonly number[]> {
    if (!this.made) return [];
    return yield* this.#below(`${CGROUP_ROOT}${this.path}`);
  }

  *#below(directory: string): Blocking<readonly number[]> {
    const text = yield* tryReadFile(this.#sys, `${directory}/cgroup.procs`);
    const pids = (text ?? "").split("\n").filter((line) => line !== "").map(Number);
    for (const name of this.#children(directory)) pids.push(...(yield* this.#below(`${directory}/${name}`)));
    return pids;
  }

  #children(directory: string): readonly string[] {
    try {
      return this.#sys.readdir(directory).filter((entry) => entry.type === S.IFDIR).map((entry) => entry.name);
    } catch (error) {
      if (error instanceof SysError) return [];
      throw error;
    }
  }

  *populated(): Blocking<boolean> {
    return (yield* this.processes()).length > 0;
  }

  *number(file: string): Blocking<number | undefined> {
    if (!this.made) return undefined;
    const text = (yield* tryReadFile(this.#sys, this.#file(file)))?.trim();
    if (text === undefined || text === "") return undefined;
    return text === "max" ? Number.POSITIVE_INFINITY : Number(text);
  }

  *#keyed(file: string, key: string): Blocking<number> {
    if (!this.made) return 0;
    const text = (yield* tryReadFile(this.#sys, this.#file(file))) ?? "";
    for (const line of text.split("\n")) if (line.startsWith(`${key} `)) return Number(line.slice(key.length + 1));
    return 0;
  }

  *cpuUs(): Blocking<number> {
    return yield* this.#keyed("cpu.stat", "usage_usec");
  }

  *oomKills(): Blocking<number> {
    return yield* this.#keyed("memory.events", "oom_kill");
  }

  *remove(): Blocking<void> {
    if (!this.made) return;
    if (yield* this.populated()) return;
    try {
      for (const name of this.#children(`${CGROUP_ROOT}${this.path}`)) this.#sys.rmdir(`${CGROUP_ROOT}${this.path}/${name}`);
      this.#sys.rmdir(`${CGROUP_ROOT}${this.path}`);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    this.made = false;
  }
}
