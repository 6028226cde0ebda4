import type { LogicalVolume, VolumeGroup } from "./_metadata.ts";
import { gnu } from "../kit/gnu.ts";
import { mapperName, snapshotsOf, volumeNamed } from "./_activation.ts";
import { volumeRow } from "./_attributes.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { UTC } from "../kit/zones.ts";
import { extentsOf } from "./_extents.ts";
import { guarded, LVM, sizeText, tryLine, VERSION_TEXT } from "./_lvm.ts";

export default gnu({
  name: "lvdisplay", path: "/sbin/lvdisplay", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "show everything about logical volumes, a block each", synopsis: ["[VG|LV]..."], options: {}, operands: "none",
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
      const mapped = yield* lvm.mapped();
      for (const { group, volume } of found) {
        if (volume.hidden) continue;
        const { device, dataPercent, metadataPercent, invalid } = yield* volumeRow(sys, group, volume, mapped);
        const { snapshot, thin, thinPool } = volume;
        const origin = volumeNamed(group, snapshot?.origin);
        const size = (extents: number): string => sizeText(extents * group.extentSize);
        const own = volume.segments.reduce((sum, segment) => sum + segment.extentCount, 0);
        const shown = origin ? extentsOf(origin) : extentsOf(volume);
        const snapshots = snapshotsOf(group, volume);
        const activeNames = new Set(mapped.map((one) => one.name));
        lvm.say("--- Logical volume ---");
        const rows: (readonly [string, string | number])[] = [
          ...(thinPool ? [] : ([["LV Path", `/dev/${group.name}/${volume.name}`]] as const)), ["LV Name", volume.name], ["VG Name", group.name], ["LV UUID", volume.id], ["LV Write Access", volume.readOnly ? "read only" : "read/write"],
          ["LV Creation host, time", `${volume.creationHost}, ${strftime("%Y-%m-%d %H:%M:%S %z", civilAtUs(UTC, volume.creationTime * 1e6))}`],
          ...(thinPool ? ([["LV Pool metadata", thinPool.metadata], ["LV Pool data", thinPool.data]] as const) : []), ...(thin ? ([["LV Pool name", thin.pool]] as const) : []), ...(thin?.origin === undefined ? [] : ([["LV Thin origin name", thin.origin]] as const)),
          ...snapshots.map((one, index): readonly [string, string] => [index === 0 ? "LV snapshot status" : "", `${index === 0 ? `source of\n  ${" ".repeat(23)}` : ""}${one.name} [${activeNames.has(mapperName(group.name, one.name)) ? "active" : "INACTIVE"}]`]),
          ...(snapshot ? ([["LV snapshot status", `${invalid || !device ? "INACTIVE" : "active"} destination for ${snapshot.origin}`]] as const) : []),
          ["LV Status", device ? "available" : "NOT available"], ...(device ? ([["# open", device.openCount]] as const) : []), ["LV Size", size(shown)],
          ...(thinPool && device ? ([["Allocated pool data", `${dataPercent}%`], ["Allocated metadata", `${metadataPercent}%`]] as const) : []), ...(thin && device ? ([["Mapped size", `${dataPercent}%`]] as const) : []), ["Current LE", shown],
          ...(snapshot ? ([["COW-table size", size(own)], ["COW-table LE", own], ...(device ? ([["Allocated to snapshot", `${dataPercent}%`]] as const) : []), ["Snapshot chunk size", sizeText(snapshot.chunkSectors)]] as const) : []),
          ["Segments", Math.max(1, volume.segments.length)], ["Allocation", "inherit"], ["Read ahead sectors", "auto"], ...(device ? ([["- currently set to", 256], ["Block device", `${device.major}:${device.minor}`]] as const) : []),
        ];
        for (const [title, value] of rows) io.out.put(`  ${title.padEnd(23)}${value}\n`);
        io.out.put("   \n");
      }
      return 0;
    });
  },
});
