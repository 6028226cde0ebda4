import { gnu, flag } from "../kit/gnu.ts";
import { fail, noSyntax } from "./_error.ts";
import { guarded, LVM, tryLine, VERSION_TEXT } from "./_lvm.ts";

export default gnu({
  name: "vgrename", path: "/sbin/vgrename", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "rename a volume group", synopsis: ["VG|UUID VG_new"], options: { yes: flag(["-y", "--yes"], "ask nothing, the answer is yes"), force: flag(["-f", "--force"], "override checks") }, operands: "none",
  *run({ operands, sys }, io) {
    return yield* guarded(sys, io, function* (lvm) {
      const [from, target] = operands;
      if (from === undefined || target === undefined || operands.length > 2) return noSyntax("vgrename");
      const to = target.replace(/^\/dev\//, "");
      const groups = yield* lvm.groups();
      const group = groups.find((one) => one.id === from || one.id.replaceAll("-", "") === from) ?? (yield* lvm.group(from));
      if (group.name === to) fail("New VG name must differ from the old VG name.");
      if (!/^[A-Za-z0-9_+.][A-Za-z0-9_+.-]*$/.test(to)) fail(`New volume group name "${to}" is invalid.`);
      if (groups.some((one) => one.name === to)) fail(`New VG name "${to}" already exists`);
      const active = [];
      for (const volume of group.lvs) if (!volume.hidden && (yield* lvm.deviceOf(group, volume))) active.push(volume);
      for (const volume of active) if (yield* lvm.isOpen(group, volume)) fail(`Renaming a group with open volumes is not simulated here: unmount ${group.name}/${volume.name} first.`);
      for (const volume of active) yield* lvm.deactivate(group, volume);
      const old = group.name;
      group.name = to;
      yield* lvm.store(group);
      for (const volume of active) yield* lvm.activate(group, volume);
      lvm.say(`Volume group "${old}" successfully renamed to "${to}"`);
      return 0;
    });
  },
});
