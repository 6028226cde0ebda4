// list-dependencies: the tree of what a unit pulls in, or of what pulls it in.
import type { Blocking } from "../../../kernel/sys.ts";
import { isFailure } from "../../../daemons/systemd/api/protocol.ts";
import { mangleUnitName, unitTypeOf } from "../../../daemons/systemd/api/unit-name.ts";
import { ellipsize, speaksUtf8 } from "../_ellipsize.ts";
import { GREEN, NORMAL, RED, terminalColumns } from "../_systemd.ts";
import { type Context, fail, print, propertyMap, type Verb } from "./_context.ts";

const forward = ["Requires", "Requisite", "Wants", "ConsistsOf", "BindsTo", "Upholds"];
const backward = ["RequiredBy", "RequisiteOf", "WantedBy", "PartOf", "BoundBy", "UpheldBy"];

interface Tree {
  readonly context: Context;
  readonly width: number;
  /** what is being shown above; with --plain everything that was shown */
  readonly units: string[];
  readonly bars: { readonly vertical: string; readonly branch: string; readonly last: string; readonly space: string };
  readonly dots: ReadonlyMap<string, string>;
}

export const listDependencies: Verb = function* (context, operands) {
  const utf8 = speaksUtf8(context.sys);
  const tree: Tree = {
    context, units: [], width: Math.max(terminalColumns(context.sys), 20), bars: utf8 ? { vertical: "│ ", branch: "├─", last: "└─", space: "  " } : { vertical: "| ", branch: "|-", last: "`-", space: "  " },
    dots: new Map(utf8 ? [["active", "●"], ["reloading", "↻"], ["inactive", "○"], ["failed", "×"], ["activating", "●"], ["deactivating", "●"]] : [["active", "*"], ["reloading", "C"], ["inactive", "*"], ["failed", "x"], ["activating", "*"], ["deactivating", "*"]]),
  };
  const roots = operands.length === 0 ? ["default.target"] : operands.map((operand) => mangleUnitName(operand));
  for (const [index, root] of roots.entries()) {
    const shown = yield* context.bus.call({ op: "show", unit: root });
    if (isFailure(shown)) return yield* fail(context, shown.error);
    yield* print(context, `${index > 0 ? "\n" : ""}${root}\n`);
    yield* below(tree, root, []);
  }
  return 0;
};

/** `open`: for each level above whether more comes at it. */
function* below(tree: Tree, name: string, open: readonly boolean[]): Blocking<void> {
  const { context, units } = tree;
  const { options, colour, bus } = context;
  units.push(name);
  const shown = yield* bus.call({ op: "show", unit: name });
  const properties = isFailure(shown) ? new Map<string, string>() : propertyMap(shown.properties);
  const names = new Set((options.reverse ? backward : forward).flatMap((key) => (properties.get(key) ?? "").split(" ")).filter((word) => word !== ""));
  const list = [...names].sort(compareDependencies);
  for (const [index, dependency] of list.entries()) {
    const more = index < list.length - 1;
    if (units.includes(dependency)) {
      if (!options.plain) yield* line(tree, "  ", "...", [...open, more], false);
      continue;
    }
    let head = "  ";
    if (!options.plain) {
      const info = yield* bus.call({ op: "load", units: [dependency] });
      const active = isFailure(info) ? "inactive" : (info.units[0]?.active ?? "inactive");
      const shade = ["active", "reloading", "activating"].includes(active) ? GREEN : ["inactive", "deactivating"].includes(active) ? NORMAL : RED;
      const dot = tree.dots.get(active) ?? "○";
      head = colour ? `${shade}${dot}${NORMAL} ` : `${dot} `;
    }
    yield* line(tree, head, dependency, open, more);
    if (options.all || unitTypeOf(dependency) === "target") yield* below(tree, dependency, [...open, more]);
  }
  if (!options.plain) units.splice(units.lastIndexOf(name), 1);
}

function* line(tree: Tree, head: string, name: string, open: readonly boolean[], more: boolean): Blocking<void> {
  const { context, bars } = tree;
  const { options, sys } = context;
  const branches = options.plain ? "" : `${open.map((one) => (one ? bars.vertical : bars.space)).join("")}${more ? bars.branch : bars.last}`;
  const text = options.full ? name : ellipsize(sys, name, Math.max(3, tree.width - branches.length), 100);
  yield* print(context, `${head}${branches}${text}\n`);
}

/** Services and the like first, targets last. */
function compareDependencies(a: string, b: string): number {
  const target = (name: string): number => (unitTypeOf(name) === "target" ? 1 : 0);
  return target(a) - target(b) || (a.toLowerCase() < b.toLowerCase() ? -1 : 1);
}
