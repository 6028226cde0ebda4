import { SysError } from "../../kernel/sys.ts";
import { openBlockTarget } from "../kit/block-target.ts";
import { flag, gnu, type Io, text } from "../kit/gnu.ts";
import { labelField, readBoot, SECTOR } from "./_fat.ts";

export default gnu({
  name: "fatlabel", path: "/sbin/fatlabel", links: ["/sbin/dosfslabel"], manSection: 8, project: "dosfstools", version: "4.2", versionText: "fatlabel 4.2 (2021-01-31)\n", tryLine: () => "", summary: "read or write the label or the ID of a FAT file system", synopsis: ["[OPTIONS] DEVICE [NEW]"],
  options: { volumeId: flag(["-i", "--volume-id"], "the serial number, not the label"), reset: flag(["-r", "--reset"], "no label, or a new serial number"), codepage: text(["-c", "--codepage"], "N", "code page of the label (accepted)") },
  operands: "files",
  *run({ options, operands, sys, argv0 }, io: Io) {
    const [path, value] = operands;
    if (path === undefined || operands.length > 2) {
      yield* io.stderr(`Usage: ${argv0} [OPTIONS] DEVICE [NEW]\n`);
      return 1;
    }
    const write = value !== undefined || options.reset;
    if (!options.volumeId && (value ?? "").length > 11) {
      yield* io.stderr("fatlabel: labels can be no longer than 11 characters\n");
      return 1;
    }
    if (options.volumeId && value !== undefined && !/^[0-9a-fA-F]{1,8}$/.test(value)) {
      yield* io.stderr("fatlabel: volume ID must be a hexadecimal number\n");
      return 1;
    }
    try {
      const { fd } = yield* openBlockTarget(sys, path, write);
      const boot = yield* readBoot(sys, fd);
      if (!boot) {
        yield* io.stderr("Logical sector size is zero.\n");
        return 1;
      }
      if (!write) io.out.put(options.volumeId ? `${boot.serial.toString(16).padStart(8, "0")}\n` : boot.label === "" ? "" : `${boot.label}\n`);
      else {
        const at = boot.bits === 32 ? 64 : 36;
        const bytes = boot.bytes;
        if (options.volumeId) new DataView(bytes.buffer).setUint32(at + 3, options.reset ? sys.random(4).reduce((sum, byte) => sum * 256 + byte, 0) : Number.parseInt(value ?? "0", 16), true);
        else {
          if (value !== undefined && value !== value.toUpperCase()) yield* io.stderr("fatlabel: Warning: lowercase labels might not work properly on some systems\n");
          bytes.set(labelField(value ?? ""), at + 7);
        }
        yield* sys.pwrite(fd, bytes, 0);
        if (boot.bits === 32) yield* sys.pwrite(fd, bytes, 6 * SECTOR);
      }
      sys.close(fd);
      return 0;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`open: ${error.message}\n`);
      return 1;
    }
  },
});
