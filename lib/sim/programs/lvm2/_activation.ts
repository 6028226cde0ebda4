// Logical volumes as devices of the device mapper, put together as lvm2 does it (lib/activate/dev_manager.c): an origin of snapshots and what a snapshot keeps
// get devices of their own (-real, -cow), a thin pool too once it has volumes (-tpool).
import { type Blocking, SysError, type Sys } from "../../kernel/sys.ts";
import { deviceNumbers, mapDevice, mappedDevices, mapperRequest, removeLink, replaceLink, type TableLine, unmapDevice } from "../kit/device-mapper.ts";
import { areaExtents, extentsOf } from "./_extents.ts";
import { DATA_OFFSET_SECTORS, type LogicalVolume, type VolumeGroup } from "./_metadata.ts";

/** vg0-my--lv: hyphens of the names are doubled. */
export const mapperName = (group: string, volume: string): string => `${group.replaceAll("-", "--")}-${volume.replaceAll("-", "--")}`;

export const snapshotsOf = (group: VolumeGroup, volume: LogicalVolume): readonly LogicalVolume[] => group.lvs.filter((one) => one.snapshot?.origin === volume.name);
export const thinsOf = (group: VolumeGroup, pool: LogicalVolume): readonly LogicalVolume[] => group.lvs.filter((one) => one.thin?.pool === pool.name);
export const volumeNamed = (group: VolumeGroup, name: string | undefined): LogicalVolume | undefined => group.lvs.find((one) => one.name === name);

const uuidOf = (group: VolumeGroup, volume: LogicalVolume, layer = ""): string => `LVM-${`${group.id}${volume.id}`.replaceAll("-", "")}${layer}`;

/** The volume's own segments as a table. */
function segmentTable(sys: Sys, group: VolumeGroup, volume: LogicalVolume): readonly TableLine[] {
  return volume.segments.map((segment) => {
    const places = segment.areas.map((area) => {
      const device = group.pvs.find((one) => one.name === area.pv)?.device ?? "";
      return `${deviceNumbers(sys, device)} ${DATA_OFFSET_SECTORS + area.pvExtent * group.extentSize}`;
    });
    const size = { startSector: segment.startExtent * group.extentSize, sectors: areaExtents(segment) * segment.areas.length * group.extentSize };
    return segment.areas.length > 1 ? { ...size, type: "striped", params: `${segment.areas.length} ${segment.stripeSize} ${places.join(" ")}` } : { ...size, type: "linear", params: places.join(" ") };
  });
}

const whole = (group: VolumeGroup, volume: LogicalVolume, type: string, params: string): readonly TableLine[] => [{ startSector: 0, sectors: extentsOf(volume) * group.extentSize, type, params }];

function linkVolume(sys: Sys, group: VolumeGroup, volume: LogicalVolume, minor: number): void {
  try {
    sys.mkdir(`/dev/${group.name}`, 0o755);
  } catch (error) {
    if (!(error instanceof SysError) || error.errno !== "EEXIST") throw error;
  }
  replaceLink(sys, `/dev/${group.name}/${volume.name}`, `../dm-${minor}`);
}

function unlinkVolume(sys: Sys, group: VolumeGroup, name: string): void {
  removeLink(sys, `/dev/${group.name}/${name}`);
  try {
    sys.rmdir(`/dev/${group.name}`);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

export function* isActive(sys: Sys, group: VolumeGroup, volume: LogicalVolume): Blocking<boolean> {
  return (yield* mappedDevices(sys)).some((one) => one.name === mapperName(group.name, volume.name));
}

/** Devices with their links in /dev, or new tables for them. A snapshot comes with its origin. */
export function* activate(sys: Sys, group: VolumeGroup, volume: LogicalVolume): Blocking<void> {
  const name = mapperName(group.name, volume.name);
  if (volume.snapshot) {
    const origin = volumeNamed(group, volume.snapshot.origin);
    if (origin) yield* activate(sys, group, origin);
    return;
  }
  if (volume.thinPool) {
    yield* activatePool(sys, group, volume);
    return;
  }
  if (volume.thin) {
    const pool = volumeNamed(group, volume.thin.pool);
    if (!pool) return;
    yield* activatePool(sys, group, pool);
    linkVolume(sys, group, volume, yield* mapDevice(sys, name, uuidOf(group, volume), whole(group, volume, "thin", `253:${yield* poolMinor(sys, group, pool)} ${volume.thin.deviceId}`)));
    return;
  }
  const snapshots = snapshotsOf(group, volume);
  const merging = snapshots.find((one) => one.snapshot?.merging);
  if (snapshots.length === 0) {
    const minor = yield* mapDevice(sys, name, uuidOf(group, volume), segmentTable(sys, group, volume));
    if (!volume.hidden) linkVolume(sys, group, volume, minor);
    return;
  }
  // what is mounted is written out before the snapshots look at it
  if (yield* isActive(sys, group, volume)) for (const suspended of [true, false]) yield* mapperRequest(sys, "DM_DEV_SUSPEND", { name, suspended });
  const real = yield* mapDevice(sys, `${name}-real`, uuidOf(group, volume, "-real"), segmentTable(sys, group, volume));
  for (const one of snapshots) yield* mapDevice(sys, `${mapperName(group.name, one.name)}-cow`, uuidOf(group, one, "-cow"), segmentTable(sys, group, one));
  const cowOf = (one: LogicalVolume): string => deviceNumbers(sys, `/dev/mapper/${mapperName(group.name, one.name)}-cow`);
  for (const one of snapshots) {
    if (one === merging) continue;
    const minor = yield* mapDevice(sys, mapperName(group.name, one.name), uuidOf(group, one), whole(group, volume, "snapshot", `253:${real} ${cowOf(one)} P ${one.snapshot?.chunkSectors}`));
    linkVolume(sys, group, one, minor);
  }
  const table = merging?.snapshot ? whole(group, volume, "snapshot-merge", `253:${real} ${cowOf(merging)} P ${merging.snapshot.chunkSectors}`) : whole(group, volume, "snapshot-origin", `253:${real}`);
  linkVolume(sys, group, volume, yield* mapDevice(sys, name, uuidOf(group, volume), table));
}

function* poolMinor(sys: Sys, group: VolumeGroup, pool: LogicalVolume): Blocking<number> {
  const name = mapperName(group.name, pool.name);
  const all = yield* mappedDevices(sys);
  return (all.find((one) => one.name === `${name}-tpool`) ?? all.find((one) => one.name === name))?.minor ?? 0;
}

function* activatePool(sys: Sys, group: VolumeGroup, pool: LogicalVolume): Blocking<void> {
  const { thinPool } = pool;
  const data = volumeNamed(group, thinPool?.data), metadata = volumeNamed(group, thinPool?.metadata);
  if (!thinPool || !data || !metadata) return;
  const name = mapperName(group.name, pool.name);
  const metadataMinor = yield* mapDevice(sys, mapperName(group.name, metadata.name), uuidOf(group, metadata, "-tmeta"), segmentTable(sys, group, metadata));
  const dataMinor = yield* mapDevice(sys, mapperName(group.name, data.name), uuidOf(group, data, "-tdata"), segmentTable(sys, group, data));
  const table = whole(group, pool, "thin-pool", `253:${metadataMinor} 253:${dataMinor} ${thinPool.chunkSectors} 0 0`);
  if (thinsOf(group, pool).length === 0) {
    yield* mapDevice(sys, name, uuidOf(group, pool), table);
    return;
  }
  const minor = yield* mapDevice(sys, `${name}-tpool`, uuidOf(group, pool, "-tpool"), table);
  yield* mapDevice(sys, name, uuidOf(group, pool, "-pool"), whole(group, pool, "linear", `253:${minor} 0`));
}

/** Tells a thin pool something. Errors: SysError. */
export function* messagePool(sys: Sys, group: VolumeGroup, pool: LogicalVolume, message: string): Blocking<void> {
  const name = mapperName(group.name, pool.name);
  const all = yield* mappedDevices(sys);
  yield* mapperRequest(sys, "DM_TARGET_MSG", { name: all.some((one) => one.name === `${name}-tpool`) ? `${name}-tpool` : name, message });
}

/** The device of that name and its links, nothing else. Errors: SysError EBUSY. */
export function* removeDevice(sys: Sys, group: VolumeGroup, name: string): Blocking<void> {
  yield* unmapDevice(sys, mapperName(group.name, name));
  unlinkVolume(sys, group, name);
}

/** Errors: SysError EBUSY. An origin goes with its snapshots, a pool stays while a thin volume is there. */
export function* deactivate(sys: Sys, group: VolumeGroup, volume: LogicalVolume): Blocking<void> {
  const name = mapperName(group.name, volume.name);
  if (volume.snapshot) {
    const origin = volumeNamed(group, volume.snapshot.origin);
    if (origin) yield* deactivate(sys, group, origin);
    return;
  }
  const snapshots = snapshotsOf(group, volume);
  if (snapshots.length > 0) {
    const all = yield* mappedDevices(sys);
    for (const one of [volume, ...snapshots]) if ((all.find((each) => each.name === mapperName(group.name, one.name))?.openCount ?? 0) > 0) throw new SysError("EBUSY");
  }
  yield* unmapDevice(sys, name);
  unlinkVolume(sys, group, volume.name);
  for (const one of snapshots) {
    yield* unmapDevice(sys, mapperName(group.name, one.name));
    yield* unmapDevice(sys, `${mapperName(group.name, one.name)}-cow`);
    unlinkVolume(sys, group, one.name);
  }
  if (snapshots.length > 0) yield* unmapDevice(sys, `${name}-real`);
  if (volume.thinPool) {
    for (const each of [`${name}-tpool`, mapperName(group.name, volume.thinPool.data), mapperName(group.name, volume.thinPool.metadata)]) yield* unmapDevice(sys, each);
  } else if (volume.thin) {
    const pool = volumeNamed(group, volume.thin.pool);
    const all = yield* mappedDevices(sys);
    if (pool && !thinsOf(group, pool).some((one) => all.some((each) => each.name === mapperName(group.name, one.name)))) {
      if ((all.find((one) => one.name === mapperName(group.name, pool.name))?.openCount ?? 0) === 0) yield* deactivate(sys, group, pool);
    }
  }
}

/** Takes an ordinary snapshot's devices away; the origin goes back to its plain form after the last one. `volume` is still in the group. Errors: SysError EBUSY. */
export function* dropSnapshot(sys: Sys, group: VolumeGroup, volume: LogicalVolume): Blocking<void> {
  const origin = volumeNamed(group, volume.snapshot?.origin);
  const active = origin !== undefined && (yield* isActive(sys, group, origin));
  yield* unmapDevice(sys, mapperName(group.name, volume.name));
  unlinkVolume(sys, group, volume.name);
  if (!active || !origin) return;
  if (snapshotsOf(group, origin).length > 1) {
    yield* unmapDevice(sys, `${mapperName(group.name, volume.name)}-cow`);
    return;
  }
  const name = mapperName(group.name, origin.name);
  yield* mapDevice(sys, name, uuidOf(group, origin), segmentTable(sys, group, origin));
  yield* unmapDevice(sys, `${mapperName(group.name, volume.name)}-cow`);
  yield* unmapDevice(sys, `${name}-real`);
}

/** The volume has another name: its devices and links too. */
export function* renameDevices(sys: Sys, group: VolumeGroup, from: string, to: string): Blocking<void> {
  const old = mapperName(group.name, from), now = mapperName(group.name, to);
  for (const layer of ["", "-real", "-cow", "-tpool", "_tdata", "_tmeta"]) {
    const device = (yield* mappedDevices(sys)).find((one) => one.name === `${old}${layer}`);
    if (!device) continue;
    yield* mapperRequest(sys, "DM_DEV_RENAME", { name: `${old}${layer}`, to: `${now}${layer}` });
    removeLink(sys, `/dev/mapper/${old}${layer}`);
    replaceLink(sys, `/dev/mapper/${now}${layer}`, `../dm-${device.minor}`);
    if (layer !== "") continue;
    removeLink(sys, `/dev/${group.name}/${from}`);
    replaceLink(sys, `/dev/${group.name}/${to}`, `../dm-${device.minor}`);
  }
}
