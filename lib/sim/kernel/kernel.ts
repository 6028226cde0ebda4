// One simulated Linux kernel: its clock, processes, terminals, devices, namespaces, and the door for whoever holds the machine
// (`step`, `spawn`, `openTerminal`). What programs may ask of it is in sys.ts; the calls are in calls/.
// Over 400 lines: the clock, the tables and the namespaces of one machine are made together.

import { Accounting } from "./accounting.ts";
import { ALL_CAPABILITIES, FULL } from "./capability.ts";
import { CgroupTree } from "./cgroup.ts";
import type { CallRecorder } from "./call-record.ts";
import { registerCoreDevices } from "./core-devices.ts";
import { HEAD_BYTES } from "./calls/exec.ts";
import { DescriptorTable } from "./descriptor-table.ts";
import { type DeviceNode, DeviceNodes } from "./device-nodes.ts";
import { SysError } from "./errno.ts";
import { parseExecutable } from "./executable.ts";
import { FlockTable } from "./flock-table.ts";
import { GuestTable } from "./guest/guest-description.ts";
import type { GuestFactory } from "./guest/guest-machine.ts";
import { KernelLog } from "./kernel-log.ts";
import { allocateIdentity, begin, finish, ownGroup } from "./lifecycle.ts";
import { CgroupNamespace, FIRST_DYNAMIC_INODE, INITIAL_INODE, IpcNamespace, type Namespaces, PidNamespace, TimeNamespace, UserNamespace, UtsNamespace } from "./namespace.ts";
import { ModuleTable } from "./module-table.ts";
import type { BlockDevices } from "./block/block-device.ts";
import type { IoThrottle } from "./block/io-throttle.ts";
import type { NetLink } from "./net/link.ts";
import { NetNamespace } from "./net/net-namespace.ts";
import type { Frame } from "./net/packet.ts";
import type { UnixSocket } from "./net/unix-socket.ts";
import type { OpenFileDescription } from "./open-file-description.ts";
import type { Pipe } from "./pipe.ts";
import type { ProcessGroup } from "./process-group.ts";
import { type Image, Process } from "./process.ts";
import { makeSys } from "./process-sys.ts";
import { RandomSource } from "./random-source.ts";
import { initialLimits, type ResourceLimits } from "./resource-limits.ts";
import { Scheduler, type StepResult } from "./scheduler.ts";
import { SIGNALS } from "./signal-names.ts";
import { type Blocking, type ClockDiscipline, type Credentials, O, type Observation, type Program, type RebootCommand, S, type Sys, type WaitStatus, type WindowSize } from "./sys.ts";
import { TerminalDescription } from "./tty/terminal-description.ts";
import { type OutsideTerminal, TerminalTable } from "./tty/terminal-table.ts";
import type { Terminal } from "./tty/terminal.ts";
import { TimerQueue } from "./timer-queue.ts";
import { DeviceTable } from "./vfs/device-table.ts";
import type { FileSystem, VfsHost } from "./vfs/file-system.ts";
import { FileSystemTypeTable } from "./vfs/file-system-type-table.ts";
import { MountNamespace } from "./vfs/mount-namespace.ts";
import { readHead } from "./vfs/open.ts";
import type { FrozenLayer } from "./vfs/memory-node.ts";
import type { Path } from "./vfs/path.ts";
import { resolve } from "./vfs/resolve.ts";
import { SmallMap } from "./small-map.ts";
import { SmallSet } from "./small-set.ts";

export interface WorldLimits {
  readonly processes: number;
  readonly openFiles: number;
  readonly storageBytes: number;
  /** what all processes together hold beside their programs: beyond it the machine is out of memory */
  readonly memoryBytes: number;
}

export interface KernelOptions {
  readonly seed: number;
  /** epoch microseconds at which the machine was switched on */
  readonly bootEpochUs: number;
  readonly root: FileSystem;
  /** as /proc/mounts names it */
  readonly rootSource?: string;
  readonly rootShared?: boolean;
  /** the program that a binary's head names; undefined: it is not simulated */
  readonly loader: (head: Uint8Array) => Program | undefined;
  readonly hostname: string;
  readonly domainname?: string;
  readonly release?: string;
  readonly version?: string;
  readonly memoryBytes: number;
  readonly cpuCount: number;
  readonly observe?: (observation: Observation, process: Process) => void;
  /** A program threw something that is no SysError of its own making: for developers. */
  readonly onFault?: (fault: { readonly pid: number; readonly comm: string; readonly error: unknown }) => void;
  readonly onReboot?: (command: RebootCommand) => void;
  readonly limits?: Partial<WorldLimits>;
  /** makes the machines that hypervisors run; without it there are none */
  readonly guests?: GuestFactory;
  /** the frozen trees that disk images name instead of carrying them */
  readonly baseTree?: (name: string) => FrozenLayer | undefined;
  /** keeps what its programs are answered, for a boot that is played back later */
  readonly recorder?: CallRecorder;
  /** of its processor, in steps a virtual microsecond: 1 unless it is emulated */
  readonly stepsPerUs?: number;
  /** lo stays down: a boot is played that knows its addresses */
  readonly loopbackDown?: boolean;
}

export interface SpawnOptions {
  readonly entry: (sys: Sys) => Blocking<number>;
  /** the file that /proc/PID/exe names */
  readonly executable?: string;
  readonly argv?: readonly string[];
  readonly environment?: ReadonlyMap<string, string>;
  readonly credentials?: Credentials;
  readonly cwd?: Path;
  /** 0, 1 and 2; the process leads a new session that this terminal controls */
  readonly terminal?: Terminal;
  /** descriptors 0, 1, 2... when there is no terminal */
  readonly files?: readonly OpenFileDescription[];
  /** pid 1 when there is none yet, else nobody */
  readonly parent?: Process;
}

/** A network card as whoever wires machines together holds it. */
export interface Nic {
  readonly link: NetLink;
  /** a frame from the wire */
  receive(frame: Frame): void;
  /** the cable: without it nothing goes in or out */
  setCarrier(on: boolean): void;
  /** the card is pulled out: its link is gone, in whatever namespace it was */
  remove(): void;
}

const ROOT_CREDENTIALS: Credentials = { ruid: 0, euid: 0, suid: 0, rgid: 0, egid: 0, sgid: 0, groups: [] };
const UNDISCIPLINED: ClockDiscipline = { synchronized: false, frequencyPpm: 0, maximumErrorUs: 16_000_000, estimatedErrorUs: 16_000_000, taiOffsetSeconds: 0 };
const DEFAULT_WORLD_LIMITS: WorldLimits = { processes: 4000, openFiles: 65536, storageBytes: 256 * 1024 * 1024, memoryBytes: 224 * 1024 * 1024 };
const NO_ENVIRONMENT: ReadonlyMap<string, string> = new Map();
const KERNEL_THREAD_IMAGE: Image = { comm: "kthreadd", commandLine: [], executable: undefined };

export class Kernel {
  readonly options: KernelOptions;
  readonly bootEpochUs: number;
  readonly memoryBytes: number;
  readonly cpuCount: number;
  readonly release: string;
  readonly version: string;
  readonly worldLimits: WorldLimits;
  readonly timers = new TimerQueue();
  readonly scheduler: Scheduler;
  readonly randomSource: RandomSource;
  readonly log: KernelLog;
  readonly processes = new Map<number, Process>();
  readonly groups = new Map<number, ProcessGroup>();
  readonly terminals: TerminalTable;
  readonly devices = new DeviceTable();
  readonly deviceNodes = new DeviceNodes();
  readonly cgroups: CgroupTree;
  readonly fifos = new SmallMap<string, Pipe>();
  /** unix sockets by the node that bears their name */
  readonly unixSockets = new Map<string, UnixSocket>();
  readonly netLinks = new Set<NetLink>();
  /** limits of disks and of what is on them, by device number */
  readonly throttles = new SmallMap<number, IoThrottle>();
  /** how much of a processor's time it gets from its host */
  share = 1;
  /** all but the initial one */
  readonly netNamespaces = new SmallSet<NetNamespace>();
  readonly flocks = new FlockTable();
  readonly guests = new GuestTable();
  readonly accounting = new Accounting();
  readonly fileSystemTypes = new FileSystemTypeTable();
  /** What adds the hardware's disks and the drivers' devices, when block devices are asked for first. */
  onBlockDevices: ((devices: BlockDevices) => void) | undefined;
  readonly vfsHost: VfsHost & { chargeStorage(deltaBytes: number): void };
  readonly initialNamespaces: Namespaces;
  readonly initialLimits: ResourceLimits;
  readonly modules = new ModuleTable();
  /** Of drivers whose loading does more than to be listed: whether this hardware has what they are for, and the nodes that come and go with them. */
  readonly moduleDrivers = new Map<string, { readonly supported: boolean; readonly nodes: readonly DeviceNode[] }>();
  console: Terminal | undefined;
  pidMax = 4194304;
  forks = 0;
  storageBytes = 0;
  allocatedBytes = 0;
  openFiles = 0;
  /** what reboot(2) or the end of init asked for: the machine looks after each step */
  stopped: RebootCommand | "panic" | undefined;
  clockDiscipline: ClockDiscipline = UNDISCIPLINED;
  #nowUs = 0;
  #realtimeOffsetUs = 0;
  /** how far it is from where it stood at boot: somebody set it, or the machine stood still */
  rtcOffsetUs = 0;
  #nextNamespace = FIRST_DYNAMIC_INODE;
  #nextAnonymousInode = 10_000;
  readonly #usersProcesses = new Map<number, number>();
  #loads: [number, number, number] = [0, 0, 0];
  #loadSampledUs = 0;

  constructor(options: KernelOptions) {
    this.options = options;
    this.bootEpochUs = options.bootEpochUs;
    this.memoryBytes = options.memoryBytes;
    this.cpuCount = options.cpuCount;
    this.release = options.release ?? "6.1.0-37-amd64";
    this.version = options.version ?? "#1 SMP PREEMPT_DYNAMIC Debian 6.1.140-1 (2025-05-22)";
    this.worldLimits = { ...DEFAULT_WORLD_LIMITS, ...options.limits };
    this.scheduler = new Scheduler(this);
    this.randomSource = new RandomSource(options.seed);
    this.log = new KernelLog(() => this.nowUs);
    this.terminals = new TerminalTable(this);
    this.cgroups = new CgroupTree(this);
    this.initialLimits = initialLimits(options.memoryBytes);
    const user = new UserNamespace(INITIAL_INODE.user, undefined, 0, 0);
    const mnt = MountNamespace.initial(options.root, user, { source: options.rootSource ?? "/dev/root", shared: options.rootShared ?? false });
    mnt.inode = INITIAL_INODE.mnt;
    const pid = new PidNamespace(INITIAL_INODE.pid, undefined, user);
    const time = new TimeNamespace(INITIAL_INODE.time, user);
    this.initialNamespaces = {
      user, mnt, pid, pidForChildren: pid, time, timeForChildren: time, net: new NetNamespace(this, INITIAL_INODE.net, user),
      uts: new UtsNamespace(INITIAL_INODE.uts, user, options.hostname, options.domainname ?? "(none)"), ipc: new IpcNamespace(INITIAL_INODE.ipc, user),
      cgroup: new CgroupNamespace(INITIAL_INODE.cgroup, user, this.cgroups.root),
    };
    this.vfsHost = {
      nowUs: () => this.realtimeUs(),
      random: (length) => this.randomSource.bytes(length),
      devices: this.devices,
      fileSystemTypes: this.fileSystemTypes,
      mountInUse: (path) => this.#mountInUse(path),
      openForWriting: (fs) => this.#someProcess((process) => process.descriptors.entries().some(([, { path, statusFlags }]) => path?.mount.fs === fs && (statusFlags & O.ACCMODE) !== O.RDONLY && (fs.facts(path.node).mode & S.IFMT) === S.IFREG)),
      replaceRoots: (from, to) => this.#replaceRoots(from, to),
      directoryInUse: (fs, node) => this.#someProcess((process) => (process.cwd.mount.fs === fs && process.cwd.node === node) || (process.root.mount.fs === fs && process.root.node === node)),
      isExecuting: (fs, node) => this.#someProcess((process) => process.executable?.node === node && process.executable.mount.fs === fs),
      chargeStorage: (deltaBytes) => {
        if (deltaBytes > 0 && this.storageBytes + deltaBytes > this.worldLimits.storageBytes) throw new SysError("ENOSPC");
        this.storageBytes += deltaBytes;
      },
    };
    registerCoreDevices(this);
    // what systemd does first (loopback_setup): pid 1 of a machine finds it done
    const { net } = this.initialNamespaces;
    if (net.loopback && options.loopbackDown !== true) net.setUp(net.loopback, true);
  }

  // ---- time

  /** Microseconds since boot. */
  get nowUs(): number {
    return this.scheduler.nowUs(this.#nowUs);
  }

  advanceTo(us: number): void {
    if (us > this.#nowUs) this.#nowUs = us;
  }

  realtimeUs(): number {
    return this.bootEpochUs + this.#realtimeOffsetUs + this.nowUs;
  }

  /** The clock that runs while the machine is off. */
  rtcUs(): number {
    return this.bootEpochUs + this.rtcOffsetUs + this.nowUs;
  }

  setRtcUs(us: number): void {
    this.rtcOffsetUs = us - this.bootEpochUs - this.nowUs;
  }

  setRealtimeUs(us: number): void {
    this.#realtimeOffsetUs = us - this.bootEpochUs - this.nowUs;
    this.clockDiscipline = UNDISCIPLINED;
  }

  /** Runs until nothing can, or `untilUs` (since boot) or `maxSteps` is reached; a slice may go over either. */
  step(untilUs: number, maxSteps: number, stop?: () => boolean): StepResult {
    if (this.stopped) {
      if (untilUs !== Infinity) this.advanceTo(untilUs);
      return { reason: "idle", nextWakeUs: Infinity };
    }
    return this.scheduler.step(untilUs, maxSteps, stop);
  }

  get cpuBusyUs(): number {
    return this.scheduler.busyUs;
  }

  get contextSwitches(): number {
    return this.scheduler.contextSwitches;
  }

  /** As /proc/loadavg: decayed averages of what is runnable, brought up to date when asked for. */
  loadAverage(): readonly [number, number, number] {
    const elapsedUs = this.nowUs - this.#loadSampledUs;
    const active = this.scheduler.runnable;
    const fold = (load: number, minutes: number): number => {
      const keep = Math.exp(-elapsedUs / (minutes * 60_000_000));
      return load * keep + active * (1 - keep);
    };
    if (elapsedUs >= 5_000_000) {
      this.#loads = [fold(this.#loads[0], 1), fold(this.#loads[1], 5), fold(this.#loads[2], 15)];
      this.#loadSampledUs = this.nowUs;
    }
    return this.#loads;
  }

  // ---- numbers

  random(length: number): Uint8Array {
    return this.randomSource.bytes(length);
  }

  nextNamespaceInode(): number {
    return this.#nextNamespace++;
  }

  /** For pipes, sockets and other nameless objects. */
  nextAnonymousInode(): number {
    return this.#nextAnonymousInode++;
  }

  /** Where those two counters stand: a boot that is played back goes on from there. */
  get numbers(): readonly [namespace: number, anonymousInode: number] {
    return [this.#nextNamespace, this.#nextAnonymousInode];
  }

  set numbers([namespace, anonymousInode]: readonly [number, number]) {
    this.#nextNamespace = namespace;
    this.#nextAnonymousInode = anonymousInode;
  }

  // ---- processes

  countUser(uid: number, delta: number): void {
    const count = (this.#usersProcesses.get(uid) ?? 0) + delta;
    if (count > 0) this.#usersProcesses.set(uid, count);
    else this.#usersProcesses.delete(uid);
  }

  countOfUser(uid: number): number {
    return this.#usersProcesses.get(uid) ?? 0;
  }

  newDescriptorTable(): DescriptorTable {
    return new DescriptorTable(this.#onRelease);
  }

  readonly #onRelease = (file: OpenFileDescription): void => this.releaseFile(file);

  releaseFile(file: OpenFileDescription): void {
    this.openFiles--;
    this.flocks.release(file);
    file.release();
    // it may have been the last that held a network namespace
    if (file.namespace !== undefined) this.sweepNamespaces();
  }

  /** For the machine and for tests: a process that no program forked. The first one is pid 1. */
  spawn(options: SpawnOptions): Process {
    const namespaces = this.initialNamespaces;
    const parent = options.parent ?? namespaces.pid.init;
    const argv = options.argv ?? ["init"];
    const image: Image = { comm: (argv[0] ?? "").split("/").pop()?.slice(0, 15) ?? "", commandLine: argv, executable: undefined };
    const root = namespaces.mnt.root();
    const descriptors = this.newDescriptorTable();
    const process = new Process(this, allocateIdentity(namespaces.pid, this.pidMax), {
      parent, group: undefined, image, environment: options.environment ?? NO_ENVIRONMENT, credentials: options.credentials ?? ROOT_CREDENTIALS, namespaces, descriptors,
      limits: this.initialLimits, cgroup: this.cgroups.root, root, cwd: options.cwd ?? root,
    }, makeSys, ownGroup);
    if (process.credentials.euid !== 0) process.capabilities = { effective: 0n, permitted: 0n, inheritable: 0n, bounding: ALL_CAPABILITIES, ambient: 0n };
    process.entry = options.entry;
    if (options.executable !== undefined) {
      const executable = resolve(process, options.executable);
      process.image = { ...image, executable };
      process.residentBytes = parseExecutable(readHead(executable, HEAD_BYTES))?.residentBytes ?? 0;
    } else if (options.parent !== undefined) {
      process.image = { ...image, executable: options.parent.image.executable };
      process.residentBytes = options.parent.residentBytes;
    }
    const { terminal } = options;
    if (terminal) {
      terminal.setControllingSession(process.group.session, process.group);
      const description = new TerminalDescription(terminal, 2, undefined);
      description.references = 3;
      for (let fd = 0; fd < 3; fd++) descriptors.set(fd, description, false);
      this.openFiles++;
    } else {
      options.files?.forEach((file, fd) => {
        if (fd > 0 && options.files?.indexOf(file) !== fd) file.references++;
        else this.openFiles++;
        descriptors.set(fd, file, false);
      });
    }
    begin(process);
    return process;
  }

  /** Shown by ps in brackets; it never runs. The first is kthreadd, pid 2, which the others descend from. */
  spawnKernelThread(comm: string): Process {
    const namespaces = this.initialNamespaces;
    const root = namespaces.mnt.root();
    const kthreadd = this.processes.get(2);
    const thread = new Process(this, allocateIdentity(namespaces.pid, this.pidMax), {
      parent: kthreadd?.kernelThread ? kthreadd : undefined, group: undefined, image: { ...KERNEL_THREAD_IMAGE, comm }, environment: NO_ENVIRONMENT, credentials: ROOT_CREDENTIALS, namespaces,
      descriptors: this.newDescriptorTable(), limits: this.initialLimits, cgroup: this.cgroups.root, root, cwd: root,
    }, makeSys, ownGroup);
    thread.kernelThread = true;
    thread.capabilities = FULL;
    thread.runState = "sleeping";
    begin(thread);
    return thread;
  }

  finish(process: Process, status: WaitStatus): void {
    finish(process, status);
  }

  /** A program threw: a bug of ours, or a stack too deep. It ends as by a segmentation fault; with status 1 where it only did not expect that a call could fail. */
  fault(process: Process, error: unknown): WaitStatus {
    this.options.onFault?.({ pid: process.pid, comm: process.comm, error });
    if (error instanceof SysError) return { kind: "exited", status: 1 };
    this.log.append(`${process.comm}[${process.pid}]: segfault at 0 ip 0000000000000000 sp 00007ffc00000000 error 4`, 6);
    return { kind: "signaled", signal: SIGNALS.SEGV, coreDumped: process.limits.get("core").soft > 0 };
  }

  /** Work of the kernel's own threw (a timer, a packet on its way): a bug of ours. What it was doing is lost, the machine goes on. */
  oops(error: unknown): void {
    this.options.onFault?.({ pid: 0, comm: "swapper/0", error });
    this.log.append("BUG: kernel NULL pointer dereference, address: 0000000000000000", 1);
  }

  panic(reason: string): void {
    if (this.stopped) return;
    this.log.append(`Kernel panic - not syncing: ${reason}`, 0);
    this.stopped = "panic";
  }

  reboot(command: RebootCommand): void {
    this.log.append(command === "reboot" ? "reboot: Restarting system" : command === "poweroff" ? "reboot: Power down" : "reboot: System halted", 6);
    this.stopped = command;
    this.options.onReboot?.(command);
  }

  /** After the end of a process, setns, unshare, umount, close: what nobody holds any more is taken down. */
  releaseNamespaces(process: Process): void {
    this.#releaseMounts(process.namespaces.mnt);
    if (this.netNamespaces.size === 0 || process.namespaces.net === this.initialNamespaces.net) return;
    this.sweepNamespaces();
  }

  /** What only this mount namespace had mounted is unmounted with its last process, unless a file of /proc/PID/ns keeps it. */
  #releaseMounts(namespace: MountNamespace): void {
    if (namespace === this.initialNamespaces.mnt) return;
    for (const process of this.processes.values()) {
      if (process.runState === "zombie") continue;
      if (process.namespaces.mnt === namespace) return;
      for (const [, file] of process.descriptors.entries()) if (file.namespace === namespace) return;
      for (const mount of process.namespaces.mnt.mounts) if (mount.fs.type === "nsfs" && mount.root === namespace.inode) return;
    }
    namespace.dispose();
  }

  /** Network namespaces live as long as a process is in them, or a descriptor or a bind mount holds them (namespaces(7)). */
  sweepNamespaces(): void {
    if (this.netNamespaces.size === 0) return;
    const held = new Set<unknown>();
    const mounts = new Set<MountNamespace>();
    for (const process of this.processes.values()) {
      if (process.runState === "zombie") continue;
      held.add(process.namespaces.net);
      mounts.add(process.namespaces.mnt);
      for (const [, file] of process.descriptors.entries()) if (file.namespace !== undefined) held.add(file.namespace);
    }
    for (const namespace of mounts) for (const mount of namespace.mounts) if (mount.fs.type === "nsfs") held.add(mount.fs.facts(mount.root).ino);
    for (const net of [...this.netNamespaces]) {
      if (held.has(net) || held.has(net.inode)) continue;
      this.netNamespaces.delete(net);
      net.destroy();
    }
  }

  /** A network card of the machine: frames in and out as plain values. The link starts down, as after boot. */
  addNic(options: { readonly name: string; readonly mac: string; readonly mtu?: number; readonly send: (frame: Frame) => void }): Nic {
    const { net } = this.initialNamespaces;
    const link = net.addLink(options.name, "ether", options.mac, options.mtu ?? 1500);
    link.onTransmit = options.send;
    return {
      link,
      receive: (frame) => {
        if (link.attached) link.receive(frame);
      },
      setCarrier: (on) => {
        link.attached = on;
      },
      remove: () => {
        link.attached = false;
        link.namespace.removeLink(link);
      },
    };
  }

  // ---- terminals

  openTerminal(options: { readonly rows: number; readonly cols: number; readonly name?: string; readonly onOutput?: (bytes: Uint8Array) => void }): OutsideTerminal {
    const { rows, cols, name, onOutput } = options;
    const size: WindowSize = { rows, cols };
    return this.terminals.openOutside({ size, ...(name === undefined ? {} : { name }), ...(onOutput === undefined ? {} : { onOutput }) });
  }

  observe(observation: Observation, process: Process): void {
    this.options.observe?.(observation, process);
  }

  // ---- questions of the VFS

  #someProcess(test: (process: Process) => boolean): boolean {
    for (const process of this.processes.values()) if (process.runState !== "zombie" && test(process)) return true;
    return false;
  }

  #mountInUse(path: Path): boolean {
    const { mount } = path;
    return this.#someProcess((process) => process.cwd.mount === mount || process.root.mount === mount || process.executable?.mount === mount
      || process.descriptors.entries().some(([, file]) => file.path?.mount === mount));
  }

  #replaceRoots(from: Path, to: Path): void {
    const same = (a: Path): boolean => a.mount === from.mount && a.node === from.node;
    for (const process of this.processes.values()) {
      if (same(process.root)) process.root = to;
      if (same(process.cwd)) process.cwd = to;
    }
  }
}

export function createKernel(options: KernelOptions): Kernel {
  return new Kernel(options);
}
