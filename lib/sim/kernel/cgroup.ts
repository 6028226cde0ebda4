// Control groups, version 2 (Documentation/admin-guide/cgroup-v2.rst): the tree, its limits, and what its files say. The files themselves are
// the VFS's; it asks `files`, `readFile`, `writeFile`. Charging and killing happen here.
// Over 400 lines: a controller's limit, its accounting and its file belong together.

import { SysError } from "./errno.ts";
import type { Kernel } from "./kernel.ts";
import { chooseVictim, reportOom } from "./oom-killer.ts";
import type { Process } from "./process.ts";
import { SIGNALS } from "./signal-names.ts";
import { terminate } from "./signals.ts";
import { SmallSet } from "./small-set.ts";
import { WaitQueue } from "./wait-queue.ts";

export const CONTROLLERS = ["cpuset", "cpu", "io", "memory", "hugetlb", "pids", "rdma", "misc"] as const;
export type Controller = (typeof CONTROLLERS)[number];

const PAGE = 4096;
/** What the private pages of even a small program come to. */
const LEAST_PRIVATE_BYTES = 180_224;

/** What an exec'd program does not share with its file and libraries, apart from what it allocates: a quarter of what is resident. */
export function privateBytesOf(residentBytes: number): number {
  return Math.max(LEAST_PRIVATE_BYTES, Math.floor(residentBytes / 4 / PAGE) * PAGE);
}

interface MemoryEvents {
  low: number;
  high: number;
  max: number;
  oom: number;
  oom_kill: number;
  oom_group_kill: number;
}

const NO_CHILDREN: ReadonlyMap<string, Cgroup> = new Map();

/** By the controllers that a group has: it is asked for at every look-up in cgroupfs. */
const fileNames = new Map<string, readonly string[]>();

/** What was set by hand, and what came of it: most groups have none of it. */
interface Settings {
  memoryMax: number;
  memoryHigh: number;
  memoryLow: number;
  memoryMin: number;
  swapMax: number;
  oomGroup: boolean;
  pidsMax: number;
  pidsMaxEvents: number;
  cpuWeight: number;
  cpuQuotaUs: number;
  cpuPeriodUs: number;
  periods: number;
  throttledPeriods: number;
  throttledUs: number;
  type: "domain" | "domain threaded" | "threaded";
  cpus: string;
  cpusetPartition: string;
  ioWeight: number;
  maxDepth: number;
  maxDescendants: number;
}

const USUAL: Settings = {
  memoryMax: Infinity,
  memoryHigh: Infinity,
  memoryLow: 0,
  memoryMin: 0,
  swapMax: Infinity,
  oomGroup: false,
  pidsMax: Infinity,
  pidsMaxEvents: 0,
  cpuWeight: 100,
  cpuQuotaUs: Infinity,
  cpuPeriodUs: 100_000,
  periods: 0,
  throttledPeriods: 0,
  throttledUs: 0,
  type: "domain",
  cpus: "",
  cpusetPartition: "member",
  ioWeight: 100,
  maxDepth: Infinity,
  maxDescendants: Infinity,
};

/** Of a group with cpu.max. */
interface Quota {
  periodStartUs: number;
  usedInPeriodUs: number;
  throttledSinceUs: number | undefined;
}

export class Cgroup {
  readonly tree: CgroupTree;
  readonly parent: Cgroup | undefined;
  readonly name: string;
  readonly inode: number;
  #children: Map<string, Cgroup> | undefined = undefined;
  readonly processes = new SmallSet<Process>();
  #changed: WaitQueue | undefined = undefined;
  /** enabled for the children */
  #subtreeControl: Set<Controller> | undefined = undefined;
  removed = false;

  memoryBytes = 0;
  memoryPeak = 0;
  #memoryEvents: MemoryEvents | undefined = undefined;
  pids = 0;
  pidsPeak = 0;
  usageUs = 0;
  freezeRequested = false;
  frozen = false;
  #ioMax: Map<string, string> | undefined = undefined;
  #settings: Settings = USUAL;
  #quota: Quota | undefined = undefined;

  constructor(tree: CgroupTree, parent: Cgroup | undefined, name: string, inode: number) {
    this.tree = tree;
    this.parent = parent;
    this.name = name;
    this.inode = inode;
    this.frozen = parent?.frozen ?? false;
  }

  /** Woken when one of its files says something new. */
  get changed(): WaitQueue {
    return (this.#changed ??= new WaitQueue());
  }

  #own(): Settings {
    if (this.#settings === USUAL) this.#settings = { ...USUAL };
    return this.#settings;
  }

  get #use(): Quota {
    return (this.#quota ??= { periodStartUs: 0, usedInPeriodUs: 0, throttledSinceUs: undefined });
  }

  get memoryMax(): number { return this.#settings.memoryMax; }
  set memoryMax(value: number) { this.#own().memoryMax = value; }
  get memoryHigh(): number { return this.#settings.memoryHigh; }
  set memoryHigh(value: number) { this.#own().memoryHigh = value; }
  get memoryLow(): number { return this.#settings.memoryLow; }
  set memoryLow(value: number) { this.#own().memoryLow = value; }
  get memoryMin(): number { return this.#settings.memoryMin; }
  set memoryMin(value: number) { this.#own().memoryMin = value; }
  get swapMax(): number { return this.#settings.swapMax; }
  set swapMax(value: number) { this.#own().swapMax = value; }
  get oomGroup(): boolean { return this.#settings.oomGroup; }
  set oomGroup(value: boolean) { this.#own().oomGroup = value; }
  get pidsMax(): number { return this.#settings.pidsMax; }
  set pidsMax(value: number) { this.#own().pidsMax = value; }
  get pidsMaxEvents(): number { return this.#settings.pidsMaxEvents; }
  set pidsMaxEvents(value: number) { this.#own().pidsMaxEvents = value; }
  get cpuWeight(): number { return this.#settings.cpuWeight; }
  set cpuWeight(value: number) { this.#own().cpuWeight = value; }
  get cpuQuotaUs(): number { return this.#settings.cpuQuotaUs; }
  set cpuQuotaUs(value: number) { this.#own().cpuQuotaUs = value; }
  get cpuPeriodUs(): number { return this.#settings.cpuPeriodUs; }
  set cpuPeriodUs(value: number) { this.#own().cpuPeriodUs = value; }
  get periods(): number { return this.#settings.periods; }
  set periods(value: number) { this.#own().periods = value; }
  get throttledPeriods(): number { return this.#settings.throttledPeriods; }
  set throttledPeriods(value: number) { this.#own().throttledPeriods = value; }
  get throttledUs(): number { return this.#settings.throttledUs; }
  set throttledUs(value: number) { this.#own().throttledUs = value; }
  get type(): "domain" | "domain threaded" | "threaded" { return this.#settings.type; }
  set type(value: "domain" | "domain threaded" | "threaded") { this.#own().type = value; }
  get cpus(): string { return this.#settings.cpus; }
  set cpus(value: string) { this.#own().cpus = value; }
  get cpusetPartition(): string { return this.#settings.cpusetPartition; }
  set cpusetPartition(value: string) { this.#own().cpusetPartition = value; }
  get ioWeight(): number { return this.#settings.ioWeight; }
  set ioWeight(value: number) { this.#own().ioWeight = value; }
  get maxDepth(): number { return this.#settings.maxDepth; }
  set maxDepth(value: number) { this.#own().maxDepth = value; }
  get maxDescendants(): number { return this.#settings.maxDescendants; }
  set maxDescendants(value: number) { this.#own().maxDescendants = value; }

  get children(): ReadonlyMap<string, Cgroup> {
    return this.#children ?? NO_CHILDREN;
  }

  addChild(child: Cgroup): void {
    this.#children ??= new Map();
    this.#children.set(child.name, child);
  }

  get subtreeControl(): Set<Controller> {
    return (this.#subtreeControl ??= new Set());
  }

  enables(controller: Controller): boolean {
    return this.#subtreeControl?.has(controller) ?? false;
  }

  get memoryEvents(): MemoryEvents {
    return (this.#memoryEvents ??= { low: 0, high: 0, max: 0, oom: 0, oom_kill: 0, oom_group_kill: 0 });
  }

  get ioMax(): Map<string, string> {
    return (this.#ioMax ??= new Map());
  }

  /** Limits and accounts of the same group in another machine; its processes are not counted anew. */
  takeOver(from: Cgroup): void {
    this.memoryBytes = from.memoryBytes;
    this.memoryPeak = from.memoryPeak;
    this.pids = from.pids;
    this.pidsPeak = from.pidsPeak;
    this.usageUs = from.usageUs;
    this.#settings = from.#settings === USUAL ? USUAL : { ...from.#settings };
    if (from.#subtreeControl !== undefined) this.#subtreeControl = new Set(from.#subtreeControl);
  }

  /** "/" for the root, "/a/b" below. */
  get path(): string {
    if (!this.parent) return "/";
    return this.parent.parent ? `${this.parent.path}/${this.name}` : `/${this.name}`;
  }

  /** As /proc/PID/cgroup shows it to a reader whose cgroup namespace has that root. */
  pathFrom(root: Cgroup): string {
    const own = this.path === "/" ? [] : this.path.slice(1).split("/");
    const base = root.path === "/" ? [] : root.path.slice(1).split("/");
    let common = 0;
    while (common < own.length && common < base.length && own[common] === base[common]) common++;
    return `/${[...base.slice(common).map(() => ".."), ...own.slice(common)].join("/")}`;
  }

  isWithin(ancestor: Cgroup): boolean {
    for (let at: Cgroup | undefined = this; at; at = at.parent) if (at === ancestor) return true;
    return false;
  }

  has(controller: Controller): boolean {
    return this.parent ? this.parent.enables(controller) : true;
  }

  get populated(): boolean {
    if (this.processes.size > 0) return true;
    for (const child of this.children.values()) if (child.populated) return true;
    return false;
  }

  *descendants(): Generator<Cgroup, void> {
    yield this;
    for (const child of this.children.values()) yield* child.descendants();
  }

  // ---- membership

  /** Errors: EAGAIN when a pids.max on the way up is reached. */
  chargeProcess(): void {
    for (let at: Cgroup | undefined = this; at; at = at.parent) {
      if (at.pids + 1 > at.pidsMax && at.has("pids")) {
        at.pidsMaxEvents++;
        at.#changed?.wake();
        this.tree.kernel.log.append(`cgroup: fork rejected by pids controller in ${this.path}`, 6);
        throw new SysError("EAGAIN");
      }
    }
  }

  enter(process: Process): void {
    const wasPopulated = this.populated;
    this.processes.add(process);
    process.cgroup = this;
    for (let at: Cgroup | undefined = this; at; at = at.parent) {
      at.pids++;
      if (at.pids > at.pidsPeak) at.pidsPeak = at.pids;
      at.memoryBytes += process.chargedBytes;
    }
    if (!wasPopulated) this.#populationChanged();
    if (this.freezeRequested || this.frozen) this.#settleFreeze();
  }

  leave(process: Process): void {
    if (!this.processes.delete(process)) return;
    for (let at: Cgroup | undefined = this; at; at = at.parent) {
      at.pids--;
      at.memoryBytes -= process.chargedBytes;
    }
    if (!this.populated) this.#populationChanged();
  }

  #populationChanged(): void {
    for (let at: Cgroup | undefined = this; at; at = at.parent) at.#changed?.wake();
  }

  /** A write of a pid to cgroup.procs. Errors: EBUSY (no internal processes), EAGAIN (pids.max does not apply), EOPNOTSUPP. */
  attach(process: Process): void {
    if (process.cgroup === this) return;
    if (this.parent && CONTROLLERS.some((controller) => this.enables(controller))) throw new SysError("EBUSY");
    process.cgroup.leave(process);
    this.enter(process);
    this.tree.kernel.scheduler.release(process);
  }

  // ---- memory

  /** Takes memory for a process; over memory.max somebody here is killed (returns all the same). */
  charge(process: Process, bytes: number): void {
    for (let at: Cgroup | undefined = this; at; at = at.parent) {
      at.memoryBytes += bytes;
      if (at.memoryBytes > at.memoryPeak) at.memoryPeak = Math.min(at.memoryBytes, at.memoryMax);
    }
    for (let at: Cgroup | undefined = this; at; at = at.parent) {
      if (at.parent && at.memoryBytes > at.memoryMax) {
        at.memoryEvents.max++;
        at.#outOfMemory(process);
        at.#changed?.wake();
        return;
      }
      if (at.memoryBytes > at.memoryHigh) at.memoryEvents.high++;
    }
  }

  uncharge(bytes: number): void {
    for (let at: Cgroup | undefined = this; at; at = at.parent) at.memoryBytes -= bytes;
  }

  #outOfMemory(invoker: Process): void {
    this.memoryEvents.oom++;
    const kernel = this.tree.kernel;
    const candidates: Process[] = [];
    for (const group of this.descendants()) for (const process of group.processes) if (process.runState !== "zombie" && !process.fatal) candidates.push(process);
    const victim = chooseVictim(kernel, candidates, this.memoryMax);
    if (!victim) return;
    reportOom(invoker, candidates, victim, this);
    victim.cgroup.memoryEvents.oom_kill++;
    for (let at = victim.cgroup.parent; at; at = at.parent) at.memoryEvents.oom_kill++;
    let group: Cgroup | undefined;
    for (let at: Cgroup | undefined = victim.cgroup; at?.parent && at.isWithin(this); at = at.parent) if (at.oomGroup) group = at;
    if (group) {
      group.memoryEvents.oom_group_kill++;
      group.killAll();
    } else terminate(victim, { kind: "signaled", signal: SIGNALS.KILL, coreDumped: false });
    for (let at: Cgroup | undefined = victim.cgroup; at; at = at.parent) at.#changed?.wake();
  }

  killAll(): void {
    for (const group of this.descendants()) {
      for (const process of [...group.processes]) if (process.runState !== "zombie") terminate(process, { kind: "signaled", signal: SIGNALS.KILL, coreDumped: false });
    }
  }

  // ---- cpu

  /** A slice shrinks with cpu.weight and with what the quota of this period leaves. */
  sliceFor(steps: number): number {
    if (!this.parent) return steps;
    let slice = steps;
    for (let at: Cgroup | undefined = this; at?.parent; at = at.parent) {
      if (at.cpuWeight !== 100) slice = Math.max(20, Math.min(20_000, Math.floor((slice * at.cpuWeight) / 100)));
    }
    for (let at: Cgroup | undefined = this; at?.parent; at = at.parent) {
      if (at.cpuQuotaUs === Infinity) continue;
      at.#renewPeriod();
      slice = Math.max(1, Math.min(slice, at.cpuQuotaUs - at.#use.usedInPeriodUs));
    }
    return slice;
  }

  consume(usedUs: number): void {
    for (let at: Cgroup | undefined = this; at; at = at.parent) {
      at.usageUs += usedUs;
      if (at.cpuQuotaUs !== Infinity) at.#use.usedInPeriodUs += usedUs;
    }
  }

  #renewPeriod(): void {
    const nowUs = this.tree.kernel.nowUs;
    const elapsed = nowUs - this.#use.periodStartUs;
    if (elapsed < this.cpuPeriodUs) return;
    const whole = Math.floor(elapsed / this.cpuPeriodUs);
    this.#use.periodStartUs += whole * this.cpuPeriodUs;
    this.#use.usedInPeriodUs = Math.max(0, this.#use.usedInPeriodUs - whole * this.cpuQuotaUs);
    this.periods++;
  }

  /** Its quota is used up: its processes are queued again when the next period begins. */
  throttled(): boolean {
    if (!this.parent) return false;
    for (let at: Cgroup | undefined = this; at?.parent; at = at.parent) {
      if (at.cpuQuotaUs === Infinity) continue;
      at.#renewPeriod();
      if (at.#use.usedInPeriodUs < at.cpuQuotaUs) continue;
      at.#throttle();
      return true;
    }
    return false;
  }

  #throttle(): void {
    if (this.#use.throttledSinceUs !== undefined) return;
    const kernel = this.tree.kernel;
    this.#use.throttledSinceUs = kernel.nowUs;
    this.throttledPeriods++;
    kernel.timers.arm(this.#use.periodStartUs + this.cpuPeriodUs, () => {
      this.throttledUs += kernel.nowUs - (this.#use.throttledSinceUs ?? kernel.nowUs);
      this.#use.throttledSinceUs = undefined;
      for (const group of this.descendants()) for (const process of group.processes) kernel.scheduler.release(process);
    });
  }

  // ---- freezer

  #settleFreeze(): void {
    for (const group of this.descendants()) {
      const frozen = group.freezeRequested || (group.parent?.frozen ?? false);
      if (frozen === group.frozen) continue;
      group.frozen = frozen;
      group.#changed?.wake();
      if (!frozen) for (const process of group.processes) this.tree.kernel.scheduler.release(process);
    }
  }

  // ---- files

  files(): readonly string[] {
    const key = this.parent ? CONTROLLERS.filter((controller) => this.has(controller)).join(" ") : "/";
    let names = fileNames.get(key);
    if (names === undefined) {
      names = this.#fileNames();
      fileNames.set(key, names);
    }
    return names;
  }

  #fileNames(): readonly string[] {
    const names = ["cgroup.controllers", "cgroup.max.depth", "cgroup.max.descendants", "cgroup.procs", "cgroup.stat", "cgroup.subtree_control", "cgroup.threads", "cpu.stat"];
    names.push("cpu.pressure", "io.pressure", "memory.pressure");
    if (!this.parent) {
      names.push("cgroup.pressure", "cpuset.cpus.effective", "cpuset.mems.effective", "io.stat", "memory.numa_stat", "memory.reclaim", "memory.stat");
      return names.sort();
    }
    names.push("cgroup.events", "cgroup.freeze", "cgroup.kill", "cgroup.pressure", "cgroup.type");
    if (this.has("cpu")) names.push("cpu.idle", "cpu.max", "cpu.max.burst", "cpu.weight", "cpu.weight.nice");
    if (this.has("cpuset")) names.push("cpuset.cpus", "cpuset.cpus.effective", "cpuset.cpus.partition", "cpuset.mems", "cpuset.mems.effective");
    if (this.has("io")) names.push("io.max", "io.stat", "io.weight");
    if (this.has("memory")) {
      names.push("memory.current", "memory.events", "memory.events.local", "memory.high", "memory.low", "memory.max", "memory.min", "memory.numa_stat", "memory.oom.group", "memory.peak", "memory.reclaim",
        "memory.stat", "memory.swap.current", "memory.swap.events", "memory.swap.high", "memory.swap.max");
    }
    if (this.has("pids")) names.push("pids.current", "pids.events", "pids.max", "pids.peak");
    return names.sort();
  }

  isWritable(name: string): boolean {
    return setters.has(name);
  }

  /** Errors: ENOENT. */
  readFile(reader: Process, name: string): string {
    switch (name) {
      case "cgroup.controllers": return `${CONTROLLERS.filter((controller) => this.has(controller)).join(" ")}\n`;
      case "cgroup.subtree_control": return `${CONTROLLERS.filter((controller) => this.enables(controller)).join(" ")}\n`;
      case "cgroup.procs":
      case "cgroup.threads": {
        const pids = [...this.processes].filter((process) => name === "cgroup.threads" || (process.runState !== "zombie" && !process.threadOf)).map((process) => process.pidIn(reader.namespaces.pid));
        return lines(pids.sort((a, b) => a - b));
      }
      case "cgroup.type": return `${this.type}\n`;
      case "cgroup.events": return `populated ${Number(this.populated)}\nfrozen ${Number(this.frozen)}\n`;
      case "cgroup.freeze": return `${Number(this.freezeRequested)}\n`;
      case "cgroup.max.depth": return limit(this.maxDepth);
      case "cgroup.max.descendants": return limit(this.maxDescendants);
      case "cgroup.stat": return `nr_descendants ${[...this.descendants()].length - 1}\nnr_dying_descendants 0\n`;
      case "cgroup.pressure": return "1\n";
      case "cpu.stat": {
        let text = `usage_usec ${this.usageUs}\nuser_usec ${this.usageUs}\nsystem_usec 0\ncore_sched.force_idle_usec 0\n`;
        if (this.parent && this.has("cpu")) text += `nr_periods ${this.periods}\nnr_throttled ${this.throttledPeriods}\nthrottled_usec ${this.throttledUs}\nnr_bursts 0\nburst_usec 0\n`;
        return text;
      }
      case "cpu.max": return `${this.cpuQuotaUs === Infinity ? "max" : this.cpuQuotaUs} ${this.cpuPeriodUs}\n`;
      case "cpu.max.burst": return "0\n";
      case "cpu.idle": return "0\n";
      case "cpu.weight": return `${this.cpuWeight}\n`;
      case "cpu.weight.nice": return "0\n";
      case "cpuset.cpus": return `${this.cpus}\n`;
      case "cpuset.cpus.effective": return `${this.effectiveCpus()}\n`;
      case "cpuset.cpus.partition": return `${this.cpusetPartition}\n`;
      case "cpuset.mems": return "\n";
      case "cpuset.mems.effective": return "0\n";
      case "io.weight": return `default ${this.ioWeight}\n`;
      case "io.max": return [...this.ioMax].map(([device, text]) => `${device} ${text}\n`).join("");
      case "io.stat": return "";
      case "memory.current": return `${this.memoryBytes}\n`;
      case "memory.peak": return `${this.memoryPeak}\n`;
      case "memory.max": return limit(this.memoryMax);
      case "memory.high": return limit(this.memoryHigh);
      case "memory.low": return limit(this.memoryLow);
      case "memory.min": return limit(this.memoryMin);
      case "memory.oom.group": return `${Number(this.oomGroup)}\n`;
      case "memory.swap.max": return limit(this.swapMax);
      case "memory.swap.high": return "max\n";
      case "memory.swap.current": return "0\n";
      case "memory.swap.events": return "high 0\nmax 0\nfail 0\n";
      case "memory.events":
      case "memory.events.local": {
        const events = this.memoryEvents;
        return `low ${events.low}\nhigh ${events.high}\nmax ${events.max}\noom ${events.oom}\noom_kill ${events.oom_kill}\noom_group_kill ${events.oom_group_kill}\n`;
      }
      case "memory.stat": return `anon ${this.memoryBytes}\nfile 0\nkernel 0\nkernel_stack ${this.pids * 16384}\npagetables ${this.pids * 20480}\nsock 0\nshmem 0\nfile_mapped 0\nfile_dirty 0\ninactive_anon ${this.memoryBytes}\nactive_anon 0\ninactive_file 0\nactive_file 0\nslab 0\npgfault 0\npgmajfault 0\n`;
      case "memory.numa_stat": return `anon N0=${this.memoryBytes}\nfile N0=0\n`;
      case "pids.current": return `${this.pids}\n`;
      case "pids.peak": return `${this.pidsPeak}\n`;
      case "pids.max": return limit(this.pidsMax);
      case "pids.events": return `max ${this.pidsMaxEvents}\n`;
      case "cpu.pressure":
      case "io.pressure":
      case "memory.pressure": return "some avg10=0.00 avg60=0.00 avg300=0.00 total=0\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n";
      case "cgroup.kill":
      case "memory.reclaim": throw new SysError("EINVAL");
      default: throw new SysError("ENOENT");
    }
  }

  /** As cpuset.cpus.effective says: "0-1,3". */
  effectiveCpus(): string {
    for (let at: Cgroup | undefined = this; at; at = at.parent) if (at.cpus !== "") return at.cpus;
    return this.tree.kernel.cpuCount === 1 ? "0" : `0-${this.tree.kernel.cpuCount - 1}`;
  }

  /** Errors: EINVAL, ERANGE, EBUSY, ENOENT, ESRCH, EOPNOTSUPP, EACCES. */
  writeFile(writer: Process, name: string, text: string): void {
    if (!this.files().includes(name)) throw new SysError("ENOENT");
    const setter = setters.get(name);
    if (!setter) throw new SysError("EINVAL");
    setter(this, text.trim(), writer);
    this.#changed?.wake();
  }

  enableControllers(words: readonly string[]): void {
    const on: Controller[] = [], off: Controller[] = [];
    for (const word of words) {
      const controller = CONTROLLERS.find((name) => name === word.slice(1));
      if (!controller || (word[0] !== "+" && word[0] !== "-")) throw new SysError("EINVAL");
      (word[0] === "+" ? on : off).push(controller);
    }
    for (const controller of on) if (!this.has(controller)) throw new SysError("ENOENT");
    for (const controller of off) for (const child of this.children.values()) if (child.enables(controller)) throw new SysError("EBUSY");
    // no internal processes: a group other than the root that has processes cannot hand on a domain controller
    if (on.some((controller) => !this.enables(controller)) && this.parent && this.processes.size > 0) throw new SysError("EBUSY");
    for (const controller of on) this.subtreeControl.add(controller);
    for (const controller of off) this.subtreeControl.delete(controller);
  }

  /** There is no way back (cgroup-v2.rst, "Threads"). Errors: EOPNOTSUPP. */
  makeThreaded(): void {
    if (this.enables("memory") || this.enables("io")) throw new SysError("EOPNOTSUPP");
    this.type = "threaded";
    if (this.parent?.parent && this.parent.type === "domain") this.parent.type = "domain threaded";
  }

  setFrozen(on: boolean): void {
    this.freezeRequested = on;
    this.#settleFreeze();
  }

  /** memory.max below what is used: reclaim fails here, so somebody is killed until it fits. */
  enforceMemory(writer: Process): void {
    for (let tries = 0; this.memoryBytes > this.memoryMax && tries < 64; tries++) {
      const before = this.memoryBytes;
      this.#outOfMemory(writer);
      if (this.memoryBytes >= before) return;
    }
  }

  create(name: string): Cgroup {
    return this.tree.create(this, name);
  }

  /** rmdir. Errors: EBUSY. */
  remove(name: string): void {
    const child = this.children.get(name);
    if (!child) throw new SysError("ENOENT");
    if (child.children.size > 0 || child.processes.size > 0) throw new SysError("EBUSY");
    child.removed = true;
    this.#children?.delete(name);
  }
}

type Setter = (group: Cgroup, text: string, writer: Process) => void;

const bytes = (text: string): number => {
  if (text === "max") return Infinity;
  const match = /^(\d+)([kmgt]?)$/i.exec(text);
  if (!match) throw new SysError("EINVAL");
  const scale = { k: 1, m: 2, g: 3, t: 4 }[(match[2] ?? "").toLowerCase()] ?? 0;
  return Math.floor((Number(match[1]) * 1024 ** scale) / PAGE) * PAGE;
};

const count = (text: string): number => {
  if (text === "max") return Infinity;
  if (!/^\d+$/.test(text)) throw new SysError("EINVAL");
  return Number(text);
};

const bit = (text: string): boolean => {
  if (text !== "0" && text !== "1") throw new SysError(/^\d+$/.test(text) ? "ERANGE" : "EINVAL");
  return text === "1";
};

const setters = new Map<string, Setter>([
  ["cgroup.procs", (group, text, writer) => attachByPid(group, text, writer)],
  ["cgroup.threads", (group, text, writer) => attachByPid(group, text, writer)],
  ["cgroup.subtree_control", (group, text) => group.enableControllers(text.split(/\s+/).filter((word) => word !== ""))],
  ["cgroup.freeze", (group, text) => group.setFrozen(bit(text))],
  ["cgroup.kill", (group, text) => {
    if (text !== "1") throw new SysError("ERANGE");
    group.killAll();
  }],
  ["cgroup.type", (group, text) => {
    if (text !== "threaded") throw new SysError("EINVAL");
    group.makeThreaded();
  }],
  ["cgroup.max.depth", (group, text) => { group.maxDepth = count(text); }],
  ["cgroup.max.descendants", (group, text) => { group.maxDescendants = count(text); }],
  ["cgroup.pressure", (_group, text) => { bit(text); }],
  ["cpu.max", (group, text) => {
    const [quota, period] = text.split(/\s+/);
    const quotaUs = count(quota ?? "");
    const periodUs = period === undefined ? group.cpuPeriodUs : count(period);
    if ((quotaUs !== Infinity && quotaUs < 1000) || periodUs < 1000 || periodUs > 1_000_000) throw new SysError("EINVAL");
    group.cpuQuotaUs = quotaUs;
    group.cpuPeriodUs = periodUs;
  }],
  ["cpu.max.burst", (_group, text) => { count(text); }],
  ["cpu.idle", (_group, text) => { bit(text); }],
  ["cpu.weight", (group, text) => {
    const weight = count(text);
    if (weight < 1 || weight > 10_000) throw new SysError("ERANGE");
    group.cpuWeight = weight;
  }],
  ["cpu.weight.nice", (_group, text) => { if (!/^-?\d+$/.test(text)) throw new SysError("EINVAL"); }],
  ["cpuset.cpus", (group, text) => {
    if (text !== "" && !/^\d+(-\d+)?(,\d+(-\d+)?)*$/.test(text)) throw new SysError("EINVAL");
    for (const number of text.match(/\d+/g) ?? []) if (Number(number) >= group.tree.kernel.cpuCount) throw new SysError("ERANGE");
    group.cpus = text;
  }],
  ["cpuset.cpus.partition", (group, text) => { group.cpusetPartition = text; }],
  ["cpuset.mems", (_group, text) => { if (text !== "" && text !== "0") throw new SysError("EINVAL"); }],
  ["io.weight", (group, text) => {
    const weight = count(text.replace(/^default\s+/, ""));
    if (weight < 1 || weight > 10_000) throw new SysError("ERANGE");
    group.ioWeight = weight;
  }],
  ["io.max", (group, text) => {
    const [device = "", ...rest] = text.split(/\s+/);
    if (!/^\d+:\d+$/.test(device)) throw new SysError("EINVAL");
    const values = new Map([["rbps", "max"], ["wbps", "max"], ["riops", "max"], ["wiops", "max"]]);
    for (const [key, value] of (group.ioMax.get(device) ?? "").split(" ").map((pair) => pair.split("="))) if (key && value) values.set(key, value);
    for (const pair of rest) {
      const [key = "", value = ""] = pair.split("=");
      if (!values.has(key) || !/^(max|\d+)$/.test(value)) throw new SysError("EINVAL");
      values.set(key, value);
    }
    if ([...values.values()].every((value) => value === "max")) group.ioMax.delete(device);
    else group.ioMax.set(device, [...values].map(([key, value]) => `${key}=${value}`).join(" "));
  }],
  ["memory.max", (group, text, writer) => {
    group.memoryMax = bytes(text);
    group.enforceMemory(writer);
  }],
  ["memory.high", (group, text) => { group.memoryHigh = bytes(text); }],
  ["memory.low", (group, text) => { group.memoryLow = bytes(text); }],
  ["memory.min", (group, text) => { group.memoryMin = bytes(text); }],
  ["memory.swap.max", (group, text) => { group.swapMax = bytes(text); }],
  ["memory.swap.high", (_group, text) => { bytes(text); }],
  ["memory.reclaim", (_group, text) => { bytes(text); }],
  ["memory.oom.group", (group, text) => { group.oomGroup = bit(text); }],
  ["pids.max", (group, text) => {
    const pids = count(text);
    group.pidsMax = pids;
  }],
]);

function attachByPid(group: Cgroup, text: string, writer: Process): void {
  if (!/^\d+$/.test(text)) throw new SysError("EINVAL");
  const pid = Number(text);
  const process = pid === 0 ? writer : writer.namespaces.pid.find(pid);
  if (!process) throw new SysError("ESRCH");
  if (process.kernelThread) throw new SysError("EINVAL");
  group.attach(process);
}

const limit = (value: number): string => `${value === Infinity ? "max" : value}\n`;
const lines = (values: readonly number[]): string => values.map((value) => `${value}\n`).join("");

export class CgroupTree {
  readonly kernel: Kernel;
  readonly root: Cgroup;
  #nextInode = 1;

  constructor(kernel: Kernel) {
    this.kernel = kernel;
    this.root = new Cgroup(this, undefined, "", this.#nextInode++);
    for (const controller of ["memory", "pids"] as const) this.root.subtreeControl.add(controller);
  }

  /** mkdir. Errors: EEXIST, EAGAIN, EINVAL. */
  create(parent: Cgroup, name: string): Cgroup {
    if (parent.children.has(name) || parent.files().includes(name)) throw new SysError("EEXIST");
    if (name.includes("\n")) throw new SysError("EINVAL");
    let depth = 1;
    for (let at: Cgroup | undefined = parent; at; at = at.parent, depth++) {
      if (depth > at.maxDepth || (at.maxDescendants !== Infinity && [...at.descendants()].length > at.maxDescendants)) throw new SysError("EAGAIN");
    }
    const child = new Cgroup(this, parent, name, this.#nextInode);
    this.#nextInode += 39;
    parent.addChild(child);
    return child;
  }

  /** An absolute path below /sys/fs/cgroup as the process's cgroup namespace shows it. Errors: ENOENT, EBUSY. */
  find(process: Process, path: string): Cgroup {
    let at = process.namespaces.cgroup.root;
    for (const part of path.split("/")) {
      if (part === "" || part === ".") continue;
      const child = part === ".." ? at.parent : at.children.get(part);
      if (!child) throw new SysError("ENOENT");
      at = child;
    }
    if (at.parent && CONTROLLERS.some((controller) => at.enables(controller))) throw new SysError("EBUSY");
    return at;
  }
}
