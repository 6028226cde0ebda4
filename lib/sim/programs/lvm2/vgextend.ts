import { counted, flag, gnu } from "../kit/gnu.ts";
import { createPv } from "./_create-pv.ts";
import { fail, noSyntax } from "./_error.ts";
import { guarded, LVM, tryLine, VERSION_TEXT } from "./_lvm.ts";
import { DATA_OFFSET_SECTORS } from "./_metadata.ts";

export default gnu({
  name: "vgextend", path: "/sbin/vgextend", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "give a volume group more physical volumes", synopsis: ["[OPTION]... VG PV..."], options: { yes: flag(["-y", "--yes"], "ask nothing, the answer is yes"), force: counted(["-f", "--force"], "override checks") }, operands: "files",
  *run({ options, operands, sys }, io) {
    return yield* guarded(sys, io, function* (lvm) {
      const [name = "", ...devices] = operands;
      if (devices.length === 0) noSyntax("vgextend", "VG PV ...");
      const group = yield* lvm.group(name);
      for (const device of devices) {
        const known = (yield* lvm.pvs()).find((one) => one.device === device);
        if (known?.group) fail(`Physical volume '${device}' is already in volume group '${known.group.name}'\nUnable to add physical volume '${device}' to volume group '${group.name}'`);
        const pv = known ?? (yield* createPv(lvm, device, options.yes, options.force));
        const taken = group.pvs.map((one) => Number(one.name.slice(2)));
        group.pvs.push({ name: `pv${Math.max(-1, ...taken) + 1}`, id: pv.id, device, sectors: pv.sectors, peCount: Math.floor((pv.sectors - DATA_OFFSET_SECTORS) / group.extentSize) });
      }
      yield* lvm.store(group);
      lvm.say(`Volume group "${group.name}" successfully extended`);
      return 0;
    });
  },
});
