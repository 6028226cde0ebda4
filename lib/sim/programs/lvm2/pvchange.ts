import { flag, gnu, text } from "../kit/gnu.ts";
import { fail, noSyntax } from "./_error.ts";
import { guarded, LVM, tryLine, VERSION_TEXT } from "./_lvm.ts";

export default gnu({
  name: "pvchange", path: "/sbin/pvchange", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "allow or forbid new data on a physical volume", synopsis: ["-x y|n PV..."], operands: "files", options: { allocatable: text(["-x", "--allocatable"], "y|n", "whether new extents are put there"), all: flag(["-a", "--all"], "all physical volumes"), yes: flag(["-y", "--yes"], "ask nothing, the answer is yes") },
  *run({ options, operands, sys }, io) {
    return yield* guarded(sys, io, function* (lvm) {
      if (options.allocatable === undefined) noSyntax("pvchange");
      const devices = options.all ? (yield* lvm.pvs()).map((one) => one.device) : operands;
      if (devices.length === 0) noSyntax("pvchange");
      const allocatable = options.allocatable?.startsWith("y") ?? true;
      let changed = 0;
      for (const device of devices) {
        const pv = (yield* lvm.pvs()).find((one) => one.device === device) ?? fail(`Failed to find physical volume "${device}".`);
        const own = pv.group?.pvs.find((one) => one.id === pv.id);
        if (!pv.group || !own) return fail(`Allocatability not supported by orphan lvm2 format PV ${device}.\nPhysical volume ${device} not changed`);
        if (allocatable !== (own.notAllocatable ?? false)) yield* lvm.warn(`Physical volume "${device}" is already ${allocatable ? "" : "un"}allocatable.`);
        else {
          own.notAllocatable = !allocatable;
          yield* lvm.store(pv.group);
          lvm.say(`Physical volume "${device}" changed`);
          changed++;
        }
      }
      lvm.say(`${changed} physical volume${changed === 1 ? "" : "s"} changed / ${devices.length - changed} physical volume${devices.length - changed === 1 ? "" : "s"} not changed`);
      return 0;
    });
  },
});
