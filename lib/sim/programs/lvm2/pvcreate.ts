import { counted, flag, gnu, text } from "../kit/gnu.ts";
import { createPv } from "./_create-pv.ts";
import { guarded, LVM, tryLine, VERSION_TEXT } from "./_lvm.ts";
import { noSyntax } from "./_error.ts";

export default gnu({
  name: "pvcreate", path: "/sbin/pvcreate", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "make physical volumes of LVM out of disks or partitions", synopsis: ["[OPTION]... PV..."], operands: "files",
  options: { yes: flag(["-y", "--yes"], "ask nothing, the answer is yes"), force: counted(["-f", "--force"], "override checks; -ff even for a volume of a group"), zero: text(["-Z", "--zero"], "y|n", "wipe the first sectors (always so here)"), metadata: text(["--metadatasize"], "Size", "size of the metadata area (taken, it is 1 MiB)") },
  *run({ options, operands, sys }, io) {
    return yield* guarded(sys, io, function* (lvm) {
      if (operands.length === 0) noSyntax("pvcreate", "PV ...");
      for (const device of operands) yield* createPv(lvm, device, options.yes, options.force);
      return 0;
    });
  },
});
