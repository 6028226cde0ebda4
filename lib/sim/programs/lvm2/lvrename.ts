import { SysError } from "../../kernel/sys.ts";
import { gnu } from "../kit/gnu.ts";
import { fail, guarded, LVM, tryLine, VERSION_TEXT } from "./_lvm.ts";

export default gnu({
  name: "lvrename", path: "/sbin/lvrename", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "rename a logical volume", synopsis: ["VG LV LV_new", "LV LV_new"], options: {}, operands: "none",
  *run({ operands, sys }, io) {
    return yield* guarded(sys, io, function* (lvm) {
      const [first = "", second = "", third] = operands;
      if (second === "") fail("Old and new logical volume names required");
      const { group, volume } = yield* lvm.volume(third === undefined ? first : `${first}/${second.replace(/^.*\//, "")}`);
      const to = (third ?? second).replace(/^.*\//, "");
      if (group.lvs.some((one) => one.name === to)) fail(`Logical volume "${to}" already exists in volume group "${group.name}"`);
      const from = volume.name;
      if (yield* lvm.isOpen(group, volume)) fail(`Logical volume ${group.name}/${from} is in use: renaming open volumes is not simulated here.`);
      const active = (yield* lvm.deviceOf(group, volume)) !== undefined;
      try {
        yield* lvm.deactivate(group, volume);
      } catch (error) {
        if (error instanceof SysError) fail(`Logical volume ${group.name}/${from} in use.`);
        throw error;
      }
      volume.name = to;
      yield* lvm.store(group, `lvrename ${operands.join(" ")}`);
      if (active) yield* lvm.activate(group, volume);
      lvm.say(`Renamed "${from}" to "${to}" in volume group "${group.name}"`);
      return 0;
    });
  },
});
