import { flag, gnu } from "../kit/gnu.ts";
import { fail, guarded, LVM, tryLine, usedExtents, VERSION_TEXT } from "./_lvm.ts";
import { labelBytes } from "./_metadata.ts";

export default gnu({
  name: "vgreduce", path: "/sbin/vgreduce", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "remove physical volume(s) from a volume group", synopsis: ["[OPTION]... VG [PV]..."], options: { all: flag(["-a", "--all"], "remove all unused physical volumes"), yes: flag(["-y", "--yes"], "answer yes to all questions"), force: flag(["-f", "--force"], "override checks") }, operands: "files",
  *run({ options, operands, sys }, io) {
    return yield* guarded(sys, io, function* (lvm) {
      const [name = "", ...devices] = operands;
      const group = yield* lvm.group(name);
      const wanted = options.all ? group.pvs.filter((pv) => usedExtents(group, pv.name) === 0).map((pv) => pv.device) : devices;
      for (const device of wanted) {
        const pv = group.pvs.find((one) => one.device === device) ?? fail(`Physical Volume "${device}" not found in Volume Group "${group.name}".`);
        if (usedExtents(group, pv.name) > 0) fail(`Physical volume "${device}" still in use`);
        if (group.pvs.length === 1) fail(`Can't remove final physical volume "${device}" from volume group "${group.name}"`);
        group.pvs = group.pvs.filter((one) => one !== pv);
        yield* lvm.store(group, `vgreduce ${operands.join(" ")}`);
        yield* lvm.write(device, labelBytes(pv.id, pv.sectors, undefined));
        lvm.say(`Removed "${device}" from volume group "${group.name}"`);
      }
      return 0;
    });
  },
});
