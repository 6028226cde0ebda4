import { O } from "../../kernel/sys.ts";
import { type Io, flag, gnu, reason } from "../kit/gnu.ts";

export default gnu({
  name: "sync",
  summary: "write data that wait in memory (cached) to the disks",
  synopsis: ["[OPTION] [FILE]..."],
  options: {
    data: flag(["-d", "--data"], "write the contents of the files, but of the inode only what is needed to read them"),
    fileSystem: flag(["-f", "--file-system"], "write the whole file systems that hold the files"),
  },
  operands: "files",
  seeAlso: ["sync(2)", "fsync(2)"],
  *run({ options, operands, sys }, io: Io) {
    if (options.data && options.fileSystem) io.die("cannot specify both --data and --file-system");
    if (options.data && operands.length === 0) io.die("--data needs at least one argument");
    for (const name of operands) {
      try {
        sys.close(yield* sys.open(name, O.RDONLY | O.NONBLOCK));
      } catch (error) {
        yield* io.fail(`error opening ${io.quoteName(name)}: ${reason(error)}`);
      }
    }
  },
});
