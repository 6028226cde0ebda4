// The ways nmcli writes what it found: tables, lines of "name: value", and the terse form for scripts.
import type { Io } from "../kit/program.ts";

export interface Form {
  readonly terse: boolean;
  /** only values (-g) */
  readonly values: boolean;
  readonly pretty: boolean;
  readonly overview: boolean;
  /** undefined: as the command usually shows */
  readonly fields: readonly string[] | undefined;
  readonly mode: "tabular" | "multiline" | undefined;
}

const escaped = (text: string): string => text.replace(/[\\:]/g, (char) => `\\${char}`);
const nameColumns = 40;

export interface Column<Row> {
  readonly name: string;
  readonly value: (row: Row) => string;
  /** the terse form, where it differs */
  readonly raw?: (row: Row) => string;
  readonly usual: boolean;
}

/** The columns that were asked for; a name that is none. */
export function chosen<Row>(columns: readonly Column<Row>[], form: Form): readonly Column<Row>[] | string {
  const { fields } = form;
  if (fields === undefined || (fields.length === 1 && fields[0] === "common")) return columns.filter((column) => column.usual);
  if (fields.length === 1 && fields[0] === "all") return columns;
  const found: Column<Row>[] = [];
  for (const field of fields) {
    const column = columns.find((one) => one.name === field.toUpperCase());
    if (column === undefined) return field;
    found.push(column);
  }
  return found;
}

export function putTable<Row>(io: Io, title: string, columns: readonly Column<Row>[], rows: readonly Row[], form: Form): void {
  if (form.mode === "multiline") {
    for (const row of rows) putLines(io, columns.map((column) => [column.name, column.value(row)]), form);
    return;
  }
  if (form.terse) {
    for (const row of rows) io.out.put(`${columns.map((column) => {
      const value = (column.raw ?? column.value)(row);
      return escaped(value === "--" ? "" : value);
    }).join(":")}\n`);
    return;
  }
  const widths = columns.map((column) => Math.max(column.name.length, ...rows.map((row) => column.value(row).length)));
  const line = (cells: readonly string[]): string => `${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join("  ")} \n`;
  if (form.pretty) {
    const bar = "=".repeat(title.length + 4);
    io.out.put(`${bar}\n  ${title}\n${bar}\n`);
  }
  if (rows.length === 0) return io.out.put("\n");
  io.out.put(line(columns.map((column) => column.name)));
  if (form.pretty) io.out.put(`${"-".repeat(widths.reduce((sum, width) => sum + width + 2, 0) + 21)}\n`);
  for (const row of rows) io.out.put(line(columns.map((column) => column.value(row))));
}

/** "name: value" lines; `fields` choose by name, or by what stands before the first full stop. */
export function putLines(io: Io, lines: readonly (readonly [name: string, value: string])[], form: Form): void {
  const wanted = form.fields?.map((field) => field.toLowerCase());
  const everything = form.mode === "multiline" || wanted === undefined || wanted[0] === "all" || wanted[0] === "common";
  const matching = (field: string): (readonly [string, string])[] => lines.filter(([name]) => {
    const lower = name.toLowerCase().replace(/\[\d+\]$/, "");
    return lower === field || lower.startsWith(`${field}.`);
  });
  for (const [name, value] of everything ? lines : wanted.flatMap(matching)) {
    const bare = value === "--" ? "" : value;
    if (form.values) io.out.put(`${escaped(bare)}\n`);
    else if (form.terse) io.out.put(`${name}:${bare}\n`);
    else io.out.put(`${`${name}:`.padEnd(nameColumns)}${value}\n`);
  }
}
