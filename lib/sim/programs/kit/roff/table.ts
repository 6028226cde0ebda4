// Tables of tbl(1): options, formats, text blocks, rules and boxes, as groff 1.22.4 draws them on terminals.

import { readNumber } from "./numbers.ts";
import { EN, type Font, inCells, LINE, type Page } from "./page.ts";
import type { Reader, Roff } from "./roff.ts";

/** Between two columns, in characters. */
const GAP = 3;

interface Column {
  readonly letter: string;
  readonly font: Font | undefined;
  /** Characters to the next column. */
  readonly gap: number | undefined;
  readonly width: number | undefined;
  readonly expands: boolean;
  readonly bar: boolean;
}

interface Format {
  readonly columns: readonly Column[];
  readonly leftBar: boolean;
}

interface Entry {
  readonly page: Page | undefined;
  /** For columns of numbers: characters before the decimal point. */
  readonly before: number;
  readonly rule: boolean;
  /** A text block: set when the width of its column is known. */
  readonly block?: { readonly lines: readonly string[]; readonly font: Font | undefined };
}

type Row = { readonly kind: "rule" } | { readonly kind: "text"; readonly format: Format; readonly entries: readonly Entry[] };

/** The lines from .TS (which is read) to .TE. */
export function table(roff: Roff, _args: readonly string[], reader: Reader): void {
  const lines: string[] = [];
  for (;;) {
    const line = reader.lines[reader.at++];
    if (line === undefined || /^[.']\s*TE\b/.test(line)) break;
    lines.push(line);
  }
  roff.paragraph.break();
  let at = 0;
  let options = "";
  if (/;\s*(?:\\".*)?$/.test(lines[0] ?? "")) options = lines[at++] ?? "";
  const hasBox = /\b(?:box|frame|allbox|doublebox|doubleframe)\b/i.test(options);
  const allBox = /\ballbox\b/i.test(options);
  const tab = /\btab\s*\((.)\)/i.exec(options)?.[1] ?? "\t";
  const formats: Format[] = [];
  const readFormats = (): void => {
    formats.length = 0;
    while (at < lines.length) {
      const line = lines[at++] ?? "";
      const end = line.replace(/\([^)]*\)/g, (text) => "x".repeat(text.length)).indexOf(".");
      for (const one of (end < 0 ? line : line.slice(0, end)).split(",")) if (one.trim() !== "") formats.push(readFormat(one));
      if (end >= 0) return;
    }
  };
  readFormats();
  const columnCount = (): number => Math.max(1, ...[...formats, ...rows.flatMap((row) => (row.kind === "text" ? [row.format] : []))].map((format) => format.columns.length));
  const rows: Row[] = [];
  let used = 0;
  const nextFormat = (): Format => {
    const format = formats[Math.min(used, formats.length - 1)] ?? { columns: [], leftBar: false };
    used++;
    return format;
  };
  /** A row of rules in the format stands in no line of the data. */
  const formatRules = (): void => {
    while (used < formats.length) {
      const columns = formats[used]?.columns ?? [];
      if (columns.length === 0 || !columns.every(({ letter }) => letter === "_" || letter === "=" || letter === "-")) return;
      rows.push({ kind: "rule" });
      used++;
    }
  };
  while (at < lines.length) {
    const line = lines[at++] ?? "";
    if (/^[.']\s*T&/.test(line)) {
      readFormats();
      used = 0;
      continue;
    }
    if (/^[.'][\s\w\\]/.test(line) && !/^\.\d/.test(line)) {
      if (!/^[.']\s*\\"/.test(line)) roff.line(line, reader);
      continue;
    }
    if (/^[_=]$/.test(line)) {
      rows.push({ kind: "rule" });
      continue;
    }
    formatRules();
    const format = nextFormat();
    const entries: Entry[] = [];
    const fields = line.split(tab);
    for (let column = 0; column < Math.max(fields.length, format.columns.length) && column < 60; column++) {
      const field = fields[column] ?? "";
      const declared = format.columns[column];
      if (/^T\{\s*$/.test(field)) {
        const block: string[] = [];
        for (;;) {
          const inner = lines[at++];
          if (inner === undefined) break;
          if (inner.startsWith("T}")) {
            fields.splice(column + 1, fields.length, ...inner.slice(2).split(tab).slice(1));
            break;
          }
          block.push(inner);
        }
        entries.push({ page: undefined, before: 0, rule: false, block: { lines: block, font: declared?.font } });
      } else if (declared?.letter === "_" || declared?.letter === "=" || declared?.letter === "-" || field === "_" || field === "=") entries.push({ page: undefined, before: 0, rule: true });
      else {
        const page = field === "" || field === "\\^" ? undefined : roff.aside([field.startsWith(".") || field.startsWith("'") ? `\\&${field}` : field], reader, { width: undefined, font: declared?.font });
        const point = field.lastIndexOf(".");
        entries.push({ page, before: page === undefined ? 0 : Math.round((declared?.letter === "n" && point >= 0 ? roff.widthOf(field.slice(0, point)) : page.widest) / EN), rule: false });
      }
    }
    rows.push({ kind: "text", format, entries });
  }
  draw(roff, reader, rows, { columns: columnCount(), hasBox, allBox, centered: /\bcent(?:er|re)\b/i.test(options), expand: /\bexpand\b/i.test(options) });
}

function readFormat(text: string): Format {
  const columns: Column[] = [];
  let leftBar = false;
  let at = 0;
  while (at < text.length) {
    const char = text.charAt(at++);
    if (char === "|") {
      const last = columns.at(-1);
      if (last === undefined) leftBar = true;
      else columns[columns.length - 1] = { ...last, bar: true };
      continue;
    }
    if (!/[lrcnasLRCNAS^_=-]/.test(char)) continue;
    let column: Column = { letter: char.toLowerCase(), font: undefined, gap: undefined, width: undefined, expands: false, bar: false };
    for (;;) {
      const rest = text.slice(at);
      const [number] = /^\s*\d+/.exec(rest) ?? [];
      const [width, inside] = /^\s*[wW](?:\(([^)]*)\)|\d+)/.exec(rest) ?? [];
      const [font] = /^\s*[fF](?:\([^)]*\)|[BIR]|..)/.exec(rest) ?? [];
      const [simple] = /^\s*[bBiIxXeEzZuUtTdDmMvVpP][-+]?\d*/.exec(rest) ?? [];
      if (number !== undefined) {
        column = { ...column, gap: Number(number) };
        at += number.length;
      } else if (width !== undefined) {
        const asked = inside ?? width.replace(/\D/g, "");
        column = { ...column, width: Math.round(readNumber(asked, "n").value / EN) };
        at += width.length;
      } else if (font !== undefined) {
        column = { ...column, font: /B/.test(font.slice(1)) ? "B" : /I/.test(font.slice(1)) ? "I" : "R" };
        at += font.length;
      } else if (simple !== undefined) {
        const letter = simple.trim().charAt(0).toLowerCase();
        if (letter === "b") column = { ...column, font: "B" };
        else if (letter === "i") column = { ...column, font: "I" };
        else if (letter === "x") column = { ...column, expands: true };
        at += simple.length;
      } else break;
    }
    columns.push(column);
  }
  return { columns, leftBar };
}

const widthOf = ({ page }: Entry): number => (page === undefined ? 0 : Math.round(page.widest / EN));

function draw(roff: Roff, reader: Reader, given: readonly Row[], { columns, hasBox, allBox, centered, expand }: { readonly columns: number; readonly hasBox: boolean; readonly allBox: boolean; readonly centered: boolean; readonly expand: boolean }): void {
  const widths: number[] = new Array<number>(columns).fill(0);
  const gaps: number[] = new Array<number>(columns).fill(GAP);
  const before: number[] = new Array<number>(columns).fill(0);
  const after: number[] = new Array<number>(columns).fill(0);
  const expanding = new Set<number>();
  for (const row of given) {
    if (row.kind === "text") row.format.columns.forEach((column, index) => {
      if (column.expands) expanding.add(index);
      if (column.width !== undefined) widths[index] = Math.max(widths[index] ?? 0, column.width);
    });
  }
  const set = (entry: Entry, width: number): Entry => (entry.block === undefined || entry.page !== undefined ? entry : { ...entry, page: roff.aside(entry.block.lines, reader, { width: width * EN, font: entry.block.font }) });
  const usual = Math.floor(roff.paragraph.lineLength / EN / (columns + 1));
  const rows = given.map((row): Row => (row.kind === "rule" ? row : { ...row, entries: row.entries.map((entry, index) => (expanding.has(index) ? entry : set(entry, (widths[index] ?? 0) > 0 ? (widths[index] ?? 0) : usual))) }));
  const texts = rows.filter((row) => row.kind === "text");
  const spanOf = (format: Format, column: number): number => {
    let span = 1;
    while (format.columns[column + span]?.letter === "s") span++;
    return span;
  };
  for (const { format, entries } of texts) {
    format.columns.forEach((column, index) => {
      if (column.gap !== undefined) gaps[index] = Math.max(column.gap, gaps[index] === GAP ? 0 : (gaps[index] ?? 0));
    });
    entries.forEach((entry, index) => {
      if (spanOf(format, index) > 1 || format.columns[index]?.letter === "s") return;
      if (format.columns[index]?.letter === "n") {
        before[index] = Math.max(before[index] ?? 0, entry.before);
        after[index] = Math.max(after[index] ?? 0, widthOf(entry) - entry.before);
      }
      widths[index] = Math.max(widths[index] ?? 0, widthOf(entry), (before[index] ?? 0) + (after[index] ?? 0));
    });
  }
  const total = (): number => widths.reduce((sum, width, index) => sum + width + (index < columns - 1 ? (gaps[index] ?? GAP) : 0), 0);
  // what spans columns may need more room
  for (const { format, entries } of texts) {
    entries.forEach((entry, index) => {
      const span = spanOf(format, index);
      if (span === 1) return;
      let room = 0;
      for (let column = index; column < index + span; column++) room += (widths[column] ?? 0) + (column < index + span - 1 ? (gaps[column] ?? GAP) : 0);
      for (let missing = widthOf(entry) - room, column = index; missing > 0; missing--, column = column + 1 < index + span ? column + 1 : index) widths[column] = (widths[column] ?? 0) + 1;
    });
  }
  const line = Math.floor((roff.paragraph.lineLength - roff.paragraph.indent) / EN);
  const frame = hasBox ? 2 : 0;
  if (expanding.size > 0) {
    let spare = line - total() - frame;
    let open = expanding.size;
    for (const column of expanding) {
      if (spare <= 0) break;
      const share = Math.floor(spare / open--);
      widths[column] = (widths[column] ?? 0) + share;
      spare -= share;
    }
  } else if (expand && columns > 1) {
    let spare = line - total() - frame;
    for (let column = 0; column < columns - 1 && spare > 0; column++) {
      const share = Math.floor(spare / (columns - 1 - column));
      gaps[column] = (gaps[column] ?? GAP) + share;
      spare -= share;
    }
  }
  const starts: number[] = [];
  let x = hasBox ? 1 : 0;
  for (let column = 0; column < columns; column++) {
    starts.push(x);
    x += (widths[column] ?? 0) + (column < columns - 1 ? (gaps[column] ?? GAP) : 0);
  }
  const rightEdge = hasBox ? x + 1 : x;
  const left = inCells(roff.paragraph.indent) / EN + (centered ? Math.max(0, Math.ceil((line - rightEdge - (hasBox ? 1 : 0)) / 2)) : 0);
  const { page } = roff.paragraph;

  const barsOf = (row: Row | undefined): ReadonlySet<number> => {
    const bars = new Set<number>();
    if (row?.kind !== "text") return bars;
    if (hasBox) {
      bars.add(0);
      bars.add(rightEdge);
    }
    if (row.format.leftBar && !hasBox) bars.add(0);
    for (let column = 0; column < columns - 1; column++) {
      const declared = row.format.columns[column];
      if (row.format.columns[column + 1]?.letter === "s" || (!allBox && declared?.bar !== true)) continue;
      bars.add((starts[column + 1] ?? 0) - Math.ceil((gaps[column] ?? GAP) / 2));
    }
    return bars;
  };
  const lines = roff.options.device === "utf8" ? { "0011": "─", "1100": "│", "0101": "┌", "0110": "┐", "1001": "└", "1010": "┘", "1101": "├", "1110": "┤", "0111": "┬", "1011": "┴", "1111": "┼" } : { "0011": "-", "1100": "|" };
  const stroke = new Map<string, string>(Object.entries(lines));
  const rule = (above: Row | undefined, below: Row | undefined): void => {
    const [up, down] = [barsOf(above), barsOf(below)];
    const last = below === undefined;
    for (let column = 0; column <= rightEdge; column++) {
      const reaches = up.has(column) && (down.has(column) || last);
      const bits = `${reaches ? 1 : 0}${down.has(column) ? 1 : 0}${column > 0 ? 1 : 0}${column < rightEdge ? 1 : 0}`;
      const inner = reaches || down.has(column) ? bits : "0011";
      page.set(Math.floor(page.v / LINE), left + column, stroke.get(inner) ?? "+", "R");
    }
    page.advance();
  };
  if (hasBox) rule(undefined, rows[0]);
  rows.forEach((row, index) => {
    const previous = rows[index - 1];
    if (row.kind === "rule") {
      rule(previous, rows[index + 1]);
      return;
    }
    if (allBox && previous?.kind === "text") rule(previous, row);
    const top = Math.floor(page.v / LINE);
    const entries = row.entries.map((entry, column) => set(entry, widths[column] ?? 0));
    const height = Math.max(1, ...entries.map((entry) => entry.page?.rowCount ?? 0));
    const bars = barsOf(row);
    for (let down = 0; down < height; down++) for (const bar of bars) page.set(top + down, left + bar, stroke.get("1100") ?? "|", "R");
    entries.forEach((entry, column) => {
      const declared = row.format.columns[column];
      const span = spanOf(row.format, column);
      let room = 0;
      for (let one = column; one < Math.min(columns, column + span); one++) room += (widths[one] ?? 0) + (one < column + span - 1 ? (gaps[one] ?? GAP) : 0);
      const start = starts[column] ?? 0;
      if (entry.rule) {
        for (let cell = 0; cell < room; cell++) page.set(top, left + start + cell, stroke.get("0011") ?? "-", "R");
        return;
      }
      if (entry.page === undefined) return;
      const width = widthOf(entry);
      let shift = 0;
      if (declared?.letter === "r") shift = room - width;
      else if (declared?.letter === "c") shift = Math.floor((room - width) / 2);
      else if (declared?.letter === "n") shift = Math.floor((room - (before[column] ?? 0) - (after[column] ?? 0)) / 2) + (before[column] ?? 0) - entry.before;
      const { v } = page;
      page.v = top * LINE;
      entry.page.copyTo(page, left + start + Math.max(0, shift), top);
      page.v = v;
    });
    for (let down = 0; down < height; down++) page.advance();
  });
  if (hasBox) {
    rule(rows.at(-1), undefined);
    // what follows without space is set over the bottom rule, as tbl leaves it
    page.v -= LINE;
  }
}
