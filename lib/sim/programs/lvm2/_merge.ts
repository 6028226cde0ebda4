// Snapshots that go back into their origins (lvconvert --merge): the kernel's snapshot-merge target does it when the origin is activated, and the snapshot is
// removed when it is done.
import type { Blocking } from "../../kernel/sys.ts";
import { messagePool, removeDevice, snapshotsOf, volumeNamed } from "./_activation.ts";
import type { Lvm } from "./_lvm.ts";
import type { LogicalVolume, VolumeGroup } from "./_metadata.ts";
import { unmapDevice } from "../kit/device-mapper.ts";
import { mapperName } from "./_activation.ts";

/** After the activation of an origin: merged snapshots leave the group. */
export function* finishMerge(lvm: Lvm, group: VolumeGroup, origin: LogicalVolume): Blocking<void> {
  const merged = snapshotsOf(group, origin).filter((one) => one.snapshot?.merging);
  if (merged.length === 0) return;
  group.lvs = group.lvs.filter((one) => !merged.includes(one));
  yield* lvm.store(group);
  yield* lvm.activate(group, origin);
  for (const one of merged) {
    yield* unmapDevice(lvm.sys, `${mapperName(group.name, one.name)}-cow`);
    yield* removeDevice(lvm.sys, group, one.name);
  }
  if (snapshotsOf(group, origin).length === 0) yield* unmapDevice(lvm.sys, `${mapperName(group.name, origin.name)}-real`);
}

/** A thin snapshot takes its origin's name; the origin is deleted. */
export function* mergeThin(lvm: Lvm, group: VolumeGroup, origin: LogicalVolume, volume: LogicalVolume): Blocking<void> {
  const pool = volumeNamed(group, volume.thin?.pool);
  if (!origin.thin || !volume.thin || !pool?.thinPool) return;
  const active = (yield* lvm.deviceOf(group, origin)) !== undefined;
  yield* lvm.activate(group, pool);
  yield* removeDevice(lvm.sys, group, origin.name);
  yield* removeDevice(lvm.sys, group, volume.name);
  yield* messagePool(lvm.sys, group, pool, `delete ${origin.thin.deviceId}`);
  yield* messagePool(lvm.sys, group, pool, `set_transaction_id ${pool.thinPool.transaction} ${pool.thinPool.transaction + 1}`);
  pool.thinPool.transaction++;
  group.lvs = group.lvs.filter((one) => one !== origin);
  volume.name = origin.name;
  volume.skipActivation = false;
  volume.thin.origin = origin.thin.origin;
  yield* lvm.store(group);
  if (active) yield* lvm.activate(group, volume);
}
