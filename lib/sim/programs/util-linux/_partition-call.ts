// What addpart, delpart and resizepart do: BLKPG on a disk, with the numbers of the command line.
import { type Blocking, O, type Sys, SysError } from "../../kernel/sys.ts";
import type { Io } from "../kit/util-linux.ts";

/** `wanted`: how many numbers follow the disk; `verb` for the message of a failure. */
export function* changePartition(sys: Sys, io: Io, operands: readonly string[], wanted: number, verb: string, request: (numbers: readonly number[]) => object): Blocking<number> {
  if (operands.length <= wanted) io.usage("not enough arguments");
  const [path = "", ...words] = operands;
  const numbers = words.map((word) => (/^\d{1,15}$/.test(word) ? Number(word) : io.die(`invalid partition number argument: '${word}'`)));
  try {
    const fd = yield* sys.open(path, O.RDONLY);
    try {
      sys.ioctl(fd, "BLKPG", request(numbers));
    } catch (error) {
      if (error instanceof SysError) io.die(`failed to ${verb} partition: ${error.errno === "ENOTTY" ? "Inappropriate ioctl for device" : error.message}`);
      throw error;
    } finally {
      sys.close(fd);
    }
    return 0;
  } catch (error) {
    if (error instanceof SysError) io.die(`cannot open ${path}: ${error.message}`);
    throw error;
  }
}
