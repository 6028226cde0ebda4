import type { VolumeGroup } from "./_metadata.ts";
import { gnu } from "../kit/gnu.ts";
import { freeExtents, totalExtents, usedExtents } from "./_extents.ts";
import { guarded, LVM, sizeText, tryLine, VERSION_TEXT } from "./_lvm.ts";

export default gnu({
  name: "vgdisplay", path: "/sbin/vgdisplay", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "show everything about volume groups, a block each", synopsis: ["[VG]..."], options: {}, operands: "none",
  *run({ operands, sys }, io) {
    return yield* guarded(sys, io, function* (lvm) {
      const groups: VolumeGroup[] = operands.length === 0 ? [...(yield* lvm.groups())] : [];
      for (const name of operands) groups.push(yield* lvm.group(name));
      for (const group of groups) {
        let open = 0;
        for (const volume of group.lvs) if (yield* lvm.isOpen(group, volume)) open++;
        const size = (extents: number): string => sizeText(extents * group.extentSize);
        lvm.say("--- Volume group ---");
        for (const [title, value] of [
          ["VG Name", group.name], ["System ID", ""], ["Format", "lvm2"], ["Metadata Areas", group.pvs.length], ["Metadata Sequence No", group.seqno], ["VG Access", "read/write"], ["VG Status", "resizable"], ["MAX LV", 0], ["Cur LV", group.lvs.filter((one) => !one.hidden).length], ["Open LV", open],
          ["Max PV", 0], ["Cur PV", group.pvs.length], ["Act PV", group.pvs.length], ["VG Size", size(totalExtents(group))], ["PE Size", sizeText(group.extentSize)], ["Total PE", totalExtents(group)], ["Alloc PE / Size", `${usedExtents(group)} / ${size(usedExtents(group))}`], ["Free  PE / Size", `${freeExtents(group)} / ${size(freeExtents(group))}`], ["VG UUID", group.id],
        ] as const) io.out.put(`  ${title.padEnd(22)}${value}\n`);
        io.out.put("   \n");
      }
      return 0;
    });
  },
});
