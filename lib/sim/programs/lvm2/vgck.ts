import { flag, gnu } from "../kit/gnu.ts";
import { guarded, LVM, tryLine, VERSION_TEXT } from "./_lvm.ts";
import type { VolumeGroup } from "./_metadata.ts";

export default gnu({
  name: "vgck", path: "/sbin/vgck", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "check the metadata of volume groups", synopsis: ["[VG]..."], options: { update: flag(["--updatemetadata"], "write the description again") }, operands: "none",
  *run({ options, operands, sys }, io) {
    return yield* guarded(sys, io, function* (lvm) {
      const groups: VolumeGroup[] = operands.length === 0 ? [...(yield* lvm.groups())] : [];
      for (const name of operands) groups.push(yield* lvm.group(name));
      let status = 0;
      for (const group of groups) {
        const missing = group.pvs.filter((pv) => pv.device === "[unknown]").length;
        if (missing > 0) {
          yield* lvm.warn(`The volume group is missing ${missing} physical volumes.`);
          status = 5;
        }
        if (options.update) yield* lvm.store(group);
      }
      return status;
    });
  },
});
