// How ps lays columns out: a value that is too wide pushes what follows, and the padding of later columns takes it back (show_one_proc of procps).

import { type PsColumn, fitName } from "./_ps-columns.ts";
import type { PsItem } from "./_ps-formats.ts";

export interface ShownColumn extends PsColumn {
  readonly name: string;
  /** what the first line shows; "" for `-o pid=` */
  readonly shownHeading: string;
  readonly shownWidth: number;
}

const cells = (text: string): number => [...text].length;
/** Of the columns of signals: as they are (16 digits), or the low 8 digits where the line would grow wider than the screen. */
const NARROW_SIGNALS = 9;
const WIDE_SIGNALS = 16;

/** Text between the columns of an AIX format. */
const literal = (text: string): ShownColumn => ({ name: "", heading: text, width: text.length, align: "literal", value: () => text, shownHeading: text, shownWidth: text.length });

export function shownColumns(items: readonly PsItem[], columns: ReadonlyMap<string, PsColumn>, pidWidth: number, screenColumns: number, numeric: boolean): readonly ShownColumn[] {
  const shown: ShownColumn[] = [];
  for (const { name, heading, width } of items) {
    const column = columns.get(name);
    if (!column) {
      if (name === "") shown.push(literal(heading ?? ""));
      continue;
    }
    const title = heading ?? column.heading;
    const own = column.align === "pid" ? Math.max(pidWidth, column.heading.length) : column.align === "signal" ? NARROW_SIGNALS : column.width;
    const alignRight = numeric && (column.align === "user" || column.heading === "WCHAN");
    const shownWidth = width ?? Math.max(own, heading === undefined ? 0 : cells(title));
    shown.push({ name, shownHeading: title, shownWidth, ...(alignRight ? { ...column, align: "right" } : column) });
  }
  const total = shown.reduce((sum, column) => sum + column.shownWidth + 1, -1);
  const signals = shown.filter((column) => column.align === "signal");
  const wide = signals.length > 0 && total + signals.length * (WIDE_SIGNALS - NARROW_SIGNALS) <= screenColumns;
  if (!wide) return shown.map((column) => (column.align === "signal" ? { ...column, value: (process, context) => narrowSignals(column.value(process, context)) } : column));
  return shown.map((column) => (column.align === "signal" ? { ...column, shownWidth: Math.max(WIDE_SIGNALS, column.shownWidth) } : column));
}

function narrowSignals(mask: string): string {
  if (mask.length < WIDE_SIGNALS) return mask;
  return (/^0*$/.test(mask.slice(0, 8)) ? "" : "<") + mask.slice(8);
}

/** `texts` are the cells of one line. `screenColumns` Infinity: no limit. */
export function psLine(columns: readonly ShownColumn[], texts: readonly string[], screenColumns: number, heading: boolean): string {
  let line = "";
  let correct = 0;
  let actual = 0;
  let needsSpace = 0;
  for (const [index, column] of columns.entries()) {
    const last = index === columns.length - 1;
    let text = texts[index] ?? "";
    const width = column.shownWidth;
    if (column.align === "literal") {
      if (index > 0) correct--;
      needsSpace = 0;
    } else if (last && (column.align === "left" || column.align === "unlimited" || column.align === "user") && !heading) {
      const start = Math.max(correct, actual);
      // the line goes on below: whole screen lines, as many as its columns begin in
      if (Number.isFinite(screenColumns)) text = [...text].slice(0, screenColumns * (Math.floor(start / screenColumns) + 1) - start).join("");
    } else if (!heading && column.align === "user") text = fitName(text, width);
    else if (!heading && (column.align === "left" || column.align === "unlimited")) text = [...text].slice(0, width).join("");
    const amount = cells(text);
    const pad = ["right", "pid", "signal"].includes(column.align) ? Math.max(0, width - amount) : 0;
    let space = correct - actual + pad;
    if (space < 1) space = needsSpace;
    line += " ".repeat(space) + text;
    actual += space + amount;
    correct += width + (column.align === "literal" ? 0 : 1);
    needsSpace = column.align === "literal" ? 0 : 1;
  }
  return `${line}\n`;
}
