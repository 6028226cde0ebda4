// org.freedesktop.systemd1: the manager, its units and jobs, over /run/systemd/private (org.freedesktop.systemd1(5)).
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { tryReadFile } from "../../daemons/systemd/api/files.ts";
import { isFailure, type JobKind, ManagerConnection, type Properties, type Replies, type Request } from "../../daemons/systemd/api/protocol.ts";
import { matchesPattern } from "../../daemons/systemd/api/unit-name.ts";
import type { DbusValue } from "../../daemons/dbus/api.ts";
import { type Member, membersOf } from "../kit/dbus/interfaces.ts";
import { completeTypes } from "../kit/dbus/values.ts";
import { type BusService, DbusError, doWithTool, nothing, type Outcome, runTool } from "./_bus-service.ts";
import { parseTimestamp } from "./systemctl/_context.ts";

const ROOT = "/org/freedesktop/systemd1";
const MANAGER = "org.freedesktop.systemd1.Manager";
const UNIT = "org.freedesktop.systemd1.Unit";

/** sd_bus_path_encode: other characters than letters and digits (and a digit in front) are _ and two hexadecimal digits. */
export function encodeLabel(text: string): string {
  return [...text].map((character, index) => (/[A-Za-z]/.test(character) || (index > 0 && /\d/.test(character)) ? character : `_${(character.codePointAt(0) ?? 0).toString(16).padStart(2, "0")}`)).join("") || "_";
}

function decodeLabel(label: string): string {
  return label.replace(/_([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

export const unitPath = (name: string): string => `${ROOT}/unit/${encodeLabel(name)}`;
const jobPath = (id: number): string => (id === 0 ? "/" : `${ROOT}/job/${id}`);

const errorNames: ReadonlyMap<string, string> = new Map([["AccessDenied", "org.freedesktop.DBus.Error.AccessDenied"], ["NoSuchUnit", "org.freedesktop.systemd1.NoSuchUnit"]]);

function* ask<Op extends Request["op"]>(sys: Sys, request: Extract<Request, { readonly op: Op }>): Blocking<Replies[Op]> {
  let manager: ManagerConnection;
  try {
    manager = yield* ManagerConnection.open(sys);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new DbusError("NoReply", "Message recipient disconnected from message bus without replying");
  }
  const reply = yield* manager.call<Op>(request);
  manager.close();
  if (isFailure(reply)) throw new DbusError(errorNames.get(reply.code) ?? `org.freedesktop.systemd1.${reply.code}`, reply.error);
  return reply;
}

/** One of the manager's texts as a value of the type. */
function valueOf(signature: string, text: string): DbusValue {
  switch (signature) {
    case "b":
      return text === "yes" || text === "true";
    case "t":
    case "x":
      if (/^-?\d+$/.test(text)) return text;
      if (parseTimestamp(text) > 0) return String(parseTimestamp(text));
      if (text === "infinity" || text === "[not set]" || text === "[no data]") return "18446744073709551615";
      return spanOf(text);
    case "u":
    case "i":
    case "q":
    case "y":
      return text === "[not set]" ? 4_294_967_295 : /^-?\d+$/.test(text) ? Number.parseInt(text, text.startsWith("0") ? 8 : 10) : 0;
    case "d":
      return Number(text) || 0;
    case "ay":
      return (text.match(/[0-9a-f]{2}/g) ?? []).map((hex) => Number.parseInt(hex, 16));
    case "as":
      return text === "" ? [] : text.split(" ");
    default:
      return signature.startsWith("a") ? [] : signature.startsWith("(") ? completeTypes(signature.slice(1, -1)).map((type) => valueOf(type, "")) : text;
  }
}

const spanUnits: ReadonlyMap<string, number> = new Map([["us", 1], ["ms", 1e3], ["s", 1e6], ["min", 6e7], ["h", 3.6e9], ["d", 8.64e10], ["day", 8.64e10], ["days", 8.64e10], ["w", 6.048e11], ["month", 2.6298e12], ["y", 3.15576e13]]);

/** "1min 30s" in microseconds. */
function spanOf(text: string): string {
  let total = 0;
  for (const part of text.split(" ")) {
    const match = /^([\d.]+)([a-z]+)$/.exec(part);
    total += match === null ? 0 : Number(match[1]) * (spanUnits.get(match[2] ?? "") ?? 0);
  }
  return String(Math.round(total));
}

/** `{ path=... ; argv[]=... }` as a(sasbttttuii). */
function commandOf(text: string): readonly DbusValue[] {
  const match = /^\{ path=(.*?) ; argv\[\]=(.*) ; ignore_errors=(\w+) ; start_time=\[(.*?)\] ; stop_time=\[(.*?)\] ; pid=(\d+) ; code=(\S+) ; status=(\d+)/.exec(text);
  if (match === null) return [];
  const code = match[7] === "exited" ? 1 : match[7] === "killed" ? 2 : match[7] === "dumped" ? 3 : 0;
  return [[match[1] ?? "", (match[2] ?? "").split(" "), match[3] === "yes", String(parseTimestamp(match[4] ?? "")), "0", String(parseTimestamp(match[5] ?? "")), "0", Number(match[6]), code, Number(match[8])]];
}

/** The type of a property that the table does not have, by what stands in it. */
function guessSignature(name: string, text: string): string {
  if (name.startsWith("Exec") && text.startsWith("{ path=")) return "a(sasbttttuii)";
  if (/PID$|^[UG]ID$|^NFileDescriptorStore$|^FileDescriptorStoreMax$/.test(name)) return "u";
  if (/Signal$/.test(name) || /^(?:ExecMainCode|ExecMainStatus|OOMScoreAdjust|Nice|IOSchedulingClass|IOSchedulingPriority|CPUSchedulingPolicy|CPUSchedulingPriority)$/.test(name)) return "i";
  if (/^(?:NRestarts|UMask|NConnections|NAccepted|MaxConnections|Backlog|StatusErrno)$/.test(name)) return name === "StatusErrno" ? "i" : "u";
  if (/^(?:yes|no)$/.test(text)) return "b";
  if (/Timestamp(?:Monotonic)?$|USec$|NSec$|Current$|Max$|High$|Low$|Min$|Weight$|Available$|Id$|^IP(?:In|E)gress/.test(name) || /^Limit/.test(name)) return "t";
  return "s";
}

const faceOf = (name: string): string => {
  const type = name.slice(name.lastIndexOf(".") + 1);
  return `org.freedesktop.systemd1.${type.charAt(0).toUpperCase()}${type.slice(1)}`;
};

function unitNameOf(path: string): string | undefined {
  return path.startsWith(`${ROOT}/unit/`) ? decodeLabel(path.slice(ROOT.length + 6)) : undefined;
}

function* shown(sys: Sys, name: string): Blocking<Properties> {
  return (yield* ask<"show">(sys, { op: "show", unit: name })).properties.filter(([one]) => !one.startsWith("Hote"));
}

/** Those of the manager's texts that are the unit type's own. */
function ownMembers(list: Properties): readonly Member[] {
  const unit = new Set((membersOf(UNIT) ?? []).map(({ name }) => name));
  return list.filter(([name]) => !unit.has(name)).map(([name, text]) => ({ kind: "property", name, signature: guessSignature(name, text), result: "", writable: false, flags: /^(?:MainPID|ControlPID|StatusText|Result|NRestarts|ExecMain\w+|UID|GID)$/.test(name) ? "emits-change" : /Current$|NSec$|^ControlGroup$/.test(name) ? "" : "const" }));
}

type UnitRow = readonly [string, string, string, string, string, string, string, number, string, string];

function* unitRows(sys: Sys, states: readonly string[], patterns: readonly string[]): Blocking<UnitRow[]> {
  const { units } = yield* ask<"list-units">(sys, { op: "list-units" });
  const rows: UnitRow[] = [];
  for (const unit of units) {
    if (states.length > 0 && !states.includes(unit.load) && !states.includes(unit.active) && !states.includes(unit.sub)) continue;
    if (patterns.length > 0 && !patterns.some((pattern) => matchesPattern(pattern, unit.name))) continue;
    rows.push([unit.name, unit.description, unit.load, unit.active, unit.sub, "", unitPath(unit.name), unit.jobId, unit.job, jobPath(unit.jobId)]);
  }
  return rows;
}

const texts = (value: DbusValue | undefined): readonly string[] => (Array.isArray(value) ? value.map(String) : []);
const jobMethods: ReadonlyMap<string, JobKind> = new Map([["StartUnit", "start"], ["StopUnit", "stop"], ["RestartUnit", "restart"], ["TryRestartUnit", "try-restart"], ["ReloadUnit", "reload"], ["ReloadOrRestartUnit", "reload-or-restart"], ["ReloadOrTryRestartUnit", "try-reload-or-restart"]]);
const unitMethods: ReadonlyMap<string, JobKind> = new Map([["Start", "start"], ["Stop", "stop"], ["Restart", "restart"], ["TryRestart", "try-restart"], ["Reload", "reload"], ["ReloadOrRestart", "reload-or-restart"]]);
const fileMethods: ReadonlyMap<string, string> = new Map([["EnableUnitFiles", "enable"], ["DisableUnitFiles", "disable"], ["ReenableUnitFiles", "reenable"], ["MaskUnitFiles", "mask"], ["UnmaskUnitFiles", "unmask"]]);

function* job(sys: Sys, kind: JobKind, unit: string, mode: string): Blocking<Outcome> {
  const made = yield* ask<"job">(sys, { op: "job", kind, unit, mode });
  return { signature: "o", body: [jobPath(made.id)] };
}

function* managerCall(sys: Sys, method: string, body: readonly DbusValue[]): Blocking<Outcome | undefined> {
  const [first = "", second = ""] = body;
  const kind = jobMethods.get(method);
  if (kind !== undefined) return yield* job(sys, kind, String(first), String(second) || "replace");
  const verb = fileMethods.get(method);
  if (verb !== undefined) {
    yield* doWithTool(sys, ["/bin/systemctl", "--no-reload", verb, ...texts(first)]);
    return method === "EnableUnitFiles" || method === "ReenableUnitFiles" ? { signature: "ba(sss)", body: [true, []] } : { signature: "a(sss)", body: [[]] };
  }
  switch (method) {
    case "GetUnit": {
      const { units } = yield* ask<"list-units">(sys, { op: "list-units" });
      if (!units.some((unit) => unit.name === first)) throw new DbusError("org.freedesktop.systemd1.NoSuchUnit", `Unit ${String(first)} not loaded.`);
      return { signature: "o", body: [unitPath(String(first))] };
    }
    case "LoadUnit":
      yield* ask<"show">(sys, { op: "show", unit: String(first) });
      return { signature: "o", body: [unitPath(String(first))] };
    case "GetUnitByPID": {
      const group = ((yield* tryReadFile(sys, `/proc/${Number(first) === 0 ? sys.getpid() : Number(first)}/cgroup`)) ?? "").trim();
      const unit = group.split("/").findLast((part) => /\.(?:service|scope|slice)$/.test(part));
      if (unit === undefined) throw new DbusError("org.freedesktop.systemd1.NoUnitForPID", `PID ${String(first)} does not belong to any loaded unit.`);
      return { signature: "o", body: [unitPath(unit)] };
    }
    case "KillUnit":
      yield* ask<"kill">(sys, { op: "kill", unit: String(first), who: second === "main" || second === "control" ? second : "all", signal: Number(body[2] ?? 15) });
      return nothing;
    case "ResetFailedUnit":
      yield* ask<"reset-failed">(sys, { op: "reset-failed", unit: String(first) });
      return nothing;
    case "ResetFailed":
      yield* ask<"reset-failed">(sys, { op: "reset-failed" });
      return nothing;
    case "ListUnits":
      return { signature: "a(ssssssouso)", body: [yield* unitRows(sys, [], [])] };
    case "ListUnitsFiltered":
      return { signature: "a(ssssssouso)", body: [yield* unitRows(sys, texts(first), [])] };
    case "ListUnitsByPatterns":
      return { signature: "a(ssssssouso)", body: [yield* unitRows(sys, texts(first), texts(second))] };
    case "ListUnitsByNames":
      return { signature: "a(ssssssouso)", body: [yield* unitRows(sys, [], texts(first))] };
    case "ListUnitFiles": {
      const { output } = yield* runTool(sys, ["/bin/systemctl", "list-unit-files", "--no-legend", "--full"]);
      return { signature: "a(ss)", body: [output.split("\n").filter((line) => line !== "").map((line) => [`/lib/systemd/system/${line.split(/\s+/)[0] ?? ""}`, line.split(/\s+/)[1] ?? ""])] };
    }
    case "ListJobs": {
      const { jobs } = yield* ask<"list-jobs">(sys, { op: "list-jobs" });
      return { signature: "a(usssoo)", body: [jobs.map((one) => [one.id, one.unit, one.kind, one.state, jobPath(one.id), unitPath(one.unit)])] };
    }
    case "GetUnitFileState": {
      const { output, status } = yield* runTool(sys, ["/bin/systemctl", "is-enabled", String(first)]);
      if (output === "" && status !== 0) throw new DbusError("org.freedesktop.systemd1.NoSuchUnit", "No such file or directory");
      return { signature: "s", body: [output.trim()] };
    }
    case "GetDefaultTarget":
      return { signature: "s", body: [(yield* runTool(sys, ["/bin/systemctl", "get-default"])).output.trim()] };
    case "SetDefaultTarget":
      yield* doWithTool(sys, ["/bin/systemctl", "set-default", String(first)]);
      return { signature: "a(sss)", body: [[]] };
    case "Reload":
      yield* ask<"reload">(sys, { op: "reload" });
      return nothing;
    case "Reexecute":
      yield* ask<"reexec">(sys, { op: "reexec" });
      return nothing;
    case "SetEnvironment":
      yield* ask<"environment">(sys, { op: "environment", set: texts(first) });
      return nothing;
    case "UnsetEnvironment":
      yield* ask<"environment">(sys, { op: "environment", unset: texts(first) });
      return nothing;
    case "PowerOff":
    case "Reboot":
    case "Halt":
      yield* ask<"power">(sys, { op: "power", action: method === "PowerOff" ? "poweroff" : method === "Reboot" ? "reboot" : "halt" });
      return nothing;
    case "Subscribe":
    case "Unsubscribe":
      return nothing;
    default:
      return undefined;
  }
}

export const systemd1: BusService = {
  name: "org.freedesktop.systemd1",
  *paths(sys) {
    const { units } = yield* ask<"list-units">(sys, { op: "list-units" });
    const { jobs } = yield* ask<"list-jobs">(sys, { op: "list-jobs" });
    return [ROOT, "/org/freedesktop/LogControl1", ...jobs.map((one) => jobPath(one.id)), ...units.map((unit) => unitPath(unit.name))];
  },
  *interfaces(sys, path) {
    if (path === ROOT) return [MANAGER];
    if (path === "/org/freedesktop/LogControl1") return ["org.freedesktop.LogControl1"];
    const unit = unitNameOf(path);
    if (unit === undefined) return [];
    try {
      const { name } = yield* ask<"show">(sys, { op: "show", unit });
      return [faceOf(name), UNIT];
    } catch (error) {
      if (error instanceof DbusError) return [];
      throw error;
    }
  },
  *members(sys, path) {
    const unit = unitNameOf(path);
    return unit === undefined ? [] : ownMembers(yield* shown(sys, unit));
  },
  *properties(sys, path, face) {
    const unit = unitNameOf(path);
    if (face === "org.freedesktop.LogControl1") return new Map<string, DbusValue>([["LogLevel", "info"], ["LogTarget", "journal-or-kmsg"], ["SyslogIdentifier", "systemd"]]);
    const list = unit === undefined ? (yield* ask<"manager">(sys, { op: "manager" })).properties.filter(([name]) => !name.startsWith("Hote")) : yield* shown(sys, unit);
    const members = face === MANAGER || face === UNIT ? (membersOf(face) ?? []) : ownMembers(list);
    const signatures = new Map(members.filter(({ kind }) => kind === "property").map(({ name, signature }) => [name, signature]));
    const values = new Map<string, DbusValue>();
    for (const [name, text] of list) {
      const signature = signatures.get(name);
      if (signature !== undefined) values.set(name, signature === "a(sasbttttuii)" ? commandOf(text) : valueOf(signature, text));
    }
    if (face === UNIT && unit !== undefined) {
      const { jobs } = yield* ask<"list-jobs">(sys, { op: "list-jobs" });
      const own = jobs.find((one) => one.unit === unit);
      values.set("Job", [own?.id ?? 0, jobPath(own?.id ?? 0)]);
    }
    return values;
  },
  *call(sys, path, face, method, body) {
    if (face === MANAGER) return yield* managerCall(sys, method, body);
    const unit = unitNameOf(path);
    const kind = unitMethods.get(method);
    if (unit !== undefined && kind !== undefined) return yield* job(sys, kind, unit, String(body[0] ?? "replace"));
    if (unit !== undefined && method === "ResetFailed") {
      yield* ask<"reset-failed">(sys, { op: "reset-failed", unit });
      return nothing;
    }
    return undefined;
  },
};
