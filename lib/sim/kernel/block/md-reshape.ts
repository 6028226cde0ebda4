// The shape of a running md array changes (md(4), "RESHAPE"): what its data become in another geometry.
import { SysError } from "../errno.ts";
import { arrayBytes, type MdGeometry, type MdSlot, readArray, writeArray } from "./md-layout.ts";

type Slots = readonly (MdSlot | undefined)[];

const dataDisks = ({ level, disks }: MdGeometry): number => (level === 6 ? disks - 2 : level === 4 || level === 5 ? disks - 1 : level === 10 ? disks / 2 : level === 1 ? 1 : disks);

/** Moves all that is there from one layout to the other; `nextData`: where any member has data at or behind an offset. */
export function moveData({ before, after, oldSlots, newSlots, nextData }: { readonly before: MdGeometry; readonly after: MdGeometry; readonly oldSlots: Slots; readonly newSlots: Slots; readonly nextData: (position: number) => number | undefined }): void {
  const pieces: { readonly position: number; readonly bytes: Uint8Array }[] = [];
  const rowBytes = before.chunkBytes * dataDisks(before);
  const size = arrayBytes(before);
  const rows: number[] = [];
  for (let at = nextData(0); at !== undefined && at < before.memberBytes; at = nextData(at + before.chunkBytes)) {
    at -= at % before.chunkBytes;
    const position = Math.floor(at / before.chunkBytes) * rowBytes;
    const length = Math.min(rowBytes, size - position);
    if (length > 0) pieces.push({ position, bytes: readArray(before, oldSlots, position, length).slice() });
    rows.push(at);
  }
  const empty = new Uint8Array(before.chunkBytes);
  for (const at of rows) for (const slot of new Set([...oldSlots, ...newSlots])) slot?.write(at, empty.subarray(0, Math.min(empty.length, before.memberBytes - at)));
  for (const { position, bytes } of pieces) writeArray(after, newSlots, position, bytes);
}

interface GrowRequest {
  readonly disks?: number;
  readonly level?: MdGeometry["level"];
  /** "max": as much as the smallest member has */
  readonly memberBytes?: number | "max";
}

export function growRequestOf(argument: unknown): GrowRequest {
  if (typeof argument !== "object" || argument === null) throw new SysError("EINVAL");
  const disks: unknown = Reflect.get(argument, "disks");
  const level: unknown = Reflect.get(argument, "level");
  const memberBytes: unknown = Reflect.get(argument, "memberBytes");
  if (disks !== undefined && !(typeof disks === "number" && Number.isInteger(disks) && disks > 0 && disks <= 64)) throw new SysError("EINVAL");
  if (level !== undefined && level !== 0 && level !== 1 && level !== 4 && level !== 5 && level !== 6 && level !== 10) throw new SysError("EINVAL");
  if (memberBytes !== undefined && memberBytes !== "max" && typeof memberBytes !== "number") throw new SysError("EINVAL");
  return { ...(disks !== undefined && { disks }), ...(level !== undefined && { level }), ...(memberBytes !== undefined && { memberBytes }) };
}

/** What the driver can do without a stop; others are EINVAL as from md.c. */
export function shapeAfter(before: MdGeometry, wanted: GrowRequest, largestMemberBytes: number): MdGeometry {
  const level = wanted.level ?? before.level;
  const disks = wanted.disks ?? (level === 6 && before.level === 5 ? before.disks + 1 : before.disks);
  let { chunkBytes } = before;
  if (level !== before.level) {
    const known = before.level === 1 && before.disks === 2 && level === 5 ? "mirror" : before.level === 5 && level === 6 ? "second parity" : undefined;
    if (known === undefined) throw new SysError("EINVAL");
    // a chunk that divides the members (raid5_takeover_raid1)
    if (known === "mirror") while (before.memberBytes % chunkBytes !== 0 && chunkBytes > 4096) chunkBytes /= 2;
  }
  const unit = level === 1 ? 1024 : chunkBytes;
  const most = Math.floor(largestMemberBytes / unit) * unit;
  const memberBytes = wanted.memberBytes === undefined ? before.memberBytes : wanted.memberBytes === "max" ? most : Math.floor(wanted.memberBytes / unit) * unit;
  if (memberBytes > most || memberBytes <= 0) throw new SysError("ENOSPC");
  const after: MdGeometry = { level, disks, chunkBytes, memberBytes };
  if (level <= 0 && disks !== before.disks) throw new SysError("EINVAL");
  return after;
}
