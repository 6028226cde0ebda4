import type { LogicalVolume, VolumeGroup } from "./_metadata.ts";
import { gnu } from "../kit/gnu.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { UTC } from "../kit/zones.ts";
import { extentsOf, guarded, LVM, sizeText, tryLine, VERSION_TEXT } from "./_lvm.ts";

export default gnu({
  name: "lvdisplay", path: "/sbin/lvdisplay", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "display information about a logical volume", synopsis: ["[VG|LV]..."], options: {}, operands: "none",
  *run({ operands, sys }, io) {
    return yield* guarded(sys, io, function* (lvm) {
      const found: { group: VolumeGroup; volume: LogicalVolume }[] = [];
      if (operands.length === 0) for (const group of yield* lvm.groups()) for (const volume of group.lvs) found.push({ group, volume });
      for (const name of operands) {
        if (name.replace(/^\/dev\//, "").includes("/")) found.push(yield* lvm.volume(name));
        else {
          const group = yield* lvm.group(name);
          for (const volume of group.lvs) found.push({ group, volume });
        }
      }
      for (const { group, volume } of found) {
        const device = yield* lvm.deviceOf(group, volume);
        lvm.say("--- Logical volume ---");
        const rows: (readonly [string, string | number])[] = [
          ["LV Path", `/dev/${group.name}/${volume.name}`], ["LV Name", volume.name], ["VG Name", group.name], ["LV UUID", volume.id], ["LV Write Access", "read/write"], ["LV Creation host, time", `${volume.creationHost}, ${strftime("%Y-%m-%d %H:%M:%S %z", civilAtUs(UTC, volume.creationTime * 1e6))}`], ["LV Status", device ? "available" : "NOT available"],
          ...(device ? ([["# open", device.openCount]] as const) : []), ["LV Size", sizeText(extentsOf(volume) * group.extentSize)], ["Current LE", extentsOf(volume)], ["Segments", volume.segments.length], ["Allocation", "inherit"], ["Read ahead sectors", "auto"], ...(device ? ([["- currently set to", 256], ["Block device", `${device.major}:${device.minor}`]] as const) : []),
        ];
        for (const [title, value] of rows) io.out.put(`  ${title.padEnd(23)}${value}\n`);
        io.out.put("   \n");
      }
      return 0;
    });
  },
});
