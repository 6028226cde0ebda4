import type { VolumeGroup } from "./_metadata.ts";
import { gnu } from "../kit/gnu.ts";
import { freeExtents, totalExtents } from "./_extents.ts";
import { guarded, LVM, tryLine, VERSION_TEXT } from "./_lvm.ts";
import { type Field, REPORT_OPTIONS, report } from "./_report.ts";

const FIELDS: readonly Field<VolumeGroup>[] = [
  { names: ["vg_name"], title: "VG", value: (row) => row.name }, { names: ["pv_count"], title: "#PV", right: true, value: (row) => String(row.pvs.length) }, { names: ["lv_count"], title: "#LV", right: true, value: (row) => String(row.lvs.filter((one) => !one.hidden).length) }, { names: ["snap_count"], title: "#SN", right: true, value: (row) => String(row.lvs.filter((one) => one.snapshot).length) },
  { names: ["vg_attr"], title: "Attr", value: (row) => `wz${row.exported ? "x" : "-"}-n-` }, { names: ["vg_size"], title: "VSize", right: true, value: (row) => ({ sectors: totalExtents(row) * row.extentSize }) }, { names: ["vg_free"], title: "VFree", right: true, value: (row) => ({ sectors: freeExtents(row) * row.extentSize }) },
  { names: ["vg_fmt"], title: "Fmt", value: () => "lvm2" }, { names: ["vg_seqno"], title: "Seq", right: true, value: (row) => String(row.seqno) }, { names: ["max_lv"], title: "MaxLV", right: true, value: () => "0" }, { names: ["max_pv"], title: "MaxPV", right: true, value: () => "0" }, { names: ["vg_missing_pv_count"], title: "#PV Missing", right: true, value: (row) => String(row.pvs.filter((pv) => pv.device === "[unknown]").length) }, { names: ["vg_profile"], title: "VProfile", value: () => "" }, { names: ["vg_tags"], title: "VG Tags", value: (row) => (row.tags ?? []).join(",") }, { names: ["vg_uuid"], title: "VG UUID", value: (row) => row.id }, { names: ["vg_extent_size"], title: "Ext", right: true, value: (row) => ({ sectors: row.extentSize }) }, { names: ["vg_extent_count"], title: "#Ext", right: true, value: (row) => String(totalExtents(row)) }, { names: ["vg_free_count"], title: "Free", right: true, value: (row) => String(freeExtents(row)) },
];

export default gnu({
  name: "vgs", path: "/sbin/vgs", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "list volume groups in a table", synopsis: ["[OPTION]... [VG]..."], options: REPORT_OPTIONS, operands: "none",
  *run({ options, operands, sys }, io) {
    return yield* guarded(sys, io, function* (lvm) {
      const rows: VolumeGroup[] = [];
      if (operands.length === 0) rows.push(...(yield* lvm.groups()));
      for (const name of operands) rows.push(yield* lvm.group(name));
      report(io, options, FIELDS, options.verbose ? "vg_name,vg_attr,vg_extent_size,pv_count,lv_count,snap_count,vg_size,vg_free,vg_uuid,vg_profile" : "vg_name,pv_count,lv_count,snap_count,vg_attr,vg_size,vg_free", rows, { key: "vg" });
      return 0;
    });
  },
});
