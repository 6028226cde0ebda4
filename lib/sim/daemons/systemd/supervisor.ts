// PID 1 as the supervisor of services: units, their jobs, the processes and times that wake them, the descriptors that they are given, and the end.
import { type Blocking, POLL, SIGNALS, type Sys, SysError, type WaitStatus } from "../../kernel/sys.ts";
import { startupFinished } from "./api/boot-times.ts";
import { makeDirectories, tryWriteFile } from "./api/files.ts";
import { escapePath, unitTypeOf } from "./api/unit-name.ts";
import type { BootJournal } from "./boot-journal.ts";
import { DeviceUnit } from "./device-unit.ts";
import { JobQueue } from "./job-queue.ts";
import { API_MOUNTS } from "./fstab-generator.ts";
import { MountUnit, mountTable } from "./mount-unit.ts";
import { PathUnit } from "./path-unit.ts";
import { ScopeUnit } from "./scope-unit.ts";
import { ServiceUnit } from "./service.ts";
import { settleUnits } from "./settled-boot.ts";
import { AutomountUnit } from "./automount-unit.ts";
import { SocketUnit } from "./socket-unit.ts";
import { SwapUnit, swapTable } from "./swap-unit.ts";
import { TimerUnit } from "./timer-unit.ts";
import { type ActiveState, Unit } from "./unit.ts";

const scheduledFile = "/run/systemd/shutdown/scheduled";

export class Supervisor extends JobQueue {
  readonly #watched = new Map<number, Unit>();
  readonly #streams = new Map<string, readonly [number, number, number]>();
  readonly #listeners = new Map<string, readonly number[]>();
  #settled = false;

  /** Of the same boot, in a child that reads the units by itself. */
  ofChild(sys: Sys): Supervisor {
    const own = new Supervisor(sys);
    own.isQuiet = true;
    own.machineId = this.machineId;
    own.bootId = this.bootId;
    own.startedRealtimeUs = this.startedRealtimeUs;
    return own;
  }

  protected make(name: string): Unit {
    const type = unitTypeOf(name) ?? "service";
    switch (type) {
      case "service":
        return new ServiceUnit(this, name);
      case "timer":
        return new TimerUnit(this, name);
      case "path":
        return new PathUnit(this, name);
      case "socket":
        return new SocketUnit(this, name);
      case "mount":
        return new MountUnit(this, name);
      case "automount":
        return new AutomountUnit(this, name);
      case "swap":
        return new SwapUnit(this, name);
      case "scope":
        return new ScopeUnit(this, name);
      case "device":
        return new DeviceUnit(this, name);
      default:
        return new Unit(this, name, type);
    }
  }

  /** what the boot went for */
  bootTarget = "graphical.target";

  journalOfBoot: BootJournal | undefined;

  /** Once all that the boot planned is done: the end of it is said. `isToldOver`: the journal's `endDescriptor` can be read. */
  *followBoot(isToldOver: boolean): Blocking<void> {
    const journal = this.journalOfBoot;
    if (journal === undefined || this.finishedRealtimeUs > 0) return;
    if (this.jobs.size === 0) journal.release(this.sys);
    if (!isToldOver) return;
    yield* journal.takeEnd(this.sys);
    this.finishedRealtimeUs = this.realtimeUs();
    yield* this.logSelf(6, `${startupFinished(this.startedRealtimeUs - this.bootRealtimeUs(), this.finishedRealtimeUs - this.startedRealtimeUs)}.`);
  }

  /** Worked out when the first client (or a timer's hour) needs it, so that booting stays cheap. */
  *settleBoot(): Blocking<void> {
    if (this.#settled) return;
    this.#settled = true;
    yield* settleUnits(this, this.bootTarget, this.journalOfBoot?.times);
  }

  #scheduledShutdown: { readonly action: "reboot" | "poweroff" | "halt"; readonly atUs: number } | undefined;

  /** What logind does for shutdown(8) with a time. */
  *scheduleShutdown(action: "reboot" | "poweroff" | "halt", atUs: number): Blocking<void> {
    this.#scheduledShutdown = { action, atUs };
    makeDirectories(this.sys, scheduledFile.slice(0, scheduledFile.lastIndexOf("/")));
    yield* tryWriteFile(this.sys, scheduledFile, `USEC=${atUs}\nWARN_WALL=1\nMODE=${action}\n`);
  }

  cancelShutdown(): void {
    if (this.#scheduledShutdown === undefined) return;
    this.#scheduledShutdown = undefined;
    try {
      this.sys.unlink(scheduledFile);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }

  *shutDown(action: "reboot" | "poweroff" | "halt"): Blocking<void> {
    yield* this.logSelf(6, `System is ${action === "reboot" ? "rebooting" : action === "halt" ? "halting" : "powering down"}.`);
    for (const unit of [...this.units.values()]) if (unit.type === "service" && !unit.isDead) this.install("stop", unit);
    this.#shutdown ??= action;
    yield* this.runJobs();
  }
  #shutdown: "reboot" | "poweroff" | "halt" | undefined;

  /** Once all services are down. */
  *finishShutdown(): Blocking<void> {
    if (this.#shutdown === undefined || this.jobs.size > 0) return;
    // systemd-shutdown: who is left (people's sessions) is asked, then ended; connections close before the network goes
    for (const [signals, waitUs] of [[[SIGNALS.TERM, SIGNALS.HUP, SIGNALS.CONT], 60_000], [[SIGNALS.KILL], 20_000]] as const) {
      for (const signal of signals) this.#signalAll(signal);
      yield* this.#waitThrough(waitUs);
    }
    this.sys.reboot(this.#shutdown);
    yield* this.sys.sleep(1);
  }

  /** The ends of children do not cut it short. */
  *#waitThrough(durationUs: number): Blocking<void> {
    const endUs = this.nowUs() + durationUs;
    while (this.nowUs() < endUs) {
      try {
        yield* this.sys.sleep(endUs - this.nowUs());
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
        this.sys.takeSignals();
      }
    }
  }

  #signalAll(signal: number): void {
    try {
      this.sys.kill(-1, signal);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }

  /** Mounts and swap areas as the kernel lists them are units too, whoever made them. Looked at when a client asks. */
  *followTables(): Blocking<void> {
    const mounted = yield* mountTable(this);
    for (const where of mounted.keys()) if (!API_MOUNTS.has(where)) yield* this.load(`${escapePath(where)}.mount`);
    const swaps = yield* swapTable(this.sys);
    for (const path of swaps.keys()) yield* this.load(`${escapePath(path)}.swap`);
    for (const unit of [...this.units.values()]) {
      if (unit instanceof MountUnit) yield* unit.follow(mounted.get(unit.where));
      else if (unit instanceof SwapUnit) yield* unit.follow(swaps);
    }
  }

  /** A process of a unit that has taken too long. */
  killOwn(pid: number): void {
    try {
      this.sys.kill(pid, SIGNALS.TERM);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }

  watch(pid: number, unit: Unit): void {
    this.#watched.set(pid, unit);
  }

  unitOf(pid: number): Unit | undefined {
    return this.#watched.get(pid);
  }

  *reaped(pid: number, status: WaitStatus): Blocking<void> {
    const unit = this.#watched.get(pid);
    if (unit === undefined) {
      // somebody's orphan: a unit that waits for its group to empty looks again
      for (const other of this.units.values()) if (other.active === "deactivating") yield* other.processEnded(pid, status);
    } else {
      this.#watched.delete(pid);
      yield* unit.processEnded(pid, status);
    }
    yield* this.runJobs();
  }

  stateChanged(unit: Unit, old: ActiveState): void {
    const startOthers = (): Blocking<void> => this.startOnFailure(unit);
    // not of one that is started again
    if (unit.active === "failed" && old !== "failed" && this.dependencies(unit, "OnFailure").length > 0) {
      this.later(function* failed() {
        if (unit.active === "failed") yield* startOthers();
      });
    }
    if (unit.type === "mount") for (const other of this.units.values()) if (other instanceof AutomountUnit && other.triggers === unit.name) other.follow(unit.isActive);
    this.onUnitChange?.(unit);
  }

  get nextWakeUs(): number | undefined {
    let next = this.#scheduledShutdown === undefined ? undefined : this.#scheduledShutdown.atUs - this.realtimeUs() + this.nowUs();
    for (const unit of this.units.values()) {
      const at = unit.wakeUs;
      if (at !== undefined && (next === undefined || at < next)) next = at;
    }
    return next;
  }

  *timeouts(): Blocking<void> {
    const nowUs = this.nowUs();
    const scheduled = this.#scheduledShutdown;
    if (scheduled !== undefined && scheduled.atUs <= this.realtimeUs()) {
      this.cancelShutdown();
      yield* this.shutDown(scheduled.action);
    }
    for (const unit of [...this.units.values()]) {
      const at = unit.wakeUs;
      if (at !== undefined && at <= nowUs) yield* unit.timeout();
    }
    yield* this.runJobs();
  }

  *startConnection(socket: SocketUnit, connection: number): Blocking<void> {
    const template = socket.triggers;
    const instance = socket.instanceOf(connection);
    const name = template.replace("@.", `@${instance}.`);
    this.#streams.set(name, [connection, connection, connection]);
    yield* this.queueStart(name);
    this.#streams.delete(name);
    this.sys.close(connection);
  }

  /** Descriptors 0, 1, 2 that a service gets instead of what its file says. */
  streamOf(name: string): readonly [number, number, number] | undefined {
    return this.#streams.get(name);
  }

  setStreams(name: string, streams: readonly [number, number, number] | undefined): void {
    if (streams === undefined) this.#streams.delete(name);
    else this.#streams.set(name, streams);
  }

  setInherited(name: string, fds: readonly number[]): void {
    this.#listeners.set(name, fds);
  }

  /** Descriptors beyond 2 that a service keeps (socket activation). */
  inherits(name: string, fd: number): boolean {
    return this.#listeners.get(name)?.includes(fd) ?? false;
  }

  /** Sockets that systemd holds for a service: they become its descriptors 3, 4… (sd_listen_fds(3)). */
  listenersOf(name: string): readonly number[] {
    const fds: number[] = [];
    for (const unit of this.units.values()) if (unit instanceof SocketUnit && unit.active === "active" && unit.triggers === name) fds.push(...unit.fds);
    return fds;
  }

  socketRequests(): { readonly fd: number; readonly events: number; readonly unit: SocketUnit | AutomountUnit | PathUnit }[] {
    const list: { fd: number; events: number; unit: SocketUnit | AutomountUnit | PathUnit }[] = [];
    for (const unit of this.units.values()) {
      if (unit instanceof PathUnit && unit.fd !== undefined) list.push({ fd: unit.fd, events: POLL.IN, unit });
      if (unit instanceof AutomountUnit && unit.readEnd !== undefined) list.push({ fd: unit.readEnd, events: POLL.IN, unit });
      if (unit instanceof SocketUnit && unit.active === "active" && unit.sub === "listening") for (const fd of unit.fds) list.push({ fd, events: POLL.IN, unit });
    }
    return list;
  }
}
