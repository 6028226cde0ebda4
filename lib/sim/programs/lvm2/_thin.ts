// Making thin pools and thin volumes: the parts of a pool, its warnings, messages to the kernel (lvmthin(7)).
import type { Blocking } from "../../kernel/sys.ts";
import { messagePool, thinsOf } from "./_activation.ts";
import { fail } from "./_error.ts";
import { allocate, extentsOf, freeExtents, joined, totalExtents } from "./_extents.ts";
import { type Lvm, newId, parseSize, sizeText } from "./_lvm.ts";
import type { LogicalVolume, VolumeGroup } from "./_metadata.ts";

const SMALLEST_METADATA_BYTES = 2 * 2 ** 20;
const METADATA_BYTES_OF_A_CHUNK = 64;
const LARGEST_METADATA_BYTES = 128 * 2 ** 20;

function emptyVolume(lvm: Lvm, name: string): LogicalVolume {
  return { name, id: newId(lvm.sys), creationTime: Math.floor(lvm.sys.clockUs("realtime") / 1e6), creationHost: lvm.sys.uname().nodename, segments: [] };
}

/** A pool of that size with metadata and, the first time in its group, a spare for them. Errors: LvmError. */
export function* createThinPool(lvm: Lvm, group: VolumeGroup, name: string, extents: number, chunk: number | undefined, metadataSize: string | undefined): Blocking<LogicalVolume> {
  if (extents <= 0) fail("Unable to create new logical volume with no extents.");
  if (chunk !== undefined && (chunk < 128 || chunk % 128 !== 0)) fail(`Chunk size must be a multiple of 64.00 KiB.`);
  let chunkSectors = chunk ?? 128;
  // a larger chunk keeps the metadata below 128 MiB
  if (chunk === undefined) while (((extents * group.extentSize) / chunkSectors) * METADATA_BYTES_OF_A_CHUNK > LARGEST_METADATA_BYTES) chunkSectors *= 2;
  const wanted = metadataSize === undefined ? Math.max(SMALLEST_METADATA_BYTES, ((extents * group.extentSize) / chunkSectors) * METADATA_BYTES_OF_A_CHUNK) : (parseSize(metadataSize)?.sectors ?? fail(`Invalid argument for --poolmetadatasize: ${metadataSize}`)) * 512;
  const metadataExtents = Math.ceil(wanted / 512 / group.extentSize);
  const spare = group.lvs.find((one) => one.hidden && one.name.endsWith("_pmspare"));
  const needed = extents + metadataExtents + (spare ? 0 : metadataExtents);
  if (needed > freeExtents(group)) {
    if (extents === freeExtents(group)) return yield* createThinPool(lvm, group, name, extents - metadataExtents * (spare ? 1 : 2), chunk, metadataSize);
    fail(`Volume group "${group.name}" has insufficient free space (${freeExtents(group)} extents): ${needed} required.`);
  }
  if (!spare) group.lvs.push({ ...emptyVolume(lvm, "lvol0_pmspare"), hidden: true, segments: joined(allocate(group, metadataExtents, 0, [])) });
  const data: LogicalVolume = { ...emptyVolume(lvm, `${name}_tdata`), hidden: true, segments: joined(allocate(group, extents, 0, [])) };
  group.lvs.push(data);
  const metadata: LogicalVolume = { ...emptyVolume(lvm, `${name}_tmeta`), hidden: true, segments: joined(allocate(group, metadataExtents, 0, [])) };
  group.lvs.push(metadata);
  // what lay there before is no metadata
  yield* lvm.activate(group, metadata);
  yield* lvm.write(`/dev/mapper/${group.name.replaceAll("-", "--")}-${metadata.name.replaceAll("-", "--")}`, new Uint8Array(4096));
  yield* lvm.deactivate(group, metadata);
  const pool: LogicalVolume = { ...emptyVolume(lvm, name), thinPool: { data: data.name, metadata: metadata.name, chunkSectors, transaction: 0, extents } };
  group.lvs.push(pool);
  yield* lvm.store(group);
  yield* lvm.activate(group, pool);
  return pool;
}

/** A volume in the pool, empty or as `origin` is now. A snapshot waits to be activated by name. Errors: LvmError. */
export function* createThin(lvm: Lvm, group: VolumeGroup, pool: LogicalVolume, name: string, extents: number, origin: LogicalVolume | undefined): Blocking<void> {
  const { thinPool } = pool;
  if (!thinPool) return fail(`Logical volume ${group.name}/${pool.name} is not a thin pool.`);
  const deviceId = Math.max(0, ...thinsOf(group, pool).map((one) => one.thin?.deviceId ?? 0)) + 1;
  const volume: LogicalVolume = { ...emptyVolume(lvm, name), ...(origin && { skipActivation: true }), thin: { pool: pool.name, deviceId, transaction: thinPool.transaction, extents, origin: origin?.name } };
  group.lvs.push(volume);
  yield* overprovisioning(lvm, group, pool);
  yield* lvm.activate(group, pool);
  // what is mounted is written out before the snapshot is taken
  if (origin && (yield* lvm.deviceOf(group, origin))) yield* lvm.activate(group, origin);
  yield* messagePool(lvm.sys, group, pool, origin?.thin ? `create_snap ${deviceId} ${origin.thin.deviceId}` : `create_thin ${deviceId}`);
  yield* messagePool(lvm.sys, group, pool, `set_transaction_id ${thinPool.transaction} ${thinPool.transaction + 1}`);
  thinPool.transaction++;
  yield* lvm.store(group);
  if (!origin) yield* lvm.activate(group, volume);
}

function* overprovisioning(lvm: Lvm, group: VolumeGroup, pool: LogicalVolume): Blocking<void> {
  const sum = thinsOf(group, pool).reduce((total, one) => total + extentsOf(one), 0);
  if (sum <= extentsOf(pool)) return;
  const size = (extents: number): string => sizeText(extents * group.extentSize);
  const beyond = sum > totalExtents(group) ? ` and the size of whole volume group (${size(totalExtents(group))})` : freeExtents(group) < sum - extentsOf(pool) && freeExtents(group) > 0 ? ` and the amount of free space in volume group (${size(freeExtents(group))})` : ` (${size(extentsOf(pool))})`;
  yield* lvm.warn(`WARNING: Sum of all thin volume sizes (${size(sum)}) exceeds the size of thin pool ${group.name}/${pool.name}${beyond}.`);
  yield* lvm.warn("WARNING: You have not turned on protection against thin pools running out of space.");
  yield* lvm.warn("WARNING: Set activation/thin_pool_autoextend_threshold below 100 to trigger automatic extension of thin pools before they get full.");
}
