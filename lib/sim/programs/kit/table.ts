// Tables as libsmartcols draws them for lsblk, findmnt, lsns, losetup, lscpu…: aligned, raw (-r), pairs (-P), JSON (-J), with a tree in one column.
//
//   const table = new Table([{ name: "NAME", tree: true }, { name: "SIZE", right: true }, { name: "MOUNTPOINTS", wrapList: true }]);
//   const disk = table.row(["vda", "20G", ""]);
//   table.row(["vda1", "20G", "/"], disk);
//   io.out.put(table.text({ mode: "table", headings: true, width, utf8: io.utf8 }))

import { padEnd, padStart, textWidth } from "./width.ts";

export interface Column {
  readonly name: string;
  readonly right?: boolean;
  /** Holds the tree's branches. */
  readonly tree?: boolean;
  /** May be cut when the terminal is too narrow. */
  readonly truncate?: boolean;
  /** Its values do not make the column wide: they are cut to the width that is left (column -E shows them whole). */
  readonly noExtremes?: boolean;
  /** May be broken into lines when the terminal is too narrow. */
  readonly wrap?: boolean;
  /** The value is a list, one per line: lines in a table, an array in JSON. */
  readonly wrapList?: boolean;
  readonly json?: "string" | "number" | "boolean";
  /** Width hint: below 1 a share of the terminal, from 1 the least number of columns (scols_column_set_whint). */
  readonly minimumWidth?: number;
  /** Never narrower, whatever the data. */
  readonly leastWidth?: number;
}

export interface Row {
  readonly cells: readonly string[];
  readonly children: Row[];
}

export interface TableStyle {
  readonly mode: "table" | "raw" | "pairs" | "json" | "list";
  readonly headings: boolean;
  /** Columns of the terminal; undefined: as wide as it gets. */
  readonly width?: number | undefined;
  readonly utf8?: boolean;
  readonly ascii?: boolean;
  /** The key of the JSON array: "blockdevices". */
  readonly jsonName?: string;
  /** Between columns; default one space. */
  readonly separator?: string;
  /** What stands before and behind each heading: a colour of the terminal. */
  readonly headingColour?: readonly [string, string] | undefined;
  /** --shell: column names fit to be variables in pairs. */
  readonly shell?: boolean;
}

interface Line {
  readonly prefix: string;
  /** Of the further lines of a cell that holds a list. */
  readonly continuation: string;
  readonly cells: readonly string[];
}

export class Table {
  readonly columns: readonly Column[];
  readonly rows: Row[] = [];

  constructor(columns: readonly Column[]) {
    this.columns = columns;
  }

  row(cells: readonly string[], parent?: Row): Row {
    const row: Row = { cells, children: [] };
    (parent?.children ?? this.rows).push(row);
    return row;
  }

  text(style: TableStyle): string {
    switch (style.mode) {
      case "json": return this.#json(style);
      case "raw": return this.#raw(style);
      case "pairs": return this.#pairs(style);
      default: return this.#table(style);
    }
  }

  #flat(style: TableStyle): Line[] {
    const lines: Line[] = [];
    const hasTree = this.columns.some((column) => column.tree) && style.mode !== "list";
    const [branch, corner, bar] = style.ascii || style.utf8 === false ? ["|-", "`-", "| "] : ["├─", "└─", "│ "];
    const walk = (rows: readonly Row[], indent: string, top: boolean): void => {
      rows.forEach((row, index) => {
        const last = index === rows.length - 1;
        const own = top || !hasTree ? "" : indent + (last ? corner : branch);
        const below = top || !hasTree ? "" : indent + (last ? "  " : bar);
        lines.push({ prefix: own, continuation: below + (row.children.length > 0 && hasTree ? bar : ""), cells: row.cells });
        walk(row.children, below, false);
      });
    };
    walk(this.rows, "", true);
    return lines;
  }

  #table(style: TableStyle): string {
    const { columns } = this;
    const separator = style.separator ?? " ";
    const lines = this.#flat(style);
    const cellLines = (line: Line, index: number): string[] => {
      const raw = line.cells[index] ?? "";
      const parts = columns[index]?.wrapList ? raw.split("\n") : [raw];
      return columns[index]?.tree ? parts.map((part, at) => (at === 0 ? line.prefix : line.continuation) + part) : parts;
    };
    const widths = columns.map((column, index) => {
      // libsmartcols counts the heading also where it is not shown
      const heading = Math.max(textWidth(column.name), column.leastWidth ?? 0);
      let width = 0;
      for (const line of lines) for (const part of cellLines(line, index)) width = Math.max(width, textWidth(printable(part)));
      // the hint counts only where the data fill the heading
      if (width < heading) return heading;
      return (column.minimumWidth ?? 0) >= 1 ? Math.max(width, column.minimumWidth ?? 0) : width;
    });
    if (style.width !== undefined) this.#shrink(widths, style.width, style.headings, separator);
    let out = "";
    const put = (parts: readonly string[], [before, after]: readonly [string, string] = ["", ""]): void => {
      let text = "";
      parts.forEach((part, index) => {
        const column = columns[index];
        const width = widths[index] ?? 0;
        let shown = part;
        if (column?.truncate && textWidth(shown) > width) shown = cut(shown, width);
        if (index > 0) text += separator;
        text += before + (column?.right && !(shown === "" && index === columns.length - 1) ? padStart(shown, width) : index === columns.length - 1 ? shown : padEnd(shown, width)) + after;
      });
      out += text + "\n";
    };
    if (style.headings) put(columns.map((column) => column.name), style.headingColour);
    for (const line of lines) {
      const all = columns.map((column, index) => {
        const parts = cellLines(line, index).map(printable);
        return column.wrap ? parts.flatMap((part) => wrapped(part, widths[index] ?? 0)) : parts;
      });
      const height = Math.max(1, ...all.map((parts) => parts.length));
      for (let at = 0; at < height; at++) {
        put(columns.map((column, index) => all[index]?.[at] ?? (column.tree ? line.continuation : "")));
      }
    }
    return out;
  }

  /** Takes columns from those that may be cut until the table fits. */
  #shrink(widths: number[], terminal: number, headings: boolean, separator: string): void {
    const total = (): number => widths.reduce((sum, width) => sum + width, 0) + (widths.length - 1) * textWidth(separator);
    for (let over = total() - terminal; over > 0; over = total() - terminal) {
      let widest = -1;
      this.columns.forEach((column, index) => {
        const least = headings ? textWidth(column.name) : 1;
        if ((column.truncate || column.wrap) && (widths[index] ?? 0) > least && (widest < 0 || (widths[index] ?? 0) > (widths[widest] ?? 0))) widest = index;
      });
      if (widest < 0) return;
      widths[widest] = (widths[widest] ?? 1) - 1;
    }
  }

  #raw(style: TableStyle): string {
    const escaped = (value: string): string => value.replace(/[\\\s\u0000-\u001f\u007f]/g, (char) => "\\x" + char.charCodeAt(0).toString(16).padStart(2, "0"));
    let out = style.headings ? this.columns.map((column) => escaped(column.name)).join(" ") + "\n" : "";
    for (const line of this.#flat({ ...style, mode: "list" })) out += this.columns.map((_, index) => escaped(line.cells[index] ?? "")).join(" ") + "\n";
    return out;
  }

  #pairs(style: TableStyle): string {
    const escaped = (value: string): string => value.replace(/[\\"`$\u0000-\u001f\u007f]/g, (char) => "\\x" + char.charCodeAt(0).toString(16).padStart(2, "0"));
    const key = (name: string): string => (style.shell ? name.replace(/%/g, "PCT").replace(/[^A-Za-z0-9_]/g, "_") : name);
    let out = "";
    for (const line of this.#flat({ ...style, mode: "list" })) {
      out += this.columns.map((column, index) => `${key(column.name)}="${escaped(line.cells[index] ?? "")}"`).join(" ") + "\n";
    }
    return out;
  }

  #json(style: TableStyle): string {
    const hasTree = this.columns.some((column) => column.tree);
    const value = (column: Column, cell: string, indent: string): string => {
      if (column.wrapList) {
        const parts = cell.split("\n").map((part) => `${indent}    ${part === "" ? "null" : quoted(part)}`);
        return `[\n${parts.join(",\n")}\n${indent}]`;
      }
      if (cell === "") return "null";
      if (column.json === "number") return cell;
      if (column.json === "boolean") return cell === "1" || cell === "true" || cell === "yes" ? "true" : "false";
      return quoted(cell);
    };
    const object = (row: Row, indent: string): string => {
      const inner = indent + "   ";
      const members = this.columns.map((column, index) => `${inner}${quoted(column.name.toLowerCase())}: ${value(column, row.cells[index] ?? "", inner)}`);
      if (hasTree && row.children.length > 0) members.push(`${inner}"children": [\n${array(row.children, inner + "   ")}\n${inner}]`);
      return `${indent}{\n${members.join(",\n")}\n${indent}}`;
    };
    const array = (rows: readonly Row[], indent: string): string =>
      rows.map((row) => object(row, indent)).join(",").replaceAll(`},${indent}{`, "},{");
    const flat = (rows: readonly Row[]): Row[] => rows.flatMap((row) => [row, ...flat(row.children)]);
    const shown = hasTree ? this.rows : flat(this.rows);
    return `{\n   ${quoted(style.jsonName ?? "rows")}: [\n${array(shown, "      ")}\n   ]\n}\n`;
  }
}

function quoted(text: string): string {
  return '"' + text.replace(/["\\\u0000-\u001f]/g, (char) => {
    const short = new Map([["\n", "\\n"], ["\t", "\\t"], ["\r", "\\r"], ["\b", "\\b"], ["\f", "\\f"]]).get(char);
    return short ?? (char === '"' || char === "\\" ? "\\" + char : "\\u" + char.charCodeAt(0).toString(16).padStart(4, "0"));
  }) + '"';
}

const printable = (text: string): string => text.replace(/[\u0000-\u001f\u007f]/g, (char) => "\\x" + char.charCodeAt(0).toString(16).padStart(2, "0"));

function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (let rest = text; ; ) {
    const line = cut(rest, Math.max(1, width));
    lines.push(line);
    rest = rest.slice(line.length);
    if (rest === "") return lines;
  }
}

function cut(text: string, width: number): string {
  let out = "";
  for (const char of text) {
    if (textWidth(out + char) > width) break;
    out += char;
  }
  return out;
}
