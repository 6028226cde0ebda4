// Requests of systemctl and its kin, and their answers. Who is not root may look, not touch (there is no polkit on a fresh host).
import { type Blocking, encode, type Sys, SysError } from "../../kernel/sys.ts";
import { makeDirectories, writeFile } from "./api/files.ts";
import type { Failure, JobOutcome, Request, UnitInfo } from "./api/protocol.ts";
import type { Job } from "./job-queue.ts";
import type { Supervisor } from "./supervisor.ts";
import { TransactionError } from "./unit-table.ts";
import { ScopeUnit } from "./scope-unit.ts";
import { ServiceUnit } from "./service.ts";
import { setProperties } from "./set-property.ts";
import type { Unit } from "./unit.ts";
import { managerProperties, timesOfUnits, unitProperties } from "./unit-properties.ts";
import { cleanUnit, freezeUnit, LOG_WORDS } from "./unit-requests.ts";

export interface Client {
  readonly fd: number;
  buffered: string;
  closing: boolean;
  readonly uid: number;
  readonly pid: number;
}

const mutating: ReadonlySet<Request["op"]> = new Set(["job", "isolate", "reload", "reexec", "reset-failed", "kill", "set-property", "transient", "environment", "freeze", "clean", "power", "cancel-power"]);

export function* answer(sys: Sys, supervisor: Supervisor, client: Client, line: string): Blocking<void> {
  let reply: object | "later";
  try {
    const request: Request = JSON.parse(line);
    if (client.uid !== 0 && (mutating.has(request.op) || (request.op === "log" && request.value !== undefined)) && !activates(supervisor, client, request)) reply = failure("AccessDenied", "Access denied");
    else {
      supervisor.paths.forget();
      yield* supervisor.settleBoot();
      yield* supervisor.followTables();
      reply = yield* perform(sys, supervisor, client, request);
    }
  } catch (error) {
    if (error instanceof TransactionError) reply = failure(error.code, error.message);
    else if (error instanceof SysError) reply = failure(error.errno, error.message);
    else throw error;
  }
  if (reply !== "later") yield* send(sys, client, reply);
}

/** The message bus may start the services that it activates. */
function activates(supervisor: Supervisor, client: Client, request: Request): boolean {
  const bus = supervisor.units.get("dbus.service");
  return request.op === "job" && request.kind === "start" && /^dbus-[\w.]+\.service$/.test(request.unit) && bus instanceof ServiceUnit && bus.mainPid === client.pid;
}

function failure(code: string, error: string): Failure {
  return { code, error };
}

function* send(sys: Sys, client: Client, reply: object): Blocking<void> {
  try {
    yield* sys.write(client.fd, encode(`${JSON.stringify(reply)}\n`));
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    client.closing = true;
  }
}

function infoOf(supervisor: Supervisor, unit: Unit): UnitInfo {
  const job = supervisor.jobs.get(unit.name);
  return { name: unit.name, description: unit.description, load: unit.load, active: unit.active, sub: unit.sub, job: job?.kind ?? "", jobId: job?.id ?? 0 };
}

/** Finished jobs whose outcome nobody asked for yet. */
const outcomes = new WeakMap<Supervisor, Map<number, JobOutcome>>();

function outcomesOf(supervisor: Supervisor): Map<number, JobOutcome> {
  let map = outcomes.get(supervisor);
  if (map === undefined) {
    map = new Map();
    outcomes.set(supervisor, map);
  }
  return map;
}

function* waitable(supervisor: Supervisor, kind: Parameters<Supervisor["enqueue"]>[0], unit: string, mode: string): Blocking<{ id: number }> {
  const outcome = outcomesOf(supervisor);
  // the job may be over before `enqueue` returns: its outcome is kept under its number
  const finished: JobOutcome[] = [];
  const before = supervisor.onJob;
  let made: Job | undefined;
  supervisor.onJob = (job) => {
    made ??= job;
    if (made === job) job.listeners.push((result) => finished.push(result));
  };
  let job: Job | "nothing";
  try {
    job = yield* supervisor.enqueue(kind, unit, mode);
  } finally {
    supervisor.onJob = before;
  }
  if (job === "nothing") {
    outcome.set(0, { unit, result: "done" });
    return { id: 0 };
  }
  const id = job.id;
  const [result] = finished;
  if (result !== undefined) outcome.set(id, result);
  else if (supervisor.jobs.get(job.unit.name) === job) job.listeners.push((late) => outcome.set(id, late));
  else outcome.set(id, { unit: job.unit.name, result: "done" });
  return { id };
}

function* perform(sys: Sys, supervisor: Supervisor, client: Client, request: Request): Blocking<object | "later"> {
  switch (request.op) {
    case "list-units":
      for (const unit of [...supervisor.units.values()]) if (unit instanceof ScopeUnit) yield* unit.refresh();
      return { units: [...supervisor.units.values()].map((unit) => infoOf(supervisor, unit)) };
    case "list-jobs":
      return { jobs: [...supervisor.jobs.values()].map((job) => ({ id: job.id, unit: job.unit.name, kind: job.kind, state: job.state })) };
    case "job":
      return yield* waitable(supervisor, request.kind, request.unit, request.mode);
    case "wait-job": {
      const kept = outcomesOf(supervisor);
      const known = kept.get(request.id);
      if (known !== undefined) {
        kept.delete(request.id);
        return known;
      }
      const job = [...supervisor.jobs.values()].find((one) => one.id === request.id);
      if (job === undefined) return { unit: "", result: "done" };
      job.listeners.push((outcome) => {
        kept.delete(request.id);
        supervisor.later(() => send(sys, client, outcome));
      });
      return "later";
    }
    case "isolate": {
      const target = yield* supervisor.load(request.unit);
      if (target.load !== "loaded") return failure("NoSuchUnit", `Unit ${target.name} not found.`);
      if (!target.text.flag("Unit", "AllowIsolate", false)) return failure("NoIsolation", "Operation refused, unit may not be isolated.");
      return yield* supervisor.isolate(target);
    }
    case "show": {
      const unit = yield* supervisor.fresh(request.unit);
      if (unit instanceof ScopeUnit) yield* unit.refresh();
      const reply = { name: unit.name, info: infoOf(supervisor, unit), properties: yield* unitProperties(sys, supervisor, unit) };
      if (unit.load === "not-found" && unit.isDead && !supervisor.jobs.has(unit.name)) supervisor.forget(unit);
      return reply;
    }
    case "load": {
      const list: UnitInfo[] = [];
      for (const name of request.units) {
        const unit = yield* supervisor.fresh(name);
        list.push(infoOf(supervisor, unit));
        if (unit.load === "not-found" && unit.isDead && !supervisor.jobs.has(unit.name)) supervisor.forget(unit);
      }
      return { units: list };
    }
    case "times":
      return { units: timesOfUnits(supervisor), startedUs: supervisor.startedRealtimeUs - supervisor.bootRealtimeUs(), finishedUs: supervisor.finishedRealtimeUs === 0 ? 0 : supervisor.finishedRealtimeUs - supervisor.bootRealtimeUs() };
    case "manager":
      return { properties: yield* managerProperties(supervisor) };
    case "reload":
      yield* supervisor.logSelf(6, "Reloading.");
      yield* supervisor.reloadAll();
      return {};
    case "reexec":
      yield* supervisor.logSelf(6, "Reexecuting.");
      yield* supervisor.reloadAll();
      return {};
    case "reset-failed": {
      let found = false;
      for (const unit of [...supervisor.units.values()]) {
        if (request.unit !== undefined && unit.name !== request.unit && !unit.aliases.includes(request.unit)) continue;
        found = true;
        unit.resetFailed();
        supervisor.collect(unit);
      }
      if (request.unit !== undefined && !found) {
        const unit = yield* supervisor.load(request.unit);
        if (unit.load === "not-found") {
          supervisor.forget(unit);
          return failure("NoSuchUnit", `Unit ${request.unit} not loaded.`);
        }
      }
      return {};
    }
    case "kill":
      return yield* killUnit(sys, supervisor, request.unit, request.who, request.signal);
    case "set-property": {
      const unit = yield* supervisor.load(request.unit);
      if (unit.load === "not-found") return failure("NoSuchUnit", `Unit ${unit.name} not found.`);
      const problem = yield* setProperties(supervisor, unit, request.assignments, request.runtime);
      return problem === undefined ? {} : failure("PropertyReadOnly", problem);
    }
    case "transient":
      return yield* startTransient(sys, supervisor, request);
    case "wait-unit": {
      const unit = yield* supervisor.load(request.unit);
      if (unit.isDead && !supervisor.jobs.has(unit.name)) return { properties: yield* unitProperties(sys, supervisor, unit) };
      supervisor.whenDead(unit, function* () {
        yield* send(sys, client, { properties: yield* unitProperties(sys, supervisor, unit) });
      });
      return "later";
    }
    case "freeze":
      return yield* freezeUnit(supervisor, request.unit, request.frozen);
    case "clean":
      return yield* cleanUnit(supervisor, request.unit, request.kinds);
    case "log": {
      const value = request.value;
      if (value !== undefined && !LOG_WORDS[request.key].includes(value)) return failure("InvalidArgs", "Invalid argument");
      if (value !== undefined) supervisor.logSettings[request.key] = value;
      return { value: supervisor.logSettings[request.key] };
    }
    case "environment":
      for (const assignment of request.set ?? []) supervisor.environment.set(assignment.slice(0, assignment.indexOf("=")), assignment.slice(assignment.indexOf("=") + 1));
      for (const name of request.unset ?? []) supervisor.environment.delete(name);
      return { environment: [...new Map([["LANG", "C.UTF-8"], ["PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"], ...supervisor.environment])].map(([name, value]) => `${name}=${value}`) };
    case "power":
      if (request.atUs === undefined) yield* supervisor.shutDown(request.action);
      else yield* supervisor.scheduleShutdown(request.action, request.atUs);
      return {};
    case "cancel-power":
      supervisor.cancelShutdown();
      return {};
  }
}

function* killUnit(sys: Sys, supervisor: Supervisor, name: string, who: "all" | "main" | "control", signal: number): Blocking<object> {
  const unit = yield* supervisor.load(name);
  if (unit.load === "not-found" && unit.isDead) {
    supervisor.forget(unit);
    return failure("NoSuchUnit", `Unit ${name} not loaded.`);
  }
  let pids: readonly number[] = [];
  if (unit instanceof ServiceUnit) {
    if (who === "main" && unit.mainPid === 0) return failure("NoSuchProcess", `Unit ${unit.name} has no main process to kill`);
    pids = who === "main" ? [unit.mainPid] : who === "control" ? [unit.controlPid].filter((pid) => pid > 0) : [...new Set([unit.mainPid, unit.controlPid, ...(yield* unit.cgroup.processes())])].filter((pid) => pid > 0);
  } else if (unit instanceof ScopeUnit) pids = yield* unit.cgroup.processes();
  if (pids.length === 0) return failure("NoSuchProcess", "No such process");
  for (const pid of pids) {
    try {
      sys.kill(pid, signal);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  return {};
}

function* startTransient(sys: Sys, supervisor: Supervisor, request: Extract<Request, { op: "transient" }>): Blocking<object> {
  for (const name of [request.unit, ...(request.also === undefined ? [] : [request.also.unit])]) {
    const known = yield* supervisor.load(name);
    const taken = known.load === "loaded" || !known.isDead;
    if (!taken || (known.transient && known.active === "inactive")) supervisor.forget(known);
    else return failure("UnitExists", `Unit ${name} was already loaded or has a fragment file.`);
  }
  makeDirectories(sys, "/run/systemd/transient");
  const declare = function* (name: string, text: string): Blocking<Unit> {
    yield* writeFile(sys, `/run/systemd/transient/${name}`, `# This is a transient unit file, created programmatically via the systemd API. Do not edit.\n${text}`);
    supervisor.paths.forget();
    const unit = yield* supervisor.load(name);
    unit.transient = true;
    return unit;
  };
  if (request.also !== undefined) yield* declare(request.also.unit, request.also.text);
  const unit = yield* declare(request.unit, request.text);
  if (unit instanceof ScopeUnit) unit.pids = request.pids ?? [];
  return yield* waitable(supervisor, "start", unit.name, "fail");
}
