// mdadm --create: what is asked of the devices, how much of them is used, and the array that is started.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { openBlockTarget } from "../kit/block-target.ts";
import type { Io } from "../kit/program.ts";
import { probeQuietly } from "../kit/probe-device.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { UTC } from "../kit/zones.ts";
import { arrayRequest, numbers } from "./_array.ts";
import { LEVELS, readSuperblock } from "./_superblock.ts";

export class MdadmError extends Error {}

export interface CreateOptions {
  readonly level: number | undefined;
  readonly disks: number | undefined;
  readonly spares: number;
  readonly chunkKib: number | undefined;
  readonly name: string | undefined;
  readonly sizeKib: number | undefined;
  readonly run: boolean;
  readonly force: boolean;
  readonly assumeClean: boolean;
  /** undefined: large arrays get one */
  readonly bitmap: string | undefined;
  readonly verbose: boolean;
}

/** Where data begin on a member of that size: a mebibyte, and room to reshape that grows with the size (super1.c). */
function dataOffsetSectors(deviceSectors: number): number {
  let headroom = 128 * 1024 * 2;
  while (headroom * 1024 > deviceSectors) headroom /= 2;
  return headroom >= 2048 ? 2048 + headroom : 2048;
}

const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

interface Candidate {
  readonly path: string;
  readonly sectors: number;
}

function* examine(sys: Sys, io: Io, path: string): Blocking<{ readonly candidate: Candidate; readonly warned: boolean }> {
  let sectors: number;
  try {
    const target = yield* openBlockTarget(sys, path, true);
    sectors = Math.floor(target.sizeBytes / 512);
    sys.close(target.fd);
    if (!target.isDevice) throw new MdadmError(`${path} is not a block device.`);
  } catch (error) {
    if (error instanceof SysError) throw new MdadmError(error.errno === "EBUSY" ? `super1.x cannot open ${path}: Device or resource busy\nmdadm: ${path} is not suitable for this array.\nmdadm: create aborted` : `cannot open ${path}: ${error.message}`);
    throw error;
  }
  if (sectors < 4096) throw new MdadmError(`${path} is too small: ${Math.floor(sectors / 2)}K`);
  const old = yield* readSuperblock(sys, path);
  if (old) {
    yield* io.stderr(`mdadm: ${path} appears to be part of a raid array:\n       level=${LEVELS.get(old.level) ?? ""} devices=${old.disks} ctime=${strftime("%a %b %e %H:%M:%S %Y", civilAtUs(UTC, old.createdSeconds * 1e6))}\n`);
    return { candidate: { path, sectors }, warned: true };
  }
  const probed = yield* probeQuietly(sys, path);
  if (probed.type?.startsWith("ext")) {
    const target = yield* openBlockTarget(sys, path, false);
    const head = yield* sys.pread(target.fd, 64, 1024);
    sys.close(target.fd);
    const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
    yield* io.stderr(`mdadm: ${path} appears to contain an ext2fs file system\n       size=${Math.floor((view.getUint32(4, true) * (1024 << view.getUint32(24, true))) / 1024)}K  mtime=${strftime("%a %b %e %H:%M:%S %Y", civilAtUs(UTC, view.getUint32(44, true) * 1e6))}\n`);
    return { candidate: { path, sectors }, warned: true };
  }
  if (probed.tableType !== undefined) {
    yield* io.stderr(`mdadm: partition table exists on ${path}\n`);
    return { candidate: { path, sectors }, warned: true };
  }
  return { candidate: { path, sectors }, warned: false };
}

export function* create(sys: Sys, io: Io, array: string, devices: readonly string[], options: CreateOptions): Blocking<number> {
  const { level, disks } = options;
  if (level === undefined) throw new MdadmError("a RAID level is needed to create an array.");
  if (disks === undefined || disks === 0) throw new MdadmError("a number of --raid-devices must be given to create an array");
  if (disks < 4 && level === 6 && disks < 3) throw new MdadmError("at least 4 raid-devices needed for level 6");
  if (disks < 2 && level >= 4) throw new MdadmError(`at least 2 raid-devices needed for level ${level}`);
  if (disks === 1 && !options.force) throw new MdadmError("'1' is an unusual number of drives for an array, so it is probably\n     a mistake.  If you really mean it you will need to specify --force before\n     setting the number of drives.");
  if (options.spares > 0 && level < 1) throw new MdadmError(`This level does not support spare devices`);
  if (devices.length < disks + options.spares) throw new MdadmError("You haven't given enough devices (real or missing) to create this array");
  if (devices.length > disks + options.spares) throw new MdadmError(`You have listed more devices (${devices.length}) than are in the array(${disks + options.spares})!`);
  if (options.bitmap !== undefined && options.bitmap !== "internal" && options.bitmap !== "none") throw new MdadmError(options.bitmap.includes("/") ? "bitmaps in files are not simulated here: internal or none." : "bitmap file must contain a '/', or be 'internal', or be 'clustered', or 'none'");
  if (options.bitmap === "internal" && level <= 0) throw new MdadmError(`bitmaps not meaningful with level ${LEVELS.get(level) ?? ""}`);
  const chunkKib = options.chunkKib ?? 512;
  if (level !== 1 && options.chunkKib === undefined && level !== -1 && options.verbose) yield* io.stderr("mdadm: chunk size defaults to 512K\n");
  const found: (Candidate | undefined)[] = [];
  let warned = false;
  for (const path of devices) {
    if (path === "missing") {
      found.push(undefined);
      continue;
    }
    if (found.some((one) => one?.path === path)) throw new MdadmError(`device ${path} already is in the array`);
    const one = yield* examine(sys, io, path);
    warned ||= one.warned;
    found.push(one.candidate);
  }
  const present = found.filter((one) => one !== undefined);
  if (present.length === 0) throw new MdadmError("no devices given");
  const smallest = Math.min(...present.map((one) => one.sectors));
  const largest = Math.max(...present.map((one) => one.sectors));
  const offset = dataOffsetSectors(smallest);
  const unit = level === 1 ? 2 : chunkKib * 2;
  let memberSectors = Math.floor((smallest - offset) / unit) * unit;
  if (options.sizeKib !== undefined) memberSectors = Math.min(memberSectors, Math.floor((options.sizeKib * 2) / unit) * unit);
  if (memberSectors <= 0) throw new MdadmError(`${present[0]?.path} is too small: ${Math.floor(smallest / 2)}K`);
  if (level === 1 && !options.run) {
    yield* io.stderr("mdadm: Note: this array has metadata at the start and\n    may not be suitable as a boot device.  If you plan to\n    store '/boot' on this device please ensure that\n    your boot-loader understands md/v1.x metadata, or use\n    --metadata=0.90\n");
    warned = true;
  }
  if (level > 0 && options.verbose) yield* io.stderr(`mdadm: size set to ${memberSectors / 2}K\n`);
  if (level > 0 && (largest - smallest) * 100 > largest) {
    yield* io.stderr(`mdadm: largest drive (${present.find((one) => one.sectors === largest)?.path}) exceeds size (${memberSectors / 2}K) by more than 1%\n`);
    warned = true;
  }
  if (warned && !options.run) {
    yield* io.stderr("Continue creating array? ");
    for (let tries = 0; ; tries++) {
      const answer = yield* io.stdin.line();
      if (answer !== undefined && /^y(es)?$/i.test(answer.trim())) break;
      if (answer === undefined || /^no?$/i.test(answer.trim()) || tries > 4) throw new MdadmError("create aborted.");
      yield* io.stderr("Continue creating array? (y/n) ");
    }
  }
  // from 100 GiB a member (Create.c)
  const large = options.bitmap === undefined && level > 0 && memberSectors >= 100 * 2 ** 21;
  if (large) yield* io.stderr("mdadm: automatically enabling write-intent bitmap on large array\n");
  const host = sys.uname().nodename;
  const md = /^\/dev\/md(?:\/)?(.+)$/.exec(array)?.[1] ?? array;
  // RAID 5 begins degraded, its last member is built as a spare would be: reading is quicker than checking
  const building = level === 5 && !options.assumeClean && !options.force && found.slice(0, disks).every((one) => one !== undefined) && disks > 2;
  const members = found.flatMap((one, index) => {
    if (!one) return [];
    const last = building && index === disks - 1;
    return [{ device: numbers(sys, one.path), slot: index < disks && !last ? index : undefined, number: last ? disks : index >= disks && building ? index + 1 : index, uuid: hex(sys.random(16)), dataOffsetSectors: offset }];
  });
  // a spare that waits comes after the one that is built
  members.sort((a, b) => a.number - b.number);
  const nodes = array.startsWith("/dev/md/") ? "/dev/md127" : array;
  try {
    yield* arrayRequest(sys, nodes, "RUN_ARRAY", {
      level, disks, chunkBytes: level === 1 ? 65_536 : chunkKib * 1024, memberBytes: memberSectors * 512, uuid: hex(sys.random(16)), name: `${host}:${options.name ?? md}`, createdSeconds: Math.floor(sys.clockUs("realtime") / 1e6), members, events: 0, bitmap: large || options.bitmap === "internal", clean: options.assumeClean || building || level <= 0 || members.length < disks,
    }, true);
  } catch (error) {
    if (error instanceof SysError) throw new MdadmError(error.errno === "EBUSY" ? `another array by this name is already running.` : `RUN_ARRAY failed: ${error.message}`);
    throw error;
  }
  yield* io.stderr("mdadm: Defaulting to version 1.2 metadata\n");
  yield* io.stderr(`mdadm: array ${array} started.\n`);
  if (nodes !== array) {
    try {
      sys.mkdir("/dev/md", 0o755);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    sys.symlink(`../${nodes.slice(5)}`, array);
  }
  return 0;
}
