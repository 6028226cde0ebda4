// list-units, list-unit-files, list-timers, list-sockets, list-dependencies, list-jobs.
import { SysError, type Blocking } from "../../../kernel/sys.ts";
import { linkTarget } from "../../../daemons/systemd/api/files.ts";
import { isFailure, type UnitInfo } from "../../../daemons/systemd/api/protocol.ts";
import { formatRelative, formatTimestamp } from "../../../daemons/systemd/api/time-span.ts";
import { allUnitFiles, presetOf, readPresets, UnitFileStates, UnitPaths } from "../../../daemons/systemd/api/unit-files.ts";
import { mangleUnitName, matchesPattern, unitTypeOf } from "../../../daemons/systemd/api/unit-name.ts";
import { GREEN, RED } from "../_systemd.ts";
import { renderTable } from "../_table.ts";
import { type Context, fail, print, propertyMap, type Verb } from "./_context.ts";

/** By type, then by name, as systemd sorts. */
export function compareUnits(a: string, b: string): number {
  const typeA = a.slice(a.lastIndexOf(".") + 1);
  const typeB = b.slice(b.lastIndexOf(".") + 1);
  if (typeA !== typeB) return typeA < typeB ? -1 : 1;
  const lowerA = a.toLowerCase();
  const lowerB = b.toLowerCase();
  return lowerA < lowerB ? -1 : lowerA > lowerB ? 1 : 0;
}

function selected(context: Context, unit: UnitInfo, patterns: readonly string[]): boolean {
  const { options } = context;
  if (patterns.length > 0 && !patterns.some((pattern) => matchesPattern(pattern, unit.name))) return false;
  const type = unitTypeOf(unit.name) ?? "";
  if (options.types.length > 0 && !options.types.includes(type) && !options.types.includes(unit.load)) return false;
  const states = options.failed ? ["failed"] : options.states;
  if (states.length > 0) return states.includes(unit.load) || states.includes(unit.active) || states.includes(unit.sub);
  if (options.all) return true;
  return unit.active !== "inactive" || unit.jobId > 0;
}

export const listUnits: Verb = function* (context, operands) {
  const patterns = operands.map((operand) => mangleUnitName(operand));
  for (const pattern of patterns) if (!/[*?[]/.test(pattern)) yield* context.bus.call({ op: "load", units: [pattern] });
  const reply = yield* context.bus.call({ op: "list-units" });
  if (isFailure(reply)) return yield* fail(context, `Failed to list units: ${reply.error}`);
  const { options, colour } = context;
  const units = reply.units.filter((unit) => selected(context, unit, patterns)).sort((a, b) => compareUnits(a.name, b.name));
  const dots = units.map((unit) => (unit.active === "failed" || ["error", "not-found", "bad-setting"].includes(unit.load) ? "●" : unit.load === "masked" ? "○" : " "));
  const jobs = units.some((unit) => unit.jobId > 0);
  const rows = units.map((unit, index) => [...(options.plain ? [] : [dots[index] ?? " "]), unit.name, unit.load, unit.active, unit.sub, ...(jobs ? [unit.job] : []), unit.description]);
  const legend = !options.noLegend;
  if (rows.length > 0) {
    const header = [...(options.plain ? [] : [" "]), "UNIT", "LOAD", "ACTIVE", "SUB", ...(jobs ? ["JOB"] : []), "DESCRIPTION"];
    yield* print(context, renderTable({
      header: legend ? header : undefined, rows, width: options.full ? Number.POSITIVE_INFINITY : context.columns, colour,
      paint: (row, column) => (units[row]?.active === "failed" && (column === 0 || column === 3 || column === 4) ? RED : undefined), shrinkable: [options.plain ? 0 : 1, header.length - 1],
    }));
  }
  if (legend && !options.quiet) {
    if (rows.length === 0) yield* print(context, `${options.plain ? "" : "  "}UNIT LOAD ACTIVE SUB DESCRIPTION\n`);
    if (rows.length > 0) {
      yield* print(context, "\nLOAD   = Reflects whether the unit definition was properly loaded.\nACTIVE = The high-level unit activation state, i.e. generalization of SUB.\nSUB    = The low-level unit activation state, values depend on unit type.\n");
      if (jobs) yield* print(context, "JOB    = Pending job for the unit.\n");
    }
    yield* print(context, options.all || options.states.length > 0 || options.failed
      ? `${rows.length} loaded units listed.\n`
      : `${rows.length} loaded units listed. Pass --all to see loaded but inactive units, too.\n`);
    if (!options.failed && options.states.length === 0) yield* print(context, "To show all installed unit files use 'systemctl list-unit-files'.\n");
  }
  return 0;
};

export const listUnitFiles: Verb = function* (context, operands) {
  const { sys, options } = context;
  const patterns = operands.map((operand) => mangleUnitName(operand));
  const paths = new UnitPaths(sys);
  const presets = yield* readPresets(sys);
  const states = new UnitFileStates(paths);
  const rows: string[][] = [];
  for (const name of [...allUnitFiles(sys).keys()].sort(compareUnits)) {
    if (patterns.length > 0 && !patterns.some((pattern) => matchesPattern(pattern, name))) continue;
    if (options.types.length > 0 && !options.types.includes(unitTypeOf(name) ?? "")) continue;
    const state = yield* states.of(name);
    if (state === undefined) continue;
    if (options.states.length > 0 && !options.states.includes(state)) continue;
    rows.push([name, state, ["static", "alias", "generated", "transient", "indirect"].includes(state) ? "-" : presetOf(presets, name)]);
  }
  if (rows.length > 0) {
    yield* print(context, renderTable({
      header: options.noLegend ? undefined : ["UNIT FILE", "STATE", "PRESET"], rows, width: options.full ? Number.POSITIVE_INFINITY : context.columns, colour: context.colour, shrinkable: [0],
      paint: (row, column) => (column === 0 ? undefined : rows[row]?.[column]?.startsWith("enabled") === true ? GREEN : undefined),
    }));
  }
  if (!options.noLegend) yield* print(context, `${rows.length > 0 ? "\n" : ""}${rows.length} unit files listed.\n`);
  return rows.length === 0 && patterns.length > 0 ? 1 : 0;
};

export const listTimers: Verb = function* (context, operands) {
  const reply = yield* context.bus.call({ op: "list-units" });
  if (isFailure(reply)) return yield* fail(context, `Failed to list units: ${reply.error}`);
  const patterns = operands.map((operand) => mangleUnitName(operand, "timer"));
  const nowUs = context.sys.clockUs("realtime");
  const found: { readonly name: string; readonly triggers: string; readonly nextUs: number; readonly lastUs: number }[] = [];
  for (const unit of reply.units) {
    if (unitTypeOf(unit.name) !== "timer" || (unit.active !== "active" && !context.options.all)) continue;
    if (patterns.length > 0 && !patterns.some((pattern) => matchesPattern(pattern, unit.name))) continue;
    const shown = yield* context.bus.call({ op: "show", unit: unit.name });
    if (isFailure(shown)) continue;
    const properties = propertyMap(shown.properties);
    found.push({ name: unit.name, triggers: properties.get("Triggers") ?? "", nextUs: Number(properties.get("HoteNextElapseUSec") || Number.POSITIVE_INFINITY), lastUs: Number(properties.get("HoteLastTriggerUSec") || 0) });
  }
  found.sort((a, b) => a.nextUs - b.nextUs || compareUnits(a.name, b.name));
  const rows = found.map(({ name, triggers, nextUs, lastUs }) => [
    nextUs === Number.POSITIVE_INFINITY ? "-" : formatTimestamp(nextUs), nextUs === Number.POSITIVE_INFINITY ? "-" : formatRelative(nextUs, nowUs), lastUs === 0 ? "-" : formatTimestamp(lastUs), lastUs === 0 ? "-" : formatRelative(lastUs, nowUs),
    name, triggers,
  ]);
  const legend = !context.options.noLegend;
  if (rows.length > 0) yield* print(context, renderTable({ header: legend ? ["NEXT", "LEFT", "LAST", "PASSED", "UNIT", "ACTIVATES"] : undefined, rows, width: context.options.full ? Number.POSITIVE_INFINITY : context.columns, colour: context.colour }));
  if (legend) yield* print(context, `${rows.length > 0 ? "\n" : ""}${rows.length} timers listed.\n${context.options.all ? "" : "Pass --all to see loaded but inactive timers, too.\n"}`);
  return 0;
};

export const listSockets: Verb = function* (context, operands) {
  const reply = yield* context.bus.call({ op: "list-units" });
  if (isFailure(reply)) return yield* fail(context, `Failed to list units: ${reply.error}`);
  const patterns = operands.map((operand) => mangleUnitName(operand, "socket"));
  const rows: string[][] = [];
  for (const unit of reply.units) {
    if (unitTypeOf(unit.name) !== "socket" || (unit.active !== "active" && !context.options.all)) continue;
    if (patterns.length > 0 && !patterns.some((pattern) => matchesPattern(pattern, unit.name))) continue;
    const shown = yield* context.bus.call({ op: "show", unit: unit.name });
    if (isFailure(shown)) continue;
    const properties = propertyMap(shown.properties);
    for (const match of (properties.get("Listen") ?? "").matchAll(/(\S+) \((\w+)\)/g)) rows.push([match[1] ?? "", unit.name, properties.get("Triggers") ?? ""]);
  }
  rows.sort((a, b) => ((a[0] ?? "") < (b[0] ?? "") ? -1 : 1));
  const legend = !context.options.noLegend;
  if (rows.length > 0) yield* print(context, renderTable({ header: legend ? ["LISTEN", "UNIT", "ACTIVATES"] : undefined, rows, width: context.options.full ? Number.POSITIVE_INFINITY : context.columns, colour: context.colour }));
  if (legend) yield* print(context, `${rows.length > 0 ? "\n" : ""}${rows.length} sockets listed.\n${context.options.all ? "" : "Pass --all to see loaded but inactive sockets, too.\n"}`);
  return 0;
};

export const listJobs: Verb = function* (context) {
  const reply = yield* context.bus.call({ op: "list-jobs" });
  if (isFailure(reply)) return yield* fail(context, `Failed to list jobs: ${reply.error}`);
  if (reply.jobs.length === 0) {
    if (!context.options.noLegend) yield* print(context, "No jobs running.\n");
    return 0;
  }
  yield* print(context, renderTable({ header: context.options.noLegend ? undefined : ["JOB", "UNIT", "TYPE", "STATE"], rows: reply.jobs.map((job) => [String(job.id), job.unit, job.kind, job.state]), width: context.columns, colour: context.colour, right: [0] }));
  if (!context.options.noLegend) yield* print(context, `\n${reply.jobs.length} jobs listed.\n`);
  return 0;
};

const forward = ["Requires", "Requisite", "Wants", "ConsistsOf", "BindsTo", "Upholds"];
const backward = ["RequiredBy", "WantedBy", "PartOf", "BoundBy"];

export const listDependencies: Verb = function* (context, operands) {
  const roots = operands.length === 0 ? ["default.target"] : operands.map((operand) => mangleUnitName(operand));
  let first = true;
  for (const root of roots) {
    const shown = yield* context.bus.call({ op: "show", unit: root });
    if (isFailure(shown)) return yield* fail(context, shown.error);
    if (!first) yield* print(context, "\n");
    first = false;
    yield* print(context, `${shown.name}\n`);
    yield* dependencyTree(context, shown.name, "", [shown.name], true);
  }
  return 0;
};

function* dependencyTree(context: Context, name: string, prefix: string, path: readonly string[], top: boolean): Blocking<void> {
  const shown = yield* context.bus.call({ op: "show", unit: name });
  if (isFailure(shown)) return;
  const properties = propertyMap(shown.properties);
  const names = new Set<string>();
  for (const key of context.options.reverse ? backward : forward) for (const word of (properties.get(key) ?? "").split(" ")) if (word !== "") names.add(word);
  const list = [...names].sort((a, b) => compareDependencies(a, b));
  for (const [index, dependency] of list.entries()) {
    const last = index === list.length - 1;
    const info = yield* context.bus.call({ op: "load", units: [dependency] });
    const unit = isFailure(info) ? undefined : info.units[0];
    const dot = unit === undefined || unit.load === "not-found" ? "○" : unit.active === "active" || unit.active === "activating" || unit.active === "reloading" ? "●" : unit.active === "failed" ? "×" : "○";
    const branch = last ? "└─" : "├─";
    yield* print(context, `${context.options.plain ? "  ".repeat(path.length - 1) : `${context.colour && dot === "●" ? `${GREEN}${dot}\x1b[0m` : dot} ${prefix}${branch}`}${dependency}\n`);
    if ((unitTypeOf(dependency) === "target" || context.options.all) && !path.includes(dependency)) {
      if (top || context.options.all || unitTypeOf(dependency) === "target") yield* dependencyTree(context, dependency, `${prefix}${last ? "  " : "│ "}`, [...path, dependency], false);
    }
  }
}

/** Services and the like first, targets last. */
function compareDependencies(a: string, b: string): number {
  const target = (name: string): number => (unitTypeOf(name) === "target" ? 1 : 0);
  return target(a) - target(b) || (a.toLowerCase() < b.toLowerCase() ? -1 : 1);
}

export const getDefault: Verb = function* (context) {
  for (const path of ["/etc/systemd/system/default.target", "/lib/systemd/system/default.target"]) {
    const target = linkTarget(context.sys, path);
    if (target === undefined) continue;
    yield* print(context, `${target.slice(target.lastIndexOf("/") + 1)}\n`);
    return 0;
  }
  return 1;
};

export const setDefault: Verb = function* (context, operands) {
  const { sys } = context;
  const name = mangleUnitName(operands[0] ?? "", "target");
  if (sys.getcred().euid !== 0) return yield* fail(context, "Failed to set default target: Access denied");
  if (unitTypeOf(name) !== "target") return yield* fail(context, `Failed to set default target: Invalid argument`);
  try {
    sys.stat(`/lib/systemd/system/${name}`);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    try {
      sys.stat(`/etc/systemd/system/${name}`);
    } catch (second) {
      if (!(second instanceof SysError)) throw second;
      return yield* fail(context, `Failed to set default target: Unit file ${name} does not exist.`);
    }
  }
  const path = "/etc/systemd/system/default.target";
  if (linkTarget(sys, path) !== undefined) {
    sys.unlink(path);
    if (!context.options.quiet) yield* context.io.stderr(`Removed "${path}".\n`);
  }
  sys.symlink(`/lib/systemd/system/${name}`, path);
  if (!context.options.quiet) yield* context.io.stderr(`Created symlink ${path} → /lib/systemd/system/${name}.\n`);
  yield* context.bus.call({ op: "reload" });
  return 0;
};
