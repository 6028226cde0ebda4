// Tables of pvs, vgs and lvs: fields by name, sizes with their sign of rounding (lvmreport(7)).
import type { Io } from "../kit/gnu.ts";
import { flag, text, unsimulated } from "../kit/gnu.ts";
import { fail, sizeText } from "./_lvm.ts";

export interface Field<R> {
  readonly names: readonly string[];
  readonly title: string;
  readonly right?: boolean;
  readonly width?: number;
  /** a size in sectors is written as the options say */
  readonly value: (row: R) => string | { readonly sectors: number };
}

export const REPORT_OPTIONS = {
  fields: text(["-o", "--options"], "String", "the fields to show; + adds to the usual ones"), noHeadings: flag(["--noheadings"], "no titles"), separator: text(["--separator"], "String", "between fields"), units: text(["--units"], "String", "units of sizes: b, k, m, g, t, s, r"), noSuffix: flag(["--nosuffix"], "sizes without their unit"),
  sort: text(["-O", "--sort"], "String", "sort by these fields"), all: flag(["-a", "--all"], "show all"), verbose: flag(["-v", "--verbose"], "more fields"), select: unsimulated(["-S", "--select"], "choose rows", "use grep"), json: unsimulated(["--reportformat"], "another format", "tables are text here"), rows: unsimulated(["--rows"], "rows as columns", "tables are as usual here"), nameprefixes: unsimulated(["--nameprefixes"], "FIELD=value", "tables are as usual here"),
} as const;

interface Options {
  readonly fields: string | undefined;
  readonly noHeadings: boolean;
  readonly separator: string | undefined;
  readonly units: string | undefined;
  readonly noSuffix: boolean;
  readonly sort: string | undefined;
}

export function report<R>(io: Io, options: Options, fields: readonly Field<R>[], usual: string, rows: readonly R[]): void {
  const find = (name: string): Field<R> => fields.find((one) => one.names.includes(name)) ?? fail(`Unrecognised field: ${name}`);
  const wanted = options.fields === undefined ? usual.split(",") : options.fields.startsWith("+") ? [...usual.split(","), ...options.fields.slice(1).split(",")] : options.fields.split(",");
  const columns = wanted.map(find);
  const units = options.units === "r" || options.units === "h" ? "" : (options.units ?? "");
  const written = (value: string | { readonly sectors: number }): string => {
    if (typeof value === "string") return value;
    if (units === "s") return `${value.sectors}${options.noSuffix ? "" : "S"}`;
    const shown = sizeText(value.sectors, true, units === "" ? "" : units.charAt(0));
    return options.noSuffix ? shown.replace(/[a-zA-Z]$/, "") : shown;
  };
  const ordered = [...rows];
  if (options.sort !== undefined) {
    const keys = options.sort.split(",").map((one) => ({ field: find(one.replace(/^[-+]/, "")), down: one.startsWith("-") }));
    const order = (a: string | { readonly sectors: number }, b: string | { readonly sectors: number }): number => (typeof a === "object" && typeof b === "object" ? a.sectors - b.sectors : String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0);
    ordered.sort((a, b) => keys.reduce((found, { field, down }) => found || order(field.value(a), field.value(b)) * (down ? -1 : 1), 0));
  }
  const cells = ordered.map((row) => columns.map((field) => written(field.value(row))));
  if (cells.length === 0) return;
  if (options.separator !== undefined) {
    if (!options.noHeadings) io.out.put(`  ${columns.map((field) => field.title).join(options.separator)}\n`);
    for (const row of cells) io.out.put(`  ${row.map((cell) => cell.trimEnd()).join(options.separator)}\n`);
    return;
  }
  const widths = columns.map((field, index) => Math.max(field.width ?? 0, options.noHeadings ? 0 : field.title.length, ...cells.map((row) => (row[index] ?? "").length)));
  const line = (row: readonly string[], heading: boolean): string => `  ${row.map((cell, index) => (columns[index]?.right && !heading ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0))).join(" ")}\n`;
  if (!options.noHeadings) io.out.put(line(columns.map((field) => field.title), true));
  for (const row of cells) io.out.put(line(row, false));
}
