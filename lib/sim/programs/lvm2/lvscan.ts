import { flag, gnu } from "../kit/gnu.ts";
import { snapshotsOf } from "./_activation.ts";
import { extentsOf } from "./_extents.ts";
import { guarded, LVM, sizeText, tryLine, VERSION_TEXT } from "./_lvm.ts";

export default gnu({
  name: "lvscan", path: "/sbin/lvscan", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "list logical volumes with their state and size", synopsis: [""], options: { all: flag(["-a", "--all"], "volumes for internal use too") }, operands: "none",
  *run({ options, sys }, io) {
    return yield* guarded(sys, io, function* (lvm) {
      for (const group of yield* lvm.groups()) {
        for (const volume of [...group.lvs.filter((one) => !one.hidden), ...(options.all ? group.lvs.filter((one) => one.hidden) : [])]) {
          const kind = volume.snapshot ? "Snapshot" : snapshotsOf(group, volume).length > 0 ? "Original" : "        ";
          lvm.say(`${(yield* lvm.deviceOf(group, volume)) ? "ACTIVE  " : "inactive"} ${kind} '/dev/${group.name}/${volume.name}' [${sizeText(extentsOf(volume) * group.extentSize)}] inherit`);
        }
      }
      return 0;
    });
  },
});
