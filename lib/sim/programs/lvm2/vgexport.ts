import { flag, gnu } from "../kit/gnu.ts";
import { fail, noSyntax } from "./_error.ts";
import { guarded, LVM, tryLine, VERSION_TEXT } from "./_lvm.ts";
import type { VolumeGroup } from "./_metadata.ts";

export default gnu({
  name: "vgexport", path: "/sbin/vgexport", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "prepare a volume group for another machine", synopsis: ["VG...", "-a"], options: { all: flag(["-a", "--all"], "all volume groups") }, operands: "none",
  *run({ options, operands, sys }, io) {
    return yield* guarded(sys, io, function* (lvm) {
      if (operands.length === 0 && !options.all) noSyntax("vgexport");
      const groups: VolumeGroup[] = options.all ? [...(yield* lvm.groups())] : [];
      for (const name of operands) groups.push(yield* lvm.group(name));
      for (const group of groups) {
        if (group.exported) fail(`Volume group ${group.name} is exported`);
        for (const volume of group.lvs) if (yield* lvm.deviceOf(group, volume)) fail(`Volume group "${group.name}" has active logical volumes`);
        group.exported = true;
        yield* lvm.store(group);
        lvm.say(`Volume group "${group.name}" successfully exported`);
      }
      return 0;
    });
  },
});
