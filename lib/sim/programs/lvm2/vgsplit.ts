import { flag, gnu, text } from "../kit/gnu.ts";
import { fail } from "./_error.ts";
import { guarded, LVM, newId, tryLine, VERSION_TEXT } from "./_lvm.ts";
import type { LogicalVolume, VolumeGroup } from "./_metadata.ts";

export default gnu({
  name: "vgsplit", path: "/sbin/vgsplit", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "split physical volumes off into a volume group of their own", synopsis: ["VG VG_new PV...", "-n LV VG VG_new"], options: { lv: text(["-n", "--name"], "LV", "the physical volumes of this volume"), yes: flag(["-y", "--yes"], "ask nothing, the answer is yes") }, operands: "files",
  *run({ options, operands, sys }, io) {
    return yield* guarded(sys, io, function* (lvm) {
      const [name = "", target = "", ...devices] = operands;
      if (target === "" || (devices.length === 0) === (options.lv === undefined)) return fail(devices.length > 0 && options.lv !== undefined ? "A logical volume name cannot be given with physical volumes." : "Existing VG, new VG and either physical volumes or logical volume required.");
      if (name === target) fail(`Duplicate volume group name "${name}"`);
      const from = yield* lvm.group(name);
      const existing = (yield* lvm.groups()).find((one) => one.name === target);
      if (!/^[A-Za-z0-9_+.][A-Za-z0-9_+.-]*$/.test(target)) fail(`Invalid vg name ${target}.`);
      const wanted = options.lv?.replace(/^.*\//, "");
      const moved = wanted === undefined ? devices.map((device) => from.pvs.find((pv) => pv.device === device) ?? fail(`Physical volume ${device} not in volume group ${from.name}`)) : from.pvs.filter((pv) => from.lvs.find((one) => one.name === wanted)?.segments.some((segment) => segment.areas.some((area) => area.pv === pv.name)));
      if (moved.length === 0) fail(`Logical volume ${wanted} not in volume group ${from.name}`);
      if (moved.length === from.pvs.length) fail("Volume Groups must always contain at least one PV.");
      const goes: LogicalVolume[] = [];
      for (const volume of from.lvs) {
        const places = volume.segments.flatMap((segment) => segment.areas.map((area) => moved.some((pv) => pv.name === area.pv)));
        if (!places.includes(true)) continue;
        if (places.includes(false)) fail(`Can't split Logical Volume ${volume.name} between two Volume Groups`);
        if (yield* lvm.deviceOf(from, volume)) fail(`Logical volume ${from.name}/${volume.name} must be inactive.`);
        goes.push(volume);
      }
      for (const volume of from.lvs) {
        const needs = [volume.snapshot?.origin, volume.thin?.pool, volume.thinPool?.data, volume.thinPool?.metadata].filter((one) => one !== undefined);
        if (needs.length === 0) continue;
        const there = needs.map((one) => goes.some((each) => each.name === one));
        if (volume.snapshot && there[0] !== goes.includes(volume)) fail(`Can't split snapshot ${volume.name} between two Volume Groups`);
        if (there.includes(true) && there.includes(false)) fail(`Can't split pool data and metadata ${volume.name} between two Volume Groups.`);
        if (there.includes(true) && !goes.includes(volume)) {
          if (yield* lvm.deviceOf(from, volume)) fail(`Logical volume ${from.name}/${volume.name} must be inactive.`);
          goes.push(volume);
        }
      }
      for (const volume of from.lvs) if (volume.thin && goes.some((one) => one.name === volume.thin?.pool) && !goes.includes(volume)) goes.push(volume);
      const into: VolumeGroup = existing ?? { name: target, id: newId(sys), seqno: 0, extentSize: from.extentSize, pvs: [], lvs: [] };
      if (into.extentSize !== from.extentSize) fail(`Extent sizes differ: ${from.extentSize / 2} (${from.name}) and ${into.extentSize / 2} (${into.name})`);
      const renamed = new Map<string, string>();
      for (const pv of moved) {
        const next = `pv${Math.max(-1, ...into.pvs.map((one) => Number(one.name.slice(2)))) + 1}`;
        renamed.set(pv.name, next);
        into.pvs.push({ ...pv, name: next });
      }
      into.lvs.push(...goes.map((volume) => ({ ...volume, segments: volume.segments.map((segment) => ({ ...segment, areas: segment.areas.map((area) => ({ ...area, pv: renamed.get(area.pv) ?? area.pv })) })) })));
      from.pvs = from.pvs.filter((pv) => !moved.includes(pv));
      from.lvs = from.lvs.filter((one) => !goes.includes(one));
      yield* lvm.store(from);
      yield* lvm.store(into);
      lvm.say(`${existing ? "Existing" : "New"} volume group "${into.name}" successfully split from "${from.name}"`);
      return 0;
    });
  },
});
