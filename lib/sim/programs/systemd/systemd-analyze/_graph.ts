// What PID 1 knows of its units, whole: dump, and dot(1)'s text of how they depend on each other.
import type { Blocking } from "../../../kernel/sys.ts";
import { isFailure, type Properties } from "../../../daemons/systemd/api/protocol.ts";
import { matchesPattern } from "../../../daemons/systemd/api/unit-name.ts";
import type { Io } from "../../kit/gnu.ts";
import { complain, connect } from "../_systemd.ts";

interface DotOptions {
  readonly order: boolean;
  readonly require: boolean;
  readonly from: readonly string[];
  readonly to: readonly string[];
}

const REQUIREMENTS = [["Requires", "black"], ["Requisite", "darkblue"], ["BindsTo", "gold"], ["Wants", "grey66"], ["Conflicts", "red"]] as const;
const LEGEND = "   Color legend: black     = Requires\n                 dark blue = Requisite\n                 gold      = BindsTo\n                 dark grey = Wants\n                 red       = Conflicts\n                 green     = After";

function* allUnits(io: Io): Blocking<readonly (readonly [name: string, properties: Properties])[] | undefined> {
  const bus = yield* connect(io);
  if (bus === undefined) return undefined;
  const list = yield* bus.call({ op: "list-units" });
  if (isFailure(list)) {
    yield* complain(io, `Failed to list units: ${list.error}`);
    return undefined;
  }
  const found: (readonly [string, Properties])[] = [];
  for (const unit of list.units) {
    const shown = yield* bus.call({ op: "show", unit: unit.name });
    if (!isFailure(shown)) found.push([unit.name, shown.properties]);
  }
  bus.close();
  return found;
}

const valueOf = (properties: Properties, name: string): string => properties.find(([one]) => one === name)?.[1] ?? "";

export function* dot(io: Io, patterns: readonly string[], { order, require, from, to }: DotOptions): Blocking<number> {
  const units = yield* allUnits(io);
  if (units === undefined) return 1;
  const fits = (list: readonly string[], name: string): boolean => list.some((pattern) => matchesPattern(pattern, name));
  const edges = [...(require ? [] : [["After", "green"] as const]), ...(order ? [] : REQUIREMENTS)];
  io.out.put("digraph systemd {\n");
  for (const [name, properties] of units) {
    if (from.length > 0 && !fits(from, name)) continue;
    for (const [kind, colour] of edges) {
      for (const other of valueOf(properties, kind).split(" ").filter((word) => word !== "")) {
        if (to.length > 0 && !fits(to, other)) continue;
        if (patterns.length > 0 && !fits(patterns, name) && !fits(patterns, other)) continue;
        io.out.put(`\t"${name}"->"${other}" [color="${colour}"];\n`);
      }
    }
  }
  io.out.put("}\n");
  yield* complain(io, LEGEND, "info");
  if (io.sys.isatty(1)) yield* complain(io, "-- You probably want to process this output with graphviz' dot tool.\n-- Try a shell pipeline like 'systemd-analyze dot | dot -Tsvg > systemd.svg'!\n", "notice");
  return 0;
}

export function* dump(io: Io, patterns: readonly string[]): Blocking<number> {
  const units = yield* allUnits(io);
  if (units === undefined) return 1;
  for (const [name, properties] of units) {
    if (patterns.length > 0 && !patterns.some((pattern) => matchesPattern(pattern, name))) continue;
    const line = (label: string, value: string): string => (value === "" ? "" : `\t${label}: ${value}\n`);
    io.out.put(`-> Unit ${name}:\n${line("Description", valueOf(properties, "Description"))}${line("Unit Load State", valueOf(properties, "LoadState"))}${line("Unit Active State", valueOf(properties, "ActiveState"))}`);
    io.out.put(`${line("State Change Timestamp", valueOf(properties, "StateChangeTimestamp"))}${line("Inactive Exit Timestamp", valueOf(properties, "InactiveExitTimestamp"))}${line("Active Enter Timestamp", valueOf(properties, "ActiveEnterTimestamp"))}`);
    io.out.put(line("Fragment Path", valueOf(properties, "FragmentPath")));
    for (const kind of ["Requires", "Wants", "WantedBy", "Conflicts", "Before", "After"]) for (const other of valueOf(properties, kind).split(" ")) io.out.put(line(kind, other));
  }
  return 0;
}
