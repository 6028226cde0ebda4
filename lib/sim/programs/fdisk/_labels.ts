// Which kind of table a disk has, and a new one on it.
import type { Blocking } from "../../kernel/sys.ts";
import type { Context } from "./_context.ts";
import { GptLabel } from "./_gpt.ts";
import type { Template } from "./_label.ts";
import { MbrLabel } from "./_mbr.ts";
import { Refused } from "./_talk.ts";

/** "dos", "mbr", "gpt"; sun, sgi and bsd exist but are not simulated. */
export function kindOf(name: string): "dos" | "gpt" | "other" | undefined {
  switch (name.toLowerCase()) {
    case "dos": case "mbr": return "dos";
    case "gpt": return "gpt";
    case "sun": case "sgi": case "bsd": return "other";
    default: return undefined;
  }
}

/** Reads the table that is there. */
export function* readLabel(context: Context): Blocking<void> {
  const only = context.settings.onlyKind;
  const allows = (kind: string): boolean => only === undefined || only === kind;
  context.label = undefined;
  if (allows("gpt")) context.label = yield* GptLabel.probe(context);
  if (context.label === undefined && allows("dos")) context.label = yield* MbrLabel.probe(context);
  context.label?.resetAlignment();
  if (context.collision?.table && context.label !== undefined) context.collision = undefined;
}

/** A new, empty table in memory. Throws Refused. */
export function* createLabel(context: Context, name = "dos"): Blocking<void> {
  const kind = kindOf(name);
  if (kind === undefined || kind === "other") throw new Refused();
  const before = context.label;
  if (before?.kind !== kind) yield* context.checkCollisions();
  context.label = undefined;
  if (before !== undefined && context.parent === undefined) {
    context.resetProperties();
    // what is on the disk, as it was before any change here
    context.firstSector = yield* context.read(0, context.sectorBytes);
  }
  context.label = kind === "gpt" ? yield* GptLabel.create(context) : yield* MbrLabel.create(context);
  context.label.resetAlignment();
}

/** Sizes and places of a change, checked against the free space around. Throws Refused. */
export function* resized(context: Context, index: number, wanted: Template): Blocking<{ readonly start: number; readonly size: number | undefined }> {
  const parts = context.partitions();
  const grain = context.grain;
  context.grain = context.sectorBytes;
  const free = context.freeSpaces();
  context.grain = grain;
  const current = parts.find((one) => one.index === index);
  if (current === undefined) throw new Refused();
  type Area = { readonly start: number; readonly sectors: number; readonly parent?: number; readonly free: boolean; readonly container: boolean; readonly own: boolean };
  const areas: Area[] = [
    ...parts.map((one) => ({ start: one.start, sectors: one.sectors, ...(one.parent !== undefined && { parent: one.parent }), free: false, container: one.container, own: one === current })),
    ...free.map((one) => ({ ...one, free: true, container: false, own: false })),
  ].sort((a, b) => a.start - b.start);
  const fail = function* (): Blocking<never> {
    yield* context.talk.warn(`Failed to resize partition #${index + 1}.`);
    throw new Refused("Numerical result out of range");
  };
  const sameNest = (area: Area): boolean => current.parent === undefined || area.parent === current.parent;
  const lastPossible = (start: number): number | undefined => {
    let found: number | undefined;
    for (const area of areas) {
      if ((area.container && !area.own) || (area.parent === current.index && current.container) || !sameNest(area)) continue;
      if (found === undefined) {
        if (start < area.start || start >= area.start + area.sectors) continue;
        if (!area.free && !area.own) break;
      } else if (!area.free && !area.own) break;
      found = area.sectors - (start - area.start);
    }
    return found;
  };
  let start = current.start;
  let moved = true;
  if (wanted.moveStart !== undefined && wanted.start !== undefined) start += wanted.moveStart === "down" ? -wanted.start : wanted.start;
  else if (wanted.moveStart === "down") {
    let first: number | undefined;
    for (const area of areas) {
      if (area.start > current.start || area.own) break;
      if (!area.free || !sameNest(area)) first = undefined;
      else if (area.start + area.sectors <= current.start) first = area.start;
    }
    start = first ?? (yield* fail());
  } else if (wanted.start !== undefined) start = wanted.start;
  else moved = false;
  if (moved) {
    const area = areas.find((one) => sameNest(one) && start >= one.start && start < one.start + one.sectors);
    if (start < 0 || !(area?.own || area?.free || (area === undefined && start >= context.firstLba && start < context.firstLba + context.grain / context.sectorBytes))) yield* fail();
  }
  let size: number | undefined;
  if (wanted.resize !== undefined && wanted.size !== undefined) size = current.sectors + (wanted.resize === "reduce" ? -wanted.size : wanted.size);
  else if (wanted.resize === "enlarge") size = lastPossible(start) ?? (yield* fail());
  else size = wanted.size;
  const room = lastPossible(start) ?? (yield* fail());
  if ((size ?? current.sectors) > room || (size ?? 0) < 0) yield* fail();
  return { start, size };
}

/** Changes a partition, or makes it where it is not used. Throws Refused. */
export function* setPartition(context: Context, index: number, wanted: Template): Blocking<void> {
  const { label } = context;
  if (label === undefined) throw new Refused();
  if (!label.isUsed(index)) {
    yield* label.add({ ...wanted, index, indexDefault: false });
    return;
  }
  const places = wanted.resize !== undefined || wanted.moveStart !== undefined || wanted.start !== undefined || wanted.size !== undefined;
  yield* label.set(index, { ...wanted, start: undefined, size: undefined, ...(places && (yield* resized(context, index, wanted))) });
}
