// Taking logical volumes out of a group, for lvremove and vgremove: what depends on one goes with it.
import { type Blocking, SysError } from "../../kernel/sys.ts";
import { dropSnapshot, messagePool, removeDevice, snapshotsOf, thinsOf, volumeNamed } from "./_activation.ts";
import { fail } from "./_error.ts";
import type { Lvm } from "./_lvm.ts";
import type { LogicalVolume, VolumeGroup } from "./_metadata.ts";

/** False: somebody said no. Errors: LvmError. */
export function* removeVolume(lvm: Lvm, group: VolumeGroup, volume: LogicalVolume, yes: boolean): Blocking<boolean> {
  if (!group.lvs.includes(volume)) return true;
  const full = `${group.name}/${volume.name}`;
  const pool = group.lvs.find((one) => one.thinPool && (one.thinPool.data === volume.name || one.thinPool.metadata === volume.name));
  if (pool) fail(`Can't remove logical volume ${volume.name} used by a pool.`);
  if (volume.snapshot?.merging) fail(`Can't remove merging snapshot logical volume ${volume.name}.`);
  if (yield* lvm.isOpen(group, volume)) {
    if (!volume.thinPool) fail(`Logical volume ${full} contains a filesystem in use.`);
  }
  const snapshots = snapshotsOf(group, volume);
  const thins = volume.thinPool ? thinsOf(group, volume) : [];
  if (thins.length > 0 && !(yield* lvm.ask(`Removing pool ${full} will remove ${thins.length} dependent volume(s). Proceed? [y/n]: `, yes))) return false;
  for (const one of thins) if (!(yield* removeVolume(lvm, group, one, yes))) return false;
  const active = (yield* lvm.deviceOf(group, volume)) !== undefined;
  if (active && !(yield* lvm.ask(`Do you really want to remove active${snapshots.length > 0 ? " origin" : ""} logical volume ${full}${snapshots.length > 0 ? ` with ${snapshots.length} snapshots(s)` : ""}? [y/n]: `, yes))) {
    yield* lvm.warn(`Logical volume ${full} not removed.`);
    return false;
  }
  for (const one of snapshots) if (!(yield* removeVolume(lvm, group, one, true))) return false;
  try {
    if (volume.snapshot) yield* dropSnapshot(lvm.sys, group, volume);
    else {
      const home = volumeNamed(group, volume.thin?.pool);
      if (volume.thin && home?.thinPool) {
        yield* lvm.activate(group, home);
        const { thinPool } = home;
        // the device must be gone before the pool forgets it; the pool stays up for the message
        const others = thinsOf(group, home).length > 1;
        yield* removeDevice(lvm.sys, group, volume.name);
        yield* messagePool(lvm.sys, group, home, `delete ${volume.thin.deviceId}`);
        yield* messagePool(lvm.sys, group, home, `set_transaction_id ${thinPool.transaction} ${thinPool.transaction + 1}`);
        thinPool.transaction++;
        if (others) for (const one of thinsOf(group, home)) if (one.thin?.origin === volume.name) one.thin.origin = undefined;
      } else yield* lvm.deactivate(group, volume);
    }
  } catch (error) {
    if (error instanceof SysError) fail(`Logical volume ${full} in use.`);
    throw error;
  }
  group.lvs = group.lvs.filter((one) => one !== volume && one.name !== volume.thinPool?.data && one.name !== volume.thinPool?.metadata);
  if (!group.lvs.some((one) => one.thinPool)) group.lvs = group.lvs.filter((one) => !one.name.endsWith("_pmspare"));
  yield* lvm.store(group);
  lvm.say(`Logical volume "${volume.name}" successfully removed.`);
  return true;
}
