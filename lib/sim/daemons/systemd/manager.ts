// The manager of units and jobs inside PID 1: loads units, puts jobs in order, runs them, wakes units when their processes or times call.
// (More than 400 lines: units, jobs and the transaction that ties them share one set of tables.)
import { type Blocking, POLL, SIGNALS, type Sys, SysError, type WaitStatus } from "../../kernel/sys.ts";
import { bootId, machineId, sendToJournal } from "./api/journal.ts";
import { makeDirectories, tryReadFile, tryWriteFile } from "./api/files.ts";
import { linkDbusCopy, setUpMachineId } from "./api/machine-id.ts";
import type { JobKind, JobOutcome, JobResult } from "./api/protocol.ts";
import { formatTimeSpan } from "./api/time-span.ts";
import { findFragment, linkedDependencies, LOAD_PATHS, readUnit, UnitPaths } from "./api/unit-files.ts";
import { isTemplate, isValidUnitName, nameParts, unitTypeOf } from "./api/unit-name.ts";
import { UnitText } from "./api/unit-text.ts";
import { conditionsHold } from "./conditions.ts";
import { MountUnit } from "./mount-unit.ts";
import { ScopeUnit } from "./scope-unit.ts";
import { ServiceUnit } from "./service.ts";
import { SocketUnit } from "./socket-unit.ts";
import { expandSpecifiers, type SpecifierFacts } from "./specifiers.ts";
import { TimerUnit } from "./timer-unit.ts";
import { DeviceUnit } from "./device-unit.ts";
import { type ActiveState, type Begun, Unit } from "./unit.ts";

export interface Job {
  readonly id: number;
  readonly unit: Unit;
  kind: "start" | "stop" | "restart" | "reload";
  state: "waiting" | "running";
  /** told once */
  readonly listeners: ((outcome: JobOutcome) => void)[];
  /** a failure of this job fails the jobs that require it */
  readonly dependents: Set<Job>;
}

export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
  readonly shell: string;
  readonly groups: readonly number[];
}

export class TransactionError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = "TransactionError";
    this.code = code;
  }
}

/** Sockets that journald and udevd get from PID 1's own set-up. */
const scheduledFile = "/run/systemd/shutdown/scheduled";
const builtInSockets = new Set(["systemd-journald.socket", "systemd-journald-dev-log.socket", "systemd-journald-audit.socket", "systemd-udevd-control.socket", "systemd-udevd-kernel.socket", "systemd-initctl.socket", "dbus.socket", "syslog.socket", "systemd-networkd.socket", "systemd-fsckd.socket", "systemd-rfkill.socket"]);

export class Manager {
  readonly sys: Sys;
  readonly paths: UnitPaths;
  readonly units = new Map<string, Unit>();
  /** other names of loaded units */
  readonly #aliases = new Map<string, string>();
  readonly jobs = new Map<string, Job>();
  readonly environment = new Map<string, string>();
  machineId = "";
  bootId = "";
  /** when PID 1 began, realtime */
  startedRealtimeUs = 0;
  readonly #watched = new Map<number, Unit>();
  /** exits of processes that nobody watched yet: a child can be faster than fork's answer is noted */
  readonly #journalFd: number;
  readonly #streams = new Map<string, readonly [number, number, number]>();
  readonly #listeners = new Map<string, readonly number[]>();
  #nextJob = 1;
  #facts: SpecifierFacts | undefined;
  /** units that exist because the boot is over: known by name, loaded when somebody asks */
  #presumed: "not-yet" | "done" = "not-yet";
  onUnitChange: ((unit: Unit) => void) | undefined;
  /** told of every job that is made */
  onJob: ((job: Job) => void) | undefined;
  readonly #deferred: (() => Blocking<void>)[] = [];
  readonly #waiting = new Map<Unit, (() => Blocking<void>)[]>();

  constructor(sys: Sys) {
    this.sys = sys;
    this.paths = new UnitPaths(sys);
    this.#journalFd = sys.socket("unix", "dgram");
    sys.setCloexec(this.#journalFd, true);
  }

  *begin(): Blocking<void> {
    this.machineId = yield* this.#ownMachineId();
    this.bootId = yield* bootId(this.sys);
    this.startedRealtimeUs = this.realtimeUs();
  }

  /** On a root that cannot be written to it is worked out for this boot only. */
  *#ownMachineId(): Blocking<string> {
    try {
      const { id, made } = yield* setUpMachineId(this.sys);
      if (made !== undefined) yield* tryWriteFile(this.sys, "/dev/kmsg", `<30>systemd[1]: Initializing machine ID from ${made.source}.\n`);
      linkDbusCopy(this.sys);
      return id;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return yield* machineId(this.sys);
    }
  }

  // ---- time, identity, text ----------------------------------------------------------------------------------------------------------------

  nowUs(): number {
    return this.sys.clockUs("monotonic");
  }

  realtimeUs(): number {
    return this.sys.clockUs("realtime");
  }

  bootRealtimeUs(): number {
    return this.realtimeUs() - this.nowUs();
  }

  formatSpan(us: number): string {
    return formatTimeSpan(us, us >= 1_000_000 ? 1000 : 1);
  }

  newId(): string {
    return [...this.sys.random(16)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  expand(text: string, name: string): string {
    if (!text.includes("%")) return text;
    this.#facts ??= { hostname: this.sys.uname().nodename, machineId: this.machineId, bootId: this.bootId, release: this.sys.uname().release };
    return expandSpecifiers(text, name, this.#facts);
  }

  slicePath(slice: string): string {
    if (slice === "-.slice" || slice === "") return "";
    const stem = slice.slice(0, -".slice".length);
    const parts = stem.split("-");
    return parts.map((_, index) => `/${parts.slice(0, index + 1).join("-")}.slice`).join("");
  }

  /** "getty@tty1.service" lives in system-getty.slice. */
  templateSlice(name: string): string {
    return `system-${nameParts(name).prefix.replace(/-/g, "\\x2d")}.slice`;
  }

  *log(unit: string, priority: number, message: string): Blocking<void> {
    yield* sendToJournal(this.sys, this.#journalFd, { PRIORITY: String(priority), SYSLOG_FACILITY: "3", SYSLOG_IDENTIFIER: "systemd", UNIT: unit, MESSAGE: message });
  }

  *logSelf(priority: number, message: string): Blocking<void> {
    yield* sendToJournal(this.sys, this.#journalFd, { PRIORITY: String(priority), SYSLOG_FACILITY: "3", SYSLOG_IDENTIFIER: "systemd", MESSAGE: message });
  }

  *account(name: string): Blocking<Account | undefined> {
    const passwd = (yield* tryReadFile(this.sys, "/etc/passwd")) ?? "";
    const fields = passwd.split("\n").map((line) => line.split(":")).find((one) => one[0] === name || (/^\d+$/.test(name) && one[2] === name));
    if (fields === undefined) return undefined;
    const [own = "", , uid = "", gid = "", , home = "/", shell = ""] = fields;
    const groups = ((yield* tryReadFile(this.sys, "/etc/group")) ?? "").split("\n").map((line) => line.split(":")).filter((one) => (one[3] ?? "").split(",").includes(own)).map((one) => Number(one[2]));
    return { name: own, uid: Number(uid), gid: Number(gid), home, shell, groups };
  }

  *groupId(name: string): Blocking<number | undefined> {
    if (/^\d+$/.test(name)) return Number(name);
    const fields = ((yield* tryReadFile(this.sys, "/etc/group")) ?? "").split("\n").map((line) => line.split(":")).find((one) => one[0] === name);
    return fields === undefined ? undefined : Number(fields[2]);
  }

  *commOf(pid: number): Blocking<string> {
    return ((yield* tryReadFile(this.sys, `/proc/${pid}/comm`)) ?? "n/a").trim();
  }

  *removeTree(path: string): Blocking<void> {
    try {
      for (const entry of this.sys.readdir(path)) {
        if (entry.type === 0o040000) yield* this.removeTree(`${path}/${entry.name}`);
        else this.sys.unlink(`${path}/${entry.name}`);
      }
      this.sys.rmdir(path);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }

  // ---- units ----------------------------------------------------------------------------------------------------------------------------------

  #make(name: string): Unit {
    const type = unitTypeOf(name) ?? "service";
    switch (type) {
      case "service":
        return new ServiceUnit(this, name);
      case "timer":
        return new TimerUnit(this, name);
      case "socket":
        return new SocketUnit(this, name);
      case "mount":
        return new MountUnit(this, name);
      case "scope":
        return new ScopeUnit(this, name);
      case "device":
        return new DeviceUnit(this, name);
      default:
        return new Unit(this, name, type);
    }
  }

  /** The unit of that name, read from disk when it is new. Throws for a name that cannot be one. */
  *load(name: string): Blocking<Unit> {
    const known = this.units.get(this.#aliases.get(name) ?? name);
    if (known !== undefined) return known;
    if (!isValidUnitName(name)) throw new TransactionError("InvalidArgs", `Unit name ${name} is not valid.`);
    if (isTemplate(name)) throw new TransactionError("InvalidArgs", `Unit name ${name} is missing the instance name.`);
    const source = yield* readUnit(this.paths, name);
    const own = source?.fragment.name ?? name;
    if (own !== name) {
      this.#aliases.set(name, own);
      const real = this.units.get(own);
      if (real !== undefined) {
        if (!real.aliases.includes(name)) real.aliases = [...real.aliases, name];
        return real;
      }
    }
    const unit = this.#make(own);
    if (own !== name) unit.aliases = [name];
    this.units.set(own, unit);
    yield* this.#configure(unit, source);
    return unit;
  }

  *#configure(unit: Unit, source = undefined as Unit["source"]): Blocking<void> {
    unit.source = source;
    unit.text = source?.text ?? new UnitText();
    unit.fileTimeUs = this.realtimeUs();
    if (source === undefined) unit.load = isPerpetual(unit.name) ? "loaded" : "not-found";
    else unit.load = source.fragment.masked ? "masked" : "loaded";
    if (unit.load === "loaded" && !isPerpetual(unit.name)) yield* unit.configured();
    if (isPerpetual(unit.name)) {
      unit.perpetual = true;
      if (unit.active !== "active") unit.changeState("active", unit.type === "slice" ? "active" : unit.type === "mount" ? "mounted" : "running");
    }
  }

  /** daemon-reload: every unit's file is read again; states stay. */
  *reloadAll(): Blocking<void> {
    yield* this.settleBoot();
    this.paths.forget();
    for (const unit of [...this.units.values()]) {
      if (unit.transient) continue;
      const source = yield* readUnit(this.paths, unit.name);
      yield* this.#configure(unit, source);
      if (unit.load === "not-found" && unit.isDead && !this.jobs.has(unit.name)) this.forget(unit);
    }
    this.#aliases.clear();
    for (const unit of this.units.values()) for (const alias of unit.aliases) this.#aliases.set(alias, unit.name);
    this.#facts = undefined;
  }

  /**
   * As `load`, but a unit that is inactive and that nothing loaded refers to is read anew: systemd unloads such units as soon as they are idle, and what they did
   * before is forgotten.
   */
  *fresh(name: string): Blocking<Unit> {
    const known = this.units.get(this.#aliases.get(name) ?? name);
    if (known !== undefined && known.active === "inactive" && (known.stateChangedUs > 0 || this.needsReload(known)) && !known.transient && !known.perpetual && !this.jobs.has(known.name) && !this.#isReferenced(known)) {
      this.forget(known);
      this.paths.forget();
    }
    return yield* this.load(name);
  }

  #isReferenced(unit: Unit): boolean {
    for (const other of this.units.values()) {
      if (other === unit || other.load !== "loaded") continue;
      if ((other instanceof TimerUnit || other instanceof SocketUnit) && other.triggers === unit.name) return true;
      for (const kind of ["Wants", "Requires", "BindsTo", "PartOf", "After", "Before", "Conflicts", "OnFailure"] as const) if (this.dependencies(other, kind).some((word) => (this.#aliases.get(word) ?? word) === unit.name)) return true;
    }
    return false;
  }

  forget(unit: Unit): void {
    this.units.delete(unit.name);
    for (const alias of unit.aliases) this.#aliases.delete(alias);
  }

  /** A unit that is dead and was made by systemd-run goes; one whose file is gone too. */
  collect(unit: Unit): void {
    if (!unit.isDead || this.jobs.has(unit.name)) return;
    if (unit.transient && unit.active === "inactive") {
      this.forget(unit);
      for (const path of [`/run/systemd/transient/${unit.name}`]) {
        try {
          this.sys.unlink(path);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
        }
      }
    } else if (unit.load === "not-found" && unit.active === "inactive") this.forget(unit);
  }

  /** The file changed since it was read. */
  needsReload(unit: Unit): boolean {
    const paths = [unit.source?.fragment.path, ...(unit.source?.dropIns ?? [])];
    if (unit.transient) return false;
    if (unit.source === undefined) return !isPerpetual(unit.name) && findFragment(this.paths, unit.name) !== undefined;
    for (const path of paths) {
      if (path === undefined || path === "") continue;
      try {
        if (this.sys.stat(path).mtimeUs > unit.fileTimeUs) return true;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        return true;
      }
    }
    for (const directory of LOAD_PATHS) {
      const found = this.paths.below(directory, `${unit.name}.d`).filter((name) => name.endsWith(".conf")).map((name) => `${directory}/${unit.name}.d/${name}`);
      if (found.some((path) => !(unit.source?.dropIns ?? []).includes(path))) return true;
    }
    return false;
  }

  /** What the machine's view shows; a unit that nobody asked for yet counts as what a finished boot makes of it only once the boot was looked at. */
  activeState(name: string): ActiveState | undefined {
    return this.units.get(this.#aliases.get(name) ?? name)?.active;
  }

  // ---- dependencies ---------------------------------------------------------------------------------------------------------------------------

  dependencies(unit: Unit, kind: "Requires" | "Requisite" | "BindsTo" | "Wants" | "PartOf" | "Conflicts" | "After" | "Before" | "Upholds" | "OnFailure" | "OnSuccess"): readonly string[] {
    const own = unit.text.words("Unit", kind).map((word) => this.expand(word, unit.name));
    if (kind === "Wants") return [...new Set([...own, ...linkedDependencies(this.paths, unit.name, "wants")])];
    if (kind === "Requires") {
      const sockets = unit.text.words("Service", "Sockets");
      return [...new Set([...own, ...linkedDependencies(this.paths, unit.name, "requires"), ...sockets])];
    }
    return own;
  }

  /** Loaded units that name this one in such a setting. */
  *reverse(unit: Unit, kinds: readonly ("Requires" | "Requisite" | "BindsTo" | "PartOf")[]): Blocking<readonly Unit[]> {
    const found: Unit[] = [];
    for (const other of this.units.values()) {
      if (other === unit) continue;
      if (kinds.some((kind) => this.dependencies(other, kind).some((name) => (this.#aliases.get(name) ?? name) === unit.name))) found.push(other);
    }
    return found;
  }

  #orderedAfter(unit: Unit, other: Unit): boolean {
    const named = (list: readonly string[], target: Unit): boolean => list.some((name) => (this.#aliases.get(name) ?? name) === target.name);
    return named(this.dependencies(unit, "After"), other) || named(this.dependencies(other, "Before"), unit);
  }

  // ---- jobs -----------------------------------------------------------------------------------------------------------------------------------

  /** Makes the job and the jobs that it needs; runs what can run. Throws TransactionError. */
  *enqueue(kind: JobKind, name: string, mode = "replace"): Blocking<Job | "nothing"> {
    const unit = yield* this.load(name);
    const job = yield* this.#plan(kind, unit, mode);
    yield* this.runJobs();
    return job;
  }

  *#plan(kind: JobKind, unit: Unit, mode: string): Blocking<Job | "nothing"> {
    let effective: Job["kind"];
    switch (kind) {
      case "try-restart":
        if (unit.isDead) return "nothing";
        effective = "restart";
        break;
      case "reload-or-restart":
        effective = unit.isDead ? "start" : unit.canReload ? "reload" : "restart";
        break;
      case "try-reload-or-restart":
        if (unit.isDead) return "nothing";
        effective = unit.canReload ? "reload" : "restart";
        break;
      case "restart":
        effective = unit.isDead ? "start" : "restart";
        break;
      case "verify-active":
        return "nothing";
      default:
        effective = kind;
    }
    this.#check(effective, unit, kind);
    if (effective === "start" && unit.isActive) return "nothing";
    if (effective === "stop" && unit.isDead && !this.jobs.has(unit.name)) {
      const waiting = unit.sub === "auto-restart";
      if (!waiting) return "nothing";
    }
    const job = this.#install(effective, unit);
    if (mode !== "ignore-dependencies") {
      if (effective === "start" || effective === "restart") yield* this.#pull(job, unit);
      if (effective === "stop" || effective === "restart") {
        for (const other of yield* this.reverse(unit, effective === "stop" ? ["Requires", "Requisite", "BindsTo", "PartOf"] : ["Requires", "BindsTo", "PartOf"])) {
          if (other.isDead || this.jobs.get(other.name)?.kind === effective) continue;
          if (effective === "stop") yield* this.#plan("stop", other, mode);
          else yield* this.#plan("try-restart", other, mode);
        }
      }
    }
    return job;
  }

  #check(effective: Job["kind"], unit: Unit, asked: JobKind): void {
    if (effective === "stop") {
      if (unit.load === "not-found" && unit.isDead) throw new TransactionError("NoSuchUnit", `Unit ${unit.name} not loaded.`);
      if (unit.perpetual || unit.text.flag("Unit", "RefuseManualStop", false)) throw new TransactionError("OnlyByDependency", `Operation refused, unit ${unit.name} may be requested by dependency only (it is configured to refuse manual start/stop).`);
      return;
    }
    if (unit.load === "masked") throw new TransactionError("UnitMasked", `Unit ${unit.name} is masked.`);
    if (unit.load === "not-found") throw new TransactionError("NoSuchUnit", `Unit ${unit.name} not found.`);
    if (unit.load === "bad-setting") throw new TransactionError("BadUnitSetting", `Unit ${unit.name} has a bad unit file setting.`);
    if (effective === "reload") {
      if (!unit.canReload) throw new TransactionError("JobTypeNotApplicable", `Job type reload is not applicable for unit ${unit.name}.`);
      if (!unit.isActive) throw new TransactionError("UnitInactive", `${unit.name} is not active, cannot reload.`);
    }
    if (effective === "start" && asked === "start" && unit.text.flag("Unit", "RefuseManualStart", false)) throw new TransactionError("OnlyByDependency", `Operation refused, unit ${unit.name} may be requested by dependency only (it is configured to refuse manual start/stop).`);
  }

  #install(kind: Job["kind"], unit: Unit): Job {
    const existing = this.jobs.get(unit.name);
    if (existing !== undefined) {
      if (existing.kind === kind) return existing;
      this.jobs.delete(unit.name);
      for (const listener of existing.listeners) listener({ unit: unit.name, result: "canceled" });
    }
    const job: Job = { id: this.#nextJob++, unit, kind, state: "waiting", listeners: [], dependents: new Set() };
    this.jobs.set(unit.name, job);
    this.onJob?.(job);
    return job;
  }

  *#pull(job: Job, unit: Unit): Blocking<void> {
    for (const name of this.dependencies(unit, "Conflicts")) {
      const other = this.units.get(this.#aliases.get(name) ?? name);
      if (other !== undefined && !other.isDead) yield* this.#plan("stop", other, "replace");
    }
    for (const [kind, required] of [["Requires", true], ["BindsTo", true], ["Wants", false]] as const) {
      for (const name of this.dependencies(unit, kind)) {
        let other: Unit;
        try {
          other = yield* this.load(name);
        } catch (error) {
          if (!(error instanceof TransactionError)) throw error;
          continue;
        }
        if (other instanceof DeviceUnit) {
          if (required && !other.plugged) this.#install("start", other).dependents.add(job);
          continue;
        }
        if (other.load !== "loaded") {
          if (required && other.load !== "masked" && unitTypeOf(other.name) !== "slice") {
            this.jobs.delete(unit.name);
            throw new TransactionError("NoSuchUnit", `Unit ${other.name} not found.`);
          }
          if (required && other.load === "masked") {
            this.jobs.delete(unit.name);
            throw new TransactionError("UnitMasked", `Unit ${other.name} is masked.`);
          }
          continue;
        }
        if (other.isActive || this.jobs.get(other.name)?.kind === "start") continue;
        const needed = this.#install("start", other);
        if (required) needed.dependents.add(job);
        yield* this.#pull(needed, other);
      }
    }
    for (const name of this.dependencies(unit, "Requisite")) {
      const other = yield* this.load(name);
      if (other.isActive) continue;
      this.jobs.delete(unit.name);
      throw new TransactionError("JobFailed", `Unit ${other.name} is not active.`);
    }
  }

  /** Runs every waiting job that nothing before it holds back, until no more can. */
  *runJobs(): Blocking<void> {
    for (let moved = true; moved; ) {
      moved = false;
      for (const job of [...this.jobs.values()]) {
        if (job.state !== "waiting" || this.jobs.get(job.unit.name) !== job || this.#isHeld(job)) continue;
        job.state = "running";
        moved = true;
        yield* this.#run(job);
      }
    }
    for (const [unit, actions] of [...this.#waiting]) {
      if (!unit.isDead || this.jobs.has(unit.name)) continue;
      this.#waiting.delete(unit);
      this.#deferred.push(...actions);
    }
    for (let action = this.#deferred.shift(); action !== undefined; action = this.#deferred.shift()) yield* action();
  }

  /** Runs soon, outside of whatever is going on. */
  later(action: () => Blocking<void>): void {
    this.#deferred.push(action);
  }

  /** Runs once the unit is inactive or failed and nothing is planned for it. */
  whenDead(unit: Unit, action: () => Blocking<void>): void {
    const list = this.#waiting.get(unit);
    if (list === undefined) this.#waiting.set(unit, [action]);
    else list.push(action);
  }

  /** Starts a target and stops services that it does not want (systemctl isolate). */
  *isolate(target: Unit): Blocking<{ readonly id: number }> {
    const wanted = new Set<string>([target.name]);
    const queue = [target];
    for (let unit = queue.shift(); unit !== undefined; unit = queue.shift()) {
      for (const name of [...this.dependencies(unit, "Requires"), ...this.dependencies(unit, "Wants")]) {
        if (wanted.has(name)) continue;
        wanted.add(name);
        queue.push(yield* this.load(name));
      }
    }
    for (const unit of [...this.units.values()]) {
      if (unit.isDead || unit.perpetual || wanted.has(unit.name) || unit.text.flag("Unit", "IgnoreOnIsolate", false)) continue;
      if (unit.type === "service" || unit.type === "target" || unit.type === "timer") this.#install("stop", unit);
    }
    const job = this.#install("start", target);
    yield* this.#pull(job, target);
    yield* this.runJobs();
    return { id: 0 };
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
    for (const unit of [...this.units.values()]) if (unit.type === "service" && !unit.isDead) this.#install("stop", unit);
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

  #isHeld(job: Job): boolean {
    for (const other of this.jobs.values()) {
      if (other === job) continue;
      // a restart is a stop first (job_compare of systemd): it does not wait for what its start will wait for
      const starting = job.kind === "start" || (job.kind === "restart" && job.unit.isDead);
      const otherStops = other.kind === "stop" || (other.kind === "restart" && !other.unit.isDead);
      if (starting && !otherStops && this.#orderedAfter(job.unit, other.unit)) return true;
      // stops go in the reverse order of starts; a stop goes before a start that is ordered with it
      if (!starting && other.kind === "stop" && this.#orderedAfter(other.unit, job.unit)) return true;
      if (starting && otherStops && (this.#orderedAfter(job.unit, other.unit) || this.#orderedAfter(other.unit, job.unit))) return true;
    }
    return false;
  }

  *#run(job: Job): Blocking<void> {
    const { unit } = job;
    if (job.kind === "start") {
      if (unit.isActive) return yield* this.jobDone(unit, "done");
      unit.conditionUs = this.realtimeUs();
      unit.conditionResult = yield* conditionsHold(this, unit);
      unit.conditionUnmet = unit.conditionResult ? "" : this.unmet;
      if (!unit.conditionResult) {
        yield* this.log(unit.name, 6, `${unit.title} was skipped because of an unmet condition check (${this.unmet}).`);
        return yield* this.#finish(job, "done", false);
      }
    }
    let begun: Begun;
    if (job.kind === "start") begun = yield* unit.start();
    else if (job.kind === "reload") {
      yield* this.log(unit.name, 6, `Reloading ${unit.title}...`);
      begun = yield* unit.reload();
    } else begun = yield* unit.stop();
    if (this.jobs.get(unit.name) !== job) return;
    if (begun === "pending") {
      if (job.kind === "start") yield* this.log(unit.name, 6, `${unit.type === "mount" ? "Mounting" : "Starting"} ${unit.title}...`);
      else if (job.kind !== "reload") yield* this.log(unit.name, 6, `${unit.type === "mount" ? "Unmounting" : "Stopping"} ${unit.title}...`);
      return;
    }
    yield* this.jobDone(unit, begun === "done" ? "done" : begun.failed);
  }

  /** condition that did not hold, for the journal */
  unmet = "";

  /** A unit has come to where its job wanted it (or cannot). */
  *jobDone(unit: Unit, result: JobResult): Blocking<void> {
    const job = this.jobs.get(unit.name);
    if (job === undefined || job.state !== "running") {
      this.#afterwards(unit);
      return;
    }
    if (job.kind === "restart" && unit.isDead) {
      yield* this.log(unit.name, 6, `Stopped ${unit.title}.`);
      job.kind = "start";
      job.state = "waiting";
      return;
    }
    if (job.kind === "stop" && !unit.isDead) return;
    yield* this.#finish(job, job.kind === "stop" ? "done" : result, true);
  }

  *#finish(job: Job, result: JobResult, announce: boolean): Blocking<void> {
    const { unit } = job;
    this.jobs.delete(unit.name);
    if (announce) yield* this.#announce(job, result);
    if (result !== "done") {
      for (const dependent of job.dependents) {
        if (this.jobs.get(dependent.unit.name) !== dependent) continue;
        yield* this.log(dependent.unit.name, 4, `Dependency failed for ${dependent.unit.title}.`);
        yield* this.log(dependent.unit.name, 5, `${dependent.unit.name}: Job ${dependent.unit.name}/start failed with result 'dependency'.`);
        yield* this.#finish(dependent, "dependency", false);
      }
    }
    if (job.listeners.length > 0) {
      const outcome: JobOutcome = { unit: unit.name, result, ...(unit instanceof ServiceUnit ? { serviceResult: unit.result } : {}), needsReload: this.needsReload(unit) };
      for (const listener of job.listeners) listener(outcome);
    }
    this.#afterwards(unit);
  }

  *#announce(job: Job, result: JobResult): Blocking<void> {
    const { unit } = job;
    if (job.kind === "start") {
      if (result !== "done") {
        yield* this.log(unit.name, 3, `${unit.type === "mount" ? "Failed to mount" : "Failed to start"} ${unit.title}.`);
        return;
      }
      const oneshot = unit instanceof ServiceUnit && unit.serviceType === "oneshot";
      const verb = oneshot ? "Finished" : unit.type === "target" ? "Reached target" : unit.type === "socket" ? "Listening on" : unit.type === "mount" ? "Mounted" : unit.type === "slice" ? "Created slice" : unit.type === "automount" ? "Set up automount" : "Started";
      yield* this.log(unit.name, 6, `${verb} ${unit.title}.`);
    } else if (job.kind === "stop") {
      const verb = unit.type === "target" ? "Stopped target" : unit.type === "socket" ? "Closed" : unit.type === "mount" ? "Unmounted" : unit.type === "slice" ? "Removed slice" : "Stopped";
      yield* this.log(unit.name, 6, `${verb} ${unit.title}.`);
    } else if (job.kind === "reload") yield* this.log(unit.name, 6, result === "done" ? `Reloaded ${unit.title}.` : `Reload failed for ${unit.title}.`);
  }

  #afterwards(unit: Unit): void {
    for (const other of this.units.values()) {
      if (other instanceof TimerUnit && other.triggers === unit.name && unit.isDead) other.triggered();
      if (other instanceof SocketUnit && other.triggers === unit.name && unit.isDead) other.serviceStopped();
    }
    this.onUnitChange?.(unit);
    this.collect(unit);
  }

  /** From inside: a timer, a socket or a restart wants this unit up. */
  *queueStart(name: string, dependencies = true): Blocking<void> {
    try {
      const unit = yield* this.load(name);
      if (unit.load !== "loaded" || unit.isActive) return;
      const job = this.#install("start", unit);
      if (job.state === "running") return;
      if (dependencies) yield* this.#pull(job, unit);
      yield* this.runJobs();
    } catch (error) {
      if (!(error instanceof TransactionError)) throw error;
    }
  }

  // ---- what happens outside -----------------------------------------------------------------------------------------------------------------------

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
    void old;
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

  // ---- sockets and streams -----------------------------------------------------------------------------------------------------------------------------

  isBuiltInSocket(name: string): boolean {
    return builtInSockets.has(name);
  }

  *startConnection(socket: SocketUnit, connection: number): Blocking<void> {
    const template = socket.triggers;
    const instance = `${socket.name}-${this.#nextJob++}`;
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

  socketRequests(): { readonly fd: number; readonly events: number; readonly unit: SocketUnit }[] {
    const list: { fd: number; events: number; unit: SocketUnit }[] = [];
    for (const unit of this.units.values()) {
      if (unit instanceof SocketUnit && unit.active === "active" && unit.sub === "listening") for (const fd of unit.fds) list.push({ fd, events: POLL.IN, unit });
    }
    return list;
  }

  // ---- the boot, seen afterwards -------------------------------------------------------------------------------------------------------------------------

  /**
   * The units that the default target pulls in, in the state that a finished boot leaves them: services of packages that only run once are taken as done.
   * Worked out when the first client (or a timer's hour) needs it, so that booting stays cheap.
   */
  *settleBoot(): Blocking<void> {
    if (this.#presumed === "done") return;
    this.#presumed = "done";
    const queue = ["default.target"];
    const seen = new Set<string>();
    const order: Unit[] = [];
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
      if (seen.has(name)) continue;
      seen.add(name);
      let unit: Unit;
      try {
        unit = yield* this.load(name);
      } catch (error) {
        if (!(error instanceof TransactionError)) throw error;
        continue;
      }
      if (unit.load !== "loaded") {
        if (unit.isDead) this.forget(unit);
        continue;
      }
      order.push(unit);
      queue.push(...this.dependencies(unit, "Requires"), ...this.dependencies(unit, "Wants"), ...(unit.type === "target" || unit.type === "slice" ? [] : []));
      if (unit.type === "service" && unit.text.flag("Unit", "DefaultDependencies", true)) queue.push("system.slice", "sysinit.target", "basic.target");
      if (unit.type === "target") queue.push(...this.dependencies(unit, "After").filter((after) => after.endsWith(".target")));
    }
    for (const unit of order) {
      if (!unit.isDead || this.jobs.has(unit.name)) continue;
      unit.conditionUs = this.startedRealtimeUs;
      unit.conditionResult = yield* conditionsHold(this, unit);
      unit.conditionUnmet = unit.conditionResult ? "" : this.unmet;
      if (!unit.conditionResult) continue;
      yield* this.#presume(unit);
    }
    for (const name of ["-.mount", "-.slice", "system.slice", "user.slice", "init.scope"]) {
      const unit = yield* this.load(name);
      if (unit.isDead) yield* this.#presume(unit);
    }
  }

  *#presume(unit: Unit): Blocking<void> {
    if (unit instanceof ServiceUnit) {
      if (unit.serviceType === "oneshot" && unit.remainAfterExit) unit.changeState("active", "exited");
      else return;
    } else if (unit instanceof TimerUnit) yield* unit.start();
    else if (unit instanceof SocketUnit) {
      if (!this.isBuiltInSocket(unit.name)) return void (yield* unit.start());
      const service = this.units.get(unit.triggers);
      unit.changeState("active", unit.name.startsWith("systemd-journald") || unit.name.startsWith("systemd-udevd") || service?.isActive === true ? "running" : "listening");
    } else if (unit.type === "target") {
      if (["rescue.target", "emergency.target", "shutdown.target", "umount.target", "final.target", "network-online.target", "time-sync.target", "nss-lookup.target", "nss-user-lookup.target"].includes(unit.name)) return;
      unit.changeState("active", "active");
    } else if (unit.type === "mount") unit.changeState("active", "mounted");
    else if (unit.type === "automount") unit.changeState("active", "running");
    else yield* unit.start();
    // it came up during the boot
    unit.activeEnterUs = this.startedRealtimeUs;
    unit.inactiveExitUs = this.startedRealtimeUs;
    unit.stateChangedUs = this.startedRealtimeUs;
  }
}

function isPerpetual(name: string): boolean {
  return name === "-.slice" || name === "-.mount" || name === "system.slice" || name === "user.slice" || name === "init.scope";
}
