// show, cat, is-active, is-enabled, is-failed, is-system-running.
import { type Blocking, SysError } from "../../../kernel/sys.ts";
import { linkTarget, readFile } from "../../../daemons/systemd/api/files.ts";
import { isFailure, type Properties } from "../../../daemons/systemd/api/protocol.ts";
import { UnitFileStates, UnitPaths } from "../../../daemons/systemd/api/unit-files.ts";
import { mangleUnitName } from "../../../daemons/systemd/api/unit-name.ts";
import { BLUE, complain, NORMAL } from "../_systemd.ts";
import { warnChanged } from "./_jobs.ts";
import { type Context, expandNames, fail, linkedPath, localTimestamps, print, propertyMap, type Verb } from "./_context.ts";

function* showProperties(context: Context, properties: Properties): Blocking<void> {
  const { options } = context;
  const wanted = options.properties.flatMap((text) => text.split(",")).filter((name) => name !== "");
  for (const [name, value] of properties) {
    if (name.startsWith("Hote")) continue;
    if (wanted.length > 0 ? !wanted.includes(name) : value === "" && !options.all) continue;
    const shown = localTimestamps(context, value);
    yield* print(context, options.value ? `${shown}\n` : `${name}=${shown}\n`);
  }
}

export const show: Verb = function* (context, operands) {
  const { bus } = context;
  if (operands.length === 0) {
    const reply = yield* bus.call({ op: "manager" });
    if (isFailure(reply)) return yield* fail(context, reply.error);
    yield* showProperties(context, reply.properties);
    return 0;
  }
  let first = true;
  for (const name of yield* expandNames(context, operands)) {
    const reply = yield* bus.call({ op: "show", unit: name });
    if (isFailure(reply)) return yield* fail(context, `Failed to get properties: ${reply.error}`);
    if (!first && !context.options.value) yield* print(context, "\n");
    if (!first && context.options.value) yield* print(context, "\n");
    first = false;
    yield* showProperties(context, reply.properties);
  }
  return 0;
};

/** The comment above each file's text: blue on a terminal. */
function heading(context: Context, file: string): string {
  return context.colour ? `${BLUE}# ${linkedPath(context, file)}${NORMAL}` : `# ${file}`;
}

export const cat: Verb = function* (context, operands) {
  const { bus, sys } = context;
  let first = true;
  for (const name of yield* expandNames(context, operands)) {
    const reply = yield* bus.call({ op: "show", unit: name });
    if (isFailure(reply)) return yield* fail(context, `Failed to get properties: ${reply.error}`);
    const properties = propertyMap(reply.properties);
    const path = properties.get("FragmentPath") ?? "";
    if (properties.get("LoadState") === "not-found" || path === "") return yield* fail(context, `No files found for ${name}.`);
    if (!first) yield* print(context, "\n");
    first = false;
    if (properties.get("NeedDaemonReload") === "yes") yield* warnChanged(context, name);
    const files = [path, ...(properties.get("DropInPaths") ?? "").split(" ").filter((one) => one !== "")];
    for (const [index, file] of files.entries()) {
      if (index > 0) yield* print(context, "\n");
      if (linkTarget(sys, file) === "/dev/null") {
        yield* print(context, `${heading(context, file)} -> /dev/null\n`);
        continue;
      }
      try {
        const text = yield* readFile(sys, file);
        yield* print(context, `${heading(context, file)}\n${text}${text.endsWith("\n") || text === "" ? "" : "\n"}`);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* complain(context.io, `Failed to cat ${file}: ${error.message}`);
      }
    }
  }
  return 0;
};

export const isActive: Verb = function* (context, operands) {
  let active = false;
  let found = false;
  for (const name of yield* expandNames(context, operands)) {
    const reply = yield* context.bus.call({ op: "load", units: [name] });
    const unit = isFailure(reply) ? undefined : reply.units[0];
    if (unit !== undefined && unit.load !== "not-found") found = true;
    const state = unit?.active ?? "inactive";
    if (state === "active" || state === "reloading") active = true;
    if (!context.options.quiet) yield* print(context, `${state}\n`);
  }
  return active ? 0 : found ? 3 : 4;
};

export const isFailed: Verb = function* (context, operands) {
  let failed = false;
  if (operands.length === 0) {
    const reply = yield* context.bus.call({ op: "manager" });
    const state = isFailure(reply) ? "unknown" : (propertyMap(reply.properties).get("SystemState") ?? "unknown");
    if (!context.options.quiet) yield* print(context, `${state}\n`);
    return state === "degraded" ? 0 : 1;
  }
  for (const name of yield* expandNames(context, operands)) {
    const reply = yield* context.bus.call({ op: "load", units: [name] });
    const state = isFailure(reply) ? "inactive" : (reply.units[0]?.active ?? "inactive");
    if (state === "failed") failed = true;
    if (!context.options.quiet) yield* print(context, `${state}\n`);
  }
  return failed ? 0 : 1;
};

const goodStates = new Set(["enabled", "enabled-runtime", "static", "alias", "indirect", "generated"]);

export const isEnabled: Verb = function* (context, operands) {
  let enabled = false;
  const paths = new UnitPaths(context.sys);
  const states = new UnitFileStates(paths);
  for (const operand of operands) {
    const name = mangleUnitName(operand);
    const state = yield* states.of(name);
    if (state === undefined) {
      yield* complain(context.io, `Failed to get unit file state for ${name}: No such file or directory`);
      return 1;
    }
    if (goodStates.has(state)) enabled = true;
    if (!context.options.quiet) yield* print(context, `${state}\n`);
  }
  return enabled ? 0 : 1;
};

export const isSystemRunning: Verb = function* (context) {
  const reply = yield* context.bus.call({ op: "manager" });
  const state = isFailure(reply) ? "offline" : (propertyMap(reply.properties).get("SystemState") ?? "unknown");
  if (!context.options.quiet) yield* print(context, `${state}\n`);
  return state === "running" ? 0 : 1;
};

