import { counted, flag, gnu } from "../kit/gnu.ts";
import { noSyntax } from "./_error.ts";
import { guarded, LVM, tryLine, VERSION_TEXT } from "./_lvm.ts";
import type { LogicalVolume, VolumeGroup } from "./_metadata.ts";
import { removeVolume } from "./_remove.ts";

export default gnu({
  name: "lvremove", path: "/sbin/lvremove", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "delete logical volumes", synopsis: ["[OPTION]... VG|LV..."], options: { yes: flag(["-y", "--yes"], "ask nothing, the answer is yes"), force: counted(["-f", "--force"], "without asking") }, operands: "files",
  *run({ options, operands, sys }, io) {
    return yield* guarded(sys, io, function* (lvm) {
      if (operands.length === 0) noSyntax("lvremove", "VG|LV|Tag|Select ...");
      for (const name of operands) {
        let wanted: readonly { readonly group: VolumeGroup; readonly volume: LogicalVolume }[];
        if (name.replace(/^\/dev\//, "").includes("/")) wanted = [yield* lvm.volume(name)];
        else {
          const group = yield* lvm.group(name);
          wanted = group.lvs.filter((volume) => !volume.hidden).map((volume) => ({ group, volume }));
        }
        for (const { group, volume } of wanted) if (!(yield* removeVolume(lvm, group, volume, options.yes || options.force > 0))) return 5;
      }
      return 0;
    });
  },
});
