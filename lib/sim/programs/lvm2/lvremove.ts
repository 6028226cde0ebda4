import type { LogicalVolume, VolumeGroup } from "./_metadata.ts";
import { SysError } from "../../kernel/sys.ts";
import { counted, flag, gnu } from "../kit/gnu.ts";
import { fail, guarded, LVM, tryLine, VERSION_TEXT } from "./_lvm.ts";

export default gnu({
  name: "lvremove", path: "/sbin/lvremove", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "remove logical volume(s) from the system", synopsis: ["[OPTION]... VG|LV..."], options: { yes: flag(["-y", "--yes"], "answer yes to all questions"), force: counted(["-f", "--force"], "without asking") }, operands: "files",
  *run({ options, operands, sys }, io) {
    return yield* guarded(sys, io, function* (lvm) {
      if (operands.length === 0) fail("Please enter one or more logical volume paths");
      for (const name of operands) {
        let wanted: readonly { readonly group: VolumeGroup; readonly volume: LogicalVolume }[];
        if (name.replace(/^\/dev\//, "").includes("/")) wanted = [yield* lvm.volume(name)];
        else {
          const group = yield* lvm.group(name);
          wanted = group.lvs.map((volume) => ({ group, volume }));
        }
        for (const { group, volume } of wanted) {
          if (yield* lvm.isOpen(group, volume)) fail(`Logical volume ${group.name}/${volume.name} contains a filesystem in use.`);
          const active = (yield* lvm.deviceOf(group, volume)) !== undefined;
          if (active && !(yield* lvm.ask(`Do you really want to remove active logical volume ${group.name}/${volume.name}? [y/n]: `, options.yes || options.force > 0))) {
            yield* lvm.warn(`Logical volume ${group.name}/${volume.name} not removed.`);
            return 5;
          }
          try {
            yield* lvm.deactivate(group, volume);
          } catch (error) {
            if (error instanceof SysError) fail(`Logical volume ${group.name}/${volume.name} in use.`);
            throw error;
          }
          group.lvs = group.lvs.filter((one) => one !== volume);
          yield* lvm.store(group, `lvremove ${operands.join(" ")}`);
          lvm.say(`Logical volume "${volume.name}" successfully removed.`);
        }
      }
      return 0;
    });
  },
});
