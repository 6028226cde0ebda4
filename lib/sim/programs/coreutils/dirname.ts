import { type Io, flag, gnu } from "../kit/gnu.ts";
import { directoryOf } from "../kit/paths.ts";

export default gnu({
  name: "dirname",
  summary: "strip the last component from file names",
  synopsis: ["[OPTION] NAME..."],
  options: { zero: flag(["-z", "--zero"], "NUL at the end of each line") },
  operands: "files",
  seeAlso: ["basename(1)", "readlink(1)"],
  *run({ options, operands }, io: Io) {
    if (operands.length === 0) io.usage("missing operand");
    for (const name of operands) yield* io.out.print(directoryOf(name) + (options.zero ? "\0" : "\n"));
  },
});
