// fsck.fat: looks at a FAT file system (fsck.fat(8), dosfstools 4.2). What the kernel keeps of the files is sound, so it checks the boot sectors and what they say.
import { SysError } from "../../kernel/sys.ts";
import { openBlockTarget } from "../kit/block-target.ts";
import { flag, gnu, type Io, text } from "../kit/gnu.ts";
import { readBoot, SECTOR } from "./_fat.ts";

export default gnu({
  name: "fsck.fat", path: "/sbin/fsck.fat", links: ["/sbin/fsck.vfat", "/sbin/fsck.msdos", "/sbin/dosfsck"], manSection: 8, project: "dosfstools", version: "4.2", versionText: "fsck.fat 4.2 (2021-01-31)\n", tryLine: () => "", summary: "look for damage in a FAT file system and repair it", usageStatus: 2,
  synopsis: ["[OPTIONS] DEVICE"],
  options: { auto: flag(["-a", "-p", "-y"], "repair without asking"), none: flag(["-n"], "change nothing"), ask: flag(["-r"], "ask before each repair"), verbose: flag(["-v"], "say more"), verify: flag(["-V"], "look a second time"), list: flag(["-l"], "name the files"), test: flag(["-t"], "look for bad clusters"), write: flag(["-w"], "write at once"), boot: flag(["-b"], "only the boot sector"), codepage: text(["-c"], "N", "code page (accepted)") },
  operands: "files",
  *run({ options, operands, sys, argv0 }, io: Io) {
    const [path] = operands;
    if (path === undefined) {
      yield* io.stderr(`No device specified.\nUsage: ${argv0} [OPTIONS] DEVICE\n`);
      return 2;
    }
    io.out.put("fsck.fat 4.2 (2021-01-31)\n");
    try {
      const { fd } = yield* openBlockTarget(sys, path, false);
      const boot = yield* readBoot(sys, fd);
      if (!boot) {
        yield* io.out.flush();
        yield* io.stderr("Logical sector size is zero.\n");
        return 1;
      }
      if (options.verbose) {
        io.out.put(`Checking we can access the last sector of the filesystem\nBoot sector contents:\nSystem ID "mkfs.fat"\nMedia byte 0x${boot.media.toString(16)} (hard disk)\n${`${SECTOR}`.padStart(10)} bytes per logical sector\n${`${boot.clusterBytes}`.padStart(10)} bytes per cluster\n${`${boot.reserved}`.padStart(10)} reserved sectors\nFirst FAT starts at byte ${boot.reserved * SECTOR} (sector ${boot.reserved})\n         2 FATs, ${boot.bits} bit entries\n${`${boot.fatSectors * SECTOR}`.padStart(10)} bytes per FAT (= ${boot.fatSectors} sectors)\n`);
        io.out.put(boot.rootEntries === 0 ? "Root directory start at cluster 2 (arbitrary size)\n" : `Root directory starts at byte ${(boot.reserved + 2 * boot.fatSectors) * SECTOR} (sector ${boot.reserved + 2 * boot.fatSectors})\n${`${boot.rootEntries}`.padStart(10)} root directory entries\n`);
        io.out.put(`Data area starts at byte ${boot.dataSector * SECTOR} (sector ${boot.dataSector})\n${`${boot.clusters}`.padStart(10)} data clusters (${boot.clusters * boot.clusterBytes} bytes)\n${boot.sectorsPerTrack} sectors/track, ${boot.heads} heads\n         0 hidden sectors\n${`${boot.sectors}`.padStart(10)} sectors total\nChecking for unused clusters.\n${boot.bits === 32 ? "Checking free cluster summary.\n" : ""}`);
      }
      let used = boot.bits === 32 ? 1 : 0;
      let differs = false;
      if (boot.bits === 32) {
        const information = yield* sys.pread(fd, SECTOR, SECTOR);
        used = boot.clusters - new DataView(information.buffer, information.byteOffset).getUint32(488, true);
        const backup = yield* sys.pread(fd, SECTOR, 6 * SECTOR);
        differs = backup.some((byte, at) => byte !== boot.bytes[at]);
      }
      if (differs) io.out.put("There are differences between boot sector and its backup.\nThis is mostly harmless.\n  Not automatically fixing this.\n");
      io.out.put(`${path}: ${used > 1 ? used - 1 : boot.label === "" ? 0 : 1} files, ${used}/${boot.clusters} clusters\n`);
      sys.close(fd);
      return differs ? 1 : 0;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.out.flush();
      yield* io.stderr(`open: ${error.message}\n`);
      return 6;
    }
  },
});
