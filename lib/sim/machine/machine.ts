// A machine: hardware, a disk made from the host's root file system, and a kernel. Its inputs are the bytes of its terminals and the clock.
// (More than 400 lines: one machine's life, its doors and who comes in by them.)
import { blockDevicesOf, Disk as BlockDisk } from "../kernel/block/block-device.ts";
import type { GuestFactory } from "../kernel/guest/guest-machine.ts";
import type { Kernel, Nic } from "../kernel/kernel.ts";
import type { Process } from "../kernel/process.ts";
import { type Blocking, encode, O, type Observation, POLL, SIGNALS, type Sys, SysError, type WindowSize } from "../kernel/sys.ts";
import type { Contents } from "../kernel/vfs/contents.ts";
import type { MemoryFileSystem } from "../kernel/vfs/memory-file-system.ts";
import type { OutsideTerminal } from "../kernel/tty/terminal-table.ts";
import { superviseMachine } from "../daemons/systemd/daemon.ts";
import { playBoot, type Programs } from "../kernel/play-boot.ts";
import { bootImage, loginImage } from "./boot-image.ts";
import type { GuestSetup } from "./guest-setup.ts";
import type { NetworkCard } from "./hardware.ts";
import type { HostDescription } from "./host-description.ts";
import { diskNumbers } from "./kernel-hardware.ts";
import { noteRemovedContainer } from "./docker-look.ts";
import { accountOf, joinSessionGroup, type LoginRequest, loginSession, rootPath, sshListener, userPath } from "./login-session.ts";
import { lookAt, type ServiceStates } from "./look.ts";
import { loadedHost } from "./loaded-host.ts";
import { type RootImage, rootImage } from "./rootfs/root-image.ts";
import { stateDigest } from "./state-digest.ts";
import { type Frame, kernelBootUs, rootDisk, switchedOn } from "./switched-on.ts";
import type { View } from "./view.ts";
import { type FileWrite, type FileWriting, filesOfPerson, type PersonFiles, writeAsPerson } from "./person-files.ts";
import { SmallSet } from "../kernel/small-set.ts";

export interface MachineOptions {
  /** what a network card sends, by its place among the cards; without it the cables are out */
  readonly onFrame?: (frame: Frame, atUs: number, card: number) => void;
  readonly seed: number;
  /** realtime when the session begins: its machine is just up, or somebody has just logged in; or, when it boots in full, when PID 1 starts */
  readonly epochUs: number;
  /** not from the boot that the sessions of a host share: to compare the two */
  readonly bootInFull?: boolean;
  readonly onObservation?: (observation: Observation, by: ObservedBy) => void;
  /** what hypervisors of this machine make; without it they find none */
  readonly guests?: GuestFactory;
  /** of a machine inside another one, whose disks its host holds */
  readonly guest?: GuestSetup;
}

/** The process that made an observation. `terminal`: its controlling terminal by the machine's own name ("/dev/pts/0"), whatever a container calls it. */
export interface ObservedBy {
  readonly pid: number;
  readonly terminal: string | undefined;
}

export interface MachineTerminal {
  /** below /dev */
  readonly name: string;
  /** a program of the foreground waits for input that has not come */
  readonly awaitingInput: boolean;
  input(bytes: Uint8Array): void;
  resize(size: { readonly rows: number; readonly cols: number }): void;
  hangup(): void;
}

interface MutableRun extends Run {
  ended: boolean;
  status: number | undefined;
  /** of the person who watches it */
  readonly onStop: ((text: string) => void) | undefined;
}

/** Something that was started from outside and ends. */
export interface Run {
  readonly ended: boolean;
  readonly status: number | undefined;
}

export interface Session {
  readonly terminal: MachineTerminal;
  readonly run: Run;
}

export interface RunRequest {
  readonly argv: readonly string[];
  readonly user?: string;
  readonly environment?: ReadonlyMap<string, string>;
  readonly directory?: string;
  readonly stdin?: Uint8Array;
  readonly files?: readonly { readonly path: string; readonly bytes?: Uint8Array; readonly link?: string; readonly directory?: true; readonly mode?: number }[];
}

export interface Machine {
  readonly host: HostDescription;
  readonly image: RootImage;
  readonly kernel: Kernel;
  readonly disk: MemoryFileSystem;
  readonly nowUs: number;
  readonly idle: boolean;
  /** Before that nothing comes of what it does by itself; Infinity: never. To be asked while it is idle. */
  nextNoticeUs(): number;
  /** Another number when anything ran since but daemons that looked and slept again. */
  happenings(): number;
  /** What its processors did since it was switched on first, the boot that it began from included. */
  workedUs(): number;
  /** `stop` is asked before each slice of the scheduler's work: the clock stands still once it says true. */
  step(untilUs: number, maxSteps: number, stop?: () => boolean): { readonly reason: string; readonly nextWakeUs: number | undefined };
  /** A frame from the wire, for one card or for all. */
  receive(frame: Frame, card?: number): void;
  /** A cable in or out. */
  setCarrier(card: number, on: boolean): void;
  /** Somebody comes in over the network to a new terminal. */
  openSession(size: WindowSize, onOutput: (bytes: Uint8Array) => void, request: Omit<LoginRequest, "terminal">): Session;
  run(request: RunRequest, onStdout: (bytes: Uint8Array) => void, onStderr: (bytes: Uint8Array) => void): Run;
  view(): View;
  /** Undefined while the machine has no such user, or is off. */
  files(user: string): PersonFiles | undefined;
  writeFile(request: FileWrite): FileWriting;
  /** of a guest: the line that its host holds */
  readonly serialConsole: OutsideTerminal | undefined;
  plugDisk(name: string, contents: Contents, readOnly: boolean): void;
  unplugDisk(name: string): void;
  plugCard(card: NetworkCard): void;
  /** by its place; the others keep theirs */
  unplugCard(card: number): void;
  digest(): string;
}

/** Firmware and boot loader, between reboot(2) and the next kernel. */
const firmwareUs = 6_000_000;
/** What ssh(1) returns when the connection breaks. */
const connectionLost = 255;
/** A connection that comes while the machine boots waits for sshd, as long as that at most; it is tried again so often. */
const connectLimitUs = kernelBootUs + 3_000_000;
const connectRetryUs = 1000;
export function createMachine(host: HostDescription, options: MachineOptions): Machine {
  const image = rootImage(host);
  const { guest } = options;
  let kernel: Kernel | undefined;
  const newDisk = (): MemoryFileSystem => rootDisk(host, guest, () => kernel, options.epochUs);
  let disk = newDisk();
  const { onFrame } = options;
  let nics: readonly Nic[] = [];
  let serialConsole: OutsideTerminal | undefined;
  let services: ServiceStates | undefined;
  const runs = new SmallSet<MutableRun>();
  /** those of them that wait for sshd */
  const connecting = new SmallSet<MutableRun>();
  let boots = 0;
  let workedBeforeUs = 0;
  /** The machine's time when the present kernel's clock stood at 0. */
  let originUs = 0;

  const init = (sys: Sys): Blocking<number> => superviseMachine(sys, (manager) => {
    services = manager;
  });

  /** The host whose boot sessions share. */
  const sharedHost = (): HostDescription | undefined => (options.bootInFull === true || guest !== undefined || onFrame === undefined ? undefined : loadedHost(host, image.layer));

  const keptBoot = (): GuestSetup["kept"] => {
    if (boots > 0 || options.bootInFull === true) return undefined;
    if (guest !== undefined) return guest.kept;
    const shared = sharedHost();
    const state = shared === undefined ? undefined : bootImage(shared);
    return state === undefined ? undefined : { state, identity: [] };
  };

  /** `prepare`: before the boot is played. */
  const powerOn = (startUs: number, realtimeUs: number, kept = keptBoot(), programs: Programs = new Map([[1, init]]), prepare?: (made: Kernel) => void): Kernel => {
    const loaded = guest === undefined ? loadedHost(host, boots === 0 ? image.layer : disk) : host;
    const startedUs = kept?.state.kernel.nowUs ?? kernelBootUs;
    originUs = startUs - startedUs;
    const { made, cards } = switchedOn({
      host: loaded, guest, root: disk, bootEpochUs: realtimeUs - startedUs, seed: options.seed + boots * 0x9e37_79b9, onFault: reportFault,
      wire: onFrame === undefined ? undefined : (frame, card) => onFrame(frame, made.nowUs + originUs, card),
      observe: (observation, process) => {
        if (kernel) noteRemovedContainer(kernel, observation);
        options.onObservation?.(observation, { pid: process.pid, terminal: process.terminal === undefined ? undefined : `/dev/${process.terminal.name}` });
      },
      ...(options.guests === undefined ? {} : { guests: options.guests }), ...(kept === undefined ? {} : { played: true }),
    });
    boots++;
    nics = cards;
    kernel = made;
    if (guest !== undefined) serialConsole = made.openTerminal({ rows: 24, cols: 80, name: "ttyS0", onOutput: guest.onConsole });
    if (kept === undefined) made.spawn(guest?.init === undefined ? { argv: ["/sbin/init"], executable: "/sbin/init", entry: init } : { argv: ["/init"], executable: guest.initPath ?? "/init", entry: guest.init });
    else {
      prepare?.(made);
      playBoot(kept.state, made, disk, programs, kept.identity);
    }
    return made;
  };
  let present: Kernel | undefined;
  /** Only looked at so far: its state follows from what it is. */
  let untouched = guest === undefined;

  const lookedAt = (): Kernel => (present ??= powerOn(0, options.epochUs));
  const booted = (): Kernel => {
    untouched = false;
    return lookedAt();
  };
  if (!untouched) lookedAt();

  /** After reboot(2): everything that ran is gone. */
  const afterStop = (): void => {
    const over = booted();
    workedBeforeUs += over.cpuBusyUs;
    for (const run of runs) {
      run.ended = true;
      run.status = connectionLost;
      run.onStop?.(`Connection to ${host.hostname} closed by remote host.\r\n`);
    }
    runs.clear();
    connecting.clear();
    services = undefined;
    if (over.stopped === "reboot" && guest === undefined) present = powerOn(over.nowUs + originUs + firmwareUs, over.realtimeUs() + firmwareUs);
  };

  const step: Machine["step"] = (untilUs, maxSteps, stop) => {
    const running = lookedAt();
    const wasOn = running.stopped === undefined;
    if (running.scheduler.runnable > 0 || untilUs > running.nowUs + originUs) untouched = false;
    const result = running.step(untilUs - originUs, maxSteps, stop);
    const nextWakeUs = result.nextWakeUs === undefined ? undefined : result.nextWakeUs + originUs;
    if (wasOn && running.stopped !== undefined) afterStop();
    return { reason: result.reason, nextWakeUs };
  };

  /** `program`: the entry with its end noted. */
  const newRun = (entry: (sys: Sys) => Blocking<number>, onStop?: (text: string) => void): { readonly state: MutableRun; readonly program: (sys: Sys) => Blocking<number> } => {
    const state: MutableRun = { ended: false, status: undefined, onStop };
    runs.add(state);
    const program = function* run(sys: Sys): Blocking<number> {
      let status: number;
      try {
        status = yield* entry(sys);
      } catch (error) {
        // sshd, when the machine has no room for another process or file: the connection ends
        if (!(error instanceof SysError) || !["EAGAIN", "ENOMEM", "EMFILE", "ENFILE"].includes(error.errno)) throw error;
        status = connectionLost;
      }
      state.ended = true;
      state.status = status;
      runs.delete(state);
      return status;
    };
    return { state, program };
  };

  const start = (entry: (sys: Sys) => Blocking<number>, onStop?: (text: string) => void): Run => {
    const { state, program } = newRun(entry, onStop);
    const target = booted();
    const spawn = (parent: Process | undefined): void => {
      target.spawn({ argv: ["sshd"], ...(parent === undefined ? {} : { parent }), entry: program });
    };
    const connect = (): void => {
      const parent = sshListener(target);
      if (parent !== undefined || target.nowUs >= connectLimitUs) {
        connecting.delete(state);
        spawn(parent);
      } else target.timers.arm(target.nowUs + connectRetryUs, connect);
    };
    connecting.add(state);
    connect();
    return state;
  };

  /** What process 1 knows of its services; one that sleeps as its record is asked by running through that. */
  const states = (): ServiceStates | undefined => {
    const first = lookedAt().processes.get(1);
    if (services === undefined && first?.dormant !== undefined) first.dormant.lookInto(first);
    return services;
  };

  /** Of a machine that nobody has touched: it is set up as it is when somebody has just logged in. */
  const firstSession = (size: WindowSize, onOutput: (bytes: Uint8Array) => void, user: string): Session | undefined => {
    const shared = sharedHost();
    const login = shared === undefined ? undefined : loginImage(shared, user);
    if (login === undefined) return undefined;
    untouched = false;
    boots = 0;
    disk = newDisk();
    let outside: OutsideTerminal | undefined;
    const { state, program } = newRun(loginSession({ user, terminal: login.terminal }), (text) => onOutput(encode(text)));
    present = powerOn(0, options.epochUs, { state: login.state, identity: [] }, new Map([[1, init], [login.session, program]]), (made) => {
      outside = made.openTerminal({ ...size, onOutput });
    });
    return outside === undefined ? undefined : { terminal: new RunningTerminal(outside), run: state };
  };

  const openSession: Machine["openSession"] = (size, onOutput, request) => {
    const { user, ...special } = request;
    const first = untouched && Object.keys(special).length === 0 ? firstSession(size, onOutput, user) : undefined;
    if (first !== undefined) return first;
    let target = booted();
    // somebody presses the button of a machine that is off
    if (target.stopped !== undefined) present = target = powerOn(target.nowUs + originUs, target.realtimeUs());
    const outside = target.openTerminal({ ...size, onOutput });
    return { terminal: new RunningTerminal(outside), run: start(loginSession({ ...request, terminal: outside.name }), (text) => onOutput(encode(text))) };
  };

  return new RunningMachine({
    host,
    image,
    kernel: booted,
    disk: () => {
      untouched = false;
      return disk;
    },
    nowUs: () => (present === undefined ? 0 : present.nowUs + originUs),
    idle: () => {
      const { stopped, scheduler } = lookedAt();
      return stopped !== undefined || (scheduler.runnable === 0 && connecting.size === 0);
    },
    step,
    nextNoticeUs: () => (lookedAt().stopped !== undefined ? Number.POSITIVE_INFINITY : lookedAt().timers.nextNoticeUs() + originUs),
    happenings: () => (present === undefined ? 0 : present.timers.noticed + present.forks),
    workedUs: () => workedBeforeUs + (lookedAt().stopped === undefined ? lookedAt().cpuBusyUs : 0),
    receive: (frame, card) => {
      if (booted().stopped !== undefined) return;
      if (card === undefined) for (const nic of nics) nic.receive(frame);
      else nics[card]?.receive(frame);
    },
    setCarrier: (card, on) => {
      booted();
      nics[card]?.setCarrier(on);
    },
    serialConsole: () => serialConsole,
    plugDisk: (name, contents, readOnly) => {
      const { major, first } = diskNumbers(name);
      blockDevicesOf(booted()).add(new BlockDisk(name, major, first, contents, readOnly));
    },
    unplugDisk: (name) => {
      const devices = blockDevicesOf(booted());
      const device = devices.findByName(name);
      if (device !== undefined) devices.remove(device);
    },
    plugCard: ({ name, mac }) => {
      const card = nics.length;
      const target = booted();
      const nic = target.addNic({ name, mac, send: (frame) => onFrame?.(frame, target.nowUs + originUs, card) });
      nic.setCarrier(true);
      nics = [...nics, nic];
    },
    unplugCard: (card) => nics[card]?.remove(),
    openSession,
    run: (request, onStdout, onStderr) => start((sys) => runWithoutTerminal(sys, request, onStdout, onStderr)),
    view: () => lookAt(lookedAt(), states),
    files: (name) => {
      const target = lookedAt();
      const look = lookAt(target, states);
      const user = look.user(name);
      return user === undefined || target.stopped !== undefined ? undefined : filesOfPerson(target, user, look.groupIds(user));
    },
    writeFile: (request) => {
      const state: { ended: boolean; problem: FileWriting["problem"] } = { ended: false, problem: undefined };
      const run = start(writeAsPerson(request, (problem) => {
        state.problem = problem;
      }));
      return {
        get ended() {
          return run.ended;
        },
        get problem() {
          return run.ended && run.status === connectionLost ? new SysError("EIO") : state.problem;
        },
      };
    },
    digest: () => stateDigest(lookedAt(), disk),
  });
}

class RunningTerminal implements MachineTerminal {
  readonly #outside: OutsideTerminal;

  constructor(outside: OutsideTerminal) {
    this.#outside = outside;
  }

  get name(): string {
    return this.#outside.name;
  }

  get awaitingInput(): boolean {
    const { terminal } = this.#outside;
    if (terminal.discipline.readable || terminal.foreground === undefined) return false;
    for (const member of terminal.foreground.members) if (member.runState === "sleeping" && terminal.waiters.has(member)) return true;
    return false;
  }

  input(bytes: Uint8Array): void {
    this.#outside.input(bytes);
  }

  resize(size: Parameters<MachineTerminal["resize"]>[0]): void {
    this.#outside.resize(size);
  }

  hangup(): void {
    this.#outside.hangup();
  }
}

/** What is asked of a machine as a property, worked out at each question. */
interface MachineState {
  readonly kernel: () => Machine["kernel"];
  readonly disk: () => Machine["disk"];
  readonly nowUs: () => Machine["nowUs"];
  readonly idle: () => Machine["idle"];
  readonly serialConsole: () => Machine["serialConsole"];
}

/** A class, not an object with accessors: V8 keeps those as tables, and every session has one. */
class RunningMachine implements Machine {
  readonly host: Machine["host"];
  readonly image: Machine["image"];
  readonly step: Machine["step"];
  readonly nextNoticeUs: Machine["nextNoticeUs"];
  readonly happenings: Machine["happenings"];
  readonly workedUs: Machine["workedUs"];
  readonly receive: Machine["receive"];
  readonly setCarrier: Machine["setCarrier"];
  readonly openSession: Machine["openSession"];
  readonly run: Machine["run"];
  readonly view: Machine["view"];
  readonly files: Machine["files"];
  readonly writeFile: Machine["writeFile"];
  readonly plugDisk: Machine["plugDisk"];
  readonly unplugDisk: Machine["unplugDisk"];
  readonly plugCard: Machine["plugCard"];
  readonly unplugCard: Machine["unplugCard"];
  readonly digest: Machine["digest"];
  readonly #state: MachineState;

  constructor(parts: Omit<Machine, keyof MachineState> & MachineState) {
    this.host = parts.host;
    this.image = parts.image;
    this.step = parts.step;
    this.nextNoticeUs = parts.nextNoticeUs;
    this.happenings = parts.happenings;
    this.workedUs = parts.workedUs;
    this.receive = parts.receive;
    this.setCarrier = parts.setCarrier;
    this.openSession = parts.openSession;
    this.run = parts.run;
    this.view = parts.view;
    this.files = parts.files;
    this.writeFile = parts.writeFile;
    this.plugDisk = parts.plugDisk;
    this.unplugDisk = parts.unplugDisk;
    this.plugCard = parts.plugCard;
    this.unplugCard = parts.unplugCard;
    this.digest = parts.digest;
    const { kernel, disk, nowUs, idle, serialConsole } = parts;
    this.#state = { kernel, disk, nowUs, idle, serialConsole };
  }

  get kernel(): Machine["kernel"] {
    return this.#state.kernel();
  }

  get disk(): Machine["disk"] {
    return this.#state.disk();
  }

  get nowUs(): Machine["nowUs"] {
    return this.#state.nowUs();
  }

  get idle(): Machine["idle"] {
    return this.#state.idle();
  }

  get serialConsole(): Machine["serialConsole"] {
    return this.#state.serialConsole();
  }
}

/** A program threw: a bug of ours, which ends that process only. */
export interface Fault {
  readonly pid: number;
  readonly comm: string;
  readonly error: unknown;
}

/** For developers: told of programs that threw. */
let faultListener: ((fault: Fault) => void) | undefined;

export function onFault(listener: (fault: Fault) => void): void {
  faultListener = listener;
}

export function reportFault(fault: Fault): void {
  faultListener?.(fault);
}

function* runWithoutTerminal(sys: Sys, request: RunRequest, onStdout: (bytes: Uint8Array) => void, onStderr: (bytes: Uint8Array) => void): Blocking<number> {
  const account = yield* accountOf(sys, request.user ?? "root");
  if (account === undefined) {
    onStderr(encode(`${request.user}: no such user\n`));
    return 1;
  }
  yield* joinSessionGroup(sys);
  sys.setTitle("sshd", [`sshd: ${account.name}@notty`]);
  for (const file of request.files ?? []) {
    if (file.directory === true) sys.mkdir(file.path, file.mode ?? 0o755);
    else if (file.link !== undefined) sys.symlink(file.link, file.path);
    else {
      const fd = yield* sys.open(file.path, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
      yield* sys.write(fd, file.bytes ?? new Uint8Array(0));
      sys.close(fd);
    }
    if (file.mode !== undefined && file.link === undefined) sys.chmod(file.path, file.mode);
  }
  const environment = new Map([
    ["USER", account.name], ["LOGNAME", account.name], ["HOME", account.home], ["PATH", account.uid === 0 ? rootPath : userPath], ["SHELL", account.shell],
    ...(request.environment ?? []),
  ]);
  const [inputRead, inputWrite] = sys.pipe();
  const [outRead, outWrite] = sys.pipe();
  const [errorRead, errorWrite] = sys.pipe();
  const pid = sys.fork(function* child(own) {
    own.setsid();
    own.dup2(inputRead, 0);
    own.dup2(outWrite, 1);
    own.dup2(errorWrite, 2);
    for (const fd of own.descriptors()) if (fd > 2) own.close(fd);
    own.setgroups(account.groups);
    own.setresgid(account.gid, account.gid, account.gid);
    own.setresuid(account.uid, account.uid, account.uid);
    try {
      own.chdir(request.directory ?? account.home);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      own.chdir("/");
    }
    const [program = ""] = request.argv;
    for (const directory of (environment.get("PATH") ?? "").split(":")) {
      const path = program.includes("/") ? program : `${directory}/${program}`;
      try {
        return yield* own.exec(path, request.argv, environment);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
    return 127;
  });
  for (const fd of [inputRead, outWrite, errorWrite]) sys.close(fd);
  const feeder = sys.fork(function* feed(own) {
    for (const fd of own.descriptors()) if (fd !== inputWrite) own.close(fd);
    own.sigaction(SIGNALS.PIPE, "ignore");
    try {
      yield* own.write(inputWrite, request.stdin ?? new Uint8Array(0));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    return 0;
  });
  sys.close(inputWrite);
  const open = new Map([[outRead, onStdout], [errorRead, onStderr]]);
  while (open.size > 0) {
    const ready = yield* sys.poll([...open.keys()].map((fd) => ({ fd, events: POLL.IN })), null);
    for (const { fd } of ready) {
      const bytes = yield* sys.read(fd, 65_536);
      if (bytes.length > 0) open.get(fd)?.(bytes.slice());
      else {
        sys.close(fd);
        open.delete(fd);
      }
    }
  }
  const waited = yield* sys.waitpid(pid);
  sys.kill(feeder, SIGNALS.KILL);
  yield* sys.waitpid(feeder);
  if (waited === undefined) return 0;
  return waited.status.kind === "exited" ? waited.status.status : waited.status.kind === "signaled" ? 128 + waited.status.signal : 0;
}

