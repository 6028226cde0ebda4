import { flag, gnu } from "../kit/gnu.ts";
import { fail } from "./_error.ts";
import { usedExtents } from "./_extents.ts";
import { guarded, LVM, tryLine, VERSION_TEXT } from "./_lvm.ts";
import { labelBytes } from "./_metadata.ts";
import { removeVolume } from "./_remove.ts";

export default gnu({
  name: "vgreduce", path: "/sbin/vgreduce", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "take empty physical volumes out of a volume group", synopsis: ["[OPTION]... VG [PV]..."], options: { all: flag(["-a", "--all"], "remove all unused physical volumes"), missing: flag(["--removemissing"], "remove the physical volumes that are not there"), yes: flag(["-y", "--yes"], "ask nothing, the answer is yes"), force: flag(["-f", "--force"], "override checks") }, operands: "files",
  *run({ options, operands, sys }, io) {
    return yield* guarded(sys, io, function* (lvm) {
      const [name = "", ...devices] = operands;
      const group = yield* lvm.group(name);
      if (options.missing) {
        const gone = group.pvs.filter((pv) => pv.device === "[unknown]");
        if (gone.length === 0) {
          lvm.say(`Volume group "${group.name}" is already consistent.`);
          return 0;
        }
        const partial = group.lvs.filter((volume) => volume.segments.some((segment) => segment.areas.some((area) => gone.some((pv) => pv.name === area.pv))));
        if (partial.length > 0 && !options.force) {
          for (const volume of partial) yield* lvm.warn(`WARNING: Partial LV ${volume.name} needs to be repaired or removed. `);
          fail(`There are still partial LVs in VG ${group.name}.\nTo remove them unconditionally use: vgreduce --removemissing --force.\nTo remove them unconditionally from mirror LVs use: vgreduce --removemissing --mirrorsonly --force.\nWARNING: Proceeding to remove empty missing PVs.\nWARNING: Couldn't find device with uuid ${gone[0]?.id}.`);
        }
        for (const volume of partial) yield* removeVolume(lvm, group, volume, true);
        group.pvs = group.pvs.filter((pv) => !gone.includes(pv));
        yield* lvm.store(group);
        lvm.say(`Wrote out consistent volume group ${group.name}.`);
        return 0;
      }
      const wanted = options.all ? group.pvs.filter((pv) => usedExtents(group, pv.name) === 0).map((pv) => pv.device) : devices;
      for (const device of wanted) {
        const pv = group.pvs.find((one) => one.device === device) ?? fail(`Physical Volume "${device}" not found in Volume Group "${group.name}".`);
        if (usedExtents(group, pv.name) > 0) fail(`Physical volume "${device}" still in use`);
        if (group.pvs.length === 1) fail(`Can't remove final physical volume "${device}" from volume group "${group.name}"`);
        group.pvs = group.pvs.filter((one) => one !== pv);
        yield* lvm.store(group);
        yield* lvm.write(device, labelBytes(pv.id, pv.sectors, undefined));
        lvm.say(`Removed "${device}" from volume group "${group.name}"`);
      }
      return 0;
    });
  },
});
