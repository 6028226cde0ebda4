import { counted, flag, gnu } from "../kit/gnu.ts";
import { fail, noSyntax } from "./_error.ts";
import { guarded, LVM, tryLine, VERSION_TEXT } from "./_lvm.ts";
import { labelBytes } from "./_metadata.ts";
import { removeVolume } from "./_remove.ts";

export default gnu({
  name: "vgremove", path: "/sbin/vgremove", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "remove volume group(s)", synopsis: ["[OPTION]... VG..."], options: { yes: flag(["-y", "--yes"], "ask nothing, the answer is yes"), force: counted(["-f", "--force"], "remove without asking") }, operands: "none",
  *run({ options, operands, sys }, io) {
    return yield* guarded(sys, io, function* (lvm) {
      if (operands.length === 0) noSyntax("vgremove", "VG|Tag|Select ...");
      for (const name of operands) {
        const group = yield* lvm.group(name);
        const yes = options.yes || options.force > 0;
        const visible = group.lvs.filter((one) => !one.hidden);
        if (visible.length > 0) {
          if (!(yield* lvm.ask(`Do you really want to remove volume group "${group.name}" containing ${visible.length} logical volumes? [y/n]: `, yes))) fail(`Volume group "${group.name}" not removed`);
          for (const volume of visible) if (!(yield* removeVolume(lvm, group, volume, yes))) return 5;
        }
        for (const pv of group.pvs) yield* lvm.write(pv.device, labelBytes(pv.id, pv.sectors, undefined));
        lvm.say(`Volume group "${group.name}" successfully removed`);
      }
      return 0;
    });
  },
});
