import { O, SysError } from "../../kernel/sys.ts";
import { flag, gnu, text } from "../kit/gnu.ts";
import { fail, noSyntax } from "./_error.ts";
import { areaExtents } from "./_extents.ts";
import { guarded, LVM, parseSize, tryLine, VERSION_TEXT } from "./_lvm.ts";
import { DATA_OFFSET_SECTORS, labelBytes, SECTOR } from "./_metadata.ts";

export default gnu({
  name: "pvresize", path: "/sbin/pvresize", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "resize physical volume(s)", synopsis: ["[--setphysicalvolumesize Size] PV..."], operands: "files", options: { size: text(["--setphysicalvolumesize"], "Size", "not the device's size but this"), yes: flag(["-y", "--yes"], "ask nothing, the answer is yes") },
  *run({ options, operands, sys }, io) {
    return yield* guarded(sys, io, function* (lvm) {
      if (operands.length === 0) noSyntax("pvresize", "PV ...");
      let resized = 0;
      let kept = 0;
      for (const device of operands) {
        const pv = (yield* lvm.pvs()).find((one) => one.device === device);
        if (!pv) {
          yield* lvm.warn(`Failed to find physical volume "${device}".`);
          kept++;
          continue;
        }
        let fd: number;
        try {
          fd = yield* sys.open(device, O.RDONLY);
        } catch (error) {
          if (error instanceof SysError) return fail(`${device}: open failed: ${error.message}`);
          throw error;
        }
        const real = Math.floor(Number(sys.ioctl(fd, "BLKGETSIZE64")) / SECTOR);
        sys.close(fd);
        let sectors = real;
        if (options.size !== undefined) {
          sectors = parseSize(options.size)?.sectors ?? fail(`Invalid argument for --setphysicalvolumesize: ${options.size}`);
          if (!(yield* lvm.ask(`WARNING: ${device}: Overriding real size of device.\n  ${device}: Requested size is ${sectors > real ? "larger" : "less"} than real size. Proceed?  [y/n]: `, options.yes))) {
            kept++;
            continue;
          }
        }
        const { group } = pv;
        const own = group?.pvs.find((one) => one.id === pv.id);
        if (group && own) {
          const extents = Math.floor((sectors - DATA_OFFSET_SECTORS) / group.extentSize);
          let last = 0;
          for (const volume of group.lvs) for (const segment of volume.segments) for (const area of segment.areas) if (area.pv === own.name) last = Math.max(last, area.pvExtent + areaExtents(segment));
          if (extents < last) {
            yield* lvm.warn(`${device}: cannot resize to ${extents} extents as later ones are allocated.`);
            kept++;
            continue;
          }
          own.sectors = sectors;
          own.peCount = extents;
          yield* lvm.store(group);
        } else yield* lvm.write(device, labelBytes(pv.id, sectors, undefined));
        lvm.say(`Physical volume "${device}" changed`);
        resized++;
      }
      lvm.say(`${resized} physical volume(s) resized or updated / ${kept} physical volume(s) not resized`);
      return kept > 0 ? 5 : 0;
    });
  },
});
