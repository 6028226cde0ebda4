import { O, SysError } from "../../kernel/sys.ts";
import { type Io, flag, text, utilLinux } from "../kit/util-linux.ts";
import { parseScaled } from "../kit/sizes.ts";

export default utilLinux({
  name: "fallocate", summary: "reserve space for a file, or free parts of it", synopsis: ["[options] <filename>"],
  options: { collapse: flag(["-c", "--collapse-range"], "cut the range out, what follows moves up"), dig: flag(["-d", "--dig-holes"], "make holes where there are only zeroes"), insert: flag(["-i", "--insert-range"], "put a hole there, what follows moves back"), length: text(["-l", "--length"], "num", "the length of the range, in bytes"), keep: flag(["-n", "--keep-size"], "the size that ls shows stays"), offset: text(["-o", "--offset"], "num", "where to begin, in bytes"), punch: flag(["-p", "--punch-hole"], "free the range, which reads as zeroes then (implies -n)"), zero: flag(["-z", "--zero-range"], "the range becomes zeroes that have their place on the disk"), posix: flag(["-x", "--posix"], "allocate by posix_fallocate(3), not fallocate(2)"), verbose: flag(["-v", "--verbose"], "tell each step") },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    const [file] = operands;
    if (file === undefined) io.die("no filename specified");
    if (operands.length > 1) io.usage("unexpected number of arguments");
    const size = (value: string): number => {
      const parsed = parseScaled(value, "KMGTPEkmgtpe0");
      if (parsed.problem !== "none") io.die("invalid length value specified");
      return Number(parsed.value);
    };
    if (options.length === undefined && !options.dig) io.die("no length argument specified");
    const length = options.length === undefined ? 0 : size(options.length);
    if (length <= 0 && !options.dig) io.die("invalid length value specified");
    const offset = options.offset === undefined ? 0 : size(options.offset);
    let fd: number;
    try {
      fd = yield* sys.open(file, O.RDWR | (options.punch || options.dig || options.collapse || options.insert ? 0 : O.CREAT), 0o666);
    } catch (error) {
      if (error instanceof SysError) io.die(`cannot open ${file}: ${error.message}`);
      throw error;
    }
    try {
      if (options.collapse || options.insert) io.die("fallocate failed: Operation not supported");
      if (!options.dig) sys.fallocate(fd, offset, length, options.punch ? "punch-hole" : options.zero ? "zero-range" : options.keep ? "keep-size" : "allocate");
    } catch (error) {
      if (error instanceof SysError) io.die(`fallocate failed: ${error.message}`);
      throw error;
    }
    sys.close(fd);
    return 0;
  },
});
