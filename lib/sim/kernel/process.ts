// One process: its state, nothing of its life cycle (lifecycle.ts), signals (signals.ts) or calls (calls/). Kept small: a world holds many.
// (More than 400 lines: a getter and a setter for each number that processes share until one of them writes it.)

import { FULL, holds } from "./capability.ts";
import type { DormantProgram } from "./call-record.ts";
import type { Cgroup } from "./cgroup.ts";
import type { DescriptorTable } from "./descriptor-table.ts";
import type { Kernel } from "./kernel.ts";
import { type Namespaces, OVERFLOW_ID, type PidNamespace, UserNamespace } from "./namespace.ts";
import type { PidIdentity, ProcessGroup } from "./process-group.ts";
import type { ResourceLimits } from "./resource-limits.ts";
import type { Blocking, Capabilities, Credentials, Scheduling, Sys, Wait, WaitStatus } from "./sys.ts";
import type { Tracer } from "./tracing.ts";
import type { Terminal } from "./tty/terminal.ts";
import { SmallSet } from "./small-set.ts";
import type { IdlePromise, Timer } from "./timer-queue.ts";
import type { Caller } from "./vfs/caller.ts";
import type { MountNamespace } from "./vfs/mount-namespace.ts";
import type { Path } from "./vfs/path.ts";
import { type Waiter, WaitQueue } from "./wait-queue.ts";

export type RunState = "ready" | "running" | "sleeping" | "zombie";

/** What exec(2) sets; shared by forks until the next exec. */
export interface Image {
  readonly comm: string;
  readonly commandLine: readonly string[];
  readonly executable: Path | undefined;
}

const NO_SIGNALS: ReadonlySet<number> = new Set();

const DEFAULT_SCHEDULING: Scheduling = { policy: "other", priority: 0, resetOnFork: false, cpus: undefined, ioClass: "none", ioLevel: 0 };

interface ProcessSettings {
  readonly umask: number;
  readonly nice: number;
  readonly scheduling: Scheduling;
  readonly oomScoreAdjustment: number;
  readonly noNewPrivileges: boolean;
  /** personality(2) */
  readonly personality: number;
  readonly keepCapabilities: boolean;
  readonly childSubreaper: boolean;
  readonly parentDeathSignal: number;
  readonly kernelThread: boolean;
}

const DEFAULT_SETTINGS: ProcessSettings = {
  umask: 0o022, nice: 0, scheduling: DEFAULT_SCHEDULING, oomScoreAdjustment: 0, noNewPrivileges: false, personality: 0, keepCapabilities: false, childSubreaper: false, parentDeathSignal: 0, kernelThread: false,
};

interface ProcessUsage {
  /** who may write here; others have it only as what they began with */
  readonly of: Process | undefined;
  userUs: number;
  systemUs: number;
  childUserUs: number;
  childSystemUs: number;
  residentBytes: number;
  peakResidentBytes: number;
  chargedBytes: number;
  /** the private pages of the program that it runs, which were charged at its exec */
  imageBytes: number;
  /** what it asked for by itself: held for real, so the world has a limit for it */
  allocatedBytes: number;
  voluntarySwitches: number;
  involuntarySwitches: number;
}

const NO_USAGE: ProcessUsage = {
  of: undefined, userUs: 0, systemUs: 0, childUserUs: 0, childSystemUs: 0, residentBytes: 0, peakResidentBytes: 0, chargedBytes: 0, imageBytes: 0, allocatedBytes: 0, voluntarySwitches: 0, involuntarySwitches: 0,
};

export class Process implements Caller, Waiter {
  readonly kernel: Kernel;
  readonly identity: PidIdentity;
  parent: Process | undefined;
  group: ProcessGroup;
  image: Image;
  environment: ReadonlyMap<string, string>;
  credentials: Credentials;
  capabilities: Capabilities = FULL;
  namespaces: Namespaces;
  descriptors: DescriptorTable;
  limits: ResourceLimits;
  cgroup: Cgroup;
  root: Path;
  cwd: Path;
  /** Never changed, only replaced: most processes have those of their parent. */
  #settings: ProcessSettings = DEFAULT_SETTINGS;
  #usage: ProcessUsage = NO_USAGE;
  /** A thread's process; it is in none of the process lists. */
  threadOf: Process | undefined = undefined;
  #threads: SmallSet<Process> | undefined;
  startTimeUs = 0;
  #children: SmallSet<Process> | undefined;
  #childQueue: WaitQueue | undefined;

  // ---- scheduling
  entry: ((sys: Sys) => Blocking<number>) | undefined;
  main: Generator<Wait, number, void> | undefined;
  runState: RunState = "ready";
  queued = false;
  /** The signal that stopped it, 0 when it is not stopped. */
  stoppedBy = 0;
  /** The kernel has something to do before the program goes on, or the program something to look at. */
  attention = false;
  /** Set once: the process ends like this at the next point where the kernel has control. */
  fatal: WaitStatus | undefined;
  /** exec(2) succeeded: this replaces `main`. */
  replacement: ((sys: Sys) => Blocking<number>) | undefined;
  channel = "";
  /** A daemon of a boot that was played back, until something wakes it. */
  dormant: DormantProgram | undefined = undefined;
  readonly sys: Sys;
  #waitingOn: WaitQueue | readonly WaitQueue[] | undefined;
  #sleepTimer: Timer | undefined;
  alarmTimer: Timer | undefined;
  /** who is told of its calls, and as what it is told of others' (tracing.ts) */
  tracer: Tracer | undefined = undefined;
  traces: Tracer | undefined = undefined;

  // ---- signals
  ignoredSignals: ReadonlySet<number> = NO_SIGNALS;
  caughtSignals: ReadonlySet<number> = NO_SIGNALS;
  blockedSignals: ReadonlySet<number> = NO_SIGNALS;
  pendingSignals: number[] | undefined;
  /** Caught, delivered, and not yet fetched by takeSignals. */
  untakenSignals: number[] | undefined;
  /** A caught signal came: `charge` says so until the program looks. */
  toBeTold = false;
  /** A caught signal came since the program was last told: the next blocking call is EINTR. */
  interrupted = false;

  // ---- what a parent's waitpid sees
  exitStatus: WaitStatus | undefined;
  /** a stop or continuation not yet reported */
  change: WaitStatus | undefined;

  constructor(kernel: Kernel, identity: PidIdentity, from: {
    parent: Process | undefined; group: ProcessGroup | undefined; image: Image; environment: ReadonlyMap<string, string>; credentials: Credentials;
    namespaces: Namespaces; descriptors: DescriptorTable; limits: ResourceLimits; cgroup: Cgroup; root: Path; cwd: Path;
  }, makeSys: (process: Process) => Sys, makeGroup: (process: Process) => ProcessGroup) {
    this.kernel = kernel;
    this.identity = identity;
    this.parent = from.parent;
    this.image = from.image;
    this.environment = from.environment;
    this.credentials = from.credentials;
    this.namespaces = from.namespaces;
    this.descriptors = from.descriptors;
    this.limits = from.limits;
    this.cgroup = from.cgroup;
    this.root = from.root;
    this.cwd = from.cwd;
    this.startTimeUs = kernel.nowUs;
    this.sys = makeSys(this);
    this.group = from.group ?? makeGroup(this);
  }

  /** Becomes like a process of another machine that boots the same way. */
  takeOver(from: Process): void {
    this.capabilities = from.capabilities;
    this.#settings = from.#settings;
    this.#usage = from.#usage;
    this.startTimeUs = from.startTimeUs;
    this.ignoredSignals = from.ignoredSignals;
    this.caughtSignals = from.caughtSignals;
    this.blockedSignals = from.blockedSignals;
  }

  get threads(): SmallSet<Process> {
    return (this.#threads ??= new SmallSet());
  }

  get children(): SmallSet<Process> {
    return (this.#children ??= new SmallSet());
  }

  #ownUsage(): ProcessUsage {
    if (this.#usage.of !== this) this.#usage = { ...this.#usage, of: this };
    return this.#usage;
  }

  get umask(): number {
    return this.#settings.umask;
  }

  set umask(umask: number) {
    if (this.#settings.umask !== umask) this.#settings = { ...this.#settings, umask };
  }

  get nice(): number {
    return this.#settings.nice;
  }

  set nice(nice: number) {
    if (this.#settings.nice !== nice) this.#settings = { ...this.#settings, nice };
  }

  get scheduling(): Scheduling {
    return this.#settings.scheduling;
  }

  set scheduling(scheduling: Scheduling) {
    if (this.#settings.scheduling !== scheduling) this.#settings = { ...this.#settings, scheduling };
  }

  get oomScoreAdjustment(): number {
    return this.#settings.oomScoreAdjustment;
  }

  set oomScoreAdjustment(oomScoreAdjustment: number) {
    if (this.#settings.oomScoreAdjustment !== oomScoreAdjustment) this.#settings = { ...this.#settings, oomScoreAdjustment };
  }

  get noNewPrivileges(): boolean {
    return this.#settings.noNewPrivileges;
  }

  set noNewPrivileges(noNewPrivileges: boolean) {
    if (this.#settings.noNewPrivileges !== noNewPrivileges) this.#settings = { ...this.#settings, noNewPrivileges };
  }

  get personality(): number {
    return this.#settings.personality;
  }

  set personality(personality: number) {
    if (this.#settings.personality !== personality) this.#settings = { ...this.#settings, personality };
  }

  get keepCapabilities(): boolean {
    return this.#settings.keepCapabilities;
  }

  set keepCapabilities(keepCapabilities: boolean) {
    if (this.#settings.keepCapabilities !== keepCapabilities) this.#settings = { ...this.#settings, keepCapabilities };
  }

  get childSubreaper(): boolean {
    return this.#settings.childSubreaper;
  }

  set childSubreaper(childSubreaper: boolean) {
    if (this.#settings.childSubreaper !== childSubreaper) this.#settings = { ...this.#settings, childSubreaper };
  }

  get parentDeathSignal(): number {
    return this.#settings.parentDeathSignal;
  }

  set parentDeathSignal(parentDeathSignal: number) {
    if (this.#settings.parentDeathSignal !== parentDeathSignal) this.#settings = { ...this.#settings, parentDeathSignal };
  }

  get kernelThread(): boolean {
    return this.#settings.kernelThread;
  }

  set kernelThread(kernelThread: boolean) {
    if (this.#settings.kernelThread !== kernelThread) this.#settings = { ...this.#settings, kernelThread };
  }

  get userUs(): number {
    return this.#usage.userUs;
  }

  set userUs(userUs: number) {
    this.#ownUsage().userUs = userUs;
  }

  get systemUs(): number {
    return this.#usage.systemUs;
  }

  set systemUs(systemUs: number) {
    this.#ownUsage().systemUs = systemUs;
  }

  get childUserUs(): number {
    return this.#usage.childUserUs;
  }

  set childUserUs(childUserUs: number) {
    this.#ownUsage().childUserUs = childUserUs;
  }

  get childSystemUs(): number {
    return this.#usage.childSystemUs;
  }

  set childSystemUs(childSystemUs: number) {
    this.#ownUsage().childSystemUs = childSystemUs;
  }

  get residentBytes(): number {
    return this.#usage.residentBytes;
  }

  set residentBytes(residentBytes: number) {
    this.#ownUsage().residentBytes = residentBytes;
  }

  get peakResidentBytes(): number {
    return this.#usage.peakResidentBytes;
  }

  set peakResidentBytes(peakResidentBytes: number) {
    this.#ownUsage().peakResidentBytes = peakResidentBytes;
  }

  get chargedBytes(): number {
    return this.#usage.chargedBytes;
  }

  set chargedBytes(chargedBytes: number) {
    this.#ownUsage().chargedBytes = chargedBytes;
  }

  get imageBytes(): number {
    return this.#usage.imageBytes;
  }

  set imageBytes(imageBytes: number) {
    this.#ownUsage().imageBytes = imageBytes;
  }

  get allocatedBytes(): number {
    return this.#usage.allocatedBytes;
  }

  set allocatedBytes(allocatedBytes: number) {
    this.#ownUsage().allocatedBytes = allocatedBytes;
  }

  get voluntarySwitches(): number {
    return this.#usage.voluntarySwitches;
  }

  set voluntarySwitches(voluntarySwitches: number) {
    this.#ownUsage().voluntarySwitches = voluntarySwitches;
  }

  get involuntarySwitches(): number {
    return this.#usage.involuntarySwitches;
  }

  set involuntarySwitches(involuntarySwitches: number) {
    this.#ownUsage().involuntarySwitches = involuntarySwitches;
  }

  /** In the initial pid namespace. */
  get pid(): number {
    return this.identity.numbers[0] ?? 0;
  }

  pidIn(namespace: PidNamespace): number {
    return this.identity.in(namespace);
  }

  isPidOne(): boolean {
    return this.identity.namespace.init === this;
  }

  get comm(): string {
    return this.image.comm;
  }

  get commandLine(): readonly string[] {
    return this.image.commandLine;
  }

  get executable(): Path | undefined {
    return this.image.executable;
  }

  get processGroup(): number {
    return this.group.id;
  }

  get session(): number {
    return this.group.session.id;
  }

  get terminal(): Terminal | undefined {
    return this.group.session.terminal;
  }

  get virtualBytes(): number {
    // what is mapped, of which seven tenths are resident (machine/rootfs/resident-memory.ts), the stack and the linker's own
    const grown = this.#grownBytes;
    return this.kernelThread ? 0 : grown + Math.round((this.residentBytes - grown) / 0.7) + 330_000;
  }

  /** What it asked for since it was started. */
  get #grownBytes(): number {
    return Math.min(this.residentBytes, Math.max(0, this.chargedBytes - this.imageBytes));
  }

  /** What it does not share with its file and libraries. */
  get anonymousBytes(): number {
    const grown = this.#grownBytes;
    return grown + Math.round((this.residentBytes - grown) / 4);
  }

  get mountNamespace(): MountNamespace {
    return this.namespaces.mnt;
  }

  get fsuid(): number {
    return this.credentials.euid;
  }

  get fsgid(): number {
    return this.credentials.egid;
  }

  get groups(): readonly number[] {
    return this.credentials.groups;
  }

  get fileSizeLimit(): number {
    return this.limits.get("fsize").soft;
  }

  capable(capability: number): boolean {
    return holds(this.capabilities.effective, capability);
  }

  /** ns_capable: also holds for the owner of a namespace's creator, and for whoever holds it in an ancestor (user_namespaces(7)). */
  capableIn(userNamespace: unknown, capability: number): boolean {
    const own = this.namespaces.user;
    let at = userNamespace instanceof UserNamespace ? userNamespace : undefined;
    if (!at) return own.level === 0 && this.capable(capability);
    for (;;) {
      if (at === own) return this.capable(capability);
      const parent: UserNamespace | undefined = at.parent;
      if (!parent) return false;
      if (parent === own && at.ownerUid === this.credentials.euid) return true;
      at = parent;
    }
  }

  capableOver(capability: number, uid: number, gid: number): boolean {
    if (!this.capable(capability)) return false;
    const own = this.namespaces.user;
    return own.level === 0 || (own.fromKernel("uid", uid) !== undefined && own.fromKernel("gid", gid) !== undefined);
  }

  /** The kernel id for an id that the program names; undefined when its user namespace does not map it. */
  kernelUid(uid: number): number | undefined {
    return this.namespaces.user.toKernel("uid", uid);
  }

  kernelGid(gid: number): number | undefined {
    return this.namespaces.user.toKernel("gid", gid);
  }

  shownUid(uid: number): number {
    return this.namespaces.user.level === 0 ? uid : (this.namespaces.user.fromKernel("uid", uid) ?? OVERFLOW_ID);
  }

  shownGid(gid: number): number {
    return this.namespaces.user.level === 0 ? gid : (this.namespaces.user.fromKernel("gid", gid) ?? OVERFLOW_ID);
  }

  get childQueue(): WaitQueue {
    this.#childQueue ??= new WaitQueue();
    return this.#childQueue;
  }

  // ---- sleeping and waking (only blocking.ts and the scheduler call these)

  fallAsleep(queue: WaitQueue | readonly WaitQueue[] | undefined, deadlineUs: number | undefined, channel: string, promise?: IdlePromise): void {
    if (this.kernel.scheduler.current !== this) throw new Error("a process called the system by the Sys of another");
    this.beAsleep(queue, deadlineUs, channel, promise);
  }

  /** What it sleeps on; for a boot that is kept. */
  get waitingOn(): readonly WaitQueue[] {
    const queue = this.#waitingOn;
    return queue === undefined ? [] : queue instanceof WaitQueue ? [queue] : queue;
  }

  get wakesAtUs(): number | undefined {
    return this.#sleepTimer?.atUs;
  }

  /** As after `fallAsleep`, of a process that never ran here. */
  beAsleep(queue: WaitQueue | readonly WaitQueue[] | undefined, deadlineUs: number | undefined, channel: string, promise?: IdlePromise): void {
    this.runState = "sleeping";
    this.channel = channel;
    this.#waitingOn = queue;
    if (queue instanceof WaitQueue) queue.add(this);
    else if (queue) for (const one of queue) one.add(this);
    if (deadlineUs !== undefined && deadlineUs !== Infinity) {
      this.#sleepTimer = this.kernel.timers.arm(deadlineUs, () => {
        this.#sleepTimer = undefined;
        this.wake();
      }, promise);
    }
  }

  leaveQueues(): void {
    const queue = this.#waitingOn;
    this.#waitingOn = undefined;
    if (queue instanceof WaitQueue) queue.remove(this);
    else if (queue) for (const one of queue) one.remove(this);
    if (this.#sleepTimer) {
      this.kernel.timers.cancel(this.#sleepTimer);
      this.#sleepTimer = undefined;
    }
  }

  wake(): void {
    if (this.runState !== "sleeping") return;
    this.runState = "ready";
    this.kernel.scheduler.enqueue(this);
  }

  get held(): boolean {
    return this.stoppedBy !== 0 || (this.cgroup.frozen && !this.kernelThread);
  }

  stateLetter(): "R" | "S" | "D" | "T" | "Z" | "I" {
    if (this.runState === "zombie") return "Z";
    if (this.stoppedBy !== 0) return "T";
    if (this.kernelThread) return "I";
    return this.runState === "sleeping" ? "S" : "R";
  }

  /** Bit n-1 for signal n, as /proc/PID/status shows them. */
  signalMasks(): { pending: bigint; blocked: bigint; ignored: bigint; caught: bigint } {
    return { pending: maskOf(this.pendingSignals), blocked: keptMaskOf(this.blockedSignals), ignored: keptMaskOf(this.ignoredSignals), caught: keptMaskOf(this.caughtSignals) };
  }
}

const masks = new WeakMap<ReadonlySet<number>, bigint>();

/** These sets are values: a process gets another one when something changes. */
function keptMaskOf(signals: ReadonlySet<number>): bigint {
  let mask = masks.get(signals);
  if (mask === undefined) masks.set(signals, (mask = maskOf(signals)));
  return mask;
}

function maskOf(signals: Iterable<number> | undefined): bigint {
  let mask = 0n;
  if (signals === undefined) return mask;
  for (const signal of signals) mask |= 1n << BigInt(signal - 1);
  return mask;
}
