import { gnu } from "../kit/gnu.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { UTC } from "../kit/zones.ts";
import { mapperName, snapshotsOf, volumeNamed } from "./_activation.ts";
import { attributes, type VolumeRow, volumeRow } from "./_attributes.ts";
import { extentsOf } from "./_extents.ts";
import { guarded, LVM, tryLine, VERSION_TEXT } from "./_lvm.ts";
import type { LogicalVolume, Segment, VolumeGroup } from "./_metadata.ts";
import { type Field, REPORT_OPTIONS, report } from "./_report.ts";

interface Row extends VolumeRow {
  /** set when there is a row for each segment */
  readonly segment: Segment | undefined;
}

const originOf = ({ volume }: Row): string => volume.snapshot?.origin ?? volume.thin?.origin ?? "";
const sectors = (row: Row): number => (row.volume.snapshot ? row.volume.segments.reduce((sum, one) => sum + one.extentCount, 0) : extentsOf(row.volume)) * row.group.extentSize;
const shownName = ({ volume }: Row): string => (volume.hidden ? `[${volume.name}]` : volume.name);
const segmentType = ({ volume, segment }: Row): string => (volume.thinPool ? "thin-pool" : volume.thin ? "thin" : (segment ?? volume.segments[0])?.areas.length === 1 ? "linear" : "striped");

function layout(row: Row): string {
  const { volume } = row;
  return volume.thinPool ? "thin,pool" : volume.thin ? (volume.thin.origin === undefined ? "thin,sparse" : "thin,sparse") : segmentType(row);
}

function role({ group, volume }: Row): string {
  if (volume.hidden) return volume.name.endsWith("_pmspare") ? "private,pool,spare" : `private,thin,pool,${volume.name.endsWith("tmeta") ? "metadata" : "data"}`;
  if (volume.snapshot) return "public,snapshot,thicksnapshot";
  if (volume.thin?.origin !== undefined) return "public,snapshot,thinsnapshot";
  if (snapshotsOf(group, volume).length > 0) return "public,origin,thickorigin";
  return group.lvs.some((one) => one.thin?.origin === volume.name) ? "public,origin,thinorigin" : volume.thinPool ? "private" : "public";
}

function devices({ group, volume, segment }: Row): string {
  if (volume.thinPool) return `${volume.thinPool.data}(0)`;
  return (segment?.areas ?? []).map((area) => `${group.pvs.find((one) => one.name === area.pv)?.device}(${area.pvExtent})`).join(",");
}

const FIELDS: readonly Field<Row>[] = [
  { names: ["lv_name"], title: "LV", width: 4, value: shownName }, { names: ["vg_name"], title: "VG", value: (row) => row.group.name }, { names: ["lv_full_name"], title: "LV", value: (row) => `${row.group.name}/${row.volume.name}` }, { names: ["lv_attr"], title: "Attr", value: attributes },
  { names: ["lv_size"], title: "LSize", right: true, value: (row) => ({ sectors: sectors(row) }) }, { names: ["pool_lv"], title: "Pool", value: (row) => row.volume.thin?.pool ?? "" }, { names: ["origin"], title: "Origin", value: originOf },
  { names: ["data_percent", "snap_percent"], title: "Data%", width: 6, value: (row) => row.dataPercent }, { names: ["metadata_percent"], title: "Meta%", width: 6, value: (row) => row.metadataPercent },
  ...[["move_pv", "Move"], ["mirror_log", "Log"]].map(([name = "", title = ""]): Field<Row> => ({ names: [name], title, value: () => "" })),
  { names: ["copy_percent", "sync_percent"], title: "Cpy%Sync", value: () => "" }, { names: ["convert_lv"], title: "Convert", value: () => "" },
  { names: ["lv_uuid"], title: "LV UUID", value: (row) => row.volume.id }, { names: ["lv_path"], title: "Path", value: (row) => (row.volume.hidden || row.volume.thinPool ? "" : `/dev/${row.group.name}/${row.volume.name}`) }, { names: ["lv_dm_path"], title: "DMPath", value: (row) => `/dev/mapper/${mapperName(row.group.name, row.volume.name)}` },
  { names: ["lv_layout"], title: "Layout", value: layout }, { names: ["lv_role"], title: "Role", value: role }, { names: ["lv_active"], title: "Active", value: (row) => (row.device ? "active" : "") }, { names: ["lv_device_open"], title: "DevOpen", value: (row) => (row.device && row.device.openCount > 0 ? "open" : "") },
  { names: ["lv_permissions"], title: "LPerms", value: (row) => (row.volume.readOnly ? "read-only" : "writeable") }, { names: ["origin_size"], title: "OSize", right: true, value: (row) => (row.volume.snapshot ? { sectors: extentsOf(volumeNamed(row.group, row.volume.snapshot.origin) ?? row.volume) * row.group.extentSize } : "") },
  { names: ["lv_metadata_size"], title: "MSize", right: true, value: (row) => (row.volume.thinPool ? { sectors: extentsOf(volumeNamed(row.group, row.volume.thinPool.metadata) ?? row.volume) * row.group.extentSize } : "") },
  { names: ["data_lv"], title: "Data", value: (row) => (row.volume.thinPool ? `[${row.volume.thinPool.data}]` : "") }, { names: ["metadata_lv"], title: "Meta", value: (row) => (row.volume.thinPool ? `[${row.volume.thinPool.metadata}]` : "") },
  { names: ["lv_time"], title: "CTime", value: (row) => strftime("%Y-%m-%d %H:%M:%S %z", civilAtUs(UTC, row.volume.creationTime * 1e6)) }, { names: ["lv_host"], title: "Host", value: (row) => row.volume.creationHost }, { names: ["lv_tags"], title: "LV Tags", value: (row) => (row.volume.tags ?? []).join(",") },
  { names: ["lv_health_status"], title: "Health", value: (row) => (row.volume.thinPool && row.dataPercent === "100.00" ? "out_of_data" : "") }, { names: ["lv_merging"], title: "Merging", value: (row) => (row.volume.snapshot?.merging ? "merging" : "") }, { names: ["lv_snapshot_invalid"], title: "SnapInvalid", value: (row) => (row.invalid ? "snapshot invalid" : "") },
  { names: ["lv_major"], title: "Maj", right: true, value: () => "-1" }, { names: ["lv_minor"], title: "Min", right: true, value: () => "-1" }, { names: ["lv_profile"], title: "LProfile", value: () => "" }, { names: ["lv_kernel_major"], title: "KMaj", right: true, value: (row) => String(row.device?.major ?? -1) }, { names: ["lv_kernel_minor"], title: "KMin", right: true, value: (row) => String(row.device?.minor ?? -1) },
  { names: ["seg_count"], title: "#Seg", right: true, value: (row) => String(Math.max(1, row.volume.segments.length)) }, { names: ["segtype"], title: "Type", segment: true, value: segmentType }, { names: ["stripes"], title: "#Str", right: true, segment: true, value: (row) => String(row.segment?.areas.length ?? (row.volume.thinPool ? 1 : 0)) },
  { names: ["stripe_size"], title: "Stripe", right: true, segment: true, value: (row) => ({ sectors: row.segment?.stripeSize ?? 0 }) }, { names: ["chunk_size"], title: "Chunk", right: true, segment: true, value: (row) => ({ sectors: row.volume.snapshot?.chunkSectors ?? row.volume.thinPool?.chunkSectors ?? 0 }) },
  { names: ["seg_start"], title: "Start", right: true, segment: true, value: (row) => ({ sectors: (row.segment?.startExtent ?? 0) * row.group.extentSize }) }, { names: ["seg_start_pe"], title: "Start", right: true, segment: true, value: (row) => String(row.segment?.startExtent ?? 0) }, { names: ["seg_size"], title: "SSize", right: true, segment: true, value: (row) => ({ sectors: (row.segment?.extentCount ?? extentsOf(row.volume)) * row.group.extentSize }) },
  { names: ["seg_size_pe"], title: "SSize", right: true, segment: true, value: (row) => String(row.segment?.extentCount ?? extentsOf(row.volume)) }, { names: ["devices"], title: "Devices", segment: true, value: devices },
  { names: ["seg_pe_ranges"], title: "PE Ranges", segment: true, value: (row) => (row.segment?.areas ?? []).map((area) => `${row.group.pvs.find((one) => one.name === area.pv)?.device}:${area.pvExtent}-${area.pvExtent + (row.segment?.extentCount ?? 0) / (row.segment?.areas.length ?? 1) - 1}`).join(" ") },
  { names: ["thin_id"], title: "ThId", right: true, segment: true, value: (row) => (row.volume.thin ? String(row.volume.thin.deviceId) : "") }, { names: ["transaction_id"], title: "TransId", right: true, segment: true, value: (row) => (row.volume.thinPool ? String(row.volume.thinPool.transaction) : "") }, { names: ["discards"], title: "Discards", segment: true, value: (row) => (row.volume.thinPool ? "passdown" : "") },
  { names: ["vg_uuid"], title: "VG UUID", value: (row) => row.group.id }, { names: ["vg_extent_size"], title: "Ext", right: true, value: (row) => ({ sectors: row.group.extentSize }) },
];

export default gnu({
  name: "lvs", path: "/sbin/lvs", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "list logical volumes in a table", synopsis: ["[OPTION]... [VG|LV]..."], options: REPORT_OPTIONS, operands: "none",
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
      const rows: Row[] = [];
      for (const { group, volume } of found) {
        if (volume.hidden && !options.all) continue;
        rows.push({ ...(yield* volumeRow(sys, group, volume, mapped)), segment: undefined });
      }
      const usual = options.segments ? "lv_name,vg_name,lv_attr,stripes,segtype,seg_size" : options.verbose ? "lv_name,vg_name,seg_count,lv_attr,lv_size,lv_major,lv_minor,lv_kernel_major,lv_kernel_minor,pool_lv,origin,data_percent,metadata_percent,move_pv,copy_percent,mirror_log,convert_lv,lv_uuid,lv_profile" : "lv_name,vg_name,lv_attr,lv_size,pool_lv,origin,data_percent,metadata_percent,move_pv,mirror_log,copy_percent,convert_lv";
      report(io, options, FIELDS, usual, rows, { key: "lv", split: (row) => (row.volume.segments.length > 0 ? row.volume.segments.map((segment) => ({ ...row, segment })) : [row]) });
      return 0;
    });
  },
});
