import { flag, gnu } from "../kit/gnu.ts";
import { guarded, LVM, tryLine, VERSION_TEXT } from "./_lvm.ts";

export default gnu({
  name: "vgscan", path: "/sbin/vgscan", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "look for volume groups on all disks", synopsis: [""], options: { mknodes: flag(["--mknodes"], "make missing nodes in /dev (accepted)") }, operands: "none",
  *run({ sys }, io) {
    return yield* guarded(sys, io, function* (lvm) {
      for (const group of yield* lvm.groups()) lvm.say(`Found volume group "${group.name}" using metadata type lvm2`);
      return 0;
    });
  },
});
