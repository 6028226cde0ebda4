import { SysError } from "../../kernel/sys.ts";
import { flag, gnu, text, texts } from "../kit/gnu.ts";
import { volumeNamed } from "./_activation.ts";
import { fail, noSyntax } from "./_error.ts";
import { guarded, LVM, tryLine, VERSION_TEXT } from "./_lvm.ts";
import { finishMerge } from "./_merge.ts";
import { changedTags } from "./_tags.ts";
import type { LogicalVolume, VolumeGroup } from "./_metadata.ts";

export default gnu({
  name: "lvchange", path: "/sbin/lvchange", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "activate a logical volume or change its settings", synopsis: ["-a y|n|ay [-K] VG|LV...", "-p rw|r VG|LV...", "-k y|n VG|LV..."], operands: "none",
  options: { addTags: texts(["--addtag"], "Tag", "put a tag on it"), delTags: texts(["--deltag"], "Tag", "take a tag off"), activate: text(["-a", "--activate"], "y|n|ay", "make its device, or remove it"), permission: text(["-p", "--permission"], "rw|r", "whether it may be written"), skip: text(["-k", "--setactivationskip"], "y|n", "leave it alone when its group is activated"), ignoreSkip: flag(["-K", "--ignoreactivationskip"], "activate it though it is to be left alone"), yes: flag(["-y", "--yes"], "ask nothing, the answer is yes"), refresh: flag(["--refresh"], "load its tables again") },
  *run({ options, operands, sys }, io) {
    return yield* guarded(sys, io, function* (lvm) {
      if (options.activate === undefined && options.permission === undefined && options.skip === undefined && !options.refresh && options.addTags.length + options.delTags.length === 0) noSyntax("lvchange");
      if (operands.length === 0) noSyntax("lvchange");
      const found: { readonly group: VolumeGroup; readonly volume: LogicalVolume }[] = [];
      for (const name of operands) {
        if (name.replace(/^\/dev\//, "").includes("/")) found.push(yield* lvm.volume(name));
        else {
          const group = yield* lvm.group(name);
          for (const volume of group.lvs) if (!volume.hidden) found.push({ group, volume });
        }
      }
      for (const { group, volume } of found) {
        const full = `${group.name}/${volume.name}`;
        if (options.permission !== undefined) {
          const readOnly = options.permission === "r";
          if (readOnly === (volume.readOnly ?? false)) fail(`Logical volume ${full} is already ${readOnly ? "read only" : "writable"}.`);
          volume.readOnly = readOnly;
          yield* lvm.store(group);
          lvm.say(`Logical volume ${full} changed.`);
        }
        if (options.addTags.length + options.delTags.length > 0) {
          volume.tags = changedTags(volume.tags, options.addTags, options.delTags);
          yield* lvm.store(group);
          lvm.say(`Logical volume ${full} changed.`);
        }
        if (options.skip !== undefined) {
          volume.skipActivation = options.skip.startsWith("y");
          yield* lvm.store(group);
          lvm.say(`Logical volume ${full} changed.`);
        }
        if (options.refresh && (yield* lvm.deviceOf(group, volume))) yield* lvm.activate(group, volume);
        if (options.activate === undefined) continue;
        if (options.activate.includes("n")) {
          try {
            yield* lvm.deactivate(group, volume);
          } catch (error) {
            if (error instanceof SysError) fail(`Logical volume ${full} ${(yield* lvm.isOpen(group, volume)) ? "contains a filesystem in use" : "in use"}.`);
            throw error;
          }
        } else if (!volume.skipActivation || options.ignoreSkip) {
          yield* lvm.activate(group, volume);
          yield* finishMerge(lvm, group, volumeNamed(group, volume.snapshot?.origin) ?? volume);
        }
      }
      return 0;
    });
  },
});
