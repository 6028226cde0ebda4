// list-units, list-unit-files, list-timers, list-sockets, list-dependencies, list-jobs.
import { SysError } from "../../../kernel/sys.ts";
import { linkTarget } from "../../../daemons/systemd/api/files.ts";
import { isFailure, type UnitInfo } from "../../../daemons/systemd/api/protocol.ts";
import { formatRelative } from "../../../daemons/systemd/api/time-span.ts";
import { allUnitFiles, presetOf, readPresets, UnitFileStates, UnitPaths } from "../../../daemons/systemd/api/unit-files.ts";
import { mangleUnitName, matchesPattern, unitTypeOf } from "../../../daemons/systemd/api/unit-name.ts";
import { speaksUtf8 } from "../_ellipsize.ts";
import { fullTime } from "../_journal-format.ts";
import { BOLD, GREEN, GREY, NORMAL, RED, YELLOW } from "../_systemd.ts";
import { type CellStyle, renderTable } from "../_table.ts";
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

/** Columns that a table of systemctl may take. */
function tableWidth(context: Context): number {
  return context.options.full ? Number.POSITIVE_INFINITY : context.columns;
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

const TROUBLE = ["error", "not-found", "bad-setting", "masked"];

export const listUnits: Verb = function* (context, operands) {
  const { options, colour } = context;
  const patterns = operands.map((operand) => mangleUnitName(operand));
  for (const pattern of patterns) if (!/[*?[]/.test(pattern)) yield* context.bus.call({ op: "load", units: [pattern] });
  const reply = yield* context.bus.call({ op: "list-units" });
  if (isFailure(reply)) return yield* fail(context, `Failed to list units: ${reply.error}`);
  const units = reply.units.filter((unit) => selected(context, unit, patterns)).sort((a, b) => compareUnits(a.name, b.name));
  const jobs = units.some((unit) => unit.jobId > 0);
  const glyph = speaksUtf8(context.sys) ? "●" : "*";
  const columnsOf = (dot: string, name: string, load: string, active: string, sub: string, job: string, description: string): string[] => [...(options.plain ? [] : [dot]), name, load, active, sub, ...(jobs ? [job] : []), description];
  const rows = units.map((unit) => columnsOf(TROUBLE.includes(unit.load) || unit.active === "failed" ? glyph : " ", unit.name, unit.load, unit.active, unit.sub, unit.jobId > 0 ? unit.job : "     ", unit.description));
  const shift = options.plain ? 1 : 0;
  const style = (row: number, column: number): CellStyle | undefined => {
    const unit = units[row];
    if (unit === undefined || options.plain) return undefined;
    const at = column + shift;
    if (TROUBLE.includes(unit.load)) return at === 0 ? { colour: YELLOW, both: true } : at === 2 ? { colour: RED, both: true } : undefined;
    return unit.active === "failed" && [0, 1, 3, 4].includes(at) ? { colour: RED, both: true } : undefined;
  };
  const legend = !options.noLegend;
  const ink = (shade: string, text: string): string => (colour ? `${shade}${text}${NORMAL}` : text);
  yield* print(context, renderTable(context.sys, {
    header: legend ? columnsOf(" ", "UNIT", "LOAD", "ACTIVE", "SUB", "JOB", "DESCRIPTION") : undefined, rows, width: tableWidth(context), colour, style,
    underlined: (row) => row + 1 < units.length && unitTypeOf(units[row]?.name ?? "") !== unitTypeOf(units[row + 1]?.name ?? ""),
  }));
  if (!legend || options.quiet) return 0;
  if (rows.length > 0) {
    yield* print(context, "\nLOAD   = Reflects whether the unit definition was properly loaded.\nACTIVE = The high-level unit activation state, i.e. generalization of SUB.\nSUB    = The low-level unit activation state, values depend on unit type.\n");
    if (jobs) yield* print(context, "JOB    = Pending job for the unit.\n\n");
  }
  const states = options.failed ? ["failed"] : options.states;
  const filesHint = `${ink(GREY, "To show all installed unit files use 'systemctl list-unit-files'.")}\n`;
  const listed = ink(rows.length > 0 ? BOLD : RED, `${rows.length} loaded units listed.`);
  if (options.all || states.includes("inactive")) yield* print(context, `${listed}\n${filesHint}`);
  else if (states.length === 0) yield* print(context, `${listed} ${ink(GREY, "Pass --all to see loaded but inactive units, too.")}\n${filesHint}`);
  else yield* print(context, `${rows.length} loaded units listed.\n`);
  return 0;
};

function fileStyle(word: string, column: number): CellStyle | undefined {
  if (column === 0) return undefined;
  const colour = ["enabled", "enabled-runtime", "alias"].includes(word) ? GREEN : ["disabled", "masked", "masked-runtime", "bad"].includes(word) ? RED : undefined;
  return colour === undefined ? undefined : { colour, both: true };
}

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
    rows.push([name, state, ["static", "alias", "generated", "transient"].includes(state) ? "" : presetOf(presets, name)]);
  }
  yield* print(context, renderTable(sys, {
    header: options.noLegend ? undefined : ["UNIT FILE", "STATE", "PRESET"], rows, width: tableWidth(context), colour: context.colour, empty: "-",
    underlined: (row) => row + 1 < rows.length && unitTypeOf(rows[row]?.[0] ?? "") !== unitTypeOf(rows[row + 1]?.[0] ?? ""),
    style: (row, column) => fileStyle(rows[row]?.[column] ?? "", column),
  }));
  if (!options.noLegend) yield* print(context, `\n${rows.length} unit files listed.\n`);
  return rows.length === 0 && patterns.length > 0 ? 1 : 0;
};

function listedText(context: Context, count: number, noun: "timers" | "sockets"): string {
  const text = `${count} ${noun} listed.`;
  return `\n${context.colour ? `${count > 0 ? BOLD : RED}${text}${NORMAL}` : text}\n${context.options.all ? "" : `Pass --all to see loaded but inactive ${noun}, too.\n`}`;
}

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
    nextUs === Number.POSITIVE_INFINITY ? "" : fullTime(nextUs, context.zone), nextUs === Number.POSITIVE_INFINITY ? "" : formatRelative(nextUs, nowUs), lastUs === 0 ? "" : fullTime(lastUs, context.zone), lastUs === 0 ? "" : formatRelative(lastUs, nowUs),
    name, triggers,
  ]);
  const legend = !context.options.noLegend;
  yield* print(context, renderTable(context.sys, { header: legend ? ["NEXT", "LEFT", "LAST", "PASSED", "UNIT", "ACTIVATES"] : undefined, rows, width: tableWidth(context), colour: context.colour, empty: "-" }));
  if (legend) yield* print(context, listedText(context, rows.length, "timers"));
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
  yield* print(context, renderTable(context.sys, { header: legend ? ["LISTEN", "UNIT", "ACTIVATES"] : undefined, rows, width: tableWidth(context), colour: context.colour, empty: "-" }));
  if (legend) yield* print(context, listedText(context, rows.length, "sockets"));
  return 0;
};

export const listJobs: Verb = function* (context) {
  const reply = yield* context.bus.call({ op: "list-jobs" });
  if (isFailure(reply)) return yield* fail(context, `Failed to list jobs: ${reply.error}`);
  const legend = !context.options.noLegend;
  const ink = (shade: string, text: string): string => (context.colour ? `${shade}${text}${NORMAL}` : text);
  if (reply.jobs.length === 0) {
    if (legend) yield* print(context, `${ink(GREEN, "No jobs running.")}\n`);
    return 0;
  }
  yield* print(context, renderTable(context.sys, {
    header: legend ? ["JOB", "UNIT", "TYPE", "STATE"] : undefined, rows: reply.jobs.map((job) => [String(job.id), job.unit, job.kind, job.state]), width: tableWidth(context), colour: context.colour,
    style: (row, column) => (reply.jobs[row]?.state === "running" && (column === 1 || column === 3) ? { colour: BOLD } : undefined),
  }));
  if (legend) yield* print(context, `\n${ink(BOLD, `${reply.jobs.length} jobs listed`)}.\n`);
  return 0;
};

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
