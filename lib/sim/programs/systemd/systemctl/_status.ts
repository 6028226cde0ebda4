// systemctl status: the block of facts, the control group's tree, the last lines of the journal.
import type { Blocking } from "../../../kernel/sys.ts";
import { tryReadFile } from "../../../daemons/systemd/api/files.ts";
import { readJournal } from "../../../daemons/systemd/api/journal.ts";
import { journalFiles } from "../../../daemons/systemd/api/journal-files.ts";
import { isFailure, type Properties } from "../../../daemons/systemd/api/protocol.ts";
import { formatRelative, formatTimeSpan } from "../../../daemons/systemd/api/time-span.ts";
import { controlGroupTree } from "../_cgroup-tree.ts";
import { GREEN, NORMAL, RED, YELLOW, complain, formatBytes } from "../_systemd.ts";
import { formatShort, fullTime, ofUnit } from "../_journal-format.ts";
import { compareUnits } from "./_list-units.ts";
import { type Context, expandNames, linked, linkedPath, localTimestamps, parseTimestamp, print, propertyMap, type Verb } from "./_context.ts";

const defaultLines = 10;

function dotOf(active: string): string {
  switch (active) {
    case "active":
    case "activating":
    case "deactivating":
      return "●";
    case "reloading":
      return "↻";
    case "failed":
      return "×";
    default:
      return "○";
  }
}

function colourOf(active: string): string {
  return active === "active" || active === "reloading" ? GREEN : active === "failed" ? RED : active === "activating" || active === "deactivating" ? YELLOW : "";
}

function paint(context: Context, colour: string, text: string): string {
  return context.colour && colour !== "" ? `${colour}${text}${NORMAL}` : text;
}

export const status: Verb = function* (context, operands) {
  const { bus } = context;
  if (operands.length === 0) return yield* systemStatus(context);
  let result = 0;
  const names: string[] = [];
  for (const operand of operands) {
    if (/^\d+$/.test(operand)) {
      const group = ((yield* tryReadFile(context.sys, `/proc/${operand}/cgroup`)) ?? "").trim();
      const unit = group.split("/").findLast((part) => /\.(?:service|scope)$/.test(part));
      if (unit === undefined) {
        yield* complain(context.io, `Failed to get unit for PID ${operand}: PID ${operand} does not belong to any loaded unit.`);
        result = 1;
      } else names.push(unit);
    } else names.push(...(yield* expandNames(context, [operand])));
  }
  let first = true;
  for (const name of names) {
    const reply = yield* bus.call({ op: "show", unit: name });
    if (isFailure(reply)) {
      yield* complain(context.io, reply.code === "InvalidArgs" ? `Failed to get properties: ${reply.error}` : reply.error);
      result = 1;
      continue;
    }
    if (reply.info.load === "not-found" && reply.info.active === "inactive") {
      yield* complain(context.io, `Unit ${name} could not be found.`);
      result = 4;
      continue;
    }
    if (!first) yield* print(context, "\n");
    first = false;
    yield* unitStatus(context, reply.name, reply.properties);
    if (reply.info.active !== "active" && reply.info.active !== "reloading" && result === 0) result = 3;
  }
  return result;
};

function* unitStatus(context: Context, name: string, list: Properties): Blocking<void> {
  const { options, sys } = context;
  const get = (key: string): string => properties.get(key) ?? "";
  const properties = propertyMap(list);
  const active = get("ActiveState");
  const lines: string[] = [];
  const row = (label: string, text: string): void => {
    lines.push(`${label.padStart(11)}: ${text}`);
  };
  const description = get("Description");
  lines.push(`${paint(context, colourOf(active), dotOf(active))} ${name}${description === "" || description === name ? "" : ` - ${description}`}`);
  const load = get("LoadState");
  // what a generator made is named by what it was made from
  const path = get("SourcePath") || get("FragmentPath");
  const state = get("UnitFileState");
  const presetShown = state !== "" && !["static", "alias", "generated", "transient"].includes(state);
  const details = [path === "" ? "" : linkedPath(context, path), state === "" ? "" : paint(context, state.startsWith("enabled") ? GREEN : state === "disabled" ? YELLOW : "", state), presetShown ? `preset: ${paint(context, get("UnitFilePreset") === "enabled" ? GREEN : YELLOW, get("UnitFilePreset"))}` : ""].filter((part) => part !== "");
  if (load === "masked") row("Loaded", `masked (Reason: Unit ${name} is masked.)`);
  else if (load === "bad-setting") row("Loaded", `${paint(context, RED, "bad-setting")} (Reason: Unit ${name} has a bad unit file setting.)`);
  else if (load !== "loaded") row("Loaded", `${paint(context, RED, load)} (Reason: Unit ${name} not found.)`);
  else row("Loaded", details.length === 0 ? "loaded" : `loaded (${details.join("; ")})`);
  if (get("Transient") === "yes") row("Transient", "yes");
  const dropIns = get("DropInPaths").split(" ").filter((one) => one !== "");
  if (dropIns.length > 0) {
    const byDirectory = new Map<string, string[]>();
    for (const one of dropIns) {
      const slash = one.lastIndexOf("/");
      const files = byDirectory.get(one.slice(0, slash));
      if (files === undefined) byDirectory.set(one.slice(0, slash), [one.slice(slash + 1)]);
      else files.push(one.slice(slash + 1));
    }
    let first = true;
    for (const [directory, files] of byDirectory) {
      lines.push(`${first ? "    Drop-In: " : "             "}${directory}`);
      lines.push(`             └─${files.map((file) => linkedPath(context, `${directory}/${file}`, file)).join(", ")}`);
      first = false;
    }
  }
  const sub = get("SubState");
  const result = get("Result");
  const word = `${active}${sub !== "" && sub !== active ? ` (${sub})` : ""}${result !== "" && result !== "success" ? ` (Result: ${result})` : ""}`;
  const sinceKey = active === "active" || active === "reloading" ? "ActiveEnterTimestamp" : active === "inactive" || active === "failed" ? "InactiveEnterTimestamp" : active === "activating" ? "InactiveExitTimestamp" : "ActiveExitTimestamp";
  const monotonic = Number(get(`${sinceKey}Monotonic`));
  const nowUs = sys.clockUs("realtime");
  const bootUs = nowUs - sys.clockUs("monotonic");
  const since = get(sinceKey) === "" ? "" : ` since ${localTimestamps(context, get(sinceKey))}; ${formatRelative(bootUs + monotonic, nowUs)}`;
  row("Active", `${paint(context, colourOf(active), word)}${since}`);
  if (active === "inactive" || active === "failed") {
    const enter = Number(get("ActiveEnterTimestampMonotonic"));
    const exit = Number(get("ActiveExitTimestampMonotonic"));
    if (enter > 0 && exit >= enter) row("Duration", formatTimeSpan(exit - enter, exit - enter >= 1_000_000 ? 1000 : 1000));
  }
  for (const [index, trigger] of get("TriggeredBy").split(" ").filter((one) => one !== "").sort(compareUnits).entries()) {
    const other = yield* context.bus.call({ op: "load", units: [trigger] });
    const otherActive = isFailure(other) ? "inactive" : (other.units[0]?.active ?? "inactive");
    lines.push(`${index === 0 ? "TriggeredBy: " : "             "}${paint(context, colourOf(otherActive), dotOf(otherActive))} ${trigger}`);
  }
  if (name.endsWith(".timer")) {
    const next = Number(get("HoteNextElapseUSec"));
    row("Trigger", next > 0 ? `${fullTime(next, context.zone)}; ${formatRelative(next, nowUs)}` : "n/a");
  }
  for (const [index, trigger] of get("Triggers").split(" ").filter((one) => one !== "").entries()) {
    const other = yield* context.bus.call({ op: "load", units: [trigger] });
    const otherActive = isFailure(other) ? "inactive" : (other.units[0]?.active ?? "inactive");
    // systemd shows a filled dot for what a unit triggers, whatever its state
    lines.push(`${index === 0 ? "   Triggers: " : "             "}${paint(context, colourOf(otherActive), "●")} ${trigger}`);
  }
  if (get("ConditionResult") === "no" && get("ConditionTimestamp") !== "") {
    row("Condition", `start condition failed at ${localTimestamps(context, get("ConditionTimestamp"))}; ${formatRelative(bootUs + Number(get("ConditionTimestampMonotonic")), nowUs)}`);
    const unmet = get("HoteUnmet").split("\n").filter((one) => one !== "");
    for (const [at, one] of unmet.entries()) lines.push(`             ${at === unmet.length - 1 ? "└─" : "├─"} ${one} was not met`);
  }
  if (name.endsWith(".mount") || name.endsWith(".automount")) row("Where", get("Where"));
  if (name.endsWith(".mount") || name.endsWith(".swap")) row("What", get("What"));
  get("Documentation").split(" ").filter((one) => one !== "").forEach((one, index) => {
    lines.push(`${index === 0 ? "       Docs: " : "             "}${linked(context, one)}`);
  });
  if (name.endsWith(".socket")) {
    [...get("Listen").matchAll(/\S+ \(\w+\)/g)].forEach((match, index) => {
      lines.push(`${index === 0 ? "     Listen: " : "             "}${match[0]}`);
    });
    if (get("Accept") === "yes") lines.push(`   Accepted: ${get("NAccepted")}; Connected: ${get("NConnections")};`);
  }
  for (const [key, value] of list) {
    if (!/^Exec(?:Condition|StartPre|StartPost|Reload|Stop|StopPost|Start)$/.test(key)) continue;
    const command = parseCommand(value);
    if (command === undefined || command.startedUs === 0 || command.code === "(null)") continue;
    const good = command.code === "exited" && command.status === "0";
    const text = `${command.pid} ${key}=${command.argv} ${good ? `(code=exited, status=0/SUCCESS)` : `(code=${command.code}, ${command.code === "exited" ? paint(context, RED, `status=${statusText(command.status)}`) : `signal=${signalText(command.status)}`})`}`;
    row("Process", text);
  }
  const mainPid = Number(get("MainPID"));
  const lastPid = Number(get("ExecMainPID"));
  if (mainPid > 0) {
    const comm = ((yield* tryReadFile(sys, `/proc/${mainPid}/comm`)) ?? "").trim();
    row("Main PID", `${mainPid}${comm === "" ? "" : ` (${comm})`}`);
  } else if (lastPid > 0) {
    const code = get("ExecMainCode");
    const value = get("ExecMainStatus");
    row("Main PID", `${lastPid} (code=${code === "1" ? "exited" : code === "2" ? "killed" : "dumped"}, ${code === "1" ? (value === "0" ? "status=0/SUCCESS" : paint(context, RED, `status=${statusText(value)}`)) : `signal=${signalText(value)}`})`);
  }
  if (Number(get("ControlPID")) > 0) {
    const comm = ((yield* tryReadFile(sys, `/proc/${get("ControlPID")}/comm`)) ?? "").trim();
    row("Cntrl PID", `${get("ControlPID")}${comm === "" ? "" : ` (${comm})`}`);
  }
  if (get("StatusText") !== "") row("Status", `"${get("StatusText")}"`);
  const group = get("ControlGroup");
  if (group !== "" && /^\d+$/.test(get("TasksCurrent"))) row("Tasks", `${get("TasksCurrent")}${/^\d+$/.test(get("TasksMax")) ? ` (limit: ${get("TasksMax")})` : ""}`);
  if (group !== "" && /^\d+$/.test(get("MemoryCurrent"))) {
    const current = Number(get("MemoryCurrent"));
    const limits: string[] = [];
    for (const [key, label] of [["MemoryMin", "min"], ["MemoryLow", "low"], ["MemoryHigh", "high"], ["MemoryMax", "max"], ["MemorySwapMax", "swap max"]] as const) if (/^\d+$/.test(get(key)) && get(key) !== "0") limits.push(`${label}: ${formatBytes(Number(get(key)))}`);
    if (/^\d+$/.test(get("MemoryMax"))) limits.push(`available: ${formatBytes(Math.max(0, Number(get("MemoryMax")) - current))}`);
    row("Memory", `${formatBytes(current)}${limits.length === 0 ? "" : ` (${limits.join(" ")})`}`);
  }
  if (/^\d+$/.test(get("CPUUsageNSec")) && (group !== "" || Number(get("CPUUsageNSec")) > 0)) row("CPU", formatTimeSpan(Math.floor(Number(get("CPUUsageNSec")) / 1000), 1000));
  if (group !== "") {
    row("CGroup", group);
    lines.push(...(yield* controlGroupTree(sys, group, "             ", options.full ? Number.POSITIVE_INFINITY : context.columns, context.colour)));
  }
  yield* print(context, `${lines.join("\n")}\n`);
  yield* journalLines(context, name, properties);
}

/** "1/FAILURE" */
function statusText(value: string): string {
  return `${value}/${exitNames.get(Number(value)) ?? "n/a"}`;
}

const exitNames: ReadonlyMap<number, string> = new Map([[0, "SUCCESS"], [1, "FAILURE"], [2, "INVALIDARGUMENT"], [3, "NOTIMPLEMENTED"], [4, "NOPERMISSION"], [5, "NOTINSTALLED"], [6, "NOTCONFIGURED"], [7, "NOTRUNNING"], [200, "CHDIR"], [203, "EXEC"], [208, "STDIN"], [209, "STDOUT"], [216, "GROUP"], [217, "USER"], [226, "NAMESPACE"]]);
const signals: ReadonlyMap<number, string> = new Map([[1, "HUP"], [2, "INT"], [3, "QUIT"], [6, "ABRT"], [9, "KILL"], [10, "USR1"], [11, "SEGV"], [12, "USR2"], [13, "PIPE"], [14, "ALRM"], [15, "TERM"]]);

function signalText(value: string): string {
  return signals.get(Number(value)) ?? value;
}

interface ShownCommand {
  readonly argv: string;
  readonly startedUs: number;
  readonly pid: number;
  readonly code: string;
  readonly status: string;
}

/** The rendering of formatCommand (daemons/systemd/command.ts) back to its parts. */
function parseCommand(text: string): ShownCommand | undefined {
  const match = /^\{ path=.*? ; argv\[\]=(.*) ; ignore_errors=\w+ ; start_time=\[(.*?)\] ; stop_time=\[.*?\] ; pid=(\d+) ; code=(\S+) ; status=(\d+)/.exec(text);
  if (match === null) return undefined;
  return { argv: match[1] ?? "", startedUs: match[2] === "n/a" ? 0 : parseTimestamp(match[2] ?? ""), pid: Number(match[3]), code: match[4] ?? "", status: match[5] ?? "0" };
}

function* journalLines(context: Context, name: string, properties: ReadonlyMap<string, string>): Blocking<void> {
  const count = context.options.lines ?? defaultLines;
  if (count === 0) return;
  const entries = yield* readJournal(context.sys, yield* journalFiles(context.sys));
  if (entries === undefined) {
    if ((properties.get("InactiveExitTimestamp") ?? "") !== "") yield* complain(context.io, "\nWarning: some journal files were not opened due to insufficient permissions.");
    return;
  }
  // only what belongs to the run that is shown
  const started = properties.get("InvocationID") ?? "";
  const sinceUs = Number(properties.get("InactiveExitTimestampMonotonic") ?? "0");
  const own = entries.filter((entry) => ofUnit(entry, name) && (started === "" || entry.monotonicUs >= sinceUs - 2_000_000));
  const shown = own.slice(-count);
  if (shown.length === 0) return;
  yield* print(context, "\n");
  const look = { sys: context.sys, zone: context.zone, colour: context.colour, hostname: true, width: context.options.full || !Number.isFinite(context.columns) ? Number.POSITIVE_INFINITY : context.columns };
  for (const entry of shown) yield* print(context, `${formatShort(entry, look)}\n`);
}

function* systemStatus(context: Context): Blocking<number> {
  const reply = yield* context.bus.call({ op: "manager" });
  if (isFailure(reply)) return 1;
  const properties = propertyMap(reply.properties);
  const get = (key: string): string => properties.get(key) ?? "";
  const state = get("SystemState");
  const units = yield* context.bus.call({ op: "list-units" });
  const nowUs = context.sys.clockUs("realtime");
  const startedUs = Number(get("HoteStartedUSec"));
  const lines = [
    `${paint(context, state === "running" ? GREEN : RED, "●")} ${get("HoteHostname")}`,
    `    State: ${paint(context, state === "running" ? GREEN : RED, state)}`,
    `    Units: ${isFailure(units) ? 0 : units.units.filter((unit) => unit.load === "loaded").length} loaded (incl. loaded aliases)`,
    `     Jobs: ${get("NJobs")} queued`,
    `   Failed: ${get("NFailedUnits")} units`,
    `    Since: ${fullTime(startedUs, context.zone)}; ${formatRelative(startedUs, nowUs)}`,
    `  systemd: ${get("Version")}`,
    "   CGroup: /",
    ...(yield* controlGroupTree(context.sys, "/", "           ", context.columns, context.colour)),
  ];
  yield* print(context, `${lines.join("\n")}\n`);
  return 0;
}
