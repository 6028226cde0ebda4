import { gnu } from "../kit/gnu.ts";
import { guarded, LVM, tryLine, VERSION_TEXT } from "./_lvm.ts";

export default gnu({
  name: "vgmknodes", path: "/sbin/vgmknodes", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "make the device nodes of active volumes that are missing", synopsis: ["[VG|LV]..."], options: {}, operands: "none",
  *run({ operands, sys }, io) {
    return yield* guarded(sys, io, function* (lvm) {
      const groups = operands.length === 0 ? yield* lvm.groups() : [];
      const wanted = [...groups];
      for (const name of operands) wanted.push(yield* lvm.group(name.replace(/^\/dev\//, "").split("/")[0] ?? ""));
      for (const group of wanted) for (const volume of group.lvs) if (!volume.hidden && (yield* lvm.deviceOf(group, volume))) yield* lvm.activate(group, volume);
      return 0;
    });
  },
});
