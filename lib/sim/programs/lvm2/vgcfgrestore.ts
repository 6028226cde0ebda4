import { type Blocking, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { flag, gnu, text } from "../kit/gnu.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { UTC } from "../kit/zones.ts";
import { fail, noSyntax } from "./_error.ts";
import { guarded, type Lvm, LVM, tryLine, VERSION_TEXT } from "./_lvm.ts";
import { parseGroup } from "./_metadata.ts";

/** One backup as --list shows it; nothing when it is of another group. */
function* describe(lvm: Lvm, path: string, group: string | undefined): Blocking<void> {
  const content = (yield* readTextFile(lvm.sys, path)) ?? "";
  const found = parseGroup(content);
  if (!found || (group !== undefined && found.name !== group)) return;
  const seconds = Number(/^creation_time = (\d+)/m.exec(content)?.[1] ?? 0);
  lvm.say(" ");
  lvm.say(`File:\t\t${path}`);
  lvm.say(`VG name:    \t${found.name}`);
  lvm.say(`Description:\t${/^description = "(.*)"$/m.exec(content)?.[1] ?? ""}`);
  lvm.say(`Backup Time:\t${strftime("%a %b %e %H:%M:%S %Y", civilAtUs(UTC, seconds * 1e6))}`);
  lvm.io.out.put("\n");
}

export default gnu({
  name: "vgcfgrestore", path: "/sbin/vgcfgrestore", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "bring the metadata of a volume group back from a backup", synopsis: ["[-f FILE] VG", "-l VG"], options: { file: text(["-f", "--file"], "FILE", "not the last backup but this"), list: flag(["-l", "--list"], "list the backups there are"), force: flag(["--force"], "even with thin pools"), yes: flag(["-y", "--yes"], "ask nothing, the answer is yes") }, operands: "none",
  *run({ options, operands, sys }, io) {
    return yield* guarded(sys, io, function* (lvm) {
      const [name] = operands;
      if (options.list) {
        if (options.file !== undefined) yield* describe(lvm, options.file, name);
        else if (name === undefined) noSyntax("vgcfgrestore");
        else {
          let archived: readonly string[] = [];
          try {
            archived = sys.readdir("/etc/lvm/archive").map((entry) => entry.name).sort();
          } catch (error) {
            if (!(error instanceof SysError)) throw error;
          }
          for (const file of archived) yield* describe(lvm, `/etc/lvm/archive/${file}`, name);
          yield* describe(lvm, `/etc/lvm/backup/${name}`, name);
        }
        return 0;
      }
      if (name === undefined || operands.length > 1) return noSyntax("vgcfgrestore");
      const path = options.file ?? `/etc/lvm/backup/${name}`;
      const content = yield* readTextFile(sys, path);
      if (content === undefined) fail(`${path}: stat failed: No such file or directory\nCouldn't read volume group metadata from file.\nRestore failed.`);
      const restored = parseGroup(content ?? "");
      if (restored?.name !== name) return fail(`Cannot restore Volume Group ${name}: no metadata for it in ${path}.\nRestore failed.`);
      if (restored.lvs.some((one) => one.thinPool) && !options.force) fail(`Consider using option --force to restore Volume Group ${name} with thin volumes.\nRestore failed.`);
      const present = (yield* lvm.groups()).find((one) => one.name === name);
      let active = 0;
      for (const volume of present?.lvs ?? []) if (present && !volume.hidden && (yield* lvm.deviceOf(present, volume))) active++;
      if (active > 0) {
        for (const volume of present?.lvs ?? []) if (present && (yield* lvm.deviceOf(present, volume))) yield* lvm.warn(`Volume group ${name} has active volume: ${volume.name}.`);
        yield* lvm.warn(`WARNING: Found ${active} active volume(s) in volume group "${name}".`);
        yield* lvm.warn("Restoring VG with active LVs, may cause mismatch with its metadata.");
        if (!(yield* lvm.ask(`Do you really want to proceed with restore of volume group "${name}", while ${active} volume(s) are active? [y/n]: `, options.yes))) fail("Restore aborted.");
      }
      const known = yield* lvm.pvs();
      for (const pv of restored.pvs) {
        const device = known.find((one) => one.id === pv.id)?.device;
        if (device === undefined) fail(`WARNING: Couldn't find device with uuid ${pv.id}.\nCannot restore Volume Group ${name} with 1 PVs marked as missing.\nRestore failed.`);
        else pv.device = device;
      }
      restored.seqno = Math.max(restored.seqno, present?.seqno ?? 0);
      yield* lvm.store(restored);
      lvm.say(`Restored volume group ${name}.`);
      return 0;
    });
  },
});
