import { readTextFile } from "../kit/accounts.ts";
import { flag, gnu } from "../kit/gnu.ts";
import { guarded, LVM, sizeText, tryLine, VERSION_TEXT } from "./_lvm.ts";

export default gnu({
  name: "lvmdiskscan", path: "/sbin/lvmdiskscan", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "list block devices that could be physical volumes", synopsis: ["[-l]"], options: { lvmPartition: flag(["-l", "--lvmpartition"], "only those that are physical volumes") }, operands: "none",
  *run({ options, sys }, io) {
    return yield* guarded(sys, io, function* (lvm) {
      const volumes = yield* lvm.pvs();
      const counts = { disk: 0, part: 0, pvDisk: 0, pvPart: 0 };
      for (const { name } of [...sys.readdir("/sys/class/block")].sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }))) {
        const sectors = Number((yield* readTextFile(sys, `/sys/class/block/${name}/size`)) ?? 0);
        if (sectors === 0 || name.startsWith("dm-") || name.startsWith("sr")) continue;
        const isPart = ((yield* readTextFile(sys, `/sys/class/block/${name}/partition`)) ?? "") !== "";
        const hasParts = sys.readdir(`/sys/class/block/${name}`).some((entry) => entry.name.startsWith(name));
        if (hasParts) continue;
        const pv = volumes.find((one) => one.device === `/dev/${name}`);
        if (pv) counts[isPart ? "pvPart" : "pvDisk"]++;
        else counts[isPart ? "part" : "disk"]++;
        if (options.lvmPartition && !pv) continue;
        io.out.put(`  /dev/${name.padEnd(8)} [${sizeText(sectors).padStart(15)}] ${pv ? `LVM physical volume` : ""}\n`);
      }
      const said = (count: number, words: string): void => lvm.say(`${count} ${words}${count === 1 ? "" : "s"}`);
      if (!options.lvmPartition) {
        said(counts.disk, "disk");
        said(counts.part, "partition");
      }
      lvm.say(`${counts.pvDisk} LVM physical volume whole disk${counts.pvDisk === 1 ? "" : "s"}`);
      lvm.say(`${counts.pvPart} LVM physical volume${counts.pvPart === 1 ? "" : "s"}`);
      return 0;
    });
  },
});
