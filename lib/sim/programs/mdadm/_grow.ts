// mdadm --grow: more members, another level, larger members, a bitmap (mdadm(8), "GROW MODE"; messages of Grow.c 4.2).
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import type { Io } from "../kit/program.ts";
import { type ArrayStatus, arrayRequest, numbers, statusOf } from "./_array.ts";
import { MdadmError } from "./_create.ts";
import { LEVELS } from "./_superblock.ts";

interface GrowOptions {
  readonly disks: number | undefined;
  readonly level: number | undefined;
  readonly size: string | undefined;
  readonly bitmap: string | undefined;
  readonly added: readonly string[];
  readonly force: boolean;
  readonly backupFile: boolean;
}

function* setBitmap(sys: Sys, array: string, now: ArrayStatus, wanted: string): Blocking<number> {
  if (wanted !== "internal" && wanted !== "none") throw new MdadmError(`bitmaps in files are not simulated here: internal or none.`);
  if (now.level <= 0) throw new MdadmError(`Bitmaps not meaningful with level ${LEVELS.get(now.level) ?? ""}`);
  if (wanted === "none" && !now.bitmap) throw new MdadmError(`no bitmap found on ${array}`);
  if (wanted === "internal" && now.bitmap) throw new MdadmError(`bitmap already present on ${array}`);
  try {
    yield* arrayRequest(sys, array, "SET_BITMAP", wanted === "internal");
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new MdadmError(error.errno === "EBUSY" ? "Cannot add bitmap while array is resyncing or reshaping etc." : "failed to set internal bitmap.");
  }
  return 0;
}

const spareCount = (status: ArrayStatus): number => status.members.filter((one) => one.state === "spare").length;

function* setSize(sys: Sys, io: Io, array: string, now: ArrayStatus, wanted: string): Blocking<void> {
  const memberBytes = wanted === "max" ? "max" : Number(/^(\d+)/.exec(wanted)?.[1] ?? Number.NaN) * (/m$/i.test(wanted) ? 2 ** 20 : /g$/i.test(wanted) ? 2 ** 30 : 1024);
  if (memberBytes !== "max" && !(memberBytes > 0)) throw new MdadmError(`invalid size: ${wanted}`);
  try {
    yield* arrayRequest(sys, array, "GROW_ARRAY", { memberBytes });
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new MdadmError(`Cannot set device size for ${array}: ${error.message}`);
  }
  const after = yield* statusOf(sys, array);
  yield* io.stderr(after.memberBytes === now.memberBytes ? `mdadm: component size of ${array} unchanged at ${now.memberBytes / 1024}K\n` : `mdadm: component size of ${array} has been set to ${after.memberBytes / 1024}K\n`);
}

/** The exit status. */
export function* grow(sys: Sys, io: Io, array: string, options: GrowOptions): Blocking<number> {
  let now: ArrayStatus;
  try {
    now = yield* statusOf(sys, array);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new MdadmError(error.errno === "ENOENT" ? `error opening ${array}: No such file or directory` : error.errno === "ENOTTY" ? `${array} does not appear to be an md device` : `${array} is not an active md array - aborting`);
  }
  if (options.bitmap !== undefined) {
    if (options.disks !== undefined || options.level !== undefined || options.size !== undefined) throw new MdadmError("--bitmap changes cannot be used with other geometry changes in --grow mode");
    return yield* setBitmap(sys, array, now, options.bitmap);
  }
  for (const device of options.added) {
    try {
      yield* arrayRequest(sys, array, "HOT_ADD_DISK", { device: numbers(sys, device), uuid: [...sys.random(16)].map((byte) => byte.toString(16).padStart(2, "0")).join("") });
      yield* io.stderr(`mdadm: added ${device}\n`);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      throw new MdadmError(error.errno === "EBUSY" ? `Cannot open ${device}: Device or resource busy` : error.errno === "ENOSPC" ? `${device} not large enough to join array` : error.errno === "ENOENT" ? `Cannot find ${device}: No such file or directory` : `Cannot add new disk to this array`);
    }
  }
  if (options.size !== undefined) yield* setSize(sys, io, array, now, options.size);
  if (options.disks === undefined && options.level === undefined) {
    if (options.size === undefined && options.added.length === 0) throw new MdadmError("no changes to --grow");
    return 0;
  }
  now = yield* statusOf(sys, array);
  if (now.sync) throw new MdadmError(`${array} is performing resync/recovery and cannot be reshaped`);
  if (now.level === -1) throw new MdadmError("Only --add is supported for LINEAR, other --grow options are not meaningful");
  const level = options.level ?? now.level;
  const known = level === now.level || (now.level === 1 && level === 5 && now.disks === 2) || (now.level === 5 && level === 6);
  if (!known || (now.level === 0 && options.disks !== undefined)) {
    if (now.level === 1 && level === 5) throw new MdadmError("Impossibly level change request for RAID1");
    sys.observe({ kind: "unsimulated", command: "mdadm", detail: `--grow --level=${level}` });
    throw new MdadmError(`the change from ${LEVELS.get(now.level) ?? ""} to ${LEVELS.get(level) ?? ""} is not simulated here.`);
  }
  const disks = options.disks ?? (now.level === 5 && level === 6 ? now.disks + 1 : now.disks);
  if (level === now.level && disks === now.disks) {
    if (level === 1) throw new MdadmError("no change requested for Growing RAID1");
    throw new MdadmError(`${array}: no change requested`);
  }
  if (level > 1 && disks < now.disks) throw new MdadmError(`this change will reduce the size of the array.\n       use --grow --array-size first to truncate array.\n       e.g. mdadm --grow ${array} --array-size ${Math.floor((now.sizeBytes / 1024 / (now.disks - 1)) * (disks - 1))}`);
  const needed = disks - now.disks;
  const spares = spareCount(now);
  if (level > 1 && needed > spares && !(now.level === 1 && needed === 0)) {
    const word = `Need ${needed} spare${needed === 1 ? "" : "s"}`;
    if (needed > 1) throw new MdadmError(`${word} to create working array, and only have ${spares}.`);
    if (!options.force) throw new MdadmError(`${word} to avoid degraded array, and only have ${spares}.\n       Use --force to over-ride this check.`);
  }
  if (now.level === 5 && level === 6 && !options.backupFile) throw new MdadmError(`${array}: Cannot grow - need backup-file\nmdadm:  Please provide one with "--backup=..."`);
  try {
    if (now.level === 1 && level === 5) {
      yield* arrayRequest(sys, array, "GROW_ARRAY", { level });
      yield* io.stderr(`mdadm: level of ${array} changed to raid5\n`);
      if (disks !== now.disks) yield* arrayRequest(sys, array, "GROW_ARRAY", { disks });
    } else {
      if (level !== now.level) yield* io.stderr(`mdadm: level of ${array} changed to ${LEVELS.get(level) ?? ""}\n`);
      yield* arrayRequest(sys, array, "GROW_ARRAY", { disks, level });
      if (level === 1) io.out.put(`raid_disks for ${array} set to ${disks}\n`);
      else if (options.backupFile) yield* io.stderr(`mdadm: Need to backup ${(now.chunkBytes / 1024) * (disks - 1) * (now.disks - 1)}K of critical section..\n`);
    }
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new MdadmError(error.errno === "EBUSY" ? `failed to set raid disks` : `Cannot set device shape for ${array}: ${error.message}`);
  }
  return 0;
}
