import { decode, O, SysError } from "../../kernel/sys.ts";
import { flag, type Io, text, utilLinux } from "../kit/util-linux.ts";

export default utilLinux({
  name: "isosize", path: "/sbin/isosize", manSection: 8, summary: "tell how long an iso9660 filesystem is", synopsis: ["[options] <iso9660_image_file> ..."],
  options: { divisor: text(["-d", "--divisor"], "number", "the length divided by <number>"), sectors: flag(["-x", "--sectors"], "how many sectors, and of what size") }, operands: "files",
  *run({ options, operands, sys }, io: Io) {
    if (operands.length === 0) io.usage("no device specified");
    let status = 0;
    for (const path of operands) {
      try {
        const fd = yield* sys.open(path, O.RDONLY);
        const head = yield* sys.pread(fd, 2048, 32_768);
        sys.close(fd);
        if (head.length < 2048 || decode(head.subarray(1, 6)) !== "CD001") {
          yield* io.warn(`${path}: might not be an ISO filesystem`);
          status = operands.length > 1 ? 64 : 32;
          continue;
        }
        const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
        const [sectors, size] = [view.getUint32(80, true), view.getUint16(128, true)];
        if (operands.length > 1) io.out.put(`${path}: `);
        io.say(options.sectors ? `sector count: ${sectors}, sector size: ${size}\n` : `${Math.floor((sectors * size) / Number(options.divisor ?? 1))}\n`);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.warn(`cannot open ${path}: ${error.message}`);
        status = operands.length > 1 ? 64 : 32;
      }
    }
    return status;
  },
});
