import { flag, gnu } from "../kit/gnu.ts";
import { renameDevices } from "./_activation.ts";
import { fail } from "./_error.ts";
import { guarded, LVM, tryLine, VERSION_TEXT } from "./_lvm.ts";

export default gnu({
  name: "lvrename", path: "/sbin/lvrename", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "rename a logical volume", synopsis: ["VG LV LV_new", "LV LV_new"], options: { yes: flag(["-y", "--yes"], "ask nothing, the answer is yes") }, operands: "none",
  *run({ operands, sys }, io) {
    return yield* guarded(sys, io, function* (lvm) {
      const [first = "", second = "", third] = operands;
      if (second === "") fail("Old and new logical volume names required");
      const { group, volume } = yield* lvm.volume(third === undefined ? first : `${first}/${second.replace(/^.*\//, "")}`);
      const to = (third ?? second).replace(/^.*\//, "");
      if (!/^[A-Za-z0-9_+.][A-Za-z0-9_+.-]*$/.test(to)) fail(`New logical volume name "${to}" is invalid`);
      if (group.lvs.some((one) => one.name === to)) fail(`Logical Volume "${to}" already exists in volume group "${group.name}"`);
      const from = volume.name;
      if (volume.hidden) fail(`Cannot rename internal LV "${from}".`);
      volume.name = to;
      for (const one of group.lvs) {
        if (one.snapshot?.origin === from) one.snapshot.origin = to;
        if (one.thin?.pool === from) one.thin.pool = to;
        if (one.thin?.origin === from) one.thin.origin = to;
      }
      if (volume.thinPool) {
        for (const part of ["data", "metadata"] as const) {
          const hidden = group.lvs.find((one) => one.name === volume.thinPool?.[part]);
          if (hidden) hidden.name = `${to}_t${part === "data" ? "data" : "meta"}`;
        }
        volume.thinPool = { ...volume.thinPool, data: `${to}_tdata`, metadata: `${to}_tmeta` };
      }
      yield* lvm.store(group);
      yield* renameDevices(sys, group, from, to);
      lvm.say(`Renamed "${from}" to "${to}" in volume group "${group.name}"`);
      return 0;
    });
  },
});
