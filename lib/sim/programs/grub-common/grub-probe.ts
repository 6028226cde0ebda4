import { flag, gnu, type Io, text } from "../kit/gnu.ts";
import { placeOf } from "./_device.ts";

export default gnu({
  name: "grub-probe", path: "/usr/sbin/grub-probe", manSection: 8, project: "GRUB", version: "2.06-13+deb12u2", versionText: "grub-probe (GRUB) 2.06-13+deb12u2\n", summary: "probe device information for GRUB", synopsis: ["[OPTION]... [PATH|DEVICE]"], operands: "files",
  options: { device: flag(["-d", "--device"], "a device is given, not a path"), target: text(["-t", "--target"], "TARGET", "what to print: fs, fs_uuid, fs_label, device, disk, drive, partmap, abstraction, hints_string, bios_hints"), verbose: flag(["-v", "--verbose"], "say more"), map: text(["-m", "--device-map"], "FILE", "taken"), zero: flag(["-0"], "items end with NUL") },
  *run({ options, operands, sys }, io: Io) {
    const [path] = operands;
    if (path === undefined) io.usage("No path or device is specified.");
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
    const value = values.get(options.target ?? "fs");
    if (value === undefined) {
      yield* io.stderr(`grub-probe: error: unknown target \`${options.target}'.\n`);
      return 1;
    }
    if (value !== "") io.out.put(`${value}${options.zero ? "\0" : "\n"}`);
    return 0;
  },
});
