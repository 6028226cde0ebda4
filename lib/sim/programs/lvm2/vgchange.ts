import type { VolumeGroup } from "./_metadata.ts";
import { SysError } from "../../kernel/sys.ts";
import { flag, gnu, text } from "../kit/gnu.ts";
import { fail, guarded, LVM, tryLine, VERSION_TEXT } from "./_lvm.ts";

export default gnu({
  name: "vgchange", path: "/sbin/vgchange", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "change volume group attributes", synopsis: ["-a y|n|ay [VG]..."], options: { activate: text(["-a", "--activate"], "y|n|ay", "make the volumes' devices, or remove them"), yes: flag(["-y", "--yes"], "answer yes to all questions"), monitor: text(["--monitor"], "y|n", "monitoring (taken, there is none)") }, operands: "none",
  *run({ options, operands, sys }, io) {
    return yield* guarded(sys, io, function* (lvm) {
      if (options.activate === undefined && options.monitor === undefined) fail("No command with matching syntax recognised.  Run 'vgchange --help' for more information.");
      const groups: VolumeGroup[] = operands.length === 0 ? [...(yield* lvm.groups())] : [];
      for (const name of operands) groups.push(yield* lvm.group(name));
      for (const group of groups) {
        let active = 0;
        for (const volume of group.lvs) {
          if (options.activate === undefined) continue;
          try {
            if (options.activate.includes("n")) yield* lvm.deactivate(group, volume);
            else {
              yield* lvm.activate(group, volume);
              active++;
            }
          } catch (error) {
            if (!(error instanceof SysError)) throw error;
            fail(`Logical volume ${group.name}/${volume.name} contains a filesystem in use.\nCan't deactivate volume group "${group.name}" with ${group.lvs.length} open logical volume(s)`);
          }
        }
        if (options.activate !== undefined) lvm.say(`${active} logical volume(s) in volume group "${group.name}" now active`);
      }
      return 0;
    });
  },
});
