import { gnu } from "../kit/gnu.ts";
import { usedExtents } from "./_extents.ts";
import { guarded, LVM, sizeText, tryLine, VERSION_TEXT } from "./_lvm.ts";

export default gnu({
  name: "pvscan", path: "/sbin/pvscan", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "look for physical volumes on all disks", synopsis: [""], options: {}, operands: "none",
  *run({ sys }, io) {
    return yield* guarded(sys, io, function* (lvm) {
      const all = yield* lvm.pvs();
      if (all.length === 0) {
        lvm.say("No matching physical volumes found");
        return 0;
      }
      const width = Math.max(...all.map((one) => one.device.length));
      const groupWidth = Math.max(0, ...all.map((one) => one.group?.name.length ?? 0));
      for (const pv of all) {
        const own = pv.group?.pvs.find((one) => one.id === pv.id);
        lvm.say(pv.group && own ? `PV ${pv.device.padEnd(width)}   VG ${pv.group.name.padEnd(groupWidth)}             lvm2 [${sizeText(own.peCount * pv.group.extentSize)} / ${sizeText((own.peCount - usedExtents(pv.group, own.name)) * pv.group.extentSize)} free]` : `PV ${pv.device.padEnd(width)}      ${" ".repeat(groupWidth)}             lvm2 [${sizeText(pv.sectors)}]`);
      }
      const inUse = all.filter((one) => one.group), total = (list: typeof all): number => list.reduce((sum, one) => sum + (one.group ? (one.group.pvs.find((each) => each.id === one.id)?.peCount ?? 0) * one.group.extentSize : one.sectors), 0);
      lvm.say(`Total: ${all.length} [${sizeText(total(all))}] / in use: ${inUse.length} [${sizeText(total(inUse))}] / in no VG: ${all.length - inUse.length} [${sizeText(total(all) - total(inUse))}]`);
      return 0;
    });
  },
});
