import { flag, gnu } from "../kit/gnu.ts";
import { fail, noSyntax } from "./_error.ts";
import { guarded, LVM, tryLine, VERSION_TEXT } from "./_lvm.ts";
import type { VolumeGroup } from "./_metadata.ts";

export default gnu({
  name: "vgimport", path: "/sbin/vgimport", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "register exported volume group(s) with the system", synopsis: ["VG...", "-a"], options: { all: flag(["-a", "--all"], "all volume groups") }, operands: "none",
  *run({ options, operands, sys }, io) {
    return yield* guarded(sys, io, function* (lvm) {
      if (operands.length === 0 && !options.all) noSyntax("vgimport");
      const groups: VolumeGroup[] = options.all ? [...(yield* lvm.groups())] : [];
      for (const name of operands) groups.push(yield* lvm.group(name));
      for (const group of groups) {
        if (!group.exported) fail(`Volume group "${group.name}" is not exported`);
        group.exported = false;
        yield* lvm.store(group);
        lvm.say(`Volume group "${group.name}" successfully imported`);
      }
      return 0;
    });
  },
});
