import { flag, gnu } from "../kit/gnu.ts";
import { fail, noSyntax } from "./_error.ts";
import { guarded, LVM, tryLine, VERSION_TEXT } from "./_lvm.ts";

export default gnu({
  name: "vgmerge", path: "/sbin/vgmerge", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "merge volume groups", synopsis: ["VG VG_merged..."], options: { yes: flag(["-y", "--yes"], "ask nothing, the answer is yes"), list: flag(["-l", "--list"], "show the group that results") }, operands: "none",
  *run({ operands, sys }, io) {
    return yield* guarded(sys, io, function* (lvm) {
      const [name, ...others] = operands;
      if (name === undefined || others.length === 0) return noSyntax("vgmerge", "VG VG");
      for (const other of others) {
        if (other === name) fail(`Duplicate volume group name "${name}"`);
        const into = yield* lvm.group(name);
        const from = yield* lvm.group(other);
        if (into.extentSize !== from.extentSize) fail(`Extent sizes differ: ${into.extentSize / 2} (${into.name}) and ${from.extentSize / 2} (${from.name})`);
        for (const volume of from.lvs) if (yield* lvm.deviceOf(from, volume)) fail(`Logical volumes in "${from.name}" must be inactive`);
        const clash = into.lvs.find((one) => !one.name.endsWith("_pmspare") && from.lvs.some((their) => their.name === one.name));
        if (clash) fail(`Duplicate logical volume name "${clash.name}" in "${into.name}" and "${from.name}"`);
        const hasSpare = into.lvs.some((one) => one.name.endsWith("_pmspare"));
        const renamed = new Map<string, string>();
        for (const pv of from.pvs) {
          const next = `pv${Math.max(-1, ...into.pvs.map((one) => Number(one.name.slice(2)))) + 1}`;
          renamed.set(pv.name, next);
          into.pvs.push({ ...pv, name: next });
        }
        for (const volume of from.lvs) {
          if (hasSpare && volume.name.endsWith("_pmspare")) continue;
          into.lvs.push({ ...volume, segments: volume.segments.map((segment) => ({ ...segment, areas: segment.areas.map((area) => ({ ...area, pv: renamed.get(area.pv) ?? area.pv })) })) });
        }
        yield* lvm.store(into);
        lvm.say(`Volume group "${from.name}" successfully merged into "${into.name}"`);
      }
      return 0;
    });
  },
});
