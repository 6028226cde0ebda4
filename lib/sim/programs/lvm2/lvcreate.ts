import { type Blocking, O, SysError } from "../../kernel/sys.ts";
import { type Io, counted, flag, gnu, text, unsimulated } from "../kit/gnu.ts";
import { probeQuietly } from "../kit/probe-device.ts";
import { mapperName, volumeNamed } from "./_activation.ts";
import { badValue, fail, LvmError, noSyntax } from "./_error.ts";
import { allocate, allocateStriped, extentsOf, extentsWord, freeExtents, joined, totalExtents } from "./_extents.ts";
import { guarded, type Lvm, LVM, newId, parseSize, sizeText, tryLine, VERSION_TEXT } from "./_lvm.ts";
import type { LogicalVolume, Segment, VolumeGroup } from "./_metadata.ts";
import { createThin, createThinPool } from "./_thin.ts";

/** Sizes of the command line as extents, with what is said about rounding. */
interface Wanted {
  readonly size: string | undefined;
  readonly extents: string | undefined;
}

function extentsWanted(lvm: Lvm, group: VolumeGroup, wanted: Wanted, origin?: LogicalVolume): number {
  if (wanted.size !== undefined) {
    const size = parseSize(wanted.size) ?? badValue("--size", wanted.size);
    if (size.sign !== "") fail("Negative or signed size is not accepted here.");
    const extents = Math.ceil(size.sectors / group.extentSize);
    if (size.sectors % group.extentSize !== 0) lvm.say(`Rounding up size to full physical extent ${sizeText(extents * group.extentSize)}`);
    return extents;
  }
  return extentsWord(wanted.extents ?? "", { FREE: freeExtents(group), VG: totalExtents(group), PVS: freeExtents(group), LV: undefined, ORIGIN: origin === undefined ? undefined : extentsOf(origin) }).extents;
}

function nameFor(group: VolumeGroup, given: string | undefined): string {
  let number = 0;
  while (group.lvs.some((one) => one.name === `lvol${number}`)) number++;
  const name = (given ?? `lvol${number}`).replace(/^.*\//, "");
  if (!/^[A-Za-z0-9_+.][A-Za-z0-9_+.-]*$/.test(name)) fail(`Logical volume name "${name}" is invalid.`);
  if (/^(snapshot|pvmove)|_(tdata|tmeta|pmspare|mimage|rimage|rmeta)/.test(name)) fail(`Names including "${/^snapshot/.test(name) ? "snapshot" : (/_(?:tdata|tmeta|pmspare|mimage|rimage|rmeta)/.exec(name)?.[0] ?? "pvmove")}" are reserved. Please choose a different LV name.\nRun \`lvcreate --help' for more information.`);
  if (group.lvs.some((one) => one.name === name)) fail(`Logical Volume "${name}" already exists in volume group "${group.name}"`);
  return name;
}

function take(group: VolumeGroup, name: string, extents: number, stripes: number, stripeSize: number, devices: readonly string[]): Segment[] {
  if (extents <= 0) fail("Unable to create new logical volume with no extents.");
  for (const device of devices) if (!group.pvs.some((pv) => pv.device === device)) fail(`Physical Volume "${device}" not found in Volume Group "${group.name}".`);
  if (stripes > group.pvs.length) fail(`Number of stripes (${stripes}) must not exceed number of physical volumes (${group.pvs.length})`);
  if (extents > freeExtents(group)) fail(`Volume group "${group.name}" has insufficient free space (${freeExtents(group)} extents): ${extents} required.`);
  const segments = stripes > 1 ? allocateStriped(group, extents, 0, stripes, stripeSize, devices) : joined(allocate(group, extents, 0, devices));
  if (segments.length === 0) fail(`Insufficient suitable allocatable extents for logical volume ${name}: ${extents} more required`);
  return segments;
}

function* createSnapshot(lvm: Lvm, group: VolumeGroup, origin: LogicalVolume, name: string, extents: number, chunkSectors: number, devices: readonly string[]): Blocking<void> {
  if (origin.snapshot) fail("Snapshots of snapshots are not supported.");
  if (origin.hidden || origin.thinPool) fail(`Snapshots of ${origin.thinPool ? "pools" : "hidden volumes"} are not supported.`);
  const smallest = Math.ceil((3 * chunkSectors) / group.extentSize);
  if (extents < smallest) fail(`Snapshot volume cannot be smaller than 3 chunks (${smallest} extents, ${sizeText(3 * chunkSectors)}).`);
  // more than the whole origin with its exceptions is never needed
  const originExtents = extentsOf(origin);
  const most = Math.ceil((originExtents * group.extentSize * (1 + 16 / (chunkSectors * 512)) + 2 * chunkSectors) / group.extentSize);
  let size = extents;
  if (size > most) {
    lvm.say(`Reducing COW size ${sizeText(size * group.extentSize)} down to maximum usable size ${sizeText(most * group.extentSize)}.`);
    size = most;
  }
  const volume: LogicalVolume = { name, id: newId(lvm.sys), creationTime: Math.floor(lvm.sys.clockUs("realtime") / 1e6), creationHost: lvm.sys.uname().nodename, segments: take(group, name, size, 1, 0, devices) };
  // an empty store: what lay there before is no header
  const clear: LogicalVolume = { ...volume, hidden: true };
  yield* lvm.activate(group, clear);
  yield* wipeBeginning(lvm, group, name);
  yield* lvm.deactivate(group, clear);
  group.lvs.push({ ...volume, snapshot: { origin: origin.name, chunkSectors, merging: false } });
  yield* lvm.store(group);
  yield* lvm.activate(group, origin);
}

function* wipeBeginning(lvm: Lvm, group: VolumeGroup, name: string): Blocking<void> {
  try {
    const fd = yield* lvm.sys.open(`/dev/mapper/${mapperName(group.name, name)}`, O.WRONLY);
    yield* lvm.sys.pwrite(fd, new Uint8Array(4096), 0);
    lvm.sys.close(fd);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

export default gnu({
  name: "lvcreate", path: "/sbin/lvcreate", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "create a logical volume", operands: "none",
  synopsis: ["-L Size [-n Name] [-i Stripes] VG [PV]...", "-l Number|N%FREE|N%VG [-n Name] VG [PV]...", "-s -L Size [-n Name] VG/LV", "-s [-n Name] VG/THIN", "-L Size -T VG/POOL", "-V Size -T VG/POOL [-n Name]"],
  description: ["Linear and striped volumes, snapshots, thin pools, thin volumes and their snapshots are simulated. Mirrors, RAID, caches and VDO are refused: use mdadm for an array."],
  options: {
    size: text(["-L", "--size"], "Size", "size, M unless it says otherwise"), extents: text(["-l", "--extents"], "Number", "size in extents, or N%FREE, N%VG, N%ORIGIN"), lvName: text(["-n", "--name"], "String", "its name, else lvol0, lvol1..."), yes: flag(["-y", "--yes"], "ask nothing, the answer is yes"), wipe: text(["-W", "--wipesignatures"], "y|n", "wipe signatures found on it"), zero: text(["-Z", "--zero"], "y|n", "zero its beginning"),
    type: text(["--type"], "linear|striped|snapshot|thin|thin-pool", "which kind of volume"), snapshot: flag(["-s", "--snapshot"], "make a snapshot"), thin: flag(["-T", "--thin"], "a thin pool, or a volume in one"), thinpool: text(["--thinpool"], "String", "the pool's name"), virtual: text(["-V", "--virtualsize"], "Size", "size that a thin volume shows"),
    chunk: text(["-c", "--chunksize"], "Size", "of a snapshot or a pool"), poolMetadata: text(["--poolmetadatasize"], "Size", "of a pool's metadata"), stripes: text(["-i", "--stripes"], "Number", "stripe over so many physical volumes"), stripeSize: text(["-I", "--stripesize"], "Size", "how much goes to each in turn"), permission: text(["-p", "--permission"], "rw|r", "read-only or not"), activate: text(["-a", "--activate"], "y|n", "make its device now"), skip: text(["-k", "--setactivationskip"], "y|n", "leave it alone when its group is activated"), force: counted(["-f", "--force"], "override checks"),
    mirrors: unsimulated(["-m", "--mirrors"], "keep mirrors", "there are no mirrors here: use mdadm"),
  },
  *run({ options, operands, sys }, io: Io) {
    return yield* guarded(sys, io, function* (lvm) {
      const known = ["linear", "striped", "snapshot", "thin", "thin-pool"];
      if (options.type !== undefined && !known.includes(options.type)) {
        sys.observe({ kind: "unsimulated", command: "lvcreate", detail: `--type ${options.type}` });
        fail(`--type ${options.type} is not simulated here: ${known.join(", ")} are.`);
      }
      if (options.size !== undefined && parseSize(options.size) === undefined) badValue("--size", options.size, "Can't parse size argument.");
      const sized = options.size !== undefined || options.extents !== undefined;
      const [target = "", ...rest] = operands;
      const path = target.replace(/^\/dev\//, "");
      const [groupName = "", targetName] = path.startsWith("mapper/") ? [undefined, undefined] : path.split("/");
      const wanted = { size: options.size, extents: options.extents };
      const chunk = options.chunk === undefined ? undefined : (/[a-zA-Z]$/.test(options.chunk) ? parseSize(options.chunk) : parseSize(`${options.chunk}k`))?.sectors ?? fail(`Invalid argument for --chunksize: ${options.chunk}\nError during parsing of command line.`);
      if (options.snapshot || options.type === "snapshot") {
        if (target === "") fail("Please specify a logical volume to act as the snapshot origin.");
        const { group, volume: origin } = yield* lvm.volume(targetName === undefined && rest[0] !== undefined ? `${target}/${rest[0]}` : target);
        const name = nameFor(group, options.lvName);
        if (origin.thin && !sized) {
          yield* createThin(lvm, group, volumeNamed(group, origin.thin.pool) ?? fail("Pool not found."), name, extentsOf(origin), origin);
          lvm.say(`Logical volume "${name}" created.`);
          return 0;
        }
        if (!sized) fail("Please specify either size or extents with snapshots.");
        if (chunk !== undefined && (chunk < 8 || chunk > 1024 || (chunk & (chunk - 1)) !== 0)) fail("Chunk size must be a power of 2 in the range 4K to 512K.\nRun `lvcreate --help' for more information.");
        yield* createSnapshot(lvm, group, origin, name, extentsWanted(lvm, group, wanted, origin), chunk ?? 8, rest);
        lvm.say(`Logical volume "${name}" created.`);
        return 0;
      }
      if (options.thin || options.thinpool !== undefined || options.virtual !== undefined || options.type?.startsWith("thin")) {
        if (target === "") fail("Please specify volume group or thin pool.");
        const group = yield* lvm.group(groupName);
        const isPoolType = options.type === "thin-pool" && options.virtual === undefined;
        const poolName = options.thinpool?.replace(/^.*\//, "") ?? targetName ?? (isPoolType || options.virtual === undefined || sized ? options.virtual === undefined ? options.lvName : undefined : undefined);
        let pool = volumeNamed(group, poolName);
        if (pool && !pool.thinPool) fail(`Logical volume ${group.name}/${pool.name} is not a thin pool.`);
        if (sized) {
          if (pool) fail(`Logical Volume "${pool.name}" already exists in volume group "${group.name}"`);
          pool = yield* createThinPool(lvm, group, nameFor(group, poolName), extentsWanted(lvm, group, wanted), chunk, options.poolMetadata);
          lvm.say(`Thin pool volume with chunk size ${sizeText(pool.thinPool?.chunkSectors ?? 128)} can address at most ${addressable(pool.thinPool?.chunkSectors ?? 128)} of data.`);
          if (options.virtual === undefined) {
            lvm.say(`Logical volume "${pool.name}" created.`);
            return 0;
          }
        }
        if (!pool) return fail(poolName === undefined ? "Please specify a thin pool." : options.virtual === undefined ? "Please specify either size or extents." : `Failed to find logical volume "${group.name}/${poolName}"`);
        const size = parseSize(options.virtual ?? "") ?? fail(options.virtual === undefined ? "Please specify either size or extents." : `Invalid argument for --virtualsize: ${options.virtual}\nError during parsing of command line.`);
        const extents = Math.ceil(size.sectors / group.extentSize);
        if (size.sectors % group.extentSize !== 0) lvm.say(`Rounding up size to full physical extent ${sizeText(extents * group.extentSize)}`);
        const name = nameFor(group, options.lvName);
        yield* createThin(lvm, group, pool, name, extents, undefined);
        lvm.say(`Logical volume "${name}" created.`);
        return 0;
      }
      if (!sized) noSyntax("lvcreate");
      if (target === "") throw new LvmError(`No command with matching syntax recognised.  Run 'lvcreate --help' for more information.\nNearest similar command has syntax:\nlvcreate --type error ${options.size === undefined ? "-l|--extents Number[PERCENT]" : "-L|--size Size[m|UNIT]"} VG\nCreate an LV that returns errors when used.\n`, 3);
      const group = yield* lvm.group(groupName);
      const lvName = nameFor(group, options.lvName ?? targetName);
      const stripes = options.stripes === undefined ? (options.type === "striped" ? 2 : 1) : Number(options.stripes);
      if (!Number.isInteger(stripes) || stripes < 1 || stripes > 128) fail("Number of stripes must be between 1 and 128.");
      const stripeSize = options.stripeSize === undefined ? 128 : ((/[a-zA-Z]$/.test(options.stripeSize) ? parseSize(options.stripeSize) : parseSize(`${options.stripeSize}k`))?.sectors ?? fail(`Invalid argument for --stripesize: ${options.stripeSize}`));
      if (stripes > 1 && options.stripeSize === undefined) lvm.say(`Using default stripesize ${sizeText(stripeSize)}.`);
      let extents = extentsWanted(lvm, group, wanted);
      if (stripes > 1 && extents % stripes !== 0) {
        const rounded = options.extents === undefined ? Math.ceil(extents / stripes) * stripes : Math.floor(extents / stripes) * stripes;
        lvm.say(`Rounding size ${sizeText(extents * group.extentSize)} (${extents} extents) ${rounded > extents ? "up" : "down"} to stripe boundary size ${sizeText(rounded * group.extentSize)} (${rounded} extents).`);
        extents = rounded;
      }
      const segments = take(group, lvName, extents, stripes, stripeSize, rest);
      const volume: LogicalVolume = { name: lvName, id: newId(sys), creationTime: Math.floor(sys.clockUs("realtime") / 1e6), creationHost: sys.uname().nodename, segments, ...(options.permission === "r" && { readOnly: true }) };
      group.lvs.push(volume);
      yield* lvm.store(group);
      if (options.activate?.includes("n") !== true) {
        yield* lvm.activate(group, volume);
        const found = yield* probeQuietly(sys, `/dev/mapper/${mapperName(group.name, lvName)}`);
        if (found.type !== undefined && options.wipe !== "n") {
          if (yield* lvm.ask(`WARNING: ${found.type} signature detected on /dev/${group.name}/${lvName} at offset ${found.type === "swap" ? 4086 : found.type.startsWith("ext") ? 1080 : 0}. Wipe it? [y/n]: `, options.yes)) lvm.say(`Wiping ${found.type} signature on /dev/${group.name}/${lvName}.`);
          else yield* lvm.warn(`Aborted wiping of ${found.type}.\n  1 existing signature left on the device.`);
        }
        if (options.zero !== "n") yield* wipeBeginning(lvm, group, lvName);
      } else if (options.zero !== "n") yield* lvm.warn(`WARNING: Logical volume ${group.name}/${lvName} not zeroed.`);
      lvm.say(`Logical volume "${lvName}" created.`);
      return 0;
    });
  },
});

/** What the metadata of at most 16 GiB can address: 64 bytes for a chunk. */
function addressable(chunkSectors: number): string {
  return sizeText(Math.floor((15.8799 * 2 ** 31 * chunkSectors) / 128));
}
