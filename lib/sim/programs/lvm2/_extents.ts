// Extents of groups and volumes: how many there are, which are free, and what is taken for a volume.
import type { Area, LogicalVolume, Segment, VolumeGroup } from "./_metadata.ts";
import { fail } from "./_error.ts";

/** What the volume shows: of a thin one more than it takes. */
export const extentsOf = (volume: LogicalVolume): number => volume.thin?.extents ?? volume.thinPool?.extents ?? volume.segments.reduce((sum, segment) => sum + segment.extentCount, 0);

/** Extents that each area of a segment takes. */
export const areaExtents = (segment: Segment): number => segment.extentCount / Math.max(1, segment.areas.length);

export const totalExtents = (group: VolumeGroup): number => group.pvs.reduce((sum, pv) => sum + pv.peCount, 0);

export function usedExtents(group: VolumeGroup, pv?: string): number {
  let used = 0;
  for (const volume of group.lvs) for (const segment of volume.segments) for (const area of segment.areas) if (pv === undefined || area.pv === pv) used += areaExtents(segment);
  return used;
}

export const freeExtents = (group: VolumeGroup): number => totalExtents(group) - usedExtents(group);

/** Stretches of a physical volume that nothing takes: [first, count]. */
export function freeStretches(group: VolumeGroup, pvName: string): readonly (readonly [number, number])[] {
  const pv = group.pvs.find((one) => one.name === pvName);
  if (!pv) return [];
  const taken: [number, number][] = [];
  for (const volume of group.lvs) for (const segment of volume.segments) for (const area of segment.areas) if (area.pv === pvName) taken.push([area.pvExtent, area.pvExtent + areaExtents(segment)]);
  taken.sort((a, b) => a[0] - b[0]);
  const free: [number, number][] = [];
  let at = 0;
  for (const [from, to] of [...taken, [pv.peCount, pv.peCount] as const]) {
    if (from > at) free.push([at, from - at]);
    at = Math.max(at, to);
  }
  return free;
}

/** Extents taken from the physical volumes in their order, where they are free; empty when there are too few. */
export function allocate(group: VolumeGroup, count: number, startExtent: number, only: readonly string[]): Segment[] {
  const out: Segment[] = [];
  let left = count;
  let at = startExtent;
  for (const pv of group.pvs) {
    if (pv.notAllocatable || (only.length > 0 && !only.includes(pv.device))) continue;
    for (const [from, room] of freeStretches(group, pv.name)) {
      const taken = Math.min(room, left);
      if (taken <= 0) continue;
      out.push({ startExtent: at, extentCount: taken, areas: [{ pv: pv.name, pvExtent: from }], stripeSize: 0 });
      at += taken;
      left -= taken;
    }
  }
  return left > 0 ? [] : out;
}

/** One striped segment over that many physical volumes, each with room for its part in one stretch. Empty when there is none. */
export function allocateStriped(group: VolumeGroup, count: number, startExtent: number, stripes: number, stripeSize: number, only: readonly string[]): Segment[] {
  const each = count / stripes;
  const areas: Area[] = [];
  for (const pv of group.pvs) {
    if (areas.length === stripes || pv.notAllocatable || (only.length > 0 && !only.includes(pv.device))) continue;
    const stretch = freeStretches(group, pv.name).find(([, room]) => room >= each);
    if (stretch) areas.push({ pv: pv.name, pvExtent: stretch[0] });
  }
  return areas.length < stripes ? [] : [{ startExtent, extentCount: count, areas, stripeSize }];
}

/** Neighbours on one physical volume become one segment. */
export function joined(segments: readonly Segment[]): Segment[] {
  const out: Segment[] = [];
  for (const segment of segments) {
    const last = out.at(-1);
    const [before, after] = [last?.areas[0], segment.areas[0]];
    if (last && before && after && last.areas.length === 1 && segment.areas.length === 1 && before.pv === after.pv && before.pvExtent + last.extentCount === after.pvExtent) out[out.length - 1] = { ...last, extentCount: last.extentCount + segment.extentCount };
    else out.push(segment);
  }
  return out;
}

/** The first so many extents of a volume. */
export function cut(segments: readonly Segment[], extents: number): Segment[] {
  return segments.flatMap((segment) => (segment.startExtent >= extents ? [] : [{ ...segment, extentCount: Math.min(segment.extentCount, extents - segment.startExtent) }]));
}

/** -l 10, -l 50%FREE: how many extents. Errors: LvmError. */
export function extentsWord(word: string, bases: Readonly<Record<"FREE" | "VG" | "PVS" | "LV" | "ORIGIN", number | undefined>>): { readonly sign: string; readonly extents: number } {
  const match = /^([+-]?)(\d+)(?:%(FREE|VG|PVS|LV|ORIGIN|F|V|P|L|O))?$/i.exec(word);
  if (!match) return fail(`Invalid argument for --extents: ${word}\nError during parsing of command line.`);
  const count = Number(match[2]);
  if (match[3] === undefined) return { sign: match[1] ?? "", extents: count };
  const initial = match[3].charAt(0).toUpperCase();
  const base = initial === "F" ? bases.FREE : initial === "V" ? bases.VG : initial === "P" ? bases.PVS : initial === "L" ? bases.LV : bases.ORIGIN;
  return base === undefined ? fail(`Please express size as ${initial === "O" ? "%FREE, %PVS or %VG" : "%VG, %PVS, %FREE or %ORIGIN"}.`) : { sign: match[1] ?? "", extents: Math.floor((base * count) / 100) };
}
