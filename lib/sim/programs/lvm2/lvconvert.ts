import { type Blocking, SysError } from "../../kernel/sys.ts";
import { flag, gnu, text, unsimulated } from "../kit/gnu.ts";
import { volumeNamed } from "./_activation.ts";
import { fail, noSyntax } from "./_error.ts";
import { extentsOf } from "./_extents.ts";
import { guarded, type Lvm, LVM, tryLine, VERSION_TEXT } from "./_lvm.ts";
import { finishMerge, mergeThin } from "./_merge.ts";
import type { LogicalVolume, VolumeGroup } from "./_metadata.ts";

function* mergeSnapshot(lvm: Lvm, group: VolumeGroup, volume: LogicalVolume): Blocking<void> {
  const full = `${group.name}/${volume.name}`;
  if (volume.thin) {
    const origin = volumeNamed(group, volume.thin.origin) ?? fail(`${full} is not a mergeable logical volume.`);
    if ((yield* lvm.isOpen(group, volume)) || (yield* lvm.isOpen(group, origin))) fail(`Delaying merge of a thin snapshot is not simulated here: unmount ${group.name}/${origin.name} and ${full} first.`);
    yield* mergeThin(lvm, group, origin, volume);
    lvm.say(`Volume ${full} replaced origin ${group.name}/${origin.name}.`);
    return;
  }
  const { snapshot } = volume;
  if (!snapshot) return void fail(`${full} is not a mergeable logical volume.`);
  if (snapshot.merging) fail(`${full} is already being merged.`.replace(/^.*$/, `Snapshot ${full} is already merging.`));
  const origin = volumeNamed(group, snapshot.origin) ?? fail(`${full} has no origin.`);
  snapshot.merging = true;
  const openOrigin = yield* lvm.isOpen(group, origin);
  const openSnapshot = yield* lvm.isOpen(group, volume);
  yield* lvm.store(group);
  if (openOrigin || openSnapshot) {
    lvm.say(`Delaying merge since ${openOrigin ? "origin" : "snapshot"} is open.`);
    lvm.say(`Merging of snapshot ${full} will occur on next activation of ${group.name}/${origin.name}.`);
    return;
  }
  lvm.say(`Merging of volume ${full} started.`);
  if (yield* lvm.deviceOf(group, origin)) {
    try {
      yield* lvm.deactivate(group, origin);
    } catch (error) {
      if (error instanceof SysError) fail(`Logical volume ${group.name}/${origin.name} in use.`);
      throw error;
    }
    yield* lvm.activate(group, origin);
    yield* lvm.io.out.flush();
    yield* lvm.sys.sleep(Math.min(15e6, extentsOf(origin) * group.extentSize * 2.5));
    lvm.say(`${group.name}/${origin.name}: Merged: 100.00%`);
    yield* finishMerge(lvm, group, origin);
  }
}

export default gnu({
  name: "lvconvert", path: "/sbin/lvconvert", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "change logical volume layout", synopsis: ["--merge LV_snapshot..."], operands: "none",
  options: {
    merge: flag(["--merge", "--mergesnapshot"], "give the origin back what the snapshot kept"), background: flag(["-b", "--background"], "come back at once, the work goes on"), interval: text(["-i", "--interval"], "Number", "seconds between reports"), yes: flag(["-y", "--yes"], "ask nothing, the answer is yes"),
    type: unsimulated(["--type"], "another kind of volume", "volumes keep the kind they were made with"), mirrors: unsimulated(["-m", "--mirrors"], "add or remove mirrors", "there are no mirrors here: use mdadm"), thinpool: unsimulated(["--thinpool"], "make a pool of a volume", "make the pool with lvcreate -T"), repair: unsimulated(["--repair"], "repair a pool", "pools do not break here"), splitsnapshot: unsimulated(["--splitsnapshot"], "part a snapshot from its origin", "remove it instead"),
  },
  *run({ options, operands, sys }, io) {
    return yield* guarded(sys, io, function* (lvm) {
      if (!options.merge) noSyntax("lvconvert");
      if (operands.length === 0) noSyntax("lvconvert");
      for (const name of operands) {
        const { group, volume } = yield* lvm.volume(name);
        yield* mergeSnapshot(lvm, group, volume);
      }
      return 0;
    });
  },
});
