// Where the bytes of an md array lie on its members (md(4)), and how a missing member's are found from the others: striping, mirrors, parity with one or two
// members more (left-symmetric; Anvin, "The mathematics of RAID-6"), RAID 10 with near copies. Members are slots; undefined is missing or not yet rebuilt.
import { SysError } from "../errno.ts";

export interface MdSlot {
  /** for reading: false while it is rebuilt */
  readonly inSync: boolean;
  read(position: number, length: number): Uint8Array;
  write(position: number, bytes: Uint8Array): void;
}

export interface MdGeometry {
  readonly level: -1 | 0 | 1 | 4 | 5 | 6 | 10;
  readonly disks: number;
  readonly chunkBytes: number;
  /** bytes of each member that are used */
  readonly memberBytes: number;
}

type Slots = readonly (MdSlot | undefined)[];

const COPIES = 2;

export function arrayBytes({ level, disks, chunkBytes, memberBytes }: MdGeometry): number {
  if (level === 1) return memberBytes;
  if (level === 10) return Math.floor((memberBytes / chunkBytes) * disks / COPIES) * chunkBytes;
  return memberBytes * (level === 6 ? disks - 2 : level === 4 || level === 5 ? disks - 1 : disks);
}

/** How many members may be missing; of RAID 10 that depends on which. */
export function isReadable(geometry: MdGeometry, slots: Slots): boolean {
  const missing = slots.filter((slot) => slot?.inSync !== true).length;
  switch (geometry.level) {
    case 1: return missing < geometry.disks;
    case 4: case 5: return missing <= 1;
    case 6: return missing <= 2;
    case 10: return Array.from({ length: geometry.disks }, (_, index) => index).every((index) => placesOf10(index, geometry.disks).some(({ disk }) => slots[disk]?.inSync === true));
    default: return missing === 0;
  }
}

const placesOf10 = (chunk: number, disks: number): readonly { readonly disk: number; readonly row: number }[] => Array.from({ length: COPIES }, (_, copy) => ({ disk: (chunk * COPIES + copy) % disks, row: Math.floor((chunk * COPIES + copy) / disks) }));

/** Multiplication by 2 in GF(2^8) with the polynomial 0x11d, and by any number through logarithms. */
const LOG = new Uint8Array(256);
const POWER = new Uint8Array(512);
for (let exponent = 0, value = 1; exponent < 255; exponent++) {
  POWER[exponent] = value;
  POWER[exponent + 255] = value;
  LOG[value] = exponent;
  value = value & 0x80 ? ((value << 1) ^ 0x11d) & 0xff : value << 1;
}
const multiplied = (a: number, exponent: number): number => (a === 0 ? 0 : (POWER[((LOG[a] ?? 0) + exponent) % 255] ?? 0));

function addInto(target: Uint8Array, source: Uint8Array): void {
  for (let index = 0; index < target.length; index++) target[index] = (target[index] ?? 0) ^ (source[index] ?? 0);
}

function syndrome(parts: readonly (Uint8Array | undefined)[], length: number): Uint8Array {
  const q = new Uint8Array(length);
  parts.forEach((part, exponent) => {
    if (part) for (let index = 0; index < length; index++) q[index] = (q[index] ?? 0) ^ multiplied(part[index] ?? 0, exponent);
  });
  return q;
}

/** Which members have data, P and Q in a row of chunks. */
function row({ level, disks }: MdGeometry, index: number): { readonly data: readonly number[]; readonly p: number; readonly q: number | undefined } {
  const p = level === 4 ? disks - 1 : disks - 1 - (index % disks);
  if (level === 4) return { data: Array.from({ length: disks - 1 }, (_, at) => at), p, q: undefined };
  if (level === 5) return { data: Array.from({ length: disks - 1 }, (_, at) => (p + 1 + at) % disks), p, q: undefined };
  return { data: Array.from({ length: disks - 2 }, (_, at) => (p + 2 + at) % disks), p, q: (p + 1) % disks };
}

/** All data of a row between two offsets in its chunks. Errors: EIO. */
function rowData(geometry: MdGeometry, slots: Slots, index: number, offset: number, length: number): Uint8Array[] {
  const { data, p, q } = row(geometry, index);
  const position = index * geometry.chunkBytes + offset;
  const read = (disk: number | undefined): Uint8Array | undefined => {
    const slot = disk === undefined ? undefined : slots[disk];
    return slot?.inSync === true ? slot.read(position, length).slice() : undefined;
  };
  const parts = data.map(read);
  const missing = parts.flatMap((part, at) => (part === undefined ? [at] : []));
  const [first, second] = missing;
  if (missing.length > 2) throw new SysError("EIO");
  if (first !== undefined && second === undefined) {
    const parity = read(p);
    if (parity) {
      for (const part of parts) if (part) addInto(parity, part);
      parts[first] = parity;
    } else {
      const found = read(q);
      if (!found) throw new SysError("EIO");
      addInto(found, syndrome(parts, length));
      parts[first] = found.map((value) => multiplied(value, 255 - first));
    }
  } else if (first !== undefined && second !== undefined) {
    const parity = read(p), found = read(q);
    if (!parity || !found) throw new SysError("EIO");
    for (const part of parts) if (part) addInto(parity, part);
    addInto(found, syndrome(parts, length));
    // Dx + Dy = P', g^x Dx + g^y Dy = Q'
    const inverse = 255 - (LOG[(POWER[first] ?? 0) ^ (POWER[second] ?? 0)] ?? 0);
    const one = found.map((value, at) => multiplied(value ^ multiplied(parity[at] ?? 0, second), inverse));
    parts[first] = one;
    parts[second] = one.map((value, at) => value ^ (parity[at] ?? 0));
  }
  return parts.map((part) => part ?? new Uint8Array(length));
}

function writeRow(geometry: MdGeometry, slots: Slots, index: number, offset: number, parts: readonly Uint8Array[], changed: ReadonlySet<number> | undefined): void {
  const { data, p, q } = row(geometry, index);
  const position = index * geometry.chunkBytes + offset;
  const length = parts[0]?.length ?? 0;
  data.forEach((disk, at) => {
    if (changed === undefined || changed.has(at)) slots[disk]?.write(position, parts[at] ?? new Uint8Array(length));
  });
  const parity = new Uint8Array(length);
  for (const part of parts) addInto(parity, part);
  slots[p]?.write(position, parity);
  if (q !== undefined) slots[q]?.write(position, syndrome(parts, length));
}

/** Pieces of an access that lie in one chunk each: [number of the chunk, offset in it, from, count]. */
function* chunks(chunkBytes: number, position: number, length: number): Generator<readonly [number, number, number, number]> {
  for (let done = 0; done < length; ) {
    const inside = (position + done) % chunkBytes;
    const count = Math.min(length - done, chunkBytes - inside);
    yield [Math.floor((position + done) / chunkBytes), inside, done, count];
    done += count;
  }
}

const present = (slots: Slots, disk: number): MdSlot => {
  const slot = slots[disk];
  if (slot?.inSync !== true) throw new SysError("EIO");
  return slot;
};

/** Errors: EIO. */
export function readArray(geometry: MdGeometry, slots: Slots, position: number, length: number): Uint8Array {
  const { level, disks, chunkBytes, memberBytes } = geometry;
  if (level === 1) {
    const slot = slots.find((one) => one?.inSync);
    if (!slot) throw new SysError("EIO");
    return slot.read(position, length);
  }
  const bytes = new Uint8Array(length);
  if (level === -1) for (const [disk, inside, from, count] of chunks(memberBytes, position, length)) bytes.set(present(slots, disk).read(inside, count), from);
  else {
    for (const [chunk, inside, from, count] of chunks(chunkBytes, position, length)) {
      if (level === 0) bytes.set(present(slots, chunk % disks).read(Math.floor(chunk / disks) * chunkBytes + inside, count), from);
      else if (level === 10) {
        const place = placesOf10(chunk, disks).find(({ disk }) => slots[disk]?.inSync);
        if (!place) throw new SysError("EIO");
        bytes.set(present(slots, place.disk).read(place.row * chunkBytes + inside, count), from);
      } else {
        const dataDisks = level === 6 ? disks - 2 : disks - 1;
        const index = Math.floor(chunk / dataDisks);
        const slot = slots[row(geometry, index).data[chunk % dataDisks] ?? 0];
        bytes.set(slot?.inSync ? slot.read(index * chunkBytes + inside, count) : (rowData(geometry, slots, index, inside, count)[chunk % dataDisks] ?? new Uint8Array(count)), from);
      }
    }
  }
  return bytes;
}

/** Errors: EIO. */
export function writeArray(geometry: MdGeometry, slots: Slots, position: number, bytes: Uint8Array): void {
  const { level, disks, chunkBytes, memberBytes } = geometry;
  if (!isReadable(geometry, slots)) throw new SysError("EIO");
  if (level === 1) {
    for (const slot of slots) slot?.write(position, bytes);
    return;
  }
  if (level === -1) {
    for (const [disk, inside, from, count] of chunks(memberBytes, position, bytes.length)) present(slots, disk).write(inside, bytes.subarray(from, from + count));
    return;
  }
  for (const [chunk, inside, from, count] of chunks(chunkBytes, position, bytes.length)) {
    const part = bytes.subarray(from, from + count);
    if (level === 0) present(slots, chunk % disks).write(Math.floor(chunk / disks) * chunkBytes + inside, part);
    else if (level === 10) for (const place of placesOf10(chunk, disks)) slots[place.disk]?.write(place.row * chunkBytes + inside, part);
    else {
      const dataDisks = level === 6 ? disks - 2 : disks - 1;
      const index = Math.floor(chunk / dataDisks);
      const parts = rowData(geometry, slots, index, inside, count);
      parts[chunk % dataDisks] = part;
      writeRow(geometry, slots, index, inside, parts, new Set([chunk % dataDisks]));
    }
  }
}

/** Makes one member (or, without a number, all copies and parities) agree with the rest, where there is data at all. */
export function rebuild(geometry: MdGeometry, slots: Slots, nextData: (position: number) => number | undefined): void {
  const { level, disks, chunkBytes, memberBytes } = geometry;
  if (level === 0 || level === -1) return;
  const step = level === 1 ? 1 << 20 : chunkBytes;
  for (let at = nextData(0); at !== undefined && at < memberBytes; at = nextData(at + step)) {
    at -= at % step;
    const length = Math.min(step, memberBytes - at);
    if (level === 1) writeArray(geometry, slots, at, readArray(geometry, slots, at, length));
    else if (level === 10) {
      const index = at / chunkBytes;
      for (let disk = 0; disk < disks; disk++) {
        const chunk = Math.floor((index * disks + disk) / COPIES);
        const source = placesOf10(chunk, disks).find((place) => slots[place.disk]?.inSync);
        const target = slots[disk];
        if (source && target && source.disk !== disk) target.write(at, present(slots, source.disk).read(source.row * chunkBytes, length));
      }
    } else {
      const index = at / chunkBytes;
      writeRow(geometry, slots, index, 0, rowData(geometry, slots, index, 0, length), undefined);
    }
  }
}
