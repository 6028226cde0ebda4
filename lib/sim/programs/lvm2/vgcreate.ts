import { flag, counted, gnu, text } from "../kit/gnu.ts";
import { createPv } from "./_create-pv.ts";
import { fail, noSyntax } from "./_error.ts";
import { guarded, LVM, newId, parseSize, tryLine, VERSION_TEXT } from "./_lvm.ts";
import { DATA_OFFSET_SECTORS, type GroupPv } from "./_metadata.ts";

export default gnu({
  name: "vgcreate", path: "/sbin/vgcreate", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "create a volume group", synopsis: ["[OPTION]... VG PV..."], operands: "files",
  options: { extent: text(["-s", "--physicalextentsize"], "Size", "size of an extent, default 4 MiB"), yes: flag(["-y", "--yes"], "ask nothing, the answer is yes"), force: counted(["-f", "--force"], "override checks") },
  *run({ options, operands, sys }, io) {
    return yield* guarded(sys, io, function* (lvm) {
      const [name, ...devices] = operands;
      if (name === undefined) noSyntax("vgcreate", "VG_new PV ...");
      const groupName = name ?? "";
      if (devices.length === 0) noSyntax("vgcreate", "VG_new PV ...");
      if (!/^[A-Za-z0-9_+.][A-Za-z0-9_+.-]*$/.test(groupName)) fail(`New volume group name "${groupName}" is invalid.\nRun \`vgcreate --help' for more information.`);
      if ((yield* lvm.groups()).some((one) => one.name === groupName)) fail(`A volume group called ${groupName} already exists.`);
      const extent = options.extent === undefined ? 8192 : (parseSize(options.extent)?.sectors ?? fail(`Invalid argument for --physicalextentsize: ${options.extent}`));
      if ((extent & (extent - 1)) !== 0) fail("Physical extent size must be a power of 2.");
      const pvs: GroupPv[] = [];
      for (const device of devices) {
        let pv = (yield* lvm.pvs()).find((one) => one.device === device);
        if (pv?.group) fail(`Physical volume '${device}' is already in volume group '${pv.group.name}'\nUnable to add physical volume '${device}' to volume group '${groupName}'`);
        if (!pv) pv = { device, group: undefined, ...(yield* createPv(lvm, device, options.yes, options.force)) };
        pvs.push({ name: `pv${pvs.length}`, id: pv.id, device, sectors: pv.sectors, peCount: Math.floor((pv.sectors - DATA_OFFSET_SECTORS) / extent) });
      }
      yield* lvm.store({ name: groupName, id: newId(sys), seqno: 0, extentSize: extent, pvs, lvs: [] });
      lvm.say(`Volume group "${groupName}" successfully created`);
      return 0;
    });
  },
});
