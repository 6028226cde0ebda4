// grub-install: GRUB's files below /boot/grub and its first sector on a disk (grub-install(8)). For machines with a BIOS.
import { encode, O, S, SysError } from "../../kernel/sys.ts";
import { flag, gnu, type Io, text } from "../kit/gnu.ts";
import { probeQuietly } from "../kit/probe-device.ts";
import { writeEnvironment } from "../grub-common/_environment.ts";

const MODULES = ["all_video", "biosdisk", "boot", "configfile", "crypto", "echo", "ext2", "fat", "gfxterm", "gzio", "linux", "loadenv", "ls", "lvm", "mdraid1x", "normal", "part_gpt", "part_msdos", "reboot", "search", "search_fs_uuid", "test", "xfs"];

export default gnu({
  name: "grub-install", path: "/usr/sbin/grub-install", manSection: 8, project: "GRUB", version: "2.06-13+deb12u2", versionText: "grub-install (GRUB) 2.06-13+deb12u2\n", summary: "put the boot loader GRUB on a disk", synopsis: ["[OPTION...] [INSTALL_DEVICE]"], operands: "files",
  options: { target: text(["--target"], "TARGET", "i386-pc"), boot: text(["--boot-directory"], "DIR", "not /boot but this"), root: text(["--root-directory"], "DIR", "taken as DIR/boot"), recheck: flag(["--recheck"], "taken"), force: flag(["--force"], "even where it is unsafe"), verbose: flag(["-v", "--verbose"], "say more"), noFloppy: flag(["--no-floppy"], "taken"), efi: text(["--efi-directory"], "DIR", "of a machine with EFI"), id: text(["--bootloader-id"], "ID", "of a machine with EFI") },
  *run({ options, operands, sys }, io: Io) {
    const refuse = function* (why: string) {
      yield* io.out.flush();
      yield* io.stderr(`grub-install: error: ${why}.\n`);
      return 1;
    };
    const target = options.target ?? "i386-pc";
    if (target !== "i386-pc") return yield* refuse(`/usr/lib/grub/${target}/modinfo.sh doesn't exist. Please specify --target or --directory`);
    yield* io.stderr("Installing for i386-pc platform.\n");
    const [device] = operands;
    if (device === undefined) return yield* refuse("install device isn't specified");
    const directory = `${options.boot ?? `${options.root ?? ""}/boot`}/grub`;
    try {
      if ((sys.stat(device).mode & S.IFMT) !== S.IFBLK) return yield* refuse(`cannot find a GRUB drive for ${device}.  Check your device.map`);
    } catch (error) {
      if (error instanceof SysError) return yield* refuse(`cannot find a GRUB drive for ${device}.  Check your device.map`);
      throw error;
    }
    try {
      const probed = yield* probeQuietly(sys, device);
      if (probed.tableType === undefined && !options.force) {
        if (probed.type === undefined) return yield* refuse(`unable to identify a filesystem in hostdisk/${device}; safety check can't be performed`);
        yield* io.stderr(`grub-install: warning: File system \`${probed.type.startsWith("ext") ? "ext2" : probed.type}' doesn't support embedding.\ngrub-install: warning: Embedding is not possible.  GRUB can only be installed in this setup by using blocklists.  However, blocklists are UNRELIABLE and their use is discouraged..\n`);
        return yield* refuse("will not proceed with blocklists");
      }
      for (const path of [directory, `${directory}/i386-pc`, `${directory}/fonts`, `${directory}/locale`]) {
        try {
          sys.mkdir(path, 0o755);
        } catch (error) {
          if (!(error instanceof SysError) || error.errno !== "EEXIST") throw error;
        }
      }
      for (const name of [...MODULES.map((one) => `${one}.mod`), "core.img", "boot.img"]) sys.close(yield* sys.open(`${directory}/i386-pc/${name}`, O.WRONLY | O.CREAT | O.TRUNC, 0o644));
      const font = yield* sys.open(`${directory}/fonts/unicode.pf2`, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
      yield* sys.write(font, encode("FILE\0\0\0\x04PFF2"));
      sys.close(font);
      yield* writeEnvironment(sys, `${directory}/grubenv`, new Map());
      // the first sector keeps its partition table
      const fd = yield* sys.open(device, O.RDWR);
      const sector = (yield* sys.pread(fd, 512, 0)).slice();
      sector.set([0xeb, 0x63, 0x90]);
      sector.set(encode("GRUB \0Geom\0Hard Disk\0Read\0 Error\r\n"), 0x180);
      yield* sys.pwrite(fd, sector, 0);
      sys.close(fd);
    } catch (error) {
      if (error instanceof SysError) return yield* refuse(`cannot open \`${directory}/i386-pc/boot.img': ${error.message}`);
      throw error;
    }
    yield* io.stderr("Installation finished. No error reported.\n");
    return 0;
  },
});
