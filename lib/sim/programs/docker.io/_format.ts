// --format and docker's tables (docker/cli's formatter package): columns with their headers, Go templates, "table …", "json".

import { compileTemplate, TemplateError } from "../kit/go-template/execute-template.ts";
import { GoStruct, type GoValue } from "../kit/go-template/go-value.ts";

/** A column: its header and its text for one row. */
export interface Column<Row> {
  readonly header: string;
  readonly value: (row: Row) => GoValue;
}

export interface Format<Row> {
  /** "formatter.imageContext" without the star: for errors */
  readonly typeName: string;
  readonly columns: ReadonlyMap<string, Column<Row>>;
  /** names of the columns of the default table */
  readonly table: readonly string[];
}

export class FormatError extends Error {}

/** Go's tabwriter with padding 3 and minimum width 10 (docker ps); cells are left-aligned. */
export function tabulate(rows: readonly (readonly string[])[], minimum = 10, padding = 3): string {
  const widths: number[] = [];
  for (const row of rows) row.slice(0, -1).forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? minimum, [...cell].length + padding)));
  return rows.map((row) => `${row.map((cell, column) => (column < row.length - 1 ? cell + " ".repeat((widths[column] ?? 0) - [...cell].length) : cell)).join("")}\n`).join("");
}

function rowValue<Row>(format: Format<Row>, row: Row): GoValue {
  return new GoStruct(`*${format.typeName}`, new Map([...format.columns].map(([name, column]): [string, GoValue] => [name, column.value(row)]).sort(([a], [b]) => (a < b ? -1 : 1))));
}

/** What is printed for those rows. Errors: FormatError with docker's line. */
export function render<Row>(format: Format<Row>, rows: readonly Row[], wanted: string, quietColumn?: string): string {
  if (quietColumn !== undefined) return rows.map((row) => `${String(format.columns.get(quietColumn)?.value(row) ?? "")}\n`).join("");
  const template = wanted === "" || wanted === "table" ? `table ${format.table.map((name) => `{{.${name}}}`).join("\t")}` : wanted;
  const table = template === "table" || template.startsWith("table ") || template.startsWith("table\t");
  const source = (table ? template.slice("table ".length) : template).replaceAll("\\t", "\t").replaceAll("\\n", "\n");
  try {
    const compiled = compileTemplate("", source);
    if (!table) return rows.map((row) => `${compiled.execute(rowValue(format, row))}\n`).join("");
    const headers = new GoStruct(`*${format.typeName}`, new Map([...format.columns].map(([name, column]) => [name, column.header])));
    const lines = [compiled.execute(headers), ...rows.map((row) => compiled.execute(rowValue(format, row)))];
    return tabulate(lines.flatMap((line) => line.split("\n")).map((line) => line.split("\t")));
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw new FormatError(`template parsing error: ${error.message}`);
  }
}

/** Cut to `length` characters with an ellipsis (docker's Ellipsis). */
export function ellipsis(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join("")}…`;
}

export function shortId(id: string): string {
  return id.replace(/^sha256:/, "").slice(0, 12);
}
