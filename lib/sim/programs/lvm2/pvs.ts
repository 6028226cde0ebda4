import { gnu } from "../kit/gnu.ts";
import { fail } from "./_error.ts";
import { areaExtents, freeStretches, usedExtents } from "./_extents.ts";
import { guarded, LVM, type PhysicalVolume, tryLine, VERSION_TEXT } from "./_lvm.ts";
import { type Field, REPORT_OPTIONS, report } from "./_report.ts";

const own = (row: PhysicalVolume) => row.group?.pvs.find((one) => one.id === row.id);
const used = (row: PhysicalVolume): number => (row.group ? usedExtents(row.group, own(row)?.name) : 0);
const size = (row: PhysicalVolume): number => (row.group ? (own(row)?.peCount ?? 0) * row.group.extentSize : row.sectors);

/** A physical volume with one stretch of its extents, taken or free. */
interface Row extends PhysicalVolume {
  readonly stretch?: { readonly start: number; readonly count: number };
}

function stretches(row: Row): readonly Row[] {
  const { group } = row;
  const pv = own(row);
  if (!group || !pv) return [row];
  const taken = group.lvs.flatMap((volume) => volume.segments.flatMap((segment) => segment.areas.filter((area) => area.pv === pv.name).map((area) => ({ start: area.pvExtent, count: areaExtents(segment) }))));
  const free = freeStretches(group, pv.name).map(([start, count]) => ({ start, count }));
  return [...taken, ...free].sort((a, b) => a.start - b.start).map((stretch) => ({ ...row, stretch }));
}

const FIELDS: readonly Field<Row>[] = [
  { names: ["pv_name"], title: "PV", value: (row) => row.device }, { names: ["vg_name"], title: "VG", value: (row) => row.group?.name ?? "" }, { names: ["pv_fmt"], title: "Fmt", value: () => "lvm2" }, { names: ["pv_attr"], title: "Attr", value: (row) => (row.group ? `${own(row)?.notAllocatable ? "-" : "a"}${row.group.exported ? "x" : "-"}-` : "---") },
  { names: ["pv_size"], title: "PSize", right: true, value: (row) => ({ sectors: size(row) }) }, { names: ["pv_free"], title: "PFree", right: true, value: (row) => ({ sectors: row.group ? size(row) - used(row) * row.group.extentSize : row.sectors }) }, { names: ["pv_used"], title: "Used", right: true, value: (row) => ({ sectors: used(row) * (row.group?.extentSize ?? 0) }) },
  { names: ["pv_uuid"], title: "PV UUID", value: (row) => row.id }, { names: ["dev_size"], title: "DevSize", right: true, value: (row) => ({ sectors: row.sectors }) }, { names: ["pv_pe_count"], title: "PE", right: true, value: (row) => String(own(row)?.peCount ?? 0) }, { names: ["pv_pe_alloc_count"], title: "Alloc", right: true, value: (row) => String(used(row)) }, { names: ["pv_mda_count"], title: "#PMda", right: true, value: () => "1" }, { names: ["pv_allocatable"], title: "Allocatable", value: (row) => (row.group && !own(row)?.notAllocatable ? "allocatable" : "") }, { names: ["pv_tags"], title: "PV Tags", value: (row) => (own(row)?.tags ?? []).join(",") }, { names: ["vg_uuid"], title: "VG UUID", value: (row) => row.group?.id ?? "" }, { names: ["pv_mda_size"], title: "PMdaSize", right: true, value: () => ({ sectors: 2040 }) }, { names: ["pe_start"], title: "1st PE", right: true, value: () => ({ sectors: 2048 }) },
  { names: ["pvseg_start"], title: "Start", right: true, segment: true, value: (row) => String(row.stretch?.start ?? 0) }, { names: ["pvseg_size"], title: "SSize", right: true, segment: true, value: (row) => String(row.stretch?.count ?? 0) },
];

export default gnu({
  name: "pvs", path: "/sbin/pvs", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "list physical volumes in a table", synopsis: ["[OPTION]... [PV]..."], options: REPORT_OPTIONS, operands: "files",
  *run({ options, operands, sys }, io) {
    return yield* guarded(sys, io, function* (lvm) {
      let rows: readonly Row[] = yield* lvm.pvs();
      for (const name of operands) if (!rows.some((one) => one.device === name)) fail(lvm.isBlockDevice(name) ? `Failed to find physical volume "${name}".` : `Cannot use ${name}: device not found`);
      if (operands.length > 0) rows = rows.filter((one) => operands.includes(one.device));
      report(io, options, FIELDS, options.segments ? "pv_name,vg_name,pv_fmt,pv_attr,pv_size,pv_free,pvseg_start,pvseg_size" : options.verbose ? "pv_name,vg_name,pv_fmt,pv_attr,pv_size,pv_free,dev_size,pv_uuid" : "pv_name,vg_name,pv_fmt,pv_attr,pv_size,pv_free", rows, { key: "pv", split: stretches });
      return 0;
    });
  },
});
