// Verbs of systemctl that are typed less often: what a unit left behind, freezing, the manager's log level, links into targets.
import { isFailure } from "../../../daemons/systemd/api/protocol.ts";
import { linkUnits, UnitPaths } from "../../../daemons/systemd/api/unit-files.ts";
import { mangleUnitName } from "../../../daemons/systemd/api/unit-name.ts";
import { BOLD, complain, GREEN, NORMAL } from "../_systemd.ts";
import { type Context, expandNames, fail, propertyMap, statusOf, type Verb } from "./_context.ts";
import { CLEANABLE } from "./_words.ts";

export const importEnvironment: Verb = function* (context, operands) {
  const { sys, bus, io } = context;
  if (operands.length === 0) yield* complain(io, "Calling import-environment without a list of variable names is deprecated.", "warning");
  const set: string[] = [];
  for (const name of operands.length > 0 ? operands : [...sys.environment.keys()]) {
    if (!/^[A-Za-z_]\w*$/.test(name)) return yield* fail(context, `Not a valid environment variable name: ${name}`);
    const value = sys.environment.get(name);
    if (value === undefined) yield* complain(io, `Environment variable $${name} not set, ignoring.`, "warning");
    else set.push(`${name}=${value}`);
  }
  const reply = yield* bus.call({ op: "environment", set });
  return isFailure(reply) ? yield* fail(context, `Failed to import environment: ${reply.error}`) : 0;
};

const freezing = (frozen: boolean): Verb => function* (context, operands) {
  let status = 0;
  for (const unit of yield* expandNames(context, operands)) {
    const reply = yield* context.bus.call({ op: "freeze", unit, frozen });
    if (!isFailure(reply)) continue;
    yield* complain(context.io, `Failed to ${frozen ? "freeze" : "thaw"} ${unit}: ${reply.error}`);
    status ||= statusOf(reply);
  }
  return status;
};
export const freeze = freezing(true);
export const thaw = freezing(false);

export const clean = (what: readonly string[]): Verb => function* (context, operands) {
  const bad = what.find((word) => word !== "all" && !CLEANABLE.includes(word));
  if (bad !== undefined) return yield* fail(context, `Failed to clean unit ${mangleUnitName(operands[0] ?? "")}: Invalid resource type: ${bad}`);
  const kinds = what.includes("all") ? CLEANABLE : what.length > 0 ? what : ["runtime", "cache"];
  let status = 0;
  for (const unit of yield* expandNames(context, operands)) {
    const reply = yield* context.bus.call({ op: "clean", unit, kinds });
    if (isFailure(reply)) status = yield* fail(context, `Failed to clean unit ${unit}: ${reply.error}`);
  }
  return status;
};

/** The manager's own: how much it logs, and where to. */
export const logSetting = (key: "level" | "target"): Verb => function* (context, operands) {
  const [word] = operands;
  const reply = yield* context.bus.call({ op: "log", key, ...(word !== undefined && { value: word }) });
  if (isFailure(reply)) return yield* fail(context, `Failed to set log ${key} to ${word ?? ""}: ${reply.error}`, statusOf(reply));
  if (word === undefined) context.io.out.put(`${reply.value}\n`);
  return 0;
};

const adding = (kind: "wants" | "requires"): Verb => function* (context, operands) {
  const [target = "", ...units] = operands.map((word) => mangleUnitName(word));
  const report = linkUnits(new UnitPaths(context.sys), target, units, { kind, runtime: context.options.runtime });
  if (typeof report === "string") return yield* fail(context, `Failed to add dependency: ${report}`);
  if (!context.options.quiet) for (const change of report) yield* complain(context.io, `Created symlink ${change.path} → ${change.target}.`, "info");
  const reload = context.options.noReload ? {} : yield* context.bus.call({ op: "reload" });
  return isFailure(reload) ? yield* fail(context, `Failed to reload daemon: ${reload.error}`) : 0;
};
export const addWants = adding("wants");
export const addRequires = adding("requires");

export const listMachines: Verb = function* (context) {
  const { bus, io, options, sys } = context;
  const reply = yield* bus.call({ op: "manager" });
  if (isFailure(reply)) return yield* fail(context, reply.error);
  const facts = propertyMap(reply.properties);
  const state = facts.get("SystemState") ?? "unknown";
  const dot = context.colour && state === "running" ? `${GREEN}●${NORMAL}` : "●";
  const name = `${sys.uname().nodename} (host)`;
  const width = Math.max(4, name.length);
  const stateWidth = Math.max(5, state.length);
  if (!options.noLegend) io.out.put(`  ${"NAME".padEnd(width)} ${"STATE".padEnd(stateWidth)} FAILED JOBS\n`);
  io.out.put(`${options.plain ? " " : dot} ${name.padEnd(width)} ${state.padEnd(stateWidth)} ${(facts.get("NFailedUnits") ?? "0").padStart(6)} ${(facts.get("NJobs") ?? "0").padStart(4)}\n`);
  if (!options.noLegend) io.out.put(`\n${context.colour ? BOLD : ""}1 machines listed.${context.colour ? NORMAL : ""}\n`);
  return 0;
};

/** Known, and not done here. */
export const refused = (word: string): Verb => function* (context: Context) {
  return yield* fail(context, `systemctl: '${word}' is not simulated.`);
};
