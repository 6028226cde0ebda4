import { gnu } from "../kit/gnu.ts";
import { fail } from "./_error.ts";
import { usedExtents } from "./_extents.ts";
import { guarded, LVM, sizeText, tryLine, VERSION_TEXT } from "./_lvm.ts";

export default gnu({
  name: "pvdisplay", path: "/sbin/pvdisplay", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "show everything about physical volumes, a block each", synopsis: ["[PV]..."], options: {}, operands: "files",
  *run({ operands, sys }, io) {
    return yield* guarded(sys, io, function* (lvm) {
      const all = yield* lvm.pvs();
      for (const name of operands) if (!all.some((one) => one.device === name)) fail(lvm.isBlockDevice(name) ? `Failed to find physical volume "${name}".` : `Cannot use ${name}: device not found`);
      for (const pv of all) {
        if (operands.length > 0 && !operands.includes(pv.device)) continue;
        const { group } = pv;
        const row = (title: string, value: string): void => io.out.put(`  ${title.padEnd(22)}${value}\n`);
        if (!group) lvm.say(`"${pv.device}" is a new physical volume of "${sizeText(pv.sectors)}"`);
        lvm.say(group ? "--- Physical volume ---" : "--- NEW Physical volume ---");
        row("PV Name", pv.device);
        row("VG Name", group?.name ?? "");
        const own = group?.pvs.find((one) => one.id === pv.id);
        const usable = (own?.peCount ?? 0) * (group?.extentSize ?? 0);
        row("PV Size", `${sizeText(pv.sectors)}${group ? ` / not usable ${sizeText(pv.sectors - usable)}` : ""}`);
        const used = group && own ? usedExtents(group, own.name) : 0;
        row("Allocatable", group ? `yes ${own && used === own.peCount ? "(but full)" : ""}` : "NO");
        row("PE Size", group ? sizeText(group.extentSize) : "0   ");
        row("Total PE", String(own?.peCount ?? 0));
        row("Free PE", String((own?.peCount ?? 0) - used));
        row("Allocated PE", String(used));
        row("PV UUID", pv.id);
        io.out.put("   \n");
      }
      return 0;
    });
  },
});
