import type { VolumeGroup } from "./_metadata.ts";
import { SysError } from "../../kernel/sys.ts";
import { flag, gnu, text, texts } from "../kit/gnu.ts";
import { fail, noSyntax } from "./_error.ts";
import { guarded, LVM, newId, tryLine, VERSION_TEXT } from "./_lvm.ts";
import { finishMerge } from "./_merge.ts";
import { changedTags } from "./_tags.ts";

export default gnu({
  name: "vgchange", path: "/sbin/vgchange", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "activate the volumes of a volume group or change its settings", synopsis: ["-a y|n|ay [VG]...", "-u VG..."], operands: "none",
  options: { addTags: texts(["--addtag"], "Tag", "put a tag on it"), delTags: texts(["--deltag"], "Tag", "take a tag off"), activate: text(["-a", "--activate"], "y|n|ay", "make the volumes' devices, or remove them"), uuid: flag(["-u", "--uuid"], "give the group another identifier"), ignoreSkip: flag(["-K", "--ignoreactivationskip"], "activate what is to be left alone too"), yes: flag(["-y", "--yes"], "ask nothing, the answer is yes"), monitor: text(["--monitor"], "y|n", "monitoring (taken, there is none)") },
  *run({ options, operands, sys }, io) {
    return yield* guarded(sys, io, function* (lvm) {
      if (options.activate === undefined && options.monitor === undefined && !options.uuid && options.addTags.length + options.delTags.length === 0) noSyntax("vgchange");
      const groups: VolumeGroup[] = operands.length === 0 ? [...(yield* lvm.groups())] : [];
      for (const name of operands) groups.push(yield* lvm.group(name));
      for (const group of groups) {
        if (options.uuid) {
          for (const volume of group.lvs) if (yield* lvm.deviceOf(group, volume)) fail("Volume group has active logical volumes");
          group.id = newId(sys);
          yield* lvm.store(group);
          lvm.say(`Volume group "${group.name}" successfully changed`);
        }
        if (options.addTags.length + options.delTags.length > 0) {
          group.tags = changedTags(group.tags, options.addTags, options.delTags);
          yield* lvm.store(group);
          lvm.say(`Volume group "${group.name}" successfully changed`);
        }
        if (options.activate === undefined) continue;
        if (group.exported) {
          yield* lvm.warn(`Volume group ${group.name} is exported`);
          continue;
        }
        if (options.activate.includes("n")) {
          let open = 0;
          for (const volume of [...group.lvs.filter((one) => !one.thinPool), ...group.lvs.filter((one) => one.thinPool)]) {
            if (volume.hidden) continue;
            try {
              yield* lvm.deactivate(group, volume);
            } catch (error) {
              if (!(error instanceof SysError)) throw error;
              yield* lvm.warn(`Logical volume ${group.name}/${volume.name} contains a filesystem in use.`);
              open++;
            }
          }
          if (open > 0) fail(`Can't deactivate volume group "${group.name}" with ${open} open logical volume(s)`);
        } else {
          const complete = group.pvs.every((pv) => pv.device !== "[unknown]");
          if (!complete && options.activate === "ay") continue;
          for (const volume of [...group.lvs]) {
            if (volume.hidden || (volume.skipActivation && !options.ignoreSkip) || !group.lvs.includes(volume)) continue;
            yield* lvm.activate(group, volume);
            yield* finishMerge(lvm, group, volume);
          }
        }
        let active = 0;
        for (const volume of group.lvs) if (!volume.hidden && (yield* lvm.deviceOf(group, volume))) active++;
        lvm.say(`${active} logical volume(s) in volume group "${group.name}" now active`);
      }
      return 0;
    });
  },
});
