// What is wrong with a file system: noted where its inode tables would stand, since the kernel keeps its files in a form of its own. debugfs -w
// makes damage, e2fsck finds and repairs it. The texts are those of e2fsck's problems.

import { type Blocking, type Sys, decode, encode } from "../../kernel/sys.ts";

const PLACE = 2048;
const ROOM = 2048;
const MARK = "e2dm";

/** What a repair does: the name goes, or a file without a name comes to lost+found as #inode. */
export type Repair = { readonly kind: "remove" | "connect"; readonly path: string; readonly inode: number } | { readonly kind: "journal" };

export interface Problem {
  readonly pass: number;
  readonly text: string;
  readonly prompt: string;
  /** e2fsck -p does it without a question */
  readonly preen: boolean;
  readonly repair?: Repair;
}

export interface Damage {
  readonly problems: readonly Problem[];
  /** in use but free in the bitmap, and the other way round: [first, count] */
  readonly missingBlocks: readonly (readonly [number, number])[];
  readonly surplusBlocks: readonly (readonly [number, number])[];
  readonly missingInodes: readonly number[];
  readonly surplusInodes: readonly number[];
  /** what the groups and the super block should count more, by group; group -1: the super block alone */
  readonly freeBlocks: readonly (readonly [group: number, more: number])[];
  readonly freeInodes: readonly (readonly [group: number, more: number])[];
  readonly directories: readonly (readonly [group: number, more: number])[];
}

export const SOUND: Damage = { problems: [], missingBlocks: [], surplusBlocks: [], missingInodes: [], surplusInodes: [], freeBlocks: [], freeInodes: [], directories: [] };

export const isSound = (damage: Damage): boolean => Object.values(damage).every((list: readonly unknown[]) => list.length === 0);

export function* readDamage(sys: Sys, fd: number): Blocking<Damage> {
  const text = decode(yield* sys.pread(fd, ROOM, PLACE));
  if (!text.startsWith(MARK)) return SOUND;
  try {
    const read: Partial<Damage> = JSON.parse(text.slice(MARK.length, text.indexOf("\0")));
    return { ...SOUND, ...read };
  } catch {
    return SOUND;
  }
}

/** What has no room is not noted. */
export function* writeDamage(sys: Sys, fd: number, damage: Damage): Blocking<void> {
  const bytes = new Uint8Array(ROOM);
  const text = encode(`${MARK}${JSON.stringify(damage)}`);
  if (!isSound(damage) && text.length < ROOM) bytes.set(text);
  yield* sys.pwrite(fd, bytes, PLACE);
}

export function mergedDamage(one: Damage, other: Partial<Damage>): Damage {
  return {
    problems: [...one.problems, ...(other.problems ?? [])],
    missingBlocks: [...one.missingBlocks, ...(other.missingBlocks ?? [])],
    surplusBlocks: [...one.surplusBlocks, ...(other.surplusBlocks ?? [])],
    missingInodes: [...one.missingInodes, ...(other.missingInodes ?? [])],
    surplusInodes: [...one.surplusInodes, ...(other.surplusInodes ?? [])],
    freeBlocks: [...one.freeBlocks, ...(other.freeBlocks ?? [])],
    freeInodes: [...one.freeInodes, ...(other.freeInodes ?? [])],
    directories: [...one.directories, ...(other.directories ?? [])],
  };
}
