import { SysError } from "../../kernel/sys.ts";
import { counted, flag, gnu } from "../kit/gnu.ts";
import { fail, guarded, LVM, tryLine, VERSION_TEXT } from "./_lvm.ts";
import { labelBytes } from "./_metadata.ts";

export default gnu({
  name: "vgremove", path: "/sbin/vgremove", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "remove volume group(s)", synopsis: ["[OPTION]... VG..."], options: { yes: flag(["-y", "--yes"], "answer yes to all questions"), force: counted(["-f", "--force"], "remove without asking") }, operands: "none",
  *run({ options, operands, sys }, io) {
    return yield* guarded(sys, io, function* (lvm) {
      for (const name of operands) {
        const group = yield* lvm.group(name);
        const yes = options.yes || options.force > 0;
        if (group.lvs.length > 0) {
          if (!(yield* lvm.ask(`Do you really want to remove volume group "${group.name}" containing ${group.lvs.length} logical volumes? [y/n]: `, yes))) fail(`Volume group "${group.name}" not removed`);
          for (const volume of [...group.lvs]) {
            if (yield* lvm.isOpen(group, volume)) fail(`Logical volume ${group.name}/${volume.name} contains a filesystem in use.`);
            if (!(yield* lvm.ask(`Do you really want to remove active logical volume ${group.name}/${volume.name}? [y/n]: `, yes))) fail(`Logical volume ${group.name}/${volume.name} not removed.`);
            try {
              yield* lvm.deactivate(group, volume);
            } catch (error) {
              if (error instanceof SysError) fail(`Logical volume ${group.name}/${volume.name} in use.`);
              throw error;
            }
            group.lvs = group.lvs.filter((one) => one !== volume);
            lvm.say(`Logical volume "${volume.name}" successfully removed.`);
          }
        }
        for (const pv of group.pvs) yield* lvm.write(pv.device, labelBytes(pv.id, pv.sectors, undefined));
        lvm.say(`Volume group "${group.name}" successfully removed`);
      }
      return 0;
    });
  },
});
