import { gnu, text } from "../kit/gnu.ts";
import { guarded, LVM, tryLine, VERSION_TEXT } from "./_lvm.ts";
import { fail } from "./_error.ts";
import type { VolumeGroup } from "./_metadata.ts";

export default gnu({
  name: "vgcfgbackup", path: "/sbin/vgcfgbackup", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "write the metadata of volume groups to a backup file", synopsis: ["[-f FILE] [VG]..."], options: { file: text(["-f", "--file"], "FILE", "not /etc/lvm/backup/VG but this; %s is the group's name") }, operands: "none",
  *run({ options, operands, sys }, io) {
    return yield* guarded(sys, io, function* (lvm) {
      const groups: VolumeGroup[] = operands.length === 0 ? [...(yield* lvm.groups())] : [];
      for (const name of operands) groups.push(yield* lvm.group(name));
      if (options.file !== undefined && groups.length > 1 && !options.file.includes("%s")) fail("VGs must be backed up into different files. Use %s in filename for VG name.");
      for (const group of groups) {
        yield* lvm.backup(group, options.file?.replaceAll("%s", group.name) ?? `/etc/lvm/backup/${group.name}`);
        lvm.say(`Volume group "${group.name}" successfully backed up.`);
      }
      return 0;
    });
  },
});
