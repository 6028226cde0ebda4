// Jobs: what is to happen to units, made with all that they need or put in the way (a transaction), held back by order, run, announced
// (systemd.unit(5); job.c and transaction.c of systemd say in what order).
import type { Blocking } from "../../kernel/sys.ts";
import type { JobKind, JobOutcome, JobResult } from "./api/protocol.ts";
import { unitTypeOf } from "./api/unit-name.ts";
import { unmetCondition } from "./api/conditions.ts";
import { DeviceUnit } from "./device-unit.ts";
import { PathUnit } from "./path-unit.ts";
import { ServiceUnit } from "./service.ts";
import { SocketUnit } from "./socket-unit.ts";
import { TimerUnit } from "./timer-unit.ts";
import type { Begun, Unit } from "./unit.ts";
import { TransactionError, UnitTable } from "./unit-table.ts";

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

export abstract class JobQueue extends UnitTable {
  readonly jobs = new Map<string, Job>();
  #nextJob = 1;
  isBooting = false;
  onUnitChange: ((unit: Unit) => void) | undefined;
  /** told of every job that is made */
  onJob: ((job: Job) => void) | undefined;
  readonly #deferred: (() => Blocking<void>)[] = [];
  readonly #waiting = new Map<Unit, (() => Blocking<void>)[]>();

  hasJob(unit: Unit): boolean {
    return this.jobs.has(unit.name);
  }

  /** Of jobs, and of connections that begin one. */
  nextNumber(): number {
    return this.#nextJob++;
  }

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
    const job = this.install(effective, unit);
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

  /** A job for the unit in place of another kind of job. */
  protected install(kind: Job["kind"], unit: Unit): Job {
    const existing = this.jobs.get(unit.name);
    if (existing !== undefined) {
      if (existing.kind === kind) return existing;
      this.jobs.delete(unit.name);
      for (const listener of existing.listeners) listener({ unit: unit.name, result: "canceled" });
    }
    const job: Job = { id: this.nextNumber(), unit, kind, state: "waiting", listeners: [], dependents: new Set() };
    this.jobs.set(unit.name, job);
    this.onJob?.(job);
    return job;
  }

  *#pull(job: Job, unit: Unit): Blocking<void> {
    for (const name of this.dependencies(unit, "Conflicts")) {
      const other = this.unitCalled(name);
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
          if (required && !other.plugged) this.install("start", other).dependents.add(job);
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
        const needed = this.install("start", other);
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

  /** A target with these of the units that it pulls in, the others taken as there. */
  *startTogether(target: string, names: readonly string[]): Blocking<void> {
    const unit = yield* this.load(target);
    const whole = this.install("start", unit);
    const required = this.dependencies(unit, "Requires");
    for (const name of names) {
      try {
        const one = yield* this.load(name);
        if (one.load !== "loaded" || one.isActive) continue;
        const job = this.install("start", one);
        if (required.includes(name)) job.dependents.add(whole);
        yield* this.#pull(job, one);
      } catch (error) {
        if (!(error instanceof TransactionError)) throw error;
      }
    }
    yield* this.runJobs();
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
      if (unit.type === "service" || unit.type === "target" || unit.type === "timer") this.install("stop", unit);
    }
    const job = this.install("start", target);
    yield* this.#pull(job, target);
    yield* this.runJobs();
    return { id: 0 };
  }

  #isHeld(job: Job): boolean {
    for (const other of this.jobs.values()) {
      if (other === job) continue;
      // a restart is a stop first (job_compare of systemd): it does not wait for what its start will wait for
      const starting = job.kind === "start" || (job.kind === "restart" && job.unit.isDead);
      const otherStops = other.kind === "stop" || (other.kind === "restart" && !other.unit.isDead);
      if (starting && !otherStops && this.orderedAfter(job.unit, other.unit)) return true;
      // stops go in the reverse order of starts; a stop goes before a start that is ordered with it
      if (!starting && other.kind === "stop" && this.orderedAfter(other.unit, job.unit)) return true;
      if (starting && otherStops && (this.orderedAfter(job.unit, other.unit) || this.orderedAfter(other.unit, job.unit))) return true;
    }
    return false;
  }

  *#run(job: Job): Blocking<void> {
    const { unit } = job;
    if (job.kind === "start") {
      if (unit.isActive) return yield* this.jobDone(unit, "done");
      const unmet = yield* unmetCondition(this, unit);
      unit.conditionUs = this.realtimeUs();
      unit.conditionResult = unmet === undefined;
      unit.conditionUnmet = unmet?.failed ?? [];
      if (unmet !== undefined) {
        yield* this.log(unit.name, 6, `${unit.title} was skipped because ${unmet.because}.`);
        return yield* this.#finish(job, "done", false);
      }
      const unsure = yield* unmetCondition(this, unit, "Assert");
      unit.assertResult = unsure === undefined;
      if (unsure !== undefined) {
        yield* this.log(unit.name, 4, `Starting requested but asserts failed.`);
        yield* this.log(unit.name, 3, `Assertion failed for ${unit.title}.`);
        return yield* this.#finish(job, "assert", false);
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
      if (job.kind === "start") yield* this.log(unit.name, 6, `${unit.type === "mount" ? "Mounting" : unit.type === "swap" ? "Activating swap" : unit.type === "device" ? "Expecting device" : "Starting"} ${unit.title}...`);
      else if (job.kind !== "reload") yield* this.log(unit.name, 6, `${unit.type === "mount" ? "Unmounting" : unit.type === "swap" ? "Deactivating swap" : "Stopping"} ${unit.title}...`);
      return;
    }
    yield* this.jobDone(unit, begun === "done" ? "done" : begun.failed);
  }

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
    // what cannot be unmounted, or an area whose pages find no other place, stays
    const stays = !unit.isDead && result !== "done" && (unit.type === "mount" || unit.type === "swap");
    if (job.kind === "stop" && !unit.isDead && !stays) return;
    yield* this.#finish(job, job.kind === "stop" && !stays ? "done" : result, true);
  }

  *#finish(job: Job, result: JobResult, announce: boolean): Blocking<void> {
    const { unit } = job;
    this.jobs.delete(unit.name);
    if (announce) yield* this.#announce(job, result);
    if (result !== "done") {
      for (const dependent of job.dependents) {
        if (this.jobs.get(dependent.unit.name) !== dependent) continue;
        yield* this.log(dependent.unit.name, 4, `Dependency failed for ${dependent.unit.title}.`);
        yield* this.#finish(dependent, "dependency", false);
      }
    }
    if (result === "timeout" || result === "dependency") {
      yield* this.log(unit.name, 5, `${unit.name}: Job ${unit.name}/${job.kind} failed with result '${result}'.`);
      yield* this.startOnFailure(unit);
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
        if (unit.type !== "device") yield* this.log(unit.name, 3, `${unit.type === "mount" ? "Failed to mount" : unit.type === "swap" ? "Failed to activate swap" : "Failed to start"} ${unit.title}.`);
        return;
      }
      const oneshot = unit instanceof ServiceUnit && unit.serviceType === "oneshot";
      const verb = oneshot ? "Finished" : unit.type === "target" ? "Reached target" : unit.type === "socket" ? "Listening on" : unit.type === "mount" ? "Mounted" : unit.type === "swap" ? "Activated swap" : unit.type === "device" ? "Found device" : unit.type === "slice" ? "Created slice" : unit.type === "automount" ? "Set up automount" : "Started";
      yield* this.log(unit.name, 6, `${verb} ${unit.title}.`);
    } else if (job.kind === "stop" && result !== "done") {
      yield* this.log(unit.name, 3, `${unit.type === "mount" ? "Failed unmounting" : "Failed deactivating swap"} ${unit.title}.`);
    } else if (job.kind === "stop") {
      const verb = unit.type === "target" ? "Stopped target" : unit.type === "socket" ? "Closed" : unit.type === "mount" ? "Unmounted" : unit.type === "swap" ? "Deactivated swap" : unit.type === "slice" ? "Removed slice" : "Stopped";
      yield* this.log(unit.name, 6, `${verb} ${unit.title}.`);
    } else if (job.kind === "reload") yield* this.log(unit.name, 6, result === "done" ? `Reloaded ${unit.title}.` : `Reload failed for ${unit.title}.`);
  }

  /** OnFailure= (systemd.unit(5)) */
  *startOnFailure(unit: Unit): Blocking<void> {
    const others = this.dependencies(unit, "OnFailure");
    if (others.length === 0) return;
    yield* this.log(unit.name, 5, `${unit.name}: Triggering OnFailure= dependencies.`);
    // in a boot the emergency target of local-fs.target is where the boot goes itself (boot.ts)
    if (!this.isBooting) for (const name of others) this.later(() => this.queueStart(name));
  }

  #afterwards(unit: Unit): void {
    for (const other of this.units.values()) {
      if (other instanceof TimerUnit && other.triggers === unit.name && unit.isDead) other.triggered();
      if (other instanceof SocketUnit && other.triggers === unit.name && unit.isDead) other.serviceStopped();
      if (other instanceof PathUnit && other.triggers === unit.name) this.later(() => other.followed(unit));
    }
    this.onUnitChange?.(unit);
    this.collect(unit);
  }

  /** From inside: a timer, a socket or a restart wants this unit up. */
  *queueStart(name: string, dependencies = true): Blocking<void> {
    try {
      const unit = yield* this.load(name);
      if (unit.load !== "loaded" || unit.isActive) return;
      const job = this.install("start", unit);
      if (job.state === "running") return;
      if (dependencies) yield* this.#pull(job, unit);
      yield* this.runJobs();
    } catch (error) {
      if (!(error instanceof TransactionError)) throw error;
    }
  }
}
