import { O, S, SysError } from "../../kernel/sys.ts";
import { sizeOfWord } from "../kit/block-target.ts";
import { probeQuietly } from "../kit/probe-device.ts";
import { flag, type Io, text, utilLinux } from "../kit/util-linux.ts";

export default utilLinux({
  name: "blkdiscard", path: "/sbin/blkdiscard", manSection: 8, summary: "tell a device to discard sectors", synopsis: ["[options] <device>"],
  options: { force: flag(["-f", "--force"], "even on a device in use"), offset: text(["-o", "--offset"], "num", "where to begin, in bytes"), length: text(["-l", "--length"], "num", "the length of the range, in bytes"), step: text(["-p", "--step"], "num", "discard so many bytes at a time"), secure: flag(["-s", "--secure"], "leave no copy on the device"), zeroout: flag(["-z", "--zeroout"], "write zeroes instead"), verbose: flag(["-v", "--verbose"], "tell what was discarded") },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    const [path] = operands;
    const bytesOf = (word: string | undefined, what: string): number | undefined => (word === undefined ? undefined : (sizeOfWord(word) ?? io.die(`failed to parse ${what}: '${word}': Invalid argument`)));
    const from = bytesOf(options.offset, "offset");
    const many = bytesOf(options.length, "length");
    bytesOf(options.step, "step");
    if (path === undefined) io.die("no device specified");
    if (operands.length > 1) io.die("unexpected number of arguments");
    try {
      if ((sys.stat(path).mode & S.IFMT) !== S.IFBLK) io.die(`${path}: not a block device`);
      const fd = yield* sys.open(path, O.RDWR | (options.force ? 0 : O.EXCL));
      const size = Number(sys.ioctl(fd, "BLKGETSIZE64"));
      const offset = from ?? 0;
      const length = Math.min(many ?? size - offset, size - offset);
      if (offset % 512 !== 0) io.die(`${path}: offset ${offset} is not aligned to sector size 512`);
      if (length % 512 !== 0) io.die(`${path}: length ${length} is not aligned to sector size 512`);
      if (offset > size) io.die(`${path}: offset is greater than device size`);
      if (!options.force && !options.zeroout) {
        const probed = yield* probeQuietly(sys, path);
        const found = probed.type ?? probed.tableType;
        if (found !== undefined) {
          yield* io.warn(`${path} contains existing ${probed.type === undefined ? "partition" : "file system"} (${found}).`);
          // without a terminal nobody can be asked and it refuses
          io.die("This is destructive operation, data will be lost! Use the -f option to override.");
        }
      }
      sys.ioctl(fd, options.zeroout ? "BLKZEROOUT" : "BLKDISCARD", [offset, length]);
      sys.close(fd);
      if (options.verbose) io.out.put(`${path}: ${options.zeroout ? "Zero-filled" : "Discarded"} ${length} bytes from the offset ${offset}\n`);
      return 0;
    } catch (error) {
      if (error instanceof SysError) io.die(`cannot open ${path}: ${error.message}`);
      throw error;
    }
  },
});
