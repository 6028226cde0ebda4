import type { LogicalVolume, VolumeGroup } from "./_metadata.ts";
import { gnu } from "../kit/gnu.ts";
import { extentsOf, guarded, LVM, mapperName, type MappedDevice, tryLine, VERSION_TEXT } from "./_lvm.ts";
import { type Field, REPORT_OPTIONS, report } from "./_report.ts";

interface Row {
  readonly group: VolumeGroup;
  readonly volume: LogicalVolume;
  readonly device: MappedDevice | undefined;
}

const FIELDS: readonly Field<Row>[] = [
  { names: ["lv_name"], title: "LV", value: (row) => row.volume.name }, { names: ["vg_name"], title: "VG", value: (row) => row.group.name }, { names: ["lv_attr"], title: "Attr", value: (row) => `-wi-${row.device ? "a" : "-"}${row.device && row.device.openCount > 0 ? "o" : "-"}----` }, { names: ["lv_size"], title: "LSize", right: true, value: (row) => ({ sectors: extentsOf(row.volume) * row.group.extentSize }) },
  ...[["pool_lv", "Pool"], ["origin", "Origin"], ["data_percent", "Data%"], ["metadata_percent", "Meta%"], ["move_pv", "Move"], ["mirror_log", "Log"], ["copy_percent", "Cpy%Sync"], ["convert_lv", "Convert"]].map(([name = "", title = ""]): Field<Row> => ({ names: [name], title, ...(title.endsWith("a%") && { width: 6 }), value: () => "" })),
  { names: ["lv_uuid"], title: "LV UUID", value: (row) => row.volume.id }, { names: ["lv_path"], title: "Path", value: (row) => `/dev/${row.group.name}/${row.volume.name}` }, { names: ["lv_dm_path"], title: "DMPath", value: (row) => `/dev/mapper/${mapperName(row.group.name, row.volume.name)}` }, { names: ["seg_count"], title: "#Seg", right: true, value: (row) => String(row.volume.segments.length) }, { names: ["segtype"], title: "Type", value: () => "linear" },
  { names: ["devices"], title: "Devices", value: (row) => row.volume.segments.map((segment) => `${row.group.pvs.find((one) => one.name === segment.pv)?.device}(${segment.pvExtent})`).join(",") }, { names: ["lv_kernel_major"], title: "KMaj", right: true, value: (row) => String(row.device?.major ?? -1) }, { names: ["lv_kernel_minor"], title: "KMin", right: true, value: (row) => String(row.device?.minor ?? -1) },
];

export default gnu({
  name: "lvs", path: "/sbin/lvs", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "display information about logical volumes", synopsis: ["[OPTION]... [VG|LV]..."], options: REPORT_OPTIONS, operands: "none",
  *run({ options, operands, sys }, io) {
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
      found.sort((a, b) => (`${a.group.name} ${a.volume.name}` < `${b.group.name} ${b.volume.name}` ? -1 : 1));
      const mapped = yield* lvm.mapped();
      report(io, options, FIELDS, "lv_name,vg_name,lv_attr,lv_size,pool_lv,origin,data_percent,metadata_percent,move_pv,mirror_log,copy_percent,convert_lv", found.map((one) => ({ ...one, device: mapped.find((device) => device.name === mapperName(one.group.name, one.volume.name)) })));
      return 0;
    });
  },
});
