// Tables of pvs, vgs and lvs: fields by name, sizes with their sign of rounding (lvmreport(7)).
import type { Io } from "../kit/gnu.ts";
import { flag, text, unsimulated } from "../kit/gnu.ts";
import { badValue, fail, LvmError } from "./_error.ts";
import { sizeText } from "./_lvm.ts";
import { parseSelection } from "./_selection.ts";

export type Cell = string | { readonly sectors: number };

export interface Field<R> {
  readonly names: readonly string[];
  readonly title: string;
  readonly right?: boolean;
  readonly width?: number;
  /** differs between the segments of one volume */
  readonly segment?: boolean;
  /** a size in sectors is written as the options say */
  readonly value: (row: R) => Cell;
}

export const REPORT_OPTIONS = {
  fields: text(["-o", "--options"], "String", "the fields to show; + adds to the usual ones, - takes from them, help lists them"), noHeadings: flag(["--noheadings"], "no titles"), separator: text(["--separator"], "String", "between fields"), units: text(["--units"], "String", "units of sizes: b, k, m, g, t, s, r"), noSuffix: flag(["--nosuffix"], "sizes without their unit"),
  sort: text(["-O", "--sort"], "String", "sort by these fields"), all: flag(["-a", "--all"], "show all"), verbose: flag(["-v", "--verbose"], "more fields"), segments: flag(["--segments"], "a row for each segment"), select: text(["-S", "--select"], "String", "only rows for which comparisons of fields hold, such as 'lv_size>50m && lv_name=~^b'"), format: text(["--reportformat"], "basic|json", "the form of the report"),
  nameprefixes: flag(["--nameprefixes"], "LVM2_FIELD='value'"), unquoted: flag(["--unquoted"], "values of --nameprefixes without quotes"), unbuffered: flag(["--unbuffered"], "taken"), rows: unsimulated(["--rows"], "rows as columns", "tables are as usual here"),
} as const;

interface Options {
  readonly fields: string | undefined;
  readonly noHeadings: boolean;
  readonly separator: string | undefined;
  readonly units: string | undefined;
  readonly noSuffix: boolean;
  readonly sort: string | undefined;
  readonly select: string | undefined;
  readonly format: string | undefined;
  readonly nameprefixes: boolean;
  readonly unquoted: boolean;
}

function writer(options: Options): (value: Cell) => string {
  const units = options.units === "r" || options.units === "h" ? "" : (options.units ?? "");
  return (value) => {
    if (typeof value === "string") return value;
    if (units === "s") return `${value.sectors}${options.noSuffix ? "" : "S"}`;
    const shown = sizeText(value.sectors, true, units === "" ? "" : units.charAt(0));
    return options.noSuffix ? shown.replace(/[a-zA-Z ]$/, "") : shown.replace(/ $/, units === "" ? " " : units.charAt(0));
  };
}

function compare(a: Cell, b: Cell): number {
  if (typeof a === "object" && typeof b === "object") return a.sectors - b.sectors;
  const [left, right] = [String(a), String(b)];
  if (/^[\d.]+$/.test(left) && /^[\d.]+$/.test(right)) return Number(left) - Number(right);
  return left < right ? -1 : left > right ? 1 : 0;
}

const KINDS: ReadonlyMap<string, string> = new Map([["lv", "Logical Volume Fields"], ["vg", "Volume Group Fields"], ["pv", "Physical Volume Fields"]]);

function fieldList<R>(fields: readonly Field<R>[], key: string): readonly string[] {
  const heading = KINDS.get(key) ?? "";
  return [heading, "-".repeat(heading.length), ...fields.map((field) => `  ${(field.names[0] ?? "").padEnd(27)} - ${field.title}`)];
}

export function report<R>(io: Io, options: Options, fields: readonly Field<R>[], usual: string, rows: readonly R[], kind: { readonly key: string; readonly split?: (row: R) => readonly R[] }): void {
  const find = (name: string): Field<R> => {
    const bare = name.trim();
    return fields.find((one) => one.names.includes(bare)) ?? fields.find((one) => one.names.includes(`${kind.key}_${bare}`)) ?? fail(`${fieldList(fields, kind.key).join("\n")}\n \nUnrecognised field: ${bare}`);
  };
  if (options.units !== undefined && !/^[hrbskmgtpe]$/i.test(options.units)) throw new LvmError(`Invalid units specification\nRun \`${kind.key}s --help' for more information.`, 3);
  if (options.format !== undefined && options.format !== "basic" && options.format !== "json") badValue("--reportformat", options.format);
  if (options.fields === "help") {
    for (const line of fieldList(fields, kind.key)) io.out.put(`  ${line}\n`);
    return;
  }
  const list = options.fields ?? "";
  const wanted = options.fields === undefined ? usual.split(",") : list.startsWith("+") ? [...usual.split(","), ...list.slice(1).split(",")] : list.startsWith("-") ? usual.split(",").filter((name) => !list.slice(1).split(",").includes(name)) : list.split(",");
  const all = wanted.flatMap((name) => (/^(?:(?:lv|vg|pv)_)?all$/.test(name) ? [...fields] : [find(name)]));
  const columns = all.filter((field, at) => all.indexOf(field) === at);
  const written = writer(options);
  let ordered = columns.some((field) => field.segment) ? rows.flatMap((row) => kind.split?.(row) ?? [row]) : [...rows];
  if (options.select !== undefined) {
    const chosen = parseSelection<R>(options.select, (name) => fields.find((one) => one.names.includes(name) || one.names.includes(`${kind.key}_${name}`))?.value);
    ordered = ordered.filter(chosen);
  }
  if (options.sort !== undefined) {
    const keys = options.sort.split(",").map((one) => ({ field: find(one.replace(/^[-+]/, "")), down: one.startsWith("-") }));
    ordered.sort((a, b) => keys.reduce((found, { field, down }) => found || compare(field.value(a), field.value(b)) * (down ? -1 : 1), 0));
  }
  const cells = ordered.map((row) => columns.map((field) => written(field.value(row))));
  if (options.format === "json") {
    const body = cells.map((row) => `                  {${row.map((cell, at) => `"${columns[at]?.names[0]}":"${cell.trim()}"`).join(", ")}}`).join(",\n");
    io.out.put(`  {\n      "report": [\n          {\n              "${kind.key}": [\n${body}\n              ]\n          }\n      ]\n  }\n`);
    return;
  }
  if (cells.length === 0) return;
  if (options.nameprefixes) {
    const quote = options.unquoted ? "" : "'";
    for (const row of cells) io.out.put(`  ${row.map((cell, at) => `LVM2_${columns[at]?.names[0]?.toUpperCase()}=${quote}${cell.trim()}${quote}`).join(options.separator ?? " ")}\n`);
    return;
  }
  if (options.separator !== undefined) {
    if (!options.noHeadings) io.out.put(`  ${columns.map((field) => field.title).join(options.separator)}\n`);
    for (const row of cells) io.out.put(`  ${row.map((cell) => cell.trimEnd()).join(options.separator)}\n`);
    return;
  }
  const widths = columns.map((field, index) => Math.max(field.width ?? 0, field.title.length, ...cells.map((row) => (row[index] ?? "").length)));
  const line = (row: readonly string[], heading: boolean): string => `  ${row.map((cell, index) => (columns[index]?.right && !heading ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0))).join(" ")}\n`;
  if (!options.noHeadings) io.out.put(line(columns.map((field) => field.title), true));
  for (const row of cells) io.out.put(line(row, false));
}
