// vgimportclone: disks that were copied byte for byte get identifiers and a group name of their own (vgimportclone(8)).
import { O } from "../../kernel/sys.ts";
import { flag, gnu, text } from "../kit/gnu.ts";
import { fail, noSyntax } from "./_error.ts";
import { guarded, LVM, newId, tryLine, VERSION_TEXT } from "./_lvm.ts";
import { labelBytes, readLabel, type VolumeGroup } from "./_metadata.ts";

export default gnu({
  name: "vgimportclone", path: "/sbin/vgimportclone", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "make a group of its own out of copied disks", synopsis: ["[-n NAME] [-i] PV..."], operands: "files",
  options: { name: text(["-n", "--basevgname"], "NAME", "name of the new group; a number is added if the name is in use"), exported: flag(["-i", "--import"], "even a group that is exported"), devices: flag(["--importdevices"], "note the disks in the devices file (accepted)"), yes: flag(["-y", "--yes"], "ask nothing, the answer is yes") },
  *run({ options, operands, sys }, io) {
    return yield* guarded(sys, io, function* (lvm) {
      if (operands.length === 0) noSyntax("vgimportclone", "PV ...");
      const copies: { readonly device: string; readonly id: string; readonly sectors: number; readonly group: VolumeGroup }[] = [];
      for (const device of operands) {
        if (!lvm.isBlockDevice(device)) fail(`Failed to find device ${device}.`);
        const fd = yield* sys.open(device, O.RDONLY);
        const label = yield* readLabel(function* (offset: number, bytes: number) {
          return yield* sys.pread(fd, bytes, offset);
        });
        sys.close(fd);
        if (!label) return fail(`Failed to find PVID for device ${device}.`);
        if (!label.group) return fail(`VG not found on device ${device}.`);
        copies.push({ device, ...label, group: label.group });
      }
      const [first] = copies;
      if (!first) return 5;
      if (copies.some((one) => one.group.id !== first.group.id)) fail("Devices must be from the same VG.");
      if (first.group.exported && !options.exported) fail(`VG ${first.group.name} is exported, use the --import option.`);
      const missing = first.group.pvs.filter((pv) => !copies.some((one) => one.id === pv.id)).length;
      if (missing > 0) fail(`Include all PVs in VG ${first.group.name} (${first.group.pvs.length}).`);
      const taken = new Set((yield* lvm.groups()).map((one) => one.name));
      const base = options.name ?? first.group.name;
      let name = options.name ?? `${base}1`;
      for (let number = 1; taken.has(name); number++) name = `${base}${number}`;
      const group: VolumeGroup = { ...first.group, name, id: newId(sys), exported: false, lvs: first.group.lvs.map((volume) => ({ ...volume, id: newId(sys) })), pvs: first.group.pvs.map((pv) => ({ ...pv, id: newId(sys), device: copies.find((one) => one.id === pv.id)?.device ?? pv.device })) };
      // each copy is no longer the original's before the new group is written
      for (const pv of group.pvs) yield* lvm.write(pv.device, labelBytes(pv.id, pv.sectors, undefined));
      yield* lvm.store(group);
      return 0;
    });
  },
});
