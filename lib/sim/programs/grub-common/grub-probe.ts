import { flag, gnu, type Io, text } from "../kit/gnu.ts";
import { placeOf } from "./_device.ts";
import { grubProgram, tryGrub } from "./_grub-program.ts";

const targets: ReadonlySet<string> = new Set(["abstraction", "arc_hints", "baremetal_hints", "bios_hints", "compatibility_hint", "cryptodisk_uuid", "device", "disk", "drive", "efi_hints", "fs", "fs_label", "fs_uuid", "gpt_parttype", "hints_string", "ieee1275_hints", "msdos_parttype", "partmap", "partuuid", "zero_check"]);

export default gnu({
  ...grubProgram("grub-probe", "/usr/sbin/grub-probe", 8), summary: "tell device, file system and modules of a path as GRUB sees them", synopsis: ["[OPTION]... [PATH|DEVICE]"], operands: "files",
  options: { device: flag(["-d", "--device"], "a device is given, not a path"), target: text(["-t", "--target"], "TARGET", "what to print: fs, fs_uuid, fs_label, device, disk, drive, partmap, abstraction, hints_string, bios_hints"), verbose: flag(["-v", "--verbose"], "say more"), map: text(["-m", "--device-map"], "FILE", "taken"), zero: flag(["-0"], "items end with NUL") },
  *run({ options, operands, sys }, io: Io) {
    const [path] = operands;
    if (path === undefined || !targets.has(options.target ?? "fs")) {
      yield* io.stderr(`${path === undefined ? "No path or device is specified.\n" : ""}Usage: grub-probe [OPTION...] [OPTION]... [PATH|DEVICE]\n${tryGrub("grub-probe")}`);
      return 64;
    }
    const place = yield* placeOf(sys, path, options.device);
    if (!place) {
      yield* io.stderr(`grub-probe: error: failed to get canonical path of \`${path}'.\n`);
      return 1;
    }
    if (place.fileSystem === "" && /^fs/.test(options.target ?? "fs")) {
      yield* io.stderr("grub-probe: error: unknown filesystem.\n");
      return 1;
    }
    const values = new Map([["fs", place.fileSystem], ["fs_uuid", place.uuid], ["fs_label", place.label], ["device", place.device], ["disk", place.disk], ["drive", `(hostdisk/${place.disk}${place.hint.includes(",") ? `,${place.hint.split(",")[1]}` : ""})`], ["partmap", place.partmap], ["abstraction", place.abstraction], ["bios_hints", place.hint], ["hints_string", `--hint-bios=${place.hint} --hint-efi=${place.hint} --hint-baremetal=ahci${place.hint.slice(2)} `], ["compatibility_hint", place.hint]]);
    // the others are of partition tables and firmwares that this machine does not have
    const value = values.get(options.target ?? "fs") ?? "";
    if (value !== "") io.out.put(`${value}${options.zero ? "\0" : "\n"}`);
    return 0;
  },
});
