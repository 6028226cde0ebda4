// zramctl(8): the compressed disks in memory. The module zram makes /dev/zram0 and the like; without it there is none.
import { SysError } from "../../kernel/sys.ts";
import { flag, type Io, text, utilLinux } from "../kit/util-linux.ts";

export default utilLinux({
  name: "zramctl", path: "/sbin/zramctl", manSection: 8, summary: "set up and control zram devices", synopsis: ["[options] <device>", "-r <device> [...]", "[options] -f | <device> -s <size>"], operands: "files",
  options: {
    algorithm: text(["-a", "--algorithm"], "alg", "compression algorithm to use"), bytes: flag(["-b", "--bytes"], "print sizes in bytes rather than in human readable format"), find: flag(["-f", "--find"], "find a free device"), noheadings: flag(["-n", "--noheadings"], "don't print headings"), output: text(["-o", "--output"], "list", "define which output columns to use"), all: flag(["--output-all"], "output all columns"),
    raw: flag(["--raw"], "use the raw output format"), reset: flag(["-r", "--reset"], "reset all specified devices"), size: text(["-s", "--size"], "size", "device size"), streams: text(["-t", "--streams"], "number", "number of compression streams"),
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
