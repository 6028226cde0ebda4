// zramctl(8): the compressed disks in memory. The module zram makes /dev/zram0 and the like; without it there is none.
import { SysError } from "../../kernel/sys.ts";
import { flag, type Io, text, utilLinux } from "../kit/util-linux.ts";

export default utilLinux({
  name: "zramctl", path: "/sbin/zramctl", manSection: 8, summary: "make, change and list compressed disks in memory (zram)", synopsis: ["[options] <device>", "-r <device> [...]", "[options] -f | <device> -s <size>"], operands: "files",
  options: {
    algorithm: text(["-a", "--algorithm"], "alg", "how to compress"), bytes: flag(["-b", "--bytes"], "sizes as plain numbers of bytes"), find: flag(["-f", "--find"], "the first free device"), noheadings: flag(["-n", "--noheadings"], "no heading line"), output: text(["-o", "--output"], "list", "the columns that are shown"), all: flag(["--output-all"], "every column that there is"),
    raw: flag(["--raw"], "write columns without padding"), reset: flag(["-r", "--reset"], "free these devices"), size: text(["-s", "--size"], "size", "how large the device is"), streams: text(["-t", "--streams"], "number", "how many compress at once"),
  },
  *run({ options, operands, sys }, io: Io) {
    yield* io.out.flush();
    if (options.reset && operands.length === 0) io.die("option --reset requires at least one device");
    if (options.find && operands.length > 0) io.die("unexpected device: the options --find and DEVICE exclude each other");
    if (options.size !== undefined && !options.find && operands.length === 0) io.die("no device specified");
    if (options.find) io.die("no free zram device found");
    for (const name of operands) {
      try {
        sys.stat(name);
      } catch (error) {
        if (error instanceof SysError) io.die(`${name}: ${error.message}`);
        throw error;
      }
      io.die(`${name}: failed to initialize: not a zram device`);
    }
    return 0;
  },
});
