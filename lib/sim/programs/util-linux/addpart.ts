import { O, SysError } from "../../kernel/sys.ts";
import { type Io, utilLinux } from "../kit/util-linux.ts";

export default utilLinux({
  name: "addpart", path: "/usr/bin/addpart", manSection: 8, summary: "tell the kernel about the existence of a partition", synopsis: ["<disk device> <partition number> <start> <length>"], options: {}, operands: "files",
  *run({ operands, sys }, io: Io) {
    if (operands.length < 4) io.usage("not enough arguments");
    const [path = "", ...words] = operands;
    const numbers = words.map((word) => (/^\d{1,15}$/.test(word) ? Number(word) : io.die(`invalid partition number argument: '${word}'`)));
    try {
      const fd = yield* sys.open(path, O.RDONLY);
      try {
        sys.ioctl(fd, "BLKPG", { number: numbers[0], startSector: numbers[1], sectors: numbers[2] });
      } catch (error) {
        if (error instanceof SysError) io.die(`failed to add partition: ${error.errno === "ENOTTY" ? "Inappropriate ioctl for device" : error.message}`);
        throw error;
      } finally {
        sys.close(fd);
      }
      return 0;
    } catch (error) {
      if (error instanceof SysError) io.die(`cannot open ${path}: ${error.message}`);
      throw error;
    }
  },
});
