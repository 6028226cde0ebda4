import { counted, flag, gnu } from "../kit/gnu.ts";
import { fail, noSyntax } from "./_error.ts";
import { guarded, LVM, tryLine, VERSION_TEXT } from "./_lvm.ts";

export default gnu({
  name: "pvremove", path: "/sbin/pvremove", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "make a physical volume an ordinary device again", synopsis: ["[OPTION]... PV..."], options: { yes: flag(["-y", "--yes"], "ask nothing, the answer is yes"), force: counted(["-f", "--force"], "override checks") }, operands: "files",
  *run({ options, operands, sys }, io) {
    return yield* guarded(sys, io, function* (lvm) {
      if (operands.length === 0) noSyntax("pvremove", "PV ...");
      for (const device of operands) {
        const pv = (yield* lvm.pvs()).find((one) => one.device === device) ?? fail(`No PV found on device ${device}.`);
        if (pv.group && options.force < 2) fail(`PV ${device} is used by VG ${pv.group.name} so please use vgreduce first.\n(If you are certain you need pvremove, then confirm by using --force twice.)\n${device}: physical volume label not removed.`);
        yield* lvm.write(device, new Uint8Array(8192));
        lvm.say(`Labels on physical volume "${device}" successfully wiped.`);
      }
      return 0;
    });
  },
});
