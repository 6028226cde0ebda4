import { gnu } from "../kit/gnu.ts";
import { extentsOf, guarded, LVM, sizeText, tryLine, VERSION_TEXT } from "./_lvm.ts";

export default gnu({
  name: "lvscan", path: "/sbin/lvscan", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "list all logical volumes in all volume groups", synopsis: [""], options: {}, operands: "none",
  *run({ sys }, io) {
    return yield* guarded(sys, io, function* (lvm) {
      for (const group of yield* lvm.groups()) {
        for (const volume of group.lvs) lvm.say(`${(yield* lvm.deviceOf(group, volume)) ? "ACTIVE  " : "inactive"}          '/dev/${group.name}/${volume.name}' [${sizeText(extentsOf(volume) * group.extentSize)}] inherit`);
      }
      return 0;
    });
  },
});
