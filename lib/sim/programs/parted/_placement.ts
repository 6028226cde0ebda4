// Where a new partition comes to lie, as libparted decides: the place that was asked for has a range around it (none for an exact one), the start is
// to be aligned within its range and so is the end; where that cannot be, the nearest free place is taken without alignment.

import { type DiskLabel, type LabelPartition, isExtended } from "../kit/disk-label.ts";
import type { Place } from "./_units.ts";

export interface Span {
  readonly first: number;
  readonly last: number;
}

/** What a table keeps for itself: the first track of an MBR, both copies of a GPT. `track`: sectors of one. */
export function ownSpans(label: DiskLabel, totalSectors: number, track: number): readonly Span[] {
  if (label.kind === "gpt") return [{ first: 0, last: (label.bounds?.first ?? 34) - 1 }, { first: (label.bounds?.last ?? totalSectors - 34) + 1, last: totalSectors - 1 }];
  return [{ first: 0, last: track - 1 }];
}

/** Taken room in order; inside the extended partition each logical one has a sector with its table before it. */
function taken(label: DiskLabel, totalSectors: number, track: number, inside: LabelPartition | undefined): readonly Span[] {
  const spans: Span[] = [];
  if (inside === undefined) {
    spans.push(...ownSpans(label, totalSectors, track));
    for (const one of label.partitions) if (label.kind === "gpt" || one.number <= 4) spans.push({ first: one.start, last: one.start + one.sectors - 1 });
  } else {
    spans.push({ first: inside.start, last: inside.start });
    for (const one of label.partitions) if (one.number > 4) spans.push({ first: one.start - 1, last: one.start + one.sectors - 1 });
  }
  return spans.sort((a, b) => a.first - b.first);
}

export type Placed = { readonly kind: "placed"; readonly start: number; readonly end: number; readonly aligned: boolean } | { readonly kind: "overlap" } | { readonly kind: "elsewhere"; readonly start: number; readonly end: number };

function nearest(wanted: number, first: number, last: number, offset: number, grain: number): number | undefined {
  const down = Math.floor((wanted - offset) / grain) * grain + offset;
  return [down, down + grain, Math.ceil((first - offset) / grain) * grain + offset, Math.floor((last - offset) / grain) * grain + offset].filter((one) => one >= first && one <= last).sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))[0];
}

export interface Request {
  readonly from: Place;
  readonly to: Place;
  readonly inside: LabelPartition | undefined;
  readonly grain: number;
  readonly track: number;
  readonly totalSectors: number;
}

export function placePartition(label: DiskLabel, { from, to, inside, grain, track, totalSectors }: Request): Placed {
  let start = from.sector;
  let end = to.sector;
  let least = inside?.start ?? 0;
  let most = inside === undefined ? totalSectors - 1 : inside.start + inside.sectors - 1;
  for (const span of taken(label, totalSectors, track, inside)) {
    if (span.first < start || least >= span.first) least = Math.max(least, span.last + 1);
    else {
      most = Math.min(most, span.first - 1);
      break;
    }
  }
  if (inside !== undefined) least++;
  if (least > most) return { kind: "overlap" };
  // an edge of the free room within the range is taken
  if (least >= from.first && least <= from.last) start = least;
  if (most >= to.first && most <= to.last) end = most;
  const first = nearest(start, Math.max(least, from.first), Math.min(most, from.last), 0, grain);
  const last = nearest(end, Math.max(least, to.first, first ?? 0), Math.min(most, to.last), grain - 1, grain);
  if (first !== undefined && last !== undefined && first <= last) return { kind: "placed", start: first, end: last, aligned: true };
  const near = Math.min(Math.max(start, least), most);
  const far = Math.min(Math.max(end, near), most);
  if (near < from.first || near > from.last || far < to.first || far > to.last) return { kind: "elsewhere", start: near, end: far };
  return { kind: "placed", start: near, end: far, aligned: near % grain === 0 };
}

/** For print free: what no partition and no table has. */
export function freeRoom(label: DiskLabel, totalSectors: number, track: number): readonly (Span & { readonly inside: boolean })[] {
  const found: (Span & { inside: boolean })[] = [];
  const between = (spans: readonly Span[], first: number, last: number, inside: boolean): void => {
    let at = first;
    for (const span of spans) {
      if (span.first > at) found.push({ first: at, last: span.first - 1, inside });
      at = Math.max(at, span.last + 1);
    }
    if (at <= last) found.push({ first: at, last, inside });
  };
  // shown up to the disk's end, also where the header leaves less to partitions
  const { bounds: _, ...open } = label;
  between(taken(open, totalSectors, track, undefined), 0, totalSectors - 1, false);
  const extended = label.kind === "dos" ? label.partitions.find(isExtended) : undefined;
  if (extended !== undefined) {
    // one track for the first table, a cylinder of four before each partition
    const spans = label.partitions.filter((one) => one.number > 4).map((one) => ({ first: one.start - Math.min(4 * track, one.start - extended.start), last: one.start + one.sectors - 1 })).sort((a, b) => a.first - b.first);
    between([{ first: extended.start, last: extended.start + track - 1 }, ...spans], extended.start, extended.start + extended.sectors - 1, true);
  }
  return found.filter((one) => one.last - one.first >= 1).sort((a, b) => a.first - b.first);
}
