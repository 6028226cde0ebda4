// bootctl: UEFI firmware and the systemd-boot loader (bootctl(1) of systemd 252). On a machine with a BIOS there is neither, and it says so.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { exists, names } from "../../daemons/systemd/api/files.ts";
import { flag, type Io, text } from "../kit/gnu.ts";
import { readMounts } from "../kit/mounts.ts";
import { BOLD, complain, NORMAL, systemdTool, wantsColour, withPager } from "../systemd/_systemd.ts";

const verbs = ["status", "reboot-to-firmware", "systemd-efi-options", "list", "set-default", "set-oneshot", "set-timeout", "set-timeout-oneshot", "install", "update", "remove", "is-installed", "random-seed"] as const;
const needsPartition: ReadonlySet<string> = new Set(["list", "install", "update", "remove", "is-installed"]);

/** The mounted EFI system partition: a FAT file system at one of the usual places. */
function* partitionOf(sys: Sys, asked: string | undefined): Blocking<string | undefined> {
  if (asked !== undefined) return asked;
  const mounts = yield* readMounts(sys);
  return ["/efi", "/boot", "/boot/efi"].find((path) => mounts.some((mount) => mount.target === path && mount.type === "vfat"));
}

const inks = (sys: Sys): ((text: string) => string) => (wantsColour(sys) ? (shown) => `${BOLD}${shown}${NORMAL}` : (shown) => shown);

function* missing(io: Io, graceful = false): Blocking<number> {
  if (graceful) {
    yield* complain(io, "Couldn't find EFI system partition, skipping.", "info");
    return 0;
  }
  yield* complain(io, "Couldn't find EFI system partition. It is recommended to mount it to /boot or /efi.\nAlternatively, use --esp-path= to specify path to mount point.");
  return 1;
}

function* status(io: Io, partition: string | undefined): Blocking<number> {
  const { sys } = io;
  const ink = inks(sys);
  if (partition === undefined) yield* missing(io);
  const title = wantsColour(sys) ? `\x1b[0;4mSystem:${NORMAL}` : "System:";
  io.out.put(`${title}\n${exists(sys, "/sys/firmware/efi") ? `     Firmware: ${ink("n/a")}` : "Not booted with EFI"}\n\n`);
  if (partition === undefined) return 0;
  io.out.put(`${wantsColour(sys) ? `\x1b[0;4mAvailable Boot Loaders on ESP:${NORMAL}` : "Available Boot Loaders on ESP:"}\n          ESP: ${partition}\n`);
  const loaders = [["systemd", "systemd-boot not installed in ESP."], ["BOOT", "No default/fallback boot loader installed in ESP."]] as const;
  for (const [directory, none] of loaders) {
    const files = names(sys, `${partition}/EFI/${directory}`).filter((name) => /\.efi$/i.test(name));
    if (files.length === 0) yield* complain(io, none);
    else io.out.put(files.map((name, index) => `${index === 0 ? "         File: " : "               "}└─/EFI/${directory}/${name}\n`).join(""));
  }
  const entries = names(sys, `${partition}/loader/entries`).filter((name) => name.endsWith(".conf"));
  io.out.put(`\n${wantsColour(sys) ? `\x1b[0;4mBoot Loader Entries:${NORMAL}` : "Boot Loader Entries:"}\n        $BOOT: ${partition}\n\n${entries.length} entries, no entry could be determined as default.\n`);
  return 0;
}

export default systemdTool({
  name: "bootctl", path: "/usr/bin/bootctl", summary: "show and control UEFI firmware's boot settings and systemd-boot", synopsis: ["[OPTIONS...] COMMAND ..."], operands: "none", seeAlso: ["systemd-boot(7)", "efibootmgr(8)"],
  description: [`Commands: ${verbs.join(", ")}.`],
  options: {
    esp: text(["--esp-path"], "PATH", "mount point of the EFI system partition"),
    boot: text(["--boot-path"], "PATH", "where the extended boot loader partition is mounted"),
    printEsp: flag(["-p", "--print-esp-path"], "only tell where the EFI system partition is"),
    printBoot: flag(["-x", "--print-boot-path"], "only tell where the boot partition is"),
    noVariables: flag(["--no-variables"], "leave the firmware's variables alone"),
    noPager: flag(["--no-pager"], "do not pipe the output into a pager"),
    graceful: flag(["--graceful"], "no error where there is no EFI system partition"),
    quiet: flag(["-q", "--quiet"], "say nothing"),
    json: text(["--json"], "MODE", "JSON: short, pretty or off"),
  },
  *run({ options, operands, sys }, io) {
    const [verb = "status"] = operands;
    if (!verbs.some((one) => one === verb)) {
      yield* complain(io, `Unknown command verb ${verb}.`);
      return 1;
    }
    if (options.esp !== undefined) {
      try {
        sys.stat(options.esp);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* complain(io, `Failed to resolve path ${options.esp}: ${error.message}`);
        if (verb !== "status") return 1;
      }
    }
    const partition = yield* partitionOf(sys, options.esp);
    if (options.printEsp || options.printBoot) {
      if (partition === undefined) return yield* missing(io, options.graceful);
      io.out.put(`${partition}\n`);
      return 0;
    }
    if (verb === "status") return yield* withPager(io, !options.noPager, () => status(io, partition));
    if (needsPartition.has(verb) && partition === undefined) {
      const status = yield* missing(io, options.graceful);
      return verb === "is-installed" ? 1 : status;
    }
    const installed = partition !== undefined && names(sys, `${partition}/EFI/systemd`).some((name) => /\.efi$/i.test(name));
    switch (verb) {
      case "is-installed":
        if (!options.quiet) io.out.put(installed ? "yes\n" : "no\n");
        return installed ? 0 : 1;
      case "list":
        io.out.put("No boot loader entries found.\n");
        return 0;
      case "reboot-to-firmware":
        io.out.put("not supported\n");
        return 2;
      case "systemd-efi-options":
        return 0;
      case "random-seed":
        if (partition === undefined) {
          yield* complain(io, "Unable to find ESP.");
          return options.graceful ? 0 : 1;
        }
        return 0;
      case "install":
      case "update":
      case "remove":
        yield* complain(io, verb === "install" ? "Failed to open boot loader directory /usr/lib/systemd/boot/efi: No such file or directory" : "No boot loader is installed.");
        return 1;
      default:
        yield* complain(io, "Not booted with UEFI.");
        return 1;
    }
  },
});
