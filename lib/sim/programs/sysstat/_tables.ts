// The tables of sar: a head, and a line for each item of an activity (sar(1), sysstat 12.6.1).

import { type Activity, type Columns, type Item, NO_ITEM, type Value } from "./_activities.ts";
import type { Cells } from "./_cells.ts";
import { allProcessors } from "./_cpu.ts";
import type { Record, Sample } from "./_data-file.ts";
import { byProcessor, type Selection, showsProcessor } from "./_selection.ts";
import { inFront } from "./_times.ts";

const WIDTH = 9;

export interface Line {
  readonly label: string;
  readonly values: readonly Value[];
}

/** What disks are called now: data files hold their numbers. */
export type DiskNames = ReadonlyMap<string, string>;

export const diskName = (names: DiskNames, item: Item): string => names.get(`${item.numbers[10] ?? 0}:${item.numbers[11] ?? 0}`) ?? `dev${item.numbers[10] ?? 0}-${item.numbers[11] ?? 0}`;

/** By what an item is found again in another record. */
function key(activity: Activity, item: Item, place: number): string {
  if (activity.name === "A_DISK") return `${item.numbers[10] ?? 0}:${item.numbers[11] ?? 0}`;
  if (activity.name === "A_SERIAL") return String(item.numbers[6] ?? 0);
  return item.texts[0] ?? String(place);
}

function label(activity: Activity, item: Item, place: number, names: DiskNames, selection: Selection): string {
  if (byProcessor(activity)) return place === 0 ? "all" : String(place - 1);
  if (activity.name === "A_DISK") return diskName(names, item);
  if (activity.name === "A_SERIAL") return String(item.numbers[6] ?? 0);
  return item.texts[selection.mountPoints && activity.name === "A_FS" ? 1 : 0] ?? "";
}

/** "All processors" is the sum of them. */
const withSum = (activity: Activity, items: readonly Item[]): readonly Item[] => (activity.name === "A_CPU" && items.length > 1 ? [{ numbers: allProcessors(items.map((item) => item.numbers)), texts: [] }, ...items.slice(1)] : items);

export function linesOf(activity: Activity, columns: Columns, before: Sample | undefined, now: Sample, interval: number, selection: Selection, names: DiskNames): readonly Line[] {
  const former = new Map(withSum(activity, before?.items ?? []).map((item, place) => [key(activity, item, place), item]));
  const only = selection.only.get(activity.name);
  const lines: Line[] = [];
  for (const [place, item] of withSum(activity, now.items).entries()) {
    if (byProcessor(activity) && !showsProcessor(selection, place - 1)) continue;
    const named = activity.item === undefined ? "" : label(activity, item, place, names, selection);
    if (only !== undefined && !only.includes(named)) continue;
    const found = former.get(key(activity, item, place));
    const zeros: Item = { numbers: item.numbers.map(() => 0), texts: [] };
    lines.push({ label: named, values: columns.values(found ?? zeros, item, interval) });
  }
  return lines;
}

/** Interrupts: a line for each, a column for each processor. */
export function interruptLines(before: Sample | undefined, now: Sample, interval: number, selection: Selection): { readonly heads: readonly string[]; readonly lines: readonly Line[] } {
  const processors = now.items.length / now.columns;
  const shown = Array.from({ length: processors }, (_, at) => at).filter((at) => showsProcessor(selection, at - 1));
  const only = selection.only.get("A_IRQ");
  const lines: Line[] = [];
  for (let row = 0; row < (selection.onlySum ? 1 : now.columns); row++) {
    const name = now.items[row]?.texts[0] ?? "";
    if (only !== undefined && !only.includes(name)) continue;
    const count = (sample: Sample | undefined, processor: number): number => (sample?.items[processor * now.columns + row] ?? NO_ITEM).numbers[0] ?? 0;
    lines.push({ label: name, values: shown.map((processor) => ({ kind: "real", value: Math.max(0, ((count(now, processor) - count(before, processor)) / interval) * 100) })) });
  }
  return { heads: shown.map((at) => (at === 0 ? "all" : `CPU${at - 1}`)), lines };
}

export interface TableStyle {
  readonly pretty: boolean;
  readonly human: boolean;
  readonly omitZero: boolean;
  /** whole numbers are means here */
  readonly average: boolean;
  readonly headed: boolean;
  readonly from: string;
  readonly to: string;
}

export function table(cells: Cells, activity: Activity, columns: Columns, before: Sample | undefined, now: Sample, interval: number, selection: Selection, names: DiskNames, style: TableStyle): string {
  const interrupts = activity.name === "A_IRQ" ? interruptLines(before, now, interval, selection) : undefined;
  const heads = interrupts?.heads ?? columns.heads;
  const lines = interrupts?.lines ?? linesOf(activity, columns, before, now, interval, selection, names);
  const itemHead = activity.name === "A_FS" && selection.mountPoints ? "MOUNTPOINT" : activity.item?.[0];
  const atEnd = itemHead !== undefined && (activity.name === "A_FS" || (style.pretty && ["A_DISK", "A_NET_DEV", "A_NET_EDEV", "A_IRQ"].includes(activity.name)));
  const width = byProcessor(activity) && activity.name !== "A_IRQ" ? 7 : WIDTH;
  let out = "";
  if (style.headed || activity.name === "A_IRQ") {
    const columnHeads = heads.map((head) => ` ${head.padStart(WIDTH)}`).join("");
    out += `\n${inFront(style.from)}${itemHead === undefined || atEnd ? "" : ` ${itemHead.padStart(width)}`}${columnHeads}${atEnd ? ` ${itemHead}` : ""}\n`;
  }
  for (const line of lines) {
    if (style.omitZero && itemHead !== undefined && line.values.every(({ value }) => value === 0)) continue;
    const values = line.values.map((value) => valueCell(cells, value, style.average)).join("");
    const named = itemHead === undefined || atEnd ? "" : cells.item(` ${line.label.padStart(width)}`);
    out += `${inFront(style.to)}${named}${values}${atEnd ? cells.item(` ${line.label}`) : ""}\n`;
  }
  return out;
}

function valueCell(cells: Cells, value: Value, average: boolean): string {
  if (value.kind === "percent") return cells.percent(value.value, WIDTH, value.warns);
  if (value.kind === "count") return average ? cells.real(value.value, WIDTH, 0, value.unit) : cells.count(value.value, WIDTH, value.unit);
  // the kilobytes of interfaces are counted as bytes where units are shown
  return value.unit === "B" ? cells.bytes(value.value, WIDTH) : cells.real(value.value, WIDTH, 2, value.unit);
}

/** The record that stands for the average: fields that are no counters are means over `shown`. */
export function meanSample(activity: Activity, shown: readonly Record[]): Sample | undefined {
  const last = shown.at(-1)?.samples.get(activity.id);
  const from = activity.gaugeFrom;
  if (last === undefined || from === undefined || activity.name === "A_FS") return last;
  const numeric = activity.types.filter((type) => typeof type === "string").length;
  return {
    columns: last.columns,
    items: last.items.map((item, place) => ({
      texts: item.texts,
      numbers: Array.from({ length: numeric }, (_, field) => (field < from ? item.numbers[field] ?? 0 : shown.reduce((sum, record) => sum + (record.samples.get(activity.id)?.items[place]?.numbers[field] ?? 0), 0) / shown.length)),
    })),
  };
}
